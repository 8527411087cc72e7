import { resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { isInside, shownPath } from '../../options/containment.ts';
import { accept, parseEach, quote, type Result, refuseRange } from '../../options/diagnostic.ts';
import type { PromptAccess } from './prompt-draft.ts';

/** The time that matching takes grows exponentially with these; real globs of prompts have one or two. */
const mostStars = 6;
const longestGlob = 500;
/** Each of them is a walk through the directories. */
const mostGlobs = 1_000;

/** `..` behind a wildcard or within braces leads to places that cannot be foreseen. */
const climbs = /[*?[{](?:.*[/{,])?\.\.(?:[/},]|$)/;

/** As parts of a pattern, parentheses cost exponential time; they stand for themselves. */
function literalParentheses(pattern: string): string {
  return pattern.replace(/(?<!\\)[()|]/g, '\\$&');
}

function checkGlob(pattern: string, access: PromptAccess): Result<string> {
  const { workspace, allowedRoots: roots } = access;
  const stars = pattern.replace(/\*\*(?:\/|$)/g, '').match(/\*+/g)?.length ?? 0;
  if (pattern.length > longestGlob || stars > mostStars) {
    const allowed = `at most ${longestGlob} characters and ${mostStars} "*"`;
    return refuseRange(`${quote(pattern)} is too complicated; allowed are ${allowed}.`);
  }
  const fixedPart = /^[^*?[{]*(?=\/|$)/.exec(pattern)?.[0] ?? '';
  const start = resolve(workspace, fixedPart === '' && pattern.startsWith('/') ? '/' : fixedPart);
  if (!climbs.test(pattern) && roots.some((root) => isInside(start, root))) return accept(pattern);
  return refuseRange(`${quote(pattern)} looks outside ${roots.join(' and ')}.`);
}

/** The files that globs match, sorted by path and as people know them; a glob that begins with `!` leaves files out. */
export async function findFiles(patterns: readonly string[], access: PromptAccess): Promise<Result<readonly string[]>> {
  const { workspace } = access;
  if (patterns.length > mostGlobs)
    return refuseRange(
      `${patterns.length} globs are too many; at most ${mostGlobs} are allowed. One with "*" finds many files.`,
    );
  const ignore = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const checked = parseEach([...wanted, ...ignore], (pattern) => checkGlob(pattern, access));
  if (!checked.ok) return checked;
  const options = {
    cwd: workspace,
    absolute: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    extglob: false,
  };
  const search = { ...options, ignore: ignore.map(literalParentheses) };
  const found = await Promise.all(wanted.map((pattern) => glob(literalParentheses(pattern), search)));
  const matched = parseEach(wanted, (pattern, index) => {
    const files = found[index] ?? [];
    return files.length > 0 ? accept(files) : refuseRange(`${quote(pattern)} matches no file in ${workspace}.`);
  });
  if (!matched.ok) return matched;
  if (wanted.length === 0) return refuseRange('every glob begins with "!", so no file is left.');
  return accept([...new Set(matched.value.flat())].map((path) => shownPath(resolve(path), workspace)).sort());
}
