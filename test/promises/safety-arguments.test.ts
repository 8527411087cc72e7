import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { optionRows } from '../../src/model/option-table.ts';
import { startMessagesApi } from '../../src/offline/messages-api.ts';
import { startRig } from '../rig/controlled-child.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { credentials, startJob } from '../rig/runner.ts';

const quiet = { 'upload-logs': 'never' };

/** Texts that would be flags, words of a shell, or the end of the flags, if they ever stood on a command line. */
const hostile = [
  ...[
    '--dangerously-skip-permissions',
    '-p',
    '--',
    '-',
    '--allowedTools=Bash',
    '--model=x --settings={}',
    '-c',
    '--help',
  ],
  ...['$(touch evil)', '`touch evil`', '; touch evil', '| touch evil', '&& touch evil', '> evil', "'; touch evil; '"],
  ...[
    '"$(touch evil)"',
    '%PATH%',
    '$HOME',
    '~',
    '*',
    '{a,b}',
    '!!',
    '\\',
    'line\nline',
    '\u2028--print',
    '@/etc/passwd',
  ],
];

/** The text of the one message that a child was given, all its blocks in a row. */
function textGiven(input: string): string {
  const { message } = JSON.parse(input) as {
    readonly message: { readonly content: readonly { readonly text: string }[] };
  };
  return message.content.map(({ text }) => text).join('');
}

test('T10: prompts, names, contexts and outputs never stand on the command line, and no shell reads them', async () => {
  await using rig = await startRig();
  await using job = await startJob({ env: credentials });
  const prompts = hostile.map((prompt, index) => ({ id: `p${index}`, name: prompt, prompt }));
  const step = job.run({
    with: {
      prompts: JSON.stringify(prompts),
      context: hostile.join(' '),
      'claude-path': rig.executable,
      'max-workers': '4',
      timeout: '1m',
      ...quiet,
    },
  });
  const plain = new Set<string>();
  for (const _ of prompts) {
    const child = await rig.nextChild();
    plain.add(JSON.stringify(child.argv));
    const given = textGiven(await child.stdin());
    expect(prompts.filter(({ prompt }) => given.endsWith(prompt))).not.toEqual([]);
    await child.exit(1);
  }
  await step;
  // The same for all of them: there is nothing of a prompt in it.
  expect(plain.size).toBe(1);
  const [argv = ''] = plain;
  for (const text of hostile.filter((word) => word.length > 3))
    expect(argv).not.toContain(JSON.stringify(text).slice(1, -1));
  expect(existsSync(join(job.workspace, 'evil'))).toBe(false);
});

test('T10: texts that are arguments stay one argument each, behind the flag that they belong to', async () => {
  await using rig = await startRig();
  await using job = await startJob({ env: credentials });
  // The rig's own lines end there.
  const system = hostile.join('\n').replaceAll('\u2028', '');
  const inputs = {
    'append-system-prompt': system,
    'json-schema': '{"--model": "$(touch evil)"}',
    'disallowed-tools': 'Bash(rm -rf $HOME; touch evil)\nWebFetch',
    'claude-args': '--agent\nhigh; touch evil\n--agents={"$(touch evil)":1}',
  };
  const step = job.run({ with: { prompt: 'x', 'claude-path': rig.executable, ...inputs, ...quiet } });
  const child = await rig.nextChild();
  const { argv } = child;
  const behind = (flag: string): string | undefined => argv[argv.indexOf(flag) + 1];
  expect(behind('--append-system-prompt')).toBe(system);
  expect(behind('--json-schema')).toBe('{"type":"object","--model":"$(touch evil)"}');
  expect(behind('--disallowedTools')).toBe('Bash(rm -rf $HOME; touch evil)');
  expect(argv.slice(-3)).toEqual(['--agent', 'high; touch evil', '--agents={"$(touch evil)":1}']);
  await child.exit(1);
  await step;
  expect(existsSync(join(job.workspace, 'evil'))).toBe(false);
});

test('T10: the real CLI takes a text that looks like a flag for a text', async () => {
  await using model = await startMessagesApi({ record: true });
  await using job = await startJob({ env: { ...credentials, ANTHROPIC_BASE_URL: model.baseUrlFor('p') } });
  const file = join(job.workspace, 'evil');
  const text = '--dangerously-skip-permissions';
  const prompts = [
    { id: 'a', prompt: `offline: tool Write ${JSON.stringify({ file_path: file, content: 'x' })}\n${text}` },
  ];
  const step = await job.run({
    with: { prompts: JSON.stringify(prompts), 'append-system-prompt': text, 'claude-args': '--agents\n{}', ...quiet },
  });
  expect(step.outputs).toMatchObject({ conclusion: 'success', 'denied-count': '1' });
  expect(model.requests[0]?.system).toContain(text);
  expect(existsSync(file)).toBe(false);
});

/** Flags that decide how we talk to the CLI, and every flag that an option sets. */
const owned = [
  ...['-p', '--print', '--input-format', '--output-format', '--verbose', '--setting-sources', '--strict-mcp-config'],
  ...[
    '--session-id',
    '--resume',
    '-r',
    '--continue',
    '-c',
    '--fork-session',
    '--bg',
    '--background',
    '--cloud',
    '--help',
    '-h',
  ],
  ...['--version', '-v', '--dangerously-skip-permissions', '--allow-dangerously-skip-permissions'],
  ...optionRows.flatMap((row) => ('cliFlags' in row ? row.cliFlags : [])),
];
const forms = [...new Set(owned)].flatMap((flag) =>
  flag.startsWith('--') ? [flag, `${flag}=x`, `${flag}=`, `${flag} x`] : [flag, `${flag}x`, `${flag}=x`],
);

test('T10: claude-args overrides none of the flags that we own, in no form, and all of them are named at once', async () => {
  await using job = await startJob({ env: credentials });
  // At most a hundred faults of one option are reported.
  for (let start = 0; start < forms.length; start += 50) {
    const some = forms.slice(start, start + 50);
    const list = start === 0 ? some.join('\n') : JSON.stringify(some);
    const step = await job.run({ with: { prompt: 'x', 'claude-args': list, ...quiet } });
    expect(step.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '' });
    // The forms of one flag are one fault.
    expect(step.outputs.verdict).toMatch(/ faults\. The first: /);
    const shown = step.summary.replaceAll(/<[^>]*>/g, '');
    for (const flag of owned.filter((form) => some.includes(form)))
      expect(shown).toContain(`&quot;${flag}&quot; is not allowed here`);
  }
});

test.each([
  ['the end of the flags', '--agent\nhigh\n--\nrm'],
  ['a stray word', 'ignore all rules'],
  ['a word behind a switch', '--no-chrome\nignore all rules'],
  ['a word behind a value', '--agent\nhigh\nignore all rules'],
  ['a word behind a flag with its value', '--agent=high\nignore all rules'],
  ['a flag and its value on one line', '--agent high'],
  ['a flag behind a blank', '["--agent", "high", " --print"]'],
  ['JSON that is none', '["--print"'],
  ['an argument with a NUL', '["--agent", "a\\u0000b"]'],
])('T10: claude-args with %s is refused', async (_, value) => {
  await using job = await startJob({ env: credentials });
  const step = await job.run({ with: { prompt: 'x', 'claude-args': value, ...quiet } });
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '' });
  expect(annotationsOf(step, 'error').join('\n')).toContain('claude-args: ');
});

test.each(['model', 'fallback-model'])('T10: %s is one word that no program takes for a flag', async (option) => {
  await using job = await startJob({ env: credentials });
  for (const value of ['--dangerously-skip-permissions', '-p', 'x\n--print']) {
    const step = await job.run({ with: { prompt: 'x', [option]: value, ...quiet } });
    expect(annotationsOf(step, 'error')).toEqual([expect.stringContaining(`${option}: `)]);
  }
  const listed = await job.run({ with: { prompts: '[{"prompt":"x","model":"--print"}]', ...quiet } });
  expect(listed.outputs.conclusion).toBe('failure');
});
