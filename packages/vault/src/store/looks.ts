// The looks at connections: when the next one is due, when the last one was, and which worker has the connection now. They
// stand in a narrow table of their own. A change of both tables takes its row of this one first, so that two changes of
// one connection never wait for each other.
import { givenBack, type LeaseColumns, prepare } from '@hallpass/db';
import type { Kysely } from 'kysely';
import type { ConnectionKey } from './connections.ts';
import type { LooksTable, VaultSchema } from './schema.ts';

type Query = Kysely<VaultSchema>;

export type LookColumns = Pick<LooksTable, 'due_at' | 'checked_at' | keyof LeaseColumns>;

/** The look of a connection that nobody has looked at, nor is to. */
export const noLook: LookColumns = { due_at: null, checked_at: null, ...givenBack };

/** Splits the values of a connection: those of its own row, and those of its look. */
export function split<C extends Partial<LookColumns>>(
  values: C,
): { columns: Omit<C, keyof LookColumns>; look: Partial<LookColumns> } {
  const { due_at, checked_at, lease_owner, lease_until, ...columns } = values;
  return {
    columns,
    look: {
      ...(due_at !== undefined && { due_at }),
      ...(checked_at !== undefined && { checked_at }),
      ...(lease_owner !== undefined && { lease_owner }),
      ...(lease_until !== undefined && { lease_until }),
    },
  };
}

/** Connections, each with its look. */
export const withLooks = (q: Query) =>
  q
    .selectFrom('connections')
    .innerJoin('looks', (join) =>
      join.onRef('looks.tenant', '=', 'connections.tenant').onRef('looks.id', '=', 'connections.id'),
    );

/** Whole rows of connections, with the columns of their looks. */
export const wholeConnections = (q: Query) =>
  withLooks(q)
    .selectAll('connections')
    .select(['looks.due_at', 'looks.checked_at', 'looks.lease_owner', 'looks.lease_until']);

export async function updateLook(tx: Query, { tenant, id }: ConnectionKey, look: Partial<LookColumns>): Promise<void> {
  await tx.updateTable('looks').set(look).where('tenant', '=', tenant).where('id', '=', id).execute();
}

export async function deleteLook(tx: Query, { tenant, id }: ConnectionKey): Promise<void> {
  await tx.deleteFrom('looks').where('tenant', '=', tenant).where('id', '=', id).execute();
}

const keepLook = prepare((q: Query, { tenant, id }: ConnectionKey) =>
  q
    .updateTable('looks')
    .set((e) => ({ checked_at: e.ref('checked_at') }))
    .where('tenant', '=', tenant)
    .where('id', '=', id),
);
const keepLeasedLook = prepare((q: Query, { tenant, id, owner }: ConnectionKey & { owner: string }) =>
  q
    .updateTable('looks')
    .set((e) => ({ checked_at: e.ref('checked_at') }))
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('lease_owner', '=', owner),
);

/**
 * Keeps everybody else from the look of a connection until the change ends. Answers false where there is none, or where
 * this worker doesn't have it.
 */
export async function holdLook(tx: Query, { tenant, id }: ConnectionKey, owner?: string): Promise<boolean> {
  const held = owner === undefined ? keepLook.run(tx, { tenant, id }) : keepLeasedLook.run(tx, { tenant, id, owner });
  return (await held) > 0;
}
