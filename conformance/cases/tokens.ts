// Getting tokens: the token endpoint, client codes, proofs, signed requests, revoking; by the documents of each.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { apps, callback, nativeCallback, pages } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import {
  answerIn,
  appToken,
  codeOf,
  dialog,
  exchange,
  goThrough,
  idAndSecret,
  inspect,
  logIn,
  longToken,
  pageScope,
  pageToken,
  redeem,
  refused,
  succeeded,
  userToken,
} from '../src/deeds.ts';
import type { ConformanceWorld, Params } from '../src/world.ts';

const long = citing('long-lived');
const security = citing('login security');
const manual = citing('manual flow');
const system = citing('system users');
const data = citing('data access');
const { shop, rival, phone, proven } = apps;
const HOUR = 3600;
const DAY = 86_400;

const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

/** Every way to fail at the token endpoint, with what is answered. */
const failures: readonly [
  what: string,
  params: (world: ConformanceWorld) => Promise<Params> | Params,
  code: number,
  subcode: number | undefined,
  words: RegExp,
][] = [
  ['no client_id', () => ({ client_id: undefined }), 101, undefined, /^Missing client_id parameter\.$/],
  ['an unknown app', () => ({ client_id: '999999999999999' }), 101, undefined, /Error validating application/],
  [
    'no redirect_uri',
    async (world) => ({ code: await codeOf(world, 'ana', shop), redirect_uri: undefined }),
    191,
    undefined,
    /Missing redirect_uri parameter/,
  ],
  [
    'a wrong secret',
    async (world) => ({ code: await codeOf(world, 'ana', shop), client_secret: rival.secret }),
    1,
    undefined,
    /^Error validating client secret\.$/,
  ],
  ['no code', () => ({}), 1, undefined, /^Missing authorization code$/],
  ['a code that is none', () => ({ code: 'AQnot-a-code' }), 100, undefined, /^Invalid verification code format\.$/],
  ['another app’s code', async (world) => ({ code: await codeOf(world, 'ana', rival) }), 100, undefined, /^Invalid verification code format\.$/],
  ['an unknown grant_type', () => ({ grant_type: 'password', username: 'ana', password: 'x' }), 100, undefined, /grant_type/],
  ['a refresh token grant', () => ({ grant_type: 'refresh_token', refresh_token: 'x' }), 100, undefined, /grant_type/],
];

const endpoint: Case[] = [
  ...manual.each(failures, ([what, params, code, subcode, words]) =>
    manual.documented(
      'Errors of the exchange are Graph errors.',
      `The exchange with ${what}: error ${code}, HTTP 400, with a WWW-Authenticate header.`,
      async (world) => {
        const ask = { client_id: shop.id, redirect_uri: callback, client_secret: shop.secret, ...(await params(world)) };
        const reply = await world.get('/oauth/access_token', ask);
        refused(reply, code, subcode, words);
        assert.equal(reply.status, 400);
        assert.match(String(reply.headers['www-authenticate']), /^OAuth "Facebook Platform" "invalid_(request|code|token)" /);
      },
    ),
  ),
  manual.documented(
    'A code lives for a short time.',
    'After ten minutes a code is refused as expired.',
    async (world) => {
      const code = await codeOf(world, 'ana', shop);
      await world.clock.advance(601);
      refused(await redeem(world, shop, code), 100, 36_007, 'This authorization code has expired.');
    },
    { difference: 'The documents give no number; ten minutes is what is observed.' },
  ),
  manual.documented('A code can be used once.', 'Of two redemptions at once exactly one succeeds.', async (world) => {
    const code = await codeOf(world, 'ana', shop);
    const replies = await Promise.all([redeem(world, shop, code), redeem(world, shop, code), redeem(world, shop, code)]);
    assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400, 400]);
  }),
  ...manual.each(
    [
      [
        'a form',
        (ask: Params) => ({ body: new URLSearchParams(ask as Record<string, string>).toString(), type: 'application/x-www-form-urlencoded' }),
      ],
      ['JSON', (ask: Params) => ({ body: JSON.stringify(ask), type: 'application/json' })],
    ] as const,
    ([what, make]) =>
      manual.documented('The token endpoint is /oauth/access_token.', `It takes a POST of ${what} as well as the documented GET.`, async (world) => {
        const { body, type } = make({
          client_id: shop.id,
          redirect_uri: callback,
          client_secret: shop.secret,
          code: await codeOf(world, 'ana', shop),
        });
        succeeded(await world.send({ method: 'POST', path: '/v25.0/oauth/access_token', headers: { 'content-type': type }, body }));
      }),
  ),
  long.documented(
    'Exchange with grant_type=fb_exchange_token, client_id, client_secret, fb_exchange_token.',
    'expires_in is 5,184,000 seconds at most, and little less.',
    async (world) => {
      const { body } = succeeded(await exchange(world, shop, await userToken(world, 'ana', shop)));
      assert.ok(body.expires_in <= 60 * DAY && body.expires_in > 60 * DAY - 100);
    },
  ),
  long.documented(
    'The exchange is for valid tokens: an expired one cannot be exchanged.',
    'Error 190, subcode 463; a new log-in is needed.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      await world.clock.advance(3 * HOUR);
      refused(await exchange(world, shop, token), 190, 463);
    },
  ),
  long.documented('Page tokens cannot be exchanged; they come from user tokens.', 'A Page token in the exchange is error 190.', async (world) => {
    refused(
      await exchange(world, shop, await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery')),
      190,
      undefined,
      /must be granted before impersonating/,
    );
  }),
  long.documented(
    'A long-lived Page token: ask /{user-id}/accounts with a long-lived user token.',
    'Page tokens from a long-lived user token have no expiration date.',
    async (world) => {
      const { body } = succeeded(await world.get('/me/accounts', { access_token: await longToken(world, 'ana', shop, { scope: pageScope }) }));
      for (const { access_token } of body.data as { access_token: string }[]) assert.equal((await inspect(world, access_token)).expires_at, 0);
    },
  ),
  long.documented('A Page token from a short-lived user token is short-lived.', 'It ends with the user token it came from.', async (world) => {
    const user = await userToken(world, 'ana', shop, { scope: pageScope });
    const page = await pageToken(world, user, 'bakery');
    assert.equal((await inspect(world, page)).expires_at, (await inspect(world, user)).expires_at);
    await world.clock.advance(3 * HOUR);
    refused(await world.get('/me', { access_token: page }), 190, 463);
  }),
  long.documented(
    'A server gets a code for its client at /oauth/client_code with a long-lived user token.',
    'The client redeems the code without the secret and gets a token of its own, with a machine_id.',
    async (world) => {
      const access_token = await longToken(world, 'ana', shop);
      const ask = { client_id: shop.id, client_secret: shop.secret, redirect_uri: callback, access_token };
      const { body } = succeeded(await world.get('/oauth/client_code', ask));
      assert.deepEqual(Object.keys(body), ['code']);
      const redeemed = succeeded(await world.get('/oauth/access_token', { client_id: shop.id, redirect_uri: callback, code: body.code })).body;
      assert.ok(redeemed.machine_id);
      assert.equal((await world.get('/me', { access_token: redeemed.access_token })).body.name, 'Ana Maria Lopes');
    },
  ),
  long.documented(
    '/oauth/client_code: redirect_uri must be one of the app.',
    'Another address, another app’s token or a wrong secret are refused.',
    async (world) => {
      const ask = { client_id: shop.id, client_secret: shop.secret, redirect_uri: callback, access_token: await longToken(world, 'ana', shop) };
      refused(await world.get('/oauth/client_code', { ...ask, redirect_uri: 'https://evil.example/' }), 191);
      refused(await world.get('/oauth/client_code', { ...ask, client_secret: rival.secret }), 1);
      assert.ok((await world.get('/oauth/client_code', { ...ask, access_token: await longToken(world, 'ana', rival) })).body.error);
    },
  ),
  data.documented(
    'Tokens of mobile SDKs are renewed once a day of use.',
    'fb_extend_sso_token gives a native token a new life without the secret; a web token it does not.',
    async (world) => {
      const browser = world.browser();
      const page = await goThrough(browser, await browser.open(dialog(phone, { redirect_uri: nativeCallback, response_type: 'token' })), 'ana');
      const left = page.left ?? page.links.find(({ to }) => to.startsWith('fb'))?.to;
      const token = answerIn({ ...page, left }).fragment.get('access_token') ?? '';
      const before = await inspect(world, token, phone);
      await world.clock.advance(2 * DAY);
      const extend = (access_token: string, app: typeof phone | typeof shop) =>
        world.get('/oauth/access_token', { grant_type: 'fb_extend_sso_token', client_id: app.id, access_token });
      const { body } = succeeded(await extend(token, phone));
      assert.ok(body.expires_at > before.expires_at);
      assert.equal(body.graph_domain, 'facebook');
      assert.ok((await extend(await userToken(world, 'ana', shop), shop)).body.error);
    },
  ),
];

const proofs: Case[] = [
  security.documented(
    'appsecret_proof is the SHA-256 HMAC of your access token, with the app secret as the key.',
    'A right proof is accepted, a wrong one refused, whether one is required or not.',
    async (world) => {
      const access_token = await userToken(world, 'ana', shop);
      succeeded(await world.get('/me', { access_token, appsecret_proof: hmac(shop.secret, access_token) }));
      const wrong = await world.get('/me', { access_token, appsecret_proof: hmac(rival.secret, access_token) });
      refused(wrong, 100, undefined, 'Invalid appsecret_proof provided in the API argument');
      assert.equal(wrong.body.error.type, 'GraphMethodException');
    },
  ),
  security.documented(
    'Require App Secret: calls from a server without a proof are refused.',
    'In an app that requires it, a call without proof fails and one with it succeeds.',
    async (world) => {
      const access_token = await userToken(world, 'ana', proven);
      refused(await world.get('/me', { access_token }), 100, undefined, 'API calls from the server require an appsecret_proof argument');
      succeeded(await world.get('/me', { access_token, appsecret_proof: hmac(proven.secret, access_token) }));
    },
    { difference: 'It is not documented how calls of a server are told from those of a client: here every call needs the proof.' },
  ),
  ...security.each(
    [
      ['now', 0, true],
      ['299 seconds old', -299, true],
      ['301 seconds old', -301, false],
      ['ten minutes ahead', 600, false],
    ] as const,
    ([age, shift, accepted]) =>
      security.documented(
        'With appsecret_time the proof is over token|time and valid for five minutes.',
        `A proof of a moment ${age} is ${accepted ? 'accepted' : 'refused'}.`,
        async (world) => {
          const access_token = await userToken(world, 'ana', proven);
          const appsecret_time = String(world.clock.now() + shift);
          const reply = await world.get('/me', {
            access_token,
            appsecret_time,
            appsecret_proof: hmac(proven.secret, `${access_token}|${appsecret_time}`),
          });
          if (accepted) succeeded(reply);
          else refused(reply, 100, undefined, 'Invalid appsecret_proof provided in the API argument');
        },
      ),
  ),
  security.documented('The proof is of the very token of the call.', 'A Page token needs the proof of the Page token.', async (world) => {
    const user = await userToken(world, 'ana', shop, { scope: pageScope });
    const page = await pageToken(world, user, 'bakery');
    refused(await world.get('/me', { access_token: page, appsecret_proof: hmac(shop.secret, user) }), 100);
    succeeded(await world.get('/me', { access_token: page, appsecret_proof: hmac(shop.secret, page) }));
  }),
  manual.documented(
    'A signed request is {signature}.{payload}, both base64url, signed with the app secret.',
    'response_type=signed_request gives one about the person, for the app.',
    async (world) => {
      const answer = await logIn(world, 'ana', shop, { params: { response_type: 'token,signed_request' } });
      const [signature = '', payload = ''] = (answer.fragment.get('signed_request') ?? '').split('.');
      assert.equal(signature, createHmac('sha256', shop.secret).update(payload).digest('base64url'));
      const read = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      const me = (await world.get('/me', { access_token: answer.fragment.get('access_token') ?? '' })).body as { id: string };
      assert.deepEqual([read['algorithm'], read['user_id']], ['HMAC-SHA256', me.id]);
    },
  ),
];

const revoking: Case[] = [
  system.documented(
    'GET /oauth/revoke with client_id, client_secret, revoke_token and access_token.',
    'It answers {"success":"true"}; the token is dead at once, with 466.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const { body } = succeeded(
        await world.get('/oauth/revoke', {
          client_id: shop.id,
          client_secret: shop.secret,
          revoke_token: token,
          access_token: await appToken(world, shop),
        }),
      );
      assert.deepEqual(body, { success: 'true' });
      refused(await world.get('/me', { access_token: token }), 190, 466);
    },
    { difference: 'Documented for tokens of system users; here for user and Page tokens as well.' },
  ),
  system.documented('All of app, tokens and secret must belong together.', 'One app cannot revoke another’s token.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    const reply = await world.get('/oauth/revoke', {
      client_id: rival.id,
      client_secret: rival.secret,
      revoke_token: token,
      access_token: idAndSecret(rival),
    });
    assert.ok(reply.body.error, reply.text);
    succeeded(await world.get('/me', { access_token: token }));
  }),
  system.documented(
    'Revoking takes effect immediately.',
    'A user token takes along what came from its log-in; a Page token goes alone.',
    async (world) => {
      const user = await longToken(world, 'ana', shop, { scope: pageScope });
      const [bakery, garden] = [await pageToken(world, user, 'bakery'), await pageToken(world, user, 'garden')];
      const revoke = (revoke_token: string) =>
        world.get('/oauth/revoke', { client_id: shop.id, client_secret: shop.secret, revoke_token, access_token: idAndSecret(shop) });
      succeeded(await revoke(bakery));
      refused(await world.get('/me', { access_token: bakery }), 190, 466);
      succeeded(await world.get(`/${pages.garden.id}`, { access_token: garden }));
      succeeded(await revoke(user));
      for (const dead of [user, garden]) refused(await world.get('/me', { access_token: dead }), 190, 466);
    },
  ),
  system.later('Install an app on a system user; generate its tokens; refresh them.', 'businesses and system users'),
];

export const cases: Case[] = [...endpoint, ...proofs, ...revoking];
