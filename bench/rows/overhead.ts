import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { type Measured, medians, type Row, scratch, secondsText, timed, withLibrary, writeScript } from '../row.ts';

const count = 200;

/** Tiny programs, with all logs, redaction and supervision on, beside GNU parallel with its logs. */
export const overhead: Row = {
  name: 'overhead',
  async measure(): Promise<readonly Measured[]> {
    using directory = scratch();
    const { path } = directory;
    const program = writeScript(join(path, 'program'), '[ "$1" = --version ] && exit 0\necho done');
    const hasParallel = spawnSync('parallel', ['--version']).status === 0;
    const list = Array.from({ length: count }, (_, index) => `${index}`).join('\n');
    // Nothing is removed between the runs: on ext4 that makes the next files dear, for whoever comes next.
    const ours = () => {
      const cwd = mkdtempSync(join(path, 'ours-'));
      return withLibrary<string[]>(tinyPrograms(program, count), { cwd }).seconds;
    };
    const parallel = () => {
      const results = mkdtempSync(join(path, 'results-'));
      const options = ['-P8', '--results', results, '--joblog', join(results, 'joblog'), program, '{}'];
      return timed('parallel', options, { input: list, env: { HOME: path } }).seconds;
    };
    const xargs = () => timed('xargs', ['-P8', '-n1', program], { input: list }).seconds;
    // It asks for a citation on its first run.
    if (hasParallel) spawnSync('parallel', ['--citation'], { input: 'will cite\n', env: { ...env, HOME: path } });
    const seconds = await medians({ ours, xargs, parallel: hasParallel ? parallel : () => Number.NaN });
    const beside = seconds.parallel;
    return [
      {
        work: `${count} tiny programs, 8 at once`,
        ours: secondsText(seconds.ours),
        beside: hasParallel
          ? `GNU parallel with --results and --joblog ${secondsText(beside)}`
          : 'GNU parallel is not installed',
        ratio: (seconds.ours / beside).toFixed(2),
        target: 'below 1',
        isMet: seconds.ours < beside,
      },
      {
        work: `${count} tiny programs, 8 at once`,
        ours: secondsText(seconds.ours),
        beside: `xargs -P8 ${secondsText(seconds.xargs)}`,
        ratio: (seconds.ours / seconds.xargs).toFixed(1),
        target: 'none',
        isMet: true,
      },
    ];
  },
};

/** A program that runs so many processes, and prints their statuses. */
export function tinyPrograms(program: string, processes: number): string {
  return `
    const session = new OrchestratorSession('bench', { claudePath: ${JSON.stringify(program)}, streamOutput: false, maxPrompts: ${processes} });
    const processes = Array.from({ length: ${processes} }, () => session.createProcess('x'));
    const results = await runParallel(processes, { maxWorkers: 8 });
    if (results.some(({ status }) => status !== 'succeeded')) throw new Error(JSON.stringify(results[0]));
    print(results.length);`;
}
