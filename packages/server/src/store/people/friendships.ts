// These queries are about friendships between people (test users befriend each other). Rows go with either person.
import type { Query } from '../query.ts';
import type { PersonId } from '../ids.ts';

/** One side asks. When the other side has asked before, both are friends. @returns the state after this call */
export async function ask(q: Query, personId: PersonId, friendId: PersonId, now: number): Promise<'asked' | 'friends'> {
  const other = await q
    .selectFrom('friendships')
    .select('state')
    .where('person_id', '=', friendId)
    .where('friend_id', '=', personId)
    .executeTakeFirst();
  const state = other ? 'friends' : 'asked';
  await q
    .insertInto('friendships')
    .values({ person_id: personId, friend_id: friendId, state, created_at: now })
    .onConflict((c) => c.columns(['person_id', 'friend_id']).doUpdateSet({ state }))
    .execute();
  if (other)
    await q
      .updateTable('friendships')
      .set({ state })
      .where('person_id', '=', friendId)
      .where('friend_id', '=', personId)
      .execute();
  return state;
}

/** Ids of friends, in order. */
export async function of(q: Query, personId: PersonId): Promise<PersonId[]> {
  const rows = await q
    .selectFrom('friendships')
    .select('friend_id')
    .where('person_id', '=', personId)
    .where('state', '=', 'friends')
    .orderBy('friend_id')
    .execute();
  return rows.map((row) => row.friend_id);
}

export async function removePerson(q: Query, personId: PersonId): Promise<void> {
  await q
    .deleteFrom('friendships')
    .where((e) => e.or([e('person_id', '=', personId), e('friend_id', '=', personId)]))
    .execute();
}
