// This operation gives the public keys of id_tokens as a JSON Web Key Set. Source: the OpenID Connect guide.
import { anyone } from '@hallpass/protocol';
import { operation } from '../graph/language/schema.ts';
import { oidcKeys } from '../identity/oidc-keys.ts';

export const openidJwks = operation('GET', '.well-known/oauth/openid/jwks', {
  doc: 'The public keys that id_tokens are signed with, as a JSON Web Key Set.',
  needs: anyone,
  ownCredentials: true,
  run: async ({ installation }) => ({ keys: (await oidcKeys(installation)).published.map(({ jwk }) => jwk) }),
});
