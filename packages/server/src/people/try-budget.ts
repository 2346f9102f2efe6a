// Guesses of a password or a code are counted and bounded: ten guesses in 15 minutes per account, and as many per
// browser that the person has logged in with before, so that strangers cannot lock the owner out. All doors share it
// (threats TB-04).
import { keyedHashText } from '../hash.ts';
import { change, type Change, type ChangeContext } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import * as attempts from '../store/codes/attempts.ts';
import { deviceOf } from './sign-in/device-cookie.ts';
import type { PersonId } from '../store/ids.ts';

const WINDOW = 900;
const EVALUATED = 10;

type GuessKind = 'password' | 'second_factor';

/** The key that tries are counted under. @param device cookie of the browser, where it has one */
export function budgetOf(
  installation: Pick<Installation, 'keys'>,
  what: GuessKind,
  personId: PersonId,
  device: string | undefined,
): string {
  const known = deviceOf(installation, device, personId);
  return known === undefined
    ? `${what}:${personId}`
    : `${what}:${personId}:${keyedHashText(installation.keys.device, known)}`;
}

/** Counts the try before it is looked at, so that parallel tries cannot slip past the limit. */
export async function mayTry(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  what: GuessKind,
  budget: string,
  { personId, ipPrefix }: { personId: PersonId | undefined; ipPrefix: string },
): Promise<boolean> {
  if (!installation.settings.guessingLimits) return true;
  const now = installation.world.clock.now();
  const count = await change(installation, async ({ tx, event }) => {
    const tries = await attempts.count(tx, budget, now, { seconds: WINDOW, most: EVALUATED });
    if (tries === EVALUATED + 1)
      event({
        name: 'auth.login.throttled',
        outcome: 'refused',
        reason: what,
        ...(personId === undefined ? {} : { targetId: personId }),
        ipPrefix,
      });
    return tries;
  });
  return count <= EVALUATED;
}

type AddressTries = Pick<Installation, 'keys' | 'settings' | 'addressTries' | 'world'>;

/** One browser's tries for an address. An address that nobody has is counted as every other. */
const addressKey = ({ keys }: Pick<Installation, 'keys'>, email: string, device: string | undefined): string =>
  keyedHashText(keys.compare, `${email}|${device ?? ''}`);

const triesIn = ({ addressTries, world }: AddressTries, key: string): { count: number; since: number } => {
  const now = world.clock.now();
  const seen = addressTries.get(key);
  return seen && seen.since > now - WINDOW ? seen : { count: 0, since: now };
};

/**
 * Counts a try for an address that was typed, whether anybody has it or not. It is counted in the memory of this node,
 * so that strangers write nothing (threats TB-09). The oldest are forgotten where there are very many.
 * @returns false for more tries than are looked at
 */
export function mayTryAddress(installation: AddressTries, email: string, device: string | undefined): boolean {
  if (!installation.settings.guessingLimits) return true;
  const key = addressKey(installation, email, device);
  const before = triesIn(installation, key);
  const count = before.count + 1;
  const now = installation.world.clock.now();
  installation.addressTries.set(key, { count, since: before.count < EVALUATED ? now : before.since });
  return count <= EVALUATED;
}

/**
 * Seconds until this browser may try an address again; undefined while it may. It is told by what was typed here alone,
 * so that it says nothing about whether anybody has the address.
 */
export function waitForAddress(
  installation: AddressTries,
  email: string,
  device: string | undefined,
): number | undefined {
  if (!installation.settings.guessingLimits) return undefined;
  const { count, since } = triesIn(installation, addressKey(installation, email, device));
  return count > EVALUATED ? since + WINDOW - installation.world.clock.now() : undefined;
}

/** The password was right: the tries before it are forgotten. */
export function forgetAddress(installation: AddressTries, email: string, device: string | undefined): void {
  installation.addressTries.delete(addressKey(installation, email, device));
}

/** It was right: this try does not count. */
export const giveBack = ({ tx }: Change, budget: string): Promise<void> => attempts.giveBack(tx, budget);
