import type { DataBlock } from '../../model/plan.ts';
import type { ProcessResult } from '../../model/result.ts';
import { accept, parseEach, quote, type Result, refuseRange, refuseType } from '../../options/diagnostic.ts';
import type { ProcessOptions } from './options.ts';
import type { SchemaSource, StructuredOutput } from './schema-output.ts';

/** Options of one call of `session.agent`; those left out are the session's. */
export interface AgentOptions<Schema extends SchemaSource | undefined = SchemaSource | undefined>
  extends Omit<ProcessOptions, 'jsonSchema'> {
  /** Names its log and its result. Generated when left out: `process_001` and so on. */
  readonly id?: string | undefined;
  /**
   * A JSON schema that the answer must meet; `structuredOutput` is then typed by it. An object, one of a library such as zod, JSON
   * text, the path of a file of it, or a keyword (`findings`, `finding-check`).
   */
  readonly jsonSchema?: Schema;
  /**
   * What Claude is to work on, by name: a text, or a value that JSON can hold. It comes ahead of the prompt as data, not as
   * instructions, so what others wrote belongs here.
   */
  readonly data?: { readonly [name: string]: unknown } | undefined;
  /**
   * The process whose conversation it continues as a copy, with all that was read there: its result, or its id. It is waited for, and
   * model, effort, tools and system prompt must be the same.
   */
  readonly conversationFrom?: string | Pick<ProcessResult, 'processId'> | undefined;
  /** Cancels this process alone when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** The result of `session.agent`, its structured output typed by the schema that was given. */
export type AgentResult<Schema = undefined> = ProcessResult & {
  readonly structuredOutput?: Schema extends undefined ? unknown : StructuredOutput<Schema>;
};

/** Reads which process is continued; `results` are those of the session. */
export function parseOriginal(from: unknown, results: () => readonly ProcessResult[]): Result<string | undefined> {
  const given = typeof from === 'object' && from !== null && 'processId' in from ? from : { processId: from };
  const { processId: id } = given;
  if (id === undefined) return accept(undefined);
  if (typeof id !== 'string') return refuseType(`${quote(from)} is neither a result nor an id.`);
  // Ids that were generated are the same in every session.
  const isOurs = (result: ProcessResult) =>
    result.processId === id && 'endedAt' in given && result.endedAt === given.endedAt;
  return 'endedAt' in given && !results().some(isOurs)
    ? refuseRange(`the result of ${quote(id)} is that of another session.`)
    : accept(id);
}

/** The name of a block: what JavaScript writes without quotes, and the characters of an id. */
const dataName = /^[A-Za-z0-9_$][A-Za-z0-9._$-]{0,63}$/;

/** Reads data for one process. */
export function parseData(data: unknown): Result<readonly DataBlock[]> {
  if (data === undefined) return accept([]);
  if (typeof data !== 'object' || data === null || Symbol.iterator in data)
    return refuseType(`${kindOf(data)} is not an object of names and values, such as { finding }.`);
  return parseEach(Object.entries(data), ([id, value]) => {
    if (!dataName.test(id))
      return refuseRange(`the name ${quote(id)} is not 1 to 64 letters, digits, ".", "_", "$" or "-".`);
    const { text, hollow } = typeof value === 'string' ? { text: value } : jsonOf(value, id);
    if (hollow !== undefined) {
      const [place, lost] = hollow;
      return refuseType(`${quote(place)} is ${kindOf(lost)}, of which JSON holds nothing.${awaitHint(lost)}`);
    }
    return text === undefined
      ? refuseType(`${quote(id)} is neither a string nor a value that JSON can hold.`)
      : accept({ id, text: text.toWellFormed() });
  });
}

/** The name of a value's class, if it has one. */
function kindOf(value: unknown): string {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return quote(value);
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  if (typeof name !== 'string' || name === '') return quote(value);
  return /^[AEIOU]/.test(name) ? `an ${name}` : `a ${name}`;
}

function awaitHint(value: unknown): string {
  return value instanceof Promise ? ' Await it first.' : '';
}

function isPlain(value: unknown): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** JSON text of a value, if it has one. */
interface JsonOf {
  readonly text?: string | undefined;
  /** The first part of which JSON holds nothing, and its place. */
  readonly hollow?: readonly [place: string, part: unknown];
}

function jsonOf(value: unknown, name: string): JsonOf {
  const places = new Map<unknown, string>();
  const hollow: (readonly [string, unknown])[] = [];
  function look(this: unknown, key: string, part: unknown): unknown {
    if (typeof part !== 'object' || part === null) return part;
    const holder = places.get(this);
    const place = holder === undefined ? name : `${holder}.${key}`;
    places.set(part, place);
    if (!Array.isArray(part) && !isPlain(part) && Object.keys(part).length === 0) hollow.push([place, part]);
    return part;
  }
  try {
    const text = JSON.stringify(value, look, 2);
    return { text, ...(hollow[0] !== undefined && { hollow: hollow[0] }) };
  } catch {
    return {};
  }
}
