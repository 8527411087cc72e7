import type { ProcessResult } from '../model/result.ts';
import type { SessionState } from '../model/session-state.ts';
import { costText, countText } from '../text/format.ts';

/** Cost of a session, or of a part of it. */
export interface Money {
  /** US dollars, as far as they are known. */
  readonly costUsd: number;
  /** A stand-in answered: its prices are those of a model, and nothing is paid. */
  readonly offline: boolean;
  /** Number of processes that ran and did not report a cost. */
  readonly unknown: number;
  /** The ceiling, in US dollars. */
  readonly maxUsd?: number;
}

/** A cost as text: `3.5¢ of 60¢ (cost of 1 process unknown)`; offline, that nothing is paid. */
export function moneyText({ costUsd, offline, unknown, maxUsd }: Money): string {
  const ceiling = maxUsd === undefined ? '' : ` of ${costText(maxUsd)}`;
  if (offline && costUsd === 0) return 'nothing paid';
  if (offline) return `nothing paid (${costText(costUsd)}${ceiling} by the stand-in's price list)`;
  const processes = `${countText(unknown)} ${unknown === 1 ? 'process' : 'processes'}`;
  const gap = unknown === 0 ? '' : ` (cost of ${processes} unknown)`;
  return costUsd === 0 && unknown > 0 ? `cost unknown${ceiling}` : `${costText(costUsd)}${ceiling}${gap}`;
}

/** The cost of a session that has ended, as text. */
export function sessionMoney({ started, ended }: Pick<SessionState, 'started' | 'ended'>): string {
  const maxUsd = started?.policy?.maxBudgetUsd;
  return moneyText({
    costUsd: ended?.totals.costUsd ?? 0,
    offline: started?.offline === true,
    unknown: ended?.results.filter(({ attempts, costUsd }) => attempts > 0 && costUsd === undefined).length ?? 0,
    ...(maxUsd !== undefined && { maxUsd }),
  });
}

/** The cost of one process as text; empty for one that cost nothing. */
export function processMoney({ attempts, costUsd, offline }: ProcessResult): string {
  if (costUsd === undefined) return attempts === 0 ? '' : 'cost unknown';
  if (costUsd === 0) return '';
  return offline === true ? `${costText(costUsd)} not paid` : costText(costUsd);
}
