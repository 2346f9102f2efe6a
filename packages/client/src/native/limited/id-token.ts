// Reads and checks the id_token of Limited Login: RS256 by a key of the platform, for this app, with the nonce of this
// log-in, fresh. Sources: "Limited Login", "Token"; the checks of the mobile SDKs.
import { fromBase64url, parseJson, shape, type Shape } from '@hallpass/protocol';
import type { Fetch } from '../../client.ts';

/** Seconds for which a new id_token may have travelled. */
const FRESH = 600;
const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** The facts that an id_token states; the ones that the person did not allow are missing. */
export interface AuthenticationTokenClaims {
  iss: string;
  /** The app. */
  aud: string;
  nonce?: string | undefined;
  /** Epoch seconds. */
  exp: number;
  /** Epoch seconds. */
  iat: number;
  jti?: string | undefined;
  /** The person, as the app knows them. */
  sub: string;
  name?: string | undefined;
  given_name?: string | undefined;
  middle_name?: string | undefined;
  family_name?: string | undefined;
  email?: string | undefined;
  picture?: string | undefined;
  user_friends?: string[] | undefined;
  /** MM/DD/YYYY */
  user_birthday?: string | undefined;
  user_age_range?: { min?: number | undefined; max?: number | undefined } | undefined;
  user_hometown?: { id: string; name: string } | undefined;
  user_location?: { id: string; name: string } | undefined;
  user_gender?: string | undefined;
  user_link?: string | undefined;
  /** The key that may renew it. */
  cnf?: { jkt: string } | undefined;
}

const place = shape.object<{ id: string; name: string }>({ id: shape.text, name: shape.text });

const claimsShape: Shape<AuthenticationTokenClaims> = shape.object<AuthenticationTokenClaims>({
  iss: shape.text,
  aud: shape.text,
  nonce: shape.optional(shape.text),
  exp: shape.number,
  iat: shape.number,
  jti: shape.optional(shape.text),
  sub: shape.text,
  name: shape.optional(shape.text),
  given_name: shape.optional(shape.text),
  middle_name: shape.optional(shape.text),
  family_name: shape.optional(shape.text),
  email: shape.optional(shape.text),
  picture: shape.optional(shape.text),
  user_friends: shape.optional(shape.listOf(shape.text)),
  user_birthday: shape.optional(shape.text),
  user_age_range: shape.optional(
    shape.object<{ min?: number; max?: number }>({
      min: shape.optional(shape.number),
      max: shape.optional(shape.number),
    }),
  ),
  user_hometown: shape.optional(place),
  user_location: shape.optional(place),
  user_gender: shape.optional(shape.text),
  user_link: shape.optional(shape.text),
  cnf: shape.optional(shape.object<{ jkt: string }>({ jkt: shape.text })),
});

export interface IdTokenHeader {
  alg: string;
  kid: string;
  typ?: string | undefined;
}

const headerShape = shape.object<IdTokenHeader>({
  alg: shape.text,
  kid: shape.text,
  typ: shape.optional(shape.text),
});

interface RsaKey {
  kid: string;
  kty: string;
  n: string;
  e: string;
}

const keySetShape = shape.object<{ keys: RsaKey[] }>({
  keys: shape.listOf(shape.object<RsaKey>({ kid: shape.text, kty: shape.text, n: shape.text, e: shape.text })),
});

/** An id_token that was refused. The message says what does not fit, and nothing of the token. */
export class IdTokenRefused extends Error {
  override readonly name = 'IdTokenRefused';
}

export interface ReadIdToken {
  header: IdTokenHeader;
  claims: AuthenticationTokenClaims;
  signature: string;
}

/** The parts of an id_token, none of them checked. @throws IdTokenRefused for what is no id_token */
export function readIdToken(token: string): ReadIdToken {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const header = parseJson(headerShape, textOf(head));
  const claims = parseJson(claimsShape, textOf(body));
  if (!header || !claims || signature === '' || more.length > 0)
    throw new IdTokenRefused('The answer of the log-in holds no id_token that can be read.');
  return { header, claims, signature };
}

interface IdTokenChecks {
  appId: string;
  nonce: string;
  /** Origins of the platform: the issuer is one of them. */
  issuers: readonly string[];
  /** The address of the key set of the platform. */
  keys: string;
  fetch: Fetch;
  /** Milliseconds. */
  now: number;
}

/** The parts of an id_token that fits. @throws IdTokenRefused */
export async function checkIdToken(token: string, checks: IdTokenChecks): Promise<ReadIdToken> {
  const parts = readIdToken(token);
  const { header, claims } = parts;
  const seconds = checks.now / 1000;
  if (header.alg !== 'RS256') throw new IdTokenRefused('The id_token is not signed by RS256.');
  if (claims.aud !== checks.appId) throw new IdTokenRefused('The id_token was made for another app.');
  if (claims.nonce !== checks.nonce) throw new IdTokenRefused('The id_token belongs to another log-in.');
  if (!checks.issuers.includes(URL.parse(claims.iss)?.origin ?? ''))
    throw new IdTokenRefused('The id_token comes from another platform.');
  if (claims.exp <= seconds) throw new IdTokenRefused('The id_token has expired.');
  if (Math.abs(seconds - claims.iat) > FRESH) throw new IdTokenRefused('The id_token was not made just now.');
  if (!(await isSigned(token, parts, checks))) throw new IdTokenRefused('The signature of the id_token does not fit.');
  return parts;
}

async function isSigned(token: string, { header, signature }: ReadIdToken, checks: IdTokenChecks): Promise<boolean> {
  const answer = await checks.fetch(checks.keys, { method: 'GET', headers: {}, redirect: 'manual' });
  const key = parseJson(keySetShape, await answer.text())?.keys.find(({ kid }) => kid === header.kid);
  const bytes = fromBase64url(signature);
  if (!key || key.kty !== 'RSA' || !bytes) return false;
  const { kty, n, e } = key;
  const imported = await crypto.subtle.importKey('jwk', { kty, n, e }, ALGORITHM, false, ['verify']);
  const signed = new TextEncoder().encode(token.slice(0, token.lastIndexOf('.')));
  return crypto.subtle.verify(ALGORITHM.name, imported, bytes, signed);
}

function textOf(part: string): string {
  const bytes = fromBase64url(part);
  return bytes ? new TextDecoder().decode(bytes) : '';
}
