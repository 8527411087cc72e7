import { listenForInterrupts } from './interrupts.ts';

/** Listened for before anything else is loaded, which takes 100 ms: until then a signal would end the step without outputs. */
export const interrupts = listenForInterrupts();
