export const id = 528;
export const ids = [528,974];
export const modules = {

/***/ 1044:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IP: () => (/* binding */ settingLike),
/* harmony export */   MR: () => (/* binding */ credentialNames),
/* harmony export */   OF: () => (/* binding */ connectionVariables),
/* harmony export */   Ri: () => (/* binding */ setByTheCli),
/* harmony export */   r5: () => (/* binding */ providers),
/* harmony export */   rt: () => (/* binding */ credentialVariables),
/* harmony export */   zL: () => (/* binding */ behaviourVariables)
/* harmony export */ });
/** The variable that carries each credential which may be given as an option. */
const credentialVariables = {
    anthropicApiKey: 'ANTHROPIC_API_KEY',
    claudeCodeOauthToken: 'CLAUDE_CODE_OAUTH_TOKEN',
};
/** The variables that Claude itself authenticates with. */
const credentialNames = [...Object.values(credentialVariables), 'ANTHROPIC_AUTH_TOKEN'];
/** Credentials, gateway, certificates and telemetry. The first that fits says what a variable holds. */
const connectionVariables = [
    { holds: 'credential', names: [...credentialNames, 'MCP_CLIENT_SECRET', 'CLAUDE_CODE_CLIENT_KEY_PASSPHRASE'] },
    { holds: 'file', names: ['CLAUDE_CODE_CLIENT_KEY'] },
    { holds: 'headers', names: ['ANTHROPIC_CUSTOM_HEADERS'] },
    { holds: 'address', names: ['ANTHROPIC_BASE_URL', 'OTEL_*_ENDPOINT'] },
    { holds: 'pairs', names: ['OTEL_*_HEADERS'] },
    {
        holds: 'nothing',
        names: [
            ...['ANTHROPIC_BETAS', 'CLAUDE_CODE_EXTRA_BODY', 'CLAUDE_CODE_CLIENT_CERT', 'CLAUDE_CODE_CERT_STORE'],
            ...['CLAUDE_CODE_PROXY_RESOLVES_HOSTS', 'CLAUDE_CODE_API_KEY_HELPER_TTL_MS'],
            ...['MCP_OAUTH_CALLBACK_PORT', 'MCP_OAUTH_CLIENT_METADATA_URL'],
            ...['CLAUDE_CODE_ENABLE_TELEMETRY', 'CLAUDE_CODE_ENHANCED_TELEMETRY_BETA', 'ENABLE_ENHANCED_TELEMETRY_BETA'],
            ...['OTEL_*', 'CLAUDE_CODE_OTEL_*', 'DISABLE_TELEMETRY', 'DISABLE_ERROR_REPORTING', 'DO_NOT_TRACK'],
        ],
    },
];
const behaviour = [
    ...['ANTHROPIC_MODEL', 'ANTHROPIC_SMALL_FAST_MODEL', 'ANTHROPIC_DEFAULT_MODEL', 'ANTHROPIC_DEFAULT_*_MODEL*'],
    ...['ANTHROPIC_CUSTOM_MODEL_OPTION*', 'CLAUDE_CODE_SUBAGENT_MODEL', 'FALLBACK_FOR_ALL_PRIMARY_MODELS'],
    ...['CLAUDE_CODE_DISABLE_LEGACY_MODEL_REMAP', 'CLAUDE_CODE_DISABLE_1M_CONTEXT', 'CLAUDE_CODE_DISABLE_FAST_MODE'],
    // Tokens, thinking, compaction, the prompt cache
    ...['MAX_THINKING_TOKENS', 'MAX_MCP_OUTPUT_TOKENS', 'MAX_STRUCTURED_OUTPUT_RETRIES', 'CLAUDE_CODE_EFFORT_LEVEL'],
    ...['CLAUDE_CODE_MAX_OUTPUT_TOKENS', 'CLAUDE_CODE_MAX_CONTEXT_TOKENS', 'CLAUDE_CODE_FILE_READ_MAX_OUTPUT_TOKENS'],
    ...['CLAUDE_CODE_DISABLE_THINKING', 'CLAUDE_CODE_DISABLE_ADAPTIVE_THINKING', 'DISABLE_INTERLEAVED_THINKING'],
    ...['CLAUDE_CODE_AUTO_COMPACT_WINDOW', 'CLAUDE_AUTOCOMPACT_PCT_OVERRIDE', 'DISABLE_COMPACT', 'DISABLE_AUTO_COMPACT'],
    ...['DISABLE_PROMPT_CACHING*', 'ENABLE_PROMPT_CACHING_1H*', 'FORCE_PROMPT_CACHING_5M'],
    ...['CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS', 'CLAUDE_CODE_ATTRIBUTION_HEADER', 'DISABLE_COST_WARNINGS'],
    // Time limits of requests
    ...['API_TIMEOUT_MS', 'API_FORCE_IDLE_TIMEOUT', 'CLAUDE_STREAM_IDLE_TIMEOUT_MS', 'CLAUDE_ENABLE_STREAM_WATCHDOG'],
    ...[
        'CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS',
        'CLAUDE_ENABLE_BYTE_WATCHDOG*',
        'CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK',
    ],
    // MCP servers
    ...['MCP_TIMEOUT', 'MCP_TOOL_TIMEOUT', 'MCP_CONNECT_TIMEOUT_MS', 'MCP_CONNECTION_NONBLOCKING'],
    ...[
        'MCP_SERVER_CONNECTION_BATCH_SIZE',
        'MCP_REMOTE_SERVER_CONNECTION_BATCH_SIZE',
        'CLAUDE_CODE_MCP_TOOL_IDLE_TIMEOUT',
    ],
    ...['ENABLE_TOOL_SEARCH', 'ENABLE_MCP_LARGE_OUTPUT_FILES', 'ENABLE_CLAUDEAI_MCP_SERVERS'],
    // Tools, sub-agents, hooks
    ...['BASH_DEFAULT_TIMEOUT_MS', 'BASH_MAX_TIMEOUT_MS', 'BASH_MAX_OUTPUT_LENGTH', 'TASK_MAX_OUTPUT_LENGTH'],
    ...['CLAUDE_BASH_MAINTAIN_PROJECT_WORKING_DIR', 'CLAUDE_CODE_GIT_BASH_PATH', 'CLAUDE_CODE_USE_POWERSHELL_TOOL'],
    ...[
        'CLAUDE_CODE_GLOB_HIDDEN',
        'CLAUDE_CODE_GLOB_NO_IGNORE',
        'CLAUDE_CODE_GLOB_TIMEOUT_SECONDS',
        'USE_BUILTIN_RIPGREP',
    ],
    ...['CLAUDE_CODE_MAX_TOOL_USE_CONCURRENCY', 'CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS', 'SLASH_COMMAND_TOOL_CHAR_BUDGET'],
    ...['CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH', 'CLAUDE_CODE_MAX_WEB_SEARCHES_PER_SESSION'],
    ...['CLAUDE_CODE_STOP_HOOK_BLOCK_CAP', 'CLAUDE_CODE_SESSIONEND_HOOKS_TIMEOUT_MS'],
    // Less of what is there by default
    ...['CLAUDE_CODE_DISABLE_AUTO_MEMORY', 'CLAUDE_CODE_DISABLE_CLAUDE_MDS', 'CLAUDE_CODE_DISABLE_GIT_INSTRUCTIONS'],
    ...['CLAUDE_CODE_DISABLE_BUNDLED_SKILLS', 'CLAUDE_CODE_DISABLE_WORKFLOWS', 'CLAUDE_CODE_DISABLE_CRON'],
    ...['CLAUDE_CODE_DISABLE_WEB_FETCH', 'CLAUDE_CODE_SUBPROCESS_ENV_SCRUB', 'IS_SANDBOX'],
];
/** Models, limits and behaviour. */
const behaviourVariables = [{ holds: 'nothing', names: behaviour }];
const awsVariables = [
    { holds: 'credential', names: ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_BEARER_TOKEN_BEDROCK'] },
    { holds: 'credential', names: ['AWS_CONTAINER_AUTHORIZATION_TOKEN'] },
    { holds: 'file', names: ['AWS_*_TOKEN_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'] },
    { holds: 'address', names: ['AWS_*_URI', 'AWS_ENDPOINT_URL*'] },
    { holds: 'nothing', names: ['AWS_*'] },
];
const googleVariables = [
    { holds: 'file', names: ['GOOGLE_APPLICATION_CREDENTIALS', 'CLOUDSDK_*_FILE', 'CLOUDSDK_*_OVERRIDE'] },
    { holds: 'nothing', names: ['CLOUD_ML_REGION', 'GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'CLOUDSDK_*'] },
];
/** Variables of a provider, passed only when its switch is on. */
const providers = [
    {
        chosenBy: 'CLAUDE_CODE_USE_BEDROCK',
        variables: [
            { holds: 'address', names: ['ANTHROPIC_BEDROCK_*'] },
            { holds: 'nothing', names: ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_SKIP_BEDROCK_AUTH'] },
            { holds: 'nothing', names: ['ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION'] },
            ...awsVariables,
        ],
    },
    {
        chosenBy: 'CLAUDE_CODE_USE_MANTLE',
        variables: [
            { holds: 'address', names: ['ANTHROPIC_BEDROCK_*'] },
            { holds: 'nothing', names: ['CLAUDE_CODE_USE_MANTLE', 'CLAUDE_CODE_SKIP_MANTLE_AUTH'] },
            ...awsVariables,
        ],
    },
    {
        chosenBy: 'CLAUDE_CODE_USE_ANTHROPIC_AWS',
        variables: [
            { holds: 'credential', names: ['ANTHROPIC_AWS_API_KEY'] },
            { holds: 'address', names: ['ANTHROPIC_AWS_*'] },
            { holds: 'nothing', names: ['CLAUDE_CODE_USE_ANTHROPIC_AWS', 'CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH'] },
            ...awsVariables,
        ],
    },
    {
        chosenBy: 'CLAUDE_CODE_USE_VERTEX',
        variables: [
            { holds: 'address', names: ['ANTHROPIC_VERTEX_*'] },
            { holds: 'nothing', names: ['CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_SKIP_VERTEX_AUTH', 'VERTEX_REGION_*'] },
            ...googleVariables,
        ],
    },
    {
        chosenBy: 'CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD',
        variables: [
            { holds: 'address', names: ['ANTHROPIC_GOOGLE_CLOUD_*'] },
            { holds: 'nothing', names: ['CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD'] },
            { holds: 'nothing', names: ['CLAUDE_CODE_SKIP_ANTHROPIC_GOOGLE_CLOUD_AUTH'] },
            ...googleVariables,
        ],
    },
    {
        chosenBy: 'CLAUDE_CODE_USE_FOUNDRY',
        variables: [
            {
                holds: 'credential',
                names: ['ANTHROPIC_FOUNDRY_API_KEY', 'ANTHROPIC_FOUNDRY_AUTH_TOKEN', 'AZURE_CLIENT_SECRET'],
            },
            { holds: 'file', names: ['AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'] },
            { holds: 'address', names: ['ANTHROPIC_FOUNDRY_*'] },
            { holds: 'nothing', names: ['CLAUDE_CODE_USE_FOUNDRY', 'CLAUDE_CODE_SKIP_FOUNDRY_AUTH'] },
            { holds: 'nothing', names: ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID'] },
        ],
    },
    {
        chosenBy: 'ANTHROPIC_FEDERATION_RULE_ID',
        variables: [
            { holds: 'credential', names: ['ANTHROPIC_IDENTITY_TOKEN'] },
            { holds: 'file', names: ['ANTHROPIC_IDENTITY_TOKEN_FILE'] },
            { holds: 'nothing', names: ['ANTHROPIC_FEDERATION_RULE_ID', 'ANTHROPIC_ORGANIZATION_ID', 'ANTHROPIC_SCOPE'] },
            { holds: 'nothing', names: ['ANTHROPIC_SERVICE_ACCOUNT_ID', 'ANTHROPIC_WORKSPACE_ID'] },
        ],
    },
];
/** Variables that look like settings of the CLI, or of the certificates that it and its tools trust. */
const settingLike = [
    ...['CLAUDE_*', 'ANTHROPIC_*', 'MCP_*', 'BASH_DEFAULT_*', 'BASH_MAX_*', 'MAX_*_TOKENS', 'DISABLE_*', 'ENABLE_TOOL_*'],
    ...['ENABLE_PROMPT_*', 'API_TIMEOUT_MS', 'NODE_OPTIONS', 'NODE_USE_SYSTEM_CA', 'NODE_TLS_REJECT_UNAUTHORIZED'],
    ...['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO', 'AWS_CA_BUNDLE'],
];
/** Variables that the CLI sets for its own tools: they are in our environment when Claude started us. */
const setByTheCli = [
    ...['CLAUDE_CODE_SESSION_ID', 'CLAUDE_CODE_CHILD_SESSION', 'CLAUDE_CODE_MESSAGING_*', 'CLAUDE_CODE_ENTRYPOINT'],
    ...['CLAUDE_CODE_EXECPATH', 'CLAUDE_CODE_SSE_PORT', 'CLAUDE_PID', 'CLAUDE_PROJECT_DIR', 'CLAUDE_PLUGIN_ROOT'],
    ...['CLAUDE_CODE_TOOL_USE_ID', 'CLAUDE_ENV_FILE', 'CLAUDE_ENSEMBLE_*'],
];


/***/ }),

/***/ 4391:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lk: () => (/* binding */ hasCredentials),
/* harmony export */   Mp: () => (/* binding */ isOn),
/* harmony export */   Q_: () => (/* binding */ withheldNotice),
/* harmony export */   Qc: () => (/* binding */ childEnvironment),
/* harmony export */   Ud: () => (/* binding */ plainEnvironment),
/* harmony export */   a7: () => (/* binding */ passedVariables)
/* harmony export */ });
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1708);
/* harmony import */ var _options_withheld_variables_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3886);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3387);
/* harmony import */ var _cli_variables_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1044);




const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
/** The machine, the locale, the network and the runner: what any program may see (SECURITY.md, T2). */
const plainVariables = [
    {
        holds: 'nothing',
        names: [
            ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TERM', 'LANG', 'LC_*', 'TZ', 'TMPDIR', 'TMP', 'TEMP'],
            ...['NO_PROXY', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
            ...['CI', 'GITHUB_ACTIONS', 'RUNNER_TRACKING_ID'],
        ],
    },
    { holds: 'address', names: proxies },
];
const windowsVariables = {
    holds: 'nothing',
    names: ['SystemRoot', 'ComSpec', 'PATHEXT', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA'],
};
const plain = [...plainVariables, ...(node_process__WEBPACK_IMPORTED_MODULE_0__.platform === 'win32' ? [windowsVariables] : [])];
/** Variables that lead neither to a model nor away from the machine. */
const harmless = [...plain, ..._cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .behaviourVariables */ .zL];
/** The CLI's own retries: two, so that its layer and ours do not multiply (docs/claude-cli.md). */
const cliRetries = '2';
/** Variables that any program of ours may see: none of them is secret, except that a proxy's address may hold a password. `further` are globs. */
function plainEnvironment(environment, further = []) {
    return allowedOf(environment, [...namesOf(plain), ...further]);
}
/** Builds the environment that all attempts of one process get: an allowlist of ours, and what steers the CLI. */
function childEnvironment(options) {
    const { environment, credentials, passEnv, offlineUrl } = options;
    const offline = offlineUrl !== undefined;
    const passed = allowedOf(environment, [...namesOf(offline ? harmless : variablesIn(environment)), ...passEnv]);
    return {
        ...Object.fromEntries(Object.entries(passed).filter(([name]) => !isReplaced(name, options))),
        ...(offline ? offlineVariables(offlineUrl, options) : variablesOf(credentials)),
        ...configVariable(options),
        CLAUDE_CODE_TMPDIR: options.temporaryDirectory,
        CLAUDE_CODE_MAX_RETRIES: cliRetries,
        CLAUDE_CODE_DISABLE_FILE_MENTIONS: '1',
        ...(options.isMemoryOff === true && { CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1' }),
        // An hour is there only when the environment asks for it.
        ...(options.cacheLifetime === '5m' && { FORCE_PROMPT_CACHING_5M: '1' }),
        CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        DISABLE_AUTOUPDATER: '1',
    };
}
/** Every variable of our environment that a child may be given. */
function passedVariables({ environment, passEnv, }) {
    const known = variablesIn(environment);
    return Object.entries(allowedOf(environment, [...namesOf(known), ...passEnv])).map(([name, value]) => ({
        name,
        value,
        holds: known.find(({ names }) => matchesAny(name, names))?.holds ?? 'unknown',
    }));
}
function variablesIn(environment) {
    const chosen = _cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .providers */ .r5.filter(({ chosenBy }) => isOn(environment[chosenBy])).flatMap(({ variables }) => variables);
    return [...plain, ..._cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .connectionVariables */ .OF, ..._cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .behaviourVariables */ .zL, ...chosen];
}
function namesOf(variables) {
    return variables.flatMap(({ names }) => names);
}
/** A notice names no more variables than people read. */
const mostNamed = 20;
/** Says which variables look like settings of the CLI and do not reach it as they are; undefined when there are none. */
function withheldNotice(options) {
    const child = childEnvironment(options);
    const names = Object.entries(options.environment)
        .filter(([name, value]) => value !== undefined && value !== '' && isUnexpectedlyAbsent(name, options))
        .filter(([name, value]) => child[name] !== value && !(isOn(child[name]) && isOn(value) && /DISABLE_/.test(name)))
        .map(([name]) => name);
    if (names.length === 0)
        return undefined;
    const withheld = names.filter((name) => child[name] === undefined);
    const replaced = names.filter((name) => child[name] !== undefined);
    const parts = [
        ...(withheld.length === 0
            ? []
            : [
                `These variables are withheld from Claude, though they look meant for it: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(withheld, mostNamed)}. pass-env hands on what it names.`,
            ]),
        ...(replaced.length === 0
            ? []
            : [`Set by us for every process, whatever the environment says: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(replaced, mostNamed)}.`]),
    ];
    return parts.join(' ');
}
/** A credential gives way to one that is an option, and to none offline, as intended: neither is worth a notice. */
function isUnexpectedlyAbsent(name, { offlineUrl }) {
    if (!matchesAny(name, _cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .settingLike */ .IP) || matchesAny(name, _cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .setByTheCli */ .Ri) || _cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .credentialNames */ .MR.includes(name))
        return false;
    if (offlineUrl === undefined)
        return true;
    return !matchesAny(name, [
        'ANTHROPIC_*',
        ...namesOf([..._cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .connectionVariables */ .OF, ..._cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .providers */ .r5.flatMap(({ variables }) => variables)]),
    ]);
}
/** Whether the CLI will find something to authenticate with in this environment or in these options. */
function hasCredentials(environment, credentials) {
    return (Object.keys(credentials).length > 0 ||
        _cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .credentialNames */ .MR.some((name) => Boolean(environment[name])) ||
        _cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .providers */ .r5.some(({ chosenBy }) => isOn(environment[chosenBy])));
}
function allowedOf(environment, globs) {
    const isNamed = matcherOf(globs);
    const passed = Object.entries(environment).filter((entry) => entry[1] !== undefined && isNamed(entry[0]) && !(0,_options_withheld_variables_js__WEBPACK_IMPORTED_MODULE_3__/* .isWithheldVariable */ .c)(entry[0]));
    return Object.fromEntries(passed);
}
function variablesOf(credentials) {
    const given = Object.entries(credentials);
    return Object.fromEntries(given.map(([key, value]) => [_cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .credentialVariables */ .rt[key], value]));
}
function offlineVariables(url, { offlineSubscription }) {
    const credential = offlineSubscription === true ? 'CLAUDE_CODE_OAUTH_TOKEN' : 'ANTHROPIC_API_KEY';
    return { ANTHROPIC_BASE_URL: url, [credential]: 'offline' };
}
function configVariable({ configDirectory, environment }) {
    const directory = configDirectory ?? environment.CLAUDE_CONFIG_DIR;
    return directory === undefined ? {} : { CLAUDE_CONFIG_DIR: directory };
}
/** A credential given as an option replaces all of the environment's; the stand-in replaces whatever leads to a model. */
function isReplaced(name, { credentials, offlineUrl }) {
    if (_cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .credentialNames */ .MR.includes(name))
        return offlineUrl !== undefined || Object.keys(credentials).length > 0;
    if (offlineUrl === undefined)
        return false;
    // A proxy would be handed the prompt, though the stand-in is on this machine.
    return /^ANTHROPIC_|_proxy$/i.test(name) || _cli_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .providers */ .r5.some(({ chosenBy }) => chosenBy === name);
}
/** Whether a variable of the CLI switches something on. */
function isOn(value) {
    return value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false';
}
function matchesAny(name, globs) {
    return matcherOf(globs)(name);
}
/** Most globs are plain names: those are not compared one by one, for each variable of each child. */
function matcherOf(globs) {
    // To Windows, PATH and Path are the same name.
    const spelled = (text) => (node_process__WEBPACK_IMPORTED_MODULE_0__.platform === 'win32' ? text.toLowerCase() : text);
    const names = new Set(globs.map(spelled));
    const patterns = [...names].filter((glob) => /[*?]/.test(glob));
    return (name) => names.has(spelled(name)) || patterns.some((glob) => matchesGlob(spelled(name), glob));
}
/** When it fails, it tries again from the last `*` only. A regular expression would try every `*` anew: many take forever. */
function matchesGlob(name, glob) {
    let at = 0;
    let inGlob = 0;
    /** The place in the glob behind its last `*`, -1 before the first; and where in the name the rest was tried last. */
    let behindStar = -1;
    let retryAt = 0;
    while (at < name.length) {
        if (glob[inGlob] === '*') {
            inGlob += 1;
            behindStar = inGlob;
            retryAt = at;
        }
        else if (glob[inGlob] === '?' || glob[inGlob] === name[at]) {
            inGlob += 1;
            at += 1;
        }
        else if (behindStar >= 0) {
            retryAt += 1;
            at = retryAt;
            inGlob = behindStar;
        }
        else
            return false;
    }
    return /^\**$/.test(glob.slice(inGlob));
}


/***/ }),

/***/ 5644:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OO: () => (/* binding */ installExecutable),
/* harmony export */   eW: () => (/* binding */ isTested),
/* harmony export */   g1: () => (/* binding */ absenceFault),
/* harmony export */   oq: () => (/* binding */ findExecutable),
/* harmony export */   rh: () => (/* binding */ minimumVersion)
/* harmony export */ });
/* unused harmony export testedVersion */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1708);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2011);
/* harmony import */ var _probe_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6920);





/** The version that this project is tested with, and installs. */
const testedVersion = '2.1.330';
/** The oldest version that is taken from the PATH: the one whose flags and messages this project was measured with. */
const minimumVersion = '2.1.330';
/** Finds the executable that is run as Claude, before anything starts. Installs nothing. */
async function findExecutable(options) {
    const { choice, environment, distrusted, project } = options;
    if (choice.path !== undefined)
        return checkGiven(choice.path, options);
    const onPath = await firstIn(directoriesOf(environment), distrusted);
    const wanted = choice.version;
    const { version, failure, executable } = await claudeAt(onPath, wanted, options);
    if (executable !== undefined)
        return { kind: 'found', executable };
    const local = project === undefined ? undefined : await firstIn(projectDirectories(project), distrusted);
    const installed = await claudeAt(local, wanted, options);
    if (installed.executable !== undefined)
        return { kind: 'found', executable: installed.executable };
    return { kind: 'absent', why: absence({ onPath, version, failure, wanted }), version: wanted ?? testedVersion };
}
/** Answer of the program at a path to `--version`; `executable` when it is a Claude CLI that fits. */
async function claudeAt(path, wanted, { environment, stop: interrupt, onStart }) {
    if (path === undefined)
        return {};
    const { version, failure, spawnFault } = await (0,_probe_js__WEBPACK_IMPORTED_MODULE_3__/* .probe */ .d)(path, environment, { interrupt, onStart });
    if (version === undefined)
        return { failure: failure ?? spawnFault };
    return fits(version, wanted) ? { version, executable: { path, kind: 'claude', version } } : { version, failure };
}
async function checkGiven(path, { environment, stop: interrupt, onStart }) {
    const real = await resolveCommandFile(path);
    const fault = await accessFault(real);
    const shown = `claude-path: ${JSON.stringify(path)}`;
    if (fault !== undefined)
        return { kind: 'unusable', message: `${shown} ${fault}.` };
    const { version, speaks, spawnFault, failure, isQuiet } = await (0,_probe_js__WEBPACK_IMPORTED_MODULE_3__/* .probe */ .d)(real, environment, { interrupt, onStart });
    if (spawnFault !== undefined)
        return { kind: 'unusable', message: `${shown} could not be started: ${spawnFault}` };
    const executable = { path: real, kind: speaks, ...(version !== undefined && { version }) };
    if (speaks !== 'unknown' || failure === undefined || isQuiet)
        return { kind: 'found', executable };
    const notice = `${shown} is taken for a plain program: it does not answer --version as the Claude CLI does (${failure}).`;
    return { kind: 'found', executable, notice };
}
/** Why nothing can be started where nothing may be installed, and what to do. */
function absenceFault({ why, version }) {
    return `${why} Install it with: npm install -g @anthropic-ai/claude-code@${version}`;
}
/** Installs what a search did not find. */
async function installExecutable({ why, version }, { install, environment, stop }) {
    const installation = await install(version, stop);
    if ('fault' in installation)
        return { kind: 'unusable', message: `${why} Installing it failed: ${installation.fault}` };
    // Not what was asked for, which may be "latest", but what was installed.
    const { version: actual = version } = await (0,_probe_js__WEBPACK_IMPORTED_MODULE_3__/* .probe */ .d)(installation.path, environment, { interrupt: stop });
    const executable = { path: installation.path, kind: 'claude', version: actual };
    return { kind: 'found', executable, notice: `${why} Claude Code ${actual} is used instead.` };
}
function absence({ onPath, version, failure, wanted }) {
    if (wanted === 'latest')
        return 'claude-version is "latest", which only an installation can settle.';
    if (onPath === undefined)
        return 'There is no "claude" on the PATH.';
    const how = failure === undefined ? '' : ` (${failure})`;
    if (version === undefined)
        return `${onPath} does not answer --version as the Claude CLI does${how}.`;
    if (wanted !== undefined)
        return `${onPath} is version ${version}, but claude-version is ${wanted}.`;
    return `${onPath} is version ${version}; at least ${minimumVersion} is needed.`;
}
function fits(version, wanted) {
    return wanted === undefined ? compareVersions(version, minimumVersion) >= 0 : version === wanted;
}
/** Whether it is the CLI, of a version that this project was measured with. */
function isTested({ kind, version }) {
    return kind === 'claude' && version !== undefined && compareVersions(version, minimumVersion) >= 0;
}
function compareVersions(a, b) {
    return a.localeCompare(b, 'en', { numeric: true });
}
function directoriesOf(environment) {
    return (environment.PATH ?? environment.Path ?? '').split(node_path__WEBPACK_IMPORTED_MODULE_1__.delimiter).filter((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(entry));
}
/** Directories of npm's commands of a project's dependencies, the nearest first. */
function projectDirectories(project) {
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(project);
    return [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(project, 'node_modules', '.bin'), ...(parent === project ? [] : projectDirectories(parent))];
}
async function firstIn(directories, distrusted) {
    const names = node_process__WEBPACK_IMPORTED_MODULE_2__.platform === 'win32' ? ['claude.exe', 'claude.cmd'] : ['claude'];
    for (const directory of directories) {
        for (const name of names) {
            const candidate = await resolveCommandFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name));
            if ((await accessFault(candidate)) !== undefined)
                continue;
            if (distrusted === undefined || !(await leadsInto(candidate, distrusted)))
                return candidate;
        }
    }
    return undefined;
}
/** Links are followed on both sides: one on the PATH may lead into the checkout, and the checkout may be reached by one. */
async function leadsInto(path, directory) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(directory), await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path));
    return way !== '..' && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(way);
}
/** npm's `claude.cmd` would need a shell, and a shell would read the arguments: the executable that it names is used. */
async function resolveCommandFile(path) {
    if (node_process__WEBPACK_IMPORTED_MODULE_2__.platform !== 'win32' || !path.toLowerCase().endsWith('.cmd'))
        return path;
    const named = /"%(?:~dp0|dp0%)\\?([^"%]+\.exe)"/i.exec(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8').catch(() => ''))?.[1];
    return named === undefined ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path), named);
}
const absences = new Set(['ENOENT', 'ENOTDIR']);
async function accessFault(path) {
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).catch((error) => (0,_model_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .CA)(error) ?? '');
    if (typeof stats === 'string')
        return absences.has(stats) ? 'does not exist' : `cannot be reached (${stats})`;
    if (!stats.isFile())
        return 'is not a file';
    if (node_process__WEBPACK_IMPORTED_MODULE_2__.platform === 'win32' && path.toLowerCase().endsWith('.cmd'))
        return 'is a script for a shell, and names no executable';
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(path, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK).then(() => undefined, () => 'is not executable');
}


/***/ }),

/***/ 8528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cd: () => (/* binding */ retrySchema),
/* harmony export */   FD: () => (/* binding */ resultSchema),
/* harmony export */   HQ: () => (/* binding */ messageSchema),
/* harmony export */   O_: () => (/* binding */ initSchema),
/* harmony export */   Py: () => (/* binding */ textBlocksSchema),
/* harmony export */   bd: () => (/* binding */ notificationSchema),
/* harmony export */   nP: () => (/* binding */ deniedSchema),
/* harmony export */   p5: () => (/* binding */ limitEventSchema),
/* harmony export */   pG: () => (/* binding */ turnSchema),
/* harmony export */   pK: () => (/* binding */ messageWords),
/* harmony export */   wq: () => (/* binding */ mostServers),
/* harmony export */   xp: () => (/* binding */ informationalSchema),
/* harmony export */   yA: () => (/* binding */ fallbackSchema)
/* harmony export */ });
/* unused harmony exports usageSchema, blockSchema, modelUsageSchema */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5586);

/** The fields that the schemas below read. */
const keys = new Set();
/** A schema of a message, or of a part of one. Redaction leaves the names of its fields as they are. */
function fields(shape) {
    for (const key of Object.keys(shape))
        keys.add(key);
    return zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc(shape);
}
/** Optional where the CLI leaves a field out in some of its messages; of the wrong type counts as absent. */
const text = zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional().catch(undefined);
/** Far beyond what a run has, and small enough that the records of a session can hold the sum of all. */
const number = zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().min(0).max(1e12);
const count = number.optional().catch(undefined);
/** More parts of one message, or more denied calls, say nothing to people; each costs every listener its time. */
const mostBlocks = 1_000;
const mostDenials = 1_000;
/** More servers than these are not named. */
const mostServers = 100;
/** A list of which only the beginning is read. */
function firstOf(most, item) {
    return zod__WEBPACK_IMPORTED_MODULE_0__/* .preprocess */ .vkY((list) => (Array.isArray(list) ? list.slice(0, most) : list), zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(item));
}
/** Tokens of one request; an impossible number counts as absent. */
const tokens = number.catch(0);
/** US dollars; an impossible amount counts as absent, so that the process's ceiling is charged instead. */
const cost = zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().min(0).max(1_000_000).optional().catch(undefined);
/** Tokens of a run. */
const usageSchema = fields({
    input_tokens: tokens,
    output_tokens: tokens,
    cache_read_input_tokens: tokens,
    cache_creation_input_tokens: tokens,
});
/** Any message. */
const messageSchema = fields({ type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), subtype: text, timestamp: text });
const serverSchema = fields({ name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() });
/** The first message of a conversation. */
const initSchema = fields({
    session_id: text,
    model: text,
    claude_code_version: text,
    mcp_servers: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(serverSchema.catch({ name: '', status: '' })).catch([]),
});
/** A tool's result in blocks. */
const textBlocksSchema = firstOf(mostBlocks, fields({ type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), text }));
/** A request is about to be tried again. */
const retrySchema = fields({
    attempt: count,
    max_retries: count,
    retry_delay_ms: count,
    error_status: count,
    error: text,
});
/** Epoch seconds as milliseconds; what no calendar knows counts as absent. */
const epochSeconds = zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig()
    .min(0)
    .max(253_402_300_799)
    .transform((seconds) => seconds * 1000)
    .optional()
    .catch(undefined);
const usageLimitSchema = fields({
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    rateLimitType: text,
    resetsAt: epochSeconds,
    isUsingOverage: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY().optional().catch(undefined),
});
/** The state of the account's limit. */
const limitEventSchema = fields({ rate_limit_info: usageLimitSchema.optional().catch(undefined) });
const errorParamsSchema = fields({ ...limitEventSchema.shape, remedy: text });
/** Another model takes over. */
const fallbackSchema = fields({ original_model: text, fallback_model: text });
/** A call of a tool was denied. */
const deniedSchema = fields({ tool_name: text, message: text, decision_reason_type: text });
const promptOutcomeSchema = fields({ kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), reason: text });
/** A hook, or a check of the CLI itself, kept the prompt from the model. */
const informationalSchema = fields({
    content: text,
    prompt_submit_outcome: promptOutcomeSchema.optional().catch(undefined),
});
/** Something that the CLI shows people. */
const notificationSchema = fields({ key: text });
/** One block of such a message. */
const blockSchema = fields({
    type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    text,
    thinking: text,
    id: text,
    name: text,
    input: zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J().optional(),
    tool_use_id: text,
    content: zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J().optional(),
    is_error: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY().optional().catch(undefined),
});
/** A message of the conversation itself. */
const turnSchema = fields({
    error: text,
    api_error_params: errorParamsSchema.optional().catch(undefined),
    parent_tool_use_id: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullish().catch(undefined),
    message: fields({
        id: text,
        role: text,
        model: text,
        content: zod__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), firstOf(mostBlocks, blockSchema.catch({ type: 'unknown' }))]).catch([]),
    }),
});
const denialSchema = fields({ tool_name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().catch('unknown'), tool_use_id: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().catch('') });
/** Tokens of one model. */
const modelUsageSchema = fields({
    inputTokens: tokens,
    outputTokens: tokens,
    cacheReadInputTokens: tokens,
    cacheCreationInputTokens: tokens,
});
const deferredSchema = fields({ name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().catch('unknown') });
/** The message that ends a run. */
const resultSchema = fields({
    subtype: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().catch(''),
    is_error: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY().default(false).catch(true),
    result: text,
    errors: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()).catch([]),
    api_error_status: number.nullable().catch(null),
    api_error: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable().catch(null),
    terminal_reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable().catch(null),
    stop_reason: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable().catch(null),
    structured_output: zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J().optional(),
    session_id: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().catch(''),
    num_turns: count,
    local_command: text,
    deferred_tool_use: deferredSchema.optional().catch(undefined),
    total_cost_usd: cost,
    usage: usageSchema.optional().catch(undefined),
    modelUsage: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), modelUsageSchema).catch({}),
    permission_denials: firstOf(mostDenials, denialSchema.catch({ tool_name: 'unknown', tool_use_id: '' })).catch([]),
});
/** Fields whose text is a word of the protocol. */
const controls = [
    ...['type', 'subtype', 'role', 'error', 'api_error', 'terminal_reason', 'stop_reason'],
    ...['status', 'decision_reason_type', 'rateLimitType', 'remedy'],
];
/** Fields of a message that the verdict depends on. All others are text. */
const messageWords = {
    keys,
    controls: new Set(controls),
    payloads: new Set(['input', 'tool_input', 'structured_output', 'tool_use_result', 'toolUseResult']),
};


/***/ }),

/***/ 6924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ parseMessage)
});

// EXTERNAL MODULE: ./build/model/compact.js
var compact = __webpack_require__(5527);
// EXTERNAL MODULE: ./build/model/money.js
var money = __webpack_require__(8734);
// EXTERNAL MODULE: ./build/model/usage.js
var usage = __webpack_require__(4041);
// EXTERNAL MODULE: ./build/text/json.js
var json = __webpack_require__(5666);
;// CONCATENATED MODULE: ./build/agents/claude/bounded-json.js

/** Deeper values are emptied: nothing that the CLI or a model writes is, and what walks over them would exhaust the stack. */
const deepest = 100;
/** More values than these are left out: they would cost hundreds of megabytes, and block the event loop for seconds. */
const mostValues = 200_000;
const mostMembers = 1_000;
const code = { quote: 0x22, comma: 0x2c, openList: 0x5b, backslash: 0x5c, closeList: 0x5d, open: 0x7b, close: 0x7d };
/** Parses a JSON object or list in bounded time and memory, of a long one about `most` values, to well-formed Unicode; undefined when it is none. */
function parseBounded(text, most = mostValues) {
    // So short a text cannot hold too many values: to look at what was parsed is cheaper than to look at each character.
    if (text.length <= mostValues) {
        const value = (0,json/* parseJson */.q)(text);
        if (isWithinBounds(value))
            return { value, isCut: false };
    }
    const bounded = withinBounds(text, most);
    const value = (0,json/* parseJson */.q)(wellFormed(bounded));
    return value === undefined ? undefined : { value, isCut: bounded !== text };
}
/** Whether an object has few members, and is neither too deep nor holds half a character. */
function isWithinBounds(value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return false;
    return Object.keys(value).length <= mostMembers && isPlain(value, 1);
}
function isPlain(value, depth) {
    if (typeof value === 'string')
        return value.isWellFormed();
    if (typeof value !== 'object' || value === null)
        return true;
    if (depth > deepest)
        return false;
    if (Array.isArray(value))
        return value.every((item) => isPlain(item, depth + 1));
    return Object.entries(value).every(([key, inner]) => key.isWellFormed() && isPlain(inner, depth + 1));
}
/**
 * The text without the ends of the lists and objects that are too long, and with those emptied that are too deep. The
 * members of the outermost object have a bound of their own, so that what stands beside a huge one is still read.
 */
function withinBounds(text, most) {
    const kept = [];
    let keptUpTo = 0;
    let depth = 0;
    let values = 0;
    let members = 0;
    /** The depth of the list or object whose end is left out; 0 while everything is kept. */
    let cutDepth = 0;
    const cut = (from) => {
        kept.push(text.slice(keptUpTo, from));
        cutDepth = depth;
    };
    for (let at = 0; at < text.length; at += 1) {
        const character = text.charCodeAt(at);
        if (character === code.quote)
            at = endOfString(text, at);
        else if (character === code.open || character === code.openList) {
            depth += 1;
            values += 1;
            if (cutDepth === 0 && depth > 1 && (depth > deepest || values > most))
                cut(at + 1);
        }
        else if (character === code.close || character === code.closeList) {
            if (cutDepth === depth) {
                cutDepth = 0;
                keptUpTo = at;
            }
            depth -= 1;
        }
        else if (character === code.comma && cutDepth === 0) {
            if (depth > 1)
                values += 1;
            else
                members += 1;
            if (depth > 1 ? values > most : members > mostMembers)
                cut(at);
        }
    }
    if (kept.length === 0)
        return text;
    return cutDepth > 0 ? '' : [...kept, text.slice(keptUpTo)].join('');
}
/** The place of the quote that ends the string which begins at `start`. */
function endOfString(text, start) {
    for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
        let before = end;
        while (text.charCodeAt(before - 1) === code.backslash)
            before -= 1;
        if ((end - before) % 2 === 0)
            return end;
    }
    return text.length;
}
const surrogateEscape = /\\u[dD][89a-fA-F]/;
const escapes = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[dD][89a-fA-F][\da-fA-F]{2}|[\s\S])/g;
const loneLength = String.raw `\ud800`.length;
/** JSON can name halves of a character, which no file and no other program can hold. */
function wellFormed(json) {
    if (!surrogateEscape.test(json))
        return json;
    return json.replace(escapes, (found) => (found.length === loneLength ? String.raw `\ufffd` : found));
}

// EXTERNAL MODULE: ./build/agents/claude/message-schemas.js
var message_schemas = __webpack_require__(8528);
;// CONCATENATED MODULE: ./build/agents/claude/messages.js





/** A message of the model or of a tool, as the CLI begins it. */
const turnStart = /^\{"type":"(?:assistant|user)"/;
/** The limit for a turn, of which few blocks are read: parsing as many values as a result may have blocks the event loop for 50 ms. */
const mostValuesOfTurn = 20_000;
/** One line of the CLI's stream as entries of the conversation; undefined when it is no message at all. */
function parseMessage(line) {
    const json = parseBounded(line, turnStart.test(line) ? mostValuesOfTurn : undefined);
    const message = message_schemas/* messageSchema */.HQ.safeParse(json?.value);
    if (json === undefined || !message.success)
        return undefined;
    const { type, subtype, timestamp: at } = message.data;
    return { type, entries: entriesOf(type, subtype, json), isCut: json.isCut, ...(0,compact/* compact */.o)({ at }) };
}
function entriesOf(type, subtype, json) {
    if (type === 'assistant' || type === 'user')
        return turnEntries(json.value) ?? [{ kind: 'other', type }];
    if (type === 'result')
        return [resultEntry(message_schemas/* resultSchema */.FD.parse(json.value), json.isCut)];
    if (type === 'rate_limit_event')
        return [limitEntry(message_schemas/* limitEventSchema */.p5.parse(json.value)) ?? { kind: 'other', type }];
    if (type !== 'system')
        return [{ kind: 'other', type }];
    return [systemEntry(subtype, json.value) ?? { kind: 'other', type: `system/${subtype ?? ''}` }];
}
function limitEntry({ rate_limit_info: limit }) {
    if (limit === undefined)
        return undefined;
    const { status, rateLimitType, resetsAt, isUsingOverage = false } = limit;
    return {
        kind: 'usage-limit',
        status,
        ...(rateLimitType !== undefined && { limitType: rateLimitType }),
        ...(resetsAt !== undefined && { resetsAt }),
        isUsingOverage,
    };
}
function systemEntry(subtype, value) {
    switch (subtype) {
        case 'init': {
            const { session_id = '', model = '', claude_code_version = '', mcp_servers } = message_schemas/* initSchema */.O_.parse(value);
            const entry = { kind: 'init', conversationId: session_id, model, cliVersion: claude_code_version };
            const mcpFaults = mcpFaultsOf(mcp_servers);
            return mcpFaults.length === 0 ? entry : { ...entry, mcpFaults };
        }
        case 'api_retry': {
            const retry = message_schemas/* retrySchema */.Cd.parse(value);
            return {
                kind: 'api-retry',
                attempt: retry.attempt ?? 0,
                maxRetries: retry.max_retries ?? 0,
                delayMs: retry.retry_delay_ms ?? 0,
                status: retry.error_status ?? null,
                error: retry.error ?? 'unknown',
            };
        }
        case 'model_fallback': {
            const { original_model = '', fallback_model = '' } = message_schemas/* fallbackSchema */.yA.parse(value);
            return { kind: 'model-fallback', from: original_model, to: fallback_model };
        }
        case 'permission_denied': {
            const { tool_name = '', message = '', decision_reason_type } = message_schemas/* deniedSchema */.nP.parse(value);
            const byHook = decision_reason_type === 'hook' && { byHook: true };
            return { kind: 'permission-denied', toolName: tool_name, message, ...byHook };
        }
        case 'informational': {
            const { content = '', prompt_submit_outcome: outcome } = message_schemas/* informationalSchema */.xp.parse(value);
            // Only a prompt that did not get through has an outcome here.
            return outcome && { kind: 'prompt-refused', reason: outcome.reason ?? content };
        }
        case 'notification':
            return message_schemas/* notificationSchema */.bd.parse(value).key === 'stop-hook-block-cap'
                ? { kind: 'stop-hook-overridden' }
                : undefined;
        default:
            return undefined;
    }
}
/** Servers that Claude cannot use, apart from those that were switched off. */
function mcpFaultsOf(servers) {
    return servers
        .filter(({ name, status }) => name !== '' && status !== 'connected' && status !== 'disabled')
        .slice(0, message_schemas/* mostServers */.wq);
}
function turnEntries(value) {
    const parsed = message_schemas/* turnSchema */.pG.safeParse(value);
    if (!parsed.success)
        return undefined;
    const turn = parsed.data;
    const { role, content } = turn.message;
    const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    const entries = blocks.map((block) => role !== 'assistant' && block.type === 'text' ? injected(turn) : blockEntry(block, turn));
    const limit = turn.error === undefined ? undefined : limitEntry(turn.api_error_params ?? {});
    return limit === undefined ? entries : [limit, ...entries];
}
function spoken({ parent_tool_use_id: id }) {
    return id ? { subagentOf: id } : {};
}
function injected(turn) {
    return { kind: 'injected', ...spoken(turn) };
}
function blockEntry(block, turn) {
    switch (block.type) {
        case 'text':
            return {
                kind: 'text',
                text: block.text ?? '',
                ...(0,compact/* compact */.o)({ messageId: turn.message.id, error: turn.error, remedy: turn.api_error_params?.remedy }),
                ...(turn.message.model === '<synthetic>' && { synthetic: true }),
                ...spoken(turn),
            };
        case 'thinking':
            return { kind: 'thinking', text: block.thinking ?? '', ...spoken(turn) };
        case 'tool_use':
            return { kind: 'tool-use', id: block.id ?? '', name: block.name ?? '', input: block.input, ...spoken(turn) };
        case 'tool_result':
            return {
                kind: 'tool-result',
                toolUseId: block.tool_use_id ?? '',
                text: contentText(block.content),
                isError: block.is_error ?? false,
                ...spoken(turn),
            };
        default:
            return { kind: 'other', type: block.type };
    }
}
/** A tool's result is text, or a list of blocks of which some are text. */
function contentText(content) {
    if (typeof content === 'string')
        return content;
    const blocks = message_schemas/* textBlocksSchema */.Py.safeParse(content);
    return blocks.success ? blocks.data.map((block) => block.text ?? `[${block.type}]`).join('\n') : '';
}
function resultEntry(result, isCut) {
    const model = (0,usage/* mostUsedModel */.mE)(result.modelUsage);
    const text = result.result ?? '';
    return {
        kind: 'result',
        subtype: result.subtype,
        isError: result.is_error,
        text,
        output: text,
        errors: result.errors,
        apiErrorStatus: result.api_error_status,
        apiError: result.api_error,
        terminalReason: result.terminal_reason,
        stopReason: result.stop_reason,
        conversationId: result.session_id,
        permissionDenials: result.permission_denials.map(({ tool_name, tool_use_id }) => ({
            toolName: tool_name,
            toolUseId: tool_use_id,
        })),
        ...(0,compact/* compact */.o)({
            // A value that was cut may no longer meet the schema.
            structuredOutput: isCut ? undefined : result.structured_output,
            numTurns: result.num_turns,
            localCommand: result.local_command,
            deferredTool: result.deferred_tool_use?.name,
            costUsd: result.total_cost_usd === undefined ? undefined : (0,money/* roundedUsd */.c)(result.total_cost_usd),
            usage: result.usage === undefined ? undefined : usageOf(result.usage),
            model,
        }),
        usageByModel: Object.fromEntries(Object.entries(result.modelUsage).map(([name, used]) => [name, modelUsageOf(used)])),
    };
}
function modelUsageOf(usage) {
    const { inputTokens, outputTokens, cacheReadInputTokens, cacheCreationInputTokens } = usage;
    const cached = { cacheReadTokens: cacheReadInputTokens, cacheWriteTokens: cacheCreationInputTokens };
    return { inputTokens, outputTokens, ...cached };
}
function usageOf(usage) {
    return {
        inputTokens: usage.input_tokens,
        outputTokens: usage.output_tokens,
        cacheReadTokens: usage.cache_read_input_tokens,
        cacheWriteTokens: usage.cache_creation_input_tokens,
    };
}


/***/ }),

/***/ 6920:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ probe)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var execa__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8194);
/* harmony import */ var _process_process_tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3642);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4391);
/* harmony import */ var _messages_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6924);





/** Time limit of `--version`, in milliseconds: the CLI needs 20 ms, but a cold or remote disk has to read its 364 MB first. */
const defaultPatienceMs = 30_000;
/** A program that has printed something else by then is not waited for: it does its own work instead of answering. */
const otherAnswerMs = 2_000;
/** Asks for `--version`, without input. Leaves nothing behind that it started. */
async function probe(path, environment, options = {}) {
    const { limitMs = defaultPatienceMs, interrupt, onStart } = options;
    const marker = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
    const subprocess = (0,execa__WEBPACK_IMPORTED_MODULE_4__/* .execa */ .Ho)(path, ['--version'], {
        stdin: 'ignore',
        reject: false,
        killDescendants: true,
        maxBuffer: 64 * 1024,
        // It may be a program of the checkout: it sees what any program of ours may see, and no secret.
        env: { ...(0,_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .plainEnvironment */ .Ud)(environment), DISABLE_AUTOUPDATER: '1', [_process_process_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .markerVariable */ .no]: marker },
        extendEnv: false,
    });
    const tree = new _process_process_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .ProcessTree */ .i$({ marker }, subprocess.pid);
    onStart?.();
    let heard = '';
    subprocess.stdout.on('data', (bytes) => {
        heard += bytes;
    });
    const end = () => {
        subprocess.kill('SIGKILL');
        // A descendant in a session of its own would hold them for as long as it lives.
        subprocess.stdout.destroy();
        subprocess.stderr.destroy();
    };
    let isLate = false;
    const timers = [
        setTimeout(() => {
            isLate = true;
            end();
        }, limitMs),
        setTimeout(() => isOtherAnswer(heard) && end(), otherAnswerMs),
    ];
    interrupt?.addEventListener('abort', end);
    if (interrupt?.aborted === true)
        end();
    const result = await subprocess;
    for (const timer of timers)
        clearTimeout(timer);
    interrupt?.removeEventListener('abort', end);
    await tree.killSurvivors();
    const { exitCode, signal } = result;
    const started = exitCode !== undefined || signal !== undefined || result.isMaxBuffer;
    if (!started)
        return { speaks: 'unknown', spawnFault: result.shortMessage ?? 'unknown cause' };
    const how = isLate ? `no answer after ${limitMs / 1000} s` : `it ended with ${signal ?? exitCode}`;
    const words = lastLines(String(result.stderr));
    return {
        ...readAnswer(String(result.stdout)),
        ...(exitCode !== 0 && { failure: [how, words].filter(Boolean).join(': ') }),
        ...(words === '' && !isLate && { isQuiet: true }),
    };
}
function isOtherAnswer(heard) {
    return /\S[^\n]*\n/.test(heard) && !heard.includes(signature);
}
/** The end of an error output, as one line. */
function lastLines(text) {
    const lines = text.split(/[\r\n]+/).map((line) => line.trim());
    return lines.filter(Boolean).slice(-3).join(' / ').slice(-500);
}
const signature = '(Claude Code)';
function readAnswer(answer) {
    if (answer.includes(signature)) {
        const version = /\d+\.\d+\.\d+\S*/.exec(answer)?.[0];
        return { speaks: 'claude', ...(version !== undefined && { version }) };
    }
    const firstLine = answer.split('\n').find((line) => line.trim() !== '') ?? '';
    return { speaks: (0,_messages_js__WEBPACK_IMPORTED_MODULE_3__/* .parseMessage */ .v)(firstLine) === undefined ? 'unknown' : 'stream-json' };
}


/***/ }),

/***/ 1514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gy: () => (/* binding */ agreementText),
/* harmony export */   J: () => (/* binding */ positionText),
/* harmony export */   No: () => (/* binding */ missingTexts),
/* harmony export */   Oh: () => (/* binding */ severityWord),
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   WN: () => (/* binding */ countsText),
/* harmony export */   Wm: () => (/* binding */ headingOf),
/* harmony export */   iq: () => (/* binding */ severityMarks),
/* harmony export */   qU: () => (/* binding */ reviewersText)
/* harmony export */ });
/* harmony import */ var _text_causes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8464);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3387);
/* harmony import */ var _text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7012);



const longestName = 60;
/** A severity as people read it, for one finding and for several. */
const words = {
    important: ['important', 'important'],
    nit: ['nit', 'nits'],
    pre_existing: ['pre-existing', 'pre-existing'],
};
/** Mark of each severity. */
const severityMarks = { important: '🔴', nit: '🟡', pre_existing: '🟣' };
/** A severity as people read it. */
function severityWord(severity) {
    return words[severity][0];
}
/** For example `3 important, 1 nit, 2 refuted`; where there are none, whether anybody looked. */
function countsText({ counts, answered }) {
    if (answered === 0)
        return 'no findings are known';
    const parts = ['important', 'nit', 'pre_existing'].flatMap((severity) => {
        const count = counts[severity];
        return count === 0 ? [] : [`${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .countText */ .lT)(count)} ${words[severity][count === 1 ? 0 : 1]}`];
    });
    const open = parts.length === 0 ? ['no findings'] : parts;
    return [...open, ...(counts.refuted === 0 ? [] : [`${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .countText */ .lT)(counts.refuted)} refuted`])].join(', ');
}
/** For example `3 of 4 reviewers answered`. */
function reviewersText({ reviewers, answered }) {
    return `${answered} of ${reviewers} ${reviewers === 1 ? 'reviewer' : 'reviewers'} answered`;
}
/** Reviewers without an answer and why, those that never ran apart from those that did; and items that could not be read. */
function missingTexts({ missing, unreadable, }) {
    const text = ({ name, status, reason, retryAt }) => {
        const resets = retryAt === undefined ? '' : `, resets at ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .minuteText */ .Wn)(retryAt)}`;
        const why = reason === undefined ? (0,_text_causes_js__WEBPACK_IMPORTED_MODULE_0__/* .statusText */ .qS)(status) : (0,_text_causes_js__WEBPACK_IMPORTED_MODULE_0__/* .causeText */ .xv)(reason) || (0,_text_causes_js__WEBPACK_IMPORTED_MODULE_0__/* .statusText */ .qS)(status);
        return `${(0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(name, longestName)} (${why}${resets})`;
    };
    const skipped = missing.filter(({ status }) => status === 'skipped').map(text);
    const ran = missing.filter(({ status }) => status !== 'skipped' && status !== 'succeeded').map(text);
    const misread = missing.filter(({ status }) => status === 'succeeded').map(({ name }) => (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(name, longestName));
    return [
        ...(skipped.length === 0 ? [] : [`did not run: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(skipped)}`]),
        ...(ran.length === 0 ? [] : [`did not finish: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(ran)}`]),
        ...(misread.length === 0 ? [] : [`answered otherwise than json-schema asks: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(misread)}`]),
        ...(unreadable === 0
            ? []
            : [`left out: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(unreadable, 'item that is no finding', 'items that are no findings')}`]),
    ];
}
/** The verdict on a finding: that of its checks, else the reported one. */
function verdictOf({ refuted, checks, verdict }) {
    if (refuted)
        return 'REFUTED';
    const answers = checks.flatMap((check) => check.verdict ?? []);
    if (answers.includes('CONFIRMED'))
        return 'CONFIRMED';
    // Where it is not refuted although a check says so, that check was not given the gravest report.
    return answers.includes('PLAUSIBLE') ? 'PLAUSIBLE' : verdict;
}
/** The position of a finding as text: `src/a.ts:12`. */
function positionText({ file, line, place }) {
    const at = place === undefined ? line : place.line;
    return `${place?.path ?? file}${at === undefined ? '' : `:${at}`}`;
}
/** The reviewers that found it: `found by 2 of 3: security, tests`. */
function agreementText({ agreement, reportedBy }, answered) {
    return `found by ${agreement} of ${answered}: ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(reportedBy.map(({ name }) => (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(name, longestName)))}`;
}
/** Its heading: the short summary, else the beginning of the summary. */
function headingOf({ short_summary: heading = '', summary }, longest) {
    return (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(heading.trim() === '' ? summary : heading, longest);
}


/***/ }),

/***/ 600:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ lateChange),
  b: () => (/* binding */ openCommandFiles)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
;// CONCATENATED MODULE: ./build/github/command-file.js





/** Windows knows only some of them, and `|` takes `undefined` for 0. */
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY, O_APPEND, O_TRUNC } = external_node_fs_.constants;
/**
 * A command file of the runner, and the content that it is to have. Every write ends with a comparison; nothing here throws,
 * whatever a tool has put in the file's place or taken from its directory.
 */
class CommandFile {
    #path;
    /** At the start of the step; absent when there was none. */
    #original;
    #expected;
    /** Bytes of it that were there at the start. */
    #foundBytes;
    #tampered = false;
    #fault;
    constructor(path) {
        this.#path = path;
        this.#original = attempt(() => (0,external_node_fs_.lstatSync)(path)).value;
        const isFile = this.#original?.isFile() === true;
        this.#expected = (isFile ? contentOf(path, this.#original?.size ?? 0) : undefined) ?? external_node_buffer_.Buffer.alloc(0);
        this.#foundBytes = this.#expected.length;
    }
    append(text) {
        const addition = external_node_buffer_.Buffer.from(text);
        const isIntact = this.#check();
        this.#expected = external_node_buffer_.Buffer.concat([this.#expected, addition]);
        if (isIntact)
            attempt(() => this.#write(O_APPEND, addition));
        if (!this.#holdsExpected())
            this.#restore();
    }
    /** Replaces everything that was appended before. */
    replaceAppended(text) {
        if (this.#expected.length === this.#foundBytes) {
            this.append(text);
            return;
        }
        this.#check();
        this.#expected = external_node_buffer_.Buffer.concat([this.#expected.subarray(0, this.#foundBytes), external_node_buffer_.Buffer.from(text)]);
        this.#restore();
    }
    /** Restores the file if it was changed; the state is that since the last call. */
    settle() {
        const isIntact = this.#check();
        // A new file even so: a program that has the old one open, or a link to it, keeps the old one.
        if (isIntact && !this.#isAbsent())
            attempt(() => this.#replace());
        if (!isIntact || !this.#holdsExpected())
            this.#restore();
        const tampered = this.#tampered;
        const fault = this.#fault;
        this.#tampered = tampered && fault !== undefined;
        return { tampered, ...(fault !== undefined && { fault }) };
    }
    #check() {
        if (this.#holdsExpected())
            return true;
        // Our own failed write, on a full disk, is no tampering.
        this.#tampered ||= this.#fault === undefined;
        return false;
    }
    /** As it was at the start, with nothing to hold. */
    #isAbsent() {
        if (this.#original !== undefined || this.#expected.length > 0)
            return false;
        return attempt(() => (0,external_node_fs_.lstatSync)(this.#path, { throwIfNoEntry: false }) === undefined).value === true;
    }
    #holdsExpected() {
        if (this.#isAbsent())
            return true;
        return contentOf(this.#path, this.#expected.length)?.equals(this.#expected) === true;
    }
    #restore() {
        const ways = [
            () => this.#replace(),
            () => {
                this.#restoreDirectory();
                this.#replace();
            },
            () => this.#overwrite(),
        ];
        const faults = [];
        for (const way of ways) {
            const { fault } = attempt(way);
            if (this.#holdsExpected()) {
                this.#fault = undefined;
                return;
            }
            faults.push(fault ?? 'something else changes it all the time');
        }
        [this.#fault] = faults;
    }
    /** Atomic, and independent of what is in the file's place. */
    #replace() {
        const temporary = `${this.#path}.${(0,external_node_crypto_.randomUUID)()}`;
        try {
            (0,external_node_fs_.writeFileSync)(temporary, this.#expected, { flag: 'wx' });
            this.#copyOwnership(temporary);
            this.#moveDirectoryAway();
            (0,external_node_fs_.renameSync)(temporary, this.#path);
        }
        catch (error) {
            attempt(() => (0,external_node_fs_.rmSync)(temporary, { force: true }));
            throw error;
        }
    }
    /** The runner may be another user than this step, as in a job's container. */
    #copyOwnership(path) {
        const { mode, uid, gid } = this.#original ?? {};
        if (mode !== undefined)
            (0,external_node_fs_.chmodSync)(path, mode & 0o777);
        if (uid !== undefined && gid !== undefined)
            attempt(() => (0,external_node_fs_.chownSync)(path, uid, gid));
    }
    /** Not all directories can be removed by their owner, but all can be renamed. */
    #moveDirectoryAway() {
        if ((0,external_node_fs_.lstatSync)(this.#path, { throwIfNoEntry: false })?.isDirectory() !== true)
            return;
        const aside = `${this.#path}.${(0,external_node_crypto_.randomUUID)()}`;
        (0,external_node_fs_.renameSync)(this.#path, aside);
        attempt(() => (0,external_node_fs_.rmSync)(aside, { recursive: true, force: true }));
    }
    #restoreDirectory() {
        // Where there was none at the start, none is made.
        if (this.#original !== undefined)
            makeUsable((0,external_node_path_.dirname)(this.#path));
    }
    /** Where the directory is another user's: the file itself may be ours to write. */
    #overwrite() {
        attempt(() => (0,external_node_fs_.chmodSync)(this.#path, 0o600 | (this.#original?.mode ?? 0)));
        this.#write(O_TRUNC, this.#expected);
    }
    #write(flag, content) {
        const file = (0,external_node_fs_.openSync)(this.#path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | (flag & O_APPEND));
        try {
            const found = (0,external_node_fs_.fstatSync)(file);
            if (!found.isFile() || found.nlink !== 1)
                throw new Error('something else is in its place');
            if (flag === O_TRUNC)
                (0,external_node_fs_.ftruncateSync)(file);
            (0,external_node_fs_.writeFileSync)(file, content);
        }
        finally {
            (0,external_node_fs_.closeSync)(file);
        }
    }
}
/** Undefined for anything but a regular file of that size with one link: reading a pipe or an endless file would not end. */
function contentOf(path, size) {
    return attempt(() => {
        const file = (0,external_node_fs_.openSync)(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
        try {
            const found = (0,external_node_fs_.fstatSync)(file);
            if (!found.isFile() || found.nlink !== 1 || found.size !== size)
                return undefined;
            const content = external_node_buffer_.Buffer.alloc(size + 1);
            let length = 0;
            for (let read = -1; read !== 0 && length < content.length; length += read)
                read = (0,external_node_fs_.readSync)(file, content, length, content.length - length, length);
            return content.subarray(0, length);
        }
        finally {
            (0,external_node_fs_.closeSync)(file);
        }
    }).value;
}
/** Makes a directory one that we can write in again, and those above it one that we can enter, as far as they are ours. */
function makeUsable(directory) {
    const isRoot = directory === (0,external_node_path_.dirname)(directory);
    if (!isRoot && !isDirectory(directory)) {
        makeUsable((0,external_node_path_.dirname)(directory));
        // A file, or a link that leads nowhere.
        if (!isDirectory(directory))
            (0,external_node_fs_.rmSync)(directory, { force: true });
        (0,external_node_fs_.mkdirSync)(directory, { recursive: true });
    }
    const { mode } = (0,external_node_fs_.statSync)(directory);
    if ((mode & 0o700) !== 0o700)
        (0,external_node_fs_.chmodSync)(directory, mode | 0o700);
}
function isDirectory(path) {
    return attempt(() => (0,external_node_fs_.statSync)(path).isDirectory()).value === true;
}
function attempt(action) {
    try {
        return { value: action() };
    }
    catch (error) {
        return { fault: (0,errors/* errorMessage */.gJ)(error) };
    }
}

;// CONCATENATED MODULE: ./build/frontends/action/command-files.js



/** The variables that name the files through which a step talks to the runner, and what those files are for. */
const purposes = {
    GITHUB_ENV: 'environment variables of later steps',
    GITHUB_PATH: 'the PATH of later steps',
    GITHUB_OUTPUT: 'the outputs of this step',
    GITHUB_STATE: 'what this step does at the end of the job',
    GITHUB_STEP_SUMMARY: 'the summary of this step',
    GITHUB_ARTIFACTS: 'artifacts of this step',
};
const fileVariables = Object.keys(purposes);
/** Takes note of the command files as they are when the step starts. */
function openCommandFiles(environment) {
    const files = new Map(fileVariables.flatMap((variable) => {
        const path = environment[variable];
        return path === undefined || path === '' ? [] : [[variable, new CommandFile(path)]];
    }));
    const append = (variable, text) => files.get(variable)?.append(text);
    const missing = files.has('GITHUB_OUTPUT') ? [] : [noOutputFile];
    return {
        saveState: (values) => append('GITHUB_STATE', keyValueLines(values)),
        setOutputs: (values) => append('GITHUB_OUTPUT', keyValueLines(values)),
        writeSummary: (markdown) => files.get('GITHUB_STEP_SUMMARY')?.replaceAppended(markdown.endsWith('\n') ? markdown : `${markdown}\n`),
        settle: () => {
            const report = reportOf([...files].map(([variable, file]) => [variable, file.settle()]));
            return { ...report, errors: [...missing.splice(0), ...report.errors] };
        },
    };
}
const noOutputFile = 'GITHUB_OUTPUT names no file, so the outputs of this step will be missing. The runner gives one to every step: see whether ' +
    'the workflow engine does, and whether an env of the workflow replaces it.';
/** To be said of a file that was changed after the session. */
const lateChange = 'It happened after the session had ended: something still runs, and may change the file again.';
function reportOf(states) {
    return {
        restored: states.flatMap(([variable, { tampered, fault }]) => tampered && fault === undefined ? [putBack(variable)] : []),
        warnings: states.flatMap(([variable, { tampered, fault }]) => fault === undefined || isGrave(variable, tampered) ? [] : [notWritten(variable, fault)]),
        errors: states.flatMap(([variable, { tampered, fault }]) => {
            if (fault === undefined || !isGrave(variable, tampered))
                return [];
            return [tampered ? notPutBack(variable, fault) : notWritten(variable, fault)];
        }),
    };
}
/** Without its summary a step is still what it says; without its outputs, or with something forged, it is not. */
function isGrave(variable, tampered) {
    return tampered || variable === 'GITHUB_OUTPUT';
}
function putBack(variable) {
    return `Something else changed the runner's ${variable} file during the session; it was put back and holds what it should. Look into what the tools did.`;
}
function notPutBack(variable, fault) {
    return `Something else changed the runner's ${variable} file during the session, and it could not be put back: ${fault}. Do not trust ${purposes[variable]}, and look into what the tools did.`;
}
function notWritten(variable, fault) {
    return `The runner's ${variable} file could not be written, so ${purposes[variable]} will be missing: ${fault}. See whether this step may write it, and whether the disk is full.`;
}
/** A random delimiter for each value, so that no value can end itself and begin another. */
function keyValueLines(values) {
    return Object.entries(values)
        .map(([key, value]) => {
        const delimiter = `end_${(0,external_node_crypto_.randomUUID)()}`;
        return `${key}<<${delimiter}${external_node_os_.EOL}${value}${external_node_os_.EOL}${delimiter}${external_node_os_.EOL}`;
    })
        .join('');
}


/***/ }),

/***/ 2568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ko: () => (/* binding */ readInputs),
/* harmony export */   _y: () => (/* binding */ secretInputs),
/* harmony export */   cd: () => (/* binding */ readJob),
/* harmony export */   oO: () => (/* binding */ foreignInputsWarning)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _model_option_table_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9237);
/* harmony import */ var _text_nearest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2788);



const optionNames = _model_option_table_js__WEBPACK_IMPORTED_MODULE_1__/* .optionRows */ .zl.map(({ name }) => name);
/** Reads the inputs back from the variables that the runner makes: upper case, blanks as `_`, hyphens kept. */
function readInputs(environment) {
    const variables = Object.entries(environment).filter(([name, value]) => /^INPUT_./.test(name) && value !== undefined && value !== '');
    const foreign = variables.map(([name]) => name).filter(isForeign);
    const { matrix = '', ...options } = Object.fromEntries(variables
        .filter(([name]) => !foreign.includes(name))
        .map(([name, value = '']) => [name.slice('INPUT_'.length).toLowerCase(), value]));
    return { options, matrix, foreign };
}
/** Whether a variable is not one of our inputs, nor a mistyped one. Names without hyphens only: a shell can set no others. */
function isForeign(variable) {
    const name = variable.slice('INPUT_'.length).toLowerCase();
    return /^\w+$/.test(name) && name !== 'matrix' && (0,_text_nearest_js__WEBPACK_IMPORTED_MODULE_2__/* .nearest */ .p)(name.replaceAll('_', '-'), optionNames) === undefined;
}
/** A warning that names variables that look like inputs and were ignored. */
function foreignInputsWarning({ foreign }) {
    if (foreign.length === 0)
        return undefined;
    return `${foreign.join(', ')}: there is no such input; ignored, as a job's env may set it for something else.`;
}
/** The secrets among the inputs, for the runner's own mask; what is too short would mask half of the log. */
function secretInputs({ options }) {
    const secret = _model_option_table_js__WEBPACK_IMPORTED_MODULE_1__/* .optionRows */ .zl.filter((row) => row.secret === true).flatMap(({ name }) => options[name] ?? []);
    return secret.flatMap((value) => value.split(/\r?\n/)).filter((line) => line.trim().length >= 8);
}
/** The directories of the job, or why this is not a job. */
function readJob(environment) {
    const { GITHUB_ACTIONS, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary, RUNNER_TOOL_CACHE } = environment;
    if (GITHUB_ACTIONS !== 'true' || !workspace || !temporary)
        return { kind: 'none', fault: notInActions };
    const logDirectory = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(temporary, 'claude-ensemble');
    const title = titleOf(environment);
    return { kind: 'job', workspace, temporary, toolCache: RUNNER_TOOL_CACHE || temporary, logDirectory, title };
}
const notInActions = 'This program is the GitHub Action and runs inside GitHub Actions only: GITHUB_ACTIONS, GITHUB_WORKSPACE and RUNNER_TEMP are not all set. To run it elsewhere, use the command: npx claude-ensemble --help';
/** The id of the step, if the workflow gives it one: those that GitHub makes up begin with two underscores, those of act are numbers. */
function titleOf({ GITHUB_ACTION = '', GITHUB_JOB = '' }) {
    const step = /^(?:__|\d+$)/u.test(GITHUB_ACTION) ? '' : GITHUB_ACTION;
    return step || GITHUB_JOB || 'Claude Ensemble';
}


/***/ }),

/***/ 9575:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ outputsOf)
});

// UNUSED EXPORTS: outputTable

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/model/session-files.js
var session_files = __webpack_require__(4896);
// EXTERNAL MODULE: ./build/model/usage.js
var usage = __webpack_require__(4041);
// EXTERNAL MODULE: ./build/session/verdict.js + 1 modules
var session_verdict = __webpack_require__(2986);
// EXTERNAL MODULE: ./build/text/plain-text.js
var plain_text = __webpack_require__(7012);
;// CONCATENATED MODULE: ./build/frontends/action/output-limits.js

/** At most this many UTF-16 units for one output; GitHub allows a job 1 MB of them in all. */
const outputLimit = 50_000;
/** Cuts a text to at most `limit` UTF-16 units, at a whole character, and says so at its end. */
function shorten(text, limit) {
    if (text.length <= limit)
        return text.toWellFormed();
    const mark = `\n[cut: ${text.length} characters in all]`;
    // Too little room for the mark is too little for anything worth reading.
    return limit < mark.length ? '' : (0,plain_text/* shortened */.vI)(text, limit - mark.length).toWellFormed() + mark;
}
/** Writes the array in the fullest form that fits, leaving items out only when even the barest does not. */
function fitArray({ items, withTexts, withoutTexts, mark }) {
    const limit = longestFitting((textLimit) => items.map((item) => () => withTexts(item, textLimit)));
    if (limit !== undefined)
        return JSON.stringify(items.map((item) => withTexts(item, limit)));
    const forms = withoutTexts.map((form) => items.map((item) => () => form(item)));
    const parts = (forms.find(fits) ?? forms.at(-1) ?? []).map((part) => JSON.stringify(part()));
    return `[${keepFitting(parts, (missing) => JSON.stringify(mark(missing))).join(',')}]`;
}
/** Writes a JSON object of texts, all shortened to the same length; keys are left out only when that is not enough. */
function fitTexts(texts) {
    const limit = longestFitting((units) => texts.map(([key, text]) => () => ({ [key]: shorten(text, units) }))) ?? 0;
    return fitValues(texts.map(([key, text]) => [key, shorten(text, limit)]));
}
/** Writes a JSON object, leaving out whole values that do not fit: half a value would be another value. */
function fitValues(values) {
    const parts = values.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    // No process can have this id.
    return `{${keepFitting(parts, (missing) => `"[cut]":"${missing} left out for length"`).join(',')}}`;
}
/** The longest limit for texts with which all parts fit; undefined when they do not fit without any text. */
function longestFitting(partsWith) {
    if (!fits(partsWith(0)))
        return undefined;
    let [fitting, tooLong] = [0, outputLimit + 1];
    while (tooLong - fitting > 1) {
        const middle = Math.floor((fitting + tooLong) / 2);
        if (fits(partsWith(middle)))
            fitting = middle;
        else
            tooLong = middle;
    }
    return fitting;
}
/** Stops at the first part too many, so that one look costs no more than one output's length. */
function fits(parts) {
    let length = 2;
    return parts.every((part) => {
        length += JSON.stringify(part()).length + 1;
        return length <= outputLimit;
    });
}
/** The parts that fit, in their order, and where some do not a last one that says how many. */
function keepFitting(parts, markOf) {
    if (parts.reduce((length, part) => length + part.length + 1, 2) <= outputLimit)
        return [...parts];
    let free = outputLimit - 2 - markOf(parts.length).length;
    const kept = parts.filter((part) => {
        const isRoom = part.length + 1 <= free;
        if (isRoom)
            free -= part.length + 1;
        return isRoom;
    });
    return [...kept, markOf(parts.length - kept.length)];
}

;// CONCATENATED MODULE: ./build/frontends/action/outputs.js





/** Every output of the Action with its description, in the order of the documentation. */
const outputTable = {
    conclusion: '`success`, `failure`, `cancelled` or `skipped` (also for a dry run).',
    verdict: 'One line for people: what happened and why.',
    results: 'JSON array, in the order given: id, name, status, reason, exitCode, duration, attempts, costUsd, permissionDenials, mcpFaults, structuredOutput, output (shortened), logFile, resumedFrom.',
    output: "Text: of a sequence the last output, of a fallback the winner's, of a single prompt its own, of a graph that of the one process that nothing else needs; otherwise empty, and so when it did not succeed.",
    outputs: 'JSON object, process id to output (shortened), of the processes that succeeded.',
    'structured-output': 'JSON object, process id to structured output.',
    'session-id': 'Id of the session.',
    'session-dir': "The session's directory, with all logs.",
    'results-file': 'Path of results.json: every result in full.',
    'findings-count': 'JSON object: how many findings there are of each severity (`important`, `nit`, `pre_existing`), and how many were `refuted`.',
    'findings-file': 'Path of findings.json: every finding in full; empty when no process was asked for findings.',
    'sarif-file': 'Path of findings.sarif, for code scanning; empty likewise, and where no reviewer answered: code scanning would close all alerts.',
    'report-file': 'Path of report.html.',
    'summary-file': 'Path of summary.md.',
    'outputs-dir': 'Directory with every output in full, as `<process-id>.md`.',
    'total-count': 'How many processes there were.',
    'succeeded-count': 'How many succeeded.',
    'failed-count': 'How many failed, timed-out ones included.',
    'cancelled-count': 'How many were cancelled.',
    'skipped-count': 'How many were never started.',
    'denied-count': 'How many had tools denied.',
    'failed-ids': 'JSON array of all that did not succeed, aside from those skipped for an earlier success or by a condition and those with continue-on-error; usable in a matrix. Empty when a fallback has a winner, and when nothing was to be started.',
    'winner-id': 'Fallback: the id of the process that succeeded.',
    'cost-usd': 'US dollars, as far as Claude reported them.',
    'input-tokens': 'Input tokens of all processes, those of the cache included.',
    'output-tokens': 'Output tokens of all processes.',
    usage: 'JSON object: inputTokens (without the cache), outputTokens, cacheReadTokens, cacheWriteTokens, and the same for each model in byModel.',
    'duration-seconds': 'Seconds from the start of the session to its end.',
    'retry-at': 'When a used up limit resets, as ISO 8601 time such as 2026-11-27T15:00:00.000Z; otherwise empty.',
    'comment-url': 'Address of the comment with the findings; empty when there is none.',
    trust: '`trusted` or `untrusted`, as decided from the event or by the `trust` option.',
    'report-url': 'Address of the report as a page that a browser opens, uploaded as an artifact of its own; empty for a shard, and when nothing was uploaded by the end of the step.',
    'artifact-id': 'Id of the uploaded artifact; empty when nothing was uploaded by the end of the step.',
    'artifact-name': 'Name of the uploaded artifact.',
    'artifact-url': 'Address of the uploaded artifact.',
    'artifact-digest': 'SHA-256 digest of the uploaded artifact.',
};
const nothingDone = {
    total: 0,
    succeeded: 0,
    failed: 0,
    cancelled: 0,
    skipped: 0,
    denied: 0,
    costUsd: 0,
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    durationSeconds: 0,
};
const noFindings = { important: 0, nit: 0, pre_existing: 0, refuted: 0 };
/** Makes every output in every case; JSON outputs are always JSON and each is within GitHub's limits. */
function outputsOf({ conclusion, verdict, trust, started, outcome, artifact, commentUrl }) {
    const results = outcome?.results ?? [];
    const succeeded = results.filter(({ status }) => status === 'succeeded');
    const main = results.find(({ processId }) => processId === outcome?.answers.mainId);
    const winnerId = outcome?.answers.winnerId;
    // A matrix over these ids would repeat what another process did, or run what was not to be run.
    const isNothingLeft = winnerId !== undefined || conclusion === 'skipped';
    return {
        conclusion,
        verdict: shorten(verdict.replaceAll(/\s+/g, ' '), 4096),
        results: resultsOutput(results),
        output: main?.status === 'succeeded' ? shorten(main.output, outputLimit) : '',
        outputs: fitTexts(succeeded.map(({ processId, output }) => [processId, output])),
        'structured-output': fitValues(results
            .filter(({ structuredOutput }) => structuredOutput !== undefined)
            .map(({ processId, structuredOutput }) => [processId, structuredOutput])),
        'session-id': started?.sessionId ?? '',
        'session-dir': started?.directory ?? '',
        'outputs-dir': started?.directory === undefined ? '' : (0,external_node_path_.join)(started.directory, 'outputs'),
        'findings-count': JSON.stringify(outcome?.findings?.counts ?? noFindings),
        ...fileOutputs(outcome),
        ...countOutputs(outcome?.totals ?? nothingDone),
        'failed-ids': fitArray({
            items: isNothingLeft ? [] : results.filter(session_verdict/* isNotDone */.m).map(({ processId }) => processId),
            withTexts: (id) => id,
            withoutTexts: [(id) => id],
            mark: (missing) => `[cut: ${missing} more]`,
        }),
        'winner-id': winnerId ?? '',
        usage: usageOutput(outcome),
        'retry-at': outcome?.retryAt ?? '',
        'comment-url': commentUrl ?? '',
        trust,
        'report-url': artifact?.reportUrl ?? '',
        'artifact-id': artifact?.id ?? '',
        'artifact-name': artifact?.name ?? '',
        'artifact-url': artifact?.url ?? '',
        'artifact-digest': artifact?.digest ?? '',
    };
}
function resultsOutput(items) {
    return fitArray({
        items,
        withTexts: (result, textLimit) => ({
            id: result.processId,
            name: result.name,
            status: result.status,
            reason: result.reason,
            exitCode: result.exitCode,
            duration: result.duration,
            attempts: result.attempts,
            costUsd: result.costUsd,
            permissionDenials: result.permissionDenials,
            mcpFaults: result.mcpFaults,
            structuredOutput: result.structuredOutput,
            output: shorten(result.output, textLimit),
            logFile: result.logFile,
            resumedFrom: result.resumedFrom,
        }),
        withoutTexts: [
            ({ processId, name, status, reason, exitCode, duration, attempts, costUsd }) => ({
                ...{ id: processId, name, status, reason, exitCode, duration, attempts, costUsd },
                cut: true,
            }),
            ({ processId, status, reason, exitCode }) => ({ id: processId, status, reason, exitCode, cut: true }),
        ],
        mark: (missing) => ({ cut: true, missing }),
    });
}
function fileOutputs({ directory, files, findings } = { directory: '', files: [] }) {
    // What could not be written (a full disk) has no path.
    const pathOf = (name) => files.find((file) => file === (0,external_node_path_.join)(directory, name)) ?? '';
    return {
        'results-file': pathOf(session_files/* sessionFiles */.AG.results),
        'findings-file': pathOf(session_files/* sessionFiles */.AG.findings),
        'sarif-file': findings?.answered === 0 ? '' : pathOf(session_files/* sessionFiles */.AG.sarif),
        'report-file': pathOf(session_files/* sessionFiles */.AG.report),
        'summary-file': pathOf(session_files/* sessionFiles */.AG.summary),
    };
}
function countOutputs(totals) {
    return {
        'total-count': String(totals.total),
        'succeeded-count': String(totals.succeeded),
        'failed-count': String(totals.failed),
        'cancelled-count': String(totals.cancelled),
        'skipped-count': String(totals.skipped),
        'denied-count': String(totals.denied),
        'cost-usd': decimal(totals.costUsd),
        'input-tokens': String(totals.inputTokens + totals.cacheReadTokens + totals.cacheWriteTokens),
        'output-tokens': String(totals.outputTokens),
        'duration-seconds': decimal(totals.durationSeconds),
    };
}
function usageOutput({ totals, results } = { totals: nothingDone, results: [] }) {
    const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = totals;
    const sums = { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens };
    const byModel = results.reduce((sum, result) => (0,usage/* addByModel */.O$)(sum, modelsOf(result)), {});
    return fitValues(Object.entries({ ...sums, byModel }));
}
/** A result without figures by model, such as one of an older session, has one model. */
function modelsOf({ usageByModel, usage, model }) {
    return usageByModel ?? (usage === undefined || model === undefined ? undefined : { [model]: usage });
}
/** Micro-dollars and microseconds are enough, and a shell cannot compare 1e-7. */
function decimal(value) {
    return String(Number(value.toFixed(6)));
}


/***/ }),

/***/ 6957:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ planOutputsOf)
/* harmony export */ });
/* unused harmony export planOutputTable */
/* harmony import */ var _model_shard_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3282);

/** Every output of the sub-action plan with its description. */
const planOutputTable = {
    matrix: 'JSON object for `strategy.matrix`, through `fromJSON`: `{"shard":["1/4", ...]}`, never empty when the plan is valid.',
    'plan-hash': 'By which each shard knows that it has the same plan, and merge which shards are of it.',
    count: 'How many shards there are.',
};
/** A value for every output, in every case; a plan that was refused has no shards. */
function planOutputsOf(planned) {
    if (planned === undefined)
        return { matrix: '{"shard":[]}', 'plan-hash': '', count: '0' };
    return { matrix: JSON.stringify((0,_model_shard_js__WEBPACK_IMPORTED_MODULE_0__/* .matrixOf */ .lQ)(planned)), 'plan-hash': planned.hash, count: String(planned.count) };
}


/***/ }),

/***/ 4157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ refusal)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _text_causes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8464);
/* harmony import */ var _text_html_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2133);



/** GitHub drops a summary of more than 1 MiB as a whole. */
const limits = { faults: 100, length: 600, title: 200 };
/** The result of a step that started nothing: every reason at once, also in the summary of the job if that is wanted. */
function refusal(found, { files, interrupts, redactor, environment }, { title, delivery } = {}) {
    const { interrupt } = interrupts;
    if (interrupt.aborted) {
        return { conclusion: 'cancelled', verdict: `Cancelled: ${(0,_text_causes_js__WEBPACK_IMPORTED_MODULE_1__/* .interruptionText */ .xu)(interrupt.reason)} before the start.` };
    }
    const faults = withCheckoutAdvice(found, environment.GITHUB_WORKSPACE);
    if (delivery?.jobSummary ?? true) {
        files.writeSummary(summaryOf(redactor.text(title ?? 'Claude Ensemble'), faults.map(redactor.text)));
    }
    const [first = '', ...others] = faults;
    if (others.length === 0)
        return { conclusion: 'failure', verdict: `Nothing was started: ${first}` };
    const verdict = `Nothing was started: ${faults.length} faults. The first: ${first}`;
    return { conclusion: 'failure', verdict, headline: `Nothing was started: ${faults.length} faults.`, faults };
}
/** Adds a hint to the first fault about a missing file of a workspace into which nothing was checked out. */
function withCheckoutAdvice(faults, workspace) {
    if (workspace === undefined || !isEmpty(workspace))
        return faults;
    const first = faults.find((fault) => /does not exist|matches no file/.test(fault) && fault.includes(workspace));
    const advice = 'The workspace is empty: a step with actions/checkout before this one brings the files of the repository.';
    return faults.map((fault) => (fault === first ? `${fault} ${advice}` : fault));
}
function isEmpty(directory) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(directory).length === 0;
    }
    catch {
        return false;
    }
}
function summaryOf(title, faults) {
    const items = faults.slice(0, limits.faults).map((fault) => `<li>${(0,_text_html_text_js__WEBPACK_IMPORTED_MODULE_2__/* .inlineHtml */ .l0)(fault, limits.length)}</li>\n`);
    const more = faults.length - items.length;
    if (more > 0)
        items.push(`<li>and ${more} more</li>\n`);
    return `### ❌ ${(0,_text_html_text_js__WEBPACK_IMPORTED_MODULE_2__/* .headingHtml */ .AX)(title, limits.title)}: failure\n\n<p>Nothing was started:</p>\n<ul>\n${items.join('')}</ul>\n`;
}


/***/ }),

/***/ 9715:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ openRunnerConsole)
/* harmony export */ });
/* unused harmony export harmlessLines */
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1708);
/* harmony import */ var _node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2227);
/* harmony import */ var _text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7012);

// Not from '@actions/core' itself: that loads an HTTP client of 1 MB at every start, which only its OIDC functions use.


/** GitHub shows no more of one kind for a step, and no more characters of one. */
const annotationLimits = { count: 10, length: 4096, title: 160 };
/** Further lines are dropped while the reader is this far behind: a slow console must not fill the memory. */
const backlogBytes = 8 * 1024 * 1024;
/**
 * Neither white space, which the runner trims before it looks for `::command::`, nor a character that the culture-aware
 * comparison of .NET overlooks.
 */
const prefix = '│ ';
const longestTitle = 1_000;
const ownTitle = 'Claude Ensemble';
/** Opens the console of this process; at most one is made. Whatever it prints goes through the redaction first. */
function openRunnerConsole(redact) {
    const { stdout, stderr } = node_process__WEBPACK_IMPORTED_MODULE_0__;
    let closed = false;
    let dropped = 0;
    stdout.on('error', () => {
        closed = true;
    });
    // Only Node writes there; its reader may be gone.
    stderr.on('error', () => undefined);
    const given = { notice: 0, warning: 0, error: 0 };
    /** process.stdout never blocks on a pipe here: what is not taken waits in our memory. */
    function admits() {
        if (closed)
            return false;
        if (stdout.writableLength > backlogBytes) {
            dropped += 1;
            return false;
        }
        if (dropped > 0) {
            stdout.write(`${prefix}(${dropped} lines are missing here: the console was too slow; the logs have them)\n`);
            dropped = 0;
        }
        return true;
    }
    const clean = (text) => (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .plainText */ .wh)(redact(text));
    function print(text) {
        if (admits())
            stdout.write(harmlessLines(clean(text)));
    }
    return {
        print,
        fold(title, lines) {
            if (!admits())
                return;
            (0,_node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .issueCommand */ .L)('group', {}, (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(harmless(clean(title)), longestTitle));
            stdout.write(harmlessLines(clean(lines.join('\n'))));
            (0,_node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .issueCommand */ .L)('endgroup', {}, '');
        },
        annotate(kind, message, { title = ownTitle, place } = {}) {
            given[kind] += 1;
            const isShown = given[kind] <= annotationLimits.count;
            // One with a place is reported elsewhere as well.
            if (!isShown && place === undefined)
                print(`${kind}: ${message}`);
            if (!isShown || !admits())
                return;
            const properties = {
                title: (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(harmless(clean(title)), annotationLimits.title),
                ...(place !== undefined && { file: harmless(clean(place.file)) }),
                ...(place?.line !== undefined && { line: place.line }),
            };
            (0,_node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .issueCommand */ .L)(kind, properties, (0,_text_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortened */ .vI)(harmless(clean(message)), annotationLimits.length));
        },
        mask(secret) {
            // The runner masks line by line; a multi-line value as a whole would never match.
            for (const line of secret.split(/\r\n|\r|\n/))
                if (line.trim() !== '' && !closed)
                    (0,_node_modules_actions_core_lib_command_js__WEBPACK_IMPORTED_MODULE_1__/* .issueCommand */ .L)('add-mask', {}, line);
        },
        flush: (patienceMs) => (closed ? Promise.resolve() : flushed(stdout, patienceMs)),
    };
}
function flushed(stream, patienceMs) {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        stream.write('', () => {
            clearTimeout(timer);
            resolve();
        });
    });
}
/** The text as whole lines, each beginning with the prefix, with nothing that the runner would obey. */
function harmlessLines(text) {
    const lines = text.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
    return lines.map((line) => `${prefix}${harmless(line)}\n`).join('');
}
/**
 * Breaks every `##[`, which the runner obeys anywhere in a line. What stands between the characters and is invisible to
 * its culture-aware search (control codes, soft hyphens, joiners) does not keep them apart.
 */
function harmless(text) {
    return text.replace(/#(?=[^\x20-\x7e]*#[^\x20-\x7e]*\[)/gu, '#\\');
}


/***/ }),

/***/ 7269:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ setUpStep)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/text/json.js
var json = __webpack_require__(5666);
// EXTERNAL MODULE: ./build/github/event-trust.js
var event_trust = __webpack_require__(6493);
;// CONCATENATED MODULE: ./build/github/event-file.js



/** Reads the event that started the workflow from its file alone. */
function readEventFile(environment) {
    const { GITHUB_EVENT_NAME = '', GITHUB_EVENT_PATH = '', GITHUB_REPOSITORY = '', GITHUB_ACTOR = '' } = environment;
    return {
        name: GITHUB_EVENT_NAME,
        payload: readJson(GITHUB_EVENT_PATH),
        repository: GITHUB_REPOSITORY,
        actor: GITHUB_ACTOR,
    };
}
/** Reads the event that started the workflow; asks GitHub for the rest where the file does not say enough. */
async function readEvent(environment, token) {
    const event = readEventFile(environment);
    const number = (0,event_trust/* commentedPullRequestOf */.Ef)(event);
    const { GITHUB_API_URL: apiUrl } = environment;
    if (number === undefined || apiUrl === undefined || token === undefined)
        return event;
    const commentedPullRequest = await lookUpPullRequest({ apiUrl, repository: event.repository, number, token });
    return { ...event, commentedPullRequest };
}
/** In bytes; GitHub sends no event of more than 25 MB. */
const largestEvent = 64 * 2 ** 20;
function readJson(path) {
    try {
        // Looked at before it is opened: a named pipe would block for ever, and a device has no end.
        const state = (0,external_node_fs_.statSync)(path);
        if (!state.isFile() || state.size > largestEvent)
            return undefined;
        // A byte order mark is legal at the beginning of a file, not of JSON.
        return (0,json/* parseJson */.q)((0,external_node_fs_.readFileSync)(path, 'utf8').replace(/^\uFEFF/, ''));
    }
    catch {
        return undefined;
    }
}
/** Long enough for a slow API, short enough not to be noticed as a hang. */
const patienceMs = 10_000;
/** Asks GitHub for a pull request; undefined when it could not be had, whatever the cause. */
async function lookUpPullRequest({ apiUrl, repository, number, token }) {
    try {
        const response = await fetch(`${apiUrl}/repos/${repository}/pulls/${number}`, {
            headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}` },
            signal: AbortSignal.timeout(patienceMs),
        });
        return response.ok ? await response.json() : undefined;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/frontends/action/inputs.js
var action_inputs = __webpack_require__(2568);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
;// CONCATENATED MODULE: ./build/frontends/action/proxies.js

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
/**
 * Has the calls of this program to GitHub go through the proxies that the job names, as those of its children do; gives what undoes
 * it. Node 22 does not support it, and an invalid address is ignored: the calls go without a proxy.
 */
function useProxies(environment) {
    const given = Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
    const isNeeded = names.some((name) => name in given && !/^no_proxy$/i.test(name));
    if (!isNeeded)
        return () => undefined;
    // Loaded here: it takes a while, and most jobs have no proxy.
    const http = external_node_process_.getBuiltinModule('node:http');
    try {
        return http.setGlobalProxyFromEnv?.(given) ?? (() => undefined);
    }
    catch {
        return () => undefined;
    }
}

;// CONCATENATED MODULE: ./build/frontends/action/step-set-up.js




/** Reads inputs, job and event, and masks the secrets among the inputs; a fault where this is no step of a job. */
async function setUpStep({ environment, console, redactor }, task) {
    const inputs = (0,action_inputs/* readInputs */.Ko)(environment);
    for (const secret of (0,action_inputs/* secretInputs */._y)(inputs))
        console.mask(secret);
    const job = (0,action_inputs/* readJob */.cd)(environment);
    if (job.kind === 'none')
        return job;
    useProxies(environment);
    const event = await readEvent(environment, inputs.options['github-token']);
    const request = {
        frontend: 'action',
        task,
        options: inputs.options,
        workspace: job.workspace,
        allowedRoots: [job.workspace, job.temporary],
        autoTrust: (0,event_trust/* decideTrust */.J4)(event),
        logDirectoryDefault: job.logDirectory,
        title: job.title,
        redactor,
    };
    return { kind: 'step', inputs, job, event, request };
}


/***/ }),

/***/ 8539:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ runStep)
/* harmony export */ });
/* harmony import */ var _model_graph_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5278);
/* harmony import */ var _plan_configuration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6353);
/* harmony import */ var _session_executable_search_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2044);
/* harmony import */ var _refusal_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4157);
/* harmony import */ var _step_set_up_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7269);





/** The step, from its inputs to the result; rejects only for a fault of our own. */
async function runStep(tools) {
    const setUp = await (0,_step_set_up_js__WEBPACK_IMPORTED_MODULE_3__/* .setUpStep */ .A)(tools, 'run');
    if (setUp.kind === 'none')
        return (0,_refusal_js__WEBPACK_IMPORTED_MODULE_2__/* .refusal */ .x)([setUp.fault], tools);
    const configuration = await (0,_plan_configuration_js__WEBPACK_IMPORTED_MODULE_0__/* .readConfiguration */ .T)(setUp.request);
    const { settings } = configuration;
    tools.recordFacts({ trust: settings.policy.trust.level });
    if (configuration.kind === 'invalid') {
        const { refuseConfiguration } = await Promise.all(/* import() */[__webpack_require__.e(103), __webpack_require__.e(260), __webpack_require__.e(634), __webpack_require__.e(273), __webpack_require__.e(861)]).then(__webpack_require__.bind(__webpack_require__, 6861));
        return await refuseConfiguration({ ...setUp, configuration }, tools);
    }
    const isEmpty = (0,_model_graph_js__WEBPACK_IMPORTED_MODULE_4__/* .processesAndTemplatesOf */ .dp)(configuration.settings.plan.graph).length === 0;
    const search = isEmpty ? undefined : (0,_session_executable_search_js__WEBPACK_IMPORTED_MODULE_1__/* .startSearch */ .D)({ settings, environment: tools.environment });
    await search?.isUnderWay;
    // What a session takes is loaded while the program is asked for its version, and all of it before anything else starts.
    const { runConfigured } = await Promise.all(/* import() */[__webpack_require__.e(103), __webpack_require__.e(260), __webpack_require__.e(634), __webpack_require__.e(273), __webpack_require__.e(861)]).then(__webpack_require__.bind(__webpack_require__, 6861));
    return await runConfigured({ ...setUp, configuration, ...(search !== undefined && { search }) }, tools);
}


/***/ }),

/***/ 7528:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1708);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(2011);
/* harmony import */ var _redaction_redaction_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6372);
/* harmony import */ var _text_causes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8464);
/* harmony import */ var _shared_crash_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(89);
/* harmony import */ var _shared_early_interrupts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(974);
/* harmony import */ var _shared_file_size_limit_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(108);
/* harmony import */ var _shared_young_generation_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6981);
/* harmony import */ var _command_files_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(600);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2568);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9575);
/* harmony import */ var _plan_outputs_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(6957);
/* harmony import */ var _runner_console_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(9715);
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(8539);















// A step of a workflow: of this Action, or of a sub-action, which names itself as an argument. The only place that decides its
// status: evidence first, the status last.
const { env: environment } = node_process__WEBPACK_IMPORTED_MODULE_0__;
const redactor = (0,_redaction_redaction_js__WEBPACK_IMPORTED_MODULE_2__/* .createRedactor */ .l)({ values: (0,_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .secretInputs */ ._y)((0,_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .readInputs */ .Ko)(environment)), environment });
const console = (0,_runner_console_js__WEBPACK_IMPORTED_MODULE_12__/* .openRunnerConsole */ .i)(redactor.text);
const files = (0,_command_files_js__WEBPACK_IMPORTED_MODULE_8__/* .openCommandFiles */ .b)(environment);
(0,_shared_young_generation_js__WEBPACK_IMPORTED_MODULE_7__/* .keepYoungGenerationSmall */ .D)();
(0,_shared_file_size_limit_js__WEBPACK_IMPORTED_MODULE_6__/* .surviveFileSizeLimit */ .h)();
// Should this program ever end before its end, then not in green.
node_process__WEBPACK_IMPORTED_MODULE_0__.exitCode = 1;
/** Milliseconds before the second look where something had changed a file: even on a busy machine a writer gets a turn by then. */
const lateLookMs = 300;
const crash = (0,_shared_crash_js__WEBPACK_IMPORTED_MODULE_4__/* .crashOfThisProgram */ .V)();
let known = { trust: 'untrusted' };
const recordFacts = (facts) => {
    known = { ...known, ...facts };
};
const [, , task] = node_process__WEBPACK_IMPORTED_MODULE_0__.argv;
const steps = new Map([
    ['plan', async (tools) => (await Promise.all(/* import() */[__webpack_require__.e(273), __webpack_require__.e(331)]).then(__webpack_require__.bind(__webpack_require__, 3275))).planStep(tools)],
    ['merge', async (tools) => (await Promise.all(/* import() */[__webpack_require__.e(103), __webpack_require__.e(634), __webpack_require__.e(147)]).then(__webpack_require__.bind(__webpack_require__, 5528))).mergeStep(tools)],
]);
const running = (steps.get(task ?? '') ?? _step_js__WEBPACK_IMPORTED_MODULE_13__/* .runStep */ .e)({ environment, console, files, interrupts: _shared_early_interrupts_js__WEBPACK_IMPORTED_MODULE_5__.interrupts, redactor, recordFacts });
try {
    await conclude(await Promise.race([running, crash, tooLate()]));
}
catch (error) {
    _shared_early_interrupts_js__WEBPACK_IMPORTED_MODULE_5__.interrupts.abandon();
    // What runs is being killed; what is known of it is worth a moment.
    const result = await Promise.race([running.catch(() => undefined), (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(2000)]);
    await conclude({ ...result, ...internalError(error) });
}
async function conclude(result) {
    // The verdict of a session is made of redacted results; what else stopped the step may quote what it was given.
    const end = { ...known, ...result, ...(result.outcome === undefined && { verdict: redactor.text(result.verdict) }) };
    files.setOutputs(task === 'plan' ? (0,_plan_outputs_js__WEBPACK_IMPORTED_MODULE_11__/* .planOutputsOf */ .F)(end.planned) : (0,_outputs_js__WEBPACK_IMPORTED_MODULE_10__/* .outputsOf */ .Y)(end));
    const { restored, warnings, errors } = files.settle();
    for (const warning of [...restored, ...warnings])
        console.annotate('warning', warning);
    switch (end.conclusion) {
        case 'success':
            // The session has said it already.
            break;
        case 'skipped':
            console.annotate('notice', end.verdict);
            break;
        case 'failure':
        case 'cancelled':
            // GitHub shows ten annotations: the outcome must be among them.
            for (const line of [end.headline ?? end.verdict, ...(end.faults ?? [])])
                console.annotate('error', line);
            break;
    }
    for (const error of errors)
        console.annotate('error', error);
    for (const annotation of end.annotations ?? [])
        console.annotate(annotation.kind, annotation.message, annotation);
    const interrupted = _shared_early_interrupts_js__WEBPACK_IMPORTED_MODULE_5__.interrupts.exitCode();
    await console.flush(interrupted === undefined ? 30_000 : 500);
    if (restored.length > 0 && interrupted === undefined)
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(lateLookMs);
    // Once more, as late as can be: what still runs may have written meanwhile, and may again.
    const late = files.settle();
    const lateErrors = [
        ...late.restored.map((change) => `${change} ${_command_files_js__WEBPACK_IMPORTED_MODULE_8__/* .lateChange */ .T}`),
        ...late.errors.filter((error) => !errors.some((reported) => isSame(reported, error))),
    ];
    for (const error of lateErrors)
        console.annotate('error', error);
    if (lateErrors.length > 0)
        await console.flush(500);
    const isGreen = end.conclusion === 'success' || end.conclusion === 'skipped';
    node_process__WEBPACK_IMPORTED_MODULE_0__.exit(interrupted ?? (isGreen && errors.length + lateErrors.length === 0 ? 0 : 1));
}
/** The cause, behind the colon, may name a temporary file, and so differs each time. */
function isSame(reported, error) {
    const [what] = reported.split(': ');
    return error.split(': ')[0] === what;
}
async function tooLate() {
    await _shared_early_interrupts_js__WEBPACK_IMPORTED_MODULE_5__.interrupts.outOfTime;
    const verdict = `Cancelled: ${(0,_text_causes_js__WEBPACK_IMPORTED_MODULE_3__/* .interruptionText */ .xu)(_shared_early_interrupts_js__WEBPACK_IMPORTED_MODULE_5__.interrupts.interrupt.reason)}, and the session did not end in time.`;
    return { conclusion: 'cancelled', verdict };
}
function internalError(error) {
    if (environment.RUNNER_DEBUG === '1' && error instanceof Error && error.stack !== undefined)
        console.print(error.stack);
    return { conclusion: 'failure', verdict: (0,_model_errors_js__WEBPACK_IMPORTED_MODULE_14__/* .internalErrorMessage */ .vh)(error) };
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 89:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ crashOfThisProgram)
/* harmony export */ });
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1708);

/**
 * Rejects with the first fault of our own that nothing caught. A program that has nothing left to wait for, though it has not
 * ended, has one too: Node would end it without a word. Only for programs of our own.
 */
function crashOfThisProgram() {
    const { promise, reject } = Promise.withResolvers();
    node_process__WEBPACK_IMPORTED_MODULE_0__.on('uncaughtException', reject);
    node_process__WEBPACK_IMPORTED_MODULE_0__.on('unhandledRejection', reject);
    node_process__WEBPACK_IMPORTED_MODULE_0__.once('beforeExit', () => reject(new Error('nothing is left to wait for, and the end has not come.')));
    // The program may have ended well when this rejects.
    promise.catch(() => undefined);
    return promise;
}


/***/ }),

/***/ 974:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  interrupts: () => (/* binding */ interrupts)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
;// CONCATENATED MODULE: ./build/frontends/shared/interrupts.js


/**
 * GitHub cancels with SIGINT, sends SIGTERM 7.5 s later, and kills the tree after 2.5 s more. The session has everything on
 * disk 5 s after the signal and the step has ended after 7 (docs/reliability.md, R1); this is the limit for a session that does not keep that.
 */
const patienceMs = 6_000;
/** Listens for the signals by which a job is cancelled. */
function listenForInterrupts() {
    const interrupt = new AbortController();
    const kill = new AbortController();
    const { promise: outOfTime, resolve } = Promise.withResolvers();
    const react = (signal) => {
        if (interrupt.signal.aborted) {
            kill.abort(signal);
            return;
        }
        interrupt.abort(signal);
        // Not unref'd: a hanging disk may leave nothing else that keeps Node running until then.
        setTimeout(resolve, patienceMs);
    };
    // SIGBREAK is what Windows has for SIGTERM.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'])
        external_node_process_.on(signal, react);
    return {
        interrupt: interrupt.signal,
        kill: kill.signal,
        abandon: () => kill.abort('abandoned'),
        exitCode: () => {
            if (!interrupt.signal.aborted)
                return undefined;
            return 128 + external_node_os_.constants.signals[interrupt.signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM'];
        },
        outOfTime,
    };
}

;// CONCATENATED MODULE: ./build/frontends/shared/early-interrupts.js

/** Listened for before anything else is loaded, which takes 100 ms: until then a signal would end the step without outputs. */
const interrupts = listenForInterrupts();


/***/ }),

/***/ 108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ surviveFileSizeLimit)
/* harmony export */ });
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1708);

/**
 * Lets a file that reaches the limit of its size (`ulimit -f`) be a write that fails, as on a full disk: by itself the signal
 * kills us. Only for programs of our own: the library must not change the program that calls it.
 */
function surviveFileSizeLimit() {
    if (node_process__WEBPACK_IMPORTED_MODULE_0__.listenerCount('SIGXFSZ') === 0)
        node_process__WEBPACK_IMPORTED_MODULE_0__.on('SIGXFSZ', () => undefined);
}


/***/ }),

/***/ 6981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ keepYoungGenerationSmall)
/* harmony export */ });
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8877);

/**
 * Keeps V8 from enlarging its space for new objects. What passes through a session lives for a moment only, yet V8 doubles
 * that space up to 128 MiB: six processes that each wrote 256 MiB took 260 MiB with it and 170 without (docs/reliability.md, R6). Only for programs
 * of our own: the library must not change the program that calls it.
 */
function keepYoungGenerationSmall() {
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--semi-space-growth-factor=1');
}


/***/ }),

/***/ 6493:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ef: () => (/* binding */ commentedPullRequestOf),
/* harmony export */   J4: () => (/* binding */ decideTrust),
/* harmony export */   X7: () => (/* binding */ secretsWithheldFrom)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5586);

const person = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ login: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional() });
const pullRequest = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    user: person.nullable(),
    // null when the fork was deleted
    head: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ repo: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ full_name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }).nullable() }),
});
const authored = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ user: person.nullable(), author_association: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() });
const payloads = {
    pullRequest: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ pull_request: pullRequest, sender: person }),
    comment: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ comment: authored, sender: person }),
    issueComment: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
        comment: authored,
        issue: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ number: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(), pull_request: zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J().optional() }),
        sender: person,
    }),
    reviewComment: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ comment: authored, pull_request: pullRequest, sender: person }),
    review: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ review: authored, pull_request: pullRequest, sender: person }),
};
/** Decides whether the checkout and the prompts may be hostile, as `trust: auto` promises; doubt means untrusted. */
function decideTrust(event) {
    if (typeof event.payload !== 'object' || event.payload === null) {
        return untrusted('the event file could not be read');
    }
    switch (event.name) {
        case 'push':
        case 'schedule':
        case 'workflow_dispatch':
        case 'merge_group':
            return trusted(`the event is ${event.name}`);
        case 'pull_request':
            return fromPullRequest(event);
        case 'issue_comment':
            return fromIssueComment(event);
        case 'discussion_comment':
            return fromDiscussionComment(event);
        case 'pull_request_review':
        case 'pull_request_review_comment':
            return fromReview(event);
        default:
            return untrusted(`the event is ${event.name === '' ? 'unknown' : event.name}`);
    }
}
/** Why GitHub withholds the secrets from this event's workflow, if it does. */
function secretsWithheldFrom(event) {
    const parsed = payloads.pullRequest.safeParse(event.payload);
    if (!parsed.success)
        return undefined;
    if (isDependabot(event.actor) || isDependabot(parsed.data.pull_request.user?.login))
        return 'dependabot';
    // pull_request_target has the secrets whoever asks.
    const withheld = event.name !== 'pull_request_target' && isFromFork(parsed.data.pull_request, event.repository);
    return withheld ? 'fork' : undefined;
}
/** The number of the pull request that has to be looked up before an `issue_comment` can be judged. */
function commentedPullRequestOf(event) {
    if (event.name !== 'issue_comment')
        return undefined;
    const parsed = payloads.issueComment.safeParse(event.payload);
    if (!parsed.success || parsed.data.issue.pull_request == null)
        return undefined;
    return doubtOfAuthor(parsed.data.comment, parsed.data.sender, event.actor) ? undefined : parsed.data.issue.number;
}
function fromPullRequest(event) {
    const parsed = payloads.pullRequest.safeParse(event.payload);
    if (!parsed.success)
        return unexpected(event);
    const { pull_request: pull, sender } = parsed.data;
    const doubt = doubtOfPullRequest(pull, event.repository) ?? doubtOfCause(sender, event.actor);
    return doubt === undefined ? trusted('a pull request from the same repository') : untrusted(doubt);
}
function fromIssueComment(event) {
    const parsed = payloads.issueComment.safeParse(event.payload);
    if (!parsed.success)
        return unexpected(event);
    const { comment, issue, sender } = parsed.data;
    const doubt = doubtOfAuthor(comment, sender, event.actor);
    if (doubt !== undefined)
        return untrusted(doubt);
    if (issue.pull_request == null)
        return trusted(`a comment by ${associationText(comment.author_association)} on an issue`);
    const pull = pullRequest.safeParse(event.commentedPullRequest);
    if (!pull.success)
        return untrusted('a comment on a pull request of which nobody could say whether it is from a fork');
    const pullDoubt = doubtOfPullRequest(pull.data, event.repository);
    return pullDoubt === undefined
        ? trusted(`a comment by ${associationText(comment.author_association)} on a pull request from the same repository`)
        : untrusted(`a comment on ${pullDoubt}`);
}
function fromDiscussionComment(event) {
    const parsed = payloads.comment.safeParse(event.payload);
    if (!parsed.success)
        return unexpected(event);
    const { comment, sender } = parsed.data;
    const doubt = doubtOfAuthor(comment, sender, event.actor);
    return doubt === undefined
        ? trusted(`a comment by ${associationText(comment.author_association)} on a discussion`)
        : untrusted(doubt);
}
function fromReview(event) {
    const schema = event.name === 'pull_request_review' ? payloads.review : payloads.reviewComment;
    const parsed = schema.safeParse(event.payload);
    if (!parsed.success)
        return unexpected(event);
    const { sender, pull_request: pull } = parsed.data;
    const words = 'review' in parsed.data ? parsed.data.review : parsed.data.comment;
    const doubt = doubtOfPullRequest(pull, event.repository) ?? doubtOfAuthor(words, sender, event.actor);
    return doubt === undefined
        ? trusted(`a review by ${associationText(words.author_association)} of a pull request from the same repository`)
        : untrusted(doubt);
}
function doubtOfPullRequest(pull, repository) {
    if (isFromFork(pull, repository))
        return 'a pull request from a fork';
    // A bot's description quotes the world: release notes, issues, other people's commits.
    if (isBot(pull.user))
        return 'a pull request by a bot';
    return undefined;
}
function doubtOfAuthor(words, sender, actor) {
    if (!['OWNER', 'MEMBER', 'COLLABORATOR'].includes(words.author_association)) {
        return `a comment by someone who is no owner, member or collaborator (${associationText(words.author_association)})`;
    }
    if (isBot(words.user))
        return 'a comment by a bot';
    return doubtOfCause(sender, actor);
}
function doubtOfCause(sender, actor) {
    return isBot(sender) || isBot({ login: actor }) ? 'the event was caused by a bot' : undefined;
}
/** Compares names: `head.repo.fork` only says that the repository is a fork of something, perhaps of another one. */
function isFromFork(pull, repository) {
    return pull.head.repo?.full_name.toLowerCase() !== repository.toLowerCase();
}
/** An account that is gone (null) may have been one. */
function isBot(account) {
    return account === null || account.type === 'Bot' || account.login.endsWith('[bot]');
}
function isDependabot(login) {
    return login === 'dependabot[bot]';
}
function associationText(association) {
    return association.toLowerCase().replaceAll('_', ' ');
}
function unexpected(event) {
    return untrusted(`the event file is not what GitHub documents for ${event.name}`);
}
function trusted(why) {
    return { level: 'trusted', why };
}
function untrusted(why) {
    return { level: 'untrusted', why };
}


/***/ }),

/***/ 6637:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ ByteBuffer)
/* harmony export */ });
/** Bytes of memory that are kept when the buffer is cleared; a larger one is released. */
const mostKeptBytes = 64 * 1024;
/** Bytes that are gathered in memory of their own: a list of small pieces would cost far more than what it holds. */
class ByteBuffer {
    #memory = new Uint8Array(0);
    #length = 0;
    get length() {
        return this.#length;
    }
    /** All of them, valid until the buffer is changed. */
    get bytes() {
        return this.#memory.subarray(0, this.#length);
    }
    /** Adds a copy: the caller may use its memory again. */
    append(bytes) {
        const needed = this.#length + bytes.length;
        if (needed > this.#memory.length) {
            const larger = new Uint8Array(Math.max(needed, 2 * this.#memory.length));
            larger.set(this.bytes);
            this.#memory = larger;
        }
        this.#memory.set(bytes, this.#length);
        this.#length = needed;
    }
    /** Drops all but the last `count` bytes. */
    keepLast(count) {
        if (count >= this.#length)
            return;
        this.#memory.copyWithin(0, this.#length - count, this.#length);
        this.#length = count;
    }
    clear() {
        this.#length = 0;
        if (this.#memory.length > mostKeptBytes)
            this.#memory = new Uint8Array(0);
    }
}


/***/ }),

/***/ 5527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ compact)
/* harmony export */ });
/** The object without its undefined members, as `exactOptionalPropertyTypes` requires. */
function compact(members) {
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}


/***/ }),

/***/ 2011:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ errorCode),
/* harmony export */   gJ: () => (/* binding */ errorMessage),
/* harmony export */   vh: () => (/* binding */ internalErrorMessage)
/* harmony export */ });
/** The message of whatever was thrown or rejected with. */
function errorMessage(error) {
    return error instanceof Error ? error.message : String(error);
}
/** The code of an error of the system, such as `ENOENT`; undefined for any other. */
function errorCode(error) {
    return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
/** The text of a fault of our own, for a boundary that reports it: it begins with `Internal error:`, once. */
function internalErrorMessage(error) {
    return `Internal error: ${errorMessage(error).replace(/^Internal error: /, '')}`;
}


/***/ }),

/***/ 6582:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IW: () => (/* binding */ keywordOfSchema),
/* harmony export */   Wb: () => (/* binding */ schemaKeywords),
/* harmony export */   XC: () => (/* binding */ longestShortSummary),
/* harmony export */   jV: () => (/* binding */ schemasByKeyword),
/* harmony export */   ri: () => (/* binding */ answerRole)
/* harmony export */ });
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6939);

/** Longest heading of a finding, in characters. */
const longestShortSummary = 60;
const text = (description) => ({ type: 'string', description });
/** The words of the Claude CLI's own tool ReportFindings. */
const finding = {
    type: 'object',
    additionalProperties: false,
    required: ['file', 'summary', 'failure_scenario', 'severity'],
    properties: {
        file: text('Path of the file from the root of the repository: relative, with forward slashes, without "..".'),
        line: {
            type: 'integer',
            minimum: 1,
            description: 'The line that the finding is about, counted from 1 in the file as it is now.',
        },
        summary: text('What is wrong, in one or two sentences.'),
        short_summary: {
            type: 'string',
            maxLength: longestShortSummary,
            description: `A heading of at most ${longestShortSummary} characters.`,
        },
        failure_scenario: text('What has to happen for it to do harm, and what the harm is.'),
        category: text('One or two words for the kind of the finding, such as "security" or "error-handling".'),
        severity: {
            enum: _finding_js__WEBPACK_IMPORTED_MODULE_0__/* .severities */ .gO,
            description: 'important: the change must not be merged with it. nit: worth a change, but no reason to wait. pre_existing: it was there before the change.',
        },
        verdict: {
            enum: _finding_js__WEBPACK_IMPORTED_MODULE_0__/* .reportedVerdicts */ .Yv,
            description: 'CONFIRMED: you have seen in the code that it happens. PLAUSIBLE: it may happen.',
        },
    },
};
/** The schemas that `json-schema` knows by a keyword; `schemas/` has them as files. */
const schemasByKeyword = {
    findings: {
        title: 'Findings',
        description: 'What a review has found; an empty list when it has found nothing.',
        type: 'object',
        additionalProperties: false,
        required: ['findings'],
        properties: { findings: { type: 'array', items: finding } },
    },
    'finding-check': {
        title: 'Check of a finding',
        description: 'What a second look at one finding has come to.',
        type: 'object',
        additionalProperties: false,
        required: ['verdict', 'reason'],
        properties: {
            verdict: {
                enum: _finding_js__WEBPACK_IMPORTED_MODULE_0__/* .checkVerdicts */ .Hh,
                description: 'CONFIRMED: you have seen that it happens. PLAUSIBLE: it may happen. REFUTED: you have seen that it cannot happen.',
            },
            reason: text('What in the code proves it.'),
        },
    },
};
/** Every word that stands for a schema. */
const schemaKeywords = Object.keys(schemasByKeyword);
const keywordsByText = new Map(schemaKeywords.map((keyword) => [JSON.stringify(schemasByKeyword[keyword]), keyword]));
/** The keyword whose schema this text is. */
function keywordOfSchema(jsonSchema) {
    return jsonSchema === undefined ? undefined : keywordsByText.get(jsonSchema);
}
/** Kind of answer that a schema asks for; `checkedFinding` is the `id` of the finding that the process was given. */
function answerRole(jsonSchema, checkedFinding) {
    const answerKind = keywordOfSchema(jsonSchema);
    if (answerKind === undefined)
        return {};
    const isCheck = answerKind === 'finding-check' && checkedFinding !== undefined;
    return { answerKind, ...(isCheck && { checkedFinding }) };
}


/***/ }),

/***/ 6939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hh: () => (/* binding */ checkVerdicts),
/* harmony export */   Yv: () => (/* binding */ reportedVerdicts),
/* harmony export */   gO: () => (/* binding */ severities)
/* harmony export */ });
/** Severity of a finding: a fault of the change, a possible improvement of it, or a fault that was there before. */
const severities = ['important', 'nit', 'pre_existing'];
/** Confidence of the reporter in a finding. */
const reportedVerdicts = ['CONFIRMED', 'PLAUSIBLE'];
/** Verdict of a process that checks a finding. */
const checkVerdicts = ['CONFIRMED', 'PLAUSIBLE', 'REFUTED'];


/***/ }),

/***/ 5278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L6: () => (/* binding */ processesOf),
/* harmony export */   Md: () => (/* binding */ isAnyContinued),
/* harmony export */   W8: () => (/* binding */ inOrderOfNeeds),
/* harmony export */   WJ: () => (/* binding */ sinksOf),
/* harmony export */   dp: () => (/* binding */ processesAndTemplatesOf)
/* harmony export */ });
/** The processes of a graph that are known before it runs, in the order of its nodes. */
function processesOf({ nodes }) {
    return nodes.flatMap((node) => (node.kind === 'task' ? [node.process] : []));
}
/** The processes of a graph, and the templates of processes that are made for each item of a list. */
function processesAndTemplatesOf({ nodes }) {
    return nodes.flatMap((node) => {
        if (node.kind === 'group')
            return [];
        return [node.kind === 'task' ? node.process : node.template];
    });
}
/** Whether the conversation of a process of the graph is continued by another. */
function isAnyContinued(graph) {
    return processesAndTemplatesOf(graph).some(({ isContinued }) => isContinued === true);
}
/** The nodes that no other node needs. */
function sinksOf({ nodes }) {
    const needed = new Set(nodes.flatMap(({ needs }) => needs.map(({ of }) => of)));
    return nodes.filter(({ id }) => !needed.has(id));
}
/** The nodes of a graph, each after all that it needs; nodes on a cycle are left out. */
function inOrderOfNeeds(nodes) {
    const left = new Map(nodes.map(({ id, needs }) => [id, needs.length]));
    const dependants = new Map();
    for (const node of nodes) {
        for (const { of } of node.needs) {
            const others = dependants.get(of);
            if (others === undefined)
                dependants.set(of, [node]);
            else
                others.push(node);
        }
    }
    const ordered = nodes.filter(({ needs }) => needs.length === 0);
    // Grows while it is walked.
    for (const { id } of ordered) {
        for (const next of dependants.get(id) ?? []) {
            const count = (left.get(next.id) ?? 0) - 1;
            left.set(next.id, count);
            if (count === 0)
                ordered.push(next);
        }
    }
    return ordered;
}


/***/ }),

/***/ 8734:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ roundedUsd)
/* harmony export */ });
/** US dollars rounded to 9 decimals, without the noise of binary fractions: one token of any model costs more than that. */
function roundedUsd(usd) {
    return Number(usd.toFixed(9));
}


/***/ }),

/***/ 1144:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HA: () => (/* binding */ defaultOf),
/* harmony export */   Hd: () => (/* binding */ everyTask),
/* harmony export */   TN: () => (/* binding */ keyOf),
/* harmony export */   UX: () => (/* binding */ isAtFrontend),
/* harmony export */   _F: () => (/* binding */ fieldOf)
/* harmony export */ });
/* unused harmony export optionGroups */
/** The tasks of an option that applies to every task. */
const everyTask = ['run', 'plan', 'merge'];
/** The sections of the tables that people read, in their order, with their titles. */
const optionGroups = {
    prompts: 'Prompts',
    pattern: 'Pattern',
    verdict: 'Verdict',
    time: 'Time and retries',
    budget: 'Money',
    claude: 'Claude',
    shards: 'Several machines',
    session: 'Session',
    safety: 'Safety',
    action: 'Action only',
};
/** Whether an entry point has this option for a task. */
function isAtFrontend(row, frontend, task = 'run') {
    const { tasks = ['run', 'plan'] } = row;
    return (row.frontends === undefined || row.frontends.includes(frontend)) && tasks.includes(task);
}
/** The option's default at an entry point, as text. */
function defaultOf(row, frontend) {
    return row.default ?? row.frontendDefaults?.[frontend];
}
/** The name of the option's field in the library. */
function fieldOf(row) {
    return row.field ?? camelCase(row.name);
}
/** The key of the option's value in a record: its name in camel case, and its unit where it is a time. */
function keyOf({ name, kind }) {
    return kind.type === 'duration' ? `${camelCase(name)}Ms` : camelCase(name);
}
function camelCase(name) {
    return name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}


/***/ }),

/***/ 9237:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Pf: () => (/* binding */ fieldsOf),
  zl: () => (/* binding */ optionRows),
  zv: () => (/* binding */ recordOf)
});

// UNUSED EXPORTS: optionTable

;// CONCATENATED MODULE: ./build/model/claude-options.js
/** The modes that the Claude CLI 2.1.330 accepts; `default` is its older name for `manual`. */
const permissionModes = ['default', 'plan', 'dontAsk', 'acceptEdits', 'auto', 'manual', 'bypassPermissions'];
/** The levels that the Claude CLI 2.1.330 knows; it ignores others. */
const efforts = ['low', 'medium', 'high', 'xhigh', 'max'];
/** Options passed on to Claude, and the choice of its executable. */
const claudeOptions = [
    {
        name: 'model',
        group: 'claude',
        record: 'claude',
        kind: { type: 'word' },
        perProcess: true,
        cliFlags: ['--model'],
        description: 'The model, by its full name or by an alias such as sonnet.',
    },
    {
        name: 'fallback-model',
        group: 'claude',
        record: 'claude',
        kind: { type: 'word' },
        perProcess: true,
        cliFlags: ['--fallback-model'],
        description: 'The model to use when the first is overloaded or unavailable.',
    },
    {
        name: 'effort',
        group: 'claude',
        record: 'claude',
        kind: { type: 'choice', values: efforts },
        perProcess: true,
        cliFlags: ['--effort'],
        description: `How hard the model is to think: ${efforts.join(', ')}.`,
    },
    {
        name: 'append-system-prompt',
        group: 'claude',
        record: 'claude',
        kind: { type: 'text' },
        perProcess: true,
        cliFlags: ['--append-system-prompt', '--append-system-prompt-file'],
        description: "Text added to the end of Claude's system prompt.",
    },
    {
        name: 'allowed-tools',
        group: 'claude',
        record: 'claude',
        kind: { type: 'tools' },
        perProcess: true,
        cliFlags: ['--allowedTools', '--allowed-tools'],
        description: 'Tools that Claude may use unasked, one a line or separated by commas: Edit, Bash(git log:*). By default nothing that writes is allowed. Tools that end a turn in order to be woken later (ScheduleWakeup, Monitor, Workflow, CronCreate) are off unless they are named here.',
    },
    {
        name: 'disallowed-tools',
        group: 'claude',
        record: 'claude',
        kind: { type: 'tools' },
        perProcess: true,
        cliFlags: ['--disallowedTools', '--disallowed-tools'],
        description: 'Tools that Claude may not use, one a line or separated by commas.',
    },
    {
        name: 'permission-mode',
        group: 'claude',
        record: 'claude',
        kind: { type: 'choice', values: permissionModes },
        perProcess: true,
        cliFlags: ['--permission-mode', '--dangerously-skip-permissions', '--allow-dangerously-skip-permissions'],
        description: `Claude's permission mode: ${permissionModes.join(', ')}.`,
    },
    {
        name: 'max-turns',
        group: 'claude',
        record: 'claude',
        kind: { type: 'count', min: 1, max: 100_000 },
        perProcess: true,
        cliFlags: ['--max-turns'],
        description: 'How many turns Claude may take in one process. A process that needs more has failed.',
    },
    {
        name: 'mcp-config',
        group: 'claude',
        record: 'claude',
        kind: { type: 'json-or-path' },
        cliFlags: ['--mcp-config'],
        description: 'MCP servers for Claude: JSON text, or the path of a JSON file.',
    },
    {
        name: 'settings',
        group: 'claude',
        record: 'claude',
        kind: { type: 'json-or-path' },
        cliFlags: ['--settings'],
        description: 'Further settings for Claude: JSON text, or the path of a JSON file.',
    },
    {
        name: 'json-schema',
        group: 'claude',
        record: 'claude',
        kind: { type: 'json-schema' },
        perProcess: true,
        cliFlags: ['--json-schema'],
        description: 'A JSON schema that the answer must meet: JSON text when it begins with {, otherwise a path. The answer is then in structured-output. findings and finding-check are keywords for schemas of our own; a file of such a name is ./findings.',
    },
    {
        name: 'claude-args',
        group: 'claude',
        record: 'claude',
        kind: { type: 'arguments' },
        perProcess: true,
        description: 'Further arguments for Claude, one a line, or a JSON array. A flag and its value are two lines. Never parsed by a shell.',
    },
    {
        name: 'claude-path',
        group: 'claude',
        kind: { type: 'path' },
        description: 'The executable to run instead of an installed Claude CLI. It may be a plain program; it is asked for --version first, and one that is silent is waited for up to 30 s.',
    },
    {
        name: 'claude-version',
        group: 'claude',
        kind: { type: 'version' },
        defaultNote: 'claude on the PATH when it is new enough, otherwise the version that this project is tested with',
        description: 'Exactly this version of the Claude CLI, such as 2.1.330, or latest. The Action installs it; the command prints how to.',
    },
];

// EXTERNAL MODULE: ./build/model/option-row.js
var option_row = __webpack_require__(1144);
;// CONCATENATED MODULE: ./build/model/environment-options.js

const actionOnly = ['action'];
/** Options of a session's directories, environment, safety and delivery. */
const environmentOptions = [
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
        description: 'A token that claude setup-token made, for a subscription. CLAUDE_CODE_OAUTH_TOKEN in the environment works as well. Beside an API key it is not used.',
    },
    {
        name: 'on-missing-credentials',
        group: 'session',
        record: 'settings',
        kind: { type: 'choice', values: ['fail', 'skip'] },
        default: 'fail',
        description: 'Without credentials: fail, or skip. With skip, a pull request from a fork or from Dependabot gets a notice and a green session.',
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
        tasks: option_row/* everyTask */.Hd,
        field: 'baseLogDir',
        defaultNote: 'Action: below RUNNER_TEMP; command and library: .claude/runtime/logs',
        description: "Where the session's directory is made, with its logs and results.",
    },
    {
        name: 'max-log-size',
        group: 'session',
        record: 'settings',
        kind: { type: 'size' },
        tasks: option_row/* everyTask */.Hd,
        default: '1GiB',
        description: 'The most that each log file of one process may hold: 512MiB, 1GiB and 10MB work, a bare number is bytes. What is beyond it ' +
            'is left out, and a warning says so; the process goes on.',
    },
    {
        name: 'resume-from',
        group: 'session',
        kind: { type: 'word' },
        description: 'Run only what did not succeed in an earlier session, and take the rest from there: the directory of a session (with a ' +
            'path separator) or its id below log-dir. In the Action instead of the id: the name of an artifact of this run, or previous-attempt.',
    },
    {
        name: 'resume-key',
        group: 'action',
        record: 'delivery',
        kind: { type: 'text' },
        frontends: actionOnly,
        description: 'Text that becomes part of the identity by which previous-attempt finds the artifact of this step. A reusable workflow or ' +
            'composite action that is called more than once in a run needs one for each call, such as an input of its own.',
    },
    {
        name: 'title',
        group: 'session',
        record: 'settings',
        kind: { type: 'text' },
        tasks: option_row/* everyTask */.Hd,
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
        description: 'Run the real Claude CLI against a stand-in for the model: no credentials, no cost, and nothing leaves the machine. For a trial of a workflow.',
    },
    {
        name: 'trust',
        group: 'safety',
        kind: { type: 'choice', values: ['auto', 'trusted', 'untrusted'] },
        default: 'auto',
        description: 'Whether the checkout and the prompts may be hostile: auto decides from the event, untrusted forces the careful mode, trusted is your consent.',
    },
    {
        name: 'pass-env',
        group: 'safety',
        record: 'settings',
        kind: { type: 'variable-names' },
        description: 'Names of further environment variables that Claude may see, one a line; * and ? work. All else is withheld.',
    },
    {
        name: 'mask',
        group: 'safety',
        record: 'settings',
        kind: { type: 'secrets' },
        tasks: option_row/* everyTask */.Hd,
        secret: true,
        description: 'Further values to redact everywhere, one a line, each of at least 8 bytes.',
    },
    {
        name: 'upload-logs',
        group: 'action',
        record: 'delivery',
        kind: { type: 'choice', values: ['always', 'on-failure', 'never'] },
        tasks: option_row/* everyTask */.Hd,
        frontends: actionOnly,
        default: 'always',
        description: "When to upload the session's directory as an artifact: always, on-failure or never.",
    },
    {
        name: 'artifact-name',
        group: 'action',
        record: 'delivery',
        kind: { type: 'artifact-name' },
        tasks: option_row/* everyTask */.Hd,
        frontends: actionOnly,
        default: 'claude-ensemble',
        description: 'The name of the artifact. A suffix that is unique by job, attempt and session is always added.',
    },
    {
        name: 'retention-days',
        group: 'action',
        record: 'delivery',
        kind: { type: 'count', min: 1, max: 400 },
        tasks: option_row/* everyTask */.Hd,
        frontends: actionOnly,
        defaultNote: "the repository's",
        description: 'For how many days GitHub keeps the artifact.',
    },
    {
        name: 'job-summary',
        group: 'action',
        record: 'delivery',
        kind: { type: 'boolean' },
        tasks: option_row/* everyTask */.Hd,
        frontends: actionOnly,
        default: 'true',
        description: "Write the session's summary into the summary of the job.",
    },
    {
        name: 'comment',
        group: 'action',
        record: 'delivery',
        kind: { type: 'choice', values: ['none', 'sticky', 'review'] },
        tasks: option_row/* everyTask */.Hd,
        frontends: actionOnly,
        default: 'none',
        description: 'Tell the findings on the pull request: none, sticky (one comment, kept up to date), or review (that and a review with comments on the lines of the diff). Needs permissions: pull-requests: write.',
    },
    {
        name: 'pull-request',
        group: 'action',
        record: 'delivery',
        kind: { type: 'count', min: 1, max: 2_147_483_647 },
        tasks: option_row/* everyTask */.Hd,
        frontends: actionOnly,
        defaultNote: 'that of the event',
        description: 'The number of the pull request to comment on, where the event does not tell. Never take it from an artifact or a file: whoever wrote that chooses where the comment goes.',
    },
    {
        name: 'comment-key',
        group: 'action',
        record: 'delivery',
        kind: { type: 'text' },
        tasks: option_row/* everyTask */.Hd,
        frontends: actionOnly,
        defaultNote: 'workflow, job, matrix and step',
        description: 'Tells the findings of this step from those of others: the id of the run in findings.sarif, and what the comment on the pull request is found by. Code scanning takes what stands before the last slash as the category.',
    },
    {
        name: 'github-token',
        group: 'action',
        record: 'delivery',
        kind: { type: 'credential' },
        tasks: option_row/* everyTask */.Hd,
        frontends: actionOnly,
        defaultNote: 'github.token',
        secret: true,
        description: "For this Action's own calls to GitHub. Claude never sees it.",
    },
];

// EXTERNAL MODULE: ./build/model/session-options.js
var session_options = __webpack_require__(845);
// EXTERNAL MODULE: ./build/model/shard.js
var shard = __webpack_require__(3282);
;// CONCATENATED MODULE: ./build/model/shard-options.js

const textFrontends = ['action', 'command'];
/** Options of a session whose processes are divided among several machines, and merged. */
const shardOptions = [
    {
        name: 'shard',
        group: 'shards',
        kind: { type: 'shard' },
        tasks: ['run'],
        description: 'Run only this part of the processes, such as 2/4: the second of four. What depends on each other stays together. The artifact goes to merge.',
    },
    {
        name: 'plan-hash',
        group: 'shards',
        kind: { type: 'plan-hash' },
        tasks: ['run', 'merge'],
        description: 'The output of plan. A shard with other prompts, context or options than plan saw does not start; merge takes shards of this plan only.',
    },
    {
        name: 'shards',
        group: 'shards',
        kind: { type: 'count', min: 1, max: shard/* mostShards */.bA },
        tasks: ['plan'],
        frontends: textFrontends,
        default: '1',
        description: 'Only of plan: into how many shards the processes are dealt out, each for a job of its own.',
    },
    {
        name: 'max-parallel',
        group: 'shards',
        kind: { type: 'count', min: 1, max: shard/* mostShards */.bA },
        tasks: ['plan'],
        frontends: textFrontends,
        defaultNote: 'all shards',
        description: 'Only of plan: how many shards run at once, as strategy.max-parallel of the matrix says. It decides nothing; the estimate needs it, for GitHub does not tell.',
    },
    {
        name: 'count',
        group: 'shards',
        kind: { type: 'count', min: 1, max: shard/* mostShards */.bA },
        tasks: ['merge'],
        frontends: textFrontends,
        defaultNote: 'as the shards say',
        description: 'Only of merge: the output of plan, how many shards there are.',
    },
    {
        name: 'directories',
        group: 'shards',
        kind: { type: 'lines' },
        tasks: ['merge'],
        frontends: ['action'],
        defaultNote: "the artifacts of this run's shards",
        description: 'Only of merge: directories of shards, one a line, or directories that hold such, instead of the artifacts of this run.',
    },
];

;// CONCATENATED MODULE: ./build/model/option-table.js





/** Every option there is: inputs, flags, fields, help and the tables of docs/options.md all come from here. */
const optionTable = [
    ...session_options/* sessionOptions */.x,
    ...claudeOptions,
    ...shardOptions,
    ...environmentOptions,
];
/** The rows without their literal types, for loops. */
const optionRows = [...optionTable];
/** Kinds whose value is a list; an empty one when nothing was given. */
const listKinds = ['tools', 'arguments', 'secrets', 'variable-names'];
/** Made once: each process has a record of its own. */
const fieldsByRecord = Map.groupBy(optionRows.map((row) => ({ ...row, key: (0,option_row/* keyOf */.TN)(row) })), ({ record }) => record);
/** The rows of a record, each with the key of its value there. */
function fieldsOf(name) {
    // The types make the same keys of the same rows.
    return (fieldsByRecord.get(name) ?? []);
}
/** Makes a record of values that are complete. */
function recordOf(name, values) {
    const lists = listKinds;
    const given = fieldsOf(name)
        .map((row) => [row.key, values[row.name] ?? (lists.includes(row.kind.type) ? [] : undefined)])
        .filter(([, value]) => value !== undefined);
    return Object.fromEntries(given);
}


/***/ }),

/***/ 9383:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ looksIssued),
/* harmony export */   l: () => (/* binding */ isOrdinaryWord)
/* harmony export */ });
/** Which letters follow each other in English words and in the names of common programs, often enough to expect it. */
const followers = {
    a: 'bcdefghiklmnprstuvwy',
    b: 'aceijlmorstuy',
    c: 'acehikloprstuy',
    d: 'acdefgijlmnoprstuvy',
    e: 'abcdefghijklmnopqrstuvwxy',
    f: 'aefilorstuy',
    g: 'aeghilnorstuy',
    h: 'aeilmnorstuy',
    i: 'abcdefgklmnoprstvxz',
    j: 'aeiosu',
    k: 'adefgilnpstu',
    l: 'abcdefhiklmnopstuvwy',
    m: 'abeilmnopsu',
    n: 'abcdefghijklmnoprstuvwy',
    o: 'abcdefgiklmnoprstuvwxy',
    p: 'adeghilmoprstuvyz',
    q: 'luv',
    r: 'abcdefgiklmnoprstuvwy',
    s: 'acefhiklmnopqstuwy',
    t: 'acdefghilmnoprstuwyz',
    u: 'abcdefgilmnopqrstvz',
    v: 'aceioqsuyz',
    w: 'aehilnoqrst',
    x: 'aceiptvy',
    y: 'abcegilmnopqstuvwyz',
    z: 'aeiqxy',
};
const longestWord = 20;
/**
 * Whether a text is one word in lower case that could stand in a dictionary. Of 16 letters at random, one in a thousand is taken
 * for a word.
 */
function isOrdinaryWord(text) {
    return (/^[a-z]+$/u.test(text) &&
        text.length <= longestWord &&
        Array.from(text).every((letter, index) => index === 0 || followers[text[index - 1]]?.includes(letter)));
}
/** In characters: those that services issue are longer. */
const leastCredential = 16;
const leastLetters = 6;
/** Whether a text looks like something that a service has issued, not like words, a path or a name that someone chose. */
function looksIssued(text) {
    if (text.length < leastCredential || !/^[\w.~+/=-]+$/u.test(text))
        return false;
    const letters = text.replaceAll(/[^A-Za-z]/gu, '').length;
    const words = text.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/u).filter((part) => {
        return part.length >= 4 && isOrdinaryWord(part.toLowerCase());
    });
    return letters >= leastLetters && words.join('').length * 2 < letters;
}


/***/ }),

/***/ 6412:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ longestMessage),
/* harmony export */   u: () => (/* binding */ redactedBytes)
/* harmony export */ });
/**
 * In bytes. A line that is longer is no message: it is redacted like any other output, and kept in the log only (docs/reliability.md, R23).
 * A message is parsed in one go, in which no signal is heard: one of this length takes about half of the 100 ms within which a
 * cancel is to be obeyed (docs/reliability.md, R31).
 */
const longestMessage = 4 * 1024 * 1024;
/** A byte stream without its secrets, each chunk as soon as it is safe. */
async function* redactedBytes(chunks, redactor) {
    const clean = redactor.stream();
    for await (const chunk of chunks)
        yield clean.push(chunk);
    yield clean.end();
}


/***/ }),

/***/ 7973:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ isSecretName)
/* harmony export */ });
const secretName = /TOKEN|SECRET|PASSWORD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|CREDENTIAL|AUTHORIZATION/u;
/** A name that says that the value is a secret. An input's variable keeps the hyphens of its name: `INPUT_ANTHROPIC-API-KEY`. */
function isSecretName(name) {
    return secretName.test(name
        .replace(/([a-z])([A-Z])/gu, '$1_$2')
        .toUpperCase()
        .replaceAll('-', '_'));
}


/***/ }),

/***/ 4896:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AG: () => (/* binding */ sessionFiles),
/* harmony export */   Ec: () => (/* binding */ filesOfProcess),
/* harmony export */   SB: () => (/* binding */ ledgerFile),
/* harmony export */   kN: () => (/* binding */ eventLogSchemaVersion)
/* harmony export */ });
/** The files of a session's directory: scripts depend on these names, and so do the step's end and `resume-from`. */
const sessionFiles = {
    log: 'session.log',
    events: 'events.jsonl',
    context: 'context.md',
    manifest: 'manifest.json',
    results: 'results.json',
    summary: 'summary.md',
    report: 'report.html',
    findings: 'findings.json',
    sarif: 'findings.sarif',
};
/** The files of one process there. */
function filesOfProcess(processId) {
    return {
        log: `${processId}.log`,
        stream: `${processId}.jsonl`,
        prompt: `${processId}.prompt.md`,
        output: `outputs/${processId}.md`,
    };
}
/** Record of what a session of the Action wrote to its files, for the end of the job; never uploaded. */
const ledgerFile = '.ledger';
/** Version of the lines of `events.jsonl`: raised when a reader would have to know of a change. */
const eventLogSchemaVersion = 1;


/***/ }),

/***/ 845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ patterns),
/* harmony export */   x: () => (/* binding */ sessionOptions)
/* harmony export */ });
/* harmony import */ var _option_row_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1144);

/** Names of the patterns; each stands for dependencies between the processes of a session. */
const patterns = ['parallel', 'sequential', 'fallback', 'batch', 'graph'];
const textFrontends = ['action', 'command'];
/** Options of the work itself: the prompts, their order, when they fail, their time and their money. */
const sessionOptions = [
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
        description: 'A file that holds one prompt, taken as it stands. In a job it must lie in the workspace or in RUNNER_TEMP. For the ' +
            'command - is standard input.',
    },
    {
        name: 'prompts',
        group: 'prompts',
        kind: { type: 'verbatim' },
        frontends: textFrontends,
        description: 'A YAML or JSON list with one process per entry. An entry is a string, or a mapping with prompt or prompt-file and, ' +
            'as wanted, id, name and options for this process only. Text from outside belongs into context, not here.',
    },
    {
        name: 'prompts-file',
        group: 'prompts',
        kind: { type: 'path', standardInput: true },
        frontends: textFrontends,
        description: 'A file that holds such a list. Use it for more than 128 KiB: GitHub cannot start a step with a longer input. For the ' +
            'command - is standard input.',
    },
    {
        name: 'prompts-glob',
        group: 'prompts',
        kind: { type: 'lines' },
        frontends: textFrontends,
        description: 'Globs, one a line. Each file that matches is one prompt. Its id is its name without the extension, or made from its path where names are equal or no ids. Links are not followed.',
    },
    {
        name: 'each',
        group: 'prompts',
        kind: { type: 'path', standardInput: true },
        frontends: ['command'],
        description: 'Command only: a file of items, or - for standard input. Each line that is not blank makes one process, with the one ' +
            'prompt that is given and the line as data, in a block named item. The line never becomes part of the prompt.',
    },
    {
        name: 'context',
        group: 'prompts',
        kind: { type: 'verbatim' },
        description: 'Text that goes ahead of every prompt as data, not as instructions: the title and body of a pull request, for example.',
    },
    {
        name: 'context-files',
        group: 'prompts',
        kind: { type: 'lines' },
        description: 'Files, one a line, whose text goes ahead of every prompt as data. Of one that is binary or too large, only its name and size do. ' +
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
        description: 'How the processes depend on each other: parallel, sequential (one after the other), fallback (one after the other ' +
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
        description: 'In a sequence and between batches: the successful outputs so far go ahead of the next prompt, as data, 64 KiB in all.',
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
        tasks: _option_row_js__WEBPACK_IMPORTED_MODULE_0__/* .everyTask */ .Hd,
        default: 'any',
        description: 'When the session fails: any, all or none of the processes not done, a count of them such as 3, or a share of all prompts such as 10%.',
    },
    {
        name: 'fail-on-severity',
        group: 'verdict',
        record: 'policy',
        kind: { type: 'choice', values: ['none', 'important', 'nit'] },
        tasks: _option_row_js__WEBPACK_IMPORTED_MODULE_0__/* .everyTask */ .Hd,
        default: 'none',
        description: 'Fail the session also for a finding that was not refuted: none, important, or nit (which includes important). What was there before the change never fails it. In an untrusted session it is advice and decides nothing.',
    },
    {
        name: 'on-denied',
        group: 'verdict',
        record: 'policy',
        kind: { type: 'choice', values: ['warn', 'fail', 'ignore'] },
        default: 'warn',
        description: 'What becomes of a process that was denied a tool: warn (it succeeds, with a warning), fail (it failed) or ignore.',
    },
    {
        name: 'timeout',
        group: 'time',
        kind: { type: 'duration' },
        frontendDefaults: { action: '20m', command: '20m' },
        perProcess: true,
        description: 'The longest that one attempt of a process may take. A bare number is seconds; 90s, 15m and 1h30m work, up to 24 days.',
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
        description: 'The longest that the whole session may take, an installation of the CLI included: nothing starts after it, and what runs is cancelled in time to write every result.',
    },
    {
        name: 'retries',
        group: 'time',
        record: 'policy',
        kind: { type: 'count', min: 0, max: 100 },
        default: '2',
        description: 'How many more attempts a process gets after a failure that may pass by itself: a rate limit, an overload, a lost connection.',
    },
    {
        name: 'retry-delay',
        group: 'time',
        record: 'policy',
        kind: { type: 'duration', zero: true },
        default: '5s',
        description: 'The longest wait before the first retry. It doubles each time, up to 60 seconds; the wait is a random part of it.',
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
        description: 'Start the next process while those before it work, so that nobody waits for its start-up; it gets its prompt at its turn.',
    },
    {
        name: 'max-budget-usd',
        group: 'budget',
        record: 'policy',
        kind: { type: 'money' },
        description: 'The ceiling of the whole session in US dollars. A process starts only if its own ceiling fits into what is left.',
    },
    {
        name: 'max-process-budget-usd',
        group: 'budget',
        kind: { type: 'money' },
        defaultNote: 'an equal share among the workers, at most what is left',
        perProcess: true,
        cliFlags: ['--max-budget-usd'],
        description: 'The ceiling of one process in US dollars. Claude checks it after each response, so it may be passed by one response.',
    },
    {
        name: 'prompt-caching',
        group: 'budget',
        record: 'policy',
        kind: { type: 'choice', values: ['auto', 'off'] },
        default: 'auto',
        description: 'Whether processes send the context so that the service caches it: written once, it is read at a tenth of the price by all that share model, effort, tools and system prompt.',
    },
];


/***/ }),

/***/ 3282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tm: () => (/* binding */ runAttempt),
/* harmony export */   bA: () => (/* binding */ mostShards),
/* harmony export */   eG: () => (/* binding */ shardText),
/* harmony export */   lQ: () => (/* binding */ matrixOf)
/* harmony export */ });
/** The most shards of a plan: GitHub runs no matrix of more jobs. */
const mostShards = 256;
/** For example `2/4`. */
function shardText({ index, count }) {
    return `${index}/${count}`;
}
/** The attempt of the run, from 1; 1 where there is no run. */
function runAttempt({ GITHUB_RUN_ATTEMPT }) {
    return /^[1-9]\d{0,8}$/.test(GITHUB_RUN_ATTEMPT ?? '') ? Number(GITHUB_RUN_ATTEMPT) : 1;
}
/** The matrix of a workflow whose jobs run one shard each. */
function matrixOf({ count }) {
    return { shard: Array.from({ length: count }, (_, place) => `${place + 1}/${count}`) };
}


/***/ }),

/***/ 4041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GG: () => (/* binding */ totalUsage),
/* harmony export */   O$: () => (/* binding */ addByModel),
/* harmony export */   Rl: () => (/* binding */ sumUsage),
/* harmony export */   _e: () => (/* binding */ noTokens),
/* harmony export */   mE: () => (/* binding */ mostUsedModel)
/* harmony export */ });
/** Nothing was read and nothing written. */
const noTokens = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
/** Adds tokens, as far as they are known. */
function sumUsage(a, b) {
    if (a === undefined || b === undefined)
        return a ?? b;
    return {
        inputTokens: a.inputTokens + b.inputTokens,
        outputTokens: a.outputTokens + b.outputTokens,
        cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
        cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    };
}
/** Adds the tokens of each model. */
function addByModel(sums, more = {}) {
    const models = Object.keys({ ...sums, ...more });
    return Object.fromEntries(models.map((model) => [model, sumUsage(sums[model], more[model]) ?? noTokens]));
}
/** The tokens of all models together; undefined where there are none. */
function totalUsage(byModel = {}) {
    return Object.values(byModel).reduce(sumUsage, undefined);
}
/** The model that wrote most; undefined where there is none. */
function mostUsedModel(byModel) {
    return Object.entries(byModel).sort(([, a], [, b]) => b.outputTokens - a.outputTokens)[0]?.[0];
}


/***/ }),

/***/ 7250:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ flagsIn),
/* harmony export */   W: () => (/* binding */ parseArguments)
/* harmony export */ });
/* harmony import */ var _model_option_table_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9237);
/* harmony import */ var _diagnostic_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8138);
/* harmony import */ var _list_values_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2648);
/* harmony import */ var _scalar_values_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2644);




/** Flags that decide how we talk to the CLI, or that would hand the work to someone else; no option sets them. */
const ourFlags = [
    ...['-p', '--print', '--input-format', '--output-format', '--verbose', '--setting-sources', '--strict-mcp-config'],
    ...['--session-id', '-r', '--resume', '-c', '--continue', '--fork-session', '--from-pr', '--teleport'],
    ...['--resume-session-at', '--rewind-files', '--environment', '--remote', '--remote-control', '--rc', '--sdk-url'],
    '--include-partial-messages',
    ...['--bg', '--background', '--cloud', '--desktop', '-h', '--help', '-v', '--version'],
];
const ownedFlags = new Map([
    ...ourFlags.map((flag) => [flag, undefined]),
    ..._model_option_table_js__WEBPACK_IMPORTED_MODULE_0__/* .optionRows */ .zl.flatMap((row) => (row.cliFlags ?? []).map((flag) => [flag, row])),
]);
/** Flags of the CLI 2.1.330 that take no value: a word after one of them would become a prompt. */
const switches = new Set([
    ...['--ax-screen-reader', '--bare', '--brief', '--chrome', '--no-chrome', '--disable-slash-commands'],
    ...['--exclude-dynamic-system-prompt-sections', '--forward-subagent-text', '--ide', '--include-hook-events'],
    ...['--enable-auto-mode', '--init', '--init-only', '--maintenance', '--tmux'],
    ...['--no-session-persistence', '--replay-user-messages', '--restricted', '--safe-mode'],
]);
/** Flags of the CLI 2.1.330 that take several values. */
const variadic = new Set(['--add-dir', '--betas', '--file', '--tools']);
/** The items of an array stand as they are: `--tools` with an empty text means "no tools". */
function itemsOf(input) {
    if (Array.isArray(input))
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .parseEach */ .lc)(input, _scalar_values_js__WEBPACK_IMPORTED_MODULE_2__/* .parseText */ .r4);
    if (typeof input !== 'string' || !input.trimStart().startsWith('['))
        return (0,_list_values_js__WEBPACK_IMPORTED_MODULE_1__/* .parseLines */ .Li)(input);
    try {
        const parsed = JSON.parse(input);
        return Array.isArray(parsed)
            ? (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .parseEach */ .lc)(parsed, _scalar_values_js__WEBPACK_IMPORTED_MODULE_2__/* .parseText */ .r4)
            : (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseType */ .br)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(input)} is not a JSON array.`);
    }
    catch {
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseType */ .br)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(input)} begins like a JSON array and is none.`);
    }
}
/** The flag that an argument begins with, without a value after `=`; undefined for a word. */
function flagOf(argument) {
    const flag = /^--?[A-Za-z][^\s=]*/.exec(argument)?.[0];
    // All short flags of the CLI that take no value are ours, so what follows the first letter is a value.
    return flag?.startsWith('--') ? flag : flag?.slice(0, 2);
}
function checkFlag(argument, flag) {
    if (ownedFlags.has(flag)) {
        const row = ownedFlags.get(flag);
        const advice = row === undefined ? 'it would change how Claude is run' : `use the option ${row.name}`;
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(flag)} is not allowed here: ${advice}.`);
    }
    const rest = argument.slice(flag.length);
    if (!/^\s/.test(rest))
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .accept */ .Ju)(argument);
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(argument)} is a flag and its value on one line. Write two lines: ${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(flag)} and ${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(rest.trim())}.`);
}
function valuesOf(flag) {
    if (variadic.has(flag))
        return Number.POSITIVE_INFINITY;
    return switches.has(flag) ? 0 : 1;
}
/** Reads arguments for Claude: one a line, or a JSON array; refuses every flag that is ours and every stray word. */
function parseArguments(input) {
    const given = itemsOf(input);
    if (!given.ok)
        return given;
    /** Number of words that may still follow as values of the flag before. */
    let room = 0;
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .parseEach */ .lc)(given.value, (argument) => {
        const flag = flagOf(argument);
        if (flag !== undefined) {
            const hasValue = argument.length > flag.length;
            room = hasValue ? 0 : valuesOf(flag);
            return checkFlag(argument, flag);
        }
        if (argument === '--')
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseRange */ .uJ)('"--" is not allowed here: what follows it would become a prompt.');
        if (room === 0)
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(argument)} is not the value of a flag; Claude would take it for a prompt.`);
        room -= 1;
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .accept */ .Ju)(argument);
    });
}
/** The flags among arguments that `parseArguments` has read. */
function flagsIn(claudeArgs) {
    return claudeArgs.flatMap((argument) => flagOf(argument) ?? []);
}


/***/ }),

/***/ 6999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ consent)
/* harmony export */ });
/** Why something is refused in an untrusted session, and how to allow it. */
function consent(trust) {
    return `This session is untrusted (${trust.why}); if that is wrong, say so with trust: trusted.`;
}


/***/ }),

/***/ 1437:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CQ: () => (/* binding */ isInReachOf),
/* harmony export */   FK: () => (/* binding */ isInside),
/* harmony export */   pS: () => (/* binding */ shownPath),
/* harmony export */   x_: () => (/* binding */ isNamedIn)
/* harmony export */ });
/* unused harmony exports realPathOf, checkoutOf */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1708);



/** In UTF-16 units. No system takes a longer path, so nothing is there, and a search for its existing part never ends. */
const longestPath = node_process__WEBPACK_IMPORTED_MODULE_2__.platform === 'win32' ? 32_767 : 4_096;
/** The path with every symbolic link of its existing part resolved. */
function realPathOf(path) {
    if (path.length > longestPath)
        return path;
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(path);
    }
    catch {
        const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
        return parent === path ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(realPathOf(parent), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path));
    }
}
function leadsOutside(way) {
    return way === '..' || way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_1__.sep}`) || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(way);
}
/** Whether a path is a directory itself or lies in it, links resolved. */
function isInside(path, directory) {
    return !leadsOutside((0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(realPathOf(directory), realPathOf(path)));
}
/** Whether a path leads through a directory by its name, wherever links lead from there. */
function isNamedIn(path, directory) {
    return [directory, realPathOf(directory)].some((base) => !leadsOutside((0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(base, path)));
}
/** Whether those who write in a directory decide what is found at a path: it lies there, or a link there leads on. */
function isInReachOf(path, directory) {
    return isNamedIn(path, directory) || isInside(path, directory);
}
/** A path as people know it: relative and with slashes when it lies in the directory, otherwise whole. */
function shownPath(path, directory) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(directory, path);
    return leadsOutside(way) ? path : way.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/') || '.';
}
/**
 * The checkout that a directory belongs to, all of which may be hostile: the workspace of the job, or the repository around
 * it; otherwise the directory itself.
 */
function checkoutOf(directory, workspace) {
    if (workspace !== undefined && isAbsolute(workspace) && isInside(directory, workspace))
        return workspace;
    for (let current = directory;; current = dirname(current)) {
        if (existsSync(join(current, '.git')))
            return current;
        if (dirname(current) === current)
            return directory;
    }
}


/***/ }),

/***/ 8138:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ju: () => (/* binding */ accept),
/* harmony export */   T4: () => (/* binding */ diagnosticOf),
/* harmony export */   Yc: () => (/* binding */ mostDiagnostics),
/* harmony export */   br: () => (/* binding */ refuseType),
/* harmony export */   cT: () => (/* binding */ withoutSecrets),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   lc: () => (/* binding */ parseEach),
/* harmony export */   uJ: () => (/* binding */ refuseRange)
/* harmony export */ });
/** A parsed value. */
function accept(value) {
    return { ok: true, value };
}
/** A value refused because it is of the wrong kind. */
function refuseType(text) {
    return { ok: false, diagnostics: [{ kind: 'type', text }] };
}
/** A value refused because it is of the right kind and not allowed. */
function refuseRange(text) {
    return { ok: false, diagnostics: [{ kind: 'range', text }] };
}
/** Nobody reads more of one option; a hostile list would have a hundred thousand. */
const mostDiagnostics = 100;
/** Reads every item with one parser; the diagnostics of all items come together, up to a number that people read. */
function parseEach(items, parse) {
    const values = [];
    const diagnostics = [];
    for (const [index, item] of items.entries()) {
        const parsed = parse(item, index);
        if (parsed.ok)
            values.push(parsed.value);
        else
            diagnostics.push(...parsed.diagnostics);
        if (diagnostics.length < mostDiagnostics || index === items.length - 1)
            continue;
        diagnostics.push({ kind: 'range', text: `the ${items.length - index - 1} items after these were not read.` });
        break;
    }
    return diagnostics.length > 0 ? { ok: false, diagnostics } : accept(values);
}
/** Spells out characters that a terminal obeys or does not show. */
function visible(text) {
    return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
/** The diagnostic of an option whose value has one: the name comes first, after the place if it stands within another option. */
function diagnosticOf(option, diagnostic, place) {
    const { kind, text, position = place?.position } = diagnostic;
    const where = place === undefined ? '' : `${place.option}: ${place.where}: `;
    const name = option === place?.option ? '' : `${option}: `;
    return { option: place?.option ?? option, kind, message: visible(`${where}${name}${text}`), position };
}
const shownLength = 60;
/** End of a shortened value, with and without its quotes. */
const shortened = '...';
const shortenedEnds = /\.\.\.(?=[": ])/;
/** A value as an error line may show it: quoted and shortened, on one line and without invisible characters. */
function quote(value) {
    if (Array.isArray(value))
        return 'a list';
    if (typeof value === 'object' && value !== null)
        return 'an object';
    if (typeof value === 'function' || typeof value === 'symbol')
        return `a ${typeof value}`;
    const text = String(value);
    const shown = [...text.slice(0, 2 * shownLength)].slice(0, shownLength).join('');
    return visible(JSON.stringify(shown.length < text.length ? `${shown}${shortened}` : shown));
}
/**
 * Takes secrets out of the message of a fault, where there is something that knows them. A value that was shortened may end
 * within a secret, which redaction would not find then: what may be the beginning of one is left out there.
 */
function withoutSecrets(redactor) {
    if (redactor === undefined)
        return (message) => message;
    // A stream that has not ended holds back what may go on.
    const cut = (piece) => new TextDecoder().decode(redactor.stream().push(new TextEncoder().encode(piece)));
    return (message) => {
        const pieces = redactor.text(message).split(shortenedEnds);
        const last = pieces.pop() ?? '';
        return [...pieces.map(cut), last].join(shortened);
    };
}


/***/ }),

/***/ 6053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   a3: () => (/* binding */ formatDuration)
/* harmony export */ });
/* unused harmony export longestDurationMs */
/* harmony import */ var _diagnostic_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8138);

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
/** 24 days in milliseconds: the longest whole number of days that a timer of Node can hold (2^31 - 1 ms). */
const longestDurationMs = 24 * unitMs.d;
const grammar = 'a duration such as 90 (seconds), 90s, 15m or 1h30m';
const decimal = /^-?\d+(?:\.\d+)?$/;
const parts = /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/;
/** A longer text is no duration that was mistyped. */
const longestText = 40;
const spelledOut = /^(\d{1,15})\s*(d|h|m|s)[a-z]*\.?$/i;
function milliseconds(text) {
    if (decimal.test(text))
        return Math.round(Number(text) * unitMs.s);
    const match = parts.exec(text);
    if (match === null || text === '')
        return undefined;
    const [, days = '0', hours = '0', minutes = '0', seconds = '0', rest = '0'] = match;
    const given = { d: days, h: hours, m: minutes, s: seconds, ms: rest };
    const sum = Object.entries(unitMs).reduce((total, [unit, ms]) => total + Number(given[unit]) * ms, 0);
    return Math.round(sum);
}
/** Suggests the duration that an unreadable text probably means, when that is clear: `15 minutes`, `1h 30m`, `1h30`. */
function meantBy(text) {
    const [, number, unit] = spelledOut.exec(text) ?? [];
    const joined = text.replace(/\s+/g, '').replace(/h(\d{1,2})$/i, '$&m');
    const meant = (number === undefined ? joined : `${number}${unit}`).toLowerCase();
    const ms = milliseconds(meant);
    return ms !== undefined && ms > 0 && ms <= longestDurationMs ? meant : undefined;
}
/** Reads a duration as milliseconds: a number of seconds, or text such as `90`, `90s`, `15m`, `1h30m`, `500ms`. */
function parseDuration(input, zeroAllowed) {
    if (typeof input !== 'string' && typeof input !== 'number')
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseType */ .br)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not ${grammar}.`);
    const text = String(input).trim();
    const ms = Number.isFinite(input) ? Math.round(Number(input) * unitMs.s) : milliseconds(text);
    if (ms === undefined) {
        const meant = meantBy(text.slice(0, longestText));
        const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
        return (typeof input === 'number' ? _diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ : _diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseType */ .br)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not ${grammar}.${hint}`);
    }
    if (ms > longestDurationMs)
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is more than 24 days. Did you mean "24d"?`);
    if (ms > 0 || (ms === 0 && zeroAllowed))
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)(ms);
    const [allowed, near] = zeroAllowed ? ['of zero or more', '0s'] : ['above zero', '1s'];
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not a duration ${allowed}. Did you mean "${near}"?`);
}
/** A duration as people write it: `90s`, `20m`, `5h30m`. */
function formatDuration(ms) {
    let rest = ms;
    let text = '';
    for (const [unit, size] of Object.entries(unitMs)) {
        if (unit === 'd')
            continue;
        const whole = Math.floor(rest / size);
        rest -= whole * size;
        if (whole > 0)
            text += `${whole}${unit}`;
    }
    return text === '' ? '0s' : text;
}


/***/ }),

/***/ 1821:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ fileBounds)
/* harmony export */ });
/* harmony import */ var _consent_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6999);
/* harmony import */ var _containment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1437);


/** Directories that a file must be in, links resolved: one that a hostile checkout can name must be a part of the checkout. */
function fileBounds(path, access) {
    const { trust, workspace, checkout = workspace, allowedRoots, why } = access;
    if (trust.level === 'trusted' || !(0,_containment_js__WEBPACK_IMPORTED_MODULE_0__/* .isInReachOf */ .CQ)(path, checkout))
        return { roots: allowedRoots, why };
    return { roots: [checkout], why: (0,_consent_js__WEBPACK_IMPORTED_MODULE_1__/* .consent */ .v)(trust) };
}


/***/ }),

/***/ 2648:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J3: () => (/* binding */ parseTools),
/* harmony export */   Li: () => (/* binding */ parseLines),
/* harmony export */   OE: () => (/* binding */ parseVariableNames),
/* harmony export */   dC: () => (/* binding */ parseSecrets)
/* harmony export */ });
/* harmony import */ var _diagnostic_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8138);
/* harmony import */ var _scalar_values_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2644);
/* harmony import */ var _withheld_variables_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3886);



/** Reads a list: one item a line, or an array of texts. Items are trimmed, blank ones count as not given. */
function parseLines(input) {
    const items = typeof input === 'string' ? input.split(/\r\n|\r|\n/) : input;
    const texts = (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEach */ .lc)(Array.isArray(items) ? items : [items], _scalar_values_js__WEBPACK_IMPORTED_MODULE_0__/* .parseText */ .r4);
    return texts.ok ? (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(texts.value.map((text) => text.trim()).filter((text) => text !== '')) : texts;
}
/** Reads a list, and each of its items with a parser. */
function parseItems(input, parse) {
    const lines = parseLines(input);
    return lines.ok ? (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEach */ .lc)(lines.value, parse) : lines;
}
/** Splits a line at the commas that stand outside parentheses; undefined when the parentheses do not match. */
function splitAtCommas(line) {
    const items = [];
    let depth = 0;
    let start = 0;
    for (let index = 0; index < line.length; index += 1) {
        const character = line[index];
        if (character === '(')
            depth += 1;
        if (character === ')')
            depth -= 1;
        if (depth < 0)
            return undefined;
        if (character !== ',' || depth > 0)
            continue;
        items.push(line.slice(start, index).trim());
        start = index + 1;
    }
    items.push(line.slice(start).trim());
    return depth === 0 ? items.filter((item) => item !== '') : undefined;
}
/** A tool, or a tool with a rule in parentheses. The CLI ignores a malformed one without a word, so we do not. */
const toolRule = /^[A-Za-z*][^\s(),;|"'`]*(?:\(.+\))?$/;
/** Reads tools: one a line, or separated by commas outside parentheses. */
function parseTools(input) {
    const perLine = parseItems(input, (line) => {
        const items = splitAtCommas(line);
        if (items === undefined)
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(line)} has parentheses that do not match.`);
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEach */ .lc)(items, (item) => toolRule.test(item)
            ? (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(item)
            : (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(item)} is not a tool such as Edit or Bash(git log:*). Write one a line, or commas between them.`));
    });
    return perLine.ok ? (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(perLine.value.flat()) : perLine;
}
/** Shorter values would tear holes into ordinary text. */
const shortestSecret = 8;
/** Reads values to redact; no error shows them. */
function parseSecrets(input) {
    if (!parseLines(input).ok)
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)('the values (not shown) are not lines of text.');
    return parseItems(input, (item, index) => Buffer.byteLength(item) >= shortestSecret
        ? (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(item)
        : (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`item ${index + 1} (not shown) is shorter than ${shortestSecret} bytes; such values cannot be redacted.`));
}
/** Reads names of environment variables, `*` and `?` included. */
function parseVariableNames(input) {
    return parseItems(input, (name) => {
        if (!/^[A-Za-z_*?][\w*?]*$/.test(name)) {
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(name)} is not the name of a variable; * and ? may stand for parts of it.`);
        }
        if (!(0,_withheld_variables_js__WEBPACK_IMPORTED_MODULE_2__/* .isWithheldVariable */ .c)(name))
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(name);
        const hint = /^GITHUB_TOKEN$/i.test(name) ? ' GH_TOKEN may be named.' : '';
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(name)} is never passed to Claude: it belongs to the runner.${hint}`);
    });
}


/***/ }),

/***/ 633:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  aC: () => (/* binding */ optionsAt),
  Xi: () => (/* binding */ parseOptionValues),
  c$: () => (/* binding */ processOptions),
  rO: () => (/* binding */ withDefaults)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/model/option-row.js
var option_row = __webpack_require__(1144);
// EXTERNAL MODULE: ./build/model/option-table.js + 3 modules
var option_table = __webpack_require__(9237);
// EXTERNAL MODULE: ./build/text/nearest.js
var nearest = __webpack_require__(2788);
// EXTERNAL MODULE: ./build/options/claude-arguments.js
var claude_arguments = __webpack_require__(7250);
// EXTERNAL MODULE: ./build/options/diagnostic.js
var options_diagnostic = __webpack_require__(8138);
// EXTERNAL MODULE: ./build/options/duration.js
var duration = __webpack_require__(6053);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
// EXTERNAL MODULE: ./build/model/finding-schemas.js
var finding_schemas = __webpack_require__(6582);
// EXTERNAL MODULE: ./build/options/scalar-values.js
var scalar_values = __webpack_require__(2644);
// EXTERNAL MODULE: ./build/options/text-file.js
var text_file = __webpack_require__(2649);
;// CONCATENATED MODULE: ./build/options/json-values.js




/** Generous for a schema or a settings file, and cheap to read. */
const largestFile = 8 * 1024 * 1024;
/** The text of a JSON object, written again without blanks. The text itself is not shown: settings may hold secrets. */
function jsonObject(text, shown) {
    try {
        const parsed = JSON.parse(text);
        if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
            return (0,options_diagnostic/* accept */.Ju)(JSON.stringify(parsed));
        return (0,options_diagnostic/* refuseType */.br)(`${shown} is not a JSON object.`);
    }
    catch (error) {
        const place = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '');
        return (0,options_diagnostic/* refuseRange */.uJ)(`${shown} is not valid JSON${place === null ? '' : ` (line ${place[1]}, column ${place[2]})`}.`);
    }
}
/** Text, or a plain object of the library as JSON text. */
function asText(input) {
    if (typeof input !== 'object' || input === null || Array.isArray(input))
        return (0,scalar_values/* parseText */.r4)(input);
    try {
        return (0,scalar_values/* parseText */.r4)(JSON.stringify(input));
    }
    catch {
        return (0,options_diagnostic/* refuseType */.br)('an object that JSON cannot hold (a cycle, for example).');
    }
}
function readJson(input, base) {
    const text = asText(input);
    if (!text.ok)
        return text;
    if (text.value.trimStart().startsWith('{')) {
        const inline = jsonObject(text.value, 'the text given');
        return inline.ok ? (0,options_diagnostic/* accept */.Ju)({ json: inline.value }) : inline;
    }
    const shown = text.value.trim();
    const path = (0,external_node_path_.resolve)(base, shown);
    const file = (0,text_file/* readTextFile */.Gu)({ path, shown, maxBytes: largestFile });
    if (!file.ok)
        return file;
    const json = jsonObject(file.value.text, `the file ${(0,options_diagnostic/* quote */.hD)(shown)}`);
    return json.ok ? (0,options_diagnostic/* accept */.Ju)({ json: json.value, path }) : json;
}
/** Reads JSON text when it begins with `{`, otherwise the path of a file of it; a path becomes absolute. */
function parseJsonOrPath(input, base) {
    const source = readJson(input, base);
    return source.ok ? (0,options_diagnostic/* accept */.Ju)(source.value.path ?? source.value.json) : source;
}
/** Reads JSON text when it begins with `{`, otherwise the text of the file at this path. */
function parseJsonSource(input, base) {
    const source = readJson(input, base);
    return source.ok ? (0,scalar_values/* parseText */.r4)(source.value.json) : source;
}

;// CONCATENATED MODULE: ./build/options/json-schema.js






/** Without one of these a schema describes an object if it does not say otherwise. */
const deciding = ['anyOf', 'oneOf', 'allOf', 'not', 'if', 'enum', 'const', '$ref'];
const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
/**
 * Reads a JSON schema, and makes of it what Claude takes: its root becomes the input of a tool, which must be an object, and the
 * CLI refuses the name of any draft but 07 (2.1.330).
 */
function parseSchema(input, base) {
    const keyword = typeof input === 'string' && finding_schemas/* schemaKeywords */.Wb.find((word) => word === input.trim());
    if (keyword)
        return (0,scalar_values/* parseText */.r4)(JSON.stringify(finding_schemas/* schemasByKeyword */.jV[keyword]));
    const given = standardSchema(input);
    if (!given.ok)
        return given;
    const json = parseJsonSource(given.value, base);
    if (!json.ok)
        return json;
    const { $schema: _draft, ...parts } = JSON.parse(json.value);
    const schema = withoutRootReference(parts);
    const { type } = schema;
    if (type === undefined && !deciding.some((keyword) => Object.hasOwn(schema, keyword)))
        return (0,scalar_values/* parseText */.r4)(JSON.stringify({ type: 'object', ...schema }));
    if (typeof type === 'string' && !types.includes(type))
        return (0,options_diagnostic/* refuseRange */.uJ)(`its root has the type ${(0,options_diagnostic/* quote */.hD)(type)}, which is none of JSON Schema.${(0,nearest/* didYouMean */.a)(type, types)}`);
    if (type !== 'object')
        return (0,options_diagnostic/* refuseRange */.uJ)(`its root is ${describe(schema)}, and Claude takes an object only. ${advice}`);
    const combinator = ['anyOf', 'oneOf', 'allOf'].find((keyword) => Object.hasOwn(schema, keyword));
    if (combinator !== undefined)
        return (0,options_diagnostic/* refuseRange */.uJ)(`its root has ${combinator}, which the API refuses there. ${advice}`);
    return (0,scalar_values/* parseText */.r4)(JSON.stringify(schema));
}
/** Libraries of schemas give a JSON schema in a common way (https://standardschema.dev/json-schema); anything else stays as it is. */
function standardSchema(input) {
    if ((typeof input !== 'object' && typeof input !== 'function') || input === null || !('~standard' in input))
        return (0,options_diagnostic/* accept */.Ju)(input);
    const { vendor = 'its library', jsonSchema } = (input['~standard'] ?? {});
    if (typeof jsonSchema?.output !== 'function')
        return (0,options_diagnostic/* refuseType */.br)(`${vendor} gives no JSON schema of it. Take a newer version, or hand over the JSON schema itself.`);
    try {
        return (0,options_diagnostic/* accept */.Ju)(jsonSchema.output({ target: 'draft-07' }));
    }
    catch (error) {
        return (0,options_diagnostic/* refuseType */.br)(`${vendor} gives no JSON schema of it: ${(0,errors/* errorMessage */.gJ)(error)}`);
    }
}
const advice = 'Make it a property: {"type":"object","properties":{"items":...},"required":["items"]}; "#/..." references then begin "#/properties/items/...".';
function describe(schema) {
    if (schema.type !== undefined)
        return `of type ${(0,options_diagnostic/* quote */.hD)(Array.isArray(schema.type) ? schema.type.join(', ') : schema.type)}`;
    return `made of ${deciding.find((keyword) => Object.hasOwn(schema, keyword))}`;
}
/** A root that is only a reference to one of its definitions, as generators of schemas write it. */
function withoutRootReference(schema) {
    const { $ref, ...rest } = schema;
    const [, place = '', name = ''] = /^#\/(\$defs|definitions)\/([^/~%]+)$/.exec(String($ref)) ?? [];
    const definitions = schema[place];
    if (typeof definitions !== 'object' || definitions === null || !Object.hasOwn(definitions, name))
        return schema;
    const target = definitions[name];
    return typeof target === 'object' && target !== null ? { ...rest, ...target } : schema;
}

// EXTERNAL MODULE: ./build/options/list-values.js
var list_values = __webpack_require__(2648);
// EXTERNAL MODULE: ./build/model/shard.js
var model_shard = __webpack_require__(3282);
;// CONCATENATED MODULE: ./build/options/shard.js


const grammar = 'a part of the whole such as 2/4';
/** Reads `2/4`: the second of four. */
function parseShard(input) {
    if (typeof input !== 'string')
        return (0,options_diagnostic/* refuseType */.br)(`${(0,options_diagnostic/* quote */.hD)(input)} is not ${grammar}.`);
    const [, index, count] = /^(\d{1,6})\s*\/\s*(\d{1,6})$/.exec(input.trim()) ?? [];
    if (index === undefined)
        return (0,options_diagnostic/* refuseType */.br)(`${(0,options_diagnostic/* quote */.hD)(input)} is not ${grammar}.`);
    const shard = { index: Number(index), count: Number(count) };
    if (shard.count > model_shard/* mostShards */.bA)
        return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(input)} has more than ${model_shard/* mostShards */.bA} shards.`);
    if (shard.index >= 1 && shard.index <= shard.count)
        return (0,options_diagnostic/* accept */.Ju)(shard);
    const hint = shard.count === 0 ? '' : ` Did you mean "${shard.index === 0 ? 1 : shard.count}/${shard.count}"?`;
    return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(input)} is not ${grammar}: shards count from 1.${hint}`);
}
/** Reads the hash of a plan. */
function parsePlanHash(input) {
    const text = typeof input === 'string' ? input.trim() : '';
    if (/^[0-9a-f]{64}$/.test(text))
        return (0,options_diagnostic/* accept */.Ju)(text);
    return (0,options_diagnostic/* refuseType */.br)(`${(0,options_diagnostic/* quote */.hD)(input)} is not the output plan-hash of plan, 64 characters of 0 to 9 and a to f.`);
}

;// CONCATENATED MODULE: ./build/options/size.js

const binary = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };
const units = { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, ...binary };
const size_grammar = 'a size such as 512MiB, 1GiB or 10MB; a bare number is bytes';
const size = /^([+-]?\d{1,15}(?:\.\d{1,15})?)\s*([A-Za-z]*)$/;
/** 1 PiB: more than any disk has. */
const largestSize = 2 ** 50;
/** Reads a size as bytes: a number of bytes, or text such as `512MiB`, `1 GiB`, `10MB`. */
function parseSize(input) {
    if (typeof input !== 'string' && typeof input !== 'number')
        return (0,options_diagnostic/* refuseType */.br)(`${(0,options_diagnostic/* quote */.hD)(input)} is not ${size_grammar}.`);
    const [, number, unit = ''] = size.exec(String(input).trim()) ?? [];
    if (number === undefined)
        return (0,options_diagnostic/* refuseType */.br)(`${(0,options_diagnostic/* quote */.hD)(input)} is not ${size_grammar}.`);
    const factor = unit === '' ? 1 : units[unit];
    if (factor === undefined)
        return (0,options_diagnostic/* refuseType */.br)(`${(0,options_diagnostic/* quote */.hD)(input)} is not ${size_grammar}.${unitHint(number, unit)}`);
    const bytes = Math.floor(Number(number) * factor);
    if (bytes < 1)
        return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(input)} is not a size above zero. Did you mean "1MiB"?`);
    if (bytes > largestSize)
        return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(input)} is more than 1024TiB. Did you mean "1024TiB"?`);
    return (0,options_diagnostic/* accept */.Ju)(bytes);
}
/** `10M`, `10mb`, `10gib`: what was meant is clear but for the kind of the unit. */
function unitHint(number, unit) {
    const names = Object.keys(units);
    const same = names.find((name) => name.toLowerCase() === unit.toLowerCase());
    const letter = names.find((name) => name.endsWith('iB') && name[0]?.toLowerCase() === unit.toLowerCase());
    const meant = same ?? letter;
    return meant === undefined ? '' : ` Did you mean "${number}${meant}"?`;
}

// EXTERNAL MODULE: ./build/options/standard-input.js
var standard_input = __webpack_require__(5717);
;// CONCATENATED MODULE: ./build/options/option-values.js














/** Linux allows no longer path (PATH_MAX). */
const longestPath = 4096;
function parsePath(input, base) {
    const text = (0,scalar_values/* parseText */.r4)(input);
    if (!text.ok)
        return text;
    if (Buffer.byteLength(text.value) <= longestPath)
        return (0,options_diagnostic/* accept */.Ju)((0,external_node_path_.resolve)(base, text.value.trim()));
    return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(input)} is longer than ${longestPath} bytes, too long for a path.`);
}
/** The grammars that need nothing but the input. */
const plainParsers = {
    boolean: scalar_values/* parseBoolean */.yG,
    money: scalar_values/* parseMoney */.g7,
    size: parseSize,
    'fail-on': scalar_values/* parseFailOn */.XV,
    word: scalar_values/* parseWord */.kB,
    text: scalar_values/* parseText */.r4,
    lines: list_values/* parseLines */.Li,
    tools: list_values/* parseTools */.J3,
    arguments: claude_arguments/* parseArguments */.W,
    credential: scalar_values/* parseCredential */.nx,
    secrets: list_values/* parseSecrets */.dC,
    'variable-names': list_values/* parseVariableNames */.OE,
    version: scalar_values/* parseVersion */.ot,
    'artifact-name': scalar_values/* parseArtifactName */.TZ,
    shard: parseShard,
    'plan-hash': parsePlanHash,
};
/** Reads what was given for an option of a kind; paths are relative to `base`. */
function parseValue(kind, input, base) {
    switch (kind.type) {
        case 'choice':
            return (0,scalar_values/* parseChoice */.HU)(input, kind.values);
        case 'count':
            return (0,scalar_values/* parseCount */.zq)(input, kind);
        case 'duration':
            return (0,duration/* parseDuration */.E9)(input, kind.zero === true);
        case 'verbatim':
            return typeof input === 'string' ? (0,options_diagnostic/* accept */.Ju)(input) : (0,scalar_values/* parseText */.r4)(input);
        case 'path':
            return kind.standardInput === true && input === standard_input/* standardInputMark */.z5 ? (0,options_diagnostic/* accept */.Ju)(input) : parsePath(input, base);
        case 'json-or-path':
            return parseJsonOrPath(input, base);
        case 'json-schema':
            return parseSchema(input, base);
        default:
            return plainParsers[kind.type](input);
    }
}
/** Empty means "not given" for every option; blank too, but for text that is taken as it stands. */
function isGiven(kind, input) {
    if (input === undefined || input === null || input === '')
        return false;
    return kind.type === 'verbatim' || typeof input !== 'string' || input.trim() !== '';
}
function unknownOption(name, raw) {
    const nameOf = (row) => (raw.frontend === 'library' ? (0,option_row/* fieldOf */._F)(row) : row.name);
    const shown = (0,options_diagnostic/* quote */.hD)(name).slice(1, -1);
    const elsewhere = option_table/* optionRows */.zl.find((row) => nameOf(row) === name);
    if (elsewhere !== undefined) {
        return (0,options_diagnostic/* diagnosticOf */.T4)(shown, { kind: 'type', text: whyNotHere(elsewhere, raw) }, raw.place);
    }
    const names = option_table/* optionRows */.zl.filter((row) => raw.allowed.has(row.name)).map(nameOf);
    return (0,options_diagnostic/* diagnosticOf */.T4)(shown, { kind: 'type', text: `there is no such option.${(0,nearest/* didYouMean */.a)(name, names)}` }, raw.place);
}
function whyNotHere(row, { frontend, place }) {
    if (row.frontends !== undefined && !row.frontends.includes(frontend))
        return `the ${frontend} does not have this option.`;
    const isOfTask = place === undefined && row.tasks !== undefined;
    return isOfTask ? `it belongs to ${row.tasks.join(' and ')}.` : 'this option is not allowed here.';
}
const rowsByName = new Map(option_table/* optionRows */.zl.map((row) => [row.name, row]));
const rowsByField = new Map(option_table/* optionRows */.zl.map((row) => [(0,option_row/* fieldOf */._F)(row), row]));
/** The row of an option under the names that its entry point knows. */
function allowedRow(name, { frontend, allowed }) {
    const row = rowsByName.get(name) ?? (frontend === 'library' ? rowsByField.get(name) : undefined);
    return row !== undefined && allowed.has(row.name) ? row : undefined;
}
/** Reads options by the table, without defaults; everything that is wrong comes together, in the table's order. */
function parseOptionValues(raw) {
    if (typeof raw.options !== 'object' || raw.options === null) {
        return {
            values: {},
            faults: [(0,options_diagnostic/* diagnosticOf */.T4)('options', { kind: 'type', text: `${(0,options_diagnostic/* quote */.hD)(raw.options)} is not an object.` })],
        };
    }
    const faults = [];
    const given = new Map();
    for (const [name, input] of Object.entries(raw.options)) {
        if (input === undefined)
            continue;
        const row = allowedRow(name, raw);
        if (row === undefined)
            faults.push(unknownOption(name, raw));
        else if (given.has(row))
            faults.push((0,options_diagnostic/* diagnosticOf */.T4)(row.name, { kind: 'type', text: 'the option is given under two names.' }, raw.place));
        else if (isGiven(row.kind, input))
            given.set(row, input);
    }
    const values = {};
    for (const row of given.size === 0 ? [] : option_table/* optionRows */.zl) {
        if (!given.has(row))
            continue;
        const parsed = parseValue(row.kind, given.get(row), raw.base);
        if (parsed.ok)
            values[row.name] = parsed.value;
        else
            faults.push(...parsed.diagnostics.map((diagnostic) => (0,options_diagnostic/* diagnosticOf */.T4)(row.name, diagnostic, raw.place)));
    }
    return { values, faults };
}
/** The names of all options that an entry point has for a task. */
function optionsAt(frontend, task = 'run') {
    return new Set(option_table/* optionRows */.zl.filter((row) => (0,option_row/* isAtFrontend */.UX)(row, frontend, task)).map((row) => row.name));
}
/** The names of the options that one process may have of its own. */
const processOptions = new Set(option_table/* optionRows */.zl.filter((row) => row.perProcess === true).map((row) => row.name));
/** Given values, completed by the defaults of the entry point. */
function withDefaults(values, frontend) {
    const options = Object.fromEntries(option_table/* optionRows */.zl.map((row) => [row.name, (0,option_row/* defaultOf */.HA)(row, frontend)]));
    const defaults = parseOptionValues({
        frontend,
        options,
        allowed: new Set(option_table/* optionRows */.zl.map((row) => row.name)),
        base: '/',
    });
    // Every row with a default has a value now: a test reads all defaults.
    return { ...defaults.values, ...values };
}


/***/ }),

/***/ 2644:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HU: () => (/* binding */ parseChoice),
/* harmony export */   TZ: () => (/* binding */ parseArtifactName),
/* harmony export */   XV: () => (/* binding */ parseFailOn),
/* harmony export */   g7: () => (/* binding */ parseMoney),
/* harmony export */   kB: () => (/* binding */ parseWord),
/* harmony export */   nx: () => (/* binding */ parseCredential),
/* harmony export */   ot: () => (/* binding */ parseVersion),
/* harmony export */   r4: () => (/* binding */ parseText),
/* harmony export */   yG: () => (/* binding */ parseBoolean),
/* harmony export */   zq: () => (/* binding */ parseCount)
/* harmony export */ });
/* harmony import */ var _text_nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2788);
/* harmony import */ var _diagnostic_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8138);


/** The characters of a simple value; objects have none. */
function wordOf(input) {
    return typeof input === 'object' || typeof input === 'function' ? '' : String(input).trim();
}
const decimal = /^[+-]?\d+(?:\.\d+)?$/;
/** Spellings of booleans that people and YAML 1.1 use. */
const truths = new Map([
    ...['true', 'yes', 'y', 'on', '1', 'enabled'].map((word) => [word, 'true']),
    ...['false', 'no', 'n', 'off', '0', 'disabled'].map((word) => [word, 'false']),
]);
/** Reads exactly `true` or `false`. */
function parseBoolean(input) {
    const text = wordOf(input);
    if (text === 'true' || text === 'false')
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)(text === 'true');
    const meant = truths.get(text.toLowerCase());
    const hint = meant === undefined ? (0,_text_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .didYouMean */ .a)(text, ['true', 'false']) : (0,_text_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .didYouMean */ .a)(meant, [meant]);
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseType */ .br)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not true or false.${hint}`);
}
/** Reads one of a closed list of words. */
function parseChoice(input, values) {
    const text = wordOf(input);
    if (typeof input === 'string' && values.includes(text))
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)(text);
    const refuse = typeof input === 'string' ? _diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ : _diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseType */ .br;
    return refuse(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not one of ${values.join(', ')}.${(0,_text_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .didYouMean */ .a)(text, values)}`);
}
function clamped(number, { min, max }) {
    return Math.min(max, Math.max(min, number));
}
/** Reads a whole number between two bounds. */
function parseCount(input, bounds) {
    const { min, max } = bounds;
    const text = wordOf(input);
    const isText = typeof input === 'string';
    const number = (isText && decimal.test(text)) || typeof input === 'number' ? Number(text) : undefined;
    const problem = `${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not a whole number from ${min} to ${max}.`;
    if (number === undefined || Number.isNaN(number))
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseType */ .br)(problem);
    if (Number.isInteger(number) && number >= min && number <= max)
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)(number);
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${problem} Did you mean "${clamped(Math.round(number), bounds)}"?`);
}
/** With less than a cent left nothing starts, so no smaller budget makes sense. */
const amounts = { min: 0.01, max: 1_000_000 };
/** Reads US dollars. */
function parseMoney(input) {
    const text = wordOf(input);
    const number = (typeof input === 'string' && decimal.test(text)) || typeof input === 'number' ? Number(text) : undefined;
    const problem = `${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not an amount in US dollars from ${amounts.min} to ${amounts.max}, such as 2.50.`;
    if (number === undefined || Number.isNaN(number)) {
        const bare = /^(?:\$|USD)?\s*(\d{1,9}(?:\.\d{1,9}|,\d{1,2})?)\s*(?:\$|USD)?$/i.exec(text)?.[1];
        const near = bare === undefined ? undefined : clamped(Number(bare.replace(',', '.')), amounts);
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseType */ .br)(`${problem}${near === undefined ? '' : ` Did you mean "${near}"?`}`);
    }
    const near = clamped(number, amounts);
    return near === number ? (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)(number) : (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${problem} Did you mean "${near}"?`);
}
const failOnWords = ['any', 'all', 'none'];
const failOnGrammar = 'any, all, none, a count such as 3, or a share such as 10%';
/** Reads when a session fails. */
function parseFailOn(input) {
    const text = wordOf(input);
    const word = failOnWords.find((candidate) => candidate === text);
    if (word !== undefined)
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)({ kind: word });
    const share = /^([+-]?\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1];
    if (share !== undefined) {
        const percent = Number(share);
        if (percent > 0 && percent <= 100)
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)({ kind: 'share', percent });
        const near = clamped(percent, { min: 1, max: 100 });
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not a share above 0% and up to 100%. Did you mean "${near}%"?`);
    }
    if (decimal.test(text)) {
        const count = Number(text);
        if (Number.isSafeInteger(count) && count > 0)
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)({ kind: 'count', count });
        const near = clamped(Math.round(count), { min: 1, max: Number.MAX_SAFE_INTEGER });
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not a count of at least 1. It is one of ${failOnGrammar}. Did you mean "${near}"?`);
    }
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseType */ .br)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not one of ${failOnGrammar}.${(0,_text_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .didYouMean */ .a)(text, failOnWords)}`);
}
/**
 * The longest argument of a program in bytes: Linux refuses 131,072 (MAX_ARG_STRLEN, with its final zero).
 */
const longestArgument = 131_071;
/** Reads text that will be one argument of a program. */
function parseText(input) {
    if (typeof input !== 'string')
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseType */ .br)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not a string.`);
    if (input.includes('\0'))
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} contains a NUL character, which no argument can hold.`);
    const bytes = Buffer.byteLength(input);
    if (bytes <= longestArgument)
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)(input);
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} has ${bytes} bytes; one argument of a program can hold ${longestArgument}.`);
}
/** Reads one line that a program cannot take for a flag. */
function parseWord(input) {
    const text = parseText(typeof input === 'string' ? input.trim() : input);
    if (!text.ok || /^[^-\s][^\r\n]*$/.test(text.value))
        return text;
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not one line of text that does not begin with "-".`);
}
/** Reads `latest` or an exact version; it becomes part of the name of a package, so nothing else may pass. */
function parseVersion(input) {
    const text = wordOf(input);
    if (text === 'latest' || /^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9A-Za-z.-]{1,40})?$/.test(text))
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)(text);
    const bare = /^v(\d+\.\d+\.\d+)$/.exec(text)?.[1];
    const hint = bare === undefined ? (0,_text_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .didYouMean */ .a)(text, ['latest']) : ` Did you mean "${bare}"?`;
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} is not an exact version such as 2.1.330, nor latest.${hint}`);
}
/** Reads the name of an artifact. The forbidden characters are those of GitHub's artifact service. */
function parseArtifactName(input) {
    const text = parseText(typeof input === 'string' ? input.trim() : input);
    if (!text.ok)
        return text;
    const forbidden = /["<>|*?\\/:\p{Cc}]/u;
    if (!forbidden.test(text.value))
        return text;
    const legal = text.value.replace(new RegExp(`${forbidden.source}+`, 'gu'), '-');
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)(`${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(input)} contains one of " : < > | * ? \\ / or a control character. Did you mean ${(0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(legal)}?`);
}
/** Reads a credential; no error shows it. */
function parseCredential(input) {
    if (typeof input !== 'string')
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseType */ .br)('the value (not shown) is not a string.');
    if (/^\$|\$\{\{/.test(input)) {
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)('the value (not shown) is an expression or a variable that was not expanded. In a workflow, name a secret.');
    }
    // Copied with them from a file of variables.
    if (/^(["'`]).*\1$/su.test(input)) {
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)('the value (not shown) is enclosed in quotes. Store the credential again without them.');
    }
    if (/[\s\p{Cc}]/u.test(input))
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .refuseRange */ .uJ)('the value (not shown) contains white space. Store the credential again without blanks or line ends.');
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_0__/* .accept */ .Ju)(input);
}


/***/ }),

/***/ 5717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   eG: () => (/* binding */ readStandardInput),
/* harmony export */   hZ: () => (/* binding */ readPromptsFromStandardInput),
/* harmony export */   mC: () => (/* binding */ isStandardInput),
/* harmony export */   z5: () => (/* binding */ standardInputMark)
/* harmony export */ });
/* harmony import */ var _consent_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6999);
/* harmony import */ var _diagnostic_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8138);
/* harmony import */ var _text_file_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2649);



/** Path that stands for standard input. */
const standardInputMark = '-';
/** Whether a value names standard input; where nothing was read from it, it is the path of a file like any other. */
function isStandardInput(value, { standardInput }) {
    return value === standardInputMark && standardInput !== undefined;
}
/** The text of standard input. Blank is an error: input that is piped in is meant to have content. */
function readStandardInput({ standardInput }, maxBytes) {
    const bytes = standardInput?.bytes;
    if (bytes === undefined)
        return { ok: false, diagnostics: [] };
    if (bytes.length > maxBytes) {
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`standard input has more than ${(0,_text_file_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(maxBytes)}, which is all that is allowed.`);
    }
    try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        if (text.trim() !== '')
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(text);
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('standard input is empty: the command before it has printed nothing, or nothing was typed.');
    }
    catch {
        return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('standard input is not UTF-8 text.');
    }
}
/** The same for prompts, which an untrusted session refuses: their author is unknown. */
function readPromptsFromStandardInput(access, maxBytes) {
    const { trust } = access;
    if (trust.level === 'trusted')
        return readStandardInput(access, maxBytes);
    return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`no prompts are taken from standard input, only data. ${(0,_consent_js__WEBPACK_IMPORTED_MODULE_2__/* .consent */ .v)(trust)}`);
}


/***/ }),

/***/ 2649:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gu: () => (/* binding */ readTextFile),
/* harmony export */   WH: () => (/* binding */ missingAt),
/* harmony export */   e$: () => (/* binding */ lookUpTextFile),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2011);
/* harmony import */ var _containment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1437);
/* harmony import */ var _diagnostic_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8138);




/** In UTF-16 units; longer than any path that a person writes. */
const longestPlace = 500;
/** A size as people write it, rounded up so that what is too large never looks as if it fitted. */
function formatBytes(bytes) {
    return bytes >= 1024 * 1024 ? `${Math.ceil((bytes / (1024 * 1024)) * 100) / 100} MiB` : `${bytes} bytes`;
}
/** Reads a file of UTF-8 text; a byte order mark at its beginning is no part of it. */
function readTextFile(request) {
    const shown = (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(request.shown);
    const file = lookUpTextFile(request);
    switch (file.kind) {
        case 'text':
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .accept */ .Ju)({ realPath: file.realPath, text: file.text });
        case 'missing':
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseRange */ .uJ)(`${shown} ${missingAt(request)}`);
        case 'unfit':
        case 'refused':
            return (0,_diagnostic_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseRange */ .uJ)(`${shown} ${file.cause}`);
    }
}
/** The end of a sentence about a missing file: with its full path, unless that was given or is too long to read. */
function missingAt({ path, shown }) {
    return `does not exist${path === shown || path.length > longestPlace ? '' : `; it was looked for at ${path}`}.`;
}
/** Reads a file of UTF-8 text, or says what is there instead. */
function lookUpTextFile({ path, maxBytes, roots, why }) {
    try {
        const realPath = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(path);
        if (roots !== undefined && !roots.some((root) => (0,_containment_js__WEBPACK_IMPORTED_MODULE_1__/* .isInside */ .FK)(realPath, root))) {
            const allowed = roots.length === 0 ? 'the workspace' : roots.join(' and ');
            return { kind: 'refused', cause: `lies outside ${allowed}.${why === undefined ? '' : ` ${why}`}` };
        }
        // Looked at before it is opened: a named pipe would block forever.
        const state = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(realPath);
        if (state.isDirectory())
            return { kind: 'refused', cause: 'is a directory, not a file.' };
        if (!state.isFile())
            return { kind: 'refused', cause: 'is not a regular file.' };
        const { size: bytes } = state;
        if (bytes > maxBytes) {
            const cause = `has ${formatBytes(bytes)}; at most ${formatBytes(maxBytes)} are allowed.`;
            return { kind: 'unfit', bytes, cause };
        }
        const content = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(realPath);
        const text = decoded(content);
        if (text !== undefined)
            return { kind: 'text', realPath, text };
        const hint = isUtf16(content) ? ' but UTF-16. Save it as UTF-8.' : '.';
        return { kind: 'unfit', bytes, cause: `is not UTF-8 text${hint}` };
    }
    catch (error) {
        const code = (0,_model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .errorCode */ .CA)(error) ?? '';
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return { kind: 'missing' };
        return { kind: 'refused', cause: `cannot be read (${code}).` };
    }
}
function decoded(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        return undefined;
    }
}
/** Default encoding of PowerShell 5. */
function isUtf16(bytes) {
    return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}


/***/ }),

/***/ 8340:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ sessionEnvironment),
/* harmony export */   z: () => (/* binding */ trustedPath)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _containment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1437);


/** A PATH without the directories in which those who write in the checkout can put programs. */
function trustedPath(path, checkout) {
    const entries = path.split(node_path__WEBPACK_IMPORTED_MODULE_0__.delimiter);
    return entries.filter((entry) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(entry) && !(0,_containment_js__WEBPACK_IMPORTED_MODULE_1__/* .isInReachOf */ .CQ)(entry, checkout)).join(node_path__WEBPACK_IMPORTED_MODULE_0__.delimiter);
}
/** The environment for programs of a session: what they start by name does not come from a checkout that may be hostile. */
function sessionEnvironment({ trust, checkout }, environment) {
    if (trust.level === 'trusted')
        return environment;
    const paths = Object.entries(environment).filter(([name]) => /^path$/i.test(name));
    return {
        ...environment,
        ...Object.fromEntries(paths.map(([name, path]) => [name, trustedPath(path ?? '', checkout)])),
    };
}


/***/ }),

/***/ 3886:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ isWithheldVariable)
/* harmony export */ });
/** The runner's own: its tokens, every input, and the paths of its command files (SECURITY.md, T2). */
const withheld = /^(?:(?:ACTIONS|INPUT|STATE)_.*|GITHUB_(?:TOKEN|OUTPUT|ENV|PATH|STATE|STEP_SUMMARY|ARTIFACTS.*))$/i;
/** Whether a variable never reaches Claude: no glob matches it, and to name it is an error. */
function isWithheldVariable(name) {
    return withheld.test(name);
}


/***/ }),

/***/ 6353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ readConfiguration)
});

// EXTERNAL MODULE: ./build/options/containment.js
var containment = __webpack_require__(1437);
// EXTERNAL MODULE: ./build/options/diagnostic.js
var options_diagnostic = __webpack_require__(8138);
// EXTERNAL MODULE: ./build/plan/graph-keys.js
var graph_keys = __webpack_require__(6795);
// EXTERNAL MODULE: ./build/model/graph.js
var model_graph = __webpack_require__(5278);
;// CONCATENATED MODULE: ./build/options/process-id.js

/** In characters. */
const longestId = 64;
/** Grammar of an id. */
const idGrammar = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Names that Windows gives to devices, with any extension: a file of that name cannot be made there. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;
/** Names of the session's own files (`session.log`), and words that stand for something else where ids are named. */
const reserved = ['session', 'events', 'context', 'item', 'all', 'none'];
/** Reads the id of a process: it becomes the name of files. */
function parseProcessId(input) {
    if (typeof input !== 'string')
        return (0,options_diagnostic/* refuseType */.br)(`${(0,options_diagnostic/* quote */.hD)(input)} is not a string.`);
    if (!idGrammar.test(input)) {
        return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(input)} is not 1 to 64 letters, digits, ".", "_" or "-", the first a letter or digit.`);
    }
    if (reserved.includes(input.toLowerCase())) {
        return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(input)} is reserved, as are ${reserved.join(', ')}.`);
    }
    if (deviceName.test(input))
        return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(input)} is the name of a device on Windows.`);
    return (0,options_diagnostic/* accept */.Ju)(input);
}
/** The id of a process that was given none; `taken` holds ids in lower case. */
function generateProcessId(position, taken) {
    for (let number = position;; number += 1) {
        const id = `process_${String(number).padStart(3, '0')}`;
        if (!taken.has(id))
            return id;
    }
}

// EXTERNAL MODULE: ./build/text/nearest.js
var nearest = __webpack_require__(2788);
// EXTERNAL MODULE: ./build/plan/continued-conversations.js
var continued_conversations = __webpack_require__(2680);
// EXTERNAL MODULE: ./build/plan/patterns.js
var patterns = __webpack_require__(9475);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
// EXTERNAL MODULE: ./build/options/consent.js
var consent = __webpack_require__(6999);
// EXTERNAL MODULE: ./build/options/file-bounds.js
var file_bounds = __webpack_require__(1821);
// EXTERNAL MODULE: ./build/options/text-file.js
var text_file = __webpack_require__(2649);
// EXTERNAL MODULE: ./build/scheduler/readiness.js
var readiness = __webpack_require__(4638);
// EXTERNAL MODULE: ./build/plan/sources/prompt-draft.js
var prompt_draft = __webpack_require__(4611);
;// CONCATENATED MODULE: ./build/plan/static-items.js









/** Reads the items of a list that is known before the start: literal, the paths of files, or a file of JSON. */
async function readItems(forEach, given) {
    const request = withinTrust(given);
    switch (forEach.kind) {
        case 'list':
            return (0,options_diagnostic/* accept */.Ju)(forEach.items.map((own) => ({ text: textOf(own), own })));
        case 'glob': {
            const { findFiles } = await Promise.all(/* import() */[__webpack_require__.e(382), __webpack_require__.e(735)]).then(__webpack_require__.bind(__webpack_require__, 735));
            const files = await findFiles(forEach.patterns, request);
            if (!files.ok)
                return files;
            return (0,options_diagnostic/* accept */.Ju)(files.value.map((file) => ({ text: (0,containment/* shownPath */.pS)((0,external_node_path_.resolve)(request.workspace, file), request.workspace) })));
        }
        case 'file':
            return itemsOfFile(forEach, request);
        default:
            return forEach;
    }
}
/** The request with file access limited to the checkout in an untrusted session. */
function withinTrust(request) {
    const { trust, workspace, checkout = workspace } = request;
    return trust.level === 'trusted' ? request : { ...request, allowedRoots: [checkout], why: (0,consent/* consent */.v)(trust) };
}
function itemsOfFile({ file, path: names }, request) {
    const path = (0,external_node_path_.resolve)(request.workspace, file);
    const read = (0,text_file/* readTextFile */.Gu)({ path, shown: file, maxBytes: prompt_draft/* largestList */.x$, ...(0,file_bounds/* fileBounds */.K)(path, request) });
    if (!read.ok)
        return read;
    let value;
    try {
        value = JSON.parse(read.value.text);
    }
    catch (error) {
        return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(file)} is not JSON: ${(0,errors/* errorMessage */.gJ)(error)}.`);
    }
    const list = (0,readiness/* valueAt */.fK)(value, names);
    if (!Array.isArray(list)) {
        const where = names.length === 0 ? '' : ` at ${(0,options_diagnostic/* quote */.hD)(names.join('.'))}`;
        return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(file)} holds no list${where}.`);
    }
    return (0,options_diagnostic/* accept */.Ju)(list.map((item) => ({ text: textOf(item) })));
}
function textOf(item) {
    return typeof item === 'string' ? item : JSON.stringify(item);
}
const placeholder = /\{\{\s*item((?:\.[^{}\s.]+)*)\s*\}\}/g;
/** Whether a text has a place for an item. */
function hasPlaceholder(text) {
    return text.search(placeholder) !== -1;
}
/** Fills a literal item into a text; a key that the item does not have is refused. */
function fillIn(text, item) {
    const missing = [];
    const filled = text.replace(placeholder, (whole, path) => {
        const value = path === '' ? item : (0,readiness/* valueAt */.fK)(item, path.slice(1).split('.'));
        if (value === undefined)
            missing.push(whole);
        return value === undefined ? whole : textOf(value);
    });
    if (missing.length === 0)
        return (0,options_diagnostic/* accept */.Ju)(filled);
    return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(missing[0])} is not in the item ${(0,options_diagnostic/* quote */.hD)(textOf(item))}.`);
}

;// CONCATENATED MODULE: ./build/plan/graph-plan.js








/** Items of one entry, unless it says otherwise. */
const defaultMaxItems = 50;
/** `<id>-` and up to seven digits, or `-rest`, must fit an id. */
const longestBaseId = longestId - 8;
/** All needs of a graph together: `needs: all` in thousands of entries would be millions. */
const mostNeeds = 500_000;
/** The rank of the group of an entry: after all its copies. */
const behindCopies = Number.MAX_SAFE_INTEGER;
/** Compiles entries with their keys to a graph. Each entry that runs more than once, or not yet known how often, has a group of its id. */
function compileGraph(written, limits) {
    const { entries, faults } = (0,continued_conversations/* withConversations */.Xe)(written);
    const byId = new Map(entries.map((entry) => [entry.process.id.toLowerCase(), entry]));
    const nodes = [];
    let needs = 0;
    for (const [index, entry] of entries.entries()) {
        const refuse = (option, text) => {
            faults.push((0,options_diagnostic/* diagnosticOf */.T4)(option, { kind: 'range', text }, entry.draft.place));
        };
        const linked = linksOf(entry, { index, entries, byId, refuse });
        needs += linked.needs.length;
        checkIds(entry, byId, refuse);
        nodes.push(...nodesOf(entry, { index, ...linked, refuse }));
    }
    if (needs > mostNeeds)
        faults.push((0,options_diagnostic/* diagnosticOf */.T4)('needs', { kind: 'range', text: `more than ${mostNeeds} in all.` }));
    else
        faults.push(...cycleFaults(nodes, entries));
    const count = nodes.filter(({ kind }) => kind === 'task').length;
    if (count > limits.maxPrompts) {
        const text = `the entries make ${count} processes, more than ${limits.maxPrompts} prompts. To allow more, raise max-prompts.`;
        faults.push((0,options_diagnostic/* diagnosticOf */.T4)(entries[0]?.draft.source ?? 'prompts', { kind: 'range', text }));
    }
    return {
        plan: {
            pattern: 'graph',
            graph: {
                ...{ nodes, maxWorkers: limits.maxWorkers, maxProcesses: limits.maxPrompts },
                ...{ answer: 'only-sink', succeeds: 'by-fail-on' },
                ...(0,patterns/* haltOn */.N7)(limits.stopOnFailure, true),
            },
        },
        faults,
    };
}
function linksOf({ draft, process: own }, { index, entries, byId, refuse }) {
    const keys = draft.graph ?? {};
    const known = [...byId.values()].map(({ process }) => process.id);
    const find = (option, id) => {
        const found = byId.get(id.toLowerCase())?.process.id;
        if (found === undefined)
            refuse(option, `there is no entry ${(0,options_diagnostic/* quote */.hD)(id)}.${(0,nearest/* didYouMean */.a)(id, known)}`);
        return found;
    };
    const needs = new Map();
    const needed = keys.needs === 'all' ? entries.slice(0, index).map(({ process }) => process.id) : (keys.needs ?? []);
    for (const id of needed) {
        const of = find('needs', id);
        if (of !== undefined)
            needs.set(of, { of, passes: 'output' });
    }
    const wait = (of) => {
        if (of !== undefined && !needs.has(of))
            needs.set(of, { of, passes: 'nothing' });
    };
    wait(own.conversationFrom);
    if (keys.forEach?.kind === 'from')
        for (const id of keys.forEach.ids)
            wait(find('for-each', id));
    const conditions = [];
    if (Array.isArray(keys.when)) {
        for (const written of keys.when) {
            const condition = conditionOf(written, byId);
            if (!condition.ok)
                for (const { text } of condition.diagnostics)
                    refuse('when', text);
            else {
                conditions.push(condition.value);
                wait(condition.value.of);
            }
        }
    }
    if (keys.when !== undefined &&
        needs.size === 0 &&
        needed.length === 0 &&
        conditions.length === 0 &&
        !Array.isArray(keys.when))
        refuse('when', 'it has nothing to wait for; give needs as well.');
    return { needs: [...needs.values()], when: whenOf(keys, conditions, needs.size) };
}
function whenOf({ when = 'success' }, conditions, needs) {
    if (needs === 0)
        return 'always';
    return typeof when === 'string' ? when : conditions;
}
/** The longest id that the key begins with is the entry; the rest is the path. */
function conditionOf({ key, oneOf }, byId) {
    const ends = [...key.matchAll(/\./g)].map(({ index }) => index).reverse();
    for (const end of ends) {
        const entry = byId.get(key.slice(0, end).toLowerCase());
        const path = key.slice(end + 1).split('.');
        if (entry === undefined || path.some((name) => name === ''))
            continue;
        const { process, draft } = entry;
        if ((0,graph_keys/* isSeveral */.lR)(draft.graph))
            return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(process.id)} stands for several processes; a condition looks at one.`);
        if (process.claude.jsonSchema === undefined)
            return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(process.id)} has no json-schema, so it gives no structured output to look at.`);
        return (0,options_diagnostic/* accept */.Ju)({ of: process.id, path, oneOf });
    }
    const known = [...byId.values()].map(({ process }) => process.id);
    const id = key.split('.')[0] ?? key;
    const hint = byId.has(id.toLowerCase()) ? '' : (0,nearest/* didYouMean */.a)(id, known);
    return (0,options_diagnostic/* refuseRange */.uJ)(`${(0,options_diagnostic/* quote */.hD)(key)} does not begin with the id of an entry, a dot, and a name in its output.${hint}`);
}
function checkIds({ draft, process }, byId, refuse) {
    if (!(0,graph_keys/* isSeveral */.lR)(draft.graph))
        return;
    if (process.id.length > longestBaseId)
        refuse('id', `${(0,options_diagnostic/* quote */.hD)(process.id)} has more than ${longestBaseId} characters, and a number is added to it.`);
    const beginning = `${process.id.toLowerCase()}-`;
    for (const id of byId.keys())
        if (id.startsWith(beginning) && /^(?:\d+|rest)$/.test(id.slice(beginning.length)))
            refuse('id', `${(0,options_diagnostic/* quote */.hD)(id)} is reserved for a process of the entry ${(0,options_diagnostic/* quote */.hD)(process.id)}.`);
}
function nodesOf(entry, { index, needs, when, refuse }) {
    const { draft, process } = entry;
    const keys = draft.graph ?? {};
    const task = (spec, rank) => ({ ...(0,patterns/* taskNode */.y4)(spec, rank, needs), when });
    if ((0,graph_keys/* isSeveral */.lR)(keys))
        checkPlaceholders(entry, refuse);
    if (keys.forEach?.kind === 'from') {
        const each = { from: needsOf(keys.forEach.ids, needs), path: keys.forEach.path, template: process };
        const into = (0,patterns/* groupNode */.qu)(process.id, [index, behindCopies], [{ of: `${process.id}*`, passes: 'output' }]);
        const maxItems = keys.maxItems ?? defaultMaxItems;
        return [
            { kind: 'each', id: `${process.id}*`, rank: [index], needs, when, ...each, maxItems, into: process.id },
            into,
        ];
    }
    if (!(0,graph_keys/* isSeveral */.lR)(keys))
        return [task(process, [index])];
    const specs = copiesOf(entry, refuse);
    const copies = specs.map((spec, copy) => task(spec, [index, copy + 1]));
    const members = copies.map(({ id }) => ({ of: id, passes: 'output' }));
    return [...copies, (0,patterns/* groupNode */.qu)(process.id, [index, behindCopies], members)];
}
/** The ids as they are among the needs, where case does not matter, each once. */
function needsOf(ids, needs) {
    const found = ids.flatMap((id) => needs.find(({ of }) => of.toLowerCase() === id.toLowerCase())?.of ?? []);
    return [...new Set(found)];
}
function copiesOf({ draft, process, items }, refuse) {
    const { repeat, maxItems = defaultMaxItems } = draft.graph ?? {};
    if (repeat !== undefined)
        return Array.from({ length: repeat }, (_, index) => ({ ...process, ...identityOf(draft, process, index) }));
    const all = items ?? [];
    if (all.length > maxItems) {
        refuse('for-each', `the list has ${all.length} items, more than ${maxItems}. To allow more, raise max-items.`);
        return [];
    }
    return all.flatMap((item, index) => {
        const prompt = item.own === undefined ? (0,options_diagnostic/* accept */.Ju)(process.prompt) : fillIn(process.prompt, item.own);
        const name = item.own === undefined || draft.name === undefined ? undefined : fillIn(draft.name, item.own);
        for (const parsed of [prompt, name])
            if (parsed?.ok === false)
                for (const { text } of parsed.diagnostics)
                    refuse('for-each', text);
        if (prompt.ok && prompt.value.trim() === '')
            refuse('for-each', `item ${index + 1} makes the prompt blank.`);
        const identity = identityOf(draft, process, index);
        const isNamed = name?.ok === true && draft.name !== undefined && hasPlaceholder(draft.name);
        return [
            {
                ...process,
                ...identity,
                ...(isNamed && { name: name.value }),
                ...(prompt.ok && { prompt: prompt.value }),
                data: [...(process.data ?? []), { id: 'item', text: item.text }],
            },
        ];
    });
}
function identityOf({ name }, { id }, index) {
    const copy = `${id}-${index + 1}`;
    return { id: copy, name: name === undefined ? copy : `${name} ${index + 1}` };
}
/** Untrusted text stays data: only literal items, written where the prompt is, are filled into it. */
function checkPlaceholders({ draft, process }, refuse) {
    const isLiteral = draft.graph?.forEach?.kind === 'list';
    const texts = [
        ...(isLiteral && draft.isFromFile !== true ? [] : [process.prompt]),
        ...(isLiteral ? [] : [draft.name ?? '']),
        JSON.stringify(draft.values),
    ];
    if (texts.some(hasPlaceholder))
        refuse('for-each', '{{item}} is filled in only from a list that is written in the entry, and only in prompt and name; elsewhere the item is given as the data block "item".');
}
function cycleFaults(nodes, entries) {
    const ordered = new Set((0,model_graph/* inOrderOfNeeds */.W8)(nodes).map(({ id }) => id));
    const drafts = new Map(entries.map(({ process, draft }) => [process.id, draft]));
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const seen = new Set();
    return nodes.flatMap((first) => {
        const path = [];
        let node = ordered.has(first.id) ? undefined : first;
        // Every node that is left needs another one that is left, so this comes to one that was seen: on this way, or on one before.
        while (node !== undefined && !seen.has(node.id)) {
            seen.add(node.id);
            path.push(node);
            const next = node.needs.find(({ of }) => !ordered.has(of));
            node = next && byId.get(next.of);
        }
        const start = node === undefined ? -1 : path.indexOf(node);
        const cycle = start === -1 ? [] : path.slice(start).flatMap(({ id }) => (drafts.has(id) ? [id] : []));
        return cycle.length === 0 ? [] : [cycleFault(cycle, drafts)];
    });
}
function cycleFault(cycle, drafts) {
    const [first = '', next = first] = cycle;
    const draft = drafts.get(first);
    const text = cycle.length === 1 ? 'it waits for itself.' : `they wait for each other: ${[...cycle, first].join(' -> ')}.`;
    return (0,options_diagnostic/* diagnosticOf */.T4)(keyThatWaits(draft?.graph ?? {}, next), { kind: 'range', text }, draft?.place);
}
/** The key by which an entry waits for another one. */
function keyThatWaits({ needs, forEach, conversationFrom, when }, id) {
    const names = (text) => text.toLowerCase() === id.toLowerCase();
    if (needs === 'all' || needs?.some(names))
        return 'needs';
    if (conversationFrom !== undefined && names(conversationFrom))
        return 'conversation-from';
    if (forEach?.kind === 'from' && forEach.ids.some(names))
        return 'for-each';
    return when === undefined ? 'needs' : 'when';
}

// EXTERNAL MODULE: ./build/model/finding-schemas.js
var finding_schemas = __webpack_require__(6582);
// EXTERNAL MODULE: ./build/options/duration.js
var duration = __webpack_require__(6053);
// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
// EXTERNAL MODULE: ./build/scheduler/ready-queue.js
var ready_queue = __webpack_require__(8555);
;// CONCATENATED MODULE: ./build/plan/longest-run.js


/**
 * How long a graph takes when every process uses its whole timeout; undefined when one has none. Of a list that is found at run time one
 * item is counted.
 */
function longestRunMs({ nodes, maxWorkers }) {
    const isUnlimited = nodes.some((node) => node.kind !== 'group' && timeoutOf(node) === undefined);
    if (isUnlimited || (0,model_graph/* inOrderOfNeeds */.W8)(nodes).length < nodes.length)
        return undefined;
    const left = new Map(nodes.map(({ id, needs }) => [id, needs.length]));
    const dependants = Map.groupBy(nodes.flatMap((node) => node.needs.map(({ of }) => ({ of, node }))), ({ of }) => of);
    const ready = new ready_queue/* ReadyQueue */.B();
    const running = new ready_queue/* ReadyQueue */.B();
    for (const node of nodes)
        if (node.needs.length === 0)
            ready.add({ rank: node.rank, node });
    const end = (id) => {
        for (const { node } of dependants.get(id) ?? []) {
            const count = (left.get(node.id) ?? 0) - 1;
            left.set(node.id, count);
            if (count === 0)
                ready.add({ rank: node.rank, node });
        }
    };
    let now = 0;
    for (let free = maxWorkers;;) {
        const next = ready.first;
        if (next !== undefined && (next.node.kind === 'group' || free > 0)) {
            ready.removeFirst();
            if (next.node.kind === 'group')
                end(next.node.id);
            else {
                free -= 1;
                running.add({ rank: [now + (timeoutOf(next.node) ?? 0), ...next.rank], node: next.node });
            }
            continue;
        }
        const ended = running.first;
        if (ended === undefined)
            return now;
        running.removeFirst();
        now = ended.rank[0] ?? now;
        free += 1;
        end(ended.node.id);
    }
}
function timeoutOf(node) {
    if (node.kind === 'group')
        return 0;
    return (node.kind === 'task' ? node.process : node.template).timeoutMs;
}

;// CONCATENATED MODULE: ./build/plan/plan-notices.js







/** Which patterns an option means something to. */
const patternsOf = {
    'max-workers': ['parallel', 'batch', 'graph'],
    'batch-size': ['batch'],
    'pass-output': ['sequential', 'batch'],
    'stop-on-failure': ['parallel', 'sequential', 'batch', 'graph'],
};
function withoutEffect(plan, given) {
    return Object.entries(patternsOf)
        .filter(([name, patterns]) => given[name] && !patterns.includes(plan.pattern))
        .map(([name, patterns]) => `${name} has no effect with pattern ${plan.pattern}; it belongs to ${patterns.join(', ')}.`);
}
/** Warnings about lists whose source cannot write one, one line each: it has no `json-schema`. */
function sourceWarnings(nodes) {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const hasNoSchema = (id) => {
        const node = byId.get(id);
        // Copies of one entry have one schema.
        if (node?.kind === 'group')
            return node.needs.slice(0, 1).some(({ of }) => hasNoSchema(of));
        const process = node?.kind === 'each' ? node.template : node?.process;
        return process !== undefined && process.claude.jsonSchema === undefined;
    };
    return nodes.flatMap((node) => {
        const sources = node.kind === 'each' ? node.from.filter(hasNoSchema) : [];
        if (node.kind !== 'each' || sources.length === 0)
            return [];
        const [have, give] = sources.length === 1 ? ['has', 'gives'] : ['have', 'give'];
        const named = (0,format/* someOf */.yU)(sources.map(options_diagnostic/* quote */.hD), 3);
        return [
            `for-each: ${(0,options_diagnostic/* quote */.hD)(node.template.id)} takes its items from ${named}, which ${have} no json-schema and so ${give} no list.`,
        ];
    });
}
/** Whether a process of a plan is asked for findings, or one that a list found at run time may make. */
function isAskedForFindings({ graph }) {
    return (0,model_graph/* processesAndTemplatesOf */.dp)(graph).some(({ claude }) => (0,finding_schemas/* keywordOfSchema */.IW)(claude.jsonSchema) === 'findings');
}
/** Finds what is legal and probably not meant. `given` are the options without defaults. */
function planNotices(plan, policy, given) {
    // Nothing is said of a plan without processes but that it is one.
    const { nodes } = plan.graph;
    if (nodes.length === 0)
        return { notices: [], warnings: [] };
    const count = (0,model_graph/* processesOf */.L6)(plan.graph).length;
    const notices = [];
    const warnings = [];
    const passesNothing = nodes.every(({ needs }) => needs.every(({ passes }) => passes === 'nothing'));
    if (plan.pattern === 'sequential' && passesNothing && count > 1) {
        notices.push('pass-output is false: each process of this sequence sees its own prompt only.');
    }
    const longest = longestRunMs(plan.graph);
    const { totalTimeoutMs, failOn } = policy;
    if (longest !== undefined && totalTimeoutMs !== undefined && longest > totalTimeoutMs) {
        const total = (0,duration/* formatDuration */.a3)(totalTimeoutMs);
        warnings.push(`total-timeout is ${total}, and the plan takes up to ${(0,duration/* formatDuration */.a3)(longest)} when every process uses its whole timeout: what has not started by then is skipped.`);
    }
    if (failOn.kind === 'count' && failOn.count > count && nodes.every(({ kind }) => kind !== 'each')) {
        notices.push(`fail-on is ${failOn.count}, and there are ${count} prompts: this session cannot fail by it.`);
    }
    warnings.push(...(0,continued_conversations/* continuationWarnings */.hn)((0,model_graph/* processesAndTemplatesOf */.dp)(plan.graph)), ...sourceWarnings(nodes));
    if (policy.failOnSeverity !== 'none' && !isAskedForFindings(plan)) {
        warnings.push(`fail-on-severity is ${policy.failOnSeverity}, and no process is asked for findings: nothing can fail by it. Give json-schema: findings.`);
    }
    if (given['claude-version'] !== undefined && given['claude-path'] !== undefined) {
        warnings.push('claude-version has no effect beside claude-path, which is used as it is.');
    }
    else if (given['claude-version'] === 'latest') {
        warnings.push('claude-version is latest: what runs can change from day to day. Name an exact version to pin it.');
    }
    return { notices: [...notices, ...withoutEffect(plan, given)], warnings };
}

// EXTERNAL MODULE: ./build/model/option-table.js + 3 modules
var option_table = __webpack_require__(9237);
// EXTERNAL MODULE: ./build/scheduler/passed-outputs.js
var passed_outputs = __webpack_require__(3191);
// EXTERNAL MODULE: ./build/plan/session-options.js + 3 modules
var session_options = __webpack_require__(7555);
// EXTERNAL MODULE: ./build/plan/trust-limits.js
var trust_limits = __webpack_require__(6713);
;// CONCATENATED MODULE: ./build/plan/process-specs.js








/** The size of a process with its data, if it is too large. */
function excessOf({ prompt, data = [] }, { graph }, { values, settings }) {
    const blocks = [...settings.policy.context, ...data];
    const bytes = Buffer.byteLength(prompt) +
        blocks.reduce((sum, block) => sum + Buffer.byteLength(block.text), 0) +
        (values['pass-output'] || graph !== undefined ? passed_outputs/* passedOutputsLimitBytes */.Py : 0);
    if (bytes <= prompt_draft/* largestPrompt */.RK)
        return undefined;
    return `has ${(0,text_file/* formatBytes */.z3)(bytes)} with its data; at most ${(0,text_file/* formatBytes */.z3)(prompt_draft/* largestPrompt */.RK)} are allowed.`;
}
function sizeFaults(draft, session) {
    const excess = excessOf(draft, draft, session);
    if (excess === undefined)
        return [];
    return [(0,options_diagnostic/* diagnosticOf */.T4)(draft.source, { kind: 'range', text: `the prompt ${excess}` }, draft.place)];
}
/** Faults of the processes that are too large with the items that they are given, the first one of each entry. */
function itemSizeFaults({ nodes }, drafts, session) {
    const faults = new Map();
    for (const { rank, ...node } of nodes) {
        const draft = drafts[rank[0] ?? -1];
        if (node.kind !== 'task' || draft?.graph?.forEach === undefined || faults.has(draft))
            continue;
        const excess = excessOf(node.process, draft, session);
        const text = `the prompt of ${(0,options_diagnostic/* quote */.hD)(node.id)} ${excess}`;
        if (excess !== undefined)
            faults.set(draft, (0,options_diagnostic/* diagnosticOf */.T4)('for-each', { kind: 'range', text }, draft.place));
    }
    return [...faults.values()];
}
/** Adds the session's options to those of a draft. */
function buildProcess(draft, id, context) {
    const { frontend, session, checkout } = context;
    const { trust } = session.settings.policy;
    const values = { ...session.values, ...draft.values };
    const { timeout: timeoutMs, 'max-process-budget-usd': maxBudgetUsd } = values;
    const own = draft.values['working-directory'];
    const process = {
        id,
        name: draft.name ?? id,
        prompt: draft.prompt,
        ...(draft.data !== undefined && { data: draft.data }),
        workingDirectory: own ?? session.settings.workingDirectory,
        ...(timeoutMs !== undefined && { timeoutMs }),
        ...(maxBudgetUsd !== undefined && { maxBudgetUsd }),
        claude: (0,trust_limits/* limitedByTrust */.Ye)((0,option_table/* recordOf */.zv)('claude', values), trust),
    };
    const faults = [
        ...sizeFaults(draft, session),
        ...(own === undefined ? [] : (0,session_options/* directoryFaults */.$J)(own, frontend, draft.place)),
        ...(0,session_options/* budgetFaults */.br)(draft.values, session.values, draft.place),
        ...(0,trust_limits/* trustFaults */.sx)({ trust, checkout, values: draft.values, place: draft.place }),
    ];
    return { process, faults };
}
/** Gives every draft an id that no other has, without regard to case. */
function assignIds(drafts) {
    const owners = new Map();
    const faults = [];
    for (const draft of drafts) {
        if (draft.id === undefined)
            continue;
        const owner = owners.get(draft.id.toLowerCase());
        if (owner === undefined)
            owners.set(draft.id.toLowerCase(), draft);
        else {
            const text = `${(0,options_diagnostic/* quote */.hD)(draft.id)} is already the id of ${owner.place?.where ?? 'another process'}; ids are compared without regard to case.`;
            faults.push((0,options_diagnostic/* diagnosticOf */.T4)('id', { kind: 'range', text }, draft.place));
        }
    }
    const taken = new Set(owners.keys());
    const ids = drafts.map((draft, index) => {
        const id = draft.id ?? generateProcessId(index + 1, taken);
        taken.add(id.toLowerCase());
        return id;
    });
    return { ids, faults };
}

// EXTERNAL MODULE: ./build/model/shard.js
var model_shard = __webpack_require__(3282);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/plan/plan-hash.js
var plan_hash = __webpack_require__(132);
;// CONCATENATED MODULE: ./build/plan/shards.js



/** Why a plan cannot be dealt out; undefined when it can. */
function undividable({ pattern, graph }) {
    const passesOn = graph.nodes.some(({ needs }) => needs.some(({ passes }) => passes === 'outputs-so-far'));
    switch (pattern) {
        case 'sequential':
        case 'fallback':
            return `pattern ${pattern} runs one process after the other, so it has no parts for several machines.`;
        case 'batch':
            return passesOn ? 'with pass-output each batch is given what the ones before it wrote.' : undefined;
        case 'parallel':
        case 'graph':
            return undefined;
        default:
            return pattern;
    }
}
/** Deals a plan out. The same plan is dealt out in the same way everywhere. */
function planInShards({ plan, settings, count }) {
    const shards = dealOut(plan, count);
    const entries = plan.graph.nodes.flatMap((node) => entryOf(node, shards) ?? []);
    const { level: trust } = settings.policy.trust;
    const facts = { count, trust, content: (0,plan_hash/* contentHash */.A)(plan, settings), entries };
    return { hash: (0,plan_hash/* planHash */.S)(facts), ...facts };
}
function entryOf(node, shards) {
    const shard = shards.get(node.id) ?? 1;
    switch (node.kind) {
        case 'task':
            return { id: node.id, name: node.process.name, shard, ...answerKindOf(node.process) };
        case 'each':
            return { id: node.into, name: node.template.name, shard, isList: true, ...answerKindOf(node.template) };
        case 'group':
            return undefined;
        default:
            return node;
    }
}
function answerKindOf({ claude, checkedFinding }) {
    const { answerKind } = (0,finding_schemas/* answerRole */.ri)(claude.jsonSchema, checkedFinding);
    return answerKind === undefined ? {} : { answerKind };
}
/** The part of a graph that one shard runs. */
function graphOfShard(plan, { index, count }) {
    const shards = dealOut(plan, count);
    const nodes = plan.graph.nodes.filter(({ id }) => shards.get(id) === index);
    return { ...plan, graph: { ...plan.graph, nodes } };
}
/**
 * The shard of every node, from 1. What is connected stays together; the parts are sorted by a hash of their ids, and dealt out one by
 * one, so that the numbers of parts differ by one at most.
 */
function dealOut({ pattern, graph }, count) {
    // Between batches nothing is handed on: each shard makes batches of its own processes.
    const tasks = graph.nodes.filter(({ kind }) => kind === 'task');
    const parts = pattern === 'batch' ? tasks.map(({ id }) => [id]) : connectedParts(graph);
    const sorted = parts
        .map((ids) => ({ ids, key: hashOf(ids) }))
        .toSorted((one, other) => (one.key < other.key ? -1 : 1));
    return new Map(sorted.flatMap(({ ids }, place) => ids.map((id) => [id, (place % count) + 1])));
}
function hashOf(ids) {
    return (0,external_node_crypto_.hash)('sha256', ids.join('\n'));
}
/** The ids of nodes that depend on each other, directly or not, each part in the order of the nodes. */
function connectedParts({ nodes }) {
    const parents = new Map();
    const rootOf = (id) => {
        let root = id;
        for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root))
            root = parent;
        // The way is shortened, so that a long chain costs no more than a short one.
        for (let next = id; next !== root;) {
            const parent = parents.get(next) ?? root;
            parents.set(next, root);
            next = parent;
        }
        return root;
    };
    const join = (one, other) => {
        const [from, to] = [rootOf(one), rootOf(other)];
        if (from !== to)
            parents.set(from, to);
    };
    for (const node of nodes) {
        for (const { of } of node.needs)
            join(node.id, of);
        if (node.kind === 'each')
            join(node.id, node.into);
    }
    return [...Map.groupBy(nodes, ({ id }) => rootOf(id)).values()].map((part) => part.map(({ id }) => id));
}

;// CONCATENATED MODULE: ./build/plan/sharding.js





/** Less than this, and no process could start. */
const smallestUsd = 0.01;
/** Leaves of a plan what the shard runs, with its share of the money; without a shard, all. */
function inShard(request) {
    const { plan, settings, values } = request;
    const { shard, 'plan-hash': wanted } = values;
    const all = { settings: { ...settings, plan }, warnings: [] };
    if (shard === undefined) {
        const text = 'it is compared by a shard; give shard as well.';
        return { ...all, faults: wanted === undefined ? [] : [fault('plan-hash', text)] };
    }
    const why = shard.count === 1 ? undefined : undividable(plan);
    if (why !== undefined)
        return { ...all, faults: [fault('shard', why)] };
    const whole = planInShards({ plan, settings, count: shard.count });
    if (wanted !== undefined && wanted !== whole.hash)
        return { ...all, faults: [fault('plan-hash', otherPlan(whole.hash, wanted))] };
    const { maxBudgetUsd } = settings.policy;
    const share = sharesOf(request, shard.count)?.[shard.index - 1];
    const policy = { ...settings.policy, ...(share !== undefined && { maxBudgetUsd: share.usd }) };
    return {
        settings: {
            ...settings,
            ...titleOf(request, shard),
            policy,
            plan: partOf(request, shard),
            shard: { ...whole, index: shard.index, ...(maxBudgetUsd !== undefined && { maxBudgetUsd }) },
        },
        whole,
        faults: share?.faults ?? [],
        warnings: [
            ...(values['upload-logs'] === 'always' ? [] : [uploadWarning]),
            ...(values.comment === 'none' ? [] : [commentWarning]),
        ],
    };
}
/** A title that was made up tells the legs of a matrix apart. */
function titleOf({ settings, values }, shard) {
    if (settings.title === undefined || values.title !== undefined)
        return {};
    return { title: `${settings.title} ${(0,model_shard/* shardText */.eG)(shard)}` };
}
/** Deals the plan out for `plan`; every share of the money must be of use. */
function inShards(request) {
    const { plan, settings, values } = request;
    const count = values.shards;
    const why = count === 1 ? undefined : undividable(plan);
    const all = { settings: { ...settings, plan }, warnings: [] };
    if (why !== undefined)
        return { ...all, faults: [fault('shards', why)] };
    const whole = planInShards({ plan, settings, count });
    const faults = sharesOf(request, count)?.flatMap((share) => share?.faults ?? []) ?? [];
    return { ...all, whole, faults: faults.slice(0, 1) };
}
function partOf({ plan, rebuild }, shard) {
    const part = graphOfShard(plan, shard);
    // Its batches are made anew, of its own processes.
    return plan.pattern === 'batch' ? rebuild((0,model_graph/* processesOf */.L6)(part.graph)) : part;
}
/** The session's ceiling is shared by entries, of which one with copies counts once; a shard without any needs none. */
function sharesOf({ plan, settings }, count) {
    const { maxBudgetUsd } = settings.policy;
    if (maxBudgetUsd === undefined)
        return undefined;
    const shards = dealOut(plan, count);
    const nodes = plan.graph.nodes.filter((node) => node.kind !== 'group');
    const entriesOf = (some) => new Set(some.map(({ rank }) => rank[0])).size;
    const all = entriesOf(nodes);
    const parts = Map.groupBy(nodes, ({ id }) => shards.get(id));
    return Array.from({ length: count }, (_, place) => {
        const own = parts.get(place + 1);
        if (own === undefined)
            return undefined;
        const usd = Math.floor((maxBudgetUsd * entriesOf(own) * 1e6) / all) / 1e6;
        const share = `the share of shard ${place + 1}/${count} by its entries is ${(0,format/* costText */.rs)(usd)}`;
        if (usd < smallestUsd)
            return { usd, faults: [fault('max-budget-usd', `${share}, and with less than a cent nothing starts.`)] };
        const dear = own
            .map((node) => (node.kind === 'task' ? node.process : node.template))
            .find((process) => (process.maxBudgetUsd ?? 0) > usd);
        const text = `"${dear?.maxBudgetUsd}" for ${dear?.id} is more than max-budget-usd has for it: ${share}.`;
        return { usd, faults: dear === undefined ? [] : [fault('max-process-budget-usd', text)] };
    });
}
const uploadWarning = 'upload-logs is not "always": merge finds only what was uploaded, and takes a shard without an artifact for lost.';
const commentWarning = 'comment: each shard comments on what it found itself; for one comment on all findings give this option to merge, and to no shard.';
function otherPlan(own, wanted) {
    return (`this is another plan (${own.slice(0, 12)}...) than plan saw (${wanted.slice(0, 12)}...). Prompts, context, options and shards must be ` +
        'the same there and here: the likely causes are files that have changed in between, and inputs that differ.');
}
function fault(option, text) {
    return (0,options_diagnostic/* diagnosticOf */.T4)(option, { kind: 'range', text });
}

;// CONCATENATED MODULE: ./build/options/file-ids.js


/** Gives each file an id from its name, or from its path where names are equal or not valid as ids. `paths` are shown paths. */
function identifyFiles(paths) {
    const candidates = paths.map(idCandidates);
    const chosen = candidates.map(() => 0);
    // Each round advances those that clash; the last candidate of a path is its hash, which clashes with none.
    for (let clashing = clashes(candidates, chosen); clashing.length > 0; clashing = clashes(candidates, chosen)) {
        for (const index of clashing)
            chosen[index] = (chosen[index] ?? 0) + 1;
    }
    return paths.map((path, index) => {
        const id = candidates[index]?.[chosen[index] ?? 0] ?? '';
        const stem = stemOf(path);
        return { id, ...(id !== stem && { name: chosen[index] === 0 ? stem : path }) };
    });
}
/** Indexes of the paths whose current candidate is also that of another path, and that have a further candidate. */
function clashes(candidates, chosen) {
    const owners = new Map();
    for (const [index, ids] of candidates.entries()) {
        const id = ids[chosen[index] ?? 0]?.toLowerCase() ?? '';
        const owning = owners.get(id);
        if (owning === undefined)
            owners.set(id, [index]);
        else
            owning.push(index);
    }
    const hasMore = (index) => (chosen[index] ?? 0) < (candidates[index]?.length ?? 0) - 1;
    return [...owners.values()].filter(({ length }) => length > 1).flatMap((indexes) => indexes.filter(hasMore));
}
/** Characters of a path's end that an id is made of; the systems allow no longer path. */
const longestPath = 4096;
/** Valid ids for a file, the shortest first: its name, its path, as much of the path's end as fits, and that with a hash. */
function idCandidates(whole) {
    const path = whole.slice(-longestPath);
    const folders = path.split(/[/\\]/).slice(0, -1);
    const stem = legalPart(stemOf(path));
    const parts = [...folders.map(legalPart), stem].filter((part) => part !== '');
    const ends = parts.map((_, start) => parts.slice(start).join('-'));
    const fitting = ends.find(({ length }) => length <= longestId) ?? '';
    const hash = (0,external_node_crypto_.createHash)('sha256').update(whole).digest('hex').slice(0, 8);
    const kept = (fitting === '' ? stem : fitting).slice(0, longestId - hash.length - 1).replace(/[-._]+$/, '');
    const hashed = kept === '' ? `file-${hash}` : `${kept}-${hash}`;
    const extension = legalPart(extensionOf(path));
    const extended = fitting === '' || extension === '' ? '' : `${fitting}-${extension}`;
    return [...new Set([stem, fitting, extended, hashed])].filter((id) => parseProcessId(id).ok);
}
function stemOf(path) {
    return (path.split(/[/\\]/).at(-1) ?? '').replace(/(?!^)\.[^.]*$/, '');
}
function extensionOf(path) {
    return /[^/\\]\.([^./\\]*)$/.exec(path)?.[1] ?? '';
}
/** Turns a text into the characters of an id: letters lose their accents, and everything else becomes "-". */
function legalPart(text) {
    const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
    return plain.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

// EXTERNAL MODULE: ./build/options/standard-input.js
var standard_input = __webpack_require__(5717);
;// CONCATENATED MODULE: ./build/plan/sources/each-line.js







/** In characters. A name is for people; the item itself is handed over whole. */
const longestName = 60;
/** One process a line, all with the prompt of the draft: each has its line as data, never within its prompt. */
function draftsOfLines(draft, request) {
    const text = each_line_readItems(request);
    if (!text.ok)
        return text;
    const lines = text.value.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }));
    const items = lines.filter(({ line }) => line.trim() !== '');
    const most = request.values['max-prompts'];
    if (items.length === 0)
        return (0,options_diagnostic/* refuseRange */.uJ)('every line is blank.');
    if (items.length > most) {
        return (0,options_diagnostic/* refuseRange */.uJ)(`${items.length} lines, more than ${most} prompts. To allow more, raise max-prompts.`);
    }
    return (0,options_diagnostic/* accept */.Ju)(items.map(({ line, number }) => ({
        ...draft,
        source: 'each',
        place: { option: 'each', where: `line ${number}` },
        name: nameOf(line.trim()),
        data: [{ id: 'item', text: line }],
    })));
}
function each_line_readItems(request) {
    const { values, workspace } = request;
    const given = values.each ?? '';
    if ((0,standard_input/* isStandardInput */.mC)(given, request))
        return (0,standard_input/* readStandardInput */.eG)(request, prompt_draft/* largestList */.x$);
    const path = (0,external_node_path_.resolve)(workspace, given);
    const shown = (0,containment/* shownPath */.pS)(path, workspace);
    const file = (0,text_file/* readTextFile */.Gu)({ path, shown, maxBytes: prompt_draft/* largestList */.x$, ...(0,file_bounds/* fileBounds */.K)(path, request) });
    return file.ok ? (0,options_diagnostic/* accept */.Ju)(file.value.text) : file;
}
function nameOf(line) {
    const characters = [...line.slice(0, 2 * (longestName + 1))];
    return characters.length <= longestName ? line : `${characters.slice(0, longestName - 1).join('')}…`;
}

// EXTERNAL MODULE: ./build/options/option-values.js + 4 modules
var option_values = __webpack_require__(633);
;// CONCATENATED MODULE: ./build/plan/sources/prompt-entry.js







/** The keys of an entry that are neither options nor keys of a graph. */
const ownKeys = ['id', 'name', 'prompt', 'prompt-file'];
const entryKeys = [...ownKeys, ...graph_keys/* graphKeyNames */.a1, ...option_values/* processOptions */.c$];
function unknownKeys(entry) {
    const unknown = [...entry.fields.keys()].filter((key) => !entryKeys.includes(key));
    const isProse = unknown.length === entry.fields.size && entry.graph.size === 0;
    return unknown.map((key) => {
        const hint = isProse ? ' If the entry is the text of a prompt, quote it, or use |.' : '';
        return {
            kind: 'type',
            text: `${(0,options_diagnostic/* quote */.hD)(key)} is not one of ${entryKeys.join(', ')}.${(0,nearest/* didYouMean */.a)(key, entryKeys)}${hint}`,
        };
    });
}
function promptOf(entry, access) {
    const prompt = entry.fields.get('prompt') ?? '';
    const file = entry.fields.get('prompt-file') ?? '';
    if (prompt !== '' && file !== '')
        return (0,options_diagnostic/* refuseType */.br)('it has both prompt and prompt-file; give one of them.');
    if (file === '')
        return entry.fields.has('prompt')
            ? (0,prompt_draft/* parsePrompt */.ex)(prompt)
            : (0,options_diagnostic/* refuseType */.br)('it has no prompt; give prompt or prompt-file.');
    if (typeof file !== 'string')
        return (0,options_diagnostic/* refuseType */.br)(`prompt-file: ${(0,options_diagnostic/* quote */.hD)(file)} is not a string.`);
    return (0,prompt_draft/* readPromptFile */.NK)(file, access);
}
function prompt_entry_nameOf(entry) {
    const name = entry.fields.get('name') ?? '';
    return typeof name === 'string' ? (0,options_diagnostic/* accept */.Ju)(name.trim()) : (0,options_diagnostic/* refuseType */.br)(`${(0,options_diagnostic/* quote */.hD)(name)} is not a string.`);
}
function idOf(entry) {
    const id = entry.fields.get('id') ?? '';
    return id === '' ? (0,options_diagnostic/* accept */.Ju)('') : parseProcessId(id);
}
/** Makes a draft of an entry in a list, or names everything that is wrong with it. */
function draftOf(entry, source, access) {
    const place = { option: source, where: entry.where, position: entry.position };
    const { frontend, workspace: base } = access;
    const unknown = unknownKeys(entry);
    // An entry without a key that we know was meant as prose: that it has no prompt either is the same mistake.
    const isProse = entry.fields.size > 0 && unknown.length === entry.fields.size && entry.graph.size === 0;
    const id = idOf(entry);
    const name = prompt_entry_nameOf(entry);
    const prompt = isProse ? { ok: false, diagnostics: [] } : promptOf(entry, access);
    const graph = (0,graph_keys/* parseGraphKeys */.Cq)(entry.graph);
    const isOption = ([key]) => option_values/* processOptions */.c$.has(key);
    const options = Object.fromEntries([...entry.fields].filter(isOption));
    const { values, faults } = (0,option_values/* parseOptionValues */.Xi)({ frontend, options, allowed: option_values/* processOptions */.c$, base, place });
    const faultsIn = (key, parsed) => parsed.ok ? [] : parsed.diagnostics.map((diagnostic) => (0,options_diagnostic/* diagnosticOf */.T4)(key, diagnostic, place));
    const all = [
        ...unknown.map((diagnostic) => (0,options_diagnostic/* diagnosticOf */.T4)(source, diagnostic, place)),
        ...faultsIn('id', id),
        ...faultsIn('name', name),
        ...faultsIn(source, prompt),
        ...faultsIn(source, graph),
        ...faults,
        ...(0,trust_limits/* schemaFaults */.d9)({ ...access, given: entry.fields.get('json-schema'), place }),
    ];
    if (!(id.ok && name.ok && prompt.ok && graph.ok) || all.length > 0)
        return { faults: all };
    const named = { ...(id.value !== '' && { id: id.value }), ...(name.value !== '' && { name: name.value }) };
    return {
        draft: {
            ...{ source, place, ...named, prompt: prompt.value, values },
            // An empty value is none: it makes no graph, and nobody is refused for it.
            ...(Object.keys(graph.value).length > 0 && { graph: graph.value }),
            ...((entry.fields.get('prompt-file') ?? '') !== '' && { isFromFile: true }),
            keys: [...entry.fields, ...entry.graph].flatMap(([key, value]) => (value === '' ? [] : [key])),
        },
        faults: [],
    };
}

;// CONCATENATED MODULE: ./build/plan/sources/prompt-sources.js









/** The options of which exactly one must be given. */
const promptSources = [
    'prompt',
    'prompt-file',
    'prompts',
    'prompts-file',
    'prompts-glob',
];
function refused(source, diagnostics) {
    return { drafts: [], faults: diagnostics.map((diagnostic) => (0,options_diagnostic/* diagnosticOf */.T4)(source, diagnostic)), notices: [] };
}
function single(source, prompt) {
    if (!prompt.ok)
        return refused(source, prompt.diagnostics);
    return { drafts: [{ source, prompt: prompt.value, values: {}, keys: [] }], faults: [], notices: [] };
}
async function list(source, text, request) {
    // Most sessions have one prompt, which takes no parser.
    const { parsePromptList } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(685)]).then(__webpack_require__.bind(__webpack_require__, 1685));
    const parsed = parsePromptList(text, request.values['max-prompts']);
    const read = parsed.entries.map((entry) => draftOf(entry, source, request));
    const faults = [...refused(source, parsed.diagnostics).faults, ...read.flatMap((entry) => entry.faults)];
    // A list that a program made may well hold nothing to do.
    const isEmpty = parsed.entries.length + faults.length === 0;
    const notices = isEmpty ? [`${source}: the list is empty: there is nothing to do.`] : [];
    return { drafts: read.flatMap(({ draft }) => (draft === undefined ? [] : [draft])), faults, notices };
}
async function listFile(path, request) {
    if ((0,standard_input/* isStandardInput */.mC)(path, request)) {
        const input = (0,standard_input/* readPromptsFromStandardInput */.hZ)(request, prompt_draft/* largestList */.x$);
        return input.ok ? await list('prompts-file', input.value, request) : refused('prompts-file', input.diagnostics);
    }
    const shown = (0,containment/* shownPath */.pS)(path, request.workspace);
    const file = (0,text_file/* readTextFile */.Gu)({ path, shown, maxBytes: prompt_draft/* largestList */.x$, ...(0,file_bounds/* fileBounds */.K)(path, request) });
    if (!file.ok)
        return refused('prompts-file', file.diagnostics);
    const { realPath, text } = file.value;
    const { roots: allowedRoots = [], why } = (0,file_bounds/* fileBounds */.K)(realPath, request);
    return { ...(await list('prompts-file', text, { ...request, allowedRoots, why })), listFile: realPath };
}
function draftOfFile(path, identity, request) {
    const source = 'prompts-glob';
    const prompt = (0,prompt_draft/* readPromptFile */.NK)(path, request);
    if (!prompt.ok)
        return refused(source, prompt.diagnostics);
    const place = { option: source, where: (0,options_diagnostic/* quote */.hD)(path) };
    return {
        drafts: [{ source, place, ...identity, prompt: prompt.value, values: {}, keys: [] }],
        faults: [],
        notices: [],
    };
}
async function matchingFiles(patterns, request) {
    const { findFiles } = await Promise.all(/* import() */[__webpack_require__.e(382), __webpack_require__.e(735)]).then(__webpack_require__.bind(__webpack_require__, 735));
    const files = await findFiles(patterns, request);
    if (!files.ok)
        return refused('prompts-glob', files.diagnostics);
    const most = request.values['max-prompts'];
    if (files.value.length > most) {
        const text = `${files.value.length} files match, more than ${most} prompts. To allow more, raise max-prompts.`;
        return refused('prompts-glob', (0,options_diagnostic/* refuseRange */.uJ)(text).diagnostics);
    }
    const identities = identifyFiles(files.value);
    const read = files.value.map((file, index) => draftOfFile(file, identities[index], request));
    return { drafts: read.flatMap(({ drafts }) => drafts), faults: read.flatMap(({ faults }) => faults), notices: [] };
}
async function readSource(source, request) {
    const { values, workspace } = request;
    switch (source) {
        case 'prompt':
            return single(source, (0,prompt_draft/* parsePrompt */.ex)(values.prompt));
        case 'prompt-file':
            if ((0,standard_input/* isStandardInput */.mC)(values['prompt-file'], request))
                return single(source, (0,standard_input/* readPromptsFromStandardInput */.hZ)(request, prompt_draft/* largestPrompt */.RK));
            return single(source, (0,prompt_draft/* readPromptFile */.NK)((0,containment/* shownPath */.pS)(values['prompt-file'] ?? '', workspace), request));
        case 'prompts':
            return await list(source, values.prompts ?? '', request);
        case 'prompts-file':
            return await listFile(values['prompts-file'] ?? '', request);
        case 'prompts-glob':
            return await matchingFiles(values['prompts-glob'] ?? [], request);
        default:
            return source;
    }
}
/** With `each`, one prompt becomes a process for each line. */
function withEach(read, request) {
    const [draft] = read.drafts;
    if (request.values.each === undefined || draft === undefined)
        return read;
    if (draft.source !== 'prompt' && draft.source !== 'prompt-file') {
        const text = `it takes one prompt, from prompt or prompt-file; ${draft.source} gives a list.`;
        return {
            drafts: [],
            faults: [...read.faults, ...refused('each', (0,options_diagnostic/* refuseRange */.uJ)(text).diagnostics).faults],
            notices: [],
        };
    }
    const drafts = draftsOfLines(draft, request);
    return drafts.ok ? { drafts: drafts.value, faults: [], notices: [] } : refused('each', drafts.diagnostics);
}
/**
 * The sources that were given. A blank text beside another source is none: `prompts: |` with an empty expression below it is a
 * line feed. Alone it is one, for the sake of the error line.
 */
function givenSources({ values }) {
    const named = promptSources.filter((source) => values[source] !== undefined);
    const filled = named.filter((source) => {
        const value = values[source];
        return typeof value !== 'string' || value.trim() !== '';
    });
    return filled.length > 0 ? filled : named.slice(0, 1);
}
/** Reads the one source of prompts that was given. */
async function readPrompts(request) {
    const given = givenSources(request);
    const [source, ...others] = given;
    const names = `${promptSources.slice(0, -1).join(', ')} or ${promptSources.at(-1)}`;
    if (source === undefined) {
        const hint = request.frontend === 'command' ? ' A text without a flag is a prompt; - reads it from standard input.' : '';
        return refused('prompt', (0,options_diagnostic/* refuseRange */.uJ)(`there is none. Give exactly one of ${names}.${hint}`).diagnostics);
    }
    if (others.length === 0)
        return withEach(await readSource(source, request), request);
    const text = `a second source of prompts beside ${source}. Give exactly one of ${names}.`;
    return { drafts: [], faults: others.map((other) => (0,options_diagnostic/* diagnosticOf */.T4)(other, { kind: 'range', text })), notices: [] };
}

;// CONCATENATED MODULE: ./build/plan/configuration.js













function planOf(values, processes) {
    const options = {
        maxWorkers: values['max-workers'],
        batchSize: values['batch-size'],
        passOutput: values['pass-output'],
        stopOnFailure: values['stop-on-failure'],
    };
    switch (values.pattern) {
        case 'parallel':
            return (0,patterns/* parallel */._7)(processes, options);
        case 'sequential':
            return (0,patterns/* sequential */.il)(processes, options);
        case 'fallback':
            return (0,patterns/* fallback */.Np)(processes);
        case 'batch':
            return (0,patterns/* batch */.vA)(processes, options);
        case 'graph':
            throw new Error('Internal error: a graph is compiled from its entries.');
        default:
            return values.pattern;
    }
}
/** The plan of the entries: a graph where one of them has a key of a graph, or where the pattern says so. */
async function compiled({ drafts }, built, { read, request, isSound }) {
    const { values, settings } = read.session;
    const processes = built.map(({ process }) => process);
    const graphDraft = drafts.find(({ graph }) => graph !== undefined);
    if (graphDraft === undefined && values.pattern !== 'graph')
        return { plan: planOf(values, processes), faults: [] };
    const faults = graphOptionFaults(read, graphDraft);
    const entries = [];
    for (const [index, draft] of drafts.entries()) {
        const { process } = built[index];
        const forEach = draft.graph?.forEach;
        const continueOnError = draft.graph?.continueOnError === true;
        const entry = { draft, process: { ...process, ...(continueOnError && { continueOnError }) } };
        if (!isSound || forEach === undefined || forEach.kind === 'from')
            entries.push(entry);
        else {
            const items = await readItems(forEach, { ...request, values, trust: settings.policy.trust });
            if (items.ok)
                entries.push({ ...entry, items: items.value });
            else
                faults.push(...items.diagnostics.map((diagnostic) => (0,options_diagnostic/* diagnosticOf */.T4)('for-each', diagnostic, draft.place)));
        }
    }
    // A fault of an entry would be reported again for each entry that needs it.
    if (!isSound || faults.length > 0)
        return { plan: planOf({ ...values, pattern: 'parallel' }, processes), faults };
    const graph = compileGraph(entries, {
        maxWorkers: values['max-workers'],
        maxPrompts: values['max-prompts'],
        stopOnFailure: values['stop-on-failure'],
    });
    return { ...graph, faults: [...graph.faults, ...itemSizeFaults(graph.plan.graph, drafts, read.session)] };
}
/** A shard is not judged by how much of the whole is done, and has the time for its own part. */
function shownPlan({ settings: { plan, policy, shard }, whole }, all) {
    if (whole === undefined || whole.count === 1)
        return [plan, policy];
    const part = shard === undefined ? graphOfShard(plan, { index: 1, count: whole.count }) : plan;
    // The reviewers may be in other shards.
    const failOnSeverity = isAskedForFindings(all) ? 'none' : policy.failOnSeverity;
    return [part, { ...policy, failOn: { kind: 'any' }, failOnSeverity }];
}
/** Options that were given and cannot be combined with a graph. */
function graphOptionFaults({ given }, draft) {
    const faults = [];
    const refuse = (option, text) => faults.push((0,options_diagnostic/* diagnosticOf */.T4)(option, { kind: 'range', text }));
    const key = draft?.keys.find((name) => graph_keys/* graphKeyNames */.a1.includes(name));
    if (given.pattern !== undefined && given.pattern !== 'graph')
        refuse('pattern', `${(0,options_diagnostic/* quote */.hD)(given.pattern)} does not go with ${key}, which ${draft?.place?.where ?? 'an entry'} has. Leave pattern out.`);
    if (given['pass-output'] === true)
        refuse('pass-output', 'a graph passes on what needs says; leave it out.');
    if (given['batch-size'] !== undefined)
        refuse('batch-size', 'a graph has no batches; leave it out.');
    return faults;
}
/** Reads the prompts, unless the option that names them is already known to be wrong. */
async function readPromptsOf(read, request) {
    const known = read.faults.some((fault) => promptSources.includes(fault.option));
    const { values, settings } = read.session;
    return known
        ? { drafts: [], faults: [], notices: [] }
        : await readPrompts({ ...request, values, trust: settings.policy.trust });
}
/** Makes a valid configuration of untrusted text, or names every fault at once. It reads files and starts nothing. */
async function readConfiguration(request) {
    const read = (0,session_options/* readSession */.lx)(request);
    const { session } = read;
    const { checkout, policy } = session.settings;
    const { trust } = policy;
    const prompts = await readPromptsOf(read, request);
    const { ids, faults: idFaults } = assignIds(prompts.drafts);
    const built = prompts.drafts.map((draft, index) => buildProcess(draft, ids[index] ?? '', { frontend: request.frontend, session, checkout }));
    const inCheckout = prompts.listFile !== undefined && (0,containment/* isInside */.FK)(prompts.listFile, checkout);
    const faults = [
        ...read.faults,
        ...prompts.faults,
        ...idFaults,
        ...built.flatMap((process) => process.faults),
        ...(inCheckout ? prompts.drafts.flatMap((draft) => (0,trust_limits/* entryKeyFaults */.Tq)(trust, draft)) : []),
    ];
    const { plan, faults: planFaults } = await compiled(prompts, built, { read, request, isSound: faults.length === 0 });
    faults.push(...planFaults);
    const { settings, values } = session;
    const sharding = (request.task === 'plan' ? inShards : inShard)({
        ...{ plan, settings, values },
        rebuild: (processes) => planOf(values, processes),
    });
    if (faults.length === 0)
        faults.push(...sharding.faults);
    if (faults.length > 0) {
        const clean = (0,options_diagnostic/* withoutSecrets */.cT)(request.redactor);
        const shown = faults.map((fault) => ({ ...fault, message: clean(fault.message) }));
        return { kind: 'invalid', faults: (0,session_options/* inTableOrder */.Gv)(shown), settings: session.settings };
    }
    const { 'max-parallel': maxParallel } = values;
    const more = planNotices(...shownPlan(sharding, plan), read.given);
    return {
        kind: 'valid',
        settings: sharding.settings,
        ...(sharding.whole !== undefined && { whole: sharding.whole }),
        ...(maxParallel !== undefined && { maxParallel }),
        notices: [...read.notices, ...prompts.notices, ...more.notices],
        warnings: [...read.warnings, ...more.warnings, ...sharding.warnings],
    };
}


/***/ }),

/***/ 2680:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O7: () => (/* binding */ continuationFault),
/* harmony export */   Xe: () => (/* binding */ withConversations),
/* harmony export */   hn: () => (/* binding */ continuationWarnings)
/* harmony export */ });
/* harmony import */ var _model_option_table_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9237);
/* harmony import */ var _options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8138);
/* harmony import */ var _text_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3387);
/* harmony import */ var _text_nearest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2788);
/* harmony import */ var _graph_keys_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6795);





/** Options that may differ between a conversation and what continues it: a limit, and the tool by which the answer is given. */
const mayDiffer = new Set(['max-turns', 'json-schema']);
/** Options that must be equal for the model to see the conversation unchanged. */
const sameOptions = (0,_model_option_table_js__WEBPACK_IMPORTED_MODULE_0__/* .fieldsOf */ .Pf)('claude').filter(({ name }) => !mayDiffer.has(name));
/** The entries with what they continue and whether they are continued, or what keeps them from it. */
function withConversations(entries) {
    const byId = new Map(entries.map((entry) => [entry.process.id.toLowerCase(), entry]));
    const faults = [];
    const continued = new Set();
    const originals = entries.map((entry) => {
        const id = entry.draft.graph?.conversationFrom;
        if (id === undefined)
            return undefined;
        const original = byId.get(id.toLowerCase());
        const fault = faultOf(entry, original, { id, known: entries.map(({ process }) => process.id) });
        if (fault !== undefined) {
            faults.push((0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .diagnosticOf */ .T4)('conversation-from', { kind: 'range', text: fault }, entry.draft.place));
            return undefined;
        }
        if (original !== undefined)
            continued.add(original);
        return original?.process.id;
    });
    return {
        entries: entries.map((entry, index) => {
            const conversationFrom = originals[index];
            const process = {
                ...entry.process,
                ...(conversationFrom !== undefined && { conversationFrom }),
                ...(continued.has(entry) && { isContinued: true }),
            };
            return { ...entry, process };
        }),
        faults,
    };
}
function faultOf({ process }, original, { id, known }) {
    if (original === undefined)
        return `there is no entry ${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(id)}.${(0,_text_nearest_js__WEBPACK_IMPORTED_MODULE_4__/* .didYouMean */ .a)(id, known)}`;
    if ((0,_graph_keys_js__WEBPACK_IMPORTED_MODULE_2__/* .isSeveral */ .lR)(original.draft.graph))
        return `${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(original.process.id)} stands for several processes; a conversation is that of one.`;
    return continuationFault(process, original.process);
}
/** Why a process cannot continue the conversation of another; undefined when it can. */
function continuationFault(process, original) {
    const differing = sameOptions
        .filter(({ key }) => JSON.stringify(process.claude[key]) !== JSON.stringify(original.claude[key]))
        .map(({ name }) => name);
    if (process.workingDirectory !== original.workingDirectory)
        differing.push('working-directory');
    if (differing.length === 0)
        return undefined;
    const names = differing.join(', ');
    return `${names} must be as in ${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(original.id)}, whose conversation it continues. Set it for both, or for neither.`;
}
/** Warnings about processes that continue a conversation with another `json-schema`, one line each. */
function continuationWarnings(processes) {
    const byId = new Map(processes.map((process) => [process.id, process]));
    const differing = new Map();
    for (const { id, conversationFrom, claude } of processes) {
        const original = conversationFrom === undefined ? undefined : byId.get(conversationFrom);
        if (original === undefined || original.claude.jsonSchema === claude.jsonSchema)
            continue;
        differing.set(original.id, [...(differing.get(original.id) ?? []), id]);
    }
    return [...differing].map(([original, ids]) => {
        return `conversation-from: the json-schema of ${(0,_text_format_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(ids.map(_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD), 3)} is not that of ${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(original)}: a schema is a tool, which the model reads first, so the whole conversation is paid for again instead of read from the cache.`;
    });
}


/***/ }),

/***/ 6795:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cq: () => (/* binding */ parseGraphKeys),
/* harmony export */   a1: () => (/* binding */ graphKeyNames),
/* harmony export */   lR: () => (/* binding */ isSeveral)
/* harmony export */ });
/* unused harmony exports mostCopies, outcomes */
/* harmony import */ var _options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8138);
/* harmony import */ var _options_scalar_values_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2644);
/* harmony import */ var _text_nearest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2788);



/** The keys of an entry that say what it waits for, and how often it runs. */
const graphKeyNames = [
    ...['needs', 'when', 'for-each', 'repeat', 'max-items', 'conversation-from', 'continue-on-error'],
];
/** Whether an entry stands for several processes, or for how many is not known yet. */
function isSeveral(keys) {
    return keys?.repeat !== undefined || keys?.forEach !== undefined;
}
/** Copies of one entry, and items of one list. */
const mostCopies = 10_000;
/** Reads the keys of an entry; diagnostics name the key first. */
function parseGraphKeys(values) {
    if (values.size === 0)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)({});
    const diagnostics = [];
    const read = (name, parse) => {
        const value = values.get(name);
        if (value === undefined || value === '')
            return undefined;
        const parsed = parse(value);
        if (parsed.ok)
            return parsed.value;
        diagnostics.push(...parsed.diagnostics.map((diagnostic) => ({ ...diagnostic, text: `${name}: ${diagnostic.text}` })));
        return undefined;
    };
    const keys = {
        needs: read('needs', parseNeeds),
        when: read('when', parseWhen),
        forEach: read('for-each', parseForEach),
        repeat: read('repeat', (value) => (0,_options_scalar_values_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCount */ .zq)(value, { min: 1, max: mostCopies })),
        maxItems: read('max-items', (value) => (0,_options_scalar_values_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCount */ .zq)(value, { min: 1, max: mostCopies })),
        conversationFrom: read('conversation-from', parseId),
        continueOnError: read('continue-on-error', _options_scalar_values_js__WEBPACK_IMPORTED_MODULE_0__/* .parseBoolean */ .yG),
    };
    if (keys.forEach !== undefined && keys.repeat !== undefined)
        diagnostics.push({ kind: 'range', text: 'repeat: it has for-each as well; give one of them.' });
    if (keys.maxItems !== undefined && keys.forEach === undefined)
        diagnostics.push({ kind: 'range', text: 'max-items: it has no for-each, whose items could be too many.' });
    if (diagnostics.length > 0)
        return { ok: false, diagnostics };
    return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)));
}
function parseNeeds(value) {
    const isAlone = Array.isArray(value) && value.length === 1;
    if ((isAlone ? value[0] : value) === 'all')
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)('all');
    const ids = idsOf(value);
    if (ids.ok && ids.value.includes('all'))
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('"all" stands for every entry before this one; give it alone.');
    return ids;
}
function idsOf(value) {
    const list = typeof value === 'string' ? value.split(/[\s,]+/).filter((id) => id !== '') : value;
    if (!Array.isArray(list))
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)('a mapping is not an id or a list of ids.');
    return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEach */ .lc)(list, (id) => typeof id === 'string' ? (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(id) : (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(id)} is not an id.`));
}
function parseId(value) {
    return typeof value === 'string' ? (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(value) : (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)('give the id of one entry.');
}
/** The words that `when` knows. */
const outcomes = ['success', 'always', 'failure'];
function parseWhen(value) {
    if (typeof value === 'string') {
        const found = outcomes.find((outcome) => outcome === value);
        return found === undefined
            ? (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(value)} is not one of ${outcomes.join(', ')}, nor a mapping of conditions.${(0,_text_nearest_js__WEBPACK_IMPORTED_MODULE_2__/* .didYouMean */ .a)(value, outcomes)}`)
            : (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)(found);
    }
    if (Array.isArray(value))
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)('a list is not one of success, always, failure, nor a mapping of conditions.');
    if (Object.keys(value).length === 0)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('the mapping is empty; give a condition, such as {id.name: text}.');
    return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .parseEach */ .lc)(Object.entries(value), ([key, allowed]) => {
        const texts = typeof allowed === 'string' ? [allowed] : allowed;
        const isList = Array.isArray(texts) && texts.every((text) => typeof text === 'string');
        return isList && texts.length > 0
            ? (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)({ key, oneOf: texts })
            : (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(key)} needs a string or a list of strings that it is compared with.`);
    });
}
const sources = ['glob', 'file', 'from', 'path'];
function parseForEach(value) {
    if (typeof value === 'string')
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(value)} is neither a list nor a mapping with one of glob, file, from.`);
    if (Array.isArray(value))
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)({ kind: 'list', items: value });
    const map = value;
    const unknown = Object.keys(map).find((key) => !sources.includes(key));
    if (unknown !== undefined)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(unknown)} is not one of ${sources.join(', ')}.${(0,_text_nearest_js__WEBPACK_IMPORTED_MODULE_2__/* .didYouMean */ .a)(unknown, sources)}`);
    const { glob, file, from, path } = map;
    const given = [glob, file, from].filter((each) => each !== undefined);
    if (given.length !== 1)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('give exactly one of glob, file, from, or a list.');
    if (path !== undefined && typeof path !== 'string')
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)(`path: ${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(path)} is not a string.`);
    const names = path === undefined || path === '' ? [] : path.split('.');
    if (names.includes(''))
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)(`path: ${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(path)} has an empty name; give names with a dot between two.`);
    if (glob !== undefined)
        return globOf(glob, path);
    if (file === '')
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('file: give the path of a file of JSON.');
    if (file !== undefined)
        return typeof file === 'string'
            ? (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)({ kind: 'file', file, path: names })
            : (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)(`file: ${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .quote */ .hD)(file)} is not a string.`);
    if (names.length === 0)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('from needs path, the name of the list in the structured output.');
    const ids = idsOf(from ?? '');
    if (ids.ok && ids.value.length === 0)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('from: give the id of at least one entry.');
    return ids.ok ? (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)({ kind: 'from', ids: ids.value, path: names }) : ids;
}
function globOf(glob, path) {
    if (path !== undefined)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('path belongs to file and from; a glob has none.');
    const patterns = typeof glob === 'string' ? glob.split('\n').filter((line) => line.trim() !== '') : glob;
    if (!Array.isArray(patterns) || !patterns.every((each) => typeof each === 'string'))
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseType */ .br)('glob: give one pattern, or a list of patterns.');
    if (patterns.length === 0)
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseRange */ .uJ)('glob: give at least one pattern.');
    return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_1__/* .accept */ .Ju)({ kind: 'glob', patterns: patterns });
}


/***/ }),

/***/ 9475:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N7: () => (/* binding */ haltOn),
/* harmony export */   Np: () => (/* binding */ fallback),
/* harmony export */   _7: () => (/* binding */ parallel),
/* harmony export */   il: () => (/* binding */ sequential),
/* harmony export */   qu: () => (/* binding */ groupNode),
/* harmony export */   vA: () => (/* binding */ batch),
/* harmony export */   y4: () => (/* binding */ taskNode)
/* harmony export */ });
/* unused harmony export open */
/** Side by side. */
function parallel(processes, options) {
    const { maxWorkers, stopOnFailure } = options;
    const nodes = processes.map((process, index) => taskNode(process, [index], []));
    return planOf('parallel', { nodes, maxWorkers, answer: 'none', ...haltOn(stopOnFailure) });
}
/** One after the other. */
function sequential(processes, { passOutput, stopOnFailure }) {
    const nodes = chain(processes, passOutput ? 'outputs-so-far' : 'nothing');
    return planOf('sequential', { nodes, maxWorkers: 1, answer: 'last-success', ...haltOn(stopOnFailure) });
}
/** One after the other until one succeeds. */
function fallback(processes) {
    const halt = { on: 'success', reason: 'earlier-success', sparesHandlers: false };
    const nodes = chain(processes, 'nothing');
    return planOf('fallback', { nodes, maxWorkers: 1, answer: 'first-success', succeeds: 'with-one', halt });
}
/** Batches one after the other, the processes of a batch side by side. A group stands for each batch and all before it. */
function batch(processes, options) {
    const { maxWorkers, batchSize, passOutput, stopOnFailure } = options;
    const nodes = [];
    let before = [];
    for (let start = 0; start < processes.length; start += batchSize) {
        const tasks = processes.slice(start, start + batchSize).map((process, index) => {
            return taskNode(process, [start + index], before);
        });
        const members = tasks.map(({ id }) => ({ of: id, passes: 'output' }));
        // No id of a process begins with a character like this, and no two batches of a session have the same first process.
        const group = groupNode(`=${processes[start]?.id}`, [start + batchSize - 1, 0], [...before, ...members]);
        before = [{ of: group.id, passes: passOutput ? 'outputs-so-far' : 'nothing' }];
        nodes.push(...tasks, group);
    }
    return planOf('batch', { nodes, maxWorkers, answer: 'none', ...haltOn(stopOnFailure) });
}
/** Nothing yet: processes join while it runs. */
function open({ maxWorkers, stopOnFailure }) {
    return planOf('graph', { nodes: [], maxWorkers, answer: 'none', ...haltOn(stopOnFailure) });
}
/** A process that starts however its needs ended. */
function taskNode(process, rank, needs) {
    return { kind: 'task', id: process.id, rank, needs, when: 'always', process };
}
/** A node that stands for others. */
function groupNode(id, rank, needs) {
    return { kind: 'group', id, rank, needs, when: 'always' };
}
/** The end of a graph that stops after a failure. */
function haltOn(stopOnFailure, sparesHandlers = false) {
    return stopOnFailure ? { halt: { on: 'failure', reason: 'earlier-failure', sparesHandlers } } : {};
}
function chain(processes, passes) {
    return processes.map((process, index) => {
        const before = processes[index - 1];
        return taskNode(process, [index], before === undefined ? [] : [{ of: before.id, passes }]);
    });
}
function planOf(pattern, graph) {
    return { pattern, graph: { succeeds: 'by-fail-on', ...graph } };
}


/***/ }),

/***/ 132:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ contentHash),
/* harmony export */   S: () => (/* binding */ planHash)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/**
 * The hash that shards of one plan have in common. It can be recomputed from the record of each, so that no record can claim other
 * ids, another trust or another content than the plan had.
 */
function planHash({ count, trust, content, entries }) {
    const ids = entries.map(({ id, shard, isList }) => [id, shard, isList === true]);
    return sha256([count, trust, content, ids]);
}
/** Covers what the answers depend on: prompts, context, options; no limit of time, money, turns, attempts or workers. */
function contentHash({ pattern, graph }, settings) {
    const { policy, checkout, claude, passEnv } = settings;
    return sha256({
        pattern,
        halt: graph.halt,
        nodes: graph.nodes.map((node) => nodeContent(node, checkout)),
        context: policy.context,
        onDenied: policy.onDenied,
        offline: policy.offline,
        claudeVersion: claude.version,
        passEnv,
    });
}
function nodeContent(node, checkout) {
    const { kind, id, needs, when } = node;
    switch (kind) {
        case 'group':
            return { kind, id, needs };
        case 'task':
            return { kind, id, needs, when, process: processContent(node.process, checkout) };
        case 'each': {
            const { from, path, maxItems, into, template } = node;
            return { kind, id, needs, when, from, path, maxItems, into, process: processContent(template, checkout) };
        }
        default:
            return kind;
    }
}
function processContent(process, checkout) {
    const { name, prompt, data, continueOnError, workingDirectory, claude } = process;
    const { maxTurns: _limit, ...options } = claude;
    // Another runner may keep its checkout elsewhere.
    const local = (value) => typeof value === 'string' && value.startsWith(checkout) ? value.slice(checkout.length) : value;
    const claudeOptions = Object.entries(options).map(([key, value]) => [key, local(value)]);
    return { name, prompt, data, continueOnError, workingDirectory: local(workingDirectory), claude: claudeOptions };
}
function sha256(value) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)('sha256', JSON.stringify(value));
}


/***/ }),

/***/ 7555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  br: () => (/* binding */ budgetFaults),
  $J: () => (/* binding */ directoryFaults),
  Gv: () => (/* binding */ inTableOrder),
  lx: () => (/* binding */ readSession)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
// EXTERNAL MODULE: ./build/model/option-table.js + 3 modules
var option_table = __webpack_require__(9237);
// EXTERNAL MODULE: ./build/options/diagnostic.js
var options_diagnostic = __webpack_require__(8138);
// EXTERNAL MODULE: ./build/options/containment.js
var containment = __webpack_require__(1437);
;// CONCATENATED MODULE: ./build/options/log-directory.js




function problemOf({ path, isGiven, checkout, trust }) {
    try {
        const found = (0,external_node_fs_.lstatSync)(path);
        if (found.isSymbolicLink())
            return 'is a symbolic link. Name the directory that it leads to.';
        if (!found.isDirectory())
            return 'is not a directory.';
    }
    catch (error) {
        const code = (0,errors/* errorCode */.CA)(error) ?? '';
        // What else fails shows when it is made: a session goes on without logs, and warns.
        if (code === 'ENOTDIR')
            return 'leads through a file.';
    }
    // People keep their own `.claude` behind a link; the default leads there by their own will.
    const isForeign = isGiven || trust.level === 'untrusted';
    const leaves = isForeign && (0,containment/* isNamedIn */.x_)(path, checkout) && !(0,containment/* isInside */.FK)(path, checkout);
    return leaves ? `leads out of ${checkout} by a symbolic link. Name the directory that it leads to.` : undefined;
}
/** Refuses a directory in which no logs could be kept, or only in another place than the one that was named. */
function logDirectoryFaults(input) {
    const problem = problemOf(input);
    return problem === undefined
        ? []
        : [(0,options_diagnostic/* diagnosticOf */.T4)('log-dir', { kind: 'range', text: `${(0,options_diagnostic/* quote */.hD)(input.path)} ${problem}` })];
}

// EXTERNAL MODULE: ./build/options/option-values.js + 4 modules
var option_values = __webpack_require__(633);
// EXTERNAL MODULE: ./build/record/session-id.js
var session_id = __webpack_require__(8108);
// EXTERNAL MODULE: ./build/options/consent.js
var consent = __webpack_require__(6999);
;// CONCATENATED MODULE: ./build/options/resume-source.js





/** Reads where an earlier session is; whoever wrote the checkout may not say what has succeeded in an untrusted session. */
function readResumeSource(input) {
    const { value, frontend, workspace, checkout, logDirectory, trust } = input;
    const refuse = (text) => ({ faults: [(0,options_diagnostic/* diagnosticOf */.T4)('resume-from', { kind: 'range', text })] });
    if (value === undefined)
        return { faults: [] };
    const isPath = /[\\/]/.test(value);
    if (!isPath && frontend === 'action') {
        const source = value === 'previous-attempt' ? { kind: 'previous-attempt' } : { kind: 'artifact', name: value };
        return { source, faults: [] };
    }
    if (!isPath && !session_id/* sessionIdPattern */.u.test(value)) {
        return refuse(`${(0,options_diagnostic/* quote */.hD)(value)} is neither the directory of a session (write ./${shortened(value)} for one that lies here) nor the id of ` +
            'a session below log-dir. Artifacts and previous-attempt exist in the Action only.');
    }
    const path = isPath ? (0,external_node_path_.resolve)(workspace, value) : (0,external_node_path_.join)(logDirectory, value);
    if (trust.level === 'untrusted' && (0,containment/* isInReachOf */.CQ)(path, checkout))
        return refuse(`${(0,options_diagnostic/* quote */.hD)(value)} lies in the checkout. ${(0,consent/* consent */.v)(trust)}`);
    return { source: { kind: 'directory', path }, faults: [] };
}
function shortened(value) {
    return (0,options_diagnostic/* quote */.hD)(value).slice(1, -1);
}

// EXTERNAL MODULE: ./build/options/file-bounds.js
var file_bounds = __webpack_require__(1821);
// EXTERNAL MODULE: ./build/options/standard-input.js
var standard_input = __webpack_require__(5717);
// EXTERNAL MODULE: ./build/options/text-file.js
var text_file = __webpack_require__(2649);
// EXTERNAL MODULE: ./build/plan/sources/prompt-draft.js
var prompt_draft = __webpack_require__(4611);
;// CONCATENATED MODULE: ./build/plan/sources/context.js








/** A warning names no more files than people read. */
const mostNamed = 10;
/** Reads `context` and `context-files`. A file that is binary, or too large, leaves a line in its place and a warning. */
function readContext(values, access) {
    const text = values.context ?? '';
    const found = {
        blocks: text.trim() === '' ? [] : [{ id: 'context', text }],
        faults: [],
        leftOut: [],
        empty: [],
        paths: new Map(),
    };
    const files = values['context-files'] ?? [];
    for (const [index, shown] of files.entries()) {
        addFile(shown, access, found);
        if (found.faults.length < options_diagnostic/* mostDiagnostics */.Yc || index === files.length - 1)
            continue;
        found.faults.push(fault(`the ${files.length - index - 1} files after these were not looked at.`));
        break;
    }
    const { blocks, faults, leftOut, empty } = found;
    const hint = leftOut.length === 0 ? [] : [`left out: ${listed(leftOut)}. Claude sees the name and the size only.`];
    const emptiness = empty.length === 0 ? [] : [`empty: ${listed(empty)}. There is nothing in it to work on.`];
    return {
        blocks,
        faults,
        notices: emptiness.map((line) => `context-files: ${line}`),
        warnings: hint.map((line) => `context-files: ${line}`),
    };
}
function addFile(shown, access, found) {
    if ((0,standard_input/* isStandardInput */.mC)(shown, access)) {
        addStandardInput(access, found);
        return;
    }
    const { workspace } = access;
    const path = (0,external_node_path_.resolve)(workspace, shown);
    const id = nameApart(contextName(path, access), path, found);
    const refuse = (text) => found.faults.push(fault(`${(0,options_diagnostic/* quote */.hD)(shown)} ${text}`));
    const bounds = (0,file_bounds/* fileBounds */.K)(path, access);
    const file = readable((0,text_file/* lookUpTextFile */.e$)({ path, shown, maxBytes: prompt_draft/* largestPrompt */.RK, ...bounds }));
    switch (file.kind) {
        case 'text':
            if (file.text.trim() === '')
                found.empty.push((0,options_diagnostic/* quote */.hD)(id));
            found.blocks.push({ id, text: file.text });
            return;
        case 'unfit': {
            const cause = file.cause.replace(/\.$/, '');
            found.leftOut.push(`${(0,options_diagnostic/* quote */.hD)(id)} ${cause}`);
            found.blocks.push({ id, text: `[${id}, ${file.bytes} bytes, was left out: it ${cause}]` });
            return;
        }
        case 'missing':
            refuse(`${(0,text_file/* missingAt */.WH)({ path, shown })}${blanksHint(shown, access)}`);
            return;
        case 'refused':
            refuse(file.cause);
            return;
        default:
            file;
    }
}
/**
 * The path from the directory that the file may lie in, for it must be the same on every runner: each may keep its workspace and
 * RUNNER_TEMP elsewhere.
 */
function contextName(path, { workspace, allowedRoots }) {
    const roots = [workspace, ...allowedRoots.filter((root) => (0,external_node_path_.parse)(root).root !== root)];
    return roots.map((root) => (0,containment/* shownPath */.pS)(path, root)).find((name) => name !== path) ?? path;
}
/** Tells files apart that have one name in different directories, by the order in which they were given. */
function nameApart(name, path, { paths }) {
    let apart = name;
    for (let number = 2; (paths.get(apart) ?? path) !== path; number += 1)
        apart = `${name} (${number})`;
    paths.set(apart, path);
    return apart;
}
/** Data that is piped in is meant to be read: blank or binary input is refused. */
function addStandardInput(access, found) {
    const input = (0,standard_input/* readStandardInput */.eG)(access, prompt_draft/* largestPrompt */.RK);
    if (!input.ok) {
        found.faults.push(...input.diagnostics.map((diagnostic) => (0,options_diagnostic/* diagnosticOf */.T4)('context-files', diagnostic)));
        return;
    }
    found.blocks.push({ id: 'standard input', text: input.value });
}
/** Refuses a file that decodes as UTF-8, but holds NUL characters. */
function readable(file) {
    if (file.kind !== 'text' || !file.text.includes('\0'))
        return file;
    return { kind: 'unfit', bytes: Buffer.byteLength(file.text), cause: 'is not text: it holds NUL characters.' };
}
function fault(text) {
    return (0,options_diagnostic/* diagnosticOf */.T4)('context-files', { kind: 'range', text });
}
function blanksHint(shown, { workspace }) {
    const parts = shown.split(/\s+/);
    const areFiles = parts.length > 1 && parts.some((part) => (0,external_node_fs_.existsSync)((0,external_node_path_.resolve)(workspace, part)));
    return areFiles ? ' Write one path a line.' : '';
}
function listed(names) {
    const more = names.length - mostNamed;
    return `${names.slice(0, mostNamed).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

// EXTERNAL MODULE: ./build/plan/trust-limits.js
var trust_limits = __webpack_require__(6713);
;// CONCATENATED MODULE: ./build/plan/session-options.js










function directoryProblem(path) {
    try {
        if (!(0,external_node_fs_.statSync)(path).isDirectory())
            return 'is not a directory';
        (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
        return undefined;
    }
    catch (error) {
        const code = (0,errors/* errorCode */.CA)(error) ?? '';
        return code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be used (${code})`;
    }
}
/** Refuses a path that is no directory. The library does not ask: there, a process in such a place has failed to start. */
function directoryFaults(path, frontend, place) {
    const problem = frontend === 'library' ? undefined : directoryProblem(path);
    if (problem === undefined)
        return [];
    return [(0,options_diagnostic/* diagnosticOf */.T4)('working-directory', { kind: 'range', text: `${(0,options_diagnostic/* quote */.hD)(path)} ${problem}.` }, place)];
}
function trustOf(choice, auto) {
    return choice === 'auto' ? auto : { level: choice, why: `trust: ${choice} was given` };
}
function settingsOf(values, { context, trust }, request) {
    const { 'claude-path': path, 'claude-version': version } = values;
    const workingDirectory = values['working-directory'] ?? request.workspace;
    const title = values.title?.trim() ?? request.title;
    return {
        ...(0,option_table/* recordOf */.zv)('settings', values),
        policy: { ...(0,option_table/* recordOf */.zv)('policy', values), context, trust },
        checkout: request.checkout ?? request.workspace,
        workingDirectory,
        logDirectory: values['log-dir'] ?? (0,external_node_path_.resolve)(workingDirectory, request.logDirectoryDefault),
        claude: { ...(path !== undefined && { path }), ...(version !== undefined && { version }) },
        credentials: (0,option_table/* recordOf */.zv)('credentials', values),
        ...(title !== undefined && { title }),
        delivery: (0,option_table/* recordOf */.zv)('delivery', values),
    };
}
/** Reads all options of a session, and the files and directories that they name; it starts nothing. */
function readSession(request) {
    const { frontend, options, workspace, checkout = workspace } = request;
    const parsed = (0,option_values/* parseOptionValues */.Xi)({ frontend, options, allowed: (0,option_values/* optionsAt */.aC)(frontend, request.task), base: workspace });
    const values = (0,option_values/* withDefaults */.rO)(parsed.values, frontend);
    const trust = trustOf(values.trust, request.autoTrust);
    const context = readContext(values, { ...request, trust });
    const settings = settingsOf(values, { context: context.blocks, trust }, request);
    const { logDirectory } = settings;
    const places = [
        ...directoryFaults(settings.workingDirectory, frontend),
        ...(0,trust_limits/* trustFaults */.sx)({ trust, values: parsed.values, checkout }),
        ...(0,trust_limits/* schemaFaults */.d9)({ trust, workspace, checkout, given: options['json-schema'] }),
    ];
    const isGiven = values['log-dir'] !== undefined;
    // The default lies below the working directory, and in the library it is not a choice of the caller.
    const isChecked = isGiven || (frontend !== 'library' && places.every(({ option }) => option !== 'working-directory'));
    const resume = readResumeSource({ value: values['resume-from'], frontend, workspace, checkout, logDirectory, trust });
    return {
        session: { values, settings: { ...settings, ...(resume.source !== undefined && { resumeFrom: resume.source }) } },
        given: parsed.values,
        notices: context.notices,
        warnings: context.warnings,
        faults: [
            ...parsed.faults,
            ...context.faults,
            ...resume.faults,
            ...places,
            ...(isChecked ? logDirectoryFaults({ path: logDirectory, isGiven, checkout, trust }) : []),
            ...budgetFaults(values, values),
        ],
    };
}
/** A process whose ceiling is above the session's could never start. */
function budgetFaults(own, session, place) {
    const { 'max-process-budget-usd': process } = own;
    const { 'max-budget-usd': whole } = session;
    if (process === undefined || whole === undefined || process <= whole)
        return [];
    return [
        (0,options_diagnostic/* diagnosticOf */.T4)('max-process-budget-usd', { kind: 'range', text: `"${process}" is more than max-budget-usd, ${whole}.` }, place),
    ];
}
/** Each fault once, sorted by the table and by entries; names that are not in the table come first. */
function inTableOrder(faults) {
    const order = new Map(option_table/* optionRows */.zl.map((row, index) => [row.name, index]));
    const rank = ({ option }) => order.get(option) ?? -1;
    // Faults of the whole list come before those of its entries.
    const positionOf = ({ position = -1 }) => position;
    const unique = new Map(faults.map((fault) => [fault.message, fault]));
    return [...unique.values()].toSorted((one, other) => rank(one) - rank(other) || positionOf(one) - positionOf(other));
}


/***/ }),

/***/ 4611:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NK: () => (/* binding */ readPromptFile),
/* harmony export */   RK: () => (/* binding */ largestPrompt),
/* harmony export */   ex: () => (/* binding */ parsePrompt),
/* harmony export */   x$: () => (/* binding */ largestList)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8138);
/* harmony import */ var _options_file_bounds_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1821);
/* harmony import */ var _options_text_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2649);




/** The largest prompt with its data, in bytes: from about 3 MB the CLI answers "Prompt is too long" without asking the model. */
const largestPrompt = 2.5 * 1024 * 1024;
/** The largest list in bytes: an attack of this size is still refused within a second. */
const largestList = 32 * 1024 * 1024;
/** Refuses a prompt that says nothing; any other stays as it is. */
function parsePrompt(input) {
    if (typeof input !== 'string')
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseType */ .br)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(input)} is not a string.`);
    return input.trim() === '' ? (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseRange */ .uJ)('the prompt is blank.') : (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .accept */ .Ju)(input);
}
/** Reads a prompt from a file. */
function readPromptFile(shown, access) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(access.workspace, shown);
    const file = (0,_options_text_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readTextFile */ .Gu)({ path, shown, maxBytes: largestPrompt, ...(0,_options_file_bounds_js__WEBPACK_IMPORTED_MODULE_1__/* .fileBounds */ .K)(path, access) });
    if (!file.ok)
        return file;
    return file.value.text.trim() === '' ? (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseRange */ .uJ)(`${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(shown)} is blank.`) : (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_3__/* .accept */ .Ju)(file.value.text);
}


/***/ }),

/***/ 6713:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tq: () => (/* binding */ entryKeyFaults),
/* harmony export */   Ye: () => (/* binding */ limitedByTrust),
/* harmony export */   d9: () => (/* binding */ schemaFaults),
/* harmony export */   sx: () => (/* binding */ trustFaults)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _model_finding_schemas_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6582);
/* harmony import */ var _options_claude_arguments_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7250);
/* harmony import */ var _options_consent_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6999);
/* harmony import */ var _options_containment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1437);
/* harmony import */ var _options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8138);






/** Permission modes that allow nothing by themselves. */
const carefulModes = ['default', 'plan', 'dontAsk'];
/** Flags that give Claude no tool, no directory and no configuration; others may, in this or a later version of the CLI. */
const harmlessFlags = new Set([
    ...['--autocompact', '--betas', '--disable-slash-commands', '--exclude-dynamic-system-prompt-sections'],
    ...['--no-chrome', '--restricted', '--system-prompt'],
]);
/** Keys that an entry may set when the list may come from the author of the checkout. */
const entryKeys = ['id', 'name', 'prompt', 'prompt-file', 'model', 'timeout'];
/** Demands among the values that an untrusted session may not make. */
function trustFaults(input) {
    const { trust, checkout, values, place } = input;
    if (trust.level === 'trusted')
        return [];
    const faults = [];
    const refuse = (option, text) => {
        faults.push((0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__/* .diagnosticOf */ .T4)(option, { kind: 'range', text: `${text} ${(0,_options_consent_js__WEBPACK_IMPORTED_MODULE_5__/* .consent */ .v)(trust)}` }, place));
    };
    for (const tool of values['allowed-tools'] ?? []) {
        if (tool !== 'Read')
            refuse('allowed-tools', `${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(tool)} is not allowed; Claude has the tool Read only.`);
    }
    const mode = values['permission-mode'];
    if (mode !== undefined && !carefulModes.includes(mode)) {
        refuse('permission-mode', `${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(mode)} is not one of ${carefulModes.join(', ')}.`);
    }
    for (const option of ['mcp-config', 'settings', 'claude-path']) {
        const path = values[option];
        if (path === undefined)
            continue;
        // Commands in it run in the checkout, and its permissions are not ours: only a file shows who wrote it.
        if (path.startsWith('{'))
            refuse(option, 'JSON text is not allowed, only the path of a file outside the checkout.');
        else if ((0,_options_containment_js__WEBPACK_IMPORTED_MODULE_3__/* .isInReachOf */ .CQ)(path, checkout))
            refuse(option, `${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(path)} lies in the checkout.`);
    }
    for (const flag of (0,_options_claude_arguments_js__WEBPACK_IMPORTED_MODULE_2__/* .flagsIn */ .D)(values['claude-args'] ?? [])) {
        if (!harmlessFlags.has(flag))
            refuse('claude-args', `${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(flag)} is not one of ${[...harmlessFlags].join(', ')}.`);
    }
    const directory = values['working-directory'];
    if (directory !== undefined && !(0,_options_containment_js__WEBPACK_IMPORTED_MODULE_3__/* .isInside */ .FK)(directory, checkout))
        refuse('working-directory', `${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(directory)} lies outside the checkout.`);
    return faults;
}
/** Refuses a schema that a link of a hostile checkout leads to: its content is sent to the model. */
function schemaFaults({ trust, workspace, checkout = workspace, given, place, }) {
    if (trust.level === 'trusted' || typeof given !== 'string' || /^\s*(?:\{|$)/.test(given))
        return [];
    if (_model_finding_schemas_js__WEBPACK_IMPORTED_MODULE_1__/* .schemaKeywords */ .Wb.some((keyword) => keyword === given.trim()))
        return [];
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(workspace, given.trim());
    if (!(0,_options_containment_js__WEBPACK_IMPORTED_MODULE_3__/* .isInReachOf */ .CQ)(path, checkout) || (0,_options_containment_js__WEBPACK_IMPORTED_MODULE_3__/* .isInside */ .FK)(path, checkout))
        return [];
    const text = `${(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(given.trim())} lies outside ${checkout}. ${(0,_options_consent_js__WEBPACK_IMPORTED_MODULE_5__/* .consent */ .v)(trust)}`;
    return [(0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__/* .diagnosticOf */ .T4)('json-schema', { kind: 'range', text }, place)];
}
/** Keys of an entry in the checkout that it may not set in an untrusted session. */
function entryKeyFaults(trust, draft) {
    if (trust.level === 'trusted')
        return [];
    const refused = draft.keys.filter((key) => !entryKeys.includes(key));
    return refused.map((key) => {
        const text = `a list in the checkout may set only ${entryKeys.join(', ')}. ${(0,_options_consent_js__WEBPACK_IMPORTED_MODULE_5__/* .consent */ .v)(trust)}`;
        return (0,_options_diagnostic_js__WEBPACK_IMPORTED_MODULE_4__/* .diagnosticOf */ .T4)(key, { kind: 'range', text }, draft.place);
    });
}
/**
 * Claude's options as the session's trust leaves them. Reading in the working directory needs no permission, and the
 * rule `Read` would allow reading everywhere (CLI 2.1.330), so an untrusted session allows nothing by a rule.
 */
function limitedByTrust(options, trust) {
    return trust.level === 'trusted' ? options : { ...options, allowedTools: [] };
}


/***/ }),

/***/ 5628:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dF: () => (/* binding */ hasLimitMark),
/* harmony export */   fv: () => (/* binding */ newLimitMark),
/* harmony export */   lC: () => (/* binding */ launcher),
/* harmony export */   wA: () => (/* binding */ resourceErrors)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_process__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1708);
/* harmony import */ var execa__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8194);




/** The machine, not the process, is at fault: it may be able to start the child in a moment (docs/reliability.md, R17). */
const resourceErrors = new Set(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM']);
/** Sends SIGTERM to the child when we die: the CLI would go on after a SIGKILL of ours. Not every setpriv knows how. */
const deathSignal = ['/usr/bin/setpriv', '--pdeathsig', 'TERM', '--'];
/** Width of the range that limit marks are drawn from. A nested session draws from below the mark of the outer one. */
const markRange = 2 ** 47;
/**
 * Marks a child and all that it starts by an unusual value of a resource limit, in microseconds: RLIMIT_RTTIME, which means
 * something to processes of a real-time class only, and to them after 142 years (setrlimit(2)). Everything inherits it,
 * whatever it does to its environment, its name, its session or its parent; and every user may read it in
 * /proc/<pid>/limits, also of a process that is not dumpable.
 */
const limitCommand = (mark) => ['/usr/bin/prlimit', `--rttime=${mark}:${mark}`, '--'];
const usable = { deathSignal: undefined, limits: undefined };
/** A new mark, or undefined where no child can be marked: not on Linux, no `prlimit`, or a limit that is in use already. */
function newLimitMark() {
    if (node_process__WEBPACK_IMPORTED_MODULE_2__.platform !== 'linux')
        return undefined;
    const highest = Math.min(ownLimit(), Number.MAX_SAFE_INTEGER);
    if (highest <= markRange)
        return undefined;
    const mark = highest - 1 - (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomInt)(markRange);
    usable.limits ??= works(limitCommand(mark));
    return usable.limits === true ? mark : undefined;
}
/** Words that precede the executable in a child's command line. */
function launcher(mark) {
    if (node_process__WEBPACK_IMPORTED_MODULE_2__.platform !== 'linux')
        return [];
    usable.deathSignal ??= works(deathSignal);
    return [...(usable.deathSignal === true ? deathSignal : []), ...(mark === undefined ? [] : limitCommand(mark))];
}
/** Whether the limits of a process, as /proc lists them, carry the mark. */
function hasLimitMark(limits, mark) {
    return limits.includes(` ${mark} `);
}
/** The limit that we have ourselves; infinite when there is none. */
function ownLimit() {
    try {
        const [, limit] = /^Max realtime timeout +\S+ +(\d+) /m.exec((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)('/proc/self/limits', 'utf8')) ?? [];
        return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit);
    }
    catch {
        return 0;
    }
}
/** Undefined when the machine is too short of a resource to find out. */
function works([file = '', ...args]) {
    const { exitCode, code = '' } = (0,execa__WEBPACK_IMPORTED_MODULE_3__/* .execaSync */ .Kc)(file, [...args, 'true'], { reject: false });
    return resourceErrors.has(code) ? undefined : exitCode === 0;
}


/***/ }),

/***/ 3642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i$: () => (/* binding */ ProcessTree),
  l5: () => (/* binding */ busyTicksOf),
  no: () => (/* binding */ markerVariable),
  a7: () => (/* binding */ signalProcess),
  P2: () => (/* binding */ startTimeOf)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./build/model/errors.js
var errors = __webpack_require__(2011);
// EXTERNAL MODULE: ./build/process/launcher.js
var launcher = __webpack_require__(5628);
;// CONCATENATED MODULE: ./build/process/proc-reader.js

/** Reads each file anew, as UTF-8: other ways of Node allocate 64 KiB for a file without a known size. */
const freshReader = {
    processes: () => {
        try {
            return (0,external_node_fs_.readdirSync)('/proc')
                .map(Number)
                .filter(Number.isInteger)
                .sort((one, other) => other - one);
        }
        catch {
            return [];
        }
    },
    lastNumber: () => {
        try {
            return Number((0,external_node_fs_.readFileSync)('/proc/loadavg', 'utf8').trim().split(' ').at(-1));
        }
        catch {
            return 0;
        }
    },
    limits: (pid) => (0,external_node_fs_.readFileSync)(`/proc/${pid}/limits`, 'utf8'),
    environment: (pid) => (0,external_node_fs_.readFileSync)(`/proc/${pid}/environ`, 'utf8'),
};
/** Reads everything once. */
class Snapshot {
    #processes;
    #lastNumber;
    #limits = new Map();
    #environments = new Map();
    processes() {
        this.#processes ??= freshReader.processes();
        return this.#processes;
    }
    lastNumber() {
        this.#lastNumber ??= freshReader.lastNumber();
        return this.#lastNumber;
    }
    limits(pid) {
        return once(this.#limits, pid, freshReader.limits);
    }
    environment(pid) {
        return once(this.#environments, pid, freshReader.environment);
    }
}
function once(known, pid, read) {
    const found = known.get(pid);
    if (found !== undefined)
        return found();
    try {
        const content = read(pid);
        known.set(pid, () => content);
        return content;
    }
    catch (error) {
        known.set(pid, () => {
            throw error;
        });
        throw error;
    }
}
let shared;
/**
 * One snapshot for all who ask for it in the same turn of the event loop. It begins after each of them has asked: what had ended by
 * then, had ended before the snapshot.
 */
async function sharedSnapshot() {
    await new Promise((resolve) => setImmediate(resolve));
    // Whoever asks from now on waits behind this in the queue of the event loop, and so gets a snapshot of its own.
    if (shared === undefined)
        setImmediate(() => (shared = undefined));
    shared ??= new Snapshot();
    return shared;
}

// EXTERNAL MODULE: ./build/process/subprocess.js
var subprocess = __webpack_require__(1623);
;// CONCATENATED MODULE: ./build/process/process-tree.js







/** The environment variable by which a child and all that it starts are found again. */
const markerVariable = 'CLAUDE_ENSEMBLE_MARKER';
const isLinux = external_node_process_.platform === 'linux';
/** Rounds of scanning and killing: a fork bomb must not hold the session forever. */
const sweepRounds = 50;
/**
 * Scans in a row that find nothing to kill but something unclear. What is unclear for longer is nothing of ours, or is faster
 * than we are: on a busy machine ten scans missed a daemon that forks every millisecond.
 */
const mostUnclearScans = 30;
/** After this many scans, new processes are also watched as they appear; before that, the next scan is often clear. */
const scansBeforeChase = 2;
/** Time for which new processes are watched after an ambiguous scan, in milliseconds. It blocks the program. */
const chaseMs = 10;
/** New processes that are scanned in one step of that watch. */
const mostAtOnce = 64;
/**
 * Process numbers count up, to 32,767 at the least, and then begin anew (proc(5), pid_max). A child that lived for no longer
 * than this did not see them come round to its own number again.
 */
const shortLifeSeconds = 5;
/** The unit of field 22 of /proc/<pid>/stat: Linux shows hundredths of a second, whatever the kernel counts in (USER_HZ). */
const ticksPerSecond = 100;
/** PF_KTHREAD, a bit of field 9 of /proc/<pid>/stat (include/linux/sched.h). */
const isKernelThread = 0x200000;
const bootedAt = (0,external_node_os_.uptime)() - performance.now() / 1000;
/** Without reading /proc. It stands still while the machine is suspended: some that are older than a child then count as younger. */
function secondsSinceBoot() {
    return bootedAt + performance.now() / 1000;
}
/**
 * The processes that a child has left behind or may leave behind. Claude's tools run in sessions and groups of their own,
 * which a group kill misses. They are known by the marks of the child, by having been seen as its descendants, and by
 * being of one group with such a process.
 */
class ProcessTree {
    #marks;
    /** When each of them began, so that none is mistaken for a later one of the same number. */
    #seen = new Map();
    #bornSeconds = secondsSinceBoot();
    #child;
    #killed = new Set();
    /** `child` is the process that the tree grows from, if it is known. */
    constructor(marks, child) {
        this.#marks = marks;
        this.#child = child;
    }
    /** In ticks since the boot; nothing that the child started began earlier. */
    get #born() {
        return (this.#bornSeconds - 1) * ticksPerSecond;
    }
    /** Number of survivors that were killed so far. */
    get killed() {
        return this.#killed.size;
    }
    /** Remembers the present descendants of the child, so that they are found even where they lost its marks. */
    noteDescendants(pid) {
        if (!isLinux)
            return;
        for (const child of childrenOf(pid))
            this.#remember(child);
        for (const [known, startTime] of [...this.#seen]) {
            // The process id may belong to another process by now.
            if (startTimeOf(known) !== startTime)
                this.#seen.delete(known);
            else
                for (const child of childrenOf(known))
                    this.#remember(child);
        }
    }
    #remember(pid) {
        const startTime = startTimeOf(pid);
        if (startTime !== undefined)
            this.#seen.set(pid, startTime);
    }
    /** Kills every survivor with SIGKILL. Linux only; elsewhere the group kill is all there is. */
    async killSurvivors() {
        if (!isLinux)
            return;
        let known = new Set();
        for (let round = 0, unclearScans = 0; round < sweepRounds && unclearScans < mostUnclearScans; round += 1) {
            const scan = this.#sweep(round === 0 ? await sharedSnapshot() : freshReader, known);
            if (!scan.killed && scan.isClear)
                return;
            known = scan.known;
            unclearScans = scan.killed ? 0 : unclearScans + 1;
            if (unclearScans > 0 && unclearScans < scansBeforeChase)
                continue;
            const caught = this.#chase() || scan.killed;
            if (caught)
                unclearScans = 0;
            await new Promise((resolve) => setTimeout(resolve, caught ? 10 : 3));
        }
    }
    /**
     * Each is killed when it is seen, the newest first: one that forks and ends all the time is gone in a moment. What is known
     * by the scan before is not read again: no process becomes one of ours, and none that has ended starts another.
     */
    #sweep(reader, known) {
        let killed = false;
        let isClear = true;
        const nowKnown = new Set();
        for (const [pid, startTime] of this.#seen)
            if (startTimeOf(pid) === startTime)
                killed = this.#end(pid) || killed;
        for (const pid of this.#candidates(reader)) {
            const sight = known.has(pid) ? 'foreign' : this.#sightOf(pid, reader);
            if (sight === 'ours')
                killed = this.#end(pid) || killed;
            if (sight === 'foreign' || sight === 'ended')
                nowKnown.add(pid);
            if (sight === 'ended' || sight === 'unclear')
                isClear = false;
        }
        return { killed, isClear, known: nowKnown };
    }
    /** Kills new processes of ours by their numbers, as these are given: what forks faster than a list is read is caught. */
    #chase() {
        const until = performance.now() + chaseMs;
        let killed = false;
        for (let known = freshReader.lastNumber(); performance.now() < until;) {
            const newest = freshReader.lastNumber();
            for (let pid = Math.max(known, newest - mostAtOnce); pid <= newest; pid += 1) {
                if (pid !== external_node_process_.pid && this.#sightOf(pid, freshReader) === 'ours')
                    killed = this.#end(pid) || killed;
            }
            known = newest;
        }
        return killed;
    }
    /** Processes that may be ours. All that a short-lived child started have higher numbers than it, unless these began anew. */
    #candidates(reader) {
        const child = this.#child;
        const isOld = child === undefined || secondsSinceBoot() - this.#bornSeconds > shortLifeSeconds;
        const oldest = isOld || reader.lastNumber() < child ? 0 : child;
        const isOther = (pid) => pid === external_node_process_.pid || (pid !== child && subprocess/* runningChildren */.DM.has(pid));
        return reader.processes().filter((pid) => pid > oldest && !isOther(pid));
    }
    #sightOf(pid, reader) {
        const { marker, limitMark } = this.#marks;
        try {
            if (limitMark !== undefined && (0,launcher/* hasLimitMark */.dF)(reader.limits(pid), limitMark))
                return statOf(pid) === undefined ? this.#sightOfEnded(pid) : 'ours';
        }
        catch (error) {
            return sightAfter(error, pid);
        }
        try {
            const environment = reader.environment(pid);
            const isMarked = `${environment}\0`.includes(`${markerVariable}=${marker}\0`);
            if (environment.length > 0 && !isMarked)
                return 'foreign';
            const stat = statOf(pid);
            if (stat === undefined)
                return this.#sightOfEnded(pid);
            return isMarked ? 'ours' : sightWithoutEnvironment(stat, this.#born);
        }
        catch (error) {
            return sightAfter(error, pid);
        }
    }
    /** One that began before the child has started nothing of ours. */
    #sightOfEnded(pid) {
        const startTime = zombieStartTimeOf(pid);
        return startTime !== undefined && Number(startTime) < this.#born ? 'foreign' : 'ended';
    }
    /** Kills a process of the tree with all of its group, which lies in a session that the child or its descendants made. */
    #end(pid) {
        const group = Number(statOf(pid)?.[2] ?? 0);
        const killed = signalProcess(pid, 'SIGKILL');
        if (group > 1 && group !== ownGroup())
            signalProcess(-group, 'SIGKILL');
        if (killed)
            this.#killed.add(pid);
        return killed;
    }
}
function ownGroup() {
    return Number(statOf(external_node_process_.pid)?.[2]);
}
/** Sends a signal to a process or, when negative, to a group; false when there is none. */
function signalProcess(pid, signal) {
    try {
        return external_node_process_.kill(pid, signal);
    }
    catch {
        return false;
    }
}
function childrenOf(pid) {
    const found = [];
    for (const thread of listed(`/proc/${pid}/task`)) {
        const children = contents(`/proc/${pid}/task/${thread}/children`);
        for (const child of children?.split(' ') ?? [])
            if (child !== '')
                found.push(Number(child));
    }
    return found;
}
/** When a process began, in ticks since the boot. Undefined for one that is gone or a zombie, and where there is no /proc. */
function startTimeOf(pid) {
    return statOf(pid)?.[19];
}
/** The processor time of a process that sleeps, in ticks; undefined for one that does not, and where there is no /proc. */
function busyTicksOf(pid) {
    const fields = statOf(pid);
    return fields?.[0] === 'S' ? Number(fields[11]) + Number(fields[12]) : undefined;
}
/** The fields of /proc/<pid>/stat from the state on; undefined for a process that is gone or a zombie. */
function statOf(pid) {
    const fields = fieldsOf(pid);
    return fields?.[0] === 'Z' ? undefined : fields;
}
/** When a zombie began, in ticks since the boot; undefined for a process that is not a zombie. */
function zombieStartTimeOf(pid) {
    const fields = fieldsOf(pid);
    return fields?.[0] === 'Z' ? fields[19] : undefined;
}
function fieldsOf(pid) {
    const stat = contents(`/proc/${pid}/stat`);
    // The second field, the name in parentheses, may itself hold blanks and parentheses.
    return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}
/** The environment of a young process is empty for a moment while `exec` replaces the program. */
function sightWithoutEnvironment(stat, born) {
    return Number(stat[19]) >= born && !isOfKernel(stat) ? 'unclear' : 'foreign';
}
/**
 * One that is gone may have started another; what may not be read is another user's, or not dumpable. A thread of the kernel
 * has no environment, and newer kernels say ESRCH for it as for a process that is gone.
 */
function sightAfter(error, pid) {
    const isGone = ['ENOENT', 'ESRCH'].includes((0,errors/* errorCode */.CA)(error) ?? '');
    return isGone && !isOfKernel(statOf(pid)) ? 'ended' : 'foreign';
}
function isOfKernel(stat) {
    return stat !== undefined && (Number(stat[6]) & isKernelThread) !== 0;
}
function listed(directory) {
    try {
        return (0,external_node_fs_.readdirSync)(directory);
    }
    catch {
        return [];
    }
}
function contents(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 1623:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DM: () => (/* binding */ runningChildren),
/* harmony export */   SA: () => (/* binding */ startSubprocess),
/* harmony export */   st: () => (/* binding */ spawnFault)
/* harmony export */ });
/* harmony import */ var execa__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8194);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2011);


const running = new Set();
/** Process ids of our own running children: none of them was left behind by another child. */
const runningChildren = running;
/** Starts a child in a process group of its own, with pipes that we read ourselves. */
function startSubprocess({ command: [file, ...args], environment, workingDirectory }) {
    const subprocess = (0,execa__WEBPACK_IMPORTED_MODULE_0__/* .execa */ .Ho)(file, args, {
        cwd: workingDirectory,
        env: environment,
        extendEnv: false,
        stdin: 'pipe',
        buffer: false,
        reject: false,
        encoding: 'buffer',
        killDescendants: true,
        cleanup: false,
        forceKillAfterDelay: false,
        windowsHide: true,
    });
    // A child that dies before it has read its prompt breaks the pipe; its exit code decides (docs/reliability.md, R9).
    subprocess.stdin?.on('error', () => undefined);
    const { pid, nodeChildProcess } = subprocess;
    if (pid !== undefined)
        running.add(pid);
    if (pid !== undefined)
        nodeChildProcess.once('exit', () => running.delete(pid));
    return subprocess;
}
/** Why a subprocess could not be started. */
function spawnFault(result) {
    const { cause } = result;
    const code = (0,_model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(cause) ?? 'UNKNOWN';
    return { code, message: cause instanceof Error ? cause.message : (result.shortMessage ?? 'could not be started') };
}


/***/ }),

/***/ 8108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ newSessionId),
/* harmony export */   u: () => (/* binding */ sessionIdPattern)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);

/** Form of a session's id, which is shown to people and put into paths unescaped. */
const sessionIdPattern = /^\d{8}-\d{6}-\d{3}-[0-9a-f]{8}$/;
/** A session's id: sorts by the time in it (UTC, milliseconds) and never collides. `random` holds some random bytes. */
function newSessionId(now, random) {
    const [date = '', time = '', milliseconds = ''] = now.toISOString().split(/[T.Z]/u);
    const hex = node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.from(random).toString('hex');
    return `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}-${milliseconds}-${hex}`;
}


/***/ }),

/***/ 6372:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  l: () => (/* binding */ createRedactor)
});

// UNUSED EXPORTS: withheld

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./build/model/steps.js
/** Runs all steps at once, and gives the result. */
function atOnce(work) {
    for (;;) {
        const step = work.next();
        if (step.done === true)
            return step.value;
    }
}

// EXTERNAL MODULE: ./build/text/plain-text.js
var plain_text = __webpack_require__(7012);
// EXTERNAL MODULE: ./build/model/byte-buffer.js
var byte_buffer = __webpack_require__(6637);
// EXTERNAL MODULE: ./build/model/redactor.js
var redactor = __webpack_require__(6412);
// EXTERNAL MODULE: ./build/text/alphabet.js
var text_alphabet = __webpack_require__(771);
;// CONCATENATED MODULE: ./build/redaction/json-escapes.js

const backslash = (0,text_alphabet/* byteOf */.cE)('\\');
const letterU = (0,text_alphabet/* byteOf */.cE)('u');
const hexDigits = (0,text_alphabet/* alphabetOf */.h3)('0123456789abcdefABCDEF');
const shortEscapes = (0,text_alphabet/* alphabetOf */.h3)('"\\/bfnrt');
const longEscapeLength = 6;
/** The length of the JSON escape sequence that begins at `at`; 0 when none does; more than there is when it is cut. */
function escapeLengthAt(data, at) {
    if (data[at] !== backslash)
        return 0;
    const letter = data[at + 1];
    if (letter === undefined || shortEscapes[letter] === 1)
        return 2;
    if (letter !== letterU)
        return 0;
    for (let digit = at + 2; digit < Math.min(at + longEscapeLength, data.length); digit += 1) {
        if (hexDigits[data[digit]] === 0)
            return 0;
    }
    return longEscapeLength;
}
/**
 * Where the JSON escape sequence begins that `at` would cut in two; `at` itself when it cuts none. The data must not
 * begin within a sequence.
 */
function escapeStart(data, at) {
    for (let start = at - 1; start >= Math.max(0, at - longEscapeLength + 1); start -= 1) {
        if (data[start] !== backslash)
            continue;
        // In a run of backslashes each second one is escaped by the one before it.
        let first = start;
        while (first > 0 && data[first - 1] === backslash)
            first -= 1;
        const opening = (start - first) % 2 === 0 ? start : start - 1;
        return opening + escapeLengthAt(data, opening) > at ? opening : at;
    }
    return at;
}

;// CONCATENATED MODULE: ./build/redaction/json-tokens.js

const quote = (0,text_alphabet/* byteOf */.cE)('"');
const json_tokens_backslash = (0,text_alphabet/* byteOf */.cE)('\\');
const minus = (0,text_alphabet/* byteOf */.cE)('-');
/** The strings and numbers of one object in JSON, in order. The line must be valid. */
function* jsonTokens(line, { payloads }) {
    const levels = [];
    const open = (isObject) => {
        const above = levels.at(-1);
        const inPayload = above !== undefined && (above.inPayload || payloads.has(above.key ?? ''));
        levels.push({ isObject, inPayload, expects: isObject ? 'key' : 'value', key: undefined });
    };
    for (let at = 0; at < line.length;) {
        const byte = line[at];
        const level = levels.at(-1);
        let end = at + 1;
        if (byte === quote && level !== undefined) {
            end = stringEnd(line, at);
            yield stringToken(line, { start: at, end }, level);
        }
        else if ((byte === minus || isDigit(byte)) && level !== undefined) {
            while (isOfNumber(line[end]))
                end += 1;
            yield { kind: 'number', start: at, end, inPayload: level.inPayload, ...keyOf(level) };
        }
        else
            step(byte, levels, open);
        at = end;
    }
}
function step(byte, levels, open) {
    const level = levels.at(-1);
    switch (String.fromCharCode(byte)) {
        case '{':
            open(true);
            return;
        case '[':
            open(false);
            return;
        case '}':
        case ']':
            levels.pop();
            return;
        case ',':
            if (level?.isObject === true)
                level.expects = 'key';
    }
}
function stringToken(line, { start, end }, level) {
    const { inPayload } = level;
    if (level.expects === 'value')
        return { kind: 'string', start, end, inPayload, ...keyOf(level) };
    level.expects = 'value';
    level.key = line.toString('utf8', start + 1, end - 1);
    return { kind: 'key', start, end, inPayload };
}
function keyOf({ key }) {
    return key === undefined ? {} : { key };
}
/** Behind the quote that ends the string that begins at `start`. */
function stringEnd(line, start) {
    for (let at = line.indexOf(quote, start + 1); at !== -1; at = line.indexOf(quote, at + 1)) {
        let first = at;
        while (line[first - 1] === json_tokens_backslash)
            first -= 1;
        if ((at - first) % 2 === 0)
            return at + 1;
    }
    return line.length;
}
function isDigit(byte) {
    return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
function isOfNumber(byte) {
    return isDigit(byte) || (byte !== undefined && '+-.eE'.includes(String.fromCharCode(byte)));
}

;// CONCATENATED MODULE: ./build/redaction/json-line.js



/** A word that a program chooses by: not a name, an address or a token. */
const controlWord = /^[a-z_]{1,40}$/u;
/** In one line. Those after them that are suspicious are hidden whole: a message that holds so many secrets is an attack. */
const mostReadTexts = 2_000;
/** In bytes. To look for secrets in a line of this length takes no time that anyone would notice. */
const shortLine = 64 * 1024;
const unusualEscape = /\\(?:[^"nrtbf]|b|r(?!\\n))|\xc2[\x80-\x9f]/u;
const mask = '"***"';
/**
 * The line with its secrets hidden, still the same JSON: text for text, and a text for a number that is a secret; the
 * reader's own words stay. Bytes of what holds no secret stay as they are. Undefined when it is no JSON.
 */
function* redactedJsonLine(line, options) {
    if (line.length > shortLine)
        yield;
    try {
        // Between its strings and numbers valid JSON holds nothing to hide.
        if (options.cuts.length > 0)
            JSON.parse(line.toString('utf8'));
        // Parsing a long line may have used up the slice.
        if (line.length > shortLine)
            yield;
        return yield* redactedTokens(line, options);
    }
    catch {
        return undefined;
    }
}
function* redactedTokens(line, options) {
    const parts = [];
    const cuts = new CutSearch(options.cuts);
    let written = 0;
    let readTexts = 0;
    for (const token of jsonTokens(line, options.words)) {
        const found = cuts.within(token);
        if (found.length === 0 && !mayHide(line.toString('latin1', token.start, token.end)))
            continue;
        if (isOurs(line, token, options.words))
            continue;
        readTexts += 1;
        if (line.length > shortLine)
            yield;
        const redacted = readTexts > mostReadTexts ? external_node_buffer_.Buffer.from(mask) : yield* redactedToken(line, token, { ...options, cuts: found });
        if (redacted === undefined)
            continue;
        parts.push(line.subarray(written, token.start), redacted);
        written = token.end;
    }
    if (line.length > shortLine)
        yield;
    return parts.length === 0 ? line : external_node_buffer_.Buffer.concat([...parts, line.subarray(written)]);
}
/** Whether a part of a line as such, in one character a byte, may hold a secret that only shows when JSON is read. */
function mayHide(part) {
    return unusualEscape.test(part);
}
/** Keys and control words that the reader of messages depends on, and that untrusted data cannot choose. */
function isOurs(line, { kind, start, end, key = '', inPayload }, words) {
    if (inPayload)
        return false;
    const content = () => line.toString('utf8', start + 1, end - 1);
    switch (kind) {
        case 'key':
            return words.keys.has(content());
        case 'number':
            return words.keys.has(key);
        case 'string':
            return words.controls.has(key) && controlWord.test(content());
    }
}
function* redactedToken(line, { kind, start, end }, { text, cuts }) {
    if (kind === 'number')
        return external_node_buffer_.Buffer.from(mask);
    const content = JSON.parse(line.toString('utf8', start, end));
    const redacted = yield* text(content);
    if (redacted !== content)
        return external_node_buffer_.Buffer.from(JSON.stringify(redacted));
    // It may be known by what stands around it, or reach beyond: a secret may be a piece of JSON.
    return cuts.length === 0 ? undefined : yield* withoutPieces(line, { start: start + 1, end: end - 1 }, cuts);
}
/** A string with parts of it hidden, none of which ends within an escape. */
function* withoutPieces(line, { start, end }, cuts) {
    const content = line.subarray(start, end);
    const parts = [external_node_buffer_.Buffer.from('"')];
    let written = 0;
    for (const cut of cuts) {
        const from = escapeEnd(content, Math.max(written, cut.start - start));
        const to = escapeEnd(content, Math.min(content.length, cut.end - start));
        if (to <= from)
            continue;
        parts.push(content.subarray(written, from), external_node_buffer_.Buffer.from('***'));
        written = to;
        if (parts.length % 4_096 === 1)
            yield;
    }
    return external_node_buffer_.Buffer.concat([...parts, content.subarray(written), external_node_buffer_.Buffer.from('"')]);
}
/** The offset itself, or the end of the escape that it is within. */
function escapeEnd(content, place) {
    const start = escapeStart(content, place);
    return start === place ? place : Math.min(content.length, start + escapeLengthAt(content, start));
}
/** Finds which of many places in order lie within tokens that come in order. */
class CutSearch {
    #cuts;
    #next = 0;
    constructor(cuts) {
        this.#cuts = cuts;
    }
    within({ start, end }) {
        while (this.#next < this.#cuts.length && this.#cuts[this.#next].end <= start)
            this.#next += 1;
        const found = [];
        for (let at = this.#next; at < this.#cuts.length && this.#cuts[at].start < end; at += 1)
            found.push(this.#cuts[at]);
        return found;
    }
}

// EXTERNAL MODULE: ./build/text/terminal-sequences.js
var terminal_sequences = __webpack_require__(6547);
;// CONCATENATED MODULE: ./build/redaction/ignorable-ranges.js



const introducer = 0x1b;
/** The first byte, in UTF-8, of a control sequence whose introducer is one character. */
const shortIntroducer = [0xc2, 0x9b];
const backspace = 0x08;
const lineFeed = (0,text_alphabet/* byteOf */.cE)('\n');
const carriageReturn = (0,text_alphabet/* byteOf */.cE)('\r');
const ignorable_ranges_backslash = (0,text_alphabet/* byteOf */.cE)('\\');
const openingBytes = [introducer, shortIntroducer[0], lineFeed, carriageReturn, ignorable_ranges_backslash];
const base64 = (0,text_alphabet/* wordAlphabet */.MW)('+/-_');
/** A line that `base64` has wrapped is longer (64 or 76); a shorter one ends where its writer wanted it to. */
const leastLine = 40;
/** JSON in JSON in JSON; more is no escape sequence that anyone writes. */
const mostBackslashes = 8;
/** In bytes. `u001b` behind so many backslashes takes 13, `r` and `n` each behind so many take 18: this is enough for both. */
const longestEscape = 2 * mostBackslashes + 5;
const escapedIntroducer = '\\u001';
const escapeCode = 'u001b';
/**
 * Finds terminal sequences such as a colour, and line breaks of wrapped base64, be they as such or escaped in JSON; also what
 * moves a terminal back within its line.
 */
class IgnorableRanges {
    #bytes;
    #start;
    /** The next opening of each kind, so that a rare one is searched only once. */
    #introducers;
    #shortIntroducers;
    #backspaces;
    #returns;
    #escapes;
    #breaks;
    #tail;
    #at;
    constructor(bytes, start) {
        const { data, final } = bytes;
        const { buffer, byteOffset, length } = data;
        const native = external_node_buffer_.Buffer.from(buffer, byteOffset, length);
        this.#bytes = bytes;
        this.#start = start;
        this.#at = start.from;
        const next = (wanted) => (from) => {
            const found = native.indexOf(wanted, from);
            return found === -1 ? length : found;
        };
        this.#introducers = new Places(next(introducer));
        this.#shortIntroducers = new Places(next(external_node_buffer_.Buffer.from(shortIntroducer)));
        this.#backspaces = new Places(next(backspace));
        this.#returns = new Places((from) => this.#loneReturn(native, from));
        this.#escapes = new Places((from) => {
            const found = native.indexOf(escapedIntroducer, from, 'latin1');
            return found === -1 ? length : this.#firstBackslash(found, from);
        });
        this.#breaks = new Places((from) => this.#wordEnd(from));
        // Near the end of the bytes an opening may be cut off: there each byte counts that may be the first of one.
        this.#tail = new Places((from) => (final ? length : this.#anyOpening(Math.max(from, length - longestEscape))));
    }
    /** The next gap behind the one that was given last. */
    next() {
        const { data } = this.#bytes;
        for (let at = this.#opening(this.#at); at < data.length; at = this.#opening(at + 1)) {
            const end = this.#gapEnd(at);
            if (end <= at)
                continue;
            this.#at = end;
            return { start: this.#ownStart(at), end };
        }
        this.#at = data.length;
        return undefined;
    }
    /** Number of bytes of base64 just before `at`, up to `leastLine`. */
    wordBefore(at) {
        const { data } = this.#bytes;
        const { from, word } = this.#start;
        let start = at;
        while (start > from && at - start < leastLine && base64[data[start - 1]] === 1)
            start -= 1;
        return Math.min(leastLine, at - start + (start === from ? word : 0));
    }
    /** The first place from `from` on where a gap may begin, or the end of the bytes. */
    #opening(from) {
        if (from >= this.#bytes.data.length)
            return from;
        return Math.min(this.#introducers.next(from), this.#shortIntroducers.next(from), this.#backspaces.next(from), this.#returns.next(from), this.#escapes.next(from), this.#breaks.next(from), this.#tail.next(from));
    }
    /** End of the gap that may begin at `at`; 0 when none does. */
    #gapEnd(at) {
        const { data, final } = this.#bytes;
        switch (data[at]) {
            case introducer:
                return (0,terminal_sequences/* sequenceEnd */.lA)(this.#bytes, at + 1, 'plain');
            case backspace:
                return at + 1;
            case shortIntroducer[0]:
                if (at + 1 === data.length)
                    return final ? 0 : Number.POSITIVE_INFINITY;
                return data[at + 1] === shortIntroducer[1] ? (0,terminal_sequences/* controlEnd */.xx)(this.#bytes, at + 2) : 0;
            default: {
                const end = escapedEnd(this.#bytes, at, this.wordBefore(at) >= leastLine);
                return end === 0 && data[at] === carriageReturn ? returnEnd(this.#bytes, at) : end;
            }
        }
    }
    /** The next carriage return without a line feed: a terminal goes on at the beginning of the same line. */
    #loneReturn(native, from) {
        let at = native.indexOf(carriageReturn, from);
        while (at !== -1 && native[at + 1] === lineFeed)
            at = native.indexOf(carriageReturn, at + 2);
        return at === -1 ? native.length : at;
    }
    /**
     * Where an escaped introducer begins, of whose backslashes the ones from `at` on may belong to the text before it. JSON
     * doubles both at each level: its own are the greatest power of two that divides their number.
     */
    #ownStart(at) {
        const { data } = this.#bytes;
        let letter = at;
        while (data[letter] === ignorable_ranges_backslash)
            letter += 1;
        if (letter === at || data[letter] !== (0,text_alphabet/* byteOf */.cE)('u'))
            return at;
        let first = at;
        while (first > 0 && data[first - 1] === ignorable_ranges_backslash)
            first -= 1;
        const all = letter - first;
        return Math.max(at, letter - (all & -all));
    }
    /** The first of the backslashes that belong to the escape whose last one stands at a place. */
    #firstBackslash(place, from) {
        const least = Math.max(from, place + 1 - mostBackslashes);
        let first = place;
        while (first > least && this.#bytes.data[first - 1] === ignorable_ranges_backslash)
            first -= 1;
        return first;
    }
    /**
     * The end of the next run of base64 that is long enough to be a wrapped line (`leastLine`). Forty places are looked at from
     * the last one backwards: the first byte that is not base64 rules out all runs before it, so most text is passed in leaps.
     */
    #wordEnd(from) {
        const { data } = this.#bytes;
        let start = from;
        if (from === this.#start.from) {
            start = this.#bytes.runEnd(base64, from);
            if (start < data.length && start - from + this.#start.word >= leastLine)
                return start;
        }
        for (;;) {
            const far = start + leastLine - 1;
            if (far >= data.length)
                return data.length;
            let near = far;
            while (near >= start && base64[data[near]] === 1)
                near -= 1;
            if (near < start)
                return this.#bytes.runEnd(base64, far);
            start = near + 1;
        }
    }
    #anyOpening(from) {
        const { data } = this.#bytes;
        let at = from;
        while (at < data.length && !openingBytes.includes(data[at]))
            at += 1;
        return at;
    }
}
/** Places of one kind, asked for from the first to the last. */
class Places {
    #find;
    #next = -1;
    constructor(find) {
        this.#find = find;
    }
    /** The first one from `from` on. */
    next(from) {
        if (this.#next < from)
            this.#next = this.#find(from);
        return this.#next;
    }
}
/** End of a carriage return without a line feed after it; 0 with one. */
function returnEnd({ data, final }, at) {
    if (at + 1 === data.length)
        return final ? 0 : Number.POSITIVE_INFINITY;
    return data[at + 1] === lineFeed ? 0 : at + 1;
}
/** End of a line break, or of an escape of anything ignorable; 0 when there is none. */
function escapedEnd(bytes, at, isWrapped) {
    const { data, final } = bytes;
    if (data[at] === lineFeed)
        return isWrapped ? at + 1 : 0;
    let letter = at;
    while (data[letter] === ignorable_ranges_backslash && letter - at <= mostBackslashes)
        letter += 1;
    if (letter - at > mostBackslashes)
        return 0;
    if (letter === data.length)
        return final ? 0 : Number.POSITIVE_INFINITY;
    const name = String.fromCharCode(data[letter]);
    if (name === 'u')
        return escapedSequenceEnd(bytes, letter);
    if (!isWrapped)
        return 0;
    if (letter > at && name === 'n')
        return letter + 1;
    const isReturn = data[letter] === carriageReturn || (letter > at && name === 'r');
    return isReturn ? lineFeedEnd(bytes, letter + 1) : 0;
}
/** End of a line feed after a carriage return. */
function lineFeedEnd({ data, final }, at) {
    if (data[at] === lineFeed)
        return at + 1;
    let letter = at;
    while (data[letter] === ignorable_ranges_backslash && letter - at <= mostBackslashes)
        letter += 1;
    if (letter === data.length)
        return final ? 0 : Number.POSITIVE_INFINITY;
    return letter > at && data[letter] === (0,text_alphabet/* byteOf */.cE)('n') ? letter + 1 : 0;
}
function escapedSequenceEnd(bytes, at) {
    const code = String.fromCharCode(...bytes.data.subarray(at, at + escapeCode.length)).toLowerCase();
    if (code === escapeCode)
        return (0,terminal_sequences/* sequenceEnd */.lA)(bytes, at + escapeCode.length, 'escaped');
    // Decided as early as possible: an undecided rest counts as one gap, and is not searched.
    return escapeCode.startsWith(code) && !bytes.final ? Number.POSITIVE_INFINITY : 0;
}

;// CONCATENATED MODULE: ./build/redaction/interrupted-match.js
/** Reads on behind a gap as if it were not there, for as long as that may be the rest of a literal that began before it. */
class InterruptedMatches {
    #automaton;
    #state = 0;
    /** The place that is read next. */
    #at = 0;
    /** Gaps that the current literal may span. */
    #gaps = [];
    constructor(automaton) {
        this.#automaton = automaton;
    }
    /** Whether the bytes read last may be a part of a literal with a gap in it. */
    get isUnderWay() {
        return this.#state !== 0;
    }
    /** Goes over a gap, in the state of the automaton just before it. */
    pass({ start, end }, state) {
        if (this.#state === 0) {
            this.#state = state;
            this.#gaps = [];
        }
        const last = this.#gaps.at(-1);
        this.#gaps.push({ start, end, inText: start - (last === undefined ? 0 : last.end - last.inText) });
        this.#at = end;
    }
    /** Reads on up to `stop`, and reports literals with a gap in them. */
    read(data, stop, onFound) {
        if (this.#state === 0)
            return;
        const behind = this.#gaps.at(-1).end;
        this.#state = this.#automaton.follow(data, { from: this.#at, to: stop, state: this.#state, behind }, (tag, end) => {
            if (tag.shape !== undefined)
                return;
            const start = this.#placeBefore(end, tag.length);
            if (end - start > tag.length)
                onFound({ start, end });
        });
        this.#at = stop;
    }
    /** From where on bytes up to `end` may still turn out to be a part of a literal. */
    safeEnd(end) {
        return this.#state === 0 ? end : this.#placeBefore(this.#at, this.#automaton.heldBytes(this.#state));
    }
    /** Adjusts all offsets after `by` bytes were removed from the beginning. */
    rebase(by) {
        this.#at -= by;
        this.#gaps = this.#gaps
            .filter(({ start }) => start >= by)
            .map(({ start, end, inText }) => ({ start: start - by, end: end - by, inText: inText - by }));
    }
    /** The place so many bytes before `place`, when those in gaps do not count. No gap may begin behind `place`. */
    #placeBefore(place, length) {
        const gaps = this.#gaps;
        const last = gaps.at(-1);
        if (last === undefined)
            return place - length;
        const target = place - (last.end - last.inText) - length;
        let passed = 0;
        for (let beyond = gaps.length; passed < beyond;) {
            const middle = (passed + beyond) >> 1;
            if (gaps[middle].inText <= target)
                passed = middle + 1;
            else
                beyond = middle;
        }
        const { start, end, inText } = gaps[Math.max(0, passed - 1)];
        return target - inText + (passed === 0 ? start : end);
    }
}

;// CONCATENATED MODULE: ./build/redaction/secret-scan.js


/** Finds literals in one byte stream, also where colours or the line breaks of wrapped base64 interrupt them. */
class SecretScan {
    #automaton;
    #interrupted;
    #state = 0;
    /** The place to go on at, which is before the end of the bytes when these end within what may be a gap. */
    #at = 0;
    /** Number of bytes of base64 just before that place. */
    #word = 0;
    /** All before this place is settled. From here on there may be the beginning of a literal that is not all there yet. */
    #safeEnd = 0;
    constructor(automaton) {
        this.#automaton = automaton;
        this.#interrupted = new InterruptedMatches(automaton);
    }
    /** Reads on from where it stopped. */
    scan(bytes, { onFound, onInterrupted }) {
        const { data } = bytes;
        const gaps = new IgnorableRanges(bytes, { from: this.#at, word: this.#word });
        for (;;) {
            const gap = gaps.next();
            const stop = gap?.start ?? data.length;
            this.#state = this.#automaton.scan(data, { from: this.#at, to: stop, state: this.#state }, onFound);
            this.#interrupted.read(data, stop, onInterrupted);
            this.#at = stop;
            if (gap === undefined)
                break;
            // Most gaps are not within a literal.
            if (this.#automaton.heldBytes(this.#state) === 0 && !this.#interrupted.isUnderWay)
                continue;
            if (gap.end === Number.POSITIVE_INFINITY)
                break;
            this.#interrupted.pass(gap, this.#state);
        }
        this.#word = gaps.wordBefore(this.#at);
        this.#safeEnd = Math.min(this.#at - this.#automaton.heldBytes(this.#state), this.#interrupted.safeEnd(this.#at));
    }
    /** From where on bytes may still turn out to be a part of a literal. */
    get safeEnd() {
        return this.#safeEnd;
    }
    /** Adjusts all offsets after `by` bytes were removed from the beginning. */
    rebase(by) {
        this.#at -= by;
        this.#interrupted.rebase(by);
    }
}

;// CONCATENATED MODULE: ./build/redaction/stream-redaction.js




/** Bytes that are searched in one step. */
const stepBytes = 16 * 1024;
const stream_redaction_mask = external_node_buffer_.Buffer.from('***');
/** Most unfinished matches of one token shape. */
const mostUnfinished = 16;
const stream_redaction_quote = (0,text_alphabet/* byteOf */.cE)('"');
const stream_redaction_lineFeed = (0,text_alphabet/* byteOf */.cE)('\n');
const jsonStructure = (0,text_alphabet/* alphabetOf */.h3)(' ,:{}[]');
const nothing = new Uint8Array(0);
/**
 * Redacts one byte stream.
 *
 * Each push scans its own bytes once. What may still turn out to be the beginning of a secret is held back: as much of it
 * as the automaton stands deep, and tokens whose end has not come. Hidden parts are joined before they are written.
 */
class StreamRedaction {
    #scan;
    #held = nothing;
    /** In places of `#held`. */
    #cuts = [];
    #unsettled = [];
    /** The last thing written was a mask: what is hidden next to it belongs to it. */
    #masking = false;
    /** A quote was kept last, so that the commas and brackets behind it are JSON's own. */
    #atStructure = false;
    /** Whether anything was ever hidden. */
    changed = false;
    constructor(automaton) {
        this.#scan = new SecretScan(automaton);
    }
    push(bytes) {
        return this.#take(bytes, false);
    }
    end() {
        return this.#take(nothing, true);
    }
    /** A text that is all there, redacted. Of a stream that has been handed nothing else. */
    *wholly(text) {
        const parts = [];
        for (let at = 0; at + stepBytes < text.length; at += stepBytes) {
            parts.push(this.push(text.subarray(at, at + stepBytes)));
            yield;
        }
        const done = Math.max(0, Math.ceil(text.length / stepBytes) - 1) * stepBytes;
        return external_node_buffer_.Buffer.concat([...parts, this.#take(text.subarray(done), true)]);
    }
    /** The ranges of secrets in a complete text, in order; for a new stream only. */
    *cutsIn(text) {
        for (let end = stepBytes; end < text.length; end += stepBytes) {
            this.#find(new text_alphabet/* ScannedBytes */.QS(text.subarray(0, end), false));
            yield;
        }
        this.#find(new text_alphabet/* ScannedBytes */.QS(text, true));
        return joined(this.#cuts);
    }
    #take(fresh, final) {
        const data = this.#held.length === 0 ? fresh : external_node_buffer_.Buffer.concat([this.#held, fresh]);
        this.#find(new text_alphabet/* ScannedBytes */.QS(data, final));
        const safe = final ? data.length : this.#safeEnd(data);
        const out = this.#write(data, safe);
        // A copy: the reader may use its buffer again.
        this.#held = safe === data.length ? nothing : new Uint8Array(data.subarray(safe));
        this.#rebase(safe);
        return out;
    }
    #find(bytes) {
        const earlier = this.#unsettled;
        this.#unsettled = [];
        for (const token of earlier) {
            if (token.kind === 'open')
                this.#hideOpen(token, { start: token.at, ...token.shape.extend(bytes, token.at) });
            else
                this.#judge(token, bytes);
        }
        this.#scan.scan(bytes, {
            onFound: ({ length, shape }, end) => {
                if (shape === undefined)
                    this.#hide({ start: end - length, end });
                else
                    this.#judge({ shape, start: end - length, at: end }, bytes);
            },
            onInterrupted: (found) => this.#hide(found),
        });
    }
    #judge(prefix, bytes) {
        const extent = prefix.shape.measure(bytes, prefix);
        if (extent.kind === 'secret')
            this.#hideOpen(prefix, extent);
        if (extent.kind === 'unfinished')
            this.#keepUnsettled({ kind: 'unfinished', ...prefix });
    }
    #hideOpen({ shape }, found) {
        this.#hide(found);
        if (found.open)
            this.#keepUnsettled({ kind: 'open', shape, at: found.end });
    }
    /**
     * Of those that go on, one of each shape is enough: both stand in the same run, and the first covers the second. Of the others
     * any may turn out to be one. They end within few bytes of each other, so that there are not many.
     */
    #keepUnsettled(token) {
        const same = this.#unsettled.filter(({ kind, shape }) => kind === token.kind && shape === token.shape);
        if (same.length < (token.kind === 'open' ? 1 : mostUnfinished))
            this.#unsettled.push(token);
    }
    #hide({ start, end }) {
        const last = this.#cuts.at(-1);
        // A secret that repeats itself is found at every byte: joined at once, it stays one cut.
        if (last !== undefined && start <= last.end && end >= last.start) {
            this.#cuts[this.#cuts.length - 1] = { start: Math.min(start, last.start), end: Math.max(end, last.end) };
        }
        else {
            this.#cuts.push({ start, end });
        }
    }
    #safeEnd(data) {
        let safe = this.#scan.safeEnd;
        for (const token of this.#unsettled)
            safe = Math.min(safe, token.kind === 'open' ? token.at : token.start);
        return escapeStart(data, safe);
    }
    #rebase(by) {
        this.#scan.rebase(by);
        this.#cuts = this.#cuts
            .filter(({ end }) => end > by)
            .map(({ start, end }) => ({ start: Math.max(0, start - by), end: end - by }));
        this.#unsettled = this.#unsettled.map((token) => token.kind === 'open'
            ? { ...token, at: token.at - by }
            : { ...token, start: token.start - by, at: token.at - by });
    }
    #write(data, safe) {
        if (this.#cuts.length === 0) {
            if (safe > 0)
                this.#leaveHidden();
            return data.subarray(0, safe);
        }
        const parts = [];
        let written = 0;
        for (const cut of joined(this.#cuts)) {
            const { start, end } = withoutCutEscapes(data, cut, safe);
            if (start >= safe)
                break;
            if (start > written)
                this.#leaveHidden();
            parts.push(data.subarray(written, start));
            this.#writeHidden(data, { start, end }, parts);
            written = end;
        }
        if (safe > written)
            this.#leaveHidden();
        parts.push(data.subarray(written, safe));
        return external_node_buffer_.Buffer.concat(parts);
    }
    #leaveHidden() {
        this.#masking = false;
        this.#atStructure = false;
    }
    /**
     * A quote that is not escaped and a line feed stay, and so does the structure behind such a quote: what was a line of
     * JSON remains one.
     */
    #writeHidden(data, { start, end }, parts) {
        if (!this.#masking)
            this.#atStructure ||= opensJson(data, start);
        for (let at = start; at < end; at += 1) {
            const byte = data[at];
            const isKept = byte === stream_redaction_quote || byte === stream_redaction_lineFeed || (this.#atStructure && jsonStructure[byte] === 1);
            if (isKept) {
                parts.push(data.subarray(at, at + 1));
                this.#masking = false;
                this.#atStructure = byte !== stream_redaction_lineFeed;
                continue;
            }
            this.#atStructure = false;
            if (!this.#masking)
                parts.push(stream_redaction_mask);
            this.#masking = true;
            this.changed = true;
            at += Math.max(0, escapeLengthAt(data, at) - 1);
        }
    }
}
/** Whether an object or a list of JSON begins here, not a word that begins with a bracket. */
function opensJson(data, at) {
    return (data[at] === (0,text_alphabet/* byteOf */.cE)('{') || data[at] === (0,text_alphabet/* byteOf */.cE)('[')) && data[at + 1] === stream_redaction_quote;
}
/** The cuts in order, those that touch as one. */
function joined(cuts) {
    const whole = [];
    for (const { start, end } of cuts.toSorted((one, other) => one.start - other.start)) {
        const last = whole.at(-1);
        if (last === undefined || start > last.end)
            whole.push({ start, end });
        else
            whole[whole.length - 1] = { start: last.start, end: Math.max(end, last.end) };
    }
    return whole;
}
/** The part of a cut before `safe`, without the escape sequences that its ends would cut in two. */
function withoutCutEscapes(data, cut, safe) {
    const broken = escapeStart(data, cut.start);
    const start = broken === cut.start ? cut.start : broken + escapeLengthAt(data, broken);
    const end = cut.end >= safe ? safe : escapeStart(data, cut.end);
    return { start, end: Math.max(start, end) };
}

;// CONCATENATED MODULE: ./build/redaction/json-lines.js






const json_lines_lineFeed = (0,text_alphabet/* byteOf */.cE)('\n');
const json_lines_carriageReturn = (0,text_alphabet/* byteOf */.cE)('\r');
const openingBrace = (0,text_alphabet/* byteOf */.cE)('{');
const closingBrace = (0,text_alphabet/* byteOf */.cE)('}');
/** Bytes that are redacted in one step. */
const otherStepBytes = 64 * 1024;
const json_lines_nothing = new Uint8Array(0);
/**
 * Redacts a stream in which lines may be objects in JSON, as those of stream-json are. Such a line is held until it is whole,
 * and stays what it was but for the texts with a secret in them; all else passes as in any other stream.
 */
class JsonLinesRedaction {
    #options;
    /** Redaction of everything that is not a JSON line; absent until there is some. */
    #other;
    /** The last byte taken stands within a line of that kind. */
    #isWithinOther = false;
    /** The beginning of what may be an object. */
    #held = new byte_buffer/* ByteBuffer */.$();
    constructor(options) {
        this.#options = options;
    }
    *push(bytes) {
        const data = this.#withHeld(bytes);
        const parts = [];
        for (let at = 0; at < data.length;) {
            const { kind, end } = this.#linesAt(data, at);
            yield* this.#take(data.subarray(at, end), kind, parts);
            at = end;
        }
        return json_lines_joined(parts);
    }
    *end() {
        const parts = [];
        const rest = this.#release();
        if (rest.length > 0)
            yield* this.#take(rest, isObject(rest, 0, rest.length) ? 'object' : 'other', parts);
        parts.push(this.#settleOther());
        return json_lines_joined(parts);
    }
    /** The bytes behind the line that they complete; alone while they complete none. */
    #withHeld(bytes) {
        if (this.#held.length === 0 || !bytes.includes(json_lines_lineFeed))
            return bytes;
        const whole = external_node_buffer_.Buffer.concat([this.#held.bytes, bytes]);
        this.#held.clear();
        return whole;
    }
    /** The run of lines of one kind that begins at `from`. */
    #linesAt(bytes, from) {
        if (this.#held.length > 0)
            return { kind: 'begun', end: bytes.length };
        const first = this.#isWithinOther ? { kind: 'other', end: lineEnd(bytes, from) } : lineAt(bytes, from);
        const { kind } = first;
        let { end } = first;
        while (end < bytes.length) {
            const next = lineAt(bytes, end);
            if (next.kind !== kind)
                break;
            ({ end } = next);
        }
        return { kind, end };
    }
    *#take(bytes, kind, parts) {
        switch (kind) {
            case 'object':
                parts.push(this.#settleOther(), yield* redactedObjects(bytes, this.#options));
                return;
            case 'begun':
                yield* this.#hold(bytes, parts);
                return;
            case 'other':
                this.#other ??= new StreamRedaction(this.#options.automaton);
                this.#isWithinOther = bytes.at(-1) !== json_lines_lineFeed;
                // What was held as the beginning of a message may be long.
                for (let at = 0; at < bytes.length; at += otherStepBytes) {
                    parts.push(this.#other.push(bytes.subarray(at, at + otherStepBytes)));
                    if (bytes.length > otherStepBytes)
                        yield;
                }
        }
    }
    *#hold(bytes, parts) {
        this.#held.append(bytes);
        if (this.#held.length > redactor/* longestMessage */.q)
            yield* this.#take(this.#release(), 'other', parts);
    }
    #release() {
        const held = this.#held.bytes.slice();
        this.#held.clear();
        return held;
    }
    /** Nothing of it goes on behind an object. */
    #settleOther() {
        const rest = this.#other?.end() ?? json_lines_nothing;
        this.#other = undefined;
        this.#isWithinOther = false;
        return rest;
    }
}
/** Without a copy where there is one part only. */
function json_lines_joined(parts) {
    const filled = parts.filter(({ length }) => length > 0);
    return filled.length === 1 ? filled[0] : external_node_buffer_.Buffer.concat(filled);
}
/** Lines of which each is an object, or looks like one. */
function* redactedObjects(bytes, options) {
    const lines = external_node_buffer_.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const cuts = yield* new StreamRedaction(options.automaton).cutsIn(lines);
    if (cuts.length === 0 && !mayHide(lines.toString('latin1')))
        return bytes;
    const parts = [];
    let nextCut = 0;
    for (let start = 0; start < lines.length;) {
        const end = lineEnd(lines, start);
        while (nextCut < cuts.length && cuts[nextCut].end <= start)
            nextCut += 1;
        const own = [];
        for (let at = nextCut; at < cuts.length && cuts[at].start < end; at += 1) {
            const cut = cuts[at];
            own.push({ start: cut.start - start, end: cut.end - start });
        }
        parts.push(yield* redactedObject(lines.subarray(start, end), own, options));
        start = end;
    }
    return external_node_buffer_.Buffer.concat(parts);
}
function* redactedObject(line, cuts, { automaton, text, words }) {
    if (cuts.length === 0 && !mayHide(line.toString('latin1')))
        return line;
    const redacted = yield* redactedJsonLine(line, { words, text, cuts });
    if (redacted !== undefined)
        return redacted;
    return yield* new StreamRedaction(automaton).wholly(line);
}
function lineAt(bytes, start) {
    const feed = bytes.indexOf(json_lines_lineFeed, start);
    if (feed !== -1)
        return { kind: isObject(bytes, start, feed) ? 'object' : 'other', end: feed + 1 };
    return { kind: bytes[start] === openingBrace ? 'begun' : 'other', end: bytes.length };
}
function lineEnd(bytes, start) {
    const feed = bytes.indexOf(json_lines_lineFeed, start);
    return feed === -1 ? bytes.length : feed + 1;
}
/** Judged by its first and its last character: the rest is parsed only where there is something to hide. */
function isObject(bytes, start, end) {
    const last = bytes[end - 1] === json_lines_carriageReturn ? end - 2 : end - 1;
    return bytes[start] === openingBrace && bytes[last] === closingBrace;
}

;// CONCATENATED MODULE: ./build/redaction/secret-automaton.js
const gramMask = 0xffff;
/** Bytes of a table with one bit for each three bytes that there are. */
const exactSize = 2 ** 21;
/**
 * Finds many literals in one pass (Aho and Corasick, 1975), however the bytes are cut into reads.
 *
 * Time is linear in the bytes, whatever they are. A table of the three bytes that literals begin with, looked at for
 * every second place only, skips what cannot be the beginning of one. It is small enough for the processor's cache, so some
 * others share an entry with them: an exact table, looked at for these only, tells them apart.
 */
class SecretAutomaton {
    #root = new Int32Array(256);
    #byte = [0];
    #firstChild = [0];
    #nextSibling = [0];
    #depth = [0];
    /** The longest other beginning of a literal that what was read ends in. */
    #fail = [0];
    /** The nearest node on the way of `#fail`, the node included, where a literal ends; 0 when there is none. */
    #report = [0];
    #tags = new Map();
    #grams = new Uint8Array(gramMask + 1);
    #exactGrams = new Uint8Array(exactSize);
    constructor(literals) {
        for (const literal of literals)
            this.#insert(literal);
        this.#link();
    }
    /** Number of the last bytes that may begin a literal, after a scan that ended in `state`. */
    heldBytes(state) {
        let node = state;
        // Where nothing goes on, a literal has just ended: only what it ends in may be the beginning of another.
        while (node !== 0 && this.#firstChild[node] === 0)
            node = this.#fail[node];
        return this.#depth[node];
    }
    /** Scans a part of the bytes and gives the state to go on with. */
    scan(data, { from, to, state }, onFound) {
        let at = from;
        let node = state;
        for (;;) {
            while (node !== 0) {
                if (at >= to)
                    return node;
                node = this.#step(node, data[at]);
                at += 1;
                if (this.#report[node] !== 0)
                    this.#announce(node, at, onFound);
            }
            at = this.#nextCandidate(data, at, to);
            if (at >= to)
                return 0;
            node = this.#root[data[at]];
            at += 1;
        }
    }
    /** The same, but only for as long as a literal is under way that began before `behind`; 0 when none is any more. */
    follow(data, { from, to, state, behind }, onFound) {
        let node = state;
        for (let at = from; at < to;) {
            node = this.#step(node, data[at]);
            at += 1;
            if (this.#report[node] !== 0)
                this.#announce(node, at, onFound);
            if (this.heldBytes(node) <= at - behind)
                return 0;
        }
        return node;
    }
    /** The first place from `from` on where a literal may begin. */
    #nextCandidate(data, from, to) {
        const grams = this.#grams;
        const end = to - 2;
        let at = from + 1;
        // The bytes here may be a literal's first three, or its second to fourth.
        while (at < end) {
            const first = data[at];
            const second = data[at + 1];
            const third = data[at + 2];
            if (grams[gram(first, second, third)] === 1 && this.#isGram(first, second, third))
                break;
            at += 2;
        }
        return at - 1;
    }
    #isGram(first, second, third) {
        const place = exactGram(first, second, third);
        return ((this.#exactGrams[place >> 3] >> (place & 7)) & 1) === 1;
    }
    #step(from, byte) {
        let node = from;
        while (node !== 0) {
            for (let child = this.#firstChild[node]; child !== 0; child = this.#nextSibling[child]) {
                if (this.#byte[child] === byte)
                    return child;
            }
            node = this.#fail[node];
        }
        return this.#root[byte];
    }
    #announce(from, end, onFound) {
        for (let node = this.#report[from]; node !== 0; node = this.#report[this.#fail[node]]) {
            for (const tag of this.#tags.get(node))
                onFound(tag, end);
        }
    }
    #insert({ bytes, tag }) {
        let node = 0;
        for (const byte of bytes)
            node = this.#childFor(node, byte);
        const tags = this.#tags.get(node);
        if (tags === undefined)
            this.#tags.set(node, [tag]);
        else
            tags.push(tag);
        this.#fillFilter(bytes);
    }
    #childFor(parent, byte) {
        const first = (parent === 0 ? this.#root[byte] : this.#firstChild[parent]);
        for (let child = first; child !== 0; child = this.#nextSibling[child]) {
            if (this.#byte[child] === byte)
                return child;
        }
        const made = this.#byte.push(byte) - 1;
        this.#firstChild.push(0);
        this.#nextSibling.push(first);
        this.#depth.push(this.#depth[parent] + 1);
        this.#fail.push(0);
        this.#report.push(0);
        if (parent === 0)
            this.#root[byte] = made;
        else
            this.#firstChild[parent] = made;
        return made;
    }
    #fillFilter(bytes) {
        const [first = 0, second = 0, third = 0, fourth] = bytes;
        this.#addGram(first, second, third);
        for (let byte = fourth ?? 0; byte <= (fourth ?? 255); byte += 1)
            this.#addGram(second, third, byte);
    }
    #addGram(first, second, third) {
        this.#grams[gram(first, second, third)] = 1;
        const place = exactGram(first, second, third);
        this.#exactGrams[place >> 3] = this.#exactGrams[place >> 3] | (1 << (place & 7));
    }
    #link() {
        const queue = [...this.#root].filter((child) => child !== 0);
        // Breadth first: a node's links lead to shallower nodes only, which are linked already. The queue grows meanwhile.
        for (const node of queue) {
            const fail = this.#fail[node];
            this.#report[node] = this.#tags.has(node) ? node : this.#report[fail];
            for (let child = this.#firstChild[node]; child !== 0; child = this.#nextSibling[child]) {
                this.#fail[child] = this.#step(fail, this.#byte[child]);
                queue.push(child);
            }
        }
    }
}
function gram(first, second, third) {
    return (first ^ (second << 5) ^ (third << 10)) & gramMask;
}
function exactGram(first, second, third) {
    return first | (second << 8) | (third << 16);
}

// EXTERNAL MODULE: ./build/redaction/secret-forms.js
var secret_forms = __webpack_require__(806);
// EXTERNAL MODULE: ./build/redaction/secret-values.js
var secret_values = __webpack_require__(6215);
;// CONCATENATED MODULE: ./build/redaction/token-run.js

/** A prefix, then at least `minimum` characters of one alphabet, without a full stop that ends a sentence. */
function run({ prefixes, alphabet, minimum, exactly }) {
    const extend = (bytes, at) => {
        const runEnd = bytes.runEnd(alphabet, at);
        let end = runEnd;
        while (end > at && bytes.data[end - 1] === (0,text_alphabet/* byteOf */.cE)('.'))
            end -= 1;
        return { end, open: runEnd === bytes.data.length && !bytes.final };
    };
    return {
        prefixes,
        measure(bytes, { start, at }) {
            const { end, open } = extend(bytes, at);
            const isUndecided = end - at < minimum || (exactly === true && end - at === minimum);
            if (open && isUndecided)
                return { kind: 'unfinished' };
            if (end - at < minimum || (exactly === true && end - at > minimum))
                return { kind: 'none' };
            return { kind: 'secret', start, end, open };
        },
        extend,
    };
}

;// CONCATENATED MODULE: ./build/redaction/issued-tokens.js


const word = (0,text_alphabet/* wordAlphabet */.MW)('_-');
const letters = (0,text_alphabet/* wordAlphabet */.MW)('');
const hex = (0,text_alphabet/* alphabetOf */.h3)('0123456789abcdef');
const upper = (0,text_alphabet/* alphabetOf */.h3)('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
/** Prefixes by what follows them, as their issuers and the partners of GitHub's secret scanning describe them. */
const issuedTokens = [
    // https://docs.gitlab.com/security/tokens/#token-prefixes; routable ones have full stops in them.
    run({
        prefixes: ['pat', 'oas', 'dt', 'rt', 'rtr', 'cbt', 'ptt', 'ft', 'imt', 'agent', 'wt', 'soat', 'ffct', 'tt'].map((kind) => `gl${kind}-`),
        alphabet: (0,text_alphabet/* wordAlphabet */.MW)('_-.'),
        minimum: 20,
    }),
    run({ prefixes: ['GR1348941'], alphabet: word, minimum: 20 }),
    // OpenAI and OpenRouter.
    run({ prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-or-v1-'], alphabet: word, minimum: 40 }),
    // https://docs.stripe.com/keys
    run({
        prefixes: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_org_live_', 'sk_org_test_', 'whsec_'],
        alphabet: (0,text_alphabet/* wordAlphabet */.MW)('+/='),
        minimum: 24,
    }),
    // Hugging Face.
    run({ prefixes: ['hf_', 'api_org_'], alphabet: letters, minimum: 34, exactly: true }),
    // Google: keys of an API, access and refresh tokens, secrets of clients.
    run({ prefixes: ['AIza'], alphabet: word, minimum: 35, exactly: true }),
    run({ prefixes: ['ya29.'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('_-.'), minimum: 40 }),
    run({ prefixes: ['1//0'], alphabet: word, minimum: 60 }),
    run({ prefixes: ['GOCSPX-'], alphabet: word, minimum: 28 }),
    // https://pypi.org/help/#apitoken: a macaroon in base64, which begins with its version and its place.
    run({ prefixes: ['pypi-AgE'], alphabet: word, minimum: 60 }),
    // https://age-encryption.org: Bech32 in capitals.
    run({ prefixes: ['AGE-SECRET-KEY-1', 'AGE-SECRET-KEY-PQ-1'], alphabet: upper, minimum: 58 }),
    // HashiCorp: Vault's service, batch and recovery tokens, Terraform's.
    run({ prefixes: ['hvs.', 'hvb.', 'hvr.'], alphabet: word, minimum: 24 }),
    run({ prefixes: ['.atlasv1.'], alphabet: word, minimum: 60 }),
    // DigitalOcean.
    run({ prefixes: ['dop_v1_', 'doo_v1_', 'dor_v1_'], alphabet: hex, minimum: 64 }),
    // Databricks.
    run({ prefixes: ['dapi'], alphabet: hex, minimum: 32, exactly: true }),
    // Twilio's keys have an exact length; the text around them does not matter.
    run({ prefixes: twilioPrefixes(), alphabet: hex, minimum: 30, exactly: true }),
    // Slack's and Discord's addresses are credentials.
    run({
        prefixes: ['hooks.slack.com/services/', 'hooks.slack.com/workflows/'],
        alphabet: (0,text_alphabet/* wordAlphabet */.MW)('/'),
        minimum: 30,
    }),
    run({ prefixes: ['discord.com/api/webhooks/'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('_-/'), minimum: 60 }),
    // Docker, RubyGems, Shopify, Square, Grafana, Sentry, Doppler, Groq, xAI, Linear, Notion, Supabase, Postman, New Relic, Figma, Atlassian.
    run({ prefixes: ['dckr_pat_', 'dckr_oat_'], alphabet: word, minimum: 27 }),
    run({ prefixes: ['rubygems_'], alphabet: hex, minimum: 48 }),
    run({ prefixes: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)(''), minimum: 32 }),
    run({ prefixes: ['sq0atp-', 'sq0csp-'], alphabet: word, minimum: 22 }),
    run({ prefixes: ['glc_eyJ', 'glsa_'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('_+/='), minimum: 32 }),
    run({ prefixes: ['sntrys_eyJ', 'sntryu_'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('_+/='), minimum: 60 }),
    run({ prefixes: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('_.'), minimum: 40 }),
    run({ prefixes: ['gsk_', 'xai-', 'ntn_', 'lin_api_'], alphabet: letters, minimum: 40 }),
    run({ prefixes: ['sbp_'], alphabet: hex, minimum: 40 }),
    run({ prefixes: ['PMAK-'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('-'), minimum: 59 }),
    run({ prefixes: ['NRAK-'], alphabet: upper, minimum: 27 }),
    run({ prefixes: ['figd_'], alphabet: word, minimum: 40 }),
    run({ prefixes: ['ATATT3xFfGF0', 'ATBB'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('_=-'), minimum: 28 }),
];
/** With two digits each: a prefix of three bytes would match so much else that all text took longer. */
function twilioPrefixes() {
    const digits = [...'0123456789abcdef'];
    return digits.flatMap((first) => digits.map((second) => `SK${first}${second}`));
}
const openAiPart = 20;
const openAiMark = 'T3BlbkFJ';
/** The older keys of OpenAI: `sk-`, and its name in base64 in the middle. */
function openAiKey() {
    const whole = run({ prefixes: ['sk-'], alphabet: word, minimum: 2 * openAiPart + openAiMark.length });
    return {
        ...whole,
        measure(bytes, prefix) {
            const mark = prefix.at + openAiPart;
            const read = bytes.shortRunEnd(letters, { from: prefix.at, most: openAiPart + openAiMark.length });
            const isMarked = [...openAiMark].every((letter, index) => mark + index >= read || bytes.data[mark + index] === (0,text_alphabet/* byteOf */.cE)(letter));
            if (!isMarked || (read < mark + openAiMark.length && read < bytes.data.length))
                return { kind: 'none' };
            return whole.measure(bytes, prefix);
        },
    };
}
/** In characters: of SendGrid's two parts. */
const sendGridParts = [22, 43];
/** SendGrid's keys: `SG.`, an id and the key, parted by a full stop. */
function sendGridKey() {
    const [idLength, keyLength] = sendGridParts;
    return {
        prefixes: ['SG.'],
        measure(bytes, { start, at }) {
            const dot = bytes.shortRunEnd(word, { from: at, most: idLength + 1 });
            if (dot - at !== idLength)
                return dot === bytes.data.length && !bytes.final && dot - at < idLength ? unfinished : none;
            if (dot === bytes.data.length)
                return bytes.final ? none : unfinished;
            if (bytes.data[dot] !== (0,text_alphabet/* byteOf */.cE)('.'))
                return none;
            const end = bytes.shortRunEnd(word, { from: dot + 1, most: keyLength + 1 });
            if (end === bytes.data.length && !bytes.final && end - dot - 1 <= keyLength)
                return unfinished;
            return end - dot - 1 === keyLength ? { kind: 'secret', start, end, open: false } : none;
        },
        extend: ended,
    };
}
const none = { kind: 'none' };
const unfinished = { kind: 'unfinished' };
function ended(_bytes, at) {
    return { end: at, open: false };
}

;// CONCATENATED MODULE: ./build/redaction/private-key.js


const kinds = [
    ...['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED '].map((kind) => `${kind}PRIVATE KEY`),
    ...['PGP PRIVATE KEY BLOCK', 'SSH2 ENCRYPTED PRIVATE KEY'],
];
/** Every line of a key but its last is longer; prose about keys has no word that long. */
const leastKeyWord = 16;
/**
 * What may stand before each line of a key: its number and a tab or an arrow, as Claude's Read tool shows a file (the arrow in UTF-8),
 * or a colon, as `grep` does; the marks of a quotation, a comment, a difference or a table.
 */
const lineMarks = '0123456789 \t>|+:*#\xe2\x86\x92';
/** Also the path of its file, which `grep` puts before a line. */
const private_key_word = (0,text_alphabet/* wordAlphabet */.MW)('+/=-._');
const private_key_base64 = (0,text_alphabet/* wordAlphabet */.MW)('+/=');
const keyText = (0,text_alphabet/* wordAlphabet */.MW)(`+/=-_,.()\r\n${lineMarks}`);
/** The body below `-----BEGIN PRIVATE KEY-----`, whether its line feeds are real or the escapes of a string. */
function privateKeyBlock() {
    return {
        prefixes: kinds.map((kind) => `-----BEGIN ${kind}-----`),
        measure(bytes, { at }) {
            const start = jointEnd(bytes, at);
            if (start === Number.POSITIVE_INFINITY)
                return { kind: 'unfinished' };
            const end = bytes.shortRunEnd(private_key_word, { from: start, most: leastKeyWord });
            if (end === bytes.data.length && !bytes.final)
                return { kind: 'unfinished' };
            const isHeaderLine = end > start && bytes.data[end] === (0,text_alphabet/* byteOf */.cE)(':');
            if (end - start < leastKeyWord && !isHeaderLine)
                return { kind: 'none' };
            return { kind: 'secret', start: at, ...keyBlockEnd(bytes, at) };
        },
        extend: keyBlockEnd,
    };
}
/** In bytes. */
const longestJoint = 64;
/**
 * What parts two lines of a key where it is shown as something else: line ends, escaped or as `cat -A` shows them; quotes
 * and commas of a list; tags; the marks of a list or of a quotation, code marks among them.
 */
const joint = /(?:[\s"'`,$[\]|>*#:+0-9.\xe2\x86\x92]|-(?!----)|\^[MI@]|<\/?[a-z0-9]{1,10} {0,2}\/?>|&(?:#?\w{1,6});|\\+[nrt"'/])*/iy;
/** The beginning of something that parts lines, cut off. */
const partOfJoint = /^(?:\^|<\/?[a-z0-9]{0,10} {0,2}\/?|&#?\w{0,6}|\\+|-{1,4})$/iu;
/** End of a separator of two lines; infinite when more bytes are needed to decide. */
function jointEnd({ data, final }, at) {
    const length = Math.min(longestJoint, data.length - at);
    const window = external_node_buffer_.Buffer.from(data.buffer, data.byteOffset + at, length).toString('latin1');
    joint.lastIndex = 0;
    const end = joint.exec(window)?.[0].length ?? 0;
    const isCut = length < longestJoint && !final && partOfJoint.test(window.slice(end));
    return isCut ? Number.POSITIVE_INFINITY : at + end;
}
/** Goes on to the five dashes of the closing line, or to the first character that no key block holds. */
function keyBlockEnd(bytes, at) {
    const { data, final } = bytes;
    let end = at;
    while (end < data.length) {
        const length = keyTextLength(data, end) || partLength(bytes, end);
        if (length === 0)
            return { end, open: false };
        if (end + length > data.length)
            return { end: final ? data.length : end, open: !final };
        end += length;
    }
    return { end, open: !final };
}
/** The length of what a key block may go on with at `at`; past the end of the bytes when they do not decide it. */
function keyTextLength(data, at) {
    const byte = data[at];
    if (byte === (0,text_alphabet/* byteOf */.cE)('\\'))
        return escapeLength(data, at);
    return byte === (0,text_alphabet/* byteOf */.cE)('-') ? dashLength(data, at) : keyText[byte];
}
/**
 * The length of what parts this line of a key from a next one, with the beginning of that; 0 when no line comes, infinite
 * when the bytes do not decide it.
 */
function partLength(bytes, at) {
    const { data, final } = bytes;
    const start = jointEnd(bytes, at);
    if (start === at)
        return 0;
    if (start === Number.POSITIVE_INFINITY)
        return start;
    const end = bytes.shortRunEnd(private_key_base64, { from: start, most: leastKeyWord });
    if (end === data.length && !final)
        return start - at < longestJoint ? Number.POSITIVE_INFINITY : 0;
    if (end - start === leastKeyWord)
        return end - at;
    // The last line may be short: the closing one follows.
    const closing = jointEnd(bytes, end);
    if (closing + closingDashes > data.length && !final)
        return Number.POSITIVE_INFINITY;
    return dashLength(data, closing) === 0 && data[closing] === (0,text_alphabet/* byteOf */.cE)('-') ? closing - at : 0;
}
const closingDashes = 5;
const escapedInKey = (0,text_alphabet/* alphabetOf */.h3)('nrt/');
/** Far more than any nesting of strings in strings needs. */
const private_key_mostBackslashes = 64;
/** The length of the escape of a line feed or a tab at `at`, escaped any number of times itself; 0 for the escape of anything else. */
function escapeLength(data, at) {
    let letter = at;
    while (data[letter] === (0,text_alphabet/* byteOf */.cE)('\\'))
        letter += 1;
    const byte = data[letter];
    const mayFollow = byte === undefined || escapedInKey[byte] === 1;
    return mayFollow && letter - at <= private_key_mostBackslashes ? letter - at + 1 : 0;
}
/** 1 for a dash in the text, 0 for the five that close a block; past the end of the bytes when they do not decide it. */
function dashLength(data, at) {
    for (let next = at + 1; next < at + closingDashes; next += 1) {
        if (next >= data.length)
            return closingDashes;
        if (data[next] !== (0,text_alphabet/* byteOf */.cE)('-'))
            return 1;
    }
    return 0;
}
/** A key block in base64, as in a secret of Kubernetes. */
function encodedPrivateKey() {
    const prefixes = kinds.flatMap((kind) => [0, 1, 2].map((shift) => innerBase64(`-----BEGIN ${kind}-----`, shift)));
    return {
        prefixes,
        measure: (bytes, { start, at }) => ({ kind: 'secret', start, ...wrappedEnd(bytes, at) }),
        extend: wrappedEnd,
    };
}
/** The characters that stand for this text alone when so many bytes stand before it. */
function innerBase64(text, shift) {
    const encoded = external_node_buffer_.Buffer.concat([external_node_buffer_.Buffer.alloc(shift), external_node_buffer_.Buffer.from(text)]).toString('base64');
    const wholeBits = Math.floor(((shift + text.length) * 8) / 6);
    return encoded.slice(Math.ceil((shift * 8) / 6), wholeBits);
}
const base64Text = (0,text_alphabet/* wordAlphabet */.MW)('+/=-_');
const lineBreak = /(?:\r?\n|(?:\\+r)?\\+n)[ \t]{0,16}/y;
/** A line break and the beginning of a line, cut off. */
const partOfBreak = /^(?:\r?|(?:\\+r)?\\*|(?:\r?\n|(?:\\+r)?\\+n)[ \t]{0,16}[\w+/=-]{0,15})$/u;
/** Goes over line breaks as long as lines of base64 follow. */
function wrappedEnd(bytes, at) {
    const { data, final } = bytes;
    for (let end = bytes.runEnd(base64Text, at);;) {
        const length = Math.min(longestJoint, data.length - end);
        const window = external_node_buffer_.Buffer.from(data.buffer, data.byteOffset + end, length).toString('latin1');
        if (length < longestJoint && !final && partOfBreak.test(window))
            return { end, open: true };
        lineBreak.lastIndex = 0;
        const next = end + (lineBreak.exec(window)?.[0].length ?? 0);
        if (next === end || bytes.shortRunEnd(base64Text, { from: next, most: leastKeyWord }) - next < leastKeyWord)
            return { end, open: false };
        end = bytes.runEnd(base64Text, next);
    }
}

;// CONCATENATED MODULE: ./build/redaction/token-shapes.js




/** The well-known shapes, with the minimum lengths that their issuers document. */
const tokenShapes = [
    run({ prefixes: ['sk-ant-'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('-_'), minimum: 20 }),
    run({ prefixes: ['ghp_', 'gho_', 'ghu_', 'ghr_'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('_'), minimum: 36 }),
    // Since 2026 an installation's token may be a JWT behind the number of its app:
    // https://github.blog/changelog/2026-05-15-github-app-installation-tokens-per-request-override-header/
    run({ prefixes: ['ghs_'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('._-'), minimum: 36 }),
    run({ prefixes: ['github_pat_'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('_'), minimum: 22 }),
    run({ prefixes: ['AKIA', 'ASIA'], alphabet: (0,text_alphabet/* alphabetOf */.h3)('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'), minimum: 16 }),
    run({ prefixes: ['npm_'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)(''), minimum: 36 }),
    // Beside xoxb and its like, Slack has tokens of apps and of workflows: https://docs.slack.dev/authentication/tokens
    run({
        prefixes: [...[...'abcdeoprs'].map((kind) => `xox${kind}-`), 'xapp-', 'xwfp-'],
        alphabet: (0,text_alphabet/* wordAlphabet */.MW)('-'),
        minimum: 10,
    }),
    jsonWebToken(),
    ...issuedTokens,
    openAiKey(),
    sendGridKey(),
    awsSecretKey(),
    awsSessionToken(),
    twilioToken(),
    privateKeyBlock(),
    encodedPrivateKey(),
];
/** A header may hold a chain of certificates; what goes on for longer without a full stop is no token. */
const longestJwtHeader = 4_096;
const leastJwtPart = 8;
/** Header, payload and signature, parted by full stops (RFC 7519); `eyJ` is what `{"` becomes in base64. */
function jsonWebToken() {
    const part = (0,text_alphabet/* wordAlphabet */.MW)('-_');
    const whole = run({ prefixes: ['eyJ'], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('-_.'), minimum: 0 });
    return {
        ...whole,
        measure(bytes, prefix) {
            const dot = bytes.runEnd(part, prefix.at);
            const isPart = dot === bytes.data.length || bytes.data[dot] === (0,text_alphabet/* byteOf */.cE)('.');
            if (!isPart || dot - prefix.at > longestJwtHeader)
                return { kind: 'none' };
            const payloadEnd = bytes.shortRunEnd(part, { from: dot + 1, most: leastJwtPart });
            const isLongEnough = payloadEnd - dot > leastJwtPart;
            if (!isLongEnough && payloadEnd >= bytes.data.length && !bytes.final)
                return { kind: 'unfinished' };
            const isToken = isLongEnough && dot - prefix.at >= leastJwtPart;
            return isToken ? whole.measure(bytes, prefix) : { kind: 'none' };
        },
    };
}
const longestSeparator = 12;
/** Separators between a name and its value, in a shell, a configuration file or JSON. */
const separators = (0,text_alphabet/* alphabetOf */.h3)(' \t"\'\\:=>');
/** An AWS secret key looks like any base64, so only one that is called so is taken for one. */
function awsSecretKey() {
    return named({
        names: ['secret_access_key', 'SECRET_ACCESS_KEY', 'secretAccessKey', 'SecretAccessKey'],
        letters: (0,text_alphabet/* wordAlphabet */.MW)('/+'),
        length: 40,
    });
}
/** Twilio's tokens look like any hash. */
function twilioToken() {
    return named({
        names: ['TWILIO_AUTH_TOKEN', 'twilio_auth_token', 'TWILIO_API_KEY_SECRET', 'TWILIO_API_SECRET'],
        letters: (0,text_alphabet/* wordAlphabet */.MW)(''),
        length: 32,
    });
}
/** Exactly `length` characters after one of these names. */
function named({ names, letters, length }) {
    return {
        prefixes: names,
        measure(bytes, { at }) {
            const start = bytes.shortRunEnd(separators, { from: at, most: longestSeparator });
            const end = bytes.shortRunEnd(letters, { from: start, most: length + 1 });
            if (end === bytes.data.length && end - start <= length && !bytes.final)
                return { kind: 'unfinished' };
            if (start === at || end - start !== length)
                return { kind: 'none' };
            return { kind: 'secret', start, end, open: false };
        },
        extend: (_bytes, at) => ({ end: at, open: false }),
    };
}
/** AWS promises no length; those in use have several hundred characters. */
const leastSessionToken = 100;
/** The token that goes with a temporary key; it, too, is known by its name only. */
function awsSessionToken() {
    const { extend } = run({ prefixes: [], alphabet: (0,text_alphabet/* wordAlphabet */.MW)('/+='), minimum: 0 });
    return {
        prefixes: ['session_token', 'SESSION_TOKEN', 'sessionToken', 'SessionToken'],
        measure(bytes, { at }) {
            const start = bytes.shortRunEnd(separators, { from: at, most: longestSeparator });
            const { end, open } = extend(bytes, start);
            if (end - start < leastSessionToken)
                return { kind: open ? 'unfinished' : 'none' };
            return start === at ? { kind: 'none' } : { kind: 'secret', start, end, open };
        },
        extend,
    };
}

;// CONCATENATED MODULE: ./build/redaction/redaction.js









/** Replacement of a text that could not be redacted. */
const withheld = '[withheld: redaction failed]';
/** First characters of terminal sequences. */
const terminalIntroducers = ['\x1b', '\x9b'];
/** Characters of what `IgnorableRanges` finds, without which it finds nothing. */
const interrupting = [...terminalIntroducers, '\b', '\n', '\r', '\\'];
/** In UTF-16 units; longer texts are searched in steps. */
const longestQuickScan = 1_000;
/** UTF-8 takes three bytes for a UTF-16 unit at most. */
const mostBytesPerUnit = 3;
const redaction_nothing = new Uint8Array(0);
/** Deeper data is withheld: nothing that we or the CLI write is, and following it could exhaust the stack. */
const deepestValue = 200;
/** Prepares to find secrets; takes some milliseconds, so a session makes one. */
function createRedactor({ values, environment }) {
    const automaton = new SecretAutomaton(literals([...values, ...(0,secret_values/* secretVariables */.c8)(environment).values]));
    const steps = (plain) => redactShown(automaton, plain);
    const text = (plain) => atOnce(steps(plain));
    return {
        text,
        payload: (data) => redactPayload(data, text, 0),
        stream: () => guarded(new StreamRedaction(automaton)),
        messages: (words) => guardedSteps(new JsonLinesRedaction({ automaton, text: steps, words })),
    };
}
function literals(secrets) {
    const forms = new Set(secrets.flatMap(secret_forms/* secretForms */.e));
    const known = [...forms].map((form) => external_node_buffer_.Buffer.from(form)).map((bytes) => ({ bytes, tag: { length: bytes.length } }));
    const prefixes = tokenShapes.flatMap((shape) => shape.prefixes.map((prefix) => ({ bytes: external_node_buffer_.Buffer.from(prefix), tag: { length: prefix.length, shape } })));
    return [...known, ...prefixes];
}
/** Text for people loses its terminal sequences, so a secret with some in it would be whole again. */
function* redactShown(automaton, plain) {
    const text = yield* redactText(automaton, plain);
    if (!terminalIntroducers.some((introducer) => text.includes(introducer)))
        return text;
    const shown = (0,plain_text/* plainText */.wh)(text);
    const redacted = yield* redactText(automaton, shown);
    return redacted === shown ? text : redacted;
}
function* redactText(automaton, plain) {
    try {
        if (plain.length * mostBytesPerUnit < secret_forms/* leastSecretLength */.A || isClearlyClean(automaton, plain))
            return plain;
        const redaction = new StreamRedaction(automaton);
        const redacted = yield* redaction.wholly(external_node_buffer_.Buffer.from(plain));
        return redaction.changed ? redacted.toString() : plain;
    }
    catch {
        return withheld;
    }
}
/** Whether one scan proves that a short text holds no secret: nothing in it interrupts a literal, and it has none. */
function isClearlyClean(automaton, plain) {
    if (plain.length > longestQuickScan || interrupting.some((character) => plain.includes(character)))
        return false;
    const data = external_node_buffer_.Buffer.from(plain);
    let isClean = true;
    automaton.scan(data, { from: 0, to: data.length, state: 0 }, () => {
        isClean = false;
    });
    return isClean;
}
function redactPayload(data, text, depth) {
    if (depth > deepestValue)
        return withheld;
    if (typeof data === 'string')
        return text(data);
    if (typeof data === 'number')
        return redactNumber(data, text);
    if (typeof data !== 'object' || data === null || data instanceof Uint8Array)
        return data;
    if (Array.isArray(data))
        return data.map((item) => redactPayload(item, text, depth + 1));
    return Object.fromEntries(Object.entries(data).map(([key, inner]) => [text(key), redactPayload(inner, text, depth + 1)]));
}
function redactNumber(number, text) {
    const digits = String(number);
    const redacted = text(digits);
    return redacted === digits ? number : '***';
}
/** Once redaction has failed, the rest of the stream is withheld: it may begin within a secret. */
function guarded(redaction) {
    let failed = false;
    const attempt = (step) => {
        if (failed)
            return redaction_nothing;
        try {
            return step();
        }
        catch {
            failed = true;
            return external_node_buffer_.Buffer.from(withheld);
        }
    };
    return { push: (bytes) => attempt(() => redaction.push(bytes)), end: () => attempt(() => redaction.end()) };
}
/** The same for a redactor in steps. */
function guardedSteps(redaction) {
    let failed = false;
    function* attempt(steps) {
        if (failed)
            return redaction_nothing;
        try {
            return yield* steps();
        }
        catch {
            failed = true;
            return external_node_buffer_.Buffer.from(withheld);
        }
    }
    return { push: (bytes) => attempt(() => redaction.push(bytes)), end: () => attempt(() => redaction.end()) };
}


/***/ }),

/***/ 806:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ leastSecretLength),
/* harmony export */   e: () => (/* binding */ secretForms)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _model_ordinary_word_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9383);


/** The shortest secret that is looked for, in bytes: shorter ones would blank out ordinary words. */
const leastSecretLength = 8;
/**
 * In bytes of UTF-8. Larger secrets are files, such as a bundle of keys: they are looked for as they are and in JSON only, line by line. Every
 * form costs memory in proportion to the secret: all those of 128 KiB took seconds and 500 MiB.
 */
const largestEncoded = 8_192;
/** Every form of a secret in a text: plain, line by line, encoded, and all that in JSON and in JSON again. */
function secretForms(secret) {
    const isLarge = node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(secret) > largestEncoded;
    const all = wholeAndLines(secret.toWellFormed());
    const values = isLarge && all.length > 1 ? all.slice(1) : all;
    const forms = new Set();
    for (const value of values) {
        const once = isLarge ? [jsonEscaped(value)] : writtenAsJson(value);
        for (const form of [value, ...once, ...once.map(jsonEscaped)])
            forms.add(form);
        for (const form of isLarge ? [] : encodedForms(value)) {
            // In a tool's result the JSON of a program is in JSON again: of an encoding in an encoding the plainest must do.
            for (const inJson of [form, ...writtenAsJson(form), jsonEscaped(jsonEscaped(form))])
                forms.add(inJson);
        }
    }
    return [...forms].filter(isLongEnough);
}
function encodedForms(value) {
    return [...base64Forms(value), ...hexForms(value), ...urlForms(value), ...xmlForms(value), ...shellForms(value)];
}
function isLongEnough(text) {
    return node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(text) >= leastSecretLength;
}
/** White space around a secret is often lost on its way; the first and last line of a key block are no secret, nor is a line of one word. */
function wholeAndLines(secret) {
    const whole = secret.trim();
    const lines = whole.split(/[\r\n]+/u).map((line) => line.trim());
    const telling = lines.filter((line) => !/^-----(BEGIN|END) /u.test(line) && !(0,_model_ordinary_word_js__WEBPACK_IMPORTED_MODULE_1__/* .isOrdinaryWord */ .l)(line));
    return [whole, ...telling].filter(isLongEnough);
}
/** Forms of a text in JSON by encoders that escape more than JSON asks for: Go, Gson, Python, PHP and .NET. */
function writtenAsJson(text) {
    const least = jsonEscaped(text);
    const ascii = least.replace(/[^\0-\x7f]/gu, unicodeEscapes);
    return [
        least,
        least.replace(/[<>&]/gu, unicodeEscapes),
        least.replace(/[<>&'=]/gu, unicodeEscapes),
        ascii,
        least.replaceAll('/', '\\/'),
        ascii.replaceAll('/', '\\/'),
        text
            .split(/([^\0-\x7f]|["<>&'+`])/u)
            .map((part, index) => index % 2 === 0 ? jsonEscaped(part) : unicodeEscapes(part).toUpperCase().replaceAll('U', 'u'))
            .join(''),
    ];
}
function jsonEscaped(text) {
    return JSON.stringify(text).slice(1, -1);
}
function unicodeEscapes(character) {
    const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
    return units.map((code) => `\\u${code}`).join('');
}
/** The widths at which `base64` (76) and PEM (64) break lines. */
const base64Widths = [76, 64];
/** The part of the base64 of a surrounding text that depends on the secret alone: one form for each shift. */
function base64Forms(value) {
    const bytes = node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.from(value);
    const forms = [0, 1, 2].map((shift) => {
        const encoded = node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.concat([node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.alloc(shift), bytes])
            .toString('base64')
            .replace(/=+$/u, '');
        const wholeBits = Math.floor(((shift + bytes.length) * 8) / 6);
        return encoded.slice(Math.ceil((shift * 8) / 6), wholeBits);
    });
    const wrapped = base64Widths.flatMap((width) => forms[0].match(new RegExp(`.{1,${width}}`, 'gu')) ?? []);
    const standard = [...forms, ...wrapped];
    return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}
/** As `xxd -p` and the hex of most languages write it, in small letters and in capitals. */
function hexForms(value) {
    const hex = node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.from(value).toString('hex');
    return [hex, hex.toUpperCase()];
}
function urlForms(value) {
    const component = encodeURIComponent(value);
    const strict = component.replace(/[!'()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
    const form = new URLSearchParams({ '': value }).toString().slice(1);
    const forms = [encodeURI(value), component, strict, form, strict.replaceAll('%2F', '/')];
    return [...forms, ...forms.map((text) => text.replace(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase()))];
}
/** The entities that common encoders write for the two kinds of quotes. */
const quoteEntities = [
    ['"', "'"],
    ['&quot;', "'"],
    ['&quot;', '&#39;'],
    ['&quot;', '&#x27;'],
    ['&quot;', '&apos;'],
    ['&#34;', '&#39;'],
];
function xmlForms(value) {
    const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return quoteEntities.map(([double, single]) => text.replaceAll('"', double).replaceAll("'", single));
}
/** Within single quotes, within double quotes, with backslashes (`printf %q`), and as `$'...'`. */
function shellForms(value) {
    return [
        value.replaceAll("'", `'\\''`),
        value.replaceAll("'", `'"'"'`),
        value.replace(/["\\$`]/gu, '\\$&'),
        value.replace(/[ \t!"$&'()*,;<>?[\\\]^`{|}]|^[#~]/gu, '\\$&'),
        value.replace(/['\\]/gu, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t'),
    ];
}


/***/ }),

/***/ 6215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Un: () => (/* binding */ gitExtraHeaderValues),
/* harmony export */   c8: () => (/* binding */ secretVariables),
/* harmony export */   zr: () => (/* binding */ gitAddressPasswords)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _model_ordinary_word_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9383);
/* harmony import */ var _model_secret_names_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7973);
/* harmony import */ var _secret_forms_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(806);




/** Git's own way to hand over a configuration, and the CLI's `ANTHROPIC_CUSTOM_HEADERS`. */
const holdsHeaders = /^GIT_CONFIG|HEADERS?$/iu;
/** The path of a secret is not a secret itself. */
const holdsPath = /_(?:FILE|PATH|DIR|DIRECTORY)$/iu;
const absolutePath = /^(?:[~/]|[a-z]:[\\/])/iu;
/** The values in an environment that must not be shown: those with a telling name, and headers that authorize. */
function secretVariables(environment) {
    const values = [];
    const names = [];
    const words = [];
    for (const [name, value] of Object.entries(environment)) {
        if (value === undefined || node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(value) < _secret_forms_js__WEBPACK_IMPORTED_MODULE_2__/* .leastSecretLength */ .A)
            continue;
        const found = secretsOf(name, value);
        // An input that is declared secret counts as one, whatever its value.
        const isInput = name.startsWith('INPUT_');
        if (found.length === 0)
            continue;
        if (!isInput && (0,_model_ordinary_word_js__WEBPACK_IMPORTED_MODULE_1__/* .isOrdinaryWord */ .l)(value))
            words.push(name);
        else
            values.push(...found);
        if (!isInput && !(0,_model_ordinary_word_js__WEBPACK_IMPORTED_MODULE_1__/* .isOrdinaryWord */ .l)(value))
            names.push(name);
    }
    return { values, names, words };
}
function secretsOf(name, value) {
    const isSecret = (0,_model_secret_names_js__WEBPACK_IMPORTED_MODULE_3__/* .isSecretName */ .e)(name) && !(holdsPath.test(name) && absolutePath.test(value));
    const headers = holdsHeaders.test(name) ? [...gitExtraHeaderValues(value), ...headerSecrets(value)] : [];
    return isSecret ? [value, ...headers] : headers;
}
/**
 * The credentials that stand in a git configuration's `extraheader`, such as actions/checkout leaves behind, and the
 * tokens encoded in them. Takes the text of a configuration file, or the value of a `GIT_CONFIG_…` variable.
 */
function gitExtraHeaderValues(gitConfigText) {
    const headers = gitConfigText.matchAll(/authorization:[ \t]*(?:basic|bearer|token)[ \t]+([^\s'"]+)/giu);
    return [...headers].flatMap(([, credential = '']) => {
        const decoded = node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.from(credential, 'base64').toString();
        return [credential, ...(decoded.includes(':') ? [decoded.slice(decoded.indexOf(':') + 1)] : [])];
    });
}
/** The passwords in the addresses that a git configuration holds. */
function gitAddressPasswords(gitConfigText) {
    return [...gitConfigText.matchAll(/:\/\/(?:[^\s/@:]*:)?([^\s/@:]+)@/gu)].map(([, password = '']) => password);
}
/** The values of lines such as `x-api-key: …`. */
function headerSecrets(value) {
    const headers = value.matchAll(/^[ \t]*([\w-]{1,64}):[ \t]+(\S+)/gmu);
    return [...headers].flatMap(([, name = '', secret = '']) => ((0,_model_secret_names_js__WEBPACK_IMPORTED_MODULE_3__/* .isSecretName */ .e)(name) ? [secret] : []));
}


/***/ }),

/***/ 3191:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NH: () => (/* binding */ newestOutputs),
/* harmony export */   Py: () => (/* binding */ passedOutputsLimitBytes),
/* harmony export */   ST: () => (/* binding */ sharedOutputs),
/* harmony export */   cj: () => (/* binding */ appendOutput)
/* harmony export */ });
/* harmony import */ var _text_cut_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2992);

/** Outputs passed on to one process take at most this many bytes of UTF-8 in all. */
const passedOutputsLimitBytes = 64 * 1024;
/** At most this many ids of outputs that were left out are named. */
const mostNamed = 100;
/** Less than this much of an output says nothing. */
const smallestShareBytes = 128;
const encoder = new TextEncoder();
/** The chain with the output of one more process, if it succeeded. */
function appendOutput(chain, result) {
    if (result.status !== 'succeeded')
        return chain;
    const block = { id: result.processId, text: result.output };
    return { block, before: chain, count: (chain?.count ?? 0) + 1 };
}
/** Keeps the newest outputs whole, cuts the one that does not fit at its end, and names older ones only. */
function newestOutputs(chain) {
    const blocks = [];
    let free = passedOutputsLimitBytes;
    let rest = chain;
    for (; rest !== undefined && free > 0; rest = rest.before) {
        const bytes = encoder.encode(rest.block.text);
        const fits = bytes.length <= free;
        blocks.push(fits ? rest.block : { id: rest.block.id, text: cutEnd(bytes, free) });
        free = fits ? free - bytes.length : 0;
    }
    const omitted = [];
    const more = Math.max(0, (rest?.count ?? 0) - mostNamed);
    for (; rest !== undefined && omitted.length < mostNamed; rest = rest.before)
        omitted.push(rest.block.id);
    return { blocks: blocks.reverse(), omitted: omitted.reverse(), ...(more > 0 && { moreOmitted: more }) };
}
/** The blocks of results that one process is given: an equal share of the room each, and what one leaves goes to the others. */
function sharedOutputs(results) {
    const texts = results.map((result) => ({ id: result.processId, bytes: encoder.encode(resultText(result)) }));
    const share = (0,_text_cut_text_js__WEBPACK_IMPORTED_MODULE_0__/* .equalShare */ .EM)(texts.map(({ bytes }) => bytes.length), passedOutputsLimitBytes);
    const fits = (bytes) => bytes.length <= share;
    const isNamed = (bytes) => !fits(bytes) && share < smallestShareBytes;
    const kept = texts.filter(({ bytes }) => !isNamed(bytes));
    const omitted = texts.filter(({ bytes }) => isNamed(bytes)).map(({ id }) => id);
    const more = omitted.length - mostNamed;
    return {
        blocks: kept.map(({ id, bytes }) => ({
            id,
            text: fits(bytes) ? (0,_text_cut_text_js__WEBPACK_IMPORTED_MODULE_0__/* .firstBytes */ .mI)(bytes, bytes.length) : cutEnd(bytes, share),
        })),
        omitted: omitted.slice(0, mostNamed),
        ...(more > 0 && { moreOmitted: more }),
        cut: texts.filter(({ bytes }) => !fits(bytes)).map(({ id }) => id),
    };
}
/** Structured output as JSON, else the text; of a process that did not succeed what happened to it. */
function resultText({ status, reason, message, structuredOutput, output }) {
    if (status === 'succeeded')
        return structuredOutput === undefined ? output : JSON.stringify(structuredOutput);
    const lines = [`status: ${status}`, `reason: ${reason}`, ...(message === undefined ? [] : [`message: ${message}`])];
    return lines.join('\n');
}
function cutEnd(bytes, free) {
    const mark = `\n[cut: the first part of ${bytes.length} bytes]`;
    return (0,_text_cut_text_js__WEBPACK_IMPORTED_MODULE_0__/* .firstBytes */ .mI)(bytes, Math.max(0, free - mark.length)) + mark;
}


/***/ }),

/***/ 4638:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FW: () => (/* binding */ outcomeOfAll),
/* harmony export */   Jm: () => (/* binding */ unmetNeeds),
/* harmony export */   Kc: () => (/* binding */ unmetReason),
/* harmony export */   fK: () => (/* binding */ valueAt),
/* harmony export */   kR: () => (/* binding */ lostConversation),
/* harmony export */   sG: () => (/* binding */ outcomeOf)
/* harmony export */ });
/** The outcome of a result; where errors are to be continued on, a failure counts as a success. */
function outcomeOf({ status, reason, continueOnError }) {
    if (reason === 'condition')
        return 'condition';
    return status === 'succeeded' || continueOnError === true ? 'succeeded' : 'unsuccessful';
}
/** The outcome of several nodes together; that of none is a success. */
function outcomeOfAll(nodes) {
    if (nodes.every(({ outcome }) => outcome === 'succeeded'))
        return 'succeeded';
    return nodes.some(({ outcome }) => outcome === 'unsuccessful') ? 'unsuccessful' : 'condition';
}
/** The reason why a node whose needs have ended is not to start; undefined when it may. */
function unmetReason(node, ended) {
    return unmetNeeds(node, ended) ?? (node.kind === 'task' ? missingConversation(node.process, ended) : undefined);
}
/** A conversation can be continued only if its process has succeeded in this session, whatever else counts as a success. */
function missingConversation({ conversationFrom }, ended) {
    const original = conversationFrom === undefined ? undefined : ended(conversationFrom);
    if (original === undefined)
        return undefined;
    if (original.result?.status === 'succeeded' && original.result.resumedFrom === undefined)
        return undefined;
    return original.outcome === 'condition' ? 'condition' : 'needs';
}
/** Says that a conversation is missing although its process succeeded: it did so in an earlier session. */
function lostConversation(node, ended) {
    const original = node.kind === 'task' ? node.process.conversationFrom : undefined;
    const from = original === undefined ? undefined : ended(original).result?.resumedFrom;
    if (from === undefined)
        return undefined;
    return `The result of "${original}" was taken from session ${from}, and its conversation is not kept. To continue it, run without resume-from.`;
}
/** The same without the condition that a conversation can be continued. */
function unmetNeeds({ needs, when }, ended) {
    if (when === 'always')
        return undefined;
    const all = outcomeOfAll(needs.map(({ of }) => ended(of)));
    if (when === 'failure')
        return all === 'unsuccessful' ? undefined : 'condition';
    if (all !== 'succeeded')
        return all === 'condition' ? 'condition' : 'needs';
    return when === 'success' || when.every((condition) => holds(condition, ended(condition.of)))
        ? undefined
        : 'condition';
}
/** Only the structured output of a process that succeeded counts; objects, lists and missing values never match. */
function holds({ path, oneOf }, { result }) {
    if (result?.status !== 'succeeded')
        return false;
    const value = valueAt(result.structuredOutput, path);
    if (typeof value === 'string')
        return oneOf.includes(value);
    return (typeof value === 'number' || typeof value === 'boolean') && oneOf.includes(JSON.stringify(value));
}
/** The value at a path of own properties; undefined when there is none. */
function valueAt(value, path) {
    let current = value;
    for (const name of path) {
        if (typeof current !== 'object' || current === null || Array.isArray(current))
            return undefined;
        current = Object.getOwnPropertyDescriptor(current, name)?.value;
    }
    return current;
}


/***/ }),

/***/ 8555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ ReadyQueue),
/* harmony export */   d: () => (/* binding */ compareRanks)
/* harmony export */ });
/** Compares two ranks, number by number; a shorter one comes first. */
function compareRanks(one, other) {
    for (let index = 0; index < one.length && index < other.length; index += 1) {
        const difference = one[index] - other[index];
        if (difference !== 0)
            return difference;
    }
    return one.length - other.length;
}
/** A queue in the order of ranks: a binary heap, so that thousands may wait in it. */
class ReadyQueue {
    #heap = [];
    /** The first item, which stays in the queue. */
    get first() {
        return this.#heap[0];
    }
    /** The first `most` items in order; they stay in the queue. */
    firsts(most) {
        const found = [];
        for (let item = this.first; item !== undefined && found.length < most; item = this.first) {
            found.push(item);
            this.removeFirst();
        }
        for (const item of found)
            this.add(item);
        return found;
    }
    add(item) {
        const heap = this.#heap;
        let place = heap.push(item) - 1;
        for (let parent = (place - 1) >> 1; place > 0 && this.#isBefore(place, parent); parent = (place - 1) >> 1) {
            this.#swap(place, parent);
            place = parent;
        }
    }
    /** Takes the first item out. */
    removeFirst() {
        const heap = this.#heap;
        const last = heap.pop();
        if (last === undefined || heap.length === 0)
            return;
        heap[0] = last;
        for (let place = 0;;) {
            const [left, right] = [2 * place + 1, 2 * place + 2];
            if (left >= heap.length)
                return;
            const child = right < heap.length && this.#isBefore(right, left) ? right : left;
            if (!this.#isBefore(child, place))
                return;
            this.#swap(child, place);
            place = child;
        }
    }
    #isBefore(one, other) {
        return compareRanks(this.#heap[one].rank, this.#heap[other].rank) < 0;
    }
    #swap(one, other) {
        const heap = this.#heap;
        [heap[one], heap[other]] = [heap[other], heap[one]];
    }
}


/***/ }),

/***/ 2044:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ startSearch),
/* harmony export */   G: () => (/* binding */ searchFor)
/* harmony export */ });
/* harmony import */ var _agents_claude_executable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5644);
/* harmony import */ var _options_trusted_path_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8340);


/** Searches for the executable that is run as Claude; in an untrusted session not in the checkout. */
function searchFor({ settings, environment, project }, control = {}) {
    const { trust } = settings.policy;
    return (0,_agents_claude_executable_js__WEBPACK_IMPORTED_MODULE_0__/* .findExecutable */ .oq)({
        choice: settings.claude,
        environment: (0,_options_trusted_path_js__WEBPACK_IMPORTED_MODULE_1__/* .sessionEnvironment */ .a)({ trust, checkout: settings.checkout }, environment),
        ...(trust.level === 'untrusted' && { distrusted: settings.checkout }),
        ...(project !== undefined && { project }),
        ...control,
    });
}
/** Starts a search ahead of its session. */
function startSearch(input) {
    const ending = new AbortController();
    const started = Promise.withResolvers();
    const search = searchFor(input, { stop: ending.signal, onStart: started.resolve });
    return {
        isUnderWay: Promise.race([started.promise, search]),
        result: (stop) => {
            const end = () => ending.abort(stop.reason);
            stop.addEventListener('abort', end);
            if (stop.aborted)
                end();
            return search;
        },
    };
}


/***/ }),

/***/ 2986:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ isNotDone),
  s: () => (/* binding */ judgeSession)
});

// EXTERNAL MODULE: ./build/findings/finding-words.js
var finding_words = __webpack_require__(1514);
// EXTERNAL MODULE: ./build/model/money.js
var money = __webpack_require__(8734);
// EXTERNAL MODULE: ./build/text/causes.js
var causes = __webpack_require__(8464);
// EXTERNAL MODULE: ./build/text/format.js
var format = __webpack_require__(3387);
// EXTERNAL MODULE: ./build/text/plain-text.js
var plain_text = __webpack_require__(7012);
;// CONCATENATED MODULE: ./build/session/branches.js



/** More than this of one kind are counted, not named. */
const mostNames = 5;
const longestName = 60;
/**
 * The branches of a graph without a success, by how they ended: what ran and failed, and what did not run. For example
 * `"lint" ran and failed (no answer)` and `"report", "deploy" did not run (what it needs did not succeed)`.
 */
function branchTexts(results) {
    const byEnding = Map.groupBy(results.filter(({ status }) => status !== 'succeeded'), (result) => `${endingText(result)}${(0,causes/* inBrackets */.Te)([result])}${result.continueOnError ? ', which continue-on-error allows' : ''}`);
    return [...byEnding].map(([ending, group]) => `${(0,format/* someOf */.yU)(group.map(quotedName), mostNames)} ${ending}`);
}
/** Name of a process, quoted and on one line. */
function quotedName({ name }) {
    return `"${(0,plain_text/* oneLine */.TN)(name, longestName)}"`;
}
function endingText({ status, attempts }) {
    switch (status) {
        case 'succeeded':
            return 'succeeded';
        case 'skipped':
            return 'did not run';
        case 'failed':
        case 'timed-out':
        case 'cancelled': {
            const word = (0,causes/* statusText */.qS)(status);
            if (attempts === 0)
                return word;
            return status === 'cancelled' ? 'cancelled while running' : `ran and ${word}`;
        }
        default:
            return status;
    }
}

;// CONCATENATED MODULE: ./build/session/verdict.js





/** Faults of shards that the verdict names; the warnings have all of them. */
const mostShardFaults = 3;
/** Less than this is rounding. */
const smallestUsd = 0.005;
/** Counts, sums and judges: the only place where a session's conclusion is made. */
function judgeSession(options) {
    const totals = totalsOf(options.results, options.durationSeconds);
    const conclusion = conclusionOf(options, totals);
    const retryAt = options.results
        .flatMap((result) => result.retryAt ?? [])
        .toSorted()
        .at(-1);
    const verdict = sentence({ ...options, ...(retryAt !== undefined && { retryAt }) }, totals, conclusion);
    return { conclusion, verdict, totals, ...(retryAt !== undefined && { retryAt }) };
}
/** Whether the work of this process was not done: skipped because another had won, or by a condition, is no loss. */
function isNotDone({ status, reason, continueOnError }) {
    if (status === 'succeeded' || continueOnError === true)
        return false;
    return reason !== 'earlier-success' && reason !== 'condition';
}
function conclusionOf(options, totals) {
    const { failOn, results, interruptedBy, isRecovered, notRun, findings, severityGate, isShard } = options;
    const { shardFaults = [] } = options;
    if (interruptedBy !== undefined || isRecovered)
        return 'cancelled';
    if (shardFaults.length > 0)
        return 'failure';
    if (notRun !== undefined)
        return 'skipped';
    if (results.some(({ reason }) => reason === 'internal-error'))
        return 'failure';
    if (severityGate?.isAdvice === false && isGrave(findings, severityGate))
        return 'failure';
    if (isShard && failOn.kind !== 'any')
        return 'success';
    return isFailure(options, totals) ? 'failure' : 'success';
}
/** The process that succeeded where one was enough. */
function winnerOf({ succeeds, results, earlier }) {
    if (succeeds !== 'with-one')
        return undefined;
    return results.slice(earlier?.results.length ?? 0).find(({ status }) => status === 'succeeded');
}
/** Processes whose work was not done, and that no other made up for. */
function lossesOf(options) {
    const { results, earlier } = options;
    const before = earlier?.results ?? [];
    const counted = winnerOf(options) === undefined ? results : before;
    return counted.filter((result) => isNotDone(result) && earlier?.superseded.has(result.processId) !== true);
}
/** Whether a finding that was not refuted is as grave as `fail-on-severity` says, or graver. */
function isGrave(findings, { failOnSeverity }) {
    if (findings === undefined || failOnSeverity === 'none')
        return false;
    const { important, nit } = findings.counts;
    return important > 0 || (failOnSeverity === 'nit' && nit > 0);
}
/** For example `findings: 3 important, 1 nit`, and who gave none. */
function findingParts({ findings, severityGate, pattern }) {
    if (findings === undefined)
        return [];
    const { missing } = findings;
    // Who did not succeed stands among the branches of a graph.
    const unnamed = pattern === 'graph' ? missing.filter(({ status }) => status === 'succeeded') : missing;
    const isMet = severityGate !== undefined && isGrave(findings, severityGate);
    const gate = `fail-on-severity: ${severityGate?.failOnSeverity}`;
    return [
        `${findings.answered === 0 ? '' : 'findings: '}${(0,finding_words/* countsText */.WN)(findings)}`,
        ...(isMet ? [severityGate.isAdvice ? `${gate} is advice in an untrusted session` : `failed by ${gate}`] : []),
        ...(0,finding_words/* missingTexts */.No)({ ...findings, missing: unnamed }),
    ];
}
function isFailure(options, totals) {
    const { succeeds, failOn } = options;
    if (succeeds === 'with-one' && winnerOf(options) === undefined)
        return failOn.kind !== 'none';
    const notDone = lossesOf(options).length;
    switch (failOn.kind) {
        case 'none':
            return false;
        case 'any':
            return notDone > 0;
        case 'all':
            return totals.succeeded === 0 && notDone > 0;
        case 'count':
            return notDone >= failOn.count;
        case 'share':
            return notDone > 0 && notDone * 100 >= failOn.percent * totals.total;
    }
}
function totalsOf(results, durationSeconds) {
    const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
    const sum = (value) => results.reduce((total, result) => total + (value(result) ?? 0), 0);
    return {
        total: results.length,
        succeeded: count('succeeded'),
        failed: count('failed', 'timed-out'),
        cancelled: count('cancelled'),
        skipped: count('skipped'),
        denied: results.filter(({ permissionDenials }) => permissionDenials.length > 0).length,
        costUsd: (0,money/* roundedUsd */.c)(sum(({ costUsd }) => costUsd)),
        inputTokens: sum(({ usage }) => usage?.inputTokens),
        outputTokens: sum(({ usage }) => usage?.outputTokens),
        cacheReadTokens: sum(({ usage }) => usage?.cacheReadTokens),
        cacheWriteTokens: sum(({ usage }) => usage?.cacheWriteTokens),
        durationSeconds: Math.round(durationSeconds * 1000) / 1000,
    };
}
function sentence(options, totals, conclusion) {
    const { pattern, succeeds, failOn, results, interruptedBy, isRecovered, budget, retryAt, isShard } = options;
    const { shardFaults = [] } = options;
    const notRun = shardFaults.length > 0 ? undefined : options.notRun;
    if (notRun === 'dry-run')
        return `Dry run: the plan of ${(0,format/* plural */.LS)(totals.total, 'process', 'processes')} is valid; nothing was started.`;
    if (notRun === 'no-prompts' && isShard)
        return 'Skipped: this shard has no processes, so nothing was started.';
    if (notRun === 'no-prompts')
        return 'Skipped: the list of prompts is empty, so nothing was started.';
    if (notRun === 'no-items')
        return 'Skipped: every list of for-each is empty, so nothing was started.';
    if (notRun === 'missing-credentials')
        return 'Skipped: this event has no access to credentials, so nothing was started.';
    const oneIsEnough = succeeds === 'with-one';
    const winner = winnerOf(options);
    const withoutServers = results.filter(({ mcpFaults }) => mcpFaults !== undefined).length;
    const isOffline = results.some(({ offline }) => offline);
    const resumed = results.filter(({ resumedFrom }) => resumedFrom !== undefined).length;
    const parts = [
        ...shardFaults.slice(0, mostShardFaults).map((fault) => fault.replace(/\.$/, '')),
        shardFaults.length > mostShardFaults ? `${shardFaults.length - mostShardFaults} more faults of shards` : undefined,
        isRecovered ? 'recovered, not verified, after the step was killed' : undefined,
        interruptedBy === undefined ? undefined : (0,causes/* interruptionText */.xu)(interruptedBy),
        winner === undefined ? undefined : `${quotedName(winner)} won`,
        oneIsEnough && winner === undefined ? 'no process succeeded' : undefined,
        `${totals.succeeded} of ${(0,format/* plural */.LS)(totals.total, 'process', 'processes')} succeeded`,
        ...(pattern === 'graph' ? branchTexts(results) : reasonsGiven(results)),
        ...findingParts(options),
        retryAt === undefined ? undefined : `the limit resets at ${(0,format/* minuteText */.Wn)(retryAt)}`,
        resumed === 0 ? undefined : `${resumed} taken from an earlier session`,
        totals.denied === 0 ? undefined : `${(0,format/* plural */.LS)(totals.denied, 'process', 'processes')} had tools denied`,
        withoutServers === 0 ? undefined : `${(0,format/* plural */.LS)(withoutServers, 'process', 'processes')} had MCP servers missing`,
        budget === undefined ? undefined : budgetPart(budget, totals, isOffline),
        conclusion === 'success' && lossesOf(options).length > 0 && !oneIsEnough ? acceptance(failOn, isShard) : undefined,
        isOffline ? 'offline, no model was asked' : undefined,
    ];
    return `${headline[conclusion]}: ${parts.filter((part) => part !== undefined).join('; ')}.`;
}
function acceptance(failOn, isShard) {
    const by = `fail-on: ${failOnText(failOn)}`;
    return isShard ? `merge judges by ${by}` : `accepted by ${by}`;
}
const headline = {
    success: 'Success',
    failure: 'Failure',
    cancelled: 'Cancelled',
    skipped: 'Skipped',
};
/** For example `2 failed (key refused, no answer)`. */
function reasonsGiven(results) {
    const byStatus = Map.groupBy(results.filter(({ status }) => status !== 'succeeded'), ({ status }) => status);
    return [...byStatus].map(([status, group]) => {
        return `${group.length} ${(0,causes/* statusText */.qS)(status)}${(0,causes/* inBrackets */.Te)(group)}`;
    });
}
function budgetPart({ maxUsd, chargedUsd, overspentUsd }, totals, isOffline) {
    const unknownUsd = chargedUsd - totals.costUsd;
    const unknown = unknownUsd >= smallestUsd ? `, and up to ${(0,format/* costText */.rs)(unknownUsd)} more of unknown cost` : '';
    const over = overspentUsd > 0 ? `, over it by up to ${(0,format/* costText */.rs)(overspentUsd)}` : '';
    return `${(0,format/* costText */.rs)(totals.costUsd)} of max-budget-usd ${(0,format/* costText */.rs)(maxUsd)} ${isOffline ? 'counted' : 'spent'}${over}${unknown}`;
}
function failOnText(failOn) {
    if (failOn.kind === 'count')
        return String(failOn.count);
    return failOn.kind === 'share' ? `${failOn.percent}%` : failOn.kind;
}


/***/ }),

/***/ 771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MW: () => (/* binding */ wordAlphabet),
/* harmony export */   QS: () => (/* binding */ ScannedBytes),
/* harmony export */   cE: () => (/* binding */ byteOf),
/* harmony export */   h3: () => (/* binding */ alphabetOf)
/* harmony export */ });
/** Letters, digits and the given characters. */
function wordAlphabet(others) {
    return alphabetOf(`ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${others}`);
}
/** Exactly the given ASCII characters. */
function alphabetOf(characters) {
    const table = new Uint8Array(256);
    for (const character of characters)
        table[byteOf(character)] = 1;
    return table;
}
/** The byte of an ASCII character. */
function byteOf(character) {
    return character.charCodeAt(0);
}
/** Bytes with a cache of the runs of each alphabet in them. */
class ScannedBytes {
    data;
    /** No more bytes follow. */
    final;
    /** The last run of each alphabet: many prefixes may stand in one run, and reading it once keeps the work linear. */
    #known = new Map();
    constructor(data, final) {
        this.data = data;
        this.final = final;
    }
    /** End of the run of an alphabet's bytes that begins at or before `from`. */
    runEnd(alphabet, from) {
        const known = this.#known.get(alphabet);
        if (known !== undefined && from >= known.from && from <= known.end)
            return known.end;
        const end = this.shortRunEnd(alphabet, { from, most: this.data.length });
        this.#known.set(alphabet, { from, end });
        return end;
    }
    /** The same for at most `most` bytes. */
    shortRunEnd(alphabet, { from, most }) {
        const limit = Math.min(this.data.length, from + most);
        let end = from;
        while (end < limit && alphabet[this.data[end]] === 1)
            end += 1;
        return end;
    }
}


/***/ }),

/***/ 8464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O3: () => (/* binding */ missingServersText),
/* harmony export */   Te: () => (/* binding */ inBrackets),
/* harmony export */   Y9: () => (/* binding */ isOfMissingServers),
/* harmony export */   pG: () => (/* binding */ endingText),
/* harmony export */   qS: () => (/* binding */ statusText),
/* harmony export */   xu: () => (/* binding */ interruptionText),
/* harmony export */   xv: () => (/* binding */ causeText)
/* harmony export */ });
/** Why a process ended without success, in a few words, for brackets after its ending. Empty where the ending says it. */
const causes = {
    'exit-code': 'exited with an error',
    signal: 'killed from outside',
    'spawn-error': 'could not be started',
    'no-result': 'no result',
    'empty-output': 'no answer',
    'blocked-by-hook': 'stopped by a hook',
    'claude-error': 'error of the service or the connection',
    'max-turns': 'turns used up',
    // Also where what is left does not cover the ceiling of the process.
    budget: 'not enough money',
    'rate-limited': 'rate limit',
    quota: 'limit of the account used up',
    overloaded: 'service overloaded',
    auth: 'key refused',
    'invalid-request': 'request refused',
    'prompt-too-long': 'prompt too long',
    'schema-invalid': 'answer does not fit the schema',
    denied: 'tool denied',
    'internal-error': 'error of Claude Ensemble',
    'invalid-items': 'no list to work on',
    timeout: '',
    'idle-timeout': 'silent for too long',
    cancelled: '',
    deadline: 'time of the session over',
    'earlier-failure': 'another one had failed',
    'earlier-success': 'another one had succeeded',
    needs: 'what it needs did not succeed',
    condition: 'condition did not hold',
    'max-items': 'list longer than allowed',
    'not-run': 'shard missing',
    'session-cancelled': 'session cancelled',
    'missing-credentials': 'no access to secrets',
    'dry-run': 'dry run',
};
/** Why a process ended without success, or why an attempt failed, in a few words: `service overloaded`. */
function causeText(reason) {
    return reason === undefined ? '' : causes[reason];
}
const finerCauses = {
    'safety-filter': 'safety filter',
    'answer-too-long': 'answer too long',
};
function causeOf({ reason, cause }) {
    return cause === undefined ? causeText(reason) : finerCauses[cause];
}
/** Several causes in brackets, each once, to follow other text; empty where there are none. */
function inBrackets(failures) {
    const words = [...new Set(failures.map(causeOf))].filter((text) => text !== '');
    return words.length === 0 ? '' : ` (${words.join(', ')})`;
}
/** Cause of a session's early end. On GitHub people do not send signals, they cancel a job. */
function interruptionText(signal) {
    return `interrupted by ${signal}${signal === 'SIGINT' ? ' (Ctrl-C, or the job was cancelled)' : ''}`;
}
const missingServers = 'MCP servers that Claude could not use: ';
/** A warning of MCP servers, with what the CLI says of each. */
function missingServersText(faults) {
    return `${missingServers}${faults.map(({ name, status }) => `${name} (${status})`).join(', ')}`;
}
/** Whether a warning tells of MCP servers, which the results name with their processes. */
function isOfMissingServers(warning) {
    return warning.startsWith(missingServers);
}
/** A status as text for people. */
function statusText(status) {
    return status === 'timed-out' ? 'timed out' : status;
}
/** The end of a process in a few words: `failed (no answer)`. */
function endingText(result) {
    const { status, resumedFrom } = result;
    if (resumedFrom !== undefined)
        return `${statusText(status)} (in session ${resumedFrom})`;
    return `${statusText(status)}${inBrackets([result])}`;
}


/***/ }),

/***/ 2992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EM: () => (/* binding */ equalShare),
/* harmony export */   UV: () => (/* binding */ firstUnits),
/* harmony export */   mI: () => (/* binding */ firstBytes),
/* harmony export */   wx: () => (/* binding */ lastUnits)
/* harmony export */ });
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Decodes at most `limit` bytes, ending at a whole character. */
function firstBytes(bytes, limit) {
    let end = Math.min(limit, bytes.length);
    while (end > 0 && end < bytes.length && (bytes[end] & 0xc0) === 0x80)
        end -= 1;
    return decoder.decode(bytes.subarray(0, end));
}
/** The beginning of a text, at most `limit` UTF-16 units, ending at a whole character. */
function firstUnits(text, limit) {
    if (text.length <= limit)
        return text;
    return text.slice(0, isPairAt(text, limit) ? limit - 1 : limit);
}
/** The end of a text, at most `limit` UTF-16 units, beginning at a whole character. */
function lastUnits(text, limit) {
    if (text.length <= limit)
        return text;
    const start = text.length - limit;
    return text.slice(isPairAt(text, start) ? start + 1 : start);
}
/** The largest equal share of `room` that each of several texts may have, where a shorter text leaves its rest to the others. */
function equalShare(sizes, room) {
    let left = room;
    const sorted = sizes.toSorted((one, other) => one - other);
    for (const [index, size] of sorted.entries()) {
        const share = Math.floor(left / (sorted.length - index));
        if (size > share)
            return share;
        left -= size;
    }
    return room;
}
/** Whether a cut at this place would halve a character. */
function isPairAt(text, place) {
    return place > 0 && (text.codePointAt(place - 1) ?? 0) > 0xffff;
}


/***/ }),

/***/ 3387:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CE: () => (/* binding */ apiRetryText),
/* harmony export */   Cb: () => (/* binding */ sessionTokensText),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   M1: () => (/* binding */ usageLimitText),
/* harmony export */   S5: () => (/* binding */ durationText),
/* harmony export */   Wn: () => (/* binding */ minuteText),
/* harmony export */   c$: () => (/* binding */ tokensText),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   lP: () => (/* binding */ sizeText),
/* harmony export */   lT: () => (/* binding */ countText),
/* harmony export */   rs: () => (/* binding */ costText),
/* harmony export */   yU: () => (/* binding */ someOf)
/* harmony export */ });
/* unused harmony exports roundedCount, apiErrorText */
/** Seconds as people say them: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
function durationText(seconds) {
    if (seconds < 9.95)
        return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    if (whole < 60)
        return `${whole} s`;
    const minutes = Math.floor(whole / 60);
    const [large, small] = minutes < 60 ? [`${minutes} min`, `${whole % 60} s`] : [`${Math.floor(minutes / 60)} h`, `${minutes % 60} min`];
    return small.startsWith('0 ') ? large : `${large} ${small}`;
}
const sizeUnits = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
/** Bytes as people say them: `1 GiB`, `1.5 MiB`. */
function sizeText(bytes) {
    const unit = Math.min(sizeUnits.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
    return `${Number((bytes / 1024 ** unit).toFixed(1))} ${sizeUnits[unit]}`;
}
/** US dollars as people say them: `under 1¢`, `3.5¢`, `35¢`, `$1.20`; `0¢` where nothing was paid. */
function costText(usd) {
    if (usd === 0)
        return '0¢';
    const cents = usd * 100;
    if (cents < 0.5)
        return 'under 1¢';
    if (cents >= 99.5)
        return `$${parted((Math.round(cents) / 100).toFixed(2))}`;
    return `${Number(cents.toFixed(cents < 9.95 ? 1 : 0))}¢`;
}
/** A whole number with its thousands parted. */
function countText(count) {
    return parted(String(count));
}
/** `Intl` does this too, but takes 13 ms for its first number (Node 24), which every session would spend before its first child. */
function parted(digits) {
    return digits.replace(/(?<!\.\d*)\B(?=(?:\d{3})+(?!\d))/gu, ',');
}
/** A number of things: `1 process`, `3 processes`. */
function plural(count, one, many) {
    return `${count} ${count === 1 ? one : many}`;
}
/** A number as people say it: `950`, `3.6k`, `45k`, `1.2M`. */
function roundedCount(count) {
    const size = Math.abs(count);
    if (size < 999.5)
        return String(Math.round(count));
    const [unit, least] = countUnits.find(([, from]) => size >= 0.9995 * from) ?? smallestUnit;
    const units = count / least;
    return Math.abs(units) < 9_999 ? `${Number(units.toFixed(Math.abs(units) < 9.95 ? 1 : 0))}${unit}` : 'too many';
}
const smallestUnit = ['k', 1_000];
const countUnits = [['T', 1e12], ['B', 1e9], ['M', 1e6], smallestUnit];
/** Tokens that went in, those of the cache apart as the CLI counts them, and came out. */
function tokensText({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }) {
    const parts = [
        `${countText(inputTokens)} in`,
        ...(cacheReadTokens === 0 ? [] : [`${countText(cacheReadTokens)} read from the cache`]),
        ...(cacheWriteTokens === 0 ? [] : [`${countText(cacheWriteTokens)} written to the cache`]),
        `${countText(outputTokens)} out`,
    ];
    return parts.join(', ');
}
/** Tokens of a whole session, rounded: those that went in with what the cache gave and took of them; undefined when there were none. */
function sessionTokensText(usage) {
    const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
    const input = inputTokens + cacheReadTokens + cacheWriteTokens;
    if (input + outputTokens === 0)
        return undefined;
    // A CLI that counts oddly must not make a long number of it: GitHub would take that for a commit.
    const share = Math.min(100, Math.max(0, Math.round((cacheReadTokens / Math.max(1, input)) * 100)));
    const written = cacheWriteTokens === 0 ? '' : `, ${roundedCount(cacheWriteTokens)} written to it`;
    return `${roundedCount(input)} tokens in (${share} % from the cache${written}), ${roundedCount(outputTokens)} out`;
}
/** A used up or nearly used up limit of the account; nothing while there is enough. */
function usageLimitText(limit) {
    const { status, limitType, resetsAt, isUsingOverage } = limit;
    if (status === 'allowed')
        return undefined;
    const name = limitType === undefined ? '' : `${limitWords(limitType)} `;
    const state = limitStates[status] ?? `in the state ${status}`;
    const when = resetsAt === undefined ? '' : `, resets at ${minuteText(resetsAt)}`;
    const paid = isUsingOverage ? '; paid credits are in use' : '';
    return `the ${name}usage limit of the account is ${state}${when}${paid}`;
}
const limitStates = { rejected: 'used up', allowed_warning: 'nearly used up' };
/** `seven_day_opus` as `7-day Opus`. */
function limitWords(type) {
    const numbers = type.replace('five_hour', '5-hour').replace('seven_day', '7-day');
    return numbers.replace(/_([a-z])/gu, (_, letter) => ` ${letter.toUpperCase()}`);
}
/** What the service answered instead of a message: `429 rate limit`. */
function apiErrorText({ status, error }) {
    const words = error.replaceAll('_', ' ');
    if (status !== null)
        return `${status} ${words}`;
    return error === 'unknown' ? 'nothing' : `nothing (${words})`;
}
/** That the CLI asks again by itself, and why. */
function apiRetryText(retry) {
    const { delayMs, attempt, maxRetries } = retry;
    const wait = durationText(delayMs / 1000);
    return `the service answered ${apiErrorText(retry)}; asked again in ${wait}, ${attempt} of ${maxRetries}`;
}
/** A moment as `2026-11-27 15:00 UTC`; a minute that has begun is over by then. */
function minuteText(at) {
    const ms = typeof at === 'number' ? at : Date.parse(at);
    const minute = new Date(Math.ceil(ms / 60_000) * 60_000);
    return `${minute.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
/** The first few of some names, and how many more there are. */
function someOf(names, most = 10) {
    const rest = names.length - most;
    return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
/** Each name with the number of its occurrences: `Bash ×2, Write`. */
function counted(names) {
    const counts = new Map();
    for (const name of names)
        counts.set(name, (counts.get(name) ?? 0) + 1);
    return someOf([...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)));
}


/***/ }),

/***/ 2133:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AX: () => (/* binding */ headingHtml),
/* harmony export */   ZD: () => (/* binding */ escapeHtml),
/* harmony export */   ke: () => (/* binding */ escapedStart),
/* harmony export */   l0: () => (/* binding */ inlineHtml),
/* harmony export */   v1: () => (/* binding */ codeHtml),
/* harmony export */   yj: () => (/* binding */ inertHtml)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _plain_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7012);


const entities = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};
/** Text as HTML that shows exactly this text. */
function escapeHtml(text) {
    return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}
/** The beginning of a text as HTML of at most `most` bytes, never a part of a character or entity. */
function escapedStart(text, most) {
    const whole = escapeHtml(text);
    if (node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(whole) <= most)
        return { html: whole, isWhole: true };
    let bytes = 0;
    let end = 0;
    for (const character of text) {
        bytes += node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(entities[character] ?? character);
        if (bytes > most)
            break;
        end += character.length;
    }
    return { html: escapeHtml(text.slice(0, (0,_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .wholeEnd */ .jl)(text, end))), isWhole: false };
}
/**
 * What a word holds that GitHub could make a link, a mention, a reference, an emoji, a formula, a note, a footnote or markup of.
 * For GitHub a word begins behind every character but the letters and digits of ASCII. A price is no formula: no digit may
 * follow the end of one.
 */
const alive = new RegExp([
    '@|://|www\\.|#\\d|\\[[!^]|:[\\w+-]+:|\\$(?!\\d)',
    '(?:^|[^a-z\\d])(?:gh-\\d|ghsa-|cve-\\d|[\\da-f]{7,40}(?![a-z\\d]))',
    '<[a-z!?/]|[^=-]>|`|\\*\\*|~~|\\]\\(',
].join('|'), 'iu');
const openingMarks = new Set('("\'‘“');
const closingMarks = new Set(')"\'’”.,;!?');
/**
 * Text for a page of GitHub, as HTML in which it finds nothing to bring to life: it leaves `code` alone, so every word
 * that could become more than text stands in one. The HTML is for a block without an empty line: Markdown looks into no other.
 */
function inertHtml(text, toHtml = escapeHtml) {
    return text
        .split(/(\s+)/u)
        .map((word) => (alive.test(word) ? inertWord(word, toHtml) : toHtml(word)))
        .join('')
        .replaceAll('</code> <code>', ' ');
}
/** The word without the punctuation around it as code. */
function inertWord(word, toHtml) {
    let start = 0;
    while (start < word.length && openingMarks.has(word[start]))
        start += 1;
    let end = word.length;
    while (end > start && closingMarks.has(word[end - 1]))
        end -= 1;
    return `${toHtml(word.slice(0, start))}<code>${toHtml(word.slice(start, end))}</code>${toHtml(word.slice(end))}`;
}
/** The same for a line that Markdown reads, such as a heading: to it, an entity is no markup. */
function headingHtml(text, longest) {
    return inertHtml((0,_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text, longest), (part) => part.replace(/[!-/:-@[-`{-~]/gu, (mark) => (plainMarks.has(mark) ? mark : `&#${mark.charCodeAt(0)};`)));
}
/** Punctuation that stands for itself wherever it is. */
const plainMarks = new Set(',.;:()/%+?-=');
/** One line of text as inline HTML in which GitHub finds nothing to bring to life. */
function inlineHtml(text, longest) {
    return inertHtml((0,_plain_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text, longest));
}
/** One line of text as inline code. */
function codeHtml(text) {
    return `<code>${escapeHtml(text)}</code>`;
}


/***/ }),

/***/ 5666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ parseJson)
/* harmony export */ });
/** The value of a JSON text; undefined when it is not valid. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 2788:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ didYouMean),
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** Longer words are not typing errors; the limit keeps the comparison cheap for hostile input. */
const longestWord = 64;
/** Edit distance: letters to insert, remove, replace or swap with their neighbour to make one word of the other. */
function editDistance(from, to) {
    let beforePrevious = [];
    let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let row = 1; row <= from.length; row += 1) {
        const current = [row];
        for (let column = 1; column <= to.length; column += 1) {
            const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
            const changed = 1 + Math.min(previous[column] ?? 0, current[column - 1] ?? 0);
            const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
            const swapped = isSwapped ? 1 + (beforePrevious[column - 2] ?? longestWord) : longestWord;
            current.push(Math.min(replaced, changed, swapped));
        }
        [beforePrevious, previous] = [previous, current];
    }
    return previous[to.length] ?? 0;
}
/** Largest distance of two words that are taken for the same word mistyped. */
function tolerance(wanted, known) {
    const isLonger = known.length >= 3 && wanted.startsWith(known);
    return isLonger ? longestWord : Math.max(1, Math.floor(Math.max(wanted.length, known.length) / 3));
}
/** The candidate that was probably meant: a few letters away, or one of the two begins with the other. */
function nearest(word, candidates) {
    const wanted = word.trim().toLowerCase();
    if (wanted === '' || wanted.length > longestWord)
        return undefined;
    let best;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (const candidate of candidates) {
        const known = candidate.toLowerCase();
        const isBeginning = wanted.length >= 3 && known.startsWith(wanted);
        const distance = Math.min(editDistance(wanted, known), isBeginning ? 1 : longestWord);
        if (distance > tolerance(wanted, known) || distance >= bestDistance)
            continue;
        best = candidate;
        bestDistance = distance;
    }
    return best;
}
/** The end of an error line that names the nearest legal value; empty when nothing is near. */
function didYouMean(word, candidates) {
    const near = nearest(word, candidates);
    return near === undefined ? '' : ` Did you mean "${near}"?`;
}


/***/ }),

/***/ 7012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Df: () => (/* binding */ withoutCommands),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   jl: () => (/* binding */ wholeEnd),
/* harmony export */   qW: () => (/* binding */ isInvisible),
/* harmony export */   vI: () => (/* binding */ shortened),
/* harmony export */   wh: () => (/* binding */ plainText)
/* harmony export */ });
/* harmony import */ var _terminal_sequences_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6547);

/**
 * Characters that are not seen: control characters but for tab and line feed, format characters (bidirectional ones among them),
 * halves of a character, separators of lines, and what fonts draw as nothing, such as fillers and variation selectors.
 */
const unseen = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\t\n]]/gv;
/** Characters that join others into one picture are visible as a part of it: joiners, selectors, the letters of a flag. */
const emojiPart = /^[\u200d\ufe0f\u{e0020}-\u{e007f}]$/u;
const emojiModifier = /^\p{Emoji_Modifier}$/u;
const wholeEmoji = /\p{RGI_Emoji}/vy;
/** Most emoji that are looked up in a text: each takes 16 µs (Node 24), and a text with more is an attack. */
const mostLooks = 2_000;
/** The text without terminal sequences, with every character that would not be seen shown by its name. */
function plainText(text) {
    if (text.search(unseen) === -1)
        return text;
    const still = text.replace(_terminal_sequences_js__WEBPACK_IMPORTED_MODULE_0__/* .terminalSequences */ .TF, '').replace(/\r\n?/gu, '\n');
    let looks = 0;
    let emojiEnd = 0;
    return still.replace(unseen, (found, at) => {
        if (at < emojiEnd)
            return found;
        if (!emojiPart.test(found) || looks === mostLooks)
            return nameOf(found);
        looks += 1;
        emojiEnd = emojiEndAround(still, at);
        return at < emojiEnd ? found : nameOf(found);
    });
}
/** End of the emoji whose first unseen character stands at `at`; 0 when that belongs to none. */
function emojiEndAround(text, at) {
    const before = startBefore(text, at);
    wholeEmoji.lastIndex = emojiModifier.test(text.slice(before, at)) ? startBefore(text, before) : before;
    return wholeEmoji.test(text) ? wholeEmoji.lastIndex : 0;
}
/** Start of the character that ends at `end`. */
function startBefore(text, end) {
    const start = Math.max(0, end - 2);
    return (text.codePointAt(start) ?? 0) > 0xffff ? start : Math.max(0, end - 1);
}
/** Words of ASCII with one blank between them, which is what most lines begin with: nothing in it is to be changed. */
const plainWords = /^[!-~]+(?: [!-~]+)*$/;
/** The same on one line of at most `longest` characters. */
function oneLine(text, longest) {
    if (plainWords.test(text.slice(0, longest + 1))) {
        return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
    }
    // Names and removed sequences change the length; far more than what is shown need not be read.
    const line = plainText(shortened(text, longest * 4))
        .replace(/\s+/gu, ' ')
        .trim();
    return line.length <= longest ? line : `${shortened(line, longest - 1).trimEnd()}…`;
}
/**
 * The text without `##[`, which GitHub's runner obeys anywhere in a line. `::`, which it obeys at the beginning of one, is
 * left: our lines begin with something else. See "Commands" in docs/architecture.md.
 */
function withoutCommands(text) {
    return text.replaceAll('##[', '# #[');
}
/** The beginning of a text, at most `longest` UTF-16 units, never half a character or half an emoji. */
function shortened(text, longest) {
    return text.length <= longest ? text : text.slice(0, wholeEnd(text, longest));
}
/** No emoji has more characters: the longest are flags of regions and families. */
const longestEmoji = 16;
const joiner = 0x200d;
const followsInEmoji = /^[\u200d\ufe0f\u20e3\p{Emoji_Modifier}\u{e0020}-\u{e007f}]$/u;
/** The last place up to `end` at which a text may be cut: between two characters, and not within an emoji. */
function wholeEnd(text, end) {
    let place = startBefore(text, end + 1) < end ? startBefore(text, end + 1) : end;
    for (let back = 0; back < longestEmoji && place > 0; back += 1) {
        const next = String.fromCodePoint(text.codePointAt(place) ?? 0);
        if (text.charCodeAt(place - 1) !== joiner && !followsInEmoji.test(next))
            break;
        place = startBefore(text, place);
    }
    return place;
}
function nameOf(character) {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
/** White space, and what shows as nothing at all: control and format characters. */
function isInvisible(text) {
    return /^[\s\p{Cc}\p{Cf}]*$/u.test(text);
}


/***/ }),

/***/ 6547:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TF: () => (/* binding */ terminalSequences),
/* harmony export */   lA: () => (/* binding */ sequenceEnd),
/* harmony export */   xx: () => (/* binding */ controlEnd)
/* harmony export */ });
/* harmony import */ var _alphabet_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(771);

/** Bytes in which a sequence ends whose parameters, or whose text, go on for longer are none: it is shown, not obeyed. */
const longest = { parameters: 64, intermediates: 16, text: 4_096 };
/**
 * What a terminal would obey (ECMA-48): colours, moves, titles, links. Whatever is removed from a text by this, the search for
 * secrets goes over in `sequenceEnd`. Each character takes four bytes at most, so that no text is longer for it than here.
 */
const terminalSequences = new RegExp([
    `\\x1b\\[[0-?]{0,${longest.parameters}}[ -/]{0,${longest.intermediates}}[@-~]`,
    `\\x1b\\][^\\x07\\x1b]{0,${longest.text / 4}}(?:\\x07|\\x1b\\\\)`,
    `\\x1b[PX^_][^\\x1b]{0,${longest.text / 4}}\\x1b\\\\`,
    `\\x1b[ -/]{1,${longest.intermediates}}[0-~]`,
    '\\x1b[0-OQ-WYZ\\\\`-~]',
    `\\x9b[0-?]{0,${longest.parameters}}[ -/]{0,${longest.intermediates}}[@-~]`,
].join('|'), 'gu');
const introducer = 0x1b;
const bell = 0x07;
const parameters = (0,_alphabet_js__WEBPACK_IMPORTED_MODULE_0__/* .alphabetOf */ .h3)('0123456789:;<=>?');
const intermediates = (0,_alphabet_js__WEBPACK_IMPORTED_MODULE_0__/* .alphabetOf */ .h3)(' !"#$%&\'()*+,-./');
const letters = (0,_alphabet_js__WEBPACK_IMPORTED_MODULE_0__/* .wordAlphabet */ .MW)('@[]^_`{|}~');
const finals = (0,_alphabet_js__WEBPACK_IMPORTED_MODULE_0__/* .wordAlphabet */ .MW)('@[\\]^_`{|}~');
const simpleFinals = (0,_alphabet_js__WEBPACK_IMPORTED_MODULE_0__/* .wordAlphabet */ .MW)(':;<=>?@[\\]^_`{|}~');
const isString = { ']': 'may end in a bell', P: 'no', X: 'no', '^': 'no', _: 'no' };
const unknown = Number.POSITIVE_INFINITY;
/**
 * End of the sequence whose introducer, ESC, goes on at `at`; 0 when it is none, infinite when more bytes are needed to tell. An
 * `escaped` one is in JSON, where a backslash begins something else, and a text does not end in plain bytes.
 */
function sequenceEnd(bytes, at, kind) {
    const { data, final } = bytes;
    if (at >= data.length)
        return final ? 0 : unknown;
    const name = String.fromCharCode(data[at]);
    if (name === '[')
        return controlEnd(bytes, at + 1, kind === 'plain' ? finals : letters);
    if (name in isString)
        return kind === 'plain' ? stringEnd(bytes, at + 1, name === ']') : 0;
    const end = bytes.shortRunEnd(intermediates, { from: at, most: longest.intermediates });
    if (end >= data.length)
        return final ? 0 : unknown;
    const isFinal = simpleFinals[data[end]] === 1 && (kind === 'plain' || data[end] !== (0,_alphabet_js__WEBPACK_IMPORTED_MODULE_0__/* .byteOf */ .cE)('\\'));
    return isFinal ? end + 1 : 0;
}
/** End of the control sequence whose parameters begin at `at`. */
function controlEnd(bytes, at, mayEndIn = finals) {
    const { data, final } = bytes;
    const behind = bytes.shortRunEnd(parameters, { from: at, most: longest.parameters });
    const end = bytes.shortRunEnd(intermediates, { from: behind, most: longest.intermediates });
    if (end >= data.length)
        return final ? 0 : unknown;
    return mayEndIn[data[end]] === 1 ? end + 1 : 0;
}
/** End of the title, link or the like whose text begins at `at`. */
function stringEnd({ data, final }, at, mayEndInBell) {
    const limit = Math.min(data.length, at + longest.text);
    let end = at;
    while (end < limit && data[end] !== introducer && !(mayEndInBell && data[end] === bell))
        end += 1;
    if (end < limit && data[end] === bell)
        return end + 1;
    if (end === limit && limit < data.length)
        return 0;
    if (end + 1 >= data.length)
        return final ? 0 : unknown;
    return data[end + 1] === (0,_alphabet_js__WEBPACK_IMPORTED_MODULE_0__/* .byteOf */ .cE)('\\') ? end + 2 : 0;
}


/***/ })

};
