import type { Finding, FindingCheck } from '../../model/finding.ts';

/** A JSON Schema: the text of one, the path of its file, a keyword, an object, or what gives one in the standard way. */
export type SchemaSource = string | object;

/** Type of `structuredOutput` when an answer met a schema; unknown where the schema's type does not determine it. */
export type StructuredOutput<Source> = Source extends { readonly '~standard': StandardTypes<infer Output> }
  ? Output
  : Source extends 'findings'
    ? { readonly findings: readonly Finding[] }
    : Source extends 'finding-check'
      ? FindingCheck
      : Source extends string
        ? unknown
        : Value<Source>;

/** The part of https://standardschema.dev/json-schema that carries the type. */
interface StandardTypes<Output> {
  readonly types?: { readonly output: Output } | undefined;
}

type Value<Schema> = Schema extends { readonly const: infer Only }
  ? Only
  : Schema extends { readonly enum: readonly (infer One)[] }
    ? One
    : Schema extends { readonly anyOf: readonly (infer One)[] }
      ? Each<One>
      : Schema extends { readonly oneOf: readonly (infer One)[] }
        ? Each<One>
        : Schema extends { readonly type: readonly (infer Name)[] }
          ? Each<Name extends string ? Omit<Schema, 'type'> & { readonly type: Name } : never>
          : ValueOfType<Schema>;

/** The union of the values of a union of schemas. */
type Each<Schema> = Schema extends unknown ? Value<Schema> : never;

type ValueOfType<Schema> = Schema extends { readonly type: 'string' }
  ? string
  : Schema extends { readonly type: 'number' | 'integer' }
    ? number
    : Schema extends { readonly type: 'boolean' }
      ? boolean
      : Schema extends { readonly type: 'null' }
        ? null
        : Schema extends { readonly items: infer Item }
          ? readonly Value<Item>[]
          : Schema extends { readonly properties: infer Properties }
            ? ObjectOf<Properties, Required<Schema>>
            : unknown;

/** A list whose type is not literal names nothing: then every property may be missing. */
type Required<Schema> = Schema extends { readonly required: readonly (infer Name)[] }
  ? string extends Name
    ? never
    : Name
  : never;

type ObjectOf<Properties, Name> = {
  readonly [Key in keyof Properties as Key extends Name ? Key : never]: Value<Properties[Key]>;
} & {
  readonly [Key in keyof Properties as Key extends Name ? never : Key]?: Value<Properties[Key]>;
};
