import { append, type Child, h } from './dom.ts';
import { markdownView } from './markdown-view.ts';
import type { PageData, PageFinding, PageFindings } from './page-data.ts';
import { addressOf, type ViewState } from './view-state.ts';

/** The tabs of the session: its overview and its findings. */
export function sessionTabs({ list, leftOut }: PageFindings, state: ViewState): HTMLElement {
  const open = list.filter(({ isRefuted }) => isRefuted === undefined).length + leftOut;
  const tab = (page: ViewState['page'], words: readonly Child[]): HTMLElement => {
    const isHere = state.page === page;
    return h('a', { href: addressOf({ ...state, page }), 'aria-current': isHere ? 'page' : undefined }, words);
  };
  const count = h('span', { class: 'count' }, String(open));
  return h(
    'nav',
    { class: 'pages', 'aria-label': 'Session' },
    tab('overview', ['Overview']),
    tab('findings', ['Findings', count]),
  );
}

/** The findings, each with its scenario, who reported it and what its checks say; the refuted ones folded. */
export function findingsView(found: PageFindings, data: PageData, state: ViewState): readonly Child[] {
  const open = found.list.filter(({ isRefuted }) => isRefuted === undefined);
  const refuted = found.list.filter(({ isRefuted }) => isRefuted === true);
  const views = (findings: readonly PageFinding[]): readonly Child[] =>
    findings.map((finding) => findingView(finding, data, state));
  return [
    h('h2', {}, 'Findings'),
    h('p', {}, found.facts.join('; ')),
    views(open),
    found.leftOut > 0 && h('p', { class: 'none' }, `${found.leftOut} more: see findings.json.`),
    refuted.length > 0 && refutedFold(refuted.length, views(refuted)),
  ];
}

function refutedFold(count: number, views: readonly Child[]): HTMLElement {
  const fold = h('details', {}, h('summary', {}, `Refuted by their checks: ${count}`));
  append(fold, views);
  return fold;
}

function findingView(finding: PageFinding, data: PageData, state: ViewState): HTMLElement {
  const { severity, label, where, heading, scenario, wordings, agreement, reportedBy, verdict, checks } = finding;
  const link = (place: number): Child => {
    const row = data.rows[place];
    return row && h('a', { href: addressOf({ ...state, process: row.id }) }, row.name);
  };
  const links = reportedBy.map((place, index) => [index > 0 && ', ', link(place)]);
  return h(
    'article',
    { class: `finding ${severity}` },
    h('h3', {}, heading),
    h('p', { class: 'none' }, [label, where, verdict].filter((part) => part !== undefined).join(' · ')),
    scenario !== '' && markdownView(scenario),
    h('p', {}, `${agreement}: `, links),
    wordings.length > 0 &&
      h(
        'ul',
        {},
        wordings.map((words) => h('li', {}, words)),
      ),
    checks.map((check) => h('p', {}, link(check.row), `: ${check.verdict}. ${check.reason}`)),
  );
}
