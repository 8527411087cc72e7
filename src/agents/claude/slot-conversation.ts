import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AttemptOutcome } from '../../model/attempt.ts';
import type { ProcessSpec } from '../../model/plan.ts';
import type { ClaudeSession } from './claude-session.ts';
import type { ConfigDirectory } from './config-directory.ts';
import { withoutEarlierCost } from './conversation-cost.ts';
import { type ConversationCopy, type RecordedConversation, removeRecording } from './recordings.ts';

/** Beginning of the conversation of one slot, and the place of its recording. */
export interface SlotConversation {
  /** Absent when nothing continues it. */
  readonly recorded?: RecordedConversation;
  /** Absent when it begins anew. */
  readonly continued?: ConversationCopy;
}

type Session = Pick<ClaudeSession, 'recordings' | 'ownConfiguration' | 'environment'>;

/** Gets ready what a process continues and what is recorded of it; gives as text what keeps it from that. */
export async function openConversation(
  { conversationFrom, isContinued }: Pick<ProcessSpec, 'conversationFrom' | 'isContinued'>,
  session: Session,
  directory: ConfigDirectory,
): Promise<SlotConversation | string> {
  const { recordings } = session;
  if (recordings === undefined && conversationFrom !== undefined)
    return `the conversation of "${conversationFrom}" was not recorded: it needs a version of Claude Code that is known`;
  if (recordings === undefined) return {};
  const recorded = isContinued && { id: randomUUID(), config: configOf(session, directory) };
  if (conversationFrom === undefined) return { ...(recorded && { recorded }) };
  const continued = await recordings.copy(conversationFrom, join(directory.config, 'continued.jsonl'));
  return typeof continued === 'string' ? continued : { continued, ...(recorded && { recorded }) };
}

/** Keeps the recording of a conversation that has ended, and takes from the outcome what was paid for before. Never rejects. */
export async function closeConversation(
  { recorded, continued }: SlotConversation,
  outcome: AttemptOutcome,
  { process, session }: { readonly process: Pick<ProcessSpec, 'id' | 'claude'>; readonly session: Session },
): Promise<AttemptOutcome> {
  if (recorded !== undefined && outcome.ending.status === 'succeeded')
    await session.recordings?.keep(process, recorded, outcome);
  if (recorded !== undefined && session.ownConfiguration) await removeRecording(recorded);
  return continued === undefined ? outcome : withoutEarlierCost(outcome, continued.cost);
}

/** Directory that the CLI keeps conversations in: the private one, or the user's own. */
export function configOf(session: Session, { config }: ConfigDirectory): string {
  return session.ownConfiguration ? userConfigOf(session) : config;
}

/** The user's own configuration directory. */
export function userConfigOf({ environment: { environment } }: Pick<Session, 'environment'>): string {
  return environment.CLAUDE_CONFIG_DIR ?? join(environment.HOME ?? environment.USERPROFILE ?? '', '.claude');
}
