// A pending log-in is one whose password was right and whose code is still to come. It belongs to the browser that gave
// the password, hangs on that password, and can be finished once, within ten minutes.
import { readJson, shape } from '@hallpass/protocol';
import { keyedHashText } from '../../hash.ts';
import type { Change } from '../../liveness/change.ts';
import type { Installation } from '../../installation/installation.ts';
import * as singleUse from '../../store/codes/single-use.ts';
import type { PersonId } from '../../store/ids.ts';

const LIFE = 600;
const form = /^[\w-]{43}$/;

interface PendingLogIn {
  hash: string;
  personId: PersonId;
  /** The person's epoch, read before the password was. */
  epoch: number;
}

const hashOf = ({ keys }: Pick<Installation, 'keys'>, key: string): string =>
  keyedHashText(keys.link, `pending_log_in:${key}`);

/**
 * Notes it within a change. @param browser hash of the browser's cookie @returns what the form carries; only its hash
 * is stored
 */
export async function beginPendingLogIn(
  installation: Pick<Installation, 'keys' | 'world'>,
  { tx }: Change,
  about: { personId: PersonId; epoch: number; browser: string },
): Promise<string> {
  const { clock, random } = installation.world;
  const key = Buffer.from(random.bytes(32)).toString('base64url');
  await singleUse.insert(tx, {
    hash: hashOf(installation, key),
    kind: 'second_factor',
    app_id: null,
    person_id: about.personId,
    payload: JSON.stringify({ epoch: about.epoch, browser: about.browser }),
    expires_at: clock.now() + LIFE,
    used_at: null,
    tries: 0,
  });
  return key;
}

/** Stored with it: the epoch of the password, and the browser that gave it. */
const payloadShape = shape.object<{ epoch: number; browser: string }>({ epoch: shape.number, browser: shape.text });

/** Finds a log-in that can still be finished, by the browser that began it. */
export async function findPendingLogIn(
  installation: Pick<Installation, 'db' | 'keys' | 'world'>,
  key: string,
  browser: string,
): Promise<PendingLogIn | undefined> {
  if (!form.test(key)) return undefined;
  const row = await singleUse.find(installation.db.read, hashOf(installation, key));
  if (
    row?.kind !== 'second_factor' ||
    row.person_id === null ||
    row.used_at !== null ||
    row.expires_at <= installation.world.clock.now()
  )
    return undefined;
  const { epoch, browser: begunBy } = readJson(payloadShape, row.payload);
  return begunBy === browser ? { hash: row.hash, personId: row.person_id, epoch } : undefined;
}

/** @returns whether this call was the one that finished it */
export const consumePendingLogIn = (
  { world }: Pick<Installation, 'world'>,
  { tx }: Change,
  { hash }: PendingLogIn,
): Promise<boolean> => singleUse.consume(tx, hash, world.clock.now());
