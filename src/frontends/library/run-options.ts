import type { OptionName } from '../../model/option-table.ts';
import { type Diagnostic, diagnosticOf, quote } from '../../options/diagnostic.ts';
import { parseOptionValues } from '../../options/option-values.ts';
import type { RunOptions } from './options.ts';

/** Reads the options of one call: those of the names given, in camel case, with `signal` and `onEvent`. */
export function readRunOptions(options: RunOptions, names: readonly OptionName[]) {
  if (typeof options !== 'object' || options === null)
    throw new TypeError('options: an object is expected, such as { signal: controller.signal }.');
  const { signal, onEvent, ...others } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new TypeError('signal: an AbortSignal is expected, such as the signal of an AbortController.');
  if (onEvent !== undefined && typeof onEvent !== 'function')
    throw new TypeError('onEvent: a function is expected; it is called with each event.');
  const request = { frontend: 'library', options: others, allowed: new Set(names), base: '/' } as const;
  const { values, faults } = parseOptionValues(request);
  throwFaults(faults);
  const run: RunOptions = { signal, onEvent };
  return { run, given: values };
}

/** Faults of the fields that are not in the table of options. */
export function ownFieldFaults({ name, streamOutput }: { readonly name?: unknown; readonly streamOutput?: unknown }) {
  const wrong = (field: string, value: unknown, what: string): Diagnostic =>
    diagnosticOf(field, { kind: 'type', text: `${quote(value)} is not ${what}.` });
  return [
    ...(typeof (name ?? '') === 'string' ? [] : [wrong('name', name, 'a string')]),
    ...(typeof (streamOutput ?? true) === 'boolean' ? [] : [wrong('streamOutput', streamOutput, 'true or false')]),
  ];
}

/** Throws what is wrong with arguments, all of it, in the words that the Action would print. */
export function throwFaults(faults: readonly Diagnostic[]): void {
  if (faults.length === 0) return;
  const message = faults.map((fault) => fault.message).join('\n');
  throw faults.some(({ kind }) => kind === 'type') ? new TypeError(message) : new RangeError(message);
}
