import type { EnsembleFact } from './event.ts';
import type { Redactor } from './redactor.ts';
import type { ProcessResult } from './result.ts';

/**
 * Why a field that holds strings passes as it is: it is an id, a time, a path or a hash of ours, a sentence or a name that we
 * chose, or was redacted before, as part of a stream or of another record.
 */
type OwnText = 'id' | 'time' | 'path' | 'hash' | 'word' | 'redacted';

/** Whether there is a string in a value, as a key or as a field, that is not one of a list. */
type HoldsText<Value> = string extends Value
  ? true
  : Value extends readonly (infer Item)[]
    ? HoldsText<Item>
    : Value extends Uint8Array
      ? true
      : Value extends object
        ? string extends keyof Value
          ? true
          : { [Field in keyof Value]-?: HoldsText<NonNullable<Value[Field]>> }[keyof Value]
        : false;

/**
 * How a field is redacted. `own`: numbers and words of a list of ours pass as they are. `text`: it may hold untrusted text.
 * `payload`: untrusted data of any form. Records and lists of records are described by their fields.
 */
type FieldRule<Value> = unknown extends Value
  ? 'payload'
  : true extends HoldsText<Value>
    ?
        | OwnText
        | (Value extends string ? 'text' : Value extends readonly (infer Item)[] ? FieldRules<Item> : FieldRules<Value>)
    : 'own';

/**
 * A rule for every field of a record: one that is added has to be classified before anything compiles, and one that holds
 * strings is `text` unless the rule says why not.
 */
type FieldRules<Record> = { readonly [Field in keyof Record]-?: FieldRule<NonNullable<Record[Field]>> };

type ResultFields = { readonly [Field in keyof ProcessResult]: ProcessResult[Field] };
type FactFields<Type extends EnsembleFact['type']> = Omit<Extract<EnsembleFact, { readonly type: Type }>, 'type'>;

const introduction = { processId: 'id', name: 'text' } as const;

const plannedProcess = {
  ...introduction,
  model: 'text',
  timeoutMs: 'own',
  maxTurns: 'own',
  maxBudgetUsd: 'own',
  // Hashes of what was redacted.
  fingerprint: 'hash',
  needs: 'id',
  answerKind: 'own',
  checkedFinding: 'id',
} as const;

const resultRules: FieldRules<ResultFields> = {
  status: 'own',
  reason: 'own',
  processId: 'id',
  name: 'text',
  exitCode: 'own',
  output: 'text',
  stderr: 'text',
  duration: 'own',
  cause: 'own',
  timedOutAfter: 'own',
  attempts: 'own',
  startedAt: 'time',
  endedAt: 'time',
  message: 'text',
  retryAt: 'time',
  // These two come from the child.
  conversationId: 'text',
  model: 'text',
  usage: 'own',
  // Its keys came out of the child's stream, which was redacted before it was parsed.
  usageByModel: 'redacted',
  costUsd: 'own',
  numTurns: 'own',
  mcpFaults: { name: 'text', status: 'redacted' },
  permissionDenials: { toolName: 'text', toolUseId: 'text' },
  structuredOutput: 'payload',
  answerKind: 'own',
  checkedFinding: 'id',
  logFile: 'path',
  childExit: 'word',
  killedAfterResult: 'own',
  logIncomplete: 'own',
  outputTruncated: 'own',
  continueOnError: 'own',
  offline: 'own',
  resumedFrom: 'id',
};

const factRules: { readonly [Type in EnsembleFact['type']]: FieldRules<FactFields<Type>> } = {
  'session-started': {
    sessionId: 'id',
    directory: 'path',
    title: 'text',
    pattern: 'own',
    processes: plannedProcess,
    groups: { id: 'id', needs: 'id', fingerprint: 'hash' },
    policy: 'own',
    shard: {
      ...{ hash: 'hash', count: 'own', trust: 'own', content: 'hash', index: 'own', attempt: 'own' },
      maxBudgetUsd: 'own',
      entries: { id: 'id', name: 'text', shard: 'own', isList: 'own', answerKind: 'own' },
    },
    trust: { level: 'own', why: 'text' },
    offline: 'own',
    executable: 'text',
  },
  'session-context': { context: { id: 'text', text: 'text' } },
  'process-prompt': { processId: 'id', prompt: 'text', received: 'text' },
  'processes-added': { processes: plannedProcess, into: 'id' },
  notice: { level: 'own', message: 'text', processId: 'id', starts: 'own', until: 'time' },
  'process-started': { processId: 'id', attempt: 'own', pid: 'own' },
  // What a child wrote was redacted as a stream, where a secret is found however it was cut; here it would not be.
  'process-output': { processId: 'id', attempt: 'own', stream: 'own', format: 'own', bytes: 'redacted' },
  'process-message': { processId: 'id', attempt: 'own', entry: 'redacted' },
  // The name of the tool was redacted with the message that it comes from.
  'process-phase': { processId: 'id', attempt: 'own', phase: 'redacted' },
  'process-stopping': { processId: 'id', attempt: 'own', cause: 'own', signal: 'word' },
  'process-retrying': { processId: 'id', attempt: 'own', reason: 'own', message: 'text', delayMs: 'own' },
  'process-attempt-ended': {
    ...{ processId: 'id', attempt: 'own', status: 'own', reason: 'own', childExit: 'word', costUsd: 'own' },
    ...{ chargedUsd: 'own', usage: 'own', usageByModel: 'redacted', retryAt: 'time', survivorsKilled: 'own' },
    permissionDenials: { toolName: 'text', toolUseId: 'text' },
  },
  // Results are redacted where they are made, once.
  'process-ended': { result: 'redacted' },
  heartbeat: { running: introduction, waiting: 'own', done: 'own' },
  'session-interrupted': { signal: 'word' },
  // The verdict is our sentence about redacted results, and the findings are made of them.
  'session-ended': {
    conclusion: 'own',
    verdict: 'redacted',
    results: 'redacted',
    totals: 'own',
    retryAt: 'time',
    findings: 'redacted',
  },
};

/** The part of a redactor that works on the fields of records. */
export type FieldRedactor = Pick<Redactor, 'text' | 'payload'>;

/** A fact as sinks may see it. */
export function redactedFact(fact: EnsembleFact, redactor: FieldRedactor): EnsembleFact {
  return redactedRecord(fact, factRules[fact.type], redactor);
}

/** A result as callers, sinks and later processes may see it. */
export function redactedResult(result: ProcessResult, redactor: FieldRedactor): ProcessResult {
  return redactedRecord(result, resultRules, redactor);
}

/** Of each set of rules, those that ask for any work: they are looked up for every event. */
const classified = new Map<object, readonly (readonly [string, string | object])[]>();

function classifiedFields(rules: object): readonly (readonly [string, string | object])[] {
  const known = classified.get(rules);
  if (known !== undefined) return known;
  const fields = Object.entries(rules).filter(
    ([, rule]) => typeof rule === 'object' || rule === 'text' || rule === 'payload',
  );
  classified.set(rules, fields);
  return fields;
}

function redactedRecord<T extends object>(record: T, rules: object, redactor: FieldRedactor): T {
  const fields = classifiedFields(rules);
  if (fields.length === 0) return record;
  const redacted = fields
    .filter(([field]) => field in record)
    .map(([field, rule]) => [field, redactedField(record[field as keyof T], rule, redactor)]);
  return { ...record, ...Object.fromEntries(redacted) };
}

function redactedField(value: unknown, rule: string | object, redactor: FieldRedactor): unknown {
  if (rule === 'payload') return redactor.payload(value);
  if (typeof value === 'string') return redactor.text(value);
  if (Array.isArray(value)) return value.map((item) => redactedField(item, rule, redactor));
  const isRecord = typeof value === 'object' && value !== null && typeof rule === 'object';
  return isRecord ? redactedRecord(value, rule, redactor) : value;
}
