// This module tells the app the answer of the dialog, in the right place: the keys of sections 2.3 and 2.4 of the
// protocol reference, in the documented order.
import { scopeKey } from '@hallpass/protocol';
import { keyedHashText } from '../hash.ts';
import type { Addresses } from '../hosts.ts';
import { signIdToken } from '../identity/id-token.ts';
import { namesWith } from './requested-permissions.ts';
import type { Grant } from '../store/grants/grants.ts';
import type { DialogOutcome } from './record.ts';
import { type RedirectParams, redirectAddress } from './redirect/redirect-address.ts';
import { placeOf } from './response-type.ts';
import { baseDomain } from './redirect/base-domain.ts';
import { statusTicket } from './status-ticket.ts';
import type { OrderedFault } from '../wire/faults.ts';
import type { RedirectError, Visit } from './visit.ts';

/** The address for a dialog that went well. Must not be called inside a change. */
export async function successAddress(visit: Visit, outcome: DialogOutcome, addresses: Addresses): Promise<string> {
  const { installation, request, target } = visit;
  const words = new Set(request.responses);
  const now = installation.world.clock.now();
  const { code, token, longLivedToken, signedRequest, grant } = outcome;
  const scopes = words.has('granted_scopes') || request.returnScopes;
  // A nonce never comes with an id_token: what it is swapped for has one.
  const idToken =
    words.has('id_token') && outcome.nonce === undefined ? await idTokenOf(visit, outcome, addresses) : undefined;
  const answer = present([
    ['code', code],
    ['access_token', token?.text],
    ['data_access_expiration_time', token && String(grant.dataAccessUntil)],
    ['expires_in', token && String(token.expiresAt === 0 ? 0 : token.expiresAt - now)],
    ['long_lived_token', longLivedToken?.text],
    ['nonce', outcome.nonce],
    ['id_token', idToken],
    ['user_token_nonce', words.has('user_token_nonce') ? await userTokenNonce(visit) : undefined],
    ['granted_scopes', scopes ? namesWith(grant, 'granted').join(',') : undefined],
    ['denied_scopes', scopes ? namesWith(grant, 'declined').join(',') : undefined],
    ['signed_request', signedRequest],
    ['graph_domain', words.has('graph_domain') ? 'facebook' : undefined],
    ...sdkPairs(visit, grant, now),
    ['e2e', request.e2e],
    ['state', request.state],
  ]);
  const place = placeOf(words);
  return redirectAddress(
    target,
    place,
    answer,
    place === 'query' && code !== undefined && installation.settings.codeRedirectSuffix,
  );
}

/** The JavaScript SDK is told these besides, where they stay out of every request: at the relay, or in a fragment. */
function sdkPairs(visit: Visit, { dataAccessUntil }: Grant, now: number): (readonly [string, string | undefined])[] {
  const { app, target, request } = visit;
  const { sdkOrigin } = target;
  if (sdkOrigin === undefined) return [];
  if (target.form !== 'relay' && placeOf(new Set(request.responses)) !== 'fragment') return [];
  const left = dataAccessUntil > 0 ? String(Math.max(0, dataAccessUntil - now)) : undefined;
  return [
    ['reauthorize_required_in', left],
    ['base_domain', baseDomain(app, sdkOrigin)],
    ['status_ticket', ticketOf(visit)],
  ];
}

/** Makes the ticket by which the page of the app that asked is told who is logged in from now on. */
function ticketOf({
  installation,
  app,
  signedIn,
  target,
}: Pick<Visit, 'installation' | 'app' | 'signedIn' | 'target'>): string | undefined {
  if (!signedIn || target.sdkOrigin === undefined) return undefined;
  return statusTicket(installation, { session: signedIn.session.id, appId: app.id, origin: target.sdkOrigin });
}

function idTokenOf(
  { installation, app, me, request }: Visit,
  { grant, login }: DialogOutcome,
  addresses: Addresses,
): Promise<string> {
  const { nonce, thumbprint } = request;
  return signIdToken(installation, {
    app,
    user: me.person.id,
    addresses,
    nonce,
    thumbprint,
    limited: login && { grant, login },
  });
}

/**
 * The same for one person and app until the password is changed or the app removed. It is sent along with the next
 * dialog and proves nothing there: the person is asked whatever would be asked without it.
 */
async function userTokenNonce({ installation: { facts, keys }, app, me }: Visit): Promise<string> {
  const about = { app: app.id, user: me.person.id };
  const scopes = [scopeKey('user', about), scopeKey('grant', about)].map((scope) => scope ?? '');
  const epochs = await Promise.all(scopes.map(async (scope) => facts.epoch(scope)));
  return keyedHashText(keys.singleUse, ['user_token_nonce', ...scopes, ...epochs].join('|'));
}

const told: Record<RedirectError, readonly [reason: string, code: string, description: string]> = {
  access_denied: ['user_denied', '200', 'Permissions error.'],
  unsupported_response_type: ['unsupported_response_type', '100', 'The response_type is not supported.'],
  invalid_request: ['invalid_request', '100', 'A parameter of the dialog is missing or not valid.'],
  login_required: ['login_required', '190', 'The person must log in.'],
  consent_required: ['consent_required', '200', 'The person must agree.'],
};

/** These errors of OpenID Connect are sent to where the answer would have gone. */
const whereAsked: ReadonlySet<RedirectError> = new Set(['login_required', 'consent_required']);

/**
 * The address for a dialog that the person cancelled, that was asked for in a wrong way, or that could not be answered
 * silently.
 */
export function errorAddress(
  visit: Pick<Visit, 'request' | 'target' | 'app' | 'signedIn' | 'installation'>,
  refusal: RedirectError | OrderedFault,
): string {
  const { request, target } = visit;
  const [error, reason, code, description] =
    typeof refusal === 'string' ? ([refusal, ...told[refusal]] as const) : toldOfFault(refusal);
  const answer = present([
    ['error_reason', reason],
    ['error', error],
    ['error_description', description],
    ['error_code', code],
    ['status_ticket', target.form === 'relay' ? ticketOf(visit) : undefined],
    ['e2e', request.e2e],
    ['state', request.state],
  ]);
  return redirectAddress(
    target,
    typeof refusal === 'string' && whereAsked.has(refusal) ? placeOf(new Set(request.responses)) : 'query',
    answer,
  );
}

/** An error of the Graph in the words of a dialog: the names of RFC 6749, section 4.1.2.1. */
function toldOfFault({ entry, status, message }: OrderedFault) {
  const error = status >= 500 ? 'server_error' : entry.holder === 'wait' ? 'temporarily_unavailable' : 'access_denied';
  return [error, error, entry.code === undefined ? undefined : String(entry.code), message] as const;
}

const present = (pairs: readonly (readonly [string, string | undefined])[]): RedirectParams =>
  pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
