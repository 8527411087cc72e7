import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { ArtifactOrder, ArtifactReport } from './artifact-order.ts';

/** Program and environment of the child that talks to GitHub's artifact service. */
export interface ArtifactChild {
  /** Path of the program: `artifact.ts` or its bundle. */
  readonly program: string;
  /** The step's environment; the program sees a few variables of it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Variables that the client of GitHub's artifact service reads; above all no input, no token of ours and no file of commands. */
const programVariables = [
  ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'GITHUB_SERVER_URL', 'GITHUB_RETENTION_DAYS', 'RUNNER_TEMP'],
  ...['RUNNER_TRACKING_ID', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy'],
  ...['all_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'SystemRoot'],
] as const;

/** Beside this bundle, since the library is loaded only where it is needed: it doubles the time to start. */
export function artifactProgram(): string {
  return join(import.meta.dirname, '..', 'artifact', 'index.js');
}

/** Has one order carried out by a child of its own; a failure without a message means that it was stopped. */
export async function orderArtifact(
  order: ArtifactOrder,
  { stop, ...child }: ArtifactChild & Pick<Conversation, 'stop'>,
): Promise<ArtifactReport> {
  using client = new ArtifactClient(child);
  return await client.order(order, stop);
}

/** Carries out orders one after the other in a child, which can be killed; disposing of it ends the child. */
export class ArtifactClient implements Disposable {
  readonly environment: ArtifactChild['environment'];
  readonly #program: string;
  #child: ChildProcess | undefined;

  constructor({ program, environment }: ArtifactChild) {
    this.environment = environment;
    this.#program = program;
  }

  /** A failure without a message means that it was stopped. After any failure the next order gets a new child. */
  async order(order: ArtifactOrder, stop: AbortSignal): Promise<ArtifactReport> {
    const { environment } = this;
    const child = this.#child?.connected ? this.#child : startChild(order, { program: this.#program, environment });
    this.#child = child;
    const report = await reportOf({ child, order, stop });
    if (report.kind === 'failed') this[Symbol.dispose]();
    return report;
  }

  [Symbol.dispose](): void {
    // After a stalled upload the client keeps its process alive forever. It has no children.
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }
}

function startChild(order: ArtifactOrder, { program, environment }: ArtifactChild): ChildProcess {
  return fork(program, {
    env: { ...variablesOf(environment), ...(order.kind !== 'upload' && usableProxies(environment)) },
    // Ours are not for the child: a debugger's port, for example, is taken.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function variablesOf(environment: ArtifactChild['environment']): Record<string, string> {
  return Object.fromEntries(
    programVariables.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** `fetch` uses the proxies only with NODE_USE_ENV_PROXY, and then Node does not even start with one that is no URL. */
function usableProxies(environment: ArtifactChild['environment']): Readonly<Record<string, string>> {
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map((name) => environment[name]);
  const isUsable = (proxy: string): boolean => /^https?:$/.test(URL.parse(proxy)?.protocol ?? '');
  return proxies.every((proxy) => !proxy || isUsable(proxy)) ? { NODE_USE_ENV_PROXY: '1' } : {};
}

interface Conversation {
  readonly child: ChildProcess;
  readonly order: ArtifactOrder;
  readonly stop: AbortSignal;
}

function reportOf({ child, order, stop }: Conversation): Promise<ArtifactReport> {
  let stderrTail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderrTail = (stderrTail + text).slice(-4096);
  });
  return new Promise((resolve) => {
    const fail = (message: string): void => resolve({ kind: 'failed', message });
    child.once('message', (report) => resolve(report as ArtifactReport));
    child.on('error', ({ message }) => fail(message));
    // Not `exit`: the end of its standard error may not have been read yet.
    child.once('close', (code, signal) =>
      fail(errorIn(stderrTail) ?? `the artifact process ended with ${signal ?? code}`),
    );
    // Without a message: the caller knows better why.
    if (stop.aborted) fail('');
    stop.addEventListener('abort', () => fail(''), { once: true });
    // If it cannot be sent, the child is gone, and the events above report that.
    child.send(order, () => undefined);
  });
}

/** The line with the error in what Node prints before it ends. */
function errorIn(output: string): string | undefined {
  return output.split('\n').find((line) => /^\w*Error\b/.test(line));
}

/** The first line, without the signatures of URLs: with one, anyone may write to the blob. */
export function oneSafeLine(message: string): string {
  return message.replace(/\n.*/s, '').replaceAll(/\?\S+/g, '?***');
}
