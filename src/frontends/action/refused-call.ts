import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

/** A call to the artifact service that was refused in a way that its repetition does not mend. */
export interface RefusedCall {
  /** The method of the service, such as `CreateArtifact`. */
  readonly method: string;
  /** The answer, for people. */
  readonly answer: string;
}

const methods = /\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/;
/** A request that came too slowly, a name that is taken, too many requests: these may pass. */
const mendable: ReadonlySet<number> = new Set([408, 409, 429]);
const tooMany = 429;
const longestWords = 4096;

/**
 * Tells of each answer of the artifact service that looks like a refusal, and whether it is one. The client library repeats a
 * call for half a minute when its answer is not JSON, whatever the status: servers that do not know the service, proxies and
 * login pages answer so; and it takes a used-up quota for too many requests.
 */
export function watchRefusals(onAnswer: (refused: Promise<RefusedCall | undefined>) => void): void {
  subscribe('http.client.response.finish', (message) => {
    const { request, response } = message as { readonly request: ClientRequest; readonly response: IncomingMessage };
    const method = methods.exec(request.path)?.[1];
    if (method !== undefined && (isRefusal(response) || response.statusCode === tooMany))
      onAnswer(readRefusal(method, response));
  });
}

function isRefusal({ statusCode: status = 0, headers }: IncomingMessage): boolean {
  if (status >= 400) return (status < 500 && !mendable.has(status)) || status === 501 || status === 505;
  return headers['content-type']?.startsWith('text/html') === true;
}

async function readRefusal(method: string, response: IncomingMessage): Promise<RefusedCall | undefined> {
  const words = await overhear(response);
  const { statusCode: status, statusMessage } = response;
  if (status === tooMany && !/quota|insufficient usage/i.test(words)) return undefined;
  const answer = [`${status} ${statusMessage ?? ''}`.trim(), shortened(words, response)].filter(Boolean).join(': ');
  return { method, answer };
}

/** The beginning of a body, read together with the client: a listener of our own ahead of its would start the flow without it. */
function overhear(response: IncomingMessage): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let words = '';
  const listen = (event: string | symbol): void => {
    if (event !== 'data') return;
    response.off('newListener', listen);
    response.on('data', (bytes) => {
      words = (words + bytes).slice(0, longestWords);
    });
  };
  response.on('newListener', listen);
  for (const end of ['end', 'close', 'error']) response.once(end, () => resolve(words));
  return promise;
}

function shortened(words: string, { headers }: IncomingMessage): string {
  if (headers['content-type']?.startsWith('text/html') === true)
    return 'a page, which no artifact service answers with';
  try {
    const parsed: unknown = JSON.parse(words);
    if (typeof parsed === 'object' && parsed !== null && 'msg' in parsed) return String(parsed.msg).slice(0, 300);
  } catch {
    // Not JSON: shown as it is.
  }
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}
