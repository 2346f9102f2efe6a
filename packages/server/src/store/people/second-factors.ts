// These queries are about second factors of people and their recovery codes. A row goes when the factor is turned off
// or the person is deleted; one that was offered and never confirmed is deleted by jobs/purge.ts a day later.
import { type SealedLocation, SealError, type Sealer } from '@hallpass/db';
import { deleteFrom, insertInto, updateTable } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { PersonId } from '../ids.ts';

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
  tx: ChangeTransaction,
  sealer: Sealer,
  personId: PersonId,
  secret: string,
  now: number,
): Promise<boolean> {
  await deleteFrom(tx, 'second_factors', (rows) =>
    rows.where('person_id', '=', personId).where('offered_at', 'is not', null),
  );
  const offered = await insertInto(tx, 'second_factors', (rows) =>
    rows
      .values({
        person_id: personId,
        secret: sealer.seal(secret, place(personId, now)),
        last_step: 0,
        created_at: now,
        offered_at: now,
      })
      .onConflict((c) => c.column('person_id').doNothing()),
  );
  return offered.length > 0;
}

/** @returns false when it was confirmed before */
export async function confirm(tx: ChangeTransaction, personId: PersonId, step: number): Promise<boolean> {
  const confirmed = await updateTable(tx, 'second_factors', (rows) =>
    rows
      .set({ offered_at: null, last_step: step })
      .where('person_id', '=', personId)
      .where('offered_at', 'is not', null),
  );
  return confirmed.length > 0;
}

/**
 * Uses up a step, and all before it. @returns whether this call was the one that did; of simultaneous ones exactly one
 * is
 */
export async function useStep(tx: ChangeTransaction, personId: PersonId, step: number): Promise<boolean> {
  const used = await updateTable(tx, 'second_factors', (rows) =>
    rows
      .set({ last_step: step })
      .where('person_id', '=', personId)
      .where('offered_at', 'is', null)
      .where('last_step', '<', step),
  );
  return used.length > 0;
}

/** Removes the factor with its recovery codes. @returns whether one was on */
export async function remove(tx: ChangeTransaction, personId: PersonId): Promise<boolean> {
  await tx.deleteFrom('recovery_codes').where('person_id', '=', personId).execute();
  const gone = await deleteFrom(tx, 'second_factors', (rows) => rows.where('person_id', '=', personId));
  return gone.some((row) => row.offered_at === null);
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
