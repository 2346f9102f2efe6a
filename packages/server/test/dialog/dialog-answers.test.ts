// The app gets its answer of the dialog, in the right place.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { parseSignedRequest } from '@hallpass/protocol';
import { settings } from '../acts.ts';
import { answerOf, Browser, dialogUrl, HOST } from '../browser.ts';
import { allowAll, CALLBACK, shopDialog, tokenFor } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

const RELAY = `http://${HOST}/x/connect/xd_arbiter/?version=46#cb=f1&domain=app.example&is_canvas=false&origin=https%3A%2F%2Fapp.example%2Ff2&relation=opener&frame=f3`;
const awkward = [
  'x',
  '{"challenge":"aB3+/=","3_method":"custom_tab"}',
  `"'<script>&#%0d%0a\r\n\t ;=+ü你🙂\u0000?/\\${'a'.repeat(1024)}`,
  'a+b c%20d',
  '',
];

async function exchange(
  code: string | null,
  more: Record<string, string> = {},
  app: { id: string; secret: string } = cast.shop,
) {
  return world.post('/oauth/access_token', {
    client_id: app.id,
    client_secret: app.secret,
    code: code ?? '',
    redirect_uri: CALLBACK,
    ...more,
  });
}

test('DL-08: state comes back byte for byte, in the query and in the fragment, and is shown in no page', async () => {
  for (const state of awkward)
    for (const response_type of ['code', 'token']) {
      const other = new Browser(world);
      await other.open(shopDialog({ state, response_type }));
      if (state.includes('<script>'))
        assert.ok(!other.page.html.includes('3_method') && !other.page.html.includes('aaaaaaaa'));
      const page = await allowAll(other, cast.ana, shopDialog({ state, response_type }));
      const { query, fragment } = answerOf(page.location);
      const place = response_type === 'code' ? query : fragment;
      assert.deepEqual(place.getAll('state'), [state]);
      const written = new RegExp('[?&#]state=([^&#]*)').exec(page.location ?? '')?.[1] ?? '';
      assert.equal(decodeURIComponent(written), state, 'also for readers that do not take + for a space');
      assert.match(page.location ?? '', /^[!-~]*$/);
    }
});

test('DL-08: without a state none comes back, and e2e comes back as it came', async () => {
  const page = await allowAll(browser, cast.ana, shopDialog({ state: undefined, e2e: '{"init":1.5}' }));
  const { query } = answerOf(page.location);
  assert.deepEqual([...query.keys()], ['code', 'e2e']);
  assert.equal(query.get('e2e'), '{"init":1.5}');
});

test('DL-09: a code travels in the query alone, with #_=_ behind it', async () => {
  const page = await allowAll(browser, cast.ana, shopDialog());
  assert.match(page.location ?? '', /^https:\/\/app\.example\/cb\?code=AQ[\w-]+&state=s1#_=_$/);
  assert.ok(!page.html.includes('AQ'));
  const lines = JSON.stringify(world.log);
  assert.ok(!lines.includes(answerOf(page.location).query.get('code') as string), 'no log line holds it');
});

test('a setting leaves #_=_ away', async () => {
  const other = await testWorld({ settings: { codeRedirectSuffix: false } });
  const page = await allowAll(new Browser(other), cast.ana, shopDialog());
  assert.ok(page.location?.endsWith('&state=s1'));
  await other.close();
});

test('DL-09: a token travels in the fragment alone, after an empty query, keys in the documented order', async () => {
  const page = await allowAll(browser, cast.ana, shopDialog({ response_type: 'token' }));
  const { address: bare, query, fragment } = answerOf(page.location);
  assert.equal(bare, CALLBACK);
  assert.ok(page.location?.startsWith(`${CALLBACK}?#access_token=EAA`));
  assert.equal(query.toString(), '');
  assert.deepEqual([...fragment.keys()], ['access_token', 'data_access_expiration_time', 'expires_in', 'state']);
  assert.equal(fragment.get('data_access_expiration_time'), String(world.clock.now() + 90 * 86_400));
  const seconds = Number(fragment.get('expires_in'));
  assert.ok(seconds >= 3600 && seconds <= 7200);
  assert.equal((world.clock.now() + seconds) % 3600, 0, 'ends on a whole hour');
  assert.ok(!JSON.stringify(world.log).includes(fragment.get('access_token') as string));
});

test('DL-09: code and token together both travel in the fragment, and the code can be exchanged', async () => {
  const page = await allowAll(browser, cast.ana, shopDialog({ response_type: 'code token' }));
  const { query, fragment } = answerOf(page.location);
  assert.equal(query.toString(), '');
  assert.ok(fragment.get('access_token'));
  assert.equal((await exchange(fragment.get('code'))).status, 200);
});

test('DL-10: the query of the registered address is kept, and code and state stand in the answer once', async () => {
  const own = await allowAll(browser, cast.ana, shopDialog({ redirect_uri: 'https://app.example/cb2?x=1&y=2' }));
  assert.match(own.location ?? '', /^https:\/\/app\.example\/cb2\?x=1&y=2&code=[\w-]+&state=s1#_=_$/);
  const token = await allowAll(
    browser,
    cast.ana,
    shopDialog({ redirect_uri: 'https://app.example/cb2?x=1&y=2', response_type: 'token' }),
  );
  assert.match(token.location ?? '', /^https:\/\/app\.example\/cb2\?x=1&y=2#access_token=/);
  const state = await allowAll(
    browser,
    cast.ana,
    shopDialog({ redirect_uri: 'https://app.example/cb2?x=1&state=mine&y=2' }),
  );
  assert.deepEqual(answerOf(state.location).query.getAll('state'), ['s1']);
  assert.match(state.location ?? '', /^https:\/\/app\.example\/cb2\?x=1&y=2&code=/);
  const kept = await allowAll(
    browser,
    cast.ana,
    shopDialog({ redirect_uri: `${CALLBACK}?state=mine`, state: undefined }),
  );
  assert.deepEqual(answerOf(kept.location).query.getAll('state'), ['mine']);
});

test('DL-10: an address that was registered with a code or an error of its own gets exactly one', async () => {
  await settings(world, cast.shop.id, { redirectUris: ['https://app.example/cb?code=old&error=old&keep=1'] });
  const redirect_uri = 'https://app.example/cb?code=old&error=old&keep=1';
  const page = await allowAll(browser, cast.ana, shopDialog({ redirect_uri }));
  const { query } = answerOf(page.location);
  assert.equal(query.getAll('code').length, 1);
  assert.notEqual(query.get('code'), 'old');
  assert.equal(query.get('keep'), '1');
});

test('granted_scopes and return_scopes list what was granted and declined', async () => {
  const page = await allowAll(browser, cast.ana, shopDialog({ scope: 'email', return_scopes: 'true' }));
  const { query } = answerOf(page.location);
  assert.equal(query.get('granted_scopes'), 'public_profile,email');
  assert.equal(query.get('denied_scopes'), '');
});

test('signed_request names the person to the app, signed with its secret, and carries the code of the same dialog', async () => {
  const page = await allowAll(browser, cast.ana, shopDialog({ response_type: 'code,signed_request,graph_domain' }));
  const { query } = answerOf(page.location);
  const payload = await parseSignedRequest(query.get('signed_request') as string, cast.shop.secret);
  assert.equal(payload?.issued_at, world.clock.now());
  assert.equal(payload?.code, query.get('code'));
  assert.equal(query.get('graph_domain'), 'facebook');
  const token = (await exchange(query.get('code'))).body.access_token as string;
  assert.equal((await world.get(`/me?access_token=${token}`)).body.id, payload?.user_id);
});

test('WP-08: the signed request of the browser SDK holds a code and never a token; the answer goes to the relay in its fragment', async () => {
  const page = await allowAll(
    browser,
    cast.ana,
    shopDialog({ redirect_uri: RELAY, response_type: 'token,signed_request,graph_domain' }),
  );
  assert.ok(page.location?.startsWith(`${RELAY}&access_token=EAA`));
  const { query, fragment } = answerOf(page.location);
  assert.deepEqual([...query.keys()], ['version']);
  const payload = await parseSignedRequest(fragment.get('signed_request') as string, cast.shop.secret);
  assert.deepEqual(Object.keys(payload ?? {}).sort(), ['algorithm', 'code', 'issued_at', 'user_id']);
  assert.equal(fragment.get('long_lived_token'), null);
  const body = (await exchange(payload?.code as string, { redirect_uri: '' })).body;
  assert.equal(body.token_type, 'bearer');
});

test('an error goes to the relay in its fragment too', async () => {
  await browser.logIn(cast.ana);
  await browser.open(shopDialog({ redirect_uri: RELAY, response_type: 'token' }));
  await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'cancel' }));
  assert.ok(browser.page.location?.startsWith(`${RELAY}&error_reason=user_denied`));
});

test('a long-lived token comes along where the app has switched that on', async () => {
  await settings(world, cast.shop.id, { longLivedTokenInFlow: true });
  const page = await allowAll(browser, cast.ana, shopDialog({ response_type: 'token' }));
  const { fragment } = answerOf(page.location);
  assert.deepEqual(
    [...fragment.keys()],
    ['access_token', 'data_access_expiration_time', 'expires_in', 'long_lived_token', 'state'],
  );
  const debug = await world.get(
    `/debug_token?input_token=${fragment.get('long_lived_token')}&access_token=${cast.shop.id}|${cast.shop.secret}`,
  );
  assert.equal(debug.body.data.expires_at, world.clock.now() + 60 * 86_400);
});

test('a native log-in gives a long-lived token at once, at the address of the program', async () => {
  const url = dialogUrl({
    client_id: cast.phone.id,
    redirect_uri: `fb${cast.phone.id}://authorize/`,
    response_type: 'token,signed_request,graph_domain',
    state: '{"challenge":"x"}',
  });
  const page = await allowAll(browser, cast.ana, url);
  assert.ok(page.location?.startsWith(`fb${cast.phone.id}://authorize/?#access_token=EAA`));
  const { fragment } = answerOf(page.location);
  assert.equal(fragment.get('expires_in'), String(60 * 86_400));
  assert.ok(fragment.get('signed_request'));
  assert.ok(page.html.includes('The app should open by itself'));
  assert.ok(!page.html.includes('EAA'));
});

test('a program that was allowed before still has to ask: its address can be imitated', async () => {
  const url = dialogUrl({
    client_id: cast.phone.id,
    redirect_uri: `fb${cast.phone.id}://authorize`,
    code_challenge: 'a'.repeat(43),
  });
  await allowAll(browser, cast.ana, url);
  await browser.open(url);
  assert.equal(browser.heading(), 'Continue to Phone?');
  await browser.send(browser.form('/dialog/oauth/again', { decision: 'continue' }));
  assert.ok(answerOf(browser.page.location).query.get('code'));
});

test('a native token never expires for an app with Standard access to the Marketing API: expires_in is 0', async () => {
  await settings(world, cast.phone.id, { marketingTier: 'standard' });
  const page = await allowAll(
    browser,
    cast.ana,
    dialogUrl({ client_id: cast.phone.id, redirect_uri: `fb${cast.phone.id}://authorize`, response_type: 'token' }),
  );
  assert.equal(answerOf(page.location).fragment.get('expires_in'), '0');
});

test('an id_token comes in the fragment, with the nonce, for the app', async () => {
  const page = await allowAll(
    browser,
    cast.ana,
    shopDialog({ scope: 'openid,email', response_type: 'id_token', nonce: 'n-123' }),
  );
  const { fragment, query } = answerOf(page.location);
  assert.equal(query.toString(), '');
  const claims = JSON.parse(Buffer.from(fragment.get('id_token')?.split('.')[1] ?? '', 'base64url').toString());
  assert.equal(claims.aud, cast.shop.id);
  assert.equal(claims.nonce, 'n-123');
  assert.equal(claims.email, cast.ana.email);
  assert.equal(fragment.get('access_token'), null);
});

test('openid is remembered without a question, and its code gives an id_token', async () => {
  const page = await allowAll(browser, cast.ana, shopDialog({ scope: 'openid', nonce: 'n1' }));
  const body = (await exchange(answerOf(page.location).query.get('code'))).body;
  assert.ok(body.id_token);
});

test('response_type=none gives the state and nothing else', async () => {
  const page = await allowAll(browser, cast.ana, shopDialog({ response_type: 'none' }));
  assert.equal(page.location, `${CALLBACK}?state=s1`);
});

test('DL-11: a challenge binds the code to its verifier', async () => {
  const { createHash } = await import('node:crypto');
  const verifier = 'v'.repeat(64);
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const codeWith = async () =>
    answerOf(
      (await allowAll(browser, cast.ana, shopDialog({ code_challenge, code_challenge_method: 'S256' }))).location,
    ).query.get('code');
  assert.equal((await exchange(await codeWith())).body.error.error_subcode, 36_008);
  assert.equal((await exchange(await codeWith(), { code_verifier: 'w'.repeat(64) })).body.error.error_subcode, 36_008);
  assert.equal((await exchange(await codeWith(), { code_verifier: verifier })).status, 200);
});

test('debug_token shows how the log-in was done', async () => {
  const token = await tokenFor(browser, cast.ana, { auth_type: 'reauthenticate', auth_nonce: 'once-1' });
  const debug = await world.get(`/debug_token?input_token=${token}&access_token=${cast.shop.id}|${cast.shop.secret}`);
  assert.equal(debug.body.data.metadata.auth_type, 'reauthenticate');
  assert.equal(debug.body.data.metadata.auth_nonce, 'once-1');
});

test('desktop programs end on a page of ours that says so', async () => {
  const page = await allowAll(
    browser,
    cast.ana,
    dialogUrl({
      client_id: cast.phone.id,
      redirect_uri: `http://${HOST}/connect/login_success.html`,
      response_type: 'token',
    }),
  );
  assert.ok(page.location?.startsWith(`http://${HOST}/connect/login_success.html?#access_token=`));
  await browser.open('/connect/login_success.html');
  assert.equal(browser.heading(), 'Success');
  await browser.open('/connect/login_success.html?error=access_denied');
  assert.equal(browser.heading(), 'You cancelled');
});
