import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ControlledChild, type Rig, startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { frontends } from '../rig/frontend.ts';
import { monotonicMs } from '../rig/monotonic.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { initMessage } from '../rig/stream-messages.ts';
import { within } from '../rig/wait-for.ts';

const prompts = ['first', 'second', 'queued'].map((id) => ({ id, prompt: 'x' }));

/** From the interrupt on, the disk takes nothing more and never says so, as a lost network drive does. */
const lostDisk = `import disk from 'node:fs/promises'; import { syncBuiltinESMExports } from 'node:module';
process.once('SIGINT', () => { disk.rename = () => new Promise(() => undefined); syncBuiltinESMExports(); });`;

/** A child that has started, and with it another member of its group; neither obeys SIGTERM. */
async function stubbornGroup(rig: Rig): Promise<readonly ControlledChild[]> {
  const child = await rig.nextChild();
  await child.ignore('SIGTERM');
  const member = await child.spawnGrandchild({ ignoreTerm: true });
  await child.printJson(initMessage());
  return [child, member];
}

async function endOf({ closed }: ControlledChild): Promise<number> {
  await within('the child to end', closed);
  return monotonicMs();
}

/** When the last file of a session was written to, by the wall clock. */
function lastWriteMs(directory: string): number {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((name) => statSync(join(directory, name)).mtimeMs));
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'R1: %s reaches every group in 100 ms, kills the stubborn at 3 s, has all on disk by 5 s, and exits with %i by 7 s',
    // A child that waits for a core reports late a signal that came in time. Nothing else is tried again.
    { retry: { count: 2, condition: /to be less than 100$/ } },
    async (signal, exitCode) => {
      await using rig = await startRig();
      await using job = await startJob({ env: credentials });
      const session = start(job, { prompts, options: { 'claude-path': rig.executable, 'max-workers': '2' } });
      const members = [...(await stubbornGroup(rig)), ...(await stubbornGroup(rig))];

      const [signalledAt, wallClock] = [monotonicMs(), Date.now()];
      session.signal(signal);
      const asked = await Promise.all(members.map((member) => member.signalled('SIGTERM')));
      const killed = await Promise.all(members.map(endOf));
      const end = await session.done;

      const askedMs = Math.max(...asked) - signalledAt;
      expect(askedMs).toBeLessThan(100);
      // A timer of Node may fire within the millisecond before.
      expect(Math.min(...killed) - signalledAt).toBeGreaterThan(2990);
      const killedMs = Math.max(...killed) - signalledAt;
      expect(killedMs).toBeLessThan(4000);
      const onDiskMs = lastWriteMs(session.file('')) - wallClock;
      expect(onDiskMs).toBeLessThan(5000);
      expect(end).toMatchObject({ exitCode, signal: null, survivors: [] });
      expect(end.sinceSignal).toBeLessThan(7000);
      figure(
        { row: 'R1', frontend },
        `${signal}: SIGTERM after ${askedMs.toFixed(0)} ms, SIGKILL after ${(killedMs / 1000).toFixed(2)} s, ` +
          `on disk after ${(onDiskMs / 1000).toFixed(2)} s, exit after ${((end.sinceSignal ?? 0) / 1000).toFixed(2)} s`,
      );

      expect(rig.started).toBe(2);
      const endings = ['cancelled', 'cancelled', 'skipped'].map((status) => ({ status }));
      expect(end.results).toMatchObject(endings);
      expect(end.returned).toMatchObject(endings);
      const manifest = JSON.parse(readFileSync(session.file('manifest.json'), 'utf8'));
      expect(manifest).toMatchObject({ conclusion: 'cancelled', processes: endings });
      expect(readFileSync(session.file('session.log'), 'utf8')).toContain(manifest.verdict);
    },
  );

  test('R1: children that obey end a cancel at once', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, { prompts, options: { 'claude-path': rig.executable, 'max-workers': '1' } });
    const child = await rig.nextChild();
    await child.exitOn('SIGTERM', 143);
    session.signal('SIGINT');
    const end = await session.done;
    expect(end.sinceSignal).toBeLessThan(3000);
    expect(end.results.map(({ status }) => status)).toEqual(['cancelled', 'skipped', 'skipped']);
    expect(rig.started).toBe(1);
  });
});

// The library is cancelled by an `AbortSignal`, which fires once: a second signal is up to the calling program.
describe.each(frontends.filter(({ name }) => name === 'built Action'))('$name', ({ name: frontend, start }) => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'R1: a second signal after %s kills at once, and the exit status is still %i',
    async (signal, exitCode) => {
      await using rig = await startRig();
      await using job = await startJob({ env: credentials });
      const session = start(job, { prompts, options: { 'claude-path': rig.executable } });
      const members = await stubbornGroup(rig);
      session.signal(signal);
      await Promise.all(members.map((member) => member.signalled('SIGTERM')));
      const insistedAt = monotonicMs();
      session.signal('SIGTERM');
      const killedMs = Math.max(...(await Promise.all(members.map(endOf)))) - insistedAt;
      expect(killedMs).toBeLessThan(1000);
      const end = await session.done;
      expect(end).toMatchObject({ exitCode, survivors: [], outputs: { conclusion: 'cancelled' } });
      expect(end.sinceSignal).toBeLessThan(2900);
      figure({ row: 'R1', frontend }, `${signal} twice: SIGKILL ${killedMs.toFixed(0)} ms after the second`);
    },
  );

  test('R1: a session that cannot end, because its disk hangs, is left in time with the outputs set', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts,
      options: { 'claude-path': rig.executable, 'upload-logs': 'always' },
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(lostDisk)}` },
    });
    const child = await rig.nextChild();
    session.signal('SIGINT');
    await within('the child to end', child.closed);
    const end = await session.done;
    const { outputs } = end;
    expect(end).toMatchObject({ exitCode: 130, survivors: [] });
    expect(end.sinceSignal).toBeLessThan(7000);
    expect(outputs).toMatchObject({ conclusion: 'cancelled', trust: 'trusted' });
    expect(JSON.parse(outputs.results ?? '')).toMatchObject([{ status: 'cancelled' }, { status: 'cancelled' }, {}]);
    expect(readFileSync(session.file('manifest.json'), 'utf8')).toContain(outputs['session-id']);
    expect(end.state.delivery).not.toBe('');
    figure({ row: 'R1', frontend }, `the disk hangs: exit after ${((end.sinceSignal ?? 0) / 1000).toFixed(2)} s`);
  });
});
