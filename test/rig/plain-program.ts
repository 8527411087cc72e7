import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

// Executables for `claude-path` with a fixed behaviour; that of `controlled-child.ts` and `scripted-program.ts` is chosen at run time. Without a version
// they are taken for plain programs, unless their output looks like the CLI's; with one they are held to the CLI's rules.

/** Runs a shell script, which has the prompt on its standard input. POSIX only, as all of these. */
export function plainProgram(directory: string, script: string, version = ''): string {
  const path = join(directory, `program-${randomUUID()}`);
  const answer = `[ "$1" = --version ] && echo '${version}' && exit 0`;
  writeFileSync(path, `#!/bin/sh\n${answer}\n${script}\n`, { mode: 0o755 });
  return path;
}

/** Runs a shell script, which has the prompt as `$prompt`. */
export function shellProgram(directory: string, script: string): string {
  return plainProgram(directory, `prompt=$(cat)\n${script}`);
}

/** Runs the last line of its prompt, behind what was passed on to it, as a shell script. */
export function obedientProgram(directory: string, version = ''): string {
  return plainProgram(directory, 'eval "$(tail -n 1)"', version);
}

/** Runs a script of JavaScript (CommonJS). */
export function nodeProgram(directory: string, script: string, version = ''): string {
  const path = join(directory, `program-${randomUUID()}.cjs`);
  writeFileSync(path, script);
  return plainProgram(directory, `exec '${process.execPath}' '${path}' "$@"`, version);
}
