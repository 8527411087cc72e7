import { readdirSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import process from 'node:process';

/** The environment variable by which a child and all that it starts are found again. */
export const markerVariable = 'CLAUDE_ENSEMBLE_MARKER';

const isLinux = process.platform === 'linux';

/** Rounds of looking and killing: a fork bomb must not hold the session for ever. */
const sweepRounds = 50;

/** Looks in a row that find nothing to kill but something unclear: what is unclear for longer is nothing of ours. */
const mostUnclearLooks = 4;

/**
 * Process numbers count up, to 32,767 at the least, and then begin anew (proc(5), pid_max). A child that lived for no longer
 * than this did not see them come round to its own number again.
 */
const shortLifeSeconds = 5;

/** The unit of field 22 of /proc/<pid>/stat: Linux shows hundredths of a second, whatever the kernel counts in (USER_HZ). */
const ticksPerSecond = 100;

/** PF_KTHREAD, a bit of field 9 of /proc/<pid>/stat (include/linux/sched.h). */
const isKernelThread = 0x200000;

/**
 * The processes that one child left or may leave behind. Claude's tools run in sessions and groups of their own, so a
 * group kill misses them (facts: ending it); the marker in their environment, and having been seen as descendants, does not.
 */
export class ProcessTree {
  readonly #marker: string;
  /** When each of them began, so that none is mistaken for a later one of the same number. */
  readonly #seen = new Map<number, string>();
  readonly #bornSeconds = uptime();
  readonly #child: number | undefined;

  /** `child` is the process that the tree grows from, if it is known. */
  constructor(marker: string, child?: number) {
    this.#marker = marker;
    this.#child = child;
  }

  /** Remembers the present descendants of the child, so that they are found even after they cleared their environment. */
  look(pid: number): void {
    if (!isLinux) return;
    for (const child of childrenOf(pid)) this.#remember(child);
    for (const [known, startTime] of [...this.#seen]) {
      // The number may belong to somebody else by now.
      if (startTimeOf(known) !== startTime) this.#seen.delete(known);
      else for (const child of childrenOf(known)) this.#remember(child);
    }
  }

  #remember(pid: number): void {
    const startTime = startTimeOf(pid);
    if (startTime !== undefined) this.#seen.set(pid, startTime);
  }

  /** Kills every survivor with SIGKILL and says how many there were. Linux only; elsewhere the group kill is all there is. */
  async killSurvivors(): Promise<number> {
    if (!isLinux) return 0;
    const killed = new Set<number>();
    let unclearLooks = 0;
    for (let round = 0; round < sweepRounds; round += 1) {
      const { pids, isClear } = this.#survivors();
      unclearLooks = pids.length > 0 || isClear ? 0 : unclearLooks + 1;
      if (pids.length === 0 && (isClear || unclearLooks === mostUnclearLooks)) break;
      for (const pid of pids) {
        killed.add(pid);
        signalProcess(pid, 'SIGKILL');
      }
      await new Promise((resolve) => setTimeout(resolve, pids.length === 0 ? 3 : 10));
    }
    return killed.size;
  }

  #survivors(): { readonly pids: readonly number[]; readonly isClear: boolean } {
    const seen = [...this.#seen].filter(([pid, startTime]) => startTimeOf(pid) === startTime).map(([pid]) => pid);
    const wanted = Buffer.from(`${markerVariable}=${this.#marker}\0`);
    const born = (this.#bornSeconds - 1) * ticksPerSecond;
    const sights = this.#candidates().map((pid) => ({ pid, sight: sightOf(pid, wanted, born) }));
    const marked = sights.filter(({ sight }) => sight === 'marked').map(({ pid }) => pid);
    return { pids: [...seen, ...marked], isClear: sights.every(({ sight }) => sight !== 'unclear') };
  }

  /** Processes that may be ours. All that a short-lived child started have higher numbers than it, unless these began anew. */
  #candidates(): readonly number[] {
    const all = listed('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
    const child = this.#child;
    if (child === undefined || uptime() - this.#bornSeconds > shortLifeSeconds || lastNumber() < child) return all;
    return all.filter((pid) => pid > child);
  }
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

/** Undefined for a process that is gone or a zombie: neither can be killed. */
function startTimeOf(pid: number): string | undefined {
  return statOf(pid)?.[19];
}

/** The fields of /proc/<pid>/stat from the state on; undefined for a process that is gone or a zombie. */
function statOf(pid: number): readonly string[] | undefined {
  const stat = contents(`/proc/${pid}/stat`);
  // The second field, the name in parentheses, may itself hold blanks and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? undefined : fields;
}

/**
 * Whether a process carries the marker. It is unclear for one that has just ended, which may have started another after the
 * list was made; and for a young one whose environment is empty, as it is for a moment while `exec` replaces the program.
 */
function sightOf(pid: number, wanted: Buffer, born: number): 'marked' | 'foreign' | 'unclear' {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`);
    const isMarked = Buffer.concat([environment, Buffer.of(0)]).includes(wanted);
    if (environment.length > 0 && !isMarked) return 'foreign';
    const stat = statOf(pid);
    if (stat === undefined || isMarked) return stat === undefined ? 'foreign' : 'marked';
    return Number(stat[19]) >= born && (Number(stat[6]) & isKernelThread) === 0 ? 'unclear' : 'foreign';
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
    // Otherwise it is another user's.
    return isGone ? 'unclear' : 'foreign';
  }
}

/** The number that was given to a process last (proc(5), loadavg). */
function lastNumber(): number {
  return Number(contents('/proc/loadavg')?.trim().split(' ').at(-1) ?? 0);
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
