import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseMessage } from '../../src/agents/claude/messages.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import type { SessionFindings } from '../../src/model/finding.ts';
import type { ProcessResult } from '../../src/model/result.ts';
import { SessionState } from '../../src/model/session-state.ts';
import { reportHtml } from '../../src/reports/report.ts';
import { startBrowser } from '../rig/browser.ts';
import { checker, finding, located, reviewer } from '../rig/findings.ts';
import { joined } from '../rig/replayed-session.ts';
import { processResult } from '../rig/results.ts';
import { processEnded, processStarted, sessionEnded, sessionStarted } from '../rig/session-events.ts';
import { assistantText, initMessage } from '../rig/stream-messages.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let browser: Browser;
let place: TemporaryDirectory;

beforeAll(async () => {
  browser = await startBrowser();
  place = await temporaryDirectory();
});

afterAll(async () => {
  await browser.close();
  await place[Symbol.asyncDispose]();
});

const hostile =
  '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e\u001b[2J </template></main>';

const mixed: readonly ProcessResult[] = [
  processResult('security', undefined, {
    name: 'Security',
    output: '# Review\n\nI read **14 files**.\n\n| a | b |\n|--|--|\n| 1 | 2 |',
  }),
  processResult('docs', { status: 'timed-out', reason: 'timeout' }, { name: 'API docs' }),
  processResult('log', undefined, { output: 'No.', permissionDenials: [{ toolName: 'Write', toolUseId: 't' }] }),
  processResult(
    'evil',
    { status: 'failed', reason: 'claude-error' },
    { name: hostile, output: hostile, message: hostile },
  ),
];

/** Writes the report of some results, and gives its address. */
async function reportOf(
  results: readonly ProcessResult[],
  fileOf: (name: string) => Iterable<string> = () => [],
  { findings, ...started }: Partial<ReturnType<typeof sessionStarted>> & { readonly findings?: SessionFindings } = {},
): Promise<string> {
  const state = new SessionState();
  const facts: readonly EnsembleFact[] = [
    sessionStarted([], { processes: results.map(({ processId, name }) => ({ processId, name })), ...started }),
    ...results.map(({ processId }) => processStarted(processId)),
    ...results.map(processEnded),
    sessionEnded(results, findings === undefined ? {} : { findings }),
  ];
  for (const [second, fact] of facts.entries())
    state.apply({ ...fact, at: new Date(1_800_000_000_000 + second * 1_000).toISOString() });
  const read = (name: string): Readable => Readable.from(fileOf(name)).map((text: string) => Buffer.from(text));
  const path = place.join(`${results.length}-${Math.random()}.html`);
  writeFileSync(path, await joined(reportHtml(state, { read, readMessage: parseMessage })));
  return pathToFileURL(path).href;
}

const transcriptOf = (text: string): string =>
  [initMessage(), assistantText(text)].map((message) => `${JSON.stringify(message)}\n`).join('');

const mixedFiles = (name: string): readonly string[] => {
  if (name.endsWith('.jsonl')) return [transcriptOf(hostile)];
  return name.endsWith('.prompt.md') ? ['Say what no test covers.'] : [];
};

/** Opens a page; what it complained of is gathered. */
async function open(url: string, options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(url);
  if (options.javaScriptEnabled !== false) await page.waitForSelector('.rows li');
  return { page, complaints };
}

test('the report is read with mouse and keys: filters, search, order, tabs, addresses; nothing hostile comes alive', async () => {
  const url = await reportOf(mixed, mixedFiles);
  const { page, complaints } = await open(url);
  const names = (): Promise<string[]> => page.locator('.rows b').allTextContents();
  expect((await names()).slice(0, 3)).toEqual(['Security', 'API docs', 'log']);
  await page.getByRole('button', { name: 'Needs attention' }).click();
  await expect.poll(names).toHaveLength(3);
  await page.keyboard.press('n');
  await page.waitForSelector('.detail h2:has-text("API docs")');
  expect(await page.locator('.detail .next').textContent()).toContain('Raise timeout');
  await page.keyboard.press('n');
  await page.waitForSelector('.detail .why:has-text("tools denied")');
  await page.getByRole('button', { name: 'All' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('14 files');
  await expect.poll(names).toEqual(['Security']);
  await page.getByRole('link', { name: 'Security' }).click();
  await page.waitForSelector('.prose table td:has-text("2")');
  expect(await page.locator('.prose strong').textContent()).toBe('14 files');
  expect(page.url()).toContain('p=security');
  const again = await open(`${url}#p=evil&tab=transcript`);
  await again.page.waitForSelector('.steps .said');
  expect(await again.page.locator('.said').textContent()).toContain('<U+202E>');
  await again.page.keyboard.press('3');
  await again.page.waitForSelector('text=Say what no test covers.');
  await again.page.keyboard.press('Escape');
  await again.page.waitForSelector('h2:has-text("Needs attention")');
  for (const opened of [page, again.page]) {
    expect(await opened.title()).toMatch(/^failure: /u);
    expect(await opened.locator('img, script:not(head > script)').count()).toBe(0);
  }
  expect([...complaints, ...again.complaints]).toEqual([]);
});

test.each(['light', 'dark'] as const)(
  'no rule of axe is broken, in any tab and on a phone: %s',
  async (colorScheme) => {
    const processes = mixed.map(({ processId, name }, index) => ({
      processId,
      name,
      needs: index < 3 ? [] : ['security'],
    }));
    const url = await reportOf(mixed, mixedFiles, { pattern: 'graph', processes });
    // The policy of the page forbids foreign scripts, this one too.
    for (const viewport of [
      { width: 1280, height: 860 },
      { width: 390, height: 800 },
    ]) {
      const { page } = await open(url, { bypassCSP: true, colorScheme, viewport });
      await page.evaluate(axe.source);
      for (const hash of ['', '#p=security', '#p=evil&tab=transcript', '#p=docs&tab=prompt', '#p=log&tab=files']) {
        await page.evaluate(`location.hash = '${hash}'`);
        if (hash !== '') await page.waitForSelector('.detail [role=tab][aria-selected=true]');
        const violations = await page.evaluate(
          'axe.run().then(({violations}) => violations.map(({id, nodes}) => id + ": " + nodes[0].html))',
        );
        expect(violations, `${hash} at ${viewport.width}`).toEqual([]);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
    }
  },
);

test('without script, and on paper, its static part tells all', async () => {
  const url = await reportOf(mixed);
  const { page, complaints } = await open(url, { javaScriptEnabled: false });
  expect(await page.locator('#static').textContent()).toContain('14 files');
  expect(await page.locator('#app').isVisible()).toBe(false);
  const printed = await open(url);
  await printed.page.emulateMedia({ media: 'print' });
  expect(await printed.page.locator('#static pre').first().isVisible()).toBe(true);
  expect(await printed.page.locator('#app').isVisible()).toBe(false);
  expect([...complaints, ...printed.complaints]).toEqual([]);
});

/** The quickest of some openings, in milliseconds: other programs may hold one up. */
async function quickest(url: string, count = 5): Promise<number> {
  const times: number[] = [];
  for (let opened = 0; opened < count; opened += 1) {
    const { page } = await open(url);
    times.push(await page.evaluate(() => performance.getEntriesByName('shown')[0]?.startTime ?? Number.NaN));
    await page.context().close();
  }
  return Math.min(...times);
}

test('a text that is written from right to left begins at the right, and is cut at its end', async () => {
  const words = 'هذا نص عربي طويل جدا '.repeat(9);
  const result = processResult('rtl', undefined, { name: words, output: `${words}\n\n- ${words}\n\nEnglish.` });
  const { page } = await open(`${await reportOf([result, processResult('ltr')])}#p=rtl`);
  const directions = '[...document.querySelectorAll(".rows b")].map((name) => getComputedStyle(name).direction)';
  expect(await page.evaluate(directions)).toEqual(['rtl', 'ltr']);
  const box = (text: string) => `(() => {
    const range = document.createRange();
    range.selectNodeContents([...document.querySelectorAll('.prose p')].find((p) => p.textContent.startsWith('${text}')));
    const line = [...range.getClientRects()].at(-1);
    const panel = document.querySelector('.prose').getBoundingClientRect();
    return [line.left - panel.left < 5, panel.right - line.right < 5];
  })()`;
  expect(await page.evaluate(box('English'))).toEqual([true, false]);
  expect(await page.evaluate(box('هذا'))).toEqual([false, true]);
});

test('a dry run has no times: neither bars nor an axis, and a graph of what would wait', async () => {
  const skipped = { status: 'skipped', reason: 'dry-run' } as const;
  const results = ['one', 'two'].map((id) => processResult(id, skipped));
  const processes = results.map(({ processId, name }, index) => ({ processId, name, needs: index > 0 ? ['one'] : [] }));
  const state = new SessionState();
  const at = '2026-11-22T10:20:30.456Z';
  state.apply({ ...sessionStarted([], { pattern: 'graph', processes }), at });
  state.apply({ ...sessionEnded(results, { conclusion: 'skipped' }), at: '2026-11-22T10:20:31.456Z' });
  const path = place.join('dry.html');
  writeFileSync(path, await joined(reportHtml(state, { read: () => Readable.from([]), readMessage: parseMessage })));
  const { page, complaints } = await open(pathToFileURL(path).href, { bypassCSP: true });
  await page.waitForSelector('h2:has-text("What would wait for what")');
  expect(await page.getAttribute('.graph', 'aria-label')).toBe('two would wait for one');
  expect(await page.locator('.rows rect, .scale, .legend').count()).toBe(0);
  await page.evaluate(axe.source);
  expect(await page.evaluate('axe.run().then(({violations}) => violations.map(({id}) => id))')).toEqual([]);
  await page.click('.rows a:has-text("two")');
  await page.waitForSelector('.waits:has-text("Would wait for one")');
  expect(complaints).toEqual([]);
});

test('on paper no table is wider than the page, and every fold is open', async () => {
  const usage = { inputTokens: 12_345, outputTokens: 678, cacheReadTokens: 90_123, cacheWriteTokens: 45_678 };
  const url = await reportOf(mixed.map((result) => ({ ...result, usage, costUsd: 0.0312, offline: true })));
  const { page } = await open(url, { viewport: { width: 720, height: 900 } });
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(720);
  expect(await page.locator('#static details pre:visible').count()).toBeGreaterThanOrEqual(3);
});

test('300 processes of 20 KiB are open in half a second', async () => {
  const results = Array.from({ length: 300 }, (_, index) =>
    processResult(`p${index}`, undefined, { output: `Answer ${index}. `.repeat(2_000).slice(0, 20_480) }),
  );
  const url = await reportOf(results, (name) =>
    name.endsWith('.jsonl') ? [transcriptOf(`Of ${name}. `.repeat(1_000))] : [],
  );
  expect(await quickest(url)).toBeLessThan(500);
});

test('50 MB of transcripts are open in a second, and each of them is shown when it is asked for', async () => {
  const results = Array.from({ length: 50 }, (_, index) => processResult(`p${index}`));
  let seed = 1;
  const noise = (): string => {
    let text = '';
    while (text.length < 1_000) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      text += seed.toString(36);
    }
    return text;
  };
  const fileOf = (name: string): readonly string[] =>
    name.endsWith('.jsonl')
      ? [transcriptOf('begun'), ...Array.from({ length: 1_000 }, () => `${transcriptOf(noise()).split('\n')[1]}\n`)]
      : [];
  const url = await reportOf(results, fileOf);
  expect(await quickest(url, 3)).toBeLessThan(1_000);
  const { page } = await open(`${url}#p=p49&tab=transcript`);
  await page.waitForSelector('.said:has-text("begun")');
});

test('the graph shows what waited for whom, leads to each process, and the last answer is open', async () => {
  const needs = { tests: ['security'], evil: ['security'], sum: ['tests', 'evil'] } as Readonly<
    Record<string, string[]>
  >;
  const ids = ['security', 'tests', 'evil', 'sum'];
  const results = ids.map((id) =>
    processResult(id, undefined, { name: id === 'evil' ? hostile : id, output: `# The ${id}\n\nIt is **well**.` }),
  );
  const processes = results.map(({ processId, name }) => ({ processId, name, needs: needs[processId] ?? [] }));
  const { page, complaints } = await open(await reportOf(results, undefined, { pattern: 'graph', processes }));
  expect(await page.locator('.detail .prose h4, .detail .prose h3').first().textContent()).toBe('The sum');
  expect(await page.locator('.graph path').count()).toBe(4);
  expect(await page.locator('.graph').getAttribute('aria-label')).toContain('tests waited for security; ');
  await page.locator('.graph a').nth(3).click();
  await page.locator('.detail h2', { hasText: 'sum' }).waitFor();
  expect(await page.locator('.waits').first().textContent()).toMatch(/^Waited for tests, <img/);
  await page.locator('.waits a').first().click();
  await page.locator('.waits', { hasText: 'Awaited by sum' }).waitFor();
  expect(complaints).toEqual([]);
});

test('a wide graph shrinks to fit as long as its names can be read, and scrolls from there on', async () => {
  const drawn = async (reviewers: number) => {
    const ids = ['start', ...Array.from({ length: reviewers }, (_, index) => `p${index}`)];
    const results = ids.map((id) => processResult(id));
    const processes = ids.map((id) => ({ processId: id, name: id, needs: id === 'start' ? [] : ['start'] }));
    const { page } = await open(await reportOf(results, undefined, { pattern: 'graph', processes }));
    return page.locator('.graph').evaluate((graph) => {
      const drawing = graph.querySelector('svg');
      const scale = (drawing?.getBoundingClientRect().width ?? 0) / Number(drawing?.getAttribute('width'));
      return { scrolls: graph.scrollWidth > graph.clientWidth, scale };
    });
  };
  expect(await drawn(2)).toMatchObject({ scrolls: false, scale: 1 });
  const six = await drawn(6);
  expect(six.scrolls).toBe(false);
  expect(six.scale).toBeLessThan(1);
  const many = await drawn(20);
  expect(many.scrolls).toBe(true);
  expect(many.scale).toBeCloseTo(0.72);
});

test('a graph that is too large to draw says so, and each process still says what it waited for', async () => {
  const results = Array.from({ length: 81 }, (_, index) => processResult(`p${index}`));
  const processes = results.map(({ processId, name }, index) => ({
    ...{ processId, name, needs: index === 0 ? [] : [`p${index - 1}`] },
  }));
  const { page, complaints } = await open(await reportOf(results, undefined, { pattern: 'graph', processes }));
  await page.locator('.detail', { hasText: '81 processes are too many to draw.' }).waitFor();
  expect(await page.locator('.graph').count()).toBe(0);
  await page.locator('.rows a', { hasText: 'p80' }).click();
  await page.locator('.waits', { hasText: 'Waited for p79' }).waitFor();
  expect(complaints).toEqual([]);
});

test('findings have a page of their own: who reported each, what its checks say, the refuted ones folded; nothing in them is alive', async () => {
  const reviewers = [
    reviewer(
      'security',
      finding({ severity: 'important', line: 3, summary: hostile, failure_scenario: `- ${hostile}` }),
    ),
    reviewer('tests', finding({ file: 'b.ts', severity: 'nit', line: 90, summary: 'Off by one.' })),
  ];
  const [first, second] = located(reviewers).findings;
  const checks = [checker('check-1', first?.id ?? '', 'CONFIRMED'), checker('check-2', second?.id ?? '', 'REFUTED')];
  const results = [...reviewers, ...checks];
  const { page, complaints } = await open(await reportOf(results, undefined, { findings: located(results) }));
  await page.keyboard.press('f');
  await page.locator('.finding').first().waitFor();
  expect(await page.locator('.pages [aria-current]').textContent()).toBe('Findings1');
  expect(await page.locator('.finding.important').textContent()).toContain('found by 1 of 2: security');
  expect(await page.locator('.finding.important').textContent()).toContain('check-1: confirmed.');
  expect(await page.locator('details .finding').textContent()).toContain('Off by one.');
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] })',
  )) as axe.AxeResults;
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await page.locator('.finding.important a', { hasText: 'check-1' }).click();
  await page.locator('.detail h2', { hasText: 'check-1' }).waitFor();
  await page.goBack();
  await page.locator('.finding').first().waitFor();
  expect(await page.title()).not.toMatch(/^[12]$/);
  expect(complaints).toEqual([]);
});
