// These cases check what the server of an app is told: deauthorize and data deletion callbacks, webhooks.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { type AppServer, type Called, withAppServer } from '../../src/stage/app-server.ts';
import { apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { idAndSecret, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { removeApp, signIn } from '../../src/stage/settings-pages.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const deletion = citing('data deletion');
const webhooks = citing('webhooks');
const permissions = citing('webhooks for permissions');
const { shop } = apps;
const access_token = idAndSecret(shop);

/** The formula of the page, and nothing of ours: base64url of HMAC-SHA256 over the encoded payload, then JSON. */
function readSignedRequest(call: Called): Record<string, unknown> {
  const [signature, payload] = new URLSearchParams(call.body).get('signed_request')?.split('.', 2) ?? [];
  assert.ok(signature && payload, call.body);
  assert.equal(signature, createHmac('sha256', shop.secret).update(payload).digest('base64url'));
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}

const post = ({ method }: Called): boolean => method === 'POST';
const echo = ({ query }: Called): string => query.get('hub.challenge') ?? '';

async function subscribe(
  world: ConformanceWorld,
  app: AppServer,
  more: Record<string, string | boolean>,
): Promise<void> {
  const asked = { callback_url: `${app.url}/hook`, verify_token: 'mine', include_values: true, access_token, ...more };
  assert.deepEqual(succeeded(await world.post(`/v25.0/${shop.id}/subscriptions`, asked)).body, { success: true });
}

export const cases: Case[] = [
  deletion.documented(
    'The deauthorize callback tells an app that a person removed it.',
    'A POST of `signed_request` with user_id, algorithm and issued_at when the app is removed; any 2xx answers it.',
    (world) =>
      withAppServer(async (app) => {
        succeeded(await world.post(`/v25.0/${shop.id}`, { deauth_callback_url: `${app.url}/gone`, access_token }));
        const token = await userToken(world, 'ana', shop);
        const { id } = succeeded(await world.get('/v25.0/me', { fields: 'id', access_token: token })).body;
        succeeded(await world.delete('/v25.0/me/permissions', { access_token: token }));
        const call = await app.called(post);
        assert.equal(call.headers['content-type'], 'application/x-www-form-urlencoded');
        const payload = readSignedRequest(call);
        assert.deepEqual(Object.keys(payload), ['user_id', 'issued_at', 'algorithm']);
        assert.deepEqual([payload.user_id, payload.algorithm], [id, 'HMAC-SHA256']);
      }),
  ),
  deletion.documented(
    'The platform posts a signed request when a person asks for deletion; the app answers url and confirmation_code.',
    'Ticking it while removing the app posts user_id, algorithm, issued_at and expires; the person is shown the address and the code.',
    (world) =>
      withAppServer(
        async (app) => {
          const owner = await userToken(world, 'ben', shop);
          succeeded(
            await world.post(`/v25.0/${shop.id}/data_deletion`, {
              callback_url: `${app.url}/delete`,
              access_token: owner,
            }),
          );
          const token = await userToken(world, 'ana', shop);
          const { id } = succeeded(await world.get('/v25.0/me', { fields: 'id', access_token: token })).body;
          const browser = await signIn(world, 'ana');
          await removeApp(browser, shop.name, { tick: ['delete_data=1'] });
          const payload = readSignedRequest(await app.called(post));
          assert.deepEqual([payload.user_id, payload.algorithm], [id, 'HMAC-SHA256']);
          assert.equal(Number(payload.expires) - Number(payload.issued_at), 3600);
          while (!(await browser.open('/settings/deletions')).innerText.includes('D77'))
            await new Promise((resolve) => void setImmediate(resolve));
        },
        () => JSON.stringify({ url: 'https://app.example/deletion?id=D77', confirmation_code: 'D77' }),
      ),
    { difference: 'Where it is set (POST /{app-id}/data_deletion) is ours: the real dashboard has a form for it.' },
  ),
  webhooks.documented(
    'Verification requests have hub.mode=subscribe, hub.challenge and hub.verify_token; the endpoint must answer hub.challenge.',
    'The callback URL is asked so when a subscription is made; anything but the challenge is refused, and nothing is subscribed.',
    (world) =>
      withAppServer(async (app) => {
        await subscribe(world, app, { object: 'permissions', fields: 'email' });
        const { query, method } = await app.called(() => true);
        assert.deepEqual([method, query.get('hub.mode'), query.get('hub.verify_token')], ['GET', 'subscribe', 'mine']);
        await withAppServer(
          async (other) => {
            const asked = { object: 'user', callback_url: `${other.url}/hook`, verify_token: 'mine', access_token };
            refused(await world.post(`/v25.0/${shop.id}/subscriptions`, asked), 2201);
          },
          () => 'no',
        );
        const { body } = succeeded(await world.get(`/v25.0/${shop.id}/subscriptions`, { access_token }));
        const fields = [{ name: 'email', version: 'v25.0' }];
        assert.deepEqual(body.data, [{ object: 'permissions', callback_url: `${app.url}/hook`, active: true, fields }]);
      }, echo),
  ),
  webhooks.documented(
    'Payloads are signed: X-Hub-Signature-256 is sha256= and the HMAC-SHA256 of the payload with the app secret.',
    'Over the very bytes of the body.',
    (world) =>
      withAppServer(async (app) => {
        await subscribe(world, app, { object: 'permissions' });
        await userToken(world, 'ana', shop, { scope: 'email' });
        const { body, headers } = await app.called(post);
        assert.equal(
          headers['x-hub-signature-256'],
          `sha256=${createHmac('sha256', shop.secret).update(body).digest('hex')}`,
        );
      }, echo),
  ),
  webhooks.documented(
    'include_values: whether notifications include the new values.',
    'Without it an entry has changed_fields in place of changes.',
    (world) =>
      withAppServer(async (app) => {
        await subscribe(world, app, { object: 'permissions', fields: 'email', include_values: false });
        await userToken(world, 'ana', shop, { scope: 'email' });
        const [entry] = JSON.parse((await app.called(post)).body).entry;
        assert.deepEqual([entry.changed_fields, entry.changes], [['email'], undefined]);
      }, echo),
  ),
  webhooks.documented(
    'DELETE /{app-id}/subscriptions removes a subscription, or some of its fields.',
    'Both.',
    (world) =>
      withAppServer(async (app) => {
        await subscribe(world, app, { object: 'permissions', fields: 'email,user_birthday' });
        const left = async () =>
          succeeded(await world.get(`/v25.0/${shop.id}/subscriptions`, { access_token })).body.data as {
            fields: unknown;
          }[];
        succeeded(
          await world.delete(`/v25.0/${shop.id}/subscriptions`, {
            object: 'permissions',
            fields: 'email',
            access_token,
          }),
        );
        assert.deepEqual((await left())[0]?.fields, [{ name: 'user_birthday', version: 'v25.0' }]);
        succeeded(await world.delete(`/v25.0/${shop.id}/subscriptions`, { object: 'permissions', access_token }));
        assert.deepEqual(await left(), []);
      }, echo),
  ),
  permissions.documented(
    'Changes name a permission, with verb granted or revoked, for a person by the id the app knows.',
    'Sent when a person grants permissions, takes one back or removes the app.',
    (world) =>
      withAppServer(async (app) => {
        await subscribe(world, app, { object: 'permissions', fields: 'email' });
        const token = await userToken(world, 'ana', shop, { scope: 'email' });
        const { id } = succeeded(await world.get('/v25.0/me', { fields: 'id', access_token: token })).body;
        succeeded(await world.delete('/v25.0/me/permissions/email', { access_token: token }));
        const told = (verb: string) => app.called((call) => post(call) && call.body.includes(verb));
        for (const verb of ['granted', 'revoked']) {
          const { object, entry } = JSON.parse((await told(verb)).body);
          assert.equal(object, 'permissions');
          const about = entry.find(
            ({ changes }: { changes: { value: { verb: string } }[] }) => changes[0]?.value.verb === verb,
          );
          assert.deepEqual([about.id, about.changes], [id, [{ field: 'email', value: { verb } }]]);
        }
      }, echo),
  ),
  webhooks.documented(
    'A Page installs an app by POST /{page-id}/subscribed_apps with subscribed_fields and a Page token; then its changes are sent.',
    'A post of the Page comes as a change of `feed`; GET lists the app, DELETE ends it.',
    (world) =>
      withAppServer(async (app) => {
        await subscribe(world, app, { object: 'page', fields: 'feed' });
        const token = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
        const edge = `/v25.0/${pages.bakery.id}/subscribed_apps`;
        succeeded(await world.post(edge, { subscribed_fields: 'feed', access_token: token }));
        assert.equal(succeeded(await world.get(edge, { access_token: token })).body.data[0].id, shop.id);
        const { id } = succeeded(
          await world.post(`/v25.0/${pages.bakery.id}/feed`, { message: 'Fresh bread.', access_token: token }),
        ).body;
        const { object, entry } = JSON.parse((await app.called(post)).body);
        const [change] = entry[0].changes;
        assert.deepEqual(
          [object, entry[0].id, change.field, change.value.verb, change.value.post_id],
          ['page', pages.bakery.id, 'feed', 'add', id],
        );
        succeeded(await world.delete(edge, { access_token: token }));
        assert.deepEqual(succeeded(await world.get(edge, { access_token: token })).body.data, []);
      }, echo),
    { difference: 'Of the fields of a Page only `feed` is there.' },
  ),
];
