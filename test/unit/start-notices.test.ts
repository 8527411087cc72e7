import { expect, test } from 'vitest';
import type { Preflight } from '../../src/session/preflight.ts';
import { startNotices } from '../../src/session/start-notices.ts';
import { validSettings } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const preflight: Pick<Preflight, 'notices' | 'warnings' | 'executable'> = {
  ...{ notices: [], warnings: [], executable: { path: '/usr/bin/claude', kind: 'claude' } },
};

/** What is said of some processes ahead of the first start, by level. */
async function said(
  options: Readonly<Record<string, string>>,
  facts: Partial<Preflight> = {},
  environment: Readonly<Record<string, string>> = {},
) {
  await using directory = await temporaryDirectory();
  const { settings } = await validSettings(options, { workspace: directory.path });
  const notices = startNotices({ settings, environment, login: 'own' }, { ...preflight, ...facts });
  const of = (level: string) => notices.filter((notice) => notice.level === level).map(({ message }) => message);
  return { info: of('info'), warnings: of('warning') };
}

const prompts = JSON.stringify(['a', { prompt: 'b', model: 'haiku' }]);

test('one line says ahead of the first start what a session will come to', async () => {
  expect(await said({ prompts, context: 'x'.repeat(400), 'max-budget-usd': '5' })).toEqual({
    info: [
      "Estimate: 2 processes, at most 2 at once; models: the CLI's own (1), haiku (1); about 201 tokens of prompts and data, 100 of context in each, besides what Claude Code sends of its own; at most $5.00 in all (max-budget-usd).",
    ],
    warnings: [],
  });
  // Nothing starts, or a program that asks no model.
  for (const facts of [{ notRun: 'missing-credentials' }, { executable: { path: '/x', kind: 'unknown' } }] as const)
    expect(await said({ prompts: '[a]' }, facts)).toEqual({ info: [], warnings: [] });
});

test('a session whose entries name no model warns once', async () => {
  const { warnings } = await said({ prompts: '[a, b]' });
  expect(warnings).toEqual([expect.stringMatching(/^No process names a model: /)]);
  for (const options of [{ prompts: '[a]', model: 'opus' }, { prompts }, { prompts: '[a]', offline: 'true' }])
    expect((await said(options)).warnings).toEqual([]);
  expect((await said({ prompts: '[a]' }, {}, { ANTHROPIC_MODEL: 'opus' })).warnings).toEqual([]);
});
