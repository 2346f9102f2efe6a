// A link for a new password works once, for half an hour, and only while the account is as it was: any change of the
// password in between ends it. Only its keyed hash is stored, and who opens it still gives the second factor at the
// log-in. Source: threats TB-02 to TB-10, as they hold for every way into an account.
import { readJson, shape } from '@hallpass/protocol';
import { keyedHashText } from '../hash.ts';
import { type Actor, change, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import * as attempts from '../store/codes/attempts.ts';
import * as singleUse from '../store/codes/single-use.ts';
import * as people from '../store/people/people.ts';
import type { PersonId } from '../store/ids.ts';
import { setPassword } from './new-password.ts';
import { epochOf } from './sign-in/sign-in.ts';

/** The page that a link opens. */
export const RESET_PATH = '/reset';
/** Seconds for which a link works. */
const RESET_LIFE = 1800;
/** Seconds of the window in which links are counted, and the most of them for an account and from a network. */
export const RESET_WINDOW = 3600;
const OF_ACCOUNT = 3;
const OF_NETWORK = 20;

const form = /^[\w-]{43}$/;
const stateShape = shape.object<{ epoch: number }>({ epoch: shape.number });

const hashOf = ({ keys }: Pick<Installation, 'keys'>, key: string): string =>
  keyedHashText(keys.link, `password_reset:${key}`);

/** Path and query of a link. */
export const resetPath = (key: string): string => `${RESET_PATH}?key=${key}`;

/** Counts one more request from this network. @returns false for more than may be made */
export async function mayAskForReset(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  ipPrefix: string,
): Promise<boolean> {
  if (!installation.settings.guessingLimits) return true;
  const now = installation.world.clock.now();
  const window = { seconds: RESET_WINDOW, most: OF_NETWORK, ofNetwork: true };
  const count = await change(installation, ({ tx }) => attempts.count(tx, `reset:${ipPrefix}`, now, window));
  return count <= OF_NETWORK;
}

/**
 * Makes a link for the account of this address. @returns undefined where nobody has it, or where so many were made for
 * it within the hour: no caller may say which
 */
export async function resetKeyFor(
  installation: ChangeContext & Pick<Installation, 'keys' | 'settings'>,
  email: string,
): Promise<{ key: string; person: people.Person; email: string } | undefined> {
  const person = await people.byEmail(installation.db.read, email);
  if (!person || person.email === null || person.state === 'deleted' || person.testUserOf !== null) return undefined;
  if (installation.settings.guessingLimits) {
    const now = installation.world.clock.now();
    const window = { seconds: RESET_WINDOW, most: OF_ACCOUNT };
    const count = await change(installation, ({ tx }) => attempts.count(tx, `reset:${person.id}`, now, window));
    if (count > OF_ACCOUNT) return undefined;
  }
  const by = { kind: 'person', id: person.id } as const;
  return { key: await createResetKey(installation, person.id, by), person, email: person.email };
}

/** Makes a link for this account. @returns the key, which is in nothing that is stored */
export async function createResetKey(
  installation: ChangeContext & Pick<Installation, 'keys'>,
  personId: PersonId,
  by: Actor,
): Promise<string> {
  const { clock, random } = installation.world;
  const key = Buffer.from(random.bytes(32)).toString('base64url');
  await change(installation, async ({ tx, event }) => {
    await singleUse.insert(tx, {
      hash: hashOf(installation, key),
      kind: 'password_reset',
      app_id: null,
      person_id: personId,
      payload: JSON.stringify({ epoch: await epochOf(tx, personId) }),
      expires_at: clock.now() + RESET_LIFE,
      used_at: null,
      tries: 0,
    });
    event({ name: 'auth.password.reset_link', outcome: 'ok', ...actorFacts(by), targetId: personId });
  });
  return key;
}

/** The account that a link opens now; undefined for one that is unknown, used, too old, or older than the password. */
export async function personOfResetKey(
  { db, keys, world }: Pick<Installation, 'db' | 'keys' | 'world'>,
  key: string,
): Promise<people.Person | undefined> {
  if (!form.test(key)) return undefined;
  const row = await singleUse.find(db.read, hashOf({ keys }, key));
  if (row?.kind !== 'password_reset' || row.person_id === null) return undefined;
  if (row.used_at !== null || row.expires_at <= world.clock.now()) return undefined;
  const person = await people.byId(db.read, row.person_id);
  if (!person || person.state === 'deleted') return undefined;
  return readJson(stateShape, row.payload).epoch === (await epochOf(db.read, person.id)) ? person : undefined;
}

/**
 * Sets the new password by a link and uses it up; every session and token of the person ends. Tries that were counted
 * against the account are forgotten. @param hash the stored form, from `newHash` @returns false where the link does not
 * work
 */
export function resetPassword(
  installation: ChangeContext & Pick<Installation, 'keys'>,
  person: Pick<people.Person, 'id'>,
  key: string,
  hash: string,
): Promise<boolean> {
  return change(installation, async (making) => {
    const { tx } = making;
    const linkHash = hashOf(installation, key);
    const present = await people.holdForChange(tx, person.id);
    const row = await singleUse.find(tx, linkHash);
    if (!present || present.state === 'deleted' || row?.person_id !== person.id) return false;
    if (readJson(stateShape, row.payload).epoch !== (await epochOf(tx, person.id))) return false;
    if (!(await singleUse.consume(tx, linkHash, installation.world.clock.now()))) return false;
    await setPassword(installation, making, person.id, hash, { kind: 'person', id: person.id });
    await attempts.clear(tx, `password:${person.id}`);
    return true;
  });
}
