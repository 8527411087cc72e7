import fc from 'fast-check';

const surrogates = { from: 0xd800, count: 0x800 };

const character = fc
  .nat(0x10ffff - surrogates.count)
  .map((code) => String.fromCodePoint(code < surrogates.from ? code : code + surrogates.count));

/** Text of any characters of Unicode. fast-check's own, of the unit `binary`, takes 2 s to be made, once for each file of tests. */
export function anyText({ maxLength }: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.array(character, maxLength === undefined ? {} : { maxLength }).map((characters) => characters.join(''));
}
