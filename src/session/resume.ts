import type { Executable } from '../agents/claude/executable.ts';
import type { Fingerprint } from '../model/event.ts';
import type { EachNode, Need, NodeId, Plan } from '../model/graph.ts';
import { processesOf } from '../model/graph.ts';
import type { ProcessSpec } from '../model/plan.ts';
import type { Redactor } from '../model/redactor.ts';
import type { Ending, ProcessResult, SkipReason } from '../model/result.ts';
import { filesOfProcess } from '../model/session-files.ts';
import type { FetchedSession, ResumeSource } from '../options/settings.ts';
import { type EarlierSession, readEarlierSession } from '../record/earlier-session.ts';
import type { Success } from '../record/resumable-events.ts';
import type { ProcessRunOptions } from '../scheduler/process-run.ts';
import { reportResult, skipped } from '../scheduler/process-run.ts';
import { fingerprintOf } from './fingerprint.ts';
import { passedInputs } from './passed-inputs.ts';
import { takenResult, wholeOutput } from './resume-import.ts';
import type { RunRequest } from './run-request.ts';
import { refusals, selectSuccesses } from './selection.ts';
import type { SessionRecorder } from './session-recorder.ts';

/** An earlier session with what is taken over from it. */
export interface ResumedSession extends EarlierSession {
  /** Its successes of processes that the plan does not know: those of items that were found at run time. */
  readonly added: SuccessesByContent;
  /** Lists found at run time whose items are given something by a process that runs again: none of them is taken over. */
  readonly anew: ReadonlySet<NodeId>;
}

/** Successes by their fingerprint, each taken once: an item may have another position in its list now. */
class SuccessesByContent {
  readonly #left = new Map<string, Success[]>();
  readonly #earlierIds = new Map<string, string>();

  constructor(successes: Iterable<readonly [id: string, success: Success]>, { fingerprints }: EarlierSession) {
    for (const [id, success] of successes) {
      const key = contentKey(fingerprints.get(id) ?? {});
      const others = this.#left.get(key);
      if (others === undefined) this.#left.set(key, [success]);
      else others.push(success);
    }
  }

  /** Takes a success for the process of this id. */
  take(id: string, fingerprint: Fingerprint): Success | undefined {
    const success = this.#left.get(contentKey(fingerprint))?.shift();
    if (success !== undefined) this.#earlierIds.set(id, success.processId);
    return success;
  }

  /** The id that a process had whose success was taken. */
  earlierIdOf(id: string): string | undefined {
    return this.#earlierIds.get(id);
  }

  /** The ids that those had whose successes were taken. */
  get taken(): Iterable<string> {
    return this.#earlierIds.values();
  }
}

function contentKey(fingerprint: Fingerprint): string {
  return JSON.stringify(Object.entries(fingerprint).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The earlier session, and what is reported about it before anything starts. */
export interface ResumePlan {
  /** Absent when there is nothing to go on from. */
  readonly earlier?: ResumedSession;
  readonly faults: readonly string[];
  readonly notices: readonly string[];
  /** Notices of level `warning`. */
  readonly warnings: readonly string[];
}

/** Every process runs. */
export const noResumePlan: ResumePlan = { faults: [], notices: [], warnings: [] };

/** Takes the fingerprints of a session's processes. */
export function fingerprinter(
  { settings }: RunRequest,
  { path, version }: Executable,
  redactor: Redactor,
): (process: ProcessSpec, needs: readonly Need[]) => Fingerprint {
  const { plan, policy, checkout } = settings;
  const common = {
    context: policy.context,
    denialsFail: policy.onDenied === 'fail',
    executable: version ?? path,
    checkout,
    redact: redactor.text,
  };
  return (process, needs) => fingerprintOf({ ...common, process, inputs: passedInputs(plan.graph, needs) });
}

/** The fingerprints of the processes of a plan by id, and those of lists found at run time, without their items, by node. */
export function fingerprintsOf(
  request: RunRequest,
  executable: Executable,
  redactor: Redactor,
): ReadonlyMap<string, Fingerprint> {
  const take = fingerprinter(request, executable, redactor);
  const { graph } = request.settings.plan;
  const fingerprints = new Map<string, Fingerprint>();
  for (const node of graph.nodes) {
    if (node.kind === 'task') fingerprints.set(node.id, take(node.process, node.needs));
    if (node.kind !== 'each') continue;
    const [list = ''] = passedInputs(graph, [{ of: node.id, passes: 'output' }]).needs;
    fingerprints.set(node.id, { ...take(node.template, node.needs), 'for-each': list });
  }
  return fingerprints;
}

/** Finds the session to go on from, or says why there is none, or why nothing may be taken from it. */
export async function findResumePlan(request: RunRequest, stop: AbortSignal): Promise<ResumePlan> {
  const { policy, resumeFrom } = request.settings;
  if (resumeFrom === undefined) return noResumePlan;
  const found = await findDirectory(resumeFrom, request, stop);
  if (found.kind === 'nothing') return { ...noResumePlan, notices: [`resume-from: ${found.message}`] };
  if (found.kind === 'refused') return { ...noResumePlan, faults: [`resume-from: ${found.message}`] };
  const earlier = found.kind === 'found' ? await readEarlierSession(found.directory) : { fault: found.message };
  if ('fault' in earlier) {
    // What an earlier attempt left cannot be changed. But a job that is cancelled here must leave no session
    // either: the next attempt would find that one, with nothing in it.
    if (resumeFrom.kind === 'previous-attempt' && request.interrupt?.aborted !== true)
      return { ...noResumePlan, warnings: [`resume-from: ${earlier.fault} Every process runs.`] };
    return { ...noResumePlan, faults: [`resume-from: ${earlier.fault}`] };
  }
  const warnings = earlier.hasEnded ? [] : [`resume-from: ${unendedText(earlier.sessionId)}`];
  return {
    ...noResumePlan,
    earlier: { ...earlier, added: new SuccessesByContent([], earlier), anew: new Set() },
    faults: refusals(earlier, policy),
    warnings,
  };
}

function unendedText(sessionId: string): string {
  return `session ${sessionId} has not ended: it was killed, or it still runs. What it left is recovered, not verified: a tool of the same user may have changed it.`;
}

/** The same without the successes that no longer stand, and with a notice of what is taken and what runs again. */
export function withoutChanged(
  { settings: { plan }, joining, earlierRuns }: RunRequest,
  resumePlan: ResumePlan,
  fingerprints: ReadonlyMap<string, Fingerprint>,
): ResumePlan {
  const { earlier, notices } = resumePlan;
  if (earlier === undefined) return resumePlan;
  const selection = selectSuccesses({ earlier, plan, fingerprints });
  const { successes, anew } = selection;
  const planned = new Set(processesOf(plan.graph).map(({ id }) => id));
  const notPlanned = [...earlier.successes].filter(([id]) => !planned.has(id) && earlierRuns?.taken.has(id) !== true);
  const added = new SuccessesByContent(notPlanned, earlier);
  const which = joining === undefined ? `${successes.size} of ${planned.size} results` : 'results of the same calls';
  const taken = `resume-from: ${which} are taken from session ${earlier.sessionId}.`;
  return {
    ...resumePlan,
    earlier: { ...earlier, successes, added, anew },
    notices: [...notices, taken, ...selection.notices],
  };
}

/** The ids, in the earlier session, of all that this one has taken over in its runs so far: no later run takes it as another one's. */
export function takenAfter(
  before: RunRequest['earlierRuns'],
  earlier: ResumedSession | undefined,
): ReadonlySet<string> {
  return new Set([...(before?.taken ?? []), ...(earlier?.successes.keys() ?? []), ...(earlier?.added.taken ?? [])]);
}

function findDirectory(source: ResumeSource, { fetchSession }: RunRequest, stop: AbortSignal): Promise<FetchedSession> {
  if (source.kind === 'directory') return Promise.resolve({ kind: 'found', directory: source.path });
  if (fetchSession === undefined) throw new Error('Internal error: this frontend has no artifacts to resume from.');
  return fetchSession(source, stop);
}

/** Parts of a session that import earlier results. */
export type ImportTools = Pick<ProcessRunOptions, 'emit' | 'clock'> & {
  readonly logs: SessionRecorder;
  readonly redactor: Redactor;
};

/** Takes over every success, its files included. To be done ahead of all else: nothing that comes later can then lose one. */
export async function importResults(
  earlier: EarlierSession,
  { graph }: Plan,
  tools: ImportTools,
): Promise<ReadonlyMap<string, ProcessResult>> {
  const taken = new Map<string, ProcessResult>();
  for (const process of processesOf(graph)) {
    const success = earlier.successes.get(process.id);
    if (success !== undefined) taken.set(process.id, await importResult(process, success, { ...tools, earlier }));
  }
  return taken;
}

/** Takes over one success with its output. */
async function importResult(
  process: ProcessSpec,
  success: Success,
  { earlier, emit, logs, redactor, clock }: ImportTools & { readonly earlier: EarlierSession },
): Promise<ProcessResult> {
  const { output: name } = filesOfProcess(process.id);
  await logs
    .writeFile({ name, processId: process.id }, wholeOutput(earlier, success, redactor))
    .catch((error: unknown) => {
      const message = `The output that was taken over is not whole in ${name}: ${error}`;
      void emit({ type: 'notice', level: 'warning', message, processId: process.id });
    });
  const result = takenResult(process, success, { sessionId: earlier.sessionId, at: clock.date() });
  return reportResult(result, { emit, redactor });
}

/** Takes over the successes of processes that joined at run time, there and here: they are matched by their content. */
export async function importAdded(
  earlier: ResumedSession,
  processes: readonly ProcessSpec[],
  tools: ImportTools & {
    readonly list: EachNode | undefined;
    readonly fingerprintOf: (process: ProcessSpec) => Fingerprint;
  },
): Promise<ReadonlyMap<string, ProcessResult>> {
  const taken = new Map<string, ProcessResult>();
  if (tools.list !== undefined && earlier.anew.has(tools.list.id)) return taken;
  for (const process of processes) {
    const then = asEarlier(process, earlier);
    const found = then && earlier.added.take(process.id, tools.fingerprintOf(then));
    if (found !== undefined) taken.set(process.id, await importResult(process, found, { ...tools, earlier }));
  }
  return taken;
}

/** A process as it was in the earlier session; undefined when it continues a conversation that is had again, which is another one. */
function asEarlier(process: ProcessSpec, { successes, added }: ResumedSession): ProcessSpec | undefined {
  const { conversationFrom: original } = process;
  if (original === undefined || successes.has(original)) return process;
  const earlierId = added.earlierIdOf(original);
  return earlierId === undefined ? undefined : { ...process, conversationFrom: earlierId };
}

/** The ending of a process in a session that starts nothing. In a dry run its message says what an earlier session would give. */
export function notRunEnding(
  { id }: ProcessSpec,
  reason: SkipReason,
  earlier: EarlierSession | undefined,
): Ending & { readonly message?: string } {
  const isTaken = reason === 'dry-run' && earlier?.successes.has(id) === true;
  return { ...skipped(reason), ...(isTaken && { message: `it would be taken from session ${earlier.sessionId}` }) };
}
