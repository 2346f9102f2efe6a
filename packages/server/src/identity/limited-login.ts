// This module finds the log-in behind an id_token of Limited Login. Its `jti` is what the log-in hangs on, sealed: the
// same epochs that a user token of the same moment would carry. So whatever ends tokens (password, log-out, app
// removed, account locked) ends the renewal of the id_token too, and nothing has to be stored for each. Source: Limited
// Login, "Token"; the refresh of the iOS SDK.
import { readJson, shape } from '@hallpass/protocol';
import { SealError } from '@hallpass/db';
import type { JWTPayload } from 'jose';
import { recordShape, type TokenRecord } from '../tokens/record.ts';
import { check } from '../liveness/check.ts';
import { ringFor } from '../installation/mint.ts';
import type { Installation } from '../installation/installation.ts';
import { oidcKeys } from './oidc-keys.ts';
import { type AppId, type PersonId, ScopedId } from '../store/ids.ts';
import type { ChangeContext } from '../liveness/change.ts';

interface VerifiedIdToken {
  claims: JWTPayload;
  /** Platform-wide id of the person. */
  user: PersonId;
  /** The record of the log-in that it hangs on; undefined for an id_token that did not come from Limited Login. */
  login: TokenRecord | undefined;
}

const LONGEST = 16_384;

const place = (app: string, user: string) => ({ table: 'id_tokens', column: 'jti', row: `${app}:${user}` });

/** The `jti` of an id_token that may be renewed. */
export const sealLogin = ({ sealer }: Pick<Installation, 'sealer'>, login: TokenRecord): string =>
  sealer.seal(JSON.stringify(login), place(login.app, login.user));

function openLogin(
  { sealer }: Pick<Installation, 'sealer'>,
  jti: unknown,
  app: AppId,
  user: PersonId,
): TokenRecord | undefined {
  if (typeof jti !== 'string') return undefined;
  try {
    return readJson(recordShape, sealer.open(jti, place(app, user)));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/**
 * Reads an id_token that this installation signed for the app, whether its time is over or not. Undefined for all else.
 */
export async function openIdToken(
  installation: ChangeContext,
  text: string,
  appId: AppId,
): Promise<VerifiedIdToken | undefined> {
  if (text.length > LONGEST) return undefined;
  const { compactVerify, decodeProtectedHeader, importJWK } = await import('jose');
  let claims: JWTPayload;
  try {
    const { kid } = decodeProtectedHeader(text);
    const key = (await oidcKeys(installation)).published.find((one) => one.kid === kid);
    if (!key) return undefined;
    const { payload } = await compactVerify(text, await importJWK(key.jwk, 'RS256'), { algorithms: ['RS256'] });
    claims = readJson(shape.anyObject, new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
  if (claims.aud !== appId || typeof claims.sub !== 'string') return undefined;
  const user = await installation.facts.personBehind(appId, ScopedId.of(claims.sub));
  return user === null ? undefined : { claims, user, login: openLogin(installation, claims.jti, appId, user) };
}

/** True when the log-in still stands: nothing that it hangs on has ended, and neither app nor account is refused. */
export async function loginStands(
  installation: Pick<Installation, 'db' | 'facts' | 'ring' | 'world'>,
  login: TokenRecord,
): Promise<boolean> {
  try {
    ringFor(installation, login);
  } catch {
    return false;
  }
  return (await check(installation, { ...login, expiresAt: 0 })).alive;
}
