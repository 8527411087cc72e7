import type { ProcessResult } from '../model/result.ts';
import type { SessionState } from '../model/session-state.ts';

/** The processes that each process waited for, by its id; a group stands for its members. */
export function waitsOf({
  needs,
  processes,
}: Pick<SessionState, 'needs' | 'processes'>): ReadonlyMap<string, readonly string[]> {
  const membersOf = (id: string, seen: ReadonlySet<string>): readonly string[] => {
    if (processes.has(id)) return [id];
    return seen.has(id) ? [] : (needs.get(id) ?? []).flatMap((member) => membersOf(member, new Set([...seen, id])));
  };
  const waits = new Map<string, readonly string[]>();
  for (const id of processes.keys()) {
    const others = new Set((needs.get(id) ?? []).flatMap((needed) => membersOf(needed, new Set())));
    if (others.size > 0) waits.set(id, [...others]);
  }
  return waits;
}

/** More answers than these are no main ones. */
const mostMainAnswers = 3;

/**
 * The answers that the other processes were for: of a sequence the last, of a fallback the winner's, of a graph those of the processes
 * that no other that succeeded waited for, of one process its own.
 */
export function mainAnswers(state: SessionState): readonly ProcessResult[] {
  const { started, ended } = state;
  const all = ended?.results ?? [];
  // What reviewers found and what their checks say of it stands among the findings.
  const results = ended?.findings === undefined ? all : all.filter(({ processId }) => !state.roles.has(processId));
  // Of several runs the last is what the others were for.
  const last = new Set(started?.processes.map(({ processId }) => processId));
  const isFine = ({ status }: ProcessResult): boolean => status === 'succeeded';
  if (all.length === 1) return results;
  switch (started?.pattern) {
    case 'sequential':
      return results.filter((result) => isFine(result) && last.has(result.processId)).slice(-1);
    case 'fallback':
      return results.filter((result) => isFine(result) && last.has(result.processId)).slice(0, 1);
    case 'graph': {
      const waits = waitsOf(state);
      // What did not do its work, such as an alarm that was not needed, does not stand for what it waited for.
      const awaited = new Set(results.filter(isFine).flatMap(({ processId }) => waits.get(processId) ?? []));
      const last = results.filter((result) => isFine(result) && !awaited.has(result.processId));
      return last.length > mostMainAnswers ? [] : last;
    }
    default:
      return [];
  }
}
