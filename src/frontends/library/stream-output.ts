import { Buffer } from 'node:buffer';
import process from 'node:process';
import { StringDecoder } from 'node:string_decoder';
import type { EnsembleEvent, Sink, SinkTarget } from '../../model/event.ts';
import { CommandGuard } from '../../reports/command-guard.ts';
import { plainText } from '../../text/plain-text.ts';

const target: SinkTarget = {
  name: 'streamOutput',
  advice: 'Nobody reads standard output: read it, or set streamOutput to false. The logs hold what is missing there.',
};

/** Writes what some processes say to standard output, as it comes. Its text is redacted, as that of every event. */
export function streamOutput(processIds: ReadonlySet<string>): Sink {
  const decoders = new Map<string, StringDecoder>();
  const output = new StandardOutput();
  return {
    name: 'streamOutput',
    target,
    handle(event) {
      const text = textOf(event, processIds, decoders);
      return text === '' ? undefined : output.write(inert(plainText(text)));
    },
  };
}

const guard = new CommandGuard();

/** In a GitHub job the runner obeys commands in what is printed; the text of a model must not give any. */
function inert(text: string): string {
  return process.env.GITHUB_ACTIONS ? guard.harmless(text) : text;
}

/** Standard output, which belongs to the program that called us: only errors of our own writes are taken care of. */
class StandardOutput {
  #unwritten = 0;
  #isClosed = false;

  /** Resolves when the text is taken, or when it never will be: a reader that went away must not end the program. */
  write(text: string): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    const { stdout } = process;
    if (this.#unwritten === 0) stdout.on('error', this.#onError);
    this.#unwritten += 1;
    return new Promise((resolve) => {
      stdout.write(text, (error) => {
        if (error) this.#isClosed = true;
        // The stream emits its error right after this.
        setImmediate(() => this.#written());
        resolve();
      });
    });
  }

  #written(): void {
    this.#unwritten -= 1;
    if (this.#unwritten === 0) process.stdout.off('error', this.#onError);
  }

  readonly #onError = (): void => {
    this.#isClosed = true;
  };
}

/** Text of the model, or output of a plain program. */
function textOf(event: EnsembleEvent, processIds: ReadonlySet<string>, decoders: Map<string, StringDecoder>): string {
  if (event.type === 'process-message' && processIds.has(event.processId)) {
    return event.entry.kind === 'text' && event.entry.subagentOf === undefined ? `${event.entry.text}\n` : '';
  }
  if (event.type !== 'process-output' || event.format !== 'plain' || event.stream !== 'stdout') return '';
  if (!processIds.has(event.processId)) return '';
  const decoder = decoders.get(event.processId) ?? new StringDecoder('utf8');
  decoders.set(event.processId, decoder);
  return decoder.write(Buffer.from(event.bytes));
}
