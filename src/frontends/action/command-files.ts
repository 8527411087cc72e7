import { randomUUID } from 'node:crypto';
import { EOL } from 'node:os';
import { CommandFile, type CommandFileState } from '../../github/command-file.ts';

/** The variables that name the files through which a step talks to the runner, and what those files are for. */
const purposes = {
  GITHUB_ENV: 'environment variables of later steps',
  GITHUB_PATH: 'the PATH of later steps',
  GITHUB_OUTPUT: 'the outputs of this step',
  GITHUB_STATE: 'what this step does at the end of the job',
  GITHUB_STEP_SUMMARY: 'the summary of this step',
  GITHUB_ARTIFACTS: 'artifacts of this step',
} as const;
type FileVariable = keyof typeof purposes;
const fileVariables = Object.keys(purposes) as readonly FileVariable[];

/**
 * The runner's command files of this step. At the end they hold what we wrote and nothing else: a tool that Claude
 * started may find their directory, although their paths are withheld from it.
 *
 * `@actions/core` only appends, so it could not distinguish our lines from theirs.
 */
export interface CommandFiles {
  /** Hands values to `post`; a later one replaces an earlier one of the same name. */
  readonly saveState: (values: Readonly<Record<string, string>>) => void;
  readonly setOutputs: (values: Readonly<Record<string, string>>) => void;
  /** A later one replaces an earlier one. */
  readonly writeSummary: (markdown: string) => void;
  /** Restores what others overwrote, and reports what happened since the last call; never throws. */
  readonly settle: () => CommandFileReport;
}

/** Findings about the command files for people, one line each. */
export interface CommandFileReport {
  /** Files that something else changed and that hold again what they should. */
  readonly restored: readonly string[];
  /** Files that could not be written, and whose absence does not mislead. */
  readonly warnings: readonly string[];
  /** With one of these the step must not be green: a later step would act on what is missing or forged. */
  readonly errors: readonly string[];
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
  const missing = files.has('GITHUB_OUTPUT') ? [] : [noOutputFile];
  return {
    saveState: (values) => append('GITHUB_STATE', keyValueLines(values)),
    setOutputs: (values) => append('GITHUB_OUTPUT', keyValueLines(values)),
    writeSummary: (markdown) =>
      files.get('GITHUB_STEP_SUMMARY')?.replaceAppended(markdown.endsWith('\n') ? markdown : `${markdown}\n`),
    settle: () => {
      const report = reportOf([...files].map(([variable, file]) => [variable, file.settle()] as const));
      return { ...report, errors: [...missing.splice(0), ...report.errors] };
    },
  };
}

const noOutputFile =
  'GITHUB_OUTPUT names no file, so the outputs of this step will be missing. The runner gives one to every step: see whether ' +
  'the workflow engine does, and whether an env of the workflow replaces it.';

/** To be said of a file that was changed after the session. */
export const lateChange =
  'It happened after the session had ended: something still runs, and may change the file again.';

type States = readonly (readonly [FileVariable, CommandFileState])[];

function reportOf(states: States): CommandFileReport {
  return {
    restored: states.flatMap(([variable, { tampered, fault }]) =>
      tampered && fault === undefined ? [putBack(variable)] : [],
    ),
    warnings: states.flatMap(([variable, { tampered, fault }]) =>
      fault === undefined || isGrave(variable, tampered) ? [] : [notWritten(variable, fault)],
    ),
    errors: states.flatMap(([variable, { tampered, fault }]) => {
      if (fault === undefined || !isGrave(variable, tampered)) return [];
      return [tampered ? notPutBack(variable, fault) : notWritten(variable, fault)];
    }),
  };
}

/** Without its summary a step is still what it says; without its outputs, or with something forged, it is not. */
function isGrave(variable: FileVariable, tampered: boolean): boolean {
  return tampered || variable === 'GITHUB_OUTPUT';
}

function putBack(variable: FileVariable): string {
  return `Something else changed the runner's ${variable} file during the session; it was put back and holds what it should. Look into what the tools did.`;
}

function notPutBack(variable: FileVariable, fault: string): string {
  return `Something else changed the runner's ${variable} file during the session, and it could not be put back: ${fault}. Do not trust ${purposes[variable]}, and look into what the tools did.`;
}

function notWritten(variable: FileVariable, fault: string): string {
  return `The runner's ${variable} file could not be written, so ${purposes[variable]} will be missing: ${fault}. See whether this step may write it, and whether the disk is full.`;
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
