import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorCode } from '../model/errors.ts';
import type { Frontend, Task } from '../model/option-row.ts';
import { type CompleteValues, type OptionValues, optionRows, recordOf } from '../model/option-table.ts';
import type { SessionPolicy, TrustDecision } from '../model/plan.ts';
import type { Redactor } from '../model/redactor.ts';
import { type Diagnostic, diagnosticOf, type Place, quote } from '../options/diagnostic.ts';
import type { StandardInput } from '../options/file-bounds.ts';
import { logDirectoryFaults } from '../options/log-directory.ts';
import { optionsAt, parseOptionValues, withDefaults } from '../options/option-values.ts';
import { readResumeSource } from '../options/resume-source.ts';
import type { Settings } from '../options/settings.ts';
import { readContext } from './sources/context.ts';
import { schemaFaults, trustFaults } from './trust-limits.ts';

/** Input of a configuration, as an entry point gives it. */
export interface ConfigurationRequest {
  readonly frontend: Frontend;
  /** A session to be run when absent. */
  readonly task?: Task;
  /** As they came: texts by kebab-case name; the library may give JavaScript values and names in camel case. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Absolute; where Claude works by default, and what paths are relative to. */
  readonly workspace: string;
  /** Absolute; the checkout that may be hostile. The workspace, unless that is only a part of it. */
  readonly checkout?: string;
  /** Absolute; files of prompts and of context must lie in one of these, links resolved. */
  readonly allowedRoots: readonly string[];
  /** Standard input, when one of the options names it. */
  readonly standardInput?: StandardInput;
  /** Trust level that `trust: auto` stands for here. */
  readonly autoTrust: TrustDecision;
  /** The default of `log-dir`; relative to the working directory. */
  readonly logDirectoryDefault: string;
  /** The default of `title`. */
  readonly title?: string;
  /** Takes secrets out of the error lines, also those that a shortened value would show a part of. */
  readonly redactor?: Redactor;
}

/** A session's options, parsed: all but the processes and their order. */
export interface SessionOptions {
  readonly values: CompleteValues;
  readonly settings: Omit<Settings, 'plan'>;
}

/** The session's options, and their faults; invalid values are replaced by defaults. */
export interface ReadSession {
  readonly session: SessionOptions;
  /** Given values, without defaults. */
  readonly given: OptionValues;
  /** Notices to emit before the start; none is a fault. */
  readonly notices: readonly string[];
  /** Notices of level `warning`. */
  readonly warnings: readonly string[];
  readonly faults: readonly Diagnostic[];
}

function directoryProblem(path: string): string | undefined {
  try {
    if (!statSync(path).isDirectory()) return 'is not a directory';
    accessSync(path, constants.X_OK);
    return undefined;
  } catch (error) {
    const code = errorCode(error) ?? '';
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be used (${code})`;
  }
}

/** Refuses a path that is no directory. The library does not ask: there, a process in such a place has failed to start. */
export function directoryFaults(path: string, frontend: Frontend, place?: Place): readonly Diagnostic[] {
  const problem = frontend === 'library' ? undefined : directoryProblem(path);
  if (problem === undefined) return [];
  return [diagnosticOf('working-directory', { kind: 'range', text: `${quote(path)} ${problem}.` }, place)];
}

function trustOf(choice: CompleteValues['trust'], auto: TrustDecision): TrustDecision {
  return choice === 'auto' ? auto : { level: choice, why: `trust: ${choice} was given` };
}

function settingsOf(
  values: CompleteValues,
  { context, trust }: Pick<SessionPolicy, 'context' | 'trust'>,
  request: ConfigurationRequest,
): Omit<Settings, 'plan'> {
  const { 'claude-path': path, 'claude-version': version } = values;
  const workingDirectory = values['working-directory'] ?? request.workspace;
  const title = values.title?.trim() ?? request.title;
  return {
    ...recordOf('settings', values),
    policy: { ...recordOf('policy', values), context, trust },
    checkout: request.checkout ?? request.workspace,
    workingDirectory,
    logDirectory: values['log-dir'] ?? resolve(workingDirectory, request.logDirectoryDefault),
    claude: { ...(path !== undefined && { path }), ...(version !== undefined && { version }) },
    credentials: recordOf('credentials', values),
    ...(title !== undefined && { title }),
    delivery: recordOf('delivery', values),
  };
}

/** Reads all options of a session, and the files and directories that they name; it starts nothing. */
export function readSession(request: ConfigurationRequest): ReadSession {
  const { frontend, options, workspace, checkout = workspace } = request;
  const parsed = parseOptionValues({ frontend, options, allowed: optionsAt(frontend, request.task), base: workspace });
  const values = withDefaults(parsed.values, frontend);
  const trust = trustOf(values.trust, request.autoTrust);
  const context = readContext(values, { ...request, trust });
  const settings = settingsOf(values, { context: context.blocks, trust }, request);
  const { logDirectory } = settings;
  const places = [
    ...directoryFaults(settings.workingDirectory, frontend),
    ...trustFaults({ trust, values: parsed.values, checkout }),
    ...schemaFaults({ trust, workspace, checkout, given: options['json-schema'] }),
  ];
  const isGiven = values['log-dir'] !== undefined;
  // The default lies below the working directory, and in the library it is not a choice of the caller.
  const isChecked = isGiven || (frontend !== 'library' && places.every(({ option }) => option !== 'working-directory'));
  const resume = readResumeSource({ value: values['resume-from'], frontend, workspace, checkout, logDirectory, trust });
  return {
    session: { values, settings: { ...settings, ...(resume.source !== undefined && { resumeFrom: resume.source }) } },
    given: parsed.values,
    notices: context.notices,
    warnings: context.warnings,
    faults: [
      ...parsed.faults,
      ...context.faults,
      ...resume.faults,
      ...places,
      ...(isChecked ? logDirectoryFaults({ path: logDirectory, isGiven, checkout, trust }) : []),
      ...budgetFaults(values, values),
    ],
  };
}

/** A process whose ceiling is above the session's could never start. */
export function budgetFaults(own: OptionValues, session: CompleteValues, place?: Place): readonly Diagnostic[] {
  const { 'max-process-budget-usd': process } = own;
  const { 'max-budget-usd': whole } = session;
  if (process === undefined || whole === undefined || process <= whole) return [];
  return [
    diagnosticOf(
      'max-process-budget-usd',
      { kind: 'range', text: `"${process}" is more than max-budget-usd, ${whole}.` },
      place,
    ),
  ];
}

/** Each fault once, sorted by the table and by entries; names that are not in the table come first. */
export function inTableOrder(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  const order = new Map<string, number>(optionRows.map((row, index) => [row.name, index]));
  const rank = ({ option }: Diagnostic): number => order.get(option) ?? -1;
  // Faults of the whole list come before those of its entries.
  const positionOf = ({ position = -1 }: Diagnostic): number => position;
  const unique = new Map(faults.map((fault) => [fault.message, fault]));
  return [...unique.values()].toSorted((one, other) => rank(one) - rank(other) || positionOf(one) - positionOf(other));
}
