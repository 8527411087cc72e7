import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/options/duration.ts';
import { validSettings } from '../rig/configure.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place[Symbol.asyncDispose]());

const found = (options: Readonly<Record<string, unknown>>) => validSettings(options, { workspace: place.path });
const notices = async (options: Readonly<Record<string, unknown>>) => (await found(options)).notices;
const warnings = async (options: Readonly<Record<string, unknown>>) => (await found(options)).warnings;
const prompts = (count: number) => '- a\n'.repeat(count);

test('a plain session has nothing to say', async () => {
  expect(await notices({ prompts: prompts(3) })).toEqual([]);
  expect(await notices({ prompts: prompts(1), pattern: 'sequential' })).toEqual([]);
  expect(await notices({ prompts: prompts(3), pattern: 'sequential', 'pass-output': 'true' })).toEqual([]);
});

test('a sequence that passes nothing on says so', async () => {
  expect(await notices({ prompts: prompts(2), pattern: 'sequential' })).toEqual([
    'pass-output is false: each process of this sequence sees its own prompt only.',
  ]);
});

describe('a plan that cannot fit into total-timeout is warned about', () => {
  const line = (total: string, longest: string) =>
    `total-timeout is ${total}, and the plan takes up to ${longest} when every process uses its whole timeout: what has not started by then is skipped.`;

  test.each([
    ['parallel', 6, []],
    ['parallel', 7, [line('2h', '3h')]],
    ['fallback', 3, [line('2h', '3h')]],
    ['batch', 4, []],
    ['batch', 5, [line('2h', '3h')]],
  ])('%s, %d prompts of 1h in 2h', async (pattern, count, expected) => {
    const options = { prompts: prompts(count), pattern, timeout: '1h', 'total-timeout': '2h' };
    expect(await warnings({ ...options, ...(pattern === 'batch' && { 'batch-size': '2' }) })).toEqual(expected);
  });

  test('batches wait for each other, and within a batch the workers are shared', async () => {
    const options = { prompts: prompts(4), pattern: 'batch', 'batch-size': '3', 'max-workers': '2', timeout: '1h' };
    expect(await warnings({ ...options, 'total-timeout': '2h' })).toEqual([line('2h', '3h')]);
    expect(await warnings({ ...options, 'total-timeout': '3h' })).toEqual([]);
  });

  test('with the timeouts of the entries', async () => {
    const list =
      '- {prompt: a, timeout: 3h}\n- {prompt: b, timeout: 1h}\n- {prompt: c, timeout: 1h}\n- {prompt: d, timeout: 90m}\n';
    expect(await warnings({ prompts: list, 'max-workers': '2', 'total-timeout': '3h' })).toEqual([line('3h', '3h30m')]);
  });

  test('by the defaults of the Action: 51 prompts, 3 at once, 20 minutes each', async () => {
    expect(await warnings({ prompts: prompts(48) })).toEqual([]);
    expect(await warnings({ prompts: prompts(51) })).toEqual([line('5h30m', '5h40m')]);
  });
});

test('a fail-on that nothing can reach is warned about', async () => {
  expect(await notices({ prompts: prompts(2), 'fail-on': '3' })).toEqual([
    'fail-on is 3, and there are 2 prompts: this session cannot fail by it.',
  ]);
  expect(await notices({ prompts: prompts(3), 'fail-on': '3' })).toEqual([]);
});

test('a version that moves is warned about', async () => {
  expect(await warnings({ prompt: 'p', 'claude-version': 'latest' })).toEqual([
    'claude-version is latest: what runs can change from day to day. Name an exact version to pin it.',
  ]);
});

test('an option without effect in the pattern is named', async () => {
  expect(
    await notices({ prompts: prompts(2), 'pass-output': 'true', 'batch-size': '5', 'stop-on-failure': 'true' }),
  ).toEqual([
    'batch-size has no effect with pattern parallel; it belongs to batch.',
    'pass-output has no effect with pattern parallel; it belongs to sequential, batch.',
  ]);
  expect(await notices({ prompts: prompts(2), 'pass-output': 'false' })).toEqual([]);
});

test('a duration that is written is read as the same duration', () => {
  for (const ms of [1, 999, 1000, 61_000, 5_400_000, 86_400_000, 90_061_001]) {
    expect(parseDuration(formatDuration(ms), false)).toEqual({ ok: true, value: ms });
  }
  expect(formatDuration(0)).toBe('0s');
  expect(formatDuration(19_800_000)).toBe('5h30m');
});

test('a gate of findings that no process is asked for is warned about', async () => {
  const line =
    'fail-on-severity is nit, and no process is asked for findings: nothing can fail by it. Give json-schema: findings.';
  const gate = { 'fail-on-severity': 'nit' };
  expect(await warnings({ prompt: 'p', ...gate })).toEqual([line]);
  expect(await warnings({ prompt: 'p', ...gate, 'json-schema': '{"type":"object"}' })).toEqual([line]);
  expect(await warnings({ prompt: 'p', ...gate, 'json-schema': 'findings' })).toEqual([]);
  expect(await warnings({ prompts: '[a, {prompt: b, json-schema: findings}]', ...gate })).toEqual([]);
  expect(await warnings({ prompts: '[{prompt: b, json-schema: findings}]', ...gate, shard: '2/2' })).toEqual([]);
  expect(await warnings({ prompts: '[]', ...gate })).toEqual([]);
});

test('a shard without reviewers is no cause to warn about a gate while another shard has one', async () => {
  const gate = { 'fail-on-severity': 'nit' };
  const prompts = '[a, {prompt: b, json-schema: findings}]';
  expect(await warnings({ prompts, ...gate, shard: '1/2' })).toEqual([]);
  expect(await warnings({ prompts, ...gate, shard: '2/2' })).toEqual([]);
  expect(await warnings({ prompts: '[a, b]', ...gate, shard: '1/2' })).toHaveLength(1);
});

test('a version beside a path is warned about', async () => {
  const both = { prompt: 'p', 'claude-path': process.execPath, 'claude-version': 'latest' };
  expect(await warnings(both)).toEqual(['claude-version has no effect beside claude-path, which is used as it is.']);
});
