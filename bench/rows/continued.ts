import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claude, type Measured, type Row, scratch, withLibrary } from '../row.ts';

const [questions, turns, most] = [5, 20, 0.35];

/** Questions to one exploration, beside an exploration for each. The stand-in's prices are the same each time, so one run is enough. */
export const continued: Row = {
  name: 'continued',
  measure(): readonly Measured[] {
    using directory = scratch();
    const file = join(directory.path, 'part.ts');
    writeFileSync(
      file,
      'for (const [name, value] of Object.entries(options)) if (value) fields.push({ name });\n'.repeat(50),
    );
    const explore = `offline: tool Read ${JSON.stringify({ file_path: file })} times ${turns}\noffline: reply Explored.`;
    const session = `
      const options = { offline: true, claudePath: ${JSON.stringify(claude)}, streamOutput: false, model: 'claude-opus-5-5' };
      const session = new OrchestratorSession('bench', { ...options, maxWorkers: 2 });
      const explore = ${JSON.stringify(explore)};
      const cost = (results) => {
        if (results.some(({ status }) => status !== 'succeeded')) throw new Error(JSON.stringify(results));
        return results.reduce((sum, { costUsd }) => sum + costUsd, 0);
      };`;
    const once = withLibrary<number>(
      `${session}
      const explored = await session.agent(explore);
      const ask = (_, index) => session.agent('offline: reply ' + index, { conversationFrom: explored });
      const answers = await Promise.all(Array.from({ length: ${questions} }, ask));
      print(cost([explored, ...answers]));
      await session.finish();`,
      { cwd: directory.path },
    ).answer;
    const each = withLibrary<number>(
      `${session}
      print(cost(await runSequential(Array.from({ length: ${questions} }, () => session.createProcess(explore)))));`,
      { cwd: directory.path },
    ).answer;
    return [
      {
        work: `an exploration of ${turns} tool turns, then ${questions} questions`,
        ours: `$${once.toFixed(4)}`,
        beside: `${questions} explorations $${each.toFixed(4)}`,
        ratio: (once / each).toFixed(2),
        target: `at most ${most}`,
        isMet: once / each <= most,
      },
    ];
  },
};
