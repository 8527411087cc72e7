import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withPauses } from '../../src/process/with-pauses.ts';

/** Longer than one slice of work, in milliseconds. */
const longStep = 20;

function busy(): void {
  const until = performance.now() + longStep;
  while (performance.now() < until);
}

test('short work is done at once', () => {
  function* work() {
    yield;
    return 'done';
  }
  expect(withPauses(work())).toBe('done');
});

test('between long steps, and before the result is used, others have their turn', async () => {
  const order: string[] = [];
  const schedule = (what: string): void => void setImmediate(() => order.push(what));
  function* work() {
    schedule('after the first step');
    busy();
    yield;
    order.push('second step');
    schedule('after the second step');
    return 'result';
  }
  order.push((await withPauses(work())) ?? '');
  await nextTurn();
  expect(order).toEqual(['after the first step', 'second step', 'after the second step', 'result']);
});
