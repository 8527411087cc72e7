import { delimiter, isAbsolute } from 'node:path';
import type { TrustDecision } from '../model/plan.ts';
import { isInReachOf } from './containment.ts';

/** Variables of a process environment. */
type Environment = Readonly<Record<string, string | undefined>>;

/** A PATH without the directories in which those who write in the checkout can put programs. */
export function trustedPath(path: string, checkout: string): string {
  const entries = path.split(delimiter);
  return entries.filter((entry) => isAbsolute(entry) && !isInReachOf(entry, checkout)).join(delimiter);
}

/** Whether those who write in the checkout are trusted, and where it is. */
export interface CheckoutTrust {
  readonly trust: TrustDecision;
  /** Absolute. */
  readonly checkout: string;
}

/** The environment for programs of a session: what they start by name does not come from a checkout that may be hostile. */
export function sessionEnvironment({ trust, checkout }: CheckoutTrust, environment: Environment): Environment {
  if (trust.level === 'trusted') return environment;
  const paths = Object.entries(environment).filter(([name]) => /^path$/i.test(name));
  return {
    ...environment,
    ...Object.fromEntries(paths.map(([name, path]) => [name, trustedPath(path ?? '', checkout)])),
  };
}
