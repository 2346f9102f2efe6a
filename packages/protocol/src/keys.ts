// These functions ask about the keys of tables and the values of lists, and their answers narrow a type. The compiler
// can't know that an object has no keys beside those of its type; our tables haven't.

/** The names of a table, in the order in which they stand there. */
export const keysOf = <T extends object>(table: T): (keyof T & string)[] => Object.keys(table) as (keyof T & string)[];

/** The rows of a table, each with its name. */
export const entriesOf = <T extends object>(table: T): [keyof T & string, T[keyof T & string]][] =>
  keysOf(table).map((key) => [key, table[key]]);

/** True when a table has a row of this name of its own. */
export const isKeyOf = <T extends object>(table: T, name: PropertyKey): name is keyof T & string =>
  Object.hasOwn(table, name);

/** True when a list of some words holds this word. */
export const isIn = <T>(list: readonly T[], value: unknown): value is T => (list as readonly unknown[]).includes(value);
