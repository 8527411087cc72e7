import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

/** A call to the artifact service that was refused in a way that a retry cannot change. */
export interface RefusedCall {
  /** The method of the service, such as `CreateArtifact`. */
  readonly method: string;
  /** The answer, for people. */
  readonly answer: string;
}

const methods = /\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/;
/** A request that came too slowly, a name that is taken, too many requests: these may pass. */
const transient: ReadonlySet<number> = new Set([408, 409, 429]);
const tooMany = 429;
const longestBody = 4096;

/**
 * Reports each answer of the artifact service that may be a refusal, and whether it is one. The client library repeats a
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
  if (status >= 400) return (status < 500 && !transient.has(status)) || status === 501 || status === 505;
  return headers['content-type']?.startsWith('text/html') === true;
}

async function readRefusal(method: string, response: IncomingMessage): Promise<RefusedCall | undefined> {
  const body = await bodyOf(response);
  const { statusCode: status, statusMessage } = response;
  if (status === tooMany && !/quota|insufficient usage/i.test(body)) return undefined;
  const answer = [`${status} ${statusMessage ?? ''}`.trim(), shortened(body, response)].filter(Boolean).join(': ');
  return { method, answer };
}

/** The beginning of a body, read beside the client: a listener of our own ahead of its would start the flow without it. */
function bodyOf(response: IncomingMessage): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let body = '';
  const listen = (event: string | symbol): void => {
    if (event !== 'data') return;
    response.off('newListener', listen);
    response.on('data', (bytes) => {
      body = (body + bytes).slice(0, longestBody);
    });
  };
  response.on('newListener', listen);
  for (const end of ['end', 'close', 'error']) response.once(end, () => resolve(body));
  return promise;
}

function shortened(body: string, { headers }: IncomingMessage): string {
  if (headers['content-type']?.startsWith('text/html') === true)
    return 'a page, which no artifact service answers with';
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null && 'msg' in parsed) return String(parsed.msg).slice(0, 300);
  } catch {
    // Not JSON: shown as it is.
  }
  return body.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}
