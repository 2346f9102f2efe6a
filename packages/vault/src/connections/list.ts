// The list of connections of a tenant, page by page.
import type { ConnectionPage } from '../client/answers.ts';
import type { TokenKindName } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import type { HolderState } from '../states.ts';
import { listConnections } from '../store/connections.ts';
import { reconnectUrl } from './reconnect-link.ts';
import { viewOf } from './view.ts';

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
  parts.keys.requireOpen();
  const most = Math.min(MOST, Math.max(1, Math.floor(limit)));
  const rows = await listConnections(parts.db.read, tenant, {
    ...filter,
    app_id: appId,
    parent_id: parentId,
    limit: most + 1,
    after: after === undefined ? undefined : positionFrom(after),
  });
  const shown = rows.slice(0, most);
  const last = shown.at(-1);
  const now = parts.world.clock.now();
  return {
    connections: shown.map((row) => viewOf(row, now, (one) => reconnectUrl(parts, one))),
    next: rows.length > most && last !== undefined ? positionOf(last) : undefined,
  };
}

/** The `next` of a page that ends with this connection. */
export const positionOf = ({ name, id }: { name: string; id: string }): string =>
  Buffer.from(`${id} ${name}`).toString('base64url');

/** @throws VaultRefusal `bad_value` for what is no `next` */
export function positionFrom(text: string): { id: string; name: string } {
  const [, id, name] = /^(\S{1,64}) ([\s\S]*)$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (id === undefined || name === undefined)
    throw new VaultRefusal('bad_value', { what: '`after` must be the `next` of a page of this list.' });
  return { id, name };
}
