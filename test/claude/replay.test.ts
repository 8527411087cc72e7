import { expect, test } from 'vitest';
import { OrchestratorSession, runParallel } from '../../src/index.ts';
import { expectReplay } from '../rig/replayed-session.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

test('the log of an offline session gives the same documents again: money, tokens, models, denials, attempts', async () => {
  await using directory = await temporaryDirectory();
  const session = new OrchestratorSession('s', {
    ...{ workingDir: directory.path, offline: true, streamOutput: false, retryDelay: 0.1 },
  });
  const prompts = [
    'offline: reply One <b>answer</b>.',
    'offline: tool Bash {"command": "touch x"}',
    'offline: error 400',
    'offline: error overloaded times 3\noffline: reply At the second attempt.',
  ];
  const results = await runParallel(prompts.map((prompt, index) => session.createProcess(prompt, `p${index}`)));
  expect(results.map(({ attempts, permissionDenials }) => [attempts, permissionDenials.length])).toEqual([
    ...[
      [1, 0],
      [1, 1],
      [1, 0],
      [2, 0],
    ],
  ]);
  await expectReplay(session.logDir);
});
