// Parameters of edges and operations are declared once: what they are, whether they are needed, how they are read. A
// value of another shape than declared counts as wrong, never as something it could be turned into.
import { isId, graphError } from '@hallpass/protocol';
import { type ParamValue, parseJson, readNames } from '@hallpass/protocol/request';
import { AdAccountId, type IdReaders } from '../../store/ids.ts';

export interface Param<T> {
  doc: string;
  type: string;
  required: boolean;
  /** Empty text is a value of its own: it clears what is stored. Elsewhere it counts as absent. */
  clears: boolean;
  /** @throws GraphError param.* */
  read(value: ParamValue, name: string): T;
}

interface Options {
  required?: boolean;
  clears?: boolean;
}

interface TextOptions extends Options {
  /** Refused in the words of reports of advertising. */
  ofReports?: true;
  /** In UTF-16 units. */
  max?: number;
  /** The words that are allowed, and no others. */
  oneOf?: readonly string[];
}

/** The text itself, or one of the words that are allowed. */
type TextOf<O extends TextOptions> = O extends { oneOf: readonly (infer Word extends string)[] } ? Word : string;

type RequiredNames<T, O extends Options> = O extends { required: true } ? T : T | undefined;

const declare = <T, O extends Options>(
  type: string,
  doc: string,
  options: O | undefined,
  read: Param<T>['read'],
): Param<RequiredNames<T, O>> => ({
  doc,
  type,
  required: options?.required ?? false,
  clears: options?.clears ?? false,
  read: read as Param<RequiredNames<T, O>>['read'],
});

function scalar(value: ParamValue, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw graphError('param.invalid', { name });
}

/** Says what a whole number must be, with its bounds if it has any. */
function integerInWords({ min, max }: { min?: number; max?: number } = {}): string {
  const bounds = [
    ...(min === undefined ? [] : [`greater than or equal to ${min}`]),
    ...(max === undefined ? [] : [`less than or equal to ${max}`]),
  ];
  return ['an integer', ...bounds].join(' ').replace(' less', ' and less').replace('integer and', 'integer');
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

const singleQuoted = /^\[\s*(?:'[^'\\]*'\s*(?:,\s*'[^'\\]*'\s*)*)?\]$/;

/** A list in brackets. @throws GraphError param.* for text that is neither JSON nor a list of words in single quotes */
function bracketed(text: string, name: string): ParamValue {
  if (singleQuoted.test(text)) return [...text.matchAll(/'([^'\\]*)'/g)].map(([, word = '']) => word);
  return parseJson(text, name);
}

export const param = {
  text: <const O extends TextOptions>(doc: string, options?: O) =>
    declare<TextOf<O>, O>(
      options?.oneOf ? `string: ${options.oneOf.join(', ')}` : 'string',
      doc,
      options,
      (value, name) => {
        const text = scalar(value, name);
        if (options?.max !== undefined && text.length > options.max)
          throw graphError('param.must_be', { name, what: `at most ${options.max} characters long` });
        if (options?.oneOf && !options.oneOf.includes(text)) {
          const what = options.oneOf.join(', ');
          throw options.ofReports
            ? graphError('ads.one_of', { name, what })
            : graphError('param.must_be', { name, what: `one of {${what}}` });
        }
        return text as TextOf<O>;
      },
    ),
  /** Exactly as sent and only a string: tokens, codes, secrets. */
  secret: <O extends Options>(doc: string, options?: O) =>
    declare<string, O>('string', doc, options, (value, name) => {
      if (typeof value !== 'string' || value === '') throw graphError('param.required', { name });
      return value;
    }),
  id: <O extends Options>(doc: string, options?: O) =>
    declare<string, O>('numeric string', doc, options, (value, name) => {
      const text = scalar(value, name);
      // Text that is no id is answered as an unknown id is.
      if (!isId(text)) throw graphError('param.invalid', { name });
      return text;
    }),
  /** The id of something of one kind: `idOf(PageId, …)`. */
  idOf: <T extends string, const O extends Options>(kind: IdReaders<T>, doc: string, options?: O) =>
    declare<T, O>('numeric string', doc, options, (value, name) => {
      const id = kind.parse(scalar(value, name));
      if (id === undefined) throw graphError('param.invalid', { name });
      return id;
    }),
  /** The number in `act_123`, or in `123`. */
  adAccount: <O extends Options>(doc: string, options?: O) =>
    declare<AdAccountId, O>('string', doc, options, (value, name) => {
      const [, number] = /^(?:act_)?([1-9]\d{0,18})$/.exec(scalar(value, name)) ?? [];
      const id = AdAccountId.parse(number ?? '');
      if (id === undefined) throw graphError('param.invalid', { name });
      return id;
    }),
  bool: <O extends Options>(doc: string, options?: O) =>
    declare<boolean, O>('boolean', doc, options, (value, name) => {
      const truth = truths.get(scalar(value, name));
      if (truth === undefined) throw graphError('param.must_be', { name, what: 'a boolean' });
      return truth;
    }),
  int: <O extends Options & { min?: number; max?: number }>(doc: string, options?: O) =>
    declare<number, O>('integer', doc, options, (value, name) => {
      const text = scalar(value, name);
      const number = Number(text);
      if (!/^-?\d{1,15}$/.test(text) || number < (options?.min ?? -Infinity) || number > (options?.max ?? Infinity))
        throw graphError('param.must_be', { name, what: integerInWords(options) });
      return number;
    }),
  /** Epoch seconds, or an ISO 8601 date. */
  moment: <O extends Options>(doc: string, options?: O) =>
    declare<number, O>('datetime', doc, options, (value, name) => {
      const text = scalar(value, name);
      if (/^\d{1,11}$/.test(text)) return Number(text);
      const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN;
      if (Number.isNaN(at)) throw graphError('param.must_be', { name, what: 'a date or epoch seconds' });
      return Math.floor(at / 1000);
    }),
  /**
   * Comma separated, or a JSON list, also with single quotes as reference pages print it; spaces also separate where
   * `spaces` is set (scope).
   */
  list: <O extends Options & { spaces?: boolean }>(doc: string, options?: O) =>
    declare<string[], O>('list<string>', doc, options, (value, name) => {
      const from =
        typeof value === 'string' && value.trimStart().startsWith('[') ? bracketed(value.trim(), name) : value;
      const items = Array.isArray(from)
        ? from.map((item) => scalar(item, name))
        : scalar(from, name).split(options?.spaces ? /[\s,]+/ : ',');
      return items.map((item) => item.trim()).filter((item) => item !== '');
    }),
  /** Names in the grammar of `fields`. @throws GraphError param.syntax */
  names: <O extends Options & { form?: RegExp }>(doc: string, options?: O) =>
    declare<string[], O>('list<string>', doc, options, (value, name) => readNames(value, name, options?.form)),
  /** Declared for the reference only: the operation reads it out of the call itself. */
  asSent: (type: string, doc: string) => declare<ParamValue, Options>(type, doc, undefined, (value) => value),
} as const;

/**
 * A JSON value: text of one is read, any other is as it is. Old programs write single quotes where JSON has double
 * ones; so a text without a double quote may have them. @throws GraphError param.invalid
 */
export const jsonOf = (value: ParamValue, name: string): ParamValue =>
  typeof value === 'string' ? parseJson(value.includes('"') ? value : value.replaceAll("'", '"'), name) : value;

// biome-ignore lint/suspicious/noExplicitAny: a declaration of any value type
export type Params = Record<string, Param<any>>;
export type Args<P extends Params> = { [K in keyof P]: P[K] extends Param<infer T> ? T : never };

/** Reads the declared parameters out of a call; all others are ignored. @throws GraphError param.required | param.* */
export function readParams<P extends Params>(params: P, values: Record<string, ParamValue>): Args<P> {
  const args: Record<string, unknown> = {};
  for (const name in params) {
    const declaration = params[name];
    if (!declaration) continue;
    const value = values[name];
    if (value === undefined || value === null || (value === '' && !declaration.clears)) {
      if (declaration.required) throw graphError('param.required', { name });
      continue;
    }
    args[name] = declaration.read(value, name);
  }
  return args as Args<P>;
}
