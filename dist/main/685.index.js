export const id = 685;
export const ids = [685];
export const modules = {

/***/ 1685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parsePromptList: () => (/* binding */ parsePromptList)
});

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./build/options/diagnostic.js
var diagnostic = __webpack_require__(8138);
// EXTERNAL MODULE: ./build/plan/graph-keys.js
var graph_keys = __webpack_require__(6795);
;// CONCATENATED MODULE: ./build/plan/sources/bounded-yaml.js


/** Advice against most errors, since prompts are prose. */
const quotingAdvice = 'Quote a string with special characters, or use |.';
const tabAdvice = 'Indent with spaces, not with tabs.';
/** The length of a text as it is written; an escape such as \u00e9 counts as one character. */
function writtenLength(text) {
    return text.length - 5 * (text.match(/\\u/g)?.length ?? 0);
}
/** The parser's message, with what it quotes of the document, behind a colon, shortened. */
function complaint({ message }) {
    const [, words, quoted] = /^([^:]*[^:\s]): (.*)$/s.exec(message) ?? [];
    return quoted === undefined ? message : `${words}: ${(0,diagnostic/* quote */.hD)(quoted)}`;
}
/** Runs work whose errors need no stack traces: the composer creates one error for each fault, and traces are most of their cost. */
function withoutStacks(work) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return work();
    }
    finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}
function checkCollections(parser, limits) {
    const { stack } = parser;
    if (stack.length > limits.depth && stack.filter((token) => 'items' in token).length > limits.depth)
        return `more than ${limits.depth} levels of nesting.`;
    const top = stack.find((token) => 'items' in token);
    const isList = top?.type === 'block-seq' || (top?.type === 'flow-collection' && top.start.source === '[');
    // One more than allowed: the item that is being read counts before it is known to be one.
    return isList && top.items.length > limits.items + 1
        ? `more than ${limits.items} entries. To allow more, raise max-prompts.`
        : undefined;
}
function checkPart(part, limits) {
    // A text cannot be mistaken for these: it begins with its quote, its indentation, or another character.
    const type = dist/* CST */.DB.tokenType(part);
    if (type === 'alias' || type === 'anchor' || type === 'tag') {
        return `${(0,diagnostic/* quote */.hD)(part)} is an alias, an anchor or a tag of YAML; they are not allowed. ${quotingAdvice}`;
    }
    if (part.length <= limits.textLength || writtenLength(part) <= limits.textLength)
        return undefined;
    return `a string of more than ${limits.textLength} characters. Put it into a file and name it with prompt-file.`;
}
/** Takes a document part by part; the first refusal ends it. */
class BoundedReader {
    #limits;
    #lines = new dist/* LineCounter */.HN();
    #parser = new dist/* Parser */.iX(this.#lines.addNewLine);
    #tokens = [];
    #text = '';
    #parts = 0;
    #documents = 0;
    constructor(limits) {
        this.#limits = limits;
        this.#lines.addNewLine(0);
    }
    read(text) {
        this.#text = text;
        for (const part of new dist/* Lexer */.JG().lex(text)) {
            const refused = this.#takePart(part);
            if (refused !== undefined)
                return refused;
        }
        return this.#takeTokens(this.#parser.end()) ?? this.#compose();
    }
    #takePart(part) {
        const start = this.#parser.offset;
        this.#parts += 1;
        if (this.#parts > this.#limits.parts)
            return this.#refuse(start, `more than ${this.#limits.parts} marks, line ends and comments.`);
        const wrong = checkPart(part, this.#limits);
        if (wrong !== undefined)
            return this.#refuse(start, wrong);
        const refused = this.#takeTokens(this.#parser.next(part));
        if (refused !== undefined)
            return refused;
        const tooMuch = checkCollections(this.#parser, this.#limits);
        return tooMuch === undefined ? undefined : this.#refuse(start, tooMuch);
    }
    #takeTokens(tokens) {
        for (const token of tokens) {
            if (token.type === 'error')
                return this.#refuseSyntax(token.offset, token);
            if (token.type === 'document')
                this.#documents += 1;
            if (this.#documents > 1)
                return this.#refuse(token.offset, 'a second document begins here.');
            this.#tokens.push(token);
        }
        return undefined;
    }
    #compose() {
        const composer = new dist/* Composer */.Dk({ schema: 'failsafe', prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
        const [document] = withoutStacks(() => [...composer.compose(this.#tokens)]);
        const error = document?.errors[0];
        if (error !== undefined)
            return this.#refuseSyntax(error.pos[0], error);
        return (0,diagnostic/* accept */.Ju)({ root: document?.contents ?? null, lineAt: (offset) => this.#lines.linePos(offset).line });
    }
    #refuseSyntax(offset, error) {
        const lineStart = this.#text.lastIndexOf('\n', offset - 1) + 1;
        const isTabbed = /^ *\t/.test(this.#text.slice(lineStart, lineStart + 100));
        return this.#refuse(offset, `${complaint(error)}. ${isTabbed ? tabAdvice : quotingAdvice}`);
    }
    #refuse(offset, what) {
        const { line, col } = this.#lines.linePos(offset);
        return (0,diagnostic/* refuseRange */.uJ)(`line ${line}, column ${col}: ${what}`);
    }
}
/** Reads YAML, and JSON with it, token by token, and stops at the first token that breaks a limit or is not allowed. */
function readBoundedYaml(text, limits) {
    return new BoundedReader(limits).read(text);
}

// EXTERNAL MODULE: ./build/plan/sources/prompt-draft.js
var prompt_draft = __webpack_require__(4611);
;// CONCATENATED MODULE: ./build/plan/sources/prompt-list.js





const noList = (0,diagnostic/* refuseRange */.uJ)('there is no list. One without prompts is written [].');
/** Lists within lists; real ones have three levels. */
const deepestList = 16;
/** A prompt may have 2.5 MiB; the rest is room for its quotes and its indentation. */
const longestText = 4 * 1024 * 1024;
/** Keys whose values are prose, in which `#` and `-` are not meant for YAML. */
const proseKeys = ['prompt', 'name', 'append-system-prompt'];
/** A null that is written as such: programs write one for what is not given. */
function isNull(node) {
    return (0,dist/* isScalar */.jn)(node) && node.type === dist/* Scalar */.X5.PLAIN && /^(?:null|~)$/i.test(String(node.value));
}
/** The texts of a value; undefined when it is more than a text or a list of texts. */
function textsOf(node) {
    if (node === null)
        return '';
    if ((0,dist/* isScalar */.jn)(node))
        return String(node.value ?? '');
    if (!(0,dist/* isSeq */.oP)(node))
        return undefined;
    const isText = (item) => (0,dist/* isScalar */.jn)(item) && !isNull(item);
    return node.items.every(isText) ? node.items.map((item) => String((0,dist/* isScalar */.jn)(item) ? item.value : '')) : undefined;
}
/** A value with all that is in it; a null is an empty text. */
function listValueOf(node) {
    if ((0,dist/* isSeq */.oP)(node))
        return node.items.map(listValueOf);
    if ((0,dist/* isMap */.jh)(node))
        return Object.fromEntries(node.items.map(({ key, value }) => [String((0,dist/* isScalar */.jn)(key) ? key.value : key), listValueOf(value)]));
    return (0,dist/* isScalar */.jn)(node) && !isNull(node) ? String(node.value ?? '') : '';
}
/** Values that YAML silently makes of unquoted prose. */
function misreading(node, list) {
    if (!(0,dist/* isScalar */.jn)(node) || node.type !== dist/* Scalar */.X5.PLAIN)
        return undefined;
    if (typeof node.comment === 'string')
        return `${(0,diagnostic/* quote */.hD)(`#${node.comment}`)} is a comment in YAML and would be left out. ${quotingAdvice}`;
    const [start, end] = node.range ?? [0, 0];
    if (!/[\r\n][ \t]*-(?:\s|$)/.test(list.slice(start, end)))
        return undefined;
    return `a line in it begins with "-", and YAML would join it to the line above. Indent each "-" of a list alike. ${quotingAdvice}`;
}
function readMapping(map, { position, where, list }) {
    const fields = new Map();
    const graph = new Map();
    const read = (0,diagnostic/* parseEach */.lc)(map.items, ({ key, value }) => {
        const name = (0,dist/* isScalar */.jn)(key) ? String(key.value) : undefined;
        if (name === undefined)
            return (0,diagnostic/* refuseType */.br)(`${where}: a key is not a string. ${quotingAdvice}`);
        if (fields.has(name) || graph.has(name))
            return (0,diagnostic/* refuseRange */.uJ)(`${where}: the key ${(0,diagnostic/* quote */.hD)(name)} is given twice.`);
        if (graph_keys/* graphKeyNames */.a1.includes(name))
            return (0,diagnostic/* accept */.Ju)(graph.set(name, listValueOf(value)));
        const misread = proseKeys.includes(name) ? misreading(value, list) : undefined;
        if (misread !== undefined)
            return (0,diagnostic/* refuseRange */.uJ)(`${where}: ${name}: ${misread}`);
        const texts = isNull(value) ? '' : textsOf(value);
        if (texts === undefined)
            return (0,diagnostic/* refuseType */.br)(`${where}: the value of ${(0,diagnostic/* quote */.hD)(name)} is not a string. ${quotingAdvice}`);
        return (0,diagnostic/* accept */.Ju)(fields.set(name, texts));
    });
    return read.ok ? (0,diagnostic/* accept */.Ju)({ position, where, fields, graph }) : read;
}
/** Reads a YAML or JSON list of prompts; every scalar is text, whatever it looks like. */
function parsePromptList(given, maxPrompts) {
    const refuse = (diagnostic) => ({
        entries: [],
        diagnostics: diagnostic.diagnostics,
    });
    // The parser takes a byte order mark for indentation of the first line.
    const text = given.replace(/^\uFEFF/, '');
    if (Buffer.byteLength(text) > prompt_draft/* largestList */.x$)
        return refuse((0,diagnostic/* refuseRange */.uJ)(`the list has more than ${prompt_draft/* largestList */.x$ / 1024 / 1024} MiB. Divide it into several sessions.`));
    // The parser takes half a second of CPU for 32 MiB of nothing.
    if (text.trimStart() === '')
        return refuse(noList);
    const document = readBoundedYaml(text, {
        depth: deepestList,
        items: maxPrompts,
        // A pair of key and text has about 8 parts, so this is room for every entry to set every option.
        parts: 10_000 + 120 * maxPrompts,
        textLength: longestText,
    });
    if (!document.ok)
        return refuse(document);
    const { root, lineAt } = document.value;
    if (!(0,dist/* isSeq */.oP)(root)) {
        const what = (0,dist/* isMap */.jh)(root) ? 'a mapping' : 'a single string';
        // `toJSON` of an output that is not set gives `null`, or an empty string in quotes.
        if (root === null || isNull(root) || ((0,dist/* isScalar */.jn)(root) && String(root.value).trim() === ''))
            return refuse(noList);
        return refuse((0,diagnostic/* refuseType */.br)(`${what} is not a list. Begin each prompt with "- "; for a single prompt use the option prompt.`));
    }
    if (root.items.length > maxPrompts) {
        return refuse((0,diagnostic/* refuseRange */.uJ)(`more than ${maxPrompts} entries. To allow more, raise max-prompts.`));
    }
    const read = root.items.map((item, position) => {
        const line = (0,dist/* isScalar */.jn)(item) || (0,dist/* isMap */.jh)(item) || (0,dist/* isSeq */.oP)(item) ? lineAt(item.range?.[0] ?? 0) : 1;
        const where = `entry ${position + 1} (line ${line})`;
        if ((0,dist/* isMap */.jh)(item))
            return readMapping(item, { position, where, list: text });
        const misread = misreading(item, text);
        if (misread !== undefined)
            return (0,diagnostic/* refuseRange */.uJ)(`${where}: ${misread}`);
        if (root.flow === true && isNull(item))
            return (0,diagnostic/* refuseType */.br)(`${where}: null is not a string. ${quotingAdvice}`);
        const prompt = textsOf(item);
        if (typeof prompt === 'string')
            return (0,diagnostic/* accept */.Ju)({ position, where, fields: new Map([['prompt', prompt]]), graph: new Map() });
        return (0,diagnostic/* refuseType */.br)(`${where}: a list is not a prompt; an entry is a string or a mapping. ${quotingAdvice}`);
    });
    return {
        entries: read.flatMap((entry) => (entry.ok ? [entry.value] : [])),
        diagnostics: read.flatMap((entry, position) => entry.ok ? [] : entry.diagnostics.map((diagnostic) => ({ ...diagnostic, position }))),
    };
}


/***/ })

};
