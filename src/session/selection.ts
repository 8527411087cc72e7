import type { Plan, ProcessSpec, SessionPolicy } from '../model/plan.ts';
import type { EarlierSession } from '../record/earlier-session.ts';
import type { Fingerprint, Success } from '../record/journal.ts';
import { chainedStages } from '../scheduler/schedule.ts';
import { changedParts } from './fingerprint.ts';

/** Reasons why nothing may be taken over from an earlier session, a line each. */
export function refusals(
  { sessionId, trust, offline }: Pick<EarlierSession, 'sessionId' | 'trust' | 'offline'>,
  policy: Pick<SessionPolicy, 'trust' | 'offline'>,
): readonly string[] {
  const lines: string[] = [];
  const refuse = (text: string): void => void lines.push(`resume-from: ${text}. ${runAll}.`);
  if (policy.trust.level === 'trusted' && trust === 'untrusted')
    refuse(`session ${sessionId} was untrusted, and a trusted one takes nothing from such`);
  if (policy.offline !== offline) {
    const which = offline ? 'was offline, and this one is not' : 'asked a model, and this one is offline';
    refuse(`session ${sessionId} ${which}: their answers are not mixed`);
  }
  return lines;
}

const runAll = 'Run without resume-from (with previous-attempt: start a new run)';

/** A session that is to go on from an earlier one. */
export interface Continuation {
  readonly earlier: Pick<EarlierSession, 'sessionId' | 'successes' | 'fingerprints'>;
  readonly plan: Plan;
  /** Of every process of the plan, by its id. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
}

/** The successes of an earlier session that still stand. */
export interface Selection {
  /** By the id of their process. */
  readonly successes: EarlierSession['successes'];
  /** For people: which processes succeeded there and run again all the same, and why. */
  readonly notices: readonly string[];
}

/**
 * Selects the successes that are taken over. A process that has changed runs again, and so does each whose answer rests on one
 * that runs again: it received its output, or it ran in a fallback because that one had failed.
 */
export function selectSuccesses({ earlier, plan, fingerprints }: Continuation): Selection {
  const successes = new Map<string, Success>();
  const again = new Map<string, string[]>();
  const changesOf = ({ id }: ProcessSpec) =>
    changedParts(earlier.fingerprints.get(id) ?? {}, fingerprints.get(id) ?? {});
  // In a fallback what failed does not run again while the one that won after it stands.
  const rerunsOthers = (process: ProcessSpec): boolean =>
    plan.pattern === 'fallback' ? changesOf(process).length > 0 : !successes.has(process.id);
  let rerun: string | undefined;
  for (const stage of chainedStages(plan)) {
    for (const process of stage) {
      const success = earlier.successes.get(process.id);
      if (success === undefined) continue;
      const reason = changeOf(changesOf(process), earlier.sessionId) ?? (rerun && dependence(plan, rerun));
      if (reason === undefined) successes.set(process.id, success);
      else again.set(reason, [...(again.get(reason) ?? []), process.id]);
    }
    rerun ??= stage.find(rerunsOthers)?.id;
  }
  return { successes, notices: [...again].map(([reason, ids]) => `resume-from: ${listed(ids)} again: ${reason}.`) };
}

function changeOf(parts: readonly string[], sessionId: string): string | undefined {
  if (parts.length === 0) return undefined;
  const named = parts.map((part) => `its ${part}`);
  const what = [named.slice(0, -1).join(', '), ...named.slice(-1)].filter(Boolean).join(' and ');
  return `changed since session ${sessionId} (${what})`;
}

function dependence({ pattern }: Plan, id: string): string {
  return pattern === 'fallback'
    ? `"${id}", which comes first, has changed`
    : `"${id}" runs, and its output is passed on`;
}

const mostShown = 10;

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, mostShown).map((id) => `"${id}"`);
  const more = ids.length > mostShown ? ` and ${ids.length - mostShown} more` : '';
  return `${shown.join(', ')}${more} ${ids.length === 1 ? 'runs' : 'run'}`;
}
