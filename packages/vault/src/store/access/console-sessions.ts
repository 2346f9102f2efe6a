// Sessions of the console: a browser that showed a key of the REST interface is let in until one of these ends. Rows are
// deleted when they are signed out, with their key, and after their end.
import type { Kysely, Selectable } from 'kysely';
import type { ConsoleSessionsTable, VaultSchema } from '../schema.ts';

type Query = Kysely<VaultSchema>;

type ConsoleSessionRow = Selectable<ConsoleSessionsTable>;

/** Adds a session, and ends the oldest of its key beyond `most`. */
export async function insertConsoleSession(tx: Query, session: ConsoleSessionRow, most: number): Promise<void> {
  const { tenant, key_id } = session;
  await tx.insertInto('console_sessions').values(session).execute();
  const kept = tx
    .selectFrom('console_sessions')
    .select('hash')
    .where('tenant', '=', tenant)
    .where('key_id', '=', key_id)
    .orderBy('begun_at', 'desc')
    .orderBy('hash')
    .limit(most);
  await tx
    .deleteFrom('console_sessions')
    .where('tenant', '=', tenant)
    .where('key_id', '=', key_id)
    .where('hash', 'not in', kept)
    .execute();
}

export function consoleSessionByHash(q: Query, hash: string): Promise<ConsoleSessionRow | undefined> {
  return q.selectFrom('console_sessions').selectAll().where('hash', '=', hash).executeTakeFirst();
}

export async function deleteConsoleSession(tx: Query, hash: string): Promise<void> {
  await tx.deleteFrom('console_sessions').where('hash', '=', hash).execute();
}

/** Ends every session of a key. */
export async function deleteSessionsOfKey(tx: Query, tenant: string, keyId: string): Promise<void> {
  await tx.deleteFrom('console_sessions').where('tenant', '=', tenant).where('key_id', '=', keyId).execute();
}

/** Deletes rows that ended before `moment`, at most `most` at a time, and answers how many. */
export async function deleteOldConsoleSessions(tx: Query, moment: number, most: number): Promise<number> {
  const old = tx.selectFrom('console_sessions').select('hash').where('expires_at', '<', moment).limit(most);
  const gone = await tx.deleteFrom('console_sessions').where('hash', 'in', old).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
