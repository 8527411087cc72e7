import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/record/manifest.ts';
import { type ControlledChild, type Rig, startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { type FrontendSession, frontends } from '../rig/frontend.ts';
import { monotonicMs } from '../rig/monotonic.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { initMessage, resultMessage } from '../rig/stream-messages.ts';
import { waitFor, within } from '../rig/wait-for.ts';

const prompts = ['first', 'second', 'queued'].map((id) => ({ id, prompt: 'x' }));
const internalError = 'Internal error: a fault of our own';

/** Has our own process do something before it begins. */
function before(code: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

/** The clock throws once, when it is first asked from within this function of ours. */
function throwingClockIn(caller: string): Readonly<Record<string, string>> {
  return before(`let works = false;
const now = performance.now.bind(performance);
performance.now = () => {
  if (works || !new Error().stack.includes('${caller} (')) return now();
  works = true;
  throw new Error('a fault of our own');
};`);
}

/** Our own process throws, outside of every `try`, as soon as a signal asks for it. */
const throwing = before(`process.on('SIGUSR2', () => { throw new Error('a fault of our own'); });`);

/** The same, and the disk takes nothing more and never says so. */
const throwingWithLostDisk =
  before(`import disk from 'node:fs/promises'; import { syncBuiltinESMExports } from 'node:module';
process.on('SIGUSR2', () => {
  disk.rename = () => new Promise(() => undefined); syncBuiltinESMExports();
  throw new Error('a fault of our own');
});`);

/** From a signal on, what waits for the disk or for a moment waits for nothing that keeps Node. */
const forgottenWait = before(`import disk from 'node:fs/promises'; import { syncBuiltinESMExports } from 'node:module';
const wait = setTimeout;
process.on('SIGUSR2', () => {
  disk.rename = () => new Promise(() => undefined); syncBuiltinESMExports();
  globalThis.setTimeout = (...all) => wait(...all).unref();
});`);

/** A child that has started, with a member of its group and a tool in a session of its own; none of them obeys SIGTERM. */
async function stubbornFamily(rig: Rig): Promise<readonly ControlledChild[]> {
  const child = await rig.nextChild();
  await child.ignore('SIGTERM');
  const member = await child.spawnGrandchild({ ignoreTerm: true });
  const tool = await child.spawnGrandchild({ ignoreTerm: true, setsid: true });
  // It may be killed for what it says.
  await Promise.race([child.printJson(initMessage()).catch(() => undefined), child.closed]);
  return [child, member, tool];
}

/** Milliseconds from now to the end of them all. */
async function endOf(family: readonly ControlledChild[]): Promise<number> {
  const startedAt = monotonicMs();
  await within('the family to end', Promise.all(family.map(({ closed }) => closed)));
  return monotonicMs() - startedAt;
}

function manifestOf(session: FrontendSession): Manifest {
  return JSON.parse(readFileSync(session.file('manifest.json'), 'utf8')) as Manifest;
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R20: a fault of the engine kills every group, starts nothing more, marks the manifest, and ends with 1', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable, 'max-workers': '2' };
    const session = start(job, { prompts, options, env: throwingClockIn('resultOf') });
    const first = await rig.nextChild();
    await first.printJson(initMessage());
    const family = await stubbornFamily(rig);
    await first.printJson(resultMessage('Done.'));
    await first.exit(0);
    const killedMs = await endOf(family);
    expect(killedMs).toBeLessThan(2000);

    const { exitCode, results, returned, survivors } = await session.done;
    expect([exitCode, rig.started, survivors]).toEqual([1, 2, []]);
    // Of two that start at once, either may be the first to say so.
    const endings = [
      expect.objectContaining({ status: 'failed', reason: 'internal-error' }),
      expect.objectContaining({ status: 'cancelled', reason: 'cancelled' }),
      expect.objectContaining({ status: 'skipped', reason: 'session-cancelled' }),
    ];
    const manifest = manifestOf(session);
    for (const list of [results, returned, manifest.processes]) expect(list).toEqual(expect.arrayContaining(endings));
    expect(results.find(({ status }) => status === 'failed')?.message).toBe(internalError);
    expect(manifest).toMatchObject({ conclusion: 'failure', endedAt: expect.anything() });
    figure({ row: 'R20', frontend }, `every group killed after ${killedMs.toFixed(0)} ms, exit 1`);
  });

  test("R20: a fault while a child is listened to kills its group, and is that process's result", async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable, 'max-workers': '1', retries: '2' };
    const session = start(job, { prompts, options, env: throwingClockIn('#noteData') });
    await endOf(await stubbornFamily(rig));
    for (const _ of ['second', 'queued']) {
      const child = await rig.nextChild();
      await child.printJson(resultMessage('Done.'));
      await child.exit(0);
    }
    const { exitCode, results, survivors } = await session.done;
    expect([exitCode, rig.started, survivors]).toEqual([1, 3, []]);
    expect(results).toMatchObject([
      { status: 'failed', reason: 'internal-error', message: internalError },
      { status: 'succeeded' },
      { status: 'succeeded' },
    ]);
    expect(manifestOf(session)).toMatchObject({ conclusion: 'failure' });
  });

  test('R20: a fault before anything is started says so, starts nothing, and ends with 1', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable };
    const { exitCode, printed } = await start(job, { prompts, options, env: throwingClockIn('runSession') }).done;
    expect([exitCode, rig.started]).toEqual([1, 0]);
    expect(printed).toContain(internalError);
  });

  test('R20: an exception that nobody catches leaves no child, a manifest that parses, and exit status 1', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const options = { 'claude-path': rig.executable, 'max-workers': '1' };
    const session = start(job, { prompts, options, env: throwing });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    await waitFor('the manifest to say what runs', () => manifestOf(session).processes[0]?.attempts === 1);
    session.signal('SIGUSR2');
    await within('the child to end', child.closed);
    const { exitCode, printed } = await session.done;
    await waitFor('every child to end', () => session.processes().length === 0);
    expect([exitCode, rig.started]).toEqual([1, 1]);
    expect(printed).toContain('a fault of our own');
    expect(manifestOf(session).processes).toMatchObject([{ id: 'first', attempts: 1 }, {}, {}]);
  });
});

// What follows is the Action's alone: the library cannot know that the program that calls it is about to end.
describe('built Action', () => {
  test('R20: an exception that nobody catches kills the stubborn, marks the manifest, and sets the outputs', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const step = job.start({
      with: { prompt: 'x', 'claude-path': rig.executable, 'upload-logs': 'never' },
      env: throwing,
    });
    const family = await stubbornFamily(rig);
    step.signal('SIGUSR2');
    await endOf(family);
    const failed = await step.done;

    expect(failed).toMatchObject({ exitCode: 1, survivors: [] });
    expect(failed.outputs).toMatchObject({ conclusion: 'failure', verdict: internalError, 'cancelled-count': '1' });
    expect(failed.commands).toContainEqual(expect.objectContaining({ name: 'error', data: internalError }));
    const manifest = readFileSync(`${failed.outputs['session-dir']}/manifest.json`, 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ processes: [{ status: 'cancelled' }] });
  });

  test('R20: a fault after which the session cannot end still names the session, its directory and its trust', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const step = job.start({
      with: { prompt: 'x', 'claude-path': rig.executable, 'upload-logs': 'never' },
      env: throwingWithLostDisk,
    });
    const child = await rig.nextChild();
    step.signal('SIGUSR2');
    await within('the child to end', child.closed);
    const { exitCode, outputs } = await step.done;
    expect([exitCode, outputs.verdict, outputs.trust]).toEqual([1, internalError, 'trusted']);
    expect(outputs['session-dir']).toMatch(new RegExp(`/${outputs['session-id']}$`));
    expect(readFileSync(`${outputs['session-dir']}/manifest.json`, 'utf8')).toContain(outputs['session-id']);
  });

  test('R20: a session that waits for nothing any more ends as a fault with its outputs set, not in silence', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const step = job.start({
      with: { prompt: 'x', 'claude-path': rig.executable, 'upload-logs': 'never' },
      env: forgottenWait,
    });
    const child = await rig.nextChild();
    step.signal('SIGUSR2');
    await child.printJson(resultMessage('Done.'));
    await child.exit(0);
    const { exitCode, outputs, commands } = await step.done;
    const verdict = 'Internal error: nothing is left to wait for, and the end has not come.';
    expect([exitCode, outputs.conclusion, outputs.verdict]).toEqual([1, 'failure', verdict]);
    expect(outputs['session-dir']).toMatch(new RegExp(`/${outputs['session-id']}$`));
    expect(commands).toContainEqual(expect.objectContaining({ name: 'error', data: verdict }));
  });
});
