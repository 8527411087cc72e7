/** Longer words are not typing errors; the limit keeps the comparison cheap for hostile input. */
const longestWord = 64;

/** Edit distance: letters to insert, remove, replace or swap with their neighbour to make one word of the other. */
function editDistance(from: string, to: string): number {
  let beforePrevious: readonly number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const changed = 1 + Math.min(previous[column] ?? 0, current[column - 1] ?? 0);
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwapped ? 1 + (beforePrevious[column - 2] ?? longestWord) : longestWord;
      current.push(Math.min(replaced, changed, swapped));
    }
    [beforePrevious, previous] = [previous, current];
  }
  return previous[to.length] ?? 0;
}

/** Largest distance of two words that are taken for the same word mistyped. */
function tolerance(wanted: string, known: string): number {
  const isLonger = known.length >= 3 && wanted.startsWith(known);
  return isLonger ? longestWord : Math.max(1, Math.floor(Math.max(wanted.length, known.length) / 3));
}

/** The candidate that was probably meant: a few letters away, or one of the two begins with the other. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.trim().toLowerCase();
  if (wanted === '' || wanted.length > longestWord) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    const isBeginning = wanted.length >= 3 && known.startsWith(wanted);
    const distance = Math.min(editDistance(wanted, known), isBeginning ? 1 : longestWord);
    if (distance > tolerance(wanted, known) || distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** The end of an error line that names the nearest legal value; empty when nothing is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}
