import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { claudeInstaller } from '../../src/action/install.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

/** An npm that brings a small package instead of the real one, and notes how it was called. */
const npm = `#!/bin/sh
echo "$PWD $* token=$ACTIONS_RUNTIME_TOKEN input=$INPUT_MASK key=$ANTHROPIC_API_KEY" >>"$NPM_CALLS"
[ -n "$NPM_FAILURE" ] && { echo "npm error $NPM_FAILURE" >&2; exit 7; }
[ -n "$NPM_HANGS" ] && while [ -e package.json ]; do sleep 0.05; done
package=node_modules/@anthropic-ai/claude-code
mkdir -p $package/bin
echo 'stub' >$package/bin/claude.exe
chmod 755 $package/bin/claude.exe
cat >$package/install.cjs <<END
require('fs').writeFileSync('bin/claude.exe', '#!/bin/sh\\necho "$NPM_BRINGS (Claude Code)"\\n');
END
`;

async function runner(more: Readonly<Record<string, string>> = {}) {
  const directory = await temporaryDirectory();
  const [bin, calls, toolCache] = [directory.join('bin'), directory.join('calls'), directory.join('tools')];
  await mkdir(bin);
  writeFileSync(`${bin}/npm`, npm);
  await chmod(`${bin}/npm`, 0o755);
  const log: string[] = [];
  const stop = new AbortController();
  // @actions/exec looks npm up on the PATH of its own process.
  const before = process.env.PATH;
  process.env.PATH = `${bin}:/usr/bin:/bin`;
  const environment = { PATH: process.env.PATH, NPM_CALLS: calls, NPM_BRINGS: '2.1.330', ...more };
  return {
    install: claudeInstaller({ toolCache, environment, interrupt: stop.signal, print: (line) => log.push(line) }),
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
    place: directory.join('tools', 'claude-code', '2.1.330', process.arch),
    entries: () => readdirSync(`${toolCache}/claude-code`),
    withoutNpm: () => rm(`${bin}/npm`),
    bin,
    log,
    stop,
    async [Symbol.asyncDispose]() {
      process.env.PATH = before;
      await directory[Symbol.asyncDispose]();
    },
  };
}

test('the asked version lands in the tool cache, complete and marked as the runner marks it', async () => {
  await using given = await runner();
  const result = await given.install('2.1.330');
  expect(result).toEqual({ path: `${given.place}/node_modules/@anthropic-ai/claude-code/bin/claude.exe` });
  expect(existsSync(`${given.place}.complete`)).toBe(true);
  expect(given.entries()).toEqual(['2.1.330']);
  expect(given.log).toEqual([
    'Installing Claude Code 2.1.330 from npm…',
    expect.stringMatching(/^Claude Code 2\.1\.330 is installed \(\d+\.\d s\): \//),
  ]);
});

test('npm works in a directory of its own, runs no scripts, and sees no secret of the step', async () => {
  await using given = await runner({ ACTIONS_RUNTIME_TOKEN: 't', INPUT_MASK: 'm', ANTHROPIC_API_KEY: 'k' });
  await given.install('2.1.330');
  const [call = ''] = given.calls();
  expect(call).toMatch(/^\S+\/tools\/claude-code\/\.installing-\w+ install --ignore-scripts /);
  expect(call).toMatch(/ @anthropic-ai\/claude-code@2\.1\.330 token= input= key=$/);
});

test('what is installed is found again without npm', async () => {
  await using given = await runner();
  const first = await given.install('2.1.330');
  await given.withoutNpm();
  expect(await given.install('2.1.330')).toEqual(first);
  expect(given.calls()).toHaveLength(1);
});

test('a broken installation in the cache is replaced', async () => {
  await using given = await runner();
  const first = await given.install('2.1.330');
  writeFileSync((first as { path: string }).path, '#!/bin/sh\nexit 1\n');
  expect(await given.install('2.1.330')).toEqual(first);
  expect(given.calls()).toHaveLength(2);
});

test('two jobs that install at once both get a working executable', async () => {
  await using given = await runner();
  const [one, two] = await Promise.all([given.install('2.1.330'), given.install('2.1.330')]);
  expect(one).toEqual({ path: expect.stringContaining(given.place) });
  expect(two).toEqual(one);
  expect(given.entries()).toEqual(['2.1.330']);
});

test('a tag is installed under the version that it stands for', async () => {
  await using given = await runner();
  expect(await given.install('latest')).toEqual({ path: expect.stringContaining(given.place) });
});

test.each<[string, string, Readonly<Record<string, string>>, RegExp]>([
  ['npm fails', '2.1.330', { NPM_FAILURE: 'code ENOTFOUND' }, /^npm install ended with 7: npm error code ENOTFOUND$/],
  ['npm brings something else', '2.1.330', { NPM_BRINGS: '1.0.0' }, /with 1\.0\.0, not with 2\.1\.330/],
  ['the version is an address', 'https://example.com/x.tgz', {}, /is no version/],
  ['the version is empty', '', {}, /is no version/],
])('when %s, the fault says so and nothing is left behind', async (...[, version, environment, fault]) => {
  await using given = await runner(environment);
  expect(await given.install(version)).toEqual({ fault: expect.stringMatching(fault) });
  expect(existsSync(dirname(given.place)) ? given.entries() : []).toEqual([]);
});

test('without npm the fault says what to do', async () => {
  await using given = await runner();
  await given.withoutNpm();
  process.env.PATH = given.bin;
  expect(await given.install('2.1.330')).toEqual({
    fault: expect.stringMatching(/npm is not on the PATH.*setup-node/),
  });
});

test('an interrupt does not wait for npm', async () => {
  await using given = await runner({ NPM_HANGS: '1' });
  const installing = given.install('2.1.330');
  given.stop.abort();
  expect(await installing).toEqual({ fault: 'interrupted.' });
});
