// This list holds the node types, each with its edges. The order is the order in which an id is looked up.
import type { Maybe } from '../installation/maybe.ts';
import { knownAs } from '../people/scoped-id.ts';
import type { Context } from '../graph/language/context.ts';
import { pathDecides } from './shared/path-decides.ts';
import { type AnyNode, type Edge, type Node, withFields } from '../graph/language/schema.ts';
import type { AdAccount } from '../store/ads/ad-accounts.ts';
import type { AccessRequest } from '../store/apps/access-requests.ts';
import type { Invitation as AppInvitation } from '../store/apps/app-invitations.ts';
import type { App } from '../store/apps/apps.ts';
import type { Invitation } from '../store/businesses/business-invitations.ts';
import type { Business, Member } from '../store/businesses/businesses.ts';
import type { Campaign } from '../store/ads/campaigns.ts';
import type { Comment } from '../store/pages/comments.ts';
import type { Page } from '../store/pages/pages.ts';
import type { Photo } from '../store/pages/photos.ts';
import type { Post } from '../store/pages/posts.ts';
import type { Person } from '../store/people/people.ts';
import { accessRequest } from './app/access-request.ts';
import { adAccountCampaigns } from './ads/ad-account-campaigns.ts';
import { adAccountInsights, campaignInsights } from './ads/ad-insights-edges.ts';
import { adReportRun } from './ads/ad-report-run.ts';
import { adAccountPeople } from './ads/ad-account-people.ts';
import { adAccount } from './ads/ad-account.ts';
import { adsInsights } from './ads/ads-insights.ts';
import { appAccess } from './app/app-access.ts';
import { appAlertEdges } from './app/running/app-alerts.ts';
import { appCallbacks } from './app/running/app-callbacks.ts';
import { withAppReference } from './app/app-further-fields.ts';
import { appDashboardFields } from './app/app-dashboard.ts';
import { appHealth } from './app/running/app-health.ts';
import { appInsights, appUsageFields } from './app/running/app-insights.ts';
import { appInvitation } from './app/app-invitation.ts';
import { appLogin, loginFields } from './app/app-login.ts';
import { appOwners } from './app/app-owners.ts';
import { appRedirects } from './app/running/app-redirects.ts';
import { appSdkStartup, sdkStartupFields } from './app/app-sdk-startup.ts';
import { appSecurity } from './app/app-security.ts';
import { appSettings } from './app/app-settings.ts';
import { appSubscriptions } from './app/running/app-subscriptions.ts';
import { appTeam } from './app/app-team.ts';
import { appTestUserTokens } from './app/app-test-user-tokens.ts';
import { appTestUsers } from './app/app-test-users.ts';
import { appUse } from './app/running/app-use.ts';
import { appTokens } from './app/running/app-tokens.ts';
import { app } from './app/app.ts';
import { businessAdAccounts } from './business/business-ad-accounts.ts';
import { businessAssets } from './business/business-assets.ts';
import { businessClientApps } from './business/business-client-apps.ts';
import { businessIntegrations } from './business/business-integrations.ts';
import { businessPartners } from './business/business-partners.ts';
import { businessPeople } from './business/business-people.ts';
import { businessUserAdAccounts } from './business/business-user-ad-accounts.ts';
import { businessRoleRequest } from './business/business-role-request.ts';
import { businessUser } from './business/business-user.ts';
import { business } from './business/business.ts';
import { campaign } from './ads/campaign.ts';
import { comment, commentChanges, postComments } from './page/comment.ts';
import { instagramUser } from './page/instagram-user.ts';
import { pageAgencies } from './page/page-agencies.ts';
import { withPageReference } from './page/page-further-fields.ts';
import { pageFeed } from './page/page-feed.ts';
import { pageInsights } from './page/page-insights.ts';
import { pagePeople } from './page/page-people.ts';
import { pagePhotos, photo } from './page/page-photos.ts';
import { pageProfile } from './page/page-profile.ts';
import { pageSubscribedApps } from './page/page-subscribed-apps.ts';
import { page } from './page/page.ts';
import { postChanges } from './page/post-changes.ts';
import { post } from './page/post.ts';
import { systemUserTokens } from './system-user/system-user-tokens.ts';
import { systemUser } from './system-user/system-user.ts';
import { userAccount } from './user/user-account.ts';
import { userAccounts } from './user/user-accounts.ts';
import { systemUserAdAccounts, userAdAccounts } from './user/user-ad-accounts.ts';
import { userApps } from './user/user-apps.ts';
import { systemUserBusinesses, userBusinesses } from './user/user-businesses.ts';
import { userConnectedApps } from './user/user-connected-apps.ts';
import { withUserReference } from './user/user-further-fields.ts';
import { userFriends } from './user/user-friends.ts';
import { userIdFields, userIds } from './user/user-ids.ts';
import { userNewPage } from './user/user-new-page.ts';
import { userPermissions } from './user/user-permissions.ts';
import { userWall } from './user/user-wall.ts';
import { userTestUser } from './user/user-test-user.ts';
import { url } from './url/url.ts';
import { user } from './user/user.ts';
import { appCalls } from './app/running/app-calls.ts';
import { FIRST_PARTY } from '../store/ids.ts';

function together<Row>(
  node: Node<Row>,
  target: Parameters<typeof pathDecides<Row>>[0],
  ...edges: Edge<Row>[][]
): AnyNode {
  return { ...node, edges: pathDecides(target, [...node.edges, ...edges.flat()]) };
}

const ownId = (_context: Context, row: { id: string }): string => row.id;
const scopedId = ({ installation, viewer }: Context, person: Person): Maybe<string> =>
  knownAs(installation, viewer.app?.id ?? FIRST_PARTY, person.id);

export const nodes: readonly AnyNode[] = [
  together<Person>(
    withUserReference(withFields(user, userIdFields)),
    { user: scopedId },
    userPermissions,
    userIds,
    userAccounts,
    userNewPage,
    userFriends,
    userTestUser,
    userWall,
    userBusinesses,
    userAdAccounts,
    userApps,
    userConnectedApps,
    userAccount,
  ),
  together<Page>(
    withPageReference(page),
    { page: ownId },
    pageProfile,
    pageFeed,
    pagePhotos,
    pageInsights,
    pagePeople,
    pageAgencies,
    pageSubscribedApps,
  ),
  together<App>(
    withAppReference(withFields(app, appUsageFields, sdkStartupFields, appDashboardFields, loginFields)),
    { app: ownId },
    appSettings,
    appSecurity,
    appTeam,
    appAccess,
    appTestUsers,
    appTestUserTokens,
    appInsights,
    appLogin,
    appOwners,
    appSdkStartup,
    appAlertEdges,
    appCalls,
    appCallbacks,
    appRedirects,
    appTokens,
    appUse,
    appHealth,
    appSubscriptions,
  ),
  together<Post>(post, { page: (_context, row) => row.pageId }, postChanges, postComments),
  together<Comment>(comment, { page: (_context, row) => row.pageId }, commentChanges),
  together<Photo>(photo, { page: (_context, row) => row.pageId }),
  together<Business>(
    business,
    { business: ownId },
    businessPeople,
    businessAssets,
    businessAdAccounts,
    businessClientApps,
    businessIntegrations,
    businessPartners,
  ),
  together<Member>(businessUser, { business: (_context, row) => row.businessId }, businessUserAdAccounts),
  together<Invitation>(businessRoleRequest, { business: (_context, row) => row.businessId }),
  together<Person>(
    systemUser,
    { user: scopedId, system_user: scopedId },
    userAccounts,
    systemUserTokens,
    systemUserAdAccounts,
    systemUserBusinesses,
  ),
  together<AdAccount>(adAccount, { ad_account: ownId }, adAccountCampaigns, adAccountInsights, adAccountPeople),
  together<Campaign>(campaign, { ad_account: (_context, row) => row.accountId, campaign: ownId }, campaignInsights),
  adsInsights,
  adReportRun,
  together<AppInvitation>(appInvitation, {}),
  together<AccessRequest>(accessRequest, {}),
  instagramUser,
  url,
];
