import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** Sources of the figures about memory. */
export interface MemorySource {
  /** The root of the file system. */
  readonly root: string;
  /** Bytes that the whole machine could still give, what its cache would give back included. */
  readonly free: () => number;
}

const machine: MemorySource = { root: '/', free: freemem };

/** The memory files of one version of cgroups. */
interface CgroupVersion {
  readonly mount: string;
  readonly limit: string;
  readonly usage: string;
  /** Lines of `memory.stat` with the pages that the kernel takes back when others need them. */
  readonly reclaimable: readonly string[];
}

const version1: CgroupVersion = {
  mount: 'sys/fs/cgroup/memory',
  limit: 'memory.limit_in_bytes',
  usage: 'memory.usage_in_bytes',
  reclaimable: ['total_inactive_file', 'total_active_file'],
};

const version2: CgroupVersion = {
  mount: 'sys/fs/cgroup',
  limit: 'memory.max',
  usage: 'memory.current',
  reclaimable: ['inactive_file', 'active_file', 'slab_reclaimable'],
};

/**
 * Bytes of memory that new processes could still get: what the machine has, and what the limits of our container or job
 * leave. Only Linux counts what its cache would give back, so only there it is counted.
 */
export function availableMemory(): number {
  return process.platform === 'linux' ? memoryWithin(machine) : Number.POSITIVE_INFINITY;
}

/** The least of what the machine and every cgroup above us have left. */
export function memoryWithin({ root, free }: MemorySource): number {
  return Math.min(free(), ...cgroupsOf(root).map(({ version, directory }) => leftIn(version, directory)));
}

interface Cgroup {
  readonly version: CgroupVersion;
  readonly directory: string;
}

/** Our own cgroup of memory and all above it, as `/proc/self/cgroup` names them: `0::/a/b` or `4:memory:/a/b`. */
function cgroupsOf(root: string): readonly Cgroup[] {
  return (contentOf(join(root, 'proc/self/cgroup')) ?? '').split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined) return [];
    if (controllers === '') return ancestry(path).map((one) => groupAt(root, version2, one));
    const isMemory = controllers?.split(',').includes('memory') === true;
    return isMemory ? ancestry(path).map((one) => groupAt(root, version1, one)) : [];
  });
}

/** Of a container the path may be the host's, which is not there; its own limits then stand at the top. */
function groupAt(root: string, version: CgroupVersion, path: string): Cgroup {
  return { version, directory: join(root, version.mount, path) };
}

function ancestry(path: string): readonly string[] {
  return path === '/' ? ['/'] : [path, ...ancestry(dirname(path))];
}

/** A group without a limit has no number, or one larger than any machine. */
function leftIn({ limit, usage, reclaimable }: CgroupVersion, directory: string): number {
  const most = numberIn(directory, limit);
  if (most === undefined || !Number.isSafeInteger(most)) return Number.POSITIVE_INFINITY;
  const used = numberIn(directory, usage);
  if (used === undefined) return Number.POSITIVE_INFINITY;
  const lines = (contentOf(join(directory, 'memory.stat')) ?? '').split('\n').map((line) => line.split(' '));
  const cache = lines.reduce((sum, [name = '', bytes]) => (reclaimable.includes(name) ? sum + Number(bytes) : sum), 0);
  return most - Math.max(0, used - cache);
}

function numberIn(directory: string, file: string): number | undefined {
  const text = contentOf(join(directory, file))?.trim() ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
