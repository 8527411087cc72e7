// What a context costs that several processes share, with the real CLI and the stand-in's prices: one session beside as many runs
// of the CLI one after the other. `node bench/shared-context.ts`, after a build. Prints a row for each number and size.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, stdout } from 'node:process';
import { Worker } from 'node:worker_threads';
import { inputCostUsd } from '../src/offline/model-rates.ts';

const claude = join(import.meta.dirname, '../node_modules/.bin/claude');
const library = join(import.meta.dirname, '../build/bundle/index.js');
const standIn = new URL('../src/offline/messages-api.ts', import.meta.url).href;
const model = 'claude-opus-5-5';

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
    import { readFileSync } from 'node:fs';
    import { OrchestratorSession, runParallel } from ${JSON.stringify(library)};
    const session = new OrchestratorSession('bench', { workingDir: ${JSON.stringify(directory)}, model: '${model}', offline: true,
      claudePath: ${JSON.stringify(claude)}, streamOutput: false, context: readFileSync(0, 'utf8') });
    const processes = Array.from({ length: ${count} }, (_, index) => session.createProcess('Look at part ' + index));
    const results = await runParallel(processes, { maxWorkers: ${count} });
    console.log(JSON.stringify(results.map(({ usage }) => usage)));`;
  const run = spawnSync('node', ['--input-type=module', '-e', program], { input: context, encoding: 'utf8' });
  const usages = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '') as Record<string, number>[];
  return usages.map(({ inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 }) => ({
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
      env: {
        PATH: env.PATH,
        HOME: directory,
        ANTHROPIC_BASE_URL: url,
        ANTHROPIC_API_KEY: 'offline',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        DISABLE_AUTOUPDATER: '1',
      },
    });
    const { usage } = JSON.parse(answer) as { readonly usage: Record<string, number> };
    const { input_tokens: input = 0, cache_read_input_tokens: cacheRead = 0 } = usage;
    return { input, cacheRead, cacheWrite: usage.cache_creation_input_tokens ?? 0 };
  });
}

/** The stand-in, in a thread of its own: the runs of the CLI block this one. */
async function startStandIn(): Promise<{ readonly url: string; readonly worker: Worker }> {
  const code = `
    import { parentPort } from 'node:worker_threads';
    const { startMessagesApi } = await import(${JSON.stringify(standIn)});
    parentPort.postMessage((await startMessagesApi()).baseUrlFor('bench'));`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  return { url: await new Promise((resolve) => worker.once('message', resolve)), worker };
}

stdout.write(
  '| prompts | context | input cost of one session | of runs one after the other | ratio | at most |\n|---|---|---|---|---|---|\n',
);
for (const [count, kilobytes, most] of [
  [3, 100, 0.55],
  [10, 100, 0.3],
  [10, 400, 0.2],
] as const) {
  const directory = mkdtempSync(join(tmpdir(), 'bench-shared-'));
  const { url, worker } = await startStandIn();
  const context = contextOf(kilobytes * 1000);
  const [one, many] = [costOf(together(count, context, directory)), costOf(apart(count, context, { directory, url }))];
  await worker.terminate();
  rmSync(directory, { recursive: true, force: true });
  const row = [
    count,
    `${kilobytes} KB`,
    `$${one.toFixed(4)}`,
    `$${many.toFixed(4)}`,
    (one / many).toFixed(2),
    most.toFixed(2),
  ];
  stdout.write(`| ${row.join(' | ')} |\n`);
}
