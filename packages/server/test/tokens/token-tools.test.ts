// The Access Token Debugger shows, extends and ends tokens for some people, and not for others.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { desk } from '../dashboard.ts';
import { happens } from '../acts.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { shop, ana, ben, cleo, bakery } = cast;
const DAY = 86_400;

let t: TestWorld;
beforeEach(async () => {
  t = await testWorld();
});
afterEach(() => t.close());

describe('what is shown', () => {
  test('names beside ids, what the token can call now, and the Pages it gives tokens for', async () => {
    const token = await t.login(shop.id, ana.id, {
      permissions: ['pages_show_list', 'pages_read_engagement'],
      pages: [bakery.id],
    });
    const { body } = await (await desk(t, ben)).post('/inspect_token', { input_token: token });
    assert.deepEqual([body.data.type, body.user_name, body.kind, body.extendable], ['USER', ana.name, 'user', false]);
    assert.deepEqual(body.family.children, [{ type: 'PAGE', id: bakery.id, name: bakery.name }]);
    const allowed = (call: string) => body.calls.find((one: { call: string }) => one.call === call)?.allowed;
    assert.deepEqual([allowed('me/accounts'), allowed('me/businesses')], [true, false]);
    const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${token}`)).body.access_token as string;
    const shown = (await (await desk(t, ben)).post('/inspect_token', { input_token: page })).body;
    assert.deepEqual([shown.data.type, shown.page_name], ['PAGE', bakery.name]);
    assert.ok(shown.family.parents.includes('User token of that log-in'));
  });

  test('app tokens, and text that is no token', async () => {
    const page = await desk(t, ben);
    const app = (await page.post('/inspect_token', { input_token: `${shop.id}|${shop.secret}` })).body;
    assert.deepEqual([app.data.type, app.data.is_valid], ['APP', true]);
    const none = (await page.post('/inspect_token', { input_token: 'EAAnothing' })).body;
    assert.deepEqual([none.data.is_valid, none.calls], [false, []]);
  });

  test('a dead token: which event, when, whose act, and what ended with it', async () => {
    const token = await t.login(shop.id, ana.id);
    await happens(t, 'password_changed', { app: shop.id, user: ana.id });
    const { ended } = (await (await desk(t, ben)).post('/inspect_token', { input_token: token })).body;
    assert.equal(ended.event, 'password_changed');
    assert.equal(ended.at, t.clock.now());
    assert.match(ended.also_ended, /Every token of the person/);
    assert.ok(ended.by);
  });
});

describe('a longer life', () => {
  test('the person themselves, with a role on the app and the password: sixty days, and the old one lives on', async () => {
    const token = await t.login(shop.id, ben.id);
    const page = await desk(t, ben);
    await t.clock.advance(601);
    assert.match((await page.post('/extend_token', { input_token: token })).body.error.message, /password/);
    await page.confirm(ben.password);
    const { body } = await page.post('/extend_token', { input_token: token });
    assert.equal(body.expires_at, t.clock.now() + 60 * DAY);
    const longer = (await page.post('/inspect_token', { input_token: body.access_token })).body;
    assert.equal(longer.data.expires_at, t.clock.now() + 60 * DAY);
    assert.equal((await t.get(`/me?access_token=${token}`)).status, 200);
  });

  test('PR-10: nobody extends the token of somebody else, and nobody without a role on its app extends any', async () => {
    const anas = await t.login(shop.id, ana.id);
    for (const who of [ben, ana, cleo]) {
      const page = await desk(t, who);
      await page.confirm(who.password);
      const { body } = await page.post('/extend_token', { input_token: anas });
      assert.notEqual((await page.post('/inspect_token', { input_token: anas })).body.extendable, true);
      assert.ok([10, 100, 200].includes(body.error?.code), `${who.name} ${JSON.stringify(body)}`);
    }
  });
});

describe('its end', () => {
  test('by the person or a developer of the app, and it is written down who it was', async () => {
    const token = await t.login(shop.id, ana.id);
    const page = await desk(t, ben);
    assert.equal((await page.post('/end_token', { input_token: token })).body.success, true);
    const { ended } = (await page.post('/inspect_token', { input_token: token })).body;
    assert.deepEqual([ended.event, ended.by], ['revoked', 'Someone else with the right to']);
    assert.ok((await t.get(`/me?access_token=${token}`)).body.error);
  });
});

test('PR-10: a stranger sees nothing, extends nothing, ends nothing, and hears the same of living and dead tokens', async () => {
  const living = await t.login(shop.id, ana.id);
  const dead = await t.login(shop.id, ben.id);
  await happens(t, 'password_changed', { app: shop.id, user: ben.id });
  const page = await desk(t, cleo);
  await page.confirm(cleo.password);
  const answers: string[] = [];
  for (const act of ['inspect_token', 'extend_token', 'end_token'])
    for (const token of [living, dead])
      answers.push((await page.post(`/${act}`, { input_token: token })).body.error.message);
  assert.equal(new Set(answers).size, 1);
  assert.equal((await t.get(`/me?access_token=${living}`)).status, 200);
  const bare = await t.post('/v25.0/inspect_token', { input_token: living, access_token: `${shop.id}|${shop.secret}` });
  assert.ok(bare.body.error, 'no token opens this door');
});
