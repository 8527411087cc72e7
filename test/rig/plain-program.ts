import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/**
 * An executable for `claude-path` that runs a shell script after it has read its prompt, which is `$prompt` there. It answers
 * `--version` with nothing, so that it is taken for a plain program, unless its output looks like the CLI's.
 */
export function shellProgram(directory: string, script: string): string {
  const path = join(directory, `program-${randomUUID()}`);
  writeFileSync(path, `#!/bin/sh\n[ "$1" = --version ] && exit 0\nprompt=$(cat)\n${script}\n`, { mode: 0o755 });
  return path;
}

/** The same for a script of JavaScript (CommonJS); with a version it is taken for the CLI, and held to the CLI's rules. */
export function nodeProgram(directory: string, script: string, version = ''): string {
  const path = join(directory, `program-${randomUUID()}`);
  const guard = `if (process.argv[2] === "--version") { console.log(${JSON.stringify(version)}); process.exit(0); }`;
  writeFileSync(`${path}.cjs`, `${guard}\n${script}\n`);
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${path}.cjs' "$@"\n`, { mode: 0o755 });
  return path;
}
