import { describe, expect, it } from 'vitest';
import { commandLine, commandLineFault, directoryRule } from '../../src/agents/claude/command-line.ts';
import type { ClaudeOptions } from '../../src/model/plan.ts';

const nothing: ClaudeOptions = { allowedTools: [], disallowedTools: [], claudeArgs: [] };
const trusted = { level: 'trusted', why: 'a test' } as const;
const untrusted = { level: 'untrusted', why: 'a test' } as const;
const waking = ['CronCreate', 'CronDelete', 'CronList', 'Monitor', 'ScheduleWakeup', 'Workflow'];
/** The logs are out of reach. */
const denied = ['--disallowedTools', 'Read(//logs/**)', 'Edit(//logs/**)', ...waking];
const fixed = ['-p', '--output-format', 'stream-json', '--verbose', '--no-session-persistence'];

describe('the command line of the Claude CLI', () => {
  it('asks for the stream and nothing else by default', () => {
    expect(commandLine({ claude: nothing, trust: trusted, offline: false, logDirectory: '/logs' })).toEqual([
      ...fixed,
      ...denied,
    ]);
  });

  it('hands every option on, lists as one argument each, further arguments last', () => {
    const claude: ClaudeOptions = {
      model: 'opus',
      fallbackModel: 'sonnet',
      appendSystemPrompt: 'Be brief.\nBe kind.',
      allowedTools: ['Bash(git log:*)', 'Edit'],
      disallowedTools: ['WebFetch'],
      permissionMode: 'plan',
      maxTurns: 3,
      mcpConfig: '/m.json',
      settings: '/s.json',
      jsonSchema: '{}',
      claudeArgs: ['--effort', 'high'],
    };
    expect(commandLine({ claude, trust: trusted, offline: false, logDirectory: '/logs', ceilingUsd: 0.5 })).toEqual([
      ...fixed,
      ...['--max-budget-usd', '0.5', '--model', 'opus', '--fallback-model', 'sonnet'],
      ...['--append-system-prompt', 'Be brief.\nBe kind.', '--permission-mode', 'plan', '--max-turns', '3'],
      ...['--mcp-config', '/m.json', '--settings', '/s.json', '--json-schema', '{}'],
      ...[
        '--allowedTools',
        'Bash(git log:*)',
        'Edit',
        '--disallowedTools',
        'WebFetch',
        'Read(//logs/**)',
        'Edit(//logs/**)',
        ...waking,
        '--effort',
        'high',
      ],
    ]);
  });

  it('offers no tool that ends a turn in order to be woken later, unless it is named', () => {
    const ask = { trust: trusted, offline: false, logDirectory: '/logs' };
    const allowed = commandLine({ ...ask, claude: { ...nothing, allowedTools: ['Monitor(x:*)'] } });
    expect(allowed.slice(allowed.indexOf('--disallowedTools') + 3)).toEqual(
      waking.filter((tool) => tool !== 'Monitor'),
    );
    const named = commandLine({ ...ask, claude: { ...nothing, claudeArgs: ['--tools', 'Read,Workflow'] } });
    expect(named).not.toContain('Workflow');
  });

  it("T1: in an untrusted session loads nothing of the checkout, has the Read tool only, and denies the agent's files", () => {
    const line = commandLine({ claude: nothing, trust: untrusted, offline: false, logDirectory: '/logs' });
    const careful = ['--setting-sources', 'user', '--strict-mcp-config', '--tools', 'Read', '--restricted'];
    expect(line.slice(fixed.length, fixed.length + careful.length)).toEqual(careful);
    for (const file of ['CLAUDE.md', 'CLAUDE.local.md', '.claude/**', '.mcp.json'])
      expect(line).toContain(`Read(./${file})`);
  });

  it('offline loads no settings of the checkout and no MCP server', () => {
    const line = commandLine({
      claude: { ...nothing, mcpConfig: '/m.json', settings: '/s.json' },
      trust: trusted,
      offline: true,
      logDirectory: '/logs',
    });
    expect(line).toEqual([...fixed, '--setting-sources', 'user', '--strict-mcp-config', ...denied]);
  });
});

describe('a rule for a directory', () => {
  it('has two slashes ahead of an absolute path, and on Windows the letter of the drive behind them', () => {
    expect(directoryRule('Read', '/tmp/logs', 'linux')).toBe('Read(//tmp/logs/**)');
    expect(directoryRule('Edit', 'C:\\runner\\my logs', 'win32')).toBe('Edit(//c/runner/my logs/**)');
  });

  it('takes every character of the path for itself', () => {
    expect(directoryRule('Read', '/a[1]/(b)*/c\\d', 'linux')).toBe('Read(//a\\\\[1\\\\]/\\(b\\)\\\\*/c\\\\\\\\d/**)');
  });
});

it('a command line that Windows cannot start is known before, with its quotes; other systems have no such limit', () => {
  const args = ['-p', '--append-system-prompt', 'x'.repeat(32_000)];
  expect(commandLineFault('claude.exe', () => args, 'win32')).toBeUndefined();
  expect(commandLineFault('claude.exe', () => [...args, '"'.repeat(500)], 'win32')).toMatch(
    / 33\d\d\d characters, and Windows takes 32766/,
  );
  expect(commandLineFault('claude', () => ['x'.repeat(100_000)], 'linux')).toBeUndefined();
});
