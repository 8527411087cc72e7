import { Buffer } from 'node:buffer';
import { answerRole } from '../model/finding-schemas.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { Redactor } from '../model/redactor.ts';
import type { ProcessResult } from '../model/result.ts';
import type { EarlierSession } from '../record/earlier-session.ts';
import type { Success } from '../record/resumable-events.ts';

/** A success of an earlier session as a result of this one, where it took no attempt, no time and no money. */
export function takenResult(process: ProcessSpec, success: Success, from: TakenFrom): ProcessResult {
  const { sessionId, at } = from;
  const { id, name, claude, checkedFinding } = process;
  const taken = { exitCode: 0, duration: 0, attempts: 0, endedAt: at.toISOString() };
  return {
    resumedFrom: sessionId,
    ...success,
    ...taken,
    processId: id,
    name,
    ...answerRole(claude.jsonSchema, checkedFinding),
  };
}

/** Origin of a result that was taken over, and the time of that. */
export interface TakenFrom {
  readonly sessionId: string;
  readonly at: Date;
}

/** The whole output of a success, redacted once more: this session may know of other secrets. */
export async function* wholeOutput(
  earlier: EarlierSession,
  { processId, output }: Success,
  redactor: Redactor,
): AsyncGenerator<Uint8Array> {
  await using file = await earlier.openOutput(processId);
  const clean = redactor.stream();
  if (file === undefined) yield clean.push(Buffer.from(output));
  else for await (const bytes of file.createReadStream()) yield clean.push(bytes);
  yield clean.end();
}
