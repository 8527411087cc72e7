import { claudeOptions } from './claude-options.ts';
import { surroundingsOptions } from './environment-options.ts';
import type { OptionRow, ValueOf } from './option-row.ts';
import { workOptions } from './session-options.ts';
import { shardOptions } from './shard-options.ts';

/** Every option there is: inputs, flags, fields, help and the tables of docs/options.md all come from here. */
export const optionTable = [
  ...workOptions,
  ...claudeOptions,
  ...shardOptions,
  ...surroundingsOptions,
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
