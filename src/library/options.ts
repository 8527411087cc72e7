import type { OptionKind, ValueOf } from '../config/option-row.ts';
import type { optionTable } from '../config/option-table.ts';
import type { EnsembleEvent } from '../core/event.ts';

type Row = (typeof optionTable)[number];

/** The rows that the library has: those without a list of doors. */
type LibraryRow = Exclude<Row, { readonly doors: readonly string[] }>;

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

type FieldName<R extends Row> = R extends { readonly field: infer Field extends string } ? Field : CamelCase<R['name']>;

interface InputByType {
  /** Seconds, or text such as `15m`. */
  readonly duration: number | string;
  /** Bytes, or text such as `512MiB`. */
  readonly size: number | string;
  readonly 'fail-on': 'any' | 'all' | 'none' | number | `${number}%`;
  readonly lines: readonly string[] | string;
  readonly tools: readonly string[] | string;
  readonly arguments: readonly string[] | string;
  readonly secrets: readonly string[] | string;
  readonly 'variable-names': readonly string[] | string;
  readonly 'json-schema': string | object;
  readonly 'json-or-path': string | object;
}

type InputOf<Kind extends OptionKind> = Kind['type'] extends keyof InputByType
  ? InputByType[Kind['type']]
  : ValueOf<Kind>;

type Fields<R extends Row> = { readonly [X in R as FieldName<X>]?: InputOf<X['kind']> | undefined };

/** Every session and process option, by its name in camel case; `workingDir` and `baseLogDir` keep the seed's names. */
export type SessionOptions = Fields<LibraryRow> & StreamOptions;

/** The options of one process; what is left out is the session's. */
export type ProcessOptions = Fields<Extract<LibraryRow, { readonly perProcess: true }>> &
  StreamOptions & {
    /** What people see instead of the id. */
    readonly name?: string | undefined;
  };

/** Where a process's text goes as it comes. */
export interface StreamOptions {
  /** Write the redacted text to standard output; true by default. */
  readonly streamOutput?: boolean | undefined;
}

type PatternField = 'maxWorkers' | 'batchSize' | 'passOutput' | 'stopOnFailure';

/** What every pattern function takes besides the options of its pattern. */
export interface RunOptions {
  /** Ends the session when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Told every event, redacted, in order. Nobody waits for what it returns; the first promise that it rejects is a warning. */
  readonly onEvent?: ((event: EnsembleEvent) => void) | undefined;
}

type PatternOptions<Field extends PatternField> = Pick<SessionOptions, Field> & RunOptions;

/** Options of `runParallel`; what is left out is the session's. */
export type ParallelOptions = PatternOptions<'maxWorkers' | 'stopOnFailure'>;

/** Options of `runSequential`; what is left out is the session's. */
export type SequentialOptions = PatternOptions<'passOutput' | 'stopOnFailure'>;

/** Options of `runWithFallback`. */
export type FallbackOptions = RunOptions & {
  /** Replaces each process's own timeout. */
  readonly timeout?: SessionOptions['timeout'];
};

/** Options of `runBatched`; what is left out is the session's. */
export type BatchedOptions = PatternOptions<'batchSize' | 'maxWorkers' | 'passOutput' | 'stopOnFailure'>;
