import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { remainingFiles } from '../../src/frontends/action/remaining-files.ts';
import { stageFiles } from '../../src/github/staged-files.ts';
import { ledgerFile, type WrittenFile } from '../../src/model/session-files.ts';
import { SessionDirectory } from '../../src/record/session-directory.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';
import { waitFor } from '../rig/wait-for.ts';

const key = new Uint8Array(32).fill(7);
const stop = new AbortController().signal;

/** A session's directory with a log that is still open, one that was closed, and a file that was replaced. */
async function runningSession() {
  const place = await temporaryDirectory();
  const session = await SessionDirectory.open({
    base: place.join('logs'),
    sessionId: 'session',
    warn: () => undefined,
    ledgerKey: key,
  });
  const open = session.appendFile({ name: 'a.log', processId: 'a' });
  await open.append('first\n');
  const closed = session.appendFile({ name: 'b.log', processId: 'b' });
  await closed.append('all\n');
  await closed.close();
  const replaced = session.replacedFile({ name: 'outputs/b.md', processId: 'b' });
  await replaced.save(() => ['answer']);
  const at = (name: string) => join(session.path, name);
  const noted = () => readFileSync(at(ledgerFile), 'utf8').trimEnd().split('\n');
  // It is written behind the files.
  // The closed one twice: as it was written, and as it was closed.
  await waitFor('the ledger to know the three files', () => noted().length >= 4);
  const remaining = (digest?: string) =>
    remainingFiles({ directory: session.path, key, ...(digest !== undefined && { ledgerDigest: digest }) });
  const staged = async (files: readonly WrittenFile[]) => {
    await using copies = await stageFiles({ files, directory: session.path, temporary: place.path, stop });
    const texts = copies.files.map((path) => [path.slice(copies.directory.length + 1), readFileSync(path, 'utf8')]);
    return { texts: Object.fromEntries(texts), leftOut: copies.leftOut };
  };
  const dispose = async (): Promise<void> => {
    await open.close();
    await session.closeLedger();
    await place[Symbol.asyncDispose]();
  };
  return { place, session, open, at, remaining, staged, [Symbol.asyncDispose]: dispose };
}

test('a session that was killed leaves what it had written, also of a log that was open', async () => {
  await using killed = await runningSession();
  const files = await killed.remaining();
  expect(await killed.staged(files)).toEqual({
    texts: { 'a.log': 'first\n', 'b.log': 'all\n', 'outputs/b.md': 'answer' },
    leftOut: [],
  });
  expect(readdirSync(killed.place.path)).toEqual(['logs']);
});

test('what others added to a log is not a part of its copy, and what they overwrote, replaced or linked has none', async () => {
  await using killed = await runningSession();
  const { at, place } = killed;
  const files = await killed.remaining();
  appendFileSync(at('a.log'), 'secret\n');
  writeFileSync(at('b.log'), 'evil');
  renameSync(at('outputs'), place.join('moved'));
  symlinkSync(place.join('moved'), at('outputs'));
  writeFileSync(place.join('moved/b.md'), 'secret');
  expect(await killed.staged(files)).toEqual({ texts: { 'a.log': 'first\n' }, leftOut: ['b.log', 'outputs/b.md'] });
  linkSync(at('a.log'), place.join('linked'));
  expect((await killed.staged(files)).texts).toEqual({});
  rmSync(at('a.log'));
  symlinkSync(place.join('linked'), at('a.log'));
  expect((await killed.staged(files)).texts).toEqual({});
});

test('lines of a ledger that are not ours, or of another session, prove nothing', async () => {
  await using killed = await runningSession();
  const { at } = killed;
  const lines = readFileSync(at(ledgerFile), 'utf8').trimEnd().split('\n');
  const evil = createHash('sha256').update('evil').digest('hex');
  writeFileSync(at('c.log'), 'evil');
  const forged = [
    ...lines.map((line) => line.replace(/ \S+ \S+$/, ` ${evil} c.log`)),
    ...lines.map((line) => line.replace(/\S+$/, '../../private')),
    `${'0'.repeat(64)} 4 ${evil} c.log`,
  ];
  writeFileSync(at(ledgerFile), `${forged.join('\n')}\n`);
  expect(await killed.remaining()).toEqual([]);
  writeFileSync(at(ledgerFile), `${lines.join('\n')}\n`);
  renameSync(killed.session.path, `${killed.session.path}-2`);
  expect(await remainingFiles({ directory: `${killed.session.path}-2`, key })).toEqual([]);
});

test('of a session that has come to its end only its whole ledger counts, and what was found changed stays out', async () => {
  await using ended = await runningSession();
  const { session, at } = ended;
  // The line about it is still to come when the session ends.
  await ended.open.append('more\n');
  appendFileSync(at('a.log'), 'secret\n');
  await ended.open.close();
  const early = readFileSync(at(ledgerFile), 'utf8');
  expect(await session.changedByOthers()).toEqual(['a.log']);
  await session.closeLedger();
  const digest = session.written()?.ledgerDigest;
  expect((await ended.remaining(digest)).map(({ name }) => name)).toEqual(['b.log', 'outputs/b.md']);
  expect(session.written()?.files).toEqual(await ended.remaining(digest));
  const late = session.appendFile({ name: 'late.log' });
  await late.append('late\n');
  await late.close();
  expect(session.written()?.ledgerDigest).toBe(digest);
  writeFileSync(at(ledgerFile), early);
  expect(await ended.remaining(digest)).toEqual([]);
});

test('without a ledger, or behind a link, nothing is left', async () => {
  await using killed = await runningSession();
  const { at, place } = killed;
  renameSync(at(ledgerFile), place.join('ledger'));
  expect(existsSync(at(ledgerFile))).toBe(false);
  expect(await killed.remaining()).toEqual([]);
  symlinkSync(place.join('ledger'), at(ledgerFile));
  expect(await killed.remaining()).toEqual([]);
});
