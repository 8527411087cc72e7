/** Work in steps: at each `yield`, something else may be done first. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** The work's outcome, with nothing done in between. */
export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
