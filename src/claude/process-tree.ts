import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** The environment variable by which a child and all that it starts are found again. */
export const markerVariable = 'CLAUDE_ENSEMBLE_MARKER';

/** A process that cannot be mistaken for a later one with the same number. */
interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot, field 22 of /proc/<pid>/stat. */
  readonly startTime: string;
}

const isLinux = process.platform === 'linux';

/** Rounds of looking and killing: a fork bomb must not hold the session for ever. */
const sweepRounds = 50;

/**
 * The processes that one child left or may leave behind. Claude's tools run in sessions and groups of their own, so a
 * group kill misses them (facts: ending it); the marker in their environment, and having been seen as descendants, does not.
 */
export class ProcessTree {
  readonly #marker: string;
  readonly #seen = new Map<number, string>();

  constructor(marker: string) {
    this.#marker = marker;
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
    for (let round = 0; round < sweepRounds; round += 1) {
      const survivors = this.#survivors();
      if (survivors.length === 0) break;
      for (const { pid } of survivors) {
        killed.add(pid);
        signalProcess(pid, 'SIGKILL');
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return killed.size;
  }

  #survivors(): ProcessIdentity[] {
    const found: ProcessIdentity[] = [];
    for (const [pid, startTime] of this.#seen) if (startTimeOf(pid) === startTime) found.push({ pid, startTime });
    for (const pid of markedProcesses(this.#marker)) found.push({ pid, startTime: '' });
    return found;
  }
}

/** Sends a signal to a process or, when negative, to a group; false when there is none. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
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
  const stat = contents(`/proc/${pid}/stat`);
  // The second field, the name in parentheses, may itself hold blanks and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? undefined : fields[19];
}

function markedProcesses(marker: string): number[] {
  const wanted = Buffer.from(`${markerVariable}=${marker}\0`);
  const found: number[] = [];
  for (const name of listed('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const environment = readFileSync(`/proc/${name}/environ`);
      if (Buffer.concat([environment, Buffer.from('\0')]).includes(wanted) && startTimeOf(pid) !== undefined)
        found.push(pid);
    } catch {
      // Gone meanwhile, or another user's.
    }
  }
  return found;
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
