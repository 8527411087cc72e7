import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { type ApiError, apiErrorFor } from '../../src/offline/api-error.ts';
import { startMessagesApi } from '../../src/offline/messages-api.ts';
import { type CommandPlace, commandPlace } from '../rig/command.ts';

/** Fifteen processes of the real CLI. */
const slow = { timeout: 120_000 };

/** A place with five source files. */
async function placeWithSources(): Promise<CommandPlace> {
  const place = await commandPlace();
  for (const name of ['a', 'b', 'c', 'd', 'é f'])
    await place.write(`src/${name}.ts`, `export const x = '${name}';\r\n`);
  return place;
}

test('the demo shows the four patterns offline, each as expected, and says what it does', slow, async () => {
  await using place = await placeWithSources();
  const { exitCode, stdout, stderr } = await place.run(['demo']);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain('src/a.ts src/b.ts src/c.ts src/d.ts src/é f.ts');
  const verdicts = Array.from(stdout.matchAll(/^ {2}actual {4}(.*)$/gm), ([, verdict]) => verdict);
  expect(verdicts).toEqual([
    expect.stringContaining('Success: 4 of 4 processes succeeded'),
    expect.stringContaining('Success: 3 of 3 processes succeeded'),
    expect.stringContaining('Success: "second-choice" won; 1 of 3 processes succeeded'),
    expect.stringContaining('Success: 5 of 5 processes succeeded'),
  ]);
  expect(stdout.match(/✔ as expected/g)).toHaveLength(4);
  expect(stdout).toMatch(/↻ names +rate limit, tried again in/);
  expect(stdout).toMatch(/✔ names +succeeded after .*, 2 attempts/);
  expect(stdout).toMatch(/✖ first-choice +failed \(request refused\)/);
  expect(stdout).toMatch(/plan answered:\n.*│ It came with the data block "ranking" of \d+ characters\./s);
  expect(stdout).toMatch(
    /4 of 4 patterns came out as expected, in .*; processes: 13 succeeded, 1 failed, 1 skipped\.\n$/,
  );
  const logs = Array.from(stdout.matchAll(/^ {2}logs {6}(.*)$/gm), ([, path]) => path ?? '');
  expect(logs.filter((path) => existsSync(join(place.directory, path, 'report.html')))).toHaveLength(4);
});

test('a demo that comes out otherwise exits with 1 and names every difference, to machines as well', slow, async () => {
  await using place = await placeWithSources();
  const body = 'if [ "$*" = --version ]; then echo "2.1.330 (Claude Code)"; exit 0; fi\ncat > /dev/null\nexit 3\n';
  await place.write('bin/claude', `#!/bin/sh\n${body}`, 0o755);
  const path = [join(place.directory, 'bin'), '/usr/bin', '/bin'].join(delimiter);
  const { exitCode, stdout, stderr } = await place.run(['demo', '--json'], { env: { PATH: path } });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('0 of 4 patterns came out as expected');
  expect(stderr).toContain(
    '✖ mistakes should have succeeded with 1 attempt, but has failed (exited with an error) with 1 attempt',
  );
  const { conclusion, patterns } = JSON.parse(stdout);
  expect(conclusion).toBe('failure');
  expect(patterns).toMatchObject([
    { pattern: 'parallel', asExpected: false },
    { pattern: 'sequential', asExpected: false },
    { pattern: 'fallback', asExpected: false, conclusion: 'failure' },
    { pattern: 'batch', asExpected: false },
  ]);
});

test('without sources of its own a directory gets the demo on the files of this package', slow, async () => {
  await using place = await commandPlace();
  const command = place.start(['demo']);
  await command.shows('this directory has too few sources');
  await command.shows('build/model/attempt.js');
  await command.shows('parallel');
  command.signal('SIGINT');
  const { exitCode, stdout } = await command.done;
  expect(exitCode).toBe(130);
  expect(stdout).not.toContain('sequential');
});

test('online, the model of the environment is asked, and the demo expects what it can', slow, async () => {
  await using place = await placeWithSources();
  const [missing, error] = ['claude-no-such-model', apiErrorFor('not-found') as ApiError];
  await using api = await startMessagesApi({
    record: true,
    respond: ({ model }) => (model === missing ? { kind: 'error', error } : undefined),
  });
  const env = { ANTHROPIC_API_KEY: 'sk-ant-example-0123456789', ANTHROPIC_BASE_URL: api.baseUrlFor('demo') };
  const { exitCode, stdout } = await place.run(['demo', '--online'], { env });
  expect(stdout).toContain('the real model answers');
  expect(stdout.match(/✔ as expected/g)).toHaveLength(4);
  expect(exitCode).toBe(0);
  expect(api.requests.map(({ model }) => model)).toContain(missing);
  expect(api.requests.filter(({ prompt }) => prompt.includes('offline:'))).toEqual([]);
});
