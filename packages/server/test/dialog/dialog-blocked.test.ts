// The dialog refuses these requests before anybody is asked anything.
import assert from 'node:assert/strict';
import { blockedReasons } from '@hallpass/pages';
import { after, before, beforeEach, test } from 'node:test';
import { settings, appRow, digest } from '../acts.ts';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { allowAll, CALLBACK, reasons, rows, shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
before(async () => {
  world = await testWorld();
});
beforeEach(() => {
  world.log.length = 0;
});
after(() => world.close());

async function isBlocked(url: string, reason: string, browser = new Browser(world)): Promise<void> {
  const before = await digest(world);
  await browser.ask(url);
  assert.equal(browser.page.status, 400, browser.heading());
  assert.equal(browser.page.location, undefined);
  const others = browser.forms().filter(({ action }) => action !== '/login/switch');
  assert.deepEqual(others, [], 'no form is shown but the one for another person');
  assert.deepEqual(reasons(world, 'dialog.blocked'), [reason]);
  assert.equal(await digest(world), before, 'nothing was written');
}

for (const [what, client] of [
  ['unknown', '4040404'],
  ['malformed', '12ab'],
  ['zero', '0'],
  ['leading zero', '02001'],
  ['too long', '9'.repeat(20)],
  ['empty', ''],
] as const)
  test(`DL-01: a client_id that is ${what} is blocked before any log-in form`, async () => {
    const browser = new Browser(world);
    await isBlocked(shopDialog({ client_id: client }), 'invalid_app_id', browser);
    assert.equal(browser.heading(), blockedReasons.invalid_app_id.title);
  });

test('DL-01: a missing client_id is blocked', () => isBlocked(shopDialog({ client_id: undefined }), 'invalid_app_id'));
test('DL-01: a missing redirect_uri is blocked', () =>
  isBlocked(shopDialog({ redirect_uri: undefined }), 'redirect_uri'));
test('DL-01: an empty redirect_uri is blocked', () => isBlocked(shopDialog({ redirect_uri: '' }), 'redirect_uri'));
test('DL-01: an address of another app is blocked', () =>
  isBlocked(shopDialog({ redirect_uri: 'https://rival.example/cb' }), 'redirect_uri'));

test('DL-01: an address that is taken off the list while the person logs in is blocked after it', async () => {
  const other = await testWorld();
  const browser = new Browser(other);
  await browser.open(shopDialog());
  await settings(other, cast.shop.id, { redirectUris: ['https://app.example/other'] });
  await browser.send(
    browser.form('/dialog/oauth/log-in', { email: cast.ana.email, password: cast.ana.password, decision: 'continue' }),
  );
  assert.equal(browser.page.status, 400);
  assert.equal(browser.heading(), blockedReasons.redirect_uri.title);
  assert.equal(await rows(other, 'grants'), 0);
  await other.close();
});

test('DL-01: a disabled app is blocked, and one that is disabled while its consent is open', async () => {
  const other = await testWorld();
  const browser = new Browser(other);
  await browser.logIn(cast.ana);
  await browser.open(shopDialog());
  const form = browser.form('/dialog/oauth/confirm', { decision: 'continue' });
  await appRow(other, cast.shop.id, () => ({ status: 'disabled' }));
  await browser.send(form);
  assert.equal(browser.page.status, 400);
  assert.equal(browser.heading(), blockedReasons.app_disabled.title);
  await browser.open(shopDialog());
  assert.equal(browser.heading(), blockedReasons.app_disabled.title);
  assert.equal(await rows(other, 'grants'), 0);
  await other.close();
});

test('IV-01: a parameter that comes twice is blocked, also with equal values', async () => {
  for (const [name, value] of [
    ['client_id', '2002'],
    ['redirect_uri', 'https://rival.example/cb'],
    ['scope', 'email'],
    ['state', 'other'],
    ['response_type', 'token'],
  ] as const) {
    world.log.length = 0;
    await isBlocked(
      `${shopDialog({ scope: 'email', response_type: 'code' })}&${name}=${encodeURIComponent(value)}`,
      'duplicate_param',
    );
  }
  world.log.length = 0;
  await isBlocked(`${shopDialog()}&client_id=${cast.shop.id}`, 'duplicate_param');
  world.log.length = 0;
  await isBlocked(`${shopDialog()}&app_id=${cast.rival.id}`, 'duplicate_param');
});

test('app_id says the same as client_id, and may stand in its place', async () => {
  const browser = new Browser(world);
  await browser.ask(`${shopDialog()}&app_id=${cast.shop.id}`);
  assert.equal(browser.page.status, 200);
  await browser.ask(dialogUrl({ app_id: cast.shop.id, redirect_uri: CALLBACK }));
  assert.equal(browser.page.status, 200);
});

test('IV-02: arrays and objects in place of parameters count as missing', async () => {
  await isBlocked(
    `/dialog/oauth?client_id[]=${cast.shop.id}&redirect_uri=${encodeURIComponent(CALLBACK)}`,
    'invalid_app_id',
  );
  world.log.length = 0;
  await isBlocked(
    `/dialog/oauth?client_id=${cast.shop.id}&redirect_uri[a]=${encodeURIComponent(CALLBACK)}`,
    'redirect_uri',
  );
});

test('IV-03: names from the prototype are ignored', async () => {
  const browser = new Browser(world);
  await browser.ask(`${shopDialog()}&__proto__[admin]=1&constructor[prototype][x]=1&__proto__=1&toString=1`);
  assert.equal(browser.page.status, 200);
  assert.equal(({} as Record<string, unknown>).admin, undefined);
});

test('IV-05: a state of more than 4 KiB is blocked, one of 4 KiB is kept', async () => {
  await isBlocked(shopDialog({ state: 's'.repeat(4097) }), 'invalid_parameter');
  world.log.length = 0;
  await isBlocked(shopDialog({ state: 'ü'.repeat(2049) }), 'invalid_parameter');
  const browser = new Browser(world);
  await browser.ask(shopDialog({ state: 's'.repeat(4096) }));
  assert.equal(browser.page.status, 200);
});

test('IV-06: an escape that is not UTF-8 is blocked', async () => {
  for (const broken of ['%ff', '%', '%zz', '%ed%a0%80']) {
    world.log.length = 0;
    await isBlocked(`${shopDialog({ state: undefined })}&state=${broken}`, 'invalid_parameter');
  }
});

test('DL-02: every documented set of response types shows the dialog', async () => {
  const sets = [
    undefined,
    'code',
    'token',
    'code token',
    'code,token',
    'token code',
    'token,signed_request,graph_domain',
    'id_token,token,signed_request,graph_domain',
    'token,signed_request,graph_domain,granted_scopes',
    'code,signed_request,graph_domain',
    'id_token,token_or_nonce,signed_request,graph_domain,user_token_nonce',
    'id_token,graph_domain,user_token_nonce',
    'granted_scopes',
    'none',
  ];
  for (const response_type of sets) {
    const browser = new Browser(world);
    await browser.ask(shopDialog({ response_type, nonce: 'n1' }));
    assert.equal(browser.page.status, 200, response_type);
    assert.match(browser.heading(), /^Log in/);
  }
});

test('DL-02: an unknown or empty response type is told to the app at once, and never falls back to a token', async () => {
  for (const response_type of ['code,foo', 'CODE', '', 'code+token', 'none,code', ' ', 'token ']) {
    const browser = new Browser(world);
    await browser.ask(shopDialog({ response_type }));
    assert.equal(browser.page.status, 302, response_type);
    const { query, fragment, address: bare } = answerOf(browser.page.location);
    assert.equal(bare, CALLBACK);
    assert.equal(query.get('error'), 'unsupported_response_type');
    assert.equal(query.get('state'), 's1');
    assert.ok(query.get('error_code') && query.get('error_description') && query.get('error_reason'));
    assert.equal(fragment.toString(), '');
  }
});

test('DL-02: a repeated member is blocked', () =>
  isBlocked(shopDialog({ response_type: 'code,code' }), 'duplicate_param'));

test('DL-02: with Client OAuth Login switched off nothing can be asked for', async () => {
  const other = await testWorld();
  await settings(other, cast.shop.id, { clientOauthLogin: false });
  for (const response_type of ['token', 'code token', 'code']) {
    const browser = new Browser(other);
    await browser.ask(shopDialog({ response_type }));
    assert.equal(browser.page.status, 400);
    assert.equal(browser.heading(), blockedReasons.client_login_off.title);
  }
  await settings(other, cast.shop.id, { clientOauthLogin: true, webOauthLogin: false });
  const browser = new Browser(other);
  await browser.ask(shopDialog());
  assert.equal(browser.page.status, 400);
  await other.close();
});

test('DL-11: a challenge that cannot be right, or of an unknown method, is told to the app', async () => {
  const challenge = 'a'.repeat(43);
  for (const [code_challenge, code_challenge_method] of [
    [challenge, 's256'],
    [challenge, 'none'],
    ['short', 'S256'],
    ['a'.repeat(42), 'plain'],
    ['a'.repeat(129), 'plain'],
    ['a b'.repeat(20), 'plain'],
    [undefined, 'S256'],
  ]) {
    const browser = new Browser(world);
    await browser.ask(shopDialog({ code_challenge, code_challenge_method }));
    assert.equal(browser.page.status, 302);
    assert.equal(answerOf(browser.page.location).query.get('error'), 'invalid_request');
  }
  for (const code_challenge_method of ['S256', 'plain', 'PLAIN', undefined]) {
    const browser = new Browser(world);
    await browser.ask(shopDialog({ code_challenge: challenge, code_challenge_method }));
    assert.equal(browser.page.status, 200);
  }
});

test('DL-11: an app that requires PKCE is told when a code is asked for without it', async () => {
  const other = await testWorld();
  await settings(other, cast.shop.id, { requirePkce: true });
  const browser = new Browser(other);
  await browser.ask(shopDialog());
  assert.equal(answerOf(browser.page.location).query.get('error'), 'invalid_request');
  await other.close();
});

test('an unknown auth_type, and a nonce with white space, are told to the app', async () => {
  for (const wrong of [
    { auth_type: 'reauthentcate' },
    { nonce: 'a b' },
    { response_type: 'id_token', nonce: undefined },
  ]) {
    const browser = new Browser(world);
    await browser.ask(shopDialog(wrong));
    assert.equal(answerOf(browser.page.location).query.get('error'), 'invalid_request');
  }
});

test('a configuration that is not there is refused clearly', async () => {
  const browser = new Browser(world);
  await isBlocked(shopDialog({ config_id: '123' }), 'config_unknown', browser);
  assert.equal(browser.heading(), blockedReasons.config_unknown.title);
});

test('DL-06: an unknown scope shows the Invalid Scopes page to somebody with a role, and is dropped for others', async () => {
  const ben = new Browser(world);
  await ben.logIn(cast.ben);
  world.log.length = 0;
  await isBlocked(shopDialog({ scope: 'email,no_such_scope' }), 'invalid_scopes', ben);
  assert.equal(ben.heading(), blockedReasons.invalid_scopes.title);
  assert.match(ben.page.html, /Invalid Scopes: no_such_scope\. This message is only shown to developers/);
  world.log.length = 0;
  await isBlocked(shopDialog({ scope: 'email,Call 0800 now' }), 'invalid_scopes', ben);
  assert.ok(!ben.page.html.includes('0800'), 'what has not the form of a scope is not repeated');
  const page = await allowAll(
    new Browser(world),
    cast.ana,
    shopDialog({ scope: 'email,no_such_scope', response_type: 'code,granted_scopes' }),
  );
  assert.equal(answerOf(page.location).query.get('granted_scopes'), 'public_profile,email');
});

test('WP-06: the address that was sent, and what differs, is shown to people with a role on the app and to nobody else', async () => {
  const [ben, ana] = [new Browser(world), new Browser(world)];
  await ben.logIn(cast.ben);
  await ana.logIn(cast.ana);
  for (const [redirect_uri, differs] of [
    [`${CALLBACK}/`, 'the final slash'],
    [CALLBACK.replace('https', 'http'), 'the scheme'],
    [CALLBACK.replace('app.example', 'www.app.example'), 'the host'],
    [CALLBACK.replace('/cb', '/CB'), 'capital and small letters'],
    [`${CALLBACK}?a=1`, 'the query'],
  ] as const) {
    const url = dialogUrl({ client_id: cast.shop.id, redirect_uri });
    world.log.length = 0;
    await isBlocked(url, 'redirect_uri', ben);
    assert.ok(ben.page.html.includes(differs), `${redirect_uri}: ${differs}`);
    world.log.length = 0;
    await isBlocked(url, 'redirect_uri', ana);
    assert.ok(!ana.page.html.includes('Difference:') && !ana.page.html.includes('Sent:'), redirect_uri);
  }
});

test('DL-19: an app in development is not active for somebody without a role, and makes no grant', async () => {
  const ana = new Browser(world);
  await ana.logIn(cast.ana);
  await isBlocked(dialogUrl({ client_id: cast.draft.id, redirect_uri: CALLBACK }), 'app_not_active', ana);
  assert.equal(ana.heading(), blockedReasons.app_not_active.title);
  const ben = new Browser(world);
  await ben.logIn(cast.ben);
  await ben.open(dialogUrl({ client_id: cast.draft.id, redirect_uri: CALLBACK }));
  assert.equal(ben.heading(), 'Continue to Draft?');
});

test('every spelling of the dialog’s address is served, and other ones are not the dialog', async () => {
  const query = shopDialog().split('?')[1];
  for (const path of [
    '/dialog/oauth',
    '/dialog/oauth/',
    '/v25.0/dialog/oauth',
    '/v2.3/dialog/oauth',
    '/v3.2/dialog/oauth/',
    '/dialog/oauth/index.php',
  ]) {
    const browser = new Browser(world);
    await browser.ask(`${path}?${query}`);
    assert.match(browser.heading(), /^Log in/, path);
  }
  for (const path of [
    '//dialog/oauth',
    '/dialog//oauth',
    '/dialog/./oauth',
    '/dialog/%6fauth',
    '/Dialog/oauth',
    '/dialog/oauth;x=1',
    '/v25.0/v25.0/dialog/oauth',
    '/v25/dialog/oauth',
  ]) {
    const browser = new Browser(world);
    await browser.ask(`${path}?${query}`);
    assert.ok(!browser.page.html.includes('<form'), path);
    assert.ok(browser.page.status >= 400, path);
  }
});
