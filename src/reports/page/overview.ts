import { factList, nextStep, waitWords } from './detail-view.ts';
import { type Child, h } from './dom.ts';
import { graphView } from './graph-view.ts';
import { markdownView, sourceView } from './markdown-view.ts';
import type { Attention, PageData, PageRow } from './page-data.ts';
import { legend } from './timeline.ts';
import { textsIn } from './unpack.ts';
import { addressOf, type ViewState } from './view-state.ts';

/** The view while no process is selected. */
export async function overview(data: PageData, state: ViewState): Promise<readonly Child[]> {
  const { heading, attention, verdict, facts, models, highlights, rows } = data;
  const graph = graphView(data, state);
  const count = new Intl.NumberFormat('en-US');
  return [
    h('h2', {}, heading),
    attention.map((group) => attentionView(group, data, state)),
    await Promise.all(data.main.map((place) => mainAnswer(data.rows[place], state))),
    graph !== undefined && [h('h2', {}, waitWords(data).title), graph],
    h('h2', {}, 'Session'),
    h('p', {}, verdict),
    factList(facts),
    models.length > 0 && [
      h('h2', {}, 'Models'),
      factList(
        models.map(
          ({ model, input, output }) =>
            [model, `${count.format(input)} tokens in, ${count.format(output)} out`] as const,
        ),
      ),
    ],
    highlights.length > 0 && [
      h('h2', {}, 'Worth knowing'),
      h(
        'ul',
        { class: 'highlights' },
        highlights.map((highlight) => h('li', {}, highlight)),
      ),
    ],
    h('h2', {}, 'How to read it'),
    rows.some(({ spans }) => spans.length > 0) && legend(rows),
    h(
      'p',
      { class: 'keys' },
      keys
        .filter(([key]) => key !== 'f' || data.findings !== undefined)
        .map(([key, words]) => [h('kbd', {}, key), ` ${words} `]),
    ),
  ];
}

/** An answer that the others were for; what is longer is behind its name. */
async function mainAnswer(row: PageRow | undefined, state: ViewState): Promise<Child> {
  if (row === undefined) return undefined;
  const { answer = '', structured } = (await textsIn(row.texts.block))[row.texts.index] ?? {};
  if (answer.trim() === '') return undefined;
  const isCut = answer.length > longestMain;
  const body =
    structured === undefined
      ? markdownView(answer.slice(0, longestMain))
      : sourceView(JSON.stringify(structured, null, 2));
  const link = h('a', { href: addressOf({ ...state, process: row.id }) }, row.name);
  return [h('h2', {}, 'Answer of ', link), body, isCut && h('p', { class: 'none' }, 'This is the beginning.')];
}

const longestMain = 20_000;

const keys = [
  ['j', 'next'],
  ['k', 'previous'],
  ['n', 'next that needs attention'],
  ['f', 'findings'],
  ['/', 'search'],
  ['1 to 4', 'tabs'],
  ['Esc', 'back'],
] as const;
const mostNames = 12;

function attentionView({ kind, cause, next, rows }: Attention, data: PageData, state: ViewState): HTMLElement {
  const links = rows.slice(0, mostNames).flatMap((place, index) => {
    const row = data.rows[place];
    return row === undefined
      ? []
      : [index > 0 && ', ', h('a', { href: addressOf({ ...state, process: row.id }) }, row.name)];
  });
  return h(
    'div',
    { class: `attention ${kind}` },
    h('p', {}, links, rows.length > mostNames && ` and ${rows.length - mostNames} more`),
    h('p', {}, cause),
    next !== undefined && nextStep(next),
  );
}
