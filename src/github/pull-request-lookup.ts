/** Where and how to ask GitHub for a pull request. */
export interface PullRequestLookup {
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
}

/** Long enough for a slow API, short enough not to be noticed as a hang. */
const patienceMs = 10_000;

/** Asks GitHub for a pull request; undefined when it could not be had, whatever the cause. */
export async function lookUpPullRequest({ apiUrl, repository, number, token }: PullRequestLookup): Promise<unknown> {
  try {
    const response = await fetch(`${apiUrl}/repos/${repository}/pulls/${number}`, {
      headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patienceMs),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
