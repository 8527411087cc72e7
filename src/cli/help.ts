import { minimumVersion, testedVersion } from '../claude/executable.ts';
import { defaultOf, isAtDoor, type OptionKind, type OptionRow, optionGroups } from '../config/option-row.ts';
import { optionRows } from '../config/option-table.ts';
import type { HelpTopic } from './arguments.ts';
import { fewAnswers } from './print-choice.ts';

/** The text fits into this many columns. */
const columns = 100;

/** Where the second column begins. */
const indent = 30;

/** A help text, ending with a line feed. */
export function helpText(topic: HelpTopic): string {
  switch (topic) {
    case 'overview':
      return overview;
    case 'run':
      return runHelp();
    case 'demo':
      return demoHelp;
  }
}

const overview = `claude-ensemble runs many Claude Code processes as one unit of work.

Usage
  claude-ensemble run [options] "prompt" ["prompt" ...]
  claude-ensemble demo [--online]
  claude-ensemble help [run|demo]
  claude-ensemble --version

Try it without credentials or cost
  claude-ensemble demo
  claude-ensemble run --offline "Review the code" "Review the tests"

All options: claude-ensemble run --help
`;

const demoHelp = `claude-ensemble demo shows the four patterns at work on the files of the current directory.

Usage
  claude-ensemble demo [--online] [--json]

By default the real Claude CLI runs against a built-in stand-in for the model: no credentials, no
cost, and nothing leaves the machine. It takes less than half a minute.

Options
${definition('--online', 'Ask the real model. Needs ANTHROPIC_API_KEY, and costs some cents.')}
${definition('--json', 'Print one JSON object at the end; what happens is told on standard error.')}

Exit codes
${definition('0', 'Every pattern ended as expected.')}
${definition('1', 'At least one did not.')}
${definition('2', 'The demo could not begin.')}
`;

function runHelp(): string {
  const groups = Object.entries(optionGroups).flatMap(([group, title]) => {
    const rows = optionRows.filter((row) => row.group === group && isAtDoor(row, 'command'));
    if (rows.length === 0) return [];
    return [title, ...rows.map((row) => definition(flagText(row), meaningOf(row))), ''].join('\n');
  });
  return `${runHead}\n${groups.join('\n')}\n${runTail}`;
}

const runHead = `claude-ensemble run starts one Claude Code process for each prompt, and waits for all of them.

Usage
  claude-ensemble run [options] "prompt" ["prompt" ...]

${paragraph(
  'Every text that is no flag is a prompt. Values are written --name value or --name=value; lists are ' +
    'written with the flag repeated, or one item a line; --flag, --flag=false and --no-flag set what is true or false. ' +
    'What stands behind -- is text.',
)}
`;

const runTail = `Output
${definition('--print <id>', `Whose answers go to standard output: ids of processes, all or none. Default: all of up to ${fewAnswers}.`)}
${definition('--json', 'Print one JSON object in place of the answers: conclusion, verdict, results, totals, warnings, sessionId, sessionDirectory.')}
${definition('--quiet, -q', 'No progress: of what is told on standard error only the end.')}
${definition('--help, -h', 'Print this text.')}

Examples
  claude-ensemble run "Review src for bugs" "Review src for unclear names" --max-workers 2
  claude-ensemble run --pattern sequential --pass-output "List the risks" "Rank the risks given"
  claude-ensemble run --prompts-glob "prompts/*.md" --retries 3 --json > results.json

Exit codes
${definition('0', 'The session succeeded.')}
${definition('1', 'The session failed; see fail-on.')}
${definition('2', 'The options or the configuration are wrong; nothing was started.')}
${definition('130, 143, 129', 'Interrupted by SIGINT (Ctrl-C), by SIGTERM, by a closed terminal. A second Ctrl-C kills at once.')}

Environment
${definition('ANTHROPIC_API_KEY', 'Credential for Claude; so are CLAUDE_CODE_OAUTH_TOKEN and the variables of Bedrock, Vertex and Foundry. With none of them, your own login is used.')}
${definition('PATH', `Where claude is looked for: Claude Code ${minimumVersion} or newer. Tested with ${testedVersion}.`)}
${definition('NO_COLOR', 'No colours, when it is not empty.')}
${definition('CI', 'Plain lines instead of a live view, when it is not empty.')}
`;

function flagText({ name, kind }: OptionRow): string {
  const placeholder = placeholderOf(kind);
  return `--${name}${placeholder === '' ? '' : ` <${placeholder}>`}`;
}

function placeholderOf({ type }: OptionKind): string {
  switch (type) {
    case 'boolean':
      return '';
    case 'choice':
      return 'word';
    case 'count':
      return 'number';
    case 'money':
      return 'usd';
    case 'duration':
      return 'duration';
    case 'fail-on':
      return 'when';
    case 'path':
      return 'path';
    case 'json-or-path':
    case 'json':
      return 'json|path';
    case 'lines':
    case 'tools':
    case 'arguments':
    case 'secrets':
    case 'variable-names':
      return 'item';
    case 'credential':
      return 'key';
    case 'version':
      return 'version';
    case 'word':
    case 'text':
    case 'verbatim':
    case 'artifact-name':
      return 'text';
    default:
      return type satisfies never;
  }
}

function meaningOf(row: OptionRow): string {
  const fallback = defaultOf(row, 'command') ?? row.defaultNote;
  return fallback === undefined ? row.description : `${row.description} Default: ${fallback}.`;
}

/** A term and what it means, in two columns. */
function definition(term: string, meaning: string): string {
  const lines = wrapped(meaning, columns - indent);
  const head = `  ${term}`;
  if (head.length + 2 > indent) lines.unshift('');
  return lines.map((line, index) => (index === 0 ? head : '').padEnd(line === '' ? 0 : indent) + line).join('\n');
}

function paragraph(text: string): string {
  return wrapped(text, columns).join('\n');
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
