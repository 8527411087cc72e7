import { z } from 'zod';
import { sessionIdPattern } from './session-id.ts';

/** Untrusted text, redacted. Every other string has a pattern or is one of a list, so that no free text enters the log unmarked. */
export const freeText = z.string().meta({ freeText: true });
/** The id of a process, a batch (`=0`), an entry of several processes, or a list that is found at run time (`verify*`). */
export const nodeId = z.string().regex(/^=?[A-Za-z0-9][A-Za-z0-9._-]{0,63}\*?$/);
/** Names files, too. */
export const processId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
/** Names directories, too. */
export const sessionId = z.string().regex(sessionIdPattern);
/** ISO 8601, UTC. */
export const time = z
  .string()
  .regex(/^[\d-]{10,13}T[\d:.]{8,12}Z$/)
  .refine((text) => !Number.isNaN(Date.parse(text)));
