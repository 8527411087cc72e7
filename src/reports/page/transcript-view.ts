import { durationText } from '../../text/format.ts';
import { plainText } from '../../text/plain-text.ts';
import { type Child, h } from './dom.ts';
import { markdownView } from './markdown-view.ts';
import type { TranscriptStep } from './page-data.ts';

type Tool = Extract<TranscriptStep, { kind: 'tool' }>;
type Result = Extract<TranscriptStep, { kind: 'result' }>;

/** Steps that are laid out at once: a conversation may have tens of thousands. */
const pageSize = 200;

/** A transcript: attempts as sections, tools folded, sub-agents within the call that started them. */
export function transcriptView(steps: readonly TranscriptStep[]): HTMLElement {
  const results = new Map(steps.flatMap((step) => (step.kind === 'result' ? [[step.of, step] as const] : [])));
  const ofSubagents = Map.groupBy(
    steps.filter((step) => 'sub' in step && step.sub !== undefined),
    (step) => ('sub' in step ? (step.sub ?? '') : ''),
  );
  const calls = new Set(steps.flatMap((step) => (step.kind === 'tool' ? [step.id] : [])));
  const isTop = (step: TranscriptStep): boolean =>
    step.kind !== 'result' && !('sub' in step && step.sub !== undefined && calls.has(step.sub));
  const context: Context = { results, ofSubagents };
  const list = h('ol', { class: 'steps' });
  const top = steps.filter(isTop);
  showPage(list, top, context);
  return top.length === 0 ? h('p', { class: 'none' }, 'Nothing was said.') : list;
}

interface Context {
  readonly results: ReadonlyMap<string, Result>;
  readonly ofSubagents: ReadonlyMap<string, readonly TranscriptStep[]>;
}

function showPage(list: HTMLElement, steps: readonly TranscriptStep[], context: Context): void {
  list.append(...steps.slice(0, pageSize).map((step) => stepView(step, context)));
  const rest = steps.slice(pageSize);
  if (rest.length === 0) return;
  const button = h(
    'button',
    {
      type: 'button',
      click: () => {
        more.remove();
        showPage(list, rest, context);
      },
    },
    `Show ${Math.min(pageSize, rest.length)} of ${rest.length} more steps`,
  );
  const more = h('li', {}, button);
  list.append(more);
}

function speaker({ synthetic }: { readonly synthetic?: true }): string {
  return synthetic === true ? 'Claude Code' : 'Claude';
}

function stepView(step: TranscriptStep, context: Context): HTMLLIElement {
  const time = step.at === undefined ? false : h('span', { class: 'at' }, `+${durationText(step.at / 1000)}`);
  switch (step.kind) {
    case 'attempt':
      return h('li', { class: 'attempt' }, h('h3', {}, `Attempt ${step.number}`), h('span', {}, step.text), time);
    case 'text':
      return h('li', { class: 'said' }, h('div', { class: 'who' }, speaker(step), time), markdownView(step.text));
    case 'thinking':
      return h(
        'li',
        {},
        folded(['Thinks', time], () => [markdownView(step.text)]),
      );
    case 'tool':
      return h('li', {}, toolView(step, context));
    case 'result':
    case 'note':
      return h('li', { class: 'note' }, step.text, time);
    default:
      return step satisfies never;
  }
}

function toolView(tool: Tool, context: Context): HTMLElement {
  const result = context.results.get(tool.id);
  const inside = context.ofSubagents.get(tool.id);
  const took =
    result?.at === undefined || tool.at === undefined ? undefined : durationText((result.at - tool.at) / 1000);
  const end = result?.isError === true ? 'error' : undefined;
  const tail = [result === undefined ? 'no result' : end, took].filter((part) => part !== undefined).join(', ');
  const head = [
    h('b', {}, tool.name),
    ' ',
    h('code', {}, tool.subject),
    h('span', { class: end === undefined ? 'tail' : 'tail bad' }, tail),
  ];
  return folded(head, () => [
    h('h4', {}, 'Input'),
    pre(tool.input),
    ...(inside === undefined ? [] : [h('h4', {}, 'Its sub-agent'), subagentView(inside, context)]),
    ...(result === undefined ? [] : [h('h4', {}, result.isError ? 'Error' : 'Result'), pre(result.text)]),
  ]);
}

function subagentView(steps: readonly TranscriptStep[], context: Context): HTMLElement {
  const list = h('ol', { class: 'steps sub' });
  showPage(list, steps, context);
  return list;
}

function pre(text: string): HTMLElement {
  return h('pre', { class: 'source', tabindex: 0 }, plainText(text));
}

/** A fold whose content is made when it is opened. */
function folded(head: readonly Child[], content: () => readonly HTMLElement[]): HTMLDetailsElement {
  const fold = h('details', {}, h('summary', {}, head));
  fold.addEventListener('toggle', () => fold.append(...content()), { once: true });
  return fold;
}
