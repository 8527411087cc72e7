import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import { type Environment, plainEnvironment } from './environment.ts';
import { parseMessage } from './messages.ts';
import { markerVariable, ProcessTree } from './process-tree.ts';

/** How long `--version` may take (contract, plain programs); the CLI needs 20 ms. */
const probeLimitMs = 2_000;

/** What an executable answered when it was asked for its version. */
export interface Probe {
  /** As in `Executable`. */
  readonly speaks: 'claude' | 'stream-json' | 'unknown';
  readonly version?: string;
  /** Why it could not be started. */
  readonly spawnFault?: string;
}

/** How long to wait for the answer, and for whom. */
export interface ProbeOptions {
  /** Milliseconds; 2,000 when absent. */
  readonly limitMs?: number;
  /** Ends the waiting. */
  readonly interrupt?: AbortSignal;
}

/** Asks for `--version`, without input; whatever takes longer or fails is no Claude CLI. Leaves nothing behind that it started. */
export async function probe(path: string, environment: Environment, options: ProbeOptions = {}): Promise<Probe> {
  const { limitMs = probeLimitMs, interrupt } = options;
  const marker = randomUUID();
  const subprocess = execa(path, ['--version'], {
    stdin: 'ignore',
    reject: false,
    killDescendants: true,
    maxBuffer: 64 * 1024,
    // It may be a program of the checkout: it sees what any program of ours may see, and no secret.
    env: { ...plainEnvironment(environment), DISABLE_AUTOUPDATER: '1', [markerVariable]: marker },
    extendEnv: false,
  });
  const tree = new ProcessTree({ marker }, subprocess.pid);
  const end = (): void => {
    subprocess.kill('SIGKILL');
    // A descendant in a session of its own would hold them for as long as it lives.
    subprocess.stdout.destroy();
    subprocess.stderr.destroy();
  };
  const timer = setTimeout(end, limitMs);
  interrupt?.addEventListener('abort', end);
  if (interrupt?.aborted === true) end();
  const result = await subprocess;
  clearTimeout(timer);
  interrupt?.removeEventListener('abort', end);
  await tree.killSurvivors();
  const started = result.exitCode !== undefined || result.signal !== undefined || result.isMaxBuffer;
  if (!started) return { speaks: 'unknown', spawnFault: result.shortMessage ?? 'unknown cause' };
  return readAnswer(String(result.stdout));
}

function readAnswer(answer: string): Probe {
  if (answer.includes('(Claude Code)')) {
    const version = /\d+\.\d+\.\d+\S*/.exec(answer)?.[0];
    return { speaks: 'claude', ...(version !== undefined && { version }) };
  }
  const firstLine = answer.split('\n').find((line) => line.trim() !== '') ?? '';
  return { speaks: parseMessage(firstLine) === undefined ? 'unknown' : 'stream-json' };
}
