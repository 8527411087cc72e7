import { randomUUID } from 'node:crypto';
import { appendFileSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { EOL } from 'node:os';

/** The files through which a step talks to the runner, and the variables that name them. */
const fileVariables = [
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'GITHUB_ARTIFACTS',
] as const;
type FileVariable = (typeof fileVariables)[number];

/**
 * The runner's command files of this step. At the end they hold what we wrote and nothing else: a tool that Claude
 * started may find their directory, although their paths are withheld from it.
 *
 * `@actions/core` only appends, so it could not tell our lines from theirs.
 */
export interface CommandFiles {
  /** Hands values to `post`; a later one replaces an earlier one of the same name. */
  readonly saveState: (values: Readonly<Record<string, string>>) => void;
  readonly setOutputs: (values: Readonly<Record<string, string>>) => void;
  readonly writeSummary: (markdown: string) => void;
  /** Puts right what others wrote, and names the files and what could not be written, for people to read. */
  readonly settle: () => readonly string[];
}

/** Takes note of the command files as they are when the step starts. */
export function openCommandFiles(environment: Readonly<Record<string, string | undefined>>): CommandFiles {
  const files = new Map(
    fileVariables.flatMap((variable) => {
      const path = environment[variable];
      return path === undefined || path === '' ? [] : [[variable, new CommandFile(path)] as const];
    }),
  );
  const append = (variable: FileVariable, text: string): void => files.get(variable)?.append(text);
  return {
    saveState: (values) => append('GITHUB_STATE', keyValueLines(values)),
    setOutputs: (values) => append('GITHUB_OUTPUT', keyValueLines(values)),
    writeSummary: (markdown) => append('GITHUB_STEP_SUMMARY', markdown.endsWith('\n') ? markdown : `${markdown}\n`),
    settle: () => [...files].flatMap(([variable, file]) => file.settle(variable)),
  };
}

class CommandFile {
  readonly #path: string;
  #expected: Buffer;
  #tampered = false;
  #failure: string | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#expected = contentOf(path) ?? Buffer.alloc(0);
  }

  append(text: string): void {
    const addition = Buffer.from(text);
    const isOurs = this.#restore();
    this.#expected = Buffer.concat([this.#expected, addition]);
    if (isOurs) this.#attempt(() => appendFileSync(this.#path, addition));
  }

  settle(variable: FileVariable): readonly string[] {
    this.#restore();
    const tampering = `Something else wrote to the runner's ${variable} file during the session; it was put back as it should be. Look into what the tools did.`;
    return [
      ...(this.#tampered ? [tampering] : []),
      ...(this.#failure === undefined ? [] : [`The runner's ${variable} file could not be written: ${this.#failure}`]),
    ];
  }

  #restore(): boolean {
    if (contentOf(this.#path, this.#expected.length)?.equals(this.#expected)) return true;
    // Our own failed write, on a full disk, is no tampering.
    this.#tampered ||= this.#failure === undefined;
    return this.#attempt(() => {
      // A new file: whoever has the old one open, or linked it elsewhere, keeps that one.
      rmSync(this.#path, { recursive: true, force: true });
      writeFileSync(this.#path, this.#expected, { flag: 'wx' });
    });
  }

  #attempt(write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      return false;
    }
  }
}

/** Undefined for whatever is not a plain file of that size: reading a pipe or an endless file would not end. */
function contentOf(path: string, size?: number): Buffer | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() || (size !== undefined && found.size !== size)) return undefined;
  return readFileSync(path);
}

/** A random delimiter for each value, so that no value can end itself and begin another. */
function keyValueLines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => {
      const delimiter = `end_${randomUUID()}`;
      return `${key}<<${delimiter}${EOL}${value}${EOL}${delimiter}${EOL}`;
    })
    .join('');
}
