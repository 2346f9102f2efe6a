// OpenID Connect discovery. Meta's own document leaves token_endpoint out; with it, standard clients work by themselves.
import { anyone } from '@hallpass/protocol';
import { operation } from '../graph/schema.ts';
import { addressesFor } from '../hosts.ts';

export const openidConfiguration = operation('GET', '.well-known/openid-configuration', {
  doc: 'The addresses and abilities that an OpenID Connect client reads first.',
  needs: anyone,
  ownCredentials: true,
  async run({ call, installation }) {
    const { graph, www } = addressesFor(call.base, installation.settings);
    return {
      issuer: www,
      authorization_endpoint: `${www}/dialog/oauth`,
      token_endpoint: `${graph}/oauth/access_token`,
      jwks_uri: `${www}/.well-known/oauth/openid/jwks/`,
      scopes_supported: ['openid', 'public_profile', 'email'],
      response_types_supported: ['code', 'id_token', 'token id_token'],
      response_modes_supported: ['query', 'fragment'],
      grant_types_supported: ['authorization_code', 'implicit'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      code_challenge_methods_supported: ['S256', 'plain'],
      // biome-ignore format: a list of words
      claims_supported: [
        'iss', 'aud', 'sub', 'iat', 'exp', 'jti', 'nonce', 'name', 'given_name', 'middle_name', 'family_name', 'email', 'picture', 'user_friends',
        'user_birthday', 'user_age_range', 'user_hometown', 'user_location', 'user_gender', 'user_link', 'cnf',
      ],
    };
  },
});
