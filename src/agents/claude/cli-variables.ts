import type { OptionRecord } from '../../model/option-table.ts';

// The documented variables by which people set up the Claude CLI (2.1.330), as globs. None of them moves what it keeps, gives
// it tools or settings of others, or is one that we set ourselves.

/**
 * Content of a variable that Claude may see, as far as it must not be shown: nothing, a credential, an address in which one may
 * stand, headers in lines or in pairs, or the path of a file with credentials.
 */
export type Holds = 'nothing' | 'credential' | 'address' | 'headers' | 'pairs' | 'file';

/** Names or globs of variables that hold the same. */
export interface Variables {
  readonly holds: Holds;
  readonly names: readonly string[];
}

/** The variable that carries each credential which may be given as an option. */
export const credentialVariables: Readonly<Record<keyof OptionRecord<'credentials'>, string>> = {
  anthropicApiKey: 'ANTHROPIC_API_KEY',
  claudeCodeOauthToken: 'CLAUDE_CODE_OAUTH_TOKEN',
};

/** The variables that Claude itself authenticates with. */
export const credentialNames: readonly string[] = [...Object.values(credentialVariables), 'ANTHROPIC_AUTH_TOKEN'];

/** Credentials, gateway, certificates and telemetry. The first that fits says what a variable holds. */
export const connectionVariables: readonly Variables[] = [
  { holds: 'credential', names: [...credentialNames, 'MCP_CLIENT_SECRET', 'CLAUDE_CODE_CLIENT_KEY_PASSPHRASE'] },
  { holds: 'file', names: ['CLAUDE_CODE_CLIENT_KEY'] },
  { holds: 'headers', names: ['ANTHROPIC_CUSTOM_HEADERS'] },
  { holds: 'address', names: ['ANTHROPIC_BASE_URL', 'OTEL_*_ENDPOINT'] },
  { holds: 'pairs', names: ['OTEL_*_HEADERS'] },
  {
    holds: 'nothing',
    names: [
      ...['ANTHROPIC_BETAS', 'CLAUDE_CODE_EXTRA_BODY', 'CLAUDE_CODE_CLIENT_CERT', 'CLAUDE_CODE_CERT_STORE'],
      ...['CLAUDE_CODE_PROXY_RESOLVES_HOSTS', 'CLAUDE_CODE_API_KEY_HELPER_TTL_MS'],
      ...['MCP_OAUTH_CALLBACK_PORT', 'MCP_OAUTH_CLIENT_METADATA_URL'],
      ...['CLAUDE_CODE_ENABLE_TELEMETRY', 'CLAUDE_CODE_ENHANCED_TELEMETRY_BETA', 'ENABLE_ENHANCED_TELEMETRY_BETA'],
      ...['OTEL_*', 'CLAUDE_CODE_OTEL_*', 'DISABLE_TELEMETRY', 'DISABLE_ERROR_REPORTING', 'DO_NOT_TRACK'],
    ],
  },
];

const behaviour: readonly string[] = [
  ...['ANTHROPIC_MODEL', 'ANTHROPIC_SMALL_FAST_MODEL', 'ANTHROPIC_DEFAULT_MODEL', 'ANTHROPIC_DEFAULT_*_MODEL*'],
  ...['ANTHROPIC_CUSTOM_MODEL_OPTION*', 'CLAUDE_CODE_SUBAGENT_MODEL', 'FALLBACK_FOR_ALL_PRIMARY_MODELS'],
  ...['CLAUDE_CODE_DISABLE_LEGACY_MODEL_REMAP', 'CLAUDE_CODE_DISABLE_1M_CONTEXT', 'CLAUDE_CODE_DISABLE_FAST_MODE'],
  // Tokens, thinking, compaction, the prompt cache
  ...['MAX_THINKING_TOKENS', 'MAX_MCP_OUTPUT_TOKENS', 'MAX_STRUCTURED_OUTPUT_RETRIES', 'CLAUDE_CODE_EFFORT_LEVEL'],
  ...['CLAUDE_CODE_MAX_OUTPUT_TOKENS', 'CLAUDE_CODE_MAX_CONTEXT_TOKENS', 'CLAUDE_CODE_FILE_READ_MAX_OUTPUT_TOKENS'],
  ...['CLAUDE_CODE_DISABLE_THINKING', 'CLAUDE_CODE_DISABLE_ADAPTIVE_THINKING', 'DISABLE_INTERLEAVED_THINKING'],
  ...['CLAUDE_CODE_AUTO_COMPACT_WINDOW', 'CLAUDE_AUTOCOMPACT_PCT_OVERRIDE', 'DISABLE_COMPACT', 'DISABLE_AUTO_COMPACT'],
  ...['DISABLE_PROMPT_CACHING*', 'ENABLE_PROMPT_CACHING_1H*', 'FORCE_PROMPT_CACHING_5M'],
  ...['CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS', 'CLAUDE_CODE_ATTRIBUTION_HEADER', 'DISABLE_COST_WARNINGS'],
  // Time limits of requests
  ...['API_TIMEOUT_MS', 'API_FORCE_IDLE_TIMEOUT', 'CLAUDE_STREAM_IDLE_TIMEOUT_MS', 'CLAUDE_ENABLE_STREAM_WATCHDOG'],
  ...[
    'CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS',
    'CLAUDE_ENABLE_BYTE_WATCHDOG*',
    'CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK',
  ],
  // MCP servers
  ...['MCP_TIMEOUT', 'MCP_TOOL_TIMEOUT', 'MCP_CONNECT_TIMEOUT_MS', 'MCP_CONNECTION_NONBLOCKING'],
  ...[
    'MCP_SERVER_CONNECTION_BATCH_SIZE',
    'MCP_REMOTE_SERVER_CONNECTION_BATCH_SIZE',
    'CLAUDE_CODE_MCP_TOOL_IDLE_TIMEOUT',
  ],
  ...['ENABLE_TOOL_SEARCH', 'ENABLE_MCP_LARGE_OUTPUT_FILES', 'ENABLE_CLAUDEAI_MCP_SERVERS'],
  // Tools, sub-agents, hooks
  ...['BASH_DEFAULT_TIMEOUT_MS', 'BASH_MAX_TIMEOUT_MS', 'BASH_MAX_OUTPUT_LENGTH', 'TASK_MAX_OUTPUT_LENGTH'],
  ...['CLAUDE_BASH_MAINTAIN_PROJECT_WORKING_DIR', 'CLAUDE_CODE_GIT_BASH_PATH', 'CLAUDE_CODE_USE_POWERSHELL_TOOL'],
  ...[
    'CLAUDE_CODE_GLOB_HIDDEN',
    'CLAUDE_CODE_GLOB_NO_IGNORE',
    'CLAUDE_CODE_GLOB_TIMEOUT_SECONDS',
    'USE_BUILTIN_RIPGREP',
  ],
  ...['CLAUDE_CODE_MAX_TOOL_USE_CONCURRENCY', 'CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS', 'SLASH_COMMAND_TOOL_CHAR_BUDGET'],
  ...['CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH', 'CLAUDE_CODE_MAX_WEB_SEARCHES_PER_SESSION'],
  ...['CLAUDE_CODE_STOP_HOOK_BLOCK_CAP', 'CLAUDE_CODE_SESSIONEND_HOOKS_TIMEOUT_MS'],
  // Less of what is there by default
  ...['CLAUDE_CODE_DISABLE_AUTO_MEMORY', 'CLAUDE_CODE_DISABLE_CLAUDE_MDS', 'CLAUDE_CODE_DISABLE_GIT_INSTRUCTIONS'],
  ...['CLAUDE_CODE_DISABLE_BUNDLED_SKILLS', 'CLAUDE_CODE_DISABLE_WORKFLOWS', 'CLAUDE_CODE_DISABLE_CRON'],
  ...['CLAUDE_CODE_DISABLE_WEB_FETCH', 'CLAUDE_CODE_SUBPROCESS_ENV_SCRUB', 'IS_SANDBOX'],
];

/** Models, limits and behaviour. */
export const behaviourVariables: readonly Variables[] = [{ holds: 'nothing', names: behaviour }];

const awsVariables: readonly Variables[] = [
  { holds: 'credential', names: ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_BEARER_TOKEN_BEDROCK'] },
  { holds: 'credential', names: ['AWS_CONTAINER_AUTHORIZATION_TOKEN'] },
  { holds: 'file', names: ['AWS_*_TOKEN_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'] },
  { holds: 'address', names: ['AWS_*_URI', 'AWS_ENDPOINT_URL*'] },
  { holds: 'nothing', names: ['AWS_*'] },
];

const googleVariables: readonly Variables[] = [
  { holds: 'file', names: ['GOOGLE_APPLICATION_CREDENTIALS', 'CLOUDSDK_*_FILE', 'CLOUDSDK_*_OVERRIDE'] },
  { holds: 'nothing', names: ['CLOUD_ML_REGION', 'GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'CLOUDSDK_*'] },
];

/** Variables of a provider, passed only when its switch is on. */
export const providers: readonly { readonly chosenBy: string; readonly variables: readonly Variables[] }[] = [
  {
    chosenBy: 'CLAUDE_CODE_USE_BEDROCK',
    variables: [
      { holds: 'address', names: ['ANTHROPIC_BEDROCK_*'] },
      { holds: 'nothing', names: ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_SKIP_BEDROCK_AUTH'] },
      { holds: 'nothing', names: ['ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION'] },
      ...awsVariables,
    ],
  },
  {
    chosenBy: 'CLAUDE_CODE_USE_MANTLE',
    variables: [
      { holds: 'address', names: ['ANTHROPIC_BEDROCK_*'] },
      { holds: 'nothing', names: ['CLAUDE_CODE_USE_MANTLE', 'CLAUDE_CODE_SKIP_MANTLE_AUTH'] },
      ...awsVariables,
    ],
  },
  {
    chosenBy: 'CLAUDE_CODE_USE_ANTHROPIC_AWS',
    variables: [
      { holds: 'credential', names: ['ANTHROPIC_AWS_API_KEY'] },
      { holds: 'address', names: ['ANTHROPIC_AWS_*'] },
      { holds: 'nothing', names: ['CLAUDE_CODE_USE_ANTHROPIC_AWS', 'CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH'] },
      ...awsVariables,
    ],
  },
  {
    chosenBy: 'CLAUDE_CODE_USE_VERTEX',
    variables: [
      { holds: 'address', names: ['ANTHROPIC_VERTEX_*'] },
      { holds: 'nothing', names: ['CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_SKIP_VERTEX_AUTH', 'VERTEX_REGION_*'] },
      ...googleVariables,
    ],
  },
  {
    chosenBy: 'CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD',
    variables: [
      { holds: 'address', names: ['ANTHROPIC_GOOGLE_CLOUD_*'] },
      { holds: 'nothing', names: ['CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD'] },
      { holds: 'nothing', names: ['CLAUDE_CODE_SKIP_ANTHROPIC_GOOGLE_CLOUD_AUTH'] },
      ...googleVariables,
    ],
  },
  {
    chosenBy: 'CLAUDE_CODE_USE_FOUNDRY',
    variables: [
      {
        holds: 'credential',
        names: ['ANTHROPIC_FOUNDRY_API_KEY', 'ANTHROPIC_FOUNDRY_AUTH_TOKEN', 'AZURE_CLIENT_SECRET'],
      },
      { holds: 'file', names: ['AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'] },
      { holds: 'address', names: ['ANTHROPIC_FOUNDRY_*'] },
      { holds: 'nothing', names: ['CLAUDE_CODE_USE_FOUNDRY', 'CLAUDE_CODE_SKIP_FOUNDRY_AUTH'] },
      { holds: 'nothing', names: ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID'] },
    ],
  },
  {
    chosenBy: 'ANTHROPIC_FEDERATION_RULE_ID',
    variables: [
      { holds: 'credential', names: ['ANTHROPIC_IDENTITY_TOKEN'] },
      { holds: 'file', names: ['ANTHROPIC_IDENTITY_TOKEN_FILE'] },
      { holds: 'nothing', names: ['ANTHROPIC_FEDERATION_RULE_ID', 'ANTHROPIC_ORGANIZATION_ID', 'ANTHROPIC_SCOPE'] },
      { holds: 'nothing', names: ['ANTHROPIC_SERVICE_ACCOUNT_ID', 'ANTHROPIC_WORKSPACE_ID'] },
    ],
  },
];

/** Variables that look like settings of the CLI, or of the certificates that it and its tools trust. */
export const settingLike: readonly string[] = [
  ...['CLAUDE_*', 'ANTHROPIC_*', 'MCP_*', 'BASH_DEFAULT_*', 'BASH_MAX_*', 'MAX_*_TOKENS', 'DISABLE_*', 'ENABLE_TOOL_*'],
  ...['ENABLE_PROMPT_*', 'API_TIMEOUT_MS', 'NODE_OPTIONS', 'NODE_USE_SYSTEM_CA', 'NODE_TLS_REJECT_UNAUTHORIZED'],
  ...['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO', 'AWS_CA_BUNDLE'],
];

/** Variables that the CLI sets for its own tools: they are in our environment when Claude started us. */
export const setByTheCli: readonly string[] = [
  ...['CLAUDE_CODE_SESSION_ID', 'CLAUDE_CODE_CHILD_SESSION', 'CLAUDE_CODE_MESSAGING_*', 'CLAUDE_CODE_ENTRYPOINT'],
  ...['CLAUDE_CODE_EXECPATH', 'CLAUDE_CODE_SSE_PORT', 'CLAUDE_PID', 'CLAUDE_PROJECT_DIR', 'CLAUDE_PLUGIN_ROOT'],
  ...['CLAUDE_CODE_TOOL_USE_ID', 'CLAUDE_ENV_FILE', 'CLAUDE_ENSEMBLE_*'],
];
