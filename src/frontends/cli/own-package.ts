import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The directory of this package, wherever in it the code is: it runs as modules and as a bundle. */
export function ownPackage(): string {
  return dirname(createRequire(import.meta.url).resolve('claude-ensemble/package.json'));
}
