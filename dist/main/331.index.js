export const id = 331;
export const ids = [331];
export const modules = {

/***/ 3275:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  planStep: () => (/* binding */ planStep)
});

// EXTERNAL MODULE: ./build/plan/configuration.js + 12 modules
var plan_configuration = __webpack_require__(6353);
// EXTERNAL MODULE: ./build/model/graph.js
var graph = __webpack_require__(5278);
// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
// EXTERNAL MODULE: ./build/session/estimate.js
var estimate = __webpack_require__(2769);
// EXTERNAL MODULE: ./build/session/preflight.js + 3 modules
var preflight = __webpack_require__(2601);
;// CONCATENATED MODULE: ./build/session/plan-check.js




/**
 * From here on a warning. A process makes several requests a minute, and the lowest tier of the API allows 50 in all; shards know
 * nothing of each other's rate limits.
 */
const manyAtOnce = 20;
/** Checks everything that a session would check ahead of its start, but for the credentials, and starts nothing. */
async function checkPlan(check) {
    const { settings, environment, redactor, stop } = check;
    const request = { settings, environment, sinks: [], ...elsewhere };
    const checked = await (0,preflight/* checkOnly */.DT)(request, redactor, stop);
    if (checked.faults.length > 0)
        return { kind: 'refused', faults: checked.faults };
    const estimate = estimateOf(check);
    const many = estimate.atOnce > manyAtOnce ? [rateWarning(estimate.atOnce)] : [];
    return { kind: 'planned', estimate, warnings: [...checked.warnings, ...many] };
}
/** Each shard has credentials, and installs what it needs, by itself. */
const elsewhere = {
    login: 'elsewhere',
    install: () => Promise.reject(new Error('Internal error: a plan installs nothing.')),
};
function estimateOf({ settings, whole, maxParallel }) {
    const { plan, policy } = settings;
    const { entries, count } = whole;
    const sizes = Array.from({ length: count }, () => 0);
    for (const { shard } of entries)
        sizes[shard - 1] = (sizes[shard - 1] ?? 0) + 1;
    const { maxWorkers } = plan.graph;
    const parallel = Math.min(maxParallel ?? count, count);
    const busiest = sizes.toSorted((one, other) => other - one).slice(0, parallel);
    const atOnce = busiest.reduce((sum, size) => sum + Math.min(size, maxWorkers), 0);
    const processes = (0,graph/* processesOf */.L6)(plan.graph).length;
    const context = (0,estimate/* charactersOf */.EX)(policy.context);
    const shared = policy.maxBudgetUsd === undefined ? '' : ', shared by entries';
    return {
        processes,
        atOnce,
        lines: [
            `${(0,estimate/* countsText */.WN)(plan)} in ${shardsText(sizes)}.`,
            `At most ${atOnce} at once: ${(0,format/* plural */.LS)(parallel, 'shard', 'shards')} (${maxParallel === undefined ? 'no max-parallel was given' : 'max-parallel'}) x ${(0,format/* plural */.LS)(maxWorkers, 'worker', 'workers')} (max-workers).`,
            `Models: ${(0,estimate/* modelsText */.OQ)(plan)}.${context === 0 ? '' : ` About ${(0,estimate/* tokensOf */.k8)(context)} of context each.`}`,
            `${upperFirst((0,estimate/* ceilingText */.Dm)(settings))}${shared}.`,
        ],
    };
}
function shardsText(sizes) {
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
    const empty = sizes.filter((size) => size === 0).length;
    const each = least === most ? String(most) : `${least} to ${most}`;
    const idle = empty === 0 ? '' : `; ${empty} of them ${empty === 1 ? 'has' : 'have'} nothing to do`;
    return `${(0,format/* plural */.LS)(sizes.length, 'shard', 'shards')} of ${each}${idle}`;
}
function upperFirst(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
function rateWarning(atOnce) {
    return (`${atOnce} processes at once are likely to meet rate limits: each makes several requests a minute, and a shard that is asked to slow ` +
        'down does not slow down the others. Lower max-parallel of the matrix, or max-workers.');
}

// EXTERNAL MODULE: ./build/text/html-text.js
var html_text = __webpack_require__(2133);
// EXTERNAL MODULE: ./build/frontends/action/inputs.js
var inputs = __webpack_require__(2568);
// EXTERNAL MODULE: ./build/frontends/action/refusal.js
var refusal = __webpack_require__(4157);
// EXTERNAL MODULE: ./build/frontends/action/step-set-up.js + 2 modules
var step_set_up = __webpack_require__(7269);
;// CONCATENATED MODULE: ./build/frontends/action/plan-step.js







/** The summary has room for a line of this length. */
const longestLine = 600;
/** The step that divides a session into shards: it checks everything and starts nothing. */
async function planStep(tools) {
    const { environment, console, files, interrupts, redactor, recordFacts } = tools;
    const setUp = await (0,step_set_up/* setUpStep */.A)(tools, 'plan');
    if (setUp.kind === 'none')
        return (0,refusal/* refusal */.x)([setUp.fault], tools);
    const configuration = await (0,plan_configuration/* readConfiguration */.T)(setUp.request);
    const { settings } = configuration;
    recordFacts({ trust: settings.policy.trust.level });
    const foreign = (0,inputs/* foreignInputsWarning */.oO)(setUp.inputs);
    if (configuration.kind === 'invalid') {
        const { faults } = configuration;
        const more = await (0,preflight/* preflightDiagnostics */.MB)({ ...elsewhere, settings, environment }, faults);
        return (0,refusal/* refusal */.x)([...faults.map(({ message }) => message), ...more], tools, settings);
    }
    const { whole, warnings: early, notices } = configuration;
    if (whole === undefined)
        throw new Error('Internal error: the plan was not dealt out.');
    const stop = interrupts.interrupt;
    const checked = await checkPlan({ ...configuration, whole, environment, redactor, stop });
    if (checked.kind === 'refused' || stop.aborted)
        return (0,refusal/* refusal */.x)(checked.kind === 'refused' ? checked.faults : [], tools, settings);
    const lines = checked.estimate.lines.map(redactor.text);
    for (const line of [...lines, ...notices.map(redactor.text)])
        console.print(line);
    const warnings = [...early, ...checked.warnings, ...(foreign === undefined ? [] : [foreign])].map(redactor.text);
    const title = (0,html_text/* headingHtml */.AX)(redactor.text(settings.title ?? 'Claude Ensemble'), 200);
    const items = [...lines, ...warnings].map((line) => `<li>${(0,html_text/* inlineHtml */.l0)(line, longestLine)}</li>\n`);
    if (settings.delivery.jobSummary)
        files.writeSummary(`### ${title}: plan\n\n<ul>\n${items.join('')}</ul>\n`);
    const annotations = warnings.map((message) => ({ kind: 'warning', message }));
    return { conclusion: 'success', verdict: lines[0] ?? '', annotations, planned: whole };
}


/***/ }),

/***/ 6824:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ waitAtMost),
/* harmony export */   v: () => (/* binding */ pause)
/* harmony export */ });
/** Resolves after the delay, or at once when the signal is aborted. */
function pause(clock, delayMs, signal) {
    return new Promise((resolve) => {
        if (signal.aborted || delayMs <= 0)
            return resolve();
        const done = () => {
            cancel();
            signal.removeEventListener('abort', done);
            resolve();
        };
        const cancel = clock.after(delayMs, done);
        signal.addEventListener('abort', done);
    });
}
/** Waits for a promise within bounds; the timer is cancelled, since it would keep the program alive. */
async function waitAtMost(promise, { clock, delayMs, signal }) {
    const settled = new AbortController();
    try {
        await Promise.race([promise, pause(clock, delayMs, AbortSignal.any([signal, settled.signal]))]);
    }
    finally {
        settled.abort();
    }
}


/***/ }),

/***/ 5260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ redactedFact),
/* harmony export */   u: () => (/* binding */ redactedResult)
/* harmony export */ });
const introduction = { processId: 'id', name: 'text' };
const plannedProcess = {
    ...introduction,
    model: 'text',
    timeoutMs: 'own',
    maxTurns: 'own',
    maxBudgetUsd: 'own',
    // Hashes of what was redacted.
    fingerprint: 'hash',
    needs: 'id',
    answerKind: 'own',
    checkedFinding: 'id',
};
const resultRules = {
    status: 'own',
    reason: 'own',
    processId: 'id',
    name: 'text',
    exitCode: 'own',
    output: 'text',
    stderr: 'text',
    duration: 'own',
    cause: 'own',
    timedOutAfter: 'own',
    attempts: 'own',
    startedAt: 'time',
    endedAt: 'time',
    message: 'text',
    retryAt: 'time',
    // These two come from the child.
    conversationId: 'text',
    model: 'text',
    usage: 'own',
    // Its keys came out of the child's stream, which was redacted before it was parsed.
    usageByModel: 'redacted',
    costUsd: 'own',
    numTurns: 'own',
    mcpFaults: { name: 'text', status: 'redacted' },
    permissionDenials: { toolName: 'text', toolUseId: 'text' },
    structuredOutput: 'payload',
    answerKind: 'own',
    checkedFinding: 'id',
    logFile: 'path',
    childExit: 'word',
    killedAfterResult: 'own',
    logIncomplete: 'own',
    outputTruncated: 'own',
    continueOnError: 'own',
    offline: 'own',
    resumedFrom: 'id',
};
const factRules = {
    'session-started': {
        sessionId: 'id',
        directory: 'path',
        title: 'text',
        pattern: 'own',
        processes: plannedProcess,
        groups: { id: 'id', needs: 'id', fingerprint: 'hash' },
        policy: 'own',
        shard: {
            ...{ hash: 'hash', count: 'own', trust: 'own', content: 'hash', index: 'own', attempt: 'own' },
            maxBudgetUsd: 'own',
            entries: { id: 'id', name: 'text', shard: 'own', isList: 'own', answerKind: 'own' },
        },
        trust: { level: 'own', why: 'text' },
        offline: 'own',
        executable: 'text',
    },
    'session-context': { context: { id: 'text', text: 'text' } },
    'process-prompt': { processId: 'id', prompt: 'text', received: 'text' },
    'processes-added': { processes: plannedProcess, into: 'id' },
    notice: { level: 'own', message: 'text', processId: 'id', starts: 'own', until: 'time' },
    'process-started': { processId: 'id', attempt: 'own', pid: 'own' },
    // What a child wrote was redacted as a stream, where a secret is found however it was cut; here it would not be.
    'process-output': { processId: 'id', attempt: 'own', stream: 'own', format: 'own', bytes: 'redacted' },
    'process-message': { processId: 'id', attempt: 'own', entry: 'redacted' },
    // The name of the tool was redacted with the message that it comes from.
    'process-phase': { processId: 'id', attempt: 'own', phase: 'redacted' },
    'process-stopping': { processId: 'id', attempt: 'own', cause: 'own', signal: 'word' },
    'process-retrying': { processId: 'id', attempt: 'own', reason: 'own', message: 'text', delayMs: 'own' },
    'process-attempt-ended': {
        ...{ processId: 'id', attempt: 'own', status: 'own', reason: 'own', childExit: 'word', costUsd: 'own' },
        ...{ chargedUsd: 'own', usage: 'own', usageByModel: 'redacted', retryAt: 'time', survivorsKilled: 'own' },
        permissionDenials: { toolName: 'text', toolUseId: 'text' },
    },
    // Results are redacted where they are made, once.
    'process-ended': { result: 'redacted' },
    heartbeat: { running: introduction, waiting: 'own', done: 'own' },
    'session-interrupted': { signal: 'word' },
    // The verdict is our sentence about redacted results, and the findings are made of them.
    'session-ended': {
        conclusion: 'own',
        verdict: 'redacted',
        results: 'redacted',
        totals: 'own',
        retryAt: 'time',
        findings: 'redacted',
    },
};
/** A fact as sinks may see it. */
function redactedFact(fact, redactor) {
    return redactedRecord(fact, factRules[fact.type], redactor);
}
/** A result as callers, sinks and later processes may see it. */
function redactedResult(result, redactor) {
    return redactedRecord(result, resultRules, redactor);
}
/** Of each set of rules, those that ask for any work: they are looked up for every event. */
const classified = new Map();
function classifiedFields(rules) {
    const known = classified.get(rules);
    if (known !== undefined)
        return known;
    const fields = Object.entries(rules).filter(([, rule]) => typeof rule === 'object' || rule === 'text' || rule === 'payload');
    classified.set(rules, fields);
    return fields;
}
function redactedRecord(record, rules, redactor) {
    const fields = classifiedFields(rules);
    if (fields.length === 0)
        return record;
    const redacted = fields
        .filter(([field]) => field in record)
        .map(([field, rule]) => [field, redactedField(record[field], rule, redactor)]);
    return { ...record, ...Object.fromEntries(redacted) };
}
function redactedField(value, rule, redactor) {
    if (rule === 'payload')
        return redactor.payload(value);
    if (typeof value === 'string')
        return redactor.text(value);
    if (Array.isArray(value))
        return value.map((item) => redactedField(item, rule, redactor));
    const isRecord = typeof value === 'object' && value !== null && typeof rule === 'object';
    return isRecord ? redactedRecord(value, rule, redactor) : value;
}


/***/ }),

/***/ 3111:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MF: () => (/* binding */ TooLarge),
/* harmony export */   fD: () => (/* binding */ boundedLines),
/* harmony export */   tr: () => (/* binding */ largestLog)
/* harmony export */ });
/* unused harmony export logLimits */
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);

/**
 * Limits of a session's log: a process has some three lines, and up to 400 short ones of what it spent its time on. A result
 * holds 1 MiB of output and as much error output, each byte of which may be written as six.
 */
const logLimits = {
    lines: 2_000_000,
    shortBytes: 256,
    lineBytes: 32 * 1024 * 1024,
    bytes: 512 * 1024 * 1024,
    lineValues: 250_000,
    values: 2_000_000,
    lineDepth: 1_000,
};
/** Bytes: no log within the limits is larger. */
const largestLog = logLimits.bytes + logLimits.lines * logLimits.shortBytes;
/** A file that breaks a limit. */
class TooLarge extends Error {
}
/** The lines of a file; throws `TooLarge` before anything that breaks a limit is held in memory or parsed. */
async function* boundedLines(chunks, limits = logLimits) {
    let parts = [];
    let size = 0;
    let count = 0;
    let values = 0;
    let longBytes = 0;
    const line = (last) => {
        count += 1;
        if (count > limits.lines)
            throw new TooLarge(`has more than ${limits.lines} lines`);
        const bytes = parts.length === 0 ? last : node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.concat([...parts, last]);
        parts = [];
        size = 0;
        if (bytes.length <= limits.shortBytes)
            return bytes.toString();
        longBytes += bytes.length;
        if (longBytes > limits.bytes)
            throw new TooLarge(`has more than ${limits.bytes} bytes in its long lines`);
        values += valuesIn(bytes, limits);
        if (values > limits.values)
            throw new TooLarge(`has more than ${limits.values} values`);
        return bytes.toString();
    };
    for await (const { buffer, byteOffset, byteLength } of chunks) {
        const chunk = node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.from(buffer, byteOffset, byteLength);
        let from = 0;
        for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
            refuseLength(size + end - from, limits);
            yield line(chunk.subarray(from, end));
            from = end + 1;
        }
        size += chunk.length - from;
        refuseLength(size, limits);
        if (from < chunk.length)
            parts.push(chunk.subarray(from));
    }
    if (size > 0)
        yield line(node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.of());
}
function refuseLength(bytes, { lineBytes }) {
    if (bytes > lineBytes)
        throw new TooLarge(`has a line of more than ${lineBytes} bytes`);
}
const [newline, quote, backslash, comma] = [0x0a, 0x22, 0x5c, 0x2c];
const openings = new Set([0x5b, 0x7b]);
const closings = new Set([0x5d, 0x7d]);
/** Counts what JSON.parse would make, without making it. */
function valuesIn(bytes, { lineValues, lineDepth }) {
    let values = 0;
    let depth = 0;
    for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0;
        if (byte === quote)
            at = endOfString(bytes, at);
        else if (byte === comma)
            values += 1;
        else if (openings.has(byte)) {
            values += 1;
            depth += 1;
        }
        else if (closings.has(byte))
            depth -= 1;
        if (values > lineValues)
            throw new TooLarge(`has a line of more than ${lineValues} values`);
        if (depth > lineDepth)
            throw new TooLarge(`has a line that is nested more than ${lineDepth} deep`);
    }
    return values;
}
/** The place of the quote that ends a string, or the end of what there is. */
function endOfString(bytes, start) {
    for (let end = bytes.indexOf(quote, start + 1); end !== -1; end = bytes.indexOf(quote, end + 1)) {
        let escapes = 0;
        while (bytes[end - 1 - escapes] === backslash)
            escapes += 1;
        if (escapes % 2 === 0)
            return end;
    }
    return bytes.length;
}


/***/ }),

/***/ 9971:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ openLog),
/* harmony export */   Z: () => (/* binding */ openOwnFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1708);
/* harmony import */ var _model_session_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4896);
/* harmony import */ var _bounded_lines_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3111);






/** Opens a file as we make it: regular, of this user, with one name, and reached by no link. `path` has its directory's links resolved. */
async function openOwnFile(path, mostBytes) {
    // At once: to ask another thread costs several times as much.
    if (node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync.native(path) !== path)
        throw new Error('it is a symbolic link');
    // Windows knows only the first of the three, and `|` takes `undefined` for 0. A named pipe would block forever.
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK);
    const state = await handle.stat({ bigint: true });
    const size = Number(state.size);
    const isOwn = node_process__WEBPACK_IMPORTED_MODULE_3__.getuid === undefined || state.uid === BigInt(node_process__WEBPACK_IMPORTED_MODULE_3__.getuid());
    if (state.isFile() && state.nlink === 1n && isOwn && size <= mostBytes)
        return { handle, state, size, [Symbol.asyncDispose]: () => handle.close() };
    await handle.close();
    throw new Error(size > mostBytes ? `it has ${size} bytes` : 'it is no file of its own');
}
/** Opens the log in the directory of a session, which has its links resolved. */
async function openLog(directory, mostBytes = _bounded_lines_js__WEBPACK_IMPORTED_MODULE_5__/* .largestLog */ .tr) {
    const { handle, size } = await openOwnFile((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, _model_session_files_js__WEBPACK_IMPORTED_MODULE_4__/* .sessionFiles */ .AG.events), Math.min(mostBytes, _bounded_lines_js__WEBPACK_IMPORTED_MODULE_5__/* .largestLog */ .tr));
    // It may grow meanwhile.
    const bytes = handle.createReadStream({ autoClose: false, end: _bounded_lines_js__WEBPACK_IMPORTED_MODULE_5__/* .largestLog */ .tr - 1, highWaterMark: 1024 * 1024 });
    return { bytes, size, [Symbol.asyncDispose]: () => handle.close() };
}


/***/ })

};
