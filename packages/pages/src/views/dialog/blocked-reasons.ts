// This table says why a dialog or a form of ours was refused: for each reason what the person reads and what a
// developer has to change, and where. A fixed table by code: nothing of a request is ever repeated on these pages
// (WP-06).
import type { AppSettingName } from '@hallpass/protocol';

export interface BlockedWords {
  /** HTTP status of the page. */
  status: 400 | 403 | 405;
  title: string;
  /** Tells the person what happened, and what they can do. */
  person: string;
  /** Tells the developers of the app what to change. */
  developer: string;
  /** The setting or parameter that it is about. */
  where?: string;
  /** The setting of the app, where changing one helps. */
  setting?: AppSettingName;
}

const login = 'App dashboard → Login';

// biome-ignore format: it is read as a table
export const blockedReasons = {
  redirect_uri: {
    status: 400, title: 'URL Blocked',
    person: 'The app wanted to send you to an address it hasn’t registered. To keep you safe, we stopped here.',
    developer: 'redirect_uri must be one of the app’s Valid OAuth Redirect URIs, letter for letter: scheme, host, port, path and query. Client OAuth Login and Web OAuth Login must be on.',
    where: `${login} → Valid OAuth Redirect URIs`,
    setting: 'redirectUris',
  },
  redirect_uri_missing: {
    status: 400, title: 'URL Blocked',
    person: 'The app didn’t say where to send you afterwards, so we stopped here.',
    developer: 'Send redirect_uri, and register its value as a Valid OAuth Redirect URI.',
    where: `${login} → Valid OAuth Redirect URIs`,
    setting: 'redirectUris',
  },
  https_required: {
    status: 400, title: 'URL Blocked',
    person: 'The app wanted to send you to an address that isn’t secure, so we stopped here.',
    developer: 'This app enforces HTTPS: register and send an https address.',
    where: `${login} → Enforce HTTPS`,
    setting: 'enforceHttps',
  },
  domain_not_listed: {
    status: 400, title: 'Can’t Load URL',
    person: 'This app may not be used on the website you came from.',
    developer: 'Add the domain of the page to the app’s domains, and for the JavaScript SDK to its allowed domains.',
    where: 'App dashboard → Basic → App domains; Login → Allowed Domains for the JavaScript SDK',
    setting: 'sdkDomains',
  },
  invalid_app_id: {
    status: 400, title: 'Invalid App ID',
    person: 'This link doesn’t lead to an app. It may be old or incomplete.',
    developer: 'client_id must be the id of an app on this platform. Compare it with the App ID in the dashboard.',
    where: 'Parameter client_id',
  },
  app_not_active: {
    status: 400, title: 'App not active',
    person: 'This app isn’t open to everyone yet. Its developers can invite you, or open it to everyone.',
    developer: 'The app is in development mode, and the person who is logged in has no role on it. Give them a role, or switch the app to live mode.',
    where: 'App dashboard → Roles; Permissions → App mode',
  },
  app_restricted: {
    status: 403, title: 'This app is not open to you',
    person: 'It is offered only to people of a certain age or in certain countries, and your profile doesn’t say that you’re one of them.',
    developer: 'App Restrictions keep this person out: the birthday or country in their profile doesn’t meet them, or isn’t known. People with a role on the app are let in.',
    where: 'App dashboard → Advanced → App Restrictions',
  },
  explorer_role: {
    status: 403, title: 'You don’t work on this app',
    person: 'The Graph API Explorer gives tokens of an app to its administrators, developers and testers. You have none of these roles.',
    developer: 'Give the person a role on the app, or log in as someone who has one.',
    where: 'App dashboard → Roles',
  },
  app_disabled: {
    status: 400, title: 'App not available',
    person: 'This app can’t be used right now.',
    developer: 'The app was switched off or deleted. Its tokens no longer work.',
    where: 'App dashboard',
  },
  client_login_off: {
    status: 400, title: 'Log-in is switched off',
    person: 'This app doesn’t allow logging in this way.',
    developer: 'Switch on Client OAuth Login. Without it, no permission can be requested and no token is sent to a browser.',
    where: `${login} → Client OAuth Login`,
    setting: 'clientOauthLogin',
  },
  web_login_off: {
    status: 400, title: 'Log-in is switched off',
    person: 'This app doesn’t allow logging in from websites.',
    developer: 'Switch on Web OAuth Login to use the dialog with an address of your website.',
    where: `${login} → Web OAuth Login`,
    setting: 'webOauthLogin',
  },
  embedded_login_off: {
    status: 400, title: 'Log-in is switched off',
    person: 'This app doesn’t allow logging in from inside another program.',
    developer: 'Switch on Embedded Browser OAuth Login to use the desktop success page or a web view.',
    where: `${login} → Embedded Browser OAuth Login`,
    setting: 'embeddedBrowserLogin',
  },
  sdk_login_off: {
    status: 400, title: 'Log-in is switched off',
    person: 'This app doesn’t allow logging in from this website.',
    developer: 'Switch on Login with the JavaScript SDK, and list the domain of the page.',
    where: `${login} → Login with the JavaScript SDK`,
    setting: 'jsSdkLogin',
  },
  invalid_scopes: {
    status: 400, title: 'Invalid Scopes',
    person: 'The app asks for permissions it is not allowed to request. You see this because you have a role on the app; everyone else continues without them.',
    developer: 'Remove from scope the names that aren’t permissions and those the app has no access to.',
    where: 'Parameter scope; App dashboard → Permissions',
  },
  config_unknown: {
    status: 400, title: 'Invalid configuration',
    person: 'The app asked for a way of logging in that it hasn’t set up. Please go back to the app and try again.',
    developer: 'config_id must be the id of a configuration of this app, and the app must use Login for Business.',
    where: 'Parameter config_id; App dashboard → Login → Configurations',
  },
  config_response_type: {
    status: 400, title: 'Invalid response type',
    person: 'The app asked for a kind of response it can’t have. Please go back to the app and try again.',
    developer: 'A configuration for system-user tokens answers with a code and nothing else: send response_type=code, and in the browser SDK override_default_response_type: true.',
    where: 'Parameter response_type',
  },
  config_surface: {
    status: 400, title: 'Not available on phones',
    person: 'A business connects this app on a computer. Please open the app’s website there.',
    developer: 'A configuration for system-user tokens works on the web only: not from the mobile SDKs, not in programs, not with display=touch.',
    where: 'Parameters redirect_uri and display',
  },
  config_permissions: {
    status: 400, title: 'Nothing to ask for',
    person: 'The app may not ask your business for this yet. Its developers can tell you more.',
    developer: 'The app may not ask this person for anything the configuration names. Get advanced access, or give the person a role on the app.',
    where: 'App dashboard → Permissions',
  },
  business_scope: {
    status: 400, title: 'Permission needed',
    person: 'The app asks only for your name and e-mail address, and this way of logging in isn’t meant for that.',
    developer: 'Login for Business needs at least one supported permission besides email and public_profile. Send config_id, or name one in scope, or switch the app to the classic log-in.',
    where: 'Parameters config_id and scope',
  },
  duplicate_parameter: {
    status: 400, title: 'This link is ambiguous',
    person: 'The link that brought you here says the same thing twice. Please go back to the app and try again.',
    developer: 'Send each parameter once. Check whether the address you start from already has a parameter that you add.',
    where: 'Parameters of the dialog',
  },
  invalid_parameter: {
    status: 400, title: 'This link is broken',
    person: 'The link that brought you here can’t be read. Please go back to the app and try again.',
    developer: 'A parameter is too long or isn’t written as it has to be: state has at most 4 KiB, redirect_uri at most 2,000 characters, ids are digits.',
    where: 'Parameters of the dialog',
  },
  nonce_used: {
    status: 400, title: 'Please start again',
    person: 'The app used an old request for your password. Please go back to the app and try again.',
    developer: 'auth_nonce must be new in every dialog. Create a random one each time, and check it in the response of debug_token.',
    where: 'Parameter auth_nonce',
  },
  interaction_mismatch: {
    status: 400, title: 'This was started elsewhere',
    person: 'This log-in was started in another browser, or its cookies are gone. If someone sent you this link, don’t continue. Otherwise, go back to the app and start again.',
    developer: 'A dialog belongs to the browser that opened it. Send people to the dialog itself, never to an address it forwards to; allow our cookies in web views.',
  },
  interaction_expired: {
    status: 400, title: 'This log-in is over',
    person: 'It is already finished, or it took longer than an hour. Please go back to the app. If you aren’t logged in there yet, start again.',
    developer: 'A dialog is open for 60 minutes and can be finished once. Send the person to the dialog again.',
  },
  csrf: {
    status: 403, title: 'Please try again',
    person: 'We couldn’t be sure that this came from you, so nothing was changed. Go back, reload the page, and try again.',
    developer: 'A form can be sent only by the page that shows it, in the session in which it was shown.',
  },
  origin: {
    status: 403, title: 'Please try again here',
    person: 'This was sent from another website, so nothing was changed.',
    developer: 'Pages of this platform accept no forms from other origins. Use the dialog or the Graph API.',
  },
  framed: {
    status: 403, title: 'Open this in its own window',
    person: 'For your safety, this page doesn’t work inside another page.',
    developer: 'Open the dialog in the top window or in a popup, never in a frame.',
    where: 'Parameter display',
  },
  method: {
    status: 405, title: 'This can’t be opened this way',
    person: 'Please go back to the app and try again.',
    developer: 'The dialog is opened with GET.',
  },
} as const satisfies Record<string, BlockedWords>;

export type BlockedReason = keyof typeof blockedReasons;
