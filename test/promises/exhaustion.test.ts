import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { type FrontendSession, frontends } from '../rig/frontend.ts';
import { limit, openFiles, unprivileged } from '../rig/process-limits.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { say, scriptedProgram, scriptedPrompt } from '../rig/scripted-program.ts';
import { initMessage, resultMessage } from '../rig/stream-messages.ts';
import { waitFor } from '../rig/wait-for.ts';

const prompts = ['a', 'b', 'c'].map((id) => ({ id, prompt: 'x' }));
const allDone = ['a', 'b', 'c'].map((answer) => ['succeeded', 1, answer]);

/** Resolves when the session's log shows this. */
async function logs(session: FrontendSession, text: string): Promise<void> {
  await waitFor(`"${text}" in the log`, () => readFileSync(session.file('session.log'), 'utf8').includes(text));
}

/** As long as this file is there, the machine says that it has 100 MiB of memory. */
function scarceMemory(flag: string): string {
  const source = `import fs from 'node:fs'; import os from 'node:os'; import { syncBuiltinESMExports } from 'node:module';
const { freemem } = os; os.freemem = () => (fs.existsSync(${JSON.stringify(flag)}) ? 100 * 2 ** 20 : freemem());
syncBuiltinESMExports();`;
  return `--import=data:text/javascript,${encodeURIComponent(source)}`;
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test.each([
    ['open files', 'nofile', 'EMFILE'],
    ['processes', 'nproc', 'EAGAIN'],
  ] as const)(
    'R17: without %s for another start (%s, %s) the rest waits, loses no attempt, and is done when there are some again',
    async (what, resource, code) => {
      await using rig = await startRig();
      await using job = await startJob({ env: credentials });
      const env = resource === 'nproc' ? unprivileged(job, rig.executable) : {};
      const session = start(job, { prompts, options: { 'claude-path': rig.executable, 'max-workers': '1' }, env });
      const first = await rig.nextChild();
      await first.printJson(initMessage());
      await logs(session, 'a: conversation');
      const open = openFiles(session.pid);
      // With the five that the first child gives back they are six: a start fails in its middle.
      limit(session.pid, resource, resource === 'nofile' ? open + 1 : 1);
      await first.printJson(resultMessage('a'));
      await first.exit(0);
      await logs(session, code);
      expect(rig.started).toBe(1);
      limit(session.pid, resource, 4_096);
      const freedAt = performance.now();
      for (const answer of ['b', 'c']) {
        const child = await rig.nextChild();
        await child.printJson(initMessage());
        await logs(session, `${answer}: conversation`);
        // A start that failed keeps nothing open: it would make the shortage worse each time.
        await waitFor('no more open files than before', () => openFiles(session.pid) <= open);
        await child.printJson(resultMessage(answer));
        await child.exit(0);
      }
      const seconds = (performance.now() - freedAt) / 1000;
      const { results } = await session.done;
      expect(results.map(({ status, attempts, output }) => [status, attempts, output])).toEqual(allDone);
      expect(results.some(({ logIncomplete }) => logIncomplete)).toBe(false);
      figure(
        { row: 'R17', frontend },
        `${code} at a start: waited, and ${seconds.toFixed(1)} s after there were ${what} again all was done, 1 attempt each`,
      );
    },
  );

  test('R17: with open files for a few only, six that want to run at once all come to their end', async () => {
    await using job = await startJob({ env: credentials });
    const { executable, starts } = scriptedProgram(job.temporary);
    // As many as may be starting at once keep the others back until the limit is set.
    const first = availableParallelism();
    const release = join(job.temporary, 'release');
    const work = `${say(initMessage())}; sleep 0.5; ${say(resultMessage('Done.'))}`;
    const many = Array.from({ length: first + 6 }, (_, index) =>
      scriptedPrompt(`p${index}`, index < first ? `until [ -e '${release}' ]; do sleep 0.05; done; ${work}` : work),
    );
    const session = start(job, {
      prompts: many,
      options: { 'claude-path': executable, 'max-workers': String(many.length) },
    });
    await waitFor('the first starts', () => starts().length === first);
    limit(session.pid, 'nofile', openFiles(session.pid) + 8);
    writeFileSync(release, '');
    const { results } = await session.done;
    await logs(session, 'EMFILE');
    expect(results.map(({ status, attempts }) => [status, attempts])).toEqual(many.map(() => ['succeeded', 1]));
    const incomplete = results.filter(({ logIncomplete }) => logIncomplete).length;
    figure(
      { row: 'R17', frontend },
      `6 at once with 8 files to spare: all succeeded, 1 attempt each, incomplete logs: ${incomplete}`,
    );
  });

  test('R17: while memory is short nothing new is started beside what runs, it is said, and nothing is lost', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const flag = join(job.temporary, 'memory-is-short');
    writeFileSync(flag, '');
    const session = start(job, {
      prompts,
      options: { 'claude-path': rig.executable, 'max-workers': '3' },
      env: { NODE_OPTIONS: scarceMemory(flag) },
    });
    const first = await rig.nextChild();
    await first.printJson(initMessage());
    await logs(session, 'starts are held: 100 MiB of memory are free');
    if (frontend === 'built Action') await session.shows('starts are held');
    expect(rig.started).toBe(1);
    rmSync(flag);
    const freedAt = performance.now();
    const children = [first, await rig.nextChild(), await rig.nextChild()];
    const seconds = (performance.now() - freedAt) / 1000;
    for (const [index, child] of children.entries()) {
      await child.printJson(resultMessage(prompts[index]?.id ?? ''));
      await child.exit(0);
    }
    const { results } = await session.done;
    expect(results.map(({ status, attempts }) => [status, attempts])).toEqual(allDone.map(() => ['succeeded', 1]));
    figure(
      { row: 'R17', frontend },
      `100 MiB free: one at a time; ${seconds.toFixed(1)} s after there was memory again all ran`,
    );
  });
});
