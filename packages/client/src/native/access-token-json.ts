// This is the form in which stores keep an access token: that of the Android SDK's cache.
import { keysOf, shape, type Shape } from '@hallpass/protocol';
import { type AccessTokenSource, accessTokenSources } from './access-token-source.ts';

/** The last moment that a date can name: the end of what never ends. */
export const NEVER = new Date(8_640_000_000_000_000);

/** Written into the form; another one is not read. */
export const JSON_VERSION = 1;

/** Moments are milliseconds. */
export interface AccessTokenJson {
  version: number;
  token: string;
  expires_at: number;
  permissions: string[];
  declined_permissions: string[];
  expired_permissions?: string[] | undefined;
  last_refresh: number;
  source: AccessTokenSource;
  application_id: string;
  user_id: string;
  data_access_expiration_time?: number | undefined;
  graph_domain?: string | undefined;
}

export const accessTokenShape: Shape<AccessTokenJson> = shape.object<AccessTokenJson>({
  version: shape.number,
  token: shape.text,
  expires_at: shape.number,
  permissions: shape.listOf(shape.text),
  declined_permissions: shape.listOf(shape.text),
  expired_permissions: shape.optional(shape.listOf(shape.text)),
  last_refresh: shape.number,
  source: shape.oneOf(...keysOf(accessTokenSources)),
  application_id: shape.text,
  user_id: shape.text,
  data_access_expiration_time: shape.optional(shape.number),
  graph_domain: shape.optional(shape.text),
});

/** 0 and what no date can name are `NEVER`: Android writes the largest number that it has. */
export function dateOf(milliseconds: number): Date {
  return milliseconds <= 0 || milliseconds > NEVER.getTime() ? NEVER : new Date(milliseconds);
}
