import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { execaSync } from 'execa';

/** The machine, not the process, is at fault: it may be able to start the child in a moment (docs/reliability.md, R17). */
export const resourceErrors: ReadonlySet<string> = new Set(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM']);

/** Sends SIGTERM to the child when we die: the CLI would go on after a SIGKILL of ours. Not every setpriv knows how. */
const deathSignal = ['/usr/bin/setpriv', '--pdeathsig', 'TERM', '--'] as const;

/** Width of the range that limit marks are drawn from. A nested session draws from below the mark of the outer one. */
const markRange = 2 ** 47;

/**
 * Marks a child and all that it starts by an unusual value of a resource limit, in microseconds: RLIMIT_RTTIME, which means
 * something to processes of a real-time class only, and to them after 142 years (setrlimit(2)). Everything inherits it,
 * whatever it does to its environment, its name, its session or its parent; and every user may read it in
 * /proc/<pid>/limits, also of a process that is not dumpable.
 */
const limitCommand = (mark: number): readonly string[] => ['/usr/bin/prlimit', `--rttime=${mark}:${mark}`, '--'];

const usable = { deathSignal: undefined as boolean | undefined, limits: undefined as boolean | undefined };

/** A new mark, or undefined where no child can be marked: not on Linux, no `prlimit`, or a limit that is in use already. */
export function newLimitMark(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const highest = Math.min(ownLimit(), Number.MAX_SAFE_INTEGER);
  if (highest <= markRange) return undefined;
  const mark = highest - 1 - randomInt(markRange);
  usable.limits ??= works(limitCommand(mark));
  return usable.limits === true ? mark : undefined;
}

/** Words that precede the executable in a child's command line. */
export function launcher(mark: number | undefined): readonly string[] {
  if (process.platform !== 'linux') return [];
  usable.deathSignal ??= works(deathSignal);
  return [...(usable.deathSignal === true ? deathSignal : []), ...(mark === undefined ? [] : limitCommand(mark))];
}

/** Whether the limits of a process, as /proc lists them, carry the mark. */
export function hasLimitMark(limits: string, mark: number): boolean {
  return limits.includes(` ${mark} `);
}

/** The limit that we have ourselves; infinite when there is none. */
function ownLimit(): number {
  try {
    const [, limit] = /^Max realtime timeout +\S+ +(\d+) /m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
  } catch {
    return 0;
  }
}

/** Undefined when the machine is too short of a resource to find out. */
function works([file = '', ...args]: readonly string[]): boolean | undefined {
  const { exitCode, code = '' } = execaSync(file, [...args, 'true'], { reject: false });
  return resourceErrors.has(code) ? undefined : exitCode === 0;
}
