import { type Alphabet, alphabetOf, byteOf, type ScannedBytes, wordAlphabet } from './alphabet.ts';

/** Bytes in which a sequence ends whose parameters, or whose text, go on for longer are none: it is shown, not obeyed. */
const longest = { parameters: 64, intermediates: 16, text: 4_096 };

/**
 * What a terminal would obey (ECMA-48): colours, moves, titles, links. Whatever is removed from a text by this, the search for
 * secrets goes over in `sequenceEnd`. Each character takes four bytes at most, so that no text is longer for it than here.
 */
export const terminalSequences = new RegExp(
  [
    `\\x1b\\[[0-?]{0,${longest.parameters}}[ -/]{0,${longest.intermediates}}[@-~]`,
    `\\x1b\\][^\\x07\\x1b]{0,${longest.text / 4}}(?:\\x07|\\x1b\\\\)`,
    `\\x1b[PX^_][^\\x1b]{0,${longest.text / 4}}\\x1b\\\\`,
    `\\x1b[ -/]{1,${longest.intermediates}}[0-~]`,
    '\\x1b[0-OQ-WYZ\\\\`-~]',
    `\\x9b[0-?]{0,${longest.parameters}}[ -/]{0,${longest.intermediates}}[@-~]`,
  ].join('|'),
  'gu',
);

const introducer = 0x1b;
const bell = 0x07;
const parameters = alphabetOf('0123456789:;<=>?');
const intermediates = alphabetOf(' !"#$%&\'()*+,-./');
const letters = wordAlphabet('@[]^_`{|}~');
const finals = wordAlphabet('@[\\]^_`{|}~');
const simpleFinals = wordAlphabet(':;<=>?@[\\]^_`{|}~');
const isString = { ']': 'may end in a bell', P: 'no', X: 'no', '^': 'no', _: 'no' } as const;
const unknown = Number.POSITIVE_INFINITY;

/**
 * End of the sequence whose introducer, ESC, goes on at `at`; 0 when it is none, infinite when more bytes are needed to tell. An
 * `escaped` one is in JSON, where a backslash begins something else, and a text does not end in plain bytes.
 */
export function sequenceEnd(bytes: ScannedBytes, at: number, kind: 'plain' | 'escaped'): number {
  const { data, final } = bytes;
  if (at >= data.length) return final ? 0 : unknown;
  const name = String.fromCharCode(data[at] as number);
  if (name === '[') return controlEnd(bytes, at + 1, kind === 'plain' ? finals : letters);
  if (name in isString) return kind === 'plain' ? stringEnd(bytes, at + 1, name === ']') : 0;
  const end = bytes.shortRunEnd(intermediates, { from: at, most: longest.intermediates });
  if (end >= data.length) return final ? 0 : unknown;
  const isFinal = simpleFinals[data[end] as number] === 1 && (kind === 'plain' || data[end] !== byteOf('\\'));
  return isFinal ? end + 1 : 0;
}

/** End of the control sequence whose parameters begin at `at`. */
export function controlEnd(bytes: ScannedBytes, at: number, mayEndIn: Alphabet = finals): number {
  const { data, final } = bytes;
  const behind = bytes.shortRunEnd(parameters, { from: at, most: longest.parameters });
  const end = bytes.shortRunEnd(intermediates, { from: behind, most: longest.intermediates });
  if (end >= data.length) return final ? 0 : unknown;
  return mayEndIn[data[end] as number] === 1 ? end + 1 : 0;
}

/** End of the title, link or the like whose text begins at `at`. */
function stringEnd({ data, final }: ScannedBytes, at: number, mayEndInBell: boolean): number {
  const limit = Math.min(data.length, at + longest.text);
  let end = at;
  while (end < limit && data[end] !== introducer && !(mayEndInBell && data[end] === bell)) end += 1;
  if (end < limit && data[end] === bell) return end + 1;
  if (end === limit && limit < data.length) return 0;
  if (end + 1 >= data.length) return final ? 0 : unknown;
  return data[end + 1] === byteOf('\\') ? end + 2 : 0;
}
