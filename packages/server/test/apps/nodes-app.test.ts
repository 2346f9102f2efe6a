// These tests are about the app node: who reads which of its settings, who writes them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { beginSession } from '../../src/people/sign-in/sessions.ts';
import { change } from '../../src/liveness/change.ts';
import * as apps from '../../src/store/apps/apps.ts';
import { desk } from '../dashboard.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';
import { AppId, PersonId } from '../../src/store/ids.ts';

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const { shop, rival, draft, phone } = cast;
const tokenOf = (app: { id: string; secret: string }) => `${app.id}|${app.secret}`;
const enc = encodeURIComponent;

const stored = (id: string) => apps.byId(t.server.installation.db.read, t.server.installation.sealer, AppId.of(id));

/** A token of somebody who entered the password a moment ago. */
async function freshLogin(app: string, person: string): Promise<string> {
  const { session } = await change(t.server.installation, (act) =>
    beginSession(t.server.installation, act, PersonId.of(person), { userAgent: 'test', ipPrefix: '' }),
  );
  return t.login(app, person, { session: session.id });
}

test('any token reads what an app is called, and no more', async () => {
  const ana = await t.login(shop.id, cast.ana.id);
  const client = `${phone.id}|${phone.clientToken}`;
  for (const token of [ana, tokenOf(rival), client]) {
    const { body } = await t.get(
      `/${shop.id}?fields=id,name,contact_email,app_domains,app_type,monthly_active_users&access_token=${enc(token)}`,
    );
    assert.deepEqual(body, { id: shop.id, name: 'Shop' });
  }
  assert.equal((await t.get(`/${shop.id}`)).body.error.code, 104);
});

test('the app itself and people with a role on it read its settings, by a token of this app', async () => {
  const ben = await t.login(shop.id, cast.ben.id);
  for (const token of [tokenOf(shop), ben]) {
    const { body } = await t.get(`/${shop.id}?fields=contact_email,app_type,created_time&access_token=${enc(token)}`);
    assert.deepEqual(body, {
      contact_email: 'owner@shop.example',
      app_type: 0,
      created_time: '2026-11-21T12:34:56+0000',
      id: shop.id,
    });
  }
  const elsewhere = await t.login(rival.id, cast.ben.id);
  assert.deepEqual((await t.get(`/${shop.id}?fields=contact_email&access_token=${elsewhere}`)).body, { id: shop.id });
});

test('no field of an app is a secret', async () => {
  const { body } = await t.get(`/${shop.id}?metadata=1&access_token=${enc(tokenOf(shop))}`);
  const names = body.metadata.fields.map((one: { name: string }) => one.name);
  const { text } = await t.get(`/${shop.id}?fields=${names.join(',')}&access_token=${enc(tokenOf(shop))}`);
  assert.ok(!text.includes(shop.secret));
  assert.ok(!text.includes(shop.clientToken));
});

test('an app in development is unknown to people without a role on it', async () => {
  const ana = await t.login(shop.id, cast.ana.id);
  const ben = await t.login(shop.id, cast.ben.id);
  assert.equal((await t.get(`/${draft.id}?access_token=${ana}`)).body.error.error_subcode, 33);
  assert.equal((await t.get(`/${draft.id}?access_token=${ben}`)).body.name, 'Draft');
});

test('the app node is also called app', async () => {
  assert.equal((await t.get(`/app?access_token=${enc(tokenOf(shop))}`)).body.id, shop.id);
});

test('documented settings are written by the app token and read back', async () => {
  const form = {
    app_name: 'Better Shop',
    app_domains: '["shop.example","m.shop.example"]',
    privacy_policy_url: 'https://shop.example/privacy',
    contact_email: 'New@Shop.example',
    namespace: 'better-shop',
    server_ip_whitelist: '127.0.0.0/8',
    restrictions: '{"age":"18+"}',
    url_scheme_suffix: 'kids',
    allow_cycle_app_secret: 'false',
  };
  assert.deepEqual((await t.post(`/${shop.id}`, { ...form, access_token: tokenOf(shop) })).body, { success: true });
  const { body } = await t.get(
    `/${shop.id}?fields=app_name,app_domains,privacy_policy_url,contact_email,namespace,server_ip_whitelist,restrictions,allow_cycle_app_secret&access_token=${enc(tokenOf(shop))}`,
  );
  assert.deepEqual(body, {
    app_name: 'Better Shop',
    app_domains: ['shop.example', 'm.shop.example'],
    privacy_policy_url: 'https://shop.example/privacy',
    contact_email: 'new@shop.example',
    namespace: 'better-shop',
    server_ip_whitelist: ['127.0.0.0/8'],
    restrictions: '{"age":"18+"}',
    allow_cycle_app_secret: false,
    id: shop.id,
  });
  assert.deepEqual((await stored(shop.id))?.settings.iosSuffixes, ['kids']);
  await t.post(`/${shop.id}`, { allow_cycle_app_secret: 'true', app_name: 'Shop', access_token: tokenOf(shop) });
});

test('a setting that cannot be meant is refused and nothing is written', async () => {
  const before = await stored(shop.id);
  const wrong = {
    app_domains: 'https://shop.example',
    privacy_policy_url: 'javascript:alert(1)',
    website_url: 'shop',
    contact_email: 'nobody',
    namespace: 'A B',
    server_ip_whitelist: '300.1.1.1',
    restrictions: '{',
    url_scheme_suffix: 'a1',
    app_name: 'a\u202eb',
    app_type: 'desktop',
    deauth_callback_url: 'file:///etc/passwd',
    auth_dialog_headline: 'a\nb',
  };
  for (const [name, value] of Object.entries(wrong)) {
    const { body } = await t.post(`/${shop.id}`, { [name]: value, description: 'x', access_token: tokenOf(shop) });
    assert.equal(body.error?.code, 100, name);
  }
  assert.deepEqual(await stored(shop.id), before);
});

test('PR-12: what is not a documented setting is never written, by any token', async () => {
  const ben = await t.login(shop.id, cast.ben.id);
  const before = await stored(shop.id);
  const rolesBefore = await apps.roles(t.server.installation.db.read, shop.id);
  const form: Record<string, string> = {
    id: '4711',
    owner: cast.cleo.id,
    roles: '[{"user":"1003","role":"administrators"}]',
    is_verified: 'true',
    app_secret: 'f'.repeat(32),
    secret: 'f'.repeat(32),
    access_level: 'advanced',
    created_by: cast.cleo.id,
    redirect_uris: 'https://evil.example/',
    redirectUris: '["https://evil.example/"]',
    oauth_redirect_uris: 'https://evil.example/',
    sdk_domains: 'evil.example',
    sdkDomains: 'evil.example',
    client_token: 'f'.repeat(32),
    mode: 'development',
    status: 'deleted',
    settings: '{"redirectUris":["https://evil.example/"]}',
    advancedAccess: 'ads_management',
    requireAppSecretProof: 'false',
    description: 'x',
    native_app: 'true',
  };
  assert.deepEqual((await t.post(`/${shop.id}`, { ...form, access_token: tokenOf(shop) })).body, { success: true });
  for (const token of [ben, tokenOf(rival), `${shop.id}|${shop.clientToken}`])
    assert.notEqual((await t.post(`/${shop.id}`, { ...form, access_token: token })).status, 200);
  assert.deepEqual(await stored(shop.id), before);
  assert.deepEqual(await apps.roles(t.server.installation.db.read, shop.id), rolesBefore);
  const page = await t.post(`/${cast.bakery.id}`, { ...form, name: 'Taken', access_token: ben });
  assert.deepEqual([page.status, page.body.error.code], [403, 210]);
});

test('PR-12: of a test user nothing but name and password is written', async () => {
  const made = (
    await t.post(`/${shop.id}/accounts`, {
      access_token: tokenOf(shop),
      id: '4711',
      administrator: 'true',
      email: 'x@evil.example',
      test_user_of: rival.id,
    })
  ).body;
  assert.notEqual(made.id, '4711');
  await t.post(`/${made.id}`, {
    id: '4712',
    email: 'x@evil.example',
    is_verified: 'true',
    administrator: '1',
    state: 'deleted',
    name: 'Named',
    access_token: tokenOf(shop),
  });
  const personId = await t.server.installation.facts.personBehind(shop.id, made.id);
  const person = await t.server.installation.facts.person(PersonId.of(personId as string));
  assert.equal(person?.name, 'Named');
  assert.equal(person?.email, made.email);
  assert.equal(person?.administrator, false);
  assert.equal(person?.testUserOf, shop.id);
  assert.equal(person?.state, 'active');
});

test('an app that becomes native has no working app token, and its administrator switches it back in the dashboard', async () => {
  const token = tokenOf(rival);
  assert.deepEqual((await t.post(`/${rival.id}`, { app_type: '1', access_token: token })).body, { success: true });
  assert.equal((await t.get(`/${rival.id}/roles?access_token=${enc(token)}`)).body.error.code, 15);
  assert.equal((await t.get(`/me?access_token=${enc(token)}`)).body.error.code, 15);
  const native = { native_app: 'false' };
  assert.equal((await (await desk(t, cast.ana)).post(`/${rival.id}/security_settings`, native)).body.error.code, 200);
  assert.deepEqual((await (await desk(t, cast.cleo)).post(`/${rival.id}/security_settings`, native)).body, {
    success: true,
  });
  assert.equal((await t.get(`/${rival.id}/roles?access_token=${enc(token)}`)).status, 200);
});

test('roles are listed with the names of the reference, to the app alone', async () => {
  const ben = (await t.get(`/me?access_token=${await t.login(shop.id, cast.ben.id)}`)).body.id;
  const { body } = await t.get(`/${shop.id}/roles?access_token=${enc(tokenOf(shop))}`);
  assert.deepEqual(body.data, [{ app_id: shop.id, user: ben, role: 'administrators' }]);
});

test('permissions of the app are live where anybody may be asked for them', async () => {
  const of = async (name: string) =>
    (await t.get(`/${shop.id}/permissions?permission=${name}&access_token=${enc(tokenOf(shop))}`)).body.data;
  assert.deepEqual(await of('public_profile'), [{ permission: 'public_profile', status: 'live' }]);
  assert.deepEqual(await of('pages_show_list'), [{ permission: 'pages_show_list', status: 'live' }]);
  assert.deepEqual(await of('ads_management'), [{ permission: 'ads_management', status: 'unapproved' }]);
  const live = await t.get(`/${shop.id}/permissions?status=live&limit=100&access_token=${enc(tokenOf(shop))}`);
  assert.ok(live.body.data.every((one: { status: string }) => one.status === 'live'));
});

test('an app reads how it is used', async () => {
  const own = await testWorld();
  await own.login(shop.id, cast.ana.id);
  const token = enc(tokenOf(shop));
  const count = async (metric: string) =>
    (await own.get(`/${shop.id}/app_insights/${metric}?access_token=${token}`)).body.data[0].values[0].value;
  assert.equal(await count('installs'), 1);
  assert.equal(await count('daily_active_users'), 1);
  await own.clock.advance(2 * 86_400);
  assert.equal(await count('daily_active_users'), 0);
  assert.equal(await count('weekly_active_users'), 1);
  assert.equal(
    (await own.get(`/${shop.id}?fields=weekly_active_users&access_token=${token}`)).body.weekly_active_users,
    '1',
  );
  assert.equal((await own.get(`/${shop.id}/app_insights/happiness?access_token=${token}`)).body.error.code, 100);
  await own.close();
});

test('PR-12: a new secret is for an administrator in the dashboard who has just entered the password; app tokens of the old one die', async () => {
  const own = tokenOf(shop);
  const ana = await freshLogin(shop.id, cast.ana.id);
  const ben = await freshLogin(shop.id, cast.ben.id);
  const [anas, bens] = [await desk(t, cast.ana), await desk(t, cast.ben)];
  for (const edge of ['reset_secret', 'reset_client_token', 'show_secret']) {
    for (const token of [own, ana, ben, tokenOf(rival)]) {
      const { status, text } = await t.post(`/${shop.id}/${edge}`, { access_token: token });
      assert.ok(status >= 400 && !text.includes('app_secret'), text);
    }
    assert.equal((await anas.post(`/${shop.id}/${edge}`)).body.error.code, 200);
  }
  assert.equal((await stored(shop.id))?.secret, shop.secret);
  assert.deepEqual((await bens.post(`/${shop.id}/show_secret`)).body, { app_secret: shop.secret });
  assert.ok(
    t.log.some(
      ({ message, facts }) =>
        message === 'app.secret.shown' && facts?.actorId === cast.ben.id && facts.appId === shop.id,
    ),
  );

  const generated = (
    await t.get(`/oauth/access_token?grant_type=client_credentials&client_id=${shop.id}&client_secret=${shop.secret}`)
  ).body.access_token;
  const { body } = await bens.post(`/${shop.id}/reset_secret`);
  assert.match(body.app_secret, /^[0-9a-f]{32}$/);
  for (const dead of [own, generated])
    assert.equal(
      (await t.get(`/app?access_token=${enc(dead)}`)).body.error.message,
      'Invalid OAuth access token signature.',
    );
  assert.equal((await t.get(`/app?access_token=${enc(`${shop.id}|${body.app_secret}`)}`)).status, 200);
  assert.equal((await t.get(`/me?access_token=${ana}`)).status, 200);

  const client = (await bens.post(`/${shop.id}/reset_client_token`)).body.client_token;
  assert.equal((await t.get(`/app?access_token=${enc(`${shop.id}|${shop.clientToken}`)}`)).body.error.code, 190);
  assert.equal((await t.get(`/app?access_token=${enc(`${shop.id}|${client}`)}`)).status, 200);

  await t.clock.advance(601);
  for (const edge of ['reset_secret', 'show_secret'])
    assert.equal(
      (await bens.post(`/${shop.id}/${edge}`)).body.error.message,
      '(#200) The password must have been entered within the last ten minutes',
    );
  await bens.confirm(cast.ben.password);
  assert.equal((await bens.post(`/${shop.id}/show_secret`)).status, 200);
});

test('an app is deleted by its administrator in the dashboard; nothing of it works afterwards', async () => {
  const other = await testWorld();
  const ana = await other.login(rival.id, cast.ana.id);
  const cleo = await other.login(rival.id, cast.cleo.id);
  for (const token of [ana, cleo, tokenOf(rival)])
    assert.ok((await other.delete(`/${rival.id}?access_token=${enc(token)}`)).status >= 400);
  assert.equal((await (await desk(other, cast.ana)).delete(`/${rival.id}`)).status, 403);
  assert.deepEqual((await (await desk(other, cast.cleo)).delete(`/${rival.id}`)).body, { success: true });
  for (const dead of [ana, cleo, tokenOf(rival)])
    assert.equal(
      (await other.get(`/app?access_token=${enc(dead)}`)).body.error.message,
      'Error validating application. Application has been deleted.',
    );
  const bystander = await other.login(shop.id, cast.ana.id);
  assert.equal((await other.get(`/${rival.id}?access_token=${bystander}`)).body.error.error_subcode, 33);
  await other.close();
});
