// This list holds every root call that is not a node, one line each. oauth/access_token comes from the list of grants.
import type { Operation } from '../graph/language/schema.ts';
import { authorizationServerMetadata } from './authorization-server-metadata.ts';
import { debugToken } from './debug-token.ts';
import { deviceLogin } from './device-login.ts';
import { limitedLoginRefresh } from './limited-login-refresh.ts';
import { oauthAccessTokenInfo } from './oauth-access-token-info.ts';
import { oauthAuthorize } from './oauth-authorize.ts';
import { oauthClientCode } from './oauth-client-code.ts';
import { oauthIntrospect } from './oauth-introspect.ts';
import { oauthRevocation } from './oauth-revocation.ts';
import { oauthRevoke } from './oauth-revoke.ts';
import { oauthToken } from './oauth-token.ts';
import { openidCerts } from './openid-certs.ts';
import { openidConfiguration } from './openid-configuration.ts';
import { openidJwks } from './openid-jwks.ts';
import { openidKeys } from './openid-keys.ts';
import { platformUninstall } from './platform-uninstall.ts';
import { tokenDeprecationCheck } from './token-deprecation-check.ts';
import { tokenTools } from './tools/token-tools.ts';
import { why } from './tools/why.ts';
import { wouldEndOperation } from './tools/would-end.ts';

export const operations: readonly Operation[] = [
  debugToken,
  ...deviceLogin,
  oauthAccessTokenInfo,
  oauthAuthorize,
  ...oauthClientCode,
  ...oauthRevoke,
  oauthIntrospect,
  ...oauthRevocation,
  ...oauthToken,
  authorizationServerMetadata,
  tokenDeprecationCheck,
  openidConfiguration,
  openidJwks,
  openidKeys,
  openidCerts,
  limitedLoginRefresh,
  platformUninstall,
  why,
  wouldEndOperation,
  ...tokenTools,
];
