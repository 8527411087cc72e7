import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { claudeInstaller } from '../../src/frontends/action/install.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';
import { waitFor } from '../rig/wait-for.ts';

/** What the npm of a test does, instead of bringing a small package that answers with version 2.1.330. */
interface NpmBehaviour {
  readonly brings?: string;
  readonly failsWith?: string;
  /** Waits forever, and so does a child of it, which has written down its id. */
  readonly hangs?: boolean;
}

/** An npm that brings a small package instead of the real one, and notes how and with what it was called. */
const npm = (notes: string, { brings = '2.1.330', failsWith, hangs = false }: NpmBehaviour) => `#!/bin/sh
echo "$PWD $*" >>${notes}/calls
env >${notes}/environment
${failsWith === undefined ? '' : `echo "npm error ${failsWith}" >&2; exit 7`}
${hangs ? `trap '' TERM; sh -c 'trap "" TERM; echo $$ >${notes}/child; while :; do mkdir -p node_modules/$$; sleep 0.01; done'` : ''}
package=node_modules/@anthropic-ai/claude-code
mkdir -p $package/bin
echo 'stub' >$package/bin/claude.exe
chmod 755 $package/bin/claude.exe
cat >$package/install.cjs <<END
require('fs').writeFileSync('bin/claude.exe', '#!/bin/sh\\necho "${brings} (Claude Code)"\\n');
END
`;

async function runner(behaviour: NpmBehaviour = {}, more: Readonly<Record<string, string>> = {}) {
  const directory = await temporaryDirectory();
  const [bin, checkout, toolCache] = [directory.join('bin'), directory.join('checkout'), directory.join('tools')];
  const calls = directory.join('calls');
  await Promise.all([mkdir(bin), mkdir(checkout)]);
  await writeFile(`${bin}/npm`, npm(directory.path, behaviour), { mode: 0o755 });
  const log: string[] = [];
  const [stop, deadline] = [new AbortController(), new AbortController()];
  const environment = { PATH: `${bin}:/usr/bin:/bin`, ...more };
  return {
    install: (version: string, PATH = environment.PATH, limitMs = 60_000) =>
      claudeInstaller({
        toolCache,
        environment: { ...environment, PATH },
        checkout,
        interrupt: stop.signal,
        print: (line) => log.push(line),
        limitMs,
      })(version, deadline.signal),
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
    note: (name: string) => readFileSync(directory.join(name), 'utf8'),
    hasNote: (name: string) => existsSync(directory.join(name)),
    place: directory.join('tools', 'claude-code', '2.1.330', process.arch),
    entries: () => readdirSync(`${toolCache}/claude-code`),
    withoutNpm: () => rm(`${bin}/npm`),
    bin,
    checkout,
    toolCache,
    log,
    stop,
    deadline,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
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

test('what a killed installation left behind is removed by a later one; one that may still go on is not', async () => {
  await using given = await runner();
  const cache = `${given.toolCache}/claude-code`;
  const [abandoned, current] = ['.installing-aBc123', '.installing-dEf456'];
  for (const name of [abandoned, current]) await mkdir(`${cache}/${name}/node_modules`, { recursive: true });
  const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
  await utimes(`${cache}/${abandoned}`, hoursAgo, hoursAgo);
  await given.install('2.1.330');
  expect(given.entries().toSorted()).toEqual([current, '2.1.330']);
});

test('npm works in a directory of its own and runs no scripts', async () => {
  await using given = await runner();
  await given.install('2.1.330');
  const [call = ''] = given.calls();
  expect(call).toMatch(/^\S+\/tools\/claude-code\/\.installing-\w+ install --ignore-scripts /);
  expect(call).toMatch(/ @anthropic-ai\/claude-code@2\.1\.330$/);
});

test('npm sees its own settings and the way to the network, and nothing else of the job', async () => {
  const seen = { npm_config_registry: 'https://npm.example.com', NODE_AUTH_TOKEN: 'r', HTTPS_PROXY: 'http://proxy' };
  const unseen = ['ACTIONS_RUNTIME_TOKEN', 'INPUT_MASK', 'ANTHROPIC_API_KEY', 'AWS_SECRET_ACCESS_KEY', 'NPM_TOKEN'];
  const secrets = Object.fromEntries(unseen.map((name) => [name, 'hidden']));
  await using given = await runner({}, { ...seen, ...secrets, NODE_OPTIONS: '--require=./hidden.cjs' });
  await given.install('2.1.330');
  const environment = given.note('environment').split('\n');
  expect(environment).toEqual(expect.arrayContaining(Object.entries(seen).map((entry) => entry.join('='))));
  expect(environment.join('\n')).not.toContain('hidden');
});

test('an npm of the checkout is never run, not even through a link to its directory', async () => {
  await using given = await runner();
  const evil = `${given.checkout}/node_modules/.bin`;
  await mkdir(evil, { recursive: true });
  await writeFile(`${evil}/npm`, '#!/bin/sh\ntouch "$0.ran"\n', { mode: 0o755 });
  await symlink(evil, `${given.bin}/link`);
  const path = `${evil}:${given.bin}/link:node_modules/.bin:`;
  expect(await given.install('2.1.330', `${path}${given.bin}:/usr/bin:/bin`)).toMatchObject({
    path: expect.anything(),
  });
  await rm(given.place, { recursive: true });
  expect(await given.install('2.1.330', path)).toEqual({ fault: expect.stringContaining('npm is not on the PATH') });
  expect(existsSync(`${evil}/npm.ran`)).toBe(false);
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

test.each(['an empty cache', 'a half-made entry in it'])(
  'jobs that install at once into %s all get a working executable, and leave nothing else',
  async (cache) => {
    await using given = await runner();
    const executable = `${given.place}/node_modules/@anthropic-ai/claude-code/bin/claude.exe`;
    if (cache !== 'an empty cache') {
      await mkdir(dirname(executable), { recursive: true });
      await writeFile(executable, 'stub', { mode: 0o755 });
      await writeFile(`${given.place}.complete`, '');
    }
    const results = await Promise.all([1, 2, 3, 4].map(() => given.install('2.1.330')));
    expect(results).toEqual(results.map(() => ({ path: executable })));
    expect(readFileSync(executable, 'utf8')).toContain('2.1.330 (Claude Code)');
    expect(given.entries()).toEqual(['2.1.330']);
    expect(readdirSync(dirname(given.place)).sort()).toEqual([process.arch, `${process.arch}.complete`]);
  },
);

test('a tag is installed under the version that it stands for', async () => {
  await using given = await runner();
  expect(await given.install('latest')).toEqual({ path: expect.stringContaining(given.place) });
});

test.each<[string, string, NpmBehaviour, RegExp]>([
  ['npm fails', '2.1.330', { failsWith: 'code ENOTFOUND' }, /^npm install ended with 7: npm error code ENOTFOUND$/],
  ['npm brings something else', '2.1.330', { brings: '1.0.0' }, /with 1\.0\.0, not with 2\.1\.330/],
  ['the version is an address', 'https://example.com/x.tgz', {}, /is no version/],
  ['the version is empty', '', {}, /is no version/],
])('when %s, the fault says so and nothing is left behind', async (...[, version, behaviour, fault]) => {
  await using given = await runner(behaviour);
  expect(await given.install(version)).toEqual({ fault: expect.stringMatching(fault) });
  expect(existsSync(dirname(given.place)) ? given.entries() : []).toEqual([]);
});

test('without npm the fault says what to do', async () => {
  await using given = await runner();
  await given.withoutNpm();
  expect(await given.install('2.1.330', given.bin)).toEqual({
    fault: expect.stringMatching(/npm is not on the PATH.*setup-node/),
  });
});

/** Empty for a process that has ended, also for a zombie. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

test('an interrupt ends npm with all that it has started, and leaves nothing of it behind', async () => {
  await using given = await runner({ hangs: true });
  const installing = given.install('2.1.330');
  await waitFor('a child of npm', () => given.hasNote('child') && given.note('child') !== '');
  given.stop.abort();
  expect(await installing).toEqual({ fault: 'interrupted.' });
  expect(commandOf(given.note('child').trim())).toBe('');
  expect(given.entries()).toEqual([]);
});

test('total-timeout ends npm with all that it has started, and is named', async () => {
  await using given = await runner({ hangs: true });
  const installing = given.install('2.1.330');
  await waitFor('a child of npm', () => given.hasNote('child') && given.note('child') !== '');
  given.deadline.abort('deadline');
  expect(await installing).toEqual({ fault: 'total-timeout had passed before npm had ended.' });
  expect(commandOf(given.note('child').trim())).toBe('');
  expect(given.entries()).toEqual([]);
});

test('an npm that never ends has a deadline of its own', async () => {
  await using given = await runner({ hangs: true });
  expect(await given.install('2.1.330', undefined, 500)).toEqual({
    fault: 'npm had not ended after 0.5 s. Is the registry reachable from this machine?',
  });
  expect(given.entries()).toEqual([]);
});

test('after an interrupt npm is not even started', async () => {
  await using given = await runner();
  given.stop.abort();
  expect(await given.install('2.1.330')).toEqual({ fault: 'interrupted.' });
  expect(given.calls()).toEqual([]);
});

test('an interrupt ends the question for the version that a broken installation never answers', async () => {
  await using given = await runner();
  const executable = `${given.place}/node_modules/@anthropic-ai/claude-code/bin/claude.exe`;
  await mkdir(dirname(executable), { recursive: true });
  const script = `#!/bin/sh\ntrap '' TERM; setsid sh -c 'trap "" TERM; echo $$ >${given.bin}/../child; while :; do sleep 1; done' & wait\n`;
  await writeFile(executable, script, { mode: 0o755 });
  const installing = given.install('2.1.330');
  await waitFor('the question', () => given.hasNote('child') && given.note('child') !== '');
  given.stop.abort();
  expect(await installing).toEqual({ fault: 'interrupted.' });
  expect(commandOf(given.note('child').trim())).toBe('');
});
