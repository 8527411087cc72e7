import { fstatSync } from 'node:fs';
import process from 'node:process';
import { addAbortSignal } from 'node:stream';
import { errorMessage } from '../../model/errors.ts';
import type { StandardInput } from '../../options/file-bounds.ts';
import { standardInputMark } from '../../options/standard-input.ts';
import { largestList } from '../../plan/sources/prompt-draft.ts';
import type { CliContext } from './cli-context.ts';

/** Content of standard input, by the option that names it. */
const contents = {
  'prompt-file': 'the prompt',
  'prompts-file': 'a list of prompts',
  each: 'items, one a line',
  'context-files': 'data',
} as const;
type InputOption = keyof typeof contents;

/** The options that name standard input, each as often as it does. */
export function inputOptions(options: Readonly<Record<string, string>>): readonly InputOption[] {
  return (Object.keys(contents) as InputOption[]).flatMap((name) => {
    const values = name === 'context-files' ? (options[name] ?? '').split(/\r?\n/) : [options[name] ?? ''];
    return values.filter((value) => value.trim() === standardInputMark).map(() => name);
  });
}

/** More than one use of standard input: the first would leave nothing to the others. */
export function inputFaults(uses: readonly InputOption[]): readonly string[] {
  if (uses.length < 2) return [];
  const named = uses.map((name) => (name === 'prompt-file' ? 'the prompt' : `--${name}`)).join(' and ');
  return [`-: standard input can be read once, and ${named} name it. Put one of them into a file.`];
}

/** A notice for piped input that no option names: how to hand it over. */
export function unreadInputNotices(): readonly string[] {
  try {
    const input = fstatSync(0);
    if (!input.isFIFO() && !(input.isFile() && input.size > 0)) return [];
    return ['standard input is not read. To hand it over as data: --context-files -; as the prompt: run -'];
  } catch {
    return [];
  }
}

/** Outcome of reading standard input. */
type ReadInput =
  | { readonly kind: 'read'; readonly standardInput?: StandardInput }
  | { readonly kind: 'failed'; readonly fault: string }
  | { readonly kind: 'interrupted' };

/** Standard input, if an option names it; it is not waited for when something is wrong already. */
export async function readInput(
  [use]: readonly InputOption[],
  { faults, context }: { readonly faults: readonly string[]; readonly context: CliContext },
): Promise<ReadInput> {
  if (use === undefined) return { kind: 'read' };
  return faults.length > 0 ? { kind: 'read', standardInput: {} } : await readFor(use, context);
}

/** Reads standard input for an option to its end, or to the first byte that is too much. */
async function readFor(use: InputOption, context: CliContext): Promise<ReadInput> {
  const { input, err, interrupts } = context;
  const stream = input();
  if (stream.isTTY === true) {
    const keys = process.platform === 'win32' ? 'Ctrl-Z and Enter' : 'Ctrl-D';
    err.write(`Type ${contents[use]}, then end standard input with ${keys} on a new line. Ctrl-C cancels.\n`);
  }
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of addAbortSignal(interrupts.interrupt, stream) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > largestList) break;
    }
    return { kind: 'read', standardInput: { bytes: Buffer.concat(chunks) } };
  } catch (error) {
    if (interrupts.interrupt.aborted) return { kind: 'interrupted' };
    const cause = errorMessage(error);
    return { kind: 'failed', fault: `-: standard input cannot be read: ${cause}` };
  }
}
