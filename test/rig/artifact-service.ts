import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { unzipSync } from 'fflate';

/** A call to the service: a method of its protocol, or what is done to a blob. */
export type ArtifactCall =
  | 'CreateArtifact'
  | 'FinalizeArtifact'
  | 'ListArtifacts'
  | 'GetSignedArtifactURL'
  | 'upload'
  | 'commit'
  | 'download'
  /** The REST API lists the artifacts of a run, and refers to the blob of one. */
  | 'REST list'
  | 'REST zip';

/** What goes wrong: an HTTP status, a connection that is reset, or one that is accepted and never answered. */
export type ArtifactFault =
  /** `text` is the body, of the type `type`; JSON of the service without. */
  { readonly status: number; readonly text?: string; readonly type?: string } | 'reset' | 'hang';

/** An archive that was finalized. */
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
  readonly env: ServiceEnvironment;
  /** The same in another attempt of the run: its runtime token reads no artifact of this one. */
  envOf(attempt: number): ServiceEnvironment;
  /** The token that the REST API accepts. */
  readonly token: string;
  /** Every call so far, in order, faulty ones included. */
  readonly calls: readonly ArtifactCall[];
  readonly artifacts: readonly StoredArtifact[];
  /** Artifacts that are no archive: a browser opens the file, as what it was said to be. */
  readonly pages: readonly (StoredArtifact & { readonly type: string; readonly text: string })[];
  /** The files in an artifact by their path. */
  download(name: string): ReadonlyMap<string, Buffer>;
  /** Stores an archive as if some other step had uploaded it; the service takes the digest as given. */
  store(name: string, archive: Buffer, options?: StoreOptions): void;
  /** Headers of the last call of this kind. */
  headersOf(call: ArtifactCall): Readonly<Record<string, unknown>> | undefined;
}

/** What a JavaScript action finds in its environment. */
export type ServiceEnvironment = Readonly<
  Record<'ACTIONS_RUNTIME_TOKEN' | 'ACTIONS_RESULTS_URL' | 'GITHUB_API_URL', string>
>;

/** Peculiarities of an artifact that is stored directly. */
export interface StoreOptions {
  readonly digest?: string;
  /** The attempt that uploaded it; 1 when absent. */
  readonly attempt?: number;
  readonly isExpired?: boolean;
  /** ISO 8601; now when absent. */
  readonly createdAt?: string;
}

/** How the service misbehaves. */
export interface ArtifactServiceOptions {
  /** Asked at each call; `nth` counts the calls of this kind from 1. */
  readonly fault?: (call: ArtifactCall, nth: number) => ArtifactFault | undefined;
}

interface Entry {
  readonly name: string;
  /** The run's id in the service: each attempt has its own. */
  readonly run: string;
  readonly isExpired?: boolean;
  readonly blob: string;
  /** MIME type. */
  readonly type: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  finalized?: { readonly id: string; readonly size: number; readonly digest: string };
}

interface Request {
  readonly call: ArtifactCall;
  readonly url: URL;
  readonly body: Buffer;
  readonly authorization: string;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const archiveType = 'application/zip';
const rpcPath = '/twirp/github.actions.results.api.v1.ArtifactService/';
type RuntimeCall = Exclude<ArtifactCall, 'upload' | 'commit' | 'download' | 'REST list' | 'REST zip'>;
const forbidden: Answer = { status: 403, body: { message: 'Resource not accessible by integration' } };
const notFound: Answer = { status: 404, body: { code: 'not_found', msg: 'no such artifact' } };

/** Starts the service on a port of its own. */
export async function startArtifactService(options: ArtifactServiceOptions = {}): Promise<ArtifactService> {
  const store = new ArtifactStore();
  const calls: ArtifactCall[] = [];
  const headers = new Map<ArtifactCall, Readonly<Record<string, unknown>>>();
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const call = callOf(request, url);
    calls.push(call);
    headers.set(call, request.headers);
    const fault = options.fault?.(call, calls.filter((made) => made === call).length);
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.resetAndDestroy();
    const body = await buffer(request);
    const answer: Answer = fault
      ? {
          status: fault.status,
          headers: fault.type === undefined ? {} : { 'content-type': fault.type },
          body: fault.text === undefined ? { code: 'internal', msg: 'injected' } : Buffer.from(fault.text),
        }
      : store.answer({ call, url, body, authorization: request.headers.authorization ?? '' });
    const bytes = Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body ?? {});
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(bytes);
  }

  const envOf = (attempt: number): ServiceEnvironment => ({
    ACTIONS_RUNTIME_TOKEN: runtimeToken(runOf(attempt)),
    ACTIONS_RESULTS_URL: `${origin}/`,
    GITHUB_API_URL: origin,
  });
  return {
    env: envOf(1),
    envOf,
    token: restToken,
    headersOf: (call) => headers.get(call),
    calls,
    get artifacts() {
      return store
        .finalized()
        .filter(({ type }) => type === archiveType)
        .map(({ type: _type, ...artifact }) => artifact);
    },
    get pages() {
      const pages = store.finalized().filter(({ type }) => type !== archiveType);
      return pages.map((page) => ({ ...page, text: store.content(page.name).toString() }));
    },
    download: (name) => filesIn(store.content(name)),
    store: (name, archive, stored = {}) => store.add(name, archive, stored),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function callOf({ method }: IncomingMessage, url: URL): ArtifactCall {
  if (url.pathname.startsWith(rpcPath)) return url.pathname.slice(rpcPath.length) as ArtifactCall;
  if (url.pathname.startsWith('/repos/')) return url.pathname.endsWith('/zip') ? 'REST zip' : 'REST list';
  if (method === 'GET') return 'download';
  return url.searchParams.get('comp') === 'blocklist' ? 'commit' : 'upload';
}

const restToken = 'ghs_loopback0123456789';

function runOf(attempt: number): string {
  return `00000000-0000-4000-8000-${String(attempt).padStart(12, '0')}`;
}

/** The run of a runtime token, as the service reads it. */
function runIn(authorization: string): string {
  const [, payload = ''] = authorization.split('.');
  return /Actions\.Results:([^:]+)/.exec(Buffer.from(payload, 'base64url').toString())?.[1] ?? '';
}

/** Unsigned: the client only decodes it, to learn the ids of the run and the job. */
function runtimeToken(run: string): string {
  const part = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
  const scp = `Actions.ExampleScope Actions.Results:${run}:${randomUUID()}`;
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ scp })}.unsigned`;
}

/** What was created, uploaded and finalized. */
class ArtifactStore {
  readonly #entries: Entry[] = [];
  readonly #blobs = new Map<string, Buffer>();
  #lastId = 1000;

  answer({ call, url, body, authorization }: Request): Answer {
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
      case 'REST list':
        return authorization === `Bearer ${restToken}` ? this.#restList(url) : forbidden;
      case 'REST zip':
        return authorization === `Bearer ${restToken}` ? this.#refer(url) : forbidden;
      default: {
        const query = JSON.parse(body.toString()) as Readonly<Record<string, string | undefined>>;
        return this.#rpc({ call, origin: url.origin, run: runIn(authorization) }, query);
      }
    }
  }

  finalized(): readonly (StoredArtifact & { readonly type: string })[] {
    return this.#entries.flatMap(({ name, type, expiresAt, finalized }) =>
      finalized ? [{ name, type, ...finalized, ...(expiresAt === undefined ? {} : { expiresAt }) }] : [],
    );
  }

  content(name: string): Buffer {
    const content = this.#blobs.get(this.#find(name)?.blob ?? '');
    if (!content) throw new Error(`No artifact "${name}" was uploaded.`);
    return content;
  }

  add(name: string, archive: Buffer, { digest, attempt = 1, isExpired = false, createdAt }: StoreOptions): void {
    const hash = digest ?? `sha256:${createHash('sha256').update(archive).digest('hex')}`;
    const entry = {
      ...{ name, run: runOf(attempt), blob: randomUUID(), type: archiveType, isExpired },
      createdAt: createdAt ?? new Date().toISOString(),
    };
    this.#entries.push(entry);
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

  #restList(url: URL): Answer {
    const [name, size, number] = ['name', 'per_page', 'page'].map((key) => url.searchParams.get(key));
    const all = this.#entries.filter((entry) => entry.finalized && (name ?? entry.name) === entry.name);
    const from = (Number(number) - 1) * Number(size);
    const artifacts = all.slice(from, from + Number(size)).map(({ finalized, ...entry }) => ({
      ...{ id: Number(finalized?.id), name: entry.name, size_in_bytes: finalized?.size, digest: finalized?.digest },
      ...{ expired: entry.isExpired ?? false, created_at: entry.createdAt },
    }));
    return { body: { total_count: all.length, artifacts } };
  }

  #refer(url: URL): Answer {
    const id = url.pathname.split('/').at(-2);
    const entry = this.#entries.find(({ finalized }) => finalized?.id === id);
    if (entry === undefined) return notFound;
    if (entry.isExpired === true) return { status: 410, body: { message: 'Artifact has expired' } };
    return { status: 302, headers: { location: `${url.origin}/blob/${entry.blob}?sig=s` } };
  }

  #rpc(
    { call, origin, run }: { readonly call: RuntimeCall; readonly origin: string; readonly run: string },
    query: Readonly<Record<string, string | undefined>>,
  ): Answer {
    const entry = this.#find(query.name);
    switch (call) {
      case 'CreateArtifact':
        return entry
          ? { status: 409, body: { code: 'already_exists', msg: 'taken' } }
          : this.#create(origin, { ...query, run });
      case 'FinalizeArtifact':
        return entry ? this.#finalize(entry, query) : notFound;
      case 'ListArtifacts':
        return { body: { artifacts: this.#list(query) } };
      case 'GetSignedArtifactURL':
        // The list has those of all attempts, but the service hands out only those of the token's own.
        if (entry?.run !== run) return { status: 404, body: { code: 'not_found', msg: 'workflow run not found' } };
        return entry.finalized ? { body: { signed_url: `${origin}/blob/${entry.blob}?sig=s` } } : notFound;
    }
  }

  #create(origin: string, query: Readonly<Record<string, string | undefined>>): Answer {
    const { name = '', run = '', mime_type: type = archiveType, expires_at: expiresAt } = query;
    const blob = randomUUID();
    const createdAt = new Date().toISOString();
    this.#entries.push({ name, run, blob, type, createdAt, ...(expiresAt === undefined ? {} : { expiresAt }) });
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
              workflow_run_backend_id: entry.run,
              workflow_job_run_backend_id: 'job',
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

function filesIn(archive: Uint8Array): ReadonlyMap<string, Buffer> {
  return new Map(Object.entries(unzipSync(archive)).map(([path, content]) => [path, Buffer.from(content)]));
}
