import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startMessagesApi } from '../../src/offline/messages-api.ts';
import { commandPlace } from '../rig/command.ts';
import { type ControlledChild, startRig } from '../rig/controlled-child.ts';
import { figure } from '../rig/figure.ts';
import { frontends } from '../rig/frontend.ts';
import { credentials, startJob } from '../rig/runner.ts';
import { apiErrorResult, initMessage, resultMessage } from '../rig/stream-messages.ts';

/** Who may read a file or enter a directory. */
function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

function configurationOf({ env }: ControlledChild): string {
  return env.CLAUDE_CONFIG_DIR ?? 'none of its own';
}

async function succeed(child: ControlledChild): Promise<void> {
  await child.printJson(resultMessage('Done.'));
  await child.exit(0);
}

describe.each(frontends)('$name', ({ name: frontend, start }) => {
  test('R26: every process has a configuration directory of its own, 0700, which trusts its working directory and is gone afterwards', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials, checkout: { '.git/HEAD': '', 'part/file': '' } });
    const part = join(job.workspace, 'part');
    const prompts = [
      { id: 'above', prompt: 'x' },
      { id: 'below', prompt: 'x', 'working-directory': part },
    ];
    const session = start(job, { prompts, options: { 'claude-path': rig.executable, 'max-workers': '2' } });
    const children: ControlledChild[] = [];
    for (const _ of prompts) {
      const child = await rig.nextChild();
      await child.printJson(initMessage());
      children.push(child);
    }
    const directories = children.map(configurationOf);
    expect(new Set(directories).size).toBe(2);
    for (const [index, directory] of directories.entries()) {
      const record = join(directory, '.claude.json');
      expect([modeOf(directory), modeOf(record)]).toEqual([0o700, 0o600]);
      expect(directory.startsWith(job.workspace)).toBe(false);
      const trusted = { hasTrustDialogAccepted: true };
      const { cwd } = children[index] ?? { cwd: '' };
      // In a repository the CLI looks for its root.
      expect(JSON.parse(readFileSync(record, 'utf8'))).toEqual({
        projects: { [cwd]: trusted, [job.workspace]: trusted },
      });
    }
    for (const child of children) await succeed(child);
    const { results } = await session.done;
    expect(results.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    expect(directories.filter((directory) => existsSync(directory))).toEqual([]);
    figure({ row: 'R26', frontend }, '2 processes, 2 directories, 0700, trusted, 0 left');
  });

  test('R26: the next attempt has a directory of its own, and an untrusted session trusts nothing', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const session = start(job, {
      prompts: [{ id: 'one', prompt: 'x' }],
      options: { 'claude-path': rig.executable, trust: 'untrusted', 'retry-delay': '0' },
    });
    const child = await rig.nextChild();
    const first = configurationOf(child);
    expect(modeOf(first)).toBe(0o700);
    expect(existsSync(join(first, '.claude.json'))).toBe(false);
    await child.printJson(apiErrorResult(529, 'Overloaded'));
    await child.exit(1);
    const again = await rig.nextChild();
    expect(configurationOf(again)).not.toBe(first);
    expect(existsSync(first)).toBe(false);
    await succeed(again);
    expect((await session.done).results).toMatchObject([{ status: 'succeeded', attempts: 2 }]);
  });

  test('R26: no process can fill the directory of a later one beforehand, nor move it by removing what holds it', async () => {
    await using rig = await startRig();
    await using job = await startJob({ env: credentials });
    const prompts = ['first', 'second', 'third'].map((id) => ({ id, prompt: 'x' }));
    const options = { 'claude-path': rig.executable, 'max-workers': '1' };
    const session = start(job, { prompts, options });
    const first = await rig.nextChild();
    const base = dirname(dirname(configurationOf(first)));
    expect([modeOf(base), modeOf(dirname(configurationOf(first)))]).toEqual([0o700, 0o700]);
    const planted = join(base, 'second-1', 'config');
    mkdirSync(planted, { recursive: true, mode: 0o755 });
    writeFileSync(join(planted, 'settings.json'), '{"permissions":{"allow":["Bash"]}}');
    await succeed(first);
    const second = await rig.nextChild();
    expect(readdirSync(configurationOf(second))).toEqual(['.claude.json']);
    expect(basename(dirname(configurationOf(second)))).toMatch(/^second-1-\w{6}$/);
    rmSync(base, { recursive: true });
    symlinkSync(job.workspace, base);
    await succeed(second);
    const third = await rig.nextChild();
    expect(readdirSync(configurationOf(third))).toEqual(['.claude.json']);
    expect(modeOf(configurationOf(third))).toBe(0o700);
    expect(readdirSync(job.workspace)).toEqual([]);
    await succeed(third);
    expect((await session.done).results.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(existsSync(configurationOf(third))).toBe(false);
  });

  test('R26: in a trusted session the real CLI obeys the permissions that the project itself grants', async () => {
    await using model = await startMessagesApi();
    const settings = JSON.stringify({ permissions: { allow: ['Bash(touch granted)'] } });
    await using job = await startJob({
      env: { ANTHROPIC_BASE_URL: model.baseUrlFor('one'), ...credentials },
      checkout: { '.claude/settings.json': settings },
    });
    const prompt = 'offline: tool Bash {"command":"touch granted"}\noffline: reply Done.';
    const { results } = await start(job, { prompts: [{ id: 'one', prompt }] }).done;
    expect(results).toMatchObject([{ status: 'succeeded', permissionDenials: [] }]);
    expect(existsSync(join(job.workspace, 'granted'))).toBe(true);
  });
});

const ownLogin = "the login of the user's own Claude configuration is used";
const twoPrompts = ['one', 'two'].map((id) => ({ id, prompt: 'x' }));

function timesIn(log: string, text: string): number {
  return log.split(text).length - 1;
}

// The Action requires a credential: a runner has no login.
describe.each(frontends.filter(({ name }) => name === 'library'))('$name', ({ name: frontend, start }) => {
  test("R26: without a credential the user's own directory is used, and one line says so", async () => {
    await using rig = await startRig();
    await using job = await startJob();
    const options = { 'claude-path': rig.executable, 'max-workers': '1' };
    const session = start(job, { prompts: twoPrompts, options });
    for (const _ of twoPrompts) {
      const child = await rig.nextChild();
      expect(child.env).not.toHaveProperty('CLAUDE_CONFIG_DIR');
      await succeed(child);
    }
    await session.done;
    expect(timesIn(readFileSync(session.file('session.log'), 'utf8'), ownLogin)).toBe(1);
    figure({ row: 'R26', frontend }, 'without a credential: the own directory, said once');
  });
});

describe('command', () => {
  test("R26: without a credential the user's own directory is used, and one line says so", async () => {
    await using rig = await startRig();
    await using place = await commandPlace();
    const command = place.start(['run', '--claude-path', rig.executable, '--max-workers', '1', 'Do x', 'Do y']);
    for (const _ of twoPrompts) {
      const child = await rig.nextChild();
      expect(child.env).not.toHaveProperty('CLAUDE_CONFIG_DIR');
      await succeed(child);
    }
    const { exitCode, stderr } = await command.done;
    expect(exitCode).toBe(0);
    expect(timesIn(stderr, ownLogin)).toBe(1);
    expect(timesIn(await place.sessionFile('session.log'), ownLogin)).toBe(1);
  });
});
