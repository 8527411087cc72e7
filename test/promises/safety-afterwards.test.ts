import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ArtifactService, startArtifactService } from '../rig/artifact-service.ts';
import { startRig } from '../rig/controlled-child.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { type StepUser, stepUsers } from '../rig/ordinary-user.ts';
import { shellProgram } from '../rig/plain-program.ts';
import { credentials, type Job, startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';
import { waitFor } from '../rig/wait-for.ts';

const secret = 'what another step left for itself';

function sessionIn(job: Job): string {
  const base = join(job.temporary, 'claude-ensemble');
  return join(base, readdirSync(base).find((name) => !name.startsWith('.')) ?? 'none');
}

function uploaded(service: ArtifactService): Readonly<Record<string, string>> {
  const files = service.artifacts.flatMap(({ name }) => [...service.download(name)]);
  return Object.fromEntries(files.map(([name, bytes]) => [name, String(bytes)]));
}

/** A step that was killed while its one child ran and had said something. */
async function killedStep(user: StepUser) {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(await startArtifactService());
  const rig = stack.use(await startRig());
  const job = stack.use(await startJob({ env: { ...service.env, ...credentials }, user }));
  // The rig's own directory is not for every user.
  const executable = join(job.temporary, 'claude');
  copyFileSync(rig.executable, executable);
  const step = job.start({ with: { prompts: '[{"id":"a","prompt":"x"}]', 'claude-path': executable } });
  const child = await rig.nextChild();
  await child.printError('a word\n');
  const session = sessionIn(job);
  const textOf = (name: string): string => readFileSync(join(session, name), 'utf8');
  await waitFor('the word to be noted', () => {
    const log = textOf('a.log');
    return log.includes('a word\n') && textOf('.ledger').includes(` ${Buffer.byteLength(log)} `);
  });
  step.signal('SIGKILL');
  const dead = await step.done;
  const owned = stack.move();
  return { service, job, session, dead, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function expectNothingForeign(service: ArtifactService, post: StepResult): void {
  expect(post.exitCode).toBe(0);
  expect(JSON.stringify(uploaded(service))).not.toContain(secret);
}

describe.each(stepUsers)('as the %s user', (user) => {
  test('T19: of a step that was killed, post uploads what the step wrote and not a byte of others', async () => {
    await using killed = await killedStep(user);
    const { service, job, session, dead } = killed;
    for (const name of ['a.log', 'session.log', 'b.log', 'results.json', 'events.jsonl'])
      writeFileSync(join(session, name), secret, { flag: 'a' });
    writeFileSync(join(session, 'manifest.json'), secret);
    const post = await job.post(dead);
    expectNothingForeign(service, post);
    const files = uploaded(service);
    expect(Object.keys(files).toSorted()).toEqual([
      ...['a.log', 'a.prompt.md', 'events.jsonl', 'report.html', 'results.json', 'session.log', 'summary.md'],
    ]);
    expect(files['a.log']).toContain('a word\n');
    expect(files['results.json']).toContain('Recovered, not verified');
    expect(annotationsOf(post, 'warning')).toEqual([expect.stringContaining('manifest.json')]);
  });

  test.each<[string, (killed: Awaited<ReturnType<typeof killedStep>>) => Readonly<Record<string, string>>, string]>([
    ['names a directory', ({ session }) => ({ delivery: session }), 'was changed'],
    ['names a place beside the session', () => ({ delivery: '../private' }), 'was changed'],
    ['is not even text of ours', () => ({ delivery: '{"directory":"/etc","owner":{}}' }), 'was changed'],
    ['names another session', () => ({ delivery: '20261122-102030-456-0123abcd' }), 'can be proven'],
    ['names another ledger', ({ dead }) => ({ ...dead.state, ledger: '0'.repeat(64) }), 'can be proven'],
  ])('T19: post uploads nothing, and says so, when the state %s', async (_, forge, told) => {
    await using killed = await killedStep(user);
    const { service, job, dead } = killed;
    const post = await job.post({ ...dead, state: forge(killed) });
    expectNothingForeign(service, post);
    expect(service.artifacts).toEqual([]);
    expect(annotationsOf(post, 'warning')).toEqual([expect.stringContaining(told)]);
  });

  test('T19: post uploads nothing, and says so, when nothing can be proven to be ours', async () => {
    await using killed = await killedStep(user);
    const { service, job, session, dead } = killed;
    writeFileSync(join(session, '.ledger'), `${'0'.repeat(64)} 5 ${'0'.repeat(64)} a.log\n`);
    const post = await job.post(dead);
    expect(service.artifacts).toEqual([]);
    expect(annotationsOf(post, 'warning')).toEqual([expect.stringContaining('can be proven')]);
  });

  test('T19: what the step said is not uploaded, post does not upload either, after a cancel', async () => {
    await using service = await startArtifactService();
    await using job = await startJob({ env: service.env, user });
    const script = `for S in ${job.temporary}/claude-ensemble/*/; do S=\${S%/}; done; echo '${secret}' >>$S/session.log; touch ready; exec sleep 60`;
    const program = shellProgram(job.temporary, script);
    const step = job.start({ with: { prompt: 'x', 'claude-path': program } });
    await waitFor('the attack', () => existsSync(join(job.workspace, 'ready')), { deadlineMs: 60_000 });
    const cancelled = await step.cancel();
    expect(annotationsOf(cancelled, 'warning')).toContainEqual(
      expect.stringMatching(/session\.log.* None of these is uploaded/),
    );
    const early = readFileSync(join(sessionIn(job), '.ledger'), 'utf8');
    const post = await job.post(cancelled);
    expectNothingForeign(service, post);
    expect(Object.keys(uploaded(service))).toEqual(
      expect.arrayContaining(['process_001.log', 'results.json', 'report.html']),
    );
    expect(Object.keys(uploaded(service))).not.toContain('session.log');
    // Not even when the ledger is put back to what it was before.
    writeFileSync(join(sessionIn(job), '.ledger'), early.split('\n').slice(0, 3).join('\n'));
    await job.post(cancelled);
    expect(service.artifacts).toHaveLength(1);
  });

  test('T19: a log whose bytes a tool overwrote in place, without changing its size, is not uploaded, and that is said', async () => {
    await using service = await startArtifactService();
    await using job = await startJob({ env: service.env, user });
    const script = `for S in ${job.temporary}/claude-ensemble/*/; do S=\${S%/}; done; printf EVIL | dd of=$S/session.log conv=notrunc status=none; echo done`;
    const step = await job.run({ with: { prompt: 'x', 'claude-path': shellProgram(job.temporary, script) } });
    expect(step.outputs).toMatchObject({ conclusion: 'success', output: 'done\n' });
    expect(uploaded(service)).not.toHaveProperty('session.log');
    expect(uploaded(service)).toHaveProperty('process_001.log');
    expect(annotationsOf(step, 'warning')).toEqual([expect.stringMatching(/^Not uploaded.*session\.log/)]);
  });
});
