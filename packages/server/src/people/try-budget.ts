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

/**
 * The same for somebody who does not exist: counted in the memory of this node, so that strangers write nothing
 * (threats TB-09).
 * The oldest are forgotten where there are very many.
 */
export function mayTryUnknown(
  { keys, settings, unknownTries, world }: Pick<Installation, 'keys' | 'settings' | 'unknownTries' | 'world'>,
  email: string,
): boolean {
  if (!settings.guessingLimits) return true;
  const key = keyedHashText(keys.compare, email);
  const now = world.clock.now();
  const seen = unknownTries.peek(key) as { count: number; since: number } | undefined;
  const present = seen && seen.since > now - WINDOW ? seen : { count: 0, since: now };
  const count = present.count + 1;
  unknownTries.put(key, { count, since: present.count < EVALUATED ? now : present.since });
  return count <= EVALUATED;
}

/** It was right: this try does not count. */
export const giveBack = ({ tx }: Change, budget: string): Promise<void> => attempts.giveBack(tx, budget);
