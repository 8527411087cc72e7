import { processesAndTemplatesOf } from '../model/graph.ts';
import { estimateText, withoutTaken } from './estimate.ts';
import { planLines } from './plan-lines.ts';
import type { Preflight } from './preflight.ts';
import type { RunRequest } from './run-request.ts';

/** A sentence for people ahead of the first start. */
export interface StartNotice {
  readonly level: 'info' | 'warning';
  readonly message: string;
}

/** All notices before the first start: those so far, and the estimate of the plan. */
export function startNotices(
  { notices = [], warnings = [], settings: given, environment }: Omit<RunRequest, 'sinks'>,
  preflight: Pick<Preflight, 'notices' | 'warnings' | 'notRun' | 'executable' | 'earlier'>,
): readonly StartNotice[] {
  const { notRun, executable, earlier } = preflight;
  const taken = new Set(earlier?.successes.keys());
  const settings = withoutTaken(given, taken);
  const info = [...notices, ...preflight.notices];
  const alarms = [...warnings, ...preflight.warnings];
  const isPaid =
    notRun === undefined && executable.kind !== 'unknown' && processesAndTemplatesOf(settings.plan.graph).length > 0;
  if (notRun === 'dry-run') info.push(...planLines(given, taken));
  else if (isPaid) info.push(estimateText(settings));
  if (!settings.policy.offline) alarms.push(...doubtfulCredentials(settings, environment));
  // The stand-in answers for every model.
  if (isPaid && !settings.policy.offline && !isModelNamed(settings, environment)) alarms.push(noModel);
  return [
    ...info.map((message): StartNotice => ({ level: 'info', message })),
    ...alarms.map((message): StartNotice => ({ level: 'warning', message })),
  ];
}

function isModelNamed({ plan }: RunRequest['settings'], { ANTHROPIC_MODEL: named = '' }: RunRequest['environment']) {
  return named.trim() !== '' || processesAndTemplatesOf(plan.graph).some(({ claude }) => claude.model !== undefined);
}

/** A key in the place of a token, or a token in that of a key, which the service refuses without saying why; or both at once. */
function doubtfulCredentials(
  { credentials }: RunRequest['settings'],
  environment: RunRequest['environment'],
): readonly string[] {
  const isOption = Object.keys(credentials).length > 0;
  const key = isOption ? credentials.anthropicApiKey : environment.ANTHROPIC_API_KEY;
  const token = isOption ? credentials.claudeCodeOauthToken : environment.CLAUDE_CODE_OAUTH_TOKEN;
  const keyIs = 'anthropic-api-key (or ANTHROPIC_API_KEY) looks like a token of claude setup-token.';
  const tokenIs = 'claude-code-oauth-token (or CLAUDE_CODE_OAUTH_TOKEN) looks like an API key.';
  return [
    ...(key?.startsWith('sk-ant-oat') ? [`${keyIs} Give it as claude-code-oauth-token.`] : []),
    ...(token?.startsWith('sk-ant-api') ? [`${tokenIs} Give it as anthropic-api-key.`] : []),
    ...(key && token ? [bothCredentials] : []),
  ];
}

const bothCredentials =
  'There are both an API key and a token of claude setup-token. Claude Code prefers the key, whose account pays then, and not the subscription: give one of them.';
const noModel =
  'No process names a model: the default of Claude Code answers, which changes with the account and the version, and so does the price. Give model.';
