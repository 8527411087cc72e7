import { createHash } from 'node:crypto';
import { longestId, parseProcessId } from './process-id.ts';

/** The id and the name of a process whose prompt is a file. */
export interface FileIdentity {
  readonly id: string;
  /** Name for people, where the id does not show the file's name as it is. */
  readonly name?: string;
}

/** Gives each file an id from its name, or from its path where names are equal or not valid as ids. `paths` are shown paths. */
export function identifyFiles(paths: readonly string[]): readonly FileIdentity[] {
  const candidates = paths.map(idCandidates);
  const chosen = candidates.map(() => 0);
  // Each round advances those that clash; the last candidate of a path is its hash, which clashes with none.
  for (let clashing = clashes(candidates, chosen); clashing.length > 0; clashing = clashes(candidates, chosen)) {
    for (const index of clashing) chosen[index] = (chosen[index] ?? 0) + 1;
  }
  return paths.map((path, index) => {
    const id = candidates[index]?.[chosen[index] ?? 0] ?? '';
    const stem = stemOf(path);
    return { id, ...(id !== stem && { name: chosen[index] === 0 ? stem : path }) };
  });
}

/** Indexes of the paths whose current candidate is also that of another path, and that have a further candidate. */
function clashes(candidates: readonly (readonly string[])[], chosen: readonly number[]): readonly number[] {
  const owners = new Map<string, number[]>();
  for (const [index, ids] of candidates.entries()) {
    const id = ids[chosen[index] ?? 0]?.toLowerCase() ?? '';
    const owning = owners.get(id);
    if (owning === undefined) owners.set(id, [index]);
    else owning.push(index);
  }
  const hasMore = (index: number): boolean => (chosen[index] ?? 0) < (candidates[index]?.length ?? 0) - 1;
  return [...owners.values()].filter(({ length }) => length > 1).flatMap((indexes) => indexes.filter(hasMore));
}

/** Characters of a path's end that an id is made of; the systems allow no longer path. */
const longestPath = 4096;

/** Valid ids for a file, the shortest first: its name, its path, as much of the path's end as fits, and that with a hash. */
function idCandidates(whole: string): readonly string[] {
  const path = whole.slice(-longestPath);
  const folders = path.split(/[/\\]/).slice(0, -1);
  const stem = legalPart(stemOf(path));
  const parts = [...folders.map(legalPart), stem].filter((part) => part !== '');
  const ends = parts.map((_, start) => parts.slice(start).join('-'));
  const fitting = ends.find(({ length }) => length <= longestId) ?? '';
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 8);
  const kept = (fitting === '' ? stem : fitting).slice(0, longestId - hash.length - 1).replace(/[-._]+$/, '');
  const hashed = kept === '' ? `file-${hash}` : `${kept}-${hash}`;
  const extension = legalPart(extensionOf(path));
  const extended = fitting === '' || extension === '' ? '' : `${fitting}-${extension}`;
  return [...new Set([stem, fitting, extended, hashed])].filter((id) => parseProcessId(id).ok);
}

function stemOf(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/(?!^)\.[^.]*$/, '');
}

function extensionOf(path: string): string {
  return /[^/\\]\.([^./\\]*)$/.exec(path)?.[1] ?? '';
}

/** Turns a text into the characters of an id: letters lose their accents, and everything else becomes "-". */
function legalPart(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
  return plain.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
