import type { RequestPrefix, SlotRequest } from '../../model/agent.ts';
import type { ClaudeSession } from './claude-session.ts';
import { commandLine } from './command-line.ts';

/**
 * What decides how the requests of a process begin: two processes with the same key send the same tools, system prompt and
 * context. Absent where the context is not shared, or too short to be worth a wait.
 */
export function requestPrefix(process: SlotRequest['process'], session: ClaudeSession): RequestPrefix | undefined {
  const { claude, workingDirectory, conversationFrom } = process;
  // What it continues is in the cache already.
  if (!session.shared.isWorthWaiting || conversationFrom !== undefined) return undefined;
  // Neither bears on what the model is sent first.
  const { maxTurns: _, fallbackModel: __, ...options } = claude;
  const { trust, logDirectory, offline } = session;
  const args = commandLine({ claude: options, trust, logDirectory, offline: offline !== undefined });
  return { key: JSON.stringify([workingDirectory, args]), changes: session.changes.count };
}
