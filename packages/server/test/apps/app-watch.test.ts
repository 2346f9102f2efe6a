// The people of an app see how it does: calls by use case, errors by code, limits, the health report, and alerts
// about limits, versions and the secret.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { change } from '../../src/liveness/change.ts';
import { addKinds } from '../../src/store/installation/usage.ts';
import { settings } from '../acts.ts';
import { type Desk, desk } from '../dashboard.ts';
import { cast, testWorld, type TestWorld } from '../world.ts';
import { settled } from './receiver.ts';

const { ana, ben, cleo, shop, rival } = cast;
const appToken = encodeURIComponent(`${shop.id}|${shop.secret}`);

interface MailSent {
  to: string;
  subject: string;
  text: string;
}

async function opened(t: TestContext): Promise<{ world: TestWorld; bens: Desk; mails: MailSent[] }> {
  const mails: MailSent[] = [];
  const mail = {
    send: async ({ to, subject, text }: MailSent) => {
      mails.push({ to, subject, text });
      return { ms: 1, fault: undefined };
    },
  };
  const outbound = { send: async () => ({ ms: 1, status: 200, body: '' }) };
  const world = await testWorld({
    settings: { rateLimits: true, usersAtLeast: 1, callsPerUser: 10 },
    world: { mail, outbound } as never,
  });
  t.after(() => world.close());
  return { world, bens: await desk(world, ben), mails };
}

const rows = async (who: Desk, path: string) => (await who.get(`/${shop.id}/${path}`)).body.data;

test('calls are told by use case and errors by code and subcode, day by day, before and after they are stored', async (t) => {
  const { world, bens } = await opened(t);
  const token = await world.login(shop.id, ana.id, { longLived: true });
  await world.get(`/me?access_token=${token}`);
  await world.get(`/999999?access_token=${token}`);
  await world.clock.advance(86_400);
  await world.get(`/999999?access_token=${token}`);
  await world.get(`/me/nothing?access_token=${token}`);
  for (const stored of [false, true]) {
    if (stored) await world.flush();
    const uses = await rows(bens, 'calls_by_use_case');
    assert.deepEqual(
      uses.map((one: { name: string; calls: number }) => [one.name, one.calls]),
      [['app', 4]],
    );
    assert.deepEqual(
      uses[0].values.map((one: { value: number }) => one.value),
      [0, 0, 0, 0, 0, 2, 2],
    );
    const errors = await rows(bens, 'errors_by_code');
    assert.deepEqual(
      errors.map((one: { name: string; code: number; calls: number }) => [one.name, one.code, one.calls]),
      [
        ['100/33', 100, 2],
        ['100', 100, 1],
      ],
    );
    assert.ok(errors[0].doc.length > 10);
  }
  assert.equal((await bens.get(`/${shop.id}/errors_by_code?since=1`)).body.error.code, 100);
});

test('PR-07: figures of an app are for people whose role sees them', async (t) => {
  const { world } = await opened(t);
  const cleos = await desk(world, cleo);
  for (const edge of ['calls_by_use_case', 'errors_by_code', 'usage_limits', 'health']) {
    assert.equal((await cleos.get(`/${shop.id}/${edge}`)).status, 403, edge);
    assert.equal((await world.get(`/${shop.id}/${edge}?access_token=${appToken}`)).status, 403, edge);
  }
});

test('a limit tells how much of it is used up, alerts once near it and once when it is reached, and is in the health report', async (t) => {
  const { world, bens, mails } = await opened(t);
  const token = await world.login(shop.id, ana.id, { longLived: true });
  const call = () => world.get(`/me?access_token=${token}`);
  const alerts = async (): Promise<string[]> => (await rows(bens, 'alerts')).map((one: { type: string }) => one.type);
  for (let i = 0; i < 8; i++) await call();
  await world.flush();
  await world.flush();
  const [limit] = await rows(bens, 'usage_limits');
  assert.deepEqual(
    [limit.use_case, limit.calls, limit.allowance, limit.call_count, limit.regain_seconds],
    ['app', 8, 10, 80, 0],
  );
  assert.deepEqual(await alerts(), ['limit_near']);
  await world.clock.advance(1);
  for (let i = 0; i < 3; i++) await call();
  await world.flush();
  assert.deepEqual(await alerts(), ['limit_reached', 'limit_near']);
  const health = (await rows(bens, 'health?limit=100')).find((one: { id: string }) => one.id === 'limits');
  assert.deepEqual([health.state, health.message], ['problem', '100 % of the limit app are used up.']);
  assert.ok((await rows(bens, 'usage_limits'))[0].regain_seconds > 0);
  await settled(world);
  assert.deepEqual(mails.map(({ to }) => to).sort(), [
    ben.email,
    ben.email,
    'owner@shop.example',
    'owner@shop.example',
  ]);
  assert.match(mails.map(({ text }) => text).join(), /has used up the limit app: further calls are refused/);
});

test('a version that ends within 90 days is told once to an app that calls it, and not to one that does not', async (t) => {
  const { world, bens } = await opened(t);
  const token = await world.login(shop.id, ana.id, { longLived: true });
  await world.get(`/v21.0/me?access_token=${token}`);
  for (let i = 0; i < 3; i++) {
    await world.get(`/v21.0/me?access_token=${token}`);
    await world.flush();
    await world.clock.advance(86_400);
  }
  const [alert, ...more] = await rows(bens, 'alerts');
  assert.deepEqual([alert.type, more.length], ['version_ending', 0]);
  assert.match(alert.message, /v21\.0, which ends on 2027-01-21/);
  const cleos = await desk(world, cleo);
  assert.deepEqual((await cleos.get(`/${rival.id}/alerts`)).body.data, []);
});

test('a version that is called on another node counts, in the health report and for its alert, also on the day it is first called', async (t) => {
  const { world, bens } = await opened(t);
  const { installation } = world.server;
  await settings(world, shop.id, { defaultVersion: 'v25.0' });
  const health = async () =>
    (await rows(bens, 'health?limit=100')).find((one: { id: string }) => one.id === 'versions');
  const token = await world.login(shop.id, ana.id);
  await world.get(`/v25.0/me?access_token=${token}`);
  await world.flush();
  assert.equal((await health()).state, 'ok');
  // The other node has stored its calls of today.
  const day = Math.floor(world.clock.now() / 86_400);
  await change(installation, ({ tx }) => addKinds(tx, { app_id: shop.id, day }, new Map([['version:v21.0', 3]])));
  assert.deepEqual(
    [(await health()).state, (await health()).message],
    ['warning', 'Calls name v21.0, which ends on 2027-01-21.'],
  );
  await world.get(`/v21.0/me?access_token=${token}`);
  await world.flush();
  assert.deepEqual(
    (await rows(bens, 'alerts')).map(({ type }: { type: string }) => type),
    ['version_ending'],
  );
});

test('a new secret is told to administrators, the contact address and the notification address, each once', async (t) => {
  const { world, bens, mails } = await opened(t);
  await settings(world, shop.id, { updateNotificationEmail: 'watch@shop.example' });
  const { app_secret: secret } = (await bens.post(`/${shop.id}/reset_secret`)).body;
  await settled(world);
  assert.deepEqual(mails.map(({ to }) => to).sort(), [ben.email, 'owner@shop.example', 'watch@shop.example']);
  assert.ok(
    mails.every(({ text, subject }) => !text.includes(secret) && subject.includes('secret of your app was reset')),
  );
  assert.match(
    mails.find(({ to }) => to === 'watch@shop.example')?.text ?? '',
    /this address is in the settings of Shop/,
  );
  await settings(world, shop.id, { updateNotificationEmail: ben.email, contactEmail: '' });
  mails.length = 0;
  await bens.post(`/${shop.id}/reset_secret`);
  await settled(world);
  assert.deepEqual(
    mails.map(({ to }) => to),
    [ben.email],
  );
});

test('PR-12: with API access to settings off, the app itself changes none, and its people go on', async (t) => {
  const { world, bens } = await opened(t);
  const change = () =>
    world.post(`/${shop.id}`, { website_url: 'https://shop.example/', access_token: decodeURIComponent(appToken) });
  assert.equal((await change()).status, 200);
  assert.equal((await bens.post(`/${shop.id}/security_settings`, { allow_api_settings: 'false' })).status, 200);
  assert.equal((await change()).body.error.code, 10);
  assert.equal((await bens.post(`/${shop.id}/settings`, { website_url: 'https://shop.example/2' })).status, 200);
});

test('settings are changed from addresses of the allow list alone, and nobody locks themselves out', async (t) => {
  const { world, bens } = await opened(t);
  const away = await bens.post(`/${shop.id}/security_settings`, { update_ip_whitelist: '203.0.113.0/24' });
  assert.match(away.body.error.message, /with your own address/);
  await settings(world, shop.id, { settingsIpAllowList: ['203.0.113.0/24'] });
  for (const [edge, form] of [
    ['settings', { website_url: 'https://shop.example/' }],
    ['security_settings', { require_pkce: 'true' }],
    ['login_addresses', { redirect_uris: 'https://shop.example/cb' }],
  ] as const)
    assert.match((await bens.post(`/${shop.id}/${edge}`, form)).body.error.message, /from this address/, edge);
  const byApp = await world.post(`/${shop.id}`, {
    website_url: 'https://x.example/',
    access_token: decodeURIComponent(appToken),
  });
  assert.match(byApp.body.error.message, /from this address/);
});

test('the health report names what is missing and is content with what is there', async (t) => {
  const { world, bens } = await opened(t);
  const states = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await rows(bens, 'health?limit=100')).map((one: { id: string; state: string }) => [one.id, one.state]),
    );
  const before = await states();
  assert.deepEqual(
    [
      before['privacy_policy'],
      before['contact_email'],
      before['data_deletion'],
      before['require_app_secret'],
      before['secret_age'],
    ],
    ['problem', 'ok', 'warning', 'warning', 'ok'],
  );
  await settings(world, shop.id, {
    privacyPolicyUrl: 'https://shop.example/privacy',
    dataDeletionInstructionsUrl: 'https://shop.example/delete',
    requireAppSecretProof: true,
    appDomains: ['example'],
  });
  const after = await states();
  assert.deepEqual(
    [after['privacy_policy'], after['data_deletion'], after['require_app_secret'], after['broad_domains']],
    ['ok', 'ok', 'ok', 'problem'],
  );
  await world.clock.advance(400 * 86_400);
  const bens2 = await desk(world, ben);
  const old = (await rows(bens2, 'health?limit=100')).find((one: { id: string }) => one.id === 'secret_age');
  assert.equal(old.state, 'warning');
  await bens2.post(`/${shop.id}/reset_secret`);
  const fresh = (await rows(bens2, 'health?limit=100')).find((one: { id: string }) => one.id === 'secret_age');
  assert.deepEqual([fresh.state, fresh.message], ['ok', 'It is 0 days old.']);
});
