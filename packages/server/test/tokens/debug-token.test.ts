// These tests are about debug_token: who may inspect what, and what is told about tokens that work, that died, and that
// never were any.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { appRow, codeOf, digest, happens, settings } from '../acts.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const HOUR = 3600;
const DAY = 86_400;
const { shop, rival, phone, ana, ben, cleo, bakery, garden } = cast;
const appToken = `${shop.id}|${shop.secret}`;
const error = ({ status, body }: Reply) => [status, body.error?.code, body.error?.error_subcode];
const notAllowed =
  '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app';
const otherApp = '(#100) The App_id in the input_token did not match the Viewing App';
const pagePermissions = ['pages_show_list', 'pages_read_engagement'];

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const ask = (input: string, caller: string, more = '') =>
  t.get(
    `/v25.0/debug_token?input_token=${encodeURIComponent(input)}&access_token=${encodeURIComponent(caller)}${more}`,
  );
const inspect = async (input: string, caller: string = appToken) => (await ask(input, caller)).body.data;
const pageToken = async (user: string, page: string = bakery.id) =>
  (await t.get(`/${page}?fields=access_token&access_token=${user}`)).body.access_token as string;
const attenuated = async (user: string) =>
  (
    await t.get(
      `/oauth/access_token?${new URLSearchParams({ client_id: shop.id, grant_type: 'fb_attenuate_token', fb_exchange_token: user })}`,
    )
  ).body.access_token as string;

describe('what is told', () => {
  test('about a short-lived user token', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
    const data = await inspect(token);
    const { body: me } = await t.get(`/me?fields=id&access_token=${token}`);
    assert.deepEqual(data, {
      app_id: shop.id,
      type: 'USER',
      application: 'Shop',
      data_access_expires_at: t.clock.now() + 90 * DAY,
      expires_at: Math.ceil(t.clock.now() / HOUR) * HOUR + HOUR,
      is_valid: true,
      scopes: ['public_profile', 'email'],
      user_id: me.id,
    });
  });

  test('about a long-lived one: when it was issued', async () => {
    const data = await inspect(await t.login(shop.id, ana.id, { longLived: true }));
    assert.equal(data.issued_at, t.clock.now());
    assert.equal(data.expires_at, t.clock.now() + 60 * DAY);
  });

  test('about permissions for single Pages: their ids; for all of them: none', async () => {
    const some = await inspect(
      await t.login(shop.id, ana.id, { permissions: ['email', ...pagePermissions], pages: [bakery.id] }),
    );
    assert.deepEqual(
      some.granular_scopes,
      pagePermissions
        .map((scope) => ({ scope, target_ids: [bakery.id] }))
        .sort((a, b) => some.scopes.indexOf(a.scope) - some.scopes.indexOf(b.scope)),
    );
    const all = await inspect(await t.login(shop.id, ana.id, { permissions: pagePermissions }));
    assert.deepEqual(
      new Set(all.granular_scopes.map((one: object) => JSON.stringify(one))),
      new Set(pagePermissions.map((scope) => JSON.stringify({ scope }))),
    );
  });

  test('about a Page token: the Page, the person, no end when it came from a long-lived token', async () => {
    const user = await t.login(shop.id, ana.id, {
      longLived: true,
      permissions: ['email', ...pagePermissions],
      pages: [bakery.id, garden.id],
    });
    const data = await inspect(await pageToken(user));
    assert.equal(data.type, 'PAGE');
    assert.equal(data.profile_id, bakery.id);
    assert.equal(data.user_id, (await inspect(user)).user_id);
    assert.equal(data.expires_at, 0);
    assert.equal(data.is_valid, true);
    for (const { target_ids } of data.granular_scopes) assert.deepEqual(target_ids, [bakery.id]);
  });

  test('about an app token, in both forms, and about a client token', async () => {
    const { body } = await t.get(
      `/oauth/access_token?grant_type=client_credentials&client_id=${shop.id}&client_secret=${shop.secret}`,
    );
    for (const token of [body.access_token, appToken, `${shop.id}|${shop.clientToken}`])
      assert.deepEqual(await inspect(token), {
        app_id: shop.id,
        type: 'APP',
        application: 'Shop',
        is_valid: true,
        scopes: [],
      });
  });

  test('about a session-info token: the person, and no permission', async () => {
    const user = await t.login(shop.id, ana.id, { permissions: ['email'] });
    const data = await inspect(await attenuated(user));
    assert.deepEqual([data.type, data.is_valid, data.scopes], ['USER', true, []]);
    assert.equal(data.user_id, (await inspect(user)).user_id);
  });

  test('about how the person logged in', async () => {
    await t.login(shop.id, ana.id);
    const code = await codeOf(t, { authType: 'reauthenticate', authNonce: 'nonce-7' });
    const { body } = await t.post('/oauth/access_token', {
      client_id: shop.id,
      client_secret: shop.secret,
      redirect_uri: 'https://app.example/cb',
      code,
    });
    assert.deepEqual((await inspect(body.access_token)).metadata, {
      auth_type: 'reauthenticate',
      auth_nonce: 'nonce-7',
    });
  });

  test('PR-02: a permission that was taken back is gone from it, and the token stays valid', async () => {
    const user = await t.login(shop.id, ana.id, { permissions: ['email', ...pagePermissions] });
    await t.delete(`/me/permissions/email?access_token=${user}`);
    const data = await inspect(user);
    assert.equal(data.is_valid, true);
    assert.ok(!data.scopes.includes('email'));
  });

  test('PR-02: what an app may no longer ask of people without a role is gone from it', async () => {
    const user = await t.login(shop.id, ana.id, { permissions: ['email', 'user_birthday'] });
    const { installation } = t.server;
    const app = await installation.facts.app(shop.id);
    await settings(t, shop.id, { advancedAccess: ['public_profile', 'email'] });
    assert.deepEqual((await inspect(user)).scopes, ['public_profile', 'email']);
    await settings(t, shop.id, { advancedAccess: app?.settings.advancedAccess ?? [] });
    assert.deepEqual((await inspect(user)).scopes, ['public_profile', 'email', 'user_birthday']);
  });

  test('after data access has ended the token is valid and its permissions are still listed', async () => {
    await settings(t, shop.id, { marketingTier: 'standard' });
    const short = await t.login(shop.id, ana.id, { permissions: ['email'] });
    const { body } = await t.get(
      `/oauth/access_token?${new URLSearchParams({ client_id: shop.id, client_secret: shop.secret, grant_type: 'fb_exchange_token', fb_exchange_token: short })}`,
    );
    await settings(t, shop.id, { marketingTier: 'none' });
    await t.clock.advance(91 * DAY);
    const data = await inspect(body.access_token);
    assert.equal(data.is_valid, true);
    assert.ok(data.data_access_expires_at < t.clock.now());
    assert.deepEqual(data.scopes, ['public_profile', 'email']);
  });

  test('fields picks parts, as the business SDK asks', async () => {
    const token = await t.login(shop.id, ana.id);
    assert.deepEqual((await ask(token, await t.login(shop.id, ben.id), '&fields=app_id')).body, {
      data: { app_id: shop.id },
    });
    assert.deepEqual(Object.keys((await ask(token, appToken, '&fields=is_valid,scopes')).body.data), [
      'is_valid',
      'scopes',
    ]);
  });
});

describe('tokens that died', () => {
  const deaths: [string, (token: string) => Promise<unknown>, number | undefined, boolean][] = [
    ['the password was changed', () => happens(t, 'password_changed', { app: '0', user: ana.id }), 460, true],
    ['all sessions were ended', () => happens(t, 'logged_out_everywhere', { app: '0', user: ana.id }), 467, true],
    ['the session was logged out', () => happens(t, 'logged_out', { app: '0', session: '815' }), 467, true],
    ['the app was removed', (token) => t.delete(`/me/permissions?access_token=${token}`), 458, false],
    [
      'it was revoked',
      (token) =>
        t.get(
          `/oauth/revoke?${new URLSearchParams({ client_id: shop.id, client_secret: shop.secret, access_token: appToken, revoke_token: token })}`,
        ),
      466,
      false,
    ],
    ['the operator ended all tokens of the app', () => happens(t, 'app_tokens_ended', { app: shop.id }), 467, true],
  ];
  for (const [what, act, subcode, scopes] of deaths)
    test(`${what}: which and when is told`, async () => {
      const token = await t.login(shop.id, ana.id, { session: '815', permissions: ['email'] });
      await t.clock.advance(60);
      await act(token);
      const at = t.clock.now();
      await t.clock.advance(60);
      const data = await inspect(token);
      assert.equal(data.is_valid, false);
      assert.equal(data.error.code, 190);
      assert.equal(data.error.subcode, subcode);
      assert.equal(data.invalidated_at, at);
      assert.equal(data.app_id, shop.id);
      assert.equal(data.type, 'USER');
      assert.match(data.user_id, /^\d+$/);
      assert.deepEqual(data.scopes, scopes ? ['public_profile', 'email'] : []);
      const call = await t.get(`/me?access_token=${token}`);
      assert.deepEqual(error(call), [400, 190, subcode]);
      assert.equal(call.body.error.message, data.error.message);
    });

  test('an expired one tells its end and lists its permissions', async () => {
    const token = await t.login(shop.id, ana.id, { permissions: ['email'] });
    await t.clock.advance(2 * HOUR);
    const data = await inspect(token);
    assert.deepEqual([data.is_valid, data.error.code, data.error.subcode], [false, 190, 463]);
    assert.match(
      data.error.message,
      /^Error validating access token: Session has expired on \w+, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d P[SD]T\./,
    );
    assert.ok(data.expires_at <= t.clock.now());
    assert.equal(data.invalidated_at, undefined);
    assert.deepEqual(data.scopes, ['public_profile', 'email']);
  });

  test('a Page token says why: the role was lost, or the permission, or the parent was revoked', async () => {
    const login = () => t.login(shop.id, ana.id, { longLived: true, permissions: pagePermissions });
    const bare = await pageToken(await login());
    for (const name of pagePermissions)
      await t.delete(`/me/permissions/${name}?access_token=${await t.login(shop.id, ana.id, { permissions: [] })}`);
    const without = await inspect(bare);
    assert.deepEqual(
      [without.is_valid, without.error.code, without.error.subcode, without.profile_id],
      [false, 190, undefined, bakery.id],
    );
    assert.match(without.error.message, /impersonating a user's page/);
    const user = await login();
    const page = await pageToken(user);
    assert.equal((await inspect(page)).is_valid, true);
    await happens(t, 'page_role_lost', { app: '0', user: ana.id, page: bakery.id });
    assert.deepEqual([(await inspect(page)).error.subcode, (await inspect(user)).is_valid], [492, true]);
  });

  test('of a person at a checkpoint: refused while it lasts, with no time of death', async () => {
    const token = await t.login(shop.id, cleo.id);
    const { installation } = t.server;
    const { change } = await import('../../src/liveness/change.ts');
    const people = await import('../../src/store/people/people.ts');
    const put = (state: 'checkpoint' | 'active') =>
      change(installation, ({ tx }) => people.setState(tx, cleo.id, state));
    await put('checkpoint');
    const data = await inspect(token);
    assert.deepEqual([data.is_valid, data.error.subcode, data.invalidated_at], [false, 459, undefined]);
    await put('active');
    assert.equal((await inspect(token)).is_valid, true);
  });
});

describe('what is not valid', () => {
  test('text that is no token of ours: nothing but the error', async () => {
    await t.login(shop.id, ana.id);
    for (const input of [
      await codeOf(t),
      'EAAhello',
      'EAA',
      'eyJhbGciOiJub25lIn0.e30.',
      'x'.repeat(5000),
      '7|7',
      `${shop.id}|wrong`,
      `${rival.id}|wrong`,
      '|',
      'a|b|c',
    ]) {
      const { status, body, text } = await ask(input, appToken);
      assert.equal(status, 200, input);
      assert.deepEqual(Object.keys(body.data), ['error', 'is_valid', 'scopes'], input);
      assert.deepEqual([body.data.error.code, body.data.is_valid, body.data.scopes], [190, false, []], input);
      if (input.length > 5) assert.ok(!text.includes(input));
    }
  });

  test('a missing, empty or structured input_token is a bad request', async () => {
    for (const query of ['', '&input_token=', '&input_token[]=x', '&input_token[a]=x']) {
      const reply = await t.get(`/debug_token?access_token=${encodeURIComponent(appToken)}${query}`);
      assert.deepEqual(error(reply), [400, 100, undefined], query);
      assert.equal(reply.body.error.message, '(#100) The parameter input_token is required');
    }
  });
});

test('TM-03: what is nearly an app credential inspects nothing and says nothing', async () => {
  const input = await t.login(shop.id, ana.id);
  for (const caller of [
    `${shop.id}|wrong`,
    `${shop.id}|${rival.secret}`,
    `${shop.id}|${shop.clientToken}`,
    `${shop.id}|`,
    `|${shop.secret}`,
    '|',
    `${shop.id}|${shop.secret}|x`,
    `0${shop.id}|${shop.secret}`,
  ]) {
    const reply = await ask(input, caller);
    assert.deepEqual(error(reply), [400, 190, undefined], caller);
    assert.equal(reply.body.error.message, 'Invalid OAuth access token signature.', caller);
  }
});

describe('TM-01: who may inspect', () => {
  test('an app token in both forms, and a developer or administrator with a token of the app', async () => {
    const input = await t.login(shop.id, ana.id);
    const { body } = await t.get(
      `/oauth/access_token?grant_type=client_credentials&client_id=${shop.id}&client_secret=${shop.secret}`,
    );
    for (const caller of [appToken, body.access_token, await t.login(shop.id, ben.id)])
      assert.equal((await ask(input, caller)).status, 200);
  });

  test('nobody else', async () => {
    const input = await t.login(shop.id, ben.id);
    const mine = await t.login(shop.id, ana.id, { permissions: pagePermissions });
    const page = await pageToken(mine);
    const callers = {
      'another person': mine,
      'a Page token': page,
      'a session-info token': await attenuated(await t.login(shop.id, ben.id)),
      'no token': '',
    };
    const state = await digest(t);
    for (const [who, caller] of Object.entries(callers)) {
      const reply = await ask(input, caller);
      assert.deepEqual(error(reply), [400, 100, undefined], who);
      assert.equal(reply.body.error.message, notAllowed, who);
    }
    for (const itself of [page, mine]) assert.equal((await ask(itself, itself)).body.error.message, notAllowed);
    assert.deepEqual(error(await ask(input, 'EAAnonsense')), [400, 190, undefined]);
    assert.deepEqual(error(await ask(input, `${phone.id}|${phone.secret}`)), [400, 15, undefined]);
    assert.equal(await digest(t), state);
  });

  test('TM-02: a token of another app tells nothing, alive or dead, and is noted', async () => {
    const foreign = await t.login(rival.id, ana.id, { permissions: ['email'] });
    const developer = await t.login(rival.id, cleo.id);
    const check = async (input: string, caller: string) => {
      t.log.length = 0;
      const reply = await ask(input, caller);
      assert.deepEqual(error(reply), [400, 100, undefined]);
      assert.deepEqual(Object.keys(reply.body), ['error']);
      assert.equal(reply.body.error.message, otherApp);
      assert.equal(t.log.filter((line) => line.message === 'token.cross_app').length, 1);
    };
    await check(foreign, appToken);
    await check(await t.login(shop.id, ana.id), developer);
    await check(`${rival.id}|${rival.secret}`, appToken);
    await happens(t, 'password_changed', { app: '0', user: ana.id });
    await check(foreign, appToken);
  });

  test('TB-03: inspecting is no way to guess the secret of another app', async () => {
    const world = await testWorld();
    const guess = (rest: string) =>
      world.get(
        `/debug_token?input_token=${encodeURIComponent(`${rival.id}|${rest}`)}&access_token=${encodeURIComponent(appToken)}`,
      );
    for (let i = 0; i < 20; i++) assert.equal((await guess(`wrong${i}`)).status, 200);
    assert.deepEqual(error(await guess(rival.secret)), [400, 4, undefined]);
    await world.close();
  });

  test('TM-05: the secret as caller is refused from an address off the allow list, user tokens are not', async () => {
    const input = await t.login(shop.id, ben.id);
    await settings(t, shop.id, { serverIpAllowList: ['198.51.100.7'] });
    assert.deepEqual(error(await ask(input, appToken)), [400, 5, undefined]);
    assert.equal((await ask(input, input)).status, 200);
    await settings(t, shop.id, { serverIpAllowList: [] });
  });

  test('a disabled app inspects nothing', async () => {
    const input = await t.login(rival.id, ana.id);
    await appRow(t, rival.id, () => ({ status: 'disabled' }));
    assert.deepEqual(error(await ask(input, `${rival.id}|${rival.secret}`)), [400, 190, undefined]);
    await appRow(t, rival.id, () => ({ status: 'active' }));
    assert.equal((await ask(input, `${rival.id}|${rival.secret}`)).body.data.is_valid, true);
  });
});
