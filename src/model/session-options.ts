import { everyTask, type OptionRow } from './option-row.ts';

/** Names of the patterns; each stands for dependencies between the processes of a session. */
export const patterns = ['parallel', 'sequential', 'fallback', 'batch', 'graph'] as const;

const textFrontends = ['action', 'command'] as const;

/** Options of the work itself: the prompts, their order, when they fail, their time and their money. */
export const sessionOptions = [
  {
    name: 'prompt',
    group: 'prompts',
    kind: { type: 'verbatim' },
    frontends: textFrontends,
    description: 'One prompt, taken as it stands and never parsed. Exactly one source of prompts must be given.',
  },
  {
    name: 'prompt-file',
    group: 'prompts',
    kind: { type: 'path', standardInput: true },
    frontends: textFrontends,
    description:
      'A file that holds one prompt, taken as it stands. In a job it must lie in the workspace or in RUNNER_TEMP. For the ' +
      'command - is standard input.',
  },
  {
    name: 'prompts',
    group: 'prompts',
    kind: { type: 'verbatim' },
    frontends: textFrontends,
    description:
      'A YAML or JSON list with one process per entry. An entry is a string, or a mapping with prompt or prompt-file and, ' +
      'as wanted, id, name and options for this process only. Text from outside belongs into context, not here.',
  },
  {
    name: 'prompts-file',
    group: 'prompts',
    kind: { type: 'path', standardInput: true },
    frontends: textFrontends,
    description:
      'A file that holds such a list. Use it for more than 128 KiB: GitHub cannot start a step with a longer input. For the ' +
      'command - is standard input.',
  },
  {
    name: 'prompts-glob',
    group: 'prompts',
    kind: { type: 'lines' },
    frontends: textFrontends,
    description:
      'Globs, one a line. Each file that matches is one prompt. Its id is its name without the extension, or made from its path where names are equal or no ids. Links are not followed.',
  },
  {
    name: 'each',
    group: 'prompts',
    kind: { type: 'path', standardInput: true },
    frontends: ['command'],
    description:
      'Command only: a file of items, or - for standard input. Each line that is not blank makes one process, with the one ' +
      'prompt that is given and the line as data, in a block named item. The line never becomes part of the prompt.',
  },
  {
    name: 'context',
    group: 'prompts',
    kind: { type: 'verbatim' },
    description:
      'Text that goes ahead of every prompt as data, not as instructions: the title and body of a pull request, for example.',
  },
  {
    name: 'context-files',
    group: 'prompts',
    kind: { type: 'lines' },
    description:
      'Files, one a line, whose text goes ahead of every prompt as data. Of one that is binary or too large, only its name and size do. ' +
      'For the command - is standard input.',
  },
  {
    name: 'max-prompts',
    group: 'prompts',
    kind: { type: 'count', min: 1, max: 100_000 },
    default: '500',
    description: 'More prompts than this are refused: a guard against an accident.',
  },
  {
    name: 'pattern',
    group: 'pattern',
    kind: { type: 'choice', values: patterns },
    frontends: textFrontends,
    default: 'parallel',
    description:
      'How the processes depend on each other: parallel, sequential (one after the other), fallback (one after the other ' +
      'until one succeeds) or batch (batches one after the other, each in parallel).',
  },
  {
    name: 'max-workers',
    group: 'pattern',
    kind: { type: 'count', min: 1, max: 1000 },
    default: '3',
    description: 'How many processes run at once, in parallel and within a batch.',
  },
  {
    name: 'batch-size',
    group: 'pattern',
    kind: { type: 'count', min: 1, max: 100_000 },
    default: '5',
    description: 'How many processes make a batch.',
  },
  {
    name: 'pass-output',
    group: 'pattern',
    kind: { type: 'boolean' },
    default: 'false',
    description:
      'In a sequence and between batches: the successful outputs so far go ahead of the next prompt, as data, 64 KiB in all.',
  },
  {
    name: 'stop-on-failure',
    group: 'pattern',
    kind: { type: 'boolean' },
    default: 'false',
    description: 'Start nothing new after a failure. What runs goes on, the rest are skipped.',
  },
  {
    name: 'fail-on',
    group: 'verdict',
    record: 'policy',
    kind: { type: 'fail-on' },
    tasks: everyTask,
    default: 'any',
    description:
      'When the session fails: any, all or none of the processes not done, a count of them such as 3, or a share of all prompts such as 10%.',
  },
  {
    name: 'fail-on-severity',
    group: 'verdict',
    record: 'policy',
    kind: { type: 'choice', values: ['none', 'important', 'nit'] },
    tasks: everyTask,
    default: 'none',
    description:
      'Fail the session also for a finding that was not refuted: none, important, or nit (which includes important). What was there before the change never fails it. In an untrusted session it is advice and decides nothing.',
  },
  {
    name: 'on-denied',
    group: 'verdict',
    record: 'policy',
    kind: { type: 'choice', values: ['warn', 'fail', 'ignore'] },
    default: 'warn',
    description:
      'What becomes of a process that was denied a tool: warn (it succeeds, with a warning), fail (it failed) or ignore.',
  },
  {
    name: 'timeout',
    group: 'time',
    kind: { type: 'duration' },
    frontendDefaults: { action: '20m', command: '20m' },
    perProcess: true,
    description:
      'The longest that one attempt of a process may take. A bare number is seconds; 90s, 15m and 1h30m work, up to 24 days.',
  },
  {
    name: 'idle-timeout',
    group: 'time',
    record: 'policy',
    kind: { type: 'duration' },
    frontendDefaults: { action: '15m' },
    description: 'End a process that has sent no event for this long.',
  },
  {
    name: 'total-timeout',
    group: 'time',
    record: 'policy',
    kind: { type: 'duration' },
    frontendDefaults: { action: '5h30m' },
    description:
      'The longest that the whole session may take, an installation of the CLI included: nothing starts after it, and what runs is cancelled in time to write every result.',
  },
  {
    name: 'retries',
    group: 'time',
    record: 'policy',
    kind: { type: 'count', min: 0, max: 100 },
    default: '2',
    description:
      'How many more attempts a process gets after a failure that may pass by itself: a rate limit, an overload, a lost connection.',
  },
  {
    name: 'retry-delay',
    group: 'time',
    record: 'policy',
    kind: { type: 'duration', zero: true },
    default: '5s',
    description:
      'The longest wait before the first retry. It doubles each time, up to 60 seconds; the wait is a random part of it.',
  },
  {
    name: 'retry-after-tools',
    group: 'time',
    record: 'policy',
    kind: { type: 'boolean' },
    default: 'false',
    description: 'Retry also when a tool has already run. What the tool did may then happen twice.',
  },
  {
    name: 'start-ahead',
    group: 'time',
    record: 'policy',
    kind: { type: 'boolean' },
    default: 'true',
    description:
      'Start the next process while those before it work, so that nobody waits for its start-up; it gets its prompt at its turn.',
  },
  {
    name: 'max-budget-usd',
    group: 'budget',
    record: 'policy',
    kind: { type: 'money' },
    description:
      'The ceiling of the whole session in US dollars. A process starts only if its own ceiling fits into what is left.',
  },
  {
    name: 'max-process-budget-usd',
    group: 'budget',
    kind: { type: 'money' },
    defaultNote: 'an equal share among the workers, at most what is left',
    perProcess: true,
    cliFlags: ['--max-budget-usd'],
    description:
      'The ceiling of one process in US dollars. Claude checks it after each response, so it may be passed by one response.',
  },
  {
    name: 'prompt-caching',
    group: 'budget',
    record: 'policy',
    kind: { type: 'choice', values: ['auto', 'off'] },
    default: 'auto',
    description:
      'Whether processes send the context so that the service caches it: written once, it is read at a tenth of the price by all that share model, effort, tools and system prompt.',
  },
] as const satisfies readonly OptionRow[];
