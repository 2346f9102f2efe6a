// Mails and calls of webhooks, until they are sent. The queue is that of `db`: a line for each receiver. Rows are deleted
// ninety days after their end.
import { givenBack, type QueueTable, queueTable } from '@hallpass/db';
import type { Kysely, Selectable } from 'kysely';
import type { EventKind } from '../../event-kinds.ts';
import type { DeliveriesTable, VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

export type DeliveryRow = Selectable<DeliveriesTable>;
export type DeliveryLine = Pick<DeliveryRow, 'tenant' | 'channel' | 'receiver'>;

export const deliveryQueue: QueueTable<DeliveriesTable, keyof DeliveryLine> = queueTable({
  table: 'deliveries',
  line: ['tenant', 'channel', 'receiver'],
  isInOrder: () => true,
});

export type NewDelivery = Pick<
  DeliveryRow,
  'id' | 'tenant' | 'key' | 'channel' | 'receiver' | 'event' | 'connection_id' | 'payload' | 'created_at' | 'due_at'
>;

/** Adds to the end of a line. Answers false, and adds nothing, where the same was queued before. */
export async function queueDelivery(tx: Query, delivery: NewDelivery): Promise<boolean> {
  const { place, due } = await deliveryQueue.endOf(tx, delivery);
  const added = await tx
    .insertInto('deliveries')
    .values({
      ...delivery,
      place: place + 1,
      due_at: Math.max(delivery.due_at, due),
      state: 'waiting',
      tries: '[]',
      ended_at: null,
      ...givenBack,
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Tells how far the delivery with this key is; undefined where there is none. */
export async function stateOfDelivery(
  q: Query,
  { tenant, key }: Pick<DeliveryRow, 'tenant' | 'key'>,
): Promise<DeliveryRow['state'] | undefined> {
  const row = await q
    .selectFrom('deliveries')
    .select('state')
    .where('tenant', '=', tenant)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.state;
}

/** Counts the mails that an address got since a moment: what was sent together has one end. */
export async function mailsSince(q: Query, tenant: string, address: string, since: number): Promise<number> {
  const { n } = await q
    .selectFrom('deliveries')
    .select((e) => e.fn.count<number>('ended_at').distinct().as('n'))
    .where('tenant', '=', tenant)
    .where('channel', '=', 'mail')
    .where('receiver', '=', address)
    .where('state', '=', 'sent')
    .where('ended_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** The last mail to an address that told one of these of a connection. */
export async function lastTold(
  q: Query,
  { tenant, receiver, connectionId }: { tenant: string; receiver: string; connectionId: string },
  events: readonly EventKind[],
): Promise<Pick<DeliveryRow, 'event' | 'ended_at'> | undefined> {
  return q
    .selectFrom('deliveries')
    .select(['event', 'ended_at'])
    .where('tenant', '=', tenant)
    .where('channel', '=', 'mail')
    .where('receiver', '=', receiver)
    .where('connection_id', '=', connectionId)
    .where('state', '=', 'sent')
    .where('event', 'in', [...events])
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The newest mails to an address that told of apps, newest first. */
export function lastToldOfApps(
  q: Query,
  { tenant, receiver }: Pick<DeliveryLine, 'tenant' | 'receiver'>,
): Promise<Pick<DeliveryRow, 'event' | 'payload'>[]> {
  return q
    .selectFrom('deliveries')
    .select(['event', 'payload'])
    .where('tenant', '=', tenant)
    .where('channel', '=', 'mail')
    .where('receiver', '=', receiver)
    .where('state', '=', 'sent')
    .where('event', 'in', ['app_refused', 'app_accepted'])
    .orderBy('place', 'desc')
    .limit(MOST_APPS)
    .execute();
}

/** A team has fewer apps than that. */
const MOST_APPS = 100;

/** Mails that wait, and those that were sent since a moment, as they were queued. */
export function standingMails(q: Query, tenant: string, since: number, most: number): Promise<DeliveryRow[]> {
  return q
    .selectFrom('deliveries')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('channel', '=', 'mail')
    .where((e) => e.or([e('state', '=', 'waiting'), e.and([e('state', '=', 'sent'), e('ended_at', '>=', since)])]))
    .orderBy('place')
    .orderBy('id')
    .limit(most)
    .execute();
}

/** The connections of which a mail told that an address got at a moment: what was sent together has one end. */
export async function mailsTold(
  q: Query,
  { tenant, receiver, at }: { tenant: string; receiver: string; at: number },
): Promise<string[]> {
  const rows = await q
    .selectFrom('deliveries')
    .select('connection_id')
    .where('tenant', '=', tenant)
    .where('channel', '=', 'mail')
    .where('receiver', '=', receiver)
    .where('state', '=', 'sent')
    .where('ended_at', '=', at)
    .orderBy('place')
    .execute();
  return [...new Set(rows.flatMap(({ connection_id: id }) => id ?? []))];
}

interface DeliveryFilter {
  channel?: DeliveryRow['channel'] | undefined;
  receiver?: string | undefined;
  state?: DeliveryRow['state'] | undefined;
  connection_id?: string | undefined;
  limit: number;
  /** The position after which the list goes on: moment and id of the last row. */
  after?: { createdAt: number; id: string } | undefined;
}

/** Deliveries of a tenant, the newest first. */
export async function listDeliveries(q: Query, tenant: string, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  let query = q.selectFrom('deliveries').selectAll().where('tenant', '=', tenant);
  if (filter.channel !== undefined) query = query.where('channel', '=', filter.channel);
  if (filter.receiver !== undefined) query = query.where('receiver', '=', filter.receiver);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.connection_id !== undefined) query = query.where('connection_id', '=', filter.connection_id);
  const { after } = filter;
  if (after !== undefined)
    query = query.where((e) =>
      e.or([
        e('created_at', '<', after.createdAt),
        e.and([e('created_at', '=', after.createdAt), e('id', '<', after.id)]),
      ]),
    );
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
}

/** Lets deliveries to a receiver that ended be sent once more, and answers how many. */
export async function sendAgain(
  tx: Query,
  line: DeliveryLine,
  which: { id?: string | undefined; since?: number | undefined },
  now: number,
): Promise<number> {
  let chosen = tx
    .updateTable('deliveries')
    .set({ state: 'waiting', due_at: now, ended_at: null })
    .where('tenant', '=', line.tenant)
    .where('channel', '=', line.channel)
    .where('receiver', '=', line.receiver)
    .where('lease_owner', 'is', null);
  if (which.id !== undefined) chosen = chosen.where('id', '=', which.id).where('state', '!=', 'waiting');
  else if (which.since !== undefined)
    chosen = chosen.where('created_at', '>=', which.since).where('state', '!=', 'waiting');
  else chosen = chosen.where('state', '=', 'failed');
  return Number((await chosen.executeTakeFirst()).numUpdatedRows);
}

/** Counts the deliveries of a tenant that wait and that failed, and tells since when the longest waits. */
export async function countDeliveries(
  q: Query,
  tenant: string,
): Promise<{ waiting: number; failed: number; oldest: number | undefined }> {
  const rows = await q
    .selectFrom('deliveries')
    .select(['state', (e) => e.fn.countAll<number>().as('n'), (e) => e.fn.min<number>('created_at').as('oldest')])
    .where('tenant', '=', tenant)
    .where('state', '!=', 'sent')
    .groupBy('state')
    .execute();
  const of = (state: DeliveryRow['state']) => rows.find((row) => row.state === state);
  const oldest = of('waiting')?.oldest;
  return {
    waiting: Number(of('waiting')?.n ?? 0),
    failed: Number(of('failed')?.n ?? 0),
    oldest: oldest === undefined ? undefined : Number(oldest),
  };
}

/** Deletes what is queued for a receiver that is gone. */
export async function dropLine(tx: Query, { tenant, channel, receiver }: DeliveryLine): Promise<void> {
  await tx
    .deleteFrom('deliveries')
    .where('tenant', '=', tenant)
    .where('channel', '=', channel)
    .where('receiver', '=', receiver)
    .execute();
}

/** Deletes rows that ended before `moment`, at most `most` at a time, and answers how many. */
export async function deleteOldDeliveries(tx: Query, moment: number, most: number): Promise<number> {
  const old = tx.selectFrom('deliveries').select('id').where('ended_at', '<', moment).limit(most);
  const gone = await tx.deleteFrom('deliveries').where('id', 'in', old).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
