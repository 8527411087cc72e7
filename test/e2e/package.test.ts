import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** An environment without the variables of the npm that runs the tests. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));

const consumer = `
import { ClaudeProcess, OrchestratorSession, type ProcessResult, runParallel } from 'claude-ensemble';

const session = new OrchestratorSession('consumer', { claudePath: process.argv[2], streamOutput: false, onDenied: 'fail' });
const results: ProcessResult[] = await runParallel([session.createProcess('Say hello.', 'hello', { timeout: 30 })], { maxWorkers: 2 });
// @ts-expect-error an option that does not exist
const wrong = (): ClaudeProcess => new ClaudeProcess({ prompt: 'x', maxWorker: 3 });
console.log(JSON.stringify(results.map(({ status, output }) => ({ status, output }))), typeof wrong);
`;

it('npm pack gives a package that an ESM consumer can import, with types, and whose command runs', async () => {
  await using directory = await temporaryDirectory();
  const options = { cwd: directory.path, env: environment };
  // Without scripts: `prepare` would build anew what other tests run meanwhile.
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', directory.path];
  const { stdout: packed } = await run('npm', pack, { cwd: root, env: environment });
  await writeFile(directory.join('package.json'), JSON.stringify({ type: 'module', private: true }));
  await run('npm', ['install', '--no-audit', '--no-fund', '--silent', `./${packed.trim()}`], options);
  await writeFile(directory.join('consumer.ts'), consumer);
  await writeFile(directory.join('program'), '#!/bin/sh\n[ "$1" = --version ] && exit 0\ncat\n', { mode: 0o755 });

  const compiler = [
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    'node',
    '--typeRoots',
    join(root, 'node_modules/@types'),
  ];
  await run(join(root, 'node_modules/.bin/tsc'), [...compiler, 'consumer.ts'], options);
  const { stdout } = await run(process.execPath, ['consumer.js', directory.join('program')], options);
  expect(stdout).toBe('[{"status":"succeeded","output":"Say hello."}] function\n');

  const { stdout: help } = await run(process.execPath, ['node_modules/.bin/claude-ensemble', '--help'], options);
  expect(help).toContain('claude-ensemble run');
});
