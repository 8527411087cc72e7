import { messageWords } from '../../src/agents/claude/message-schemas.ts';
import type { MessageRedactor, Redactor, StreamRedactor } from '../../src/model/redactor.ts';
import { atOnce, type Steps } from '../../src/model/steps.ts';

/** Redacts a child's messages, each read at once. */
export function messageStream(redactor: Redactor): StreamRedactor {
  const stream = redactor.messages(messageWords);
  return { push: (bytes) => atOnce(stream.push(bytes)), end: () => atOnce(stream.end()) };
}

/** Hides nothing. */
export const openMessages: MessageRedactor = { push: oneStep, end: () => oneStep(new Uint8Array()) };

function* oneStep<T>(value: T): Steps<T> {
  yield;
  return value;
}
