import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { type Measured, medians, type Row, scratch, withLibrary, writeScript } from '../row.ts';
import { tinyPrograms } from './overhead.ts';

/** SCALE says how many at most; each number has its turn, so a whole run takes minutes. */
const sizes = [100, 1_000, 10_000].filter((size) => size <= Number(env.SCALE ?? 10_000));
const [mostRatio, mostKibibytes] = [1.2, 6];

/** The cost of one process, in time and in memory, whatever their number. */
export const scale: Row = {
  name: 'scale',
  async measure(): Promise<readonly Measured[]> {
    using directory = scratch();
    const program = writeScript(join(directory.path, 'program'), '[ "$1" = --version ] && exit 0\necho done');
    const memory = new Map<number, number>();
    const run = (size: number) => () => {
      const { seconds, answer } = withLibrary<number>(
        tinyPrograms(program, size).replace(
          'print(results.length)',
          'gc(); print(Math.round(process.memoryUsage().heapUsed / 1024))',
        ),
        // Nothing is removed between the runs: on ext4 that makes the next files dear.
        { cwd: mkdtempSync(join(directory.path, 'run-')) },
      );
      memory.set(size, answer);
      return (seconds / size) * 1000;
    };
    const perProcess = await medians(Object.fromEntries(sizes.map((size) => [size, run(size)])));
    const costs = sizes.map((size) => perProcess[size] ?? 0);
    // The start of Node and of the session is in all of them, and weighs on the smallest.
    const ratio = Math.max(...costs.slice(1)) / Math.min(...costs.slice(1));
    const [least = 0, largest = 0] = [sizes[0], sizes.at(-1)];
    const kibibytes = ((memory.get(largest) ?? 0) - (memory.get(least) ?? 0)) / (largest - least);
    const texts = sizes.map((size, index) => `${size}: ${(costs[index] ?? 0).toFixed(1)} ms`);
    return [
      {
        work: 'cost of one tiny program among many',
        ours: texts.join(', '),
        beside: 'each other',
        ratio: ratio.toFixed(2),
        target: `within ${mostRatio}`,
        isMet: ratio <= mostRatio,
      },
      {
        work: `memory of one process among ${largest}, after it has ended`,
        ours: `${kibibytes.toFixed(1)} KiB`,
        beside: '',
        ratio: '',
        target: `at most ${mostKibibytes} KiB`,
        isMet: kibibytes <= mostKibibytes,
      },
    ];
  },
};
