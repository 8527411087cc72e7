import { expect, test } from 'vitest';
import type { Preflight } from '../../src/session/preflight.ts';
import { startNotices } from '../../src/session/start-notices.ts';
import { validSettings } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const preflight: Pick<Preflight, 'notices' | 'warnings' | 'executable'> = {
  ...{ notices: [], warnings: [], executable: { path: '/usr/bin/claude', kind: 'claude' } },
};

/** What is said of some processes ahead of the first start, by level. */
async function said(
  options: Readonly<Record<string, string>>,
  facts: Partial<Preflight> = {},
  environment: Readonly<Record<string, string>> = {},
) {
  await using directory = await temporaryDirectory();
  const { settings } = await validSettings(options, { workspace: directory.path });
  const notices = startNotices({ settings, environment, login: 'own' }, { ...preflight, ...facts });
  const of = (level: string) => notices.filter((notice) => notice.level === level).map(({ message }) => message);
  return { info: of('info'), warnings: of('warning') };
}

const prompts = JSON.stringify(['a', { prompt: 'b', model: 'haiku' }]);

test('one line says ahead of the first start what a session will come to', async () => {
  expect(await said({ prompts, context: 'x'.repeat(400), 'max-budget-usd': '5' })).toEqual({
    info: [
      "Estimate: 2 processes, at most 2 at once; models: the CLI's own (1), haiku (1); about 201 tokens of prompts and data, 100 of context in each, besides what Claude Code sends of its own; at most $5.00 in all (max-budget-usd).",
    ],
    warnings: [],
  });
  // Nothing starts, or a program that asks no model.
  for (const facts of [{ notRun: 'missing-credentials' }, { executable: { path: '/x', kind: 'unknown' } }] as const)
    expect(await said({ prompts: '[a]' }, facts)).toEqual({ info: [], warnings: [] });
  expect(await said({ prompts: '[]' })).toEqual({ info: [], warnings: [] });
  const planned = await said({ prompts: '[]', 'max-process-budget-usd': '1' }, { notRun: 'dry-run' });
  expect(planned.info.at(-1)).toMatch(/^Estimate: 0 processes; models: none; .*; no ceiling of money/);
});

test('the estimate of a resumed session leaves out what is taken from the earlier one, and so does the warning', async () => {
  const taking = (...ids: readonly string[]): Partial<Preflight> => ({
    earlier: { successes: new Map(ids.map((id) => [id, {}])) } as unknown as NonNullable<Preflight['earlier']>,
  });
  const { info, warnings } = await said({ prompts: '[a, {id: b, prompt: b, model: haiku}]' }, taking('process_001'));
  expect(info[0]).toMatch(/^Estimate: 1 process; models: haiku \(1\); about 1 token of prompts/);
  expect(warnings).toEqual([]);
  expect(await said({ prompts: '[a]' }, taking('process_001'))).toEqual({ info: [], warnings: [] });
  const dry = await said({ prompts: '[a, b]' }, { ...taking('process_001'), notRun: 'dry-run' });
  expect(dry.info.slice(1)).toEqual([
    expect.stringMatching(/^1\. process_001, .*; taken from the earlier session$/),
    expect.stringMatching(/^2\. process_002, .*; starts at once$/),
    expect.stringMatching(/^Estimate: 1 process; models/),
  ]);
});

const found = [
  { id: 'find', prompt: 'Find.', 'json-schema': '{"type":"object"}' },
  { id: 'check', prompt: 'Check.', 'for-each': { from: 'find', path: 'list' }, 'max-items': 4 },
];
const list = { prompts: JSON.stringify(found) };

test.each<readonly [string, Readonly<Record<string, string>>, string]>([
  ['one process', { prompts: '[a]' }, '1 process; '],
  ['a sequence', { prompts: '[a, b]', pattern: 'sequential' }, '2 processes, one at a time; '],
  ['several and one worker', { prompts: '[a, b]', 'max-workers': '1' }, '2 processes, one at a time; '],
  ['more than there are workers', { prompts: '[a, b, c]', 'max-workers': '2' }, '3 processes, at most 2 at once; '],
  // Nobody knows how many will be found.
  ['a list', { ...list, 'max-workers': '3' }, '1 process and 1 list found at run time, at most 3 at once; '],
  ['a list and one worker', { ...list, 'max-workers': '1' }, '1 process and 1 list found at run time, one at a time; '],
])('the estimate says how many run at once: %s', async (_, options, counts) => {
  expect((await said(options)).info[0]).toMatch(new RegExp(`^Estimate: ${counts}`));
});

test('the estimate counts the ceiling of a process as often as a list may start it, and one without is no ceiling', async () => {
  const budgets = (...of: readonly (object | undefined)[]) => ({
    prompts: JSON.stringify(found.map((entry, index) => ({ ...entry, ...of[index] }))),
  });
  const half = { 'max-process-budget-usd': '0.5' };
  expect((await said(budgets(half, half))).info[0]).toContain('at most $2.50 in all');
  expect((await said(budgets(half))).info[0]).toContain('no ceiling of money');
});

test('a session whose entries name no model warns once', async () => {
  const { warnings } = await said({ prompts: '[a, b]' });
  expect(warnings).toEqual([expect.stringMatching(/^No process names a model: /)]);
  for (const options of [{ prompts: '[a]', model: 'opus' }, { prompts }, { prompts: '[a]', offline: 'true' }])
    expect((await said(options)).warnings).toEqual([]);
  expect((await said({ prompts: '[a]' }, {}, { ANTHROPIC_MODEL: 'opus' })).warnings).toEqual([]);
  // A variable of a job that is not set is empty.
  expect((await said({ prompts: '[a]' }, {}, { ANTHROPIC_MODEL: ' ' })).warnings).toHaveLength(1);
});

test('a key in the place of a token is warned about, and the other way round, wherever it was given', async () => {
  const [token, key] = ['sk-ant-oat01-0123456789', 'sk-ant-api03-0123456789'];
  const asKey =
    'anthropic-api-key (or ANTHROPIC_API_KEY) looks like a token of claude setup-token. Give it as claude-code-oauth-token.';
  const asToken =
    'claude-code-oauth-token (or CLAUDE_CODE_OAUTH_TOKEN) looks like an API key. Give it as anthropic-api-key.';
  const options = { prompt: 'a', model: 'haiku' };
  expect((await said({ ...options, 'anthropic-api-key': token })).warnings).toEqual([asKey]);
  expect((await said({ ...options, 'claude-code-oauth-token': key })).warnings).toEqual([asToken]);
  expect((await said(options, {}, { ANTHROPIC_API_KEY: token })).warnings).toEqual([asKey]);
  expect((await said(options, {}, { CLAUDE_CODE_OAUTH_TOKEN: key })).warnings).toEqual([asToken]);
  expect((await said({ ...options, offline: 'true', 'anthropic-api-key': token })).warnings).toEqual([]);
});

test('a key and a token together are warned about, unless one of them does not reach Claude', async () => {
  const [token, key] = ['sk-ant-oat01-0123456789', 'sk-ant-api03-0123456789'];
  const both = [expect.stringMatching(/^There are both an API key and a token .* prefers the key/)];
  const options = { prompt: 'a', model: 'haiku' };
  const variables = { ANTHROPIC_API_KEY: key, CLAUDE_CODE_OAUTH_TOKEN: token };
  expect((await said({ ...options, 'anthropic-api-key': key, 'claude-code-oauth-token': token })).warnings).toEqual(
    both,
  );
  expect((await said(options, {}, variables)).warnings).toEqual(both);
  // An option replaces the credentials of the environment.
  expect((await said({ ...options, 'claude-code-oauth-token': token }, {}, variables)).warnings).toEqual([]);
  expect((await said(options, {}, { ...variables, ANTHROPIC_API_KEY: '' })).warnings).toEqual([]);
  expect((await said({ ...options, offline: 'true' }, {}, variables)).warnings).toEqual([]);
});
