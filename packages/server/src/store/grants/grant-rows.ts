// Grants are stored as rows that say what a person allowed an app: one table for calls of the Graph (grants.ts), one
// for Limited Login (limited-grants.ts).
import { readJson, shape } from '@hallpass/protocol';
import { prepare } from '@hallpass/db';
import type { GrantsTable } from './tables.ts';
import { deleteFrom, holdRows, insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, PersonId } from '../ids.ts';

export type PermitStatus = 'granted' | 'declined' | 'expired';

/** A permit is what the person said to one permission. No `targets` means every object. */
export interface Permit {
  readonly status: PermitStatus;
  readonly targets?: readonly string[];
}

/** The stored permits, by the name of the permission. */
export const permitsShape = shape.mapOf(
  shape.object<Permit>({
    status: shape.oneOf('granted', 'declined', 'expired'),
    targets: shape.optional(shape.listOf(shape.text)),
  }),
);

export interface Grant {
  appId: AppId;
  personId: PersonId;
  permissions: Readonly<Record<string, Permit>>;
  /** The version of the Graph in which the person last let the app in, e.g. `v25.0`. */
  loginVersion?: string | undefined;
  /** Epoch seconds. */
  dataAccessUntil: number;
  createdAt: number;
  updatedAt: number;
}

/** The people of an app mostly allow it the same, so what they allowed is one object in memory for all of them. */
const known = new Map<string, Grant['permissions']>();
const MOST_KNOWN = 1000;

function readPermits(text: string): Grant['permissions'] {
  const before = known.get(text);
  if (before) return before;
  const permits = readJson(permitsShape, text);
  // Objects that a person chose are their own.
  if (Object.values(permits).some(({ targets }) => targets !== undefined)) return permits;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, permits);
  return permits;
}

export const readGrant = (row: GrantsTable): Grant => ({
  appId: row.app_id,
  personId: row.person_id,
  permissions: readPermits(row.permissions),
  ...(row.login_version === null ? {} : { loginVersion: row.login_version }),
  dataAccessUntil: row.data_access_until,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** The questions about one of the two tables. */
export function grantRows(name: 'grants' | 'limited_grants') {
  // Both have the same columns; the types know one of them.
  const table = name as 'grants';
  const one = prepare((db: Query, params: { app: AppId; person: PersonId }) =>
    db.selectFrom(table).selectAll().where('app_id', '=', params.app).where('person_id', '=', params.person),
  );
  return {
    async find(q: Query, appId: AppId, personId: PersonId): Promise<Grant | undefined> {
      const row = await one.first(q, { app: appId, person: personId });
      return row && readGrant(row);
    },
    async ofPerson(q: Query, personId: PersonId): Promise<Grant[]> {
      return (
        await q
          .selectFrom(table)
          .selectAll()
          .where('person_id', '=', personId)
          .orderBy('created_at')
          .orderBy('app_id')
          .execute()
      ).map(readGrant);
    },
    /** Reads the grant and keeps others from changing it until this change has ended: for read, decide, write back. */
    async holdForChange(tx: ChangeTransaction, appId: AppId, personId: PersonId): Promise<Grant | undefined> {
      const [row] = await holdRows(tx, table, 'updated_at', { app_id: appId, person_id: personId });
      return row && readGrant(row);
    },
    /** Inserts or replaces the grant of the pair. */
    async put(tx: ChangeTransaction, grant: Grant): Promise<void> {
      const values = {
        permissions: JSON.stringify(grant.permissions),
        data_access_until: grant.dataAccessUntil,
        login_version: grant.loginVersion ?? null,
        updated_at: grant.updatedAt,
      };
      await insertInto(tx, table, (rows) =>
        rows
          .values({ app_id: grant.appId, person_id: grant.personId, created_at: grant.createdAt, ...values })
          .onConflict((c) => c.columns(['app_id', 'person_id']).doUpdateSet(values)),
      );
    },
    async remove(tx: ChangeTransaction, appId: AppId, personId: PersonId): Promise<boolean> {
      const gone = await deleteFrom(tx, table, (rows) =>
        rows.where('app_id', '=', appId).where('person_id', '=', personId),
      );
      return gone.length > 0;
    },
    async removePerson(tx: ChangeTransaction, personId: PersonId): Promise<void> {
      await deleteFrom(tx, table, (rows) => rows.where('person_id', '=', personId));
    },
  };
}
