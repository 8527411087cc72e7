import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isInside } from './containment.ts';
import { accept, type Parsed, quote, refuseRange } from './fault.ts';

/** A file that must hold text. */
export interface TextFileRequest {
  /** Absolute. */
  readonly path: string;
  /** What the user wrote, for the error line. */
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

/** A size as people write it, rounded up so that what is too large never looks as if it fitted. */
export function formatBytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.ceil((bytes / (1024 * 1024)) * 100) / 100} MiB` : `${bytes} bytes`;
}

/** Reads a file of UTF-8 text; a byte order mark at its beginning is no part of it. */
export function readTextFile(request: TextFileRequest): Parsed<TextFile> {
  const { path, maxBytes, roots, why } = request;
  const shown = quote(request.shown);
  try {
    const realPath = realpathSync(path);
    if (roots !== undefined && !roots.some((root) => isInside(realPath, root))) {
      const allowed = roots.length === 0 ? 'the workspace' : roots.join(' and ');
      return refuseRange(`${shown} lies outside ${allowed}.${why === undefined ? '' : ` ${why}`}`);
    }
    // Looked at before it is opened: a named pipe would block for ever.
    const state = statSync(realPath);
    if (state.isDirectory()) return refuseRange(`${shown} is a directory, not a file.`);
    if (!state.isFile()) return refuseRange(`${shown} is not a regular file.`);
    if (state.size > maxBytes)
      return refuseRange(`${shown} has ${formatBytes(state.size)}; at most ${formatBytes(maxBytes)} are allowed.`);
    const bytes = readFileSync(realPath);
    if (isUtf16(bytes)) return refuseRange(`${shown} is not UTF-8 text but UTF-16. Save it as UTF-8.`);
    return accept({ realPath, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return refuseRange(`${shown} is not UTF-8 text.`);
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuseRange(`${shown} does not exist.`);
    return refuseRange(`${shown} cannot be read (${code}).`);
  }
}

/** What PowerShell 5 writes by default. */
function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
