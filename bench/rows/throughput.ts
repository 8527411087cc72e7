import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { type Measured, median, type Row, timed } from '../row.ts';

const stream = join(import.meta.dirname, '../stream.ts');

/** What was reached on the same kind of machine before, in MB/s, by the number of children. */
const reached = { 1: 159, 6: 136 } as const;

/** Messages of the CLI on their whole way from the pipe to the logs, beside `tee`. */
export const throughput: Row = {
  name: 'throughput',
  measure(): readonly Measured[] {
    const runs = Array.from({ length: Number(env.ROUNDS ?? 5) }, () => timed(execPath, [stream, '256']).printed);
    const of = (children: number, column: number): number => {
      const lines = runs.map(
        (printed) => new RegExp(`^messages of the CLI +${children} +(.*)$`, 'm').exec(printed)?.[1],
      );
      return median(lines.map((line) => Number(line?.trim().split(/\s+/)[column])));
    };
    return ([1, 6] as const).map((children) => {
      const [tee, ours] = [of(children, 0), of(children, 1)];
      return {
        work: `messages of ${children} ${children === 1 ? 'child' : 'children'}`,
        ours: `${ours.toFixed(0)} MB/s`,
        beside: `cat | tee ${tee.toFixed(0)} MB/s`,
        ratio: (ours / tee).toFixed(2),
        target: `at least ${reached[children]} MB/s`,
        isMet: ours >= reached[children],
      };
    });
  },
};
