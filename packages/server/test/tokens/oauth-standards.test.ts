// These tests are about introspection (RFC 7662), revocation (RFC 7009), metadata (RFC 8414) and required PKCE, beside
// the dialect of the Graph.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { appRow, callback, codeOf, digest, settings } from '../acts.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const DAY = 86_400;
const { shop, rival, phone, ana, bakery } = cast;
const own = { client_id: shop.id, client_secret: shop.secret };
const basic = (app: { id: string; secret: string }) => ({
  authorization: `Basic ${Buffer.from(`${app.id}:${app.secret}`).toString('base64')}`,
});
const pagePermissions = ['pages_show_list', 'pages_read_engagement'];
const inactive = { active: false };

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const introspect = (token: string, client: Record<string, string> = own, headers: Record<string, string> = {}) =>
  t.post('/oauth/introspect', { ...client, token }, headers);
const revoke = (token: string, client: Record<string, string> = own, path = '/oauth/revocation') =>
  t.post(path, { ...client, token });
const call = (token: string) => t.get(`/me?fields=id&access_token=${token}`);
const oauthError = ({ status, body }: Reply) => [status, body.error];

describe('introspection', () => {
  test('tells of a living user token what debug_token tells, in the words of RFC 7662', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
    const id = (await call(token)).body.id;
    for (const reply of [await introspect(token), await introspect(token, {}, basic(shop))]) {
      assert.equal(reply.status, 200);
      assert.match(String(reply.headers['content-type']), /^application\/json/);
      const { exp, iat, ...rest } = reply.body;
      assert.deepEqual(rest, {
        active: true,
        scope: 'public_profile email',
        client_id: shop.id,
        token_type: 'bearer',
        sub: id,
      });
      assert.equal(iat, t.clock.now());
      assert.ok(exp > iat);
    }
  });

  test('a Page token says the person by sub and the Page by profile_id; without an end there is no exp', async () => {
    const user = await t.login(shop.id, ana.id, { longLived: true, permissions: pagePermissions });
    const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
    const { body } = await introspect(page);
    assert.deepEqual(
      [body.active, body.profile_id, body.sub, 'exp' in body],
      [true, bakery.id, (await call(user)).body.id, false],
    );
  });

  test('app tokens and client tokens of the own app are active; a native app asks nothing with its secret', async () => {
    const answer = { active: true, scope: '', client_id: shop.id, token_type: 'bearer' };
    const generated = (
      await t.get(`/oauth/access_token?${new URLSearchParams({ ...own, grant_type: 'client_credentials' })}`)
    ).body.access_token;
    for (const token of [`${shop.id}|${shop.secret}`, `${shop.id}|${shop.clientToken}`, generated])
      assert.deepEqual((await introspect(token)).body, answer);
    const native = { client_id: phone.id, client_secret: phone.secret };
    const refused = await introspect(`${phone.id}|${phone.secret}`, native);
    assert.deepEqual([refused.status, refused.body.error], [401, 'invalid_client']);
  });

  test("TM-08: another app's, expired, revoked, made-up tokens and codes all are just not active", async () => {
    const revoked = await t.login(shop.id, ana.id);
    await revoke(revoked);
    const foreign = await t.login(rival.id, ana.id);
    const code = await codeOf(t);
    const tokens = [
      foreign,
      revoked,
      code,
      'hello',
      'EAAx',
      `${rival.id}|${rival.secret}`,
      `${rival.id}|nonsense`,
      `${shop.id}|nonsense`,
    ];
    for (const token of tokens) {
      const { status, body } = await introspect(token);
      assert.deepEqual([status, body], [200, inactive]);
    }
    assert.equal((await call(foreign)).status, 200);
    const old = await t.login(shop.id, ana.id);
    await t.clock.advance(DAY);
    assert.deepEqual((await introspect(old)).body, inactive);
  });

  test('permissions are those of now: one that was taken back is no longer in scope', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
    await t.delete(`/me/permissions/email?access_token=${token}`);
    assert.equal((await introspect(token)).body.scope, 'public_profile');
  });

  test('without the right secret nothing is told, in standard error bodies', async () => {
    const token = await t.login(shop.id, ana.id);
    const wrong: [string, Reply][] = [
      ['no client', await introspect(token, {})],
      ['no secret', await introspect(token, { client_id: shop.id })],
      ['wrong secret', await introspect(token, { client_id: shop.id, client_secret: rival.secret })],
      ['wrong secret by Basic', await introspect(token, {}, basic({ id: shop.id, secret: rival.secret }))],
      ['unknown client', await introspect(token, { client_id: '99', client_secret: shop.secret })],
    ];
    for (const [what, reply] of wrong) {
      assert.deepEqual(oauthError(reply), [401, 'invalid_client'], what);
      assert.match(String(reply.headers['www-authenticate']), /^Basic /);
      assert.equal(typeof reply.body.error_description, 'string');
    }
    assert.deepEqual(oauthError(await t.post('/oauth/introspect', own)), [400, 'invalid_request']);
    assert.deepEqual(oauthError(await t.get(`/oauth/introspect?token=${token}`)), [400, 'invalid_request']);
    assert.deepEqual(oauthError(await t.post('/oauth/introspect', { ...own, token }, basic(rival))), [
      400,
      'invalid_request',
    ]);
  });

  test('TB-03: wrong secrets are counted here as everywhere', async () => {
    const world = await testWorld();
    let last: Reply | undefined;
    for (let i = 0; i < 21; i++)
      last = await world.post('/oauth/introspect', { client_id: shop.id, client_secret: `wrong${i}`, token: 'x' });
    assert.deepEqual(oauthError(last as Reply), [429, 'temporarily_unavailable']);
    assert.ok(last?.headers['retry-after']);
    await world.close();
  });

  test('the endpoints of the dialect keep the envelope of the Graph', async () => {
    const { body } = await t.post('/oauth/revoke', { ...own, client_secret: rival.secret, revoke_token: 'x' });
    assert.equal(body.error.code, 1);
  });
});

describe('revocation', () => {
  test('RR-06: ends the token with all of its log-in, by either address, and nothing else', async () => {
    for (const path of ['/oauth/revocation', '/v25.0/oauth/revoke_token']) {
      const user = await t.login(shop.id, ana.id, { longLived: true, permissions: pagePermissions });
      const other = await t.login(shop.id, ana.id, { permissions: pagePermissions });
      const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
      assert.equal((await revoke(user, own, path)).status, 200);
      for (const token of [user, page]) assert.equal((await call(token)).body.error.error_subcode, 466);
      assert.equal((await call(other)).status, 200);
    }
  });

  test('TM-11: unknown and dead tokens are a success that changes nothing', async () => {
    const dead = await t.login(shop.id, ana.id);
    await revoke(dead);
    const state = await digest(t);
    for (const token of [dead, 'hello', 'EAAunknown']) assert.equal((await revoke(token)).status, 200);
    assert.equal(await digest(t), state);
  });

  test("TM-11: another app's token and the app's own secret forms are refused, and live on", async () => {
    const foreign = await t.login(rival.id, ana.id);
    const state = await digest(t);
    assert.deepEqual(oauthError(await revoke(foreign)), [400, 'invalid_request']);
    assert.deepEqual(oauthError(await revoke(`${shop.id}|${shop.secret}`)), [400, 'unsupported_token_type']);
    assert.deepEqual(oauthError(await revoke(foreign, { client_id: rival.id })), [401, 'invalid_client']);
    assert.equal(await digest(t), state);
    assert.equal((await call(foreign)).status, 200);
  });
});

test('the metadata names every endpoint, under one issuer with the OpenID Connect document', async () => {
  const { status, body } = await t.get('/.well-known/oauth-authorization-server');
  assert.equal(status, 200);
  assert.equal(body.issuer, 'http://localhost:4000');
  assert.equal(body.introspection_endpoint, 'http://localhost:4000/oauth/introspect');
  assert.equal(body.revocation_endpoint, 'http://localhost:4000/oauth/revocation');
  assert.deepEqual(body.code_challenge_methods_supported, ['S256', 'plain']);
  for (const scope of ['openid', 'email', 'pages_manage_posts'])
    assert.ok(body.scopes_supported.includes(scope), scope);
  const openid = (await t.get('/.well-known/openid-configuration')).body;
  for (const name of ['issuer', 'token_endpoint', 'introspection_endpoint', 'revocation_endpoint'])
    assert.equal(openid[name], body[name], name);
});

describe('where an app requires PKCE', () => {
  const verifier = 'v'.repeat(43);
  const challenge = { value: createHash('sha256').update(verifier).digest('base64url'), method: 'S256' } as const;
  const redeem = (code: string, more: Record<string, string> = {}) =>
    t.post('/oauth/access_token', { ...own, redirect_uri: callback, code, ...more });

  test('DL-11: a code without a challenge is worth nothing, also one of before it was switched on; with verifier it works', async () => {
    await t.login(shop.id, ana.id);
    const before = await codeOf(t);
    await settings(t, shop.id, { requirePkce: true });
    assert.equal((await redeem(before)).body.error.error_subcode, 36_008);
    assert.equal((await redeem(await codeOf(t))).status, 400);
    const bound = await codeOf(t, { challenge });
    assert.equal((await redeem(bound)).status, 400);
    assert.equal((await redeem(bound, { code_verifier: verifier })).status, 200);
    await settings(t, shop.id, { requirePkce: false });
    assert.equal((await redeem(await codeOf(t))).status, 200);
  });
});

test('a disabled app learns nothing of its tokens', async () => {
  const token = await t.login(rival.id, ana.id);
  await appRow(t, rival.id, () => ({ status: 'disabled' }));
  assert.deepEqual(oauthError(await introspect(token, { client_id: rival.id, client_secret: rival.secret })), [
    401,
    'invalid_client',
  ]);
});
