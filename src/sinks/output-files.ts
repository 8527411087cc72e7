import type { EnsembleEvent, Sink } from '../core/event.ts';
import { filesOfProcess } from '../core/session-files.ts';
import { ProcessFiles } from './process-files.ts';
import type { ReplacedFile } from './replaced-file.ts';
import type { SessionDirectory } from './session-directory.ts';

/**
 * `outputs/<process>.md`: the output of the last attempt, whole but for redactions. Of the CLI it is the text of the last
 * result message, of a plain program what it wrote to standard output, as it comes.
 */
export function outputFiles(directory: SessionDirectory): Sink {
  const nameOf = (processId: string): string => filesOfProcess(processId).output;
  const outputs: Outputs = {
    plain: new ProcessFiles(directory, nameOf),
    results: new Map(),
    resultFile: (processId) => directory.replacedFile({ name: nameOf(processId), processId }),
  };
  return {
    name: 'output files',
    handle: (event) => record(event, outputs),
    close: () => outputs.plain.closeAll(),
  };
}

interface Outputs {
  readonly plain: ProcessFiles;
  readonly results: Map<string, ReplacedFile>;
  readonly resultFile: (processId: string) => ReplacedFile;
}

function record(event: EnsembleEvent, outputs: Outputs): Promise<void> | undefined {
  const { plain, results, resultFile } = outputs;
  switch (event.type) {
    case 'process-started':
      // What an earlier attempt said is no output of this one.
      return results.get(event.processId)?.save(() => []) ?? plain.truncate(event.processId);
    case 'process-output':
      if (event.stream !== 'stdout' || event.format !== 'plain') return undefined;
      return plain.append(event.processId, event.bytes);
    case 'process-message': {
      if (event.entry.kind !== 'result') return undefined;
      const { text } = event.entry;
      const file = results.get(event.processId) ?? resultFile(event.processId);
      results.set(event.processId, file);
      return file.save(() => [text]);
    }
    case 'process-ended':
      results.delete(event.result.processId);
      return plain.close(event.result.processId);
    case 'session-started':
    case 'notice':
    case 'process-stopping':
    case 'process-retrying':
    case 'heartbeat':
    case 'session-interrupted':
    case 'session-ended':
      return undefined;
    default:
      return event satisfies never;
  }
}
