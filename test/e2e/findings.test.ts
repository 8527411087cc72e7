import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { finding } from '../rig/findings.ts';
import { startGitHubApi } from '../rig/github-api.ts';
import { startJob } from '../rig/runner.ts';

const head = 'a'.repeat(40);

test('the built Action tells findings on the pull request, on their lines, and in its outputs; the token stays with it', async () => {
  await using api = await startGitHubApi();
  api.files = [{ filename: 'src/a.ts', patch: '@@ -0,0 +1,2 @@\n+one\n+two' }];
  const pull = { number: 7, user: { login: 'alice' }, head: { sha: head, repo: { full_name: 'octo-org/monorepo' } } };
  await using job = await startJob({
    checkout: { 'src/a.ts': 'one\ntwo\n', '.git/HEAD': `${head}\n` },
    event: { name: 'pull_request', payload: { pull_request: pull, sender: { login: 'alice', type: 'User' } } },
    env: { GITHUB_API_URL: api.apiUrl },
  });
  const token = `ghs_${'T0k3n'.repeat(7)}x`;
  const found = { findings: [finding({ line: 2, severity: 'important' })] };
  const step = {
    with: {
      ...{
        offline: 'true',
        'json-schema': 'findings',
        comment: 'review',
        'comment-key': 'mine/',
        'github-token': token,
      },
      ...{ 'fail-on-severity': 'important', 'upload-logs': 'never' },
      prompt: `offline: structured ${JSON.stringify(found)}`,
    },
  };
  const { outputs, printed, commands, exitCode } = await job.run(step);
  expect(exitCode).toBe(1);
  expect(JSON.parse(outputs['findings-count'] ?? '')).toEqual({ important: 1, nit: 0, pre_existing: 0, refuted: 0 });
  expect(outputs['comment-url']).toContain('#issuecomment-');
  expect(JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8')).runs[0].automationDetails.id).toBe('mine/');
  expect(JSON.parse(readFileSync(outputs['findings-file'] ?? '', 'utf8')).findings[0].place.line).toBe(2);
  expect(api.threads).toMatchObject([{ path: 'src/a.ts', line: 2 }]);
  const annotation = commands.find(({ properties }) => properties.file === 'src/a.ts');
  expect(annotation).toMatchObject({ name: 'warning', properties: { line: '2' } });
  await job.run(step);
  expect([api.comments.length, api.threads.length, api.reviews.length]).toEqual([1, 1, 1]);
  expect(printed.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(token);
  const directory = outputs['session-dir'] ?? '';
  for (const name of readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()))
    expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toContain(token);
});
