import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { testedVersion } from '../../src/agents/claude/executable.ts';
import { startJob } from '../rig/runner.ts';

/** A runner's PATH without a `claude`. */
const path = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':');

test('a runner without Claude gets the tested version from npm, works with it, and has it the next time', async () => {
  // The job has a home of its own; how npm gets out of this machine is said in ours.
  const { NODE_EXTRA_CA_CERTS } = process.env;
  const NPM_CONFIG_USERCONFIG = join(homedir(), '.npmrc');
  await using job = await startJob({ env: { PATH: path, NPM_CONFIG_USERCONFIG, NODE_EXTRA_CA_CERTS } });
  const options = { prompt: 'offline: reply Installed.', offline: 'true', 'upload-logs': 'never' };
  const first = await job.run({ with: options });
  expect(first).toMatchObject({ exitCode: 0, outputs: { output: 'Installed.' } });
  expect(first.printed).toMatch(new RegExp(`Claude Code ${testedVersion} is installed \\(\\d+\\.\\d s\\)`));
  const place = join(job.temporary, '../tools/claude-code');
  expect(readdirSync(place)).toEqual([testedVersion]);
  expect(existsSync(join(place, testedVersion, `${process.arch}.complete`))).toBe(true);

  const second = await job.run({ with: options });
  expect(second).toMatchObject({ exitCode: 0, outputs: { output: 'Installed.' } });
  expect(second.printed).not.toContain('from npm');
});

test('a cancel during the installation ends the step at once, and nothing is started', async () => {
  await using job = await startJob();
  const npm = join(job.temporary, 'npm');
  writeFileSync(npm, '#!/bin/sh\nexec sleep 600\n');
  chmodSync(npm, 0o755);
  const step = job.start({
    with: { prompt: 'x', offline: 'true' },
    env: { PATH: `${job.temporary}:${path}` },
  });
  await step.shows('Installing Claude Code');
  const cancelled = await step.cancel();
  expect(cancelled).toMatchObject({ exitCode: 130, outputs: { conclusion: 'cancelled', 'total-count': '0' } });
  expect(cancelled.sinceSignal).toBeLessThan(3000);
  expect(cancelled.survivors).toEqual([]);
});

test('without npm the step says what to do', async () => {
  await using job = await startJob();
  const step = await job.run({ with: { prompt: 'x', offline: 'true' }, env: { PATH: job.temporary } });
  expect(step).toMatchObject({ exitCode: 1, outputs: { conclusion: 'failure' } });
  expect(step.outputs.verdict).toMatch(/no "claude" on the PATH.*npm is not on the PATH.*setup-node/);
});
