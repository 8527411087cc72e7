import { inflateRawSync } from 'node:zlib';

// Offsets of the fields that are read, from APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16.
const endOfDirectory = Buffer.from('PK\x05\x06', 'latin1');
const entryHeader = 46;
const localHeader = 30;

/** The files of a zip archive in memory, by their path. */
export function unzip(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = archive.lastIndexOf(endOfDirectory);
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + entryHeader, at + entryHeader + nameLength);
    files.set(name, content(archive, at));
    at += entryHeader + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

function content(archive: Buffer, entry: number): Buffer {
  const local = archive.readUInt32LE(entry + 42);
  const from = local + localHeader + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(from, from + archive.readUInt32LE(entry + 20));
  return archive.readUInt16LE(entry + 10) === 0 ? bytes : inflateRawSync(bytes);
}
