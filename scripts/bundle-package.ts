import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { licensesOf } from './licenses.ts';

// The command and the library as few files with all that they use: hundreds of modules take Node most of the time of a start.

const root = join(import.meta.dirname, '..');
const target = join(root, 'build/bundle');

const bundle = await rolldown({
  cwd: root,
  input: { 'claude-ensemble': 'build/frontends/cli/claude-ensemble.js', index: 'build/index.js' },
  platform: 'node',
});
rmSync(target, { recursive: true, force: true });
const { output } = await bundle.write({ dir: target, chunkFileNames: '[name].js', comments: { annotation: false } });
await bundle.close();

const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
writeFileSync(join(target, 'licenses.txt'), licensesOf(modules));
