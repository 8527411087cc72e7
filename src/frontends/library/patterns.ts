import type { OptionName } from '../../model/option-table.ts';
import type { ProcessResult } from '../../model/result.ts';
import { withDefaults } from '../../options/option-values.ts';
import { batch, fallback, parallel, sequential } from '../../plan/patterns.ts';
import { ClaudeProcess, internalsOf, runTogether } from './claude-process.ts';
import type { BatchedOptions, FallbackOptions, ParallelOptions, RunOptions, SequentialOptions } from './options.ts';
import { readRunOptions } from './run-options.ts';

/**
 * Runs processes side by side, at most `maxWorkers` at once.
 * @returns one result per process, in the order given, whatever happened.
 * @throws {TypeError | RangeError} for wrong arguments only.
 */
export async function runParallel(
  processes: readonly ClaudeProcess[],
  options: ParallelOptions = {},
): Promise<ProcessResult[]> {
  const { run, values } = parse(processes, options, ['max-workers', 'stop-on-failure']);
  return await runTogether(
    processes,
    (specs) => parallel(specs, { maxWorkers: values['max-workers'], stopOnFailure: values['stop-on-failure'] }),
    run,
  );
}

/**
 * Runs processes one after the other; with `passOutput` the successful outputs so far go ahead of the next prompt, as data.
 * @returns one result per process, in the order given, whatever happened.
 * @throws {TypeError | RangeError} for wrong arguments only.
 */
export async function runSequential(
  processes: readonly ClaudeProcess[],
  options: SequentialOptions = {},
): Promise<ProcessResult[]> {
  const { run, values } = parse(processes, options, ['pass-output', 'stop-on-failure']);
  return await runTogether(
    processes,
    (specs) => sequential(specs, { passOutput: values['pass-output'], stopOnFailure: values['stop-on-failure'] }),
    run,
  );
}

/**
 * Runs processes one after the other until one succeeds. `timeout` replaces each process's own.
 * @returns the first success, or the last failure.
 * @throws {RangeError} for no processes; {TypeError | RangeError} for other wrong arguments.
 */
export async function runWithFallback(
  processes: readonly ClaudeProcess[],
  options: FallbackOptions = {},
): Promise<ProcessResult> {
  const { run, given } = parse(processes, options, ['timeout']);
  if (processes.length === 0)
    throw new RangeError('processes: the list is empty; a fallback needs at least one process.');
  const timeoutMs = given.timeout;
  const results = await runTogether(
    processes,
    (specs) => fallback(timeoutMs === undefined ? specs : specs.map((spec) => ({ ...spec, timeoutMs }))),
    run,
  );
  const tried = results.filter(({ status }) => status !== 'skipped');
  return (tried.find(({ status }) => status === 'succeeded') ?? tried.at(-1) ?? results.at(-1)) as ProcessResult;
}

/**
 * Runs processes in batches, one batch after the other, at most `maxWorkers` at once inside a batch.
 * @returns one result per process, in the order given, whatever happened.
 * @throws {TypeError | RangeError} for wrong arguments only.
 */
export async function runBatched(
  processes: readonly ClaudeProcess[],
  options: BatchedOptions = {},
): Promise<ProcessResult[]> {
  const { run, values } = parse(processes, options, ['batch-size', 'max-workers', 'pass-output', 'stop-on-failure']);
  return await runTogether(
    processes,
    (specs) =>
      batch(specs, {
        batchSize: values['batch-size'],
        maxWorkers: values['max-workers'],
        passOutput: values['pass-output'],
        stopOnFailure: values['stop-on-failure'],
      }),
    run,
  );
}

/** Reads the arguments of one call; what its options leave out is the session's. */
function parse(processes: readonly ClaudeProcess[], options: RunOptions, names: readonly OptionName[]) {
  if (!Array.isArray(processes) || !processes.every((process) => process instanceof ClaudeProcess)) {
    throw new TypeError('processes: the first argument is a list of what createProcess and new ClaudeProcess give.');
  }
  const { run, given } = readRunOptions(options, names);
  const [first] = processes;
  const session = first === undefined ? withDefaults({}, 'library') : internalsOf(first).runner.options.values;
  return { run, given, values: { ...session, ...given } };
}
