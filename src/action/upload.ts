import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { ArtifactOrder, ArtifactReport } from './artifact.ts';
import { type ArtifactOwner, artifactNameFor } from './artifact-name.ts';

/** What to upload, and how. */
export interface UploadRequest {
  readonly owner: ArtifactOwner;
  /** Absolute paths of the files that we made; links and what cannot be opened are left out. */
  readonly files: readonly string[];
  /** Absolute; the paths in the artifact are relative to it. */
  readonly rootDirectory: string;
  /** Absent means the repository's. */
  readonly retentionDays?: number;
  /** Path of the program that talks to GitHub: `artifact.ts` or its bundle. */
  readonly program: string;
  /** The step's environment; the program sees a few variables of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for everything; 60,000 when absent (promise R11). */
  readonly deadlineMs?: number;
  /** Ends the upload early, when the job is cancelled. */
  readonly cancel?: AbortSignal;
}

/** How an upload ended. A failure is for a warning; it never changes a verdict. */
export type UploadOutcome =
  | {
      readonly kind: 'uploaded';
      readonly id: number;
      readonly name: string;
      /** Of the page that downloads it. */
      readonly url: string;
      /** SHA-256 in hex. */
      readonly digest: string;
      /** Bytes of the archive. */
      readonly size: number;
    }
  | { readonly kind: 'failed'; readonly message: string };

/** What the client of GitHub's artifact service reads; above all no input, no token of ours and no file of commands. */
const programVariables = [
  ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'GITHUB_SERVER_URL', 'GITHUB_RETENTION_DAYS', 'RUNNER_TEMP'],
  ...['RUNNER_TRACKING_ID', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy'],
  ...['all_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'SystemRoot'],
] as const;

const defaultDeadlineMs = 60_000;

/** Uploads files as one artifact, within the deadline whatever the service does; never throws for what it did. */
export async function uploadArtifact(request: UploadRequest): Promise<UploadOutcome> {
  const { deadlineMs = defaultDeadlineMs, cancel, rootDirectory } = request;
  const deadline = AbortSignal.timeout(deadlineMs);
  const stop = cancel ? AbortSignal.any([deadline, cancel]) : deadline;
  const first = await attempt(request, stop);
  if (first.kind === 'uploaded') return first;
  // A try that failed half-way has burned its name, and a name that is taken stays so: a fresh one mends both.
  const second = stop.aborted ? first : await attempt(request, stop);
  if (second.kind === 'uploaded') return second;
  const late = `it was not done after ${deadlineMs / 1000} s. GitHub's artifact service may be down, see githubstatus.com`;
  const cause = oneSafeLine(first.message) || (deadline.aborted ? late : 'the job was cancelled');
  return {
    kind: 'failed',
    message: `The logs were not uploaded: ${cause}. On the runner they are in ${rootDirectory}.`,
  };
}

async function attempt(request: UploadRequest, stop: AbortSignal): Promise<UploadOutcome> {
  const { owner, files, rootDirectory, retentionDays, environment } = request;
  const name = artifactNameFor(owner, randomUUID().slice(0, 8));
  const order = { name, files, rootDirectory, ...(retentionDays === undefined ? {} : { retentionDays }) };
  const report = await runProgram({ request, order, stop });
  if (report.kind === 'failed') return report;
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = environment;
  const url = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/artifacts/${report.id}`;
  return { ...report, name, url };
}

interface ProgramRun {
  readonly request: UploadRequest;
  readonly order: ArtifactOrder;
  readonly stop: AbortSignal;
}

async function runProgram({ request, order, stop }: ProgramRun): Promise<ArtifactReport> {
  const variables = programVariables.map((name) => [name, request.environment[name]] as const);
  const child = fork(request.program, {
    env: Object.fromEntries(variables.filter(([, value]) => value !== undefined)),
    // Ours are not for the child: a debugger's port, for example, is taken.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  try {
    return await reportOf({ child, order, stop });
  } finally {
    // After a stalled upload the client keeps its process alive for ever. It has no children.
    child.kill('SIGKILL');
  }
}

interface Conversation {
  readonly child: ChildProcess;
  readonly order: ArtifactOrder;
  readonly stop: AbortSignal;
}

function reportOf({ child, order, stop }: Conversation): Promise<ArtifactReport> {
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-4096);
  });
  return new Promise((resolve) => {
    const fail = (message: string): void => resolve({ kind: 'failed', message });
    child.once('message', (report) => resolve(report as ArtifactReport));
    child.on('error', ({ message }) => fail(message));
    // Not `exit`: its last words may still be on the way.
    child.once('close', (code, signal) =>
      fail(errorIn(lastWords) ?? `the uploading process ended with ${signal ?? code}`),
    );
    // Without a message: the caller knows better why.
    if (stop.aborted) fail('');
    stop.addEventListener('abort', () => fail(''), { once: true });
    // If it cannot be sent, the child is gone, and the other events tell more.
    child.send(order, () => undefined);
  });
}

/** The line with the error in what Node prints before it ends. */
function errorIn(output: string): string | undefined {
  return output.split('\n').find((line) => /^\w*Error\b/.test(line));
}

/** The first line, without the signatures of URLs: with one, anyone may write to the blob. */
function oneSafeLine(message: string): string {
  return message.replace(/\n.*/s, '').replaceAll(/\?\S+/g, '?***');
}
