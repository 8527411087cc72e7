import { severityWord } from '../../findings/finding-words.ts';
import type { SessionFindings } from '../../model/finding.ts';
import type { SessionPolicy } from '../../model/plan.ts';
import type { Reason } from '../../model/result.ts';
import { type Concern, concernsOf } from '../../reports/concerns.ts';
import type { SessionOutcome } from '../../session/run.ts';
import { isOfMissingServers } from '../../text/causes.ts';
import { someOf } from '../../text/format.ts';
import { oneLine } from '../../text/plain-text.ts';
import type { AnnotationKind, AnnotationSubject } from './runner-console.ts';

const longestText = 300;

/** A line on the page of the run. */
export interface Annotation extends AnnotationSubject {
  readonly kind: AnnotationKind;
  readonly message: string;
}

/** A finished session and the rules it was judged by. */
export interface AnnotationOptions {
  readonly outcome: Pick<SessionOutcome, 'conclusion' | 'results' | 'warnings' | 'findings' | 'answers'>;
  readonly onDenied: SessionPolicy['onDenied'];
  /** It is a part of a session: findings are told by the merge, and would stand on their lines twice. */
  readonly isShard?: boolean;
}

/**
 * What people must not overlook besides the verdict, one for each cause, failures first, at most nine: GitHub shows ten. A green
 * session is reported as well when it is not clean.
 */
export function annotationsOf({ outcome, onDenied, isShard = false }: AnnotationOptions): readonly Annotation[] {
  const { results, warnings, findings } = outcome;
  const concerns = concernsOf(results.filter(({ reason }) => !explained.has(reason)));
  const reported = concerns.filter(({ kind }) => kind !== 'denied' || onDenied === 'warn');
  const all = [
    ...reported.map((concern) => ({ ...messageOf(concern), kind: kindOf(concern, failureKind(outcome)) })),
    ...repeated(warnings.filter((warning) => !isOfMissingServers(warning))).map((message) => ({
      kind: 'warning' as const,
      message,
    })),
  ];
  const found = isShard ? [] : findingAnnotations(findings);
  if (all.length <= mostAnnotations) return [...all, ...found];
  const left = all.length - mostAnnotations + 1;
  return [
    ...all.slice(0, mostAnnotations - 1),
    { kind: 'warning', message: `${left} more: see the summary of the job.` },
    ...found,
  ];
}

/** With the verdict they are ten. */
const mostAnnotations = 9;

function kindOf({ kind, isContinuedOn }: Concern, ofFailure: AnnotationKind): AnnotationKind {
  if (isContinuedOn) return 'warning';
  return kind === 'denied' || kind === 'servers' || kind === 'no-findings' ? 'warning' : ofFailure;
}

/** For example, below the title `Docs: timed out after 20 min`, who it was, why, and what to do. */
function messageOf({ what, whole, next, names }: Concern): Pick<Annotation, 'title' | 'message'> {
  const [first = ''] = names;
  const subject = names.length === 1 ? first : `${names.length} processes`;
  const whose = names.length === 1 ? first : `${names.length} processes (${someOf(names)})`;
  return {
    title: `${subject}: ${what}`,
    message: `${whose}: ${whole.replace(/[.…]$/u, '')}. ${next.replaceAll('`', '')}`.trimEnd(),
  };
}

/** A finding that was refuted, or has no place in the checkout, is shown in the summary only. */
function findingAnnotations(found: SessionFindings | undefined): readonly Annotation[] {
  const open = (found?.findings ?? []).filter(({ refuted }) => !refuted);
  return open.flatMap(({ place, severity, summary, failure_scenario: scenario }): readonly Annotation[] => {
    if (place === undefined) return [];
    const { path: file, line } = place;
    const kind = severity === 'important' ? 'warning' : 'notice';
    const message = `${severityWord(severity)}: ${[summary, scenario].map((text) => oneLine(text, longestText)).join(' ')}`;
    return [{ kind, message, place: { file, ...(line !== undefined && { line }) } }];
  });
}

/** Within fail-on a failure is a warning; the losers of a won fallback are what it is for. */
function failureKind({ conclusion, answers }: AnnotationOptions['outcome']): AnnotationKind {
  if (conclusion !== 'success') return 'error';
  return answers.oneIsEnough ? 'notice' : 'warning';
}

/** Processes that an interrupt ended, or that were not to start, are in the verdict. */
const explained: ReadonlySet<Reason | undefined> = new Set([
  'cancelled',
  'session-cancelled',
  'dry-run',
  'missing-credentials',
]);

/** Each warning once, with the number of its occurrences. */
function repeated(warnings: readonly string[]): readonly string[] {
  return [...Map.groupBy(warnings, (warning) => warning)].map(([warning, { length }]) =>
    length === 1 ? warning : `${warning} (${length} times)`,
  );
}
