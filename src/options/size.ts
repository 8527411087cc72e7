import { accept, quote, type Result, refuseRange, refuseType } from './diagnostic.ts';

const binary = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const;
const units: Readonly<Record<string, number>> = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, ...binary };

const grammar = 'a size such as 512MiB, 1GiB or 10MB; a bare number is bytes';
const size = /^([+-]?\d{1,15}(?:\.\d{1,15})?)\s*([A-Za-z]*)$/;
/** 1 PiB: more than any disk has. */
const largestSize = 2 ** 50;

/** Reads a size as bytes: a number of bytes, or text such as `512MiB`, `1 GiB`, `10MB`. */
export function parseSize(input: unknown): Result<number> {
  if (typeof input !== 'string' && typeof input !== 'number') return refuseType(`${quote(input)} is not ${grammar}.`);
  const [, number, unit = ''] = size.exec(String(input).trim()) ?? [];
  if (number === undefined) return refuseType(`${quote(input)} is not ${grammar}.`);
  const factor = unit === '' ? 1 : units[unit];
  if (factor === undefined) return refuseType(`${quote(input)} is not ${grammar}.${unitHint(number, unit)}`);
  const bytes = Math.floor(Number(number) * factor);
  if (bytes < 1) return refuseRange(`${quote(input)} is not a size above zero. Did you mean "1MiB"?`);
  if (bytes > largestSize) return refuseRange(`${quote(input)} is more than 1024TiB. Did you mean "1024TiB"?`);
  return accept(bytes);
}

/** `10M`, `10mb`, `10gib`: what was meant is clear but for the kind of the unit. */
function unitHint(number: string, unit: string): string {
  const names = Object.keys(units);
  const same = names.find((name) => name.toLowerCase() === unit.toLowerCase());
  const letter = names.find((name) => name.endsWith('iB') && name[0]?.toLowerCase() === unit.toLowerCase());
  const meant = same ?? letter;
  return meant === undefined ? '' : ` Did you mean "${number}${meant}"?`;
}
