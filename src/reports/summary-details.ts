import { Buffer } from 'node:buffer';
import type { ProcessResult, Status } from '../model/result.ts';
import { lastUnits } from '../text/cut-text.ts';
import { endingText } from '../text/format.ts';
import { codeHtml, escapedStart, escapeHtml } from '../text/html-text.ts';
import { oneLine, plainText, shortened } from '../text/plain-text.ts';

/** How the summary marks the state that a process ended in. */
export const statusMarks: Readonly<Record<Status, string>> = {
  succeeded: '✅',
  failed: '❌',
  'timed-out': '⏱️',
  cancelled: '🚫',
  skipped: '⏭️',
};

/** What has room of the texts of a session's processes. */
export interface FittingDetails {
  readonly html: string;
  readonly shortened: number;
  readonly leftOut: number;
}

const longestName = 120;
const longestMessage = 2_000;
const longestStderr = 4_096;
/** With less room than this a detail says nothing. */
const leastRoom = 1_000;
/** How much of its neighbours' room a long output may hope for. */
const mostShares = 4;

/** Shares the room among the texts of all processes: who needs little leaves the rest to others. */
export function fittingDetails(results: readonly ProcessResult[], room: number): FittingDetails {
  const wanted = results.filter((result) => textOf(result, leastRoom).text !== '');
  const kept = new Set(failuresFirst(wanted).slice(0, Math.max(0, Math.floor(room / leastRoom))));
  const evenShare = Math.floor(room / Math.max(1, kept.size));
  const details = wanted.filter((result) => kept.has(result)).map((result) => detailOf(result, evenShare * mostShares));
  const shares = sharesOf(
    details.map(({ frameLength, text }) => frameLength + Buffer.byteLength(escapeHtml(text))),
    room,
  );
  const fitting = details.map((detail, index) => fitted(detail, shares[index] ?? 0));
  return {
    html: fitting.map(({ html }) => html).join(''),
    shortened: fitting.filter(({ isWhole }) => !isWhole).length,
    leftOut: wanted.length - details.length,
  };
}

/** What did not succeed is what people come to read. */
export function failuresFirst(results: readonly ProcessResult[]): readonly ProcessResult[] {
  return results.toSorted((one, other) => Number(isFine(one)) - Number(isFine(other)));
}

/** Whether nothing needs to be explained. */
export function isFine({ status }: ProcessResult): boolean {
  return status === 'succeeded';
}

/** A process's name as inline code. */
export function nameHtml({ name }: ProcessResult): string {
  return codeHtml(oneLine(name, longestName));
}

interface Detail {
  readonly start: string;
  readonly text: string;
  readonly end: string;
  readonly frameLength: number;
  readonly isWhole: boolean;
}

/** A `pre` at the beginning of a line is one block to Markdown, blank lines included. */
function detailOf(result: ProcessResult, most: number): Detail {
  const id = result.processId === result.name ? '' : ` (${codeHtml(result.processId)})`;
  const title = `${statusMarks[result.status]} ${nameHtml(result)}${id}: ${endingText(result)}`;
  const start = `<details><summary>${title}</summary>\n\n<pre>\n`;
  const end = '\n</pre>\n\n</details>\n\n';
  return { start, end, frameLength: Buffer.byteLength(start + end), ...textOf(result, most) };
}

function fitted({ start, text, end, frameLength, isWhole }: Detail, room: number): { html: string; isWhole: boolean } {
  const shown = escapedStart(text, room - frameLength);
  return { html: `${start}${shown.html}${end}`, isWhole: isWhole && shown.isWhole };
}

/** What there is to read of a process: why it failed, the end of its standard error, its output. */
function textOf(result: ProcessResult, most: number): { readonly text: string; readonly isWhole: boolean } {
  const isWhole = result.output.length <= most && result.outputTruncated !== true;
  const output = plainText(shortened(result.output, most)).trim();
  if (isFine(result)) return { text: output, isWhole };
  const stderr = plainText(lastUnits(result.stderr, longestStderr)).trim();
  const parts = [
    ...(result.message === undefined ? [] : [oneLine(result.message, longestMessage)]),
    ...(stderr === '' ? [] : [`standard error:\n${stderr}`]),
    ...(output === '' ? [] : [`output:\n${output}`]),
  ];
  return { text: parts.join('\n\n'), isWhole };
}

/** As much as each needs; where that is too much in all, the same for all who need more than that. */
function sharesOf(needs: readonly number[], room: number): readonly number[] {
  const shares = needs.map(() => 0);
  let left = room;
  const ascending = [...needs.entries()].toSorted(([, one], [, other]) => one - other);
  for (const [rank, [index, need]] of ascending.entries()) {
    const share = Math.min(need, Math.floor(left / (ascending.length - rank)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
