import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';

/**
 * Bundles the program that talks to GitHub's artifact service, for the tests of one file, and gives its path. From its some
 * hundred modules it starts three times as slowly, and without what Node compiled of it half as fast again.
 */
export async function artifactProgram(): Promise<string> {
  const directory = await temporaryDirectory();
  afterAll(() => directory[Symbol.asyncDispose]());
  const bundle = await rolldown({
    input: join(import.meta.dirname, '../../src/frontends/action/artifact.ts'),
    platform: 'node',
    logLevel: 'silent',
  });
  await bundle.write({ dir: directory.path, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
  await bundle.close();
  const program = directory.join('program.mjs');
  const cache = JSON.stringify(directory.join('compiled'));
  await writeFile(
    program,
    `import { enableCompileCache } from 'node:module';\nenableCompileCache(${cache});\nawait import('./artifact.mjs');\n`,
  );
  return program;
}
