import { describe, expect, test } from 'vitest';
import { startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { frontends } from '../rig/frontend.ts';
import { monotonicMs } from '../rig/monotonic.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { initMessage, resultMessage } from '../rig/stream-messages.ts';

const dayMs = 86_400_000;

/** From the signal on, the wall clock of our process is off by this. */
function wallClockJumpingBy(offsetMs: number): Readonly<Record<string, string>> {
  const code = `const RealDate = Date;
let offset = 0;
process.on('SIGUSR2', () => { offset = ${offsetMs}; });
globalThis.Date = class extends RealDate {
  constructor(...given) { if (given.length === 0) super(RealDate.now() + offset); else super(...given); }
  static now() { return RealDate.now() + offset; }
};`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

// These tests wait for much of their time.
describe.concurrent.each(frontends)('$name', ({ name: frontend, start }) => {
  test.each([
    ['forward', dayMs],
    ['back', -dayMs],
  ])('R22: a wall clock that jumps a day %s changes no duration and no deadline', async (direction, offsetMs) => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: ['done', 'late'].map((id) => ({ id, prompt: 'x' })),
      options: { 'claude-path': rig.executable, 'max-workers': '1', timeout: '5' },
      env: wallClockJumpingBy(offsetMs),
    });
    const startedAt = monotonicMs();
    const first = await rig.nextChild();
    await first.printJson(initMessage());
    session.signal('SIGUSR2');
    await first.printJson(resultMessage('Done.'));
    await first.exit(0);
    const second = await rig.nextChild();
    await second.exitOn('SIGTERM', 143);
    const { results } = await session.done;
    const seconds = (monotonicMs() - startedAt) / 1000;

    expect(results).toMatchObject([{ status: 'succeeded' }, { status: 'timed-out', reason: 'timeout' }]);
    const [done, late] = results.map(({ duration }) => duration);
    expect(done).toBeGreaterThanOrEqual(0);
    expect(done).toBeLessThan(seconds);
    expect(late).toBeGreaterThanOrEqual(5);
    expect(late).toBeLessThan(6);
    // The jump was real: time stamps follow the wall clock.
    const stampedMs = Date.parse(results[1]?.endedAt ?? '') - Date.parse(results[0]?.startedAt ?? '');
    expect(Math.abs(stampedMs - offsetMs)).toBeLessThan(60_000);
    figure({ row: 'R22', frontend }, `a day ${direction}: a timeout of 5 s came after ${late?.toFixed(2)} s`);
  });

  test.each(['timeout', 'idle-timeout', 'total-timeout'])(
    'R22: %s of more than 24 days is refused, and of 24 days does not fire at once',
    async (option) => {
      await using rig = await startRig();
      await using job = await startJob({ env: credentials });
      const prompts = [{ id: 'one', prompt: 'x' }];
      const claude = { 'claude-path': rig.executable };
      // One millisecond more than a timer of Node can hold, and it would fire at once.
      for (const tooLong of ['2147483.648', '24d1ms', '25d']) {
        const refused = await start(job, { prompts, options: { ...claude, [option]: tooLong } }).done;
        expect(refused.exitCode).toBe(1);
        expect(refused.printed).toContain(`${option}: "${tooLong}" is more than 24 days. Did you mean "24d"?`);
      }
      expect(rig.started).toBe(0);

      const session = start(job, { prompts, options: { ...claude, [option]: '24d' } });
      const child = await rig.nextChild();
      await child.printJson(initMessage());
      await child.printJson(resultMessage('Done.'));
      await child.exit(0);
      expect((await session.done).results).toMatchObject([{ status: 'succeeded' }]);
      figure({ row: 'R22', frontend }, `${option}: 24d works, 24d1ms is refused`);
    },
  );
});
