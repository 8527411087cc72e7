import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { beforeAll, expect, test } from 'vitest';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const root = join(import.meta.dirname, '../..');
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

/** The folders of `src/`, lowest layer first. A folder imports lower layers only, never its own. */
const layers = [
  ['model'],
  ['text'],
  ['process', 'scheduler', 'record', 'offline'],
  ['options', 'redaction', 'findings'],
  ['plan', 'agents', 'reports'],
  ['session', 'github'],
  ['frontends'],
];

const folders = layers.flatMap((names, layer) => names.map((name) => ({ name, layer })));
const pairs = folders.flatMap((folder) =>
  folders.filter((other) => other !== folder).map((other) => ({ folder, other })),
);

function importOf({ folder, other }: (typeof pairs)[number]): readonly [file: string, code: string] {
  return [`src/${folder.name}/imports-${other.name}.ts`, `export { a } from '../${other.name}/a.ts';`];
}

// One file each, so that a rule that stopped to fire has a name here.
const violations: Readonly<Record<string, readonly [code: string, rule: string]>> = {
  ...Object.fromEntries(
    pairs
      .filter(({ folder, other }) => other.layer >= folder.layer)
      .map(importOf)
      .map(([file, code]) => [file, [code, 'noRestrictedImports']]),
  ),
  'src/agents/claude/imports-session.ts': ["export { a } from '../../session/a.ts';", 'noRestrictedImports'],
  'src/plan/imports-lazily.ts': ["export const reports = import('../reports/a.ts');", 'noRestrictedImports'],
  'src/model/reads-a-file.ts': ["import fs from 'node:fs';\nexport const file = fs;", 'noRestrictedImports'],
  'src/model/knows-a-package.ts': ["import { z } from 'zod';\nexport const schema = z;", 'noRestrictedImports'],
  'src/model/waits.ts': ['setTimeout(String, 1);', 'noRestrictedGlobals'],
  'src/model/looks-around.ts': ['export const { platform } = process;', 'noProcessGlobal'],
  'src/record/spawns.ts': ["export { execa } from 'execa';", 'noRestrictedImports'],
  'src/record/names-env.ts': ["export { env } from 'node:process';", 'noRestrictedImports'],
  'src/reports/prints.ts': ["console.log('');", 'noConsole'],
  'src/agents/claude/knows-github.ts': ["export { info } from '@actions/core';", 'noRestrictedImports'],
  'src/github/knows-the-toolkit.ts': ["export { info } from '@actions/core';", 'noRestrictedImports'],
  'src/agents/claude/reads-env.ts': [
    "import process from 'node:process';\nexport const home = process.env.HOME;",
    'noProcessEnv',
  ],
  'src/frontends/library/knows-cli.ts': ["export { a } from '../cli/a.ts';", 'noRestrictedImports'],
  'src/frontends/shared/knows-cli.ts': ["export { a } from '../cli/a.ts';", 'noRestrictedImports'],
  'src/frontends/cli/knows-github.ts': ["export { info } from '@actions/core';", 'noRestrictedImports'],
  'src/frontends/cli/knows-nobody.ts': ["export { test } from 'nobody';", 'noUndeclaredDependencies'],
  'src/frontends/action/knows-cli.ts': ["export { a } from '../cli/a.ts';", 'noRestrictedImports'],
  'src/frontends/action/spawns.ts': ["export { execa } from 'execa';", 'noRestrictedImports'],
  'src/model/cycle.ts': ["import { b } from './cycle-end.ts';\nexport const a = b;", 'noImportCycles'],
  'src/model/floats.ts': ['export const f = async (): Promise<void> => {};\nf();', 'noFloatingPromises'],
  'src/model/default.ts': ['export default 1;', 'noDefaultExport'],
  'src/model/any.ts': ['export const a = (b: any): void => b;', 'noExplicitAny'],
};

const innocent = {
  ...Object.fromEntries(pairs.filter(({ folder, other }) => other.layer < folder.layer).map(importOf)),
  'src/model/cycle-end.ts': "import { a } from './cycle.ts';\nexport const b = a;",
  'src/options/parser.ts':
    "import { z } from 'zod';\nimport { a } from '../model/a.ts';\nexport const b = z.literal(a);",
  'src/process/spawn.ts': "import { execa } from 'execa';\nexport const spawn = execa;",
  'src/frontends/action/environment.ts': "import process from 'node:process';\nexport const home = process.env.HOME;",
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

test.each(Object.keys(innocent))('the linter lets %s pass', (file) => {
  const boundaries = (broken.get(file) ?? []).filter((rule) => rule !== 'noImportCycles');
  expect(boundaries).toEqual([]);
});

test('the layers name every folder', () => {
  const found = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(found.map(({ name }) => name).toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});
