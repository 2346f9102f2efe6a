// Paging: opaque cursors and full links, both in the recorded form. A cursor is base64 of the position with `ZD` for
// `=`. Links repeat the call's own query, token included (documented), but never the proof.
import { refuse } from '@hallpass/protocol';
import type { Call, ParamValue } from '../http/call.ts';
import type { ListPart, PageRequest } from './schema.ts';

const DEFAULT_LIMIT = 25;
const MOST = 100;

export const cursorOf = (position: string): string =>
  Buffer.from(position).toString('base64').replace(/=/g, 'ZD').replace(/\+/g, 'ZB').replace(/\//g, 'ZC');

/** @throws Refusal param.invalid for anything that is not a cursor */
export function positionOf(cursor: string, name: 'after' | 'before'): string {
  const plain = cursor.replace(/ZD/g, '=').replace(/ZB/g, '+').replace(/ZC/g, '/');
  const position = Buffer.from(plain, 'base64').toString('utf8');
  if (cursor === '' || cursor.length > 512 || cursorOf(position) !== cursor) throw refuse('param.invalid', { name });
  return position;
}

/** Limit and cursors out of parameters or field modifiers. More than 100 counts as 100; 0 asks for no row (abjerner/Skybrud.Social#6). */
export function pageRequest(given: Readonly<Record<string, ParamValue>>): PageRequest {
  const text = (name: string): string | undefined => {
    const value = given[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string' && typeof value !== 'number') throw refuse('param.invalid', { name });
    return String(value);
  };
  const limit = text('limit');
  if (limit !== undefined && !/^\d{1,9}$/.test(limit)) throw refuse('param.must_be', { name: 'limit', what: 'a whole number' });
  const after = text('after');
  const before = text('before');
  if (after !== undefined && before !== undefined) throw refuse('param.invalid', { name: 'before' });
  return {
    limit: limit === undefined ? DEFAULT_LIMIT : Math.min(MOST, Number(limit)),
    after: after === undefined ? undefined : positionOf(after, 'after'),
    before: before === undefined ? undefined : positionOf(before, 'before'),
  };
}

/** Cuts one part out of a list that is in memory whole, ordered by `position`. */
export function cut<Row>(rows: readonly Row[], position: (row: Row) => string, page: PageRequest): ListPart<Row> {
  let from = 0;
  if (page.after !== undefined) {
    from = rows.findIndex((row) => position(row) === page.after) + 1;
    if (from === 0) return { rows: [], position, hasNext: false, hasPrevious: rows.length > 0, total: rows.length };
  } else if (page.before !== undefined) {
    const at = rows.findIndex((row) => position(row) === page.before);
    const end = at < 0 ? 0 : at;
    from = Math.max(0, end - page.limit);
    return { rows: rows.slice(from, end), position, hasNext: end < rows.length, hasPrevious: from > 0, total: rows.length };
  }
  return {
    rows: rows.slice(from, from + page.limit),
    position,
    hasNext: from + page.limit < rows.length,
    hasPrevious: from > 0,
    total: rows.length,
  };
}

/** Makes a part from rows that were read with one more than asked for, in reading order. @param total counts the whole list */
export function partOf<Row>(read: readonly Row[], position: (row: Row) => string, page: PageRequest, total: ListPart<Row>['total']): ListPart<Row> {
  const more = read.length > page.limit;
  if (page.before !== undefined) {
    return { rows: more ? read.slice(read.length - page.limit) : read, position, hasNext: true, hasPrevious: more, total };
  }
  return { rows: more ? read.slice(0, page.limit) : read, position, hasNext: more, hasPrevious: page.after !== undefined, total };
}

export interface PagingLinks {
  cursors?: { before: string; after: string };
  next?: string;
  previous?: string;
}

const neverInLinks = new Set(['after', 'before', 'limit', 'access_token', 'appsecret_proof', 'appsecret_time', 'batch', 'method']);

/** Parameters of any call that say how its answer is written: a link goes on in the same way. What is unknown is not repeated, it might be a secret. */
const manners = ['format', 'locale', 'sdk', 'date_format', 'return_ssl_resources'];

function mannersOf({ params, envelope }: Call): [string, string][] {
  const { pretty, debug, summary } = envelope;
  const plain = manners.flatMap((name): [string, string][] => (typeof params[name] === 'string' ? [[name, params[name]]] : []));
  return [
    ...plain,
    ...(pretty ? [['pretty', '1'] as [string, string]] : []),
    ...(debug ? [['debug', debug] as [string, string]] : []),
    ...(summary === undefined ? [] : [['summary', summary] as [string, string]]),
  ];
}

/** `path` is the path of the list itself: for a nested list that of the object it hangs on. */
export function pagingLinks(
  call: Call,
  graphUrl: string,
  path: string,
  extra: Record<string, string>,
  part: ListPart<unknown>,
  page: PageRequest,
): PagingLinks {
  const first = part.rows[0];
  const last = part.rows.at(-1);
  if (first === undefined || last === undefined) return {};
  const position = part.position ?? ((row: unknown) => String((row as { id: string }).id));
  const before = cursorOf(position(first));
  const after = cursorOf(position(last));
  const link = (cursor: Record<string, string>): string => {
    const query = new URLSearchParams();
    if (call.credential !== undefined) query.set('access_token', call.credential);
    for (const [name, value] of mannersOf(call)) query.set(name, value);
    for (const [name, value] of Object.entries(extra)) if (!neverInLinks.has(name)) query.set(name, value);
    query.set('limit', String(page.limit));
    for (const [name, value] of Object.entries(cursor)) query.set(name, value);
    return `${graphUrl}/${call.version}/${path}?${query}`;
  };
  return {
    cursors: { before, after },
    ...(part.hasNext ? { next: link({ after }) } : {}),
    ...(part.hasPrevious ? { previous: link({ before }) } : {}),
  };
}
