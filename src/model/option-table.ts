import { claudeOptions } from './claude-options.ts';
import { environmentOptions } from './environment-options.ts';
import { keyOf, type OptionRow, type RecordName, type ValueOf } from './option-row.ts';
import { sessionOptions } from './session-options.ts';
import { shardOptions } from './shard-options.ts';

/** Every option there is: inputs, flags, fields, help and the tables of docs/options.md all come from here. */
export const optionTable = [
  ...sessionOptions,
  ...claudeOptions,
  ...shardOptions,
  ...environmentOptions,
] as const satisfies readonly OptionRow[];

type Row = (typeof optionTable)[number];

/** The name of an option, as inputs and flags spell it. */
export type OptionName = Row['name'];

/** Given values, parsed; an absent key means "not given". */
export type OptionValues = { readonly [R in Row as R['name']]?: ValueOf<R['kind']> };

/** Given values, completed by the defaults of the entry point. */
export type CompleteValues = OptionValues & {
  readonly [R in Extract<Row, { readonly default: string }> as R['name']]: ValueOf<R['kind']>;
};

/** The rows without their literal types, for loops. */
export const optionRows: readonly (OptionRow & { readonly name: OptionName })[] = [...optionTable];

type RowsOf<Name extends RecordName> = Extract<Row, { readonly record: Name }>;

/** Kinds whose value is a list; an empty one when nothing was given. */
const listKinds = ['tools', 'arguments', 'secrets', 'variable-names'] as const;

type AlwaysThere = { readonly default: string } | { readonly kind: { readonly type: (typeof listKinds)[number] } };

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Rest}`
  ? `${Head}${Capitalize<CamelCase<Rest>>}`
  : Name;

type KeyOf<R extends OptionRow> = R['kind'] extends { readonly type: 'duration' }
  ? `${CamelCase<R['name']>}Ms`
  : CamelCase<R['name']>;

type RecordOf<R extends OptionRow> = {
  readonly [Given in Extract<R, AlwaysThere> as KeyOf<Given>]: ValueOf<Given['kind']>;
} & { readonly [Optional in Exclude<R, AlwaysThere> as KeyOf<Optional>]?: ValueOf<Optional['kind']> };

/** The values of all options whose rows name this record, by `keyOf`; an absent one was not given and has no default. */
export type OptionRecord<Name extends RecordName> = RecordOf<RowsOf<Name>>;

type FieldOf<Name extends RecordName> = OptionRow & {
  readonly name: OptionName;
  readonly key: keyof OptionRecord<Name>;
};

/** Made once: each process has a record of its own. */
const fieldsByRecord = Map.groupBy(
  optionRows.map((row: OptionRow) => ({ ...row, key: keyOf(row) })),
  ({ record }) => record,
);

/** The rows of a record, each with the key of its value there. */
export function fieldsOf<Name extends RecordName>(name: Name): readonly FieldOf<Name>[] {
  // The types make the same keys of the same rows.
  return (fieldsByRecord.get(name) ?? []) as readonly unknown[] as readonly FieldOf<Name>[];
}

/** Makes a record of values that are complete. */
export function recordOf<Name extends RecordName>(name: Name, values: CompleteValues): OptionRecord<Name> {
  const lists: readonly string[] = listKinds;
  const given = fieldsOf(name)
    .map((row) => [row.key, values[row.name] ?? (lists.includes(row.kind.type) ? [] : undefined)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as OptionRecord<Name>;
}
