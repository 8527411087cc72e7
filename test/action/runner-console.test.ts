import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { harmlessLines } from '../../src/frontends/action/runner-console.ts';
import { readConsole } from '../rig/runner-commands.ts';

const moduleUrl = pathToFileURL(new URL('../../src/frontends/action/runner-console.ts', import.meta.url).pathname).href;

/** A process of its own, since the console is the standard output of its process. */
function talk(script: string, output: 'pipe' | 'ignore' = 'pipe') {
  const code = `import { openRunnerConsole } from ${JSON.stringify(moduleUrl)};
    const console_ = openRunnerConsole((text) => text.replaceAll('hunter2', '***')); const say = (text) => process.stderr.write(text);
    ${script}`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', output, 'pipe'] });
}

async function consoleOf(script: string) {
  const child = talk(script);
  const [output] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), once(child, 'exit')]);
  return { output, ...readConsole(output) };
}

const hostile = [
  '::error::taken',
  '  ::add-mask::e',
  '\t::set-output name=x::1',
  'fine\r::warning::taken',
  'fine\r\n::stop-commands::token',
  'fine\n::error::taken',
  '\u00a0\u2003\u0085::error::taken',
  '\ufeff::error::taken',
  '\u00ad::error::taken',
  '##[add-mask]e',
  'in the middle ##[error]taken',
  '###[error]taken',
  '#\u00ad#[error]taken',
  '#\u200d#\u200b[error]taken',
  '#\u0000#[error]taken',
  '\u001b[31m::error::taken',
  '\u001b[31m##[set-env name=NODE_OPTIONS]--require=./evil.js',
  'x##[group]\r##[endgroup]',
  '##[debug ##[error]taken',
  '::ERROR::taken',
];

test('the rig obeys every hostile line when nothing holds it back', () => {
  const plain = hostile.filter((line) => readConsole(line).commands.length === 0);
  // Only what an escape sequence keeps from the start of its line is harmless by itself.
  expect(plain).toEqual(['\u001b[31m::error::taken']);
});

test('no printed text is obeyed as a workflow command, in either grammar', () => {
  for (const line of hostile) expect(readConsole(harmlessLines(line)).commands, JSON.stringify(line)).toEqual([]);
  expect(readConsole(harmlessLines(hostile.join('\n'))).commands).toEqual([]);
});

test('harmless text is printed as it stands, one prefix for each line', () => {
  expect(harmlessLines('## Heading\r\n- #1 [link](x)\nend\n')).toBe('│ ## Heading\n│ - #1 [link](x)\n│ end\n');
});

test('text in annotations and masks stays data, without secrets and terminal codes', async () => {
  const { commands, lines } = await consoleOf(`
    console_.annotate('error', 'first\\n::error::second ##[add-mask]e 100% \\u001b[31mhunter2');
    console_.mask('secret-one\\nsecret-two\\n');
    console_.print('\\u001b[31mhunter2\\u202e');
  `);
  expect(commands).toEqual([
    {
      name: 'error',
      properties: { title: 'Claude Ensemble' },
      data: 'first\n::error::second #\\#[add-mask]e 100% ***',
    },
    { name: 'add-mask', properties: {}, data: 'secret-one' },
    { name: 'add-mask', properties: {}, data: 'secret-two' },
  ]);
  expect(lines[0]).toBe('│ ***<U+202E>');
});

test('folded lines stay lines, and their title is one, whatever they hold', async () => {
  const { commands, lines } = await consoleOf(`
    console_.fold('one\\n::endgroup::\\n##[error]two hunter2', ${JSON.stringify([...hostile, 'hunter2'])});
    console_.print('after');
  `);
  expect(commands).toEqual([
    { name: 'group', properties: {}, data: 'one ::endgroup:: #\\#[error]two ***' },
    { name: 'endgroup', properties: {}, data: '' },
  ]);
  expect(lines.slice(0, -1).every((line) => line.startsWith('│ '))).toBe(true);
  expect(lines.slice(-3)).toEqual(['│ ***', '│ after', '']);
});

test('the eleventh annotation of a kind is a plain line: GitHub would drop it', async () => {
  const { commands, lines } = await consoleOf(`
    for (let n = 1; n <= 12; n += 1) console_.annotate('warning', 'number ' + n);
    console_.annotate('error', 'x'.repeat(5000));
  `);
  expect(commands.filter(({ name }) => name === 'warning')).toHaveLength(10);
  expect(lines.filter((line) => line !== '')).toEqual(['│ warning: number 11', '│ warning: number 12']);
  expect(commands.at(-1)?.data).toHaveLength(4096);
});

test('a closed console ends nothing: the process goes on and ends by itself', async () => {
  const child = talk(`
    for await (const _ of process.stdin) {}
    for (let n = 0; n < 100; n += 1) { console_.print('line ' + n); console_.annotate('notice', 'n'); await new Promise(setImmediate); }
    await console_.flush(1000);
    say('done');
  `);
  child.stdout?.destroy();
  const [said, [code]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'exit')]);
  expect({ said, code }).toEqual({ said: 'done', code: 0 });
});

test('a console that nobody reads neither blocks the process nor fills its memory', async () => {
  const child = talk(`
    const before = process.memoryUsage().rss;
    for (let n = 0; n < 64; n += 1) console_.print('x'.repeat(1024 * 1024));
    const grown = process.memoryUsage().rss - before;
    await console_.flush(200);
    say(JSON.stringify({ waiting: process.stdout.writableLength, grown }));
    process.exit(0);
  `);
  const [said, [code]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'exit')]);
  expect(code).toBe(0);
  expect(JSON.parse(said).waiting).toBeLessThan(12 * 1024 * 1024);
});

test('lines lost to a slow console are counted where they are missing', async () => {
  const child = talk(`
    for (let n = 0; n < 12; n += 1) console_.print('x'.repeat(1024 * 1024));
    say('full');
    await console_.flush(60_000);
    console_.print('after');
  `);
  await once(child.stderr as NodeJS.ReadableStream, 'data');
  const [output] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), once(child, 'exit')]);
  expect(output.split('\n').slice(-3)).toEqual([
    expect.stringMatching(/^│ \(\d+ lines are missing here/),
    '│ after',
    '',
  ]);
});
