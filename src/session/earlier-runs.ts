import type { Graph } from '../model/graph.ts';
import type { ProcessResult } from '../model/result.ts';
import type { SessionState } from '../model/session-state.ts';

/** Outcomes of the earlier runs of a session. */
export interface EarlierRuns {
  /** In the order given. */
  readonly results: readonly ProcessResult[];
  /** Ids of processes whose failure is no loss, since another one of their run succeeded, and one was enough. */
  readonly superseded: ReadonlySet<string>;
  /** Ids, in the session that is resumed, of the successes that were taken over. */
  readonly taken: ReadonlySet<string>;
  /** Goes on with the next run. */
  readonly state: SessionState;
  /** The monotonic time at which the first of them began, in milliseconds. */
  readonly startedMs: number;
  /** The one of its event `session-started`, from which reports count: what was checked and installed before is not in it. */
  readonly announcedMs: number;
  /** US dollars that count against the session's ceiling, unknown costs at theirs. */
  readonly spentUsd: number;
}

/** The ids of superseded processes, those of one more run included. */
export function supersededAfter(
  earlier: EarlierRuns | undefined,
  own: readonly ProcessResult[],
  { succeeds }: Pick<Graph, 'succeeds'>,
): ReadonlySet<string> {
  const isWon = succeeds === 'with-one' && own.some(({ status }) => status === 'succeeded');
  return new Set([...(earlier?.superseded ?? []), ...(isWon ? own.map(({ processId }) => processId) : [])]);
}
