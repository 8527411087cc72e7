import { describe, expect, it } from 'vitest';
import type { ProcessResult } from '../../src/model/result.ts';
import {
  appendOutput,
  newestOutputs,
  type OutputChain,
  passedOutputsLimitBytes,
  sharedOutputs,
} from '../../src/scheduler/passed-outputs.ts';
import { processResult } from '../rig/results.ts';

const succeeded = (id: string, output: string): ProcessResult => processResult(id, undefined, { output });
const chainOf = (results: readonly ProcessResult[]): OutputChain | undefined =>
  results.reduce<OutputChain | undefined>(appendOutput, undefined);
const bytesOf = (blocks: readonly { readonly text: string }[]): number =>
  blocks.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

describe('the outputs so far', () => {
  it('are cut to 64 KiB in all: the newest whole, the one that does not fit marked, older ones only named', () => {
    const outputs = [
      succeeded('old', 'o'.repeat(1000)),
      succeeded('middle', 'm'.repeat(60_000)),
      processResult('failed', { status: 'failed', reason: 'exit-code' }),
      succeeded('new', 'n'.repeat(30_000)),
    ];
    const { blocks, omitted } = newestOutputs(chainOf(outputs));
    expect(blocks.map(({ id }) => id)).toEqual(['middle', 'new']);
    expect(blocks[1]?.text).toBe('n'.repeat(30_000));
    expect(blocks[0]?.text).toMatch(/^m+\n\[cut: the first part of 60000 bytes\]$/);
    expect(bytesOf(blocks)).toBeLessThanOrEqual(passedOutputsLimitBytes);
    expect(omitted).toEqual(['old']);
  });

  it('are cut at a whole character', () => {
    const { blocks } = newestOutputs(chainOf([succeeded('one', '€'.repeat(40_000))]));
    expect(blocks[0]?.text).toMatch(/^€+\n\[cut/);
  });

  it('name the newest hundred of those that are left out, and count the others', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => succeeded(`p${index}`, 'x'));
    const { omitted, moreOmitted } = newestOutputs(chainOf([...many, succeeded('last', 'x'.repeat(70_000))]));
    expect([omitted.length, omitted[0], omitted.at(-1), moreOmitted]).toEqual([100, 'p900', 'p999', 900]);
  });
});

describe('what a process is given of those that it needs', () => {
  it('is the structured output as JSON, else the text, and of a failure what happened', () => {
    const results = [
      processResult('json', undefined, { output: 'text', structuredOutput: { severity: 'high' } }),
      succeeded('text', 'hello'),
      processResult('lost', { status: 'failed', reason: 'max-turns' }, { message: 'It took 5 turns.', output: 'half' }),
      processResult('idle', { status: 'skipped', reason: 'condition' }),
    ];
    expect(sharedOutputs(results)).toEqual({
      blocks: [
        { id: 'json', text: '{"severity":"high"}' },
        { id: 'text', text: 'hello' },
        { id: 'lost', text: 'status: failed\nreason: max-turns\nmessage: It took 5 turns.' },
        { id: 'idle', text: 'status: skipped\nreason: condition' },
      ],
      omitted: [],
      cut: [],
    });
  });

  it('has an equal share of 64 KiB each, and what one leaves goes to the others', () => {
    const sizes = [1_000, 50_000, 20_000, 90_000];
    const { blocks, cut } = sharedOutputs(sizes.map((size, index) => succeeded(`p${index}`, 'x'.repeat(size))));
    expect(blocks.map(({ text }) => text.length)).toEqual([1_000, 22_268, 20_000, 22_268]);
    expect(cut).toEqual(['p1', 'p3']);
    expect(bytesOf(blocks)).toBeLessThanOrEqual(passedOutputsLimitBytes);
  });

  it('is the name only where a share would say nothing', () => {
    const { blocks, omitted, moreOmitted } = sharedOutputs(
      Array.from({ length: 1_000 }, (_, index) => succeeded(`p${index}`, index === 500 ? 'short' : 'x'.repeat(200))),
    );
    expect(blocks).toEqual([{ id: 'p500', text: 'short' }]);
    expect([omitted.length, moreOmitted]).toEqual([100, 899]);
  });
});
