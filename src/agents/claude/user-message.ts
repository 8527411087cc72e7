/** A mark of the service's cache; without a lifetime it is 5 minutes. */
export interface CacheMark {
  readonly type: 'ephemeral';
  readonly ttl?: '1h';
}

/** One part of a message to the model. */
export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
  /** Asks the service to cache all that the model has read up to the end of this block. */
  readonly cache_control?: CacheMark;
}

/** A message as the CLI reads it with `--input-format stream-json`: one line. */
export function userMessage(content: readonly TextBlock[]): string {
  return `${JSON.stringify({ type: 'user', message: { role: 'user', content } })}\n`;
}
