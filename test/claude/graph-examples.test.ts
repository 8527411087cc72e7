import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ProcessResult } from '../../src/model/result.ts';
import { runSession } from '../../src/session/run.ts';
import { validSettings } from '../rig/configure.ts';
import { readDocument } from '../rig/markdown.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

interface Entry {
  readonly id: string;
}

/** What a process reads and writes, in tokens of input and output, and what it answers. */
type Script = Readonly<Record<string, string>>;

/** The inputs of the example's step that runs a session, its expressions filled in. */
function inputsOf(name: string, values: Readonly<Record<string, string>>): Record<string, string> {
  const { jobs } = parse(readFileSync(join(import.meta.dirname, '../../examples', `${name}.yml`), 'utf8'));
  const [job] = Object.values<{ readonly steps: readonly { readonly id?: string; readonly with: object }[] }>(jobs);
  const step = job?.steps.find(({ id }) => id === 'ensemble');
  const fill = (text: string): string =>
    text.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, place: string) => values[place] ?? '');
  return Object.fromEntries(Object.entries(step?.with ?? {}).map(([input, value]) => [input, fill(String(value))]));
}

/** Runs the session of an example offline with the real CLI, its prompts replaced by directives for the stand-in. */
async function runExample(name: string, script: Script, inputs: Readonly<Record<string, string>> = {}) {
  await using directory = await temporaryDirectory();
  for (const folder of ['docs', 'logs']) mkdirSync(directory.join(folder));
  for (const file of ['docs/a.md', 'docs/b.md', 'logs/failure.log']) writeFileSync(directory.join(file), 'Text.\n');
  const { prompts = '', ...given } = inputsOf(name, { 'secrets.ANTHROPIC_API_KEY': '', ...inputs });
  const entries = (parse(prompts) as readonly Entry[]).map((entry) => ({ ...entry, prompt: script[entry.id] ?? '' }));
  const { settings } = await validSettings(
    { ...given, prompts: JSON.stringify(entries), offline: 'true', 'max-workers': '4' },
    { workspace: directory.path, logDirectoryDefault: directory.join('logs-of-sessions') },
  );
  const sinks = { environment: process.env, sinks: [], login: 'own', project: process.cwd() } as const;
  const result = await runSession({ settings, ...sinks });
  if (result.kind !== 'finished') throw new Error(result.faults.join('\n'));
  const { results, verdict, findings } = result.outcome;
  const statuses = results.map(({ processId, status, reason }) => `${processId} ${reason ?? status}`);
  return { results, verdict, findings, statuses };
}

const usage = (input: number, output: number, more: string) => `offline: usage ${input} ${output}\noffline: ${more}`;
const structured = (value: object) => `structured ${JSON.stringify(value)}`;
const finding = (line: number, summary: string) => ({
  ...{ file: 'src/a.ts', line, summary, failure_scenario: 'It is read twice.', severity: 'important' },
});

function costOf(results: readonly ProcessResult[], id: RegExp): number {
  const costs = results.filter(({ processId }) => id.test(processId)).map(({ costUsd }) => costUsd);
  return costs.reduce<number>((sum, cost) => sum + (cost ?? Number.NaN), 0);
}

/** What the strongest model of the examples would have cost for what these processes read and wrote. */
type StrongPrice = (results: readonly ProcessResult[], id: RegExp) => number;

/** The price of input and of output, from two processes of one model that wrote different amounts. */
function priceOf([one, other]: readonly ProcessResult[]): StrongPrice {
  const tokens = (result?: ProcessResult) =>
    [result?.usage?.inputTokens ?? 0, result?.usage?.outputTokens ?? 0] as const;
  const [[in1, out1], [in2, out2]] = [tokens(one), tokens(other)];
  const [cost1, cost2] = [one?.costUsd ?? Number.NaN, other?.costUsd ?? Number.NaN];
  const output = (cost1 * in2 - cost2 * in1) / (out1 * in2 - out2 * in1);
  const input = (cost1 - output * out1) / in1;
  return (results, id) =>
    results
      .filter(({ processId }) => id.test(processId))
      .map(tokens)
      .reduce((sum, [read, written]) => sum + read * input + written * output, 0);
}

const document = readDocument('docs/graph-examples.md');

/** Whether the document says what was measured, to the cent. */
function expectRow(name: string, thisWay: number, naive: number): void {
  const row = `$${thisWay.toFixed(2)} | $${naive.toFixed(2)} | ${Math.round((100 * thisWay) / naive)} % |`;
  const line = document.text.split('\n').find((text) => text.startsWith(`| [${name}]`));
  expect(line, row).toContain(row);
}

// One after the other, for the first gives the price of the strongest model.
describe('the examples of graphs run offline, and cost what their document says', () => {
  let strong: StrongPrice = () => Number.NaN;

  test('find and verify: what two report is checked once, and a refuted finding is told as such', async () => {
    const [shared, own] = [finding(3, 'The lock is taken twice.'), finding(40, 'An error is dropped.')];
    const { results, statuses, findings } = await runExample('find-and-verify', {
      errors: usage(60_000, 2_000, structured({ findings: [shared, own] })),
      races: usage(60_000, 4_000, structured({ findings: [shared] })),
      verify: usage(15_000, 500, structured({ verdict: 'REFUTED', reason: 'It is not.' })),
    });
    expect(statuses).toEqual(['errors succeeded', 'races succeeded', 'verify-1 succeeded', 'verify-2 succeeded']);
    expect(findings?.counts).toMatchObject({ refuted: 2 });
    strong = priceOf(results);
    expectRow('Find and verify', costOf(results, /./), 2 * costOf(results, /^(errors|races)$/));
  });

  test('cascade: the strong model is asked only where the cheap one says that it is grave', async () => {
    const script = (severity: string) => ({
      triage: usage(20_000, 500, structured({ severity, cause: 'A timeout.' })),
      deep: usage(60_000, 3_000, 'reply The cause.'),
    });
    const log = { 'inputs.log': 'logs/failure.log' };
    const grave = await runExample('cascade', script('high'), log);
    expect(grave.statuses).toEqual(['triage succeeded', 'deep succeeded']);
    const mild = await runExample('cascade', script('low'), log);
    expect(mild.statuses).toEqual(['triage succeeded', 'deep condition']);
    expect(mild.verdict).toMatch(/^Success: /);
    const [triage, deep] = [costOf(grave.results, /^triage$/), costOf(grave.results, /^deep$/)];
    expectRow('Cascade', 10 * triage + 2 * deep, 10 * deep);
  });

  test('panel with a judge: one member that fails does not spoil it, and the judge is told', async () => {
    const { results, statuses } = await runExample(
      'panel',
      { member: usage(40_000, 1_500, 'reply Cache by hash.'), judge: 'Judge.' },
      { 'inputs.question': 'How?' },
    );
    expect(statuses).toEqual(['member-1 succeeded', 'member-2 succeeded', 'member-3 succeeded', 'judge succeeded']);
    expect(results.at(-1)?.output.match(/data block "member-\d"/g)).toHaveLength(3);
    expectRow('Panel with a judge', costOf(results, /^member/), strong(results, /^member/));
  });

  test('map and reduce: each file has a process of its own, and the last one is given what all say', async () => {
    const { results, statuses } = await runExample('map-reduce', {
      map: usage(12_000, 400, 'reply It promises speed.'),
      reduce: usage(15_000, 1_000, 'reply No contradiction.'),
    });
    expect(statuses).toEqual(['map-1 succeeded', 'map-2 succeeded', 'reduce succeeded']);
    const thisWay = 15 * costOf(results, /^map/) + costOf(results, /^reduce/);
    expectRow('Map and reduce', thisWay, 15 * strong(results, /^map/) + strong(results, /^reduce/));
  });
});
