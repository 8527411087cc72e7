import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SharedContext } from '../../src/agents/claude/shared-context.ts';
import type { TrustDecision } from '../../src/model/plan.ts';
import { type MessagesApi, startMessagesApi } from '../../src/offline/messages-api.ts';
import type { ReceivedRequest } from '../../src/offline/received-request.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import { PrefixGate } from '../../src/scheduler/prefix-gate.ts';
import { runInSlot } from '../../src/scheduler/slot-run.ts';
import { connectTo } from '../rig/attempt.ts';
import { processSpec } from '../rig/results.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const claude = fileURLToPath(new URL('../../node_modules/.bin/claude', import.meta.url));
const executable = { path: claude, kind: 'claude', version: '2.1.330' } as const;
const context = [{ id: 'context', text: 'A line of the diff.\n'.repeat(1_000) }];
const shared = () => new SharedContext({ context, promptCaching: 'auto', executable, variables: {} });

interface Run {
  readonly id: string;
  readonly attempt?: number;
  readonly passed?: string;
  readonly prompt?: string;
}

/** Runs processes of one session at once, with the real CLI. */
async function runAll(model: MessagesApi, level: TrustDecision['level'], runs: readonly Run[]) {
  await using directory = await temporaryDirectory();
  const { connection, facts } = connectTo({
    executable: claude,
    context: {
      executable,
      context,
      shared: shared(),
      trust: { level, why: 'a test' },
      logDirectory: directory.join('logs'),
      // With a subscription the CLI's own marks would live for an hour, which the service refuses behind one of 5 minutes.
      offline: ({ id }) => ({ url: model.baseUrlFor(`${level}-${id}`), isSubscription: level === 'untrusted' }),
    },
  });
  const tools = { connection, gate: new PrefixGate(systemClock) };
  const attempt = ({ id, attempt: number = 1, passed, prompt = `offline: reply ${id}` }: Run) =>
    runInSlot(
      {
        process: processSpec(id, { prompt, workingDirectory: directory.path }),
        passed: { blocks: passed === undefined ? [] : [{ id: 'earlier', text: passed }], omitted: [] },
        attempt: number,
        onStarted: () => undefined,
        skipSignal: new AbortController().signal,
      },
      tools,
    );
  return { outcomes: await Promise.all(runs.map(attempt)), facts };
}

/** All that the model reads up to the end of the context, and its mark. */
function beginningOf({ blocks }: ReceivedRequest): string {
  const end = blocks.findIndex(({ json }) => json.includes('id=\\"context\\"'));
  expect(blocks[end]?.mark).toBe('5m');
  return blocks
    .slice(0, end + 1)
    .map(({ json }) => json)
    .join('\n');
}

const boundariesOf = ({ blocks }: ReceivedRequest): readonly string[] => [
  ...new Set(
    blocks.flatMap(({ json }) => [...json.matchAll(/<data-([\w-]+) id/g)].map(([, boundary = '']) => boundary)),
  ),
];

it('is sent byte for byte alike by siblings, retries and later stages, and paid for once', async () => {
  await using model = await startMessagesApi({ record: true });
  const runs = [
    { id: 'one' },
    { id: 'two', prompt: '/clear' },
    { id: 'two', attempt: 2 },
    { id: 'late', passed: 'OUTPUT' },
  ];
  const { outcomes } = await runAll(model, 'trusted', runs);
  await runAll(model, 'untrusted', [{ id: 'one' }, { id: 'late', passed: 'OUTPUT' }]);
  expect(outcomes.map((outcome) => outcome?.ending.status)).toEqual(outcomes.map(() => 'succeeded'));
  expect(model.requests.flatMap(({ blocks }) => blocks.flatMap(({ mark }) => mark ?? [])).includes('1h')).toBe(false);
  const [trusted, untrusted] = ['trusted', 'untrusted'].map((level) =>
    model.requests.filter(({ processId }) => processId.startsWith(`${level}-`)),
  );
  expect([trusted?.length, untrusted?.length]).toEqual([4, 2]);
  for (const requests of [trusted, untrusted]) expect(new Set(requests?.map(beginningOf)).size).toBe(1);
  // One boundary for the context of a session; every other block has its own.
  const boundaries = model.requests.map(boundariesOf);
  expect(new Set(boundaries.map(([first]) => first)).size).toBe(2);
  expect(new Set(boundaries.flatMap((all) => all.slice(1))).size).toBe(2);
  expect(model.requests.map(({ prompt }) => prompt)).toContain('\n/clear');
  const [leader, ...followers] = outcomes
    .map((outcome) => outcome?.usage)
    .toSorted((a, b) => (b?.cacheWriteTokens ?? 0) - (a?.cacheWriteTokens ?? 0));
  expect(leader?.cacheReadTokens).toBe(0);
  for (const usage of followers) {
    expect(usage?.cacheReadTokens).toBeGreaterThan(5_000);
    expect(usage?.cacheWriteTokens).toBeLessThan(3_000);
  }
});

it('is sent without a mark once the service has refused it', async () => {
  const refusal = {
    status: 400,
    type: 'invalid_request_error',
    message: 'cache_control: Extra inputs are not permitted',
  };
  await using model = await startMessagesApi({
    record: true,
    respond: ({ blocks }) =>
      blocks.some(({ mark, json }) => mark !== undefined && json.includes('A line of the diff'))
        ? { kind: 'error', error: refusal }
        : undefined,
  });
  const { outcomes, facts } = await runAll(model, 'trusted', [{ id: 'one' }, { id: 'two' }]);
  // The one that is up first is refused; the other is sent without a mark at once.
  const [refused, other] = outcomes.toSorted((one, two) => Number(two?.isAdapted ?? 0) - Number(one?.isAdapted ?? 0));
  expect([refused?.isAdapted, other?.isAdapted, other?.ending.status]).toEqual([true, undefined, 'succeeded']);
  expect(facts).toContainEqual(
    expect.objectContaining({ type: 'notice', message: expect.stringContaining('refuses marks') }),
  );
});

it('has a boundary that does not stand in it', () => {
  const drawn = ['one', 'two', 'three'];
  const draw = () => drawn.shift() ?? '';
  const block = new SharedContext({
    context: [{ id: 'context', text: 'one </data-two>' }],
    promptCaching: 'auto',
    executable,
    variables: {},
    draw,
  }).block;
  expect(block?.text).toContain('<data-three id="context">\none </data-two>\n</data-three>\n');
});

it('is no block of its own for another program, an older CLI, or where caching is off', () => {
  const block = (promptCaching: 'auto' | 'off', fields: object, variables = {}) =>
    new SharedContext({ context, promptCaching, executable: { ...executable, ...fields }, variables }).block;
  expect(block('auto', {})).toBeDefined();
  expect(block('auto', {}, { DISABLE_PROMPT_CACHING: '1' })).toBeUndefined();
  expect(block('off', {})).toBeUndefined();
  expect(block('auto', { version: '2.1.329' })).toBeUndefined();
  expect(block('auto', { kind: 'unknown' })).toBeUndefined();
});

it("has a mark that lives as long as the CLI's own", () => {
  const lifetime = (promptCaching: 'auto' | 'off', variables: object) => {
    const made = new SharedContext({ context, promptCaching, executable, variables: { ...variables } });
    return [made.block?.cache_control?.ttl ?? '5m', made.lifetime];
  };
  expect(lifetime('auto', {})).toEqual(['5m', '5m']);
  expect(lifetime('auto', { ENABLE_PROMPT_CACHING_1H: '1' })).toEqual(['1h', '1h']);
  expect(lifetime('auto', { ENABLE_PROMPT_CACHING_1H: '1', FORCE_PROMPT_CACHING_5M: '1' })).toEqual(['5m', '5m']);
  expect(lifetime('off', {})).toEqual(['5m', undefined]);
});
