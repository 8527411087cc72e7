import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';

/** The path with every symbolic link of its existing part resolved. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPathOf(parent), basename(path));
  }
}

function leadsOutside(way: string): boolean {
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** Whether a path is a directory itself or lies in it, links resolved. */
export function isInside(path: string, directory: string): boolean {
  return !leadsOutside(relative(realPathOf(directory), realPathOf(path)));
}

/** A path as people know it: relative and with slashes when it lies in the directory, otherwise whole. */
export function shownPath(path: string, directory: string): string {
  const way = relative(directory, path);
  return leadsOutside(way) ? path : way.split(sep).join('/');
}
