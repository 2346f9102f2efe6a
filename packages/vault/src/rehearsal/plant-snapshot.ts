// Fills an empty vault with a snapshot of another one: every connection under its id, as it stands there, with a token of
// the world that the rehearsal is held in.
import type { GranularScope, Secret } from '@hallpass/protocol';
import type { Snapshot } from '../client/answers/operations.ts';
import type { SnapshotConnection } from '../client/snapshot.ts';
import { type AppSettings, setApp } from '../connections/apps.ts';
import type { VaultParts } from '../parts.ts';
import { setMailPreferences } from '../people/preferences.ts';
import { type ConnectionRow, emptyConnection, insertConnections } from '../store/connections.ts';
import { optOut } from '../store/people/mail-opt-outs.ts';
import { tokenPlace } from '../store/keys/places.ts';

/** A token of the world of the rehearsal, in the place of the one that stays in its vault. */
export interface StagedToken {
  token: Secret;
  granular?: readonly GranularScope[] | undefined;
}

export interface StagedSnapshot extends Omit<Snapshot, 'apps' | 'next'> {
  apps: readonly AppSettings[];
  /** By the id of the connection. Nobody looks at connections without one: they stay as they are. */
  tokens: ReadonlyMap<string, StagedToken>;
}

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

/** @throws VaultSealed, VaultRefusal */
export async function plantSnapshot(parts: Parts, tenant: string, staged: StagedSnapshot): Promise<void> {
  const { db, keys } = parts;
  for (const app of staged.apps) await setApp(parts, tenant, app);
  const rows: ConnectionRow[] = [];
  for (const connection of staged.connections) {
    const row = rowOf(tenant, connection);
    const held = staged.tokens.get(row.id);
    if (held === undefined) rows.push({ ...row, due_at: null });
    else
      rows.push({
        ...row,
        token: await keys.seal(held.token.open(), tokenPlace(row)),
        fingerprint: keys.hash('token', held.token.open()),
        granular: held.granular === undefined ? null : JSON.stringify(held.granular),
      });
  }
  await db.act(async ({ tx }) => {
    await setMailPreferences(tx, tenant, staged.mail);
    for (const address of staged.optOuts) await optOut(tx, tenant, address, staged.at);
    await insertConnections(tx, rows);
    for (const [at, mail] of staged.mails.entries())
      await tx
        .insertInto('deliveries')
        .values({
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
        })
        .execute();
  });
}

const rowOf = (tenant: string, one: SnapshotConnection): ConnectionRow =>
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
