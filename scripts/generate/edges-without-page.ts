// These reasons say why no page of the console calls an edge that the dashboard may call. A reason is for the reader of
// the reference: what the edge is for instead, or which page does the same in another way.

const reasons: readonly { reason: string; calls: readonly string[] }[] = [
  {
    reason:
      'Programs call it to find where a picture is. The pages have that address already, and show the drawn picture from there.',
    calls: ['GET /{user}/picture', 'GET /{page}/picture'],
  },
  {
    reason:
      'It answers for the app of the token, and the dashboard is no app. *Apps and websites* shows and changes what each app was allowed, by `GET /{user}/connected_apps` and `DELETE /{user}/app_permissions`.',
    calls: ['GET /{user}/permissions', 'DELETE /{user}/permissions'],
  },
  {
    reason:
      'Mobile SDKs call it when they start. Its answer is the same for every app, so a page would have nothing to show or change.',
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
    reason:
      'The server of an app calls it, to find the ids by which other apps or Pages know the same person. No page shows such ids.',
    calls: ['GET /{user}/ids_for_business', 'GET /{user}/ids_for_apps', 'GET /{user}/ids_for_pages'],
  },
  {
    reason: 'Only test users have friends here. The tests of an app make and list them.',
    calls: ['GET /{user}/friends', 'POST /{user}/friends'],
  },
  {
    reason:
      'The console is about who has access to a Page, and not about what the Page publishes. The call can be tried in the Graph API Explorer.',
    calls: ['GET /{page}/feed', 'GET /{page}/posts', 'GET /{page}/published_posts', 'GET /{post}/comments'],
  },
  {
    reason:
      'A program calls it to learn in which businesses the person of its token is, and what they assigned. The business settings show one business at a time, by `GET /{business}/business_users` and `GET /{business_user}/assigned_pages`.',
    calls: ['GET /{user}/business_users', 'GET /{user}/assigned_pages'],
  },
  {
    reason:
      'It is refused to everyone. It exists for programs that still call it, so that the error can say what to do instead.',
    calls: ['POST /{user}/feed', 'POST /{user}/photos', 'POST /{user}/videos'],
  },
  {
    reason:
      'A program calls it to have a web page read before people share it. Nothing is stored that a page of the console could show.',
    calls: ['POST /{url}'],
  },
  {
    reason:
      'The console is about who has access to an ad account, and not about its campaigns and their figures. The call can be tried in the Graph API Explorer.',
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
    reason:
      'Only a test user can call it, to make a Page for the tests of an app. People make theirs at `/pages/create`.',
    calls: ['POST /{user}/accounts'],
  },
  {
    reason:
      'A test user deletes itself with it. *Test users* of the app deletes them by `DELETE /{app}/test_users`, for which no token of theirs is needed.',
    calls: ['DELETE /{user}'],
  },
  {
    reason:
      'A program calls it with the token of the system user. The business settings show what is assigned to a system user by `GET /{system_user}/assigned_pages` and `GET /{system_user}/assigned_ad_accounts`.',
    calls: ['GET /{system_user}/accounts', 'GET /{system_user}/adaccounts'],
  },
  {
    reason: 'It gives the same list as `GET /{user}/adaccounts`, which the pages call.',
    calls: ['GET /{user}/assigned_ad_accounts'],
  },
  {
    reason:
      'It lists the people of `GET /{page}/assigned_users`, by the ids that apps know them by. The business settings need the ids of the business, which `assigned_users` gives.',
    calls: ['GET /{page}/roles'],
  },
  {
    reason: 'It is an older name of `/{app}/accounts`, which the pages call.',
    calls: ['GET /{app}/accounts/test-users', 'POST /{app}/accounts/test-users', 'DELETE /{app}/accounts/test-users'],
  },
];

/** By call, such as `GET /{user}/picture`. */
export const edgesWithoutPage: Readonly<Record<string, string>> = Object.fromEntries(
  reasons.flatMap(({ reason, calls }) => calls.map((call) => [call, reason])),
);
