import { Buffer } from 'node:buffer';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath, memoryUsage } from 'node:process';
import { setImmediate as immediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { EnsembleFact } from '../../src/model/event.ts';
import { AppendFile } from '../../src/record/append-file.ts';
import { manifestJson } from '../../src/record/manifest.ts';
import { replay } from '../../src/record/replay.ts';
import { openSessionRecorder, type SessionRecorder } from '../../src/session/session-recorder.ts';
import { processResult } from '../rig/results.ts';
import {
  closeAll,
  finalResult,
  play,
  processEnded,
  processMessage,
  processOutput,
  processPrompt,
  processRetrying,
  processStarted,
  sessionEnded,
  sessionStarted,
} from '../rig/session-events.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';
import { waitFor } from '../rig/wait-for.ts';

const startedAt = new Date('2026-11-22T10:20:30.456Z');

async function logsIn(base: string): Promise<SessionRecorder & AsyncDisposable> {
  const logs = await openSessionRecorder({ base, startedAt });
  return Object.assign(logs, { [Symbol.asyncDispose]: () => closeAll(logs.sinks) });
}

function textIn(logs: SessionRecorder, name: string): Promise<string> {
  return readFile(join(logs.directory, name), 'utf8');
}

function processNumbered(index: number): string {
  return `process_00${index}`;
}

describe('what a session leaves on disk', () => {
  test('has every file at its promised place, and nothing else', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const result = processResult('lint');
    await play(logs.sinks, [
      sessionStarted(['lint', 'plain', 'never']),
      processStarted('lint'),
      processStarted('plain'),
      processOutput('lint', '{"type":"result"}\n'),
      processOutput('plain', 'text', { format: 'plain' }),
      processMessage('lint', finalResult('the answer')),
      processEnded(result),
      processEnded(processResult('plain')),
      processEnded(processResult('never', { status: 'skipped', reason: 'earlier-failure' })),
      sessionEnded([result]),
    ]);
    const names = (await readdir(logs.directory, { recursive: true })).toSorted();
    expect(names).toEqual([
      'events.jsonl',
      'lint.jsonl',
      'lint.log',
      'manifest.json',
      'outputs',
      'outputs/lint.md',
      'outputs/plain.md',
      'plain.log',
      'report.html',
      'results.json',
      'session.log',
      'summary.md',
    ]);
    const files = names.filter((name) => name !== 'outputs').map((name) => join(logs.directory, name));
    expect([...logs.files].toSorted()).toEqual(files);
    expect(logs.sessionId).toMatch(/^20261122-102030-456-[\da-f]{8}$/u);
    expect(logs.stateOf('lint')).toEqual({ logFile: join(logs.directory, 'lint.log') });
    expect(logs.stateOf('never')).toEqual({});
  });

  test('is there while the session runs, not only at its end', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const facts: EnsembleFact[] = [
      sessionStarted(['lint']),
      processStarted('lint'),
      processOutput('lint', '{"a":1}\n{"b"'),
    ];
    await play(logs.sinks, facts);
    expect(await textIn(logs, 'lint.jsonl')).toBe('{"a":1}\n{"b"');
    expect(await textIn(logs, 'session.log')).toContain('lint: started');
    await waitFor('the manifest', () =>
      readFileSync(join(logs.directory, 'manifest.json'), 'utf8').includes('"state": "running"'),
    );
  });

  test('survives our own death: every process is in a manifest that parses, those that were started are in the log of events, their bytes in their logs', async () => {
    await using temporary = await temporaryDirectory();
    const moduleOf = (path: string): string => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));
    const script = `
      import { openSessionRecorder } from ${moduleOf('../../src/session/session-recorder.ts')};
      import { play, processOutput, processStarted, sessionStarted } from ${moduleOf('../rig/session-events.ts')};
      const logs = await openSessionRecorder({ base: ${JSON.stringify(temporary.path)}, startedAt: new Date() });
      const ids = Array.from({ length: 40 }, (_, index) => 'p' + index);
      await play(logs.sinks, [sessionStarted(ids)]);
      for (const id of ids) {
        await play(logs.sinks, [processStarted(id), processOutput(id, id + ' was here\\n')]);
        process.stdout.write(id + '\\n');
      }
      setInterval(() => undefined, 1_000);
    `;
    const child = spawn(execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('p20\n')) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const directory = join(temporary.path, (await readdir(temporary.path)).find((name) => /^\d/u.test(name)) ?? '');
    const manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8'));
    expect(manifest.processes).toHaveLength(40);
    const started = said.trim().split('\n');
    const state = await replay((await readFile(join(directory, 'events.jsonl'), 'utf8')).split('\n'), { directory });
    expect([...state.running.keys()]).toEqual(expect.arrayContaining(started));
    for (const id of started) expect(await readFile(join(directory, `${id}.jsonl`), 'utf8')).toBe(`${id} was here\n`);
  });

  test('goes on in the same directory when the session runs again', async () => {
    await using temporary = await temporaryDirectory();
    const first = processResult('first', { status: 'failed', reason: 'auth' });
    const earlier = await logsIn(temporary.path);
    await play(earlier.sinks, [
      sessionStarted(['first']),
      processStarted('first'),
      processEnded(first),
      sessionEnded([first]),
    ]);
    await closeAll(earlier.sinks);
    const { sessionId, state } = earlier;
    const runs = { results: [first], state };
    const later = await openSessionRecorder({ base: temporary.path, startedAt, sessionId, earlier: runs });
    const second = processResult('second');
    await play(later.sinks, [
      sessionStarted(['second']),
      processStarted('second'),
      processEnded(second),
      sessionEnded([first, second]),
    ]);
    expect(later.directory).toBe(earlier.directory);
    const { processes } = JSON.parse(await textIn(later, 'manifest.json'));
    expect(processes).toMatchObject([
      { id: 'first', status: 'failed' },
      { id: 'second', status: 'succeeded' },
    ]);
    expect((await textIn(later, 'session.log')).match(/session 2026/gu)).toHaveLength(2);
    expect(later.files).toContain(join(later.directory, 'first.log'));
    await closeAll(later.sinks);
  });
});

describe('when the directory cannot be made', () => {
  test('the session runs without logs, and says so once', async () => {
    await using temporary = await temporaryDirectory();
    await writeFile(temporary.join('file'), '');
    await using logs = await logsIn(temporary.join('file', 'logs'));
    const told: EnsembleFact[] = [];
    logs.reportTo(async (fact) => void told.push(fact));
    const result = processResult('lint');
    await play(logs.sinks, [
      sessionStarted(['lint']),
      processStarted('lint'),
      processOutput('lint', 'x'),
      processMessage('lint', finalResult('x')),
      processEnded(result),
      sessionEnded([result]),
    ]);
    expect(told).toMatchObject([{ type: 'notice', level: 'warning', message: expect.stringContaining('log-dir') }]);
    expect(logs.files).toEqual([]);
    expect(logs.stateOf('lint')).toEqual({ logIncomplete: true });
  });
});

describe('session.log', () => {
  test('tells the limit that a process passed, what was under way, and how long it took in all', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const late = { timedOutAfter: 6, duration: 7.5, message: 'while Bash ran: sleep 60' };
    const result = processResult('slow', { status: 'timed-out', reason: 'timeout' }, late);
    await play(logs.sinks, [sessionStarted(['slow']), processStarted('slow'), processEnded(result)]);
    expect(await textIn(logs, 'session.log')).toContain(
      'slow: timed out after 6.0 s while Bash ran: sleep 60; 7.5 s in all',
    );
  });

  test('has one line per event, with its time, whatever a model or a name says', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const name = 'evil\nname \u001b[31mred\u202e';
    await play(logs.sinks, [
      sessionStarted(['lint'], { processes: [{ processId: 'lint', name }] }),
      processStarted('lint'),
      processMessage('lint', { kind: 'text', text: 'one\ntwo\r\nthree \u001b]0;title\u0007end' }),
      processMessage('lint', { kind: 'tool-use', id: 't', name: 'Bash', input: { command: 'ls\nrm' } }),
      processRetrying('lint'),
      { type: 'session-interrupted', signal: 'SIGINT' },
    ]);
    const lines = (await textIn(logs, 'session.log')).trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).toMatch(/^2026-11-22T10:20:30\.456Z [^\p{Cc}\p{Cf}]+$/u);
    expect(lines[2]).toContain('evil name red<U+202E>: says: one two three end');
    expect(lines[4]).toContain('attempt 1 failed (service overloaded), next in 5.0 s: the API said 529');
  });
});

describe('a process log', () => {
  test('tells the whole story: header, conversation, standard error, attempts, how it ended', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const result = processResult(
      'lint',
      { status: 'failed', reason: 'exit-code' },
      {
        exitCode: 3,
        attempts: 2,
        childExit: { code: 3, signal: null },
        message: 'the child said no',
      },
    );
    await play(logs.sinks, [
      sessionStarted(['lint'], { processes: [{ processId: 'lint', name: 'Lint the code' }] }),
      processPrompt('lint', 'Lint\nit.', 'DATA Lint\nit.'),
      processStarted('lint'),
      processMessage('lint', { kind: 'text', text: 'I look.\nAt it.' }),
      processRetrying('lint'),
      processStarted('lint', 2),
      processMessage('lint', { kind: 'tool-use', id: 't', name: 'Bash', input: { command: 'ls' } }),
      processMessage('lint', { kind: 'tool-result', toolUseId: 't', text: 'a.txt', isError: false }),
      processOutput('lint', 'a warning without end', { stream: 'stderr' }),
      { type: 'notice', level: 'warning', message: 'a line of 24 MiB', processId: 'lint' },
      { type: 'notice', level: 'warning', message: 'of the session' },
      processMessage('lint', { kind: 'permission-denied', toolName: 'Write', message: 'not granted' }),
      processMessage(
        'lint',
        finalResult('Half an answer', { isError: true, subtype: 'error_max_turns', errors: ['too many'] }),
      ),
      processEnded(result),
    ]);
    const log = await textIn(logs, 'lint.log');
    const parts = [
      'process     lint (Lint the code)',
      'executable  Claude Code 2.1.330\n',
      'prompt\n│ Lint\n│ it.\ndata ahead of it: lint.prompt.md\n',
      'attempt 1, 2026-11-22T10:20:30.456Z, process id 4711\n',
      '    +0.0  Claude\n│ I look.\n│ At it.\n',
      '    +0.0  attempt 1 failed (service overloaded), next in 5.0 s: the API said 529\n',
      'attempt 2, ',
      '    +0.0  tool Bash {"command":"ls"}\n',
      '    +0.0  tool result\n│ a.txt\n',
      'standard error\n│ a warning without end\n    +0.0  a line of 24 MiB\n',
      '    +0.0  denied Write\n│ not granted\n',
      '    +0.0  result: error, error_max_turns',
      '│ too many\n│ Half an answer\n',
      "end: failed (exited with an error), exit code 3; child's exit code 3; 1.0 s in 2 attempts; cost unknown; the child said no\n",
    ];
    let from = 0;
    for (const part of parts) {
      expect(log.slice(from)).toContain(part);
      from = log.indexOf(part, from) + part.length;
    }
    expect(log.slice(from)).toBe('');
    expect(await textIn(logs, 'lint.prompt.md')).toBe('DATA Lint\nit.');
  });

  test('tells an answer once', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    await play(logs.sinks, [
      processStarted('lint'),
      processMessage('lint', { kind: 'text', text: 'The answer.\n' }),
      processMessage('lint', { kind: 'text', text: 'Of another.', subagentOf: 't' }),
      processMessage('lint', finalResult('The answer.')),
    ]);
    expect((await textIn(logs, 'lint.log')).match(/The answer/gu)).toHaveLength(1);
  });

  test('cannot be forged, and drives no terminal: what others wrote stands behind a bar, control characters by their names', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const name = 'lint\nend: succeeded \u001b[2J';
    const forged =
      'x\r\nend: succeeded, exit code 0\rattempt 2\n    +0.0  Claude\u001b]8;;http://evil\u0007\u202e\u2028\u0000';
    const message = `no${forged}`;
    await play(logs.sinks, [
      sessionStarted(['lint'], { processes: [{ processId: 'lint', name }], executable: `plain program\n${forged}` }),
      processPrompt('lint', forged),
      processStarted('lint'),
      processMessage('lint', { kind: 'init', conversationId: forged, model: forged, cliVersion: forged }),
      processMessage('lint', { kind: 'text', text: forged }),
      processMessage('lint', { kind: 'text', text: forged, subagentOf: forged }),
      processMessage('lint', { kind: 'tool-use', id: 't', name: forged, input: { command: forged } }),
      processMessage('lint', { kind: 'tool-result', toolUseId: 't', text: forged, isError: true }),
      processMessage('lint', { kind: 'permission-denied', toolName: forged, message: forged }),
      processMessage('lint', { kind: 'prompt-refused', reason: forged }),
      ...[...Buffer.from(forged)].map((byte) => processOutput('lint', Buffer.of(byte), { format: 'plain' })),
      processOutput('lint', forged, { stream: 'stderr' }),
      { type: 'notice', level: 'warning', message, processId: 'lint' },
      { type: 'process-retrying', processId: 'lint', attempt: 1, reason: 'overloaded', message, delayMs: 1 },
      processStarted('lint', 2),
      processMessage('lint', finalResult(forged, { errors: [forged], subtype: forged })),
      processEnded(processResult('lint', { status: 'failed', reason: 'exit-code' }, { message })),
    ]);
    const log = await textIn(logs, 'lint.log');
    expect(log).not.toMatch(/[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--\n]/v);
    const ours = log.split('\n').filter((line) => !line.startsWith('│ '));
    expect(ours.filter((line) => /^end: /u.test(line))).toEqual([expect.stringMatching(/^end: failed/u)]);
    expect(ours.filter((line) => /^attempt /u.test(line)).map((line) => line.slice(0, 10))).toEqual([
      'attempt 1,',
      'attempt 2,',
    ]);
    expect(log.match(/^│ end: succeeded, exit code 0$/gmu)?.length).toBeGreaterThan(7);
  });

  test('shows 4 KiB of what a tool gave, never half a character, and says how much more there is', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const text = `x${'é'.repeat(5_000)}`;
    await play(logs.sinks, [
      processStarted('lint'),
      processMessage('lint', { kind: 'tool-result', toolUseId: 't', text, isError: false }),
    ]);
    const log = await textIn(logs, 'lint.log');
    expect(log).toContain(`tool result\n│ x${'é'.repeat(2_047)} [cut: 5906 more bytes]\n`);
    expect(log).not.toContain('\ufffd');
  });

  test('holds what a plain program wrote as it came, however it was cut', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const bytes = Buffer.from('plain\n\u001b[31mred\u001b[0m é漢\r\n\u001b[2Jend');
    await play(logs.sinks, [
      processStarted('lint'),
      ...[...bytes].map((byte) => processOutput('lint', Buffer.of(byte), { format: 'plain' })),
      processOutput('lint', Buffer.of(0xff, 0x0a, 0xe2), { format: 'plain', stream: 'stderr' }),
      processOutput('lint', '\nwhole\nlines\n', { format: 'plain' }),
    ]);
    expect(await textIn(logs, 'lint.log')).toContain(
      'standard output\n│ plain\n│ red é漢\n│ end\nstandard error\n│ \ufffd\n│ \ufffd\nstandard output\n│ \n│ whole\n│ lines\n',
    );
  });
});

describe('a stream log', () => {
  test('has the bytes as they came, cut anywhere, and no line of ours', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const stream = Buffer.from(`{"text":"é😀 \ufffd"}\n{"next":"line"}\n`);
    await play(logs.sinks, [
      processStarted('lint'),
      ...Array.from(stream, (_, index) => processOutput('lint', stream.subarray(index, index + 1))),
      processOutput('lint', 'a warning', { stream: 'stderr' }),
      processEnded(processResult('lint')),
    ]);
    expect((await readFile(join(logs.directory, 'lint.jsonl'))).equals(stream)).toBe(true);
  });

  test('closes the line that an attempt left unfinished before the next attempt begins', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    await play(logs.sinks, [
      processStarted('lint'),
      processOutput('lint', '{"attempt":1}\n{"unfin'),
      processRetrying('lint'),
      processStarted('lint', 2),
      processOutput('lint', '{"attempt":2}\n'),
      processRetrying('lint', 2),
      processStarted('lint', 3),
      processOutput('lint', '{"attempt":3}\n'),
    ]);
    expect(await textIn(logs, 'lint.jsonl')).toBe('{"attempt":1}\n{"unfin\n{"attempt":2}\n{"attempt":3}\n');
  });

  test('keeps a line of 24 MiB whole', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const chunk = Buffer.alloc(65_536, 'x');
    await play(logs.sinks, [processStarted('lint')]);
    for (let index = 0; index < 384; index += 1) await play(logs.sinks, [processOutput('lint', chunk)]);
    await play(logs.sinks, [processOutput('lint', '\n'), processEnded(processResult('lint'))]);
    const log = await readFile(join(logs.directory, 'lint.jsonl'));
    expect([log.length, log.indexOf('\n')]).toEqual([384 * 65_536 + 1, 384 * 65_536]);
  });
});

describe('an output file', () => {
  test('holds the whole text of the last result message, of the last attempt only', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const whole = 'a long answer. '.repeat(200_000);
    await play(logs.sinks, [
      processStarted('lint'),
      processMessage('lint', finalResult('first')),
      processMessage('lint', finalResult('second, and much longer than the third will be')),
      processStarted('lint', 2),
    ]);
    expect(await textIn(logs, 'outputs/lint.md')).toBe('');
    await play(logs.sinks, [processMessage('lint', finalResult(whole), 2), processEnded(processResult('lint'))]);
    expect(await textIn(logs, 'outputs/lint.md')).toBe(whole);
  });

  test('holds what a plain program wrote in its last attempt, as it comes', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const plain = { format: 'plain' } as const;
    await play(logs.sinks, [
      processStarted('lint'),
      processOutput('lint', 'from the first attempt', plain),
      processStarted('lint', 2),
      processOutput('lint', 'from ', plain),
      processOutput('lint', 'not this', { ...plain, stream: 'stderr' }),
    ]);
    expect(await textIn(logs, 'outputs/lint.md')).toBe('from ');
    await play(logs.sinks, [processOutput('lint', 'the second', plain)]);
    expect(await textIn(logs, 'outputs/lint.md')).toBe('from the second');
  });
});

describe('manifest.json', () => {
  test('parses at any moment and tells the state of every process', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const ids = Array.from({ length: 60 }, (_, index) => `p${index}`);
    const processes = ids.map((processId) => ({ processId, name: processId.repeat(250) }));
    await play(logs.sinks, [sessionStarted(ids, { processes })]);
    const over = new AbortController();
    const reader = (async () => {
      let reads = 0;
      // Between any two steps that a write could be made of, there is a look at the file.
      for (; !over.signal.aborted; reads += 1) {
        const manifest = JSON.parse(readFileSync(join(logs.directory, 'manifest.json'), 'utf8'));
        expect(manifest.processes).toHaveLength(60);
        await immediate();
      }
      return reads;
    })();
    for (const id of ids) await play(logs.sinks, [processStarted(id), processEnded(processResult(id))]);
    over.abort();
    expect(await reader).toBeGreaterThan(60);
  });

  test('follows a process from queued to ended', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const stateAfter = async (fact: EnsembleFact): Promise<unknown> => {
      await play(logs.sinks, [fact]);
      return JSON.parse(manifestJson(logs.state));
    };
    const session = {
      schemaVersion: 1,
      pattern: 'parallel',
      trust: { level: 'trusted', why: 'a push' },
      offline: false,
    };
    expect(await stateAfter(sessionStarted(['lint']))).toEqual({
      ...session,
      sessionId: '20261122-102030-456-0123abcd',
      startedAt: '2026-11-22T10:20:30.456Z',
      executable: 'Claude Code 2.1.330 at /usr/bin/claude',
      processes: [{ id: 'lint', name: 'lint', state: 'queued', attempts: 0 }],
    });
    expect(await stateAfter(processStarted('lint'))).toMatchObject({
      processes: [{ state: 'running', attempts: 1, pid: 4711 }],
    });
    expect(await stateAfter(processRetrying('lint'))).toMatchObject({ processes: [{ state: 'queued', attempts: 1 }] });
    const failed = processResult('lint', { status: 'timed-out', reason: 'timeout' }, { attempts: 2 });
    expect(await stateAfter(processEnded(failed))).toMatchObject({
      processes: [{ state: 'ended', attempts: 2, status: 'timed-out', reason: 'timeout' }],
    });
    expect(await stateAfter({ type: 'session-interrupted', signal: 'SIGINT' })).toMatchObject({
      interruptedBy: 'SIGINT',
    });
    expect(await stateAfter(sessionEnded([failed]))).toMatchObject({ ...session, conclusion: 'failure' });
    expect(await textIn(logs, 'manifest.json')).toBe(manifestJson(logs.state));
  });
});

describe('results.json', () => {
  test('holds every result in the order given, with what the session came to', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const results = [
      processResult(
        'b',
        { status: 'succeeded' },
        { output: 'line\n"quoted" \u2028', structuredOutput: { n: [1, { deep: null }] } },
      ),
      processResult('a', { status: 'skipped', reason: 'earlier-failure' }),
    ];
    await play(logs.sinks, [sessionStarted(['b', 'a']), sessionEnded(results)]);
    const written = JSON.parse(await textIn(logs, 'results.json'));
    expect(written).toMatchObject({
      schemaVersion: 1,
      pattern: 'parallel',
      conclusion: 'failure',
      totals: { total: 2 },
    });
    expect(written.results).toEqual(JSON.parse(JSON.stringify(results)));
  });

  test('parses when there are no results', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    await play(logs.sinks, [sessionStarted([]), sessionEnded([])]);
    expect(JSON.parse(await textIn(logs, 'results.json')).results).toEqual([]);
  });
});

describe('huge output', () => {
  test('of six processes at once goes to disk without growing the heap', async () => {
    await using temporary = await temporaryDirectory();
    await using logs = await logsIn(temporary.path);
    const ids = Array.from({ length: 6 }, (_, index) => processNumbered(index));
    const line = Buffer.from(`${'x'.repeat(65_535)}\n`);
    await play(logs.sinks, [sessionStarted(ids), ...ids.map((id) => processStarted(id))]);
    const before = memoryUsage().rss;
    let most = before;
    await Promise.all(
      ids.map(async (id) => {
        for (let index = 0; index < 512; index += 1) {
          await play(logs.sinks, [processOutput(id, line)]);
          most = Math.max(most, memoryUsage().rss);
        }
      }),
    );
    // 192 MiB went through; far less of it may stay.
    expect(most - before).toBeLessThan(96 * 1_048_576);
    expect((await readFile(join(logs.directory, `${ids[5]}.jsonl`))).length).toBe(512 * 65_536);
  });

  test('waits for a slow disk: a write resolves only when the bytes are taken', async () => {
    await using temporary = await temporaryDirectory();
    const pipe = temporary.join('pipe');
    execFileSync('mkfifo', [pipe]);
    const faults: unknown[] = [];
    await using file = new AppendFile({
      open: async () => ({ handle: await open(pipe, 'w'), size: 0 }),
      release: (handle) => handle.close(),
      onFault: (error) => faults.push(error),
    });
    const chunk = Buffer.alloc(1_048_576, 'x');
    let taken = 0;
    let written = 0;
    const writes = [1, 2].map(async () => {
      await file.append(chunk);
      written += 1;
    });
    const reader = createReadStream(pipe, { highWaterMark: 65_536 });
    reader.on('data', (bytes) => {
      taken += bytes.length;
      // More than a pipe holds is still unread, so not all of the writes can be over.
      if (taken < chunk.length - 65_536) expect(written).toBe(0);
    });
    await Promise.all(writes);
    await waitFor('all bytes', () => taken === 2 * chunk.length);
    expect(faults).toEqual([]);
    reader.destroy();
  });
});

test('bytes that others wrote to a log before its first line do not count as ours', async () => {
  await using temporary = await temporaryDirectory();
  const path = temporary.join('a.log');
  const sizes: number[] = [];
  const file = new AppendFile({
    // Between the moment in which the file is made and the first look at it.
    open: async () => {
      await writeFile(path, 'private ');
      return { handle: await open(path, 'a'), size: 0 };
    },
    release: async (handle, { size }) => {
      sizes.push(size);
      await handle.close();
    },
    onFault: () => undefined,
  });
  await file.append('ours');
  await file.close();
  expect(await readFile(path, 'utf8')).toBe('private ours');
  expect(sizes).toEqual([4]);
});

test('a directory that is moved away in the middle costs logs, not the session', async () => {
  await using temporary = await temporaryDirectory();
  await mkdir(temporary.join('base'));
  await using logs = await logsIn(temporary.join('base'));
  const told: EnsembleFact[] = [];
  logs.reportTo(async (fact) => void told.push(fact));
  await play(logs.sinks, [sessionStarted(['early', 'late']), processStarted('early')]);
  await rename(logs.directory, temporary.join('moved'));
  const results = [processResult('early'), processResult('late')];
  await play(logs.sinks, [
    processStarted('late'),
    processOutput('early', 'x\n'),
    processOutput('late', 'x\n'),
    processEnded(processResult('early')),
    processEnded(processResult('late')),
    sessionEnded(results),
  ]);
  expect(told).toHaveLength(1);
  expect(logs.stateOf('late')).toEqual({ logIncomplete: true });
  expect(logs.files).toEqual([]);
});

describe('max-log-size', () => {
  test('is the most that each file of a process holds: whole lines, one warning for each process, marked in its result', async () => {
    await using temporary = await temporaryDirectory();
    const logs = await openSessionRecorder({ base: temporary.path, startedAt, maxFileBytes: 1_000 });
    const told: EnsembleFact[] = [];
    logs.reportTo(async (fact) => void told.push(fact));
    const line = `${'x'.repeat(99)}\n`;
    const plain = (id: string): EnsembleFact => processOutput(id, line, { format: 'plain' });
    await play(logs.sinks, [
      sessionStarted(['loud', 'quiet', 'wordy']),
      ...['loud', 'quiet', 'wordy'].map((id) => processStarted(id)),
      ...Array.from({ length: 50 }, () => plain('loud')),
      plain('quiet'),
      ...Array.from({ length: 50 }, () => processOutput('wordy', line)),
      processMessage('wordy', finalResult('é'.repeat(1_000))),
      ...['loud', 'quiet', 'wordy'].map((id) => processEnded(processResult(id))),
    ]);
    await closeAll(logs.sinks);
    expect(await textIn(logs, 'outputs/loud.md')).toBe(line.repeat(10));
    expect(await textIn(logs, 'wordy.jsonl')).toBe(line.repeat(10));
    expect(await textIn(logs, 'outputs/wordy.md')).toBe('é'.repeat(500));
    expect(await textIn(logs, 'loud.log')).toMatch(/^process {5}loud\n(?:.*\n)*│ x{99}\n$/u);
    expect((await textIn(logs, 'loud.log')).length).toBeLessThanOrEqual(1_000);
    expect(await textIn(logs, 'quiet.log')).toContain('succeeded');
    expect(told).toMatchObject(
      ['loud', 'wordy'].map((id) => ({
        level: 'warning',
        message: expect.stringMatching(
          `^The logs of ${id} are incomplete: they reached max-log-size, 1000 bytes a file`,
        ),
      })),
    );
    for (const [id, incomplete] of [
      ['loud', true],
      ['quiet', false],
      ['wordy', true],
    ] as const)
      expect(logs.stateOf(id).logIncomplete ?? false).toBe(incomplete);
  });

  test.each([
    ['abc\n', 'defghijkl', 'abc\n'],
    ['123', '456789012', '1234567890'],
  ])('cuts ahead of a line that does not fit, or within one that had begun: %j and %j', async (first, second, left) => {
    await using temporary = await temporaryDirectory();
    const logs = await openSessionRecorder({ base: temporary.path, startedAt, maxFileBytes: 10 });
    const outputs = [first, second].map((text) => processOutput('p', text, { format: 'plain' }));
    await play(logs.sinks, [sessionStarted(['p']), processStarted('p'), ...outputs, processEnded(processResult('p'))]);
    await closeAll(logs.sinks);
    expect(await textIn(logs, 'outputs/p.md')).toBe(left);
  });

  test('is counted anew for the output of another attempt', async () => {
    await using temporary = await temporaryDirectory();
    const logs = await openSessionRecorder({ base: temporary.path, startedAt, maxFileBytes: 10 });
    const plain = (text: string): EnsembleFact => processOutput('p', text, { format: 'plain' });
    await play(logs.sinks, [sessionStarted(['p']), processStarted('p'), plain('123456789012'), processStarted('p', 2)]);
    await play(logs.sinks, [plain('abc\n'), processEnded(processResult('p'))]);
    await closeAll(logs.sinks);
    expect(await textIn(logs, 'outputs/p.md')).toBe('abc\n');
  });
});
