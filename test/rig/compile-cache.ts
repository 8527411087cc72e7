import { join } from 'node:path';

/**
 * Has Node keep what it compiled of our programs, which the tests start hundreds of times. It is no part of what a runner or a
 * user sets, and nothing of ours reads it.
 */
export const compileCache = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/node-compile-cache'),
};
