// This module asks for the password, at whichever door: log-in, dialog, re-authentication, unlocking, settings. All
// doors share one budget of guesses per account (threats TB-04), and wrong and unknown look the same (TB-02, invariant
// I-15).
import { change, type Change, type ChangeContext } from '../../liveness/change.ts';
import type { Installation } from '../../installation/installation.ts';
import * as epochs from '../../store/installation/epochs.ts';
import * as people from '../../store/people/people.ts';
import * as secondFactors from '../../store/people/second-factors.ts';
import { withPerson } from './device-cookie.ts';
import { comparePassword, passTime } from '../passwords.ts';
import { beginPendingLogIn } from './pending-log-in.ts';
import { emailOf } from '../people.ts';
import { withCode } from './prove-code.ts';
import { beginSession, endSession, renewSession, type SignedInPerson, type Visitor } from './sessions.ts';
import { budgetOf, forgetAddress, giveBack, mayTry, mayTryAddress } from '../try-budget.ts';
import type { PersonId } from '../../store/ids.ts';
import type { Query } from '../../store/query.ts';

interface PasswordAttempt {
  /** The address as it was typed, or a person who is known already. */
  who: { email: string } | { person: people.Person };
  password: string;
  /** Cookie of the browser, where it has one. */
  device: string | undefined;
  ipPrefix: string;
}

/** Somebody whose password was right, at a moment. */
interface PasswordProof {
  person: people.Person;
  /** The person's epoch, read before the password was: a change of the password moves it on. */
  epoch: number;
}

/**
 * The person, when the password is right. At most ten guesses per account (and per known browser) in 15 minutes are
 * looked at; every further one is answered like a wrong one. @throws GraphError server.away when too many passwords are
 * being checked
 */
export async function provePassword(
  installation: ChangeContext & Pick<Installation, 'settings' | 'addressTries'>,
  attempt: PasswordAttempt,
): Promise<PasswordProof | undefined> {
  const { read } = installation.db;
  const email = 'email' in attempt.who ? emailOf(attempt.who.email) : undefined;
  const named =
    'person' in attempt.who ? attempt.who.person : email === undefined ? undefined : await people.byEmail(read, email);
  const epoch = named ? await epochOf(read, named.id) : 0;
  const person = named && (await people.byId(read, named.id));
  const budget = person ? budgetOf(installation, 'password', person.id, attempt.device) : undefined;
  const failed = (reason: string): undefined => {
    installation.world.log('info', 'auth.login.fail', {
      outcome: 'refused',
      reason,
      targetId: person?.id,
      ipPrefix: attempt.ipPrefix,
    });
  };
  const addressLooked = 'person' in attempt.who || mayTryAddress(installation, email ?? '', attempt.device);
  const looked =
    budget === undefined
      ? addressLooked
      : await mayTry(installation, 'password', budget, { personId: person?.id, ipPrefix: attempt.ipPrefix });
  if (!looked) {
    // Each node counts tries for nobody by itself: what is throttled here and not there must not show in the time it
    // takes.
    await passTime(installation, attempt.password);
    return failed('throttled');
  }
  const verdict = await comparePassword(installation, person?.password ?? null, attempt.password);
  if (!person || budget === undefined || !verdict.right) return failed(person ? 'password' : 'unknown');
  await change(installation, async (making) => {
    const { tx } = making;
    await giveBack(making, budget);
    // Not in place of one that was set meanwhile: the old password must not come back.
    if (verdict.rehashed !== undefined) await people.rehash(tx, person.id, person.password, verdict.rehashed);
  });
  if (email !== undefined) forgetAddress(installation, email, attempt.device);
  return { person, epoch };
}

/**
 * True when the password is still the one that was proven, for the rest of this change: nobody else can change it until
 * then.
 */
export async function stillProven({ tx }: Change, { person, epoch }: PasswordProof): Promise<boolean> {
  const present = await people.holdForChange(tx, person.id);
  return present !== undefined && present.state !== 'deleted' && epoch === (await epochOf(tx, person.id));
}

/** The person's epoch: a change of the password moves it on. */
export async function epochOf(q: Query, personId: PersonId): Promise<number> {
  const scope = `user:${personId}`;
  return (await epochs.current(q, [scope])).get(scope) ?? 0;
}

/** The browser holds this after somebody logged in. */
export interface LoginResult extends SignedInPerson {
  /** The session's new cookie. */
  cookie: string;
  /** The device cookie. */
  device: string;
}

/**
 * Lets a person in. A session that the browser had before ends, or gets a new cookie when it is the same person's.
 * Undefined when the password was changed since it was proven: a session may not outlive what opened it (threats
 * RR-03).
 */
export async function enter(
  installation: Pick<Installation, 'keys' | 'world'>,
  making: Change,
  { person, epoch }: Pick<PasswordProof, 'person'> & Partial<PasswordProof>,
  visitor: Visitor & { device: string | undefined },
  previous: SignedInPerson | undefined,
  how: 'password' | 'code' | 'link' = 'password',
): Promise<LoginResult | undefined> {
  const present = await people.holdForChange(making.tx, person.id);
  if (!present || present.state === 'deleted') return undefined;
  if (epoch !== undefined && !(await stillProven(making, { person, epoch }))) return undefined;
  const again = previous?.person.id === person.id && how !== 'link';
  if (previous && !again) await endSession(installation, making, previous.session);
  const { cookie, session } = again
    ? await renewSession(installation, making, previous.session)
    : await beginSession(installation, making, person.id, visitor, how !== 'link');
  making.event({
    name: 'auth.login.ok',
    outcome: 'ok',
    reason: how,
    actorKind: 'person',
    actorId: person.id,
    targetId: session.id,
    ipPrefix: visitor.ipPrefix,
  });
  return { person: present, session, cookie, device: withPerson(installation, visitor.device, person.id) };
}

/** The password was right, and a code is wanted: what its form carries. */
interface CodeChallenge {
  pending: string;
}

/**
 * Log-in with e-mail and password. Undefined for wrong and unknown alike. @param browser hash of the browser's cookie
 */
export async function logIn(
  installation: ChangeContext & Pick<Installation, 'settings' | 'addressTries'>,
  attempt: PasswordAttempt & { browser: string },
  visitor: Visitor,
  previous: SignedInPerson | undefined,
): Promise<LoginResult | CodeChallenge | undefined> {
  const proven = await provePassword(installation, attempt);
  if (!proven) return undefined;
  return change(installation, async (making) => {
    const { person, epoch } = proven;
    if (await secondFactors.isOn(making.tx, person.id))
      return {
        pending: await beginPendingLogIn(installation, making, {
          personId: person.id,
          epoch,
          browser: attempt.browser,
        }),
      };
    return enter(installation, making, proven, { ...visitor, device: attempt.device }, previous);
  });
}

/** True when the person is asked for a code wherever the password is asked again. */
export const asksForCode = ({ db }: Pick<Installation, 'db'>, { person }: SignedInPerson): Promise<boolean> =>
  secondFactors.isOn(db.read, person.id);

/**
 * Asks somebody who is logged in for the password again, and for a code where a second factor is on. @returns the
 * session's new cookie, or what was wrong
 */
export async function proveAgain(
  installation: ChangeContext & Pick<Installation, 'settings' | 'addressTries'>,
  signedIn: SignedInPerson,
  attempt: Omit<PasswordAttempt, 'who'> & { code: string },
): Promise<{ cookie: string; wrong?: undefined } | { wrong: 'password' | 'code' }> {
  const { person, session } = signedIn;
  if (!(await provePassword(installation, { ...attempt, who: { person } }))) return { wrong: 'password' };
  const renew = async (making: Change) => (await renewSession(installation, making, session)).cookie;
  const cookie = (await asksForCode(installation, signedIn))
    ? await withCode(installation, { ...attempt, personId: person.id }, renew)
    : await change(installation, renew);
  return cookie === undefined ? { wrong: 'code' } : { cookie };
}
