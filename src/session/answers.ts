import type { Graph } from '../model/graph.ts';
import type { ProcessResult } from '../model/result.ts';

/** Which results people and later steps most likely want. */
export interface Answers {
  /** Whether one success is all that was asked for: the processes are alternatives. */
  readonly oneIsEnough: boolean;
  /** The process that succeeded where one was enough. */
  readonly winnerId?: string;
  /** The process whose result stands for all; absent where none does. */
  readonly mainId?: string;
  /** Processes whose results no other process needs. */
  readonly finalIds: readonly string[];
}

/** Finds the answers of a session; `finalIds` are the processes that nothing in the graph needs. */
export function answersOf(
  { answer, succeeds }: Pick<Graph, 'answer' | 'succeeds'>,
  results: readonly ProcessResult[],
  finalIds: readonly string[],
): Answers {
  const oneIsEnough = succeeds === 'with-one';
  const winner = oneIsEnough ? results.find(isSuccess) : undefined;
  const main = results.length === 1 ? results[0]?.processId : mainOf(answer, results, finalIds);
  return {
    oneIsEnough,
    ...(winner !== undefined && { winnerId: winner.processId }),
    ...(main !== undefined && { mainId: main }),
    finalIds,
  };
}

function mainOf(
  answer: Graph['answer'],
  results: readonly ProcessResult[],
  finalIds: readonly string[],
): string | undefined {
  switch (answer) {
    case 'last-success':
      return results.findLast(isSuccess)?.processId;
    case 'first-success':
      return results.find(isSuccess)?.processId;
    case 'only-sink':
      return finalIds.length === 1 ? finalIds[0] : undefined;
    case 'none':
      return undefined;
    default:
      return answer satisfies never;
  }
}

function isSuccess({ status }: ProcessResult): boolean {
  return status === 'succeeded';
}
