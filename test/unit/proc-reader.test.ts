import process from 'node:process';
import { expect, test } from 'vitest';
import { sharedSnapshot } from '../../src/process/proc-reader.ts';

test.runIf(process.platform === 'linux')(
  'one look at /proc serves all that ask in the same turn, and nobody who asks later',
  async () => {
    const [one, other] = await Promise.all([sharedSnapshot(), sharedSnapshot()]);
    expect(other).toBe(one);
    expect(one.processes()).toContain(process.pid);
    expect(one.processes()).toBe(other.processes());
    expect(one.lastNumber()).toBeGreaterThan(0);
    expect(one.lastNumber()).toBe(other.lastNumber());
    expect(one.limits(process.pid)).toContain('Max open files');
    expect(one.environment(process.pid)).toBe(one.environment(process.pid));
    // What kills survivors begins with those that were started last.
    expect(one.processes()).toEqual(one.processes().toSorted((first, second) => second - first));
    const gone = 2 ** 22 + 1;
    const fault = () => {
      try {
        return one.environment(gone);
      } catch (error) {
        return error;
      }
    };
    expect(fault()).toMatchObject({ code: 'ENOENT' });
    expect(fault()).toBe(fault());
    const later = await sharedSnapshot();
    expect(later).not.toBe(one);
  },
);
