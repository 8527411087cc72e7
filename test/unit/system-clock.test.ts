import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/process/system-clock.ts';

const longestTimerMs = 2 ** 31 - 1;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

test('a timer longer than those of Node calls back after its time, once, and not at once', () => {
  const calledBack = vi.fn();
  systemClock.after(2 * longestTimerMs + 1_000, calledBack);
  vi.advanceTimersByTime(2 * longestTimerMs + 999);
  expect(calledBack).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(calledBack).toHaveBeenCalledOnce();
});

test('such a timer can be taken back at any time', () => {
  const calledBack = vi.fn();
  const cancel = systemClock.after(2 * longestTimerMs, calledBack);
  vi.advanceTimersByTime(longestTimerMs);
  cancel();
  vi.advanceTimersByTime(2 * longestTimerMs);
  expect(calledBack).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
