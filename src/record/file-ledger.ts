import { Buffer } from 'node:buffer';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { sessionFiles, type WrittenFile } from '../model/session-files.ts';

/** Session of a ledger, and the key that proves its lines. */
export interface LedgerIdentity {
  readonly sessionId: string;
  /** Not known to any program that could change the session's files. */
  readonly key: Uint8Array;
}

/** Milliseconds between two lines about one file that grows: the first lines come soon, and hours do not fill the disk. */
const pace = { first: 250, longest: 5_000 };

/**
 * Records what was written to the files of a session. Each line carries a proof (HMAC-SHA256), so that a later reader can
 * distinguish our bytes from those of others. A file that was withdrawn stays withdrawn.
 */
export class FileLedger {
  readonly #identity: LedgerIdentity;
  readonly #append: (line: string) => void;
  readonly #paced = new Map<string, { dueAt: number; delayMs: number; timer?: NodeJS.Timeout }>();
  readonly #withdrawn = new Set<string>();
  readonly #hash = createHash('sha256');
  #closed = false;

  constructor(identity: LedgerIdentity, append: (line: string) => void) {
    this.#identity = identity;
    this.#append = append;
  }

  /** SHA-256 in hex of all lines so far. */
  get digest(): string {
    return this.#hash.copy().digest('hex');
  }

  record({ name, size, digest }: WrittenFile): void {
    if (!this.#withdrawn.has(name)) this.#add(`${size} ${digest} ${name}`);
  }

  /** Records a file that is still being written, at most as often as the pace allows; `current` is called when it is time. */
  progress(name: string, current: () => WrittenFile): void {
    const paced = this.#paced.get(name) ?? { dueAt: 0, delayMs: pace.first };
    this.#paced.set(name, paced);
    if (paced.timer !== undefined) return;
    const note = (): void => {
      delete paced.timer;
      paced.dueAt = performance.now() + paced.delayMs;
      paced.delayMs = Math.min(pace.longest, 2 * paced.delayMs);
      this.record(current());
    };
    const waitMs = paced.dueAt - performance.now();
    if (waitMs <= 0) note();
    else paced.timer = setTimeout(note, waitMs).unref();
  }

  /** Others have changed the file: nothing of it is to be believed any more. */
  withdraw(name: string): void {
    if (this.#withdrawn.has(name)) return;
    this.#withdrawn.add(name);
    this.#add(`- - ${name}`);
  }

  /** Nothing is noted any more: the digest stays what it is. */
  close(): void {
    this.#closed = true;
    for (const { timer } of this.#paced.values()) clearTimeout(timer);
  }

  #add(fact: string): void {
    if (this.#closed) return;
    const line = `${proofOf(fact, this.#identity).toString('hex')} ${fact}\n`;
    this.#hash.update(line);
    this.#append(line);
  }
}

/**
 * The newest of what a ledger proves of each file; lines without a valid proof are ignored. Of the event log every state is
 * given: its beginning is useful even when the rest was changed.
 */
export function readLedger(text: string, identity: LedgerIdentity): readonly WrittenFile[] {
  const files = new Map<string, readonly WrittenFile[]>();
  const events: WrittenFile[] = [];
  for (const line of text.split('\n')) {
    const [, proof = '', fact = ''] = /^([0-9a-f]{64}) (.+)$/.exec(line) ?? [];
    if (fact === '' || !timingSafeEqual(Buffer.from(proof, 'hex'), proofOf(fact, identity))) continue;
    const [size = '', digest = '', ...rest] = fact.split(' ');
    const name = rest.join(' ');
    const state = { name, size: Number(size), digest };
    if (size === '-') files.delete(name);
    else if (name !== sessionFiles.events) files.set(name, [state]);
    else {
      events.push(state);
      files.set(name, events);
    }
  }
  return [...files.values()].flat();
}

function proofOf(fact: string, { sessionId, key }: LedgerIdentity): Buffer {
  return createHmac('sha256', key).update(`${sessionId}\n${fact}`).digest();
}
