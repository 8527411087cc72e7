import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { parseMessage } from '../../src/agents/claude/messages.ts';
import { sessionFiles } from '../../src/model/session-files.ts';
import type { SessionState } from '../../src/model/session-state.ts';
import { manifestJson } from '../../src/record/manifest.ts';
import type { Content } from '../../src/record/replaced-file.ts';
import { replay } from '../../src/record/replay.ts';
import { resultsJson } from '../../src/record/result-files.ts';
import { type ReportSources, reportHtml } from '../../src/reports/report.ts';
import { renderSummary } from '../../src/reports/summary.ts';

/** The documents of a session, each as a function of its state. */
const documents: Readonly<Record<string, (state: SessionState, directory?: string) => string | Promise<string>>> = {
  [sessionFiles.manifest]: manifestJson,
  [sessionFiles.results]: (state) => [...resultsJson(state)].join(''),
  [sessionFiles.summary]: (state) => renderSummary(state),
  [sessionFiles.report]: (state, directory) => joined(reportHtml(state, sourcesIn(directory))),
};

/** A document in one piece. */
export async function joined(parts: ReturnType<Content>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

/** The files of a session as they lie there; none without a directory. */
export function sourcesIn(directory: string | undefined): ReportSources {
  return {
    read: (name) => {
      const path = join(directory ?? '/nowhere', name);
      return Readable.from(existsSync(path) ? [readFileSync(path)] : []);
    },
    readMessage: parseMessage,
  };
}

/** Makes the documents of a session that has ended again, from its log, and compares them byte for byte. */
export async function expectReplay(directory: string): Promise<void> {
  const read = (name: string): string => readFileSync(join(directory, name), 'utf8');
  const { executable } = JSON.parse(read(sessionFiles.manifest));
  const state = await replay(read(sessionFiles.events).split('\n'), { directory, executable });
  for (const [name, textOf] of Object.entries(documents)) expect(await textOf(state, directory), name).toBe(read(name));
}

/** Makes the documents from the beginning of a log: each is there or empty, and none throws. */
export async function expectReplayOfBeginning(log: Buffer, length: number): Promise<SessionState> {
  const lines = log.subarray(0, length).toString().split('\n');
  const state = await replay(lines, { directory: '/session' });
  for (const textOf of Object.values(documents)) expect(await textOf(state)).toEqual(expect.any(String));
  return state;
}
