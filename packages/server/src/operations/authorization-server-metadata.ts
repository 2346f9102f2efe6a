// This operation tells the metadata of the authorization server (RFC 8414), for OAuth tools that do not speak OpenID
// Connect.
import { anyone, openid, permissions } from '@hallpass/protocol';
import { endpoints } from '../oauth/endpoints.ts';
import { operation } from '../graph/language/schema.ts';

export const authorizationServerMetadata = operation('GET', '.well-known/oauth-authorization-server', {
  doc: 'The addresses and abilities that an OAuth client reads first, as RFC 8414 names them.',
  needs: anyone,
  source: 'ours',
  ownCredentials: true,
  run: async (context) => ({
    ...endpoints(context),
    // Native apps redeem codes that PKCE bound to them without a secret.
    token_endpoint_auth_methods_supported: [...endpoints(context).token_endpoint_auth_methods_supported, 'none'],
    scopes_supported: [openid, ...Object.keys(permissions)],
    response_types_supported: ['code', 'token', 'code token', 'none'],
    grant_types_supported: ['authorization_code', 'implicit', 'client_credentials'],
  }),
});
