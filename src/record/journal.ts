import { z } from 'zod';
import type { EnsembleEvent, Sink } from '../model/event.ts';
import { sessionFiles } from '../model/session-files.ts';
import { sessionIdPattern } from './session-id.ts';

/** Hashes of everything that the result of a process depends on, by name; a part that was not given is absent. */
export type Fingerprint = Readonly<Record<string, string>>;

/** Raised when a reader of the journal would have to know of a change. */
export const journalSchemaVersion = 1;

/** A file that only grows. */
export interface Appendable {
  /** Resolves when the text is written. */
  append(text: string): Promise<void>;
}

/**
 * `session.jsonl`: what another session needs to go on from this one. One JSON object a line: the session, each process with
 * its fingerprint, and each result in full as it comes, so that it is there whenever we are killed.
 */
export function journal(file: Appendable, fingerprints: ReadonlyMap<string, Fingerprint>): Sink {
  return {
    name: sessionFiles.journal,
    handle(event) {
      const records = recordsOf(event, fingerprints);
      if (records.length === 0) return undefined;
      const head = { schemaVersion: journalSchemaVersion, at: event.at };
      return file.append(records.map((record) => `${JSON.stringify({ ...head, ...record })}\n`).join(''));
    },
  };
}

function recordsOf(event: EnsembleEvent, fingerprints: ReadonlyMap<string, Fingerprint>): readonly object[] {
  if (event.type === 'process-ended') return [{ type: 'result', result: event.result }];
  if (event.type !== 'session-started') return [];
  const { sessionId, pattern, trust, offline, executable } = event;
  const processes = event.processes.map(({ processId }) => ({
    type: 'process',
    processId,
    fingerprint: fingerprints.get(processId),
  }));
  return [{ type: 'session', sessionId, pattern, trust: trust.level, offline, executable }, ...processes];
}

// What follows reads the journal of another session, which may have been written by anyone: every value has a shape and a limit.

const id = z.string().max(64);
const text = z.string().max(1024 * 1024);
const word = z.string().max(1024);
/** These are shown to people as they stand, so nothing but what we write ourselves may pass. */
const sessionId = z.string().regex(sessionIdPattern);
const fingerprint = z.record(z.string().regex(/^[a-z-]{1,40}$/), z.string().regex(/^[0-9a-f]{64}$/));

const succeeded = z.object({
  status: z.literal('succeeded'),
  processId: id,
  output: text,
  stderr: text,
  conversationId: z.exactOptional(word),
  model: z.exactOptional(word),
  numTurns: z.exactOptional(z.number()),
  permissionDenials: z.array(z.object({ toolName: word, toolUseId: word })).max(100_000),
  structuredOutput: z.exactOptional(z.unknown()),
  killedAfterResult: z.exactOptional(z.literal(true)),
  outputTruncated: z.exactOptional(z.literal(true)),
  offline: z.exactOptional(z.literal(true)),
  resumedFrom: z.exactOptional(sessionId),
});

/** A success, as far as another session takes it over. */
export type Success = z.infer<typeof succeeded>;

const unsuccessful = z.object({ status: z.enum(['failed', 'timed-out', 'cancelled', 'skipped']), processId: id });

const record = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session'),
    sessionId,
    trust: z.enum(['trusted', 'untrusted']),
    offline: z.boolean(),
  }),
  z.object({ type: z.literal('process'), processId: id, fingerprint }),
  z.object({ type: z.literal('result'), result: z.discriminatedUnion('status', [succeeded, unsuccessful]) }),
]);

/** One line of a journal; `other` is what we do not know, or do not need, or what is not as it should be. */
export type JournalRecord = z.infer<typeof record> | { readonly type: 'other' };

/** Reads one line of a journal; undefined when it is not whole. */
export function parseRecord(line: string): JournalRecord | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return isOurs(parsed) ? (record.safeParse(parsed).data ?? { type: 'other' }) : { type: 'other' };
  } catch {
    return undefined;
  }
}

/** Looked at ahead of the schema, whose refusals take a hundred times as long. */
function isOurs(parsed: unknown): boolean {
  return (
    typeof parsed === 'object' &&
    parsed !== null &&
    'schemaVersion' in parsed &&
    parsed.schemaVersion === journalSchemaVersion
  );
}
