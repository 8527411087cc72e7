import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { unzip } from './unzip.ts';

/** A call to the service: a method of its protocol, or what is done to a blob. */
export type ArtifactCall =
  | 'CreateArtifact'
  | 'FinalizeArtifact'
  | 'ListArtifacts'
  | 'GetSignedArtifactURL'
  | 'upload'
  | 'commit'
  | 'download';

/** What goes wrong: an HTTP status, a connection that is reset, or one that is accepted and never answered. */
export type ArtifactFault = { readonly status: number } | 'reset' | 'hang';

/** An artifact that was finalized. */
export interface StoredArtifact {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** `sha256:` and the digest in hex, as the client sent it. */
  readonly digest: string;
  /** ISO 8601; absent for the repository's own retention. */
  readonly expiresAt?: string;
}

/** A loopback stand-in for GitHub's artifact service: its protocol as the real client speaks it, and its blob store. */
export interface ArtifactService extends AsyncDisposable {
  /** What a JavaScript action finds in its environment. */
  readonly env: { readonly ACTIONS_RUNTIME_TOKEN: string; readonly ACTIONS_RESULTS_URL: string };
  /** Every call so far, in order, faulty ones included. */
  readonly calls: readonly ArtifactCall[];
  readonly artifacts: readonly StoredArtifact[];
  /** The files in an artifact by their path. */
  download(name: string): ReadonlyMap<string, Buffer>;
  /** Stores an archive as if some other step had uploaded it; its digest is what the service is told. */
  store(name: string, archive: Buffer, digest?: string): void;
}

/** How the service misbehaves. */
export interface ArtifactServiceOptions {
  /** Asked at each call; `nth` counts the calls of this kind from 1. */
  readonly fault?: (call: ArtifactCall, nth: number) => ArtifactFault | undefined;
}

interface Entry {
  readonly name: string;
  readonly blob: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  finalized?: { readonly id: string; readonly size: number; readonly digest: string };
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const rpcPath = '/twirp/github.actions.results.api.v1.ArtifactService/';
const notFound: Answer = { status: 404, body: { code: 'not_found', msg: 'no such artifact' } };

/** Starts the service on a port of its own. */
export async function startArtifactService(options: ArtifactServiceOptions = {}): Promise<ArtifactService> {
  const store = new ArtifactStore();
  const calls: ArtifactCall[] = [];
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const call = callOf(request, url);
    calls.push(call);
    const fault = options.fault?.(call, calls.filter((made) => made === call).length);
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.resetAndDestroy();
    const body = await buffer(request);
    const answer = fault
      ? { ...fault, body: { code: 'internal', msg: 'injected' } }
      : store.answer({ call, url, body });
    const bytes = Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body ?? {});
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(bytes);
  }

  return {
    env: { ACTIONS_RUNTIME_TOKEN: runtimeToken(), ACTIONS_RESULTS_URL: `${origin}/` },
    calls,
    get artifacts() {
      return store.finalized();
    },
    download: (name) => unzip(store.content(name)),
    store: (name, archive, digest) => store.add(name, archive, digest),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function callOf({ method }: IncomingMessage, url: URL): ArtifactCall {
  if (url.pathname.startsWith(rpcPath)) return url.pathname.slice(rpcPath.length) as ArtifactCall;
  if (method === 'GET') return 'download';
  return url.searchParams.get('comp') === 'blocklist' ? 'commit' : 'upload';
}

/** Unsigned: the client only decodes it, to learn the ids of the run and the job. */
function runtimeToken(): string {
  const part = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
  const scp = `Actions.Results:${randomUUID()}:${randomUUID()}`;
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ scp })}.unsigned`;
}

/** What was created, uploaded and finalized. */
class ArtifactStore {
  readonly #entries: Entry[] = [];
  readonly #blobs = new Map<string, Buffer>();
  #lastId = 1000;

  answer({ call, url, body }: { readonly call: ArtifactCall; readonly url: URL; readonly body: Buffer }): Answer {
    const blob = url.pathname.replace('/blob/', '');
    switch (call) {
      case 'upload':
        return this.#put(`${blob}${url.searchParams.get('blockid') ?? ''}`, body);
      case 'commit': {
        const blocks = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)];
        return this.#put(blob, Buffer.concat(blocks.map(([, id]) => this.#blobs.get(`${blob}${id}`) ?? Buffer.of())));
      }
      case 'download':
        return { headers: { 'content-type': 'application/zip' }, body: this.#blobs.get(blob) };
      default:
        return this.#rpc(call, url.origin, JSON.parse(body.toString()) as Readonly<Record<string, string | undefined>>);
    }
  }

  finalized(): readonly StoredArtifact[] {
    return this.#entries.flatMap(({ name, expiresAt, finalized }) =>
      finalized ? [{ name, ...finalized, ...(expiresAt === undefined ? {} : { expiresAt }) }] : [],
    );
  }

  content(name: string): Buffer {
    const content = this.#blobs.get(this.#find(name)?.blob ?? '');
    if (!content) throw new Error(`No artifact "${name}" was uploaded.`);
    return content;
  }

  add(name: string, archive: Buffer, hash = `sha256:${createHash('sha256').update(archive).digest('hex')}`): void {
    this.#create('', { name });
    const entry = this.#find(name);
    if (entry === undefined) return;
    this.#put(entry.blob, archive);
    this.#finalize(entry, { size: String(archive.length), hash });
  }

  #find(name: string | undefined): Entry | undefined {
    return this.#entries.find((entry) => entry.name === name);
  }

  #put(key: string, bytes: Buffer): Answer {
    this.#blobs.set(key, bytes);
    return { status: 201, headers: { etag: '"1"', 'last-modified': new Date().toUTCString() } };
  }

  #rpc(
    call: Exclude<ArtifactCall, 'upload' | 'commit' | 'download'>,
    origin: string,
    query: Readonly<Record<string, string | undefined>>,
  ): Answer {
    const entry = this.#find(query.name);
    switch (call) {
      case 'CreateArtifact':
        return entry ? { status: 409, body: { code: 'already_exists', msg: 'taken' } } : this.#create(origin, query);
      case 'FinalizeArtifact':
        return entry ? this.#finalize(entry, query) : notFound;
      case 'ListArtifacts':
        return { body: { artifacts: this.#list(query) } };
      case 'GetSignedArtifactURL':
        return entry?.finalized ? { body: { signed_url: `${origin}/blob/${entry.blob}?sig=s` } } : notFound;
    }
  }

  #create(origin: string, query: Readonly<Record<string, string | undefined>>): Answer {
    const { name = '', expires_at: expiresAt } = query;
    const blob = randomUUID();
    const createdAt = new Date().toISOString();
    this.#entries.push({ name, blob, createdAt, ...(expiresAt === undefined ? {} : { expiresAt }) });
    return { body: { ok: true, signed_upload_url: `${origin}/blob/${blob}?sig=s` } };
  }

  #finalize(entry: Entry, query: Readonly<Record<string, string | undefined>>): Answer {
    this.#lastId += 1;
    entry.finalized = { id: String(this.#lastId), size: Number(query.size), digest: query.hash ?? '' };
    return { body: { ok: true, artifact_id: entry.finalized.id } };
  }

  #list({ name_filter: name, id_filter: id }: Readonly<Record<string, string | undefined>>): readonly object[] {
    return this.#entries.flatMap((entry) =>
      entry.finalized && (name ?? entry.name) === entry.name && (id ?? entry.finalized.id) === entry.finalized.id
        ? [
            {
              name: entry.name,
              database_id: entry.finalized.id,
              size: String(entry.finalized.size),
              digest: entry.finalized.digest,
              created_at: entry.createdAt,
            },
          ]
        : [],
    );
  }
}
