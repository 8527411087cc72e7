import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { largestLog } from '../record/bounded-lines.ts';

/** Limits of an archive that anyone may have made. */
export interface UnpackLimits {
  /** Files in it, whether they are unpacked or not. */
  readonly entries: number;
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes of all files together. */
  readonly totalBytes: number;
  /** Highest compression ratio of a file of at least `ratioFloor` bytes. */
  readonly ratio: number;
  readonly ratioFloor: number;
}

const mebibyte = 1024 * 1024;

/** A session of 500 processes has 1,500 files; text is seldom compressed to less than a twentieth. */
export const unpackLimits: UnpackLimits = {
  entries: 100_000,
  fileBytes: largestLog,
  totalBytes: 1024 * mebibyte,
  ratio: 200,
  ratioFloor: 16 * mebibyte,
};

/** Files to unpack, and their limits. */
export interface UnpackOrder {
  readonly archive: string;
  /** Absolute. */
  readonly directory: string;
  /** The file without which nothing is of use. */
  readonly required: string;
  /** Files that are left out when they break a limit. */
  readonly optional: Pick<ReadonlySet<string>, 'has'>;
  readonly limits?: UnpackLimits;
}

/** Unpacks the files that are wanted and no other; rejects with the cause when the archive is not as an honest program makes it. */
export async function unpack(order: UnpackOrder): Promise<void> {
  const { archive, directory, required, optional, limits = unpackLimits } = order;
  const zip = await openPromise(archive, { autoClose: false, strictFileNames: true });
  try {
    if (zip.entryCount > limits.entries) throw new Error(`it holds ${zip.entryCount} files`);
    const wanted = await entriesOf(zip, (name) => name === required || optional.has(name));
    const first = wanted.get(required);
    if (first === undefined) throw new Error(`it does not hold ${required}`);
    const fault = sizeFault(first, limits);
    if (fault !== undefined) throw new Error(fault);
    let left = limits.totalBytes;
    for (const [name, entry] of wanted) {
      if (entry.uncompressedSize > left || sizeFault(entry, limits) !== undefined) continue;
      left -= entry.uncompressedSize;
      await extract(zip, entry, join(directory, name));
    }
  } finally {
    zip.close();
  }
}

/** The entries of these names. The library refuses names that lead out of a directory. */
async function entriesOf(zip: ZipFile, isWanted: (name: string) => boolean): Promise<ReadonlyMap<string, Entry>> {
  const wanted = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const { fileName: name } = entry;
    if (!isWanted(name)) continue;
    if (wanted.has(name)) throw new Error(`it holds ${name} twice`);
    if (entry.isEncrypted()) throw new Error(`${name} in it is encrypted`);
    // The type of a file as POSIX has it; archives of other systems leave it 0.
    const type = (entry.externalFileAttributes >>> 16) & 0o170_000;
    if (type !== 0 && type !== 0o100_000) throw new Error(`${name} in it is no plain file`);
    wanted.set(name, entry);
  }
  return wanted;
}

function sizeFault({ fileName, compressedSize, uncompressedSize }: Entry, limits: UnpackLimits): string | undefined {
  const { fileBytes, ratio, ratioFloor } = limits;
  if (uncompressedSize > fileBytes)
    return `${fileName} in it has ${uncompressedSize} bytes; at most ${fileBytes} are read`;
  if (uncompressedSize > ratioFloor && uncompressedSize > compressedSize * ratio)
    return `${fileName} in it unpacks to more than ${ratio} times its size`;
  return undefined;
}

/** The library ends a file that is longer or shorter than the archive says it is. */
async function extract(zip: ZipFile, entry: Entry, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
}
