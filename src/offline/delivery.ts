import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiError } from './api-error.ts';
import { brokenMessage, durationOf, messageFrames, wholeMessage } from './message.ts';
import type { Charge } from './prompt-cache.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { Answer, Step } from './step.ts';

/** A step and the request that it answers. */
export interface Delivery {
  readonly step: Step;
  readonly request: ReceivedRequest;
  readonly charge: Charge;
  /** Makes the ids in the answer unique. */
  readonly serial: number;
  readonly response: ServerResponse;
}

const eventStream = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
const json = { 'content-type': 'application/json' };

/** A reset throws away what the other side has not read yet, so the beginning of the answer gets this long to arrive. */
const msBeforeReset = 50;

/** Does what a step says. Resolves when the answer is out, or will never be; rejects when the caller has gone away. */
export async function carryOut(delivery: Delivery): Promise<void> {
  const { step, request, serial, response } = delivery;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (step.delayMs !== undefined) await sleep(step.delayMs, undefined, { signal: gone.signal });
  switch (step.kind) {
    case 'text':
    case 'tool':
      return sendMessage(delivery, step, gone.signal);
    case 'error':
      return sendError(response, step.error, serial);
    case 'hang':
      return;
    case 'stall':
      response.writeHead(200, { ...(request.stream ? eventStream : json), ...idHeader(serial) }).flushHeaders();
      return;
    case 'cut':
      return cutOff(delivery, gone.signal);
    case 'malformed':
      return sendNoMessage(response, step.body);
    default:
      step satisfies never;
  }
}

/** Sends an error as the API does. */
export function sendError(response: ServerResponse, error: ApiError, serial: number): void {
  const retryAfter = error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) };
  const body = { type: 'error', error: { type: error.type, message: error.message }, request_id: requestId(serial) };
  response
    .writeHead(error.status, { ...json, ...idHeader(serial), ...retryAfter, ...limitHeaders(error) })
    .end(JSON.stringify(body));
}

function limitHeaders({ usageLimit }: ApiError): Readonly<Record<string, string>> {
  if (usageLimit === undefined) return {};
  const { claim, resetsInSeconds } = usageLimit;
  const prefix = 'anthropic-ratelimit-unified';
  return {
    [`${prefix}-status`]: 'rejected',
    [`${prefix}-representative-claim`]: claim,
    ...(resetsInSeconds !== undefined && {
      [`${prefix}-reset`]: String(Math.ceil(Date.now() / 1000) + resetsInSeconds),
    }),
  };
}

async function sendMessage(delivery: Delivery, answer: Answer, signal: AbortSignal): Promise<void> {
  const { step, request, charge, serial, response } = delivery;
  const parts = { answer, delivery: step, request, charge, serial };
  if (request.stream) {
    charge.begin();
    response.writeHead(200, { ...eventStream, ...idHeader(serial) });
    await pipeline(Readable.from(messageFrames(parts, signal)), response, { signal });
    return;
  }
  await sleep(durationOf(answer, step.paceMs), undefined, { signal });
  charge.begin();
  response.writeHead(200, { ...json, ...idHeader(serial) }).end(JSON.stringify(wholeMessage(parts)));
}

async function cutOff({ step, request, charge, serial, response }: Delivery, signal: AbortSignal): Promise<void> {
  charge.begin();
  response.writeHead(200, { ...(request.stream ? eventStream : json), ...idHeader(serial) });
  response.write(
    request.stream ? brokenMessage({ delivery: step, request, charge, serial }) : '{"type":"message","content":[',
  );
  await sleep(msBeforeReset, undefined, { signal });
  response.socket?.resetAndDestroy();
}

function sendNoMessage(response: ServerResponse, body: 'html' | 'nothing'): void {
  if (body === 'html') {
    const page = '<!doctype html><title>Sign in</title><p>Sign in to the network first.</p>';
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  } else {
    response.writeHead(200, eventStream).end();
  }
}

function idHeader(serial: number): { readonly 'request-id': string } {
  return { 'request-id': requestId(serial) };
}

function requestId(serial: number): string {
  return `req_offline_${serial}`;
}
