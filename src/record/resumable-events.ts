import { z } from 'zod';
import { eventLogSchemaVersion } from '../model/session-files.ts';
import { sessionIdPattern } from './session-id.ts';

// This reads the log of another session, which may have been written by anyone: every value has a shape and a limit. What a
// success does not need is ignored, so that a field that is added to the log costs no session.

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

const unsuccessful = z.object({
  status: z.enum(['failed', 'timed-out', 'cancelled', 'skipped']),
  processId: id,
  reason: z.exactOptional(word),
});

const planned = z.object({ processId: id, fingerprint: z.exactOptional(fingerprint) });
const group = z.object({ id: z.string().max(65), fingerprint: z.exactOptional(fingerprint) });

const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session-started'),
    sessionId,
    trust: z.object({ level: z.enum(['trusted', 'untrusted']) }),
    offline: z.boolean(),
    processes: z.array(planned),
    groups: z.exactOptional(z.array(group)),
  }),
  z.object({ type: z.literal('processes-added'), processes: z.array(planned), into: z.exactOptional(word) }),
  z.object({ type: z.literal('process-ended'), result: z.discriminatedUnion('status', [succeeded, unsuccessful]) }),
  z.object({ type: z.literal('session-ended') }),
]);

/** An event that a later session needs to know; `other` is what we do not know, or do not need, or what is not as it should be. */
export type ResumableEvent = (z.infer<typeof event> | { readonly type: 'other' }) & {
  /** The version that the line names: the first one of each run does. */
  readonly version?: unknown;
};

const other = { type: 'other' } as const;

/** Reads one line of a log; undefined when it is not whole. */
export function parseResumable(line: string): ResumableEvent | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed !== 'object' || parsed === null || !('type' in parsed)) return other;
    const version = 'schemaVersion' in parsed ? { version: parsed.schemaVersion } : {};
    // Looked at ahead of the schema, whose refusals take a hundred times as long.
    const isNeeded = typeof parsed.type === 'string' && needed.has(parsed.type);
    return { ...((isNeeded && event.safeParse(parsed).data) || other), ...version };
  } catch {
    return undefined;
  }
}

const needed: ReadonlySet<string> = new Set(['session-started', 'processes-added', 'process-ended', 'session-ended']);

/** Whether a line is of a version that we do not know. */
export function isForeign({ version = eventLogSchemaVersion }: ResumableEvent): boolean {
  return version !== eventLogSchemaVersion;
}
