import { expect, test } from 'vitest';
import { shellProgram } from '../rig/plain-program.ts';
import { startJob } from '../rig/runner.ts';

test('a plain program is held to its exit code and its output', async () => {
  await using job = await startJob();
  const run = (script: string) =>
    job.run({ with: { prompt: 'x', 'claude-path': shellProgram(job.temporary, script), 'upload-logs': 'never' } });
  expect(await run('echo hello')).toMatchObject({ exitCode: 0, outputs: { output: 'hello\n' } });
  expect(await run('true')).toMatchObject({
    exitCode: 1,
    outputs: { results: expect.stringContaining('empty-output') },
  });
  expect(await run('echo no; exit 4')).toMatchObject({
    exitCode: 1,
    outputs: { results: expect.stringContaining('"exitCode":4') },
  });
});
