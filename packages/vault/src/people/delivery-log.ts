// The log of mails and calls of webhooks: what was told, to whom, about which connection, and each try.
import type { Answers } from '../client/answers.ts';
import { positionFrom, positionOf } from '../store/list-position.ts';
import type { VaultParts } from '../parts.ts';
import { connectionNames } from '../store/connections.ts';
import { type DeliveryRow, listDeliveries } from '../store/people/deliveries.ts';
import { triesOf } from './send-mails.ts';

interface LogFilter {
  channel?: DeliveryRow['channel'] | undefined;
  state?: DeliveryRow['state'] | undefined;
  connectionId?: string | undefined;
  limit: number;
  /** `next` of the page before. */
  after?: string | undefined;
}

/** A page of the log, the newest first. @throws VaultRefusal `bad_value` */
export async function deliveryLog(
  { db }: Pick<VaultParts, 'db'>,
  tenant: string,
  { after, connectionId, limit, ...filter }: LogFilter,
): Promise<Answers['listDeliveries']> {
  const position = after === undefined ? undefined : positionFrom(after);
  const rows = await listDeliveries(db.read, tenant, {
    ...filter,
    connection_id: connectionId,
    limit: limit + 1,
    after: position && { createdAt: Number(position.by) || 0, id: position.id },
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const names = await connectionNames(
    db.read,
    tenant,
    shown.flatMap(({ connection_id: id }) => id ?? []),
  );
  return {
    deliveries: shown.map((row) => ({
      id: row.id,
      channel: row.channel,
      to: row.receiver,
      event: row.event,
      connectionId: row.connection_id ?? undefined,
      connectionName: row.connection_id === null ? undefined : names.get(row.connection_id),
      state: row.state,
      createdAt: row.created_at,
      dueAt: row.due_at,
      endedAt: row.ended_at ?? undefined,
      tries: triesOf(row),
    })),
    next: rows.length > limit && last !== undefined ? positionOf(String(last.created_at), last.id) : undefined,
  };
}
