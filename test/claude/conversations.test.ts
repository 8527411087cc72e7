import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { expect, test } from 'vitest';
import { OrchestratorSession } from '../../src/index.ts';
import type { EnsembleEvent } from '../../src/model/event.ts';
import { type RunResult, runSession } from '../../src/session/run.ts';
import { validSettings } from '../rig/configure.ts';
import { shellProgram } from '../rig/plain-program.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

async function run(prompts: readonly object[], directory: string, more: Readonly<Record<string, string>> = {}) {
  const options = { prompts: JSON.stringify(prompts), retries: '0', 'fail-on': 'none', ...more };
  const { settings } = await validSettings(options, { workspace: directory, logDirectoryDefault: 'logs' });
  const events: EnsembleEvent[] = [];
  const result: RunResult = await runSession({
    settings,
    environment: process.env,
    sinks: [{ name: 'test', handle: (event) => void events.push(event) }],
    login: 'own',
    project: process.cwd(),
  });
  return { result, events };
}

test('five questions continue one exploration, each with an answer and a cost of its own', async () => {
  await using directory = await temporaryDirectory();
  const prompts = [
    { id: 'explore', prompt: 'offline: tool Read {"file_path":"/nowhere"} times 3\noffline: reply Explored.' },
    {
      id: 'ask',
      prompt: 'offline: reply Answer {{item}}.',
      'for-each': ['1', '2', '3', '4', '5'],
      'conversation-from': 'explore',
    },
    { id: 'bad', prompt: 'offline: error 400', 'continue-on-error': true },
    { id: 'after-bad', prompt: 'Go on.', 'conversation-from': 'bad', when: 'always' },
    // A schema is a tool, so the conversation is written to the cache again: by one of them.
    {
      ...{ id: 'typed', prompt: 'offline: delay 1s', repeat: 2, 'conversation-from': 'explore' },
      'json-schema': '{"type": "object"}',
    },
  ];
  const context = 'THE CONTEXT. '.repeat(2_000);
  const { result, events } = await run(prompts, directory.path, { offline: 'true', context, 'max-workers': '3' });
  if (result.kind !== 'finished') throw new Error(result.faults.join('\n'));
  const { results } = result.outcome;
  expect(results.map(({ output, reason }) => reason ?? output)).toEqual([
    'Explored.',
    ...['Answer 1.', 'Answer 2.', 'Answer 3.', 'Answer 4.', 'Answer 5.'],
    'invalid-request',
    'needs',
    ...['{}', '{}'],
  ]);
  const written = results.slice(-2).map(({ usage }) => usage?.cacheWriteTokens ?? 0);
  expect([Math.max(...written) > 5_000, Math.min(...written) < 500]).toEqual([true, true]);
  const [explored, ...answers] = results.slice(0, 6);
  expect(new Set([explored, ...answers].map((each) => each?.conversationId)).size).toBe(6);
  for (const { costUsd, usage } of answers) {
    expect(costUsd).toBeLessThan((explored?.costUsd ?? 0) / 5);
    // The context was read as part of the conversation, and was not sent again.
    expect(usage?.cacheReadTokens).toBeGreaterThan(context.length / 4);
    expect(usage?.cacheWriteTokens).toBeLessThan(500);
  }
  const received = events.flatMap((event) => (event.type === 'process-prompt' ? [event.received] : []));
  expect(received.join()).not.toContain('THE CONTEXT');
  // Nothing of the recording is among what is kept of the session.
  const kept = await Promise.all(result.outcome.files.map((file) => readFile(file, 'utf8')));
  expect(kept.join()).not.toContain('parentUuid');
});

test("the library's agent continues the conversation of a result, or of an id that it waits for", async () => {
  await using directory = await temporaryDirectory();
  const options = {
    workingDir: directory.path,
    offline: true,
    streamOutput: false,
    claudePath: 'node_modules/.bin/claude',
  };
  await using session = new OrchestratorSession('code', options);
  const exploring = session.agent('offline: reply Explored.', { id: 'explore' });
  const waiting = session.agent('offline: reply One.', { conversationFrom: 'explore' });
  const explored = await exploring;
  const [one, two] = await Promise.all([
    waiting,
    session.agent('offline: reply Two.', { conversationFrom: explored }),
    expect(session.agent('x', { conversationFrom: explored, model: 'opus' })).rejects.toThrow(
      'conversation-from: model must be as in "explore", whose conversation it continues.',
    ),
    expect(session.agent('x', { conversationFrom: 'nobody' })).rejects.toThrow(RangeError),
  ]);
  expect([one.output, two.output]).toEqual(['One.', 'Two.']);
  for (const { costUsd } of [one, two]) expect(costUsd).toBeLessThan((explored.costUsd ?? 0) / 5);
  const failed = await session.agent('offline: error 400', { id: 'bad' });
  const skipped = await session.agent('Go on.', { conversationFrom: failed });
  expect(skipped).toMatchObject({ status: 'skipped', reason: 'needs' });
  await session.finish();
  // A session that takes the result over has no conversation.
  await using again = new OrchestratorSession('code', { ...options, resumeFrom: session.logDir });
  const taken = await again.agent('offline: reply Explored.', { id: 'explore' });
  expect(taken.resumedFrom).toBe(session.sessionId);
  const third = await again.agent('offline: reply Three.', { conversationFrom: taken });
  expect(third).toMatchObject({ status: 'skipped', reason: 'needs', message: expect.stringContaining('is not kept') });
});

test('a session of calls that goes on from another takes over what continued a conversation there, whatever the ids are now', async () => {
  await using directory = await temporaryDirectory();
  const sessionOf = (resumeFrom?: string) =>
    new OrchestratorSession('code', {
      workingDir: directory.path,
      offline: true,
      streamOutput: false,
      claudePath: 'node_modules/.bin/claude',
      resumeFrom,
    });
  const ask = async (session: OrchestratorSession, about: string) => {
    const original = await session.agent(`offline: reply About ${about}.`);
    return [original, await session.agent('Go on.', { conversationFrom: original })];
  };
  await using first = sessionOf();
  const [[, one], [, other]] = [await ask(first, 'one'), await ask(first, 'other')];
  expect((await first.finish()).conclusion).toBe('success');
  // In another order, generated ids name other processes.
  await using again = sessionOf(first.logDir);
  const [[, otherAgain], [, oneAgain]] = [await ask(again, 'other'), await ask(again, 'one')];
  const taken = { status: 'succeeded', resumedFrom: first.sessionId, attempts: 0 };
  expect(otherAgain).toMatchObject({ ...taken, conversationId: other?.conversationId });
  expect(oneAgain).toMatchObject({ ...taken, conversationId: one?.conversationId });
  expect(await again.finish()).toMatchObject({ conclusion: 'success', totals: { costUsd: 0 } });
});

test('a plain program has no conversation, and is refused before anything starts', async () => {
  await using directory = await temporaryDirectory();
  const path = shellProgram(directory.path, 'cat');
  const prompts = [
    { id: 'explore', prompt: 'x' },
    { id: 'ask', prompt: 'x', 'conversation-from': 'explore' },
  ];
  const { result } = await run(prompts, directory.path, { 'claude-path': path });
  expect(result).toEqual({
    kind: 'refused',
    faults: ['conversation-from: a plain program has no conversation that could go on.'],
  });
});
