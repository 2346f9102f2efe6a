// These tests are about id_tokens of Limited Login that are renewed, and about taking back what was given.
import { generateKeyPairSync } from 'node:crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportJWK, SignJWT } from 'jose';
import { appRow, happens } from '../acts.ts';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { allowAll } from '../dialog-journey.ts';
import {
  IOS,
  ana,
  ben,
  claimsOf,
  device,
  idTokenFor,
  limitedDialog,
  phone,
  refresh,
  rival,
  type Params,
  world,
} from './limited-login-scene.ts';
import { change } from '../../src/liveness/change.ts';
import * as people from '../../src/store/people/people.ts';

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
      await change(world.server.installation, ({ tx }) => people.setState(tx, ana.id, 'checkpoint'));
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
