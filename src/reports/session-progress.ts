import type { EnsembleEvent } from '../model/event.ts';
import type { Pattern } from '../model/plan.ts';
import type { ProcessResult } from '../model/result.ts';
import { countText, durationText } from '../text/format.ts';
import { oneLine } from '../text/plain-text.ts';
import { moneyText } from './money.ts';

/** How far a session has come. */
export interface ProgressFigures {
  readonly total: number;
  /** Ended, whichever way. */
  readonly done: number;
  /** Of those, the ones that ran and did not succeed. */
  readonly failed: number;
  readonly running: number;
  /** Names of those that were not started yet, in their order. */
  readonly waiting: readonly string[];
  readonly elapsedSeconds: number;
  /** Which of how many batches runs now; absent in other patterns, and where there is but one. */
  readonly batch?: { readonly number: number; readonly of: number };
  /** What was spent, in words. */
  readonly money: string;
  /** An estimate from the processes that have ended; absent while there is nothing to judge by. */
  readonly secondsLeft?: number;
}

const longestName = 64;

/** Counts what has ended, what it cost, and how long the rest may take. Times are milliseconds of one clock. */
export class SessionProgress {
  readonly #waiting = new Map<string, string>();
  /** When each was started. */
  readonly #running = new Map<string, number>();
  /** The number of the batch of each process that has not ended, in their order. */
  readonly #batches = new Map<string, number>();
  #batchCount = 0;
  #sinceMs = 0;
  #pattern: Pattern = 'parallel';
  #maxWorkers = 1;
  #offline = false;
  #maxUsd: number | undefined;
  #total = 0;
  #done = 0;
  #failed = 0;
  /** Those that have run in this session: others say nothing of the time that one takes. */
  #ran = 0;
  #workedSeconds = 0;
  #costUsd = 0;
  #unknownCosts = 0;

  /** Takes in one event, which happened at that time. */
  take(event: EnsembleEvent, atMs: number): void {
    switch (event.type) {
      case 'session-started': {
        this.#sinceMs = atMs;
        this.#pattern = event.pattern;
        this.#maxWorkers = event.policy?.maxWorkers ?? 1;
        this.#maxUsd = event.policy?.maxBudgetUsd;
        this.#offline = event.offline;
        this.#add(event.processes);
        if (event.pattern === 'batch') this.#number(event);
        break;
      }
      case 'processes-added':
        this.#add(event.processes);
        break;
      case 'process-started':
        this.#waiting.delete(event.processId);
        if (!this.#running.has(event.processId)) this.#running.set(event.processId, atMs);
        break;
      case 'process-ended':
        this.#end(event.result);
        break;
      default:
    }
  }

  figures(nowMs: number): ProgressFigures {
    const secondsLeft = this.#secondsLeft(nowMs);
    const [batch] = this.#batches.values();
    const money = { costUsd: this.#costUsd, offline: this.#offline, unknown: this.#unknownCosts };
    return {
      total: this.#total,
      done: this.#done,
      failed: this.#failed,
      running: this.#running.size,
      waiting: [...this.#waiting.values()],
      ...(batch !== undefined && this.#batchCount > 1 && { batch: { number: batch, of: this.#batchCount } }),
      elapsedSeconds: Math.max(0, nowMs - this.#sinceMs) / 1000,
      money:
        this.#ran === 0 ? '' : moneyText({ ...money, ...(this.#maxUsd !== undefined && { maxUsd: this.#maxUsd }) }),
      ...(secondsLeft !== undefined && { secondsLeft }),
    };
  }

  #add(processes: Extract<EnsembleEvent, { type: 'processes-added' }>['processes']): void {
    for (const { processId, name } of processes) this.#waiting.set(processId, oneLine(name, longestName));
    this.#total += processes.length;
  }

  /** There is a group for each batch, which stands for all before it as well. */
  #number({ processes, groups = [] }: Extract<EnsembleEvent, { type: 'session-started' }>): void {
    const ids = new Set(processes.map(({ processId }) => processId));
    for (const [index, { needs }] of groups.entries())
      for (const id of needs) if (ids.has(id)) this.#batches.set(id, index + 1);
    this.#batchCount = groups.length;
  }

  #end({ processId, status, attempts, duration, costUsd, continueOnError }: ProcessResult): void {
    this.#waiting.delete(processId);
    this.#running.delete(processId);
    this.#batches.delete(processId);
    this.#done += 1;
    if (status !== 'succeeded' && status !== 'skipped' && continueOnError !== true) this.#failed += 1;
    if (attempts === 0) return;
    this.#ran += 1;
    this.#workedSeconds += duration;
    this.#costUsd += costUsd ?? 0;
    if (costUsd === undefined) this.#unknownCosts += 1;
  }

  /** As if each of the rest took as long as those before did on average. Of a fallback nobody knows how many will run. */
  #secondsLeft(nowMs: number): number | undefined {
    const left = this.#waiting.size + this.#running.size;
    if (this.#ran === 0 || left === 0 || this.#pattern === 'fallback') return undefined;
    const average = this.#workedSeconds / this.#ran;
    const rests = [...this.#running.values()].map((sinceMs) => Math.max(0, average - (nowMs - sinceMs) / 1000));
    const atOnce = this.#pattern === 'sequential' ? 1 : Math.min(this.#maxWorkers, left);
    const work = rests.reduce((sum, rest) => sum + rest, this.#waiting.size * average);
    return Math.max(work / atOnce, ...rests);
  }
}

/** For example `12 of 60 done, 1 failed · 6 run, 42 wait · batch 2 of 6 · $1.20 of $5.00 · about 4 min left`. */
export function progressText(figures: ProgressFigures): string {
  const { total, done, failed, running, waiting, batch, money, secondsLeft } = figures;
  const atWork = [
    ...(running === 0 ? [] : [`${countText(running)} ${running === 1 ? 'runs' : 'run'}`]),
    ...(waiting.length === 0 ? [] : [`${countText(waiting.length)} ${waiting.length === 1 ? 'waits' : 'wait'}`]),
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
