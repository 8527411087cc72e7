import type { EnsembleEvent, Sink } from '../model/event.ts';
import { filesOfProcess } from '../model/session-files.ts';
import { ProcessFiles } from './process-files.ts';
import type { SessionDirectory } from './session-directory.ts';

const lineFeed = 10;

/**
 * `<process>.jsonl`: what the CLI sent, byte for byte but for redactions, the attempts one after the other. No line is
 * added; a line that an earlier attempt left unfinished is closed, so that it spoils no other.
 */
export function streamLog(directory: SessionDirectory): Sink {
  const files = new ProcessFiles(directory, (processId) => filesOfProcess(processId).stream);
  const unfinished = new Set<string>();
  return {
    name: 'stream log',
    handle: (event) => record(event, files, unfinished),
    close: () => files.closeAll(),
  };
}

function record(event: EnsembleEvent, files: ProcessFiles, unfinished: Set<string>): Promise<void> | undefined {
  if (event.type === 'process-started') {
    return unfinished.delete(event.processId) ? files.append(event.processId, '\n') : undefined;
  }
  if (event.type === 'process-output') {
    if (event.stream !== 'stdout' || event.format !== 'stream-json' || event.bytes.length === 0) return undefined;
    if (event.bytes.at(-1) === lineFeed) unfinished.delete(event.processId);
    else unfinished.add(event.processId);
    return files.append(event.processId, event.bytes);
  }
  return event.type === 'process-ended' ? files.close(event.result.processId) : undefined;
}
