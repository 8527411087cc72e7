import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { parse, stringify } from 'yaml';
import { type ArtifactService, startArtifactService } from '../test/rig/artifact-service.ts';
import { startGitHubApi } from '../test/rig/github-api.ts';
import { type EndedRun, offline, succeeded, success, type Trial, trials } from './workflow-trials.ts';

// Runs the workflows of the README and of examples/ in act, a workflow engine, on this machine: offline, artifacts to a loopback service.
// Needs `npm run build` before, and act 0.2.89, which Go can install. Without either it says so, and fails only where they must be there.

const actVersion = '0.2.89';
const publishedAction = 'claude-ensemble/claude-ensemble@v0';
const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'claude-ensemble-act-'));
/** An installation that takes longer is given up. */
const installMs = Number(process.env.ACT_INSTALL_SECONDS ?? 600) * 1000;

/** The program, where it is or can be installed; else why not. */
function findAct(): string | { readonly missing: string } {
  const own = join(homedir(), '.cache/claude-ensemble/act', actVersion);
  const places = [...(process.env.PATH ?? '').split(delimiter), join(homedir(), 'go/bin'), own];
  const found = places.map((place) => join(place, 'act')).find((path) => existsSync(path) && isRight(path));
  if (found !== undefined) return found;
  if (spawnSync('go', ['version']).error !== undefined) return { missing: 'neither act nor Go is here' };
  const { status } = spawnSync('go', ['install', `github.com/nektos/act@v${actVersion}`], {
    env: { ...process.env, GOBIN: own, GOFLAGS: '-mod=mod' },
    timeout: installMs,
  });
  if (status === 0) return join(own, 'act');
  return { missing: `Go could not install act ${actVersion} within ${installMs / 1000} s` };
}

function isRight(path: string): boolean {
  return spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.includes(actVersion) === true;
}

/** A checkout with a change, the Action in it at the places where the workflows look for it. */
function checkOut({ name, files = {} }: Trial): {
  readonly directory: string;
  readonly base: string;
  readonly head: string;
} {
  const directory = join(scratch, name.replaceAll(/\W+/g, '-'), 'monorepo');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
  const git = (...args: string[]): string =>
    execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8' }).trim();
  write('src/a.ts', 'export const a = 1;\n');
  write('.github/analyses/dead-code.md', 'Look for dead code.\n');
  write('logs/failure.log', 'It failed.\n');
  write('docs/guide.md', '# Guide\n');
  write('.gitignore', '/action.yml\n/plan\n/merge\n/dist\n/.claude-ensemble\n');
  git('init', '-q', '-b', 'main');
  git('remote', 'add', 'origin', 'https://github.com/octo-org/monorepo');
  git('add', '-A');
  git('commit', '-qm', 'one');
  const base = git('rev-parse', 'HEAD');
  write('src/a.ts', 'export const a = 2;\n');
  write('.github/workflows/ensemble.yml', stringify(offline(parse(reusable))));
  write('.github/workflows/sharded.yml', stringify(offline(parse(sharded))));
  for (const [path, text] of Object.entries(files)) write(path, text);
  write('.github/reviews.yml', '- Look for one thing.\n- Look for another.\n');
  git('add', '-A');
  git('commit', '-qm', 'two');
  for (const place of ['.', '.claude-ensemble']) copyAction(join(directory, place));
  return { directory, base, head: git('rev-parse', 'HEAD') };
}

const reusable = readFileSync(join(root, 'examples/reusable-workflow.yml'), 'utf8');
const sharded = readFileSync(join(root, 'examples/sharded-workflow.yml'), 'utf8');

function copyAction(place: string): void {
  for (const part of ['action.yml', 'plan', 'merge', 'dist', 'package.json'])
    cpSync(join(root, part), join(place, part), { recursive: true });
}

/** A stand-in for the command of GitHub: it hands out the diff, and creates nothing. */
const gh = `#!/bin/sh
[ "$1 $2" = 'run download' ] || exit 0
while [ "$1" != --dir ]; do shift; done
printf '+x\\n' > "$2/pull-request.diff"
`;

async function run(act: string, trial: Trial, service: ArtifactService): Promise<string | undefined> {
  const { directory, base, head } = checkOut(trial);
  const outside = dirname(directory);
  writeFileSync(join(outside, 'workflow.yml'), stringify(offline(trial.workflow)));
  const payload = JSON.stringify(trial.payload ?? {})
    .replaceAll('BASE', base)
    .replaceAll('HEAD', head);
  writeFileSync(join(outside, 'event.json'), payload);
  mkdirSync(join(outside, 'bin'));
  writeFileSync(join(outside, 'bin/gh'), gh, { mode: 0o755 });
  await using api = await startGitHubApi();
  trial.pull?.(api, head);
  // The service for artifacts stands for all of GitHub elsewhere.
  const hasPull = trial.pull !== undefined;
  const { code, printed } = await runAct(act, {
    ...{ trial, directory },
    variables: { ...service.env, ...(hasPull && { GITHUB_API_URL: api.apiUrl }) },
    secrets: hasPull ? { GITHUB_TOKEN: 'ghs_of-the-job' } : {},
  });
  return (trial.isRight ?? succeeded)({ code, printed, ...(hasPull && { api }) }) ? undefined : printed;
}

interface ActRun {
  readonly trial: Trial;
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

async function runAct(act: string, { trial, directory, variables, secrets }: ActRun): Promise<EndedRun> {
  const outside = dirname(directory);
  const places = [join(outside, 'bin'), join(root, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH];
  const PATH = places.join(delimiter);
  const told = (flag: string, values: ActRun['secrets']): readonly string[] =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const args = [
    ...[trial.event, '-W', join(outside, 'workflow.yml'), '-e', join(outside, 'event.json'), '--use-gitignore=false'],
    ...['-P', 'ubuntu-latest=-self-hosted', '--pull=false', '--use-new-action-cache', '--action-offline-mode'],
    ...['--local-repository', `${publishedAction}=${join(scratch, 'action')}`],
    ...told('--env', { ...variables, PATH, RUNNER_OS: 'Linux' }),
    ...told('-s', secrets),
  ];
  const home = join(outside, 'home');
  const child = spawn(act, args, {
    cwd: directory,
    env: { ...process.env, PATH, HOME: home, XDG_CACHE_HOME: join(home, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let isKilled = trial.killsAfter === undefined;
  const look = (text: string): void => {
    printed += text;
    if (isKilled || printed.split(success).length <= (trial.killsAfter ?? 0)) return;
    isKilled = true;
    for (const id of actionsBelow(outside)) process.kill(id, 'SIGKILL');
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', look);
  const timer = setTimeout(() => child.kill('SIGKILL'), 180_000);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return { code, printed };
}

/** Ids of the processes of our Action that work below a directory. */
function actionsBelow(directory: string): readonly number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.map(Number).filter((id) => {
    try {
      const isAction = readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('/dist/main/index.js');
      return isAction && readFileSync(`/proc/${id}/environ`, 'utf8').includes(directory);
    } catch {
      return false;
    }
  });
}

const act = findAct();
if (typeof act !== 'string') {
  process.stdout.write(`NOT CHECKED: the workflows did not run in act: ${act.missing}.\n`);
  process.exit(process.env.REQUIRE_ACT === '1' ? 1 : 0);
}
copyAction(join(scratch, 'action'));
await using service = await startArtifactService();
let failed = 0;
const [only = ''] = process.argv.slice(2);
const all = trials();
const waiting = all.filter(({ name }) => name.includes(only));
// Whoever adds an example decides by which event it runs here.
const called = ['reusable-workflow.yml', 'sharded-workflow.yml'];
const shown = readdirSync(join(root, 'examples')).filter((name) => !called.includes(name));
if (shown.length !== all.length - 4) throw new Error(`Not all of ${shown.join(', ')} are tried.`);
const sessions = waiting.filter(({ name }) => name !== 'fork-review-diff');
const expectedLogs = sessions.reduce((sum, trial) => sum + (trial.logs ?? 1), 0);
async function work(program: string): Promise<void> {
  for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
    const startedMs = performance.now();
    const wrong = await run(program, trial, service);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    process.stdout.write(`${wrong === undefined ? 'ok    ' : 'FAILED'} ${trial.name} (${seconds} s)\n${wrong ?? ''}`);
    if (wrong !== undefined) failed += 1;
  }
}
await Promise.all([work(act), work(act)]);
const [logs, pages] = [service.artifacts.length, service.pages.length];
process.stdout.write(
  `${logs} artifacts with logs and ${pages} reports were uploaded by ${sessions.length} sessions.\n`,
);
rmSync(scratch, { recursive: true, force: true });
process.exitCode = failed > 0 || logs !== expectedLogs || pages !== sessions.length ? 1 : 0;
