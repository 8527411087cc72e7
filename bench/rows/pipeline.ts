import { claude, type Measured, medians, type Row, scratch, secondsText, withLibrary } from '../row.ts';

const [stages, mostSeconds] = [5, 11];

/** Stages one after the other, whose model takes 2 s for each: what is above 10 s is start-up. */
export const pipeline: Row = {
  name: 'pipeline',
  async measure(): Promise<readonly Measured[]> {
    using directory = scratch();
    const run = (startAhead: boolean) => () =>
      withLibrary<number>(
        `
        const options = { offline: true, claudePath: ${JSON.stringify(claude)}, streamOutput: false, startAhead: ${startAhead} };
        const session = new OrchestratorSession('bench', options);
        const prompt = 'offline: delay 2s\\noffline: reply done';
        const processes = Array.from({ length: ${stages} }, () => session.createProcess(prompt));
        const started = performance.now();
        const results = await runSequential(processes, { passOutput: true });
        if (results.some(({ status }) => status !== 'succeeded')) throw new Error(JSON.stringify(results));
        print((performance.now() - started) / 1000);`,
        { cwd: directory.path },
      ).answer;
    const seconds = await medians({ ahead: run(true), inTurn: run(false) });
    return [
      {
        work: `${stages} stages of 2 s, real CLI`,
        ours: secondsText(seconds.ahead),
        beside: `start-ahead: false ${secondsText(seconds.inTurn)}`,
        ratio: (seconds.ahead / seconds.inTurn).toFixed(2),
        target: `at most ${mostSeconds} s`,
        isMet: seconds.ahead <= mostSeconds,
      },
    ];
  },
};
