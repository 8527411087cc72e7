import { shortened } from '../../text/plain-text.ts';

/** At most this many UTF-16 units for one output; GitHub allows a job 1 MB of them in all. */
export const outputLimit = 50_000;

/** Cuts a text to at most `limit` UTF-16 units, at a whole character, and says so at its end. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text.toWellFormed();
  const mark = `\n[cut: ${text.length} characters in all]`;
  // Too little room for the mark is too little for anything worth reading.
  return limit < mark.length ? '' : shortened(text, limit - mark.length).toWellFormed() + mark;
}

/** A JSON array whose items may be written at several lengths. */
export interface ArrayForms<T> {
  readonly items: readonly T[];
  /** The fullest form, with its texts shortened. */
  readonly withTexts: (item: T, textLimit: number) => unknown;
  /** Forms without texts, each barer than the one before. */
  readonly withoutTexts: readonly ((item: T) => unknown)[];
  /** Stands for the items that had to be left out. */
  readonly mark: (missing: number) => unknown;
}

/** Writes the array in the fullest form that fits, leaving items out only when even the barest does not. */
export function fitArray<T>({ items, withTexts, withoutTexts, mark }: ArrayForms<T>): string {
  const limit = longestFitting((textLimit) => items.map((item) => () => withTexts(item, textLimit)));
  if (limit !== undefined) return JSON.stringify(items.map((item) => withTexts(item, limit)));
  const forms = withoutTexts.map((form) => items.map((item) => () => form(item)));
  const parts = (forms.find(fits) ?? forms.at(-1) ?? []).map((part) => JSON.stringify(part()));
  return `[${keepFitting(parts, (missing) => JSON.stringify(mark(missing))).join(',')}]`;
}

/** Writes a JSON object of texts, all shortened to the same length; keys are left out only when that is not enough. */
export function fitTexts(texts: readonly (readonly [key: string, text: string])[]): string {
  const limit =
    longestFitting((units) =>
      texts.map(([key, text]) => () => ({ [key]: shorten(text, units) })),
    ) ?? 0;
  return fitValues(texts.map(([key, text]) => [key, shorten(text, limit)]));
}

/** Writes a JSON object, leaving out whole values that do not fit: half a value would be another value. */
export function fitValues(values: readonly (readonly [key: string, value: unknown])[]): string {
  const parts = values.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  // No process can have this id.
  return `{${keepFitting(parts, (missing) => `"[cut]":"${missing} left out for length"`).join(',')}}`;
}

type Part = () => unknown;

/** The longest limit for texts with which all parts fit; undefined when they do not fit without any text. */
function longestFitting(partsWith: (textLimit: number) => readonly Part[]): number | undefined {
  if (!fits(partsWith(0))) return undefined;
  let [fitting, tooLong] = [0, outputLimit + 1];
  while (tooLong - fitting > 1) {
    const middle = Math.floor((fitting + tooLong) / 2);
    if (fits(partsWith(middle))) fitting = middle;
    else tooLong = middle;
  }
  return fitting;
}

/** Stops at the first part too many, so that one look costs no more than one output's length. */
function fits(parts: readonly Part[]): boolean {
  let length = 2;
  return parts.every((part) => {
    length += JSON.stringify(part()).length + 1;
    return length <= outputLimit;
  });
}

/** The parts that fit, in their order, and where some do not a last one that says how many. */
function keepFitting(parts: readonly string[], markOf: (missing: number) => string): string[] {
  if (parts.reduce((length, part) => length + part.length + 1, 2) <= outputLimit) return [...parts];
  let free = outputLimit - 2 - markOf(parts.length).length;
  const kept = parts.filter((part) => {
    const isRoom = part.length + 1 <= free;
    if (isRoom) free -= part.length + 1;
    return isRoom;
  });
  return [...kept, markOf(parts.length - kept.length)];
}
