import { Buffer } from 'node:buffer';

/** Limits of a file of lines in JSON, which anyone may have written. */
interface LineLimits {
  /** Lines: most of them are short, and little or nothing of a short one is kept. */
  readonly lines: number;
  /** Bytes up to which a line is short; the limits below are for the others. */
  readonly shortBytes: number;
  /** Bytes of one line. */
  readonly lineBytes: number;
  /** Bytes of all long lines together. */
  readonly bytes: number;
  /** Values and keys of the JSON in one line: each costs some dozen bytes of memory, however short it is. */
  readonly lineValues: number;
  /** Most values in all long lines together: each costs time as well. */
  readonly values: number;
  /** Deepest nesting of lists and objects in one line. */
  readonly lineDepth: number;
}

/**
 * Limits of a session's log: a process has some three lines, and up to 400 short ones of what it spent its time on. A result
 * holds 1 MiB of output and as much error output, each byte of which may be written as six.
 */
export const logLimits: LineLimits = {
  lines: 2_000_000,
  shortBytes: 256,
  lineBytes: 32 * 1024 * 1024,
  bytes: 512 * 1024 * 1024,
  lineValues: 250_000,
  values: 2_000_000,
  lineDepth: 1_000,
};

/** Bytes: no log within the limits is larger. */
export const largestLog = logLimits.bytes + logLimits.lines * logLimits.shortBytes;

/** A file that breaks a limit. */
export class TooLarge extends Error {}

/** The lines of a file; throws `TooLarge` before anything that breaks a limit is held in memory or parsed. */
export async function* boundedLines(
  chunks: AsyncIterable<Uint8Array>,
  limits: LineLimits = logLimits,
): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let count = 0;
  let values = 0;
  let longBytes = 0;
  const line = (last: Buffer): string => {
    count += 1;
    if (count > limits.lines) throw new TooLarge(`has more than ${limits.lines} lines`);
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    size = 0;
    if (bytes.length <= limits.shortBytes) return bytes.toString();
    longBytes += bytes.length;
    if (longBytes > limits.bytes) throw new TooLarge(`has more than ${limits.bytes} bytes in its long lines`);
    values += valuesIn(bytes, limits);
    if (values > limits.values) throw new TooLarge(`has more than ${limits.values} values`);
    return bytes.toString();
  };
  for await (const { buffer, byteOffset, byteLength } of chunks) {
    const chunk = Buffer.from(buffer, byteOffset, byteLength);
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      refuseLength(size + end - from, limits);
      yield line(chunk.subarray(from, end));
      from = end + 1;
    }
    size += chunk.length - from;
    refuseLength(size, limits);
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (size > 0) yield line(Buffer.of());
}

function refuseLength(bytes: number, { lineBytes }: LineLimits): void {
  if (bytes > lineBytes) throw new TooLarge(`has a line of more than ${lineBytes} bytes`);
}

const [newline, quote, backslash, comma] = [0x0a, 0x22, 0x5c, 0x2c];
const openings = new Set([0x5b, 0x7b]);
const closings = new Set([0x5d, 0x7d]);

/** Counts what JSON.parse would make, without making it. */
function valuesIn(bytes: Uint8Array, { lineValues, lineDepth }: LineLimits): number {
  let values = 0;
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) at = endOfString(bytes, at);
    else if (byte === comma) values += 1;
    else if (openings.has(byte)) {
      values += 1;
      depth += 1;
    } else if (closings.has(byte)) depth -= 1;
    if (values > lineValues) throw new TooLarge(`has a line of more than ${lineValues} values`);
    if (depth > lineDepth) throw new TooLarge(`has a line that is nested more than ${lineDepth} deep`);
  }
  return values;
}

/** The place of the quote that ends a string, or the end of what there is. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let end = bytes.indexOf(quote, start + 1); end !== -1; end = bytes.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (bytes[end - 1 - escapes] === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return bytes.length;
}
