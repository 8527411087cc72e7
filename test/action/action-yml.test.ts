import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { validateAction } from '@actions/languageservice/validate-action';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { outputTable } from '../../src/frontends/action/outputs.ts';
import { planOutputTable } from '../../src/frontends/action/plan-outputs.ts';
import { isAtFrontend } from '../../src/model/option-row.ts';
import { optionRows } from '../../src/model/option-table.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const root = join(import.meta.dirname, '../..');
const actionYml = readFileSync(join(root, 'action.yml'), 'utf8');

type Document = Parameters<typeof validateAction>[0];

function faultsIn(text: string) {
  // It remembers what it read by the address.
  const document = { uri: `file:///${randomUUID()}/action.yml`, languageId: 'yaml', version: 1, getText: () => text };
  return validateAction(document as unknown as Document);
}

test("action.yml is without a fault for GitHub's own validator", async () => {
  expect(await faultsIn(actionYml)).toEqual([]);
});

test("GitHub's validator would have seen a fault", async () => {
  expect(await faultsIn(actionYml.replace('using: node24', 'using: node99'))).not.toEqual([]);
  expect(await faultsIn(actionYml.replace('toJSON(matrix)', 'toJSON(secrets)'))).not.toEqual([]);
});

test.each(['plan', 'merge'] as const)(
  '%s/action.yml is without a fault, and takes every option of its task',
  async (task) => {
    const text = readFileSync(join(root, task, 'action.yml'), 'utf8');
    expect(await faultsIn(text)).toEqual([]);
    const { inputs, outputs, runs } = parse(text);
    const options = optionRows.filter((row) => isAtFrontend(row, 'action', task)).map(({ name }) => name);
    expect(Object.keys(inputs)).toEqual([...options, ...(task === 'merge' ? ['matrix'] : [])]);
    expect(Object.keys(outputs)).toEqual(Object.keys(task === 'plan' ? planOutputTable : outputTable));
    expect(runs.main).toBe(`../dist/${task}/index.js`);
  },
);

test('every option of the Action is an input, and nothing else is one but the matrix', () => {
  const options = optionRows.filter((row) => isAtFrontend(row, 'action')).map(({ name }) => name);
  expect(Object.keys(parse(actionYml).inputs)).toEqual([...options, 'matrix']);
});

test('every output of the table is announced', () => {
  expect(Object.keys(parse(actionYml).outputs)).toEqual(Object.keys(outputTable));
});

test('what is generated is up to date', () => {
  execFileSync(process.execPath, ['scripts/generate.ts', '--check'], { cwd: root });
});

test('a generated file that drifted is found by --check and mended without it', async () => {
  await using copy = await temporaryDirectory();
  for (const part of ['scripts', 'src', 'package.json', 'tsconfig.json'])
    cpSync(join(root, part), copy.join(part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), copy.join('node_modules'));
  const readme =
    'Mine.\n<!-- generated: options -->\nStale.\n<!-- end of generated -->\nMine too.\n<!-- generated: outputs -->\n<!-- end of generated -->\n';
  writeFileSync(copy.join('README.md'), readme);
  const generate = (...args: string[]) =>
    spawnSync(process.execPath, ['scripts/generate.ts', ...args], { cwd: copy.path });

  const before = generate('--check');
  expect(before.status).toBe(1);
  expect(String(before.stderr)).toMatch(/action\.yml is not.*README\.md is not/s);
  expect(readFileSync(copy.join('README.md'), 'utf8')).toBe(readme);

  expect(generate().status).toBe(0);
  expect(generate('--check').status).toBe(0);
  const text = readFileSync(copy.join('README.md'), 'utf8');
  expect(text).toMatch(/^Mine\.\n.*\| `max-workers` \| `3` \|.*Mine too\.\n.*\| `verdict` \|/s);
  expect(text).not.toContain('Stale.');
});
