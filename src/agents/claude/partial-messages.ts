import { Buffer } from 'node:buffer';
import { parseMessage } from './messages.ts';

const partialType = 'stream_event';
const lineFeed = 10;

/**
 * Whole lines of the CLI's stream without its partial messages. Each of them holds a piece of a text, which may be a piece
 * of a secret: redaction cannot find a secret in one of them, and a reader who joins them has it.
 */
export function withoutPartialMessages(bytes: Uint8Array): Uint8Array {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!lines.includes(partialType)) return bytes;
  const kept: Buffer[] = [];
  for (let start = 0; start < lines.length; ) {
    const feed = lines.indexOf(lineFeed, start);
    const end = feed === -1 ? lines.length : feed + 1;
    const line = lines.subarray(start, end);
    if (!line.includes(partialType) || parseMessage(line.toString())?.type !== partialType) kept.push(line);
    start = end;
  }
  return Buffer.concat(kept);
}
