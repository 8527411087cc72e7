import type { Connection } from '../model/agent.ts';
import type { AttemptOutcome } from '../model/attempt.ts';
import type { AttemptRequest } from './process-run.ts';

/** Makes one attempt at one process: opens a slot, and gives it the task. Never rejects. */
export async function runInSlot(request: AttemptRequest, connection: Connection): Promise<AttemptOutcome> {
  const opened = await connection.open(request);
  return opened.kind === 'failed' ? opened.outcome : opened.slot.run(request, request);
}
