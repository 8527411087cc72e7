import type { ProcessResult } from '../../model/result.ts';
import { quote } from '../../options/diagnostic.ts';
import type { SessionOutcome } from '../../session/run.ts';
import { didYouMean } from '../../text/nearest.ts';

/** The processes whose answers are printed: `few` means those that no other process needs, if they are few. */
export type PrintChoice =
  | { readonly kind: 'few' | 'all' | 'none' }
  | { readonly kind: 'some'; readonly ids: readonly string[] };

/** More answers than these are printed on request only. */
export const fewAnswers = 5;

/** Reads the values of `--print`: ids, one a line or with commas between them, or a single `all` or `none`. */
export function readPrintChoice(values: string | undefined): {
  readonly choice: PrintChoice;
  readonly faults: readonly string[];
} {
  if (values === undefined) return { choice: { kind: 'few' }, faults: [] };
  const ids = [...new Set(values.split(/[\s,]+/).filter((id) => id !== ''))];
  const word = ids.find((id): id is 'all' | 'none' => id === 'all' || id === 'none');
  if (word === undefined && ids.length > 0) return { choice: { kind: 'some', ids }, faults: [] };
  const problem = ids.length === 0 ? 'name a process, or write all or none.' : `${word} stands alone.`;
  return { choice: { kind: word ?? 'few' }, faults: ids.length === 1 ? [] : [`--print: ${problem}`] };
}

/** Faults of a choice for a session with these processes, and with these entries whose items are found at run time. */
export function printFaults(
  choice: PrintChoice,
  known: readonly string[],
  lists: readonly string[] = [],
): readonly string[] {
  if (choice.kind !== 'some') return [];
  const isProcess = (id: string) => known.includes(id) || known.some((of) => standsFor(id, of));
  const isItem = (id: string) => lists.some((list) => list === id || standsFor(list, id));
  const unknown = choice.ids.filter((id) => !isProcess(id) && !isItem(id));
  const words = [...known, ...lists, 'all', 'none'];
  return unknown.map((id) => `--print: there is no process ${quote(id)}.${didYouMean(id, words)}`);
}

/** Whether an id is that of an entry that is run several times, of which this process is one. */
function standsFor(id: string, processId: string): boolean {
  return processId.startsWith(`${id}-`) && /^(?:\d+|rest)$/.test(processId.slice(id.length + 1));
}

/** The answers to print, in the order of the prompts. */
export interface ChosenAnswers {
  readonly answers: readonly ProcessResult[];
  /** There is one answer by the choice, whatever the results are: it is printed without a heading. */
  readonly isAlone: boolean;
}

/** Chooses among the results of a session; only who succeeded has an answer. */
export function chooseAnswers(
  choice: PrintChoice,
  { results, answers: { finalIds, oneIsEnough } }: Pick<SessionOutcome, 'results' | 'answers'>,
): ChosenAnswers {
  const ids = new Set(results.map(({ processId }) => processId));
  // An id that no process has is that of an entry, for all of its processes.
  const entries = choice.kind === 'some' ? choice.ids.filter((id) => !ids.has(id)) : [];
  const chosen = results.filter(
    ({ processId }) => isChosen(choice, processId, finalIds) || entries.some((id) => standsFor(id, processId)),
  );
  return {
    answers: chosen.filter(({ status }) => status === 'succeeded'),
    // Alternatives are one piece of work, which several processes were asked to do.
    isAlone: (chosen.length === 1 && entries.length === 0) || (choice.kind !== 'some' && oneIsEnough),
  };
}

function isChosen(choice: PrintChoice, processId: string, finalIds: readonly string[]): boolean {
  switch (choice.kind) {
    case 'all':
      return true;
    case 'few':
      return finalIds.length <= fewAnswers && finalIds.includes(processId);
    case 'none':
      return false;
    case 'some':
      return choice.ids.includes(processId);
    default:
      return choice satisfies never;
  }
}
