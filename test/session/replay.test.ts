import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SessionOptions } from '../../src/index.ts';
import { OrchestratorSession, runBatched, runParallel, runSequential, runWithFallback } from '../../src/index.ts';
import { commandPlace } from '../rig/command.ts';
import { startRig } from '../rig/controlled-child.ts';
import { obedientProgram } from '../rig/plain-program.ts';
import { expectReplay, expectReplayOfBeginning } from '../rig/replayed-session.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

/** Sessions of a plain program that carries out the last line of its input as a shell script. */
async function scripts() {
  const directory = await temporaryDirectory();
  const claudePath = obedientProgram(directory.path);
  const base = { claudePath, workingDir: directory.path, baseLogDir: directory.join('logs'), streamOutput: false };
  return {
    session: (options: SessionOptions = {}) => new OrchestratorSession('s', { ...base, timeout: 30, ...options }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

/** One that succeeds, one that fails, one that is killed, one that says a lot. */
const mixed = ['echo fine; echo odd >&2', 'echo broken >&2; exit 3', 'kill -SEGV $$', 'yes words | head -c 2000000'];

type Run = (processes: ReturnType<OrchestratorSession['createProcess']>[]) => Promise<unknown>;

test.each<readonly [string, Run]>([
  ['parallel', (processes) => runParallel(processes)],
  ['sequential', (processes) => runSequential(processes, { passOutput: true })],
  ['fallback', (processes) => runWithFallback(processes.toReversed())],
  ['batch', (processes) => runBatched(processes, { batchSize: 2 })],
])('the log of a %s session gives the same documents again, byte for byte', async (_pattern, run) => {
  await using place = await scripts();
  const session = place.session();
  await run(mixed.map((script, index) => session.createProcess(script, `p${index}`)));
  await expectReplay(session.logDir);
});

test('so does the log of a session that was gone on with, and that of one that resumes it', async () => {
  await using place = await scripts();
  const first = place.session();
  await runParallel(mixed.map((script, index) => first.createProcess(script, `p${index}`)));
  await first.createProcess('echo more', 'more').run();
  await expectReplay(first.logDir);
  const second = place.session({ resumeFrom: first.logDir });
  await runParallel(mixed.map((script, index) => second.createProcess(script, `p${index}`)));
  await expectReplay(second.logDir);
});

test('so does the log of a session that was cancelled, and that of one whose processes took too long', async () => {
  await using rig = await startRig({ version: '1.0.0 (a plain program)' });
  await using directory = await temporaryDirectory();
  const session = new OrchestratorSession('s', {
    ...{ claudePath: rig.executable, baseLogDir: directory.path, streamOutput: false, maxWorkers: 1 },
  });
  const cancel = new AbortController();
  const results = runParallel(
    ['a', 'b'].map((id) => session.createProcess(id, id)),
    { signal: cancel.signal },
  );
  await rig.nextChild();
  cancel.abort();
  expect((await results).map(({ status }) => status)).toEqual(['cancelled', 'skipped']);
  await expectReplay(session.logDir);

  await using place = await scripts();
  const slow = place.session({ timeout: 0.2 });
  await slow.createProcess('sleep 30', 'slow').run();
  await expectReplay(slow.logDir);
});

test('a log that is cut off at any byte replays up to there', async () => {
  await using place = await scripts();
  const session = place.session();
  await runSequential(['echo one', 'exit 1'].map((script, index) => session.createProcess(script, `p${index}`)));
  const log = readFileSync(join(session.logDir, 'events.jsonl'));
  let done = 0;
  for (let length = 0; length <= log.length; length += 1) {
    const state = await expectReplayOfBeginning(log, length);
    expect(state.done).toBeGreaterThanOrEqual(done);
    done = state.done;
  }
  expect(done).toBe(2);
});

test('the log of a session that was killed tells what had ended by then, and what ran', async () => {
  await using rig = await startRig({ version: '1.0.0 (a plain program)' });
  await using place = await commandPlace();
  const list = JSON.stringify(['first', 'second', 'third'].map((id) => ({ id, prompt: id })));
  const command = place.start(['run', '--claude-path', rig.executable, '--max-workers', '1', '--prompts', list]);
  const first = await rig.nextChild();
  await first.print('The answer.');
  await first.exit(0);
  const second = await rig.nextChild();
  command.signal('SIGKILL');
  await command.done;
  await second.closed;
  const logs = join(place.directory, '.claude/runtime/logs');
  const [killed = ''] = (await readdir(logs)).filter((name) => !name.startsWith('.'));
  const log = readFileSync(join(logs, killed, 'events.jsonl'));
  const state = await expectReplayOfBeginning(log, log.length);
  expect(state.ended).toBeUndefined();
  expect([...state.processes.values()].map(({ id, status }) => [id, status])).toEqual([
    ['first', 'succeeded'],
    ['second', undefined],
    ['third', undefined],
  ]);
});
