// This table holds the kinds of token: what each is called, what it is about, what it hangs on, how long it lives.
// Sources: the access-token guides (lifetimes) and the debug_token reference (types). Adding a kind is one entry here.
import { DAY, HOUR } from '../clock.ts';
import type { MarketingTier } from '../apps/marketing-tiers.ts';

/**
 * An anchor is what a token can hang on. When the epoch of one of these moves on, every token that hangs on it is dead.
 */
export type Anchor = 'user' | 'app' | 'app_secret' | 'grant' | 'session' | 'login' | 'page_role' | 'page_token';

/** The parts an anchor's scope key is made of. `login` is one completed dialog: the family of tokens it led to. */
export interface AnchorIds {
  app: string;
  user?: string;
  page?: string;
  session?: string;
  login?: string;
}

const scopeOf: Record<Anchor, (ids: AnchorIds) => string | undefined> = {
  user: (i) => i.user && `user:${i.user}`,
  app: (i) => `app:${i.app}`,
  app_secret: (i) => `app_secret:${i.app}`,
  grant: (i) => i.user && `grant:${i.app}:${i.user}`,
  session: (i) => i.session && `session:${i.session}`,
  login: (i) => i.login && `login:${i.login}`,
  page_role: (i) => i.page && i.user && `page_role:${i.page}:${i.user}`,
  page_token: (i) => i.page && i.user && `page_token:${i.app}:${i.page}:${i.user}`,
};

/**
 * The key of the epoch counter for one anchor, or undefined where these ids have no such anchor (a token made without a
 * web session).
 */
export function scopeKey(anchor: Anchor, ids: AnchorIds): string | undefined {
  return scopeOf[anchor](ids) || undefined;
}

export interface TokenKindEntry {
  /** One sentence for the reference pages. */
  doc: string;
  /** `type` in a debug_token answer. */
  debugType: 'USER' | 'PAGE' | 'APP' | 'SYSTEM_USER';
  /** First letters of the string; app and client tokens are `{app-id}|…` instead. */
  prefix: 'EAA' | 'XAA' | undefined;
  /** The order is the order in which the token's epochs are written. */
  hangsOn: readonly Anchor[];
  /** True where the token stands for a person (`me` is somebody). */
  hasPerson: boolean;
}

export const tokenKinds = {
  app: {
    doc: 'Reads and changes app settings and acts for the app itself. From client_credentials, or `{app-id}|{app-secret}`.',
    debugType: 'APP',
    prefix: undefined,
    hangsOn: ['app', 'app_secret'],
    hasPerson: false,
  },
  client: {
    doc: 'Names the app in calls from native and desktop programs: `{app-id}|{client-token}`. Not a secret.',
    debugType: 'APP',
    prefix: undefined,
    hangsOn: ['app'],
    hasPerson: false,
  },
  user: {
    doc: 'Acts for a person who has allowed this.',
    debugType: 'USER',
    prefix: 'EAA',
    hangsOn: ['user', 'app', 'grant', 'session', 'login'],
    hasPerson: true,
  },
  page: {
    doc: 'Acts as a Page; unique to each Page, person and app.',
    debugType: 'PAGE',
    prefix: 'EAA',
    hangsOn: ['user', 'app', 'grant', 'session', 'login', 'page_role', 'page_token'],
    hasPerson: true,
  },
  system_user: {
    doc: 'Acts for a system user of a business, for 60 days or without an end. Each one can be ended separately.',
    debugType: 'SYSTEM_USER',
    prefix: 'EAA',
    hangsOn: ['user', 'app', 'grant', 'login'],
    hasPerson: true,
  },
  session_info: {
    doc: 'Identifies the person and has no permissions; from fb_attenuate_token.',
    debugType: 'USER',
    prefix: 'XAA',
    hangsOn: ['user', 'app', 'grant', 'session', 'login'],
    hasPerson: true,
  },
} as const satisfies Record<string, TokenKindEntry>;

export type TokenKind = keyof typeof tokenKinds;

export interface LifetimeFacts {
  /** Epoch seconds. */
  now: number;
  marketingTier: MarketingTier;
}

/**
 * Lifetimes say how long things live, as one table. Values are seconds unless the entry says that it computes a moment.
 */
export const lifetimes = {
  /**
   * Web log-in: the issue time rounded up to the hour, plus one hour, so one to two hours (observed in recorded
   * answers). Gives a moment.
   */
  shortUserToken: (facts: LifetimeFacts): number => Math.ceil(facts.now / HOUR) * HOUR + HOUR,
  /**
   * Exchange and native log-in: exactly 60 days from issue; 0 (never) for apps with Standard access to the Marketing
   * API. Gives a moment.
   */
  longUserToken: (facts: LifetimeFacts): number => (facts.marketingTier === 'standard' ? 0 : facts.now + 60 * DAY),
  /** Data access ends 90 days after the person was last active with the app. */
  dataAccess: 90 * DAY,
  sessionInfoToken: 60 * DAY,
  /** A system-user token ends only where that was asked for, by `set_token_expires_in_60_days`. */
  expiringSystemUserToken: 60 * DAY,
  authorizationCode: 600,
  clientCode: 600,
  /** A log-in on a phone gives this in place of a token; swapped at once. */
  exchangeNonce: 300,
  deviceCode: 420,
  /** A device may poll this often. */
  devicePoll: 5,
  interaction: 3600,
  webSession: 90 * DAY,
  /** The password counts as asked for so long, for acts that cannot be taken back. */
  confirmation: 600,
  timedProof: 300,
  timedProofAhead: 60,
  idToken: HOUR,
  /** A DPoP proof may be this old, or this far ahead of our clock. */
  dpopProof: 300,
  dpopProofAhead: 60,
  /** A long-lived token exchanged again keeps its string for this long after its issue. */
  exchangeAgainAfter: DAY,
} as const;

/** Permissions that go on after the 90-day end of data access (source: the "data access" guide). */
export const dataAccessExempt: ReadonlySet<string> = new Set([
  'ads_read',
  'ads_management',
  'business_management',
  'configure_page_transactions',
  'pages_manage_ads',
  'pages_manage_cta',
  'pages_manage_engagement',
  'pages_manage_instant_articles',
  'pages_manage_metadata',
  'pages_manage_posts',
  'pages_messaging',
  'pages_read_engagement',
  'pages_read_user_content',
  'pages_show_list',
  'read_audience_network_insights',
  'read_insights',
]);
