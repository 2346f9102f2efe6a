// The session is what this page knows of the log-in, in memory alone: pages are told when it changes. Events and their
// order: section 6.5 of the protocol reference.
import type { AuthResponse } from './auth-response.ts';
import { fire } from '../page/events.ts';

export interface Session {
  status: facebook.LoginStatus;
  authResponse: AuthResponse | null;
}

/** Milliseconds. An answer that nobody is logged in is asked for again after a day. */
const DAY = 86_400_000;
const LONGEST = 90 * 60_000;

let session: Session | undefined;
let learned = 0;

/** The session, undefined before anything was found out. */
export const known = (): Session | undefined => session;
export const authResponse = (): AuthResponse | null => session?.authResponse ?? null;

/** The session for a page: what is not known yet counts as `unknown`. */
export const current = (): Session => session ?? { status: 'unknown', authResponse: null };

/** When the session was learned, milliseconds of the browser's clock. */
export const learnedAt = (): number => learned;

/** Milliseconds for which a session is believed: three quarters of its token's life, 90 minutes at most. */
export function freshFor({ authResponse: auth }: Session): number {
  if (!auth?.accessToken) return DAY;
  return auth.expiresIn > 0 ? Math.min(auth.expiresIn * 750, LONGEST) : LONGEST;
}

/** True while the session need not be asked for again. */
export const isFresh = (): boolean => session !== undefined && Date.now() - learned < freshFor(session);

/** Milliseconds until the token of the session ends; Infinity where there is none, or none that ends. */
export function untilEnd(): number {
  const auth = session?.authResponse;
  if (!auth?.accessToken || auth.expiresIn <= 0) return Infinity;
  return Math.max(0, learned + auth.expiresIn * 1000 - Date.now());
}

/** True when the token of the session has reached its end. */
export const isExpired = (): boolean => untilEnd() === 0;

export function setSession(next: Session, at = Date.now()): void {
  const before = session;
  session = next;
  learned = at;
  const [old, auth] = [before?.authResponse, next.authResponse];
  const another = old && auth && old.userID !== auth.userID;
  if (old && (!auth || another)) fire('auth.logout', next);
  if (auth && (!old || another)) fire('auth.login', next);
  if (before?.status !== next.status) fire('auth.statusChange', next);
  if (old?.accessToken !== auth?.accessToken || Boolean(old) !== Boolean(auth)) fire('auth.authResponseChange', next);
}

export function forgetSession(): void {
  session = undefined;
  learned = 0;
}
