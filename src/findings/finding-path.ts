import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

/** Linux allows no longer path (PATH_MAX). */
const longestPath = 4096;

/** A path as a model writes it, with slashes and without a leading `./`; one below `checkout` becomes relative to it. */
export function plainPath(file: string, checkout?: string): string {
  const written = file.trim();
  const below = checkout !== undefined && isAbsolute(written) ? relative(checkout, written) : written;
  const isBelow = below !== '' && below !== '..' && !below.startsWith(`..${sep}`);
  return (isBelow ? below : written).replaceAll('\\', '/').replace(/^(?:\.\/+)+/u, '');
}

/** The paths that a checkout has: as it was named, and with links resolved, as a program that runs in it is told. */
export function rootsOf(checkout: string): readonly string[] {
  try {
    return [checkout, realpathSync.native(checkout)];
  } catch {
    return [checkout];
  }
}

/** Whether a path can name a file of a repository: relative, without `..`, and not of git's own. */
export function isRepositoryPath(path: string): boolean {
  if (path === '' || path.length > longestPath || /\p{Cc}|^\/|^[A-Za-z]:/u.test(path)) return false;
  const steps = path.split('/');
  return steps.every((step) => step !== '' && step !== '.' && step !== '..') && steps[0]?.toLowerCase() !== '.git';
}
