// Lists are paged with cursors: opaque cursors and full links, both in the recorded form. Links repeat the call's own
// query, token included (documented), but never the proof.
import { type ErrorKey, graphError } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import { keyedHash, sameText } from '../../hash.ts';
import type { GraphRequest } from '../../wire/call.ts';
import type { ListPart, PageRequest } from '../language/schema.ts';

const DEFAULT_LIMIT = 25;
const MOST = 100;
const LONGEST = 1024;

/** Reads and writes the cursors of one list. */
interface Cursors {
  /** The cursor of an item at `position`. */
  write(position: string): string;
  /**
   * The position that a cursor was made of. @throws GraphError for anything but a cursor that was made here for this
   * very list
   */
  read(cursor: string, name: 'after' | 'before'): string;
}

/** The refusals of a cursor that is none: lists of figures have words of their own for it. */
export type CursorFault = Extract<ErrorKey, 'param.invalid' | 'param.cursor'>;

/**
 * The cursors of a list. Each is the position and a seal over the position and the name of the list, so what comes back
 * is a value that this installation once wrote for this list, and nothing else ever reaches a query (threats IV-17).
 * @param list names the list, e.g. `user/accounts`
 */
export function cursorsOf(key: Uint8Array, list: string, fault: CursorFault = 'param.invalid'): Cursors {
  const sealOf = (position: string): string =>
    keyedHash(key, `${list}\n${position}`, 16).toString('base64url').slice(0, 8);
  return {
    write: (position) => escaped(`${position}|${sealOf(position)}`),
    read(cursor, name) {
      const text = cursor.length > LONGEST ? '' : unescaped(cursor);
      const bar = text.lastIndexOf('|');
      const position = text.slice(0, Math.max(bar, 0));
      if (bar < 0 || escaped(text) !== cursor || !sameText(key, text.slice(bar + 1), sealOf(position)))
        throw fault === 'param.invalid' ? graphError(fault, { name }) : graphError(fault);
      return position;
    },
  };
}

// Base64 in which only letters and digits are left: the recorded cursors write `ZD` for `=`.
const escapes: Readonly<Record<string, string>> = { Z: 'ZA', '+': 'ZB', '/': 'ZC', '=': 'ZD' };
const signs: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(escapes).map(([sign, written]) => [written, sign]),
);

const escaped = (text: string): string =>
  Buffer.from(text)
    .toString('base64')
    .replace(/[Z+/=]/g, (sign) => escapes[sign] as string);

const unescaped = (cursor: string): string =>
  Buffer.from(
    cursor.replace(/Z[ABCD]/g, (written) => signs[written] as string),
    'base64',
  ).toString('utf8');

/**
 * Limit and cursors out of parameters or field modifiers. More than 100 counts as 100; 0 asks for no row
 * (abjerner/Skybrud.Social#6).
 */
export function pageRequest(params: Readonly<Record<string, ParamValue>>, cursors: Cursors): PageRequest {
  const text = (name: string): string | undefined => {
    const value = params[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string' && typeof value !== 'number') throw graphError('param.invalid', { name });
    return String(value);
  };
  const limit = text('limit');
  if (limit !== undefined && !/^\d{1,9}$/.test(limit))
    throw graphError('param.must_be', { name: 'limit', what: 'a whole number' });
  const after = text('after');
  const before = text('before');
  if (after !== undefined && before !== undefined) throw graphError('param.invalid', { name: 'before' });
  return {
    limit: limit === undefined ? DEFAULT_LIMIT : Math.min(MOST, Number(limit)),
    after: after === undefined ? undefined : cursors.read(after, 'after'),
    before: before === undefined ? undefined : cursors.read(before, 'before'),
  };
}

/** Cuts one part out of a list that is in memory whole, ordered by `position`. */
export function paginate<Row>(rows: readonly Row[], position: (row: Row) => string, page: PageRequest): ListPart<Row> {
  let from = 0;
  if (page.after !== undefined) {
    from = rows.findIndex((row) => position(row) === page.after) + 1;
    if (from === 0) return { rows: [], position, hasNext: false, hasPrevious: rows.length > 0, total: rows.length };
  } else if (page.before !== undefined) {
    const at = rows.findIndex((row) => position(row) === page.before);
    const end = at < 0 ? 0 : at;
    from = Math.max(0, end - page.limit);
    return {
      rows: rows.slice(from, end),
      position,
      hasNext: end < rows.length,
      hasPrevious: from > 0,
      total: rows.length,
    };
  }
  return {
    rows: rows.slice(from, from + page.limit),
    position,
    hasNext: from + page.limit < rows.length,
    hasPrevious: from > 0,
    total: rows.length,
  };
}

/**
 * Makes a part from rows that were read with one more than asked for, in reading order. @param total counts the whole
 * list
 */
export function partOf<Row>(
  read: readonly Row[],
  position: (row: Row) => string,
  page: PageRequest,
  total: ListPart<Row>['total'],
): ListPart<Row> {
  const more = read.length > page.limit;
  if (page.before !== undefined) {
    return {
      rows: more ? read.slice(read.length - page.limit) : read,
      position,
      hasNext: true,
      hasPrevious: more,
      total,
    };
  }
  return {
    rows: more ? read.slice(0, page.limit) : read,
    position,
    hasNext: more,
    hasPrevious: page.after !== undefined,
    total,
  };
}

interface PagingLinks {
  cursors?: { before: string; after: string };
  next?: string;
  previous?: string;
}

const neverInLinks = new Set([
  'after',
  'before',
  'limit',
  'access_token',
  'appsecret_proof',
  'appsecret_time',
  'batch',
  'method',
]);

/**
 * Parameters of any call that say how its answer is written: a link goes on in the same way. What is unknown is not
 * repeated, it might be a secret.
 */
const presentationParams = ['format', 'locale', 'sdk', 'date_format', 'return_ssl_resources'];

function presentationOf({ params, envelope }: GraphRequest): [string, string][] {
  const { pretty, debug, summary } = envelope;
  const plain = presentationParams.flatMap((name): [string, string][] =>
    typeof params[name] === 'string' ? [[name, params[name]]] : [],
  );
  if (pretty) plain.push(['pretty', '1']);
  if (debug) plain.push(['debug', debug]);
  if (summary !== undefined) plain.push(['summary', summary]);
  return plain;
}

/** `path` is the path of the list itself: for a nested list that of the object it hangs on. */
export function pagingLinks(
  call: GraphRequest,
  graphUrl: string,
  path: string,
  extra: Record<string, string>,
  cursors: Cursors,
  part: ListPart<unknown>,
  page: PageRequest,
): PagingLinks {
  const first = part.rows[0];
  const last = part.rows.at(-1);
  if (first === undefined || last === undefined) return {};
  const position = part.position ?? ((row: unknown) => String((row as { id: string }).id));
  const before = cursors.write(position(first));
  const after = cursors.write(position(last));
  const link = (cursor: Record<string, string>): string => {
    const query = new URLSearchParams();
    if (call.credential !== undefined) query.set('access_token', call.credential);
    for (const [name, value] of presentationOf(call)) query.set(name, value);
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
