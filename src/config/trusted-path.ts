import { delimiter, isAbsolute } from 'node:path';
import type { TrustDecision } from '../core/plan.ts';
import { isInReachOf } from './containment.ts';

/** Variables of a process environment. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The directories of a PATH in which those who write in the checkout put no program. */
export function trustedPath(path: string, checkout: string): string {
  const entries = path.split(delimiter);
  return entries.filter((entry) => isAbsolute(entry) && !isInReachOf(entry, checkout)).join(delimiter);
}

/** Whose checkout it is, and where. */
export interface CheckoutTrust {
  readonly trust: TrustDecision;
  /** Absolute. */
  readonly checkout: string;
}

/** The environment for programs of a session: what they start by name comes from no checkout that may be hostile. */
export function environmentFor({ trust, checkout }: CheckoutTrust, environment: Environment): Environment {
  if (trust.level === 'trusted') return environment;
  const paths = Object.entries(environment).filter(([name]) => /^path$/i.test(name));
  return {
    ...environment,
    ...Object.fromEntries(paths.map(([name, path]) => [name, trustedPath(path ?? '', checkout)])),
  };
}
