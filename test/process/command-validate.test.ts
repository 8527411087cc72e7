import { expect, test } from 'vitest';
import { commandPlace } from '../rig/command.ts';

test('validate tells every fault of every file with its entry and line, starts nothing, and needs no credentials', async () => {
  await using place = await commandPlace();
  await place.write(
    'right.yml',
    '- id: a\n  prompt: Find.\n  json-schema: findings\n- id: b\n  prompt: Check.\n  for-each: {from: a, path: findings}\n',
  );
  await place.write(
    'wrong.yml',
    '- id: a\n  prompt: x\n  needs: [b]\n- id: b\n  prompt: y\n  needs: [a, c]\n- prompt: z\n  modle: opus\n',
  );
  await place.write('cycle.yml', '- id: a\n  prompt: x\n  needs: [b]\n- id: b\n  prompt: y\n  needs: [a]\n');
  const env = { ANTHROPIC_API_KEY: undefined, PATH: undefined };
  const right = await place.run(['validate', 'right.yml'], { env });
  expect([right.exitCode, right.stdout, right.stderr]).toEqual([
    0,
    'right.yml: valid, graph: 1 process and 1 list found at run time.\n',
    '',
  ]);
  const several = await place.run(['validate', 'right.yml', 'wrong.yml', 'cycle.yml', 'none.yml'], { env });
  expect(several.exitCode).toBe(2);
  expect(several.stdout).toBe(right.stdout);
  expect(several.stderr).toMatch(
    /^wrong\.yml: prompts-file: entry 3 \(line 7\): "modle" is not one of .*Did you mean "model"/m,
  );
  expect(several.stderr).toMatch(
    /^cycle\.yml: prompts-file: entry 1 \(line 1\): needs: they wait for each other: a -> b -> a\.$/m,
  );
  expect(several.stderr).toMatch(/^none\.yml: prompts-file: .*"none\.yml"/m);
  await expect(place.sessionFile('events.jsonl')).rejects.toThrow();

  const json = await place.run(['validate', '--json', '--trust', 'untrusted', 'right.yml'], { env });
  const { files } = JSON.parse(json.stdout);
  expect([json.exitCode, files.length, files[0].valid, files[0].processes]).toEqual([2, 1, false, 0]);
  expect(files[0].faults.join()).toContain('for-each');

  for (const args of [
    ['validate'],
    ['validate', '-'],
    ['validate', '--prompt', 'x', 'right.yml'],
    ['validate', '--nope', 'right.yml'],
  ]) {
    const { exitCode, stdout, stderr } = await place.run(args, { env });
    expect([exitCode, stdout], args.join(' ')).toEqual([2, '']);
    expect(stderr).toContain('See: claude-ensemble validate --help');
  }
  const help = await place.run(['validate', '--help']);
  expect(Math.max(...help.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
