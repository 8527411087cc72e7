import { errorMessage } from '../model/errors.ts';
import { schemaKeywords, schemasByKeyword } from '../model/finding-schemas.ts';
import { didYouMean } from '../text/nearest.ts';
import { accept, quote, type Result, refuseRange, refuseType } from './diagnostic.ts';
import { parseJsonSource } from './json-values.ts';
import { parseText } from './scalar-values.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Without one of these a schema describes an object if it does not say otherwise. */
const deciding = ['anyOf', 'oneOf', 'allOf', 'not', 'if', 'enum', 'const', '$ref'];

const types: readonly string[] = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

/**
 * Reads a JSON schema, and makes of it what Claude takes: its root becomes the input of a tool, which must be an object, and the
 * CLI refuses the name of any draft but 07 (2.1.330).
 */
export function parseSchema(input: unknown, base: string): Result<string> {
  const keyword = typeof input === 'string' && schemaKeywords.find((word) => word === input.trim());
  if (keyword) return parseText(JSON.stringify(schemasByKeyword[keyword]));
  const given = standardSchema(input);
  if (!given.ok) return given;
  const json = parseJsonSource(given.value, base);
  if (!json.ok) return json;
  const { $schema: _draft, ...parts } = JSON.parse(json.value) as Schema;
  const schema = withoutRootReference(parts);
  const { type } = schema;
  if (type === undefined && !deciding.some((keyword) => Object.hasOwn(schema, keyword)))
    return parseText(JSON.stringify({ type: 'object', ...schema }));
  if (typeof type === 'string' && !types.includes(type))
    return refuseRange(`its root has the type ${quote(type)}, which is none of JSON Schema.${didYouMean(type, types)}`);
  if (type !== 'object')
    return refuseRange(`its root is ${describe(schema)}, and Claude takes an object only. ${advice}`);
  const combinator = ['anyOf', 'oneOf', 'allOf'].find((keyword) => Object.hasOwn(schema, keyword));
  if (combinator !== undefined)
    return refuseRange(`its root has ${combinator}, which the API refuses there. ${advice}`);
  return parseText(JSON.stringify(schema));
}

/** Libraries of schemas give a JSON schema in a common way (https://standardschema.dev/json-schema); anything else stays as it is. */
function standardSchema(input: unknown): Result<unknown> {
  if ((typeof input !== 'object' && typeof input !== 'function') || input === null || !('~standard' in input))
    return accept(input);
  const { vendor = 'its library', jsonSchema } = (input['~standard'] ?? {}) as StandardSchema;
  if (typeof jsonSchema?.output !== 'function')
    return refuseType(
      `${vendor} gives no JSON schema of it. Take a newer version, or hand over the JSON schema itself.`,
    );
  try {
    return accept(jsonSchema.output({ target: 'draft-07' }));
  } catch (error) {
    return refuseType(`${vendor} gives no JSON schema of it: ${errorMessage(error)}`);
  }
}

interface StandardSchema {
  readonly vendor?: string;
  readonly jsonSchema?: { readonly output?: (options: { readonly target: 'draft-07' }) => unknown };
}

const advice =
  'Make it a property: {"type":"object","properties":{"items":...},"required":["items"]}; "#/..." references then begin "#/properties/items/...".';

function describe(schema: Schema): string {
  if (schema.type !== undefined)
    return `of type ${quote(Array.isArray(schema.type) ? schema.type.join(', ') : schema.type)}`;
  return `made of ${deciding.find((keyword) => Object.hasOwn(schema, keyword))}`;
}

/** A root that is only a reference to one of its definitions, as generators of schemas write it. */
function withoutRootReference(schema: Schema): Schema {
  const { $ref, ...rest } = schema;
  const [, place = '', name = ''] = /^#\/(\$defs|definitions)\/([^/~%]+)$/.exec(String($ref)) ?? [];
  const definitions = schema[place];
  if (typeof definitions !== 'object' || definitions === null || !Object.hasOwn(definitions, name)) return schema;
  const target: unknown = (definitions as Schema)[name];
  return typeof target === 'object' && target !== null ? { ...rest, ...target } : schema;
}
