import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/**
 * A start takes eight at once: both ends of the pipes for stdin, stdout and stderr, and of the one that
 * reports whether the program could be executed. The other four are for the logs of the child.
 */
const neededForStart = 12;

/**
 * Throws what the system says when there are too few descriptors to start a child; to be called right before. A start that
 * runs out of them in its middle leaves its pipes open forever (Node 24.21 returns from `spawn` without closing them on
 * EMFILE), so that each new try would make the shortage worse.
 */
export function requireDescriptors(): void {
  const opened: number[] = [];
  try {
    while (opened.length < neededForStart) opened.push(openSync(devNull, 'r'));
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}
