import { expect } from 'vitest';
import { pageScript } from '../../src/reports/page-script.ts';
import { readConsole } from './runner-commands.ts';

const unseen = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\n\t]]/v;

/** No character moves, hides or turns text (promise T15); whole emoji, lines and tabs aside. */
export function expectPlain(text: string): void {
  if (!unseen.test(text)) return;
  const rest = text.replaceAll(/\p{RGI_Emoji}/gv, '');
  expect(unseen.exec(rest)?.[0].codePointAt(0)?.toString(16)).toBeUndefined();
}

/** The same, on one line. */
export function expectPlainLine(line: string): void {
  expect(line).not.toMatch(/[\n\t]/u);
  expectPlain(line);
}

/** GitHub's runner finds nothing to obey in it (promise T6). */
export function expectNoCommand(console: string): void {
  expect(readConsole(console).commands).toEqual([]);
}

/** The tags that we write ourselves, with all their attributes: any other `<` would be someone else's. */
const summaryTags = new RegExp(
  `^(?:${[
    '/?(?:p|table|thead|tbody|tr|ul|ol|li|b|i|s|sub|samp|code|pre|blockquote|details|summary|td|th|h4|h5)|br|hr',
    'details open|t[hd] align="(?:left|center|right)"|ol start="\\d{1,9}"|a href="https?://[\\w.:/-]+"',
  ].join('|')})$`,
  'u',
);

const reportTags = new RegExp(
  `^(?:${[
    '/?(?:html|head|body|title|style|table|thead|tbody|tfoot|tr|td|th|ul|li|h1|h2|p|pre|a|details|summary|span|div)',
    '!doctype html|html lang="en"|meta charset="utf-8"|meta name="(?:referrer" content="no-referrer|viewport" content="[\\w=, -]+)"',
    `meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[\\w+/]+='; style-src 'sha256-[\\w+/]+='; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"`,
    '/?(?:main|template|script)|main id="static"|div id="app"|template id="(?:[ts]\\d+|page)"',
    '(?:p|h1|td|th|span|div) class="[a-z-]+"|a href="#process-\\d+"|details id="process-\\d+"(?: open)?',
  ].join('|')})$`,
  'u',
);

/** Every tag is one of ours, closed where it should be, and no other `<`, `>` or `&` stands there bare. */
function expectTags(html: string, allowed: RegExp): void {
  const open: string[] = [];
  const text = html.replaceAll(/<([^<>]*)>/gu, (_tag, inner: string) => {
    expect(inner).toMatch(allowed);
    const name = /^\/?(\w+)/u.exec(inner)?.[1] ?? '';
    if (inner.startsWith('/')) expect(open.pop()).toBe(name);
    else if (!['meta', 'br', 'hr', ''].includes(name)) open.push(name);
    return '';
  });
  expect(open).toEqual([]);
  expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|#39|#10|commat|lrm);)/u);
}

/** What GitHub would make a mention, a reference, a link, an image, an emoji or a style of. */
const live = /@|#\d|:\/\/|www\.|\bGH-\d|\bGHSA-|\bCVE-\d|:[a-z0-9_+-]+:|\b[0-9a-f]{7,40}\b|\[[\^!]|\$[^\s\d-]/iu;

/** A job's summary in which nothing that others wrote is more than text (promise T14). */
export function expectInertSummary(summary: string): void {
  expectPlain(summary);
  // A note of ours, without untrusted text.
  const markdown = summary.replace(/^> \[!NOTE\]\n> [\w .,:-]+\n\n/mu, '');
  expectTags(markdown, summaryTags);
  // A blank line ends a block of HTML, and what follows would be read as Markdown.
  for (const block of markdown.trimEnd().split('\n\n'))
    expect(block).toMatch(/^(?:### [^\n*_`~\\[\]|@]*$|<(?:p|pre|table|ul|ol|h4|h5|hr|blockquote|\/?details)\b)/u);
  const figures = /<td align="right">[\d$.,e+\sa-z-]*<\/td>/gu;
  const words = markdown
    .replace('> [!NOTE]', '')
    .replaceAll(/<(code|pre)>.*?<\/\1>/gsu, '')
    .replaceAll(figures, '');
  const shown = words
    .replaceAll(/<[^<>]*>/gu, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
  expect(live.exec(shown)?.[0]).toBeUndefined();
}

/** A page that loads and links to nothing outside, runs its own script only, and in which nothing that others wrote is more than text. */
export function expectInertReport(html: string): void {
  const [, style = ''] = /<style>(.*?)<\/style>/su.exec(html) ?? [];
  expect(html.split(`<script>${pageScript}</script>\n</head>\n<body>`)).toHaveLength(2);
  const page = html.replace(style, '').replace(pageScript, '');
  for (const [, content = ''] of page.matchAll(/<template[^>]*>([^<]*)<\/template>/gu))
    expect(content).toMatch(/^[A-Za-z\d+/]+={0,2}$/u);
  expectPlain(page);
  expectTags(page, reportTags);
  expect(html.indexOf('http-equiv="Content-Security-Policy"')).toBeLessThan(html.indexOf('<style>'));
  expect(html.match(/http-equiv="Content-Security-Policy"/gu)).toHaveLength(1);
  expect(style).not.toMatch(/url\(|@import|expression|<|https?:/iu);
}
