import { type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

/** A document that was read whole. */
export interface YamlDocument {
  /** Null when the document is empty. Every scalar is text. */
  readonly root: Node | null;
  /** The line of an offset, from 1; offsets are asked for in their order. */
  readonly lineAt: (offset: number) => number;
}

/** Limits beyond which a text is left to the reader of YAML, which says what is too much. */
export interface JsonLimits {
  /** Collections within each other. */
  readonly depth: number;
  /** Items of the list at the top. */
  readonly items: number;
  /** Lexical parts. */
  readonly parts: number;
  /** Characters of one text as it is written. */
  readonly textLength: number;
}

type JsonNode = Scalar<string> | YAMLSeq<JsonNode> | YAMLMap<Scalar<string>, JsonNode>;

const blank = /[ \t\n\r]*/y;
const word = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;

/** Reads a list in JSON; every method that finds something else, or too much, gives undefined. */
class JsonReader {
  readonly #text: string;
  readonly #limits: JsonLimits;
  #at = 0;
  #parts = 0;

  constructor(text: string, limits: JsonLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): YAMLSeq<JsonNode> | undefined {
    const root = this.#next() === '[' ? this.#list(1) : undefined;
    return this.#next() === '' ? root : undefined;
  }

  /** The next character that means something; an empty text at the end. */
  #next(): string {
    blank.lastIndex = this.#at;
    blank.test(this.#text);
    this.#at = blank.lastIndex;
    return this.#text[this.#at] ?? '';
  }

  #take(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at += 1;
    return true;
  }

  #value(depth: number): JsonNode | undefined {
    this.#parts += 1;
    if (this.#parts > this.#limits.parts) return undefined;
    switch (this.#next()) {
      case '[':
        return this.#list(depth);
      case '{':
        return this.#mapping(depth);
      case '"':
        return this.#quoted();
      default:
        return this.#word();
    }
  }

  #list(depth: number): YAMLSeq<JsonNode> | undefined {
    const list = new YAMLSeq<JsonNode>();
    const most = depth === 1 ? this.#limits.items : Number.POSITIVE_INFINITY;
    list.flow = true;
    return this.#collection(list, { end: ']', depth }, () => {
      if (list.items.length === most) return false;
      const item = this.#value(depth + 1);
      return item !== undefined && list.items.push(item) > 0;
    });
  }

  #mapping(depth: number): YAMLMap<Scalar<string>, JsonNode> | undefined {
    const map = new YAMLMap<Scalar<string>, JsonNode>();
    map.flow = true;
    return this.#collection(map, { end: '}', depth }, () => {
      const key = this.#next() === '"' ? this.#quoted() : undefined;
      if (key === undefined || !this.#take(':')) return false;
      const value = this.#value(depth + 1);
      return value !== undefined && map.items.push(new Pair(key, value)) > 0;
    });
  }

  #collection<T extends JsonNode>(
    collection: T,
    { end, depth }: { readonly end: string; readonly depth: number },
    readItem: () => boolean,
  ): T | undefined {
    if (depth > this.#limits.depth) return undefined;
    const start = this.#at;
    this.#at += 1;
    if (!this.#take(end)) {
      do if (!readItem()) return undefined;
      while (this.#take(','));
      if (!this.#take(end)) return undefined;
    }
    collection.range = [start, this.#at, this.#at];
    return collection;
  }

  #quoted(): Scalar<string> | undefined {
    const start = this.#at;
    const end = this.#endOfQuoted(start);
    if (end === undefined || end - start > this.#limits.textLength) return undefined;
    const written = this.#text.slice(start, end);
    try {
      return this.#scalar(JSON.parse(written) as string, Scalar.QUOTE_DOUBLE, end);
    } catch {
      return undefined;
    }
  }

  #endOfQuoted(start: number): number | undefined {
    let quote = start;
    for (;;) {
      quote = this.#text.indexOf('"', quote + 1);
      if (quote === -1) return undefined;
      let escapes = 0;
      while (this.#text[quote - 1 - escapes] === '\\') escapes += 1;
      if (escapes % 2 === 0) return quote + 1;
    }
  }

  #word(): Scalar<string> | undefined {
    word.lastIndex = this.#at;
    const [written] = word.exec(this.#text) ?? [];
    return written === undefined ? undefined : this.#scalar(written, Scalar.PLAIN, this.#at + written.length);
  }

  #scalar(value: string, type: Scalar.Type, end: number): Scalar<string> {
    const scalar = new Scalar(value);
    scalar.type = type;
    scalar.range = [this.#at, end, end];
    this.#at = end;
    return scalar;
  }
}

/** The line of an offset, which is not below the one before. */
function lineCounter(text: string): YamlDocument['lineAt'] {
  let line = 1;
  let end = text.indexOf('\n');
  return (offset) => {
    while (end !== -1 && end < offset) {
      line += 1;
      end = text.indexOf('\n', end + 1);
    }
    return line;
  };
}

/**
 * Reads a list in JSON as the reader of YAML would, in a fraction of the time; undefined where the text is
 * something else, has a fault or is too large.
 */
export function readBoundedJson(text: string, limits: JsonLimits): YamlDocument | undefined {
  const root = new JsonReader(text, limits).document();
  return root === undefined ? undefined : { root, lineAt: lineCounter(text) };
}
