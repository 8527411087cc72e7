import { resolve } from 'node:path';
import type { Frontend } from '../../model/option-row.ts';
import type { CompleteValues, OptionName, OptionValues } from '../../model/option-table.ts';
import type { DataBlock } from '../../model/plan.ts';
import { accept, type Place, quote, type Result, refuseRange, refuseType } from '../../options/diagnostic.ts';
import { type FileAccess, fileBounds } from '../../options/file-bounds.ts';
import { readTextFile } from '../../options/text-file.ts';
import type { GraphKeys } from '../graph-keys.ts';

/** The largest prompt with its data, in bytes: from about 3 MB the CLI answers "Prompt is too long" without asking the model. */
export const largestPrompt = 2.5 * 1024 * 1024;

/** The largest list in bytes: an attack of this size is still refused within a second. */
export const largestList = 32 * 1024 * 1024;

/** A process as its source describes it, before the session's options are added. */
export interface PromptDraft {
  /** The option that it comes from. */
  readonly source: OptionName;
  /** Where in that option it stands; absent when it is all of it. */
  readonly place?: Place;
  readonly id?: string;
  readonly name?: string;
  readonly prompt: string;
  /** Data of this process only. */
  readonly data?: readonly DataBlock[];
  /** The options of this process only. */
  readonly values: OptionValues;
  /** Its needs, and how often it runs; absent where its entry has no such key. */
  readonly graph?: GraphKeys;
  /** Its prompt was read from a file of its own. */
  readonly isFromFile?: boolean;
  /** The keys that its entry set. */
  readonly keys: readonly string[];
}

/** Access to the sources of prompts. */
export interface PromptAccess extends FileAccess {
  readonly frontend: Frontend;
}

/** Options of a session, and the files that its prompts may come from. */
export interface PromptRequest extends PromptAccess {
  readonly values: CompleteValues;
}

/** Refuses a prompt that says nothing; any other stays as it is. */
export function parsePrompt(input: unknown): Result<string> {
  if (typeof input !== 'string') return refuseType(`${quote(input)} is not a string.`);
  return input.trim() === '' ? refuseRange('the prompt is blank.') : accept(input);
}

/** Reads a prompt from a file. */
export function readPromptFile(shown: string, access: PromptAccess): Result<string> {
  const path = resolve(access.workspace, shown);
  const file = readTextFile({ path, shown, maxBytes: largestPrompt, ...fileBounds(path, access) });
  if (!file.ok) return file;
  return file.value.text.trim() === '' ? refuseRange(`${quote(shown)} is blank.`) : accept(file.value.text);
}
