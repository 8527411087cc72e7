import { z } from 'zod';

const markSchema = z.object({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).default('5m') });
const blockSchema = z.looseObject({ cache_control: markSchema.nullish() });
const contentSchema = z.union([z.string().transform((text) => [{ type: 'text', text }]), z.array(blockSchema)]);
const bodySchema = z.object({
  model: z.string(),
  tools: z.array(blockSchema).default([]),
  system: contentSchema.default([]),
  tool_choice: z.unknown().optional(),
  thinking: z.unknown().optional(),
  output_config: z.unknown().optional(),
  messages: z.array(z.object({ role: z.string(), content: contentSchema })),
  cache_control: markSchema.nullish(),
});

/** Lifetime of a cache entry after it was written or read. */
export type Lifetime = '5m' | '1h';

/** One part of a prompt, in the order in which the service reads them: tools, system, messages. */
export interface PromptBlock {
  /** The block without its mark, as JSON; what two requests must share, byte for byte. */
  readonly json: string;
  /** Characters that count as tokens: of a text the text, else all of the block. */
  readonly length: number;
  /** The prefix that ends here is to be cached. */
  readonly mark?: Lifetime;
}

/** The blocks of a request; the complaint as text when it is not one. */
export function promptBlocks(body: unknown): readonly PromptBlock[] | string {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const {
    model,
    tools,
    system,
    messages,
    tool_choice,
    thinking,
    output_config,
    cache_control: automatic,
  } = parsed.data;
  // What changes how the messages are read makes their prefix another one; tools and system stay what they were.
  const delivery = JSON.stringify([tool_choice, thinking, output_config]);
  const blocks = [
    ...tools.map((tool) => blockOf(tool, `${model} tool`)),
    ...system.map((block) => blockOf(block, `${model} system`)),
    ...messages.flatMap(({ role, content }) => content.map((block) => blockOf(block, `${model} ${role} ${delivery}`))),
  ];
  const last = blocks.at(-1);
  return last === undefined || automatic == null ? blocks : [...blocks.slice(0, -1), { ...last, mark: automatic.ttl }];
}

function blockOf({ cache_control: mark, ...block }: z.infer<typeof blockSchema>, place: string): PromptBlock {
  const json = JSON.stringify(block);
  const length = block.type === 'text' && typeof block.text === 'string' ? block.text.length : json.length;
  return { json: `${place} ${json}`, length, ...(mark != null && { mark: mark.ttl }) };
}
