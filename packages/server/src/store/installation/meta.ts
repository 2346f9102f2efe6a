// These queries are about single facts about the installation: its id, the salt of app-scoped ids. One row each, kept
// permanently.
import type { Query } from '../query.ts';

export async function get(q: Query, key: string): Promise<string | undefined> {
  return (await q.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;
}

/** Sets it once; later calls change nothing. @returns the value in force */
export async function settle(q: Query, key: string, value: string): Promise<string> {
  await q
    .insertInto('meta')
    .values({ key, value })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  return (await get(q, key)) ?? value;
}

export async function put(q: Query, key: string, value: string): Promise<void> {
  await q
    .insertInto('meta')
    .values({ key, value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute();
}

/** Takes a value out, if it still is the one given: of many at the same time one does. @returns true for that one */
export async function take(q: Query, key: string, value: string): Promise<boolean> {
  const { numDeletedRows } = await q
    .deleteFrom('meta')
    .where('key', '=', key)
    .where('value', '=', value)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function remove(q: Query, key: string): Promise<void> {
  await q.deleteFrom('meta').where('key', '=', key).execute();
}
