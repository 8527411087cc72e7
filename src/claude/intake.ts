import { ByteBuffer } from '../core/byte-buffer.ts';
import type { ConversationEntry, FinalResult } from '../core/conversation.ts';
import type { Emit } from '../core/event.ts';
import { firstBytes } from '../core/hand-over.ts';
import type { Redactor, StreamRedactor } from '../core/redactor.ts';
import type { PermissionDenial } from '../core/result.ts';
import type { Line } from './line-splitter.ts';
import { LineSplitter } from './line-splitter.ts';
import { messageWords, parseMessage } from './messages.ts';
import { FormatDetector } from './output-format.ts';

/** `ProcessResult.output` holds this much (contract, section 4). */
export const outputLimitBytes = 1024 * 1024;

/** `ProcessResult.stderr` holds this much of the end. */
const stderrLimitBytes = 64 * 1024;

/** What the intake needs. */
export interface IntakeOptions {
  readonly processId: string;
  readonly attempt: number;
  /** The Claude CLI speaks stream-json; anything else is judged by its first line (contract, plain programs). */
  readonly format: 'stream-json' | 'unknown';
  readonly redactor: Redactor;
  readonly emit: Emit;
  readonly onMessage: () => void;
  readonly onResult: () => void;
}

/** A message about the account's usage limit. */
type UsageLimit = Extract<ConversationEntry, { kind: 'usage-limit' }>;

/** What a child said, as far as the verdict needs it. */
export interface Said {
  readonly format: 'stream-json' | 'plain';
  readonly conversationId?: string;
  readonly model?: string;
  readonly result?: FinalResult;
  /** The kind of the last API error, as the CLI names it in the message that stands for an answer. */
  readonly apiErrorKind?: string;
  /** What the CLI recommends against it. */
  readonly apiErrorRemedy?: string;
  /** The account's limit as it was told last. */
  readonly usageLimit?: UsageLimit;
  readonly toolsRan: boolean;
  /** As the result lists them, or as they were announced when it lists none. */
  readonly permissionDenials: readonly PermissionDenial[];
  /** The length of a line that was too long to be read. */
  readonly unreadBytes?: number;
  readonly retryAfterMs?: number;
  /** Standard output of a plain program: its beginning, and its length. */
  readonly plainOutput: string;
  readonly plainBytes: number;
  readonly stderr: string;
}

/** Takes in what one child writes: redacts it first, then logs it, then reads it. */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #out: StreamRedactor;
  readonly #err: StreamRedactor;
  readonly #lines = new LineSplitter();
  #format: 'stream-json' | 'plain' | 'unknown';
  readonly #detector = new FormatDetector();
  readonly #plainHead = new ByteBuffer();
  #plainBytes = 0;
  readonly #stderrTail = new ByteBuffer();
  #conversationId: string | undefined;
  #model: string | undefined;
  #result: FinalResult | undefined;
  #apiErrorKind: string | undefined;
  #apiErrorRemedy: string | undefined;
  #usageLimit: UsageLimit | undefined;
  #toolsRan = false;
  readonly #announcedDenials: PermissionDenial[] = [];
  #unreadBytes: number | undefined;
  #retryAfterMs: number | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#format = options.format;
    this.#out = options.redactor.messages(messageWords);
    this.#err = options.redactor.stream();
  }

  /** Takes bytes as the child wrote them, all of them before it returns; resolves when every sink has written them. */
  take(stream: 'stdout' | 'stderr', bytes: Uint8Array): Promise<unknown> {
    return Promise.all(
      stream === 'stdout' ? this.#takeOut(this.#out.push(bytes), false) : this.#takeErr(this.#err.push(bytes)),
    );
  }

  /** The streams are over: takes what was held back and gives what was said. Nobody waits for a sink any more. */
  end(): Said {
    this.#takeOut(this.#out.end(), true);
    this.#takeErr(this.#err.end());
    if (this.#format === 'stream-json') this.#read(this.#lines.end());
    return {
      format: this.#format === 'plain' ? 'plain' : 'stream-json',
      toolsRan: this.#toolsRan,
      permissionDenials: this.#result?.permissionDenials.length
        ? this.#result.permissionDenials
        : this.#announcedDenials,
      ...(this.#unreadBytes !== undefined && { unreadBytes: this.#unreadBytes }),
      plainOutput: firstBytes(Buffer.from(this.#plainHead.bytes), outputLimitBytes),
      plainBytes: this.#plainBytes,
      stderr: lastBytes(Buffer.from(this.#stderrTail.bytes), stderrLimitBytes).toString('utf8'),
      ...(this.#conversationId !== undefined && { conversationId: this.#conversationId }),
      ...(this.#model !== undefined && { model: this.#model }),
      ...(this.#result !== undefined && { result: this.#result }),
      ...(this.#apiErrorKind !== undefined && { apiErrorKind: this.#apiErrorKind }),
      ...(this.#apiErrorRemedy !== undefined && { apiErrorRemedy: this.#apiErrorRemedy }),
      ...(this.#usageLimit !== undefined && { usageLimit: this.#usageLimit }),
      ...(this.#retryAfterMs !== undefined && { retryAfterMs: this.#retryAfterMs }),
    };
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
    const written = emit({ type: 'process-output', processId, attempt, stream: 'stdout', format, bytes });
    if (format === 'stream-json') return [written, ...this.#read(this.#lines.push(bytes))];
    onMessage();
    // One byte more than the limit, so that a cut at the limit is still a cut at a whole character.
    const room = outputLimitBytes + 1 - this.#plainBytes;
    if (room > 0) this.#plainHead.append(bytes.subarray(0, room));
    this.#plainBytes += bytes.length;
    return [written];
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
    const entries = /^\s*\{/.test(line) ? (parseMessage(line) ?? []) : [];
    if (entries.length > 0) onMessage();
    return entries
      .filter(({ kind }) => kind !== 'other')
      .map((entry) => {
        this.#note(entry);
        return emit({ type: 'process-message', processId, attempt, entry });
      });
  }

  #tooLong(bytes: number): Promise<void> {
    const { processId, emit } = this.#options;
    this.#unreadBytes = bytes;
    const message = `a line of ${bytes} bytes was kept in the log only: it is too long to be read`;
    return emit({ type: 'notice', level: 'warning', processId, message });
  }

  #note(entry: ConversationEntry): void {
    switch (entry.kind) {
      case 'init':
        this.#conversationId = entry.conversationId;
        this.#model = entry.model;
        return;
      case 'text':
        this.#apiErrorKind = entry.error;
        this.#apiErrorRemedy = entry.remedy;
        return;
      case 'tool-use':
        // The CLI's own way to hand in structured output is no tool that does anything.
        if (entry.name !== 'StructuredOutput') this.#toolsRan = true;
        return;
      case 'permission-denied':
        this.#announcedDenials.push({ toolName: entry.toolName, toolUseId: '' });
        return;
      case 'usage-limit':
        this.#usageLimit = entry;
        return;
      case 'api-retry':
        this.#retryAfterMs = entry.delayMs;
        return;
      case 'result':
        this.#result = entry;
        this.#options.onResult();
        return;
      default:
        return;
    }
  }
}

/** The last bytes of a text, without what is left of a character that the cut goes through. */
function lastBytes(text: Buffer, most: number): Buffer {
  if (text.length <= most) return text;
  const cut = text.length - most;
  const start = [0, 1, 2, 3].find((skipped) => ((text[cut + skipped] ?? 0) & 0xc0) !== 0x80) ?? 0;
  return text.subarray(cut + start);
}
