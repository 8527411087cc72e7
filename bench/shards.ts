import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { EnsembleFact } from '../src/model/event.ts';
import type { ProcessResult } from '../src/model/result.ts';
import { filesOfProcess } from '../src/model/session-files.ts';
import { readConfiguration } from '../src/plan/configuration.ts';
import { eventLog } from '../src/record/event-log.ts';

// A plan of 10,000 prompts, and the merge of 32 shards of 40 processes with 256 MB of logs, as the built command does them.

const root = join(import.meta.dirname, '..');
const base = mkdtempSync(join(tmpdir(), 'claude-ensemble-bench-'));
process.on('exit', () => rmSync(base, { recursive: true, force: true }));

interface Run {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly stderr: string;
}

async function run(args: readonly string[]): Promise<Run> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'build/bundle/claude-ensemble.js'), ...args], {
    cwd: base,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let peakMiB = 0;
  const measuring = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakMiB = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024 || peakMiB;
    } catch {
      // It has ended.
    }
  }, 20);
  await once(child, 'close');
  clearInterval(measuring);
  return { seconds: (performance.now() - started) / 1000, peakMiB, stderr };
}

function row(what: string, { seconds, peakMiB }: Run): void {
  console.log(`| ${what} | ${seconds.toFixed(2)} s | ${Math.round(peakMiB)} MiB |`);
}

const many = Array.from({ length: 10_000 }, (_, index) => ({ id: `r${index}`, prompt: `Review part ${index}.` }));
const prompts = join(base, 'prompts.json');
writeFileSync(prompts, JSON.stringify(many));
const program = join(base, 'program');
writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
console.log('| what | time | memory |\n|---|---|---|');
const common = ['--claude-path', program, '--prompts-file', prompts, '--max-prompts', '10000'];
row('plan of 10,000 prompts in 256 shards', await run(['plan', ...common, '--shards', '256']));

const shards = 32;
const perShard = 40;
const linesOfLog = 80;
const streamLine = `${JSON.stringify({ type: 'assistant', message: { role: 'assistant', content: [{ type: 'text', text: 'All is well with the lock. '.repeat(50) }] } })}\n`;
await makeShards();
const merged = await run(['merge', '--quiet', '--print', 'none', join(base, 'shards')]);
row(`merge of ${shards} shards of ${perShard} processes`, merged);
console.log(merged.stderr);

/** Shards as sessions leave them; only the processes are made up. */
async function makeShards(): Promise<void> {
  const entries = many.slice(0, shards * perShard);
  const log = 'a line that people read of what Claude has done, and when\n'.repeat(1_600);
  for (let index = 1; index <= shards; index += 1) {
    const configuration = await readConfiguration({
      ...{ frontend: 'command', workspace: base, allowedRoots: [base], logDirectoryDefault: 'logs' },
      autoTrust: { level: 'trusted', why: 'a benchmark' },
      options: { prompts: JSON.stringify(entries), 'max-prompts': '10000', shard: `${index}/${shards}` },
    });
    if (configuration.kind === 'invalid')
      throw new Error(configuration.faults.map(({ message }) => message).join('\n'));
    const { shard, plan, policy } = configuration.settings;
    if (shard === undefined) throw new Error('no shard');
    const ids = plan.graph.nodes.map(({ id }) => id);
    const sessionId = `20261128-1200${String(index).padStart(2, '0')}-000-0123abcd`;
    const directory = join(base, 'shards', sessionId);
    mkdirSync(join(directory, 'outputs'), { recursive: true });
    const results = ids.map(resultOf);
    for (const { processId, output } of results) {
      const files = filesOfProcess(processId);
      writeFileSync(join(directory, files.log), log);
      writeFileSync(join(directory, files.stream), streamLine.repeat(linesOfLog));
      writeFileSync(join(directory, files.output), output);
    }
    const facts: EnsembleFact[] = [
      {
        ...{ type: 'session-started', sessionId, directory, pattern: 'parallel', trust: policy.trust, offline: false },
        processes: ids.map((processId) => ({ processId, name: processId })),
        executable: 'Claude Code 2.1.330',
        shard: { ...shard, attempt: 1 },
      },
      ...results.flatMap((result): EnsembleFact[] => [
        { type: 'process-started', processId: result.processId, attempt: 1, pid: 1 },
        ...Array.from(
          { length: 20 },
          (): EnsembleFact => ({
            type: 'process-phase',
            processId: result.processId,
            attempt: 1,
            phase: { kind: 'tool', tool: 'Read' },
          }),
        ),
        { type: 'process-ended', result },
      ]),
      {
        ...{ type: 'session-ended', conclusion: 'success', verdict: 'Success.', results },
        totals: {
          ...{ total: 40, succeeded: 40, failed: 0, cancelled: 0, skipped: 0, denied: 0, costUsd: 0 },
          ...{ inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, durationSeconds: 1 },
        },
      },
    ];
    const lines: string[] = [];
    const append = (line: Uint8Array | string): Promise<void> => {
      lines.push(String(line));
      return Promise.resolve();
    };
    const sink = eventLog({ append, close: () => Promise.resolve() }, () => 0);
    for (const fact of facts)
      await sink.handle({ ...fact, at: `2026-11-28T12:00:${String(index).padStart(2, '0')}.000Z` });
    writeFileSync(join(directory, 'events.jsonl'), lines.join(''));
  }
}

function resultOf(processId: string): ProcessResult {
  return {
    ...{
      processId,
      name: processId,
      status: 'succeeded',
      exitCode: 0,
      output: 'All is well. '.repeat(300),
      stderr: '',
    },
    ...{ duration: 60, attempts: 1, startedAt: '2026-11-28T12:00:00.000Z', endedAt: '2026-11-28T12:01:00.000Z' },
    ...{ permissionDenials: [], logFile: `/somewhere/${processId}.log`, costUsd: 0.1 },
  };
}
