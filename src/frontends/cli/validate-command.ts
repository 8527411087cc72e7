import { processesOf } from '../../model/graph.ts';
import { type Configuration, readConfiguration } from '../../plan/configuration.ts';
import { promptSources } from '../../plan/sources/prompt-sources.ts';
import { countsText } from '../../session/estimate.ts';
import { oneLine } from '../../text/plain-text.ts';
import type { Command } from './arguments.ts';
import type { CliContext } from './cli-context.ts';
import { readableLines } from './columns.ts';
import { inertText } from './inert-text.ts';
import { jsonText } from './json-output.ts';
import { refuse } from './refusal.ts';
import { configurationRequest } from './session-request.ts';

/** Nothing is started, so what a file may set is a question of its form only, unless `--trust` asks for more. */
const nothingStarts = { level: 'trusted', why: 'nothing is started' } as const;

/** In characters: longer than any fault of a configuration. */
const longestLine = 4_000;

/** Checks each file as a run of it would; starts nothing. */
export async function validateCommand(
  { files, options, json }: Extract<Command, { kind: 'validate' }>,
  context: CliContext,
): Promise<number> {
  const sources = promptSources.filter((source) => source in options);
  const faults = sources.map((source) => `--${source}: the prompts are those of the files: validate FILE...`);
  if (faults.length > 0) return refuse(faults, { context, json, topic: 'validate' });
  const checks: Check[] = [];
  for (const file of files) {
    const request = await configurationRequest({ ...options, 'prompts-file': file }, context);
    checks.push(checkOf(file, await readConfiguration({ ...request, autoTrust: nothingStarts })));
  }
  const { out, err } = context;
  const line = (text: string): string => inertText(oneLine(text, longestLine));
  for (const { file, faults, warnings } of checks) {
    const lines = [...faults, ...warnings.map((warning) => `warning: ${warning}`)];
    const shown = lines.flatMap((text) => readableLines(err, line(`${file}: ${text}`)));
    err.write(shown.map((text) => `${text}\n`).join(''));
  }
  const valid = checks.filter((check) => check.valid);
  await out.writeAll(
    json ? [jsonText({ files: checks })] : valid.map(({ file, what }) => `${line(`${file}: valid, ${what}`)}\n`),
  );
  return context.interrupts.exitCode() ?? (valid.length === checks.length ? 0 : 2);
}

/** Report on one file. */
interface Check {
  readonly file: string;
  readonly valid: boolean;
  /** Description of a valid file, for people. */
  readonly what?: string;
  /** Number of processes that are known before the start. */
  readonly processes: number;
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

function checkOf(file: string, configuration: Configuration): Check {
  if (configuration.kind === 'invalid') {
    const faults = configuration.faults.map(({ message }) => message);
    return { file, valid: false, processes: 0, faults, warnings: [] };
  }
  const { plan } = configuration.settings;
  const processes = processesOf(plan.graph).length;
  const what = `${plan.pattern}: ${countsText(plan)}.`;
  return { file, valid: true, what, processes, faults: [], warnings: configuration.warnings };
}
