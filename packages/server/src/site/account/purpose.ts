// A log-in and a sign-up keep what somebody came for, and say it: the address that they lead on to.
import type { LogInPurpose } from '@hallpass/pages';
import { paths, safeNext } from '../paths.ts';
import { queryOf, type SiteRequest } from '../site-request.ts';

/** The page that the person came for, or the home page. */
export const nextOf = (ask: SiteRequest): string => safeNext(ask.form.values.get('next') ?? queryOf(ask).get('next'));

/** Addresses that begin so are come for in these words. */
const purposes: readonly (readonly [string, LogInPurpose])[] = [
  [paths.invitation, 'invitation'],
  [paths.device, 'device'],
  [paths.newPage, 'new_page'],
  [paths.console, 'console'],
  ['/tools/', 'console'],
  [paths.settings, 'settings'],
];

export const purposeOf = (next: string): LogInPurpose | undefined =>
  purposes.find(([begin]) => next.startsWith(begin))?.[1];

/** A path of the log-in or the sign-up that leads on to `next`. */
export const leadingTo = (path: string, next: string): string =>
  next === paths.home ? path : `${path}?next=${encodeURIComponent(next)}`;
