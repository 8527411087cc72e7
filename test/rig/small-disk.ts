import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** A disk of its own, gone when the test is over. */
export interface SmallDisk extends Disposable {
  readonly path: string;
}

/** How large it is, and whether anything can be written to it. */
export interface SmallDiskOptions {
  readonly kibibytes: number;
  readonly readOnly?: boolean;
}

/**
 * Mounts a file system in memory at a new path. Linux, as root or as one who may become root without being asked, such as in
 * CI. Where scripts/test-as-user.sh mounted some beforehand, one of those is taken instead, and a link at the path leads to it.
 */
export function mountSmallDisk(path: string, { kibibytes, readOnly = false }: SmallDiskOptions): SmallDisk {
  const { SMALL_DISKS } = process.env;
  if (SMALL_DISKS !== undefined) {
    const disk = mountedDisk(SMALL_DISKS, `${kibibytes}k-${readOnly ? 'ro' : 'rw'}-`);
    symlinkSync(disk.path, path);
    return disk;
  }
  mkdirSync(path);
  const options = [`size=${kibibytes}k`, 'mode=0777', ...(readOnly ? ['ro'] : [])].join();
  asRoot(['mount', '-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  // Lazily: something may be just about to close its last file there.
  return { path, [Symbol.dispose]: () => asRoot(['umount', '--lazy', path]) };
}

/** A disk that nobody took before. */
function mountedDisk(directory: string, prefix: string): SmallDisk {
  for (const name of readdirSync(directory).filter((entry) => entry.startsWith(prefix))) {
    try {
      mkdirSync(join(directory, `taken-${name}`));
      return { path: join(directory, name), [Symbol.dispose]: () => undefined };
    } catch {
      // Taken; the next one then.
    }
  }
  throw new Error(`No disk ${prefix}* is left in ${directory}: have scripts/test-as-user.sh mount more.`);
}

function asRoot(command: readonly string[]): void {
  const [program = '', ...args] = process.getuid?.() === 0 ? command : ['sudo', '--non-interactive', ...command];
  execFileSync(program, args);
}
