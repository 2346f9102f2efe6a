// The list of connections of a tenant, page by page.
import type { ConnectionPage } from '../client/answers/connections.ts';
import type { TokenKindName } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import type { HolderState } from '../states.ts';
import { countChildren } from '../store/figures/connection-counts.ts';
import { listConnections } from '../store/connections.ts';
import { listedConnection } from './details.ts';
import { positionFrom, positionOf } from '../store/list-position.ts';

export interface ListOptions {
  /** A part of the name of the connection, of its subject or its owner. */
  search?: string | undefined;
  state?: HolderState | undefined;
  kind?: TokenKindName | undefined;
  appId?: string | undefined;
  /** Connections whose tokens were read with the token of this one. */
  parentId?: string | undefined;
  /** 1 to 200; 50 when it is not given. */
  limit?: number | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
}

const MOST = 200;
const USUAL = 50;

/** @throws VaultSealed, VaultRefusal `bad_value` */
export async function listOf(
  parts: Pick<VaultParts, 'db' | 'keys' | 'world' | 'settings'>,
  tenant: string,
  { limit = USUAL, after, appId, parentId, ...filter }: ListOptions = {},
): Promise<ConnectionPage> {
  parts.keys.requireOpen(tenant);
  const most = Math.min(MOST, Math.max(1, Math.floor(limit)));
  const position = after === undefined ? undefined : positionFrom(after);
  const rows = await listConnections(parts.db.read, tenant, {
    ...filter,
    app_id: appId,
    parent_id: parentId,
    limit: most + 1,
    after: position && { name: position.by, id: position.id },
  });
  const shown = rows.slice(0, most);
  const last = shown.at(-1);
  const dependents = await countChildren(
    parts.db.read,
    tenant,
    shown.map(({ id }) => id),
  );
  return {
    connections: shown.map((row) => listedConnection(parts, row, dependents.get(row.id) ?? 0)),
    next: rows.length > most && last !== undefined ? positionOf(last.name, last.id) : undefined,
  };
}
