// Most facts are in memory, and a promise of one costs more than the look at it. So what is made of facts is there at once
// where the facts are, and is a promise where one of them must be read first.

/** A value, or a promise of it. */
export type Maybe<T> = T | Promise<T>;

/** Goes on with a value: at once where it is there. */
export const withValue = <T, U>(value: Maybe<T>, use: (value: T) => Maybe<U>): Maybe<U> =>
  value instanceof Promise ? value.then(use) : use(value);

/**
 * Makes a value that is kept and looked at again: where `make` throws, it's a promise that rejects, as it is where
 * something has to be read first.
 */
export function attempt<T>(make: () => Maybe<T>): Maybe<T> {
  try {
    return make();
  } catch (error) {
    return (async () => {
      throw error;
    })();
  }
}

type Values<T extends readonly unknown[]> = { [K in keyof T]: Awaited<T[K]> };

const areThere = <T extends readonly unknown[]>(values: T): values is T & Values<T> =>
  !values.some((value) => value instanceof Promise);

/** All values, in their order: at once where each is there. */
export const allValues = <T extends readonly unknown[] | []>(values: T): Maybe<Values<T>> =>
  areThere(values) ? values : Promise.all(values);
