/** An element as a browser makes it. */
export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A piece of text as a browser shows it. */
export interface HtmlText {
  readonly text: string;
  /** The names of the elements around it, the outermost first. */
  readonly within: readonly string[];
}

/** What a browser makes of a text. */
export interface HtmlTree {
  readonly elements: readonly HtmlElement[];
  readonly texts: readonly HtmlText[];
  /** What is neither: comments, declarations, ends without a beginning, beginnings without an end. */
  readonly oddities: readonly string[];
}

const token = /<!--.*?-->|<![^>]*>|<\?[^>]*>|<(\/?)([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gs;
const attribute = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const withoutEnd = new Set(['meta', 'br', 'img', 'link', 'input', 'hr', 'base', 'embed', 'source']);
/** A browser reads to their end without looking for tags. */
const rawText = new Set(['style', 'script', 'title', 'textarea']);

/** Reads HTML by the rules that browsers follow, as far as a document of ours could need them. */
export function readHtml(html: string): HtmlTree {
  const elements: HtmlElement[] = [];
  const texts: HtmlText[] = [];
  const oddities: string[] = [];
  const open: string[] = [];
  let at = 0;
  const takeText = (end: number): void => {
    if (end > at) texts.push({ text: decoded(html.slice(at, end)), within: [...open] });
  };
  for (const match of html.matchAll(token)) {
    const [whole, slash = '', written = '', rest = ''] = match;
    const name = written.toLowerCase();
    if (match.index < at || (rawText.has(open.at(-1) ?? '') && !(slash === '/' && name === open.at(-1)))) continue;
    takeText(match.index);
    at = match.index + whole.length;
    if (name === '') oddities.push(whole);
    else if (slash === '/') {
      if (open.pop() !== name) oddities.push(whole);
    } else {
      elements.push({ name, attributes: attributesIn(rest) });
      if (!withoutEnd.has(name)) open.push(name);
    }
  }
  takeText(html.length);
  return { elements, texts, oddities: [...oddities, ...open] };
}

function attributesIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(attribute)];
  return Object.fromEntries(
    found.map(([, name = '', double, single, bare]) => [name.toLowerCase(), decoded(double ?? single ?? bare ?? '')]),
  );
}

function decoded(text: string): string {
  return text.replace(/&(#\d+|#x[\da-f]+|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return entities[entity] ?? whole;
    return String.fromCodePoint(Number(entity.slice(1).replace(/^x/i, '0x')));
  });
}
