import { describe, expect, test } from 'vitest';
import { graphBoxes } from '../../src/reports/page/graph-layout.ts';

const boxesOf = (needs: readonly (readonly number[])[]) =>
  graphBoxes(needs)?.map(({ rows, after, level }) => `${rows.join()} at ${level} after ${after.join()}`);
const range = (count: number, from = 0): number[] => Array.from({ length: count }, (_, index) => from + index);

describe('the drawing of what waited for whom', () => {
  test('has a box for each process below all that it waited for, and no line that follows from others', () => {
    // The last needs all; a process may need one that is given behind it.
    expect(boxesOf([[], [2], [0], [0, 1, 2]])).toEqual([
      '0 at 0 after ',
      '1 at 2 after 2',
      '2 at 1 after 0',
      '3 at 3 after 1',
    ]);
  });

  test('has one box for many that waited for the same, and for those that waited for them', () => {
    const [looks, checks] = [range(100, 1), range(100, 101)];
    const needs = [[], ...looks.map(() => [0]), ...checks.map((row) => [row - 100]), looks.concat(checks)];
    expect(boxesOf(needs)).toEqual([
      '0 at 0 after ',
      `${looks.join()} at 1 after 0`,
      `${checks.join()} at 2 after 1`,
      '201 at 3 after 2',
    ]);
  });

  test('is left out where even then there is too much, and survives a record that waits for itself', () => {
    const chain = (count: number) => graphBoxes(range(count).map((row) => (row === 0 ? [] : [row - 1])));
    expect(chain(80)).toHaveLength(80);
    for (const count of [81, 10_000]) expect(chain(count)).toBe(undefined);
    expect(boxesOf([[1], [0], [1]])).toEqual(['0 at 0 after ', '1 at 0 after ', '2 at 0 after ']);
  });
});
