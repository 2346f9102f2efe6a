// A call of the control interface is declared in this language: parameters and answer as data, so that what is read,
// what is refused and what the OpenAPI document says come from one place.
import type { ControlTarget } from './control-target.ts';

/** As much of JSON Schema as the calls need. */
export interface JsonSchema {
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  description?: string;
  enum?: readonly string[];
  items?: JsonSchema;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  minimum?: number;
  maximum?: number;
}

/** A call is refused. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A value of a form, of a query or of a flat JSON object. */
interface ControlParam<T> {
  schema: JsonSchema;
  required: boolean;
  /** @throws ControlError */
  read(name: string, text: string): T;
}

type ControlParams = Readonly<Record<string, ControlParam<unknown>>>;
type ControlArgs<P extends ControlParams> = {
  [Name in keyof P]: P[Name] extends ControlParam<infer T> ? T : never;
};

type ControlMethod = 'GET' | 'POST' | 'DELETE';

export interface ControlCall {
  method: ControlMethod;
  /** Below `/_/emulator/`. */
  path: string;
  doc: string;
  params: ControlParams;
  /** None of the parameters is needed by itself, but one at least. */
  needsOne: boolean;
  answer: JsonSchema;
  run(target: ControlTarget, args: never): unknown;
}

/** Declares a call; the type of `args` follows from `params`. */
export function controlCall<P extends ControlParams = Record<never, never>>(
  method: ControlMethod,
  path: string,
  options: {
    doc: string;
    params?: P;
    needsOne?: boolean;
    answer: JsonSchema;
    run(target: ControlTarget, args: ControlArgs<P>): unknown;
  },
): ControlCall {
  const { doc, params = {}, needsOne = false, answer, run } = options;
  return { method, path, doc, params, needsOne, answer, run };
}

const param = <T>(schema: JsonSchema, read: ControlParam<T>['read']): ControlParam<T | undefined> => ({
  schema,
  required: false,
  read,
});

export const text = (description: string): ControlParam<string | undefined> =>
  param({ type: 'string', description }, (_name, value) => value);

export const oneOf = <const T extends string>(description: string, values: readonly T[]): ControlParam<T | undefined> =>
  param({ type: 'string', enum: values, description }, (name, value) => {
    const found = values.find((one) => one === value);
    if (found === undefined) throw new ControlError(400, `${name}: must be one of ${values.join(', ')}`);
    return found;
  });

export const number = (
  description: string,
  { minimum, maximum, whole = false }: { minimum: number; maximum: number; whole?: boolean },
): ControlParam<number | undefined> =>
  param({ type: whole ? 'integer' : 'number', minimum, maximum, description }, (name, value) => {
    const read = value.trim() === '' ? Number.NaN : Number(value);
    if (!(read >= minimum && read <= maximum) || (whole && !Number.isInteger(read)))
      throw new ControlError(400, `${name}: must be a ${whole ? 'whole ' : ''}number from ${minimum} to ${maximum}`);
    return read;
  });

export const yesNo = (description: string): ControlParam<boolean | undefined> =>
  param({ type: 'boolean', description }, (name, value) => {
    if (value === 'true' || value === '1') return true;
    if (value === 'false' || value === '0') return false;
    throw new ControlError(400, `${name}: must be true or false`);
  });

/** A value of text that `read` makes something of. */
export const parsed = <T>(description: string, read: ControlParam<T>['read']): ControlParam<T | undefined> =>
  param({ type: 'string', description }, read);

export function required<T>(one: ControlParam<T | undefined>): ControlParam<T> {
  const read = (name: string, value: string): T => {
    const found = one.read(name, value);
    if (found === undefined) throw new ControlError(400, `${name}: is required`);
    return found;
  };
  return { schema: one.schema, required: true, read };
}

/** An object that has all of these keys. */
export const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
