import type { ApiError } from './api-error.ts';

/** The stand-in's reaction to one request. */
export type Step = Delivery & (Answer | Failure);

/** Delivery of a step of any kind. */
export interface Delivery {
  /** Milliseconds before anything is sent. */
  readonly delayMs?: number;
  /** Milliseconds between two words of a text. */
  readonly paceMs?: number;
  /** Tokens that the answer claims; otherwise those of the request, as the prompt cache counts them, and of the answer. */
  readonly usage?: TokenCount;
}

/** Tokens of one answer. */
export interface TokenCount {
  readonly input: number;
  readonly output: number;
}

/** An answer as a model gives it. */
export type Answer = TextAnswer | { readonly kind: 'tool'; readonly name: string; readonly input: object };

/** Words, or none at all, and why the model stopped there. */
export interface TextAnswer {
  readonly kind: 'text';
  readonly text: string;
  readonly stopReason: 'end_turn' | 'max_tokens' | 'refusal';
}

/** A way of not answering. */
export type Failure =
  | { readonly kind: 'error'; readonly error: ApiError }
  /** Accept the request and send nothing, forever. */
  | { readonly kind: 'hang' }
  /** Send the headers, then nothing, forever. */
  | { readonly kind: 'stall' }
  /** Reset the connection in the middle of the answer. */
  | { readonly kind: 'cut' }
  /** Status 200 with something that is no message. */
  | { readonly kind: 'malformed'; readonly body: 'html' | 'nothing' };

/** The answer that ends a turn in words. */
export function textAnswer(text: string): TextAnswer {
  return { kind: 'text', text, stopReason: 'end_turn' };
}
