import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { EnsembleEvent, SessionOptions } from '../../src/index.ts';
import { OrchestratorSession, runParallel } from '../../src/index.ts';
import { plainProgram } from '../rig/plain-program.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

/** A session of a plain program, a shell script that is handed the prompt on standard input. */
async function scriptSession(script: string, options: SessionOptions = {}) {
  const directory = await temporaryDirectory();
  const claudePath = plainProgram(directory.path, script);
  const session = new OrchestratorSession('script', { workingDir: directory.path, claudePath, ...options });
  return { session, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

it('what a tool adds to a log while the session runs is said in one warning, and the session goes on', async () => {
  await using opened = await scriptSession('cd $(cat) && echo private >> session.log && echo done', {
    streamOutput: false,
  });
  const { session } = opened;
  const warnings: string[] = [];
  const onEvent = (event: EnsembleEvent): void => {
    if (event.type === 'notice' && event.level === 'warning') warnings.push(event.message);
  };
  const [result] = await runParallel([session.createProcess(session.logDir)], { onEvent });
  expect(result?.output).toBe('done\n');
  expect(warnings).toEqual([expect.stringMatching(/^Others changed .*: session\.log\. .*uploaded/u)]);
  const results = JSON.parse(await readFile(`${session.logDir}/results.json`, 'utf8'));
  expect(results.warnings).toEqual(warnings);
  expect(await readFile(`${session.logDir}/session.log`, 'utf8')).toMatch(/\nprivate\n.*\n/u);
});

it('an id that redaction would take away is refused before anything starts, and not shown', async () => {
  await using opened = await scriptSession('echo done', { streamOutput: false, mask: ['postgres'] });
  const { session } = opened;
  const processes = [session.createProcess('x', 'lint'), session.createProcess('y', 'postgres-review')];
  const error: unknown = await runParallel(processes).catch((fault: unknown) => fault);
  expect(error).toBeInstanceOf(RangeError);
  expect(String(error)).toContain('id: that of process 2 holds a value that is redacted');
  expect(String(error)).not.toContain('postgres');
});
