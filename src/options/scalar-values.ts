import type { FailOn } from '../model/option-row.ts';
import { didYouMean } from '../text/nearest.ts';
import { accept, quote, type Result, refuseRange, refuseType } from './diagnostic.ts';

/** The characters of a simple value; objects have none. */
function wordOf(input: unknown): string {
  return typeof input === 'object' || typeof input === 'function' ? '' : String(input).trim();
}

const decimal = /^[+-]?\d+(?:\.\d+)?$/;

/** Spellings of booleans that people and YAML 1.1 use. */
const truths: ReadonlyMap<string, string> = new Map([
  ...['true', 'yes', 'y', 'on', '1', 'enabled'].map((word) => [word, 'true'] as const),
  ...['false', 'no', 'n', 'off', '0', 'disabled'].map((word) => [word, 'false'] as const),
]);

/** Reads exactly `true` or `false`. */
export function parseBoolean(input: unknown): Result<boolean> {
  const text = wordOf(input);
  if (text === 'true' || text === 'false') return accept(text === 'true');
  const meant = truths.get(text.toLowerCase());
  const hint = meant === undefined ? didYouMean(text, ['true', 'false']) : didYouMean(meant, [meant]);
  return refuseType(`${quote(input)} is not true or false.${hint}`);
}

/** Reads one of a closed list of words. */
export function parseChoice(input: unknown, values: readonly string[]): Result<string> {
  const text = wordOf(input);
  if (typeof input === 'string' && values.includes(text)) return accept(text);
  const refuse = typeof input === 'string' ? refuseRange : refuseType;
  return refuse(`${quote(input)} is not one of ${values.join(', ')}.${didYouMean(text, values)}`);
}

/** The ends of a range, both of them in it. */
interface Bounds {
  readonly min: number;
  readonly max: number;
}

function clamped(number: number, { min, max }: Bounds): number {
  return Math.min(max, Math.max(min, number));
}

/** Reads a whole number between two bounds. */
export function parseCount(input: unknown, bounds: Bounds): Result<number> {
  const { min, max } = bounds;
  const text = wordOf(input);
  const isText = typeof input === 'string';
  const number = (isText && decimal.test(text)) || typeof input === 'number' ? Number(text) : undefined;
  const problem = `${quote(input)} is not a whole number from ${min} to ${max}.`;
  if (number === undefined || Number.isNaN(number)) return refuseType(problem);
  if (Number.isInteger(number) && number >= min && number <= max) return accept(number);
  return refuseRange(`${problem} Did you mean "${clamped(Math.round(number), bounds)}"?`);
}

/** With less than a cent left nothing starts, so no smaller budget makes sense. */
const amounts: Bounds = { min: 0.01, max: 1_000_000 };

/** Reads US dollars. */
export function parseMoney(input: unknown): Result<number> {
  const text = wordOf(input);
  const number =
    (typeof input === 'string' && decimal.test(text)) || typeof input === 'number' ? Number(text) : undefined;
  const problem = `${quote(input)} is not an amount in US dollars from ${amounts.min} to ${amounts.max}, such as 2.50.`;
  if (number === undefined || Number.isNaN(number)) {
    const bare = /^(?:\$|USD)?\s*(\d{1,9}(?:\.\d{1,9}|,\d{1,2})?)\s*(?:\$|USD)?$/i.exec(text)?.[1];
    const near = bare === undefined ? undefined : clamped(Number(bare.replace(',', '.')), amounts);
    return refuseType(`${problem}${near === undefined ? '' : ` Did you mean "${near}"?`}`);
  }
  const near = clamped(number, amounts);
  return near === number ? accept(number) : refuseRange(`${problem} Did you mean "${near}"?`);
}

const failOnWords = ['any', 'all', 'none'] as const;
const failOnGrammar = 'any, all, none, a count such as 3, or a share such as 10%';

/** Reads when a session fails. */
export function parseFailOn(input: unknown): Result<FailOn> {
  const text = wordOf(input);
  const word = failOnWords.find((candidate) => candidate === text);
  if (word !== undefined) return accept({ kind: word });
  const share = /^([+-]?\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1];
  if (share !== undefined) {
    const percent = Number(share);
    if (percent > 0 && percent <= 100) return accept({ kind: 'share', percent });
    const near = clamped(percent, { min: 1, max: 100 });
    return refuseRange(`${quote(input)} is not a share above 0% and up to 100%. Did you mean "${near}%"?`);
  }
  if (decimal.test(text)) {
    const count = Number(text);
    if (Number.isSafeInteger(count) && count > 0) return accept({ kind: 'count', count });
    const near = clamped(Math.round(count), { min: 1, max: Number.MAX_SAFE_INTEGER });
    return refuseRange(
      `${quote(input)} is not a count of at least 1. It is one of ${failOnGrammar}. Did you mean "${near}"?`,
    );
  }
  return refuseType(`${quote(input)} is not one of ${failOnGrammar}.${didYouMean(text, failOnWords)}`);
}

/**
 * The longest argument of a program in bytes: Linux refuses 131,072 (MAX_ARG_STRLEN, with its final zero).
 */
const longestArgument = 131_071;

/** Reads text that will be one argument of a program. */
export function parseText(input: unknown): Result<string> {
  if (typeof input !== 'string') return refuseType(`${quote(input)} is not a string.`);
  if (input.includes('\0')) return refuseRange(`${quote(input)} contains a NUL character, which no argument can hold.`);
  const bytes = Buffer.byteLength(input);
  if (bytes <= longestArgument) return accept(input);
  return refuseRange(`${quote(input)} has ${bytes} bytes; one argument of a program can hold ${longestArgument}.`);
}

/** Reads one line that a program cannot take for a flag. */
export function parseWord(input: unknown): Result<string> {
  const text = parseText(typeof input === 'string' ? input.trim() : input);
  if (!text.ok || /^[^-\s][^\r\n]*$/.test(text.value)) return text;
  return refuseRange(`${quote(input)} is not one line of text that does not begin with "-".`);
}

/** Reads `latest` or an exact version; it becomes part of the name of a package, so nothing else may pass. */
export function parseVersion(input: unknown): Result<string> {
  const text = wordOf(input);
  if (text === 'latest' || /^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.-]{1,40})?$/.test(text)) return accept(text);
  const bare = /^v(\d+\.\d+\.\d+)$/.exec(text)?.[1];
  const hint = bare === undefined ? didYouMean(text, ['latest']) : ` Did you mean "${bare}"?`;
  return refuseRange(`${quote(input)} is not an exact version such as 2.1.330, nor latest.${hint}`);
}

/** Reads the name of an artifact. The forbidden characters are those of GitHub's artifact service. */
export function parseArtifactName(input: unknown): Result<string> {
  const text = parseText(typeof input === 'string' ? input.trim() : input);
  if (!text.ok) return text;
  const forbidden = /["<>|*?\\/:\p{Cc}]/u;
  if (!forbidden.test(text.value)) return text;
  const legal = text.value.replace(new RegExp(`${forbidden.source}+`, 'gu'), '-');
  return refuseRange(
    `${quote(input)} contains one of " : < > | * ? \\ / or a control character. Did you mean ${quote(legal)}?`,
  );
}

/** Reads a credential; no error shows it. */
export function parseCredential(input: unknown): Result<string> {
  if (typeof input !== 'string') return refuseType('the value (not shown) is not a string.');
  if (/^\$|\$\{\{/.test(input)) {
    return refuseRange(
      'the value (not shown) is an expression or a variable that was not expanded. In a workflow, name a secret.',
    );
  }
  // Copied with them from a file of variables.
  if (/^(["'`]).*\1$/su.test(input)) {
    return refuseRange('the value (not shown) is enclosed in quotes. Store the credential again without them.');
  }
  if (/[\s\p{Cc}]/u.test(input))
    return refuseRange(
      'the value (not shown) contains white space. Store the credential again without blanks or line ends.',
    );
  return accept(input);
}
