import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createConfigDirectory } from '../../src/agents/claude/config-directory.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

test('a private directory is removed as it was made, and with whatever was put into it', async () => {
  await using base = await temporaryDirectory();
  await chmod(base.path, 0o700);
  const options = { base: base.path, processId: 'p', attempt: 1, workingDirectory: base.path };
  for (const trusted of [true, false]) {
    const made = await createConfigDirectory({ ...options, trusted });
    expect(existsSync(join(made.config, '.claude.json'))).toBe(trusted);
    await made.remove();
  }
  const filled = await createConfigDirectory({ ...options, trusted: true });
  mkdirSync(join(filled.temporary, 'deep'));
  writeFileSync(join(filled.temporary, 'deep', 'file'), 'x');
  await filled.remove();
  expect(readdirSync(base.path)).toEqual([]);
});
