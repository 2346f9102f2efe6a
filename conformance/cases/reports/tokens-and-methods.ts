// These cases are about tokens that a call shows in a wrong way, and methods and paths that there are not. Each names the
// report that its kind is known by.
import assert from 'node:assert/strict';
import { apps } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { anasToken, idAndSecret, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const { documented, each } = citing('reports');
const { shop } = apps;

export const cases: Case[] = [
  documented(
    'mediacloud/backend#810: "Unsupported request - method type: …".',
    'A method that a parameter or an item of a batch names and that there is not is refused with 400 too.',
    async (world) => {
      const access_token = await anasToken(world);
      for (const method of ['foo', 'patch', 'options', 'trace']) {
        const reply = await world.get('/v25.0/me', { method, access_token });
        refused(reply, 100, undefined, `Unsupported request - method type: ${method}`);
        assert.deepEqual([reply.status, reply.body.error.type], [400, 'GraphMethodException']);
        const batch = JSON.stringify([{ method: method.toUpperCase(), relative_url: 'me' }]);
        const [slot] = succeeded(await world.post('/v25.0/', { batch, access_token })).body;
        assert.deepEqual([slot.code, JSON.parse(slot.body).error.message], [400, reply.body.error.message]);
      }
    },
  ),
  documented(
    'facebook/facebook-ios-sdk#1087: "Top level app id is invalid", type GraphBatchException.',
    'batch_app_id that is the id of no app refuses the batch; that of an app does not.',
    async (world) => {
      const access_token = await anasToken(world);
      const batch = '[{"method":"GET","relative_url":"me?fields=id"}]';
      for (const batch_app_id of ['190000000000099', 'abc', '{app_id}']) {
        const { status, body } = await world.post('/v25.0/', { batch, batch_app_id, access_token });
        assert.deepEqual(
          [status, body.error.message, body.error.type, body.error.code],
          [400, 'Top level app id is invalid', 'GraphBatchException', undefined],
        );
      }
      for (const batch_app_id of [shop.id, '', undefined])
        assert.equal(succeeded(await world.post('/v25.0/', { batch, batch_app_id, access_token })).body[0].code, 200);
    },
  ),
  documented(
    'omniauth/omniauth#377, ruby-oauth/oauth2#70, #188: "client_secret should not be passed to /oauth/token".',
    'oauth/token is no token endpoint: with the secret it says so, without it the path is unknown.',
    async (world) => {
      const asked = { client_id: shop.id, client_secret: shop.secret, grant_type: 'client_credentials' };
      for (const reply of [await world.post('/oauth/token', asked), await world.get('/v25.0/oauth/token', asked)]) {
        refused(reply, 1, undefined, 'client_secret should not be passed to /oauth/token');
        assert.equal(
          reply.headers['www-authenticate'],
          'OAuth "Facebook Platform" "invalid_request" "client_secret should not be passed to /oauth/token"',
        );
      }
      refused(await world.post('/oauth/token', { client_id: shop.id }), 2500);
    },
  ),
  ...each(
    [
      ['thephpleague/oauth2-facebook#17', '/v2.5/me'],
      ['sromku/android-simple-facebook#160', '/me/permissions'],
      ['adamwathan/eloquent-oauth-l5#46', '/v2.4/me?fields=email,name,first_name,last_name,age_range'],
      ['Yoctol/bottender#271', '/v25.0/me/accounts'],
      ['scribejava/scribejava#758', '/v2.8/me?fields=id'],
    ] as const,
    ([from, path]) =>
      documented(
        `${from}: "API calls from the server require an appsecret_proof argument", 400, GraphMethodException, 100.`,
        `${path} without a proof, of an app that requires one.`,
        async (world) => {
          const token = await userToken(world, 'ana', apps.proven, { scope: 'email' });
          const reply = await world.get(path, { access_token: token });
          refused(reply, 100, undefined, 'API calls from the server require an appsecret_proof argument');
          assert.deepEqual([reply.status, reply.body.error.type], [400, 'GraphMethodException']);
        },
      ),
  ),
  documented(
    'criso/fbgraph#101: an expired token is exchanged.',
    '190/463 with both moments in Pacific time; it is no way to a longer life.',
    async (world) => {
      const fb_exchange_token = await anasToken(world);
      await world.clock.advance(7201);
      const asked = {
        ...{ client_id: shop.id, client_secret: shop.secret },
        ...{ grant_type: 'fb_exchange_token', fb_exchange_token },
      };
      const moment = '\\w+day, \\d\\d-\\w{3}-\\d\\d \\d\\d:\\d\\d:\\d\\d P[SD]T';
      refused(
        await world.get('/oauth/access_token', asked),
        190,
        463,
        new RegExp(
          `^Error validating access token: Session has expired on ${moment}\\. The current time is ${moment}\\.$`,
        ),
      );
    },
  ),
  documented(
    'fbsamples/messenger-bot-samples#11: a configuration without the token.',
    'An empty access_token is no token: 2500 for me.',
    async (world) => {
      const words = 'An active access token must be used to query information about the current user.';
      for (const access_token of ['', undefined])
        refused(await world.post('/v2.6/me/feed', { message: 'x', access_token }), 2500, undefined, words);
    },
  ),
  documented(
    'mureo, its report 744: a token of a system user inspects itself, and POST debug_token.',
    'Both are refused: debug_token takes an app token or a developer, and GET alone.',
    async (world) => {
      const input_token = await anasToken(world);
      const reply = await world.post('/v25.0/debug_token', { input_token, access_token: idAndSecret(shop) });
      refused(reply, 100, undefined, 'Unsupported request - method type: post');
    },
  ),
];
