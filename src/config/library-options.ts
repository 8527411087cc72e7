import type { ProcessSpec } from '../core/plan.ts';
import { type Fault, faultOf, type Parsed, quote } from './fault.ts';
import type { OptionName, OptionValues } from './option-table.ts';
import { parseOptionValues, processOptions } from './option-values.ts';
import { generateProcessId, parseProcessId } from './process-id.ts';
import { buildProcess } from './process-specs.ts';
import { type PromptDraft, parsePrompt } from './prompt-draft.ts';
import { type ConfigurationRequest, inTableOrder, readSession, type SessionOptions } from './session-options.ts';

/** What arguments of the library mean, or everything that is wrong with them. */
export type ReadOptions<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] };

function readOptions<T>(value: T, faults: readonly Fault[]): ReadOptions<T> {
  return faults.length > 0 ? { kind: 'invalid', faults: inTableOrder(faults) } : { kind: 'valid', value };
}

/** Reads the options of a session whose processes come later. */
export function readSessionOptions(request: ConfigurationRequest): ReadOptions<SessionOptions> {
  const { session, faults } = readSession(request);
  return readOptions(session, faults);
}

/** One process of a session, as the library's user describes it. */
export interface ProcessRequest {
  readonly session: SessionOptions;
  /** Absolute; paths are relative to it, and it is the checkout that may be hostile. */
  readonly workspace: string;
  readonly prompt: unknown;
  /** Generated when it is undefined. */
  readonly id?: unknown;
  /** Counts from 1: the number in a generated id. */
  readonly position: number;
  /** The ids of the session's other processes, in lower case. */
  readonly taken: ReadonlySet<string>;
  readonly name?: string;
  /** By field or by kebab-case name; the session's options stand in for what is left out. */
  readonly options: Readonly<Record<string, unknown>>;
}

function parseFreeId(id: unknown, request: ProcessRequest): Parsed<string> {
  if (id === undefined) return { ok: true, value: generateProcessId(request.position, request.taken) };
  const parsed = parseProcessId(id);
  if (!parsed.ok || !request.taken.has(parsed.value.toLowerCase())) return parsed;
  const text = `${quote(id)} is already the id of another process; ids are compared without regard to case.`;
  return { ok: false, problems: [{ kind: 'range', text }] };
}

/** Reads one process of a session. */
export function readProcess(request: ProcessRequest): ReadOptions<ProcessSpec> {
  const { session, workspace, options } = request;
  const prompt = parsePrompt(request.prompt);
  const id = parseFreeId(request.id, request);
  const { values, faults } = parseOptionValues({ door: 'library', options, allowed: processOptions, base: workspace });
  const draft: PromptDraft = {
    source: 'prompt',
    prompt: prompt.ok ? prompt.value : '',
    values,
    keys: [],
    ...(request.name !== undefined && { name: request.name }),
  };
  const built = buildProcess(draft, id.ok ? id.value : '', { door: 'library', session, checkout: workspace });
  const own = [
    ...(prompt.ok ? [] : prompt.problems.map((problem) => faultOf('prompt', problem))),
    ...(id.ok ? [] : id.problems.map((problem) => faultOf('id', problem))),
  ];
  return readOptions(built.process, [...own, ...faults, ...built.faults]);
}

/** Reads the options of a function that runs processes; an absent key means "not given". */
export function readPatternOptions(
  options: Readonly<Record<string, unknown>>,
  allowed: ReadonlySet<OptionName>,
): ReadOptions<OptionValues> {
  const { values, faults } = parseOptionValues({ door: 'library', options, allowed, base: '/' });
  return readOptions(values, faults);
}
