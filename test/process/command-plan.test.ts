import { expect, test } from 'vitest';
import { commandPlace } from '../rig/command.ts';

test('plan deals the processes out, starts nothing, and prints what a workflow needs, and tells everything that is wrong at once', async () => {
  await using place = await commandPlace();
  const prompts = JSON.stringify(Array.from({ length: 80 }, (_, index) => ({ id: `r${index}`, prompt: 'Review.' })));
  await place.write('p.json', prompts);
  const args = ['plan', '--prompts-file', 'p.json', '--shards', '16', '--max-workers', '4', '--max-budget-usd', '8'];
  const { exitCode, stdout, stderr } = await place.run([...args, '--model', 'sonnet']);
  expect(exitCode, stderr).toBe(0);
  const outputs = Object.fromEntries(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/=(.*)/s)),
  );
  const legs = Array.from({ length: 16 }, (_, place) => `${place + 1}/16`);
  expect(JSON.parse(outputs.matrix)).toEqual({ shard: legs });
  expect(outputs).toMatchObject({ count: '16', 'plan-hash': expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(stderr.split('\n').slice(0, 4)).toEqual([
    '80 processes in 16 shards of 5.',
    'At most 64 at once: 16 shards (no max-parallel was given) x 4 workers (max-workers).',
    'Models: sonnet (80).',
    'At most $8.00 in all (max-budget-usd), shared by entries.',
  ]);
  expect(stderr).toContain('warning: 64 processes at once are likely to meet rate limits');
  await expect(place.sessionFile('events.jsonl')).rejects.toThrow();

  const quiet = await place.run([...args, '--model', 'sonnet', '--max-parallel', '2', '--json', '--quiet']);
  expect(quiet.stderr).toBe('');
  const facts = JSON.parse(quiet.stdout);
  expect(facts).toMatchObject({ planHash: outputs['plan-hash'], count: 16, processes: 80, atOnce: 8, warnings: [] });
  expect(facts.entries).toHaveLength(80);

  const wrong = await place.run(['plan', '--shards', '300', '--shard', '1/4', '--claude-path', '/nope', 'Do x']);
  expect([wrong.exitCode, wrong.stdout]).toEqual([2, '']);
  expect(wrong.stderr.trim().split('\n')).toEqual([
    'shard: it belongs to run.',
    'shards: "300" is not a whole number from 1 to 256. Did you mean "256"?',
    'claude-path: "/nope" does not exist.',
    'See: claude-ensemble plan --help',
  ]);
  const help = await place.run(['plan', '--help']);
  expect(Math.max(...help.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(help.stdout).toContain('--max-parallel <number>');
});
