// These cases are about Limited Login and the log-in of the iOS SDK. What no document says is known from the source of
// that SDK.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import { type App, apps, type PersonName } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { answerIn, dialog, inspect, openDialog } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld, Params } from '../../src/stage/world.ts';

const token = citing('limited login');
const ios = citing('ios sdk');
const { phone, rival } = apps;
const redirect = `fb${phone.id}://authorize`;

type Claims = Record<string, unknown>;
const read = (jwt: string, part: 0 | 1): Claims =>
  JSON.parse(Buffer.from(jwt.split('.')[part] ?? '', 'base64url').toString()) as Claims;

async function logIn(world: ConformanceWorld, person: PersonName, params: Params): Promise<URLSearchParams> {
  const browser = world.browser();
  const page = await openDialog(browser, dialog(phone, { redirect_uri: redirect, nonce: 'n-1', ...params }), person);
  return answerIn(page).fragment;
}

const limited = (world: ConformanceWorld, params: Params = {}, person: PersonName = 'ana') =>
  logIn(world, person, { response_type: 'id_token,graph_domain,user_token_nonce', ...params });
const full = (world: ConformanceWorld) =>
  logIn(world, 'ana', { response_type: 'id_token,token_or_nonce,signed_request,graph_domain,user_token_nonce' });

/** A key as a phone holds it, and proofs by it. */
function device() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { privateKey, jwk: { crv, kty, x, y }, thumbprint };
}

function proof(
  world: ConformanceWorld,
  hint: string,
  { jwk, privateKey }: { jwk: object; privateKey: KeyObject },
  jti: string,
): string {
  const ath = createHash('sha256').update(hint).digest('base64url');
  const claims = { htm: 'POST', htu: `${world.url}/limited_login/refresh/`, iat: world.clock.now(), jti, ath };
  const parts = [{ typ: 'dpop+jwt', alg: 'ES256', jwk }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${parts}.${sign('sha256', Buffer.from(parts), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const renew = (world: ConformanceWorld, hint: string, dpop: string, app: App = phone) =>
  world.post('/limited_login/refresh/', { id_token_hint: hint, app_id: app.id }, { dpop });

export const cases: Case[] = [
  token.documented(
    'Limited Login returns an id_token and no access token.',
    'The fragment holds id_token, user_token_nonce and graph_domain, and nothing that opens the Graph.',
    async (world) => {
      assert.deepEqual([...(await limited(world)).keys()], ['id_token', 'user_token_nonce', 'graph_domain']);
    },
  ),
  token.documented(
    'The token is not an access token: it cannot be used with the Graph API.',
    'An id_token on the Graph is refused with 190, "Cannot parse access token".',
    async (world) => {
      const reply = await world.get('/me', { access_token: (await limited(world)).get('id_token') ?? '' });
      refused(reply, 190, undefined, 'Invalid OAuth access token - Cannot parse access token');
    },
  ),
  token.documented(
    'Claims: iss, aud, sub, iat, exp, jti, nonce, and what the permissions give: name, email, picture, user_friends, user_birthday …',
    'They are included with the permission and absent without it; sub is the app-scoped id.',
    async (world) => {
      const claims = read((await limited(world, { scope: 'email,user_birthday' })).get('id_token') ?? '', 1);
      assert.deepEqual(
        [claims['iss'], claims['aud'], claims['nonce'], claims['email']],
        [world.url, phone.id, 'n-1', 'ana@example.com'],
      );
      for (const name of ['sub', 'iat', 'exp', 'jti', 'name', 'given_name', 'family_name', 'picture'])
        assert.ok(claims[name], name);
      assert.equal(read((await limited(world, {}, 'dan')).get('id_token') ?? '', 1)['email'], undefined);
    },
    {
      difference:
        'The issuer is the address of this installation; https://www.facebook.com where it stands in for that name.',
    },
  ),
  token.documented(
    'Limited Login may ask for profile permissions only.',
    'Other permissions are dropped: the person is not asked for them.',
    async (world) => {
      const answer = await limited(world, { scope: 'email,pages_show_list', return_scopes: 'true' });
      assert.equal(answer.get('granted_scopes'), 'public_profile,email');
    },
  ),
  token.documented(
    'Keys: /.well-known/oauth/openid/jwks/.',
    'The key of the header’s kid checks the signature.',
    async (world) => {
      const jwt = (await limited(world)).get('id_token') ?? '';
      const { keys } = (await world.get('/.well-known/oauth/openid/jwks/')).body as { keys: { kid: string }[] };
      assert.ok(keys.some(({ kid }) => kid === read(jwt, 0)['kid']));
    },
  ),
  ios.documented(
    'It reads /.well-known/oauth/openid/certs/: a map from key id to a PEM certificate.',
    'The certificate of the header’s kid checks the signature.',
    async (world) => {
      const jwt = (await limited(world)).get('id_token') ?? '';
      const certificates = (await world.get('/.well-known/oauth/openid/certs/')).body as Record<string, string>;
      const { publicKey } = new X509Certificate(certificates[String(read(jwt, 0)['kid'])] ?? '');
      const [head, body, signature] = jwt.split('.');
      assert.ok(verify('sha256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature ?? '', 'base64url')));
    },
  ),
  token.documented(
    'Silent renewal: the dialog with prompt=none and id_token_hint.',
    'Logged in as the same person, a new id_token comes without a page; without a session, login_required in the fragment.',
    async (world) => {
      const browser = world.browser();
      const params = { redirect_uri: redirect, nonce: 'n-1', response_type: 'id_token,graph_domain,user_token_nonce' };
      const page = await openDialog(browser, dialog(phone, params), 'ana');
      const hint = answerIn(page).fragment.get('id_token') ?? '';
      const silent = dialog(phone, { ...params, nonce: 'n-2', prompt: 'none', id_token_hint: hint });
      const after = async (who: typeof browser) => {
        return answerIn(await who.open(silent)).fragment;
      };
      assert.equal(read((await after(browser)).get('id_token') ?? '', 1)['nonce'], 'n-2');
      assert.equal((await after(world.browser())).get('error'), 'login_required');
    },
  ),
  ios.documented(
    'Direct renewal: POST limited_login/refresh/ with id_token_hint, app_id and a DPoP proof by the key of cnf.jkt.',
    'The device that holds the key gets a new id_token with the same nonce and key, a day after the last one ended.',
    async (world) => {
      const phoneKey = device();
      const hint = (await limited(world, { dpop_jkt: phoneKey.thumbprint })).get('id_token') ?? '';
      await world.clock.advance(86_400);
      const { body } = succeeded(await renew(world, hint, proof(world, hint, phoneKey, 'one')));
      const claims = read(body.id_token as string, 1);
      assert.deepEqual([claims['nonce'], claims['cnf']], ['n-1', { jkt: phoneKey.thumbprint }]);
    },
  ),
  ios.documented(
    'Direct renewal answers {error: login_required / consent_required / invalid_dpop_proof}.',
    'Another key or a used proof is invalid_dpop_proof; after a removal it is login_required; after 90 days consent_required.',
    async (world) => {
      const phoneKey = device();
      const hint = (await limited(world, { dpop_jkt: phoneKey.thumbprint })).get('id_token') ?? '';
      const errorOf = async (dpop: string) => ((await renew(world, hint, dpop)).body as { error?: unknown }).error;
      const used = proof(world, hint, phoneKey, 'one');
      assert.equal(await errorOf(used), undefined);
      assert.equal(await errorOf(used), 'invalid_dpop_proof');
      assert.equal(await errorOf(proof(world, hint, device(), 'two')), 'invalid_dpop_proof');
      await world.clock.advance(90 * 86_400);
      assert.equal(await errorOf(proof(world, hint, phoneKey, 'three')), 'consent_required');
      const again = (await limited(world, { dpop_jkt: phoneKey.thumbprint })).get('id_token') ?? '';
      succeeded(await world.post('/platform/uninstall/', { id_token: again, app_id: phone.id }));
      assert.equal(await errorOf(proof(world, hint, phoneKey, 'four')), 'login_required');
    },
  ),
  token.documented(
    'Removal: POST platform/uninstall/ with id_token and app_id.',
    'The app is removed from the person; the id_token of another app, or one that was already used for this, is refused.',
    async (world) => {
      const idToken = (await limited(world)).get('id_token') ?? '';
      refused(await world.post('/platform/uninstall/', { id_token: idToken, app_id: rival.id }), 100);
      assert.deepEqual(
        succeeded(await world.post('/platform/uninstall/', { id_token: idToken, app_id: phone.id })).body,
        { success: true },
      );
      refused(await world.post('/platform/uninstall/', { id_token: idToken, app_id: phone.id }), 100);
    },
  ),
  ios.documented(
    'response_type token_or_nonce: the answer has access_token, or nonce and then no id_token.',
    'A nonce where the app has that switched on, the token otherwise.',
    async (world) => {
      const keys = [...(await full(world)).keys()];
      assert.ok(keys.includes('nonce') && !keys.includes('id_token') && !keys.includes('access_token'));
    },
    { difference: 'A setting of the app decides which of the two (`nonce_in_flow`).' },
  ),
  ios.documented(
    'grant_type=fb_exchange_nonce with client_id swaps the nonce: access_token, expires, data_access_expiration_time, id_token.',
    'It works once, without a secret, for this app.',
    async (world) => {
      const nonce = (await full(world)).get('nonce') ?? '';
      const swap = (client_id: string) =>
        world.get('/oauth/access_token', {
          grant_type: 'fb_exchange_nonce',
          fb_exchange_nonce: nonce,
          client_id,
          fields: '',
        });
      const asked = world.clock.now();
      const { body } = succeeded(await swap(phone.id));
      const life = 60 * 86_400;
      assert.ok(body.expires >= asked + life && body.expires <= world.clock.now() + life, String(body.expires));
      assert.equal(read(body.id_token as string, 1)['nonce'], 'n-1');
      assert.equal((await inspect(world, body.access_token as string, phone)).is_valid, true);
      refused(await swap(phone.id), 100, 36_009);
    },
  ),
];
