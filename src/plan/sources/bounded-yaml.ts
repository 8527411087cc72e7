import { Composer, CST, Lexer, LineCounter, type Node, Parser } from 'yaml';
import { accept, type Failure, quote, type Result, refuseRange } from '../../options/diagnostic.ts';

/** Limits for which a hostile document is refused while it is read, before it costs much. */
export interface YamlLimits {
  /** Collections within each other. */
  readonly depth: number;
  /** Items of the list at the top. */
  readonly items: number;
  /** Lexical parts: marks, texts, line ends, comments. */
  readonly parts: number;
  /** Characters of one text as it is written. */
  readonly textLength: number;
}

/** A document that was read whole. */
export interface YamlDocument {
  /** Null when the document is empty. Every scalar is text. */
  readonly root: Node | null;
  /** The line of an offset, from 1. */
  readonly lineAt: (offset: number) => number;
}

/** Advice against most errors, since prompts are prose. */
export const quotingAdvice = 'Quote a string with special characters, or use |.';

const tabAdvice = 'Indent with spaces, not with tabs.';

/** The length of a text as it is written; an escape such as \u00e9 counts as one character. */
function writtenLength(text: string): number {
  return text.length - 5 * (text.match(/\\u/g)?.length ?? 0);
}

/** The parser's message, with what it quotes of the document, behind a colon, shortened. */
function complaint({ message }: { readonly message: string }): string {
  const [, words, quoted] = /^([^:]*[^:\s]): (.*)$/s.exec(message) ?? [];
  return quoted === undefined ? message : `${words}: ${quote(quoted)}`;
}

/** Runs work whose errors need no stack traces: the composer creates one error for each fault, and traces are most of their cost. */
function withoutStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function checkCollections(parser: Parser, limits: YamlLimits): string | undefined {
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

function checkPart(part: string, limits: YamlLimits): string | undefined {
  // A text cannot be mistaken for these: it begins with its quote, its indentation, or another character.
  const type = CST.tokenType(part);
  if (type === 'alias' || type === 'anchor' || type === 'tag') {
    return `${quote(part)} is an alias, an anchor or a tag of YAML; they are not allowed. ${quotingAdvice}`;
  }
  if (part.length <= limits.textLength || writtenLength(part) <= limits.textLength) return undefined;
  return `a string of more than ${limits.textLength} characters. Put it into a file and name it with prompt-file.`;
}

/** Takes a document part by part; the first refusal ends it. */
class BoundedReader {
  readonly #limits: YamlLimits;
  readonly #lines = new LineCounter();
  readonly #parser = new Parser(this.#lines.addNewLine);
  readonly #tokens: CST.Token[] = [];
  #text = '';
  #parts = 0;
  #documents = 0;

  constructor(limits: YamlLimits) {
    this.#limits = limits;
    this.#lines.addNewLine(0);
  }

  read(text: string): Result<YamlDocument> {
    this.#text = text;
    for (const part of new Lexer().lex(text)) {
      const refused = this.#takePart(part);
      if (refused !== undefined) return refused;
    }
    return this.#takeTokens(this.#parser.end()) ?? this.#compose();
  }

  #takePart(part: string): Failure | undefined {
    const start = this.#parser.offset;
    this.#parts += 1;
    if (this.#parts > this.#limits.parts)
      return this.#refuse(start, `more than ${this.#limits.parts} marks, line ends and comments.`);
    const wrong = checkPart(part, this.#limits);
    if (wrong !== undefined) return this.#refuse(start, wrong);
    const refused = this.#takeTokens(this.#parser.next(part));
    if (refused !== undefined) return refused;
    const tooMuch = checkCollections(this.#parser, this.#limits);
    return tooMuch === undefined ? undefined : this.#refuse(start, tooMuch);
  }

  #takeTokens(tokens: Iterable<CST.Token>): Failure | undefined {
    for (const token of tokens) {
      if (token.type === 'error') return this.#refuseSyntax(token.offset, token);
      if (token.type === 'document') this.#documents += 1;
      if (this.#documents > 1) return this.#refuse(token.offset, 'a second document begins here.');
      this.#tokens.push(token);
    }
    return undefined;
  }

  #compose(): Result<YamlDocument> {
    const composer = new Composer({ schema: 'failsafe', prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
    const [document] = withoutStacks(() => [...composer.compose(this.#tokens)]);
    const error = document?.errors[0];
    if (error !== undefined) return this.#refuseSyntax(error.pos[0], error);
    return accept({ root: document?.contents ?? null, lineAt: (offset) => this.#lines.linePos(offset).line });
  }

  #refuseSyntax(offset: number, error: { readonly message: string }): Failure {
    const lineStart = this.#text.lastIndexOf('\n', offset - 1) + 1;
    const isTabbed = /^ *\t/.test(this.#text.slice(lineStart, lineStart + 100));
    return this.#refuse(offset, `${complaint(error)}. ${isTabbed ? tabAdvice : quotingAdvice}`);
  }

  #refuse(offset: number, what: string): Failure {
    const { line, col } = this.#lines.linePos(offset);
    return refuseRange(`line ${line}, column ${col}: ${what}`);
  }
}

/** Reads YAML, and JSON with it, token by token, and stops at the first token that breaks a limit or is not allowed. */
export function readBoundedYaml(text: string, limits: YamlLimits): Result<YamlDocument> {
  return new BoundedReader(limits).read(text);
}
