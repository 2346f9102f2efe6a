// These tests are about webhooks: an app says what it wants to be told of, shows that it wants it, and is told, signed
// and in order.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, test } from 'node:test';
import { settings } from '../acts.ts';
import { Browser } from '../browser.ts';
import { tokenFor } from '../dialog-journey.ts';
import { answersChallenges, type Got, type Receiver, receiver, settled } from './receiver.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, bakery, ben, rival, shop } = cast;
const appToken = `${shop.id}|${shop.secret}`;

let app: Receiver;
let world: TestWorld;
beforeEach(async () => {
  app = await receiver();
  answersChallenges(app);
  world = await testWorld({ settings: { callbackReceivers: 'local' }, world: { outbound: app.outbound } });
});
afterEach(async () => {
  await world.close();
  await app.close();
});

const subscribe = async (form: Record<string, string>, token = appToken) =>
  (
    await world.post(`/${shop.id}/subscriptions`, {
      callback_url: `${app.url}/hook`,
      verify_token: 'mine',
      access_token: token,
      ...form,
    })
  ).body;
const subscribed = async () => (await world.get(`/${shop.id}/subscriptions?access_token=${appToken}`)).body.data;
const notices = () =>
  app.got.filter(({ method }) => method === 'POST').map((got) => ({ ...got, json: JSON.parse(got.body) }));
const verbs = () =>
  notices().flatMap(({ json }) =>
    json.entry.flatMap((entry: Entry) => entry.changes.map(({ field, value }) => `${value.verb} ${field}`)),
  );

interface Entry {
  changes: { field: string; value: { verb: string; target_ids?: string[] } }[];
}

const pageToken = async (): Promise<string> => {
  const permissions = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'pages_manage_metadata'];
  const token = await world.login(shop.id, ana.id, { permissions });
  return (await world.get(`/${bakery.id}?fields=access_token&access_token=${token}`)).body.access_token;
};

test('a callback URL is asked with mode, challenge and verify token, and listed once it has answered', async () => {
  assert.deepEqual(await subscribe({ object: 'permissions', fields: 'email,user_friends', include_values: 'true' }), {
    success: true,
  });
  const [asked] = app.got;
  assert.deepEqual(
    [asked?.method, asked?.query.get('hub.mode'), asked?.query.get('hub.verify_token')],
    ['GET', 'subscribe', 'mine'],
  );
  assert.match(asked?.query.get('hub.challenge') ?? '', /^\d+$/);
  const fields = ['email', 'user_friends'].map((name) => ({ name, version: 'v25.0' }));
  assert.deepEqual(await subscribed(), [
    { object: 'permissions', callback_url: `${app.url}/hook`, active: true, fields },
  ]);
});

test('a callback URL that does not answer the challenge is refused, and nothing is subscribed', async () => {
  app.answer = (_got, response) => void response.end('<!DOCTYPE html>\n<html lang="en">');
  const wrong = await subscribe({ object: 'permissions' });
  assert.deepEqual([wrong.error.code, wrong.error.type], [2201, 'OAuthException']);
  const expected = app.got[0]?.query.get('hub.challenge');
  const received = '"\\u003C!DOCTYPE html>\\n\\u003Chtm..."';
  assert.equal(
    wrong.error.message,
    `(#2201) response does not match challenge, expected value="${expected}", received=${received}`,
  );
  app.answer = (_got, response) => void response.writeHead(404).end();
  const missing = await subscribe({ object: 'permissions' });
  assert.equal(missing.error.code, 2200);
  assert.equal(
    missing.error.message,
    '(#2200) Callback verification failed with the following errors: HTTP Status Code = 404; HTTP Message = Not Found',
  );
  const away = await subscribe({ object: 'permissions', callback_url: 'http://127.0.0.1:1/x' });
  assert.match(
    away.error.message,
    /^\(#2200\) Callback verification failed with the following errors: curl_errno = 7; curl_error = /,
  );
  assert.deepEqual(await subscribed(), []);
});

test('what could never be sent, and addresses that could not be registered, are refused before anything is asked', async () => {
  const codes = await Promise.all([
    subscribe({ object: 'instagram' }),
    subscribe({ object: 'page', fields: 'feed,mentions' }),
    subscribe({ object: 'page', callback_url: 'ftp://x.example/' }),
    subscribe({ object: 'page', callback_url: 'https://u:p@x.example/' }),
    subscribe({ object: 'page', verify_token: '' }),
    subscribe({ object: 'page', callback_url: '' }),
  ]);
  assert.deepEqual(
    codes.map(({ error }) => error?.code),
    [100, 100, 100, 100, 100, 100],
  );
  assert.equal(app.got.length, 0);
});

test('only the app itself subscribes: other tokens are refused and nothing changes', async () => {
  const person = await world.login(shop.id, ben.id);
  assert.equal((await subscribe({ object: 'permissions' }, person)).error.code, 15);
  assert.equal((await subscribe({ object: 'permissions' }, `${rival.id}|${rival.secret}`)).error.code, 100);
  const bare = await world.post(`/${shop.id}/subscriptions`, { object: 'permissions' });
  assert.equal(bare.body.error.code, 104);
  assert.deepEqual([app.got.length, await subscribed()], [0, []]);
});

test('a subscription is replaced, narrowed and ended', async () => {
  await subscribe({ object: 'permissions', fields: 'email,user_friends' });
  await subscribe({ object: 'page' });
  assert.equal(
    (
      await subscribe({
        object: 'permissions',
        fields: 'email,user_gender,user_friends',
        callback_url: '',
        verify_token: '',
      })
    ).success,
    true,
  );
  const end = (query: string) => world.delete(`/${shop.id}/subscriptions?${query}&access_token=${appToken}`);
  assert.deepEqual((await end('object=permissions&fields=email')).body, { success: true });
  const [page, permissions] = await subscribed();
  assert.equal(page.object, 'page');
  assert.deepEqual(
    permissions.fields.map(({ name }: { name: string }) => name),
    ['user_gender', 'user_friends'],
  );
  await end('object=page');
  assert.deepEqual(
    (await subscribed()).map(({ object }: { object: string }) => object),
    ['permissions'],
  );
  await end('');
  assert.deepEqual(await subscribed(), []);
});

test('a person who grants and revokes permissions is told of, signed with the app secret over the bytes that were sent', async () => {
  await subscribe({ object: 'permissions', fields: 'email,user_birthday', include_values: 'true' });
  const token = await tokenFor(new Browser(world), ana, { scope: 'email,user_birthday' });
  const { id } = (await world.get(`/me?fields=id&access_token=${token}`)).body;
  await settled(world);
  const [granted] = notices();
  assert.deepEqual(granted?.json, {
    object: 'permissions',
    entry: [
      {
        id,
        uid: id,
        time: world.clock.now(),
        changes: [
          { field: 'email', value: { verb: 'granted' } },
          { field: 'user_birthday', value: { verb: 'granted' } },
        ],
      },
    ],
  });
  assert.equal(
    granted?.headers['x-hub-signature-256'],
    `sha256=${createHmac('sha256', shop.secret)
      .update(granted?.body ?? '')
      .digest('hex')}`,
  );
  assert.equal(
    granted?.headers['x-hub-signature'],
    `sha1=${createHmac('sha1', shop.secret)
      .update(granted?.body ?? '')
      .digest('hex')}`,
  );
  await world.delete(`/me/permissions/email?access_token=${token}`);
  await settled(world);
  await world.delete(`/me/permissions?access_token=${token}`);
  await settled(world);
  assert.deepEqual(verbs(), ['granted email', 'granted user_birthday', 'revoked email', 'revoked user_birthday']);
});

test('without include_values only the names of what changed are told', async () => {
  await subscribe({ object: 'permissions' });
  await tokenFor(new Browser(world), ana, { scope: 'email' });
  await settled(world);
  const [entry] = notices()[0]?.json.entry ?? [];
  assert.deepEqual(entry.changed_fields, ['connected', 'email', 'public_profile']);
  assert.equal(entry.changes, undefined);
});

test('a permission for other Pages than before is granted and revoked for those Pages', async () => {
  const { permissionChanges } = await import('../../src/callbacks/notify-app.ts');
  const on = (...targets: string[]) => ({ pages_show_list: { status: 'granted' as const, targets } });
  const told = (before: Parameters<typeof permissionChanges>[0], after: Parameters<typeof permissionChanges>[1]) =>
    permissionChanges(before, after).map(({ value }) => value);
  assert.deepEqual(told(on('1', '2'), on('2', '3')), [
    { verb: 'revoked', target_ids: ['1'] },
    { verb: 'granted', target_ids: ['3'] },
  ]);
  assert.deepEqual(told(on('1'), on('1')), []);
  assert.deepEqual(told(on('1'), { pages_show_list: { status: 'granted' } }), [{ verb: 'granted' }]);
  assert.deepEqual(told({ pages_show_list: { status: 'granted' } }, on('1')), [
    { verb: 'revoked' },
    { verb: 'granted', target_ids: ['1'] },
  ]);
  assert.deepEqual(told(on('1'), { pages_show_list: { status: 'declined' } }), [
    { verb: 'revoked', target_ids: ['1'] },
  ]);
});

test('notices keep their order while a receiver is away, and come together when it is back', async () => {
  await subscribe({ object: 'permissions', fields: 'email', include_values: 'true' });
  app.answer = (_got, response) => void response.writeHead(500).end();
  for (let round = 0; round < 3; round++) {
    const token = await tokenFor(new Browser(world), ana, { scope: 'email' });
    await world.delete(`/me/permissions?access_token=${token}`);
  }
  await settled(world);
  const away = app.got.length;
  app.answer = (_got, response) => void response.end();
  await world.clock.advance(120);
  const [back, ...more] = notices().slice(away - 1);
  assert.deepEqual(more, []);
  assert.deepEqual(
    back?.json.entry.flatMap((entry: Entry) => entry.changes.map(({ value }) => value.verb)),
    ['granted', 'revoked', 'granted', 'revoked', 'granted', 'revoked'],
  );
});

test('what nobody subscribed to is not queued; what was ended while it waited is not sent', async () => {
  await subscribe({ object: 'permissions', fields: 'user_friends' });
  await tokenFor(new Browser(world), ana, { scope: 'email' });
  await settled(world);
  assert.equal(notices().length, 0);
  await subscribe({ object: 'permissions', fields: 'email' });
  app.answer = (_got, response) => void response.writeHead(500).end();
  await tokenFor(new Browser(world), ben, { scope: 'email' });
  await settled(world);
  await world.delete(`/${shop.id}/subscriptions?access_token=${appToken}`);
  const before = notices().length;
  await world.clock.advance(86_400);
  assert.equal(notices().length, before);
  const [row] = (await world.get(`/${shop.id}/callback_deliveries?access_token=${appToken}`)).body.data;
  assert.deepEqual([row.kind, row.state, row.last_error], ['permissions', 'failed', 'no_receiver']);
});

test('an app that is installed on a Page is told of its posts', async () => {
  await subscribe({ object: 'page', fields: 'feed', include_values: 'true' });
  const token = await pageToken();
  const post = async (form: Record<string, string>) =>
    (await world.post(`/${bakery.id}/feed`, { access_token: token, ...form })).body.id;
  await post({ message: 'nobody hears this' });
  assert.deepEqual(
    (await world.post(`/${bakery.id}/subscribed_apps`, { subscribed_fields: 'feed', access_token: token })).body,
    { success: true },
  );
  const listed = (await world.get(`/${bakery.id}/subscribed_apps?access_token=${token}`)).body.data;
  assert.deepEqual(listed, [{ name: 'Shop', id: shop.id, subscribed_fields: ['feed'] }]);
  await settled(world);
  const id = await post({ message: 'Fresh bread.', link: 'https://bakery.example/' });
  await settled(world);
  const change = (post: string, form: Record<string, string>) =>
    world.post(`/${post}`, { access_token: token, ...form });
  const draft = await post({ message: 'hidden', published: 'false' });
  await change(draft, { message: 'still hidden' });
  await change(id, { message: 'Fresher bread.' });
  await settled(world);
  await change(draft, { is_published: 'true' });
  await settled(world);
  await world.delete(`/${id}?access_token=${token}`);
  await settled(world);
  const values = notices().flatMap(({ json }) =>
    json.entry.flatMap((entry: Entry) => entry.changes.map(({ value }) => value)),
  );
  const from = { id: bakery.id, name: bakery.name };
  const now = world.clock.now();
  assert.deepEqual(values, [
    {
      from,
      item: 'share',
      post_id: id,
      verb: 'add',
      created_time: now,
      published: 1,
      message: 'Fresh bread.',
      link: 'https://bakery.example/',
    },
    {
      from,
      item: 'share',
      post_id: id,
      verb: 'edited',
      created_time: now,
      published: 1,
      message: 'Fresher bread.',
      link: 'https://bakery.example/',
    },
    { from, item: 'status', post_id: draft, verb: 'add', created_time: now, published: 1, message: 'still hidden' },
    { from, item: 'post', post_id: id, verb: 'remove', created_time: now },
  ]);
  assert.deepEqual((await world.delete(`/${bakery.id}/subscribed_apps?access_token=${token}`)).body, { success: true });
  assert.deepEqual((await world.get(`/${bakery.id}/subscribed_apps?access_token=${token}`)).body.data, []);
});

test('subscribed_apps asks for a Page token with pages_manage_metadata and the task, and for fields that exist', async () => {
  const code = async (token: string, fields = 'feed') =>
    (await world.post(`/${bakery.id}/subscribed_apps`, { subscribed_fields: fields, access_token: token })).body.error
      ?.code;
  const token = await pageToken();
  assert.deepEqual([await code(token, 'leadgens'), await code(token, '')], [100, 100]);
  assert.equal(await code(await world.login(shop.id, ana.id, { permissions: ['pages_manage_metadata'] })), 210);
  assert.equal(await code(appToken), 210);
  const less = await world.login(shop.id, ana.id, { permissions: ['pages_show_list'] });
  const weak = (await world.get(`/${bakery.id}?fields=access_token&access_token=${less}`)).body.access_token;
  assert.equal(await code(weak), 200);
  assert.deepEqual(await world.server.installation.db.read.selectFrom('page_subscriptions').selectAll().execute(), []);
});

test('a new name of a person is told to the apps that want to know', async () => {
  await subscribe({ object: 'user', include_values: 'true' });
  const made = (
    await world.post(`/${shop.id}/accounts/test-users`, {
      installed: 'true',
      name: 'First Last',
      access_token: appToken,
    })
  ).body;
  await world.post(`/${made.id}`, { name: 'Another Name', access_token: appToken });
  await settled(world);
  const [told] = notices();
  assert.deepEqual(told?.json, {
    object: 'user',
    entry: [
      {
        id: made.id,
        uid: made.id,
        time: world.clock.now(),
        changes: [
          { field: 'name', value: 'Another Name' },
          { field: 'first_name', value: 'Another' },
          { field: 'last_name', value: 'Name' },
        ],
      },
    ],
  });
});

test('an app that is deleted is told nothing any more', async () => {
  await subscribe({ object: 'permissions', fields: 'email' });
  await settings(world, shop.id, { deauthCallbackUrl: `${app.url}/gone` });
  app.answer = (_got: Got, response) => void response.writeHead(500).end();
  await world.delete(`/me/permissions?access_token=${await world.login(shop.id, ana.id, { permissions: ['email'] })}`);
  await settled(world);
  const { appActs } = await import('../../src/entries/operator.ts');
  await appActs.delete.run(world.server.installation, shop.id, { kind: 'operator' });
  const before = app.got.length;
  await world.clock.advance(86_400);
  assert.equal(app.got.length, before);
  assert.deepEqual(
    await world.server.installation.db.read.selectFrom('webhook_subscriptions').selectAll().execute(),
    [],
  );
});
