// Copies what a rehearsal needs out of a vault, by reading alone: the columns are named one by one, so that no sealed
// column and no hash comes along.
import { DAY, readJson, shape } from '@hallpass/protocol';
import type { Snapshot } from '../client/answers/operations.ts';
import type { SnapshotConnection, SnapshotMail } from '../client/snapshot.ts';
import type { VaultParts } from '../parts.ts';
import { mailPreferences } from '../people/preferences.ts';
import { appsOf } from '../store/apps/apps.ts';
import { type ConnectionRow, connectionsAfter } from '../store/connections.ts';
import { type DeliveryRow, standingMails } from '../store/people/deliveries.ts';
import { optedOut } from '../store/people/mail-opt-outs.ts';

const texts = shape.listOf(shape.text);

/** Connections of one page. */
const MOST = 1000;
/** Mails that are looked back at: what was told before that is told anew by another day's key. */
const MAILS_SINCE = 2 * DAY;
const MOST_MAILS = 10_000;

/** @throws VaultSealed */
export async function takeSnapshot(
  { db, keys, settings, world }: Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world'>,
  tenant: string,
  { limit = MOST, after = '' }: { limit?: number | undefined; after?: string | undefined } = {},
): Promise<Snapshot> {
  keys.requireOpen(tenant);
  const q = db.read;
  const at = world.clock.now();
  const most = Math.min(MOST, Math.max(1, limit));
  const rows = await connectionsAfter(q, tenant, after, most + 1);
  const shown = rows.slice(0, most);
  const apps = await appsOf(q, tenant);
  const mails = await standingMails(q, tenant, at - MAILS_SINCE, MOST_MAILS);
  return {
    at,
    name: settings.name,
    publicUrl: settings.publicUrl,
    mail: await mailPreferences(q, tenant),
    optOuts: await optedOut(q, tenant),
    apps: apps.map(({ app_id, service, secret }) => ({ appId: app_id, service, hasSecret: secret !== null })),
    mails: mails.flatMap((row) => mailOf(row) ?? []),
    connections: shown.map(connectionOf),
    next: rows.length > most ? shown.at(-1)?.id : undefined,
  };
}

const connectionOf = (row: ConnectionRow): SnapshotConnection => ({
  id: row.id,
  name: row.name,
  kind: row.kind ?? undefined,
  appId: row.app_id,
  subjectId: row.subject_id ?? undefined,
  subjectName: row.subject_name ?? undefined,
  subjectType: row.subject_type ?? undefined,
  parentId: row.parent_id ?? undefined,
  ownerName: row.owner_name ?? undefined,
  ownerEmail: row.owner_email ?? undefined,
  language: row.language ?? undefined,
  wantedScopes: readJson(texts, row.wanted_scopes),
  grantedScopes: readJson(texts, row.granted_scopes),
  hasToken: row.token !== null,
  state: row.state,
  reason: row.reason ?? undefined,
  code: row.code ?? undefined,
  subcode: row.subcode ?? undefined,
  advice: row.advice ?? undefined,
  issuedAt: row.issued_at ?? undefined,
  expiresAt: row.expires_at ?? undefined,
  dataAccessUntil: row.data_access_until ?? undefined,
  checkedAt: row.checked_at ?? undefined,
  extendTriedAt: row.extend_tried_at ?? undefined,
  failures: row.failures,
  dueAt: row.due_at ?? undefined,
  createdAt: row.created_at,
  changedAt: row.changed_at,
});

function mailOf(row: DeliveryRow): SnapshotMail | undefined {
  const { key, receiver, event, connection_id, payload, state, created_at, due_at, ended_at } = row;
  if (state !== 'waiting' && state !== 'sent') return undefined;
  return {
    key,
    receiver,
    event,
    connectionId: connection_id ?? undefined,
    payload,
    state,
    createdAt: created_at,
    dueAt: due_at,
    endedAt: ended_at ?? undefined,
  };
}
