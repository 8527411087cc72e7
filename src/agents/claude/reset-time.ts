import type { Refusal } from '../../model/attempt.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * Errors of older versions, and of an API key whose monthly limit is used up, have no type of their own. The text is the
 * CLI's: it stands in a result that is marked as an error, where nothing that a model or a tool writes gets to.
 */
export function resetNamedIn(errorText: string, now: Date): Refusal | undefined {
  const [, seconds] = /^Claude AI usage limit reached\|(\d{9,11})/.exec(errorText) ?? [];
  if (seconds !== undefined) return { resetsAt: Number(seconds) * 1000 };
  const monthly = /You have reached your specified API usage limits\./.exec(errorText);
  if (monthly !== null) return timeOf(/regain access on (\d{4}-\d\d-\d\d) at (\d\d:\d\d) UTC/.exec(errorText));
  if (!/^You've (?:hit|reached) your .*limit/.test(errorText)) return undefined;
  return clockTime(errorText, now);
}

function timeOf(found: RegExpExecArray | null): Refusal {
  const time = found === null ? Number.NaN : Date.parse(`${found[1]}T${found[2]}Z`);
  return Number.isNaN(time) ? {} : { resetsAt: time };
}

/** The next time that a clock in UTC shows what `resets 3pm (UTC)` or `resets 11:48pm (UTC)` names. */
function clockTime(errorText: string, now: Date): Refusal {
  const [, hour, minute = '0', half] = / resets (\d{1,2})(?::(\d\d))?(am|pm) \(UTC\)/.exec(errorText) ?? [];
  if (hour === undefined) return {};
  const hours = (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hours, Number(minute));
  // The text names a whole minute: one that has just begun is the one that is meant.
  return { resetsAt: today > now.getTime() - minuteMs ? today : today + dayMs };
}
