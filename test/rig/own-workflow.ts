import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { isScalar, parseDocument, visit } from 'yaml';
import { stepsOf } from './workflow.ts';

/** A workflow file of this repository, one that users copy included. */
export interface WorkflowFile {
  /** Below the repository's root, such as `.github/workflows/ci.yml`. */
  readonly path: string;
  /** The events that start it. */
  readonly events: readonly string[];
  readonly permissions: Permissions | undefined;
  readonly jobs: Readonly<Record<string, FileJob>>;
  /** All that it uses, with the comments beside. */
  readonly uses: readonly Use[];
}

/** What the token of a workflow or of a job may do. */
export type Permissions = Readonly<Record<string, string>>;

/** A job, as far as a test reads it. */
export interface FileJob {
  readonly permissions?: Permissions;
  readonly 'timeout-minutes'?: number;
  readonly 'continue-on-error'?: unknown;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly steps?: readonly FileStep[];
}

/** A step of a job. */
export interface FileStep {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly 'continue-on-error'?: unknown;
}

/** The value of a `uses` key. */
export interface Use {
  /** Such as `actions/checkout`; of another's workflow, its path as well. */
  readonly action: string;
  /** What stands behind the `@`. */
  readonly ref: string | undefined;
  /** Such as `v6.0.2`. */
  readonly comment: string | undefined;
}

const root = join(import.meta.dirname, '../..');

/** Reads every workflow of a folder, such as `examples`. */
export function readWorkflows(folder: string): readonly WorkflowFile[] {
  return readdirSync(join(root, folder)).map((name) => readWorkflow(`${folder}/${name}`));
}

/** Reads a workflow by its path below the repository's root. */
export function readWorkflow(path: string): WorkflowFile {
  const document = parseDocument(readFileSync(join(root, path), 'utf8'));
  const uses: Use[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (!(isScalar(key) && key.value === 'uses' && isScalar(value))) return;
      const [action = '', ref] = String(value.value).split('@');
      uses.push({ action, ref, comment: value.comment?.trim() });
    },
  });
  const { on, permissions, jobs } = document.toJS();
  return { path, events: typeof on === 'string' ? [on] : Object.keys(on), permissions, jobs, uses };
}

/** How a script is run. */
export interface ScriptOptions {
  readonly directory: string;
  /** On top of what this process has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a script did. */
export interface ScriptEnd {
  readonly exitCode: number | null;
  /** Standard output, then standard error. */
  readonly output: string;
}

/** Runs the script of the one step that has this name, as the runner does for `shell: bash`. */
export function runStep(workflow: WorkflowFile, name: string, { directory, env }: ScriptOptions): ScriptEnd {
  const [step, ...others] = stepsOf(workflow).filter((candidate) => candidate.name === name);
  if (step?.run === undefined || others.length > 0) throw new Error(`${workflow.path} has not one script "${name}".`);
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run];
  const options = { cwd: directory, env: { ...process.env, ...env }, encoding: 'utf8', timeout: 120_000 } as const;
  const { status, stdout, stderr } = spawnSync('bash', args, options);
  return { exitCode: status, output: `${stdout}${stderr}` };
}
