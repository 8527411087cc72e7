/** Work that may have to wait for its turn. */
export interface WaitingTurn<T> {
  readonly work: Promise<T>;
  /** Resolves when it is its turn. */
  readonly begun: Promise<unknown>;
  readonly signal: AbortSignal | undefined;
  /** Gives the result of work that was cancelled before its turn. */
  readonly cancelled: () => Promise<T>;
}

/** The result of the work; a caller that cancels it before its turn gets `cancelled()` at once. */
export async function resultOf<T>({ work, begun, signal, cancelled }: WaitingTurn<T>): Promise<T> {
  if (signal === undefined) return await work;
  const { promise: aborted, resolve } = Promise.withResolvers<'aborted'>();
  // Work that has nothing to wait for begins before that.
  const onAbort = (): void => void setImmediate(resolve, 'aborted');
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    if ((await Promise.race([begun, work, aborted])) !== 'aborted') return await work;
    // Its caller has a result already.
    work.catch(() => undefined);
    return await cancelled();
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
