import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { parse, stringify } from 'yaml';
import { type ArtifactService, startArtifactService } from '../test/rig/artifact-service.ts';
import { eventPayload } from '../test/rig/event-payload.ts';
import { codeBlocks, readDocument, sectionOf } from '../test/rig/markdown.ts';
import type { Workflow, WorkflowStep } from '../test/rig/workflow.ts';

// Runs the workflows of the README and of examples/ in act, a workflow engine, on this machine: offline, artifacts to a loopback service.
// Needs `npm run build` before, and act 0.2.89, which Go can install. Without either it says so, and fails only where they must be there.

const actVersion = '0.2.89';
const publishedAction = 'claude-ensemble/claude-ensemble@v0';
/** The Action and its sub-actions. */
const isOurs = /^claude-ensemble\/claude-ensemble(?:\/plan|\/merge)?@v0$/;
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

interface Trial {
  readonly name: string;
  readonly workflow: Workflow;
  readonly event: string;
  readonly payload?: object;
  /** How many artifacts with logs it leaves; one of each session when absent. */
  readonly logs?: number;
}

function trialsOf(pullRequest: (name: string) => object): readonly Trial[] {
  const [own = '', trial = ''] = codeBlocks(sectionOf(readDocument('README.md'), 'A workflow'), 'yaml');
  const example = (name: string): Workflow => parse(readFileSync(join(root, 'examples', `${name}.yml`), 'utf8'));
  return [
    { name: 'README, for a repository', workflow: parse(own), event: 'push' },
    { name: 'README, for a trial', workflow: parse(trial), event: 'workflow_dispatch' },
    {
      name: 'pull-request-review',
      workflow: example('pull-request-review'),
      event: 'pull_request',
      payload: pullRequest('pull-request'),
    },
    {
      name: 'fork-review-diff',
      workflow: example('fork-review-diff'),
      event: 'pull_request',
      payload: pullRequest('pull-request-fork'),
    },
    {
      name: 'fork-review',
      workflow: example('fork-review'),
      event: 'workflow_run',
      payload: { workflow_run: { id: 7, conclusion: 'success', event: 'pull_request' } },
    },
    { name: 'scheduled-analysis', workflow: example('scheduled-analysis'), event: 'schedule' },
    // Four shards, of which three have nothing to do, and their merge, which alone uploads a report.
    { name: 'sharded-analysis', workflow: example('sharded-analysis'), event: 'workflow_dispatch', logs: 5 },
    { name: 'sharded-workflow', workflow: callerOfShards, event: 'workflow_dispatch', logs: 3 },
    ...graphs.map((name) => started(name, example(name))),
    { name: 'reusable-workflow-caller', workflow: example('reusable-workflow-caller'), event: 'push' },
  ];
}

/** Calls the reusable workflow of several machines. */
const callerOfShards = parse(`
on: workflow_dispatch
jobs:
  review:
    uses: ./.github/workflows/sharded.yml
    with: { prompts-file: .github/reviews.yml, shards: 2, offline: true }
`) as Workflow;

const graphs = ['find-and-verify', 'cascade', 'panel', 'map-reduce'];

/** Started by hand, with what its form holds at first. */
function started(name: string, workflow: Workflow): Trial {
  const form = (workflow.on.workflow_dispatch ?? {}) as {
    readonly inputs?: Readonly<Record<string, { default?: string }>>;
  };
  const inputs = Object.entries(form.inputs ?? {}).map(([input, { default: value = 'x' }]) => [input, value]);
  return { name, workflow, event: 'workflow_dispatch', payload: { inputs: Object.fromEntries(inputs) } };
}

/** The same without a key, without network: the checkout is there, and what other actions would do is left out. */
function offline(workflow: Workflow): object {
  const jobs = Object.entries(workflow.jobs).map(([name, job]) => {
    const { uses } = job as { readonly uses?: string };
    // Ours here already, or one that stands in another repository.
    if (uses?.startsWith('./')) return [name, job];
    if (uses !== undefined) return [name, { ...job, uses: './.github/workflows/ensemble.yml' }];
    return [name, { ...job, steps: (job.steps ?? []).flatMap(offlineStep) }];
  });
  const { text: _text, ...whole } = workflow;
  return { ...whole, jobs: Object.fromEntries(jobs) };
}

function offlineStep(step: WorkflowStep): readonly object[] {
  const { uses } = step;
  if (uses === undefined) return [step];
  // act copies the checkout that it is started in, if nothing else is asked for.
  if (uses.startsWith('actions/checkout@')) return step.with?.repository === undefined ? [{ uses }] : [];
  if (!isOurs.test(uses) && !uses.startsWith('./')) return [];
  const { comment: _comment, ...inputs } = step.with ?? {};
  // A merge starts nothing.
  if (uses.includes('/merge@')) return [step];
  return [{ ...step, with: { ...inputs, offline: 'true' } }];
}

/** A checkout with a change, the Action in it at the places where the workflows look for it. */
function checkOut(name: string): { readonly directory: string; readonly base: string; readonly head: string } {
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
  const { directory, base, head } = checkOut(trial.name);
  const outside = dirname(directory);
  writeFileSync(join(outside, 'workflow.yml'), stringify(offline(trial.workflow)));
  const payload = JSON.stringify(trial.payload ?? {})
    .replaceAll('BASE', base)
    .replaceAll('HEAD', head);
  writeFileSync(join(outside, 'event.json'), payload);
  mkdirSync(join(outside, 'bin'));
  writeFileSync(join(outside, 'bin/gh'), gh, { mode: 0o755 });
  const path = [join(outside, 'bin'), join(root, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH];
  const variables = { ...service.env, PATH: path.join(delimiter), RUNNER_OS: 'Linux' };
  const args = [
    ...[trial.event, '-W', join(outside, 'workflow.yml'), '-e', join(outside, 'event.json'), '--use-gitignore=false'],
    ...['-P', 'ubuntu-latest=-self-hosted', '--pull=false', '--use-new-action-cache', '--action-offline-mode'],
    ...['--local-repository', `${publishedAction}=${join(scratch, 'action')}`],
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ];
  const home = join(outside, 'home');
  const child = spawn(act, args, {
    cwd: directory,
    env: { ...process.env, PATH: path.join(delimiter), HOME: home, XDG_CACHE_HOME: join(home, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const timer = setTimeout(() => child.kill('SIGKILL'), 180_000);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  const isRun = printed.includes('Job succeeded') && !printed.includes('Job failed');
  const isRight = trial.name === 'fork-review-diff' || printed.includes('::set-output:: conclusion=success');
  return code === 0 && isRun && isRight ? undefined : printed;
}

const act = findAct();
if (typeof act !== 'string') {
  process.stdout.write(`NOT CHECKED: the workflows did not run in act: ${act.missing}.\n`);
  process.exit(process.env.REQUIRE_ACT === '1' ? 1 : 0);
}
copyAction(join(scratch, 'action'));
const pullRequest = (name: string): object => {
  const { pull_request: pull, ...payload } = eventPayload(name) as { pull_request: { base: object; head: object } };
  return {
    ...payload,
    pull_request: { ...pull, base: { ...pull.base, sha: 'BASE' }, head: { ...pull.head, sha: 'HEAD' } },
  };
};
await using service = await startArtifactService();
let failed = 0;
const waiting = [...trialsOf(pullRequest)];
// Whoever adds an example decides by which event it runs here.
const called = ['reusable-workflow.yml', 'sharded-workflow.yml'];
const shown = readdirSync(join(root, 'examples')).filter((name) => !called.includes(name));
if (shown.length !== waiting.length - 3) throw new Error(`Not all of ${shown.join(', ')} are tried.`);
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
