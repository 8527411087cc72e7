import { withPlaces } from '../findings/places.ts';
import { findingsOf } from '../findings/session-findings.ts';
import { type Clock, waitAtMost } from '../model/clock.ts';
import type { SessionFindings } from '../model/finding.ts';
import type { ProcessResult } from '../model/result.ts';

/** Longest search of the checkout for the places of findings, in milliseconds. */
const patienceMs = 5_000;

/** Key, checkout and time limit of the search for places. */
export interface LocatedFindingsOptions {
  readonly key: string;
  /** Absolute path; undefined where there is none. */
  readonly checkout: string | undefined;
  readonly clock: Clock;
  /** Aborted when there is no time left. */
  readonly kill: AbortSignal;
}

/** The findings, with the places that the checkout has; without them where a disk takes too long. Empty when no process was asked for findings. */
export async function locatedFindings(
  results: readonly ProcessResult[],
  { key, checkout, clock, kill }: LocatedFindingsOptions,
): Promise<{ readonly findings?: SessionFindings }> {
  const found = findingsOf(results, { key, ...(checkout !== undefined && { checkout }) });
  if (found === undefined) return {};
  if (checkout === undefined) return { findings: found };
  let { findings } = found;
  const placed = withPlaces(findings, checkout).then((located) => {
    findings = located;
  });
  await waitAtMost(placed, { clock, delayMs: patienceMs, signal: kill });
  return { findings: { ...found, findings } };
}
