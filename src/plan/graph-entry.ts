import type { ProcessSpec } from '../model/plan.ts';
import type { PromptDraft } from './sources/prompt-draft.ts';
import type { StaticItem } from './static-items.ts';

/** One entry of a graph, with its process before copies of it are made. */
export interface GraphEntry {
  readonly draft: PromptDraft;
  readonly process: ProcessSpec;
  /** The items of a list that is known before the start. */
  readonly items?: readonly StaticItem[];
}
