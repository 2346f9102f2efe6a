// This list holds every grant_type, one line each.
import type { Grant } from '../oauth/grant.ts';
import { authorizationCode } from './authorization-code.ts';
import { clientCredentials } from './client-credentials.ts';
import { fbAttenuateToken } from './fb-attenuate-token.ts';
import { fbExchangeNonce } from './fb-exchange-nonce.ts';
import { fbExchangeToken } from './fb-exchange-token.ts';
import { fbExtendSsoToken } from './fb-extend-sso-token.ts';

export const grants: readonly Grant[] = [
  authorizationCode,
  clientCredentials,
  fbExchangeToken,
  fbExtendSsoToken,
  fbAttenuateToken,
  fbExchangeNonce,
];
