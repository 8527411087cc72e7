import { z } from 'zod';
import { type ArtifactLister, fetchSteadily, readJson, refusalOf } from './run-artifacts.ts';

/** The artifact service as the runner offers it to a JavaScript action. */
export interface RuntimeAccess {
  /** `ACTIONS_RESULTS_URL`. */
  readonly url: string;
  /** `ACTIONS_RUNTIME_TOKEN`: only decoded here, for the ids of the run and the job. */
  readonly token: string;
}

const listed = z.object({
  artifacts: z
    .array(
      z.object({
        workflow_run_backend_id: z.string().nullish(),
        workflow_job_run_backend_id: z.string().nullish(),
        name: z.string(),
        size: z.union([z.string(), z.number()]).nullish(),
        created_at: z.string().nullish(),
        digest: z.string().nullish(),
      }),
    )
    .nullish(),
});
const signed = z.object({ signed_url: z.url() });
const claims = z.object({ scp: z.string() });

/**
 * Lists artifacts with the runtime token. It may list those of other attempts, but hands out only those of this attempt. Spoken
 * to directly: the client library unpacks whatever it downloads, without any limit.
 */
export function runtimeArtifacts({ url, token }: RuntimeAccess): ArtifactLister {
  const call = async (method: string, body: object): Promise<unknown> => {
    const response = await fetchSteadily(
      new URL(`/twirp/github.actions.results.api.v1.ArtifactService/${method}`, url).href,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
    );
    if (response.status === 200) return readJson(response);
    const remedy = response.status === 404 ? '; the runtime token reads artifacts of this attempt only' : '';
    throw new Error(`${method} was answered with ${await refusalOf(response)}${remedy}`);
  };
  const own = backendIds(token);
  return {
    async list(name) {
      const filter = name === undefined ? {} : { name_filter: name };
      const { artifacts } = listed.parse(await call('ListArtifacts', { ...own, ...filter }));
      return (artifacts ?? []).map((artifact) => ({
        name: artifact.name,
        createdAt: Date.parse(artifact.created_at ?? '') || 0,
        size: Number(artifact.size ?? 0),
        isExpired: false,
        ...(typeof artifact.digest === 'string' && artifact.digest !== '' && { digest: artifact.digest }),
        signedUrl: async () => {
          const ids = {
            workflow_run_backend_id: artifact.workflow_run_backend_id || own.workflow_run_backend_id,
            workflow_job_run_backend_id: artifact.workflow_job_run_backend_id || own.workflow_job_run_backend_id,
          };
          return signed.parse(await call('GetSignedArtifactURL', { ...ids, name: artifact.name })).signed_url;
        },
      }));
    },
  };
}

function backendIds(token: string) {
  const [, payload = ''] = token.split('.');
  const { scp } = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  const [, run = '', job = ''] = /(?:^| )Actions\.Results:([^: ]+):([^: ]+)/.exec(scp) ?? [];
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job };
}
