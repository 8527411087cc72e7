// npm run soak: 2,000 real processes in waves, with random faults. Prints a line per wave and a verdict; exits 1 when memory
// or open files grow from the first quarter to the last, a process survives, or something is left in the temporary directory.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { OrchestratorSession, runParallel } from '../src/index.ts';

const total = 2_000;
const waveSize = 100;

const directory = mkdtempSync(join(tmpdir(), 'soak-'));
// Whatever the product puts into the temporary directory can then be seen.
process.env.TMPDIR = join(directory, 'tmp');
writeFileSync(
  join(directory, 'program'),
  '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho $$ >> pids\nread -r wish; eval "$wish"\n',
  {
    mode: 0o755,
  },
);
mkdirSync(process.env.TMPDIR);

/** What nearly all processes do, each as likely as the others. */
const common = [
  'echo fine',
  'exit 3',
  'kill -9 $$',
  'true',
  'setsid sh -c "echo \\$\\$ >> pids; exec sleep 300" >/dev/null 2>&1 & echo left a daemon',
  'head -c 300000 /dev/urandom | base64',
  `echo '{"type":"result","result":"an answer","total_cost_usd":0.01}'`,
];

/** What holds a wave up: a timeout, a timeout with a SIGKILL 5 s later, and a refusal that halves the worker limit. */
const rare = [
  'sleep 30',
  'trap "" TERM; sleep 30',
  `echo '{"type":"result","subtype":"success","is_error":true,"api_error_status":429,"result":"busy"}'; exit 1`,
];

/** About six of a wave, so that 2,000 processes take minutes and not an hour. */
const rareShare = 0.06;

function randomWish(): string {
  const wishes = Math.random() < rareShare ? rare : common;
  return wishes[Math.floor(Math.random() * wishes.length)] ?? '';
}

interface Reading {
  readonly rssMb: number;
  readonly heapMb: number;
  readonly files: number;
}

async function wave(): Promise<Reading> {
  const session = new OrchestratorSession('soak', {
    workingDir: directory,
    claudePath: join(directory, 'program'),
    streamOutput: false,
    timeout: 0.5,
    retries: 1,
    retryDelay: 0.05,
  });
  const processes = Array.from({ length: waveSize }, () => session.createProcess(`${randomWish()}\n`));
  const results = await runParallel(processes, { maxWorkers: 25 });
  if (results.length !== waveSize) throw new Error(`${results.length} results for ${waveSize} processes`);
  rmSync(session.logDir, { recursive: true });
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rssMb: rss / 2 ** 20, heapMb: heapUsed / 2 ** 20, files: readdirSync('/proc/self/fd').length };
}

const readings: Reading[] = [];
const started = performance.now();
for (let done = waveSize; done <= total; done += waveSize) {
  const reading = await wave();
  readings.push(reading);
  const { rssMb, heapMb, files } = reading;
  process.stdout.write(
    `${done} processes: RSS ${rssMb.toFixed(0)} MiB, heap ${heapMb.toFixed(1)} MiB, ${files} open files\n`,
  );
}
const seconds = (performance.now() - started) / 1000;

const quarter = Math.floor(readings.length / 4);
const most = (part: readonly Reading[], of: (reading: Reading) => number): number => Math.max(...part.map(of));
const growth = (of: (reading: Reading) => number): number =>
  most(readings.slice(-quarter), of) - most(readings.slice(0, quarter), of);
const pids = readFileSync(join(directory, 'pids'), 'utf8').match(/\d+/g) ?? [];
const faults = [
  ...(growth(({ heapMb }) => heapMb) > 10 ? [`the heap grew by ${growth(({ heapMb }) => heapMb).toFixed(1)} MiB`] : []),
  ...(growth(({ files }) => files) > 2 ? [`open files grew by ${growth(({ files }) => files)}`] : []),
  ...(pids.some((pid) => existsSync(`/proc/${pid}`)) ? ['a process survived'] : []),
  ...readdirSync(process.env.TMPDIR).map((name) => `left in the temporary directory: ${name}`),
];
rmSync(directory, { recursive: true });
process.stdout.write(
  `${total} processes in ${seconds.toFixed(0)} s; ${faults.length === 0 ? 'all flat, nothing left' : faults.join('; ')}\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
