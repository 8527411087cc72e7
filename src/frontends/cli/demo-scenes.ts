import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pattern } from '../../model/plan.ts';
import type { Reason, Status } from '../../model/result.ts';
import type { DemoFiles } from './demo-files.ts';

/** A demonstration of one pattern, and its expected outcome. */
export interface Scene {
  readonly pattern: Pattern;
  /** Description for people. */
  readonly description: string;
  /** Options by name, as on the command line. */
  readonly options: Readonly<Record<string, string>>;
  /** Expected beginning of the session's verdict. */
  readonly verdict: string;
  readonly processes: readonly ExpectedProcess[];
  /** Texts that every process is given as data, by the id of their block. */
  readonly context: ReadonlyMap<string, string>;
  /** The process whose answer is worth showing. */
  readonly shown?: string;
}

/** Expected outcome of one process. */
export interface ExpectedProcess {
  readonly id: string;
  readonly status: Status;
  readonly reason?: Reason;
  readonly attempts: number;
  /** The blocks of data that the stand-in's answer has to confirm; not asked of a real model. */
  readonly received?: readonly string[];
}

/** Inputs of the scenes. */
export interface Stage extends DemoFiles {
  /** The real model answers. */
  readonly online: boolean;
}

/** The four patterns. */
export function demoScenes(stage: Stage): readonly Scene[] {
  return [parallel(stage), sequential(stage), fallback(stage), batch(stage)];
}

interface Prompt {
  readonly id: string;
  readonly prompt: string;
  readonly model?: string;
  /** A directive for the stand-in (docs/offline.md). */
  readonly directive?: string;
}

function promptList({ online }: Stage, prompts: readonly Prompt[]): string {
  const withDirective = ({ directive, prompt, ...rest }: Prompt): object => ({
    ...rest,
    prompt: online || directive === undefined ? prompt : `${prompt}\noffline: ${directive}`,
  });
  return JSON.stringify(prompts.map(withDirective));
}

function parallel(stage: Stage): Scene {
  const { online, directory, files } = stage;
  const [file] = files;
  const prompts: readonly Prompt[] = [
    { id: 'mistakes', prompt: 'Review the file in the data for mistakes. Name the line of each.' },
    {
      id: 'names',
      prompt: 'Review the file in the data for names that mislead. Propose better ones.',
      // A wait above 60 s is one that the CLI leaves to us.
      directive: 'error rate-limit retry-after 90 times 1',
    },
    { id: 'limits', prompt: 'Which inputs does the file in the data not expect? One line for each.' },
    { id: 'tests', prompt: 'Name the three tests that the file in the data needs first.' },
  ];
  return {
    pattern: 'parallel',
    description: `Four reviews of ${file}, three at a time.${online ? '' : ' One meets a rate limit and is tried again.'}`,
    options: { prompts: promptList(stage, prompts), 'context-files': file, 'max-workers': '3', 'retry-delay': '1s' },
    verdict: 'Success: 4 of 4 processes succeeded',
    processes: prompts.map(({ id, directive }) => ({
      id,
      status: 'succeeded',
      attempts: online || directive === undefined ? 1 : 2,
      received: [file],
    })),
    context: new Map([[file, readFileSync(join(directory, file)).toString()]]),
  };
}

function sequential(stage: Stage): Scene {
  const [first, second] = stage.files;
  const prompts = [
    { id: 'risks', prompt: `Read ${first} and ${second}. List what could go wrong in them, a line for each risk.` },
    { id: 'ranking', prompt: 'Rank the risks in the data: the one that would hurt users most comes first.' },
    { id: 'plan', prompt: 'Make a plan of three steps against the first risk of the ranking in the data.' },
  ];
  return {
    pattern: 'sequential',
    description: 'Risks, then their ranking, then a plan: each process is given the outputs of those before it.',
    options: { prompts: promptList(stage, prompts), 'pass-output': 'true' },
    verdict: 'Success: 3 of 3 processes succeeded',
    processes: [
      { id: 'risks', status: 'succeeded', attempts: 1, received: [] },
      { id: 'ranking', status: 'succeeded', attempts: 1, received: ['risks'] },
      { id: 'plan', status: 'succeeded', attempts: 1, received: ['risks', 'ranking'] },
    ],
    context: new Map(),
    shown: 'plan',
  };
}

function fallback(stage: Stage): Scene {
  const prompt = `Read ${stage.files[2]} and say in two sentences what it is for.`;
  const prompts = [
    { id: 'first-choice', prompt, model: 'claude-no-such-model', directive: 'error not-found' },
    { id: 'second-choice', prompt },
    { id: 'last-resort', prompt },
  ];
  return {
    pattern: 'fallback',
    description:
      'The model of the first choice does not exist. The second choice answers, the last resort is not needed.',
    options: { prompts: promptList(stage, prompts) },
    verdict:
      'Success: "second-choice" won; 1 of 3 processes succeeded; 1 failed (request refused); 1 skipped (another one had succeeded)',
    processes: [
      { id: 'first-choice', status: 'failed', reason: 'invalid-request', attempts: 1 },
      { id: 'second-choice', status: 'succeeded', attempts: 1, received: [] },
      { id: 'last-resort', status: 'skipped', reason: 'earlier-success', attempts: 0 },
    ],
    context: new Map(),
  };
}

function batch(stage: Stage): Scene {
  const ids = ['one', 'two', 'three', 'four', 'five'];
  const prompts = stage.files.map((file, index) => ({
    id: ids[index] ?? file,
    prompt: `Read ${file}. Add what it is for to the overview in the data, in one line.`,
    directive: `tool Read ${JSON.stringify({ file_path: join(stage.directory, file) })}`,
  }));
  return {
    pattern: 'batch',
    description: 'Five files in batches of two: a batch is given the outputs of the batches before it.',
    options: { prompts: promptList(stage, prompts), 'batch-size': '2', 'pass-output': 'true' },
    verdict: 'Success: 5 of 5 processes succeeded',
    processes: ids.map((id, index) => ({
      id,
      status: 'succeeded',
      attempts: 1,
      received: ids.slice(0, index - (index % 2)),
    })),
    context: new Map(),
  };
}
