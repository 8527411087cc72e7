// `npm run bench`, or `node bench/main.ts [row ...]` after a build: one table of ratios, what we do beside what people would do
// without us, medians of runs that take turns. ROUNDS says how many, 5 unless it is given.
import { loadavg } from 'node:os';
import { argv, stderr, stdout } from 'node:process';
import type { Measured, Row } from './row.ts';
import { coldStart } from './rows/cold-start.ts';
import { continued } from './rows/continued.ts';
import { overhead } from './rows/overhead.ts';
import { pipeline } from './rows/pipeline.ts';
import { scale } from './rows/scale.ts';
import { sharedContext } from './rows/shared-context.ts';
import { smallPrompts } from './rows/small-prompts.ts';
import { throughput } from './rows/throughput.ts';

const rows: readonly Row[] = [sharedContext, continued, overhead, scale, pipeline, throughput, smallPrompts, coldStart];

const wanted = argv.slice(2);
const unknown = wanted.find((name) => !rows.some((row) => row.name === name));
if (unknown !== undefined)
  throw new RangeError(`There is no row "${unknown}"; there are ${rows.map(({ name }) => name).join(', ')}.`);

const metText = new Map([
  [true, 'yes'],
  [false, 'no'],
  [undefined, ''],
]);

function line({ work, ours, beside, ratio, target, isMet }: Measured, name: string): string {
  return `| ${[name, work, ours, beside, ratio, target, metText.get(isMet)].join(' | ')} |\n`;
}

stdout.write('| row | work | ours | beside | ratio | target | met |\n|---|---|---|---|---|---|---|\n');
for (const row of rows.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const [load = 0] = loadavg();
  if (load > 1)
    stderr.write(`The machine is busy (load ${load.toFixed(1)}): the figures of "${row.name}" say little.\n`);
  for (const measured of await row.measure()) stdout.write(line(measured, row.name));
}
