import { createHash } from 'node:crypto';
import { type InputTokens, modelRates } from './model-rates.ts';
import type { Lifetime, PromptBlock } from './prompt-blocks.ts';

/** Cost of a request, and the cache entries that it leaves. */
export interface Charge {
  readonly tokens: InputTokens;
  /** The response begins: from now on other requests find what this one has written. */
  readonly begin: () => void;
}

/** Most marks (`cache_control`) of one request. */
const mostMarks = 4;

/** Blocks before a mark that are searched for an earlier entry. */
const lookBack = 20;

const lifetimeMs: Readonly<Record<Lifetime, number>> = { '5m': 5 * 60_000, '1h': 60 * 60_000 };

/** An estimate: the real number depends on the model and the text. */
export const charactersPerToken = 4;

/** Entries beyond this number push out the oldest: a session that goes on for hours must not fill the memory. */
const mostEntries = 10_000;

interface Entry {
  readonly lifetimeMs: number;
  expiresAt: number;
}

/** A place in a prompt at which a prefix ends. */
interface Prefix {
  readonly key: string;
  readonly tokens: number;
  readonly mark?: Lifetime;
}

/** The charge of a request without marks, which leaves no entry. */
export function uncachedCharge(tokens: number): Charge {
  return { tokens: { uncached: tokens, cacheRead: 0, cacheWrite: { '5m': 0, '1h': 0 } }, begin: () => undefined };
}

/** The prompt cache of the service: which tokens of a request are read, written, or neither. */
export class PromptCache {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  /** `now` gives monotonic milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Looks a request up. What it reads lives on from now; what it writes is there once its response begins. */
  charge(model: string, blocks: readonly PromptBlock[]): Charge {
    const prefixes = prefixesOf(blocks);
    const { minimumTokens } = modelRates(model);
    const marks = prefixes.flatMap(({ mark, tokens }, index) =>
      mark !== undefined && tokens >= minimumTokens ? [{ index, lifetime: mark }] : [],
    );
    const readIndex = Math.max(-1, ...marks.map(({ index }) => this.#hitAt(prefixes, index)));
    const written = marks.filter(({ index }) => index > readIndex);
    const tokensAt = (index: number): number => prefixes[index]?.tokens ?? 0;
    const cacheWrite = { '5m': 0, '1h': 0 };
    let from = readIndex;
    for (const { index, lifetime } of written) {
      cacheWrite[lifetime] += tokensAt(index) - tokensAt(from);
      from = index;
    }
    const total = tokensAt(prefixes.length - 1);
    return {
      tokens: { uncached: total - tokensAt(from), cacheRead: tokensAt(readIndex), cacheWrite },
      begin: () => {
        for (const { index, lifetime } of written) this.#write(prefixes[index]?.key ?? '', lifetimeMs[lifetime]);
      },
    };
  }

  /** The place of the longest entry that ends at the mark or shortly before it; -1 when there is none. Reading renews it. */
  #hitAt(prefixes: readonly Prefix[], mark: number): number {
    for (let index = mark; index >= Math.max(0, mark - lookBack); index -= 1) {
      const entry = this.#entries.get(prefixes[index]?.key ?? '');
      if (entry === undefined || entry.expiresAt <= this.#now()) continue;
      entry.expiresAt = this.#now() + entry.lifetimeMs;
      return index;
    }
    return -1;
  }

  #write(key: string, lifetime: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { lifetimeMs: lifetime, expiresAt: this.#now() + lifetime });
    if (this.#entries.size > mostEntries) this.#entries.delete(this.#entries.keys().next().value ?? '');
  }
}

function prefixesOf(blocks: readonly PromptBlock[]): readonly Prefix[] {
  const hash = createHash('sha256');
  let length = 0;
  return blocks.map(({ json, length: own, mark }) => {
    hash.update(`${json}\n`);
    length += own;
    const key = hash.copy().digest('base64');
    return { key, tokens: Math.ceil(length / charactersPerToken), ...(mark !== undefined && { mark }) };
  });
}

/** Why the service refuses the marks of a request; undefined when it takes them. */
export function markFault(blocks: readonly PromptBlock[]): string | undefined {
  const marked = blocks.filter(({ mark }) => mark !== undefined);
  if (marked.length > mostMarks)
    return `A maximum of ${mostMarks} blocks with cache_control may be provided. Found ${marked.length}.`;
  if (marked.some(({ length }) => length === 0)) return 'cache_control cannot be set for empty text blocks';
  const firstShort = marked.findIndex(({ mark }) => mark === '5m');
  const isMixed = firstShort >= 0 && marked.slice(firstShort).some(({ mark }) => mark === '1h');
  return isMixed ? 'a ttl="1h" cache_control block must not come after a ttl="5m" cache_control block' : undefined;
}
