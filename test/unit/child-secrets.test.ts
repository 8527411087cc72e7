import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { childSecrets } from '../../src/agents/claude/child-secrets.ts';
import { childEnvironment } from '../../src/agents/claude/environment.ts';
import type { ClaudeOptions } from '../../src/model/plan.ts';
import { createRedactor } from '../../src/redaction/redaction.ts';
import { processSpec } from '../rig/results.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

type Variables = Readonly<Record<string, string>>;

/** What a session redacts that hands these variables and options to Claude. */
async function redactedIn(text: string, environment: Variables, claude: Partial<ClaudeOptions> = {}): Promise<string> {
  const plain = processSpec('a');
  const spec = { ...plain, claude: { ...plain.claude, ...claude } };
  const secrets = await childSecrets({ environment, passEnv: ['EXTRA_*'] }, [spec]);
  return createRedactor({ values: secrets.map(({ value }) => value), environment }).text(text);
}

const basic = Buffer.from('user:p%ss-w0rd/of+basic').toString('base64');

describe('T4: a credential that Claude is given is redacted', () => {
  test.each([
    ['OTEL_EXPORTER_OTLP_HEADERS', 'api-key=otel-k3y-0001,team=blue', ['otel-k3y-0001']],
    ['OTEL_EXPORTER_OTLP_TRACES_HEADERS', 'Authorization=Bearer%20otel-k3y-0002', ['otel-k3y-0002']],
    ['OTEL_EXPORTER_OTLP_METRICS_HEADERS', 'authorization=Bearer otel-k3y-0003', ['otel-k3y-0003']],
    ['OTEL_EXPORTER_OTLP_LOGS_HEADERS', `authorization=Basic ${basic}`, [basic, 'p%ss-w0rd/of+basic']],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://u:otel-k3y-0004@host', ['otel-k3y-0004']],
    ['HTTPS_PROXY', 'http://user:pr%2Fxy-p%40ss@proxy:8080', ['pr%2Fxy-p%40ss', 'pr/xy-p@ss']],
    ['https_proxy', 'user:proxy-pass-2@proxy:8080', ['proxy-pass-2']],
    ['ALL_PROXY', 'socks5://user:pa:ss@word-3@proxy', ['pa:ss@word-3']],
    ['ANTHROPIC_CUSTOM_HEADERS', 'X-Team: review-42\nX-Any: any-0001-value', ['review-42', 'any-0001-value']],
    ['ANTHROPIC_CUSTOM_HEADERS', `Proxy-Authorization: Basic ${basic}`, [basic, 'p%ss-w0rd/of+basic']],
    ['ANTHROPIC_BASE_URL', 'https://gateway-tok3n@host/v1?api_key=query-k3y-1', ['gateway-tok3n', 'query-k3y-1']],
    ['ANTHROPIC_API_KEY', 'password', ['password']],
    ['EXTRA_DATABASE', 'postgres://u:db-passw0rd@host/x', ['db-passw0rd']],
    ['EXTRA_PASSPHRASE', 'a-passphrase-1', ['a-passphrase-1']],
  ])('%s=%s', async (name, value, secrets) => {
    for (const secret of secrets) expect(await redactedIn(`<${secret}>`, { [name]: value })).toBe('<***>');
  });

  test.each([
    [{ CLAUDE_CODE_USE_BEDROCK: '1' }, ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_BEARER_TOKEN_BEDROCK']],
    [{ CLAUDE_CODE_USE_FOUNDRY: '1' }, ['ANTHROPIC_FOUNDRY_API_KEY', 'AZURE_CLIENT_SECRET']],
  ])('of the provider of %j', async (provider, names) => {
    for (const name of names)
      expect(await redactedIn('<a-secret-0001>', { ...provider, [name]: 'a-secret-0001' })).toBe('<***>');
  });

  test('and so is what a file holds that a variable names', async () => {
    await using directory = await temporaryDirectory();
    const [token, account, profile] = ['token', 'account.json', 'profile'].map((name) => directory.join(name));
    await writeFile(token ?? '', 'web-identity-0001\n');
    await writeFile(
      account ?? '',
      JSON.stringify({ type: 'authorized_user', client_secret: 'client-0001-x', refresh_token: 'refresh-0001' }),
    );
    await writeFile(profile ?? '', '[default]\naws_secret_access_key = profile-0001\nregion = eu-central-1\n');
    const environment = {
      ...{ CLAUDE_CODE_USE_BEDROCK: '1', CLAUDE_CODE_USE_VERTEX: '1', AWS_WEB_IDENTITY_TOKEN_FILE: token ?? '' },
      ...{ GOOGLE_APPLICATION_CREDENTIALS: account ?? '', AWS_SHARED_CREDENTIALS_FILE: profile ?? '' },
    };
    expect(
      await redactedIn('web-identity-0001 client-0001-x refresh-0001 profile-0001 eu-central-1', environment),
    ).toBe('*** *** *** *** eu-central-1');
    expect(await redactedIn(`in ${token}`, environment)).toBe(`in ${token}`);
  });

  const servers = {
    mcpServers: {
      remote: {
        type: 'http',
        url: 'https://u:url-passw0rd@h/mcp?token=query-0001',
        headers: { Authorization: 'Bearer bearer-0001', 'X-Org': 'org-0000001' },
      },
      local: {
        command: 'npx',
        args: [
          'mcp-remote',
          '--api-key',
          'argument-0001',
          '--token=argument-0002',
          '--header',
          'Authorization: Bearer \u0024{EXTRA_VALUE}',
        ],
        env: {
          SERVICE_TOKEN: 'service-0001',
          OPAQUE: '9f86d081884c7d659a2feaa0c55ad015',
          MODE: 'production',
          ROOT: '/usr/local/lib/node_modules/1a2b3c',
        },
      },
    },
  };
  const known = [
    'url-passw0rd',
    'query-0001',
    'bearer-0001',
    'org-0000001',
    'argument-0001',
    'argument-0002',
    'expanded-0001',
    'service-0001',
    '9f86d081884c7d659a2feaa0c55ad015',
  ];

  test('in mcp-config, as text and as a file, and nothing else of it', async () => {
    await using directory = await temporaryDirectory();
    await writeFile(directory.join('mcp.json'), `\uFEFF${JSON.stringify(servers)}`);
    for (const mcpConfig of [JSON.stringify(servers), directory.join('mcp.json')]) {
      const environment = { EXTRA_VALUE: 'expanded-0001' };
      const text = `${known.join(' ')} mcp-remote production /usr/local/lib/node_modules/1a2b3c`;
      expect(await redactedIn(text, environment, { mcpConfig })).toBe(
        `${known.map(() => '***').join(' ')} mcp-remote production /usr/local/lib/node_modules/1a2b3c`,
      );
    }
  });

  test('in settings', async () => {
    const settings = JSON.stringify({
      env: { MY_API_KEY: 'settings-0001', DEBUG: '1' },
      apiKeyHelper: 'print-the-key.sh',
      permissions: { deny: ['Read(/etc/**)'] },
    });
    expect(await redactedIn('settings-0001 print-the-key.sh Read(/etc/**)', {}, { settings })).toBe(
      '*** print-the-key.sh Read(/etc/**)',
    );
  });

  test('but no word that means something everywhere', async () => {
    const headers = 'X-Environment: production\nX-Service: database';
    expect(
      await redactedIn('the production database', {
        ANTHROPIC_CUSTOM_HEADERS: headers,
        HTTP_PROXY: 'http://u:password@p',
      }),
    ).toBe('the production database');
  });
});

test('what a variable that Claude is given holds is said in the table that passes it', async () => {
  // Every variable whose name suggests a secret, or the path of one, among all that the tables can pass.
  const environment = Object.fromEntries(
    [
      'HTTP_PROXY',
      'HTTPS_PROXY',
      'ALL_PROXY',
      'http_proxy',
      'https_proxy',
      'all_proxy',
      'ANTHROPIC_BASE_URL',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'ANTHROPIC_BEDROCK_BASE_URL',
      'ANTHROPIC_VERTEX_BASE_URL',
      'ANTHROPIC_FOUNDRY_BASE_URL',
    ].map((name, index) => [name, `https://u:planted-${index}-x@host`]),
  );
  const providers = { CLAUDE_CODE_USE_BEDROCK: '1', CLAUDE_CODE_USE_VERTEX: '1', CLAUDE_CODE_USE_FOUNDRY: '1' };
  const child = childEnvironment({
    environment: { ...environment, ...providers },
    credentials: {},
    passEnv: [],
    temporaryDirectory: '/tmp',
  });
  const shown = await redactedIn(JSON.stringify(child), { ...environment, ...providers });
  expect(Object.keys(environment).filter((name) => !(name in child))).toEqual([]);
  expect(shown).not.toMatch(/planted/u);
});
