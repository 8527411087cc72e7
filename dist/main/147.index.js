export const id = 147;
export const ids = [147];
export const modules = {

/***/ 5528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mergeStep: () => (/* binding */ mergeStep)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/github/artifact-child.js
var artifact_child = __webpack_require__(4085);
// EXTERNAL MODULE: ./build/github/rest-artifacts.js
var rest_artifacts = __webpack_require__(3652);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
;// CONCATENATED MODULE: ./build/github/shard-download.js




/** Shards on this machine; disposing of it removes them. */
class DownloadedShards {
    #directories = [];
    /** Downloads what the shards of this run have left, within the deadline whatever the service does; never rejects. */
    async fetch({ hash, attempt, run, ...request }) {
        const { temporary, deadlineMs = 15 * 60_000, cancel } = request;
        const refuse = (fault) => [{ name: 'the artifacts of this run', fault }];
        try {
            const directory = await (0,promises_.mkdtemp)((0,external_node_path_.join)(temporary, 'claude-ensemble-shards-'));
            this.#directories.push(directory);
            const deadline = AbortSignal.timeout(deadlineMs);
            const common = { attempt, ...(hash !== undefined && { hash }), ...(run !== undefined && { run }) };
            const stop = AbortSignal.any([deadline, cancel]);
            const report = await (0,artifact_child/* orderArtifact */.bF)({ kind: 'shards', directory, ...common }, { ...request, stop });
            if (report.kind === 'shards')
                return report.shards.map(safely);
            const reported = report.kind === 'failed' ? (0,artifact_child/* oneSafeLine */.mA)(report.message).replace(/\.$/, '') : '';
            const late = cancel.aborted ? 'the job was cancelled' : `they were not there after ${deadlineMs / 1000} s`;
            return refuse(`they were not downloaded: ${reported || late}`);
        }
        catch (error) {
            return refuse(`they were not downloaded: ${(0,errors/* errorMessage */.gJ)(error)}`);
        }
    }
    async [Symbol.asyncDispose]() {
        const remove = (directory) => (0,promises_.rm)(directory, { recursive: true, force: true }).catch(() => undefined);
        await Promise.all(this.#directories.map(remove));
    }
}
function safely(shard) {
    return 'fault' in shard ? { ...shard, fault: (0,artifact_child/* oneSafeLine */.mA)(shard.fault).replace(/\.$/, '') } : shard;
}

// EXTERNAL MODULE: ./build/model/shard.js
var shard = __webpack_require__(3282);
// EXTERNAL MODULE: ./build/plan/session-options.js + 3 modules
var session_options = __webpack_require__(7555);
// EXTERNAL MODULE: ./build/reports/console.js + 8 modules
var reports_console = __webpack_require__(5346);
// EXTERNAL MODULE: ./build/model/clock.js
var clock = __webpack_require__(6824);
// EXTERNAL MODULE: ./build/model/redacted-fields.js
var redacted_fields = __webpack_require__(5260);
// EXTERNAL MODULE: ./build/process/system-clock.js
var system_clock = __webpack_require__(5914);
// EXTERNAL MODULE: ./build/model/session-files.js
var session_files = __webpack_require__(4896);
// EXTERNAL MODULE: ./build/model/session-state.js
var session_state = __webpack_require__(2170);
// EXTERNAL MODULE: ./build/record/bounded-lines.js
var bounded_lines = __webpack_require__(3111);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 14 modules
var schemas = __webpack_require__(5586);
// EXTERNAL MODULE: ./build/model/finding.js
var finding = __webpack_require__(6939);
// EXTERNAL MODULE: ./build/model/result.js
var result = __webpack_require__(6305);
// EXTERNAL MODULE: ./build/model/session-options.js
var model_session_options = __webpack_require__(845);
// EXTERNAL MODULE: ./build/record/session-id.js
var session_id = __webpack_require__(8108);
;// CONCATENATED MODULE: ./build/record/field-schemas.js


/** Untrusted text, redacted. Every other string has a pattern or is one of a list, so that no free text enters the log unmarked. */
const freeText = schemas/* string */.YjP().meta({ freeText: true });
/** The id of a process, a batch (`=0`), an entry of several processes, or a list that is found at run time (`verify*`). */
const nodeId = schemas/* string */.YjP().regex(/^=?[A-Za-z0-9][A-Za-z0-9._-]{0,63}\*?$/);
/** Names files, too. */
const processId = schemas/* string */.YjP().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
/** Names directories, too. */
const sessionId = schemas/* string */.YjP().regex(session_id/* sessionIdPattern */.u);
/** ISO 8601, UTC. */
const time = schemas/* string */.YjP()
    .regex(/^[\d-]{10,13}T[\d:.]{8,12}Z$/)
    .refine((text) => !Number.isNaN(Date.parse(text)));

;// CONCATENATED MODULE: ./build/record/shard-schema.js



const hash = schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/);
const shardNumber = schemas/* int */.Whr().min(1).max(shard/* mostShards */.bA);
/** The whole session, as the record of a shard describes it. */
const shard_schema_shard = schemas/* strictObject */.rej({
    hash,
    count: shardNumber,
    trust: schemas/* enum */.k5n(['trusted', 'untrusted']),
    content: hash,
    entries: schemas/* array */.YOg(schemas/* strictObject */.rej({
        id: processId,
        name: freeText,
        shard: shardNumber,
        isList: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
        answerKind: schemas/* exactOptional */.yqP(schemas/* enum */.k5n(['findings', 'finding-check'])),
    })),
    index: shardNumber,
    maxBudgetUsd: schemas/* exactOptional */.yqP(schemas/* number */.aig()),
    attempt: schemas/* int */.Whr().min(1),
});

;// CONCATENATED MODULE: ./build/record/event-schema.js







const signal = schemas/* string */.YjP().regex(/^SIG[A-Z0-9]{1,12}$/);
const findingId = schemas/* string */.YjP().regex(/^[0-9a-f]{16}$/);
/** Far beyond what any session has; a sum of many stays finite, and so is a number in JSON. */
const largestCount = 1e18;
const count = schemas/* number */.aig().min(-largestCount).max(largestCount);
const endings = {
    failed: schemas/* enum */.k5n(result/* reasons */.Ot.failed),
    'timed-out': schemas/* enum */.k5n(result/* reasons */.Ot['timed-out']),
    cancelled: schemas/* enum */.k5n(result/* reasons */.Ot.cancelled),
    skipped: schemas/* enum */.k5n(result/* reasons */.Ot.skipped),
};
const reason = schemas/* enum */.k5n([...result/* reasons */.Ot.failed, ...result/* reasons */.Ot['timed-out'], ...result/* reasons */.Ot.cancelled, ...result/* reasons */.Ot.skipped]);
const usage = schemas/* strictObject */.rej({
    inputTokens: count,
    outputTokens: count,
    cacheReadTokens: count,
    cacheWriteTokens: count,
});
const childExit = schemas/* strictObject */.rej({ code: schemas/* nullable */.mee(count), signal: schemas/* nullable */.mee(signal) });
const permissionDenials = schemas/* array */.YOg(schemas/* strictObject */.rej({ toolName: freeText, toolUseId: freeText }));
const answerRole = {
    answerKind: schemas/* exactOptional */.yqP(schemas/* enum */.k5n(['findings', 'finding-check'])),
    checkedFinding: schemas/* exactOptional */.yqP(findingId),
};
/** The path of a log depends on where the session's directory is: `session-ended` says which processes have one. */
const details = {
    processId: processId,
    name: freeText,
    exitCode: count,
    output: freeText,
    stderr: freeText,
    duration: count,
    cause: schemas/* exactOptional */.yqP(schemas/* enum */.k5n(result/* failureCauses */.x8)),
    timedOutAfter: schemas/* exactOptional */.yqP(count),
    attempts: count,
    startedAt: schemas/* exactOptional */.yqP(time),
    endedAt: time,
    message: schemas/* exactOptional */.yqP(freeText),
    retryAt: schemas/* exactOptional */.yqP(time),
    conversationId: schemas/* exactOptional */.yqP(freeText),
    model: schemas/* exactOptional */.yqP(freeText),
    usage: schemas/* exactOptional */.yqP(usage),
    usageByModel: schemas/* exactOptional */.yqP(schemas/* record */.g1P(freeText, usage)),
    costUsd: schemas/* exactOptional */.yqP(count),
    numTurns: schemas/* exactOptional */.yqP(count),
    permissionDenials,
    mcpFaults: schemas/* exactOptional */.yqP(schemas/* array */.YOg(schemas/* strictObject */.rej({ name: freeText, status: freeText }))),
    structuredOutput: schemas/* exactOptional */.yqP(schemas/* unknown */.L5J()),
    ...answerRole,
    childExit: schemas/* exactOptional */.yqP(childExit),
    killedAfterResult: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
    outputTruncated: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
    continueOnError: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
    offline: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
    resumedFrom: schemas/* exactOptional */.yqP(sessionId),
};
const event_schema_result = schemas/* discriminatedUnion */.gMt('status', [
    schemas/* strictObject */.rej({ status: schemas/* literal */.euz('succeeded'), ...details }),
    schemas/* strictObject */.rej({ status: schemas/* literal */.euz('failed'), reason: endings.failed, ...details }),
    schemas/* strictObject */.rej({ status: schemas/* literal */.euz('timed-out'), reason: endings['timed-out'], ...details }),
    schemas/* strictObject */.rej({ status: schemas/* literal */.euz('cancelled'), reason: endings.cancelled, ...details }),
    schemas/* strictObject */.rej({ status: schemas/* literal */.euz('skipped'), reason: endings.skipped, ...details }),
]);
const totals = schemas/* strictObject */.rej({
    total: count,
    succeeded: count,
    failed: count,
    cancelled: count,
    skipped: count,
    denied: count,
    costUsd: count,
    inputTokens: count,
    outputTokens: count,
    cacheReadTokens: count,
    cacheWriteTokens: count,
    durationSeconds: count,
});
const event_schema_finding = {
    file: freeText,
    line: schemas/* exactOptional */.yqP(count),
    summary: freeText,
    short_summary: schemas/* exactOptional */.yqP(freeText),
    failure_scenario: freeText,
    category: schemas/* exactOptional */.yqP(freeText),
    severity: schemas/* enum */.k5n(finding/* severities */.gO),
    verdict: schemas/* exactOptional */.yqP(schemas/* enum */.k5n(finding/* reportedVerdicts */.Yv)),
};
const place = schemas/* strictObject */.rej({
    path: freeText,
    line: schemas/* exactOptional */.yqP(count),
    lineHash: schemas/* exactOptional */.yqP(schemas/* string */.YjP().regex(/^[0-9a-f]{1,16}:\d{1,9}$/)),
});
const check = schemas/* strictObject */.rej({
    processId: processId,
    name: freeText,
    verdict: schemas/* exactOptional */.yqP(schemas/* enum */.k5n(finding/* checkVerdicts */.Hh)),
    reason: schemas/* exactOptional */.yqP(freeText),
});
const mergedFinding = schemas/* strictObject */.rej({
    id: findingId,
    ...event_schema_finding,
    agreement: count,
    reportedBy: schemas/* array */.YOg(schemas/* strictObject */.rej({ processId: processId, name: freeText })),
    wordings: schemas/* array */.YOg(schemas/* strictObject */.rej({ ...event_schema_finding, processId: processId })),
    checks: schemas/* array */.YOg(check),
    refuted: schemas/* boolean */.zMY(),
    place: schemas/* exactOptional */.yqP(place),
});
const findings = schemas/* strictObject */.rej({
    key: freeText,
    counts: schemas/* strictObject */.rej({ important: count, nit: count, pre_existing: count, refuted: count }),
    reviewers: count,
    answered: count,
    missing: schemas/* array */.YOg(schemas/* strictObject */.rej({
        processId: processId,
        name: freeText,
        status: schemas/* enum */.k5n(['succeeded', 'failed', 'timed-out', 'cancelled', 'skipped']),
        reason: schemas/* exactOptional */.yqP(reason),
        retryAt: schemas/* exactOptional */.yqP(time),
    })),
    unreadable: count,
    findings: schemas/* array */.YOg(mergedFinding),
});
const fingerprint = schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[a-z-]{1,40}$/), schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/));
const plannedProcess = schemas/* strictObject */.rej({
    processId: processId,
    name: freeText,
    model: schemas/* exactOptional */.yqP(freeText),
    timeoutMs: schemas/* exactOptional */.yqP(count),
    maxTurns: schemas/* exactOptional */.yqP(count),
    maxBudgetUsd: schemas/* exactOptional */.yqP(count),
    fingerprint: schemas/* exactOptional */.yqP(fingerprint),
    needs: schemas/* exactOptional */.yqP(schemas/* array */.YOg(nodeId)),
    ...answerRole,
});
const policy = schemas/* strictObject */.rej({
    failOn: schemas/* discriminatedUnion */.gMt('kind', [
        schemas/* strictObject */.rej({ kind: schemas/* enum */.k5n(['any', 'all', 'none']) }),
        schemas/* strictObject */.rej({ kind: schemas/* literal */.euz('count'), count }),
        schemas/* strictObject */.rej({ kind: schemas/* literal */.euz('share'), percent: count }),
    ]),
    onDenied: schemas/* enum */.k5n(['warn', 'fail', 'ignore']),
    maxWorkers: count,
    retries: count,
    idleTimeoutMs: schemas/* exactOptional */.yqP(count),
    totalTimeoutMs: schemas/* exactOptional */.yqP(count),
    maxBudgetUsd: schemas/* exactOptional */.yqP(count),
});
/** `seq` counts from 1 in each run; `t` is in milliseconds since the run began, by a clock that is never set. */
const head = { schemaVersion: schemas/* exactOptional */.yqP(schemas/* literal */.euz(session_files/* eventLogSchemaVersion */.kN)), seq: count, t: count, at: time };
const ofAttempt = { processId: processId, attempt: count };
/**
 * A line of `events.jsonl`: every event but live ones (raw output, messages, heartbeats). It holds no path of ours: who reads
 * it knows where it lies. The first line of each run has the version.
 */
const eventLine = schemas/* discriminatedUnion */.gMt('type', [
    schemas/* strictObject */.rej({
        ...head,
        type: schemas/* literal */.euz('session-started'),
        sessionId: sessionId,
        title: schemas/* exactOptional */.yqP(freeText),
        pattern: schemas/* enum */.k5n(model_session_options/* patterns */.q),
        processes: schemas/* array */.YOg(plannedProcess),
        groups: schemas/* exactOptional */.yqP(schemas/* array */.YOg(schemas/* strictObject */.rej({ id: nodeId, needs: schemas/* array */.YOg(nodeId), fingerprint: schemas/* exactOptional */.yqP(fingerprint) }))),
        policy: schemas/* exactOptional */.yqP(policy),
        shard: schemas/* exactOptional */.yqP(shard_schema_shard),
        trust: schemas/* strictObject */.rej({ level: schemas/* enum */.k5n(['trusted', 'untrusted']), why: freeText }),
        offline: schemas/* boolean */.zMY(),
        executable: freeText,
    }),
    schemas/* strictObject */.rej({
        ...head,
        type: schemas/* literal */.euz('notice'),
        level: schemas/* enum */.k5n(['info', 'warning']),
        message: freeText,
        processId: schemas/* exactOptional */.yqP(processId),
        starts: schemas/* exactOptional */.yqP(schemas/* enum */.k5n(['held', 'stopped'])),
        until: schemas/* exactOptional */.yqP(time),
    }),
    schemas/* strictObject */.rej({
        ...head,
        type: schemas/* literal */.euz('processes-added'),
        processes: schemas/* array */.YOg(plannedProcess),
        into: schemas/* exactOptional */.yqP(nodeId),
    }),
    schemas/* strictObject */.rej({ ...head, type: schemas/* literal */.euz('process-started'), ...ofAttempt, pid: schemas/* exactOptional */.yqP(count) }),
    schemas/* strictObject */.rej({
        ...head,
        type: schemas/* literal */.euz('process-phase'),
        ...ofAttempt,
        phase: schemas/* discriminatedUnion */.gMt('kind', [
            schemas/* strictObject */.rej({ kind: schemas/* enum */.k5n(['working', 'limited']) }),
            schemas/* strictObject */.rej({ kind: schemas/* literal */.euz('tool'), tool: freeText }),
        ]),
    }),
    schemas/* strictObject */.rej({
        ...head,
        type: schemas/* literal */.euz('process-stopping'),
        ...ofAttempt,
        cause: schemas/* enum */.k5n(['timeout', 'idle-timeout', 'cancelled', 'deadline', 'hang-after-result', 'internal-error']),
        signal,
    }),
    schemas/* strictObject */.rej({
        ...head,
        type: schemas/* literal */.euz('process-retrying'),
        ...ofAttempt,
        reason,
        message: schemas/* exactOptional */.yqP(freeText),
        delayMs: count,
    }),
    schemas/* strictObject */.rej({
        ...head,
        type: schemas/* literal */.euz('process-attempt-ended'),
        ...ofAttempt,
        status: schemas/* enum */.k5n(['succeeded', 'failed', 'timed-out', 'cancelled']),
        reason: schemas/* exactOptional */.yqP(reason),
        childExit: schemas/* exactOptional */.yqP(childExit),
        costUsd: schemas/* exactOptional */.yqP(count),
        chargedUsd: schemas/* exactOptional */.yqP(count),
        usage: schemas/* exactOptional */.yqP(usage),
        usageByModel: schemas/* exactOptional */.yqP(schemas/* record */.g1P(freeText, usage)),
        permissionDenials,
        retryAt: schemas/* exactOptional */.yqP(time),
        survivorsKilled: schemas/* exactOptional */.yqP(count),
    }),
    schemas/* strictObject */.rej({ ...head, type: schemas/* literal */.euz('process-ended'), result: event_schema_result }),
    schemas/* strictObject */.rej({ ...head, type: schemas/* literal */.euz('session-interrupted'), signal: schemas/* string */.YjP().regex(/^[\w -]{1,64}$/) }),
    schemas/* strictObject */.rej({
        ...head,
        type: schemas/* literal */.euz('session-ended'),
        conclusion: schemas/* enum */.k5n(['success', 'failure', 'cancelled', 'skipped']),
        verdict: freeText,
        /** In the order given; the results themselves are in `process-ended`. */
        results: schemas/* array */.YOg(schemas/* strictObject */.rej({
            processId: processId,
            hasLog: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
            logIncomplete: schemas/* exactOptional */.yqP(schemas/* literal */.euz(true)),
        })),
        totals,
        retryAt: schemas/* exactOptional */.yqP(time),
        findings: schemas/* exactOptional */.yqP(findings),
    }),
]);

;// CONCATENATED MODULE: ./build/record/event-reader.js



/** Reads one line; undefined when it is not whole, or none of ours. */
function parseEventLine(text) {
    try {
        const parsed = JSON.parse(text);
        // The line as it came, not the schema's copy: that has another order of keys.
        return eventLine.safeParse(parsed).success ? parsed : undefined;
    }
    catch {
        return undefined;
    }
}
/** The version that a line is said to be of, when it is not whole, or none of ours. */
function event_reader_versionOf(text) {
    return Number(/^\{"schemaVersion":(\d{1,9}),/.exec(text)?.[1] ?? Number.NaN) || undefined;
}
/** Makes the events of a session again, line by line, as sinks saw them. */
class event_reader_EventReader {
    #place;
    /** Results of the processes that have ended, by id. */
    #results = new Map();
    #expectedSeq = 1;
    constructor(place) {
        this.#place = place;
    }
    /** The event of the next line; undefined when it is not whole, or does not follow the one before. */
    read(text) {
        const line = parseEventLine(text);
        // A session may be gone on with.
        const beginsRun = line?.seq === 1 && line.schemaVersion !== undefined;
        if (line === undefined || (!beginsRun && line.seq !== this.#expectedSeq))
            return undefined;
        this.#expectedSeq = line.seq + 1;
        return this.#eventOf(line);
    }
    #eventOf(line) {
        const { schemaVersion: _version, seq: _seq, t: _t, ...event } = line;
        switch (event.type) {
            case 'session-started':
                return { ...event, ...this.#place };
            case 'process-started':
                return { pid: undefined, ...event };
            case 'process-ended':
                this.#results.set(event.result.processId, event.result);
                return event;
            case 'session-ended':
                return { ...event, results: event.results.flatMap((logs) => this.#resultOf(logs) ?? []) };
            default:
                return event;
        }
    }
    #resultOf({ processId, hasLog, logIncomplete }) {
        const result = this.#results.get(processId);
        return (result && {
            ...result,
            ...(hasLog && { logFile: (0,external_node_path_.join)(this.#place.directory, (0,session_files/* filesOfProcess */.Ec)(processId).log) }),
            ...(logIncomplete && { logIncomplete }),
        });
    }
}

// EXTERNAL MODULE: ./build/record/own-file.js
var own_file = __webpack_require__(9971);
;// CONCATENATED MODULE: ./build/record/shard-log.js
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







/** Reads the log of a shard, which anyone may have written. It trusts no word and no file there, and follows no link in it. */
async function readShardLog(directory, name, mostBytes) {
    const refuse = (fault) => ({ name, fault: `${session_files/* sessionFiles */.AG.events} ${fault}` });
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const root = await (0,promises_.realpath)(directory);
            const log = __addDisposableResource(env_1, await (0,own_file/* openLog */.N)(root, mostBytes), true);
            const collected = await collect((0,bounded_lines/* boundedLines */.fD)(log.bytes), root);
            if (typeof collected !== 'string')
                return { ...collected, directory: root, name, bytes: log.size };
            return { ...refuse(collected), ...(collected === wholeSession && { isWhole: true }) };
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
            return refuse('is not there');
        return refuse(`cannot be read: ${(0,errors/* errorMessage */.gJ)(error)}`);
    }
}
const wholeSession = 'tells of a whole session, not of a shard';
/** Reads the lines up to the first that is not whole, or not ours: the rest could be anything. */
async function collect(lines, directory) {
    const reader = new event_reader_EventReader({ directory });
    const state = new session_state/* SessionState */.Y();
    const events = [];
    const results = new Map();
    let lastAt = '';
    let damage;
    let number = 0;
    for await (const line of lines) {
        number += 1;
        if (damage !== undefined) {
            damage = `is damaged in line ${number - 1}: what follows is not used`;
            break;
        }
        const event = reader.read(line);
        const version = event_reader_versionOf(line);
        if (event === undefined && version !== undefined && version !== session_files/* eventLogSchemaVersion */.kN)
            return `is of ${version > session_files/* eventLogSchemaVersion */.kN ? 'a newer' : 'another'} version (${version}) than this program knows: merge with the version that ran the shards`;
        damage = event === undefined ? `is cut off in line ${number}` : surplus(event, state, results);
        if (event === undefined || damage !== undefined)
            continue;
        state.apply(event);
        lastAt = event.at;
        if (event.type === 'process-ended')
            results.set(event.result.processId, event.result);
        if (event.type !== 'session-started' && event.type !== 'session-ended')
            events.push(event);
    }
    const { started, ended } = state;
    if (started === undefined)
        return 'does not tell of a session';
    if (started.shard === undefined)
        return wholeSession;
    return {
        ...{ started, shard: started.shard, events, results, state, lastAt },
        ...(ended !== undefined && { ended }),
        ...(damage !== undefined && { damage }),
    };
}
/** Events that no shard of ours writes: more than one run, something after its end, a second end of a process. */
function surplus(event, { started, ended }, results) {
    if (started === undefined)
        return event.type === 'session-started' ? undefined : 'does not begin with its start';
    if (ended !== undefined || event.type === 'session-started')
        return 'tells of more than one run: the first is used';
    if (event.type === 'process-ended' && results.has(event.result.processId))
        return `tells twice how ${event.result.processId} ended: what follows is not used`;
    return undefined;
}

// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
// EXTERNAL MODULE: ./build/session/answers.js
var session_answers = __webpack_require__(9768);
// EXTERNAL MODULE: ./build/session/event-bus.js
var event_bus = __webpack_require__(3924);
// EXTERNAL MODULE: ./build/session/located-findings.js + 2 modules
var located_findings = __webpack_require__(997);
// EXTERNAL MODULE: ./build/session/session-recorder.js + 32 modules
var session_recorder = __webpack_require__(3816);
// EXTERNAL MODULE: ./build/session/verdict.js + 1 modules
var session_verdict = __webpack_require__(2986);
// EXTERNAL MODULE: ./build/plan/plan-hash.js
var plan_hash = __webpack_require__(132);
// EXTERNAL MODULE: ./build/text/causes.js
var causes = __webpack_require__(8464);
;// CONCATENATED MODULE: ./build/session/merge/choice.js


/** Chooses of each shard the newest attempt that can be used; what cannot be used is named with the cause. Without any there is no plan. */
function chooseShards(found, wanted) {
    const faults = [];
    const refuse = (name, cause) => void faults.push(`${name} is not used: ${cause}.`);
    const sound = found.filter((log) => {
        const fault = 'fault' in log ? log.fault : faultOf(log, wanted);
        if (fault !== undefined)
            refuse(log.name, fault);
        return fault === undefined;
    });
    const hash = wanted.hash ?? mostOften(sound.map(({ shard }) => shard.hash));
    const ours = sound.filter(({ name, shard }) => {
        if (shard.hash !== hash)
            refuse(name, `it is of another plan, ${shortened(shard.hash)}, not ${shortened(hash ?? '')}`);
        return shard.hash === hash;
    });
    const [reference] = ours;
    if (reference === undefined)
        return { faults: [...faults, noShard(wanted)] };
    const { shards, warnings, notices } = newestOfEach(ours, refuse);
    const { index: _index, attempt: _attempt, ...plan } = reference.shard;
    if (wanted.count !== undefined && wanted.count !== plan.count)
        faults.push(`count is ${wanted.count}, and the plan of the shards has ${plan.count}.`);
    const missing = Array.from({ length: plan.count }, (_, place) => place + 1).filter((index) => !shards.has(index));
    faults.push(...missing.map((index) => `shard ${index}/${plan.count} is missing.`));
    return { plan, shards, missing, faults, warnings, notices };
}
function noShard({ hash }) {
    return hash === undefined
        ? 'No shard was found that can be used.'
        : `No shard of the plan ${shortened(hash)} was found. Did every job of the matrix end before it could upload?`;
}
/** Why a record is not that of a shard of its plan. */
function faultOf(log, { attempt = Number.POSITIVE_INFINITY }) {
    const { shard, started, state, events, results, ended } = log;
    const { hash, index, count, entries } = shard;
    if ((0,plan_hash/* planHash */.S)(shard) !== hash)
        return 'its plan is not the one that its hash was made of';
    if (index > count || entries.some((entry) => entry.shard > count))
        return 'its plan has shards beyond their number';
    const ids = new Set(entries.map(({ id }) => id.toLowerCase()));
    if (ids.size < entries.length)
        return 'its plan has an id twice';
    if (shard.attempt > attempt)
        return `it says that it is of attempt ${shard.attempt}, and this is attempt ${attempt}`;
    if (started.trust.level !== shard.trust)
        return `it is ${started.trust.level}, and the plan is ${shard.trust}`;
    if (count > 1 && (started.pattern === 'sequential' || started.pattern === 'fallback'))
        return `pattern ${started.pattern} has no shards`;
    const isTold = (id) => results.has(id) || state.processes.has(id);
    const untold = ended && entries.find(({ id, isList, shard: of }) => of === index && !isList && !isTold(id));
    if (untold !== undefined)
        return `it has ended, but says nothing of the process ${untold.id}`;
    const isOwn = ownIds(shard);
    const stranger = [...state.processes.keys(), ...events.flatMap(idIn)].find((id) => !isOwn(id));
    return stranger === undefined
        ? undefined
        : `it tells of the process ${stranger}, which is not in shard ${index}/${count}`;
}
/** Whether a process may be of this shard: it is planned, or is one of a list that was found at run time. */
function ownIds({ entries, index }) {
    const own = entries.filter(({ shard }) => shard === index);
    const planned = new Set(own.filter(({ isList }) => !isList).map(({ id }) => id));
    const lists = new Set(own.filter(({ isList }) => isList).map(({ id }) => id));
    return (id) => planned.has(id) || lists.has(listOf(id));
}
/** The entry that a process belongs to which was added at run time. */
function listOf(id) {
    return id.replace(/-(?:\d+|rest)$/, '');
}
function idIn(event) {
    if (event.type === 'process-ended')
        return [event.result.processId];
    return 'processId' in event && event.processId !== undefined ? [event.processId] : [];
}
function mostOften(hashes) {
    const counts = Map.groupBy(hashes, (hash) => hash);
    return [...counts].toSorted(([, one], [, other]) => other.length - one.length)[0]?.[0];
}
function newestOfEach(logs, refuse) {
    const shards = new Map();
    const warnings = [];
    const notices = [];
    for (const [index, all] of Map.groupBy(logs, ({ shard }) => shard.index)) {
        const newestFirst = [...Map.groupBy(all, ({ shard }) => shard.attempt)].toSorted(([one], [other]) => other - one);
        for (const [attempt, same] of newestFirst) {
            const [first, ...others] = same.toSorted(wholeFirst);
            const isDoubled = others.some(({ started }) => started.sessionId !== first?.started.sessionId);
            const label = `shard ${index}/${first?.shard.count} of attempt ${attempt}`;
            if (isDoubled)
                for (const { name } of same)
                    refuse(name, `${label} is there ${same.length} times, from different sessions`);
            else if (first !== undefined && !shards.has(index)) {
                shards.set(index, first);
                notices.push(...others.map(({ name }) => `${name} is the same session as ${first.name}, and is used once.`));
            }
            else if (first !== undefined)
                notices.push(`${first.name} is not used: there is a newer attempt than ${attempt}.`);
        }
        const chosen = shards.get(index);
        if (chosen !== undefined)
            warnings.push(...warningsOf(chosen));
    }
    return { shards, warnings, notices };
}
/** Of several copies of one record that which tells most. */
function wholeFirst(one, other) {
    const isWhole = ({ ended, damage }) => Number(ended !== undefined && damage === undefined);
    return isWhole(other) - isWhole(one) || other.events.length - one.events.length;
}
/** A shard that was taken although something is wrong with it. */
function warningsOf({ name, damage, ended, state }) {
    if (damage !== undefined)
        return [`${name}: events.jsonl ${damage}. What is whole was taken.`];
    if (ended === undefined)
        return [
            `${name} has not ended: it was killed, or it still runs. What it had written was taken; what ran is cancelled.`,
        ];
    const by = state.interruptedBy;
    return by === undefined ? [] : [`${name} was ${(0,causes/* interruptionText */.xu)(by)}. What it had done was taken.`];
}
function shortened(hash) {
    return `${hash.slice(0, 12)}...`;
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: ./build/model/redactor.js
var model_redactor = __webpack_require__(6412);
;// CONCATENATED MODULE: ./build/session/merge/copies.js
var copies_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var copies_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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








/** At once: each waits for the disk. */
const copiesAtOnce = 4;
/** Copies the logs, streams, prompts and outputs of the processes of a shard; gives its results with what became of their logs. */
async function copyFiles({ log, results }, tools) {
    const lost = [];
    const done = [];
    const waiting = [...results.values()];
    const work = async () => {
        for (let result = waiting.shift(); result !== undefined; result = waiting.shift())
            done.push(await withFiles(result, { log, tools, lost }));
    };
    await Promise.all(Array.from({ length: copiesAtOnce }, work));
    if (lost.length > 0)
        tools.warn(`${log.name}: these files were not taken: ${(0,format/* someOf */.yU)(lost, 5)}.`);
    return done;
}
async function withFiles(result, { log, tools, lost }) {
    const { logFile: _elsewhere, logIncomplete: _there, ...own } = result;
    const hasRun = result.attempts > 0 || result.resumedFrom !== undefined;
    if (!hasRun)
        return own;
    const { processId } = result;
    const files = (0,session_files/* filesOfProcess */.Ec)(processId);
    const causes = new Map();
    for (const name of Object.values(files)) {
        const cause = await copy({ name, processId }, log, tools);
        if (cause !== undefined)
            causes.set(name, cause);
    }
    if (causes.get(files.output) === absent && (await writeOutput(own, tools)))
        causes.delete(files.output);
    // Only what a shard says that it has is missed when it is not there.
    const recorded = log.ended?.results.find((one) => one.processId === processId);
    const isMissed = recorded?.logFile !== undefined && causes.get(files.log) === absent;
    const missed = new Set([...(isMissed ? [files.log] : []), ...(own.output === '' ? [] : [files.output])]);
    lost.push(...[...causes].filter(([name, cause]) => cause !== absent || missed.has(name)).map(named));
    const { logFile, logIncomplete: isCut } = tools.logs.stateOf(processId);
    const isIncomplete = isCut === true || recorded?.logIncomplete === true || isMissed || !log.results.has(processId);
    return { ...own, ...(logFile !== undefined && { logFile }), ...(isIncomplete && { logIncomplete: true }) };
}
/** Writes an output whose file is not there from the record; gives whether that has the whole of it. */
async function writeOutput(result, { logs, redactor, stop }) {
    const { processId, output, outputTruncated: isCut } = result;
    if (output === '' || stop.aborted)
        return false;
    const name = (0,session_files/* filesOfProcess */.Ec)(processId).output;
    await logs.writeFile({ name, processId }, (0,model_redactor/* redactedBytes */.u)(external_node_stream_.Readable.from([external_node_buffer_.Buffer.from(output)]), redactor));
    return isCut !== true;
}
/** Context of all processes; the same in all shards. */
async function copyContext(shards, tools) {
    for (const { log } of shards) {
        const cause = await copy({ name: session_files/* sessionFiles */.AG.context }, log, tools);
        if (cause === undefined)
            return;
        if (cause !== absent)
            tools.warn(`${log.name}: ${named([session_files/* sessionFiles */.AG.context, cause])} was not taken.`);
    }
}
const absent = 'is not there';
/** Copies one file; gives the cause where it cannot be had as we made it. */
async function copy(file, { directory }, { logs, redactor, maxBytes, stop }) {
    if (stop.aborted)
        return 'interrupted';
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const source = copies_addDisposableResource(env_1, await (0,own_file/* openOwnFile */.Z)((0,external_node_path_.join)(directory, file.name), maxBytes), true);
            // Redacted once more: a merge may know of other secrets than its shards.
            await logs.writeFile(file, (0,model_redactor/* redactedBytes */.u)(chunksOf(source), redactor));
            return undefined;
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = copies_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        if ((0,errors/* errorCode */.CA)(error) === 'ENOENT')
            return absent;
        return (0,errors/* errorMessage */.gJ)(error);
    }
}
/** Bytes that are read at once. */
const chunkBytes = 256 * 1024;
/** The bytes of a file; each chunk is valid until the next one is asked for, since most of the work would be memory for them. */
async function* chunksOf({ handle, size }) {
    const chunk = external_node_buffer_.Buffer.allocUnsafe(Math.min(size, chunkBytes));
    for (let left = size; left > 0;) {
        const { bytesRead } = await handle.read(chunk, 0, Math.min(left, chunk.length));
        if (bytesRead === 0)
            return;
        left -= bytesRead;
        yield chunk.subarray(0, bytesRead);
    }
}
function named([name, cause]) {
    return `${name} (${cause})`;
}

;// CONCATENATED MODULE: ./build/session/merge/merged-facts.js

/** ISO 8601: when the first shard began. */
function startOf(shards) {
    return shards.map(({ log }) => log.started.at).toSorted()[0] ?? '';
}
/** ISO 8601: when the last shard ended. */
function endOf(shards) {
    return (shards
        .map(({ log }) => log.lastAt)
        .toSorted()
        .at(-1) ?? '');
}
/** The start of the one session, but for what is new in it. */
function mergedStart({ plan }, shards, failOn) {
    const starts = shards.map(({ log }) => log.started);
    const [first] = starts;
    if (first === undefined)
        throw new Error('Internal error: a merge of no shards.');
    const planned = new Map(starts.flatMap(({ processes }) => processes.map((one) => [one.processId, one])));
    const processes = plan.entries
        .filter(({ isList }) => !isList)
        .map(({ id, name, answerKind }) => planned.get(id) ?? { processId: id, name, ...(answerKind !== undefined && { answerKind }) });
    const groups = starts.flatMap((start) => start.groups ?? []);
    const policy = mergedPolicy(starts, failOn);
    return {
        type: 'session-started',
        pattern: first.pattern,
        processes,
        ...(groups.length > 0 && { groups }),
        ...(policy !== undefined && { policy }),
        trust: first.trust,
        offline: starts.some(({ offline }) => offline),
        executable: executablesOf(starts),
    };
}
/** A shard without processes has not looked for any. */
function executablesOf(starts) {
    const busy = starts.filter(({ processes }) => processes.length > 0);
    return [...new Set((busy.length > 0 ? busy : starts).map(({ executable }) => executable))].join(', ');
}
/** The rules that the shards had, with the ceiling of all and another judge. */
function mergedPolicy(starts, failOn) {
    const policy = starts.find((start) => start.policy !== undefined)?.policy;
    if (policy === undefined)
        return undefined;
    const { maxBudgetUsd: _share, ...common } = policy;
    const maxBudgetUsd = starts[0]?.shard?.maxBudgetUsd;
    return { ...common, failOn, ...(maxBudgetUsd !== undefined && { maxBudgetUsd }) };
}
/** The money of all shards; undefined without a ceiling. */
function mergedBudget(shards, results) {
    const maxUsd = shards[0]?.log.shard.maxBudgetUsd;
    if (maxUsd === undefined)
        return undefined;
    const charges = shards.flatMap(({ events }) => events.flatMap((event) => (event.type === 'process-attempt-ended' ? (event.chargedUsd ?? event.costUsd ?? 0) : [])));
    const costs = results.map(({ costUsd }) => costUsd ?? 0);
    const chargedUsd = (charges.length > 0 ? charges : costs).reduce((sum, usd) => sum + usd, 0);
    return { maxUsd, chargedUsd, overspentUsd: Math.max(0, chargedUsd - maxUsd) };
}
/** Stand for the processes of shards that are not there; one for each list that would have been found there. */
function notRunResults({ plan, missing }, endedAt) {
    return plan.entries
        .filter(({ shard }) => missing.includes(shard))
        .map(({ id, name, shard, answerKind }) => ({
        ...{ processId: id, name, status: 'skipped', reason: 'not-run', exitCode: -1, output: '', stderr: '' },
        ...{ duration: 0, attempts: 0, endedAt, permissionDenials: [] },
        message: `shard ${shard}/${plan.count}`,
        ...(answerKind !== undefined && { answerKind }),
    }));
}
/** In the order of the plan; the processes of a list stand where its entry does. */
function mergedResults({ entries }, results) {
    const places = new Map(entries.map(({ id }, place) => [id, place]));
    const placeOf = (id) => places.get(id) ?? places.get(listOf(id)) ?? entries.length;
    // What is left out of a list comes last.
    const numberOf = (id) => Number(/-(\d+)$/.exec(id)?.[1] ?? Number.MAX_SAFE_INTEGER);
    return results.toSorted((one, other) => {
        const [first, second] = [one.processId, other.processId];
        return placeOf(first) - placeOf(second) || numberOf(first) - numberOf(second);
    });
}
/** Nothing was to be started in any shard. */
function notRunReason(results, shards) {
    // Empty lists have groups that stand for them.
    if (results.length === 0)
        return shards.some(({ log }) => log.started.groups) ? 'no-items' : 'no-prompts';
    for (const reason of ['dry-run', 'missing-credentials'])
        if (results.every((result) => result.reason === reason))
            return reason;
    return undefined;
}
const answers = {
    parallel: 'none',
    sequential: 'last-success',
    fallback: 'first-success',
    batch: 'none',
    graph: 'only-sink',
};
/** The shape of the session that the shards are of. */
function shapeOf(shards) {
    const pattern = shards[0]?.log.started.pattern ?? 'parallel';
    return { pattern, answer: answers[pattern], succeeds: pattern === 'fallback' ? 'with-one' : 'by-fail-on' };
}
/** The processes that nothing else needs; a group is needed through what needs the group. */
function finalIds({ needs, processes }, results, { answer }) {
    const ids = results.map(({ processId }) => processId);
    if (answer !== 'only-sink')
        return ids;
    const needers = new Map();
    for (const [id, needed] of needs)
        for (const of of needed) {
            const others = needers.get(of);
            if (others === undefined)
                needers.set(of, [id]);
            else
                others.push(id);
        }
    const seen = new Map();
    const isNeeded = (id) => {
        const known = seen.get(id);
        if (known !== undefined)
            return known;
        // Against a circle in a hostile record.
        seen.set(id, false);
        const isIt = (needers.get(id) ?? []).some((by) => processes.has(by) || isNeeded(by));
        seen.set(id, isIt);
        return isIt;
    };
    return ids.filter((id) => !isNeeded(id));
}

;// CONCATENATED MODULE: ./build/session/recovery.js








/** The warning in the log, the summary and the report of a session that was recovered. */
const recoveryWarning = `Recovered, not verified: the step was killed, and this was made from ${session_files/* sessionFiles */.AG.events} afterwards. ` +
    'What ran counts as cancelled, what waited as skipped. A tool of the same user may have changed what the step left.';
/** Makes the state of a session that was killed from the bytes of its log, which anyone may have written. */
async function recoverSession(log, options) {
    try {
        const read = await readLog(boundedLines(log), options);
        return typeof read === 'string' ? { kind: 'refused', cause: read } : await recovered(read, options);
    }
    catch (error) {
        if (error instanceof TooLarge)
            return { kind: 'refused', cause: error.message };
        throw error;
    }
}
/** Reads the complete lines, or says why they are not trusted; the last one is torn when the step was killed as it wrote it. */
async function readLog(lines, { sessionId, directory }) {
    const reader = new EventReader({ directory });
    const state = new SessionState();
    const results = new Map();
    const costs = new Map();
    let lastAt = '';
    let number = 0;
    let torn = false;
    for await (const line of lines) {
        if (torn)
            return `has a line that is none of ours, the ${number}th`;
        number += 1;
        const event = reader.read(line);
        if (event === undefined) {
            const version = versionOf(line);
            if (version !== undefined && version !== eventLogSchemaVersion)
                return `is of another version: ${version}`;
            torn = true;
            continue;
        }
        if (event.type === 'session-started' && sessionId !== undefined && event.sessionId !== sessionId)
            return `is of another session: ${event.sessionId}`;
        if (event.type === 'process-attempt-ended' && event.costUsd !== undefined)
            costs.set(event.processId, (costs.get(event.processId) ?? 0) + event.costUsd);
        if (event.type === 'process-ended')
            results.set(event.result.processId, event.result);
        state.apply(event);
        lastAt = event.at;
    }
    const { started } = state;
    return started === undefined ? 'does not tell of a session' : { state, started, results, costs, lastAt };
}
async function recovered({ state, started, results, costs, lastAt }, { directory, holds, findingsKey: key = started.title ?? '', checkout }) {
    const at = lastAt;
    const apply = (fact) => state.apply({ ...fact, at });
    const hadEnded = state.ended !== undefined;
    apply({ type: 'notice', level: 'warning', message: recoveryWarning });
    // Those of lists that were found at run time as well.
    const introduced = [...state.processes.values()].map(({ id, name }) => ({ processId: id, name }));
    const processIds = introduced.map(({ processId }) => processId);
    const recovery = { kind: 'recovered', state, hadEnded, processIds };
    if (hadEnded)
        return recovery;
    const all = introduced.map((process) => {
        const known = results.get(process.processId);
        const costUsd = costs.get(process.processId);
        const result = known ?? { ...unfinished(process, state, at), ...(costUsd !== undefined && { costUsd }) };
        const { log } = filesOfProcess(process.processId);
        if (!holds(log))
            return result;
        return { ...result, logFile: join(directory, log), ...(known === undefined && { logIncomplete: true }) };
    });
    for (const result of all)
        if (!results.has(result.processId))
            apply({ type: 'process-ended', result });
    const found = await locatedFindings(all, { key, checkout, clock: systemClock, kill: new AbortController().signal });
    const verdict = judgeSession({
        ...found,
        pattern: started.pattern,
        succeeds: started.pattern === 'fallback' ? 'with-one' : 'by-fail-on',
        failOn: { kind: 'any' },
        results: all,
        durationSeconds: secondsBetween(state.startedAt ?? at, at),
        isRecovered: true,
        ...(state.interruptedBy !== undefined && { interruptedBy: state.interruptedBy }),
    });
    apply({ type: 'session-ended', ...verdict, results: all, ...found });
    return recovery;
}
/** The result of a process that had not ended when its session was killed. */
function unfinished(process, state, endedAt) {
    const progress = state.processes.get(process.processId);
    const { processId, name } = process;
    const role = state.roles.get(processId);
    const common = { processId, name, exitCode: -1, output: '', stderr: '', endedAt, permissionDenials: [], ...role };
    if (progress === undefined || !state.running.has(process.processId))
        return { ...common, status: 'skipped', reason: 'session-cancelled', duration: 0, attempts: 0 };
    return { ...common, status: 'cancelled', reason: 'cancelled', ...runOf(progress, endedAt) };
}
function runOf({ attempts, startedAt = '' }, endedAt) {
    const message = 'The step was killed while it ran.';
    return { duration: secondsBetween(startedAt, endedAt), attempts, startedAt, message };
}
/** The clock may have been set meanwhile. */
function secondsBetween(from, to) {
    return Math.max(0, Date.parse(to) - Date.parse(from)) / 1000 || 0;
}

;// CONCATENATED MODULE: ./build/session/merge/replayed-events.js

/** Ends what had not ended: what ran is cancelled, what waited is skipped, lists that were not found yet included. */
function finishShard(log) {
    const { state, lastAt } = log;
    const results = new Map(log.results);
    const ends = [];
    const costs = attemptCosts(log.events);
    for (const { id, name } of state.processes.values()) {
        if (results.has(id))
            continue;
        const costUsd = costs.get(id);
        const end = unfinished({ processId: id, name }, state, lastAt);
        const result = { ...end, ...(costUsd !== undefined && { costUsd }) };
        results.set(id, result);
        ends.push({ type: 'process-ended', result, at: lastAt });
    }
    for (const { id, name, answerKind } of untoldEntries(log)) {
        const end = unfinished({ processId: id, name }, state, lastAt);
        const result = { ...end, ...(answerKind !== undefined && { answerKind }) };
        results.set(id, result);
        ends.push({ type: 'process-ended', result, at: lastAt });
    }
    return { log, events: [...log.events, ...ends], results };
}
/** Entries of a shard that was stopped before its record told of a process of theirs. */
function untoldEntries({ shard, state, results, events, ended }) {
    if (ended !== undefined)
        return [];
    const found = new Set(events.flatMap((event) => (event.type === 'processes-added' ? (event.into ?? []) : [])));
    return shard.entries.filter(({ id, shard: index }) => index === shard.index && !found.has(id) && !state.processes.has(id) && !results.has(id));
}
/** US dollars that the attempts of each process cost, as far as the CLI said. */
function attemptCosts(events) {
    const costs = new Map();
    for (const event of events)
        if (event.type === 'process-attempt-ended' && event.costUsd !== undefined)
            costs.set(event.processId, (costs.get(event.processId) ?? 0) + event.costUsd);
    return costs;
}
/** The events of all shards by the time at which they happened; those of one shard stay in their order, whatever its clock did. */
function inOrderOfTime(shards) {
    const timed = shards.flatMap(({ events }) => {
        let latest = 0;
        return events.map((event) => {
            latest = Math.max(latest, Date.parse(event.at) || 0);
            return { event, ms: latest };
        });
    });
    return timed.toSorted((one, other) => one.ms - other.ms).map(({ event }) => event);
}

;// CONCATENATED MODULE: ./build/session/merge/merge-session.js
var merge_session_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var merge_session_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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














/** Bytes of the logs of all shards together, which are held in memory. */
const mostLogBytes = 512 * 1024 * 1024;
/** Milliseconds that a sink has for one event after an interrupt, and the ledger for its last lines. */
const patienceWhenInterruptedMs = 1_500;
const ledgerPatienceMs = 500;
/** Events that are handed to the sinks before the merge waits for the disk. */
const eventsAtOnce = 512;
/** Makes one session of the records of its shards: a replay of their logs, judged once. */
async function mergeSession(request) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const read = await readAll(request.places);
        const choice = chooseShards(read.logs, request.wanted);
        if (!('plan' in choice))
            return { kind: 'refused', faults: [...read.notices, ...choice.faults] };
        const shards = [...choice.shards.values()].map(finishShard);
        const wrong = request.faultsOf?.(processIds(choice, shards)) ?? [];
        if (wrong.length > 0)
            return { kind: 'refused', faults: wrong };
        const logs = await (0,session_recorder/* openSessionRecorder */.X)({
            base: request.logDirectory,
            maxFileBytes: request.maxLogSize,
            startedAt: new Date(),
            isMerge: true,
            ...(request.ledgerKey !== undefined && { ledgerKey: request.ledgerKey }),
        });
        const replayClock = { date: new Date(startOf(shards)), isReplay: false };
        const bus = merge_session_addDisposableResource(env_1, busOf(request, logs, replayClock), true);
        logs.reportTo(bus.emit);
        const merge = { request, choice, shards, logs, replayClock, bus };
        announce(merge, read.notices);
        const copied = await copyAll(merge);
        replayClock.isReplay = true;
        await replay(merge);
        replayClock.date = new Date(endOf(shards));
        const lost = notRunResults(choice, replayClock.date.toISOString());
        for (const result of lost)
            await bus.emit({ type: 'process-ended', result });
        replayClock.isReplay = false;
        await bus.flush();
        const change = await bus.within(logs.target, () => logs.changeByOthers());
        if (change !== undefined)
            warn(merge, change);
        return await conclude(merge, mergedResults(choice.plan, [...copied, ...lost]));
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = merge_session_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Replayed events keep their times, and go into the files only. */
function busOf({ sinks, redactor, interrupt }, logs, replayClock) {
    const audience = sinks.map((sink) => ({
        ...sink,
        handle: (event) => (replayClock.isReplay ? undefined : sink.handle(event)),
    }));
    const clock = { ...system_clock/* systemClock */.m, date: () => replayClock.date };
    const bus = new event_bus/* EventBus */.l({ sinks: [...logs.sinks, ...audience], redactor, clock });
    const hurry = () => bus.hurry(patienceWhenInterruptedMs);
    if (interrupt.aborted)
        hurry();
    else
        interrupt.addEventListener('abort', hurry, { once: true });
    return bus;
}
function processIds(choice, shards) {
    const lost = notRunResults(choice, '').map(({ processId }) => processId);
    return [...shards.flatMap(({ results }) => [...results.keys()]), ...lost];
}
async function readAll(places) {
    const logs = [];
    const notices = [];
    let left = mostLogBytes;
    for (const place of places) {
        const log = 'fault' in place ? place : await readShardLog(place.directory, place.name, left);
        // In a named directory of sessions only the shards count.
        if ('fault' in log && log.isWhole && 'isFound' in place && place.isFound)
            notices.push(`${log.name} is no shard: it is a whole session.`);
        else
            logs.push(log);
        if ('bytes' in log)
            left -= log.bytes;
    }
    return { logs, notices };
}
/** The title that all shards have. */
function commonTitle(shards) {
    const titles = new Set(shards.map(({ log }) => log.started.title));
    return titles.size === 1 ? [...titles][0] : undefined;
}
/** Nothing waits for the sinks: emitting never rejects. */
function announce({ request, choice, shards, logs, bus: { emit } }, notices) {
    const { sessionId, directory } = logs;
    const { title = commonTitle(shards), failOn } = request;
    const named = { sessionId, directory, ...(title !== undefined && { title }) };
    void emit({ ...mergedStart(choice, shards, failOn), ...named });
    const notify = (level, messages) => {
        for (const message of messages)
            void emit({ type: 'notice', level, message });
    };
    notify('info', [`Merged from ${(0,format/* plural */.LS)(shards.length, 'shard', 'shards')} of ${choice.plan.count}.`]);
    notify('info', [...(request.notices ?? []), ...notices, ...choice.notices]);
    notify('warning', [...(request.warnings ?? []), ...choice.faults, ...choice.warnings]);
}
function warn({ bus }, message) {
    void bus.emit({ type: 'notice', level: 'warning', message }); // It never rejects.
}
async function copyAll(merge) {
    const { request, shards, logs } = merge;
    const { redactor, maxLogSize: maxBytes, interrupt: stop } = request;
    const tools = { logs, redactor, maxBytes, stop, warn: (message) => warn(merge, message) };
    await copyContext(shards, tools);
    const results = [];
    for (const shard of shards)
        results.push(...(await copyFiles(shard, tools)));
    return results.map((result) => (0,redacted_fields/* redactedResult */.u)(result, redactor));
}
async function replay({ request, shards, replayClock, bus }) {
    const reported = new Set();
    let taken = Promise.resolve();
    for (const [place, event] of inOrderOfTime(shards).entries()) {
        replayClock.date = new Date(event.at);
        const fact = replayed(event, reported, request.redactor);
        if (fact !== undefined)
            taken = bus.emit(fact);
        if (place % eventsAtOnce === 0)
            await taken;
    }
    await taken;
}
/** Every shard has the events of a session; the interrupt of a shard is reported with the shard. */
function replayed(event, reported, redactor) {
    switch (event.type) {
        case 'session-interrupted':
            return undefined;
        case 'process-ended': {
            const { logFile: _elsewhere, logIncomplete: _there, ...result } = event.result;
            return { type: 'process-ended', result: (0,redacted_fields/* redactedResult */.u)(result, redactor) };
        }
        case 'notice': {
            if (event.processId !== undefined)
                return event;
            const isNew = !reported.has(event.message);
            reported.add(event.message);
            return isNew ? event : undefined;
        }
        default:
            return event;
    }
}
async function conclude(merge, results) {
    const { request, choice, shards, logs, bus } = merge;
    const { failOn, failOnSeverity, checkout, title = '', redactor, interrupt, kill } = request;
    const key = redactor.text(request.findingsKey ?? title);
    const found = await (0,located_findings/* locatedFindings */.H)(results, { key, checkout, clock: system_clock/* systemClock */.m, kill });
    const shape = shapeOf(shards);
    const reason = notRunReason(results, shards);
    const budget = mergedBudget(shards, results);
    const verdict = (0,session_verdict/* judgeSession */.s)({
        ...{ pattern: shape.pattern, succeeds: shape.succeeds, failOn, results, ...found },
        severityGate: { failOnSeverity, isAdvice: choice.plan.trust === 'untrusted' },
        // The clock of a machine may have been set back.
        durationSeconds: Math.max(0, Date.parse(endOf(shards)) - Date.parse(startOf(shards))) / 1000,
        shardFaults: choice.faults.map(redactor.text),
        ...(interrupt.aborted && { interruptedBy: String(interrupt.reason) }),
        ...(reason !== undefined && { notRun: reason }),
        ...(budget !== undefined && { budget }),
    });
    await bus.emit({ type: 'session-ended', ...verdict, results, ...found });
    const late = await bus.close();
    if (request.ledgerKey !== undefined)
        await (0,clock/* waitAtMost */._)(logs.closeLedger(), { clock: system_clock/* systemClock */.m, delayMs: ledgerPatienceMs, signal: kill });
    const { sessionId, directory, files, written, state } = logs;
    const answers = (0,session_answers/* answersOf */.B)(shape, results, finalIds(state, results, shape));
    const warnings = [...state.warnings, ...late];
    const place = { sessionId, directory, files, ...(written !== undefined && { written }) };
    return { kind: 'merged', outcome: { ...place, results, ...verdict, ...found, answers, warnings }, state };
}

;// CONCATENATED MODULE: ./build/session/merge/shard-places.js




/** Nobody has more shards in one directory, several attempts of each included. */
const mostEntries = 10_000;
/** The shards in directories: each is one, or holds some. One that is named twice is meant once. */
async function shardPlaces(directories) {
    const places = [];
    for (const { path, name } of directories)
        places.push(...(await placesIn(path, name)));
    const named = new Set();
    return places.filter((place) => {
        if ('fault' in place)
            return true;
        const isNew = !named.has(place.directory);
        named.add(place.directory);
        return isNew;
    });
}
async function placesIn(path, name) {
    const refuse = (fault) => [{ name, fault }];
    if (await exists((0,external_node_path_.join)(path, session_files/* sessionFiles */.AG.events)))
        return [{ directory: path, name }];
    try {
        const entries = (await (0,promises_.readdir)(path, { withFileTypes: true })).toSorted((one, other) => one.name < other.name ? -1 : 1);
        if (entries.length > mostEntries)
            return refuse(`it holds more than ${mostEntries} files`);
        const found = [];
        for (const entry of entries) {
            const shown = `${name.replace(/[\\/]+$/, '')}/${entry.name}`;
            const directory = (0,external_node_path_.join)(path, entry.name);
            if (entry.isSymbolicLink())
                found.push({ name: shown, fault: 'it is a symbolic link, and none is followed' });
            else if (entry.isDirectory() && (await exists((0,external_node_path_.join)(directory, session_files/* sessionFiles */.AG.events))))
                found.push({ directory, name: shown, isFound: true });
        }
        return found.length > 0 ? found : refuse(`it holds no record of a shard (${session_files/* sessionFiles */.AG.events})`);
    }
    catch (error) {
        return refuse(unreadable(error));
    }
}
function unreadable(error) {
    const code = (0,errors/* errorCode */.CA)(error);
    if (code === 'ENOENT')
        return 'there is no such directory';
    if (code === 'ENOTDIR')
        return 'it is a file; a shard is a directory';
    return `it cannot be read: ${(0,errors/* errorMessage */.gJ)(error)}`;
}
async function exists(path) {
    return await (0,promises_.lstat)(path).then(() => true, () => false);
}

// EXTERNAL MODULE: ./build/frontends/action/annotations.js
var action_annotations = __webpack_require__(1315);
// EXTERNAL MODULE: ./build/frontends/action/artifact-owner.js
var artifact_owner = __webpack_require__(2889);
// EXTERNAL MODULE: ./build/frontends/action/delivery.js + 3 modules
var action_delivery = __webpack_require__(8732);
// EXTERNAL MODULE: ./build/frontends/action/findings-comment.js + 10 modules
var findings_comment = __webpack_require__(7280);
// EXTERNAL MODULE: ./build/frontends/action/findings-key.js
var findings_key = __webpack_require__(3629);
// EXTERNAL MODULE: ./build/frontends/action/inputs.js
var inputs = __webpack_require__(2568);
// EXTERNAL MODULE: ./build/frontends/action/refusal.js
var refusal = __webpack_require__(4157);
// EXTERNAL MODULE: ./build/frontends/action/started-session.js
var started_session = __webpack_require__(3677);
// EXTERNAL MODULE: ./build/frontends/action/step-set-up.js + 2 modules
var step_set_up = __webpack_require__(7269);
// EXTERNAL MODULE: ./build/frontends/action/step-state.js
var step_state = __webpack_require__(8131);
;// CONCATENATED MODULE: ./build/frontends/action/merge-step.js
var merge_step_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var merge_step_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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




















/** The step that merges the shards of this run into one session; it starts no Claude. */
async function mergeStep(tools) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const setUp = await (0,step_set_up/* setUpStep */.A)(tools, 'merge');
        if (setUp.kind === 'none')
            return (0,refusal/* refusal */.x)([setUp.fault], tools);
        const { session, faults } = (0,session_options/* readSession */.lx)(setUp.request);
        const { settings, values } = session;
        tools.recordFacts({ trust: settings.policy.trust.level });
        if (faults.length > 0)
            return (0,refusal/* refusal */.x)(faults.map(({ message }) => message), tools, settings);
        const downloads = merge_step_addDisposableResource(env_1, new DownloadedShards(), true);
        const places = await placesOf({ setUp, settings, values }, tools, downloads);
        const result = await mergeSession(requestOf({ setUp, settings, values }, tools, places));
        if (result.kind === 'refused')
            return (0,refusal/* refusal */.x)(result.faults, tools, settings);
        const { outcome, state } = result;
        const { environment, console, files, interrupts, redactor } = tools;
        const { interrupt } = interrupts;
        if (state.started !== undefined)
            tools.recordFacts({ trust: state.started.trust.level });
        const { delivery } = settings;
        const processIds = outcome.results.map(({ processId }) => processId);
        const owner = (0,artifact_owner/* artifactOwner */.I)({ environment, delivery, matrix: setUp.inputs.matrix, processIds, redactor });
        const artifact = await (0,action_delivery/* deliver */.cK)({ outcome, settings, owner, state }, { console, files, environment, cancel: interrupt });
        const comment = await (0,findings_comment/* commentOnFindings */.l)({ outcome, settings, event: setUp.event, environment, interrupt });
        const { conclusion, verdict } = outcome;
        const onDenied = state.started?.policy?.onDenied ?? 'warn';
        const annotations = [...comment.annotations, ...(0,action_annotations/* annotationsOf */.I)({ outcome, onDenied })];
        return { ...comment, conclusion, verdict, outcome, annotations, ...(artifact !== undefined && { artifact }) };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = merge_step_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** The shards in the directories that were named; else in the artifacts of this run. */
async function placesOf({ setUp, settings, values }, { environment, interrupts }, downloads) {
    const { directories, 'plan-hash': hash } = values;
    const { workspace, temporary } = setUp.job;
    if (directories !== undefined)
        return await shardPlaces(directories.map((name) => ({ path: (0,external_node_path_.resolve)(workspace, name), name })));
    const run = (0,rest_artifacts/* restRunOf */.j)(environment, settings.delivery.githubToken);
    return await downloads.fetch({
        ...(hash !== undefined && { hash }),
        ...(run !== undefined && { run }),
        attempt: (0,shard/* runAttempt */.Tm)(environment),
        temporary,
        program: (0,artifact_child/* artifactProgram */.Pb)(),
        environment,
        cancel: interrupts.interrupt,
    });
}
function requestOf({ setUp, settings, values }, tools, places) {
    const { environment, console, files, interrupts, redactor, recordFacts } = tools;
    const { 'plan-hash': hash, count } = values;
    const { policy, title, logDirectory, maxLogSize, checkout, delivery } = settings;
    const foreign = (0,inputs/* foreignInputsWarning */.oO)(setUp.inputs);
    const isUploaded = delivery.uploadLogs !== 'never';
    return {
        places,
        wanted: {
            ...(hash !== undefined && { hash }),
            ...(count !== undefined && { count }),
            attempt: (0,shard/* runAttempt */.Tm)(environment),
        },
        ...{ failOn: policy.failOn, failOnSeverity: policy.failOnSeverity, logDirectory, maxLogSize, checkout, redactor },
        ...(title !== undefined && { title }),
        warnings: foreign === undefined ? [] : [foreign],
        findingsKey: (0,findings_key/* findingsKey */.G)({ environment, matrix: setUp.inputs.matrix, given: delivery.commentKey }),
        sinks: [
            (0,reports_console/* consoleSink */.J)({ reader: 'job', write: (line) => console.print(line), fold: console.fold }),
            (0,started_session/* startSink */.y)((started) => {
                recordFacts({ started: (0,started_session/* startedSession */.k)(started) });
                if (isUploaded)
                    (0,step_state/* leaveSession */.Ky)(files, started);
            }),
        ],
        interrupt: interrupts.interrupt,
        kill: interrupts.kill,
        ...(isUploaded && { ledgerKey: (0,step_state/* ledgerKeyOf */.oc)(environment) ?? (0,external_node_crypto_.randomBytes)(32) }),
    };
}


/***/ })

};
