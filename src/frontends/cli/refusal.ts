import { oneLine } from '../../text/plain-text.ts';
import type { HelpTopic } from './arguments.ts';
import type { CliContext } from './cli-context.ts';
import { readableLines } from './columns.ts';
import { inertText } from './inert-text.ts';
import { jsonText } from './json-output.ts';

/** How a refusal is printed. */
export interface RefusalOptions {
  readonly context: CliContext;
  readonly json: boolean;
  /** The help to look into. */
  readonly topic: HelpTopic;
}

/** In characters: longer than any fault of a configuration. */
const longestFault = 4_000;

/** Prints every fault, a line each, broken between words on a terminal; gives the exit code of wrong usage. */
export function refuse(faults: readonly string[], { context, json, topic }: RefusalOptions): number {
  const hint = `See: claude-ensemble ${topic === 'overview' ? '' : `${topic} `}--help`;
  const { err } = context;
  const lines = [...faults.map((fault) => inertText(oneLine(fault, longestFault))), hint];
  const shown = lines.flatMap((line) => readableLines(err, line));
  err.write(shown.map((line) => `${line}\n`).join(''));
  if (json) context.out.write(jsonText({ conclusion: 'failure', verdict: faults.join(' '), faults, results: [] }));
  return context.interrupts.exitCode() ?? 2;
}
