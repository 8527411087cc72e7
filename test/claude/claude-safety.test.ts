import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import type { ClaudeSession } from '../../src/agents/claude/claude-session.ts';
import { startMessagesApi } from '../../src/offline/messages-api.ts';
import { startAttempt } from '../rig/attempt.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const claude = join(import.meta.dirname, '../../node_modules/.bin/claude');
const untrusted = { trust: { level: 'untrusted', why: 'a test' } } as const;

/** A checkout whose every file tries to take effect. */
async function hostileCheckout() {
  const directory = await temporaryDirectory();
  const hook = { hooks: [{ type: 'command', command: `touch ${directory.join('hooked')}` }] };
  const settings = { hooks: { SessionStart: [hook] }, permissions: { allow: ['Read(//**)', 'Bash'] } };
  await mkdir(directory.join('checkout/.claude'), { recursive: true });
  await mkdir(directory.join('checkout/logs'));
  await writeFile(directory.join('checkout/.claude/settings.json'), JSON.stringify(settings));
  await writeFile(directory.join('checkout/CLAUDE.md'), 'MEMORY-OF-THE-CHECKOUT');
  await writeFile(directory.join('checkout/plain.txt'), 'PLAIN-FILE');
  await writeFile(directory.join('checkout/logs/session.log'), 'LOG-OF-THE-SESSION');
  await writeFile(directory.join('outside.txt'), 'FILE-OUTSIDE');
  return directory;
}

/** Runs the real CLI in the checkout on a prompt, and gives everything that the model was sent. */
async function run(
  prompt: string,
  context: Partial<ClaudeSession> = {},
  permissionMode: 'default' | 'plan' | 'dontAsk' = 'default',
) {
  await using directory = await hostileCheckout();
  await using model = await startMessagesApi({ record: true });
  const { outcome } = startAttempt({
    executable: claude,
    process: {
      prompt: prompt.replaceAll('$ROOT', directory.path),
      workingDirectory: directory.join('checkout'),
      claude: { allowedTools: [], disallowedTools: [], claudeArgs: [], permissionMode },
    },
    context: {
      ...context,
      // Not the mode "offline": that one would keep the checkout's settings out by itself.
      environment: {
        environment: { ...process.env, ANTHROPIC_BASE_URL: model.baseUrlFor('p1'), ANTHROPIC_API_KEY: 'x' },
        credentials: {},
        passEnv: [],
      },
      logDirectory: directory.join('checkout/logs'),
    },
  });
  const result = await outcome;
  const sent = JSON.stringify(model.requests);
  return {
    result,
    sent,
    tools: model.requests[0]?.tools.map(({ name }) => name),
    hooked: existsSync(directory.join('hooked')),
  };
}

const read = (path: string): string => `offline: tool Read {"file_path":"${path}"}`;

describe('T1 and T3: the real CLI in an untrusted checkout', () => {
  it('has the Read tool only, inside the working directory, and nothing of the checkout configures it', async () => {
    const { result, sent, tools, hooked } = await run(
      [read('$ROOT/checkout/plain.txt'), read('$ROOT/outside.txt'), read('$ROOT/checkout/CLAUDE.md')].join('\n'),
      untrusted,
    );
    expect(result.ending).toEqual({ status: 'succeeded' });
    // The placeholder is none: it cannot be called.
    expect(tools?.filter((tool) => tool !== 'DeferredToolPlaceholder')).toEqual(['Read']);
    expect(hooked).toBe(false);
    expect(sent).toContain('PLAIN-FILE');
    expect(sent).not.toContain('FILE-OUTSIDE');
    expect(sent).not.toContain('MEMORY-OF-THE-CHECKOUT');
  });

  it('reads nothing outside in the mode "plan" either', async () => {
    const { sent } = await run(read('$ROOT/outside.txt'), { ...untrusted }, 'plan');
    expect(sent).not.toContain('FILE-OUTSIDE');
  });
});

describe('the real CLI in a trusted session', () => {
  it('obeys what the project itself grants', async () => {
    const { sent, hooked } = await run(read('$ROOT/outside.txt'));
    expect(hooked).toBe(true);
    expect(sent).toContain('FILE-OUTSIDE');
    expect(sent).toContain('MEMORY-OF-THE-CHECKOUT');
  });

  it('cannot read the log directory, though the project allows all reading', async () => {
    const { result, sent } = await run(read('$ROOT/checkout/logs/session.log'));
    expect(sent).not.toContain('LOG-OF-THE-SESSION');
    expect(result.permissionDenials).toMatchObject([{ toolName: 'Read' }]);
  });
});

describe('T16: nothing in a text is expanded by the real CLI', () => {
  it('no file mention, no slash command, in prompts, context and passed-on output', async () => {
    const mention = 'See @$ROOT/outside.txt and @/etc/hostname.';
    const { result, sent } = await run(`/clear all\n${mention}`, {
      context: [{ id: 'context', text: `/cost\n${mention}` }],
    });
    expect(result.ending).toEqual({ status: 'succeeded' });
    expect(sent).toContain('/clear all');
    expect(sent).not.toContain('FILE-OUTSIDE');
    const alone = await run('/clear');
    expect(alone.result.ending).toEqual({ status: 'succeeded' });
    expect(alone.sent).toContain('/clear');
  });
});
