import { resolve } from 'node:path';
import { findingsSarif } from '../../findings/sarif.ts';
import type { SessionFindings } from '../../model/finding.ts';
import { findingsMarkdown } from '../../reports/findings-markdown.ts';
import { readRecordedFindings } from '../../session/recorded-findings.ts';
import type { Command } from './arguments.ts';
import type { CliContext } from './cli-context.ts';
import { jsonText } from './json-output.ts';
import { refuse } from './refusal.ts';

/** Prints the findings of a session, of the record in its directory. */
export async function findingsCommand(
  { directory, format }: Extract<Command, { kind: 'findings' }>,
  context: CliContext,
): Promise<number> {
  const read = await readRecordedFindings(resolve(context.directory, directory), context.directory);
  if (typeof read === 'string') return refuse([read], { context, json: format === 'json', topic: 'findings' });
  if (!read.hasEnded) context.err.write(`${unended}\n`);
  await context.out.writeAll([textOf(read.found, format)]);
  return 0;
}

const unended =
  'The session has not ended: it was killed, or it still runs. These are the findings of what it had done by then, not verified.';

function textOf(found: SessionFindings, format: 'markdown' | 'sarif' | 'json'): string {
  switch (format) {
    case 'markdown':
      return findingsMarkdown(found, { limit: Number.POSITIVE_INFINITY, restIn: 'findings.json' });
    case 'sarif':
      return jsonText(findingsSarif(found));
    case 'json':
      return jsonText(found);
    default:
      return format satisfies never;
  }
}
