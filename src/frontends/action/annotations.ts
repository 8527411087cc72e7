import type { Pattern, SessionPolicy } from '../../model/plan.ts';
import type { ProcessResult } from '../../model/result.ts';
import type { SessionOutcome } from '../../session/run.ts';
import { isNotDone } from '../../session/verdict.ts';
import { counted, endingText, someOf } from '../../text/format.ts';
import { oneLine } from '../../text/plain-text.ts';
import type { AnnotationKind } from './runner-console.ts';

const longestText = 300;

/** A line on the page of the run. */
export interface Annotation {
  readonly kind: AnnotationKind;
  readonly message: string;
}

/** A finished session and the rules it was judged by. */
export interface AnnotationOptions {
  readonly outcome: Pick<SessionOutcome, 'conclusion' | 'results' | 'warnings'>;
  readonly pattern: Pattern;
  readonly onDenied: SessionPolicy['onDenied'];
}

/**
 * What people must not overlook besides the verdict, one line for each cause: GitHub shows ten of a kind. A green session
 * is told of as well when it is not clean.
 */
export function annotationsOf({ outcome, pattern, onDenied }: AnnotationOptions): readonly Annotation[] {
  const { conclusion, results, warnings } = outcome;
  return [
    ...failures(results).map((message) => ({ kind: failureKind(conclusion, pattern), message })),
    ...(onDenied === 'warn' ? deniedTools(results) : []).map(asWarning),
    ...repeated(warnings).map(asWarning),
  ];
}

/** Within fail-on a failure is a warning; the losers of a won fallback are what it is for. */
function failureKind(conclusion: SessionOutcome['conclusion'], pattern: Pattern): AnnotationKind {
  if (conclusion !== 'success') return 'error';
  return pattern === 'fallback' ? 'notice' : 'warning';
}

/** For example `3 failed (auth): a, b, c: Invalid API key`, what has run ahead of what was skipped. */
function failures(results: readonly ProcessResult[]): readonly string[] {
  // What an interrupt ended, or nobody wanted to start, is in the verdict.
  const explained: ReadonlySet<string | undefined> = new Set([
    'cancelled',
    'session-cancelled',
    'dry-run',
    'missing-credentials',
  ]);
  const notDone = results.filter((result) => isNotDone(result) && !explained.has(result.reason));
  const ranFirst = notDone.toSorted((one, other) => Number(one.attempts === 0) - Number(other.attempts === 0));
  return [...Map.groupBy(ranFirst, endingText)].map(([ending, group]) => {
    const messages = [...new Set(group.flatMap(({ message }) => message ?? []))].map(shortLine);
    const names = someOf(group.map(({ name }) => shortLine(name)));
    return `${group.length} ${ending}: ${names}${messages.length === 0 ? '' : `: ${someOf(messages, 3)}`}`;
  });
}

function deniedTools(results: readonly ProcessResult[]): readonly string[] {
  const denied = results.filter(({ permissionDenials }) => permissionDenials.length > 0);
  if (denied.length === 0) return [];
  const each = denied.map(
    ({ name, permissionDenials }) =>
      `${shortLine(name)} (${counted(permissionDenials.map(({ toolName }) => toolName))})`,
  );
  return [`Tools were denied: ${someOf(each)}. Allow them with allowed-tools, or set on-denied to "fail" or "ignore".`];
}

/** The same warning once, with how often it was given. */
function repeated(warnings: readonly string[]): readonly string[] {
  return [...Map.groupBy(warnings, (warning) => warning)].map(([warning, { length }]) =>
    length === 1 ? warning : `${warning} (${length} times)`,
  );
}

/** Enough to recognise a text by; the summary has more of it. */
function shortLine(text: string): string {
  return oneLine(text, longestText);
}

function asWarning(message: string): Annotation {
  return { kind: 'warning', message };
}
