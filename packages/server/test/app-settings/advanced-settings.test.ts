// The advanced settings of an app, each with what follows from it: restrictions, the secret of a native app, the version for
// people with a role, two-factor authentication, the archive.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { blockedReasons } from '@hallpass/pages';
import { appRow, codeOf, settings } from '../acts.ts';
import { Browser } from '../browser.ts';
import { Dashboard } from '../../src/headless/dashboard.ts';
import { desk } from '../dashboard.ts';
import { shopDialog, tokenFor } from '../dialog-journey.ts';
import { codeNow, withFactor } from '../people/second-factor.ts';
import { cast, seed, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, shop, phone } = cast;
const appToken = `${shop.id}|${shop.secret}`;
const client = { client_id: shop.id, client_secret: shop.secret, grant_type: 'client_credentials' };

async function scene(t: TestContext, options: Parameters<typeof testWorld>[0] = {}) {
  const world = await testWorld(options);
  t.after(() => world.close());
  return world;
}

/** Ana with this profile. */
const withProfile = (profile: NonNullable<(typeof seed)['people'][number]['profile']>): typeof seed => ({
  ...seed,
  people: seed.people.map((person) => (person.id === ana.id ? { ...person, profile } : person)),
});

async function headingOfDialog(world: TestWorld): Promise<string> {
  const browser = new Browser(world);
  await browser.logIn(ana);
  await browser.open(shopDialog());
  return browser.heading();
}

test('App Restrictions keep out who is too young, elsewhere or unknown, in words, and let in who meets them', async (t) => {
  const world = await scene(t, {
    seed: withProfile({ birthday: '02/28/1999', location: { id: '1', name: 'Porto, Portugal' } }),
  });
  const { title } = blockedReasons.app_restricted;
  for (const [restrictions, kept] of [
    ['{"age":"18+"}', false],
    ['{"age":"13-17"}', true],
    ['{"location":"PT,BR"}', false],
    ['{"location":"US","unlocated":true}', true],
    ['{"type":"alcohol"}', false],
    ['', false],
  ] as const) {
    await settings(world, shop.id, { restrictions });
    assert.equal((await headingOfDialog(world)) === title, kept, restrictions);
  }
});

test('somebody whose birthday is not known is kept out by an age, and those who work on the app by nothing', async (t) => {
  const world = await scene(t, { seed: withProfile({}) });
  await settings(world, shop.id, { restrictions: '{"age":"18+","location":"PT"}' });
  assert.equal(await headingOfDialog(world), blockedReasons.app_restricted.title);
  const own = new Browser(world);
  await own.logIn(ben);
  await own.open(shopDialog());
  assert.equal(own.heading(), 'Continue to Shop?');
});

test('a log-in from a device is closed to those who are kept out', async (t) => {
  const world = await scene(t, { seed: withProfile({ birthday: '02/28/2015' }) });
  await settings(world, shop.id, { deviceLogin: true, restrictions: '{"age":"18+"}' });
  const { body } = await world.post('/device/login', { access_token: `${shop.id}|${shop.clientToken}` });
  const browser = new Browser(world);
  await browser.logIn(ana);
  await browser.open(`/device?user_code=${body.user_code}`);
  await browser.send(browser.form('/device', { user_code: body.user_code }));
  assert.doesNotMatch(browser.page.html, /Shop/);
});

test('restrictions that nothing follows from are refused, and read as they were written', async (t) => {
  const world = await scene(t);
  const write = (restrictions: string) => world.post(`/${shop.id}`, { access_token: appToken, restrictions });
  assert.equal((await write('{"gdpr":"yes"}')).body.error.code, 100);
  assert.equal((await write('{"location":"XX"}')).body.error.code, 100);
  assert.equal((await write('{"location":"pt"}')).status, 200);
  const read = await world.get(`/${shop.id}?fields=restrictions&access_token=${encodeURIComponent(appToken)}`);
  assert.equal(read.body.restrictions, '{"location":"PT"}');
});

test('a native app whose secret stays with its makers keeps its app tokens, and loses them when the secret is in it', async (t) => {
  const world = await scene(t);
  const bens = await desk(world, ben);
  const app = () => world.get(`/${shop.id}?fields=name&access_token=${encodeURIComponent(appToken)}`);
  const exchanged = async () => (await world.post('/oauth/access_token', client)).status;
  assert.equal((await bens.post(`/${shop.id}/security_settings`, { native_app: 'true' })).status, 200);
  assert.equal((await app()).body.error.code, 15);
  assert.equal(await exchanged(), 400);
  const apart = { app_secret_embedded: 'false' };
  assert.equal((await bens.post(`/${shop.id}/security_settings`, apart)).status, 200);
  assert.equal((await app()).body.name, 'Shop');
  assert.equal(await exchanged(), 200);
  const { body: told } = await bens.post('/would_end', {
    call: `${shop.id}/security_settings?app_secret_embedded=true`,
    call_method: 'POST',
  });
  assert.deepEqual([told.app_tokens, told.apps], [1, [{ id: shop.id, name: 'Shop' }]]);
  await bens.post(`/${shop.id}/security_settings`, { app_secret_embedded: 'true' });
  assert.equal((await app()).body.error.code, 15);
});

test('PR-12: no token of the app says that its secret stays with its makers', async (t) => {
  const world = await scene(t);
  const written = await world.post(`/${shop.id}`, { access_token: appToken, app_secret_embedded: 'false' });
  assert.equal(written.status, 200, 'what is not in the list is passed over');
  assert.equal((await world.server.installation.facts.app(shop.id))?.settings.appSecretEmbedded, true);
  assert.equal((await world.post(`/${phone.id}`, { access_token: `${phone.id}|${phone.secret}` })).status, 400);
});

test('calls that name no version are of another one for people with a role on the app', async (t) => {
  const world = await scene(t);
  const bens = await desk(world, ben);
  const chosen = { default_version: 'v24.0', default_version_for_roles: 'v25.0' };
  assert.equal((await bens.post(`/${shop.id}/security_settings`, chosen)).status, 200);
  const versionFor = async (person: { id: string }) => {
    const token = await world.login(shop.id, person.id as typeof ana.id);
    return (await world.get(`/me?access_token=${token}`)).headers['facebook-api-version'];
  };
  assert.deepEqual([await versionFor(ana), await versionFor(ben)], ['v24.0', 'v25.0']);
  assert.equal((await bens.post(`/${shop.id}/security_settings`, { default_version_for_roles: 'v1.0' })).status, 400);
  await bens.post(`/${shop.id}/security_settings`, { default_version_for_roles: '' });
  assert.equal(await versionFor(ben), 'v24.0');
});

test('an app that requires two-factor authentication is changed by nobody without it, and nobody locks themselves out', async (t) => {
  const people = withFactor(ben.id);
  const world = await scene(t, {
    seed: {
      ...people,
      apps: people.apps.map((app) =>
        app.id === shop.id
          ? { ...app, roles: [...(app.roles ?? []), { person: ana.id, role: 'administrators' }] }
          : app,
      ),
    },
  });
  const required = { require_two_factor_reauthorization: 'true' };
  const anas = await desk(world, ana);
  assert.equal((await anas.post(`/${shop.id}/security_settings`, required)).body.error.code, 10);

  const browser = new Browser(world);
  await browser.logIn(ben);
  await browser.send(browser.form('/login/two-factor', { code: codeNow(world) }));
  const bens = new Dashboard(browser);
  await bens.session();
  assert.equal((await bens.post(`/${shop.id}/security_settings`, required)).status, 200);
  for (const act of ['show_secret', 'reset_client_token', 'security_settings', 'mode', 'archive'])
    assert.equal((await anas.post(`/${shop.id}/${act}`, { archived: 'true', mode: 'live' })).body.error.code, 10, act);
  assert.equal((await anas.post(`/${shop.id}/settings`, { contact_email: 'a@b.example' })).body.error.code, 10);
  assert.equal((await anas.delete(`/${shop.id}`)).body.error.code, 10);
  assert.equal((await anas.get(`/${shop.id}?fields=mode`)).body.mode, 'live', 'looking needs none');
  assert.equal((await bens.post(`/${shop.id}/settings`, { contact_email: 'a@b.example' })).status, 200);
});

test('an archived app is refused everywhere but in its dashboard, and comes back with its tokens', async (t) => {
  const world = await scene(t);
  const bens = await desk(world, ben);
  const token = await tokenFor(new Browser(world), ana);
  const code = await codeOf(world);
  const listed = async (query = '') =>
    (await bens.get(`/me/apps${query}`)).body.data.map((app: { id: string }) => app.id).includes(shop.id);
  const { body: told } = await bens.post('/would_end', {
    call: `${shop.id}/archive?archived=true`,
    call_method: 'POST',
  });
  assert.deepEqual([told.app_tokens, told.people], [1, 1]);
  assert.equal((await bens.post(`/${shop.id}/archive`, { archived: 'false' })).status, 400, 'it is in use');
  assert.equal((await bens.post(`/${shop.id}/archive`, { archived: 'true' })).status, 200);

  assert.equal((await world.get(`/me?access_token=${token}`)).body.error.code, 190);
  assert.equal((await world.post('/oauth/access_token', client)).body.error.code, 101);
  const redeem = { ...client, grant_type: '', redirect_uri: 'https://app.example/cb', code };
  assert.ok((await world.post('/oauth/access_token', redeem)).body.error);
  assert.equal(await headingOfDialog(world), blockedReasons.app_disabled.title);
  assert.deepEqual([await listed(), await listed('?archived=true')], [false, true]);
  assert.equal((await bens.get(`/${shop.id}?fields=name,archived`)).body.archived, true);

  assert.equal((await bens.post(`/${shop.id}/archive`, { archived: 'false' })).status, 200);
  assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);
  assert.deepEqual([await listed(), await listed('?archived=true')], [true, false]);
});

test('PR-06: only administrators archive an app, in the dashboard, and none takes out what the operator has disabled', async (t) => {
  const world = await scene(t);
  const anas = await desk(world, ana);
  assert.equal((await anas.post(`/${shop.id}/archive`, { archived: 'true' })).body.error.code, 200);
  const asApp = await world.post(`/${shop.id}/archive`, { access_token: appToken, archived: 'true' });
  assert.ok(asApp.body.error);
  await appRow(world, shop.id, () => ({ status: 'disabled' }));
  const bens = await desk(world, ben);
  assert.ok((await bens.post(`/${shop.id}/archive`, { archived: 'false' })).body.error);
  assert.equal((await world.server.installation.facts.app(shop.id))?.status, 'disabled');
});
