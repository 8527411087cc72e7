import { resolve } from 'node:path';
import { schemaKeywords } from '../model/finding-schemas.ts';
import type { OptionName, OptionValues } from '../model/option-table.ts';
import type { ClaudeOptions, TrustDecision } from '../model/plan.ts';
import { flagsIn } from '../options/claude-arguments.ts';
import { consent } from '../options/consent.ts';
import { isInReachOf, isInside } from '../options/containment.ts';
import { type Diagnostic, diagnosticOf, type Place, quote } from '../options/diagnostic.ts';
import type { PromptDraft } from './sources/prompt-draft.ts';

/** Permission modes that allow nothing by themselves. */
const carefulModes: readonly string[] = ['default', 'plan', 'dontAsk'];

/** Flags that give Claude no tool, no directory and no configuration; others may, in this or a later version of the CLI. */
const harmlessFlags: ReadonlySet<string> = new Set([
  ...['--autocompact', '--betas', '--disable-slash-commands', '--exclude-dynamic-system-prompt-sections'],
  ...['--no-chrome', '--restricted', '--system-prompt'],
]);

/** Keys that an entry may set when the list may come from the author of the checkout. */
const entryKeys: readonly string[] = ['id', 'name', 'prompt', 'prompt-file', 'model', 'timeout'];

/** Values to check, and the session that they are for. */
export interface TrustInput {
  readonly trust: TrustDecision;
  /** Absolute path of the checkout. */
  readonly checkout: string;
  readonly values: OptionValues;
  /** Position of the entry, when the values are those of one entry. */
  readonly place?: Place | undefined;
}

/** Demands among the values that an untrusted session may not make. */
export function trustFaults(input: TrustInput): readonly Diagnostic[] {
  const { trust, checkout, values, place } = input;
  if (trust.level === 'trusted') return [];
  const faults: Diagnostic[] = [];
  const refuse = (option: OptionName, text: string): void => {
    faults.push(diagnosticOf(option, { kind: 'range', text: `${text} ${consent(trust)}` }, place));
  };
  for (const tool of values['allowed-tools'] ?? []) {
    if (tool !== 'Read') refuse('allowed-tools', `${quote(tool)} is not allowed; Claude has the tool Read only.`);
  }
  const mode = values['permission-mode'];
  if (mode !== undefined && !carefulModes.includes(mode)) {
    refuse('permission-mode', `${quote(mode)} is not one of ${carefulModes.join(', ')}.`);
  }
  for (const option of ['mcp-config', 'settings', 'claude-path'] as const) {
    const path = values[option];
    if (path === undefined) continue;
    // Commands in it run in the checkout, and its permissions are not ours: only a file shows who wrote it.
    if (path.startsWith('{')) refuse(option, 'JSON text is not allowed, only the path of a file outside the checkout.');
    else if (isInReachOf(path, checkout)) refuse(option, `${quote(path)} lies in the checkout.`);
  }
  for (const flag of flagsIn(values['claude-args'] ?? [])) {
    if (!harmlessFlags.has(flag))
      refuse('claude-args', `${quote(flag)} is not one of ${[...harmlessFlags].join(', ')}.`);
  }
  const directory = values['working-directory'];
  if (directory !== undefined && !isInside(directory, checkout))
    refuse('working-directory', `${quote(directory)} lies outside the checkout.`);
  return faults;
}

/** A schema to check, and the session that it is for. */
export interface SchemaInput {
  readonly trust: TrustDecision;
  /** Absolute; paths are relative to it. */
  readonly workspace: string;
  /** Absolute path of the checkout, when the workspace is only a part of it. */
  readonly checkout?: string | undefined;
  /** As it was given: JSON text, a path, or an object of the library. */
  readonly given: unknown;
  readonly place?: Place | undefined;
}

/** Refuses a schema that a link of a hostile checkout leads to: its content is sent to the model. */
export function schemaFaults({
  trust,
  workspace,
  checkout = workspace,
  given,
  place,
}: SchemaInput): readonly Diagnostic[] {
  if (trust.level === 'trusted' || typeof given !== 'string' || /^\s*(?:\{|$)/.test(given)) return [];
  if (schemaKeywords.some((keyword) => keyword === given.trim())) return [];
  const path = resolve(workspace, given.trim());
  if (!isInReachOf(path, checkout) || isInside(path, checkout)) return [];
  const text = `${quote(given.trim())} lies outside ${checkout}. ${consent(trust)}`;
  return [diagnosticOf('json-schema', { kind: 'range', text }, place)];
}

/** Keys of an entry in the checkout that it may not set in an untrusted session. */
export function entryKeyFaults(trust: TrustDecision, draft: PromptDraft): readonly Diagnostic[] {
  if (trust.level === 'trusted') return [];
  const refused = draft.keys.filter((key) => !entryKeys.includes(key));
  return refused.map((key) => {
    const text = `a list in the checkout may set only ${entryKeys.join(', ')}. ${consent(trust)}`;
    return diagnosticOf(key, { kind: 'range', text }, draft.place);
  });
}

/**
 * Claude's options as the session's trust leaves them. Reading in the working directory needs no permission, and the
 * rule `Read` would allow reading everywhere (CLI 2.1.330), so an untrusted session allows nothing by a rule.
 */
export function limitedByTrust(options: ClaudeOptions, trust: TrustDecision): ClaudeOptions {
  return trust.level === 'trusted' ? options : { ...options, allowedTools: [] };
}
