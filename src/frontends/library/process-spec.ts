import process from 'node:process';
import type { DataBlock, ProcessSpec } from '../../model/plan.ts';
import { type Diagnostic, diagnosticOf, type Result } from '../../options/diagnostic.ts';
import { parseOptionValues, processOptions } from '../../options/option-values.ts';
import { generateProcessId, parseProcessId } from '../../options/process-id.ts';
import { buildProcess } from '../../plan/process-specs.ts';
import { type PromptDraft, parsePrompt } from '../../plan/sources/prompt-draft.ts';
import { ownFieldFaults, throwFaults } from './run-options.ts';
import type { SessionRunner } from './session-runner.ts';

/** Inputs of a process. */
export interface SpecParts {
  readonly prompt: string;
  readonly id: string | undefined;
  /** The field that the id was given as. */
  readonly idField: 'id' | 'processId';
  readonly name: string | undefined;
  readonly streamOutput: boolean | undefined;
  readonly data?: readonly DataBlock[];
  readonly conversationFrom?: string;
  /** Others may continue its conversation. */
  readonly isContinued?: true;
  readonly options: Readonly<Record<string, unknown>>;
  readonly runner: SessionRunner;
  /** Ids in use, in lower case; that of the process is added. */
  readonly ids: Set<string>;
}

/** Makes a process with the session's options, or throws everything that is wrong with its own. */
export function specOf(parts: SpecParts): ProcessSpec {
  const { prompt, id: given, idField, name, data, options, runner, ids, conversationFrom, isContinued } = parts;
  const { values, faults } = parseOptionValues({
    frontend: 'library',
    options,
    allowed: processOptions,
    base: process.cwd(),
  });
  const id = given ?? generateProcessId(ids.size + 1, ids);
  const taken = ids.has(String(id).toLowerCase())
    ? [diagnosticOf(idField, { kind: 'range', text: `"${id}" is already in use.` })]
    : [];
  const own = [
    ...faultsIn('prompt', parsePrompt(prompt)),
    ...faultsIn(idField, parseProcessId(id)),
    ...taken,
    ...ownFieldFaults(parts),
  ];
  throwFaults([...own, ...faults]);
  const draft: PromptDraft = {
    ...{ source: 'prompt', place: { option: 'prompt', where: `process ${id}` }, id, prompt, values, keys: [] },
    ...(name && { name }),
    ...(data !== undefined && { data }),
  };
  const { options: session } = runner;
  const built = buildProcess(draft, id, { frontend: 'library', session, checkout: session.settings.checkout });
  throwFaults(built.faults);
  ids.add(id.toLowerCase());
  return {
    ...built.process,
    ...(conversationFrom !== undefined && { conversationFrom }),
    ...(isContinued && { isContinued }),
  };
}

/** Faults of the value of an option. */
export function faultsIn(option: string, parsed: Result<unknown>): Diagnostic[] {
  return parsed.ok ? [] : parsed.diagnostics.map((diagnostic) => diagnosticOf(option, diagnostic));
}
