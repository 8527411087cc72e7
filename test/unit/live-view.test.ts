import fc from 'fast-check';
import displayWidth from 'string-width';
import { expect, test } from 'vitest';
import { fitColumns, readableLines } from '../../src/frontends/cli/columns.ts';
import { LiveView } from '../../src/frontends/cli/live-view.ts';
import { openProgress } from '../../src/frontends/cli/progress.ts';
import { terminalLineSink } from '../../src/frontends/cli/terminal-line-sink.ts';
import type { EnsembleFact } from '../../src/model/event.ts';
import { anyText } from '../rig/any-text.ts';
import { processResult } from '../rig/results.ts';
import { processEnded, processOutput, processStarted, sessionEnded, sessionStarted } from '../rig/session-events.ts';

const at = '2026-11-22T12:00:00.000Z';
const start = Date.parse(at);
const asWritten = (_style: string, text: string): string => text;

function viewOf(processes: readonly { readonly name: string; readonly says: string }[], waiting = 0): LiveView {
  const view = new LiveView();
  const take = (fact: EnsembleFact): void => view.take({ ...fact, at });
  const named = processes.map(({ name }, index) => ({ processId: `p${index}`, name }));
  const others = Array.from({ length: waiting }, (_, index) => ({ processId: `w${index}`, name: 'waiting' }));
  take({
    type: 'session-started',
    sessionId: 's',
    directory: '/logs',
    pattern: 'parallel',
    processes: [...named, ...others],
    trust: { level: 'trusted', why: '' },
    offline: false,
    executable: '',
  });
  processes.forEach(({ says }, index) => {
    const process = { processId: `p${index}`, attempt: 1 } as const;
    take({ type: 'process-started', ...process, pid: 1 });
    take({ type: 'process-message', ...process, entry: { kind: 'text', text: says } });
  });
  return view;
}

test('a text is cut by columns, never within a character, and says that it was cut', () => {
  expect(fitColumns('日本語', 6)).toBe('日本語');
  expect(fitColumns('日本語', 5)).toBe('日本…');
  expect(fitColumns('日本語', 4)).toBe('日…');
  expect(fitColumns('ab👨‍👩‍👧cd', 4)).toBe('ab…');
  expect(fitColumns('abc', 0)).toBe('');
  expect(fitColumns('e\u0301❤️👍', 5)).toBe('e\u0301❤️👍');
});

test('whatever runs and says what, no line of the view reaches the last column, nor the view the last row', () => {
  const process = fc.record({
    name: fc.string({ unit: 'grapheme', minLength: 1 }),
    says: anyText(),
  });
  const size = fc.record({ columns: fc.integer({ min: 1, max: 200 }), rows: fc.integer({ min: 4, max: 60 }) });
  fc.assert(
    fc.property(fc.array(process, { maxLength: 12 }), size, fc.nat(4_000_000), (processes, { columns, rows }, now) => {
      const frame = viewOf(processes).frame({ columns, rows, now: start + now, color: asWritten });
      expect(frame.length).toBeLessThan(rows - 1);
      for (const line of frame) {
        expect(line).not.toMatch(/\p{Cc}/u);
        expect(displayWidth(line)).toBeLessThan(Math.max(columns, 1));
      }
    }),
  );
});

test('a process is shown with its time and the last that it said, and the others are counted', () => {
  const view = viewOf(
    [
      { name: 'a', says: 'I read the code' },
      { name: 'longer', says: 'x' },
    ],
    2,
  );
  expect(view.frame({ columns: 80, rows: 24, now: start + 61_000, color: asWritten })).toEqual([
    '⠋ a       1 min 1 s  I read the code',
    '⠋ longer  1 min 1 s  x',
    '· waiting: waiting, waiting',
    `${'─'.repeat(40)}  0 of 4 done · 1 min 1 s`,
  ]);
  const many = viewOf(Array.from({ length: 9 }, (_, index) => ({ name: `p${index}`, says: '' })));
  expect(many.frame({ columns: 80, rows: 8, now: start, color: asWritten }).slice(-2)).toEqual([
    '  and 5 more',
    `${'─'.repeat(40)}  0 of 9 done · 0.0 s`,
  ]);
});

test('the last line says which of how many batches runs', () => {
  const view = new LiveView();
  const groups = [
    { id: '=0', needs: ['a'] },
    { id: '=1', needs: ['=0', 'b'] },
  ];
  view.take({ ...sessionStarted(['a', 'b'], { pattern: 'batch', groups }), at });
  view.take({ ...processEnded(processResult('a')), at });
  const frame = view.frame({ columns: 80, rows: 24, now: start, color: asWritten });
  expect(frame.at(-1)).toContain('1 of 2 done · batch 2 of 2 · ');
});

test('a plain program runs once it has printed something', () => {
  const view = new LiveView();
  const row = (fact: EnsembleFact): string | undefined => {
    view.take({ ...fact, at });
    return view.frame({ columns: 80, rows: 24, now: start, color: asWritten })[0];
  };
  row(sessionStarted(['a']));
  expect(row(processStarted('a'))).toMatch(/ starting$/);
  expect(row(processOutput('a', '{}'))).toMatch(/ starting$/);
  expect(row(processOutput('a', 'hello', { format: 'plain' }))).toMatch(/ runs$/);
});

test('what the service is said to have answered is text like any other', () => {
  const view = viewOf([{ name: 'a', says: '' }]);
  const entry = {
    kind: 'api-retry',
    attempt: 1,
    maxRetries: 2,
    delayMs: 0,
    status: 529,
    error: '\x1b[2Ja\nb\u202e',
  } as const;
  view.take({ type: 'process-message', processId: 'p0', attempt: 1, entry, at });
  const [line] = view.frame({ columns: 80, rows: 24, now: start, color: asWritten });
  expect(line).toMatch(/waits for the service: 529 a b<U\+202E>, try 1 of 2$/);
});

test('what has ended stands in the same columns as what runs', async () => {
  const name = 'A name that is longer than its column in a narrow window';
  const columns = 60;
  const [running = ''] = viewOf([{ name, says: 'x' }]).frame({
    columns,
    rows: 20,
    now: start + 5_000,
    color: asWritten,
  });
  const stream = { size: () => ({ columns, rows: 20 }) } as Parameters<typeof terminalLineSink>[0];
  const written: string[] = [];
  const news = terminalLineSink(stream, (line) => written.push(line));
  await news.handle({ ...sessionStarted([], { processes: [{ processId: 'p0', name }] }), at });
  await news.handle({ ...processEnded(processResult('p0', undefined, { attempts: 1, duration: 5 })), at });
  expect(written.at(-1)?.indexOf('5.0 s')).toBe(running.indexOf('5.0 s'));
});

test('the end of a quiet session is broken between words on a terminal, too', () => {
  const written: string[] = [];
  const facts = { writeAll: () => Promise.resolve(), fault: () => undefined, isTerminal: true, isObeyed: true };
  const size = () => ({ columns: 40, rows: 12 });
  const stream = { ...facts, write: (text: string) => void written.push(text), hasColors: false, size };
  using progress = openProgress({ stream, unattended: false, quiet: true });
  const failed = { status: 'failed', reason: 'invalid-request' } as const;
  const result = processResult('a', failed, { message: 'the request is not valid, and says so at length' });
  for (const fact of [sessionStarted(['a']), processEnded(result), sessionEnded([result])])
    void progress.sink.handle({ ...fact, at });
  const lines = written.join('').split('\n');
  expect(lines.find((line) => line.startsWith('  ✗ a: '))).toBe('  ✗ a: request refused by the');
  expect(lines.filter((line) => displayWidth(line) > 40 && !line.includes('/logs/'))).toEqual([]);
});

test('a fault is broken between words on a terminal, and is one line elsewhere', () => {
  const nothing = { write: () => undefined, writeAll: () => Promise.resolve(), fault: () => undefined };
  const stream = { ...nothing, isObeyed: false, hasColors: false, size: () => ({ columns: 30, rows: 12 }) };
  const fault = 'timeout: "soon" is not a duration such as 90s or 15m.';
  expect(readableLines({ ...stream, isTerminal: false }, fault)).toEqual([fault]);
  expect(readableLines({ ...stream, isTerminal: true }, fault)).toEqual([
    'timeout: "soon" is not a',
    '  duration such as 90s or',
    '  15m.',
  ]);
});
