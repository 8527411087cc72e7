import type { ConversationEntry } from '../model/conversation.ts';
import type { Usage } from '../model/result.ts';

/** Seconds as people say them: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  const [large, small] =
    minutes < 60 ? [`${minutes} min`, `${whole % 60} s`] : [`${Math.floor(minutes / 60)} h`, `${minutes % 60} min`];
  return small.startsWith('0 ') ? large : `${large} ${small}`;
}

const sizeUnits = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes as people say them: `1 GiB`, `1.5 MiB`. */
export function sizeText(bytes: number): string {
  const unit = Math.min(sizeUnits.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Number((bytes / 1024 ** unit).toFixed(1))} ${sizeUnits[unit]}`;
}

/** US dollars as people say them: `under 1¢`, `3.5¢`, `35¢`, `$1.20`; `0¢` where nothing was paid. */
export function costText(usd: number): string {
  if (usd === 0) return '0¢';
  const cents = usd * 100;
  if (cents < 0.5) return 'under 1¢';
  if (cents >= 99.5) return `$${parted((Math.round(cents) / 100).toFixed(2))}`;
  return `${Number(cents.toFixed(cents < 9.95 ? 1 : 0))}¢`;
}

/** A whole number with its thousands parted. */
export function countText(count: number): string {
  return parted(String(count));
}

/** `Intl` does this too, but takes 13 ms for its first number (Node 24), which every session would spend before its first child. */
function parted(digits: string): string {
  return digits.replace(/(?<!\.\d*)\B(?=(?:\d{3})+(?!\d))/gu, ',');
}

/** A number of things: `1 process`, `3 processes`. */
export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A number as people say it: `950`, `3.6k`, `45k`, `1.2M`. */
export function roundedCount(count: number): string {
  const size = Math.abs(count);
  if (size < 999.5) return String(Math.round(count));
  const [unit, least] = countUnits.find(([, from]) => size >= 0.9995 * from) ?? smallestUnit;
  const units = count / least;
  return Math.abs(units) < 9_999 ? `${Number(units.toFixed(Math.abs(units) < 9.95 ? 1 : 0))}${unit}` : 'too many';
}

const smallestUnit = ['k', 1_000] as const;
const countUnits = [['T', 1e12], ['B', 1e9], ['M', 1e6], smallestUnit] as const;

/** Tokens that went in, those of the cache apart as the CLI counts them, and came out. */
export function tokensText({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Usage): string {
  const parts = [
    `${countText(inputTokens)} in`,
    ...(cacheReadTokens === 0 ? [] : [`${countText(cacheReadTokens)} read from the cache`]),
    ...(cacheWriteTokens === 0 ? [] : [`${countText(cacheWriteTokens)} written to the cache`]),
    `${countText(outputTokens)} out`,
  ];
  return parts.join(', ');
}

/** Tokens of a whole session, rounded: those that went in with what the cache gave and took of them; undefined when there were none. */
export function sessionTokensText(usage: Usage): string | undefined {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
  const input = inputTokens + cacheReadTokens + cacheWriteTokens;
  if (input + outputTokens === 0) return undefined;
  // A CLI that counts oddly must not make a long number of it: GitHub would take that for a commit.
  const share = Math.min(100, Math.max(0, Math.round((cacheReadTokens / Math.max(1, input)) * 100)));
  const written = cacheWriteTokens === 0 ? '' : `, ${roundedCount(cacheWriteTokens)} written to it`;
  return `${roundedCount(input)} tokens in (${share} % from the cache${written}), ${roundedCount(outputTokens)} out`;
}

/** A used up or nearly used up limit of the account; nothing while there is enough. */
export function usageLimitText(limit: Extract<ConversationEntry, { kind: 'usage-limit' }>): string | undefined {
  const { status, limitType, resetsAt, isUsingOverage } = limit;
  if (status === 'allowed') return undefined;
  const name = limitType === undefined ? '' : `${limitWords(limitType)} `;
  const state = limitStates[status] ?? `in the state ${status}`;
  const when = resetsAt === undefined ? '' : `, resets at ${minuteText(resetsAt)}`;
  const paid = isUsingOverage ? '; paid credits are in use' : '';
  return `the ${name}usage limit of the account is ${state}${when}${paid}`;
}

const limitStates: Readonly<Record<string, string>> = { rejected: 'used up', allowed_warning: 'nearly used up' };

/** `seven_day_opus` as `7-day Opus`. */
function limitWords(type: string): string {
  const numbers = type.replace('five_hour', '5-hour').replace('seven_day', '7-day');
  return numbers.replace(/_([a-z])/gu, (_, letter: string) => ` ${letter.toUpperCase()}`);
}

type ApiRetry = Extract<ConversationEntry, { kind: 'api-retry' }>;

/** What the service answered instead of a message: `429 rate limit`. */
export function apiErrorText({ status, error }: Pick<ApiRetry, 'status' | 'error'>): string {
  const words = error.replaceAll('_', ' ');
  if (status !== null) return `${status} ${words}`;
  return error === 'unknown' ? 'nothing' : `nothing (${words})`;
}

/** That the CLI asks again by itself, and why. */
export function apiRetryText(retry: ApiRetry): string {
  const { delayMs, attempt, maxRetries } = retry;
  const wait = durationText(delayMs / 1000);
  return `the service answered ${apiErrorText(retry)}; asked again in ${wait}, ${attempt} of ${maxRetries}`;
}

/** A moment as `2026-11-27 15:00 UTC`; a minute that has begun is over by then. */
export function minuteText(at: string | number): string {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  const minute = new Date(Math.ceil(ms / 60_000) * 60_000);
  return `${minute.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The first few of some names, and how many more there are. */
export function someOf(names: readonly string[], most = 10): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}

/** Each name with the number of its occurrences: `Bash ×2, Write`. */
export function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return someOf([...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)));
}
