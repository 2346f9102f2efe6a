// Some states of an account refuse its tokens while they hold: locked at a checkpoint (190, subcode 459) and not
// confirmed (subcode 464). Tokens that are otherwise alive work again when the state ends, unless the setting
// checkpointEndsTokens is on.
import { readJson, shape } from '@hallpass/protocol';
import { change, type Actor, type Change, type ChangeContext } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import * as meta from '../store/installation/meta.ts';
import * as people from '../store/people/people.ts';
import * as webSessions from '../store/people/web-sessions.ts';
import { FIRST_PARTY, type PersonId } from '../store/ids.ts';

/** The reason why an account is locked, as the person reads it. */
export type LockReason = 'asked' | 'unusual' | 'operator';

interface Lock {
  reason: LockReason;
  /** The state that the account goes back to. */
  before: 'active' | 'unconfirmed';
}

const lockShape = shape.object<Lock>({
  reason: shape.oneOf('asked', 'unusual', 'operator'),
  before: shape.oneOf('active', 'unconfirmed'),
});

const lockKey = (personId: PersonId): string => `lock:${personId}`;

/**
 * Locks an account and logs it out everywhere. Its tokens are ended only where the operator set it so. @returns false
 * when there is nothing to lock
 */
export function lockAccount(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  personId: PersonId,
  by: Actor,
  reason: LockReason,
): Promise<boolean> {
  return change(installation, async (making) => {
    const before = (await people.holdForChange(making.tx, personId))?.state;
    if (before !== 'active' && before !== 'unconfirmed') return false;
    await meta.put(making.tx, lockKey(personId), JSON.stringify({ reason, before } satisfies Lock));
    await setState(making, personId, 'checkpoint');
    if (installation.settings.checkpointEndsTokens)
      await making.record('account_locked', { app: FIRST_PARTY, user: personId }, by);
    await webSessions.endAll(making.tx, personId, installation.world.clock.now());
    making.event({
      name: 'auth.checkpoint.locked',
      outcome: 'ok',
      reason,
      actorKind: by.kind,
      actorId: by.id,
      targetId: personId,
    });
    return true;
  });
}

/** Finds out why a locked account is locked. */
export async function lockReason(installation: Pick<Installation, 'db'>, personId: PersonId): Promise<LockReason> {
  const stored = await meta.get(installation.db.read, lockKey(personId));
  return stored === undefined ? 'operator' : readJson(lockShape, stored).reason;
}

/**
 * Unlocks inside a change: the person proved who they are, or an operator says so. @returns false when it was not
 * locked
 */
export async function unlockIn(making: Change, personId: PersonId, by: Actor): Promise<boolean> {
  if ((await people.holdForChange(making.tx, personId))?.state !== 'checkpoint') return false;
  const stored = await meta.get(making.tx, lockKey(personId));
  await setState(making, personId, stored === undefined ? 'active' : readJson(lockShape, stored).before);
  await meta.remove(making.tx, lockKey(personId));
  making.event({
    name: 'auth.checkpoint.unlocked',
    outcome: 'ok',
    actorKind: by.kind,
    actorId: by.id,
    targetId: personId,
  });
  return true;
}

export function unlockAccount(installation: ChangeContext, personId: PersonId, by: Actor): Promise<boolean> {
  return change(installation, (making) => unlockIn(making, personId, by));
}

/** Confirms inside a change. @returns false when there was nothing to confirm */
export async function confirmIn(making: Change, personId: PersonId, by: Actor): Promise<boolean> {
  if ((await people.holdForChange(making.tx, personId))?.state !== 'unconfirmed') return false;
  await setState(making, personId, 'active');
  making.event({ name: 'auth.confirmed', outcome: 'ok', actorKind: by.kind, actorId: by.id, targetId: personId });
  return true;
}

export function confirmAccount(installation: ChangeContext, personId: PersonId, by: Actor): Promise<boolean> {
  return change(installation, (making) => confirmIn(making, personId, by));
}

/**
 * Takes the confirmation of an account back (its address turned out to be somebody else's). @returns false when it is
 * not an active one
 */
export function unconfirmAccount(installation: ChangeContext, personId: PersonId, by: Actor): Promise<boolean> {
  return change(installation, async (making) => {
    if ((await people.holdForChange(making.tx, personId))?.state !== 'active') return false;
    await setState(making, personId, 'unconfirmed');
    making.event({
      name: 'auth.confirmed',
      outcome: 'refused',
      reason: 'taken back',
      actorKind: by.kind,
      actorId: by.id,
      targetId: personId,
    });
    return true;
  });
}

async function setState({ tx }: Change, personId: PersonId, state: people.Person['state']): Promise<void> {
  await people.setState(tx, personId, state);
}
