import { Buffer } from 'node:buffer';
import process from 'node:process';
import { StringDecoder } from 'node:string_decoder';
import type { EnsembleEvent, Sink } from '../core/event.ts';
import { plainText } from '../sinks/plain-text.ts';

/** Writes what some processes say to standard output, as it comes. Its text is redacted, as that of every event. */
export function textStream(processIds: ReadonlySet<string>): Sink {
  const decoders = new Map<string, StringDecoder>();
  return {
    name: 'streamOutput',
    handle(event) {
      const text = textOf(event, processIds, decoders);
      return text === '' ? undefined : written(plainText(text));
    },
  };
}

let isListening = false;

/** Resolves when the text is taken, or when it never will be: a reader that went away must not end the program. */
function written(text: string): Promise<void> {
  if (!isListening) process.stdout.on('error', () => undefined);
  isListening = true;
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

/** What the model wrote, or what a plain program printed. */
function textOf(event: EnsembleEvent, processIds: ReadonlySet<string>, decoders: Map<string, StringDecoder>): string {
  if (event.type === 'process-message' && processIds.has(event.processId)) {
    return event.entry.kind === 'text' ? `${event.entry.text}\n` : '';
  }
  if (event.type !== 'process-output' || event.format !== 'plain' || event.stream !== 'stdout') return '';
  if (!processIds.has(event.processId)) return '';
  const decoder = decoders.get(event.processId) ?? new StringDecoder('utf8');
  decoders.set(event.processId, decoder);
  return decoder.write(Buffer.from(event.bytes));
}
