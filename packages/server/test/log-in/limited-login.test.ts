// Limited Login: who the person is, and nothing of the Graph.
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import {
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  calculateJwkThumbprint,
  importX509,
  jwtVerify,
  SignJWT,
} from 'jose';
import { appRow, happens, settings } from '../acts.ts';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { allowAll, rows } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, phone, rival } = cast;
const IOS = `fb${phone.id}://authorize`;
const REFRESH = 'http://localhost:4000/limited_login/refresh/';

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

type Params = Record<string, string | undefined>;

const limitedDialog = (params: Params = {}): string =>
  dialogUrl({
    client_id: phone.id,
    redirect_uri: IOS,
    response_type: 'id_token,graph_domain,user_token_nonce',
    nonce: 'n-1',
    state: 's',
    ...params,
  });

async function idTokenFor(
  person: { email: string; password: string },
  params: Params = {},
  browser = new Browser(world),
): Promise<string> {
  const page = await allowAll(browser, person, limitedDialog(params));
  const idToken = answerOf(page.location).fragment.get('id_token');
  assert.ok(idToken, `${page.status} ${page.location}`);
  return idToken;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
async function claimsOf(idToken: string): Promise<Record<string, any>> {
  const keys = createLocalJWKSet((await world.get('/.well-known/oauth/openid/jwks/')).body);
  const currentDate = new Date(world.clock.now() * 1000);
  return (await jwtVerify(idToken, keys, { audience: phone.id, issuer: 'http://localhost:4000', currentDate })).payload;
}

/** A key of a device, and proofs by it. */
async function device() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const thumbprint = await calculateJwkThumbprint(jwk);
  let count = 0;
  const proof = (
    hint: string,
    claims: Record<string, unknown> = {},
    header: Record<string, unknown> = {},
    key: CryptoKey = privateKey,
  ) =>
    new SignJWT({
      htm: 'POST',
      htu: REFRESH,
      iat: world.clock.now(),
      jti: `jti-${(count += 1)}`,
      ath: createHash('sha256').update(hint).digest('base64url'),
      ...claims,
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })
      .sign(key);
  return { jwk, thumbprint, proof, privateKey };
}

const refresh = (hint: string, proof: string | undefined, app_id: string = phone.id) =>
  world.post('/limited_login/refresh/', { id_token_hint: hint, app_id }, proof === undefined ? {} : { dpop: proof });

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
  await installation.db.act(({ tx }) =>
    tx
      .updateTable('people')
      .set({ profile: JSON.stringify(profile) })
      .where('id', '=', ana.id)
      .execute(),
  );
  installation.facts.forget(`person:${ana.id}`);
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

test('prompt=none renews silently with the last id_token, also for a program on a phone', async () => {
  const browser = new Browser(world);
  const first = await idTokenFor(ana, { scope: 'email' }, browser);
  await world.clock.advance(7200);
  const page = await browser.ask(
    limitedDialog({ prompt: 'none', id_token_hint: first, nonce: 'n-2', scope: 'email' }),
    {
      headers: navigationHeaders,
    },
  );
  const claims = await claimsOf(answerOf(page.location).fragment.get('id_token') as string);
  assert.deepEqual([claims.nonce, claims.email], ['n-2', ana.email]);
});

const navigationHeaders = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' };

test('prompt=none shows nothing: it answers login_required or consent_required in the fragment', async () => {
  const errorOf = async (browser: Browser, params: Params): Promise<string | null> => {
    const page = await browser.ask(limitedDialog({ prompt: 'none', ...params }), { headers: navigationHeaders });
    const { query, fragment } = answerOf(page.location);
    assert.equal(query.toString(), '');
    assert.equal(fragment.get('state'), 's');
    assert.equal(fragment.get('id_token'), null);
    return fragment.get('error');
  };
  const browser = new Browser(world);
  const hint = await idTokenFor(ana, {}, browser);
  assert.equal(await errorOf(new Browser(world), { id_token_hint: hint }), 'login_required');
  assert.equal(await errorOf(browser, { id_token_hint: `${hint}x` }), 'login_required');
  assert.equal(await errorOf(browser, {}), 'consent_required', 'without a hint a program on a phone has to ask');
  assert.equal(await errorOf(browser, { id_token_hint: hint, scope: 'email' }), 'consent_required');
  assert.equal(await errorOf(browser, { id_token_hint: hint, auth_type: 'reauthenticate' }), 'login_required');
  const other = new Browser(world);
  await idTokenFor(ben, {}, other);
  assert.equal(await errorOf(other, { id_token_hint: hint }), 'login_required', 'of somebody else');
  await happens(world, 'app_removed', { app: phone.id, user: ana.id });
  assert.equal(await errorOf(browser, { id_token_hint: hint }), 'login_required');
});

test('the device that holds the key renews by itself, also long after the id_token has ended, and keeps nonce and key', async () => {
  const { thumbprint, proof } = await device();
  let hint = await idTokenFor(ana, { scope: 'email', dpop_jkt: thumbprint });
  for (let day = 0; day < 3; day++) {
    await world.clock.advance(86_400);
    const { status, body } = await refresh(hint, await proof(hint));
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(Object.keys(body), ['id_token']);
    const claims = await claimsOf(body.id_token);
    assert.deepEqual(
      [claims.nonce, claims.cnf.jkt, claims.email, claims.iat],
      ['n-1', thumbprint, ana.email, world.clock.now()],
    );
    hint = body.id_token;
  }
});

test('TM-10: a renewal without the right proof is refused as invalid_dpop_proof, each way of getting it wrong', async () => {
  const mine = await device();
  const other = await device();
  const hint = await idTokenFor(ana, { dpop_jkt: mine.thumbprint });
  const unbound = await idTokenFor(ana);
  const used = await mine.proof(hint);
  assert.equal((await refresh(hint, used)).status, 200);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrong: Record<string, string | undefined> = {
    none: undefined,
    'not a JWT': 'x.y.z',
    'used before': used,
    'another key': await other.proof(hint),
    'another key under the right header': await mine.proof(hint, {}, {}, other.privateKey),
    'other method': await mine.proof(hint, { htm: 'GET' }),
    'other address': await mine.proof(hint, { htu: 'https://evil.example/limited_login/refresh/' }),
    'other id_token': await mine.proof(unbound),
    'too old': await mine.proof(hint, { iat: world.clock.now() - 301 }),
    'too far ahead': await mine.proof(hint, { iat: world.clock.now() + 61 }),
    'no jti': await mine.proof(hint, { jti: undefined }),
    'long jti': await mine.proof(hint, { jti: 'x'.repeat(300) }),
    'other type': await mine.proof(hint, {}, { typ: 'JWT' }),
    'a private key in the header': await mine.proof(hint, {}, { jwk: { ...mine.jwk, d: 'AAAA' } }),
    RS256: await new SignJWT({})
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'RS256', jwk: await exportJWK(rsa.publicKey) })
      .sign(rsa.privateKey),
    'two of them': `${await mine.proof(hint)}, ${await mine.proof(hint)}`,
  };
  for (const [what, proof] of Object.entries(wrong)) {
    const { status, body } = await refresh(hint, proof);
    assert.deepEqual([status, body.error], [400, 'invalid_dpop_proof'], what);
  }
  assert.equal((await refresh(unbound, await mine.proof(unbound))).body.error, 'invalid_dpop_proof', 'bound to no key');
  assert.equal(
    (await refresh(hint, await mine.proof(hint, { htu: 'http://localhost:4000/limited_login/refresh' }))).status,
    200,
    'without the final slash',
  );
});

test('RR-04: one proof renews once, also in parallel', async () => {
  const { thumbprint, proof } = await device();
  const hint = await idTokenFor(ana, { dpop_jkt: thumbprint });
  const one = await proof(hint);
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(hint, one)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test('a renewal is refused after what ends tokens, with login_required', async () => {
  const { thumbprint, proof } = await device();
  const login = () => idTokenFor(ana, { dpop_jkt: thumbprint });
  const refused = async (hint: string, what: string, word = 'login_required') => {
    const { status, body } = await refresh(hint, await proof(hint));
    assert.deepEqual([status, body.error], [400, word], what);
  };
  for (const [name, ids] of [
    ['password_changed', { app: '0', user: ana.id }],
    ['logged_out_everywhere', { app: '0', user: ana.id }],
    ['app_removed', { app: phone.id, user: ana.id }],
    ['app_tokens_ended', { app: phone.id }],
  ] as const) {
    const hint = await login();
    await happens(world, name, ids);
    await refused(hint, name);
  }
  const hint = await login();
  await refused(hint.slice(0, -3), 'not whole');
  assert.equal((await refresh(hint, await proof(hint), rival.id)).body.error, 'login_required', 'another app');
  await world.clock.advance(91 * 86_400);
  await refused(hint, 'data access has ended', 'consent_required');
  const fresh = await login();
  await appRow(world, phone.id, () => ({ status: 'disabled' }));
  await refused(fresh, 'the app is switched off');
  await appRow(world, phone.id, () => ({ status: 'active' }));
  await refused(
    await (async () => {
      const one = await login();
      await world.server.installation.db.act(({ tx }) =>
        tx.updateTable('people').set({ state: 'checkpoint' }).where('id', '=', ana.id).execute(),
      );
      world.server.installation.facts.forget(`person:${ana.id}`);
      return one;
    })(),
    'the account is locked',
  );
});

test('an id_token of a log-in that is no Limited Login can neither be renewed nor take the app away', async () => {
  const { thumbprint, proof } = await device();
  const page = await allowAll(
    new Browser(world),
    ana,
    dialogUrl({
      client_id: phone.id,
      redirect_uri: IOS,
      response_type: 'id_token,token,graph_domain',
      nonce: 'n',
      dpop_jkt: thumbprint,
    }),
  );
  const idToken = answerOf(page.location).fragment.get('id_token') as string;
  assert.equal((await refresh(idToken, await proof(idToken))).body.error, 'login_required');
  assert.equal(
    (await world.post('/platform/uninstall/', { id_token: idToken, app_id: phone.id })).body.error.code,
    100,
  );
});

test('the app can be removed from within the app by a living id_token: the person is asked anew, and renewals and tokens end', async () => {
  const { thumbprint, proof } = await device();
  const token = await world.login(phone.id, ana.id);
  const hint = await idTokenFor(ana, { dpop_jkt: thumbprint });
  assert.deepEqual(
    (await world.post('/platform/uninstall/', { id_token: hint, app_id: rival.id })).body.error.code,
    100,
  );
  const done = await world.post('/platform/uninstall/', { id_token: hint, app_id: phone.id });
  assert.deepEqual([done.status, done.body], [200, { success: true }]);
  assert.equal((await refresh(hint, await proof(hint))).body.error, 'login_required');
  assert.equal((await world.get(`/me?access_token=${token}`)).body.error.error_subcode, 458);
  assert.equal((await world.post('/platform/uninstall/', { id_token: hint, app_id: phone.id })).body.error.code, 100);
  assert.equal((await world.server.installation.db.read.selectFrom('limited_grants').selectAll().execute()).length, 0);
  const late = await idTokenFor(ana);
  await world.clock.advance(3601);
  assert.equal(
    (await world.post('/platform/uninstall/', { id_token: late, app_id: phone.id })).body.error.code,
    100,
    'its time is over',
  );
});

test('the settings page lists the app, and taking a permission back is seen in the next id_token', async () => {
  const { thumbprint, proof } = await device();
  const browser = new Browser(world);
  const hint = await idTokenFor(ana, { scope: 'email', dpop_jkt: thumbprint }, browser);
  await browser.open(`/settings/apps?open=${phone.id}`);
  assert.match(browser.page.html, /Phone/);
  const form = browser
    .forms()
    .find((one) => one.action.startsWith('/settings/apps/revoke') && one.fields.some(([, value]) => value === 'email'));
  assert.ok(form);
  await browser.send(form);
  assert.equal((await claimsOf((await refresh(hint, await proof(hint))).body.id_token)).email, undefined);
});
