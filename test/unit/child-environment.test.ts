import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { childEnvironment, hasCredentials, withheldNotice } from '../../src/agents/claude/environment.ts';
import { isWithheldVariable } from '../../src/options/withheld-variables.ts';

const temporaryDirectory = '/tmp/t';
const configDirectory = '/tmp/c';
const build = (environment: Record<string, string>, options: Partial<Parameters<typeof childEnvironment>[0]> = {}) =>
  childEnvironment({ environment, credentials: {}, passEnv: [], temporaryDirectory, configDirectory, ...options });

/** What we set ourselves, whatever our own environment holds. */
const ours = {
  CLAUDE_CONFIG_DIR: configDirectory,
  CLAUDE_CODE_TMPDIR: temporaryDirectory,
  CLAUDE_CODE_MAX_RETRIES: '2',
  CLAUDE_CODE_DISABLE_FILE_MENTIONS: '1',
  CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
};

describe("T2: Claude's environment", () => {
  const allowed = Object.fromEntries(
    [
      ...[
        'PATH',
        'HOME',
        'USER',
        'LOGNAME',
        'SHELL',
        'TERM',
        'LANG',
        'LC_ALL',
        'LC_CTYPE',
        'TZ',
        'TMPDIR',
        'TMP',
        'TEMP',
      ],
      ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'],
      ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'CI', 'GITHUB_ACTIONS', 'RUNNER_TRACKING_ID'],
      ...[
        'ANTHROPIC_API_KEY',
        'ANTHROPIC_BASE_URL',
        'ANTHROPIC_CUSTOM_HEADERS',
        'ANTHROPIC_MODEL',
        'OTEL_EXPORTER_OTLP_ENDPOINT',
      ],
    ].map((name) => [name, `value of ${name}`]),
  );
  const forbidden = Object.fromEntries(
    [
      ...[
        'ACTIONS_RUNTIME_TOKEN',
        'ACTIONS_RESULTS_URL',
        'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
        'INPUT_PROMPT',
        'INPUT_ANTHROPIC-API-KEY',
      ],
      ...[
        'GITHUB_TOKEN',
        'GH_TOKEN',
        'GITHUB_OUTPUT',
        'GITHUB_ENV',
        'GITHUB_PATH',
        'GITHUB_STATE',
        'GITHUB_STEP_SUMMARY',
      ],
      ...[
        'NPM_TOKEN',
        'AWS_SECRET_ACCESS_KEY',
        'DATABASE_URL',
        'LD_PRELOAD',
        'NODE_OPTIONS',
        'CLAUDE_CONFIG_DIR',
        'GITHUB_WORKSPACE',
      ],
    ].map((name) => [name, 'secret']),
  );

  it.skipIf(process.platform === 'win32')('is exactly the allowlist and what we set', () => {
    expect(build({ ...allowed, ...forbidden })).toEqual({ ...allowed, ...ours });
  });

  it('has the documented settings of the CLI, offline as far as they lead nowhere', () => {
    const behaviour = Object.fromEntries(
      [
        ...['MCP_TIMEOUT', 'MCP_TOOL_TIMEOUT', 'MAX_MCP_OUTPUT_TOKENS', 'MAX_THINKING_TOKENS', 'ENABLE_TOOL_SEARCH'],
        ...['CLAUDE_CODE_MAX_OUTPUT_TOKENS', 'BASH_DEFAULT_TIMEOUT_MS', 'BASH_MAX_TIMEOUT_MS', 'IS_SANDBOX'],
        ...['DISABLE_PROMPT_CACHING', 'DISABLE_PROMPT_CACHING_HAIKU', 'CLAUDE_CODE_EFFORT_LEVEL', 'API_TIMEOUT_MS'],
        ...['CLAUDE_CODE_SUBAGENT_MODEL', 'BASH_MAX_OUTPUT_LENGTH'],
      ].map((name) => [name, '60000']),
    );
    const connection = Object.fromEntries(
      [
        ...['CLAUDE_CODE_CLIENT_CERT', 'CLAUDE_CODE_CLIENT_KEY', 'CLAUDE_CODE_CLIENT_KEY_PASSPHRASE'],
        ...['CLAUDE_CODE_CERT_STORE', 'MCP_CLIENT_SECRET', 'ANTHROPIC_DEFAULT_OPUS_MODEL_NAME'],
      ].map((name) => [name, 'x']),
    );
    expect(build({ ...behaviour, ...connection })).toEqual({ ...behaviour, ...connection, ...ours });
    const offline = build({ ...behaviour, ...connection }, { offlineUrl: 'http://127.0.0.1:1' });
    expect(offline).toMatchObject(behaviour);
    for (const name of Object.keys(connection)) expect(offline).not.toHaveProperty(name);
  });

  it('has no setting that would move what the CLI keeps or give it tools of others, and each is named', () => {
    const environment = {
      CLAUDE_CODE_FORCE_SESSION_PERSISTENCE: '1',
      CLAUDE_CODE_PLUGIN_DIRS: '/x',
      CLAUDE_CODE_SHELL_PREFIX: 'wrap',
      CLAUDE_CODE_MAX_RETRIES: '10',
      NODE_OPTIONS: '--use-system-ca',
      REQUESTS_CA_BUNDLE: '/ca.pem',
      MCP_TIMEOUT: '60000',
      DISABLE_AUTOUPDATER: 'true',
      CLAUDE_CODE_SESSION_ID: 'set by a Claude that started us',
      PATH: '/bin',
      DATABASE_URL: 'x',
    };
    expect(build(environment)).toEqual({ PATH: '/bin', MCP_TIMEOUT: '60000', ...ours });
    const options = { environment, credentials: {}, passEnv: ['REQUESTS_*'], temporaryDirectory, configDirectory };
    expect(withheldNotice(options)).toBe(
      'These variables are withheld from Claude, though they look meant for it: CLAUDE_CODE_FORCE_SESSION_PERSISTENCE, ' +
        'CLAUDE_CODE_PLUGIN_DIRS, CLAUDE_CODE_SHELL_PREFIX, NODE_OPTIONS. pass-env hands on what it names. ' +
        'Set by us for every process, whatever the environment says: CLAUDE_CODE_MAX_RETRIES.',
    );
    expect(withheldNotice({ ...options, environment: { PATH: '/bin', ANTHROPIC_API_KEY: 'k' } })).toBeUndefined();
  });

  it('has what pass-env names, by name or by glob', () => {
    expect(build({ ...forbidden, MY_A: '1', MY_B: '2' }, { passEnv: ['GH_TOKEN', 'MY_*'] })).toEqual({
      ...ours,
      GH_TOKEN: 'secret',
      MY_A: '1',
      MY_B: '2',
    });
  });

  it('is found by globs as a shell would find it, in no time, however many wildcards there are', () => {
    const names = ['A', 'AB', 'ABC', 'XABC', 'ABCABC', 'A_C', 'a'];
    const found = (glob: string) => {
      const passed = build(Object.fromEntries(names.map((name) => [name, '1'])), { passEnv: [glob] });
      return Object.keys(passed).filter((name) => names.includes(name));
    };
    expect(found('A')).toEqual(['A']);
    expect(found('A?')).toEqual(['AB']);
    expect(found('A*')).toEqual(['A', 'AB', 'ABC', 'ABCABC', 'A_C']);
    expect(found('*ABC')).toEqual(['ABC', 'XABC', 'ABCABC']);
    expect(found('A*C')).toEqual(['ABC', 'ABCABC', 'A_C']);
    expect(found('*AB*C*')).toEqual(['ABC', 'XABC', 'ABCABC']);
    expect(found('A?C')).toEqual(['ABC', 'A_C']);
    expect(found('?**')).toEqual(names);
    // Matched in steps that grow with the product of both lengths, not in all ways of cutting the name: else it never ends.
    build({ [`${'A'.repeat(5000)}`]: '1' }, { passEnv: [`${'*A'.repeat(200)}*B`] });
  });

  it("never has the runner's own variables, whatever a glob says; naming one is refused", () => {
    const passed = build(forbidden, { passEnv: ['*'] });
    for (const name of ['ACTIONS_RUNTIME_TOKEN', 'INPUT_PROMPT', 'GITHUB_TOKEN', 'GITHUB_ENV', 'GITHUB_ARTIFACTS'])
      expect(passed).not.toHaveProperty(name);
    expect(isWithheldVariable('github_token')).toBe(true);
    expect(isWithheldVariable('GH_TOKEN')).toBe(false);
  });

  it("has a provider's variables only when that provider is chosen", () => {
    const aws = { AWS_REGION: 'r', AWS_ACCESS_KEY_ID: 'k' };
    expect(build(aws)).toEqual(ours);
    expect(build({ ...aws, CLAUDE_CODE_USE_BEDROCK: '1' })).toMatchObject(aws);
    expect(hasCredentials({ CLAUDE_CODE_USE_BEDROCK: '1' }, {})).toBe(true);
    expect(hasCredentials({ CLAUDE_CODE_USE_BEDROCK: '0' }, {})).toBe(false);
  });

  it('has the credential that was given as an option in place of the other one', () => {
    expect(build({ ANTHROPIC_API_KEY: 'old' }, { credentials: { anthropicApiKey: 'new' } }).ANTHROPIC_API_KEY).toBe(
      'new',
    );
    expect(build({ ANTHROPIC_API_KEY: 'old' }, { credentials: { claudeCodeOauthToken: 'token' } })).toEqual({
      ...ours,
      CLAUDE_CODE_OAUTH_TOKEN: 'token',
    });
  });

  it("has the user's own configuration directory where their login is used", () => {
    const own = {
      environment: { CLAUDE_CONFIG_DIR: '/home/me/.claude' },
      credentials: {},
      passEnv: [],
      temporaryDirectory,
    };
    expect(childEnvironment(own).CLAUDE_CONFIG_DIR).toBe('/home/me/.claude');
  });

  it('offline has no real credential, no proxy, provider or gateway in it', () => {
    const environment = {
      ANTHROPIC_API_KEY: 'real',
      CLAUDE_CODE_OAUTH_TOKEN: 'real',
      CLAUDE_CODE_USE_BEDROCK: '1',
      AWS_REGION: 'r',
      HTTP_PROXY: 'http://proxy',
      https_proxy: 'http://proxy',
    };
    expect(
      build(environment, { offlineUrl: 'http://127.0.0.1:1/x', passEnv: ['ANTHROPIC_*', 'CLAUDE_CODE_*'] }),
    ).toEqual({
      ...ours,
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:1/x',
      ANTHROPIC_API_KEY: 'offline',
    });
  });
});
