import { existsSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import type { CompleteValues } from '../../model/option-table.ts';
import type { DataBlock } from '../../model/plan.ts';
import { shownPath } from '../../options/containment.ts';
import { type Diagnostic, diagnosticOf, mostDiagnostics, quote } from '../../options/diagnostic.ts';
import { type FileAccess, fileBounds } from '../../options/file-bounds.ts';
import { isStandardInput, readStandardInput } from '../../options/standard-input.ts';
import { lookUpTextFile, missingAt, type TextFileLookup } from '../../options/text-file.ts';
import { largestPrompt } from './prompt-draft.ts';

/** The data that goes ahead of every prompt, with faults, notices and warnings about it. */
export interface Context {
  readonly blocks: readonly DataBlock[];
  readonly faults: readonly Diagnostic[];
  readonly notices: readonly string[];
  readonly warnings: readonly string[];
}

/** A warning names no more files than people read. */
const mostNamed = 10;

/** Totals of the files read so far. */
interface Found {
  readonly blocks: DataBlock[];
  readonly faults: Diagnostic[];
  readonly leftOut: string[];
  readonly empty: string[];
  /** Path of each name that was given to a file. */
  readonly paths: Map<string, string>;
}

/** Reads `context` and `context-files`. A file that is binary, or too large, leaves a line in its place and a warning. */
export function readContext(values: CompleteValues, access: FileAccess): Context {
  const text = values.context ?? '';
  const found: Found = {
    blocks: text.trim() === '' ? [] : [{ id: 'context', text }],
    faults: [],
    leftOut: [],
    empty: [],
    paths: new Map(),
  };
  const files = values['context-files'] ?? [];
  for (const [index, shown] of files.entries()) {
    addFile(shown, access, found);
    if (found.faults.length < mostDiagnostics || index === files.length - 1) continue;
    found.faults.push(fault(`the ${files.length - index - 1} files after these were not looked at.`));
    break;
  }
  const { blocks, faults, leftOut, empty } = found;
  const hint = leftOut.length === 0 ? [] : [`left out: ${listed(leftOut)}. Claude sees the name and the size only.`];
  const emptiness = empty.length === 0 ? [] : [`empty: ${listed(empty)}. There is nothing in it to work on.`];
  return {
    blocks,
    faults,
    notices: emptiness.map((line) => `context-files: ${line}`),
    warnings: hint.map((line) => `context-files: ${line}`),
  };
}

function addFile(shown: string, access: FileAccess, found: Found): void {
  if (isStandardInput(shown, access)) {
    addStandardInput(access, found);
    return;
  }
  const { workspace } = access;
  const path = resolve(workspace, shown);
  const id = nameApart(contextName(path, access), path, found);
  const refuse = (text: string) => found.faults.push(fault(`${quote(shown)} ${text}`));
  const bounds = fileBounds(path, access);
  const file = readable(lookUpTextFile({ path, shown, maxBytes: largestPrompt, ...bounds }));
  switch (file.kind) {
    case 'text':
      if (file.text.trim() === '') found.empty.push(quote(id));
      found.blocks.push({ id, text: file.text });
      return;
    case 'unfit': {
      const cause = file.cause.replace(/\.$/, '');
      found.leftOut.push(`${quote(id)} ${cause}`);
      found.blocks.push({ id, text: `[${id}, ${file.bytes} bytes, was left out: it ${cause}]` });
      return;
    }
    case 'missing':
      refuse(`${missingAt({ path, shown })}${blanksHint(shown, access)}`);
      return;
    case 'refused':
      refuse(file.cause);
      return;
    default:
      file satisfies never;
  }
}

/**
 * The path from the directory that the file may lie in, for it must be the same on every runner: each may keep its workspace and
 * RUNNER_TEMP elsewhere.
 */
function contextName(path: string, { workspace, allowedRoots }: FileAccess): string {
  const roots = [workspace, ...allowedRoots.filter((root) => parse(root).root !== root)];
  return roots.map((root) => shownPath(path, root)).find((name) => name !== path) ?? path;
}

/** Tells files apart that have one name in different directories, by the order in which they were given. */
function nameApart(name: string, path: string, { paths }: Found): string {
  let apart = name;
  for (let number = 2; (paths.get(apart) ?? path) !== path; number += 1) apart = `${name} (${number})`;
  paths.set(apart, path);
  return apart;
}

/** Data that is piped in is meant to be read: blank or binary input is refused. */
function addStandardInput(access: FileAccess, found: Found): void {
  const input = readStandardInput(access, largestPrompt);
  if (!input.ok) {
    found.faults.push(...input.diagnostics.map((diagnostic) => diagnosticOf('context-files', diagnostic)));
    return;
  }
  found.blocks.push({ id: 'standard input', text: input.value });
}

/** Refuses a file that decodes as UTF-8, but holds NUL characters. */
function readable(file: TextFileLookup): TextFileLookup {
  if (file.kind !== 'text' || !file.text.includes('\0')) return file;
  return { kind: 'unfit', bytes: Buffer.byteLength(file.text), cause: 'is not text: it holds NUL characters.' };
}

function fault(text: string): Diagnostic {
  return diagnosticOf('context-files', { kind: 'range', text });
}

function blanksHint(shown: string, { workspace }: FileAccess): string {
  const parts = shown.split(/\s+/);
  const areFiles = parts.length > 1 && parts.some((part) => existsSync(resolve(workspace, part)));
  return areFiles ? ' Write one path a line.' : '';
}

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
