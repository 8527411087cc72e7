import process from 'node:process';

/**
 * Rejects with the first fault of our own that nothing caught. A program that has nothing left to wait for, though it has not
 * ended, has one too: Node would end it without a word. Only for programs of our own.
 */
export function crashOfThisProgram(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  process.on('uncaughtException', reject);
  process.on('unhandledRejection', reject);
  process.once('beforeExit', () => reject(new Error('nothing is left to wait for, and the end has not come.')));
  // The program may have ended well when this rejects.
  promise.catch(() => undefined);
  return promise;
}
