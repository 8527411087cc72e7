import { minimumVersion, testedVersion } from '../../agents/claude/executable.ts';
import { isAtFrontend, optionGroups } from '../../model/option-row.ts';
import { optionRows } from '../../model/option-table.ts';
import type { HelpTopic } from './arguments.ts';
import { definition, flagText, meaningOf, paragraph } from './help-layout.ts';
import { fewAnswers } from './print-choice.ts';
import { mergeHelp, planHelp } from './shard-help.ts';

/** A help text, ending with a line feed. */
export function helpText(topic: HelpTopic): string {
  switch (topic) {
    case 'overview':
      return overview;
    case 'run':
      return runHelp();
    case 'validate':
      return validateHelp;
    case 'plan':
      return planHelp();
    case 'merge':
      return mergeHelp();
    case 'demo':
      return demoHelp;
    case 'findings':
      return findingsHelp;
  }
}

const overview = `claude-ensemble runs many Claude Code processes as one unit of work.

Usage
  claude-ensemble run [options] "prompt" ["prompt" ...]
  claude-ensemble validate FILE [FILE ...]
  claude-ensemble plan --shards <number> [options] "prompt" ["prompt" ...]
  claude-ensemble merge [options] DIRECTORY [DIRECTORY ...]
  claude-ensemble demo [--online]
  claude-ensemble findings DIRECTORY [--format markdown|sarif|json]
  claude-ensemble help [run|validate|plan|merge|demo|findings]
  claude-ensemble --version

Examples
  claude-ensemble run "Explain what src does." > answer.md
  git diff | claude-ensemble run --context-files - "Review this change."
  git ls-files | claude-ensemble run --each - "Review the file of the item."

Try it without credentials or cost
  claude-ensemble demo
  claude-ensemble run --offline "Review the code." "Review the tests."

All options and more examples: claude-ensemble run --help
`;

const demoHelp = `claude-ensemble demo shows the four patterns at work.

Usage
  claude-ensemble demo [--online] [--json]

${paragraph(
  'The processes work on files of the current directory. By default the real Claude CLI runs against a built-in stand-in ' +
    'for the model: no credentials, no cost, and nothing leaves the machine. It takes less than half a minute.',
)}

Options
${definition('--online', 'Ask the real model. Needs ANTHROPIC_API_KEY, and costs some cents.')}
${definition('--json', 'Print one JSON object at the end; progress goes to standard error.')}
${definition('--help, -h', 'Print this text.')}

Exit codes
${definition('0', 'Every pattern ended as expected.')}
${definition('1', 'At least one did not.')}
${definition('2', 'The demo could not begin.')}
`;

const validateHelp = `claude-ensemble validate checks files of prompts, and starts nothing.

Usage
  claude-ensemble validate [options] FILE [FILE ...]

${paragraph(
  'Each file is checked as run --prompts-file would check it, with the options that are given: every fault is reported with the file, the ' +
    'entry and the line. No credentials are needed. An editor that knows schemas/prompts.schema.json shows most of it while you type; ' +
    'see docs/graph.md.',
)}

Options
${definition('--json', 'Print one JSON object in place of the lines: files, each with file, valid, processes, faults, warnings.')}
${definition('--trust untrusted', 'Check what a pull request from a fork may set.')}
${definition('--help, -h', 'Print this text.')}
  All options of run, but for those that name prompts.

Exit codes
${definition('0', 'Every file is valid.')}
${definition('2', 'At least one is not, or the arguments are wrong.')}
`;

const findingsHelp = `claude-ensemble findings prints what the processes of a session found.

Usage
  claude-ensemble findings DIRECTORY [--format markdown|sarif|json]

${paragraph(
  'DIRECTORY is the directory of a session in which processes had json-schema: findings. One finding stands ' +
    'for all reports of the same matter; it names who reported it.',
)}

Options
${definition('--format <word>', 'markdown for people, sarif (2.1.0) for code scanning, json for programs. Default: markdown.')}
${definition('--json', 'The same as --format json.')}
${definition('--help, -h', 'Print this text.')}

Exit codes
${definition('0', 'The findings were printed; there may be none.')}
${definition('2', 'The directory holds no session with findings, or the arguments are wrong.')}
`;

function runHelp(): string {
  const groups = Object.entries(optionGroups).flatMap(([group, title]) => {
    const rows = optionRows.filter((row) => row.group === group && isAtFrontend(row, 'command'));
    if (rows.length === 0) return [];
    return [title, ...rows.map((row) => definition(flagText(row), meaningOf(row))), ''].join('\n');
  });
  return `${runHead}\n${groups.join('\n')}\n${runTail}`;
}

const runHead = `claude-ensemble run starts one Claude Code process for each prompt, and waits.

Usage
  claude-ensemble run [options] "prompt" ["prompt" ...]
  claude-ensemble run [options] -
  claude-ensemble run [options] --each FILE|- "prompt"
  claude-ensemble run [options] --prompts-file FILE|-

Examples
  One answer into a file, and nothing else in it:
    claude-ensemble run "Explain what src does." > answer.md
  Two reviews side by side:
    claude-ensemble run "Review src for bugs." "Review src for naming."
  A prompt, or data for a prompt, from standard input:
    claude-ensemble run - < prompt.md
    git diff | claude-ensemble run --context-files - "Review this change."
  One process for each line, which it receives as data:
    git ls-files | claude-ensemble run --each - "Review the file of the item."
  A sequence in which each step knows what the steps before it found:
    claude-ensemble run --pattern sequential --pass-output "List." "Rank."
  All answers as JSON, or the answer of one process:
    claude-ensemble run --prompts-glob "prompts/*.md" --json > results.json
    claude-ensemble run --prompts-file reviews.yml --print security

${paragraph(
  'Every text that is no flag is a prompt; after -- everything is. A single - is standard input. Values are written ' +
    '--name value or --name=value; a list is the flag repeated, or one item a line; --flag and --no-flag set what is true or ' +
    'false. Answers go to standard output in the order given, all else to standard error.',
)}
`;

const runTail = `Output
${definition('--print <id>', `Whose answers to print: ids of processes (the flag repeated, or commas between them), all or none. One answer stands alone, several under headings. Default: all of up to ${fewAnswers}.`)}
${definition('--json', 'Print one JSON object in place of the answers: conclusion, verdict, results, totals, warnings, sessionId, sessionDirectory.')}
${definition('--quiet, -q', 'Show no progress, only what must not be overlooked and the verdict.')}
${definition('--help, -h', 'Print this text.')}

Exit codes
${definition('0', 'The session succeeded.')}
${definition('1', 'The session failed; see fail-on.')}
${definition('2', 'The options or the configuration are wrong; nothing was started.')}
${definition('130, 143, 129', 'Interrupted by SIGINT (Ctrl-C), by SIGTERM, by a closed terminal. A second Ctrl-C kills at once.')}

Environment
${definition('ANTHROPIC_API_KEY', 'Credential for Claude; so are CLAUDE_CODE_OAUTH_TOKEN and the variables of Bedrock, Vertex and Foundry. With none of them, your own login is used.')}
${definition('PATH', `Where claude is looked for: Claude Code ${minimumVersion} or newer. Tested with ${testedVersion}.`)}
${definition('NO_COLOR, FORCE_COLOR', 'No colours, or colours also where there is no terminal.')}
${definition('CI', 'Plain lines instead of a live view, when it is not empty. Files must lie in the directory or in RUNNER_TEMP.')}
`;
