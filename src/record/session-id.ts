import { Buffer } from 'node:buffer';

/** Form of a session's id, which is shown to people and put into paths unescaped. */
export const sessionIdPattern = /^\d{8}-\d{6}-\d{3}-[0-9a-f]{8}$/;

/** A session's id: sorts by the time in it (UTC, milliseconds) and never collides. `random` holds some random bytes. */
export function newSessionId(now: Date, random: Uint8Array): string {
  const [date = '', time = '', milliseconds = ''] = now.toISOString().split(/[T.Z]/u);
  const hex = Buffer.from(random).toString('hex');
  return `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}-${milliseconds}-${hex}`;
}
