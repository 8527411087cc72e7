import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { EnsembleFact, Sink } from '../../src/model/event.ts';
import { consoleSink } from '../../src/reports/console.ts';
import { openSessionRecorder } from '../../src/session/session-recorder.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { type HostileSession, hostileSession } from '../rig/hostile-session.ts';
import {
  expectInertReport,
  expectInertSummary,
  expectNoCommand,
  expectPlain,
  expectPlainLine,
} from '../rig/inert-text.ts';
import { expectReplay } from '../rig/replayed-session.ts';
import { closeAll, play } from '../rig/session-events.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place[Symbol.asyncDispose]());

/** Writes a session down as the engine does, and gives what can be read of it then. */
async function written({ facts }: HostileSession, further: readonly Sink[] = []) {
  const logs = await openSessionRecorder({ base: place.path, startedAt: new Date() });
  const warnings: EnsembleFact[] = [];
  logs.reportTo(async (fact) => void warnings.push(fact));
  await play([...logs.sinks, ...further], facts);
  await closeAll(logs.sinks);
  expect(warnings).toEqual([]);
  return {
    directory: logs.directory,
    files: [...logs.files],
    read: (name: string) => readFileSync(join(logs.directory, name)),
  };
}

fuzz(
  'what a console and the logs for people say of a session is plain lines that no terminal and no runner obeys',
  { of: hostileSession, runs: 120 },
  async (session) => {
    const lines: string[] = [];
    const write = (line: string): unknown => lines.push(line);
    const fold = (title: string, folded: readonly string[]): unknown => lines.push(title, ...folded);
    const { read, files } = await written(session, [
      consoleSink({ reader: 'job', write, fold }),
      consoleSink({ reader: 'command', write }),
    ]);
    const log = read('session.log').toString();
    const logs = files.filter((file) => /\/p\d\.log$/u.test(file)).map((file) => readFileSync(file, 'utf8'));
    return () => {
      for (const text of logs) expectPlain(text);
      for (const line of [...lines, ...log.trimEnd().split('\n')]) expectPlainLine(line);
      expectNoCommand(lines.join('\n'));
    };
  },
);

fuzz(
  'the summary and the report of a session hold nothing that is live but what we wrote',
  { of: hostileSession, runs: 120 },
  async (session) => {
    const { read } = await written(session);
    return () => {
      expectInertSummary(read('summary.md').toString());
      expectInertReport(read('report.html').toString());
    };
  },
);

fuzz(
  'the files for machines are JSON that gives every result back, and the logs hold what was written byte for byte',
  { of: hostileSession, runs: 120 },
  async (session) => {
    const { read, files } = await written(session);
    const json = (name: string) => JSON.parse(read(name).toString());
    const asJson = JSON.parse(JSON.stringify(session.results));
    expect(json('results.json').results).toEqual(asJson);
    expect(json('manifest.json').processes).toHaveLength(session.results.length);
    for (const { processId } of session.results) {
      const stream = outputOf(session, processId);
      const name = `${processId}.jsonl`;
      const isThere = files.some((file) => file.endsWith(`/${name}`));
      expect(isThere ? read(name) : Buffer.alloc(0)).toEqual(stream);
    }
  },
);

fuzz(
  'the log of events gives the documents of a session again, byte for byte',
  { of: hostileSession, runs: 120 },
  async (session) => {
    const { directory } = await written(session);
    await expectReplay(directory);
    return () => undefined;
  },
);

/** What a process wrote as the CLI does. */
function outputOf({ facts }: HostileSession, processId: string): Buffer {
  const parts = facts.flatMap((fact) =>
    fact.type === 'process-output' &&
    fact.processId === processId &&
    fact.stream === 'stdout' &&
    fact.format === 'stream-json'
      ? [fact.bytes]
      : [],
  );
  return Buffer.concat(parts);
}
