import { defaultOf, type OptionKind, type OptionRow } from '../../model/option-row.ts';

/** The text fits into this many columns. */
const columns = 80;

/** Offset of the second column. */
const indent = 26;

/** An option as a flag: `--model <text>`. */
export function flagText({ name, kind }: OptionRow): string {
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
    case 'size':
      return 'size';
    case 'fail-on':
      return 'when';
    case 'path':
      return 'path';
    case 'shard':
      return 'i/n';
    case 'json-or-path':
    case 'json-schema':
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
    case 'plan-hash':
      return 'text';
    default:
      return type satisfies never;
  }
}

/** Description of an option of the command, with its default. */
export function meaningOf(row: OptionRow): string {
  const fallback = defaultOf(row, 'command') ?? row.defaultNote;
  return fallback === undefined ? row.description : `${row.description} Default: ${fallback}.`;
}

/** A term and what it means, in two columns. */
export function definition(term: string, meaning: string): string {
  const lines = wrapped(meaning, columns - indent);
  const head = `  ${term}`;
  if (head.length + 2 > indent) lines.unshift('');
  return lines.map((line, index) => (index === 0 ? head : '').padEnd(line === '' ? 0 : indent) + line).join('\n');
}

/** Text in lines that fit. */
export function paragraph(text: string): string {
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
