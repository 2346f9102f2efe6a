// These queries are about second factors of people and their recovery codes. A row goes when the factor is turned off
// or the person is deleted; one that was offered and never confirmed is deleted by jobs/purge.ts a day later.
import { type SealedLocation, SealError, type Sealer } from '@hallpass/db';
import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import type { PersonId } from '../ids.ts';

type Query = Kysely<Schema>;

export interface SecondFactor {
  /** Base32; undefined where what is stored does not open: then no code is right. */
  secret: string | undefined;
  lastStep: number;
  /** Null once it is on. */
  offeredAt: number | null;
}

/** The moment is bound in, so that an older secret cannot be put back. */
const place = (personId: PersonId, createdAt: number): SealedLocation => ({
  table: 'second_factors',
  column: 'secret',
  row: `${personId}/${createdAt}`,
});

export async function find(q: Query, sealer: Sealer, personId: PersonId): Promise<SecondFactor | undefined> {
  const row = await q.selectFrom('second_factors').selectAll().where('person_id', '=', personId).executeTakeFirst();
  if (!row) return undefined;
  return {
    secret: opened(sealer, row.secret, place(personId, row.created_at)),
    lastStep: row.last_step,
    offeredAt: row.offered_at,
  };
}

function opened(sealer: Sealer, sealed: string, at: SealedLocation): string | undefined {
  try {
    return sealer.open(sealed, at);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

export async function isOn(q: Query, personId: PersonId): Promise<boolean> {
  const row = await q
    .selectFrom('second_factors')
    .select('offered_at')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined && row.offered_at === null;
}

/** Offers a secret in place of one that was only offered. @returns false where a factor is on already */
export async function offer(
  q: Query,
  sealer: Sealer,
  personId: PersonId,
  secret: string,
  now: number,
): Promise<boolean> {
  await q.deleteFrom('second_factors').where('person_id', '=', personId).where('offered_at', 'is not', null).execute();
  const done = await q
    .insertInto('second_factors')
    .values({
      person_id: personId,
      secret: sealer.seal(secret, place(personId, now)),
      last_step: 0,
      created_at: now,
      offered_at: now,
    })
    .onConflict((c) => c.column('person_id').doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns false when it was confirmed before */
export async function confirm(q: Query, personId: PersonId, step: number): Promise<boolean> {
  const done = await q
    .updateTable('second_factors')
    .set({ offered_at: null, last_step: step })
    .where('person_id', '=', personId)
    .where('offered_at', 'is not', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/**
 * Uses up a step, and all before it. @returns whether this call was the one that did; of simultaneous ones exactly one
 * is
 */
export async function useStep(q: Query, personId: PersonId, step: number): Promise<boolean> {
  const done = await q
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('person_id', '=', personId)
    .where('offered_at', 'is', null)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Removes the factor with its recovery codes. @returns whether one was on */
export async function remove(q: Query, personId: PersonId): Promise<boolean> {
  await q.deleteFrom('recovery_codes').where('person_id', '=', personId).execute();
  const on = await isOn(q, personId);
  await q.deleteFrom('second_factors').where('person_id', '=', personId).execute();
  return on;
}

/** Puts these in place of all that there were. */
export async function setRecoveryCodes(q: Query, personId: PersonId, hashes: readonly string[]): Promise<void> {
  await q.deleteFrom('recovery_codes').where('person_id', '=', personId).execute();
  await q
    .insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ hash, person_id: personId, used_at: null })))
    .execute();
}

/** @returns whether this call was the one that used it */
export async function useRecoveryCode(q: Query, personId: PersonId, hash: string, now: number): Promise<boolean> {
  const done = await q
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Counts the codes that are left. */
export async function recoveryCodesLeft(q: Query, personId: PersonId): Promise<number> {
  return (
    await q
      .selectFrom('recovery_codes')
      .select('hash')
      .where('person_id', '=', personId)
      .where('used_at', 'is', null)
      .execute()
  ).length;
}
