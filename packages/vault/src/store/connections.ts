// Connections: each query names the tenant, and whatever writes a token names the version that it replaces. Rows stay
// until somebody removes them.
import { givenBack, prepare } from '@hallpass/db';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { TokenKindName } from '../kinds.ts';
import type { HolderState } from '../states.ts';
import type { ConnectionsTable, VaultSchema } from './schema.ts';

type Query = Kysely<VaultSchema>;

export type ConnectionRow = Selectable<ConnectionsTable>;

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
  checked_at: null,
  extended_at: null,
  extend_tried_at: null,
  failures: 0,
  due_at: null,
  ...givenBack,
} as const satisfies Partial<ConnectionRow>;

/** A whole row, with nothing where nothing is said. */
export const emptyConnection = (connection: NewConnection): ConnectionRow => ({
  ...empty,
  changed_at: connection.created_at,
  ...connection,
});

export async function insertConnection(tx: Query, connection: NewConnection): Promise<void> {
  await tx.insertInto('connections').values(emptyConnection(connection)).execute();
}

const byKey = prepare((q: Query, { tenant, id }: ConnectionKey) =>
  q.selectFrom('connections').selectAll().where('tenant', '=', tenant).where('id', '=', id),
);

/** The whole row, with the sealed token; undefined where this tenant has no such connection. */
export const connectionById = (q: Query, key: ConnectionKey): Promise<ConnectionRow | undefined> => byKey.first(q, key);

/** The connection for one subject of one app, if the tenant has it: a second one would only be told of twice. */
export function connectionOfSubject(
  q: Query,
  tenant: string,
  subject: Pick<ConnectionRow, 'app_id' | 'subject_type' | 'subject_id'>,
): Promise<ConnectionRow | undefined> {
  return q
    .selectFrom('connections')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('app_id', '=', subject.app_id)
    .where('subject_type', '=', subject.subject_type)
    .where('subject_id', '=', subject.subject_id)
    .orderBy('id')
    .executeTakeFirst();
}

export function connectionOfToken(q: Query, tenant: string, fingerprint: string): Promise<ConnectionRow | undefined> {
  return q
    .selectFrom('connections')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('fingerprint', '=', fingerprint)
    .orderBy('id')
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
  return q
    .selectFrom('connections')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('parent_id', '=', id)
    .orderBy('id')
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
  { tenant, id }: ConnectionKey,
  version: number | undefined,
  facts: ConnectionFacts,
): Promise<boolean> {
  let update = tx.updateTable('connections').set(facts).where('tenant', '=', tenant).where('id', '=', id);
  if (version !== undefined) update = update.where('token_version', '=', version);
  return (await update.executeTakeFirst()).numUpdatedRows > 0n;
}

/**
 * Puts a sealed token in the place of the one with the version before it. Answers false, and writes nothing, where
 * another worker has written a newer one meanwhile (VT-04). `token` was sealed for `before + 1`.
 */
export async function replaceToken(
  tx: Query,
  { tenant, id }: ConnectionKey,
  before: number,
  next: { token: string; fingerprint: string } & ConnectionFacts,
): Promise<boolean> {
  const done = await tx
    .updateTable('connections')
    .set({ ...next, token_version: before + 1 })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('token_version', '=', before)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/**
 * Takes the token out of a row, where a server has said that there is none. The version counts on, so whoever works with
 * the old one writes nothing.
 */
export async function dropToken(
  tx: Query,
  { tenant, id }: ConnectionKey,
  before: number,
  facts: ConnectionFacts,
): Promise<boolean> {
  const done = await tx
    .updateTable('connections')
    .set({ ...facts, token: null, fingerprint: null, token_version: before + 1 })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('token_version', '=', before)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function deleteConnection(tx: Query, { tenant, id }: ConnectionKey): Promise<boolean> {
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
  let query = q.selectFrom('connections').selectAll().where('tenant', '=', tenant);
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
      e.or([e('name', '>', after.name), e.and([e('name', '=', after.name), e('id', '>', after.id)])]),
    );
  return query.orderBy('name').orderBy('id').limit(filter.limit).execute();
}

/** Connections of a tenant by their ids, from the one after `after` on. */
export function connectionsAfter(q: Query, tenant: string, after: string, limit: number): Promise<ConnectionRow[]> {
  return q
    .selectFrom('connections')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', '>', after)
    .orderBy('id')
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
