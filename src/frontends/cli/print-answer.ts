import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import type { ProcessResult } from '../../model/result.ts';
import { filesOfProcess } from '../../model/session-files.ts';
import { answerBlocks } from '../../reports/answer-blocks.ts';
import type { SessionOutcome } from '../../session/run-request.ts';
import { markdownLines } from '../../text/markdown/terminal.ts';
import { oneLine } from '../../text/plain-text.ts';
import { paintFor } from './colors.ts';
import { inertText } from './inert-text.ts';
import type { ChosenAnswers } from './print-choice.ts';
import type { Parts, TextStream } from './text-stream.ts';

/** Answers to print, and where. */
export interface AnswerRequest {
  readonly outcome: SessionOutcome;
  readonly chosen: ChosenAnswers;
  /** A hint on how to print all answers; absent where `--print` chose some of them. */
  readonly hint?: string | undefined;
  readonly out: TextStream;
  /** The current directory, for short paths. */
  readonly directory: string;
}

const longestName = 200;

/** Prints the chosen answers in the order of the prompts; gives lines that say where the others are. */
export async function printAnswers(request: AnswerRequest): Promise<readonly string[]> {
  const { outcome, chosen, out } = request;
  const { answers, isAlone } = chosen;
  const cut: string[] = [];
  for (const [index, answer] of answers.entries()) {
    if (!isAlone) await out.writeAll([`${index === 0 ? '' : '\n'}${heading(answer, out)}\n`]);
    const file = answer.outputTruncated === true ? await openOutput(answer, outcome) : undefined;
    if (answer.outputTruncated === true && file === undefined) cut.push(answer.processId);
    await out.writeAll(answerParts({ answer, file, out }));
    await file?.close();
  }
  return [
    ...cut.map((id) => `warning: the answer of ${id} was printed as far as it is in memory; its file cannot be read.`),
    ...whereOthersAre(request, answers),
  ];
}

/** In the manner of head(1) and tail(1). */
function heading({ processId, name }: ProcessResult, out: TextStream): string {
  const title = name === processId ? processId : `${processId}: ${oneLine(name, longestName)}`;
  return paintFor(out)('bold', inertText(`==> ${title} <==`));
}

interface PrintedAnswer {
  readonly answer: ProcessResult;
  /** Holds all of an answer that is longer than a result keeps. */
  readonly file: FileHandle | undefined;
  readonly out: TextStream;
}

/**
 * The answer as it is, or as text that is safe where it would be obeyed, with a line feed at its end. On a terminal Markdown looks like
 * what it means; what a plain program printed is shown as it is.
 */
async function* answerParts({ answer, file, out }: PrintedAnswer): Parts {
  const { output } = answer;
  if (out.isTerminal && answer.conversationId !== undefined) {
    const whole = file === undefined ? output : await file.readFile('utf8');
    yield* rendered({ ...answer, output: whole }, out);
  } else if (out.isObeyed) {
    yield `${inertText(file === undefined ? output : await file.readFile('utf8')).trimEnd()}\n`;
  } else if (file === undefined) {
    yield output.endsWith('\n') ? output : `${output}\n`;
  } else {
    let last: number | undefined;
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Uint8Array>) {
      last = chunk.at(-1);
      yield chunk;
    }
    if (last !== 0x0a) yield '\n';
  }
}

/** Lines that are wider than this are hard to read. */
const widestText = 100;

function* rendered(answer: ProcessResult, { size, hasColors: colors }: TextStream): Iterable<string> {
  const width = Math.min(widestText, size().columns - 1);
  for (const line of markdownLines(answerBlocks(answer), { width, colors })) yield `${line}\n`;
}

/** Opens the file of an answer if it is still the one that we wrote; a link may have been put in its place. */
async function openOutput({ processId }: ProcessResult, outcome: SessionOutcome): Promise<FileHandle | undefined> {
  const path = join(outcome.directory, filesOfProcess(processId).output);
  if (!outcome.files.includes(path)) return undefined;
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch {
    return undefined;
  }
}

function whereOthersAre(
  { outcome, hint = '', directory }: AnswerRequest,
  printed: readonly ProcessResult[],
): readonly string[] {
  const others = outcome.results.filter((result) => result.status === 'succeeded' && !printed.includes(result));
  const [first] = others;
  if (first === undefined) return [];
  const inside = relative(directory, outcome.directory);
  const session = inside.startsWith('..') || isAbsolute(inside) ? outcome.directory : inside;
  if (others.length === 1) return [`not printed: ${join(session, filesOfProcess(first.processId).output)}`];
  return [`${others.length} answers not printed${hint}: ${join(session, filesOfProcess('*').output)}`];
}
