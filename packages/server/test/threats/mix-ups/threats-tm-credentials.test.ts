// These tests are about token mix-ups beside the table of TM-01: what is nearly an app credential, and the secret from
// an address off the allow list.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { callback, codeOf, digest, settings } from '../../acts.ts';
import { type Asked, ways } from './channels.ts';
import { type Reply, type TestWorld, testWorld } from '../../world.ts';
import { resetAppSecret } from '../../../src/apps/app-admin.ts';
import { ana, ben, draft, error, form, own, replyOf, rival, shop } from './threats-tm-scene.ts';

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
