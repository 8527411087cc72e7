import type { OptionRow } from './option-row.ts';

/** The modes that the Claude CLI 2.1.330 accepts; `default` is its older name for `manual`. */
const permissionModes = ['default', 'plan', 'dontAsk', 'acceptEdits', 'auto', 'manual', 'bypassPermissions'] as const;

/** The levels that the Claude CLI 2.1.330 knows; it ignores others. */
const efforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const;

/** Options passed on to Claude, and the choice of its executable. */
export const claudeOptions = [
  {
    name: 'model',
    group: 'claude',
    record: 'claude',
    kind: { type: 'word' },
    perProcess: true,
    cliFlags: ['--model'],
    description: 'The model, by its full name or by an alias such as sonnet.',
  },
  {
    name: 'fallback-model',
    group: 'claude',
    record: 'claude',
    kind: { type: 'word' },
    perProcess: true,
    cliFlags: ['--fallback-model'],
    description: 'The model to use when the first is overloaded or unavailable.',
  },
  {
    name: 'effort',
    group: 'claude',
    record: 'claude',
    kind: { type: 'choice', values: efforts },
    perProcess: true,
    cliFlags: ['--effort'],
    description: `How hard the model is to think: ${efforts.join(', ')}.`,
  },
  {
    name: 'append-system-prompt',
    group: 'claude',
    record: 'claude',
    kind: { type: 'text' },
    perProcess: true,
    cliFlags: ['--append-system-prompt', '--append-system-prompt-file'],
    description: "Text added to the end of Claude's system prompt.",
  },
  {
    name: 'allowed-tools',
    group: 'claude',
    record: 'claude',
    kind: { type: 'tools' },
    perProcess: true,
    cliFlags: ['--allowedTools', '--allowed-tools'],
    description:
      'Tools that Claude may use unasked, one a line or separated by commas: Edit, Bash(git log:*). By default nothing that writes is allowed. Tools that end a turn in order to be woken later (ScheduleWakeup, Monitor, Workflow, CronCreate) are off unless they are named here.',
  },
  {
    name: 'disallowed-tools',
    group: 'claude',
    record: 'claude',
    kind: { type: 'tools' },
    perProcess: true,
    cliFlags: ['--disallowedTools', '--disallowed-tools'],
    description: 'Tools that Claude may not use, one a line or separated by commas.',
  },
  {
    name: 'permission-mode',
    group: 'claude',
    record: 'claude',
    kind: { type: 'choice', values: permissionModes },
    perProcess: true,
    cliFlags: ['--permission-mode', '--dangerously-skip-permissions', '--allow-dangerously-skip-permissions'],
    description: `Claude's permission mode: ${permissionModes.join(', ')}.`,
  },
  {
    name: 'max-turns',
    group: 'claude',
    record: 'claude',
    kind: { type: 'count', min: 1, max: 100_000 },
    perProcess: true,
    cliFlags: ['--max-turns'],
    description: 'How many turns Claude may take in one process. A process that needs more has failed.',
  },
  {
    name: 'mcp-config',
    group: 'claude',
    record: 'claude',
    kind: { type: 'json-or-path' },
    cliFlags: ['--mcp-config'],
    description: 'MCP servers for Claude: JSON text, or the path of a JSON file.',
  },
  {
    name: 'settings',
    group: 'claude',
    record: 'claude',
    kind: { type: 'json-or-path' },
    cliFlags: ['--settings'],
    description: 'Further settings for Claude: JSON text, or the path of a JSON file.',
  },
  {
    name: 'json-schema',
    group: 'claude',
    record: 'claude',
    kind: { type: 'json-schema' },
    perProcess: true,
    cliFlags: ['--json-schema'],
    description:
      'A JSON schema that the answer must meet: JSON text when it begins with {, otherwise a path. The answer is then in structured-output. findings and finding-check are keywords for schemas of our own; a file of such a name is ./findings.',
  },
  {
    name: 'claude-args',
    group: 'claude',
    record: 'claude',
    kind: { type: 'arguments' },
    perProcess: true,
    description:
      'Further arguments for Claude, one a line, or a JSON array. A flag and its value are two lines. Never parsed by a shell.',
  },
  {
    name: 'claude-path',
    group: 'claude',
    kind: { type: 'path' },
    description:
      'The executable to run instead of an installed Claude CLI. It may be a plain program; it is asked for --version first, and one that is silent is waited for up to 30 s.',
  },
  {
    name: 'claude-version',
    group: 'claude',
    kind: { type: 'version' },
    defaultNote: 'claude on the PATH when it is new enough, otherwise the version that this project is tested with',
    description:
      'Exactly this version of the Claude CLI, such as 2.1.330, or latest. The Action installs it; the command prints how to.',
  },
] as const satisfies readonly OptionRow[];
