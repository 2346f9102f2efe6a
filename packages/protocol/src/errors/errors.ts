// This is the catalogue of errors: the only place with codes, subcodes, types, statuses and wording. Wording and codes
// follow the error reference, recorded answers and reports of callers: the entry's `source` names them, or says that
// the wording is ours. A `{placeholder}` in a message is a parameter that `refuse` demands; none may ever carry a
// token.

import { versionChanges } from '../apps/version-changes.ts';
import type { Version } from '../apps/versions.ts';

/** These words tell a holder of a token what to do about an error. */
export const holderAdvice = {
  log_in_again: 'Only a new log-in of the person gives a working token.',
  consent_again: 'The person removed the app: delete the token, and ask again only if the person comes back.',
  reauthorize: 'Send the person through the dialog with auth_type=reauthorize to renew the access to data.',
  ask_permission:
    'A permission is missing: compare with /me/permissions and ask for it, with auth_type=rerequest if it was declined.',
  ask_for_business:
    'A Page that a business gave to the person is left out of /me/accounts: ask for business_management too, or read the Page by the id that granular_scopes of debug_token names.',
  ask_role: 'A role or task is missing: someone who manages the Page or the app has to give it back.',
  visit_site:
    "The person must visit the site and follow the instructions there; asking again or retrying doesn't help.",
  wait: 'Try again later, and less often.',
  fix_request: 'The request is wrong, and will fail again unless you change it.',
  fix_app: 'The settings of the app, or its id or secret as configured, are wrong.',
  app_blocked:
    "The platform has blocked the app, disabled it or deleted it: its developers have to settle that there, and connecting again doesn't help.",
  give_up: 'The account or Page behind this no longer exists.',
} as const;

export type HolderAdvice = keyof typeof holderAdvice;

/** The class word of a WWW-Authenticate header. */
export type AuthenticateWord = 'invalid_token' | 'invalid_request' | 'invalid_code' | 'not_found' | 'unknown_error';
export type ErrorType = 'OAuthException' | 'GraphMethodException' | 'FacebookApiException' | 'GraphBatchException';

export interface CatalogueError {
  /** Absent for errors of the batch itself, which carry a type and no number. */
  code?: number;
  /** `error_subcode`. */
  subcode?: number;
  type: ErrorType;
  /** HTTP status without `suppress_http_code` and without the settings that raise it. */
  status: number;
  www: AuthenticateWord;
  holder: HolderAdvice;
  /** `is_transient` in the body; absent where it is not known to be sent. */
  transient?: boolean;
  /** The answer carries Retry-After. */
  retryAfter?: true;
  message: string;
  /** The body carries `error_data` with a `hash`: digits that people are asked for when they report the refusal. */
  hash?: true;
  /** The wording of earlier versions, where it is known which ones had it. */
  older?: { readonly before: Version; readonly message: string };
  /**
   * Nothing here answers with it. The real service does, so the entry advises holders of its tokens, see `adviceFor`.
   */
  adviceOnly?: true;
  /** The filled-in text is repeated whole and not cut: the text that could not be parsed. */
  whole?: true;
  /** `error_user_title` and `error_user_msg`. */
  userTitle?: string;
  userMessage?: string;
  /** When it is given. */
  doc: string;
  /** The source of the wording: a guide, a recorded answer, a public report; `ours` where none is known. */
  source: string;
}

/** An entry as written below: what follows from the code is left out. */
type Entry = Omit<CatalogueError, 'type' | 'status' | 'www'> & Partial<Pick<CatalogueError, 'type' | 'status' | 'www'>>;

// biome-ignore format: it is read as a table
const table = {
  // The token itself: code 190 with its subcodes.
  'token.missing': { code: 104, holder: 'fix_request', message: 'An access token is required to request this resource.', doc: 'A call that needs a token has none.', source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'token.none_for_me': { code: 2500, holder: 'fix_request', message: 'An active access token must be used to query information about the current user.', doc: 'me without a token, or with a token that acts for nobody.', source: 'arsduo/koala#229; facebookarchive/php-graph-sdk, its tests' },
  'token.person_needed': { code: 2500, holder: 'fix_request', message: 'An active access token must be used to query information about the current user.', doc: 'A token of a person is needed, and another kind was sent.', source: 'arsduo/koala#229' },
  'token.malformed': { code: 190, holder: 'log_in_again', message: 'Invalid OAuth access token - Cannot parse access token', older: { before: 'v3.0', message: 'Invalid OAuth access token.' }, doc: "The text doesn't look like a token of this platform: made up, a JSON Web Token, a token of a sister platform.", source: 'Cap-go/capacitor-social-login#404; facebook/facebook-ios-sdk#2576; the older wording daroczig/fbRads#74, roundrop/facebook4j-oauth-example#3, selesnow/rfacebookstat#7' },
  'token.mangled': { code: 190, holder: 'log_in_again', message: 'Malformed access token', doc: 'It begins like a token but contains characters that no token has. The real service repeats the token behind these words; here it is never repeated.', source: 'facebookarchive/react-native-fbsdk#220' },
  'token.undecryptable': { code: 190, holder: 'log_in_again', message: 'The access token could not be decrypted', doc: "It looks like a token but can't be opened: cut off, changed, or from another installation.", source: 'singer-io/tap-facebook#219; facebook/facebook-for-woocommerce#951; pixelant/pxa_social_feed#114' },
  'token.signature': { code: 190, holder: 'fix_app', message: 'Invalid OAuth access token signature.', doc: "An app token or id|secret that doesn't match the app, or whose secret was reset.", source: 'error handling guide' },
  'token.session_key': { adviceOnly: true, code: 190, subcode: 452, holder: 'log_in_again', message: 'Session key invalid. This could be because the session key has an incorrect format, or because the user has revoked this session', doc: 'Old session keys.', source: 'arsduo/koala, its list of session errors' },
  'token.session_malformed': { adviceOnly: true, code: 190, subcode: 456, holder: 'log_in_again', message: 'Error validating access token: The session is malformed.', doc: 'Known by its number only.', source: 'ours' },
  'token.origin': { adviceOnly: true, code: 190, subcode: 457, holder: 'log_in_again', message: 'Error validating access token: The session has an invalid origin.', doc: 'Known by its number only.', source: 'ours' },
  'token.app_removed': { code: 190, subcode: 458, holder: 'consent_again', message: 'Error validating access token: The user has not authorized application {app}.', doc: 'The person removed the app, or may no longer use it. `app` is its id.', source: 'error handling guide; spring-attic/spring-social-facebook, its recorded answers' },
  'token.checkpoint': { code: 190, subcode: 459, holder: 'visit_site', message: 'Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the instructions given.', doc: 'The account is held at a checkpoint, which the person ends with the password.', source: 'error handling guide' },
  'token.password_changed': { code: 190, subcode: 460, holder: 'log_in_again', message: 'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.', older: { before: versionChanges.ended_words.from, message: 'Error validating access token: The session has been invalidated because the user has changed the password.' }, doc: 'The person changed the password.', source: 'Charca/bootbot#154; capacitor-community/facebook-login#44; facebookarchive/php-graph-sdk#937; the older wording spring-social-facebook' },
  'token.app_reinstalled': { adviceOnly: true, code: 190, subcode: 461, holder: 'log_in_again', message: 'Error validating access token: The session belongs to an earlier authorization of the application.', doc: 'Removed and added again.', source: 'ours' },
  'token.version_stale': { code: 190, subcode: 462, holder: 'log_in_again', message: 'Error validating access token: The session was created by a version that is no longer supported.', doc: 'Sealed with a token key that was withdrawn; in the old list; our wording.', source: 'ours' },
  'token.session_expired': { code: 190, subcode: 463, holder: 'log_in_again', message: 'Error validating access token: Session has expired on {expired}. The current time is {now}.', doc: 'The token has expired. Times as `sessionTime` writes them.', source: 'guide on debugging tokens; the form of the moment in several projects' },
  'token.unconfirmed': { code: 190, subcode: 464, holder: 'visit_site', message: 'Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user.', doc: 'The account was never confirmed.', source: 'error handling guide' },
  'token.person_gone': { code: 190, subcode: 465, holder: 'give_up', message: 'Error validating access token: The user is invalid.', doc: 'The account was deleted.', source: 'ours' },
  'token.revoked': { code: 190, subcode: 466, holder: 'log_in_again', message: 'Error validating access token: The session was invalidated explicitly using an API call.', doc: 'Ended by oauth/revoke.', source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'token.logged_out': { code: 190, subcode: 467, holder: 'log_in_again', message: 'Error validating access token: The session is invalid because the user logged out.', doc: 'The session was ended by the person or the operator. In 2014 to 2018 callers also met "This may be because the user logged out or may be due to a system error." (jveldboom/facebook-gallery#27).', source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'token.unused': { adviceOnly: true, code: 190, subcode: 468, holder: 'log_in_again', message: 'Error validating access token: The session has not been used for a long time.', doc: 'Known by its number only.', source: 'ours' },
  'token.checkpoint_blocking': { code: 190, subcode: 490, holder: 'visit_site', message: 'Error validating access token: The user is enrolled in a blocking, logged-in checkpoint', doc: 'The operator locked the account, and the operator alone unlocks it; no password of the person does.', source: 'facebook/facebook-php-business-sdk#423; snarfed/granary' },
  'token.page_role_lost': { code: 190, subcode: 492, holder: 'ask_role', message: 'The user must be an administrator, editor, or moderator of the page in order to impersonate it. If the page business requires Two Factor Authentication, the user also needs to enable Two Factor Authentication.', older: { before: versionChanges.ended_words.from, message: 'The user must be an administrator of the page in order to impersonate it.' }, doc: 'The person behind a Page token lost the role on the Page.', source: 'error handling guide; the older wording snarfed/bridgy#596, SammyK/LaravelFacebookSdk#144' },
  'token.inactive': { code: 190, subcode: 493, holder: 'log_in_again', message: 'The access token is invalid since the user hasn\'t engaged the app in longer than 90 days.', doc: 'The 90 days of data access are over and the setting endedDataAccess says that the token is refused then. Mobile SDKs keep such a token as expired.', source: 'MrSwitch/hello.js#548' },
  'token.app_deleted': { code: 190, holder: 'app_blocked', message: 'Error validating application. Application has been deleted.', doc: 'The app of the token is disabled or deleted.', source: 'facebookarchive/php-graph-sdk#770; the number ours' },
  'token.page_inaccessible': { code: 190, holder: 'give_up', message: 'This Page access token belongs to a Page that is not accessible.', doc: 'The Page is gone or not published.', source: 'microsoft/botframework-sdk#5252; microsoft/BotFramework-Services#36' },
  'token.impersonation': { code: 190, holder: 'ask_permission', message: 'Any of the pages_read_engagement, pages_manage_metadata, pages_read_user_content, pages_manage_ads, pages_show_list or pages_messaging permission(s) must be granted before impersonating a user\'s page.', doc: 'Acting as a Page without one of its permissions; exchange of a Page token.', source: 'recorded answers in ten public programs of 2025 and 2026, HTTP 400; none is a report with a number' },
  'token.not_allowed_here': { code: 190, holder: 'fix_request', message: 'Error validating access token: This type of access token is not accepted here.', doc: 'An exchange got a token of another kind or of another app.', source: 'ours' },
  'token.not_native': { code: 100, holder: 'fix_request', message: '(#100) Only a token of a native log-in is extended without the app secret', doc: 'fb_extend_sso_token with a living token that the app received by other means, such as its server. No 190: at that a mobile SDK forgets its token, and this one lives on.', source: 'ours' },
  'token.unsupported_type': { code: 100, holder: 'fix_request', message: '(#100) Tokens of this type cannot be ended by a call', doc: 'Revocation of an app or client token, which ends with the secret it is made of.', source: 'ours' },
  'token.two_credentials': { code: 100, holder: 'fix_request', message: '(#100) Two different access tokens were given', doc: 'Different tokens in query, body or header.', source: 'ours' },
  'token.api_session': { adviceOnly: true, code: 102, www: 'invalid_token', holder: 'log_in_again', message: '(#102) Session key invalid or no longer valid', doc: 'API Session; treated like 190.', source: 'error handling guide; ccoenraets/OpenFB#94' },
  'token.app_token_needed': { code: 15, holder: 'fix_request', message: '(#15) This method must be called with an app access_token.', doc: 'Another kind where only the app itself may call.', source: 'arsduo/koala#229' },
  'token.embedded_secret': { code: 15, holder: 'fix_app', message: '(#15) This method cannot be called with a client token or an app secret embedded in the client code', doc: "An app token of a native or desktop app: its secret is installed on people's devices, so it proves nothing.", source: 'ThatGuySam/facebook-live-embed-php#3' },
  'token.games_only': { adviceOnly: true, code: 15, holder: 'fix_app', message: '(#15) This method is only accessible to Games.', doc: 'Calls for one type of app.', source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'token.page_token_needed': { code: 190, www: 'invalid_request', holder: 'fix_request', message: '(#190) This method must be called with a Page Access Token', doc: 'Another kind where only a Page may call.', source: 'halsandr/Facebook_Connector#1; recorded answers of 2025 and 2026' },
  'token.page_token_required': { code: 210, holder: 'fix_request', message: '(#210) A page access token is required to request this resource.', doc: 'Another kind where only a Page may call: its settings, and the apps that are told of it.', source: 'ours; no answer with it is recorded' },
  'token.https_needed': { adviceOnly: true, code: 1, holder: 'fix_request', message: 'You must use https:// when passing an access token', doc: 'A token on a plain connection.', source: 'spring-attic/spring-social-facebook, its recorded answers' },

  // These entries are about what the token may do: codes 3, 10 and 200 to 299.
  'permission.missing': { code: 200, holder: 'ask_permission', message: '(#200) Requires {permission} permission to manage the object', doc: 'A permission that is not in force for this call.', source: 'facebookarchive/php-graph-sdk#1116; PipedreamHQ/pipedream#7581; airbytehq/airbyte' },
  'permission.extended': { adviceOnly: true, code: 299, holder: 'ask_permission', message: '(#299) Requires extended permission: {permission}', doc: 'The older form of the same.', source: 'rizen/Facebook-Graph#56; spring-attic/spring-social-facebook, its recorded answers' },
  'permission.not_authorized': { adviceOnly: true, code: 200, holder: 'ask_permission', message: '(#200) The user hasn\'t authorized the application to perform this action', doc: 'The person never allowed this.', source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'permission.object': { code: 283, status: 400, holder: 'ask_permission', message: '(#283) Requires {permission} permission to manage the object', doc: 'Posting on a Page without the permission to read it. Recorded answers.', source: 'PipedreamHQ/pipedream#7581, #17828, #18935' },
  'permission.page_content': { code: 10, status: 400, holder: 'ask_permission', message: '(#10) This endpoint requires the \'{permission}\' permission or the \'Page Public Content Access\' feature. Refer to https://developers.facebook.com/docs/apps/review/login-permissions#manage-pages and https://developers.facebook.com/docs/apps/review/feature#reference-PAGES_ACCESS for details.', doc: 'Reading what a Page published, without the permission; an app token likewise.', source: 'pdir/social-feed-bundle#184; strohne/Facepager#190' },
  'permission.page_metadata': { code: 10, status: 400, holder: 'ask_permission', message: '(#10) This endpoint requires the \'{permission}\' permission or the \'Page Public Content Access\' feature or the \'Page Public Metadata Access\' feature. Refer to https://developers.facebook.com/docs/apps/review/login-permissions#manage-pages, https://developers.facebook.com/docs/apps/review/feature#reference-PAGES_ACCESS and https://developers.facebook.com/docs/apps/review/feature#page-public-metadata-access for details.', doc: 'Reading the fields of a Page, without the permission; an app token likewise.', source: 'restfb/restfb#1190; the addresses as in the form for content' },
  'permission.page_posting': { code: 200, holder: 'ask_permission', message: '(#200) If posting to a group, requires app being installed in the group, and either publish_to_groups permission with user token, or both pages_read_engagement and pages_manage_posts permission with page token; If posting to a page, requires both pages_read_engagement and pages_manage_posts as an admin with sufficient administrative permission', older: { before: 'v7.0', message: '(#200) Requires either publish_to_groups permission and app being installed in the group, or manage_pages and publish_pages as an admin with sufficient administrative permission' }, doc: 'Posting without the permission or the task for it, and with a token that is not the one of the Page.', source: 'Codeinwp/tweet-old-post#649; the older wording restfb/restfb-examples#8' },
  'permission.publish_actions': { code: 200, holder: 'fix_request', message: '(#200) This endpoint is deprecated since the required permission publish_actions is deprecated', doc: 'Posting on the wall of a person, or a photo on a Page with a token of a person: a Page token is needed.', source: 'restfb/restfb#1150; notes of five public programs' },
  'permission.page_subscription': { code: 200, holder: 'ask_permission', message: '(#200) To subscribe to the {field} field, one of these permissions is needed: {what}', doc: 'Subscribing an app to changes of a Page without the permission: a sentence for each field.', source: 'facebook/facebook-python-business-sdk#715; jgorset/facebook-messenger#280; recorded answers of 2026' },
  'permission.ads': { code: 294, holder: 'ask_permission', message: '(#294) Managing advertisements requires an access token with the extended permission for ads_management', doc: 'Calls that manage advertisements.', source: 'facebook/facebook-php-business-sdk#17; facebook/facebook-java-business-sdk#223' },
  'permission.ads_not_granted': { code: 200, holder: 'ask_permission', message: '(#200) Ad account owner has NOT grant ads_management or ads_read permission, refer to https://developers.facebook.com/docs/marketing-api/get-started/authorization/#permissions-and-features for details.', doc: 'Reading of an ad account without either permission.', source: 'recorded answers in ten public programs of 2025 and 2026, one of them whole, HTTP 403; none is a report with a number' },
  'permission.funding': { code: 10, holder: 'ask_role', message: '(#10) Permission Denied.', doc: 'How an ad account is paid for, without the task MANAGE on it.', source: 'daroczig/fbRads#137' },
  'permission.ad_account_admin': { code: 273, holder: 'ask_role', message: '(#273) This Ads API call requires the user to be admin of the ad account. User is not admin on ad account', doc: 'Giving and taking tasks on an ad account without the task MANAGE.', source: 'facebook/facebook-php-business-sdk#329; facebook/facebook-python-business-sdk#289' },
  'permission.ad_account_task': { code: 200, holder: 'ask_role', message: '(#200) The user must have the task {tasks} on this ad account', doc: 'The person or system user lacks the task on the ad account.', source: 'ours' },
  'permission.denied': { code: 10, holder: 'ask_permission', message: '(#10) Application does not have permission for this action', doc: 'Not allowed with this token.', source: 'error handling guide; facebookresearch/Ad-Library-API-Script-Repository#15' },
  'permission.not_reviewed': { adviceOnly: true, code: 10, holder: 'fix_app', message: '(#10) To use {feature} on behalf of people who are not admins, developers and testers of your app, your use of this endpoint must be reviewed and approved', doc: 'The app has standard access only.', source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'permission.kind': { code: 200, holder: 'ask_permission', message: '(#200) Permissions error', doc: 'A kind of token that can never do this.', source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'permission.task': { code: 200, holder: 'ask_role', message: '(#200) The user must have the task {tasks} on this Page', doc: 'The person lacks the task on the Page.', source: 'ours' },
  'permission.role': { code: 200, holder: 'ask_role', message: '(#200) The user must have the role {roles} on this application', doc: 'The person lacks the role on the app.', source: 'ours' },
  'permission.password_again': { code: 200, holder: 'log_in_again', message: '(#200) The password must have been entered within the last ten minutes', doc: "An act that can't be undone, in a session where the password wasn't entered recently; POST /console/confirm asks for it.", source: 'ours' },
  'permission.dashboard': { code: 200, holder: 'fix_request', message: '(#200) This is done on the pages of the platform, not with an access token', doc: 'An act that no access token can do.', source: 'ours' },
  'permission.data_access_ended': { code: 10, holder: 'reauthorize', message: '(#10) The access of this application to the data of this user has ended. The user must authorize it again.', doc: '90 days without activity of the person.', source: 'ours' },
  'permission.business': { code: 200, holder: 'ask_role', message: '(#200) Requires the role {roles} in the business', doc: 'Too small a role in the business, or none.', source: 'ours' },
  'permission.second_factor': { code: 415, subcode: 2_859_009, holder: 'visit_site', transient: false, message: 'Two factor authentication required. User have to enter a code from SMS or TOTP code generator to pass 2fac. This could happen when accessing a 2fac-protected asset like a page that is owned by a 2fac-protected business manager.', userTitle: 'Two-factor authentication required', userMessage: 'To continue working in your account, please refresh this page to authenticate. Or navigate to the business settings page and authenticate when prompted.', hash: true, doc: 'The business asks for a second factor that the person has not turned on. Recorded answer; Page tokens get subcode 492.', source: 'facebook/facebook-java-business-sdk#437, #438' },
  'permission.platform': { code: 200, holder: 'ask_role', message: '(#200) Requires the role {roles} of the platform', doc: 'Acts of those who run the platform.', source: 'ours' },
  'testuser.limit': { code: 10, holder: 'fix_app', message: '(#10) The app has the {limit} test users that it may have: delete one first', doc: 'One test user more than the platform allows.', source: 'ours' },
  'testuser.creation_off': { code: 10, holder: 'give_up', message: '(#10) Test users cannot be created on this platform', doc: 'The switch testUserCreation is off.', source: 'ours' },
  'permission.app_id': { code: 200, holder: 'fix_request', message: '(#200) Provide valid app ID', doc: 'An ad account asked for without a token: often the token is in the body of a GET, or without Bearer in its header.', source: 'notes of ten public programs of 2025 and 2026, HTTP 403; none is a report with a number' },
  'permission.capability': { code: 3, holder: 'fix_app', message: '(#3) Application does not have the capability to make this API call.', doc: 'The app was not given this feature.', source: 'daroczig/fbRads#60; facebook/facebook-php-business-sdk#266, #363' },

  // The dashboard: calls with the web session of a person, under /console/.
  'dashboard.signed_out': { code: 104, status: 401, holder: 'log_in_again', message: 'Log in to use this page.', doc: 'Nobody is logged in with this browser, or the session has ended.', source: 'ours' },
  'dashboard.not_our_page': { code: 200, holder: 'fix_request', message: '(#200) The request was not sent by a page of this site', doc: 'X-Hallpass-CSRF is missing or of another session, or the origin is not ours.', source: 'ours' },
  'dashboard.password_wrong': { code: 100, holder: 'fix_request', message: '(#100) The password is wrong', doc: 'Also after too many tries, even if it was right.', source: 'ours' },
  'dashboard.code_wrong': { code: 100, holder: 'fix_request', message: '(#100) The code of the second factor is missing, wrong or was used before', doc: 'Also after too many tries, even if it was right.', source: 'ours' },

  // The request.
  'param.required': { code: 100, holder: 'fix_request', message: '(#100) The parameter {name} is required', doc: 'A documented parameter is missing or empty.', source: 'jgorset/facebook-messenger#231; LiveHelperChat/fbmessenger#9' },
  'param.invalid': { code: 100, holder: 'fix_request', message: '(#100) Invalid parameter: {name}', doc: 'A value that makes no sense.', source: 'error handling guide' },
  'param.must_be': { code: 100, holder: 'fix_request', message: '(#100) Param {name} must be {what}', doc: 'A value of the wrong type or outside the list.', source: 'restfb/restfb#1210' },
  'param.unsupported': { code: 100, holder: 'fix_request', message: '(#100) Param {name} is not supported here', doc: "A parameter that would change which rows or figures are returned, on a call that doesn't have it. Other unknown parameters are ignored; our wording.", source: 'ours' },
  'param.syntax': { code: 2500, whole: true, holder: 'fix_request', message: 'Syntax error "Expected {expected}" at character {at}: {text}', doc: 'Text of the field grammar that cannot be parsed; characters count from 0.', source: 'node-facebook/facebook-node-sdk#123; simi/omniauth-facebook#138; tobilg/facebook-events-by-location-core#30; facebook/facebook-nodejs-business-sdk#59; facebook/facebook-php-business-sdk#397' },
  'param.too_many_ids': { code: 100, holder: 'fix_request', message: '(#100) Too many IDs. Maximum: {most}. Provided: {given}.', doc: 'More ids in one call than it reads.', source: 'snarfed/bridgy, recorded answer; restfb/restfb#157' },
  'param.cursor': { code: 2642, holder: 'fix_request', message: '(#2642) Invalid cursors values', doc: '`after` or `before` is no cursor of this list of figures; other lists say `param.invalid`.', source: 'facebook/facebook-java-business-sdk#292; insights reference' },
  'param.metric': { code: 100, holder: 'fix_request', message: '(#100) The value must be a valid insights metric', doc: "A metric of Page insights that doesn't exist.", source: 'facebook/facebook-python-business-sdk#656' },
  'param.duplicate': { code: 100, holder: 'fix_request', message: '(#100) Param {name} was given more than once', doc: 'One parameter with two values.', source: 'ours' },
  'param.too_many': { code: 100, holder: 'fix_request', message: '(#100) Too many parameters', doc: 'Over the limit of parameters.', source: 'ours' },
  'param.too_large': { code: 100, holder: 'fix_request', message: '(#100) The value of a parameter is too long', doc: 'Over the limit of one value.', source: 'ours' },
  'param.json': { code: 100, holder: 'fix_request', message: '(#100) The body is not valid JSON', doc: 'Broken JSON, or one key twice.', source: 'ours' },
  'param.unstorable': { code: 100, holder: 'fix_request', message: '(#100) A value of the request holds characters or a number that nothing here can have', doc: 'A NUL, half a surrogate pair, a number beyond 64 bits; our wording.', source: 'ours' },
  'work.too_much': { code: 1, holder: 'fix_request', message: 'Please reduce the amount of data you\'re asking for, then retry your request', doc: 'More work than one request may cause: rows, lists, references, reports. They have it with status 500, which no request can cause here.', source: 'singer-io/tap-facebook; airbytehq/airbyte' },
  'param.content_type': { code: 100, holder: 'fix_request', message: '(#100) The body does not fit its Content-Type', doc: 'Parsed only as declared.', source: 'ours' },
  'param.depth': { code: 100, holder: 'fix_request', message: '(#100) The value is nested too deeply', doc: 'JSON or fields nested beyond the limit.', source: 'ours' },
  'batch.size': { type: 'GraphBatchException', holder: 'fix_request', message: 'Too many requests in batch message. Maximum batch size is 50', doc: 'More than 50 items.', source: 'jgorset/facepy, two editions' },
  'batch.empty': { type: 'GraphBatchException', holder: 'fix_request', message: 'The batch has no requests', doc: 'A batch without items.', source: 'ours' },
  'batch.unreadable': { type: 'GraphBatchException', holder: 'fix_request', message: 'The batch parameter must be a JSON array of requests', doc: "The text of the batch isn't a JSON array of objects.", source: 'ours' },
  'batch.item': { type: 'GraphBatchException', holder: 'fix_request', message: 'Request {index} cannot be read: {key}', doc: "A key of one item is unknown or has a value that it can't have.", source: 'ours' },
  'batch.dependency': { type: 'GraphBatchException', holder: 'fix_request', message: 'Request {index} cannot depend on an  unresolved request with  name {name}. Requests can only depend on preceding requests', doc: "depends_on or a reference names an item that doesn't come before it; the two doubled spaces are recorded.", source: 'arsduo/koala, the recorded answer in its tests of batches' },
  'batch.reference': { type: 'GraphBatchException', holder: 'fix_request', message: 'The answer of the request {name} is too large to be put in', doc: 'The request would be too long with the result that it refers to.', source: 'ours' },
  'batch.app': { type: 'GraphBatchException', holder: 'fix_app', message: 'Top level app id is invalid', doc: "batch_app_id isn't the id of an app.", source: 'facebook/facebook-ios-sdk#1087' },
  'batch.host': { type: 'GraphBatchException', holder: 'fix_request', message: 'Batch requests are not served on this host', doc: 'A batch on the host for games.', source: 'ours: the Android SDK sends none there' },
  'batch.file': { type: 'GraphBatchException', holder: 'fix_request', message: 'File {file} has not been attached', doc: "attached_files doesn't name a part of the request.", source: 'Thuzi/facebook-node-sdk#113' },
  'param.encoding': { code: 100, status: 415, holder: 'fix_request', message: '(#100) The Content-Encoding is not supported', doc: 'Anything but gzip.', source: 'ours' },
  'param.body_too_large': { code: 100, status: 413, holder: 'fix_request', message: '(#100) The body is too large', doc: 'Over the limit of a body.', source: 'ours' },
  'param.url_too_large': { code: 100, status: 414, holder: 'fix_request', message: '(#100) The request line is too long', doc: 'Over the limit of a request line.', source: 'ours' },
  'param.headers_too_large': { code: 100, status: 431, holder: 'fix_request', message: '(#100) The headers are too large', doc: 'Over the limit of headers.', source: 'ours' },
  'param.method': { code: 100, status: 405, type: 'GraphMethodException', holder: 'fix_request', message: 'Unsupported request - method type: {method}', doc: 'A verb that nothing answers to: TRACE, CONNECT, an unknown one. `method` in lower case.', source: "ours: the wording as for methods that don't exist" },
  'param.request': { code: 100, holder: 'fix_request', message: '(#100) The request could not be read', doc: "Bytes that aren't a single plain request.", source: 'ours' },
  'host.unknown': { code: 100, status: 421, holder: 'fix_request', message: '(#100) This host is not served here', doc: 'A Host header that is not configured.', source: 'ours' },
  'business.system_users': { code: 100, holder: 'fix_request', message: '(#100) The business has the {limit} system users of role {role} that the access tier of the app allows', doc: 'A system user more than the tier of the app allows.', source: 'ours' },
  'business.last_administrator': { code: 100, holder: 'fix_request', message: '(#100) The business would have no administrator left: make someone else an administrator first', doc: 'The last administrator of a business leaves it or becomes an employee.', source: 'ours' },
  'business.role_elsewhere': { code: 100, holder: 'fix_request', message: '(#100) {name} has a role on this Page already, directly or from another business: it can only be changed there', doc: 'A business assigns a Page to someone who has it in another way.', source: 'ours' },
  'business.page_unowned': { code: 100, holder: 'fix_request', message: '(#100) No business owns this Page, so nobody can be asked: someone who manages it can let your business work on it, or claim it for a business first', doc: 'A business asks to work on a Page of a person.', source: 'ours' },
  'business.page_own': { code: 100, holder: 'fix_request', message: '(#100) The business owns this Page already', doc: 'A business asks to work on a Page of its own.', source: 'ours' },
  'business.locks_out': { code: 100, holder: 'visit_site', message: '(#100) With this rule you could do nothing in the business any more, because your account has no second factor. Turn on two-factor authentication in your settings first, then set the rule', doc: 'In the dashboard an administrator without a second factor sets a rule that asks for one.', source: 'ours' },
  'business.not_connected': { code: 100, holder: 'fix_request', message: '(#100) The business has not connected the app', doc: "A token for an integration that doesn't exist.", source: 'ours' },
  'business.not_installed': { code: 100, holder: 'fix_request', message: '(#100) The app must be installed on the system user before a token can be made', doc: "A token of a system user for an app that it doesn't have.", source: 'ours' },
  'ads.account_not_active': { code: 100, holder: 'visit_site', message: '(#100) The ad account is not active (account_status {status})', doc: 'Campaigns are not made or started in an ad account that is disabled or closed.', source: 'ours' },
  'ads.too_many_campaigns': { code: 100, holder: 'fix_request', message: '(#100) The ad account has the {limit} campaigns that it may have', doc: 'Deleted ones count.', source: 'ours' },
  'ads.campaign_deleted': { code: 100, holder: 'fix_request', message: '(#100) The campaign is deleted and cannot be changed', doc: 'A deleted campaign can only be read.', source: 'ours' },
  'ads.fields': { code: 100, holder: 'fix_request', message: '(#100) {names} not valid for fields param. please check https://developers.facebook.com/docs/marketing-api/reference/ads-insights/ for all valid values', doc: 'Fields of reports that do not exist, all named at once: `foo is`, or `foo, bar are`.', source: 'facebook/facebook-nodejs-business-sdk#98' },
  'ads.fields_retired': { code: 100, holder: 'fix_request', message: '(#100) {names} not valid for fields param after {version}', doc: 'Fields of reports that a version has ended, all named at once.', source: 'airbytehq/airbyte#35334' },
  'ads.filtering_form': { code: 100, holder: 'fix_request', message: '(#100) param filtering must be an array.', doc: '`filtering` is no JSON list.', source: 'fredericharnois/facebook-ads-reporting-google-apps-script#6' },
  'ads.filtering_field': { code: 100, holder: 'fix_request', message: '(#100) Filtering field {field} is invalid', doc: "A filter by something that rows can't be filtered by.", source: 'facebook/facebook-php-business-sdk#379' },
  'ads.filtering_renamed': { code: 100, holder: 'fix_request', message: '(#100) Filter {field} is not valid any more, please use {newer} instead', doc: 'A filter by an old name.', source: 'facebook/facebook-php-business-sdk#370' },
  'ads.filtering_operator': { code: 100, holder: 'fix_request', message: '(#100) Filtering field {field} cannot be used with operator {operator}', doc: 'A number or moment that is searched like text; our wording.', source: 'ours' },
  'ads.one_of': { code: 100, holder: 'fix_request', message: '(#100) {name} must be one of the following values: {what}', doc: 'A breakdown, a preset of days or a level that reports do not have.', source: 'janu-software/facebook-php-sdk#17; of date_preset the notes of two public programs' },
  'ads.report_not_ready': { code: 2601, subcode: 1_815_107, holder: 'wait', transient: true, message: 'Error accessing adreport job.', userTitle: 'Loading Async Ads Report Failed', userMessage: 'Sorry, the report cannot be loaded successfully. Please check if your job status is completed instead of failed or running before fetching the data.', doc: 'The rows of an asynchronous report before it is completed.', source: 'facebook/facebook-php-business-sdk#288' },
  'ads.budget_sharing': { code: 100, subcode: 4_834_011, holder: 'fix_request', transient: false, message: 'Invalid parameter', userTitle: 'Must specify True or False in is_adset_budget_sharing_enabled field', userMessage: 'You must specify True or False in the is_adset_budget_sharing_enabled field if you are not using campaign budget. If set to True, ad sets share up to 20% of their budget with other ad sets of the campaign.', doc: 'A campaign without a budget of its own that does not say whether its ad sets share theirs, from v24.0 on. Number and title as in bikeindex/bike_index#3693; the sentence for people is in our words.', source: 'bikeindex/bike_index#3693; okou-ai/vm0-skills#250' },
  'ads.too_long_ago': { code: 3018, holder: 'fix_request', message: '(#3018) The start date of the time range cannot be beyond 37 months from the current date', doc: 'Figures older than those that are kept.', source: 'insights reference' },
  'app.not_ready': { code: 100, holder: 'fix_app', message: '(#100) Before the app can go live it needs {what}', doc: 'A switch to live mode of an app whose settings are not complete.', source: 'ours' },
  'app.login_address': { code: 100, holder: 'fix_request', message: '(#100) {name}: {address} cannot be used. {reason}', doc: 'An address or domain that an app may not register.', source: 'ours' },
  'app.settings_closed': { code: 10, holder: 'fix_app', message: '(#10) The settings of this app can be changed in its dashboard only', doc: 'A call that changes settings of an app which switched Allow API access to app settings off.', source: 'ours' },
  'object.changed_meanwhile': { code: 100, holder: 'fix_request', message: '(#100) {name} was changed by someone else in the meantime', doc: 'A change that names the values it was made over (`unchanged`), where one of them has changed by now. Read it again.', source: 'ours' },
  'app.second_factor': { code: 10, holder: 'fix_app', message: '(#10) This app requires two-factor authentication of people who change it', doc: 'Someone without two-factor authentication tries to change an app that requires it.', source: 'ours' },
  'app.settings_address': { code: 10, holder: 'fix_app', message: '(#10) The settings of this app cannot be changed from this address', doc: 'A change of settings from an address outside the allow list for updates of settings.', source: 'ours' },
  'app.too_many': { code: 100, holder: 'fix_request', message: '(#100) There can be no more than {limit} {what}', doc: 'More apps or people with a role than there may be.', source: 'ours' },
  'app.last_administrator': { code: 100, holder: 'fix_request', message: '(#100) An app keeps at least one administrator', doc: 'The last administrator would lose the role.', source: 'ours' },
  'app.access': { code: 100, holder: 'fix_request', message: '(#100) {permission}: {reason}', doc: 'A request for advanced access that cannot be made or decided.', source: 'ours' },
  'field.unknown': { code: 100, holder: 'fix_request', message: '(#100) Tried accessing nonexisting field ({field}) on node type ({type})', doc: 'A field or edge that the node does not have.', source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'object.missing': { code: 100, subcode: 33, type: 'GraphMethodException', holder: 'fix_request', message: 'Unsupported {method} request. Object with ID \'{id}\' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api', doc: 'Unknown or not visible: the same answer. `method` in lower case.', source: 'facebook/facebook-nodejs-business-sdk#71; facebook/facebook-php-business-sdk#424' },
  'object.unsupported': { code: 100, type: 'GraphMethodException', holder: 'fix_request', message: 'Unsupported request - method type: {method}', older: { before: versionChanges.unsupported_words.from, message: 'Unsupported {method} request.' }, doc: 'The object or path exists and has no such call. `method` in lower case.', source: 'mediacloud/backend#810; facebook/facebook-java-business-sdk#374; restfb/restfb#1450; the older wording rizen/Facebook-Graph#49' },
  'object.root': { code: 100, type: 'GraphMethodException', holder: 'fix_request', message: 'Unsupported {method} request. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api', doc: 'The bare root, without ids and without a batch.', source: 'rizen/Facebook-Graph#50' },
  'path.unknown': { code: 2500, holder: 'fix_request', message: 'Unknown path components: /{path}', doc: 'A path that names nothing, or another spelling of one that does.', source: 'restfb/restfb, its recorded answers' },
  'alias.unknown': { code: 803, holder: 'fix_request', message: '(#803) Some of the aliases you requested do not exist: {alias}', doc: 'A word where an id is expected.', source: 'spring-guides/gs-consuming-rest#6; mobolic/facebook-sdk#315; SammyK/LaravelFacebookSdk#187' },
  'alias.username': { adviceOnly: true, code: 803, holder: 'fix_request', message: '(#803) Cannot query users by their username ({username})', doc: 'A user name where an id is expected.', source: 'haschek/PubwichFork#38' },
  'version.retired': { code: 2635, holder: 'fix_request', message: '(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: {newest}.', doc: 'A version that was switched off by setting or fault.', source: 'facebook/facebook-nodejs-business-sdk#239; facebook/facebook-java-business-sdk#136; fbsamples/marketing-api-samples#3' },
  'version.gone': { code: 12, holder: 'fix_request', message: '(#12) {feature} is deprecated for versions {version} and higher', doc: 'A call that newer versions do not have.', source: 'thephpleague/oauth2-facebook#29; mautic/mautic#4042; pac4j/pac4j#741' },
  'link.unreadable': { code: 1_609_005, holder: 'fix_request', message: '(#1609005) There was a problem scraping data from the provided link. Check the URL and try again.', doc: "A web page that an app wants read doesn't answer 200, or its address may not be called from here.", source: 'error handling guide, its table of codes' },
  'status.duplicate': { code: 506, subcode: 1455006, type: 'FacebookApiException', holder: 'fix_request', transient: false, message: 'Duplicate status message', userTitle: 'Duplicate Status Update', userMessage: 'This status update is identical to the last one you posted. Try posting something different, or delete your previous update.', doc: 'The same post twice in a row.', source: 'spring-attic/spring-social-facebook, its recorded answers; the words for people ours' },
  'post.other_app': { code: 200, holder: 'give_up', message: '(#200) App cannot edit non-app posts', doc: 'Changing a post that another app made, or no app.', source: 'jgorset/facepy#149' },

  // Proofs.
  'proof.missing': { code: 100, type: 'GraphMethodException', holder: 'fix_app', message: 'API calls from the server require an appsecret_proof argument', doc: 'The app requires a proof.', source: 'facebook/facebook-python-business-sdk#528; thephpleague/oauth2-facebook#17' },
  'proof.invalid': { code: 100, type: 'GraphMethodException', holder: 'fix_app', message: 'Invalid appsecret_proof provided in the API argument', doc: 'A wrong proof is refused even where none is required.', source: 'facebook/facebook-java-business-sdk#137; facebook/facebook-python-business-sdk#155, #528' },
  'proof.signature': { adviceOnly: true, code: 104, holder: 'fix_app', message: '(#104) Incorrect signature', doc: 'On edges that make tokens for system users.', source: 'system users reference' },

  // The app as a client, and the token endpoint.
  'callback.verification': { code: 2200, holder: 'fix_app', message: '(#2200) Callback verification failed with the following errors: {why}', doc: 'The callback URL of a subscription could not be asked, or refused: `HTTP Status Code = 404; HTTP Message = Not Found`, or `curl_errno = 28; curl_error = …`.', source: 'fbsamples/original-coast-clothing#84; arsduo/koala#439' },
  'callback.challenge': { code: 2201, holder: 'fix_app', message: '(#2201) response does not match challenge, expected value="{challenge}", received={received}', doc: 'The callback URL of a subscription answered something else than hub.challenge. `received` is the beginning of what it answered, as JSON text (Yoctol/bottender#960); it is left out where private networks may be called.', source: 'Yoctol/bottender#960' },
  'app.missing': { code: 101, holder: 'fix_request', message: 'Missing client_id parameter.', doc: 'No client_id.', source: 'nov/fb_graph#204; facebookarchive/php-graph-sdk#50' },
  'app.unknown': { code: 101, holder: 'fix_app', message: 'Error validating application. Invalid application ID.', doc: 'No such app.', source: 'diowa/icare#5' },
  'app.deleted': { code: 101, holder: 'app_blocked', message: 'Error validating application. Application has been deleted.', doc: 'The client_id is that of an app that is disabled or deleted.', source: 'metacpan/metacpan-web#2076' },
  'app.access_blocked': { adviceOnly: true, code: 200, holder: 'app_blocked', message: 'API access blocked.', doc: 'Meta has blocked the app, or the developer account behind it. The dashboard of the app says why.', source: 'recorded answers in public repositories' },
  'app.access_deactivated': { adviceOnly: true, code: 200, holder: 'app_blocked', message: 'API access deactivated. To reactivate, go to the app dashboard.', doc: 'The developer account behind the app has to be confirmed, or the app was not used for long.', source: 'recorded answers in public repositories; pdir/social-feed-bundle#39' },
  'app.system': { code: 101, holder: 'fix_app', message: 'Error validating application. Cannot get application info due to a system error.', doc: 'A client_id that cannot be an app id.', source: 'sns-sdks/python-facebook#271' },
  'app.address': { code: 5, holder: 'fix_app', message: 'This IP can\'t make requests for that application.', doc: 'The app secret was used at the token endpoint from an address outside the server allow list.', source: 'pdaddyo/soundbounce#292; AndrejGajdos/auth-flow-spa-node-react#1' },
  'app.address_call': { code: 5, holder: 'fix_app', message: '(#5) Unauthorized source IP address', doc: 'An app token that is made of the secret, from an address outside the server allow list.', source: 'jaredhanson/passport-facebook#36; arsduo/koala#607' },
  'secret.wrong': { code: 1, holder: 'fix_app', message: 'Error validating client secret.', doc: 'The client_secret is not the secret of the app.', source: 'facebookarchive/php-graph-sdk#538; huandu/facebook#37' },
  'secret.desktop_app': { code: 1, holder: 'fix_app', message: 'The request is invalid because the app is configured as a desktop app', doc: "A client_secret of a native or desktop app, right or wrong: it is installed on people's devices, so the secret proves nothing. Wording as several projects recorded it.", source: 'heartcombo/devise#2367; laravel/socialite#334; angular/angularfire#2359' },
  'secret.missing': { code: 1, holder: 'fix_app', message: 'Missing client_secret parameter.', doc: 'A grant that needs the secret came without.', source: 'ours: by the pattern of client_id and redirect_uri (facebookarchive/php-graph-sdk#50, #274); no report with it was found' },
  'secret.not_here': { code: 1, holder: 'fix_request', message: 'client_secret should not be passed to /oauth/token', doc: "A client_secret at an address that isn't the token endpoint, oauth/access_token.", source: 'omniauth/omniauth#377; ruby-oauth/oauth2#70, #188; the number facebookarchive/php-graph-sdk#649' },
  'exchange.missing': { code: 1, holder: 'fix_request', message: '{name} parameter not specified', doc: 'An exchange came without the token that is to be exchanged.', source: 'Thuzi/facebook-node-sdk#82' },
  'code.missing': { code: 1, holder: 'fix_request', message: 'Missing authorization code', doc: 'Neither a code nor a token to exchange.', source: 'ours; the number in callers\' tests of the token endpoint' },
  'code.malformed': { code: 100, www: 'invalid_code', holder: 'log_in_again', message: 'Invalid verification code format.', doc: 'Not a code, or one that was never issued.', source: 'restfb/restfb#412; simi/omniauth-facebook#228; mweibel/facebook.ex#52' },
  'code.client': { code: 100, www: 'invalid_code', holder: 'fix_app', message: 'Invalid verification code format.', doc: 'The code belongs to another app; it looks like an unknown one.', source: 'ours: as for an unknown code' },
  'code.used': { code: 100, subcode: 36_009, holder: 'log_in_again', message: 'This authorization code has been used.', doc: 'The second redemption of a code.', source: 'catarse/catarse#1648; mmangino/facebooker2#85' },
  'code.expired': { code: 100, subcode: 36_007, holder: 'log_in_again', message: 'This authorization code has expired.', doc: 'Ten minutes after it was issued.', source: 'TheRealAgentK/facebook-cf-sdk#57; facebookarchive/php-graph-sdk#1124' },
  'code.redirect': { code: 100, subcode: 36_008, holder: 'fix_request', message: 'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request', doc: 'A different redirect_uri from the one in the dialog.', source: 'freizl/hoauth2#19; restfb' },
  'code.verifier': { code: 100, subcode: 36_008, holder: 'fix_request', message: 'Invalid code verifier.', doc: 'The PKCE verifier is missing, wrong, or was not announced; the subcode is ours.', source: 'ours' },
  'redirect.missing': { code: 191, holder: 'fix_request', message: 'Missing redirect_uri parameter.', doc: 'No redirect_uri where the dialog had one.', source: 'facebookarchive/php-graph-sdk#274; nxtbgthng/OAuth2Client#76' },
  'redirect.not_absolute': { code: 191, holder: 'fix_request', message: 'redirect_uri isn\'t an absolute URI. Check RFC 3986.', doc: 'A redirect_uri without scheme and host.', source: 'roundrop/facebook4j-oauth-example#2' },
  'redirect.not_allowed': { code: 191, holder: 'fix_app', message: 'Can\'t Load URL: The domain of this URL isn\'t included in the app\'s domains. To be able to load this URL, add all domains and subdomains of your app to the App Domains field in your app settings.', doc: "An address that isn't one of the app's; this is checked before it is compared with that of the dialog.", source: 'darkwhispering/facebook-sdk-codeigniter#57; facebookarchive/php-graph-sdk#1004' },
  'limited.login_required': { code: 190, holder: 'log_in_again', message: 'The id_token cannot be renewed: the person must log in again.', doc: 'Limited Login: the hint is not one of ours, or the log-in it came from has ended.', source: 'ours' },
  'limited.consent_required': { code: 190, holder: 'reauthorize', message: 'The id_token cannot be renewed: the person must agree again.', doc: 'Limited Login: the access to data has ended.', source: 'ours' },
  'limited.dpop_proof': { code: 190, holder: 'log_in_again', message: 'The DPoP proof does not fit the id_token or this call.', doc: 'Limited Login: no proof, a wrong one, one that was used, or an id_token that is bound to no key.', source: 'ours' },
  'debug.not_allowed': { code: 100, holder: 'fix_request', message: '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app', doc: 'The caller of debug_token may not inspect.', source: 'nyaruka/rapidpro#3734; facebookarchive/php-graph-sdk#823' },
  'debug.other_app': { code: 100, holder: 'fix_request', message: '(#100) The App_id in the input_token did not match the Viewing App', doc: 'The inspected token belongs to another app.', source: 'jeduan/cordova-plugin-facebook4#690; facebook/facebook-sdk-for-unity#551; firebase/quickstart-unity#1040' },

  // Device log-in.
  'device.pending': { code: 31, subcode: 1_349_174, holder: 'wait', message: 'This request requires the user to take a pending action', userTitle: 'Device Login Authorization Pending', userMessage: 'User has not yet authorized your application. Continue polling.', doc: "The person hasn't decided yet.", source: 'a public Dart package for device log-in, with recorded answers' },
  'device.declined': { code: 31, subcode: 1_349_173, holder: 'give_up', message: 'The user declined this request', userTitle: 'Device Login Declined', userMessage: 'User has declined your application.', doc: 'The person said no.', source: 'ours; the number in the mobile SDKs' },
  'device.slow_down': { code: 17, subcode: 1_349_172, holder: 'wait', message: 'User request limit reached', userTitle: 'OAuth Device Excessive Polling', userMessage: 'Your device is polling too frequently. Space your requests with a minium interval of 5 seconds.', doc: 'Polled faster than the interval.', source: 'a public Dart package for device log-in, with recorded answers' },
  'device.expired': { code: 463, subcode: 1_349_152, holder: 'log_in_again', message: 'The session has expired', userTitle: 'Activation Code Expired', userMessage: 'The code you entered has expired. Please go back to your device for a new code and try again.', doc: 'Seven minutes after the start, or after the token was handed out.', source: 'a public Dart package for device log-in, with recorded answers' },

  // Limits and blocks.
  'limit.app': { code: 4, holder: 'wait', transient: true, retryAfter: true, message: '(#4) Application request limit reached', doc: 'Too many calls of one app.', source: 'error handling guide; rate limiting guide' },
  'limit.guessing': { code: 4, holder: 'wait', transient: true, retryAfter: true, message: '(#4) Application request limit reached', doc: 'Too many wrong secrets from one network; looks like the limit of the app.', source: 'ours: as the limit of the app' },
  'limit.person': { code: 17, holder: 'wait', transient: true, retryAfter: true, message: '(#17) User request limit reached', doc: 'Too many calls for one person.', source: 'facebook/facebook-python-business-sdk#333, #416; facebook/facebook-php-business-sdk#463' },
  'limit.ads': { adviceOnly: true, code: 17, subcode: 2_446_079, holder: 'wait', retryAfter: true, message: '(#17) User request limit reached', doc: 'The same, on advertising calls.', source: 'rate limiting guide' },
  'limit.page': { code: 32, holder: 'wait', retryAfter: true, message: '(#32) Page request limit reached', doc: 'Too many calls for one Page with a user token.', source: 'rate limiting guide' },
  'limit.ads_insights': { code: 80_000, subcode: 2_446_079, holder: 'wait', retryAfter: true, message: '(#80000) There have been too many calls from this ad-account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.', doc: 'Too many calls for figures of one ad account.', source: 'rate limiting guide' },
  'limit.page_business': { code: 80_001, holder: 'wait', retryAfter: true, message: '(#80001) There have been too many calls to this Page account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.', doc: 'Too many calls for one Page with a Page token.', source: 'rate limiting guide' },
  'limit.custom_audience': { adviceOnly: true, code: 80_003, subcode: 2_446_079, holder: 'wait', retryAfter: true, message: '(#80003) There have been too many calls to this ad-account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.', doc: 'Too many calls on the audiences of one ad account.', source: 'rate limiting guide' },
  'limit.ads_management': { code: 80_004, subcode: 2_446_079, holder: 'wait', retryAfter: true, message: '(#80004) There have been too many calls to this ad-account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.', doc: 'Too many calls on one ad account.', source: 'airbytehq/airbyte#8773; singer-io/tap-facebook#192' },
  'limit.actions': { adviceOnly: true, code: 9, holder: 'wait', retryAfter: true, message: 'User is performing too many actions', doc: 'Too many actions of one person; mobile SDKs retry.', source: 'old list of codes; recorded answers of programs that publish, 2026, HTTP 400; none is a report with a number' },
  'limit.feed': { code: 341, holder: 'wait', retryAfter: true, message: '(#341) Feed action request limit reached', doc: 'Too many posts of one app.', source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'limit.custom': { code: 613, holder: 'wait', retryAfter: true, message: '(#613) Calls to this api have exceeded the rate limit.', doc: 'A limit of one call.', source: 'facebook/facebook-php-business-sdk#312' },
  'blocked.policy': { adviceOnly: true, code: 368, holder: 'wait', message: '(#368) The action attempted has been deemed abusive or is otherwise disallowed', doc: 'Blocked for a time for going against policies.', source: 'error handling guide' },
  'blocked.too_fast': { code: 368, holder: 'wait', retryAfter: true, message: 'It looks like you were misusing this feature by going too fast. You\'ve been temporarily blocked from using it.', doc: 'Calls that continue long after a limit was reached.', source: 'spring-attic/spring-social-facebook, its recorded answers' },

  // The proxy of a vault: programs that have a handle in place of a token.
  'proxy.handle': { code: 190, holder: 'fix_request', message: 'This handle of the vault is unknown, withdrawn or expired', doc: 'A program presented no handle that the proxy of a vault knows, or one that no longer works.', source: 'ours' },
  'proxy.connection': { code: 190, holder: 'log_in_again', message: 'The token behind this handle can not be used: {what}', doc: 'The connection of a handle was removed, or someone has to log in again.', source: 'ours' },
  'proxy.not_allowed': { code: 200, holder: 'fix_request', message: '(#200) This handle does not allow {method} {path}', doc: 'No rule of the handle fits the call, or a part of it: an item, an id, a field that is a list.', source: 'ours' },
  'proxy.gives_tokens': { code: 200, holder: 'fix_request', message: '(#200) This never goes through the proxy: {what}', doc: 'A call, field or parameter that gives or takes tokens and secrets.', source: 'ours' },
  'proxy.unjudged': { code: 100, holder: 'fix_request', message: '(#100) The proxy can not judge {what}', doc: 'A request whose meaning is not known before it is made, such as an item of a batch with values of another answer.', source: 'ours' },
  'proxy.answer': { code: 1, status: 502, holder: 'wait', message: 'The server gave an answer that the proxy can not pass on', doc: 'It is no JSON, too large, or leads elsewhere with a token.', source: 'ours' },
  // The server.
  'server.bug': { code: 1, status: 500, holder: 'wait', message: 'An unknown error occurred', doc: 'Our mistake; no input may cause it.', source: 'error handling guide' },
  'server.away': { code: 2, holder: 'wait', transient: true, retryAfter: true, message: 'Service temporarily unavailable', doc: "It can't answer safely now: the storage is unavailable, or freshness can't be proved.", source: 'spring-attic/spring-social-facebook, its recorded answers' },
  'server.retry': { adviceOnly: true, code: 2, holder: 'wait', transient: true, retryAfter: true, message: 'An unexpected error has occurred. Please retry your request later.', doc: 'The second known wording of the same.', source: 'jgorset/facepy#127; sorenlouv/fb-sleep-stats#97; facebook/facebook-java-business-sdk#319; Trustroots/trustroots#673 (HTTP 500)' },
} as const satisfies Record<string, Entry>;

export type ErrorKey = keyof typeof table;

type Placeholders<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The parameters of an error, taken from the placeholders of its message; `{}` when there are none. */
export type ErrorParams<K extends ErrorKey> = { [Name in Placeholders<(typeof table)[K]['message']>]: string };

/** Token errors answer 400 (not 401), permissions 403, a server that cannot answer now 503. */
function usualStatus(code: number | undefined): number {
  if (code === undefined) return 400;
  if (code === 10 || (code >= 200 && code <= 299)) return 403;
  return code === 2 ? 503 : 400;
}

/**
 * Clients choose their exception by this word: nov/fb_graph#319 for what is not found, authomatic/authomatic#31 for a
 * failure of the server.
 */
function usualWord(entry: Entry): AuthenticateWord {
  if (entry.code === 190) return 'invalid_token';
  if (entry.code === 803) return 'not_found';
  if ((entry.status ?? usualStatus(entry.code)) >= 500) return 'unknown_error';
  return entry.subcode === 36_007 || entry.subcode === 36_008 || entry.subcode === 36_009
    ? 'invalid_code'
    : 'invalid_request';
}

const complete = (entry: Entry): CatalogueError => ({
  type: 'OAuthException',
  status: usualStatus(entry.code),
  www: usualWord(entry),
  ...entry,
});

/** Every error by its key, with what follows from its code filled in. */
export const errors = Object.fromEntries(
  Object.entries(table).map(([key, entry]) => [key, Object.freeze(complete(entry))]),
) as {
  readonly [K in ErrorKey]: Readonly<CatalogueError> & { readonly message: (typeof table)[K]['message'] };
};
