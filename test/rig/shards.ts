import { join } from 'node:path';
import process from 'node:process';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { type MergeRequest, type MergeResult, mergeSession } from '../../src/session/merge/merge-session.ts';
import { shardPlaces } from '../../src/session/merge/shard-places.ts';
import { runSession } from '../../src/session/run.ts';
import type { SessionOutcome } from '../../src/session/run-request.ts';
import { validSettings } from './configure.ts';
import { obedientProgram } from './plain-program.ts';
import { type TemporaryDirectory, temporaryDirectory } from './temporary-directory.ts';

/** A place where plans are run by a plain program that carries out the last line of its input as a shell script. */
export interface ShardPlace extends AsyncDisposable {
  readonly directory: TemporaryDirectory;
  /** Runs a session, or a shard of it, to its end. */
  readonly run: (options: Readonly<Record<string, string>>, environment?: Environment) => Promise<SessionOutcome>;
  /** Runs every shard of a session; gives their directories. */
  readonly runShards: (options: Readonly<Record<string, string>>, count: number) => Promise<string[]>;
  readonly merge: (directories: readonly string[], more?: Partial<MergeRequest>) => Promise<MergeResult>;
}

type Environment = Readonly<Record<string, string>>;

/** Makes such a place; the program may present itself as the Claude CLI. */
export async function shardPlace(version = ''): Promise<ShardPlace> {
  const directory = await temporaryDirectory();
  const program = obedientProgram(directory.path, version);
  const common = { 'claude-path': program, 'log-dir': directory.join('logs') };
  const run: ShardPlace['run'] = async (options, environment = {}) => {
    const { settings, notices, warnings } = await validSettings(
      { ...common, ...options },
      { workspace: directory.path, frontend: 'command' },
    );
    const result = await runSession({
      ...{ settings, notices, warnings, sinks: [], login: 'own' },
      environment: { PATH: process.env.PATH ?? '', ...environment },
    });
    if (result.kind === 'refused') throw new Error(result.faults.join('\n'));
    return result.outcome;
  };
  return {
    directory,
    run,
    async runShards(options, count) {
      const directories: string[] = [];
      for (let index = 1; index <= count; index += 1)
        directories.push((await run({ ...options, shard: `${index}/${count}` })).directory);
      return directories;
    },
    merge: async (directories, more = {}) =>
      mergeSession({
        places: await shardPlaces(directories.map((path) => ({ path, name: path }))),
        ...{ wanted: {}, failOn: { kind: 'any' }, failOnSeverity: 'none', maxLogSize: 2 ** 30 },
        ...{ logDirectory: join(directory.path, 'merged'), checkout: directory.path, sinks: [] },
        redactor: createRedactor({ values: [], environment: {} }),
        interrupt: new AbortController().signal,
        kill: new AbortController().signal,
        ...more,
      }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

/** What must be merged. */
export function merged(result: MergeResult): Extract<MergeResult, { kind: 'merged' }> {
  if (result.kind === 'refused') throw new Error(result.faults.join('\n'));
  return result;
}
