import { z } from 'zod';
import { type ArtifactLister, fetchSteadily, type RunArtifact, readJson, refusalOf } from './run-artifacts.ts';

/** The run at GitHub's REST API, and the token to read it with. */
export interface RestRun {
  /** `GITHUB_API_URL`: of GitHub itself, or of an Enterprise Server. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly runId: string;
  readonly token: string;
}

/** The run at GitHub's REST API; undefined without a token. */
export function restRunOf(
  environment: Readonly<Record<string, string | undefined>>,
  token: string | undefined,
): RestRun | undefined {
  const { GITHUB_API_URL, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = environment;
  if (token === undefined || !repository || !runId) return undefined;
  return { apiUrl: GITHUB_API_URL || 'https://api.github.com', repository, runId, token };
}

const pageSize = 100;
/** A matrix of 256 jobs fills three pages in each attempt. */
const mostPages = 100;

const page = z.object({
  artifacts: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      size_in_bytes: z.number().nullish(),
      expired: z.boolean().nullish(),
      created_at: z.string().nullish(),
      digest: z.string().nullish(),
    }),
  ),
});

/** Lists the artifacts of every attempt of the run, through the REST API. */
export function restArtifacts(run: RestRun): ArtifactLister {
  const repository = `${run.apiUrl.replace(/\/+$/, '')}/repos/${run.repository}`;
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${run.token}`,
    'user-agent': 'claude-ensemble',
    'x-github-api-version': '2022-11-28',
  };
  const get = (url: string): Promise<Response> => fetchSteadily(url, { headers, redirect: 'manual' });
  return {
    async list(name) {
      const artifacts: RunArtifact[] = [];
      const filter = name === undefined ? '' : `&name=${encodeURIComponent(name)}`;
      for (let number = 1; number <= mostPages; number += 1) {
        const url = `${repository}/actions/runs/${run.runId}/artifacts?per_page=${pageSize}&page=${number}${filter}`;
        const response = await get(url);
        if (response.status !== 200) throw new Error(await listFault(response));
        const listed = page.parse(await readJson(response)).artifacts;
        artifacts.push(
          ...listed.map(({ id, name: own, size_in_bytes: size, expired, created_at: at, digest }) => ({
            name: own,
            createdAt: Date.parse(at ?? '') || 0,
            size: size ?? 0,
            isExpired: expired === true,
            ...(typeof digest === 'string' && { digest }),
            signedUrl: async () => locationOf(await get(`${repository}/actions/artifacts/${id}/zip`), url),
          })),
        );
        if (listed.length < pageSize) break;
      }
      return artifacts;
    },
  };
}

async function listFault(response: Response): Promise<string> {
  return `GitHub does not list the artifacts of this run (${await refusalOf(response)})${remedyFor(response)}`;
}

/** GitHub hides what a token may not see: a missing permission is a 403 or a 404. */
function remedyFor({ status, headers }: Response): string {
  if (status === 401) return '; the github-token is not valid, or no longer';
  if (headers.get('x-ratelimit-remaining') === '0') return '; the rate limit of the github-token is used up';
  return status === 403 || status === 404 ? '; give the job "permissions: actions: read"' : '';
}

/** The address to which GitHub refers for the archive; it is signed, and is not sent the token. */
async function locationOf(response: Response, base: string): Promise<string> {
  const location = response.headers.get('location');
  if (response.status === 410) throw new Error('it has expired, or was deleted');
  if (response.status < 300 || response.status >= 400 || location === null)
    throw new Error(`GitHub does not hand it out (${await refusalOf(response)})${remedyFor(response)}`);
  await response.body?.cancel();
  return new URL(location, base).href;
}
