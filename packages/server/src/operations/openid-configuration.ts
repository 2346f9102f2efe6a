// This operation answers the discovery of OpenID Connect. Meta's own document leaves token_endpoint out; with it,
// standard clients work by themselves.
import { anyone } from '@hallpass/protocol';
import { endpoints } from '../oauth/endpoints.ts';
import { operation } from '../graph/language/schema.ts';

export const openidConfiguration = operation('GET', '.well-known/openid-configuration', {
  doc: 'The addresses and abilities that an OpenID Connect client reads first.',
  needs: anyone,
  ownCredentials: true,
  run: async (context) => ({
    ...endpoints(context),
    scopes_supported: ['openid', 'public_profile', 'email'],
    response_types_supported: ['code', 'id_token', 'token id_token'],
    grant_types_supported: ['authorization_code', 'implicit'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    // biome-ignore format: a list of words
    claims_supported: [
      'iss', 'aud', 'sub', 'iat', 'exp', 'jti', 'nonce', 'name', 'given_name', 'middle_name', 'family_name', 'email', 'picture', 'user_friends',
      'user_birthday', 'user_age_range', 'user_hometown', 'user_location', 'user_gender', 'user_link', 'cnf',
    ],
  }),
});
