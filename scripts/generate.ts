import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { stringify } from 'yaml';
import { outputTable } from '../src/action/outputs.ts';
import { defaultOf, isAtDoor, type OptionRow, optionGroups } from '../src/config/option-row.ts';
import { optionRows } from '../src/config/option-table.ts';

// Writes what is said in two places from the one table that says it: action.yml, and the tables of the README.
// With --check it writes nothing and fails when a file is not what it would write.

const root = join(import.meta.dirname, '..');

/** Inputs whose value GitHub fills in. */
const givenByGitHub: Readonly<Record<string, string>> = { 'github-token': expression('github.token') };

/** No option: GitHub tells an action of its matrix in no other way. */
const matrixInput = {
  description: 'Filled in by GitHub; leave it as it is. It keeps the artifacts of the legs of a matrix apart.',
  required: false,
  default: expression('toJSON(matrix)'),
};

function expression(text: string): string {
  return `\${{ ${text} }}`;
}

function actionYml(): string {
  const inputs = optionRows.filter((row) => isAtDoor(row, 'action')).map((row) => [row.name, inputOf(row)]);
  const outputs = Object.entries(outputTable).map(([name, description]) => [name, { description }]);
  const action = {
    name: 'Claude Ensemble',
    description: 'Run many Claude Code processes as one step: in parallel, in sequence, with fallback, or in batches.',
    author: 'Claude Ensemble contributors',
    branding: { icon: 'users', color: 'orange' },
    inputs: Object.fromEntries([...inputs, ['matrix', matrixInput]]),
    outputs: Object.fromEntries(outputs),
    runs: { using: 'node24', main: 'dist/main/index.js', post: 'dist/post/index.js' },
  };
  return `# Made by scripts/generate.ts; change src/config/option-table.ts or src/action/outputs.ts instead.\n${stringify(action, { lineWidth: 120 })}`;
}

function inputOf(row: OptionRow): object {
  const given = givenByGitHub[row.name];
  if (given !== undefined) return { description: row.description, required: false, default: given };
  // The defaults are applied by the Action: only then does it know what was really given.
  const fallback = defaultOf(row, 'action') ?? row.defaultNote;
  return { description: row.description + (fallback === undefined ? '' : ` Default: ${fallback}.`), required: false };
}

function optionSection(): string {
  const groups = Object.entries(optionGroups).map(([group, title]) => {
    const rows = optionRows.filter((row) => row.group === group);
    const lines = rows.map((row) => `| \`${row.name}\` | ${cell(defaultText(row))} | ${cell(row.description)} |`);
    return [`### ${title}`, '', '| option | default | meaning |', '|---|---|---|', ...lines].join('\n');
  });
  return groups.join('\n\n');
}

function defaultText(row: OptionRow): string {
  if (row.defaultNote !== undefined) return row.defaultNote;
  if (row.default !== undefined) return `\`${row.default}\``;
  const { action, command, library } = row.doorDefaults ?? {};
  const everywhere = action === command && command === library;
  if (everywhere) return action === undefined ? '' : `\`${action}\``;
  const doors = Object.entries({ Action: action, command, library });
  return doors.map(([door, value]) => `${door}: ${value === undefined ? 'none' : `\`${value}\``}`).join(', ');
}

function outputSection(): string {
  const lines = Object.entries(outputTable).map(([name, description]) => `| \`${name}\` | ${cell(description)} |`);
  return ['| output | meaning |', '|---|---|', ...lines].join('\n');
}

/** A star in a description is meant as it stands. */
function cell(text: string): string {
  return text.replace(/[|*]/g, '\\$&');
}

function withSections(document: string): string {
  const sections = { options: optionSection(), outputs: outputSection() };
  return Object.entries(sections).reduce((text, [name, section]) => {
    const place = new RegExp(`(<!-- generated: ${name} -->\n).*?(<!-- end of generated -->)`, 'gs');
    return text.replace(place, (_, begin: string, end: string) => `${begin}\n${section}\n\n${end}`);
  }, document);
}

const readme = join(root, 'README.md');
const wanted = new Map([[join(root, 'action.yml'), actionYml()]]);
if (existsSync(readme)) wanted.set(readme, withSections(readFileSync(readme, 'utf8')));

for (const [path, content] of wanted) {
  if (existsSync(path) && readFileSync(path, 'utf8') === content) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is not what scripts/generate.ts would write. Run: node scripts/generate.ts`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, content);
  }
}
