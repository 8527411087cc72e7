import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { childEnvironment } from '../../src/agents/claude/environment.ts';
import { type CheckedOptions, checkOptions, isOwnProgram } from '../../src/agents/claude/settings-check.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const package_ = dirname(createRequire(import.meta.url).resolve('@anthropic-ai/claude-code/package.json'));
const executable = realpathSync(join(package_, 'bin/claude.exe'));
const guard = { permissions: { deny: ['Read(./secret/**)'] } };

/** Asks the real CLI in an empty directory. */
async function check(options: Partial<CheckedOptions>, files: Readonly<Record<string, string>> = {}) {
  await using place = await temporaryDirectory();
  for (const folder of ['work/.claude', 'config']) mkdirSync(place.join(folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(place.join('work', name), text);
  const environment = childEnvironment({
    environment: { PATH: process.env.PATH, HOME: place.path },
    credentials: {},
    passEnv: [],
    offlineUrl: 'http://127.0.0.1:9',
    configDirectory: place.join('config'),
    temporaryDirectory: place.path,
  });
  const given = { workingDirectory: place.join('work'), userSettingsOnly: false, ...options };
  return await checkOptions(given, { executable, environment });
}

const fine = { faults: [], warnings: [] };

test('only the CLI itself is asked, no script that does its work when it is started', async () => {
  await using place = await temporaryDirectory();
  writeFileSync(place.join('claude'), '#!/bin/sh\n', { mode: 0o755 });
  expect([executable, place.join('claude'), place.join('none')].map(isOwnProgram)).toEqual([true, false, false]);
});

test('settings that Claude takes as they are give no word', async () => {
  const hooks = { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'true' }] }] };
  const settings = JSON.stringify({ ...guard, hooks, env: { A: 1 }, ownKey: { a: true } });
  expect(await check({ settings, jsonSchema: '{"type":"object"}' })).toEqual(fine);
});

test.each([
  [
    'a malformed hook',
    { ...guard, hooks: { PreToolUse: [{ matcher: { type: 'always' }, hooks: [] }] } },
    'hooks.PreToolUse',
  ],
  ['a value of the wrong type', { ...guard, model: 42 }, 'model: Expected string'],
  ['rules that are no list', { permissions: { deny: 'Read(./secret/**)' } }, 'permissions.deny'],
  [
    'a rule that is malformed',
    { permissions: { deny: ['Read(./secret/**', 'Edit'] } },
    'permissions.deny[0] ("Read(./secret/**")',
  ],
  ['a hook for no event', { ...guard, hooks: { PreToolUze: [] } }, 'hooks.PreToolUze'],
])('settings with %s would not protect what they seem to: they are a fault', async (_, settings, told) => {
  const { faults } = await check({ settings: JSON.stringify(settings) });
  expect(faults).toEqual([expect.stringContaining(told)]);
  expect(faults[0]).toMatch(/^settings: Claude would ignore /);
});

test('what else Claude ignores is a warning, in the settings given and in those of the project', async () => {
  const settings = JSON.stringify({ permissions: { ...guard.permissions, allow: ['Bash(ls:*)', 'Nope(xx'] } });
  expect(await check({ settings }, { '.claude/settings.json': '{"model":4}' })).toEqual({
    faults: [],
    warnings: [
      expect.stringMatching(/\.claude\/settings\.json: Claude ignores it as a whole: model: /),
      'settings: Claude ignores permissions.allow[1] ("Nope(xx").',
    ],
  });
});

test('settings in a file are looked at as well, a byte order mark or not', async () => {
  const file = {
    's.json': `\uFEFF${JSON.stringify({ ...guard, hooks: [] })}`,
    't.json': `\uFEFF${JSON.stringify(guard)}`,
  };
  expect((await check({ settings: 's.json' }, file)).faults).toEqual([expect.stringContaining('hooks')]);
  expect(await check({ settings: 't.json' }, file)).toEqual(fine);
});

test.each([
  [{ type: 'object', properties: { a: { prefixItems: [] } } }, 'unknown keyword: "prefixItems"'],
  [{ type: 'objekt' }, 'data/type must be equal'],
  [{ type: 'object', properties: { a: { $ref: 'https://example.com/a.json' } } }, "can't resolve reference"],
  [{ type: 'object', properties: { a: { type: 'number', minimum: 0, exclusiveMinimum: true } } }, 'exclusiveMinimum'],
])('a schema that Claude refuses is a fault: %j', async (schema, told) => {
  const { faults } = await check({ jsonSchema: JSON.stringify(schema) });
  expect(faults).toEqual([expect.stringMatching(/^json-schema: Claude refuses it: /)]);
  expect(faults[0]).toContain(told);
});

test('bypassPermissions as root is a fault that names the way out; others may', async () => {
  const { faults } = await check({ permissionMode: 'bypassPermissions' });
  const expected = process.getuid?.() === 0 ? [expect.stringMatching(/^permission-mode: .*root.*IS_SANDBOX/)] : [];
  expect(faults).toEqual(expected);
});

test('no hook of the settings runs, and no model is asked', async () => {
  await using place = await temporaryDirectory();
  const command = `touch '${place.join('ran')}'`;
  const hooks = { SessionStart: [{ hooks: [{ type: 'command', command }] }] };
  expect(await check({ settings: JSON.stringify({ hooks }) })).toEqual(fine);
  expect(existsSync(place.join('ran'))).toBe(false);
});
