import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program that does what its prompt says: for tests with too many children to control one by one. */
export interface ScriptedProgram {
  readonly executable: string;
  /** The ids of the processes in the order in which they were started, one entry for each start. */
  readonly starts: () => readonly string[];
}

/** Whether it presents itself as the Claude CLI or as a plain program. */
export type ScriptedKind = 'claude' | 'plain';

/** Writes the program into a directory. POSIX only: it is a shell script, and so are its prompts. */
export function scriptedProgram(directory: string, kind: ScriptedKind = 'claude'): ScriptedProgram {
  const executable = join(directory, `scripted-${kind}`);
  const record = join(directory, `starts-${kind}`);
  writeFileSync(record, '');
  const version = kind === 'claude' ? '2.1.330 (Claude Code)' : 'some program 1.0';
  const script = [
    '#!/bin/sh',
    `if [ "$*" = --version ]; then echo '${version}'; exit 0; fi`,
    'read -r id',
    `echo "$id" >> '${record}'`,
    'eval "$(cat)"',
  ];
  writeFileSync(executable, `${script.join('\n')}\n`, { mode: 0o755 });
  return { executable, starts: () => readFileSync(record, 'utf8').split('\n').filter(Boolean) };
}

/** A prompt for the program: shell, with messages of the CLI's stream by `say`. */
export function scriptedPrompt(id: string, script: string): { readonly id: string; readonly prompt: string } {
  return { id, prompt: `${id}\n${script}\n` };
}

/** The shell command that prints messages as in `--output-format stream-json`. */
export function say(...messages: readonly Readonly<Record<string, unknown>>[]): string {
  return messages.map((message) => `printf '%s\\n' ${quote(JSON.stringify(message))}`).join('\n');
}

/** A text as one word of the shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
