import { checkVerdicts, reportedVerdicts, severities } from './finding.ts';

/** Longest heading of a finding, in characters. */
export const longestShortSummary = 60;

const text = (description: string) => ({ type: 'string', description }) as const;

/** The words of the Claude CLI's own tool ReportFindings. */
const finding = {
  type: 'object',
  additionalProperties: false,
  required: ['file', 'summary', 'failure_scenario', 'severity'],
  properties: {
    file: text('Path of the file from the root of the repository: relative, with forward slashes, without "..".'),
    line: {
      type: 'integer',
      minimum: 1,
      description: 'The line that the finding is about, counted from 1 in the file as it is now.',
    },
    summary: text('What is wrong, in one or two sentences.'),
    short_summary: {
      type: 'string',
      maxLength: longestShortSummary,
      description: `A heading of at most ${longestShortSummary} characters.`,
    },
    failure_scenario: text('What has to happen for it to do harm, and what the harm is.'),
    category: text('One or two words for the kind of the finding, such as "security" or "error-handling".'),
    severity: {
      enum: severities,
      description:
        'important: the change must not be merged with it. nit: worth a change, but no reason to wait. pre_existing: it was there before the change.',
    },
    verdict: {
      enum: reportedVerdicts,
      description: 'CONFIRMED: you have seen in the code that it happens. PLAUSIBLE: it may happen.',
    },
  },
} as const;

/** The schemas that `json-schema` knows by a keyword; `schemas/` has them as files. */
export const schemasByKeyword = {
  findings: {
    title: 'Findings',
    description: 'What a review has found; an empty list when it has found nothing.',
    type: 'object',
    additionalProperties: false,
    required: ['findings'],
    properties: { findings: { type: 'array', items: finding } },
  },
  'finding-check': {
    title: 'Check of a finding',
    description: 'What a second look at one finding has come to.',
    type: 'object',
    additionalProperties: false,
    required: ['verdict', 'reason'],
    properties: {
      verdict: {
        enum: checkVerdicts,
        description:
          'CONFIRMED: you have seen that it happens. PLAUSIBLE: it may happen. REFUTED: you have seen that it cannot happen.',
      },
      reason: text('What in the code proves it.'),
    },
  },
} as const;

/** A word that stands for a schema. */
export type SchemaKeyword = keyof typeof schemasByKeyword;

/** Every word that stands for a schema. */
export const schemaKeywords = Object.keys(schemasByKeyword) as readonly SchemaKeyword[];

const keywordsByText: ReadonlyMap<string, SchemaKeyword> = new Map(
  schemaKeywords.map((keyword) => [JSON.stringify(schemasByKeyword[keyword]), keyword]),
);

/** The keyword whose schema this text is. */
export function keywordOfSchema(jsonSchema: string | undefined): SchemaKeyword | undefined {
  return jsonSchema === undefined ? undefined : keywordsByText.get(jsonSchema);
}

/** Kind of answer that a process is asked for, as recorded in its result. */
export interface AnswerRole {
  /** The keyword of its schema; absent with any other schema, and without one. */
  readonly answerKind?: SchemaKeyword;
  /** The `id` of the finding that it checks. */
  readonly checkedFinding?: string;
}

/** Kind of answer that a schema asks for; `checkedFinding` is the `id` of the finding that the process was given. */
export function answerRole(jsonSchema: string | undefined, checkedFinding?: string): AnswerRole {
  const answerKind = keywordOfSchema(jsonSchema);
  if (answerKind === undefined) return {};
  const isCheck = answerKind === 'finding-check' && checkedFinding !== undefined;
  return { answerKind, ...(isCheck && { checkedFinding }) };
}
