// The connections that somebody should look at: a worker takes some of them by lease, and gives each back with what it
// learnt. Sweeps go over all tenants; every row names its own.
import { givenBack, isFree, type Lease, prepare, taken } from '@hallpass/db';
import { type Kysely, sql } from 'kysely';
import type { ConnectionKey, ConnectionRow } from './connections.ts';
import { holdLook, withLooks } from './looks.ts';
import type { VaultSchema } from './schema.ts';

type Query = Kysely<VaultSchema>;

/** An app of a tenant. */
export interface AppKey {
  tenant: string;
  app_id: string;
}

export interface Claim extends Lease {
  /** Epoch seconds of the protocol's clock. */
  now: number;
  /** At most so many. */
  most: number;
  /** Connections of these apps are left alone: their servers asked for patience. */
  paused: readonly AppKey[];
  /** Connections of these tenants are left alone, and are due until somebody may open their tokens again. */
  sealed: readonly string[];
  /** Only tokens that end before this moment, the first to end first. */
  endBefore?: number | undefined;
}

type Kind = 'sqlite' | 'postgres';

/** The columns that a look needs. A sweep reads many rows, so it reads no more of each. */
const sweptColumns = [
  'tenant',
  'id',
  'app_id',
  'kind',
  'subject_id',
  'subject_type',
  'person_id',
  'parent_id',
  'wanted_scopes',
  'granted_scopes',
  'granular',
  'token',
  'token_version',
  'state',
  'reason',
  'code',
  'subcode',
  'advice',
  'issued_at',
  'expires_at',
  'data_access_until',
  'extend_tried_at',
  'failures',
  'changed_at',
] as const satisfies readonly (keyof ConnectionRow)[];

type LookMoments = Pick<ConnectionRow, 'due_at' | 'checked_at'>;

/** The part of a connection that a sweep reads, and of its look. */
export type SweptRow = Pick<ConnectionRow, (typeof sweptColumns)[number]> & LookMoments;

interface ClaimValues {
  owner: string;
  wall: number;
  /** The moment of real time at which the lease ends. */
  until: number;
  now: number;
  most: number;
  endBefore: number;
}

const rowNumber = sql<number>`looks.rowid`;

function claimQuery(
  q: Query,
  kind: Kind,
  { now, most, endBefore, owner, until, wall }: ClaimValues,
  urgent: boolean,
  { paused, sealed }: Pick<Claim, 'paused' | 'sealed'> = { paused: [], sealed: [] },
) {
  let due = q
    .selectFrom('looks')
    .where('due_at', '<=', now)
    .where(isFree(wall))
    .$if(!urgent, (looks) => looks.orderBy('due_at'))
    .$if(urgent, (looks) =>
      looks
        .innerJoin('connections', (join) =>
          join.onRef('connections.tenant', '=', 'looks.tenant').onRef('connections.id', '=', 'looks.id'),
        )
        .where('connections.expires_at', '<', endBefore)
        .orderBy('connections.expires_at'),
    )
    .limit(most);
  if (sealed.length > 0) due = due.where('looks.tenant', 'not in', [...sealed]);
  for (const { tenant, app_id } of paused)
    due = due.where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('connections as paused')
            .select('paused.id')
            .whereRef('paused.tenant', '=', 'looks.tenant')
            .whereRef('paused.id', '=', 'looks.id')
            .where('paused.tenant', '=', tenant)
            .where('paused.app_id', '=', app_id),
        ),
      ),
    );
  const leased = q
    .updateTable('looks')
    .set({ lease_owner: owner, lease_until: until })
    .returning(['tenant', 'id', 'due_at', 'checked_at']);
  // SQLite finds a row by its number without a look into the index of its key.
  if (kind === 'sqlite') return leased.where(rowNumber, 'in', due.select(rowNumber.as('row_number')));
  // Workers pass by the rows that another one is just taking, and wait for none.
  const free = due.select(['looks.tenant', 'looks.id']).forUpdate('looks').skipLocked();
  return leased.where((e) => e(e.refTuple('tenant', 'id'), 'in', free.$asTuple('tenant', 'id'))).where(isFree(wall));
}

const prepared = (kind: Kind, urgent: boolean) =>
  prepare((q: Query, values: ClaimValues) => claimQuery(q, kind, values, urgent));
const queries = {
  sqlite: { urgent: prepared('sqlite', true), due: prepared('sqlite', false) },
  postgres: { urgent: prepared('postgres', true), due: prepared('postgres', false) },
};

/** A condition for ids in a JSON list, which both databases look up by their key: a list is one value of a statement. */
const isListed = {
  sqlite: (ids: string) => sql<boolean>`id in (select value from json_each(${ids}))`,
  postgres: (ids: string) => sql<boolean>`id = any(array(select jsonb_array_elements_text(${ids}::jsonb)))`,
};

const listedRows = (kind: Kind) =>
  prepare((q: Query, { tenant, ids }: { tenant: string; ids: string }) =>
    q.selectFrom('connections').select(sweptColumns).where('tenant', '=', tenant).where(isListed[kind](ids)),
  );
const connectionsListed = { sqlite: listedRows('sqlite'), postgres: listedRows('postgres') };

/** Takes due connections, those with the earliest moments. Of any number of workers one gets each. */
export async function claimDue(tx: Query, kind: Kind, claim: Claim): Promise<SweptRow[]> {
  const { now, most, paused, sealed, endBefore, owner, wall, lease } = claim;
  const urgent = endBefore !== undefined;
  const values = { owner, wall, until: wall + lease, now, most, endBefore: endBefore ?? 0 };
  const looks =
    paused.length + sealed.length > 0
      ? await claimQuery(tx, kind, values, urgent, { paused, sealed }).execute()
      : await queries[kind][urgent ? 'urgent' : 'due'].all(tx, values);
  const rows: SweptRow[] = [];
  for (const [tenant, some] of Map.groupBy(looks, (look) => look.tenant)) {
    const byId = new Map(some.map((look) => [look.id, look]));
    // They are read once they are taken: nobody changes the token of one meanwhile.
    for (const row of await connectionsListed[kind].all(tx, { tenant, ids: JSON.stringify([...byId.keys()]) })) {
      const { due_at = null, checked_at = null } = byId.get(row.id) ?? {};
      rows.push(Object.assign(row, { due_at, checked_at }));
    }
  }
  // Those of one batch have the same moment, and stay together.
  const moment = (row: SweptRow): number => (urgent ? row.expires_at : row.due_at) ?? 0;
  return rows.sort((one, other) => moment(one) - moment(other));
}

/** Makes a lease longer. Answers false where it was lost: then nothing more may be done with this connection. */
export async function renewLease(tx: Query, { tenant, id }: ConnectionKey, lease: Lease): Promise<boolean> {
  const done = await tx
    .updateTable('looks')
    .set(taken(lease))
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('lease_owner', '=', lease.owner)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** The columns that a look may change, one value for each: a statement of them all is compiled once. */
export type LookedAtColumns = Pick<
  ConnectionRow,
  | 'kind'
  | 'person_id'
  | 'granted_scopes'
  | 'granular'
  | 'state'
  | 'reason'
  | 'code'
  | 'subcode'
  | 'advice'
  | 'issued_at'
  | 'expires_at'
  | 'data_access_until'
  | 'checked_at'
  | 'extend_tried_at'
  | 'failures'
  | 'due_at'
  | 'changed_at'
>;

type LookedAt = ConnectionKey & Pick<ConnectionRow, 'token_version'> & LookedAtColumns;

const writeFacts = prepare((q: Query, values: LookedAt) =>
  q
    .updateTable('connections')
    .set({
      kind: values.kind,
      person_id: values.person_id,
      granted_scopes: values.granted_scopes,
      granular: values.granular,
      state: values.state,
      reason: values.reason,
      code: values.code,
      subcode: values.subcode,
      advice: values.advice,
      issued_at: values.issued_at,
      expires_at: values.expires_at,
      data_access_until: values.data_access_until,
      extend_tried_at: values.extend_tried_at,
      failures: values.failures,
      changed_at: values.changed_at,
    })
    .where('tenant', '=', values.tenant)
    .where('id', '=', values.id)
    .where('token_version', '=', values.token_version),
);

/**
 * Gives a connection back with what was learnt of its token. Answers false, and writes nothing, where the lease was lost
 * or the token is another one by now.
 *
 * @param row as it was read when it was leased
 */
export async function settleConnection(
  tx: Query,
  kind: Kind,
  row: SweptRow,
  owner: string,
  facts: Partial<LookedAtColumns>,
): Promise<boolean> {
  const values = { ...row, ...facts };
  if (!(await holdLook(tx, row, owner)) || (await writeFacts.run(tx, values)) === 0) return false;
  await settleMany(tx, kind, { ...values, owner, ids: [row.id] });
  return true;
}

interface SameLook {
  tenant: string;
  owner: string;
  due_at: number | null;
  checked_at: number | null;
  /** JSON list. */
  ids: string;
}

const settleSame = (kind: Kind) =>
  prepare((q: Query, { tenant, owner, due_at, checked_at, ids }: SameLook) =>
    q
      .updateTable('looks')
      .set({ due_at, checked_at, ...givenBack })
      .where('tenant', '=', tenant)
      .where(isListed[kind](ids))
      .where('lease_owner', '=', owner),
  );
const settleUnchanged = { sqlite: settleSame('sqlite'), postgres: settleSame('postgres') };

/**
 * Gives connections of one tenant back of which nothing new was learnt, in one statement. Those whose lease was lost are
 * left as they are.
 */
export async function settleMany(
  tx: Query,
  kind: Kind,
  { ids, ...same }: Omit<SameLook, 'ids'> & { ids: readonly string[] },
): Promise<void> {
  await settleUnchanged[kind].run(tx, { ...same, ids: JSON.stringify(ids) });
}

/** Gives connections of one tenant back of which nothing was learnt at all. @param due_at their next moment; as it was without it */
export async function giveBack(
  tx: Query,
  tenant: string,
  ids: readonly string[],
  owner: string,
  due_at?: number,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('looks')
    .set({ ...(due_at !== undefined && { due_at }), ...givenBack })
    .where('tenant', '=', tenant)
    .where('id', 'in', [...ids])
    .where('lease_owner', '=', owner)
    .execute();
}

/** Connections of an app that worked at their last look, other than these: to tell dead tokens from a server that errs. */
export function witnessesOf(
  q: Query,
  { tenant, app_id }: AppKey,
  others: readonly string[],
  most: number,
): Promise<SweptRow[]> {
  let query = withLooks(q)
    .select(sweptColumns.map((column) => `connections.${column}` as const))
    .select(['looks.due_at', 'looks.checked_at'])
    .where('connections.tenant', '=', tenant)
    .where('app_id', '=', app_id)
    .where('state', 'in', ['healthy', 'expiring'])
    .where('token', 'is not', null);
  if (others.length > 0) query = query.where('connections.id', 'not in', [...others]);
  return query.orderBy('connections.id').limit(most).execute();
}

/** Has the connections that hang on this one looked at soon: their parent has a new token. */
export async function wakeChildren(tx: Query, { tenant, id }: ConnectionKey, now: number): Promise<void> {
  await tx
    .updateTable('looks')
    .set({ due_at: now })
    .where('tenant', '=', tenant)
    .where('id', 'in', (e) =>
      e.selectFrom('connections').select('id').where('tenant', '=', tenant).where('parent_id', '=', id),
    )
    .where(sql<boolean>`(due_at is null or due_at > ${now})`)
    .execute();
}
