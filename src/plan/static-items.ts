import { resolve } from 'node:path';
import { errorMessage } from '../model/errors.ts';
import { consent } from '../options/consent.ts';
import { shownPath } from '../options/containment.ts';
import { accept, quote, type Result, refuseRange } from '../options/diagnostic.ts';
import { fileBounds } from '../options/file-bounds.ts';
import { readTextFile } from '../options/text-file.ts';
import { valueAt } from '../scheduler/readiness.ts';
import type { ForEach, ListValue } from './graph-keys.ts';
import { largestList, type PromptRequest } from './sources/prompt-draft.ts';

/** One item of a list that is known before the start. */
export interface StaticItem {
  /** Handed over as data: a text as it is, anything else as JSON. */
  readonly text: string;
  /** Source of the placeholders; absent where others may have written it. */
  readonly own?: ListValue;
}

/** Reads the items of a list that is known before the start: literal, the paths of files, or a file of JSON. */
export async function readItems(
  forEach: Exclude<ForEach, { readonly kind: 'from' }>,
  given: PromptRequest,
): Promise<Result<readonly StaticItem[]>> {
  const request = withinTrust(given);
  switch (forEach.kind) {
    case 'list':
      return accept(forEach.items.map((own) => ({ text: textOf(own), own })));
    case 'glob': {
      const { findFiles } = await import('./sources/prompt-globs.ts');
      const files = await findFiles(forEach.patterns, request);
      if (!files.ok) return files;
      return accept(
        files.value.map((file) => ({ text: shownPath(resolve(request.workspace, file), request.workspace) })),
      );
    }
    case 'file':
      return itemsOfFile(forEach, request);
    default:
      return forEach satisfies never;
  }
}

/** The request with file access limited to the checkout in an untrusted session. */
function withinTrust(request: PromptRequest): PromptRequest {
  const { trust, workspace, checkout = workspace } = request;
  return trust.level === 'trusted' ? request : { ...request, allowedRoots: [checkout], why: consent(trust) };
}

function itemsOfFile(
  { file, path: names }: Extract<ForEach, { readonly kind: 'file' }>,
  request: PromptRequest,
): Result<readonly StaticItem[]> {
  const path = resolve(request.workspace, file);
  const read = readTextFile({ path, shown: file, maxBytes: largestList, ...fileBounds(path, request) });
  if (!read.ok) return read;
  let value: unknown;
  try {
    value = JSON.parse(read.value.text);
  } catch (error) {
    return refuseRange(`${quote(file)} is not JSON: ${errorMessage(error)}.`);
  }
  const list = valueAt(value, names);
  if (!Array.isArray(list)) {
    const where = names.length === 0 ? '' : ` at ${quote(names.join('.'))}`;
    return refuseRange(`${quote(file)} holds no list${where}.`);
  }
  return accept(list.map((item: unknown) => ({ text: textOf(item) })));
}

function textOf(item: unknown): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}

const placeholder = /\{\{\s*item((?:\.[^{}\s.]+)*)\s*\}\}/g;

/** Whether a text has a place for an item. */
export function hasPlaceholder(text: string): boolean {
  return text.search(placeholder) !== -1;
}

/** Fills a literal item into a text; a key that the item does not have is refused. */
export function fillIn(text: string, item: ListValue): Result<string> {
  const missing: string[] = [];
  const filled = text.replace(placeholder, (whole, path: string) => {
    const value = path === '' ? item : valueAt(item, path.slice(1).split('.'));
    if (value === undefined) missing.push(whole);
    return value === undefined ? whole : textOf(value);
  });
  if (missing.length === 0) return accept(filled);
  return refuseRange(`${quote(missing[0])} is not in the item ${quote(textOf(item))}.`);
}
