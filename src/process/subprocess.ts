import { execa } from 'execa';
import { errorCode } from '../model/errors.ts';

/** Executable, arguments and environment of a child. */
export interface SubprocessRequest {
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
}

/** A child of ours; it resolves at its end, and never rejects. */
export type Subprocess = ReturnType<typeof startSubprocess>;

const running = new Set<number>();

/** Process ids of our own running children: none of them was left behind by another child. */
export const runningChildren: ReadonlySet<number> = running;

/** Starts a child in a process group of its own, with pipes that we read ourselves. */
export function startSubprocess({ command: [file, ...args], environment, workingDirectory }: SubprocessRequest) {
  const subprocess = execa(file, args, {
    cwd: workingDirectory,
    env: environment,
    extendEnv: false,
    stdin: 'pipe',
    buffer: false,
    reject: false,
    encoding: 'buffer',
    killDescendants: true,
    cleanup: false,
    forceKillAfterDelay: false,
    windowsHide: true,
  });
  // A child that dies before it has read its prompt breaks the pipe; its exit code decides (docs/reliability.md, R9).
  subprocess.stdin?.on('error', () => undefined);
  const { pid, nodeChildProcess } = subprocess;
  if (pid !== undefined) running.add(pid);
  if (pid !== undefined) nodeChildProcess.once('exit', () => running.delete(pid));
  return subprocess;
}

/** Why a subprocess could not be started. */
export function spawnFault(result: { readonly cause?: unknown; readonly shortMessage?: string | undefined }): {
  code: string;
  message: string;
} {
  const { cause } = result;
  const code = errorCode(cause) ?? 'UNKNOWN';
  return { code, message: cause instanceof Error ? cause.message : (result.shortMessage ?? 'could not be started') };
}
