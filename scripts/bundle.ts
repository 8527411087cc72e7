import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { licensesOf } from './licenses.ts';

// What GitHub runs, with all that it uses. What is imported only when it is needed is a file of its own beside its `index.js`.

const root = join(import.meta.dirname, '..');
const manifest = '{\n  "type": "module"\n}\n';

rmSync(join(root, 'dist'), { recursive: true, force: true });
await Promise.all(['main', 'post', 'artifact'].map(bundleEntry));

// The sub-actions are the same program, told by an argument which one it is.
for (const task of ['plan', 'merge']) {
  const directory = join(root, 'dist', task);
  mkdirSync(directory);
  writeFileSync(join(directory, 'index.js'), `process.argv[2] = '${task}';\nawait import('../main/index.js');\n`);
  writeFileSync(join(directory, 'package.json'), manifest);
}

async function bundleEntry(entry: string): Promise<void> {
  const directory = join(root, 'dist', entry);
  const input = { index: `build/frontends/action/${entry}.js` };
  const bundle = await rolldown({ cwd: root, input, platform: 'node' });
  const { output } = await bundle.write({
    dir: directory,
    chunkFileNames: '[name].js',
    comments: { annotation: false },
  });
  await bundle.close();
  writeFileSync(join(directory, 'licenses.txt'), licensesOf(output));
  writeFileSync(join(directory, 'package.json'), manifest);
}
