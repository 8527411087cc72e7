import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from enlarging its space for new objects. What passes through a session lives for a moment only, yet V8 doubles
 * that space up to 128 MiB: six processes that each wrote 256 MiB took 260 MiB with it and 170 without (docs/reliability.md, R6). Only for programs
 * of our own: the library must not change the program that calls it.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
