import { rename } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../model/errors.ts';

/** On Windows a virus scanner or an editor may hold a file open for a moment; it cannot be replaced then. */
const heldCodes: readonly unknown[] = ['EPERM', 'EACCES', 'EBUSY'];
const firstDelayMs = 10;
const longestDelayMs = 640;

/** Parts that differ on other systems, and in tests. */
export interface RenameTools {
  readonly platform?: NodeJS.Platform;
  readonly move?: (from: string, to: string) => Promise<void>;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Renames a file over another; on Windows tries again for about a second while another program holds one of them open. */
export async function renameOver(from: string, to: string, tools: RenameTools = {}): Promise<void> {
  const { platform = process.platform, move = rename, wait = sleep } = tools;
  for (let delayMs = firstDelayMs; ; delayMs *= 2) {
    try {
      return await move(from, to);
    } catch (error) {
      const isHeld = heldCodes.includes(errorCode(error));
      if (platform !== 'win32' || !isHeld || delayMs > longestDelayMs) throw error;
      await wait(delayMs);
    }
  }
}
