// This operation gives the keys of id_tokens as the Android SDK reads them: key id → public key in PEM.
import { anyone } from '@hallpass/protocol';
import { operation } from '../graph/language/schema.ts';
import { oidcKeys } from '../identity/oidc-keys.ts';

export const openidKeys = operation('GET', '.well-known/oauth/openid/keys', {
  doc: 'The public keys that id_tokens are signed with, as a map from key id to PEM.',
  needs: anyone,
  ownCredentials: true,
  run: async ({ installation }) =>
    Object.fromEntries((await oidcKeys(installation)).published.map(({ kid, pem }) => [kid, pem])),
});
