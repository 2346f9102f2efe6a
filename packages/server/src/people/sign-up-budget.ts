// The number of new accounts is bounded: where sign-up is open, strangers write, so what they can write is bounded,
// from one network and from all of them together (threats TB-10). Counted within the change that makes the account, so
// parallel ones cannot slip past.
import type { Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import * as attempts from '../store/codes/attempts.ts';

/** Seconds of both windows. */
export const SIGN_UP_WINDOW = 3600;
const OF_NETWORK = 50;
const OF_ALL = 1000;

/** Counts one more account. @returns false where it may not be made */
export async function maySignUp(
  { settings, world }: Pick<Installation, 'settings' | 'world'>,
  { tx }: Change,
  ipPrefix: string,
): Promise<boolean> {
  if (!settings.guessingLimits) return true;
  const now = world.clock.now();
  const window = { seconds: SIGN_UP_WINDOW };
  const ofNetwork = await attempts.count(tx, `sign_up:${ipPrefix}`, now, {
    ...window,
    most: OF_NETWORK,
    ofNetwork: true,
  });
  if (ofNetwork > OF_NETWORK) return false;
  return (await attempts.count(tx, 'sign_up', now, { ...window, most: OF_ALL })) <= OF_ALL;
}
