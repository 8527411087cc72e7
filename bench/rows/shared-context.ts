import { spawnSync } from 'node:child_process';
import { inputCostUsd } from '../../src/offline/model-rates.ts';
import { claude, type Measured, offlineEnvironment, type Row, scratch, startStandIn, withLibrary } from '../row.ts';

const model = 'claude-opus-5-5';

/** Prompts, kilobytes of context, and the most that is to be paid of what runs without us cost. */
const sizes = [
  [3, 100, 0.55],
  [10, 100, 0.3],
  [10, 400, 0.2],
] as const;

/**
 * What a context costs that several processes share, with the real CLI and the stand-in's prices: one session beside as many runs of
 * the CLI one after the other. The prices are the same each time, so one run is enough.
 */
export const sharedContext: Row = {
  name: 'shared context',
  async measure(): Promise<readonly Measured[]> {
    const rows: Measured[] = [];
    for (const [count, kilobytes, most] of sizes) {
      using directory = scratch();
      await using standIn = await startStandIn();
      const context = contextOf(kilobytes * 1000);
      const one = costOf(together(count, context, directory.path));
      const many = costOf(apart(count, context, { directory: directory.path, url: standIn.url }));
      rows.push({
        work: `${count} prompts with ${kilobytes} KB of context`,
        ours: `$${one.toFixed(4)} of input`,
        beside: `${count} runs of the CLI $${many.toFixed(4)}`,
        ratio: (one / many).toFixed(2),
        target: `at most ${most.toFixed(2)}`,
        isMet: one / many <= most,
      });
    }
    return rows;
  },
};

interface Usage {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

const contextOf = (bytes: number): string => 'A line of the diff, as long as most.\n'.repeat(Math.ceil(bytes / 37));

function costOf(usages: readonly Usage[]): number {
  const costs = usages.map(({ input, cacheRead, cacheWrite }) =>
    inputCostUsd(model, { uncached: input, cacheRead, cacheWrite: { '5m': cacheWrite, '1h': 0 } }),
  );
  return costs.reduce((sum, cost) => sum + cost, 0);
}

/** One session, offline. */
function together(count: number, context: string, directory: string): readonly Usage[] {
  const program = `
    const session = new OrchestratorSession('bench', { workingDir: ${JSON.stringify(directory)}, model: '${model}', offline: true,
      claudePath: ${JSON.stringify(claude)}, streamOutput: false, context: readFileSync(0, 'utf8') });
    const processes = Array.from({ length: ${count} }, (_, index) => session.createProcess('Look at part ' + index));
    const results = await runParallel(processes, { maxWorkers: ${count} });
    print(results.map(({ usage }) => usage));`;
  const { answer } = withLibrary<Record<string, number>[]>(program, { cwd: directory, input: context });
  return answer.map(({ inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 }) => ({
    input: inputTokens,
    cacheRead: cacheReadTokens,
    cacheWrite: cacheWriteTokens,
  }));
}

/** The CLI by itself, run after run, with one stand-in and one configuration directory for all of them. */
function apart(
  count: number,
  context: string,
  { directory, url }: { directory: string; url: string },
): readonly Usage[] {
  return Array.from({ length: count }, (_, index) => {
    const { stdout: answer } = spawnSync(claude, ['-p', '--output-format', 'json', '--model', model], {
      cwd: directory,
      input: `${context}\nLook at part ${index}`,
      encoding: 'utf8',
      env: offlineEnvironment(url, directory),
    });
    const { usage } = JSON.parse(answer) as { readonly usage: Record<string, number> };
    const { input_tokens: input = 0, cache_read_input_tokens: cacheRead = 0 } = usage;
    return { input, cacheRead, cacheWrite: usage.cache_creation_input_tokens ?? 0 };
  });
}
