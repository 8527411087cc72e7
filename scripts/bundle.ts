import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

// One run of ncc each: its own code splitting would leave licences out of the licence file.
const entries = ['main', 'post', 'artifact'] as const;

const root = join(import.meta.dirname, '..');
// The script, not the shim in `node_modules/.bin`: on Windows that would need a shell.
const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js');

rmSync(join(root, 'dist'), { recursive: true, force: true });
const bundled = entries.map(async (entry) => {
  const args = ['build', `build/frontends/action/${entry}.js`, '-o', `dist/${entry}`, '--license', 'licenses.txt'];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [ncc, ...args], { cwd: root });
  process.stdout.write(`${stdout}${stderr}`);
});
await Promise.all(bundled);

// The sub-actions are the same program, told by an argument which one it is.
for (const task of ['plan', 'merge']) {
  const directory = join(root, 'dist', task);
  mkdirSync(directory);
  writeFileSync(join(directory, 'index.js'), `process.argv[2] = '${task}';\nawait import('../main/index.js');\n`);
  writeFileSync(join(directory, 'package.json'), '{\n  "type": "module"\n}\n');
}
