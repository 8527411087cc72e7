import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runSession } from '../../src/session/run.ts';
import { validSettings } from '../rig/configure.ts';
import { listPatterns, planOf } from '../rig/plan.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

test.each(listPatterns)(
  'a %s session without prompts is skipped, and asks for neither the Claude CLI nor credentials',
  async (pattern) => {
    await using directory = await temporaryDirectory();
    const options = { prompt: 'x', pattern, 'claude-path': directory.join('no-such-cli') };
    const { settings } = await validSettings(options, {
      workspace: directory.path,
      logDirectoryDefault: directory.join('logs'),
    });
    const result = await runSession({
      settings: { ...settings, plan: planOf(pattern, []) },
      environment: {},
      sinks: [],
      login: 'required',
    });
    if (result.kind !== 'finished') throw new Error(result.faults.join('\n'));
    const { conclusion, verdict, results, totals } = result.outcome;
    expect({ conclusion, verdict, results }).toEqual({
      conclusion: 'skipped',
      verdict: 'Skipped: the list of prompts is empty, so nothing was started.',
      results: [],
    });
    expect(totals.total).toBe(0);
    const manifest = JSON.parse(await readFile(join(result.outcome.directory, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ conclusion: 'skipped', processes: [] });
  },
);
