// The fields of a call: one table says what they are, and the check, the types, the description for machines and the
// options of the command line are read from it.

export interface Field {
  /** `text` unless it says otherwise; `whole` is a whole number, `flag` true or false, `texts` a list of texts. */
  type: 'text' | 'whole' | 'flag' | 'texts' | 'object';
  doc: string;
  required?: true;
  /** Other values are refused. */
  oneOf?: readonly string[];
  /** Letters that a text may have, where that is more than the usual limit. */
  longest?: number;
}

export type Fields = Readonly<Record<string, Field>>;

interface Values {
  text: string;
  whole: number;
  flag: boolean;
  texts: string[];
  object: Record<string, unknown>;
}

type ValueOf<F extends Field> = F extends { oneOf: readonly (infer One)[] }
  ? F['type'] extends 'texts'
    ? One[]
    : One
  : Values[F['type']];

type RequiredNames<F extends Fields> = { [K in keyof F]: F[K] extends { required: true } ? K : never }[keyof F];

/** The input of a call with these fields. */
export type InputOf<F extends Fields> = { [K in RequiredNames<F>]: ValueOf<F[K]> } & {
  [K in Exclude<keyof F, RequiredNames<F>>]?: ValueOf<F[K]> | undefined;
};

const LONGEST_TEXT = 100_000;

const checks: Readonly<Record<Field['type'], (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  whole: (value) => Number.isSafeInteger(value),
  flag: (value) => typeof value === 'boolean',
  texts: (value) => Array.isArray(value) && value.length <= 1000 && value.every((one) => typeof one === 'string'),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

const kinds: Readonly<Record<Field['type'], string>> = {
  text: 'a text',
  whole: 'a whole number',
  flag: 'true or false',
  texts: 'a list of texts',
  object: 'an object',
};

/** True where a value is what its fields say; with `problem`, in a sentence, the first thing that is not. */
export function isInput<F extends Fields>(
  fields: F,
  value: Readonly<Record<string, unknown>>,
  problem: (sentence: string) => void,
): value is InputOf<F> {
  const no = (sentence: string): false => {
    problem(sentence);
    return false;
  };
  for (const name of Object.keys(value)) if (!Object.hasOwn(fields, name)) return no(`There is no field \`${name}\`.`);
  for (const [name, { type, required, oneOf, longest = LONGEST_TEXT }] of Object.entries(fields)) {
    const given = value[name];
    if (given === undefined) {
      if (required) return no(`\`${name}\` is missing.`);
      continue;
    }
    if (!checks[type](given)) return no(`\`${name}\` must be ${kinds[type]}.`);
    if (typeof given === 'string' && given.length > longest)
      return no(`\`${name}\` has ${given.length} letters, and may have ${longest}: send it in parts.`);
    const all: readonly unknown[] = Array.isArray(given) ? given : [given];
    if (oneOf && !all.every((one) => typeof one === 'string' && oneOf.includes(one)))
      return no(`\`${name}\` must be one of: ${oneOf.join(', ')}.`);
  }
  return true;
}

/** A value as it stands in a query: numbers and flags are read from their text. */
export function fromText({ type }: Field, text: string): unknown {
  if (type === 'whole') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (type === 'flag') return text === 'true' ? true : text === 'false' ? false : text;
  return type === 'texts' ? text.split(',').map((one) => one.trim()) : text;
}
