// A session is renewed before its token ends, by one tab for all tabs of the origin. Browsers let timers of hidden pages
// sleep, so a page that is looked at again checks by itself.
import { subscribe } from '../page/events.ts';
import { freshFor, isFresh, known, learnedAt, untilEnd } from './session.ts';
import { settings } from '../page/settings.ts';
import { askStatus } from './status.ts';
import { oneTabAtATime } from '../page/tabs.ts';

/** Milliseconds between tries where the last one brought nothing new. */
const AGAIN = 5 * 60_000;
/** A tab that renewed tells the others before it lets go of the lock; the message may take this long, milliseconds. */
const TIDINGS = 100;
const LONGEST_TIMER = 2 ** 31 - 1;

let timer: ReturnType<typeof setTimeout> | undefined;

function schedule(least = 0): void {
  clearTimeout(timer);
  const session = known();
  if (!session) return;
  const wait = Math.max(least, learnedAt() + freshFor(session) - Date.now());
  timer = setTimeout(() => void renew(), Math.min(wait, untilEnd(), LONGEST_TIMER));
}

/** Asks for the session anew, unless another tab did so while this one waited for its turn. */
export async function renew(): Promise<void> {
  const before = learnedAt();
  await oneTabAtATime(settings()?.appId ?? '', async () => {
    await new Promise((resolve) => setTimeout(resolve, TIDINGS));
    if (learnedAt() === before) await askStatus();
  });
  schedule(learnedAt() === before ? AGAIN : 0);
}

/** Keeps the session alive from now on. */
export function keepAlive(): void {
  subscribe('auth.authResponseChange', () => schedule());
  subscribe('auth.statusChange', () => schedule());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && known() && !isFresh()) void renew();
  });
}
