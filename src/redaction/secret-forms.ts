import { Buffer } from 'node:buffer';
import { isOrdinaryWord } from '../model/ordinary-word.ts';

/** The shortest secret that is looked for, in bytes: shorter ones would blank out ordinary words. */
export const leastSecretLength = 8;

/**
 * In bytes of UTF-8. Larger secrets are files, such as a bundle of keys: they are looked for as they are and in JSON only, line by line. Every
 * form costs memory in proportion to the secret: all those of 128 KiB took seconds and 500 MiB.
 */
const largestEncoded = 8_192;

/** Every form of a secret in a text: plain, line by line, encoded, and all that in JSON and in JSON again. */
export function secretForms(secret: string): readonly string[] {
  const isLarge = Buffer.byteLength(secret) > largestEncoded;
  const all = wholeAndLines(secret.toWellFormed());
  const values = isLarge && all.length > 1 ? all.slice(1) : all;
  const forms = new Set<string>();
  for (const value of values) {
    const once = isLarge ? [jsonEscaped(value)] : writtenAsJson(value);
    for (const form of [value, ...once, ...once.map(jsonEscaped)]) forms.add(form);
    for (const form of isLarge ? [] : encodedForms(value)) {
      // In a tool's result the JSON of a program is in JSON again: of an encoding in an encoding the plainest must do.
      for (const inJson of [form, ...writtenAsJson(form), jsonEscaped(jsonEscaped(form))]) forms.add(inJson);
    }
  }
  return [...forms].filter(isLongEnough);
}

function encodedForms(value: string): readonly string[] {
  return [...base64Forms(value), ...hexForms(value), ...urlForms(value), ...xmlForms(value), ...shellForms(value)];
}

function isLongEnough(text: string): boolean {
  return Buffer.byteLength(text) >= leastSecretLength;
}

/** White space around a secret is often lost on its way; the first and last line of a key block are no secret, nor is a line of one word. */
function wholeAndLines(secret: string): readonly string[] {
  const whole = secret.trim();
  const lines = whole.split(/[\r\n]+/u).map((line) => line.trim());
  const telling = lines.filter((line) => !/^-----(BEGIN|END) /u.test(line) && !isOrdinaryWord(line));
  return [whole, ...telling].filter(isLongEnough);
}

/** Forms of a text in JSON by encoders that escape more than JSON asks for: Go, Gson, Python, PHP and .NET. */
function writtenAsJson(text: string): readonly string[] {
  const least = jsonEscaped(text);
  const ascii = least.replace(/[^\0-\x7f]/gu, unicodeEscapes);
  return [
    least,
    least.replace(/[<>&]/gu, unicodeEscapes),
    least.replace(/[<>&'=]/gu, unicodeEscapes),
    ascii,
    least.replaceAll('/', '\\/'),
    ascii.replaceAll('/', '\\/'),
    text
      .split(/([^\0-\x7f]|["<>&'+`])/u)
      .map((part, index) =>
        index % 2 === 0 ? jsonEscaped(part) : unicodeEscapes(part).toUpperCase().replaceAll('U', 'u'),
      )
      .join(''),
  ];
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unicodeEscapes(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((code) => `\\u${code}`).join('');
}

/** The widths at which `base64` (76) and PEM (64) break lines. */
const base64Widths = [76, 64];

/** The part of the base64 of a surrounding text that depends on the secret alone: one form for each shift. */
function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const forms = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/u, '');
    const wholeBits = Math.floor(((shift + bytes.length) * 8) / 6);
    return encoded.slice(Math.ceil((shift * 8) / 6), wholeBits);
  });
  const wrapped = base64Widths.flatMap((width) => (forms[0] as string).match(new RegExp(`.{1,${width}}`, 'gu')) ?? []);
  const standard = [...forms, ...wrapped];
  return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** As `xxd -p` and the hex of most languages write it, in small letters and in capitals. */
function hexForms(value: string): readonly string[] {
  const hex = Buffer.from(value).toString('hex');
  return [hex, hex.toUpperCase()];
}

function urlForms(value: string): readonly string[] {
  const component = encodeURIComponent(value);
  const strict = component.replace(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const form = new URLSearchParams({ '': value }).toString().slice(1);
  const forms = [encodeURI(value), component, strict, form, strict.replaceAll('%2F', '/')];
  return [...forms, ...forms.map((text) => text.replace(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase()))];
}

/** The entities that common encoders write for the two kinds of quotes. */
const quoteEntities = [
  ['"', "'"],
  ['&quot;', "'"],
  ['&quot;', '&#39;'],
  ['&quot;', '&#x27;'],
  ['&quot;', '&apos;'],
  ['&#34;', '&#39;'],
] as const;

function xmlForms(value: string): readonly string[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return quoteEntities.map(([double, single]) => text.replaceAll('"', double).replaceAll("'", single));
}

/** Within single quotes, within double quotes, with backslashes (`printf %q`), and as `$'...'`. */
function shellForms(value: string): readonly string[] {
  return [
    value.replaceAll("'", `'\\''`),
    value.replaceAll("'", `'"'"'`),
    value.replace(/["\\$`]/gu, '\\$&'),
    value.replace(/[ \t!"$&'()*,;<>?[\\\]^`{|}]|^[#~]/gu, '\\$&'),
    value.replace(/['\\]/gu, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t'),
  ];
}
