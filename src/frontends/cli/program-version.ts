import { readFileSync } from 'node:fs';

/** The version of this package; its package.json is two directories up, in the sources as in the build. */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
