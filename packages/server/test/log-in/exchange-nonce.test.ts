// These tests are about the full log-in of the iOS SDK: `token_or_nonce`, and the swap of the nonce for the token.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { decodeJwt } from 'jose';
import { codeOf, happens, settings } from '../acts.ts';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { allowAll } from '../dialog-journey.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const { ana, phone, shop, rival } = cast;
const IOS = `fb${phone.id}://authorize`;

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld();
  await settings(world, phone.id, { nonceInFlow: true });
});
afterEach(() => world.close());

type Params = Record<string, string | undefined>;

async function logIn(params: Params = {}, person: { email: string; password: string } = ana) {
  const response_type = 'id_token,token_or_nonce,signed_request,graph_domain,user_token_nonce';
  const page = await allowAll(
    new Browser(world),
    person,
    dialogUrl({
      client_id: phone.id,
      redirect_uri: IOS,
      response_type,
      nonce: 'n-1',
      state: 's',
      scope: 'email',
      ...params,
    }),
  );
  return answerOf(page.location).fragment;
}

const nonceOf = async (params: Params = {}): Promise<string> => (await logIn(params)).get('nonce') as string;

const swap = (nonce: string, client_id: string = phone.id, more: Record<string, string> = {}) =>
  world.post('/v21.0/oauth/access_token', {
    grant_type: 'fb_exchange_nonce',
    fb_exchange_nonce: nonce,
    client_id,
    fields: '',
    ...more,
  });

const refusal = ({ status, body }: Pick<Reply, 'status' | 'body'>) => [
  status,
  body.error?.code,
  body.error?.error_subcode,
];

test('a log-in on a phone gets a nonce and no token, nor an id_token with it', async () => {
  const fragment = await logIn();
  assert.deepEqual([...fragment.keys()], ['nonce', 'user_token_nonce', 'signed_request', 'graph_domain', 'state']);
});

test('without the setting, in a browser, and where a token is asked by name, the token itself comes', async () => {
  const keys = async (params: Params) => {
    const fragment = await logIn(params);
    return ['access_token', 'nonce', 'id_token'].filter((name) => fragment.has(name));
  };
  assert.deepEqual(await keys({ redirect_uri: 'https://app.example/cb' }), ['access_token', 'id_token']);
  assert.deepEqual(await keys({ response_type: 'token,token_or_nonce' }), ['access_token']);
  await settings(world, phone.id, { nonceInFlow: false });
  assert.deepEqual(await keys({}), ['access_token', 'id_token']);
});

test('the nonce is swapped for a long-lived token with its end, the end of data access, and the id_token', async () => {
  const { status, body } = await swap(await nonceOf());
  assert.equal(status, 200, JSON.stringify(body));
  const now = world.clock.now();
  assert.deepEqual(
    [body.expires, body.expires_in, body.data_access_expiration_time],
    [now + 60 * 86_400, 60 * 86_400, now + 90 * 86_400],
  );
  const me = (await world.get(`/me?fields=id,email&access_token=${body.access_token}`)).body;
  assert.equal(me.email, ana.email);
  const claims = decodeJwt(body.id_token);
  assert.deepEqual([claims.sub, claims.nonce, claims.aud], [me.id, 'n-1', phone.id]);
  await world.clock.advance(86_401);
  const extended = await world.get(
    `/oauth/access_token?grant_type=fb_extend_sso_token&client_id=${phone.id}&access_token=${body.access_token}`,
  );
  assert.equal(extended.status, 200, 'the mobile SDKs renew it');
});

test('a log-in that asked for no id_token gets none with the token', async () => {
  assert.equal(
    (await swap(await nonceOf({ response_type: 'token_or_nonce,signed_request', nonce: undefined }))).body.id_token,
    undefined,
  );
});

test('RR-04: a nonce gives one token, also when twenty ask for it at once, and then says that it was used', async () => {
  const nonce = await nonceOf();
  const answers = await Promise.all(Array.from({ length: 20 }, () => swap(nonce)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.deepEqual(refusal(await swap(nonce)), [400, 100, 36_009]);
});

test('TM-10: a nonce is over after five minutes, and works for no other app; whoever tries that burns it', async () => {
  const late = await nonceOf();
  await world.clock.advance(300);
  assert.deepEqual(refusal(await swap(late)), [400, 100, 36_007]);
  const nonce = await nonceOf();
  assert.deepEqual(refusal(await swap(nonce, rival.id)), [400, 100, undefined]);
  assert.deepEqual(refusal(await swap(nonce)), [400, 100, 36_009]);
});

test('TM-10: a code is no nonce and a nonce no code, nor a token of any kind', async () => {
  const nonce = await nonceOf();
  const asCode = { client_id: phone.id, redirect_uri: IOS, code: nonce };
  assert.deepEqual(refusal(await world.post('/oauth/access_token', asCode)), [400, 100, undefined]);
  assert.equal((await world.get(`/me?access_token=${nonce}`)).body.error.code, 190);
  await world.login(shop.id, ana.id);
  const code = await codeOf(world);
  const user = await world.login(phone.id, ana.id, { native: true });
  for (const other of [code, user, `${phone.id}|${phone.secret}`, 'x', '', 'AQ'.padEnd(216, 'a')])
    assert.deepEqual(refusal(await swap(other)).slice(0, 2), [400, 100], other.slice(0, 4));
  assert.equal((await swap(code, shop.id)).status, 400);
  assert.equal((await swap(nonce)).status, 200, 'and is not used up by any of this');
});

test('a nonce dies with what would have ended its token', async () => {
  for (const [name, ids, subcode] of [
    ['password_changed', { app: '0', user: ana.id }, 460],
    ['app_removed', { app: phone.id, user: ana.id }, 458],
  ] as const) {
    const nonce = await nonceOf();
    await happens(world, name, ids);
    assert.deepEqual(refusal(await swap(nonce)), [400, 190, subcode], name);
  }
});

test('TM-04: a secret is refused though none is needed, for a native app has none that proves anything', async () => {
  const nonce = await nonceOf();
  for (const client_secret of [shop.secret, phone.secret])
    assert.deepEqual(refusal(await swap(nonce, phone.id, { client_secret })), [400, 1, undefined]);
  assert.equal((await swap(nonce)).status, 200);
});
