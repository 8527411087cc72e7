import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { processesOf } from '../../src/model/graph.ts';
import type { TrustDecision } from '../../src/model/plan.ts';
import { faultLines, validSettings } from '../rig/configure.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const untrusted: TrustDecision = { level: 'untrusted', why: 'a pull request from a fork' };
const consent = 'This session is untrusted (a pull request from a fork); if that is wrong, say so with trust: trusted.';

/** A checkout that may be hostile, beside it a directory that is not. */
async function checkout() {
  const directory = await temporaryDirectory();
  for (const folder of ['checkout/sub', 'safe']) mkdirSync(directory.join(folder), { recursive: true });
  for (const folder of ['checkout', 'safe']) {
    writeFileSync(directory.join(folder, 'file.json'), '{}');
    writeFileSync(
      directory.join(folder, 'list.yml'),
      '- {id: a, prompt: x, max-turns: 3, model: opus, timeout: 5m, name: n}\n',
    );
  }
  symlinkSync(directory.join('checkout/file.json'), directory.join('safe/link.json'));
  symlinkSync(directory.join('safe'), directory.join('checkout/way-out'));
  const request = {
    workspace: directory.join('checkout'),
    allowedRoots: [directory.join('checkout'), directory.join('safe')],
    autoTrust: untrusted,
  };
  return {
    ...directory,
    faults: (options: Readonly<Record<string, unknown>>) => faultLines({ prompt: 'p', ...options }, request),
    settings: async (options: Readonly<Record<string, unknown>>) =>
      (await validSettings({ prompt: 'p', ...options }, request)).settings,
  };
}

test('auto is what the event says; untrusted and trusted are what they say', async () => {
  await using place = await checkout();
  const trust = async (option: string) => (await place.settings({ trust: option })).policy.trust;
  expect(await trust('')).toEqual(untrusted);
  expect(await trust('auto')).toEqual(untrusted);
  expect(await trust('untrusted')).toEqual({ level: 'untrusted', why: 'trust: untrusted was given' });
  expect(await trust('trusted')).toEqual({ level: 'trusted', why: 'trust: trusted was given' });
});

test('an untrusted session has no rule that allows a tool: even Read would then read outside the directory', async () => {
  await using place = await checkout();
  const prompts = '- {prompt: x, allowed-tools: Read}\n- y\n';
  const { plan } = await place.settings({
    prompt: '',
    prompts,
    'allowed-tools': 'Read',
    'disallowed-tools': 'Read(x)',
  });
  expect(processesOf(plan.graph).map(({ claude }) => [claude.allowedTools, claude.disallowedTools])).toEqual([
    [[], ['Read(x)']],
    [[], ['Read(x)']],
  ]);
});

test('a session that works in a part of the checkout is configured by no other part of it either', async () => {
  await using place = await checkout();
  const request = {
    workspace: place.join('checkout/sub'),
    checkout: place.join('checkout'),
    allowedRoots: [place.join('checkout/sub')],
    autoTrust: untrusted,
  };
  const prompts = { 'prompts-file': '../list.yml', settings: '../file.json', 'claude-path': '../claude' };
  expect(await faultLines(prompts, request)).toEqual([
    `prompts-file: entry 1 (line 1): max-turns: a list in the checkout may set only id, name, prompt, prompt-file, model, timeout. ${consent}`,
    `settings: ${JSON.stringify(place.join('checkout/file.json'))} lies in the checkout. ${consent}`,
    `claude-path: ${JSON.stringify(place.join('checkout/claude'))} lies in the checkout. ${consent}`,
  ]);
});

describe('an untrusted session is refused', () => {
  test.each([
    [
      'allowed-tools',
      'Read\nBash(git log:*), Edit',
      [
        '"Bash(git log:*)" is not allowed; Claude has the tool Read only.',
        '"Edit" is not allowed; Claude has the tool Read only.',
      ],
    ],
    ['allowed-tools', 'Read(//etc/**)', ['"Read(//etc/**)" is not allowed; Claude has the tool Read only.']],
    ['permission-mode', 'acceptEdits', ['"acceptEdits" is not one of default, plan, dontAsk.']],
    ['permission-mode', 'bypassPermissions', ['"bypassPermissions" is not one of default, plan, dontAsk.']],
    [
      'claude-args',
      '--add-dir\n/etc',
      [expect.stringMatching(/^"--add-dir" is not one of --autocompact, .*--system-prompt\.$/)],
    ],
    [
      'claude-args',
      '--tools=Bash\n--plugin-dir\nx',
      [expect.stringContaining('"--tools"'), expect.stringContaining('"--plugin-dir"')],
    ],
  ])('%s: %s', async (option, value, problems) => {
    await using place = await checkout();
    const strip = (lines: readonly string[]) =>
      lines.map((line) => line.replace(`${option}: `, '').replace(` ${consent}`, ''));
    const lines = await place.faults({ [option]: value });
    expect(strip(lines)).toEqual(problems);
    for (const line of lines) expect(line).toContain(consent);
    expect(await place.faults({ [option]: value, trust: 'trusted' })).toEqual([]);
    const entry = JSON.stringify([{ prompt: 'x', [option]: value }]);
    expect(
      strip(await place.faults({ prompt: '', prompts: entry })).map((line) =>
        line.replace('prompts: entry 1 (line 1): ', ''),
      ),
    ).toEqual(problems);
    expect(await place.faults({ prompt: '', prompts: entry, trust: 'trusted' })).toEqual([]);
  });

  test.each(['claude-path', 'settings', 'mcp-config'])('%s in the checkout, by whatever way', async (option) => {
    await using place = await checkout();
    for (const path of ['file.json', 'sub/../file.json', place.join('safe/link.json')]) {
      expect(await place.faults({ [option]: path })).toEqual([
        expect.stringMatching(new RegExp(`^${option}: ".*json" lies in the checkout\\.`)),
      ]);
      expect(await place.faults({ [option]: path, trust: 'trusted' })).toEqual([]);
    }
    expect(await place.faults({ [option]: place.join('safe/file.json') })).toEqual([]);
    // Whoever wrote the checkout has chosen what the link leads to.
    expect(await place.faults({ [option]: 'way-out/file.json' })).toEqual([
      expect.stringContaining('way-out/file.json" lies in the checkout.'),
    ]);
  });

  test.each(['settings', 'mcp-config'])(
    '%s as JSON text: what it names would come from the checkout',
    async (option) => {
      await using place = await checkout();
      const text = '{"mcpServers": {"x": {"command": "./evil.sh"}}}';
      expect(await place.faults({ [option]: text })).toEqual([
        `${option}: JSON text is not allowed, only the path of a file outside the checkout. ${consent}`,
      ]);
      expect(await place.faults({ [option]: text, trust: 'trusted' })).toEqual([]);
    },
  );

  test('a file outside the checkout that the checkout has named, by a link or in a list', async () => {
    await using place = await checkout();
    writeFileSync(place.join('safe/private.md'), 'left by another step');
    writeFileSync(place.join('safe/good.yml'), '- {prompt-file: ../safe/private.md}\n');
    writeFileSync(place.join('checkout/p.md'), 'p');
    writeFileSync(place.join('checkout/evil.yml'), '- {prompt-file: ../safe/private.md}\n- {prompt-file: p.md}\n');
    symlinkSync(place.join('safe/private.md'), place.join('checkout/link.md'));
    const refusal = (shown: string) => `${shown} lies outside ${place.join('checkout')}. ${consent}`;
    const link = refusal('"link.md"');
    expect(await place.faults({ prompt: '', 'prompt-file': 'link.md' })).toEqual([`prompt-file: ${link}`]);
    expect(await place.faults({ prompt: '', 'prompts-file': 'link.md' })).toEqual([`prompts-file: ${link}`]);
    expect(await place.faults({ 'context-files': 'link.md' })).toEqual([`context-files: ${link}`]);
    expect(await place.faults({ prompt: '', prompts: '- {prompt-file: link.md}' })).toEqual([
      `prompts: entry 1 (line 1): ${link}`,
    ]);
    expect(await place.faults({ prompt: '', 'prompts-glob': 'way-out/*.md' })).toEqual([
      `prompts-glob: ${refusal('"way-out/private.md"')}`,
    ]);
    expect(await place.faults({ prompt: '', 'prompts-file': 'evil.yml' })).toEqual([
      `prompts-file: entry 1 (line 1): ${refusal('"../safe/private.md"')}`,
    ]);
    expect(await place.faults({ prompt: '', 'prompts-file': 'evil.yml', trust: 'trusted' })).toEqual([]);
    // These were named by the workflow, or by a list that it had made.
    expect(await place.faults({ prompt: '', 'prompt-file': '../safe/private.md' })).toEqual([]);
    expect(await place.faults({ prompt: '', prompts: '- {prompt-file: ../safe/private.md}' })).toEqual([]);
    expect(await place.faults({ prompt: '', 'prompts-file': '../safe/good.yml' })).toEqual([]);
  });

  test('a schema that a link of the checkout leads to, in an option and in an entry', async () => {
    await using place = await checkout();
    const refusal = `lies outside ${place.join('checkout')}. ${consent}`;
    expect(await place.faults({ 'json-schema': 'way-out/file.json' })).toEqual([
      `json-schema: "way-out/file.json" ${refusal}`,
    ]);
    const entry = JSON.stringify([{ prompt: 'x', 'json-schema': './way-out/file.json' }]);
    expect(await place.faults({ prompt: '', prompts: entry })).toEqual([
      `prompts: entry 1 (line 1): json-schema: "./way-out/file.json" ${refusal}`,
    ]);
    expect(await place.faults({ 'json-schema': 'way-out/file.json', trust: 'trusted' })).toEqual([]);
    // A file of the checkout itself, one that the workflow has named, and a text.
    for (const fine of ['file.json', place.join('safe/file.json'), ' {"type": "object"}'])
      expect(await place.faults({ 'json-schema': fine })).toEqual([]);
  });

  test('a working directory outside the checkout, by whatever way', async () => {
    await using place = await checkout();
    for (const path of ['..', place.join('safe'), 'way-out']) {
      expect(await place.faults({ 'working-directory': path })).toEqual([
        `working-directory: "${place.join('checkout', path.startsWith('/') ? '../safe' : path)}" lies outside the checkout. ${consent}`,
      ]);
      const entry = JSON.stringify([{ prompt: 'x', 'working-directory': path }]);
      expect(await place.faults({ prompt: '', prompts: entry })).toEqual([
        expect.stringContaining('lies outside the checkout'),
      ]);
      expect(await place.faults({ 'working-directory': path, trust: 'trusted' })).toEqual([]);
    }
    expect(await place.faults({ 'working-directory': 'sub' })).toEqual([]);
  });

  test('options in a list that lies in the checkout, but not in one that lies elsewhere or in the workflow', async () => {
    await using place = await checkout();
    expect(await place.faults({ prompt: '', 'prompts-file': 'list.yml' })).toEqual([
      'prompts-file: entry 1 (line 1): max-turns: a list in the checkout may set only id, name, prompt, prompt-file, ' +
        `model, timeout. ${consent}`,
    ]);
    expect(await place.faults({ prompt: '', 'prompts-file': 'list.yml', trust: 'trusted' })).toEqual([]);
    expect(await place.faults({ prompt: '', 'prompts-file': place.join('safe/list.yml') })).toEqual([]);
    expect(await place.faults({ prompt: '', prompts: '- {prompt: x, max-turns: 3}' })).toEqual([]);
  });
});

test('what gives Claude nothing is allowed in an untrusted session', async () => {
  await using place = await checkout();
  for (const mode of ['default', 'plan', 'dontAsk'])
    expect(await place.faults({ 'permission-mode': mode })).toEqual([]);
  expect(
    await place.faults({ effort: 'high', 'claude-args': '--system-prompt=x', 'append-system-prompt': 'x' }),
  ).toEqual([]);
  expect(await place.faults({ 'json-schema': '{}', 'max-turns': '3', model: 'opus' })).toEqual([]);
});
