import type { ConversationEntry } from '../../model/conversation.ts';
import type { EnsembleEvent } from '../../model/event.ts';
import { toolSubject } from '../../model/tool-subject.ts';
import { stopText } from '../../reports/console-lines.ts';
import { causeText } from '../../text/causes.ts';
import { apiErrorText, durationText, usageLimitText } from '../../text/format.ts';
import { oneLine } from '../../text/plain-text.ts';

/** More than a line of a wide terminal shows. */
const longestActivity = 240;

/** The activity of a process as of this event, on one harmless line; undefined when the event does not show it. */
export function activityOf(event: EnsembleEvent): string | undefined {
  switch (event.type) {
    case 'process-started':
      return event.attempt === 1 ? 'starting' : `starting, attempt ${event.attempt}`;
    case 'process-message':
      return activityIn(event.entry);
    case 'process-stopping':
      return stopText(event);
    case 'process-retrying':
      return `${causeText(event.reason)}: attempt ${event.attempt + 1} in ${durationText(event.delayMs / 1000)}`;
    default:
      return undefined;
  }
}

function activityIn(entry: ConversationEntry): string | undefined {
  switch (entry.kind) {
    case 'init':
      return `waits for ${oneLine(entry.model, longestActivity)}`;
    case 'text':
      return oneLine(`${entry.subagentOf === undefined ? '' : 'sub-agent: '}${entry.text}`, longestActivity);
    case 'thinking':
      return 'thinks';
    case 'tool-use':
      return oneLine(`${entry.name} ${toolSubject(entry.input)}`, longestActivity);
    case 'tool-result':
      return entry.isError ? 'reads the error of a tool' : 'reads the result of a tool';
    case 'permission-denied':
      return `${oneLine(entry.toolName, longestActivity)} was denied`;
    case 'api-retry':
      return `waits for the service: ${oneLine(apiErrorText(entry), longestActivity)}, try ${entry.attempt} of ${entry.maxRetries}`;
    case 'usage-limit':
      return usageLimitText(entry);
    case 'model-fallback':
      return `falls back to ${oneLine(entry.to, longestActivity)}`;
    case 'prompt-refused':
      return 'a hook refused the prompt';
    case 'result':
      return 'ends';
    default:
      return undefined;
  }
}
