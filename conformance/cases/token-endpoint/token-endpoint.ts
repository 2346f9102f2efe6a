// These cases are about getting tokens: codes, exchanges, client codes; by the documents of each.
import assert from 'node:assert/strict';
import { apps, callback, nativeCallback } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  answerIn,
  codeOf,
  dialog,
  exchange,
  inspect,
  longToken,
  openDialog,
  pageScope,
  pageToken,
  redeem,
  userToken,
} from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld, Params } from '../../src/stage/world.ts';

const long = citing('long-lived');
const manual = citing('manual flow');
const data = citing('data access');
const { shop, rival, phone } = apps;
const HOUR = 3600;
const DAY = 86_400;

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
  [
    'another app’s code',
    async (world) => ({ code: await codeOf(world, 'ana', rival) }),
    100,
    undefined,
    /^Invalid verification code format\.$/,
  ],
  [
    'an unknown grant_type',
    () => ({ grant_type: 'password', username: 'ana', password: 'x' }),
    1,
    undefined,
    /^Missing authorization code$/,
  ],
  [
    'a refresh token grant',
    () => ({ grant_type: 'refresh_token', refresh_token: 'x' }),
    1,
    undefined,
    /^Missing authorization code$/,
  ],
];

export const cases: Case[] = [
  ...manual.each(failures, ([what, params, code, subcode, words]) =>
    manual.documented(
      'Errors of the exchange are Graph errors.',
      `The exchange with ${what}: error ${code}, HTTP 400, with a WWW-Authenticate header.`,
      async (world) => {
        const ask = {
          client_id: shop.id,
          redirect_uri: callback,
          client_secret: shop.secret,
          ...(await params(world)),
        };
        const reply = await world.get('/oauth/access_token', ask);
        refused(reply, code, subcode, words);
        assert.equal(reply.status, 400);
        assert.match(
          String(reply.headers['www-authenticate']),
          /^OAuth "Facebook Platform" "invalid_(request|code|token)" /,
        );
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
    { difference: 'The documents give no number; ten minutes has been observed.' },
  ),
  manual.documented('A code can be used once.', 'Of two redemptions at once exactly one succeeds.', async (world) => {
    const code = await codeOf(world, 'ana', shop);
    const replies = await Promise.all([
      redeem(world, shop, code),
      redeem(world, shop, code),
      redeem(world, shop, code),
    ]);
    assert.deepEqual(
      replies.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 400, 400],
    );
  }),
  ...manual.each(
    [
      [
        'a form',
        (ask: Params) => ({
          body: new URLSearchParams(ask as Record<string, string>).toString(),
          type: 'application/x-www-form-urlencoded',
        }),
      ],
      ['JSON', (ask: Params) => ({ body: JSON.stringify(ask), type: 'application/json' })],
    ] as const,
    ([what, make]) =>
      manual.documented(
        'The token endpoint is /oauth/access_token.',
        `It takes a POST of ${what} as well as the documented GET.`,
        async (world) => {
          const { body, type } = make({
            client_id: shop.id,
            redirect_uri: callback,
            client_secret: shop.secret,
            code: await codeOf(world, 'ana', shop),
          });
          succeeded(
            await world.send({
              method: 'POST',
              path: '/v25.0/oauth/access_token',
              headers: { 'content-type': type },
              body,
            }),
          );
        },
      ),
  ),
  long.documented(
    'Exchange with grant_type=fb_exchange_token, client_id, client_secret, fb_exchange_token.',
    'expires_in is at most 5,184,000 seconds, and only a little less.',
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
  long.documented(
    'Page tokens cannot be exchanged; they come from user tokens.',
    'A Page token in the exchange is error 190.',
    async (world) => {
      refused(
        await exchange(
          world,
          shop,
          await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery'),
        ),
        190,
        undefined,
        /must be granted before impersonating/,
      );
    },
  ),
  long.documented(
    'A long-lived Page token: ask /{user-id}/accounts with a long-lived user token.',
    'Page tokens from a long-lived user token have no expiration date.',
    async (world) => {
      const { body } = succeeded(
        await world.get('/me/accounts', { access_token: await longToken(world, 'ana', shop, { scope: pageScope }) }),
      );
      for (const { access_token } of body.data as { access_token: string }[])
        assert.equal((await inspect(world, access_token)).expires_at, 0);
    },
  ),
  long.documented(
    'A Page token from a short-lived user token is short-lived.',
    'It ends with the user token it came from.',
    async (world) => {
      const user = await userToken(world, 'ana', shop, { scope: pageScope });
      const page = await pageToken(world, user, 'bakery');
      assert.equal((await inspect(world, page)).expires_at, (await inspect(world, user)).expires_at);
      await world.clock.advance(3 * HOUR);
      refused(await world.get('/me', { access_token: page }), 190, 463);
    },
  ),
  long.documented(
    'A server gets a code for its client at /oauth/client_code with a long-lived user token.',
    'The client redeems the code without the secret and gets a token of its own, with a machine_id.',
    async (world) => {
      const access_token = await longToken(world, 'ana', shop);
      const ask = { client_id: shop.id, client_secret: shop.secret, redirect_uri: callback, access_token };
      const { body } = succeeded(await world.get('/oauth/client_code', ask));
      assert.deepEqual(Object.keys(body), ['code']);
      const redeemed = succeeded(
        await world.get('/oauth/access_token', { client_id: shop.id, redirect_uri: callback, code: body.code }),
      ).body;
      assert.ok(redeemed.machine_id);
      assert.equal((await world.get('/me', { access_token: redeemed.access_token })).body.name, 'Ana Maria Lopes');
    },
  ),
  long.documented(
    '/oauth/client_code: redirect_uri must be one of the app.',
    'Another address, another app’s token or a wrong secret are refused.',
    async (world) => {
      const ask = {
        client_id: shop.id,
        client_secret: shop.secret,
        redirect_uri: callback,
        access_token: await longToken(world, 'ana', shop),
      };
      refused(await world.get('/oauth/client_code', { ...ask, redirect_uri: 'https://evil.example/' }), 191);
      refused(await world.get('/oauth/client_code', { ...ask, client_secret: rival.secret }), 1);
      assert.ok(
        (await world.get('/oauth/client_code', { ...ask, access_token: await longToken(world, 'ana', rival) })).body
          .error,
      );
    },
  ),
  data.documented(
    'Tokens of mobile SDKs are renewed once a day of use.',
    'fb_extend_sso_token gives a native token a new life without the secret; a web token it does not.',
    async (world) => {
      const browser = world.browser();
      const page = await openDialog(
        browser,
        dialog(phone, { redirect_uri: nativeCallback, response_type: 'token' }),
        'ana',
      );
      const token = answerIn(page).fragment.get('access_token') ?? '';
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
