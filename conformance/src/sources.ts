// These are the documents that cases cite. The first five are covered statement by statement, in `statements/`; of the
// others, the calls that exist here.

export interface Source {
  title: string;
  /** The address at which it is published; undefined where only a copy without an address is known. */
  address?: string;
  /** The part of it that the cases cover. */
  covered: string;
}

const everyStatement = 'Every statement, with its line.';
const ownCalls = 'The calls, parameters and answers that exist here so far.';
const documentation = 'https://developers.facebook.com/documentation';
const docs = 'https://developers.facebook.com/docs';

export const sources = {
  '000': { title: 'Access Tokens for Meta Technologies', covered: everyStatement },
  '001': { title: 'Access Tokens (edition of Graph API v4.0)', covered: everyStatement },
  '002': { title: 'Pages: User and Page access tokens', covered: everyStatement },
  '003': { title: 'Marketing API: Authentication (24 June 2026)', covered: everyStatement },
  '004': { title: 'Marketing API: Authentication (earlier edition)', covered: everyStatement },
  'manual flow': {
    title: 'Facebook Login: build a login flow by hand',
    address: `${documentation}/facebook-login/guides/advanced/manual-flow`,
    covered: ownCalls,
  },
  'login security': {
    title: 'Facebook Login: security',
    address: `${documentation}/facebook-login/security`,
    covered: ownCalls,
  },
  'long-lived': {
    title: 'Facebook Login: long-lived access tokens',
    address: `${documentation}/facebook-login/guides/access-tokens/get-long-lived`,
    covered: ownCalls,
  },
  permissions: {
    title: 'Facebook Login: requesting and revoking permissions',
    address: `${documentation}/facebook-login/guides/permissions/request-revoke`,
    covered: ownCalls,
  },
  'permission list': {
    title: 'Permissions reference (5 December 2025)',
    address: `${docs}/permissions`,
    covered: 'Dependencies of the Page permissions.',
  },
  'data access': {
    title: 'Facebook Login: authentication and data access',
    address: `${documentation}/facebook-login/auth-vs-data`,
    covered: ownCalls,
  },
  'business login': {
    title: 'Facebook Login for Business',
    address: `${documentation}/facebook-login/facebook-login-for-business`,
    covered: ownCalls,
  },
  'token debugging': {
    title: 'Facebook Login: debugging access tokens and handling errors',
    address: `${docs}/facebook-login/access-tokens/debugging-and-error-handling`,
    covered: ownCalls,
  },
  debug_token: {
    title: 'Graph API reference: debug_token',
    address: `${docs}/graph-api/reference/debug_token`,
    covered: ownCalls,
  },
  reports: {
    title: 'Public reports and recorded answers of callers of the real platform',
    covered: 'Each with the name of its report: what was asked, and what came back.',
  },
  errors: {
    title: 'Graph API: error handling',
    address: `${docs}/graph-api/guides/error-handling`,
    covered: 'Envelope and codes of token errors.',
  },
  fields: {
    title: 'Graph API: field expansion',
    address: `${docs}/graph-api/guides/field-expansion`,
    covered: ownCalls,
  },
  batch: { title: 'Graph API: batch requests', address: `${docs}/graph-api/batch-requests`, covered: ownCalls },
  'debug mode': {
    title: 'Graph API: debug requests',
    address: `${docs}/graph-api/guides/debugging`,
    covered: ownCalls,
  },
  'system users': {
    title: 'Business management: install apps and generate tokens',
    address: `${docs}/business-management-apis/system-users/install-apps-and-generate-tokens`,
    covered: 'Installing an app, generating, refreshing and revoking tokens.',
  },
  'test users': {
    title: 'Build and test: test users (17 April 2026)',
    address: `${documentation}/development/build-and-test/test-users`,
    covered: ownCalls,
  },
  'app roles': {
    title: 'App roles, and the roles edge',
    address: `${documentation}/development/build-and-test/app-roles`,
    covered: ownCalls,
  },
  'access levels': {
    title: 'Graph API: access levels',
    address: `${docs}/graph-api/overview/access-levels`,
    covered: ownCalls,
  },
  openid: {
    title: 'Facebook Login: OpenID Connect tokens',
    address: `${documentation}/facebook-login/guides/advanced/oidc-token`,
    covered: ownCalls,
  },
  'old dialog': {
    title: 'Dialogs: OAuth (early edition)',
    address: `${docs}/reference/dialogs/oauth`,
    covered: 'What the newer guide leaves out.',
  },
  'instagram login': {
    title: 'Business Login for Instagram',
    address: `${documentation}/instagram-platform/instagram-api-with-facebook-login/business-login-for-instagram`,
    covered: 'The form of the redirect with tokens.',
  },
  webhooks: {
    title: 'Webhooks: getting started',
    address: `${docs}/graph-api/webhooks/getting-started`,
    covered: 'Subscriptions, verification, signatures, Pages.',
  },
  'webhooks for permissions': {
    title: 'Webhooks reference: permissions',
    address: `${docs}/graph-api/webhooks/reference/permissions`,
    covered: ownCalls,
  },
  'rate limits': {
    title: 'Graph API: rate limits',
    address: `${docs}/graph-api/overview/rate-limiting`,
    covered: 'Headers, codes, and what counts to what, for the calls that exist here.',
  },
  'data deletion': {
    title: 'Data deletion callback',
    address: `${docs}/development/create-an-app/app-dashboard/data-deletion-callback`,
    covered: 'The request, its signature, the answer; and the deauthorize callback beside it.',
  },
  'limited login': {
    title: 'Limited Login: tokens',
    address: `${documentation}/facebook-login/ios/limited-login/token`,
    covered: 'The dialog, the claims, the keys, renewal, removal.',
  },
  'ios sdk': {
    title: 'The iOS SDK: how it logs people in',
    address: 'https://github.com/facebook/facebook-ios-sdk',
    covered: 'What it sends and reads that no document describes: exchange nonce, certificates, direct renewal.',
  },
  'android sdk': {
    title: 'The Android SDK: how it manages tokens',
    address: 'https://github.com/facebook/facebook-android-sdk',
    covered: 'What it sends and reads at the start, at a log-in and at a renewal.',
  },
  'javascript sdk': {
    title: 'SDK for JavaScript: FB.getLoginStatus',
    address: `${documentation}/javascript/reference/FB.getLoginStatus`,
    covered: 'That it is not here yet.',
  },
  'ad accounts': {
    title: 'Marketing API reference: ad account, campaign, insights',
    address: `${docs}/marketing-api/reference/ad-account`,
    covered: ownCalls,
  },
  business: {
    title: 'Marketing API reference: business',
    address: `${docs}/marketing-api/reference/business`,
    covered: 'The people of a business, its Pages, and the businesses that work for it.',
  },
  'marketing tiers': {
    title: 'Marketing API: authorization (tiers)',
    address: `${documentation}/ads-commerce/marketing-api/get-started/authorization`,
    covered: 'What a tier means for lifetimes and for the number of system users.',
  },
  'machine-written reference': {
    title: 'Reference pages of 2025 and 2026 that name statuses and paging',
    covered: 'Statuses, the Authorization header, page sizes.',
  },
} as const satisfies Record<string, Source>;

export type SourceKey = keyof typeof sources;

/** The documents of which every statement has its row in `statements/`. */
export const documents = ['000', '001', '002', '003', '004'] as const satisfies readonly SourceKey[];
export type DocumentKey = (typeof documents)[number];

export const isDocument = (source: SourceKey): source is DocumentKey =>
  (documents as readonly SourceKey[]).includes(source);
