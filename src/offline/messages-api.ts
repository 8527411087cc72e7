import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { type ApiError, invalidRequest } from './api-error.ts';
import { carryOut, sendError } from './delivery.ts';
import { charactersPerToken, markFault, PromptCache, uncachedCharge } from './prompt-cache.ts';
import { type ReceivedMessage, type ReceivedRequest, readRequest } from './received-request.ts';
import { stepFor } from './script.ts';
import type { Step } from './step.ts';

/** Options of the stand-in. */
export interface MessagesApiOptions {
  /** Decides before the directives in the prompt do; undefined leaves the request to them. */
  readonly respond?: (request: ReceivedRequest) => Step | undefined;
  /** Keeps the last 500 requests, for a test to look at. */
  readonly record?: boolean;
  /** Monotonic milliseconds, for the life of what is cached. */
  readonly now?: () => number;
}

/** A stand-in for the Messages API on 127.0.0.1: what the real CLI talks to when a session is offline. */
export interface MessagesApi extends AsyncDisposable {
  /** The value of ANTHROPIC_BASE_URL for one process of ours; it identifies the process to the stand-in. */
  baseUrlFor(processId: string): string;
  /** Requests so far, the oldest first; empty unless `record` was asked for. */
  readonly requests: readonly ReceivedRequest[];
}

/** The real API refuses more than this: https://docs.claude.com/en/api/errors#request-size-limits. */
const maxBodyBytes = 32 * 1024 * 1024;
const maxRecords = 500;

const tooLarge: ApiError = { status: 413, type: 'request_too_large', message: 'Request exceeds the maximum size' };
const noSuchRoute: ApiError = { status: 404, type: 'not_found_error', message: 'Not found' };

/** Starts the stand-in on a free port; rejects when the machine gives it none. */
export async function startMessagesApi(options: MessagesApiOptions = {}): Promise<MessagesApi> {
  const api = new OfflineMessagesApi(options);
  await api.listen();
  return api;
}

class OfflineMessagesApi implements MessagesApi {
  readonly requests: ReceivedRequest[] = [];
  readonly #options: MessagesApiOptions;
  readonly #server: Server;
  /** Number of requests that each event was applied to, by process, prompt and place in the prompt. */
  readonly #taken = new Map<string, number>();
  /** Start of each conversation, by the id of its process. */
  readonly #starts = new Map<string, Start>();
  readonly #cache: PromptCache;
  #serial = 0;

  constructor(options: MessagesApiOptions) {
    this.#options = options;
    this.#cache = new PromptCache(options.now ?? (() => performance.now()));
    // Imported at the top, this module brings the whole client of `fetch` with it, also where nothing is offline.
    const { createServer } = process.getBuiltinModule('node:http');
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => this.#fail(response, error));
    });
  }

  async listen(): Promise<void> {
    // Whoever asks it keeps the program alive; a session in which nothing runs does not.
    this.#server.listen(0, '127.0.0.1').unref();
    await once(this.#server, 'listening');
  }

  baseUrlFor(processId: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/process/${encodeURIComponent(processId)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'HEAD') return void response.writeHead(200).end();
    const serial = ++this.#serial;
    const body = await readBody(request);
    if (body === undefined) return sendError(response, tooLarge, serial);
    const [, processId, route] = /^\/process\/([^/?]+)\/v1\/([^?]*)/.exec(request.url ?? '') ?? [];
    if (processId === undefined || request.method !== 'POST') return sendError(response, noSuchRoute, serial);
    const hasApiKey = request.headers['x-api-key'] !== undefined;
    const id = decodeURIComponent(processId);
    const received = readRequest(body, { processId: id, hasApiKey }, (messages) => this.#startOf(id, messages));
    if (typeof received === 'string') return sendError(response, invalidRequest(received), serial);
    if (route === 'messages') return this.#answerMessage(received, serial, response);
    if (route !== 'messages/count_tokens') return sendError(response, noSuchRoute, serial);
    const count = JSON.stringify({ input_tokens: Math.ceil(body.length / 4) });
    response.writeHead(200, { 'content-type': 'application/json' }).end(count);
  }

  /** The number of messages that a process took over from the conversation that it continues. */
  #startOf(processId: string, messages: readonly ReceivedMessage[]): number {
    const start = this.#starts.get(processId) ?? startOf(messages);
    this.#starts.set(processId, start);
    // A sub-agent has a conversation of its own, which begins otherwise.
    return start.index > 0 && start.index < messages.length && start.beginning === beginningOf(messages)
      ? start.index
      : 0;
  }

  #answerMessage(request: ReceivedRequest, serial: number, response: ServerResponse): Promise<void> | void {
    const step = this.#stepFor(request);
    const fault = markFault(request.blocks);
    if (fault !== undefined) return sendError(response, invalidRequest(fault), serial);
    const isMarked = request.blocks.some(({ mark }) => mark !== undefined);
    const charge = isMarked ? this.#cache.charge(request.model, request.blocks) : uncachedCharge(taskTokens(request));
    return carryOut({ step, request, charge, serial, response });
  }

  #stepFor(request: ReceivedRequest): Step {
    if (this.#options.record === true) {
      this.requests.push(request);
      if (this.requests.length > maxRecords) this.requests.shift();
    }
    // When the CLI asks again after an empty answer, it adds a line feed to the prompt.
    const script = createHash('sha256').update(request.prompt.trimEnd()).digest('base64');
    const take = (event: number, times: number) =>
      this.#take(JSON.stringify([request.processId, script, event]), times);
    return this.#options.respond?.(request) ?? stepFor(request, take);
  }

  #take(key: string, times: number): boolean {
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= times) return false;
    this.#taken.set(key, taken + 1);
    return true;
  }

  /** The caller went away, or this is our own bug: neither may end the process that we live in. */
  #fail(response: ServerResponse, cause: unknown): void {
    if (response.headersSent || response.destroyed) return void response.destroy();
    sendError(response, { status: 500, type: 'api_error', message: `Internal error: ${String(cause)}` }, 0);
  }
}

/** The place in a conversation at which a process has taken it over. */
interface Start {
  /** How many messages are of before. */
  readonly index: number;
  /** Hash of the first of them. */
  readonly beginning: string;
}

function startOf(messages: readonly ReceivedMessage[]): Start {
  const index = messages.findLastIndex(({ role }) => role === 'assistant') + 1;
  return { index, beginning: index === 0 ? '' : beginningOf(messages) };
}

/** Marks move from request to request; the texts stay. */
function beginningOf([first]: readonly ReceivedMessage[]): string {
  return createHash('sha256')
    .update(JSON.stringify(first?.content.map(({ text }) => text)))
    .digest('base64');
}

/** Without marks the task alone counts, so that its cost is the same on every machine. */
function taskTokens({ prompt, data }: ReceivedRequest): number {
  return Math.ceil(data.reduce((sum, { text }) => sum + text.length, prompt.length) / charactersPerToken);
}

/** The body as text; undefined when it is larger than the API allows. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read to the end all the same: an answer before it would look like a lost connection.
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(chunks).toString();
}
