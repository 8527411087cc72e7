import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { testedVersion } from '../../src/agents/claude/executable.ts';
import { readDocument, sectionOf } from '../rig/markdown.ts';
import { type FileStep, readWorkflow, readWorkflows } from '../rig/own-workflow.ts';
import { stepsOf } from '../rig/workflow.ts';

const root = join(import.meta.dirname, '../..');
const readJson = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'));
const manifest = readJson('package.json');
const { '': _, ...locked }: Readonly<Record<string, LockedPackage>> = readJson('package-lock.json').packages;

/** An entry of the lock file. */
interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const ours = readWorkflows('.github/workflows');
const workflows = [...ours, ...readWorkflows('examples')];

const repository = 'claude-ensemble/claude-ensemble';

/** This Action itself, its sub-actions, and the place where users put their own organisation. */
const isOurs = (action: string) =>
  [repository, `${repository}/plan`, `${repository}/merge`].includes(action) ||
  action.startsWith('./') ||
  action.startsWith('your-organisation/');

describe.each(workflows)('$path', (workflow) => {
  test('runs the actions of others by commit, with the version beside it', () => {
    for (const { action, ref, comment } of workflow.uses.filter((use) => !isOurs(use.action))) {
      expect(ref, action).toMatch(/^[0-9a-f]{40}$/);
      expect(comment, action).toMatch(/^v\d+\.\d+\.\d+$/);
    }
  });

  test('is not started, with a token or secrets at hand, by what strangers do', () => {
    const open = ['pull_request_target', 'workflow_run', 'issue_comment', 'issues', 'discussion'];
    const started = workflow.events.filter((event) => open.includes(event));
    // It takes a diff as data, and checks out the default branch only.
    expect(started).toEqual(workflow.path === 'examples/fork-review.yml' ? ['workflow_run'] : []);
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    if (started.length > 0) for (const step of checkouts) expect(step.with ?? {}).not.toHaveProperty('ref');
  });

  test('leaves no token behind in a checkout', () => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    for (const step of checkouts) expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  test('puts nothing but its own matrix into a script', () => {
    const expressions = stepsOf(workflow).flatMap(({ run = '' }) => run.match(/\$\{\{.*?\}\}/gs) ?? []);
    for (const expression of expressions) expect(expression).toMatch(/^\$\{\{ matrix\.\w+ \}\}$/);
  });
});

describe('the workflows together', () => {
  test('give every job exactly the permissions that it needs', () => {
    const permissions = workflows.map(({ path, permissions: top, jobs }) => {
      const own = Object.entries(jobs).map(([name, job]) => [name, job.permissions] as const);
      return [path, top, Object.fromEntries(own.filter(([, map]) => map !== undefined))];
    });
    const read = { contents: 'read' };
    const ofShards = { analyse: { ...read, actions: 'read' }, merge: { ...read, actions: 'read' } };
    expect(permissions).toEqual([
      ['.github/workflows/ci.yml', read, {}],
      ['.github/workflows/release.yml', {}, releasePermissions],
      ['examples/cascade.yml', read, {}],
      ['examples/find-and-verify.yml', read, {}],
      ['examples/fork-review-diff.yml', read, {}],
      ['examples/fork-review.yml', read, { review: { ...read, actions: 'read', 'pull-requests': 'write' } }],
      ['examples/map-reduce.yml', read, {}],
      ['examples/panel.yml', read, {}],
      ['examples/pull-request-review.yml', read, { review: { ...read, 'pull-requests': 'write' } }],
      ['examples/reusable-workflow-caller.yml', read, { draft: { contents: 'write' } }],
      ['examples/reusable-workflow.yml', read, {}],
      ['examples/scheduled-analysis.yml', read, {}],
      ['examples/sharded-analysis.yml', read, ofShards],
      ['examples/sharded-workflow.yml', read, ofShards],
    ]);
  });

  test('run each action at one commit everywhere', () => {
    const pins = new Map<string, string>();
    for (const { action, ref, comment } of workflows.flatMap(({ uses }) => uses)) {
      const pin = `${ref} ${comment}`;
      expect(pin, action).toBe(pins.get(action) ?? pin);
      pins.set(action, pin);
    }
    expect([...pins.keys()]).toContain('actions/checkout');
  });

  test('end by themselves', () => {
    const jobs = ours.flatMap((workflow) => Object.values(workflow.jobs));
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  test('are looked through for newer versions every week, and so are the dependencies', () => {
    const { updates } = parse(readFileSync(join(root, '.github/dependabot.yml'), 'utf8'));
    expect(updates).toMatchObject([
      { 'package-ecosystem': 'npm', directory: '/', schedule: { interval: 'weekly' } },
      { 'package-ecosystem': 'github-actions', directories: ['/', '/examples'], schedule: { interval: 'weekly' } },
    ]);
  });
});

const releasePermissions = {
  build: { contents: 'read' },
  gate: { contents: 'read' },
  attest: { 'id-token': 'write', attestations: 'write' },
  publish: { 'id-token': 'write' },
  release: { contents: 'write' },
};

describe('a release', () => {
  test('names its repository, which npm compares with the provenance', () => {
    expect(manifest.repository.url).toBe(`git+https://github.com/${repository}.git`);
  });

  const { path, jobs } = readWorkflow('.github/workflows/release.yml');

  test('runs no code of the repository or of its dependencies where a token can write', () => {
    const writers = Object.values(jobs).filter((job) => Object.values(job.permissions ?? {}).includes('write'));
    expect(writers).toHaveLength(3);
    const commands = writers.flatMap(({ steps = [] }) => steps.map(({ uses, run }: FileStep) => uses ?? run ?? ''));
    for (const command of commands) {
      expect(command).not.toMatch(
        /actions\/checkout|\bnpm (?:ci|install|i|run|test|exec|pack)\b|\bnpx\b|\.ci\/|\bnode\b(?!@)/,
      );
    }
  });

  test('is attested only after the build was compared and everything passed, and published only after that', () => {
    expect(jobs).toMatchObject({ attest: { needs: ['build', 'gate'] }, publish: { needs: ['attest'] } });
    expect(jobs).toMatchObject({ release: { needs: ['build', 'attest', 'publish'] } });
    expect(jobs.gate?.steps?.at(-1)?.run).toBe('.ci/run');
    expect(jobs.attest?.if).toBe("github.event_name == 'push'");
    expect(jobs.publish?.if).toBe("github.event_name == 'push' && vars.PUBLISH_TO_NPM == 'true'");
    expect(jobs.release?.if).toContain("needs.attest.result == 'success'");
    expect(jobs.release?.steps?.at(-1)?.name).toBe('Move the major tag');
  });

  test('can be checked as SECURITY.md says', () => {
    const { text } = sectionOf(readDocument('SECURITY.md'), 'Supply chain');
    expect(text).toContain(`gh attestation verify "$file" --repo ${repository} `);
    expect(text).toContain(`--signer-workflow ${repository}/${path}\n`);
  });

  test('is built without a cache that others can write', () => {
    const setUps = Object.values(jobs).flatMap(({ steps = [] }) =>
      steps.filter(({ uses }) => uses?.includes('setup-node')),
    );
    expect(setUps.map((step) => step.with)).toEqual(setUps.map(() => ({ 'node-version': 24 })));
  });
});

/** The packages whose code is in the package. */
const bundled = [
  '@sec-ant/readable-stream',
  '@sindresorhus/merge-streams',
  'ansi-escapes',
  'ansi-regex',
  'ansi-styles',
  'cli-cursor',
  'entities',
  'environment',
  'execa',
  'fdir',
  'figures',
  'get-east-asian-width',
  'get-stream',
  'human-signals',
  'is-fullwidth-code-point',
  'is-plain-obj',
  'is-stream',
  'is-unicode-supported',
  'linkify-it',
  'log-update',
  'markdown-it',
  'mdurl',
  'mimic-function',
  'npm-run-path',
  'onetime',
  'parse-ms',
  'path-key',
  'picomatch',
  'pretty-ms',
  'punycode.js',
  'restore-cursor',
  'signal-exit',
  'slice-ansi',
  'string-width',
  'strip-ansi',
  'strip-final-newline',
  'tinyglobby',
  'uc.micro',
  'unicorn-magic',
  'which-command',
  'wrap-ansi',
  'yaml',
  'yoctocolors',
  'zod',
];

describe('the dependencies', () => {
  const { devDependencies, overrides, allowScripts } = manifest;

  test('are none where users install the package: what it uses is in it', () => {
    expect(Object.keys(manifest).filter((field) => /dependencies/i.test(field))).toEqual(['devDependencies']);
    const licences = readFileSync(join(root, 'build/bundle/licenses.txt'), 'utf8');
    expect([...licences.matchAll(/^## (\S+) \((.*)\)$/gm)].map(([, name]) => name)).toEqual(bundled);
  });

  test('are pinned to exact versions', () => {
    const versions = Object.entries({ ...devDependencies, ...overrides });
    for (const [name, version] of versions) expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  });

  test('are locked by their content, and come from the public registry', () => {
    expect(Object.keys(locked).length).toBeGreaterThan(Object.keys(devDependencies).length);
    for (const [path, { integrity, resolved, link }] of Object.entries(locked)) {
      expect(integrity, path).toMatch(/^sha512-[\w+/]{86}==$/);
      // Without an address npm asks the registry that is configured, and the content still has to match.
      expect(resolved ?? 'https://registry.npmjs.org/', path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      expect(link, path).toBeUndefined();
    }
  });

  test('run code at installation only if they are one of two', () => {
    expect(allowScripts).toEqual({ node: true, '@anthropic-ai/claude-code': true });
    const scripted = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(names.toSorted()).toEqual(Object.keys(allowScripts).toSorted());
  });

  test('bring exactly the Claude CLI that the Action installs', () => {
    expect(devDependencies['@anthropic-ai/claude-code']).toBe(testedVersion);
    expect(locked['node_modules/@anthropic-ai/claude-code']?.version).toBe(testedVersion);
  });

  test('are audited in CI, the bundled ones among the dev dependencies too, and nothing lets a finding pass', () => {
    const { audit } = readWorkflow('.github/workflows/ci.yml').jobs;
    const scripts = (audit?.steps ?? []).map(({ run }) => run).filter((run) => run !== undefined);
    expect(scripts).toEqual(['npm ci --ignore-scripts', 'npm audit --audit-level=moderate', 'npm audit signatures']);
    const lenient = [audit, ...(audit?.steps ?? [])].filter((part) => part?.['continue-on-error'] || part?.if);
    expect(lenient).toEqual([]);
  });
});
