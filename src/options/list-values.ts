import { accept, parseEach, quote, type Result, refuseRange, refuseType } from './diagnostic.ts';
import { parseText } from './scalar-values.ts';
import { isWithheldVariable } from './withheld-variables.ts';

/** Reads a list: one item a line, or an array of texts. Items are trimmed, blank ones count as not given. */
export function parseLines(input: unknown): Result<readonly string[]> {
  const items: unknown = typeof input === 'string' ? input.split(/\r\n|\r|\n/) : input;
  const texts = parseEach<unknown, string>(Array.isArray(items) ? items : [items], parseText);
  return texts.ok ? accept(texts.value.map((text) => text.trim()).filter((text) => text !== '')) : texts;
}

/** Reads a list, and each of its items with a parser. */
function parseItems<T>(input: unknown, parse: (item: string, index: number) => Result<T>): Result<readonly T[]> {
  const lines = parseLines(input);
  return lines.ok ? parseEach(lines.value, parse) : lines;
}

/** Splits a line at the commas that stand outside parentheses; undefined when the parentheses do not match. */
function splitAtCommas(line: string): readonly string[] | undefined {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return undefined;
    if (character !== ',' || depth > 0) continue;
    items.push(line.slice(start, index).trim());
    start = index + 1;
  }
  items.push(line.slice(start).trim());
  return depth === 0 ? items.filter((item) => item !== '') : undefined;
}

/** A tool, or a tool with a rule in parentheses. The CLI ignores a malformed one without a word, so we do not. */
const toolRule = /^[A-Za-z*][^\s(),;|"'`]*(?:\(.+\))?$/;

/** Reads tools: one a line, or separated by commas outside parentheses. */
export function parseTools(input: unknown): Result<readonly string[]> {
  const perLine = parseItems(input, (line) => {
    const items = splitAtCommas(line);
    if (items === undefined) return refuseRange(`${quote(line)} has parentheses that do not match.`);
    return parseEach(items, (item) =>
      toolRule.test(item)
        ? accept(item)
        : refuseRange(
            `${quote(item)} is not a tool such as Edit or Bash(git log:*). Write one a line, or commas between them.`,
          ),
    );
  });
  return perLine.ok ? accept(perLine.value.flat()) : perLine;
}

/** Shorter values would tear holes into ordinary text. */
const shortestSecret = 8;

/** Reads values to redact; no error shows them. */
export function parseSecrets(input: unknown): Result<readonly string[]> {
  if (!parseLines(input).ok) return refuseType('the values (not shown) are not lines of text.');
  return parseItems(input, (item, index) =>
    Buffer.byteLength(item) >= shortestSecret
      ? accept(item)
      : refuseRange(
          `item ${index + 1} (not shown) is shorter than ${shortestSecret} bytes; such values cannot be redacted.`,
        ),
  );
}

/** Reads names of environment variables, `*` and `?` included. */
export function parseVariableNames(input: unknown): Result<readonly string[]> {
  return parseItems(input, (name) => {
    if (!/^[A-Za-z_*?][\w*?]*$/.test(name)) {
      return refuseRange(`${quote(name)} is not the name of a variable; * and ? may stand for parts of it.`);
    }
    if (!isWithheldVariable(name)) return accept(name);
    const hint = /^GITHUB_TOKEN$/i.test(name) ? ' GH_TOKEN may be named.' : '';
    return refuseRange(`${quote(name)} is never passed to Claude: it belongs to the runner.${hint}`);
  });
}
