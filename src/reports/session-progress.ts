import type { SessionState } from '../model/session-state.ts';
import { countText, durationText } from '../text/format.ts';
import { moneyText } from './money.ts';

/** Progress of a session. */
export interface ProgressFigures {
  readonly total: number;
  /** Ended, whichever way. */
  readonly done: number;
  /** Of `done`, the processes that ran and did not succeed. */
  readonly failed: number;
  readonly running: number;
  /** Not started yet. */
  readonly waiting: number;
  readonly elapsedSeconds: number;
  /** Which of how many batches runs now; absent in other patterns, and where there is but one. */
  readonly batch?: { readonly number: number; readonly of: number };
  /** Cost so far, as text. */
  readonly money: string;
  /** An estimate from the processes that have ended; absent while there is nothing to judge by. */
  readonly secondsLeft?: number;
}

/** Counts what has ended, what it cost, and how long the rest may take. `nowMs` is in milliseconds since 1970. */
export function figuresOf(state: SessionState, nowMs: number): ProgressFigures {
  const { started, running, waiting, done, failed, ran } = state;
  const maxUsd = started?.policy?.maxBudgetUsd;
  const spent = { costUsd: ran.costUsd, offline: started?.offline === true, unknown: ran.unknownCosts };
  const secondsLeft = secondsLeftOf(state, nowMs);
  const batch = batchOf(state);
  return {
    ...{ total: waiting + running.size + done, done, failed, running: running.size, waiting },
    elapsedSeconds: secondsSince(started?.at, nowMs),
    ...(batch !== undefined && { batch }),
    money: ran.count === 0 ? '' : moneyText({ ...spent, ...(maxUsd !== undefined && { maxUsd }) }),
    ...(secondsLeft !== undefined && { secondsLeft }),
  };
}

/** Seconds since an event; 0 where there was none, or the clock was set meanwhile. */
export function secondsSince(at: string | undefined, nowMs: number): number {
  return at === undefined ? 0 : Math.max(0, nowMs - Date.parse(at)) / 1000;
}

/** There is a group for each batch, which stands for all before it as well. */
function batchOf({ started, processes }: SessionState): ProgressFigures['batch'] {
  const { pattern, groups = [] } = started ?? {};
  if (pattern !== 'batch' || groups.length < 2) return undefined;
  const isOpen = (id: string): boolean => (processes.get(id)?.state ?? 'ended') !== 'ended';
  const index = groups.findIndex(({ needs }) => needs.some(isOpen));
  return index === -1 ? undefined : { number: index + 1, of: groups.length };
}

/** As if each of the rest took as long as those before did on average. For a fallback it is unknown how many will run. */
function secondsLeftOf(state: SessionState, nowMs: number): number | undefined {
  const { started, processes, running, waiting, ran } = state;
  const left = waiting + running.size;
  if (ran.count === 0 || left === 0 || started?.pattern === 'fallback') return undefined;
  const average = ran.seconds / ran.count;
  const ages = [...running.keys()].map((id) => secondsSince(processes.get(id)?.startedAt, nowMs));
  const rests = ages.map((age) => Math.max(0, average - age));
  const busy = ages.reduce((sum, age) => sum + age, ran.seconds);
  const atOnce = Math.min(atOnceOf(state, busy / Math.max(0.001, secondsSince(started?.at, nowMs))), left);
  const work = rests.reduce((sum, rest) => sum + rest, waiting * average);
  return Math.max(work / atOnce, ...rests);
}

/** How many run at once: `max-workers`, or fewer where memory, rate limits or the graph let fewer run on average so far. */
function atOnceOf({ started, running }: SessionState, average: number): number {
  const most = started?.pattern === 'sequential' ? 1 : (started?.policy?.maxWorkers ?? 1);
  return Math.min(most, Math.max(1, running.size, Math.ceil(average)));
}

/** For example `12 of 60 done, 1 failed · 6 run, 42 wait · batch 2 of 6 · $1.20 of $5.00 · about 4 min left`. */
export function progressText(figures: ProgressFigures): string {
  const { total, done, failed, running, waiting, batch, money, secondsLeft } = figures;
  const atWork = [
    ...(running === 0 ? [] : [`${countText(running)} ${running === 1 ? 'runs' : 'run'}`]),
    ...(waiting === 0 ? [] : [`${countText(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`]),
  ];
  return [
    `${countText(done)} of ${countText(total)} done${failed === 0 ? '' : `, ${countText(failed)} failed`}`,
    ...(atWork.length === 0 ? [] : [atWork.join(', ')]),
    ...(batch === undefined ? [] : [batchText(batch)]),
    ...(money === '' ? [] : [money]),
    ...(secondsLeft === undefined ? [] : [timeLeftText(secondsLeft)]),
  ].join(' · ');
}

/** For example `batch 2 of 6`. */
export function batchText({ number, of }: NonNullable<ProgressFigures['batch']>): string {
  return `batch ${countText(number)} of ${countText(of)}`;
}

/** No more exact than an estimate is: `about 20 s left`, `about 4 min left`. */
export function timeLeftText(seconds: number): string {
  if (seconds <= 9) return `about ${Math.max(1, Math.ceil(seconds))} s left`;
  const step = seconds <= 55 ? 5 : 60;
  return `about ${durationText(Math.ceil(seconds / step) * step)} left`;
}
