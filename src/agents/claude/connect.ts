import type { Connection } from '../../model/agent.ts';
import { errorMessage } from '../../model/errors.ts';
import { startMessagesApi } from '../../offline/messages-api.ts';
import { needsSubscription } from '../../offline/script.ts';
import type { ClaudeSession } from './claude-session.ts';
import { claudeConnection } from './connection.ts';
import { isTested } from './executable.ts';
import { FileChanges } from './file-changes.ts';
import { Recordings } from './recordings.ts';
import { awaitRemoval, removeDirectory } from './removal.ts';
import { SharedContext } from './shared-context.ts';
import { makeTemporaryBase, removeLeftBases } from './temporary-base.ts';

/** Inputs of `connectClaude`. */
export interface ConnectOptions
  extends Omit<ClaudeSession, 'temporaryBase' | 'offline' | 'shared' | 'changes' | 'recordings'> {
  /** The temporary directory of this user. */
  readonly temporaryDirectory: string;
  /** The model is a stand-in of our own. */
  readonly isOffline: boolean;
  readonly promptCaching: 'auto' | 'off';
  /** A process may continue the conversation of another. */
  readonly isContinuing: boolean;
}

/** Connects with what the children of a session live in: a temporary directory and, offline, a model. */
export async function connectClaude(options: ConnectOptions): Promise<Connection> {
  const { temporaryDirectory, isOffline } = options;
  const base = await makeBase(temporaryDirectory);
  void removeLeftBases(temporaryDirectory); // It never rejects.
  const unusable = options.unusable ?? base.fault;
  const model = isOffline ? await startMessagesApi() : undefined;
  const connection = claudeConnection({
    ...options,
    ...(unusable !== undefined && { unusable }),
    ...(model !== undefined && {
      offline: ({ id, prompt }) => ({
        url: model.baseUrlFor(id),
        isSubscription: prompt !== undefined && needsSubscription(prompt),
      }),
    }),
    temporaryBase: base.path,
    shared: new SharedContext({ ...options, variables: options.environment.environment }),
    changes: new FileChanges(),
    ...(options.isContinuing && isTested(options.executable) && { recordings: new Recordings(base.path) }),
  });
  return {
    ...connection,
    async [Symbol.asyncDispose]() {
      await model?.[Symbol.asyncDispose]();
      if (base.fault !== undefined) return;
      await awaitRemoval(removeDirectory(base.path), options);
    },
  };
}

/** The temporary base directory. Where none can be made, every result carries the reason. */
async function makeBase(parent: string): Promise<{ readonly path: string; readonly fault?: string }> {
  try {
    return { path: await makeTemporaryBase(parent) };
  } catch (error) {
    const cause = errorMessage(error);
    return { path: parent, fault: `no directory could be made in ${parent}, the temporary directory: ${cause}` };
  }
}
