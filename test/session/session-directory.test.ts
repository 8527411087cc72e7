import { Buffer } from 'node:buffer';
import { execFile } from 'node:child_process';
import {
  appendFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SessionDirectory, type SessionFile } from '../../src/record/session-directory.ts';
import { newSessionId } from '../../src/record/session-id.ts';
import { runs } from '../rig/random-seed.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const run = promisify(execFile);
const sessionId = '20261122-102030-456-0123abcd';

interface Opened {
  readonly directory: SessionDirectory;
  readonly warnings: readonly string[];
}

async function opened(base: string): Promise<Opened> {
  const warnings: string[] = [];
  const directory = await SessionDirectory.open({ base, sessionId, warn: (message) => warnings.push(message) });
  return { directory, warnings };
}

async function append(directory: SessionDirectory, file: SessionFile, text: string): Promise<void> {
  await using opened = directory.appendFile(file);
  await opened.append(text);
}

describe("a session's directory", () => {
  test('and everything in it can be read by its owner only', async () => {
    await using temporary = await temporaryDirectory();
    const { directory } = await opened(temporary.join('deep', 'logs'));
    await append(directory, { name: 'session.log' }, 'a line\n');
    await directory.replacedFile({ name: 'manifest.json' }).save(() => ['{}']);
    await directory.replacedFile({ name: 'outputs/lint.md', processId: 'lint' }).save(() => ['fine']);
    const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
    for (const path of ['deep', 'deep/logs', `deep/logs/${sessionId}`, `deep/logs/${sessionId}/outputs`]) {
      expect([path, await modeOf(temporary.join(path))]).toEqual([path, 0o700]);
    }
    for (const path of directory.files()) expect([path, await modeOf(path)]).toEqual([path, 0o600]);
    expect(directory.files()).toHaveLength(3);
    expect(['outputs/lint.md', 'lint.log'].map((name) => directory.holds(name))).toEqual([true, false]);
  });

  test('is ignored by git, by a file that does not replace one of the user', async () => {
    await using temporary = await temporaryDirectory();
    await opened(temporary.join('logs'));
    expect(await readFile(temporary.join('logs', '.gitignore'), 'utf8')).toBe('*\n');
    await mkdir(temporary.join('own'));
    await writeFile(temporary.join('own', '.gitignore'), 'mine\n');
    await opened(temporary.join('own'));
    expect(await readFile(temporary.join('own', '.gitignore'), 'utf8')).toBe('mine\n');
  });

  test('is made whole beside any number of others that are made at the same moment', async () => {
    await using temporary = await temporaryDirectory();
    for (const base of ['one', 'two/deep', 'three/much/deeper'].map((path) => temporary.join(path))) {
      const warnings: string[] = [];
      const ids = Array.from({ length: 30 }, (_, index) => `session-${index}`);
      const options = { base, warn: (message: string) => warnings.push(message) };
      const made = await Promise.all(ids.map((id) => SessionDirectory.open({ ...options, sessionId: id })));
      await Promise.all(made.map((directory) => append(directory, { name: 'session.log' }, 'a line\n')));
      expect(warnings).toEqual([]);
      expect(made.map((directory) => directory.files().length)).toEqual(ids.map(() => 1));
      expect((await readdir(base)).toSorted()).toEqual(['.gitignore', ...ids].toSorted());
    }
  });

  test('in the top of a checkout does not hide the checkout from git', async () => {
    await using temporary = await temporaryDirectory();
    await mkdir(temporary.join('.git'));
    await opened(temporary.path);
    expect((await readdir(temporary.path)).toSorted()).toEqual(['.git', sessionId]);
    expect(await readFile(temporary.join(sessionId, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('is not made behind a symbolic link', async () => {
    await using temporary = await temporaryDirectory();
    await mkdir(temporary.join('elsewhere'));
    await symlink(temporary.join('elsewhere'), temporary.join('logs'));
    const { directory, warnings } = await opened(temporary.join('logs'));
    await append(directory, { name: 'session.log' }, 'a line\n');
    expect(await readdir(temporary.join('elsewhere'))).toEqual([]);
    expect(directory.files()).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('symbolic link');
  });

  test('hands out only files that we made, whatever was put beside or in the place of them', async () => {
    await using temporary = await temporaryDirectory();
    const { directory, warnings } = await opened(temporary.path);
    const secret = temporary.join('secret');
    await writeFile(secret, 'the secret');
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      await append(directory, { name: `${name}.log`, processId: name }, name);
    }
    await symlink(secret, temporary.join(sessionId, 'planted.log'));
    await unlink(temporary.join(sessionId, 'one.log'));
    await symlink(secret, temporary.join(sessionId, 'one.log'));
    await unlink(temporary.join(sessionId, 'two.log'));
    await writeFile(temporary.join(sessionId, 'two.log'), 'not ours');
    await unlink(temporary.join(sessionId, 'three.log'));
    await appendFile(temporary.join(sessionId, 'five.log'), 'added by another');
    expect(directory.files()).toEqual([temporary.join(sessionId, 'four.log')]);
    expect(await directory.changedByOthers()).toEqual(['one.log', 'two.log', 'three.log', 'five.log']);
    expect(warnings).toEqual([]);
  });

  test('asks who changed a file only when we are not just replacing it ourselves', async () => {
    await using temporary = await temporaryDirectory();
    const { directory } = await opened(temporary.path);
    const file = directory.replacedFile({ name: 'manifest.json' });
    await file.save(() => ['first']);
    const second = Promise.withResolvers<void>();
    const order: string[] = [];
    const saved = file.save(async function* () {
      await second.promise;
      yield 'second';
    });
    await Promise.resolve(); // The write has begun.
    const asked = directory.changedByOthers().then((names) => order.push(`changed: ${names.length}`));
    const done = saved.then(() => order.push('saved'));
    second.resolve();
    await Promise.all([asked, done]);
    expect(order).toEqual(['saved', 'changed: 0']);
  });

  test('does not hand out what others wrote into a file while we had it open, and goes on writing to it', async () => {
    await using temporary = await temporaryDirectory();
    const { directory, warnings } = await opened(temporary.path);
    await using added = directory.appendFile({ name: 'session.log' });
    await using cut = directory.appendFile({ name: 'cut.log', processId: 'cut' });
    await using own = directory.appendFile({ name: 'own.log', processId: 'own' });
    for (const file of [added, cut, own]) await file.append('ours\n');
    await own.truncate();
    await own.append('ours again\n');
    await appendFile(temporary.join(sessionId, 'session.log'), 'private\n');
    await truncate(temporary.join(sessionId, 'cut.log'), 2);
    for (const file of [added, cut, own]) await file.close();
    expect(await directory.changedByOthers()).toEqual(['session.log', 'cut.log']);
    await added.append('the end\n');
    await added.close();
    expect(await readFile(temporary.join(sessionId, 'session.log'), 'utf8')).toBe('ours\nprivate\nthe end\n');
    expect(directory.files()).toEqual([temporary.join(sessionId, 'own.log')]);
    expect(warnings).toEqual([]);
  });

  for (const swapped of [sessionId, join(sessionId, 'outputs')])
    test(`never writes through a link that was put in the place of ${swapped.replace(sessionId, 'the directory')}`, async () => {
      await using temporary = await temporaryDirectory();
      const { directory, warnings } = await opened(temporary.path);
      await append(directory, { name: 'outputs/one.md', processId: 'one' }, 'one');
      await mkdir(temporary.join('elsewhere', 'outputs'), { recursive: true });
      await rename(temporary.join(swapped), temporary.join('moved'));
      await symlink(temporary.join('elsewhere'), temporary.join(swapped));
      await append(directory, { name: 'outputs/two.md', processId: 'two' }, 'two');
      await directory.replacedFile({ name: 'outputs/three.md', processId: 'three' }).save(() => ['three']);
      expect(await readdir(temporary.join('elsewhere'), { recursive: true })).toEqual(['outputs']);
      expect(['two', 'three'].map((id) => directory.incomplete(id))).toEqual([true, true]);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain(`something else is in the place of ${temporary.join(swapped)}`);
    });

  test('never writes through a link that waits where a file is to be', async () => {
    await using temporary = await temporaryDirectory();
    const { directory, warnings } = await opened(temporary.path);
    const victim = temporary.join('victim');
    await writeFile(victim, 'untouched');
    await symlink(victim, temporary.join(sessionId, 'lint.log'));
    await symlink(victim, temporary.join(sessionId, 'manifest.json'));
    await append(directory, { name: 'lint.log', processId: 'lint' }, 'mine');
    await directory.replacedFile({ name: 'manifest.json' }).save(() => ['{}']);
    expect(await readFile(victim, 'utf8')).toBe('untouched');
    expect(directory.incomplete('lint')).toBe(true);
    expect(warnings).toHaveLength(1);
    expect((await lstat(temporary.join(sessionId, 'manifest.json'))).isFile()).toBe(true);
  });

  test('never makes anything outside of it, whatever an id says', async () => {
    await using temporary = await temporaryDirectory();
    const { directory } = await opened(temporary.join('base'));
    const names = fc.oneof(
      fc.constantFrom('../x', '../../x', '/etc/x', 'a/../../x', 'outputs/../../x', '..', '.', '', 'a\0b', 'outputs/'),
      fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', '\0', ':', '\n'), maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        await append(directory, { name, processId: 'x' }, 'x');
        await directory.replacedFile({ name, processId: 'x' }).save(() => ['x']);
        expect(await readdir(temporary.path)).toEqual(['base']);
        expect((await readdir(temporary.join('base'))).toSorted()).toEqual(['.gitignore', sessionId]);
      }),
      { numRuns: runs(60) },
    );
  });

  test('keeps the log of the session out of the hands of a process', async () => {
    await using temporary = await temporaryDirectory();
    const { directory } = await opened(temporary.path);
    await append(directory, { name: 'session.log' }, 'ours\n');
    await append(directory, { name: 'session.log', processId: 'session' }, 'forged\n');
    expect(await readFile(temporary.join(sessionId, 'session.log'), 'utf8')).toBe('ours\n');
  });

  test('takes the files of an earlier run of the session for its own', async () => {
    await using temporary = await temporaryDirectory();
    const first = await opened(temporary.path);
    await append(first.directory, { name: 'session.log' }, 'first\n');
    const earlier = [{ name: 'session.log' }, { name: 'gone.log', processId: 'gone' }];
    const second = await SessionDirectory.open({ base: temporary.path, sessionId, earlier, warn: () => undefined });
    await append(second, { name: 'session.log' }, 'second\n');
    expect(await readFile(temporary.join(sessionId, 'session.log'), 'utf8')).toBe('first\nsecond\n');
    expect(second.files()).toEqual([temporary.join(sessionId, 'session.log')]);
  });
});

describe('when nothing can be written', () => {
  test('the directory is given up with one warning, and every write is let pass', async () => {
    await using temporary = await temporaryDirectory();
    await writeFile(temporary.join('file'), '');
    const { directory, warnings } = await opened(temporary.join('file', 'logs'));
    const file = directory.appendFile({ name: 'lint.log', processId: 'lint' });
    await file.append('x');
    await file.truncate();
    await file.close();
    await directory.replacedFile({ name: 'manifest.json' }).save(() => ['{}']);
    expect(directory.files()).toEqual([]);
    expect(directory.incomplete('lint')).toBe(true);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(temporary.join('file', 'logs'));
    expect(warnings[0]).toContain('log-dir');
  });

  test('the processes whose logs it hits are known, and people are told once', async () => {
    await using temporary = await temporaryDirectory();
    const { directory, warnings } = await opened(temporary.path);
    await using early = directory.appendFile({ name: 'early.log', processId: 'early' });
    await early.append('on disk\n');
    await rm(temporary.join(sessionId), { recursive: true });
    await early.append('into a file without a name\n');
    await using late = directory.appendFile({ name: 'late.log', processId: 'late' });
    await late.append('lost\n');
    await append(directory, { name: 'later.log', processId: 'later' }, 'lost\n');
    await mkdir(temporary.join(sessionId));
    await late.append('a log with a hole in it\n');
    expect(await readdir(temporary.join(sessionId))).toEqual([]);
    expect(['early', 'late', 'later'].map((id) => directory.incomplete(id))).toEqual([false, true, true]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/late\.log could not be written.*ENOENT.*directory is gone/u);
  });

  test('a file is tried again for each of three directories that lose their rights, and no more; for another fault never', async () => {
    await using temporary = await temporaryDirectory();
    const { directory, warnings } = await opened(temporary.path);
    // Root is refused nothing: here the content of the file is what says that rights are missing.
    const triesWith = async (name: string, code: string, faults: number): Promise<number> => {
      let tries = 0;
      await directory.replacedFile({ name }).save(() => {
        tries += 1;
        if (tries <= faults) throw Object.assign(new Error('refused'), { code });
        return ['whole'];
      });
      return tries;
    };
    expect(await triesWith('manifest.json', 'EACCES', 3)).toBe(4);
    expect(await readFile(temporary.join(sessionId, 'manifest.json'), 'utf8')).toBe('whole');
    expect(warnings).toEqual([]);
    expect(await triesWith('full.json', 'ENOSPC', 1)).toBe(1);
    expect(await triesWith('refused.json', 'EACCES', 9)).toBe(4);
    expect(warnings).toHaveLength(1);
    await rename(temporary.join(sessionId), temporary.join('moved'));
    expect(await triesWith('gone.json', 'EACCES', 9)).toBe(0);
  });

  test('a disk that fills up costs the rest of the log, not the session', async () => {
    await using temporary = await temporaryDirectory();
    const source = fileURLToPath(new URL('../../src/record/session-directory.ts', import.meta.url));
    const script = `
      import { SessionDirectory } from ${JSON.stringify(source)};
      const warnings = [];
      const directory = await SessionDirectory.open({ base: ${JSON.stringify(temporary.path)}, sessionId: 's', warn: (message) => warnings.push(message) });
      const file = directory.appendFile({ name: 'big.log', processId: 'big' });
      for (let line = 0; line < 64; line += 1) await file.append('x'.repeat(1023) + '\\n');
      const other = directory.appendFile({ name: 'small.log', processId: 'small' });
      await other.append('fits');
      await Promise.all([file.close(), other.close()]);
      console.log(JSON.stringify({ warnings, big: directory.incomplete('big'), small: directory.incomplete('small') }));
    `;
    // The limit on a file's size is the one way to a full disk that needs no privileges: 8 blocks of 1,024 bytes.
    const shell = `ulimit -f 8; exec "$0" --input-type=module -e "$1"`;
    const { stdout } = await run('bash', ['-c', shell, execPath, script]);
    const { warnings, big, small } = JSON.parse(stdout) as { warnings: string[]; big: boolean; small: boolean };
    expect([warnings.length, big, small]).toEqual([1, true, false]);
    expect(warnings[0]).toContain('big.log could not be written');
    expect(
      (await readFile(temporary.join('s', 'big.log'))).equals(Buffer.from(`${'x'.repeat(1_023)}\n`.repeat(8))),
    ).toBe(true);
  });
});

describe('a file that is replaced', () => {
  test('costs two writes for any number of changes at once, and ends with the newest', async () => {
    await using temporary = await temporaryDirectory();
    const { directory } = await opened(temporary.path);
    const file = directory.replacedFile({ name: 'manifest.json' });
    let made = 0;
    const saves = Array.from({ length: 100 }, (_, index) =>
      file.save(() => {
        made += 1;
        return [String(index)];
      }),
    );
    await Promise.all(saves);
    expect(await readFile(temporary.join(sessionId, 'manifest.json'), 'utf8')).toBe('99');
    expect(made).toBeLessThanOrEqual(2);
    expect(await readdir(temporary.join(sessionId))).not.toContain(expect.stringContaining('.tmp'));
  });
});

describe("a session's id", () => {
  test('sorts by time and is a plain name', () => {
    const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2120-01-01'), noInvalidDate: true });
    const random = fc.uint8Array({ minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.tuple(time, random), fc.tuple(time, random), (one, other) => {
        const ids = [newSessionId(...one), newSessionId(...other)] as const;
        expect(ids[0]).toMatch(/^\d{8}-\d{6}-\d{3}-[\da-f]{8}$/u);
        if (one[0] < other[0]) expect(ids[0] < ids[1]).toBe(true);
      }),
    );
  });

  test('reads as the time in it', () => {
    expect(newSessionId(new Date('2026-11-22T10:20:30.456Z'), Buffer.from([1, 35, 171, 205]))).toBe(sessionId);
  });
});
