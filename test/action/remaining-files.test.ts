import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { remainingFiles } from '../../src/action/remaining-files.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const left = ['a.jsonl', 'a.log', 'b.log', 'manifest.json', 'outputs/a.md', 'session.jsonl', 'session.log'];

async function killedSession() {
  const directory = await temporaryDirectory();
  const session = directory.join('session');
  mkdirSync(`${session}/outputs`, { recursive: true });
  for (const name of left) writeFileSync(`${session}/${name}`, name);
  const found = () =>
    remainingFiles({ directory: session, processIds: ['a', 'b'] }).map((path) => relative(session, path));
  return { session, directory, found, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

test('a killed session leaves the files that it had, by the names that a session gives', async () => {
  await using killed = await killedSession();
  const { session, found } = killed;
  for (const name of ['other.log', '.env', 'a.log.bak', '.1.tmp', 'outputs/c.md'])
    writeFileSync(`${session}/${name}`, 'x');
  expect(found().sort()).toEqual(left);
});

test('nothing that leads to another file is taken: no link of either kind, no pipe, no directory', async () => {
  await using killed = await killedSession();
  const { session, directory, found } = killed;
  const secret = directory.join('secret');
  writeFileSync(secret, 'x');
  symlinkSync(secret, `${session}/b.jsonl`);
  linkSync(secret, `${session}/summary.md`);
  execFileSync('sh', ['-c', 'mkfifo "$0"', `${session}/report.html`]);
  mkdirSync(`${session}/results.json`);
  expect(found()).not.toContain('b.jsonl');
  expect(found().sort()).toEqual(left);
});

test('a directory that was replaced by a link gives nothing', async () => {
  await using killed = await killedSession();
  const { session, directory, found } = killed;
  renameSync(`${session}/outputs`, directory.join('elsewhere'));
  symlinkSync(directory.join('elsewhere'), `${session}/outputs`);
  expect(found()).not.toContain('outputs/a.md');
  renameSync(session, directory.join('moved'));
  symlinkSync(directory.join('moved'), session);
  expect(found()).toEqual([]);
});

test('a session without a directory has no files', async () => {
  await using directory = await temporaryDirectory();
  expect(remainingFiles({ directory: directory.join('none'), processIds: ['a'] })).toEqual([]);
});
