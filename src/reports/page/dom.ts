/** Content of an element: text becomes a text node, and never markup. */
export type Child = Node | string | undefined | false | readonly Child[];

interface Props {
  readonly [name: string]: string | number | boolean | undefined | ((event: Event) => void);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An element of HTML. A function is a listener, `false` and undefined are left out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), props, children);
}

/** An element of SVG. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS(svgNamespace, tag), props, children);
}

function filled<T extends Element>(element: T, props: Props, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/** Adds children to an element. */
export function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (typeof child === 'string' || child instanceof Node) element.append(child);
  }
}

/** A button that copies a text. */
export function copyButton(text: string): HTMLButtonElement {
  const button: HTMLButtonElement = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      click: () => {
        navigator.clipboard?.writeText(text).then(
          () => button.replaceChildren('Copied'),
          () => button.replaceChildren('Not allowed here'),
        );
      },
    },
    'Copy',
  );
  return button;
}
