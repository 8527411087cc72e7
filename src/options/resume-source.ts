import { join, resolve } from 'node:path';
import type { Frontend } from '../model/option-row.ts';
import type { TrustDecision } from '../model/plan.ts';
import { sessionIdPattern } from '../record/session-id.ts';
import { consent } from './consent.ts';
import { isInReachOf } from './containment.ts';
import { type Diagnostic, diagnosticOf, quote } from './diagnostic.ts';
import type { ResumeSource } from './settings.ts';

/** A value of `resume-from`, and what it depends on. */
export interface ResumeSourceInput {
  /** Absent means that it was not given. */
  readonly value: string | undefined;
  readonly frontend: Frontend;
  /** Absolute; paths are relative to it. */
  readonly workspace: string;
  /** Absolute; the checkout that may be hostile. */
  readonly checkout: string;
  readonly logDirectory: string;
  readonly trust: TrustDecision;
}

/** Reads where an earlier session is; whoever wrote the checkout may not say what has succeeded in an untrusted session. */
export function readResumeSource(input: ResumeSourceInput): {
  readonly source?: ResumeSource;
  readonly faults: readonly Diagnostic[];
} {
  const { value, frontend, workspace, checkout, logDirectory, trust } = input;
  const refuse = (text: string) => ({ faults: [diagnosticOf('resume-from', { kind: 'range', text })] });
  if (value === undefined) return { faults: [] };
  const isPath = /[\\/]/.test(value);
  if (!isPath && frontend === 'action') {
    const source: ResumeSource =
      value === 'previous-attempt' ? { kind: 'previous-attempt' } : { kind: 'artifact', name: value };
    return { source, faults: [] };
  }
  if (!isPath && !sessionIdPattern.test(value)) {
    return refuse(
      `${quote(value)} is neither the directory of a session (write ./${shortened(value)} for one that lies here) nor the id of ` +
        'a session below log-dir. Artifacts and previous-attempt exist in the Action only.',
    );
  }
  const path = isPath ? resolve(workspace, value) : join(logDirectory, value);
  if (trust.level === 'untrusted' && isInReachOf(path, checkout))
    return refuse(`${quote(value)} lies in the checkout. ${consent(trust)}`);
  return { source: { kind: 'directory', path }, faults: [] };
}

function shortened(value: string): string {
  return quote(value).slice(1, -1);
}
