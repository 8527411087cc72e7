import { expect, test } from 'vitest';
import { renameOver } from '../../src/record/rename-over.ts';

/** A rename that fails the given number of times. */
function moveFailing(times: number, code: string) {
  const waits: number[] = [];
  let tries = 0;
  const move = (): Promise<void> => {
    tries += 1;
    return tries > times ? Promise.resolve() : Promise.reject(Object.assign(new Error(code), { code }));
  };
  const wait = (ms: number) => Promise.resolve(waits.push(ms));
  return { move, wait, waits, tries: () => tries };
}

test.each(['EPERM', 'EACCES', 'EBUSY'])(
  'on Windows a file that somebody holds (%s) is tried again for about a second',
  async (code) => {
    const soon = moveFailing(3, code);
    await renameOver('a', 'b', { platform: 'win32', ...soon });
    expect(soon.waits).toEqual([10, 20, 40]);
    const never = moveFailing(100, code);
    await expect(renameOver('a', 'b', { platform: 'win32', ...never })).rejects.toThrow(code);
    expect(never.waits.reduce((sum, ms) => sum + ms)).toBe(1270);
  },
);

test('elsewhere, and for any other cause, a failure is final', async () => {
  for (const [platform, code] of [
    ['linux', 'EACCES'],
    ['win32', 'ENOSPC'],
  ] as const) {
    const failing = moveFailing(100, code);
    await expect(renameOver('a', 'b', { platform, ...failing })).rejects.toThrow(code);
    expect(failing.tries()).toBe(1);
  }
});
