import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { ProcessResult } from '../../src/model/result.ts';
import { type Job, withoutStartAhead } from './runner.ts';
import type { Step, StepResult } from './runner-step.ts';

/** What an entry point is asked to run. */
export interface Work {
  readonly pattern?: 'parallel' | 'sequential' | 'fallback' | 'batch';
  /** In the order given; other keys are the options of that process, by their names in a list of prompts. */
  readonly prompts: readonly ({ readonly id: string; readonly prompt: string } & Readonly<Record<string, string>>)[];
  /** Options of the session, by the names of the Action's inputs. */
  readonly options?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A session that runs behind an entry point, as a program of its own that a test can signal and measure. */
export interface FrontendSession extends Omit<Step, 'done' | 'cancel'> {
  readonly done: Promise<FrontendResult>;
  /** As GitHub cancels: see `Step`. */
  readonly cancel: () => Promise<FrontendResult>;
  /** Path of a file in the session's directory; fails while that directory is not there. */
  readonly file: (name: string) => string;
}

/** A session that has ended. */
export interface FrontendResult extends StepResult {
  /** What `results.json` holds; empty when there is none. */
  readonly results: readonly ProcessResult[];
  /** What the entry point itself returned: the output `results`, or the value that the library resolved to. */
  readonly returned: readonly Readonly<Record<string, unknown>>[];
}

/** A way into the engine that users have. The promises hold behind each of them. */
export interface Frontend {
  readonly name: 'built Action' | 'library';
  readonly start: (job: Job, work: Work) => FrontendSession;
}

const program = join(import.meta.dirname, 'library-program.ts');

const all: readonly Frontend[] = [
  { name: 'built Action', start: startAction },
  { name: 'library', start: startLibrary },
];

/** Both, for `describe.each`; with `FRONTEND` the one of that name. */
export const frontends = all.filter(({ name }) => name === (process.env.FRONTEND || name));

function startAction(job: Job, { pattern = 'parallel', prompts, options = {}, env = {} }: Work): FrontendSession {
  const list = newFile(job, JSON.stringify(prompts));
  const base = options['log-dir'] ?? logDirectory(job);
  const step = job.start({
    with: { pattern, 'prompts-file': list, 'log-dir': base, 'upload-logs': 'never', ...options },
    env,
  });
  return sessionOf(step, base, ({ outputs }) => JSON.parse(outputs.results || '[]'));
}

function startLibrary(job: Job, { options: given = {}, env = {}, ...work }: Work): FrontendSession {
  const options = withoutStartAhead(given);
  const base = options['log-dir'] ?? logDirectory(job);
  const file = newFile(job, JSON.stringify({ ...work, options: { ...options, 'log-dir': base } }));
  const step = job.start({ program, env: { ...env, WORK: file } });
  const results = `${file}.results`;
  return sessionOf(step, base, () => (existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : []));
}

/** Of its own for each session, so that one job may hold several. */
function logDirectory(job: Job): string {
  return join(job.temporary, `logs-${crypto.randomUUID()}`);
}

function newFile(job: Job, text: string): string {
  const path = join(job.temporary, `work-${crypto.randomUUID()}.json`);
  writeFileSync(path, text);
  return path;
}

function sessionOf(
  step: Step,
  base: string,
  resultsOf: (result: StepResult) => FrontendResult['returned'],
): FrontendSession {
  const file = (name: string): string => {
    const session = readdirSync(base).find((entry) => !entry.startsWith('.'));
    if (session === undefined) throw new Error(`There is no session in ${base} yet.`);
    return join(base, session, name);
  };
  const resultsIn = (): readonly ProcessResult[] => {
    try {
      return (JSON.parse(readFileSync(file('results.json'), 'utf8')) as { results: ProcessResult[] }).results;
    } catch {
      return [];
    }
  };
  const done = step.done.then((result) => ({ ...result, results: resultsIn(), returned: resultsOf(result) }));
  const cancel = async (): Promise<FrontendResult> => {
    await step.cancel();
    return done;
  };
  return { ...step, done, cancel, file };
}
