// These tests are about Login for Business against those who would have more of it: what was chosen, by whom, and who
// redeems the code.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setBusinessRole } from '../../src/businesses/businesses.ts';
import { endSession } from '../../src/people/sign-in/sessions.ts';
import { change } from '../../src/liveness/change.ts';
import * as businesses from '../../src/store/businesses/businesses.ts';
import { digest } from '../acts.ts';
import { answerOf, Browser } from '../browser.ts';
import { reasons } from '../dialog-journey.ts';
import {
  appToken,
  atBusiness,
  BUSINESS,
  businessLogin,
  client,
  codeOf,
  configDialog,
  configuration,
  connectAll,
  connected,
  CONSENT,
  harbour,
  lantern,
  PAGES,
  redeem,
  said,
} from './login-business-scene.ts';
import { cast, type TestWorld } from '../world.ts';
import { MemberId } from '../../src/store/ids.ts';

const { ana, ben, bakery, cleo, garden, rival, shop } = cast;
const by = { kind: 'operator' } as const;
const integrations = (world: TestWorld) =>
  world.server.installation.db.read.selectFrom('integrations').selectAll().execute();

test('DL-06: the configuration of another app is as good as none', async (t) => {
  const world = await businessLogin(t);
  const browser = new Browser(world);
  await browser.logIn(ana);
  await browser.open(configDialog(configuration.rival));
  assert.equal(browser.heading(), 'Invalid configuration');
  assert.equal(browser.page.location, undefined);
  assert.deepEqual(reasons(world, 'dialog.blocked'), ['config_unknown']);
});

test('DL-05: a form cannot speak of another configuration than the dialog, nor a second one stand in the address', async (t) => {
  const world = await businessLogin(t);
  const browser = new Browser(world);
  await browser.logIn(ana);
  await browser.open(configDialog());
  await browser.send(browser.form(CONSENT, { config_id: configuration.ending, decision: 'continue' }));
  assert.equal(browser.page.status, 400);
  await browser.open(`${configDialog()}&config_id=${configuration.system}`);
  assert.equal(browser.page.status, 400);
  assert.deepEqual(await integrations(world), []);
});

test('PR-05: only a business that the person runs can be chosen: neither one of which they are an employee, nor one of others', async (t) => {
  const world = await businessLogin(t);
  for (const [person, business] of [
    [ben, lantern.id],
    [ana, harbour.id],
    [cleo, lantern.id],
    [ana, '424242'],
  ] as const) {
    const browser = await atBusiness(world, person);
    assert.ok(!browser.page.html.includes(`value="${business}"`));
    await browser.send(browser.form(BUSINESS, { business, decision: 'continue' }));
    assert.deepEqual([browser.page.status, browser.page.location], [400, undefined], `${person.name} ${business}`);
  }
  assert.deepEqual(await integrations(world), []);
});

test('DL-05: Pages of another business, and of the person alone, cannot be slipped into the form', async (t) => {
  const world = await businessLogin(t);
  for (const pages of [[bakery.id], [garden.id, bakery.id], ['1'], ['']]) {
    const browser = await atBusiness(world, ana);
    await browser.send(browser.form(BUSINESS, { decision: 'continue' }));
    assert.ok(!browser.page.html.includes(bakery.name));
    await browser.send(browser.form(PAGES, { pages, decision: 'continue' }));
    assert.deepEqual([browser.page.status, browser.page.location], [400, undefined], pages.join());
  }
  assert.deepEqual(await integrations(world), []);
});

test('DL-05: the answer to a question that was not asked yet is refused', async (t) => {
  const world = await businessLogin(t);
  const browser = new Browser(world);
  await browser.logIn(ana);
  await browser.open(configDialog());
  for (const [action, fill] of [
    [BUSINESS, { business: lantern.id, decision: 'continue' }],
    [BUSINESS, { business_name: 'Too early', decision: 'create' }],
    [PAGES, { pages: [garden.id], decision: 'continue' }],
  ] as const) {
    const form = { ...browser.form(CONSENT, fill), action };
    const twin = browser.at(world);
    await twin.send(form);
    assert.equal(twin.page.status, 400, action);
  }
  const mine = await world.login(shop.id, ana.id, { permissions: ['business_management'] });
  assert.equal((await world.get(`/me/businesses?access_token=${mine}`)).body.data.length, 1);
  assert.deepEqual(await integrations(world), []);
});

test('RR-03: what is lost while the dialog is open counts: the role in the business, the Page, the session', async (t) => {
  const losses: Record<string, (world: TestWorld) => Promise<unknown>> = {
    role: async ({ server: { installation } }) => {
      const act = { businessId: lantern.id, by, now: 0 };
      await change(installation, async (making) => {
        const [first] = (await businesses.members(making.tx, lantern.id, 'person')).filter(
          (one) => one.personId === ben.id,
        );
        await setBusinessRole(making, act, first?.id ?? MemberId.none, 'ADMIN');
        const [second] = (await businesses.members(making.tx, lantern.id, 'person')).filter(
          (one) => one.personId === ana.id,
        );
        await setBusinessRole(making, act, second?.id ?? MemberId.none, 'EMPLOYEE');
      });
    },
    session: ({ server: { installation } }) =>
      change(installation, async (making) => {
        const rows = await making.tx.selectFrom('web_sessions').selectAll().where('person_id', '=', ana.id).execute();
        for (const row of rows) await endSession(installation, making, row);
      }),
    page: ({ server: { installation } }) =>
      change(installation, ({ tx }) => businesses.removePage(tx, garden.id, lantern.id)),
    configuration: ({ server: { installation } }) =>
      change(installation, ({ tx }) =>
        tx.deleteFrom('login_configurations').where('id', '=', configuration.system).execute(),
      ),
  };
  for (const [name, lose] of Object.entries(losses)) {
    const world = await businessLogin(t);
    const browser = await atBusiness(world, ana);
    await browser.send(browser.form(BUSINESS, { decision: 'continue' }));
    await lose(world);
    await browser.send(browser.form(PAGES, { pages: [garden.id], decision: 'continue' }));
    assert.equal(answerOf(browser.page.location).query.get('code'), null, name);
    assert.ok(browser.page.status < 500, name);
    assert.deepEqual(await integrations(world), [], name);
  }
});

test('RR-04: a finished dialog cannot be sent a second time', async (t) => {
  const world = await businessLogin(t);
  const browser = await atBusiness(world, ana);
  await browser.send(browser.form(BUSINESS, { decision: 'continue' }));
  const form = browser.form(PAGES, { decision: 'continue' });
  const answers = await Promise.all([browser.at(world).send(form), browser.at(world).send(form)]);
  assert.equal(answers.filter((page) => answerOf(page.location).query.get('code')).length, 1);
});

test('DL-12: the code of a system-user configuration redeemed by another app is burned', async (t) => {
  const world = await businessLogin(t);
  const code = codeOf(await connectAll(world, ana));
  const stolen = await redeem(world, code, `client_id=${rival.id}&client_secret=${rival.secret}`);
  assert.ok(stolen.status >= 400 && !stolen.text.includes('EAA'), stolen.text);
  assert.ok((await redeem(world, code)).status >= 400);
});

test('RR-01: it is redeemed once, also by many at the same time; seen by another app later, its token ends', async (t) => {
  const world = await businessLogin(t);
  const code = codeOf(await connectAll(world, ana));
  const answers = await Promise.all(Array.from({ length: 5 }, () => redeem(world, code)));
  const good = answers.filter((answer) => answer.status === 200);
  assert.equal(good.length, 1);
  const token = good[0]?.body.access_token;
  assert.equal((await world.get(`/me?access_token=${token}`)).status, 200);
  await redeem(world, code, `client_id=${rival.id}&client_secret=${rival.secret}`);
  assert.deepEqual(said(await world.get(`/me?access_token=${token}`)), [190, 466]);
});

test('DL-13: it needs the secret and the very redirect_uri, and lives for ten minutes', async (t) => {
  const world = await businessLogin(t);
  const code = codeOf(await connectAll(world, ana));
  const other = `/oauth/access_token?${client}&code=${code}&redirect_uri=${encodeURIComponent('https://app.example/')}`;
  assert.ok((await world.get(other)).status >= 400);
  assert.ok((await redeem(world, code, `client_id=${shop.id}`)).status >= 400);
  assert.equal((await redeem(world, code)).status, 200);
  const late = codeOf(await connectAll(world, ana));
  await world.clock.advance(601);
  assert.ok((await redeem(world, late)).status >= 400);
});

test('RR-03: a business that removes the app before the code is redeemed gets no token made of it', async (t) => {
  const world = await businessLogin(t);
  const code = codeOf(await connectAll(world, ana));
  const mine = await world.login(shop.id, ana.id, { permissions: ['business_management'] });
  await world.delete(`/${lantern.id}/connected_apps?app_id=${shop.id}&access_token=${mine}`);
  assert.deepEqual(said(await redeem(world, code)), [190, 458]);
  assert.deepEqual(await world.server.installation.db.read.selectFrom('system_user_tokens').selectAll().execute(), []);
});

test('I-6: connecting again with more does not widen a token of before', async (t) => {
  const world = await businessLogin(t);
  const { installation } = world.server;
  const set = (permissions: string[]) =>
    change(installation, ({ tx }) =>
      tx
        .updateTable('login_configurations')
        .set({ permissions: JSON.stringify(permissions) })
        .where('id', '=', configuration.system)
        .execute(),
    );
  await set(['pages_show_list']);
  const small = await connected(world);
  await set(['pages_show_list', 'business_management']);
  const large = await connected(world);
  assert.equal((await world.get(`/${lantern.id}?access_token=${large}`)).status, 200);
  assert.deepEqual(said(await world.get(`/${lantern.id}?access_token=${small}`)), [200, undefined]);
  await set(['pages_show_list']);
  await connected(world);
  assert.deepEqual(
    said(await world.get(`/${lantern.id}?access_token=${large}`)),
    [200, undefined],
    'what is no longer given stops at the next call',
  );
});

test('PR-08: a test user neither makes nor connects a business', async (t) => {
  const world = await businessLogin(t);
  const { body } = await world.post(`/${shop.id}/accounts/test-users`, { installed: 'false', access_token: appToken });
  const browser = new Browser(world);
  await browser.open(new URL(body.login_url).pathname + new URL(body.login_url).search);
  await browser.open(configDialog());
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  assert.ok(browser.page.html.includes('Ask an administrator of your business to log in'));
  assert.ok(!browser.page.html.includes('business_name'));
  await browser.send(browser.form(BUSINESS, { business_name: 'Mine', decision: 'create' }));
  assert.equal(browser.page.status, 400);
  assert.equal((await world.server.installation.db.read.selectFrom('businesses').selectAll().execute()).length, 2);
});

test('PR: the system user of an integration changes nothing of the business it works for', async (t) => {
  const world = await businessLogin(t);
  const token = await connected(world);
  const { id } = (await world.get(`/me?fields=id&access_token=${token}`)).body;
  const before = await digest(world);
  const params = { access_token: token };
  for (const attempt of [
    world.post(`/${lantern.id}`, { ...params, name: 'Taken' }),
    world.post(`/${lantern.id}/system_users`, { ...params, name: 'Sly', role: 'ADMIN' }),
    world.post(`/${lantern.id}/business_users`, { ...params, email: cleo.email, role: 'ADMIN' }),
    world.post(`/${id}/applications`, { ...params, business_app: shop.id }),
    world.post(`/${id}/access_tokens`, { ...params, business_app: shop.id, scope: 'business_management' }),
    world.post(`/${garden.id}/assigned_users`, { ...params, user: id, tasks: 'MANAGE', business: lantern.id }),
    world.delete(`/${lantern.id}/pages?page_id=${garden.id}&access_token=${token}`),
  ])
    assert.ok([400, 403].includes((await attempt).status), (await attempt).text);
  assert.equal(await digest(world), before);
});

test('WP: hostile forms of the choice of the business are refused and never fail the server', async (t) => {
  const world = await businessLogin(t);
  const browser = await atBusiness(world, ana);
  const form = browser.form(BUSINESS);
  for (const fill of [
    { decision: 'continue', business: 'x'.repeat(5000) },
    { decision: 'continue', business: '\u0000' },
    { decision: 'create', business_name: 'n'.repeat(100_000) },
    { decision: 'create' },
    { decision: 'pages' },
    {},
  ] as Record<string, string>[]) {
    const twin = browser.at(world);
    await twin.send({ ...form, fields: [...form.fields.filter(([name]) => !(name in fill)), ...Object.entries(fill)] });
    assert.ok(twin.page.status < 500, JSON.stringify(fill).slice(0, 60));
    assert.equal(answerOf(twin.page.location).query.get('code'), null);
  }
  const forged = {
    ...form,
    fields: form.fields.map(([name, value]): [string, string] => [name, name === 'csrf' ? 'forged' : value]),
  };
  assert.ok(
    (await browser.at(world).send({ ...forged, fields: [...forged.fields, ['decision', 'continue']] })).status >= 400,
  );
  assert.deepEqual(await integrations(world), []);
});
