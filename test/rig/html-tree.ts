import { type DefaultTreeAdapterMap, defaultTreeAdapter, Parser, type Token } from 'parse5';

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
  /** Those that are written there: a browser adds html, head, body and tbody. */
  readonly elements: readonly HtmlElement[];
  readonly texts: readonly HtmlText[];
  /** Comments, errors by their name in the standard, ends without a beginning, beginnings without an end. */
  readonly oddities: readonly string[];
}

const { isCommentNode, isElementNode, isTextNode } = defaultTreeAdapter;

const withoutEnd = new Set(['meta', 'br', 'img', 'link', 'input', 'hr', 'base', 'embed', 'source']);

/** Where an end tag begins: the standard names no error for one that a browser leaves out. */
class EndTagParser extends Parser<DefaultTreeAdapterMap> {
  readonly ends: number[] = [];

  override onEndTag(token: Token.TagToken): void {
    this.ends.push(token.location?.startOffset ?? -1);
    super.onEndTag(token);
  }
}

/** Reads HTML as the standard says that browsers do; a fragment may stand for a document. */
export function readHtml(html: string): HtmlTree {
  const errors: string[] = [];
  const onParseError = ({ code }: { readonly code: string }) => errors.push(code);
  const parser = new EndTagParser({ sourceCodeLocationInfo: true, onParseError });
  parser.tokenizer.write(html, true);
  const elements: HtmlElement[] = [];
  const texts: HtmlText[] = [];
  const oddities = errors.filter((code) => code !== 'missing-doctype');
  const strayEnds = new Set(parser.ends);
  const visit = (node: DefaultTreeAdapterMap['node'], within: readonly string[]): void => {
    if (isTextNode(node)) texts.push({ text: node.value, within });
    if (isCommentNode(node)) oddities.push(node.data);
    if (!('childNodes' in node)) return;
    const inner = isElementNode(node) ? [...within, node.tagName] : within;
    const place = isElementNode(node) ? node.sourceCodeLocation : undefined;
    if (isElementNode(node) && place) {
      elements.push({
        name: node.tagName,
        attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
      });
      if (place.endTag) strayEnds.delete(place.endTag.startOffset);
      else if (!withoutEnd.has(node.tagName)) oddities.push(node.tagName);
    }
    for (const child of node.childNodes) visit(child, inner);
  };
  visit(parser.document, []);
  return { elements, texts, oddities: [...oddities, ...[...strayEnds].map((at) => html.slice(at, at + 20))] };
}
