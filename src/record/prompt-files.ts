import type { Sink } from '../model/event.ts';
import type { DataBlock } from '../model/plan.ts';
import { filesOfProcess, sessionFiles } from '../model/session-files.ts';
import type { SessionDirectory } from './session-directory.ts';

/** `context.md` and `<process>.prompt.md`: what Claude was given to read, but for redactions. */
export function promptFiles(directory: SessionDirectory): Sink {
  return {
    name: 'prompt files',
    handle(event) {
      if (event.type === 'session-context') {
        return directory.replacedFile({ name: sessionFiles.context }).save(() => event.context.map(blockText));
      }
      if (event.type !== 'process-prompt') return undefined;
      const { processId, received } = event;
      return directory.replacedFile({ name: filesOfProcess(processId).prompt, processId }).save(() => [received]);
    },
  };
}

function blockText({ id, text }: DataBlock): string {
  return `<data id=${JSON.stringify(id)}>\n${text}\n</data>\n`;
}
