import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect } from 'vitest';
import { headlineOf } from '../../src/text/markdown/headline.ts';
import { markdownHtml } from '../../src/text/markdown/html.ts';
import { parseMarkdown } from '../../src/text/markdown/parse.ts';
import { markdownLines } from '../../src/text/markdown/terminal.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { hostileDocument, hostileMarkdown } from '../rig/hostile-markdown.ts';
import { type HtmlElement, type HtmlTree, readHtml } from '../rig/html-tree.ts';
import { expectNoCommand, expectPlainLine } from '../rig/inert-text.ts';

/** Many texts are read as one page, which costs far less than a page for each. */
const textsOfPage = 50;
const pages = fc.array(hostileMarkdown, { minLength: textsOfPage, maxLength: textsOfPage });

const ours = new Set([
  ...[
    'html',
    'head',
    'body',
    'details',
    'summary',
    'b',
    'blockquote',
    'br',
    'code',
    'h4',
    'h5',
    'hr',
    'i',
    'li',
    'ol',
    'p',
  ],
  ...['pre', 's', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'],
]);

/** What GitHub looks for in every text that does not stand in `code` or `pre`. */
const filters = [
  ...[/(?:^|[^\w])@[a-z0-9]/iu, /(?:^|[^\w&])#\d/iu, /\w#\d/u, /\bGH-\d/iu, /\b[0-9a-f]{7,40}\b/iu, /[a-z]+:\/\/\S/iu],
  ...[/\bwww\.\S/iu, /\S@\w+\.\w/u, /:[a-z0-9_+-]+:/iu, /\$[^\s$\d][^$]*\$/u, /^\s*\[!\w/u, /\[\^\w/u],
  ...[/\bGHSA-/iu, /\bCVE-\d/iu],
];

fuzz(
  'the Markdown of others is dead HTML: Markdown leaves it alone, a browser sees our elements only, GitHub finds nothing',
  { of: pages, runs: 20_000 / textsOfPage },
  (texts) => {
    const htmls = texts.map((text) => markdownHtml(parseMarkdown(text), { on: 'github' }).html);
    return () => {
      // Neither the end of a line nor the box of a task at the beginning of an element.
      for (const html of htmls) expect(html).not.toMatch(/[\n\r]|<[^/>]*>\s*\[[\sx]\]\s/iu);
      const page = htmls.map((html) => `<details><summary>x</summary>${html}</details>\n\n`).join('');
      const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
      expect(micromark(page, options).trimEnd()).toBe(page.replaceAll('\n\n', '\n').trimEnd());
      expectDead(page);
    };
  },
);

function readPage(body: string): HtmlTree {
  const tree = readHtml(`<!doctype html><html><head></head><body>${body}</body></html>`);
  // A character that no font has is one all the same.
  return { ...tree, oddities: tree.oddities.filter((oddity) => oddity !== 'noncharacter-in-input-stream') };
}

function expectDead(page: string): void {
  const { elements, texts, oddities } = readPage(page);
  expect(oddities).toEqual([]);
  expect(elements.filter((element) => !ours.has(element.name) || !hasOurAttributes(element))).toEqual([]);
  expect(elements.filter(({ name }) => name === 'details')).toHaveLength(textsOfPage);
  for (const { text, within } of texts) {
    if (text.trim() === '') continue;
    expect(within.filter((name) => name === 'details')).toHaveLength(1);
    if (within.includes('code') || within.includes('pre')) continue;
    for (const filter of filters) expect(text).not.toMatch(filter);
  }
}

function hasOurAttributes({ attributes }: HtmlElement): boolean {
  return Object.entries(attributes).every(
    ([name, value]) =>
      (name === 'align' && /^(?:left|center|right)$/u.test(value)) || (name === 'start' && /^\d{1,9}$/u.test(value)),
  );
}

fuzz(
  'what is cut of it is closed, and in lines for a terminal or a headline nothing is obeyed',
  { of: hostileDocument, runs: 500 },
  (text) => {
    const blocks = parseMarkdown(text);
    const cut = markdownHtml(blocks, { on: 'github', most: 200 });
    const lines = markdownLines(blocks, { width: 60, colors: true });
    const plain = markdownLines(blocks, { width: 60, colors: false });
    const headline = headlineOf(text, 90);
    return () => {
      expect(JSON.parse(JSON.stringify(blocks))).toEqual(blocks);
      expect(readPage(cut.html).oddities).toEqual([]);
      expect(Buffer.byteLength(cut.html)).toBeLessThanOrEqual(200);
      const withoutColors = lines.map((line) => line.replaceAll(/\x1b\[\d{1,2}m/gu, '').trimEnd());
      expect(withoutColors.map((line) => line.replace(/^(\s*)::/u, '$1: :'))).toEqual(plain);
      for (const line of [...plain, headline]) expectPlainLine(line);
      expectNoCommand([...lines, ...plain].join('\n'));
      expect(headline.length).toBeLessThanOrEqual(90);
    };
  },
);
