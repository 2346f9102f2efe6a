// Every column that holds sealed values, for whoever seals them anew: where its rows are, and the places that their values
// are bound to.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { appSecretPlace, type TenantPlace, tokenPlace, verifierPlace, webhookSecretPlace } from './places.ts';
import type { VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

/** One sealed value: its row is named by the tenant and one more column. */
export interface SealedValue {
  tenant: string;
  id: string;
  version: number;
  sealed: string;
}

export interface SealedColumn {
  table: 'connections' | 'apps' | 'logins' | 'webhooks';
  column: string;
  /** The column that names a row within its tenant. */
  id: string;
  /** The column of the version that is bound in; absent where there is none. */
  version?: string;
  place(value: Pick<SealedValue, 'tenant' | 'id' | 'version'>): TenantPlace;
}

export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'connections',
    column: 'token',
    id: 'id',
    version: 'token_version',
    place: ({ tenant, id, version }) => tokenPlace({ tenant, id, token_version: version }),
  },
  {
    table: 'apps',
    column: 'secret',
    id: 'app_id',
    version: 'secret_version',
    place: ({ tenant, id, version }) => appSecretPlace({ tenant, app_id: id, secret_version: version }),
  },
  {
    table: 'webhooks',
    column: 'secret',
    id: 'id',
    version: 'secret_version',
    place: ({ tenant, id, version }) => webhookSecretPlace({ tenant, id, secret_version: version }),
  },
  {
    table: 'logins',
    column: 'verifier',
    id: 'state_hash',
    place: ({ tenant, id }) => verifierPlace({ tenant, state_hash: id }),
  },
];

/** The tenants whose values are meant: one of them, or all but these. */
export type ValueOwners = { tenant: string } | { notOf: readonly string[] };

/**
 * Values by their owners and the key that sealed them: with this one, or with any other. Sealed text names its key
 * after its form: `s2.<key id>.…`, or `s1.…` where it is older.
 */
export type SealedBy = ({ with: string } | { notWith: string }) & { of: ValueOwners };

function isSealedBy(column: string, by: SealedBy): RawBuilder<boolean> {
  const value = sql.ref(column);
  const prefix = (key: string): string => `s_.${key}.%`;
  const sealed = 'with' in by ? sql`${value} like ${prefix(by.with)}` : sql`${value} not like ${prefix(by.notWith)}`;
  return sql<boolean>`${sealed}${isOf(by.of)}`;
}

function isOf(owners: ValueOwners): RawBuilder<unknown> {
  if ('tenant' in owners) return sql` and tenant = ${owners.tenant}`;
  return owners.notOf.length === 0 ? sql`` : sql` and tenant not in (${sql.join(owners.notOf)})`;
}

/** Values that are sealed like this, in the order of their rows, after one of them. */
export async function valuesSealedBy(
  q: Query,
  { table, column, id, version }: SealedColumn,
  by: SealedBy,
  { after, limit }: { after?: Pick<SealedValue, 'tenant' | 'id'> | undefined; limit: number },
): Promise<SealedValue[]> {
  const [value, name] = [sql.ref(column), sql.ref(id)];
  const beyond = after === undefined ? sql`` : sql` and (tenant, ${name}) > (${after.tenant}, ${after.id})`;
  const found = sql<SealedValue>`select tenant, ${name} as id, ${version === undefined ? sql`0` : sql.ref(version)} as version,
    ${value} as sealed from ${sql.table(table)}
    where ${value} is not null and ${isSealedBy(column, by)}${beyond} order by tenant, ${name} limit ${limit}`;
  return (await found.execute(q)).rows;
}

/** Counts the values that are sealed like this. */
export async function countSealedBy(q: Query, { table, column }: SealedColumn, by: SealedBy): Promise<number> {
  const found = sql<{ n: number }>`select count(*) as n from ${sql.table(table)}
    where ${sql.ref(column)} is not null and ${isSealedBy(column, by)}`;
  return Number((await found.execute(q)).rows[0]?.n ?? 0);
}

/** Puts values in the place of old ones, in one statement. A row that was changed meanwhile is left as it is. */
export async function resealValues(
  tx: Query,
  { table, column, id }: SealedColumn,
  values: readonly (SealedValue & { resealed: string })[],
): Promise<number> {
  if (values.length === 0) return 0;
  const rows = sql.join(values.map((one) => sql`(${one.tenant}, ${one.id}, ${one.sealed}, ${one.resealed})`));
  const target = (name: string) => sql.ref(`${table}.${name}`);
  const done = await sql`update ${sql.table(table)} set ${sql.ref(column)} = v.column4 from (values ${rows}) as v
    where ${target('tenant')} = v.column1 and ${target(id)} = v.column2 and ${target(column)} = v.column3`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}
