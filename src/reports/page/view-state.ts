import type { PageRow } from './page-data.ts';

/** The tabs of a process. */
export const tabs = ['answer', 'transcript', 'prompt', 'files'] as const;
export type Tab = (typeof tabs)[number];

/** The state of the view. All of it is in the address, so that a link keeps it. */
export interface ViewState {
  /** Id of a process. */
  readonly process?: string;
  readonly tab: Tab;
  /** Shown while no process is chosen. */
  readonly page: 'overview' | 'findings';
  readonly filter: string;
  readonly search: string;
  readonly sort: string;
}

/** The state in the fragment of the page's address. */
export function readState(): ViewState {
  const given = new URLSearchParams(location.hash.slice(1));
  const process = given.get('p');
  const tab = tabs.find((name) => name === given.get('tab')) ?? 'answer';
  const page = given.get('page') === 'findings' ? 'findings' : 'overview';
  const state = {
    ...({ tab, page } as const),
    filter: given.get('show') ?? 'all',
    search: given.get('q') ?? '',
    sort: given.get('sort') ?? 'given',
  };
  return process === null ? state : { ...state, process };
}

/** The address of a state. */
export function addressOf({ process, tab, page, filter, search, sort }: ViewState): string {
  const entries = Object.entries({
    p: process ?? '',
    page: page === 'overview' ? '' : page,
    tab: tab === 'answer' || process === undefined ? '' : tab,
    show: filter === 'all' ? '' : filter,
    q: search,
    sort: sort === 'given' ? '' : sort,
  }).filter(([, value]) => value !== '');
  return `#${new URLSearchParams(entries)}`;
}

/** Filters with their names and what they let through. */
export const filters: readonly {
  readonly id: string;
  readonly label: string;
  readonly takes: (row: PageRow) => boolean;
}[] = [
  { id: 'all', label: 'All', takes: () => true },
  { id: 'attention', label: 'Needs attention', takes: (row) => row.needsAttention },
  { id: 'done', label: 'Done', takes: ({ kind }) => kind === 'succeeded' },
  { id: 'warned', label: 'With warnings', takes: ({ kind }) => kind === 'warned' },
  { id: 'failed', label: 'Failed', takes: ({ kind }) => kind === 'failed' },
  { id: 'timed-out', label: 'Timed out', takes: ({ kind }) => kind === 'timed-out' },
  { id: 'cancelled', label: 'Cancelled', takes: ({ kind }) => kind === 'cancelled' },
  { id: 'skipped', label: 'Not started', takes: ({ kind }) => kind === 'skipped' },
];

/** Orders with their names. */
export const sorts: readonly { readonly id: string; readonly label: string; readonly of?: (row: PageRow) => number }[] =
  [
    { id: 'given', label: 'As given' },
    { id: 'attention', label: 'Needs attention first', of: ({ needsAttention }) => (needsAttention ? 1 : 0) },
    { id: 'time', label: 'Longest first', of: ({ duration = 0 }) => duration },
    { id: 'cost', label: 'Dearest first', of: ({ costUsd = 0 }) => costUsd },
    { id: 'attempts', label: 'Most attempts first', of: ({ attempts }) => attempts },
  ];

/** The rows that a state shows, in its order; `found` says which hold the words that are searched for. */
export function shownRows(
  rows: readonly PageRow[],
  { filter, sort }: ViewState,
  found: (row: PageRow) => boolean,
): readonly PageRow[] {
  const takes = filters.find(({ id }) => id === filter)?.takes ?? (() => true);
  const of = sorts.find(({ id }) => id === sort)?.of;
  const shown = rows.filter((row) => takes(row) && found(row));
  return of === undefined ? shown : shown.toSorted((one, other) => of(other) - of(one));
}
