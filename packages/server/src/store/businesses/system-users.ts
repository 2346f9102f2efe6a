// These queries are about the apps that system users have and the tokens that were made for them. Tokens are named by a
// fingerprint and are never stored; a row is kept after its token has ended, so that the list tells of it.
import { readJson } from '@hallpass/protocol';
import { prepare } from '@hallpass/db';
import { type Permit, permitsShape } from '../grants/grants.ts';
import type { SystemUserTokensTable } from './tables.ts';
import { insertInto, updateTable } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, PersonId } from '../ids.ts';

export interface SystemUserToken {
  /** Names the token here and as the log-in inside of it. */
  id: string;
  personId: PersonId;
  appId: AppId;
  fingerprint: string;
  permissions: Record<string, Permit>;
  issuedBy: PersonId | null;
  issuedAt: number;
  /** Epoch seconds; 0 = never. */
  expiresAt: number;
  endedAt: number | null;
}

const read = (row: SystemUserTokensTable): SystemUserToken => ({
  id: row.id,
  personId: row.person_id,
  appId: row.app_id,
  fingerprint: row.fingerprint,
  permissions: readJson(permitsShape, row.permissions),
  issuedBy: row.issued_by,
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
  endedAt: row.ended_at,
});

const one = prepare((db: Query, params: { id: string }) =>
  db.selectFrom('system_user_tokens').selectAll().where('id', '=', params.id),
);

export async function token(q: Query, id: string): Promise<SystemUserToken | undefined> {
  const row = await one.first(q, { id });
  return row && read(row);
}

/** Newest first, of one app where it is named. */
export async function tokens(q: Query, personId: PersonId, appId: AppId | undefined): Promise<SystemUserToken[]> {
  let query = q.selectFrom('system_user_tokens').selectAll().where('person_id', '=', personId);
  if (appId !== undefined) query = query.where('app_id', '=', appId);
  const rows = await query.orderBy('issued_at', 'desc').orderBy('id').execute();
  return rows.map(read);
}

/** Of every app, newest first: only those that have neither ended nor run out. @param now epoch seconds */
export async function livingTokens(q: Query, personId: PersonId, now: number): Promise<SystemUserToken[]> {
  const rows = await q
    .selectFrom('system_user_tokens')
    .selectAll()
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .where((e) => e.or([e('expires_at', '=', 0), e('expires_at', '>', now)]))
    .orderBy('issued_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(read);
}

/** The apps that a system user has, with the moment when each was installed. */
export async function installedApps(q: Query, personId: PersonId): Promise<{ appId: AppId; installedAt: number }[]> {
  const rows = await q
    .selectFrom('system_user_apps')
    .select(['app_id', 'created_at'])
    .where('person_id', '=', personId)
    .orderBy('app_id')
    .execute();
  return rows.map((row) => ({ appId: row.app_id, installedAt: row.created_at }));
}

/** The tokens of all system users for an app, newest first. */
export async function tokensOfApp(q: Query, appId: AppId, most: number): Promise<SystemUserToken[]> {
  const rows = await q
    .selectFrom('system_user_tokens')
    .selectAll()
    .where('app_id', '=', appId)
    .orderBy('issued_at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(read);
}

export async function insertToken(tx: ChangeTransaction, params: SystemUserToken): Promise<void> {
  await insertInto(tx, 'system_user_tokens', (rows) =>
    rows.values({
      id: params.id,
      person_id: params.personId,
      app_id: params.appId,
      fingerprint: params.fingerprint,
      permissions: JSON.stringify(params.permissions),
      issued_by: params.issuedBy,
      issued_at: params.issuedAt,
      expires_at: params.expiresAt,
      ended_at: params.endedAt,
    }),
  );
}

export async function endToken(tx: ChangeTransaction, id: string, now: number): Promise<boolean> {
  const ended = await updateTable(tx, 'system_user_tokens', (rows) =>
    rows.set({ ended_at: now }).where('id', '=', id).where('ended_at', 'is', null),
  );
  return ended.length > 0;
}

/** @returns how many were still going on */
export async function endTokens(tx: ChangeTransaction, personId: PersonId, appId: AppId, now: number): Promise<number> {
  const ended = await updateTable(tx, 'system_user_tokens', (rows) =>
    rows
      .set({ ended_at: now })
      .where('person_id', '=', personId)
      .where('app_id', '=', appId)
      .where('ended_at', 'is', null),
  );
  return ended.length;
}

export async function install(
  q: Query,
  personId: PersonId,
  appId: AppId,
  by: PersonId | null,
  now: number,
): Promise<void> {
  await q
    .insertInto('system_user_apps')
    .values({ person_id: personId, app_id: appId, created_by: by, created_at: now })
    .onConflict((c) => c.doNothing())
    .execute();
}

export async function uninstall(q: Query, personId: PersonId, appId: AppId): Promise<void> {
  await q.deleteFrom('system_user_apps').where('person_id', '=', personId).where('app_id', '=', appId).execute();
}

export async function isInstalled(q: Query, personId: PersonId, appId: AppId): Promise<boolean> {
  const row = await q
    .selectFrom('system_user_apps')
    .select('app_id')
    .where('person_id', '=', personId)
    .where('app_id', '=', appId)
    .executeTakeFirst();
  return row !== undefined;
}
