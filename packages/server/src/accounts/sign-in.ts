// Asking for the password, at whichever door: log-in, dialog, re-authentication, unlocking, settings. All doors share one
// budget of guesses per account (threats TB-04), and wrong and unknown look the same (TB-02, invariant I-15).
import { keyedHashText } from '../hash.ts';
import { change, type Change } from '../liveness/change.ts';
import { factKey } from '../liveness/facts.ts';
import type { Installation } from '../liveness/installation.ts';
import * as attempts from '../store/attempts.ts';
import * as epochs from '../store/epochs.ts';
import * as people from '../store/people.ts';
import { deviceOf, withPerson } from './device-cookie.ts';
import { comparePassword } from './passwords.ts';
import { emailOf } from './people.ts';
import { beginSession, endSession, renewSession, type SignedIn, type Visitor } from './sessions.ts';

const WINDOW = 900;
const EVALUATED = 10;

export interface Attempt {
  /** As typed, or somebody who is known already. */
  who: { email: string } | { person: people.Person };
  password: string;
  /** Cookie of the browser, where it has one. */
  device: string | undefined;
  ipPrefix: string;
}

/** Somebody whose password was right, at a moment. */
export interface Proven {
  person: people.Person;
  /** Of the person, read before the password was: a change of the password moves it on. */
  epoch: number;
}

/**
 * The person, when the password is right. At most ten guesses per account (and per known browser) in 15 minutes are looked at;
 * every further one is answered like a wrong one. @throws Refusal server.away when too many passwords are being checked
 */
export async function provePassword(installation: Installation, attempt: Attempt): Promise<Proven | undefined> {
  const { read } = installation.db;
  const email = 'email' in attempt.who ? emailOf(attempt.who.email) : undefined;
  const named = 'person' in attempt.who ? attempt.who.person : email === undefined ? undefined : await people.byEmail(read, email);
  const epoch = named ? await epochOf(read, named.id) : 0;
  const person = named && (await people.byId(read, named.id));
  const budget = budgetOf(installation, attempt, person, email ?? '');
  const failed = (reason: string): undefined => {
    installation.world.log('info', 'auth.login.fail', { outcome: 'refused', reason, targetId: person?.id, ipPrefix: attempt.ipPrefix });
  };
  if (!(await mayTry(installation, budget, person, attempt.ipPrefix))) return failed('throttled');
  const verdict = await comparePassword(installation, person?.password ?? null, attempt.password);
  if (!person || !verdict.right) return failed(person ? 'password' : 'unknown');
  await change(installation, async ({ tx, touch }) => {
    await attempts.giveBack(tx, budget);
    // Not in place of one that was set meanwhile: the old password must not come back.
    if (verdict.rehashed !== undefined && (await people.rehash(tx, person.id, person.password, verdict.rehashed))) touch(factKey.person(person.id));
  });
  return { person, epoch };
}

/** Whether the password is still the one that was proven, for the rest of this change: nobody else can change it until then. */
export async function stillProven({ tx }: Change, { person, epoch }: Proven): Promise<boolean> {
  const present = await people.holdForChange(tx, person.id);
  return present !== undefined && present.state !== 'deleted' && epoch === (await epochOf(tx, person.id));
}

async function epochOf(q: Change['tx'], personId: string): Promise<number> {
  const scope = `user:${personId}`;
  return (await epochs.current(q, [scope])).get(scope) ?? 0;
}

function budgetOf(installation: Installation, attempt: Attempt, person: people.Person | undefined, email: string): string {
  if (!person) return `password:?${keyedHashText(installation.keys.compare, email)}`;
  const device = deviceOf(installation, attempt.device, person.id);
  return device === undefined ? `password:${person.id}` : `password:${person.id}:${keyedHashText(installation.keys.device, device)}`;
}

/** Counts the try before it is looked at, so that parallel tries cannot slip past the limit. */
async function mayTry(installation: Installation, budget: string, person: people.Person | undefined, ipPrefix: string): Promise<boolean> {
  if (!installation.settings.guessingLimits) return true;
  const now = installation.world.clock.now();
  const count = await change(installation, async ({ tx, event }) => {
    const tries = await attempts.count(tx, budget, now, { seconds: WINDOW, most: EVALUATED });
    if (tries === EVALUATED + 1) event({ name: 'auth.login.throttled', outcome: 'refused', reason: 'password', targetId: person?.id, ipPrefix });
    return tries;
  });
  return count <= EVALUATED;
}

/** What the browser holds after somebody logged in. */
export interface LoggedIn extends SignedIn {
  /** The session's new cookie. */
  cookie: string;
  /** The device cookie. */
  device: string;
}

/**
 * Lets a person in. A session that the browser had before ends, or gets a new cookie when it is the same person's.
 * Undefined when the password was changed since it was proven: a session may not outlive what opened it (threats RR-03).
 */
export async function enter(
  installation: Installation,
  making: Change,
  { person, epoch }: Pick<Proven, 'person'> & Partial<Proven>,
  visitor: Visitor & { device: string | undefined },
  previous: SignedIn | undefined,
  how: 'password' | 'link' = 'password',
): Promise<LoggedIn | undefined> {
  const present = await people.holdForChange(making.tx, person.id);
  if (!present || present.state === 'deleted') return undefined;
  if (epoch !== undefined && !(await stillProven(making, { person, epoch }))) return undefined;
  const again = previous?.person.id === person.id && how === 'password';
  if (previous && !again) await endSession(installation, making, previous.session);
  const { cookie, session } = again
    ? await renewSession(installation, making, previous.session)
    : await beginSession(installation, making, person.id, visitor, how === 'password');
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

/** Log-in with e-mail and password. Undefined for wrong and unknown alike. */
export async function logIn(
  installation: Installation,
  attempt: Attempt,
  visitor: Visitor,
  previous: SignedIn | undefined,
): Promise<LoggedIn | undefined> {
  const proven = await provePassword(installation, attempt);
  if (!proven) return undefined;
  return change(installation, (making) => enter(installation, making, proven, { ...visitor, device: attempt.device }, previous));
}

/** Asks somebody who is logged in for the password again. @returns the session's new cookie, undefined when it was wrong */
export async function proveAgain(installation: Installation, signedIn: SignedIn, attempt: Omit<Attempt, 'who'>): Promise<string | undefined> {
  if (!(await provePassword(installation, { ...attempt, who: { person: signedIn.person } }))) return undefined;
  return (await change(installation, (making) => renewSession(installation, making, signedIn.session))).cookie;
}
