import type { ProcessResult } from '../model/result.ts';
import type { SessionState } from '../model/session-state.ts';
import { causeText, isOfMissingServers } from '../text/causes.ts';
import { counted, someOf } from '../text/format.ts';

/**
 * What people should know besides the verdict and what `concernsOf` names, a line each: what was cut, tried again, or is not what
 * it looks like. Names are as given; the caller escapes them. Who was tried again is left out where
 * `besides` says that it stands beside each process.
 */
export function highlights(state: SessionState, besides?: 'attempts'): readonly string[] {
  const results = state.ended?.results ?? [];
  return [
    ...namedHighlight(
      'did not exit after the result, which stands, and was ended',
      results,
      (result) => result.killedAfterResult,
    ),
    ...(besides === undefined ? retriedHighlight(state, results) : []),
    ...namedHighlight(
      'answer cut after 1 MiB in the results, whole in outputs/',
      results,
      (result) => result.outputTruncated,
    ),
    ...namedHighlight('log incomplete', results, (result) => result.logIncomplete),
    ...namedHighlight('taken from an earlier session', results, (result) => result.resumedFrom),
    ...state.warnings.filter((warning) => !isOfMissingServers(warning)).map((warning) => `warning: ${warning}`),
  ];
}

function retriedHighlight({ retries }: SessionState, results: readonly ProcessResult[]): readonly string[] {
  const each = results.flatMap(({ processId, name, attempts }) => {
    // The last one may have been given up before it began: the key was refused, or the session cancelled.
    const reasons = (retries.get(processId) ?? []).slice(0, Math.max(0, attempts - 1));
    return reasons.length === 0 ? [] : [`${name} (${counted(reasons.map(causeText))})`];
  });
  return each.length === 0 ? [] : [`tried again: ${someOf(each)}`];
}

function namedHighlight(
  what: string,
  results: readonly ProcessResult[],
  isMeant: (result: ProcessResult) => string | true | undefined,
): readonly string[] {
  const names = results.filter((result) => isMeant(result) !== undefined).map(({ name }) => name);
  return names.length === 0 ? [] : [`${what}: ${someOf(names)}`];
}
