// This module records what a person allows an app: the one way, whichever door it is said at (dialog, code of a device,
// business, test user). Whatever was seen before the change may be gone by now, so the end of the change asks anew
// (threats RR-03, RR-13).
import type { Actor, Change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import { FENCE, readFence } from '../installation/fence-name.ts';
import type { Installation } from '../installation/installation.ts';
import * as apps from '../store/apps/apps.ts';
import * as grants from '../store/grants/grants.ts';
import type { Grant } from '../store/grants/grants.ts';
import type * as limitedGrants from '../store/grants/limited-grants.ts';
import * as meta from '../store/installation/meta.ts';
import type { Person } from '../store/people/people.ts';
import type { Query } from '../store/query.ts';
import * as webSessions from '../store/people/web-sessions.ts';
import { scopedIdFor } from '../people/scoped-id.ts';
import { notifyPermissions } from '../callbacks/notify-app.ts';
import type { AppId, ScopedId } from '../store/ids.ts';

/**
 * Rolls a change back: another request finished the dialog first, used its nonce, or (`changed`) took back what it
 * relied on.
 */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
  readonly reason: 'interaction_expired' | 'nonce_used' | 'changed';

  constructor(reason: Overtaken['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/** A person who lets an app do something. */
interface Consent {
  appId: AppId;
  person: Pick<Person, 'id' | 'testUserOf'>;
  /** Id of the web session in which the person says so; undefined where an app says it for its test user. */
  session: string | undefined;
}

/**
 * Does what a consent is about, and then looks whether session, app and role are there still. That is after the epochs
 * of whatever was minted were read: what ended before is seen here, and what ends later ends what was minted.
 * @throws Overtaken `changed`
 */
export async function withConsent<T>(
  installation: Pick<Installation, 'sealer'>,
  making: Change,
  consent: Consent,
  act: () => Promise<T>,
): Promise<T> {
  const done = await act();
  if (!(await consentStands(installation, making.tx, consent))) throw new Overtaken('changed');
  return done;
}

/** True when session, app and role are there, by what is in the database now. */
export async function consentStands(
  installation: Pick<Installation, 'sealer'>,
  q: Query,
  { appId, person, session: id }: Consent,
): Promise<boolean> {
  if (id !== undefined) {
    const session = await webSessions.byId(q, id);
    const fence = readFence(await meta.get(q, FENCE));
    if (!session || session.ended_at !== null || (fence && session.created_at <= fence.clock)) return false;
  }
  const app = await apps.byId(q, installation.sealer, appId);
  if (app?.status !== 'active') return false;
  if (person.testUserOf === appId) return true;
  // Test users of others are let in by a role alone, whatever the mode.
  const needsRole = app.mode === 'development' || person.testUserOf !== null;
  return !needsRole || (await apps.rolesOf(q, appId, person.id)).length > 0;
}

interface GrantGiving<T> extends Consent {
  /** By which kind of log-in: the grants of Limited Login stand in a table of their own. */
  table?: typeof grants | typeof limitedGrants;
  by: Actor;
  /** The way on which it was given, for the audit trail. */
  reason: 'dialog' | 'device' | 'test user';
  requestId?: string | undefined;
  /** The version of the Graph that the app named for it, or its own; undefined where no version is part of it. */
  version: string | undefined;
  /** Epoch seconds. */
  now: number;
  /** The grant as it is to be. What was shown before may be stale: then it throws Overtaken. */
  decide(before: Grant | undefined): Grant;
  /** Makes what the app gets by it. @param scopedId by which the app knows the person */
  mint(scopedId: ScopedId): Promise<T>;
}

interface GrantResult<T> {
  grant: Grant;
  scopedId: ScopedId;
  minted: T;
}

/**
 * Holds the grant, writes what it becomes, tells the app, and makes what the app gets.
 * @throws Overtaken; the change must be rolled back then
 */
export async function giveGrant<T>(
  installation: Pick<Installation, 'keys' | 'sealer'>,
  making: Change,
  giving: GrantGiving<T>,
): Promise<GrantResult<T>> {
  const { appId, person, table = grants, by, reason, requestId, version, now } = giving;
  const { tx, event } = making;
  return withConsent(installation, making, giving, async () => {
    const before = await table.holdForChange(tx, appId, person.id);
    const grant = { ...giving.decide(before), loginVersion: version };
    await table.put(tx, grant);
    const scopedId = await scopedIdFor(installation, tx, appId, person.id);
    if (JSON.stringify(before?.permissions) !== JSON.stringify(grant.permissions))
      event({
        name: 'grant.changed',
        outcome: 'ok',
        reason,
        appId,
        ...actorFacts(by),
        targetId: person.id,
        ...(requestId === undefined ? {} : { requestId }),
      });
    await notifyPermissions(
      making,
      { appId, personId: person.id },
      { before: before?.permissions, after: grant.permissions, now },
    );
    return { grant, scopedId, minted: await giving.mint(scopedId) };
  });
}
