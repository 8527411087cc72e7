import { resolve } from 'node:path';
import { accept, quote, type Result, refuseRange, refuseType } from './diagnostic.ts';
import { parseText } from './scalar-values.ts';
import { readTextFile } from './text-file.ts';

/** Generous for a schema or a settings file, and cheap to read. */
const largestFile = 8 * 1024 * 1024;

/** The text of a JSON object, written again without blanks. The text itself is not shown: settings may hold secrets. */
function jsonObject(text: string, shown: string): Result<string> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return accept(JSON.stringify(parsed));
    return refuseType(`${shown} is not a JSON object.`);
  } catch (error) {
    const place = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '');
    return refuseRange(`${shown} is not valid JSON${place === null ? '' : ` (line ${place[1]}, column ${place[2]})`}.`);
  }
}

/** Text, or a plain object of the library as JSON text. */
function asText(input: unknown): Result<string> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return parseText(input);
  try {
    return parseText(JSON.stringify(input));
  } catch {
    return refuseType('an object that JSON cannot hold (a cycle, for example).');
  }
}

interface JsonSource {
  readonly json: string;
  /** Absolute; absent for JSON text. */
  readonly path?: string;
}

function readJson(input: unknown, base: string): Result<JsonSource> {
  const text = asText(input);
  if (!text.ok) return text;
  if (text.value.trimStart().startsWith('{')) {
    const inline = jsonObject(text.value, 'the text given');
    return inline.ok ? accept({ json: inline.value }) : inline;
  }
  const shown = text.value.trim();
  const path = resolve(base, shown);
  const file = readTextFile({ path, shown, maxBytes: largestFile });
  if (!file.ok) return file;
  const json = jsonObject(file.value.text, `the file ${quote(shown)}`);
  return json.ok ? accept({ json: json.value, path }) : json;
}

/** Reads JSON text when it begins with `{`, otherwise the path of a file of it; a path becomes absolute. */
export function parseJsonOrPath(input: unknown, base: string): Result<string> {
  const source = readJson(input, base);
  return source.ok ? accept(source.value.path ?? source.value.json) : source;
}

/** Reads JSON text when it begins with `{`, otherwise the text of the file at this path. */
export function parseJsonSource(input: unknown, base: string): Result<string> {
  const source = readJson(input, base);
  return source.ok ? parseText(source.value.json) : source;
}
