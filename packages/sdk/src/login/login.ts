// FB.login asks the person to log in and to allow the app something. Source: FB.login of the documentation, sections 2.1
// and 6.5 of the protocol reference.
import { authResponseOf, textIn, type WireAnswer, written } from '../session/auth-response.ts';
import { openDialog } from './dialog-window.ts';
import { fire } from '../page/events.ts';
import { become, becomeNobody, nobody } from '../session/identity.ts';
import { tell, complain, isFunction, warn } from '../page/log.ts';
import { goToDialog } from './redirect-login.ts';
import { server } from '../page/server.ts';
import { current, type Session } from '../session/session.ts';
import { type Settings, settings } from '../page/settings.ts';
import { askStatus, handOver } from '../session/status.ts';

/** Options of the documentation that the dialog is told as they are. */
const passedOn = [
  /** Permissions, with commas. */
  'scope',
  /** `rerequest` asks again for what was declined, `reauthenticate` for the password, `reauthorize` renews data access. */
  'auth_type',
  /** A value of the app for `reauthenticate`, which counts once. */
  'auth_nonce',
  /** Adds `grantedScopes` to the answer. */
  'return_scopes',
  /** A configuration of Login for Business, in place of `scope`. */
  'config_id',
  /** Taken and not used: the dialog lets the person choose Pages where permissions about Pages are asked for. */
  'enable_profile_selector',
  /** Taken and not used. */
  'profile_selector_ids',
  /** Taken and not used. */
  'default_audience',
  /** Taken and not used. */
  'asset_scope',
  /** Taken and not used. */
  'messenger_page_id',
  /** Taken and not used. */
  'reset_messenger_state',
  /** Shows the dialog also to somebody who has allowed everything before. */
  'force_confirmation',
  /** Taken and not used. */
  'extras',
] as const;

/** The SDK needs these; what the page asks for besides is added, unless it overrides them. */
const responseTypes = ['token', 'signed_request', 'graph_domain'];

type LoginOptions = ReadonlyMap<string, unknown>;

function responseType(options: LoginOptions): string {
  const asked = written(options.get('response_type') ?? '')
    .split(/[\s,]+/)
    .filter(Boolean);
  const all = options.get('override_default_response_type') === true ? asked : [...asked, ...responseTypes];
  return [...new Set(all.length > 0 ? all : responseTypes)].join(',');
}

function dialogAddress(
  { appId, version, kidDirectedSite }: Settings,
  options: LoginOptions,
  more: Record<string, string>,
): string {
  const query = new URLSearchParams({
    client_id: appId,
    app_id: appId,
    sdk: 'joey',
    response_type: responseType(options),
    origin: '1',
    domain: location.hostname,
    ...(kidDirectedSite ? { kid_directed_site: '1' } : {}),
    ...more,
  });
  for (const name of passedOn) {
    const value = options.get(name);
    if (value !== undefined && value !== null && value !== '' && value !== false) query.set(name, written(value));
  }
  return `${server.www}/${version}/dialog/oauth?${query}`;
}

/** Takes an answer of the dialog. @returns the session that pages are told */
export function takeAnswer(answer: WireAnswer): Session {
  handOver(textIn(answer, 'status_ticket'));
  const error = textIn(answer, 'error') ?? textIn(answer, 'error_code');
  const auth = error === undefined ? authResponseOf(answer) : undefined;
  if (auth) become({ status: 'connected', authResponse: auth }, answer);
  else {
    becomeNobody();
    fire(error === 'access_denied' ? 'auth.denied' : 'auth.error', nobody);
  }
  return current();
}

/** Asks in a window of its own, which is opened at once: later the click is over. */
async function logInByWindow(
  page: Settings,
  options: LoginOptions,
  callback: ((session: Session) => void) | undefined,
): Promise<void> {
  const answer = await openDialog((relay) =>
    dialogAddress(page, options, { redirect_uri: relay, display: 'popup', fallback_redirect_uri: location.origin }),
  );
  // A window that was closed, or never opened, answers nothing: what counts is whether the person is logged in.
  tell(callback, answer ? takeAnswer(answer) : ((await askStatus()) ?? nobody));
}

/** FB.login: a callback and options in this order, each of which may be missing. */
export function login(...given: unknown[]): void {
  const callback = given.find(isFunction);
  const options = new Map(Object.entries(given.find((one) => typeof one === 'object' && one !== null) ?? {}));
  const page = settings();
  if (!page) return complain('FB.login() called before FB.init().');
  if (!isSecureContext) {
    complain('The method FB.login can no longer be called from http pages.');
    return tell(callback, nobody);
  }
  if (options.get('display') === 'page')
    return goToDialog((answerAt) => dialogAddress(page, options, { ...answerAt, display: 'page' }), options);
  if (!navigator.userActivation?.isActive)
    warn('FB.login() opens a window: call it while a click is handled, or the browser may block it.');
  void logInByWindow(page, options, callback);
}
