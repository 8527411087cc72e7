import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotationsOf } from '../../src/frontends/action/annotations.ts';
import { findingsKey } from '../../src/frontends/action/findings-key.ts';
import type { SessionFindings } from '../../src/model/finding.ts';
import { SessionState } from '../../src/model/session-state.ts';
import { findingsMarkdown } from '../../src/reports/findings-markdown.ts';
import { findingsLines } from '../../src/reports/findings-section.ts';
import { pageScript } from '../../src/reports/page-script.ts';
import { reportHtml } from '../../src/reports/report.ts';
import { reportStyle } from '../../src/reports/report-style.ts';
import { renderSummary } from '../../src/reports/summary.ts';
import { judgeSession } from '../../src/session/verdict.ts';
import { checker, finding, located, missingReviewer, reviewer } from '../rig/findings.ts';
import { hostileMarkdown } from '../rig/hostile-markdown.ts';
import { hostileText } from '../rig/hostile-text.ts';
import { expectInertReport, expectInertSummary, expectPlainLine } from '../rig/inert-text.ts';
import { answersFor } from '../rig/plan.ts';
import { runs } from '../rig/random-seed.ts';
import { joined, sourcesIn } from '../rig/replayed-session.ts';
import { play, sessionEnded, sessionStarted } from '../rig/session-events.ts';

const important = finding({ severity: 'important', short_summary: 'Lock kept', line: 12 });
const results = [
  reviewer('security', important, finding({ file: 'b.ts', summary: 'An odd name' })),
  reviewer('tests', finding({ line: 13 })),
  missingReviewer('style', { status: 'failed', reason: 'rate-limited' }),
  missingReviewer('late', { status: 'skipped', reason: 'budget' }),
];
const [first, second] = located(results).findings;
const checked = [
  ...results,
  checker('check-1', first?.id ?? '', 'CONFIRMED'),
  checker('check-2', second?.id ?? '', 'REFUTED'),
];
const found = located(checked);

async function stateOf(findings: SessionFindings): Promise<SessionState> {
  const state = new SessionState();
  const facts = [sessionStarted([]), sessionEnded(checked, { findings })];
  await play([{ name: 'state', handle: (event) => state.apply(event) }], facts);
  return state;
}

const judge = (failOnSeverity: 'none' | 'important' | 'nit', findings: SessionFindings = found, isAdvice = false) =>
  judgeSession({
    ...{
      succeeds: 'by-fail-on' as const,
      failOn: { kind: 'none' as const },
      results: [],
      durationSeconds: 1,
      findings,
    },
    severityGate: { failOnSeverity, isAdvice },
  });

function reportText(state: SessionState): Promise<string> {
  return joined(reportHtml(state, sourcesIn(undefined)));
}

test('the verdict counts findings by severity, and says who did not run and who did not finish', () => {
  expect(judge('none').verdict).toBe(
    'Success: 0 of 0 processes succeeded; findings: 1 important, 1 refuted; did not run: late (not enough money); did not finish: style (rate limit).',
  );
  expect(judge('none', located([missingReviewer('a', { status: 'failed', reason: 'auth' })])).verdict).toContain(
    'no findings are known; did not finish: a (key refused)',
  );
  expect(judge('none', located([reviewer('a')])).verdict).toContain('findings: no findings');
});

test('a graph names those that came to nothing once', () => {
  const { verdict } = judgeSession({
    ...{ pattern: 'graph' as const, succeeds: 'by-fail-on' as const, failOn: { kind: 'none' as const } },
    ...{ results, durationSeconds: 1, findings: found },
  });
  expect(verdict).toContain('"style" ran and failed (rate limit)');
  expect(verdict.match(/style|late/gu)).toEqual(['style', 'late']);
});

test('the answers of reviewers and checks are not opened beside the findings that they became', () => {
  const planned = [
    { processId: 'security', name: 'security', answerKind: 'findings' as const },
    { processId: 'check-1', name: 'check-1', answerKind: 'finding-check' as const, needs: ['security'] },
  ];
  const ended = [reviewer('security', important), checker('check-1', first?.id ?? '', 'CONFIRMED')];
  const openWith = (findings: SessionFindings | undefined): boolean => {
    const state = new SessionState();
    const at = '2026-11-22T10:20:30.456Z';
    state.apply({ ...sessionStarted([], { pattern: 'graph', processes: planned }), at });
    state.apply({ ...sessionEnded(ended, findings === undefined ? {} : { findings }), at });
    return renderSummary(state).includes('<details open>');
  };
  expect([openWith(undefined), openWith(located(ended))]).toEqual([true, false]);
});

test('an answer that is no list of findings is not "no findings", and what is left out of one is counted', () => {
  const odd = (id: string, structuredOutput?: unknown) => ({ ...reviewer(id), structuredOutput });
  const words = { ...checker('verify', first?.id ?? '', 'REFUTED'), structuredOutput: { verdict: 'NO' } };
  // A plain program that gives no structured output, and a gateway that checks none.
  const alone = located([odd('plain', undefined), odd('list', { findings: 'none' }), words]);
  expect(alone).toMatchObject({ reviewers: 2, answered: 0 });
  expect(judge('nit', alone).verdict).toContain(
    'no findings are known; answered otherwise than json-schema asks: plain, list, verify.',
  );
  const annotations = annotationsOf({
    outcome: { conclusion: 'success', results: [odd('plain')], warnings: [], answers: answersFor('parallel', []) },
    onDenied: 'warn',
  });
  expect(annotations).toEqual([
    expect.objectContaining({ kind: 'warning', title: 'plain: answered otherwise than json-schema asks' }),
  ]);
  const partly = located([odd('a', { findings: [important, 7, null] }), odd('plain')]);
  expect(judge('none', partly).verdict).toContain(
    'findings: 1 important; answered otherwise than json-schema asks: plain; left out: 2 items that are no findings.',
  );
});

test('who was not needed is not missing, and what an unfinished process had answered is neither a finding nor a verdict', () => {
  const failed = { status: 'failed', reason: 'claude-error' } as const;
  const retryAt = '2026-11-27T15:00:00.000Z';
  const { findings, missing } = located([
    reviewer('security', important),
    { ...reviewer('tests', finding({ file: 'b.ts' })), ...failed },
    { ...checker('check', first?.id ?? '', 'REFUTED'), ...failed },
    missingReviewer('spare', { status: 'skipped', reason: 'earlier-success' }),
    { ...missingReviewer('limited', { status: 'failed', reason: 'quota' }), retryAt },
  ]);
  expect(findings.map(({ file, refuted }) => [file, refuted])).toEqual([['src/a.ts', false]]);
  expect(missing.map(({ processId }) => processId)).toEqual(['tests', 'check', 'limited']);
  expect(missing.at(-1)).toMatchObject({ retryAt });
});

test('fail-on-severity fails a session by open findings of that severity or a graver one, under any fail-on', () => {
  const nit = located([reviewer('a', finding())]);
  const old = located([reviewer('a', finding({ severity: 'pre_existing' }))]);
  const conclusions = (findings: SessionFindings) =>
    (['none', 'important', 'nit'] as const).map((severity) => judge(severity, findings).conclusion);
  expect(conclusions(found)).toEqual(['success', 'failure', 'failure']);
  expect(conclusions(nit)).toEqual(['success', 'success', 'failure']);
  expect(conclusions(old)).toEqual(['success', 'success', 'success']);
  expect(judge('important').verdict).toContain('failed by fail-on-severity: important');
  const refuted = located([
    reviewer('a', important),
    checker('c', located([reviewer('a', important)]).findings[0]?.id ?? '', 'REFUTED'),
  ]);
  expect(conclusions(refuted)).toEqual(['success', 'success', 'success']);
});

test('in an untrusted session fail-on-severity is advice', () => {
  const { conclusion, verdict } = judge('important', found, true);
  expect(conclusion).toBe('success');
  expect(verdict).toContain('fail-on-severity: important is advice in an untrusted session');
});

test('where no reviewer answered, no surface says that nothing was found', async () => {
  const unknown = located([missingReviewer('a', { status: 'failed', reason: 'auth' })]);
  const state = await stateOf(unknown);
  const markdown = findingsMarkdown(unknown, { limit: 65_000, restIn: 'x', linkOf: () => undefined });
  for (const text of [findingsLines(state).join('\n'), renderSummary(state), await reportText(state), markdown]) {
    expect(text).toContain('no findings are known');
    expect(text).not.toMatch(/no findings(?! are known)/);
  }
});

test('console, summary, report and Markdown show the same findings, with agreement and verdicts, the refuted ones folded', async () => {
  const state = await stateOf(found);
  expect(findingsLines(state)).toEqual([
    'findings: 1 important, 1 refuted; 2 of 4 reviewers answered; did not run: late (not enough money); did not finish: style (rate limit)',
    'important: src/a.ts:12: The lock is never released (found by 2 of 2: security, tests; confirmed)',
  ]);
  const markdown = findingsMarkdown(found, {
    limit: 65_000,
    restIn: 'x',
    linkOf: ({ path }) => `https://github.com/o/r/${path}?a&b`,
  });
  // A phone scrolls a wide table, not the page.
  expect(await reportText(state)).toContain('<div class="scroll"><table>\n<thead><tr><th>Severity');
  for (const text of [renderSummary(state), await reportText(state), markdown]) {
    expect(text).toContain('src/a.ts:12');
    for (const word of ['2 of 2', 'A second call hangs', 'check-1', 'confirmed', 'late', 'style'])
      expect(text).toContain(word);
    expect(text.indexOf('<details><summary>Refuted: 1')).toBeGreaterThan(0);
    expect(text.indexOf('An odd name')).toBeGreaterThan(text.indexOf('<details><summary>Refuted: 1'));
  }
  expect(markdown).toContain('<a href="https://github.com/o/r/src/a.ts?a&amp;b"><code>src/a.ts:12</code></a>');
});

test('a session that nobody asked for findings shows nothing of them', async () => {
  const state = new SessionState();
  await play([{ name: 'state', handle: (event) => state.apply(event) }], [sessionStarted([]), sessionEnded([])]);
  expect(findingsLines(state)).toEqual([]);
  const report = (await reportText(state)).replace(pageScript, '').replace(reportStyle, '');
  expect(renderSummary(state) + report).not.toMatch(/finding/i);
});

/** The elements of a model's Markdown as those that a summary has: neither has an attribute that could do anything. */
function plainTags(html: string): string {
  return html
    .replaceAll(/<[hb]r>/g, '')
    .replaceAll(/<(\/?)(?:h[45]|blockquote|ol|thead|tbody)(?: start="\d+")?>/g, '<$1p>')
    .replaceAll(/<(\/?)[is]>/g, '<$1b>')
    .replaceAll(/<(t[hd]) align="\w+">/g, '<$1>');
}

test('what a model wrote brings nothing to life, in any place', async () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .chain((part) => hostileText.map((hostile) => `${hostile}${part}`));
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, hostileMarkdown), text, async (one, other) => {
      const named = {
        ...reviewer('a', finding({ file: one, summary: other, failure_scenario: one, category: other })),
        name: other,
      };
      const hostile = located([named, { ...missingReviewer('b', { status: 'failed', reason: 'auth' }), name: one }]);
      const state = await stateOf(hostile);
      expectInertSummary(renderSummary(state));
      expectInertReport(await reportText(state));
      expectInertSummary(plainTags(findingsMarkdown(hostile, { limit: 65_000, restIn: 'the summary' })));
      for (const line of findingsLines(state)) expectPlainLine(line);
    }),
    { numRuns: runs(8) },
  );
});

test('the scenario keeps its lists and its code, and nothing in it is alive', () => {
  const scenario =
    'Call `open` twice:\n\n- @octocat waits\n\n```suggestion\nrm -rf /\n/approve\n@dependabot merge\n```';
  const markdown = findingsMarkdown(located([reviewer('a', finding({ failure_scenario: scenario }))]), {
    limit: 65_000,
    restIn: 'x',
  });
  expect(markdown).toContain('<p>Call <code>open</code> twice:</p><ul><li>');
  expect(markdown).toContain('<code>&commat;octocat</code> waits');
  expect(markdown).not.toMatch(/```|^suggestion|@|^\s*\//m);
  expect(markdown).toContain('rm -rf /&#10;/approve&#10;&commat;dependabot merge');
});

test('Markdown stays within its limit: whole findings are left out, the least grave first, and counted', () => {
  const many = located([
    reviewer(
      'a',
      ...Array.from({ length: 900 }, (_, index) =>
        finding({ file: `f${index}.ts`, severity: index === 899 ? 'important' : 'nit' }),
      ),
    ),
  ]);
  const markdown = findingsMarkdown(many, { limit: 65_000, restIn: 'the summary of the job' });
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(65_000);
  expect(markdown).toContain('f899.ts');
  const shown = markdown.match(/f\d+\.ts/g)?.length ?? 0;
  expect(markdown).toContain(`<p>${900 - shown} more: see the summary of the job.</p>`);
});

test('findings are annotations on their lines, behind the causes of failures; what has no place is not among them', () => {
  const without = {
    ...found,
    findings: [
      ...found.findings,
      ...located([reviewer('x', finding({ file: 'z.ts' }))]).findings.map(({ place: _, ...rest }) => rest),
    ],
  };
  const answers = answersFor('parallel', checked);
  const outcome = { conclusion: 'failure', results: checked, warnings: ['w'], findings: without, answers } as const;
  const annotations = annotationsOf({ outcome, onDenied: 'warn' });
  expect(annotations.slice(-2)).toEqual([
    { kind: 'warning', message: 'w' },
    {
      kind: 'warning',
      message: 'important: The lock is never released A second call hangs',
      place: { file: 'src/a.ts', line: 12 },
    },
  ]);
  // The merge would put them there a second time.
  const ofShard = annotationsOf({ outcome, onDenied: 'warn', isShard: true });
  expect(ofShard).toEqual(annotations.slice(0, -1));
});

test('the key of a step tells it from all others, and ends so that code scanning takes all of it as the category', () => {
  const environment = { GITHUB_WORKFLOW: 'Review / all', GITHUB_JOB: 'review', GITHUB_ACTION: '__run' };
  expect(findingsKey({ environment, matrix: 'null', given: undefined })).toBe('Review - all/review/__run/');
  expect(findingsKey({ environment, matrix: '{"os": "a/b"}', given: undefined })).toBe(
    'Review - all/review/{"os": "a-b"}/__run/',
  );
  expect(findingsKey({ environment, matrix: '', given: ' mine ' })).toBe('mine');
});
