import type { EnsembleEvent, Sink } from '../core/event.ts';
import { ProcessFiles } from './process-files.ts';
import type { ReplacedFile } from './replaced-file.ts';
import type { SessionDirectory } from './session-directory.ts';

/**
 * `outputs/<process>.md`: the output of the last attempt, whole but for redactions. Of the CLI it is the text of the last
 * result message, of a plain program what it wrote to standard output, as it comes.
 */
export function outputFiles(directory: SessionDirectory): Sink {
  const nameOf = (processId: string): string => `outputs/${processId}.md`;
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

async function record(event: EnsembleEvent, { plain, results, resultFile }: Outputs): Promise<void> {
  switch (event.type) {
    case 'process-started':
      // What an earlier attempt said is no output of this one.
      await Promise.all([plain.truncate(event.processId), results.get(event.processId)?.save(() => [])]);
      return;
    case 'process-output':
      if (event.stream === 'stdout' && event.format === 'plain') await plain.append(event.processId, event.bytes);
      return;
    case 'process-message': {
      if (event.entry.kind !== 'result') return;
      const { text } = event.entry;
      const file = results.get(event.processId) ?? resultFile(event.processId);
      results.set(event.processId, file);
      await file.save(() => [text]);
      return;
    }
    case 'process-ended':
      results.delete(event.result.processId);
      await plain.close(event.result.processId);
      return;
    case 'session-started':
    case 'notice':
    case 'process-stopping':
    case 'process-retrying':
    case 'heartbeat':
    case 'session-interrupted':
    case 'session-ended':
      return;
    default:
      event satisfies never;
  }
}
