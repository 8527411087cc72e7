/** Prints how fast output is redacted, beside a plain copy of the same bytes: `node bench/redaction.ts [MiB]`. */
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { argv, stdout } from 'node:process';
import { createRedactor } from '../src/redaction/redaction.ts';

const mebibyte = 1_048_576;
const chunkSize = 65_536;
const rounds = 5;
const size = Number(argv[2] ?? 64) * mebibyte;

const secrets = Array.from({ length: 12 }, () => randomBytes(30).toString('base64url'));
const redactor = createRedactor({ values: secrets, environment: {} });

const prose = 'Each of the three functions takes a path, opens the file behind it, and gives its length in bytes. ';
const message = {
  type: 'assistant',
  message: { content: [{ type: 'text', text: prose.repeat(20) }] },
  session_id: '9d79d926',
};
const line = `${JSON.stringify(message)}\n`;

const contents: Readonly<Record<string, Buffer>> = {
  'stream-json lines': filled(line),
  'the same, a secret in each line': filled(line.replace('opens the file', `opens ${secrets[0]}`)),
  base64: Buffer.from(randomBytes((size * 3) / 4).toString('base64')),
  'random bytes': randomBytes(size),
  'one byte, over and over': Buffer.alloc(size, '-'),
};

function filled(text: string): Buffer {
  return Buffer.alloc(size, text);
}

/** Best of some rounds, in MB/s: the machine may be busy with other things. */
function speed(work: (chunk: Buffer) => number, content: Buffer): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    for (let at = 0; at < content.length; at += chunkSize) work(content.subarray(at, at + chunkSize));
    best = Math.min(best, performance.now() - start);
  }
  return content.length / best / 1_000;
}

stdout.write(
  `${'content'.padEnd(34)}${'copy MB/s'.padStart(12)}${'redacted MB/s'.padStart(16)}${'ratio'.padStart(8)}\n`,
);
for (const [name, content] of Object.entries(contents)) {
  const target = Buffer.alloc(chunkSize);
  const copied = speed((chunk) => chunk.copy(target), content);
  const stream = redactor.stream();
  const redacted = speed((chunk) => stream.push(chunk).length, content);
  const cells = [
    copied.toFixed(0).padStart(12),
    redacted.toFixed(0).padStart(16),
    (copied / redacted).toFixed(0).padStart(8),
  ];
  stdout.write(`${name.padEnd(34)}${cells.join('')}\n`);
}
