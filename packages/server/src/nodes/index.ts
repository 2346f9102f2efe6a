// The list of node types, each with its edges. The order is the order in which an id is looked up.
import { knownAs } from '../accounts/scoped-id.ts';
import type { Context } from '../graph/context.ts';
import { pathDecides } from '../graph/path-decides.ts';
import type { AnyNode, Edge, Node } from '../graph/schema.ts';
import type { AdAccount } from '../store/ad-accounts.ts';
import type { AccessRequest } from '../store/access-requests.ts';
import type { Invitation as AppInvitation } from '../store/app-invitations.ts';
import type { App } from '../store/apps.ts';
import type { Invitation } from '../store/business-invitations.ts';
import type { Business, Member } from '../store/businesses.ts';
import type { Campaign } from '../store/campaigns.ts';
import type { Page } from '../store/pages.ts';
import type { Post } from '../store/posts.ts';
import type { Person } from '../store/people.ts';
import { accessRequest } from './access-request.ts';
import { adAccountCampaigns } from './ad-account-campaigns.ts';
import { adAccountInsights, campaignInsights } from './ad-insights-edges.ts';
import { adReportRun } from './ad-report-run.ts';
import { adAccountPeople } from './ad-account-people.ts';
import { adAccount } from './ad-account.ts';
import { adsInsights } from './ads-insights.ts';
import { appAccess } from './app-access.ts';
import { appAlertEdges } from './app-alerts.ts';
import { appCallbacks } from './app-callbacks.ts';
import { appDashboardFields } from './app-dashboard.ts';
import { appInsights, appUsageFields } from './app-insights.ts';
import { appInvitation } from './app-invitation.ts';
import { appLogin, loginFields } from './app-login.ts';
import { appOwners } from './app-owners.ts';
import { appSdkStartup, sdkStartupFields } from './app-sdk-startup.ts';
import { appSecurity } from './app-security.ts';
import { appSettings } from './app-settings.ts';
import { appSubscriptions } from './app-subscriptions.ts';
import { appTeam } from './app-team.ts';
import { appTestUsers } from './app-test-users.ts';
import { app } from './app.ts';
import { businessAdAccounts } from './business-ad-accounts.ts';
import { businessAssets } from './business-assets.ts';
import { businessClientApps } from './business-client-apps.ts';
import { businessIntegrations } from './business-integrations.ts';
import { businessPartners } from './business-partners.ts';
import { businessPeople } from './business-people.ts';
import { businessUserAdAccounts } from './business-user-ad-accounts.ts';
import { businessRoleRequest } from './business-role-request.ts';
import { businessUser } from './business-user.ts';
import { business } from './business.ts';
import { campaign } from './campaign.ts';
import { instagramUser } from './instagram-user.ts';
import { pageAgencies } from './page-agencies.ts';
import { pageFeed } from './page-feed.ts';
import { pageInsights } from './page-insights.ts';
import { pagePeople } from './page-people.ts';
import { pageProfile } from './page-profile.ts';
import { pageSubscribedApps } from './page-subscribed-apps.ts';
import { page } from './page.ts';
import { postChanges } from './post-changes.ts';
import { post } from './post.ts';
import { systemUserTokens } from './system-user-tokens.ts';
import { systemUser } from './system-user.ts';
import { userAccounts } from './user-accounts.ts';
import { systemUserAdAccounts, userAdAccounts } from './user-ad-accounts.ts';
import { userApps } from './user-apps.ts';
import { systemUserBusinesses, userBusinesses } from './user-businesses.ts';
import { userFriends } from './user-friends.ts';
import { userIdFields, userIds } from './user-ids.ts';
import { userNewPage } from './user-new-page.ts';
import { userPermissions } from './user-permissions.ts';
import { userTestUser } from './user-test-user.ts';
import { user } from './user.ts';

function together<Row>(node: Node<Row>, target: Parameters<typeof pathDecides<Row>>[0], ...edges: Edge<Row>[][]): AnyNode {
  return { ...node, edges: pathDecides(target, [...node.edges, ...edges.flat()]) };
}

const ownId = (_context: Context, row: { id: string }): string => row.id;
const scopedId = ({ installation, viewer }: Context, person: Person): Promise<string> => knownAs(installation, viewer.app?.id ?? '0', person.id);

export const nodes: readonly AnyNode[] = [
  together<Person>(
    { ...user, fields: { ...user.fields, ...userIdFields } },
    { user: scopedId },
    userPermissions,
    userIds,
    userAccounts,
    userNewPage,
    userFriends,
    userTestUser,
    userBusinesses,
    userAdAccounts,
    userApps,
  ),
  together<Page>(page, { page: ownId }, pageProfile, pageFeed, pageInsights, pagePeople, pageAgencies, pageSubscribedApps),
  together<App>(
    { ...app, fields: { ...app.fields, ...appUsageFields, ...sdkStartupFields, ...appDashboardFields, ...loginFields } },
    { app: ownId },
    appSettings,
    appSecurity,
    appTeam,
    appAccess,
    appTestUsers,
    appInsights,
    appLogin,
    appOwners,
    appSdkStartup,
    appAlertEdges,
    appCallbacks,
    appSubscriptions,
  ),
  together<Post>(post, { page: (_context, row) => row.pageId }, postChanges),
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
  together<Person>(systemUser, { user: scopedId, system_user: scopedId }, userAccounts, systemUserTokens, systemUserAdAccounts, systemUserBusinesses),
  together<AdAccount>(adAccount, { ad_account: ownId }, adAccountCampaigns, adAccountInsights, adAccountPeople),
  together<Campaign>(campaign, { ad_account: (_context, row) => row.accountId, campaign: ownId }, campaignInsights),
  adsInsights,
  adReportRun,
  together<AppInvitation>(appInvitation, {}),
  together<AccessRequest>(accessRequest, {}),
  instagramUser,
];
