import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EnsembleFact } from '../../src/model/event.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import { SessionState } from '../../src/model/session-state.ts';
import { renderSummary } from '../../src/reports/summary.ts';
import { runs } from '../rig/random-seed.ts';
import { processResult } from '../rig/results.ts';
import { eventTime, play, processRetrying, sessionEnded, sessionStarted } from '../rig/session-events.ts';

const limit = 150_000;

async function recordOf(results: readonly ProcessResult[], more: readonly EnsembleFact[] = []): Promise<SessionState> {
  const record = new SessionState();
  const ids = results.map(({ processId }) => processId);
  const facts = [sessionStarted(ids), ...more, sessionEnded(results)];
  await play([{ name: 'record', handle: (event) => record.apply(event) }], facts);
  return record;
}

async function summaryOf(results: readonly ProcessResult[], more: readonly EnsembleFact[] = []): Promise<string> {
  return renderSummary(await recordOf(results, more));
}

/** Every tag that was opened is closed, in order. */
function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z]\w*)[^>]*>/gu)) {
    if (['meta', 'br', 'hr'].includes(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

/** What is left when the places are taken out in which GitHub brings nothing to life. */
function livePart(markdown: string): string {
  return markdown.replaceAll(/<(code|pre)>.*?<\/\1>/gsu, '');
}

const hostile = [
  '@octocat and #123 and org/repo#4',
  '![image](https://evil.example/pixel.png)',
  '[link](https://evil.example) https://evil.example www.evil.example',
  '<img src=x onerror=alert(1)> <script>alert(1)</script> <!-- comment',
  '</pre></code></details></table>',
  '| a | b |\n|---|---|\n**bold** `code` ~~~\n```\n# heading\n\n<b>',
  ':tada: GH-12 0123456789abcdef0123456789abcdef01234567 mail@evil.example',
  '&lt;b&gt; &#64;octocat \u202eevil\u202c',
  '$x$ and $1 a piece',
  'ｗｉｄｅGH-12 éwww.evil.example ü0123456789abcdef0123456789abcdef01234567',
  '\u001b[31mred',
];

describe('the summary', () => {
  const lint = processResult('lint', undefined, {
    name: 'Lint the code',
    output: '## Review\n\nAll is **well**.\n\n- Really.',
    duration: 12.4,
    costUsd: 0.0123,
    model: 'claude-opus-5-5',
    numTurns: 4,
    usage: { inputTokens: 4_000, outputTokens: 200, cacheReadTokens: 5_000, cacheWriteTokens: 1_000 },
  });
  const docs = processResult(
    'docs',
    { status: 'timed-out', reason: 'timeout' },
    {
      message: 'while Bash ran: sleep 60',
      stderr: 'Error: no',
      attempts: 2,
      permissionDenials: [{ toolName: 'Bash', toolUseId: 't' }],
    },
  );

  test.each([
    ['dry-run', 'skipped', /^### ⏭️ Claude Ensemble: dry run\n\n<p>All is said\.<\/p>/u],
    ['missing-credentials', 'skipped', /^### ⏭️ Claude Ensemble: skipped\n\n<p>All is said\.<\/p>/u],
    // For example that of shards of which one is missing.
    ['dry-run', 'failure', /^### ❌ Claude Ensemble: failure, 0 of 1 done/u],
  ] as const)('calls a session by what came of it: of %s, %s', (reason, conclusion, head) => {
    const ended = sessionEnded([processResult('lint', { status: 'skipped', reason })], {
      conclusion,
      verdict: 'All is said.',
    });
    const state = new SessionState();
    for (const fact of [sessionStarted(['lint']), ended]) state.apply({ ...fact, at: eventTime });
    const summary = renderSummary(state);
    expect(summary).toMatch(head);
    // What was not meant to run is nothing amiss.
    expect(summary).not.toContain('Needs attention');
  });

  test('says title, counts, time, money and tokens, then what needs attention and the next step', async () => {
    const late = processResult('late', { status: 'skipped', reason: 'earlier-failure' });
    const summary = await summaryOf([lint, docs, late], [processRetrying('docs')]);
    expect(summary).toMatch(
      /^### ❌ Claude Ensemble: failure, 1 of 3 done, 2 not\n\n<p><b>12 s<\/b> · <b>1\.2¢ \(cost of 1 process unknown\)<\/b> · 10k tokens in \(50 % from the cache, 1k written to it\), 200 out<\/p>\n/u,
    );
    expect(summary).toContain(
      '<p><b>Needs attention</b></p><ul>' +
        '<li>⏱️ <b>docs</b>: timed out after 1.0 s in attempt 2 while Bash ran: sleep 60<br>' +
        '→ Raise <code>timeout</code>, or bound the command that it runs.</li>',
    );
    expect(summary).toContain('<li>⏭️ <b>late</b>: not started, since another one had failed<br>');
    expect(summary).toContain(
      '<li>❗ <b>docs</b>: tools denied: Bash<br>→ Allow what is needed with <code>allowed-tools',
    );
    expect(summary).toContain('<b>docs</b> <sub>2 attempts: service overloaded, 1 denied</sub>');
    // The table has said it.
    expect(summary).not.toContain('Worth knowing');
    expect(summary).not.toContain('$0.0');
    expect(isBalanced(summary)).toBe(true);
  });

  test('tells a failure that was to be continued on from one that counts', async () => {
    const failure = { status: 'failed', reason: 'exit-code' } as const;
    const minor = processResult('minor', failure, { continueOnError: true });
    const spared = processResult('spared', { status: 'skipped', reason: 'condition' }, { continueOnError: true });
    const late = processResult('late', { status: 'skipped', reason: 'needs' }, { attempts: 0 });
    const list = processResult('list', { status: 'failed', reason: 'invalid-items' }, { attempts: 0 });
    const summary = await summaryOf([lint, late, list, processResult('grave', failure), minor, spared]);
    expect(summary).toContain('1 of 6 done, 3 not, 1 allowed to fail, 1 not needed');
    // A failure without a process comes ahead of what was not started.
    expect(summary).toMatch(/<b>list<\/b>: had.*<b>late<\/b>: not started/su);
    expect(summary).toContain('<b>grave</b>: ended with an error<br>');
    expect(summary).toContain('<b>minor</b>: ended with an error, which continue-on-error allows<br>');
  });

  test('shows every process with its headline and its answer as what the Markdown means', async () => {
    const summary = await summaryOf([lint, docs]);
    expect(summary).toContain('<td>✅ <b>Lint the code</b><br>All is well.</td>');
    expect(summary).toContain('<td align="right">12 s</td><td align="right">1.2¢</td>');
    expect(summary).toContain('<i>timed out after 1.0 s in attempt 2</i>');
    expect(summary).toMatch(/<sub>12 s · 1\.2¢ · 4 turns · claude-opus-5-5<\/sub>/u);
    expect(summary).toContain('<h4>Review</h4><p>All is <b>well</b>.</p><ul><li>Really.</li></ul>');
    expect(summary.indexOf('Error: no')).toBeLessThan(summary.indexOf('<h4>Review</h4>'));
    expect(summary).not.toContain('<details open>');
  });

  test('says of a structured answer what it comes to, and of what is amiss how much', async () => {
    const finding = { file: 'a.ts', line: 1, summary: 'No.', failure_scenario: 'x', severity: 'nit' };
    const summary = await summaryOf([
      processResult('two', undefined, { answerKind: 'findings', structuredOutput: { findings: [finding, finding] } }),
      processResult('none', undefined, { answerKind: 'findings', structuredOutput: { findings: [] } }),
      processResult('check', undefined, {
        ...{ answerKind: 'finding-check', checkedFinding: 'f' },
        structuredOutput: { verdict: 'REFUTED', reason: 'It is **locked**.' },
      }),
      processResult('offline', undefined, { mcpFaults: [{ name: 'github', status: 'failed' }] }),
      processResult(
        'slow',
        { status: 'timed-out', reason: 'timeout' },
        { timedOutAfter: 60, message: 'while Bash ran' },
      ),
      processResult('hung', { status: 'timed-out', reason: 'timeout' }, { timedOutAfter: 9, duration: 14 }),
      processResult('mute', { status: 'timed-out', reason: 'idle-timeout' }, { timedOutAfter: 900 }),
    ]);
    for (const said of [
      '<b>two</b><br>2 findings<',
      '<b>none</b><br>no findings<',
      '<b>check</b><br>refuted: It is locked.<',
      '<b>offline</b> <sub>1 MCP server missing</sub>',
      '<i>timed out after 9.0 s</i></td><td></td><td align="right">14 s</td>',
      '<b>slow</b>: timed out after 1 min while Bash ran<br>→ Raise <code>timeout</code>, or bound the command',
      '<b>hung</b>: timed out after 9.0 s<br>→ Raise <code>timeout</code>, or ask for less',
      '<b>mute</b>: timed out after 15 min of silence<br>',
    ])
      expect(summary).toContain(said);
  });

  test('draws when each process ran and waited', () => {
    const at = (seconds: number) => `2026-11-22T10:20:${30 + seconds}.000Z`;
    const state = new SessionState();
    const facts = [
      { ...sessionStarted(['lint']), at: at(0) },
      { type: 'process-started', processId: 'lint', attempt: 1, pid: 1, at: at(0) },
      { ...processRetrying('lint'), at: at(11) },
      { type: 'process-started', processId: 'lint', attempt: 2, pid: 2, at: at(16) },
      { ...sessionEnded([{ ...lint, endedAt: at(22) }]), at: at(22) },
    ] as const;
    for (const event of facts) state.apply(event);
    expect(renderSummary(state)).toContain(`<samp>${'█'.repeat(11)}${'░'.repeat(5)}${'█'.repeat(6)}</samp>`);
  });

  test('links to the report and the logs once they are uploaded', async () => {
    const links = { report: 'https://github.example/a/1', logs: 'https://github.example/a/2', logsBytes: 50_000 };
    const summary = renderSummary(await recordOf([lint]), { links });
    expect(summary).toContain('<a href="https://github.example/a/1">Open the report</a>');
    expect(summary).toContain('<a href="https://github.example/a/2">Download all logs</a> (48.8 KiB)');
  });

  test('opens the answer that the others were for', async () => {
    const needs = { late: ['lint'] } as Readonly<Record<string, readonly string[]>>;
    const record = (pattern: 'sequential' | 'fallback' | 'graph') => {
      const results = [docs, lint, processResult('late', undefined, { output: 'The end.' })];
      const state = new SessionState();
      const ids = ['docs', 'lint', 'late'];
      const processes = ids.map((id) => ({ processId: id, name: id, needs: needs[id] ?? [] }));
      for (const fact of [sessionStarted(ids, { pattern, processes }), sessionEnded(results)])
        state.apply({ ...fact, at: '2026-11-22T10:20:30.000Z' });
      return renderSummary(state);
    };
    expect(record('sequential')).toMatch(/<details open><summary>✅ <b>late<\/b>/u);
    expect(record('fallback')).toMatch(/<details open><summary>✅ <b>Lint the code<\/b>/u);
    expect(record('graph')).toMatch(/<details open><summary>✅ <b>late<\/b>/u);
    expect(record('graph')).not.toMatch(/<details open><summary>✅ <b>Lint/u);
    expect(await summaryOf([lint])).toMatch(/<details open><summary>✅ <b>Lint the code<\/b>/u);
  });

  test('shows what a model, a tool or a name says as text only', async () => {
    for (const evil of hostile) {
      const result = processResult(
        'x',
        { status: 'failed', reason: 'claude-error' },
        {
          name: evil,
          output: evil,
          stderr: evil,
          message: evil,
          permissionDenials: [{ toolName: evil, toolUseId: 't' }],
        },
      );
      const warning: EnsembleFact = { type: 'notice', level: 'warning', message: evil };
      const summary = renderSummary(
        await recordOf([result], [warning, { ...sessionStarted(['x']), executable: evil }]),
      );
      expect(isBalanced(summary)).toBe(true);
      expect(livePart(summary)).not.toMatch(
        /octocat|evil|onerror|tada|\bGH-|#\d|0123456789abc|\$x|\*\*|!\[|\]\(|~~~|`/u,
      );
      // A blank line ends a block of HTML, and what follows would be read as Markdown.
      for (const block of summary.trimEnd().split('\n\n'))
        expect(block).toMatch(/^(?:### |<(?:p|table|ul|details)\b[^\n]*$)/u);
      expect(summary).not.toMatch(/[\u202e\u001b]/u);
    }
  });

  test.each([
    [1, 10_000],
    [6, 10_000],
    [3_000, 100],
  ])('of %i long outputs keeps to 150 KB, and says what it cut', async (count, lines) => {
    const output = '<é"\n'.repeat(lines);
    const results = Array.from({ length: count }, (_, index) => processResult(`p${index}`, undefined, { output }));
    const summary = await summaryOf([...results, docs]);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(limit);
    const total = count + 1;
    expect(summary).toContain(`${count.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} done, 1 not`);
    expect(/Cut here; the report has all of it|more have no room here|and [\d,]+ more<\/td>/u.test(summary)).toBe(true);
    expect(isBalanced(summary)).toBe(true);
    expect(summary).not.toContain('\ufffd');
    expect(summary.indexOf('<b>docs</b>')).toBeLessThan(summary.indexOf('<b>p0</b>'));
  });

  test('of 300 processes names each, what failed first and open, what succeeded folded', async () => {
    const fine = Array.from({ length: 299 }, (_, index) =>
      processResult(`fine${index}`, undefined, { output: 'It reads well. '.repeat(1_000) }),
    );
    const spared = processResult('spared', { status: 'skipped', reason: 'condition' });
    const summary = await summaryOf([...fine, docs, spared]);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(limit);
    for (const { name } of fine) expect(summary).toContain(`<b>${name}</b>`);
    expect(summary).toContain('<details><summary>✅ <b>299 succeeded, 1 not needed</b></summary><table>');
    expect(summary.indexOf('<td>⏱️ <b>docs</b>')).toBeLessThan(summary.indexOf('299 succeeded'));
    expect(summary).not.toContain('<summary>✅ <b>fine0</b>');
  });

  test('is whole and well formed for any results', async () => {
    const text = fc.string({
      unit: fc.constantFrom('<', '&', '@', '\n', 'é', '😀', '`', '|', 'word ', '\u202e', '"'),
      maxLength: 200,
    });
    const result = fc.record({ output: text, stderr: text, message: text, name: text });
    await fc.assert(
      fc.asyncProperty(
        fc.array(result, { maxLength: 12 }),
        fc.integer({ min: 6_000, max: 20_000 }),
        async (details, most) => {
          const results = details.map((detail, index) =>
            processResult(`p${index}`, { status: 'failed', reason: 'auth' }, detail),
          );
          const summary = renderSummary(await recordOf(results), { most });
          expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(most);
          expect(isBalanced(summary)).toBe(true);
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

test('a figure behind a name that is written from right to left stays behind it', async () => {
  const results = [processResult('a', undefined, { name: 'سلام', attempts: 1, duration: 5 }), processResult('b')];
  const summary = await summaryOf(results);
  expect(summary).toContain('<b>سلام</b>&lrm; <sub>5.0 s');
  expect(summary).toContain('<b>b</b> <sub>');
});

test('an answer that the safety filter refused is told from a fault of the service, with advice of its own', async () => {
  const failed = { status: 'failed', reason: 'claude-error' } as const;
  const results = [
    processResult('a', failed, { cause: 'safety-filter', message: 'API Error: refused' }),
    processResult('b', failed, { message: 'API Error: 500' }),
  ];
  const summary = await summaryOf(results);
  expect(summary).toMatch(/<b>a<\/b>: refused by the safety filter of the model: .*?→ Reword the prompt/su);
  expect(summary).toMatch(/<b>b<\/b>: stopped by an error of Claude Code or its service: .*?→ Run it again/su);
});

test('advice fits what happened: a denial that failed a process is told once, a long answer and a silent timeout have their own', async () => {
  const failed = { status: 'failed', reason: 'claude-error' } as const;
  const results = [
    processResult(
      'a',
      { status: 'failed', reason: 'denied' },
      { message: 'denied: Write (on-denied is "fail")', permissionDenials: [{ toolName: 'Write', toolUseId: 't' }] },
    ),
    processResult('b', failed, { cause: 'answer-too-long' }),
    processResult('c', { status: 'timed-out', reason: 'timeout' }),
  ];
  const summary = await summaryOf(results);
  expect(summary).toContain('not allowed to use a tool: denied: Write');
  expect(summary).not.toContain('tools denied: Write');
  expect(summary).toMatch(/<b>b<\/b>: .*?→ Ask for a shorter answer/su);
  expect(summary).toMatch(/<b>c<\/b>: timed out[^→]*→ Raise <code>timeout<\/code>, or ask for less/u);
});

test('a dry run shows lists whose items are found at run time, what waits for them, and what would be taken', async () => {
  const skipped = { status: 'skipped', reason: 'dry-run' } as const;
  const results = [
    processResult('old', skipped, { message: 'it would be taken from session s' }),
    processResult('source', skipped),
    processResult('end', skipped),
  ];
  const record = new SessionState();
  const processes = [
    { processId: 'old', name: 'old' },
    { processId: 'source', name: 'source' },
    { processId: 'end', name: 'end', needs: ['list'] },
  ];
  const groups = [
    { id: 'list*', needs: ['source'], fingerprint: { prompt: 'x' } },
    { id: 'list', needs: ['list*'] },
  ];
  await play(
    [{ name: 'record', handle: (event) => record.apply(event) }],
    [sessionStarted([], { pattern: 'graph', processes, groups }), sessionEnded(results, { conclusion: 'skipped' })],
  );
  const summary = renderSummary(record);
  expect(summary).toContain('<td><b>old</b></td><td>it would be taken from session s</td>');
  expect(summary).toContain('<td><b>end</b></td><td>after list</td>');
  expect(summary).toContain('<td><b>list</b>, one for each item found</td><td>after source</td>');
});

test('a session that started nothing shows what would wait for what, not who took no time', async () => {
  const results = ['a', 'b', 'c'].map((id) => processResult(id, { status: 'skipped', reason: 'dry-run' }));
  const record = new SessionState();
  const processes = results.map(({ processId, name }) => ({
    ...{ processId, name },
    ...(processId === 'c' && { needs: ['a', 'b'] }),
  }));
  await play(
    [{ name: 'record', handle: (event) => record.apply(event) }],
    [sessionStarted([], { pattern: 'graph', processes }), sessionEnded(results, { conclusion: 'skipped' })],
  );
  const summary = renderSummary(record);
  expect(summary).toContain('<td><b>a</b></td><td>at once</td>');
  expect(summary).toContain('<td><b>c</b></td><td>after a, b</td>');
  expect(summary).not.toMatch(/Time|since this is a dry run/u);
});
