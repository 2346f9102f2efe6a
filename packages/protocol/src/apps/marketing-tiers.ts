// The Marketing API has these access tiers. They were renamed twice: each tier has one word here and its name in every
// edition of the documents. Sources: "Marketing API: authorization" for the names and the limits of system users, the
// rate-limit guide for the words of the header, the access-token guides for the lives of tokens.
import type { BusinessRole } from '../permissions/tasks.ts';

export interface MarketingTierEntry {
  /** The name in the access-token guides and in `ads_api_access_tier`. */
  oldest: string;
  /** The name until May 2026. */
  former: string;
  /** Since May 2026. */
  title: string;
  /** Value of `ads_api_access_tier` in usage headers, which kept the old spelling. */
  header: 'development_access' | 'standard_access' | undefined;
  /** The number of system users that a business may have, by the tier of the app that makes them. */
  systemUsers: Readonly<Record<BusinessRole, number>>;
  doc: string;
}

// biome-ignore format: it is read as a table
export const marketingTiers = {
  none: { oldest: 'none', former: 'none', title: 'No access', header: undefined, systemUsers: { EMPLOYEE: 0, ADMIN: 0 }, doc: 'Not used for the Marketing API. No system users, no new ad accounts; extended tokens of people last 60 days.' },
  development: { oldest: 'Development access', former: 'Standard access', title: 'Limited access', header: 'development_access', systemUsers: { EMPLOYEE: 1, ADMIN: 1 }, doc: 'Every app starts with this. Extended tokens of people last 60 days.' },
  standard: { oldest: 'Standard access', former: 'Advanced access', title: 'Full access', header: 'standard_access', systemUsers: { EMPLOYEE: 10, ADMIN: 1 }, doc: 'Tokens of the server-side flow and extended tokens of people never expire.' },
} as const satisfies Record<string, MarketingTierEntry>;

/** One word for each tier, as the settings of an app have it. */
export type MarketingTier = keyof typeof marketingTiers;
