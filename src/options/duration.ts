import { accept, quote, type Result, refuseRange, refuseType } from './diagnostic.ts';

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
type Unit = keyof typeof unitMs;

/** 24 days in milliseconds: the longest whole number of days that a timer of Node can hold (2^31 - 1 ms). */
export const longestDurationMs = 24 * unitMs.d;

const grammar = 'a duration such as 90 (seconds), 90s, 15m or 1h30m';
const decimal = /^-?\d+(?:\.\d+)?$/;
const parts = /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/;
/** A longer text is no duration that was mistyped. */
const longestText = 40;
const spelledOut = /^(\d{1,15})\s*(d|h|m|s)[a-z]*\.?$/i;

function milliseconds(text: string): number | undefined {
  if (decimal.test(text)) return Math.round(Number(text) * unitMs.s);
  const match = parts.exec(text);
  if (match === null || text === '') return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', rest = '0'] = match;
  const given: Record<Unit, string> = { d: days, h: hours, m: minutes, s: seconds, ms: rest };
  const sum = Object.entries(unitMs).reduce((total, [unit, ms]) => total + Number(given[unit as Unit]) * ms, 0);
  return Math.round(sum);
}

/** Suggests the duration that an unreadable text probably means, when that is clear: `15 minutes`, `1h 30m`, `1h30`. */
function meantBy(text: string): string | undefined {
  const [, number, unit] = spelledOut.exec(text) ?? [];
  const joined = text.replace(/\s+/g, '').replace(/h(\d{1,2})$/i, '$&m');
  const meant = (number === undefined ? joined : `${number}${unit}`).toLowerCase();
  const ms = milliseconds(meant);
  return ms !== undefined && ms > 0 && ms <= longestDurationMs ? meant : undefined;
}

/** Reads a duration as milliseconds: a number of seconds, or text such as `90`, `90s`, `15m`, `1h30m`, `500ms`. */
export function parseDuration(input: unknown, zeroAllowed: boolean): Result<number> {
  if (typeof input !== 'string' && typeof input !== 'number') return refuseType(`${quote(input)} is not ${grammar}.`);
  const text = String(input).trim();
  const ms = Number.isFinite(input) ? Math.round(Number(input) * unitMs.s) : milliseconds(text);
  if (ms === undefined) {
    const meant = meantBy(text.slice(0, longestText));
    const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
    return (typeof input === 'number' ? refuseRange : refuseType)(`${quote(input)} is not ${grammar}.${hint}`);
  }
  if (ms > longestDurationMs) return refuseRange(`${quote(input)} is more than 24 days. Did you mean "24d"?`);
  if (ms > 0 || (ms === 0 && zeroAllowed)) return accept(ms);
  const [allowed, near] = zeroAllowed ? ['of zero or more', '0s'] : ['above zero', '1s'];
  return refuseRange(`${quote(input)} is not a duration ${allowed}. Did you mean "${near}"?`);
}

/** A duration as people write it: `90s`, `20m`, `5h30m`. */
export function formatDuration(ms: number): string {
  let rest = ms;
  let text = '';
  for (const [unit, size] of Object.entries(unitMs)) {
    if (unit === 'd') continue;
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0) text += `${whole}${unit}`;
  }
  return text === '' ? '0s' : text;
}
