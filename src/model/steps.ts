/** Cooperative work in steps: at each `yield` the caller may do something else first. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Runs all steps at once, and gives the result. */
export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
