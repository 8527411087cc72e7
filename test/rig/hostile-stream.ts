import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { hostileJson, hostileValue } from './hostile-data.ts';
import { hostileBytes, hostileText } from './hostile-text.ts';
import * as message from './stream-messages.ts';

/** A message of the CLI with hostile words in it, but of the right form. */
export const wordedMessage: fc.Arbitrary<message.StreamMessage> = fc
  .record({ text: hostileText, other: hostileText, value: hostileValue, pick: fc.nat(9), number: fc.double() })
  .map(({ text, other, value, pick, number }) => {
    const made: readonly message.StreamMessage[] = [
      message.initMessage({ model: text, session_id: other, claude_code_version: text }),
      message.assistantText(text),
      message.assistantThinking(text),
      message.toolUse(text, value, other),
      message.toolResult(text, { isError: number > 0 }),
      message.permissionDenied(text),
      message.apiRetry({ error: text, retry_delay_ms: number, attempt: number, max_retries: number }),
      message.resultMessage(text, {
        structured_output: value,
        total_cost_usd: number,
        num_turns: number,
        session_id: other,
      }),
      message.limitResult(other, [text], { permission_denials: [{ tool_name: text, tool_use_id: other }] }),
      { type: 'system', subtype: 'model_fallback', original_model: text, fallback_model: other },
    ];
    return made[pick] ?? {};
  });

/** A way to spoil one place of a message. */
interface Damage {
  readonly place: number;
  readonly how: 'drop' | 'replace' | 'nest';
  readonly value: unknown;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  place: fc.nat(1000),
  how: fc.constantFrom('drop' as const, 'replace' as const, 'nest' as const),
  value: fc.oneof(hostileValue, fc.constantFrom(null, 0, '', true, [], {}, [[]], { type: 'text' }, ['x', 1, null])),
});

/** A message of which fields are missing, of the wrong kind or doubled. */
export const spoiledMessage: fc.Arbitrary<message.StreamMessage> = fc
  .tuple(wordedMessage, fc.array(damage, { minLength: 1, maxLength: 4 }))
  .map(([whole, damages]) => damages.reduce<message.StreamMessage>(spoiled, structuredClone(whole)));

function spoiled(whole: message.StreamMessage, { place, how, value }: Damage): message.StreamMessage {
  const places = placesIn(whole);
  const found = places[place % Math.max(1, places.length)];
  if (found === undefined) return whole;
  const { holder, key } = found;
  // A copy: one value may be put into several places, even into itself.
  const put = structuredClone(value);
  if (how === 'drop') delete holder[key];
  else holder[key] = how === 'nest' ? [holder[key], put] : put;
  return whole;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

/** One line of a stream, with its line feed if it has one. */
const line: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: wordedMessage.map((whole) => Buffer.from(JSON.stringify(whole))) },
      { weight: 4, arbitrary: spoiledMessage.map((whole) => Buffer.from(JSON.stringify(whole))) },
      { weight: 1, arbitrary: hostileBytes },
      { weight: 1, arbitrary: hostileJson.map((json) => Buffer.from(json)) },
      {
        weight: 1,
        arbitrary: hostileJson.map((json) => Buffer.from(`{"type":"assistant","message":{"content":${json}}}`)),
      },
    ),
    fc.oneof(
      { weight: 8, arbitrary: fc.constant('\n') },
      { weight: 1, arbitrary: fc.constantFrom('\r\n', '', '\n\n') },
    ),
    fc.oneof({ weight: 6, arbitrary: fc.constant(Number.POSITIVE_INFINITY) }, { weight: 1, arbitrary: fc.nat(300) }),
  )
  .map(([bytes, end, length]) => Buffer.concat([bytes.subarray(0, length), Buffer.from(end)]));

/** What a child may write to standard output: messages out of order, doubled, spoiled, halved, and what is none. */
export const hostileStream: fc.Arbitrary<Buffer> = fc
  .array(line, { maxLength: 12 })
  .map((lines) => Buffer.concat(lines));
