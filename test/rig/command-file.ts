import { lstatSync, readFileSync } from 'node:fs';

/** Reads a file of outputs or state as GitHub's runner does, line by line with `name=value` and `name<<delimiter`. */
export function readKeyValues(path: string): Record<string, string> {
  if (!lstatSync(path).isFile()) throw new Error(`${path} is no file.`);
  const values: Record<string, string> = {};
  const lines = readFileSync(path, 'utf8').split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const heredoc = /^([^=]*?)<<(.+)$/s.exec(line);
    if (heredoc === null) {
      const [key = '', value] = line.split(/=(.*)/s, 2);
      if (value === undefined) throw new Error(`Invalid format '${line}'`);
      values[key] = value;
      continue;
    }
    const [, key = '', delimiter = ''] = heredoc;
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    values[key] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return values;
}
