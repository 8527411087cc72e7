import type { DataBlock, PassedOutputs } from '../model/plan.ts';
import type { ProcessResult } from '../model/result.ts';
import { equalShare, firstBytes } from '../text/cut-text.ts';

/** Outputs passed on to one process take at most this many bytes of UTF-8 in all. */
export const passedOutputsLimitBytes = 64 * 1024;

/** At most this many ids of outputs that were left out are named. */
const mostNamed = 100;

/** Less than this much of an output says nothing. */
const smallestShareBytes = 128;

const encoder = new TextEncoder();

/** The outputs of a process and of all before it, the newest first; shared by all that come after. */
export interface OutputChain {
  readonly block: DataBlock;
  readonly before: OutputChain | undefined;
  /** Blocks in the chain. */
  readonly count: number;
}

/** The chain with the output of one more process, if it succeeded. */
export function appendOutput(chain: OutputChain | undefined, result: ProcessResult): OutputChain | undefined {
  if (result.status !== 'succeeded') return chain;
  const block = { id: result.processId, text: result.output };
  return { block, before: chain, count: (chain?.count ?? 0) + 1 };
}

/** Keeps the newest outputs whole, cuts the one that does not fit at its end, and names older ones only. */
export function newestOutputs(chain: OutputChain | undefined): PassedOutputs {
  const blocks: DataBlock[] = [];
  let free = passedOutputsLimitBytes;
  let rest = chain;
  for (; rest !== undefined && free > 0; rest = rest.before) {
    const bytes = encoder.encode(rest.block.text);
    const fits = bytes.length <= free;
    blocks.push(fits ? rest.block : { id: rest.block.id, text: cutEnd(bytes, free) });
    free = fits ? free - bytes.length : 0;
  }
  const omitted: string[] = [];
  const more = Math.max(0, (rest?.count ?? 0) - mostNamed);
  for (; rest !== undefined && omitted.length < mostNamed; rest = rest.before) omitted.push(rest.block.id);
  return { blocks: blocks.reverse(), omitted: omitted.reverse(), ...(more > 0 && { moreOmitted: more }) };
}

/** The blocks of results that one process is given: an equal share of the room each, and what one leaves goes to the others. */
export function sharedOutputs(results: readonly ProcessResult[]): PassedOutputs & { readonly cut: readonly string[] } {
  const texts = results.map((result) => ({ id: result.processId, bytes: encoder.encode(resultText(result)) }));
  const share = equalShare(
    texts.map(({ bytes }) => bytes.length),
    passedOutputsLimitBytes,
  );
  const fits = (bytes: Uint8Array): boolean => bytes.length <= share;
  const isNamed = (bytes: Uint8Array): boolean => !fits(bytes) && share < smallestShareBytes;
  const kept = texts.filter(({ bytes }) => !isNamed(bytes));
  const omitted = texts.filter(({ bytes }) => isNamed(bytes)).map(({ id }) => id);
  const more = omitted.length - mostNamed;
  return {
    blocks: kept.map(({ id, bytes }) => ({
      id,
      text: fits(bytes) ? firstBytes(bytes, bytes.length) : cutEnd(bytes, share),
    })),
    omitted: omitted.slice(0, mostNamed),
    ...(more > 0 && { moreOmitted: more }),
    cut: texts.filter(({ bytes }) => !fits(bytes)).map(({ id }) => id),
  };
}

/** Structured output as JSON, else the text; of a process that did not succeed what happened to it. */
function resultText({ status, reason, message, structuredOutput, output }: ProcessResult): string {
  if (status === 'succeeded') return structuredOutput === undefined ? output : JSON.stringify(structuredOutput);
  const lines = [`status: ${status}`, `reason: ${reason}`, ...(message === undefined ? [] : [`message: ${message}`])];
  return lines.join('\n');
}

function cutEnd(bytes: Uint8Array, free: number): string {
  const mark = `\n[cut: the first part of ${bytes.length} bytes]`;
  return firstBytes(bytes, Math.max(0, free - mark.length)) + mark;
}
