import { ByteBuffer } from '../../model/byte-buffer.ts';
import { compact } from '../../model/compact.ts';
import type { ConversationEntry } from '../../model/conversation.ts';
import type { Emit } from '../../model/event.ts';
import type { MessageRedactor, Redactor, StreamRedactor } from '../../model/redactor.ts';
import type { Line } from '../../process/line-splitter.ts';
import { LineSplitter } from '../../process/line-splitter.ts';
import { withPauses } from '../../process/with-pauses.ts';
import { missingServersText } from '../../text/causes.ts';
import { type PlainAnswer, PlainOutput } from '../plain/plain-output.ts';
import { messageWords } from './message-schemas.ts';
import { type ParsedMessage, parseMessage } from './messages.ts';
import { FormatDetector } from './output-format.ts';
import { withoutPartialMessages } from './partial-messages.ts';
import { PhaseTracker } from './phase-tracker.ts';
import { type ConversationFacts, TranscriptBuilder } from './transcript.ts';

/** `ProcessResult.stderr` holds this much of the end. */
const stderrLimitBytes = 64 * 1024;

/** Input of an `OutputReader`. */
export interface OutputReaderOptions {
  readonly processId: string;
  readonly attempt: number;
  /** The Claude CLI speaks stream-json; anything else is judged by its first line. */
  readonly format: 'stream-json' | 'unknown';
  readonly redactor: Redactor;
  readonly emit: Emit;
  readonly onMessage: () => void;
  readonly onResult: () => void;
  /** Called with each message. */
  readonly onEntry?: (entry: ConversationEntry) => void;
  /** A response of the model has begun. */
  readonly onResponding?: () => void;
  /** Structured output was asked for: it is the output. */
  readonly schemaGiven?: boolean;
}

/** The part of a child's output that the verdict needs. */
export interface Transcript extends ConversationFacts {
  /** The answer of a plain program; absent for one that speaks as the CLI does. */
  readonly plain?: PlainAnswer;
  /** The length of a line that was too long to be read. */
  readonly unreadBytes?: number;
  readonly stderr: string;
}

/** Reads the output of one child: redacts it first, then logs it, then parses it. */
export class OutputReader {
  readonly #options: OutputReaderOptions;
  readonly #out: MessageRedactor;
  /** The redaction of standard output that is under way, if it takes long: what comes next waits for it. */
  #redacting: Promise<unknown> | undefined;
  readonly #err: StreamRedactor;
  readonly #lines = new LineSplitter();
  #format: 'stream-json' | 'plain' | 'unknown';
  readonly #detector = new FormatDetector();
  readonly #plain = new PlainOutput();
  readonly #stderrTail = new ByteBuffer();
  readonly #transcript: TranscriptBuilder;
  readonly #phases = new PhaseTracker();
  #isReported = false;
  readonly #warned = new Set<string>();
  #unreadBytes: number | undefined;

  constructor(options: OutputReaderOptions) {
    this.#options = options;
    this.#format = options.format;
    this.#transcript = new TranscriptBuilder(options.schemaGiven === true);
    this.#out = options.redactor.messages(messageWords);
    this.#err = options.redactor.stream();
  }

  /** Takes bytes as the child wrote them; resolves when every sink has written them. */
  take(stream: 'stdout' | 'stderr', bytes: Uint8Array): Promise<unknown> {
    if (stream === 'stderr') return Promise.all(this.#takeErr(this.#err.push(bytes)));
    const redact = (): Uint8Array | Promise<Uint8Array> => withPauses(this.#out.push(bytes));
    const redacted = this.#redacting === undefined ? redact() : this.#redacting.then(redact);
    return redacted instanceof Promise ? this.#takeLater(redacted) : Promise.all(this.#takeOut(redacted, false));
  }

  /** The process is being stopped. */
  stopping(): void {
    this.#transcript.stopping();
  }

  /** The streams have ended: reads what was held back, and gives the transcript. It no longer waits for sinks. */
  async end(): Promise<Transcript> {
    await this.#redacting;
    this.#takeOut(await withPauses(this.#out.end()), true);
    this.#takeErr(this.#err.end());
    if (this.#format === 'stream-json') this.#read(this.#lines.end());
    return {
      ...this.#transcript.gathered(),
      ...(this.#format === 'plain' && { plain: this.#plain.answer() }),
      ...compact({ unreadBytes: this.#unreadBytes }),
      stderr: lastBytes(Buffer.from(this.#stderrTail.bytes), stderrLimitBytes).toString('utf8'),
    };
  }

  #takeLater(redacted: Promise<Uint8Array>): Promise<unknown> {
    const taken = redacted.then((bytes) => ({ written: Promise.all(this.#takeOut(bytes, false)) }));
    const redacting = taken
      // The caller reports an error of our own.
      .catch(() => undefined)
      .then(() => {
        if (this.#redacting === redacting) this.#redacting = undefined;
      });
    this.#redacting = redacting;
    return taken.then(({ written }) => written);
  }

  #takeOut(bytes: Uint8Array, last: boolean): readonly Promise<void>[] {
    if (this.#format !== 'unknown') return this.#takeKnown(this.#format, bytes);
    const known = this.#detector.push(bytes, last);
    if (known === undefined) return [];
    this.#format = known.format;
    return this.#takeKnown(known.format, known.bytes);
  }

  #takeKnown(format: 'stream-json' | 'plain', bytes: Uint8Array): readonly Promise<void>[] {
    if (bytes.length === 0) return [];
    const { processId, attempt, emit, onMessage } = this.#options;
    if (format === 'stream-json') {
      const whole = withoutPartialMessages(bytes);
      if (whole.length < bytes.length) this.#options.onResponding?.();
      return this.#takeMessages(whole);
    }
    const written = emit({ type: 'process-output', processId, attempt, stream: 'stdout', format, bytes });
    onMessage();
    this.#plain.take(bytes);
    if (!this.#isReported) void emit({ type: 'process-phase', processId, attempt, phase: { kind: 'working' } });
    this.#isReported = true;
    return [written];
  }

  #takeMessages(bytes: Uint8Array): readonly Promise<void>[] {
    const { processId, attempt, emit, onMessage } = this.#options;
    if (bytes.length > 0) {
      const written = emit({
        type: 'process-output',
        processId,
        attempt,
        stream: 'stdout',
        format: 'stream-json',
        bytes,
      });
      return [written, ...this.#read(this.#lines.push(bytes))];
    }
    // Partial messages only: a sign of life all the same.
    onMessage();
    return [];
  }

  #takeErr(bytes: Uint8Array): readonly Promise<void>[] {
    if (bytes.length === 0) return [];
    const { processId, attempt, emit } = this.#options;
    this.#stderrTail.append(bytes.subarray(-2 * stderrLimitBytes));
    // Seldom, however small the pieces are.
    if (this.#stderrTail.length > 2 * stderrLimitBytes) this.#stderrTail.keepLast(stderrLimitBytes);
    return [emit({ type: 'process-output', processId, attempt, stream: 'stderr', format: 'plain', bytes })];
  }

  #read(lines: readonly Line[]): readonly Promise<void>[] {
    return lines.flatMap((line) => (line.kind === 'line' ? this.#readLine(line.text) : [this.#tooLong(line.bytes)]));
  }

  #readLine(line: string): Promise<void>[] {
    const { processId, attempt, emit, onMessage } = this.#options;
    // A flood of lines that are no messages must not cost a failed parse each.
    const message = /^\s*\{/.test(line) ? parseMessage(line) : undefined;
    if (message === undefined) return [];
    onMessage();
    this.#transcript.begin();
    const entries = message.entries
      .filter(({ kind }) => kind !== 'other')
      .map((entry) => {
        const noted = this.#transcript.add(entry);
        this.#options.onEntry?.(noted);
        if (isOfModel(entry)) this.#options.onResponding?.();
        if (noted.kind === 'result') this.#options.onResult();
        const phase = this.#phases.take(noted);
        if (phase !== undefined) void emit({ type: 'process-phase', processId, attempt, phase });
        return emit({ type: 'process-message', processId, attempt, entry: noted });
      });
    const mayWarn = message.isCut || message.entries[0]?.kind === 'init';
    return mayWarn ? [...entries, ...this.#warnings(message)] : entries;
  }

  #tooLong(bytes: number): Promise<void> {
    this.#unreadBytes = bytes;
    return this.#warn(`a line of ${bytes} bytes was kept in the log only: it is too long to be read`);
  }

  /** Each of them once: there may be many such messages. */
  #warnings({ isCut, entries }: ParsedMessage): Promise<void>[] {
    const faults = entries.flatMap((entry) => (entry.kind === 'init' ? (entry.mcpFaults ?? []) : []));
    const messages = [
      ...(isCut
        ? ['a message was read in part only: it is too deep or has too many parts; the log has all of it']
        : []),
      ...(faults.length === 0 ? [] : [missingServersText(faults)]),
    ].filter((message) => !this.#warned.has(message));
    return messages.map((message) => {
      this.#warned.add(message);
      return this.#warn(message);
    });
  }

  #warn(message: string): Promise<void> {
    const { processId, emit } = this.#options;
    return emit({ type: 'notice', level: 'warning', processId, message });
  }
}

function isOfModel(entry: ConversationEntry): boolean {
  if (entry.kind === 'text') return entry.synthetic !== true && entry.error === undefined;
  return entry.kind === 'thinking' || entry.kind === 'tool-use';
}

/** The last bytes of a text, without a character that the cut halves. */
function lastBytes(text: Buffer, most: number): Buffer {
  if (text.length <= most) return text;
  const cut = text.length - most;
  const start = [0, 1, 2, 3].find((skipped) => ((text[cut + skipped] ?? 0) & 0xc0) !== 0x80) ?? 0;
  return text.subarray(cut + start);
}
