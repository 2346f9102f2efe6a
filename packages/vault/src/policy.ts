// This module decides when something is to be done about a token: look at it, extend it, warn of its end. It is a table
// and functions of it: nothing is asked, nothing is kept. All times are epoch seconds.
import type { DebugTokenData } from '@hallpass/protocol';
import { kindOf, type TokenKindName } from './kinds.ts';
import type { HolderState } from './states.ts';

const DAY = 86_400;

export const policy = {
  /** Seconds from one look at a token to the next. */
  checkEvery: DAY,
  /** A token is extended when this part of its life has passed. */
  extendAfter: 0.5,
  /** It is tried anew so many seconds before its end, where it was not extended by then. */
  extendBefore: 7 * DAY,
  /** Somebody is told so many days before an end; each of these once. */
  warnDays: [14, 7, 3, 1],
} as const;

export type WarnDays = (typeof policy.warnDays)[number];

/** The dates of a token. An end of 0 means that there is none, and so does an absent one. */
export interface TokenDates {
  issuedAt?: number | undefined;
  expiresAt?: number | undefined;
  dataAccessUntil?: number | undefined;
}

export const datesOf = (data: DebugTokenData): TokenDates => ({
  issuedAt: data.issued_at,
  expiresAt: data.expires_at,
  dataAccessUntil: data.data_access_expires_at,
});

const endOf = (moment: number | undefined): number => (moment === undefined || moment === 0 ? Infinity : moment);

/** The time when a token stops being of use: its own end or that of its access to data. Undefined for never. */
export function usefulUntil({ expiresAt, dataAccessUntil }: TokenDates): number | undefined {
  const end = Math.min(endOf(expiresAt), endOf(dataAccessUntil));
  return end === Infinity ? undefined : end;
}

/**
 * True when a token should be extended now: at half of its life, and again a week before its end. A token that does not
 * end is never extended, because it would get an end by it; one that has ended cannot be; and none before its service
 * allows it.
 */
export function isExtensionDue(kind: TokenKindName, dates: TokenDates, now: number, lastTriedAt = -Infinity): boolean {
  const { extension, life } = kindOf(kind);
  const end = endOf(dates.expiresAt);
  if (extension === undefined || life === undefined || end === Infinity || now >= end) return false;
  const issued = dates.issuedAt ?? end - life;
  if (now < issued + extension.earliest) return false;
  const half = issued + (end - issued) * policy.extendAfter;
  // A short life has its half behind the week before its end.
  const moments = [half, Math.max(half, end - policy.extendBefore)];
  return moments.some((moment) => now >= moment && lastTriedAt < moment);
}

/** The warning that is due so long before an end: of those whose time has come, the last one. */
export function warningDue(until: number | undefined, now: number): WarnDays | undefined {
  if (until === undefined || now >= until) return undefined;
  return policy.warnDays.findLast((days) => until - now <= days * DAY);
}

/** The state of a token that was found valid, at this time. An end that lies behind is the end, whatever was found. */
export function stateOfValid(dates: TokenDates, now: number): HolderState {
  const until = usefulUntil(dates);
  if (until !== undefined && now >= until) return 'needs_person';
  return warningDue(until, now) === undefined ? 'healthy' : 'expiring';
}
