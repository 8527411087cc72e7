import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forkedPullRequest } from '../rig/event-payload.ts';
import { nodeProgram } from '../rig/plain-program.ts';
import { startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';
import {
  assistantText,
  assistantThinking,
  initMessage,
  permissionDenied,
  resultMessage,
  toolResult,
  toolUse,
} from '../rig/stream-messages.ts';

const verbs = [
  ...['add-mask', 'error', 'warning', 'notice', 'debug', 'group', 'endgroup', 'stop-commands', 'set-env', 'add-path'],
  ...['set-output', 'save-state', 'echo', 'add-matcher', 'remove-matcher'],
];
/** What the runner, or .NET below it, does not see, and what it takes for white space or for the end of a line. */
const unseen = [
  '\u00ad',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u2060',
  '\u0000',
  '\u0008',
  '\u007f',
  '\u034f',
  '\ufe0f',
  '\u{e0041}',
];
const blanks = [' ', '\t', '\v', '\f', '\u0085', '\u00a0', '\u2003', '\u2028', '\u2029', '\u3000'];
const sequences = [
  '\u001b[0m',
  '\u001b[31;1m',
  '\u001b]0;title\u0007',
  '\u001b]8;;x\u001b\\',
  '\u009b0m',
  '\u001b(B',
  '\u001b[',
];

/** Lines that are commands to the runner as they stand, or become one when something is taken out of them. */
const hostile: readonly string[] = [
  ...verbs.flatMap((verb) => [`::${verb}::e`, `##[${verb}]e`, `::${verb} name=x,file=y::e`, `text ##[${verb} a=b;]e`]),
  ...blanks.flatMap((blank) => [`${blank}::error::taken`, `${blank}${blank}##[error]taken`]),
  ...unseen.flatMap((mark) => [
    `${mark}::error::taken`,
    `:${mark}:error::taken`,
    `#${mark}#[error]taken`,
    `##${mark}[error]taken`,
    `##[er${mark}ror]taken`,
  ]),
  ...sequences.flatMap((sequence) => [
    `${sequence}::error::taken`,
    `#${sequence}#[error]taken`,
    `:${sequence}:error::x`,
  ]),
  ...['\r', '\r\n', '\n\r', '\n', '\r\r'].flatMap((end) => [`fine${end}::error::taken`, `fine${end}##[error]taken`]),
  '%0A::error::taken',
  'fine%0D%0A##[error]taken',
  '::ERROR::taken',
  '##[Add-Mask]e',
  '###[error]taken',
  '#####[error]taken',
  '##[##[error]taken',
  '::::error::taken',
];

/**
 * Commands that took effect and are not ours, which are the masks of what is secret, annotations with a title, and the folds of who
 * succeeded, each of which is closed.
 */
function taken({ commands }: StepResult): string[] {
  let isFolded = false;
  const foreign = commands.filter(({ name, properties, data }) => {
    if (name === 'add-mask') return data.length < 8;
    if (name !== 'group' && name !== 'endgroup') return properties.title === undefined;
    const isOurs = name === 'group' ? !isFolded && /^\d+:\d\d [✓!] /u.test(data) : isFolded;
    isFolded = name === 'group';
    return !isOurs;
  });
  return [...foreign.map(({ name }) => name), ...(isFolded ? ['group'] : [])];
}

/** A program that prints this to its streams, a little at a time, and ends with a code. */
function printer(directory: string, { stdout = '', stderr = '', code = 0 }): string {
  const source = join(directory, `text-${crypto.randomUUID()}.json`);
  writeFileSync(source, JSON.stringify({ stdout, stderr }));
  return nodeProgram(
    directory,
    `const { stdout, stderr } = require('${source}');
     const pieces = (text) => Buffer.from(text).toString('latin1').match(/[^]{1,997}/g) ?? [];
     for (const piece of pieces(stderr)) process.stderr.write(piece, 'latin1');
     for (const piece of pieces(stdout)) process.stdout.write(piece, 'latin1');
     process.exitCode = ${code};`,
  );
}

const quiet = { 'upload-logs': 'never' };

test('T6: no command takes effect that a program prints to either stream, even when both are shown as the cause', async () => {
  await using job = await startJob();
  const text = `${hostile.join('\n')}\n`;
  for (const code of [0, 3]) {
    const path = printer(job.temporary, { stdout: text, stderr: text, code });
    const step = await job.run({ with: { prompt: 'x', 'claude-path': path, ...quiet } });
    expect(step.exitCode).toBe(code === 0 ? 0 : 1);
    expect(taken(step)).toEqual([]);
  }
});

test('T6: no command takes effect that a model, a tool, a denial or an error of the CLI speaks', async () => {
  await using job = await startJob();
  for (const end of ['fine', 'error'] as const) {
    const said = hostile.flatMap((line) => [
      assistantText(line),
      assistantThinking(line),
      toolUse(line, { command: line, [line]: line }),
      toolResult(line, { isError: true }),
      permissionDenied(line),
      {
        type: 'system',
        subtype: 'api_retry',
        attempt: 1,
        max_retries: 2,
        retry_delay_ms: 1,
        error_status: 529,
        error: line,
      },
      { type: 'system', subtype: 'model_fallback', from_model: line, to_model: line },
      { type: line, subtype: line },
    ]);
    const denials = hostile.map((line) => ({ tool_name: line, tool_use_id: 't', tool_input: { x: line } }));
    const result = resultMessage(hostile.join('\n'), {
      permission_denials: denials,
      ...(end === 'error' && { is_error: true, api_error_status: 400, terminal_reason: 'api_error' }),
    });
    const stdout = [initMessage({ model: hostile[0] }), ...said, result]
      .map((message) => `${JSON.stringify(message)}\n`)
      .join('');
    const path = printer(job.temporary, { stdout, stderr: hostile.join('\n'), code: end === 'fine' ? 0 : 1 });
    const step = await job.run({ with: { prompt: 'x', 'claude-path': path, ...quiet } });
    expect(step.outputs['denied-count']).toBe('1');
    expect(taken(step)).toEqual([]);
  }
});

test('T6: no command takes effect that stands in a name, an id, a path, a context or a wrong value', async () => {
  await using job = await startJob();
  const path = printer(job.temporary, { stdout: 'ok', code: 3 });
  // A name is shown on one line, where it stands behind the time: ten lines in one are as hostile as ten names.
  const names = Array.from({ length: Math.ceil(hostile.length / 10) }, (_, index) => {
    const line = hostile.slice(index * 10, (index + 1) * 10).join(' ');
    return { id: `p${index}`, name: line, prompt: line };
  });
  const named = await job.run({
    with: {
      prompts: JSON.stringify(names),
      // A variable, such as an input, holds no NUL.
      context: hostile.join('\n').replaceAll('\0', ''),
      'claude-path': path,

      ...quiet,
    },
  });
  expect(named.outputs['failed-count']).toBe(String(names.length));
  expect(taken(named)).toEqual([]);

  const values = {
    id: hostile[0],
    pattern: '##[error]x',
    'max-workers': '::error::x',
    'claude-path': '/x\r::error::x',
  };
  const more = { 'log-dir': 'x\n##[error]y', 'artifact-name': '::error::x/', '##[error]taken': 'x', '::error::x': 'y' };
  const wrong = await job.run({ with: { prompt: 'x', ...more, ...(values as Record<string, string>) } });
  expect(wrong.outputs.verdict).toMatch(/^Nothing was started: \d+ faults/);
  expect(taken(wrong)).toEqual([]);
  // Each is a fault of ours, in our words; none is the annotation that was asked for.
  for (const { data } of wrong.commands.filter(({ name }) => name === 'error'))
    expect(data).not.toMatch(/^(?:taken|x|y)$/);
});

test('T6: no command takes effect that the event or a file of the checkout brings', async () => {
  await using job = await startJob({
    event: { ...forkedPullRequest, name: '##[error]taken\r::error::taken' },
    checkout: { '##[error]taken.md': '::error::taken', 'list.yml': hostile.map((line) => `- ${line}`).join('\n') },
  });
  chmodSync(job.workspace, 0o755);
  const path = printer(job.temporary, { stdout: '::error::taken' });
  const globbed = await job.run({ with: { 'prompts-glob': '*.md', 'claude-path': path, ...quiet } });
  expect(globbed.outputs.trust).toBe('untrusted');
  expect(taken(globbed)).toEqual([]);
  const listed = await job.run({ with: { 'prompts-file': 'list.yml', 'claude-path': path, ...quiet } });
  expect(listed.commands.filter(({ data }) => /^(?:taken|e)$/.test(data))).toEqual([]);
});

test('T6: no command takes effect in what is shown of an error of our own, stack included', async () => {
  await using job = await startJob({ env: { RUNNER_DEBUG: '1' } });
  const bad = { 'prompts-file': 'x\u0085##[error]taken', 'mcp-config': '{"##[error]taken": \r::error::taken' };
  const step = await job.run({ with: { ...bad, offline: 'true', ...quiet } });
  expect(step.exitCode).toBe(1);
  expect(step.commands.filter(({ data }) => /^taken/.test(data))).toEqual([]);
});
