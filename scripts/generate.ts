import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { rolldown } from 'rolldown';
import { stringify } from 'yaml';
import { outputTable } from '../src/frontends/action/outputs.ts';
import { planOutputTable } from '../src/frontends/action/plan-outputs.ts';
import { schemasByKeyword } from '../src/model/finding-schemas.ts';
import {
  defaultOf,
  fieldOf,
  isAtFrontend,
  type OptionKind,
  type OptionRow,
  optionGroups,
  type Task,
} from '../src/model/option-row.ts';
import { optionRows } from '../src/model/option-table.ts';
import { promptsSchema } from '../src/plan/sources/prompts-schema.ts';
import { adviceTable } from '../src/reports/advice.ts';

// Writes what is said in two places from the one table that says it: action.yml, the tables of the documents, the fields of
// the library's options, which an editor shows with their documentation, the schemas that have a keyword, and that of a file of prompts.
// With --check it writes nothing and fails when a file is not what it would write.

const root = join(import.meta.dirname, '..');

/** Inputs whose value GitHub fills in. */
const givenByGitHub: Readonly<Record<string, string>> = { 'github-token': expression('github.token') };

/** Not an option: an action learns its matrix in no other way. */
const matrixInput = {
  description: 'Filled in by GitHub; leave it as it is. It keeps the artifacts of the legs of a matrix apart.',
  required: false,
  default: expression('toJSON(matrix)'),
};

function expression(text: string): string {
  return `\${{ ${text} }}`;
}

interface ActionFile {
  readonly name: string;
  readonly description: string;
  readonly task: Task;
  readonly outputs: Readonly<Record<string, string>>;
  readonly runs: Readonly<Record<string, string>>;
  readonly source: string;
}

const actionFiles: Readonly<Record<string, ActionFile>> = {
  'action.yml': {
    name: 'Claude Ensemble',
    description: 'Run many Claude Code processes as one step: in parallel, in sequence, with fallback, or in batches.',
    task: 'run',
    outputs: outputTable,
    runs: { main: 'dist/main/index.js', post: 'dist/post/index.js' },
    source: 'src/frontends/action/outputs.ts',
  },
  'plan/action.yml': {
    name: 'Claude Ensemble: plan',
    description:
      'Deal the processes of a session out to the jobs of a matrix. It checks everything and starts nothing.',
    task: 'plan',
    outputs: planOutputTable,
    runs: { main: '../dist/plan/index.js' },
    source: 'src/frontends/action/plan-outputs.ts',
  },
  'merge/action.yml': {
    name: 'Claude Ensemble: merge',
    description:
      'Make one session of what the jobs of a matrix did: results, summary, report and findings, judged once.',
    task: 'merge',
    outputs: outputTable,
    runs: { main: '../dist/merge/index.js', post: '../dist/post/index.js' },
    source: 'src/frontends/action/outputs.ts',
  },
};

function actionYml({ name, description, task, outputs, runs, source }: ActionFile): string {
  const inputs = optionRows.filter((row) => isAtFrontend(row, 'action', task)).map((row) => [row.name, inputOf(row)]);
  // A plan leaves no artifact.
  const hidden = task === 'plan' ? [] : [['matrix', matrixInput]];
  const action = {
    name,
    description,
    author: 'Claude Ensemble contributors',
    ...(task === 'run' && { branding: { icon: 'users', color: 'orange' } }),
    inputs: Object.fromEntries([...inputs, ...hidden]),
    outputs: Object.fromEntries(Object.entries(outputs).map(([output, meaning]) => [output, { description: meaning }])),
    runs: { using: 'node24', ...runs },
  };
  return `# Made by scripts/generate.ts; change src/model/option-table.ts or ${source} instead.\n${stringify(action, { lineWidth: 120 })}`;
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
  const { action, command, library } = row.frontendDefaults ?? {};
  const everywhere = action === command && command === library;
  if (everywhere) return action === undefined ? '' : `\`${action}\``;
  const frontends = Object.entries({ Action: action, command, library });
  return frontends
    .map(([frontend, value]) => `${frontend}: ${value === undefined ? 'none' : `\`${value}\``}`)
    .join(', ');
}

function outputSection(): string {
  const lines = Object.entries(outputTable).map(([name, description]) => `| \`${name}\` | ${cell(description)} |`);
  return ['| output | meaning |', '|---|---|', ...lines].join('\n');
}

/** A star in a description is meant as it stands. */
function cell(text: string): string {
  return text.replace(/[|*]/g, '\\$&');
}

/** What is said of each reason, wherever one is shown. */
function adviceSection(): string {
  const lines = adviceTable.map(([reason, { what, next }]) => `| \`${reason}\` | ${cell(what)} | ${cell(next)} |`);
  return ['| reason | what happened | what to do |', '|---|---|---|', ...lines].join('\n');
}

function withSections(document: string): string {
  const sections = { options: optionSection(), outputs: outputSection(), advice: adviceSection() };
  return Object.entries(sections).reduce((text, [name, section]) => {
    const place = new RegExp(`(<!-- generated: ${name} -->\n).*?(<!-- end of generated -->)`, 'gs');
    return text.replace(place, (_, begin: string, end: string) => `${begin}\n${section}\n\n${end}`);
  }, document);
}

/** A field of the library: its type, and a sentence that a number or a text needs. */
function fieldType({ kind, description }: OptionRow): { readonly type: string; readonly unit?: string } {
  if (kind.type === 'choice') return { type: kind.values.map((value) => `'${value}'`).join(' | ') };
  const { type, unit } = fieldTypes[kind.type];
  // Of some durations the description says it.
  return unit === undefined || description.includes('is seconds') ? { type } : { type, unit };
}

const list = { type: 'readonly string[] | string' };
const text = { type: 'string' };
const fieldTypes: Readonly<
  Record<Exclude<OptionKind['type'], 'choice'>, { readonly type: string; readonly unit?: string }>
> = {
  boolean: { type: 'boolean' },
  count: { type: 'number' },
  money: { type: 'number' },
  duration: { type: 'number | string', unit: 'A number is seconds; a string is such as `90s`, `15m` or `1h30m`.' },
  size: { type: 'number | string', unit: 'A number is bytes; a string is such as `512 MiB` or `1 GiB`.' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a type.
  'fail-on': { type: "'any' | 'all' | 'none' | number | `${number}%`" },
  word: text,
  text,
  verbatim: text,
  path: { type: 'string', unit: 'A path; relative to the current directory.' },
  lines: { type: list.type, unit: 'A list, or a string with one item a line.' },
  tools: { type: list.type, unit: 'A list, or a string with one item a line or between commas.' },
  arguments: { type: list.type, unit: 'A list, or a string with one argument a line.' },
  secrets: { type: list.type, unit: 'A list, or a string with one value a line.' },
  'variable-names': { type: list.type, unit: 'A list, or a string with one name a line.' },
  'json-schema': {
    type: 'string | object',
    unit: 'An object, a schema of a library such as zod, JSON text, the path of a file of it, or a keyword.',
  },
  'json-or-path': { type: 'string | object', unit: 'An object, JSON text, or the path of a file of it.' },
  credential: text,
  version: text,
  'artifact-name': text,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a type.
  shard: { type: '`${number}/${number}`' },
  'plan-hash': text,
};

function fieldSection(row: OptionRow): string {
  const { type, unit } = fieldType(row);
  const fallback = row.frontendDefaults === undefined ? row.default : row.frontendDefaults.library;
  const lines = [
    row.description,
    ...(unit === undefined ? [] : [unit]),
    ...(fallback === undefined ? [] : [`@default ${fallback}`]),
  ];
  const documentation = lines
    .flatMap((line) => wrapped(line, 110))
    .map((line) => `   * ${line.replaceAll('*/', '*\\/')}`);
  return ['  /**', ...documentation, '   */', `  readonly ${fieldOf(row)}?: ${type} | undefined;`].join('\n');
}

function wrapped(line: string, width: number): string[] {
  return line.match(new RegExp(`.{1,${width}}(?= |$)`, 'g'))?.map((part) => part.trim()) ?? [];
}

function optionFields(): string {
  const rows = optionRows.filter((row) => isAtFrontend(row, 'library'));
  const fields = (isOfProcess: boolean): string =>
    rows
      .filter((row) => (row.perProcess === true) === isOfProcess)
      .map(fieldSection)
      .join('\n');
  const text = [
    '// Made by scripts/generate.ts from src/model/option-table.ts; change that instead.',
    '',
    '/** Options that a process may have of its own. */',
    'export interface ProcessOptionFields {',
    fields(true),
    '}',
    '',
    '/** Options of a session, and what its processes have where they leave it out. */',
    'export interface SessionOptionFields extends ProcessOptionFields {',
    fields(false),
    '}',
    '',
  ].join('\n');
  return formatted('src/frontends/library/option-fields.ts', text);
}

function formatted(name: string, input: string): string {
  return execFileSync('biome', ['format', `--stdin-file-path=${name}`], { cwd: root, input, encoding: 'utf8' });
}

/** The script of the report's page, for the page to hold: in one piece, and written as a string that no `</script>` ends. */
async function pageScript(): Promise<string> {
  const bundle = await rolldown({ input: join(root, 'src/reports/page/app.ts'), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'iife', minify: true, postBanner: scriptNotice });
  const [{ code }] = output;
  const text = JSON.stringify(code.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--'));
  return `// Made by scripts/generate.ts from src/reports/page/; change that instead.\n\n/** The script of report.html. */\nexport const pageScript =\n  ${text};\n`;
}

const scriptNotice =
  '/* Claude Ensemble (MIT), with markdown-it, linkify-it, mdurl and uc.micro (MIT) and entities (BSD-2-Clause) */';

const documents = ['README.md', 'docs/options.md', 'docs/troubleshooting.md'].map((name) => join(root, name));
const wanted = new Map([
  ...Object.entries(actionFiles).map(([path, file]) => [join(root, path), actionYml(file)] as const),
  [join(root, 'src/frontends/library/option-fields.ts'), optionFields()],
  [join(root, 'src/reports/page-script.ts'), await pageScript()],
]);
for (const [keyword, schema] of Object.entries(schemasByKeyword))
  wanted.set(join(root, 'schemas', `${keyword}.json`), formatted(`${keyword}.json`, JSON.stringify(schema)));
wanted.set(
  join(root, 'schemas', 'prompts.schema.json'),
  formatted('prompts.schema.json', JSON.stringify(promptsSchema())),
);
for (const document of documents)
  if (existsSync(document)) wanted.set(document, withSections(readFileSync(document, 'utf8')));

for (const [path, content] of wanted) {
  if (existsSync(path) && readFileSync(path, 'utf8') === content) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is not what scripts/generate.ts would write. Run: node scripts/generate.ts`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
