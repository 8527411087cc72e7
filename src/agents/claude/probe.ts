import { randomUUID } from 'node:crypto';
import { execa } from 'execa';
import { markerVariable, ProcessTree } from '../../process/process-tree.ts';
import { type Environment, plainEnvironment } from './environment.ts';
import { parseMessage } from './messages.ts';

/** Time limit of `--version`, in milliseconds: the CLI needs 20 ms, but a cold or remote disk has to read its 364 MB first. */
const defaultPatienceMs = 30_000;
/** A program that has printed something else by then is not waited for: it does its own work instead of answering. */
const otherAnswerMs = 2_000;

/** Answer of an executable to the question for its version. */
export interface Probe {
  /** As in `Executable`. */
  readonly speaks: 'claude' | 'stream-json' | 'unknown';
  readonly version?: string;
  /** Why it could not be started. */
  readonly spawnFault?: string;
  /** Cause of a missing answer, with the end of its error output; absent after exit 0. */
  readonly failure?: string;
  /** It gave no cause, neither in words nor by its slowness, as a program does that does not know `--version`. */
  readonly isQuiet?: true;
}

/** Limits of a probe. */
export interface ProbeOptions {
  /** Milliseconds; 30,000 when absent. */
  readonly limitMs?: number;
  /** Ends the waiting. */
  readonly interrupt?: AbortSignal | undefined;
  /** Called when its process has been started. */
  readonly onStart?: (() => void) | undefined;
}

/** Asks for `--version`, without input. Leaves nothing behind that it started. */
export async function probe(path: string, environment: Environment, options: ProbeOptions = {}): Promise<Probe> {
  const { limitMs = defaultPatienceMs, interrupt, onStart } = options;
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
  onStart?.();
  let heard = '';
  subprocess.stdout.on('data', (bytes) => {
    heard += bytes;
  });
  const end = (): void => {
    subprocess.kill('SIGKILL');
    // A descendant in a session of its own would hold them for as long as it lives.
    subprocess.stdout.destroy();
    subprocess.stderr.destroy();
  };
  let isLate = false;
  const timers = [
    setTimeout(() => {
      isLate = true;
      end();
    }, limitMs),
    setTimeout(() => isOtherAnswer(heard) && end(), otherAnswerMs),
  ];
  interrupt?.addEventListener('abort', end);
  if (interrupt?.aborted === true) end();
  const result = await subprocess;
  for (const timer of timers) clearTimeout(timer);
  interrupt?.removeEventListener('abort', end);
  await tree.killSurvivors();
  const { exitCode, signal } = result;
  const started = exitCode !== undefined || signal !== undefined || result.isMaxBuffer;
  if (!started) return { speaks: 'unknown', spawnFault: result.shortMessage ?? 'unknown cause' };
  const how = isLate ? `no answer after ${limitMs / 1000} s` : `it ended with ${signal ?? exitCode}`;
  const words = lastLines(String(result.stderr));
  return {
    ...readAnswer(String(result.stdout)),
    ...(exitCode !== 0 && { failure: [how, words].filter(Boolean).join(': ') }),
    ...(words === '' && !isLate && { isQuiet: true }),
  };
}

function isOtherAnswer(heard: string): boolean {
  return /\S[^\n]*\n/.test(heard) && !heard.includes(signature);
}

/** The end of an error output, as one line. */
function lastLines(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  return lines.filter(Boolean).slice(-3).join(' / ').slice(-500);
}

const signature = '(Claude Code)';

function readAnswer(answer: string): Probe {
  if (answer.includes(signature)) {
    const version = /\d+\.\d+\.\d+\S*/.exec(answer)?.[0];
    return { speaks: 'claude', ...(version !== undefined && { version }) };
  }
  const firstLine = answer.split('\n').find((line) => line.trim() !== '') ?? '';
  return { speaks: parseMessage(firstLine) === undefined ? 'unknown' : 'stream-json' };
}
