import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startArtifactService } from '../rig/artifact-service.ts';
import { startRig } from '../rig/controlled-child.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { shellProgram } from '../rig/plain-program.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { waitFor } from '../rig/wait-for.ts';

const secret = 'what another step left for itself';

/** The files of a session; a plain program has no stream of messages. */
const ours = [
  ...[
    'events.jsonl',
    'manifest.json',
    'outputs/process_001.md',
    'process_001.log',
    'process_001.prompt.md',
    'report.html',
  ],
  ...['results.json', 'session.log', 'summary.md'],
];

/** Runs a script in the place of Claude, with $S the session's directory and $P a file that is not for others. */
async function attacked(script: string) {
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const file = join(job.temporary, 'private');
  writeFileSync(file, secret);
  const set = `P=${file}; B=${job.temporary}/claude-ensemble; for S in $B/*/; do S=\${S%/}; done; cd ${job.temporary}`;
  const program = shellProgram(job.temporary, `${set}\n${script}\necho done`);
  const step = await job.run({ with: { prompt: 'x', 'claude-path': program } });
  const files = step.outputs['artifact-name']
    ? service.download(step.outputs['artifact-name'])
    : new Map<string, Buffer>();
  return { step, names: [...files.keys()].toSorted(), contents: [...files.values()].map(String) };
}

test('T5: what was made beside our files, by whatever name and kind, is not uploaded', async () => {
  const script = `
    echo plain >$S/extra.log; cp $P $S/process_002.log; cp $P $S/outputs/process_002.md; cp $P $S/.hidden
    mkdir $S/more; cp $P $S/more/session.log; ln -s $P $S/link.md; ln $P $S/hard.md; mkfifo $S/pipe; cp $P $B/outside`;
  const { step, names, contents } = await attacked(script);
  expect(step.outputs.conclusion).toBe('success');
  expect(names).toEqual(ours);
  expect(contents.filter((text) => text.includes(secret))).toEqual([]);
});

/** The log of the process may not be there yet when it runs. */
const logged = 'until [ -s $S/process_001.log ]; do sleep 0.01; done';

test.each([
  ['a symbolic link', 'rm $S/session.log && ln -s $P $S/session.log'],
  [
    'a link to the log that is being written',
    `${logged}; mv $S/process_001.log x; ln -s ../../x $S/process_001.log; cat $P >>x`,
  ],
  ['a hard link', `${logged}; rm $S/process_001.log && ln $P $S/process_001.log`],
  ['a copy', `${logged}; rm $S/process_001.log && cp $P $S/process_001.log`],
  ['a file that was renamed there', 'cp $P x && mv x $S/session.log; cp $P y && mv y $S/events.jsonl'],
  ['more text at its end', 'cat $P >>$S/session.log; cat $P >>$S/process_001.log; cat $P >>$S/events.jsonl'],
  ['another text in it', `${logged}; cat $P >$S/session.log; cat $P >$S/process_001.log`],
])('T5: what others have put into the place of a log is not uploaded, and that is said: %s', async (_, script) => {
  const { step, names, contents } = await attacked(script);
  expect(step.outputs.conclusion).toBe('success');
  expect(names.filter((name) => !ours.includes(name))).toEqual([]);
  expect(names.length).toBeLessThan(ours.length);
  expect(contents.filter((text) => text.includes(secret))).toEqual([]);
  expect(annotationsOf(step, 'warning')).toContainEqual(expect.stringMatching(/\.(?:log|jsonl)/));
});

test.each([
  [
    'a link in the place of what is written at the end',
    'for f in manifest.json results.json summary.md; do ln -sf $P $S/$f; done',
  ],
  [
    'a hard link there',
    'for f in results.json summary.md report.html; do ln $P $S/$f; done; ln -f $P $S/manifest.json',
  ],
  ['a copy there', 'for f in results.json summary.md report.html; do cp $P $S/$f; done'],
  ['a pipe and a directory there', 'mkfifo $S/results.json; mkdir $S/report.html; cp $P $S/report.html/x'],
  ['another directory of outputs', 'mv $S/outputs x; mkdir $S/outputs; cp $P $S/outputs/process_001.md'],
  [
    'a link in the place of the directory of outputs',
    'mv $S/outputs x; mkdir y; cp $P y/process_001.md; ln -s ../../y $S/outputs',
  ],
  [
    'another session directory',
    'mv $S x; mkdir $S $S/outputs; for f in x/*; do cp $P $S/; mv $S/private $S/$(basename $f); done',
  ],
  [
    'a link in the place of the session directory',
    'cp -r $S y; for f in y/*.*; do cp $P $f; done; mv $S x; ln -s ../y $S',
  ],
  ['a link in the place of the base', 'cp -r $B y; for f in y/*/*.*; do cp $P $f; done; mv $B x; ln -s y $B'],
  ['no right to read', 'chmod 000 $S/process_001.log; chmod 500 $S'],
])('T5: no other file is published by %s, and the session goes on', async (_, script) => {
  const { step, names, contents } = await attacked(script);
  expect(step.outputs).toMatchObject({ conclusion: 'success', 'succeeded-count': '1', output: 'done\n' });
  expect(names.filter((name) => !ours.includes(name))).toEqual([]);
  expect(contents.filter((text) => text.includes(secret))).toEqual([]);
});

test('T5: after the death of the step, post uploads the files of the session and none that was planted', async () => {
  await using service = await startArtifactService();
  await using rig = await startRig();
  await using job = await startJob({ env: { ...service.env, ...credentials } });
  const step = job.start({ with: { prompts: '[{"id":"a","prompt":"x"}]', 'claude-path': rig.executable } });
  await rig.nextChild();
  const base = join(job.temporary, 'claude-ensemble');
  const session = join(base, readdirSync(base).find((name) => !name.startsWith('.')) ?? '');
  await waitFor('the log to be noted', () => readFileSync(join(session, '.ledger'), 'utf8').includes(' a.log\n'));
  step.signal('SIGKILL');
  const dead = await step.done;
  const file = join(job.temporary, 'private');
  writeFileSync(file, secret);
  rmSync(join(session, 'manifest.json'));
  symlinkSync(file, join(session, 'manifest.json'));
  linkSync(file, join(session, 'results.json'));
  writeFileSync(join(session, 'b.log'), secret);
  renameSync(join(session, 'outputs'), join(job.temporary, 'moved'));
  mkdirSync(join(job.temporary, 'other'));
  writeFileSync(join(job.temporary, 'other/a.md'), secret);
  symlinkSync(join(job.temporary, 'other'), join(session, 'outputs'));
  await job.post(dead);
  const [artifact] = service.artifacts;
  const files = service.download(artifact?.name ?? '');
  expect([...files.keys()].toSorted()).toEqual([
    ...['a.log', 'a.prompt.md', 'events.jsonl', 'report.html', 'results.json', 'session.log', 'summary.md'],
  ]);
  expect([...files.values()].filter((bytes) => String(bytes).includes(secret))).toEqual([]);
});
