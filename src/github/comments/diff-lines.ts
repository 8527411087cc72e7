import { z } from 'zod';
import type { Api } from './api.ts';

/** GitHub lists no more files of a pull request: 3,000. */
const mostPages = 30;

const file = z.object({ filename: z.string(), patch: z.string().optional() });

/** The lines of a pull request's diff that a comment can stand on, by path: those of its new side. */
export type DiffLines = ReadonlyMap<string, ReadonlySet<number>>;

/** Reads the lines of the diff. A file without a patch, such as a large one, has none. */
export async function readDiffLines(api: Api, number: number): Promise<DiffLines> {
  const files = await api.list(`/pulls/${number}/files`, file, mostPages);
  return new Map(files.map(({ filename, patch = '' }) => [filename, linesOf(patch)]));
}

/** The numbers of the lines on the new side of a patch, unchanged ones around the changes included. */
export function linesOf(patch: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let next = 0;
  for (const text of patch.split('\n')) {
    const [, start] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text) ?? [];
    if (start !== undefined) next = Number(start);
    else if (next > 0 && (text.startsWith('+') || text.startsWith(' '))) {
      lines.add(next);
      next += 1;
    }
  }
  return lines;
}
