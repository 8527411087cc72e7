export const id = 275;
export const ids = [275];
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


/***/ })

};
