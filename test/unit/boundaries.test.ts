import { spawnSync } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { beforeAll, expect, test } from 'vitest';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const root = join(import.meta.dirname, '../..');
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

// One file each, so that a rule that stopped to fire has a name here.
const violations = {
  'src/core/reads-a-file.ts': ["import fs from 'node:fs';\nexport const file = fs;", 'noRestrictedImports'],
  'src/core/knows-a-package.ts': ["import { z } from 'zod';\nexport const schema = z;", 'noRestrictedImports'],
  'src/core/knows-config.ts': ["export { a } from '../config/a.ts';", 'noRestrictedImports'],
  'src/core/waits.ts': ['setTimeout(String, 1);', 'noRestrictedGlobals'],
  'src/core/looks-around.ts': ['export const { platform } = process;', 'noProcessGlobal'],
  'src/config/knows-sinks.ts': ["export { a } from '../sinks/a.ts';", 'noRestrictedImports'],
  'src/config/imports-lazily.ts': ["export const sinks = import('../sinks/a.ts');", 'noRestrictedImports'],
  'src/sinks/knows-claude.ts': ["export { a } from '../claude/a.ts';", 'noRestrictedImports'],
  'src/sinks/spawns.ts': ["export { execa } from 'execa';", 'noRestrictedImports'],
  'src/sinks/names-env.ts': ["export { env } from 'node:process';", 'noRestrictedImports'],
  'src/sinks/prints.ts': ["console.log('');", 'noConsole'],
  'src/claude/knows-run.ts': ["export { a } from '../run.ts';", 'noRestrictedImports'],
  'src/claude/knows-github.ts': ["export { info } from '@actions/core';", 'noRestrictedImports'],
  'src/claude/reads-env.ts': [
    "import process from 'node:process';\nexport const home = process.env.HOME;",
    'noProcessEnv',
  ],
  'src/resume/knows-sinks.ts': ["export { a } from '../sinks/a.ts';", 'noRestrictedImports'],
  'src/github/knows-config.ts': ["export { a } from '../config/a.ts';", 'noRestrictedImports'],
  'src/offline/knows-config.ts': ["export { a } from '../config/a.ts';", 'noRestrictedImports'],
  'src/run.ts': ["export { a } from './cli/a.ts';", 'noRestrictedImports'],
  'src/library/knows-cli.ts': ["export { a } from '../cli/a.ts';", 'noRestrictedImports'],
  'src/cli/knows-github.ts': ["export { info } from '@actions/core';", 'noRestrictedImports'],
  'src/cli/tests-itself.ts': ["export { test } from 'vitest';", 'noUndeclaredDependencies'],
  'src/action/knows-cli.ts': ["export { a } from '../cli/a.ts';", 'noRestrictedImports'],
  'src/action/spawns.ts': ["export { execa } from 'execa';", 'noRestrictedImports'],
  'src/core/cycle.ts': ["import { b } from './cycle-end.ts';\nexport const a = b;", 'noImportCycles'],
  'src/core/floats.ts': ['export const f = async (): Promise<void> => {};\nf();', 'noFloatingPromises'],
  'src/core/default.ts': ['export default 1;', 'noDefaultExport'],
  'src/core/any.ts': ['export const a = (b: any): void => b;', 'noExplicitAny'],
} as const satisfies Record<string, readonly [code: string, rule: string]>;

const innocent = {
  'src/core/cycle-end.ts': "import { a } from './cycle.ts';\nexport const b = a;",
  'src/config/parser.ts': "import { z } from 'zod';\nimport { a } from '../core/a.ts';\nexport const b = z.literal(a);",
  'src/claude/spawn.ts': "import { execa } from 'execa';\nexport const spawn = execa;",
  'src/action/environment.ts': "import process from 'node:process';\nexport const home = process.env.HOME;",
};

let broken: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  await using directory = await temporaryDirectory();
  for (const file of ['biome.json', 'package.json', '.gitignore']) await cp(join(root, file), directory.join(file));
  const violating = Object.entries(violations).map(([file, [code]]) => [file, code] as const);
  for (const [file, code] of [...violating, ...Object.entries(innocent)]) {
    await mkdir(dirname(directory.join(file)), { recursive: true });
    await writeFile(directory.join(file), `${code}\n`);
  }
  broken = brokenRules(directory.path);
});

function brokenRules(directory: string): ReadonlyMap<string, readonly string[]> {
  const args = ['lint', '--reporter=json', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: directory, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[];
  };
  const rules = new Map<string, string[]>();
  for (const { category, location } of diagnostics) {
    const path = location.path.replaceAll('\\', '/');
    rules.set(path, [...(rules.get(path) ?? []), category.replace(/^.*\//, '')]);
  }
  return rules;
}

test.each(Object.entries(violations))('the linter refuses %s', (file, [, rule]) => {
  expect(broken.get(file)).toContain(rule);
});

test.each(Object.keys(innocent))('the linter lets %s pass its boundaries', (file) => {
  const boundaries = (broken.get(file) ?? []).filter((rule) => rule !== 'noImportCycles');
  expect(boundaries).toEqual([]);
});
