// Tests of Limited Login begin with this scene: a program on a phone that asks for id_tokens and holds the key they are
// bound to.
import { createHash } from 'node:crypto';
import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'node:test';
import {
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  calculateJwkThumbprint,
  jwtVerify,
  SignJWT,
} from 'jose';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { allowAll } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

export const { ana, ben, phone, rival } = cast;
export const IOS = `fb${phone.id}://authorize`;
const REFRESH = 'http://localhost:4000/limited_login/refresh/';
export let world: TestWorld;

beforeEach(async () => {
  world = await testWorld();
});

afterEach(() => world.close());

export type Params = Record<string, string | undefined>;
export const limitedDialog = (params: Params = {}): string =>
  dialogUrl({
    client_id: phone.id,
    redirect_uri: IOS,
    response_type: 'id_token,graph_domain,user_token_nonce',
    nonce: 'n-1',
    state: 's',
    ...params,
  });

export async function idTokenFor(
  person: { email: string; password: string },
  params: Params = {},
  browser = new Browser(world),
): Promise<string> {
  const page = await allowAll(browser, person, limitedDialog(params));
  const idToken = answerOf(page.location).fragment.get('id_token');
  assert.ok(idToken, `${page.status} ${page.location}`);
  return idToken;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
export async function claimsOf(idToken: string): Promise<Record<string, any>> {
  const keys = createLocalJWKSet((await world.get('/.well-known/oauth/openid/jwks/')).body);
  const currentDate = new Date(world.clock.now() * 1000);
  return (await jwtVerify(idToken, keys, { audience: phone.id, issuer: 'http://localhost:4000', currentDate })).payload;
}

/** A key of a device, and proofs by it. */
export async function device() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const thumbprint = await calculateJwkThumbprint(jwk);
  let count = 0;
  const proof = (
    hint: string,
    claims: Record<string, unknown> = {},
    header: Record<string, unknown> = {},
    key: CryptoKey = privateKey,
  ) =>
    new SignJWT({
      htm: 'POST',
      htu: REFRESH,
      iat: world.clock.now(),
      jti: `jti-${(count += 1)}`,
      ath: createHash('sha256').update(hint).digest('base64url'),
      ...claims,
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })
      .sign(key);
  return { jwk, thumbprint, proof, privateKey };
}
export const refresh = (hint: string, proof: string | undefined, app_id: string = phone.id) =>
  world.post('/limited_login/refresh/', { id_token_hint: hint, app_id }, proof === undefined ? {} : { dpop: proof });
