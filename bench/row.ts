import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { Worker } from 'node:worker_threads';

/** One line of the table. */
export interface Measured {
  readonly work: string;
  readonly ours: string;
  /** What it is compared with. */
  readonly beside: string;
  readonly ratio: string;
  readonly target: string;
  /** Absent where there is no target. */
  readonly isMet?: boolean;
}

/** A row of the issue of cost: a name by which it runs alone, and its measurement. */
export interface Row {
  readonly name: string;
  readonly measure: () => readonly Measured[] | Promise<readonly Measured[]>;
}

/** The real Claude CLI. */
export const claude = join(import.meta.dirname, '../node_modules/.bin/claude');

/** The library as users get it. */
export const library = join(import.meta.dirname, '../build/bundle/index.js');

const rounds = Number(env.ROUNDS ?? 5);

/** The median of numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Has each of several take its turn, round by round, and gives the median of what each has measured. */
export async function medians<Name extends string>(
  contestants: Readonly<Record<Name, () => number | Promise<number>>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(contestants) as Name[];
  const measured = new Map(names.map((name): [Name, number[]] => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) measured.get(name)?.push(await contestants[name]());
  return Object.fromEntries(names.map((name) => [name, median(measured.get(name) ?? [])])) as Record<Name, number>;
}

/** A directory of its own that is removed at the end. */
export function scratch(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'bench-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes an executable script of the shell. */
export function writeScript(path: string, text: string): string {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** The seconds that a command takes, and what it prints. Throws when it fails. */
export function timed(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): { readonly seconds: number; readonly printed: string } {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    ...options,
    ...(options.env && { env: { ...env, ...options.env } }),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return { seconds: (performance.now() - started) / 1000, printed: stdout };
}

/** Runs a program that uses the library; `body` is what it does, `print` what it gives back. */
export function withLibrary<Answer>(
  body: string,
  options: { readonly cwd: string; readonly input?: string },
): { readonly seconds: number; readonly answer: Answer } {
  const program = `
    import { readFileSync } from 'node:fs';
    import { OrchestratorSession, runBatched, runParallel, runSequential } from ${JSON.stringify(library)};
    const print = (answer) => console.log(JSON.stringify(answer));
    ${body}`;
  const { seconds, printed } = timed(execPath, ['--expose-gc', '--input-type=module', '-e', program], options);
  return { seconds, answer: JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Answer };
}

/** The stand-in for the model in a thread of its own, for what blocks this one. */
export async function startStandIn(): Promise<AsyncDisposable & { readonly url: string }> {
  const standIn = new URL('../src/offline/messages-api.ts', import.meta.url).href;
  const code = `
    import { parentPort } from 'node:worker_threads';
    const { startMessagesApi } = await import(${JSON.stringify(standIn)});
    parentPort.on('message', () => undefined); // Its server alone does not keep a thread alive.
    parentPort.postMessage((await startMessagesApi()).baseUrlFor('bench'));`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  const url = await new Promise<string>((resolve) => worker.once('message', resolve));
  return {
    url,
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

/** The environment of a CLI that asks the stand-in. */
export function offlineEnvironment(url: string, home: string): Readonly<Record<string, string>> {
  return {
    PATH: env.PATH ?? '',
    HOME: home,
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'offline',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  };
}

/** Seconds for people. */
export function secondsText(seconds: number): string {
  return `${seconds.toFixed(2)} s`;
}
