import type { FailureCause, McpServerFault, ProcessResult, Reason } from '../model/result.ts';

/** Why a process ended without success, in a few words, for brackets after its ending. Empty where the ending says it. */
const causes: Readonly<Record<Reason, string>> = {
  'exit-code': 'exited with an error',
  signal: 'killed from outside',
  'spawn-error': 'could not be started',
  'no-result': 'no result',
  'empty-output': 'no answer',
  'blocked-by-hook': 'stopped by a hook',
  'claude-error': 'error of the service or the connection',
  'max-turns': 'turns used up',
  // Also where what is left does not cover the ceiling of the process.
  budget: 'not enough money',
  'rate-limited': 'rate limit',
  quota: 'limit of the account used up',
  overloaded: 'service overloaded',
  auth: 'key refused',
  'invalid-request': 'request refused',
  'prompt-too-long': 'prompt too long',
  'schema-invalid': 'answer does not fit the schema',
  denied: 'tool denied',
  'internal-error': 'error of Claude Ensemble',
  'invalid-items': 'no list to work on',
  timeout: '',
  'idle-timeout': 'silent for too long',
  cancelled: '',
  deadline: 'time of the session over',
  'earlier-failure': 'another one had failed',
  'earlier-success': 'another one had succeeded',
  needs: 'what it needs did not succeed',
  condition: 'condition did not hold',
  'max-items': 'list longer than allowed',
  'not-run': 'shard missing',
  'session-cancelled': 'session cancelled',
  'missing-credentials': 'no access to secrets',
  'dry-run': 'dry run',
};

/** Why a process ended without success, or why an attempt failed, in a few words: `service overloaded`. */
export function causeText(reason: Reason | undefined): string {
  return reason === undefined ? '' : causes[reason];
}

const finerCauses: Readonly<Record<FailureCause, string>> = {
  'safety-filter': 'safety filter',
  'answer-too-long': 'answer too long',
};

/** The ending of something without success. */
type Failure = Pick<ProcessResult, 'reason' | 'cause'>;

function causeOf({ reason, cause }: Failure): string {
  return cause === undefined ? causeText(reason) : finerCauses[cause];
}

/** Several causes in brackets, each once, to follow other text; empty where there are none. */
export function inBrackets(failures: readonly Failure[]): string {
  const words = [...new Set(failures.map(causeOf))].filter((text) => text !== '');
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

/** Cause of a session's early end. On GitHub people do not send signals, they cancel a job. */
export function interruptionText(signal: string | undefined): string {
  return `interrupted by ${signal}${signal === 'SIGINT' ? ' (Ctrl-C, or the job was cancelled)' : ''}`;
}

const missingServers = 'MCP servers that Claude could not use: ';

/** A warning of MCP servers, with what the CLI says of each. */
export function missingServersText(faults: readonly McpServerFault[]): string {
  return `${missingServers}${faults.map(({ name, status }) => `${name} (${status})`).join(', ')}`;
}

/** Whether a warning tells of MCP servers, which the results name with their processes. */
export function isOfMissingServers(warning: string): boolean {
  return warning.startsWith(missingServers);
}

/** A status as text for people. */
export function statusText(status: ProcessResult['status']): string {
  return status === 'timed-out' ? 'timed out' : status;
}

/** The end of a process in a few words: `failed (no answer)`. */
export function endingText(result: ProcessResult): string {
  const { status, resumedFrom } = result;
  if (resumedFrom !== undefined) return `${statusText(status)} (in session ${resumedFrom})`;
  return `${statusText(status)}${inBrackets([result])}`;
}
