import process from 'node:process';
import fc from 'fast-check';
import { test } from 'vitest';
import { watchForHang } from './hang-watch.ts';
import { runs as casesOf, fuzzFactor, randomSeed } from './random-seed.ts';

/** What is tried, and how often. */
export interface FuzzOptions<T> {
  /** Makes the inputs. */
  readonly of: fc.Arbitrary<T>;
  /** Inputs of one run; `FUZZ_FACTOR` multiplies them. */
  readonly runs: number;
}

/** Whatever a parser or a sink is given, it is done with it in so much time of the processor (T17), however busy the machine. */
const longestCaseMs = 1000;

/** A slow machine tries less instead of taking longer: this bounds the whole suite. */
const longestTestMs = 12_000;

const { FUZZ_PATH } = process.env;

/** Has a parser or a sink do its work. A function that it gives judges what came out, when the clock has stopped. */
export type Check<T> = (input: T) => Judged | Promise<Judged>;
type Judged = undefined | (() => void);

/**
 * A test that tries many inputs. It fails when one makes `check` throw or takes a second, with the smallest such input
 * and with the variables that bring it back.
 */
export function fuzz<T>(title: string, { of, runs }: FuzzOptions<T>, check: Check<T>): void {
  const budgetMs = longestTestMs * fuzzFactor;
  test(title, { timeout: 2 * budgetMs + 30_000 }, async () => {
    // Known before anything is tried, so that it is known also of a case that hangs.
    const seed = randomSeed();
    using watch = watchForHang(`${title} (FUZZ_SEED=${seed})`);
    const property = fc.asyncProperty(of, (input) => {
      watch.alive();
      return inTime(() => check(input));
    });
    const details = await fc.check(property, {
      numRuns: casesOf(runs),
      seed,
      interruptAfterTimeLimit: budgetMs,
      ...(FUZZ_PATH !== undefined && { path: FUZZ_PATH }),
    });
    if (!details.failed) return;
    const report = shortened((await fc.asyncDefaultReportMessage(details)) ?? '');
    const again = `FUZZ_SEED=${seed} FUZZ_PATH=${details.counterexamplePath}`;
    throw new Error(`${report}\nTo see it again, set ${again} and run this test alone.`, {
      cause: details.errorInstance,
    });
  });
}

/** A counterexample may be half a million characters. */
function shortened(report: string): string {
  return report.length < 6_000 ? report : `${report.slice(0, 3_000)} … ${report.slice(-2_000)}`;
}

async function inTime(check: () => ReturnType<Check<unknown>>): Promise<void> {
  const { tookMs, judge } = await timed(check);
  // The machine may have been busy: what is slow by itself is slow again.
  const leastMs = tookMs < longestCaseMs ? tookMs : Math.min(tookMs, (await timed(check)).tookMs);
  if (leastMs >= longestCaseMs)
    throw new Error(`It took ${Math.round(leastMs)} ms; a case may take ${longestCaseMs} ms.`);
  judge?.();
}

async function timed(check: () => ReturnType<Check<unknown>>) {
  const start = process.threadCpuUsage();
  const judge = await check();
  const { user, system } = process.threadCpuUsage(start);
  return { tookMs: (user + system) / 1000, judge };
}
