// These tests are about client codes, and about the id_token that comes with a code.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { callback, codeOf, digest } from '../acts.ts';
import { cast } from '../world.ts';
import { DAY, HOUR, ana, error, mismatch, own, redeem, rival, shop, t, used, without, works } from './codes-scene.ts';

describe('client codes', () => {
  const fetchCode = (token: string, params: Record<string, string> = {}) =>
    t.get(
      `/v25.0/oauth/client_code?${new URLSearchParams({ ...own, redirect_uri: callback, access_token: token, ...params })}`,
    );

  test('a server fetches one with a user token, a client redeems it without the secret for sixty days', async () => {
    const long = await t.login(shop.id, ana.id, { longLived: true });
    const { body } = await fetchCode(long);
    assert.deepEqual(Object.keys(body), ['code']);
    const first = await without(body.code, { client_id: shop.id, redirect_uri: callback });
    assert.deepEqual(Object.keys(first.body), ['access_token', 'token_type', 'expires_in', 'machine_id']);
    assert.equal(first.body.expires_in, 60 * DAY);
    const again = await fetchCode(long);
    const second = await without(again.body.code, {
      client_id: shop.id,
      redirect_uri: callback,
      machine_id: first.body.machine_id,
    });
    assert.equal(second.body.machine_id, first.body.machine_id);
    assert.ok(await works(second.body.access_token));
  });

  test('RR-04: works once, also for fifty at a time', async () => {
    const { body } = await fetchCode(await t.login(shop.id, ana.id));
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => without(body.code, { client_id: shop.id, redirect_uri: callback })),
    );
    assert.equal(replies.filter(({ status }) => status === 200).length, 1);
    for (const reply of replies) if (reply.status !== 200) assert.deepEqual(error(reply), used);
  });

  test('keeps to its redirect address, its app and ten minutes', async () => {
    const token = await t.login(shop.id, ana.id);
    const code = (await fetchCode(token)).body.code;
    assert.deepEqual(
      error(await without(code, { client_id: shop.id, redirect_uri: 'https://app.example/' })),
      mismatch,
    );
    assert.deepEqual(error(await without(code, { client_id: shop.id, redirect_uri: 'https://elsewhere.example/' })), [
      400,
      191,
      undefined,
    ]);
    assert.deepEqual(error(await without(code, { client_id: shop.id })), [400, 191, undefined]);
    await t.clock.advance(600);
    assert.deepEqual(error(await without(code, { client_id: shop.id, redirect_uri: callback })), [400, 100, 36_007]);
    const next = (await fetchCode(await t.login(shop.id, ana.id))).body.code;
    assert.deepEqual(error(await without(next, { client_id: rival.id, redirect_uri: callback })), [
      400,
      100,
      undefined,
    ]);
    assert.deepEqual(error(await without(next, { client_id: shop.id, redirect_uri: callback })), used);
  });

  test('ends with the log-in of the token it came from', async () => {
    const token = await t.login(shop.id, ana.id);
    const code = (await fetchCode(token)).body.code;
    await t.get(`/oauth/revoke?${new URLSearchParams({ ...own, access_token: token, revoke_token: token })}`);
    assert.deepEqual(error(await without(code, { client_id: shop.id, redirect_uri: callback })), [400, 190, 466]);
  });

  test('TM-01: who may fetch one', async () => {
    const user = await t.login(shop.id, ana.id, { permissions: ['pages_show_list', 'pages_read_engagement'] });
    const page = (await t.get(`/${cast.bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
    const session = (
      await t.get(
        `/oauth/access_token?${new URLSearchParams({ client_id: shop.id, grant_type: 'fb_attenuate_token', fb_exchange_token: user })}`,
      )
    ).body.access_token;
    const foreign = await t.login(rival.id, ana.id);
    assert.ok(page && session);
    const code = await codeOf(t);
    const state = await digest(t);
    for (const [what, token] of Object.entries({
      page,
      session,
      foreign,
      app: `${shop.id}|${shop.secret}`,
      client: `${shop.id}|${shop.clientToken}`,
      code,
    }))
      assert.deepEqual(error(await fetchCode(token)), [400, 190, undefined], what);
    assert.deepEqual(error(await fetchCode(user, { access_token: '' })), [400, 104, undefined]);
    assert.deepEqual(error(await fetchCode(user, { client_secret: 'wrong' })), [400, 1, undefined]);
    assert.deepEqual(error(await fetchCode(user, { client_secret: '' })), [400, 1, undefined]);
    assert.deepEqual(error(await fetchCode(user, { redirect_uri: '' })), [400, 191, undefined]);
    assert.deepEqual(error(await fetchCode(user, { redirect_uri: 'https://evil.example/' })), [400, 191, undefined]);
    assert.equal(await digest(t), state);
  });
});

describe('id_token', () => {
  test('comes with openid only; a standard library verifies it with the published keys', async () => {
    assert.equal('id_token' in (await redeem(await codeOf(t))).body, false);
    await t.login(shop.id, ana.id, { permissions: ['email', 'user_birthday', 'user_gender'] });
    const { body } = await redeem(await codeOf(t, { openid: true, nonce: 'n-1' }));
    const jwks = (await t.get('/.well-known/oauth/openid/jwks/')).body;
    const currentDate = new Date(t.clock.now() * 1000);
    const { payload, protectedHeader } = await jwtVerify(body.id_token, createLocalJWKSet(jwks), {
      issuer: 'http://localhost:4000',
      audience: shop.id,
      currentDate,
    });
    const { body: me } = await t.get(`/me?fields=id,name,email&access_token=${body.access_token}`);
    assert.deepEqual([protectedHeader.alg, protectedHeader.typ], ['RS256', 'JWT']);
    assert.equal(payload.aud, shop.id);
    assert.equal(payload.sub, me.id);
    assert.equal(payload.nonce, 'n-1');
    assert.equal(payload.name, me.name);
    assert.equal(payload.email, me.email);
    assert.deepEqual([payload.given_name, payload.middle_name, payload.family_name], ['Ana', 'Maria', 'Lopes']);
    assert.equal(payload.user_birthday, '02/29/1988');
    assert.equal(payload.user_gender, 'female');
    assert.equal(payload.iat, t.clock.now());
    assert.ok((payload.exp as number) > t.clock.now());
    assert.equal(payload.user_friends, undefined);
  });

  test('CR-08: another audience, an expired or an altered one does not verify', async () => {
    const { body } = await redeem(await codeOf(t, { openid: true }));
    const keys = createLocalJWKSet((await t.get('/.well-known/oauth/openid/jwks')).body);
    const at = (seconds: number) => ({ currentDate: new Date((t.clock.now() + seconds) * 1000) });
    await jwtVerify(body.id_token, keys, { audience: shop.id, ...at(0) });
    await assert.rejects(jwtVerify(body.id_token, keys, { audience: rival.id, ...at(0) }));
    await assert.rejects(jwtVerify(body.id_token, keys, { audience: shop.id, ...at(HOUR + 1) }));
    const [head, claims, signature] = body.id_token.split('.');
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: '1' }),
    ).toString('base64url');
    await assert.rejects(jwtVerify(`${head}.${forged}.${signature}`, keys, at(0)));
  });

  test('an id_token opens nothing on the Graph', async () => {
    const { body } = await redeem(await codeOf(t, { openid: true }));
    assert.deepEqual(error(await t.get(`/me?access_token=${body.id_token}`)), [400, 190, undefined]);
  });
});
