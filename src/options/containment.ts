import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import process from 'node:process';

/** In UTF-16 units. No system takes a longer path, so nothing is there, and a search for its existing part never ends. */
const longestPath = process.platform === 'win32' ? 32_767 : 4_096;

/** The path with every symbolic link of its existing part resolved. */
export function realPathOf(path: string): string {
  if (path.length > longestPath) return path;
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

/** Whether a path leads through a directory by its name, wherever links lead from there. */
export function isNamedIn(path: string, directory: string): boolean {
  return [directory, realPathOf(directory)].some((base) => !leadsOutside(relative(base, path)));
}

/** Whether those who write in a directory decide what is found at a path: it lies there, or a link there leads on. */
export function isInReachOf(path: string, directory: string): boolean {
  return isNamedIn(path, directory) || isInside(path, directory);
}

/** A path as people know it: relative and with slashes when it lies in the directory, otherwise whole. */
export function shownPath(path: string, directory: string): string {
  const way = relative(directory, path);
  return leadsOutside(way) ? path : way.split(sep).join('/') || '.';
}

/**
 * The checkout that a directory belongs to, all of which may be hostile: the workspace of the job, or the repository around
 * it; otherwise the directory itself.
 */
export function checkoutOf(directory: string, workspace: string | undefined): string {
  if (workspace !== undefined && isAbsolute(workspace) && isInside(directory, workspace)) return workspace;
  for (let current = directory; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return directory;
  }
}
