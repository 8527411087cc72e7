import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { frontends } from '../rig/frontend.ts';
import { monotonicMs } from '../rig/monotonic.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { assistantText, initMessage, resultMessage } from '../rig/stream-messages.ts';

const mebibyte = 1024 * 1024;
const [head = '', tail = ''] = JSON.stringify(assistantText('SPLIT')).split('{"type":"text","text":"SPLIT"}');
const message = (content: string): string => `${head}${content}${tail}\n`;

/** A message of a million blocks, one of blocks with a text, and one with a tool's input of 20,000 levels. */
const wide = message(`${'{},'.repeat(999_999)}{}`);
const words = message(`${'{"type":"text","text":"x"},'.repeat(150_000)}{}`);
const block = '{"type":"text","text":"x"},';
const longest = message(`${block.repeat((4 * mebibyte - 1000) / block.length)}{}`);
const secret = `{"type":"text","text":"${credentials.ANTHROPIC_API_KEY}"},`;
const secrets = message(`${secret.repeat((4 * mebibyte - 1000) / secret.length)}{}`);
const input = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
const deep = message(`{"type":"tool_use","id":"t","name":"Bash","input":${input}}`);
const denied = `${JSON.stringify(resultMessage('Done.', { permission_denials: ['SPLIT'] })).replace('"SPLIT"', `${'{"tool_name":"Bash"},'.repeat(190_000)}{}`)}\n`;

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R31: messages a million blocks wide or 20,000 levels deep cost at most 250 MiB, and no log or console goes silent', {
    timeout: 240_000,
  }, async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const prompts = ['hostile', 'other'].map((id) => ({ id, prompt: 'x' }));
    const session = start(job, { prompts, options: { 'claude-path': rig.executable, 'max-workers': '1' } });
    const child = await rig.nextChild();
    await child.printJson(initMessage());
    for (const line of [wide, words, deep]) await child.print(line);
    await child.printJson(assistantText('Words behind it.'));
    await child.print(denied);
    await child.exit(0);
    const other = await rig.nextChild();
    for (const said of [initMessage(), assistantText('Other words.'), resultMessage('Other words.')])
      await other.printJson(said);
    await other.exit(0);
    const { results, peakMemoryMiB, printed } = await session.done;
    expect(results).toMatchObject([
      { status: 'succeeded', output: 'Words behind it.', permissionDenials: { length: 1000 } },
      { status: 'succeeded', output: 'Other words.' },
    ]);
    const log = (name: string): string => readFileSync(session.file(name), 'utf8');
    expect(log('hostile.jsonl')).toContain(input);
    expect(log('hostile.log')).toContain('Words behind it.');
    expect(log('hostile.log')).toContain('a message was read in part only');
    expect(log('other.log')).toContain('Other words.');
    expect(log('session.log')).toContain('Other words.');
    expect(log('session.log')).not.toContain('was left out from then on');
    if (frontend === 'built Action') expect(printed).toContain('other: succeeded');
    expect(peakMemoryMiB).toBeLessThanOrEqual(250);
    const mebibytes = [wide, words, deep, denied].reduce((sum, { length }) => sum + length, 0) / mebibyte;
    figure({ row: 'R31', frontend }, `${mebibytes.toFixed(0)} MiB of such messages: ${peakMemoryMiB.toFixed(0)} MiB`);
  });

  test.each([
    ['a million blocks wide', wide],
    ['just below the longest line that is read', longest],
    ['that are as long, and full of secrets,', secrets],
  ])(
    'R31: a cancel is obeyed within 100 ms while messages %s are read',
    {
      // On a busy machine a signal is reported late. Nothing else is tried again.
      timeout: 120_000,
      retry: { count: 4, condition: /to be less than 100$/ },
    },
    async (name, line) => {
      await using rig = await startRig();
      await using job = await startJob({ env: credentials });
      const prompts = [{ id: 'hostile', prompt: 'x' }];
      const session = start(job, { prompts, options: { 'claude-path': rig.executable } });
      const child = await rig.nextChild();
      await child.ignore('SIGTERM');
      await child.printJson(initMessage());
      await child.print(line);
      const printing = child.print(line.repeat(4)).catch(() => undefined);
      const signalledAt = monotonicMs();
      session.signal('SIGINT');
      const askedMs = (await child.signalled('SIGTERM')) - signalledAt;
      await Promise.all([printing, session.done]);
      expect(askedMs).toBeLessThan(100);
      figure({ row: 'R31', frontend }, `${name}: SIGTERM ${askedMs.toFixed(0)} ms after the cancel`);
    },
  );
});
