export const id = 634;
export const ids = [634];
export const modules = {

/***/ 436:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RD: () => (/* binding */ rootsOf),
/* harmony export */   og: () => (/* binding */ isRepositoryPath),
/* harmony export */   s1: () => (/* binding */ plainPath)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** Linux allows no longer path (PATH_MAX). */
const longestPath = 4096;
/** A path as a model writes it, with slashes and without a leading `./`; one below `checkout` becomes relative to it. */
function plainPath(file, checkout) {
    const written = file.trim();
    const below = checkout !== undefined && (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(written) ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(checkout, written) : written;
    const isBelow = below !== '' && below !== '..' && !below.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`);
    return (isBelow ? below : written).replaceAll('\\', '/').replace(/^(?:\.\/+)+/u, '');
}
/** The paths that a checkout has: as it was named, and with links resolved, as a program that runs in it is told. */
function rootsOf(checkout) {
    try {
        return [checkout, node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync.native(checkout)];
    }
    catch {
        return [checkout];
    }
}
/** Whether a path can name a file of a repository: relative, without `..`, and not of git's own. */
function isRepositoryPath(path) {
    if (path === '' || path.length > longestPath || /\p{Cc}|^\/|^[A-Za-z]:/u.test(path))
        return false;
    const steps = path.split('/');
    return steps.every((step) => step !== '' && step !== '.' && step !== '..') && steps[0]?.toLowerCase() !== '.git';
}


/***/ }),

/***/ 2916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ readFindings),
/* harmony export */   s: () => (/* binding */ readFindingCheck)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5586);
/* harmony import */ var _model_finding_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6939);
/* harmony import */ var _model_finding_schemas_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6582);
/* harmony import */ var _text_plain_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7012);
/* harmony import */ var _finding_path_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(436);





const text = zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().transform((written) => written.toWellFormed());
const line = zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(1).max(0x7f_ff_ff_ff);
/** An optional field that is malformed is left out: the finding is worth more than its form. */
const finding = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    file: text,
    line: line.optional().catch(undefined),
    summary: text,
    short_summary: text.optional().catch(undefined),
    failure_scenario: text,
    category: text.optional().catch(undefined),
    severity: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_finding_js__WEBPACK_IMPORTED_MODULE_4__/* .severities */ .gO),
    verdict: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_finding_js__WEBPACK_IMPORTED_MODULE_4__/* .reportedVerdicts */ .Yv).optional().catch(undefined),
});
const answer = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({ findings: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .unknown */ .L5J()) });
const check = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({ verdict: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(_model_finding_js__WEBPACK_IMPORTED_MODULE_4__/* .checkVerdicts */ .Hh), reason: text });
/** Reads what a model has answered to the schema `findings`; `roots` are the absolute paths that the checkout has. */
function readFindings(structuredOutput, roots = []) {
    const read = answer.safeParse(structuredOutput);
    if (!read.success)
        return { isAnswer: false, findings: [], unreadable: 0 };
    const items = read.data.findings.map((item) => finding.safeParse(item));
    const findings = items.flatMap(({ data }) => (data === undefined ? [] : [tidied(data, roots)]));
    return { isAnswer: true, findings, unreadable: items.length - findings.length };
}
/** Reads what a model has answered to the schema `finding-check`; undefined when it is no such answer. */
function readFindingCheck(structuredOutput) {
    return check.safeParse(structuredOutput).data;
}
function tidied(read, roots) {
    const { file, line: at, short_summary: heading, category, verdict, summary, failure_scenario, severity } = read;
    return {
        file: roots.reduce(_finding_path_js__WEBPACK_IMPORTED_MODULE_2__/* .plainPath */ .s1, (0,_finding_path_js__WEBPACK_IMPORTED_MODULE_2__/* .plainPath */ .s1)(file)),
        ...(at !== undefined && { line: at }),
        summary,
        ...(heading !== undefined && { short_summary: (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortened */ .vI)(heading, _model_finding_schemas_js__WEBPACK_IMPORTED_MODULE_0__/* .longestShortSummary */ .XC) }),
        failure_scenario,
        ...(category !== undefined && { category }),
        severity,
        ...(verdict !== undefined && { verdict }),
    };
}


/***/ }),

/***/ 5957:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zm: () => (/* binding */ comparable),
/* harmony export */   sY: () => (/* binding */ nearLines),
/* harmony export */   xn: () => (/* binding */ areAlike)
/* harmony export */ });
/** Largest distance in lines between two reports of one finding. */
const nearLines = 3;
/** Parts of a finding that are compared with others. */
function comparable({ line = 0, category = '', summary, }) {
    return { line, category: category.trim().toLowerCase(), words: wordsOf(summary) };
}
/** Whether each of two texts shares at least half of its words with the other. */
function areAlike(one, other) {
    const [few, many] = one.size < other.size ? [one, other] : [other, one];
    const needed = many.size / 2;
    if (few.size < needed)
        return false;
    let shared = 0;
    for (const word of few)
        if (many.has(word))
            shared += 1;
    return shared >= needed;
}
/** Letters and marks of scripts that put no space between words. */
const unspaced = String.raw `\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
/** Runs of such letters, or of letters, marks and digits of all other scripts. */
const runs = new RegExp(String.raw `[${unspaced}\u30fc]+|[[\p{L}\p{M}\p{N}_]--[${unspaced}]]+`, 'gv');
const isUnspaced = new RegExp(`^[${unspaced}]`, 'v');
/** The words of a text, each once; a text without any is one word. Where words are not told apart, each pair of letters is one. */
function wordsOf(text) {
    const found = text
        .normalize('NFC')
        .toLowerCase()
        .match(runs)
        ?.flatMap((run) => (isUnspaced.test(run) ? pairsOf(run) : run));
    return new Set(found ?? [text.trim()]);
}
function pairsOf(run) {
    const letters = [...run];
    return letters.length === 1 ? letters : letters.slice(1).map((letter, place) => `${letters[place]}${letter}`);
}


/***/ }),

/***/ 5817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ findingsOf),
  Q: () => (/* binding */ isMisread)
});

// EXTERNAL MODULE: ./build/findings/finding-path.js
var finding_path = __webpack_require__(436);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/model/finding.js
var finding = __webpack_require__(6939);
// EXTERNAL MODULE: ./build/findings/same-finding.js
var same_finding = __webpack_require__(5957);
;// CONCATENATED MODULE: ./build/findings/groups.js

/** Most lines that a group covers: without a limit a chain of neighbours could make one finding of a whole file. */
const mostLines = 10;
/**
 * Sorts the findings of one file into groups that are one finding each: those that are the same directly or through others.
 * A group that covers too many lines is cut from its first line on. The order given does not matter.
 */
function groupsOf(findings) {
    const byLine = findings.toSorted((one, other) => one.line - other.line);
    return connected(byLine).flatMap((group) => {
        const segments = segmentsOf(group);
        // Cut, some may no longer be connected.
        return segments.length === 1 ? [group] : segments.flatMap(connected);
    });
}
function segmentsOf(group) {
    const segments = [];
    for (const finding of group) {
        const segment = segments.at(-1);
        const first = segment?.[0];
        if (segment !== undefined && first !== undefined && finding.line - first.line < mostLines)
            segment.push(finding);
        else
            segments.push([finding]);
    }
    return segments;
}
/** The connected components of findings that are sorted by line. */
function connected(sorted) {
    const sets = new DisjointSets(sorted.length);
    joinByCategory(sorted, sets);
    joinByWords(sorted, sets);
    const groups = new Map();
    for (const [index, finding] of sorted.entries()) {
        const root = sets.rootOf(index);
        const group = groups.get(root);
        if (group === undefined)
            groups.set(root, [finding]);
        else
            group.push(finding);
    }
    return [...groups.values()];
}
function isNear(one, other) {
    return one !== undefined && (one.line === 0) === (other.line === 0) && other.line - one.line <= same_finding/* nearLines */.sY;
}
/** Of one category, those next to each other in the order of lines are the nearest. */
function joinByCategory(sorted, sets) {
    const latest = new Map();
    for (const [index, finding] of sorted.entries()) {
        if (finding.category === '')
            continue;
        const before = latest.get(finding.category);
        if (before !== undefined && isNear(sorted[before], finding))
            sets.join(before, index);
        latest.set(finding.category, index);
    }
}
/**
 * Two sets of words that share half of each have one in common among the rarest half of each: only those are looked up, so
 * that not every finding is compared with every other.
 */
function joinByWords(sorted, sets) {
    const frequencies = new Map();
    for (const { words } of sorted)
        for (const word of words)
            frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    const known = new Map();
    const holders = new Map();
    for (const [index, finding] of sorted.entries()) {
        const rarestFirst = [...finding.words].toSorted((one, other) => (frequencies.get(one) ?? 0) - (frequencies.get(other) ?? 0) || (one < other ? -1 : 1));
        const key = JSON.stringify(rarestFirst);
        const twin = known.get(key);
        known.set(key, index);
        if (twin !== undefined && isNear(sorted[twin], finding)) {
            sets.join(twin, index);
            // What is like one of them is like the other; the later one is nearer to what follows.
            if (sorted[twin]?.line === finding.line)
                continue;
        }
        for (const word of rarestFirst.slice(0, Math.floor(finding.words.size / 2) + 1)) {
            holders.set(word, joinWithHolders({ sorted, sets, holders: holders.get(word) ?? [], index, finding }));
        }
    }
}
/**
 * Joins a finding with those before it that are near and alike; gives them with it, without those that nothing later is near. What is
 * in its set already is not compared one by one: thousands of reports of one matter would take a time that grows with their square.
 */
function joinWithHolders({ sorted, sets, holders, index, finding }) {
    const near = holders.filter((list) => isNear(sorted[list.at(-1) ?? 0], finding));
    for (const list of near)
        if (!isJoined(list))
            joinWithList(list);
    const own = near.filter(isJoined).toSorted((one, other) => other.length - one.length);
    const [largest = [], ...others] = own;
    for (const list of others)
        for (const other of list)
            largest.push(other);
    if (others.length > 0)
        largest.sort((one, other) => one - other);
    largest.push(index);
    return own.length === 0 ? [...near, largest] : near.filter((list) => list === largest || !own.includes(list));
    function isJoined(list) {
        return sets.rootOf(list.at(-1) ?? 0) === sets.rootOf(index);
    }
    function joinWithList(list) {
        for (let place = list.length - 1; place >= 0; place -= 1) {
            const other = list[place];
            const candidate = sorted[other];
            if (candidate === undefined || !isNear(candidate, finding))
                return;
            if ((0,same_finding/* areAlike */.xn)(candidate.words, finding.words)) {
                sets.join(other, index);
                return;
            }
        }
    }
}
/** Which of some numbered things belong together. */
class DisjointSets {
    #parents;
    constructor(size) {
        this.#parents = Array.from({ length: size }, (_, index) => index);
    }
    rootOf(index) {
        let root = index;
        while (this.#parents[root] !== root) {
            const parent = this.#parents[root];
            this.#parents[root] = this.#parents[parent];
            root = this.#parents[root];
        }
        return root;
    }
    join(one, other) {
        this.#parents[this.rootOf(other)] = this.rootOf(one);
    }
}

;// CONCATENATED MODULE: ./build/findings/merge.js




/**
 * Makes one finding of all reports of the same place and matter, the gravest first. Nothing is dropped: each wording is kept,
 * and each process that reported it is named. The result depends on what was reported, not on the order in which it came.
 */
function mergeFindings(sources) {
    const names = new Map(sources.map(({ processId, name }) => [processId, name]));
    const reports = sources.flatMap(({ processId, findings }) => findings.map((finding) => reportOf(finding, processId)));
    const ordered = reports.toSorted((one, other) => compareTexts(one.text, other.text));
    return [...Map.groupBy(ordered, ({ wording }) => wording.file).values()]
        .flatMap(groupsOf)
        .map((group) => mergedFinding(group.toSorted(clearestFirst).map(({ wording }) => wording), names))
        .toSorted(gravestFirst);
}
function reportOf(finding, processId) {
    const wording = { ...finding, processId };
    return { wording, text: canonicalText(wording), ...(0,same_finding/* comparable */.Zm)(finding) };
}
/**
 * Attaches answers to the findings that they are about. One without a readable answer refutes nothing, and one that was given
 * before a graver report joined does not refute that.
 */
function attachChecks(merged, checks) {
    if (checks.length === 0)
        return merged;
    const byFinding = Map.groupBy(checks, ({ findingId }) => findingId);
    return merged.map((finding) => {
        const checked = finding.wordings.map(({ processId: _, ...report }) => ({
            isGravest: report.severity === finding.severity,
            own: byFinding.get(idOf(report)) ?? [],
        }));
        const own = [...new Set(checked.flatMap((each) => each.own))].map(({ findingId: _, ...check }) => check);
        const attached = [...finding.checks, ...own].toSorted((one, other) => compareTexts(one.processId, other.processId));
        const answered = attached.filter(({ verdict }) => verdict !== undefined);
        const isGravestChecked = checked.some((each) => each.isGravest && each.own.some(({ verdict }) => verdict !== undefined));
        const refuted = isGravestChecked && answered.every(({ verdict }) => verdict === 'REFUTED');
        return { ...finding, checks: attached, refuted };
    });
}
/** Identity of the finding that a report stands for. */
function idOf(report) {
    return (0,external_node_crypto_.createHash)('sha256').update(canonicalText(report)).digest('hex').slice(0, 16);
}
function mergedFinding(wordings, names) {
    const [{ processId: _, ...clearest } = {}] = wordings;
    const ids = [...new Set(wordings.map(({ processId }) => processId))].toSorted(compareTexts);
    const reportedBy = ids.map((id) => ({ processId: id, name: names.get(id) ?? id }));
    const isConfirmed = wordings.some(({ verdict }) => verdict === 'CONFIRMED');
    return {
        id: idOf(clearest),
        ...clearest,
        ...(isConfirmed && { verdict: 'CONFIRMED' }),
        agreement: reportedBy.length,
        reportedBy,
        wordings,
        checks: [],
        refuted: false,
    };
}
/** The order in which findings are shown. */
function gravestFirst(one, other) {
    return (rankOf(one) - rankOf(other) ||
        other.agreement - one.agreement ||
        compareTexts(one.file, other.file) ||
        (one.line ?? 0) - (other.line ?? 0) ||
        compareTexts(one.id, other.id));
}
/** The first one's words stand for the group: the gravest, then one that was confirmed. */
function clearestFirst(one, other) {
    const doubt = ({ verdict }) => (verdict === 'CONFIRMED' ? 0 : 1);
    return (rankOf(one.wording) - rankOf(other.wording) ||
        doubt(one.wording) - doubt(other.wording) ||
        compareTexts(one.text, other.text));
}
function rankOf({ severity }) {
    return finding/* severities */.gO.indexOf(severity);
}
/** A canonical text of a finding, independent of the order of its keys. */
function canonicalText(finding) {
    return JSON.stringify(Object.entries(finding).toSorted(([one], [other]) => compareTexts(one, other)));
}
/** Compares by code units, so that the order is the same on every machine. */
function compareTexts(one, other) {
    if (one === other)
        return 0;
    return one < other ? -1 : 1;
}

// EXTERNAL MODULE: ./build/findings/parse.js
var parse = __webpack_require__(2916);
;// CONCATENATED MODULE: ./build/findings/session-findings.js



/**
 * What the processes of a session found, of its results in any order: one finding for all reports of the same matter, with
 * the checks that were made. Undefined when none of them was asked for findings.
 */
function findingsOf(results, { key = '', checkout } = {}) {
    const asked = results.filter(({ answerKind }) => answerKind === 'findings');
    if (asked.length === 0)
        return undefined;
    const roots = checkout === undefined ? [] : (0,finding_path/* rootsOf */.RD)(checkout);
    const read = asked
        .filter(({ status }) => status === 'succeeded')
        .map(({ processId, name, structuredOutput }) => ({ processId, name, ...(0,parse/* readFindings */.R)(structuredOutput, roots) }))
        .filter(({ isAnswer }) => isAnswer);
    const findings = attachChecks(mergeFindings(read), checksOf(results));
    return {
        key,
        counts: countsOf(findings),
        reviewers: asked.length,
        answered: read.length,
        missing: results.filter(isMissing).map(missingReviewer),
        unreadable: read.reduce((sum, { unreadable }) => sum + unreadable, 0),
        findings,
    };
}
function checksOf(results) {
    return results.flatMap(({ processId, name, status, checkedFinding, structuredOutput }) => {
        if (checkedFinding === undefined)
            return [];
        const answer = status === 'succeeded' ? (0,parse/* readFindingCheck */.s)(structuredOutput) : undefined;
        return [{ findingId: checkedFinding, processId, name, ...answer }];
    });
}
function isMissing(result) {
    const { answerKind, status, reason } = result;
    if (answerKind === undefined || reason === 'earlier-success')
        return false;
    return status !== 'succeeded' || isMisread(result);
}
/** Whether a process succeeded with an answer that is neither findings nor a verdict, though it was asked for one. */
function isMisread({ answerKind, status, structuredOutput }) {
    if (status !== 'succeeded' || answerKind === undefined)
        return false;
    const isAnswer = answerKind === 'findings' ? (0,parse/* readFindings */.R)(structuredOutput).isAnswer : (0,parse/* readFindingCheck */.s)(structuredOutput);
    return !isAnswer;
}
function missingReviewer({ processId, name, status, reason, retryAt }) {
    return {
        ...{ processId, name, status },
        ...(reason !== undefined && { reason }),
        ...(retryAt !== undefined && { retryAt }),
    };
}
function countsOf(findings) {
    const counts = { important: 0, nit: 0, pre_existing: 0, refuted: 0 };
    for (const { refuted, severity } of findings)
        counts[refuted ? 'refuted' : severity] += 1;
    return counts;
}


/***/ }),

/***/ 1315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ annotationsOf)
/* harmony export */ });
/* harmony import */ var _findings_finding_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1514);
/* harmony import */ var _reports_concerns_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1279);
/* harmony import */ var _text_causes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8464);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3387);
/* harmony import */ var _text_plain_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7012);





const longestText = 300;
/**
 * What people must not overlook besides the verdict, one for each cause, failures first, at most nine: GitHub shows ten. A green
 * session is reported as well when it is not clean.
 */
function annotationsOf({ outcome, onDenied, isShard = false }) {
    const { results, warnings, findings } = outcome;
    const concerns = (0,_reports_concerns_js__WEBPACK_IMPORTED_MODULE_1__/* .concernsOf */ .L9)(results.filter(({ reason }) => !explained.has(reason)));
    const reported = concerns.filter(({ kind }) => kind !== 'denied' || onDenied === 'warn');
    const all = [
        ...reported.map((concern) => ({ ...messageOf(concern), kind: kindOf(concern, failureKind(outcome)) })),
        ...repeated(warnings.filter((warning) => !(0,_text_causes_js__WEBPACK_IMPORTED_MODULE_2__/* .isOfMissingServers */ .Y9)(warning))).map((message) => ({
            kind: 'warning',
            message,
        })),
    ];
    const found = isShard ? [] : findingAnnotations(findings);
    if (all.length <= mostAnnotations)
        return [...all, ...found];
    const left = all.length - mostAnnotations + 1;
    return [
        ...all.slice(0, mostAnnotations - 1),
        { kind: 'warning', message: `${left} more: see the summary of the job.` },
        ...found,
    ];
}
/** With the verdict they are ten. */
const mostAnnotations = 9;
function kindOf({ kind, isContinuedOn }, ofFailure) {
    if (isContinuedOn)
        return 'warning';
    return kind === 'denied' || kind === 'servers' || kind === 'no-findings' ? 'warning' : ofFailure;
}
/** For example, below the title `Docs: timed out after 20 min`, who it was, why, and what to do. */
function messageOf({ what, whole, next, names }) {
    const [first = ''] = names;
    const subject = names.length === 1 ? first : `${names.length} processes`;
    const whose = names.length === 1 ? first : `${names.length} processes (${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_3__/* .someOf */ .yU)(names)})`;
    return {
        title: `${subject}: ${what}`,
        message: `${whose}: ${whole.replace(/[.…]$/u, '')}. ${next.replaceAll('`', '')}`.trimEnd(),
    };
}
/** A finding that was refuted, or has no place in the checkout, is shown in the summary only. */
function findingAnnotations(found) {
    const open = (found?.findings ?? []).filter(({ refuted }) => !refuted);
    return open.flatMap(({ place, severity, summary, failure_scenario: scenario }) => {
        if (place === undefined)
            return [];
        const { path: file, line } = place;
        const kind = severity === 'important' ? 'warning' : 'notice';
        const message = `${(0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_0__/* .severityWord */ .Oh)(severity)}: ${[summary, scenario].map((text) => (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_4__/* .oneLine */ .TN)(text, longestText)).join(' ')}`;
        return [{ kind, message, place: { file, ...(line !== undefined && { line }) } }];
    });
}
/** Within fail-on a failure is a warning; the losers of a won fallback are what it is for. */
function failureKind({ conclusion, answers }) {
    if (conclusion !== 'success')
        return 'error';
    return answers.oneIsEnough ? 'notice' : 'warning';
}
/** Processes that an interrupt ended, or that were not to start, are in the verdict. */
const explained = new Set([
    'cancelled',
    'session-cancelled',
    'dry-run',
    'missing-credentials',
]);
/** Each warning once, with the number of its occurrences. */
function repeated(warnings) {
    return [...Map.groupBy(warnings, (warning) => warning)].map(([warning, { length }]) => length === 1 ? warning : `${warning} (${length} times)`);
}


/***/ }),

/***/ 2889:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ artifactOwner)
/* harmony export */ });
/** The step that the artifact of a session belongs to. */
function artifactOwner({ environment, delivery, matrix, processIds, shard, redactor, }) {
    const { GITHUB_WORKFLOW = '', GITHUB_JOB = '', GITHUB_ACTION = '', GITHUB_RUN_ATTEMPT } = environment;
    return {
        // Everyone who can read the repository sees it.
        artifactName: redactor.text(delivery.artifactName),
        workflow: GITHUB_WORKFLOW,
        job: GITHUB_JOB,
        matrix,
        step: GITHUB_ACTION,
        resumeKey: delivery.resumeKey ?? '',
        processIds,
        ...(shard !== undefined && { shard }),
        attempt: Number(GITHUB_RUN_ATTEMPT ?? 1),
    };
}


/***/ }),

/***/ 8732:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cK: () => (/* binding */ deliver)
});

// UNUSED EXPORTS: linksOf, stagingMs, uploadStaged

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/github/artifact-child.js
var artifact_child = __webpack_require__(4085);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/model/redactor.js
var model_redactor = __webpack_require__(6412);
;// CONCATENATED MODULE: ./build/github/staged-files.js
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







const chunkBytes = 1024 * 1024;
/**
 * Copies what we wrote, and no byte of others: a file is opened once, and its copy is compared with what was written to it. So
 * it does not matter what a tool puts into the files' place before, between or after.
 */
async function stageFiles(options) {
    const { files, directory, temporary, stop, redactor } = options;
    const staged = await (0,promises_.mkdtemp)((0,external_node_path_.join)(temporary, 'claude-ensemble-upload-'));
    const copied = [];
    const leftOut = [];
    for (const [name, states] of Map.groupBy(files, (file) => file.name)) {
        const copy = (0,external_node_path_.join)(staged, name);
        const isProven = await copyProven((0,external_node_path_.join)(directory, name), copy, { states, stop }).catch(() => false);
        const isDone = isProven && (redactor === undefined || (await redact(copy, redactor).catch(() => false)));
        if (!isDone)
            await (0,promises_.rm)(copy, { force: true }).catch(() => undefined);
        if (isDone)
            copied.push(copy);
        else
            leftOut.push(name);
    }
    return {
        directory: staged,
        files: copied,
        leftOut,
        [Symbol.asyncDispose]: () => (0,promises_.rm)(staged, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined),
    };
}
async function copyProven(source, target, copying) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        // Windows knows only the first of the three, and `|` takes `undefined` for 0.
        const from = __addDisposableResource(env_1, await (0,promises_.open)(source, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK), true);
        const found = await from.stat();
        const isOwn = external_node_process_.getuid === undefined || found.uid === external_node_process_.getuid();
        if (!found.isFile() || found.nlink !== 1 || !isOwn)
            return false;
        const states = copying.states
            .filter(({ size }) => size <= found.size)
            .toSorted((one, other) => one.size - other.size);
        if (states.length === 0)
            return false;
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true, mode: 0o700 });
        const to = __addDisposableResource(env_1, await (0,promises_.open)(target, 'wx', 0o600), true);
        const proven = await copyBytes(from, to, { ...copying, states });
        if (proven === undefined)
            return false;
        await to.truncate(proven.size);
        return true;
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
/** Copies as many bytes as we wrote, and gives the last state that they match. */
async function copyBytes(from, to, { states, stop }) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const chunk = external_node_buffer_.Buffer.allocUnsafeSlow(Math.min(chunkBytes, states.at(-1)?.size ?? 0));
    let at = 0;
    let proven;
    for (const state of states) {
        while (at < state.size) {
            const { bytesRead } = await from.read(chunk, 0, Math.min(chunk.length, state.size - at), at);
            if (stop.aborted)
                return undefined;
            if (bytesRead === 0)
                return proven;
            const bytes = chunk.subarray(0, bytesRead);
            hash.update(bytes);
            await to.appendFile(bytes);
            at += bytesRead;
        }
        if (hash.copy().digest('hex') !== state.digest)
            return proven;
        proven = state;
    }
    return proven;
}
/** Replaces a copy by one that went through the redactor. */
async function redact(copy, redactor) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const target = `${copy}.redacted`;
        const from = __addDisposableResource(env_2, await (0,promises_.open)(copy), true);
        const to = __addDisposableResource(env_2, await (0,promises_.open)(target, 'wx', 0o600), true);
        const bytes = from.createReadStream({ autoClose: false, highWaterMark: chunkBytes });
        for await (const clean of (0,model_redactor/* redactedBytes */.u)(bytes, redactor))
            await to.appendFile(clean);
        await (0,promises_.rename)(target, copy);
        return true;
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = __disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}

;// CONCATENATED MODULE: ./build/github/artifact-name.js

/** GitHub refuses these, and line breaks, in the name of an artifact; other control characters cannot be read. */
const forbidden = /[":<>|*?\\/\p{Cc}\s]+/gu;
/**
 * A name that no other job, leg, step, attempt, session or try of the same run has. A try that failed half-way has burned
 * its name, so each has a random part; the session's part shows that two tries are of one session.
 */
function artifactNameFor(owner, sessionId) {
    const session = (0,external_node_crypto_.createHash)('sha256').update(sessionId).digest('hex').slice(0, 8);
    return `${commonName(owner)}-${owner.attempt}-${session}-${(0,external_node_crypto_.randomUUID)().slice(0, 4)}`;
}
/**
 * Of all artifacts of a run, the newest that this owner left before this attempt. Newest by the attempt in the name, then by
 * the time of its creation: ids do not grow with time.
 */
function earlierArtifact(owner, artifacts) {
    const common = `${commonName(owner)}-`;
    const own = artifacts
        .filter(({ name }) => name.startsWith(common))
        .map((artifact) => ({ artifact, ...partsOf(artifact.name.slice(common.length)) }))
        .filter(({ attempt }) => attempt < owner.attempt);
    for (const [attempt, left] of Map.groupBy(own, (one) => one.attempt)) {
        const sessions = new Map(left.map(({ session, artifact }) => [session, artifact.name]));
        if (sessions.size > 1)
            return { kind: 'ambiguous', attempt, names: [...sessions.values()].sort() };
    }
    const [newest] = own.sort((a, b) => b.attempt - a.attempt || b.artifact.createdAt - a.artifact.createdAt);
    return newest === undefined ? { kind: 'missing' } : { kind: 'found', artifact: newest.artifact };
}
/** Reads what follows the common part of a name; a name that is not ours belongs to no attempt. */
function partsOf(suffix) {
    const [, attempt, session = ''] = /^(\d{1,9})-([0-9a-f]{8})-[0-9a-f]{4}$/.exec(suffix) ?? [];
    return { attempt: Number(attempt), session };
}
/** The part of the name that the artifacts of all attempts share. */
function commonName({ artifactName, job, ...owner }) {
    const { workflow, matrix, step, resumeKey, processIds, shard } = owner;
    const identity = JSON.stringify([workflow, job, matrix, step, resumeKey, processIds]);
    const hash = (0,external_node_crypto_.createHash)('sha256').update(identity).digest('hex').slice(0, 10);
    return [readable(artifactName), readable(job), hash, ...(shard === undefined ? [] : [shardPart(shard)])]
        .filter(Boolean)
        .join('-');
}
/** Everyone of the run can upload under such a name: the record decides, the name only says where to look. */
function shardPart({ hash, index, count }) {
    return `shard-${hash.slice(0, 16)}-${index}of${count}`;
}
/** Cut, because GitHub has a limit for the whole name, and because it is shown in tables. */
function readable(part) {
    return [...part.replaceAll(forbidden, '-')].slice(0, 80).join('');
}
/** Attempts of one shard that are considered: the newest may be unusable. */
const mostAttempts = 3;
const shardName = /-shard-([0-9a-f]{16}-\d{1,3}of\d{1,3})-(\d{1,9})-([0-9a-f]{8})-[0-9a-f]{4}$/;
/** The records of shards among the artifacts of a run, of each shard the newest attempts; of two tries to upload the same session one. */
function shardArtifacts(artifacts, { hash, attempt: latest }) {
    const wanted = artifacts.flatMap((artifact) => {
        const [, shard = '', attempt, session = ''] = shardName.exec(artifact.name) ?? [];
        const isOurs = shard !== '' && (hash === undefined || shard.startsWith(`${hash.slice(0, 16)}-`));
        return isOurs && Number(attempt) <= latest ? [{ artifact, shard, attempt: Number(attempt), session }] : [];
    });
    const newestFirst = wanted.toSorted((one, other) => other.attempt - one.attempt || other.artifact.createdAt - one.artifact.createdAt);
    return [...Map.groupBy(newestFirst, ({ shard }) => shard).values()].flatMap((same) => {
        const newest = new Set([...new Set(same.map(({ attempt }) => attempt))].slice(0, mostAttempts));
        const sessions = new Map();
        for (const one of same) {
            const key = `${one.attempt}-${one.session}`;
            if (newest.has(one.attempt) && !sessions.has(key))
                sessions.set(key, one);
        }
        return [...sessions.values()];
    });
}

;// CONCATENATED MODULE: ./build/github/upload.js



/** A service that never answers may cost 60 s (docs/reliability.md, R11); 5 of them are for ending the uploading child and the step. */
const defaultDeadlineMs = 55_000;
/** Uploads files as one artifact, within the deadline whatever the service does; never throws for what it did. */
async function uploadArtifact(request) {
    const { deadlineMs = defaultDeadlineMs, cancel, rootDirectory, shownDirectory = rootDirectory } = request;
    const deadline = AbortSignal.timeout(deadlineMs);
    const stop = cancel ? AbortSignal.any([deadline, cancel]) : deadline;
    const first = await attempt(request, stop);
    if (first.kind === 'uploaded')
        return first;
    // A try that failed half-way has burned its name, and a name that is taken stays so: a new name avoids both.
    const second = stop.aborted || first.isFinal ? first : await attempt(request, stop);
    if (second.kind === 'uploaded')
        return second;
    const late = `it was not done after ${Math.round(deadlineMs / 1000)} s. GitHub's artifact service may be down, see githubstatus.com`;
    const cause = (0,artifact_child/* oneSafeLine */.mA)(first.message) || (deadline.aborted ? late : 'the job was cancelled');
    return {
        kind: 'failed',
        message: `The logs were not uploaded: ${cause}. On the runner they are in ${shownDirectory}.`,
    };
}
function attempt(request, stop) {
    const { owner, sessionId, files, rootDirectory } = request;
    const name = artifactNameFor(owner, sessionId);
    return carryOut({ kind: 'upload', name, files, rootDirectory }, request, stop);
}
/** Uploads a page as it is: GitHub does not pack an artifact of one such file, so a browser opens it at one click. One try. */
function uploadPage(request) {
    const { file, rootDirectory, deadlineMs = defaultDeadlineMs, cancel } = request;
    const deadline = AbortSignal.timeout(deadlineMs);
    const order = { kind: 'upload', name: (0,external_node_path_.basename)(file), files: [file], rootDirectory, isUnzipped: true };
    return carryOut(order, request, cancel ? AbortSignal.any([deadline, cancel]) : deadline);
}
async function carryOut(order, { retentionDays, client }, stop) {
    const retention = retentionDays === undefined ? {} : { retentionDays };
    const report = await client.order({ ...order, ...retention }, stop);
    if (report.kind === 'failed')
        return report;
    if (report.kind !== 'uploaded')
        return { kind: 'failed', message: '' };
    const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = client.environment;
    const url = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/artifacts/${report.id}`;
    return { ...report, name: order.name, url };
}

// EXTERNAL MODULE: ./build/model/session-files.js
var session_files = __webpack_require__(4896);
// EXTERNAL MODULE: ./build/reports/summary.js + 3 modules
var summary = __webpack_require__(6704);
// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
// EXTERNAL MODULE: ./build/frontends/action/step-state.js
var step_state = __webpack_require__(8131);
;// CONCATENATED MODULE: ./build/frontends/action/delivery.js
var delivery_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var delivery_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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










/** Writes the summary of the job and uploads the logs. A failure is a warning and changes no verdict. */
async function deliver(session, tools) {
    const { outcome, settings, owner, state } = session;
    const { files, cancel } = tools;
    const { jobSummary } = settings.delivery;
    // Before the upload, which may take a minute and fail, and again with its link.
    if (jobSummary)
        files.writeSummary((0,summary/* renderSummary */.B)(state));
    if (!isWanted(session)) {
        (0,step_state/* settleDelivery */.Qk)(files);
        return undefined;
    }
    const { sessionId, directory, written } = outcome;
    // Should `post` have to upload, then what is ours by now and nothing of before.
    (0,step_state/* leaveSession */.Ky)(files, { sessionId, ...(written !== undefined && { ledgerDigest: written.ledgerDigest }) });
    // The seconds after a cancel are for the outputs; `post` has minutes.
    if (cancel.aborted)
        return undefined;
    const { retentionDays } = settings.delivery;
    const delivery = { directory, owner, ...(retentionDays !== undefined && { retentionDays }) };
    const artifact = await upload(delivery, written?.files ?? [], tools);
    if (!cancel.aborted)
        (0,step_state/* settleDelivery */.Qk)(files);
    if (jobSummary && artifact !== undefined)
        files.writeSummary((0,summary/* renderSummary */.B)(state, { links: linksOf(artifact) }));
    return artifact;
}
/** Links to the documents of a session. */
function linksOf({ url, size, reportUrl }) {
    return { logs: url, logsBytes: size, ...(reportUrl !== undefined && { report: reportUrl }) };
}
/** For the copies of the files; the upload has the rest of the 60 s (docs/reliability.md, R11). */
const stagingMs = 30_000;
const deliveryMs = 55_000;
/** In less than this nothing can be uploaded. */
const leastMs = 2_000;
/** Uploads what was written in a session, within 60 s (docs/reliability.md, R11). */
async function upload(session, files, tools) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const startedMs = performance.now();
        const { environment, cancel } = tools;
        const stop = AbortSignal.any([cancel, AbortSignal.timeout(stagingMs)]);
        const { directory } = session;
        const staged = delivery_addDisposableResource(env_1, await stageFiles({ files, directory, temporary: environment.RUNNER_TEMP || (0,external_node_os_.tmpdir)(), stop }), true);
        return await uploadStaged(session, staged, { ...tools, startedMs });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = delivery_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Uploads copies of a session's files, within 60 s of `startedMs`. */
async function uploadStaged({ directory, owner, retentionDays }, staged, tools) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { console, environment, cancel, startedMs } = tools;
        // One child for both uploads: it loads for a while.
        const client = delivery_addDisposableResource(env_2, new artifact_child/* ArtifactClient */.O2({ program: (0,artifact_child/* artifactProgram */.Pb)(), environment }), false);
        if (staged.leftOut.length > 0 && !cancel.aborted)
            console.annotate('warning', leftOutText(staged.leftOut));
        const outcome = await uploadArtifact({
            owner,
            sessionId: (0,external_node_path_.basename)(directory),
            files: staged.files,
            rootDirectory: staged.directory,
            shownDirectory: directory,
            ...(retentionDays !== undefined && { retentionDays }),
            client,
            deadlineMs: deliveryMs - Math.ceil(performance.now() - startedMs),
            cancel,
        });
        if (outcome.kind === 'failed') {
            if (!cancel.aborted)
                console.annotate('warning', outcome.message);
            return undefined;
        }
        const { id, name, url, digest, size } = outcome;
        console.print(`Logs: ${staged.files.length} files, ${Math.ceil(size / 1024)} KiB, as the artifact ${name}: ${url}`);
        // The report of a shard is a part of one: the whole is made where the shards are merged.
        const reportUrl = owner.shard === undefined ? await uploadReport({ name, retentionDays, client }, staged, tools) : undefined;
        return { id: String(id), name, url, digest, size, ...(reportUrl !== undefined && { reportUrl }) };
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        delivery_disposeResources(env_2);
    }
}
/** Uploads the report once more, as a page that a browser opens; gives its address. In the archive it is anyway. */
async function uploadReport({ name, retentionDays, client }, staged, { console, cancel, startedMs }) {
    const report = (0,external_node_path_.join)(staged.directory, session_files/* sessionFiles */.AG.report);
    const deadlineMs = deliveryMs - Math.ceil(performance.now() - startedMs);
    if (!staged.files.includes(report) || cancel.aborted || deadlineMs < leastMs)
        return undefined;
    const file = (0,external_node_path_.join)(staged.directory, `${name}.html`);
    await (0,promises_.link)(report, file);
    const outcome = await uploadPage({
        file,
        rootDirectory: staged.directory,
        ...(retentionDays !== undefined && { retentionDays }),
        client,
        deadlineMs,
        cancel,
    });
    if (outcome.kind === 'uploaded') {
        console.print(`Report: ${outcome.url}`);
        return outcome.url;
    }
    const cause = (0,artifact_child/* oneSafeLine */.mA)(outcome.message) || 'there was no time left';
    console.print(`The report was not uploaded as a page of its own (${cause}); it is among the logs.`);
    return undefined;
}
/** Names of files in a warning. */
const mostNames = 5;
function leftOutText(names) {
    return (`Not uploaded, because they are not what was written, or could not be copied: ${(0,format/* someOf */.yU)(names, mostNames)}. ` +
        'The likely causes are a tool that Claude ran, and a disk that is full.');
}
function isWanted({ outcome, settings }) {
    // That nothing could be written has had its warning.
    if (outcome.files.length === 0)
        return false;
    switch (settings.delivery.uploadLogs) {
        case 'always':
            return true;
        case 'on-failure':
            return outcome.conclusion === 'failure' || outcome.conclusion === 'cancelled';
        case 'never':
            return false;
    }
}


/***/ }),

/***/ 7280:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ commentOnFindings)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
// EXTERNAL MODULE: ./build/findings/finding-words.js
var finding_words = __webpack_require__(1514);
// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
// EXTERNAL MODULE: ./build/text/html-text.js
var html_text = __webpack_require__(2133);
// EXTERNAL MODULE: ./build/text/markdown/html.js
var markdown_html = __webpack_require__(7249);
// EXTERNAL MODULE: ./build/text/markdown/parse.js
var parse = __webpack_require__(401);
// EXTERNAL MODULE: ./build/text/plain-text.js
var plain_text = __webpack_require__(7012);
;// CONCATENATED MODULE: ./build/reports/findings-markdown.js







const longestHeading = 120;
/** Bytes of HTML of one text. */
const longestText = 4_000;
const longestReason = 1_500;
const mostReasons = 5;
/** A model writes short ones where it was asked to. */
const longestSummary = 20_000;
const longestPosition = 300;
const longestLine = 2_000;
/**
 * The findings as GitHub's Markdown: counts, who did not answer, the findings themselves with the refuted ones folded, and
 * nothing else. What a model wrote is HTML in which GitHub finds nothing to bring to life.
 */
function findingsMarkdown(found, options) {
    const { apart, putAway = 0 } = options;
    const away = putAway === 0 ? '' : ` · ${(0,format/* countText */.lT)(putAway)} resolved or hidden, not shown`;
    const head = quiet([
        `<p><b>${(0,html_text/* inlineHtml */.l0)((0,finding_words/* countsText */.WN)(found), longestLine)}</b> · ${(0,html_text/* inlineHtml */.l0)((0,finding_words/* reviewersText */.qU)(found), longestLine)}${away}</p>\n\n`,
        ...(0,finding_words/* missingTexts */.No)(found).map((text) => `<p>${(0,html_text/* inlineHtml */.l0)(text, longestLine)}</p>\n\n`),
    ].join(''));
    const open = found.findings.filter(({ refuted }) => !refuted);
    const isApart = apart?.isMeant ?? (() => false);
    const sections = [
        { start: '', findings: open.filter((finding) => !isApart(finding)), end: '' },
        { start: `<p><b>${apart?.title}</b></p>\n\n`, findings: open.filter(isApart), end: '' },
        {
            start: `<details><summary>Refuted: ${(0,format/* countText */.lT)(found.counts.refuted)}</summary>\n\n`,
            findings: found.findings.filter(({ refuted }) => refuted),
            end: '</details>\n\n',
        },
    ];
    return head + fitted(sections, found, { ...options, limit: options.limit - external_node_buffer_.Buffer.byteLength(head) });
}
/** Most bytes of the note about the rest. */
const noteBytes = 300;
/** The sections as far as there is room; whole findings are left out, the least grave first. */
function fitted(sections, found, options) {
    let left = options.limit - noteBytes;
    let leftOut = 0;
    const texts = sections.map(({ start, findings, end }) => {
        if (findings.length === 0)
            return '';
        left -= external_node_buffer_.Buffer.byteLength(start + end);
        const kept = [];
        for (const finding of findings) {
            const text = findingMarkdown(finding, found, options);
            const bytes = external_node_buffer_.Buffer.byteLength(text);
            if (left < bytes)
                break;
            left -= bytes;
            kept.push(text);
        }
        leftOut += findings.length - kept.length;
        return kept.length === 0 ? '' : start + kept.join('') + end;
    });
    const note = leftOut === 0 ? '' : `<p>${(0,format/* countText */.lT)(leftOut)} more: see ${(0,html_text/* escapeHtml */.ZD)(options.restIn)}.</p>\n`;
    return texts.join('') + note;
}
/** One finding: its heading, where it is, who found it, what happens, and what its checks said. */
function findingMarkdown(finding, found, { linkOf }) {
    const { severity, summary, failure_scenario: scenario, place, checks, category = '' } = finding;
    const heading = (0,finding_words/* headingOf */.Wm)(finding, longestHeading);
    const position = (0,html_text/* codeHtml */.v1)((0,plain_text/* oneLine */.TN)((0,finding_words/* positionText */.J)(finding), longestPosition));
    const link = place === undefined ? undefined : linkOf?.(place);
    const facts = [
        link === undefined ? position : `<a href="${(0,html_text/* escapeHtml */.ZD)(link)}">${position}</a>`,
        ...(category.trim() === '' ? [] : [(0,html_text/* inlineHtml */.l0)(category, longestHeading)]),
        (0,html_text/* inlineHtml */.l0)((0,finding_words/* agreementText */.Gy)(finding, found.answered), longestLine),
        ...((0,finding_words/* verdictOf */.Vj)(finding) === undefined ? [] : [`${(0,finding_words/* verdictOf */.Vj)(finding)}`.toLowerCase()]),
    ];
    const reasons = checks.flatMap(({ name, verdict, reason = '' }) => verdict === undefined
        ? []
        : [`<p>${verdict.toLowerCase()} by ${(0,html_text/* inlineHtml */.l0)(name, longestHeading)}:</p>\n${textHtml(reason, longestReason)}`]);
    const texts = [...((0,plain_text/* oneLine */.TN)(summary, longestText) === heading ? [] : [summary]), scenario];
    return quiet([
        `<p>${finding_words/* severityMarks */.iq[severity]} <b>${(0,finding_words/* severityWord */.Oh)(severity)}</b>: ${(0,html_text/* inlineHtml */.l0)(heading, longestHeading)}</p>\n<p>${facts.join(' · ')}</p>\n\n`,
        ...texts.map((text) => textHtml(text, longestText)),
        ...reasons.slice(0, mostReasons),
    ].join(''));
}
/** Bots and workflows read the source of comments: `@` is escaped, so that it holds no mention. */
function quiet(html) {
    return html.replaceAll('@', '&commat;');
}
/** Text of a model as HTML, with its paragraphs, lists and code, each element in one block. */
function textHtml(text, most) {
    const { html } = (0,markdown_html/* markdownHtml */.h)((0,parse/* parseMarkdown */.D)((0,plain_text/* shortened */.vI)(text, longestSummary)), { on: 'github', most });
    return html === '' ? '' : `${html}\n\n`;
}

// EXTERNAL MODULE: ./node_modules/@octokit/core/dist-src/index.js + 13 modules
var dist_src = __webpack_require__(5194);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 14 modules
var schemas = __webpack_require__(5586);
;// CONCATENATED MODULE: ./build/github/comments/api.js


/** An answer of GitHub that is no success. */
class ApiFault extends Error {
    /** 0 when there was no answer. */
    status;
    constructor(status, message, cause) {
        super(message, { cause });
        this.status = status;
    }
}
const pageSize = 100;
/** Most retries of a call that a secondary rate limit refused. */
const mostRetries = 3;
/** A limit that lasts longer is not waited for. */
const longestWaitMs = 60_000;
const callMs = 30_000;
/** Opens GitHub's API. Its faults are `ApiFault`s, and name no token. */
function openApi({ apiUrl, repository, token, stop, wait }) {
    const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const octokit = new dist_src/* Octokit */.E({
        auth: token,
        baseUrl: apiUrl.replace(/\/+$/, ''),
        userAgent: 'claude-ensemble',
        log: silent,
    });
    async function steadily(isRepeatable, call) {
        for (let retry = 0;; retry += 1) {
            try {
                return await call(AbortSignal.any([stop, AbortSignal.timeout(callMs)]));
            }
            catch (error) {
                if (stop.aborted)
                    throw stopped(error);
                const delayMs = retry < mostRetries ? waitOf(error, { retry, isRepeatable }) : undefined;
                if (delayMs === undefined)
                    throw faultOf(error);
                await wait(delayMs, stop).catch((late) => {
                    throw stopped(late);
                });
            }
        }
    }
    async function rest({ method, path, body, schema }) {
        const url = `/repos/${repository}${path}`;
        const answer = await steadily(method === 'GET', async (signal) => {
            const { data } = await octokit.request({ method, url, ...body, request: { signal } });
            return data;
        });
        return understood(schema, answer);
    }
    async function list(path, item, mostPages) {
        const items = [];
        for (let page = 1; page <= mostPages; page += 1) {
            const query = `${path}${path.includes('?') ? '&' : '?'}per_page=${pageSize}&page=${page}`;
            const found = await rest({ method: 'GET', path: query, schema: schemas/* array */.YOg(item) });
            items.push(...found);
            if (found.length < pageSize)
                break;
        }
        return items;
    }
    return {
        rest,
        list,
        async graphql(query, variables, schema) {
            const call = (signal) => octokit.graphql(query, { ...variables, request: { signal } });
            return understood(schema, await steadily(true, call));
        },
    };
}
const headers = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).catch({});
/** A refusal of either API: that of GraphQL comes with status 200, its headers elsewhere, and a word for its kind. */
const refusal = schemas/* object */.Ikc({
    status: schemas/* number */.aig().catch(0),
    message: schemas/* string */.YjP().catch(''),
    response: schemas/* object */.Ikc({ headers }).optional().catch(undefined),
    headers,
    errors: schemas/* array */.YOg(schemas/* object */.Ikc({ type: schemas/* string */.YjP().catch('') })).catch([]),
})
    .catch((context) => ({
    ...{ status: 0, message: String(context.value), response: undefined, headers: {}, errors: [] },
}));
const statusOfType = {
    FORBIDDEN: 403,
    INSUFFICIENT_SCOPES: 403,
    NOT_FOUND: 404,
    RATE_LIMITED: 429,
};
function readRefusal(error) {
    const { status, message, response, headers: own, errors } = refusal.parse(error);
    // Octokit calls it 500 when there was no answer at all.
    if (status >= 500 && response === undefined)
        return { status: 0, message: `GitHub was not reached: ${message}`, headers: own, isUnanswered: true };
    const type = errors[0]?.type ?? '';
    const ofType = /rate limit/i.test(message) ? 429 : (statusOfType[type] ?? 0);
    return { status: status === 0 ? ofType : status, message, headers: { ...own, ...response?.headers } };
}
function stopped(cause) {
    return new ApiFault(0, 'the job was cancelled, or it took too long', cause);
}
function faultOf(error) {
    const { status, message } = readRefusal(error);
    return new ApiFault(status, message, error);
}
/** GitHub asks for that much where it does not say how long, and for longer when it refuses again. */
const unknownWaitMs = 60_000;
/** The delay that GitHub asks for, in milliseconds; undefined when waiting does not help. */
function waitOf(error, { retry, isRepeatable }) {
    const { status, message, headers, isUnanswered } = readRefusal(error);
    // What was to be written may have been.
    if (isUnanswered || status >= 500)
        return isRepeatable ? 1_000 * 2 ** retry : undefined;
    if (status !== 403 && status !== 429)
        return undefined;
    const seconds = Number(headers['retry-after']);
    const isLimit = status === 429 || /rate limit/i.test(message) || seconds > 0;
    if (!isLimit)
        return undefined;
    const delayMs = seconds > 0 ? seconds * 1_000 : (untilReset(headers) ?? unknownWaitMs * 2 ** retry);
    return delayMs <= longestWaitMs ? delayMs : undefined;
}
/** Milliseconds until a used up limit resets, by the clock of GitHub. */
function untilReset(headers) {
    if (headers['x-ratelimit-remaining'] !== '0')
        return undefined;
    const ms = Number(headers['x-ratelimit-reset']) * 1_000 - Date.parse(String(headers.date));
    return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : Math.max(1_000, ms);
}
/** The answer as it must be; what was not understood is named, not shown. */
function understood(schema, answer) {
    const read = schema.safeParse(answer);
    if (read.success)
        return read.data;
    const path = read.error.issues[0]?.path.join('.') || 'answer';
    throw new ApiFault(0, `GitHub's answer was not understood: ${path}`, read.error);
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/github/comments/checked-out.js


const sha = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const largestFile = 8 * 1024 * 1024;
/** The commit that is checked out; undefined when it is not known. Git itself is not run: it obeys the configuration in the checkout. */
async function checkedOutCommit(checkout) {
    const head = await textOf((0,external_node_path_.join)(checkout, '.git', 'HEAD'));
    if (head === undefined || sha.test(head))
        return head;
    const [, ref = ''] = /^ref: (refs\/[\w./-]{1,500})$/.exec(head) ?? [];
    if (ref === '' || ref.split('/').includes('..'))
        return undefined;
    const loose = await textOf((0,external_node_path_.join)(checkout, '.git', ...ref.split('/')));
    if (loose !== undefined)
        return sha.test(loose) ? loose : undefined;
    const packed = (await textOf((0,external_node_path_.join)(checkout, '.git', 'packed-refs'))) ?? '';
    const line = packed.split('\n').find((candidate) => candidate.endsWith(` ${ref}`)) ?? '';
    const [commit = ''] = line.split(' ');
    return sha.test(commit) ? commit : undefined;
}
async function textOf(path) {
    try {
        const found = await (0,external_node_fs_promises_.lstat)(path);
        return found.isFile() && found.size <= largestFile ? (await (0,external_node_fs_promises_.readFile)(path, 'utf8')).trim() : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/github/comments/conversation.js

/** GitHub lists pages of 100. */
const mostPages = 30;
const author = {
    databaseId: schemas/* number */.aig().int(),
    body: schemas/* string */.YjP(),
    viewerDidAuthor: schemas/* boolean */.zMY(),
    isMinimized: schemas/* boolean */.zMY(),
};
const comment = schemas/* object */.Ikc({ url: schemas/* string */.YjP(), ...author });
const thread = schemas/* object */.Ikc({
    isResolved: schemas/* boolean */.zMY(),
    resolvedBy: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }).nullish(),
    comments: schemas/* object */.Ikc({ totalCount: schemas/* number */.aig().int(), nodes: schemas/* array */.YOg(schemas/* object */.Ikc(author)) }),
});
const pageInfo = schemas/* object */.Ikc({ hasNextPage: schemas/* boolean */.zMY(), endCursor: schemas/* string */.YjP().nullable() });
const answer = schemas/* object */.Ikc({
    repository: schemas/* object */.Ikc({
        pullRequest: schemas/* object */.Ikc({
            comments: schemas/* object */.Ikc({ pageInfo, nodes: schemas/* array */.YOg(comment) }).optional(),
            reviewThreads: schemas/* object */.Ikc({ pageInfo, nodes: schemas/* array */.YOg(thread) }).optional(),
        }),
    }),
});
const query = (field) => `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { ${field} } }
}`;
const commentsQuery = query('comments(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { databaseId url body viewerDidAuthor isMinimized } }');
const threadsQuery = query('reviewThreads(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { isResolved resolvedBy { login } ' +
    'comments(first: 1) { totalCount nodes { databaseId body viewerDidAuthor isMinimized } } } }');
/** The comments of the token's own author, the oldest first. */
async function readOwnComments(api, place) {
    const all = await readPages(api, place, { text: commentsQuery, field: 'comments' });
    return all
        .filter(({ viewerDidAuthor }) => viewerDidAuthor)
        .toSorted((one, other) => one.databaseId - other.databaseId);
}
/** The threads that the token's own author has begun. */
async function readOwnThreads(api, place) {
    const all = await readPages(api, place, { text: threadsQuery, field: 'reviewThreads' });
    return all.filter(({ comments }) => comments.nodes[0]?.viewerDidAuthor === true);
}
async function readPages(api, { repository, number }, { text, field }) {
    const [owner, name] = repository.split('/');
    const items = [];
    let after = null;
    for (let page = 0; page < mostPages; page += 1) {
        const read = await api.graphql(text, { owner, name, number, after }, answer);
        const found = read.repository.pullRequest[field];
        items.push(...(found?.nodes ?? []));
        if (found?.pageInfo.hasNextPage !== true)
            break;
        after = found.pageInfo.endCursor;
    }
    return items;
}

;// CONCATENATED MODULE: ./build/github/comments/diff-lines.js

/** GitHub lists no more files of a pull request: 3,000. */
const diff_lines_mostPages = 30;
const file = schemas/* object */.Ikc({ filename: schemas/* string */.YjP(), patch: schemas/* string */.YjP().optional() });
/** Reads the lines of the diff. A file without a patch, such as a large one, has none. */
async function readDiffLines(api, number) {
    const files = await api.list(`/pulls/${number}/files`, file, diff_lines_mostPages);
    return new Map(files.map(({ filename, patch = '' }) => [filename, linesOf(patch)]));
}
/** The numbers of the lines on the new side of a patch, unchanged ones around the changes included. */
function linesOf(patch) {
    const lines = new Set();
    let next = 0;
    for (const text of patch.split('\n')) {
        const [, start] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text) ?? [];
        if (start !== undefined)
            next = Number(start);
        else if (next > 0 && (text.startsWith('+') || text.startsWith(' '))) {
            lines.add(next);
            next += 1;
        }
    }
    return lines;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/findings/same-finding.js
var same_finding = __webpack_require__(5957);
// EXTERNAL MODULE: ./build/text/cut-text.js
var cut_text = __webpack_require__(2992);
;// CONCATENATED MODULE: ./build/github/comments/marker.js





/** A finding that was posted, as it is known again in other words and on a line that has moved. */
const known = schemas/* object */.Ikc({
    file: schemas/* string */.YjP().max(4_096),
    line: schemas/* exactOptional */.yqP(schemas/* number */.aig().int().min(1)),
    hash: schemas/* exactOptional */.yqP(schemas/* string */.YjP().max(40)),
    category: schemas/* string */.YjP().max(200),
    summary: schemas/* string */.YjP().max(400),
    /** For a comment on a line, the writer of its review. */
    writer: schemas/* exactOptional */.yqP(schemas/* string */.YjP().max(200)),
});
const mostKnown = 150;
/** Characters of the state alone; with its text, a comment may have 65,000. */
const longestState = 24_000;
const state = schemas/* object */.Ikc({
    /** The commit of the pull request that was reviewed. */
    head: schemas/* string */.YjP().max(64),
    /** When it was written, in milliseconds; of two that are written at once the later one stays. */
    at: schemas/* number */.aig(),
    /** Identity of the run, its attempt and its step. */
    writer: schemas/* string */.YjP().max(200),
    posted: schemas/* array */.YOg(known).max(mostKnown),
});
/** Beginning of every comment of ours for a key; a person who copies it is not its author. */
function markerOf(key) {
    return `claude-ensemble:${(0,external_node_crypto_.createHash)('sha256').update(key).digest('hex').slice(0, 32)}`;
}
/** The first line of a comment; it is not shown. */
function markerLine(key, content) {
    const text = JSON.stringify('posted' in content ? fitting(content) : content);
    return `<!-- ${markerOf(key)} ${external_node_buffer_.Buffer.from(text).toString('base64url')} -->\n`;
}
/** The newest of what was posted, as far as there is room. */
function fitting(content) {
    let posted = content.posted.slice(-mostKnown);
    while (JSON.stringify(posted).length > longestState)
        posted = posted.slice(Math.ceil(posted.length / 10));
    return { ...content, posted };
}
/** Content of the marker of a comment of ours, unparsed; undefined when it has none. Anyone may have changed it. */
function contentOf(body, key) {
    const start = `<!-- ${markerOf(key)} `;
    if (!body.startsWith(start))
        return undefined;
    const end = body.indexOf(' -->', start.length);
    if (end < 0 || end > 2 * longestState)
        return null;
    try {
        return JSON.parse(external_node_buffer_.Buffer.from(body.slice(start.length, end), 'base64url').toString('utf8'));
    }
    catch {
        return null;
    }
}
/** Whether a comment begins with the marker of this key. */
function hasMarker(body, key) {
    return contentOf(body, key) !== undefined;
}
/** The state in a comment of ours; undefined when it has none that can be read. */
function stateIn(body, key) {
    return state.safeParse(contentOf(body, key)).data;
}
/** The finding that a comment on a line is about. */
function knownFindingIn(body, key) {
    return known.safeParse(contentOf(body, key)).data;
}
/** A finding as it is remembered. */
function knownFinding({ file, line, category = '', summary, place }) {
    const at = place === undefined ? line : place.line;
    return {
        file: (0,cut_text/* firstUnits */.UV)(place?.path ?? file, 1_000),
        ...(at !== undefined && { line: at }),
        ...(place?.lineHash !== undefined && { hash: place.lineHash }),
        category: (0,cut_text/* firstUnits */.UV)(category, 100),
        summary: (0,cut_text/* firstUnits */.UV)(summary, 200),
    };
}
/** Whether two are the same finding: about the same matter, on a line with the same text or near the same number. */
function isKnown(finding, others) {
    const own = (0,same_finding/* comparable */.Zm)(finding);
    return others.some((other) => {
        if (other.file !== finding.file)
            return false;
        const isThere = (other.hash !== undefined && other.hash === finding.hash) ||
            ((other.line === undefined) === (finding.line === undefined) &&
                Math.abs((other.line ?? 0) - (finding.line ?? 0)) <= same_finding/* nearLines */.sY);
        const compared = (0,same_finding/* comparable */.Zm)(other);
        const isAbout = (own.category !== '' && own.category === compared.category) || (0,same_finding/* areAlike */.xn)(own.words, compared.words);
        return isThere && isAbout;
    });
}

;// CONCATENATED MODULE: ./build/github/comments/pull-request.js

const repo = schemas/* object */.Ikc({ full_name: schemas/* string */.YjP() }).nullable();
const pull = schemas/* object */.Ikc({
    number: schemas/* number */.aig().int().positive(),
    state: schemas/* string */.YjP(),
    head: schemas/* object */.Ikc({ sha: schemas/* string */.YjP().regex(/^[0-9a-f]{40,64}$/), ref: schemas/* string */.YjP(), repo }),
});
const numbered = schemas/* object */.Ikc({
    pull_request: schemas/* object */.Ikc({ number: schemas/* number */.aig().int().positive(), head: schemas/* object */.Ikc({ sha: schemas/* string */.YjP() }) }),
});
const commented = schemas/* object */.Ikc({ issue: schemas/* object */.Ikc({ number: schemas/* number */.aig().int().positive(), pull_request: schemas/* object */.Ikc({}) }) });
const workflowRun = schemas/* object */.Ikc({
    workflow_run: schemas/* object */.Ikc({
        head_branch: schemas/* string */.YjP(),
        head_sha: schemas/* string */.YjP(),
        head_repository: schemas/* object */.Ikc({ full_name: schemas/* string */.YjP(), owner: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }) }),
    }),
});
/**
 * Finds the pull request that an event is about, never by anything that a job or an artifact could have written: from the
 * event itself; for `workflow_run` the open one whose head repository, branch and commit are those of the event.
 */
async function findPullRequest(api, event, given) {
    const fromEvent = numbered.safeParse(event.payload);
    const eventSha = fromEvent.success ? { eventSha: fromEvent.data.pull_request.head.sha } : {};
    if (given !== undefined) {
        const isSame = fromEvent.success && fromEvent.data.pull_request.number === given;
        return { pull: await readPull(api, given), ...(isSame && eventSha) };
    }
    if (fromEvent.success && event.name.startsWith('pull_request'))
        return { pull: await readPull(api, fromEvent.data.pull_request.number), ...eventSha };
    const comment = commented.safeParse(event.payload);
    if (event.name === 'issue_comment' && comment.success)
        return { pull: await readPull(api, comment.data.issue.number) };
    const run = workflowRun.safeParse(event.payload);
    return event.name === 'workflow_run' && run.success ? await ofWorkflowRun(api, run.data.workflow_run) : 'none';
}
/** Reads a pull request as GitHub has it now. */
function readPull(api, number) {
    return api.rest({ method: 'GET', path: `/pulls/${number}`, schema: pull });
}
async function ofWorkflowRun(api, run) {
    const { head_branch: branch, head_sha: sha, head_repository: repository } = run;
    const head = encodeURIComponent(`${repository.owner.login}:${branch}`);
    const open = await api.list(`/pulls?state=open&head=${head}`, pull, 3);
    const own = open.filter(({ head: { repo: from, ref, sha: now } }) => from?.full_name.toLowerCase() === repository.full_name.toLowerCase() && ref === branch && now === sha);
    const [only, other] = own;
    if (only === undefined)
        return 'none';
    return other === undefined ? { pull: only, eventSha: sha } : 'several';
}

;// CONCATENATED MODULE: ./build/github/comments/review.js





const longestBody = 65_000;
/** Posts a review with a comment on each finding's line; where GitHub refuses a line, once more with the findings in its text. */
async function postReview(api, review) {
    const { number, commit, key, findings, found, linkOf, stickyUrl, writer } = review;
    const count = findings.length === 1 ? '1 new finding' : `${findings.length} new findings`;
    const intro = `<p>${count}; <a href="${(0,html_text/* escapeHtml */.ZD)(stickyUrl)}">all findings</a></p>\n\n`;
    const textOf = (finding) => findingMarkdown(finding, found, { linkOf });
    const comments = findings.map((finding) => ({
        path: finding.place?.path,
        line: finding.place?.line,
        side: 'RIGHT',
        body: markerLine(key, { ...knownFinding(finding), writer }) + textOf(finding),
    }));
    const post = (body) => api.rest({
        method: 'POST',
        path: `/pulls/${number}/reviews`,
        body: { commit_id: commit, event: 'COMMENT', ...body },
        schema: schemas/* unknown */.L5J(),
    });
    try {
        await post({ body: intro, comments });
    }
    catch (error) {
        if (!(error instanceof ApiFault) || error.status !== 422)
            throw error;
        await post({ body: textsWithin(intro, findings.map(textOf)) });
    }
}
function textsWithin(intro, texts) {
    let body = intro;
    for (const text of texts)
        if (body.length + text.length <= longestBody)
            body += text;
    return body;
}
/**
 * Deletes comments of ours on lines that say what one of an older review of ours says: two runs at once may both have found
 * nothing there. One that has an answer stays.
 */
async function removeDoubles(api, threads, key) {
    const own = ownFindings(threads, key).toSorted((one, other) => one.first.databaseId - other.first.databaseId);
    const kept = [];
    for (const { first, finding, comments } of own) {
        const others = kept.filter(({ writer }) => writer === undefined || writer !== finding.writer);
        if (comments.totalCount > 1 || !isKnown(finding, others))
            kept.push(finding);
        else
            await remove(api, first.databaseId);
    }
}
async function remove(api, id) {
    const call = { method: 'DELETE', path: `/pulls/comments/${id}`, schema: schemas/* unknown */.L5J() };
    await api.rest(call).catch((error) => {
        if (!(error instanceof ApiFault) || error.status !== 404)
            throw error;
    });
}
const permission = schemas/* object */.Ikc({ permission: schemas/* string */.YjP() });
/** Far more people than resolve threads of one pull request. */
const mostPeople = 50;
/** Reads what was posted on lines, and what of it people with write access have put away. */
async function readMemory(api, threads, key) {
    const own = ownFindings(threads, key);
    const people = [
        ...new Set(own.flatMap(({ isResolved, resolvedBy }) => (isResolved ? (resolvedBy?.login ?? []) : []))),
    ];
    const writers = new Set();
    for (const login of people.slice(0, mostPeople))
        if (await mayWrite(api, login))
            writers.add(login);
    const silenced = own.filter(({ first, isResolved, resolvedBy }) => first.isMinimized || (isResolved && resolvedBy != null && writers.has(resolvedBy.login)));
    return { posted: own.map(({ finding }) => finding), silenced: silenced.map(({ finding }) => finding) };
}
/** The threads that a comment of ours began, with the finding that it is about. */
function ownFindings(threads, key) {
    return threads.flatMap((thread) => {
        const [first] = thread.comments.nodes;
        const finding = first && knownFindingIn(first.body, key);
        return first === undefined || finding === undefined ? [] : [{ ...thread, first, finding }];
    });
}
/** Someone of whom GitHub does not say so may not. */
async function mayWrite(api, login) {
    const path = `/collaborators/${encodeURIComponent(login)}/permission`;
    try {
        const { permission: given } = await api.rest({ method: 'GET', path, schema: permission });
        return given === 'write' || given === 'maintain' || given === 'admin';
    }
    catch (error) {
        if (error instanceof ApiFault && (error.status === 403 || error.status === 404))
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/github/comments/sticky.js




/** Most rounds: concurrent writers may overwrite each other's comment. */
const mostRounds = 5;
/** The comments of ours for a key, the oldest first. */
async function ownComments(api, place, key) {
    return (await readOwnComments(api, place)).filter(({ body }) => hasMarker(body, key));
}
/**
 * Writes the one comment of a key. GitHub has no conditional update: so after each write the comments are read again, and
 * what another writer has put in place of our text is replaced if that writer came before us. The oldest comment is kept.
 * Others are deleted once it has our text: until then a concurrent writer has to see that we came. All writers end with the
 * same comment.
 */
async function writeSticky(api, place, comment) {
    const { key, writer, bodyOf, mayReplace } = comment;
    const isOurs = (state) => state?.writer === writer.writer && state.head === writer.head;
    for (let round = 0;; round += 1) {
        const found = await ownComments(api, place, key);
        const comments = found.map((each) => ({ ...each, state: stateIn(each.body, key) }));
        const [kept, ...others] = comments;
        if (kept !== undefined) {
            const { state: existing, url } = kept;
            if (round > 0 && comments.some(({ state }) => state !== undefined && isStronger(state, writer))) {
                const doubles = others.filter(({ state }) => isOurs(state));
                await removeAll(api, doubles);
                return { kind: 'superseded', url };
            }
            if (isOurs(existing)) {
                await removeAll(api, others);
                return { kind: 'written', url };
            }
            if (existing !== undefined && existing.head !== writer.head && !(await mayReplace(existing))) {
                await removeAll(api, others);
                return { kind: 'superseded', url };
            }
        }
        if (round === mostRounds)
            throw new ApiFault(0, 'other writers keep changing the comment', undefined);
        if (kept === undefined)
            await create(api, place, bodyOf(undefined));
        else
            await update(api, kept.databaseId, bodyOf(kept.state));
    }
}
/** Of concurrent writers for one commit the later one wins. What was there before our write began is older, whatever it says. */
function isStronger(state, writer) {
    if (state.head !== writer.head || state.writer === writer.writer)
        return false;
    return state.at > writer.at || (state.at === writer.at && state.writer > writer.writer);
}
const anything = schemas/* unknown */.L5J();
function create(api, { number }, body) {
    return api.rest({ method: 'POST', path: `/issues/${number}/comments`, body: { body }, schema: anything });
}
/** One that was deleted meanwhile is created again in the next round. */
async function update(api, id, body) {
    const call = { method: 'PATCH', path: `/issues/comments/${id}`, body: { body }, schema: anything };
    await api.rest(call).catch(unlessGone);
}
async function removeAll(api, comments) {
    for (const { databaseId } of comments)
        await api.rest({ method: 'DELETE', path: `/issues/comments/${databaseId}`, schema: anything }).catch(unlessGone);
}
function unlessGone(error) {
    if (!(error instanceof ApiFault) || error.status !== 404)
        throw error;
}

;// CONCATENATED MODULE: ./build/github/comments/post-findings.js











/** Posts the findings of a session on its pull request, once, however often it is run. Never rejects. */
async function postFindings(request) {
    try {
        const api = openApi(request);
        const reviewed = await findPullRequest(api, request.event, request.pullRequest);
        if (typeof reviewed === 'string')
            return { level: 'notice', message: `comment: ${withoutOne[reviewed]}. The summary holds all findings.` };
        return await postOn(api, request, reviewed);
    }
    catch (error) {
        return { level: 'warning', message: `comment: ${causeOf(error)}. The summary holds all findings.` };
    }
}
const withoutOne = {
    none: 'this run is about no open pull request',
    several: 'several open pull requests have this branch and commit; the option pull-request says which one is meant',
};
function causeOf(error) {
    if (!(error instanceof ApiFault))
        return `it could not be written: ${(0,errors/* errorMessage */.gJ)(error)}`;
    const { status, message } = error;
    const told = message.slice(0, 200).replace(/\.$/, '');
    return status === 0 ? `it could not be written: ${told}` : `GitHub refused it (${status} ${told})${adviceOn(error)}`;
}
/** A 403 is also the answer where no permission would help. */
const noPermissionHelps = /rate limit|locked|archived/i;
/** The next step for people, as far as the answer tells it. */
function adviceOn({ status, message }) {
    if (status === 401)
        return '; the github-token is invalid or has expired';
    if ((status !== 403 && status !== 404) || noPermissionHelps.test(message))
        return '';
    const isThere = status === 404 ? ', and see that the pull request is one of this repository' : '';
    return `; give the job "permissions: pull-requests: write" (a pull request from a fork has a token that only reads: see docs/findings.md)${isThere}`;
}
async function postOn(api, request, { pull, eventSha }) {
    const { mode, found, repository, now, writer } = request;
    const { number } = pull;
    const head = pull.head.sha;
    const checkedOut = await checkedOutCommit(request.checkout);
    const isHead = checkedOut === head;
    const reviewedSha = isHead ? head : (eventSha ?? checkedOut ?? '');
    const place = { repository, number };
    const [existing] = await ownComments(api, place, found.key);
    const earlier = existing && stateIn(existing.body, found.key);
    const isReview = mode === 'review';
    const memory = isReview
        ? await readMemory(api, await readOwnThreads(api, place), found.key)
        : { posted: [], silenced: [] };
    const diff = isReview && isHead ? await diffLines(api, number) : undefined;
    const situation = { request, number, head, reviewedSha, checkedOut, memory, diff };
    const fresh = newFindings(situation, [...memory.posted, ...(earlier?.posted ?? [])]);
    const comment = {
        key: found.key,
        writer: { head: reviewedSha, at: now, writer },
        bodyOf: (others) => bodyOf(situation, [...(others?.posted ?? []), ...fresh.map(knownFinding)]),
        mayReplace: async (existing) => {
            const now = (await readPull(api, number)).head.sha;
            // Where neither event nor checkout names the commit, only what is about the present one is known to be newer.
            return reviewedSha === now || (!isHead && eventSha === undefined && existing.head !== now);
        },
    };
    const sticky = await writeSticky(api, place, comment);
    const { url } = sticky;
    if (sticky.kind === 'superseded')
        return { url, level: 'notice', message: superseded(reviewedSha) };
    if (fresh.length === 0)
        return { url };
    try {
        await review(api, situation, { fresh, stickyUrl: url });
    }
    catch (error) {
        await forget(api, situation, { comment, fresh }).catch(() => undefined);
        return {
            url,
            level: 'warning',
            message: `comment: it was posted, but the findings could not be put on their lines: ${causeOf(error)}.`,
        };
    }
    return { url };
}
/** Takes back that findings were put on lines, so that the next run tries again. */
async function forget(api, situation, { comment, fresh }) {
    const { number } = situation;
    const request = { ...situation.request, writer: `${situation.request.writer}-again`.slice(-200) };
    const texts = new Set(fresh.map((finding) => JSON.stringify(knownFinding(finding))));
    const isOther = (known) => !texts.has(JSON.stringify(known));
    await writeSticky(api, { repository: request.repository, number }, {
        ...comment,
        writer: { ...comment.writer, writer: request.writer },
        bodyOf: (others) => bodyOf({ ...situation, request }, (others?.posted ?? []).filter(isOther)),
    });
}
/** The lines of the diff; undefined where it is too large for GitHub to return them. */
async function diffLines(api, number) {
    try {
        return await readDiffLines(api, number);
    }
    catch (error) {
        const isUnknown = (status) => status === 0 || status === 406 || status === 422 || status >= 500;
        if (error instanceof ApiFault && isUnknown(error.status))
            return undefined;
        throw error;
    }
}
function superseded(reviewedSha) {
    return `comment: that of a newer commit, or of a later run, stays as it is; this run was about ${reviewedSha.slice(0, 12) || 'another commit'}.`;
}
/** The text of the comment, which remembers what was put on lines. */
function bodyOf(situation, posted) {
    const { request, reviewedSha, memory, diff } = situation;
    const { found, mode, now, writer } = request;
    const marker = markerLine(found.key, { head: reviewedSha, at: now, writer, posted });
    const note = mode === 'review' && diff === undefined ? notOnLines(situation) : '';
    const shown = { ...found, findings: found.findings.filter((finding) => !isSilenced(finding, memory)) };
    const text = findingsMarkdown(shown, {
        limit: post_findings_longestBody - external_node_buffer_.Buffer.byteLength(marker + note),
        restIn: 'the summary of the run',
        linkOf: linkOf(situation),
        putAway: found.findings.length - shown.findings.length,
        ...(diff !== undefined && {
            apart: { title: 'Outside the diff', isMeant: (finding) => !isOnDiff(finding, diff) },
        }),
    });
    return marker + text + note;
}
/** GitHub refuses a longer one: 65,536 characters. */
const post_findings_longestBody = 65_000;
function notOnLines({ checkedOut, head }) {
    if (checkedOut === head)
        return '<p>Not on lines: GitHub did not tell the lines of the diff.</p>\n';
    const what = checkedOut === undefined ? 'no commit' : `<code>${checkedOut.slice(0, 12)}</code>`;
    return `<p>Not on lines: ${what} was checked out, and the head of the pull request is <code>${head.slice(0, 12)}</code>.</p>\n`;
}
function isSilenced(finding, { silenced }) {
    return isKnown(knownFinding(finding), silenced);
}
function isOnDiff({ place }, diff) {
    return place?.line !== undefined && diff.get(place.path)?.has(place.line) === true;
}
/** More on lines look like spam, to people and to GitHub; the rest stays in the comment. */
const mostOnLines = 30;
/** Findings to put on lines: the gravest in the diff, but for what was refuted or posted before. */
function newFindings({ request, diff }, known) {
    if (diff === undefined)
        return [];
    const open = request.found.findings.filter((finding) => !finding.refuted && isOnDiff(finding, diff));
    // Cut first: what is left out now is not new in the next run.
    return open.slice(0, mostOnLines).filter((finding) => !isKnown(knownFinding(finding), known));
}
function linkOf({ request, head }) {
    const { serverUrl, repository } = request;
    return ({ path, line }) => `${serverUrl}/${repository}/blob/${head}/${path.split('/').map(encodeURIComponent).join('/')}${line === undefined ? '' : `#L${line}`}`;
}
/** Posts new findings on lines, unless another run did so while the comment was written. */
async function review(api, situation, { fresh, stickyUrl }) {
    const { request, number, head: commit } = situation;
    const { found, repository, writer } = request;
    const place = { repository, number };
    const { posted } = await readMemory(api, await readOwnThreads(api, place), found.key);
    const findings = fresh.filter((finding) => !isKnown(knownFinding(finding), posted));
    const common = { number, commit, key: found.key, found, linkOf: linkOf(situation), stickyUrl, writer };
    if (findings.length === 0)
        return;
    await postReview(api, { ...common, findings });
    await removeDoubles(api, await readOwnThreads(api, place), found.key);
}

;// CONCATENATED MODULE: ./build/frontends/action/findings-comment.js


/** Time limit of all calls together, waits for a rate limit included. */
const patienceMs = 120_000;
/** Posts the findings on the pull request, as `comment` says. A failure becomes an annotation and changes no verdict. */
async function commentOnFindings(tools) {
    if (tools.settings.delivery.comment === 'none')
        return { annotations: [] };
    const { url, level, message } = await post(tools, tools.settings.delivery.comment);
    return {
        ...(url !== undefined && { commentUrl: url }),
        annotations: level === undefined || message === undefined ? [] : [{ kind: level, message }],
    };
}
async function post({ outcome, settings, event, environment, interrupt }, mode) {
    const { findings: found } = outcome;
    const { githubToken: token, pullRequest } = settings.delivery;
    // The seconds after a cancel are for the outputs.
    if (interrupt.aborted || outcome.conclusion === 'skipped')
        return {};
    if (found === undefined)
        return { level: 'notice', message: 'comment: no process was asked for findings (json-schema: findings).' };
    if (token === undefined)
        return { level: 'warning', message: 'comment: there is no github-token.' };
    const { GITHUB_API_URL, GITHUB_SERVER_URL, GITHUB_RUN_ID = '', GITHUB_RUN_ATTEMPT = '' } = environment;
    return await postFindings({
        mode,
        found,
        event,
        token,
        ...(pullRequest !== undefined && { pullRequest }),
        repository: event.repository,
        apiUrl: GITHUB_API_URL || 'https://api.github.com',
        serverUrl: GITHUB_SERVER_URL || 'https://github.com',
        checkout: settings.checkout,
        writer: [GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, outcome.sessionId].join('-').slice(0, 200),
        now: Date.now(),
        stop: AbortSignal.any([interrupt, AbortSignal.timeout(patienceMs)]),
        wait: async (delayMs, stop) => void (await (0,promises_.setTimeout)(delayMs, undefined, { signal: stop })),
    });
}


/***/ }),

/***/ 3629:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ findingsKey)
/* harmony export */ });
/** Distinguishes the findings of a step from those of others: the option, else workflow, job, matrix and step. */
function findingsKey({ environment, matrix, given }) {
    if (given !== undefined)
        return given.trim();
    const { GITHUB_WORKFLOW = '', GITHUB_JOB = '', GITHUB_ACTION = '' } = environment;
    // Code scanning takes the part after the last slash for the id of a run, which changes each time.
    const parts = [
        GITHUB_WORKFLOW,
        GITHUB_JOB,
        ...(/^\s*(?:null|\{\})?\s*$/.test(matrix) ? [] : [matrix]),
        GITHUB_ACTION,
    ];
    return parts.map((part) => `${part.replaceAll('/', '-').replace(/\s+/g, ' ').trim()}/`).join('');
}


/***/ }),

/***/ 3677:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ startedSession),
/* harmony export */   y: () => (/* binding */ startSink)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/** A sink that reports the session as soon as there is one: the step may be killed at any time after. */
function startSink(onStart) {
    return {
        name: 'start of the session',
        handle: (event) => (event.type === 'session-started' ? onStart(event) : undefined),
    };
}
/** The part of the outputs that is known from the start of the session. */
function startedSession({ sessionId, directory }) {
    // It is made last, and after a failure nothing is kept.
    const isMade = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'outputs'));
    return { sessionId, ...(isMade && { directory }) };
}


/***/ }),

/***/ 8131:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ky: () => (/* binding */ leaveSession),
/* harmony export */   Qk: () => (/* binding */ settleDelivery),
/* harmony export */   oc: () => (/* binding */ ledgerKeyOf)
/* harmony export */ });
/* unused harmony export readState */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _record_session_id_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8108);


/**
 * Key of the ledger, which the runner gives to this step and to its end, and that we give to nobody: whoever has the token
 * that it is made of needs no `post` to upload what they like. Undefined where nothing can be uploaded.
 */
function ledgerKeyOf({ ACTIONS_RUNTIME_TOKEN: token }) {
    return token ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', token).update('claude-ensemble ledger').digest() : undefined;
}
/** Saves what `post` needs to deliver the session, should this step not get to it. All else `post` finds by itself. */
function leaveSession(files, { sessionId, ledgerDigest }) {
    files.saveState({ delivery: sessionId, ...(ledgerDigest !== undefined && { ledger: ledgerDigest }) });
}
/** Takes the delivery back from `post`: it was made, or tried for as long as is right. */
function settleDelivery(files) {
    files.saveState({ delivery: '' });
}
/** Reads the state, which a tool may have written: nothing in it can name a path. */
function readState({ STATE_delivery: sessionId, STATE_ledger: ledgerDigest }) {
    if (!sessionId)
        return { kind: 'none' };
    const isOurs = sessionIdPattern.test(sessionId) && /^[0-9a-f]{64}$|^$/.test(ledgerDigest ?? '');
    return isOurs ? { kind: 'left', session: { sessionId, ...(ledgerDigest && { ledgerDigest }) } } : { kind: 'forged' };
}


/***/ }),

/***/ 4085:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O2: () => (/* binding */ ArtifactClient),
/* harmony export */   Pb: () => (/* binding */ artifactProgram),
/* harmony export */   bF: () => (/* binding */ orderArtifact),
/* harmony export */   mA: () => (/* binding */ oneSafeLine)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
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


/** Variables that the client of GitHub's artifact service reads; above all no input, no token of ours and no file of commands. */
const programVariables = [
    ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'GITHUB_SERVER_URL', 'GITHUB_RETENTION_DAYS', 'RUNNER_TEMP'],
    ...['RUNNER_TRACKING_ID', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy'],
    ...['all_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'SystemRoot'],
];
/** Beside this bundle, since the library is loaded only where it is needed: it doubles the time to start. */
function artifactProgram() {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(import.meta.dirname, '..', 'artifact', 'index.js');
}
/** Has one order carried out by a child of its own; a failure without a message means that it was stopped. */
async function orderArtifact(order, { stop, ...child }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const client = __addDisposableResource(env_1, new ArtifactClient(child), false);
        return await client.order(order, stop);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
/** Carries out orders one after the other in a child, which can be killed; disposing of it ends the child. */
class ArtifactClient {
    environment;
    #program;
    #child;
    constructor({ program, environment }) {
        this.environment = environment;
        this.#program = program;
    }
    /** A failure without a message means that it was stopped. After any failure the next order gets a new child. */
    async order(order, stop) {
        const { environment } = this;
        const child = this.#child?.connected ? this.#child : startChild(order, { program: this.#program, environment });
        this.#child = child;
        const report = await reportOf({ child, order, stop });
        if (report.kind === 'failed')
            this[Symbol.dispose]();
        return report;
    }
    [Symbol.dispose]() {
        // After a stalled upload the client keeps its process alive forever. It has no children.
        this.#child?.kill('SIGKILL');
        this.#child = undefined;
    }
}
function startChild(order, { program, environment }) {
    return (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.fork)(program, {
        env: { ...variablesOf(environment), ...(order.kind !== 'upload' && usableProxies(environment)) },
        // Ours are not for the child: a debugger's port, for example, is taken.
        execArgv: [],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
}
function variablesOf(environment) {
    return Object.fromEntries(programVariables.flatMap((name) => {
        const value = environment[name];
        return value === undefined ? [] : [[name, value]];
    }));
}
/** `fetch` uses the proxies only with NODE_USE_ENV_PROXY, and then Node does not even start with one that is no URL. */
function usableProxies(environment) {
    const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map((name) => environment[name]);
    const isUsable = (proxy) => /^https?:$/.test(URL.parse(proxy)?.protocol ?? '');
    return proxies.every((proxy) => !proxy || isUsable(proxy)) ? { NODE_USE_ENV_PROXY: '1' } : {};
}
function reportOf({ child, order, stop }) {
    let stderrTail = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => {
        stderrTail = (stderrTail + text).slice(-4096);
    });
    return new Promise((resolve) => {
        const fail = (message) => resolve({ kind: 'failed', message });
        child.once('message', (report) => resolve(report));
        child.on('error', ({ message }) => fail(message));
        // Not `exit`: the end of its standard error may not have been read yet.
        child.once('close', (code, signal) => fail(errorIn(stderrTail) ?? `the artifact process ended with ${signal ?? code}`));
        // Without a message: the caller knows better why.
        if (stop.aborted)
            fail('');
        stop.addEventListener('abort', () => fail(''), { once: true });
        // If it cannot be sent, the child is gone, and the events above report that.
        child.send(order, () => undefined);
    });
}
/** The line with the error in what Node prints before it ends. */
function errorIn(output) {
    return output.split('\n').find((line) => /^\w*Error\b/.test(line));
}
/** The first line, without the signatures of URLs: with one, anyone may write to the blob. */
function oneSafeLine(message) {
    return message.replace(/\n.*/s, '').replaceAll(/\?\S+/g, '?***');
}


/***/ }),

/***/ 3652:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ restRunOf)
/* harmony export */ });
/* unused harmony export restArtifacts */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5586);


/** The run at GitHub's REST API; undefined without a token. */
function restRunOf(environment, token) {
    const { GITHUB_API_URL, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = environment;
    if (token === undefined || !repository || !runId)
        return undefined;
    return { apiUrl: GITHUB_API_URL || 'https://api.github.com', repository, runId, token };
}
const pageSize = 100;
/** A matrix of 256 jobs fills three pages in each attempt. */
const mostPages = 100;
const page = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    artifacts: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        id: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(),
        name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
        size_in_bytes: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().nullish(),
        expired: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY().nullish(),
        created_at: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullish(),
        digest: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullish(),
    })),
});
/** Lists the artifacts of every attempt of the run, through the REST API. */
function restArtifacts(run) {
    const repository = `${run.apiUrl.replace(/\/+$/, '')}/repos/${run.repository}`;
    const headers = {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${run.token}`,
        'user-agent': 'claude-ensemble',
        'x-github-api-version': '2022-11-28',
    };
    const get = (url) => fetchSteadily(url, { headers, redirect: 'manual' });
    return {
        async list(name) {
            const artifacts = [];
            const filter = name === undefined ? '' : `&name=${encodeURIComponent(name)}`;
            for (let number = 1; number <= mostPages; number += 1) {
                const url = `${repository}/actions/runs/${run.runId}/artifacts?per_page=${pageSize}&page=${number}${filter}`;
                const response = await get(url);
                if (response.status !== 200)
                    throw new Error(await listFault(response));
                const listed = page.parse(await readJson(response)).artifacts;
                artifacts.push(...listed.map(({ id, name: own, size_in_bytes: size, expired, created_at: at, digest }) => ({
                    name: own,
                    createdAt: Date.parse(at ?? '') || 0,
                    size: size ?? 0,
                    isExpired: expired === true,
                    ...(typeof digest === 'string' && { digest }),
                    signedUrl: async () => locationOf(await get(`${repository}/actions/artifacts/${id}/zip`), url),
                })));
                if (listed.length < pageSize)
                    break;
            }
            return artifacts;
        },
    };
}
async function listFault(response) {
    return `GitHub does not list the artifacts of this run (${await refusalOf(response)})${remedyFor(response)}`;
}
/** GitHub hides what a token may not see: a missing permission is a 403 or a 404. */
function remedyFor({ status, headers }) {
    if (status === 401)
        return '; the github-token is not valid, or no longer';
    if (headers.get('x-ratelimit-remaining') === '0')
        return '; the rate limit of the github-token is used up';
    return status === 403 || status === 404 ? '; give the job "permissions: actions: read"' : '';
}
/** The address to which GitHub refers for the archive; it is signed, and is not sent the token. */
async function locationOf(response, base) {
    const location = response.headers.get('location');
    if (response.status === 410)
        throw new Error('it has expired, or was deleted');
    if (response.status < 300 || response.status >= 400 || location === null)
        throw new Error(`GitHub does not hand it out (${await refusalOf(response)})${remedyFor(response)}`);
    await response.body?.cancel();
    return new URL(location, base).href;
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

/***/ 6305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ exitCodeOf),
/* harmony export */   Ot: () => (/* binding */ reasons),
/* harmony export */   x8: () => (/* binding */ failureCauses)
/* harmony export */ });
/** The reasons of each status but `succeeded`. Why one that ran failed is read from typed messages and exit status, never from model text. */
const reasons = {
    failed: [
        ...['exit-code', 'signal', 'spawn-error', 'no-result', 'empty-output', 'blocked-by-hook'],
        ...['claude-error', 'max-turns', 'budget', 'rate-limited', 'quota', 'overloaded', 'auth'],
        ...['invalid-request', 'prompt-too-long', 'schema-invalid', 'denied', 'invalid-items', 'internal-error'],
    ],
    'timed-out': ['timeout', 'idle-timeout'],
    cancelled: ['cancelled', 'deadline'],
    skipped: [
        ...['earlier-failure', 'earlier-success', 'needs', 'condition', 'max-items', 'not-run', 'auth', 'quota'],
        ...['budget', 'deadline', 'session-cancelled', 'missing-credentials', 'dry-run'],
    ],
};
/** Causes that share a reason, but call for different remedies. */
const failureCauses = ['safety-filter', 'answer-too-long'];
/** Exit code for scripts: 0 on success only, so that it may be tested alone. */
function exitCodeOf(ending, exit, signalNumber) {
    if (ending.status === 'succeeded')
        return 0;
    if (ending.status !== 'failed' || exit === undefined)
        return -1;
    if (exit.code !== null && exit.code > 0)
        return exit.code;
    return signalNumber === undefined ? -1 : 128 + signalNumber;
}


/***/ }),

/***/ 2170:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ SessionState)
/* harmony export */ });
/**
 * The state of a session after all its runs, folded from its events: the documents are functions of it. An event costs the same,
 * however many came before.
 */
class SessionState {
    /** The start of its last run. */
    started;
    /** ISO 8601: the start of its first run. */
    startedAt;
    /** The end of its last run; undefined while that lasts. */
    ended;
    /** The signal that interrupted its last run. */
    interruptedBy;
    /** Every process by its id, those of earlier runs ahead. */
    processes = new Map();
    /** Processes that were started and have not ended, by their ids. */
    running = new Map();
    /** Processes that were not started yet. */
    waiting = 0;
    /** Processes that have ended. */
    done = 0;
    /** Of `done`, the processes that failed, were cancelled or timed out, without `continue-on-error`. */
    failed = 0;
    /** Sums over the processes that were started and have ended. */
    ran = { count: 0, seconds: 0, costUsd: 0, unknownCosts: 0 };
    /** Why each process was tried again, by its id. */
    retries = new Map();
    /** Activities of each process that was started, by its id. */
    activities = new Map();
    /** Ids of the processes and groups that each process or group waits for, by its id; those that wait for none are absent. */
    needs = new Map();
    /** Roles of the processes that were asked for findings, or for a check of one, by their ids. */
    roles = new Map();
    #warnings = new Set();
    /** Each once, in the order in which they came: many processes may have the same cause to complain. */
    get warnings() {
        return [...this.#warnings];
    }
    /** Takes in a warning that came too late to be an event. */
    warn(message) {
        this.#warnings.add(message);
    }
    /** Takes in one event. */
    apply(event) {
        switch (event.type) {
            case 'session-started':
                this.#start(event);
                return;
            case 'session-interrupted':
                this.interruptedBy = event.signal;
                return;
            case 'notice':
                if (event.level === 'warning')
                    this.warn(event.message);
                return;
            case 'processes-added':
                this.#join(event);
                return;
            case 'process-started':
                this.#startProcess(event);
                return;
            case 'process-retrying':
                this.#retry(event);
                return;
            case 'process-phase':
                // What comes of a process that is being ended is no phase of its work.
                if (this.activities.get(event.processId)?.at(-1)?.kind !== 'stopping')
                    this.#begin(event, event.phase);
                return;
            case 'process-stopping':
                this.#begin(event, { kind: 'stopping' });
                return;
            case 'process-ended':
                this.#endProcess(event.result);
                return;
            case 'session-ended':
                this.ended = event;
                return;
            default:
        }
    }
    #start(event) {
        this.started = event;
        this.startedAt ??= event.at;
        this.ended = undefined;
        this.interruptedBy = undefined;
        this.#add(event.processes);
        for (const { id, needs } of event.groups ?? [])
            this.needs.set(id, needs);
    }
    #add(processes) {
        this.waiting += processes.length;
        for (const { processId: id, name, needs, answerKind, checkedFinding } of processes) {
            this.processes.set(id, { id, name, state: 'queued', attempts: 0 });
            if (answerKind !== undefined)
                this.roles.set(id, { answerKind, ...(checkedFinding !== undefined && { checkedFinding }) });
            if (needs !== undefined)
                this.needs.set(id, needs);
        }
    }
    #join({ into, processes }) {
        this.#add(processes);
        if (into === undefined)
            return;
        this.needs.set(into, [...(this.needs.get(into) ?? []), ...processes.map(({ processId }) => processId)]);
    }
    #begin({ processId, at }, activity) {
        const start = { ...activity, atMs: Date.parse(at) };
        const known = this.activities.get(processId);
        if (known === undefined)
            this.activities.set(processId, [start]);
        else
            known.push(start);
    }
    #startProcess(event) {
        const { processId, attempt, pid, at } = event;
        this.#begin(event, { kind: 'starting' });
        const { pid: _earlier, ...process } = this.#progressOf(processId);
        const next = { startedAt: at, ...process, state: 'running', attempts: attempt };
        this.processes.set(processId, { ...next, ...(pid !== undefined && { pid }) });
        if (!this.running.has(processId))
            this.waiting -= 1;
        this.running.set(processId, { processId, name: process.name });
    }
    #retry(event) {
        const { processId, reason } = event;
        this.#begin(event, { kind: 'retry' });
        this.processes.set(processId, { ...this.#progressOf(processId), state: 'queued' });
        const reasons = this.retries.get(processId);
        if (reasons === undefined)
            this.retries.set(processId, [reason]);
        else
            reasons.push(reason);
    }
    #endProcess(result) {
        const { processId, status, attempts, duration, costUsd, continueOnError } = result;
        this.processes.set(processId, { ...this.#progressOf(processId), ...endOf(result) });
        if (!this.running.delete(processId))
            this.waiting -= 1;
        this.done += 1;
        if (status !== 'succeeded' && status !== 'skipped' && continueOnError !== true)
            this.failed += 1;
        if (attempts === 0)
            return;
        this.ran.count += 1;
        this.ran.seconds += duration;
        this.ran.costUsd += costUsd ?? 0;
        if (costUsd === undefined)
            this.ran.unknownCosts += 1;
    }
    #progressOf(id) {
        return this.processes.get(id) ?? { id, name: id, state: 'queued', attempts: 0 };
    }
}
function endOf({ processId, name, attempts, status, reason, startedAt, endedAt }) {
    const facts = { ...(startedAt !== undefined && { startedAt }), ...(reason !== undefined && { reason }) };
    return { id: processId, name, state: 'ended', attempts, status, ...facts, endedAt };
}


/***/ }),

/***/ 7771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ toolSubject)
/* harmony export */ });
/** The object of a tool's use: the inputs of the CLI's tools hold a command, a path or a pattern, and more that is long. */
function toolSubject(input) {
    if (typeof input !== 'object' || input === null)
        return '';
    const { command, file_path, path, pattern, url, query, description } = input;
    const subject = [command, file_path, pattern, path, url, query, description].find((value) => typeof value === 'string');
    return typeof subject === 'string' ? subject : '';
}


/***/ }),

/***/ 9488:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ LineSplitter)
/* harmony export */ });
/* harmony import */ var _model_byte_buffer_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6637);
/* harmony import */ var _model_redactor_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6412);


/** Cuts a byte stream into lines. A character is never split: lines are decoded whole (docs/reliability.md, R10). */
class LineSplitter {
    #limit;
    #held = new _model_byte_buffer_js__WEBPACK_IMPORTED_MODULE_0__/* .ByteBuffer */ .$();
    /** Length of the line so far, also when it is too long to be held. */
    #length = 0;
    constructor(limit = _model_redactor_js__WEBPACK_IMPORTED_MODULE_1__/* .longestMessage */ .q) {
        this.#limit = limit;
    }
    /** The lines that these bytes complete. */
    push(bytes) {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
        const lines = [];
        let start = 0;
        for (let end = text.indexOf(10, start); end !== -1; end = text.indexOf(10, start)) {
            const isWhole = this.#length === 0 && end - start <= this.#limit;
            lines.push(isWhole ? { kind: 'line', text: text.toString('utf8', start, end) } : this.#complete(text.subarray(start, end)));
            start = end + 1;
        }
        this.#hold(text.subarray(start));
        return lines;
    }
    /** The last line, when it has no line feed. */
    end() {
        return this.#length === 0 ? [] : [this.#complete(new Uint8Array())];
    }
    #complete(rest) {
        const bytes = this.#length + rest.length;
        this.#length = 0;
        if (bytes > this.#limit) {
            this.#held.clear();
            return { kind: 'too-long', bytes };
        }
        this.#held.append(rest);
        const text = textOf(this.#held.bytes);
        this.#held.clear();
        return { kind: 'line', text };
    }
    /** Keeps a copy of the beginning of a line: the caller may use its buffer again. */
    #hold(part) {
        this.#length += part.length;
        if (this.#length > this.#limit)
            this.#held.clear();
        else
            this.#held.append(part);
    }
}
function textOf(bytes) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}


/***/ }),

/***/ 5914:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/** The real clock. */
const systemClock = {
    now: () => performance.now(),
    date: () => new Date(),
    after: afterDelay,
    random: Math.random,
};
/** A longer timer of Node's fires at once. */
const longestTimerMs = 2 ** 31 - 1;
function afterDelay(delayMs, callback, mode) {
    const isLast = delayMs <= longestTimerMs;
    let cancel = () => clearTimeout(timer);
    const goOn = () => {
        cancel = afterDelay(delayMs - longestTimerMs, callback, mode);
    };
    const timer = setTimeout(isLast ? callback : goOn, Math.min(delayMs, longestTimerMs));
    if (mode === 'background')
        timer.unref();
    return () => cancel();
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

/***/ 2007:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ eventLog),
/* harmony export */   s: () => (/* binding */ withoutPath)
/* harmony export */ });
/* harmony import */ var _model_session_files_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4896);

/**
 * `events.jsonl`: the record of the session, from which the other documents can be made again. One event a line, as
 * `event-schema.ts` describes it. `now` gives milliseconds by a clock that is never set.
 */
function eventLog(file, now) {
    const begunMs = now();
    let seq = 0;
    return {
        name: _model_session_files_js__WEBPACK_IMPORTED_MODULE_0__/* .sessionFiles */ .AG.events,
        handle(event) {
            const fact = factOf(event);
            if (fact === undefined)
                return undefined;
            seq += 1;
            const head = {
                ...(seq === 1 && { schemaVersion: _model_session_files_js__WEBPACK_IMPORTED_MODULE_0__/* .eventLogSchemaVersion */ .kN }),
                seq,
                t: Math.round(now() - begunMs),
                at: event.at,
            };
            return file.append(`${JSON.stringify({ ...head, ...fact })}\n`);
        },
        close: () => file.close(),
    };
}
function factOf(event) {
    switch (event.type) {
        case 'session-context':
        case 'process-prompt':
        case 'process-output':
        case 'process-message':
        case 'heartbeat':
            return undefined;
        case 'session-started': {
            const { at: _at, directory: _directory, executable, ...fact } = event;
            return { ...fact, executable: withoutPath(executable) };
        }
        case 'process-started': {
            const { at: _at, pid, ...fact } = event;
            return { ...fact, ...(pid !== undefined && { pid }) };
        }
        case 'process-ended': {
            const { logFile: _logFile, logIncomplete: _logIncomplete, ...result } = event.result;
            return { type: event.type, result };
        }
        case 'session-ended': {
            const { at: _at, results, ...fact } = event;
            return {
                ...fact,
                results: results.map(({ processId, logFile, logIncomplete }) => ({
                    processId,
                    ...(logFile !== undefined && { hasLog: true }),
                    ...(logIncomplete && { logIncomplete }),
                })),
            };
        }
        default: {
            const { at: _at, ...fact } = event;
            return fact;
        }
    }
}
/** Name and version of the executable, without its path: no path of this machine is logged. */
function withoutPath(executable) {
    return executable.replace(/ at (?:\/|[A-Za-z]:\\).*$/s, '');
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


/***/ }),

/***/ 9618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $d: () => (/* binding */ withWhy),
/* harmony export */   B1: () => (/* binding */ whatHappenedAndWhy),
/* harmony export */   C$: () => (/* binding */ deniedAdvice),
/* harmony export */   cp: () => (/* binding */ adviceFor),
/* harmony export */   ez: () => (/* binding */ whatHappened)
/* harmony export */ });
/* unused harmony export adviceTable */
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3387);

/** Advice for a process that ran, by its reason. */
const afterRun = {
    'exit-code': {
        what: 'ended with an error',
        next: 'Read the end of its log: what went wrong stands there.',
    },
    signal: {
        what: 'killed from outside',
        next: 'The machine probably ran out of memory: lower `max-workers`, or take a larger runner.',
    },
    'spawn-error': {
        what: 'could not be started',
        next: 'Check that Claude Code is installed and may be run, and that the machine has memory and processes left.',
    },
    'no-result': {
        what: 'ended without a result',
        next: 'Read the end of its log. If it happens again, pin another version with `claude-version`.',
    },
    'empty-output': {
        what: 'gave no answer',
        next: 'Read its log, and have the prompt ask for an answer in words.',
    },
    'blocked-by-hook': {
        what: 'stopped by a hook',
        next: 'Look at the hooks in the settings of the project: one of them refused.',
    },
    'claude-error': {
        what: 'stopped by an error of Claude Code or its service',
        next: 'Run it again, or raise `retries`. See status.claude.com when it goes on.',
    },
    'max-turns': {
        what: 'used up its turns',
        next: 'Raise `max-turns`, or ask for less in one prompt.',
    },
    budget: {
        what: 'ran out of money',
        next: 'Raise `max-process-budget-usd` or `max-budget-usd`, or ask for less.',
    },
    'rate-limited': {
        what: 'kept hitting the rate limit',
        next: 'Lower `max-workers`, or raise `retries`.',
    },
    quota: {
        what: 'reached the usage limit of the account',
        next: 'Start again when the limit resets, with `resume-from` to keep what is done.',
    },
    overloaded: {
        what: 'kept finding the service overloaded',
        next: 'Start again later, raise `retries`, or set a `fallback-model`.',
    },
    auth: {
        what: 'stopped, since the key or its account was refused',
        next: 'Check the key or the login: it may be missing, wrong, expired, without credit or not allowed to use this model.',
    },
    'invalid-request': {
        what: 'request refused by the service',
        next: 'Check `model` and the options that the message names. Trying again does not help.',
    },
    'prompt-too-long': {
        what: 'given more than the model can read',
        next: 'Shorten the prompt and its context, or split it into several processes.',
    },
    'schema-invalid': {
        what: 'gave no answer that fits the schema',
        next: 'Simplify `json-schema`, or say in the prompt what each field is for.',
    },
    denied: {
        what: 'not allowed to use a tool',
        next: 'Allow what it needs with `allowed-tools`, or set `on-denied` to `warn`.',
    },
    'internal-error': {
        what: 'ended by an internal error of Claude Ensemble',
        next: 'Please report it, with the logs of the session.',
    },
    timeout: {
        what: 'timed out',
        next: 'Raise `timeout`, or bound the command that it runs.',
    },
    'idle-timeout': {
        what: 'timed out without a sign of life',
        next: 'Raise `idle-timeout`, or have its commands print what they do.',
    },
    'invalid-items': {
        what: 'had no list to work on',
        next: 'Check the path that `for-each` names, and the `json-schema` of the process that writes the list.',
    },
    cancelled: {
        what: 'cancelled',
        next: 'Start again, with `resume-from` to keep what is done.',
    },
    deadline: {
        what: 'cancelled, since the time of the session was over',
        next: 'Raise `total-timeout` or `max-workers`, or give it less to do.',
    },
};
/** Advice for a process that was never started, by its reason. */
const beforeRun = {
    'earlier-failure': {
        what: 'not started, since another one had failed',
        next: 'See that one first; `stop-on-failure: false` starts the others all the same.',
    },
    'earlier-success': { what: 'not needed, since another one had succeeded', next: '' },
    needs: {
        what: 'not started, since something that it needs did not succeed',
        next: 'See that one first; `when: always` starts it all the same, unless it continues its conversation.',
    },
    condition: { what: 'not needed, since its condition did not hold', next: '' },
    'max-items': {
        what: 'not started, since the list is longer than allowed',
        next: 'Raise `max-items` or `max-prompts`, or ask for a shorter list.',
    },
    'not-run': {
        what: 'not run, since its shard is missing',
        next: 'See what became of the job of that shard: "Re-run failed jobs" runs it and the merge again.',
    },
    auth: { what: 'not started, since the key had been refused', next: afterRun.auth.next },
    quota: { what: 'not started, since the usage limit of the account was reached', next: afterRun.quota.next },
    budget: {
        // Also where some is left that does not cover the ceiling of the process.
        what: 'not started, since too little money was left',
        next: 'Raise `max-budget-usd`, lower `max-process-budget-usd`, or give the session less to do.',
    },
    deadline: { what: 'not started, since the time of the session was over', next: afterRun.deadline.next },
    'session-cancelled': { what: 'not started, since the session was cancelled', next: afterRun.cancelled.next },
    'missing-credentials': {
        what: 'not started, since this event has no access to secrets',
        next: 'Nothing is wrong: pull requests from forks and by Dependabot get no secrets.',
    },
    'dry-run': { what: 'not started, since this is a dry run', next: 'Leave `dry-run` out to run it.' },
};
/** Advice on a denied tool. */
const deniedAdvice = 'Allow what is needed with `allowed-tools`, or set `on-denied` to `fail` or `ignore`.';
/** Advice where the reason alone does not tell the next step. */
const finer = [
    {
        reason: 'claude-error',
        applies: ({ cause }) => cause === 'safety-filter',
        what: 'refused by the safety filter of the model',
        next: 'Reword the prompt or its context, or set another `model`. Trying again seldom helps.',
    },
    {
        reason: 'claude-error',
        applies: ({ cause }) => cause === 'answer-too-long',
        what: 'began an answer that is too long for the model',
        next: 'Ask for a shorter answer, or split the prompt into several processes.',
    },
    {
        reason: 'timeout',
        applies: ({ message }) => !continuesSentence(message),
        what: 'timed out while no tool ran',
        next: 'Raise `timeout`, or ask for less. The end of its log says what it had done.',
    },
];
/** Every way to end without success with its advice, those of a process that ran ahead. */
const adviceTable = [
    ...Object.entries(afterRun).flatMap((row) => [
        row,
        ...finer.filter(({ reason }) => reason === row[0]).map((advice) => [row[0], advice]),
    ]),
    ...Object.entries(beforeRun),
];
/** The advice for a result; undefined where it succeeded. */
function adviceFor(result) {
    const { status, reason } = result;
    if (reason === undefined)
        return undefined;
    const found = finer.find((advice) => advice.reason === reason && advice.applies(result));
    if (found !== undefined)
        return found;
    const table = status === 'skipped' ? beforeRun : afterRun;
    return table[reason];
}
/** The ending of a process as text, without its own message: `timed out after 20 min in attempt 2`. */
function whatHappened(result) {
    const { status, attempts, resumedFrom } = result;
    if (resumedFrom !== undefined)
        return 'taken from an earlier session';
    if (status === 'timed-out')
        return timedOutText(result);
    const what = adviceFor(result)?.what ?? 'succeeded';
    return attempts > 1 ? `${what} in ${attempts} attempts` : what;
}
/** The limit, not the time that it took, which holds other attempts and the end of what did not end when asked to. */
function timedOutText({ reason, attempts, duration, timedOutAfter = duration }) {
    const silence = reason === 'idle-timeout' ? ' of silence' : '';
    const attempt = attempts > 1 ? ` in attempt ${attempts}` : '';
    return `timed out after ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .durationText */ .S5)(timedOutAfter)}${silence}${attempt}`;
}
/** The ending of a process with its own message: `timed out after 20 min while Bash ran: make`. */
function whatHappenedAndWhy(result) {
    return withWhy(whatHappened(result), result.status === 'succeeded' ? undefined : result.message);
}
/** Joins a description and a message: `while ...` continues the sentence, all else follows a colon. */
function withWhy(what, why) {
    if (why === undefined || why === '')
        return what;
    return `${what}${continuesSentence(why) ? ' ' : ': '}${why}`;
}
/** Whether a message says what was under way: `while Bash ran: make`. */
function continuesSentence(message = '') {
    return message.startsWith('while ');
}


/***/ }),

/***/ 250:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ answerBlocks),
  n: () => (/* binding */ answerHeadline)
});

// EXTERNAL MODULE: ./build/findings/parse.js
var parse = __webpack_require__(2916);
// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
// EXTERNAL MODULE: ./build/text/plain-text.js
var plain_text = __webpack_require__(7012);
// EXTERNAL MODULE: ./build/text/markdown/parse.js
var markdown_parse = __webpack_require__(401);
// EXTERNAL MODULE: ./build/text/markdown/tree.js
var tree = __webpack_require__(8292);
;// CONCATENATED MODULE: ./build/text/markdown/headline.js



/** In UTF-16 units: how much of a text is searched for its headline. */
const longestBeginning = 4_000;
/** A first sentence that is shorter than this, such as "Done.", is followed by the next one. */
const leastWords = 30;
/**
 * The headline of a text: one plain line of at most `longest` characters: whole sentences of its first paragraph or item as
 * far as they have room. A heading, a table or code is taken only where there is no prose. Empty when the text is.
 */
function headlineOf(markdown, longest) {
    const blocks = (0,markdown_parse/* parseMarkdown */.D)(markdown.slice(0, longestBeginning));
    const lines = [...proseOf(blocks), ...headingsOf(blocks)].map((line) => line.trim()).filter((line) => line !== '');
    const [first = markdown.slice(0, longestBeginning)] = lines;
    return (0,plain_text/* oneLine */.TN)(sentences(first, longest), longest);
}
function* proseOf(blocks) {
    for (const block of blocks) {
        if (block.kind === 'paragraph')
            yield (0,tree/* textOf */.b)(block.content);
        if (block.kind === 'quote')
            yield* proseOf(block.blocks);
        if (block.kind === 'list')
            for (const item of block.items)
                yield* proseOf(item);
    }
}
function headingsOf(blocks) {
    return blocks.flatMap((block) => {
        if (block.kind === 'heading')
            return [(0,tree/* textOf */.b)(block.content)];
        if (block.kind === 'table')
            return [block.head.map(tree/* textOf */.b).join(', ')];
        return block.kind === 'code' ? [block.text] : [];
    });
}
/** The first sentences that have room together; the colon before a list that is not shown goes. */
function sentences(paragraph, longest) {
    let headline = '';
    for (const sentence of paragraph.split(/(?<=[.!?:])\s+/u)) {
        const more = headline === '' ? sentence : `${headline} ${sentence}`;
        if (headline.length >= leastWords && more.length > longest)
            break;
        headline = more;
        if (headline.length > longest)
            break;
    }
    return headline.replace(/:$/u, '');
}

;// CONCATENATED MODULE: ./build/reports/answer-blocks.js





/** An answer as a document: a structured one is JSON, in which Markdown would see signs of its own. */
function answerBlocks({ output, structuredOutput, }) {
    if (structuredOutput === undefined)
        return (0,markdown_parse/* parseMarkdown */.D)(output);
    return [{ kind: 'code', text: (0,plain_text/* plainText */.wh)(indented(output)) }];
}
/** The headline of an answer: of a review the number of its findings, of a check its verdict and the reason. */
function answerHeadline({ output, structuredOutput, answerKind }, longest) {
    const found = answerKind === 'findings' ? (0,parse/* readFindings */.R)(structuredOutput) : undefined;
    if (found?.isAnswer)
        return found.findings.length === 0 ? 'no findings' : (0,format/* plural */.LS)(found.findings.length, 'finding', 'findings');
    const check = answerKind === 'finding-check' ? (0,parse/* readFindingCheck */.s)(structuredOutput) : undefined;
    return headlineOf(check === undefined ? output : `${check.verdict.toLowerCase()}: ${check.reason}`, longest);
}
/** JSON for reading; what was cut in the middle stays as it is. */
function indented(json) {
    try {
        return JSON.stringify(JSON.parse(json), undefined, 2);
    }
    catch {
        return json;
    }
}


/***/ }),

/***/ 1279:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AG: () => (/* binding */ isClean),
/* harmony export */   EL: () => (/* binding */ outcomeText),
/* harmony export */   L9: () => (/* binding */ concernsOf),
/* harmony export */   Mc: () => (/* binding */ concernsTitle),
/* harmony export */   e_: () => (/* binding */ needsAttention)
/* harmony export */ });
/* harmony import */ var _findings_session_findings_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5817);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3387);
/* harmony import */ var _text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7012);
/* harmony import */ var _advice_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9618);




/** Why a process that was not started is no loss. */
const notNeeded = new Set(['earlier-success', 'condition']);
/** Why a process is not started as it was meant to be. */
const intended = new Set([...notNeeded, 'dry-run', 'missing-credentials']);
/** Whether a process that did not succeed needs attention. */
function needsAttention({ status, reason }) {
    return status !== 'succeeded' && !intended.has(reason);
}
/** Whether a process did not succeed, and that was to be no loss. */
function isContinuedOn({ status, reason, continueOnError }) {
    return continueOnError === true && status !== 'succeeded' && !notNeeded.has(reason);
}
/** Whether a process succeeded without anything that needs attention. */
function isClean(result) {
    return result.permissionDenials.length === 0 && result.mcpFaults === undefined && !(0,_findings_session_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .isMisread */ .Q)(result);
}
/** Numbers of processes by outcome, in words: `6 of 9 done, 1 not, 1 allowed to fail, 1 not needed`. */
function doneText(results) {
    const done = results.filter(({ status }) => status === 'succeeded').length;
    const notNeededCount = results.filter(({ reason }) => notNeeded.has(reason)).length;
    const continuedOn = results.filter(isContinuedOn).length;
    const missing = results.length - done - notNeededCount - continuedOn;
    return [
        `${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .countText */ .lT)(done)} of ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .countText */ .lT)(results.length)} done`,
        ...(missing === 0 ? [] : [`${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .countText */ .lT)(missing)} not`]),
        ...(continuedOn === 0 ? [] : [`${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .countText */ .lT)(continuedOn)} allowed to fail`]),
        ...(notNeededCount === 0 ? [] : [`${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .countText */ .lT)(notNeededCount)} not needed`]),
    ].join(', ');
}
/** What came of a session in words: the numbers, or that nothing was to be started. */
function outcomeText({ conclusion, results }) {
    if (conclusion !== 'skipped')
        return doneText(results);
    return results[0]?.reason === 'dry-run' ? 'dry run' : 'skipped';
}
/** Heading of the concerns: a fallback that succeeded lists there what it tried before. */
function concernsTitle({ started, ended }) {
    return ended?.conclusion === 'success' && started?.pattern === 'fallback' ? 'Tried before' : 'Needs attention';
}
const longestMessage = 300;
/** Messages that are shown of one cause. */
const mostMessages = 3;
/**
 * Concerns of a session, one for each cause: failures, then processes that were not started, then successes with denied tools or
 * missing servers. A process that was not meant to run is not a concern.
 */
function concernsOf(results) {
    const ranFirst = results
        .filter(needsAttention)
        .toSorted((one, other) => Number(one.status === 'skipped') - Number(other.status === 'skipped'));
    const causeOf = (result) => {
        const { what, next } = (0,_advice_js__WEBPACK_IMPORTED_MODULE_3__/* .adviceFor */ .cp)(result) ?? {};
        return [result.status, result.reason, isContinuedOn(result), what, next].join();
    };
    const byCause = [...Map.groupBy(ranFirst, causeOf).values()];
    return [...byCause.map(unfinished), ...deniedTools(results), ...missingServers(results), ...misread(results)];
}
function unfinished(group) {
    const [first] = group;
    const advice = (0,_advice_js__WEBPACK_IMPORTED_MODULE_3__/* .adviceFor */ .cp)(first);
    const happened = group.length === 1 ? (0,_advice_js__WEBPACK_IMPORTED_MODULE_3__/* .whatHappened */ .ez)(first) : (advice?.what ?? '');
    const what = isContinuedOn(first) ? `${happened}, which continue-on-error allows` : happened;
    const messages = group.flatMap(({ message }) => message ?? []);
    return {
        kind: first.status === 'succeeded' ? 'failed' : first.status,
        what,
        whole: withMessages(what, messages, group.length),
        next: advice?.next ?? '',
        ...(isContinuedOn(first) && { isContinuedOn: true }),
        ...whoseOf(group),
    };
}
/** Concerns about denied tools, one for each set of tools. */
function deniedTools(results) {
    // A process that failed for it is among the failures.
    const denied = results.filter(({ permissionDenials, reason }) => permissionDenials.length > 0 && reason !== 'denied');
    const toolsOf = ({ permissionDenials }) => permissionDenials.map(({ toolName }) => toolName);
    return [...Map.groupBy(denied, (result) => [...new Set(toolsOf(result))].toSorted().join())].map(([, group]) => ({
        kind: 'denied',
        what: 'tools denied',
        whole: withMessages('tools denied', [(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(group.flatMap(toolsOf))]),
        next: _advice_js__WEBPACK_IMPORTED_MODULE_3__/* .deniedAdvice */ .C$,
        ...whoseOf(group),
    }));
}
function missingServers(results) {
    const faulty = results.filter(({ mcpFaults }) => mcpFaults !== undefined);
    if (faulty.length === 0)
        return [];
    const faults = faulty.flatMap(({ mcpFaults = [] }) => mcpFaults.map(({ name, status }) => `${name} (${status})`));
    const next = 'Check `mcp-config`, and read the log for what the server said.';
    return [
        {
            kind: 'servers',
            what: 'MCP servers missing',
            whole: withMessages('MCP servers missing', faults),
            next,
            ...whoseOf(faulty),
        },
    ];
}
/** They succeeded, but what they found is unknown: a plain program, for example, is held to no schema. */
function misread(results) {
    const group = results.filter(_findings_session_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .isMisread */ .Q);
    if (group.length === 0)
        return [];
    const what = 'answered otherwise than json-schema asks';
    const next = 'What they found is not known. Let `claude-path` be the Claude CLI, which holds answers to `json-schema`.';
    return [{ kind: 'no-findings', what, whole: what, next, ...whoseOf(group) }];
}
/** The number of processes that have a message, where not all of `count` have one. */
function withMessages(what, messages, count = messages.length) {
    const each = [...new Set(messages)].map((text) => (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(text, longestMessage).replace(/[.;]$/u, ''));
    const rest = each.length - mostMessages;
    const why = [...each.slice(0, mostMessages), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
    return (0,_advice_js__WEBPACK_IMPORTED_MODULE_3__/* .withWhy */ .$d)(messages.length > 0 && messages.length < count ? `${what}, ${messages.length} of them` : what, why);
}
function whoseOf(results) {
    return {
        names: results.map(({ name }) => (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(name, longestMessage)),
        processIds: results.map(({ processId }) => processId),
    };
}


/***/ }),

/***/ 259:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IC: () => (/* binding */ stopText),
/* harmony export */   T5: () => (/* binding */ endedLine),
/* harmony export */   Ye: () => (/* binding */ retryLogText),
/* harmony export */   xI: () => (/* binding */ ConsoleLines)
/* harmony export */ });
/* unused harmony export endedParts */
/* harmony import */ var _record_event_log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2007);
/* harmony import */ var _text_causes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8464);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3387);
/* harmony import */ var _text_plain_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7012);
/* harmony import */ var _advice_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9618);
/* harmony import */ var _answer_blocks_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(250);
/* harmony import */ var _concerns_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1279);
/* harmony import */ var _money_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9620);








const [longestName, longestHeadline, longestReason] = [120, 90, 160];
/** Turns events of one session into lines; undefined for an event that is not worth one. */
class ConsoleLines {
    #state;
    /** The latest line about the usage limit, by process. */
    #limits = new Map();
    /** `state` has applied an event before its line is asked for. */
    constructor(state) {
        this.#state = state;
    }
    of(event) {
        switch (event.type) {
            case 'session-started':
                return { text: startLine(event), style: 'dim' };
            case 'processes-added':
                return event.processes.length === 0
                    ? undefined
                    : { text: `added: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .someOf */ .yU)(event.processes.map(({ name }) => name))}` };
            case 'notice': {
                const who = event.processId === undefined ? '' : this.#about(event.processId);
                const isWarning = event.level === 'warning';
                return {
                    text: `${who}${isWarning ? 'warning: ' : ''}${event.message}`,
                    ...(isWarning && { style: 'yellow' }),
                };
            }
            case 'process-started': {
                const attempt = event.attempt === 1 ? '' : `, attempt ${event.attempt}`;
                return { text: `· ${this.#about(event.processId)}started${attempt}` };
            }
            case 'process-message':
                return this.#messageLine(event);
            case 'process-stopping':
                return { text: `… ${this.#about(event.processId)}${stopText(event)}`, style: 'yellow' };
            case 'process-retrying':
                return { text: `↻ ${this.#about(event.processId)}${retryText(event)}`, style: 'yellow' };
            case 'session-interrupted':
                return { text: `${(0,_text_causes_js__WEBPACK_IMPORTED_MODULE_1__/* .interruptionText */ .xu)(event.signal)}: nothing new starts, what runs is ended`, style: 'yellow' };
            default:
                return undefined;
        }
    }
    #about(processId) {
        return `${(0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(this.#state.processes.get(processId)?.name ?? processId, longestName)}: `;
    }
    #messageLine({ processId, entry }) {
        const text = newsOf(entry);
        // The CLI says how its limit stands ahead of each answer.
        if (entry.kind === 'usage-limit' && text === this.#limits.get(processId))
            return undefined;
        if (entry.kind === 'usage-limit')
            this.#limits.set(processId, text);
        return text === undefined ? undefined : { text: `! ${this.#about(processId)}${text}`, style: 'yellow' };
    }
}
function startLine({ title, processes, policy, pattern, executable, trust, offline, }) {
    const { length } = processes;
    const workers = policy === undefined || length < 2 || pattern === 'sequential' || pattern === 'fallback' ? 1 : policy.maxWorkers;
    const facts = [
        `${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .countText */ .lT)(length)} ${length === 1 ? 'process' : `processes, ${pattern}`}${workers === 1 ? '' : `, ${workers} at once`}`,
        // The path of the program is in session.log; here it would take a whole line.
        (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)((0,_record_event_log_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutPath */ .s)(executable), longestReason),
        `${trust.level} (${trust.why})`,
        ...(offline ? ['offline: a stand-in answers, no model'] : []),
    ];
    return `${(0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(title ?? 'Claude Ensemble', longestName)}: ${facts.join(' · ')}`;
}
/** The part of a line about a process that is being ended or killed, with the cause. */
function stopText({ cause, signal }) {
    return `is being ${signal === 'SIGKILL' ? 'killed' : 'ended'}: ${stopCauses[cause]}`;
}
const stopCauses = {
    timeout: 'it took too long',
    'idle-timeout': 'it was silent for too long',
    cancelled: 'the session is cancelled',
    deadline: 'the time of the session is over',
    'hang-after-result': 'it did not exit after its result, which stands',
    'internal-error': 'an error of Claude Ensemble',
};
/** An attempt that failed and is made again, as both logs tell it. */
function retryLogText(event) {
    const { attempt, message, delayMs } = event;
    const why = message === undefined ? '' : `: ${message}`;
    return `attempt ${attempt} failed${(0,_text_causes_js__WEBPACK_IMPORTED_MODULE_1__/* .inBrackets */ .Te)([event])}, next in ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .durationText */ .S5)(delayMs / 1000)}${why}`;
}
function retryText({ attempt, reason, message, delayMs }) {
    const why = message ?? (0,_advice_js__WEBPACK_IMPORTED_MODULE_4__/* .adviceFor */ .cp)({ status: 'failed', reason })?.what ?? '';
    return `attempt ${attempt} failed: ${why.replace(/[.…]$/u, '')}. Attempt ${attempt + 1} in ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .durationText */ .S5)(delayMs / 1000)}`;
}
/** The messages of a conversation that are printed as they come. */
function newsOf(entry) {
    switch (entry.kind) {
        case 'prompt-refused':
            return `a hook refused the prompt: ${(0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(entry.reason, longestReason)}`;
        case 'permission-denied':
            return `${entry.toolName} was denied`;
        case 'api-retry':
            return (0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .apiRetryText */ .CE)(entry);
        case 'usage-limit':
            return (0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .usageLimitText */ .M1)(entry);
        case 'model-fallback':
            return `falls back from ${entry.from} to ${entry.to}`;
        default:
            return undefined;
    }
}
/** How a process ended, by the parts of a line. */
function endedParts(result) {
    const { status, attempts, duration, costUsd, offline, resumedFrom } = result;
    const isGood = status === 'succeeded';
    return {
        name: (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(result.name, longestName),
        what: resumedFrom === undefined ? (0,_advice_js__WEBPACK_IMPORTED_MODULE_4__/* .whatHappenedAndWhy */ .B1)(result) : (0,_text_causes_js__WEBPACK_IMPORTED_MODULE_1__/* .endingText */ .pG)(result),
        took: attempts === 0 ? '' : (0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .durationText */ .S5)(duration),
        // The end says whose cost is unknown.
        money: costUsd === undefined || offline === true ? '' : (0,_money_js__WEBPACK_IMPORTED_MODULE_7__/* .processMoney */ .qH)(result),
        headline: isGood ? (0,_answer_blocks_js__WEBPACK_IMPORTED_MODULE_5__/* .answerHeadline */ .n)(result, longestHeadline) : '',
        ...looks[isGood && !(0,_concerns_js__WEBPACK_IMPORTED_MODULE_6__/* .isClean */ .AG)(result) ? 'warned' : status],
    };
}
const looks = {
    succeeded: { mark: '✓', style: 'green' },
    warned: { mark: '!', style: 'yellow' },
    failed: { mark: '✗', style: 'red' },
    'timed-out': { mark: '✗', style: 'red' },
    cancelled: { mark: '✗', style: 'red' },
    skipped: { mark: '-', style: 'dim' },
};
/** The ending of a process as one line: `✓ Naming: succeeded after 1.4 s · 2¢ · The naming is consistent`. */
function endedLine(result) {
    const { mark, name, what, took, money, headline, style } = endedParts(result);
    const isGood = result.status === 'succeeded';
    const after = isGood && took !== '' ? ` after ${took}` : '';
    const facts = [isGood ? '' : took, money, headline].filter((text) => text !== '');
    return { text: [`${mark} ${name}: ${what}${after}`, ...facts].join(' · '), style };
}


/***/ }),

/***/ 5346:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  J: () => (/* binding */ consoleSink)
});

// EXTERNAL MODULE: ./build/model/session-state.js
var session_state = __webpack_require__(2170);
// EXTERNAL MODULE: ./build/text/plain-text.js
var plain_text = __webpack_require__(7012);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./build/model/tool-subject.js
var tool_subject = __webpack_require__(7771);
// EXTERNAL MODULE: ./build/text/cut-text.js
var cut_text = __webpack_require__(2992);
// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
;// CONCATENATED MODULE: ./build/reports/activity-log.js





const longestLine = 200;
/** What a process did, one line each: the last few, since its log has all. */
class ActivityLog {
    #most;
    #lines = [];
    #leftOut = 0;
    constructor(most) {
        this.#most = most;
    }
    take(event) {
        const line = lineOf(event);
        if (line === undefined)
            return;
        // A copy: V8 would keep the whole text alive for the sake of its beginning.
        this.#lines.push(external_node_buffer_.Buffer.from((0,plain_text/* oneLine */.TN)(line, longestLine)).toString());
        // In one go, not line by line.
        if (this.#lines.length > 2 * this.#most)
            this.#drop(this.#lines.length - this.#most);
    }
    /** Whether the last line is what the model said: it is the answer then. */
    endsWithWords() {
        return this.#lines.at(-1)?.startsWith(`${speaker({})}: `) === true;
    }
    /** The last lines, and how many stand before them; without the last one where it says no more than these words. */
    lines(most = this.#most, words) {
        const isSaid = words !== undefined && this.#lines.at(-1) === (0,plain_text/* oneLine */.TN)(`${speaker({})}: ${words}`, longestLine);
        const lines = isSaid ? this.#lines.slice(0, -1) : this.#lines;
        const shown = lines.slice(-most);
        const before = this.#leftOut + lines.length - shown.length;
        return before === 0 ? shown : [`(${before} before)`, ...shown];
    }
    #drop(count) {
        this.#lines = this.#lines.slice(count);
        this.#leftOut += count;
    }
}
function lineOf(event) {
    switch (event.type) {
        case 'process-started':
            return event.attempt === 1 ? undefined : `attempt ${event.attempt}`;
        case 'process-message':
            return messageLine(event.entry);
        case 'process-stopping':
            return event.signal === 'SIGKILL' ? 'killed by us' : 'ended by us';
        case 'process-retrying':
            return `attempt ${event.attempt} failed${event.message === undefined ? '' : `: ${event.message}`}`;
        default:
            return undefined;
    }
}
function messageLine(entry) {
    switch (entry.kind) {
        case 'text':
            return beginningOf(entry.text).trim() === '' ? undefined : `${speaker(entry)}: ${beginningOf(entry.text)}`;
        case 'tool-use':
            return `${entry.name}  ${(0,tool_subject/* toolSubject */.p)(entry.input)}`;
        case 'tool-result':
            return entry.isError ? `  error: ${beginningOf(entry.text)}` : undefined;
        case 'permission-denied':
            return `  denied: ${entry.toolName}`;
        case 'api-retry':
            return (0,format/* apiRetryText */.CE)(entry);
        default:
            return undefined;
    }
}
/** Enough for a line, even when most of it is removed; the rest of a long text is not read. */
function beginningOf(text) {
    return (0,cut_text/* firstUnits */.UV)(text, 10 * longestLine);
}
function speaker({ subagentOf }) {
    return subagentOf === undefined ? 'Claude' : 'a sub-agent';
}

// EXTERNAL MODULE: ./node_modules/string-width/index.js + 6 modules
var string_width = __webpack_require__(4668);
;// CONCATENATED MODULE: ./build/text/markdown/terminal-wrap.js

const codes = {
    bold: [1, 22],
    dim: [2, 22],
    italic: [3, 23],
    underline: [4, 24],
    strike: [9, 29],
    cyan: [36, 39],
};
/** Text in a style, or as it is where there are no colours. */
function paint(text, style, colors) {
    if (!colors || style.length === 0 || text === '')
        return text;
    const on = style.map((name) => `\x1b[${codes[name][0]}m`);
    const off = style.map((name) => `\x1b[${codes[name][1]}m`);
    return on.join('') + text + off.join('');
}
/** Inline content as lines of at most so many columns; only a word that is longer than a line is longer. */
function wrapped(content, { width, colors, style = [] }) {
    const lines = [];
    let line = [];
    let used = 0;
    for (const word of wordsOf(content, style)) {
        const isFull = word !== 'break' && used > 0 && used + 1 + word.width > width;
        if (word === 'break' || isFull) {
            lines.push(line);
            [line, used] = [[], 0];
        }
        if (word === 'break')
            continue;
        if (used > 0)
            append(line, { text: ' ', style: sharedStyle(line.at(-1), word.pieces[0]) });
        for (const piece of word.pieces)
            append(line, piece);
        used += (used > 0 ? 1 : 0) + word.width;
    }
    return [...lines, line].map((pieces) => pieces.map((piece) => paint(piece.text, piece.style, colors)).join(''));
}
/** The blank between two words looks like both. */
function sharedStyle(before, after) {
    return before?.style.filter((name) => after?.style.includes(name)) ?? [];
}
/** Pieces of one look become one, so that a line has few sequences. */
function append(line, piece) {
    const last = line.at(-1);
    if (last !== undefined && last.style.join() === piece.style.join())
        line[line.length - 1] = { text: last.text + piece.text, style: last.style };
    else
        line.push(piece);
}
function wordsOf(content, style) {
    const words = [];
    let pieces = [];
    const end = () => {
        if (pieces.length > 0)
            words.push({ pieces, width: pieces.reduce((sum, { text }) => sum + (0,string_width/* default */.A)(text), 0) });
        pieces = [];
    };
    for (const piece of piecesOf(content, style)) {
        if (piece === 'break') {
            end();
            words.push('break');
            continue;
        }
        for (const [index, text] of piece.text.split(/\s+/u).entries()) {
            if (index > 0)
                end();
            if (text !== '')
                pieces.push({ text, style: piece.style });
        }
    }
    end();
    return words;
}
function piecesOf(content, style) {
    return content.flatMap((inline) => {
        switch (inline.kind) {
            case 'text':
                return [{ text: inline.text, style }];
            case 'code':
                return [{ text: inline.text, style: [...style, 'cyan'] }];
            case 'break':
                return ['break'];
            case 'strong':
                return piecesOf(inline.content, withStyle(style, 'bold'));
            case 'emphasis':
                return piecesOf(inline.content, withStyle(style, 'italic'));
            case 'strike':
                return piecesOf(inline.content, withStyle(style, 'strike'));
            default:
                return inline;
        }
    });
}
function withStyle(style, name) {
    return style.includes(name) ? style : [...style, name];
}

// EXTERNAL MODULE: ./build/text/markdown/tree.js
var tree = __webpack_require__(8292);
;// CONCATENATED MODULE: ./build/text/markdown/terminal-table.js



const gap = '  ';
/** A column of fewer cannot be read. */
const leastColumn = 8;
/** A table in columns; one that is too wide breaks its longest cells, or is a list of its rows. */
function tableLines(table, options) {
    const widths = columnWidths(table, options.width);
    return widths === undefined ? listed(table, options) : inColumns(table, widths, options.colors);
}
function columnWidths({ head, rows }, width) {
    const widths = head.map((_cell, column) => [head, ...rows].reduce((most, row) => Math.max(most, (0,string_width/* default */.A)((0,tree/* textOf */.b)(row[column] ?? []))), 1));
    let excess = widths.reduce((sum, one) => sum + one + gap.length, -gap.length) - width;
    // The widest gives way until it is no wider than the next.
    while (excess > 0) {
        const widest = widths.indexOf(Math.max(...widths));
        const [, second = 0] = widths.toSorted((one, other) => other - one);
        const most = widths[widest] ?? 0;
        const next = Math.max(leastColumn, Math.min(most - 1, Math.max(second, most - excess)));
        if (next >= most)
            return undefined;
        excess -= most - next;
        widths[widest] = next;
    }
    return widths;
}
function inColumns({ alignments, head, rows }, widths, colors) {
    const rowLines = (row, style = []) => {
        const cells = widths.map((width, column) => wrapped(row[column] ?? [], { width, colors, style }));
        const height = Math.max(1, ...cells.map((lines) => lines.length));
        return Array.from({ length: height }, (_, at) => cells.map((lines, column) => padded(lines[at] ?? '', widths[column] ?? 0, alignments[column] ?? null)).join(gap));
    };
    const rule = paint(widths.map((width) => '─'.repeat(width)).join(gap), ['dim'], colors);
    return [...rowLines(head, ['bold']), rule, ...rows.flatMap((row) => rowLines(row))];
}
function padded(text, width, side) {
    const room = Math.max(0, width - (0,string_width/* default */.A)(text));
    if (side === 'right')
        return ' '.repeat(room) + text;
    const before = side === 'center' ? Math.floor(room / 2) : 0;
    return ' '.repeat(before) + text + ' '.repeat(room - before);
}
function listed({ head, rows }, { width, colors }) {
    const label = (cell) => ({ kind: 'strong', content: cell });
    return rows.flatMap((row, index) => [
        ...(index === 0 ? [] : ['']),
        ...row.flatMap((cell, column) => wrapped([label(head[column] ?? []), { kind: 'text', text: ': ' }, ...cell], { width, colors })),
    ]);
}

;// CONCATENATED MODULE: ./build/text/markdown/terminal.js



/** Narrower than this nothing can be read; it is written as if there were room. */
const leastWidth = 20;
const longestRule = 40;
/**
 * A document as lines for a terminal or a log. No sequence in them is another's, and GitHub's runner finds nothing to obey: they
 * may be printed as they are. Lines of code are not broken.
 */
function markdownLines(blocks, { width, colors }) {
    const lines = new TerminalWriter(colors).blocks(blocks, Math.max(leastWidth, width));
    return lines.map((line) => (0,plain_text/* withoutCommands */.Df)(line.trimEnd()).replace(/^(\s*)::/u, '$1: :'));
}
class TerminalWriter {
    #colors;
    constructor(colors) {
        this.#colors = colors;
    }
    /** With an empty line between two blocks. */
    blocks(blocks, width) {
        return blocks.flatMap((block, index) => [...(index === 0 ? [] : ['']), ...this.#block(block, width)]);
    }
    #block(block, width) {
        switch (block.kind) {
            case 'heading':
                return this.#wrapped(block.content, { width, style: block.rank === 1 ? ['bold', 'underline'] : ['bold'] });
            case 'paragraph':
                return this.#wrapped(block.content, { width });
            case 'quote':
                return this.#behind(paint('│ ', ['dim'], this.#colors), this.blocks(block.blocks, inner(width, 2)));
            case 'list':
                return this.#list(block, width);
            case 'code':
                return this.#behind('    ', block.text
                    .replaceAll('\t', '    ')
                    .split('\n')
                    .map((line) => paint(line, ['cyan'], this.#colors)));
            case 'table':
                return tableLines(block, { width, colors: this.#colors });
            case 'rule':
                return [paint('─'.repeat(Math.min(width, longestRule)), ['dim'], this.#colors)];
        }
    }
    #behind(prefix, lines) {
        return lines.map((line) => prefix + line);
    }
    #list({ start, tight, items }, width) {
        const last = (start ?? 0) + items.length - 1;
        const signWidth = start === undefined ? 2 : String(last).length + 2;
        return items.flatMap((blocks, index) => {
            const sign = start === undefined ? '•' : `${start + index}.`.padStart(signWidth - 1);
            const lines = this.#item(blocks, { width: inner(width, signWidth), tight });
            const [first = '', ...others] = lines;
            const between = index === 0 || tight ? [] : [''];
            return [...between, `${sign} ${first}`, ...this.#behind(' '.repeat(signWidth), others)];
        });
    }
    #item(blocks, { width, tight }) {
        return tight ? blocks.flatMap((block) => this.#block(block, width)) : this.blocks(blocks, width);
    }
    #wrapped(content, { width, style = [] }) {
        return wrapped(content, { width, style, colors: this.#colors });
    }
}
function inner(width, indent) {
    return Math.max(leastWidth, width - indent);
}

// EXTERNAL MODULE: ./build/reports/advice.js
var advice = __webpack_require__(9618);
// EXTERNAL MODULE: ./build/reports/answer-blocks.js + 1 modules
var answer_blocks = __webpack_require__(250);
;// CONCATENATED MODULE: ./build/reports/console-details.js





/** A log has no width of its own; longer lines are hard to read. */
const width = 110;
const [mostAnswerLines, longestAnswer] = [200, 20_000];
const mostFailureLines = 20;
const [mostErrorLines, longestErrors] = [5, 2_000];
const indent = '        ';
/** The folded details of a process that succeeded: its answer, then its activity. */
function answerLines(result, log) {
    const answer = result.output.trim() === ''
        ? []
        : markdownLines((0,answer_blocks/* answerBlocks */.z)({ ...result, output: (0,plain_text/* shortened */.vI)(result.output, longestAnswer) }), {
            width,
            colors: false,
        });
    const shown = answer.slice(0, mostAnswerLines);
    const rest = answer.length - shown.length;
    const lines = log?.lines() ?? [];
    const activities = log?.endsWithWords() === true ? lines.slice(0, -1) : lines;
    const did = activities.slice(0, Math.max(0, mostAnswerLines - shown.length));
    return [
        ...shown.map((line) => `  ${line}`.trimEnd()),
        ...(rest > 0 ? [`  (${rest} more lines: the report has them)`] : []),
        ...(did.length === 0 ? [] : ['', '  What it did:', ...did.map((line) => `    ${line}`)]),
    ];
}
/** The end of what a process did, of its standard error, and the next step. */
function failureLines(result, log) {
    const errors = (0,plain_text/* plainText */.wh)((0,cut_text/* lastUnits */.wx)(result.stderr, longestErrors)).split('\n');
    const words = errors.filter((line) => line.trim() !== '').slice(-mostErrorLines);
    const next = (0,advice/* adviceFor */.cp)(result)?.next ?? '';
    return [
        ...(log?.lines(mostFailureLines, result.message) ?? []),
        ...(words.length === 0 ? [] : ['standard error:', ...words.map((line) => `  ${line}`)]),
        ...(next === '' ? [] : [`→ ${next.replaceAll('`', '')}`]),
    ].map((line) => indent + line);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/model/option-table.js + 3 modules
var option_table = __webpack_require__(9237);
// EXTERNAL MODULE: ./build/model/session-files.js
var session_files = __webpack_require__(4896);
// EXTERNAL MODULE: ./build/reports/concerns.js
var reports_concerns = __webpack_require__(1279);
// EXTERNAL MODULE: ./build/reports/findings-section.js
var findings_section = __webpack_require__(5026);
// EXTERNAL MODULE: ./build/reports/highlights.js
var highlights = __webpack_require__(515);
// EXTERNAL MODULE: ./build/reports/money.js
var money = __webpack_require__(9620);
;// CONCATENATED MODULE: ./build/reports/console-end.js









/** More causes than this are counted: they would push the verdict out of sight. */
const mostConcerns = 10;
const longestHighlight = 600;
const marks = { success: '✓', skipped: '-', failure: '✗', cancelled: '✗' };
const styles = {
    success: 'green',
    skipped: 'yellow',
    failure: 'red',
    cancelled: 'red',
};
/** The end of a session: the figures, what needs attention by its cause with the next step, what was found, the verdict. */
function endLines(state, ended, reader) {
    const { verdict, conclusion } = ended;
    const known = [
        ...(0,highlights/* highlights */.e)(state).map((highlight) => (0,plain_text/* oneLine */.TN)(highlight, longestHighlight)),
        ...(0,findings_section/* findingsLines */.Z)(state),
    ];
    const directory = reader === 'command' && isWritten(ended) ? state.started?.directory : undefined;
    const places = directory === undefined ? [] : placesIn(directory);
    return [
        { text: '' },
        { text: headText(state, ended) },
        ...concernLines(ended, reader),
        ...[...known, ...places].map((text) => ({ text: `  ${text}` })),
        { text: `${marks[conclusion]} ${verdict}`, style: styles[conclusion] },
    ];
}
/** Whether there is a directory of the session: where none could be made, no process that ran has a log. */
function isWritten({ results }) {
    const ran = results.filter(({ attempts }) => attempts > 0);
    return ran.length === 0 || ran.some(({ logIncomplete, logFile }) => logIncomplete !== true || logFile !== undefined);
}
function placesIn(directory) {
    return [`logs: ${directory}`, `report: ${(0,external_node_path_.join)(directory, session_files/* sessionFiles */.AG.report)}`];
}
function headText(state, ended) {
    const title = `── ${(0,plain_text/* oneLine */.TN)(state.started?.title ?? 'Claude Ensemble', 120)}`;
    const figures = [(0,format/* durationText */.S5)(ended.totals.durationSeconds), (0,money/* sessionMoney */.F8)(state)];
    return `${title}: ${[(0,reports_concerns/* outcomeText */.EL)(ended), ...(ended.conclusion === 'skipped' ? [] : figures)].join(' · ')}`;
}
function concernLines({ results }, reader) {
    const concerns = (0,reports_concerns/* concernsOf */.L9)(results);
    const rest = concerns.length - mostConcerns;
    return [
        ...concerns.slice(0, mostConcerns).flatMap((concern) => linesOf(concern, reader)),
        ...(rest > 0 ? [{ text: `  and ${(0,format/* plural */.LS)(rest, 'more cause', 'more causes')}` }] : []),
    ];
}
const concernStyles = {
    failed: ['✗', 'red'],
    'timed-out': ['✗', 'red'],
    cancelled: ['✗', 'red'],
    skipped: ['-', 'dim'],
    denied: ['!', 'yellow'],
    servers: ['!', 'yellow'],
    'no-findings': ['!', 'yellow'],
};
function linesOf({ kind, whole, next, names }, reader) {
    const who = names.length === 1 ? (names[0] ?? '') : `${names.length} processes (${(0,format/* someOf */.yU)(names)})`;
    const [mark, style] = concernStyles[kind];
    const step = next === '' ? [] : [{ text: `    → ${forReader(next, reader)}` }];
    return [{ text: `  ${mark} ${who}: ${whole}`, style }, ...step];
}
const options = new Set(option_table/* optionRows */.zl.map(({ name }) => name));
/** Replaces names of options in backquotes, by flags for the reader of a command. */
function forReader(next, reader) {
    return next.replaceAll(/`([^`]+)`/gu, (_, word) => reader === 'command' && options.has(word) ? `--${word}` : word);
}

// EXTERNAL MODULE: ./build/reports/console-lines.js
var console_lines = __webpack_require__(259);
;// CONCATENATED MODULE: ./build/reports/session-progress.js


/** Counts what has ended, what it cost, and how long the rest may take. `nowMs` is in milliseconds since 1970. */
function figuresOf(state, nowMs) {
    const { started, running, waiting, done, failed, ran } = state;
    const maxUsd = started?.policy?.maxBudgetUsd;
    const spent = { costUsd: ran.costUsd, offline: started?.offline === true, unknown: ran.unknownCosts };
    const secondsLeft = secondsLeftOf(state, nowMs);
    const batch = batchOf(state);
    return {
        ...{ total: waiting + running.size + done, done, failed, running: running.size, waiting },
        elapsedSeconds: secondsSince(started?.at, nowMs),
        ...(batch !== undefined && { batch }),
        money: ran.count === 0 ? '' : (0,money/* moneyText */.qC)({ ...spent, ...(maxUsd !== undefined && { maxUsd }) }),
        ...(secondsLeft !== undefined && { secondsLeft }),
    };
}
/** Seconds since an event; 0 where there was none, or the clock was set meanwhile. */
function secondsSince(at, nowMs) {
    return at === undefined ? 0 : Math.max(0, nowMs - Date.parse(at)) / 1000;
}
/** There is a group for each batch, which stands for all before it as well. */
function batchOf({ started, processes }) {
    const { pattern, groups = [] } = started ?? {};
    if (pattern !== 'batch' || groups.length < 2)
        return undefined;
    const isOpen = (id) => (processes.get(id)?.state ?? 'ended') !== 'ended';
    const index = groups.findIndex(({ needs }) => needs.some(isOpen));
    return index === -1 ? undefined : { number: index + 1, of: groups.length };
}
/** As if each of the rest took as long as those before did on average. For a fallback it is unknown how many will run. */
function secondsLeftOf(state, nowMs) {
    const { started, processes, running, waiting, ran } = state;
    const left = waiting + running.size;
    if (ran.count === 0 || left === 0 || started?.pattern === 'fallback')
        return undefined;
    const average = ran.seconds / ran.count;
    const ages = [...running.keys()].map((id) => secondsSince(processes.get(id)?.startedAt, nowMs));
    const rests = ages.map((age) => Math.max(0, average - age));
    const busy = ages.reduce((sum, age) => sum + age, ran.seconds);
    const atOnce = Math.min(atOnceOf(state, busy / Math.max(0.001, secondsSince(started?.at, nowMs))), left);
    const work = rests.reduce((sum, rest) => sum + rest, waiting * average);
    return Math.max(work / atOnce, ...rests);
}
/** How many run at once: `max-workers`, or fewer where memory, rate limits or the graph let fewer run on average so far. */
function atOnceOf({ started, running }, average) {
    const most = started?.pattern === 'sequential' ? 1 : (started?.policy?.maxWorkers ?? 1);
    return Math.min(most, Math.max(1, running.size, Math.ceil(average)));
}
/** For example `12 of 60 done, 1 failed · 6 run, 42 wait · batch 2 of 6 · $1.20 of $5.00 · about 4 min left`. */
function progressText(figures) {
    const { total, done, failed, running, waiting, batch, money, secondsLeft } = figures;
    const atWork = [
        ...(running === 0 ? [] : [`${(0,format/* countText */.lT)(running)} ${running === 1 ? 'runs' : 'run'}`]),
        ...(waiting === 0 ? [] : [`${(0,format/* countText */.lT)(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`]),
    ];
    return [
        `${(0,format/* countText */.lT)(done)} of ${(0,format/* countText */.lT)(total)} done${failed === 0 ? '' : `, ${(0,format/* countText */.lT)(failed)} failed`}`,
        ...(atWork.length === 0 ? [] : [atWork.join(', ')]),
        ...(batch === undefined ? [] : [batchText(batch)]),
        ...(money === '' ? [] : [money]),
        ...(secondsLeft === undefined ? [] : [timeLeftText(secondsLeft)]),
    ].join(' · ');
}
/** For example `batch 2 of 6`. */
function batchText({ number, of }) {
    return `batch ${(0,format/* countText */.lT)(number)} of ${(0,format/* countText */.lT)(of)}`;
}
/** No more exact than an estimate is: `about 20 s left`, `about 4 min left`. */
function timeLeftText(seconds) {
    if (seconds <= 9)
        return `about ${Math.max(1, Math.ceil(seconds))} s left`;
    const step = seconds <= 55 ? 5 : 60;
    return `about ${(0,format/* durationText */.S5)(Math.ceil(seconds / step) * step)} left`;
}

;// CONCATENATED MODULE: ./build/reports/styled-line.js

const styled_line_longestLine = 1_000;
/** The text on one line, in which neither a terminal nor GitHub's runner finds anything to obey. Blanks at its beginning stay. */
function plainLine(text) {
    const [blanks = ''] = /^ */u.exec(text) ?? [];
    return blanks + (0,plain_text/* withoutCommands */.Df)((0,plain_text/* oneLine */.TN)(text, styled_line_longestLine)).replace(/^::/u, ': :');
}

;// CONCATENATED MODULE: ./build/reports/console.js








/** With more processes than this their starts are in session.log only. */
const mostStarts = 20;
/** A progress line is printed after this many ended processes, and no more often than this. */
const progressEvery = { ends: 10, ms: 15_000 };
const console_longestLine = 1_000;
/** The lines of one process that are kept. */
const mostActivities = 200;
/** UTF-16 units of all details: a larger log takes long to open. */
const roomOf = { answers: 192 * 1024, failures: 64 * 1024 };
/**
 * A console without cursor movement, such as a job's log: lines of events with the time since the start and the progress, and at
 * the end what needs attention with the next step, the verdict last.
 */
function consoleSink(options) {
    const session = new SessionConsole(options);
    return { name: 'console', handle: (event) => session.handle(event) };
}
class SessionConsole {
    #options;
    #state = new session_state/* SessionState */.Y();
    #lines = new console_lines/* ConsoleLines */.xI(this.#state);
    #activities = new Map();
    #room = { ...roomOf };
    #reported = { atMs: 0, done: 0 };
    constructor(options) {
        this.#options = options;
    }
    handle(event) {
        const atMs = Date.parse(event.at);
        this.#state.apply(event);
        switch (event.type) {
            case 'session-started':
                this.#reported = { atMs, done: 0 };
                this.#writeLine(event);
                break;
            case 'process-started':
                this.#note(event);
                if (event.attempt > 1 || this.#state.processes.size <= mostStarts)
                    this.#writeLine(event);
                break;
            case 'process-message':
            case 'process-stopping':
            case 'process-retrying':
                this.#note(event);
                this.#writeLine(event);
                break;
            case 'process-ended':
                this.#end(event, atMs);
                break;
            case 'heartbeat':
                this.#printProgress(atMs);
                break;
            case 'session-ended':
                this.#finish(event);
                break;
            default:
                this.#writeLine(event);
        }
    }
    #note(event) {
        if (this.#options.fold === undefined)
            return;
        const log = this.#activities.get(event.processId) ?? new ActivityLog(mostActivities);
        log.take(event);
        this.#activities.set(event.processId, log);
    }
    #writeLine(event) {
        const line = this.#lines.of(event);
        if (line !== undefined)
            this.#write({ ...line, text: `${this.#time(event)} ${line.text}` });
    }
    #end(event, atMs) {
        const { result } = event;
        // The verdict says it once for all of them.
        if (result.reason === 'dry-run' || result.reason === 'missing-credentials')
            return;
        const log = this.#activities.get(result.processId);
        this.#activities.delete(result.processId);
        const line = (0,console_lines/* endedLine */.T5)(result);
        const title = { ...line, text: `${this.#time(event)} ${(0,plain_text/* oneLine */.TN)(line.text, console_longestLine)}` };
        if (result.status === 'succeeded')
            this.#success(title, result, log);
        else
            this.#failure(title, result, log);
        const { done, waiting, running } = this.#state;
        const isDue = done - this.#reported.done >= progressEvery.ends && atMs - this.#reported.atMs >= progressEvery.ms;
        if (isDue && waiting + running.size > 0)
            this.#printProgress(atMs);
    }
    #success(title, result, log) {
        const { fold } = this.#options;
        const lines = fold === undefined || this.#room.answers <= 0 ? [] : answerLines(result, log);
        if (fold === undefined || lines.length === 0 || !this.#takeRoom('answers', lines))
            this.#write(title);
        else
            fold((0,plain_text/* withoutCommands */.Df)(title.text), lines.map(plain_text/* withoutCommands */.Df));
    }
    /** Not folded: it is what the log of a failed step is opened for. */
    #failure(title, result, log) {
        this.#write(title);
        if (this.#options.fold === undefined || result.attempts === 0)
            return;
        const lines = failureLines(result, log);
        if (this.#takeRoom('failures', lines))
            for (const text of lines)
                this.#write({ text });
    }
    #takeRoom(of, lines) {
        this.#room[of] -= lines.reduce((sum, { length }) => sum + length + 1, 0);
        return this.#room[of] >= 0;
    }
    #finish(event) {
        for (const line of endLines(this.#state, event, this.#options.reader))
            this.#write(line);
    }
    #printProgress(atMs) {
        const figures = figuresOf(this.#state, atMs);
        this.#reported = { atMs, done: figures.done };
        this.#write({ text: `      ${progressText(figures)}`, style: 'dim' });
    }
    #time({ at }) {
        return elapsedText(secondsSince(this.#state.started?.at, Date.parse(at))).padStart(5);
    }
    #write({ text, style }) {
        this.#options.write(plainLine(text), style);
    }
}
/** `0:04`, `12:30`, `1:02:03`. */
function elapsedText(seconds) {
    const whole = Math.floor(seconds);
    const two = (count) => String(count).padStart(2, '0');
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}


/***/ }),

/***/ 5026:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ findingsLines),
/* harmony export */   q: () => (/* binding */ findingsHtml)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1514);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3387);
/* harmony import */ var _text_html_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2133);
/* harmony import */ var _text_plain_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7012);





const longestPosition = 300;
const longestText = 1_000;
const longestLine = 500;
/** A console is read from its end: more lines than this would push the rest out of sight. */
const mostLines = 30;
/** The findings as lines for a console, the gravest first. */
function findingsLines({ ended }) {
    const found = ended?.findings;
    if (found === undefined)
        return [];
    const open = found.findings.filter(({ refuted }) => !refuted);
    const lines = open.slice(0, mostLines).map((finding) => {
        const verdict = (0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .verdictOf */ .Vj)(finding);
        const certainty = verdict === undefined ? '' : `; ${verdict.toLowerCase()}`;
        return `${(0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .severityWord */ .Oh)(finding.severity)}: ${(0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_4__/* .oneLine */ .TN)((0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .positionText */ .J)(finding), longestPosition)}: ${(0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_4__/* .oneLine */ .TN)(finding.summary, longestLine)} (${(0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .agreementText */ .Gy)(finding, found.answered)}${certainty})`;
    });
    const rest = open.length - lines.length;
    return [
        `findings: ${(0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .countsText */ .WN)(found)}; ${[(0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .reviewersText */ .qU)(found), ...(0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .missingTexts */ .No)(found)].join('; ')}`,
        ...lines,
        ...(rest > 0 ? [`and ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .countText */ .lT)(rest)} more findings: see findings.json`] : []),
    ];
}
/** The findings as a table of at most `room` bytes for the summary, the refuted ones folded; empty when no process was asked for findings. */
function findingsHtml({ ended }, room) {
    const found = ended?.findings;
    if (found === undefined)
        return '';
    const facts = [(0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .countsText */ .WN)(found), (0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .reviewersText */ .qU)(found), ...(0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .missingTexts */ .No)(found)].join('; ');
    const head = `<p><b>Findings</b>: ${(0,_text_html_text_js__WEBPACK_IMPORTED_MODULE_3__/* .inlineHtml */ .l0)(facts, longestText)}</p>\n\n`;
    const open = found.findings.filter(({ refuted }) => !refuted);
    const refuted = found.findings.filter((finding) => finding.refuted);
    const first = tableHtml(open, found, room - node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(head));
    const left = room - node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(head + first) - foldBytes;
    const second = refuted.length === 0 ? '' : tableHtml(refuted, found, left);
    const fold = second === '' ? '' : `<details><summary>Refuted: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .countText */ .lT)(refuted.length)}</summary>\n\n${second}</details>\n\n`;
    return `${head}${first}${fold}`;
}
/** Bytes of the fold around the refuted findings. */
const foldBytes = 200;
const tableStart = '<table>\n<tr><th></th><th align="left">Where</th><th align="left">Finding</th><th align="left">Found by</th>' +
    '<th align="left">Verdict</th></tr>\n';
const tableEnd = '</table>\n\n';
function tableHtml(findings, found, room) {
    if (findings.length === 0)
        return '';
    let left = room - node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(tableStart + tableEnd) - foldBytes;
    const rows = [];
    for (const finding of findings) {
        const row = rowHtml(finding, found.answered);
        left -= node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(row);
        if (left < 0)
            break;
        rows.push(row);
    }
    const rest = findings.length - rows.length;
    const note = rest === 0 ? '' : `<p>${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_2__/* .countText */ .lT)(rest)} more: see findings.json.</p>\n\n`;
    return rows.length === 0 ? note : `${tableStart}${rows.join('')}${tableEnd}${note}`;
}
function rowHtml(finding, answered) {
    const { severity, agreement, reportedBy, checks, summary, failure_scenario: scenario } = finding;
    const heading = (0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .headingOf */ .Wm)(finding, 120);
    const more = [summary === heading ? '' : summary, scenario].filter((text) => text.trim() !== '');
    const reasons = checks.flatMap(({ name, verdict, reason }) => verdict === undefined ? [] : [`${(0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_4__/* .oneLine */ .TN)(name, 60)}: ${verdict.toLowerCase()}: ${reason ?? ''}`]);
    const details = [...more, ...reasons].map((text) => `<p>${(0,_text_html_text_js__WEBPACK_IMPORTED_MODULE_3__/* .inlineHtml */ .l0)(text, longestText)}</p>`).join('');
    const names = reportedBy.map(({ name }) => (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_4__/* .oneLine */ .TN)(name, 60)).join(', ');
    const cells = [
        `${_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .severityMarks */ .iq[severity]} ${(0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .severityWord */ .Oh)(severity)}`,
        (0,_text_html_text_js__WEBPACK_IMPORTED_MODULE_3__/* .codeHtml */ .v1)((0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_4__/* .oneLine */ .TN)((0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .positionText */ .J)(finding), longestPosition)),
        details === '' ? (0,_text_html_text_js__WEBPACK_IMPORTED_MODULE_3__/* .inlineHtml */ .l0)(heading, 120) : `<b>${(0,_text_html_text_js__WEBPACK_IMPORTED_MODULE_3__/* .inlineHtml */ .l0)(heading, 120)}</b>${details}`,
        `${agreement} of ${answered}: ${(0,_text_html_text_js__WEBPACK_IMPORTED_MODULE_3__/* .inlineHtml */ .l0)(names, 300)}`,
        (0,_findings_finding_words_js__WEBPACK_IMPORTED_MODULE_1__/* .verdictOf */ .Vj)(finding)?.toLowerCase() ?? '',
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
}


/***/ }),

/***/ 515:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ highlights)
/* harmony export */ });
/* harmony import */ var _text_causes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8464);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3387);


/**
 * What people should know besides the verdict and what `concernsOf` names, a line each: what was cut, tried again, or is not what
 * it looks like. Names are as given; the caller escapes them. Who was tried again is left out where
 * `besides` says that it stands beside each process.
 */
function highlights(state, besides) {
    const results = state.ended?.results ?? [];
    return [
        ...namedHighlight('did not exit after the result, which stands, and was ended', results, (result) => result.killedAfterResult),
        ...(besides === undefined ? retriedHighlight(state, results) : []),
        ...namedHighlight('answer cut after 1 MiB in the results, whole in outputs/', results, (result) => result.outputTruncated),
        ...namedHighlight('log incomplete', results, (result) => result.logIncomplete),
        ...namedHighlight('taken from an earlier session', results, (result) => result.resumedFrom),
        ...state.warnings.filter((warning) => !(0,_text_causes_js__WEBPACK_IMPORTED_MODULE_0__/* .isOfMissingServers */ .Y9)(warning)).map((warning) => `warning: ${warning}`),
    ];
}
function retriedHighlight({ retries }, results) {
    const each = results.flatMap(({ processId, name, attempts }) => {
        // The last one may have been given up before it began: the key was refused, or the session cancelled.
        const reasons = (retries.get(processId) ?? []).slice(0, Math.max(0, attempts - 1));
        return reasons.length === 0 ? [] : [`${name} (${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(reasons.map(_text_causes_js__WEBPACK_IMPORTED_MODULE_0__/* .causeText */ .xv))})`];
    });
    return each.length === 0 ? [] : [`tried again: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(each)}`];
}
function namedHighlight(what, results, isMeant) {
    const names = results.filter((result) => isMeant(result) !== undefined).map(({ name }) => name);
    return names.length === 0 ? [] : [`${what}: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(names)}`];
}


/***/ }),

/***/ 9620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F8: () => (/* binding */ sessionMoney),
/* harmony export */   qC: () => (/* binding */ moneyText),
/* harmony export */   qH: () => (/* binding */ processMoney)
/* harmony export */ });
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3387);

/** A cost as text: `3.5¢ of 60¢ (cost of 1 process unknown)`; offline, that nothing is paid. */
function moneyText({ costUsd, offline, unknown, maxUsd }) {
    const ceiling = maxUsd === undefined ? '' : ` of ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .costText */ .rs)(maxUsd)}`;
    if (offline && costUsd === 0)
        return 'nothing paid';
    if (offline)
        return `nothing paid (${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .costText */ .rs)(costUsd)}${ceiling} by the stand-in's price list)`;
    const processes = `${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .countText */ .lT)(unknown)} ${unknown === 1 ? 'process' : 'processes'}`;
    const gap = unknown === 0 ? '' : ` (cost of ${processes} unknown)`;
    return costUsd === 0 && unknown > 0 ? `cost unknown${ceiling}` : `${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .costText */ .rs)(costUsd)}${ceiling}${gap}`;
}
/** The cost of a session that has ended, as text. */
function sessionMoney({ started, ended }) {
    const maxUsd = started?.policy?.maxBudgetUsd;
    return moneyText({
        costUsd: ended?.totals.costUsd ?? 0,
        offline: started?.offline === true,
        unknown: ended?.results.filter(({ attempts, costUsd }) => attempts > 0 && costUsd === undefined).length ?? 0,
        ...(maxUsd !== undefined && { maxUsd }),
    });
}
/** The cost of one process as text; empty for one that cost nothing. */
function processMoney({ attempts, costUsd, offline }) {
    if (costUsd === undefined)
        return attempts === 0 ? '' : 'cost unknown';
    if (costUsd === 0)
        return '';
    return offline === true ? `${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .costText */ .rs)(costUsd)} not paid` : (0,_text_format_js__WEBPACK_IMPORTED_MODULE_0__/* .costText */ .rs)(costUsd);
}


/***/ }),

/***/ 6704:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ renderSummary)
});

// UNUSED EXPORTS: linksHtml

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./build/record/event-log.js
var event_log = __webpack_require__(2007);
// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
// EXTERNAL MODULE: ./build/text/html-text.js
var html_text = __webpack_require__(2133);
// EXTERNAL MODULE: ./build/reports/concerns.js
var reports_concerns = __webpack_require__(1279);
// EXTERNAL MODULE: ./build/reports/findings-section.js
var findings_section = __webpack_require__(5026);
// EXTERNAL MODULE: ./build/reports/highlights.js
var highlights = __webpack_require__(515);
// EXTERNAL MODULE: ./build/reports/money.js
var reports_money = __webpack_require__(9620);
// EXTERNAL MODULE: ./build/text/cut-text.js
var cut_text = __webpack_require__(2992);
// EXTERNAL MODULE: ./build/text/markdown/html.js
var html = __webpack_require__(7249);
// EXTERNAL MODULE: ./build/text/plain-text.js
var plain_text = __webpack_require__(7012);
// EXTERNAL MODULE: ./build/reports/advice.js
var advice = __webpack_require__(9618);
// EXTERNAL MODULE: ./build/reports/answer-blocks.js + 1 modules
var answer_blocks = __webpack_require__(250);
// EXTERNAL MODULE: ./build/text/causes.js
var causes = __webpack_require__(8464);
;// CONCATENATED MODULE: ./build/reports/timeline.js
const cells = 22;
/** Figures of one width, in most fonts; the blank is one that HTML keeps. */
const glyphs = { none: '\u00a0', light: '░', medium: '▒', full: '█' };
/** Legend of its signs, in the order of a process's life. */
const timelineLegend = [
    [glyphs.medium, 'starts'],
    [glyphs.full, 'works'],
    [glyphs.light, 'waits to be tried again'],
];
/** The activities of a process over the time of its session, as a bar of 22 characters. */
function timelineBar(activities, endedAtMs, { fromMs, toMs }) {
    const cellMs = Math.max(1, toMs - fromMs) / cells;
    const bar = Array.from({ length: cells }).fill(glyphs.none);
    for (const [index, activity] of activities.entries()) {
        const next = activities[index + 1];
        const first = Math.floor((activity.atMs - fromMs) / cellMs);
        const last = Math.ceil(((next?.atMs ?? endedAtMs) - fromMs) / cellMs);
        // However short it was, it is seen.
        for (let cell = Math.max(0, first); cell < Math.min(cells, Math.max(first + 1, last)); cell += 1)
            bar[cell] = glyphOf(activity, next);
    }
    return bar.join('');
}
function glyphOf({ kind }, next) {
    if (kind === 'retry')
        return glyphs.light;
    // Where it is not known when the start-up was over, all of it is work.
    return kind === 'starting' && next !== undefined && next.kind !== 'retry' && next.kind !== 'stopping'
        ? glyphs.medium
        : glyphs.full;
}

// EXTERNAL MODULE: ./build/reports/waits.js
var reports_waits = __webpack_require__(5578);
;// CONCATENATED MODULE: ./build/reports/summary-table.js









const marks = {
    succeeded: '✅',
    failed: '❌',
    'timed-out': '⏱️',
    cancelled: '🚫',
    skipped: '⏭️',
};
const longestName = 120;
const longestHeadline = 90;
const longestWaits = 300;
/** With more processes than this only those that need attention have a row that is open. */
const mostOpenRows = 40;
/** Mark of the ending of a process in the summary. */
function markOf(result) {
    return isFine(result) && !(0,reports_concerns/* isClean */.AG)(result) ? '❗' : marks[result.status];
}
/** Letters that are written from right to left: Hebrew, Arabic and their neighbours. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Ends their direction: a figure behind a name would otherwise move ahead of it. */
const leftToRightMark = '&lrm;';
/** A process's name in bold. */
function nameHtml({ name }) {
    return `<b>${(0,html_text/* inlineHtml */.l0)(name, longestName)}</b>${rightToLeft.test(name) ? leftToRightMark : ''}`;
}
/** Whether it did its work. */
function isFine({ status }) {
    return status === 'succeeded';
}
/** Whether too many processes ran to show all of them in the summary. */
function isLarge(results) {
    return results.length > mostOpenRows;
}
/** Order of the rows: failures, then what needs attention, then the rest; each as given. */
function failuresFirst(results) {
    const rank = (result) => Number(isFine(result)) + Number(isFine(result) && (0,reports_concerns/* isClean */.AG)(result));
    return results.toSorted((one, other) => rank(one) - rank(other));
}
/** The processes as tables of at most `room` bytes: one, or two where there are many, the second folded. */
function tablesHtml(state, results, room) {
    if (results.length === 0)
        return '';
    if (state.ended?.conclusion === 'skipped')
        return planHtml(state, results, room);
    const left = room - legendBytes;
    const tables = isLarge(results) ? foldedTables(state, results, left) : table(state, results, left);
    return tables + legendHtml(tables);
}
function foldedTables(state, results, room) {
    const needsRow = (result) => (isFine(result) ? !(0,reports_concerns/* isClean */.AG)(result) : (0,reports_concerns/* needsAttention */.e_)(result));
    const open = failuresFirst(results).filter(needsRow);
    const fine = results.filter((result) => !needsRow(result));
    const first = open.length === 0 ? '' : table(state, open, Math.floor(room / 2));
    if (fine.length === 0)
        return first;
    const succeeded = fine.filter(isFine).length;
    const rest = fine.length - succeeded;
    const notNeeded = rest === 0 ? '' : `, ${(0,format/* countText */.lT)(rest)} not needed`;
    const start = `<details><summary>✅ <b>${(0,format/* countText */.lT)(succeeded)} succeeded${notNeeded}</b></summary>`;
    const end = '</details>\n\n';
    const left = room - external_node_buffer_.Buffer.byteLength(first + start + end);
    return `${first}${start}${table(state, fine, left).trimEnd()}${end}`;
}
/** The lists whose items would be found at run time, as one process each. */
function listsOf({ started }) {
    const lists = (started?.groups ?? []).filter(({ fingerprint }) => fingerprint !== undefined);
    return new Map(lists.map(({ id }) => [id, { id, name: id.replace(/\*$/u, ''), state: 'queued', attempts: 0 }]));
}
/** Of a session that started nothing: what would wait for what. */
function planHtml(state, results, room) {
    const lists = listsOf(state);
    const waits = (0,reports_waits/* waitsOf */.y)({ needs: state.needs, processes: new Map([...state.processes, ...lists]) });
    const nameOf = (id) => (state.processes.get(id) ?? lists.get(id))?.name ?? id;
    const rowOf = (nameCell, id, instead) => {
        const awaited = (waits.get(id) ?? []).map(nameOf);
        const start = awaited.length === 0 ? 'at once' : `after ${(0,format/* someOf */.yU)(awaited)}`;
        return `<tr><td>${nameCell}</td><td>${(0,html_text/* inlineHtml */.l0)(instead ?? start, longestWaits)}</td></tr>`;
    };
    const rows = [
        // The message of one that would not start says why: an earlier session has its result.
        ...results.map((result) => rowOf(nameHtml(result), result.processId, result.message)),
        ...[...lists.values()].map((list) => rowOf(`${nameHtml(list)}, one for each item found`, list.id)),
    ];
    const head = '<table><tr><th align="left">Process</th><th align="left">Would start</th></tr>';
    if (!isLarge(results))
        return tableOf({ head, rows, room, columns: 2 });
    const start = `<details><summary><b>${(0,format/* countText */.lT)(results.length)} processes</b></summary>`;
    const end = '</details>\n\n';
    return `${start}${tableOf({ head, rows, room: room - external_node_buffer_.Buffer.byteLength(start + end), columns: 2 }).trimEnd()}${end}`;
}
/** The signs that occur; nothing where they say nothing. */
function legendHtml(tables) {
    const shown = timelineLegend.filter(([sign]) => tables.includes(sign));
    const signs = shown.map(([sign, meaning]) => `<samp>${sign}</samp> ${meaning}`).join(' · ');
    return shown.length < 2 ? '' : `<p><sub>${signs}</sub></p>\n\n`;
}
const legendBytes = 250;
function table(state, results, room) {
    const seconds = state.ended?.totals.durationSeconds ?? 0;
    const head = `<table><tr><th align="left">Process</th><th align="left">0 – ${(0,format/* durationText */.S5)(seconds)}</th>` +
        `<th align="right">Time</th><th align="right">${state.started?.offline === true ? 'Not paid' : 'Cost'}</th></tr>`;
    return tableOf({ head, rows: results.map((result) => rowHtml(state, result)), room, columns: 4 });
}
/** As many rows as have room, and how many have not. */
function tableOf({ head, rows, columns, room }) {
    const end = '</table>\n\n';
    let left = room - external_node_buffer_.Buffer.byteLength(head + end) - roomForNote;
    const kept = [];
    for (const row of rows) {
        left -= external_node_buffer_.Buffer.byteLength(row);
        if (left < 0)
            break;
        kept.push(row);
    }
    const leftOut = rows.length - kept.length;
    const note = leftOut === 0 ? '' : `<tr><td>and ${(0,format/* countText */.lT)(leftOut)} more</td>${'<td></td>'.repeat(columns - 1)}</tr>`;
    return `${head}${kept.join('')}${note}${end}`;
}
const roomForNote = 100;
function rowHtml(state, result) {
    const { attempts, duration } = result;
    const notes = [
        ...(attempts > 1 ? [attemptsText(state, result)] : []),
        ...(result.permissionDenials.length > 0 ? [`${result.permissionDenials.length} denied`] : []),
        ...(result.mcpFaults === undefined
            ? []
            : [(0,format/* plural */.LS)(result.mcpFaults.length, 'MCP server missing', 'MCP servers missing')]),
        ...(result.resumedFrom === undefined ? [] : [(0,causes/* endingText */.pG)(result)]),
    ];
    const headline = isFine(result)
        ? (0,html_text/* inertHtml */.yj)((0,answer_blocks/* answerHeadline */.n)(result, longestHeadline))
        : `<i>${(0,advice/* whatHappened */.ez)(result)}</i>`;
    const sub = notes.length === 0 ? '' : ` <sub>${notes.join(', ')}</sub>`;
    const cells = [
        `<td>${markOf(result)} ${nameHtml(result)}${sub}${headline === '' ? '' : `<br>${headline}`}</td>`,
        `<td>${barHtml(state, result)}</td>`,
        `<td align="right">${attempts === 0 ? '' : (0,format/* durationText */.S5)(duration)}</td>`,
        `<td align="right">${costCell(result)}</td>`,
    ];
    return `<tr>${cells.join('')}</tr>`;
}
/** For example `3 attempts: rate limit ×2`. */
function attemptsText({ retries }, { processId, attempts }) {
    const reasons = (retries.get(processId) ?? []).slice(0, attempts - 1);
    return `${attempts} attempts${reasons.length === 0 ? '' : `: ${(0,format/* counted */.hS)(reasons.map(causes/* causeText */.xv))}`}`;
}
function costCell({ attempts, costUsd }) {
    if (costUsd === undefined)
        return attempts === 0 ? '' : 'unknown';
    return costUsd === 0 ? '–' : (0,format/* costText */.rs)(costUsd);
}
function barHtml(state, { processId, endedAt }) {
    const { startedAt, ended } = state;
    const activities = state.activities.get(processId);
    if (activities === undefined || startedAt === undefined || ended === undefined)
        return '';
    const range = { fromMs: Date.parse(startedAt), toMs: Date.parse(ended.at) };
    return `<samp>${timelineBar(activities, Date.parse(endedAt), range)}</samp>`;
}

;// CONCATENATED MODULE: ./build/reports/summary-answers.js











/** Bytes of one answer: a summary is read at a glance, and the report has all of it. */
const longestAnswer = 20_000;
const longestMessage = 2_000;
const longestStderr = 2_000;
/** With less room than this an answer says nothing. */
const leastRoom = 600;
/** A fold of ours and the note that something was cut. */
const frameBytes = 600;
/**
 * What there is to read of the processes, a fold for each, in at most `room` bytes: the main answers open and ahead, what failed
 * next. Of many processes there are the main answer and the failures only.
 */
function answersHtml(state, results, room) {
    const main = (0,reports_waits/* mainAnswers */.$)(state);
    const others = failuresFirst(results.filter((result) => !main.includes(result))).filter(hasText);
    const wanted = [...main.filter(hasText), ...(isLarge(results) ? others.filter((result) => !isFine(result)) : others)];
    const note = 200;
    const kept = wanted.slice(0, Math.max(0, Math.floor((room - note) / (leastRoom + frameBytes))));
    const needs = kept.map((result) => external_node_buffer_.Buffer.byteLength(detailHtml(result, longestAnswer).html) + frameBytes);
    const share = (0,cut_text/* equalShare */.EM)(needs, room - note);
    const folds = kept.map((result, index) => foldHtml(result, { isOpen: main.includes(result), room: Math.min(needs[index] ?? 0, share) }));
    const leftOut = wanted.length - kept.length;
    const more = leftOut === 0 ? '' : `<p><i>${(0,format/* countText */.lT)(leftOut)} more have no room here; the report has them.</i></p>\n\n`;
    return folds.join('') + more;
}
function hasText(result) {
    const { output, message = '', stderr, attempts } = result;
    return isFine(result) ? output.trim() !== '' : attempts > 0 && (output + message + stderr).trim() !== '';
}
function foldHtml(result, { isOpen, room }) {
    const { duration, attempts, numTurns, model } = result;
    const money = (0,reports_money/* processMoney */.qH)(result);
    const facts = [
        ...(attempts === 0 ? [] : [(0,format/* durationText */.S5)(duration)]),
        ...(money === '' ? [] : [money]),
        ...(numTurns === undefined ? [] : [`${numTurns} ${numTurns === 1 ? 'turn' : 'turns'}`]),
        ...(model === undefined ? [] : [model]),
    ];
    const title = `${markOf(result)} ${nameHtml(result)} <sub>${(0,html_text/* inlineHtml */.l0)(facts.join(' · '), 200)}</sub>`;
    const { html, isWhole } = detailHtml(result, Math.min(longestAnswer, room - frameBytes));
    const cut = isWhole ? '' : '<p><i>Cut here; the report has all of it.</i></p>';
    return `<details${isOpen ? ' open' : ''}><summary>${title}</summary>${html.startsWith('<h') ? '' : '<br>'}${html}${cut}<hr></details>\n\n`;
}
/** Why a process failed, the end of its standard error, and its answer. */
function detailHtml(result, most) {
    const { output, stderr, outputTruncated } = result;
    const words = (0,cut_text/* lastUnits */.wx)(stderr, longestStderr);
    const why = isFine(result) ? '' : `<p>${(0,html_text/* inlineHtml */.l0)((0,advice/* whatHappenedAndWhy */.B1)(result), longestMessage)}</p>`;
    const errors = isFine(result) || words.trim() === '' ? '' : linesHtml('Standard error', words);
    const before = isFine(result) ? '' : shortenedTo(`${why}${errors}`, why, most);
    // Markdown takes more room as HTML, never less than a third of it.
    const source = (0,plain_text/* shortened */.vI)(output, most);
    const left = Math.max(0, most - external_node_buffer_.Buffer.byteLength(before));
    const answer = (0,html/* markdownHtml */.h)((0,answer_blocks/* answerBlocks */.z)({ ...result, output: source }), { on: 'github', most: left });
    const isWhole = answer.isWhole && source.length === output.length && outputTruncated !== true;
    return { html: `${before}${answer.html}`, isWhole };
}
/** The whole where it has room, else its beginning alone, else nothing: neither is cut within an element. */
function shortenedTo(whole, beginning, most) {
    return [whole, beginning].find((html) => external_node_buffer_.Buffer.byteLength(html) <= most) ?? '';
}
function linesHtml(title, text) {
    const { html } = (0,html_text/* escapedStart */.ke)((0,plain_text/* plainText */.wh)(text).trim(), longestStderr * 3);
    return `<p>${title}:</p><pre>${html.replaceAll('\n', '&#10;')}</pre>`;
}

;// CONCATENATED MODULE: ./build/reports/summary.js










/** Bytes: what people scroll through at most. GitHub itself drops a summary of more than 1 MiB. */
const longestSummary = 150_000;
const longestLine = 2_000;
const longestTitle = 200;
const mostConcerns = 20;
const mostHighlights = 20;
const longestHighlight = 600;
/**
 * The session as GitHub's Markdown: the outcome, what needs attention and the next step, every process with what it said first,
 * the answers, and how it was run. What has no room is left to the report, and said.
 *
 * Whatever a model, a tool or a name may have written is in blocks of HTML without an empty line, where Markdown does not look, and
 * what GitHub looks for in every text stands in `code`.
 */
function renderSummary(state, { links = {}, most = longestSummary } = {}) {
    const { ended } = state;
    if (ended === undefined)
        return '';
    const { results } = ended;
    const head = [
        headHtml(state, ended),
        figuresHtml(state, ended, links),
        offlineHtml(state),
        concernsHtml(state, ended),
    ];
    const known = highlightsHtml(state);
    const foot = footHtml(state, ended);
    const found = (0,findings_section/* findingsHtml */.q)(state, Math.floor(most / 3));
    const room = most - external_node_buffer_.Buffer.byteLength([...head, found, known, foot].join(''));
    const tables = tablesHtml(state, results, Math.floor(room * shareOfTables));
    const answers = answersHtml(state, results, room - external_node_buffer_.Buffer.byteLength(tables));
    return [...head, found, tables, answers, known, foot].join('');
}
const shareOfTables = 0.7;
const summary_marks = {
    success: '✅',
    failure: '❌',
    cancelled: '🚫',
    skipped: '⏭️',
};
function headHtml({ started }, { conclusion, results, verdict }) {
    const title = (0,html_text/* headingHtml */.AX)(started?.title ?? 'Claude Ensemble', longestTitle);
    const why = conclusion === 'skipped' ? `<p>${(0,html_text/* inlineHtml */.l0)(verdict, longestLine)}</p>\n\n` : '';
    const outcome = `${conclusion === 'skipped' ? '' : `${conclusion}, `}${(0,reports_concerns/* outcomeText */.EL)({ conclusion, results })}`;
    return `### ${summary_marks[conclusion]} ${title}: ${outcome}\n\n${why}`;
}
/** Time, money, tokens, and where to go on. */
function figuresHtml(state, { totals, conclusion }, links) {
    const tokens = (0,format/* sessionTokensText */.Cb)(totals);
    const facts = [
        ...(conclusion === 'skipped'
            ? []
            : [`<b>${(0,format/* durationText */.S5)(totals.durationSeconds)}</b>`, `<b>${(0,reports_money/* sessionMoney */.F8)(state)}</b>`]),
        ...(tokens === undefined ? [] : [tokens]),
        ...linkTexts(links),
    ];
    return facts.length === 0 ? '' : `<p>${facts.join(' · ')}</p>\n\n`;
}
/** Only the links to the documents of a session, for a page that has its summary already. */
function linksHtml(links) {
    const texts = linkTexts(links);
    return texts.length === 0 ? '' : `<p>${texts.join(' · ')}</p>\n`;
}
function linkTexts({ report, logs, logsBytes }) {
    const size = logsBytes === undefined ? '' : ` (${(0,format/* sizeText */.lP)(logsBytes)})`;
    return [
        ...(report === undefined ? [] : [`<a href="${(0,html_text/* escapeHtml */.ZD)(report)}">Open the report</a>`]),
        ...(logs === undefined ? [] : [`<a href="${(0,html_text/* escapeHtml */.ZD)(logs)}">Download all logs</a>${size}`]),
    ];
}
function offlineHtml({ started, ended }) {
    if (started?.offline !== true || ended?.conclusion === 'skipped')
        return '';
    return '> [!NOTE]\n> Offline: a stand-in answered, no model was asked. Tokens are made up, and so are the costs: nobody pays them.\n\n';
}
/** Failures and what else needs attention, by cause, with the next step. */
function concernsHtml(state, { results }) {
    const concerns = (0,reports_concerns/* concernsOf */.L9)(results);
    if (concerns.length === 0)
        return '';
    const title = (0,reports_concerns/* concernsTitle */.Mc)(state);
    const items = concerns.slice(0, mostConcerns).map(concernHtml);
    const rest = concerns.length - items.length;
    const more = rest > 0 ? `<li>and ${(0,format/* plural */.LS)(rest, 'more cause', 'more causes')}</li>` : '';
    return `<p><b>${title}</b></p><ul>${items.join('')}${more}</ul>\n\n`;
}
const concernMarks = {
    failed: '❌',
    'timed-out': '⏱️',
    cancelled: '🚫',
    skipped: '⏭️',
    denied: '❗',
    servers: '❗',
    'no-findings': '❗',
};
function concernHtml({ kind, whole, next, names }) {
    const who = names.length === 1
        ? `<b>${(0,html_text/* inlineHtml */.l0)(names[0] ?? '', longestTitle)}</b>`
        : `<b>${(0,format/* countText */.lT)(names.length)} processes</b> (${(0,html_text/* inlineHtml */.l0)((0,format/* someOf */.yU)(names), longestHighlight)})`;
    // The text is ours: backquotes are around names of options.
    const step = next === '' ? '' : `<br>→ ${next.replaceAll(/`([^`]+)`/gu, '<code>$1</code>')}`;
    return `<li>${concernMarks[kind]} ${who}: ${(0,html_text/* inlineHtml */.l0)(whole, longestHighlight)}${step}</li>`;
}
function highlightsHtml(state) {
    const all = (0,highlights/* highlights */.e)(state, 'attempts');
    if (all.length === 0)
        return '';
    const items = all.slice(0, mostHighlights).map((highlight) => `<li>${(0,html_text/* inlineHtml */.l0)(highlight, longestHighlight)}</li>`);
    if (all.length > mostHighlights)
        items.push(`<li>and ${(0,format/* countText */.lT)(all.length - mostHighlights)} more</li>`);
    return `<p><b>Worth knowing</b></p><ul>${items.join('')}</ul>\n\n`;
}
function footHtml({ started }, { results, verdict }) {
    if (started === undefined)
        return '';
    const { sessionId, pattern, executable, trust } = started;
    const models = (0,format/* counted */.hS)(results.flatMap(({ model }) => model ?? []));
    const facts = [
        ['Verdict', verdict],
        ['Pattern', `${pattern}, ${(0,format/* countText */.lT)(results.length)} ${results.length === 1 ? 'process' : 'processes'}`],
        ['Claude', (0,event_log/* withoutPath */.s)(executable)],
        ...(models === '' ? [] : [['Models', models]]),
        ['Trust', `${trust.level}: ${trust.why}`],
        ['Session', sessionId],
    ];
    const items = facts.map(([name, value]) => `<li>${name}: ${(0,html_text/* inlineHtml */.l0)(value, longestLine)}</li>`).join('');
    return `<details><summary>How it was run</summary><ul>${items}</ul></details>\n`;
}


/***/ }),

/***/ 5578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ mainAnswers),
/* harmony export */   y: () => (/* binding */ waitsOf)
/* harmony export */ });
/** The processes that each process waited for, by its id; a group stands for its members. */
function waitsOf({ needs, processes, }) {
    const membersOf = (id, seen) => {
        if (processes.has(id))
            return [id];
        return seen.has(id) ? [] : (needs.get(id) ?? []).flatMap((member) => membersOf(member, new Set([...seen, id])));
    };
    const waits = new Map();
    for (const id of processes.keys()) {
        const others = new Set((needs.get(id) ?? []).flatMap((needed) => membersOf(needed, new Set())));
        if (others.size > 0)
            waits.set(id, [...others]);
    }
    return waits;
}
/** More answers than these are no main ones. */
const mostMainAnswers = 3;
/**
 * The answers that the other processes were for: of a sequence the last, of a fallback the winner's, of a graph those of the processes
 * that no other that succeeded waited for, of one process its own.
 */
function mainAnswers(state) {
    const { started, ended } = state;
    const all = ended?.results ?? [];
    // What reviewers found and what their checks say of it stands among the findings.
    const results = ended?.findings === undefined ? all : all.filter(({ processId }) => !state.roles.has(processId));
    // Of several runs the last is what the others were for.
    const last = new Set(started?.processes.map(({ processId }) => processId));
    const isFine = ({ status }) => status === 'succeeded';
    if (all.length === 1)
        return results;
    switch (started?.pattern) {
        case 'sequential':
            return results.filter((result) => isFine(result) && last.has(result.processId)).slice(-1);
        case 'fallback':
            return results.filter((result) => isFine(result) && last.has(result.processId)).slice(0, 1);
        case 'graph': {
            const waits = waitsOf(state);
            // What did not do its work, such as an alarm that was not needed, does not stand for what it waited for.
            const awaited = new Set(results.filter(isFine).flatMap(({ processId }) => waits.get(processId) ?? []));
            const last = results.filter((result) => isFine(result) && !awaited.has(result.processId));
            return last.length > mostMainAnswers ? [] : last;
        }
        default:
            return [];
    }
}


/***/ }),

/***/ 9768:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ answersOf)
/* harmony export */ });
/** Finds the answers of a session; `finalIds` are the processes that nothing in the graph needs. */
function answersOf({ answer, succeeds }, results, finalIds) {
    const oneIsEnough = succeeds === 'with-one';
    const winner = oneIsEnough ? results.find(isSuccess) : undefined;
    const main = results.length === 1 ? results[0]?.processId : mainOf(answer, results, finalIds);
    return {
        oneIsEnough,
        ...(winner !== undefined && { winnerId: winner.processId }),
        ...(main !== undefined && { mainId: main }),
        finalIds,
    };
}
function mainOf(answer, results, finalIds) {
    switch (answer) {
        case 'last-success':
            return results.findLast(isSuccess)?.processId;
        case 'first-success':
            return results.find(isSuccess)?.processId;
        case 'only-sink':
            return finalIds.length === 1 ? finalIds[0] : undefined;
        case 'none':
            return undefined;
        default:
            return answer;
    }
}
function isSuccess({ status }) {
    return status === 'succeeded';
}


/***/ }),

/***/ 3924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ hurryWhenEnding),
/* harmony export */   l: () => (/* binding */ EventBus)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2011);
/* harmony import */ var _model_redacted_fields_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5260);


/** Milliseconds that a sink has for one event while the session runs: longer than a disk or a reader that is only busy. */
const defaultPatienceMs = 30_000;
/** One event on its way to the sinks; settled when each of them has taken it or was left out. */
class Delivery {
    since;
    settled;
    #open = 0;
    #settle = () => undefined;
    constructor(since) {
        this.since = since;
        this.settled = new Promise((resolve) => {
            this.#settle = resolve;
        });
    }
    begin() {
        this.#open += 1;
    }
    finish() {
        this.#open -= 1;
        if (this.#open === 0)
            this.#settle();
    }
}
const taken = Promise.resolve();
/**
 * The one way from the engine to the sinks: every fact is redacted here, then handed to each sink. A sink that fails, or
 * takes longer than the patience for one event, is named in a warning and left out from then on: it can neither break the
 * session, nor hold it up, nor fail silently.
 */
class EventBus {
    #redactor;
    #clock;
    #subscriptions;
    /** Warnings that came too late to be events. */
    #late = [];
    #patienceMs;
    /** Nothing is older than this: the patience was shortened then, and holds from then on. */
    #hurriedAt = Number.NEGATIVE_INFINITY;
    #cancelWatch;
    #watchEndsAt = 0;
    /** Number of callers that wait for the sinks, and keep the program alive until the patience is over. */
    #waiting = 0;
    /** The time of the event before. */
    #last = { ms: Number.NaN, text: '' };
    #closed;
    constructor({ sinks, redactor, clock, patienceMs = defaultPatienceMs }) {
        this.#redactor = redactor;
        this.#clock = clock;
        this.#patienceMs = patienceMs;
        this.#subscriptions = new Set(sinks.map((sink) => ({ sink, pending: new Map() })));
    }
    /** Hands a fact to every sink; nothing is handed over any more once the sinks are being closed. */
    emit = (fact) => {
        if (this.#closed !== undefined)
            return taken;
        return this.#deliver({ ...(0,_model_redacted_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .redactedFact */ .j)(fact, this.#redactor), at: this.#time() });
    };
    /** Now, as text; most events come within the millisecond of the one before. */
    #time() {
        const date = this.#clock.date();
        if (date.getTime() !== this.#last.ms)
            this.#last = { ms: date.getTime(), text: date.toISOString() };
        return this.#last.text;
    }
    /** From now on a sink has only so long: the session is being ended. */
    hurry(patienceMs) {
        if (patienceMs >= this.#patienceMs)
            return;
        this.#patienceMs = patienceMs;
        this.#hurriedAt = this.#clock.now();
        this.#cancelWatch?.();
        this.#watch(patienceMs);
    }
    /** Resolves when every sink has taken what it was given so far, or was left out. */
    async flush() {
        const pending = [...this.#subscriptions].flatMap((subscription) => [...subscription.pending.values()].flat());
        await this.#waitFor(Promise.all(pending.map(({ settled }) => settled)));
    }
    /** Waits for work on what some sinks write to as it does for the sinks; undefined when that took too long. */
    async within(target, work) {
        const users = [...this.#subscriptions].filter(({ sink }) => sink.target === target);
        if (users[0] === undefined)
            return undefined;
        const delivery = new Delivery(this.#clock.now());
        let result;
        this.#await(users[0], work().then((value) => {
            result = value;
        }), delivery);
        await this.#waitFor(delivery.settled);
        return result;
    }
    /** Ends the stream of events and closes each sink that still works, once. Gives what went wrong meanwhile. */
    async close() {
        this.#closed ??= this.#closeAll();
        await this.#closed;
        return this.#late;
    }
    async [Symbol.asyncDispose]() {
        await this.close();
    }
    async #closeAll() {
        const delivery = new Delivery(this.#clock.now());
        delivery.begin();
        for (const subscription of this.#subscriptions) {
            try {
                const closing = subscription.sink.close?.();
                if (closing !== undefined)
                    this.#await(subscription, closing, delivery);
            }
            catch (error) {
                this.#fail(subscription, error);
            }
        }
        delivery.finish();
        await this.#waitFor(delivery.settled);
        this.#cancelWatch?.();
    }
    async #waitFor(promise) {
        this.#waiting += 1;
        if (this.#waiting === 1)
            this.#watchAgain();
        await promise;
        this.#waiting -= 1;
        if (this.#waiting === 0)
            this.#watchAgain();
    }
    #watchAgain() {
        if (this.#cancelWatch === undefined)
            return;
        this.#cancelWatch();
        this.#watch(Math.max(0, this.#watchEndsAt - this.#clock.now()));
    }
    // No async function: its frame would keep the event, and the bytes in it, until the last sink has written them.
    #deliver(event) {
        let delivery;
        for (const subscription of this.#subscriptions) {
            try {
                const promise = subscription.sink.handle(event);
                if (promise === undefined)
                    continue;
                delivery ??= new Delivery(this.#clock.now());
                this.#await(subscription, promise, delivery);
            }
            catch (error) {
                this.#fail(subscription, error);
            }
        }
        return delivery?.settled ?? taken;
    }
    #await(subscription, promise, delivery) {
        delivery.begin();
        const { pending } = subscription;
        const others = pending.get(promise);
        if (others !== undefined) {
            others.push(delivery);
            return;
        }
        pending.set(promise, [delivery]);
        if (this.#cancelWatch === undefined)
            this.#watch(this.#patienceMs);
        const done = () => {
            for (const settled of pending.get(promise) ?? [])
                settled.finish();
            pending.delete(promise);
        };
        promise.then(done, (error) => {
            this.#fail(subscription, error);
            done();
        });
    }
    /** One timer for all that is pending: one for each event would be most of the work. */
    #watch(delayMs) {
        this.#watchEndsAt = this.#clock.now() + delayMs;
        const look = () => {
            this.#cancelWatch = undefined;
            const now = this.#clock.now();
            for (const subscription of this.#subscriptions)
                if (now - this.#pendingSince(subscription) >= this.#patienceMs)
                    this.#giveUpWaitingFor(subscription);
            const oldest = Math.min(...[...this.#subscriptions].map((subscription) => this.#pendingSince(subscription)));
            if (oldest !== Number.POSITIVE_INFINITY)
                this.#watch(Math.max(1, oldest + this.#patienceMs - now));
        };
        this.#cancelWatch = this.#clock.after(delayMs, look, this.#waiting > 0 ? undefined : 'background');
    }
    #pendingSince({ pending }) {
        for (const [oldest] of pending.values())
            if (oldest !== undefined)
                return Math.max(oldest.since, this.#hurriedAt);
        return Number.POSITIVE_INFINITY;
    }
    #fail(subscription, error) {
        if (!this.#leaveOut(subscription))
            return;
        const cause = (0,_model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorMessage */ .gJ)(error);
        this.#warn(`${subscription.sink.name} failed and was left out from then on: ${cause}`);
    }
    /** Sinks that write to the same target hang together, and share one warning. */
    #giveUpWaitingFor(subscription) {
        const { name, target } = subscription.sink;
        for (const other of this.#subscriptions)
            if (other === subscription || (target !== undefined && other.sink.target === target))
                this.#leaveOut(other);
        target?.onHang?.();
        this.#warn([
            `${target?.name ?? name}: nothing was taken for ${this.#patienceMs / 1000} s, and no more is sent there.`,
            ...(target === undefined ? [] : [target.advice]),
        ].join(' '));
    }
    #leaveOut(subscription) {
        const wasIn = this.#subscriptions.delete(subscription);
        for (const delivery of [...subscription.pending.values()].flat())
            delivery.finish();
        subscription.pending.clear();
        return wasIn;
    }
    #warn(message) {
        if (this.#closed === undefined)
            void this.emit({ type: 'notice', level: 'warning', message }); // Emitting never rejects.
        else
            this.#late.push(this.#redactor.text(message));
    }
}
/** Milliseconds that a sink has for one event once the session is being ended. */
const patienceWhileEnding = { deadline: 4_000, cancelled: 1_500, killed: 500 };
/** A sink that hangs must not outlast the time that a cancel or a deadline leaves. */
function hurryWhenEnding(bus, { stop, kill }) {
    const onStop = () => bus.hurry(stop.reason === 'deadline' ? patienceWhileEnding.deadline : patienceWhileEnding.cancelled);
    const onKill = () => bus.hurry(patienceWhileEnding.killed);
    if (stop.aborted)
        onStop();
    if (kill.aborted)
        onKill();
    stop.addEventListener('abort', onStop);
    kill.addEventListener('abort', onKill);
}


/***/ }),

/***/ 997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  H: () => (/* binding */ locatedFindings)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/findings/finding-path.js
var finding_path = __webpack_require__(436);
;// CONCATENATED MODULE: ./build/findings/line-hash.js
/** Characters that a hash covers, from the beginning of its line on; blanks and tabs do not count. */
const blockSize = 100;
const base = 37n;
const mask = 64;
const endOfFile = 0xff_ff;
const firstFactor = BigInt.asUintN(mask, base ** BigInt(blockSize));
/**
 * The hash of each of the wanted lines by the rules of GitHub's code scanning, which knows a result by it where its line has
 * moved: a rolling hash over what follows the beginning of the line, and how many lines before it have the same.
 */
function lineHashes(text, wanted) {
    const hashes = new RollingHashes(wanted);
    let isAfterReturn = false;
    for (let index = 0; index < text.length; index += 1) {
        const code = text.charCodeAt(index);
        const isSecondHalf = isAfterReturn && code === 0x0a;
        isAfterReturn = code === 0x0d;
        if (code === 0x20 || code === 0x09 || isSecondHalf)
            continue;
        hashes.add(code === 0x0d ? 0x0a : code);
    }
    return hashes.end();
}
class RollingHashes {
    #wanted;
    #window = new Uint16Array(blockSize);
    /** The line that begins at a place of the window; 0 where none does. */
    #lines = new Uint32Array(blockSize);
    #counts = new Map();
    #found = new Map();
    #hash = 0n;
    #index = 0;
    #line = 0;
    #isLineStart = true;
    constructor(wanted) {
        this.#wanted = wanted;
    }
    add(code) {
        this.#settle();
        if (this.#isLineStart) {
            this.#line += 1;
            this.#lines[this.#index] = this.#line;
        }
        this.#isLineStart = code === 0x0a;
        this.#roll(code);
    }
    /** Nothing starts a line after the last line break, so the place is settled before the end of the file is added. */
    end() {
        this.#settle();
        this.#roll(endOfFile);
        for (let left = blockSize; left > 0; left -= 1) {
            this.#settle();
            this.#roll(0);
        }
        return this.#found;
    }
    /** The window has come round to where a line began: its hash is whole. */
    #settle() {
        const line = this.#lines[this.#index];
        if (line === undefined || line === 0)
            return;
        this.#lines[this.#index] = 0;
        const count = (this.#counts.get(this.#hash) ?? 0) + 1;
        this.#counts.set(this.#hash, count);
        if (this.#wanted.has(line))
            this.#found.set(line, `${this.#hash.toString(16)}:${count}`);
    }
    #roll(code) {
        const leaving = this.#window[this.#index] ?? 0;
        this.#window[this.#index] = code;
        this.#hash = BigInt.asUintN(mask, base * this.#hash + BigInt(code) - firstFactor * BigInt(leaving));
        this.#index = (this.#index + 1) % blockSize;
    }
}

;// CONCATENATED MODULE: ./build/findings/places.js
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





/** No source is larger; a hash costs time for each character of it. */
const largestFile = 4 * 1024 * 1024;
/** The findings with their places in the checkout, whose absolute path is given. Never rejects. */
async function withPlaces(findings, checkout) {
    const root = await (0,promises_.realpath)(checkout).catch(() => undefined);
    if (root === undefined)
        return findings;
    const byFile = Map.groupBy(findings, ({ file }) => file);
    const places = new Map();
    for (const [file, inFile] of byFile) {
        const text = (0,finding_path/* isRepositoryPath */.og)(file) ? await textOf(root, file) : undefined;
        if (text === undefined)
            continue;
        const lines = new Set(inFile.flatMap(({ line }) => line ?? []));
        const hashes = text === 'unread' || lines.size === 0 ? new Map() : lineHashes(text, lines);
        for (const finding of inFile)
            places.set(finding, placeOf(finding, hashes, text === 'unread'));
    }
    return findings.map((finding) => {
        const place = places.get(finding);
        return place === undefined ? finding : { ...finding, place };
    });
}
function placeOf({ file: path, line }, hashes, isUnread) {
    if (line === undefined)
        return { path };
    const lineHash = hashes.get(line);
    if (lineHash !== undefined)
        return { path, line, lineHash };
    // The number of lines of a file that was not read is unknown.
    return isUnread ? { path, line } : { path };
}
/** The text of a file below the root; undefined when there is no such file, or a link leads out. */
async function textOf(root, file) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const path = await (0,promises_.realpath)((0,external_node_path_.join)(root, file));
            if (!path.startsWith(root.endsWith(external_node_path_.sep) ? root : root + external_node_path_.sep))
                return undefined;
            const handle = __addDisposableResource(env_1, await (0,promises_.open)(path, external_node_fs_.constants.O_RDONLY | (external_node_fs_.constants.O_NONBLOCK ?? 0) | (external_node_fs_.constants.O_NOFOLLOW ?? 0)), true);
            const found = await handle.stat();
            if (!found.isFile())
                return undefined;
            return found.size > largestFile ? 'unread' : (await handle.readFile('utf8')).slice(0, largestFile);
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
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/findings/session-findings.js + 2 modules
var session_findings = __webpack_require__(5817);
// EXTERNAL MODULE: ./build/model/clock.js
var model_clock = __webpack_require__(6824);
;// CONCATENATED MODULE: ./build/session/located-findings.js



/** Longest search of the checkout for the places of findings, in milliseconds. */
const patienceMs = 5_000;
/** The findings, with the places that the checkout has; without them where a disk takes too long. Empty when no process was asked for findings. */
async function locatedFindings(results, { key, checkout, clock, kill }) {
    const found = (0,session_findings/* findingsOf */.W)(results, { key, ...(checkout !== undefined && { checkout }) });
    if (found === undefined)
        return {};
    if (checkout === undefined)
        return { findings: found };
    let { findings } = found;
    const placed = withPlaces(findings, checkout).then((located) => {
        findings = located;
    });
    await (0,model_clock/* waitAtMost */._)(placed, { clock, delayMs: patienceMs, signal: kill });
    return { findings: { ...found, findings } };
}


/***/ }),

/***/ 3816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ openSessionRecorder)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/agents/claude/messages.js + 1 modules
var messages = __webpack_require__(6924);
// EXTERNAL MODULE: ./build/model/session-files.js
var session_files = __webpack_require__(4896);
// EXTERNAL MODULE: ./build/model/session-state.js
var session_state = __webpack_require__(2170);
// EXTERNAL MODULE: ./build/process/system-clock.js
var system_clock = __webpack_require__(5914);
// EXTERNAL MODULE: ./build/record/event-log.js
var event_log = __webpack_require__(2007);
;// CONCATENATED MODULE: ./build/record/manifest.js

/** Raised when a reader of `manifest.json` would have to know of a change. */
const manifestSchemaVersion = 1;
/** Milliseconds between two versions of the file: with many processes each takes a while to write. */
const paceMs = 250;
/** `manifest.json`, replaced atomically: at the start, when the state changes at most 4 times a second, and at the end. */
function manifestFile(directory, state, clock) {
    const file = directory.replacedFile({ name: session_files/* sessionFiles */.AG.manifest });
    let savedAt = Number.NEGATIVE_INFINITY;
    let cancel;
    const save = () => {
        cancel?.();
        cancel = undefined;
        savedAt = clock.now();
        return file.save(() => [manifestJson(state)]);
    };
    return {
        name: session_files/* sessionFiles */.AG.manifest,
        handle(event) {
            if (!changesManifest(event))
                return undefined;
            const waitMs = savedAt + paceMs - clock.now();
            if (event.type === 'session-ended' || waitMs <= 0)
                return save();
            cancel ??= clock.after(waitMs, () => void save()); // It never rejects.
            return undefined;
        },
        close: () => cancel?.(),
    };
}
/** The text of `manifest.json`. */
function manifestJson(state) {
    return `${JSON.stringify({ ...sessionPart(state), processes: [...state.processes.values()] }, null, 2)}\n`;
}
function sessionPart({ started, startedAt, interruptedBy, ended, }) {
    if (started === undefined || startedAt === undefined)
        return undefined;
    const { sessionId, pattern, trust, offline, executable } = started;
    return {
        ...{ schemaVersion: manifestSchemaVersion, sessionId, pattern, startedAt, trust, offline, executable },
        ...(interruptedBy !== undefined && { interruptedBy }),
        ...(ended !== undefined && { endedAt: ended.at, conclusion: ended.conclusion, verdict: ended.verdict }),
    };
}
function changesManifest({ type }) {
    switch (type) {
        case 'session-started':
        case 'processes-added':
        case 'process-started':
        case 'process-retrying':
        case 'process-ended':
        case 'session-interrupted':
        case 'session-ended':
            return true;
        default:
            return false;
    }
}

;// CONCATENATED MODULE: ./build/record/process-files.js
/** One growing file for each process, opened when it is first written to and closed when its process has ended. */
class ProcessFiles {
    #open = new Map();
    #directory;
    #nameOf;
    constructor(directory, nameOf) {
        this.#directory = directory;
        this.#nameOf = nameOf;
    }
    /** Adds bytes, or text, to the file of a process; resolves when they are written. */
    append(processId, content) {
        return this.#fileOf(processId).append(content);
    }
    /** Empties the file of a process, when there is one. */
    truncate(processId) {
        return this.#open.get(processId)?.truncate();
    }
    /** Gives back the descriptor of a process's file. */
    async close(processId) {
        const file = this.#open.get(processId);
        this.#open.delete(processId);
        await file?.close();
    }
    /** Gives back all descriptors. */
    async closeAll() {
        await Promise.all([...this.#open.keys()].map((processId) => this.close(processId)));
    }
    #fileOf(processId) {
        const known = this.#open.get(processId);
        if (known !== undefined)
            return known;
        const file = { name: this.#nameOf(processId), processId };
        const opened = this.#directory.appendFile(file);
        this.#open.set(processId, opened);
        return opened;
    }
}

;// CONCATENATED MODULE: ./build/record/output-files.js


/**
 * `outputs/<process>.md`: the output of the last attempt, whole but for redactions. Of a plain program it is what that wrote
 * to standard output, as it comes. Of the CLI it is written with the result message, and at the end where there was none.
 */
function outputFiles(directory) {
    const nameOf = (processId) => (0,session_files/* filesOfProcess */.Ec)(processId).output;
    const outputs = {
        written: new Set(),
        plain: new ProcessFiles(directory, nameOf),
        results: new Map(),
        resultFile: (processId) => directory.replacedFile({ name: nameOf(processId), processId }),
    };
    return {
        name: 'output files',
        handle: (event) => record(event, outputs),
        close: () => outputs.plain.closeAll(),
    };
}
function record(event, outputs) {
    const { written, plain, results, resultFile } = outputs;
    switch (event.type) {
        case 'process-started':
            // What an earlier attempt said is no output of this one.
            written.delete(event.processId);
            return results.get(event.processId)?.save(() => []) ?? plain.truncate(event.processId);
        case 'process-output':
            if (event.stream !== 'stdout' || event.format !== 'plain')
                return undefined;
            written.add(event.processId);
            return plain.append(event.processId, event.bytes);
        case 'process-message': {
            if (event.entry.kind !== 'result')
                return undefined;
            const { output } = event.entry;
            const file = results.get(event.processId) ?? resultFile(event.processId);
            written.add(event.processId);
            results.set(event.processId, file);
            return file.save(() => [output]);
        }
        case 'process-ended':
            return end(event.result, outputs);
        default:
            return undefined;
    }
}
/** A process that ended without a result may have said something all the same. */
async function end(result, { written, plain, results, resultFile }) {
    const { processId, output, attempts } = result;
    const file = results.get(processId) ?? resultFile(processId);
    if (attempts > 0 && output !== '' && !written.has(processId))
        await file.save(() => [output]);
    written.delete(processId);
    results.delete(processId);
    await plain.close(processId);
}

;// CONCATENATED MODULE: ./build/record/prompt-files.js

/** `context.md` and `<process>.prompt.md`: what Claude was given to read, but for redactions. */
function promptFiles(directory) {
    return {
        name: 'prompt files',
        handle(event) {
            if (event.type === 'session-context') {
                return directory.replacedFile({ name: session_files/* sessionFiles */.AG.context }).save(() => event.context.map(blockText));
            }
            if (event.type !== 'process-prompt')
                return undefined;
            const { processId, received } = event;
            return directory.replacedFile({ name: (0,session_files/* filesOfProcess */.Ec)(processId).prompt, processId }).save(() => [received]);
        },
    };
}
function blockText({ id, text }) {
    return `<data id=${JSON.stringify(id)}>\n${text}\n</data>\n`;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./build/record/ceiling.js

const lineFeed = 10;
/** The beginning of a text up to its last complete line; without one, and unless `onlyWhole`, up to its last complete character. */
function wholeLines(text, onlyWhole = false) {
    const lines = text.lastIndexOf(lineFeed) + 1;
    if (lines > 0 || onlyWhole)
        return text.subarray(0, lines);
    let start = text.length - 1;
    while (start > 0 && ((text[start] ?? 0) & 0xc0) === 0x80)
        start -= 1;
    // The first byte of a character begins with as many ones as the character has bytes, or with a zero.
    const wanted = Math.max(1, Math.clz32(~((text[start] ?? 0) << 24)));
    return text.length - start === wanted ? text : text.subarray(0, Math.max(0, start));
}
/** The parts of a content, without what is beyond the ceiling. */
async function* withinCeiling(ceiling, parts) {
    let room = ceiling?.bytes ?? Number.POSITIVE_INFINITY;
    for await (const part of parts) {
        const bytes = external_node_buffer_.Buffer.byteLength(part);
        if (bytes > room) {
            ceiling?.onReached();
            yield wholeLines(external_node_buffer_.Buffer.from(part).subarray(0, room));
            return;
        }
        room -= bytes;
        yield part;
    }
}

;// CONCATENATED MODULE: ./build/record/append-file.js



const append_file_lineFeed = 10;
const nothing = external_node_buffer_.Buffer.alloc(0);
const nothingToWait = Promise.resolve();
/** Memory of up to this size is used again for the next batch; more, which a very long line took, is given back. */
const mostKeptBytes = 1024 * 1024;
/**
 * Bytes that are to be written in one go, gathered in memory of their own: what a child wrote can then be forgotten at once,
 * where bytes that wait for the disk would outlive the quick collections of garbage and pile up.
 */
class GatheredBytes {
    #memory = external_node_buffer_.Buffer.alloc(0);
    #length = 0;
    add(bytes) {
        this.#makeRoom(bytes.length);
        this.#memory.set(bytes, this.#length);
        this.#length += bytes.length;
    }
    /** All of them, valid until the next ones are added. */
    take() {
        const taken = this.#memory.subarray(0, this.#length);
        this.#length = 0;
        if (this.#memory.length > mostKeptBytes)
            this.#memory = external_node_buffer_.Buffer.alloc(0);
        return taken;
    }
    #makeRoom(added) {
        const needed = this.#length + added;
        if (needed <= this.#memory.length)
            return;
        const larger = external_node_buffer_.Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#memory.length));
        larger.set(this.#memory.subarray(0, this.#length));
        this.#memory = larger;
    }
}
/**
 * A file that grows. Every promise resolves when its bytes are written, which is how a slow disk slows the child; none
 * rejects. After a failure the rest is dropped: a log that ends early is honest, one with holes is not.
 */
class AppendFile {
    #options;
    #queue = Promise.resolve();
    #handle;
    #failed = false;
    /** Bytes of the file that are ours. */
    #size = 0;
    #hash;
    /** Bytes that are written next. */
    #batch;
    /** The memory of a batch that was written, for the next one. */
    #spare;
    /** Counted against the ceiling. */
    #admittedBytes = 0;
    #isAtLineStart = true;
    #isFull = false;
    constructor(options) {
        this.#options = options;
    }
    /**
     * Adds bytes, or text as UTF-8, at the end. What comes while the file is busy is written in one go. Once the ceiling is
     * reached the rest is dropped, without a wait.
     */
    append(content) {
        const admitted = this.#admitted(typeof content === 'string' ? external_node_buffer_.Buffer.from(content) : content);
        if (admitted.length === 0)
            return this.#batch?.written ?? nothingToWait;
        const batch = this.#batch ?? this.#newBatch();
        batch.bytes.add(admitted);
        return batch.written;
    }
    #admitted(bytes) {
        const { ceiling } = this.#options;
        if (ceiling === undefined)
            return bytes;
        if (this.#isFull)
            return nothing;
        const room = ceiling.bytes - this.#admittedBytes;
        if (bytes.length <= room) {
            this.#admittedBytes += bytes.length;
            if (bytes.length > 0)
                this.#isAtLineStart = bytes.at(-1) === append_file_lineFeed;
            return bytes;
        }
        this.#isFull = true;
        ceiling.onReached();
        return wholeLines(bytes.subarray(0, room), this.#isAtLineStart && this.#admittedBytes > 0);
    }
    #newBatch() {
        const bytes = this.#spare ?? new GatheredBytes();
        this.#spare = undefined;
        const begin = () => {
            if (this.#batch?.bytes === bytes)
                this.#batch = undefined;
        };
        const write = async (handle) => {
            await this.#writeAll(handle, bytes.take());
            this.#spare = bytes;
        };
        this.#batch = { bytes, written: this.#enqueue(write, begin) };
        return this.#batch;
    }
    /** Empties the file. */
    truncate() {
        this.#batch = undefined;
        this.#admittedBytes = 0;
        this.#isFull = false;
        return this.#enqueue(async (handle) => {
            await handle.truncate(0);
            this.#size = 0;
            if (this.#hash !== undefined)
                this.#hash = (0,external_node_crypto_.createHash)('sha256');
        });
    }
    /** Gives the descriptor back; a later `append` takes a new one. */
    close() {
        this.#batch = undefined;
        return this.#guarded(async () => {
            const handle = this.#handle;
            this.#handle = undefined;
            if (handle !== undefined)
                await this.#options.release(handle, this.#own());
        });
    }
    [Symbol.asyncDispose]() {
        return this.close();
    }
    /** `begin` is called when it is this work's turn, also when there is nothing to be done any more. */
    #enqueue(work, begin) {
        return this.#guarded(async () => {
            begin?.();
            if (this.#failed)
                return;
            this.#handle ??= await this.#open();
            await work(this.#handle);
        });
    }
    async #open() {
        const { handle, size, hash } = await this.#options.open();
        this.#size = size;
        this.#hash = hash;
        return handle;
    }
    #own = () => ({ size: this.#size, ...(this.#hash !== undefined && { hash: this.#hash }) });
    /** A single write may take a part of the bytes only, when a signal comes or the disk fills up. */
    async #writeAll(handle, bytes) {
        for (let rest = bytes; rest.length > 0;) {
            const { bytesWritten } = await handle.write(rest);
            this.#size += bytesWritten;
            this.#hash?.update(rest.subarray(0, bytesWritten));
            rest = rest.subarray(bytesWritten);
        }
        this.#options.onWritten?.(this.#own);
    }
    #guarded(work) {
        this.#queue = this.#queue.then(work).catch((error) => {
            this.#failed = true;
            this.#options.onFault(error);
        });
        return this.#queue;
    }
}

// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
;// CONCATENATED MODULE: ./build/record/directory-guard.js


/** The directories of a session by their identity: a tool may take rights on one, remove it, or replace it. */
class DirectoryGuard {
    #known = new Map();
    /** Takes a directory as it is for ours, below those that were taken before. */
    take(path) {
        this.#known.set(path, (0,external_node_fs_.lstatSync)(path, { bigint: true }));
    }
    /** Gives us back the rights that we had on them; throws when one of them is not there any more. */
    demandAll() {
        for (const [path, { dev, ino }] of this.#known) {
            const found = (0,external_node_fs_.lstatSync)(path, { bigint: true });
            if (found.dev !== dev || found.ino !== ino)
                throw replaced(path);
            const mode = Number(found.mode) & 0o7777;
            const isOwn = external_node_process_.getuid !== undefined && found.uid === BigInt(external_node_process_.getuid());
            if (isOwn && (mode & 0o700) !== 0o700)
                (0,external_node_fs_.chmodSync)(path, mode | 0o700);
        }
    }
    /** Why they cannot be used; undefined when they can, with the rights that we had on them. */
    fault() {
        try {
            this.demandAll();
            return undefined;
        }
        catch (error) {
            return error;
        }
    }
}
function replaced(path) {
    return Object.assign(new Error(`something else is in the place of ${path}`), { code: 'EREPLACED' });
}

;// CONCATENATED MODULE: ./build/record/file-ledger.js



/** Milliseconds between two lines about one file that grows: the first lines come soon, and hours do not fill the disk. */
const pace = { first: 250, longest: 5_000 };
/**
 * Records what was written to the files of a session. Each line carries a proof (HMAC-SHA256), so that a later reader can
 * distinguish our bytes from those of others. A file that was withdrawn stays withdrawn.
 */
class FileLedger {
    #identity;
    #append;
    #paced = new Map();
    #withdrawn = new Set();
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #closed = false;
    constructor(identity, append) {
        this.#identity = identity;
        this.#append = append;
    }
    /** SHA-256 in hex of all lines so far. */
    get digest() {
        return this.#hash.copy().digest('hex');
    }
    record({ name, size, digest }) {
        if (!this.#withdrawn.has(name))
            this.#add(`${size} ${digest} ${name}`);
    }
    /** Records a file that is still being written, at most as often as the pace allows; `current` is called when it is time. */
    progress(name, current) {
        const paced = this.#paced.get(name) ?? { dueAt: 0, delayMs: pace.first };
        this.#paced.set(name, paced);
        if (paced.timer !== undefined)
            return;
        const note = () => {
            delete paced.timer;
            paced.dueAt = performance.now() + paced.delayMs;
            paced.delayMs = Math.min(pace.longest, 2 * paced.delayMs);
            this.record(current());
        };
        const waitMs = paced.dueAt - performance.now();
        if (waitMs <= 0)
            note();
        else
            paced.timer = setTimeout(note, waitMs).unref();
    }
    /** Others have changed the file: nothing of it is to be believed any more. */
    withdraw(name) {
        if (this.#withdrawn.has(name))
            return;
        this.#withdrawn.add(name);
        this.#add(`- - ${name}`);
    }
    /** Nothing is noted any more: the digest stays what it is. */
    close() {
        this.#closed = true;
        for (const { timer } of this.#paced.values())
            clearTimeout(timer);
    }
    #add(fact) {
        if (this.#closed)
            return;
        const line = `${proofOf(fact, this.#identity).toString('hex')} ${fact}\n`;
        this.#hash.update(line);
        this.#append(line);
    }
}
/**
 * The newest of what a ledger proves of each file; lines without a valid proof are ignored. Of the event log every state is
 * given: its beginning is useful even when the rest was changed.
 */
function readLedger(text, identity) {
    const files = new Map();
    const events = [];
    for (const line of text.split('\n')) {
        const [, proof = '', fact = ''] = /^([0-9a-f]{64}) (.+)$/.exec(line) ?? [];
        if (fact === '' || !timingSafeEqual(Buffer.from(proof, 'hex'), proofOf(fact, identity)))
            continue;
        const [size = '', digest = '', ...rest] = fact.split(' ');
        const name = rest.join(' ');
        const state = { name, size: Number(size), digest };
        if (size === '-')
            files.delete(name);
        else if (name !== sessionFiles.events)
            files.set(name, [state]);
        else {
            events.push(state);
            files.set(name, events);
        }
    }
    return [...files.values()].flat();
}
function proofOf(fact, { sessionId, key }) {
    return (0,external_node_crypto_.createHmac)('sha256', key).update(`${sessionId}\n${fact}`).digest();
}

;// CONCATENATED MODULE: ./build/record/gathered.js
/** Least length of a part, in UTF-16 units. */
const gatheredLength = 64 * 1024;
/** Joins pieces of text into parts that are worth a write each; bytes stay as they are. */
async function* gathered(parts) {
    let text = '';
    for await (const part of parts) {
        if (typeof part === 'string')
            text += part;
        if (typeof part === 'string' && text.length < gatheredLength)
            continue;
        if (text !== '')
            yield text;
        text = '';
        if (typeof part !== 'string')
            yield part;
    }
    if (text !== '')
        yield text;
}

;// CONCATENATED MODULE: ./build/record/make-directories.js




/** The mode of directories that only their owner can use. */
const ownerOnlyDirectory = 0o700;
/**
 * Makes a directory and what is missing above it; others may be making the same ones. Node's own way never ends below
 * /proc, where nothing can be made. Rejects when the path leads through one of `neverMade` that does not exist.
 */
async function makeDirectories(path, neverMade = []) {
    for (const directory of neverMade)
        if (isWithin(path, directory))
            requireDirectory(directory);
    const missing = await makeDirectory(path);
    if (missing === undefined)
        return;
    if ((0,external_node_path_.dirname)(path) === path)
        throw missing;
    await makeDirectories((0,external_node_path_.dirname)(path));
    const stillMissing = await makeDirectory(path);
    if (stillMissing !== undefined)
        throw stillMissing;
}
/** Makes a directory unless something of its name exists; resolves to the error when what is above it is missing. */
async function makeDirectory(path) {
    try {
        await (0,promises_.mkdir)(path, { mode: ownerOnlyDirectory });
        return undefined;
    }
    catch (error) {
        if ((0,errors/* errorCode */.CA)(error) === 'EEXIST')
            return undefined;
        if ((0,errors/* errorCode */.CA)(error) === 'ENOENT')
            return error;
        throw error;
    }
}
function isWithin(path, directory) {
    const [first] = (0,external_node_path_.relative)(directory, path).split(external_node_path_.sep);
    return first !== '..';
}
function requireDirectory(path) {
    if ((0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isDirectory() !== true)
        throw new Error(`the working directory ${path} does not exist, and is not created`);
}

// EXTERNAL MODULE: ./build/record/own-file.js
var own_file = __webpack_require__(9971);
;// CONCATENATED MODULE: ./build/record/own-files.js


/** The files that a session made in its directory. */
class OwnFiles {
    #directory;
    #made = new Map();
    constructor(directory) {
        this.#directory = directory;
    }
    get(name) {
        return this.#made.get(name);
    }
    remember({ name, processId }, state) {
        const { dev, ino, ctimeNs, foreign, size, hash } = state;
        this.#made.set(name, {
            ...{ name, dev, ino },
            ...(processId !== undefined && { processId }),
            ...(ctimeNs !== undefined && { ctimeNs }),
            ...(foreign === true && { foreign }),
            ...(size !== undefined && { size }),
            ...(hash !== undefined && { hash }),
        });
    }
    /** Takes a file of an earlier run of the session as it is. */
    adopt(file) {
        const found = statsOf((0,external_node_path_.join)(this.#directory, file.name));
        if (found?.isFile() !== true)
            return;
        const { dev, ino, ctimeNs, size } = found;
        this.remember(file, { dev, ino, ctimeNs, size: Number(size) });
    }
    /** `intact`: those that others did not change, replace or remove. `changed`: the others. */
    sorted() {
        const intact = [];
        const changed = [];
        for (const file of this.#made.values())
            (this.isIntact(file) ? intact : changed).push(file);
        return { intact, changed };
    }
    /** Claude may have replaced our file by a link, or by a file of its own. */
    isIntact(file) {
        const found = this.#find(file);
        if (found === undefined || file.foreign === true)
            return false;
        return file.ctimeNs === undefined || found.ctimeNs === file.ctimeNs;
    }
    isInPlace(file) {
        return this.#find(file) !== undefined;
    }
    #find({ name, dev, ino }) {
        const found = statsOf((0,external_node_path_.join)(this.#directory, name));
        return found?.isFile() === true && found.dev === dev && found.ino === ino ? found : undefined;
    }
}
/** Bytes written to a file so far. */
function writtenFile(name, { size = 0, hash }) {
    return { name, size, digest: hash?.copy().digest('hex') ?? '' };
}
/** Undefined when nothing is there, or when it is out of reach: behind a link to itself, or without the right to look. */
function statsOf(path) {
    try {
        return (0,external_node_fs_.lstatSync)(path, { bigint: true });
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/record/rename-over.js




/** On Windows a virus scanner or an editor may hold a file open for a moment; it cannot be replaced then. */
const heldCodes = ['EPERM', 'EACCES', 'EBUSY'];
const firstDelayMs = 10;
const longestDelayMs = 640;
/** Renames a file over another; on Windows tries again for about a second while another program holds one of them open. */
async function renameOver(from, to, tools = {}) {
    const { platform = external_node_process_.platform, move = promises_.rename, wait = external_node_timers_promises_.setTimeout } = tools;
    for (let delayMs = firstDelayMs;; delayMs *= 2) {
        try {
            return await move(from, to);
        }
        catch (error) {
            const isHeld = heldCodes.includes((0,errors/* errorCode */.CA)(error));
            if (platform !== 'win32' || !isHeld || delayMs > longestDelayMs)
                throw error;
            await wait(delayMs);
        }
    }
}

;// CONCATENATED MODULE: ./build/record/replaced-file.js
/**
 * A file that is replaced as a whole. What is saved while a write is under way waits for it, and only the newest of it is
 * written, so any number of changes costs two writes at most.
 */
class ReplacedFile {
    #write;
    #running = Promise.resolve();
    #waiting;
    #newest = () => [];
    /** `write` replaces the file atomically and never rejects. */
    constructor(write) {
        this.#write = write;
    }
    /** Resolves when this content, or a newer one, is in place. */
    save(content) {
        this.#newest = content;
        this.#waiting ??= this.#running.then(() => {
            this.#waiting = undefined;
            this.#running = this.#write(this.#newest);
            return this.#running;
        });
        return this.#waiting;
    }
}

// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
;// CONCATENATED MODULE: ./build/record/write-faults.js


/** Collects failed writes: no failure of a log ends a session, and one warning stands for all of them. */
class WriteFaults {
    #warn;
    #processIds = new Set();
    #full = new Set();
    #warned = false;
    constructor(warn) {
        this.#warn = warn;
    }
    /** Notes that `what` could not be written. */
    report(error, { what, processId }) {
        if (processId !== undefined)
            this.#processIds.add(processId);
        if (this.#warned)
            return;
        this.#warned = true;
        const detail = (0,errors/* errorMessage */.gJ)(error);
        this.#warn(`The session's logs are incomplete: ${what} could not be written (${detail}). ${advice(error)} Results are kept.`);
    }
    /** Notes that output of a process is left out, since its files may hold no more; there is one warning for each process. */
    reachedCeiling(processId, bytes) {
        this.#processIds.add(processId);
        if (this.#full.has(processId))
            return;
        this.#full.add(processId);
        this.#warn(`The logs of ${processId} are incomplete: they reached max-log-size, ${(0,format/* sizeText */.lP)(bytes)} a file, and the rest is left ` +
            'out. The process goes on. See what it prints so much of, or raise max-log-size.');
    }
    /** Whether a log of this process is missing something. */
    touched(processId) {
        return this.#processIds.has(processId);
    }
}
function advice(error) {
    switch ((0,errors/* errorCode */.CA)(error)) {
        case 'ENOSPC':
        case 'EDQUOT':
            return 'The disk is full: free some space, or point log-dir to another disk.';
        case 'EFBIG':
            return 'A file may not become larger: raise the limit (ulimit -f).';
        case 'EROFS':
            return 'The disk is read-only: point log-dir to one that can be written.';
        case 'EACCES':
        case 'EPERM':
            return 'Permission is missing: point log-dir to a directory of your own.';
        case 'EMFILE':
        case 'ENFILE':
            return 'Too many files are open: lower max-workers, or raise the limit (ulimit -n).';
        case 'EREPLACED':
        case 'ENOTDIR':
        case 'ELOOP':
            return 'The likely cause is a tool that Claude ran: see what it did, and set log-dir out of its way.';
        case 'ENOENT':
            return "The session's directory is gone: see whether something cleans it up.";
        default:
            return 'See whether log-dir names a directory that can be written.';
    }
}

;// CONCATENATED MODULE: ./build/record/session-directory.js
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

















const ownerOnlyFile = 0o600;
const outputsDirectory = 'outputs';
/** Most tries to open a file when permissions are missing: three directories can lose theirs one after the other. */
const mostTries = 4;
/** Ids are checked where they come in; this holds even when that check fails. */
const legalName = /^(?:outputs\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/u;
/** Windows has no such flag; there it is best effort. */
const noFollow = external_node_fs_.constants.O_NOFOLLOW ?? 0;
/**
 * The session's directory. Makes files that only their owner can read, follows no symbolic link, knows which files it
 * made, and turns every failure to write into one warning. When the directory cannot be made at all, nothing is kept.
 */
class SessionDirectory {
    sessionId;
    /** Absolute. */
    path;
    #faults;
    #own;
    #guard = new DirectoryGuard();
    #ledger;
    #ledgerFile;
    #maxFileBytes;
    #usable = true;
    #temporaryFiles = 0;
    /** Files that are being replaced; none of these rejects. */
    #replacing = new Set();
    constructor({ base, sessionId, warn, maxFileBytes, ledgerKey }) {
        this.#maxFileBytes = maxFileBytes;
        this.sessionId = sessionId;
        this.path = (0,external_node_path_.join)(base, sessionId);
        this.#faults = new WriteFaults(warn);
        this.#own = new OwnFiles(this.path);
        this.#ledgerFile = new AppendFile({
            open: async () => ({ handle: await openNew((0,external_node_path_.join)(this.path, session_files/* ledgerFile */.SB)), size: 0 }),
            release: (handle) => handle.close(),
            // Without it nothing can be proven later: nothing is uploaded then.
            onFault: () => undefined,
        });
        if (ledgerKey === undefined)
            return;
        this.#ledger = new FileLedger({ sessionId, key: ledgerKey }, (line) => void this.#ledgerFile.append(line));
    }
    /** Makes the directory; never rejects. */
    static async open(options) {
        const directory = new SessionDirectory(options);
        await directory.#make(options).catch((error) => directory.#giveUp(error));
        return directory;
    }
    /** A file to append to. */
    appendFile(file) {
        return new AppendFile({
            open: () => this.#withRights(() => this.#openToAppend(file)),
            release: (handle, own) => this.#release(file, handle, own),
            onWritten: (own) => this.#note(file.name, () => writtenFile(file.name, own())),
            onFault: (error) => this.#report(error, file),
            ...this.#ceilingOf(file),
        });
    }
    /** Recovery after a kill has no more of the log of events than the ledger knows: each line counts. */
    #note(name, current) {
        if (name === session_files/* sessionFiles */.AG.events)
            this.#ledger?.record(current());
        else
            this.#ledger?.progress(name, current);
    }
    #ceilingOf({ processId }) {
        const bytes = this.#maxFileBytes;
        if (processId === undefined || bytes === undefined)
            return {};
        return { ceiling: { bytes, onReached: () => this.#faults.reachedCeiling(processId, bytes) } };
    }
    /** A file to be replaced as a whole, so that a reader always sees one version of it. */
    replacedFile(file) {
        return new ReplacedFile((content) => {
            const write = this.#withRights(() => this.#replace(file, content))
                .catch((error) => this.#report(error, file))
                .finally(() => this.#replacing.delete(write));
            this.#replacing.add(write);
            return write;
        });
    }
    /** Absolute paths of the files that we made and that are still ours: what may be uploaded, nothing else. */
    files() {
        this.#guard.fault();
        return this.#own.sorted().intact.map(({ name }) => (0,external_node_path_.join)(this.path, name));
    }
    /** Everything that was written; undefined without a ledger. */
    written() {
        if (this.#ledger === undefined)
            return undefined;
        const files = this.#own.sorted().intact.map((file) => writtenFile(file.name, file));
        return { files, ledgerDigest: this.#ledger.digest };
    }
    /** Gives back the descriptor of the ledger; nothing may be written after that. */
    closeLedger() {
        this.#ledger?.close();
        return this.#ledgerFile.close();
    }
    /** Whether we made this file, and it is still ours. */
    holds(name) {
        this.#guard.fault();
        const made = this.#own.get(name);
        return made !== undefined && this.#own.isIntact(made);
    }
    /** The bytes of a file of ours that others have not touched; none otherwise. */
    async *read(name) {
        const made = this.#own.get(name);
        if (made === undefined || !this.holds(name))
            return;
        try {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const file = __addDisposableResource(env_1, await (0,own_file/* openOwnFile */.Z)((0,external_node_path_.join)(external_node_fs_.realpathSync.native(this.path), name), Number.POSITIVE_INFINITY), true);
                const { dev, ino } = file.state;
                if (dev === made.dev && ino === made.ino)
                    yield* file.handle.createReadStream({ autoClose: false });
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
        catch {
            // It went, or its rights did: what is made of it is poorer, and no more.
        }
    }
    /** Names of the files that we made and that others have changed, replaced or removed: none of them is handed out. */
    async changedByOthers() {
        // A file that is just being replaced is not the one that we know.
        while (this.#replacing.size > 0)
            await Promise.all(this.#replacing);
        const fault = this.#usable ? this.#guard.fault() : undefined;
        // What is lost with its directory is said once, with the directory.
        if (fault !== undefined) {
            this.#faults.report(fault, { what: `the directory ${this.path}` });
            return [];
        }
        const names = this.#own.sorted().changed.map(({ name }) => name);
        for (const name of names)
            this.#ledger?.withdraw(name);
        return names;
    }
    /** Writes nothing more: the disk hangs, which has been reported. */
    abandon() {
        this.#usable = false;
    }
    /** Whether a log of this process is missing something. */
    incomplete(processId) {
        return !this.#usable || this.#faults.touched(processId);
    }
    /** Again with the rights that we had: a tool may take them at any moment, of one directory after the other. */
    async #withRights(action) {
        for (let tries = 1;; tries += 1) {
            try {
                return await action();
            }
            catch (error) {
                if ((0,errors/* errorCode */.CA)(error) !== 'EACCES' || tries === mostTries || this.#guard.fault() !== undefined)
                    throw error;
            }
        }
    }
    #giveUp(error) {
        this.#usable = false;
        this.#faults.report(error, { what: `the directory ${this.path}` });
    }
    #report(error, { name, processId }) {
        if (this.#usable)
            this.#faults.report(error, { what: (0,external_node_path_.join)(this.path, name), ...(processId === undefined ? {} : { processId }) });
    }
    async #make({ base, earlier, neverMade }) {
        await makeDirectories(base, neverMade);
        await demandDirectory(base);
        if (earlier === undefined) {
            await (0,promises_.mkdir)(this.path, { mode: ownerOnlyDirectory });
            await (0,promises_.mkdir)((0,external_node_path_.join)(this.path, outputsDirectory), { mode: ownerOnlyDirectory });
        }
        for (const path of [base, this.path, (0,external_node_path_.join)(this.path, outputsDirectory)]) {
            await demandDirectory(path);
            this.#guard.take(path);
        }
        for (const file of earlier ?? [])
            this.#own.adopt(file);
        // In the top of a checkout it would hide the whole checkout from git.
        await makeIgnoreFile((0,external_node_fs_.existsSync)((0,external_node_path_.join)(base, '.git')) ? this.path : base);
    }
    async #openToAppend(file) {
        const path = this.#pathOf(file);
        const made = this.#own.get(file.name);
        if (made !== undefined && (made.processId !== file.processId || !this.#own.isInPlace(made))) {
            throw new Error('another file is in its place');
        }
        const foreign = made !== undefined && !this.#own.isIntact(made);
        const handle = await (made === undefined ? openNew(path) : openAgain(path));
        const { dev, ino } = await handle.stat({ bigint: true });
        // Not what it holds by now: others may already have written to it.
        const size = made?.size ?? 0;
        const hash = made?.hash ?? (this.#ledger && (0,external_node_crypto_.createHash)('sha256'));
        const own = { size, ...(hash !== undefined && { hash }) };
        this.#own.remember(file, { dev, ino, foreign, ...own });
        return { handle, ...own };
    }
    async #release(file, handle, own) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const released = __addDisposableResource(env_2, handle, true);
            const { dev, ino, ctimeNs, size } = await released.stat({ bigint: true });
            const foreign = this.#own.get(file.name)?.foreign === true || size !== BigInt(own.size);
            this.#own.remember(file, { dev, ino, ctimeNs, foreign, ...own });
            if (!foreign)
                this.#ledger?.record(writtenFile(file.name, own));
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = __disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
    async #replace(file, content) {
        const path = this.#pathOf(file);
        this.#temporaryFiles += 1;
        const temporary = (0,external_node_path_.join)(this.path, `.${this.#temporaryFiles}.tmp`);
        try {
            const env_3 = { stack: [], error: void 0, hasError: false };
            try {
                const handle = __addDisposableResource(env_3, await openNew(temporary), true);
                const hash = this.#ledger && (0,external_node_crypto_.createHash)('sha256');
                for await (const part of gathered(withinCeiling(this.#ceilingOf(file).ceiling, content()))) {
                    await handle.appendFile(part);
                    hash?.update(part);
                }
                this.#guard.demandAll();
                await renameOver(temporary, path);
                const { dev, ino, ctimeNs, size: bytes } = await handle.stat({ bigint: true });
                const own = { size: Number(bytes), ...(hash !== undefined && { hash }) };
                this.#own.remember(file, { dev, ino, ctimeNs, ...own });
                this.#ledger?.record(writtenFile(file.name, own));
            }
            catch (e_3) {
                env_3.error = e_3;
                env_3.hasError = true;
            }
            finally {
                const result_3 = __disposeResources(env_3);
                if (result_3)
                    await result_3;
            }
        }
        catch (error) {
            await (0,promises_.rm)(temporary, { force: true });
            throw error;
        }
    }
    #pathOf({ name }) {
        if (!this.#usable)
            throw new Error('there is no directory to write to');
        if (!legalName.test(name))
            throw new Error(`${JSON.stringify(name)} is no name for a log`);
        this.#guard.demandAll();
        return (0,external_node_path_.join)(this.path, name);
    }
}
async function demandDirectory(path) {
    if (!(await (0,promises_.lstat)(path)).isDirectory())
        throw new Error(`${path} is a symbolic link`);
}
/** Leaves an existing one as it is: it is the user's, or that of a session that starts at the same moment. */
async function makeIgnoreFile(directory) {
    try {
        const env_4 = { stack: [], error: void 0, hasError: false };
        try {
            const handle = __addDisposableResource(env_4, await openNew((0,external_node_path_.join)(directory, '.gitignore')), true);
            await handle.writeFile('*\n');
        }
        catch (e_4) {
            env_4.error = e_4;
            env_4.hasError = true;
        }
        finally {
            const result_4 = __disposeResources(env_4);
            if (result_4)
                await result_4;
        }
    }
    catch (error) {
        if ((0,errors/* errorCode */.CA)(error) !== 'EEXIST')
            throw error;
    }
}
function openAgain(path) {
    return (0,promises_.open)(path, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_APPEND | noFollow);
}
/** For appending; one that exists, be it a link, is refused. */
function openNew(path) {
    return (0,promises_.open)(path, 'ax', ownerOnlyFile);
}

// EXTERNAL MODULE: ./build/record/session-id.js
var session_id = __webpack_require__(8108);
;// CONCATENATED MODULE: ./build/record/stream-log.js


const stream_log_lineFeed = 10;
/**
 * `<process>.jsonl`: what the CLI sent, byte for byte but for redactions, the attempts one after the other. No line is
 * added; a line that an earlier attempt left unfinished is closed, so that it spoils no other.
 */
function streamLog(directory) {
    const files = new ProcessFiles(directory, (processId) => (0,session_files/* filesOfProcess */.Ec)(processId).stream);
    const unfinished = new Set();
    return {
        name: 'stream log',
        handle: (event) => stream_log_record(event, files, unfinished),
        close: () => files.closeAll(),
    };
}
function stream_log_record(event, files, unfinished) {
    if (event.type === 'process-started') {
        return unfinished.delete(event.processId) ? files.append(event.processId, '\n') : undefined;
    }
    if (event.type === 'process-output') {
        if (event.stream !== 'stdout' || event.format !== 'stream-json' || event.bytes.length === 0)
            return undefined;
        if (event.bytes.at(-1) === stream_log_lineFeed)
            unfinished.delete(event.processId);
        else
            unfinished.add(event.processId);
        return files.append(event.processId, event.bytes);
    }
    return event.type === 'process-ended' ? files.close(event.result.processId) : undefined;
}

// EXTERNAL MODULE: ./build/text/causes.js
var causes = __webpack_require__(8464);
// EXTERNAL MODULE: ./build/text/plain-text.js
var plain_text = __webpack_require__(7012);
// EXTERNAL MODULE: ./build/reports/console-lines.js
var console_lines = __webpack_require__(259);
// EXTERNAL MODULE: ./build/text/cut-text.js
var cut_text = __webpack_require__(2992);
;// CONCATENATED MODULE: ./build/redaction/json-excerpt.js

/** The beginning of a value as JSON: at least `longest` characters of it, without the cost of the whole value. */
function jsonExcerpt(value, longest) {
    const parts = [];
    let room = longest + 1;
    const write = (part) => {
        parts.push(part);
        room -= part.length;
    };
    const writeValue = (inner) => {
        if (room <= 0)
            return;
        if (typeof inner === 'string')
            write(JSON.stringify((0,cut_text/* firstUnits */.UV)(inner, room)));
        else if (Array.isArray(inner))
            writeList('[]', inner, writeValue);
        else if (typeof inner === 'object' && inner !== null) {
            writeList('{}', Object.entries(inner), ([key, member]) => {
                writeValue(key);
                write(':');
                writeValue(member);
            });
        }
        else
            write(JSON.stringify(inner) ?? 'null');
    };
    const writeList = ([open = '', close = ''], items, writeItem) => {
        write(open);
        for (const [index, item] of items.entries()) {
            if (room <= 0)
                return;
            if (index > 0)
                write(',');
            writeItem(item);
        }
        write(close);
    };
    if (value !== undefined)
        writeValue(value);
    return parts.join('');
}

;// CONCATENATED MODULE: ./build/reports/conversation-text.js




/** Bytes of a tool's result in a process log; the `.jsonl` beside it has all of it. */
const longestToolResult = 4_096;
const longestToolInput = 1_000;
/** A message of Claude or its tools as readable text; undefined for one that is of no use to people. */
function conversationText(entry) {
    switch (entry.kind) {
        case 'init':
            return { head: `conversation ${entry.conversationId}, ${entry.model}, Claude Code ${entry.cliVersion}` };
        case 'text':
            return { head: speaker(entry), text: entry.text };
        case 'thinking':
            return { head: `${speaker(entry)} thinks`, text: entry.text };
        case 'tool-use':
            return { head: `${ofSubagent(entry)}tool ${entry.name} ${inputText(entry.input)}` };
        case 'tool-result':
            return {
                head: `${ofSubagent(entry)}${entry.isError ? 'tool error' : 'tool result'}`,
                text: cut(entry.text, longestToolResult),
            };
        case 'permission-denied':
            return { head: `denied ${entry.toolName}`, text: entry.message };
        case 'api-retry':
            return { head: (0,format/* apiRetryText */.CE)(entry) };
        case 'usage-limit': {
            const head = (0,format/* usageLimitText */.M1)(entry);
            return head === undefined ? undefined : { head };
        }
        case 'model-fallback':
            return { head: `falls back from ${entry.from} to ${entry.to}` };
        case 'prompt-refused':
            return { head: 'a hook refused the prompt', text: entry.reason };
        case 'stop-hook-overridden':
            return { head: 'a Stop hook refused the end again and again; Claude Code ended all the same' };
        case 'result':
            return resultText(entry);
        default:
            return undefined;
    }
}
/** Sub-agents are told apart by the tool call that started them. */
function speaker(entry) {
    if (entry.subagentOf !== undefined)
        return `Sub-agent ${entry.subagentOf}`;
    return entry.synthetic === true ? 'Claude Code' : 'Claude';
}
function ofSubagent({ subagentOf }) {
    return subagentOf === undefined ? '' : `Sub-agent ${subagentOf}: `;
}
function resultText(result) {
    const { numTurns, usage, errors, text } = result;
    const figures = [
        ...(numTurns === undefined ? [] : [`${numTurns} ${numTurns === 1 ? 'turn' : 'turns'}`]),
        ...(usage === undefined ? [] : [`tokens: ${(0,format/* tokensText */.c$)(usage)}`]),
    ];
    const head = `result: ${resultWords(result)} (${figures.join('; ')})`;
    const body = [...errors, ...(text === '' ? [] : [text])].join('\n');
    return { head, ...(body !== '' && { text: body }) };
}
/** How a run ended: the CLI says `success` also of a run that an error ended. */
function resultWords({ subtype, isError }) {
    if (!isError)
        return subtype;
    return subtype === 'success' ? 'error' : `error, ${subtype}`;
}
function inputText(input) {
    const text = jsonExcerpt(input, longestToolInput);
    return text.length <= longestToolInput ? text : `${(0,cut_text/* firstUnits */.UV)(text, longestToolInput)} [cut]`;
}
/** The beginning of a text, at most `longest` bytes of UTF-8, marked as cut. */
function cut(text, longest) {
    const length = external_node_buffer_.Buffer.byteLength(text);
    if (length <= longest)
        return text;
    if (length === text.length)
        return `${text.slice(0, longest)} [cut: ${length - longest} more bytes]`; // It is ASCII.
    // A character that the cut would halve is left out: `write` takes whole ones only.
    const start = external_node_buffer_.Buffer.alloc(longest);
    const kept = start.write(text);
    return `${start.toString('utf8', 0, kept)} [cut: ${length - kept} more bytes]`;
}

;// CONCATENATED MODULE: ./build/reports/foreign-lines.js


/** Stands before each line of a log that is not ours; no line of ours begins with it. */
const bar = '│ ';
/** Its bytes as characters of Latin 1. */
const barInLatin1 = external_node_buffer_.Buffer.from(bar).toString('latin1');
const printable = /^[\t\n -~]*$/;
/** A terminal sequence whose end is further away than this is shown, not removed. */
const longestHeld = 4_096;
/** Untrusted text, each line behind a bar, with nothing in it that a terminal would obey; text, or its bytes. */
function foreignLines(text) {
    const isAscii = printable.test(text);
    const barOfLine = isAscii ? barInLatin1 : bar;
    const lines = (isAscii ? text : (0,plain_text/* plainText */.wh)(text)).replace(/\n$/u, '').replaceAll('\n', `\n${barOfLine}`);
    const behind = `${barOfLine}${lines}\n`;
    return isAscii ? external_node_buffer_.Buffer.from(behind, 'latin1') : behind;
}
/** Untrusted text that comes in pieces: each is shown at once, except for an end that may be incomplete. */
class ForeignLines {
    #decoder = new TextDecoder();
    #held = '';
    #hasHalf = false;
    #atLineStart = true;
    /** The lines that a piece goes on with. */
    push(bytes) {
        const ascii = this.#held === '' && !this.#hasHalf ? printableAscii(bytes) : undefined;
        if (ascii !== undefined)
            return external_node_buffer_.Buffer.from(this.#behindBars(ascii, barInLatin1), 'latin1');
        const text = this.#held + this.#decoder.decode(bytes, { stream: true });
        this.#hasHalf = (bytes.at(-1) ?? 0) > 0x7f;
        const end = endOfWhole(text);
        this.#held = text.slice(end);
        return this.#behindBars((0,plain_text/* plainText */.wh)(text.slice(0, end)), bar);
    }
    /** The bytes held back, and a line end where the last line has none. */
    end() {
        const rest = this.#behindBars((0,plain_text/* plainText */.wh)(this.#held + this.#decoder.decode()), bar);
        return this.#atLineStart ? rest : `${rest}\n`;
    }
    #behindBars(text, barOfLine) {
        if (text === '')
            return '';
        const start = this.#atLineStart ? barOfLine : '';
        this.#atLineStart = text.endsWith('\n');
        const lines = (this.#atLineStart ? text.slice(0, -1) : text).replaceAll('\n', `\n${barOfLine}`);
        return `${start}${lines}${this.#atLineStart ? '\n' : ''}`;
    }
}
/** The text of bytes that are all printable ASCII, which most output is: it needs no decoding, and there may be gigabytes of it. */
function printableAscii({ buffer, byteOffset, byteLength }) {
    const text = external_node_buffer_.Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
    return printable.test(text) ? text : undefined;
}
/** End of the text that is complete: after it a terminal sequence or a line break may be cut. */
function endOfWhole(text) {
    const sequence = Math.max(text.lastIndexOf('\u001b'), text.lastIndexOf('\u009b'));
    const isOpen = sequence !== -1 && text.length - sequence <= longestHeld && !text.includes('\n', sequence);
    if (isOpen)
        return sequence;
    return text.endsWith('\r') ? text.length - 1 : text.length;
}

// EXTERNAL MODULE: ./build/reports/money.js
var reports_money = __webpack_require__(9620);
;// CONCATENATED MODULE: ./build/reports/process-log.js










/** In UTF-16 units, for names and messages; in bytes for the prompt, which has a file of its own. */
const [longestLine, longestPrompt] = [2_000, 65_536];
/** Room for hours of seconds, so that most entries stand below each other. */
const timeColumns = 8;
/**
 * `<process>.log`: who ran, the prompt, the conversation, standard error, and how it ended. Lines of ours stand at the margin; all
 * untrusted text stands behind a bar, so that nothing in it can pass for ours. `state` must have applied each event before.
 */
function processLog(directory, state) {
    const log = new ProcessLogs(directory, state);
    return {
        name: 'process log',
        handle: (event) => log.take(event),
        close: () => log.files.closeAll(),
    };
}
class ProcessLogs {
    files;
    #logs = new Map();
    #state;
    constructor(directory, state) {
        this.#state = state;
        this.files = new ProcessFiles(directory, (processId) => (0,session_files/* filesOfProcess */.Ec)(processId).log);
    }
    take(event) {
        switch (event.type) {
            case 'process-prompt':
                return this.#prompt(event);
            case 'process-started':
                return this.#start(event);
            case 'process-output':
                return this.#output(event);
            case 'process-message':
                return this.#message(event);
            case 'process-stopping':
                return this.#writeEntry(event, `${(0,console_lines/* stopText */.IC)(event)} (${event.signal})`);
            case 'process-retrying':
                return this.#writeEntry(event, (0,console_lines/* retryLogText */.Ye)(event));
            case 'process-ended':
                return this.#end(event.result);
            case 'notice':
                return this.#notice(event);
            default:
                return undefined;
        }
    }
    #prompt({ processId, prompt, received }) {
        if (this.#logs.has(processId))
            return undefined;
        this.#logs.set(processId, {});
        const data = received === prompt ? '' : `data ahead of it: ${(0,session_files/* filesOfProcess */.Ec)(processId).prompt}\n`;
        void this.files.append(processId, `${this.#header(processId)}prompt\n`);
        void this.files.append(processId, foreignLines(cut(prompt, longestPrompt)));
        return this.files.append(processId, `${data}\n`);
    }
    #start({ processId, attempt, pid, at }) {
        const head = this.#logs.has(processId) ? this.#endOfStream(processId) : this.#header(processId);
        this.#logs.set(processId, { since: this.#logs.get(processId)?.since ?? Date.parse(at) });
        const child = pid === undefined ? 'no process id' : `process id ${pid}`;
        return this.files.append(processId, `${head}attempt ${attempt}, ${at}, ${child}\n`);
    }
    #header(processId) {
        const { started, processes } = this.#state;
        const name = processes.get(processId)?.name ?? processId;
        const lines = [
            `process     ${name === processId ? processId : `${processId} (${(0,plain_text/* oneLine */.TN)(name, longestLine)})`}`,
            `session     ${started?.sessionId ?? 'unknown'}`,
            `executable  ${(0,plain_text/* oneLine */.TN)((0,event_log/* withoutPath */.s)(started?.executable ?? 'unknown'), longestLine)}`,
            ...(started?.offline === true ? ['offline     a stand-in answers, no model'] : []),
        ];
        return `${lines.join('\n')}\n\n`;
    }
    #output({ processId, stream, format, bytes }) {
        // The CLI's standard output is the conversation, written by `#message`; its bytes are in the stream log.
        if (bytes.length === 0 || (stream === 'stdout' && format === 'stream-json'))
            return undefined;
        const log = this.#logOf(processId);
        if (log.stream?.name !== stream) {
            const heading = `${this.#endOfStream(processId)}${stream === 'stdout' ? 'standard output' : 'standard error'}\n`;
            log.stream = { name: stream, lines: new ForeignLines() };
            void this.files.append(processId, heading); // What follows waits for it.
        }
        return this.files.append(processId, log.stream.lines.push(bytes));
    }
    #message(event) {
        const { entry } = event;
        const shown = conversationText(entry);
        if (shown === undefined)
            return undefined;
        const log = this.#logOf(event.processId);
        const isRepeated = entry.kind === 'result' && shown.text?.trim() === log.lastText;
        if (entry.kind === 'text' && entry.subagentOf === undefined)
            log.lastText = entry.text.trim();
        return this.#writeEntry(event, shown.head, isRepeated ? undefined : shown.text);
    }
    #notice({ processId, message, at }) {
        return processId !== undefined && this.#logs.has(processId)
            ? this.#writeEntry({ processId, at }, message)
            : undefined;
    }
    async #end(result) {
        const { processId, attempts, resumedFrom } = result;
        if (resumedFrom !== undefined)
            await this.files.append(processId, this.#header(processId));
        else if (attempts === 0 && !this.#logs.has(processId))
            return;
        const line = (0,plain_text/* oneLine */.TN)(endText(result), longestLine);
        await this.files.append(processId, `${this.#endOfStream(processId)}end: ${line}\n`);
        this.#logs.delete(processId);
        await this.files.close(processId);
    }
    /** Writes a line of ours with the time since the start, and untrusted text below it. */
    #writeEntry({ processId, at }, line, text) {
        const { since } = this.#logOf(processId);
        const seconds = since === undefined ? 0 : (Date.parse(at) - since) / 1000;
        const time = `+${seconds.toFixed(1)}`.padStart(timeColumns);
        const before = this.#endOfStream(processId);
        const told = this.files.append(processId, `${before}${time}  ${(0,plain_text/* oneLine */.TN)(line, longestLine)}\n`);
        return text === undefined ? told : this.files.append(processId, foreignLines(text));
    }
    /** Ends the stream that was written last: gives the text that comes before anything else. */
    #endOfStream(processId) {
        const log = this.#logOf(processId);
        const rest = log.stream?.lines.end() ?? '';
        delete log.stream;
        return rest;
    }
    #logOf(processId) {
        const known = this.#logs.get(processId) ?? {};
        this.#logs.set(processId, known);
        return known;
    }
}
function endText(result) {
    const { duration, attempts, exitCode, childExit, usage, message, permissionDenials, mcpFaults = [] } = result;
    const money = (0,reports_money/* processMoney */.qH)(result);
    const child = childExit === undefined
        ? []
        : [childExit.signal === null ? `child's exit code ${childExit.code}` : `child ended by ${childExit.signal}`];
    return [
        `${(0,causes/* endingText */.pG)(result)}, exit code ${exitCode}`,
        ...child,
        `${(0,format/* durationText */.S5)(duration)} in ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
        ...(money === '' ? [] : [money]),
        ...(usage === undefined ? [] : [`tokens: ${(0,format/* tokensText */.c$)(usage)}`]),
        ...(permissionDenials.length === 0
            ? []
            : [`tools denied: ${permissionDenials.map(({ toolName }) => toolName).join(', ')}`]),
        ...(mcpFaults.length === 0 ? [] : [`MCP servers missing: ${mcpFaults.map(({ name }) => name).join(', ')}`]),
        ...(result.killedAfterResult === true ? ['killed because it did not exit after its result'] : []),
        ...(message === undefined ? [] : [message]),
    ].join('; ');
}

// EXTERNAL MODULE: ./build/findings/finding-words.js
var finding_words = __webpack_require__(1514);
;// CONCATENATED MODULE: ./build/findings/sarif.js


/** Code scanning refuses a run with more: https://docs.github.com/code-security (SARIF support). */
const mostResults = 25_000;
/** Code scanning shows no more of a message. */
const longestMessage = 1_000;
const longestRule = 60;
const levels = { important: 'error', nit: 'note', pre_existing: 'note' };
/**
 * The findings as SARIF 2.1.0, as code scanning takes it. What has no place in the checkout would make it refuse the file,
 * and it would raise an alert for what was refuted: both become notifications of the run, as does who gave no answer.
 */
function findingsSarif({ findings, key, answered, ...others }) {
    const located = findings.filter(isAlert);
    const results = located.slice(0, mostResults);
    const rules = new Map([...new Set(results.map(ruleOf))].toSorted().map((id, index) => [id, index]));
    const notes = [
        ...(0,finding_words/* missingTexts */.No)(others).map(withoutLinks),
        ...findings.filter((finding) => !isAlert(finding)).map(noteOf),
        ...(located.length > mostResults ? [`${located.length - mostResults} more findings are left out.`] : []),
    ].slice(0, mostResults);
    const hashes = new UniqueHashes();
    return {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: {
                    driver: {
                        name: 'Claude Ensemble',
                        informationUri: 'https://github.com/claude-ensemble/claude-ensemble',
                        rules: [...rules.keys()].map((id) => ({ id, shortDescription: { text: id } })),
                    },
                },
                ...(key !== '' && { automationDetails: { id: key } }),
                columnKind: 'utf16CodeUnits',
                invocations: [
                    {
                        // Code scanning takes a run without results for the end of all alerts, and refuses one that was no success.
                        executionSuccessful: answered > 0,
                        toolExecutionNotifications: notes.map((text) => ({ level: 'note', message: { text } })),
                    },
                ],
                results: results.map((finding) => resultOf(finding, rules, hashes)),
            },
        ],
    };
}
function isAlert(finding) {
    return finding.place !== undefined && !finding.refuted;
}
function resultOf(finding, rules, hashes) {
    const { severity, agreement, reportedBy, verdict, place, id } = finding;
    const { path, line, lineHash } = place;
    const rule = ruleOf(finding);
    return {
        ruleId: rule,
        ruleIndex: rules.get(rule),
        level: levels[severity],
        message: { text: messageOf(finding) },
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
                    ...(line !== undefined && { region: { startLine: line } }),
                },
            },
        ],
        ...(lineHash !== undefined && {
            partialFingerprints: { primaryLocationLineHash: hashes.next(JSON.stringify([rule, path]), lineHash) },
        }),
        properties: {
            id,
            severity,
            agreement,
            reportedBy: reportedBy.map(({ processId }) => processId),
            ...(verdict !== undefined && { verdict }),
        },
    };
}
/** Code scanning takes two results of one rule with one hash for the same alert. */
class UniqueHashes {
    #counts = new Map();
    next(place, hash) {
        const key = `${place}${hash}`;
        const count = (this.#counts.get(key) ?? 0) + 1;
        this.#counts.set(key, count);
        return count === 1 ? hash : `${hash}-${count}`;
    }
}
function ruleOf({ category = '' }) {
    const words = (0,plain_text/* oneLine */.TN)(category, longestRule)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '');
    return words === '' ? 'finding' : words;
}
function messageOf({ summary, failure_scenario: scenario }) {
    const text = [summary, scenario].map((part) => withoutLinks((0,plain_text/* plainText */.wh)(part).trim())).filter((part) => part !== '');
    return (0,plain_text/* shortened */.vI)(text.join('\n\n'), longestMessage) || 'A finding without words';
}
function noteOf(finding) {
    const why = finding.refuted ? 'Refuted' : 'Not in the checkout';
    return `${why}: ${(0,plain_text/* oneLine */.TN)(withoutLinks(finding.file), 200)}: ${(0,plain_text/* oneLine */.TN)(withoutLinks(finding.summary), longestMessage)}`;
}
/** `[text](target)` is a link in a message. */
function withoutLinks(text) {
    return text.replaceAll('](', '] (');
}

;// CONCATENATED MODULE: ./build/record/result-files.js
/** Version of `results.json`: raised when a reader would have to know of a change. */
const resultsSchemaVersion = 1;
/** Version of `findings.json`: raised when a reader would have to know of a change. */
const findingsSchemaVersion = 1;
/** The text of `results.json`: facts of the session, then the results in the order given; empty before its end. */
function* resultsJson({ started, startedAt, ended, warnings }) {
    if (ended === undefined)
        return;
    const { results, conclusion, verdict, totals, at: endedAt } = ended;
    const head = {
        schemaVersion: resultsSchemaVersion,
        sessionId: started?.sessionId,
        pattern: started?.pattern,
        trust: started?.trust,
        offline: started?.offline,
        executable: started?.executable,
        startedAt,
        endedAt,
        conclusion,
        verdict,
        totals,
        warnings,
    };
    yield* jsonParts(head, 'results', results);
}
/** The text of `findings.json`; empty when no process was asked for findings. */
function* findingsJson({ started, ended }) {
    if (ended?.findings === undefined)
        return;
    const { findings, ...counts } = ended.findings;
    const head = {
        schemaVersion: findingsSchemaVersion,
        sessionId: started?.sessionId,
        trust: started?.trust,
        ...counts,
    };
    yield* jsonParts(head, 'findings', findings);
}
/** JSON of an object with a list as its last member, in parts: all items at once may be longer than a string can be. */
function* jsonParts(head, name, items) {
    yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "${name}": [`;
    for (const [index, item] of items.entries())
        yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(item, null, 2).replaceAll('\n', '\n    ')}`;
    yield items.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
}

// EXTERNAL MODULE: ./build/text/html-text.js
var html_text = __webpack_require__(2133);
// EXTERNAL MODULE: ./build/reports/concerns.js
var concerns = __webpack_require__(1279);
// EXTERNAL MODULE: ./build/reports/highlights.js
var highlights = __webpack_require__(515);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./build/reports/packed-blocks.js


/** Values as text for the page, which unpacks them on demand: base64 holds no markup. */
function packed(value) {
    return (0,external_node_zlib_.gzipSync)(JSON.stringify(value)).toString('base64');
}
/** A packed list whose items come one by one and are not in memory together. Yields nothing for an empty list. */
async function* packedList(items) {
    const gzip = (0,external_node_zlib_.createGzip)();
    const isWritten = writeList(items, gzip);
    let rest = external_node_buffer_.Buffer.alloc(0);
    for await (const chunk of gzip) {
        const bytes = external_node_buffer_.Buffer.concat([rest, chunk]);
        // Three bytes are four letters: only the last chunk may have a remainder.
        const whole = bytes.length - (bytes.length % 3);
        yield bytes.toString('base64', 0, whole);
        rest = bytes.subarray(whole);
    }
    await isWritten;
    yield rest.toString('base64');
}
/** In UTF-16 units: what is packed in one call, since each call goes to another thread. */
const packedAtOnce = 64 * 1024;
async function writeList(items, gzip) {
    try {
        let text = '[';
        let before = '';
        for await (const item of items) {
            text += before + JSON.stringify(item);
            before = ',';
            if (text.length < packedAtOnce)
                continue;
            if (!gzip.write(text))
                await new Promise((resolve) => gzip.once('drain', resolve));
            text = '';
        }
        gzip.end(`${text}]`);
    }
    catch (error) {
        gzip.destroy(error instanceof Error ? error : new Error(String(error)));
    }
}

// EXTERNAL MODULE: ./build/reports/advice.js
var reports_advice = __webpack_require__(9618);
// EXTERNAL MODULE: ./build/reports/answer-blocks.js + 1 modules
var answer_blocks = __webpack_require__(250);
;// CONCATENATED MODULE: ./build/reports/page-rows.js







/** In UTF-16 units. */
const [longestName, longestHeadline, longestCause] = [200, 160, 600];
/** A process as a row of the page. */
function pageRow(state, result, places) {
    const { processId: id, attempts, duration, costUsd } = result;
    const kind = kindOf(result);
    return {
        id,
        name: (0,plain_text/* oneLine */.TN)(result.name, longestName),
        kind,
        ending: (0,reports_advice/* whatHappened */.ez)(result),
        headline: headlineIn(result),
        needsAttention: kind === 'warned' || (0,concerns/* needsAttention */.e_)(result),
        ...(attempts > 0 && { duration }),
        ...(costUsd !== undefined && { costUsd }),
        cost: costCell(result),
        attempts,
        facts: factsOf(result),
        spans: spansOf(state, result),
        files: filesOf(result, places),
        ...places,
    };
}
/** The cost for the narrow column; the price of a stand-in is in brackets. */
function costCell({ attempts, costUsd, offline }) {
    if (costUsd === undefined)
        return attempts === 0 ? '' : '?';
    if (costUsd === 0)
        return '';
    return offline === true ? `(${(0,format/* costText */.rs)(costUsd)})` : (0,format/* costText */.rs)(costUsd);
}
/** The ending of a process as the page distinguishes it. */
function kindOf(result) {
    return result.status === 'succeeded' && !(0,concerns/* isClean */.AG)(result) ? 'warned' : result.status;
}
function headlineIn(result) {
    return result.status === 'succeeded'
        ? (0,answer_blocks/* answerHeadline */.n)(result, longestHeadline)
        : (0,plain_text/* oneLine */.TN)((0,reports_advice/* whatHappenedAndWhy */.B1)(result), longestHeadline);
}
/** What needs attention, by its cause, failures first. */
function attentionOf(results) {
    const rowOf = new Map(results.map(({ processId }, row) => [processId, row]));
    return (0,concerns/* concernsOf */.L9)(results).map(({ kind, what, whole, next, processIds }) => ({
        kind,
        what,
        cause: (0,plain_text/* oneLine */.TN)(whole, longestCause),
        ...(next !== '' && { next }),
        rows: processIds.flatMap((id) => rowOf.get(id) ?? []),
    }));
}
function factsOf(result) {
    const { attempts, duration, usage, numTurns, model, exitCode, resumedFrom } = result;
    return [
        ...fact('time', attempts > 0 ? (0,format/* durationText */.S5)(duration) : undefined),
        ...fact('cost', (0,reports_money/* processMoney */.qH)(result).replace('cost ', '')),
        ...fact('tokens', usage === undefined ? undefined : (0,format/* tokensText */.c$)(usage)),
        ...fact('turns', numTurns === undefined ? undefined : (0,format/* countText */.lT)(numTurns)),
        ...fact('attempts', attempts > 1 ? (0,format/* countText */.lT)(attempts) : undefined),
        ...fact('model', model === undefined ? undefined : (0,plain_text/* oneLine */.TN)(model, longestName)),
        ...fact('exit code', attempts > 0 && exitCode >= 0 ? String(exitCode) : undefined),
        ...fact('taken from session', resumedFrom),
    ];
}
/** A label with its value, if it has one. */
function fact(label, value) {
    return value === undefined || value === '' ? [] : [[label, value]];
}
function filesOf({ processId, logFile, output, attempts }, { transcript }) {
    const files = (0,session_files/* filesOfProcess */.Ec)(processId);
    return [
        ...(output === '' ? [] : [files.output]),
        ...(logFile === undefined ? [] : [files.log]),
        ...(transcript === undefined ? [] : [files.stream]),
        ...(attempts === 0 ? [] : [files.prompt]),
    ];
}
function spansOf(state, result) {
    const begun = Date.parse(state.startedAt ?? result.endedAt);
    const starts = state.activities.get(result.processId) ?? [];
    const end = Math.max(0, Date.parse(result.endedAt) - begun);
    if (result.resumedFrom !== undefined || state.ended?.conclusion === 'skipped')
        return [];
    const first = starts[0] === undefined ? end : Math.max(0, starts[0].atMs - begun);
    const waiting = first > 0 ? [{ kind: 'waiting', from: 0, to: first }] : [];
    return [
        ...waiting,
        ...starts.map((start, index) => spanOf(start, (starts[index + 1]?.atMs ?? begun + end) - begun, begun)),
    ];
}
function spanOf(start, end, begun) {
    const from = Math.max(0, start.atMs - begun);
    const tool = start.kind === 'tool' ? { tool: (0,plain_text/* oneLine */.TN)(start.tool, longestName) } : {};
    return { kind: start.kind, from, to: Math.max(from, end), ...tool };
}

;// CONCATENATED MODULE: ./build/reports/page-script.js
// Made by scripts/generate.ts from src/reports/page/; change that instead.
/** The script of report.html. */
const pageScript = "/* Claude Ensemble (MIT), with markdown-it, linkify-it, mdurl and uc.micro (MIT) and entities (BSD-2-Clause) */\n(function(){var e=Object.defineProperty,t=(t,n)=>{let r={};for(var i in t)e(r,i,{get:t[i],enumerable:!0});return n||e(r,Symbol.toStringTag,{value:`Module`}),r};function n(e){if(e<9.95)return`${e.toFixed(1)} s`;let t=Math.round(e);if(t<60)return`${t} s`;let n=Math.floor(t/60),[r,i]=n<60?[`${n} min`,`${t%60} s`]:[`${Math.floor(n/60)} h`,`${n%60} min`];return i.startsWith(`0 `)?r:`${r} ${i}`}function r(e){return i(`ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${e}`)}function i(e){let t=/* @__PURE__ */ new Uint8Array(256);for(let n of e)t[a(n)]=1;return t}function a(e){return e.charCodeAt(0)}let o={parameters:64,intermediates:16,text:4096},s=new RegExp([`\\\\x1b\\\\[[0-?]{0,${o.parameters}}[ -/]{0,${o.intermediates}}[@-~]`,`\\\\x1b\\\\][^\\\\x07\\\\x1b]{0,${o.text/4}}(?:\\\\x07|\\\\x1b\\\\\\\\)`,`\\\\x1b[PX^_][^\\\\x1b]{0,${o.text/4}}\\\\x1b\\\\\\\\`,`\\\\x1b[ -/]{1,${o.intermediates}}[0-~]`,\"\\\\x1b[0-OQ-WYZ\\\\\\\\`-~]\",`\\\\x9b[0-?]{0,${o.parameters}}[ -/]{0,${o.intermediates}}[@-~]`].join(`|`),`gu`);i(`0123456789:;<=>?`),i(` !\"#$%&'()*+,-./`),r(\"@[]^_`{|}~\"),r(\"@[\\\\]^_`{|}~\"),r(\":;<=>?@[\\\\]^_`{|}~\");let c=/[[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]--[\\t\\n]]/gv,l=/^[\\u200d\\ufe0f\\u{e0020}-\\u{e007f}]$/u,u=/^\\p{Emoji_Modifier}$/u,d=/\\p{RGI_Emoji}/vy;function f(e){if(e.search(c)===-1)return e;let t=e.replace(s,``).replace(/\\r\\n?/gu,`\n`),n=0,r=0;return t.replace(c,(e,i)=>i<r?e:!l.test(e)||n===2e3?b(e):(n+=1,r=p(t,i),i<r?e:b(e)))}function p(e,t){let n=m(e,t);return d.lastIndex=u.test(e.slice(n,t))?m(e,n):n,d.test(e)?d.lastIndex:0}function m(e,t){let n=Math.max(0,t-2);return(e.codePointAt(n)??0)>65535?n:Math.max(0,t-1)}let h=/^[!-~]+(?: [!-~]+)*$/;function g(e,t){if(h.test(e.slice(0,t+1)))return e.length<=t?e:`${e.slice(0,t-1).trimEnd()}…`;let n=f(_(e,t*4)).replace(/\\s+/gu,` `).trim();return n.length<=t?n:`${_(n,t-1).trimEnd()}…`}function _(e,t){return e.length<=t?e:e.slice(0,y(e,t))}let v=/^[\\u200d\\ufe0f\\u20e3\\p{Emoji_Modifier}\\u{e0020}-\\u{e007f}]$/u;function y(e,t){let n=m(e,t+1)<t?m(e,t+1):t;for(let t=0;t<16&&n>0;t+=1){let t=String.fromCodePoint(e.codePointAt(n)??0);if(e.charCodeAt(n-1)!==8205&&!v.test(t))break;n=m(e,n)}return n}function b(e){return`<U+${(e.codePointAt(0)??0).toString(16).toUpperCase().padStart(4,`0`)}>`}function x(e,t={},...n){return C(document.createElement(e),t,n)}function S(e,t={},...n){return C(document.createElementNS(`http://www.w3.org/2000/svg`,e),t,n)}function C(e,t,n){for(let[n,r]of Object.entries(t))typeof r==`function`?e.addEventListener(n,r):r!==void 0&&r!==!1&&e.setAttribute(n,r===!0?``:String(r));return ee(e,n),e}function ee(e,t){for(let n of t)Array.isArray(n)?ee(e,n):(typeof n==`string`||n instanceof Node)&&e.append(n)}function te(e){let t=x(`button`,{type:`button`,class:`quiet`,click:()=>{navigator.clipboard?.writeText(e).then(()=>t.replaceChildren(`Copied`),()=>t.replaceChildren(`Not allowed here`))}},`Copy`);return t}let ne={};function re(e){let t=ne[e];if(t)return t;t=ne[e]=[];for(let e=0;e<128;e++){let n=String.fromCharCode(e);t.push(n)}for(let n=0;n<e.length;n++){let r=e.charCodeAt(n);t[r]=`%`+(`0`+r.toString(16).toUpperCase()).slice(-2)}return t}function w(e,t){typeof t!=`string`&&(t=w.defaultChars);let n=re(t);return e.replace(/(%[a-f0-9]{2})+/gi,function(e){let t=``;for(let r=0,i=e.length;r<i;r+=3){let a=parseInt(e.slice(r+1,r+3),16);if(a<128)t+=n[a];else{if((a&224)==192&&r+3<i){let n=parseInt(e.slice(r+4,r+6),16);if((n&192)==128){let e=a<<6&1984|n&63;t+=e<128?`��`:String.fromCharCode(e),r+=3;continue}}if((a&240)==224&&r+6<i){let n=parseInt(e.slice(r+4,r+6),16),i=parseInt(e.slice(r+7,r+9),16);if((n&192)==128&&(i&192)==128){let e=a<<12&61440|n<<6&4032|i&63;t+=e<2048||e>=55296&&e<=57343?`���`:String.fromCharCode(e),r+=6;continue}}if((a&248)==240&&r+9<i){let n=parseInt(e.slice(r+4,r+6),16),i=parseInt(e.slice(r+7,r+9),16),o=parseInt(e.slice(r+10,r+12),16);if((n&192)==128&&(i&192)==128&&(o&192)==128){let e=a<<18&1835008|n<<12&258048|i<<6&4032|o&63;e<65536||e>1114111?t+=`����`:(e-=65536,t+=String.fromCharCode(55296+(e>>10),56320+(e&1023))),r+=9;continue}}t+=`�`}}return t})}w.defaultChars=`;/?:@&=+$,#`,w.componentChars=``;let ie={};function ae(e){let t=ie[e];if(t)return t;t=ie[e]=[];for(let e=0;e<128;e++){let n=String.fromCharCode(e);/^[0-9a-z]$/i.test(n)?t.push(n):t.push(`%`+(`0`+e.toString(16).toUpperCase()).slice(-2))}for(let n=0;n<e.length;n++)t[e.charCodeAt(n)]=e[n];return t}function T(e,t,n){typeof t!=`string`&&(n=t,t=T.defaultChars),n===void 0&&(n=!0);let r=ae(t),i=``;for(let t=0,a=e.length;t<a;t++){let o=e.charCodeAt(t);if(n&&o===37&&t+2<a&&/^[0-9a-f]{2}$/i.test(e.slice(t+1,t+3)))i+=e.slice(t,t+3),t+=2;else if(o<128)i+=r[o];else if(o>=55296&&o<=57343){if(o>=55296&&o<=56319&&t+1<a){let n=e.charCodeAt(t+1);if(n>=56320&&n<=57343){i+=encodeURIComponent(e[t]+e[t+1]),t++;continue}}i+=`%EF%BF%BD`}else i+=encodeURIComponent(e[t])}return i}T.defaultChars=`;/?:@&=+$,-_.!~*'()#`,T.componentChars=`-_.!~*'()`;function oe(e){let t=``;return t+=e.protocol||``,t+=e.slashes?`//`:``,t+=e.auth?e.auth+`@`:``,e.hostname&&e.hostname.indexOf(`:`)!==-1?t+=`[`+e.hostname+`]`:t+=e.hostname||``,t+=e.port?`:`+e.port:``,t+=e.pathname||``,t+=e.search||``,t+=e.hash||``,t}function se(){this.protocol=null,this.slashes=null,this.auth=null,this.port=null,this.hostname=null,this.hash=null,this.search=null,this.pathname=null}let ce=/^([a-z0-9.+-]+:)/i,le=/:[0-9]*$/,ue=/^(\\/\\/?(?!\\/)[^\\?\\s]*)(\\?[^\\s]*)?$/,de=[`%`,`/`,`?`,`;`,`#`,`'`,`{`,`}`,`|`,`\\\\`,`^`,\"`\",`<`,`>`,`\"`,\"`\",` `,`\\r`,`\n`,`\t`],fe=[`/`,`?`,`#`],pe=/^[+a-z0-9A-Z_-]{0,63}$/,me=/^([+a-z0-9A-Z_-]{0,63})(.*)$/,he={javascript:!0,\"javascript:\":!0},ge={http:!0,https:!0,ftp:!0,gopher:!0,file:!0,\"http:\":!0,\"https:\":!0,\"ftp:\":!0,\"gopher:\":!0,\"file:\":!0};function _e(e,t){if(e&&e instanceof se)return e;let n=new se;return n.parse(e,t),n}se.prototype.parse=function(e,t){let n,r,i,a=e;if(a=a.trim(),!t&&e.split(`#`).length===1){let e=ue.exec(a);if(e)return this.pathname=e[1],e[2]&&(this.search=e[2]),this}let o=ce.exec(a);if(o&&(o=o[0],n=o.toLowerCase(),this.protocol=o,a=a.substr(o.length)),(t||o||a.match(/^\\/\\/[^@\\/]+@[^@\\/]+/))&&(i=a.substr(0,2)===`//`,i&&!(o&&he[o])&&(a=a.substr(2),this.slashes=!0)),!he[o]&&(i||o&&!ge[o])){let e=-1;for(let t=0;t<fe.length;t++)r=a.indexOf(fe[t]),r!==-1&&(e===-1||r<e)&&(e=r);let t,n;n=e===-1?a.lastIndexOf(`@`):a.lastIndexOf(`@`,e),n!==-1&&(t=a.slice(0,n),a=a.slice(n+1),this.auth=t),e=-1;for(let t=0;t<de.length;t++)r=a.indexOf(de[t]),r!==-1&&(e===-1||r<e)&&(e=r);e===-1&&(e=a.length),a[e-1]===`:`&&e--;let i=a.slice(0,e);a=a.slice(e),this.parseHost(i),this.hostname=this.hostname||``;let o=this.hostname[0]===`[`&&this.hostname[this.hostname.length-1]===`]`;if(!o){let e=this.hostname.split(/\\./);for(let t=0,n=e.length;t<n;t++){let n=e[t];if(n&&!n.match(pe)){let r=``;for(let e=0,t=n.length;e<t;e++)n.charCodeAt(e)>127?r+=`x`:r+=n[e];if(!r.match(pe)){let r=e.slice(0,t),i=e.slice(t+1),o=n.match(me);o&&(r.push(o[1]),i.unshift(o[2])),i.length&&(a=i.join(`.`)+a),this.hostname=r.join(`.`);break}}}}this.hostname.length>255&&(this.hostname=``),o&&(this.hostname=this.hostname.substr(1,this.hostname.length-2))}let s=a.indexOf(`#`);s!==-1&&(this.hash=a.substr(s),a=a.slice(0,s));let c=a.indexOf(`?`);return c!==-1&&(this.search=a.substr(c),a=a.slice(0,c)),a&&(this.pathname=a),ge[n]&&this.hostname&&!this.pathname&&(this.pathname=``),this},se.prototype.parseHost=function(e){let t=le.exec(e);t&&(t=t[0],t!==`:`&&(this.port=t.substr(1)),e=e.substr(0,e.length-t.length)),e&&(this.hostname=e)};var ve=/* @__PURE__ */ t({decode:()=>w,encode:()=>T,format:()=>oe,parse:()=>_e}),ye=/* @__PURE__ */ t({Any:()=>be,Cc:()=>xe,Cf:()=>Se,P:()=>Ce,S:()=>we,Z:()=>Te});let be=/[\\0-\\uD7FF\\uE000-\\uFFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?:[^\\uD800-\\uDBFF]|^)[\\uDC00-\\uDFFF]/,xe=/[\\0-\\x1F\\x7F-\\x9F]/,Se=/[\\xAD\\u0600-\\u0605\\u061C\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF\\uFFF9-\\uFFFB]|\\uD804[\\uDCBD\\uDCCD]|\\uD80D[\\uDC30-\\uDC3F]|\\uD82F[\\uDCA0-\\uDCA3]|\\uD834[\\uDD73-\\uDD7A]|\\uDB40[\\uDC01\\uDC20-\\uDC7F]/,Ce=/[!-#%-\\*,-\\/:;\\?@\\[-\\]_\\{\\}\\xA1\\xA7\\xAB\\xB6\\xB7\\xBB\\xBF\\u037E\\u0387\\u055A-\\u055F\\u0589\\u058A\\u05BE\\u05C0\\u05C3\\u05C6\\u05F3\\u05F4\\u0609\\u060A\\u060C\\u060D\\u061B\\u061D-\\u061F\\u066A-\\u066D\\u06D4\\u0700-\\u070D\\u07F7-\\u07F9\\u0830-\\u083E\\u085E\\u0964\\u0965\\u0970\\u09FD\\u0A76\\u0AF0\\u0C77\\u0C84\\u0DF4\\u0E4F\\u0E5A\\u0E5B\\u0F04-\\u0F12\\u0F14\\u0F3A-\\u0F3D\\u0F85\\u0FD0-\\u0FD4\\u0FD9\\u0FDA\\u104A-\\u104F\\u10FB\\u1360-\\u1368\\u1400\\u166E\\u169B\\u169C\\u16EB-\\u16ED\\u1735\\u1736\\u17D4-\\u17D6\\u17D8-\\u17DA\\u1800-\\u180A\\u1944\\u1945\\u1A1E\\u1A1F\\u1AA0-\\u1AA6\\u1AA8-\\u1AAD\\u1B4E\\u1B4F\\u1B5A-\\u1B60\\u1B7D-\\u1B7F\\u1BFC-\\u1BFF\\u1C3B-\\u1C3F\\u1C7E\\u1C7F\\u1CC0-\\u1CC7\\u1CD3\\u2010-\\u2027\\u2030-\\u2043\\u2045-\\u2051\\u2053-\\u205E\\u207D\\u207E\\u208D\\u208E\\u2308-\\u230B\\u2329\\u232A\\u2768-\\u2775\\u27C5\\u27C6\\u27E6-\\u27EF\\u2983-\\u2998\\u29D8-\\u29DB\\u29FC\\u29FD\\u2CF9-\\u2CFC\\u2CFE\\u2CFF\\u2D70\\u2E00-\\u2E2E\\u2E30-\\u2E4F\\u2E52-\\u2E5D\\u3001-\\u3003\\u3008-\\u3011\\u3014-\\u301F\\u3030\\u303D\\u30A0\\u30FB\\uA4FE\\uA4FF\\uA60D-\\uA60F\\uA673\\uA67E\\uA6F2-\\uA6F7\\uA874-\\uA877\\uA8CE\\uA8CF\\uA8F8-\\uA8FA\\uA8FC\\uA92E\\uA92F\\uA95F\\uA9C1-\\uA9CD\\uA9DE\\uA9DF\\uAA5C-\\uAA5F\\uAADE\\uAADF\\uAAF0\\uAAF1\\uABEB\\uFD3E\\uFD3F\\uFE10-\\uFE19\\uFE30-\\uFE52\\uFE54-\\uFE61\\uFE63\\uFE68\\uFE6A\\uFE6B\\uFF01-\\uFF03\\uFF05-\\uFF0A\\uFF0C-\\uFF0F\\uFF1A\\uFF1B\\uFF1F\\uFF20\\uFF3B-\\uFF3D\\uFF3F\\uFF5B\\uFF5D\\uFF5F-\\uFF65]|\\uD800[\\uDD00-\\uDD02\\uDF9F\\uDFD0]|\\uD801\\uDD6F|\\uD802[\\uDC57\\uDD1F\\uDD3F\\uDE50-\\uDE58\\uDE7F\\uDEF0-\\uDEF6\\uDF39-\\uDF3F\\uDF99-\\uDF9C]|\\uD803[\\uDD6E\\uDEAD\\uDED0\\uDF55-\\uDF59\\uDF86-\\uDF89]|\\uD804[\\uDC47-\\uDC4D\\uDCBB\\uDCBC\\uDCBE-\\uDCC1\\uDD40-\\uDD43\\uDD74\\uDD75\\uDDC5-\\uDDC8\\uDDCD\\uDDDB\\uDDDD-\\uDDDF\\uDE38-\\uDE3D\\uDEA9\\uDFD4\\uDFD5\\uDFD7\\uDFD8]|\\uD805[\\uDC4B-\\uDC4F\\uDC5A\\uDC5B\\uDC5D\\uDCC6\\uDDC1-\\uDDD7\\uDE41-\\uDE43\\uDE60-\\uDE6C\\uDEB9\\uDF3C-\\uDF3E]|\\uD806[\\uDC3B\\uDD44-\\uDD46\\uDDE2\\uDE3F-\\uDE46\\uDE9A-\\uDE9C\\uDE9E-\\uDEA2\\uDF00-\\uDF09\\uDFE1]|\\uD807[\\uDC41-\\uDC45\\uDC70\\uDC71\\uDEF7\\uDEF8\\uDF43-\\uDF4F\\uDFFF]|\\uD809[\\uDC70-\\uDC74]|\\uD80B[\\uDFF1\\uDFF2]|\\uD81A[\\uDE6E\\uDE6F\\uDEF5\\uDF37-\\uDF3B\\uDF44]|\\uD81B[\\uDD6D-\\uDD6F\\uDE97-\\uDE9A\\uDFE2]|\\uD82F\\uDC9F|\\uD836[\\uDE87-\\uDE8B]|\\uD839\\uDDFF|\\uD83A[\\uDD5E\\uDD5F]/,we=/[\\$\\+<->\\^`\\|~\\xA2-\\xA6\\xA8\\xA9\\xAC\\xAE-\\xB1\\xB4\\xB8\\xD7\\xF7\\u02C2-\\u02C5\\u02D2-\\u02DF\\u02E5-\\u02EB\\u02ED\\u02EF-\\u02FF\\u0375\\u0384\\u0385\\u03F6\\u0482\\u058D-\\u058F\\u0606-\\u0608\\u060B\\u060E\\u060F\\u06DE\\u06E9\\u06FD\\u06FE\\u07F6\\u07FE\\u07FF\\u0888\\u09F2\\u09F3\\u09FA\\u09FB\\u0AF1\\u0B70\\u0BF3-\\u0BFA\\u0C7F\\u0D4F\\u0D79\\u0E3F\\u0F01-\\u0F03\\u0F13\\u0F15-\\u0F17\\u0F1A-\\u0F1F\\u0F34\\u0F36\\u0F38\\u0FBE-\\u0FC5\\u0FC7-\\u0FCC\\u0FCE\\u0FCF\\u0FD5-\\u0FD8\\u109E\\u109F\\u1390-\\u1399\\u166D\\u17DB\\u1940\\u19DE-\\u19FF\\u1B61-\\u1B6A\\u1B74-\\u1B7C\\u1FBD\\u1FBF-\\u1FC1\\u1FCD-\\u1FCF\\u1FDD-\\u1FDF\\u1FED-\\u1FEF\\u1FFD\\u1FFE\\u2044\\u2052\\u207A-\\u207C\\u208A-\\u208C\\u20A0-\\u20C1\\u2100\\u2101\\u2103-\\u2106\\u2108\\u2109\\u2114\\u2116-\\u2118\\u211E-\\u2123\\u2125\\u2127\\u2129\\u212E\\u213A\\u213B\\u2140-\\u2144\\u214A-\\u214D\\u214F\\u218A\\u218B\\u2190-\\u2307\\u230C-\\u2328\\u232B-\\u2429\\u2440-\\u244A\\u249C-\\u24E9\\u2500-\\u2767\\u2794-\\u27C4\\u27C7-\\u27E5\\u27F0-\\u2982\\u2999-\\u29D7\\u29DC-\\u29FB\\u29FE-\\u2B73\\u2B76-\\u2BFF\\u2CE5-\\u2CEA\\u2E50\\u2E51\\u2E80-\\u2E99\\u2E9B-\\u2EF3\\u2F00-\\u2FD5\\u2FF0-\\u2FFF\\u3004\\u3012\\u3013\\u3020\\u3036\\u3037\\u303E\\u303F\\u309B\\u309C\\u3190\\u3191\\u3196-\\u319F\\u31C0-\\u31E5\\u31EF\\u3200-\\u321E\\u322A-\\u3247\\u3250\\u3260-\\u327F\\u328A-\\u32B0\\u32C0-\\u33FF\\u4DC0-\\u4DFF\\uA490-\\uA4C6\\uA700-\\uA716\\uA720\\uA721\\uA789\\uA78A\\uA828-\\uA82B\\uA836-\\uA839\\uAA77-\\uAA79\\uAB5B\\uAB6A\\uAB6B\\uFB29\\uFBB2-\\uFBD2\\uFD40-\\uFD4F\\uFD90\\uFD91\\uFDC8-\\uFDCF\\uFDFC-\\uFDFF\\uFE62\\uFE64-\\uFE66\\uFE69\\uFF04\\uFF0B\\uFF1C-\\uFF1E\\uFF3E\\uFF40\\uFF5C\\uFF5E\\uFFE0-\\uFFE6\\uFFE8-\\uFFEE\\uFFFC\\uFFFD]|\\uD800[\\uDD37-\\uDD3F\\uDD79-\\uDD89\\uDD8C-\\uDD8E\\uDD90-\\uDD9C\\uDDA0\\uDDD0-\\uDDFC]|\\uD802[\\uDC77\\uDC78\\uDEC8]|\\uD803[\\uDD8E\\uDD8F\\uDED1-\\uDED8]|\\uD805\\uDF3F|\\uD807[\\uDFD5-\\uDFF1]|\\uD81A[\\uDF3C-\\uDF3F\\uDF45]|\\uD82F\\uDC9C|\\uD833[\\uDC00-\\uDCEF\\uDCFA-\\uDCFC\\uDD00-\\uDEB3\\uDEBA-\\uDED0\\uDEE0-\\uDEF0\\uDF50-\\uDFC3]|\\uD834[\\uDC00-\\uDCF5\\uDD00-\\uDD26\\uDD29-\\uDD64\\uDD6A-\\uDD6C\\uDD83\\uDD84\\uDD8C-\\uDDA9\\uDDAE-\\uDDEA\\uDE00-\\uDE41\\uDE45\\uDF00-\\uDF56]|\\uD835[\\uDEC1\\uDEDB\\uDEFB\\uDF15\\uDF35\\uDF4F\\uDF6F\\uDF89\\uDFA9\\uDFC3]|\\uD836[\\uDC00-\\uDDFF\\uDE37-\\uDE3A\\uDE6D-\\uDE74\\uDE76-\\uDE83\\uDE85\\uDE86]|\\uD838[\\uDD4F\\uDEFF]|\\uD83B[\\uDCAC\\uDCB0\\uDD2E\\uDEF0\\uDEF1]|\\uD83C[\\uDC00-\\uDC2B\\uDC30-\\uDC93\\uDCA0-\\uDCAE\\uDCB1-\\uDCBF\\uDCC1-\\uDCCF\\uDCD1-\\uDCF5\\uDD0D-\\uDDAD\\uDDE6-\\uDE02\\uDE10-\\uDE3B\\uDE40-\\uDE48\\uDE50\\uDE51\\uDE60-\\uDE65\\uDF00-\\uDFFF]|\\uD83D[\\uDC00-\\uDED8\\uDEDC-\\uDEEC\\uDEF0-\\uDEFC\\uDF00-\\uDFD9\\uDFE0-\\uDFEB\\uDFF0]|\\uD83E[\\uDC00-\\uDC0B\\uDC10-\\uDC47\\uDC50-\\uDC59\\uDC60-\\uDC87\\uDC90-\\uDCAD\\uDCB0-\\uDCBB\\uDCC0\\uDCC1\\uDCD0-\\uDCD8\\uDD00-\\uDE57\\uDE60-\\uDE6D\\uDE70-\\uDE7C\\uDE80-\\uDE8A\\uDE8E-\\uDEC6\\uDEC8\\uDECD-\\uDEDC\\uDEDF-\\uDEEA\\uDEEF-\\uDEF8\\uDF00-\\uDF92\\uDF94-\\uDFEF\\uDFFA]/,Te=/[ \\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]/,Ee=[8364,0,8218,402,8222,8230,8224,8225,710,8240,352,8249,338,0,381,0,0,8216,8217,8220,8221,8226,8211,8212,732,8482,353,8250,339,0,382,376];function De(e){return e===0||e>=55296&&e<=57343||e>1114111}function Oe(e){return De(e)?65533:e>=128&&e<=159&&Ee[e-128]||e}function ke(e){return e-1>>>0<127||e-160>>>0<55136?String.fromCharCode(e):String.fromCodePoint(Oe(e))}let E=/* #__PURE__ */ (()=>{let e=/* @__PURE__ */ new Uint8Array(127),t=0;for(let n=33;n<=126;n++)n!==34&&n!==36&&n!==92&&(e[n]=t++);return e})();function Ae(e,t,n,r,i,a){let o=e.length,s=a*90,c=0,l=()=>{let t=E[e.charCodeAt(c++)];return t<a?t:t*91-s+E[e.charCodeAt(c++)]},u=n-r,d=n+i,f=new Int32Array(d);f.fill(-1,r,a),f.fill(-1,a+u,d);let p=new Int32Array(d),m=new Int32Array(d);function h(t,n){let r=0,i=n,a=n+t;for(;i<a;){let t=E[e.charCodeAt(c++)];if(t<89)r+=t,f[i++]=r;else if(t===89){let t=E[e.charCodeAt(c++)]+2;for(;t--;)f[i++]=++r}else{let t=E[e.charCodeAt(c++)];r+=89+(t<90?t*91+E[e.charCodeAt(c++)]:E[e.charCodeAt(c++)]*8281+E[e.charCodeAt(c++)]*91+E[e.charCodeAt(c++)]),f[i++]=r}}}h(r,0),h(u,a);let g=new Int32Array(i*2),_=0,v=0;function y(e,t){for(let n=0;n<e;n++){let e=t+n,r=l(),i=l();g[v*2]=r,g[v*2+1]=i,v+=1,p[e]=_;let a=(f[r]<0?m[r]:1)+(f[i]<0?m[i]:1);m[e]=a,_+=a}}y(i-a+r,a+u),y(a-r,r);let b=new Uint16Array(_),x=0;for(let e=0;e<v;e++)for(let t=0;t<2;t++){let n=g[e*2+t],r=f[n];if(r<0){let e=p[n],t=e+m[n];for(;e<t;)b[x++]=b[e++]}else b[x++]=r}let S=new Uint16Array(t),C=0;for(;c<o;){let t=E[e.charCodeAt(c++)];t>=a&&(t=t*91-s+E[e.charCodeAt(c++)]);let n=f[t];if(n<0){let e=p[t],n=e+m[t];for(;e<n;)S[C++]=b[e++]}else S[C++]=n}return S}let je=/* #__PURE__ */ Ae(\"!}.&u%}'&}*'~!6*)%&,~!J~!J~%L~y<~!R,~~%Lu~~#GD~~#|)1#%}^%}2%+#.##%##%}&%##%'#%##&%#%#'%#&#%#&#'#%%#&#%##%#)%''%&%#%#'%#%%#%%}%%%#%#&(23#%%#&-%0%('1#(##%#'##+%'*.:1}#%#6-+(%'%%#%%%}#L'2351&('%}&/N'(0(/*-%(%%}#'+&T%7.2}#&%&#%#36/5##%&%%#&#%%#))2%%##%&&'0~!#*+&'%1~!%).'3q?&%'1~!.##%6(~!+%%%(Gw'rT~!E#<nA%#jZ~!H%(~!42##~!*31&~!G%U~#)5~#`3~!J~!Z~%]~%Y~%C~!q~!u~#kz~%#~!6'~!D~!U~!?~#T~!c%~!G#'~%7|~!G~!J~!G&~#pb~(Df}#%}*&}#%##%##%##&#-}&'#'&%#.++}%mI,#,@&(}*%}*'%&##&#%##%}&0}#.},U},%}+%}&%}#%##&}B%(}(%}+%)})%##%#&}&%##%&}<%}>%#%&}*%}(%}9%}/%})%}*%}*%}?&}&%}3%}&*#%})%#%#)}#&#-#+*%E%%'%'#%}#*V##&##I}#&&##%&%#&&Qf%%))w/0+&%#(#.%-''''++++7}>%4'',##1,#%#&%##&#'##&#*#9)%&%}#*}%,#+P(%A&%#'&##wSD',9E00#y#@}(+}&%&>~!#~!X}#*}(&&}(&}(,%}%&#+&}#&}I%#%}%)#(},'%#*}4%%#%}(''}#/##(##),%-##%%)#&}(.}&%#&}%%}*&#%},&&}&%}#%*'#%})%}D&}&%}-&}6&#&}-,%}#%})-(~+`~,=?~I9'9%~!,#%})%})%}@%}?%}(~!?~#<~#pP~#BG~#=1#%K+~#?#~%;)~#A~#mF1~#A'~'X%'~#lR~#N~'N~#r~#m#-~#i'?%#'%~#B%##%,%#~#_%#0%~#]732~,w~2+#:&#%&'0%&>%}#>##F+)#%&&#(+_}4&}-%}(&}@&}O7Fdf0@+/v4}&WU##&/0#&'('B#%}.%}'+#%}#%%&#&%#%##+#&#)#6#'#.},%}c%},%#%##%&#&%#&~#>'*-.%##%##%}#%%}%'~#)D1}#%*&~#_%%'(~#S2%'.}#~#=##*'*-%}&'%'##&&~'E%.#&~#M4}%%##&'%#~#O1##%&#'+~#<B%##%%'%+~#;#@%}#&%#&&%#(~#H1}'%'##&&~#?A}&'~#D#%32}'&&&&~#[}'(#%}'~#;C})&}%%#%~#=&%,3}%'(#%%~#^'#&&)#%'~#Y%-~#d-%'~#^%%&#&&&}#~#b~2t*&'~&(~&@~0%~e~3}%*''0})&}+~!9##-}#%-hD*)1fC#%/&/fB#40~!+#)*4~!+~!K'&:~!/*7~!.#~!H~!L':~%x&~!H#~!*~%1~!I#~!+A~#p'~!F~~#-#~,,(~.Z~!V~%;'B'mq-W~!N~%I%#&&#&}#%},%%}'%}+X#%}#&}(%}'%}<%}#%}%%'}'%}:~![)9@~%>~#UA%-%##&~!C%~!-.9:~!1~!-^2/:a~!y,D*J#-5)/4~%23,~#G~!L1~!0X3`~!2+~!!0-~&E~!W~!o,>Y&]~%cZx_&~#O*9#A#'#+I'%#)~!0B*-5A+-((F&*M#)(-7-5+'-3a5Vi~!Y~!?+[)%3),ERHm~!+:D,VG.+)?fB%%*(%)'(#&80%1'8`K8?`+'Z#&O&'H5#*9)A%%5&3))0%39+.*7#()&&*=4@**L)<'_&*+..;(#*+)./&0#3)%')-8(4ixD(&.}%,('aI:,)%,k2231T)I'#/-W7,/'Q#.'Y24+h')37</31&83##&0#),H(?'&?/1##%#&&#%''-%&&&#(&''&#.-'%#%%(,')*'&#&#'##%(%(#%('#&##%%%%('%#%#%%#%#&%##h>w+v<ayvyvcg.uuhKr}g/v|g>u9i[~>g5uI~=RvdwEg;v/g;uk!!TTSx]@RT!U!#!@VBRUU!'UTe-d0c`e&gSdicedFcrdTaqb.kYcAohdYd@a3e+d}dMdtd.aJ#bqcK`dle/e.e'dwdPdodddjbEb}ogd^ofdpduc6j?l%d{drdqc)d7bacOdQ%T#Y)X.sR[yH>6Vyv3[xwLu>vo'!*.[yBacahoj>6Rew3[xqdZa#!a&#^(X-[yG>6Vyu3[xvg3sEr|g.u/Ri9db0T#^(Xa)!-[y;>6Vylg4wKs{JwNZt3@3r=c4Z([xlg;wKt!cpq's@v7A'*a(a+!-a#[y<3Dt?3Dt'>6Vym3[xmg9rxsNJwLZt4~?r?db1T#`-!(Xa,!0[yS>6Vz%NuQs.g4wKtnJwNZtS@3r>c4Z([y%g;wKtrdga8!a(!#&T*Y-Xa#!a0<or[yc3Dtq>6Vz43[y3JwNZtf@3s!Ju}!%Dti:pm3c_%X#tjB5pkd6q!r]u?voC'*-a.a2!0a&a+[yI3DtI3Ds~3DtH>6Vyw3[xx;:s#~<5pKJwNZtE@3r~d`a)!a2T#a.(!+U.X1[yT3Dt`3Dtv>6Vz&3[y&g9rxwzcxstPu.<rAJwLZtT~?r@dZa%!a.&^*Za(/Reu[ya>6Vz23[y1g3sEr}wkg{NuQRg{ci(U#5@b`~,cg#U(2WnH5wugcRh7dX#T(Y,a'Ta!!a,[yZ<]mj>6Vz,3[y+Pv#5ReZKu+=,%!H}7ABwkaS?Rh:BcW(X#<]mrj:ubv/ARekdg%!(!a.*Ta(Y.X1!#sP>Rl*Dt6[y>>6Vyo3Wf*jOvuumvuRgRJuq*!:9<B@bX~3jVv&v@s@5Re[d/rQt{uAvo&a&a*)a2!,0Wf!3Dt0=Bs'>6Re}3[xy~<5s%JwJZt1~Gs)c;&!#2sJkNuXvzq7rxu,Re8dka4!a8(aEZ+a@Y.X1Xa)[yd=Bs(3DtP>6Vz53[y4cX#X&Re:avRe9~<5s&JwJZtQ~Gs*i^rzvdRg+Jv{%!2sbB@bX}kdga,!Za?&^*T1/!a'Dt+[y6>6Vyf3Wf%g/u;s4hGu6?Rh-JvZ,!c%#&RoX54Rivj7uyvf8RgTKvZB%*!2sGh<vu5Rgq<=C::9bb~#dZ#T&Ta6Y.X*Dt>[y93Wf)coZ(T,6VyifluvRgC@95@B@bX~/hFu34cC#T,k/unq8w8Q5RkUklwQuzunq8w8Q5Rk8d/rJu?v8w9)-&!a0a;a&aIWejg3sEr/h1s<DtDJvyZqY5aws3Jvy!&Wei~Hr1:au5@Bag>23E~5c:Z&bX};kKv?w&unuVu5Rjc;>bs)#~@:Rh.=ay<a]C;b`}Vd6s/t{uAvoaxa()!a,a7%-a#a2Dt,[yF2Wo[>6Vyt3[xuNuPRi&NuPwpi#RoWh?vf8Ri%Jv]!%Ri:KvxD!.'2WeAjZu`q9rxu,Re7woeAg-unLq(qA_/*2Wg_g3u5q^9:4E}/jTrxrzv=Wkkd~0UX#^^Xa-a1a5T&a=U1a'*aEa]!a*aPaA-adok[y54Rn>;:p3~Dp5g9rpsFNvZqjg3uJp4~<5p0Pw;5qlJwNZt*@3p1Pw:5p/Ou!5p2JvG'!6Vye=<qnJvh_[xhg3v,Rh3kOwOw-sDuev/Re^dha[a%!%!a+#Ta7)-5TaCaO!aka!a)sf[yb2>Rl!9ARiq5E}Qg=ucRkBE|oJrJ_@Wk~@Wk{JrJ_@Wk|@WkyJrJ_@Wk}@WkzJvO_[y2g-vMRmiKuYC!)&>Ri;>Ri<@3RkNc](X#@9Rk=g5vuRmhKvDB!+'=]meg3u4Rmgd)#Y'Vz3CARmfd`a+!%T'!+#Ta1Ta6TaM-sTDt9[yA9sYd'%Y#s[[xpj:ueunaXRgEjRq,v-vuqdd2'`#6Rev<32@5>:2<E}5xIo9a*X#Y(;5RePJvD_g>vyRgNj8w)v8<wggs:RgXiZt|vjx,hSq3ah!-(~@:Ro/Ou!5RhWj^v(pyw8unRhUdx-UY#^Ua.a3a70!)%UX1TaDa)'omRiRRhE[y:3Dsz=Br,>6Vyj3[xkg6ruwjcqsrPw;5r*Ku]D'Zt-@3r(~?r.i[vwv]dU1a--U#`a4(g/vsRhPOu!5RhLj:rmu9Wo!~@:wdh@g/vsRiTjXuvvNr}:RhBj^v(pyw8unRn]dz1UYa'a+^Y(!aETZalaRY.Ta?a4[yDJw1!#qLsW>6Vyrfzq-pLflpwRe|Js>%!Dt@3Dt&Jvy_[xs~HrnjMuwpsw'RecKu+D#'!t<~Grl~?rjg5u-x,gwp{ah!-(~@:Rg~Ou!5Rh'jXuvvNr}:Rh#cW#X/c;&!#2sLi[v7u7RgpJv)(!iLrxu,Re6j7v@s@5Se[e7d`aW!Za(a`T.a#!a3!&aDa-!9)Dt_=6s+3[x~~DR|h~DS6avhGun5RkZj3w)v-]mkKunB!&*]kb97R|i<ARk<c:Z(6Vy}Juh'!wziMRoS:F|vkLuauJv5vtvQRh1d='T+Y#VyO~DR|jcF#T'7R|g97R|kJv3'!ay<Rj,Jvh&!:ReXcsa6*a+#a#_aIRf9aLRf?c,Z&Rf5Rf7c.Z&Rf;Rf>cQ#%T'p-Rf8Rf=ct#%'(*!,p,Rf4p+Rf6Rf:Rf<d~'Ua%U*^UYa(!a,-!#a4YaTalaEX0a8a<Weo3Dt/3Dsx=Br93Wen~Dr;~<5p<JwNZt2@3p=Pw:5p;Ou!5r3c7&!#:p>3Ds}KvGB)_6Vyk2sM=<r7x'eovA(!hFu1ARf}cV#X&@r5j6rvwQa^Rf3c=Za'wkghJv__g;unRggA53B9=b^}%j6uduo5Jq;!(hIv%2Re`Ou4ARe_e%a#^^^Xa&!a*a2!&a6YaP!*ad!#a:aE/5Rn?[y@>6Vyp;:pE~DrY~<5pBJwNZt8@3pCh=rt3rWPw:5pAJup_[xoNuPpF9c!#'45pD5ARn)d8#X'X*3@rU72s]h>v<<sSjJpqvewOJq/(!hNw'5ReBk0s2u3w/w'5ReE5@Jq.!a+JQ!&WeU23d(#Y&RjG5]jBk!u7w&u0udARjEe#+^^^Ub#!a2/a`Z(agT1!a-a;|@TaG!aS[yV=Re~fow'RguNuPRe?bz#'>RoUWeL>:Cbb|?JwPZtVg6ruRmzJvD'!6Vz(g/vmRh~Jvy_[y(g9voRgyx*cy(#2>Ri2B9b]~9kIw9u7rluJu3Rg]dI#a%UY'@=p%CAx.gQZ&RhwwygtRm{x5g_Z'+ABqR9Woa=Bp&dV#^*Xa'!&@o{g4v]Rk;Jv{!%Rk[wkkiA5RkiwwfUB=x,fUuqC&*!>RfTg8v0RfV~ARfSd;rJsAuAv9wR'ae+/aO!a@aza/a#[yQ@Wg!2Wemg3sEr0JvB_g>uvReWg2v+Re=KupB_+[y!2AbY~-~Hr2AJwD!(h<~El>h<~El?Kun@+_:9b`}Kg-v/Ri3g;vtwyk_9]k_d=&T#*U.6qh@Ab`|K9:H|CJv[!&3Dtex'fDwC%!Rf[9WlMd[(^X,!a%Z06Vz!@WgBg=v~Rgvg,QRe@awd,#Y+jTv|Q~EfWj]uNr|~FRfXdy#Y&^Ua%!aO.!(a)Ua;=!a@aKap!a-,a!Ta]a[rSa]p?[y82sK=Bq~;:p:~<5p8Pw:5p7d'#Y'Wf(;RnRi[u4w&RgJJvG'!6Vyh=<r#ijuuv/sIKuYD'ZtG@3p9~Gr&d2#`(g<vtRgFj`u5w&rqpxRf2CJuY!+:wfnTOu!5Rg}jNs1ucv&RfwJvA!&3@q|BDcC#T,k/unq8w8Q5RkTklwQuzunq8w8Q5Rk9dga#!a'!a=#a0!:+Tb*b@aO.a4!aba8aFJv^}?!VyR~Dr<g;u%Rn.~<5p[x'e`wNZtR@3p]Pw:5pZhNvjBp.woe_g5u-r4JwF!%DtO3:ooc7&!#:p^3DtpLuGw(!+%)Dtk6Vz#2sd=<r8d'#Y([y#<x3gJt`w@!)%}MRiowzikRij=]ilxAf3,U(#B2Rf#g0v-Rm[ck{`U#]giKv3>)!&6Ri154s,KuGB_%@r68r:dJ|t`#X(9<E|u2@H|rx3gJu?w'!+'1Nu7Reg4=H~+9<wxgY95Rm]xLggZ-`(X}U2:Ri4h<uOawRmsJv__5@bb{jbV~3dka#a'a]!,#a+U=a>b6a3b%!/aKa/)!arwve^VyJ;:pR~DpTg3uJpS~<5pOPw;5qmPw:5pNOu!5pQJvG'!6Vyx=<qoJvA!{~Jup!%@qk7Rn/KvyD!}''[xz;>wkh'?Rh,x8gyt`w5D!&),(SgyccRgztJ@3pPB5p#d'(Y#<]mmifubw&RgoJvE&!82s^JvF&!8Rf,ADb]~;x=h'rNu]vK!,%'*0RnORh)4Rh*AqQg-vaRnNg;wHwkh'ba~4cE#Ta*x3gctyw@'!+%RnFRnD<4Rn@hFvK5RnCxWg[#`&a0Ua()`1Rm75Rg[c]%X#qi8Rg^NvdRj>BwzgZauwji7Rm6A4wgg]d1#&(*,.0a#Rm;Rm<Rm=Rm>Rm?Rm@RmARmBe%#^^^Xaea?aC/b+(,!a+a#!a/!>a&Ta<aKbD!2wphBRnk[yPw}hE|.=Br-3Dtm>6Vy~g6urRf.x,hPrNav!%'RnqRo%Ro#Nu;q[Pw;5r+JwNZtM@3r)d'#Y'Weh;xChL#`&RnmRnoKu}>%(!Rne~Bs-;2wjcussJv+'!aYSO}6@B<5?ba~8LrNvj!.%*ROwungw~ng~:9;Ri^>wtnig;wHRnixDh@|(UZ.x1h@|)!#:2<H|*xHn]#-UX'3Ro)z=iT}6ARns=Bwsn_wpnaRncw]aR(#UXa&Ua*a/=]iPd'#Y&Ro'WnXf{QRm2hNvj]nZd`'T~&1`{|`#9b]{}c:'!#Wl{>@=be}]?cl{{U#:5Abb}Jds#^YaF!a*b4a#a3aPa>&Tb!bH!*a_!Eau?/a&RjY<]gj>6Vz*;:pe~DrZg,QRj1JwNZtX@wihspcJvZ&!VyX9WmOJu|!|N2WmHJvh&!]ht~Bpbcn&T(!#RmQ<s7Nu;padH#X'`+WmJ@>RmKCARhnKup=!)&Wf+:RhqNuPpf9c!#'45pd5AwghpARn(Ls@w!%,)!RmP@Wfe<E|IJva!&WmNg8vsRmLd`*.`#Y'Xa!axRn*]hrA8Rhug5s@rXg8u!RmMd8#X'X*3@rV72smdI*#UY&RmICARho~GsgxVgd)Ta'U-Y&Xa!T#RnEWnA@Wffg1uDRi0hFvK5RnBxGnG&#`%owp)@wsf+bX}Ze-*1!a*^^^Ua|!#a.aq&Ya2!a>.a6!a:aO`aJDtL[y`@Wg#>6Vz12@wzoYRoZNuPRi!NuPRhzg=ucRi,@=b`{Yg=ucRi-ACJvB!&Sh[ebSh]ebi`wUuFRm4Jw2_[y0JvB!.<Ju(!&SoG}6Shd}6<Ju(!&SoH}6She}6Kur@._g5vHRieJvx!{L2G{Kx6gd'T#?Rh82Wi5cZ#X(g1w)Rm5dW-Y(Ta#!a)!#aYa=wnfE=su2>>bU{0j9udv:<svj8uQv-7RgHdE%#^'sq9sp=>Bb_{TJv`!&g/r|snj6v(us5d,#Y(56H}[978H}]Jw5!&g1rushJvB!+j;v{u5?zDhd}6}bj;v{u5?zDhe}6}ce*#`(^^^a[aea!=!a6a*aoXb1a.!aAbL!b>,b'aL!aV@Wf|2Wlg3[y/JwNZt^@3piPw:5pgJunZou3@rsJva&!Vy_g<v~Rm#JvG'!6Vz0=<r{Ju{%!:pj@WfsiXuJu3Rm:JvZ&!WfA~Bph@c4Z&Dtwax5rubx(#:awRk1@d,#Y&RfjRfid1#,Y(@Wfp2Wlrg5s@ryKu[@!,'=]ig9wlk?Rk>g5u-rqJvy'!@9RkQcH(T#=>Ri~@<wkj(Wj(KuZB*!&<7rw@9RkRcH(T#=>Ri}@<wkj)Wj)dg(Ta2Xa9X#`-!a*CARhg@@=I}d9x;c~#X%so=<sj>2@@=aybb}XjWv0Q~EfEj3vLv;<d,#Y(56H}`978H}_dgaPaFa'a/!#a3Y0a_a;a|!1(a7-[yE3[xt;:pJNvZrrg3uJrvJwNZt=@3pIh=rt3rxPw:5pGOu!5rpJvG'!6Vys=<rz@c4Z&Dt(ax5rtJvZ!&~BpH@wsfNg-vaRlNci*U#=<wei<F}a5@Jq.!a*JQ!%@qZ23d(#Y&RjH5]jCk!u7w&u0udARjFd/prq=tyvpaEa(a:.!a1aZ(@@=I}:9wpd%=<sX55w_h}@@=I{t=ay<aU@@=I}T=ay<2@@=I})?C9:9au@9Cb]}DP~=x-fAZ(2Wl1=ay<aU@@=I}>5@d##Y+jTv|vV~EfFj]uNpn~FRfGdgaK!Z2&!a8a-Tb({E!acTbM*!a(DtY[yYd'%Y#sl[y*hHvh>Re5x2c{Z}.j4uCvcawRiMd+#X+_x&d!},<5RkX;2Hzw@x,gavfB-!{CcF&T#Roe;RodwWbBg5urRgaKvHC*_6Vz+<4opieuew&Rmq@d]&Y)X,T#X0Rh}<BqP=4qS9:ReMg/ujReNJw0!/<Jui%!bd{kawwnemRelAxUa?a3#*.&UX(Ya+a/RhvRnQ<o}9Wmtd-#Y&RgSRmw9;Rmxay=Rmyg-vaRmuxEhSrNu,v-voC!%(aR.a(a7+1Ro1>Ro5CE{A9b]{@;5x#eO{:g;urRi+KrNA!%(Ro3>Ro79;Ri_Ku@>{;&!x%gX|{KunA_+g5QRj/g3u5Rj#g>uERj%wio/xRhS&!,!#^1U}wba{8>>@=be}qC@:D5ba{7Ku+A&!}x?ba}t>>@=be}se(aA^^^Uat!b0#{pa+awUazbGa#aLb9bgaWac'a5TbS=Br!d1#`%scp_Jvl!#rT>Re0JvX&!VyN=H{Fcm#U&:pY=ReaJv2&!]h0=]nUJvG'!6Vy|=<r%JrM_=]h2@Wlud'#)U'Wf'b]{i=]h/Jvh!&~BpWg=v]RnMx+ny#'Nu;pVwjnu=]nwxJnx,T#`&Reqwjnt=]nvieu9vrRjLLuYwP(#+!th@wih5pX~Gr'g5v/Rh4KunA'!-CARnP@wwiN:Rm_9x'cvw>!|l=<saKvAA!0&3@q}>w^e1bp#&Re2Re3BDx7gH#T|f5H|eKuZ>!%(:qNAH{]Jv6!+3B2B9=b^{X<5<B92:E{ZLvhwA(a;a%!igQuyRmad+#Y}m@3Rh5d8#X'X*:AqUAHzmaxwbh<aXRnVcF}RT#Nw&cj#U(BWnug/vsRntdka)(a3+.Zb7aYYan1!bVa@Xa}[y^@b[{G=H{+hFu73Rj&Pv#5ReQcK%T#sig1v{Rj'Ku+D#'!t]~Grm~?rkKuMB!01d5#`'Vy.ta3Dtu~Hroc8#'{^45s85AwZbP&!#Rn!wghxWn#KvEA!)&2RlA2RlBx:h|#(T,=]j09Wobz>x]z/@awRoTd+#Y(az]hFhCrm4d,#Y+jTv|Q~EfMj]uNr|~FRfOdCa!Xa9_X#@<plJvf!%b`{(9;Rgwc;.!#2x7cw#T|UDb]|T5Ju={(!=@E{&Jv)&!Ab`{'awJvf!~*>>@=be{#KuY>!+&4Ezyi[ugv&RjIdea+T)#UXa&T-T&a!Rh9auRmW=]kLg5vuRn+g3u4Rn-Ow6ARn,hHus5xNk?#UX(U~)/g8v0RkD~AwkkF?Ri.OuNBwkkA?Ri/d|a2`a*^UYa.!aBTZaTa'Xa;!(!2!-a#b2[yC>6Vyq3[xr2Wi?g1rusVh%s?DtF~<5rbJs;%!DtBfswKtCj[uvuSsEu3RgVx3o:u+wN'*Zt;@3rd~Grh~?rfg8w)Lq)qE&-a%!>bI|`jWv0vV~EfCjTv|vV~Ef@j]uNpn~FRfBcK#T']gWNu7x,k7q4ai(0!hHv8<RhmkMu9vrsBuev/RhlCJvB!,g<v{wchh~@:Rhji[vrv{wchi~@:RhkdS&a5UY#Ta!RgPwwiI5BwciI~@:Rh`x'iJvj'!5]iJPu8Bwch]~@:Rhach)U#h3rp]gLh@t|Ax,hTq3ah!-(~@:Ro0Ou!5RhXj^v(pyw8unRhVd|)`,^UYas!a?/a2Z'a^Ta{Tb7Ta(a#!a,Wf&9sZ3DtAadamov=Bqt3[xig8vsRm~>waiL2b`{QJv*_Ouv2qgj<v]v2BqfdR'X*X#Y-@3qr~Gqv~?p6hHv-]glPup5Lq+q?_%*b_{qF{n9b^{rOu4ARhpKvCD!+&~Bqp:5Dbb}nwoiKl&unuTuBv]v+ueunaXRf0=Jvh!0nKufu8v1w&w7q%w&uHrz:Rgnj5w,uxDJq/(!hNw'5ReCk0s2u3w/w'5ReFd>Za&!*UaA=<wkgsRnSJv^!%Refifw3vyRgOKu_B'!,<]gkiiu:w&Rh<=C@a^<B57@2F{[<B5@aW:=3away9A5aW=<B=C@a^<B57@2F{Ie-#`(^^^bCara.b8aza6!/bZ,!adTbnTbOb+aFaS!aAT9@Wf~2Wli3Dtl2@d,#Y&RfnRfmJwJZtN~GqyJva&!VyMg<v~Rm%iXuJu3Rm9Jv[_=]ih9wlkDRkCd1#`(@Wg>2Wls3cH#T(@<Rj*=>Ri|b~'#23s9h<~El.d'#Y&Dtxi^rzvdRl#d*#U%(o|B2s`hJwSaxRmDKv4B&!1:Rmdd5#`'Vx}to~Hq{x'f1v3(!BA5ba|bJv_&!Wfug1v]ReIdO+U/Y#&G}-8wze=Rh{g1v]ReHg/uQRf/by#)ibQwERl/cH#T(@<Rj+=>Ri{cNu+vlax-!(#a0qa9<Rii2;;bU{H;x<i=&X#Rk`<4wwi=C9H~8xAI(Y#<azRi@45wXI<B9;5bb~7dL(X#Xa(+!aL6Vy{g5QqOau:5au2@ay547EzbxOcU(UX-T#Ta#:Cbb|A?wjh/b_|SOw6ARgtihr}u7Rhy<d1#T)X1@@=I|~=ay<2@@=aybb}Sj3vLv;<d,#Y(56H}A978H}@dGpvs@uAu`vcw9*!aFa+ai%(b!aXa8.a?a[ozWey=sU2@G}Nch&U#Rf_WexKu+D#'!t:~Gr`~?r^j]uNr|~FRg*j^psurwJt|RmcKv)@&!)7Rkv~Br[@wxfO:Rl3co#U'6Rezj_q#vIuavjRltwzeyh@vr5JqD0!>aY?C9:9au@9Cb]}9cl#U*5;5<H||jbuus1ucv&Rfvg1v~d/pppzqFr^a--a~!aMat1(hFv;Wiz@@=Izoj5uuv-7Rix~Cw`fk2WlVcZ#X,k)u3vWs@u2]ktg;wEx'fBq(_2Wg/jTv|vV~EfoJv]!15x'hzqG!(P~EfU~CRl_j6v(us5x4i-#T(2WmZ?C2F|d>Kq<aj1!*jTqIsBv=Wl`~Cw`fi2WlWj`v0u*~>RlR=c>Z,k#u3vWs@u2]kr<c1Z+jTqIsBv=Wla~Cw`fm2WlXdmb3!a{(arZa`bkTa%TbQTa-a9+c'!aM!/[yL=Bqug.w'RifhFvyDRj.g>vgwyk^9]k^Jv3_@WfbAARkhJw2_[x|JvB_wkoIRoKwkoJRoLd'(Y#<]gm=<9<H|yd'%_X#skDtb3awwqkgNulRkgdB#^',9:p'hJwSaxRmEBwVb8@4=H|qLu+w50&!)@3qs~?pU>Awwn;;Rn=c:Z'ARn<=<qwKvC@!/&~BqqJv6!&]eVb^z^xRge'/a%+^`#Sge}6<4Rn3=]n0Pw2>Rn8Jw0!&>Rn:>Rn6cY#a7+!a&=<wkaNw~h3z_c5Z{=wjh#=]nLKv^D!&)Vyz=bW|swYb<WetcG#T(2wxa@qVx@gD#Y&b^|V5JwG&!5bb|pg/w&RgD@x=kHs=uAvn!a%%/'+RmSRh694Ro`g-vaRmRhHv-]mlxCcS#`&ba~.5cD#Ta)P~=d,#Y(56H{>978H{Dd_#{2^Y%_+qbbb{6g3sERhsbU{?dfa.,`a(Xa<!aiX#(55RiG54RiHcI#T'WiU3RiVNvdwtfcRlKNvdd,#Y&RlHRlExQgf.1*^T'X#Sgf}6Wn4=]hfPrk>Rn7Jw0!&>Rn5>Rn9Lunw?&a2!,5<oq@@wqfdRlJj5Q~=d,#Y(~ARfcOuN]fdDKw;ay(}i!547E}j?cI#T(@5bV}iCbV}hdv(^^Tb?a40,b##Tbo!a*bR!a<b|a/!aKai!aU[yK=]o^g:v>ReGJwPZtK<7Rh+h<~El,Pv#5ReR@awwxjCg,ulRjDJv6&!]j!z?aQeeg>w=Sh<eeJw;!&axEzOg,Qosc!#*:wkeJ]eJ>x'h-u(!%Ro.w~h.zPdNZ(X,Ya![x{;9ReY;wkgxRiF:x?ap#Y&RmUg<s2Rkod]+UY0TZ'!a&A9sw<=bczLNvuw{gqzNhJwSaxRmCKuLay!#&s_Rf-55b^{uJvZa!!c%#(55Ri654wmiu5RiuawLu,vp!+}^%b_}Y9;wkgxba}o>A9:=b^}zKuh=a''!3awRk3c*'!#aHRk6c+Z&Rk5Rk4Jv)&!awRjSawd9*`#0?C2@EzMj8u<uJ5RmbjQrquJu3x,k>uq@_+=ayb^|W~ARkEOuN]k@7dhzV^X/X&a-#zRzSb`zXcJzTT#2WkVKvDBzW!%FzY9;5bbzWjQrquJu3Jw3%!b`zU=ayb^zQd:#X(T-a!6Vyywxh}=b]{Jg=u1RiAdGp~qHtzv!w(wA+a+a;<!aJaYai'anasb(=azRmV:Cbb{MLq2vb!%')RjuRjrRjtRjqx3jnqCw3!%')Rk(Rk+Rk&Rk)Lq2vb!%')Rj{RjxRjzRjwLq2vb!%')RjsRjpRjfRjex3jcqCw3!%')Rk'Rk*RjkRjl9<CbbzfOu4ARhxLq2vb!%')RjyRjvRjhRjgx=joq*uKvb!%')+-Rk.Rk%Rj~Rk-Rk#Rj}x=jdq*uKvb!%')+-Rk,Rk!Rj|RjmRjjRjidAq&qKs@uAv8Aa.'*-a@a&0!aM@a5[y73Dsy3Ds|3Dt):wxgI2sHJwJZt.~Gqxwsf0ikrzt}Rl0Jvy_[xj~HqzKv_A|D!&WfP8axRoVcf,U#k(v]v+ueunaXRf1Ju}'!g8u#Ri=jQw!sCunLprq>!,')~<5qeGzq9F{W=c##%s5au:5aU3CBE|;d4#X(D!a&6Vygx(b;#(=]ed?C2F{N<capoq2r[a&!aPa9,'Pw;5s:@@=I|,55w_h|@@=IzcP~=x'fCqB_2Wl2>aU@@=I|1OuNBc1Z+jTqIsBv=Wlc~Cw`fl2WlZ~AcTa%!Z+jTqIsBv=Wlb~Cw`fh2WlYk+uNqJsBv=WlSg,u3dca3#UXaMYa)TaB-=cM|7T#<bI}l5@B932:aV2G{BOuNBJq:|M!5Ezt=<B=C@a^<B57@2F{v>cB{/T#=ay<bI{3Jv6!a.6BKq0ah&+!5E}HP~Ef{978BaU@@=Iza<7d#.Y#978BaU@@=IzH~AJq0!(@@=IzG978BaU@@=IzFe,aU*Y&^^^bvJb,b:bFad!a,c2Ta>aL.bo6!a#CbTa'T#Re{2Wlh2@G{yg6t~Ro_NvdRfticuRQRllJv3&!x&c|zs@Jw3!%RflwpfkRlpKuL;%(!Re<@G|C2GzdhIvuBwgjAg-u0RjAKQB%!(GzZ@G|5NuuRl7d='T+Y#Vy[g<v~Rm!==G|>JvA!)@wma=]m1ifuaw&RmnLs@vT'!|/+[y,g:v>ReTJw1!#qX=x!eC{bLu+wT&)ZtZauq_~Graci&U#F|89:r_Lupvq!.)&2RlG8RfaC=x!eF{_h?rpWlmd&'!#X|&]k::xJey#`'T|+<E|&2@H|%dE#(^,g;u.RiEg6vjRiC9xCkA{O|zY#g=ucRmXKs0@!&*@G|m@awRknJuh!,3d(}gY}eJvj!%Rm):Jw3!%Rm+Rm-Ls0w(&!a(a#@b[|6cZ#X'7RkxWgAOu4ARn'dH'U#Y*Vz-Wm'CARm}d]*#a%^a*T'aK!a<9bV{PC=p*Jw4!&SgxcbB5r]idw(wBRmF7xFkt#&`(Rm/Rm8E|!JuY_9:Rl5=wrgr2:bbxd@xXfB(a*#T+!.X0X1Ta/a'T&RlDRfL>RlyARl9b[z[>RfZ:RlL:RfRwlg/ARl;9;RlxKv,A/!%7s69<74=BA5ba{-8Bde#`a<XaKYa1,a'P~=wxfB2bZ}}?C972@@=I}r8@55B9;5bb}G978B2@@=aybb}3j3vLv;<Jw3&!>Rfk=ayb^}4~Ad1#`*@@=aybb{w2@>==<bbz]dx+UY#^UaF!a9!bB'Ya1.!ajXa#%olRhD[y=3Dt#Ov5BrHKuMB%!(Rf^Wep~HrJwkiQjKr|~FRg)Ku+D#'!t5~GrF~?rDdV)UY,Z/_7RkuG{<~BrBg,rlsO:235B@bX}|d?a1!#`(6Vyn5@d##Y+jTv|vV~EfIj]uNpn~FRfH7Lq2vb1!a9-978BaU@@=Iz9978BbU}#~AJq0!(@@=Iz8978BaU@@=Iz7~AJQ|}!978BbU}!JvkaK!AdUa21-U#`a+(g/vsRn~Ou!5RPj:rmu9WhOjXuvvNr}:RhAj^v(pyw8unRn[kPr}p|u7vwv]RiSBd;pppzq@qHQa?(b.!a.a`@.|xa(hFv;Wiyj5uuv-7Riw~Cw`fg2WlU978BbU|wOuNBJqG!(P~EfD~CRlQcZ#X,k)u3vWs@u2]ksg;wEx'f@q1_2Wg.j]uNpn~FRfqJv]!15x'h{qG!(@@=IzK~CRl^j6v(us5x4i,#T(2WmY?C2F{1>Kq<aj1!*jTqIsBv=Wld~Cw`fj2Wl[j`v0u*~>RlT=c>Z,k#u3vWs@u2]kq<c1Z+jTqIsBv=Wle~Cw`fn2Wl]dn1#c(a(b^a2!b/bAT(bj!aDa7bu,a_a{c0!2T0g:v>ReD2@G{42@G{5~DpM~<5rc=Bx6i>{RT#RnI@zCx]y]z:2Jv[!zr5Awyk]9]k]dD(Y+X#6Vz.g=wKtgwhaCwgmTWj2Lu,w%_+/[y-B;b^xeg3u3Rj-2@bX{*KrJ<!+'@Wg(g?QRlC@Jv`!%b[zIwsfII}8JQ_@w|kW|=Jv(%!AqcOuNBJvEzh!bYzjLs@wP#(0!oy@>RkdJwMZtc3Dtd@BcG#T'9bWxg2@2Fznd*#Y+;2x'c}w<zizixNgwa#Z'U+!/!a'!a+w~g~z6wcn{Rn}wcnzRn|5Rh%=]nJg5vuRmvNvdRlvcprJu}w*az*a#!%.a.'Bot9qT]kj@Wg'ay2Gzv@Jv`!%b[zEwsfHI}1;ck#Ux`<Cbbx_Lu+w!a&0*!wko*wwo,So,}6Juqxf!E}PigQuyRm`d3(`#8>Rn%:A5B;bZ~%KvhCa!a2!x>k7#Uxb@b{#xaRk7Jw0!)>wwhlShl}6>wwhmShm}6CJvB!.x'hhvj{!!5Bwkhhbaz}x'hivjz~!5Bwkhibaz|xEhTrNu,v-vpD!a%&/)a3a.,%Ro2t[CE{)@3re9b]{%wjo09:rgc:Z&Ro6=<riifuaw&RmoKrNA!%(Ro4>Ro89;Ri`dSaL'UYzxZb)7Rka3xRhT&!,!#^1U}vbaz{>>@=be}yC@:D5bazzKu+A&!}{?ba}y>>@=be}wxBh[t`u~vJvr!%a!a()a,a0a4RoC=]o;Ju(!%RoGRhdwjh`=]oAg>w#Ro?g5vuRo=NvdRl|Ku]C.!&;RoEJvB!%RoORoMBx'h[v+_?w~h`}~5?w~hd~!xKh]oiptu-utv.vp!#%&a30a@a'a+(a/aOp(o~p!RoDJu(!%RoHRhewjha=]oBNvdRl}g>w#Ro@g5vuRo>c[#X']o<CauRoRAd-#Y':RkpauRoQKu]C.!&;RoFJvB!%RoNRoPBx'h]v+_?w~ha}t5?w~he}ue!/UbhYacXaW^Tc&a;b:a-c/#b&aja1(!cL+!bKbt!bmcRc9aIc?8[yW3Dtt94Rg`Jv}!&SiRMzBhEebShEMNuPRe>x7gL#TzuwjirRipc<Z&>on;>z=h-MSh.Mwqczx'a7vj&!>Re4@=ResJt__NuPRi*NuPRi)j]uNr|~FRfzKrJ>_+@Wfy@Wf]2WocKrJ<!+'@Wg%g/QRl@@Jv`!&awRl<wsfFIzgLu(w*!.*&ShBMwvhIRhI9;RhNx1hK'!#Sn]Mx1hK~0!#:2<H~7cNu+w7D*'1ZtW>Rn1~?rOc:Z&Rn2=<rQ<7wjh&=BSnLMc]#X(6Vz)w[b=a!U#9wzgMc3#&(RgMRitRis<x,gKt`ax!&+SioM=BSilMc3#&(RgKRinRimKurB,!&SiQMzBhDebShDM6BJQ!(P~Efx978B2@@=I}WLrJw!!,a*&@G}O@9wkibRid@@x'fKwC!&SlDMSfLMjUv~Q~EfKKv3@a+!(hFv-]mpx/hYZ(C5RiWz<o/MwkhY?So/M@x,gbvfB*&!SgEM:SoeeehFu3:Rgbda(,^TZa)X/7Sg[eb:2RgI~BrMC@wgkc:wwkcRerx3h(uUvK!&*,SnOM4Sh*MArRg;wHRh(x=h;rJvPwI!a4',a'0@Wg&=BSh/Mg>w=Rh=g3w*wwgGRgGcW(X#;Sg}M2Gzk@Jv`!&awRl=wsfGIz`dKZ*T'Y-:RhR7RhQg5u-p`j6v(us5d,#Y+~Awkia?RicOuNBwkibba}Ld6p~tyu_vbAa'a+!a/'a3aEa8a!>Sh,ebJv{!&Sh@ebSaReb9;SgwebNuPRi(NvdRl)NuPRi'hHu^<Rm^Jvv_@Wl(g;u1Si/ebKu'B&!*Sh?eb@Wl'z@aPeb95Si.ebcpputyvjB)!,&a+0a%ShAMWeK@G}C@WfJ9;RhMwvhH9w{ia}ix,hJvRA1(!zAn[MRhHx1hJ~*!#hFv(BSn[MBJQ!(@@=I~'978B2@@=I}2db.Ua<'X}+T#a0XaG2G}E;wkg|wuh!Rh!x,hZu,@)!&So0MVy)C5RiXACJvB!&5RiY5RiZg8w)cG}*T#2@bU}=KsA>(!a.3wkhZba~(x,h^u(A!&(SoCMRhb5Bz=h[eb?w~hb~6x,h_u(A!&(SoDMRhc5Bz=h]eb?w~hc~6e)aA1T#T,^^^c-bMb&blcPaP(a/!0!bA=b5c@a(!bfbrc#2afwmhARnjwchORnp2Wlf3DtsNvdRl-2@wpa<]m0bx(#:awRk2@Jw3!%RfhwpfgRlnKQB%!(G{V@G|'NuuRl6d='T+Y#VyUg<v~Rl~==G|<Jv+'!aYShC}6@B<5?ba~8@Jw3'!g2QRljhLrpWlOd+#Y'g.w'rIg>w*wgj@g-u0Rj@Lu+wT&)ZtUauq]~GrGci&U#F|39:rELrNvj!.%*RhCwunfw~nf~:9;Ri]>wtnhg;wHRnhx3hDs@v~!/+'@Wfr@9RkSNu&Rlo=@<5GzoKs0@_+@Wl+@awRkmJuh!-3d(}pY#qWJvj!%Rm(:Jw3!%Rm,Rm*de&!1U-U#`)Re;@G|.@9Ri82@wjfvRlq=@<5GzpLvOvr!).&2RlF8Rf`C=x!eE{.Jw3_g2QRlkhLrpWlPde(!#U{s,UXa*Ta'[y'g:v>ReS;x0PZ&RnlRnn~HrKJw1}f!=x!eB|2w]aP(#Xa&a*Ta.Ua2a7=]iOd'#Y&Ro&WnWg;u.RiDg6vjRiBNvdRlzhNvj]nYJuW_2Wm3x)kFze{9d])!a.!,Y01!#&aC!a3RndC=ox~BrC@2b^{pg,rlse7x'ksuq!%Rm.E{xidw(wBRmGx9o+)X#wwo-So-}69:Rl4@xSf@a#XZ'X)X,Ta(/ARl8b[xc>RfY:RlI:RfQwlg.ARl:9;Rlwdn'#^XafaQa1X1TaHTa)@b[{zcZ#X'7RkwWg@Ou4ARn&x)kG#{,g7u/RkGdH'U#Y*Vz'Wm&CARm|bx#(A]gUbUzJj9Q~=d,#Y(56H}l978H{U7d,0#U*2>ABb_xZ978BbU{e~AJQ{g!978BbU{hxMh?ad{oUYZ.x1h?{l!#:2<H{mx3n[t{vl!,&a%3Ro(z=iS}6ARnr=Bwsn^wvn`Rnbd`*T}B0!#^X'BG{c9b]{a>>@=be}F?JvS!&BG{d7BG}(Bde#`a1X,Ya@!a'P~=wxf@2bZ}I56B2@@=aybb}08@55B9;5bb}<j3vLv;<Jw3&!>Rfg=ayb^}&OuNBKuLA!)a!P~=x#fD{f2@>==<bbzl?C972@@=Ix^d6rSu,v7w*C(0a)a6#B+a%!sQ[y?3Dt%3[xn~<5rLOu!5p@Ku+D#'!t7~GrP~?rNKvlaya7'!h+v-5qMg=t|cd,U#5AAaa5Abb{S@52B5@a[@52B5Gx[iXueu;d<#`a(!/549C;ag>23ExY5@Dah89b^~689Jv)!~2b[~1Lv'w(%*!a#bX|aPrmawRe]keu7uhv-q6rxu,q`xTo]/a5aU!bNaDXbi!b-!ao!b<bwA!#5@B932:aV2G|:d-)Y#hJrL>RhG<7@C5<H|_=Cau:5aj5@B932:bJ|ng>vIbs)#?C2F|9jPv0w.vISh-MKvUaz(.!9ABbb|[5;5<H|Eg>unwfh;9:4E|YjQsBt|vjx'hYq3!(?C2F|J:2<BaY?C2F|GOu!5x,g|p{ah!-(?C2F|c9:4E|OjXuvvNr}:Rh&i[w*t|cd+U#jJvsu)vsSn~Mkfrmu9p}u7vwv]So!McW#Xa!ax5@A5aY:5;5<H|>kJv~vYrquJu3x4ib#T)2@SmZM?C2F|Bj:rmu9@xPhI(a*a#U#`a3-5Abb|L~@:RhK9:4E|0@52B5G|#C::aY?C2F|-:2<BaY?C2F|.5Jvk!a)javYrquJu3x4ia#T)2@SmYM?C2F|HAxPhH(!a#U#`a*-5Abb|4~@:RhJ9:4E|R@52B5G|F:2<BaY?C2F|Sc^#Xa2j=Qq5CJvB!-g<v{z;hhM?C2F|Zi[vrv{z;hiM?C2F|XKsA>!a)-g<v{z;h[eb?C2F|]i[vrv{z;h]eb?C2F|^iZu.vix,hZq3ah!.(?C2F|QOu!5ShXM:2<BaY?C2F|P\",13494,2713,49,25,61);var D;(function(e){e[e.VALUE_LENGTH=49152]=`VALUE_LENGTH`,e[e.FLAG13=8192]=`FLAG13`,e[e.BRANCH_LENGTH=8064]=`BRANCH_LENGTH`,e[e.JUMP_TABLE=127]=`JUMP_TABLE`,e[e.VALUE_MASK=8191]=`VALUE_MASK`})(D||={});var O;(function(e){e[e.AMP=38]=`AMP`,e[e.NUM=35]=`NUM`,e[e.SEMI=59]=`SEMI`,e[e.EQUALS=61]=`EQUALS`,e[e.ZERO=48]=`ZERO`,e[e.NINE=57]=`NINE`,e[e.LOWER_A=97]=`LOWER_A`,e[e.LOWER_X=120]=`LOWER_X`})(O||={});let Me=2047,Ne=0;function Pe(e){let t=e>>>21;return t===Me?Ne:t}function Fe(e){return e-O.ZERO>>>0<=9}function Ie(e){return(e|32)-O.LOWER_A>>>0<=5}function Le(e){return(e|32)-O.LOWER_A>>>0<=25}function Re(e){return e===O.EQUALS||Le(e)||Fe(e)}var ze;(function(e){e[e.EntityStart=0]=`EntityStart`,e[e.NumericStart=1]=`NumericStart`,e[e.NumericDecimal=2]=`NumericDecimal`,e[e.NumericHex=3]=`NumericHex`,e[e.NamedEntity=4]=`NamedEntity`})(ze||={});var Be;(function(e){e[e.Legacy=0]=`Legacy`,e[e.Strict=1]=`Strict`,e[e.Attribute=2]=`Attribute`})(Be||={});function Ve(e,t,n,r){let i=(t&D.BRANCH_LENGTH)>>7,a=t&D.JUMP_TABLE;if(a){if(i===0)return r===a?n:-1;let t=r-a;if(t>>>0>=i)return-1;let o=e[n+t];return o===0?-1:n+i+o-1&65535}if(i===0)return-1;let o=i+1>>1,s=n+o+i;for(let t=0;t<i;t++){let i=e[n+(t>>1)]>>((t&1)<<3)&255;if(i===r)return s+e[n+o+t]&65535;if(i>r)return-1}return-1}function He(e,t,n){return n===1?String.fromCharCode(e[t]&D.VALUE_MASK):n===2?String.fromCharCode(e[t+1]):String.fromCharCode(e[t+1],e[t+2])}function Ue(e,t,n){let r=t+1,i=0,a=r;if(r<n&&(e.charCodeAt(r)|32)===O.LOWER_X)for(r+=1,a=r;r<n;){let t=e.charCodeAt(r);if(Fe(t))i=i*16+(t-O.ZERO);else if(Ie(t))i=i*16+((t|32)-O.LOWER_A+10);else break;r+=1}else for(;r<n;){let t=e.charCodeAt(r)-O.ZERO;if(t>>>0>9)break;i=i*10+t,r+=1}if(r===a)return 0;r<n&&e.charCodeAt(r)===O.SEMI&&(r+=1),i>1114111&&(i=1114112);let o=r-t;return o>=Me&&(Ne=o,o=Me),o<<21|i}function We(e,t,n){let r=je,i=e.indexOf(`&`);if(i<0)return e;let a=e.length,o=0,s=``,c=r[0],l=c&D.JUMP_TABLE,u=(c&D.BRANCH_LENGTH)>>7;do{let c=i+1,d=e.charCodeAt(c),f,p;if(d===O.NUM){let n=Ue(e,c,a);f=Pe(n),t&&f>0&&e.charCodeAt(c+f-1)!==O.SEMI&&(f=0),p=f===0?``:ke(n&2097151)}else if(Le(d)){f=0,p=``;let n=d-l,i;if(n>>>0<u){let e=r[1+n];i=e===0?-1:u+e&65535}else i=-1;let o=0,s=0,m=i<0?0:r[i],h=c+1;trie:for(;h<a;){for(;(m&(D.VALUE_LENGTH|D.FLAG13))===0&&(m&D.JUMP_TABLE)!==0;){let t=m&D.JUMP_TABLE,n=(m&D.BRANCH_LENGTH)>>7;if(n===0){if(e.charCodeAt(h)!==t)break trie;i+=1}else{let a=e.charCodeAt(h)-t;if(a>>>0>=n)break trie;let o=r[i+1+a];if(o===0)break trie;i=i+n+o&65535}if(m=r[i],h+=1,h>=a)break trie}if((m&(D.VALUE_LENGTH|D.FLAG13))===D.FLAG13){let t=(m&D.BRANCH_LENGTH)>>7;if(e.charCodeAt(h)!==(m&D.JUMP_TABLE))break;h+=1;let n=t-1,a=i+1,o=0;for(;o+1<n;o+=2){let t=r[a];if(e.charCodeAt(h)!==(t&255)||(h+=1,e.charCodeAt(h)!==(t>>8&255)))break trie;h+=1,a+=1}if(o<n){if(e.charCodeAt(h)!==(r[a]&255))break;h+=1}i+=1+(t>>1),m=r[i];continue}let n=m>>>14,l=e.charCodeAt(h);if(n!==0){if(l===O.SEMI){f=h-c+1,p=n===1?String.fromCharCode(m&D.VALUE_MASK):He(r,i,n);break}if(!t&&(m&D.FLAG13)===0&&(f=h-c,o=i,s=n),n===1)break}let u=Ve(r,m,i+(n||1),l);if(u<0)break;i=u,m=r[i],h+=1}if(p===``){let e=m>>>14;e!==0&&!t&&(m&D.FLAG13)===0&&(f=h-c,o=i,s=e),f>0&&(p=He(r,o,s))}}else f=0,p=``;f===0||n&&d!==O.NUM&&e.charCodeAt(c+f-1)!==O.SEMI&&c+f<a&&Re(e.charCodeAt(c+f))?i=c:(o<i&&(s+=e.slice(o,i)),s+=p,i=o=c+f),e.charCodeAt(i)!==O.AMP&&(i=e.indexOf(`&`,i))}while(i>=0);return s+e.slice(o)}function Ge(e){return We(e,!0,!1)}var Ke=class{src_Any=be.source;src_Cc=xe.source;src_Z=Te.source;src_P=Ce.source;src_ZPCc=[this.src_Z,this.src_P,this.src_Cc].join(`|`);src_ZCc=[this.src_Z,this.src_Cc].join(`|`);cache={};opts={maxLength:1e4,urlAuth:!1,schema_names:[]};constructor(e={}){this.opts={...this.opts,...e}}set(e={}){return this.opts={...this.opts,...e},this.cache={},this}escapeRE(e){return e.replace(/[.?*+^$[\\]\\\\(){}|-]/g,`\\\\$&`)}nestedPairRE(e,t,n=4){let r=this.escapeRE(e),i=this.escapeRE(t),a=`(?:(?!${this.src_ZCc}|${r}|${i}).)`,o=`${r}${a}{0,1000}${i}`;for(let e=2;e<=n;e++)o=`${r}(?:${a}|${o}){0,1000}${i}`;return o}get_text_separators(){return this.cache.text_separators??=/[><\\uff5c]/}get_pseudo_letter(){return this.cache.src_pseudo_letter??=RegExp(`(?:(?!${this.get_text_separators().source}|${this.src_ZPCc})${this.src_Any})`)}get_ipv4_addr(){return this.cache.src_ip4??=/* @__PURE__ */ RegExp(`(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9]|[0-9])[.]){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9]|[0-9])`)}get_ipv6_addr(){let e=`[0-9A-Fa-f]{1,4}`,t=`(?:(?:${e}:${e})|${this.get_ipv4_addr().source})`;return this.cache.src_ip6_addr??=RegExp(`(?:(?:${e}:){6}${t}|::(?:${e}:){5}${t}|(?:${e})?::(?:${e}:){4}${t}|(?:(?:${e}:){0,1}${e})?::(?:${e}:){3}${t}|(?:(?:${e}:){0,2}${e})?::(?:${e}:){2}${t}|(?:(?:${e}:){0,3}${e})?::${e}:${t}|(?:(?:${e}:){0,4}${e})?::${t}|(?:(?:${e}:){0,5}${e})?::${e}|(?:(?:${e}:){0,6}${e})?::)`)}get_ipv6_url_host(){return this.cache.src_ip6_host??=RegExp(`\\\\[${this.get_ipv6_addr().source}\\\\]`)}get_ipv6_mail_host(){return this.cache.src_ipv6_mail_host??=RegExp(`\\\\[IPv6:${this.get_ipv6_addr().source}\\\\]`)}get_auth(){return this.cache.src_auth??=RegExp(`(?:(?:(?!${this.src_ZCc}|[@/\\\\[\\\\]()]).){1,50}@)?`)}get_port(){return this.cache.src_port??=/* @__PURE__ */ RegExp(`(?::(?:6(?:[0-4]\\\\d{3}|5(?:[0-4]\\\\d{2}|5(?:[0-2]\\\\d|3[0-5])))|[1-5]?\\\\d{1,4}))?`)}get_host_terminator(){return this.cache.src_host_terminator??=RegExp(`(?=$|${this.get_text_separators().source}|${this.src_ZPCc})(?!${this.opts[`---`]?`-(?!--)|`:`-|`}_|:\\\\d|\\\\.-|\\\\.(?!$|${this.src_ZPCc}))`)}get_path_terminator(){return this.cache.src_path_terminator??=RegExp(`${this.src_ZPCc}|${this.get_text_separators().source}`)}get_path(){return this.cache.src_path??=RegExp(`(?:[/?#](?:${this.nestedPairRE(`[`,`]`)}|${this.nestedPairRE(`(`,`)`)}|${this.nestedPairRE(`{`,`}`)}|\\\\\"(?:(?!${this.src_ZCc}|[\"]).){1,100}\\\\\"|\\\\'(?:(?!${this.src_ZCc}|[']).){1,100}\\\\'|\\\\'(?=${this.get_pseudo_letter().source}|[-])|\\\\.{2,20}[:]?[a-zA-Z0-9%/&]|\\\\.(?!${this.src_ZCc}|[.]|$)|`+(this.opts[`---`]?`\\\\-(?!--(?:[^-]|$))(?:-{0,19})|`:`\\\\-{1,20}|`)+`,(?!${this.src_ZCc}|$)|;(?!${this.src_ZCc}|$)|\\\\!{1,20}(?!${this.src_ZCc}|[!]|$)|\\\\?(?!${this.src_ZCc}|[?]|$)|`+this.get_path_extra().source+`[\\\\\\\\/:%@#&=_~*]|(?!${this.get_path_terminator().source}).){1,${this.opts.maxLength}}|\\\\/)?`)}get_mail_name(){return this.cache.src_mail_name??=/* @__PURE__ */ RegExp(\"[-!#$%&'*+/=?^_`{|}~a-zA-Z0-9](?:[-!#$%&'*+/=?^_`{|}~a-zA-Z0-9]|[.](?=[-!#$%&'*+/=?^_`{|}~a-zA-Z0-9])){0,63}\")}get_xn(){return this.cache.src_xn??=/* @__PURE__ */ RegExp(`xn--[a-z0-9\\\\-]{1,59}`)}get_tld(){if(this.cache.tld)return this.cache.tld;let e=[...new Set(this.opts.tlds||[])].sort().reverse().join(`|`);return this.cache.tld=RegExp(`${e||`$#none#$`}|${this.get_xn().source}`),this.cache.tld}get_domain_root(){return this.cache.src_domain_root??=RegExp(`(?:`+this.get_xn().source+`|${this.get_pseudo_letter().source}{1,63})`)}get_domain(){return this.cache.src_domain??=RegExp(`(?:`+this.get_xn().source+`|(?:${this.get_pseudo_letter().source})|(?:${this.get_pseudo_letter().source}(?:-|${this.get_pseudo_letter().source}){0,61}${this.get_pseudo_letter().source}))`)}get_url_host_port(){return this.cache.url_host_port??=RegExp(`(?:`+this.get_ipv6_url_host().source+`|(?:(?:(?:${this.get_domain().source})\\\\.){0,10}${this.get_domain().source}))`+this.get_port().source+this.get_host_terminator().source)}get_fuzzy_url_host_port(){return this.cache.fuzzy_url_host_port??=RegExp(`(?:`+(this.opts.fuzzyIP?this.get_ipv4_addr().source+`|`:``)+`(?:(?:(?:${this.get_domain().source})\\\\.){1,10}(?:${this.get_tld().source})))`+this.get_host_terminator().source)}get_mail_host(){return this.cache.src_mail_host??=RegExp(`(?:`+this.get_ipv6_mail_host().source+`|(?:(?:(?:${this.get_domain().source})\\\\.){0,4}${this.get_domain().source}))`+this.get_host_terminator().source)}get_fuzzy_mail_host(){return this.cache.src_fuzzy_mail_host??=RegExp(`(?:`+this.get_ipv6_mail_host().source+`|(?:(?:(?:${this.get_domain().source})[.]){1,4}${this.get_domain_root().source}))`+this.get_host_terminator().source)}get_path_extra(){return this.cache.src_path_extra??=/* @__PURE__ */ RegExp(``)}get_fuzzy_mail_host_search(){return this.cache.mail_fuzzy_host_search??=RegExp(`@${this.get_fuzzy_mail_host().source}`,`ig`)}get_fuzzy_link_search(){return this.cache.link_fuzzy_search??=RegExp(`(^|(?![.:/\\\\-_@])(?:[$+<=>^\\`|\\uff5c]|${this.src_ZPCc}))(?:(?![$+<=>^\\`|\\uff5c])${this.get_fuzzy_url_host_port().source}${this.get_path().source})`,`ig`)}get_http_validator(){return this.cache.http_validator??=RegExp(`\\\\/\\\\/`+(this.opts.urlAuth?this.get_auth().source:``)+this.get_url_host_port().source+this.get_path().source,`iy`)}get_relative_proto_validator(){return this.cache.relative_proto_validator??=RegExp((this.opts.urlAuth?this.get_auth().source:``)+`(?:localhost|${this.get_ipv6_url_host().source}|(?:(?:${this.get_domain().source})[.]){1,10}${this.get_domain_root().source})`+this.get_port().source+this.get_host_terminator().source+this.get_path().source,`iy`)}get_mail_name_validator(){return this.cache.mail_name_validator??=RegExp(`(?:^|${this.get_text_separators().source}|\"|\\\\(|${this.src_ZCc})(${this.get_mail_name().source})$`)}get_mailto_validator(){return this.cache.mailto_validator??=RegExp(`${this.get_mail_name().source}@${this.get_mail_host().source}`,`iy`)}get_schema_names(){return this.cache.schema_names??=new RegExp((this.opts.schema_names||[]).map(e=>this.escapeRE(e)).join(`|`))}get_schema_search(){return this.cache.schema_search??=RegExp(`(^|(?!_)(?:[><\\uff5c]|${this.src_ZPCc}))(${this.get_schema_names().source})`,`ig`)}get_schema_at_start(){return this.cache.schema_at_start??=RegExp(`^${this.get_schema_search().source}`,`i`)}},qe={validate:(e,t,n)=>{let r=n.re.get_http_validator();r.lastIndex=t;let i=r.exec(e);return i?i[0].length:0},normalize:(e,t)=>t.normalize(e)},Je={\"http:\":qe,\"https:\":qe,\"ftp:\":qe,\"//\":{validate:function(e,t,n){let r=n.re.get_relative_proto_validator();r.lastIndex=t;let i=r.exec(e);return i?t>=3&&e[t-3]===`:`||t>=3&&e[t-3]===`/`?0:i[0].length:0},normalize:(e,t)=>t.normalize(e)},\"mailto:\":{validate:function(e,t,n){let r=n.re.get_mailto_validator();r.lastIndex=t;let i=r.exec(e);return i?i[0].length:0},normalize:(e,t)=>t.normalize(e)}},Ye=`a:cdefgilmnoqrstuwxz|b:abdefghijmnorstvwyz|c:acdfghiklmnoruvwxyz|d:ejkmoz|e:cegrstu|f:ijkmor|g:abdefghilmnpqrstuwy|h:kmnrtu|i:delmnoqrst|j:emop|k:eghimnprwyz|l:abcikrstuvy|m:acdeghklmnopqrstuvwxyz|n:acefgilopruz|o:m|p:aefghklmnrstwy|q:a|r:eosuw|s:abcdeghijklmnortuvxyz|t:cdfghjklmnortvwz|u:agksyz|v:aceginu|w:fs|y:et|z:amw`,Xe=`biz|com|edu|gov|net|org|pro|web|xxx|aero|asia|coop|info|museum|name|shop|рф`;function Ze(){let e=Xe.split(`|`);return Ye.split(`|`).forEach(t=>{let n=t.indexOf(`:`),r=t.slice(0,n);for(let i of t.slice(n+1))e.push(r+i)}),e}var Qe={fuzzyLink:!1,fuzzyEmail:!0,fuzzyIP:!1,\"---\":!1,tlds:Ze(),urlAuth:!1,maxLength:1e4},$e=class{schema;index;lastIndex;raw;text;url;constructor(e,t,n,r){let i=e.slice(n,r);this.schema=t.toLowerCase(),this.index=n,this.lastIndex=r,this.raw=i,this.text=i,this.url=i}},et=class{__opts__;__schemas__;re;constructor(e={}){let{rebuilder:t,...n}=e;this.__opts__={...Qe,...n},this.__schemas__={...Je},this.re=t||new Ke,this.re.set({...this.__opts__,schema_names:Object.keys(this.__schemas__)})}add(e,t=null){if(!t)delete this.__schemas__[e];else{let n={normalize:(e,t)=>t.normalize(e),...t};this.__schemas__[e]=n}return this.re.set({...this.__opts__,schema_names:Object.keys(this.__schemas__)}),this}set(e={}){return this.__opts__={...this.__opts__,...e},this.re.set({...this.__opts__,schema_names:Object.keys(this.__schemas__)}),this}test(e){if(!e.length)return!1;let t,n;for(n=this.re.get_schema_search(),n.lastIndex=0;(t=n.exec(e))!==null;)if(this.testSchemaAt(e,t[2],n.lastIndex))return!0;if(this.__opts__.fuzzyLink&&this.__schemas__[`http:`]&&(n=this.re.get_fuzzy_link_search(),n.lastIndex=0,n.exec(e)!==null))return!0;if(this.__opts__.fuzzyEmail&&this.__schemas__[`mailto:`]&&e.indexOf(`@`)>=0){let n=this.re.get_fuzzy_mail_host_search(),r=this.re.get_mail_name_validator();for(n.lastIndex=0;(t=n.exec(e))!==null;){let n=e.slice(Math.max(0,t.index-65),t.index);if(r.test(n))return!0}}return!1}testSchemaAt(e,t,n){return this.__schemas__[t.toLowerCase()]?this.__schemas__[t.toLowerCase()].validate(e.slice(0,n+this.__opts__.maxLength),n,this):0}match(e){let t=[],n=this.re.get_schema_search(),r,i,a,o,s,c,l=!1,u=!1,d=!1,f=0;if(!e.length)return null;for(n.lastIndex=0,this.__opts__.fuzzyLink&&this.__schemas__[`http:`]&&(r=this.re.get_fuzzy_link_search(),r.lastIndex=0),this.__opts__.fuzzyEmail&&this.__schemas__[`mailto:`]&&(i=this.re.get_fuzzy_mail_host_search(),i.lastIndex=0,a=this.re.get_mail_name_validator());;){let p=Math.max(f-1,0);if(i&&a&&!d&&(!s||s.index<f))for(i.lastIndex<p&&(i.lastIndex=p);;){let t=i.exec(e);if(!t){d=!0,s=void 0;break}let n=a.exec(e.slice(Math.max(0,t.index-65),t.index));if(n){if(s={schema:`mailto:`,index:t.index-n[1].length,lastIndex:t.index+t[0].length},s.index>=f)break;i.lastIndex<p&&(i.lastIndex=p)}}if(r&&!u&&(!o||o.index<f))for(r.lastIndex<p&&(r.lastIndex=p);;){let t=r.exec(e);if(!t){u=!0,o=void 0;break}if(o={schema:``,index:t.index+t[1].length,lastIndex:t.index+t[0].length},o.index>=f)break;r.lastIndex<p&&(r.lastIndex=p)}let m=s;(!m||o&&(o.index<m.index||o.index===m.index&&o.lastIndex>m.lastIndex))&&(m=o);let h;if(!l)for(;;){if(!c){n.lastIndex<p&&(n.lastIndex=p);let t=n.exec(e);if(!t){l=!0;break}c={schema:t[2],index:t.index+t[1].length,lastIndex:t.index+t[0].length}}if(c.index<f){c=void 0;continue}if(m&&c.index>m.index)break;let t=c;c=void 0;let r=this.testSchemaAt(e,t.schema,t.lastIndex);if(r){h={schema:t.schema,index:t.index,lastIndex:t.lastIndex+r};break}}let g=h;if((!g||s&&(s.index<g.index||s.index===g.index&&s.lastIndex>g.lastIndex))&&(g=s),(!g||o&&(o.index<g.index||o.index===g.index&&o.lastIndex>g.lastIndex))&&(g=o),!g)break;g===s?s=void 0:g===o&&(o=void 0);let _=new $e(e,g.schema,g.index,g.lastIndex);_.schema?this.__schemas__[_.schema].normalize(_,this):this.normalize(_),t.push(_),f=g.lastIndex}return t.length?t:null}matchAtStart(e){if(!e.length)return null;let t=this.re.get_schema_at_start().exec(e);if(!t)return null;let n=this.testSchemaAt(e,t[2],t[0].length);if(!n)return null;let r=new $e(e,t[2],t.index+t[1].length,t.index+t[0].length+n);return this.__schemas__[r.schema].normalize(r,this),r}tlds(e,t=!1){return e=Array.isArray(e)?e:[e],t?this.__opts__.tlds=this.__opts__.tlds.concat(e):this.__opts__.tlds=e,this.re.set({...this.__opts__,schema_names:Object.keys(this.__schemas__)}),this}normalize(e){e.schema||(e.url=`http://${e.url}`),e.schema===`mailto:`&&!/^mailto:/i.test(e.url)&&(e.url=`mailto:${e.url}`)}};let k=2147483647,tt=/^xn--/,nt=/[^\\0-\\x7F]/,rt=/[\\x2E\\u3002\\uFF0E\\uFF61]/g,it={overflow:`Overflow: input needs wider integers to process`,\"not-basic\":`Illegal input >= 0x80 (not a basic code point)`,\"invalid-input\":`Invalid input`},A=Math.floor,at=String.fromCharCode;function j(e){throw RangeError(it[e])}function ot(e,t){let n=[],r=e.length;for(;r--;)n[r]=t(e[r]);return n}function st(e,t){let n=e.split(`@`),r=``;n.length>1&&(r=n[0]+`@`,e=n[1]),e=e.replace(rt,`.`);let i=ot(e.split(`.`),t).join(`.`);return r+i}function ct(e){let t=[],n=0,r=e.length;for(;n<r;){let i=e.charCodeAt(n++);if(i>=55296&&i<=56319&&n<r){let r=e.charCodeAt(n++);(r&64512)==56320?t.push(((i&1023)<<10)+(r&1023)+65536):(t.push(i),n--)}else t.push(i)}return t}let lt=e=>String.fromCodePoint(...e),ut=function(e){return e>=48&&e<58?26+(e-48):e>=65&&e<91?e-65:e>=97&&e<123?e-97:36},dt=function(e,t){return e+22+75*(e<26)-((t!=0)<<5)},ft=function(e,t,n){let r=0;for(e=n?A(e/700):e>>1,e+=A(e/t);e>455;r+=36)e=A(e/35);return A(r+36*e/(e+38))},pt=function(e){let t=[],n=e.length,r=0,i=128,a=72,o=e.lastIndexOf(`-`);o<0&&(o=0);for(let n=0;n<o;++n)e.charCodeAt(n)>=128&&j(`not-basic`),t.push(e.charCodeAt(n));for(let s=o>0?o+1:0;s<n;){let o=r;for(let t=1,i=36;;i+=36){s>=n&&j(`invalid-input`);let o=ut(e.charCodeAt(s++));o>=36&&j(`invalid-input`),o>A((k-r)/t)&&j(`overflow`),r+=o*t;let c=i<=a?1:i>=a+26?26:i-a;if(o<c)break;let l=36-c;t>A(k/l)&&j(`overflow`),t*=l}let c=t.length+1;a=ft(r-o,c,o==0),A(r/c)>k-i&&j(`overflow`),i+=A(r/c),r%=c,t.splice(r++,0,i)}return String.fromCodePoint(...t)},mt=function(e){let t=[];e=ct(e);let n=e.length,r=128,i=0,a=72;for(let n of e)n<128&&t.push(at(n));let o=t.length,s=o;for(o&&t.push(`-`);s<n;){let n=k;for(let t of e)t>=r&&t<n&&(n=t);let c=s+1;n-r>A((k-i)/c)&&j(`overflow`),i+=(n-r)*c,r=n;for(let n of e)if(n<r&&++i>k&&j(`overflow`),n===r){let e=i;for(let n=36;;n+=36){let r=n<=a?1:n>=a+26?26:n-a;if(e<r)break;let i=e-r,o=36-r;t.push(at(dt(r+i%o,0))),e=A(i/o)}t.push(at(dt(e,0))),a=ft(i,c,s===o),i=0,++s}++i,++r}return t.join(``)},ht={version:`2.3.1`,ucs2:{decode:ct,encode:lt},decode:pt,encode:mt,toASCII:function(e){return st(e,function(e){return nt.test(e)?`xn--`+mt(e):e})},toUnicode:function(e){return st(e,function(e){return tt.test(e)?pt(e.slice(4).toLowerCase()):e})}};\n/*! markdown-it 15.0.3 https://github.com/markdown-it/markdown-it @license MIT */\nvar gt=Object.defineProperty,_t=(e,t)=>{let n={};for(var r in e)gt(n,r,{get:e[r],enumerable:!0});return t||gt(n,Symbol.toStringTag,{value:`Module`}),n},vt=/* @__PURE__ */ _t({arrayReplaceAt:()=>bt,asciiTrim:()=>It,callable:()=>yt,escapeHtml:()=>P,escapeRE:()=>Mt,fromCodePoint:()=>M,isMdAsciiPunct:()=>R,isPunctChar:()=>Nt,isPunctCharCode:()=>L,isSpace:()=>F,isValidEntityCode:()=>xt,isWhiteSpace:()=>I,lib:()=>Lt,normalizeReference:()=>Pt,unescapeAll:()=>N,unescapeMd:()=>Et});function yt(e){let t=function(...n){return Reflect.construct(e,n,new.target&&new.target!==t?new.target:e)};return Object.defineProperty(t,\"name\",{value:e.name}),Object.setPrototypeOf(t,e),t.prototype=e.prototype,t}function bt(e,t,n){return[].concat(e.slice(0,t),n,e.slice(t+1))}function xt(e){return!(e>=55296&&e<=57343||e>=64976&&e<=65007||(e&65535)==65535||(e&65535)==65534||e>=0&&e<=8||e===11||e>=14&&e<=31||e>=127&&e<=159||e>1114111)}function M(e){if(e>65535){e-=65536;let t=55296+(e>>10),n=56320+(e&1023);return String.fromCharCode(t,n)}return String.fromCharCode(e)}var St=/\\\\([!\"#$%&'()*+,\\-./:;<=>?@[\\\\\\]^_`{|}~])/g,Ct=RegExp(`${St.source}|&([a-z#][a-z0-9]{1,31});`,`gi`),wt=/^#((?:x[a-f0-9]{1,8}|[0-9]{1,8}))$/i;function Tt(e,t){if(t.charCodeAt(0)===35&&wt.test(t)){let n=t[1].toLowerCase()===`x`?parseInt(t.slice(2),16):parseInt(t.slice(1),10);return xt(n)?M(n):e}let n=Ge(e);return n===e?e:n}function Et(e){return e.indexOf(`\\\\`)<0?e:e.replace(St,`$1`)}function N(e){return e.indexOf(`\\\\`)<0&&e.indexOf(`&`)<0?e:e.replace(Ct,function(e,t,n){return t||Tt(e,n)})}var Dt=/[&<>\"]/,Ot=/[&<>\"]/g,kt={\"&\":`&amp;`,\"<\":`&lt;`,\">\":`&gt;`,'\"':`&quot;`};function At(e){return kt[e]}function P(e){return Dt.test(e)?e.replace(Ot,At):e}var jt=/[.?*+^$[\\]\\\\(){}|-]/g;function Mt(e){return e.replace(jt,`\\\\$&`)}function F(e){switch(e){case 9:case 32:return!0}return!1}function I(e){if(e>=8192&&e<=8202)return!0;switch(e){case 9:case 10:case 11:case 12:case 13:case 32:case 160:case 5760:case 8239:case 8287:case 12288:return!0}return!1}function Nt(e){return Ce.test(e)||we.test(e)}function L(e){return Nt(M(e))}function R(e){switch(e){case 33:case 34:case 35:case 36:case 37:case 38:case 39:case 40:case 41:case 42:case 43:case 44:case 45:case 46:case 47:case 58:case 59:case 60:case 61:case 62:case 63:case 64:case 91:case 92:case 93:case 94:case 95:case 96:case 123:case 124:case 125:case 126:return!0;default:return!1}}function Pt(e){return e=e.trim().replace(/\\s+/g,` `),e.toLowerCase().toUpperCase()}function Ft(e){return e===32||e===9||e===10||e===13}function It(e){let t=0;for(;t<e.length&&Ft(e.charCodeAt(t));t++);let n=e.length-1;for(;n>=t&&Ft(e.charCodeAt(n));n--);return e.slice(t,n+1)}var Lt={mdurl:ve,ucmicro:ye};function Rt(e,t,n){let r,i,a,o,s=e.posMax,c=e.pos;for(e.pos=t+1,r=1;e.pos<s;){if(a=e.src.charCodeAt(e.pos),a===93&&(r--,r===0)){i=!0;break}if(o=e.pos,e.md.inline.skipToken(e),a===91){if(o===e.pos-1)r++;else if(n)return e.pos=c,-1}}let l=-1;return i&&(l=e.pos),e.pos=c,l}function zt(e,t,n){let r,i=t,a={ok:!1,pos:0,str:``};if(e.charCodeAt(i)===60){for(i++;i<n;){if(r=e.charCodeAt(i),r===10||r===60)return a;if(r===62)return a.pos=i+1,a.str=N(e.slice(t+1,i)),a.ok=!0,a;r===92&&i+1<n?i+=2:i++}return a}let o=0;for(;i<n&&(r=e.charCodeAt(i),!(r===32||r<32||r===127));)if(r===92&&i+1<n){if(e.charCodeAt(i+1)===32){i++;continue}i+=2}else{if(r===40&&(o++,o>32))return a;if(r===41){if(o===0)break;o--}i++}return t===i||o!==0||(a.str=N(e.slice(t,i)),a.pos=i,a.ok=!0),a}function Bt(e,t,n,r){let i,a=t,o={ok:!1,can_continue:!1,pos:0,str:``,marker:0};if(r)o.str=r.str,o.marker=r.marker;else{if(a>=n)return o;let r=e.charCodeAt(a);if(r!==34&&r!==39&&r!==40)return o;t++,a++,r===40&&(r=41),o.marker=r}for(;a<n;){if(i=e.charCodeAt(a),i===o.marker)return o.pos=a+1,o.str+=N(e.slice(t,a)),o.ok=!0,o;if(i===40&&o.marker===41)return o;i===92&&a+1<n&&a++,a++}return o.can_continue=!0,o.str+=N(e.slice(t,a)),o}var Vt=/* @__PURE__ */ _t({parseLinkDestination:()=>zt,parseLinkLabel:()=>Rt,parseLinkTitle:()=>Bt});function z(e){\"@babel/helpers - typeof\";return z=typeof Symbol==`function`&&typeof Symbol.iterator==`symbol`?function(e){return typeof e}:function(e){return e&&typeof Symbol==`function`&&e.constructor===Symbol&&e!==Symbol.prototype?`symbol`:typeof e},z(e)}function Ht(e,t){if(z(e)!=`object`||!e)return e;var n=e[Symbol.toPrimitive];if(n!==void 0){var r=n.call(e,t||`default`);if(z(r)!=`object`)return r;throw TypeError(`@@toPrimitive must return a primitive value.`)}return(t===`string`?String:Number)(e)}function Ut(e){var t=Ht(e,`string`);return z(t)==`symbol`?t:t+``}function B(e,t,n){return(t=Ut(t))in e?Object.defineProperty(e,t,{value:n,enumerable:!0,configurable:!0,writable:!0}):e[t]=n,e}var V=class{constructor(e,t,n){B(this,`map`,null),B(this,`level`,0),B(this,`children`,null),B(this,`content`,``),B(this,`markup`,``),B(this,`info`,``),B(this,`block`,!1),B(this,`hidden`,!1),this.type=e,this.tag=t,this.attrs=null,this.nesting=n,this.meta=null}attrIndex(e){if(!this.attrs)return-1;let t=this.attrs;for(let n=0,r=t.length;n<r;n++)if(t[n][0]===e)return n;return-1}attrPush(e){this.attrs?this.attrs.push(e):this.attrs=[e]}attrSet(e,t){let n=this.attrIndex(e),r=[e,t];n<0?this.attrPush(r):this.attrs[n]=r}attrGet(e){let t=this.attrIndex(e),n=null;return t>=0&&(n=this.attrs[t][1]),n}attrJoin(e,t){let n=this.attrIndex(e);n<0?this.attrPush([e,t]):this.attrs[n][1]=`${this.attrs[n][1]} ${t}`}},Wt=class{constructor(){B(this,`__rules__`,[]),B(this,`__cache__`,null)}__find__(e){for(let t=0;t<this.__rules__.length;t++)if(this.__rules__[t].name===e)return t;return-1}__compile__(){let e=/* @__PURE__ */ new Set;this.__rules__.forEach(t=>{t.enabled&&t.alt.forEach(t=>{t&&e.add(t)})}),this.__cache__=Object.create(null),this.__cache__[``]=[],this.__rules__.forEach(e=>{e.enabled&&this.__cache__[``].push(e.fn)}),e.forEach(e=>{this.__cache__[e]=[],this.__rules__.forEach(t=>{t.enabled&&t.alt.indexOf(e)>=0&&this.__cache__[e].push(t.fn)})})}at(e,t,n={}){let r=this.__find__(e);if(r===-1)throw Error(`Parser rule not found: ${e}`);this.__rules__[r].fn=t,this.__rules__[r].alt=n.alt||[],this.__cache__=null}before(e,t,n,r={}){let i=this.__find__(e);if(i===-1)throw Error(`Parser rule not found: ${e}`);this.__rules__.splice(i,0,{name:t,enabled:!0,fn:n,alt:r.alt||[]}),this.__cache__=null}after(e,t,n,r={}){let i=this.__find__(e);if(i===-1)throw Error(`Parser rule not found: ${e}`);this.__rules__.splice(i+1,0,{name:t,enabled:!0,fn:n,alt:r.alt||[]}),this.__cache__=null}push(e,t,n={}){this.__rules__.push({name:e,enabled:!0,fn:t,alt:n.alt||[]}),this.__cache__=null}enable(e,t=!1){Array.isArray(e)||(e=[e]);let n=[];return e.forEach(e=>{let r=this.__find__(e);if(r<0){if(t)return;throw Error(`Rules manager: invalid rule name ${e}`)}this.__rules__[r].enabled=!0,n.push(e)}),this.__cache__=null,n}enableOnly(e,t=!1){Array.isArray(e)||(e=[e]),this.__rules__.forEach(e=>{e.enabled=!1}),this.enable(e,t)}disable(e,t=!1){Array.isArray(e)||(e=[e]);let n=[];return e.forEach(e=>{let r=this.__find__(e);if(r<0){if(t)return;throw Error(`Rules manager: invalid rule name ${e}`)}this.__rules__[r].enabled=!1,n.push(e)}),this.__cache__=null,n}getRules(e){return this.__cache__||this.__compile__(),this.__cache__[e]||[]}},H={};H.code_inline=function(e,t,n,r,i){let a=e[t];return`<code${i.renderAttrs(a)}>${P(a.content)}</code>`},H.code_block=function(e,t,n,r,i){let a=e[t];return`<pre${i.renderAttrs(a)}><code>${P(e[t].content)}</code></pre>\\n`},H.fence=function(e,t,n,r,i){let a=e[t],o=a.info?N(a.info).trim():``,s=``,c=``;if(o){let e=o.split(/(\\s+)/g);s=e[0],c=e.slice(2).join(``)}let l;if(l=n.highlight&&n.highlight(a.content,s,c)||P(a.content),l.indexOf(`<pre`)===0)return l+`\n`;if(o){let e=a.attrIndex(`class`),t=a.attrs?a.attrs.slice():[];e<0?t.push([`class`,`${n.langPrefix}${s}`]):(t[e]=[t[e][0],t[e][1]],t[e][1]+=` ${n.langPrefix}${s}`);let r={attrs:t};return`<pre><code${i.renderAttrs(r)}>${l}</code></pre>\\n`}return`<pre><code${i.renderAttrs(a)}>${l}</code></pre>\\n`},H.image=function(e,t,n,r,i){let a=e[t];return a.attrs[a.attrIndex(`alt`)][1]=i.renderInlineAsText(a.children,n,r),i.renderToken(e,t,n)},H.hardbreak=function(e,t,n){return n.xhtmlOut?`<br />\n`:`<br>\n`},H.softbreak=function(e,t,n){return n.breaks?n.xhtmlOut?`<br />\n`:`<br>\n`:`\n`},H.text=function(e,t){return P(e[t].content)},H.html_block=function(e,t){return e[t].content},H.html_inline=function(e,t){return e[t].content};var Gt=class{constructor(){B(this,`rules`,Object.assign({},H))}renderAttrs(e){let t,n,r;if(!e.attrs)return``;for(r=``,t=0,n=e.attrs.length;t<n;t++)r+=` ${P(e.attrs[t][0])}=\"${P(String(e.attrs[t][1]))}\"`;return r}renderToken(e,t,n){let r=e[t],i=``;if(r.hidden)return``;let a=t-1;for(;a>=0&&e[a].hidden&&e[a].nesting===0;)a--;r.block&&r.nesting!==-1&&a>=0&&e[a].hidden&&e[a].nesting===-1&&(i+=`\n`),i+=(r.nesting===-1?`</`:`<`)+r.tag,i+=this.renderAttrs(r),r.nesting===0&&n.xhtmlOut&&(i+=` /`);let o=!1;if(r.block&&(o=!0,r.nesting===1)){let n=t+1;for(;n<e.length&&e[n].hidden&&e[n].nesting===0;)n++;if(n<e.length){let t=e[n];(t.type===`inline`||t.hidden||t.nesting===-1&&t.tag===r.tag)&&(o=!1)}}return i+=o?`>\n`:`>`,i}renderInline(e,t,n){let r=``,i=this.rules;for(let a=0,o=e.length;a<o;a++){let o=e[a].type;i[o]===void 0?r+=this.renderToken(e,a,t):r+=i[o](e,a,t,n,this)}return r}renderInlineAsText(e,t,n){let r=``;for(let i=0,a=e.length;i<a;i++)switch(e[i].type){case`text`:case`code_inline`:r+=e[i].content;break;case`image`:r+=this.renderInlineAsText(e[i].children,t,n);break;case`html_inline`:case`html_block`:r+=e[i].content;break;case`softbreak`:case`hardbreak`:r+=`\n`}return r}render(e,t,n){let r=``,i=this.rules;for(let a=0,o=e.length;a<o;a++){let o=e[a].type;o===`inline`?r+=this.renderInline(e[a].children,t,n):i[o]===void 0?r+=this.renderToken(e,a,t):r+=i[o](e,a,t,n,this)}return r}},Kt=class{constructor(e,t,n){B(this,`tokens`,[]),B(this,`inlineMode`,!1),B(this,`Token`,V),this.src=e,this.env=n,this.md=t}},qt=/\\r\\n?/g,Jt=/\\0/g;function Yt(e){let t;t=e.src.replace(qt,`\n`),t=t.replace(Jt,`�`),e.src=t}function Xt(e){let t;e.inlineMode?(t=new e.Token(`inline`,``,0),t.content=e.src,t.map=[0,1],t.children=[],e.tokens.push(t)):e.md.block.parse(e.src,e.md,e.env,e.tokens)}function Zt(e){let t=e.tokens,n=0;for(let e=0;e<t.length;e++)t[e].type!==`reference_definition`&&(e!==n&&(t[n]=t[e]),n++);t.length!==n&&(t.length=n)}function Qt(e){let t=e.tokens;for(let n=0,r=t.length;n<r;n++){let r=t[n];r.type===`inline`&&e.md.inline.parse(r.content,e.md,e.env,r.children)}}function $t(e){return/^<a[>\\s]/i.test(e)}function en(e){return/^<\\/a\\s*>/i.test(e)}function tn(e){let t=e.tokens;if(e.md.options.linkify)for(let n=0,r=t.length;n<r;n++){if(t[n].type!==`inline`||!e.md.linkify.test(t[n].content))continue;let r=t[n].children,i=[],a=0;for(let t=r.length-1;t>=0;t--){let n=r[t];if(n.type===`link_close`)for(t--;r[t].level!==n.level&&r[t].type!==`link_open`;)t--;else if(n.type===`html_inline`&&($t(n.content)&&a>0&&a--,en(n.content)&&a++),!(a>0)&&n.type===`text`&&e.md.linkify.test(n.content)){let a=n.content,o=e.md.linkify.match(a),s=[],c=n.level,l=0;o.length>0&&o[0].index===0&&t>0&&r[t-1].type===`text_special`&&(o=o.slice(1));for(let t=0;t<o.length;t++){let n=o[t].url,r=e.md.normalizeLink(n);if(!e.md.validateLink(r))continue;let i=o[t].text;i=o[t].schema?o[t].schema===`mailto:`&&!/^mailto:/i.test(i)?e.md.normalizeLinkText(`mailto:${i}`).replace(/^mailto:/,``):e.md.normalizeLinkText(i):e.md.normalizeLinkText(`http://${i}`).replace(/^http:\\/\\//,``);let u=o[t].index;if(u>l){let t=new e.Token(`text`,``,0);t.content=a.slice(l,u),t.level=c,s.push(t)}let d=new e.Token(`link_open`,`a`,1);d.attrs=[[`href`,r]],d.level=c++,d.markup=`linkify`,d.info=`auto`,s.push(d);let f=new e.Token(`text`,``,0);f.content=i,f.level=c,s.push(f);let p=new e.Token(`link_close`,`a`,-1);p.level=--c,p.markup=`linkify`,p.info=`auto`,s.push(p),l=o[t].lastIndex}if(l<a.length){let t=new e.Token(`text`,``,0);t.content=a.slice(l),t.level=c,s.push(t)}i.push({index:t,nodes:s})}}if(i.length>0){let e=r.length;for(let t of i)e+=t.nodes.length-1;let a=Array(e),o=0,s=0;i.reverse();for(let e=0;e<r.length;e++){let t=i[o];if(t?.index===e){for(let e of t.nodes)a[s++]=e;o++}else a[s++]=r[e]}t[n].children=a}}}var nn=/\\+-|\\.\\.|\\?\\?\\?\\?|!!!!|,,|--/,rn=/\\((c|tm|r)\\)/i,an=/\\((c|tm|r)\\)/gi,on={c:`©`,r:`®`,tm:`™`};function sn(e,t){return on[t.toLowerCase()]}function cn(e){let t=0;for(let n=e.length-1;n>=0;n--){let r=e[n];r.type===`text`&&!t&&(r.content=r.content.replace(an,sn)),r.type===`link_open`&&r.info===`auto`&&t--,r.type===`link_close`&&r.info===`auto`&&t++}}function ln(e){let t=0;for(let n=e.length-1;n>=0;n--){let r=e[n];r.type===`text`&&!t&&nn.test(r.content)&&(r.content=r.content.replace(/\\+-/g,`±`).replace(/\\.{2,}/g,`…`).replace(/([?!])…/g,`$1..`).replace(/([?!]){4,}/g,`$1$1$1`).replace(/,{2,}/g,`,`).replace(/(^|[^-])---(?=[^-]|$)/gm,`$1—`).replace(/(^|\\s)--(?=\\s|$)/gm,`$1–`).replace(/(^|[^-\\s])--(?=[^-\\s]|$)/gm,`$1–`)),r.type===`link_open`&&r.info===`auto`&&t--,r.type===`link_close`&&r.info===`auto`&&t++}}function un(e){let t;if(e.md.options.typographer)for(t=e.tokens.length-1;t>=0;t--)e.tokens[t].type===`inline`&&(rn.test(e.tokens[t].content)&&cn(e.tokens[t].children),nn.test(e.tokens[t].content)&&ln(e.tokens[t].children))}var dn=/['\"]/,fn=/['\"]/g,pn=`’`,mn=1e3;function hn(e,t,n){for(;e.length>n;){let n=e.pop();n.isSingleQuote?t.single=n.prevSameQuoteIdx:t.double=n.prevSameQuoteIdx}}function gn(e,t,n,r){e[t]||(e[t]=[]),e[t].push({pos:n,ch:r})}function _n(e,t){let n=``,r=0;t.sort((e,t)=>e.pos-t.pos);for(let i=0;i<t.length;i++){let a=t[i];n+=e.slice(r,a.pos)+a.ch,r=a.pos+1}return n+e.slice(r)}function vn(e,t){let n,r=[],i={single:-1,double:-1},a={};for(let o=0;o<e.length;o++){let s=e[o],c=e[o].level;for(n=r.length-1;n>=0&&!(r[n].level<=c);n--);if(hn(r,i,n+1),s.type!==`text`)continue;let l=s.content,u=0,d=l.length;OUTER:for(;u<d;){fn.lastIndex=u;let s=fn.exec(l);if(!s)break;let f=!0,p=!0;u=s.index+1;let m=s[0]===`'`,h=32;if(s.index-1>=0)h=l.charCodeAt(s.index-1);else for(n=o-1;n>=0&&e[n].type!==`softbreak`&&e[n].type!==`hardbreak`;n--)if(e[n].content){h=e[n].content.charCodeAt(e[n].content.length-1);break}let g=32;if(u<d)g=l.charCodeAt(u);else for(n=o+1;n<e.length&&e[n].type!==`softbreak`&&e[n].type!==`hardbreak`;n++)if(e[n].content){g=e[n].content.charCodeAt(0);break}let _=R(h)||L(h),v=R(g)||L(g),y=I(h),b=I(g);if(b?f=!1:v&&(y||_||(f=!1)),y?p=!1:_&&(b||v||(p=!1)),g===34&&s[0]===`\"`&&h>=48&&h<=57&&(p=f=!1),f&&p&&(f=_,p=v),!f&&!p)m&&gn(a,o,s.index,pn);else{if(p&&(n=m?i.single:i.double,n>=0&&r[n].level===c)){let e=r[n],c,l;m?(c=t.md.options.quotes[2],l=t.md.options.quotes[3]):(c=t.md.options.quotes[0],l=t.md.options.quotes[1]),gn(a,o,s.index,l),gn(a,e.tokenIdx,e.contentPos,c),hn(r,i,n);continue OUTER}if(f){if(r.length>=mn)return;r.push({tokenIdx:o,contentPos:s.index,isSingleQuote:m,level:c,prevSameQuoteIdx:m?i.single:i.double}),m?i.single=r.length-1:i.double=r.length-1}else p&&m&&gn(a,o,s.index,pn)}}}Object.keys(a).forEach(function(t){let n=Number(t);e[n].content=_n(e[n].content,a[t])})}function yn(e){if(e.md.options.typographer)for(let t=e.tokens.length-1;t>=0;t--)e.tokens[t].type===`inline`&&dn.test(e.tokens[t].content)&&vn(e.tokens[t].children,e)}function bn(e){let t,n,r=e.length;for(t=0;t<r;t++)e[t].type===`text_special`&&(e[t].type=`text`);for(t=n=0;t<r;t++)e[t].type===`text`&&t+1<r&&e[t+1].type===`text`?e[t+1].content=e[t].content+e[t+1].content:(t!==n&&(e[n]=e[t]),n++);t!==n&&(e.length=n)}function xn(e){let t,n,r=e.tokens,i=r.length;for(let e=0;e<i;e++){if(r[e].type!==`inline`)continue;let i=r[e].children,a=i.length;for(t=0;t<a;t++)i[t].type===`text_special`&&(i[t].type=`text`),i[t].children&&bn(i[t].children);for(t=n=0;t<a;t++)i[t].type===`text`&&t+1<a&&i[t+1].type===`text`?i[t+1].content=i[t].content+i[t+1].content:(t!==n&&(i[n]=i[t]),n++);t!==n&&(i.length=n)}}var Sn=[[`normalize`,Yt],[`block`,Xt],[`strip_references`,Zt],[`inline`,Qt],[`linkify`,tn],[`replacements`,un],[`smartquotes`,yn],[`text_join`,xn]],Cn=class{constructor(){B(this,`ruler`,new Wt),B(this,`State`,Kt);for(let e=0;e<Sn.length;e++)this.ruler.push(Sn[e][0],Sn[e][1])}process(e){let t=this.ruler.getRules(``);for(let n=0,r=t.length;n<r;n++)t[n](e)}},wn=class{constructor(e,t,n,r){B(this,`bMarks`,[]),B(this,`eMarks`,[]),B(this,`tShift`,[]),B(this,`sCount`,[]),B(this,`bsCount`,[]),B(this,`blkIndent`,0),B(this,`line`,0),B(this,`lineMax`,0),B(this,`tight`,!1),B(this,`listIndent`,-1),B(this,`parentType`,`root`),B(this,`level`,0),B(this,`Token`,V),this.src=e,this.md=t,this.env=n,this.tokens=r;let i=this.src;for(let e=0,t=0,n=0,r=0,a=i.length,o=!1;t<a;t++){let s=i.charCodeAt(t);if(!o){if(F(s)){n++,s===9?r+=4-r%4:r++;continue}o=!0}(s===10||t===a-1)&&(s!==10&&t++,this.bMarks.push(e),this.eMarks.push(t),this.tShift.push(n),this.sCount.push(r),this.bsCount.push(0),o=!1,n=0,r=0,e=t+1)}this.bMarks.push(i.length),this.eMarks.push(i.length),this.tShift.push(0),this.sCount.push(0),this.bsCount.push(0),this.lineMax=this.bMarks.length-1}push(e,t,n){let r=new V(e,t,n);return r.block=!0,n<0&&this.level--,r.level=this.level,n>0&&this.level++,this.tokens.push(r),r}isEmpty(e){return this.bMarks[e]+this.tShift[e]>=this.eMarks[e]}skipEmptyLines(e){for(let t=this.lineMax;e<t&&!(this.bMarks[e]+this.tShift[e]<this.eMarks[e]);e++);return e}skipSpaces(e){for(let t=this.src.length;e<t&&F(this.src.charCodeAt(e));e++);return e}skipSpacesBack(e,t){if(e<=t)return e;for(;e>t;)if(!F(this.src.charCodeAt(--e)))return e+1;return e}skipChars(e,t){for(let n=this.src.length;e<n&&this.src.charCodeAt(e)===t;e++);return e}skipCharsBack(e,t,n){if(e<=n)return e;for(;e>n;)if(t!==this.src.charCodeAt(--e))return e+1;return e}getLines(e,t,n,r){if(e>=t)return``;let i=Array(t-e);for(let a=0,o=e;o<t;o++,a++){let e=0,s=this.bMarks[o],c=s,l;for(l=o+1<t||r?this.eMarks[o]+1:this.eMarks[o];c<l&&e<n;){let t=this.src.charCodeAt(c);if(F(t))t===9?e+=4-(e+this.bsCount[o])%4:e++;else if(c-s<this.tShift[o])e++;else break;c++}e>n?i[a]=Array(e-n+1).join(` `)+this.src.slice(c,l):i[a]=this.src.slice(c,l)}return i.join(``)}},Tn=65536;function En(e,t){let n=e.bMarks[t]+e.tShift[t],r=e.eMarks[t];return e.src.slice(n,r)}function Dn(e){let t=[],n=e.length,r=0,i=e.charCodeAt(r),a=!1,o=0,s=``;for(;r<n;)i===124&&(a?(s+=e.substring(o,r-1),o=r):(t.push(s+e.substring(o,r)),s=``,o=r+1)),a=i===92,r++,i=e.charCodeAt(r);return t.push(s+e.substring(o)),t}function On(e,t,n,r){if(t+2>n)return!1;let i=t+1;if(e.sCount[i]<e.blkIndent||e.sCount[i]-e.blkIndent>=4)return!1;let a=e.bMarks[i]+e.tShift[i];if(a>=e.eMarks[i])return!1;let o=e.src.charCodeAt(a++);if(o!==124&&o!==45&&o!==58||a>=e.eMarks[i])return!1;let s=e.src.charCodeAt(a++);if(s!==124&&s!==45&&s!==58&&!F(s)||o===45&&F(s))return!1;for(;a<e.eMarks[i];){let t=e.src.charCodeAt(a);if(t!==124&&t!==45&&t!==58&&!F(t))return!1;a++}let c=En(e,t+1),l=c.split(`|`),u=[];for(let e=0;e<l.length;e++){let t=l[e].trim();if(!t){if(e===0||e===l.length-1)continue;return!1}if(!/^:?-+:?$/.test(t))return!1;t.charCodeAt(t.length-1)===58?u.push(t.charCodeAt(0)===58?`center`:`right`):t.charCodeAt(0)===58?u.push(`left`):u.push(``)}if(c=En(e,t).trim(),c.indexOf(`|`)===-1||e.sCount[t]-e.blkIndent>=4)return!1;l=Dn(c),l.length&&l[0]===``&&l.shift(),l.length&&l[l.length-1]===``&&l.pop();let d=l.length;if(d===0||d!==u.length)return!1;if(r)return!0;let f=e.parentType;e.parentType=`table`;let p=e.md.block.ruler.getRules(`blockquote`),m=e.push(`table_open`,`table`,1),h=[t,0];m.map=h;let g=e.push(`thead_open`,`thead`,1);g.map=[t,t+1];let _=e.push(`tr_open`,`tr`,1);_.map=[t,t+1];for(let t=0;t<l.length;t++){let n=e.push(`th_open`,`th`,1);u[t]&&(n.attrs=[[`style`,`text-align:${u[t]}`]]);let r=e.push(`inline`,``,0);r.content=l[t].trim(),r.children=[],e.push(`th_close`,`th`,-1)}e.push(`tr_close`,`tr`,-1),e.push(`thead_close`,`thead`,-1);let v,y=0;for(i=t+2;i<n&&!(e.sCount[i]<e.blkIndent);i++){let r=!1;for(let t=0,a=p.length;t<a;t++)if(p[t](e,i,n,!0)){r=!0;break}if(r||(c=En(e,i).trim(),!c)||e.sCount[i]-e.blkIndent>=4||(l=Dn(c),l.length&&l[0]===``&&l.shift(),l.length&&l[l.length-1]===``&&l.pop(),y+=d-l.length,y>Tn))break;if(i===t+2){let n=e.push(`tbody_open`,`tbody`,1);n.map=v=[t+2,0]}let a=e.push(`tr_open`,`tr`,1);a.map=[i,i+1];for(let t=0;t<d;t++){let n=e.push(`td_open`,`td`,1);u[t]&&(n.attrs=[[`style`,`text-align:${u[t]}`]]);let r=e.push(`inline`,``,0);r.content=l[t]?l[t].trim():``,r.children=[],e.push(`td_close`,`td`,-1)}e.push(`tr_close`,`tr`,-1)}return v&&(e.push(`tbody_close`,`tbody`,-1),v[1]=i),e.push(`table_close`,`table`,-1),h[1]=i,e.parentType=f,e.line=i,!0}function kn(e,t,n){if(e.sCount[t]-e.blkIndent<4)return!1;let r=t+1,i=r;for(;r<n;)if(e.isEmpty(r))r++;else if(e.sCount[r]-e.blkIndent>=4)r++,i=r;else break;e.line=i;let a=e.push(`code_block`,`code`,0);return a.content=e.getLines(t,i,4+e.blkIndent,!1)+`\n`,a.map=[t,e.line],!0}function An(e,t,n,r){let i=e.bMarks[t]+e.tShift[t],a=e.eMarks[t];if(e.sCount[t]-e.blkIndent>=4||i+3>a)return!1;let o=e.src.charCodeAt(i);if(o!==126&&o!==96)return!1;let s=i;i=e.skipChars(i,o);let c=i-s;if(c<3)return!1;let l=e.src.slice(s,i),u=e.src.slice(i,a);if(o===96&&u.indexOf(String.fromCharCode(o))>=0)return!1;if(r)return!0;let d=t,f=!1;for(;d++,!(d>=n||(i=s=e.bMarks[d]+e.tShift[d],a=e.eMarks[d],i<a&&e.sCount[d]<e.blkIndent));)if(e.src.charCodeAt(i)===o&&!(e.sCount[d]-e.blkIndent>=4)&&(i=e.skipChars(i,o),!(i-s<c)&&(i=e.skipSpaces(i),!(i<a)))){f=!0;break}c=e.sCount[t],e.line=d+ +!!f;let p=e.push(`fence`,`code`,0);return p.info=u,p.content=e.getLines(t+1,d,c,!0),p.markup=l,p.map=[t,e.line],!0}function jn(e,t,n,r){let i=e.bMarks[t]+e.tShift[t],a=e.eMarks[t],o=e.lineMax;if(e.sCount[t]-e.blkIndent>=4||e.src.charCodeAt(i)!==62)return!1;if(r)return!0;let s=[],c=[],l=[],u=[],d=e.md.block.ruler.getRules(`blockquote`),f=e.parentType;e.parentType=`blockquote`;let p=!1,m;for(m=t;m<n;m++){let t=e.sCount[m]<e.blkIndent;if(i=e.bMarks[m]+e.tShift[m],a=e.eMarks[m],i>=a)break;if(e.src.charCodeAt(i++)===62&&!t){let t=e.sCount[m]+1,n,r;e.src.charCodeAt(i)===32?(i++,t++,r=!1,n=!0):e.src.charCodeAt(i)===9?(n=!0,(e.bsCount[m]+t)%4==3?(i++,t++,r=!1):r=!0):n=!1;let o=t;for(s.push(e.bMarks[m]),e.bMarks[m]=i;i<a;){let t=e.src.charCodeAt(i);if(F(t))t===9?o+=4-(o+e.bsCount[m]+ +!!r)%4:o++;else break;i++}p=i>=a,c.push(e.bsCount[m]),e.bsCount[m]=e.sCount[m]+1+ +!!n,l.push(e.sCount[m]),e.sCount[m]=o-t,u.push(e.tShift[m]),e.tShift[m]=i-e.bMarks[m];continue}if(p)break;let r=!1;for(let t=0,i=d.length;t<i;t++)if(d[t](e,m,n,!0)){r=!0;break}if(r){e.lineMax=m,e.blkIndent!==0&&(s.push(e.bMarks[m]),c.push(e.bsCount[m]),u.push(e.tShift[m]),l.push(e.sCount[m]),e.sCount[m]-=e.blkIndent);break}s.push(e.bMarks[m]),c.push(e.bsCount[m]),u.push(e.tShift[m]),l.push(e.sCount[m]),e.sCount[m]=-1}let h=e.blkIndent;e.blkIndent=0;let g=e.push(`blockquote_open`,`blockquote`,1);g.markup=`>`;let _=[t,0];g.map=_,e.md.block.tokenize(e,t,m);let v=e.push(`blockquote_close`,`blockquote`,-1);v.markup=`>`,e.lineMax=o,e.parentType=f,_[1]=e.line;for(let n=0;n<u.length;n++)e.bMarks[n+t]=s[n],e.tShift[n+t]=u[n],e.sCount[n+t]=l[n],e.bsCount[n+t]=c[n];return e.blkIndent=h,!0}function Mn(e,t,n,r){let i=e.eMarks[t];if(e.sCount[t]-e.blkIndent>=4)return!1;let a=e.bMarks[t]+e.tShift[t],o=e.src.charCodeAt(a++);if(o!==42&&o!==45&&o!==95)return!1;let s=1;for(;a<i;){let t=e.src.charCodeAt(a++);if(t!==o&&!F(t))return!1;t===o&&s++}if(s<3)return!1;if(r)return!0;e.line=t+1;let c=e.push(`hr`,`hr`,0);return c.map=[t,e.line],c.markup=Array(s+1).join(String.fromCharCode(o)),!0}function Nn(e,t){let n=e.eMarks[t],r=e.bMarks[t]+e.tShift[t],i=e.src.charCodeAt(r++);return i!==42&&i!==45&&i!==43||r<n&&!F(e.src.charCodeAt(r))?-1:r}function Pn(e,t){let n=e.bMarks[t]+e.tShift[t],r=e.eMarks[t],i=n;if(i+1>=r)return-1;let a=e.src.charCodeAt(i++);if(a<48||a>57)return-1;for(;;){if(i>=r)return-1;if(a=e.src.charCodeAt(i++),a>=48&&a<=57){if(i-n>=10)return-1}else{if(a===41||a===46)break;return-1}}return i<r&&(a=e.src.charCodeAt(i),!F(a))?-1:i}function Fn(e,t){let n=e.level+2;for(let r=t+2,i=e.tokens.length-2;r<i;r++)e.tokens[r].level===n&&e.tokens[r].type===`paragraph_open`&&(e.tokens[r+2].hidden=!0,e.tokens[r].hidden=!0,r+=2)}function In(e,t,n,r){let i,a,o,s,c=t,l=!0;if(e.sCount[c]-e.blkIndent>=4||e.listIndent>=0&&e.sCount[c]-e.listIndent>=4&&e.sCount[c]<e.blkIndent)return!1;let u=!1;r&&e.parentType===`paragraph`&&e.sCount[c]>=e.blkIndent&&(u=!0);let d,f,p;if((p=Pn(e,c))>=0){if(d=!0,o=e.bMarks[c]+e.tShift[c],f=Number(e.src.slice(o,p-1)),u&&f!==1)return!1}else if((p=Nn(e,c))>=0)d=!1;else return!1;if(u&&e.skipSpaces(p)>=e.eMarks[c])return!1;if(r)return!0;let m=e.src.charCodeAt(p-1),h=e.tokens.length;d?(s=e.push(`ordered_list_open`,`ol`,1),f!==1&&(s.attrs=[[`start`,f]])):s=e.push(`bullet_list_open`,`ul`,1);let g=[c,0];s.map=g,s.markup=String.fromCharCode(m);let _=!1,v=e.md.block.ruler.getRules(`list`),y=e.parentType;for(e.parentType=`list`;c<n;){a=p,i=e.eMarks[c];let t=e.sCount[c]+p-(e.bMarks[c]+e.tShift[c]),r=t;for(;a<i;){let t=e.src.charCodeAt(a);if(t===9)r+=4-(r+e.bsCount[c])%4;else if(t===32)r++;else break;a++}let u=a,f;f=u>=i?1:r-t,f>4&&(f=1);let h=t+f;s=e.push(`list_item_open`,`li`,1),s.markup=String.fromCharCode(m);let g=[c,0];s.map=g,d&&(s.info=e.src.slice(o,p-1));let y=e.tight,b=e.tShift[c],x=e.sCount[c],S=e.listIndent;if(e.listIndent=e.blkIndent,e.blkIndent=h,e.tight=!0,e.tShift[c]=u-e.bMarks[c],e.sCount[c]=r,u>=i&&e.isEmpty(c+1)?e.line=Math.min(e.line+2,n):e.md.block.tokenize(e,c,n),(!e.tight||_)&&(l=!1),_=e.line-c>1&&e.isEmpty(e.line-1),e.blkIndent=e.listIndent,e.listIndent=S,e.tShift[c]=b,e.sCount[c]=x,e.tight=y,s=e.push(`list_item_close`,`li`,-1),s.markup=String.fromCharCode(m),c=e.line,g[1]=c,c>=n||e.sCount[c]<e.blkIndent||e.sCount[c]-e.blkIndent>=4)break;let C=!1;for(let t=0,r=v.length;t<r;t++)if(v[t](e,c,n,!0)){C=!0;break}if(C)break;if(d){if(p=Pn(e,c),p<0)break;o=e.bMarks[c]+e.tShift[c]}else if(p=Nn(e,c),p<0)break;if(m!==e.src.charCodeAt(p-1))break}return s=d?e.push(`ordered_list_close`,`ol`,-1):e.push(`bullet_list_close`,`ul`,-1),s.markup=String.fromCharCode(m),g[1]=c,e.line=c,e.parentType=y,l&&Fn(e,h),!0}var Ln=999;function Rn(e){let t=e.length;for(let n=0;n<e.length-1;n++){let r=e.charCodeAt(n);if(r<55296||r>56319)continue;let i=e.charCodeAt(n+1);i>=56320&&i<=57343&&(t--,n++)}return t}function zn(e,t){return Math.min(e.eMarks[t]+1,e.src.length)}function Bn(e,t){let n=e.lineMax;if(t>=n||e.isEmpty(t))return-1;let r=!1;if(e.sCount[t]-e.blkIndent>3&&(r=!0),e.sCount[t]<0&&(r=!0),!r){let r=e.md.block.ruler.getRules(`reference`),i=e.parentType;e.parentType=`reference`;let a=!1;for(let i=0,o=r.length;i<o;i++)if(r[i](e,t,n,!0)){a=!0;break}if(e.parentType=i,a)return-1}return e.bMarks[t]+e.tShift[t]}function Vn(e,t,n,r){let i=e.src,a=e.bMarks[t]+e.tShift[t],o=t+1;if(e.sCount[t]-e.blkIndent>=4||i.charCodeAt(a)!==91)return!1;let s=zn(e,t),c=``,l=-1,u=++a;for(;a<s;){if(c.length+a-u>Ln*2)return!1;let t=i.charCodeAt(a);if(t===91)return!1;if(t===93){l=a;break}if(t===92&&(t=i.charCodeAt(++a)),t===10&&a<s){let t=Bn(e,o);if(t<0)return!1;c+=i.slice(u,s),a=u=t,s=zn(e,o++)}else a++}if(l<0||i.charCodeAt(l+1)!==58||(c+=i.slice(u,l),c.length>Ln&&Rn(c)>Ln))return!1;for(a=l+2;a<s;){let t=i.charCodeAt(a);if(t===10){let t=Bn(e,o);if(t<0)break;a=t,s=zn(e,o++)}else if(F(t))a++;else break}let d=e.md.helpers.parseLinkDestination(i,a,s);if(!d.ok)return!1;let f=e.md.normalizeLink(d.str);if(!e.md.validateLink(f))return!1;a=d.pos;let p=a,m=s,h=o;for(;a<s;){let t=i.charCodeAt(a);if(t===10){let t=Bn(e,o);if(t<0)break;a=t,s=zn(e,o++)}else if(F(t))a++;else break}let g=a,_=e.md.helpers.parseLinkTitle(i,a,s);for(;_.can_continue;){let t=Bn(e,o);if(t<0)break;a=t,s=zn(e,o++),_=e.md.helpers.parseLinkTitle(i,a,s,_)}let v;for(g!==p&&_.ok?(v=_.str,a=_.pos):(v=``,a=p,s=m,o=h);a<s&&F(i.charCodeAt(a));)a++;if(a<s&&i.charCodeAt(a)!==10&&v)for(v=``,a=p,s=m,o=h;a<s&&F(i.charCodeAt(a));)a++;if(a<s&&i.charCodeAt(a)!==10)return!1;let y=Pt(c);if(!y)return!1;\n/* istanbul ignore if */\nif(r)return!0;e.env.references===void 0&&(e.env.references={}),e.env.references[y]===void 0&&(e.env.references[y]={title:v,href:f});let b=e.push(`reference_definition`,``,0);b.map=[t,o],b.hidden=!0;let x=Object.create(null);return x.label=y,b.meta=x,e.line=o,!0}var Hn=/* @__PURE__ */ `address.article.aside.base.basefont.blockquote.body.caption.center.col.colgroup.dd.details.dialog.dir.div.dl.dt.fieldset.figcaption.figure.footer.form.frame.frameset.h1.h2.h3.h4.h5.h6.head.header.hr.html.iframe.legend.li.link.main.menu.menuitem.nav.noframes.ol.optgroup.option.p.param.search.section.summary.table.tbody.td.tfoot.th.thead.title.tr.track.ul`.split(`.`),Un=`<[A-Za-z][A-Za-z0-9\\\\-]*(?:\\\\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\\\\s*=\\\\s*(?:[^\"'=<>\\`\\\\x00-\\\\x20]+|'[^']*'|\"[^\"]*\"))?)*\\\\s*\\\\/?>`,Wn=`<\\\\/[A-Za-z][A-Za-z0-9\\\\-]*\\\\s*>`;RegExp(`^(?:${Un}|${Wn}|<\\!---?>|<\\!--(?:[^-]|-[^-]|--[^>])*-->|<[?][\\\\s\\\\S]*?[?]>|<![A-Za-z][^>]*>|<!\\\\[CDATA\\\\[[\\\\s\\\\S]*?\\\\]\\\\]>)`);var Gn=RegExp(`^(?:${Un}|${Wn})`),U=[[/^<(script|pre|style|textarea)(?=(\\s|>|$))/i,/<\\/(script|pre|style|textarea)>/i,!0],[/^<\\!--/,/-->/,!0],[/^<\\?/,/\\?>/,!0],[/^<![A-Za-z]/,/>/,!0],[/^<!\\[CDATA\\[/,/\\]\\]>/,!0],[RegExp(`^</?(${Hn.join(`|`)})(?=(\\\\s|/?>|$))`,`i`),/^$/,!0],[RegExp(`${Gn.source}\\\\s*$`),/^$/,!1]];function Kn(e,t,n,r){let i=e.bMarks[t]+e.tShift[t],a=e.eMarks[t];if(e.sCount[t]-e.blkIndent>=4||!e.md.options.html||e.src.charCodeAt(i)!==60)return!1;let o=e.src.slice(i,a),s=0;for(;s<U.length&&!U[s][0].test(o);s++);if(s===U.length)return!1;if(r)return U[s][2];let c=t+1,l=U[s][1].test(``);if(!U[s][1].test(o)){for(;c<n&&!(e.sCount[c]<e.blkIndent&&(l||!e.isEmpty(c)));c++)if(i=e.bMarks[c]+e.tShift[c],a=e.eMarks[c],o=e.src.slice(i,a),U[s][1].test(o)){o.length!==0&&c++;break}}e.line=c;let u=e.push(`html_block`,``,0);return u.map=[t,c],u.content=e.getLines(t,c,e.blkIndent,!0),!0}function qn(e,t,n,r){let i=e.bMarks[t]+e.tShift[t],a=e.eMarks[t];if(e.sCount[t]-e.blkIndent>=4)return!1;let o=e.src.charCodeAt(i);if(o!==35||i>=a)return!1;let s=1;for(o=e.src.charCodeAt(++i);o===35&&i<a&&s<=6;)s++,o=e.src.charCodeAt(++i);if(s>6||i<a&&!F(o))return!1;if(r)return!0;a=e.skipSpacesBack(a,i);let c=e.skipCharsBack(a,35,i);c>i&&F(e.src.charCodeAt(c-1))&&(a=c),e.line=t+1;let l=e.push(`heading_open`,`h${s}`,1);l.markup=`########`.slice(0,s),l.map=[t,e.line];let u=e.push(`inline`,``,0);u.content=It(e.src.slice(i,a)),u.map=[t,e.line],u.children=[];let d=e.push(`heading_close`,`h${s}`,-1);return d.markup=`########`.slice(0,s),!0}function Jn(e,t,n){let r=e.md.block.ruler.getRules(`paragraph`);if(e.sCount[t]-e.blkIndent>=4)return!1;let i=e.parentType;e.parentType=`paragraph`;let a=0,o,s=t+1;for(;s<n&&!e.isEmpty(s);s++){if(e.sCount[s]-e.blkIndent>3)continue;if(e.sCount[s]>=e.blkIndent){let t=e.bMarks[s]+e.tShift[s],n=e.eMarks[s];if(t<n&&(o=e.src.charCodeAt(t),(o===45||o===61)&&(t=e.skipChars(t,o),t=e.skipSpaces(t),t>=n))){a=o===61?1:2;break}}if(e.sCount[s]<0)continue;let t=!1;for(let i=0,a=r.length;i<a;i++)if(r[i](e,s,n,!0)){t=!0;break}if(t)break}if(!a)return e.parentType=i,!1;let c=It(e.getLines(t,s,e.blkIndent,!1));e.line=s+1;let l=e.push(`heading_open`,`h${a}`,1);l.markup=String.fromCharCode(o),l.map=[t,e.line];let u=e.push(`inline`,``,0);u.content=c,u.map=[t,e.line-1],u.children=[];let d=e.push(`heading_close`,`h${a}`,-1);return d.markup=String.fromCharCode(o),e.parentType=i,!0}function Yn(e,t,n){let r=e.md.block.ruler.getRules(`paragraph`),i=e.parentType,a=t+1;for(e.parentType=`paragraph`;a<n&&!e.isEmpty(a);a++){if(e.sCount[a]-e.blkIndent>3||e.sCount[a]<0)continue;let t=!1;for(let i=0,o=r.length;i<o;i++)if(r[i](e,a,n,!0)){t=!0;break}if(t)break}let o=It(e.getLines(t,a,e.blkIndent,!1));e.line=a;let s=e.push(`paragraph_open`,`p`,1);s.map=[t,e.line];let c=e.push(`inline`,``,0);return c.content=o,c.map=[t,e.line],c.children=[],e.push(`paragraph_close`,`p`,-1),e.parentType=i,!0}var Xn=[[`table`,On,[`paragraph`,`reference`]],[`code`,kn],[`fence`,An,[`paragraph`,`reference`,`blockquote`,`list`]],[`blockquote`,jn,[`paragraph`,`reference`,`blockquote`,`list`]],[`hr`,Mn,[`paragraph`,`reference`,`blockquote`,`list`]],[`list`,In,[`paragraph`,`reference`,`blockquote`]],[`reference`,Vn],[`html_block`,Kn,[`paragraph`,`reference`,`blockquote`]],[`heading`,qn,[`paragraph`,`reference`,`blockquote`]],[`lheading`,Jn],[`paragraph`,Yn]],Zn=class{constructor(){B(this,`ruler`,new Wt),B(this,`State`,wn);for(let e=0;e<Xn.length;e++)this.ruler.push(Xn[e][0],Xn[e][1],{alt:(Xn[e][2]||[]).slice()})}tokenize(e,t,n){let r=this.ruler.getRules(``),i=r.length,a=e.md.options.maxNesting,o=t,s=!1;for(;o<n&&(e.line=o=e.skipEmptyLines(o),!(o>=n||e.sCount[o]<e.blkIndent));){if(e.level>=a){e.line=n;break}let t=e.line,c=!1;for(let a=0;a<i;a++)if(c=r[a](e,o,n,!1),c){if(t>=e.line)throw Error(`block rule didn't increment state.line`);break}if(!c)throw Error(`none of the block rules matched`);e.tight=!s,e.isEmpty(e.line-1)&&(s=!0),o=e.line,o<n&&e.isEmpty(o)&&(s=!0,o++,e.line=o)}}parse(e,t,n,r){if(!e)return;let i=new this.State(e,t,n,r);this.tokenize(i,i.line,i.lineMax)}},Qn=class{constructor(e,t,n,r){B(this,`pos`,0),B(this,`level`,0),B(this,`pending`,``),B(this,`pendingLevel`,0),B(this,`cache`,{}),B(this,`backticks`,{}),B(this,`backticksScanned`,!1),B(this,`skipHtmlSpecial`,!1),B(this,`linkLevel`,0),B(this,`delimiters`,[]),B(this,`_prev_delimiters`,[]),B(this,`Token`,V),this.src=e,this.env=n,this.md=t,this.tokens=r,this.tokens_meta=Array(r.length),this.posMax=this.src.length}pushPending(){let e=new V(`text`,``,0);return e.content=this.pending,e.level=this.pendingLevel,this.tokens.push(e),this.pending=``,e}push(e,t,n){this.pending&&this.pushPending();let r=new V(e,t,n),i;return n<0&&(this.level--,this.delimiters=this._prev_delimiters.pop()),r.level=this.level,n>0&&(this.level++,this._prev_delimiters.push(this.delimiters),this.delimiters=[],i={delimiters:this.delimiters}),this.pendingLevel=this.level,this.tokens.push(r),this.tokens_meta.push(i),r}scanDelims(e,t){let n=this.posMax,r=this.src.charCodeAt(e),i;if(e===0)i=32;else if(e===1)i=this.src.charCodeAt(0),(i&63488)==55296&&(i=65533);else if(i=this.src.charCodeAt(e-1),(i&64512)==56320){let t=this.src.charCodeAt(e-2);i=(t&64512)==55296?65536+(t-55296<<10)+(i-56320):65533}else(i&64512)==55296&&(i=65533);let a=e;for(;a<n&&this.src.charCodeAt(a)===r;)a++;let o=a-e,s=a<n?this.src.charCodeAt(a):32;if((s&64512)==55296){let e=this.src.charCodeAt(a+1);s=(e&64512)==56320?65536+(s-55296<<10)+(e-56320):65533}else(s&64512)==56320&&(s=65533);let c=R(i)||L(i),l=R(s)||L(s),u=I(i),d=I(s),f=!d&&(!l||u||c),p=!u&&(!c||d||l);return{can_open:f&&(t||!p||c),can_close:p&&(t||!f||l),length:o}}};function $n(e){switch(e){case 10:case 33:case 35:case 36:case 37:case 38:case 42:case 43:case 45:case 58:case 60:case 61:case 62:case 64:case 91:case 92:case 93:case 94:case 95:case 96:case 123:case 125:case 126:return!0;default:return!1}}function er(e,t){let n=e.pos;for(;n<e.posMax&&!$n(e.src.charCodeAt(n));)n++;return n!==e.pos&&(t||(e.pending+=e.src.slice(e.pos,n)),e.pos=n,!0)}function tr(e){return e>=65&&e<=90||e>=97&&e<=122}function nr(e){return e>=65&&e<=90||e>=97&&e<=122||e>=48&&e<=57||e===43||e===45||e===46}function rr(e,t){if(!e.md.options.linkify||e.linkLevel>0)return!1;let n=e.pos,r=e.posMax;if(n+3>r||e.src.charCodeAt(n)!==58||e.src.charCodeAt(n+1)!==47||e.src.charCodeAt(n+2)!==47)return!1;let i=n-Math.min(10,e.pending.length,n),a=n;for(;a>i&&nr(e.src.charCodeAt(a-1));)a--;if(a===n||!tr(e.src.charCodeAt(a)))return!1;let o=n-a,s=e.md.linkify.matchAtStart(e.src.slice(a));if(!s)return!1;let c=s.url;if(c.length<=o)return!1;let l=c.length;for(;l>0&&c.charCodeAt(l-1)===42;)l--;l!==c.length&&(c=c.slice(0,l));let u=e.md.normalizeLink(c);if(!e.md.validateLink(u))return!1;if(!t){e.pending=e.pending.slice(0,-o);let t=e.push(`link_open`,`a`,1);t.attrs=[[`href`,u]],t.markup=`linkify`,t.info=`auto`;let n=e.push(`text`,``,0);n.content=e.md.normalizeLinkText(c);let r=e.push(`link_close`,`a`,-1);r.markup=`linkify`,r.info=`auto`}return e.pos+=c.length-o,!0}function ir(e,t){let n=e.pos;if(e.src.charCodeAt(n)!==10)return!1;let r=e.pending.length-1,i=e.posMax;if(!t){if(r>=0&&e.pending.charCodeAt(r)===32){if(r>=1&&e.pending.charCodeAt(r-1)===32){let t=r-1;for(;t>=1&&e.pending.charCodeAt(t-1)===32;)t--;e.pending=e.pending.slice(0,t),e.push(`hardbreak`,`br`,0)}else e.pending=e.pending.slice(0,-1),e.push(`softbreak`,`br`,0)}else e.push(`softbreak`,`br`,0)}for(n++;n<i&&F(e.src.charCodeAt(n));)n++;return e.pos=n,!0}var ar=[];for(let e=0;e<256;e++)ar.push(0);`\\\\!\"#$%&'()*+,./:;<=>?@[]^_\\`{|}~-`.split(``).forEach(function(e){ar[e.charCodeAt(0)]=1});function or(e,t){let n=e.pos,r=e.posMax;if(e.src.charCodeAt(n)!==92||(n++,n>=r))return!1;let i=e.src.charCodeAt(n);if(i===10){for(t||e.push(`hardbreak`,`br`,0),n++;n<r&&(i=e.src.charCodeAt(n),F(i));)n++;return e.pos=n,!0}if(i===32){if(!t){let t=e.push(`text_special`,``,0);t.content=`\\\\`,t.markup=`\\\\`,t.info=`escape`}return e.pos=n,!0}let a=e.src[n];if(i>=55296&&i<=56319&&n+1<r){let t=e.src.charCodeAt(n+1);t>=56320&&t<=57343&&(a+=e.src[n+1],n++)}let o=`\\\\`+a;if(!t){let t=e.push(`text_special`,``,0);t.content=i<256&&ar[i]!==0?a:o,t.markup=o,t.info=`escape`}return e.pos=n+1,!0}function sr(e){let t={},n=0;for(;(n=e.indexOf(\"`\",n))!==-1;){let r=n;for(;e.charCodeAt(++n)===96;);t[n-r]=r}return t}function cr(e,t){let n=e.pos;if(e.src.charCodeAt(n)!==96)return!1;let r=e.posMax,i=n+1;for(;i<r&&e.src.charCodeAt(i)===96;)i++;let a=e.src.slice(n,i),o=a.length;if(e.backticksScanned||=(e.backticks=sr(e.src),!0),(e.backticks[o]??-1)>=i){let n=i,s;for(;(s=e.src.indexOf(\"`\",n))!==-1&&s<r;){for(n=s+1;e.src.charCodeAt(n)===96;)n++;if(n>r)break;if(n-s===o){if(!t){let t=e.push(`code_inline`,`code`,0);t.markup=a;let n=e.src.slice(i,s).replace(/\\n/g,` `);n.startsWith(` `)&&n.endsWith(` `)&&/[^ ]/.test(n)&&(n=n.slice(1,-1)),t.content=n}return e.pos=n,!0}}}return t||(e.pending+=a),e.pos=i,!0}function lr(e,t){let n=e.pos,r=e.src.charCodeAt(n);if(t||r!==126)return!1;let i=e.scanDelims(e.pos,!0),a=i.length,o=String.fromCharCode(r);if(a<2)return!1;let s;a%2&&(s=e.push(`text`,``,0),s.content=o,a--);for(let t=0;t<a;t+=2)s=e.push(`text`,``,0),s.content=o+o,e.delimiters.push({marker:r,length:0,token:e.tokens.length-1,end:-1,open:i.can_open,close:i.can_close});return e.pos+=i.length,!0}function ur(e,t){let n,r=[],i=t.length;for(let a=0;a<i;a++){let i=t[a];if(i.marker!==126||i.end===-1)continue;let o=t[i.end];n=e.tokens[i.token],n.type=`s_open`,n.tag=`s`,n.nesting=1,n.markup=`~~`,n.content=``,n=e.tokens[o.token],n.type=`s_close`,n.tag=`s`,n.nesting=-1,n.markup=`~~`,n.content=``,e.tokens[o.token-1].type===`text`&&e.tokens[o.token-1].content===`~`&&r.push(o.token-1)}for(;r.length;){let t=r.pop(),i=t+1;for(;i<e.tokens.length&&e.tokens[i].type===`s_close`;)i++;i--,t!==i&&(n=e.tokens[i],e.tokens[i]=e.tokens[t],e.tokens[t]=n)}}function dr(e){let t=e.tokens_meta,n=e.tokens_meta.length;ur(e,e.delimiters);for(let r=0;r<n;r++){let n=t[r]?.delimiters;n&&ur(e,n)}}var fr={tokenize:lr,postProcess:dr};function pr(e,t){let n=e.pos,r=e.src.charCodeAt(n);if(t||r!==95&&r!==42)return!1;let i=e.scanDelims(e.pos,r===42);for(let t=0;t<i.length;t++){let t=e.push(`text`,``,0);t.content=String.fromCharCode(r),e.delimiters.push({marker:r,length:i.length,token:e.tokens.length-1,end:-1,open:i.can_open,close:i.can_close})}return e.pos+=i.length,!0}function mr(e,t){let n=t.length;for(let r=n-1;r>=0;r--){let n=t[r];if(n.marker!==95&&n.marker!==42||n.end===-1)continue;let i=t[n.end],a=r>0&&t[r-1].end===n.end+1&&t[r-1].marker===n.marker&&t[r-1].token===n.token-1&&t[n.end+1].token===i.token+1,o=String.fromCharCode(n.marker),s=e.tokens[n.token];s.type=a?`strong_open`:`em_open`,s.tag=a?`strong`:`em`,s.nesting=1,s.markup=a?o+o:o,s.content=``;let c=e.tokens[i.token];c.type=a?`strong_close`:`em_close`,c.tag=a?`strong`:`em`,c.nesting=-1,c.markup=a?o+o:o,c.content=``,a&&(e.tokens[t[r-1].token].content=``,e.tokens[t[n.end+1].token].content=``,r--)}}function hr(e){let t=e.tokens_meta,n=e.tokens_meta.length;mr(e,e.delimiters);for(let r=0;r<n;r++){let n=t[r]?.delimiters;n&&mr(e,n)}}var gr={tokenize:pr,postProcess:hr};function _r(e,t){let n,r,i,a,o=``,s=``,c=e.pos,l=!0;if(e.src.charCodeAt(e.pos)!==91)return!1;let u=e.pos,d=e.posMax,f=e.pos+1,p=e.md.helpers.parseLinkLabel(e,e.pos,!0);if(p<0)return!1;let m=p+1;if(m<d&&e.src.charCodeAt(m)===40){for(l=!1,m++;m<d&&(n=e.src.charCodeAt(m),F(n)||n===10);m++);if(m>=d)return!1;if(c=m,i=e.md.helpers.parseLinkDestination(e.src,m,e.posMax),i.ok){for(o=e.md.normalizeLink(i.str),e.md.validateLink(o)?m=i.pos:o=``,c=m;m<d&&(n=e.src.charCodeAt(m),F(n)||n===10);m++);if(i=e.md.helpers.parseLinkTitle(e.src,m,e.posMax),m<d&&c!==m&&i.ok)for(s=i.str,m=i.pos;m<d&&(n=e.src.charCodeAt(m),F(n)||n===10);m++);}(m>=d||e.src.charCodeAt(m)!==41)&&(l=!0),m++}if(l){if(e.env.references===void 0)return!1;if(m<d&&e.src.charCodeAt(m)===91?(c=m+1,m=e.md.helpers.parseLinkLabel(e,m),m>=0?r=e.src.slice(c,m++):m=p+1):m=p+1,r||=e.src.slice(f,p),r=Pt(r),a=e.env.references[r],!a)return e.pos=u,!1;o=a.href,s=a.title}if(!t){e.pos=f,e.posMax=p;let t=e.push(`link_open`,`a`,1),n=[[`href`,o]];if(t.attrs=n,s&&n.push([`title`,s]),r){let e=Object.create(null);e.label=r,t.meta=e}e.linkLevel++,e.md.inline.tokenize(e),e.linkLevel--,e.push(`link_close`,`a`,-1)}return e.pos=m,e.posMax=d,!0}function vr(e,t){let n,r,i,a,o,s,c,l,u=``,d=e.pos,f=e.posMax;if(e.src.charCodeAt(e.pos)!==33||e.src.charCodeAt(e.pos+1)!==91)return!1;let p=e.pos+2,m=e.md.helpers.parseLinkLabel(e,e.pos+1,!1);if(m<0)return!1;if(a=m+1,a<f&&e.src.charCodeAt(a)===40){for(a++;a<f&&(n=e.src.charCodeAt(a),F(n)||n===10);a++);if(a>=f)return!1;for(l=a,s=e.md.helpers.parseLinkDestination(e.src,a,e.posMax),s.ok&&(u=e.md.normalizeLink(s.str),e.md.validateLink(u)?a=s.pos:u=``),l=a;a<f&&(n=e.src.charCodeAt(a),F(n)||n===10);a++);if(s=e.md.helpers.parseLinkTitle(e.src,a,e.posMax),a<f&&l!==a&&s.ok)for(c=s.str,a=s.pos;a<f&&(n=e.src.charCodeAt(a),F(n)||n===10);a++);else c=``;if(a>=f||e.src.charCodeAt(a)!==41)return e.pos=d,!1;a++}else{if(e.env.references===void 0)return!1;if(a<f&&e.src.charCodeAt(a)===91?(l=a+1,a=e.md.helpers.parseLinkLabel(e,a),a>=0?i=e.src.slice(l,a++):a=m+1):a=m+1,i||=e.src.slice(p,m),i=Pt(i),o=e.env.references[i],!o)return e.pos=d,!1;u=o.href,c=o.title}if(!t){r=e.src.slice(p,m);let t=[];e.md.inline.parse(r,e.md,e.env,t);let n=e.push(`image`,`img`,0),a=[[`src`,u],[`alt`,``]];if(n.attrs=a,n.children=t,n.content=r,c&&a.push([`title`,c]),i){let e=Object.create(null);e.label=i,n.meta=e}}return e.pos=a,e.posMax=f,!0}var yr=/^([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)$/,br=/^([a-zA-Z][a-zA-Z0-9+.-]{1,31}):([^<>\\x00-\\x20]*)$/;function xr(e,t){let n=e.pos;if(e.src.charCodeAt(n)!==60)return!1;let r=e.pos,i=e.posMax;for(;;){if(++n>=i)return!1;let t=e.src.charCodeAt(n);if(t===60)return!1;if(t===62)break}let a=e.src.slice(r+1,n);if(br.test(a)){let n=e.md.normalizeLink(a);if(!e.md.validateLink(n))return!1;if(!t){let t=e.push(`link_open`,`a`,1);t.attrs=[[`href`,n]],t.markup=`autolink`,t.info=`auto`;let r=e.push(`text`,``,0);r.content=e.md.normalizeLinkText(a);let i=e.push(`link_close`,`a`,-1);i.markup=`autolink`,i.info=`auto`}return e.pos+=a.length+2,!0}if(yr.test(a)){let n=e.md.normalizeLink(`mailto:${a}`);if(!e.md.validateLink(n))return!1;if(!t){let t=e.push(`link_open`,`a`,1);t.attrs=[[`href`,n]],t.markup=`autolink`,t.info=`auto`;let r=e.push(`text`,``,0);r.content=e.md.normalizeLinkText(a);let i=e.push(`link_close`,`a`,-1);i.markup=`autolink`,i.info=`auto`}return e.pos+=a.length+2,!0}return!1}function Sr(e){return/^<a[>\\s]/i.test(e)}function Cr(e){return/^<\\/a\\s*>/i.test(e)}function wr(e){let t=e|32;return t>=97&&t<=122}function Tr(e,t){let n=e.src,r,i;if(n.startsWith(`<\\!--`,t)){if(n.startsWith(`>`,t+4))return t+5;if(n.startsWith(`->`,t+4))return t+6;r=t+4,i=`-->`}else if(n.startsWith(`<![CDATA[`,t))r=t+9,i=`]]>`;else if(n.charCodeAt(t+1)===63)r=t+2,i=`?>`;else if(wr(n.charCodeAt(t+2)))r=t+3,i=`>`;else return-1;if(e.skipHtmlSpecial)return-1;let a=n.indexOf(i,r);return a<0?(e.skipHtmlSpecial=!0,-1):a+i.length}function Er(e,t){if(!e.md.options.html)return!1;let n=e.posMax,r=e.pos;if(e.src.charCodeAt(r)!==60||r+2>=n)return!1;let i,a=e.src.charCodeAt(r+1);if(a===33||a===63)i=Tr(e,r);else if(a===47||wr(a)){let t=e.src.slice(r).match(Gn);i=t?r+t[0].length:-1}else return!1;if(i<0)return!1;if(!t){let t=e.push(`html_inline`,``,0);t.content=e.src.slice(r,i),Sr(t.content)&&e.linkLevel++,Cr(t.content)&&e.linkLevel--}return e.pos=i,!0}var Dr=/^&#((?:x[a-f0-9]{1,6}|[0-9]{1,7}));/i,Or=/^&([a-z][a-z0-9]{1,31});/i;function kr(e,t){let n=e.pos,r=e.posMax;if(e.src.charCodeAt(n)!==38||n+1>=r)return!1;if(e.src.charCodeAt(n+1)===35){let r=e.src.slice(n).match(Dr);if(r){if(!t){let t=r[1][0].toLowerCase()===`x`?parseInt(r[1].slice(1),16):parseInt(r[1],10),n=e.push(`text_special`,``,0);n.content=xt(t)?M(t):M(65533),n.markup=r[0],n.info=`entity`}return e.pos+=r[0].length,!0}}else{let r=e.src.slice(n).match(Or);if(r){let n=Ge(r[0]);if(n!==r[0]){if(!t){let t=e.push(`text_special`,``,0);t.content=n,t.markup=r[0],t.info=`entity`}return e.pos+=r[0].length,!0}}}return!1}function Ar(e){let t={},n=e.length;if(!n)return;let r=0,i=-2,a=[];for(let o=0;o<n;o++){let n=e[o];if(a.push(0),(e[r].marker!==n.marker||i!==n.token-1)&&(r=o),i=n.token,n.length=n.length||0,!n.close)continue;t.hasOwnProperty(n.marker)||(t[n.marker]=[-1,-1,-1,-1,-1,-1]);let s=t[n.marker][(n.open?3:0)+n.length%3],c=r-a[r]-1,l=c;for(;c>s;c-=a[c]+1){let t=e[c];if(t.marker===n.marker&&t.open&&t.end<0){let r=!1;if((t.close||n.open)&&(t.length+n.length)%3==0&&(t.length%3!=0||n.length%3!=0)&&(r=!0),!r){let r=c>0&&!e[c-1].open?a[c-1]+1:0;a[o]=o-c+r,a[c]=r,n.open=!1,t.end=o,t.close=!1,l=-1,i=-2;break}}}l!==-1&&(t[n.marker][(n.open?3:0)+(n.length||0)%3]=l)}}function jr(e){let t=e.tokens_meta,n=e.tokens_meta.length;Ar(e.delimiters);for(let e=0;e<n;e++){let n=t[e]?.delimiters;n&&Ar(n)}}function Mr(e){let t,n,r=0,i=e.tokens,a=e.tokens.length;for(t=n=0;t<a;t++)i[t].nesting<0&&r--,i[t].level=r,i[t].nesting>0&&r++,i[t].type===`text`&&t+1<a&&i[t+1].type===`text`?i[t+1].content=i[t].content+i[t+1].content:(t!==n&&(i[n]=i[t]),n++);t!==n&&(i.length=n)}var Nr=[[`text`,er],[`linkify`,rr],[`newline`,ir],[`escape`,or],[`backticks`,cr],[`strikethrough`,fr.tokenize],[`emphasis`,gr.tokenize],[`link`,_r],[`image`,vr],[`autolink`,xr],[`html_inline`,Er],[`entity`,kr]],Pr=[[`balance_pairs`,jr],[`strikethrough`,fr.postProcess],[`emphasis`,gr.postProcess],[`fragments_join`,Mr]],Fr=class{constructor(){B(this,`ruler`,new Wt),B(this,`ruler2`,new Wt),B(this,`State`,Qn);for(let e=0;e<Nr.length;e++)this.ruler.push(Nr[e][0],Nr[e][1]);for(let e=0;e<Pr.length;e++)this.ruler2.push(Pr[e][0],Pr[e][1])}skipToken(e){let t=e.pos,n=this.ruler.getRules(``),r=n.length,i=e.md.options.maxNesting,a=e.cache;if(a[t]!==void 0){e.pos=a[t];return}let o=!1;if(e.level<i){for(let i=0;i<r;i++)if(e.level++,o=n[i](e,!0),e.level--,o){if(t>=e.pos)throw Error(`inline rule didn't increment state.pos`);break}}else e.pos=e.posMax;o||e.pos++,a[t]=e.pos}tokenize(e){let t=this.ruler.getRules(``),n=t.length,r=e.posMax,i=e.md.options.maxNesting;for(;e.pos<r;){let a=e.pos,o=!1;if(e.level<i){for(let r=0;r<n;r++)if(o=t[r](e,!1),o){if(a>=e.pos)throw Error(`inline rule didn't increment state.pos`);break}}if(o){if(e.pos>=r)break}else e.pending+=e.src[e.pos++]}e.pending&&e.pushPending()}parse(e,t,n,r){let i=new this.State(e,t,n,r);this.tokenize(i);let a=this.ruler2.getRules(``),o=a.length;for(let e=0;e<o;e++)a[e](i)}},Ir={default:{options:{html:!1,xhtmlOut:!1,breaks:!1,langPrefix:`language-`,linkify:!1,typographer:!1,quotes:`“”‘’`,highlight:null,maxNesting:100},components:{core:{},block:{},inline:{}}},zero:{options:{html:!1,xhtmlOut:!1,breaks:!1,langPrefix:`language-`,linkify:!1,typographer:!1,quotes:`“”‘’`,highlight:null,maxNesting:20},components:{core:{rules:[`normalize`,`block`,`strip_references`,`inline`,`text_join`]},block:{rules:[`paragraph`]},inline:{rules:[`text`],rules2:[`balance_pairs`,`fragments_join`]}}},commonmark:{options:{html:!0,xhtmlOut:!0,breaks:!1,langPrefix:`language-`,linkify:!1,typographer:!1,quotes:`“”‘’`,highlight:null,maxNesting:20},components:{core:{rules:[`normalize`,`block`,`strip_references`,`inline`,`text_join`]},block:{rules:[`blockquote`,`code`,`fence`,`heading`,`hr`,`html_block`,`lheading`,`list`,`reference`,`paragraph`]},inline:{rules:[`autolink`,`backticks`,`emphasis`,`entity`,`escape`,`html_inline`,`image`,`link`,`newline`,`text`],rules2:[`balance_pairs`,`emphasis`,`fragments_join`]}}}},Lr=/^(vbscript|javascript|file|data):/,Rr=/^data:image\\/(gif|png|jpeg|webp);/,zr=[`http:`,`https:`,`mailto:`],W=class{validateLink(e){let t=e.trim().toLowerCase();return!Lr.test(t)||Rr.test(t)}normalizeLink(e){let t=_e(e,!0);if(t.hostname&&(!t.protocol||zr.indexOf(t.protocol)>=0))try{t.hostname=ht.toASCII(t.hostname)}catch{}return t.auth&&=T(t.auth),t.hostname&&=T(t.hostname),t.pathname&&=T(t.pathname),t.search&&=T(t.search),t.hash&&=T(t.hash),oe(t)}normalizeLinkText(e){let t=_e(e,!0);if(t.hostname&&(!t.protocol||zr.indexOf(t.protocol)>=0))try{t.hostname=ht.toUnicode(t.hostname)}catch{}return w(oe(t),w.defaultChars+`%`)}constructor(...e){B(this,`inline`,new Fr),B(this,`block`,new Zn),B(this,`core`,new Cn),B(this,`renderer`,new Gt),B(this,`linkify`,new et),B(this,`utils`,vt),B(this,`helpers`,Object.assign({},Vt));let[t,n]=e;typeof t==`string`?(this.configure(t),n&&this.set(n)):(this.configure(`default`),this.set(t||{}))}set(e){return Object.assign(this.options,e),this}configure(e){let t;if(typeof e==`string`){let n=e;if(t=Ir[n],!t)throw Error(`Wrong 'markdown-it' preset \"${n}\", check name`)}else t=e;if(!t)throw Error(\"Wrong `markdown-it` preset, can't be empty\");t.options&&(this.options={...t.options});let n=t.components;if(n){[`core`,`block`,`inline`].forEach(e=>{let t=n[e]?.rules;t&&this[e].ruler.enableOnly(t)});let e=n.inline?.rules2;e&&this.inline.ruler2.enableOnly(e)}return this}enable(e,t=!1){let n=[];Array.isArray(e)||(e=[e]),[`core`,`block`,`inline`].forEach(t=>{n=n.concat(this[t].ruler.enable(e,!0))}),n=n.concat(this.inline.ruler2.enable(e,!0));let r=e.filter(e=>n.indexOf(e)<0);if(r.length&&!t)throw Error(`MarkdownIt. Failed to enable unknown rule(s): ${r}`);return this}disable(e,t=!1){let n=[];Array.isArray(e)||(e=[e]),[`core`,`block`,`inline`].forEach(t=>{n=n.concat(this[t].ruler.disable(e,!0))}),n=n.concat(this.inline.ruler2.disable(e,!0));let r=e.filter(e=>n.indexOf(e)<0);if(r.length&&!t)throw Error(`MarkdownIt. Failed to disable unknown rule(s): ${r}`);return this}use(e,...t){return e.apply(e,[this,...t]),this}parse(e,t){if(typeof e!=`string`)throw Error(`Input data should be a String`);let n=new this.core.State(e,this,t);return this.core.process(n),n.tokens}render(e,t={}){return this.renderer.render(this.parse(e,t),this.options,t)}parseInline(e,t){let n=new this.core.State(e,this,t);return n.inlineMode=!0,this.core.process(n),n.tokens}renderInline(e,t={}){return this.renderer.render(this.parseInline(e,t),this.options,t)}};B(W,`Token`,V),B(W,`Ruler`,Wt),B(W,`Renderer`,Gt),B(W,`ParserCore`,Cn),B(W,`StateCore`,Kt),B(W,`ParserBlock`,Zn),B(W,`StateBlock`,wn),B(W,`ParserInline`,Fr),B(W,`StateInline`,Qn);var Br=yt(W);function Vr(e){return e.map(Hr).join(``)}function Hr(e){switch(e.kind){case`text`:case`code`:return e.text;case`break`:return` `;case`strong`:case`emphasis`:case`strike`:return Vr(e.content)}}let Ur=new Br({html:!1,linkify:!1,typographer:!1,maxNesting:50});Ur.core.ruler.disable(`text_join`);function Wr(e){let t=f(e),n=Ur.parse(t,{});if(n.some(({level:e})=>e>=49))return[{kind:`code`,text:t}];let r=n.filter(({type:e})=>e===`heading_open`).map(({tag:e})=>e);return new Gr(n,[...new Set(r)].toSorted()).blocks()}var Gr=class{#e;#t;#n=0;constructor(e,t){this.#e=e,this.#t=t}blocks(){let e=[];for(let t=this.#r();t!==void 0&&t.nesting!==-1;t=this.#r())e.push(this.#i(t));return e}#r(){let e=this.#e[this.#n];return this.#n+=1,e}#i(e){switch(e.type){case`heading_open`:return{kind:`heading`,rank:Kr(this.#t.indexOf(e.tag)),content:this.#a()};case`paragraph_open`:return{kind:`paragraph`,content:this.#a()};case`blockquote_open`:return{kind:`quote`,blocks:this.blocks()};case`bullet_list_open`:return{kind:`list`,...this.#o()};case`ordered_list_open`:return{kind:`list`,start:Math.trunc(Number(e.attrGet(`start`)??1)),...this.#o()};case`table_open`:return this.#s();case`hr`:return{kind:`rule`};default:return{kind:`code`,text:e.content.replace(/\\n$/u,``)}}}#a(){let e=[];for(let t=this.#r();t!==void 0&&t.nesting!==-1;t=this.#r())e.push(...Jr(t.children??[]));return e}#o(){let e=[],t=!0;for(let n=this.#r();n!==void 0&&n.nesting!==-1;n=this.#r()){let n=this.#e[this.#n];n?.type===`paragraph_open`&&!n.hidden&&(t=!1),e.push(this.blocks())}return{tight:t,items:e}}#s(){let e=[],t=[];for(let n=this.#r();n!==void 0&&n.type!==`table_close`;n=this.#r()){if(n.type!==`tr_open`)continue;let{cells:r,aligned:i}=this.#c();e.push(r),t=i}let[n=[],...r]=e;return{kind:`table`,alignments:t,head:n,rows:r}}#c(){let e=[],t=[];for(let n=this.#r();n!==void 0&&n.nesting!==-1;n=this.#r())t.push(qr(n)),e.push(this.#a());return{cells:e,aligned:t}}};function Kr(e){return e<=0?1:e===1?2:3}function qr(e){let t=String(e.attrGet(`style`)??``);return[`left`,`center`,`right`].find(e=>t===`text-align:${e}`)??null}function Jr(e){return new Xr(e).content()}let Yr={strong_open:`strong`,em_open:`emphasis`,s_open:`strike`};var Xr=class{#e;#t=0;constructor(e){this.#e=e}content(){let e=[];for(let t=this.#n();t!==void 0&&t.nesting!==-1;t=this.#n())for(let n of this.#r(t))$r(e,n);return e.map(Qr)}#n(){let e=this.#e[this.#t];return this.#t+=1,e}#r(e){let t=Yr[e.type];if(t!==void 0)return[{kind:t,content:this.content()}];switch(e.type){case`link_open`:return Zr(this.content(),String(e.attrGet(`href`)??``));case`image`:{let t=Vr(Jr(e.children??[])).trim();return Zr([{kind:`text`,text:t===``?`[image]`:`[image: ${t}]`}],String(e.attrGet(`src`)??``))}case`code_inline`:return[{kind:`code`,text:e.content}];case`softbreak`:return[{kind:`text`,text:` `}];case`hardbreak`:return[{kind:`break`}];case`text_special`:return[{kind:`text`,text:f(e.content).replaceAll(/[\\t\\n]/gu,` `)}];default:return[{kind:`text`,text:e.content}]}}};function Zr(e,t){let n=g(t,300),r=Vr(e);return n===``?e:r===n||`mailto:${r}`===n?[{kind:`code`,text:n}]:[...e,{kind:`text`,text:` `},{kind:`code`,text:n}]}function Qr(e){return e.kind===`text`?{kind:`text`,text:e.text.replace(/^\\s*\\[\\s\\](?=\\s|$)/u,`☐`).replace(/^\\s*\\[[xX]\\](?=\\s|$)/u,`☑`)}:e}function $r(e,t){let n=e.at(-1);n?.kind===`text`&&t.kind===`text`?e[e.length-1]={kind:`text`,text:n.text+t.text}:(t.kind!==`text`||t.text!==``)&&e.push(t)}function G(e){return e.length>524288?K(e):x(`div`,{class:`prose`},Wr(e).map(ei))}function K(e){return x(`pre`,{class:`source`,tabindex:0},f(e))}function ei(e){switch(e.kind){case`heading`:return x(`h${e.rank+2}`,{},q(e.content));case`paragraph`:return x(`p`,{},q(e.content));case`quote`:return x(`blockquote`,{},e.blocks.map(ei));case`list`:return ti(e);case`code`:return x(`div`,{class:`code`},te(e.text),x(`pre`,{tabindex:0},x(`code`,{},e.text)));case`table`:return ni(e);case`rule`:return x(`hr`);default:return e}}function ti({start:e,tight:t,items:n}){let r=n.map(e=>x(`li`,{},e.map(ei))),i=t?`tight`:void 0;return e===void 0?x(`ul`,{class:i},r):x(`ol`,{class:i,start:e},r)}function ni({alignments:e,head:t,rows:n}){let r=(t,n)=>x(`tr`,{},t.map((t,r)=>x(n,{class:e[r]??void 0},q(t)))),i=x(`tbody`,{},n.map(e=>r(e,`td`)));return x(`div`,{class:`wide`,tabindex:0,role:`group`,\"aria-label\":`Table`},x(`table`,{},x(`thead`,{},r(t,`th`)),i))}function q(e){return e.map(ri)}function ri(e){switch(e.kind){case`text`:return e.text;case`code`:return x(`code`,{},e.text);case`strong`:return x(`strong`,{},q(e.content));case`emphasis`:return x(`em`,{},q(e.content));case`strike`:return x(`s`,{},q(e.content));case`break`:return x(`br`);default:return e}}let ii={waiting:`waits for its turn`,starting:`the CLI starts`,working:`the model works`,tool:`a tool runs`,limited:`waits for the service`,retry:`waits for the next attempt`,stopping:`is being ended`},J=1e3;function ai({spans:e},t){let n=e.length===0?`no time`:si(e);return S(`svg`,{viewBox:`0 0 ${J} 10`,preserveAspectRatio:`none`,class:`bar`,role:`img`,\"aria-label\":n},e.map(e=>oi(e,t)))}function oi(e,t){let{kind:r,from:i,to:a,tool:o}=e,s=r===`waiting`||r===`retry`,c={x:i/t*J,width:Math.max(2,(a-i)/t*J)},l=`${o===void 0?ii[r]:`${o} runs`}: ${n((a-i)/1e3)}`;return S(`rect`,{class:r,...c,y:s?4:1,height:s?2:8},S(`title`,{},l))}function si(e){return ci(e).map(([e,t])=>`${ii[e]} ${n(t/1e3)}`).join(`, `)}function ci(e){let t=/* @__PURE__ */ new Map;for(let{kind:n,from:r,to:i}of e)t.set(n,(t.get(n)??0)+i-r);return[...t]}let li=[.1,.2,.5,1,2,5,10,20,30,60,120,300,600,1200,1800,3600,7200,14400,43200,86400];function ui(e){let t=e/1e3,n=li.find(e=>t/e<=4)??t,r=x(`div`,{class:`axis`,\"aria-hidden\":`true`});for(let e=0;e<=t*.95;e+=n){let i=x(`span`,{},di(e,n));i.style.setProperty(`left`,`${e/t*100}%`),r.append(i)}return r}function di(e,t){if(e<60)return`${t<1?e.toFixed(1):Math.round(e)} s`;let n=Math.round(e/60);return n<60?`${Math.floor(e/60)}:${String(Math.round(e%60)).padStart(2,`0`)}`:`${(n/60).toFixed(1)} h`}function fi({rows:e,length:t}){let n=e.flatMap(({spans:e})=>e.filter(({kind:e})=>e!==`waiting`&&e!==`retry`)).flatMap(({from:e,to:t})=>[{at:e,by:1},{at:t,by:-1}]).sort((e,t)=>e.at-t.at||e.by-t.by),[r,i]=[0,0],a=n.map(({at:e,by:t})=>(r+=t,i=Math.max(i,r),{at:e,running:r})),o=e=>20-e/Math.max(1,i)*18,s=`M0 20`,c=0;for(let{at:e,running:n}of a){let r=e/t*J;s+=`L${r} ${o(c)}L${r} ${o(n)}`,c=n}let l=S(`svg`,{viewBox:`0 0 ${J} 20`,preserveAspectRatio:`none`,class:`load`,role:`img`,\"aria-label\":`At most ${i} processes at once`},S(`path`,{d:`${s}L${J} 20Z`}));return x(`div`,{class:`lane`},x(`span`,{class:`lane-label`},`at most ${i} at once`),l)}function pi(e){return x(`ul`,{class:`legend`,\"aria-label\":`Colours of the bars`},[...new Set(e.flatMap(({spans:e})=>e.map(({kind:e})=>e)))].map(e=>x(`li`,{},x(`span`,{class:`swatch ${e}`}),ii[e])))}function mi(e){let t=new Map(e.flatMap(e=>e.kind===`result`?[[e.of,e]]:[])),n=Map.groupBy(e.filter(e=>`sub`in e&&e.sub!==void 0),e=>`sub`in e?e.sub??``:``),r=new Set(e.flatMap(e=>e.kind===`tool`?[e.id]:[])),i=e=>e.kind!==`result`&&!(`sub`in e&&e.sub!==void 0&&r.has(e.sub)),a={results:t,ofSubagents:n},o=x(`ol`,{class:`steps`}),s=e.filter(i);return hi(o,s,a),s.length===0?x(`p`,{class:`none`},`Nothing was said.`):o}function hi(e,t,n){e.append(...t.slice(0,200).map(e=>_i(e,n)));let r=t.slice(200);if(r.length===0)return;let i=x(`li`,{},x(`button`,{type:`button`,click:()=>{i.remove(),hi(e,r,n)}},`Show ${Math.min(200,r.length)} of ${r.length} more steps`));e.append(i)}function gi({synthetic:e}){return e===!0?`Claude Code`:`Claude`}function _i(e,t){let r=e.at!==void 0&&x(`span`,{class:`at`},`+${n(e.at/1e3)}`);switch(e.kind){case`attempt`:return x(`li`,{class:`attempt`},x(`h3`,{},`Attempt ${e.number}`),x(`span`,{},e.text),r);case`text`:return x(`li`,{class:`said`},x(`div`,{class:`who`},gi(e),r),G(e.text));case`thinking`:return x(`li`,{},xi([`Thinks`,r],()=>[G(e.text)]));case`tool`:return x(`li`,{},vi(e,t));case`result`:case`note`:return x(`li`,{class:`note`},e.text,r);default:return e}}function vi(e,t){let r=t.results.get(e.id),i=t.ofSubagents.get(e.id),a=r?.at===void 0||e.at===void 0?void 0:n((r.at-e.at)/1e3),o=r?.isError===!0?`error`:void 0,s=[r===void 0?`no result`:o,a].filter(e=>e!==void 0).join(`, `);return xi([x(`b`,{},e.name),` `,x(`code`,{},e.subject),x(`span`,{class:o===void 0?`tail`:`tail bad`},s)],()=>[x(`h4`,{},`Input`),bi(e.input),...i===void 0?[]:[x(`h4`,{},`Its sub-agent`),yi(i,t)],...r===void 0?[]:[x(`h4`,{},r.isError?`Error`:`Result`),bi(r.text)]])}function yi(e,t){let n=x(`ol`,{class:`steps sub`});return hi(n,e,t),n}function bi(e){return x(`pre`,{class:`source`,tabindex:0},f(e))}function xi(e,t){let n=x(`details`,{},x(`summary`,{},e));return n.addEventListener(`toggle`,()=>n.append(...t()),{once:!0}),n}let Si=/* @__PURE__ */ new Map;function Ci(e){let t=Si.get(e)??wi(e);return Si.set(e,t),t}function wi(e){let t=document.getElementById(e),n=t instanceof HTMLTemplateElement?t.content.textContent??``:``,r=Uint8Array.from(atob(n),e=>e.charCodeAt(0)),i=new Blob([r]).stream().pipeThrough(new DecompressionStream(`gzip`));return new Response(i).json()}async function Ti(){return await Ci(`page`)}async function Ei(e){return await Ci(`t${e}`)}async function Di(e){return await wi(`s${e}`)}let Y=[`answer`,`transcript`,`prompt`,`files`];function Oi(){let e=new URLSearchParams(location.hash.slice(1)),t=e.get(`p`),n={tab:Y.find(t=>t===e.get(`tab`))??`answer`,page:e.get(`page`)===`findings`?`findings`:`overview`,filter:e.get(`show`)??`all`,search:e.get(`q`)??``,sort:e.get(`sort`)??`given`};return t===null?n:{...n,process:t}}function X({process:e,tab:t,page:n,filter:r,search:i,sort:a}){let o=Object.entries({p:e??``,page:n===`overview`?``:n,tab:t===`answer`||e===void 0?``:t,show:r===`all`?``:r,q:i,sort:a===`given`?``:a}).filter(([,e])=>e!==``);return`#${new URLSearchParams(o)}`}let ki=[{id:`all`,label:`All`,takes:()=>!0},{id:`attention`,label:`Needs attention`,takes:e=>e.needsAttention},{id:`done`,label:`Done`,takes:({kind:e})=>e===`succeeded`},{id:`warned`,label:`With warnings`,takes:({kind:e})=>e===`warned`},{id:`failed`,label:`Failed`,takes:({kind:e})=>e===`failed`},{id:`timed-out`,label:`Timed out`,takes:({kind:e})=>e===`timed-out`},{id:`cancelled`,label:`Cancelled`,takes:({kind:e})=>e===`cancelled`},{id:`skipped`,label:`Not started`,takes:({kind:e})=>e===`skipped`}],Ai=[{id:`given`,label:`As given`},{id:`attention`,label:`Needs attention first`,of:({needsAttention:e})=>+!!e},{id:`time`,label:`Longest first`,of:({duration:e=0})=>e},{id:`cost`,label:`Dearest first`,of:({costUsd:e=0})=>e},{id:`attempts`,label:`Most attempts first`,of:({attempts:e})=>e}];function ji(e,{filter:t,sort:n},r){let i=ki.find(({id:e})=>e===t)?.takes??(()=>!0),a=Ai.find(({id:e})=>e===n)?.of,o=e.filter(e=>i(e)&&r(e));return a===void 0?o:o.toSorted((e,t)=>a(t)-a(e))}let Mi={succeeded:`✓`,warned:`!`,failed:`✕`,\"timed-out\":`◷`,cancelled:`⊘`,skipped:`–`},Ni={answer:`Answer`,transcript:`Transcript`,prompt:`Prompt`,files:`Files`};function Pi(e){return x(`dl`,{class:`facts`},e.map(([e,t])=>x(`div`,{},x(`dt`,{},e),x(`dd`,{},t))))}function Fi(e){return x(`p`,{class:`next`},`→ `,e.split(\"`\").map((e,t)=>t%2==0?e:x(`code`,{},e)))}async function Ii(e,t,n){let[r,i]=await Promise.all([Ui(t),Wi(t,n.tab)]),a=Li(e,t),o=r.message??(t.kind===`warned`?a.map(({what:e})=>e).join(`; `):void 0);return[x(`header`,{class:t.kind},x(`a`,{class:`back`,href:X(Bi(n))},`‹ All`),x(`h2`,{tabindex:-1},x(`span`,{class:`mark`,\"aria-hidden\":`true`},Mi[t.kind]),` `,t.name),x(`span`,{class:`ending`},t.ending)),o!==void 0&&x(`p`,{class:`why`},f(o)),a.map(({next:e})=>e!==void 0&&Fi(e)),Pi(t.facts),zi(e,t,n),t.spans.length>0&&x(`div`,{class:`own-time`},ai(t,e.length),Vi(t)),Hi(n),x(`div`,{role:`tabpanel`,id:`panel`,\"aria-labelledby\":`tab-${n.tab}`,tabindex:0},i)]}function Li({attention:e,rows:t},n){let r=t.indexOf(n);return e.filter(({rows:e})=>e.includes(r))}function Ri({conclusion:e}){return e===`skipped`?{title:`What would wait for what`,label:`Would wait for`,verb:`would wait for`}:{title:`What waited for what`,label:`Waited for`,verb:`waited for`}}function zi(e,t,n){let{rows:r}=e,i=r.indexOf(t),a=(e,t)=>t.length>0&&x(`p`,{class:`waits`},`${e} `,t.map(({id:e,name:t},r)=>[r>0&&`, `,x(`a`,{href:X({...n,process:e})},t)])),o=(t.needs??[]).flatMap(e=>r[e]??[]);return[a(Ri(e).label,o),a(`Awaited by`,r.filter(({needs:e=[]})=>e.includes(i)))]}function Bi({process:e,...t}){return t}function Vi({spans:e}){return x(`ul`,{class:`legend`,\"aria-label\":`Where its time went`},ci(e).map(([e,t])=>x(`li`,{},x(`span`,{class:`swatch ${e}`}),`${ii[e]} ${n(t/1e3)}`)))}function Hi(e){return x(`div`,{role:`tablist`,class:`tabs`,\"aria-label\":`What to show of the process`},Y.map(t=>x(`a`,{role:`tab`,id:`tab-${t}`,href:X({...e,tab:t}),\"aria-selected\":String(e.tab===t),\"aria-controls\":e.tab===t?`panel`:void 0,tabindex:e.tab===t?0:-1},Ni[t])))}async function Ui({texts:e}){return(await Ei(e.block))[e.index]??{answer:``}}async function Wi(e,t){switch(t){case`answer`:return Ki(e,await Ui(e));case`transcript`:return e.transcript===void 0?Gi(`There is no transcript of this process.`):mi(await Di(e.transcript));case`prompt`:{let{prompt:t}=await Ui(e);return t===void 0?Gi(`The prompt was not recorded.`):[te(t),K(t)]}case`files`:return qi(e);default:return t}}function Gi(e){return x(`p`,{class:`none`},e)}function Ki({id:e,kind:t,attempts:n},{answer:r,isCut:i,structured:a,stderr:o}){let s=n===0&&t===`skipped`?`It was never started.`:`It gave no answer.`,c=x(`div`,{},G(r)),l=x(`button`,{type:`button`,class:`quiet`,\"aria-pressed\":`false`,click:()=>{let e=l.getAttribute(`aria-pressed`)===`true`;l.setAttribute(`aria-pressed`,String(!e)),c.replaceChildren(e?G(r):K(r))}},`Source`);return[r.trim()===``?Gi(s):[x(`div`,{class:`tools`},l,te(r)),c],i===!0&&Gi(`This is the beginning; outputs/${e}.md has all of it.`),a!==void 0&&[x(`h3`,{},`Structured output`),K(JSON.stringify(a,null,2))],o!==void 0&&[x(`h3`,{},`End of standard error`),K(o)]]}function qi({files:e}){return e.length===0?Gi(`It has no files.`):[x(`p`,{},`Beside this page in the directory of the session, which is also the artifact of the logs:`),x(`ul`,{class:`files`},e.map(e=>x(`li`,{},x(`a`,{href:e},e))))]}function Ji({list:e,leftOut:t},n){let r=e.filter(({isRefuted:e})=>e===void 0).length+t,i=(e,t)=>{let r=n.page===e;return x(`a`,{href:X({...n,page:e}),\"aria-current\":r?`page`:void 0},t)},a=x(`span`,{class:`count`},String(r));return x(`nav`,{class:`pages`,\"aria-label\":`Session`},i(`overview`,[`Overview`]),i(`findings`,[`Findings`,a]))}function Yi(e,t,n){let r=e.list.filter(({isRefuted:e})=>e===void 0),i=e.list.filter(({isRefuted:e})=>e===!0),a=e=>e.map(e=>Zi(e,t,n));return[x(`h2`,{},`Findings`),x(`p`,{},e.facts.join(`; `)),a(r),e.leftOut>0&&x(`p`,{class:`none`},`${e.leftOut} more: see findings.json.`),i.length>0&&Xi(i.length,a(i))]}function Xi(e,t){let n=x(`details`,{},x(`summary`,{},`Refuted by their checks: ${e}`));return ee(n,t),n}function Zi(e,t,n){let{severity:r,label:i,where:a,heading:o,scenario:s,wordings:c,agreement:l,reportedBy:u,verdict:d,checks:f}=e,p=e=>{let r=t.rows[e];return r&&x(`a`,{href:X({...n,process:r.id})},r.name)},m=u.map((e,t)=>[t>0&&`, `,p(e)]);return x(`article`,{class:`finding ${r}`},x(`h3`,{},o),x(`p`,{class:`none`},[i,a,d].filter(e=>e!==void 0).join(` · `)),s!==``&&G(s),x(`p`,{},`${l}: `,m),c.length>0&&x(`ul`,{},c.map(e=>x(`li`,{},e))),f.map(e=>x(`p`,{},p(e.row),`: ${e.verdict}. ${e.reason}`)))}function Qi(e){let t=$i(e);if(t.length>80)return;let n=ea(t,e),r=t.map(([e=0])=>n(e)),{order:i,levels:a}=ta(r),o=na(r,i);return t.map((e,t)=>({rows:e,after:o[t]??[],level:a[t]??0}))}function $i(e){let t=e.map((e,t)=>[t]);for(let n=1/0;t.length>80&&t.length<n;){n=t.length;let r=ea(t,e);t=[...Map.groupBy(e.keys(),e=>r(e).join()).values()]}return t}function ea(e,t){let n=new Map(e.flatMap((e,t)=>e.map(e=>[e,t])));return e=>[...new Set((t[e]??[]).flatMap(e=>n.get(e)??[]))].toSorted((e,t)=>e-t)}function ta(e){let t=[],n=e.map(()=>0),r=e.map(({length:e})=>e),i=e.map(()=>[]);for(let[t,n]of e.entries())for(let e of n)i[e]?.push(t);let a=[...e.keys()].filter(e=>r[e]===0);for(let e=a.shift();e!==void 0;e=a.shift()){t.push(e);for(let t of i[e]??[])n[t]=Math.max(n[t]??0,(n[e]??0)+1),r[t]=(r[t]??0)-1,r[t]===0&&a.push(t)}return{order:t,levels:n}}function na(e,t){let n=e.map(()=>[]),r=e.map(()=>/* @__PURE__ */ new Set);for(let i of t){let t=e[i]??[],a=new Set(t.flatMap(e=>[...r[e]??[]]));n[i]=t.filter(e=>!a.has(e)),r[i]=/* @__PURE__ */ new Set([...t,...a])}return n}let[Z,Q,$,ra]=[132,34,12,30];function ia(e,t){let{rows:n}=e;if(n.every(({needs:e=[]})=>e.length===0))return;let r=Qi(n.map(({needs:e=[]})=>e));if(r===void 0)return x(`p`,{class:`none`},`${n.length} processes are too many to draw. Each process says what it waited for, and what waited for it.`);let i=r.map(e=>oa(e,n)),a=sa(r),[o,s]=[Math.max(...a.map(({x:e})=>e))+1,Math.max(...a.map(({y:e})=>e))+1],[c,l]=[o*(Z+$)-$,s*(Q+ra)-ra+2],u=r.flatMap(({after:t},n)=>t.length===0?[]:[`${i[n]?.name} ${Ri(e).verb} ${t.map(e=>i[e]?.name??``).join(`, `)}`]),d=r.flatMap(({after:e},t)=>e.map(e=>ca(a[e],a[t]))),f=i.map((e,n)=>la(e,a[n],t)),p=S(`svg`,{width:c,height:l,viewBox:`0 0 ${c} ${l}`},d,f);return p.style.setProperty(`min-width`,`${c*.72}px`),x(`div`,{class:`graph`,role:`group`,tabindex:0,\"aria-label\":u.join(`; `)},p)}let aa=[`failed`,`timed-out`,`cancelled`,`warned`,`skipped`,`succeeded`];function oa({rows:e},t){let n=e.flatMap(e=>t[e]??[]),{kind:r=`succeeded`,id:i=``,name:a=``,ending:o=``}=aa.flatMap(e=>n.find(t=>t.kind===e)??[])[0]??{};if(n.length===1)return{name:a,kind:r,id:i,title:`${a}: ${o}`};let s=n.filter(e=>e.kind===`succeeded`||e.kind===`warned`).length,c=n.slice(0,20).map(e=>e.name),l=n.length>20?` and ${n.length-20} more`:``;return{name:`${n.length} processes`,kind:r,id:i,title:`${n.length} processes, ${s} done: ${c.join(`, `)}${l}`}}function sa(e){let t=Map.groupBy(e,({level:e})=>e),n=Math.max(...[...t.values()].map(({length:e})=>e));return e.map(e=>{let r=t.get(e.level)??[];return{x:r.indexOf(e)+(n-r.length)/2,y:e.level}})}function ca(e,t){if(e===void 0||t===void 0)return;let[n,r]=[e.x*(Z+$)+Z/2,e.y*(Q+ra)+Q+1],[i,a]=[t.x*(Z+$)+Z/2,t.y*(Q+ra)+1],o=(r+a)/2;return S(`path`,{d:`M${n} ${r}C${n} ${o} ${i} ${o} ${i} ${a}`})}function la({name:e,kind:t,id:n,title:r},i,a){if(i===void 0)return;let[o,s]=[i.x*(Z+$)+1,i.y*(Q+ra)+1],c=[...e],l=c.length>15?`${c.slice(0,14).join(``)}…`:e,u=r.startsWith(`${e}: `)?r.slice(e.length+2):r;return S(`a`,{href:X({...a,process:n}),class:t,\"aria-label\":`${l}: ${u}`},S(`title`,{},r),S(`rect`,{x:o,y:s,width:Z-2,height:Q-2,rx:6}),S(`text`,{x:o+10,y:s+21,class:`sign`,\"aria-hidden\":`true`},Mi[t]),S(`text`,{x:o+28,y:s+21},l))}async function ua(e,t){let{heading:n,attention:r,verdict:i,facts:a,models:o,highlights:s,rows:c}=e,l=ia(e,t),u=new Intl.NumberFormat(`en-US`);return[x(`h2`,{},n),r.map(n=>ma(n,e,t)),await Promise.all(e.main.map(n=>da(e.rows[n],t))),l!==void 0&&[x(`h2`,{},Ri(e).title),l],x(`h2`,{},`Session`),x(`p`,{},i),Pi(a),o.length>0&&[x(`h2`,{},`Models`),Pi(o.map(({model:e,input:t,output:n})=>[e,`${u.format(t)} tokens in, ${u.format(n)} out`]))],s.length>0&&[x(`h2`,{},`Worth knowing`),x(`ul`,{class:`highlights`},s.map(e=>x(`li`,{},e)))],x(`h2`,{},`How to read it`),c.some(({spans:e})=>e.length>0)&&pi(c),x(`p`,{class:`keys`},pa.filter(([t])=>t!==`f`||e.findings!==void 0).map(([e,t])=>[x(`kbd`,{},e),` ${t} `]))]}async function da(e,t){if(e===void 0)return;let{answer:n=``,structured:r}=(await Ei(e.texts.block))[e.texts.index]??{};if(n.trim()===``)return;let i=n.length>fa,a=r===void 0?G(n.slice(0,fa)):K(JSON.stringify(r,null,2));return[x(`h2`,{},`Answer of `,x(`a`,{href:X({...t,process:e.id})},e.name)),a,i&&x(`p`,{class:`none`},`This is the beginning.`)]}let fa=2e4,pa=[[`j`,`next`],[`k`,`previous`],[`n`,`next that needs attention`],[`f`,`findings`],[`/`,`search`],[`1 to 4`,`tabs`],[`Esc`,`back`]];function ma({kind:e,cause:t,next:n,rows:r},i,a){let o=r.slice(0,12).flatMap((e,t)=>{let n=i.rows[e];return n===void 0?[]:[t>0&&`, `,x(`a`,{href:X({...a,process:n.id})},n.name)]});return x(`div`,{class:`attention ${e}`},x(`p`,{},o,r.length>12&&` and ${r.length-12} more`),x(`p`,{},t),n!==void 0&&Fi(n))}var ha=class{#e;#t=Oi();#n=[];#r;#i=!1;#a=x(`ol`,{class:`rows`,\"aria-label\":`Processes`});#o=x(`p`,{class:`none`,role:`status`});#s=x(`div`,{class:`chips`,role:`group`,\"aria-label\":`Which processes to show`});#c;#l;#u=x(`section`,{class:`detail`,\"aria-label\":`Details`});#d=0;constructor(e){this.#e=e,this.#r=e.rows.map(({name:e,id:t,ending:n,headline:r})=>`${e} ${t} ${n} ${r}`.toLowerCase()),this.#c=x(`input`,{type:`search`,placeholder:`Search names, prompts, answers`,\"aria-label\":`Search names, prompts, answers`,input:()=>this.#f({search:this.#c.value},!0)}),this.#l=x(`select`,{\"aria-label\":`Order`,change:()=>this.#f({sort:this.#l.value},!0)},Ai.map(({id:e,label:t})=>x(`option`,{value:e},t)))}start(e){let t=this.#e,n=x(`div`,{class:`tools`},this.#c,this.#l),r=t.rows.some(({spans:e})=>e.length>0)&&x(`div`,{class:`scale`},ui(t.length),fi(t)),i=x(`section`,{class:`list`,\"aria-label\":`List of processes`},this.#s,n,r,this.#a,this.#o);ee(e,[ga(t),x(`main`,{},i,this.#u)]),addEventListener(`hashchange`,()=>this.#p()),addEventListener(`keydown`,e=>this.#b(e)),this.#p()}#f(e,t=!1){let n=X({...this.#t,...e});t?(history.replaceState(null,``,n),this.#p()):location.hash=n}#p(){let e=this.#t;this.#t=Oi();let t=this.#t.search.toLowerCase().split(/\\s+/u).filter(e=>e!==``);t.length>0&&this.#m();let n=new Map(this.#e.rows.map((e,t)=>[e,t])),r=e=>t.every(t=>this.#r[n.get(e)??-1]?.includes(t)===!0);this.#n=ji(this.#e.rows,this.#t,r),this.#h(),this.#o.replaceChildren(this.#n.length===0?`Nothing matches.`:``),this.#c.value!==this.#t.search&&(this.#c.value=this.#t.search),this.#l.value=this.#t.sort,this.#g(),document.documentElement.classList.toggle(`has-choice`,this.#t.process!==void 0),this.#v(e.process!==this.#t.process)}async#m(){if(!this.#i){this.#i=!0;for(let[e,{texts:t}]of this.#e.rows.entries()){let{answer:n=``,prompt:r=``,message:i=``}=(await Ei(t.block))[t.index]??{};this.#r[e]+=` ${r} ${n} ${i}`.toLowerCase()}this.#p()}}#h(){let e=this.#n;this.#a.replaceChildren(...e.slice(0,60).map(e=>this.#_(e))),e.length<=60||setTimeout(()=>{this.#n===e&&this.#a.append(...e.slice(60).map(e=>this.#_(e)))})}#g(){let{rows:e}=this.#e,t=ki.flatMap(({id:t,label:n,takes:r})=>{let i=e.filter(r).length;if(i===0)return[];let a=this.#t.filter===t;return[x(`button`,{type:`button`,\"aria-pressed\":String(a),click:()=>this.#f({filter:t},!0)},n,x(`span`,{class:`count`},String(i)))]}),n=[...this.#s.children].indexOf(document.activeElement??this.#s);this.#s.replaceChildren(...t),t[n]?.focus()}#_(e){let t=e.id===this.#t.process;return x(`li`,{class:e.kind},x(`a`,{href:X({...this.#t,process:e.id}),\"aria-current\":t?`true`:void 0},x(`span`,{class:`mark`,role:`img`,\"aria-label\":e.ending},Mi[e.kind]),x(`span`,{class:`name`},x(`b`,{dir:`auto`},e.name),x(`small`,{dir:`auto`},e.headline)),ai(e,this.#e.length),x(`span`,{class:`number`},e.duration===void 0?`–`:n(e.duration)),x(`span`,{class:`number`},e.cost===``?`–`:e.cost)))}async#v(e){this.#d+=1;let t=this.#d,n=this.#e.rows.find(({id:e})=>e===this.#t.process),r=n===void 0?await this.#y():await Ii(this.#e,n,this.#t);t===this.#d&&(this.#u.replaceChildren(),ee(this.#u,r),e&&(this.#u.scrollTop=0,n!==void 0&&this.#a.querySelector(`[aria-current]`)?.scrollIntoView({block:`nearest`})))}async#y(){let{findings:e}=this.#e;if(e===void 0)return await ua(this.#e,this.#t);let t=this.#t.page===`findings`?Yi(e,this.#e,this.#t):await ua(this.#e,this.#t);return[Ji(e,this.#t),t]}#b(e){if(e.ctrlKey||e.metaKey||e.altKey)return;if(e.target instanceof HTMLInputElement||e.target instanceof HTMLSelectElement){e.key===`Escape`&&e.target.blur();return}let t=this.#n.findIndex(({id:e})=>e===this.#t.process),n={\"/\":()=>this.#c.focus(),j:()=>this.#x(this.#n[t+1]),k:()=>this.#x(this.#n[t-1]),n:()=>this.#x(this.#n.slice(t+1).find(({needsAttention:e})=>e)),f:()=>this.#f({process:``,page:this.#t.page===`findings`?`overview`:`findings`}),Escape:()=>this.#f({process:``}),...e.target instanceof Element&&e.target.getAttribute(`role`)===`tab`&&{ArrowRight:()=>this.#S(1),ArrowLeft:()=>this.#S(-1)},...Object.fromEntries(Y.map((e,t)=>[String(t+1),()=>this.#f({tab:e})]))}[e.key];n!==void 0&&(e.preventDefault(),n())}#x(e){e!==void 0&&this.#f({process:e.id})}#S(e){let t=Y[(Y.indexOf(this.#t.tab)+e+Y.length)%Y.length];t!==void 0&&(addEventListener(`hashchange`,()=>setTimeout(()=>document.getElementById(`tab-${t}`)?.focus(),50),{once:!0}),this.#f({tab:t}))}};function ga({title:e,conclusion:t,figures:n,badge:r}){return x(`header`,{class:`top ${t}`},x(`div`,{},x(`h1`,{},e),x(`p`,{},n.join(` · `))),r!==void 0&&x(`span`,{class:`badge`},r))}async function _a(){let{classList:e}=document.documentElement,t=document.getElementById(`app`);try{t!==null&&new ha(await Ti()).start(t),performance.mark(`shown`)}catch(t){throw e.remove(`live`),t}}document.documentElement.classList.add(`live`),addEventListener(`DOMContentLoaded`,()=>void _a())})();";

;// CONCATENATED MODULE: ./build/reports/report-findings.js




const longestText = 4_000;
/** The findings as a section of the report, the refuted ones folded; empty when no process was asked for findings. */
function reportFindings({ ended }) {
    const found = ended?.findings;
    if (found === undefined)
        return '';
    const facts = [(0,finding_words/* countsText */.WN)(found), (0,finding_words/* reviewersText */.qU)(found), ...(0,finding_words/* missingTexts */.No)(found)].join('; ');
    const table = (findings) => findings.length === 0
        ? ''
        : `<div class="scroll"><table>\n<thead><tr><th>Severity</th><th>Where</th><th>Finding</th><th>Agreement</th><th>Verdict</th></tr></thead>\n<tbody>\n${findings.map((finding) => row(finding, found.answered)).join('')}</tbody>\n</table></div>\n`;
    const refuted = found.findings.filter((finding) => finding.refuted);
    const fold = refuted.length === 0
        ? ''
        : `<details><summary>Refuted: ${(0,format/* countText */.lT)(refuted.length)}</summary>\n${table(refuted)}</details>\n`;
    return `<h2>Findings</h2>\n<p>${line(facts)}</p>\n${table(found.findings.filter((finding) => !finding.refuted))}${fold}`;
}
/** Findings that the page shows; the rest is in `findings.json`. */
const mostFindings = 1_000;
/** The findings as data of the page; undefined when no process was asked for findings. `rowOf` gives the rows of processes by their ids. */
function pageFindings({ ended }, rowOf) {
    const found = ended?.findings;
    if (found === undefined)
        return undefined;
    const rowsOf = (processes) => processes.flatMap(({ processId }) => rowOf.get(processId) ?? []);
    const ordered = [
        ...found.findings.filter(({ refuted }) => !refuted),
        ...found.findings.filter(({ refuted }) => refuted),
    ];
    const list = ordered.slice(0, mostFindings).map((finding) => {
        const { severity, summary, failure_scenario: scenario, wordings, agreement, reportedBy, refuted, checks } = finding;
        const verdict = (0,finding_words/* verdictOf */.Vj)(finding)?.toLowerCase();
        const others = new Set(wordings.map((wording) => wording.summary).filter((text) => text !== summary && text.trim() !== ''));
        return {
            ...{ severity, label: `${finding_words/* severityMarks */.iq[severity]} ${(0,finding_words/* severityWord */.Oh)(severity)}` },
            where: (0,plain_text/* oneLine */.TN)((0,finding_words/* positionText */.J)(finding), longestText),
            heading: (0,plain_text/* oneLine */.TN)(summary, longestText),
            scenario: scenario.slice(0, longestText),
            wordings: [...others].map((text) => (0,plain_text/* oneLine */.TN)(text, longestText)),
            ...{ agreement: `found by ${agreement} of ${found.answered}`, reportedBy: rowsOf(reportedBy) },
            ...(verdict !== undefined && { verdict }),
            ...(refuted && { isRefuted: true }),
            checks: checks.flatMap((check) => {
                const [row] = rowsOf([check]);
                if (check.verdict === undefined || row === undefined)
                    return [];
                return [{ row, verdict: check.verdict.toLowerCase(), reason: (0,plain_text/* oneLine */.TN)(check.reason ?? '', longestText) }];
            }),
        };
    });
    const facts = [(0,finding_words/* countsText */.WN)(found), (0,finding_words/* reviewersText */.qU)(found), ...(0,finding_words/* missingTexts */.No)(found)];
    return { facts, list, leftOut: ordered.length - list.length };
}
function row(finding, answered) {
    const { severity, summary, failure_scenario: scenario, checks, wordings } = finding;
    const others = wordings.map((wording) => wording.summary).filter((text) => text !== summary);
    const reasons = checks.flatMap(({ name, verdict, reason = '' }) => verdict === undefined ? [] : [`${name}: ${verdict.toLowerCase()}: ${reason}`]);
    const texts = [summary, scenario, ...new Set(others), ...reasons].filter((text) => text.trim() !== '');
    const cells = [
        `${finding_words/* severityMarks */.iq[severity]} ${(0,finding_words/* severityWord */.Oh)(severity)}`,
        line((0,finding_words/* positionText */.J)(finding)),
        texts.map((text) => `<p>${line(text)}</p>`).join(''),
        line((0,finding_words/* agreementText */.Gy)(finding, answered)),
        (0,finding_words/* verdictOf */.Vj)(finding)?.toLowerCase() ?? '',
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
}
function line(text) {
    return (0,html_text/* escapeHtml */.ZD)((0,plain_text/* oneLine */.TN)(text, longestText));
}

;// CONCATENATED MODULE: ./build/reports/report-style.js
/** The look of `report.html`, in light and dark, on a screen, a phone and paper; no font, image or script comes with it. */
const reportStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#faf9f7, #14161a);
  --card: light-dark(#ffffff, #1c1f24);
  --soft: light-dark(#f1efeb, #24282e);
  --line: light-dark(#dfdbd4, #353a42);
  --text: light-dark(#1f2328, #e6e8eb);
  --faint: light-dark(#5d646d, #a3abb5);
  --good: light-dark(#1a6e3c, #62cc8c);
  --bad: light-dark(#b3261e, #f5938b);
  --calm: light-dark(#755500, #e3bc55);
  --accent: light-dark(#2456b8, #8db4ff);
  --starting: light-dark(#b3bcc6, #626b76);
  --working: light-dark(#3b73d9, #6f9df0);
  --tool: light-dark(#7a4fc4, #b391f5);
  --limited: light-dark(#d98a14, #e5a033);
  --wait: light-dark(#c9c4bb, #4a5059);
  --stopping: light-dark(#c4453c, #e0736a);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; border-radius: .2rem; }
button, select, input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .45rem; }
button, select { cursor: pointer; }
h1, h2, h3, h4, h5 { line-height: 1.3; text-wrap: balance; overflow-wrap: anywhere; }
.succeeded .mark, .success h1, td.succeeded, span.succeeded { color: var(--good); }
.failed .mark, .timed-out .mark, .failure h1, td.failed, td.timed-out, span.failed, span.timed-out, .bad { color: var(--bad); }
.warned .mark, .cancelled .mark, .skipped .mark, h1.cancelled, td.cancelled, td.skipped, span.cancelled, span.skipped { color: var(--calm); }
pre { margin: 0; font: .82rem/1.55 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: .88em ui-monospace, monospace; padding: .1em .3em; border-radius: .3em; background: var(--soft); overflow-wrap: anywhere; }
pre code { padding: 0; background: none; font: inherit; }

#static { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; }
.live #static { display: none; }
#static h1 { margin: 0; font-size: 1.4rem; }
#static h1.success { color: var(--good); }
#static h1.failure { color: var(--bad); }
#static h2 { margin: 2.2rem 0 .7rem; font-size: 1.05rem; }
.kicker, #static .facts { color: var(--faint); font-size: .875rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
#static table { width: 100%; border-collapse: collapse; font-size: .9rem; }
#static th, #static td { padding: .5rem .85rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
#static .figure { text-align: right; }
#static .figure:last-child, #static tfoot .figure { min-width: 9rem; white-space: normal; }
#static thead th { border-top: 0; color: var(--faint); font-weight: 500; }
.figure { white-space: nowrap; font-variant-numeric: tabular-nums; }
#static li { overflow-wrap: anywhere; }
#static details { margin: .6rem 0; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
#static details, #static tbody tr { content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
#static summary { padding: .6rem .85rem; cursor: pointer; overflow-wrap: anywhere; }
#static summary span { margin-left: .5rem; font-size: .875rem; }
#static pre { padding: .3rem .85rem .85rem; }
.label { margin: 0; padding: .55rem .85rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .8rem; }

#app { height: 100vh; height: 100dvh; display: none; flex-direction: column; }
.live #app { display: flex; }
.top { display: flex; gap: 1rem; align-items: center; justify-content: space-between; padding: .7rem 1.1rem; background: var(--card); border-bottom: 1px solid var(--line); border-left: .35rem solid var(--calm); }
.top.success { border-left-color: var(--good); }
.top.failure { border-left-color: var(--bad); }
.top h1 { margin: 0; font-size: 1.2rem; color: var(--text); }
.top p { margin: .1rem 0 0; color: var(--faint); font-variant-numeric: tabular-nums; }
.badge { flex: none; padding: .15rem .7rem; border: 1px solid currentColor; border-radius: 1rem; color: var(--calm); font-size: .85rem; }
#app main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 11fr) minmax(0, 12fr); }
.list, .detail { overflow-y: auto; overscroll-behavior: contain; }
.list { border-right: 1px solid var(--line); }
.detail { padding: .4rem 1.3rem 3rem; background: var(--card); }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; padding: .7rem .9rem .45rem; }
.chips button { padding: .2rem .65rem; }
.chips .count { margin-left: .4rem; color: var(--faint); font-variant-numeric: tabular-nums; }
[aria-pressed=true] { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.tools { display: flex; gap: .5rem; padding: 0 .9rem .5rem; }
.detail .tools { padding: .1rem 0 .5rem; justify-content: flex-end; }
.tools input { flex: 1; min-width: 0; padding: .35rem .7rem; }
.tools input::placeholder { color: var(--faint); opacity: 1; }
.tools select { padding: .35rem .4rem; max-width: 11rem; }
.quiet { padding: .1rem .55rem; font-size: .82rem; color: var(--faint); }
.scale, .rows a { display: grid; grid-template-columns: 1.1rem minmax(0, 6fr) minmax(0, 4fr) 4.6rem 4.2rem; gap: .6rem; align-items: center; padding: .4rem .9rem; }
.scale { position: sticky; top: 0; z-index: 1; padding-block: .2rem; background: var(--page); border-bottom: 1px solid var(--line); }
.axis { grid-column: 3; position: relative; height: 1.1rem; color: var(--faint); font-size: .75rem; }
.axis span { position: absolute; white-space: nowrap; }
.lane { display: contents; }
.lane-label { grid-column: 1 / 3; grid-row: 1 / 3; align-self: end; text-align: right; color: var(--faint); font-size: .75rem; }
.load { grid-column: 3; width: 100%; height: 1.2rem; display: block; }
.load path { fill: color-mix(in srgb, var(--working) 40%, transparent); }
.rows { margin: 0; padding: 0; list-style: none; }
.rows li { content-visibility: auto; contain-intrinsic-size: auto 3.4rem; border-bottom: 1px solid var(--line); }
.rows a { color: inherit; text-decoration: none; border-left: .2rem solid transparent; }
.rows a:hover { background: var(--soft); }
.rows [aria-current] { background: var(--soft); border-left-color: var(--accent); }
.rows a:focus-visible { outline-offset: -2px; }
.mark { font-weight: 700; text-align: center; }
.name { min-width: 0; }
.name b, .name small { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
/* Names of files begin alike: three lines show where they part. */
.name b { font-weight: 600; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; white-space: normal; overflow-wrap: anywhere; }
.name small { color: var(--faint); font-size: .82rem; }
.number { text-align: right; color: var(--faint); white-space: nowrap; font-size: .85rem; font-variant-numeric: tabular-nums; }
.bar { width: 100%; height: 1.1rem; display: block; }
.own-time .bar { height: 1.4rem; background: var(--soft); border-radius: .25rem; }
rect.waiting, .swatch.waiting, rect.retry, .swatch.retry { fill: var(--wait); background: var(--wait); }
rect.starting, .swatch.starting { fill: var(--starting); background: var(--starting); }
rect.working, .swatch.working { fill: var(--working); background: var(--working); }
rect.tool, .swatch.tool { fill: var(--tool); background: var(--tool); }
rect.limited, .swatch.limited { fill: var(--limited); background: var(--limited); }
rect.stopping, .swatch.stopping { fill: var(--stopping); background: var(--stopping); }
.swatch { display: inline-block; width: .75em; height: .75em; margin-right: .4em; border-radius: .15em; }
.swatch.waiting, .swatch.retry { height: .25em; vertical-align: .2em; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .4rem 0; padding: 0; list-style: none; color: var(--faint); font-size: .82rem; }
.detail header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .8rem; margin-top: .8rem; }
.detail header h2 { margin: 0; font-size: 1.15rem; }
.detail h2 { margin: 1.3rem 0 .5rem; font-size: 1.02rem; }
.detail h3 { margin: 1.1rem 0 .4rem; font-size: 1rem; }
.back { display: none; }
.ending { color: var(--faint); }
.why { margin: .5rem 0; padding: .5rem .8rem; border-left: .2rem solid var(--bad); background: var(--soft); overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 1.6rem; margin: .7rem 0; }
.facts dt { color: var(--faint); font-size: .8rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.tabs, .pages { display: flex; gap: .2rem; margin: .9rem 0 .8rem; border-bottom: 1px solid var(--line); }
.tabs a, .pages a { padding: .35rem .8rem; color: inherit; text-decoration: none; border-bottom: .15rem solid transparent; }
.pages .count { margin-left: .4rem; color: var(--faint); font-variant-numeric: tabular-nums; }
.tabs [aria-selected=true], .pages [aria-current] { border-color: var(--accent); font-weight: 600; }
.attention { margin: .6rem 0; padding: .5rem .85rem; border: 1px solid var(--line); border-left: .25rem solid var(--bad); border-radius: .4rem; }
.attention.denied, .attention.servers, .attention.no-findings, .attention.skipped, .attention.cancelled { border-left-color: var(--calm); }
.finding { margin: .6rem 0; padding: .5rem .85rem; border: 1px solid var(--line); border-left: .25rem solid var(--calm); border-radius: .4rem; overflow-wrap: anywhere; }
.finding.important { border-left-color: var(--bad); }
.finding h3 { margin: .1rem 0; font-size: 1rem; }
.finding p { margin: .2rem 0; }
.attention p { margin: .1rem 0; overflow-wrap: anywhere; }
.attention a { font-weight: 600; }
.next, .none { color: var(--faint); }
.list .none { padding: 0 .9rem; }
.graph { overflow-x: auto; margin: .5rem 0; }
.graph svg { display: block; max-width: 100%; height: auto; }
.graph path { fill: none; stroke: var(--faint); stroke-width: 1.5; opacity: .6; }
.graph rect { fill: var(--soft); stroke: var(--line); stroke-width: 1.5; }
.graph a:hover rect, .graph a:focus-visible rect { stroke: var(--accent); }
.graph .failed rect, .graph .timed-out rect { stroke: var(--bad); }
.graph text { fill: var(--text); font-size: 13px; }
.graph .sign { fill: var(--faint); font-weight: 700; }
.graph .warned .sign, .graph .cancelled .sign, .graph .skipped .sign { fill: var(--calm); }
.graph .succeeded .sign { fill: var(--good); }
.graph .failed .sign, .graph .timed-out .sign { fill: var(--bad); }
.waits { margin: .3rem 0; overflow-wrap: anywhere; }
.highlights { padding-left: 1.2rem; overflow-wrap: anywhere; }
.keys { color: var(--faint); }
kbd { padding: 0 .35em; border: 1px solid var(--line); border-radius: .3em; background: var(--soft); font: .85em ui-monospace, monospace; }
/* Each paragraph in the direction of its own first letter. */
.prose :is(h3, h4, h5, h6, p, li, th, td), .source { unicode-bidi: plaintext; }
.source, .code { padding: .7rem .85rem; border: 1px solid var(--line); border-radius: .45rem; background: var(--page); }
.code { position: relative; margin: .7rem 0; }
.code .quiet { float: right; margin-left: .5rem; }
.prose { overflow-wrap: anywhere; }
.prose > :first-child { margin-top: 0; }
.prose > :last-child { margin-bottom: 0; }
.prose blockquote { margin: .7rem 0; padding-left: .9rem; border-left: .2rem solid var(--line); color: var(--faint); }
.prose .tight p { margin: 0; }
.prose hr { border: 0; border-top: 1px solid var(--line); }
.wide { overflow-x: auto; }
/* A cell is as wide as its longest word; where that is too much, the table scrolls. */
.wide th, .wide td { max-width: 24rem; }
.wide table, .wide code { overflow-wrap: break-word; }
.prose table { border-collapse: collapse; font-size: .92rem; }
.prose th, .prose td { padding: .3rem .65rem; border: 1px solid var(--line); text-align: start; }
.prose .right { text-align: right; }
.prose .center { text-align: center; }
.steps { margin: 0; padding: 0; list-style: none; }
.steps > li { margin: .45rem 0; }
.sub { margin-left: .3rem; padding-left: .8rem; border-left: .15rem solid var(--line); }
.attempt { display: flex; align-items: baseline; gap: .8rem; color: var(--faint); }
.attempt h3 { color: var(--text); }
.who { color: var(--faint); font-size: .82rem; font-weight: 600; }
.at { margin-left: .7rem; color: var(--faint); font-size: .78rem; font-weight: 400; font-variant-numeric: tabular-nums; }
.said { padding: .5rem .85rem; border: 1px solid var(--line); border-radius: .45rem; }
.note { color: var(--calm); overflow-wrap: anywhere; }
.steps details { border: 1px solid var(--line); border-radius: .45rem; padding: .35rem .8rem; }
.steps summary { cursor: pointer; overflow-wrap: anywhere; }
.steps h4 { margin: .7rem 0 .3rem; font-size: .82rem; color: var(--faint); }
.tail { float: right; color: var(--faint); font-size: .82rem; }
.tail.bad { color: var(--bad); }
@media (max-width: 52rem) {
  #app { height: auto; }
  #app main { display: block; }
  .list, .detail { overflow: visible; border: 0; }
  .top { flex-wrap: wrap; gap: .4rem; }
  .scale, .rows a { grid-template-columns: 1.1rem minmax(0, 1fr) 4.4rem 4rem; gap: .2rem .5rem; }
  .rows .name { grid-column: 2; }
  .rows .bar { grid-column: 2 / 5; grid-row: 2; height: .8rem; }
  .axis { grid-column: 2 / 5; }
  .load, .lane-label { display: none; }
  .detail { padding-inline: 1rem; }
  .has-choice .list { display: none; }
  .has-choice .back { display: inline; flex-basis: 100%; }
  .rows li { contain-intrinsic-size: auto 4.6rem; }
  .tools select { max-width: 7.5rem; }
}
@media print {
  #app, .live #app { display: none; }
  .live #static { display: block; padding: 0; }
  #static details::details-content { content-visibility: visible; height: auto; }
  .scroll { overflow: visible; }
  #static details, #static tbody tr { content-visibility: visible; }
  #static table { overflow-wrap: anywhere; }
  #static .figure { white-space: normal; }
  #static .figure:last-child, #static tfoot .figure { min-width: 0; }
  #static details, #static tr { break-inside: avoid-page; }
}
@media (prefers-reduced-motion: no-preference) { .detail { scroll-behavior: smooth; } }
`;

;// CONCATENATED MODULE: ./build/reports/static-report.js










/** UTF-16 units of all outputs together: the page's script has the complete ones. */
const longestOutputs = 192 * 1024;
const static_report_longestLine = 2_000;
const static_report_longestName = 200;
/** The report without its script: on paper, where a host forbids scripts, and for previews in mail and chat. */
function* staticReport(state, ended) {
    yield head(state, ended);
    yield concernList(state);
    yield table(state, ended);
    yield highlightList(state);
    yield reportFindings(state);
    yield '<h2>Outputs</h2>\n';
    const most = Math.floor(longestOutputs / Math.max(1, ended.results.length));
    for (const [index, result] of ended.results.entries())
        yield section(result, { index, most });
}
function head({ started }, ended) {
    const facts = started === undefined
        ? []
        : [`pattern ${started.pattern}`, (0,event_log/* withoutPath */.s)(started.executable), `${started.trust.level}: ${started.trust.why}`];
    const offline = started?.offline === true
        ? '<p class="facts">Offline: every answer came from a stand-in, not from a model.</p>\n'
        : '';
    const title = started?.title === undefined ? '' : `${static_report_line(started.title)} · `;
    return `<p class="kicker">Claude Ensemble · ${title}session ${static_report_line(started?.sessionId ?? '')} · ${static_report_line(ended.at)}</p>
<h1 class="${ended.conclusion}">${static_report_line(ended.verdict)}</h1>
<p class="facts">${facts.map(static_report_line).join(' · ')}</p>
${offline}`;
}
function table(state, { results, totals }) {
    const tokens = (0,format/* tokensText */.c$)(totals);
    const sums = [(0,format/* durationText */.S5)(totals.durationSeconds), (0,reports_money/* sessionMoney */.F8)(state), tokens].map(figure).join('');
    const heads = ['Duration', 'Cost', 'Tokens'].map((text) => `<th class="figure">${text}</th>`).join('');
    return `<h2>Processes</h2>
<div class="scroll"><table>
<thead><tr><th>Process</th><th>Status</th><th>Attempts</th>${heads}</tr></thead>
<tbody>
${results.map(static_report_row).join('\n')}
</tbody>
<tfoot><tr><td>Total</td><td>${(0,format/* countText */.lT)(totals.succeeded)} of ${(0,format/* countText */.lT)(totals.total)} succeeded</td><td></td>${sums}</tr></tfoot>
</table></div>
`;
}
function static_report_row(result, index) {
    const { status, attempts, duration, usage } = result;
    const figures = [
        attempts === 0 ? '' : (0,format/* durationText */.S5)(duration),
        (0,reports_money/* processMoney */.qH)(result),
        usage === undefined ? '' : (0,format/* tokensText */.c$)(usage),
    ];
    const name = `<a href="#process-${index}">${nameOf(result)}</a>`;
    return `<tr><td>${name}</td><td class="${status}">${static_report_line((0,reports_advice/* whatHappened */.ez)(result))}</td><td>${attempts}</td>${figures.map(figure).join('')}</tr>`;
}
function figure(text) {
    return `<td class="figure">${text}</td>`;
}
/** Concerns by their cause, with the next step. */
function concernList({ ended }) {
    const items = (0,concerns/* concernsOf */.L9)(ended?.results ?? []).map(({ whole, next, names }) => {
        const step = next === '' ? '' : ` → ${static_report_line(next.replaceAll('`', ''))}`;
        return `<li>${static_report_line((0,format/* someOf */.yU)(names))}: ${static_report_line(/[.…]$/u.test(whole) ? whole : `${whole}.`)}${step}</li>`;
    });
    return items.length === 0 ? '' : `<h2>What happened, and what to do</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`;
}
function highlightList(state) {
    const items = (0,highlights/* highlights */.e)(state).map((highlight) => `<li>${static_report_line(highlight)}</li>`);
    return items.length === 0 ? '' : `<h2>Worth knowing</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`;
}
function section(result, { index, most }) {
    const { status, attempts, message, stderr, output, outputTruncated, resumedFrom } = result;
    const isCut = output.length > most || outputTruncated === true;
    const parts = [
        ...(message === undefined ? [] : [labelled('What happened', (0,reports_advice/* whatHappenedAndWhy */.B1)(result))]),
        ...(stderr.trim() === '' ? [] : [labelled('End of standard error', (0,cut_text/* lastUnits */.wx)(stderr, most))]),
        ...(output.trim() === '' ? [] : [labelled(isCut ? 'Output, its beginning' : 'Output', (0,plain_text/* shortened */.vI)(output, most))]),
        ...(attempts === 0 && resumedFrom === undefined ? ['<p class="label">It was never started.</p>'] : []),
        ...(isCut ? [`<p class="label">Cut. The whole is in outputs/${(0,html_text/* escapeHtml */.ZD)(result.processId)}.md.</p>`] : []),
    ];
    const open = status === 'succeeded' || attempts === 0 ? '' : ' open';
    const title = `${nameOf(result)}<span class="${status}">${static_report_line((0,reports_advice/* whatHappened */.ez)(result))}</span>`;
    return `<details id="process-${index}"${open}><summary>${title}</summary>\n${parts.join('\n')}\n</details>\n`;
}
function labelled(label, text) {
    return `<p class="label">${label}</p>\n<pre>${(0,html_text/* escapeHtml */.ZD)((0,plain_text/* plainText */.wh)(text).trim())}</pre>`;
}
function nameOf({ processId, name }) {
    return static_report_line(processId === name ? name : `${(0,plain_text/* oneLine */.TN)(name, static_report_longestName)} (${processId})`);
}
function static_report_line(text) {
    return (0,html_text/* escapeHtml */.ZD)((0,plain_text/* oneLine */.TN)(text, static_report_longestLine));
}

// EXTERNAL MODULE: ./build/model/tool-subject.js
var tool_subject = __webpack_require__(7771);
// EXTERNAL MODULE: ./build/process/line-splitter.js
var line_splitter = __webpack_require__(9488);
;// CONCATENATED MODULE: ./build/reports/transcript.js






/** In UTF-16 units: the stream's file has all of it. */
const [transcript_longestText, longestResult, longestSubject] = [256 * 1024, 16 * 1024, 300];
/** The conversation of a process, all its attempts one after the other, as steps for the page. */
async function* transcriptSteps({ chunks, read, since, most, }) {
    const steps = new Steps(since);
    const lines = new line_splitter/* LineSplitter */.g();
    let room = most;
    for await (const chunk of chunks) {
        for (const line of lines.push(chunk.subarray(0, room))) {
            if (line.kind === 'too-long')
                yield { kind: 'note', text: `a line of ${line.bytes} bytes is in the log only` };
            else
                yield* steps.of(line.kind === 'line' ? read(line.text) : undefined);
        }
        room -= chunk.length;
        if (room <= 0)
            break;
    }
    if (room <= 0)
        yield { kind: 'note', text: 'The rest is left out here. The .jsonl file has all of it.' };
    else
        for (const line of lines.end())
            if (line.kind === 'line')
                yield* steps.of(read(line.text));
}
class Steps {
    #since;
    #conversation;
    #attempt = 0;
    constructor(since) {
        this.#since = since;
    }
    *of(message) {
        if (message === undefined)
            return;
        const at = message.at === undefined ? Number.NaN : Date.parse(message.at) - this.#since;
        const time = Number.isNaN(at) ? {} : { at };
        for (const entry of message.entries) {
            const step = this.#step(entry);
            if (step !== undefined)
                yield { ...step, ...time };
        }
    }
    #step(entry) {
        const sub = 'subagentOf' in entry && entry.subagentOf !== undefined ? { sub: entry.subagentOf } : {};
        switch (entry.kind) {
            case 'init':
                return this.#start(entry);
            case 'text': {
                const own = entry.synthetic === true && { synthetic: true };
                return entry.text.trim() === ''
                    ? undefined
                    : { kind: 'text', text: transcript_cut(entry.text, transcript_longestText), ...own, ...sub };
            }
            case 'thinking':
                return entry.text.trim() === '' ? undefined : { kind: 'thinking', text: transcript_cut(entry.text, transcript_longestText), ...sub };
            case 'tool-use': {
                const subject = (0,plain_text/* oneLine */.TN)((0,tool_subject/* toolSubject */.p)(entry.input), longestSubject);
                const input = transcript_cut(jsonExcerpt(entry.input, longestResult), longestResult);
                return { kind: 'tool', id: entry.id, name: (0,plain_text/* oneLine */.TN)(entry.name, longestSubject), subject, input, ...sub };
            }
            case 'tool-result':
                return {
                    kind: 'result',
                    of: entry.toolUseId,
                    text: transcript_cut(entry.text, longestResult),
                    ...(entry.isError && { isError: true }),
                };
            default: {
                const text = noteText(entry);
                return text === undefined ? undefined : { kind: 'note', text: (0,plain_text/* oneLine */.TN)(text, transcript_longestText) };
            }
        }
    }
    /** Each attempt has a conversation of its own; the CLI announces one again when it goes on with it. */
    #start({ conversationId, model }) {
        if (conversationId === this.#conversation)
            return undefined;
        this.#conversation = conversationId;
        this.#attempt += 1;
        return { kind: 'attempt', number: this.#attempt, text: (0,plain_text/* oneLine */.TN)(model, longestSubject) };
    }
}
function noteText(entry) {
    switch (entry.kind) {
        case 'permission-denied':
            return `${entry.toolName} was denied: ${entry.message}`;
        case 'api-retry':
            return (0,format/* apiRetryText */.CE)(entry);
        case 'usage-limit':
            return (0,format/* usageLimitText */.M1)(entry);
        case 'model-fallback':
            return `Falls back from ${entry.from} to ${entry.to}`;
        case 'prompt-refused':
            return `A hook refused the prompt: ${entry.reason}`;
        case 'stop-hook-overridden':
            return 'A Stop hook refused the end again and again; Claude Code ended all the same';
        case 'result':
            return entry.isError && entry.errors.length > 0 ? `Ended with an error: ${entry.errors.join('; ')}` : undefined;
        default:
            return undefined;
    }
}
function transcript_cut(text, most) {
    return text.length <= most ? text : `${(0,plain_text/* shortened */.vI)((0,cut_text/* firstUnits */.UV)(text, most), most)}\n[cut]`;
}

// EXTERNAL MODULE: ./build/reports/waits.js
var reports_waits = __webpack_require__(5578);
;// CONCATENATED MODULE: ./build/reports/report.js

















/** Bytes of all streams that become transcripts: few where a cancelled session has little time left. */
const [mostTranscripts, mostWhenCancelled] = [64 * 1_048_576, 2 * 1_048_576];
/** Answers and prompts of several processes make one block: together they pack better, and are searched faster. */
const fullBlock = 256 * 1024;
const report_longestPrompt = 256 * 1024;
const report_longestLine = 2_000;
/**
 * The session as one page for a browser, in parts. Nothing in it loads or links to anything outside; its script makes text nodes
 * only. What is large stands packed in templates, each of which is unpacked on demand.
 */
async function* reportHtml(state, sources) {
    const { ended } = state;
    if (ended === undefined)
        return;
    yield report_head(state, ended);
    yield* staticReport(state, ended);
    yield '</main>\n';
    const texts = new TextBlocks(sources);
    const rows = [];
    let transcripts = 0;
    const share = shareOf(state, ended.results);
    const waits = (0,reports_waits/* waitsOf */.y)(state);
    const rowOf = new Map(ended.results.map(({ processId }, row) => [processId, row]));
    for (const result of ended.results) {
        const added = await texts.add(result);
        if (added.block !== undefined)
            yield template(`t${texts.count - 1}`, added.block);
        const parts = result.attempts === 0 ? undefined : await transcriptOf(state, result, { sources, share });
        if (parts !== undefined) {
            yield `<template id="s${transcripts}">`;
            yield* parts;
            yield '</template>\n';
        }
        const place = parts === undefined ? {} : { transcript: transcripts };
        if (parts !== undefined)
            transcripts += 1;
        const needs = (waits.get(result.processId) ?? []).flatMap((id) => rowOf.get(id) ?? []);
        rows.push(pageRow(state, result, { texts: added.place, ...place, ...(needs.length > 0 && { needs }) }));
    }
    yield template(`t${texts.count}`, texts.rest());
    yield template('page', packed({ ...pageData(state, ended, rows), findings: pageFindings(state, rowOf) }));
    yield '<div id="app"></div>\n</body>\n</html>\n';
}
function report_head(state, ended) {
    const policy = [
        "default-src 'none'",
        `script-src '${hashOf(pageScript)}'`,
        `style-src '${hashOf(reportStyle)}'`,
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ].join('; ');
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${(0,html_text/* escapeHtml */.ZD)((0,plain_text/* oneLine */.TN)(`${ended.conclusion}: ${state.started?.title ?? 'Claude Ensemble'} ${state.started?.sessionId ?? ''}`, report_longestLine))}</title>
<style>${reportStyle}</style>
<script>${pageScript}</script>
</head>
<body>
<main id="static">
`;
}
function hashOf(text) {
    return `sha256-${(0,external_node_crypto_.createHash)('sha256').update(text).digest('base64')}`;
}
function template(id, text) {
    return `<template id="${id}">${text}</template>\n`;
}
/** Equal shares: a stream that needs less leaves nothing to others, so that the page does not depend on their order. */
function shareOf({ interruptedBy }, results) {
    const isHurried = interruptedBy !== undefined || results.some(({ reason }) => reason === 'deadline');
    const ran = results.filter(({ attempts }) => attempts > 0).length;
    return Math.floor((isHurried ? mostWhenCancelled : mostTranscripts) / Math.max(1, ran));
}
/** The packed transcript of a process; undefined when its stream says nothing, as that of a plain program. */
async function transcriptOf({ startedAt }, { processId, endedAt }, { sources, share }) {
    const steps = transcriptSteps({
        chunks: sources.read((0,session_files/* filesOfProcess */.Ec)(processId).stream),
        read: sources.readMessage,
        since: Date.parse(startedAt ?? endedAt),
        most: share,
    });
    const first = await steps.next();
    return first.done === true ? undefined : packedList(startingWith(first.value, steps));
}
async function* startingWith(first, rest) {
    yield first;
    yield* rest;
}
/** Gathers the texts of processes into blocks. */
class TextBlocks {
    #sources;
    #texts = [];
    #size = 0;
    /** Blocks that are full. */
    count = 0;
    constructor(sources) {
        this.#sources = sources;
    }
    /** Adds the texts of a process; gives their place, and the block that they fill. */
    async add(result) {
        const texts = await this.#textsOf(result);
        this.#texts.push(texts);
        this.#size += texts.answer.length + (texts.prompt?.length ?? 0) + (texts.stderr?.length ?? 0);
        const place = { block: this.count, index: this.#texts.length - 1 };
        if (this.#size < fullBlock)
            return { place };
        const block = this.rest();
        [this.#texts, this.#size] = [[], 0];
        this.count += 1;
        return { place, block };
    }
    /** The block that is not full. */
    rest() {
        return packed(this.#texts);
    }
    async #textsOf({ processId, output, outputTruncated, structuredOutput, message, stderr, }) {
        const prompt = await beginningOf(this.#sources.read((0,session_files/* filesOfProcess */.Ec)(processId).prompt));
        return {
            answer: output,
            ...(outputTruncated && { isCut: true }),
            ...(structuredOutput !== undefined && { structured: structuredOutput }),
            ...(prompt !== '' && { prompt }),
            ...(message !== undefined && { message }),
            ...(stderr.trim() !== '' && { stderr }),
        };
    }
}
async function beginningOf(chunks) {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of chunks) {
        text += decoder.decode(chunk, { stream: true });
        if (text.length > report_longestPrompt)
            return `${text.slice(0, report_longestPrompt)}\n[cut: the file has all of it]`;
    }
    return text;
}
function pageData(state, ended, rows) {
    const { started, startedAt } = state;
    const { totals, results, conclusion, verdict, at } = ended;
    const isSkipped = conclusion === 'skipped';
    const attention = attentionOf(results);
    return {
        title: (0,plain_text/* oneLine */.TN)(`${started?.title ?? 'Claude Ensemble'}: ${(0,concerns/* outcomeText */.EL)(ended)}`, report_longestLine),
        conclusion,
        verdict: (0,plain_text/* oneLine */.TN)(verdict, report_longestLine),
        ...(started?.offline === true && !isSkipped && { badge: 'offline: a stand-in answered' }),
        figures: isSkipped
            ? []
            : [(0,format/* durationText */.S5)(totals.durationSeconds), (0,reports_money/* sessionMoney */.F8)(state), (0,format/* sessionTokensText */.Cb)(totals) ?? []].flat(),
        facts: [
            ...fact('pattern', started?.pattern),
            ...fact('runs', started && (0,plain_text/* oneLine */.TN)((0,event_log/* withoutPath */.s)(started.executable), report_longestLine)),
            ...fact('trust', started && (0,plain_text/* oneLine */.TN)(`${started.trust.level}: ${started.trust.why}`, report_longestLine)),
            ...fact('session', started?.sessionId),
            ...fact('started', startedAt && momentText(startedAt)),
        ],
        highlights: (0,highlights/* highlights */.e)(state).map((highlight) => (0,plain_text/* oneLine */.TN)(highlight, report_longestLine)),
        models: modelsOf(results),
        heading: attention.length > 0 ? (0,concerns/* concernsTitle */.Mc)(state) : headings[conclusion],
        attention,
        main: (0,reports_waits/* mainAnswers */.$)(state).map((result) => results.indexOf(result)),
        length: Math.max(1, Date.parse(at) - Date.parse(startedAt ?? at)),
        rows,
    };
}
/** Of a session with nothing that needs attention. */
const headings = {
    success: 'All is done',
    failure: 'Failed',
    cancelled: 'Cancelled',
    skipped: 'Nothing was started',
};
/** `2026-11-27T15:00:12.345Z` as `2026-11-27 15:00:12 UTC`. */
function momentText(iso) {
    return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
function modelsOf(results) {
    const sums = new Map();
    for (const { usageByModel = {} } of results)
        for (const [model, usage] of Object.entries(usageByModel)) {
            const sum = sums.get(model) ?? { input: 0, output: 0 };
            sum.input += usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
            sum.output += usage.outputTokens;
            sums.set(model, sum);
        }
    return [...sums].map(([model, sum]) => ({ model: (0,plain_text/* oneLine */.TN)(model, report_longestLine), ...sum }));
}

// EXTERNAL MODULE: ./build/reports/summary.js + 3 modules
var summary = __webpack_require__(6704);
;// CONCATENATED MODULE: ./build/reports/session-documents.js





const always = [
    [session_files/* sessionFiles */.AG.results, resultsJson],
    [session_files/* sessionFiles */.AG.summary, (state) => [(0,summary/* renderSummary */.B)(state)]],
    [session_files/* sessionFiles */.AG.report, reportHtml],
];
/** The documents of a session that has ended, the one that programs depend on first. */
function documentsOf({ ended }) {
    const { findings } = ended ?? {};
    if (findings === undefined)
        return always;
    return [
        ...always,
        [session_files/* sessionFiles */.AG.findings, findingsJson],
        [session_files/* sessionFiles */.AG.sarif, () => [`${JSON.stringify(findingsSarif(findings), null, 2)}\n`]],
    ];
}
/** Writes the documents when the session has ended, the results first. */
function sessionDocuments(directory, state, readMessage) {
    const sources = { read: (name) => directory.read(name), readMessage };
    return {
        name: 'session documents',
        async handle(event) {
            if (event.type !== 'session-ended')
                return;
            const [results, ...others] = documentsOf(state);
            const save = ([name, textOf]) => directory.replacedFile({ name }).save(() => textOf(state, sources));
            if (results !== undefined)
                await save(results);
            await Promise.all(others.map(save));
        },
    };
}

;// CONCATENATED MODULE: ./build/reports/session-log.js









/** Enough of a text to recognise it by; the process's own log has all of it. */
const longestExcerpt = 160;
const session_log_longestMessage = 1_000;
/** `session.log`: one line per event, for people. `state` has taken in the event before. */
function sessionLog(file, state) {
    return {
        name: session_files/* sessionFiles */.AG.log,
        handle(event) {
            const line = eventLine(event, state);
            return line === undefined ? undefined : file.append(`${event.at} ${(0,plain_text/* oneLine */.TN)(line, session_log_longestMessage)}\n`);
        },
        close: () => file.close(),
    };
}
/** Undefined for what no one reads event by event. */
function eventLine(event, { processes }) {
    const about = (id) => `${processes.get(id)?.name ?? id}: `;
    switch (event.type) {
        case 'session-started':
            return startLine(event);
        case 'processes-added':
            return event.processes.length === 0 ? undefined : `added: ${(0,format/* someOf */.yU)(event.processes.map(({ name }) => name))}`;
        case 'notice': {
            const who = event.processId === undefined ? '' : about(event.processId);
            return `${who}${event.level === 'warning' ? 'warning: ' : ''}${event.message}`;
        }
        case 'process-started':
            return `${about(event.processId)}started${event.attempt === 1 ? '' : `, attempt ${event.attempt}`}`;
        case 'process-message': {
            const line = messageLine(event.entry);
            return line === undefined ? undefined : `${about(event.processId)}${line}`;
        }
        case 'process-stopping':
            return `${about(event.processId)}${(0,console_lines/* stopText */.IC)(event)} (${event.signal})`;
        case 'process-retrying':
            return `${about(event.processId)}${(0,console_lines/* retryLogText */.Ye)(event)}`;
        case 'process-ended':
            return `${event.result.name}: ${endLine(event.result)}`;
        case 'heartbeat':
            return `running: ${(0,format/* someOf */.yU)(event.running.map(({ name }) => name))}; ${event.waiting} waiting, ${event.done} done`;
        case 'session-interrupted':
            return `${(0,causes/* interruptionText */.xu)(event.signal)}: nothing new starts, what runs is ended`;
        case 'session-ended':
            return event.verdict;
        default:
            return undefined;
    }
}
function startLine({ sessionId, processes, pattern, executable, trust, offline }) {
    const { length } = processes;
    const count = `${length} ${length === 1 ? 'process' : 'processes'}, ${pattern}`;
    const standIn = offline ? ' Offline: a stand-in answers, no model.' : '';
    return `session ${sessionId}: ${count}, with ${executable}; ${trust.level} (${trust.why}).${standIn}`;
}
function endLine(result) {
    const { status, duration, attempts, message } = result;
    const took = attempts === 0 ? '' : ` after ${(0,format/* durationText */.S5)(duration)}`;
    const money = (0,reports_money/* processMoney */.qH)(result);
    const cost = money === '' ? '' : `, ${money}`;
    // Its limit is told, not the time until it had ended.
    if (status === 'timed-out')
        return `${(0,reports_advice/* whatHappenedAndWhy */.B1)(result)}; ${(0,format/* durationText */.S5)(duration)} in all${cost}`;
    const why = message === undefined || status === 'succeeded' ? '' : `: ${message}`;
    return `${(0,causes/* endingText */.pG)(result)}${took}${cost}${attempts > 1 ? `, ${attempts} attempts` : ''}${why}`;
}
function messageLine(entry) {
    switch (entry.kind) {
        case 'init':
            return `conversation ${entry.conversationId} with ${entry.model}`;
        case 'text':
            return `${session_log_ofSubagent(entry)}says: ${(0,plain_text/* oneLine */.TN)(entry.text, longestExcerpt)}`;
        case 'tool-use': {
            const input = (0,plain_text/* oneLine */.TN)(jsonExcerpt(entry.input, longestExcerpt), longestExcerpt);
            return `${session_log_ofSubagent(entry)}uses ${entry.name} ${input}`;
        }
        case 'tool-result':
            return entry.isError ? `${session_log_ofSubagent(entry)}tool failed: ${(0,plain_text/* oneLine */.TN)(entry.text, longestExcerpt)}` : undefined;
        case 'prompt-refused':
            return `a hook refused the prompt: ${(0,plain_text/* oneLine */.TN)(entry.reason, longestExcerpt)}`;
        case 'stop-hook-overridden':
            return 'a Stop hook refused the end again and again; Claude Code ended all the same';
        case 'permission-denied':
            return `${entry.toolName} was denied`;
        case 'api-retry':
            return (0,format/* apiRetryText */.CE)(entry);
        case 'usage-limit':
            return (0,format/* usageLimitText */.M1)(entry);
        case 'model-fallback':
            return `falls back from ${entry.from} to ${entry.to}`;
        case 'result':
            return `result: ${resultWords(entry)}, turns: ${entry.numTurns ?? 'unknown'}`;
        default:
            return undefined;
    }
}
function session_log_ofSubagent({ subagentOf }) {
    return subagentOf === undefined ? '' : 'a sub-agent ';
}

;// CONCATENATED MODULE: ./build/session/session-recorder.js

















/** Makes the session's directory and the sinks that write into it; never rejects. */
async function openSessionRecorder(options) {
    const { base, workingDirectories, maxFileBytes, startedAt, earlier, ledgerKey, isMerge } = options;
    const warnings = new Warnings();
    const directory = await SessionDirectory.open({
        base,
        ...(workingDirectories !== undefined && { neverMade: workingDirectories }),
        ...(ledgerKey !== undefined && { ledgerKey }),
        ...(maxFileBytes !== undefined && { maxFileBytes }),
        sessionId: options.sessionId ?? (0,session_id/* newSessionId */.O)(startedAt, (0,external_node_crypto_.randomBytes)(4)),
        warn: (message) => warnings.add(message),
        ...(earlier !== undefined && { earlier: filesOfRun(earlier.results) }),
    });
    const target = targetOf(directory);
    const log = directory.appendFile({ name: session_files/* sessionFiles */.AG.log });
    const events = directory.appendFile({ name: session_files/* sessionFiles */.AG.events });
    const state = earlier?.state ?? new session_state/* SessionState */.Y();
    const written = [
        (0,event_log/* eventLog */.Z)(events, system_clock/* systemClock */.m.now),
        sessionLog(log, state),
        ...(isMerge ? [] : processSinks(directory, state)),
        ...documentSinks(directory, state),
    ];
    return {
        sessionId: directory.sessionId,
        directory: directory.path,
        // The state first: what is written is made from it. It is no target's, for it cannot hang.
        sinks: [stateSink(state), ...written.map((sink) => ({ ...sink, target }))],
        state,
        target,
        get files() {
            return directory.files();
        },
        get written() {
            return directory.written();
        },
        stateOf: (processId) => stateOf(directory, processId),
        writeFile: (file, chunks) => writeChunks(directory.appendFile(file), chunks),
        reportTo: (emit) => warnings.reportTo(emit),
        async changeByOthers() {
            // What others added to a file shows when it is given back; it is opened again for what comes.
            await Promise.all([log, events].map((file) => file.close()));
            return changeText(await directory.changedByOthers());
        },
        closeLedger: () => directory.closeLedger(),
    };
}
async function writeChunks(file, chunks) {
    try {
        for await (const chunk of chunks)
            await file.append(chunk);
    }
    finally {
        await file.close();
    }
}
function stateSink(state) {
    return { name: 'state of the session', handle: (event) => state.apply(event) };
}
function processSinks(directory, state) {
    return [promptFiles(directory), processLog(directory, state), streamLog(directory), outputFiles(directory)];
}
function documentSinks(directory, state) {
    return [manifestFile(directory, state, system_clock/* systemClock */.m), sessionDocuments(directory, state, messages/* parseMessage */.v)];
}
function targetOf(directory) {
    return {
        name: "The session's logs",
        advice: 'The disk that log-dir is on takes nothing: point log-dir to another. Results are kept.',
        onHang: () => directory.abandon(),
    };
}
/** Warnings, held until there is an event bus to emit them to. */
class Warnings {
    #early = [];
    #emit;
    add(message) {
        if (this.#emit === undefined)
            this.#early.push(message);
        // Emitting never rejects; waiting for it here, within an event, would wait for that event.
        else
            void this.#emit({ type: 'notice', level: 'warning', message });
    }
    reportTo(emit) {
        this.#emit = emit;
        for (const message of this.#early.splice(0))
            this.add(message);
    }
}
/** Names of files in a warning. */
const mostNames = 5;
function changeText(names) {
    if (names.length === 0)
        return undefined;
    return (`Others changed or removed logs while the session ran: ${(0,format/* someOf */.yU)(names, mostNames)}. ` +
        'None of these is uploaded. The likely cause is a tool that Claude ran: see what it did, and set log-dir out of its way.');
}
function stateOf(directory, processId) {
    const { log } = (0,session_files/* filesOfProcess */.Ec)(processId);
    return {
        ...(directory.holds(log) && { logFile: (0,external_node_path_.join)(directory.path, log) }),
        ...(directory.incomplete(processId) && { logIncomplete: true }),
    };
}
function filesOfRun(results) {
    return [
        ...Object.values(session_files/* sessionFiles */.AG).map((name) => ({ name })),
        ...results.flatMap(({ processId }) => Object.values((0,session_files/* filesOfProcess */.Ec)(processId)).map((name) => ({ name, processId }))),
    ];
}


/***/ }),

/***/ 7249:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ markdownHtml)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _html_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2133);
/* harmony import */ var _plain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7012);



/** In characters. */
const longestWord = 40;
/**
 * A document as HTML without a line feed, so that it is one block to Markdown and nothing in it can leave the element that it is
 * put in. Its elements are b, blockquote, br, code, h4, h5, hr, i, li, ol, p, pre, s, table, tbody, td, th, thead, tr and ul; their
 * only attributes are `align` and the `start` of a list.
 */
function markdownHtml(blocks, { on, most = Number.POSITIVE_INFINITY }) {
    const writer = new HtmlWriter(on === 'github' ? _html_text_js__WEBPACK_IMPORTED_MODULE_1__/* .inertHtml */ .yj : _html_text_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeHtml */ .ZD, most);
    for (const block of blocks)
        writer.add(blockNode(block));
    return writer.result();
}
function blockNode(block) {
    switch (block.kind) {
        case 'heading':
            return headingNode(block);
        case 'paragraph':
            return { tag: 'p', children: inlineNodes(block.content) };
        case 'quote':
            return { tag: 'blockquote', children: block.blocks.map(blockNode) };
        case 'list':
            return listNode(block);
        case 'code':
            return { tag: 'pre', children: [{ tag: 'code', children: [{ text: block.text, as: 'lines' }] }] };
        case 'table':
            return tableNode(block);
        case 'rule':
            return { tag: 'hr' };
    }
}
/** Never larger than the headings of ours that it stands under. */
function headingNode({ rank, content }) {
    const children = inlineNodes(content);
    if (rank === 3)
        return { tag: 'p', children: [{ tag: 'b', children }] };
    return { tag: rank === 1 ? 'h4' : 'h5', children };
}
function listNode({ start, tight, items }) {
    const itemNodes = (block) => tight && block.kind === 'paragraph' ? inlineNodes(block.content) : [blockNode(block)];
    return {
        tag: start === undefined ? 'ul' : 'ol',
        attribute: start === undefined || start === 1 ? '' : ` start="${start}"`,
        children: items.map((item) => ({ tag: 'li', children: item.flatMap(itemNodes) })),
    };
}
function tableNode({ alignments, head, rows }) {
    const sides = alignments.map((side) => (side === null ? '' : ` align="${side}"`));
    const rowNode = (tag, cells) => ({
        tag: 'tr',
        children: cells.map((cell, column) => ({ tag, attribute: sides[column] ?? '', children: inlineNodes(cell) })),
    });
    const body = rows.map((cells) => rowNode('td', cells));
    return {
        tag: 'table',
        children: [
            { tag: 'thead', children: [rowNode('th', head)] },
            ...(body.length === 0 ? [] : [{ tag: 'tbody', children: body }]),
        ],
    };
}
const spanTags = { strong: 'b', emphasis: 'i', strike: 's' };
function inlineNodes(content) {
    return content.map(inlineNode);
}
function inlineNode(inline) {
    switch (inline.kind) {
        case 'text':
            return { text: inline.text, as: 'prose' };
        case 'code':
            return { text: inline.text, as: 'code' };
        case 'break':
            return { tag: 'br' };
        case 'strong':
        case 'emphasis':
        case 'strike':
            return { tag: spanTags[inline.kind], children: inlineNodes(inline.content) };
    }
}
/** Writes nodes until there is no room. */
class HtmlWriter {
    #parts = [];
    #proseHtml;
    #left;
    #isFull = false;
    constructor(proseHtml, most) {
        this.#proseHtml = proseHtml;
        this.#left = most;
    }
    result() {
        return { html: this.#parts.join(''), isWhole: !this.#isFull };
    }
    add(node) {
        if (this.#isFull)
            return;
        if ('text' in node)
            this.#addText(node);
        else
            this.#addElement(node);
    }
    /** The end is always written: room for it is taken with the beginning. */
    #addElement({ tag, attribute = '', children }) {
        const start = `<${tag}${attribute}>`;
        const end = children === undefined ? '' : `</${tag}>`;
        this.#isFull = start.length + end.length > this.#left;
        if (this.#isFull)
            return;
        this.#left -= start.length + end.length;
        this.#parts.push(start);
        for (const child of children ?? [])
            this.add(child);
        this.#parts.push(end);
    }
    #addText({ text, as }) {
        let html = this.#htmlOf(text, as);
        let shown = text;
        // A character may take several bytes, so what fits is found by halves.
        while (node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(html) > this.#left) {
            this.#isFull = true;
            shown = wholeWords((0,_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortened */ .vI)(shown, Math.min(this.#left, Math.floor(shown.length / 2))));
            html = shown === '' ? '' : this.#htmlOf(shown, as);
        }
        this.#left -= node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(html);
        this.#parts.push(html);
    }
    #htmlOf(text, as) {
        switch (as) {
            case 'prose':
                return this.#proseHtml(text);
            case 'code':
                return (0,_html_text_js__WEBPACK_IMPORTED_MODULE_1__/* .codeHtml */ .v1)(text);
            case 'lines':
                // An empty line would end a block of HTML, and Markdown begin.
                return (0,_html_text_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeHtml */ .ZD)(text).replaceAll('\n', '&#10;');
        }
    }
}
/** Drops the word that the cut has split; a very long one stays. */
function wholeWords(text) {
    const end = text.lastIndexOf(' ');
    return text.length - end > longestWord ? text : text.slice(0, Math.max(0, end));
}


/***/ }),

/***/ 401:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ parseMarkdown)
/* harmony export */ });
/* harmony import */ var markdown_it__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7863);
/* harmony import */ var _plain_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7012);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8292);



/** The parser leaves out what is nested deeper. */
const deepest = 50;
/** An address is for recognising where it leads; some are a whole picture. */
const longestAddress = 300;
// `html: false` makes raw HTML text. Without `text_join` it is known which characters were written as entities.
const parser = new markdown_it__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A({ html: false, linkify: false, typographer: false, maxNesting: deepest });
parser.core.ruler.disable('text_join');
/**
 * Reads untrusted Markdown (CommonMark with GitHub's tables and strikethrough) into a closed vocabulary in which nothing is
 * alive: links and images are their text and their address, raw HTML is text, code has no language. Every character that would
 * not be seen is shown by its name. It takes time in proportion to the text; what is nested too deep is one block of code.
 */
function parseMarkdown(markdown) {
    const source = (0,_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(markdown);
    const tokens = parser.parse(source, {});
    if (tokens.some(({ level }) => level >= deepest - 1))
        return [{ kind: 'code', text: source }];
    const levels = tokens.filter(({ type }) => type === 'heading_open').map(({ tag }) => tag);
    return new TreeBuilder(tokens, [...new Set(levels)].toSorted()).blocks();
}
/** Turns the parser's flat list of tokens into a tree. */
class TreeBuilder {
    #tokens;
    /** The tags of headings that occur, the highest first. */
    #headings;
    #at = 0;
    constructor(tokens, headings) {
        this.#tokens = tokens;
        this.#headings = headings;
    }
    /** The blocks up to the end of the enclosing one. */
    blocks() {
        const blocks = [];
        for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next())
            blocks.push(this.#block(token));
        return blocks;
    }
    #next() {
        const token = this.#tokens[this.#at];
        this.#at += 1;
        return token;
    }
    #block(token) {
        switch (token.type) {
            case 'heading_open':
                return { kind: 'heading', rank: rankOf(this.#headings.indexOf(token.tag)), content: this.#content() };
            case 'paragraph_open':
                return { kind: 'paragraph', content: this.#content() };
            case 'blockquote_open':
                return { kind: 'quote', blocks: this.blocks() };
            case 'bullet_list_open':
                return { kind: 'list', ...this.#items() };
            case 'ordered_list_open':
                return { kind: 'list', start: Math.trunc(Number(token.attrGet('start') ?? 1)), ...this.#items() };
            case 'table_open':
                return this.#table();
            case 'hr':
                return { kind: 'rule' };
            default:
                // Fences and indented code; what a later version of the parser knows besides is shown as it was written.
                return { kind: 'code', text: token.content.replace(/\n$/u, '') };
        }
    }
    /** Inline content of a block that holds no other blocks. */
    #content() {
        const content = [];
        for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next())
            content.push(...inlinesOf(token.children ?? []));
        return content;
    }
    #items() {
        const items = [];
        let tight = true;
        for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next()) {
            const first = this.#tokens[this.#at];
            if (first?.type === 'paragraph_open' && !first.hidden)
                tight = false;
            items.push(this.blocks());
        }
        return { tight, items };
    }
    #table() {
        const rows = [];
        let alignments = [];
        // Tokens that open or close the head or the body are ignored.
        for (let token = this.#next(); token !== undefined && token.type !== 'table_close'; token = this.#next()) {
            if (token.type !== 'tr_open')
                continue;
            const { cells, aligned } = this.#row();
            rows.push(cells);
            alignments = aligned;
        }
        const [head = [], ...body] = rows;
        return { kind: 'table', alignments, head, rows: body };
    }
    #row() {
        const cells = [];
        const aligned = [];
        for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next()) {
            aligned.push(alignmentOf(token));
            cells.push(this.#content());
        }
        return { cells, aligned };
    }
}
function rankOf(index) {
    if (index <= 0)
        return 1;
    return index === 1 ? 2 : 3;
}
function alignmentOf(cell) {
    const style = String(cell.attrGet('style') ?? '');
    return ['left', 'center', 'right'].find((side) => style === `text-align:${side}`) ?? null;
}
function inlinesOf(tokens) {
    return new InlineBuilder(tokens).content();
}
const spans = {
    strong_open: 'strong',
    em_open: 'emphasis',
    s_open: 'strike',
};
/** The same for inline content. */
class InlineBuilder {
    #tokens;
    #at = 0;
    constructor(tokens) {
        this.#tokens = tokens;
    }
    content() {
        const content = [];
        for (let token = this.#next(); token !== undefined && token.nesting !== -1; token = this.#next())
            for (const inline of this.#inlines(token))
                add(content, inline);
        return content.map(withBox);
    }
    #next() {
        const token = this.#tokens[this.#at];
        this.#at += 1;
        return token;
    }
    #inlines(token) {
        const span = spans[token.type];
        if (span !== undefined)
            return [{ kind: span, content: this.content() }];
        switch (token.type) {
            case 'link_open':
                return withAddress(this.content(), String(token.attrGet('href') ?? ''));
            case 'image': {
                const described = (0,_tree_js__WEBPACK_IMPORTED_MODULE_2__/* .textOf */ .b)(inlinesOf(token.children ?? [])).trim();
                const label = described === '' ? '[image]' : `[image: ${described}]`;
                return withAddress([{ kind: 'text', text: label }], String(token.attrGet('src') ?? ''));
            }
            case 'code_inline':
                return [{ kind: 'code', text: token.content }];
            case 'softbreak':
                return [{ kind: 'text', text: ' ' }];
            case 'hardbreak':
                return [{ kind: 'break' }];
            case 'text_special':
                // An entity may stand for a character that is not seen, or for the end of a line.
                return [{ kind: 'text', text: (0,_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .plainText */ .wh)(token.content).replaceAll(/[\t\n]/gu, ' ') }];
            default:
                return [{ kind: 'text', text: token.content }];
        }
    }
}
/** A link's text, and where it leads unless that is the same. */
function withAddress(content, address) {
    const shown = (0,_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(address, longestAddress);
    const text = (0,_tree_js__WEBPACK_IMPORTED_MODULE_2__/* .textOf */ .b)(content);
    if (shown === '')
        return content;
    if (text === shown || `mailto:${text}` === shown)
        return [{ kind: 'code', text: shown }];
    return [...content, { kind: 'text', text: ' ' }, { kind: 'code', text: shown }];
}
/** The box of a task is a sign, not a control. It is one wherever it begins a text: GitHub is not asked where it looks. */
function withBox(inline) {
    if (inline.kind !== 'text')
        return inline;
    return { kind: 'text', text: inline.text.replace(/^\s*\[\s\](?=\s|$)/u, '☐').replace(/^\s*\[[xX]\](?=\s|$)/u, '☑') };
}
/** Appends to a line; texts that follow each other become one, so that what only both make is seen. */
function add(content, inline) {
    const last = content.at(-1);
    if (last?.kind === 'text' && inline.kind === 'text')
        content[content.length - 1] = { kind: 'text', text: last.text + inline.text };
    else if (inline.kind !== 'text' || inline.text !== '')
        content.push(inline);
}


/***/ }),

/***/ 8292:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ textOf)
/* harmony export */ });
/** The characters of inline content, without its markup. */
function textOf(content) {
    return content.map(characters).join('');
}
function characters(inline) {
    switch (inline.kind) {
        case 'text':
        case 'code':
            return inline.text;
        case 'break':
            return ' ';
        case 'strong':
        case 'emphasis':
        case 'strike':
            return textOf(inline.content);
    }
}


/***/ })

};
