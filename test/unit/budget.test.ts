import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/scheduler/budget.ts';

function reserved(budget: Budget, own?: number) {
  const answer = budget.reserve(own);
  if (answer.kind !== 'reserved') throw new Error(`expected a reservation, got "${answer.kind}"`);
  return answer.reservation;
}

describe('the budget of a session', () => {
  it('sets an equal share among the workers aside for each process', () => {
    const budget = new Budget(3, 3);
    expect([1, 2, 3].map(() => reserved(budget).ceilingUsd)).toEqual([1, 1, 1]);
    expect(budget.reserve(undefined).kind).toBe('wait');
  });

  it('starts no process whose own ceiling does not fit, and says so once nothing runs that could give money back', () => {
    const budget = new Budget(3, 3);
    const first = reserved(budget, 2);
    expect(budget.reserve(2).kind).toBe('wait');
    first.settle(1.5);
    expect(budget.reserve(2).kind).toBe('exhausted');
    expect(reserved(budget, 1.5).ceilingUsd).toBe(1.5);
  });

  it('gives back what was not spent', async () => {
    const budget = new Budget(1, 1);
    const first = reserved(budget);
    const answer = budget.reserve(undefined);
    first.settle(0.25);
    if (answer.kind === 'wait') await answer.changed;
    expect(reserved(budget).ceilingUsd).toBe(0.75);
  });

  it('counts an unknown cost as the whole ceiling', () => {
    const budget = new Budget(2, 2);
    reserved(budget).settle(undefined);
    expect(budget.spentUsd).toBe(1);
  });

  it('skips the rest with less than a cent left, and reports overspending', () => {
    const budget = new Budget(1, 1);
    reserved(budget).settle(0.995);
    expect(budget.reserve(undefined).kind).toBe('exhausted');
    const other = new Budget(1, 1);
    reserved(other).settle(8);
    expect(other.overspentUsd).toBe(7);
  });

  it('counts what the session has cost before', () => {
    expect(reserved(new Budget(1, 1, 0.4)).ceilingUsd).toBeCloseTo(0.6);
    expect(new Budget(1, 1, 1).reserve(undefined).kind).toBe('exhausted');
  });

  it('sets nothing aside without a ceiling', () => {
    const budget = new Budget(undefined, 3);
    expect(reserved(budget).ceilingUsd).toBeUndefined();
    expect(reserved(budget, 0.5).ceilingUsd).toBe(0.5);
  });
});
