// The whole way of what children write, from their pipes through redaction and parsing to the logs on the disk, beside
// `cat | tee` into a file: `node bench/stream.ts [MiB in all]`, after a build. Prints a line for each kind of text and
// number of children; the memory is the most that the whole program had (RSS).
import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, execPath, stdout } from 'node:process';

const mebibyte = 2 ** 20;
const size = Number(argv[2] ?? 512) * mebibyte;
const directory = mkdtempSync(join(tmpdir(), 'bench-stream-'));
const library = join(import.meta.dirname, '../build/bundle/index.js');

const prose = 'Each of the three functions takes a path, opens the file behind it, and gives its length in bytes. ';
const code =
  'for (const [name, value] of Object.entries(options)) {\n  if (value !== "") fields.push({ name, value });\n}\n';

const messages = [
  turn('assistant', { type: 'text', text: prose.repeat(12) }),
  turn('assistant', { type: 'tool_use', id: 'toolu_1', name: 'Read', input: { file_path: '/src/options.ts' } }),
  turn('user', { type: 'tool_result', tool_use_id: 'toolu_1', content: code.repeat(80) }),
].join('');
const result = `${JSON.stringify({ type: 'result', subtype: 'success', is_error: false, result: 'Done.' })}\n`;

/** What a child says, over and over, and last; and the version that makes it the CLI or a plain program. */
const kinds = [
  { name: 'messages of the CLI', unit: messages, end: result, version: '2.1.330 (Claude Code)' },
  { name: 'lines of prose', unit: `${prose}\n`, end: '', version: '1.0' },
  { name: 'lines of 63 digits', unit: `${'0123456789'.repeat(7).slice(0, 63)}\n`, end: '', version: '1.0' },
];

/** The program that the library is called by. */
const session = `
  import { readFileSync } from 'node:fs';
  import { OrchestratorSession, runParallel } from ${JSON.stringify(library)};
  const [directory, count] = process.argv.slice(1);
  const session = new OrchestratorSession('bench', { workingDir: directory, claudePath: directory + '/claude', streamOutput: false });
  const processes = Array.from({ length: Number(count) }, () => session.createProcess('x'));
  const results = await runParallel(processes, { maxWorkers: processes.length });
  if (results.some(({ status }) => status !== 'succeeded')) throw new Error(JSON.stringify(results.map(({ message }) => message)));
  console.log(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);`;

function turn(role: string, block: object): string {
  const message = { id: 'msg_1', type: 'message', role, model: 'claude-opus-5-5', content: [block] };
  const ids = { parent_tool_use_id: null, session_id: 'ead22331-b203-403f-9d63-d72b604e9f66' };
  return `${JSON.stringify({ type: role, message, ...ids })}\n`;
}

function writeContent(
  path: string,
  { unit, end }: { readonly unit: string; readonly end: string },
  bytes: number,
): void {
  const block = Buffer.from(unit.repeat(Math.ceil(mebibyte / unit.length)));
  const file = openSync(path, 'w');
  for (let written = 0; written < bytes; written += block.length) writeSync(file, block);
  writeSync(file, end);
  closeSync(file);
}

/** Runs a program and gives its seconds and what it printed. */
function timed(command: string, args: readonly string[]): { readonly seconds: number; readonly printed: string } {
  const started = performance.now();
  const { status, stdout: printed, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return { seconds: (performance.now() - started) / 1000, printed };
}

function row(name: string, cells: readonly (string | number)[]): string {
  return `${name.padEnd(28)}${cells.map((cell) => String(cell).padStart(14)).join('')}\n`;
}

try {
  stdout.write(row('', ['children', 'tee MB/s', 'ours MB/s', 'tee : ours', 'memory MiB']));
  for (const kind of kinds) {
    for (const count of [1, 6]) {
      const content = join(directory, 'content');
      writeContent(content, kind, size / count);
      const versionAnswer = `[ "$1" = --version ] && { echo '${kind.version}'; exit 0; }`;
      writeFileSync(join(directory, 'claude'), `#!/bin/sh\n${versionAnswer}\nexec cat ${content}\n`, { mode: 0o755 });
      const pipes = Array.from(
        { length: count },
        (_, index) => `cat ${content} | tee ${content}.${index} >/dev/null &`,
      );
      const tee = timed('sh', ['-c', `${pipes.join(' ')} wait`]);
      const ours = timed(execPath, ['--input-type=module', '-e', session, directory, String(count)]);
      const speedOf = ({ seconds }: { readonly seconds: number }): string => (size / 1e6 / seconds).toFixed(0);
      const ratio = `1 : ${(ours.seconds / tee.seconds).toFixed(1)}`;
      const memory = (Number(ours.printed) / 1024).toFixed(0);
      stdout.write(row(kind.name, [count, speedOf(tee), speedOf(ours), ratio, memory]));
      rmSync(join(directory, '.claude'), { recursive: true });
    }
  }
} finally {
  rmSync(directory, { recursive: true });
}
