// These cases replay more reports of callers of the real platform, looked for by kind after the others were right: the token
// endpoint, debug_token, paths and proofs. Each sentence names its report.
import assert from 'node:assert/strict';
import { adAccounts, apps, callback } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { codeOf, exchange, idAndSecret, pageScope, redeem, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld, Params } from '../../src/stage/world.ts';

const { documented, each } = citing('reports');
const { shop, rival, market } = apps;
const town = `/act_${adAccounts.town.id}`;

const person = (world: ConformanceWorld, scope = pageScope): Promise<string> =>
  userToken(world, 'ana', shop, { scope });
const advertiser = (world: ConformanceWorld): Promise<string> =>
  userToken(world, 'ana', market, { scope: 'ads_read,ads_management' });
const client = { client_id: shop.id, client_secret: shop.secret };

/** A call of the token endpoint that is refused, with its words. */
const atTokenEndpoint = (from: string, params: Params, code: number, words: string): Case =>
  documented(
    `${from}: "${words}"`,
    `oauth/access_token with ${Object.keys(params).join(', ') || 'nothing'} is refused with ${code}, "${words}"`,
    async (world) => {
      for (const reply of [
        await world.get('/oauth/access_token', params),
        await world.post('/oauth/access_token', params),
      ])
        refused(reply, code, undefined, words);
    },
  );

export const cases: Case[] = [
  // The token endpoint.
  atTokenEndpoint('arsduo/koala#45, spree-contrib/spree_social#24', {}, 101, 'Missing client_id parameter.'),
  atTokenEndpoint(
    'facebookarchive/php-graph-sdk#50',
    { grant_type: 'fb_exchange_token', client_secret: shop.secret, fb_exchange_token: 'EAAx' },
    101,
    'Missing client_id parameter.',
  ),
  atTokenEndpoint(
    'Thuzi/facebook-node-sdk#82',
    { grant_type: 'fb_exchange_token', ...client },
    1,
    'fb_exchange_token parameter not specified',
  ),
  atTokenEndpoint(
    'diowa/icare#5',
    { client_id: '190000000000099', client_secret: shop.secret, grant_type: 'client_credentials' },
    101,
    'Error validating application. Invalid application ID.',
  ),
  atTokenEndpoint(
    'sns-sdks/python-facebook#271',
    { client_id: 'INSTAGRAM_APP_ID', client_secret: 'x', grant_type: 'client_credentials' },
    101,
    'Error validating application. Cannot get application info due to a system error.',
  ),
  atTokenEndpoint(
    'arsduo/koala#462, facebookarchive/php-graph-sdk#538',
    { client_id: shop.id, client_secret: rival.secret, grant_type: 'client_credentials' },
    1,
    'Error validating client secret.',
  ),
  atTokenEndpoint(
    'arsduo/koala#313',
    { ...client, redirect_uri: callback, code: 'https://graph.facebook.com/oauth/authorize' },
    100,
    'Invalid verification code format.',
  ),
  documented(
    'catarse/catarse#1648, mmangino/facebooker2#85: "This authorization code has been used."',
    'The second exchange of a code is 100/36009.',
    async (world) => {
      const code = await codeOf(world, 'ana', shop);
      succeeded(await redeem(world, shop, code));
      refused(await redeem(world, shop, code), 100, 36_009, 'This authorization code has been used.');
    },
  ),
  documented(
    'TheRealAgentK/facebook-cf-sdk#57, facebookarchive/php-graph-sdk#1124: "This authorization code has expired."',
    'A code that is older than ten minutes is 100/36007.',
    async (world) => {
      const code = await codeOf(world, 'ana', shop);
      await world.clock.advance(601);
      refused(await redeem(world, shop, code), 100, 36_007, 'This authorization code has expired.');
    },
  ),
  documented(
    'huandu/facebook#41: the same token exchanged again after some minutes.',
    'It is answered with a token again, and with its seconds.',
    async (world) => {
      const { access_token } = succeeded(await exchange(world, shop, await person(world))).body;
      await world.clock.advance(180);
      const again = succeeded(await exchange(world, shop, access_token)).body;
      assert.equal(again.access_token, access_token);
      assert.ok(again.expires_in > 0);
    },
  ),

  // debug_token.
  ...each(
    [
      ['jeduan/cordova-plugin-facebook4#690', rival],
      ['firebase/quickstart-unity#1040', market],
    ] as const,
    ([from, other]) =>
      documented(
        `${from}: "The App_id in the input_token did not match the Viewing App".`,
        `debug_token by the app ${other.name} about a token of Shop is 100 with these words.`,
        async (world) =>
          refused(
            await world.get('/debug_token', {
              input_token: await person(world),
              access_token: idAndSecret(other),
            }),
            100,
            undefined,
            '(#100) The App_id in the input_token did not match the Viewing App',
          ),
      ),
  ),
  documented(
    'facebookarchive/php-graph-sdk#1115: "The parameter input_token is required".',
    'debug_token without input_token, or with an empty one, is 100.',
    async (world) => {
      for (const input_token of [undefined, ''])
        refused(
          await world.get('/debug_token', { input_token, access_token: idAndSecret(shop) }),
          100,
          undefined,
          /The parameter input_token is required$/,
        );
    },
  ),
  documented(
    'facebookarchive/php-graph-sdk#823: with a token of a person without a role.',
    '100, also for a test user of the very app.',
    async (world) => {
      const { access_token } = succeeded(
        await world.post(`/${shop.id}/accounts/test-users`, { installed: true, access_token: idAndSecret(shop) }),
      ).body;
      refused(
        await world.get('/debug_token', { input_token: access_token, access_token }),
        100,
        undefined,
        /^\(#100\) You must provide an app access token/,
      );
    },
  ),

  // Paths and names.
  ...each(
    [
      ['spring-guides/gs-consuming-rest#6', 'gopivotal'],
      ['mobolic/facebook-sdk#315', 'education-experience-id'],
      ['proudcity/wp-proudcity#1514', 'City-of-Cleveland-Heights-Ohio'],
      ['myflashlab/facebook-ANE#31', 'v2.3https:'],
      ['nfl/jquery-oembed-all#5', 'photo.php'],
      ['SammyK/LaravelFacebookSdk#187', '{post_id here}'],
    ] as const,
    ([from, alias]) =>
      documented(
        `${from}: "(#803) Some of the aliases you requested do not exist: ${alias}".`,
        `GET /${alias} is 803 and names it.`,
        async (world) =>
          refused(
            await world.get(`/v25.0/${encodeURIComponent(alias)}`, { access_token: await person(world) }),
            803,
            undefined,
            `(#803) Some of the aliases you requested do not exist: ${alias}`,
          ),
      ),
  ),
  documented(
    'facebook/facebook-nodejs-business-sdk#71: an ad account asked for without "act_".',
    'The number alone is no object: 100/33 with the long sentence.',
    async (world) =>
      refused(
        await world.get(`/v25.0/${adAccounts.town.id}`, { access_token: await advertiser(world) }),
        100,
        33,
        `Unsupported get request. Object with ID '${adAccounts.town.id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
      ),
  ),

  // Proofs.
  ...each(
    [
      ['facebook/facebook-java-business-sdk#137', 'POST'],
      ['facebook/facebook-python-business-sdk#155', 'GET'],
    ] as const,
    ([from, method]) =>
      documented(
        `${from}: "Invalid appsecret_proof provided in the API argument", type GraphMethodException.`,
        `A proof by the secret of another app is refused on ${method}, where none is required too.`,
        async (world) => {
          const params = { access_token: await advertiser(world), appsecret_proof: 'a'.repeat(64), name: 'x' };
          const reply =
            method === 'GET'
              ? await world.get('/me/adaccounts', params)
              : await world.post(`${town}/campaigns`, params);
          refused(reply, 100, undefined, 'Invalid appsecret_proof provided in the API argument');
          assert.equal(reply.body.error.type, 'GraphMethodException');
        },
      ),
  ),
];
