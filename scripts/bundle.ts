import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { licensesOf } from './licenses.ts';

// What GitHub runs, with all that it uses. What is imported only when it is needed is a file of its own beside its `index.js`.

/** A module of webpack's, with those that were joined in it; one of a file has its path. */
interface BundledModule {
  readonly resource?: string;
  readonly modules?: Iterable<BundledModule>;
}

/** What ncc makes of one entry; it has no types of its own. */
interface Bundle {
  readonly code: string;
  /** By file name. */
  readonly assets: Readonly<Record<string, { readonly source: string | Uint8Array }>>;
  readonly stats: { readonly compilation: { readonly modules: Iterable<BundledModule> } };
}

type Ncc = (entry: string, options: { readonly cache: false; readonly quiet: true }) => Promise<Bundle>;

const ncc: Ncc = createRequire(import.meta.url)('@vercel/ncc');
const root = join(import.meta.dirname, '..');

rmSync(join(root, 'dist'), { recursive: true, force: true });
await Promise.all(['main', 'post', 'artifact'].map(bundleEntry));

// The sub-actions are the same program; an argument selects the task.
for (const task of ['plan', 'merge']) {
  writeFiles(task, {
    'index.js': `process.argv[2] = '${task}';\nawait import('../main/index.js');\n`,
    'package.json': '{\n  "type": "module"\n}\n',
  });
}

async function bundleEntry(entry: string): Promise<void> {
  const input = join(root, `build/frontends/action/${entry}.js`);
  const { code, assets, stats } = await ncc(input, { cache: false, quiet: true });
  const files = Object.entries(assets).map(([name, { source }]) => [name, source]);
  // Its own file of licences has only those of `index.js`.
  const licenses = licensesOf([...stats.compilation.modules].flatMap(pathsOf));
  writeFiles(entry, { ...Object.fromEntries(files), 'index.js': code, 'licenses.txt': licenses });
}

function pathsOf({ resource, modules }: BundledModule): readonly string[] {
  return modules === undefined ? [resource ?? ''] : [...modules].flatMap(pathsOf);
}

function writeFiles(directory: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  mkdirSync(join(root, 'dist', directory), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, 'dist', directory, name), content);
}
