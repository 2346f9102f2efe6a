// These tests are about the client at the token endpoint: who it says it is, how it shows that, and which parameters
// are refused.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { appRow, digest, settings } from '../acts.ts';
import { testWorld } from '../world.ts';
import { error, own, path, rival, said, shop, t } from './token-endpoint-scene.ts';

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

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
