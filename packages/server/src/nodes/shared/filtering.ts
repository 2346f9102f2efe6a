// Lists about advertising take `filtering` and `sort`: which rows are wanted and in what order. What cannot be obeyed
// is refused, because a list that ignores a filter gives a wrong figure without a word. Sources: the insights
// parameters of the Marketing API; fredericharnois/facebook-ads-reporting-google-apps-script#6 and
// facebook/facebook-php-business-sdk#370, #379 for the errors.
import { graphError } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import { jsonOf, param } from '../../graph/language/params.ts';

/** Something of a row that it can be filtered and sorted by. Moments are epoch seconds. */
interface Column<Row> {
  is: 'text' | 'number' | 'moment';
  of(row: Row): string | number | undefined;
}

export type Columns<Row> = Readonly<Record<string, Column<Row>>>;

interface Filter {
  /** The place in the list, for errors. */
  at: number;
  field: string;
  operator: string;
  value: ParamValue;
}

const MOST_FILTERS = 50;

export const filterParam = param.asSent('list<{field, operator, value}>', 'Only rows that fit every one of these.');

/** The parameter `sort` of a list with these columns. */
export const sortParam = (columns: readonly string[]) =>
  param.list(`In this order: a name with _ascending or _descending, of ${columns.join(', ')}.`);

/** @throws GraphError ads.filtering_form, ads.filtering_field, ads.filtering_renamed, param.* */
export function readFilters(
  value: ParamValue | undefined,
  fields: readonly string[],
  renamed: Readonly<Record<string, string>> = {},
): Filter[] {
  if (value === undefined) return [];
  if (typeof value === 'string' && !value.trimStart().startsWith('[')) throw graphError('ads.filtering_form');
  const list = jsonOf(value, 'filtering');
  if (!Array.isArray(list)) throw graphError('ads.filtering_form');
  if (list.length > MOST_FILTERS)
    throw graphError('param.must_be', { name: 'filtering', what: `at most ${MOST_FILTERS} filters` });
  return list.map((item, at) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item))
      throw graphError('param.invalid', { name: `filtering[${at}]` });
    const { field, operator, value: wanted, ...more } = item;
    const [other] = Object.keys(more);
    if (other !== undefined) throw graphError('param.invalid', { name: `filtering[${at}][${other}]` });
    if (typeof field !== 'string') throw graphError('param.required', { name: `filtering[${at}][field]` });
    if (Object.hasOwn(renamed, field))
      throw graphError('ads.filtering_renamed', { field, newer: renamed[field] ?? '' });
    if (!fields.includes(field)) throw graphError('ads.filtering_field', { field });
    if (typeof operator !== 'string' || !Object.hasOwn(operators, operator))
      throw graphError('param.must_be', {
        name: `filtering[${at}][operator]`,
        what: `one of {${Object.keys(operators).join(', ')}}`,
      });
    if (wanted === undefined) throw graphError('param.required', { name: `filtering[${at}][value]` });
    return { at, field, operator, value: wanted };
  });
}

/**
 * The rows that fit every filter. @throws GraphError param.must_be for a value that the operator cannot be used with
 */
export function fitting<Row>(rows: readonly Row[], filters: readonly Filter[], columns: Columns<Row>): Row[] {
  const tests = filters.map((filter) => {
    const column = columns[filter.field] as Column<Row>;
    const test = (operators[filter.operator] as Operator)(new Wanted(filter, column.is));
    return (row: Row) => test(column.of(row));
  });
  return rows.filter((row) => tests.every((test) => test(row)));
}

/** @throws GraphError param.must_be for what is no column with a direction */
export function inOrder<Row>(rows: readonly Row[], sort: readonly string[] | undefined, columns: Columns<Row>): Row[] {
  const by = (sort ?? []).map((word, at) => {
    const [, name = '', direction] = /^(.+)_(ascending|descending)$/.exec(word) ?? [];
    if (!Object.hasOwn(columns, name)) {
      const known = Object.keys(columns).flatMap((one) => [`${one}_ascending`, `${one}_descending`]);
      throw graphError('param.must_be', { name: `sort[${at}]`, what: `one of {${known.join(', ')}}` });
    }
    return { column: columns[name] as Column<Row>, sign: direction === 'ascending' ? 1 : -1 };
  });
  return rows.toSorted((a, b) => {
    for (const { column, sign } of by) {
      const order = compare(column.of(a), column.of(b));
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

/** Rows without a value come first. */
function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  return a < b ? -1 : 1;
}

type Have = string | number | undefined;

/** The value of a filter, read as the column and the operator need it. */
class Wanted {
  readonly #filter: Filter;
  readonly #is: Column<never>['is'];

  constructor(filter: Filter, is: Column<never>['is']) {
    this.#filter = filter;
    this.#is = is;
  }

  #wrong(what: string) {
    return graphError('param.must_be', { name: `filtering[${this.#filter.at}][value]`, what });
  }

  #scalar(value: ParamValue): string | number {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      throw this.#wrong('a value or a list of values');
    if (this.#is === 'text') return String(value);
    const text = String(value);
    if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
    const moment =
      this.#is === 'moment' && /^\d{4}-\d\d-\d\d/.test(text)
        ? Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
        : Number.NaN;
    if (Number.isNaN(moment)) throw this.#wrong(this.#is === 'moment' ? 'a date or epoch seconds' : 'a number');
    return moment / 1000;
  }

  one(): string | number {
    const { value } = this.#filter;
    return this.#scalar(Array.isArray(value) && value.length === 1 ? (value[0] as ParamValue) : value);
  }

  /** Compares text without regard to case. */
  words(): string {
    if (this.#is !== 'text')
      throw graphError('ads.filtering_operator', { field: this.#filter.field, operator: this.#filter.operator });
    return String(this.one()).toLowerCase();
  }

  list(): (string | number)[] {
    const { value } = this.#filter;
    if (!Array.isArray(value)) throw this.#wrong('an array');
    return value.map((one) => this.#scalar(one));
  }

  range(): [string | number, string | number] {
    const [from, to, ...more] = this.list();
    if (from === undefined || to === undefined || more.length > 0) throw this.#wrong('an array of two values');
    return [from, to];
  }
}

type Operator = (wanted: Wanted) => (have: Have) => boolean;

const not =
  (operator: Operator): Operator =>
  (wanted) => {
    const test = operator(wanted);
    return (have) => !test(have);
  };

const comparing =
  (holds: (order: number) => boolean): Operator =>
  (wanted) => {
    const value = wanted.one();
    return (have) => have !== undefined && holds(compare(have, value));
  };

const containing =
  (holds: (have: string, word: string) => boolean): Operator =>
  (wanted) => {
    const word = wanted.words();
    return (have) => have !== undefined && holds(String(have).toLowerCase(), word);
  };

const within: Operator = (wanted) => {
  const values = new Set(wanted.list());
  return (have) => have !== undefined && values.has(have);
};

const inRange: Operator = (wanted) => {
  const [from, to] = wanted.range();
  return (have) => have !== undefined && compare(have, from) >= 0 && compare(have, to) <= 0;
};

const contains = containing((have, word) => have.includes(word));
const equals = comparing((order) => order === 0);

const operators: Readonly<Record<string, Operator>> = {
  EQUAL: equals,
  NOT_EQUAL: not(equals),
  GREATER_THAN: comparing((order) => order > 0),
  GREATER_THAN_OR_EQUAL: comparing((order) => order >= 0),
  LESS_THAN: comparing((order) => order < 0),
  LESS_THAN_OR_EQUAL: comparing((order) => order <= 0),
  IN_RANGE: inRange,
  NOT_IN_RANGE: not(inRange),
  CONTAIN: contains,
  NOT_CONTAIN: not(contains),
  STARTS_WITH: containing((have, word) => have.startsWith(word)),
  ENDS_WITH: containing((have, word) => have.endsWith(word)),
  IN: within,
  NOT_IN: not(within),
  BEFORE: comparing((order) => order < 0),
  AFTER: comparing((order) => order > 0),
  ON_OR_BEFORE: comparing((order) => order <= 0),
  ON_OR_AFTER: comparing((order) => order >= 0),
};
