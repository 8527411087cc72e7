import type { StopCause } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import type { SessionState } from '../model/session-state.ts';
import { counted, someOf } from '../text/format.ts';

/**
 * What people should know besides the verdict, a line each: what was denied, cut, retried, skipped, killed or is not
 * what it looks like. Names are as given; whoever shows them makes them harmless.
 */
export function remarks(state: SessionState): readonly string[] {
  return remarksOf(state, true);
}

/** The same without what is named where every cause is: see `concernsOf`. */
export function furtherRemarks(state: SessionState): readonly string[] {
  return remarksOf(state, false);
}

function remarksOf(state: SessionState, withCauses: boolean): readonly string[] {
  const results = state.ended?.results ?? [];
  return [
    ...(withCauses && state.started?.offline === true
      ? ['offline: every answer came from the built-in stand-in, not from a model']
      : []),
    ...(state.interruptedBy === undefined ? [] : [`interrupted: by ${state.interruptedBy}`]),
    ...(withCauses ? deniedRemark(results) : []),
    ...killedRemark(state, results),
    ...retriedRemark(state, results),
    ...(withCauses ? skippedRemarks(results) : []),
    ...namedRemark(
      'output cut after 1 MiB in the results, whole in outputs/',
      results,
      (result) => result.outputTruncated,
    ),
    ...namedRemark('log incomplete', results, (result) => result.logIncomplete),
    ...namedRemark('taken from an earlier session', results, (result) => result.resumedFrom),
    ...state.warnings.map((warning) => `warning: ${warning}`),
  ];
}

function deniedRemark(results: readonly ProcessResult[]): readonly string[] {
  const denied = results.filter(({ permissionDenials }) => permissionDenials.length > 0);
  const each = denied.map(
    ({ name, permissionDenials }) => `${name} (${counted(permissionDenials.map(({ toolName }) => toolName))})`,
  );
  return each.length === 0 ? [] : [`tools denied: ${someOf(each)}`];
}

const causes: Readonly<Record<StopCause, string>> = {
  timeout: 'timeout',
  'idle-timeout': 'idle-timeout',
  cancelled: 'cancelled',
  deadline: 'total-timeout',
  'hang-after-result': 'did not exit after its result, which stands',
  'internal-error': 'an error of our own',
};

function killedRemark({ stops }: SessionState, results: readonly ProcessResult[]): readonly string[] {
  const each = results.flatMap(({ processId, name, killedAfterResult }) => {
    const cause = killedAfterResult === true ? 'hang-after-result' : stops.get(processId);
    return cause === undefined ? [] : [`${name} (${causes[cause]})`];
  });
  return each.length === 0 ? [] : [`killed: ${someOf(each)}`];
}

function retriedRemark({ retries }: SessionState, results: readonly ProcessResult[]): readonly string[] {
  const each = results.flatMap(({ processId, name }) => {
    const reasons = retries.get(processId);
    return reasons === undefined ? [] : [`${name} (${counted(reasons)})`];
  });
  return each.length === 0 ? [] : [`retried: ${someOf(each)}`];
}

function skippedRemarks(results: readonly ProcessResult[]): readonly string[] {
  const byReason = Map.groupBy(
    results.filter(({ status }) => status === 'skipped'),
    ({ reason }) => reason,
  );
  return [...byReason].map(([reason, group]) => `skipped, ${reason}: ${someOf(group.map(({ name }) => name))}`);
}

function namedRemark(
  what: string,
  results: readonly ProcessResult[],
  isMeant: (result: ProcessResult) => string | true | undefined,
): readonly string[] {
  const names = results.filter((result) => isMeant(result) !== undefined).map(({ name }) => name);
  return names.length === 0 ? [] : [`${what}: ${someOf(names)}`];
}
