import { type ExecutableSearch, findExecutable } from '../agents/claude/executable.ts';
import type { Settings } from '../options/settings.ts';
import { sessionEnvironment } from '../options/trusted-path.ts';

/** Inputs of the search for a session's executable. */
export interface SearchInput {
  readonly settings: Pick<Settings, 'claude' | 'policy' | 'checkout'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly project?: string;
}

/** Abort signal of a search, and a callback for when it has started a program. */
interface SearchControl {
  readonly stop?: AbortSignal;
  readonly onStart?: () => void;
}

/** Searches for the executable that is run as Claude; in an untrusted session not in the checkout. */
export function searchFor(
  { settings, environment, project }: SearchInput,
  control: SearchControl = {},
): Promise<ExecutableSearch> {
  const { trust } = settings.policy;
  return findExecutable({
    choice: settings.claude,
    environment: sessionEnvironment({ trust, checkout: settings.checkout }, environment),
    ...(trust.level === 'untrusted' && { distrusted: settings.checkout }),
    ...(project !== undefined && { project }),
    ...control,
  });
}

/** A search that was started before its session. */
export interface StartedSearch {
  /** Resolves when a program is being asked for its version, or there is none to be asked. */
  readonly isUnderWay: Promise<unknown>;
  /** Its result; `stop` ends it early. */
  readonly result: (stop: AbortSignal) => Promise<ExecutableSearch>;
}

/** Starts a search ahead of its session. */
export function startSearch(input: SearchInput): StartedSearch {
  const ending = new AbortController();
  const started = Promise.withResolvers<void>();
  const search = searchFor(input, { stop: ending.signal, onStart: started.resolve });
  return {
    isUnderWay: Promise.race([started.promise, search]),
    result: (stop) => {
      const end = (): void => ending.abort(stop.reason);
      stop.addEventListener('abort', end);
      if (stop.aborted) end();
      return search;
    },
  };
}
