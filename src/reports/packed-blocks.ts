import { Buffer } from 'node:buffer';
import { createGzip, gzipSync } from 'node:zlib';

/** Values as text for the page, which unpacks them on demand: base64 holds no markup. */
export function packed(value: unknown): string {
  return gzipSync(JSON.stringify(value)).toString('base64');
}

/** A packed list whose items come one by one and are not in memory together. Yields nothing for an empty list. */
export async function* packedList(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  const gzip = createGzip();
  const isWritten = writeList(items, gzip);
  let rest = Buffer.alloc(0);
  for await (const chunk of gzip) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    // Three bytes are four letters: only the last chunk may have a remainder.
    const whole = bytes.length - (bytes.length % 3);
    yield bytes.toString('base64', 0, whole);
    rest = bytes.subarray(whole);
  }
  await isWritten;
  yield rest.toString('base64');
}

/** In UTF-16 units: what is packed in one call, since each call goes to another thread. */
const packedAtOnce = 64 * 1024;

async function writeList(items: AsyncIterable<unknown>, gzip: ReturnType<typeof createGzip>): Promise<void> {
  try {
    let text = '[';
    let before = '';
    for await (const item of items) {
      text += before + JSON.stringify(item);
      before = ',';
      if (text.length < packedAtOnce) continue;
      if (!gzip.write(text)) await new Promise((resolve) => gzip.once('drain', resolve));
      text = '';
    }
    gzip.end(`${text}]`);
  } catch (error) {
    gzip.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
