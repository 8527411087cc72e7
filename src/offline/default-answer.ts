import { plural } from '../text/format.ts';
import type { ReceivedRequest } from './received-request.ts';
import { exampleOf } from './schema-example.ts';
import { type Answer, textAnswer } from './step.ts';

/** The tool through which the CLI takes a value for `--json-schema`. */
export const structuredOutputTool = 'StructuredOutput';

const maxFirstLine = 200;

/** The answer to a prompt without directives: what arrived, in words, or a value that fits the schema asked for. */
export function defaultAnswer(request: ReceivedRequest): Answer {
  const structured = request.tools.find((tool) => tool.name === structuredOutputTool);
  if (structured !== undefined) {
    const value = exampleOf(structured.inputSchema);
    return {
      kind: 'tool',
      name: structuredOutputTool,
      input: typeof value === 'object' && value !== null ? value : {},
    };
  }
  return textAnswer([describePrompt(request.prompt), ...describeData(request.data)].join('\n'));
}

function describePrompt(prompt: string): string {
  const firstLine = prompt.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  const shown = [...firstLine].slice(0, maxFirstLine).join('');
  const cut = shown.length < firstLine.length ? ' (cut)' : '';
  return `This answer is from the offline stand-in; no model was asked. The prompt has ${plural(prompt.length, 'character', 'characters')} and begins with: ${shown}${cut}`;
}

function describeData(data: ReceivedRequest['data']): readonly string[] {
  return data.map(
    ({ id, text }) => `It came with the data block "${id}" of ${plural(text.length, 'character', 'characters')}.`,
  );
}
