import { Buffer } from 'node:buffer';
import type { ProcessSpec, SessionPolicy } from '../core/plan.ts';
import type { Redactor } from '../core/redactor.ts';
import type { ProcessResult } from '../core/result.ts';
import type { EarlierSession } from './earlier-session.ts';
import { changedParts, type Fingerprint } from './fingerprint.ts';
import type { Success } from './journal.ts';

/** A session that is to go on from an earlier one. */
export interface Continuation {
  readonly earlier: EarlierSession;
  readonly policy: Pick<SessionPolicy, 'trust' | 'offline'>;
  /** Of every process of the new session, by its id. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
}

/** Why the results of the earlier session cannot be taken over, a line each. */
export function refusals({ earlier, policy, fingerprints }: Continuation): readonly string[] {
  const { sessionId, trust, offline, successes } = earlier;
  const lines: string[] = [];
  const refuse = (text: string, remedy: string): void => void lines.push(`resume-from: ${text}. ${remedy}.`);
  if (policy.trust.level === 'trusted' && trust === 'untrusted')
    refuse(`session ${sessionId} was untrusted, and a trusted one takes nothing from such`, runAll);
  if (policy.offline !== offline) {
    const which = offline ? 'was offline, and this one is not' : 'asked a model, and this one is offline';
    refuse(`session ${sessionId} ${which}: their answers are not mixed`, runAll);
  }
  for (const [id, now] of fingerprints) {
    const changed = changedParts(successes.get(id)?.fingerprint ?? now, now).map((part) => `its ${part}`);
    if (changed.length === 0) continue;
    const what = [changed.slice(0, -1).join(', '), ...changed.slice(-1)].filter(Boolean).join(' and ');
    refuse(`process "${id}" has changed since session ${sessionId}: ${what}`, `${runAll}, or restore it`);
  }
  return lines;
}

const runAll = 'Run without resume-from (with previous-attempt: start a new run)';

/** A success of an earlier session as a result of this one, where it took no attempt, no time and no money. */
export function takenResult({ id, name }: ProcessSpec, success: Success, from: TakenFrom): ProcessResult {
  const { sessionId, at } = from;
  const taken = { exitCode: 0, duration: 0, attempts: 0, endedAt: at.toISOString() };
  return { resumedFrom: sessionId, ...success, ...taken, processId: id, name };
}

/** Where a result comes from, and when it was taken. */
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
