// These reasons say why no page of the console calls an edge that the dashboard may call. A reason is for the reader of
// the reference: what the edge is for instead, or which page does the same in another way.

const reasons: readonly { reason: string; calls: readonly string[] }[] = [
  {
    reason: 'Programs ask for it; people are shown drawn pictures by address.',
    calls: ['GET /{user}/picture', 'GET /{page}/picture'],
  },
  {
    reason:
      'It is about what the app of the token was allowed, and the dashboard is no app: *Apps and websites* in the settings of a person shows and changes it for each app.',
    calls: ['GET /{user}/permissions', 'DELETE /{user}/permissions'],
  },
  {
    reason: 'The mobile SDKs ask for it at their start, and it is the same for every app.',
    calls: [
      'GET /{app}/mobile_sdk_gk',
      'GET /{app}/aem_conversion_configs',
      'GET /{app}/cloudbridge_settings',
      'GET /{app}/ios_skadnetwork_conversion_config',
      'GET /{app}/model_asset',
      'GET /{app}/server_domain_infos',
    ],
  },
  {
    reason: 'It compares ids that apps know the person by, for the servers of these apps.',
    calls: ['GET /{user}/ids_for_business', 'GET /{user}/ids_for_apps', 'GET /{user}/ids_for_pages'],
  },
  {
    reason: 'It is for the tests of an app: friends exist among test users alone.',
    calls: ['GET /{user}/friends', 'POST /{user}/friends'],
  },
  {
    reason: 'What a Page publishes belongs to the programs that publish it. It can be read in the Graph API Explorer.',
    calls: ['GET /{page}/feed', 'GET /{page}/posts', 'GET /{page}/published_posts', 'GET /{post}/comments'],
  },
  {
    reason: 'It is what a program asks about the person of its token; the business settings show it for each business.',
    calls: ['GET /{user}/business_users', 'GET /{user}/assigned_pages'],
  },
  {
    reason: 'It is refused to everybody: programs that lost their Page token still call it.',
    calls: ['POST /{user}/feed', 'POST /{user}/photos', 'POST /{user}/videos'],
  },
  {
    reason: 'Programs have a web page read before they share it; nothing of it is kept that a page could show.',
    calls: ['POST /{url}'],
  },
  {
    reason: 'Campaigns and their figures belong to programs. They can be tried in the Graph API Explorer.',
    calls: [
      'GET /{ad_account}/campaigns',
      'POST /{ad_account}/campaigns',
      'GET /{ad_account}/insights',
      'POST /{ad_account}/insights',
      'POST /{campaign}',
      'DELETE /{campaign}',
      'GET /{campaign}/insights',
      'POST /{campaign}/insights',
      'GET /{ad_report_run}/insights',
    ],
  },
  {
    reason: 'It is about test users: an app makes and deletes them, on its own pages.',
    calls: ['POST /{user}/accounts', 'DELETE /{user}'],
  },
  {
    reason: 'It is for programs that act as the system user; the settings of a business show what is assigned to it.',
    calls: ['GET /{system_user}/accounts', 'GET /{system_user}/adaccounts'],
  },
  {
    reason: 'The same list as `adaccounts`, which the pages use.',
    calls: ['GET /{user}/assigned_ad_accounts'],
  },
  {
    reason:
      'The same people as in `assigned_users`, which the pages use because it names the business that assigned them.',
    calls: ['GET /{page}/roles'],
  },
  {
    reason: 'The older name of `accounts`, which the pages use.',
    calls: ['GET /{app}/accounts/test-users', 'POST /{app}/accounts/test-users', 'DELETE /{app}/accounts/test-users'],
  },
];

/** By call, such as `GET /{user}/picture`. */
export const edgesWithoutPage: Readonly<Record<string, string>> = Object.fromEntries(
  reasons.flatMap(({ reason, calls }) => calls.map((call) => [call, reason])),
);
