import { processesOf } from '../model/graph.ts';
import type { ProcessResult } from '../model/result.ts';
import { systemClock } from '../process/system-clock.ts';
import { createRedactor } from '../redaction/redaction.ts';
import { endUnstarted } from '../scheduler/process-run.ts';
import type { RunRequest } from './run-request.ts';
import { sessionSecrets } from './session-secrets.ts';

/** The results of a run that is cancelled while others of its session go on; it writes them down when it is its turn. */
export async function cancelledResults(request: RunRequest): Promise<ProcessResult[]> {
  const { environment, settings } = request;
  const { values } = await sessionSecrets(request);
  const redactor = createRedactor({ values, environment });
  const tools = { clock: systemClock, emit: () => Promise.resolve(), redactor, offline: settings.policy.offline };
  return processesOf(settings.plan.graph).map((process) =>
    endUnstarted(process, { status: 'skipped', reason: 'session-cancelled' }, tools),
  );
}
