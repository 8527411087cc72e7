import { createHash } from 'node:crypto';
import type { ProcessResult } from '../model/result.ts';
import { filesOfProcess } from '../model/session-files.ts';
import type { EventOf, SessionState } from '../model/session-state.ts';
import { withoutPath } from '../record/event-log.ts';
import { durationText, sessionTokensText } from '../text/format.ts';
import { escapeHtml } from '../text/html-text.ts';
import { oneLine } from '../text/plain-text.ts';
import { concernsTitle, outcomeText } from './concerns.ts';
import { highlights } from './highlights.ts';
import { sessionMoney } from './money.ts';
import { packed, packedList } from './packed-blocks.ts';
import type { PageData, PageRow, RowTexts } from './page/page-data.ts';
import { attentionOf, fact, pageRow } from './page-rows.ts';
import { pageScript } from './page-script.ts';
import { pageFindings } from './report-findings.ts';
import { reportStyle } from './report-style.ts';
import { staticReport } from './static-report.ts';
import { type ReadMessage, transcriptSteps } from './transcript.ts';
import { mainAnswers, waitsOf } from './waits.ts';

/** Sources of the report besides the state of the session. */
export interface ReportSources {
  /** The bytes of a file of the session; none when it is not there, or not ours any more. */
  read(name: string): AsyncIterable<Uint8Array>;
  readonly readMessage: ReadMessage;
}

/** Bytes of all streams that become transcripts: few where a cancelled session has little time left. */
const [mostTranscripts, mostWhenCancelled] = [64 * 1_048_576, 2 * 1_048_576];
/** Answers and prompts of several processes make one block: together they pack better, and are searched faster. */
const fullBlock = 256 * 1024;
const longestPrompt = 256 * 1024;
const longestLine = 2_000;

/**
 * The session as one page for a browser, in parts. Nothing in it loads or links to anything outside; its script makes text nodes
 * only. What is large stands packed in templates, each of which is unpacked on demand.
 */
export async function* reportHtml(state: SessionState, sources: ReportSources): AsyncGenerator<string> {
  const { ended } = state;
  if (ended === undefined) return;
  yield head(state, ended);
  yield* staticReport(state, ended);
  yield '</main>\n';
  const texts = new TextBlocks(sources);
  const rows: PageRow[] = [];
  let transcripts = 0;
  const share = shareOf(state, ended.results);
  const waits = waitsOf(state);
  const rowOf = new Map(ended.results.map(({ processId }, row) => [processId, row]));
  for (const result of ended.results) {
    const added = await texts.add(result);
    if (added.block !== undefined) yield template(`t${texts.count - 1}`, added.block);
    const parts = result.attempts === 0 ? undefined : await transcriptOf(state, result, { sources, share });
    if (parts !== undefined) {
      yield `<template id="s${transcripts}">`;
      yield* parts;
      yield '</template>\n';
    }
    const place = parts === undefined ? {} : { transcript: transcripts };
    if (parts !== undefined) transcripts += 1;
    const needs = (waits.get(result.processId) ?? []).flatMap((id) => rowOf.get(id) ?? []);
    rows.push(pageRow(state, result, { texts: added.place, ...place, ...(needs.length > 0 && { needs }) }));
  }
  yield template(`t${texts.count}`, texts.rest());
  yield template('page', packed({ ...pageData(state, ended, rows), findings: pageFindings(state, rowOf) }));
  yield '<div id="app"></div>\n</body>\n</html>\n';
}

function head(state: SessionState, ended: EventOf<'session-ended'>): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(pageScript)}'`,
    `style-src '${hashOf(reportStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(oneLine(`${ended.conclusion}: ${state.started?.title ?? 'Claude Ensemble'} ${state.started?.sessionId ?? ''}`, longestLine))}</title>
<style>${reportStyle}</style>
<script>${pageScript}</script>
</head>
<body>
<main id="static">
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function template(id: string, text: string): string {
  return `<template id="${id}">${text}</template>\n`;
}

/** Equal shares: a stream that needs less leaves nothing to others, so that the page does not depend on their order. */
function shareOf({ interruptedBy }: SessionState, results: readonly ProcessResult[]): number {
  const isHurried = interruptedBy !== undefined || results.some(({ reason }) => reason === 'deadline');
  const ran = results.filter(({ attempts }) => attempts > 0).length;
  return Math.floor((isHurried ? mostWhenCancelled : mostTranscripts) / Math.max(1, ran));
}

/** The packed transcript of a process; undefined when its stream says nothing, as that of a plain program. */
async function transcriptOf(
  { startedAt }: SessionState,
  { processId, endedAt }: ProcessResult,
  { sources, share }: { readonly sources: ReportSources; readonly share: number },
): Promise<AsyncIterable<string> | undefined> {
  const steps = transcriptSteps({
    chunks: sources.read(filesOfProcess(processId).stream),
    read: sources.readMessage,
    since: Date.parse(startedAt ?? endedAt),
    most: share,
  });
  const first = await steps.next();
  return first.done === true ? undefined : packedList(startingWith(first.value, steps));
}

async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** Gathers the texts of processes into blocks. */
class TextBlocks {
  readonly #sources: ReportSources;
  #texts: RowTexts[] = [];
  #size = 0;
  /** Blocks that are full. */
  count = 0;

  constructor(sources: ReportSources) {
    this.#sources = sources;
  }

  /** Adds the texts of a process; gives their place, and the block that they fill. */
  async add(result: ProcessResult): Promise<{ readonly place: PageRow['texts']; readonly block?: string }> {
    const texts = await this.#textsOf(result);
    this.#texts.push(texts);
    this.#size += texts.answer.length + (texts.prompt?.length ?? 0) + (texts.stderr?.length ?? 0);
    const place = { block: this.count, index: this.#texts.length - 1 };
    if (this.#size < fullBlock) return { place };
    const block = this.rest();
    [this.#texts, this.#size] = [[], 0];
    this.count += 1;
    return { place, block };
  }

  /** The block that is not full. */
  rest(): string {
    return packed(this.#texts);
  }

  async #textsOf({
    processId,
    output,
    outputTruncated,
    structuredOutput,
    message,
    stderr,
  }: ProcessResult): Promise<RowTexts> {
    const prompt = await beginningOf(this.#sources.read(filesOfProcess(processId).prompt));
    return {
      answer: output,
      ...(outputTruncated && { isCut: true }),
      ...(structuredOutput !== undefined && { structured: structuredOutput }),
      ...(prompt !== '' && { prompt }),
      ...(message !== undefined && { message }),
      ...(stderr.trim() !== '' && { stderr }),
    };
  }
}

async function beginningOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestPrompt) return `${text.slice(0, longestPrompt)}\n[cut: the file has all of it]`;
  }
  return text;
}

function pageData(state: SessionState, ended: EventOf<'session-ended'>, rows: readonly PageRow[]): PageData {
  const { started, startedAt } = state;
  const { totals, results, conclusion, verdict, at } = ended;
  const isSkipped = conclusion === 'skipped';
  const attention = attentionOf(results);
  return {
    title: oneLine(`${started?.title ?? 'Claude Ensemble'}: ${outcomeText(ended)}`, longestLine),
    conclusion,
    verdict: oneLine(verdict, longestLine),
    ...(started?.offline === true && !isSkipped && { badge: 'offline: a stand-in answered' }),
    figures: isSkipped
      ? []
      : [durationText(totals.durationSeconds), sessionMoney(state), sessionTokensText(totals) ?? []].flat(),
    facts: [
      ...fact('pattern', started?.pattern),
      ...fact('runs', started && oneLine(withoutPath(started.executable), longestLine)),
      ...fact('trust', started && oneLine(`${started.trust.level}: ${started.trust.why}`, longestLine)),
      ...fact('session', started?.sessionId),
      ...fact('started', startedAt && momentText(startedAt)),
    ],
    highlights: highlights(state).map((highlight) => oneLine(highlight, longestLine)),
    models: modelsOf(results),
    heading: attention.length > 0 ? concernsTitle(state) : headings[conclusion],
    attention,
    main: mainAnswers(state).map((result) => results.indexOf(result)),
    length: Math.max(1, Date.parse(at) - Date.parse(startedAt ?? at)),
    rows,
  };
}

/** Of a session with nothing that needs attention. */
const headings: Readonly<Record<PageData['conclusion'], string>> = {
  success: 'All is done',
  failure: 'Failed',
  cancelled: 'Cancelled',
  skipped: 'Nothing was started',
};

/** `2026-11-27T15:00:12.345Z` as `2026-11-27 15:00:12 UTC`. */
function momentText(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}

function modelsOf(results: readonly ProcessResult[]): PageData['models'] {
  const sums = new Map<string, { input: number; output: number }>();
  for (const { usageByModel = {} } of results)
    for (const [model, usage] of Object.entries(usageByModel)) {
      const sum = sums.get(model) ?? { input: 0, output: 0 };
      sum.input += usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
      sum.output += usage.outputTokens;
      sums.set(model, sum);
    }
  return [...sums].map(([model, sum]) => ({ model: oneLine(model, longestLine), ...sum }));
}
