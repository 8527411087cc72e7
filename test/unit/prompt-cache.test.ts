import { describe, expect, it } from 'vitest';
import { inputCostUsd } from '../../src/offline/model-rates.ts';
import { promptBlocks } from '../../src/offline/prompt-blocks.ts';
import { markFault, PromptCache } from '../../src/offline/prompt-cache.ts';

const opus = 'claude-opus-4-6';
const minuteMs = 60_000;

interface Part {
  /** Tokens. */
  readonly size: number;
  readonly name?: string;
  readonly mark?: '5m' | '1h';
}

/** The blocks of a message whose parts have so many tokens; parts of one name and size are equal. */
function blocksOf(...parts: readonly Part[]) {
  const content = parts.map(({ size, name = 'x', mark }) => ({
    type: 'text',
    text: name.repeat(size * 4),
    ...(mark !== undefined && { cache_control: { type: 'ephemeral', ...(mark === '1h' && { ttl: mark }) } }),
  }));
  const blocks = promptBlocks({ model: opus, messages: [{ role: 'user', content }] });
  if (typeof blocks === 'string') throw new Error(blocks);
  return blocks;
}

function cacheAt(clock: { now: number }) {
  const cache = new PromptCache(() => clock.now);
  return (model: string, ...parts: readonly Part[]) => cache.charge(model, blocksOf(...parts));
}

const marked = (size: number, name = 'x'): Part => ({ size, name, mark: '5m' });

describe('the prompt cache of the stand-in', () => {
  it('writes the prefix at a mark and reads it again, once the first response has begun', () => {
    const ask = cacheAt({ now: 0 });
    const first = ask(opus, marked(5000), { size: 10 });
    const early = ask(opus, marked(5000), { size: 10 });
    first.begin();
    const later = ask(opus, marked(5000), { size: 10, name: 'y' });
    const write = { uncached: 10, cacheRead: 0, cacheWrite: { '5m': 5000, '1h': 0 } };
    expect([first.tokens, early.tokens]).toEqual([write, write]);
    expect(later.tokens).toEqual({ uncached: 10, cacheRead: 5000, cacheWrite: { '5m': 0, '1h': 0 } });
  });

  it('shares nothing between models, nor behind a difference', () => {
    const ask = cacheAt({ now: 0 });
    ask(opus, { size: 1, name: 'a' }, marked(5000)).begin();
    expect(ask(opus, { size: 1, name: 'b' }, marked(5000)).tokens.cacheRead).toBe(0);
    const other = promptBlocks({ model: 'claude-opus-5-5', messages: [{ role: 'user', content: 'x' }] });
    const same = promptBlocks({ model: opus, messages: [{ role: 'user', content: 'x' }] });
    expect(other).not.toEqual(same);
  });

  it('keeps an entry for 5 minutes from its last use, or for an hour', () => {
    const clock = { now: 0 };
    const ask = cacheAt(clock);
    ask(opus, marked(5000)).begin();
    ask(opus, { size: 5000, name: 'h', mark: '1h' }).begin();
    const reads = (...parts: readonly Part[]): number => ask(opus, ...parts).tokens.cacheRead;
    for (clock.now = 4 * minuteMs; clock.now <= 12 * minuteMs; clock.now += 4 * minuteMs)
      expect(reads(marked(5000))).toBe(5000);
    clock.now = 22 * minuteMs;
    expect(reads(marked(5000))).toBe(0);
    expect(reads({ size: 5000, name: 'h', mark: '1h' })).toBe(5000);
  });

  it('caches no prefix that is shorter than the model demands', () => {
    const ask = cacheAt({ now: 0 });
    for (const [model, least] of [
      [opus, 4096],
      ['claude-sonnet-4-5', 1024],
      ['claude-3-5-haiku-20241022', 2048],
      ['claude-3-haiku-20240307', 2048],
    ] as const) {
      expect(ask(model, marked(least - 1)).tokens).toMatchObject({ uncached: least - 1, cacheWrite: { '5m': 0 } });
      expect(ask(model, marked(least)).tokens).toMatchObject({ uncached: 0, cacheWrite: { '5m': least } });
    }
  });

  it('looks for an earlier entry up to 20 blocks before a mark', () => {
    const ask = cacheAt({ now: 0 });
    ask(opus, marked(5000)).begin();
    const more = (count: number): readonly Part[] => Array.from({ length: count - 1 }, () => ({ size: 1 }));
    const read = (count: number): number => ask(opus, { size: 5000 }, ...more(count), marked(1)).tokens.cacheRead;
    expect([read(20), read(21)]).toEqual([5000, 0]);
  });

  it('charges each part of a request by the mark that ends it', () => {
    const ask = cacheAt({ now: 0 });
    ask(opus, marked(5000)).begin();
    const { tokens } = ask(opus, marked(5000), marked(300), marked(20), { size: 7 });
    expect(tokens).toEqual({ uncached: 7, cacheRead: 5000, cacheWrite: { '5m': 320, '1h': 0 } });
    const both = ask(opus, { size: 6000, name: 'h', mark: '1h' }, marked(300)).tokens;
    expect(both.cacheWrite).toEqual({ '5m': 300, '1h': 6000 });
  });

  it('refuses more than four marks, and a long life behind a short one', () => {
    const blocks = (count: number) => blocksOf(...Array.from({ length: count }, () => marked(1)));
    expect(markFault(blocks(4))).toBeUndefined();
    expect(markFault(blocks(5))).toBe('A maximum of 4 blocks with cache_control may be provided. Found 5.');
    expect(markFault(blocksOf(marked(1), { size: 1, mark: '1h' }))).toContain('must not come after');
  });

  it('prices a write at 1.25 of the input, or twice for an hour, and a read at a tenth', () => {
    const none = { uncached: 0, cacheRead: 0, cacheWrite: { '5m': 0, '1h': 0 } };
    const million = 1_000_000;
    expect(inputCostUsd(opus, { ...none, uncached: million })).toBe(5);
    expect(inputCostUsd(opus, { ...none, cacheRead: million })).toBe(0.5);
    expect(inputCostUsd(opus, { ...none, cacheWrite: { '5m': million, '1h': 0 } })).toBe(6.25);
    expect(inputCostUsd(opus, { ...none, cacheWrite: { '5m': 0, '1h': million } })).toBe(10);
    expect(inputCostUsd('claude-haiku-4-5', { ...none, uncached: million })).toBe(1);
  });
});
