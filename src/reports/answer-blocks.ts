import { readFindingCheck, readFindings } from '../findings/parse.ts';
import type { ProcessResult } from '../model/result.ts';
import { plural } from '../text/format.ts';
import { headlineOf } from '../text/markdown/headline.ts';
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

/** The headline of an answer: of a review the number of its findings, of a check its verdict and the reason. */
export function answerHeadline({ output, structuredOutput, answerKind }: ProcessResult, longest: number): string {
  const found = answerKind === 'findings' ? readFindings(structuredOutput) : undefined;
  if (found?.isAnswer)
    return found.findings.length === 0 ? 'no findings' : plural(found.findings.length, 'finding', 'findings');
  const check = answerKind === 'finding-check' ? readFindingCheck(structuredOutput) : undefined;
  return headlineOf(check === undefined ? output : `${check.verdict.toLowerCase()}: ${check.reason}`, longest);
}

/** JSON for reading; what was cut in the middle stays as it is. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
