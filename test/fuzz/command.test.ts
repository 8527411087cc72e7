import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect } from 'vitest';
import { readCommand } from '../../src/frontends/cli/arguments.ts';
import { inertText } from '../../src/frontends/cli/inert-text.ts';
import { sessionJson, sessionSummary } from '../../src/frontends/cli/json-output.ts';
import { LiveProgress } from '../../src/frontends/cli/live-progress.ts';
import { LiveView } from '../../src/frontends/cli/live-view.ts';
import { refuse } from '../../src/frontends/cli/refusal.ts';
import { terminalLineSink } from '../../src/frontends/cli/terminal-line-sink.ts';
import type { TextStream } from '../../src/frontends/cli/text-stream.ts';
import { optionRows } from '../../src/model/option-table.ts';

import { judgeSession } from '../../src/session/verdict.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { hostileSession } from '../rig/hostile-session.ts';
import { hostileText, hugeText } from '../rig/hostile-text.ts';
import { expectNoCommand, expectPlain, expectPlainLine } from '../rig/inert-text.ts';
import { answersFor, shapeOf } from '../rig/plan.ts';
import { eventTime } from '../rig/session-events.ts';

const flags = optionRows.map(({ name }) => `--${name}`);
const word = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...flags, '--json', '--help', '--', '-h', '-q', '--no-dry-run', '--', 'run', 'demo'),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...flags), hostileText).map(([flag, value]) => `${flag}=${value}`) },
  { weight: 1, arbitrary: hostileText.map((text) => `-${text}`) },
  { weight: 1, arbitrary: hostileText.map((text) => `--${text}`) },
  { weight: 4, arbitrary: hostileText },
  { weight: 1, arbitrary: hugeText },
);
const words = fc
  .tuple(fc.oneof(fc.constantFrom('run', 'demo', 'help'), word), fc.array(word, { maxLength: 8 }))
  .map(([first, rest]) => [first, ...rest]);

/** A stream that keeps what is written to it. */
function recordingStream(size = { columns: 80, rows: 24 }): TextStream & { readonly written: () => string } {
  const parts: string[] = [];
  return {
    write: (text) => void parts.push(text),
    writeAll: () => Promise.resolve(),
    fault: () => undefined,
    isTerminal: true,
    isObeyed: true,
    hasColors: true,
    size: () => size,
    written: () => parts.join(''),
  };
}

fuzz(
  'whatever the command line is, it is read or refused in lines that no terminal and no runner obeys',
  { of: words, runs: 1500 },
  (given) => {
    const command = readCommand(given);
    if (!('faults' in command)) return;
    const refuseOn = (err: TextStream, out = recordingStream()): number => {
      const context = { out, err, environment: {}, directory: '/', interrupts: { exitCode: () => undefined } };
      return refuse(command.faults, {
        context: context as unknown as Parameters<typeof refuse>[1]['context'],
        json: true,
        topic: 'run',
      });
    };
    const narrow = recordingStream({ columns: 40, rows: 24 });
    refuseOn(narrow);
    for (const line of narrow.written().trimEnd().split('\n')) expectPlainLine(line);
    // As wide as where no terminal breaks the lines.
    const [out, err] = [recordingStream(), recordingStream({ columns: 1_000_000, rows: 24 })];
    expect(refuseOn(err, out)).toBe(2);
    for (const line of err.written().trimEnd().split('\n')) expectPlainLine(line);
    expect(err.written().trimEnd().split('\n')).toHaveLength(command.faults.length + 1);
    expectNoCommand(err.written());
    expectNoCommand(out.written());
    JSON.parse(out.written());
  },
);

fuzz(
  'no line of the live view moves, hides or breaks out, whatever runs and says what',
  {
    of: fc.record({
      session: hostileSession,
      columns: fc.integer({ min: 1, max: 200 }),
      rows: fc.integer({ min: 4, max: 60 }),
      now: fc.nat(4_000_000),
    }),
    runs: 300,
  },
  ({ session, columns, rows, now }) => {
    const view = new LiveView();
    for (const fact of session.facts) {
      view.take({ ...fact, at: eventTime });
      for (const line of view.frame({ columns, rows, now: Date.parse(eventTime) + now, color: (_style, text) => text }))
        expectPlainLine(line);
    }
  },
);

fuzz(
  'what a terminal is sent are our own moves and colours, and plain text between them',
  { of: hostileSession, runs: 150 },
  ({ facts }) => {
    const stream = recordingStream();
    using live = new LiveProgress(stream, (write) => terminalLineSink(stream, write));
    for (const fact of facts) live.handle({ ...fact, at: eventTime });
    const ours = /\x1b\[(?:\?25[lh]|\d*[ABGJKm])|\r/gu;
    expectPlain(stream.written().replaceAll(ours, ''));
    expect(stripVTControlCharacters(stream.written())).not.toContain('\x1b');
  },
);

fuzz(
  'an answer and the JSON for machines are printed so that no terminal and no runner obeys what is in them',
  { of: hostileSession, runs: 150 },
  ({ results, pattern }) => {
    const judged = judgeSession({ ...shapeOf(pattern), failOn: { kind: 'any' }, results, durationSeconds: 1 });
    const outcome = {
      sessionId: 's',
      directory: '/logs',
      files: [],
      results,
      warnings: [],
      answers: answersFor(pattern, results),
      ...judged,
    };
    const json = [...sessionJson(outcome)].join('');
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(sessionSummary(outcome))));
    expectNoCommand(json);
    for (const { output } of results) {
      expectPlain(inertText(output));
      expectNoCommand(inertText(output));
    }
  },
);
