import { Buffer } from 'node:buffer';
import type { MessageRedactor, Redactor, StreamRedactor } from '../model/redactor.ts';
import { atOnce, type Steps } from '../model/steps.ts';
import { plainText } from '../text/plain-text.ts';
import { JsonLinesRedaction } from './json-lines.ts';
import { type Literal, SecretAutomaton } from './secret-automaton.ts';
import { leastSecretLength, secretForms } from './secret-forms.ts';
import { type Environment, secretVariables } from './secret-values.ts';
import { type SecretTag, StreamRedaction } from './stream-redaction.ts';
import { tokenShapes } from './token-shapes.ts';

/** Secrets that a redactor looks for, besides tokens of a well-known shape. */
export interface RedactorOptions {
  /** Secrets as such: credentials given as options, masks, a token for GitHub, what a git configuration holds. */
  readonly values: readonly string[];
  /** Our own environment, of which every variable with a telling name counts, unless it holds an ordinary word. */
  readonly environment: Environment;
}

/** Replacement of a text that could not be redacted. */
export const withheld = '[withheld: redaction failed]';

/** First characters of terminal sequences. */
const terminalIntroducers = ['\x1b', '\x9b'];

/** Characters of what `IgnorableRanges` finds, without which it finds nothing. */
const interrupting = [...terminalIntroducers, '\b', '\n', '\r', '\\'];

/** In UTF-16 units; longer texts are searched in steps. */
const longestQuickScan = 1_000;

/** UTF-8 takes three bytes for a UTF-16 unit at most. */
const mostBytesPerUnit = 3;

const nothing = new Uint8Array(0);

/** Deeper data is withheld: nothing that we or the CLI write is, and following it could exhaust the stack. */
const deepestValue = 200;

/** Prepares to find secrets; takes some milliseconds, so a session makes one. */
export function createRedactor({ values, environment }: RedactorOptions): Redactor {
  const automaton = new SecretAutomaton<SecretTag>(literals([...values, ...secretVariables(environment).values]));
  const steps = (plain: string): Steps<string> => redactShown(automaton, plain);
  const text = (plain: string): string => atOnce(steps(plain));
  return {
    text,
    payload: (data) => redactPayload(data, text, 0),
    stream: () => guarded(new StreamRedaction(automaton)),
    messages: (words) => guardedSteps(new JsonLinesRedaction({ automaton, text: steps, words })),
  };
}

function literals(secrets: readonly string[]): readonly Literal<SecretTag>[] {
  const forms = new Set(secrets.flatMap(secretForms));
  const known = [...forms].map((form) => Buffer.from(form)).map((bytes) => ({ bytes, tag: { length: bytes.length } }));
  const prefixes = tokenShapes.flatMap((shape) =>
    shape.prefixes.map((prefix) => ({ bytes: Buffer.from(prefix), tag: { length: prefix.length, shape } })),
  );
  return [...known, ...prefixes];
}

/** Text for people loses its terminal sequences, so a secret with some in it would be whole again. */
function* redactShown(automaton: SecretAutomaton<SecretTag>, plain: string): Steps<string> {
  const text = yield* redactText(automaton, plain);
  if (!terminalIntroducers.some((introducer) => text.includes(introducer))) return text;
  const shown = plainText(text);
  const redacted = yield* redactText(automaton, shown);
  return redacted === shown ? text : redacted;
}

function* redactText(automaton: SecretAutomaton<SecretTag>, plain: string): Steps<string> {
  try {
    if (plain.length * mostBytesPerUnit < leastSecretLength || isClearlyClean(automaton, plain)) return plain;
    const redaction = new StreamRedaction(automaton);
    const redacted = yield* redaction.wholly(Buffer.from(plain));
    return redaction.changed ? redacted.toString() : plain;
  } catch {
    return withheld;
  }
}

/** Whether one scan proves that a short text holds no secret: nothing in it interrupts a literal, and it has none. */
function isClearlyClean(automaton: SecretAutomaton<SecretTag>, plain: string): boolean {
  if (plain.length > longestQuickScan || interrupting.some((character) => plain.includes(character))) return false;
  const data = Buffer.from(plain);
  let isClean = true;
  automaton.scan(data, { from: 0, to: data.length, state: 0 }, () => {
    isClean = false;
  });
  return isClean;
}

function redactPayload(data: unknown, text: (plain: string) => string, depth: number): unknown {
  if (depth > deepestValue) return withheld;
  if (typeof data === 'string') return text(data);
  if (typeof data === 'number') return redactNumber(data, text);
  if (typeof data !== 'object' || data === null || data instanceof Uint8Array) return data;
  if (Array.isArray(data)) return data.map((item) => redactPayload(item, text, depth + 1));
  return Object.fromEntries(
    Object.entries(data).map(([key, inner]) => [text(key), redactPayload(inner, text, depth + 1)]),
  );
}

function redactNumber(number: number, text: (plain: string) => string): number | string {
  const digits = String(number);
  const redacted = text(digits);
  return redacted === digits ? number : '***';
}

/** Once redaction has failed, the rest of the stream is withheld: it may begin within a secret. */
function guarded(redaction: StreamRedactor): StreamRedactor {
  let failed = false;
  const attempt = (step: () => Uint8Array): Uint8Array => {
    if (failed) return nothing;
    try {
      return step();
    } catch {
      failed = true;
      return Buffer.from(withheld);
    }
  };
  return { push: (bytes) => attempt(() => redaction.push(bytes)), end: () => attempt(() => redaction.end()) };
}

/** The same for a redactor in steps. */
function guardedSteps(redaction: MessageRedactor): MessageRedactor {
  let failed = false;
  function* attempt(steps: () => Steps<Uint8Array>): Steps<Uint8Array> {
    if (failed) return nothing;
    try {
      return yield* steps();
    } catch {
      failed = true;
      return Buffer.from(withheld);
    }
  }
  return { push: (bytes) => attempt(() => redaction.push(bytes)), end: () => attempt(() => redaction.end()) };
}
