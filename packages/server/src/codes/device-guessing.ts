// Limits on guessing the short code of a device (RFC 8628, section 5.1; threats TB-06). A try is counted before it is
// looked at, so that parallel tries cannot slip past, and given back when the code was right.
import { change, type ChangeContext } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import * as attempts from '../store/codes/attempts.ts';

const WINDOW = 900;
const MOST = 10;
const ALARM_WINDOW = 60;
const ALARM = 1000;

interface Guesser {
  /** Id of the web session. */
  session: string;
  ipPrefix: string;
}

const keysOf = ({ session, ipPrefix }: Guesser): string[] => [
  `user_code:session:${session}`,
  `user_code:prefix:${ipPrefix}`,
];

/** Counts one try. @returns false after ten wrong ones of the session, or of its network, in a quarter of an hour */
export function mayTryUserCode(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  guesser: Guesser,
): Promise<boolean> {
  if (!installation.settings.guessingLimits) return Promise.resolve(true);
  const now = installation.world.clock.now();
  return change(installation, async ({ tx, event }) => {
    const counts: number[] = [];
    for (const key of keysOf(guesser)) counts.push(await attempts.count(tx, key, now, { seconds: WINDOW, most: MOST }));
    if (counts.includes(MOST + 1))
      event({ name: 'device.throttled', outcome: 'refused', reason: 'user_code', ipPrefix: guesser.ipPrefix });
    return counts.every((count) => count <= MOST);
  });
}

/** The code was right: the try does not count. */
export async function userCodeWasRight(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  guesser: Guesser,
): Promise<void> {
  if (!installation.settings.guessingLimits) return;
  await change(installation, async ({ tx }) => {
    for (const key of keysOf(guesser)) await attempts.giveBack(tx, key);
  });
}

/**
 * Counts a miss for the whole installation: many at once are an attack from many networks, and the operator is told.
 */
export async function userCodeMissed(installation: ChangeContext): Promise<void> {
  const now = installation.world.clock.now();
  await change(installation, async ({ tx, event }) => {
    const misses = await attempts.count(tx, 'user_code:misses', now, { seconds: ALARM_WINDOW, most: ALARM });
    if (misses === ALARM) event({ name: 'device.throttled', outcome: 'refused', reason: 'site_alarm' });
  });
}
