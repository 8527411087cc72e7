import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const sha = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const largestFile = 8 * 1024 * 1024;

/** The commit that is checked out; undefined when it is not known. Git itself is not run: it obeys the configuration in the checkout. */
export async function checkedOutCommit(checkout: string): Promise<string | undefined> {
  const head = await textOf(join(checkout, '.git', 'HEAD'));
  if (head === undefined || sha.test(head)) return head;
  const [, ref = ''] = /^ref: (refs\/[\w./-]{1,500})$/.exec(head) ?? [];
  if (ref === '' || ref.split('/').includes('..')) return undefined;
  const loose = await textOf(join(checkout, '.git', ...ref.split('/')));
  if (loose !== undefined) return sha.test(loose) ? loose : undefined;
  const packed = (await textOf(join(checkout, '.git', 'packed-refs'))) ?? '';
  const line = packed.split('\n').find((candidate) => candidate.endsWith(` ${ref}`)) ?? '';
  const [commit = ''] = line.split(' ');
  return sha.test(commit) ? commit : undefined;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    return found.isFile() && found.size <= largestFile ? (await readFile(path, 'utf8')).trim() : undefined;
  } catch {
    return undefined;
  }
}
