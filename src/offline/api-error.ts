/** An error of the Messages API, as its documentation and its answers have it. */
export interface ApiError {
  /** HTTP status, 400 to 599. */
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
  /** The limit of a subscription that is used up; the real API names it in headers. */
  readonly usageLimit?: { readonly claim: string; readonly resetsInSeconds?: number };
}

/** The refusal of a request for a subscription's used up limit, such as `five_hour`. */
export function usageLimitError(claim: string, resetsInSeconds: number | undefined): ApiError {
  return {
    status: 429,
    type: 'rate_limit_error',
    message: "This request would exceed your account's rate limit. Please try again later.",
    usageLimit: { claim, ...(resetsInSeconds !== undefined && { resetsInSeconds }) },
  };
}

/** Errors by the word that a directive may use instead of the status. */
const namedErrors: Readonly<Record<string, ApiError>> = {
  'invalid-request': { status: 400, type: 'invalid_request_error', message: 'messages: the request is not valid' },
  'prompt-too-long': {
    status: 400,
    type: 'invalid_request_error',
    message: 'prompt is too long: 215000 tokens > 200000 maximum',
  },
  credit: {
    status: 400,
    type: 'invalid_request_error',
    message:
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  },
  authentication: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' },
  billing: {
    status: 402,
    type: 'billing_error',
    message: 'There is a problem with your billing or payment information.',
  },
  permission: {
    status: 403,
    type: 'permission_error',
    message: 'Your API key does not have permission to use the specified resource.',
  },
  'not-found': { status: 404, type: 'not_found_error', message: 'The requested resource could not be found.' },
  timeout: { status: 408, type: 'timeout_error', message: 'Request timed out.' },
  conflict: { status: 409, type: 'conflict_error', message: 'The request conflicts with another one.' },
  'too-large': {
    status: 413,
    type: 'request_too_large',
    message: 'Request exceeds the maximum allowed number of bytes.',
  },
  unprocessable: { status: 422, type: 'invalid_request_error', message: 'The request could not be processed.' },
  'rate-limit': {
    status: 429,
    type: 'rate_limit_error',
    message: "This request would exceed your account's rate limit. Please try again later.",
  },
  server: { status: 500, type: 'api_error', message: 'Internal server error' },
  'bad-gateway': { status: 502, type: 'api_error', message: 'Bad gateway' },
  unavailable: { status: 503, type: 'api_error', message: 'Service unavailable' },
  'gateway-timeout': { status: 504, type: 'timeout_error', message: 'Gateway timeout' },
  overloaded: { status: 529, type: 'overloaded_error', message: 'Overloaded' },
};

/** Words that name an error in a directive. */
export const errorNames: readonly string[] = Object.keys(namedErrors);

/** The error for a name such as `overloaded` or a status such as `529`; undefined when it is neither. */
export function apiErrorFor(nameOrStatus: string): ApiError | undefined {
  if (Object.hasOwn(namedErrors, nameOrStatus)) return namedErrors[nameOrStatus];
  if (!/^[45]\d\d$/.test(nameOrStatus)) return undefined;
  const status = Number(nameOrStatus);
  const known = Object.values(namedErrors).find((error) => error.status === status);
  return known ?? { status, type: status < 500 ? 'invalid_request_error' : 'api_error', message: `Status ${status}` };
}

/** The refusal of a request that the stand-in cannot serve, in the API's own words for it. */
export function invalidRequest(message: string): ApiError {
  return { status: 400, type: 'invalid_request_error', message };
}
