import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outputTable } from '../../src/frontends/action/outputs.ts';
import { startArtifactService } from '../rig/artifact-service.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { type StepUser, stepUsers } from '../rig/ordinary-user.ts';
import { nodeProgram, shellProgram } from '../rig/plain-program.ts';
import { type Job, startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';
import { mountSmallDisk } from '../rig/small-disk.ts';

const quiet = { 'upload-logs': 'never' };

/** Where the runner of this job keeps the command files of its first step. A tool may look for them. */
function filesOf(job: Job): string {
  return `${job.temporary}/_runner_file_commands/0`;
}

/** Runs a script that knows where the command files are: $O, $E, $P, $S and $M are those paths. */
async function tampered(script: string, user: StepUser = 'current'): Promise<StepResult> {
  await using job = await startJob({ user });
  const files = filesOf(job);
  const names = `O=${files}/OUTPUT; E=${files}/ENV; P=${files}/PATH; S=${files}/STATE; M=${files}/STEP_SUMMARY; A=${files}/ARTIFACTS`;
  const path = shellProgram(job.temporary, `${names}; cd ${job.temporary}\n${script}\necho done; exit 1`);
  return await job.run({ with: { prompt: 'x', 'claude-path': path, ...quiet } });
}

/** The files hold what we wrote and nothing else. */
function expectOurs(step: StepResult): void {
  expect(Object.keys(step.outputs).toSorted()).toEqual(Object.keys(outputTable).toSorted());
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'failed-count': '1' });
  expect(step.otherFiles).toBe('');
  expect(Object.keys(step.state).filter((name) => name !== 'delivery')).toEqual([]);
  expect(step.summary).toMatch(/^### ❌ review: failure, 0 of 1 done/);
  expect(JSON.stringify(step)).not.toContain('EVIL');
}

const forge = 'for f in $O $E $P $S $M; do echo conclusion=EVIL >$f; done';

const attacks: readonly (readonly [string, string])[] = [
  [
    'adds to them',
    'echo conclusion=EVIL >>$O; echo x=EVIL >>$E; echo /EVIL >>$P; echo delivery=EVIL >>$S; echo EVIL >>$M; echo EVIL >>$A',
  ],
  ['leaves a value without an end', 'for f in $O $E $S; do printf "conclusion<<EOF\\nEVIL\\n" >>$f; done'],
  ['empties and rewrites them', 'for f in $O $E $P $S $M $A; do echo EVIL=EVIL >$f; done'],
  ['removes them', 'rm $O $E $P $S $M'],
  ['puts links in their place', 'echo EVIL=EVIL >x; for f in $O $E $P $S $M; do ln -sf ../../x $f; done'],
  ['puts links to one of them in their place', 'for f in $E $P $M; do ln -f $O $f; done'],
  ['puts directories in their place', 'for f in $O $E $P $S $M; do rm $f; mkdir $f; echo EVIL >$f/x; done'],
  ['puts pipes in their place', 'for f in $O $E $P $S $M; do rm $f; mkfifo $f; done'],
  ['puts devices in their place', 'for f in $O $E $P $S $M; do ln -sf /dev/zero $f; done'],
  ['takes the right to write them', 'echo x=EVIL >>$E; chmod 000 $O $E $P $S $M'],
  ['makes them endless', 'truncate -s 1T $O; truncate -s 1T $M; echo x=EVIL >>$E'],
  ['forges them and takes the right to write their directory', `${forge}; chmod 555 $(dirname $O)`],
  ['forges them and takes all rights on their directory', `${forge}; chmod 000 $(dirname $O)`],
  [
    'forges them and takes all rights on what is above',
    `${forge}; D=$(dirname $O); chmod 000 $D; chmod 000 $(dirname $D)`,
  ],
  ['makes one unreadable', `${forge}; chmod 000 $O`],
  ['removes their directory', 'rm -r $(dirname $O)'],
  ['puts a file in the place of their directory', 'D=$(dirname $O); rm -r $D; echo EVIL >$D'],
  ['puts a link in the place of their directory', `${forge}; D=$(dirname $O); mv $D x; ln -s ../x $D`],
  ['puts a link that leads nowhere there', 'D=$(dirname $O); rm -r $D; ln -s nowhere $D'],
  [
    'puts directories in their place that cannot be emptied',
    'for f in $O $E $P $S $M; do rm $f; mkdir $f; echo EVIL >$f/x; chmod 000 $f; done',
  ],
];

describe.each(stepUsers)('as the %s user', (user) => {
  test.each(attacks)('T7: when a tool %s, they hold exactly what we wrote, and it is said', async (_, script) => {
    const step = await tampered(script, user);
    expectOurs(step);
    expect(step.exitCode).toBe(1);
    expect(annotationsOf(step, 'warning')).toContainEqual(expect.stringMatching(/GITHUB_ENV.* holds what it should/));
  });
});

test('T7: what a tool keeps open and writes later, while we deliver, does not get in', async () => {
  const writer =
    '(exec 3>>$O 4>>$E 5>>$M; for i in $(seq 400); do echo x=EVIL >&3; echo x=EVIL >&4; echo EVIL >&5; sleep 0.01; done) &';
  const step = await tampered(`${writer} sleep 0.3`);
  expectOurs(step);
  expect(step.survivors).toEqual([]);
});

test('T7: while something writes to one without end, the step is red and says which, and the others hold what we wrote', async () => {
  await using job = await startJob();
  const file = `'${filesOf(job)}/ENV'`;
  const path = shellProgram(job.temporary, `until grep -q EVIL ${file}; do sleep 0.01; done; echo done`);
  const step = job.start({ with: { prompt: 'x', 'claude-path': path, ...quiet } });
  const writer = spawn('sh', ['-c', `while :; do echo x=EVIL >>${file}; done`]);
  const done = await step.done.finally(() => writer.kill('SIGKILL'));
  expect(done.exitCode).toBe(1);
  expect(done.outputs).toMatchObject({ conclusion: 'success', output: 'done\n' });
  expect(annotationsOf(done, 'error')).toContainEqual(expect.stringMatching(/GITHUB_ENV file during the session/));
});

test('T7: outputs that cannot be written make the step red, and it says why', async () => {
  await using job = await startJob();
  mkdirSync(dirname(filesOf(job)));
  using _ = mountSmallDisk(filesOf(job), { kibibytes: 8 });
  const path = shellProgram(job.temporary, "yes 'a line of many' | head -c 30000");
  const step = await job.run({ with: { prompt: 'x', 'claude-path': path, ...quiet } });
  expect(step.exitCode).toBe(1);
  expect(annotationsOf(step, 'error')).toEqual([
    expect.stringMatching(/GITHUB_OUTPUT file could not be written.*ENOSPC/),
  ]);
});

test('T7: a tool that only looks at them causes no warning', async () => {
  await using job = await startJob();
  const path = shellProgram(job.temporary, `ls ${filesOf(job)}/..; exit 1`);
  const step = await job.run({ with: { prompt: 'x', 'claude-path': path, ...quiet } });
  expect(readdirSync(filesOf(job)).toSorted()).toEqual(['ARTIFACTS', 'ENV', 'OUTPUT', 'PATH', 'STATE', 'STEP_SUMMARY']);
  expect(annotationsOf(step, 'warning')).toEqual([]);
});

/** Texts that end a value, or begin another one, where the delimiter can be guessed. */
const pieces = [
  ...[
    'EOF\n',
    'conclusion=failure\n',
    'conclusion<<EOF\nfailure\nEOF\n',
    'ghadelimiter_',
    'end_',
    '<<',
    '=',
    '\n\n',
    '\r\n',
  ],
  ...[
    '\r',
    '\t',
    ' ',
    '"',
    '\\',
    '%0A',
    '\u2028',
    'é',
    '😀',
    '\ufeff',
    '\u0085',
    '##[set-output name=x]y',
    '::set-output name=x::y\n',
  ],
];

test('T8: whatever a program says, every output is what it said, byte for byte, and no other output appears', async () => {
  await using job = await startJob();
  const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 5 })), {
    minLength: 1,
    maxLength: 40,
  });
  const property = fc.asyncProperty(text, async (parts) => {
    const said = `${parts.join('')}.`;
    const path = nodeProgram(job.temporary, `process.stdout.write(${JSON.stringify(said)})`);
    const step = await job.run({ with: { prompt: 'x', 'claude-path': path, ...quiet } });
    expect(Object.keys(step.outputs).toSorted()).toEqual(Object.keys(outputTable).toSorted());
    expect(step.outputs).toMatchObject({ conclusion: 'success', output: said });
    expect(JSON.parse(step.outputs.outputs ?? '')).toEqual({ process_001: said });
    expect(JSON.parse(step.outputs.results ?? '')).toMatchObject([{ output: said }]);
  });
  await fc.assert(property, { numRuns: 8 });
});

test('T8: a delimiter is never used twice, so none that was seen can be used', async () => {
  // Without a service there is nothing to hand to the end of the job.
  await using service = await startArtifactService();
  await using job = await startJob({ env: service.env });
  const path = shellProgram(job.temporary, `cat ${filesOf(job)}/STATE ${filesOf(job)}/OUTPUT; echo done`);
  const step = await job.run({ with: { prompt: 'x', 'claude-path': path } });
  const seen = /delivery<<(\S+)/.exec(step.outputs.output ?? '')?.[1] ?? 'none';
  expect(seen).toMatch(/[0-9a-f]{8}-/);
  const again = await job.run({
    with: { prompt: 'x', 'claude-path': shellProgram(job.temporary, `echo ${seen}; echo conclusion=EVIL`), ...quiet },
  });
  expect(again.outputs).toMatchObject({ conclusion: 'success', output: `${seen}\nconclusion=EVIL\n` });
});
