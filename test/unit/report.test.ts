import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseMessage } from '../../src/agents/claude/messages.ts';
import type { EnsembleEvent, EnsembleFact } from '../../src/model/event.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import { SessionState } from '../../src/model/session-state.ts';
import type { PageData, RowTexts, TranscriptStep } from '../../src/reports/page/page-data.ts';
import { pageScript } from '../../src/reports/page-script.ts';
import { reportHtml } from '../../src/reports/report.ts';
import { expectInertReport } from '../rig/inert-text.ts';
import { joined } from '../rig/replayed-session.ts';
import { processResult } from '../rig/results.ts';
import { processEnded, processRetrying, processStarted, sessionEnded, sessionStarted } from '../rig/session-events.ts';
import { assistantText, initMessage } from '../rig/stream-messages.ts';

/** The report of a session of facts that came a second apart each. */
function reportOf(facts: readonly EnsembleFact[], files: Readonly<Record<string, string>> = {}): Promise<string> {
  const state = new SessionState();
  for (const [second, fact] of facts.entries()) {
    const at = new Date(Date.UTC(2026, 10, 22, 10, 0, second)).toISOString();
    state.apply({ ...fact, at } satisfies EnsembleEvent);
  }
  return joined(
    reportHtml(state, {
      read: (name) => Readable.from(files[name] === undefined ? [] : [Buffer.from(files[name])]),
      readMessage: parseMessage,
    }),
  );
}

function reportOfResults(results: readonly ProcessResult[]): Promise<string> {
  return reportOf([sessionStarted(results.map(({ processId }) => processId)), sessionEnded(results)]);
}

function unpacked(report: string, id: string): unknown {
  const [, text = ''] = new RegExp(`<template id="${id}">([^<]*)</template>`, 'u').exec(report) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString());
}

const pageOf = (report: string): PageData => unpacked(report, 'page') as PageData;

test('the report is one page that allows nothing from outside, runs its own script only, and makes no markup of text', async () => {
  const report = await reportOfResults([processResult('lint')]);
  const style = /<style>(.*?)<\/style>/su.exec(report)?.[1] ?? '';
  const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
  expect(/http-equiv="Content-Security-Policy" content="([^"]+)"/u.exec(report)?.[1]).toBe(
    `default-src 'none'; script-src '${hash(pageScript)}'; style-src '${hash(style)}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
  );
  expect(report).not.toMatch(/<img|<link|<iframe|\ssrc=|url\(|@import/iu);
  expect(pageScript).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(/u);
  expectInertReport(report);
});

test('its static part shows every process with its output, opens those that failed, and says what it cut', async () => {
  const usage = { inputTokens: 4_000, outputTokens: 200, cacheReadTokens: 5_000, cacheWriteTokens: 1_000 };
  const report = await reportOfResults([
    processResult('fine', undefined, { output: 'all <b>well', usage }),
    processResult('bad', { status: 'failed', reason: 'auth' }, { stderr: 'the key is wrong', message: 'no access' }),
    processResult('long', undefined, { output: 'x'.repeat(1_048_576), outputTruncated: true }),
  ]);
  expect(report).toContain('<pre>all &lt;b&gt;well</pre>');
  expect(report).toContain('<details id="process-1" open>');
  expect(report).toContain('<pre>the key is wrong</pre>');
  expect(report).toContain('The whole is in outputs/long.md.');
  expect(report).toContain('4,000 in, 5,000 read from the cache, 1,000 written to the cache, 200 out');
  expect(pageOf(report).figures).toContain('10k tokens in (50 % from the cache, 1k written to it), 200 out');
});

test.each([
  ['skipped', { status: 'skipped', reason: 'dry-run' }, { title: 'dry run', heading: 'Nothing was started' }],
  [
    'skipped',
    { status: 'skipped', reason: 'missing-credentials' },
    { title: 'skipped', heading: 'Nothing was started' },
  ],
  ['success', { status: 'succeeded' }, { title: '1 of 1 done', heading: 'All is done' }],
  ['failure', { status: 'failed', reason: 'auth' }, { title: '0 of 1 done, 1 not', heading: 'Needs attention' }],
] as const)('its title and its first heading say what came of the session: %s %o', async (conclusion, ending, said) => {
  const facts = [
    sessionStarted(['lint'], { offline: true }),
    sessionEnded([processResult('lint', ending)], { conclusion }),
  ];
  const { title, heading, badge, figures } = pageOf(await reportOf(facts));
  expect({ title, heading }).toEqual({ ...said, title: `Claude Ensemble: ${said.title}` });
  const isSkipped = conclusion === 'skipped';
  expect([badge === undefined, figures.length === 0]).toEqual([isSkipped, isSkipped]);
});

test('what a fallback tried before its winner is headed as that', async () => {
  const results = [processResult('a', { status: 'failed', reason: 'auth' }), processResult('b')];
  const report = await reportOf([
    sessionStarted(['a', 'b'], { pattern: 'fallback' }),
    sessionEnded(results, { conclusion: 'success' }),
  ]);
  expect(pageOf(report).heading).toBe('Tried before');
});

test('it tells where the time of each process went', async () => {
  const phase = (kind: 'working' | 'limited'): EnsembleFact => ({ ...attempt, type: 'process-phase', phase: { kind } });
  const attempt = { processId: 'a', attempt: 1 };
  const result = processResult(
    'a',
    { status: 'timed-out', reason: 'timeout' },
    { endedAt: '2026-11-22T10:00:09.000Z', message: 'while Bash ran: make' },
  );
  const report = await reportOf([
    sessionStarted(['a', 'b']),
    processStarted('a'),
    phase('working'),
    phase('limited'),
    processRetrying('a'),
    processStarted('a', 2),
    { ...attempt, type: 'process-phase', phase: { kind: 'tool', tool: 'Bash' } },
    { ...attempt, type: 'process-stopping', cause: 'timeout', signal: 'SIGTERM' },
    phase('working'),
    processEnded(result),
    sessionEnded([result, processResult('b', { status: 'skipped', reason: 'earlier-failure' })]),
  ]);
  const { rows, attention } = pageOf(report);
  const spans = rows[0]?.spans.map(({ kind, from, to, tool }) => [tool ?? kind, from / 1000, to / 1000]);
  expect(spans).toEqual([
    ['waiting', 0, 1],
    ['starting', 1, 2],
    ['working', 2, 3],
    ['limited', 3, 4],
    ['retry', 4, 5],
    ['starting', 5, 6],
    ['Bash', 6, 7],
    ['stopping', 7, 9],
  ]);
  expect(rows.map(({ needsAttention }) => needsAttention)).toEqual([true, true]);
  expect(attention[0]).toMatchObject({
    kind: 'timed-out',
    cause: expect.stringMatching(/^timed out after .* while Bash ran: make$/),
    rows: [0],
  });
});

test('it holds prompt, answer and transcript of a process, attempts and sub-agents apart', async () => {
  const tool = (id: string, parent: string | null) => ({
    type: 'assistant',
    timestamp: '2026-11-22T10:00:03.500Z',
    parent_tool_use_id: parent,
    message: { role: 'assistant', content: [{ type: 'tool_use', id, name: 'Task', input: { description: 'look' } }] },
  });
  const init = (id: string) => ({ ...initMessage(), session_id: id });
  const own = assistantText('API Error');
  const messages = [
    ...[init('one'), init('one'), tool('t1', null), tool('t2', 't1')],
    ...[{ ...own, message: { ...(own.message as object), model: '<synthetic>' } }, init('two'), assistantText('Done.')],
  ];
  const result = processResult('a', undefined, { output: 'Done.' });
  const report = await reportOf(
    [sessionStarted(['a']), processStarted('a'), processEnded(result), sessionEnded([result])],
    {
      'a.jsonl': messages.map((message) => JSON.stringify(message)).join('\n'),
      'a.prompt.md': 'Look\nat it.',
    },
  );
  const [row] = pageOf(report).rows;
  expect((unpacked(report, `t${row?.texts.block}`) as RowTexts[])[row?.texts.index ?? -1]).toEqual({
    answer: 'Done.',
    prompt: 'Look\nat it.',
  });
  const steps = unpacked(report, `s${row?.transcript}`) as TranscriptStep[];
  expect(steps).toMatchObject([
    { kind: 'attempt', number: 1 },
    { kind: 'tool', id: 't1', at: 3_500 },
    { kind: 'tool', id: 't2', sub: 't1' },
    { kind: 'text', text: 'API Error', synthetic: true },
    { kind: 'attempt', number: 2 },
    { kind: 'text', text: 'Done.' },
  ]);
  expect(steps.at(-1)).not.toHaveProperty('synthetic');
});

test('300 processes with answers of 20 KiB are at most 1.5 MB', async () => {
  const words = 'The parser reads every line twice and keeps what it found in a list that nobody empties'.split(' ');
  const answer = (seed: number): string =>
    Array.from({ length: 3_400 }, (_, at) => words[(at * at * 31 + seed * at) % words.length])
      .join(' ')
      .padEnd(20_480, '.');
  const results = Array.from({ length: 300 }, (_, index) =>
    processResult(`p${index}`, undefined, { output: answer(index).slice(0, 20_480) }),
  );
  const report = await reportOfResults(results);
  expect(Buffer.byteLength(report)).toBeLessThanOrEqual(1_500_000);
  expect(pageOf(report).rows).toHaveLength(300);
});

test('a branch whose condition did not hold needs no attention', async () => {
  const skipped = (id: string, reason: 'condition' | 'earlier-failure') =>
    processResult(id, { status: 'skipped', reason });
  const report = await reportOfResults([
    processResult('a', { status: 'failed', reason: 'claude-error' }),
    skipped('late', 'earlier-failure'),
    skipped('alarm', 'condition'),
  ]);
  const { rows, attention } = pageOf(report);
  expect(rows.map(({ needsAttention }) => needsAttention)).toEqual([true, true, false]);
  expect(attention.map((one) => one.rows)).toEqual([[0], [1]]);
});

test('it lists successes that somebody should look at behind the failures, as the summary does', async () => {
  const denial = { toolName: 'Bash', toolUseId: 't1' };
  const report = await reportOfResults([
    processResult('fine'),
    processResult('vague', undefined, { answerKind: 'findings', output: 'All is well.' }),
    processResult('lonely', undefined, { mcpFaults: [{ name: 'tracker', status: 'failed' }] }),
    processResult('bound', undefined, { permissionDenials: [denial] }),
    processResult('bad', { status: 'failed', reason: 'claude-error' }),
  ]);
  const { rows, attention } = pageOf(report);
  expect(rows.map(({ kind }) => kind)).toEqual(['succeeded', 'warned', 'warned', 'warned', 'failed']);
  expect(rows.map(({ needsAttention }) => needsAttention)).toEqual([false, true, true, true, true]);
  expect(attention.map((one) => [one.kind, ...one.rows])).toEqual([
    ['failed', 4],
    ['denied', 3],
    ['servers', 2],
    ['no-findings', 1],
  ]);
  expect(attention.map(({ cause }) => cause)).toEqual(
    expect.arrayContaining(['tools denied: Bash', 'MCP servers missing: tracker (failed)']),
  );
});

test('it says what waited for whom, groups by their members, and which answers the others were for', async () => {
  const ids = ['collect', 'check-1', 'check-2', 'sum'];
  const needs = { 'check-1': ['collect'], 'check-2': ['collect'], sum: ['check'] } as Readonly<
    Record<string, string[]>
  >;
  const results = ids.map((id) => processResult(id, undefined, { output: `Answer of ${id}.` }));
  const started = sessionStarted([], {
    pattern: 'graph',
    processes: ids.map((id) => ({ processId: id, name: id, ...(needs[id] !== undefined && { needs: needs[id] }) })),
    groups: [{ id: 'check', needs: ['check-1', 'check-2'] }],
  });
  const report = await reportOf([started, ...results.map(processEnded), sessionEnded(results)]);
  const { rows, main } = pageOf(report);
  expect(rows.map(({ needs: waited }) => waited)).toEqual([undefined, [0], [0], [1, 2]]);
  expect(main).toEqual([3]);
});
