import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, errorMessage } from '../../model/errors.ts';
import type { ProcessSpec } from '../../model/plan.ts';
import { requirePrivate } from './config-directory.ts';
import type { ConversationCost } from './conversation-cost.ts';

/** A conversation that others may continue. */
interface Recording {
  readonly file: string;
  readonly hash: string;
  readonly cost: ConversationCost;
  readonly jsonSchema: string | undefined;
}

/** The process that is recorded. */
type Recorded = Pick<ProcessSpec, 'id' | 'claude'>;

/** A conversation to be continued: a copy that the CLI may read. */
export interface ConversationCopy {
  readonly file: string;
  readonly cost: ConversationCost;
}

/** Id and location of a conversation that the CLI writes to a file. */
export interface RecordedConversation {
  readonly id: string;
  /** The CLI's configuration directory. */
  readonly config: string;
}

/**
 * The conversations of a session that others continue, in a directory of the session's own. What the model and tools said
 * stands in them as it was, secrets included, so they never leave that directory, and go with it.
 */
export class Recordings {
  readonly #directory: string;
  /** By the id of the process; a text says why there is none. */
  readonly #recordings = new Map<string, Recording | string>();

  constructor(base: string) {
    this.#directory = join(base, 'recordings');
  }

  /** Takes the recording of a process that has ended, descendants included. Never rejects: the continuation reports a failure. */
  async keep({ id, claude }: Recorded, conversation: RecordedConversation, cost: ConversationCost): Promise<void> {
    const taken = await this.#taken(conversation).catch(reasonOf);
    this.#recordings.set(id, typeof taken === 'string' ? taken : { ...taken, cost, jsonSchema: claude.jsonSchema });
  }

  async #taken(conversation: RecordedConversation): Promise<Pick<Recording, 'file' | 'hash'> | string> {
    const written = await findRecording(conversation);
    if (written === undefined) return 'Claude has not recorded it';
    await mkdir(this.#directory, { mode: 0o700 }).catch(ignoreExisting);
    requirePrivate(this.#directory);
    const file = join(this.#directory, `${randomUUID()}.jsonl`);
    return { file, hash: await copyFile(written, file) };
  }

  /** Whether a process sends what it continues as that was sent before: a schema is a tool, which the model reads first. */
  sendsUnchanged({ claude }: Pick<Recorded, 'claude'>, original: string): boolean {
    const recording = this.#recordings.get(original);
    return typeof recording !== 'object' || recording.jsonSchema === claude.jsonSchema;
  }

  /** Copies the conversation of a process to a file of its own; gives as text why there is none. Never rejects. */
  async copy(processId: string, file: string): Promise<ConversationCopy | string> {
    const recording = this.#recordings.get(processId) ?? 'it was not recorded in this session';
    if (typeof recording === 'string') return `the conversation of "${processId}" is lost: ${recording}`;
    const { cost } = recording;
    try {
      const hash = await copyFile(recording.file, file);
      return hash === recording.hash ? { file, cost } : `the conversation of "${processId}" was changed by others`;
    } catch (error) {
      return `the conversation of "${processId}" is lost: ${reasonOf(error)}`;
    }
  }
}

/** Removes what the CLI has recorded, where its configuration directory is not removed as a whole. Never rejects. */
export async function removeRecording(conversation: RecordedConversation): Promise<void> {
  try {
    const file = await findRecording(conversation);
    if (file === undefined) return;
    await rm(file, { force: true });
    // What it has kept of the same conversation beside.
    await rm(file.replace(/\.jsonl$/, ''), { recursive: true, force: true });
  } catch {
    // The user's own directory is not ours to insist on.
  }
}

/** Below the directory of the project that it worked in, whose name is the CLI's affair. */
async function findRecording({ id, config }: RecordedConversation): Promise<string | undefined> {
  const projects = join(config, 'projects');
  for (const name of await readdir(projects).catch(() => [])) {
    const found = await readdir(join(projects, name)).catch((): string[] => []);
    if (found.includes(`${id}.jsonl`)) return join(projects, name, `${id}.jsonl`);
  }
  return undefined;
}

const pieceBytes = 1024 * 1024;

/** Copies a file of this user, no link, and gives the hash of what was copied. */
async function copyFile(from: string, to: string): Promise<string> {
  await using source = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW);
  await using target = await open(to, 'wx', 0o600);
  const hash = createHash('sha256');
  const piece = Buffer.alloc(pieceBytes);
  for (;;) {
    const { bytesRead } = await source.read(piece, 0, pieceBytes);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(piece.subarray(0, bytesRead));
    await target.writeFile(piece.subarray(0, bytesRead));
  }
}

function ignoreExisting(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}

function reasonOf(error: unknown): string {
  return errorMessage(error);
}
