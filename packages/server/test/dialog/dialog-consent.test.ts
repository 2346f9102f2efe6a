// The dialog stores and grants exactly what it shows.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { digest, settings } from '../acts.ts';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { allowAll, CALLBACK, reasons, rows, shopDialog, tokenFor } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

const CONSENT = '/dialog/oauth/confirm';
const grantOf = async () => (await world.server.installation.facts.grant(cast.shop.id, cast.ana.id))?.permissions;
const ticks = () =>
  browser
    .form(CONSENT)
    .fields.filter(([name]) => name === 'permissions')
    .map(([, value]) => value);

async function atConsent(params: Parameters<typeof shopDialog>[0] = {}): Promise<void> {
  await browser.logIn(cast.ana);
  await browser.open(shopDialog(params));
  assert.equal(browser.heading(), 'Continue to Shop?');
}

test('a first log-in asks for everything, dependencies included; the name cannot be unticked', async () => {
  await atConsent({ scope: 'email user_birthday,read_insights' });
  assert.deepEqual(ticks(), ['email', 'user_birthday', 'read_insights', 'pages_read_engagement', 'pages_show_list']);
  assert.ok(browser.page.html.includes('Always shared'));
});

test('old names of permissions mean what they became', async () => {
  await atConsent({ scope: 'manage_pages' });
  assert.ok(ticks().includes('pages_show_list') && ticks().includes('pages_manage_metadata'));
});

test('DL-06: what is unticked is declined, in token, debug_token, granted_scopes and the list of permissions', async () => {
  await atConsent({ scope: 'email,user_birthday', response_type: 'token,granted_scopes' });
  await browser.send(browser.form(CONSENT, { permissions: ['email'], decision: 'continue' }));
  const { fragment } = answerOf(browser.page.location);
  assert.equal(fragment.get('granted_scopes'), 'public_profile,email');
  assert.equal(fragment.get('denied_scopes'), 'user_birthday');
  const token = fragment.get('access_token');
  const debug = await world.get(`/debug_token?input_token=${token}&access_token=${cast.shop.id}|${cast.shop.secret}`);
  assert.deepEqual(debug.body.data.scopes, ['public_profile', 'email']);
  const list = await world.get(`/me/permissions?access_token=${token}`);
  assert.deepEqual(list.body.data, [
    { permission: 'public_profile', status: 'granted' },
    { permission: 'email', status: 'granted' },
    { permission: 'user_birthday', status: 'declined' },
  ]);
});

test('DL-06: a permission that the app may not ask of this person is neither shown nor granted', async () => {
  await atConsent({ scope: 'email,user_photos,business_management', response_type: 'code,granted_scopes' });
  assert.deepEqual(ticks(), ['email', 'pages_read_engagement', 'pages_show_list']);
  await browser.send(browser.form(CONSENT, { permissions: ['email'], decision: 'continue' }));
  assert.equal(answerOf(browser.page.location).query.get('granted_scopes'), 'public_profile,email');
});

test('somebody with a role on the app can be asked for what has standard access', async () => {
  await browser.logIn(cast.ben);
  await browser.open(shopDialog({ scope: 'user_photos' }));
  assert.deepEqual(ticks(), ['user_photos']);
});

test('declined permissions are not asked again, except with auth_type=rerequest', async () => {
  await atConsent({ scope: 'email' });
  await browser.send(browser.form(CONSENT, { permissions: [], decision: 'continue' }));
  assert.equal((await grantOf())?.email?.status, 'declined');
  await browser.open(shopDialog({ scope: 'email' }));
  assert.ok(answerOf(browser.page.location).query.get('code'), 'goes on without asking');
  await browser.open(shopDialog({ scope: 'email', auth_type: 'rerequest' }));
  assert.deepEqual(ticks(), ['email']);
  assert.ok(browser.page.html.includes('You declined this before'));
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  assert.equal((await grantOf())?.email?.status, 'granted');
});

test('only what is new is shown, and what was granted before stays', async () => {
  await allowAll(browser, cast.ana, shopDialog({ scope: 'email' }));
  await browser.open(shopDialog({ scope: 'email,user_birthday' }));
  assert.deepEqual(ticks(), ['user_birthday']);
  await browser.send(browser.form(CONSENT, { permissions: [], decision: 'continue' }));
  assert.deepEqual(await grantOf(), {
    public_profile: { status: 'granted' },
    email: { status: 'granted' },
    user_birthday: { status: 'declined' },
  });
});

test('with everything granted and nothing new the dialog goes on at once', async () => {
  await allowAll(browser, cast.ana, shopDialog({ scope: 'email' }));
  await browser.ask(shopDialog({ scope: 'email' }));
  assert.equal(browser.page.status, 302);
  assert.ok(answerOf(browser.page.location).query.get('code'));
});

test('PR-03: a choice of Pages is kept with the permissions about Pages alone, and choosing again replaces it', async () => {
  await atConsent({ scope: 'email,pages_show_list' });
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  assert.equal(browser.heading(), 'Which Pages may Shop use?');
  assert.equal(await rows(world, 'grants'), 0, 'nothing is granted before the last form');
  await browser.send(browser.form('/dialog/oauth/pages', { pages: [cast.bakery.id], decision: 'continue' }));
  assert.deepEqual((await grantOf())?.pages_show_list, { status: 'granted', targets: [cast.bakery.id] });
  assert.deepEqual((await grantOf())?.email, { status: 'granted' });

  await browser.open(shopDialog({ scope: 'pages_read_engagement' }));
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  await browser.send(browser.form('/dialog/oauth/pages', { pages: [cast.garden.id], decision: 'continue' }));
  assert.deepEqual((await grantOf())?.pages_show_list?.targets, [cast.garden.id]);
  assert.deepEqual((await grantOf())?.pages_read_engagement?.targets, [cast.garden.id]);
});

test('the Pages that were chosen before are ticked', async () => {
  await atConsent({ scope: 'pages_show_list' });
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  await browser.send(browser.form('/dialog/oauth/pages', { pages: [cast.garden.id], decision: 'continue' }));
  await browser.open(shopDialog({ scope: 'pages_read_engagement' }));
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  assert.deepEqual(
    browser.form('/dialog/oauth/pages').fields.filter(([name]) => name === 'pages'),
    [['pages', cast.garden.id]],
  );
});

test('somebody with Pages has to choose one, and can go back', async () => {
  await atConsent({ scope: 'pages_show_list,email' });
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  await browser.send(browser.form('/dialog/oauth/pages', { pages: [], decision: 'continue' }));
  assert.ok(browser.page.html.includes('Choose at least one Page, or cancel.'));
  await browser.send(browser.form('/dialog/oauth/pages', { decision: 'back' }));
  assert.equal(browser.heading(), 'Continue to Shop?');
  await browser.send(browser.form(CONSENT, { permissions: ['email'], decision: 'continue' }));
  assert.ok(answerOf(browser.page.location).query.get('code'));
});

test('what was unticked stays unticked on the way back from the Pages, and a choice of none stays one of none', async () => {
  await atConsent({ scope: 'pages_show_list,email' });
  await browser.send(browser.form(CONSENT, { permissions: ['pages_show_list'], decision: 'continue' }));
  await browser.send(browser.form('/dialog/oauth/pages', { pages: [], decision: 'continue' }));
  const names = (form: ReturnType<Browser['form']>, field: string) =>
    form.fields.flatMap(([name, value]) => (name === field ? [value] : []));
  assert.deepEqual(names(browser.form('/dialog/oauth/pages'), 'pages'), []);
  await browser.send(browser.form('/dialog/oauth/pages', { decision: 'back' }));
  assert.deepEqual(names(browser.form(CONSENT), 'permissions'), ['pages_show_list']);
});

test('somebody without a Page goes on without one', async () => {
  await browser.logIn(cast.cleo);
  await browser.open(shopDialog({ scope: 'pages_show_list' }));
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  assert.ok(browser.page.html.includes('You have no Page here'));
  await browser.send(browser.form('/dialog/oauth/pages', { decision: 'continue' }));
  assert.ok(answerOf(browser.page.location).query.get('code'));
});

test('DL-05: a Page that was not on the list cannot be chosen', async () => {
  await atConsent({ scope: 'pages_show_list' });
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  const form = browser.form('/dialog/oauth/pages', { pages: [cast.bakery.id, '3999'], decision: 'continue' });
  const before = await digest(world);
  await browser.send(form);
  assert.equal(browser.page.status, 400);
  assert.equal(await digest(world), before);
});

test('DL-05: more scopes than were shown, or another client, address, type or state, are blocked', async () => {
  await atConsent({ scope: 'email' });
  const form = browser.form(CONSENT, { decision: 'continue' });
  const before = await digest(world);
  const extra: [string, string][] = [
    ['permissions', 'user_birthday'],
    ['client_id', cast.rival.id],
    ['redirect_uri', 'https://rival.example/cb'],
    ['response_type', 'token'],
    ['scope', 'email,user_birthday'],
    ['state', 'other'],
  ];
  for (const field of extra) {
    await browser.send({ ...form, fields: [...form.fields, field] });
    assert.equal(browser.page.status, 400, field[0]);
    assert.equal(browser.page.location, undefined);
  }
  await browser.send({ ...form, action: `${form.action}?redirect_uri=https%3A%2F%2Frival.example%2Fcb` });
  assert.equal(browser.page.status, 400);
  assert.equal(await digest(world), before);
  assert.deepEqual(new Set(reasons(world, 'dialog.blocked')), new Set(['invalid_parameter']));
  await browser.send({ ...form, fields: [...form.fields, ['client_id', cast.shop.id], ['state', 's1']] });
  assert.ok(answerOf(browser.page.location).query.get('code'), 'what agrees does no harm');
});

test('DL-04: nothing is confirmed by GET, without a token, or with the token of another session, interaction or kind', async () => {
  await atConsent({ scope: 'email' });
  const form = browser.form(CONSENT, { decision: 'continue' });
  const token = Object.fromEntries(form.fields).csrf as string;
  await browser.open(shopDialog({ scope: 'email' }));
  const otherInteraction = Object.fromEntries(browser.form(CONSENT).fields).csrf as string;
  const settingsToken = Object.fromEntries(
    browser.forms().find((one) => one.action === '/dialog/oauth/switch')?.fields ?? [],
  ).csrf as string;
  const ben = new Browser(world);
  await ben.logIn(cast.ben);
  await ben.open(shopDialog({ scope: 'email' }));
  const otherSession = Object.fromEntries(ben.form(CONSENT).fields).csrf as string;
  const before = await digest(world);

  const query = form.fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  await browser.ask(`${CONSENT}?${query}`);
  assert.equal(browser.page.status, 405);
  world.log.length = 0;
  for (const csrf of [null, '', 'x', otherInteraction, settingsToken, otherSession, `${token}x`, token.slice(0, -1)]) {
    const fields = form.fields.filter(([name]) => name !== 'csrf');
    await browser.post({ ...form, fields: csrf === null ? fields : [...fields, ['csrf', csrf]] });
    assert.equal(browser.page.status, 403, String(csrf));
  }
  assert.equal(reasons(world, 'web.csrf_rejected').length, 8);
  assert.equal(await digest(world), before);
  assert.equal(await rows(world, 'grants'), 0);
});

test('cancel tells the app, in the query, and grants nothing', async () => {
  await browser.logIn(cast.ana);
  for (const response_type of ['code', 'token']) {
    await browser.open(shopDialog({ response_type, state: 'ü &#' }));
    await browser.send(browser.form(CONSENT, { decision: 'cancel' }));
    assert.equal(browser.page.status, 303);
    const { query, fragment } = answerOf(browser.page.location);
    assert.deepEqual(Object.fromEntries(query), {
      error_reason: 'user_denied',
      error: 'access_denied',
      error_description: 'Permissions error.',
      error_code: '200',
      state: 'ü &#',
    });
    assert.equal(fragment.toString(), '');
    assert.ok(browser.page.location?.includes('error_description=Permissions+error.'));
  }
  assert.equal(await rows(world, 'grants'), 0);
  assert.equal(await rows(world, 'single_use'), 0);
});

test('RR-04: a dialog is finished once, however often its last form is sent', async () => {
  await atConsent({ scope: 'email' });
  const form = browser.form(CONSENT, { decision: 'continue' });
  const pages = await Promise.all(Array.from({ length: 20 }, () => browser.post(form)));
  assert.equal(pages.filter((page) => page.location?.startsWith(CALLBACK)).length, 1);
  assert.equal(pages.filter((page) => page.status === 400).length, 19);
  assert.equal(await rows(world, 'single_use'), 1);
});

test('a dialog lives for an hour', async () => {
  await atConsent();
  const form = browser.form(CONSENT, { decision: 'continue' });
  await world.clock.advance(3600);
  await browser.send(form);
  assert.equal(browser.page.status, 400);
  assert.deepEqual(reasons(world, 'dialog.blocked'), ['interaction_expired']);
});

test('auth_type=reauthorize renews access to data that has ended', async () => {
  const token = await tokenFor(browser, cast.ana, { scope: 'email' });
  const long = await world.get(
    `/oauth/access_token?grant_type=fb_exchange_token&client_id=${cast.shop.id}&client_secret=${cast.shop.secret}&fb_exchange_token=${token}`,
  );
  assert.equal(long.status, 200);
  await world.clock.advance(89 * 86_400);
  browser = new Browser(world);
  await browser.logIn(cast.ana);
  await world.clock.advance(2 * 86_400);
  await browser.open(shopDialog({ auth_type: 'reauthorize' }));
  assert.equal(browser.heading(), 'Continue to Shop?');
  assert.ok(browser.page.html.includes('its access to your data has ended'));
  await browser.send(browser.form('/dialog/oauth/again', { decision: 'continue' }));
  const { query } = answerOf(browser.page.location);
  assert.ok(query.get('code'));
  const grant = await world.server.installation.facts.grant(cast.shop.id, cast.ana.id);
  assert.equal(grant?.dataAccessUntil, world.clock.now() + 90 * 86_400);
});

test('from "continue as before" other Pages can be chosen', async () => {
  await allowAll(browser, cast.ana, shopDialog({ scope: 'pages_show_list' }));
  await browser.open(shopDialog({ auth_type: 'reauthorize' }));
  await browser.send(browser.form('/dialog/oauth/again', { decision: 'pages' }));
  await browser.send(browser.form('/dialog/oauth/pages', { pages: [cast.garden.id], decision: 'continue' }));
  assert.ok(answerOf(browser.page.location).query.get('code'));
  assert.deepEqual((await grantOf())?.pages_show_list?.targets, [cast.garden.id]);
});

test('a finished dialog leaves its lines in the audit trail', async () => {
  await atConsent({ scope: 'email' });
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  const events = await world.server.installation.db.read
    .selectFrom('events')
    .select(['name', 'outcome'])
    .where('app_id', '=', cast.shop.id)
    .execute();
  assert.deepEqual(events.map((event) => event.name).sort(), ['code.issued', 'dialog.granted', 'grant.changed']);
  assert.ok(events.every((event) => event.outcome === 'ok'));
});

test('each app knows the person by another id', async () => {
  await settings(world, cast.rival.id, { redirectUris: [CALLBACK] });
  const idAt = async (app: string) => {
    const page = await allowAll(
      browser,
      cast.ana,
      dialogUrl({ client_id: app, redirect_uri: CALLBACK, response_type: 'token' }),
    );
    return (await world.get(`/me?access_token=${answerOf(page.location).fragment.get('access_token')}`)).body
      .id as string;
  };
  const [shop, rival] = [await idAt(cast.shop.id), await idAt(cast.rival.id)];
  assert.notEqual(shop, rival);
  assert.ok(![shop, rival].includes(cast.ana.id));
});
