import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EnsembleFact } from '../../src/model/event.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import { SessionState } from '../../src/model/session-state.ts';
import { reportHtml } from '../../src/reports/report.ts';
import { renderSummary } from '../../src/reports/summary.ts';
import { processResult } from '../rig/results.ts';
import { play, processRetrying, sessionEnded, sessionStarted } from '../rig/session-events.ts';

const limit = 1_000_000;

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

async function reportOf(results: readonly ProcessResult[], more: readonly EnsembleFact[] = []): Promise<string> {
  return [...reportHtml(await recordOf(results, more))].join('');
}

/** Every tag that was opened is closed, in order. */
function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z]\w*)[^>]*>/gu)) {
    if (name === 'meta') continue;
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
  test('says what happened, shows every process, and then what there is to read of each', async () => {
    const results = [
      processResult(
        'lint',
        { status: 'succeeded' },
        {
          name: 'Lint the code',
          output: 'All is well.\nReally.',
          duration: 12.4,
          costUsd: 0.0123,
          usage: { inputTokens: 4_000, outputTokens: 200, cacheReadTokens: 20, cacheWriteTokens: 30 },
        },
      ),
      processResult(
        'docs',
        { status: 'failed', reason: 'exit-code' },
        {
          message: 'it said no',
          stderr: 'Error: no',
          attempts: 2,
          permissionDenials: [{ toolName: 'Bash', toolUseId: 't' }],
        },
      ),
      processResult('late', { status: 'skipped', reason: 'earlier-failure' }),
    ];
    const summary = await summaryOf(results, [processRetrying('docs')]);
    expect(summary).toMatch(/^### ❌ Claude Ensemble: failure\n\n<p>Failure: 1 of 3 processes succeeded; /u);
    expect(summary).toContain(
      '<td>✅</td><td><code>Lint the code</code></td><td>succeeded</td><td align="right">12 s</td>' +
        '<td align="right">1.2¢</td><td align="right">4,000 in, 50 cached, 200 out</td><td><code>All is well. Really.</code></td>',
    );
    expect(summary).toContain('<td>failed (exit-code), 2 attempts, 1 denied</td>');
    expect(summary).toContain('<td>skipped (earlier-failure)</td>');
    expect(summary).toContain('<pre>\nAll is well.\nReally.\n</pre>');
    expect(summary).toContain('<pre>\nit said no\n\nstandard error:\nError: no\n</pre>');
    expect(summary).toContain('retried: docs (overloaded)');
    expect(summary).toContain('tools denied: docs (Bash)');
    expect(summary).not.toContain('Cut to');
    expect(isBalanced(summary)).toBe(true);
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
      // A blank line ends a block of HTML, and what follows would be read as Markdown: only `pre` may hold one.
      for (const block of summary.replaceAll(/<pre>.*?<\/pre>/gsu, '<pre>').split('\n\n'))
        expect(block).toMatch(/^(?:### |<(?:p|table|ul|details|pre|\/details)\b|$)/u);
      expect(summary).not.toMatch(/[\u202e\u001b]/u);
    }
  });

  const sizes: readonly [count: number, cut: RegExp][] = [
    [1, /outputs shortened: 1\)/u],
    [6, /outputs shortened: 6\)/u],
    [500, /outputs shortened: 500\)/u],
    [3_000, /outputs left out: /u],
    [12_000, /outputs left out: .*rows left out: /u],
  ];
  for (const [count, cut] of sizes) {
    test(`of ${count} long outputs keeps to 1,000,000 bytes, and says what it cut`, async () => {
      const output = '<é"\n'.repeat(100_000);
      const results = Array.from({ length: count }, (_, index) => processResult(`p${index}`, undefined, { output }));
      const summary = await summaryOf(results);
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(limit);
      expect(Buffer.byteLength(summary)).toBeGreaterThan(limit * 0.9);
      expect(cut.test(summary)).toBe(true);
      expect(summary).toContain(`${count.toLocaleString('en-US')} of ${count.toLocaleString('en-US')} succeeded`);
      expect(isBalanced(summary)).toBe(true);
      expect(summary).not.toContain('\ufffd');
    });
  }

  test('cuts what succeeded before what did not', async () => {
    const summaryWith = (count: number): Promise<string> => {
      const fine = Array.from({ length: count }, (_, index) =>
        processResult(`fine${index}`, undefined, { output: 'x'.repeat(2_000) }),
      );
      const failed = processResult('late', { status: 'failed', reason: 'auth' }, { message: 'the key is wrong' });
      return summaryOf([...fine, failed]);
    };
    expect(await summaryWith(3_000)).toContain('<pre>\nthe key is wrong\n</pre>');
    expect(await summaryWith(8_000)).toMatch(/<tr>.*<code>late<\/code>.*the key is wrong/u);
  });

  test('gives the room that short outputs leave to a long one', async () => {
    const long = processResult('long', undefined, { output: 'y'.repeat(400_000) });
    const short = Array.from({ length: 9 }, (_, index) => processResult(`short${index}`, undefined, { output: 'z' }));
    expect(await summaryOf([...short, long])).toContain('y'.repeat(390_000));
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
        fc.integer({ min: 4_000, max: 20_000 }),
        async (details, most) => {
          const results = details.map((detail, index) =>
            processResult(`p${index}`, { status: 'failed', reason: 'auth' }, detail),
          );
          const summary = renderSummary(await recordOf(results), most);
          expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(most);
          expect(isBalanced(summary)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the report', () => {
  test('is one page that allows nothing from outside, runs no script and says so to the browser', async () => {
    const report = await reportOf([processResult('lint')]);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/u.exec(report)?.[1];
    const style = /<style>(.*?)<\/style>/su.exec(report)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect(report).not.toMatch(/<script|<img|<link|<iframe|src=|url\(|@import|https?:/iu);
    expect(isBalanced(report)).toBe(true);
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
        },
      );
      const report = await reportOf([result], [{ type: 'notice', level: 'warning', message: evil }]);
      expect(isBalanced(report)).toBe(true);
      expect(report).not.toMatch(/<img|<script|<b>|<!-- |[\u202e\u001b]/u);
      expect(report).not.toMatch(/<a href="(?!#process-\d+")/u);
    }
  });

  test('shows every process with its output, opens those that failed, and says what it cut', async () => {
    const results = [
      processResult('fine', undefined, { output: 'all well' }),
      processResult('bad', { status: 'failed', reason: 'auth' }, { stderr: 'the key is wrong', message: 'no access' }),
      processResult('long', undefined, { output: 'x'.repeat(1_048_576), outputTruncated: true }),
    ];
    const report = await reportOf(results);
    expect(report).toContain('<pre>all well</pre>');
    expect(report).toContain('<details id="process-1" open>');
    expect(report).toContain('<pre>the key is wrong</pre>');
    expect(report).toContain('The whole is in outputs/long.md.');
  });

  test('stays a page that a browser opens, with any number of long outputs', async () => {
    const results = Array.from({ length: 500 }, (_, index) =>
      processResult(`p${index}`, undefined, { output: 'x'.repeat(200_000) }),
    );
    const report = await reportOf(results);
    expect(report.length).toBeLessThan(20 * 1_048_576);
    expect(report).toContain('The whole is in outputs/p499.md.');
  });
});
