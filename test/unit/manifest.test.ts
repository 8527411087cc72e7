import { expect, test } from 'vitest';
import type { EnsembleEvent } from '../../src/model/event.ts';
import { SessionState } from '../../src/model/session-state.ts';
import { manifestFile } from '../../src/record/manifest.ts';
import { ReplacedFile } from '../../src/record/replaced-file.ts';
import { FakeClock } from '../rig/fake-clock.ts';
import { joined } from '../rig/replayed-session.ts';
import { processResult } from '../rig/results.ts';
import { play, processEnded, processStarted, sessionEnded, sessionStarted } from '../rig/session-events.ts';

test('the manifest is written at most 4 times a second, however many processes come and go, and at once at the end', async () => {
  const clock = new FakeClock();
  const state = new SessionState();
  const written: string[][] = [];
  const replacedFile = () =>
    new ReplacedFile(async (content) => {
      written.push([await joined(content())]);
    });
  const sinks = [{ name: 'state', handle: (event: EnsembleEvent) => state.apply(event) }];
  const both = [...sinks, manifestFile({ replacedFile }, state, clock)];
  const ids = Array.from({ length: 999 }, (_, index) => `p${index}`);
  await play(both, [sessionStarted(ids)]);
  for (const id of ids) {
    await play(both, [processStarted(id), processEnded(processResult(id))]);
    await clock.advance(1);
  }
  expect(written).toHaveLength(4);
  await clock.advance(250);
  expect(
    written
      .at(-1)
      ?.join('')
      .match(/"status": "succeeded"/g),
  ).toHaveLength(999);
  await play(both, [processStarted('late'), sessionEnded([])]);
  expect(written.at(-1)?.join('')).toContain('"conclusion": "success"');
  await clock.advance(1000);
  expect([written.length, clock.pending]).toEqual([6, 0]);
});
