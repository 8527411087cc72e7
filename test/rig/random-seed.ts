import process from 'node:process';
import fc from 'fast-check';

/** The seed of every run but those that say otherwise: a change is not to fail for what it has nothing to do with. */
const usualSeed = 20_261_127;

/** The seed of the random tests: `FUZZ_SEED`, which may be `random`, or always the same. */
export function randomSeed(): number {
  const { FUZZ_SEED = usualSeed } = process.env;
  return FUZZ_SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(FUZZ_SEED);
}

const { FUZZ_FACTOR = '1' } = process.env;

/** How many times as long random tests look. */
export const fuzzFactor = Number(FUZZ_FACTOR);
if (!(fuzzFactor > 0)) throw new Error(`FUZZ_FACTOR is "${FUZZ_FACTOR}"; it is a number above 0.`);

/** Cases that a random test draws: so many, times `FUZZ_FACTOR`. */
export function runs(usual: number): number {
  return Math.ceil(usual * fuzzFactor);
}

fc.configureGlobal({ seed: randomSeed(), numRuns: runs(100) });
