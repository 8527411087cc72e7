import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outputTable } from '../../src/action/outputs.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { nodeProgram, shellProgram } from '../rig/plain-program.ts';
import { type Job, startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';

const quiet = { 'upload-logs': 'never' };

/** Where the runner of this job keeps the command files of its first step. A tool may look for them. */
function filesOf(job: Job): string {
  return `${job.temporary}/_runner_file_commands/0`;
}

/** Runs a script that knows where the command files are: $O, $E, $P, $S and $M are those paths. */
async function tampered(script: string): Promise<StepResult> {
  await using job = await startJob();
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
  expect(step.summary).toMatch(/^### ❌ Claude Ensemble: failure\n/);
  expect(JSON.stringify(step)).not.toContain('EVIL');
}

test.each([
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
])('T7: when a tool %s, they hold exactly what we wrote, and it is said', async (_, script) => {
  const step = await tampered(script);
  expectOurs(step);
  expect(step.exitCode).toBe(1);
  expect(annotationsOf(step, 'warning')).toContainEqual(expect.stringContaining('GITHUB_ENV'));
});

test('T7: what a tool keeps open and writes later, while we deliver, does not get in', async () => {
  const writer =
    '(exec 3>>$O 4>>$E 5>>$M; for i in $(seq 400); do echo x=EVIL >&3; echo x=EVIL >&4; echo EVIL >&5; sleep 0.01; done) &';
  const step = await tampered(`${writer} sleep 0.3`);
  expectOurs(step);
  expect(step.survivors).toEqual([]);
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
  await using job = await startJob();
  const path = shellProgram(job.temporary, `cat ${filesOf(job)}/STATE ${filesOf(job)}/OUTPUT; echo done`);
  const step = await job.run({ with: { prompt: 'x', 'claude-path': path } });
  const seen = /delivery<<(\S+)/.exec(step.outputs.output ?? '')?.[1] ?? 'none';
  expect(seen).toMatch(/[0-9a-f]{8}-/);
  const again = await job.run({
    with: { prompt: 'x', 'claude-path': shellProgram(job.temporary, `echo ${seen}; echo conclusion=EVIL`), ...quiet },
  });
  expect(again.outputs).toMatchObject({ conclusion: 'success', output: `${seen}\nconclusion=EVIL\n` });
});
