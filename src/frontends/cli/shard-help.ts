import { isAtFrontend } from '../../model/option-row.ts';
import { optionRows } from '../../model/option-table.ts';
import { definition, flagText, meaningOf, paragraph } from './help-layout.ts';

/** Help on `plan`. */
export function planHelp(): string {
  const own = optionRows.filter((row) => isAtFrontend(row, 'command', 'plan') && !isAtFrontend(row, 'command'));
  return `claude-ensemble plan deals the processes of a session out to several machines.

Usage
  claude-ensemble plan --shards <number> [options] "prompt" ["prompt" ...]

${paragraph(
  'It checks everything, starts nothing, and prints the outputs of a step on standard output, a line each: matrix, plan-hash and ' +
    'count. Each machine then calls run with the same options and --shard 1/4, and merge makes one session of what they did. ' +
    'See docs/shards.md.',
)}

Example
  claude-ensemble plan --shards 4 --prompts-file p.yml >> "$GITHUB_OUTPUT"

Options
${own.map((row) => definition(flagText(row), meaningOf(row))).join('\n')}
${definition('--json', 'Print one JSON object in place of the lines: matrix, planHash, count, processes, atOnce, entries, warnings.')}
${definition('--quiet, -q', 'No estimate.')}
${definition('--help, -h', 'Print this text.')}
  All options of run, but for --shard, --plan-hash and --print.

Exit codes
${definition('0', 'The plan is valid.')}
${definition('2', 'The options or the configuration are wrong.')}
`;
}

/** Help on `merge`. */
export function mergeHelp(): string {
  const own = optionRows.filter((row) => isAtFrontend(row, 'command', 'merge'));
  return `claude-ensemble merge makes one session of the shards of a plan.

Usage
  claude-ensemble merge [options] DIRECTORY [DIRECTORY ...]

${paragraph(
  'DIRECTORY is the session directory of a shard, or holds several of them. It starts no Claude: it replays what the shards ' +
    'recorded, copies their logs, and judges once. A shard that is missing, doubled, damaged, or of another plan is an error, and is ' +
    'named; what is good is kept. See docs/shards.md.',
)}

Example
  claude-ensemble merge --plan-hash "$HASH" --count 4 shards/

Options
${own.map((row) => definition(flagText(row), meaningOf(row))).join('\n')}
${definition('--print <id>', 'Whose answers to print, as run does.')}
${definition('--json', 'Print one JSON object in place of the answers, as run does.')}
${definition('--quiet, -q', 'Only what must not be overlooked, and the verdict.')}
${definition('--help, -h', 'Print this text.')}

Exit codes
${definition('0', 'All shards are there, and the session succeeded.')}
${definition('1', 'The session failed, or something is wrong with a shard.')}
${definition('2', 'There is no shard that can be used, or the arguments are wrong.')}
`;
}
