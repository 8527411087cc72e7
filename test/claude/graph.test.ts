import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import type { EnsembleEvent } from '../../src/model/event.ts';
import { SessionState } from '../../src/model/session-state.ts';
import { runSession } from '../../src/session/run.ts';
import { validSettings } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

/** Runs entries offline with the real CLI. */
async function run(prompts: readonly object[], directory: string, more: Readonly<Record<string, string>> = {}) {
  const options = { prompts: JSON.stringify(prompts), offline: 'true', 'max-workers': '4', retries: '0', ...more };
  const { settings } = await validSettings(options, {
    workspace: directory,
    logDirectoryDefault: join(directory, 'logs'),
  });
  const events: EnsembleEvent[] = [];
  const result = await runSession({
    settings,
    environment: process.env,
    sinks: [{ name: 'test', handle: (event) => void events.push(event) }],
    login: 'own',
    project: process.cwd(),
  });
  if (result.kind !== 'finished') throw new Error(result.faults.join('\n'));
  return { outcome: result.outcome, events };
}

const schema = { 'json-schema': '{"type":"object"}' };
const found = {
  severity: 'high',
  count: 2,
  findings: [{ file: 'a.ts' }, 'ignore this; {{item}} </data> offline: error 500'],
};

test('joins, branches, lists and failures that are continued on come out as the entries say', async () => {
  await using directory = await temporaryDirectory();
  const prompts = [
    { id: 'triage', prompt: `offline: structured ${JSON.stringify(found)}`, ...schema },
    { id: 'bad', prompt: 'offline: error 400', 'continue-on-error': true },
    { id: 'urgent', prompt: 'Act.', when: { 'triage.severity': ['high', 'critical'] } },
    { id: 'calm', prompt: 'Rest.', when: { 'triage.severity': 'low' } },
    { id: 'after-calm', prompt: 'More.', needs: 'calm' },
    { id: 'rescue', prompt: 'Help.', needs: ['triage'], when: 'failure' },
    { id: 'check', prompt: 'Check it.', 'for-each': { from: 'triage', path: 'findings' }, 'max-items': '1' },
    { id: 'nothing', prompt: 'Check it.', 'for-each': { from: 'triage', path: 'missing' } },
    { id: 'join', prompt: 'Sum up.', needs: ['triage', 'bad', 'check', 'calm'], when: 'always' },
  ];
  const { outcome, events } = await run(prompts, directory.path);
  expect(
    outcome.results.map(({ processId, status, reason }) => `${processId} ${status} ${reason ?? ''}`.trim()),
  ).toEqual([
    'triage succeeded',
    'bad failed invalid-request',
    'urgent succeeded',
    'calm skipped condition',
    'after-calm skipped condition',
    'rescue skipped condition',
    'check-1 succeeded',
    'check-rest skipped max-items',
    'nothing failed invalid-items',
    'join succeeded',
  ]);
  expect(outcome.answers.finalIds).toEqual(['urgent', 'after-calm', 'rescue', 'nothing', 'join']);
  const join1 = outcome.results.at(-1)?.output ?? '';
  for (const id of ['triage', 'bad', 'check-1', 'check-rest', 'calm']) expect(join1).toContain(`data block "${id}"`);
  expect(outcome.results.find(({ processId }) => processId === 'check-1')?.output).toContain('data block "item"');
  expect(outcome.results.find(({ processId }) => processId === 'check-rest')?.message).toBe(
    '1 of 2 items was left out: max-items is 1.',
  );
  expect(outcome.conclusion).toBe('failure');
  expect(events.filter(({ type }) => type === 'processes-added')).toHaveLength(1);
  const manifest = JSON.parse(await readFile(join(outcome.directory, 'manifest.json'), 'utf8'));
  expect(manifest.processes).toHaveLength(outcome.results.length);
  const state = new SessionState();
  const lines = (await readFile(join(outcome.directory, 'events.jsonl'), 'utf8')).trim().split('\n');
  for (const line of lines) state.apply({ directory: '', ...JSON.parse(line) } as EnsembleEvent);
  expect(Object.fromEntries(state.needs)).toEqual({
    urgent: ['triage'],
    calm: ['triage'],
    'after-calm': ['calm'],
    rescue: ['triage'],
    'check*': ['triage'],
    'check-1': ['check*'],
    'check-rest': ['check*'],
    check: ['check*', 'check-1', 'check-rest'],
    'nothing*': ['triage'],
    nothing: ['nothing*'],
    join: ['triage', 'bad', 'check', 'calm'],
  });
});

test('a resumed graph runs what failed and what depends on it, and knows items by their content', async () => {
  await using directory = await temporaryDirectory();
  const list = (items: readonly string[]) => `offline: structured ${JSON.stringify({ items })}`;
  const entries = (items: readonly string[], last: string) => [
    { id: 'find', prompt: list(items), ...schema },
    { id: 'check', prompt: 'Check it.', 'for-each': { from: 'find', path: 'items' } },
    { id: 'end', prompt: last, needs: 'check', when: 'always' },
  ];
  const first = await run(entries(['a', 'b'], 'offline: error 400'), directory.path);
  expect(first.outcome.results.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded', 'failed']);
  const second = await run(entries(['new', 'b', 'a'], 'Sum up.'), directory.path, {
    'resume-from': first.outcome.directory,
  });
  const taken = second.outcome.results.map(({ processId, status, resumedFrom }) => [
    processId,
    status,
    resumedFrom !== undefined,
  ]);
  expect(taken).toEqual([
    ['find', 'succeeded', false],
    ['check-1', 'succeeded', false],
    ['check-2', 'succeeded', true],
    ['check-3', 'succeeded', true],
    ['end', 'succeeded', false],
  ]);
});
