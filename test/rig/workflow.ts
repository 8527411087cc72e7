import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A workflow file, as far as a test reads it. */
export interface Workflow {
  /** As it stands in the file. */
  readonly text: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

/** A job of a workflow; one that calls another workflow has no steps. */
export interface WorkflowJob {
  readonly 'timeout-minutes'?: number;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly strategy?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly WorkflowStep[];
}

/** A step of a job. */
export interface WorkflowStep {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

/** A workflow's jobs, whatever a test reads of their steps. */
interface WithSteps<Step> {
  readonly jobs: Readonly<Record<string, { readonly steps?: readonly Step[] }>>;
}

/** What expressions may name, such as `inputs.prompts`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** What the examples call this Action. */
export const publishedAction = 'claude-ensemble/claude-ensemble@v0';

const root = join(import.meta.dirname, '../..');

/** Reads a file of `examples/`. */
export function readExample(name: string): Workflow {
  const text = readFileSync(join(root, 'examples', name), 'utf8');
  return { ...parse(text), text };
}

/** Whether a step uses the Action or a sub-action of it. */
export function isPublished(uses: string): boolean {
  return /^claude-ensemble\/claude-ensemble(?:\/plan|\/merge)?@v0$/.test(uses);
}

/** The step of this id. */
export function stepNamed(workflow: Workflow, id: string): WorkflowStep {
  const step = stepsOf(workflow).find((one) => one.id === id);
  if (step === undefined) throw new Error(`There is no step ${id}.`);
  return step;
}

/** All steps of a workflow. */
export function stepsOf<Step>({ jobs }: WithSteps<Step>): readonly Step[] {
  return Object.values(jobs).flatMap(({ steps = [] }) => steps);
}

/** Whether a step runs this Action: as it is published, or from a checkout. */
export function isOurs({ uses = '' }: WorkflowStep): boolean {
  return uses === publishedAction || uses.startsWith('./');
}

/** The one step that runs this Action. */
export function ensembleStep(workflow: Workflow): WorkflowStep {
  const [step, ...others] = stepsOf(workflow).filter(isOurs);
  if (step === undefined || others.length > 0) throw new Error(`Not exactly one step uses ${publishedAction}.`);
  return step;
}

/** The inputs of a step as the runner would hand them over; an expression that names nothing known is an error. */
export function inputsOf({ with: inputs = {} }: WorkflowStep, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, evaluate(String(value), contexts)]));
}

function evaluate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, path: string) => {
    const value = path.split('.').reduce<unknown>((place, key) => {
      if (typeof place !== 'object' || place === null || !(key in place))
        throw new Error(`The test has no value for ${path}.`);
      return place[key as keyof typeof place];
    }, contexts);
    return value === null ? '' : String(value);
  });
}
