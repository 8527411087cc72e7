import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
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

/** Mounts a file system in memory at a new path. Linux, as root or as one who may become root without being asked, such as in CI. */
export function mountSmallDisk(path: string, { kibibytes, readOnly = false }: SmallDiskOptions): SmallDisk {
  mkdirSync(path);
  const options = [`size=${kibibytes}k`, 'mode=0777', ...(readOnly ? ['ro'] : [])].join();
  asRoot(['mount', '-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  // Lazily: something may be just about to close its last file there.
  return { path, [Symbol.dispose]: () => asRoot(['umount', '--lazy', path]) };
}

function asRoot(command: readonly string[]): void {
  const [program = '', ...args] = process.getuid?.() === 0 ? command : ['sudo', '--non-interactive', ...command];
  execFileSync(program, args);
}
