import { isUtf8 } from 'node:buffer';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { ownPackage } from './own-package.ts';

/** Real files to work on. */
export interface DemoFiles {
  /** Absolute; Claude works here. */
  readonly directory: string;
  /** Relative to the directory, five of them. */
  readonly files: readonly [string, string, string, string, string];
}

const sources = '{c,cc,cpp,cs,ex,go,java,js,jsx,kt,php,py,rb,rs,scala,sh,swift,ts,tsx}';

/** Patterns of source files, the best first; the first is this project's own. */
const places = [
  'src/model/*.ts',
  `{src,lib,app,pkg,cmd}/**/*.${sources}`,
  `*.${sources}`,
  `*/**/*.${sources}`,
  '**/*.md',
];
const ignore = ['**/node_modules/**', '**/{build,dist,out,target,vendor,venv}/**', '**/.*/**'];

/** Larger files are generated, most likely. */
const largestBytes = 64 * 1024;

/** Finds source files in a directory, or in this package where the directory has too few. */
export async function findDemoFiles(directory: string): Promise<DemoFiles> {
  for (const place of places) {
    const files = await fiveFiles(directory, place, ignore);
    if (files !== undefined) return { directory, files };
  }
  const own = ownPackage();
  const files = await fiveFiles(own, 'build/model/*.js', []);
  if (files === undefined) throw new Error(`Internal error: ${join(own, 'build')} is incomplete.`);
  return { directory: own, files };
}

async function fiveFiles(
  cwd: string,
  place: string,
  ignored: readonly string[],
): Promise<DemoFiles['files'] | undefined> {
  // Deep enough for any layout of sources, and quick in a home directory.
  const found = await glob(place, { cwd, ignore: ignored, deep: 5, expandDirectories: false });
  const usable: string[] = [];
  for (const file of found.sort()) {
    if (isUsable(cwd, file)) usable.push(file);
    const [a, b, c, d, e] = usable;
    if (a && b && c && d && e) return [a, b, c, d, e];
  }
  return undefined;
}

/** Plain text of a plain name: the demo compares what arrived with what was sent. */
function isUsable(directory: string, file: string): boolean {
  if (!/^[\p{L}\p{N} ._/@+-]+$/u.test(file)) return false;
  const path = join(directory, file);
  const status = lstatSync(path);
  if (!status.isFile() || status.size === 0 || status.size > largestBytes) return false;
  return isUtf8(readFileSync(path));
}
