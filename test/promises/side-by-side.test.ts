import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOfProcess, sessionFiles } from '../../src/model/session-files.ts';
import { startArtifactService } from '../rig/artifact-service.ts';
import { commandPlace } from '../rig/command.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { figure } from '../rig/figure.ts';
import { shellProgram } from '../rig/plain-program.ts';
import { startJob } from '../rig/runner.ts';

const count = 24;
const indices = Array.from({ length: count }, (_, index) => index);

/** The files of a session of one plain program, which has no stream of messages. */
const { log, output, prompt } = filesOfProcess('process_001');
/** Files of sessions with a context, and with findings. */
const others: readonly string[] = [sessionFiles.context, sessionFiles.findings, sessionFiles.sarif];
const ownFiles = [
  ...Object.values(sessionFiles).filter((name) => !others.includes(name)),
  log,
  output,
  prompt,
].toSorted();

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(directory.length + 1))
    .toSorted();
}

/** Every file of the session is there, and is about its one process and no other. */
function expectWhole(directory: string): void {
  expect(filesIn(directory)).toEqual(ownFiles);
  const json = (name: string) => JSON.parse(readFileSync(join(directory, name), 'utf8'));
  const { results, warnings, conclusion } = json(sessionFiles.results);
  expect({ conclusion, warnings }).toEqual({ conclusion: 'success', warnings: [] });
  expect(results).toMatchObject([{ status: 'succeeded', output: 'done\n', logFile: join(directory, log) }]);
  expect(results[0]).not.toHaveProperty('logIncomplete');
  expect(json(sessionFiles.manifest)).toMatchObject({ conclusion: 'success', processes: [{ status: 'succeeded' }] });
  expect(readFileSync(join(directory, output), 'utf8')).toBe('done\n');
}

function sessionsIn(base: string): readonly string[] {
  const names = readdirSync(base).filter((name) => !name.startsWith('.'));
  return names.map((name) => join(base, name));
}

test('R27: built Action: steps that start at once in one job are each whole: logs, results, report, outputs, upload', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const inputs = { prompt: 'x', 'claude-path': shellProgram(job.temporary, 'echo done') };
  const steps = await Promise.all(indices.map(() => job.run({ with: inputs })));
  for (const step of steps) {
    expect(step.outputs).toMatchObject({ conclusion: 'success', 'succeeded-count': '1', output: 'done\n' });
    expect(annotationsOf(step, 'warning')).toEqual([]);
    const { 'session-dir': directory = '', 'artifact-name': artifact = '' } = step.outputs;
    expectWhole(directory);
    for (const name of ['results', 'report', 'summary'] as const)
      expect(step.outputs[`${name}-file`]).toBe(join(directory, sessionFiles[name]));
    expect([...service.download(artifact).keys()].toSorted()).toEqual(ownFiles);
  }
  expect(new Set(steps.map(({ outputs }) => outputs['session-dir'])).size).toBe(count);
  figure(
    { row: 'R27', frontend: 'built Action' },
    `${count} steps at once in one job: ${count} whole, ${count} uploaded`,
  );
});

test('R27: library: sessions that one program starts at once in a fresh directory are each whole', async () => {
  await using job = await startJob();
  const claudePath = shellProgram(job.temporary, 'echo done');
  const work = join(job.temporary, 'work.json');
  writeFileSync(work, JSON.stringify({ count, claudePath }));
  const program = join(import.meta.dirname, '../rig/many-sessions-program.ts');
  const { exitCode, printed } = await job.run({ program, env: { WORK: work } });
  expect({ exitCode, printed }).toEqual({ exitCode: 0, printed: '' });
  const directories: readonly string[] = JSON.parse(readFileSync(`${work}.directories`, 'utf8'));
  expect(new Set(directories).size).toBe(count);
  for (const directory of directories) expectWhole(directory);
  figure({ row: 'R27', frontend: 'library' }, `${count} sessions at once in one program: ${count} whole`);
});

test('R27: command: commands that start at once in a fresh directory are each whole', async () => {
  await using place = await commandPlace();
  const program = shellProgram(place.directory, 'echo done');
  const commands = await Promise.all(indices.map(() => place.run(['run', '--claude-path', program, 'x'])));
  expect(commands.map(({ exitCode }) => exitCode)).toEqual(indices.map(() => 0));
  const sessions = sessionsIn(join(place.directory, '.claude/runtime/logs'));
  expect(sessions).toHaveLength(count);
  for (const directory of sessions) expectWhole(directory);
});
