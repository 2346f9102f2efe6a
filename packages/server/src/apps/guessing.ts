// Limits on guessing an app secret or client token: per app and network prefix, so that nobody can lock an app out from
// elsewhere (threats TB-03). The count is a row, so that all nodes share it; reading it costs a cached fact. Guesses
// are counted for apps that exist only, and for a bounded number of networks, so that strangers do not fill the
// database (TB-09).
import { isId, graphError } from '@hallpass/protocol';
import { change, type ChangeContext } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import { type Maybe, withValue } from '../installation/maybe.ts';
import * as attempts from '../store/codes/attempts.ts';
import type { AppId } from '../store/ids.ts';

const WINDOW = 600;
const MOST = 20;

const keyOf = (appId: AppId, prefix: string) => `secret:${appId}:${prefix}`;
/** The key that counts how often networks of this app have reached the limit. */
const hitsOf = (appId: AppId) => `secret:${appId}`;

/**
 * @param appId as it was presented: what is no id names no app. @throws GraphError limit.guessing after 20 failures in
 * ten minutes; the value presented is then not looked at
 */
function mayGuessSecret(
  installation: Pick<Installation, 'facts' | 'settings' | 'world'>,
  appId: AppId,
  prefix: string,
): Maybe<void> {
  if (!installation.settings.guessingLimits || !isId(appId)) return;
  const now = installation.world.clock.now();
  return withValue(installation.facts.attempts(keyOf(appId, prefix)), (seen) => {
    if (seen.count >= MOST && seen.since > now - WINDOW)
      throw graphError('limit.guessing').retryIn(seen.since + WINDOW - now);
  });
}

/**
 * Counts a wrong secret of an app that exists. @throws GraphError limit.guessing where others have used up the failures
 * at the same moment
 */
export async function secretFailed(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  appId: AppId,
  prefix: string,
): Promise<void> {
  const { settings, facts, world } = installation;
  if (!settings.guessingLimits || !(await facts.app(appId))) return;
  const key = keyOf(appId, prefix);
  const now = world.clock.now();
  const failures = await change(installation, async ({ tx, event, after }) => {
    const count = await attempts.countRemembered(tx, key, now, { seconds: WINDOW, most: MOST, ofNetwork: true });
    if (count !== MOST) return count;
    const hit = { outcome: 'refused', reason: 'secret', appId, ipPrefix: prefix } as const;
    // The trail names the first network of the window, the log all of them.
    const hits = await attempts.count(tx, hitsOf(appId), now, { seconds: WINDOW, most: 1 });
    if (hits === 1) event({ name: 'limit.hit', ...hit });
    else after(() => world.log('info', 'limit.hit', hit));
    return count;
  });
  if (failures > MOST) throw graphError('limit.guessing').retryIn(WINDOW);
}

/**
 * One try at a secret or client token of an app. @param attempt says what came of it, and whether it was a wrong guess
 * @throws GraphError limit.guessing; after too many wrong ones nothing is tried
 */
export function tryingSecret<T>(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  { appId, prefix }: { appId: AppId; prefix: string },
  attempt: () => Maybe<{ value: T; wrong: boolean }>,
): Maybe<T> {
  return withValue(withValue(mayGuessSecret(installation, appId, prefix), attempt), ({ value, wrong }) =>
    wrong ? secretFailed(installation, appId, prefix).then(() => value) : value,
  );
}
