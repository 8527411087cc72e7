import { describe, expect, test } from 'vitest';
import { headlineOf } from '../../src/text/markdown/headline.ts';
import { markdownHtml } from '../../src/text/markdown/html.ts';
import { parseMarkdown } from '../../src/text/markdown/parse.ts';
import { markdownLines } from '../../src/text/markdown/terminal.ts';

const htmlOf = (markdown: string) => markdownHtml(parseMarkdown(markdown), { on: 'github' }).html;
const plainLines = (markdown: string, width = 40) => markdownLines(parseMarkdown(markdown), { width, colors: false });

describe('the Markdown of others on a page of GitHub', () => {
  test.each([
    ['# A\n\n### B\n\n#### C', '<h4>A</h4><h5>B</h5><p><b>C</b></p>'],
    ['a *b* **c** ~~d~~ `e`', '<p>a <i>b</i> <b>c</b> <s>d</s> <code>e</code></p>'],
    ['- a\n  1. b\n- [x] c\n- [ ] d', '<ul><li>a<ol><li>b</li></ol></li><li>☑ c</li><li>☐ d</li></ul>'],
    ['7. a\n\n8. b', '<ol start="7"><li><p>a</p></li><li><p>b</p></li></ol>'],
    ['> a\n> b', '<blockquote><p>a b</p></blockquote>'],
    ['```mermaid\na\n\nb\n```', '<pre><code>a&#10;&#10;b</code></pre>'],
    ['a\\\nb\n\n---', '<p>a<br>b</p><hr>'],
    [
      '| a | b |\n|--:|---|\n| 1 | `2` |',
      '<table><thead><tr><th align="right">a</th><th>b</th></tr></thead>' +
        '<tbody><tr><td align="right">1</td><td><code>2</code></td></tr></tbody></table>',
    ],
  ])('%j is %s', (markdown, html) => {
    expect(htmlOf(markdown)).toBe(html);
  });

  test.each([
    ['[see](https://evil.example/x "t")', '<p>see <code>https://evil.example/x</code></p>'],
    ['<https://evil.example/>', '<p><code>https://evil.example/</code></p>'],
    ['![pixel](https://evil.example/p.png)', '<p>[image: pixel] <code>https://evil.example/p.png</code></p>'],
    ['<b onclick=x>hi</b></details>', '<p><code>&lt;b onclick=x&gt;hi&lt;/b&gt;&lt;/details&gt;</code></p>'],
    [
      'ask (@octocat), see #12, o/r#7.',
      '<p>ask (<code>@octocat</code>), see <code>#12</code>, <code>o/r#7</code>.</p>',
    ],
    ['GH-1 0123abc CVE-2024-1', '<p><code>GH-1 0123abc CVE-2024-1</code></p>'],
    ['$5 of $x$ :tada: 12:30', '<p>$5 of <code>$x$ :tada:</code> 12:30</p>'],
    ['> [!CAUTION]\n> no', '<blockquote><p><code>[!CAUTION]</code> no</p></blockquote>'],
    ['a &#8238;b&zwj;', '<p>a <code>&lt;U+202E&gt;b&lt;U+200D&gt;</code></p>'],
    ['&commat;octocat', '<p><code>@octocat</code></p>'],
  ])('%j is dead', (markdown, html) => {
    expect(htmlOf(markdown)).toBe(html);
  });

  test('is cut at a word, with every element closed', () => {
    const { html, isWhole } = markdownHtml(parseMarkdown(`> - **${'word '.repeat(50)}word**`), {
      on: 'github',
      most: 100,
    });
    expect(html).toMatch(/^<blockquote><ul><li><b>(?:word ?)+<\/b><\/li><\/ul><\/blockquote>$/u);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(100);
    expect(isWhole).toBe(false);
  });

  test('is one block of code, and whole, where it is nested too deep to be read', () => {
    const deep = `${'> '.repeat(100)}the end`;
    expect(parseMarkdown(deep)).toEqual([{ kind: 'code', text: deep }]);
  });

  test('is not searched for what GitHub would bring to life on a page of ours', () => {
    expect(markdownHtml(parseMarkdown('ask @octocat'), { on: 'own-page' }).html).toBe('<p>ask @octocat</p>');
  });
});

describe('the Markdown of others in a terminal', () => {
  test('is laid out by the width', () => {
    expect(plainLines('# Title\n\nOne two three four five six seven.\n\n- a\n  - b\n\n> q', 20)).toEqual([
      ...['Title', '', 'One two three four', 'five six seven.', '', '• a', '  • b', '', '│ q'],
    ]);
  });

  test('has its tables in columns, or row by row where it is too narrow', () => {
    const table = '| n | what is found |\n|--:|---|\n| 10 | 漢字 and more of it |';
    expect(plainLines(table)).toEqual([' n  what is found', '──  ───────────────────', '10  漢字 and more of it']);
    expect(plainLines(table, 20).slice(2)).toEqual(['10  漢字 and more of', '    it']);
    const wide = `|${'a|'.repeat(9)}\n|${'-|'.repeat(9)}\n|${'some words|'.repeat(9)}`;
    expect(plainLines(wide)).toEqual(Array.from({ length: 9 }, () => 'a: some words'));
  });

  test('has colours of ours only', () => {
    const lines = markdownLines(parseMarkdown('**a b** \x1b[31m`c`\n\n::error::x ##[error]y'), {
      width: 40,
      colors: true,
    });
    expect(lines).toEqual(['\x1b[1ma b\x1b[22m \x1b[36mc\x1b[39m', '', ': :error::x # #[error]y']);
  });
});

describe('the headline of an answer', () => {
  test.each([
    [
      '## Review\n\nI read **14 files**. Three findings matter, the rest are notes.',
      'I read 14 files. Three findings matter, the rest are notes.',
    ],
    ['Done.\n\nMore.', 'Done.'],
    ['## Only a heading', 'Only a heading'],
    ['The following were found:\n- x', 'The following were found'],
    ['- [first](https://x.example) item', 'first https://x.example item'],
    ['| a | b |\n|-|-|', 'a, b'],
    ['word '.repeat(40), `${'word '.repeat(11)}word…`],
    [' \n ', ''],
  ])('%j is %j', (markdown, headline) => {
    expect(headlineOf(markdown, 60)).toBe(headline);
  });
});
