import { expect, test } from 'vitest';
import type { Success } from '../../src/record/resumable-events.ts';
import { selectSuccesses } from '../../src/session/selection.ts';
import { validSettings } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const schema = { 'json-schema': '{"type":"object"}' };
const success = (processId: string): Success => ({
  ...{
    processId,
    status: 'succeeded',
    output: 'x',
    stderr: '',
    permissionDenials: [],
    structuredOutput: { grave: 'no' },
  },
});

/** How the processes of an earlier session ended, by their ids. */
interface Earlier {
  readonly succeeded: readonly string[];
  readonly failed?: readonly string[];
  /** Left out by a condition. */
  readonly skippedByCondition?: readonly string[];
  /** Entries whose lists were found. */
  readonly expanded?: readonly string[];
  /** Nodes that are made otherwise now. */
  readonly changed?: readonly string[];
}

/** What is taken over when these processes have succeeded. */
const taken = (prompts: readonly object[], succeeded: readonly string[], failed: readonly string[] = []) =>
  takenFrom({ succeeded, failed, expanded: ['ask'] }, prompts);

async function takenFrom(earlier: Earlier, prompts: readonly object[]) {
  const { succeeded, failed = [], skippedByCondition = [], expanded = [], changed = [] } = earlier;
  await using directory = await temporaryDirectory();
  const { settings } = await validSettings({ prompts: JSON.stringify(prompts) }, { workspace: directory.path });
  const fingerprints = new Map(
    [...succeeded, ...failed, ...skippedByCondition, ...expanded.map((id) => `${id}*`)].map((id) => [
      id,
      { prompt: 'a'.repeat(64) },
    ]),
  );
  const { successes, notices, anew } = selectSuccesses({
    earlier: {
      ...{ sessionId: 's', skippedByCondition: new Set(skippedByCondition), expanded: new Set(expanded), fingerprints },
      successes: new Map(succeeded.map((id) => [id, success(id)])),
    },
    plan: settings.plan,
    fingerprints: new Map(
      [...fingerprints.keys(), ...settings.plan.graph.nodes.map(({ id }) => id)].map((id) => [
        id,
        { prompt: (changed.includes(id) ? 'b' : 'a').repeat(64) },
      ]),
    ),
  });
  return { ids: [...successes.keys()], notices, anew: [...anew] };
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
  const { ids, notices } = await taken(questions, ['explore', 'one', 'two', 'apart'], ['deep']);
  expect(ids).toEqual(['apart']);
  expect(notices.slice(0, 2)).toEqual([
    'resume-from: "explore" runs again: "one" runs, and continues its conversation.',
    'resume-from: "one" runs again: "deep" runs, and continues its conversation.',
  ]);
});

test('items that are found at run time need the conversation only if one of them has not succeeded', async () => {
  const list = [
    { id: 'explore', prompt: 'x' },
    { id: 'scan', prompt: 'x', ...schema },
    { id: 'ask', prompt: 'x', 'for-each': { from: 'scan', path: 'k' }, 'conversation-from': 'explore' },
  ];
  expect((await taken(list, ['explore', 'scan', 'ask-1', 'ask-2'])).ids).toEqual(['explore', 'scan']);
  expect((await taken(list, ['explore', 'scan', 'ask-1'], ['ask-2'])).ids).toEqual(['scan']);
  // The list is another one now, or was empty then: items may be new.
  for (const succeeded of [
    ['explore', 'scan', 'ask-1'],
    ['explore', 'scan'],
  ])
    expect(await takenFrom({ succeeded, expanded: ['ask'], changed: ['ask*'] }, list)).toMatchObject({
      ids: ['scan'],
      notices: ['resume-from: "explore" runs again: "ask" runs, and continues its conversation.'],
    });
  expect((await taken(list, ['explore'], ['scan'])).ids).toEqual([]);
});

const cascade = (allowed: string) => [
  { id: 'triage', prompt: 'x', ...schema },
  { id: 'deep', prompt: 'x', when: { 'triage.grave': allowed } },
  { id: 'fix', prompt: 'x', needs: 'deep', 'conversation-from': 'triage' },
  { id: 'sum', prompt: 'x', needs: 'triage, deep, fix', when: 'always' },
  { id: 'other', prompt: 'x' },
];

test('what needs a branch that was left out stands as long as the branch is left out again', async () => {
  const [done, left] = [
    ['triage', 'other', 'sum'],
    ['deep', 'fix'],
  ];
  expect(await takenFrom({ succeeded: done, skippedByCondition: left }, cascade('yes'))).toEqual({
    ids: done,
    notices: [],
    anew: [],
  });
  const others: readonly (readonly [Earlier, allowed: string])[] = [
    // The condition holds now.
    [{ succeeded: done, skippedByCondition: left }, 'no'],
    // What it is about runs again.
    [{ succeeded: ['sum', 'other'], failed: ['triage'], skippedByCondition: left }, 'yes'],
    // It was not left out then: it failed.
    [{ succeeded: done, failed: ['deep'], skippedByCondition: ['fix'] }, 'yes'],
  ];
  for (const [earlier, allowed] of others) expect((await takenFrom(earlier, cascade(allowed))).ids).toEqual(['other']);
});

test('what succeeded is not taken over when its condition does not hold any more', async () => {
  const all = ['triage', 'deep', 'fix', 'sum', 'other'];
  const { ids, notices } = await takenFrom({ succeeded: all }, cascade('yes'));
  expect(ids).toEqual(['triage', 'other']);
  expect(notices).toEqual([
    'resume-from: "deep", "fix" succeeded in session s, but their conditions do not hold now.',
    'resume-from: "sum" runs again: "deep", which it waits for, does not run now.',
  ]);
  const list = [
    { id: 'triage', prompt: 'x', ...schema },
    { id: 'it', prompt: 'x', 'for-each': { from: 'triage', path: 'k' }, when: { 'triage.grave': 'yes' } },
    { id: 'sum', prompt: 'x', needs: 'it', when: 'always' },
  ];
  const earlier = { succeeded: ['triage', 'it-1', 'sum'], expanded: ['it'] };
  expect((await takenFrom(earlier, list)).ids).toEqual(['triage']);
});

test('items are not taken over when they are given something that runs again', async () => {
  const list = (needs: string) => [
    { id: 'scan', prompt: 'x', ...schema },
    { id: 'notes', prompt: 'x' },
    { id: 'it', prompt: 'x', 'for-each': { from: 'scan', path: 'k' }, when: 'always', needs },
  ];
  const earlier = { succeeded: ['scan', 'it-1'], failed: ['notes'], expanded: ['it'] };
  expect((await takenFrom(earlier, list('notes'))).anew).toEqual(['it*']);
  expect((await takenFrom(earlier, list('scan'))).anew).toEqual([]);
});

test('what needs a list found at run time stands as long as all of its items do', async () => {
  const list = [
    { id: 'scan', prompt: 'x', ...schema },
    { id: 'it', prompt: 'x', 'for-each': { from: 'scan', path: 'k' }, when: 'always' },
    { id: 'it-x', prompt: 'x' },
    { id: 'sum', prompt: 'x', needs: 'it', when: 'always' },
  ];
  const all = { succeeded: ['scan', 'it-1', 'it-2', 'sum'], failed: ['it-x'], expanded: ['it'] };
  expect((await takenFrom(all, list)).ids).toEqual(['scan', 'sum']);
  // The list was empty.
  expect((await takenFrom({ ...all, succeeded: ['scan', 'sum'] }, list)).ids).toEqual(['scan', 'sum']);
  const atMost = (count: number) => list.map((entry) => (entry.id === 'it' ? { ...entry, 'max-items': count } : entry));
  expect((await takenFrom(all, atMost(2))).ids).toEqual(['scan', 'sum']);
  expect((await takenFrom(all, atMost(1))).ids).toEqual(['scan']);
  const open: readonly Earlier[] = [
    { ...all, succeeded: ['scan', 'it-1', 'sum'], failed: ['it-2'] },
    { ...all, failed: ['it-rest'] },
    { ...all, changed: ['it*'] },
    { ...all, expanded: [] },
  ];
  for (const earlier of open) expect((await takenFrom(earlier, list)).ids).toEqual(['scan']);
  expect((await takenFrom({ ...all, succeeded: ['it-1', 'it-2', 'sum'], failed: ['scan'] }, list)).ids).toEqual([]);
});
