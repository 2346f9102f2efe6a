// Connections: each query names the tenant, and whatever writes a token names the version that it replaces. Rows stay
// until somebody removes them.
import { givenBack, prepare } from '@hallpass/db';
import { keysOf } from '@hallpass/protocol';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { TokenKindName } from '../kinds.ts';
import type { HolderState } from '../states.ts';
import { deleteLook, holdLook, type LookColumns, noLook, split, updateLook, wholeConnections } from './looks.ts';
import type { ConnectionsTable, VaultSchema } from './schema.ts';

type Query = Kysely<VaultSchema>;

/** A connection with its look. */
export type ConnectionRow = Selectable<ConnectionsTable> & LookColumns;

/** A connection is named by these two, never by its id alone. */
export interface ConnectionKey {
  tenant: string;
  id: string;
}

export type NewConnection = Pick<ConnectionRow, 'tenant' | 'id' | 'name' | 'app_id' | 'state' | 'created_at'> &
  Partial<ConnectionRow>;

const empty = {
  kind: null,
  subject_id: null,
  subject_name: null,
  subject_type: null,
  person_id: null,
  parent_id: null,
  owner_name: null,
  owner_email: null,
  language: null,
  wanted_scopes: '[]',
  granted_scopes: '[]',
  granular: null,
  page_choice: null,
  token: null,
  token_version: 0,
  fingerprint: null,
  reason: null,
  code: null,
  subcode: null,
  advice: null,
  issued_at: null,
  expires_at: null,
  data_access_until: null,
  extended_at: null,
  extend_tried_at: null,
  failures: 0,
  ...noLook,
} as const satisfies Partial<ConnectionRow>;

/** A whole row, with nothing where nothing is said. */
export const emptyConnection = (connection: NewConnection): ConnectionRow => ({
  ...empty,
  changed_at: connection.created_at,
  ...connection,
});

export const insertConnection = (tx: Query, connection: NewConnection): Promise<void> =>
  insertConnections(tx, [connection]);

/** Rows of one statement: a database binds some ten thousand values at most. */
const INSERTED = 200;

export async function insertConnections(tx: Query, connections: readonly NewConnection[]): Promise<void> {
  for (let from = 0; from < connections.length; from += INSERTED) {
    const rows = connections.slice(from, from + INSERTED).map((one) => split(emptyConnection(one)));
    await tx
      .insertInto('looks')
      .values(rows.map(({ columns: { tenant, id }, look }) => ({ tenant, id, ...noLook, ...look })))
      .execute();
    await tx
      .insertInto('connections')
      .values(rows.map(({ columns }) => columns))
      .execute();
  }
}

const byKey = prepare((q: Query, { tenant, id }: ConnectionKey) =>
  wholeConnections(q).where('connections.tenant', '=', tenant).where('connections.id', '=', id),
);

/** The whole row, with the sealed token; undefined where this tenant has no such connection. */
export const connectionById = (q: Query, key: ConnectionKey): Promise<ConnectionRow | undefined> => byKey.first(q, key);

/** The connection for one subject of one app, if the tenant has it: a second one would only be told of twice. */
export function connectionOfSubject(
  q: Query,
  tenant: string,
  subject: Pick<ConnectionRow, 'app_id' | 'subject_type' | 'subject_id'>,
): Promise<ConnectionRow | undefined> {
  return wholeConnections(q)
    .where('connections.tenant', '=', tenant)
    .where('app_id', '=', subject.app_id)
    .where('subject_type', '=', subject.subject_type)
    .where('subject_id', '=', subject.subject_id)
    .orderBy('connections.id')
    .executeTakeFirst();
}

export function connectionOfToken(q: Query, tenant: string, fingerprint: string): Promise<ConnectionRow | undefined> {
  return wholeConnections(q)
    .where('connections.tenant', '=', tenant)
    .where('fingerprint', '=', fingerprint)
    .orderBy('connections.id')
    .executeTakeFirst();
}

/** The names of these connections by their ids; one that is not there has none. */
export async function connectionNames(q: Query, tenant: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await q
    .selectFrom('connections')
    .select(['id', 'name'])
    .where('tenant', '=', tenant)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Connections whose tokens were read with the token of this one. */
export function childrenOf(q: Query, { tenant, id }: ConnectionKey): Promise<ConnectionRow[]> {
  return wholeConnections(q)
    .where('connections.tenant', '=', tenant)
    .where('parent_id', '=', id)
    .orderBy('connections.id')
    .execute();
}

/** These columns may be written without touching the token. */
export type ConnectionFacts = Partial<
  Omit<ConnectionRow, 'tenant' | 'id' | 'token' | 'token_version' | 'fingerprint' | 'created_at'>
>;

/**
 * Writes what was learnt of the token with this version, and answers whether it is still the one: what was learnt of an
 * older one says nothing about a newer.
 */
export async function updateConnection(
  tx: Query,
  key: ConnectionKey,
  version: number | undefined,
  facts: ConnectionFacts,
): Promise<boolean> {
  return write(tx, key, version, facts);
}

/**
 * Puts a sealed token in the place of the one with the version before it. Answers false, and writes nothing, where
 * another worker has written a newer one meanwhile (VT-04). Whoever had the connection for the sake of the older token
 * has it no longer. `token` was sealed for `before + 1`.
 */
export async function replaceToken(
  tx: Query,
  key: ConnectionKey,
  before: number,
  next: { token: string; fingerprint: string } & ConnectionFacts,
): Promise<boolean> {
  return write(tx, key, before, { ...next, ...givenBack, token_version: before + 1 });
}

/**
 * Takes the token out of a row, where a server has said that there is none. The version counts on, so whoever works with
 * the old one writes nothing.
 */
export async function dropToken(
  tx: Query,
  key: ConnectionKey,
  before: number,
  facts: ConnectionFacts,
): Promise<boolean> {
  const gone = { token: null, fingerprint: null, token_version: before + 1 };
  return write(tx, key, before, { ...facts, ...givenBack, ...gone });
}

/** Writes a connection and its look where its token has this version; without a version, whichever it has. */
async function write(
  tx: Query,
  { tenant, id }: ConnectionKey,
  version: number | undefined,
  values: Partial<ConnectionRow>,
): Promise<boolean> {
  const { columns, look } = split(values);
  const looks = keysOf(look).length > 0;
  if (looks && !(await holdLook(tx, { tenant, id }))) return false;
  let ofVersion = tx.updateTable('connections').where('tenant', '=', tenant).where('id', '=', id);
  if (version !== undefined) ofVersion = ofVersion.where('token_version', '=', version);
  // Without columns of its own the row is only asked for its version.
  const update =
    keysOf(columns).length > 0 ? ofVersion.set(columns) : ofVersion.set((e) => ({ failures: e.ref('failures') }));
  if ((await update.executeTakeFirst()).numUpdatedRows === 0n) return false;
  if (looks) await updateLook(tx, { tenant, id }, look);
  return true;
}

export async function deleteConnection(tx: Query, { tenant, id }: ConnectionKey): Promise<boolean> {
  await deleteLook(tx, { tenant, id });
  const gone = await tx.deleteFrom('connections').where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
  return gone.numDeletedRows > 0n;
}

interface ConnectionFilter {
  /** A part of the name of the connection, of its subject or its owner, whatever the case of A to Z. */
  search?: string | undefined;
  state?: HolderState | undefined;
  kind?: TokenKindName | undefined;
  app_id?: string | undefined;
  parent_id?: string | undefined;
  /** At most so many. */
  limit: number;
  /** The position after which the list goes on: name and id of the last row. */
  after?: { name: string; id: string } | undefined;
}

/** A page of the connections of a tenant, by name. */
export async function listConnections(q: Query, tenant: string, filter: ConnectionFilter): Promise<ConnectionRow[]> {
  let query = wholeConnections(q).where('connections.tenant', '=', tenant);
  const { search, after } = filter;
  for (const column of ['state', 'kind', 'app_id', 'parent_id'] as const) {
    const value = filter[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (search !== undefined && search !== '') {
    const part = (text: string): string => `%${text.replace(/[\\%_]/g, (letter) => `\\${letter}`)}%`;
    // The databases know the case of A to Z alone, so other letters are found as they are written.
    query = query.where((e) =>
      e.or(
        (['name', 'subject_name', 'owner_name', 'owner_email'] as const).map(
          (column) => sql<boolean>`(${e.ref(column)} like ${part(search)} escape '\\'
            or lower(${e.ref(column)}) like ${part(search.toLowerCase())} escape '\\')`,
        ),
      ),
    );
  }
  if (after !== undefined)
    query = query.where((e) =>
      e.or([e('name', '>', after.name), e.and([e('name', '=', after.name), e('connections.id', '>', after.id)])]),
    );
  return query.orderBy('name').orderBy('connections.id').limit(filter.limit).execute();
}

/** Connections of a tenant by their ids, from the one after `after` on. */
export function connectionsAfter(q: Query, tenant: string, after: string, limit: number): Promise<ConnectionRow[]> {
  return wholeConnections(q)
    .where('connections.tenant', '=', tenant)
    .where('connections.id', '>', after)
    .orderBy('connections.id')
    .limit(limit)
    .execute();
}

/** Counts the connections of a tenant in each state. */
export async function countByState(q: Query, tenant: string): Promise<Partial<Record<HolderState, number>>> {
  const rows = await q
    .selectFrom('connections')
    .select(['state', (e) => e.fn.countAll<number>().as('n')])
    .where('tenant', '=', tenant)
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
}
