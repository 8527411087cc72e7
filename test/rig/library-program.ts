// A program of a user's that calls the library: what to run is in the file that WORK names, and what the library resolved to is
// written beside it. SIGINT and SIGTERM abort the run, as such a program would have it.
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import {
  OrchestratorSession,
  type ProcessResult,
  runBatched,
  runParallel,
  runSequential,
  runWithFallback,
} from 'claude-ensemble';
import type { Work } from './frontend.ts';

// The library leaves the flags of V8 to the program that calls it; R6 says what this one does.
setFlagsFromString('--semi-space-growth-factor=1');

const path = process.env.WORK ?? '';
const { pattern = 'parallel', prompts, options = {} } = JSON.parse(readFileSync(path, 'utf8')) as Work;
const interrupted = new AbortController();
for (const [name, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(name, () => {
    process.exitCode = exitCode;
    interrupted.abort();
  });
}

const session = new OrchestratorSession('frontend', { streamOutput: false, ...fieldsOf(options) });
const processes = prompts.map(({ id, prompt, ...own }) => session.createProcess(prompt, id, fieldsOf(own)));
const { signal } = interrupted;
const runs = {
  parallel: () => runParallel(processes, { signal }),
  sequential: () => runSequential(processes, { signal }),
  batch: () => runBatched(processes, { signal }),
  fallback: () => runWithFallback(processes, { signal }),
};
await runs[pattern]();
const results: readonly ProcessResult[] = session.results;
writeFileSync(`${path}.results`, JSON.stringify(results));
process.exitCode ??= results.every(({ status }) => status === 'succeeded') ? 0 : 1;

/** Options by the Action's names, as the fields of the library; numbers and booleans as such. */
function fieldsOf(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const own: Readonly<Record<string, string>> = { 'working-directory': 'workingDir', 'log-dir': 'baseLogDir' };
  const fields = Object.entries(values).map(([name, value]) => [
    own[name] ?? name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    /^(true|false|\d+(\.\d+)?)$/.test(value) ? (JSON.parse(value) as unknown) : value,
  ]);
  return Object.fromEntries(fields) as Record<string, unknown>;
}
