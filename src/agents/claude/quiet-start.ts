import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SlotRequest } from '../../model/agent.ts';
import type { ClaudeSession } from './claude-session.ts';
import { userConfigOf } from './slot-conversation.ts';

/** Settings of the machine's administrator, which hold in every session. */
const managedDirectories = [
  '/etc/claude-code',
  '/Library/Application Support/ClaudeCode',
  'C:\\Program Files\\ClaudeCode',
];

/**
 * Whether the child of a process does nothing of its own accord before its task. The CLI runs the hooks for the start and the end of
 * a session also without a prompt (tried with 2.1.330), and what hooks change in files is not reported; plugins bring hooks.
 */
export function startsQuietly(
  process: Pick<SlotRequest['process'], 'workingDirectory' | 'claude'>,
  session: ClaudeSession,
): boolean {
  const { claudeArgs } = process.claude;
  if (claudeArgs.some((argument) => argument.startsWith('--plugin'))) return false;
  return !settingsOf(process, session).some((text) => /"(?:hooks|enabledPlugins)"/.test(text));
}

/** The texts of the settings that the CLI loads. */
function settingsOf(
  { workingDirectory, claude: { settings } }: Pick<SlotRequest['process'], 'workingDirectory' | 'claude'>,
  session: ClaudeSession,
): readonly string[] {
  const isOffline = session.offline !== undefined;
  const given = isOffline || settings === undefined ? [] : [settings];
  const project = isOffline || session.trust.level !== 'trusted' ? [] : ['settings.json', 'settings.local.json'];
  return [
    ...given.map((text) => (text.trimStart().startsWith('{') ? text : textOf(resolve(workingDirectory, text)))),
    ...project.map((name) => textOf(join(workingDirectory, '.claude', name))),
    ...(session.ownConfiguration ? [textOf(join(userConfigOf(session), 'settings.json'))] : []),
    ...managedDirectories.flatMap(managedTexts),
  ];
}

function managedTexts(directory: string): readonly string[] {
  const more = join(directory, 'managed-settings.d');
  return [join(directory, 'managed-settings.json'), ...namesIn(more).map((name) => join(more, name))].map(textOf);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Empty where the CLI can read nothing either. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
