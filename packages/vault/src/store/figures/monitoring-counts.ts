// Connections, events and keys are counted here, for monitoring: by one statement each, whatever their number.
import { DAY, HOUR } from '@hallpass/protocol';
import { type Kysely, sql } from 'kysely';
import type { TokenKindName } from '../../kinds.ts';
import type { HolderState } from '../../states.ts';
import type { DeliveriesTable, KeysTable, VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

interface StateCount {
  state: HolderState;
  kind: TokenKindName | null;
  count: number;
}

export async function countByStateAndKind(q: Query, tenant: string): Promise<StateCount[]> {
  const rows = await q
    .selectFrom('connections')
    .select(['state', 'kind', (e) => e.fn.countAll<number>().as('n')])
    .where('tenant', '=', tenant)
    .groupBy(['state', 'kind'])
    .execute();
  return rows.map(({ state, kind, n }) => ({ state, kind, count: Number(n) }));
}

/** An end of the token, or of its access to data, whichever comes first; absent ends are far away. */
const end = sql<number>`case
  when coalesce(expires_at, 9999999999) < coalesce(data_access_until, 9999999999) then coalesce(expires_at, 9999999999)
  else coalesce(data_access_until, 9999999999) end`;

interface Ends {
  /** Connections that end within so many days of the list. */
  within: number[];
  /** The next end, epoch seconds; undefined for none. */
  next: number | undefined;
}

/** The ends of connections that work, from now on. */
export async function countEnds(q: Query, tenant: string, now: number, days: readonly number[]): Promise<Ends> {
  const row = await q
    .selectFrom('connections')
    .select((e) => [
      e.fn.min(end).as('next'),
      ...days.map((many, at) =>
        e.fn.sum<number>(sql<number>`case when ${end} <= ${now + many * DAY} then 1 else 0 end`).as(`within${at}`),
      ),
    ])
    .where('tenant', '=', tenant)
    .where('state', 'in', ['healthy', 'expiring', 'needs_permission'])
    .where(end, '>', now)
    .executeTakeFirstOrThrow();
  const counted: Readonly<Record<string, unknown>> = row;
  const next = Number(row.next ?? 0);
  return {
    within: days.map((_, at) => Number(counted[`within${at}`] ?? 0)),
    next: next === 0 || next >= 9_999_999_999 ? undefined : next,
  };
}

/** Connections whose look is due, and the moment at which the first of them was. */
export async function countDue(
  q: Query,
  tenant: string,
  now: number,
): Promise<{ due: number; oldest: number | undefined }> {
  const { n, oldest } = await q
    .selectFrom('looks')
    .select((e) => [e.fn.countAll<number>().as('n'), e.fn.min('due_at').as('oldest')])
    .where('tenant', '=', tenant)
    .where('due_at', '<=', now)
    .executeTakeFirstOrThrow();
  return { due: Number(n), oldest: oldest === null ? undefined : Number(oldest) };
}

/** Events that nobody has handled, and reveals of the last hour. */
export async function countEvents(
  q: Query,
  tenant: string,
  now: number,
): Promise<{ waiting: number; reveals: number }> {
  const counted = q
    .selectFrom('events')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('tenant', '=', tenant);
  const waiting = await counted.where('handled_at', 'is', null).executeTakeFirstOrThrow();
  const reveals = await counted
    .where('kind', '=', 'revealed')
    .where('at', '>', now - HOUR)
    .executeTakeFirstOrThrow();
  return { waiting: Number(waiting.n), reveals: Number(reveals.n) };
}

interface DeliveryCount {
  channel: DeliveriesTable['channel'];
  state: DeliveriesTable['state'];
  count: number;
  /** When the oldest was made, epoch seconds. */
  oldest: number;
}

/** Deliveries that wait, and those that were given up. */
export async function countDeliveriesByChannel(q: Query, tenant: string): Promise<DeliveryCount[]> {
  const rows = await q
    .selectFrom('deliveries')
    .select(['channel', 'state'])
    .select((e) => [e.fn.countAll<number>().as('n'), e.fn.min('created_at').as('oldest')])
    .where('tenant', '=', tenant)
    .where('state', 'in', ['waiting', 'failed'])
    .groupBy(['channel', 'state'])
    .execute();
  return rows.map(({ channel, state, n, oldest }) => ({ channel, state, count: Number(n), oldest: Number(oldest) }));
}

/** The sealing keys of an owner: how many there are of each status, and since when the active one is there. */
export async function countKeys(
  q: Query,
  owner: string,
): Promise<{ byStatus: Record<KeysTable['status'], number>; activeSince: number | undefined }> {
  const rows = await q
    .selectFrom('keys')
    .select(['status', 'created_at'])
    .where('purpose', '=', 'seal')
    .where('tenant', '=', owner)
    .execute();
  const active = rows.filter(({ status }) => status === 'active');
  return {
    byStatus: { active: active.length, retiring: rows.length - active.length },
    activeSince: active[0] === undefined ? undefined : Number(active[0].created_at),
  };
}
