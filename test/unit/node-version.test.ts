import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nodeVersionFault } from '../../src/frontends/shared/node-version.ts';

it('says in one line that Node is too old, from the version that engines in package.json names', async () => {
  const { engines } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    engines: { node: string };
  };
  expect(engines.node).toBe('>=22');
  expect(nodeVersionFault('20.20.2')).toBe(
    'claude-ensemble needs Node 22 or newer; this is Node 20.20.2. Install a newer one from https://nodejs.org.',
  );
  expect(nodeVersionFault('22.0.0')).toBeUndefined();
});
