import type { ProcessResult } from '../model/result.ts';
import { parseMarkdown } from '../text/markdown/parse.ts';
import type { Block } from '../text/markdown/tree.ts';
import { plainText } from '../text/plain-text.ts';

/** An answer as a document: a structured one is JSON, in which Markdown would see signs of its own. */
export function answerBlocks({
  output,
  structuredOutput,
}: Pick<ProcessResult, 'output' | 'structuredOutput'>): readonly Block[] {
  if (structuredOutput === undefined) return parseMarkdown(output);
  return [{ kind: 'code', text: plainText(indented(output)) }];
}

/** JSON for reading; what was cut in the middle stays as it is. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
