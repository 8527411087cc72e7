import { readFileSync, realpathSync, statSync } from 'node:fs';
import { errorCode } from '../model/errors.ts';
import { isInside } from './containment.ts';
import { accept, quote, type Result, refuseRange } from './diagnostic.ts';

/** In UTF-16 units; longer than any path that a person writes. */
const longestPlace = 500;

/** A file that must hold text. */
export interface TextFileRequest {
  /** Absolute. */
  readonly path: string;
  /** The path as the user wrote it, for the error line. */
  readonly shown: string;
  readonly maxBytes: number;
  /** Directories of which one must hold the file, links resolved; absent means that it may lie anywhere. */
  readonly roots?: readonly string[];
  /** Why only these, for the error line. */
  readonly why?: string | undefined;
}

/** A file that was read whole. */
export interface TextFile {
  /** With every symbolic link resolved. */
  readonly realPath: string;
  readonly text: string;
}

/** A file that is there and may be read, but whose content is of no use. */
export interface UnfitFile {
  readonly kind: 'unfit';
  readonly bytes: number;
  /** Description of the fault, as the end of a sentence that begins with the file's name. */
  readonly cause: string;
}

/** Outcome of a search for a text file. */
export type TextFileLookup =
  | ({ readonly kind: 'text' } & TextFile)
  | UnfitFile
  | { readonly kind: 'missing' }
  /** Not to be read, with the reason as the end of a sentence that begins with the file's name. */
  | { readonly kind: 'refused'; readonly cause: string };

/** A size as people write it, rounded up so that what is too large never looks as if it fitted. */
export function formatBytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.ceil((bytes / (1024 * 1024)) * 100) / 100} MiB` : `${bytes} bytes`;
}

/** Reads a file of UTF-8 text; a byte order mark at its beginning is no part of it. */
export function readTextFile(request: TextFileRequest): Result<TextFile> {
  const shown = quote(request.shown);
  const file = lookUpTextFile(request);
  switch (file.kind) {
    case 'text':
      return accept({ realPath: file.realPath, text: file.text });
    case 'missing':
      return refuseRange(`${shown} ${missingAt(request)}`);
    case 'unfit':
    case 'refused':
      return refuseRange(`${shown} ${file.cause}`);
  }
}

/** The end of a sentence about a missing file: with its full path, unless that was given or is too long to read. */
export function missingAt({ path, shown }: Pick<TextFileRequest, 'path' | 'shown'>): string {
  return `does not exist${path === shown || path.length > longestPlace ? '' : `; it was looked for at ${path}`}.`;
}

/** Reads a file of UTF-8 text, or says what is there instead. */
export function lookUpTextFile({ path, maxBytes, roots, why }: TextFileRequest): TextFileLookup {
  try {
    const realPath = realpathSync(path);
    if (roots !== undefined && !roots.some((root) => isInside(realPath, root))) {
      const allowed = roots.length === 0 ? 'the workspace' : roots.join(' and ');
      return { kind: 'refused', cause: `lies outside ${allowed}.${why === undefined ? '' : ` ${why}`}` };
    }
    // Looked at before it is opened: a named pipe would block forever.
    const state = statSync(realPath);
    if (state.isDirectory()) return { kind: 'refused', cause: 'is a directory, not a file.' };
    if (!state.isFile()) return { kind: 'refused', cause: 'is not a regular file.' };
    const { size: bytes } = state;
    if (bytes > maxBytes) {
      const cause = `has ${formatBytes(bytes)}; at most ${formatBytes(maxBytes)} are allowed.`;
      return { kind: 'unfit', bytes, cause };
    }
    const content = readFileSync(realPath);
    const text = decoded(content);
    if (text !== undefined) return { kind: 'text', realPath, text };
    const hint = isUtf16(content) ? ' but UTF-16. Save it as UTF-8.' : '.';
    return { kind: 'unfit', bytes, cause: `is not UTF-8 text${hint}` };
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'refused', cause: `cannot be read (${code}).` };
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Default encoding of PowerShell 5. */
function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
