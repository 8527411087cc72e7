import { Worker } from 'node:worker_threads';

/** Ends this process when nothing is heard for long: no timer of a test's own fires while its thread is busy. */
export interface HangWatch extends Disposable {
  /** Says that a new case begins. */
  alive(): void;
}

const lookEveryMs = 1000;
/** No promise: only far more than any case may take, with what a busy machine adds. */
const looksWithoutNews = 30;

const program = `
  const { writeSync } = require('node:fs');
  const { workerData: { beats, what, lookEveryMs, looksWithoutNews } } = require('node:worker_threads');
  let [last, looks] = [-1, 0];
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    looks = now === last ? looks + 1 : 0;
    last = now;
    if (looks < looksWithoutNews) return;
    writeSync(2, 'Hangs in case ' + now + ' of: ' + what + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, lookEveryMs);
`;

/** Watches from a thread of its own. */
export function watchForHang(what: string): HangWatch {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(program, { eval: true, workerData: { beats, what, lookEveryMs, looksWithoutNews } });
  worker.unref();
  return {
    alive: () => void Atomics.add(beats, 0, 1),
    [Symbol.dispose]: () => void worker.terminate(),
  };
}
