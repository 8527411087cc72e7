import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { FindingPlace, MergedFinding } from '../model/finding.ts';
import { isRepositoryPath } from './finding-path.ts';
import { lineHashes } from './line-hash.ts';

/** No source is larger; a hash costs time for each character of it. */
const largestFile = 4 * 1024 * 1024;

/** The findings with their places in the checkout, whose absolute path is given. Never rejects. */
export async function withPlaces(
  findings: readonly MergedFinding[],
  checkout: string,
): Promise<readonly MergedFinding[]> {
  const root = await realpath(checkout).catch(() => undefined);
  if (root === undefined) return findings;
  const byFile = Map.groupBy(findings, ({ file }) => file);
  const places = new Map<MergedFinding, FindingPlace>();
  for (const [file, inFile] of byFile) {
    const text = isRepositoryPath(file) ? await textOf(root, file) : undefined;
    if (text === undefined) continue;
    const lines = new Set(inFile.flatMap(({ line }) => line ?? []));
    const hashes: ReadonlyMap<number, string> =
      text === 'unread' || lines.size === 0 ? new Map() : lineHashes(text, lines);
    for (const finding of inFile) places.set(finding, placeOf(finding, hashes, text === 'unread'));
  }
  return findings.map((finding) => {
    const place = places.get(finding);
    return place === undefined ? finding : { ...finding, place };
  });
}

function placeOf(
  { file: path, line }: MergedFinding,
  hashes: ReadonlyMap<number, string>,
  isUnread: boolean,
): FindingPlace {
  if (line === undefined) return { path };
  const lineHash = hashes.get(line);
  if (lineHash !== undefined) return { path, line, lineHash };
  // The number of lines of a file that was not read is unknown.
  return isUnread ? { path, line } : { path };
}

/** The text of a file below the root; undefined when there is no such file, or a link leads out. */
async function textOf(root: string, file: string): Promise<string | 'unread' | undefined> {
  try {
    const path = await realpath(join(root, file));
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    await using handle = await open(
      path,
      constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0),
    );
    const found = await handle.stat();
    if (!found.isFile()) return undefined;
    return found.size > largestFile ? 'unread' : (await handle.readFile('utf8')).slice(0, largestFile);
  } catch {
    return undefined;
  }
}
