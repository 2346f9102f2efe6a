// This operation gives the keys of id_tokens as the iOS SDK reads them: key id → certificate in PEM.
import { anyone } from '@hallpass/protocol';
import { operation } from '../graph/language/schema.ts';
import { oidcCertificates } from '../identity/oidc-certificates.ts';

export const openidCerts = operation('GET', '.well-known/oauth/openid/certs', {
  doc: 'The public keys that id_tokens are signed with, as a map from key id to a certificate in PEM, signed by the key itself.',
  needs: anyone,
  ownCredentials: true,
  run: async ({ installation }) => oidcCertificates(installation),
});
