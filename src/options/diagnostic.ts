import type { Redactor } from '../model/redactor.ts';

/** One thing that is wrong with the configuration, as the line that people read. */
export interface Diagnostic {
  /** The option of the table that it belongs to; it decides the order of the lines. */
  readonly option: string;
  /** Class of the error that the library throws: `type` is a TypeError, `range` a RangeError. */
  readonly kind: 'type' | 'range';
  /** The whole line: the option's name, the value, what is allowed, the nearest legal value. */
  readonly message: string;
  /** Of the entry that it belongs to, from 0; faults of one option are reported in the order of its entries. */
  readonly position?: number | undefined;
}

/** A diagnostic of a value whose option is not known yet. */
export interface ValueDiagnostic {
  readonly kind: Diagnostic['kind'];
  readonly text: string;
  /** Of the entry that it belongs to, from 0. */
  readonly position?: number;
}

/** A value, or everything that is wrong with what was given. */
export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

/** A value that cannot be used. */
export interface Failure {
  readonly ok: false;
  readonly diagnostics: readonly ValueDiagnostic[];
}

/** A parsed value. */
export function accept<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A value refused because it is of the wrong kind. */
export function refuseType(text: string): Failure {
  return { ok: false, diagnostics: [{ kind: 'type', text }] };
}

/** A value refused because it is of the right kind and not allowed. */
export function refuseRange(text: string): Failure {
  return { ok: false, diagnostics: [{ kind: 'range', text }] };
}

/** Nobody reads more of one option; a hostile list would have a hundred thousand. */
export const mostDiagnostics = 100;

/** Reads every item with one parser; the diagnostics of all items come together, up to a number that people read. */
export function parseEach<Item, T>(
  items: readonly Item[],
  parse: (item: Item, index: number) => Result<T>,
): Result<readonly T[]> {
  const values: T[] = [];
  const diagnostics: ValueDiagnostic[] = [];
  for (const [index, item] of items.entries()) {
    const parsed = parse(item, index);
    if (parsed.ok) values.push(parsed.value);
    else diagnostics.push(...parsed.diagnostics);
    if (diagnostics.length < mostDiagnostics || index === items.length - 1) continue;
    diagnostics.push({ kind: 'range', text: `the ${items.length - index - 1} items after these were not read.` });
    break;
  }
  return diagnostics.length > 0 ? { ok: false, diagnostics } : accept(values);
}

/** Place within the value of an option, such as an entry of a list of prompts. */
export interface Place {
  readonly option: string;
  /** `entry 3 (line 12)`. */
  readonly where: string;
  /** Of the entry, from 0. */
  readonly position?: number;
}

/** Spells out characters that a terminal obeys or does not show. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** The diagnostic of an option whose value has one: the name comes first, after the place if it stands within another option. */
export function diagnosticOf(option: string, diagnostic: ValueDiagnostic, place?: Place): Diagnostic {
  const { kind, text, position = place?.position } = diagnostic;
  const where = place === undefined ? '' : `${place.option}: ${place.where}: `;
  const name = option === place?.option ? '' : `${option}: `;
  return { option: place?.option ?? option, kind, message: visible(`${where}${name}${text}`), position };
}

const shownLength = 60;

/** End of a shortened value, with and without its quotes. */
const shortened = '...';
const shortenedEnds = /\.\.\.(?=[": ])/;

/** A value as an error line may show it: quoted and shortened, on one line and without invisible characters. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const text = String(value);
  const shown = [...text.slice(0, 2 * shownLength)].slice(0, shownLength).join('');
  return visible(JSON.stringify(shown.length < text.length ? `${shown}${shortened}` : shown));
}

/**
 * Takes secrets out of the message of a fault, where there is something that knows them. A value that was shortened may end
 * within a secret, which redaction would not find then: what may be the beginning of one is left out there.
 */
export function withoutSecrets(redactor: Redactor | undefined): (message: string) => string {
  if (redactor === undefined) return (message) => message;
  // A stream that has not ended holds back what may go on.
  const cut = (piece: string) => new TextDecoder().decode(redactor.stream().push(new TextEncoder().encode(piece)));
  return (message) => {
    const pieces = redactor.text(message).split(shortenedEnds);
    const last = pieces.pop() ?? '';
    return [...pieces.map(cut), last].join(shortened);
  };
}
