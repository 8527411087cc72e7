import { join, relative } from 'node:path';
import type { Sink } from '../../model/event.ts';
import { readConfiguration } from '../../plan/configuration.ts';
import type { ConsoleOptions } from '../../reports/console.ts';
import type { SessionOutcome } from '../../session/run.ts';
import { runSession } from '../../session/run.ts';
import { causeText, endingText } from '../../text/causes.ts';
import { durationText } from '../../text/format.ts';
import type { Command } from './arguments.ts';
import type { CliContext } from './cli-context.ts';
import type { Paint } from './colors.ts';
import { paintFor } from './colors.ts';
import { wrapColumns } from './columns.ts';
import { differences } from './demo-check.ts';
import { findDemoFiles } from './demo-files.ts';
import type { Scene, Stage } from './demo-scenes.ts';
import { demoScenes } from './demo-scenes.ts';
import { inertText } from './inert-text.ts';
import { jsonText, sessionSummary } from './json-output.ts';
import { openProgress } from './progress.ts';
import { refuse } from './refusal.ts';
import { configurationRequest, logDirectory } from './session-request.ts';
import type { TextStream } from './text-stream.ts';

/** A scene that was played, and how it differs from what was expected. */
interface Played {
  readonly scene: Scene;
  readonly outcome: SessionOutcome;
  readonly faults: readonly string[];
}

interface DemoContext {
  readonly stage: Stage;
  readonly context: CliContext;
  /** Output of the demo. */
  readonly stream: TextStream;
  readonly color: Paint;
}

/** Shows the four patterns at work; the exit code is 0 when each came out as it had to. */
export async function demo({ online, json }: Extract<Command, { kind: 'demo' }>, context: CliContext): Promise<number> {
  if (online && !context.environment.ANTHROPIC_API_KEY) return refuse([missingKey], { context, json, topic: 'demo' });
  const stage: Stage = { ...(await findDemoFiles(context.directory)), online };
  const stream = json ? context.err : context.out;
  const demoContext: DemoContext = { stage, context, stream, color: paintFor(stream) };
  say(demoContext, introduction(stage, context.directory));
  const begunMs = performance.now();
  const played: Played[] = [];
  const scenes = demoScenes(stage);
  for (const scene of scenes) {
    const end = await play(scene, demoContext);
    if ('refused' in end) return refuse(end.refused, { context, json, topic: 'demo' });
    played.push(end);
    if (context.interrupts.interrupt.aborted) break;
  }
  const summary = summaryOf(played, (performance.now() - begunMs) / 1000);
  const isGood = played.filter(({ faults }) => faults.length === 0).length === scenes.length;
  const paint = (line: string): string => demoContext.color(isGood ? 'green' : 'red', line);
  say(demoContext, ['', logsHint, ...fitting(stream, summary).map(paint)]);
  if (json)
    context.out.write(
      jsonText({ conclusion: isGood ? 'success' : 'failure', verdict: summary, patterns: played.map(facts) }),
    );
  return context.interrupts.exitCode() ?? (isGood ? 0 : 1);
}

const missingKey =
  '--online: ANTHROPIC_API_KEY is not set, so the real model cannot be asked. Set it, or leave --online out: the demo then needs no key.';

const logsHint = 'Each directory of logs holds session.log, a log for each process, results.json and report.html.';

function introduction({ directory, files, online }: Stage, current: string): readonly string[] {
  const place = directory === current ? 'this directory' : `${directory} (this directory has too few sources)`;
  const model = online
    ? 'The real Claude CLI runs and the real model answers; this costs some cents.'
    : 'The real Claude CLI runs; a stand-in on this machine answers for the model: no key, no cost.';
  return [`Claude Ensemble demo: the four patterns on files of ${place}:`, `  ${files.join(' ')}`, model];
}

async function play(scene: Scene, demoContext: DemoContext): Promise<Played | { readonly refused: readonly string[] }> {
  const { stage, context, stream, color } = demoContext;
  const { environment, interrupts } = context;
  const title = fitting(stream, `${scene.pattern}  ${scene.description}`).join('\n');
  stream.write(`\n${title.replace(scene.pattern, color('bold', scene.pattern))}\n`);
  const configuration = await readConfiguration(
    await configurationRequest(
      { ...optionsFor(demoContext), ...scene.options, pattern: scene.pattern },
      { ...context, directory: stage.directory },
    ),
  );
  if (configuration.kind === 'invalid') return { refused: configuration.faults.map(({ message }) => message) };
  using progress = openProgress({
    stream,
    unattended: Boolean(environment.CI),
    quiet: false,
    lineSink: (write) => progressSink(scene, write),
  });
  const result = await runSession({
    settings: configuration.settings,
    environment,
    sinks: [progress.sink],
    interrupt: interrupts.interrupt,
    kill: interrupts.kill,
    login: 'required',
  });
  if (result.kind === 'refused') return { refused: result.faults };
  const { outcome } = result;
  const faults = differences(scene, { online: stage.online, outcome });
  say(demoContext, closingLines({ scene, outcome, faults }, demoContext));
  return { scene, outcome, faults };
}

function optionsFor({ stage, context }: DemoContext): Readonly<Record<string, string>> {
  const logs = { 'log-dir': join(context.directory, logDirectory), timeout: '5m' };
  // The smallest model is enough here, and a ceiling costs nothing.
  return stage.online ? { ...logs, model: 'haiku', 'max-process-budget-usd': '0.25' } : { ...logs, offline: 'true' };
}

/** Writes how each process of a scene ended, and which are tried again. */
function progressSink({ processes }: Scene, write: ConsoleOptions['write']): Sink {
  const width = Math.max(...processes.map(({ id }) => id.length));
  return {
    name: 'demo',
    handle(event) {
      if (event.type === 'process-retrying') {
        write(
          `  ↻ ${event.processId.padEnd(width)}  ${causeText(event.reason)}, tried again in ${durationText(event.delayMs / 1000)}`,
          'yellow',
        );
      }
      if (event.type !== 'process-ended') return;
      const { result } = event;
      const mark = { succeeded: '✔', failed: '✖', 'timed-out': '✖', cancelled: '✖', skipped: '○' }[result.status];
      const took = result.attempts === 0 ? '' : ` after ${durationText(result.duration)}`;
      const again = result.attempts > 1 ? `, ${result.attempts} attempts` : '';
      const styles = {
        succeeded: 'green',
        failed: 'red',
        'timed-out': 'red',
        cancelled: 'red',
        skipped: 'dim',
      } as const;
      write(`  ${mark} ${result.processId.padEnd(width)}  ${endingText(result)}${took}${again}`, styles[result.status]);
    },
  };
}

function closingLines({ scene, outcome, faults }: Played, { context, color }: DemoContext): readonly string[] {
  const { shown, verdict } = scene;
  const answer = outcome.results.find(({ processId }) => processId === shown)?.output ?? '';
  return [
    ...(answer === ''
      ? []
      : [
          `  ${shown} answered:`,
          ...inertText(answer)
            .trimEnd()
            .split('\n')
            .slice(0, 8)
            .map((line) => `  │ ${line}`),
        ]),
    `  expected  ${verdict}`,
    `  actual    ${outcome.verdict}`,
    `  logs      ${relative(context.directory, outcome.directory)}`,
    ...(faults.length === 0
      ? [color('green', '  ✔ as expected')]
      : faults.map((fault) => color('red', `  ✖ ${fault}`))),
  ];
}

function summaryOf(played: readonly Played[], seconds: number): string {
  const good = played.filter(({ faults }) => faults.length === 0).length;
  const results = played.flatMap(({ outcome }) => outcome.results);
  const byStatus = Map.groupBy(results, ({ status }) => status);
  const counts = [...byStatus].map(([status, group]) => `${group.length} ${status}`).join(', ');
  return `${good} of 4 patterns came out as expected, in ${durationText(seconds)}; processes: ${counts}.`;
}

function facts({ scene, outcome, faults }: Played): object {
  const { pattern, description, verdict, processes } = scene;
  return {
    pattern,
    story: description,
    asExpected: faults.length === 0,
    differences: faults,
    expected: { verdict, processes },
    ...sessionSummary(outcome),
  };
}

function say({ stream }: DemoContext, lines: readonly string[]): void {
  const shown = lines.flatMap((line) => fitting(stream, line));
  stream.write(shown.map((line) => `${line}\n`).join(''));
}

/** A line broken between words on a terminal, behind its label or bar; one with colours is short, and a path stays whole. */
function fitting({ isTerminal, size }: TextStream, line: string): readonly string[] {
  const [, label = '', text = ''] = /^( *(?:│ |\S+ {2,})?)(.*)$/su.exec(line) ?? [];
  if (!isTerminal || line.includes('\x1b') || !text.includes(' ')) return [line];
  const [first = '', ...others] = wrapColumns(text, size().columns - 1 - label.length);
  const indent = label.includes('│') ? label : ' '.repeat(label.length);
  return [label + first, ...others.map((other) => indent + other.trimStart())];
}
