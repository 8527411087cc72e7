import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  claude,
  type Measured,
  medians,
  offlineEnvironment,
  type Row,
  scratch,
  secondsText,
  startStandIn,
  timed,
  withLibrary,
} from '../row.ts';

const count = 30;

/** Prompts to an instant model, as many at once as there are cores, beside the best of several `xargs`. */
export const smallPrompts: Row = {
  name: 'small prompts',
  async measure(): Promise<readonly Measured[]> {
    using directory = scratch();
    await using model = await startStandIn();
    const { path } = directory;
    const list = Array.from({ length: count }, (_, index) => `offline: reply ${index}`).join('\n');
    writeFileSync(join(path, 'list'), list);
    const ours = () =>
      withLibrary<number>(
        `
        const session = new OrchestratorSession('bench', { offline: true, claudePath: ${JSON.stringify(claude)}, streamOutput: false });
        const processes = Array.from({ length: ${count} }, (_, index) => session.createProcess('offline: reply ' + index));
        const results = await runParallel(processes, { maxWorkers: ${availableParallelism()} });
        if (results.some(({ status }) => status !== 'succeeded')) throw new Error(JSON.stringify(results));
        print(results.length);`,
        { cwd: path },
      ).seconds;
    const xargs = (workers: number) => () => {
      const one = `echo "$0" | ${claude} -p --output-format json >/dev/null`;
      const args = [`-P${workers}`, '-d', '\\n', '-n1', 'sh', '-c', one];
      return timed('xargs', args, { cwd: path, input: list, env: offlineEnvironment(model.url, path) }).seconds;
    };
    const seconds = await medians({ ours, P1: xargs(1), P2: xargs(2), P4: xargs(4), P8: xargs(8) });
    const { ours: own, ...others } = seconds;
    const [workers, best] = Object.entries(others).reduce((one, other) => (other[1] < one[1] ? other : one));
    return [
      {
        work: `${count} prompts, instant model, real CLI`,
        ours: secondsText(own),
        beside: `xargs -${workers}, the best of 1, 2, 4, 8, ${secondsText(best)}`,
        ratio: (own / best).toFixed(2),
        target: 'below 1',
        isMet: own < best,
      },
    ];
  },
};
