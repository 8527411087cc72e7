export const id = 735;
export const ids = [735];
export const modules = {

/***/ 735:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   findFiles: () => (/* binding */ findFiles)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var tinyglobby__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3382);
/* harmony import */ var _options_containment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1437);
/* harmony import */ var _options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8138);




/** The time that matching takes grows exponentially with these; real globs of prompts have one or two. */
const mostStars = 6;
const longestGlob = 500;
/** Each of them is a walk through the directories. */
const mostGlobs = 1_000;
/** `..` behind a wildcard or within braces leads to places that cannot be foreseen. */
const climbs = /[*?[{](?:.*[/{,])?\.\.(?:[/},]|$)/;
/** As parts of a pattern, parentheses cost exponential time; they stand for themselves. */
function literalParentheses(pattern) {
    return pattern.replace(/(?<!\\)[()|]/g, '\\$&');
}
function checkGlob(pattern, access) {
    const { workspace, allowedRoots: roots } = access;
    const stars = pattern.replace(/\*\*(?:\/|$)/g, '').match(/\*+/g)?.length ?? 0;
    if (pattern.length > longestGlob || stars > mostStars) {
        const allowed = `at most ${longestGlob} characters and ${mostStars} "*"`;
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseRange */ .uJ)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(pattern)} is too complicated; allowed are ${allowed}.`);
    }
    const fixedPart = /^[^*?[{]*(?=\/|$)/.exec(pattern)?.[0] ?? '';
    const start = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(workspace, fixedPart === '' && pattern.startsWith('/') ? '/' : fixedPart);
    if (!climbs.test(pattern) && roots.some((root) => (0,_options_containment_js__WEBPACK_IMPORTED_MODULE_1__/* .isInside */ .FK)(start, root)))
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .accept */ .Ju)(pattern);
    return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseRange */ .uJ)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(pattern)} looks outside ${roots.join(' and ')}.`);
}
/** The files that globs match, sorted by path and as people know them; a glob that begins with `!` leaves files out. */
async function findFiles(patterns, access) {
    const { workspace } = access;
    if (patterns.length > mostGlobs)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseRange */ .uJ)(`${patterns.length} globs are too many; at most ${mostGlobs} are allowed. One with "*" finds many files.`);
    const ignore = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
    const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
    const checked = (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .parseEach */ .lc)([...wanted, ...ignore], (pattern) => checkGlob(pattern, access));
    if (!checked.ok)
        return checked;
    const options = {
        cwd: workspace,
        absolute: true,
        expandDirectories: false,
        followSymbolicLinks: false,
        extglob: false,
    };
    const search = { ...options, ignore: ignore.map(literalParentheses) };
    const found = await Promise.all(wanted.map((pattern) => (0,tinyglobby__WEBPACK_IMPORTED_MODULE_3__/* .glob */ .TI)(literalParentheses(pattern), search)));
    const matched = (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .parseEach */ .lc)(wanted, (pattern, index) => {
        const files = found[index] ?? [];
        return files.length > 0 ? (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .accept */ .Ju)(files) : (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseRange */ .uJ)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(pattern)} matches no file in ${workspace}.`);
    });
    if (!matched.ok)
        return matched;
    if (wanted.length === 0)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseRange */ .uJ)('every glob begins with "!", so no file is left.');
    return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .accept */ .Ju)([...new Set(matched.value.flat())].map((path) => (0,_options_containment_js__WEBPACK_IMPORTED_MODULE_1__/* .shownPath */ .pS)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(path), workspace)).sort());
}


/***/ })

};
