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
 * Takes a state for a code: `first` for whoever did so first, `again` for the same code once more, because browsers ask
 * twice, and `another` where it was taken for another code: a state is good for one.
 */
export async function takeLogin(
  tx: Query,
  tenant: string,
  stateHash: string,
  codeHash: string,
): Promise<'first' | 'again' | 'another'> {
  const done = await tx
    .updateTable('logins')
    .set({ code_hash: codeHash })
    .where('tenant', '=', tenant)
    .where('state_hash', '=', stateHash)
    .where('code_hash', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows > 0n) return 'first';
  const login = await loginByState(tx, tenant, stateHash);
  return login?.code_hash === codeHash ? 'again' : 'another';
}

/** Gives a state back whose code could not be redeemed now. */
export async function releaseLogin(tx: Query, tenant: string, stateHash: string): Promise<void> {
  await tx
    .updateTable('logins')
    .set({ code_hash: null })
    .where('tenant', '=', tenant)
    .where('state_hash', '=', stateHash)
    .where('result_id', 'is', null)
    .execute();
}

/** Ends a trip that led to nothing: it is over from the beginning of time. */
export async function endLogin(tx: Query, tenant: string, stateHash: string): Promise<void> {
  await tx
    .updateTable('logins')
    .set({ expires_at: 0 })
    .where('tenant', '=', tenant)
    .where('state_hash', '=', stateHash)
    .execute();
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
