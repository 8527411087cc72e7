import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { figure } from '../rig/figure.ts';
import { type FrontendResult, frontends } from '../rig/frontend.ts';
import { credentials, type Job, startJob } from '../rig/runner.ts';
import { scriptedProgram } from '../rig/scripted-program.ts';

/** A session that cannot begin, and the message about it. */
interface Case {
  readonly fault: string;
  /** Makes the fault. */
  readonly options: (job: Job) => Readonly<Record<string, string>>;
  readonly env?: (job: Job) => Readonly<Record<string, string>>;
  readonly message: RegExp;
}

/** A directory that the job's PATH consists of, besides what every script needs: nothing installs anything there. */
function binDirectory(job: Job, claude?: string): string {
  const directory = join(job.temporary, 'bin');
  mkdirSync(directory);
  if (claude !== undefined) writeFileSync(join(directory, 'claude'), claude, { mode: 0o755 });
  return directory;
}

const cases: readonly Case[] = [
  {
    fault: 'no CLI on the PATH',
    options: () => ({}),
    env: (job) => ({ PATH: binDirectory(job) }),
    message: /There is no "claude" on the PATH\./,
  },
  {
    fault: 'a CLI that is too old',
    options: () => ({}),
    env: (job) => ({ PATH: binDirectory(job, "#!/bin/sh\necho '1.0.5 (Claude Code)'\n") }),
    message: /bin\/claude is version 1\.0\.5; at least 2\.1\.330 is needed\./,
  },
  {
    fault: 'a path that leads nowhere',
    options: () => ({ 'claude-path': '/nowhere/claude' }),
    message: /claude-path: "\/nowhere\/claude" does not exist/,
  },
  {
    fault: 'a directory instead of a CLI',
    options: (job) => ({ 'claude-path': job.temporary }),
    message: /claude-path: ".*" is not a file/,
  },
  {
    fault: 'a file that is not executable',
    options: (job) => {
      const path = join(job.temporary, 'claude');
      writeFileSync(path, '#!/bin/sh\n', { mode: 0o644 });
      return { 'claude-path': path };
    },
    message: /claude-path: ".*" is not executable/,
  },
  {
    fault: 'a file that the system cannot execute',
    options: (job) => {
      const path = join(job.temporary, 'claude');
      writeFileSync(path, '#!/nowhere/interpreter\n', { mode: 0o755 });
      return { 'claude-path': path };
    },
    message: /claude-path: ".*" could not be started: /,
  },
  {
    fault: 'a working directory that is not there',
    options: (job) => ({
      'claude-path': scriptedProgram(job.temporary).executable,
      'working-directory': join(job.workspace, 'missing'),
    }),
    message: /working-directory: ".*missing" (?:does not exist|is not a directory)/,
  },
];

/** Node's own start counts, and on a busy machine may alone take this long: one try of three has to be in time. */
async function inTime(run: () => Promise<FrontendResult>): Promise<FrontendResult> {
  let done = await run();
  for (let more = 2; more > 0 && done.duration >= 2_000; more -= 1) done = await run();
  return done;
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  let slowest = 0;

  test.each(cases)('R19: $fault is found in under 2 s, before anything starts, and named', async (fault) => {
    await using job = await startJob({ env: credentials });
    const prompts = ['a', 'b'].map((id) => ({ id, prompt: 'x' }));
    const work = { prompts, options: fault.options(job), env: fault.env?.(job) ?? {} };
    const done = await inTime(() => start(job, work).done);
    expect(done.duration).toBeLessThan(2_000);
    expect(done.exitCode).toBe(1);
    expect(done.printed).not.toContain(': started');
    if (frontend === 'library') expectFailedResults(done, fault.message);
    else expectRefusal(done, fault.message);
    slowest = Math.max(slowest, done.duration);
  });

  afterAll(() => {
    figure(
      { row: 'R19', frontend },
      `the slowest of ${cases.length} kinds found after ${(slowest / 1000).toFixed(1)} s`,
    );
  });
});

/** The library throws for wrong arguments only: every result says what is wrong with the environment. */
function expectFailedResults({ results, printed }: FrontendResult, message: RegExp): void {
  expect(printed).toBe('');
  expect(results).toHaveLength(2);
  for (const result of results) {
    expect(result).toMatchObject({ status: 'failed', reason: 'spawn-error', exitCode: -1 });
    expect(result.message).toMatch(message);
  }
}

function expectRefusal({ commands, outputs, results }: FrontendResult, message: RegExp): void {
  const errors = commands.filter(({ name }) => name === 'error').map(({ data }) => data);
  expect(errors).toContainEqual(expect.stringMatching(message));
  expect(outputs).toMatchObject({ conclusion: 'failure', results: '[]', verdict: expect.stringMatching(message) });
  expect(results).toEqual([]);
}
