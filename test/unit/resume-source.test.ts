import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configure } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const id = '20260101-120000-000-0123abcd';

/** What `resume-from` means, or the error line. */
async function read(value: string, request: Partial<Parameters<typeof configure>[1]> = {}) {
  await using place = await temporaryDirectory();
  const read = await configure({ prompt: 'p', 'resume-from': value }, { workspace: place.path, ...request });
  const relative = (path: string): string => path.replace(place.path, '');
  if (read.kind === 'invalid') return read.faults.map(({ message }) => relative(message)).join('\n');
  const { resumeFrom } = read.settings;
  return resumeFrom?.kind === 'directory' ? relative(resumeFrom.path) : resumeFrom;
}

test.each([
  ['previous-attempt', { kind: 'previous-attempt' }],
  ['claude-ensemble-review-0123456789-1-abcd', { kind: 'artifact', name: 'claude-ensemble-review-0123456789-1-abcd' }],
  ['logs/session', '/logs/session'],
  ['./session', '/session'],
  ['/else/where', '/else/where'],
  ['', undefined],
])('in the Action %s is an artifact, unless it has a path separator', async (value, meaning) => {
  expect(await read(value)).toEqual(meaning);
});

test('the command takes a directory, or the id of a session below its log-dir', async () => {
  expect(await read('logs/session', { frontend: 'command' })).toBe('/logs/session');
  expect(await read(id, { frontend: 'command' })).toBe(join('/logs', id));
});

test.each(['previous-attempt', 'some-artifact', '..'])(
  'outside the Action %s is refused, and says why',
  async (value) => {
    expect(await read(value, { frontend: 'command' })).toBe(
      `resume-from: "${value}" is neither the directory of a session (write ./${value} for one that lies here) nor the id of a session below log-dir. Artifacts and previous-attempt exist in the Action only.`,
    );
  },
);

test('in an untrusted session the directory must lie outside the checkout, whose author could have made it', async () => {
  const request = { autoTrust: { level: 'untrusted', why: 'a fork' } } as const;
  expect(await read('logs/session', request)).toMatch(
    /^resume-from: "logs\/session" lies in the checkout\. This session/,
  );
  expect(await read(id, { ...request, frontend: 'command' })).toMatch(/lies in the checkout/);
  expect(await read('/else/where', request)).toBe('/else/where');
  expect(await read('previous-attempt', request)).toEqual({ kind: 'previous-attempt' });
});
