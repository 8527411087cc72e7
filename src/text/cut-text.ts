const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Decodes at most `limit` bytes, ending at a whole character. */
export function firstBytes(bytes: Uint8Array, limit: number): string {
  let end = Math.min(limit, bytes.length);
  while (end > 0 && end < bytes.length && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return decoder.decode(bytes.subarray(0, end));
}

/** The beginning of a text, at most `limit` UTF-16 units, ending at a whole character. */
export function firstUnits(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return text.slice(0, isPairAt(text, limit) ? limit - 1 : limit);
}

/** The end of a text, at most `limit` UTF-16 units, beginning at a whole character. */
export function lastUnits(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const start = text.length - limit;
  return text.slice(isPairAt(text, start) ? start + 1 : start);
}

/** The largest equal share of `room` that each of several texts may have, where a shorter text leaves its rest to the others. */
export function equalShare(sizes: readonly number[], room: number): number {
  let left = room;
  const sorted = sizes.toSorted((one, other) => one - other);
  for (const [index, size] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (size > share) return share;
    left -= size;
  }
  return room;
}

/** Whether a cut at this place would halve a character. */
function isPairAt(text: string, place: number): boolean {
  return place > 0 && (text.codePointAt(place - 1) ?? 0) > 0xffff;
}
