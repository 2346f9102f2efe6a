// Reports by receivers of notices and by users of old libraries are replayed here.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { type AppServer, type Called, withAppServer } from '../../src/stage/app-server.ts';
import { apps } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { idAndSecret, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const { documented, each } = citing('reports');
const { shop } = apps;
const access_token = idAndSecret(shop);
const post = ({ method }: Called): boolean => method === 'POST';
const echo = ({ query }: Called): string => query.get('hub.challenge') ?? '';

const subscribe = (world: ConformanceWorld, app: AppServer, more: Record<string, string>) =>
  world.post(`/v25.0/${shop.id}/subscriptions`, {
    callback_url: `${app.url}/hook`,
    verify_token: 'mine',
    include_values: true,
    access_token,
    ...more,
  });

/** A notice about a person whose name has every kind of letter that is escaped. */
const noticeOfName = (world: ConformanceWorld, use: (call: Called) => void): Promise<void> =>
  withAppServer(async (app) => {
    succeeded(await subscribe(world, app, { object: 'user', fields: 'name' }));
    const { id } = succeeded(
      await world.post(`/v25.0/${shop.id}/accounts/test-users`, { installed: true, access_token }),
    ).body;
    succeeded(await world.post(`/v25.0/${id}`, { name: 'äöå </b> 5% a@b', access_token }));
    use(await app.called(post));
  }, echo);

const signed = (hash: string, { body }: Called): string =>
  `${hash}=${createHmac(hash, shop.secret).update(body).digest('hex')}`;

export const cases: Case[] = [
  documented(
    'messenger4j/messenger4j#16, watson-developer-cloud/conversation-connector#54, "Validating payloads": \\u00e4 in lower-case hex, \\/, \\u003C, \\u0025, \\u0040.',
    'The body of a notice is ASCII with these escapes, and the signature is over exactly those bytes.',
    (world) =>
      noticeOfName(world, (call) => {
        assert.ok(call.body.includes('"\\u00e4\\u00f6\\u00e5 \\u003C\\/b> 5\\u0025 a\\u0040b"'), call.body);
        assert.equal(call.headers['x-hub-signature-256'], signed('sha256', call));
      }),
  ),
  documented('wit-ai/node-wit#61, miki2826/botly#26: X-Hub-Signature: sha1=…', 'Both headers are sent.', (world) =>
    noticeOfName(world, (call) => assert.equal(call.headers['x-hub-signature'], signed('sha1', call))),
  ),
  documented(
    'restfb/restfb#1020: {"field":"connected","verb":"granted"}, the verb beside the field.',
    'A notification is sent when a person adds or removes the app.',
    (world) =>
      withAppServer(async (app) => {
        succeeded(await subscribe(world, app, { object: 'permissions', fields: 'connected' }));
        const token = await userToken(world, 'ana', shop);
        succeeded(await world.delete('/v25.0/me/permissions', { access_token: token }));
        for (const verb of ['granted', 'revoked']) {
          const { body } = await app.called((call) => post(call) && call.body.includes(verb));
          const changes = JSON.parse(body).entry.flatMap((entry: { changes: unknown[] }) => entry.changes);
          assert.ok(
            changes.some((change: unknown) => JSON.stringify(change) === JSON.stringify({ field: 'connected', verb })),
            body,
          );
        }
      }, echo),
  ),
  documented(
    'arsduo/koala#410: a subscription to first_name and last_name of user.',
    'Every documented field of user and permissions is taken; no other.',
    (world) =>
      withAppServer(async (app) => {
        succeeded(await subscribe(world, app, { object: 'user', fields: 'first_name,last_name,birthday,likes' }));
        refused(
          await subscribe(world, app, { object: 'user', fields: 'moon' }),
          100,
          undefined,
          /^\(#100\) Param fields\[0\] must be one of \{about, /,
        );
      }, echo),
  ),
  documented(
    'Yoctol/bottender#960: (#2201) response does not match challenge, expected value="…", received="…".',
    'The beginning of a wrong answer is repeated, escaped.',
    (world) =>
      withAppServer(
        async (app) =>
          refused(
            await subscribe(world, app, { object: 'user' }),
            2201,
            undefined,
            /^\(#2201\) response does not match challenge, expected value="\d+", received="\\u003C!DOCTYPE html>\\n\\u003Chtm\.\.\."$/,
          ),
        () => '<!DOCTYPE html>\n<html lang="en">',
      ),
  ),
  documented(
    'fbsamples/original-coast-clothing#84, arsduo/koala#439: HTTP Status Code = 404; HTTP Message = Not Found.',
    'A server that cannot be reached is reported in the same form.',
    async (world) => {
      const wanted = { object: 'user', callback_url: 'http://127.0.0.1:1/hook', verify_token: 'mine', access_token };
      refused(
        await world.post(`/v25.0/${shop.id}/subscriptions`, wanted),
        2200,
        undefined,
        /with the following errors: curl_errno = 7; curl_error = /,
      );
    },
  ),
  ...each(
    [
      ['bio', 'v2.8', 'thephpleague/oauth2-facebook#29, mautic/mautic#4042, pac4j/pac4j#741'],
      ['username', 'v2.0', 'the same error for username'],
    ] as const,
    ([field, version, source]) =>
      documented(
        `${source}: (#12) ${field} field is deprecated for versions ${version} and higher.`,
        `me?fields=${field} is refused so.`,
        async (world) => {
          const words = `(#12) ${field} field is deprecated for versions ${version} and higher`;
          refused(
            await world.get('/v25.0/me', { fields: `id,${field}`, access_token: await userToken(world, 'ana', shop) }),
            12,
            undefined,
            words,
          );
        },
      ),
  ),
  documented(
    'pennersr/django-allauth, flows.py: oauth/access_token_info gives access_token, token_type, expires_in, auth_nonce.',
    'The nonce of the dialog comes back.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { params: { auth_nonce: 'n-0S6' } });
      const { body } = succeeded(
        await world.get('/oauth/access_token_info', { client_id: shop.id, access_token: token }),
      );
      assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in', 'auth_nonce']);
      assert.deepEqual([body.access_token, body.auth_nonce], [token, 'n-0S6']);
    },
  ),
  documented(
    'restfb/restfb#445, #726: POST /oauth/device?type=device_code&client_id=… before v2.6.',
    'It is answered for those versions and refused since.',
    async (world) => {
      const { id } = shop;
      const { body } = succeeded(
        await world.post('/v2.5/oauth/device', { type: 'device_code', client_id: id, scope: 'email' }),
      );
      assert.match(body.user_code, /^\w+$/);
      refused(
        await world.post('/v2.5/oauth/device', { type: 'device_token', client_id: id, code: body.code }),
        31,
        1349174,
      );
      refused(await world.post('/v2.6/oauth/device', { type: 'device_code', client_id: id }), 12);
    },
    { shop: { deviceLogin: true } },
  ),
  documented(
    'arsduo/koala, its live suite: test users with permissions such as read_stream and publish_actions; friends by app token.',
    'Retired names are left out with a debug message; an app token lists the friends of a test user.',
    async (world) => {
      const make = async () =>
        succeeded(
          await world.post(`/v25.0/${shop.id}/accounts/test-users`, {
            permissions: 'email,read_stream,publish_actions',
            access_token,
          }),
        ).body;
      const [one, two] = [await make(), await make()];
      for (const [of, other] of [
        [one, two],
        [two, one],
      ])
        succeeded(await world.post(`/v25.0/${of.id}/friends/${other.id}`, { access_token: of.access_token }));
      const { data } = succeeded(await world.get(`/v25.0/${one.id}/friends`, { fields: 'id', access_token })).body;
      assert.deepEqual(data, [{ id: two.id }]);
    },
  ),
];
