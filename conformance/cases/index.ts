// This list holds every case, by subject, in the order of the fidelity page. Each subject has a test file of its own,
// so that two run side by side.
import type { Case } from '../src/case.ts';
import { cases as accessTokensKinds } from './access-tokens/kinds.ts';
import { cases as accessTokensLifetimes } from './access-tokens/lifetimes.ts';
import { cases as accessTokensOfApps } from './access-tokens/of-apps.ts';
import { cases as accessTokensOfPages } from './access-tokens/of-pages.ts';
import { cases as accessTokensOnDevices } from './access-tokens/on-devices.ts';
import { cases as accessTokensOnPages } from './access-tokens/on-pages.ts';
import { cases as accessTokensPortability } from './access-tokens/portability.ts';
import { cases as accessTokensWays } from './access-tokens/ways.ts';
import { cases as printedCalls } from './access-tokens/printed-calls.ts';
import { cases as accessTokensV4Apps } from './access-tokens/v4-apps.ts';
import { cases as accessTokensV4People } from './access-tokens/v4-people.ts';
import { cases as callbacks } from './endings-and-calls/callbacks.ts';
import { cases as adAccounts } from './pages-and-marketing/ad-accounts.ts';
import { cases as appLife } from './life-of-tokens-and-apps/app-life.ts';
import { cases as businesses } from './businesses-and-log-in/businesses.ts';
import { cases as businessLogin } from './businesses-and-log-in/business-login.ts';
import { cases as deprecatedTokens } from './access-tokens/deprecated-tokens.ts';
import { cases as debugToken } from './life-of-tokens-and-apps/debug-token.ts';
import { cases as dialogAccess } from './dialog/access.ts';
import { cases as dialogAsking } from './dialog/asking.ts';
import { cases as dialogOpenid } from './dialog/openid.ts';
import { cases as dialogParameters } from './dialog/parameters.ts';
import { cases as endings } from './endings-and-calls/endings.ts';
import { cases as graphBatch } from './graph/batch.ts';
import { cases as graphErrors } from './graph/errors.ts';
import { cases as graphFields } from './graph/fields.ts';
import { cases as limitedLogin } from './businesses-and-log-in/limited-login.ts';
import { cases as mobileSdks } from './businesses-and-log-in/mobile-sdks.ts';
import { cases as marketingEarlier } from './pages-and-marketing/marketing-earlier.ts';
import { cases as marketingGetting } from './pages-and-marketing/marketing-getting.ts';
import { cases as holdersVault } from './pages-and-marketing/holders-vault.ts';
import { cases as marketingKeeping } from './pages-and-marketing/marketing-keeping.ts';
import { cases as otherDocuments } from './endings-and-calls/other-documents.ts';
import { cases as pagesGuideCalls } from './pages-and-marketing/pages-guide-calls.ts';
import { cases as pagesGuideEndings } from './pages-and-marketing/pages-guide-endings.ts';
import { cases as proofs } from './token-endpoint/proofs.ts';
import { cases as reportsCalls } from './reports/calls.ts';
import { cases as reportsIdsAndDialog } from './reports/ids-and-dialog.ts';
import { cases as reportsHosts } from './reports/hosts.ts';
import { cases as reportsEndedFields } from './reports/ended-fields-and-words.ts';
import { cases as reportsLists } from './reports/lists-and-fields.ts';
import { cases as reportsTokensAndMethods } from './reports/tokens-and-methods.ts';
import { cases as reportsSiblingsTokens } from './reports/siblings-tokens.ts';
import { cases as reportsSiblings } from './reports/siblings.ts';
import { cases as reportsStatuses } from './reports/statuses.ts';
import { cases as reportsWire } from './reports/wire.ts';
import { cases as rateLimits } from './graph/rate-limits.ts';
import { cases as reportsAdvertising } from './reports/advertising.ts';
import { cases as reportsNotices } from './reports/notices.ts';
import { cases as reportsPages } from './reports/pages.ts';
import { cases as revoking } from './life-of-tokens-and-apps/revoking.ts';
import { cases as testUsersAndRoles } from './life-of-tokens-and-apps/test-users-and-roles.ts';
import { cases as endingTokens } from './pages-and-marketing/ending-tokens.ts';
import { cases as systemUserTokens } from './access-tokens/system-user-tokens.ts';
import { cases as tokensOfCalls } from './access-tokens/tokens-of-calls.ts';
import { cases as tokenEndpoint } from './token-endpoint/token-endpoint.ts';

export const subjects = {
  'access-tokens': [
    ...accessTokensKinds,
    ...accessTokensLifetimes,
    ...accessTokensPortability,
    ...accessTokensOnDevices,
    ...accessTokensOnPages,
    ...accessTokensOfApps,
    ...accessTokensOfPages,
    ...accessTokensWays,
    ...tokensOfCalls,
    ...systemUserTokens,
    ...accessTokensV4People,
    ...deprecatedTokens,
    ...accessTokensV4Apps,
    ...printedCalls,
  ],
  'pages-and-marketing': [
    ...pagesGuideCalls,
    ...pagesGuideEndings,
    ...endingTokens,
    ...marketingGetting,
    ...marketingKeeping,
    ...holdersVault,
    ...marketingEarlier,
    ...adAccounts,
  ],
  dialog: [...dialogParameters, ...dialogAsking, ...dialogAccess, ...dialogOpenid],
  'businesses-and-log-in': [...businesses, ...businessLogin, ...limitedLogin, ...mobileSdks],
  'token-endpoint': [...tokenEndpoint, ...proofs],
  reports: [
    ...reportsAdvertising,
    ...reportsNotices,
    ...reportsPages,
    ...reportsIdsAndDialog,
    ...reportsHosts,
    ...reportsSiblingsTokens,
    ...reportsSiblings,
    ...reportsStatuses,
    ...reportsEndedFields,
    ...reportsLists,
    ...reportsTokensAndMethods,
  ],
  'life-of-tokens-and-apps': [...revoking, ...debugToken, ...testUsersAndRoles, ...appLife],
  graph: [...graphFields, ...graphBatch, ...graphErrors, ...rateLimits],
  'endings-and-calls': [...endings, ...callbacks, ...otherDocuments, ...reportsWire, ...reportsCalls],
} satisfies Record<string, readonly Case[]>;

export type Subject = keyof typeof subjects;

export const cases: readonly Case[] = Object.values(subjects).flat();
