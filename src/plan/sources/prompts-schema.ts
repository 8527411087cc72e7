import { schemaKeywords } from '../../model/finding-schemas.ts';
import type { OptionRow } from '../../model/option-row.ts';
import { optionRows } from '../../model/option-table.ts';
import { idGrammar } from '../../options/process-id.ts';
import { type GraphKeyName, mostCopies, outcomes } from '../graph-keys.ts';
import type { ownKeys } from './prompt-entry.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A null is what programs write for what is not given. */
const absent: Schema = { type: 'null' };

/** A plain scalar is always text, whatever YAML takes it for. */
const text: Schema = { type: ['string', 'number', 'boolean', 'null'] };

const list: Schema = { anyOf: [text, { type: 'array', items: { type: ['string', 'number', 'boolean'] } }] };
const id: Schema = { type: ['string', 'number'] };
const ids: Schema = { anyOf: [id, { type: 'array', items: id }] };
const boolean: Schema = { enum: [true, false, 'true', 'false', '', null] };

function count(min: number, max: number): Schema {
  return { anyOf: [{ type: 'integer', minimum: min, maximum: max }, { type: 'string', pattern: '^[0-9]*$' }, absent] };
}

const own: Readonly<Record<(typeof ownKeys)[number], Schema>> = {
  id: {
    description: 'Names the process, its log and its result: 1 to 64 letters, digits, ".", "_" or "-".',
    anyOf: [{ type: ['string', 'number'], pattern: `${idGrammar.source}|^$` }, absent],
  },
  name: { description: 'What people see in place of the id; any text.', ...text },
  prompt: { description: 'The text that Claude is given, as it stands.', ...text },
  'prompt-file': { description: 'A file whose text is the prompt.', ...text },
};

const path: Schema = { description: 'Where the list is: names of properties, with dots between them.', ...text };

const forEachSources: readonly Schema[] = [
  { description: 'The items as they are written here.', type: 'array' },
  {
    description: 'The paths of the files that match.',
    type: 'object',
    additionalProperties: false,
    required: ['glob'],
    properties: { glob: list },
  },
  {
    description: 'The elements of a list in a file of JSON.',
    type: 'object',
    additionalProperties: false,
    required: ['file'],
    properties: { file: text, path },
  },
  {
    description: 'The elements of a list in the structured output of earlier entries.',
    type: 'object',
    additionalProperties: false,
    required: ['from', 'path'],
    properties: { from: ids, path },
  },
];

const graph: Readonly<Record<GraphKeyName, Schema>> = {
  needs: {
    description:
      'Ids of entries that have to end first, or all: every entry before this one. Their results come ahead of the prompt.',
    ...ids,
  },
  when: {
    description:
      'When it starts: success (the default), always, failure, or conditions on structured output that must all hold.',
    anyOf: [
      { enum: [...outcomes, '', null] },
      { type: 'object', additionalProperties: ids, examples: [{ 'triage.severity': ['high'] }] },
    ],
  },
  'for-each': {
    description: 'One process for each item of a list; the item comes as data.',
    anyOf: [...forEachSources, absent],
  },
  repeat: { description: 'That many copies.', ...count(1, mostCopies) },
  'max-items': { description: 'How many items of for-each at most. Default: 50.', ...count(1, mostCopies) },
  'conversation-from': { description: 'The id of an entry whose conversation this one continues.', ...text },
  'continue-on-error': {
    description: 'true: its failure is shown, fails nothing, and counts as a success for what needs it.',
    ...boolean,
  },
};

/** The schema of a file of prompts, for editors: what the parser of lists accepts, as far as a schema can say it. */
export function promptsSchema(): Schema {
  const options = optionRows
    .filter(({ perProcess }: OptionRow) => perProcess === true)
    .map((row) => [row.name, { description: row.description, ...optionSchema(row) }]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Prompts of Claude Ensemble',
    description: 'A list of prompts: one process for each entry, or several where for-each or repeat say so.',
    type: 'array',
    items: {
      anyOf: [
        { description: 'The text of a prompt.', type: ['string', 'number', 'boolean'] },
        {
          type: 'object',
          additionalProperties: false,
          properties: { ...own, ...graph, ...Object.fromEntries(options) },
          oneOf: [{ required: ['prompt'] }, { required: ['prompt-file'] }],
          dependencies: { 'max-items': ['for-each'] },
          not: { required: ['for-each', 'repeat'] },
        },
      ],
    },
  };
}

function optionSchema({ kind }: OptionRow): Schema {
  switch (kind.type) {
    case 'boolean':
      return boolean;
    case 'choice':
      return { enum: [...kind.values, '', null] };
    case 'count':
      return count(kind.min, kind.max);
    case 'duration':
      return { ...text, examples: ['90s', '15m', '1h30m'] };
    case 'lines':
    case 'tools':
    case 'arguments':
    case 'secrets':
    case 'variable-names':
      return list;
    case 'json-schema':
      return { ...text, examples: schemaKeywords };
    default:
      return text;
  }
}
