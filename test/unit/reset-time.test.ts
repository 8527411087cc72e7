import { expect, test } from 'vitest';
import { resetNamedIn } from '../../src/agents/claude/reset-time.ts';

const now = new Date('2026-11-27T14:59:30Z');

test.each([
  ["You've hit your limit · resets 3pm (UTC)", '2026-11-27T15:00:00.000Z'],
  ["You've hit your 5-hour limit · resets 11:48pm (UTC)", '2026-11-27T23:48:00.000Z'],
  ["You've hit your weekly limit · resets 12am (UTC)", '2026-11-28T00:00:00.000Z'],
  ["You've reached your Opus limit · resets 2:59pm (UTC)", '2026-11-27T14:59:00.000Z'],
  ["You've hit your limit · resets 2pm (UTC)", '2026-11-28T14:00:00.000Z'],
  ['Claude AI usage limit reached|1795820000', '2026-11-27T22:53:20.000Z'],
  [
    'API Error: 400 You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    '2026-12-01T00:00:00.000Z',
  ],
])('the reset that the CLI names: %s', (text, iso) => {
  expect(new Date(resetNamedIn(text, now)?.resetsAt ?? 0).toISOString()).toBe(iso);
});

test('a limit may name no time, or one that means nothing', () => {
  expect(resetNamedIn("You've hit your monthly spend limit.", now)).toEqual({});
  expect(resetNamedIn("You've hit your limit · resets Dec 3, 3pm (Europe/Vienna)", now)).toEqual({});
  expect(
    resetNamedIn(
      'You have reached your specified API usage limits. You will regain access on 2026-99-01 at 00:00 UTC.',
      now,
    ),
  ).toEqual({});
});

test('a push-back is no used up limit', () => {
  const pushBack = "API Error: Request rejected (429) · This request would exceed your account's rate limit.";
  expect(resetNamedIn(pushBack, now)).toBeUndefined();
});
