// Made by scripts/generate.ts from src/model/option-table.ts; change that instead.

/** Options that a process may have of its own. */
export interface ProcessOptionFields {
  /**
   * The longest that one attempt of a process may take. A bare number is seconds; 90s, 15m and 1h30m work, up to
   * 24 days.
   */
  readonly timeout?: number | string | undefined;
  /**
   * The ceiling of one process in US dollars. Claude checks it after each response, so it may be passed by one
   * response.
   */
  readonly maxProcessBudgetUsd?: number | undefined;
  /**
   * The model, by its full name or by an alias such as sonnet.
   */
  readonly model?: string | undefined;
  /**
   * The model to use when the first is overloaded or unavailable.
   */
  readonly fallbackModel?: string | undefined;
  /**
   * How hard the model is to think: low, medium, high, xhigh, max.
   */
  readonly effort?: 'low' | 'medium' | 'high' | 'xhigh' | 'max' | undefined;
  /**
   * Text added to the end of Claude's system prompt.
   */
  readonly appendSystemPrompt?: string | undefined;
  /**
   * Tools that Claude may use unasked, one a line or separated by commas: Edit, Bash(git log:*). By default
   * nothing that writes is allowed. Tools that end a turn in order to be woken later (ScheduleWakeup, Monitor,
   * Workflow, CronCreate) are off unless they are named here.
   * A list, or a string with one item a line or between commas.
   */
  readonly allowedTools?: readonly string[] | string | undefined;
  /**
   * Tools that Claude may not use, one a line or separated by commas.
   * A list, or a string with one item a line or between commas.
   */
  readonly disallowedTools?: readonly string[] | string | undefined;
  /**
   * Claude's permission mode: default, plan, dontAsk, acceptEdits, auto, manual, bypassPermissions.
   */
  readonly permissionMode?:
    | 'default'
    | 'plan'
    | 'dontAsk'
    | 'acceptEdits'
    | 'auto'
    | 'manual'
    | 'bypassPermissions'
    | undefined;
  /**
   * How many turns Claude may take in one process. A process that needs more has failed.
   */
  readonly maxTurns?: number | undefined;
  /**
   * A JSON schema that the answer must meet: JSON text when it begins with {, otherwise a path. The answer is then
   * in structured-output. findings and finding-check are keywords for schemas of our own; a file of such a name
   * is ./findings.
   * An object, a schema of a library such as zod, JSON text, the path of a file of it, or a keyword.
   */
  readonly jsonSchema?: string | object | undefined;
  /**
   * Further arguments for Claude, one a line, or a JSON array. A flag and its value are two lines. Never parsed by
   * a shell.
   * A list, or a string with one argument a line.
   */
  readonly claudeArgs?: readonly string[] | string | undefined;
  /**
   * The directory where Claude works.
   * A path; relative to the current directory.
   */
  readonly workingDir?: string | undefined;
}

/** Options of a session, and what its processes have where they leave it out. */
export interface SessionOptionFields extends ProcessOptionFields {
  /**
   * Text that goes ahead of every prompt as data, not as instructions: the title and body of a pull request, for
   * example.
   */
  readonly context?: string | undefined;
  /**
   * Files, one a line, whose text goes ahead of every prompt as data. Of one that is binary or too large, only its
   * name and size do. For the command - is standard input.
   * A list, or a string with one item a line.
   */
  readonly contextFiles?: readonly string[] | string | undefined;
  /**
   * More prompts than this are refused: a guard against an accident.
   * @default 500
   */
  readonly maxPrompts?: number | undefined;
  /**
   * How many processes run at once, in parallel and within a batch.
   * @default 3
   */
  readonly maxWorkers?: number | undefined;
  /**
   * How many processes make a batch.
   * @default 5
   */
  readonly batchSize?: number | undefined;
  /**
   * In a sequence and between batches: the successful outputs so far go ahead of the next prompt, as data, 64 KiB
   * in all.
   * @default false
   */
  readonly passOutput?: boolean | undefined;
  /**
   * Start nothing new after a failure. What runs goes on, the rest are skipped.
   * @default false
   */
  readonly stopOnFailure?: boolean | undefined;
  /**
   * When the session fails: any, all or none of the processes not done, a count of them such as 3, or a share of
   * all prompts such as 10%.
   * @default any
   */
  readonly failOn?: 'any' | 'all' | 'none' | number | `${number}%` | undefined;
  /**
   * Fail the session also for a finding that was not refuted: none, important, or nit (which includes important).
   * What was there before the change never fails it. In an untrusted session it is advice and decides nothing.
   * @default none
   */
  readonly failOnSeverity?: 'none' | 'important' | 'nit' | undefined;
  /**
   * What becomes of a process that was denied a tool: warn (it succeeds, with a warning), fail (it failed) or
   * ignore.
   * @default warn
   */
  readonly onDenied?: 'warn' | 'fail' | 'ignore' | undefined;
  /**
   * End a process that has sent no event for this long.
   * A number is seconds; a string is such as `90s`, `15m` or `1h30m`.
   */
  readonly idleTimeout?: number | string | undefined;
  /**
   * The longest that the whole session may take, an installation of the CLI included: nothing starts after it, and
   * what runs is cancelled in time to write every result.
   * A number is seconds; a string is such as `90s`, `15m` or `1h30m`.
   */
  readonly totalTimeout?: number | string | undefined;
  /**
   * How many more attempts a process gets after a failure that may pass by itself: a rate limit, an overload, a
   * lost connection.
   * @default 2
   */
  readonly retries?: number | undefined;
  /**
   * The longest wait before the first retry. It doubles each time, up to 60 seconds; the wait is a random part of
   * it.
   * A number is seconds; a string is such as `90s`, `15m` or `1h30m`.
   * @default 5s
   */
  readonly retryDelay?: number | string | undefined;
  /**
   * Retry also when a tool has already run. What the tool did may then happen twice.
   * @default false
   */
  readonly retryAfterTools?: boolean | undefined;
  /**
   * Start the next process while those before it work, so that nobody waits for its start-up; it gets its prompt
   * at its turn.
   * @default true
   */
  readonly startAhead?: boolean | undefined;
  /**
   * The ceiling of the whole session in US dollars. A process starts only if its own ceiling fits into what is
   * left.
   */
  readonly maxBudgetUsd?: number | undefined;
  /**
   * Whether processes send the context so that the service caches it: written once, it is read at a tenth of the
   * price by all that share model, effort, tools and system prompt.
   * @default auto
   */
  readonly promptCaching?: 'auto' | 'off' | undefined;
  /**
   * MCP servers for Claude: JSON text, or the path of a JSON file.
   * An object, JSON text, or the path of a file of it.
   */
  readonly mcpConfig?: string | object | undefined;
  /**
   * Further settings for Claude: JSON text, or the path of a JSON file.
   * An object, JSON text, or the path of a file of it.
   */
  readonly settings?: string | object | undefined;
  /**
   * The executable to run instead of an installed Claude CLI. It may be a plain program; it is asked for --version
   * first, and one that is silent is waited for up to 30 s.
   * A path; relative to the current directory.
   */
  readonly claudePath?: string | undefined;
  /**
   * Exactly this version of the Claude CLI, such as 2.1.330, or latest. The Action installs it; the command prints
   * how to.
   */
  readonly claudeVersion?: string | undefined;
  /**
   * Run only this part of the processes, such as 2/4: the second of four. What depends on each other stays
   * together. The artifact goes to merge.
   */
  readonly shard?: `${number}/${number}` | undefined;
  /**
   * The output of plan. A shard with other prompts, context or options than plan saw does not start; merge takes
   * shards of this plan only.
   */
  readonly planHash?: string | undefined;
  /**
   * An API key of Anthropic. ANTHROPIC_API_KEY in the environment works as well.
   */
  readonly anthropicApiKey?: string | undefined;
  /**
   * A token that claude setup-token made, for a subscription. CLAUDE_CODE_OAUTH_TOKEN in the environment works as
   * well. Beside an API key it is not used.
   */
  readonly claudeCodeOauthToken?: string | undefined;
  /**
   * Without credentials: fail, or skip. With skip, a pull request from a fork or from Dependabot gets a notice and
   * a green session.
   * @default fail
   */
  readonly onMissingCredentials?: 'fail' | 'skip' | undefined;
  /**
   * Where the session's directory is made, with its logs and results.
   * A path; relative to the current directory.
   */
  readonly baseLogDir?: string | undefined;
  /**
   * The most that each log file of one process may hold: 512MiB, 1GiB and 10MB work, a bare number is bytes. What
   * is beyond it is left out, and a warning says so; the process goes on.
   * A number is bytes; a string is such as `512 MiB` or `1 GiB`.
   * @default 1GiB
   */
  readonly maxLogSize?: number | string | undefined;
  /**
   * Run only what did not succeed in an earlier session, and take the rest from there: the directory of a session
   * (with a path separator) or its id below log-dir. In the Action instead of the id: the name of an artifact of
   * this run, or previous-attempt.
   */
  readonly resumeFrom?: string | undefined;
  /**
   * The heading of summary and report. It tells the steps of a job, or the legs of a matrix, apart.
   */
  readonly title?: string | undefined;
  /**
   * Check everything, print the plan, start nothing.
   * @default false
   */
  readonly dryRun?: boolean | undefined;
  /**
   * Run the real Claude CLI against a stand-in for the model: no credentials, no cost, and nothing leaves the
   * machine. For a trial of a workflow.
   * @default false
   */
  readonly offline?: boolean | undefined;
  /**
   * Whether the checkout and the prompts may be hostile: auto decides from the event, untrusted forces the careful
   * mode, trusted is your consent.
   * @default auto
   */
  readonly trust?: 'auto' | 'trusted' | 'untrusted' | undefined;
  /**
   * Names of further environment variables that Claude may see, one a line; * and ? work. All else is withheld.
   * A list, or a string with one name a line.
   */
  readonly passEnv?: readonly string[] | string | undefined;
  /**
   * Further values to redact everywhere, one a line, each of at least 8 bytes.
   * A list, or a string with one value a line.
   */
  readonly mask?: readonly string[] | string | undefined;
}
