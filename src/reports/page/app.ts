import { durationText } from '../../text/format.ts';
import { detailView, marks } from './detail-view.ts';
import { append, type Child, h } from './dom.ts';
import { findingsView, sessionTabs } from './findings-view.ts';
import { overview } from './overview.ts';
import type { PageData, PageRow } from './page-data.ts';
import { loadChart, timeAxis, timeBar } from './timeline.ts';
import { pageData, textsIn } from './unpack.ts';
import { addressOf, filters, readState, shownRows, sorts, tabs, type ViewState } from './view-state.ts';

const firstRows = 60;

/** The report as an application: a list of processes beside the one that was chosen. */
class App {
  readonly #data: PageData;
  #state: ViewState = readState();
  #shown: readonly PageRow[] = [];
  /** The searchable text of each row: names at first, with prompts and answers once they are unpacked. */
  readonly #haystacks: string[];
  #isUnpacked = false;
  readonly #list = h('ol', { class: 'rows', 'aria-label': 'Processes' });
  readonly #found = h('p', { class: 'none', role: 'status' });
  readonly #chips = h('div', { class: 'chips', role: 'group', 'aria-label': 'Which processes to show' });
  readonly #search: HTMLInputElement;
  readonly #sort: HTMLSelectElement;
  readonly #detail = h('section', { class: 'detail', 'aria-label': 'Details' });
  /** Counts what was drawn: what was unpacked too late is not shown. */
  #drawn = 0;

  constructor(data: PageData) {
    this.#data = data;
    this.#haystacks = data.rows.map(({ name, id, ending, headline }) =>
      `${name} ${id} ${ending} ${headline}`.toLowerCase(),
    );
    this.#search = h('input', {
      type: 'search',
      placeholder: 'Search names, prompts, answers',
      'aria-label': 'Search names, prompts, answers',
      input: () => this.#go({ search: this.#search.value }, true),
    });
    this.#sort = h(
      'select',
      { 'aria-label': 'Order', change: () => this.#go({ sort: this.#sort.value }, true) },
      sorts.map(({ id, label }) => h('option', { value: id }, label)),
    );
  }

  start(root: Element): void {
    const data = this.#data;
    const tools = h('div', { class: 'tools' }, this.#search, this.#sort);
    const hasRun = data.rows.some(({ spans }) => spans.length > 0);
    const scale = hasRun && h('div', { class: 'scale' }, timeAxis(data.length), loadChart(data));
    const list = h(
      'section',
      { class: 'list', 'aria-label': 'List of processes' },
      this.#chips,
      tools,
      scale,
      this.#list,
      this.#found,
    );
    append(root, [pageHead(data), h('main', {}, list, this.#detail)]);
    addEventListener('hashchange', () => this.#draw());
    addEventListener('keydown', (event) => this.#press(event));
    this.#draw();
  }

  /** Goes to another state; what is typed leaves no trace in the history. */
  #go(change: Partial<ViewState>, inPlace = false): void {
    const address = addressOf({ ...this.#state, ...change });
    if (!inPlace) {
      location.hash = address;
      return;
    }
    history.replaceState(null, '', address);
    this.#draw();
  }

  #draw(): void {
    const before = this.#state;
    this.#state = readState();
    const words = this.#state.search
      .toLowerCase()
      .split(/\s+/u)
      .filter((word) => word !== '');
    if (words.length > 0) void this.#unpackTexts();
    const places = new Map(this.#data.rows.map((row, place) => [row, place]));
    const found = (row: PageRow): boolean =>
      words.every((word) => this.#haystacks[places.get(row) ?? -1]?.includes(word) === true);
    this.#shown = shownRows(this.#data.rows, this.#state, found);
    this.#drawRows();
    this.#found.replaceChildren(this.#shown.length === 0 ? 'Nothing matches.' : '');
    if (this.#search.value !== this.#state.search) this.#search.value = this.#state.search;
    this.#sort.value = this.#state.sort;
    this.#drawChips();
    document.documentElement.classList.toggle('has-choice', this.#state.process !== undefined);
    void this.#drawDetail(before.process !== this.#state.process);
  }

  /** Prompts and answers are unpacked with the first search. */
  async #unpackTexts(): Promise<void> {
    if (this.#isUnpacked) return;
    this.#isUnpacked = true;
    for (const [place, { texts }] of this.#data.rows.entries()) {
      const { answer = '', prompt = '', message = '' } = (await textsIn(texts.block))[texts.index] ?? {};
      this.#haystacks[place] += ` ${prompt} ${answer} ${message}`.toLowerCase();
    }
    this.#draw();
  }

  /** Renders as many rows as fit a large screen at once, then the rest. */
  #drawRows(): void {
    const shown = this.#shown;
    this.#list.replaceChildren(...shown.slice(0, firstRows).map((row) => this.#row(row)));
    if (shown.length <= firstRows) return;
    setTimeout(() => {
      if (this.#shown === shown) this.#list.append(...shown.slice(firstRows).map((row) => this.#row(row)));
    });
  }

  #drawChips(): void {
    const { rows } = this.#data;
    const chips = filters.flatMap(({ id, label, takes }) => {
      const count = rows.filter(takes).length;
      if (count === 0) return [];
      const isOn = this.#state.filter === id;
      const props = { type: 'button', 'aria-pressed': String(isOn), click: () => this.#go({ filter: id }, true) };
      return [h('button', props, label, h('span', { class: 'count' }, String(count)))];
    });
    const focused = [...this.#chips.children].indexOf(document.activeElement ?? this.#chips);
    this.#chips.replaceChildren(...chips);
    chips[focused]?.focus();
  }

  #row(row: PageRow): HTMLLIElement {
    const isHere = row.id === this.#state.process;
    return h(
      'li',
      { class: row.kind },
      h(
        'a',
        { href: addressOf({ ...this.#state, process: row.id }), 'aria-current': isHere ? 'true' : undefined },
        h('span', { class: 'mark', role: 'img', 'aria-label': row.ending }, marks[row.kind]),
        h('span', { class: 'name' }, h('b', { dir: 'auto' }, row.name), h('small', { dir: 'auto' }, row.headline)),
        timeBar(row, this.#data.length),
        h('span', { class: 'number' }, row.duration === undefined ? '–' : durationText(row.duration)),
        h('span', { class: 'number' }, row.cost === '' ? '–' : row.cost),
      ),
    );
  }

  async #drawDetail(isNew: boolean): Promise<void> {
    this.#drawn += 1;
    const drawn = this.#drawn;
    const row = this.#data.rows.find(({ id }) => id === this.#state.process);
    const content = row === undefined ? await this.#session() : await detailView(this.#data, row, this.#state);
    if (drawn !== this.#drawn) return;
    this.#detail.replaceChildren();
    append(this.#detail, content);
    if (!isNew) return;
    this.#detail.scrollTop = 0;
    if (row !== undefined) this.#list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }

  async #session(): Promise<readonly Child[]> {
    const { findings } = this.#data;
    if (findings === undefined) return await overview(this.#data, this.#state);
    const isList = this.#state.page === 'findings';
    const content = isList ? findingsView(findings, this.#data, this.#state) : await overview(this.#data, this.#state);
    return [sessionTabs(findings, this.#state), content];
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const place = this.#shown.findIndex(({ id }) => id === this.#state.process);
    const isOnTab = event.target instanceof Element && event.target.getAttribute('role') === 'tab';
    const actions: Readonly<Record<string, () => void>> = {
      '/': () => this.#search.focus(),
      j: () => this.#choose(this.#shown[place + 1]),
      k: () => this.#choose(this.#shown[place - 1]),
      n: () => this.#choose(this.#shown.slice(place + 1).find(({ needsAttention }) => needsAttention)),
      f: () => this.#go({ process: '', page: this.#state.page === 'findings' ? 'overview' : 'findings' }),
      Escape: () => this.#go({ process: '' }),
      ...(isOnTab && { ArrowRight: () => this.#stepTab(1), ArrowLeft: () => this.#stepTab(-1) }),
      ...Object.fromEntries(tabs.map((tab, index) => [String(index + 1), () => this.#go({ tab })])),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  #choose(row: PageRow | undefined): void {
    if (row !== undefined) this.#go({ process: row.id });
  }

  #stepTab(by: number): void {
    const next = tabs[(tabs.indexOf(this.#state.tab) + by + tabs.length) % tabs.length];
    if (next === undefined) return;
    addEventListener('hashchange', () => setTimeout(() => document.getElementById(`tab-${next}`)?.focus(), 50), {
      once: true,
    });
    this.#go({ tab: next });
  }
}

function pageHead({ title, conclusion, figures, badge }: PageData): HTMLElement {
  return h(
    'header',
    { class: `top ${conclusion}` },
    h('div', {}, h('h1', {}, title), h('p', {}, figures.join(' · '))),
    badge !== undefined && h('span', { class: 'badge' }, badge),
  );
}

async function start(): Promise<void> {
  const { classList } = document.documentElement;
  const root = document.getElementById('app');
  try {
    if (root !== null) new App(await pageData()).start(root);
    performance.mark('shown');
  } catch (error) {
    // A browser that cannot unpack shows the static report.
    classList.remove('live');
    throw error;
  }
}

// This runs ahead of the static part, so that it is never laid out where the script runs.
document.documentElement.classList.add('live');
addEventListener('DOMContentLoaded', () => void start());
