import type { ProcessResult } from '../model/result.ts';
import { lastUnits } from '../text/cut-text.ts';
import { markdownLines } from '../text/markdown/terminal.ts';
import { plainText, shortened } from '../text/plain-text.ts';
import type { ActivityLog } from './activity-log.ts';
import { adviceFor } from './advice.ts';
import { answerBlocks } from './answer-blocks.ts';

/** A log has no width of its own; longer lines are hard to read. */
const width = 110;
const [mostAnswerLines, longestAnswer] = [200, 20_000];
const mostFailureLines = 20;
const [mostErrorLines, longestErrors] = [5, 2_000];
const indent = '        ';

/** The folded details of a process that succeeded: its answer, then its activity. */
export function answerLines(result: ProcessResult, log: ActivityLog | undefined): readonly string[] {
  const answer =
    result.output.trim() === ''
      ? []
      : markdownLines(answerBlocks({ ...result, output: shortened(result.output, longestAnswer) }), {
          width,
          colors: false,
        });
  const shown = answer.slice(0, mostAnswerLines);
  const rest = answer.length - shown.length;
  const lines = log?.lines() ?? [];
  const activities = log?.endsWithWords() === true ? lines.slice(0, -1) : lines;
  const did = activities.slice(0, Math.max(0, mostAnswerLines - shown.length));
  return [
    ...shown.map((line) => `  ${line}`.trimEnd()),
    ...(rest > 0 ? [`  (${rest} more lines: the report has them)`] : []),
    ...(did.length === 0 ? [] : ['', '  What it did:', ...did.map((line) => `    ${line}`)]),
  ];
}

/** The end of what a process did, of its standard error, and the next step. */
export function failureLines(result: ProcessResult, log: ActivityLog | undefined): readonly string[] {
  const errors = plainText(lastUnits(result.stderr, longestErrors)).split('\n');
  const words = errors.filter((line) => line.trim() !== '').slice(-mostErrorLines);
  const next = adviceFor(result)?.next ?? '';
  return [
    ...(log?.lines(mostFailureLines, result.message) ?? []),
    ...(words.length === 0 ? [] : ['standard error:', ...words.map((line) => `  ${line}`)]),
    ...(next === '' ? [] : [`→ ${next.replaceAll('`', '')}`]),
  ].map((line) => indent + line);
}
