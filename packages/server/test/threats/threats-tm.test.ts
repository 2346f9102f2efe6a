// These tests are about token mix-ups beside the table of TM-01 and the proofs: what is nearly an app credential,
// addresses off the allow list, exchanges that must not gain, ids of other apps. Other rows: debug-token,
// token-endpoint, oauth-revoke and codes tests.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { appRow, callback, codeOf, digest, settings } from '../acts.ts';
import { type Asked, ways } from './channels.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';
import { change } from '../../src/liveness/change.ts';
import { factKey } from '../../src/installation/facts.ts';
import { resetAppSecret } from '../../src/apps/app-admin.ts';

const { shop, rival, draft, phone, bakery, ana, ben, cleo } = cast;
const own = { client_id: shop.id, client_secret: shop.secret };
const form = (params: Record<string, string>) => new URLSearchParams(params).toString();
const error = ({ status, body }: Reply) => [status, body?.error?.code, body?.error?.error_subcode];

describe('TM-03: what is nearly an app credential', () => {
  let t: TestWorld;
  let oldSecret: string;
  let oldToken: string;
  before(async () => {
    t = await testWorld();
    // The secret of the draft app is reset, so that it has an old one.
    oldSecret = draft.secret;
    oldToken = (
      await t.post('/oauth/access_token', {
        client_id: draft.id,
        client_secret: oldSecret,
        grant_type: 'client_credentials',
      })
    ).body.access_token;
    assert.equal((await t.get(`/${draft.id}/roles?${form({ access_token: oldToken })}`)).status, 200);
    await resetAppSecret(t.server.installation, { appId: draft.id, by: { kind: 'person', id: ben.id } });
  });
  after(() => t.close());

  const variants: Record<string, () => [app: string, token: string]> = {
    'a wrong secret': () => [shop.id, `${shop.id}|${'0'.repeat(32)}`],
    "another app's secret": () => [shop.id, `${shop.id}|${rival.secret}`],
    'the client token': () => [shop.id, `${shop.id}|${shop.clientToken}`],
    'the secret before the reset': () => [draft.id, `${draft.id}|${oldSecret}`],
    'an app token of the secret before the reset': () => [draft.id, oldToken],
    'an empty secret': () => [shop.id, `${shop.id}|`],
    'an empty id': () => [shop.id, `|${shop.secret}`],
    'nothing but a bar': () => [shop.id, '|'],
    'three parts': () => [shop.id, `${shop.id}|${shop.secret}|${shop.secret}`],
    'a bar at the end': () => [shop.id, `${shop.id}|${shop.secret}|`],
    'the secret in capitals': () => [shop.id, `${shop.id}|${'a'.repeat(31)}A`],
    'an id with a zero in front': () => [shop.id, `0${shop.id}|${shop.secret}`],
    'an id beyond all ids': () => [shop.id, `${'9'.repeat(19)}|${shop.secret}`],
    'an unknown app': () => [shop.id, `77|${shop.secret}`],
  };
  for (const [what, of] of Object.entries(variants))
    test(what, async () => {
      const [app, token] = of();
      const state = await digest(t);
      let address = 0;
      for (const [place, way] of Object.entries(ways))
        for (const asked of [
          { method: 'GET', path: `/${app}/roles` },
          { method: 'POST', path: `/${app}/accounts/test-users` },
          { method: 'GET', path: '/debug_token', params: { input_token: 'EAAx' } },
        ] as Asked[]) {
          // From another network each time: how often one may guess is the next test.
          const moved: TestWorld = {
            ...t,
            send: (request) => t.send({ ...request, address: `10.${(address >> 8) & 255}.${address++ & 255}.1` }),
          };
          moved.post = (url, body = {}, headers = {}) =>
            replyOf(
              moved.send({
                path: url,
                method: 'POST',
                headers: { host: 'localhost:4000', 'content-type': 'application/x-www-form-urlencoded', ...headers },
                body: Buffer.from(form(body)),
              }),
            );
          const reply = await way(moved, asked, token);
          assert.deepEqual(error(reply), [400, 190, undefined], `${place} ${asked.path}: ${reply.text}`);
          assert.equal(reply.body.error.message, 'Invalid OAuth access token signature.', place);
          assert.ok(!reply.text.includes(shop.secret) && !reply.text.includes(oldSecret), place);
        }
      assert.equal(await digest(t), state);
    });

  test('each of them counts for TB-03, and the right secret is then not looked at from there', async () => {
    const ask = (token: string, address: string) =>
      replyOf(t.send({ path: `/${shop.id}/roles`, query: form({ access_token: token }), address }));
    for (let i = 0; i < 20; i++)
      assert.equal(
        (await ask(`${shop.id}|${i % 2 === 0 ? shop.clientToken : 'guess'}`, '203.0.113.5')).body.error.code,
        190,
      );
    const limited = await ask(`${shop.id}|${shop.secret}`, '203.0.113.77');
    assert.deepEqual(
      [limited.status, limited.body.error.code, typeof limited.headers['retry-after']],
      [400, 4, 'string'],
    );
    assert.equal((await ask(`${shop.id}|${shop.secret}`, '203.0.114.5')).status, 200);
    const user = await t.login(shop.id, ana.id);
    assert.equal(
      (await replyOf(t.send({ path: '/me', query: form({ access_token: user }), address: '203.0.113.5' }))).status,
      200,
    );
  });
});

async function replyOf(
  sending: Promise<{ status: number; headers: Reply['headers']; body: string | Uint8Array }>,
): Promise<Reply> {
  const { status, headers, body } = await sending;
  const text = String(body);
  return { status, headers, text, body: text === '' ? undefined : JSON.parse(text) };
}

describe('TM-05: the secret from an address off the allow list', () => {
  let t: TestWorld;
  before(async () => {
    t = await testWorld();
    await settings(t, shop.id, { serverIpAllowList: ['198.51.100.0/24', '2001:db8::/64'] });
  });
  after(() => t.close());

  const ask = (
    path: string,
    params: Record<string, string>,
    address: string,
    headers: Record<string, string> = {},
    method = 'GET',
  ) =>
    replyOf(
      method === 'GET'
        ? t.send({ path, query: form(params), address, headers: { host: 'localhost:4000', ...headers } })
        : t.send({
            path,
            method,
            body: Buffer.from(form(params)),
            address,
            headers: { host: 'localhost:4000', 'content-type': 'application/x-www-form-urlencoded', ...headers },
          }),
    );
  const joined = `${shop.id}|${shop.secret}`;
  const basic = { authorization: `Basic ${Buffer.from(`${shop.id}:${shop.secret}`).toString('base64')}` };

  test('is refused with code 5 wherever the secret may be shown, and works from an address on it', async () => {
    const user = await t.login(shop.id, ana.id);
    const tries: [string, (address: string) => Promise<Reply>][] = [
      ['client_secret', (address) => ask('/oauth/access_token', { ...own, grant_type: 'client_credentials' }, address)],
      [
        'client_secret in a form',
        (address) => ask('/oauth/access_token', { ...own, grant_type: 'client_credentials' }, address, {}, 'POST'),
      ],
      [
        'HTTP Basic',
        (address) => ask('/oauth/access_token', { grant_type: 'client_credentials' }, address, basic, 'POST'),
      ],
      [
        'an exchange',
        (address) =>
          ask('/oauth/access_token', { ...own, grant_type: 'fb_exchange_token', fb_exchange_token: user }, address),
      ],
      [
        'client_code',
        (address) => ask('/oauth/client_code', { ...own, redirect_uri: callback, access_token: user }, address),
      ],
      ['id|secret as token', (address) => ask(`/${shop.id}/roles`, { access_token: joined }, address)],
      [
        'id|secret as Bearer',
        (address) => ask(`/${shop.id}/roles`, {}, address, { authorization: `Bearer ${joined}` }),
      ],
      [
        'id|secret as caller of debug_token',
        (address) => ask('/debug_token', { access_token: joined, input_token: user }, address),
      ],
      [
        'id|secret as what is inspected',
        (address) => ask('/debug_token', { access_token: joined, input_token: joined }, address),
      ],
      [
        'id|secret in a batch',
        async (address) => {
          const reply = await ask(
            '/',
            { access_token: joined, batch: JSON.stringify([{ method: 'GET', relative_url: `${shop.id}/roles` }]) },
            address,
            {},
            'POST',
          );
          return Array.isArray(reply.body)
            ? { ...reply, status: reply.body[0].code, body: JSON.parse(reply.body[0].body) }
            : reply;
        },
      ],
      ['revoke', (address) => ask('/oauth/revoke', { ...own, access_token: user, revoke_token: 'EAAx' }, address)],
    ];
    for (const [what, call] of tries) {
      for (const off of ['198.51.101.1', '127.0.0.1', '2001:db8:0:1::1', '::ffff:198.51.101.1'])
        assert.deepEqual(error(await call(off)), [400, 5, undefined], `${what} from ${off}`);
      for (const on of ['198.51.100.9', '::ffff:198.51.100.9', '2001:db8::7'])
        assert.equal((await call(on)).status, 200, `${what} from ${on}`);
    }
  });

  test('a code stays untouched, and works from an address on the list', async () => {
    await t.login(shop.id, ana.id);
    const code = await codeOf(t);
    const redeem = (address: string) => ask('/oauth/access_token', { ...own, redirect_uri: callback, code }, address);
    assert.deepEqual(error(await redeem('192.0.2.1')), [400, 5, undefined]);
    assert.equal((await redeem('198.51.100.9')).status, 200);
  });

  test('the secret of an app as the owner of a shared test user is refused too', async () => {
    const made = await ask(`/${shop.id}/accounts/test-users`, { access_token: joined }, '198.51.100.9', {}, 'POST');
    const share = (address: string) =>
      ask(
        `/${rival.id}/accounts/test-users`,
        { access_token: `${rival.id}|${rival.secret}`, uid: made.body.id, owner_access_token: joined },
        address,
        {},
        'POST',
      );
    assert.equal((await share('192.0.2.1')).status, 400);
    assert.equal((await share('198.51.100.9')).status, 200);
  });

  test('user tokens, generated app tokens and client tokens are not affected', async () => {
    const generated = (await ask('/oauth/access_token', { ...own, grant_type: 'client_credentials' }, '198.51.100.9'))
      .body.access_token as string;
    const user = await t.login(shop.id, ana.id);
    assert.equal((await ask('/me', { access_token: user }, '192.0.2.1')).status, 200);
    assert.equal((await ask(`/${shop.id}/roles`, { access_token: generated }, '192.0.2.1')).status, 200);
    assert.equal(
      (await ask(`/${shop.id}`, { access_token: `${shop.id}|${shop.clientToken}` }, '192.0.2.1')).status,
      200,
    );
  });
});

describe('TM-04: an app of type Native/Desktop', () => {
  test('its app tokens are refused in every place, also those of before it became one; a secret opens nothing', async (context) => {
    const t = await testWorld();
    context.after(() => t.close());
    const generated = (await t.post('/oauth/access_token', { ...own, grant_type: 'client_credentials' })).body
      .access_token as string;
    assert.equal((await t.get(`/${shop.id}/roles?${form({ access_token: generated })}`)).status, 200);
    await appRow(t, shop.id, () => ({ type: 'native' }));
    for (const [app, token] of [
      [phone, `${phone.id}|${phone.secret}`],
      [shop, `${shop.id}|${shop.secret}`],
      [shop, generated],
    ] as const)
      for (const [place, way] of Object.entries(ways)) {
        assert.deepEqual(
          error(await way(t, { method: 'GET', path: `/${app.id}/roles` }, token)),
          [400, 15, undefined],
          place,
        );
        assert.deepEqual(
          error(await way(t, { method: 'POST', path: `/${app.id}/accounts/test-users` }, token)),
          [400, 15, undefined],
          place,
        );
        assert.deepEqual(
          error(await way(t, { method: 'GET', path: `/${bakery.id}` }, token)),
          [400, 15, undefined],
          place,
        );
        assert.deepEqual(error(await way(t, { method: 'GET', path: '/me' }, token)), [400, 15, undefined], place);
      }
    const user = await t.login(phone.id, ana.id);
    for (const client_secret of [phone.secret, 'wrong']) {
      const shown = { client_id: phone.id, client_secret };
      for (const reply of [
        await t.post('/oauth/access_token', { ...shown, grant_type: 'fb_exchange_token', fb_exchange_token: user }),
        await t.post('/oauth/access_token', { ...shown, grant_type: 'fb_attenuate_token', fb_exchange_token: user }),
        await t.post('/oauth/client_code', { ...shown, redirect_uri: callback, access_token: user }),
        await t.post('/oauth/revoke', { ...shown, revoke_token: user, access_token: user }),
      ])
        assert.equal(reply.body.error.message, 'The request is invalid because the app is configured as a desktop app');
      for (const path of ['/oauth/introspect', '/oauth/revocation'])
        assert.equal((await t.post(path, { ...shown, token: user })).body.error, 'invalid_client', path);
    }
    assert.equal((await t.get(`/me?${form({ access_token: user })}`)).status, 200);
  });
});

describe('TM-09: an exchange gains nothing', () => {
  let t: TestWorld;
  before(async () => {
    t = await testWorld();
  });
  after(() => t.close());
  const exchange = (app: { id: string; secret: string }, token: string, more: Record<string, string> = {}) =>
    t.post('/oauth/access_token', {
      client_id: app.id,
      client_secret: app.secret,
      grant_type: 'fb_exchange_token',
      fb_exchange_token: token,
      ...more,
    });
  const scopes = async (token: string) =>
    (
      (await t.get(`/debug_token?${form({ input_token: token, access_token: `${shop.id}|${shop.secret}` })}`)).body.data
        .scopes as string[]
    ).sort();

  test('permissions that were taken back meanwhile are not in the new token', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['email', 'user_birthday'] });
    assert.equal((await t.delete(`/me/permissions/email?access_token=${token}`)).text, 'true');
    const made = (
      await exchange(shop, token, {
        scope: 'email,pages_manage_posts',
        permissions: 'email',
        expires_in: '999999999',
        expires_at: '0',
        set_token_expires_in_60_days: 'false',
      })
    ).body;
    assert.deepEqual(await scopes(made.access_token), ['public_profile', 'user_birthday']);
    assert.equal((await t.get(`/me?fields=email&access_token=${made.access_token}`)).body.email, undefined);
    assert.ok(made.expires_in <= 60 * 86_400);
  });

  test('advanced access that the app lost meanwhile is not in it', async () => {
    const token = await t.login(shop.id, cleo.id, { permissions: ['user_gender'] });
    const before = (await t.server.installation.facts.app(shop.id))?.settings.advancedAccess ?? [];
    await settings(t, shop.id, { advancedAccess: before.filter((name) => name !== 'user_gender') });
    assert.deepEqual(await scopes((await exchange(shop, token)).body.access_token), ['public_profile']);
    await settings(t, shop.id, { advancedAccess: before });
  });

  test('somebody who lost the role on an app in development exchanges nothing', async () => {
    const token = await t.login(draft.id, ben.id);
    assert.equal((await exchange(draft, token)).status, 200);
    await change(t.server.installation, async ({ tx, touch }) => {
      await tx.deleteFrom('app_roles').where('app_id', '=', draft.id).where('person_id', '=', ben.id).execute();
      touch(factKey.appRoles(draft.id, ben.id));
    });
    assert.equal((await exchange(draft, token)).body.error.code, 190);
    assert.equal((await t.get(`/me?access_token=${token}`)).body.error.code, 190);
  });

  test('a dead token is not exchanged, whatever killed it', async () => {
    const token = await t.login(shop.id, ben.id);
    await t.delete(`/me/permissions?access_token=${token}`);
    assert.deepEqual(error(await exchange(shop, token)), [400, 190, 458]);
  });
});

describe('TM-10: grants that are not offered give nothing', () => {
  test('a nonce, a password, a refresh token, a device code', async (context) => {
    const t = await testWorld();
    context.after(() => t.close());
    const state = await digest(t);
    for (const grant of [
      'fb_exchange_nonce',
      'password',
      'refresh_token',
      'device_code',
      'urn:ietf:params:oauth:grant-type:device_code',
      'ig_exchange_token',
      'implicit',
      '__proto__',
      'toString',
      'authorization_code ',
      'FB_EXCHANGE_TOKEN',
    ])
      for (const given of [own, { client_id: shop.id }]) {
        const reply = await t.post('/oauth/access_token', {
          ...given,
          grant_type: grant,
          fb_exchange_nonce: 'n',
          username: ana.email,
          password: ana.password,
          refresh_token: 'x',
          code: 'x',
        });
        // A grant that there is not counts as none, and then an address to redirect to comes before the code.
        assert.deepEqual(error(reply), [400, grant === 'fb_exchange_nonce' ? 100 : 191, undefined], grant);
      }
    assert.equal(await digest(t), state);
  });
});

describe('TM-12: ids of another app, of another kind, and unknown ones', () => {
  let t: TestWorld;
  let user: string;
  let strange: string[];
  const unknown = '17171717171717171';
  before(async () => {
    t = await testWorld();
    user = await t.login(shop.id, ana.id, {
      permissions: ['user_friends', 'pages_show_list', 'pages_manage_metadata'],
    });
    const idAt = async (app: string, person: string) =>
      (await t.get(`/me?fields=id&access_token=${await t.login(app, person, { permissions: ['user_friends'] })}`)).body
        .id as string;
    strange = [
      await idAt(rival.id, ana.id),
      await idAt(rival.id, cleo.id),
      // Known to this app, and no friend of Ana.
      await idAt(shop.id, cleo.id),
      // The platform's own numbers.
      ana.id,
      ben.id,
      `${bakery.id}_1`,
      `act_${bakery.id}`,
      // Forms that no id has (threats IV-12).
      '0',
      '-1',
      '007',
      '9223372036854775808',
      '18446744073709551616',
      '9'.repeat(150),
      '1e3',
      '1001.0',
      '１００１',
    ];
  });
  after(() => t.close());

  /** The answer without what names the id and the request. */
  const shape = (reply: Reply, id: string) =>
    reply.text.replace(`with ID '${id}'`, 'with ID').replace(/"fbtrace_id":"[^"]*"/, '');

  test('in the path they answer byte for byte like an unknown id, for every verb and edge, and nothing changes', async () => {
    const state = await digest(t);
    const paths = (id: string) => [id, `${id}/permissions`, `${id}/accounts`, `${id}/friends`];
    for (const token of [user, `${shop.id}|${shop.secret}`])
      for (const method of ['GET', 'POST', 'DELETE'] as const)
        for (const [i, path] of paths('ID').entries()) {
          const ask = (id: string) =>
            replyOf(
              t.send({ method, path: `/${paths(encodeURIComponent(id))[i]}`, query: form({ access_token: token }) }),
            );
          const expected = await ask(unknown);
          assert.deepEqual(error(expected), [400, 100, 33], `${method} ${path}`);
          for (const id of strange) {
            // An app reads and serves its own people by the ids it knows.
            if (token !== user && id === strange[2]) continue;
            const reply = await ask(id);
            assert.equal(shape(reply, id), shape(expected, unknown), `${method} ${path} ${id}`);
            assert.deepEqual(
              [reply.status, Object.keys(reply.headers)],
              [expected.status, Object.keys(expected.headers)],
            );
          }
        }
    assert.equal(await digest(t), state);
  });

  test('the picture of a number is led to whether anything has it or not, and what is no number has none', async () => {
    const state = await digest(t);
    for (const token of [user, `${shop.id}|${shop.secret}`, '']) {
      const ask = (id: string) => t.get(`/${encodeURIComponent(id)}/picture${token && `?access_token=${token}`}`);
      const led = await ask(unknown);
      assert.equal(led.status, 302, led.text);
      const addressOf = ({ headers }: Reply, id: string) => String(headers.location).replace(id, 'ID');
      const numbers = strange.slice(0, 5);
      for (const id of strange) {
        const reply = await ask(id);
        if (numbers.includes(id))
          assert.deepEqual(
            [reply.status, reply.text, Object.keys(reply.headers), addressOf(reply, id)],
            [302, led.text, Object.keys(led.headers), addressOf(led, unknown)],
            id,
          );
        else {
          const nobody = id.startsWith('act_') ? [403, 200, undefined] : [400, 104, undefined];
          assert.deepEqual(error(reply), token ? [400, 100, 33] : nobody, `${id} ${reply.text}`);
        }
      }
    }
    assert.equal(await digest(t), state);
  });

  test('in ids=, in a batch and as a parameter likewise', async () => {
    const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token as string;
    const asks: ((id: string) => Promise<Reply>)[] = [
      (id) => t.get(`/?${form({ ids: `me,${id}`, access_token: user })}`),
      async (id) => {
        const { body, ...rest } = await t.post('/', {
          access_token: user,
          batch: JSON.stringify([{ relative_url: encodeURIComponent(id) }]),
        });
        return { ...rest, status: body[0].code, text: body[0].body, body: JSON.parse(body[0].body) };
      },
      (id) => t.post(`/${bakery.id}/assigned_users`, { access_token: page, user: id, tasks: 'ANALYZE' }),
      (id) => t.delete(`/${bakery.id}/assigned_users?${form({ access_token: page, user: id })}`),
      (id) => t.delete(`/${shop.id}/accounts?${form({ access_token: `${shop.id}|${shop.secret}`, uid: id })}`),
      (id) =>
        t.post(`/${shop.id}/accounts`, {
          access_token: `${shop.id}|${shop.secret}`,
          uid: id,
          owner_access_token: `${rival.id}|${rival.secret}`,
        }),
    ];
    const state = await digest(t);
    for (const [i, ask] of asks.entries()) {
      const expected = await ask(unknown);
      assert.deepEqual([expected.status, expected.body.error.code], [400, 100], String(i));
      for (const id of strange) {
        // Cleo is known to this app, so a Page may be shared with her.
        if ((i === 2 || i === 3) && id === strange[2]) continue;
        const reply = await ask(id);
        assert.equal(shape(reply, id), shape(expected, unknown), `${i} ${id}`);
      }
    }
    assert.equal(await digest(t), state);
  });

  test('as the friend of a test user too', async () => {
    const made = (await t.post(`/${shop.id}/accounts`, { access_token: `${shop.id}|${shop.secret}` })).body;
    const ask = (id: string) => t.post(`/me/friends/${encodeURIComponent(id)}`, { access_token: made.access_token });
    const expected = await ask(unknown);
    assert.deepEqual(error(expected), [400, 100, 33]);
    for (const id of strange) assert.equal(shape(await ask(id), id), shape(expected, unknown), id);
  });

  test('an id with a NUL, a line end or broken UTF-8 in it is no id', async () => {
    const id = (await t.get(`/me?fields=id&access_token=${user}`)).body.id as string;
    for (const tail of ['%00', '%0a', '%0d%0a', '%00x', '%ff', '%c3%28', '%7f'])
      for (const path of [`/${id}${tail}`, `/${id}${tail}/permissions`, `/${bakery.id}${tail}/feed`])
        assert.deepEqual(error(await t.get(`${path}?access_token=${user}`)), [400, 100, 33], path);
    for (const path of ['/me%00', '/%00me', `/%00${id}`, `/${id}/permissions%00`])
      assert.deepEqual(error(await t.get(`${path}?access_token=${user}`)), [400, 2500, undefined], path);
  });
});
