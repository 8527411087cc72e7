import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { type Measured, medians, type Row, scratch, timed, writeScript } from '../row.ts';

const mostMs = 80;
const main = join(import.meta.dirname, '../../dist/main/index.js');
const core = import.meta.resolve('@actions/core');

/** From the start of the built Action to its first child, beside a script that only imports `@actions/core`. */
export const coldStart: Row = {
  name: 'cold start',
  async measure(): Promise<readonly Measured[]> {
    using directory = scratch();
    const { path } = directory;
    const [starts, output] = [join(path, 'starts'), join(path, 'output')];
    const program = writeScript(join(path, 'program'), `date +%s%N >> '${starts}'\n[ "$1" = --version ] || echo done`);
    writeFileSync(join(path, 'event.json'), '{}');
    const env = {
      ...{
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: path,
        RUNNER_TEMP: path,
        GITHUB_OUTPUT: output,
        GITHUB_EVENT_NAME: 'push',
      },
      ...{ GITHUB_EVENT_PATH: join(path, 'event.json'), INPUT_PROMPT: 'x', 'INPUT_CLAUDE-PATH': program },
      ...{ GITHUB_STEP_SUMMARY: join(path, 'summary'), GITHUB_STATE: join(path, 'state') },
      'INPUT_UPLOAD-LOGS': 'never',
    };
    /** To the first child, which is asked for its version, or to the second, which is given the prompt. */
    const to = (child: 0 | 1) => () => {
      for (const file of [starts, output]) rmSync(file, { force: true });
      for (const name of ['output', 'summary', 'state']) writeFileSync(join(path, name), '');
      const startedAt = Date.now();
      timed(execPath, [main], { cwd: path, env });
      return Number(readFileSync(starts, 'utf8').split('\n')[child]) / 1e6 - startedAt;
    };
    const script = () =>
      timed(execPath, ['--input-type=module', '-e', `import ${JSON.stringify(core)}`]).seconds * 1000;
    const ms = await medians({ first: to(0), prompted: to(1), script });
    const beside = `a script that imports @actions/core ${ms.script.toFixed(0)} ms`;
    return [
      {
        work: 'cold start of the Action to its first child',
        ours: `${ms.first.toFixed(0)} ms`,
        beside,
        ratio: (ms.first / ms.script).toFixed(2),
        target: `at most ${mostMs} ms above`,
        isMet: ms.first - ms.script <= mostMs,
      },
      {
        work: 'the same to the child that is given a prompt',
        ours: `${ms.prompted.toFixed(0)} ms`,
        beside,
        ratio: (ms.prompted / ms.script).toFixed(2),
        target: '',
      },
    ];
  },
};
