import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createConfigDirectory } from '../../src/agents/claude/config-directory.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

test('a private directory is removed as it was made, and with whatever was put into it', async () => {
  await using base = await temporaryDirectory();
  await chmod(base.path, 0o700);
  const options = { base: base.path, processId: 'p', attempt: 1, workingDirectory: base.path };
  for (const trusted of [true, false]) {
    const made = await createConfigDirectory({ ...options, trusted });
    expect(existsSync(join(made.config, '.claude.json'))).toBe(trusted);
    await made.remove();
  }
  const filled = await createConfigDirectory({ ...options, trusted: true });
  mkdirSync(join(filled.temporary, 'deep'));
  writeFileSync(join(filled.temporary, 'deep', 'file'), 'x');
  await filled.remove();
  expect(readdirSync(base.path)).toEqual([]);
});

test('a private directory is made beside its base where that is open to others, or is not what it was', async () => {
  await using place = await temporaryDirectory();
  const options = { processId: 'p', attempt: 1, workingDirectory: place.path, trusted: false };
  for (const name of ['own', 'open', 'target']) mkdirSync(place.join(name), { mode: 0o700 });
  await chmod(place.join('open'), 0o750);
  symlinkSync(place.join('target'), place.join('link'));
  writeFileSync(place.join('file'), '', { mode: 0o600 });
  const parentOf = async (name: string) => {
    const made = await createConfigDirectory({ ...options, base: place.join(name) });
    await made.remove();
    return dirname(dirname(made.config));
  };
  expect(await parentOf('own')).toBe(place.join('own'));
  for (const name of ['open', 'link', 'file', 'gone']) expect(await parentOf(name), name).toBe(place.path);
  expect(readdirSync(place.join('target'))).toEqual([]);
});

test('the working directory is trusted by its real path, and so is the top of its repository', async () => {
  await using place = await temporaryDirectory();
  await chmod(place.path, 0o700);
  mkdirSync(place.join('repo/part'), { recursive: true });
  mkdirSync(place.join('repo/.git'));
  symlinkSync(place.join('repo/part'), place.join('link'));
  const { config, remove } = await createConfigDirectory({
    ...{ base: place.path, processId: 'p', attempt: 1, workingDirectory: place.join('link'), trusted: true },
  });
  const file = join(config, '.claude.json');
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).projects)).toEqual([
    place.join('repo/part'),
    place.join('repo'),
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await remove();
});

test('a private directory that could not be made whole is removed', async () => {
  await using base = await temporaryDirectory();
  await chmod(base.path, 0o700);
  const workingDirectory = base.join('nowhere');
  const options = { base: base.path, processId: 'p', attempt: 1, workingDirectory, trusted: true };
  await expect(createConfigDirectory(options)).rejects.toThrow('ENOENT');
  expect(readdirSync(base.path)).toEqual([]);
});
