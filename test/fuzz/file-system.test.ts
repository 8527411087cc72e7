import { spawnSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { openCommandFiles } from '../../src/frontends/action/command-files.ts';
import { stageFiles } from '../../src/github/staged-files.ts';
import { SessionDirectory } from '../../src/record/session-directory.ts';
import { readKeyValues } from '../rig/command-file.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const names = ['a.log', 'b.log', 'outputs/a.md', '.ledger', 'outputs', '.'] as const;
const foreign = 'FOREIGN';

/** What another process may do to a path, with another path beside it; each may fail, as it would for that process. */
const actions = {
  chmod: (path: string, _: string, mode: number) => chmodSync(path, mode),
  remove: (path: string) => rmSync(path, { recursive: true }),
  move: (path: string, aside: string) => renameSync(path, aside),
  link: (path: string, aside: string) => {
    renameSync(path, aside);
    symlinkSync(aside, path);
  },
  'link to itself': (path: string, aside: string) => {
    renameSync(path, aside);
    symlinkSync(path, path);
  },
  'hard link': (path: string, aside: string) => linkSync(path, aside),
  write: (path: string) => writeFileSync(path, foreign),
  append: (path: string) => writeFileSync(path, foreign, { flag: 'a' }),
  file: (path: string, aside: string) => {
    renameSync(path, aside);
    writeFileSync(path, foreign);
  },
  directory: (path: string, aside: string) => {
    renameSync(path, aside);
    mkdirSync(path);
  },
} as const;

/** A call that another process makes on one of our files or directories. */
interface Call {
  readonly does: keyof typeof actions;
  readonly name: (typeof names)[number];
  readonly mode: number;
}

const call: fc.Arbitrary<Call> = fc.record({
  does: fc.constantFrom(...(Object.keys(actions) as (keyof typeof actions)[])),
  name: fc.constantFrom(...names),
  mode: fc.constantFrom(0o000, 0o400, 0o500, 0o600, 0o700, 0o777),
});

function make({ does, name, mode }: Call, directory: string): void {
  try {
    actions[does](join(directory, name), join(dirname(directory), `aside-${crypto.randomUUID()}`), mode);
  } catch {
    // So it would be for that process.
  }
}

const calls = fc.array(call, { maxLength: 3 });

/** Gives all rights back in the end, so that everything can be removed. */
async function place() {
  const directory = await temporaryDirectory();
  return {
    directory,
    async [Symbol.asyncDispose]() {
      spawnSync('chmod', ['-R', 'u+rwx', directory.path]);
      await directory[Symbol.asyncDispose]();
    },
  };
}

fuzz(
  'whatever another process does to the files of a session, writing never fails, and only what was written is handed out',
  { of: fc.tuple(calls, calls, calls), runs: 150 },
  async ([first, second, third]) => {
    await using found = await place();
    const { directory } = found;
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const options = { base: directory.join('logs'), sessionId: 's', ledgerKey: new Uint8Array(32), warn };
    const session = await SessionDirectory.open(options);
    const attack = (made: readonly Call[]): void => {
      for (const each of made) make(each, session.path);
    };
    const files = ['a.log', 'b.log'].map((name) => session.appendFile({ name, processId: name }));
    const output = session.replacedFile({ name: 'outputs/a.md', processId: 'a' });
    for (const attacks of [first, second]) {
      await Promise.all([...files.map((file) => file.append('OURS\n')), output.save(() => ['OURS\n'])]);
      attack(attacks);
      session.holds('a.log');
    }
    for (const file of files) await file.close();
    await session.changedByOthers();
    await session.closeLedger();
    attack(third);
    const written = session.written()?.files ?? [];
    const stage = { files: written, directory: session.path, temporary: directory.path };
    await using staged = await stageFiles({ ...stage, stop: new AbortController().signal });
    for (const path of staged.files) expect(readFileSync(path, 'utf8')).toMatch(/^(?:OURS\n){1,2}$/);
    expect(warnings.length).toBeLessThanOrEqual(1);
  },
);

fuzz(
  'whatever another process does to a command file, it holds what was written, or the step learns that it does not',
  { of: fc.tuple(calls, calls), runs: 150 },
  async ([first, second]) => {
    await using found = await place();
    const files = found.directory.join('files');
    mkdirSync(files);
    const path = join(files, 'a.log');
    writeFileSync(path, '');
    const commandFiles = openCommandFiles({ GITHUB_OUTPUT: path });
    for (const each of first) make(each, files);
    commandFiles.setOutputs({ one: '1' });
    for (const each of second) make(each, files);
    commandFiles.setOutputs({ two: '2' });
    const { errors } = commandFiles.settle();
    if (errors.length === 0) expect(readKeyValues(path)).toEqual({ one: '1', two: '2' });
    expect(commandFiles.settle()).toEqual({ restored: [], warnings: [], errors });
  },
);
