import displayWidth from 'string-width';
import { paint, wrapped } from './terminal-wrap.ts';
import { type Alignment, type Block, type Inline, type TableRow, textOf } from './tree.ts';

type Table = Extract<Block, { kind: 'table' }>;

/** Width and indentation of a table. */
export interface TableOptions {
  readonly width: number;
  readonly colors: boolean;
}

const gap = '  ';
/** A column of fewer cannot be read. */
const leastColumn = 8;

/** A table in columns; one that is too wide breaks its longest cells, or is a list of its rows. */
export function tableLines(table: Table, options: TableOptions): readonly string[] {
  const widths = columnWidths(table, options.width);
  return widths === undefined ? listed(table, options) : inColumns(table, widths, options.colors);
}

function columnWidths({ head, rows }: Table, width: number): readonly number[] | undefined {
  const widths = head.map((_cell, column) =>
    [head, ...rows].reduce((most, row) => Math.max(most, displayWidth(textOf(row[column] ?? []))), 1),
  );
  let excess = widths.reduce((sum, one) => sum + one + gap.length, -gap.length) - width;
  // The widest gives way until it is no wider than the next.
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const [, second = 0] = widths.toSorted((one, other) => other - one);
    const most = widths[widest] ?? 0;
    const next = Math.max(leastColumn, Math.min(most - 1, Math.max(second, most - excess)));
    if (next >= most) return undefined;
    excess -= most - next;
    widths[widest] = next;
  }
  return widths;
}

function inColumns({ alignments, head, rows }: Table, widths: readonly number[], colors: boolean): readonly string[] {
  const rowLines = (row: TableRow, style: readonly ('bold' | 'dim')[] = []): readonly string[] => {
    const cells = widths.map((width, column) => wrapped(row[column] ?? [], { width, colors, style }));
    const height = Math.max(1, ...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, at) =>
      cells.map((lines, column) => padded(lines[at] ?? '', widths[column] ?? 0, alignments[column] ?? null)).join(gap),
    );
  };
  const rule = paint(widths.map((width) => '─'.repeat(width)).join(gap), ['dim'], colors);
  return [...rowLines(head, ['bold']), rule, ...rows.flatMap((row) => rowLines(row))];
}

function padded(text: string, width: number, side: Alignment | null): string {
  const room = Math.max(0, width - displayWidth(text));
  if (side === 'right') return ' '.repeat(room) + text;
  const before = side === 'center' ? Math.floor(room / 2) : 0;
  return ' '.repeat(before) + text + ' '.repeat(room - before);
}

function listed({ head, rows }: Table, { width, colors }: TableOptions): readonly string[] {
  const label = (cell: readonly Inline[]): Inline => ({ kind: 'strong', content: cell });
  return rows.flatMap((row, index) => [
    ...(index === 0 ? [] : ['']),
    ...row.flatMap((cell, column) =>
      wrapped([label(head[column] ?? []), { kind: 'text', text: ': ' }, ...cell], { width, colors }),
    ),
  ]);
}
