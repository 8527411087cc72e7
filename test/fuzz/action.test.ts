import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { openCommandFiles } from '../../src/frontends/action/command-files.ts';
import { readInputs, readJob, secretInputs } from '../../src/frontends/action/inputs.ts';
import { outputLimit } from '../../src/frontends/action/output-limits.ts';
import { outputsOf } from '../../src/frontends/action/outputs.ts';
import { refusal } from '../../src/frontends/action/refusal.ts';
import { remainingFiles } from '../../src/frontends/action/remaining-files.ts';
import { harmlessLines } from '../../src/frontends/action/runner-console.ts';
import { oneSafeLine } from '../../src/github/artifact-child.ts';
import { artifactNameFor, earlierArtifact } from '../../src/github/artifact-name.ts';
import { readEvent } from '../../src/github/event-file.ts';
import { commentedPullRequestOf, decideTrust, secretsWithheldFrom } from '../../src/github/event-trust.ts';
import { judgeSession } from '../../src/session/verdict.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { readKeyValues } from '../rig/command-file.ts';
import { eventPayload } from '../rig/event-payload.ts';
import { fuzz } from '../rig/fuzz-test.ts';
import { hostileJson, hostileValue } from '../rig/hostile-data.ts';
import { hostileSession } from '../rig/hostile-session.ts';
import { hostileBytes, hostileText, hugeText } from '../rig/hostile-text.ts';
import { expectInertSummary, expectNoCommand, expectPlain } from '../rig/inert-text.ts';
import { openMessages } from '../rig/message-stream.ts';
import { answersFor, shapeOf } from '../rig/plan.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../rig/temporary-directory.ts';

let place: TemporaryDirectory;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place[Symbol.asyncDispose]());

const redactor = {
  text: (text: string) => text,
  payload: (data: unknown) => data,
  stream: () => ({ push: (bytes: Uint8Array) => bytes, end: () => new Uint8Array() }),
  messages: () => openMessages,
};

fuzz(
  'whatever the environment holds, it is read as inputs and a job',
  {
    of: fc.dictionary(
      fc.oneof(
        hostileText.map((name) => `INPUT_${name}`),
        fc.constantFrom('INPUT_MASK', 'INPUT_GITHUB-TOKEN', 'GITHUB_WORKSPACE', 'RUNNER_TEMP', 'INPUT___PROTO__'),
      ),
      hostileText,
    ),
    runs: 500,
  },
  (environment) => {
    const inputs = readInputs(environment);
    for (const secret of secretInputs(inputs)) expect(secret.trim().length).toBeGreaterThanOrEqual(8);
    readJob({ GITHUB_ACTIONS: 'true', ...environment });
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
);

const untrusted = [
  ['pull_request', 'pull-request-fork'],
  ['pull_request', 'pull-request-deleted-fork'],
  ['pull_request_review', 'pull-request-review-fork'],
  ['pull_request_review_comment', 'pull-request-review-comment-fork'],
  ['issue_comment', 'issue-comment-by-stranger'],
  ['workflow_run', 'workflow-run'],
  ['issues', 'issues'],
] as const;

/** A payload of a stranger's event in which something is missing or of the wrong kind. */
const spoiledEvent = fc
  .record({
    event: fc.constantFrom(...untrusted),
    place: fc.nat(2000),
    value: fc.oneof(hostileValue, fc.constant(undefined)),
  })
  .map(({ event: [name, file], place: at, value }) => {
    const payload = eventPayload(file);
    const places = placesIn(payload);
    const found = places[at % places.length];
    if (found !== undefined) found.holder[found.key] = value;
    return { name, payload };
  });

function placesIn(value: unknown): readonly { readonly holder: Record<string, unknown>; readonly key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

fuzz(
  "a stranger's event is never trusted, whatever is missing in it or wrong with it",
  { of: spoiledEvent, runs: 1500 },
  ({ name, payload }) => {
    const event = { name, payload, repository: 'octo-org/monorepo', actor: 'alice' };
    expect(decideTrust(event).level).toBe('untrusted');
    secretsWithheldFrom(event);
    commentedPullRequestOf(event);
  },
);

fuzz(
  'whatever bytes the event file holds and whatever the event is called, there is a decision',
  {
    of: fc.record({
      bytes: fc.oneof(
        hostileBytes,
        hostileJson.map((json) => Buffer.from(json)),
      ),
      name: fc.oneof(
        hostileText,
        fc.constantFrom('pull_request', 'issue_comment', 'discussion_comment', 'workflow_run'),
      ),
      actor: hostileText,
    }),
    runs: 300,
  },
  async ({ bytes, name, actor }) => {
    writeFileSync(place.join('event.json'), bytes);
    const event = await readEvent(
      {
        GITHUB_EVENT_NAME: name,
        GITHUB_EVENT_PATH: place.join('event.json'),
        GITHUB_REPOSITORY: actor,
        GITHUB_ACTOR: actor,
      },
      undefined,
    );
    expect(decideTrust(event).level).toBe('untrusted');
  },
);

const owner = fc.record({
  artifactName: hostileText,
  workflow: hostileText,
  job: hostileText,
  matrix: hostileText,
  step: hostileText,
  resumeKey: hostileText,
  processIds: fc.array(hostileText, { maxLength: 3 }),
  attempt: fc.nat(9),
});

fuzz(
  'whatever a job and an artifact are called, GitHub takes the name, and it is found again',
  { of: fc.record({ owner, listed: fc.array(fc.record({ name: hostileText, createdAt: fc.nat() })) }), runs: 500 },
  ({ owner: own, listed }) => {
    const name = artifactNameFor(own, 'a1b2');
    expect(name).not.toMatch(/[":<>|*?\\/\p{Cc}]/u);
    expect([...name].length).toBeLessThan(200);
    const found = earlierArtifact({ ...own, attempt: own.attempt + 1 }, [...listed, { name, createdAt: 7 }]);
    expect(found).toMatchObject({ kind: 'found', artifact: { name } });
  },
);

fuzz(
  'whatever the console is asked to print, it is plain text and no command',
  { of: fc.oneof({ weight: 40, arbitrary: hostileText }, hugeText), runs: 1000 },
  (text) => {
    const printed = harmlessLines(plainText(text));
    return () => {
      expectPlain(printed);
      expectNoCommand(printed);
      expectNoCommand(harmlessLines(text));
    };
  },
);

fuzz(
  'every output is within its limit, JSON where it says so, and comes back byte for byte',
  { of: hostileSession, runs: 250 },
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
    const outputs = outputsOf({
      ...judged,
      trust: 'untrusted',
      started: { sessionId: 's', directory: '/logs' },
      outcome,
    });
    const path = place.join('output');
    writeFileSync(path, '');
    const files = openCommandFiles({ GITHUB_OUTPUT: path });
    files.setOutputs(outputs);
    expect(files.settle()).toEqual({ restored: [], warnings: [], errors: [] });
    return () => {
      expect(readKeyValues(path)).toEqual(outputs);
      for (const name of ['results', 'outputs', 'structured-output', 'failed-ids'] as const) JSON.parse(outputs[name]);
      for (const value of Object.values(outputs)) expect(value.length).toBeLessThanOrEqual(outputLimit);
    };
  },
);

fuzz(
  'command files hold what we wrote after what was there, whatever others put there meanwhile',
  { of: fc.record({ before: hostileBytes, foreign: hostileBytes, value: hostileText }), runs: 200 },
  ({ before, foreign, value }) => {
    const path = place.join('state');
    writeFileSync(path, before);
    const files = openCommandFiles({ GITHUB_STATE: path });
    writeFileSync(path, foreign);
    files.saveState({ key: value });
    writeFileSync(path, foreign);
    const { restored } = files.settle();
    const left = readFileSync(path);
    expect(left.subarray(0, before.length).equals(before)).toBe(true);
    expect(left.subarray(before.length).toString()).toMatch(/^key<<end_/u);
    expect(restored.join()).toContain('Something else changed');
  },
);

fuzz(
  'a refusal is a summary in which no fault is live',
  {
    of: fc.array(fc.oneof({ weight: 5, arbitrary: hostileText }, hugeText), { minLength: 1, maxLength: 5 }),
    runs: 300,
  },
  (faults) => {
    const written: string[] = [];
    const files = {
      saveState: () => undefined,
      setOutputs: () => undefined,
      settle: () => ({ restored: [], warnings: [], errors: [] }),
      writeSummary: (markdown: string) => void written.push(markdown),
    };
    const interrupts = { interrupt: new AbortController().signal } as Parameters<typeof refusal>[1]['interrupts'];
    expect(refusal(faults, { files, interrupts, redactor, environment: {} }).conclusion).toBe('failure');
    return () => expectInertSummary(written.join(''));
  },
);

fuzz(
  'what a client of GitHub says is told on one line, without the signature of an address',
  { of: fc.tuple(fc.oneof(hostileText, hugeText), hostileText), runs: 300 },
  ([before, after]) => {
    const line = oneSafeLine(`${before}https://blob.example/x?sig=c2VjcmV0LXNpZw ${after}`);
    expect(line).not.toMatch(/\n/u);
    expect(line).not.toContain('c2VjcmV0LXNpZw');
  },
);

fuzz(
  'no ledger of the files of a session, whatever it says, proves a file that was not written',
  { of: fc.array(hostileText, { maxLength: 5 }), runs: 200 },
  async (lines) => {
    mkdirSync(place.join('session'), { recursive: true });
    writeFileSync(place.join('session', '.ledger'), lines.map((line) => `${'0'.repeat(64)} ${line}\n`).join(''));
    const files = await remainingFiles({ directory: place.join('session'), key: new Uint8Array(32) });
    return () => expect(files).toEqual([]);
  },
);
