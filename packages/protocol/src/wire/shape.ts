// Checks that JSON has the shape that its type promises. A cast would believe whatever was stored or sent; a shape
// looks, and its type can't say more than it has looked at.

/** True for values of type T. Keys that a shape doesn't name are left as they are: a newer version may know them. */
export type Shape<T> = (value: unknown) => value is T;

/** A shape of what may be missing: JSON has no `undefined`. */
export type OptionalShape<T> = Shape<T> & { readonly optional: true };

export const text: Shape<string> = (value) => typeof value === 'string';
export const number: Shape<number> = (value) => typeof value === 'number';
export const boolean: Shape<boolean> = (value) => typeof value === 'boolean';
export const nothing: Shape<null> = (value) => value === null;

/** An object with any keys; lists and null are none. */
export const anyObject: Shape<Record<string, unknown>> = (value): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function optional<T>(shape: Shape<T>): OptionalShape<T | undefined> {
  const check: Shape<T | undefined> = (value) => value === undefined || shape(value);
  return Object.assign(check, { optional: true as const });
}

export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

/** One of these values and no other. */
export function oneOf<const T>(...values: readonly T[]): Shape<T> {
  const known = new Set<unknown>(values);
  return (value): value is T => known.has(value);
}

/** A key of the table. */
export function keyOf<T extends object>(table: T): Shape<keyof T & string> {
  return (value): value is keyof T & string => typeof value === 'string' && Object.hasOwn(table, value);
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(shape);
}

/** An object with any keys and values of one shape. */
export function mapOf<T>(shape: Shape<T>): Shape<Record<string, T>> {
  return (value): value is Record<string, T> => anyObject(value) && Object.values(value).every(shape);
}

/** The shape of each key of T, none left out; the compiler wants `optional` exactly where T may go without. */
export type Shapes<T> = {
  [K in keyof Required<T>]: undefined extends T[K] ? OptionalShape<T[K]> : Shape<T[K]>;
};

/** An object with these keys. */
export function object<T extends object>(shapes: Shapes<T>): Shape<T> {
  const checks = Object.entries<(value: unknown) => boolean>(shapes);
  return (value): value is T => anyObject(value) && checks.every(([key, check]) => check(value[key]));
}
