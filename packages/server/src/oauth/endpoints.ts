// These are the addresses of the parts of the authorization server and how clients authenticate there, once for both
// discovery documents (OpenID Connect Discovery, RFC 8414).
import { addressesFor } from '../hosts.ts';
import type { Context } from '../graph/language/context.ts';

const clientSecret = ['client_secret_basic', 'client_secret_post'];

/** The members that both documents have. */
export function endpoints({ call, installation }: Context) {
  const { graph, www } = addressesFor(call.base, installation.settings);
  return {
    issuer: www,
    authorization_endpoint: `${www}/dialog/oauth`,
    token_endpoint: `${graph}/oauth/access_token`,
    jwks_uri: `${www}/.well-known/oauth/openid/jwks/`,
    response_modes_supported: ['query', 'fragment'],
    token_endpoint_auth_methods_supported: clientSecret,
    introspection_endpoint: `${graph}/oauth/introspect`,
    introspection_endpoint_auth_methods_supported: clientSecret,
    revocation_endpoint: `${graph}/oauth/revocation`,
    revocation_endpoint_auth_methods_supported: clientSecret,
    code_challenge_methods_supported: ['S256', 'plain'],
  };
}
