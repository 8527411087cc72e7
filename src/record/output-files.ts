import type { EnsembleEvent, Sink } from '../model/event.ts';
import type { ProcessResult } from '../model/result.ts';
import { filesOfProcess } from '../model/session-files.ts';
import { ProcessFiles } from './process-files.ts';
import type { ReplacedFile } from './replaced-file.ts';
import type { SessionDirectory } from './session-directory.ts';

/**
 * `outputs/<process>.md`: the output of the last attempt, whole but for redactions. Of a plain program it is what that wrote
 * to standard output, as it comes. Of the CLI it is written with the result message, and at the end where there was none.
 */
export function outputFiles(directory: SessionDirectory): Sink {
  const nameOf = (processId: string): string => filesOfProcess(processId).output;
  const outputs: Outputs = {
    written: new Set(),
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
  /** Processes whose output is in place: the current attempt has a result, or is a plain program. */
  readonly written: Set<string>;
  readonly plain: ProcessFiles;
  readonly results: Map<string, ReplacedFile>;
  readonly resultFile: (processId: string) => ReplacedFile;
}

function record(event: EnsembleEvent, outputs: Outputs): Promise<void> | undefined {
  const { written, plain, results, resultFile } = outputs;
  switch (event.type) {
    case 'process-started':
      // What an earlier attempt said is no output of this one.
      written.delete(event.processId);
      return results.get(event.processId)?.save(() => []) ?? plain.truncate(event.processId);
    case 'process-output':
      if (event.stream !== 'stdout' || event.format !== 'plain') return undefined;
      written.add(event.processId);
      return plain.append(event.processId, event.bytes);
    case 'process-message': {
      if (event.entry.kind !== 'result') return undefined;
      const { output } = event.entry;
      const file = results.get(event.processId) ?? resultFile(event.processId);
      written.add(event.processId);
      results.set(event.processId, file);
      return file.save(() => [output]);
    }
    case 'process-ended':
      return end(event.result, outputs);
    default:
      return undefined;
  }
}

/** A process that ended without a result may have said something all the same. */
async function end(result: ProcessResult, { written, plain, results, resultFile }: Outputs): Promise<void> {
  const { processId, output, attempts } = result;
  const file = results.get(processId) ?? resultFile(processId);
  if (attempts > 0 && output !== '' && !written.has(processId)) await file.save(() => [output]);
  written.delete(processId);
  results.delete(processId);
  await plain.close(processId);
}
