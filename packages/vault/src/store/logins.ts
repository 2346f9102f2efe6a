// Trips through the dialog: one row from the link to its answer. Rows are deleted a day after their end.
import type { Kysely, Selectable } from 'kysely';
import type { LoginsTable, VaultSchema } from './schema.ts';

type Query = Kysely<VaultSchema>;

export type LoginRow = Selectable<LoginsTable>;

export async function insertLogin(tx: Query, login: Omit<LoginRow, 'code_hash' | 'result_id'>): Promise<void> {
  await tx
    .insertInto('logins')
    .values({ ...login, code_hash: null, result_id: null })
    .execute();
}

export function loginByState(q: Query, tenant: string, stateHash: string): Promise<LoginRow | undefined> {
  return q
    .selectFrom('logins')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('state_hash', '=', stateHash)
    .executeTakeFirst();
}

/**
 * Takes a state for a code. Answers false where another code was taken for it before: a state is good for one. The same
 * code may be taken again, because browsers ask twice.
 */
export async function takeLogin(tx: Query, tenant: string, stateHash: string, codeHash: string): Promise<boolean> {
  const done = await tx
    .updateTable('logins')
    .set({ code_hash: codeHash })
    .where('tenant', '=', tenant)
    .where('state_hash', '=', stateHash)
    .where((e) => e.or([e('code_hash', 'is', null), e('code_hash', '=', codeHash)]))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Keeps the connection that a log-in has led to. */
export async function finishLogin(tx: Query, tenant: string, stateHash: string, resultId: string): Promise<void> {
  await tx
    .updateTable('logins')
    .set({ result_id: resultId })
    .where('tenant', '=', tenant)
    .where('state_hash', '=', stateHash)
    .execute();
}

/** Deletes rows that ended before `moment`, at most `most` at a time, and answers how many. */
export async function deleteOldLogins(tx: Query, moment: number, most: number): Promise<number> {
  const old = tx.selectFrom('logins').select(['state_hash']).where('expires_at', '<', moment).limit(most);
  const gone = await tx.deleteFrom('logins').where('state_hash', 'in', old).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
