import { Buffer } from 'node:buffer';
import type { ProcessResult } from '../model/result.ts';
import type { SessionState } from '../model/session-state.ts';
import { equalShare, lastUnits } from '../text/cut-text.ts';
import { countText, durationText } from '../text/format.ts';
import { escapedStart, inlineHtml } from '../text/html-text.ts';
import { markdownHtml } from '../text/markdown/html.ts';
import { plainText, shortened } from '../text/plain-text.ts';
import { whatHappenedAndWhy } from './advice.ts';
import { answerBlocks } from './answer-blocks.ts';
import { processMoney } from './money.ts';
import { failuresFirst, isFine, isLarge, markOf, nameHtml } from './summary-table.ts';
import { mainAnswers } from './waits.ts';

/** Bytes of one answer: a summary is read at a glance, and the report has all of it. */
const longestAnswer = 20_000;
const longestMessage = 2_000;
const longestStderr = 2_000;
/** With less room than this an answer says nothing. */
const leastRoom = 600;
/** A fold of ours and the note that something was cut. */
const frameBytes = 600;

/**
 * What there is to read of the processes, a fold for each, in at most `room` bytes: the main answers open and ahead, what failed
 * next. Of many processes there are the main answer and the failures only.
 */
export function answersHtml(state: SessionState, results: readonly ProcessResult[], room: number): string {
  const main = mainAnswers(state);
  const others = failuresFirst(results.filter((result) => !main.includes(result))).filter(hasText);
  const wanted = [...main.filter(hasText), ...(isLarge(results) ? others.filter((result) => !isFine(result)) : others)];
  const note = 200;
  const kept = wanted.slice(0, Math.max(0, Math.floor((room - note) / (leastRoom + frameBytes))));
  const needs = kept.map((result) => Buffer.byteLength(detailHtml(result, longestAnswer).html) + frameBytes);
  const share = equalShare(needs, room - note);
  const folds = kept.map((result, index) =>
    foldHtml(result, { isOpen: main.includes(result), room: Math.min(needs[index] ?? 0, share) }),
  );
  const leftOut = wanted.length - kept.length;
  const more =
    leftOut === 0 ? '' : `<p><i>${countText(leftOut)} more have no room here; the report has them.</i></p>\n\n`;
  return folds.join('') + more;
}

function hasText(result: ProcessResult): boolean {
  const { output, message = '', stderr, attempts } = result;
  return isFine(result) ? output.trim() !== '' : attempts > 0 && (output + message + stderr).trim() !== '';
}

function foldHtml(
  result: ProcessResult,
  { isOpen, room }: { readonly isOpen: boolean; readonly room: number },
): string {
  const { duration, attempts, numTurns, model } = result;
  const money = processMoney(result);
  const facts = [
    ...(attempts === 0 ? [] : [durationText(duration)]),
    ...(money === '' ? [] : [money]),
    ...(numTurns === undefined ? [] : [`${numTurns} ${numTurns === 1 ? 'turn' : 'turns'}`]),
    ...(model === undefined ? [] : [model]),
  ];
  const title = `${markOf(result)} ${nameHtml(result)} <sub>${inlineHtml(facts.join(' · '), 200)}</sub>`;
  const { html, isWhole } = detailHtml(result, Math.min(longestAnswer, room - frameBytes));
  const cut = isWhole ? '' : '<p><i>Cut here; the report has all of it.</i></p>';
  return `<details${isOpen ? ' open' : ''}><summary>${title}</summary>${html.startsWith('<h') ? '' : '<br>'}${html}${cut}<hr></details>\n\n`;
}

/** Why a process failed, the end of its standard error, and its answer. */
function detailHtml(result: ProcessResult, most: number): { readonly html: string; readonly isWhole: boolean } {
  const { output, stderr, outputTruncated } = result;
  const words = lastUnits(stderr, longestStderr);
  const why = isFine(result) ? '' : `<p>${inlineHtml(whatHappenedAndWhy(result), longestMessage)}</p>`;
  const errors = isFine(result) || words.trim() === '' ? '' : linesHtml('Standard error', words);
  const before = isFine(result) ? '' : shortenedTo(`${why}${errors}`, why, most);
  // Markdown takes more room as HTML, never less than a third of it.
  const source = shortened(output, most);
  const left = Math.max(0, most - Buffer.byteLength(before));
  const answer = markdownHtml(answerBlocks({ ...result, output: source }), { on: 'github', most: left });
  const isWhole = answer.isWhole && source.length === output.length && outputTruncated !== true;
  return { html: `${before}${answer.html}`, isWhole };
}

/** The whole where it has room, else its beginning alone, else nothing: neither is cut within an element. */
function shortenedTo(whole: string, beginning: string, most: number): string {
  return [whole, beginning].find((html) => Buffer.byteLength(html) <= most) ?? '';
}

function linesHtml(title: string, text: string): string {
  const { html } = escapedStart(plainText(text).trim(), longestStderr * 3);
  return `<p>${title}:</p><pre>${html.replaceAll('\n', '&#10;')}</pre>`;
}
