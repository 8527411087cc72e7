import { Buffer } from 'node:buffer';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';

/** Secrets with what makes trouble in quotes, markup, addresses and shells, and always enough that is theirs alone. */
export const secretValue: fc.Arbitrary<string> = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...'aZ09-_/+=.:&<>"\'\\$%{}é漢😀 '), maxLength: 20 }),
    fc.stringMatching(/^[A-Za-z0-9]{12}$/),
  )
  .map(([odd, own]) => `k${odd}${own}`);

/** Everything that a reader could find in a text without knowing what to look for: the text, and what it decodes to. */
export function readings(text: string): readonly string[] {
  const plain = [text, stripVTControlCharacters(text)];
  const once = plain.map(jsonDecoded);
  const twice = once.map(jsonDecoded);
  const all = [...plain, ...once, ...twice];
  const xml = all.map((one) =>
    one
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  );
  return [...all, ...xml, percentDecoded(text), percentDecoded(text.replaceAll('+', ' ')), ...base64Decoded(text)];
}

function jsonDecoded(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-f]{4})|(["\\/]))/giu, (_whole, code: string | undefined, sign: string) =>
    code === undefined ? sign : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function percentDecoded(text: string): string {
  const bytes = Buffer.from(text.replaceAll(/%([0-9a-f]{2})/giu, (_whole, code: string) => `\0${code}`));
  const parts: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== 0) parts.push(bytes[at] as number);
    else {
      parts.push(Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16));
      at += 2;
    }
  }
  return Buffer.from(parts).toString();
}

function base64Decoded(text: string): readonly string[] {
  const runs = text.match(/[\w+/-]{12,}/gu) ?? [];
  return runs.flatMap((run) => [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString()));
}
