type Compact<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without its undefined members, as `exactOptionalPropertyTypes` requires. */
export function compact<T extends object>(members: T): Compact<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Compact<T>;
}
