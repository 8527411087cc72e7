import { accept, quote, type Result, refuseRange, refuseType } from './diagnostic.ts';

/** In characters. */
export const longestId = 64;

/** Grammar of an id. */
export const idGrammar = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Names that Windows gives to devices, with any extension: a file of that name cannot be made there. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** Names of the session's own files (`session.log`), and words that stand for something else where ids are named. */
const reserved: readonly string[] = ['session', 'events', 'context', 'item', 'all', 'none'];

/** Reads the id of a process: it becomes the name of files. */
export function parseProcessId(input: unknown): Result<string> {
  if (typeof input !== 'string') return refuseType(`${quote(input)} is not a string.`);
  if (!idGrammar.test(input)) {
    return refuseRange(`${quote(input)} is not 1 to 64 letters, digits, ".", "_" or "-", the first a letter or digit.`);
  }
  if (reserved.includes(input.toLowerCase())) {
    return refuseRange(`${quote(input)} is reserved, as are ${reserved.join(', ')}.`);
  }
  if (deviceName.test(input)) return refuseRange(`${quote(input)} is the name of a device on Windows.`);
  return accept(input);
}

/** The id of a process that was given none; `taken` holds ids in lower case. */
export function generateProcessId(position: number, taken: ReadonlySet<string>): string {
  for (let number = position; ; number += 1) {
    const id = `process_${String(number).padStart(3, '0')}`;
    if (!taken.has(id)) return id;
  }
}
