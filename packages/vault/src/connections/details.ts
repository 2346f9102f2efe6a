// Everything that a vault knows of one connection, for people who look after it: whose it is, what it hangs on and what
// hangs on it, its dates and permissions. The token is no part of it.
import { readJson, shape } from '@hallpass/protocol';
import type { ConnectionDetails, ListedConnection, RelatedConnection } from '../client/answers/connections.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { repairOf } from '../repairs.ts';
import { childrenOf, connectionById, type ConnectionKey, type ConnectionRow } from '../store/connections.ts';
import { reconnectUrl } from './reconnect-link.ts';
import { stateAt, viewOf } from './view.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world' | 'settings'>;

/** Connections that are named of those that hang on one. */
const MOST_NAMED = 200;

const texts = shape.listOf(shape.text);
const ownerOf = ({ owner_name: name, owner_email: email }: ConnectionRow): ListedConnection['owner'] =>
  name === null && email === null ? undefined : { name: name ?? undefined, email: email ?? undefined };

/** A connection as lists show it. @param dependents how many hang on it */
export function listedConnection(parts: Parts, row: ConnectionRow, dependents: number): ListedConnection {
  return {
    ...viewOf(row, parts.world.clock.now(), (one) => reconnectUrl(parts, one)),
    owner: ownerOf(row),
    dependents,
  };
}

/** @throws VaultSealed, VaultRefusal `unknown_connection` */
export async function connectionDetails(parts: Parts, key: ConnectionKey): Promise<ConnectionDetails> {
  const { db, keys, world } = parts;
  keys.requireOpen(key.tenant);
  const row = await connectionById(db.read, key);
  if (row === undefined) throw new VaultRefusal('unknown_connection', { id: key.id });
  const now = world.clock.now();
  const [children, parent] = await Promise.all([
    childrenOf(db.read, key),
    row.parent_id === null ? undefined : connectionById(db.read, { ...key, id: row.parent_id }),
  ]);
  const related = (one: ConnectionRow): RelatedConnection => ({
    id: one.id,
    name: one.name,
    kind: one.kind ?? undefined,
    state: stateAt(one, now),
  });
  const state = stateAt(row, now);
  const repair = repairOf(state, row.advice);
  return {
    ...listedConnection(parts, row, children.length),
    ...(repair !== undefined && state !== 'healthy' && { repair: { by: repair.by, words: repair.words } }),
    ...(row.code !== null && { error: { code: row.code, subcode: row.subcode ?? undefined } }),
    language: row.language ?? undefined,
    wantedScopes: readJson(texts, row.wanted_scopes),
    grantedScopes: readJson(texts, row.granted_scopes),
    pageChoice: row.page_choice === null ? undefined : readJson(texts, row.page_choice),
    hasToken: row.token !== null,
    issuedAt: row.issued_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    checkedAt: row.checked_at ?? undefined,
    extendedAt: row.extended_at ?? undefined,
    nextCheckAt: row.due_at ?? undefined,
    createdAt: row.created_at,
    parent: parent && related(parent),
    dependentConnections: children.slice(0, MOST_NAMED).map(related),
  };
}
