import type { RequestPrefix, SlotRequest } from '../../model/agent.ts';
import type { ClaudeSession } from './claude-session.ts';
import { commandLine } from './command-line.ts';

/**
 * What decides how the requests of a process begin: two processes with the same key send the same tools, system prompt and
 * context, or conversation. Absent where nothing is shared, or too little to be worth a wait.
 */
export function requestPrefix(process: SlotRequest['process'], session: ClaudeSession): RequestPrefix | undefined {
  const { claude, workingDirectory, conversationFrom } = process;
  if (!isWorthWaiting(process, session)) return undefined;
  // Neither bears on what the model is sent first.
  const { maxTurns: _, fallbackModel: __, ...options } = claude;
  const { trust, logDirectory, offline } = session;
  const args = commandLine({ claude: options, trust, logDirectory, offline: offline !== undefined });
  return { key: JSON.stringify([workingDirectory, args, conversationFrom]), changes: session.changes.count };
}

/** Whether the others should wait for the first request: a continued conversation is cached already, unless the schema differs. */
function isWorthWaiting(process: SlotRequest['process'], { shared, recordings }: ClaudeSession): boolean {
  const { conversationFrom: original } = process;
  if (original === undefined) return shared.isWorthWaiting;
  return !shared.isOff && recordings?.sendsUnchanged(process, original) === false;
}
