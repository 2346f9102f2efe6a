// What the app is told, and where: the keys of sections 2.3 and 2.4 of the protocol reference, in the documented order.
import type { Addresses } from '../hosts.ts';
import { signIdToken } from '../liveness/id-token.ts';
import { namesWith } from './asked.ts';
import type { Outcome } from './record.ts';
import { type Answered, redirectAddress } from './redirect-address.ts';
import { placeOf } from './response-type.ts';
import type { ToldError, Visit } from './visit.ts';

/** The address for a dialog that went well. Must not be called inside a change. */
export async function successAddress(visit: Visit, outcome: Outcome, addresses: Addresses): Promise<string> {
  const { installation, request, target } = visit;
  const words = new Set(request.responses);
  const now = installation.world.clock.now();
  const { code, token, longLivedToken, signedRequest, grant } = outcome;
  const scopes = words.has('granted_scopes') || request.returnScopes;
  const idToken = words.has('id_token') ? await idTokenOf(visit, addresses) : undefined;
  const answer = present([
    ['code', code],
    ['access_token', token?.text],
    ['data_access_expiration_time', token && String(grant.dataAccessUntil)],
    ['expires_in', token && String(token.expiresAt === 0 ? 0 : token.expiresAt - now)],
    ['long_lived_token', longLivedToken?.text],
    ['id_token', idToken],
    ['granted_scopes', scopes ? namesWith(grant, 'granted').join(',') : undefined],
    ['denied_scopes', scopes ? namesWith(grant, 'declined').join(',') : undefined],
    ['signed_request', signedRequest],
    ['graph_domain', words.has('graph_domain') ? 'facebook' : undefined],
    ['e2e', request.e2e],
    ['state', request.state],
  ]);
  const place = placeOf(words);
  return redirectAddress(target, place, answer, place === 'query' && code !== undefined && installation.settings.codeRedirectSuffix);
}

function idTokenOf({ installation, app, me, request }: Visit, addresses: Addresses): Promise<string> {
  return signIdToken(installation, { app, user: me.person.id, addresses, nonce: request.nonce, thumbprint: request.thumbprint });
}

const told: Record<ToldError, readonly [reason: string, code: string, description: string]> = {
  access_denied: ['user_denied', '200', 'Permissions error.'],
  unsupported_response_type: ['unsupported_response_type', '100', 'The response_type is not supported.'],
  invalid_request: ['invalid_request', '100', 'A parameter of the dialog is missing or not valid.'],
};

/** The address for a dialog that the person cancelled, or that was asked for in a wrong way: always in the query. */
export function errorAddress({ request, target }: Pick<Visit, 'request' | 'target'>, error: ToldError): string {
  const [reason, code, description] = told[error];
  const answer = present([
    ['error_reason', reason],
    ['error', error],
    ['error_description', description],
    ['error_code', code],
    ['e2e', request.e2e],
    ['state', request.state],
  ]);
  return redirectAddress(target, 'query', answer);
}

const present = (pairs: readonly (readonly [string, string | undefined])[]): Answered =>
  pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
