/** The message of whatever was thrown or rejected with. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of an error of the system, such as `ENOENT`; undefined for any other. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** The text of a fault of our own, for a boundary that reports it: it begins with `Internal error:`, once. */
export function internalErrorMessage(error: unknown): string {
  return `Internal error: ${errorMessage(error).replace(/^Internal error: /, '')}`;
}
