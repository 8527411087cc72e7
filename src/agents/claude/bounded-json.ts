import { parseJson } from '../../text/json.ts';

/** Deeper values are emptied: nothing that the CLI or a model writes is, and what walks over them would exhaust the stack. */
const deepest = 100;

/** More values than these are left out: they would cost hundreds of megabytes, and block the event loop for seconds. */
const mostValues = 200_000;
const mostMembers = 1_000;

const code = { quote: 0x22, comma: 0x2c, openList: 0x5b, backslash: 0x5c, closeList: 0x5d, open: 0x7b, close: 0x7d };

/** A JSON value, and whether parts of it were left out. */
export interface BoundedJson {
  readonly value: unknown;
  readonly isCut: boolean;
}

/** Parses a JSON object or list in bounded time and memory, of a long one about `most` values, to well-formed Unicode; undefined when it is none. */
export function parseBounded(text: string, most = mostValues): BoundedJson | undefined {
  // So short a text cannot hold too many values: to look at what was parsed is cheaper than to look at each character.
  if (text.length <= mostValues) {
    const value = parseJson(text);
    if (isWithinBounds(value)) return { value, isCut: false };
  }
  const bounded = withinBounds(text, most);
  const value = parseJson(wellFormed(bounded));
  return value === undefined ? undefined : { value, isCut: bounded !== text };
}

/** Whether an object has few members, and is neither too deep nor holds half a character. */
function isWithinBounds(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length <= mostMembers && isPlain(value, 1);
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (depth > deepest) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  return Object.entries(value).every(([key, inner]) => key.isWellFormed() && isPlain(inner, depth + 1));
}

/**
 * The text without the ends of the lists and objects that are too long, and with those emptied that are too deep. The
 * members of the outermost object have a bound of their own, so that what stands beside a huge one is still read.
 */
function withinBounds(text: string, most: number): string {
  const kept: string[] = [];
  let keptUpTo = 0;
  let depth = 0;
  let values = 0;
  let members = 0;
  /** The depth of the list or object whose end is left out; 0 while everything is kept. */
  let cutDepth = 0;
  const cut = (from: number): void => {
    kept.push(text.slice(keptUpTo, from));
    cutDepth = depth;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === code.quote) at = endOfString(text, at);
    else if (character === code.open || character === code.openList) {
      depth += 1;
      values += 1;
      if (cutDepth === 0 && depth > 1 && (depth > deepest || values > most)) cut(at + 1);
    } else if (character === code.close || character === code.closeList) {
      if (cutDepth === depth) {
        cutDepth = 0;
        keptUpTo = at;
      }
      depth -= 1;
    } else if (character === code.comma && cutDepth === 0) {
      if (depth > 1) values += 1;
      else members += 1;
      if (depth > 1 ? values > most : members > mostMembers) cut(at);
    }
  }
  if (kept.length === 0) return text;
  return cutDepth > 0 ? '' : [...kept, text.slice(keptUpTo)].join('');
}

/** The place of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === code.backslash) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

const surrogateEscape = /\\u[dD][89a-fA-F]/;
const escapes = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[dD][89a-fA-F][\da-fA-F]{2}|[\s\S])/g;
const loneLength = String.raw`\ud800`.length;

/** JSON can name halves of a character, which no file and no other program can hold. */
function wellFormed(json: string): string {
  if (!surrogateEscape.test(json)) return json;
  return json.replace(escapes, (found) => (found.length === loneLength ? String.raw`\ufffd` : found));
}
