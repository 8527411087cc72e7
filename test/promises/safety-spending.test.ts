import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startRig } from '../rig/controlled-child.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { nodeProgram } from '../rig/plain-program.ts';
import { credentials, type Job, startJob } from '../rig/runner.ts';
import { apiErrorResult, initMessage, resultMessage } from '../rig/stream-messages.ts';

const quiet = { 'upload-logs': 'never' };

function promptsOf(count: number): string {
  return JSON.stringify(Array.from({ length: count }, (_, index) => ({ id: `p${index}`, prompt: `prompt ${index}` })));
}

/** The ceilings that the CLI would be given, from the calls of a program that writes each down in a file `call-...`. */
function counted(job: Job, script: string): { readonly path: string; readonly ceilings: () => readonly string[] } {
  const log = `const { writeFileSync } = require('node:fs');
    const flag = process.argv.indexOf('--max-budget-usd');
    const limit = flag < 0 ? 'none' : process.argv[flag + 1];
    writeFileSync('${job.temporary}/call-' + process.hrtime.bigint() + '-' + limit, '');
    const say = (...messages) => { for (const message of messages) console.log(JSON.stringify(message)); };`;
  const path = nodeProgram(job.temporary, `${log}\n${script}`, '2.1.330 (Claude Code)');
  const calls = () =>
    readdirSync(job.temporary)
      .filter((name) => name.startsWith('call-'))
      .toSorted();
  return { path, ceilings: () => calls().map((name) => name.split('-').at(-1) ?? '') };
}

/** Prints a result that has cost this much. */
function costing(usd: number): string {
  return `say(${JSON.stringify(initMessage())}, ${JSON.stringify(resultMessage('done', { total_cost_usd: usd }))});`;
}

test('T12: more than 500 prompts are refused before anything starts, unless that is asked for by name', async () => {
  await using job = await startJob({ env: credentials });
  const { path, ceilings } = counted(job, costing(0));
  const options = { 'claude-path': path, ...quiet };
  const refused = await job.run({ with: { ...options, prompts: promptsOf(501) } });
  expect(refused.outputs).toMatchObject({ conclusion: 'failure', 'total-count': '0', 'session-id': '' });
  expect(annotationsOf(refused, 'error')[0]).toMatch(/prompts: .*500.*max-prompts/);
  const list = await job.run({ with: { ...options, prompts: `[${'"x",'.repeat(501)}"x"]` } });
  expect(list.outputs.conclusion).toBe('failure');
  expect(ceilings()).toEqual([]);
  const most = await job.run({ with: { ...options, prompts: promptsOf(500), 'dry-run': 'true' } });
  expect(most.outputs).toMatchObject({ conclusion: 'skipped', 'total-count': '500' });
  const more = await job.run({
    with: { ...options, prompts: promptsOf(501), 'max-prompts': '501', 'dry-run': 'true' },
  });
  expect(more.outputs).toMatchObject({ conclusion: 'skipped', 'total-count': '501' });
});

test('T12: a failure that goes on and on costs 1 + retries attempts, and a session of such failures 5 retries more', async () => {
  await using job = await startJob({ env: credentials });
  const overload = `say(${JSON.stringify(initMessage())}, ${JSON.stringify(apiErrorResult(529, 'Overloaded'))}); process.exitCode = 1;`;
  const one = counted(job, overload);
  const options = { retries: '3', 'retry-delay': '0', ...quiet };
  const step = await job.run({ with: { ...options, prompts: promptsOf(1), 'claude-path': one.path } });
  expect(JSON.parse(step.outputs.results ?? '')).toMatchObject([{ status: 'failed', attempts: 4 }]);
  expect(one.ceilings()).toHaveLength(4);

  await using other = await startJob({ env: credentials });
  const many = counted(other, overload);
  await other.run({ with: { ...options, prompts: promptsOf(6), 'claude-path': many.path } });
  expect(many.ceilings()).toHaveLength(6 + 5);
});

test('T12: money is reserved when a process starts, so what runs side by side never passes the ceiling', async () => {
  await using rig = await startRig();
  await using job = await startJob({ env: credentials });
  const options = {
    'max-budget-usd': '1',
    'max-process-budget-usd': '0.4',
    'max-workers': '5',
    'claude-path': rig.executable,
  };
  const step = job.run({ with: { prompts: promptsOf(5), ...options, ...quiet } });
  const pair = [await rig.nextChild(), await rig.nextChild()];
  for (const { argv } of pair) expect(argv[argv.indexOf('--max-budget-usd') + 1]).toBe('0.4');
  // 0.80 of 1.00 are set aside: a third does not fit, until one of them has said that it cost less.
  expect(rig.started).toBe(2);
  const finish = async (child: (typeof pair)[number], usd: number): Promise<void> => {
    await child.stdin();
    await child.printJson(initMessage());
    await child.printJson(resultMessage('done', { total_cost_usd: usd }));
    await child.exit(0);
  };
  await finish(pair[0] as (typeof pair)[number], 0.2);
  await finish(await rig.nextChild(), 0.4);
  expect(rig.started).toBe(3);
  await finish(pair[1] as (typeof pair)[number], 0.4);
  const { outputs } = await step;
  // 1.00 is spent: with less than a cent left the rest are skipped.
  expect(outputs).toMatchObject({
    'cost-usd': '1',
    'succeeded-count': '3',
    'skipped-count': '2',
    conclusion: 'failure',
  });
  expect(JSON.parse(outputs.results ?? '').slice(3)).toMatchObject([{ reason: 'budget' }, { reason: 'budget' }]);
  expect(outputs.verdict).toMatch(/max-budget-usd|\$1/);
});

test('T12: a process that ends without saying what it cost counts as its whole ceiling', async () => {
  await using job = await startJob({ env: credentials });
  const { path, ceilings } = counted(
    job,
    `say(${JSON.stringify(initMessage())}); process.kill(process.pid, 'SIGKILL');`,
  );
  const options = { 'max-budget-usd': '1', 'max-process-budget-usd': '0.4', retries: '0', 'max-workers': '1' };
  const step = await job.run({ with: { prompts: promptsOf(5), ...options, 'claude-path': path, ...quiet } });
  expect(ceilings()).toEqual(['0.4', '0.4']);
  expect(step.outputs).toMatchObject({ 'failed-count': '2', 'skipped-count': '3', conclusion: 'failure' });
});

test('T12: without a ceiling of its own a process gets an equal share, and every attempt only what is left of it', async () => {
  await using job = await startJob({ env: credentials });
  const error = JSON.stringify(apiErrorResult(529, 'Overloaded', { total_cost_usd: 0.1 }));
  const { path, ceilings } = counted(job, `say(${JSON.stringify(initMessage())}, ${error}); process.exitCode = 1;`);
  const options = { 'max-budget-usd': '1', 'max-workers': '2', retries: '2', 'retry-delay': '0' };
  await job.run({ with: { prompts: promptsOf(1), ...options, 'claude-path': path, ...quiet } });
  const [first, ...later] = ceilings().map(Number);
  expect(first).toBeLessThanOrEqual(1);
  expect(later).toHaveLength(2);
  for (const [index, ceiling] of later.entries()) expect(ceiling).toBeCloseTo((first ?? 0) - 0.1 * (index + 1), 5);
});

test('T12: what was spent above the ceiling is said where people look, and nothing more starts', async () => {
  await using job = await startJob({ env: credentials });
  const { path, ceilings } = counted(job, costing(8));
  const options = { 'max-budget-usd': '1', 'max-workers': '1' };
  const step = await job.run({ with: { prompts: promptsOf(3), ...options, 'claude-path': path, ...quiet } });
  expect(ceilings()).toHaveLength(1);
  expect(step.outputs).toMatchObject({ 'cost-usd': '8', 'skipped-count': '2' });
  for (const text of [step.outputs.verdict ?? '', step.printed, step.summary]) expect(text).toMatch(/7\.00/);
});

test('T12: time has an end: nothing starts after total-timeout, and what runs is ended in time', async () => {
  await using job = await startJob({ env: credentials });
  const { path, ceilings } = counted(job, 'setInterval(() => undefined, 1000);');
  const options = { 'total-timeout': '2', 'max-workers': '2', retries: '5' };
  const step = await job.run({ with: { prompts: promptsOf(6), ...options, 'claude-path': path, ...quiet } });
  expect(ceilings()).toHaveLength(2);
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'total-count': '6', 'succeeded-count': '0' });
  expect(step.duration).toBeLessThan(12_000);
  expect(step.survivors).toEqual([]);
});

test('T12: a plain program, which cannot say what it costs, is refused with a budget', async () => {
  await using job = await startJob();
  const path = join(job.temporary, 'never');
  const program = nodeProgram(job.temporary, `require('node:fs').writeFileSync('${path}', '')`);
  const step = await job.run({ with: { prompt: 'x', 'claude-path': program, 'max-budget-usd': '1', ...quiet } });
  expect(annotationsOf(step, 'error')).toEqual([expect.stringContaining('max-budget-usd: a plain program')]);
  expect(readdirSync(job.temporary)).not.toContain('never');
});
