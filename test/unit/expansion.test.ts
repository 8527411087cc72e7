import { expect, test } from 'vitest';
import type { EachNode } from '../../src/model/graph.ts';
import { type Expansion, expand } from '../../src/scheduler/expansion.ts';
import { processResult, processSpec } from '../rig/results.ts';

const node: EachNode = {
  ...{ kind: 'each', id: 'check*', rank: [1], needs: [], when: 'success', from: ['find'] },
  ...{ path: ['list'], template: processSpec('check'), maxItems: 2, into: 'check' },
};

function source(list: unknown) {
  return processResult('find', { status: 'succeeded' }, { structuredOutput: { list } });
}

test('of a list as long as an answer can hold, those beyond max-items are counted', () => {
  const sources = [source(Array.from({ length: 199_000 }, (_, index) => index))];
  expect(expand(node, { sources })).toMatchObject({
    tasks: [{ id: 'check-1' }, { id: 'check-2' }],
    rest: { task: { id: 'check-rest' }, message: '198998 of 199000 items were left out: max-items is 2.' },
  });
});

test('the limit that leaves items out is named with its value', () => {
  const { rest } = expand(node, { sources: [source(['a', 'b', 'c'])], most: 5, taken: 4 }) as Expansion;
  expect(rest?.message).toBe('2 of 3 items were left out: max-prompts is 5.');
});

test('an item that is too large for a prompt is refused, whoever made the items', () => {
  const message = expect.stringContaining('Item 2 has more than 1 MiB');
  const large = 'x'.repeat(1024 * 1024 + 1);
  const refused = { kind: 'invalid', message };
  expect(expand(node, { sources: [source(['a', large])] })).toEqual(refused);
  const itemsOf = () => [{ text: 'a' }, { text: large }];
  expect(expand(node, { sources: [source([])], itemsOf })).toEqual(refused);
});
