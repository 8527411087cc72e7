import { expect, test } from 'vitest';
import { startArtifactService } from '../rig/artifact-service.ts';
import { type ControlledChild, type Rig, startRig } from '../rig/controlled-child.ts';
import { annotationsOf } from '../rig/evidence.ts';
import { startJob } from '../rig/runner.ts';
import type { StepResult } from '../rig/runner-step.ts';

/** Every variable that promises.md (T2) lets through on this system, each under a value of its own. */
const allowed = {
  // Node looks there for a place for temporary files.
  ...{ TMPDIR: '/tmp', TMP: '/tmp', TEMP: '/tmp' },
  ...valuesOf([
    ...['USER', 'LOGNAME', 'SHELL', 'TERM', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ'],
    ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'],
    ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'ANTHROPIC_CUSTOM_HEADERS'],
    ...['ANTHROPIC_MODEL', 'ANTHROPIC_DEFAULT_OPUS_MODEL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS'],
  ]),
};

/** What a job may hold beside: the runner's, other people's secrets, and what would run code in every program. */
const withheld = valuesOf([
  ...[
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'ACTIONS_CACHE_URL',
    'ACTIONS_ORCHESTRATION_ID',
  ],
  ...['GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_API_URL', 'STATE_delivery', 'RUNNER_DEBUG_LOG'],
  ...['NPM_TOKEN', 'NODE_AUTH_TOKEN', 'DB_PASSWORD', 'DATABASE_URL', 'SSH_AUTH_SOCK', 'DOCKER_AUTH_CONFIG'],
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'GOOGLE_APPLICATION_CREDENTIALS', 'AZURE_CLIENT_SECRET'],
  ...['LD_LIBRARY_PATH', 'BASH_ENV', 'PYTHONPATH', 'GIT_CONFIG_COUNT', 'GIT_SSH_COMMAND', 'CLAUDE_CONFIG_DIR'],
  ...['CLAUDE_CODE_EXTRA', 'XDG_CONFIG_HOME', 'path', 'Home', 'LCD', 'HTTP_PROXY_2', 'CI_SECRET'],
]);

/** What we add ourselves: how the CLI is to behave, where its files are, and how its survivors are found. */
const ours = [
  ...['CLAUDE_CODE_TMPDIR', 'CLAUDE_CODE_MAX_RETRIES', 'CLAUDE_CODE_DISABLE_FILE_MENTIONS', 'CLAUDE_CONFIG_DIR'],
  ...['CLAUDE_CODE_DISABLE_BACKGROUND_TASKS', 'CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC', 'DISABLE_AUTOUPDATER'],
  'CLAUDE_ENSEMBLE_MARKER',
];

function valuesOf(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, `value-of-${name}`]));
}

/** Lets the next child of a step answer, and gives it back. */
async function answered(rig: Rig, step: Promise<StepResult>): Promise<ControlledChild> {
  const child = await childOf(rig, step);
  await child.stdin();
  await child.print('done\n');
  await child.exit(0);
  return child;
}

/** The next child; when the step ends without one, what it said. */
function childOf(rig: Rig, step: Promise<StepResult>): Promise<ControlledChild> {
  return Promise.race([rig.nextChild(), step.then(({ printed }) => Promise.reject(new Error(printed)))]);
}

/** PWD is the doing of the shell that starts the rig's program. */
function namesIn(child: ControlledChild): string[] {
  return Object.keys(child.env)
    .filter((name) => name !== 'PWD')
    .toSorted();
}

test("T2: Claude's environment is exactly the allowlist, with the values as they were", async () => {
  await using rig = await startRig();
  await using service = await startArtifactService();
  await using job = await startJob({ env: { ...service.env, ...allowed, ...withheld } });
  const step = job.run({ with: { prompt: 'x', 'claude-path': rig.executable, 'upload-logs': 'never' } });
  const child = await answered(rig, step);
  const fromTheJob = [...Object.keys(allowed), 'PATH', 'HOME', 'CI', 'GITHUB_ACTIONS', 'RUNNER_TRACKING_ID'];
  expect(namesIn(child)).toEqual([...fromTheJob, ...ours].toSorted());
  expect(child.env).toMatchObject(allowed);
  // Nor does a value get through under another name.
  const values = Object.values(child.env).join('\n');
  for (const value of [...Object.values(withheld), service.env.ACTIONS_RUNTIME_TOKEN, 'ghs_0123456789'])
    expect(values).not.toContain(value);
  await step;
});

test('T2: a credential given as an option replaces those of the environment', async () => {
  await using rig = await startRig();
  await using job = await startJob({
    env: { ANTHROPIC_API_KEY: 'sk-ant-of-the-job-01', ANTHROPIC_AUTH_TOKEN: 'other-token' },
  });
  const step = job.run({
    with: {
      prompt: 'x',
      'claude-path': rig.executable,
      'claude-code-oauth-token': 'oauth-of-the-step',
      'upload-logs': 'never',
    },
  });
  const { env } = await answered(rig, step);
  expect(env).toMatchObject({ CLAUDE_CODE_OAUTH_TOKEN: 'oauth-of-the-step' });
  expect(Object.keys(env).filter((name) => name.startsWith('ANTHROPIC'))).toEqual([]);
  await step;
});

test('T2: pass-env adds what it names, but no glob reaches the variables of the runner', async () => {
  await using rig = await startRig();
  await using service = await startArtifactService();
  await using job = await startJob({ env: { ...service.env, ...allowed, ...withheld } });
  const inputs = { prompt: 'x', 'claude-path': rig.executable, 'upload-logs': 'never', 'pass-env': '*\nGH_TOKEN' };
  const step = job.run({ with: inputs });
  const child = await answered(rig, step);
  expect(child.env).toMatchObject({ GH_TOKEN: 'value-of-GH_TOKEN', NPM_TOKEN: 'value-of-NPM_TOKEN' });
  const runners = /^(?:ACTIONS_|INPUT_|STATE_|GITHUB_(?:TOKEN|OUTPUT|ENV|PATH|STATE|STEP_SUMMARY|ARTIFACTS))/;
  expect(Object.keys(child.env).filter((name) => runners.test(name))).toEqual([]);
  const values = Object.values(child.env).join('\n');
  expect(values).not.toContain(service.env.ACTIONS_RUNTIME_TOKEN);
  expect(values).not.toContain('_runner_file_commands');
  await step;
});

test.each([
  'ACTIONS_RUNTIME_TOKEN',
  'GITHUB_TOKEN',
  'github_token',
  'INPUT_ANTHROPIC-API-KEY',
  'GITHUB_OUTPUT',
  'STATE_delivery',
])('T2: to name %s in pass-env is an error', async (name) => {
  await using job = await startJob();
  const step = await job.run({ with: { prompt: 'x', offline: 'true', 'pass-env': `MY_VARIABLE\n${name}` } });
  expect(step.outputs).toMatchObject({ conclusion: 'failure', 'session-id': '' });
  expect(annotationsOf(step, 'error')).toEqual([expect.stringContaining(`pass-env: "${name}"`)]);
});

test('T2: what is asked for its version before a session sees no credential either', async () => {
  await using rig = await startRig({ version: 'controlled' });
  await using job = await startJob({ env: { ...allowed, ...withheld } });
  const step = job.run({ with: { prompt: 'x', 'claude-path': rig.executable, 'upload-logs': 'never' } });
  const probe = await childOf(rig, step);
  expect(probe.argv).toEqual(['--version']);
  expect(
    Object.keys(probe.env).filter((name) => /^(?:ANTHROPIC|OTEL|ACTIONS|INPUT|GITHUB_(?!ACTIONS))/.test(name)),
  ).toEqual([]);
  await probe.print('2.1.330 (Claude Code)\n');
  await probe.exit(0);
  await answered(rig, step);
  await step;
});
