// Plays the Claude CLI: connects to the test that started it, says who it is, and does nothing but what it is told.
// Arguments: <port> <token> <the arguments that the CLI would have got...>. JavaScript, because it starts in half the time.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import process from 'node:process';
import { createInterface } from 'node:readline';

const [port, token, ...argv] = process.argv.slice(2);
const socket = connect({ port: Number(port), host: '127.0.0.1' });
const say = (message) => socket.write(`${JSON.stringify(message)}\n`);
const exit = (code) => process.exit(code);

// The test is over, however it ended: nothing that it started may outlive it.
socket.on('close', () => exit(70));
socket.on('error', () => exit(70));

const write = (stream, bytes) => new Promise((resolve) => process[stream].write(bytes, resolve));
// The reader may be gone: that is for the test to find out, and no reason to crash.
for (const stream of ['stdout', 'stderr']) process[stream].on('error', () => undefined);

const orders = {
  print: ({ stream, base64 }) => write(stream, Buffer.from(base64, 'base64')),
  async printMany({ stream, text, times }) {
    for (let n = 0; n < times; n += 1) await write(stream, text);
  },
  async readStdin() {
    const chunks = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks).toString('base64');
  },
  ignore({ signal }) {
    // This clock is the machine's: the test may compare it with its own.
    process.on(signal, () => say({ signal, atMs: Number(process.hrtime.bigint()) / 1e6 }));
  },
  exitOn({ signal, code }) {
    process.on(signal, () => exit(code));
  },
  exit: ({ code }) => exit(code),
  dieBy({ signal }) {
    process.kill(process.pid, signal);
    // Delivered asynchronously: no answer may get ahead of the end.
    return new Promise(() => undefined);
  },
  spawnGrandchild({ token: itsToken, holdPipe, setsid, clearEnvironment }) {
    const output = holdPipe ? 'inherit' : 'ignore';
    spawn(process.execPath, [import.meta.filename, port, itsToken], {
      stdio: ['ignore', output, output],
      detached: setsid,
      ...(clearEnvironment ? { env: {} } : {}),
    }).unref();
  },
};

say({ hello: { token, pid: process.pid, parentPid: process.ppid, argv, cwd: process.cwd(), env: process.env } });
createInterface({ input: socket }).on('line', async (line) => {
  const { id, order, ...details } = JSON.parse(line);
  const value = await orders[order](details);
  say({ done: id, value });
});
