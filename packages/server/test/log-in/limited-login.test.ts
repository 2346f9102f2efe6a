// These tests are about Limited Login: who the person is, and nothing of the Graph.
import { X509Certificate } from 'node:crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importX509, jwtVerify } from 'jose';
import { happens, settings } from '../acts.ts';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { allowAll, rows } from '../dialog-journey.ts';
import { testWorld } from '../world.ts';
import {
  IOS,
  ana,
  ben,
  claimsOf,
  device,
  idTokenFor,
  limitedDialog,
  phone,
  type Params,
  world,
} from './limited-login-scene.ts';
import { change } from '../../src/liveness/change.ts';
import { updateTable } from '../../src/store/facts/fact-writes.ts';

test('the dialog answers with an id_token, its domain and the nonce of the device in the fragment, and with nothing of the Graph', async () => {
  const page = await allowAll(
    new Browser(world),
    ana,
    limitedDialog({ return_scopes: 'true', tp: 'ios_14_do_not_track', is_limited_login_shim: 'true' }),
  );
  const { address: bare, query, fragment } = answerOf(page.location);
  assert.equal(bare, IOS);
  assert.equal(query.toString(), '');
  assert.deepEqual(
    [...fragment.keys()],
    ['id_token', 'user_token_nonce', 'granted_scopes', 'denied_scopes', 'graph_domain', 'state'],
  );
  assert.equal(fragment.get('graph_domain'), 'facebook');
  assert.equal(await rows(world, 'grants'), 0);
  const claims = await claimsOf(fragment.get('id_token') as string);
  assert.deepEqual(
    [claims.nonce, claims.name, claims.given_name, claims.middle_name, claims.family_name],
    ['n-1', ana.name, 'Ana', 'Maria', 'Lopes'],
  );
  assert.equal(claims.exp - claims.iat, 3600);
  assert.deepEqual([claims.email, claims.cnf], [undefined, undefined]);
});

test('every claim is there when its permission was given, in its documented form', async () => {
  const { installation } = world.server;
  const profile = {
    birthday: '02/29/1988',
    gender: 'female',
    hometown: { id: '1', name: 'Porto' },
    location: { id: '2', name: 'Lisbon' },
    link: 'https://people.example/ana',
  };
  await change(installation, ({ tx }) =>
    updateTable(tx, 'people', (rows) => rows.set({ profile: JSON.stringify(profile) }).where('id', '=', ana.id)),
  );
  const names =
    'email user_friends user_birthday user_age_range user_hometown user_location user_gender user_link user_messenger_contact';
  await settings(world, phone.id, { advancedAccess: ['public_profile', ...names.split(' ')] });
  await idTokenFor(ben, { scope: 'user_friends' });
  const { thumbprint } = await device();
  const claims = await claimsOf(await idTokenFor(ana, { scope: names, dpop_jkt: thumbprint }));
  const benId = await installation.facts.scopedId(phone.id, ben.id);
  assert.deepEqual(
    [
      claims.email,
      claims.user_birthday,
      claims.user_age_range,
      claims.user_hometown,
      claims.user_location,
      claims.user_gender,
      claims.user_link,
    ],
    [ana.email, '02/29/1988', { min: 21 }, profile.hometown, profile.location, 'female', profile.link],
  );
  assert.deepEqual([claims.user_friends, claims.cnf], [[benId], { jkt: thumbprint }]);
  assert.match(claims.picture, /^http:\/\/localhost:4000\/\d+\/picture$/);
  assert.equal(claims.sub, await installation.facts.scopedId(phone.id, ana.id));
});

test('only permissions of Limited Login are asked: others are dropped, and shown as Invalid Scopes to people of the app', async () => {
  const claims = await claimsOf(await idTokenFor(ana, { scope: 'email,pages_show_list,user_posts' }));
  assert.equal(claims.email, ana.email);
  const [row] = await world.server.installation.db.read.selectFrom('limited_grants').selectAll().execute();
  assert.deepEqual(Object.keys(JSON.parse(row?.permissions ?? '{}')), ['public_profile', 'email']);
  const page = await allowAll(new Browser(world), ben, limitedDialog({ scope: 'email,pages_show_list' }));
  assert.match(page.html, /Invalid Scopes/i);
});

test('TM-10: what Limited Login was given opens no call of the Graph, by no token and no log-in', async () => {
  const idToken = await idTokenFor(ana, { scope: 'email' });
  const { jti } = await claimsOf(idToken);
  const notAToken = 'Invalid OAuth access token - Cannot parse access token';
  for (const [token, words] of [
    [idToken, notAToken],
    [jti as string, notAToken],
    [`EAA${jti}-`, 'Malformed access token'],
  ] as const) {
    const { status, body } = await world.get(`/me?access_token=${encodeURIComponent(token)}`);
    assert.deepEqual(
      [status, body.error.code, body.error.error_subcode, body.error.message],
      [400, 190, undefined, words],
    );
    assert.deepEqual((await world.get('/me', { authorization: `Bearer ${token}` })).body.error.code, 190);
  }
  const browser = new Browser(world);
  await browser.open(
    dialogUrl({ client_id: phone.id, redirect_uri: IOS, response_type: 'token', scope: 'email', state: 's' }),
  );
  const page = await allowAll(browser, ana, browser.page.url);
  assert.ok(answerOf(page.location).fragment.get('access_token'));
});

test('a log-in asks for everything again though Limited Login was given it, and each keeps its own answers', async () => {
  const browser = new Browser(world);
  await idTokenFor(ana, { scope: 'email' }, browser);
  await browser.open(
    dialogUrl({ client_id: phone.id, redirect_uri: IOS, response_type: 'token', scope: 'email', state: 's' }),
  );
  assert.ok(
    browser.forms().some((form) => form.action.endsWith('/confirm')),
    'the consent is shown',
  );
});

test('on the host of Limited Login nothing else can be had, and its documents and calls are found there', async () => {
  const mapped = await testWorld({ settings: { baseDomain: 'facebook.com' } });
  const ask = (host: string, path: string, query = '', more: object = {}) =>
    mapped.send({ host, path, query, scheme: 'https', headers: { host }, ...more });
  for (const response_type of [
    'code',
    'token',
    'id_token,token,graph_domain',
    'id_token,token_or_nonce,user_token_nonce',
    undefined,
  ]) {
    const query = dialogUrl({ client_id: phone.id, redirect_uri: IOS, response_type, nonce: 'n', state: 's' }).split(
      '?',
    )[1];
    const answer = await ask('limited.facebook.com', '/v21.0/dialog/oauth', query);
    assert.match(
      String(answer.headers.location),
      /^fb2004:\/\/authorize\?.*error=unsupported_response_type/,
      response_type,
    );
  }
  const shown = await ask(
    'limited.facebook.com',
    '/v21.0/dialog/oauth',
    limitedDialog({ response_type: 'id_token' }).split('?')[1],
  );
  assert.equal(shown.status, 200);
  for (const host of ['www.facebook.com', 'limited.facebook.com', 'm.facebook.com'])
    for (const name of ['jwks', 'keys', 'certs'])
      assert.equal((await ask(host, `/.well-known/oauth/openid/${name}/`)).status, 200, `${host} ${name}`);
  const form = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from('id_token=x&app_id=1'),
  };
  assert.equal(
    JSON.parse(String((await ask('www.limited.facebook.com', '/platform/uninstall/', '', form)).body)).error.code,
    100,
  );
  assert.equal((await ask('limited.facebook.com', '/me')).status, 404, 'nothing of the Graph');
  await mapped.close();
});

test('the certificates fit the keys, sign themselves, stay the same, and check an id_token', async () => {
  const idToken = await idTokenFor(ana);
  const certs = (await world.get('/.well-known/oauth/openid/certs/')).body;
  const keys = (await world.get('/.well-known/oauth/openid/keys/')).body;
  assert.deepEqual(Object.keys(certs), Object.keys(keys));
  const [[kid, pem] = []] = Object.entries(certs) as [string, string][];
  const certificate = new X509Certificate(pem ?? '');
  assert.ok(certificate.verify(certificate.publicKey));
  assert.equal(certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(), keys[kid ?? ''].trim());
  assert.deepEqual((await world.get('/.well-known/oauth/openid/certs')).body, certs);
  const { payload } = await jwtVerify(idToken, await importX509(pem ?? '', 'RS256'), {
    currentDate: new Date(world.clock.now() * 1000),
  });
  assert.equal(payload.aud, phone.id);
});

test('the nonce of the device stays the same for a person and app, and replaces nothing that needs the person', async () => {
  const nonceOf = async (params: Params = {}, person: { email: string; password: string } = ana) =>
    answerOf((await allowAll(new Browser(world), person, limitedDialog(params))).location).fragment.get(
      'user_token_nonce',
    ) as string;
  const first = await nonceOf();
  assert.match(first, /^[\w-]{43}$/);
  assert.equal(await nonceOf({ user_token_nonce: first }), first);
  assert.notEqual(await nonceOf({}, ben), first);
  const browser = new Browser(world);
  await browser.open(limitedDialog({ user_token_nonce: first }));
  assert.match(browser.page.html, /Log in/, 'nobody is logged in by it');
  await happens(world, 'password_changed', { app: '0', user: ana.id });
  assert.notEqual(await nonceOf(), first);
});
