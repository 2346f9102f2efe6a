// Rows of a vault become parts of a snapshot, and parts of a snapshot become rows of the vault that rehearses. Both ways
// stand here, column by column, so that no sealed column and no hash goes along.
import { readJson, shape } from '@hallpass/protocol';
import type { SnapshotConnection, SnapshotMail } from '../client/snapshot.ts';
import { type ConnectionRow, emptyConnection } from '../store/connections.ts';
import type { DeliveryRow } from '../store/people/deliveries.ts';

const texts = shape.listOf(shape.text);

export const connectionOf = (row: ConnectionRow): SnapshotConnection => ({
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

export const connectionRowOf = (tenant: string, one: SnapshotConnection): ConnectionRow =>
  emptyConnection({
    tenant,
    id: one.id,
    name: one.name,
    kind: one.kind ?? null,
    app_id: one.appId,
    subject_id: one.subjectId ?? null,
    subject_name: one.subjectName ?? null,
    subject_type: one.subjectType ?? null,
    parent_id: one.parentId ?? null,
    owner_name: one.ownerName ?? null,
    owner_email: one.ownerEmail ?? null,
    language: one.language ?? null,
    wanted_scopes: JSON.stringify(one.wantedScopes),
    granted_scopes: JSON.stringify(one.grantedScopes),
    token_version: 1,
    state: one.state,
    reason: one.reason ?? null,
    code: one.code ?? null,
    subcode: one.subcode ?? null,
    advice: one.advice ?? null,
    issued_at: one.issuedAt ?? null,
    expires_at: one.expiresAt ?? null,
    data_access_until: one.dataAccessUntil ?? null,
    checked_at: one.checkedAt ?? null,
    extend_tried_at: one.extendTriedAt ?? null,
    failures: one.failures,
    due_at: one.dueAt ?? null,
    created_at: one.createdAt,
    changed_at: one.changedAt,
  });

/** @returns undefined for a mail that is neither sent nor waits to be */
export function mailOf(row: DeliveryRow): SnapshotMail | undefined {
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

/** @param at its place among the mails of the snapshot, from 0 */
export const deliveryRowOf = (tenant: string, mail: SnapshotMail, at: number): DeliveryRow => ({
  id: `before-${at}`,
  tenant,
  key: mail.key,
  channel: 'mail',
  receiver: mail.receiver,
  place: at + 1,
  event: mail.event,
  connection_id: mail.connectionId ?? null,
  payload: mail.payload,
  state: mail.state,
  tries: '[]',
  created_at: mail.createdAt,
  due_at: mail.dueAt,
  ended_at: mail.endedAt ?? null,
  lease_owner: null,
  lease_until: null,
});
