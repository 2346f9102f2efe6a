// These tests are about the token endpoint as its clients see it: who may ask, what is refused how, what each grant
// gives.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { appRow, codeOf, digest, settings } from '../acts.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const HOUR = 3600;
const DAY = 86_400;
const { shop, rival, phone, ana, ben } = cast;
const own = { client_id: shop.id, client_secret: shop.secret };
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});
const path = (params: Record<string, string>) => `/v25.0/oauth/access_token?${new URLSearchParams(params)}`;
const error = ({ status, body }: Reply) => [status, body.error?.code, body.error?.error_subcode];
const said = (t: TestWorld, name: string) => t.log.filter((line) => line.message === name);

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

describe('the client', () => {
  const credentials = { grant_type: 'client_credentials' };
  const refusals: [string, Record<string, string>, number, string][] = [
    ['no client_id', { ...credentials, client_secret: shop.secret }, 101, 'Missing client_id parameter.'],
    [
      'an empty client_id',
      { ...credentials, client_id: '', client_secret: shop.secret },
      101,
      'Missing client_id parameter.',
    ],
    [
      'a client_id that is no id',
      { ...credentials, client_id: 'shop' },
      101,
      'Error validating application. Cannot get application info due to a system error.',
    ],
    [
      'a client_id with a leading zero',
      { ...credentials, client_id: '02001' },
      101,
      'Error validating application. Cannot get application info due to a system error.',
    ],
    [
      'an unknown app',
      { ...credentials, client_id: '77', client_secret: shop.secret },
      101,
      'Error validating application. Invalid application ID.',
    ],
    ['no secret', { ...credentials, client_id: shop.id }, 1, 'Missing client_secret parameter.'],
    [
      'an empty secret',
      { ...credentials, client_id: shop.id, client_secret: '' },
      1,
      'Missing client_secret parameter.',
    ],
    [
      'a wrong secret',
      { ...credentials, client_id: shop.id, client_secret: 'no' },
      1,
      'Error validating client secret.',
    ],
    [
      "another app's secret",
      { ...credentials, client_id: shop.id, client_secret: rival.secret },
      1,
      'Error validating client secret.',
    ],
    [
      'the client token for a secret',
      { ...credentials, client_id: shop.id, client_secret: shop.clientToken },
      1,
      'Error validating client secret.',
    ],
    ['an unknown grant_type', { ...own, grant_type: 'password' }, 191, 'Missing redirect_uri parameter.'],
    [
      'a grant_type in another case',
      { ...own, grant_type: 'Client_Credentials' },
      191,
      'Missing redirect_uri parameter.',
    ],
    ['neither grant_type nor code', own, 191, 'Missing redirect_uri parameter.'],
    [
      'no token to exchange',
      { ...own, grant_type: 'fb_exchange_token' },
      1,
      'fb_exchange_token parameter not specified',
    ],
  ];
  for (const [what, params, code, message] of refusals)
    test(`${what} is refused with code ${code}, by GET and POST alike`, async () => {
      for (const reply of [await t.get(path(params)), await t.post('/oauth/access_token', params)]) {
        assert.equal(reply.status, 400);
        assert.equal(reply.body.error.code, code);
        assert.equal(reply.body.error.message, message);
        assert.equal(reply.body.error.type, 'OAuthException');
        assert.equal(reply.headers['cache-control'], 'no-store');
      }
    });

  test('an app may show its id and secret by HTTP Basic alone', async () => {
    const reply = await t.post('/oauth/access_token', credentials, basic(shop.id, shop.secret));
    assert.equal(reply.status, 200);
    assert.match(reply.body.access_token, new RegExp(`^${shop.id}\\|[\\w-]{27}$`));
  });

  test('Basic beside the same id and secret in the body is fine, beside other ones it is refused', async () => {
    assert.equal(
      (await t.post('/oauth/access_token', { ...credentials, ...own }, basic(shop.id, shop.secret))).status,
      200,
    );
    assert.deepEqual(
      error(await t.post('/oauth/access_token', { ...credentials, client_id: rival.id }, basic(shop.id, shop.secret))),
      [400, 100, undefined],
    );
    assert.deepEqual(
      error(
        await t.post(
          '/oauth/access_token',
          { ...credentials, ...own, client_secret: 'x' },
          basic(shop.id, shop.secret),
        ),
      ),
      [400, 100, undefined],
    );
  });

  test('parameters in a JSON body count, and a number counts like its text', async () => {
    const body = Buffer.from(
      JSON.stringify({ ...credentials, client_id: Number(shop.id), client_secret: shop.secret }),
    );
    const answer = await t.send({
      method: 'POST',
      path: '/oauth/access_token',
      headers: { host: 'localhost:4000', 'content-type': 'application/json' },
      body,
    });
    assert.equal(answer.status, 200);
  });

  test('an access_token and a proof that nobody needs are passed over, even when they are wrong', async () => {
    const reply = await t.get(
      path({
        ...own,
        ...credentials,
        access_token: 'EAAnonsense',
        appsecret_proof: 'f'.repeat(64),
        appsecret_time: '1',
      }),
    );
    assert.equal(reply.status, 200);
  });

  test('IV-10: HEAD and DELETE give nothing', async () => {
    const head = await t.send({
      method: 'HEAD',
      path: '/oauth/access_token',
      query: new URLSearchParams({ ...own, ...credentials }).toString(),
    });
    assert.equal(head.status, 400);
    const deleted = await t.delete(path({ ...own, ...credentials }));
    assert.deepEqual([deleted.status, deleted.body.error.message], [400, 'Unsupported request - method type: delete']);
  });

  test('TM-05: the secret is refused from an address off the allow list, whether it is right or wrong', async () => {
    await settings(t, shop.id, { serverIpAllowList: ['198.51.100.0/24'] });
    const ask = (address: string, secret: string) => {
      const query = new URLSearchParams({ ...credentials, client_id: shop.id, client_secret: secret }).toString();
      return t.send({ path: '/oauth/access_token', query, address });
    };
    const code = async (answer: Promise<{ body: string | Uint8Array }>) =>
      JSON.parse(String((await answer).body)).error?.code;
    assert.equal(await code(ask('203.0.113.9', shop.secret)), 5);
    assert.equal(await code(ask('203.0.113.9', 'wrong')), 5);
    assert.equal(await code(ask('198.51.100.77', shop.secret)), undefined);
    await settings(t, shop.id, { serverIpAllowList: [] });
  });

  test('the app of a disabled app is said to be deleted', async () => {
    await appRow(t, rival.id, () => ({ status: 'disabled' }));
    const reply = await t.get(path({ ...credentials, client_id: rival.id, client_secret: rival.secret }));
    await appRow(t, rival.id, () => ({ status: 'active' }));
    assert.deepEqual(error(reply), [400, 101, undefined]);
    assert.equal(reply.body.error.message, 'Error validating application. Application has been deleted.');
  });
});

test('TB-03: after twenty wrong secrets from one network the next is not looked at; other networks and apps go on', async () => {
  const world = await testWorld();
  const ask = async (id: string, secret: string, address: string) => {
    const query = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret,
    }).toString();
    const answer = await world.send({ path: '/oauth/access_token', query, address });
    return { code: JSON.parse(String(answer.body)).error?.code, retry: answer.headers['retry-after'] };
  };
  for (let i = 0; i < 20; i++) assert.equal((await ask(shop.id, `wrong${i}`, '203.0.113.1')).code, 1);
  const limited = await ask(shop.id, shop.secret, '203.0.113.200');
  assert.equal(limited.code, 4);
  assert.ok(Number(limited.retry) > 0);
  assert.equal((await ask(shop.id, shop.secret, '198.51.100.1')).code, undefined);
  assert.equal((await ask(rival.id, rival.secret, '203.0.113.1')).code, undefined);
  assert.equal(said(world, 'limit.hit').length, 1);
  await world.clock.advance(601);
  assert.equal((await ask(shop.id, shop.secret, '203.0.113.1')).code, undefined);
  await world.close();
});

describe('IV-01: a parameter that comes twice is refused', () => {
  for (const name of ['client_id', 'client_secret', 'grant_type', 'redirect_uri', 'code', 'access_token'])
    test(`${name}, also with equal values`, async () => {
      for (const second of ['same', 'other']) {
        const query = `${new URLSearchParams({ ...own, grant_type: 'client_credentials', redirect_uri: 'a', code: 'b', access_token: 'c' })}&${name}=${second}`;
        const once = new URLSearchParams(query);
        const value = second === 'same' ? (once.get(name) ?? '') : second;
        const reply = await t.get(
          `/oauth/access_token?${query.replace(/[^&]*$/, `${name}=${encodeURIComponent(value)}`)}`,
        );
        assert.deepEqual(error(reply), [400, 100, undefined]);
      }
    });
});

describe('IV-02: lists and objects are never a value', () => {
  const whole = { grant_type: 'authorization_code', ...own, redirect_uri: 'https://app.example/cb', code: 'AQ' };
  for (const name of [
    'client_id',
    'client_secret',
    'grant_type',
    'redirect_uri',
    'code',
    'code_verifier',
    'machine_id',
  ])
    test(`${name} as list, as object, in JSON as list, object, true or 1e3`, async () => {
      const state = await digest(t);
      const { [name]: value = 'x', ...rest } = whole as Record<string, string>;
      const forms = [`${name}[]=${value}`, `${name}[0]=${value}`, `${name}[a]=${value}`, `${name}[%24ne]=`];
      for (const form of forms) {
        const reply = await t.get(`/oauth/access_token?${new URLSearchParams(rest)}&${form}`);
        assert.equal(reply.status, 400, form);
        assert.ok([101, 1, 100, 191].includes(reply.body.error.code), `${form}: ${reply.text}`);
      }
      for (const wrong of [[value], { $ne: '' }, true, '1e3'].map((one) =>
        one === '1e3' ? '1e3' : JSON.stringify(one),
      )) {
        const body = Buffer.from(`{${JSON.stringify(name)}:${wrong},${JSON.stringify(rest).slice(1)}`);
        const answer = await t.send({
          method: 'POST',
          path: '/oauth/access_token',
          headers: { host: 'localhost:4000', 'content-type': 'application/json' },
          body,
        });
        assert.equal(answer.status, 400, wrong);
        assert.ok([101, 1, 100, 191].includes(JSON.parse(String(answer.body)).error.code), `${wrong}: ${answer.body}`);
      }
      assert.equal(await digest(t), state);
    });
});

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
    for (const [what, token, id] of [
      ['web', web, phone.id],
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
