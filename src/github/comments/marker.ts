import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { areAlike, comparable, nearLines } from '../../findings/same-finding.ts';
import type { MergedFinding } from '../../model/finding.ts';
import { firstUnits } from '../../text/cut-text.ts';

/** A finding that was posted, as it is known again in other words and on a line that has moved. */
const known = z.object({
  file: z.string().max(4_096),
  line: z.exactOptional(z.number().int().min(1)),
  hash: z.exactOptional(z.string().max(40)),
  category: z.string().max(200),
  summary: z.string().max(400),
  /** For a comment on a line, the writer of its review. */
  writer: z.exactOptional(z.string().max(200)),
});

/** A finding that was posted. */
export type KnownFinding = z.infer<typeof known>;

const mostKnown = 150;
/** Characters of the state alone; with its text, a comment may have 65,000. */
const longestState = 24_000;

const state = z.object({
  /** The commit of the pull request that was reviewed. */
  head: z.string().max(64),
  /** When it was written, in milliseconds; of two that are written at once the later one stays. */
  at: z.number(),
  /** Identity of the run, its attempt and its step. */
  writer: z.string().max(200),
  posted: z.array(known).max(mostKnown),
});

/** State that a comment of ours keeps for the next run. */
export type CommentState = z.infer<typeof state>;

/** Beginning of every comment of ours for a key; a person who copies it is not its author. */
export function markerOf(key: string): string {
  return `claude-ensemble:${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

/** The first line of a comment; it is not shown. */
export function markerLine(key: string, content: CommentState | KnownFinding): string {
  const text = JSON.stringify('posted' in content ? fitting(content) : content);
  return `<!-- ${markerOf(key)} ${Buffer.from(text).toString('base64url')} -->\n`;
}

/** The newest of what was posted, as far as there is room. */
function fitting(content: CommentState): CommentState {
  let posted = content.posted.slice(-mostKnown);
  while (JSON.stringify(posted).length > longestState) posted = posted.slice(Math.ceil(posted.length / 10));
  return { ...content, posted };
}

/** Content of the marker of a comment of ours, unparsed; undefined when it has none. Anyone may have changed it. */
function contentOf(body: string, key: string): unknown {
  const start = `<!-- ${markerOf(key)} `;
  if (!body.startsWith(start)) return undefined;
  const end = body.indexOf(' -->', start.length);
  if (end < 0 || end > 2 * longestState) return null;
  try {
    return JSON.parse(Buffer.from(body.slice(start.length, end), 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** Whether a comment begins with the marker of this key. */
export function hasMarker(body: string, key: string): boolean {
  return contentOf(body, key) !== undefined;
}

/** The state in a comment of ours; undefined when it has none that can be read. */
export function stateIn(body: string, key: string): CommentState | undefined {
  return state.safeParse(contentOf(body, key)).data;
}

/** The finding that a comment on a line is about. */
export function knownFindingIn(body: string, key: string): KnownFinding | undefined {
  return known.safeParse(contentOf(body, key)).data;
}

/** A finding as it is remembered. */
export function knownFinding({ file, line, category = '', summary, place }: MergedFinding): KnownFinding {
  const at = place === undefined ? line : place.line;
  return {
    file: firstUnits(place?.path ?? file, 1_000),
    ...(at !== undefined && { line: at }),
    ...(place?.lineHash !== undefined && { hash: place.lineHash }),
    category: firstUnits(category, 100),
    summary: firstUnits(summary, 200),
  };
}

/** Whether two are the same finding: about the same matter, on a line with the same text or near the same number. */
export function isKnown(finding: KnownFinding, others: readonly KnownFinding[]): boolean {
  const own = comparable(finding);
  return others.some((other) => {
    if (other.file !== finding.file) return false;
    const isThere =
      (other.hash !== undefined && other.hash === finding.hash) ||
      ((other.line === undefined) === (finding.line === undefined) &&
        Math.abs((other.line ?? 0) - (finding.line ?? 0)) <= nearLines);
    const compared = comparable(other);
    const isAbout = (own.category !== '' && own.category === compared.category) || areAlike(own.words, compared.words);
    return isThere && isAbout;
  });
}
