// This record holds what one call runs up: opened when it comes, closed when it is answered. A member of a batch has
// one of its own.
import type { TokenKind } from '@hallpass/protocol';
import type { App } from '../store/apps/apps.ts';
import type { Person } from '../store/people/people.ts';
import type { AppUsage } from './app-usage.ts';
import type { UsageCounter } from './usage-counter.ts';
import type { UsageTarget } from './use-cases.ts';

/** The caller is who calls. */
export interface Caller {
  readonly app: App | undefined;
  readonly kind: TokenKind | 'none';
  readonly person: Person | undefined;
  /** Our own pages on behalf of whoever is logged in: they have no limit. */
  readonly dashboard?: object | undefined;
}

/** The numbers of an error; answers of the OAuth standards have none, and are called by their word. */
export interface CallFailure {
  code: number | undefined;
  subcode: number | undefined;
}

/** `190/463`, `100`, or `oauth`. */
export const failureName = ({ code, subcode }: CallFailure): string =>
  [code ?? 'oauth', ...(subcode === undefined ? [] : [subcode])].join('/');

export interface CallUsage {
  /** When it began, in milliseconds of the wall. */
  readonly began: number;
  app: AppUsage | undefined;
  /** The counters that the call counts to; one entry for each object of `ids`. */
  charged: UsageCounter[];
  /** The Page that was called with a token of a person. */
  page: UsageCounter | undefined;
  /** The counter that has a limit of its own by its use case. */
  business: { counted: UsageCounter; to: UsageTarget } | undefined;
  /** It was one too many. */
  limited: boolean;
  /** The frame of a batch shows what its members counted, and counts nothing itself. */
  frame: boolean;
}

export const startCallUsage = (began: number): CallUsage => ({
  began,
  app: undefined,
  charged: [],
  page: undefined,
  business: undefined,
  limited: false,
  frame: false,
});
