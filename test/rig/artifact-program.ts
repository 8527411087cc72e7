import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';

/**
 * Bundles the program that talks to GitHub's artifact service, for the tests of one file, and gives its path. From its some
 * hundred modules it starts three times as slowly.
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
  return directory.join('artifact.mjs');
}
