// These tests are about the status endpoint of the JavaScript SDK: who is told what, and what it is decided by.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { parseSignedRequest } from '@hallpass/protocol';
import { startCheckpoint } from '../../src/people/lock.ts';
import { Browser, cookiesSet, type Page } from '../browser.ts';
import { rows, tokenFor } from '../dialog-journey.ts';
import { digest } from '../acts.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';
import { ask, hand, logInBySdk, ORIGIN, seedWith, type Settings, STATUS, toldIn } from './sdk-scene.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

const cors = ({ headers }: Page) => [
  headers['access-control-allow-origin'],
  headers['access-control-allow-credentials'],
  headers['access-control-expose-headers'],
];

test('a stranger is unknown, a person without the app is not authorized, and with it connected', async () => {
  assert.deepEqual(toldIn(await ask(browser)), { status: 'unknown', told: undefined });
  await browser.logIn(cast.ana);
  assert.deepEqual(toldIn(await ask(browser)), { status: 'not_authorized', told: undefined });
  await tokenFor(browser, cast.ana);
  const page = await ask(browser);
  const { status, told } = toldIn(page);
  assert.equal(status, 'connected');
  assert.ok(told);
  const me = (await world.get(`/me?access_token=${told.access_token}`)).body;
  assert.equal(told.user_id, me.id);
  assert.equal(told.graph_domain, 'facebook');
  assert.ok(told.expires_in >= 3600 && told.expires_in <= 7200);
  assert.deepEqual(cors(page), [ORIGIN, 'true', 'fb-s, fb-ar']);
  assert.equal(page.headers['vary'], 'Origin');
  assert.equal(page.headers['cache-control'], 'no-store');
  assert.equal(page.innerText, '');
});

test('WP-07: the Origin header alone decides, and a page that is not listed is told nothing', async () => {
  await tokenFor(browser, cast.ana);
  const origins = [
    'null',
    'http://app.example',
    'https://app.example:8443',
    'https://app.example.evil.example',
    'https://evilapp.example',
    'https://sub.app.example',
    'https://APP.example',
    'https://app.example/',
    'https://app.example@evil.example',
    'http://localhost:3000',
    'https://localhost',
    '',
  ];
  for (const origin of origins) {
    const claims =
      '&redirect_uri=https%3A%2F%2Fapp.example%2F&domain=app.example&ancestor_origins=https%3A%2F%2Fapp.example';
    const page = await ask(browser, `${STATUS}${claims}`, { origin });
    assert.deepEqual(toldIn(page), { status: 'unknown', told: undefined }, origin);
    assert.deepEqual(cors(page), [undefined, undefined, undefined], origin);
  }
  const without = await browser.ask(STATUS);
  assert.deepEqual(toldIn(without), { status: 'unknown', told: undefined });
});

test('WP-07: an app that has no SDK log-in, is gone or is named twice is unknown', async () => {
  await tokenFor(browser, cast.ana);
  for (const path of [
    STATUS.replace(cast.shop.id, cast.rival.id),
    STATUS.replace(cast.shop.id, '999'),
    STATUS.replace(cast.shop.id, 'x'),
    `${STATUS}&client_id=${cast.rival.id}`,
    '/x/oauth/status',
  ])
    assert.deepEqual(toldIn(await ask(browser, path)), { status: 'unknown', told: undefined }, path);
});

test('WP-07: localhost counts at any port where it is listed, and the app is in development or needs no https', async () => {
  const cases: [mode: 'live' | 'development', settings: Settings, origin: string, status: string][] = [
    ['development', { sdkDomains: ['localhost'] }, 'http://localhost:3000', 'not_authorized'],
    ['development', { sdkDomains: ['localhost'] }, 'https://localhost:8443', 'not_authorized'],
    ['development', { sdkDomains: ['localhost'] }, 'http://localhost.evil.example:3000', 'unknown'],
    ['development', { sdkDomains: ['localhost'] }, 'http://127.0.0.1:3000', 'unknown'],
    ['development', { sdkDomains: ['app.example'] }, 'http://localhost:3000', 'unknown'],
    ['live', { sdkDomains: ['localhost'], enforceHttps: false }, 'http://localhost:3000', 'not_authorized'],
    ['live', { sdkDomains: ['localhost'], enforceHttps: true }, 'http://localhost:3000', 'unknown'],
  ];
  for (const [mode, settings, origin, status] of cases) {
    const local = await testWorld({ seed: seedWith(settings, mode) });
    const visitor = new Browser(local);
    await visitor.logIn(cast.ben);
    assert.equal(toldIn(await ask(visitor, STATUS, { origin })).status, status, `${mode} ${origin}`);
    await local.close();
  }
});

test('WP-02: the ticket of a dialog gives the browser a status cookie of its own on that website', async () => {
  const ticket = (await logInBySdk(world, browser)).get('status_ticket') ?? '';
  const visitor = new Browser(world);
  const page = await hand(visitor, '/x/oauth/status', { client_id: cast.shop.id, ticket });
  assert.deepEqual(toldIn(page), { status: 'connected', told: undefined });
  const [line = '', ...more] = cookiesSet(page);
  assert.deepEqual(more, []);
  assert.match(line, /^__Host-hp_status=[\w.-]+; Path=\/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age=\d+$/);
  assert.equal(toldIn(await ask(visitor)).status, 'connected');
});

test('WP-02: the status cookie opens nothing else, and is worth nothing forged or after the log-out', async () => {
  const ticket = (await logInBySdk(world, browser)).get('status_ticket') ?? '';
  const visitor = new Browser(world);
  await hand(visitor, '/x/oauth/status', { client_id: cast.shop.id, ticket });
  const value = visitor.cookies.get('__Host-hp_status') ?? '';
  await visitor.open('/settings');
  assert.match(visitor.page.url, /\/login/);
  visitor.cookies.set('__Host-hp_session', value);
  await visitor.open('/settings');
  assert.match(visitor.page.url, /\/login/);
  visitor.cookies.delete('__Host-hp_session');
  const [id = '', mac = ''] = value.split('.');
  for (const forged of [
    `${id}.${mac.replace(/^./, 'A')}x`,
    `${id}1.${mac}`,
    `${id}.`,
    mac,
    `${id}.${'A'.repeat(43)}`,
  ]) {
    visitor.cookies.set('__Host-hp_status', forged);
    assert.equal(toldIn(await ask(visitor)).status, 'unknown', forged);
  }
  visitor.cookies.set('__Host-hp_status', value);
  assert.equal(toldIn(await ask(visitor)).status, 'connected');
  await browser.open('/settings');
  await browser.post({ action: '/logout', fields: browser.form('/logout').fields });
  assert.equal(toldIn(await ask(visitor)).status, 'unknown');
});

test('WP-08: a ticket works once, for one app and origin, and for five minutes', async () => {
  const ticketOf = async (): Promise<string> => (await logInBySdk(world, browser)).get('status_ticket') ?? '';
  const take = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
    const visitor = new Browser(world);
    const { status } = toldIn(await hand(visitor, '/x/oauth/status', { client_id: cast.shop.id, ...form }, headers));
    return [status, visitor.cookies.size];
  };
  const ticket = await ticketOf();
  assert.deepEqual(await take({ ticket: `7${ticket}` }), ['unknown', 0]);
  assert.deepEqual(await take({ ticket: '' }), ['unknown', 0]);
  assert.deepEqual(await take({ ticket, client_id: cast.rival.id }), ['unknown', 0]);
  assert.deepEqual(await take({ ticket }, { origin: 'https://evil.example' }), ['unknown', 0]);
  assert.deepEqual(
    (await Promise.all([take({ ticket }), take({ ticket })])).toSorted(),
    [
      ['connected', 1],
      ['unknown', 0],
    ],
    'of two that come at once one is taken',
  );
  const old = await ticketOf();
  assert.notEqual(old, ticket);
  await world.clock.advance(301);
  assert.deepEqual(await take({ ticket: old }), ['unknown', 0]);
});

test('a locked account is unknown, and an app in development is not for everybody', async () => {
  await tokenFor(browser, cast.ana);
  await startCheckpoint(world.server.installation, cast.ana.id, { kind: 'operator' }, 'operator');
  assert.deepEqual(toldIn(await ask(browser)), { status: 'unknown', told: undefined });
  const draft = await testWorld({ seed: seedWith({}, 'development') });
  const visitor = new Browser(draft);
  await visitor.logIn(cast.ana);
  await draft.login(cast.shop.id, cast.ana.id);
  assert.deepEqual(toldIn(await ask(visitor)), { status: 'not_authorized', told: undefined });
  await draft.close();
});

test('a dialog of no SDK, and one that nobody is logged in to, give no ticket', async () => {
  const plain = await tokenFor(browser, cast.ana);
  assert.ok(plain);
  assert.doesNotMatch(browser.page.location ?? '', /status_ticket/);
});

test('WP-08: the signed request holds the person and a code that works once, and no token', async () => {
  await tokenFor(browser, cast.ana);
  const { told } = toldIn(await ask(browser, `${STATUS}&wants_cookie_data=true`));
  assert.ok(told);
  const payload = await parseSignedRequest(told.signed_request, cast.shop.secret);
  assert.deepEqual(Object.keys(payload ?? {}).toSorted(), ['algorithm', 'code', 'issued_at', 'user_id']);
  assert.equal(payload?.user_id, told.user_id);
  assert.equal(await parseSignedRequest(told.signed_request, cast.rival.secret), undefined);
  const redeem = () =>
    world.get(
      `/oauth/access_token?client_id=${cast.shop.id}&client_secret=${cast.shop.secret}&redirect_uri=&code=${String(payload?.code)}`,
    );
  assert.match((await redeem()).body.access_token as string, /^EAA/);
  assert.equal((await redeem()).status, 400);
});

test('WP-08: a page that wants no cookie is given no code, and asking writes nothing', async () => {
  await tokenFor(browser, cast.ana);
  const before = [await rows(world, 'single_use'), await digest(world)];
  const { told } = toldIn(await ask(browser));
  assert.ok(told);
  assert.equal((await parseSignedRequest(told.signed_request, cast.shop.secret))?.code, undefined);
  await ask(new Browser(world));
  assert.deepEqual([await rows(world, 'single_use'), await digest(world)], before);
});

test('RR-08: a token that the status gave dies with the session, the app and the permission of the person', async () => {
  await tokenFor(browser, cast.ana);
  const fresh = async () => toldIn(await ask(browser)).told?.access_token ?? '';
  const code = async (token: string) =>
    (await world.get(`/me?access_token=${token}`)).body.error?.error_subcode as unknown;
  const removed = await fresh();
  assert.equal(await code(removed), undefined);
  assert.equal((await world.delete(`/me/permissions?access_token=${removed}`)).status, 200);
  assert.equal(toldIn(await ask(browser)).status, 'not_authorized');
  assert.equal(await code(removed), 458);
  await tokenFor(browser, cast.ana);
  const left = await fresh();
  await browser.open('/settings');
  await browser.post({ action: '/logout', fields: browser.form('/logout').fields });
  assert.equal(await code(left), 467);
});

test('a long-lived token stands for the person only where the app has switched that on', async () => {
  const longToken = async (at: TestWorld) => {
    const token = await tokenFor(new Browser(at), cast.ana);
    const exchange = `grant_type=fb_exchange_token&client_id=${cast.shop.id}&client_secret=${cast.shop.secret}`;
    const long = await at.get(`/oauth/access_token?${exchange}&fb_exchange_token=${token}`);
    return { token, long: long.body.access_token as string };
  };
  const kept = async (at: TestWorld, input: string) =>
    toldIn(await hand(new Browser(at), '/x/oauth/status', { client_id: cast.shop.id, input_token: input }));
  assert.equal((await kept(world, (await longToken(world)).long)).status, 'unknown');
  const on = await testWorld({ seed: seedWith({ longLivedTokenInFlow: true }) });
  const { token, long } = await longToken(on);
  const { status, told } = await kept(on, long);
  assert.equal(status, 'connected');
  assert.ok(told && told.expires_in <= 7200);
  for (const wrong of [token, `${cast.shop.id}|${cast.shop.secret}`, 'EAAx'])
    assert.equal((await kept(on, wrong)).status, 'unknown');
  await on.close();
});
