import { type Executable, isTested, minimumVersion } from '../agents/claude/executable.ts';
import type { Plan } from '../model/graph.ts';
import { processesAndTemplatesOf } from '../model/graph.ts';

/** Why an executable cannot continue the conversations of a plan; a line each. */
export function conversationFaults({ graph }: Plan, executable: Executable): readonly string[] {
  const isWanted = processesAndTemplatesOf(graph).some(({ conversationFrom }) => conversationFrom !== undefined);
  // One that could not be found out about is told of elsewhere.
  const isUnknown = executable.kind === 'claude' && executable.version === undefined;
  if (!isWanted || isUnknown || isTested(executable)) return [];
  const why =
    executable.kind === 'claude'
      ? `it needs Claude Code ${minimumVersion} or newer, and this is ${executable.version}`
      : 'a plain program has no conversation that could go on';
  return [`conversation-from: ${why}.`];
}
