import process from 'node:process';
import { expect, test } from 'vitest';
import { sharedLook } from '../../src/process/proc-reader.ts';

test.runIf(process.platform === 'linux')(
  'one look at /proc serves all that ask in the same turn, and nobody who asks later',
  async () => {
    const [one, other] = await Promise.all([sharedLook(), sharedLook()]);
    expect(other).toBe(one);
    expect(one.processes()).toContain(process.pid);
    expect(one.processes()).toBe(other.processes());
    expect(one.limits(process.pid)).toContain('Max open files');
    const gone = 2 ** 22 + 1;
    for (const _ of [1, 2]) expect(() => one.environment(gone)).toThrow('ENOENT');
    const later = await sharedLook();
    expect(later).not.toBe(one);
  },
);
