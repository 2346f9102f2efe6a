// Connections whose tokens, or whose access to data, end within a span of time.
import type { Kysely } from 'kysely';
import type { ConnectionRow } from '../connections.ts';
import type { VaultSchema } from '../schema.ts';

const columns = [
  'id',
  'name',
  'kind',
  'state',
  'app_id',
  'parent_id',
  'owner_name',
  'owner_email',
  'expires_at',
  'data_access_until',
  'extend_tried_at',
] as const satisfies readonly (keyof ConnectionRow)[];

/** A connection without its token. */
export type EndingRow = Pick<ConnectionRow, (typeof columns)[number]>;

/** Answers those of a tenant with an end after `from`, and not after `until`. What is over has no end that matters. */
export async function endingConnections(
  q: Kysely<VaultSchema>,
  tenant: string,
  { from, until, limit }: { from: number; until: number; limit: number },
): Promise<EndingRow[]> {
  return q
    .selectFrom('connections')
    .select(columns)
    .where('tenant', '=', tenant)
    .where('state', 'not in', ['dead', 'needs_person', 'blocked_at_meta'])
    .where((e) =>
      e.or(
        (['expires_at', 'data_access_until'] as const).map((column) =>
          e.and([e(column, '>', from), e(column, '<=', until)]),
        ),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute();
}
