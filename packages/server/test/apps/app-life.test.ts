// These tests are about the life of an app in the dashboard: making one, its settings, its modes, where its log-ins may
// lead, and from where its secret is used.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { appsPerPerson } from '@hallpass/protocol';
import { change } from '../../src/liveness/change.ts';
import * as apps from '../../src/store/apps/apps.ts';
import { digest } from '../acts.ts';
import { Browser } from '../browser.ts';
import { type Desk, desk } from '../dashboard.ts';
import { shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';
import { AppId } from '../../src/store/ids.ts';
import { insertInto } from '../../src/store/facts/fact-writes.ts';

const { ana, ben, cleo, shop, draft } = cast;

let t: TestWorld;
let page: Desk;
beforeEach(async () => {
  t = await testWorld();
  page = await desk(t, ben);
});
afterEach(() => t.close());

const enc = encodeURIComponent;

test('whoever makes an app is its administrator, and it is in development', async () => {
  const anas = await desk(t, ana);
  const { status, body } = await anas.post('/me/apps', { name: ' Tide\u00a0Table ', category: 'Weather' });
  assert.equal(status, 200);
  const app = (
    await anas.get(`/${body.id}?fields=name,mode,category,contact_email,my_roles,app_type,enforce_https,redirect_uris`)
  ).body;
  assert.deepEqual(app, {
    name: 'Tide Table',
    mode: 'development',
    category: 'Weather',
    contact_email: ana.email,
    my_roles: ['administrators'],
    app_type: 0,
    enforce_https: true,
    redirect_uris: [],
    id: body.id,
  });
  assert.deepEqual((await anas.get('/me/apps')).body.data, [
    { id: body.id, name: 'Tide Table', mode: 'development', my_roles: ['administrators'] },
  ]);
  assert.equal((await page.get(`/${body.id}`)).body.error.error_subcode, 33);
  assert.ok(
    t.log.some(
      ({ message, facts }) => message === 'app.created' && facts?.appId === body.id && facts?.actorId === ana.id,
    ),
  );
  const { app_secret: secret } = (await anas.post(`/${body.id}/show_secret`)).body;
  assert.equal((await t.get(`/app?access_token=${enc(`${body.id}|${secret}`)}`)).body.name, 'Tide Table');
});

test('the name, address and type of a new app are looked at, and nobody makes apps without end', async () => {
  const before = await digest(t);
  const unfit: Record<string, string>[] = [
    {},
    { name: '' },
    { name: 'a\u202eb' },
    { name: 'X', contact_email: 'nobody' },
    { name: 'X', type: 'desktop' },
    { name: 'X', category: '\u0000' },
  ];
  for (const wrong of unfit)
    assert.equal((await page.post('/me/apps', wrong)).body.error.code, 100, JSON.stringify(wrong));
  assert.equal(await digest(t), before);
  assert.equal(
    (await t.post('/me/apps', { name: 'X', access_token: await t.login(shop.id, ben.id) })).body.error.code,
    200,
  );
  const { installation } = t.server;
  const [template] = await installation.db.read.selectFrom('apps').selectAll().where('id', '=', shop.id).execute();
  await change(installation, async ({ tx }) => {
    for (let i = 0; i < appsPerPerson - 3; i++) {
      await insertInto(tx, 'apps', (rows) =>
        rows.values({ ...(template as NonNullable<typeof template>), id: AppId.of(`88${i + 1}`) }),
      );
      await apps.addRole(tx, AppId.of(`88${i + 1}`), ben.id, 'administrators', 0);
    }
  });
  assert.match((await page.post('/me/apps', { name: 'One more' })).body.error.message, /no more than 100 apps/);
});

test('PR-08: a test user makes no app', async () => {
  const made = (await t.post(`/${shop.id}/accounts`, { access_token: `${shop.id}|${shop.secret}` })).body;
  const tester = await desk(t, { email: made.email, password: made.password });
  assert.deepEqual(
    [(await tester.get('/me')).status, (await tester.post('/me/apps', { name: 'X' })).body.error.code],
    [200, 10],
  );
});

test('settings are written in the dashboard by the rules of the app’s own call', async () => {
  assert.deepEqual(
    (
      await page.post(`/${shop.id}/settings`, {
        app_name: 'Better Shop',
        user_support_url: 'https://shop.example/help',
      })
    ).body,
    {
      success: true,
    },
  );
  assert.equal(
    (await page.get(`/${shop.id}?fields=user_support_url`)).body.user_support_url,
    'https://shop.example/help',
  );
  assert.equal(
    (await page.post(`/${shop.id}/settings`, { privacy_policy_url: 'javascript:alert(1)' })).body.error.code,
    100,
  );
});

test('where log-ins may lead is written as a whole, and counts at the next dialog', async () => {
  const dialog = async () => {
    const browser = new Browser(t);
    await browser.open(shopDialog({ redirect_uri: 'https://new.example/cb' }));
    return browser.page.status;
  };
  assert.equal(await dialog(), 400);
  const uris = {
    redirect_uris: '["https://new.example/cb","https://app.example/cb?a=1,2"]',
    sdk_domains: 'new.example,app.example',
  };
  assert.deepEqual((await page.post(`/${shop.id}/login_addresses`, uris)).body, { success: true });
  assert.equal(await dialog(), 200);
  const stored = (await page.get(`/${shop.id}?fields=redirect_uris,sdk_domains`)).body;
  assert.deepEqual(stored.redirect_uris, ['https://new.example/cb', 'https://app.example/cb?a=1,2']);
  assert.deepEqual(stored.sdk_domains, ['new.example', 'app.example']);
  assert.deepEqual((await page.post(`/${shop.id}/login_addresses`, { redirect_uris: '', sdk_domains: '[]' })).body, {
    success: true,
  });
  assert.equal(await dialog(), 400);
});

test('an address that cannot be registered is refused with the reason, and nothing is written', async () => {
  const before = await digest(t);
  for (const uri of [
    'http://app.example/',
    'https://*.example/',
    'https://app.example/#x',
    'javascript:alert(1)',
    'https://a@app.example/',
    'app.example',
    'https://app.example/a/../b',
  ]) {
    const { status, body } = await page.post(`/${shop.id}/login_addresses`, {
      redirect_uris: JSON.stringify(['https://app.example/cb', uri]),
    });
    assert.deepEqual([status, body.error.code], [400, 100], uri);
    assert.match(body.error.message, /cannot be used\. /, uri);
  }
  for (const domains of ['https://app.example', 'App.Example', '*.example', 'a b', '-x.example'])
    assert.equal(
      (await page.post(`/${shop.id}/login_addresses`, { sdk_domains: domains })).body.error.code,
      100,
      domains,
    );
  assert.equal(
    (
      await page.post(`/${shop.id}/login_addresses`, {
        redirect_uris: JSON.stringify(Array.from({ length: 201 }, (_, i) => `https://app.example/${i}`)),
      })
    ).body.error.code,
    100,
  );
  assert.equal(await digest(t), before);
});

test('App Domains bound where log-ins may lead, whichever of the two is written later in the dashboard', async () => {
  const write = (edge: string, form: Record<string, string>) => page.post(`/${shop.id}/${edge}`, form);
  assert.match(
    (await write('settings', { app_domains: 'shop.example' })).body.error.message,
    /app_domains: https:\/\/app\.example\/cb cannot be used/,
  );
  assert.equal((await write('settings', { app_domains: 'app.example' })).status, 200);
  for (const uri of ['https://evil.example/', 'https://app.example.evil.example/', 'https://xapp.example/'])
    assert.equal((await write('login_addresses', { redirect_uris: uri })).body.error.code, 100, uri);
  assert.equal((await write('login_addresses', { sdk_domains: 'evil.example' })).body.error.code, 100);
  const fine =
    '["https://app.example/","https://login.app.example/cb","http://localhost:3000/cb","http://127.0.0.1/cb","http://[::1]/cb"]';
  assert.equal((await write('login_addresses', { redirect_uris: fine, sdk_domains: 'www.app.example' })).status, 200);
  assert.equal((await write('settings', { app_domains: '' })).status, 200);
  assert.equal((await write('login_addresses', { redirect_uris: 'https://anywhere.example/' })).status, 200);
});

test('an app goes live when it has a privacy policy and somebody to write to, and back to development for its own people', async () => {
  const mode = (wanted: string) => page.post(`/${draft.id}/mode`, { mode: wanted });
  assert.equal((await mode('published')).body.error.code, 100);
  assert.match((await mode('live')).body.error.message, /privacy_policy_url/);
  await page.post(`/${draft.id}/settings`, { privacy_policy_url: 'https://draft.example/privacy' });
  assert.match((await mode('live')).body.error.message, /contact_email/);
  await page.post(`/${draft.id}/settings`, { contact_email: 'makers@draft.example' });
  assert.deepEqual((await mode('live')).body, { success: true });
  const anas = await t.login(draft.id, ana.id);
  const bens = await t.login(draft.id, ben.id);
  assert.equal((await t.get(`/me?access_token=${anas}`)).status, 200);
  assert.deepEqual((await mode('development')).body, { success: true });
  assert.equal((await t.get(`/me?access_token=${anas}`)).body.error.error_subcode, 458);
  assert.equal((await t.get(`/me?access_token=${bens}`)).status, 200);
});

test('Enforce HTTPS refuses http of this machine for a live app until it is switched off', async () => {
  await page.post(`/${shop.id}/login_addresses`, { redirect_uris: 'http://localhost:3000/cb' });
  const dialog = async () =>
    (await new Browser(t).open(shopDialog({ redirect_uri: 'http://localhost:3000/cb' }))).status;
  assert.equal(await dialog(), 400);
  assert.equal((await page.post(`/${shop.id}/security_settings`, { enforce_https: 'false' })).status, 200);
  assert.equal(await dialog(), 200);
  assert.equal((await page.post(`/${shop.id}/security_settings`, { enforce_https: 'true' })).status, 200);
  assert.equal(await dialog(), 400);
});

test('every switch is written and read back under its own name', async () => {
  const switches = [
    'client_oauth_login',
    'web_oauth_login',
    'embedded_browser_login',
    'native_login',
    'js_sdk_login',
    'login_from_devices',
    'enforce_https',
    'require_appsecret_proof',
    'require_pkce',
    'long_lived_token_in_flow',
    'nonce_in_flow',
  ];
  for (const name of switches) {
    const before = (await page.get(`/${shop.id}?fields=${switches.join(',')}`)).body;
    assert.equal(
      (await page.post(`/${shop.id}/security_settings`, { [name]: String(!before[name]) })).status,
      200,
      name,
    );
    assert.deepEqual(
      (await page.get(`/${shop.id}?fields=${switches.join(',')}`)).body,
      { ...before, [name]: !before[name] },
      name,
    );
  }
  const unfit: Record<string, string>[] = [
    { require_pkce: 'perhaps' },
    { default_version: 'v1.0' },
    { android_packages: 'x' },
    { server_ip_whitelist: '10.0.0.0/33' },
    { native_app: '', default_version: 'new' },
  ];
  for (const wrong of unfit)
    assert.equal((await page.post(`/${shop.id}/security_settings`, wrong)).body.error.code, 100, JSON.stringify(wrong));
});

test('TM-05: the secret works from the listed addresses only, tokens of people from everywhere', async () => {
  assert.equal(
    (await page.post(`/${shop.id}/security_settings`, { server_ip_whitelist: '203.0.113.0/24,2001:db8::/32' })).status,
    200,
  );
  const user = await t.login(shop.id, ana.id);
  const from = async (address: string, token: string) =>
    JSON.parse(String((await t.send({ path: '/app', query: `access_token=${enc(token)}`, address })).body)).error?.code;
  const secret = `${shop.id}|${shop.secret}`;
  assert.deepEqual(
    [await from('198.51.100.1', secret), await from('203.0.113.9', secret), await from('2001:db8::1', secret)],
    [5, undefined, undefined],
  );
  assert.equal(await from('198.51.100.1', user), undefined);
  assert.equal((await page.post(`/${shop.id}/security_settings`, { server_ip_whitelist: '' })).status, 200);
  assert.equal(await from('198.51.100.1', secret), undefined);
});

test('a deleted app is gone from the dashboard with its invitations and requests; its id is never given again', async () => {
  await page.post(`/${shop.id}/role_invitations`, { email: cleo.email, role: 'testers' });
  await page.post(`/${shop.id}/access_requests`, { permission: 'ads_read', use_case: 'x' });
  const cleos = await desk(t, cleo);
  assert.equal((await cleos.get('/me/app_invitations')).body.data.length, 1);
  assert.equal((await page.delete(`/${shop.id}`)).status, 200);
  assert.deepEqual((await cleos.get('/me/app_invitations')).body.data, []);
  for (const table of ['app_invitations', 'access_requests'] as const)
    assert.deepEqual(await t.server.installation.db.read.selectFrom(table).selectAll().execute(), []);
  assert.ok(!(await page.get('/me/apps')).body.data.some((one: { id: string }) => one.id === shop.id));
  assert.equal((await page.post(`/${shop.id}/settings`, { app_name: 'X' })).body.error.error_subcode, 33);
});
