import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pageScript } from '../../src/reports/page-script.ts';
import { startArtifactService } from '../rig/artifact-service.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { type HtmlText, readHtml } from '../rig/html-tree.ts';
import { nodeProgram } from '../rig/plain-program.ts';
import { type Job, startJob } from '../rig/runner.ts';
import { readConsole } from '../rig/runner-commands.ts';
import type { StepResult } from '../rig/runner-step.ts';
import {
  assistantText,
  initMessage,
  permissionDenied,
  resultMessage,
  toolResult,
  toolUse,
} from '../rig/stream-messages.ts';

/** Text that would be more than text to GitHub or to a browser. */
const lively = [
  ...['(www.evil.example)', '(GH-12)', '_www.evil.example', '(0123456789abcdef0123456789abcdef01234567)', "'GH-12'"],
  ...[
    '@octocat',
    'octo-org/monorepo#1',
    '#123',
    'GH-12',
    ':tada:',
    'www.evil.example',
    'https://evil.example',
    'x@evil.example',
  ],
  ...[
    '![image](https://evil.example/pixel.png)',
    '[link](https://evil.example)',
    '[ref]: https://evil.example',
    '<https://evil.example>',
  ],
  ...[
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
  ],
  ...[
    '<iframe src="https://evil.example">',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<base href=//evil.example>',
  ],
  ...[
    '<style>*{display:none}</style>',
    '<!-- comment',
    '-->',
    '</pre></code></details></table></body>',
    '<details open>',
    '<b',
    '<',
  ],
  ...[
    '&lt;script&gt;',
    '&#64;octocat',
    '&amp;',
    '**bold**',
    '__bold__',
    '`code`',
    '~~~',
    '```',
    '# heading',
    '| a | b |\n|---|---|',
  ],
  ...[
    '\n\n<b>after a blank line</b>\n\n',
    '\n\n    indented\n\n',
    '\n- [ ] task\n',
    '$e=mc^2$',
    '0123456789abcdef0123456789abcdef01234567',
  ],
];

/** Everything that a conversation can bring to the summary and the report, with a text in each place. */
function shownSession(job: Job, texts: readonly string[], fails: boolean): Promise<StepResult> {
  const all = texts.join('\n');
  const messages = [
    initMessage({ model: all }),
    ...texts.flatMap((text) => [
      assistantText(text),
      toolUse(text, { [text]: text }),
      toolResult(text, { isError: true }),
      permissionDenied(text),
    ]),
    assistantText(all),
    resultMessage(all, {
      permission_denials: texts.map((text) => ({ tool_name: text, tool_use_id: 't', tool_input: { x: text } })),
      ...(fails && { is_error: true, api_error_status: 400, terminal_reason: 'api_error' }),
    }),
  ];
  const source = join(job.temporary, 'said.json');
  writeFileSync(source, JSON.stringify({ lines: messages.map((message) => JSON.stringify(message)), all }));
  const script = `const { lines, all } = require('${source}'); process.stderr.write(all); for (const line of lines) console.log(line); process.exitCode = ${fails ? 1 : 0};`;
  const prompts = JSON.stringify(texts.map((name, index) => ({ id: `p${index}`, name, prompt: 'x' })).slice(0, 5));
  return job.run({
    with: { prompts, 'claude-path': nodeProgram(job.temporary, script), 'max-workers': '4', timeout: '1m' },
  });
}

/** Only there does GitHub look for nothing that it could bring to life. */
function isStill({ within }: HtmlText): boolean {
  return within.includes('code') || within.includes('pre');
}

const summaryElements = new Set([
  ...[
    'p',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'b',
    'i',
    's',
    'ul',
    'ol',
    'li',
    'details',
    'summary',
    'pre',
    'code',
  ],
  ...['sub', 'samp', 'br', 'hr', 'h4', 'h5', 'blockquote'],
]);

/** What GitHub would bring to life wherever it stands as text. */
const alive = /octo|evil|onerror|onload|alert|tada|GH-1|#1|mc\^2|0123456789abcdef/;

function expectStillSummary(summary: string): void {
  const { elements, texts, oddities } = readHtml(summary);
  expect(oddities).toEqual([]);
  expect(elements.filter(({ name }) => !summaryElements.has(name))).toEqual([]);
  const attributes = elements.flatMap((element) => Object.keys(element.attributes));
  expect(attributes.filter((name) => !['align', 'start', 'open'].includes(name))).toEqual([]);
  expect(texts.filter((piece) => alive.test(piece.text) && !isStill(piece))).toEqual([]);
  // A blank line ends a block of HTML, and Markdown begins: only what is ours may follow.
  for (const block of summary.trimEnd().split('\n\n')) expect(block).toMatch(/^(?:### |<(?:p|table|ul|details)\b)/);
}

test.each([false, true])(
  'T14: in the summary all text is text, in whatever place it came (a failure: %s)',
  async (fails) => {
    await using job = await startJob();
    const step = await shownSession(job, lively, fails);
    expect(step.outputs).toMatchObject({ conclusion: fails ? 'failure' : 'success', 'total-count': '5' });
    expectStillSummary(step.summary);
    // And it is all there to read.
    const shown = readHtml(step.summary)
      .texts.map(({ text }) => text)
      .join('');
    for (const text of lively) expect(shown).toContain(/[a-z]{4,}/i.exec(text)?.[0] ?? '');
  },
);

test('T14: the summary of a refused session shows wrong values as text, too', async () => {
  await using job = await startJob();
  const values = Object.fromEntries(lively.slice(0, 20).map((text, index) => [`no-such-input-${index}-${text}`, text]));
  const step = await job.run({ with: { ...values, prompt: 'x', pattern: lively.join(' '), model: lively.join('\n') } });
  expect(step.outputs.verdict).toMatch(/^Nothing was started: \d+ faults/);
  expectStillSummary(step.summary);
});

test('T14: the report allows nothing from outside, and shows all text as text', async () => {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const step = await shownSession(job, lively, true);
  const report = String(service.download(step.outputs['artifact-name'] ?? '').get('report.html'));
  const { elements, texts, oddities } = readHtml(report);
  expect(report).toMatch(/^<!doctype html>/);
  expect(oddities).toEqual([]);
  const known = [
    ...['html', 'head', 'meta', 'title', 'style', 'body', 'p', 'h1', 'h2', 'div', 'table', 'thead', 'tbody', 'tfoot'],
    ...['tr', 'th', 'td', 'a', 'ul', 'li', 'details', 'summary', 'pre', 'span', 'b', 'code', 'dl', 'dt', 'dd', 'h3'],
    ...['main', 'template', 'script'],
  ];
  expect([...new Set(elements.map(({ name }) => name))].filter((name) => !known.includes(name))).toEqual([]);
  const attributes = elements.flatMap((element) => Object.entries(element.attributes));
  const harmless = /^(?:lang|charset|content|name|http-equiv|class|id|open|colspan)$/;
  expect(
    attributes.filter(([name, value]) => !(harmless.test(name) || (name === 'href' && /^#process-\d+$/.test(value)))),
  ).toEqual([]);
  const textIn = (element: string): string =>
    texts
      .filter(({ within }) => within.includes(element))
      .map(({ text }) => text)
      .join('');
  const hashOf = (element: string): string => `sha256-${createHash('sha256').update(textIn(element)).digest('base64')}`;
  expect(textIn('script')).toBe(pageScript);
  const metas = elements.filter(({ name, attributes: { 'http-equiv': equivalent } }) => name === 'meta' && equivalent);
  expect(metas.map(({ attributes: { content } }) => content)).toEqual([
    `default-src 'none'; script-src '${hashOf('script')}'; style-src '${hashOf('style')}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
  ]);
  // The policy comes before everything that it is to hold for.
  expect(report.indexOf('Content-Security-Policy')).toBeLessThan(report.indexOf('<title>'));
  expect(textIn('style')).not.toMatch(/url\(|@import|expression/);
  const shown = texts.map(({ text }) => text).join('');
  for (const text of lively) expect(shown).toContain(text.trim());
});

test('T14: annotations are text as well, and the verdict is one line', async () => {
  await using job = await startJob();
  const step = await shownSession(job, lively, true);
  const annotations = annotationsOf(step, 'error');
  expect(annotations[0]).toBe(step.outputs.verdict);
  for (const annotation of annotations) expect(annotation).not.toMatch(/[\r\n]/);
});

/** What steers a terminal, turns the order of a text around, or is not seen. */
const unseen = [
  ...[
    '\u001b[2J',
    '\u001b[1;31m',
    '\u001b]0;title\u0007',
    '\u001b]8;;https://evil.example\u001b\\',
    '\u001bP+q\u001b\\',
    '\u001bc',
    '\u001b[?1049h',
  ],
  ...[
    '\u009b31m',
    '\u009dx\u009c',
    '\u0007',
    '\b\b\b\b',
    '\u007f',
    '\v',
    '\f',
    '\u0000',
    '\u000e',
    '\u0085',
    '\u0090x\u009c',
  ],
  ...[
    '\u202e',
    '\u202d',
    '\u202a',
    '\u202c',
    '\u2066',
    '\u2067',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u200b',
    '\u2060',
    '\ufeff',
  ],
  ...[
    '\u00ad',
    '\u034f',
    '\u115f',
    '\u3164',
    '\uffa0',
    '\u180e',
    '\u2028',
    '\u2029',
    '\ufff9',
    '\u{e0041}\u{e007f}',
    '\ufe0f',
    '\u{e0100}',
    '\ud800',
  ],
];
const steering = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\n\t]]/v;

test.each([false, true])(
  'T15: no control, bidirectional or unseen character reaches console, summary or report (a failure: %s)',
  async (fails) => {
    await using service = await startArtifactService();
    await using job = await startJob({ env: service.env });
    const step = await shownSession(
      job,
      unseen.map((mark) => `before${mark}after`),
      fails,
    );
    expect(step.outputs['total-count']).toBe('5');
    const files = service.download(step.outputs['artifact-name'] ?? '');
    const { lines } = readConsole(step.printed);
    const shown = { console: lines.join('\n'), summary: step.summary, report: String(files.get('report.html')) };
    for (const [place, text] of Object.entries(shown)) {
      const [found] = steering.exec(text) ?? [];
      expect(
        found,
        `${place}: ${JSON.stringify(text.slice(Math.max(0, text.search(steering) - 60)).slice(0, 100))}`,
      ).toBeUndefined();
      expect(text).toContain('before');
    }
    // Named, where it is a character of its own.
    for (const name of ['<U+202E>', '<U+200B>', '<U+0007>'])
      expect(
        readHtml(step.summary)
          .texts.map(({ text }) => text)
          .join(''),
      ).toContain(name);
    for (const { data } of step.commands.filter(({ name }) => name !== 'add-mask')) expect(data).not.toMatch(steering);
    // Raw in the log of the stream only.
    expect(JSON.parse(String(files.get('p0.jsonl')).trimEnd().split('\n').at(-1) ?? '').result).toContain(
      'before\u202eafter',
    );
    const verdict = readFileSync(join(step.outputs['session-dir'] ?? '', 'summary.md'), 'utf8');
    expect(verdict).not.toMatch(steering);
  },
);
