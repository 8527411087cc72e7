import { expect, test } from 'vitest';
import { planLines } from '../../src/session/plan-lines.ts';
import { validSettings } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const schema = '{"type": "object"}';

/** The plan of a dry run, without what is the same in every line. */
async function linesOf(options: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await using directory = await temporaryDirectory();
  const { settings } = await validSettings(options, { workspace: directory.path });
  const place = `, timeout 20 min, in ${directory.path}`;
  return planLines(settings).map((line) => line.replace(place, '').replace(/, prompt of \d+ characters/, ''));
}

test('a dry run shows the graph: what waits for what, what it is given, when it starts, how often, and what it comes to', async () => {
  const prompts = [
    { id: 'find', prompt: 'Find bugs.', model: 'sonnet', 'json-schema': schema },
    {
      id: 'check',
      name: 'Second look',
      prompt: 'Check it.',
      model: 'haiku',
      'for-each': { from: 'find', path: 'list.items' },
      'max-items': 4,
    },
    { id: 'deep', prompt: 'Dig.', when: { 'find.severity': ['high', 'critical'], 'find.count': 2 } },
    { id: 'fix', prompt: 'Mend it.', needs: 'deep', when: { 'find.severity': 'high' } },
    { id: 'copy', prompt: 'Again.', repeat: 2, needs: 'find' },
    { id: 'sum', prompt: 'Sum up.', needs: ['check', 'copy'], when: 'always' },
    { id: 'alarm', prompt: 'Help.', needs: 'all', when: 'failure' },
  ];
  const options = {
    prompts: JSON.stringify(prompts),
    context: 'x'.repeat(400),
    'max-budget-usd': '5',
    'max-workers': '2',
  };
  expect((await linesOf(options)).slice(1)).toEqual([
    '1. find, model sonnet; starts at once',
    '2. check (Second look), one for each of list.items of find (at most 4 processes), model haiku; waits for find, is given nothing of them, starts if all of them succeed',
    "3. deep, the CLI's model; waits for find, is given nothing of them, starts if all of them succeed and find.severity is high or critical and find.count is 2",
    "4. fix, the CLI's model; waits for deep, find, is given the results of deep, starts if all of them succeed and find.severity is high",
    "5. copy-1, the CLI's model; waits for find, is given the results, starts if all of them succeed",
    "6. copy-2, the CLI's model; waits for find, is given the results, starts if all of them succeed",
    "7. sum, the CLI's model; waits for check, copy, is given the results, starts whatever comes of them",
    "8. alarm, the CLI's model; waits for find, check, deep, fix, copy, sum, is given the results, starts if one of them does not succeed",
    "Estimate: 7 processes and 1 list found at run time, at most 2 at once; models: sonnet (1), haiku (1), the CLI's own (6); about 814 tokens of prompts and data, 100 of context in each, besides what Claude Code sends of its own; at most $5.00 in all (max-budget-usd).",
  ]);
});

test('a dry run says which conversation goes on, and counts no context for it, which is not sent again', async () => {
  const prompts = [
    { id: 'explore', prompt: 'Read.' },
    { id: 'ask', prompt: 'And?', repeat: 2, 'conversation-from': 'explore' },
    { id: 'deep', prompt: 'Why?', 'conversation-from': 'explore', needs: 'ask' },
  ];
  const options = { prompts: JSON.stringify(prompts), context: 'x'.repeat(400), model: 'opus' };
  expect((await linesOf(options)).slice(2)).toEqual([
    '2. ask-1, model opus; waits for explore, continues the conversation of explore, starts if all of them succeed',
    '3. ask-2, model opus; waits for explore, continues the conversation of explore, starts if all of them succeed',
    '4. deep, model opus; waits for ask, explore, continues the conversation of explore, is given the results of ask, starts if all of them succeed',
    'Estimate: 4 processes, at most 3 at once; models: opus (4); about 105 tokens of prompts and data, 100 of context in 1 process, besides what Claude Code sends of its own and the conversations that are continued; no ceiling of money: max-budget-usd would give one.',
  ]);
});

test('a dry run says how far it trusts, and of each process its prompt, its limit of time and where it works', async () => {
  await using directory = await temporaryDirectory();
  const { settings } = await validSettings(
    { prompts: '[Review., {prompt: X, timeout: 90}]' },
    { workspace: directory.path },
  );
  expect(planLines(settings).slice(0, 3)).toEqual([
    'The session would be trusted: a push.',
    `1. process_001, prompt of 7 characters, the CLI's model, timeout 20 min, in ${directory.path}; starts at once`,
    `2. process_002, prompt of 1 character, the CLI's model, timeout 1 min 30 s, in ${directory.path}; starts at once`,
  ]);
});

test('a dry run shows the four patterns in the same words, and a ceiling that each process has', async () => {
  const prompts = JSON.stringify(['a', 'b', 'c', 'd', 'e']);
  const starts = async (options: Readonly<Record<string, string>>) =>
    (await linesOf({ prompts, ...options })).slice(1, -1).map((line) => line.replace(/.*; /, ''));
  const waits = (ids: string, given: string) => `waits for ${ids}, is given ${given}, starts whatever comes of them`;
  expect(await starts({})).toEqual(Array.from({ length: 5 }, () => 'starts at once'));
  expect((await starts({ pattern: 'sequential' }))[1]).toBe(waits('process_001', 'nothing of them'));
  expect((await starts({ pattern: 'batch', 'batch-size': '2', 'pass-output': 'true' }))[3]).toBe(
    waits('process_001, process_002', 'the results'),
  );
  // Of a batch before the last only the members count.
  expect((await starts({ pattern: 'batch', 'batch-size': '2' }))[4]).toBe(
    waits('process_003, process_004', 'nothing of them'),
  );
  expect((await linesOf({ prompts, 'max-process-budget-usd': '0.5' })).at(-1)).toContain(
    'at most $2.50 in all (max-process-budget-usd of each)',
  );
});
