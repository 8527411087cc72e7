import { accessSync, constants, type Stats, statSync } from 'node:fs';
import type { Connection, OpenedSlot, SlotRequest } from '../../model/agent.ts';
import type { ClaudeSession } from './claude-session.ts';
import { createConfigDirectory } from './config-directory.ts';
import { isTested } from './executable.ts';
import { failedToStart, failureOf } from './outcome.ts';
import { startsQuietly } from './quiet-start.ts';
import { requestPrefix } from './request-prefix.ts';
import { ClaudeSlot } from './slot.ts';
import { openConversation } from './slot-conversation.ts';

/** Connects a session with the Claude CLI, or with a program in its place. What the options name is the caller's to remove. */
export function claudeConnection(session: ClaudeSession): Connection {
  return {
    opensAhead: isTested(session.executable),
    startsQuietly: (process) => startsQuietly(process, session),
    prefix: (process) => requestPrefix(process, session),
    open: (request) => openSlot(request, session),
    async [Symbol.asyncDispose]() {
      // Its slots end one by one.
    },
  };
}

async function openSlot(request: SlotRequest, session: ClaudeSession): Promise<OpenedSlot> {
  const { process, attempt } = request;
  try {
    const fault = session.unusable ?? startFault(session.executable.path, process.workingDirectory);
    if (fault !== undefined) return { kind: 'failed', outcome: failedToStart('spawn-error', fault) };
    const directory = await createConfigDirectory({
      base: session.temporaryBase,
      processId: process.id,
      attempt,
      workingDirectory: process.workingDirectory,
      trusted: session.trust.level === 'trusted',
    });
    try {
      const conversation = await openConversation(process, session, directory);
      if (typeof conversation !== 'string')
        return { kind: 'open', slot: new ClaudeSlot({ request, session, directory, conversation }) };
      await directory.remove();
      return { kind: 'failed', outcome: failedToStart('internal-error', conversation) };
    } catch (error) {
      await directory.remove();
      throw error;
    }
  } catch (error) {
    return { kind: 'failed', outcome: failureOf(error, process.name) };
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Found before the start: a missing directory would be reported as a missing executable, and that by a wrapper's exit code. */
function startFault(executable: string, directory: string): string | undefined {
  const stats = statsOf(directory);
  const name = `working-directory: ${JSON.stringify(directory)}`;
  if (stats === undefined) return `${name} does not exist, or is out of reach`;
  if (!stats.isDirectory()) return `${name} is not a directory`;
  // Entering a directory takes the permission that running a file does.
  if (!isExecutable(directory)) return `${name} may not be entered: permission is missing`;
  return isExecutable(executable) ? undefined : `${executable} is not there any more, or not executable`;
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
