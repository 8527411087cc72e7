import type { Refusal } from '../../model/attempt.ts';
import type { FinalResult } from '../../model/conversation.ts';
import { resetNamedIn } from './reset-time.ts';
import type { ConversationFacts } from './transcript.ts';

/** API errors by their type, as the CLI names them, that no other process with the same credential would be spared. */
const credentialErrors: ReadonlySet<string> = new Set([
  'api_key_auth_disabled',
  'gateway_session_expired',
  'gateway_signin_required',
  'invalid_credential_header',
  'named_profile_unusable',
  'org_disabled_credential',
]);

/** The same by the kind of error of a message instead of an answer. */
const credentialErrorKinds: ReadonlySet<string> = new Set([
  'account_on_hold',
  'authentication_failed',
  'billing_error',
  'cloud_credential_error',
  'oauth_org_not_allowed',
  'verification_required',
]);

/** Messages of the CLI besides its result. */
type Context = Pick<ConversationFacts, 'apiErrorKind' | 'apiErrorRemedy' | 'usageLimit' | 'model'>;

/** The refusal of the credential or its account; undefined when the error is another one. */
export function credentialRefusal({ apiError }: FinalResult, context: Context): Refusal | undefined {
  const { apiErrorKind, apiErrorRemedy, model } = context;
  const isRefused =
    (apiError !== null && credentialErrors.has(apiError)) ||
    (apiErrorKind !== undefined && credentialErrorKinds.has(apiErrorKind));
  if (!isRefused) return undefined;
  // The credential works; this model is not enabled for it.
  return apiErrorRemedy === 'model_access' && model !== undefined ? { model } : {};
}

/** The limit of the account that is used up; undefined when the error is another one, such as a short push-back. */
export function exhaustedLimit(result: FinalResult, context: Context, now: Date): Refusal | undefined {
  const { apiError, apiErrorStatus: status } = result;
  const { model } = context;
  if (apiError === 'model_requires_usage_credits')
    return { ...limitOf(context), ...(model !== undefined && { model }) };
  if (apiError === 'usage_limit_reached') return limitOf(context);
  const limit = apiError === null && (status === 429 || status === null) ? rejectedLimit(context) : undefined;
  if (limit !== undefined) return limit;
  return status === 429 || status === 400 ? resetNamedIn(result.text, now) : undefined;
}

/** The usage limit for which the service refuses requests, as last reported; undefined when it refuses none. */
export function rejectedLimit(context: Context): Refusal | undefined {
  const { usageLimit } = context;
  return usageLimit?.status === 'rejected' && !usageLimit.isUsingOverage ? limitOf(context) : undefined;
}

function limitOf({ usageLimit, model }: Context): Refusal {
  const { resetsAt, limitType } = usageLimit ?? {};
  return { ...(resetsAt !== undefined && { resetsAt }), ...modelOf(limitType, model) };
}

/** `seven_day_opus` is the limit of one family of models; `seven_day_overage_included` that of the model that was asked. */
function modelOf(limitType: string | undefined, model: string | undefined): Pick<Refusal, 'model'> {
  const [, family] = /^seven_day_(\w+)$/.exec(limitType ?? '') ?? [];
  if (family === 'overage_included') return model === undefined ? {} : { model };
  return family === undefined ? {} : { model: family };
}
