export const id = 273;
export const ids = [273];
export const modules = {

/***/ 4010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QZ: () => (/* binding */ commandLineFault),
/* harmony export */   ay: () => (/* binding */ commandLine)
/* harmony export */ });
/* unused harmony export directoryRule */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1708);
/* harmony import */ var _model_option_table_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9237);



/** In an untrusted checkout nothing that configures Claude may be read as if it were plain text either (SECURITY.md, T1). */
const agentFiles = ['CLAUDE.md', 'CLAUDE.local.md', '.claude/**', '.mcp.json'];
/** Tools that end a turn in order to be woken later: nothing wakes a run with `-p`, so the work would end before it is done. */
const wakingTools = ['CronCreate', 'CronDelete', 'CronList', 'Monitor', 'ScheduleWakeup', 'Workflow'];
/** The arguments for the Claude CLI. The prompt is not among them: it goes to standard input. */
function commandLine(options) {
    const { claude, trust, offline, logDirectory, ceilingUsd, recordingsBase, ownConfiguration } = options;
    const untrusted = trust.level === 'untrusted';
    const { mcpConfig: _servers, settings: _settings, ...onStandIn } = claude;
    const denied = [
        ...['Read', 'Edit'].flatMap((tool) => [
            directoryRule(tool, logDirectory),
            ...(recordingsBase === undefined ? [] : recordingRules(tool, recordingsBase)),
            ...(ownConfiguration === undefined ? [] : [directoryRule(tool, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(ownConfiguration, 'projects'))]),
        ]),
        ...(untrusted ? [] : wakingTools.filter((tool) => !isNamed(tool, claude))),
        ...(untrusted ? agentFiles.flatMap((file) => [`Read(./${file})`, `Read(./**/${file})`]) : []),
    ];
    return [
        '-p',
        '--output-format',
        'stream-json',
        '--verbose',
        ...flag('--input-format', options.input === 'stream-json' ? options.input : undefined),
        ...(options.isPartial === true ? ['--include-partial-messages'] : []),
        ...(options.recordedAs === undefined ? ['--no-session-persistence'] : ['--session-id', options.recordedAs]),
        ...(options.continues === undefined ? [] : ['--resume', options.continues, '--fork-session']),
        // Holds against hooks, helpers, servers and memory of a hostile checkout, where --bare and --safe-mode do not (docs/claude-cli.md).
        ...(untrusted || offline ? ['--setting-sources', 'user', '--strict-mcp-config'] : []),
        // Without --restricted, the mode "plan" reads outside of the working directory (tried with 2.1.330).
        ...(untrusted ? ['--tools', 'Read', '--restricted'] : []),
        ...flag('--max-budget-usd', ceilingUsd),
        ...optionArguments({ ...(offline ? onStandIn : claude), disallowedTools: [...claude.disallowedTools, ...denied] }),
        ...claude.claudeArgs,
    ];
}
/** Whether someone asked for a tool by its name. */
function isNamed(tool, { allowedTools, claudeArgs }) {
    return [...allowedTools, ...claudeArgs.flatMap((argument) => argument.split(/[\s,=]/))].some((rule) => rule.replace(/\(.*/s, '') === tool);
}
/** The options that are handed on, each under the first of its flags. */
const passedOn = (0,_model_option_table_js__WEBPACK_IMPORTED_MODULE_2__/* .fieldsOf */ .Pf)('claude').flatMap(({ key, cliFlags: [name] = [] }) => name === undefined ? [] : [{ name, key }]);
/** Lists come last: the CLI reads whatever follows one, up to the next flag, as a part of it. */
function optionArguments(claude) {
    const given = passedOn.map(({ name, key }) => ({ name, value: claude[key] }));
    return [
        ...given.flatMap(({ name, value }) => (typeof value === 'object' ? [] : flag(name, value))),
        ...given.flatMap(({ name, value }) => (typeof value === 'object' && value.length > 0 ? [name, ...value] : [])),
    ];
}
function flag(name, value) {
    return value === undefined ? [] : [name, String(value)];
}
/** In UTF-16 units, for the whole line with its final zero (CreateProcess). Elsewhere each argument has a limit of its own. */
const longestWindowsLine = 32_767;
/** Why a command line is too long to be started; undefined when it is not. */
function commandLineFault(executable, argsOf, platform = node_process__WEBPACK_IMPORTED_MODULE_1__.platform) {
    if (platform !== 'win32')
        return undefined;
    const quoted = [executable, ...argsOf()].map((arg) => arg.replace(/(\\*)("|$)/g, '$1$1$2').replaceAll('"', '\\"').length + 2);
    const length = quoted.reduce((sum, part) => sum + part + 1, 0);
    if (length <= longestWindowsLine)
        return undefined;
    return (`its command line has ${length} characters, and Windows takes ${longestWindowsLine - 1}. Shorten append-system-prompt, ` +
        'json-schema, allowed-tools or claude-args, or let settings and mcp-config name files.');
}
/**
 * A permission rule for all that lies below an absolute directory, written so that every character of the path stands for
 * itself: the CLI reads a pattern as git does in `.gitignore`, in parentheses in which `\` quotes (tried with 2.1.330).
 */
function directoryRule(tool, directory, platform = node_process__WEBPACK_IMPORTED_MODULE_1__.platform) {
    return `${tool}(/${quotedPath(directory, platform)}/**)`;
}
/** Rules for the recordings of conversations, while they are written and when they are kept. */
function recordingRules(tool, base) {
    const path = quotedPath(base, node_process__WEBPACK_IMPORTED_MODULE_1__.platform);
    return [`${tool}(/${path}/recordings/**)`, `${tool}(/${path}/*/config/**/*.jsonl)`];
}
function quotedPath(directory, platform) {
    const path = platform === 'win32' ? slashed(directory) : directory;
    const pattern = path.replace(/[\\*[\]]/g, '\\$&');
    return pattern.replace(/[\\()]/g, '\\$&');
}
/** `C:\logs` as the CLI writes it: `/c/logs`. */
function slashed(path) {
    return path.replace(/^[A-Za-z]:/, (drive) => `/${drive.charAt(0).toLowerCase()}`).replaceAll('\\', '/');
}


/***/ }),

/***/ 1525:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ge: () => (/* binding */ endUnstarted),
  "if": () => (/* binding */ reportResult),
  R3: () => (/* binding */ runProcess),
  hT: () => (/* binding */ skipped)
});

// EXTERNAL MODULE: ./build/model/clock.js
var model_clock = __webpack_require__(6824);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
// EXTERNAL MODULE: ./build/model/finding-schemas.js
var finding_schemas = __webpack_require__(6582);
// EXTERNAL MODULE: ./build/model/redacted-fields.js
var redacted_fields = __webpack_require__(5260);
// EXTERNAL MODULE: ./build/model/compact.js
var compact = __webpack_require__(5527);
// EXTERNAL MODULE: ./build/model/money.js
var money = __webpack_require__(8734);
// EXTERNAL MODULE: ./build/model/usage.js
var usage = __webpack_require__(4041);
;// CONCATENATED MODULE: ./build/scheduler/attempt-totals.js




/** Begins to count: the process is about to be started. */
function newTotals(clock) {
    return {
        startedAt: clock.date(),
        startedMs: clock.now(),
        attempts: 0,
        costUsd: undefined,
        chargedUsd: undefined,
        usage: undefined,
        usageByModel: {},
        last: undefined,
    };
}
/** Adds one attempt; an unknown cost counts as its ceiling. */
function count(totals, outcome, ceilingUsd) {
    totals.attempts += 1;
    totals.last = outcome;
    totals.costUsd = sum(totals.costUsd, outcome.costUsd);
    totals.chargedUsd = sum(totals.chargedUsd, outcome.costUsd ?? ceilingUsd);
    totals.usage = (0,usage/* sumUsage */.Rl)(totals.usage, outcome.usage);
    totals.usageByModel = (0,usage/* addByModel */.O$)(totals.usageByModel, outcome.usageByModel);
}
/** An attempt that has ended, as an event. */
function attemptEnded({ id }, outcome, { attempt, ceilingUsd, clock }) {
    const { ending, childExit, costUsd, usage, usageByModel, permissionDenials, survivorsKilled } = outcome;
    return {
        type: 'process-attempt-ended',
        processId: id,
        attempt,
        status: ending.status,
        permissionDenials,
        ...(0,compact/* compact */.o)({
            reason: ending.reason,
            childExit,
            costUsd,
            chargedUsd: costUsd ?? ceilingUsd,
            usage,
            usageByModel,
            retryAt: retryAtOf(outcome, clock),
            survivorsKilled,
        }),
    };
}
function sum(a, b) {
    return a === undefined ? b : (0,money/* roundedUsd */.c)(a + (b ?? 0));
}
/** The result of a process whose attempts are over. */
function resultOf({ process, ending, totals, clock, offline }) {
    const { last } = totals;
    return {
        ...ending,
        processId: process.id,
        name: process.name,
        ...(0,finding_schemas/* answerRole */.ri)(process.claude.jsonSchema, process.checkedFinding),
        // A process cancelled between two attempts did not fail by its last exit.
        exitCode: ending === last?.ending ? last.exitCode : -1,
        output: last?.output ?? '',
        stderr: last?.stderr ?? '',
        duration: Math.round(clock.now() - totals.startedMs) / 1000,
        attempts: totals.attempts,
        startedAt: totals.startedAt.toISOString(),
        endedAt: clock.date().toISOString(),
        permissionDenials: last?.permissionDenials ?? [],
        ...(0,compact/* compact */.o)({
            mcpFaults: last?.mcpFaults?.length ? last.mcpFaults : undefined,
            message: last?.message,
            cause: last?.cause,
            timedOutAfter: ending.status === 'timed-out' && last?.limitMs !== undefined ? last.limitMs / 1000 : undefined,
            retryAt: retryAtOf(last, clock),
            conversationId: last?.conversationId,
            model: last?.model,
            usage: totals.usage,
            usageByModel: Object.keys(totals.usageByModel).length === 0 ? undefined : totals.usageByModel,
            costUsd: totals.costUsd,
            numTurns: last?.numTurns,
            structuredOutput: last?.structuredOutput,
            childExit: last?.childExit,
            killedAfterResult: last?.killedAfterResult || undefined,
            outputTruncated: last?.outputTruncated || undefined,
            continueOnError: process.continueOnError || undefined,
            offline: offline || undefined,
        }),
    };
}
/** ISO 8601; undefined without a usage limit, and for a reset that has passed already. */
function retryAtOf(last, clock) {
    const { ending, refusal: { resetsAt } = {} } = last ?? {};
    if (ending?.reason !== 'quota' || resetsAt === undefined || resetsAt <= clock.date().getTime())
        return undefined;
    return new Date(resetsAt).toISOString();
}

// EXTERNAL MODULE: ./build/scheduler/retry.js
var retry = __webpack_require__(2820);
;// CONCATENATED MODULE: ./build/scheduler/process-run.js






/** Milliseconds until the next start after one that failed for want of memory or file descriptors. */
const exhaustionPauseMs = 1_000;
/** Starts that fail in a row for want of a resource, before the process fails: the machine will not recover soon. */
const mostExhaustions = 60;
/** Runs one process to its end: money, a permit to start, attempts and the waits between them. Never rejects. */
async function runProcess(process, passed, session) {
    const options = withBreaker(process, session);
    const reservation = await reserve(process, options);
    if ('skipped' in reservation)
        return endUnstarted(process, skipped(reservation.skipped), options);
    const totals = newTotals(options.clock);
    const result = (ending) => resultOf({ process, ending, totals, clock: options.clock, offline: options.offline });
    try {
        const ending = await runAttempts({ process, passed, reservation, totals, options });
        reservation.settle(totals.attempts === 0 ? 0 : totals.chargedUsd);
        if (ending.status === 'skipped')
            return endUnstarted(process, ending, options);
        if (ending.status === 'succeeded')
            options.admission.succeeded();
        return reportResult(result(ending), options);
    }
    catch (error) {
        // A fault of our own (docs/reliability.md, R20): nothing that runs is to be trusted, and the result says so.
        options.abandon();
        reservation.settle(totals.chargedUsd);
        const message = (0,errors/* internalErrorMessage */.vh)(error);
        return reportResult({ ...result({ status: 'failed', reason: 'internal-error' }), message }, options);
    }
}
/** A process that waits for its first start is skipped by the breaker as well. */
function withBreaker(process, options) {
    const { breaker, halt, skipSignal, skipReason } = options;
    return {
        ...options,
        skipSignal: AbortSignal.any([skipSignal, breaker.signalFor(process)]),
        skipReason: () => (halt.aborted ? undefined : breaker.reasonFor(process)) ?? skipReason(),
    };
}
/** Accounts for a process that is not started. */
function endUnstarted(process, ending, options) {
    const result = {
        ...ending,
        processId: process.id,
        name: process.name,
        ...(0,finding_schemas/* answerRole */.ri)(process.claude.jsonSchema, process.checkedFinding),
        exitCode: -1,
        output: '',
        stderr: '',
        duration: 0,
        attempts: 0,
        endedAt: options.clock.date().toISOString(),
        permissionDenials: [],
        ...(process.continueOnError && { continueOnError: true }),
        ...(options.offline && { offline: true }),
    };
    return reportResult(result, options);
}
/** The ending of a process that is not started. */
function skipped(reason) {
    return { status: 'skipped', reason };
}
/** Reports a result, and gives it as callers and later processes may see it. The only place where a result is redacted. */
function reportResult(unsafe, { emit, redactor }) {
    const result = (0,redacted_fields/* redactedResult */.u)(unsafe, redactor);
    void emit({ type: 'process-ended', result }); // Emitting never rejects.
    return result;
}
async function reserve(process, { budget, skipSignal, skipReason }) {
    for (;;) {
        if (skipSignal.aborted)
            return { skipped: skipReason() };
        const answer = budget.reserve(process.maxBudgetUsd);
        if (answer.kind === 'reserved')
            return answer.reservation;
        if (answer.kind === 'exhausted')
            return { skipped: 'budget' };
        // What runs settles when it is halted, so this wait ends then too.
        await answer.changed;
    }
}
async function runAttempts({ process, passed, reservation, totals, options }) {
    const { admission, breaker, halt, clock } = options;
    const mayRetry = AbortSignal.any([halt, breaker.signalFor(process)]);
    for (let exhaustions = 0;;) {
        const skipSignal = totals.attempts === 0 ? options.skipSignal : mayRetry;
        const permit = await startPermit(process, { skipSignal, isFirst: totals.attempts === 0 }, options);
        if (permit === undefined)
            return endingWithoutStart(totals, options);
        if (totals.attempts === 0)
            Object.assign(totals, { startedAt: clock.date(), startedMs: clock.now() });
        const left = moneyLeft(reservation, totals);
        const outcome = await options.attempt({
            process,
            passed,
            attempt: totals.attempts + 1,
            ...(left !== undefined && { ceilingUsd: left }),
            onStarted: permit.markStarted,
            skipSignal,
        });
        if (outcome === undefined) {
            permit.release();
            return endingWithoutStart(totals, options);
        }
        if (outcome.resourceExhausted && exhaustions < mostExhaustions) {
            exhaustions += 1;
            admission.pushedBack(exhaustionPauseMs);
            permit.release();
            if (exhaustions === 1)
                void options.emit(exhaustionNotice(process, outcome));
            continue;
        }
        count(totals, outcome, left);
        void options.emit(attemptEnded(process, outcome, { attempt: totals.attempts, ceilingUsd: left, clock }));
        const resetMs = breaker.record(process, outcome);
        const { delayMs, barrier } = nextAttempt({ outcome, totals, reservation, options, resetMs });
        if (isPushBack(outcome))
            admission.pushedBack(delayMs ?? outcome.retryAfterMs ?? options.policy.retryDelayMs);
        if (delayMs === undefined)
            options.onOutcome(outcome.ending);
        permit.release();
        const { message, ending } = outcome;
        if (barrier !== undefined)
            totals.last = { ...outcome, message: withBarrier(message, barrier) };
        if (delayMs === undefined || ending.reason === undefined)
            return ending;
        const fact = { type: 'process-retrying', processId: process.id, attempt: totals.attempts, delayMs };
        void options.emit({ ...fact, reason: ending.reason, ...(message !== undefined && { message }) });
        await (0,model_clock/* pause */.v)(clock, delayMs, mayRetry);
        if (mayRetry.aborted)
            return endingWithoutStart(totals, options);
    }
}
/** Waits until no used up limit holds the process back and the admission lets it start. */
async function startPermit(process, { skipSignal, isFirst }, { admission, breaker, isStartedAhead }) {
    for (;;) {
        await breaker.reset(process, skipSignal);
        const permit = await admission.start(skipSignal, isFirst && isStartedAhead?.(process.id) === true);
        if (permit === undefined || !breaker.isHeld(process))
            return permit;
        permit.release();
    }
}
/** The ending of a process that is not to be started, or not again. */
function endingWithoutStart({ attempts, last }, options) {
    const { halt, haltReason, skipReason } = options;
    if (attempts === 0 || last === undefined)
        return { status: 'skipped', reason: skipReason() };
    // The credential was refused to another process meanwhile: what happened to this one stands.
    if (!halt.aborted)
        return last.ending;
    return { status: 'cancelled', reason: haltReason() === 'deadline' ? 'deadline' : 'cancelled' };
}
/** Once per process: while the machine is short of something, it is asked every second. */
function exhaustionNotice({ id }, { message = 'it could not be started' }) {
    const text = `${message}. The machine is short of something: it is started later, and no attempt is counted.`;
    return { type: 'notice', level: 'info', processId: id, message: text, starts: 'held' };
}
const barriers = {
    money: 'no money is left for another attempt',
    tools: 'a tool had been called, and another attempt may call it again; retry-after-tools allows that',
    deadline: 'another attempt would begin after total-timeout',
    allowance: 'the processes of the session have used up the retries that they share',
};
function nextAttempt({ outcome, totals, reservation, options, resetMs }) {
    const { policy, clock, deadlineAt, allowance } = options;
    const left = moneyLeft(reservation, totals);
    const hasRetries = resetMs !== undefined || (0,retry/* isRetryable */.r3)(outcome, totals.attempts, policy);
    if (left !== undefined && left <= 0)
        return hasRetries ? { barrier: barriers.money } : {};
    if (outcome.isAdapted === true)
        return { delayMs: 0 };
    if (!hasRetries)
        return {};
    if (!(0,retry/* isRepeatable */.su)(outcome, policy))
        return { barrier: barriers.tools };
    // No fault of the process's: neither its retries nor the session's are spent.
    if (resetMs !== undefined)
        return { delayMs: resetMs };
    const delayMs = (0,retry/* retryDelayMs */.qO)({
        attempt: totals.attempts,
        firstDelayMs: policy.retryDelayMs,
        random: clock.random(),
        retryAfterMs: outcome.retryAfterMs,
    });
    if (deadlineAt !== undefined && clock.now() + delayMs >= deadlineAt)
        return { barrier: barriers.deadline };
    return allowance.take() ? { delayMs } : { barrier: barriers.allowance };
}
function withBarrier(message, barrier) {
    const why = `not tried again: ${barrier}`;
    return message === undefined ? why : `${message} (${why})`;
}
function moneyLeft({ ceilingUsd }, { chargedUsd }) {
    return ceilingUsd === undefined ? undefined : ceilingUsd - (chargedUsd ?? 0);
}
function isPushBack({ ending }) {
    return ending.reason === 'rate-limited' || ending.reason === 'overloaded';
}


/***/ }),

/***/ 2820:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   qI: () => (/* binding */ longestDelayMs),
/* harmony export */   qO: () => (/* binding */ retryDelayMs),
/* harmony export */   r3: () => (/* binding */ isRetryable),
/* harmony export */   rt: () => (/* binding */ RetryAllowance),
/* harmony export */   su: () => (/* binding */ isRepeatable)
/* harmony export */ });
/** No delay and no pause is longer, whatever the attempt or the server says (docs/reliability.md, R14). */
const longestDelayMs = 60_000;
/** The retries that a whole session may make: a service that is down must not be asked again by everyone (docs/reliability.md, R14). */
class RetryAllowance {
    #processCount;
    #taken = 0;
    constructor(processCount) {
        this.#processCount = processCount;
    }
    /** More processes may make more retries. */
    add(processCount) {
        this.#processCount += processCount;
    }
    /** Takes one retry; false when none is left. */
    take() {
        if (this.#taken >= Math.max(5, Math.floor(this.#processCount / 5)))
            return false;
        this.#taken += 1;
        return true;
    }
}
/** Whether another attempt may succeed where this one failed, and the process has one left. */
function isRetryable({ transient }, attempt, { retries }) {
    return transient && attempt <= retries;
}
/** Whether another attempt would repeat nothing that a tool has done, or may repeat it. */
function isRepeatable({ toolsRan }, { retryAfterTools }) {
    return retryAfterTools || !toolsRan;
}
/** Full jitter over an exponential ceiling, but never less than the service asked for. */
function retryDelayMs({ attempt, firstDelayMs, random, retryAfterMs = 0 }) {
    const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
    return Math.max(Math.round(random * ceiling), Math.min(retryAfterMs, longestDelayMs));
}


/***/ }),

/***/ 2769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dm: () => (/* binding */ ceilingText),
/* harmony export */   EX: () => (/* binding */ charactersOf),
/* harmony export */   OQ: () => (/* binding */ modelsText),
/* harmony export */   WN: () => (/* binding */ countsText),
/* harmony export */   YL: () => (/* binding */ estimateText),
/* harmony export */   a9: () => (/* binding */ withoutTaken),
/* harmony export */   k8: () => (/* binding */ tokensOf)
/* harmony export */ });
/* harmony import */ var _model_graph_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5278);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3387);


/** Characters of English text for each token, roughly. */
const charactersPerToken = 4;
/** The number of processes of a plan, and of the lists that add more of them. */
function countsText({ graph }) {
    const lists = graph.nodes.filter(({ kind }) => kind === 'each').length;
    const processes = (0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)((0,_model_graph_js__WEBPACK_IMPORTED_MODULE_1__/* .processesOf */ .L6)(graph).length, 'process', 'processes');
    return lists === 0 ? processes : `${processes} and ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)(lists, 'list', 'lists')} found at run time`;
}
/** The models that are asked for, with the number of their processes; a list counts once. */
function modelsText({ graph }) {
    const models = Map.groupBy((0,_model_graph_js__WEBPACK_IMPORTED_MODULE_1__/* .processesAndTemplatesOf */ .dp)(graph), ({ claude }) => claude.model ?? "the CLI's own");
    const parts = [...models].map(([model, processes]) => `${model} (${processes.length})`);
    return parts.length === 0 ? 'none' : parts.join(', ');
}
function tokenCount(characters) {
    return Math.ceil(characters / charactersPerToken);
}
/** The tokens of texts, roughly: `1 token`, `2,000 tokens`. */
function tokensOf(characters) {
    const count = tokenCount(characters);
    return `${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .countText */ .lT)(count)} ${count === 1 ? 'token' : 'tokens'}`;
}
/** The characters of blocks of data. */
function charactersOf(blocks = []) {
    return blocks.reduce((sum, { text }) => sum + text.length, 0);
}
/** The ceiling of money of a whole plan, and what sets it. */
function ceilingText({ plan, policy: { maxBudgetUsd } }) {
    if (maxBudgetUsd !== undefined)
        return `at most $${maxBudgetUsd.toFixed(2)} in all (max-budget-usd)`;
    const own = plan.graph.nodes.flatMap((node) => {
        if (node.kind === 'group')
            return [];
        return node.kind === 'task' ? [node.process.maxBudgetUsd] : [times(node.maxItems, node.template.maxBudgetUsd)];
    });
    if (own.length > 0 && own.every((usd) => usd !== undefined))
        return `at most $${own.reduce((sum, usd) => sum + usd, 0).toFixed(2)} in all (max-process-budget-usd of each)`;
    return 'no ceiling of money: max-budget-usd would give one';
}
function times(count, usd) {
    return usd === undefined ? undefined : count * usd;
}
/** The number of processes at once, where there is more than one. */
function pace({ graph }) {
    const isOpen = graph.nodes.some(({ kind }) => kind === 'each');
    const count = (0,_model_graph_js__WEBPACK_IMPORTED_MODULE_1__/* .processesOf */ .L6)(graph).length;
    const atOnce = isOpen ? graph.maxWorkers : Math.min(graph.maxWorkers, count);
    if (atOnce > 1)
        return `, at most ${atOnce} at once`;
    return isOpen || count > 1 ? ', one at a time' : '';
}
/** The estimate of a session in one line: processes, models, tokens of what they are given to read, money. */
function estimateText({ plan, policy }) {
    const processes = (0,_model_graph_js__WEBPACK_IMPORTED_MODULE_1__/* .processesAndTemplatesOf */ .dp)(plan.graph);
    const context = charactersOf(policy.context);
    // A conversation that is continued has the context already.
    const begun = processes.filter(({ conversationFrom }) => conversationFrom === undefined).length;
    const own = processes.reduce((sum, { prompt, data }) => sum + prompt.length + charactersOf(data), 0);
    const isAll = begun === processes.length;
    const some = begun === 1 ? '1 process' : `each of ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .countText */ .lT)(begun)} processes`;
    const share = context === 0 || begun === 0 ? '' : `, ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .countText */ .lT)(tokenCount(context))} of context in ${isAll ? 'each' : some}`;
    const more = isAll ? '' : ' and the conversations that are continued';
    return (`Estimate: ${countsText(plan)}${pace(plan)}; models: ${modelsText(plan)}; about ${tokensOf(own + begun * context)} of prompts ` +
        `and data${share}, besides what Claude Code sends of its own${more}; ${ceilingText({ plan, policy })}.`);
}
/** Settings with what is left to run: results that are taken from an earlier session are paid for. */
function withoutTaken(settings, taken) {
    const { graph } = settings.plan;
    const nodes = graph.nodes.filter(({ id }) => !taken.has(id));
    return { ...settings, plan: { ...settings.plan, graph: { ...graph, nodes } } };
}


/***/ }),

/***/ 2601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  DT: () => (/* binding */ checkOnly),
  Cs: () => (/* binding */ joinFaults),
  MB: () => (/* binding */ preflightDiagnostics),
  iA: () => (/* binding */ prepare)
});

// EXTERNAL MODULE: ./build/agents/claude/executable.js
var claude_executable = __webpack_require__(5644);
// EXTERNAL MODULE: ./build/model/option-table.js + 3 modules
var option_table = __webpack_require__(9237);
// EXTERNAL MODULE: ./build/options/scalar-values.js
var scalar_values = __webpack_require__(2644);
// EXTERNAL MODULE: ./build/agents/claude/cli-variables.js
var cli_variables = __webpack_require__(1044);
// EXTERNAL MODULE: ./build/agents/claude/environment.js
var claude_environment = __webpack_require__(4391);
;// CONCATENATED MODULE: ./build/agents/claude/login.js




/** Decides how Claude will log in; it needs to know only whether the executable is held to the CLI's rules. */
function loginOf(input, executable) {
    const { settings, environment, login, credentialsWithheld } = input;
    if (executable.kind !== 'claude' || settings.policy.offline || login === 'elsewhere')
        return 'not-needed';
    if ((0,claude_environment/* hasCredentials */.Lk)(environment, settings.credentials))
        return 'given';
    if (login === 'own')
        return 'own';
    return credentialsWithheld === true && settings.onMissingCredentials === 'skip' ? 'excused' : 'missing';
}
/** Faults of the login, a line each. A credential of the environment is held to the same rules as one that is given as an option. */
function loginFaults(input, login) {
    if (login === 'missing')
        return [missingCredentials(input)];
    const { settings, environment } = input;
    if (login !== 'given' || Object.keys(settings.credentials).length > 0)
        return [];
    return cli_variables/* credentialNames */.MR.flatMap((name) => {
        const parsed = (0,scalar_values/* parseCredential */.nx)(environment[name] || 'none');
        return parsed.ok ? [] : parsed.diagnostics.map(({ text }) => `${name}: ${text}`);
    });
}
/** Names of the options that are credentials of Claude. */
const credentialOptions = option_table/* optionRows */.zl.flatMap(({ name, record }) => (record === 'credentials' ? name : []));
function missingCredentials({ credentialsWithheld }) {
    const hint = credentialsWithheld === true
        ? 'Pull requests from forks and by Dependabot get no secrets: set on-missing-credentials to "skip" to let them pass.'
        : `Give ${credentialOptions.join(' or ')}, usually from a secret, or set offline to "true" to try without.`;
    return `anthropic-api-key: there are no credentials for Claude. ${hint}`;
}
/** Told at the start when the login is the user's own. */
const ownLoginNotice = "There is no credential in the environment: the login of the user's own Claude configuration is used.";

// EXTERNAL MODULE: ./build/model/graph.js
var model_graph = __webpack_require__(5278);
// EXTERNAL MODULE: ./build/options/trusted-path.js
var trusted_path = __webpack_require__(8340);
// EXTERNAL MODULE: ./build/plan/patterns.js
var patterns = __webpack_require__(9475);
// EXTERNAL MODULE: ./build/session/executable-search.js
var executable_search = __webpack_require__(2044);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/agents/claude/command-line.js
var command_line = __webpack_require__(4010);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./node_modules/execa/index.js + 137 modules
var execa = __webpack_require__(8194);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 14 modules
var schemas = __webpack_require__(5586);
// EXTERNAL MODULE: ./build/text/json.js
var json = __webpack_require__(5666);
;// CONCATENATED MODULE: ./build/agents/claude/settings-check.js





/** A cold disk has to read its 364 MB first. */
const patienceMs = 30_000;
const nothingFound = { faults: [], warnings: [] };
const question = { type: 'control_request', request_id: 'settings', request: { subtype: 'get_settings' } };
const answerSchema = schemas/* object */.Ikc({
    type: schemas/* literal */.euz('control_response'),
    response: schemas/* object */.Ikc({
        response: schemas/* object */.Ikc({
            sources: schemas/* array */.YOg(schemas/* object */.Ikc({ source: schemas/* string */.YjP(), settings: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()) })),
            errors: schemas/* array */.YOg(schemas/* object */.Ikc({ file: schemas/* string */.YjP().optional(), path: schemas/* string */.YjP(), message: schemas/* string */.YjP() })).optional(),
        }),
    }),
});
/**
 * Whether an executable is the CLI itself. A script of the same name may do its work when it is started, so it is not asked.
 */
function isOwnProgram(executable) {
    try {
        const file = (0,external_node_fs_.openSync)(executable, 'r');
        const head = Buffer.alloc(4);
        (0,external_node_fs_.readSync)(file, head, 0, 4, 0);
        (0,external_node_fs_.closeSync)(file);
        const magic = head.toString('latin1');
        // ELF, PE, and Mach-O in its forms
        return magic === '\x7fELF' || magic.startsWith('MZ') || /^(?:\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)$/.test(magic);
    }
    catch {
        return false;
    }
}
/**
 * Has the CLI read options without a prompt, and report the settings in effect. It starts no hook (`--bare`) and no MCP server, and
 * asks no model. What it does not answer is left to the processes.
 */
async function checkOptions(options, tools) {
    const { executable, environment, interrupt } = tools;
    const result = await (0,execa/* execa */.Ho)(executable, argumentsOf(options), {
        cwd: options.workingDirectory,
        env: environment,
        extendEnv: false,
        input: `${JSON.stringify(question)}\n`,
        reject: false,
        killDescendants: true,
        timeout: patienceMs,
        killSignal: 'SIGKILL',
        maxBuffer: 64 * 1024 * 1024,
        ...(interrupt !== undefined && { cancelSignal: interrupt }),
    });
    const answer = answerIn(result.stdout);
    if (answer !== undefined)
        return judge(answer, options);
    const refusal = result.exitCode === undefined || result.exitCode === 0 ? undefined : refusalIn(result.stderr, options);
    return refusal === undefined ? nothingFound : { faults: [refusal], warnings: [] };
}
function argumentsOf({ settings, jsonSchema, permissionMode, userSettingsOnly }) {
    return [
        ...['--bare', '-p', '--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'],
        ...['--no-session-persistence', '--strict-mcp-config', ...(userSettingsOnly ? ['--setting-sources', 'user'] : [])],
        ...(settings === undefined ? [] : ['--settings', settings]),
        ...(jsonSchema === undefined ? [] : ['--json-schema', jsonSchema]),
        ...(permissionMode === undefined ? [] : ['--permission-mode', permissionMode]),
    ];
}
function answerIn(stdout) {
    for (const line of stdout.split('\n')) {
        if (!line.includes('"control_response"'))
            continue;
        try {
            return answerSchema.parse(JSON.parse(line)).response.response;
        }
        catch {
            return undefined;
        }
    }
    return undefined;
}
/** The option that the CLI names in its error; undefined for an error that concerns none, such as a lack of memory. */
function refusalIn(stderr, { permissionMode }) {
    const text = oneLine(stderr.replace(/^\s*Error:\s*/i, ''));
    if (text.includes('--json-schema'))
        return `json-schema: Claude refuses it: ${text.replace('--json-schema is not a valid JSON Schema: ', '')}`;
    if (text.includes('skip-permissions') && permissionMode !== undefined) {
        const hint = text.includes('root')
            ? ' In a container that is thrown away, set IS_SANDBOX: 1 in the env of the step.'
            : '';
        return `permission-mode: "${permissionMode}": Claude refuses it: ${text}.${hint}`;
    }
    return text.includes('--settings') ? `settings: Claude refuses to start with them: ${text}` : undefined;
}
function judge({ sources, errors = [] }, { settings, workingDirectory }) {
    const path = settings === undefined || settings.startsWith('{') ? undefined : (0,external_node_path_.resolve)(workingDirectory, settings);
    const isOurs = (file) => settings !== undefined && (file === path || /claude-settings-[\da-f]+\.json$/.test(file ?? ''));
    const faults = errors.filter(({ file }) => isOurs(file));
    const others = errors.filter(({ file }) => !isOurs(file));
    const warnings = others.map(({ file = 'settings', ...error }) => `${file}: Claude ignores it as a whole: ${errorText(error)}`);
    if (faults.length > 0) {
        return { faults: [`settings: Claude would ignore all of them: ${faults.map(errorText).join('; ')}`], warnings };
    }
    const applied = sources.find(({ source }) => source === 'flagSettings')?.settings ?? {};
    const dropped = settings === undefined ? [] : missingIn((0,json/* parseJson */.q)(path === undefined ? settings : contentOf(path)) ?? {}, applied);
    const [guards, rest] = [dropped.filter(isGuard), dropped.filter((path) => !isGuard(path))];
    return {
        faults: guards.map((path) => `settings: Claude would ignore ${path}: it is malformed, or nothing that Claude knows.`),
        warnings: [...warnings, ...rest.map((path) => `settings: Claude ignores ${path}.`)],
    };
}
function errorText({ path, message }) {
    return oneLine(path === '' ? message : `${path}: ${message}`);
}
/** A rule that forbids or asks, and a hook, which may guard as well: a session must not run without one that was meant. */
function isGuard(path) {
    return /^(?:permissions\.(?:deny|ask)|hooks)(?:$|[.[])/.test(path);
}
function contentOf(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8').replace(/^\uFEFF/, '');
    }
    catch {
        return '';
    }
}
/** The paths of what was given and is not in what applies. Numbers may have become text. */
function missingIn(given, applied, path = '') {
    if (Array.isArray(given)) {
        if (!Array.isArray(applied))
            return [path];
        const isSame = given.length === applied.length;
        return given.flatMap((item, index) => {
            if (isSame && typeof item === 'object')
                return missingIn(item, applied[index], `${path}[${index}]`);
            return applied.some((other) => isEqual(item, other))
                ? []
                : [`${path}[${index}] (${JSON.stringify(item).slice(0, 80)})`];
        });
    }
    if (typeof given !== 'object' || given === null)
        return applied === undefined ? [path] : [];
    const known = typeof applied === 'object' && applied !== null ? applied : {};
    return Object.entries(given).flatMap(([key, value]) => missingIn(value, Object.hasOwn(known, key) ? known[key] : undefined, path === '' ? key : `${path}.${key}`));
}
function isEqual(one, other) {
    return JSON.stringify(one) === JSON.stringify(other) || (typeof one !== 'object' && String(one) === String(other));
}
function oneLine(text) {
    return text.trim().replace(/\s+/g, ' ').slice(0, 600);
}

;// CONCATENATED MODULE: ./build/session/option-check.js









/** Each is a start of the CLI; a list with more schemas than this has the rest of them judged when their processes run. */
const mostChecks = 16;
/** An address that cannot be reached: no model is asked. */
const noModel = 'http://127.0.0.1:9';
const option_check_nothingFound = { faults: [], warnings: [] };
/** Has the CLI itself look at the settings, schemas and permission modes of a plan, where there are some. */
async function checkPlanOptions(request, search, stop) {
    const checks = distinctOptions(request);
    if (checks.size === 0 || search.kind !== 'found')
        return option_check_nothingFound;
    const { kind, path } = search.executable;
    if (kind !== 'claude' || !isOwnProgram(path))
        return option_check_nothingFound;
    const base = await (0,promises_.mkdtemp)((0,external_node_path_.join)(request.temporaryDirectory ?? (0,external_node_os_.tmpdir)(), 'claude-ensemble-check-')).catch(() => undefined);
    if (base === undefined)
        return option_check_nothingFound;
    try {
        const waiting = [...checks].slice(0, mostChecks);
        const results = [];
        const work = async () => {
            for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
                const [processId, options] = next;
                const environment = environmentIn(base, request);
                const found = await checkOptions(options, { executable: path, environment, interrupt: stop });
                results.push(checks.size === 1 ? found : named(found, processId));
            }
        };
        await Promise.all(Array.from({ length: (0,external_node_os_.availableParallelism)() }, work));
        return {
            faults: [...new Set(results.flatMap(({ faults }) => faults))],
            warnings: [...new Set(results.flatMap(({ warnings }) => warnings))],
        };
    }
    finally {
        await (0,promises_.rm)(base, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    }
}
/** Values to check, each once, by the id of the first process that has it. */
function distinctOptions({ settings, sample }) {
    const { plan, policy } = settings;
    const found = new Map();
    const processes = [...(0,model_graph/* processesAndTemplatesOf */.dp)(plan.graph), ...(sample === undefined ? [] : [sample])];
    for (const { id, claude, workingDirectory } of processes) {
        const options = {
            ...(claude.settings !== undefined && { settings: claude.settings }),
            ...(claude.jsonSchema !== undefined && { jsonSchema: claude.jsonSchema }),
            // The only mode that the CLI may refuse.
            ...(claude.permissionMode === 'bypassPermissions' && { permissionMode: claude.permissionMode }),
        };
        const key = JSON.stringify(options);
        if (key === '{}' || found.has(key))
            continue;
        const userSettingsOnly = policy.trust.level === 'untrusted' || policy.offline;
        found.set(key, { id, options: { ...options, workingDirectory, userSettingsOnly } });
    }
    return new Map([...found.values()].map(({ id, options }) => [id, options]));
}
/** Names the processes whose arguments are too long for this system to start them. */
function commandLineFaults({ settings }, executable) {
    const { plan, policy, logDirectory } = settings;
    const { trust, offline } = policy;
    const tooLong = (0,model_graph/* processesAndTemplatesOf */.dp)(plan.graph).flatMap(({ id, claude }) => {
        const argsOf = () => (0,command_line/* commandLine */.ay)({ claude, trust, offline, logDirectory, ceilingUsd: 0.01 });
        const fault = (0,command_line/* commandLineFault */.QZ)(executable.path, argsOf);
        return fault === undefined ? [] : [`process ${id}: ${fault}`];
    });
    return [...tooLong, ...conversationFaults(plan, executable)];
}
/** Names the variables that look like settings of the CLI and do not reach it. */
function withheldNotices({ settings, environment }, { kind }, login) {
    if (kind !== 'claude')
        return [];
    const { credentials, passEnv, policy } = settings;
    const notice = (0,claude_environment/* withheldNotice */.Q_)({
        environment,
        credentials,
        passEnv,
        ...(policy.offline && { offlineUrl: noModel }),
        ...(login !== 'own' && { configDirectory: 'private' }),
        temporaryDirectory: 'private',
    });
    return notice === undefined ? [] : [notice];
}
function environmentIn(base, { settings, environment }) {
    const { policy, checkout, passEnv } = settings;
    return (0,claude_environment/* childEnvironment */.Qc)({
        environment: (0,trusted_path/* sessionEnvironment */.a)({ trust: policy.trust, checkout }, environment),
        credentials: {},
        passEnv,
        offlineUrl: noModel,
        configDirectory: base,
        temporaryDirectory: base,
    });
}
function named({ faults, warnings }, processId) {
    const name = (line) => line.replace(/^json-schema:/, `json-schema: process ${processId}:`);
    return { faults: faults.map(name), warnings };
}
/** Causes for which an executable cannot continue the conversations of a plan; a line each. */
function conversationFaults({ graph }, executable) {
    const isWanted = (0,model_graph/* processesAndTemplatesOf */.dp)(graph).some(({ conversationFrom }) => conversationFrom !== undefined);
    // An executable of an unknown version is reported elsewhere.
    const isUnknown = executable.kind === 'claude' && executable.version === undefined;
    if (!isWanted || isUnknown || (0,claude_executable/* isTested */.eW)(executable))
        return [];
    const why = executable.kind === 'claude'
        ? `it needs Claude Code ${claude_executable/* minimumVersion */.rh} or newer, and this is ${executable.version}`
        : 'a plain program has no conversation that could go on';
    return [`conversation-from: ${why}.`];
}

// EXTERNAL MODULE: ./build/session/resume.js + 6 modules
var resume = __webpack_require__(5133);
;// CONCATENATED MODULE: ./build/session/preflight.js








/**
 * Checks what the settings cannot know: the executable, the credentials, the environment, the earlier session. Starts nothing
 * but `--version`. The CLI is installed last, and only for a session that will start it; `stop` ends what takes long.
 */
async function prepare(request, redactor, stop) {
    const { settings } = request;
    if (hasNothingToDo(request))
        return nothingToDo(settings);
    const search = await (request.search?.result(stop) ?? (0,executable_search/* searchFor */.G)(request, { stop }));
    const likely = executableOf(search, settings);
    const login = search.kind === 'unusable' ? 'not-needed' : loginFor(request, likely);
    const notRun = notRunReason(settings.policy.dryRun, login);
    const canRun = search.kind === 'found' || (search.kind === 'absent' && request.install !== undefined);
    const isWanted = canRun && login !== 'missing' && notRun !== 'missing-credentials';
    const checked = await checkPlanOptions(request, search, stop);
    const resumePlan = isWanted ? await (0,resume/* findResumePlan */.IU)(request, stop) : resume/* noResumePlan */.y9;
    const faults = [
        ...idFaults(settings, redactor),
        // A deadline that passes meanwhile ends the session as any other does: with results.
        ...(stop.reason === 'deadline' ? [] : executableFaults(search, request)),
        ...loginFaults(request, login),
        ...checked.faults,
        ...commandLineFaults(request, likely),
        ...resumePlan.faults,
    ];
    if (faults.length > 0)
        return refusedFor(faults);
    const expected = (0,resume/* withoutChanged */.TT)(request, resumePlan, (0,resume/* fingerprintsOf */.tm)(request, likely, redactor));
    const settled = notRun !== undefined || (request.joining === undefined && isAllKnown(settings.plan, expected.earlier))
        ? search
        : await withInstallation(search, request, stop);
    const isLate = stop.reason === 'deadline';
    if (settled !== search && settled.kind === 'unusable' && !isLate)
        return refusedFor([settled.message]);
    const executable = settled.kind === 'found' ? settled.executable : likely;
    const options = settled === search ? checked : await checkPlanOptions(request, settled, stop);
    if (options.faults.length > 0)
        return refusedFor(options.faults);
    const fingerprints = (0,resume/* fingerprintsOf */.tm)(request, executable, redactor);
    const { notices, warnings, earlier } = (0,resume/* withoutChanged */.TT)(request, resumePlan, fingerprints);
    return {
        kind: 'ready',
        executable,
        ...startOf(settled, request),
        ownConfiguration: login === 'own',
        ...(notRun !== undefined && { notRun }),
        ...{ notices: [...noticesOf(settled, login, request), ...withheldNotices(request, executable, login), ...notices] },
        ...{ warnings: [...options.warnings, ...warnings], fingerprints },
        ...(earlier !== undefined && { earlier }),
    };
}
/** The checks for a plan that is run elsewhere: no credentials, no earlier session, no fingerprints. */
async function checkOnly(request, redactor, stop) {
    const search = await (0,executable_search/* searchFor */.G)(request, { stop });
    const { faults, warnings } = await checkPlanOptions(request, search, stop);
    const executable = executableOf(search, request.settings);
    const own = [...idFaults(request.settings, redactor), ...executableFaults(search, request)];
    return { faults: [...own, ...faults, ...commandLineFaults(request, executable)], warnings };
}
function refusedFor(faults) {
    return { kind: 'refused', faults };
}
function loginFor(request, executable) {
    const { settings, joining } = request;
    const isNeeded = joining !== undefined || (0,model_graph/* processesAndTemplatesOf */.dp)(settings.plan.graph).length > 0;
    return isNeeded ? loginOf(request, executable) : 'not-needed';
}
/** Whether every process of a plan has succeeded in an earlier session. */
function isAllKnown({ graph }, earlier) {
    return (0,model_graph/* processesAndTemplatesOf */.dp)(graph).every(({ id }) => earlier?.successes.has(id));
}
/** An empty list is no fault: whatever made it found nothing to do, and nothing more needs to be there. */
function hasNothingToDo({ settings, earlierRuns, joining }) {
    return (joining === undefined &&
        (0,model_graph/* processesAndTemplatesOf */.dp)(settings.plan.graph).length === 0 &&
        (earlierRuns === undefined || earlierRuns.results.length === 0));
}
function nothingToDo({ plan, policy, claude }) {
    // Empty lists have groups that stand for them.
    const nothing = plan.graph.nodes.length > 0 ? 'no-items' : 'no-prompts';
    return {
        kind: 'ready',
        executable: { path: claude.path ?? 'claude', kind: 'claude' },
        description: 'no program is run',
        ownConfiguration: false,
        notRun: policy.dryRun ? 'dry-run' : nothing,
        notices: [],
        warnings: [],
        fingerprints: new Map(),
    };
}
/** Options that decide what would be run, and those that decide whether it can log in. */
const choosing = new Set(['claude-path', 'claude-version', 'trust']);
const authorizing = new Set(['offline', 'on-missing-credentials', ...credentialOptions]);
/**
 * What `prepare` would refuse in a session whose options are refused already, so that every fault is reported at once. Installs
 * nothing, and looks at nothing that depends on an option that is `wrong` itself.
 */
async function preflightDiagnostics(input, wrong) {
    if (wrong.some(({ option }) => choosing.has(option)))
        return [];
    const search = await (0,executable_search/* searchFor */.G)(input);
    const isKnown = search.kind !== 'unusable' && !wrong.some(({ option }) => authorizing.has(option));
    const login = isKnown ? loginOf(input, executableOf(search, input.settings)) : 'not-needed';
    return [...executableFaults(search, input), ...loginFaults(input, login)];
}
function executableFaults(search, { settings, install, onMissingExecutable }) {
    switch (search.kind) {
        case 'unusable':
            return onMissingExecutable === 'fail-processes' ? [] : [search.message];
        case 'absent':
            return install !== undefined || onMissingExecutable === 'fail-processes' ? [] : [(0,claude_executable/* absenceFault */.g1)(search)];
        case 'found': {
            const isPlain = search.executable.kind === 'unknown';
            const why = search.notice === undefined ? '' : ` ${search.notice}`;
            return isPlain && settings.policy.maxBudgetUsd !== undefined ? [plainBudgetFault + why] : [];
        }
    }
}
function executableOf(search, { claude }) {
    switch (search.kind) {
        case 'found':
            return search.executable;
        case 'absent':
            return { path: 'claude', kind: 'claude', version: search.version };
        case 'unusable':
            return { path: claude.path ?? 'claude', kind: 'claude' };
    }
}
const plainBudgetFault = 'max-budget-usd: a plain program does not say what it costs. Leave the option out, or let claude-path be the Claude CLI.';
async function withInstallation(search, { settings, environment, install }, stop) {
    if (search.kind !== 'absent' || install === undefined)
        return search;
    const { trust } = settings.policy;
    const own = (0,trusted_path/* sessionEnvironment */.a)({ trust, checkout: settings.checkout }, environment);
    return await (0,claude_executable/* installExecutable */.OO)(search, { install, environment: own, stop });
}
function startOf(search, { install }) {
    const nothing = 'nothing that can be started';
    switch (search.kind) {
        case 'found':
            return { description: descriptionOf(search.executable) };
        case 'unusable':
            return { description: nothing, unusable: search.message };
        case 'absent':
            return install === undefined
                ? { description: nothing, unusable: (0,claude_executable/* absenceFault */.g1)(search) }
                : { description: `Claude Code ${search.version}, which is not installed yet` };
    }
}
function noticesOf(search, login, { settings, install }) {
    const notices = login === 'own' ? [ownLoginNotice] : [];
    const { dryRun } = settings.policy;
    if (dryRun && login === 'excused')
        notices.push('There are no credentials for Claude: with on-missing-credentials "skip" every process would be skipped.');
    switch (search.kind) {
        case 'found':
            return search.notice === undefined ? notices : [search.notice, ...notices];
        case 'unusable':
            return [search.message, ...notices];
        case 'absent':
            if (install === undefined)
                return [(0,claude_executable/* absenceFault */.g1)(search), ...notices];
            return dryRun
                ? [`${search.why} Claude Code ${search.version} would be installed from npm.`, ...notices]
                : notices;
    }
}
/** Faults of one process that joins the session. */
function joinFaults(request, executable, redactor) {
    return (process) => {
        const plan = (0,patterns/* parallel */._7)([process], { maxWorkers: 1, stopOnFailure: false });
        const settings = { ...request.settings, plan };
        return [...idFaults(settings, redactor), ...commandLineFaults({ ...request, settings }, executable)];
    };
}
/** Files are named by the ids, and every event by one: they must come through redaction as they are. */
function idFaults({ plan }, redactor) {
    const holdsSecret = (id) => redactor.text(id) !== id;
    return (0,model_graph/* processesOf */.L6)(plan.graph).flatMap(({ id }, index) => (holdsSecret(id) ? [secretIdFault(index + 1)] : []));
}
function secretIdFault(position) {
    return (`id: that of process ${position} holds a value that is redacted everywhere (a credential, a mask, or a variable ` +
        'with a name such as DB_PASSWORD). Give the process another id.');
}
function notRunReason(dryRun, login) {
    if (dryRun)
        return 'dry-run';
    return login === 'excused' ? 'missing-credentials' : undefined;
}
function descriptionOf({ path, kind, version }) {
    return kind === 'claude' ? `Claude Code ${version ?? 'of unknown version'} at ${path}` : `plain program at ${path}`;
}


/***/ }),

/***/ 5133:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  IU: () => (/* binding */ findResumePlan),
  uw: () => (/* binding */ fingerprinter),
  tm: () => (/* binding */ fingerprintsOf),
  gE: () => (/* binding */ importAdded),
  Wf: () => (/* binding */ importResults),
  y9: () => (/* binding */ noResumePlan),
  aG: () => (/* binding */ notRunEnding),
  uR: () => (/* binding */ takenAfter),
  TT: () => (/* binding */ withoutChanged)
});

// EXTERNAL MODULE: ./build/model/graph.js
var model_graph = __webpack_require__(5278);
// EXTERNAL MODULE: ./build/model/session-files.js
var session_files = __webpack_require__(4896);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
// EXTERNAL MODULE: ./build/record/bounded-lines.js
var bounded_lines = __webpack_require__(3111);
// EXTERNAL MODULE: ./build/record/own-file.js
var own_file = __webpack_require__(9971);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 14 modules
var schemas = __webpack_require__(5586);
// EXTERNAL MODULE: ./build/record/session-id.js
var session_id = __webpack_require__(8108);
;// CONCATENATED MODULE: ./build/record/resumable-events.js



// This reads the log of another session, which may have been written by anyone: every value has a shape and a limit. What a
// success does not need is ignored, so that a field that is added to the log costs no session.
const id = schemas/* string */.YjP().max(64);
const resumable_events_text = schemas/* string */.YjP().max(1024 * 1024);
const word = schemas/* string */.YjP().max(1024);
/** These are shown to people as they stand, so nothing but what we write ourselves may pass. */
const sessionId = schemas/* string */.YjP().regex(session_id/* sessionIdPattern */.u);
const fingerprint = schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[a-z-]{1,40}$/), schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/));
const succeeded = schemas/* object */.Ikc({
    status: schemas/* literal */.euz('succeeded'),
    processId: id,
    output: resumable_events_text,
    stderr: resumable_events_text,
    conversationId: schemas/* exactOptional */.yqP(word),
    model: schemas/* exactOptional */.yqP(word),
    numTurns: schemas/* exactOptional */.yqP(schemas/* number */.aig()),
    permissionDenials: schemas/* array */.YOg(schemas/* object */.Ikc({ toolName: word, toolUseId: word })).max(100_000),
    structuredOutput: schemas/* exactOptional */.yqP(schemas/* unknown */.L5J()),
    killedAfterResult: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
    outputTruncated: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
    offline: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
    resumedFrom: schemas/* exactOptional */.yqP(sessionId),
});
const unsuccessful = schemas/* object */.Ikc({
    status: schemas/* enum */.k5n(['failed', 'timed-out', 'cancelled', 'skipped']),
    processId: id,
    reason: schemas/* exactOptional */.yqP(word),
});
const planned = schemas/* object */.Ikc({ processId: id, fingerprint: schemas/* exactOptional */.yqP(fingerprint) });
const group = schemas/* object */.Ikc({ id: schemas/* string */.YjP().max(65), fingerprint: schemas/* exactOptional */.yqP(fingerprint) });
const resumable_events_event = schemas/* discriminatedUnion */.gMt('type', [
    schemas/* object */.Ikc({
        type: schemas/* literal */.euz('session-started'),
        sessionId,
        trust: schemas/* object */.Ikc({ level: schemas/* enum */.k5n(['trusted', 'untrusted']) }),
        offline: schemas/* boolean */.zMY(),
        processes: schemas/* array */.YOg(planned),
        groups: schemas/* exactOptional */.yqP(schemas/* array */.YOg(group)),
    }),
    schemas/* object */.Ikc({ type: schemas/* literal */.euz('processes-added'), processes: schemas/* array */.YOg(planned), into: schemas/* exactOptional */.yqP(word) }),
    schemas/* object */.Ikc({ type: schemas/* literal */.euz('process-ended'), result: schemas/* discriminatedUnion */.gMt('status', [succeeded, unsuccessful]) }),
    schemas/* object */.Ikc({ type: schemas/* literal */.euz('session-ended') }),
]);
const other = { type: 'other' };
/** Reads one line of a log; undefined when it is not whole. */
function parseResumable(line) {
    try {
        const parsed = JSON.parse(line);
        if (typeof parsed !== 'object' || parsed === null || !('type' in parsed))
            return other;
        const version = 'schemaVersion' in parsed ? { version: parsed.schemaVersion } : {};
        // Looked at ahead of the schema, whose refusals take a hundred times as long.
        const isNeeded = typeof parsed.type === 'string' && needed.has(parsed.type);
        return { ...((isNeeded && resumable_events_event.safeParse(parsed).data) || other), ...version };
    }
    catch {
        return undefined;
    }
}
const needed = new Set(['session-started', 'processes-added', 'process-ended', 'session-ended']);
/** Whether a line is of a version that we do not know. */
function isForeign({ version = session_files/* eventLogSchemaVersion */.kN }) {
    return version !== session_files/* eventLogSchemaVersion */.kN;
}

;// CONCATENATED MODULE: ./build/record/earlier-session.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







/** Bytes of all outputs that are taken over whole; of those beyond, the first 1 MiB each. */
const largestOutputs = 1024 * 1024 * 1024;
/** Reads the log of a session. It trusts no word and no file in the directory, and follows no link in it. */
async function readEarlierSession(directory) {
    const refuseAll = (cause) => ({
        fault: `no session can be read from ${JSON.stringify(directory)}: ${cause}.`,
    });
    const refuse = (cause) => refuseAll(`${session_files/* sessionFiles */.AG.events} ${cause}`);
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const root = await (0,promises_.realpath)(directory);
            const log = __addDisposableResource(env_1, await (0,own_file/* openLog */.N)(root), true);
            return (await collect((0,bounded_lines/* boundedLines */.fD)(log.bytes), root)) ?? refuse('is damaged, or was written by another version');
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        if (error instanceof bounded_lines/* TooLarge */.MF)
            return refuse(error.message);
        if ((0,errors/* errorCode */.CA)(error) === 'ENOENT')
            return refuse(await absence(directory));
        if ((0,errors/* errorCode */.CA)(error) === 'ENOTDIR')
            return refuseAll('it is a file; a session is a directory');
        return refuse(`cannot be read: ${(0,errors/* errorMessage */.gJ)(error)}`);
    }
}
/** The first version kept another record. */
async function absence(directory) {
    const isOld = await (0,promises_.access)((0,external_node_path_.join)(directory, 'session.jsonl')).then(() => true, () => false);
    return isOld ? 'is not there: the session is of version 0.1.0, from which none can go on' : 'is not there';
}
async function collect(lines, root) {
    let session;
    const fingerprints = new Map();
    const results = new Map();
    const skippedByCondition = new Set();
    const expanded = new Set();
    let hasEnded = false;
    let torn = false;
    for await (const line of lines) {
        // The last line is torn when the session was killed as it wrote it.
        if (torn)
            return undefined;
        const event = parseResumable(line);
        torn = event === undefined;
        if (event === undefined)
            continue;
        if (isForeign(event))
            return undefined;
        hasEnded = event.type === 'session-ended';
        if (event.type === 'session-started')
            session = event;
        for (const [id, fingerprint] of fingerprintsIn(event))
            fingerprints.set(id, fingerprint);
        if (event.type === 'processes-added' && event.into !== undefined)
            expanded.add(event.into);
        if (event.type !== 'process-ended')
            continue;
        const { result } = event;
        if (result.status === 'succeeded')
            results.set(result.processId, result);
        else
            results.delete(result.processId);
        if (result.status === 'skipped' && result.reason === 'condition')
            skippedByCondition.add(result.processId);
        else
            skippedByCondition.delete(result.processId);
    }
    if (session === undefined)
        return undefined;
    const { sessionId, trust, offline } = session;
    const successes = new Map([...results].filter(([id]) => fingerprints.has(id)));
    const known = {
        sessionId,
        trust: trust.level,
        offline,
        hasEnded,
        successes,
        skippedByCondition,
        expanded,
        fingerprints,
    };
    return { ...known, openOutput: outputsBelow(root) };
}
function* fingerprintsIn(event) {
    if (event.type !== 'session-started' && event.type !== 'processes-added')
        return;
    const groups = event.type === 'session-started' ? (event.groups ?? []) : [];
    const processes = event.processes.map(({ processId, fingerprint }) => ({ id: processId, fingerprint }));
    for (const { id, fingerprint } of [...groups, ...processes])
        if (fingerprint !== undefined)
            yield [id, fingerprint];
}
/** Opens outputs as long as all of them together are within the limit: a hostile one may be large without taking up any disk. */
function outputsBelow(root) {
    let left = largestOutputs;
    return async (id) => {
        const file = await (0,own_file/* openOwnFile */.Z)((0,external_node_path_.join)(root, (0,session_files/* filesOfProcess */.Ec)(id).output), left).catch(() => undefined);
        left -= file?.size ?? 0;
        return file?.handle;
    };
}

// EXTERNAL MODULE: ./build/scheduler/process-run.js + 1 modules
var process_run = __webpack_require__(1525);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/session/fingerprint.js

/** Takes the fingerprint of a process. Limits are not in it (time, money, turns, retries): more of them changes no answer. */
function fingerprintOf(options) {
    const { process, context, inputs, denialsFail, executable } = options;
    const { fallbackModel: _usedOnFailure, maxTurns: _limit, ...claude } = process.claude;
    const parts = {
        prompt: process.prompt,
        context,
        data: process.data,
        ...claude,
        workingDirectory: process.workingDirectory,
        conversationFrom: process.conversationFrom,
        passOutput: inputs.passOutput,
        needs: inputs.needs,
        onDenied: denialsFail ? 'fail' : undefined,
        claudeVersion: executable,
    };
    const given = Object.entries(parts).filter(([, value]) => value !== undefined && !isEmptyList(value));
    return Object.fromEntries(given.map(([name, value]) => [optionName(name), hashOf(value, options)]));
}
/** The parts in which two fingerprints differ. */
function changedParts(earlier, now) {
    const names = new Set([...Object.keys(now), ...Object.keys(earlier)]);
    return [...names].filter((name) => earlier[name] !== now[name]);
}
function isEmptyList(value) {
    return Array.isArray(value) && value.length === 0;
}
function optionName(field) {
    return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
function hashOf(value, { checkout, redact }) {
    const local = typeof value === 'string' && value.startsWith(checkout) ? value.slice(checkout.length) : value;
    return (0,external_node_crypto_.createHash)('sha256')
        .update(redact(JSON.stringify(local)))
        .digest('hex');
}

;// CONCATENATED MODULE: ./build/session/passed-inputs.js


/** A graph is read once, whatever the number of its lists. */
const known = new WeakMap();
/** Gives for needs in a graph what they pass on. */
function passedInputs({ nodes }, needs) {
    if (needs.length === 0)
        return { needs: [] };
    const inputsOf = known.get(nodes) ?? inputsIn(nodes);
    known.set(nodes, inputsOf);
    return inputsOf(needs);
}
function inputsIn(nodes) {
    const sources = new Map();
    const soFar = new Map();
    const inputsOf = (needs) => {
        const before = needs.find(({ passes }) => passes === 'outputs-so-far');
        const passOutput = before && soFar.get(before.of);
        return {
            needs: needs.filter(({ passes }) => passes === 'output').map(({ of }) => sources.get(of) ?? of),
            ...(passOutput !== undefined && { passOutput }),
        };
    };
    for (const node of (0,model_graph/* inOrderOfNeeds */.W8)(nodes)) {
        const inputs = inputsOf(node.needs);
        const source = sourceOf(node, inputs, sources);
        sources.set(node.id, source);
        soFar.set(node.id, keyOf([inputs.passOutput, source]));
    }
    return inputsOf;
}
/** The process that a node is, the processes that a group stands for, or where a list found at run time comes from. */
function sourceOf(node, { needs }, sources) {
    switch (node.kind) {
        case 'task':
            return node.id;
        case 'group':
            return keyOf(needs);
        case 'each':
            return keyOf([node.template.id, node.path, ...node.from.map((of) => sources.get(of))]);
        default:
            return node;
    }
}
function keyOf(value) {
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(value)).digest('hex');
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./build/model/finding-schemas.js
var finding_schemas = __webpack_require__(6582);
;// CONCATENATED MODULE: ./build/session/resume-import.js
var resume_import_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var resume_import_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});


/** A success of an earlier session as a result of this one, where it took no attempt, no time and no money. */
function takenResult(process, success, from) {
    const { sessionId, at } = from;
    const { id, name, claude, checkedFinding } = process;
    const taken = { exitCode: 0, duration: 0, attempts: 0, endedAt: at.toISOString() };
    return {
        resumedFrom: sessionId,
        ...success,
        ...taken,
        processId: id,
        name,
        ...(0,finding_schemas/* answerRole */.ri)(claude.jsonSchema, checkedFinding),
    };
}
/** The whole output of a success, redacted once more: this session may know of other secrets. */
async function* wholeOutput(earlier, { processId, output }, redactor) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = resume_import_addDisposableResource(env_1, await earlier.openOutput(processId), true);
        const clean = redactor.stream();
        if (file === undefined)
            yield clean.push(external_node_buffer_.Buffer.from(output));
        else
            for await (const bytes of file.createReadStream())
                yield clean.push(bytes);
        yield clean.end();
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = resume_import_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}

// EXTERNAL MODULE: ./build/scheduler/readiness.js
var readiness = __webpack_require__(4638);
// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
;// CONCATENATED MODULE: ./build/session/selection.js




/** Reasons why nothing may be taken over from an earlier session, a line each. */
function refusals({ sessionId, trust, offline }, policy) {
    const lines = [];
    const refuse = (text) => void lines.push(`resume-from: ${text}. ${runAll}.`);
    if (policy.trust.level === 'trusted' && trust === 'untrusted')
        refuse(`session ${sessionId} was untrusted, and a trusted one takes nothing from such`);
    if (policy.offline !== offline) {
        const which = offline ? 'was offline, and this one is not' : 'asked a model, and this one is offline';
        refuse(`session ${sessionId} ${which}: their answers are not mixed`);
    }
    return lines;
}
const runAll = 'Run without resume-from (with previous-attempt: start a new run)';
/**
 * Selects the successes that are taken over. A process that has changed runs again, and so does each that depends on one that runs
 * again: it received its output or its conversation, or whether it runs depends on it. Conversations are not kept: one that is still
 * to be continued has to be had again.
 */
function selectSuccesses(continuation) {
    const originals = new Map();
    for (;;) {
        const { causes, ...selection } = selectWithout(originals, continuation);
        const known = originals.size;
        for (const node of continuation.plan.graph.nodes) {
            const original = originalOf(node);
            if (original === undefined || !selection.successes.has(original))
                continue;
            if (causes.has(node.id))
                originals.set(original, node.kind === 'each' ? node.template.id : node.id);
        }
        if (originals.size === known)
            return selection;
    }
}
/** The process whose conversation a node continues. */
function originalOf(node) {
    if (node.kind === 'group')
        return undefined;
    return (node.kind === 'task' ? node.process : node.template).conversationFrom;
}
/** A process of a list found at run time that has not succeeded, or is made otherwise now; undefined when all of them stand. */
function openItem({ id, into, template, maxItems }, { earlier, fingerprints }) {
    if (!earlier.expanded.has(into))
        return template.id;
    const now = fingerprints.get(id) ?? {};
    if (changedParts(earlier.fingerprints.get(id) ?? {}, now).length > 0)
        return template.id;
    const prefix = `${template.id}-`;
    let count = 0;
    for (const item of earlier.fingerprints.keys()) {
        if (!item.startsWith(prefix) || !/^(?:\d+|rest)$/.test(item.slice(prefix.length)))
            continue;
        if (!earlier.successes.has(item))
            return item;
        count += 1;
    }
    // The limit is lower now, and leaves items out.
    return count > maxItems ? `${prefix}rest` : undefined;
}
/** Selects without those whose conversation is to be continued, each with the node that does so. */
function selectWithout(originals, continuation) {
    const { earlier, plan, fingerprints } = continuation;
    const successes = new Map();
    const again = new Map();
    /** Processes that succeeded then and would be skipped now by their condition; those that depend on them run again. */
    const leftOut = new Set();
    // Where one success is enough, what failed does not run again while the one that won after it stands.
    const isChangeOnly = plan.graph.succeeds === 'with-one';
    /** For each node that runs again, or of which a part does: the process that is the cause. */
    const causes = new Map();
    const ended = new Map();
    for (const node of (0,model_graph/* inOrderOfNeeds */.W8)(plan.graph.nodes)) {
        const need = node.needs.find(({ of, passes }) => causes.has(of) && (isChangeOnly || depends(node, { of, passes })));
        const cause = need && causes.get(need.of);
        const known = cause === undefined ? endedAgain(node, continuation, ended) : { cause };
        if ('cause' in known)
            causes.set(node.id, known.cause);
        else if (known.outcome !== undefined)
            ended.set(node.id, { outcome: known.outcome });
        if (node.kind !== 'task' || ended.has(node.id))
            continue;
        const changed = changedParts(earlier.fingerprints.get(node.id) ?? {}, fingerprints.get(node.id) ?? {});
        const success = earlier.successes.get(node.id);
        if (success === undefined) {
            if (!isChangeOnly || changed.length > 0)
                causes.set(node.id, node.id);
            continue;
        }
        if (isUnmetNow(node, ended)) {
            leftOut.add(node.id);
            causes.set(node.id, node.id);
            ended.set(node.id, { outcome: 'condition' });
            continue;
        }
        const continuer = originals.get(node.id);
        const reason = changeOf(changed, earlier.sessionId) ??
            (continuer && `"${continuer}" runs, and continues its conversation`) ??
            (need && cause && dependence(need, cause, { isChangeOnly, leftOut, isContinued: need.of === originalOf(node) }));
        if (reason === undefined) {
            successes.set(node.id, success);
            ended.set(node.id, { outcome: 'succeeded', result: success });
        }
        else {
            again.set(reason, [...(again.get(reason) ?? []), node.id]);
            if (changed.length > 0 || continuer !== undefined)
                causes.set(node.id, node.id);
        }
    }
    const lines = [...leftOutTexts([...leftOut], earlier.sessionId), ...againTexts(again)];
    const anew = listsGivenAny(causes, plan.graph.nodes);
    for (const id of leftOut)
        causes.delete(id);
    const notices = lines.map((line) => `resume-from: ${line}.`);
    return { successes, anew, notices, causes };
}
/** Outcome of a node with unchanged needs without a start, or the process of it that is not done. */
function endedAgain(node, continuation, ended) {
    const needs = node.needs.flatMap(({ of }) => ended.get(of) ?? []);
    const isKnown = needs.length === node.needs.length;
    if (node.kind === 'group')
        return isKnown ? { outcome: (0,readiness/* outcomeOfAll */.FW)(needs) } : {};
    const id = node.kind === 'task' ? node.id : node.template.id;
    const wasSkipped = isKnown && continuation.earlier.skippedByCondition.has(id);
    // A condition that left it out does so again if all that decides is as it was.
    if (wasSkipped && (0,readiness/* unmetReason */.Kc)(node, (of) => ended.get(of)) === 'condition')
        return { outcome: 'condition' };
    if (node.kind === 'task')
        return {};
    if (isUnmetNow(node, ended))
        return { cause: id };
    const cause = openItem(node, continuation);
    return cause === undefined ? { outcome: 'succeeded' } : { cause };
}
/** Whether a node is not to start now, as far as its needs are known; conditions are evaluated again. */
function isUnmetNow(node, ended) {
    if (!node.needs.every(({ of }) => ended.has(of)))
        return false;
    return (0,readiness/* unmetNeeds */.Jm)(node, (of) => ended.get(of)) !== undefined;
}
/** Whether the outcome of a need matters to a node: by what it passes on, by its conversation, or by a condition. */
function depends(node, { of, passes }) {
    if (passes !== 'nothing' || of === originalOf(node))
        return true;
    if (node.kind === 'each' && node.from.includes(of))
        return true;
    return node.kind !== 'group' && node.when !== 'always';
}
/** The lists found at run time whose items are given what one of these has written. */
function listsGivenAny(ids, nodes) {
    const given = ({ needs }) => needs.some(({ of, passes }) => passes === 'output' && ids.has(of));
    return new Set(nodes.flatMap((node) => (node.kind === 'each' && given(node) ? [node.id] : [])));
}
function changeOf(parts, sessionId) {
    if (parts.length === 0)
        return undefined;
    const named = parts.map((part) => `its ${part}`);
    const what = [named.slice(0, -1).join(', '), ...named.slice(-1)].filter(Boolean).join(' and ');
    return `changed since session ${sessionId} (${what})`;
}
function dependence({ passes }, cause, { isChangeOnly, leftOut, isContinued, }) {
    if (leftOut.has(cause))
        return `"${cause}", which it waits for, does not run now`;
    if (isChangeOnly)
        return `"${cause}", which comes first, has changed`;
    if (isContinued)
        return `"${cause}" runs, and its conversation is continued`;
    if (passes === 'nothing')
        return `"${cause}" runs, and whether it starts depends on that`;
    return `"${cause}" runs, and its output is passed on`;
}
function leftOutTexts(ids, sessionId) {
    if (ids.length === 0)
        return [];
    const condition = ids.length === 1 ? 'its condition does' : 'their conditions do';
    return [`${(0,format/* someOf */.yU)(ids.map((id) => `"${id}"`))} succeeded in session ${sessionId}, but ${condition} not hold now`];
}
function againTexts(again) {
    return [...again].map(([reason, ids]) => {
        return `${(0,format/* someOf */.yU)(ids.map((id) => `"${id}"`))} ${ids.length === 1 ? 'runs' : 'run'} again: ${reason}`;
    });
}

;// CONCATENATED MODULE: ./build/session/resume.js








/** Successes by their fingerprint, each taken once: an item may have another position in its list now. */
class SuccessesByContent {
    #left = new Map();
    #earlierIds = new Map();
    constructor(successes, { fingerprints }) {
        for (const [id, success] of successes) {
            const key = contentKey(fingerprints.get(id) ?? {});
            const others = this.#left.get(key);
            if (others === undefined)
                this.#left.set(key, [success]);
            else
                others.push(success);
        }
    }
    /** Takes a success for the process of this id. */
    take(id, fingerprint) {
        const success = this.#left.get(contentKey(fingerprint))?.shift();
        if (success !== undefined)
            this.#earlierIds.set(id, success.processId);
        return success;
    }
    /** The id that a process had whose success was taken. */
    earlierIdOf(id) {
        return this.#earlierIds.get(id);
    }
    /** The ids that those had whose successes were taken. */
    get taken() {
        return this.#earlierIds.values();
    }
}
function contentKey(fingerprint) {
    return JSON.stringify(Object.entries(fingerprint).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
/** Every process runs. */
const noResumePlan = { faults: [], notices: [], warnings: [] };
/** Takes the fingerprints of a session's processes. */
function fingerprinter({ settings }, { path, version }, redactor) {
    const { plan, policy, checkout } = settings;
    const common = {
        context: policy.context,
        denialsFail: policy.onDenied === 'fail',
        executable: version ?? path,
        checkout,
        redact: redactor.text,
    };
    return (process, needs) => fingerprintOf({ ...common, process, inputs: passedInputs(plan.graph, needs) });
}
/** The fingerprints of the processes of a plan by id, and those of lists found at run time, without their items, by node. */
function fingerprintsOf(request, executable, redactor) {
    const take = fingerprinter(request, executable, redactor);
    const { graph } = request.settings.plan;
    const fingerprints = new Map();
    for (const node of graph.nodes) {
        if (node.kind === 'task')
            fingerprints.set(node.id, take(node.process, node.needs));
        if (node.kind !== 'each')
            continue;
        const [list = ''] = passedInputs(graph, [{ of: node.id, passes: 'output' }]).needs;
        fingerprints.set(node.id, { ...take(node.template, node.needs), 'for-each': list });
    }
    return fingerprints;
}
/** Finds the session to go on from, or says why there is none, or why nothing may be taken from it. */
async function findResumePlan(request, stop) {
    const { policy, resumeFrom } = request.settings;
    if (resumeFrom === undefined)
        return noResumePlan;
    const found = await findDirectory(resumeFrom, request, stop);
    if (found.kind === 'nothing')
        return { ...noResumePlan, notices: [`resume-from: ${found.message}`] };
    if (found.kind === 'refused')
        return { ...noResumePlan, faults: [`resume-from: ${found.message}`] };
    const earlier = found.kind === 'found' ? await readEarlierSession(found.directory) : { fault: found.message };
    if ('fault' in earlier) {
        // What an earlier attempt left cannot be changed. But a job that is cancelled here must leave no session
        // either: the next attempt would find that one, with nothing in it.
        if (resumeFrom.kind === 'previous-attempt' && request.interrupt?.aborted !== true)
            return { ...noResumePlan, warnings: [`resume-from: ${earlier.fault} Every process runs.`] };
        return { ...noResumePlan, faults: [`resume-from: ${earlier.fault}`] };
    }
    const warnings = earlier.hasEnded ? [] : [`resume-from: ${unendedText(earlier.sessionId)}`];
    return {
        ...noResumePlan,
        earlier: { ...earlier, added: new SuccessesByContent([], earlier), anew: new Set() },
        faults: refusals(earlier, policy),
        warnings,
    };
}
function unendedText(sessionId) {
    return `session ${sessionId} has not ended: it was killed, or it still runs. What it left is recovered, not verified: a tool of the same user may have changed it.`;
}
/** The same without the successes that no longer stand, and with a notice of what is taken and what runs again. */
function withoutChanged({ settings: { plan }, joining, earlierRuns }, resumePlan, fingerprints) {
    const { earlier, notices } = resumePlan;
    if (earlier === undefined)
        return resumePlan;
    const selection = selectSuccesses({ earlier, plan, fingerprints });
    const { successes, anew } = selection;
    const planned = new Set((0,model_graph/* processesOf */.L6)(plan.graph).map(({ id }) => id));
    const notPlanned = [...earlier.successes].filter(([id]) => !planned.has(id) && earlierRuns?.taken.has(id) !== true);
    const added = new SuccessesByContent(notPlanned, earlier);
    const which = joining === undefined ? `${successes.size} of ${planned.size} results` : 'results of the same calls';
    const taken = `resume-from: ${which} are taken from session ${earlier.sessionId}.`;
    return {
        ...resumePlan,
        earlier: { ...earlier, successes, added, anew },
        notices: [...notices, taken, ...selection.notices],
    };
}
/** The ids, in the earlier session, of all that this one has taken over in its runs so far: no later run takes it as another one's. */
function takenAfter(before, earlier) {
    return new Set([...(before?.taken ?? []), ...(earlier?.successes.keys() ?? []), ...(earlier?.added.taken ?? [])]);
}
function findDirectory(source, { fetchSession }, stop) {
    if (source.kind === 'directory')
        return Promise.resolve({ kind: 'found', directory: source.path });
    if (fetchSession === undefined)
        throw new Error('Internal error: this frontend has no artifacts to resume from.');
    return fetchSession(source, stop);
}
/** Takes over every success, its files included. To be done ahead of all else: nothing that comes later can then lose one. */
async function importResults(earlier, { graph }, tools) {
    const taken = new Map();
    for (const process of (0,model_graph/* processesOf */.L6)(graph)) {
        const success = earlier.successes.get(process.id);
        if (success !== undefined)
            taken.set(process.id, await importResult(process, success, { ...tools, earlier }));
    }
    return taken;
}
/** Takes over one success with its output. */
async function importResult(process, success, { earlier, emit, logs, redactor, clock }) {
    const { output: name } = (0,session_files/* filesOfProcess */.Ec)(process.id);
    await logs
        .writeFile({ name, processId: process.id }, wholeOutput(earlier, success, redactor))
        .catch((error) => {
        const message = `The output that was taken over is not whole in ${name}: ${error}`;
        void emit({ type: 'notice', level: 'warning', message, processId: process.id });
    });
    const result = takenResult(process, success, { sessionId: earlier.sessionId, at: clock.date() });
    return (0,process_run/* reportResult */["if"])(result, { emit, redactor });
}
/** Takes over the successes of processes that joined at run time, there and here: they are matched by their content. */
async function importAdded(earlier, processes, tools) {
    const taken = new Map();
    if (tools.list !== undefined && earlier.anew.has(tools.list.id))
        return taken;
    for (const process of processes) {
        const then = asEarlier(process, earlier);
        const found = then && earlier.added.take(process.id, tools.fingerprintOf(then));
        if (found !== undefined)
            taken.set(process.id, await importResult(process, found, { ...tools, earlier }));
    }
    return taken;
}
/** A process as it was in the earlier session; undefined when it continues a conversation that is had again, which is another one. */
function asEarlier(process, { successes, added }) {
    const { conversationFrom: original } = process;
    if (original === undefined || successes.has(original))
        return process;
    const earlierId = added.earlierIdOf(original);
    return earlierId === undefined ? undefined : { ...process, conversationFrom: earlierId };
}
/** The ending of a process in a session that starts nothing. In a dry run its message says what an earlier session would give. */
function notRunEnding({ id }, reason, earlier) {
    const isTaken = reason === 'dry-run' && earlier?.successes.has(id) === true;
    return { ...(0,process_run/* skipped */.hT)(reason), ...(isTaken && { message: `it would be taken from session ${earlier.sessionId}` }) };
}


/***/ })

};
