import { readdirSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import process from 'node:process';
import { errorCode } from '../model/errors.ts';
import { hasLimitMark } from './launcher.ts';
import { freshReader, type ProcReader, sharedSnapshot } from './proc-reader.ts';
import { runningChildren } from './subprocess.ts';

/** The environment variable by which a child and all that it starts are found again. */
export const markerVariable = 'CLAUDE_ENSEMBLE_MARKER';

const isLinux = process.platform === 'linux';

/** Rounds of scanning and killing: a fork bomb must not hold the session forever. */
const sweepRounds = 50;

/**
 * Scans in a row that find nothing to kill but something unclear. What is unclear for longer is nothing of ours, or is faster
 * than we are: on a busy machine ten scans missed a daemon that forks every millisecond.
 */
const mostUnclearScans = 30;

/** After this many scans, new processes are also watched as they appear; before that, the next scan is often clear. */
const scansBeforeChase = 2;

/** Time for which new processes are watched after an ambiguous scan, in milliseconds. It blocks the program. */
const chaseMs = 10;

/** New processes that are scanned in one step of that watch. */
const mostAtOnce = 64;

/**
 * Process numbers count up, to 32,767 at the least, and then begin anew (proc(5), pid_max). A child that lived for no longer
 * than this did not see them come round to its own number again.
 */
const shortLifeSeconds = 5;

/** The unit of field 22 of /proc/<pid>/stat: Linux shows hundredths of a second, whatever the kernel counts in (USER_HZ). */
const ticksPerSecond = 100;

/** PF_KTHREAD, a bit of field 9 of /proc/<pid>/stat (include/linux/sched.h). */
const isKernelThread = 0x200000;

/** The signs that a child was started with, and that everything it starts inherits. */
export interface ProcessMarks {
  /** Value of the marker variable in the environment. Lost by programs that clear it, or that write their title over it. */
  readonly marker: string;
  /** Value of a resource limit; see `newLimitMark`. */
  readonly limitMark?: number;
}

const bootedAt = uptime() - performance.now() / 1000;

/** Without reading /proc. It stands still while the machine is suspended: some that are older than a child then count as younger. */
function secondsSinceBoot(): number {
  return bootedAt + performance.now() / 1000;
}

/** Whether a process is of the tree. One that has ended may have started another; unclear is one that `exec` is just replacing. */
type Sight = 'ours' | 'foreign' | 'ended' | 'unclear';

/**
 * The processes that a child has left behind or may leave behind. Claude's tools run in sessions and groups of their own,
 * which a group kill misses. They are known by the marks of the child, by having been seen as its descendants, and by
 * being of one group with such a process.
 */
export class ProcessTree {
  readonly #marks: ProcessMarks;
  /** When each of them began, so that none is mistaken for a later one of the same number. */
  readonly #seen = new Map<number, string>();
  readonly #bornSeconds = secondsSinceBoot();
  readonly #child: number | undefined;

  readonly #killed = new Set<number>();

  /** `child` is the process that the tree grows from, if it is known. */
  constructor(marks: ProcessMarks, child?: number) {
    this.#marks = marks;
    this.#child = child;
  }

  /** In ticks since the boot; nothing that the child started began earlier. */
  get #born(): number {
    return (this.#bornSeconds - 1) * ticksPerSecond;
  }

  /** Number of survivors that were killed so far. */
  get killed(): number {
    return this.#killed.size;
  }

  /** Remembers the present descendants of the child, so that they are found even where they lost its marks. */
  noteDescendants(pid: number): void {
    if (!isLinux) return;
    for (const child of childrenOf(pid)) this.#remember(child);
    for (const [known, startTime] of [...this.#seen]) {
      // The process id may belong to another process by now.
      if (startTimeOf(known) !== startTime) this.#seen.delete(known);
      else for (const child of childrenOf(known)) this.#remember(child);
    }
  }

  #remember(pid: number): void {
    const startTime = startTimeOf(pid);
    if (startTime !== undefined) this.#seen.set(pid, startTime);
  }

  /** Kills every survivor with SIGKILL. Linux only; elsewhere the group kill is all there is. */
  async killSurvivors(): Promise<void> {
    if (!isLinux) return;
    let known: ReadonlySet<number> = new Set();
    for (let round = 0, unclearScans = 0; round < sweepRounds && unclearScans < mostUnclearScans; round += 1) {
      const scan = this.#sweep(round === 0 ? await sharedSnapshot() : freshReader, known);
      if (!scan.killed && scan.isClear) return;
      known = scan.known;
      unclearScans = scan.killed ? 0 : unclearScans + 1;
      if (unclearScans > 0 && unclearScans < scansBeforeChase) continue;
      const caught = this.#chase() || scan.killed;
      if (caught) unclearScans = 0;
      await new Promise((resolve) => setTimeout(resolve, caught ? 10 : 3));
    }
  }

  /**
   * Each is killed when it is seen, the newest first: one that forks and ends all the time is gone in a moment. What is known
   * by the scan before is not read again: no process becomes one of ours, and none that has ended starts another.
   */
  #sweep(reader: ProcReader, known: ReadonlySet<number>): Scan {
    let killed = false;
    let isClear = true;
    const nowKnown = new Set<number>();
    for (const [pid, startTime] of this.#seen) if (startTimeOf(pid) === startTime) killed = this.#end(pid) || killed;
    for (const pid of this.#candidates(reader)) {
      const sight = known.has(pid) ? 'foreign' : this.#sightOf(pid, reader);
      if (sight === 'ours') killed = this.#end(pid) || killed;
      if (sight === 'foreign' || sight === 'ended') nowKnown.add(pid);
      if (sight === 'ended' || sight === 'unclear') isClear = false;
    }
    return { killed, isClear, known: nowKnown };
  }

  /** Kills new processes of ours by their numbers, as these are given: what forks faster than a list is read is caught. */
  #chase(): boolean {
    const until = performance.now() + chaseMs;
    let killed = false;
    for (let known = freshReader.lastNumber(); performance.now() < until; ) {
      const newest = freshReader.lastNumber();
      for (let pid = Math.max(known, newest - mostAtOnce); pid <= newest; pid += 1) {
        if (pid !== process.pid && this.#sightOf(pid, freshReader) === 'ours') killed = this.#end(pid) || killed;
      }
      known = newest;
    }
    return killed;
  }

  /** Processes that may be ours. All that a short-lived child started have higher numbers than it, unless these began anew. */
  #candidates(reader: ProcReader): readonly number[] {
    const child = this.#child;
    const isOld = child === undefined || secondsSinceBoot() - this.#bornSeconds > shortLifeSeconds;
    const oldest = isOld || reader.lastNumber() < child ? 0 : child;
    const isOther = (pid: number): boolean => pid === process.pid || (pid !== child && runningChildren.has(pid));
    return reader.processes().filter((pid) => pid > oldest && !isOther(pid));
  }

  #sightOf(pid: number, reader: ProcReader): Sight {
    const { marker, limitMark } = this.#marks;
    try {
      if (limitMark !== undefined && hasLimitMark(reader.limits(pid), limitMark))
        return statOf(pid) === undefined ? this.#sightOfEnded(pid) : 'ours';
    } catch (error) {
      return sightAfter(error, pid);
    }
    try {
      const environment = reader.environment(pid);
      const isMarked = `${environment}\0`.includes(`${markerVariable}=${marker}\0`);
      if (environment.length > 0 && !isMarked) return 'foreign';
      const stat = statOf(pid);
      if (stat === undefined) return this.#sightOfEnded(pid);
      return isMarked ? 'ours' : sightWithoutEnvironment(stat, this.#born);
    } catch (error) {
      return sightAfter(error, pid);
    }
  }

  /** One that began before the child has started nothing of ours. */
  #sightOfEnded(pid: number): Sight {
    const startTime = zombieStartTimeOf(pid);
    return startTime !== undefined && Number(startTime) < this.#born ? 'foreign' : 'ended';
  }

  /** Kills a process of the tree with all of its group, which lies in a session that the child or its descendants made. */
  #end(pid: number): boolean {
    const group = Number(statOf(pid)?.[2] ?? 0);
    const killed = signalProcess(pid, 'SIGKILL');
    if (group > 1 && group !== ownGroup()) signalProcess(-group, 'SIGKILL');
    if (killed) this.#killed.add(pid);
    return killed;
  }
}

/** Result of one scan of all processes. */
interface Scan {
  readonly killed: boolean;
  /** Nothing that was scanned has ended or was just being replaced: what it may have started is not in the list. */
  readonly isClear: boolean;
  /** Processes that need not be scanned again. */
  readonly known: ReadonlySet<number>;
}

function ownGroup(): number {
  return Number(statOf(process.pid)?.[2]);
}

/** Sends a signal to a process or, when negative, to a group; false when there is none. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function childrenOf(pid: number): number[] {
  const found: number[] = [];
  for (const thread of listed(`/proc/${pid}/task`)) {
    const children = contents(`/proc/${pid}/task/${thread}/children`);
    for (const child of children?.split(' ') ?? []) if (child !== '') found.push(Number(child));
  }
  return found;
}

/** When a process began, in ticks since the boot. Undefined for one that is gone or a zombie, and where there is no /proc. */
export function startTimeOf(pid: number): string | undefined {
  return statOf(pid)?.[19];
}

/** The processor time of a process that sleeps, in ticks; undefined for one that does not, and where there is no /proc. */
export function busyTicksOf(pid: number): number | undefined {
  const fields = statOf(pid);
  return fields?.[0] === 'S' ? Number(fields[11]) + Number(fields[12]) : undefined;
}

/** The fields of /proc/<pid>/stat from the state on; undefined for a process that is gone or a zombie. */
function statOf(pid: number): readonly string[] | undefined {
  const fields = fieldsOf(pid);
  return fields?.[0] === 'Z' ? undefined : fields;
}

/** When a zombie began, in ticks since the boot; undefined for a process that is not a zombie. */
function zombieStartTimeOf(pid: number): string | undefined {
  const fields = fieldsOf(pid);
  return fields?.[0] === 'Z' ? fields[19] : undefined;
}

function fieldsOf(pid: number): readonly string[] | undefined {
  const stat = contents(`/proc/${pid}/stat`);
  // The second field, the name in parentheses, may itself hold blanks and parentheses.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The environment of a young process is empty for a moment while `exec` replaces the program. */
function sightWithoutEnvironment(stat: readonly string[], born: number): Sight {
  return Number(stat[19]) >= born && !isOfKernel(stat) ? 'unclear' : 'foreign';
}

/**
 * One that is gone may have started another; what may not be read is another user's, or not dumpable. A thread of the kernel
 * has no environment, and newer kernels say ESRCH for it as for a process that is gone.
 */
function sightAfter(error: unknown, pid: number): Sight {
  const isGone = ['ENOENT', 'ESRCH'].includes(errorCode(error) ?? '');
  return isGone && !isOfKernel(statOf(pid)) ? 'ended' : 'foreign';
}

function isOfKernel(stat: readonly string[] | undefined): boolean {
  return stat !== undefined && (Number(stat[6]) & isKernelThread) !== 0;
}

function listed(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function contents(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
