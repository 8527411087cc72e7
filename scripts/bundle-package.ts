import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

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
const packages = new Set(modules.map(packageOf).filter((path) => path !== undefined));
const licenses = new Set([...packages].map(licenseOf));
writeFileSync(join(target, 'licenses.txt'), [...licenses].sort().join('\n'));

/** The directory of the package that a module is of, if it is not ours. */
function packageOf(module: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module.replaceAll('\\', '/'))?.[0];
}

function licenseOf(path: string): string {
  const { name, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file.`);
  return `## ${name} (${license})\n\n${readFileSync(join(path, file), 'utf8').trimEnd()}\n`;
}
