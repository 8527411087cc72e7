import { spawnSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { readEvent } from '../../src/github/event-file.ts';
import { decideTrust } from '../../src/github/event-trust.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const events = new URL('./events/', import.meta.url).pathname;

function environmentOf(name: string, file: string, more: Readonly<Record<string, string>> = {}) {
  return {
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: `${events}${file}.json`,
    GITHUB_REPOSITORY: 'octo-org/monorepo',
    GITHUB_ACTOR: 'alice',
    ...more,
  };
}

test('the event is read from where GitHub says that it is', async () => {
  const event = await readEvent(environmentOf('push', 'push'), undefined);
  expect(event).toMatchObject({ name: 'push', repository: 'octo-org/monorepo', actor: 'alice' });
  expect(decideTrust(event).level).toBe('trusted');
});

test.each([
  ['missing', 'no-such-file'],
  ['not JSON', '../event-file.test.ts'],
  ['a directory', ''],
])('an event file that is %s leaves the session untrusted', async (_, file) => {
  const environment = { ...environmentOf('push', 'push'), GITHUB_EVENT_PATH: `${events}${file}` };
  expect(decideTrust(await readEvent(environment, undefined))).toEqual({
    level: 'untrusted',
    why: 'the event file could not be read',
  });
});

test('an event file that has no end, or that nobody writes, is not read', async () => {
  await using directory = await temporaryDirectory();
  const pipe = directory.join('pipe');
  spawnSync('mkfifo', [pipe]);
  const large = directory.join('large.json');
  writeFileSync(large, '{}');
  truncateSync(large, 2 ** 30);
  for (const path of ['/dev/zero', pipe, large]) {
    const environment = { ...environmentOf('push', 'push'), GITHUB_EVENT_PATH: path };
    expect(decideTrust(await readEvent(environment, undefined)).level).toBe('untrusted');
  }
});

test('without any event the session is untrusted', async () => {
  expect(decideTrust(await readEvent({}, undefined)).level).toBe('untrusted');
});

test("a member's comment on a pull request is trusted once GitHub says that it is from the same repository", async () => {
  const pull = { user: { login: 'bob', type: 'User' }, head: { repo: { full_name: 'octo-org/monorepo' } } };
  const server = createServer((_, response) => response.end(JSON.stringify(pull)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = environmentOf('issue_comment', 'issue-comment-on-pull-request', { GITHUB_API_URL: apiUrl });
  expect(decideTrust(await readEvent(environment, 'ghs_example')).level).toBe('trusted');
  expect(decideTrust(await readEvent(environment, undefined)).level).toBe('untrusted');
  server.close();
});
