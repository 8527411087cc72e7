import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { processesOf } from '../../src/model/graph.ts';
import type { ProcessSpec } from '../../src/model/plan.ts';
import { type ConfigureOptions, faultLines, validSettings } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const untrusted = { level: 'untrusted', why: 'a pull request from a fork' } as const;

/** A directory in which the command is called, with something on its standard input. */
async function callWith(input: string | Uint8Array | undefined, request: Partial<ConfigureOptions> = {}) {
  const directory = await temporaryDirectory();
  mkdirSync(directory.join('work'));
  writeFileSync(directory.join('work/items.txt'), 'from a file\n');
  const complete: ConfigureOptions = {
    frontend: 'command',
    workspace: directory.join('work'),
    ...(input !== undefined && { standardInput: { bytes: Buffer.from(input) } }),
    ...request,
  };
  const settings = async (options: Readonly<Record<string, string>>) =>
    (await validSettings(options, complete)).settings;
  return {
    ...directory,
    faults: (options: Readonly<Record<string, string>>) => faultLines(options, complete),
    settings,
    processes: async (options: Readonly<Record<string, string>>): Promise<readonly ProcessSpec[]> =>
      processesOf((await settings(options)).plan.graph),
  };
}

describe('standard input', () => {
  test('is a prompt, a list or data, as the option says that names it', async () => {
    await using place = await callWith('\uFEFF- a\n- b\n');
    expect(await place.processes({ 'prompt-file': '-' })).toMatchObject([{ prompt: '- a\n- b\n' }]);
    expect(await place.processes({ 'prompts-file': '-' })).toMatchObject([{ prompt: 'a' }, { prompt: 'b' }]);
    const { policy } = await place.settings({ prompt: 'x', 'context-files': 'items.txt\n-' });
    expect(policy.context).toEqual([
      { id: 'items.txt', text: 'from a file\n' },
      { id: 'standard input', text: '- a\n- b\n' },
    ]);
  });

  test.each<[string | Uint8Array, RegExp]>([
    ['', /standard input is empty/],
    [' \r\n\t\n', /standard input is empty/],
    [Uint8Array.of(0x61, 0xff), /standard input is not UTF-8 text/],
    ['x'.repeat(2.5 * 1024 * 1024 + 1), /standard input has more than 2\.5 MiB/],
  ])('of no use is one fault: %#', async (input, fault) => {
    await using place = await callWith(input);
    for (const options of [{ 'prompt-file': '-' }, { prompt: 'x', 'context-files': '-' }])
      expect(await place.faults(options as Record<string, string>)).toEqual([expect.stringMatching(fault)]);
  });

  test('gives data to an untrusted session, and no prompts', async () => {
    await using place = await callWith('- a', { autoTrust: untrusted });
    for (const name of ['prompt-file', 'prompts-file']) {
      expect(await place.faults({ [name]: '-' })).toEqual([
        `${name}: no prompts are taken from standard input, only data. This session is untrusted (a pull request from a fork); if that is wrong, say so with trust: trusted.`,
      ]);
    }
    expect(await place.faults({ prompt: 'x', 'context-files': '-' })).toEqual([]);
    expect(await place.faults({ prompt: 'x', each: '-' })).toEqual([]);
  });

  test('is not named by "-" where nothing was read from it: that is a file', async () => {
    await using place = await callWith(undefined, { frontend: 'action' });
    expect(await place.faults({ 'prompt-file': '-' })).toEqual([expect.stringMatching(/"-" does not exist/)]);
    writeFileSync(place.join('work/-'), 'a prompt');
    expect(await place.processes({ 'prompt-file': '-' })).toMatchObject([{ prompt: 'a prompt' }]);
  });
});

describe('each', () => {
  test('makes a process of every line that is not blank: the prompt as it is, the line as its data', async () => {
    await using place = await callWith('a.ts\r\n\n  \r\n {} {{item}} </data> \nlast');
    const processes = await place.processes({ prompt: 'Look at {} and {{item}}', each: '-' });
    expect(processes.map(({ id, prompt, data }) => ({ id, prompt, data }))).toEqual([
      { id: 'process_001', prompt: 'Look at {} and {{item}}', data: [{ id: 'item', text: 'a.ts' }] },
      { id: 'process_002', prompt: 'Look at {} and {{item}}', data: [{ id: 'item', text: ' {} {{item}} </data> ' }] },
      { id: 'process_003', prompt: 'Look at {} and {{item}}', data: [{ id: 'item', text: 'last' }] },
    ]);
    expect(processes.map(({ name }) => name)).toEqual(['a.ts', '{} {{item}} </data>', 'last']);
  });

  test('reads a file as well, and a prompt of a file', async () => {
    await using place = await callWith('The prompt');
    expect(await place.processes({ 'prompt-file': '-', each: 'items.txt' })).toMatchObject([
      { prompt: 'The prompt', data: [{ id: 'item', text: 'from a file' }] },
    ]);
  });

  test('shortens a name, never the item', async () => {
    await using place = await callWith('💥'.repeat(100));
    const [process] = await place.processes({ prompt: 'x', each: '-' });
    expect(process).toMatchObject({ name: `${'💥'.repeat(59)}…`, data: [{ text: '💥'.repeat(100) }] });
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['a\nb\nc', { prompt: 'x', each: '-', 'max-prompts': '2' }, /^each: 3 lines, more than 2 prompts\. To allow more/],
    ['a', { each: '-' }, /^prompt: there is none\./],
    [
      'a',
      { prompts: '- x', each: '-' },
      /^each: it takes one prompt, from prompt or prompt-file; prompts gives a list/,
    ],
    ['a', { prompt: 'x', each: 'missing.txt' }, /^each: "missing\.txt" does not exist/],
    ['', { prompt: 'x', each: '-' }, /^each: standard input is empty/],
    [`a\n${'x'.repeat(2.5 * 1024 * 1024)}`, { prompt: 'x', each: '-' }, /^each: line 2: the prompt has 2\.51 MiB/],
  ])('%#: what cannot be run is one fault', async (input, options, fault) => {
    await using place = await callWith(input);
    expect(await place.faults(options)).toEqual([expect.stringMatching(fault)]);
  });

  test('is an option of the command alone', async () => {
    await using place = await callWith('a', { frontend: 'action' });
    expect(await place.faults({ prompt: 'x', each: '-' })).toEqual(['each: the action does not have this option.']);
  });
});
