// This module decides when something is to be done about a token: look at it, extend it, warn of its end. It is a table
// and functions of it: nothing is asked, nothing is kept. All times are epoch seconds.
import type { DebugTokenData, Random } from '@hallpass/protocol';
import { pauseAfter } from '@hallpass/world';
import { kindOf, type TokenKindName } from './kinds.ts';
import { type HolderState, isWorking } from './states.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const policy = {
  /**
   * Seconds from one look at a token to the next, by how it stands. One that only its person can replace is still looked
   * at now and then, because what a server said in error, or while an app was in development, is taken back that way.
   */
  lookAgain: {
    healthy: DAY,
    expiring: DAY,
    needs_person: 7 * DAY,
    needs_permission: DAY,
    needs_role: DAY,
    blocked_at_meta: DAY,
    unreachable: HOUR,
    dead: 7 * DAY,
  },
  /** Seconds after which a token that is gone for good is given up: nobody looks at it any more. */
  giveUpAfter: 90 * DAY,
  /** The part of an interval by which it is shortened or lengthened, so that what began together does not stay together. */
  spread: 0.1,
  /** Seconds of the pause after a failure that says nothing of the token: doubled with each, from the first on. */
  retry: { first: 2 * MINUTE, longest: 6 * HOUR },
  /** Failures in a row after which the holder is told that nothing is known any more. */
  failuresUntilUnreachable: 6,
  /** A token is extended when this part of its life has passed. */
  extendAfter: 0.5,
  /** It is tried anew so many seconds before its end, where it was not extended by then. */
  extendBefore: 7 * DAY,
  /** Somebody is told so many days before an end; each of these once. */
  warnDays: [14, 7, 3, 1],
} as const satisfies { lookAgain: Readonly<Record<HolderState, number>> } & Record<string, unknown>;

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
  if (now >= endOf(dates.expiresAt)) return false;
  return extensionMoments(kind, dates).some((moment) => now >= moment && lastTriedAt < moment);
}

/** The moments at which a token is extended, in order; none for what has no end or cannot be extended. */
function extensionMoments(kind: TokenKindName, { issuedAt, expiresAt }: TokenDates): readonly number[] {
  const { extension, life } = kindOf(kind);
  const end = endOf(expiresAt);
  if (extension === undefined || life === undefined || end === Infinity) return [];
  const issued = issuedAt ?? end - life;
  const half = issued + (end - issued) * policy.extendAfter;
  // A short life has its half behind the week before its end.
  return [half, Math.max(half, end - policy.extendBefore)].map((moment) =>
    Math.ceil(Math.max(moment, issued + extension.earliest)),
  );
}

/** The interval, a tenth shorter or longer by chance. */
export function spread(seconds: number, random: Random): number {
  const [high = 0, low = 0] = random.bytes(2);
  const chance = (high * 256 + low) / 0xffff;
  return Math.round(seconds * (1 - policy.spread + 2 * policy.spread * chance));
}

export interface NextLook {
  state: HolderState;
  kind: TokenKindName | undefined;
  dates: TokenDates;
  now: number;
  /** The last try to extend it that was answered. */
  lastTriedAt?: number | undefined;
  /** The time since which it stands like this. */
  since: number;
}

/**
 * The moment of the next look at a token; undefined once it is given up. It is not later than the next thing that is to be done
 * about it: an extension, a warning, its end.
 */
export function nextLookAt(next: NextLook, random: Random): number | undefined {
  const { state, kind, dates, now, lastTriedAt = -Infinity, since } = next;
  if (state === 'dead' && now - since >= policy.giveUpAfter) return undefined;
  const regular = now + spread(policy.lookAgain[state], random);
  if (!isWorking(state)) return regular;
  const until = usefulUntil(dates);
  const tries = kind === undefined ? [] : extensionMoments(kind, dates);
  // Most tokens have no end, and nothing ahead.
  if (until === undefined && tries.length === 0) return regular;
  const ends = until === undefined ? [] : [until, ...policy.warnDays.map((days) => until - days * DAY)];
  const ahead = [...ends, ...tries.filter((moment) => lastTriedAt < moment)].filter((moment) => moment > now);
  return Math.min(regular, ...ahead);
}

/** The moment of the next try after so many failures in a row, the present one counted. */
export const retryAt = (failures: number, now: number, random: Random): number =>
  now + pauseAfter(failures, policy.retry, random);

/** A token that was looked at last at `checkedAt`, with this end. */
interface EarlierLook {
  until: number | undefined;
  checkedAt: number | undefined;
}

/**
 * The warning to give now: undefined where it was given at an earlier look. Each is given once for each end, so an end
 * that moved begins anew.
 */
export function newWarning(until: number | undefined, now: number, before: EarlierLook): WarnDays | undefined {
  const due = warningDue(until, now);
  if (due === undefined || before.until !== until || before.checkedAt === undefined) return due;
  const given = warningDue(until, before.checkedAt);
  return given === undefined || due < given ? due : undefined;
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
