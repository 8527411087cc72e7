import { crc32, deflateRawSync } from 'node:zlib';

/** A file in an archive; its path is written as it stands, whatever it is. */
export interface ZipEntry {
  readonly path: string;
  readonly content: string;
  /** Of POSIX, type included: 0o120777 is a symbolic link whose content is its target. */
  readonly mode?: number;
  /** General purpose bits; 1 says that it is encrypted. */
  readonly flags?: number;
  readonly deflate?: true;
  /** The size that the archive says it has unpacked, where that is a lie. */
  readonly size?: number;
}

/** A zip archive, for archives that no honest program writes. Fields as in APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content, mode = 0o100644, flags = 0, deflate, size } of entries) {
    const [name, plain] = [Buffer.from(path), Buffer.from(content)];
    const data = deflate ? deflateRawSync(plain) : plain;
    // Version, flags, method, time and date, then what both headers share.
    const sizes = u32(crc32(plain), data.length, size ?? plain.length);
    const shared = [u16(20, flags, deflate ? 8 : 0, 0, 0), sizes, u16(name.length, 0)];
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), ...shared, name, data]);
    const madeByUnix = u16(0x031e);
    const attributes = [u16(0, 0, 0), u32(mode * 0x10000, offset)];
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), madeByUnix, ...shared, ...attributes, name]));
    files.push(file);
    offset += file.length;
  }
  const list = Buffer.concat(directory);
  const end = [u16(0, 0, entries.length, entries.length), u32(list.length, offset), u16(0)];
  return Buffer.concat([...files, list, Buffer.from('PK\x05\x06'), ...end]);
}

function u16(...values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => Buffer.of(value & 0xff, value >> 8)));
}

function u32(...values: readonly number[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value);
      return bytes;
    }),
  );
}
