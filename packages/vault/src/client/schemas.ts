// Answers are declared as schemas: their types and the description for machines are read from one declaration.

export type Json = Readonly<Record<string, unknown>>;

/** A JSON schema of values of type T. */
export interface Schema<T> {
  readonly json: Json;
  /** Never there: it carries T for the compiler. */
  readonly of?: () => T;
}

interface OptionalSchema<T> extends Schema<T> {
  readonly optional: true;
}

export type ValueOf<S> = S extends { readonly of?: () => infer T } ? T : never;

type Properties = Readonly<Record<string, Schema<unknown>>>;
type OptionalNames<P extends Properties> = {
  [K in keyof P]: P[K] extends OptionalSchema<unknown> ? K : never;
}[keyof P];
type ObjectOf<P extends Properties> = { -readonly [K in Exclude<keyof P, OptionalNames<P>>]: ValueOf<P[K]> } & {
  -readonly [K in OptionalNames<P>]?: ValueOf<P[K]> | undefined;
};
/** The same type, spelled out for whoever reads it. */
type Plain<T> = { [K in keyof T]: T[K] };

const make = <T>(json: Json, doc?: string): Schema<T> => ({
  json: doc === undefined ? json : { ...json, description: doc },
});

export const text = (doc?: string) => make<string>({ type: 'string' }, doc);
export const whole = (doc?: string) => make<number>({ type: 'integer' }, doc);
export const flag = (doc?: string) => make<boolean>({ type: 'boolean' }, doc);
/** Epoch seconds. */
export const moment = (doc?: string) => make<number>({ type: 'integer' }, doc);
export const oneOf = <const V extends string>(values: readonly V[], doc?: string) =>
  make<V>({ type: 'string', enum: values }, doc);
export const listOf = <T>(items: Schema<T>, doc?: string) => make<T[]>({ type: 'array', items: items.json }, doc);
export const orNull = <T>({ json }: Schema<T>) => make<T | null>({ anyOf: [json, { type: 'null' }] });
/** An object with any keys. */
export const anyObject = (doc?: string) => make<Record<string, unknown>>({ type: 'object' }, doc);

/** A part that may be missing. */
export const optional = <T>({ json }: Schema<T>): OptionalSchema<T> => ({ json, optional: true });

const isOptional = (schema: Schema<unknown>): boolean => 'optional' in schema;

export function object<P extends Properties>(properties: P, doc?: string): Schema<Plain<ObjectOf<P>>> {
  const named = Object.entries(properties);
  const required = named.flatMap(([name, schema]) => (isOptional(schema) ? [] : [name]));
  const json = Object.fromEntries(named.map(([name, schema]) => [name, schema.json]));
  return make({ type: 'object', properties: json, ...(required.length > 0 && { required }) }, doc);
}
