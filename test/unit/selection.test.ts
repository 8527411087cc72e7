import { expect, test } from 'vitest';
import type { Success } from '../../src/record/resumable-events.ts';
import { selectSuccesses } from '../../src/session/selection.ts';
import { validSettings } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const schema = { 'json-schema': '{"type":"object"}' };
const success = (processId: string): Success => ({
  ...{ processId, status: 'succeeded', output: 'x', stderr: '', permissionDenials: [] },
});

/** What is taken over of an exploration that others continue, when these processes have succeeded. */
async function taken(prompts: readonly object[], succeeded: readonly string[], failed: readonly string[] = []) {
  await using directory = await temporaryDirectory();
  const { settings } = await validSettings({ prompts: JSON.stringify(prompts) }, { workspace: directory.path });
  const fingerprints = new Map([...succeeded, ...failed].map((id) => [id, { prompt: 'a'.repeat(64) }]));
  const { successes, notices } = selectSuccesses({
    earlier: { sessionId: 's', successes: new Map(succeeded.map((id) => [id, success(id)])), fingerprints },
    plan: settings.plan,
    fingerprints,
  });
  return { ids: [...successes.keys()], notices };
}

const questions = [
  { id: 'explore', prompt: 'x' },
  { id: 'one', prompt: 'x', 'conversation-from': 'explore' },
  { id: 'two', prompt: 'x', 'conversation-from': 'explore' },
  { id: 'deep', prompt: 'x', 'conversation-from': 'one' },
  { id: 'apart', prompt: 'x' },
];

test('an exploration that nothing continues any more stands', async () => {
  const { ids } = await taken(questions.slice(0, 4), ['explore', 'one', 'two', 'deep'], ['apart']);
  expect(ids).toEqual(['explore', 'one', 'two', 'deep']);
});

test('an exploration that has to be continued runs again, and so does all that continues it', async () => {
  const { ids, notices } = await taken(questions, ['explore', 'one', 'deep', 'apart'], ['two']);
  expect(ids).toEqual(['apart']);
  expect(notices).toEqual([
    'resume-from: "explore" runs again: "two" runs, and continues its conversation.',
    'resume-from: "one", "deep" run again: "explore" runs, and its conversation is continued.',
  ]);
});

test('what continues a continuation has all conversations before it had again', async () => {
  const { ids } = await taken(questions, ['explore', 'one', 'two', 'apart'], ['deep']);
  expect(ids).toEqual(['apart']);
});

test('items that are found at run time need the conversation only if one of them has not succeeded', async () => {
  const list = [
    { id: 'explore', prompt: 'x' },
    { id: 'scan', prompt: 'x', ...schema },
    { id: 'ask', prompt: 'x', 'for-each': { from: 'scan', path: 'k' }, 'conversation-from': 'explore' },
  ];
  expect((await taken(list, ['explore', 'scan', 'ask-1', 'ask-2'])).ids).toEqual(['explore', 'scan']);
  expect((await taken(list, ['explore', 'scan', 'ask-1'], ['ask-2'])).ids).toEqual(['scan']);
  expect((await taken(list, ['explore'], ['scan'])).ids).toEqual([]);
});
