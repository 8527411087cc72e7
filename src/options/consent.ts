import type { TrustDecision } from '../model/plan.ts';

/** Why something is refused in an untrusted session, and how to allow it. */
export function consent(trust: TrustDecision): string {
  return `This session is untrusted (${trust.why}); if that is wrong, say so with trust: trusted.`;
}
