import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { sessionFiles } from '../../src/model/session-files.ts';
import type { SessionState } from '../../src/model/session-state.ts';
import { manifestJson } from '../../src/record/manifest.ts';
import { replay } from '../../src/record/replay.ts';
import { resultsJson } from '../../src/record/results-file.ts';
import { reportHtml } from '../../src/reports/report.ts';
import { renderSummary } from '../../src/reports/summary.ts';

/** The documents of a session, each as a function of what it has come to. */
const documents: Readonly<Record<string, (state: SessionState) => string>> = {
  [sessionFiles.manifest]: manifestJson,
  [sessionFiles.results]: (state) => [...resultsJson(state)].join(''),
  [sessionFiles.summary]: (state) => renderSummary(state),
  [sessionFiles.report]: (state) => [...reportHtml(state)].join(''),
};

/** Makes the documents of a session that has ended again, from its log, and compares them byte for byte. */
export async function expectReplay(directory: string): Promise<void> {
  const read = (name: string): string => readFileSync(join(directory, name), 'utf8');
  const { executable } = JSON.parse(read(sessionFiles.manifest));
  const state = await replay(read(sessionFiles.events).split('\n'), { directory, executable });
  for (const [name, textOf] of Object.entries(documents)) expect(textOf(state), name).toBe(read(name));
}

/** Makes the documents of what the beginning of a log tells: each is there or empty, and none throws. */
export async function expectReplayOfBeginning(log: Buffer, length: number): Promise<SessionState> {
  const lines = log.subarray(0, length).toString().split('\n');
  const state = await replay(lines, { directory: '/session' });
  for (const textOf of Object.values(documents)) expect(textOf(state)).toEqual(expect.any(String));
  return state;
}
