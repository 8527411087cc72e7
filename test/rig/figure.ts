import { appendFileSync } from 'node:fs';
import process from 'node:process';

/** A row of promises, and the entry point behind which it was measured. */
export interface FigureOf {
  /** Such as `R7`. */
  readonly row: string;
  readonly frontend: string;
}

/** Notes what a test measured, with its unit; `npm run measure` puts the notes into the table of docs/reliability.md. */
export function figure({ row, frontend }: FigureOf, text: string): void {
  const file = process.env.FIGURES_FILE;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ row, frontend, text })}\n`);
}
