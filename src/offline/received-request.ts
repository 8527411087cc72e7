import { z } from 'zod';
import type { DataBlock } from '../model/plan.ts';
import { parseJson } from '../text/json.ts';
import { type PromptBlock, promptBlocks } from './prompt-blocks.ts';

const blockSchema = z.looseObject({ type: z.string(), text: z.string().optional() });
const contentSchema = z.union([z.string().transform((text) => [{ type: 'text', text }]), z.array(blockSchema)]);
const bodySchema = z.object({
  model: z.string(),
  stream: z.boolean().default(false),
  system: contentSchema.default([]),
  messages: z.array(z.object({ role: z.string(), content: contentSchema })).min(1),
  tools: z.array(z.looseObject({ name: z.string(), input_schema: z.unknown().optional() })).default([]),
});

/** One part of a message: text, a tool call, a tool's result, or something newer. */
export type ContentBlock = Readonly<z.infer<typeof blockSchema>>;

/** One message of a conversation, as the CLI sent it. */
export interface ReceivedMessage {
  readonly role: string;
  readonly content: readonly ContentBlock[];
}

/** A request of the CLI to the Messages API, read for what the stand-in needs. */
export interface ReceivedRequest {
  /** The process of ours that the CLI works for. */
  readonly processId: string;
  readonly model: string;
  readonly stream: boolean;
  readonly hasApiKey: boolean;
  readonly system: string;
  readonly messages: readonly ReceivedMessage[];
  readonly tools: readonly { readonly name: string; readonly inputSchema: unknown }[];
  /** The prompt of the user, without the CLI's reminders and without blocks of data. */
  readonly prompt: string;
  /** The blocks of data that came ahead of the prompt. */
  readonly data: readonly DataBlock[];
  /** All that the model reads, in the order in which the service reads it. */
  readonly blocks: readonly PromptBlock[];
  /** Number of answers of the model since the prompt. */
  readonly turn: number;
}

/** Gives the index of the first message that is not of an earlier conversation, which this one continues. */
export type FindStart = (messages: readonly ReceivedMessage[]) => number;

/** Facts about a request from its URL and headers. */
export interface RequestEnvelope {
  readonly processId: string;
  readonly hasApiKey: boolean;
}

/** Reads the body of a request; the reason as text when it is not one. */
export function readRequest(
  body: string,
  envelope: RequestEnvelope,
  findStart: FindStart = () => 0,
): ReceivedRequest | string {
  const json = parseJson(body);
  const parsed = bodySchema.safeParse(json);
  if (!parsed.success)
    return json === undefined ? 'The request body is not valid JSON.' : z.prettifyError(parsed.error);
  const { model, stream, system, messages, tools } = parsed.data;
  const blocks = promptBlocks(json);
  if (typeof blocks === 'string') return blocks;
  const own = messages.slice(findStart(messages));
  return {
    ...envelope,
    model,
    stream,
    system: system.map((block) => block.text ?? '').join('\n'),
    messages,
    tools: tools.map((tool) => ({ name: tool.name, inputSchema: tool.input_schema })),
    ...taskOf(own),
    blocks,
    turn: own.filter((message) => message.role === 'assistant').length,
  };
}

/**
 * What the CLI was given. The CLI puts reminders of its own into the same turn, ahead of the prompt, and what it asks later
 * ("Your previous response had no visible output") behind it. A context that is shared is a text of its own, ahead of the rest.
 */
function taskOf(messages: readonly ReceivedMessage[]): Pick<ReceivedRequest, 'prompt' | 'data'> {
  const texts = messages
    .filter((message) => message.role === 'user')
    .flatMap((message) => message.content)
    .flatMap((block) => (block.type === 'text' && block.text !== undefined ? [block.text] : []));
  const [first = texts.at(-1) ?? '', second] = texts.filter((text) => !text.startsWith('<system-reminder>'));
  const context = separateData(first);
  if (context.prompt !== '' || context.data.length === 0 || second === undefined) return context;
  const { prompt, data } = separateData(second);
  return { prompt, data: [...context.data, ...data] };
}

/** Undoes what `composePrompt` in agents/prompt-input.ts does: its first line names the boundary, its blocks end with it. */
function separateData(text: string): Pick<ReceivedRequest, 'prompt' | 'data'> {
  const boundary = /^.*<data-([\w-]+)>/.exec(text)?.[1];
  const end = `</data-${boundary}>\n`;
  const lastBlock = boundary === undefined ? -1 : text.lastIndexOf(end);
  if (lastBlock < 0) return { prompt: text, data: [] };
  const blocks = text.matchAll(new RegExp(`<data-${boundary} id="([^"]*)">\n([^]*?)\n${end}`, 'g'));
  const data = Array.from(blocks, ([, id = '', inner = '']) => ({ id, text: inner }));
  return { prompt: text.slice(lastBlock + end.length).replace(/^\n/, ''), data };
}
