import { everyTask, type OptionRow } from './option-row.ts';

const actionOnly = ['action'] as const;

/** Options of a session's directories, environment, safety and delivery. */
export const environmentOptions = [
  {
    name: 'anthropic-api-key',
    group: 'session',
    record: 'credentials',
    kind: { type: 'credential' },
    defaultNote: 'from the environment',
    secret: true,
    description: 'An API key of Anthropic. ANTHROPIC_API_KEY in the environment works as well.',
  },
  {
    name: 'claude-code-oauth-token',
    group: 'session',
    record: 'credentials',
    kind: { type: 'credential' },
    defaultNote: 'from the environment',
    secret: true,
    description:
      'A token that claude setup-token made, for a subscription. CLAUDE_CODE_OAUTH_TOKEN in the environment works as well. Beside an API key it is not used.',
  },
  {
    name: 'on-missing-credentials',
    group: 'session',
    record: 'settings',
    kind: { type: 'choice', values: ['fail', 'skip'] },
    default: 'fail',
    description:
      'Without credentials: fail, or skip. With skip, a pull request from a fork or from Dependabot gets a notice and a green session.',
  },
  {
    name: 'working-directory',
    group: 'session',
    kind: { type: 'path' },
    field: 'workingDir',
    defaultNote: 'the workspace; command and library: the current directory',
    perProcess: true,
    description: 'The directory where Claude works.',
  },
  {
    name: 'log-dir',
    group: 'session',
    kind: { type: 'path' },
    tasks: everyTask,
    field: 'baseLogDir',
    defaultNote: 'Action: below RUNNER_TEMP; command and library: .claude/runtime/logs',
    description: "Where the session's directory is made, with its logs and results.",
  },
  {
    name: 'max-log-size',
    group: 'session',
    record: 'settings',
    kind: { type: 'size' },
    tasks: everyTask,
    default: '1GiB',
    description:
      'The most that each log file of one process may hold: 512MiB, 1GiB and 10MB work, a bare number is bytes. What is beyond it ' +
      'is left out, and a warning says so; the process goes on.',
  },
  {
    name: 'resume-from',
    group: 'session',
    kind: { type: 'word' },
    description:
      'Run only what did not succeed in an earlier session, and take the rest from there: the directory of a session (with a ' +
      'path separator) or its id below log-dir. In the Action instead of the id: the name of an artifact of this run, or previous-attempt.',
  },
  {
    name: 'resume-key',
    group: 'action',
    record: 'delivery',
    kind: { type: 'text' },
    frontends: actionOnly,
    description:
      'Text that becomes part of the identity by which previous-attempt finds the artifact of this step. A reusable workflow or ' +
      'composite action that is called more than once in a run needs one for each call, such as an input of its own.',
  },
  {
    name: 'title',
    group: 'session',
    record: 'settings',
    kind: { type: 'text' },
    tasks: everyTask,
    defaultNote: "Action: the step's id, else the job; library: the session's name",
    description: 'The heading of summary and report. It tells the steps of a job, or the legs of a matrix, apart.',
  },
  {
    name: 'dry-run',
    group: 'session',
    record: 'policy',
    kind: { type: 'boolean' },
    default: 'false',
    description: 'Check everything, print the plan, start nothing.',
  },
  {
    name: 'offline',
    group: 'session',
    record: 'policy',
    kind: { type: 'boolean' },
    default: 'false',
    description:
      'Run the real Claude CLI against a stand-in for the model: no credentials, no cost, and nothing leaves the machine. For a trial of a workflow.',
  },
  {
    name: 'trust',
    group: 'safety',
    kind: { type: 'choice', values: ['auto', 'trusted', 'untrusted'] },
    default: 'auto',
    description:
      'Whether the checkout and the prompts may be hostile: auto decides from the event, untrusted forces the careful mode, trusted is your consent.',
  },
  {
    name: 'pass-env',
    group: 'safety',
    record: 'settings',
    kind: { type: 'variable-names' },
    description:
      'Names of further environment variables that Claude may see, one a line; * and ? work. All else is withheld.',
  },
  {
    name: 'mask',
    group: 'safety',
    record: 'settings',
    kind: { type: 'secrets' },
    tasks: everyTask,
    secret: true,
    description: 'Further values to redact everywhere, one a line, each of at least 8 bytes.',
  },
  {
    name: 'upload-logs',
    group: 'action',
    record: 'delivery',
    kind: { type: 'choice', values: ['always', 'on-failure', 'never'] },
    tasks: everyTask,
    frontends: actionOnly,
    default: 'always',
    description: "When to upload the session's directory as an artifact: always, on-failure or never.",
  },
  {
    name: 'artifact-name',
    group: 'action',
    record: 'delivery',
    kind: { type: 'artifact-name' },
    tasks: everyTask,
    frontends: actionOnly,
    default: 'claude-ensemble',
    description: 'The name of the artifact. A suffix that is unique by job, attempt and session is always added.',
  },
  {
    name: 'retention-days',
    group: 'action',
    record: 'delivery',
    kind: { type: 'count', min: 1, max: 400 },
    tasks: everyTask,
    frontends: actionOnly,
    defaultNote: "the repository's",
    description: 'For how many days GitHub keeps the artifact.',
  },
  {
    name: 'job-summary',
    group: 'action',
    record: 'delivery',
    kind: { type: 'boolean' },
    tasks: everyTask,
    frontends: actionOnly,
    default: 'true',
    description: "Write the session's summary into the summary of the job.",
  },
  {
    name: 'comment',
    group: 'action',
    record: 'delivery',
    kind: { type: 'choice', values: ['none', 'sticky', 'review'] },
    tasks: everyTask,
    frontends: actionOnly,
    default: 'none',
    description:
      'Tell the findings on the pull request: none, sticky (one comment, kept up to date), or review (that and a review with comments on the lines of the diff). Needs permissions: pull-requests: write.',
  },
  {
    name: 'pull-request',
    group: 'action',
    record: 'delivery',
    kind: { type: 'count', min: 1, max: 2_147_483_647 },
    tasks: everyTask,
    frontends: actionOnly,
    defaultNote: 'that of the event',
    description:
      'The number of the pull request to comment on, where the event does not tell. Never take it from an artifact or a file: whoever wrote that chooses where the comment goes.',
  },
  {
    name: 'comment-key',
    group: 'action',
    record: 'delivery',
    kind: { type: 'text' },
    tasks: everyTask,
    frontends: actionOnly,
    defaultNote: 'workflow, job, matrix and step',
    description:
      'Tells the findings of this step from those of others: the id of the run in findings.sarif, and what the comment on the pull request is found by. Code scanning takes what stands before the last slash as the category.',
  },
  {
    name: 'github-token',
    group: 'action',
    record: 'delivery',
    kind: { type: 'credential' },
    tasks: everyTask,
    frontends: actionOnly,
    defaultNote: 'github.token',
    secret: true,
    description: "For this Action's own calls to GitHub. Claude never sees it.",
  },
] as const satisfies readonly OptionRow[];
