// An app-scoped id is the number by which one app knows one person. Another app knows the same person by another
// number, so two apps cannot compare notes. A row is made when the app first learns of the person.
import { keyedHash } from '../hash.ts';
import { change, type ChangeContext } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import { type Maybe, withValue } from '../installation/maybe.ts';
import type { ChangeTransaction } from '../store/query.ts';
import * as scopedIds from '../store/people/scoped-ids.ts';
import { type AppId, type PersonId, ScopedId } from '../store/ids.ts';

const DIGITS = 10n ** 16n;

/** Seventeen digits that begin with 1. The same pair gives the same number in every installation with the same key. */
function candidate(key: Uint8Array, appId: AppId, personId: PersonId, attempt: number): ScopedId {
  const bytes = keyedHash(key, `${appId}:${personId}:${attempt}`, 16);
  return ScopedId.of((DIGITS + (bytes.readBigUInt64BE() % DIGITS)).toString());
}

/** The app-scoped id of the pair, made if there is none. */
export async function scopedIdFor(
  installation: Pick<Installation, 'keys'>,
  tx: ChangeTransaction,
  appId: AppId,
  personId: PersonId,
): Promise<ScopedId> {
  for (let attempt = 0; ; attempt++) {
    const claimed = await scopedIds.claim(
      tx,
      appId,
      personId,
      candidate(installation.keys.scopedId, appId, personId, attempt),
    );
    if (claimed !== undefined) return claimed;
  }
}

/** The id by which an app that is about to be told of a person knows them. Writes only the first time. */
export const knownAs = (installation: ChangeContext, appId: AppId, personId: PersonId): Maybe<ScopedId> =>
  withValue(
    installation.facts.scopedId(appId, personId),
    (known) => known ?? change(installation, ({ tx }) => scopedIdFor(installation, tx, appId, personId)),
  );
