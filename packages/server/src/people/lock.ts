// Some states of an account refuse its tokens while they hold: at a checkpoint, which the person ends with the password
// (190, subcode 459); locked by the operator, who alone ends that (subcode 490); and not confirmed (subcode 464). Tokens
// that are otherwise alive work again when the state ends, unless the setting checkpointEndsTokens is on.
import { readJson, shape } from '@hallpass/protocol';
import { change, type Actor, type Change, type ChangeContext, type Operator } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import * as meta from '../store/installation/meta.ts';
import * as people from '../store/people/people.ts';
import * as webSessions from '../store/people/web-sessions.ts';
import { FIRST_PARTY, type PersonId } from '../store/ids.ts';

/** The reason for a checkpoint, as the person reads it. */
export type CheckpointReason = 'asked' | 'unusual' | 'operator';

interface Checkpoint {
  reason: CheckpointReason;
  /** The state that the account goes back to. */
  before: 'active' | 'unconfirmed';
}

interface Lock {
  /** The state that the account goes back to: a lock does not end a checkpoint. */
  before: 'active' | 'unconfirmed' | 'checkpoint';
}

const checkpointShape = shape.object<Checkpoint>({
  reason: shape.oneOf('asked', 'unusual', 'operator'),
  before: shape.oneOf('active', 'unconfirmed'),
});
const lockShape = shape.object<Lock>({ before: shape.oneOf('active', 'unconfirmed', 'checkpoint') });

const checkpointKey = (personId: PersonId): string => `lock:${personId}`;
const lockKey = (personId: PersonId): string => `operator_lock:${personId}`;

type Holding = ChangeContext & Pick<Installation, 'settings'>;

/**
 * Puts an account at a checkpoint and logs it out everywhere: the person goes on with the password. Its tokens are ended
 * only where the operator set it so. @returns false for one that is held already
 */
export function startCheckpoint(
  installation: Holding,
  personId: PersonId,
  by: Actor,
  reason: CheckpointReason,
): Promise<boolean> {
  return change(installation, async (making) => {
    const before = (await people.holdForChange(making.tx, personId))?.state;
    if (before !== 'active' && before !== 'unconfirmed') return false;
    await meta.put(making.tx, checkpointKey(personId), JSON.stringify({ reason, before } satisfies Checkpoint));
    await hold(installation, making, { personId, by, state: 'checkpoint' });
    making.event({ name: 'auth.checkpoint.locked', outcome: 'ok', reason, ...actorFacts(by), targetId: personId });
    return true;
  });
}

/**
 * Locks an account and logs it out everywhere, until the operator unlocks it: the person cannot. @returns false for one
 * that is locked already
 */
export function lockAccount(installation: Holding, personId: PersonId, by: Operator): Promise<boolean> {
  return change(installation, async (making) => {
    const before = (await people.holdForChange(making.tx, personId))?.state;
    if (before !== 'active' && before !== 'unconfirmed' && before !== 'checkpoint') return false;
    await meta.put(making.tx, lockKey(personId), JSON.stringify({ before } satisfies Lock));
    await hold(installation, making, { personId, by, state: 'locked' });
    making.event({ name: 'auth.account.locked', outcome: 'ok', ...actorFacts(by), targetId: personId });
    return true;
  });
}

async function hold(
  installation: Holding,
  making: Change,
  { personId, by, state }: { personId: PersonId; by: Actor; state: 'checkpoint' | 'locked' },
): Promise<void> {
  await setState(making, personId, state);
  if (installation.settings.checkpointEndsTokens)
    await making.record('account_locked', { app: FIRST_PARTY, user: personId }, by);
  await webSessions.endAll(making.tx, personId, installation.world.clock.now());
}

/** Finds out why an account is at a checkpoint. */
export async function checkpointReason(
  installation: Pick<Installation, 'db'>,
  personId: PersonId,
): Promise<CheckpointReason> {
  const stored = await meta.get(installation.db.read, checkpointKey(personId));
  return stored === undefined ? 'operator' : readJson(checkpointShape, stored).reason;
}

/**
 * Ends a checkpoint inside a change: the person proved who they are, or the operator says so. @returns false where there
 * is none
 */
export async function endCheckpoint(making: Change, personId: PersonId, by: Actor): Promise<boolean> {
  if ((await people.holdForChange(making.tx, personId))?.state !== 'checkpoint') return false;
  const stored = await meta.get(making.tx, checkpointKey(personId));
  await setState(making, personId, stored === undefined ? 'active' : readJson(checkpointShape, stored).before);
  await meta.remove(making.tx, checkpointKey(personId));
  making.event({ name: 'auth.checkpoint.unlocked', outcome: 'ok', ...actorFacts(by), targetId: personId });
  return true;
}

/**
 * Ends the operator's lock, or else a checkpoint. An account that was at a checkpoint before it was locked is there
 * again. @returns false for one that is neither
 */
export function unlockAccount(installation: ChangeContext, personId: PersonId, by: Operator): Promise<boolean> {
  return change(installation, async (making) => {
    if ((await people.holdForChange(making.tx, personId))?.state !== 'locked')
      return endCheckpoint(making, personId, by);
    const stored = await meta.get(making.tx, lockKey(personId));
    await setState(making, personId, stored === undefined ? 'active' : readJson(lockShape, stored).before);
    await meta.remove(making.tx, lockKey(personId));
    making.event({ name: 'auth.account.unlocked', outcome: 'ok', ...actorFacts(by), targetId: personId });
    return true;
  });
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
