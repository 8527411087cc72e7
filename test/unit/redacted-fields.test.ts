import { expect, test } from 'vitest';
import { z } from 'zod';
import type { EnsembleEvent, EnsembleFact } from '../../src/model/event.ts';
import { redactedFact, redactedResult } from '../../src/model/redacted-fields.ts';
import { eventLine } from '../../src/record/event-schema.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { EventBus } from '../../src/session/event-bus.ts';
import { FakeClock } from '../rig/fake-clock.ts';
import { processResult } from '../rig/results.ts';
import { sessionEnded, sessionStarted } from '../rig/session-events.ts';

/** A redactor for values that are also words, names or numbers of our own records. */
const redactor = createRedactor({
  values: ['succeeded', 'timed-out', 'exitCode', 'processId', 'parallel', 'deployer', '20261122', 'internal-error'],
  environment: {},
});

async function seen(fact: EnsembleFact): Promise<EnsembleEvent | undefined> {
  const events: EnsembleEvent[] = [];
  const sinks = [{ name: 'watcher', handle: (event: EnsembleEvent) => void events.push(event) }];
  await new EventBus({ sinks, redactor, clock: new FakeClock() }).emit(fact);
  return events[0];
}

test('keys, statuses, reasons, numbers and paths of a result pass as they are, words of others do not', () => {
  const own = { exitCode: 0, duration: 20261122, logFile: '/home/deployer/_temp/a.log', resumedFrom: '20261122-a' };
  const given = processResult('deployer', { status: 'succeeded' }, own);
  const words = { name: 'for deployer', output: 'It succeeded.', stderr: 'deployer: exitCode', message: 'timed-out' };
  const result = redactedResult({ ...given, ...words }, redactor);
  expect(result).toEqual({ ...given, name: 'for ***', output: 'It ***.', stderr: '***: ***', message: '***' });
});

test('data of others in a result is redacted in its strings, its numbers and its keys', () => {
  const structuredOutput = { deployer: 'parallel', id: 20261122, deep: [{ exitCode: 1 }] };
  const given = processResult('a', { status: 'succeeded' }, { structuredOutput });
  expect(redactedResult(given, redactor).structuredOutput).toEqual({ '***': '***', id: '***', deep: [{ '***': 1 }] });
});

test('an event keeps its type, its ids, its words and its paths; names and messages are redacted', async () => {
  const directory = '/home/deployer/_temp/20261122-102030-456-0123abcd';
  const started = sessionStarted(['deployer'], { directory });
  const processes = [{ processId: 'deployer', name: '***' }];
  expect(await seen(started)).toMatchObject({ ...started, processes });
  const retrying = { type: 'process-retrying', processId: 'deployer', attempt: 1, delayMs: 20261122 } as const;
  expect(await seen({ ...retrying, reason: 'internal-error', message: 'by deployer' })).toMatchObject({
    ...retrying,
    reason: 'internal-error',
    message: 'by ***',
  });
  const notice = { type: 'notice', level: 'warning', processId: 'deployer' } as const;
  expect(await seen({ ...notice, message: 'deployer' })).toMatchObject({ ...notice, message: '***' });
});

test('the end of a session tells the results as they were given out, and its verdict', async () => {
  const ended = sessionEnded([processResult('deployer', { status: 'succeeded' }, { logFile: '/home/deployer/a.log' })]);
  expect(await seen(ended)).toMatchObject(ended);
});

test('context and prompts, which are not in the log but in files of their own, are redacted', async () => {
  const context = [{ id: 'of deployer', text: 'by deployer' }];
  expect(await seen({ type: 'session-context', context })).toMatchObject({
    context: [{ id: 'of ***', text: 'by ***' }],
  });
  const prompt = { type: 'process-prompt', processId: 'deployer' } as const;
  expect(await seen({ ...prompt, prompt: 'Ask deployer.', received: 'Again: deployer.' })).toMatchObject({
    ...prompt,
    prompt: 'Ask ***.',
    received: 'Again: ***.',
  });
});

interface Schema {
  readonly const?: unknown;
  readonly freeText?: true;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | false;
}

const foreign = 'words of others';

/** Values of a schema with every field, whose free texts are untrusted; one value for each kind of a union. */
function samples(schema: Schema): readonly unknown[] {
  const kinds = schema.oneOf ?? schema.anyOf;
  if (kinds !== undefined) return kinds.flatMap(samples);
  if (schema.const !== undefined) return [schema.const];
  if (schema.freeText === true) return [foreign];
  if (schema.type === 'array') return [samples(schema.items ?? {})];
  if (schema.type !== 'object') return [Object.keys(schema).length === 0 ? { deep: foreign } : 'ours'];
  const { properties = {}, propertyNames, additionalProperties } = schema;
  const names = Object.keys(properties);
  const values = Object.values(properties).map(samples);
  const count = Math.max(1, ...values.map(({ length }) => length));
  const more = additionalProperties ? samples(additionalProperties) : [];
  return Array.from({ length: count }, (_, index) => ({
    ...Object.fromEntries(names.map((name, field) => [name, values[field]?.[index] ?? values[field]?.[0]])),
    ...Object.fromEntries(more.map((value) => [propertyNames?.freeText === true ? foreign : 'ours', value])),
  }));
}

/** The places of untrusted text that is left in a value. */
function leftIn(value: unknown, path: string): readonly string[] {
  if (value === foreign) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === foreign ? [`${path}, a key`] : []),
    ...leftIn(inner, Array.isArray(value) ? path : `${path}.${key}`),
  ]);
}

test('every text of others that the log may hold is redacted, or is known to have been redacted before', () => {
  const blind = createRedactor({ values: [foreign], environment: {} });
  const facts = samples(z.toJSONSchema(eventLine) as Schema) as readonly EnsembleFact[];
  const left = facts.flatMap((fact) =>
    fact.type === 'process-ended'
      ? leftIn(redactedResult(fact.result, blind), fact.type)
      : leftIn(redactedFact(fact, blind), fact.type),
  );
  expect(facts.length).toBeGreaterThan(11);
  const redactedBefore =
    /^(process-(ended|attempt-ended)\.usageByModel, a key|process-ended\.mcpFaults\.status|process-phase\.phase\.tool|session-ended\.(verdict|findings\..*))$/;
  expect(left.filter((path) => !redactedBefore.test(path))).toEqual([]);
});
