/** Work that may have to wait for its turn. */
export interface WaitingTurn<T> {
  readonly work: Promise<T>;
  /** Resolves when it is its turn. */
  readonly begun: Promise<unknown>;
  readonly signal: AbortSignal | undefined;
  /** What it comes to when it is cancelled before its turn. */
  readonly cancelled: () => Promise<T>;
}

/** What the work comes to; whoever cancels it before its turn does not wait for that. */
export async function resultOf<T>({ work, begun, signal, cancelled }: WaitingTurn<T>): Promise<T> {
  if (signal === undefined) return await work;
  const { promise: aborted, resolve } = Promise.withResolvers<'aborted'>();
  // Work that has nothing to wait for begins before that.
  const onAbort = (): void => void setImmediate(resolve, 'aborted');
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    if ((await Promise.race([begun, work, aborted])) !== 'aborted') return await work;
    // Nobody hears of it any more.
    work.catch(() => undefined);
    return await cancelled();
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
