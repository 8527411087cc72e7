import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { finding } from '../rig/findings.ts';
import { expectReplay } from '../rig/replayed-session.ts';
import { quote } from '../rig/scripted-program.ts';
import { merged, type ShardPlace, shardPlace } from '../rig/shards.ts';
import { initMessage, resultMessage } from '../rig/stream-messages.ts';

const scripts = {
  a: 'echo Fine.',
  b: 'echo Broken. >&2; exit 3',
  c: 'printf "%s" "A long way."',
  d: 'echo Also fine.',
  e: 'kill -SEGV $$',
  f: 'echo Last.',
};
const ids = Object.keys(scripts);
const prompts = JSON.stringify(Object.entries(scripts).map(([id, prompt]) => ({ id, prompt, name: `Review ${id}` })));

/** The directory of each shard by its number, and the ids of their processes. */
async function threeShards(place: ShardPlace) {
  const directories = await place.runShards({ prompts, context: 'All read this.', title: 'Nightly' }, 3);
  const own = directories.map((directory) => ids.filter((id) => existsSync(join(directory, `${id}.log`))));
  return { directories, own };
}

test('shards become one session: results in order, verdict, summary, report, logs of every process', async () => {
  await using place = await shardPlace();
  const { directories } = await threeShards(place);
  const whole = await place.run({ prompts, context: 'All read this.' });
  const { outcome } = merged(await place.merge(directories, { title: 'Reviews' }));
  expect(outcome.results.map(({ processId }) => processId)).toEqual(ids);
  expect(outcome.verdict).toBe(whole.verdict);
  expect(outcome.conclusion).toBe('failure');
  const read = (name: string): string => readFileSync(join(outcome.directory, name), 'utf8');
  expect(read('a.log')).toContain('Fine.');
  expect(read('outputs/c.md')).toBe('A long way.');
  expect(read('context.md')).toContain('All read this.');
  expect(read('a.prompt.md')).toContain('echo Fine.');
  expect(JSON.parse(read('results.json')).results).toHaveLength(6);
  expect(read('summary.md')).toMatch(/^### ❌ Reviews: .*Review b/su);
  expect(read('report.html')).toContain('A long way.');
  expect(outcome.results.every(({ logFile }) => logFile?.startsWith(outcome.directory))).toBe(true);
  await expectReplay(outcome.directory);
});

test('a missing shard is an error, whatever fail-on says: its processes are skipped, and the rest is kept', async () => {
  await using place = await shardPlace();
  const { directories, own } = await threeShards(place);
  const { outcome } = merged(
    await place.merge([directories[0] ?? '', directories[2] ?? ''], { failOn: { kind: 'none' } }),
  );
  expect(outcome.conclusion).toBe('failure');
  expect(outcome.verdict).toMatch(/^Failure: shard 2\/3 is missing; /);
  const lost = outcome.results.filter(({ reason }) => reason === 'not-run').map(({ processId }) => processId);
  expect(lost).toEqual(own[1]);
  expect(outcome.results).toHaveLength(6);
  expect(readFileSync(join(outcome.directory, 'summary.md'), 'utf8')).toMatch(/^### ❌ Nightly: /u);
  const nothing = await place.merge([place.directory.path], { wanted: { hash: '0'.repeat(64), count: 3 } });
  expect(nothing).toMatchObject({
    kind: 'refused',
    faults: expect.arrayContaining([expect.stringMatching(/^No shard of the plan 0{12}/)]),
  });
});

test('of a shard that ran again the newest attempt is taken, and the same shard from two sessions of one attempt not', async () => {
  await using place = await shardPlace();
  const { directories, own } = await threeShards(place);
  const again = await place.run({ prompts, context: 'All read this.', shard: '2/3' }, { GITHUB_RUN_ATTEMPT: '2' });
  const newest = merged(await place.merge([...directories, again.directory]));
  expect(newest.outcome.results.find(({ processId }) => processId === own[1]?.[0])?.logFile).toBeDefined();
  const notices = readFileSync(join(newest.outcome.directory, 'events.jsonl'), 'utf8');
  expect(notices).toContain(`${basename(directories[1] ?? '')} is not used: there is a newer attempt than 1.`);

  const twice = await place.run({ prompts, context: 'All read this.', shard: '2/3' });
  const doubled = merged(await place.merge([...directories, twice.directory])).outcome;
  expect(doubled.warnings.filter((line) => line.includes('shard 2/3 of attempt 1 is there 2 times'))).toHaveLength(2);
  expect(doubled.results.filter(({ reason }) => reason === 'not-run').map(({ processId }) => processId)).toEqual(
    own[1],
  );
  const same = place.directory.join('copy');
  await cp(directories[0] ?? '', same, { recursive: true });
  const once = merged(await place.merge([...directories, same])).outcome;
  // Of a copy that is cut off nothing is taken.
  const log = join(same, 'events.jsonl');
  writeFileSync(log, `${readFileSync(log, 'utf8').split('\n').slice(0, 4).join('\n')}\n`);
  const whole = merged(await place.merge([same, ...directories])).outcome;
  expect([whole.verdict, whole.warnings]).toEqual([newest.outcome.verdict, []]);
  const twiceNamed = merged(await place.merge([...directories, ...directories])).outcome;
  expect(readFileSync(join(twiceNamed.directory, 'events.jsonl'), 'utf8')).not.toContain('is the same session as');
  expect(once.verdict).toBe(newest.outcome.verdict);
});

/** What can be wrong with the second shard. */
const faults: readonly (readonly [
  string,
  (directory: string, place: ShardPlace) => Promise<unknown> | unknown,
  RegExp,
])[] = [
  [
    'a newer version',
    rewrite((log) => log.replace('"schemaVersion":1', '"schemaVersion":2')),
    /a newer version \(2\) than this/,
  ],
  [
    'another trust level',
    rewrite((log) => log.replace('"level":"trusted"', '"level":"untrusted"')),
    /it is untrusted, and the plan is trusted/,
  ],
  [
    'ids of another shard',
    rewrite((log, own, other) => log.replaceAll(`"${own}"`, `"${other}"`)),
    /its plan is not the one that its hash was made of|which is not in shard 2\/3/,
  ],
  [
    'another plan',
    rewrite((log) => log.replace(/"hash":"[0-9a-f]{64}"/, `"hash":"${'0'.repeat(64)}"`)),
    /not the one that its hash was made of/,
  ],
  [
    'a path for an id',
    rewrite((log, own) => log.replaceAll(`"processId":"${own}"`, '"processId":"../../x"')),
    /does not tell of a session/,
  ],
  [
    'times that no clock shows',
    rewrite((log) => log.replaceAll(/"at":"[^"]*"/g, '"at":"2026-99-99T99:99:99.999Z"')),
    /does not tell of a session/,
  ],
  [
    'a log that is a link',
    async (directory) => {
      await rename(join(directory, 'events.jsonl'), join(directory, 'elsewhere'));
      await symlink(join(directory, 'elsewhere'), join(directory, 'events.jsonl'));
    },
    /symbolic link/,
  ],
  [
    'an end that is not told',
    rewrite((log, own) => withoutProcess(log, own)),
    /it has ended, but says nothing of the process [a-f]/,
  ],
  ['no log', (directory) => rm(join(directory, 'events.jsonl')), /holds no record of a shard/],
];

/** A log that tells nothing of a process, and has no gap. */
function withoutProcess(log: string, id: string): string {
  const lines = log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const left = lines.filter(({ processId, result }) => processId !== id && result?.processId !== id);
  const ofOthers = ({ processId }: { readonly processId: string }): boolean => processId !== id;
  const renumbered = left.map(({ processes, results, ...line }, index) => ({
    ...{ ...line, seq: index + 1 },
    ...(processes !== undefined && { processes: processes.filter(ofOthers) }),
    ...(results !== undefined && { results: results.filter(ofOthers) }),
  }));
  return renumbered.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function rewrite(change: (log: string, own: string, other: string) => string) {
  return (directory: string): void => {
    const path = join(directory, 'events.jsonl');
    const log = readFileSync(path, 'utf8');
    const own = ids.filter((id) => existsSync(join(directory, `${id}.log`)));
    const other = ids.find((id) => !own.includes(id)) ?? '';
    const changed = change(log, own[0] ?? '', other);
    expect(changed).not.toBe(log);
    writeFileSync(path, changed);
  };
}

test('what is wrong with a shard is told by its name, and nothing that is good is lost', async () => {
  await using place = await shardPlace();
  const { directories, own } = await threeShards(place);
  const [first = '', second = '', third = ''] = directories;
  for (const [what, spoil, fault] of faults) {
    const spoilt = place.directory.join(`spoilt-${faults.findIndex(([name]) => name === what)}`);
    await cp(second, spoilt, { recursive: true });
    await spoil(spoilt, place);
    const { outcome } = merged(await place.merge([first, spoilt, third]));
    const named = outcome.warnings.filter((line) => line.includes(basename(spoilt)));
    expect(named, what).toEqual([expect.stringMatching(fault)]);
    expect(outcome.conclusion, what).toBe('failure');
    const lost = outcome.results.filter(({ reason }) => reason === 'not-run').map(({ processId }) => processId);
    expect(lost, what).toEqual(own[1]);
  }
});

test('of a shard that was killed, is cut off or still runs, what is whole is taken', async () => {
  await using place = await shardPlace();
  const { directories } = await threeShards(place);
  const [first = '', second = '', third = ''] = directories;
  const path = join(second, 'events.jsonl');
  const lines = readFileSync(path, 'utf8').split('\n');
  const end = lines.findLastIndex((line) => line.includes('"type":"process-ended"'));
  const beginning = lines.slice(0, end).join('\n');
  for (const [left, told] of [
    [`${beginning}\n`, /has not ended: it was killed, or it still runs/],
    [`${beginning}\n${lines[end]?.slice(0, 40)}`, /events\.jsonl is cut off in line \d+\. What is whole was taken/],
    [
      `${beginning}\nno line of ours\n${lines.slice(end).join('\n')}`,
      /events\.jsonl is damaged in line \d+: what follows is not used/,
    ],
    [
      `${beginning}\n${lines
        .slice(end)
        .join('\n')
        .replace(/"duration":[^,]*/, '"duration":1e308')}`,
      /events\.jsonl is damaged in line \d+: what follows is not used/,
    ],
  ] as const) {
    writeFileSync(path, left);
    const { outcome } = merged(await place.merge([first, second, third]));
    expect(outcome.warnings).toEqual(expect.arrayContaining([expect.stringMatching(told)]));
    expect(outcome.results.map(({ processId }) => processId)).toEqual(ids);
    expect(outcome.results.filter(({ reason }) => reason === 'cancelled')).toMatchObject([{ logIncomplete: true }]);
    expect(outcome.verdict).not.toContain('missing');
  }
});

test('a clock that was set back while a shard ran gives no negative time', async () => {
  await using place = await shardPlace();
  const { directory } = await place.run({ prompts, shard: '1/1' });
  const path = join(directory, 'events.jsonl');
  const [first, ...others] = readFileSync(path, 'utf8').split('\n');
  const earlier = others.map((line) => line.replace(/"at":"\d{4}/, '"at":"2001'));
  writeFileSync(path, [first, ...earlier].join('\n'));
  const { outcome } = merged(await place.merge([directory]));
  expect(outcome).toMatchObject({ totals: { durationSeconds: 0 } });
});

test('files of a shard that are links or gone are left out and named; a directory of shards may hold other things', async () => {
  await using place = await shardPlace();
  await threeShards(place);
  const base = place.directory.join('logs');
  const id = 'c';
  const shard = readdirSync(base).find((name) => existsSync(join(base, name, `${id}.log`))) ?? '';
  writeFileSync(place.directory.join('secret'), 'not for you');
  await rm(join(base, shard, 'outputs', `${id}.md`));
  await symlink(place.directory.join('secret'), join(base, shard, 'outputs', `${id}.md`));
  await rm(join(base, shard, `${id}.log`));
  const gone = ids.find((other) => other !== id && existsSync(join(base, shard, 'outputs', `${other}.md`))) ?? '';
  await rm(join(base, shard, 'outputs', `${gone}.md`));
  await symlink(base, join(base, 'link'));
  await mkdir(join(base, 'empty'));
  const { outcome } = merged(await place.merge([base]));
  expect(outcome.warnings).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`outputs/${id}.md (it is a symbolic link)`),
      expect.stringContaining(`${id}.log (is not there)`),
      expect.stringMatching(/link is not used: it is a symbolic link, and none is followed/),
    ]),
  );
  expect(existsSync(join(outcome.directory, 'outputs', `${id}.md`))).toBe(false);
  // The record has it as well.
  const { output } = outcome.results.find(({ processId }) => processId === gone) ?? {};
  expect(readFileSync(join(outcome.directory, 'outputs', `${gone}.md`), 'utf8').trimEnd()).toBe(output?.trimEnd());
  expect(outcome.results.find(({ processId }) => processId === id)).toMatchObject({ logIncomplete: true });
});

test('empty shards and a plan with nothing to do are no fault', async () => {
  await using place = await shardPlace();
  const few = await place.runShards({ prompts: JSON.stringify([{ id: 'only', prompt: 'echo One.' }]) }, 3);
  expect(merged(await place.merge(few)).outcome).toMatchObject({
    conclusion: 'success',
    results: [{ processId: 'only' }],
  });
  const none = await place.runShards({ prompts: '[]' }, 2);
  expect(merged(await place.merge(none)).outcome).toMatchObject({ conclusion: 'skipped', results: [] });
});

/** A prompt for a program that passes for the CLI: it says that this is the answer. */
function answering(structured: unknown): string {
  const messages = [initMessage(), resultMessage('See the structured output.', { structured_output: structured })];
  return `printf '%s\\n' ${messages.map((message) => quote(JSON.stringify(message))).join(' ')}`;
}

test('shards whose lists are all empty say so together as each does', async () => {
  await using place = await shardPlace();
  const lists = JSON.stringify(['a', 'b'].map((id) => ({ id, prompt: 'echo Hi.', 'for-each': [] })));
  const { outcome } = merged(await place.merge(await place.runShards({ prompts: lists }, 2)));
  expect(outcome.verdict).toBe('Skipped: every list of for-each is empty, so nothing was started.');
});

test('findings of several shards are merged, with the checks of lists that were found at run time, and their costs are summed up', async () => {
  await using place = await shardPlace('2.1.330 (Claude Code)');
  const nit = finding({ file: 'src/a.ts', severity: 'important' });
  const other = finding({ file: 'src/b.ts', summary: 'Nothing tests the parser' });
  const schema = (keyword: string) => ({ 'json-schema': keyword });
  const reviewers = ['one', 'two', 'three'].map((id) => ({
    id,
    prompt: answering({ findings: [nit, other] }),
    ...schema('findings'),
  }));
  const check = answering({ verdict: 'REFUTED', reason: 'It is released' });
  const checks = {
    id: 'check',
    prompt: check,
    'for-each': { from: 'one', path: 'findings' },
    ...schema('finding-check'),
  };
  const options = { prompts: JSON.stringify([...reviewers, checks]), 'max-budget-usd': '5' };
  const whole = await place.run(options, { ANTHROPIC_API_KEY: 'sk-ant-example-0123456789' });
  expect(whole.results.map(({ processId, status }) => [processId, status])).toEqual(
    ['one', 'two', 'three', 'check-1', 'check-2'].map((id) => [id, 'succeeded']),
  );
  const directories = await Promise.all(
    ['1/2', '2/2'].map(
      async (shard) =>
        (await place.run({ ...options, shard }, { ANTHROPIC_API_KEY: 'sk-ant-example-0123456789' })).directory,
    ),
  );
  const { outcome } = merged(await place.merge(directories, { failOnSeverity: 'important' }));
  expect(outcome.results.map(({ processId }) => processId)).toEqual(whole.results.map(({ processId }) => processId));
  expect(outcome.findings).toEqual({ ...whole.findings, key: '' });
  expect(outcome.findings).toMatchObject({ reviewers: 3, answered: 3, counts: { refuted: 2 } });
  expect(outcome.totals.costUsd).toBeCloseTo(whole.totals.costUsd);
  expect(outcome.verdict).toContain('10¢ of max-budget-usd $5.00 spent');
  expect(existsSync(join(outcome.directory, 'findings.sarif'))).toBe(true);

  const [first = ''] = directories;
  const half = merged(await place.merge([first])).outcome;
  const reviewed = half.findings ?? expect.fail('no findings');
  const missing = half.results.filter(({ reason }) => reason === 'not-run');
  expect(missing.filter(({ answerKind }) => answerKind === 'findings')).toHaveLength(
    reviewed.reviewers - reviewed.answered,
  );

  // What was to be done for each item is not done where a shard was killed ahead of its list, or is missing.
  const listed = directories.find((directory) => existsSync(join(directory, 'check-1.log'))) ?? '';
  const others = directories.filter((directory) => directory !== listed);
  const log = join(listed, 'events.jsonl');
  const text = readFileSync(log, 'utf8');
  writeFileSync(log, text.slice(0, 1 + text.lastIndexOf('\n', text.indexOf('"type":"processes-added"'))));
  for (const [places, reason] of [
    [directories, 'session-cancelled'],
    [others, 'not-run'],
  ] as const) {
    const left = merged(await place.merge(places)).outcome;
    expect(left.results.find(({ processId }) => processId === 'check')).toMatchObject({ status: 'skipped', reason });
    expect([left.conclusion, left.findings?.missing.map(({ processId }) => processId)]).toEqual([
      'failure',
      expect.arrayContaining(['check']),
    ]);
  }
});
