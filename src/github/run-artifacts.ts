import type { ListedArtifact } from './artifact-name.ts';

/** An artifact of the run that this job belongs to. */
export interface RunArtifact extends ListedArtifact {
  /** Bytes of the archive, as listed. */
  readonly size: number;
  readonly isExpired: boolean;
  /** `sha256:` and the digest in hex, where the service knows it. */
  readonly digest?: string;
  /** An address that needs no token, with a signature: never to be shown. */
  signedUrl(): Promise<string>;
}

/** One of the two services through which a job can read the artifacts of its run. */
export interface ArtifactLister {
  /** Every artifact, or every one of this name. */
  list(name: string | undefined): Promise<readonly RunArtifact[]>;
}

/** Most tries of a call with a transient failure. */
const mostTries = 3;

/** A `fetch` that is made again when the connection or the service fails, but not when it refuses. */
export async function fetchSteadily(url: string, options: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const isLast = tries === mostTries;
    try {
      const response = await fetch(url, options);
      if (isLast || (response.status < 500 && response.status !== 429) || response.status === 501) return response;
      await response.body?.cancel();
    } catch (error) {
      if (isLast) throw new Error(causeOf(error), { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, tries * 1000));
  }
}

/** `fetch` says "fetch failed", and its cause says why. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return String(cause);
}

/** Most bytes of an answer that is parsed: 100 artifacts are listed in 100 KiB. */
const largestAnswer = 8 * 1024 * 1024;

/** Reads an answer as JSON. */
export async function readJson(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > largestAnswer) throw new Error(`an answer of more than ${largestAnswer} bytes`);
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString());
}

/** The service's own words for a refusal, for people. */
export async function refusalOf(response: Response): Promise<string> {
  const { status, statusText } = response;
  const body = await readJson(response).catch(() => undefined);
  const words = Object.entries(typeof body === 'object' && body !== null ? body : {})
    .filter(([key, value]) => (key === 'msg' || key === 'message') && typeof value === 'string')
    .map(([, value]) => String(value).slice(0, 200));
  return [`${status}${statusText === '' ? '' : ` ${statusText}`}`, ...words].join(': ');
}
