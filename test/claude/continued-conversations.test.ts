import { appendFile, chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withoutEarlierCost } from '../../src/agents/claude/conversation-cost.ts';
import { failedToStart } from '../../src/agents/claude/outcome.ts';
import { Recordings } from '../../src/agents/claude/recordings.ts';
import type { AttemptOutcome } from '../../src/model/attempt.ts';
import type { ProcessSpec, TrustDecision } from '../../src/model/plan.ts';
import { startMessagesApi } from '../../src/offline/messages-api.ts';
import type { ReceivedRequest } from '../../src/offline/received-request.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import { PrefixGate } from '../../src/scheduler/prefix-gate.ts';
import { runInSlot } from '../../src/scheduler/slot-run.ts';
import { connectTo } from '../rig/attempt.ts';
import { processSpec } from '../rig/results.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const path = fileURLToPath(new URL('../../node_modules/.bin/claude', import.meta.url));
const executable = { path, kind: 'claude', version: '2.1.330' } as const;

/** A session with the real CLI, whose processes may continue each other's conversations. */
async function start(level: TrustDecision['level'], ownDirectory?: string) {
  const model = await startMessagesApi({ record: true });
  const directory = await temporaryDirectory();
  const [base, work] = [directory.join('base'), directory.join('work')];
  for (const made of [base, work]) await mkdir(made);
  await chmod(base, 0o700);
  await writeFile(`${work}/part.txt`, 'WHAT WAS READ\n'.repeat(2_000));
  const { connection } = connectTo({
    executable: path,
    context: {
      executable,
      temporaryBase: base,
      recordings: new Recordings(base),
      trust: { level, why: 'a test' },
      ownConfiguration: ownDirectory !== undefined,
      environment: {
        environment: { ...process.env, ...(ownDirectory !== undefined && { CLAUDE_CONFIG_DIR: ownDirectory }) },
        credentials: {},
        passEnv: [],
      },
      offline: ({ id }) => ({ url: model.baseUrlFor(id), isSubscription: false }),
    },
  });
  const run = async (id: string, fields: Partial<ProcessSpec>, ceilingUsd?: number): Promise<AttemptOutcome> => {
    const outcome = await runInSlot(
      {
        process: processSpec(id, { workingDirectory: work, ...fields }),
        passed: { blocks: [], omitted: [] },
        attempt: 1,
        onStarted: () => undefined,
        skipSignal: new AbortController().signal,
        ...(ceilingUsd !== undefined && { ceilingUsd }),
      },
      { connection, gate: new PrefixGate(systemClock) },
    );
    if (outcome === undefined) throw new Error('skipped');
    return outcome;
  };
  return {
    base,
    model,
    run,
    explore: () =>
      run('explore', {
        isContinued: true,
        prompt: `offline: tool Read ${JSON.stringify({ file_path: `${work}/part.txt` })}\noffline: reply Explored.`,
      }),
    async [Symbol.asyncDispose]() {
      await model[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

const textsOf = ({ blocks }: ReceivedRequest): readonly string[] => blocks.map(({ json }) => json);

describe.each(['trusted', 'untrusted'] as const)('in a session that is %s, a conversation', (level) => {
  it('is continued by several as a copy each, and by what continues one of them', async () => {
    await using session = await start(level);
    const { base, model, run } = session;
    const explored = await session.explore();
    const from = { conversationFrom: 'explore' };
    const [one, two] = await Promise.all([
      run('one', { ...from, isContinued: true, prompt: 'offline: reply ANSWER ONE.' }, 0.05),
      run('two', { ...from, prompt: 'offline: reply ANSWER TWO.' }),
    ]);
    const deep = await run('deep', { conversationFrom: 'one', prompt: 'offline: reply Deeper.' });
    const all = [explored, one, two, deep];
    expect(all.map(({ output }) => output)).toEqual(['Explored.', 'ANSWER ONE.', 'ANSWER TWO.', 'Deeper.']);
    expect(new Set(all.map(({ conversationId }) => conversationId)).size).toBe(4);

    const last = (id: string): ReceivedRequest =>
      model.requests.findLast(({ processId }) => processId === id) as ReceivedRequest;
    const begins = (id: string, original: string): void =>
      expect(textsOf(last(id)).slice(0, textsOf(last(original)).length)).toEqual(textsOf(last(original)));
    begins('one', 'explore');
    begins('two', 'explore');
    begins('deep', 'one');
    expect(textsOf(last('two')).join()).toContain('WHAT WAS READ');
    expect(textsOf(last('two')).join()).not.toContain('ONE');

    // What was paid for once is read from the cache, and the cost of the original is not counted again.
    for (const { usage, usageByModel, costUsd } of [one, two, deep]) {
      expect(Object.values(usageByModel ?? {})).toEqual([usage]);
      expect(usage?.cacheWriteTokens).toBeLessThan(1_000);
      expect(costUsd).toBeLessThan((explored.costUsd ?? 0) / 5);
    }

    await expect.poll(() => readdir(base)).toEqual(['recordings']);
    expect((await stat(`${base}/recordings`)).mode & 0o777).toBe(0o700);
    expect(await readdir(`${base}/recordings`)).toHaveLength(2);
  });
});

it('that goes on has a ceiling of its own, which what the original had cost does not raise', async () => {
  await using session = await start('trusted');
  const tool = 'offline: tool Read {"file_path":"/nowhere"} times';
  const original = await session.run('explore', {
    isContinued: true,
    prompt: `offline: usage 50000 100\n${tool} 3\noffline: reply Explored.`,
  });
  const prompt = `offline: usage 50000 100\n${tool} 9`;
  const asked = await session.run('ask', { conversationFrom: 'explore', prompt }, 0.3);
  expect(original.costUsd).toBeCloseTo(0.808);
  expect([asked.ending.reason, asked.costUsd]).toEqual(['budget', 0.404]);
});

it('names the model that continued it, not the one that did most of the original', () => {
  const tokens = (outputTokens: number) => ({ inputTokens: 1, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 });
  const outcome = { ...failedToStart('claude-error', ''), model: 'sonnet', costUsd: 0.3 };
  const usageByModel = { sonnet: tokens(5_000), opus: tokens(10) };
  const earlier = { costUsd: 0.2, usageByModel: { sonnet: tokens(5_000) } };
  expect(withoutEarlierCost({ ...outcome, usageByModel }, earlier)).toMatchObject({ model: 'opus', costUsd: 0.1 });
});

describe('the recording of a conversation', () => {
  it('that was changed, or that was not made, continues in none', async () => {
    await using session = await start('trusted');
    await session.explore();
    for (const name of await readdir(`${session.base}/recordings`))
      await appendFile(`${session.base}/recordings/${name}`, '{"type":"user"}\n');
    const changed = await session.run('one', { conversationFrom: 'explore', prompt: 'Go on.' });
    expect(changed).toMatchObject({ ending: { status: 'failed', reason: 'internal-error' } });
    expect(changed.message).toContain('the conversation of "explore" was changed by others');
    const missing = await session.run('two', { conversationFrom: 'nobody', prompt: 'Go on.' });
    expect(missing.message).toContain('the conversation of "nobody" is lost');
    expect(session.model.requests.map(({ processId }) => processId)).toEqual(['explore', 'explore']);
  });

  it("is taken out of the user's own directory, where their login is used", async () => {
    await using own = await temporaryDirectory();
    await using session = await start('trusted', own.path);
    await session.explore();
    const answer = await session.run('one', { conversationFrom: 'explore', prompt: 'offline: reply Here.' });
    expect(answer.output).toBe('Here.');
    const files = await readdir(own.path, { recursive: true });
    expect(files.filter((name) => name.endsWith('.jsonl'))).toEqual([]);
    expect(files).toContain('.claude.json');
    // Until then it is out of reach of the others, like all conversations there.
    const file = own.join('projects/other/mine.jsonl');
    await mkdir(own.join('projects/other'), { recursive: true });
    await writeFile(file, 'WHAT WAS SAID');
    const prompt = `offline: tool Read ${JSON.stringify({ file_path: file })}`;
    const { claude } = processSpec('spy');
    await session.run('spy', { prompt, claude: { ...claude, allowedTools: ['Read'] } });
    expect(session.model.requests.flatMap(textsOf).join()).not.toContain('WHAT WAS SAID');
  });
});
