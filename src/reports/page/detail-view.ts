import { durationText } from '../../text/format.ts';
import { plainText } from '../../text/plain-text.ts';
import { type Child, copyButton, h } from './dom.ts';
import { markdownView, sourceView } from './markdown-view.ts';
import type { Fact, PageData, PageRow, RowTexts } from './page-data.ts';
import { spanLabels, timeBar, timesOf } from './timeline.ts';
import { transcriptView } from './transcript-view.ts';
import { textsIn, transcript } from './unpack.ts';
import { addressOf, type Tab, tabs, type ViewState } from './view-state.ts';

/** Mark of each ending, besides its colour. */
export const marks: Readonly<Record<PageRow['kind'], string>> = {
  succeeded: '✓',
  warned: '!',
  failed: '✕',
  'timed-out': '◷',
  cancelled: '⊘',
  skipped: '–',
};

const tabLabels: Readonly<Record<Tab, string>> = {
  answer: 'Answer',
  transcript: 'Transcript',
  prompt: 'Prompt',
  files: 'Files',
};

/** Facts with their labels. */
export function factList(facts: readonly Fact[]): HTMLElement {
  return h(
    'dl',
    { class: 'facts' },
    facts.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))),
  );
}

/** The next step. Backquotes are around names of options. */
export function nextStep(next: string): HTMLElement {
  const parts = next.split('`').map((part, index) => (index % 2 === 0 ? part : h('code', {}, part)));
  return h('p', { class: 'next' }, '→ ', parts);
}

/** One process: its facts, its time, and the tab that the state names. */
export async function detailView(data: PageData, row: PageRow, state: ViewState): Promise<readonly Child[]> {
  const [texts, panel] = await Promise.all([textsOf(row), panelOf(row, state.tab)]);
  const causes = concernsWith(data, row);
  const why = texts.message ?? (row.kind === 'warned' ? causes.map(({ what }) => what).join('; ') : undefined);
  return [
    h(
      'header',
      { class: row.kind },
      h('a', { class: 'back', href: addressOf(without(state)) }, '‹ All'),
      h('h2', { tabindex: -1 }, h('span', { class: 'mark', 'aria-hidden': 'true' }, marks[row.kind]), ' ', row.name),
      h('span', { class: 'ending' }, row.ending),
    ),
    why !== undefined && h('p', { class: 'why' }, plainText(why)),
    causes.map(({ next }) => next !== undefined && nextStep(next)),
    factList(row.facts),
    waitsView(data, row, state),
    row.spans.length > 0 && h('div', { class: 'own-time' }, timeBar(row, data.length), timeLine(row)),
    tabBar(state),
    h('div', { role: 'tabpanel', id: 'panel', 'aria-labelledby': `tab-${state.tab}`, tabindex: 0 }, panel),
  ];
}

function concernsWith({ attention, rows }: PageData, row: PageRow): PageData['attention'] {
  const place = rows.indexOf(row);
  return attention.filter(({ rows: whose }) => whose.includes(place));
}

/** The words for what waited for what. */
export function waitWords({ conclusion }: PageData) {
  // A dry run only plans.
  return conclusion === 'skipped'
    ? { title: 'What would wait for what', label: 'Would wait for', verb: 'would wait for' }
    : { title: 'What waited for what', label: 'Waited for', verb: 'waited for' };
}

/** What it waited for, and what waited for it. */
function waitsView(data: PageData, row: PageRow, state: ViewState): Child {
  const { rows } = data;
  const place = rows.indexOf(row);
  const links = (label: string, others: readonly PageRow[]): Child =>
    others.length > 0 &&
    h(
      'p',
      { class: 'waits' },
      `${label} `,
      others.map(({ id, name }, index) => [
        index > 0 && ', ',
        h('a', { href: addressOf({ ...state, process: id }) }, name),
      ]),
    );
  const before = (row.needs ?? []).flatMap((need) => rows[need] ?? []);
  return [
    links(waitWords(data).label, before),
    links(
      'Awaited by',
      rows.filter(({ needs = [] }) => needs.includes(place)),
    ),
  ];
}

function without({ process: _process, ...state }: ViewState): ViewState {
  return state;
}

function timeLine({ spans }: PageRow): HTMLElement {
  const parts = timesOf(spans).map(([kind, ms]) =>
    h('li', {}, h('span', { class: `swatch ${kind}` }), `${spanLabels[kind]} ${durationText(ms / 1000)}`),
  );
  return h('ul', { class: 'legend', 'aria-label': 'Where its time went' }, parts);
}

function tabBar(state: ViewState): HTMLElement {
  const tab = (name: Tab): HTMLElement =>
    h(
      'a',
      {
        role: 'tab',
        id: `tab-${name}`,
        href: addressOf({ ...state, tab: name }),
        'aria-selected': String(state.tab === name),
        'aria-controls': state.tab === name ? 'panel' : undefined,
        tabindex: state.tab === name ? 0 : -1,
      },
      tabLabels[name],
    );
  return h('div', { role: 'tablist', class: 'tabs', 'aria-label': 'What to show of the process' }, tabs.map(tab));
}

async function textsOf({ texts }: PageRow): Promise<RowTexts> {
  return (await textsIn(texts.block))[texts.index] ?? { answer: '' };
}

async function panelOf(row: PageRow, tab: Tab): Promise<Child> {
  switch (tab) {
    case 'answer':
      return answerView(row, await textsOf(row));
    case 'transcript':
      return row.transcript === undefined
        ? none('There is no transcript of this process.')
        : transcriptView(await transcript(row.transcript));
    case 'prompt': {
      const { prompt } = await textsOf(row);
      return prompt === undefined ? none('The prompt was not recorded.') : [copyButton(prompt), sourceView(prompt)];
    }
    case 'files':
      return filesView(row);
    default:
      return tab satisfies never;
  }
}

function none(text: string): HTMLElement {
  return h('p', { class: 'none' }, text);
}

function answerView({ id, kind, attempts }: PageRow, { answer, isCut, structured, stderr }: RowTexts): Child {
  const silence = attempts === 0 && kind === 'skipped' ? 'It was never started.' : 'It gave no answer.';
  const body = h('div', {}, markdownView(answer));
  const toggle: HTMLButtonElement = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-pressed': 'false',
      click: () => {
        const isSource = toggle.getAttribute('aria-pressed') === 'true';
        toggle.setAttribute('aria-pressed', String(!isSource));
        body.replaceChildren(isSource ? markdownView(answer) : sourceView(answer));
      },
    },
    'Source',
  );
  return [
    answer.trim() === '' ? none(silence) : [h('div', { class: 'tools' }, toggle, copyButton(answer)), body],
    isCut === true && none(`This is the beginning; outputs/${id}.md has all of it.`),
    structured !== undefined && [h('h3', {}, 'Structured output'), sourceView(JSON.stringify(structured, null, 2))],
    stderr !== undefined && [h('h3', {}, 'End of standard error'), sourceView(stderr)],
  ];
}

function filesView({ files }: PageRow): Child {
  if (files.length === 0) return none('It has no files.');
  return [
    h('p', {}, 'Beside this page in the directory of the session, which is also the artifact of the logs:'),
    h(
      'ul',
      { class: 'files' },
      files.map((file) => h('li', {}, h('a', { href: file }, file))),
    ),
  ];
}
