// Use cases say what a call counts to, as data. Source: "Rate limits" (calls with a token of a Page or system user on a
// Page, and all advertising calls, have limits of their own; all others count to the app). Figures of the hours of
// advertising are those of the table there, without the part that grows with the number of active ads.
import { DAY, type ErrorKey, HOUR, type MarketingTier, marketingTiers } from '@hallpass/protocol';

interface UseCaseEntry {
  doc: string;
  /** Seconds that count. */
  span: number;
  error: ErrorKey;
  /** Calls in a span by access tier; a Page's follow from the people who engage with it. */
  calls?: { development: number; standard: number };
}

// biome-ignore format: it is read as a table
export const useCases = {
  pages: { doc: 'Calls on a Page with a token of the Page or of a system user.', span: DAY, error: 'limit.page_business' },
  ads_management: { doc: 'Calls on an ad account and what is in it.', span: HOUR, error: 'limit.ads_management', calls: { development: 300, standard: 100_000 } },
  ads_insights: { doc: 'Figures about advertising.', span: HOUR, error: 'limit.ads_insights', calls: { development: 600, standard: 190_000 } },
} as const satisfies Record<string, UseCaseEntry>;

export type UseCase = keyof typeof useCases;

/** The target of a use case is the object that a call counts to. */
export interface UsageTarget {
  useCase: UseCase;
  /** Id of the Page, or of the ad account without `act_`. */
  id: string;
}

/** A limit of one call alone: `calls` in any `seconds`, for each app and object. */
export interface Rate {
  calls: number;
  seconds: number;
  /** The error beyond it: 613 where nothing else is said. */
  error?: ErrorKey;
  /** So many refused calls in a row lead to error 368 while the limit holds. */
  blockedAfter?: number;
}

/** True when a use case belongs to the Marketing API. */
export const isMarketing = (useCase: UseCase): boolean => useCase !== 'pages';

/** As headers write the tier. */
export const tierInHeader = (tier: MarketingTier): string => marketingTiers[tier].header ?? 'development_access';

/** Calls of a span of an advertising use case. */
export function callsByTier(useCase: UseCase, tier: MarketingTier): number {
  const entry: UseCaseEntry = useCases[useCase];
  return entry.calls?.[tier === 'standard' ? 'standard' : 'development'] ?? 0;
}
