// Web sessions say who is logged in on which browser. The cookie is 256 random bits, of which only the keyed hash is
// stored; its value changes at log-in and whenever the session may do more than before (threats WP-02, WP-04).
import { HOUR, lifetimes } from '@hallpass/protocol';
import { keyedHashText } from '../../hash.ts';
import { type Actor, change, type Change, type ChangeContext } from '../../liveness/change.ts';
import type { Installation } from '../../installation/installation.ts';
import { newId } from '../../installation/mint.ts';
import * as deviceCodes from '../../store/codes/device-codes.ts';
import * as people from '../../store/people/people.ts';
import * as webSessions from '../../store/people/web-sessions.ts';
import { FIRST_PARTY, type PersonId } from '../../store/ids.ts';

export type { WebSession } from '../../store/people/web-sessions.ts';

/** Somebody who is logged in. */
export interface SignedInPerson {
  session: webSessions.WebSession;
  person: people.Person;
}

/** The browser at the other end. */
export interface Visitor {
  userAgent: string;
  /** Network prefix. */
  ipPrefix: string;
}

const valueForm = /^[\w-]{43}$/;
const LONGEST_USER_AGENT = 400;

/** A new random cookie value of 256 bits. */
export function newCookie({ world }: Pick<Installation, 'world'>): string {
  return Buffer.from(world.random.bytes(32)).toString('base64url');
}

/** Makes the hash by which a cookie value of this form is looked up and stored; undefined for anything else. */
export function cookieHash({ keys }: Pick<Installation, 'keys'>, cookie: string | undefined): string | undefined {
  return cookie !== undefined && valueForm.test(cookie) ? keyedHashText(keys.webSession, cookie) : undefined;
}

/** Finds the person who is logged in with this cookie, and notes once an hour that the session is used. */
export async function findSession(
  installation: ChangeContext,
  cookie: string | undefined,
): Promise<SignedInPerson | undefined> {
  const hash = cookieHash(installation, cookie);
  if (hash === undefined) return undefined;
  return whileOpen(installation, await webSessions.byHash(installation.db.read, hash));
}

/** The session with its person while it is open; notes once an hour that it is used. */
export async function whileOpen(
  installation: ChangeContext,
  session: webSessions.WebSession | undefined,
): Promise<SignedInPerson | undefined> {
  const now = installation.world.clock.now();
  if (!session || session.ended_at !== null || session.seen_at + lifetimes.webSession <= now) return undefined;
  const person = await people.byId(installation.db.read, session.person_id);
  if (!person || person.state === 'deleted') return undefined;
  if (now - session.seen_at >= HOUR) await noteSeen(installation, session.id, now);
  return { session, person };
}

/** A read that cannot be noted is still answered. */
async function noteSeen(installation: ChangeContext, id: string, now: number): Promise<void> {
  try {
    await change(installation, ({ tx }) => webSessions.seen(tx, id, now));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'StorageUnavailable')) throw error;
  }
}

/** Sessions that still let somebody in, last used first. */
export async function openSessions(
  { db, world }: Pick<Installation, 'db' | 'world'>,
  personId: PersonId,
): Promise<webSessions.WebSession[]> {
  const now = world.clock.now();
  return (await webSessions.openOf(db.read, personId)).filter((one) => one.seen_at + lifetimes.webSession > now);
}

/** Begins a session of a person whose password was right, or who came by a link that works once. @returns the cookie */
export async function beginSession(
  installation: Pick<Installation, 'keys' | 'world'>,
  { tx }: Change,
  personId: PersonId,
  visitor: Visitor,
  proven = true,
): Promise<{ cookie: string; session: webSessions.WebSession }> {
  const cookie = newCookie(installation);
  const now = installation.world.clock.now();
  const session: webSessions.WebSession = {
    hash: keyedHashText(installation.keys.webSession, cookie),
    id: newId(installation),
    person_id: personId,
    created_at: now,
    seen_at: now,
    proven_at: proven ? now : 0,
    user_agent: visitor.userAgent.slice(0, LONGEST_USER_AGENT),
    ip_prefix: visitor.ipPrefix,
    ended_at: null,
  };
  await webSessions.insert(tx, session);
  return { cookie, session };
}

/**
 * Gives a session a new cookie after its password was asked again; the old value is dead. The tokens that hang on the
 * session live on.
 */
export async function renewSession(
  installation: Pick<Installation, 'keys' | 'world'>,
  { tx }: Change,
  session: webSessions.WebSession,
): Promise<{ cookie: string; session: webSessions.WebSession }> {
  const cookie = newCookie(installation);
  const now = installation.world.clock.now();
  const hash = keyedHashText(installation.keys.webSession, cookie);
  await webSessions.renew(tx, session.id, hash, now);
  return { cookie, session: { ...session, hash, seen_at: now, proven_at: now } };
}

/**
 * Logs one session out: the tokens that came from it die (190, subcode 467), and the code of a device that was typed in it
 * may be typed in another one. @returns false when it had ended already
 */
export async function endSession(
  installation: Pick<Installation, 'world'>,
  change: Change,
  session: webSessions.WebSession,
): Promise<boolean> {
  if (!(await webSessions.end(change.tx, session.id, installation.world.clock.now()))) return false;
  await deviceCodes.letGo(change.tx, session.id);
  const by = { kind: 'person' as const, id: session.person_id };
  await change.record('logged_out', { app: FIRST_PARTY, session: session.id }, by);
  change.event({ name: 'auth.logout', outcome: 'ok', actorKind: by.kind, actorId: by.id, targetId: session.id });
  return true;
}

/** Logs out every other session of the person, each with its tokens. @returns how many there were */
export async function endOtherSessions(
  installation: Pick<Installation, 'world'>,
  change: Change,
  current: webSessions.WebSession,
): Promise<number> {
  const others = (await webSessions.openOf(change.tx, current.person_id)).filter((one) => one.id !== current.id);
  for (const other of others) await endSession(installation, change, other);
  return others.length;
}

/**
 * Logs the person out everywhere: every session, and every token of any app (190, subcode 467). @param by the person,
 * where nobody else is named
 */
export async function endAllSessions(
  installation: Pick<Installation, 'world'>,
  change: Change,
  personId: PersonId,
  by: Actor = { kind: 'person', id: personId },
): Promise<void> {
  await webSessions.endAll(change.tx, personId, installation.world.clock.now());
  await change.record('logged_out_everywhere', { app: FIRST_PARTY, user: personId }, by);
  change.event({
    name: 'auth.logout',
    outcome: 'ok',
    reason: 'everywhere',
    actorKind: by.kind,
    actorId: by.id,
    targetId: personId,
  });
}
