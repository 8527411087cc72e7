import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { automaticTrust, automaticTrustNow, isOwnTerminal } from '../../src/github/automatic-trust.ts';
import { OrchestratorSession } from '../../src/index.ts';
import { checkoutOf } from '../../src/options/containment.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const events = join(import.meta.dirname, '../action/events');

const eventOf = (name: string, file: string) => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: name,
  GITHUB_EVENT_PATH: join(events, `${file}.json`),
  GITHUB_REPOSITORY: 'octo-org/monorepo',
  GITHUB_ACTOR: 'alice',
});

test.each([
  ['at a terminal', {}, 'trusted'],
  ['with empty variables', { CI: '', GITHUB_ACTIONS: '' }, 'trusted'],
  ['on another CI system', { CI: 'true' }, 'untrusted'],
  ['in a job without an event', { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push' }, 'untrusted'],
  ['in a job whose event file is gone', { ...eventOf('push', 'gone') }, 'untrusted'],
  ['on a push', { CI: 'true', ...eventOf('push', 'push') }, 'trusted'],
  ['on a pull request', eventOf('pull_request', 'pull-request'), 'trusted'],
  ['on a pull request from a fork', eventOf('pull_request', 'pull-request-fork'), 'untrusted'],
  ['on pull_request_target', eventOf('pull_request_target', 'pull-request-target'), 'untrusted'],
  [
    'on an event, though GITHUB_ACTIONS was taken away',
    { ...eventOf('issues', 'issues'), GITHUB_ACTIONS: '' },
    'untrusted',
  ],
] as const)('command and library: %s', async (_, environment, level) => {
  expect(automaticTrustNow(environment).level).toBe(level);
  expect((await automaticTrust(environment)).level).toBe(level);
});

test('only without CI and without GitHub somebody sits at a terminal', () => {
  expect([{}, { CI: '' }, { CI: 'true' }, { CI: '1' }, { GITHUB_ACTIONS: 'true' }].map(isOwnTerminal)).toEqual([
    ...[true, true, false, false, false],
  ]);
});

test('a library session in a job of a hostile event is untrusted: what asks for more is refused, unless trust says so', () => {
  for (const [name, value] of Object.entries({ CI: 'true', ...eventOf('pull_request_target', 'pull-request-target') }))
    vi.stubEnv(name, value);
  const session = new OrchestratorSession('review');
  expect(() => session.createProcess('x', 'a', { allowedTools: ['Bash'] })).toThrow(/untrusted.*pull_request_target/);
  expect(() => new OrchestratorSession('review', { trust: 'trusted', allowedTools: ['Bash'] })).not.toThrow();
  vi.unstubAllEnvs();
});

test('the checkout is the whole workspace of the job, or the repository around the directory', async () => {
  await using place = await temporaryDirectory();
  for (const folder of ['job/sub/deep', 'repository/sub', 'repository/.git', 'alone']) {
    mkdirSync(place.join(folder), { recursive: true });
  }
  writeFileSync(place.join('job/evil.json'), '{}');
  expect(checkoutOf(place.join('job/sub/deep'), place.join('job'))).toBe(place.join('job'));
  expect(checkoutOf(place.join('repository/sub'), place.join('job'))).toBe(place.join('repository'));
  expect(checkoutOf(place.join('alone'), undefined)).toBe(place.join('alone'));
});
