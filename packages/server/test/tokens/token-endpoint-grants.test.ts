// These tests are about the grants of the token endpoint: app tokens, exchanges, and which of them need a secret or a
// proof.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { codeOf, digest, settings } from '../acts.ts';
import { cast } from '../world.ts';
import { ana, ben, error, own, path, phone, rival, said, shop, t } from './token-endpoint-scene.ts';

const HOUR = 3600;
const DAY = 86_400;

describe('client_credentials', () => {
  test('gives the same app token each time, with a type and without an end', async () => {
    const ask = () => t.get(path({ ...own, grant_type: 'client_credentials' }));
    const [first, second] = [await ask(), await ask()];
    assert.deepEqual(Object.keys(first.body), ['access_token', 'token_type']);
    assert.equal(first.body.token_type, 'bearer');
    assert.equal(first.body.access_token, second.body.access_token);
  });

  test('TM-04: a native app gets no app token, whatever secret it shows', async () => {
    for (const client_secret of [phone.secret, 'wrong'])
      assert.deepEqual(
        error(await t.get(path({ client_id: phone.id, client_secret, grant_type: 'client_credentials' }))),
        [400, 1, undefined],
      );
  });
});

describe('fb_exchange_token', () => {
  const exchange = (token: string, more: Record<string, string> = {}) =>
    t.get(path({ ...own, grant_type: 'fb_exchange_token', fb_exchange_token: token, ...more }));
  const inspect = async (token: string) =>
    (await t.get(`/debug_token?input_token=${token}&access_token=${shop.id}|${shop.secret}`)).body.data;

  test('a short-lived token becomes one of sixty days for the same person and permissions', async () => {
    const short = await t.login(shop.id, ana.id, { permissions: ['email'] });
    const { body } = await exchange(short);
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
    assert.equal(body.token_type, 'bearer');
    assert.equal(body.expires_in, 60 * DAY);
    const [before, now] = [await inspect(short), await inspect(body.access_token)];
    assert.equal(now.user_id, before.user_id);
    assert.deepEqual(now.scopes, before.scopes);
    assert.equal(now.issued_at, t.clock.now());
    assert.equal(now.expires_at, t.clock.now() + 60 * DAY);
    assert.equal(before.issued_at, undefined);
    assert.equal(before.expires_at, Math.ceil(t.clock.now() / HOUR) * HOUR + HOUR);
  });

  test('a long-lived token keeps its string for a day and gets a new sixty days after', async () => {
    const { body: first } = await exchange(await t.login(shop.id, ana.id));
    const { body: same } = await exchange(first.access_token);
    assert.equal(same.access_token, first.access_token);
    await t.clock.advance(DAY - 1);
    const { body: still } = await exchange(first.access_token);
    assert.equal(still.access_token, first.access_token);
    assert.equal(still.expires_in, 60 * DAY - (DAY - 1));
    await t.clock.advance(1);
    const { body: next } = await exchange(first.access_token);
    assert.notEqual(next.access_token, first.access_token);
    assert.equal(next.expires_in, 60 * DAY);
  });

  test('with Standard access to the Marketing API it has no end; TM-09: back without it the end returns', async () => {
    await settings(t, shop.id, { marketingTier: 'standard' });
    const { body } = await exchange(await t.login(shop.id, ana.id));
    assert.equal('expires_in' in body, false);
    assert.equal((await inspect(body.access_token)).expires_at, 0);
    await settings(t, shop.id, { marketingTier: 'none' });
    assert.equal((await exchange(body.access_token)).body.expires_in, 60 * DAY);
  });

  test('TM-09: parameters give neither more time nor more permissions', async () => {
    const short = await t.login(shop.id, ana.id, { permissions: ['email'] });
    const { body } = await exchange(short, {
      expires_in: '99999999',
      scope: 'user_birthday',
      set_token_expires_in_60_days: 'false',
    });
    assert.equal(body.expires_in, 60 * DAY);
    assert.deepEqual((await inspect(body.access_token)).scopes, ['public_profile', 'email']);
  });

  test('an expired token is not exchanged: its own error comes back', async () => {
    const short = await t.login(shop.id, ana.id);
    await t.clock.advance(2 * HOUR);
    const reply = await exchange(short);
    assert.deepEqual(error(reply), [400, 190, 463]);
    assert.match(String(reply.headers['www-authenticate']), /^OAuth "Facebook Platform" "invalid_token" "/);
  });

  test('fields names the parts of the answer; an empty one means all of them', async () => {
    const short = await t.login(shop.id, ana.id);
    assert.deepEqual(
      Object.keys((await exchange(short, { fields: 'access_token,expires_at,expires_in,graph_domain' })).body),
      ['access_token', 'expires_in'],
    );
    assert.deepEqual(Object.keys((await exchange(short, { fields: '' })).body), [
      'access_token',
      'token_type',
      'expires_in',
    ]);
  });

  test('TM-01: every other kind of credential is refused with 190, noted, and changes nothing', async () => {
    await t.login(shop.id, ben.id);
    const short = await t.login(shop.id, ana.id, { permissions: ['pages_show_list', 'pages_read_engagement'] });
    const page = (await t.get(`/${cast.bakery.id}?fields=access_token&access_token=${short}`)).body.access_token;
    const attenuated = (
      await t.get(path({ client_id: shop.id, grant_type: 'fb_attenuate_token', fb_exchange_token: short }))
    ).body.access_token;
    const foreign = await t.login(rival.id, ana.id);
    const code = await codeOf(t);
    assert.ok(page && attenuated);
    const wrong: [string, string, string][] = [
      ['page token', page, 'token.wrong_kind'],
      ['session-info token', attenuated, 'token.wrong_kind'],
      ["another app's user token", foreign, 'token.cross_app'],
      [
        'app token',
        (await t.get(path({ ...own, grant_type: 'client_credentials' }))).body.access_token,
        'token.wrong_kind',
      ],
      ['id|secret', `${shop.id}|${shop.secret}`, 'token.wrong_kind'],
      ['id|client token', `${shop.id}|${shop.clientToken}`, 'token.wrong_kind'],
      ['code', code, 'token.wrong_kind'],
      ['garbage', 'EAAgarbage', 'token.wrong_kind'],
    ];
    const state = await digest(t);
    for (const [what, token, event] of wrong) {
      t.log.length = 0;
      const reply = await exchange(token);
      assert.deepEqual(error(reply), [400, 190, undefined], what);
      assert.ok(!reply.text.includes(token), what);
      assert.equal(said(t, event).length, 1, what);
    }
    assert.match((await exchange(page)).body.error.message, /must be granted before impersonating a user's page\.$/);
    assert.equal(await digest(t), state);
  });
});

describe('TM-10: exchanges that need no secret', () => {
  const extend = (token: string, id: string = phone.id) =>
    t.get(
      path({
        client_id: id,
        grant_type: 'fb_extend_sso_token',
        access_token: token,
        fields: 'access_token,expires_at,expires_in,data_access_expiration_time,graph_domain',
      }),
    );
  const attenuate = (token: string, id: string = shop.id) =>
    t.get(path({ client_id: id, grant_type: 'fb_attenuate_token', fb_exchange_token: token }));

  test('the token of a native log-in is renewed after a day, as numbers, and never beyond the end of data access', async () => {
    const token = await t.login(phone.id, ana.id, { native: true });
    const started = t.clock.now();
    const { body: early } = await extend(token);
    assert.equal(early.access_token, token);
    await t.clock.advance(20 * DAY);
    const { body } = await extend(token);
    assert.deepEqual(Object.keys(body), [
      'access_token',
      'expires_at',
      'expires_in',
      'data_access_expiration_time',
      'graph_domain',
    ]);
    assert.notEqual(body.access_token, token);
    assert.equal(body.expires_at, started + 80 * DAY);
    assert.equal(body.expires_in, 60 * DAY);
    assert.equal(body.data_access_expiration_time, started + 90 * DAY);
    assert.equal(body.graph_domain, 'facebook');
    await t.clock.advance(30 * DAY);
    const { body: last } = await extend(body.access_token);
    assert.equal(last.expires_at, started + 90 * DAY);
    await t.clock.advance(39 * DAY);
    assert.equal((await extend(last.access_token)).body.access_token, last.access_token);
    await t.clock.advance(DAY);
    assert.deepEqual(error(await extend(last.access_token)), [400, 190, 463]);
  });

  test('a web token, a Page token, a foreign token, an app token and a session-info token are not extended', async () => {
    const web = await t.login(phone.id, ana.id, { longLived: true });
    const native = await t.login(phone.id, ana.id, {
      native: true,
      permissions: ['pages_show_list', 'pages_read_engagement'],
    });
    const page = (await t.get(`/${cast.bakery.id}?fields=access_token&access_token=${native}`)).body.access_token;
    const session = (await attenuate(native, phone.id)).body.access_token;
    assert.ok(page && session);
    assert.deepEqual(error(await extend(web)), [400, 100, undefined], 'with 190 the SDK would forget a living token');
    for (const [what, token, id] of [
      ['page', page, phone.id],
      ['session info', session, phone.id],
      ['foreign', native, shop.id],
      ['garbage', 'EAAx', phone.id],
    ] as const)
      assert.deepEqual(error(await extend(token, id)), [400, 190, undefined], what);
    assert.deepEqual(error(await extend(`${shop.id}|${shop.secret}`, shop.id)), [400, 190, undefined]);
  });

  test('a session-info token names the person, has no permission, and lives no longer than its parent', async () => {
    const long = await t.login(shop.id, ana.id, { longLived: true, permissions: ['email'] });
    const { body } = await attenuate(long);
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
    assert.match(body.access_token, /^XAA/);
    assert.equal(body.expires_in, 60 * DAY);
    const short = await t.login(shop.id, ana.id, { permissions: ['email'] });
    assert.ok((await attenuate(short)).body.expires_in <= 2 * HOUR);
    const me = await t.get(`/me?fields=id,email&access_token=${body.access_token}`);
    assert.equal(me.status, 200);
    assert.match(me.body.id, /^\d+$/);
    assert.equal(me.body.email, undefined);
  });

  test('nothing but a user token of the own app is attenuated, and a guessed secret is not told from a right one', async () => {
    const foreign = await t.login(rival.id, ana.id);
    const session = (await attenuate(await t.login(shop.id, ana.id))).body.access_token;
    for (const token of [foreign, session, 'EAAx'])
      assert.deepEqual(error(await attenuate(token)), [400, 190, undefined]);
    const guesses = await Promise.all(
      [shop.secret, 'wrong', shop.clientToken].map((rest) => attenuate(`${shop.id}|${rest}`)),
    );
    assert.equal(new Set(guesses.map(({ body }) => body.error.message)).size, 1);
  });

  test('an SDK renews its token in a batch, beside the list of permissions', async () => {
    const token = await t.login(phone.id, ana.id, { native: true, permissions: ['email'] });
    await t.clock.advance(2 * DAY);
    const batch = JSON.stringify([
      { method: 'GET', relative_url: 'me/permissions?fields=permission,status' },
      {
        method: 'GET',
        relative_url: `oauth/access_token?grant_type=fb_extend_sso_token&client_id=${phone.id}&fields=access_token,expires_at`,
      },
    ]);
    const { body } = await t.post('/', { access_token: token, batch });
    const renewed = JSON.parse(body[1].body);
    assert.deepEqual(Object.keys(renewed), ['access_token', 'expires_at']);
    assert.notEqual(renewed.access_token, token);
    assert.equal((await t.get(`/me?fields=id&access_token=${renewed.access_token}`)).status, 200);
  });
});

test('TM-07: where the app requires a proof, client_code, revoke and extend require it; the exchange, which shows the secret, does not', async () => {
  await settings(t, shop.id, { requireAppSecretProof: true });
  const token = await t.login(shop.id, ana.id, { native: true });
  const proof = createHmac('sha256', shop.secret).update(token).digest('hex');
  const calls: Record<string, string> = {
    '/oauth/client_code': new URLSearchParams({
      ...own,
      redirect_uri: 'https://app.example/cb',
      access_token: token,
    }).toString(),
    '/oauth/access_token': new URLSearchParams({
      client_id: shop.id,
      grant_type: 'fb_extend_sso_token',
      access_token: token,
    }).toString(),
    '/oauth/revoke': new URLSearchParams({ ...own, revoke_token: token, access_token: token }).toString(),
  };
  for (const [where, query] of Object.entries(calls)) {
    for (const reply of [
      await t.get(`${where}?${query}`),
      await t.get(`${where}?${query}&appsecret_proof=${'0'.repeat(64)}`),
    ])
      assert.deepEqual(
        [reply.status, reply.body.error.type, reply.body.error.code],
        [400, 'GraphMethodException', 100],
        where,
      );
  }
  assert.equal((await t.get(path({ ...own, grant_type: 'fb_exchange_token', fb_exchange_token: token }))).status, 200);
  for (const [where, query] of Object.entries(calls))
    assert.equal((await t.get(`${where}?${query}&appsecret_proof=${proof}`)).status, 200, where);
  await settings(t, shop.id, { requireAppSecretProof: false });
});
