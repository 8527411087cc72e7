import type { EnsembleFact } from './event.ts';
import type { Redactor } from './redactor.ts';
import type { ProcessResult } from './result.ts';

/**
 * How a field is redacted. `own`: it holds a word, a number or a path of ours, or was redacted before, and passes as it is.
 * `text`: it may hold words of others. `payload`: data of others. Records and lists of records are described by their fields.
 */
type FieldRule<Value> =
  | 'own'
  | (unknown extends Value
      ? 'payload'
      : Value extends string
        ? 'text'
        : Value extends readonly (infer Item)[]
          ? FieldRules<Item>
          : Value extends object
            ? FieldRules<Value>
            : never);

/** A rule for every field of a record: one that is added has to be classified before anything compiles. */
type FieldRules<Record> = { readonly [Field in keyof Record]-?: FieldRule<Record[Field]> };

type ResultFields = { readonly [Field in keyof ProcessResult]: ProcessResult[Field] };
type FactFields<Type extends EnsembleFact['type']> = Omit<Extract<EnsembleFact, { readonly type: Type }>, 'type'>;

const introduction = { processId: 'own', name: 'text' } as const;

const plannedProcess = {
  ...introduction,
  model: 'text',
  timeoutMs: 'own',
  maxTurns: 'own',
  maxBudgetUsd: 'own',
  // Hashes of what was redacted.
  fingerprint: 'own',
  needs: 'own',
  answerKind: 'own',
  checkedFinding: 'own',
} as const;

const resultRules: FieldRules<ResultFields> = {
  status: 'own',
  reason: 'own',
  processId: 'own',
  name: 'text',
  exitCode: 'own',
  output: 'text',
  stderr: 'text',
  duration: 'own',
  attempts: 'own',
  startedAt: 'own',
  endedAt: 'own',
  message: 'text',
  retryAt: 'own',
  // These two come from the child.
  conversationId: 'text',
  model: 'text',
  usage: 'own',
  // Its keys came out of the child's stream, which was redacted before it was parsed.
  usageByModel: 'own',
  costUsd: 'own',
  numTurns: 'own',
  mcpFaults: { name: 'text', status: 'own' },
  permissionDenials: { toolName: 'text', toolUseId: 'text' },
  structuredOutput: 'payload',
  answerKind: 'own',
  checkedFinding: 'own',
  logFile: 'own',
  childExit: 'own',
  killedAfterResult: 'own',
  logIncomplete: 'own',
  outputTruncated: 'own',
  continueOnError: 'own',
  offline: 'own',
  resumedFrom: 'own',
};

const factRules: { readonly [Type in EnsembleFact['type']]: FieldRules<FactFields<Type>> } = {
  'session-started': {
    sessionId: 'own',
    directory: 'own',
    title: 'text',
    pattern: 'own',
    processes: plannedProcess,
    groups: 'own',
    policy: 'own',
    shard: {
      ...{ hash: 'own', count: 'own', trust: 'own', content: 'own', index: 'own', attempt: 'own', maxBudgetUsd: 'own' },
      entries: { id: 'own', name: 'text', shard: 'own', isList: 'own', answerKind: 'own' },
    },
    trust: { level: 'own', why: 'text' },
    offline: 'own',
    executable: 'text',
  },
  'session-context': { context: { id: 'text', text: 'text' } },
  'process-prompt': { processId: 'own', prompt: 'text', received: 'text' },
  'processes-added': { processes: plannedProcess, into: 'own' },
  notice: { level: 'own', message: 'text', processId: 'own', starts: 'own', until: 'own' },
  'process-started': { processId: 'own', attempt: 'own', pid: 'own' },
  // What a child wrote was redacted as a stream, where a secret is found however it was cut; here it would not be.
  'process-output': { processId: 'own', attempt: 'own', stream: 'own', format: 'own', bytes: 'own' },
  'process-message': { processId: 'own', attempt: 'own', entry: 'own' },
  // The name of the tool was redacted with the message that it comes from.
  'process-phase': { processId: 'own', attempt: 'own', phase: 'own' },
  'process-stopping': { processId: 'own', attempt: 'own', cause: 'own', signal: 'own' },
  'process-retrying': { processId: 'own', attempt: 'own', reason: 'own', message: 'text', delayMs: 'own' },
  'process-attempt-ended': {
    ...{
      processId: 'own',
      attempt: 'own',
      status: 'own',
      reason: 'own',
      childExit: 'own',
      costUsd: 'own',
      chargedUsd: 'own',
    },
    ...{ usage: 'own', usageByModel: 'own', retryAt: 'own', survivorsKilled: 'own' },
    permissionDenials: { toolName: 'text', toolUseId: 'text' },
  },
  // Results are redacted where they are made, once.
  'process-ended': { result: 'own' },
  heartbeat: { running: introduction, waiting: 'own', done: 'own' },
  'session-interrupted': { signal: 'own' },
  // The verdict is our sentence about redacted results, and the findings are made of them.
  'session-ended': {
    conclusion: 'own',
    verdict: 'own',
    results: 'own',
    totals: 'own',
    retryAt: 'own',
    findings: 'own',
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
  const fields = Object.entries(rules).filter(([, rule]) => rule !== 'own');
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
