/** Which letters follow each other in English words and in the names of common programs, often enough to expect it. */
const followers: Readonly<Record<string, string>> = {
  a: 'bcdefghiklmnprstuvwy',
  b: 'aceijlmorstuy',
  c: 'acehikloprstuy',
  d: 'acdefgijlmnoprstuvy',
  e: 'abcdefghijklmnopqrstuvwxy',
  f: 'aefilorstuy',
  g: 'aeghilnorstuy',
  h: 'aeilmnorstuy',
  i: 'abcdefgklmnoprstvxz',
  j: 'aeiosu',
  k: 'adefgilnpstu',
  l: 'abcdefhiklmnopstuvwy',
  m: 'abeilmnopsu',
  n: 'abcdefghijklmnoprstuvwy',
  o: 'abcdefgiklmnoprstuvwxy',
  p: 'adeghilmoprstuvyz',
  q: 'luv',
  r: 'abcdefgiklmnoprstuvwy',
  s: 'acefhiklmnopqstuwy',
  t: 'acdefghilmnoprstuwyz',
  u: 'abcdefgilmnopqrstvz',
  v: 'aceioqsuyz',
  w: 'aehilnoqrst',
  x: 'aceiptvy',
  y: 'abcegilmnopqstuvwyz',
  z: 'aeiqxy',
};

const longestWord = 20;

/**
 * Whether a text is one word in lower case that could stand in a dictionary. Of 16 letters at random, one in a thousand is taken
 * for a word.
 */
export function isOrdinaryWord(text: string): boolean {
  return (
    /^[a-z]+$/u.test(text) &&
    text.length <= longestWord &&
    Array.from(text).every((letter, index) => index === 0 || followers[text[index - 1] as string]?.includes(letter))
  );
}

/** In characters: those that services issue are longer. */
const leastCredential = 16;
const leastLetters = 6;

/** Whether a text looks like something that a service has issued, not like words, a path or a name that someone chose. */
export function looksIssued(text: string): boolean {
  if (text.length < leastCredential || !/^[\w.~+/=-]+$/u.test(text)) return false;
  const letters = text.replaceAll(/[^A-Za-z]/gu, '').length;
  const words = text.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/u).filter((part) => {
    return part.length >= 4 && isOrdinaryWord(part.toLowerCase());
  });
  return letters >= leastLetters && words.join('').length * 2 < letters;
}
