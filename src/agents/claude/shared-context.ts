import { randomUUID } from 'node:crypto';
import type { DataBlock } from '../../model/plan.ts';
import { composeContext } from '../prompt-input.ts';
import { type Environment, isOn } from './environment.ts';
import type { Executable } from './executable.ts';
import { isTested } from './executable.ts';
import type { CacheMark, TextBlock } from './user-message.ts';

/** With less, what sharing saves is not worth a wait: some models cache nothing below 4,096 tokens. */
const leastTokens = 4_000;

const charactersPerToken = 4;

/** The parts of a session's shared context. */
export interface SharedContextOptions {
  readonly context: readonly DataBlock[];
  readonly promptCaching: 'auto' | 'off';
  readonly executable: Executable;
  /** The environment of the CLI, which has variables for its own marks. */
  readonly variables: Environment;
  /** Draws a boundary. */
  readonly draw?: () => string;
}

/**
 * The context of a session as all its processes send it: a block of its own with one boundary, so that the beginnings of their
 * requests are the same byte for byte, and with a mark at its end, so that the service keeps it.
 */
export class SharedContext {
  /** Nothing is done for the sake of the cache. */
  readonly isOff: boolean;
  /** Absent where each process is sent the context in its own text. */
  readonly #text: string | undefined;
  readonly #mark: CacheMark;
  #isMarked = true;

  constructor({ context, promptCaching, executable, variables, draw = randomUUID }: SharedContextOptions) {
    this.isOff = promptCaching === 'off' || isOn(variables.DISABLE_PROMPT_CACHING);
    const isUsed = !this.isOff && context.length > 0 && isTested(executable);
    const isLong = isOn(variables.ENABLE_PROMPT_CACHING_1H) && !isOn(variables.FORCE_PROMPT_CACHING_5M);
    this.#mark = { type: 'ephemeral', ...(isLong && { ttl: '1h' }) };
    this.#text = isUsed ? composeContext(context, boundaryFor(context, draw)) : undefined;
  }

  /** The block that goes ahead of all others; absent when there is none to share. */
  get block(): TextBlock | undefined {
    if (this.#text === undefined) return undefined;
    return { type: 'text', text: this.#text, ...(this.#isMarked && { cache_control: this.#mark }) };
  }

  /**
   * The lifetime of all marks in a request. That of the CLI's own depends on the account, and the service refuses one of an hour behind
   * one of 5 minutes. Absent where the CLI's are the only ones.
   */
  get lifetime(): '5m' | '1h' | undefined {
    return this.#text === undefined ? undefined : (this.#mark.ttl ?? '5m');
  }

  /** It is long enough to be worth a wait for the process that writes it to the cache. */
  get isWorthWaiting(): boolean {
    return this.#isMarked && (this.#text?.length ?? 0) / charactersPerToken >= leastTokens;
  }

  /** The service does not take the mark: the session goes on without. */
  refuseMark(): void {
    this.#isMarked = false;
  }
}

/** A boundary that stands nowhere in the context. */
function boundaryFor(context: readonly DataBlock[], draw: () => string): string {
  for (;;) {
    const boundary = draw();
    if (!context.some(({ id, text }) => text.includes(boundary) || id.includes(boundary))) return boundary;
  }
}
