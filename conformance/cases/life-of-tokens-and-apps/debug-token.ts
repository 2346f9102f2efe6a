// These cases are about inspecting tokens: debug_token by its reference page, and the end of data access.
import assert from 'node:assert/strict';
import { apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  answerIn,
  appToken,
  clientToken,
  dialog,
  idAndSecret,
  inspect,
  longToken,
  openDialog,
  pageScope,
  pageToken,
  redeem,
  userToken,
} from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const reference = citing('debug_token');
const guide = citing('token debugging');
const data = citing('data access');
const { shop, rival } = apps;
const DAY = 86_400;

type Fields = Record<string, unknown>;

const fields: readonly [
  name: string,
  sentence: string,
  kind: 'user' | 'page',
  check: (value: Fields, world: ConformanceWorld) => void,
][] = [
  ['app_id', 'the ID of the application this token is for', 'user', ({ app_id }) => assert.equal(app_id, shop.id)],
  ['application', 'name of the application', 'user', ({ application }) => assert.equal(application, shop.name)],
  ['type', 'the type of the token', 'user', ({ type }) => assert.equal(type, 'USER')],
  ['type', 'the type of the token', 'page', ({ type }) => assert.equal(type, 'PAGE')],
  [
    'expires_at',
    'timestamp when this token expires',
    'user',
    ({ expires_at }, world) => assert.ok((expires_at as number) > world.clock.now()),
  ],
  [
    'data_access_expires_at',
    'timestamp when access to user data expires',
    'user',
    ({ data_access_expires_at }, world) =>
      assert.ok(Math.abs((data_access_expires_at as number) - world.clock.now() - 90 * DAY) < 60),
  ],
  ['is_valid', 'whether the token is still valid', 'user', ({ is_valid }) => assert.equal(is_valid, true)],
  [
    'issued_at',
    'timestamp when this token was issued',
    'user',
    ({ issued_at }, world) => assert.ok(Math.abs((issued_at as number) - world.clock.now()) < 60),
  ],
  [
    'scopes',
    'list of permissions granted for the app in this token',
    'user',
    ({ scopes }) => assert.ok((scopes as string[]).includes('pages_show_list')),
  ],
  [
    'granular_scopes',
    'list of granular permissions; target_ids absent when granted for all',
    'user',
    ({ granular_scopes }) =>
      assert.ok((granular_scopes as { scope: string }[]).some(({ scope }) => scope === 'pages_show_list')),
  ],
  [
    'user_id',
    'the ID of the user this token is for',
    'user',
    ({ user_id }) => assert.match(String(user_id), /^\d{15,17}$/),
  ],
  [
    'user_id',
    'the ID of the user this token is for',
    'page',
    ({ user_id }) => assert.match(String(user_id), /^\d{15,17}$/),
  ],
  [
    'profile_id',
    'for impersonated tokens, the ID of the page it contains',
    'page',
    ({ profile_id }) => assert.equal(profile_id, pages.bakery.id),
  ],
];

export const cases: Case[] = [
  ...reference.each(fields, ([name, sentence, kind, check]) =>
    reference.documented(
      `${name}: ${sentence}.`,
      `${name} of a ${kind === 'page' ? 'Page' : 'user'} token.`,
      async (world) => {
        const user = await longToken(world, 'ana', shop, { scope: pageScope });
        check((await inspect(world, kind === 'page' ? await pageToken(world, user, 'bakery') : user)) as Fields, world);
      },
    ),
  ),
  reference.documented(
    'metadata: general metadata associated with the token.',
    'auth_type and auth_nonce of the dialog are in it.',
    async (world) => {
      const browser = world.browser();
      const page = await openDialog(browser, dialog(shop, { auth_type: 'reauthenticate', auth_nonce: 'n7' }), 'ana');
      const { body } = succeeded(await redeem(world, shop, answerIn(page).query.get('code') ?? ''));
      assert.deepEqual((await inspect(world, body.access_token as string)).metadata, {
        auth_type: 'reauthenticate',
        auth_nonce: 'n7',
      });
    },
  ),
  reference.documented(
    'error: any error that a request to the Graph would return due to the token.',
    'An expired token: HTTP 200, is_valid false, error with code, message and subcode.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      await world.clock.advance(3 * 3600);
      const { is_valid, error } = await inspect(world, token);
      const told = (await world.get('/me', { access_token: token })).body.error as {
        code: number;
        error_subcode: number;
      };
      assert.equal(is_valid, false);
      assert.deepEqual([error.code, error.subcode], [told.code, told.error_subcode]);
    },
  ),
  ...reference.each(['garbage', 'EAAgarbage', '', '123|456'] as const, (token) =>
    reference.documented(
      'input_token: the access token to inspect.',
      token === '' ? 'Without input_token the call is refused.' : `"${token}" is told to be no token, with HTTP 200.`,
      async (world) => {
        const reply = await world.get('/debug_token', { input_token: token, access_token: idAndSecret(shop) });
        if (token === '') return refused(reply, 100, undefined, '(#100) The parameter input_token is required');
        const { is_valid, scopes, error } = succeeded(reply).body.data;
        assert.deepEqual([is_valid, scopes, error.code], [false, [], 190]);
      },
    ),
  ),
  reference.documented(
    'access_token: an app access token or an access token of a developer of the app.',
    'App tokens of both forms and developers’ tokens may inspect; nobody else’s.',
    async (world) => {
      const input_token = await userToken(world, 'ana', shop);
      for (const access_token of [await appToken(world, shop), idAndSecret(shop), await userToken(world, 'ben', shop)])
        assert.equal(
          succeeded(await world.get('/debug_token', { input_token, access_token })).body.data.is_valid,
          true,
        );
      const words =
        '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app';
      refused(
        await world.get('/debug_token', { input_token, access_token: await userToken(world, 'cleo', shop) }),
        100,
        undefined,
        words,
      );
      // A client token counts as a wrong secret in a place for app tokens, so that it opens no door to guessing.
      refused(await world.get('/debug_token', { input_token, access_token: clientToken(shop) }), 190);
    },
  ),
  reference.documented(
    'The tokens must be of the same app.',
    'A token of another app is refused by name of the reason.',
    async (world) => {
      const input_token = await userToken(world, 'ana', rival);
      refused(
        await world.get('/debug_token', { input_token, access_token: idAndSecret(shop) }),
        100,
        undefined,
        '(#100) The App_id in the input_token did not match the Viewing App',
      );
    },
  ),
  guide.documented('issued_at is only there for long-lived tokens.', 'A short-lived token has none.', async (world) => {
    assert.equal((await inspect(world, await userToken(world, 'ana', shop))).issued_at, undefined);
  }),
  guide.documented(
    'The answer is {"data": {…}}.',
    'Times are numbers, ids are strings, scopes is a list.',
    async (world) => {
      const { body } = succeeded(
        await world.get('/debug_token', {
          input_token: await longToken(world, 'ana', shop),
          access_token: idAndSecret(shop),
        }),
      );
      assert.deepEqual(Object.keys(body), ['data']);
      const types = Object.fromEntries(
        Object.entries(body.data as Fields).map(([name, value]) => [
          name,
          Array.isArray(value) ? 'list' : typeof value,
        ]),
      );
      assert.deepEqual(
        [
          types['app_id'],
          types['user_id'],
          types['expires_at'],
          types['issued_at'],
          types['data_access_expires_at'],
          types['scopes'],
          types['is_valid'],
        ],
        ['string', 'string', 'number', 'number', 'number', 'list', 'boolean'],
      );
    },
  ),
  data.documented(
    'Access to data ends 90 days after the person last used the app; the person stays authenticated.',
    'After 90 days e-mail is no longer returned, the id still is, and debug_token says when.',
    async (world) => {
      const token = await longToken(world, 'ana', apps.market, { scope: 'email' });
      const { data_access_expires_at } = await inspect(world, token, apps.market);
      await world.clock.advance(data_access_expires_at - world.clock.now() + 60);
      assert.ok((await world.get('/me', { fields: 'id', access_token: token })).body.id);
      assert.equal((await world.get('/me', { fields: 'id,email', access_token: token })).body.email, undefined);
      assert.equal((await inspect(world, token, apps.market)).is_valid, true);
    },
  ),
  data.documented(
    '… renewed when the person logs in again (auth_type=reauthorize).',
    'Through the dialog the data comes back, for the old token too.',
    async (world) => {
      const browser = world.browser();
      const token = await longToken(world, 'ana', apps.market, { scope: 'email', browser });
      await world.clock.advance(89 * DAY);
      await openDialog(browser, dialog(apps.market, { auth_type: 'reauthorize' }), 'ana');
      await world.clock.advance(5 * DAY);
      assert.equal((await world.get('/me', { fields: 'id,email', access_token: token })).body.email, 'ana@example.com');
    },
  ),
  data.documented(
    'Not subject to the end of data access: ads_read, ads_management, pages_show_list, read_insights and twelve more.',
    'After 90 days these are still granted, while e-mail has expired.',
    async (world) => {
      const exempt = [
        'ads_read',
        'ads_management',
        'pages_manage_ads',
        'pages_manage_engagement',
        'pages_manage_metadata',
        'pages_manage_posts',
        'pages_read_engagement',
        'pages_read_user_content',
        'pages_show_list',
        'read_insights',
      ];
      const token = await longToken(world, 'ana', apps.market, { scope: [...exempt, 'email'].join() });
      await world.clock.advance(91 * DAY);
      const { body } = succeeded(await world.get('/me/permissions', { limit: 100, access_token: token }));
      const status = Object.fromEntries(
        (body.data as { permission: string; status: string }[]).map((row) => [row.permission, row.status]),
      );
      assert.deepEqual(
        exempt.filter((name) => status[name] !== 'granted'),
        [],
      );
      assert.equal(status['email'], 'expired');
    },
  ),
];
