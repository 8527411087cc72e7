/** Least length of a part, in UTF-16 units. */
const gatheredLength = 64 * 1024;

/** Joins pieces of text into parts that are worth a write each; bytes stay as they are. */
export async function* gathered(parts: AsyncIterable<string | Uint8Array>): AsyncIterable<string | Uint8Array> {
  let text = '';
  for await (const part of parts) {
    if (typeof part === 'string') text += part;
    if (typeof part === 'string' && text.length < gatheredLength) continue;
    if (text !== '') yield text;
    text = '';
    if (typeof part !== 'string') yield part;
  }
  if (text !== '') yield text;
}
