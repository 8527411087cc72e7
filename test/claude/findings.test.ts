import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandPlace } from '../rig/command.ts';
import { finding } from '../rig/findings.ts';
import { expectReplay } from '../rig/replayed-session.ts';

test('the findings of a session are in its files, in what the command prints, and come again from its log', async () => {
  await using place = await commandPlace();
  await place.write('src/a.ts', 'one\ntwo\nthree\n');
  const structured = (...findings: readonly object[]) => `offline: structured ${JSON.stringify({ findings })}`;
  const at = (file: string, line: number) => finding({ file, line, severity: 'important' });
  const prompts = [
    { id: 'one', prompt: structured(at('src/a.ts', 2), at('../etc/passwd', 1)) },
    { id: 'two', prompt: structured(at(join(place.directory, 'src/a.ts'), 3)) },
    { id: 'broken', prompt: 'offline: error 400' },
    { id: 'text', prompt: 'offline: reply fine', 'json-schema': '{"type":"object"}' },
  ];
  const list = await place.write('prompts.json', JSON.stringify(prompts));
  const run = await place.run([
    'run',
    '--offline',
    '--json',
    '--json-schema',
    'findings',
    '--fail-on',
    'none',
    '--fail-on-severity',
    'important',
    '--prompts-file',
    list,
  ]);
  const told = JSON.parse(run.stdout);
  expect(run.exitCode).toBe(1);
  expect(told.verdict).toContain(
    'findings: 2 important; failed by fail-on-severity: important; did not finish: broken (request refused)',
  );
  expect(run.stderr).toContain('important: src/a.ts:2: The lock is never released (found by 2 of 2: one, two)');
  const directory: string = told.sessionDirectory;
  const file = JSON.parse(readFileSync(join(directory, 'findings.json'), 'utf8'));
  expect(file).toMatchObject({ schemaVersion: 1, reviewers: 3, answered: 2, counts: { important: 2, nit: 0 } });
  expect(file.findings).toMatchObject([
    { agreement: 2, place: { path: 'src/a.ts', line: 2, lineHash: expect.any(String) } },
    { agreement: 1, file: '../etc/passwd' },
  ]);
  expect(file.findings[1].place).toBeUndefined();
  expect(file.findings).toEqual(told.findings.findings);
  await expectReplay(directory);

  const sarif = await place.run(['findings', directory, '--format', 'sarif']);
  expect(JSON.parse(sarif.stdout)).toEqual(JSON.parse(readFileSync(join(directory, 'findings.sarif'), 'utf8')));
  const markdown = await place.run(['findings', directory]);
  expect(markdown.stdout).toContain('found by 2 of 2: one, two');

  const log = join(directory, 'events.jsonl');
  writeFileSync(log, readFileSync(log, 'utf8').replace(/.*"session-ended".*\n$/, ''));
  const killed = await place.run(['findings', directory, '--format', 'sarif']);
  expect([killed.exitCode, killed.stderr]).toEqual([0, expect.stringContaining('The session has not ended')]);
  expect(JSON.parse(killed.stdout).runs[0].results).toEqual(JSON.parse(sarif.stdout).runs[0].results);
  const nothing = await place.run(['findings', place.directory]);
  expect([nothing.exitCode, nothing.stderr]).toEqual([
    2,
    expect.stringContaining('there is no events.jsonl of a session'),
  ]);
});
