import { firstUnits } from '../text/cut-text.ts';

/** The beginning of a value as JSON: at least `longest` characters of it, without the cost of the whole value. */
export function jsonExcerpt(value: unknown, longest: number): string {
  const parts: string[] = [];
  let room = longest + 1;
  const write = (part: string): void => {
    parts.push(part);
    room -= part.length;
  };
  const writeValue = (inner: unknown): void => {
    if (room <= 0) return;
    if (typeof inner === 'string') write(JSON.stringify(firstUnits(inner, room)));
    else if (Array.isArray(inner)) writeList('[]', inner, writeValue);
    else if (typeof inner === 'object' && inner !== null) {
      writeList('{}', Object.entries(inner), ([key, member]) => {
        writeValue(key);
        write(':');
        writeValue(member);
      });
    } else write(JSON.stringify(inner) ?? 'null');
  };
  const writeList = <T>([open = '', close = '']: string, items: readonly T[], writeItem: (item: T) => void): void => {
    write(open);
    for (const [index, item] of items.entries()) {
      if (room <= 0) return;
      if (index > 0) write(',');
      writeItem(item);
    }
    write(close);
  };
  if (value !== undefined) writeValue(value);
  return parts.join('');
}
