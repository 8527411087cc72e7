import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandPlace } from '../rig/command.ts';
import { obedientProgram } from '../rig/plain-program.ts';

test('merge prints the answers of all shards, exits by the verdict, and refuses what is no shard', async () => {
  await using place = await commandPlace();
  const path = obedientProgram(place.directory);
  const prompts = ['a', 'b', 'c'].map((id) => ({ id, prompt: `printf %s Answer-${id}` }));
  await place.write('p.json', JSON.stringify(prompts));
  const run = ['run', '--claude-path', path, '--prompts-file', 'p.json', '--quiet'];
  const { stdout: planned } = await place.run([
    'plan',
    '--claude-path',
    path,
    '--prompts-file',
    'p.json',
    '--shards',
    '2',
  ]);
  const hash = /^plan-hash=(\w+)$/m.exec(planned)?.[1] ?? '';
  for (const shard of ['1/2', '2/2'])
    expect((await place.run([...run, '--log-dir', 'shards', '--shard', shard, '--plan-hash', hash])).exitCode).toBe(0);
  const merge = ['merge', '--plan-hash', hash, '--count', '2', '--title', 'Reviews', 'shards'];
  const { exitCode, stdout, stderr } = await place.run(merge);
  expect([exitCode, stdout]).toEqual([0, ['a', 'b', 'c'].map((id) => `==> ${id} <==\nAnswer-${id}\n`).join('\n')]);
  expect(stderr).toContain('Success: 3 of 3 processes succeeded.');
  expect(stderr).not.toMatch(/succeeded in|starts|attempt/);
  const json = JSON.parse((await place.run([...merge, '--json', '--quiet'])).stdout);
  expect(json).toMatchObject({ conclusion: 'success', results: [{ processId: 'a' }, { processId: 'b' }, {}] });
  expect(existsSync(join(json.sessionDirectory, 'report.html'))).toBe(true);

  const sessions = () => readdirSync(join(place.directory, '.claude/runtime/logs')).length;
  const before = sessions();
  const unknown = await place.run([...merge, '--print', 'a,d']);
  expect([unknown.exitCode, unknown.stdout, sessions()]).toEqual([2, '', before]);
  expect(unknown.stderr).toContain('--print: there is no process "d".');
  const other = await place.run(['merge', '--plan-hash', '0'.repeat(64), 'shards', 'nowhere']);
  expect([other.exitCode, other.stdout]).toEqual([2, '']);
  expect(other.stderr).toContain('nowhere is not used: there is no such directory.\n');
  expect(other.stderr).toMatch(/is of another plan/);
  const usage = await place.run(['merge', '--count', '0', '--model', 'opus']);
  expect(usage.exitCode).toBe(2);
  expect(usage.stderr.trim().split('\n')).toEqual([
    'It takes the directories of shards: claude-ensemble merge DIRECTORY...',
    expect.stringMatching(/^model: /),
    expect.stringMatching(/^count: "0" is not a whole number from 1 to 256/),
    'See: claude-ensemble merge --help',
  ]);
  const help = (await place.run(['merge', '--help'])).stdout;
  expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
