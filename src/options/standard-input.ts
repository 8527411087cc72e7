import { consent } from './consent.ts';
import { accept, type Result, refuseRange } from './diagnostic.ts';
import type { FileAccess } from './file-bounds.ts';
import { formatBytes } from './text-file.ts';

/** Path that stands for standard input. */
export const standardInputMark = '-';

/** Whether a value names standard input; where nothing was read from it, it is the path of a file like any other. */
export function isStandardInput(value: string | undefined, { standardInput }: FileAccess): boolean {
  return value === standardInputMark && standardInput !== undefined;
}

/** The text of standard input. Blank is an error: input that is piped in is meant to have content. */
export function readStandardInput({ standardInput }: FileAccess, maxBytes: number): Result<string> {
  const bytes = standardInput?.bytes;
  if (bytes === undefined) return { ok: false, diagnostics: [] };
  if (bytes.length > maxBytes) {
    return refuseRange(`standard input has more than ${formatBytes(maxBytes)}, which is all that is allowed.`);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.trim() !== '') return accept(text);
    return refuseRange('standard input is empty: the command before it has printed nothing, or nothing was typed.');
  } catch {
    return refuseRange('standard input is not UTF-8 text.');
  }
}

/** The same for prompts, which an untrusted session refuses: their author is unknown. */
export function readPromptsFromStandardInput(access: FileAccess, maxBytes: number): Result<string> {
  const { trust } = access;
  if (trust.level === 'trusted') return readStandardInput(access, maxBytes);
  return refuseRange(`no prompts are taken from standard input, only data. ${consent(trust)}`);
}
