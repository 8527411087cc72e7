type Schema = Readonly<Record<string, unknown>>;

/** Deeper than this only required properties are filled, and a reference to itself ends. */
const maxDepth = 5;

const textByFormat: Readonly<Record<string, string>> = {
  date: '2026-01-01',
  time: '00:00:00Z',
  'date-time': '2026-01-01T00:00:00Z',
  email: 'offline@example.com',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/**
 * A value that fits a simple JSON schema, the same one each time: objects, arrays, strings, numbers, booleans, `enum`,
 * `const`, `required`, lengths and ranges, `anyOf`, local `$ref`. Patterns are not understood.
 */
export function exampleOf(schema: unknown): unknown {
  return example(schema, { root: schema, depth: 0, left: { steps: mostSteps, characters: mostCharacters } });
}

/** A schema that refers to itself in many places asks for more than any machine can hold: then the rest stays empty. */
const mostSteps = 2_000;
const mostCharacters = 1_000_000;

interface Place {
  readonly root: unknown;
  readonly depth: number;
  /** Shared by all places. */
  readonly left: { steps: number; characters: number };
}

function example(given: unknown, place: Place): unknown {
  if (!isSchema(given) || place.depth > 2 * maxDepth || isSpent(place)) return {};
  const schema = resolve(given, place);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if ('default' in schema) return schema.default;
  const deeper = { ...place, depth: place.depth + 1 };
  switch (typeOf(schema)) {
    case 'object':
      return exampleObject(schema, deeper);
    case 'array':
      return exampleArray(schema, deeper);
    case 'string':
      return exampleText(schema, deeper);
    case 'integer':
    case 'number':
      return exampleNumber(schema);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

/** Follows a local reference, takes the first alternative, and folds what must hold together into one schema. */
function resolve(schema: Schema, place: Place): Schema {
  const { $ref: reference, allOf, anyOf, oneOf, ...own } = schema;
  const parts = [
    ...(typeof reference === 'string' ? [referred(reference, place.root)] : []),
    ...listOf(allOf),
    ...[...listOf(anyOf), ...listOf(oneOf)].slice(0, 1),
  ].filter(isSchema);
  if (parts.length === 0 || place.depth > 2 * maxDepth || isSpent(place)) return own;
  const all = [...parts.map((part) => resolve(part, { ...place, depth: place.depth + 1 })), own];
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map((part) => recordOf(part.properties))),
    required: all.flatMap((part) => listOf(part.required)),
  };
}

function referred(reference: string, root: unknown): unknown {
  if (!reference.startsWith('#')) return undefined;
  const steps = reference.slice(1).split('/').slice(1);
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, step) => recordOf(value)[step], root);
}

function exampleObject(schema: Schema, deeper: Place): object {
  const required = new Set(listOf(schema.required));
  const properties = Object.entries(recordOf(schema.properties));
  const wanted = properties.filter(([name]) => required.has(name) || deeper.depth < maxDepth);
  return Object.fromEntries(wanted.map(([name, property]) => [name, example(property, deeper)]));
}

function exampleArray(schema: Schema, deeper: Place): readonly unknown[] {
  const { minItems, maxItems, items, prefixItems } = schema;
  if (Array.isArray(prefixItems)) return prefixItems.map((item) => example(item, deeper));
  const least = numberOf(minItems, 0);
  const wanted = deeper.depth < maxDepth ? Math.max(1, least) : least;
  return Array.from({ length: Math.min(wanted, numberOf(maxItems, Infinity), 100) }, () =>
    example(items ?? {}, deeper),
  );
}

function exampleText(schema: Schema, { left }: Place): string {
  const { format } = schema;
  const least = Math.min(numberOf(schema.minLength, 0), left.characters);
  left.characters -= Math.max(0, least);
  const byFormat = typeof format === 'string' && Object.hasOwn(textByFormat, format) ? textByFormat[format] : undefined;
  return byFormat ?? 'offline'.padEnd(least, '.').slice(0, numberOf(schema.maxLength, Infinity));
}

function exampleNumber(schema: Schema): number {
  const step = numberOf(schema.multipleOf, 1);
  const low = numberOf(schema.minimum, numberOf(schema.exclusiveMinimum, -step) + step);
  const high = numberOf(schema.maximum, numberOf(schema.exclusiveMaximum, Infinity) - step);
  return Math.min(Math.ceil(low / step) * step, high);
}

/** Takes one step; says whether there was none left. */
function isSpent({ left }: Place): boolean {
  left.steps -= 1;
  return left.steps < 0;
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function typeOf(schema: Schema): unknown {
  const { type } = schema;
  if (Array.isArray(type)) return type.find((one) => one !== 'null') ?? 'null';
  return type ?? ('items' in schema ? 'array' : 'object');
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordOf(value: unknown): Schema {
  return isSchema(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
