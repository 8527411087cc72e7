import { expect, test } from 'vitest';
import { readDocument, sectionOf } from '../rig/markdown.ts';
import { shellProgram } from '../rig/plain-program.ts';
import { startJob } from '../rig/runner.ts';

const rows = sectionOf(readDocument('SECURITY.md'), 'Not promised')
  .text.split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| not promised'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test.each([
  ['network egress', /[Nn]etwork/],
  ['one user id for all processes', /same user/],
  ["the model's credential, which the CLI and its tools see", /credential/],
  ['a tool that hides and survives', /survive/],
  ['other operating systems', /Windows/],
])('T18: SECURITY.md says that %s is not promised, and what to do about it', (_, about) => {
  const found = rows.filter(([, promise = '']) => about.test(promise));
  expect(found).not.toEqual([]);
  for (const [, , advice = ''] of found) expect(advice).toMatch(/^\w.*\.$/);
});

test("T18: what is said there is so: a program has the model's credential, and the rights of the job", async () => {
  const key = 'sk-ant-example-0123456789';
  await using job = await startJob({ env: { ANTHROPIC_API_KEY: key } });
  const program = shellProgram(
    job.temporary,
    `[ "$ANTHROPIC_API_KEY" = ${key} ] && id -u && ls ${job.temporary} | wc -l`,
  );
  const step = await job.run({ with: { prompt: 'x', 'claude-path': program, 'upload-logs': 'never' } });
  expect(step.outputs).toMatchObject({ conclusion: 'success', output: expect.stringMatching(/^\d+\n\s*\d+\n$/) });
});
