import type { ProcessResult } from '../../model/result.ts';
import type { SessionOutcome } from '../../session/run-request.ts';
import { inBrackets, statusText } from '../../text/causes.ts';
import type { ExpectedProcess, Scene } from './demo-scenes.ts';

/** The differences between a session and its scene, a line each. */
export function differences(
  { verdict, processes, context }: Scene,
  { online, outcome }: PlayedScene,
): readonly string[] {
  const { results } = outcome;
  const texts = new Map([...context, ...results.map(({ processId, output }) => [processId, output] as const)]);
  return [
    ...(outcome.verdict.startsWith(verdict) ? [] : ['the verdict is not the expected one']),
    ...processes.flatMap((expected) => {
      const result = results.find(({ processId }) => processId === expected.id);
      if (result === undefined) return [`${expected.id} has no result`];
      return [...endingDifference(expected, result), ...(online ? [] : dataDifference(expected, result, texts))];
    }),
  ];
}

/** Outcome of a scene. */
export interface PlayedScene {
  readonly online: boolean;
  readonly outcome: SessionOutcome;
}

function endingDifference(expected: ExpectedProcess, result: ProcessResult): readonly string[] {
  const [wanted, was] = [endingOf(expected), endingOf(result)];
  return wanted === was ? [] : [`${expected.id} should have ${wanted}, but has ${was}`];
}

function endingOf({ status, reason, attempts }: Pick<ProcessResult, 'status' | 'reason' | 'attempts'>): string {
  return `${statusText(status)}${inBrackets([{ reason }])} with ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
}

/** The stand-in says which blocks of data reached it, and how long they were: nothing is lost or added on the way. */
function dataDifference(
  { id, received }: ExpectedProcess,
  { output }: ProcessResult,
  texts: ReadonlyMap<string, string>,
): readonly string[] {
  if (received === undefined) return [];
  const wanted = received.map((block) => `${block} (${texts.get(block)?.length} characters)`).join(', ');
  const confirmed = output.matchAll(/the data block "([^"]*)" of (\d+) characters/g);
  const was = Array.from(confirmed, ([, block, length]) => `${block} (${length} characters)`).join(', ');
  return wanted === was ? [] : [`${id} should have been given ${wanted || 'no data'}, but was given ${was || 'none'}`];
}
