// These tests are about notices byte by byte, and every field that the documents name.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { Browser } from '../browser.ts';
import { tokenFor } from '../dialog-journey.ts';
import { answersChallenges, receiver, settled } from './receiver.ts';
import { cast, testWorld } from '../world.ts';

const { ana, shop } = cast;
const appToken = `${shop.id}|${shop.secret}`;

async function scene(t: TestContext, callbackReceivers: 'local' | 'any' = 'local') {
  const app = await receiver();
  answersChallenges(app);
  const world = await testWorld({ settings: { callbackReceivers }, world: { outbound: app.outbound } });
  t.after(() => app.close());
  t.after(() => world.close());
  const subscribe = async (form: Record<string, string>) =>
    (
      await world.post(`/${shop.id}/subscriptions`, {
        callback_url: `${app.url}/hook`,
        verify_token: 'mine',
        include_values: 'true',
        access_token: appToken,
        ...form,
      })
    ).body;
  const notices = () => app.got.filter(({ method }) => method === 'POST');
  return { app, world, subscribe, notices };
}

test('a notice is ASCII with escapes, and both signatures are over exactly the bytes that were sent', async (t) => {
  const { world, subscribe, notices } = await scene(t);
  await subscribe({ object: 'user', fields: 'name' });
  const made = (await world.post(`/${shop.id}/accounts/test-users`, { installed: 'true', access_token: appToken }))
    .body;
  await world.post(`/${made.id}`, { name: 'Zoë </b> 5% @home 😀', access_token: appToken });
  await settled(world);
  const [notice] = notices();
  assert.ok(notice);
  assert.match(notice.body, /"value":"Zo\\u00eb \\u003C\\\/b> 5\\u0025 \\u0040home \\ud83d\\ude00"/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: printable ASCII is what is wanted
  assert.match(notice.body, /^[\x20-\x7e]+$/);
  const signature = (hash: string) => `${hash}=${createHmac(hash, shop.secret).update(notice.body).digest('hex')}`;
  assert.deepEqual(
    [notice.headers['x-hub-signature'], notice.headers['x-hub-signature-256']],
    [signature('sha1'), signature('sha256')],
  );
  assert.equal(JSON.parse(notice.body).entry[0].changes[0].value, 'Zoë </b> 5% @home 😀');
});

test('connected is told with the verb beside the field when a person adds the app and when they remove it, and not in between', async (t) => {
  const { world, subscribe, notices } = await scene(t);
  assert.deepEqual(await subscribe({ object: 'permissions', fields: 'connected' }), { success: true });
  const token = await tokenFor(new Browser(world), ana, { scope: 'email' });
  await settled(world);
  await world.delete(`/me/permissions/email?access_token=${token}`);
  await settled(world);
  await world.delete(`/me/permissions?access_token=${token}`);
  await settled(world);
  assert.deepEqual(
    notices().flatMap(({ body }) => JSON.parse(body).entry.flatMap((entry: { changes: unknown[] }) => entry.changes)),
    [
      { field: 'connected', verb: 'granted' },
      { field: 'connected', verb: 'revoked' },
    ],
  );
});

test('every field of permissions and user that the documents name can be subscribed to, retired names too', async (t) => {
  const { world, subscribe } = await scene(t);
  assert.deepEqual(
    await subscribe({ object: 'permissions', fields: 'connected,email,publish_actions,manage_pages,user_friends' }),
    {
      success: true,
    },
  );
  assert.deepEqual(await subscribe({ object: 'user', fields: 'first_name,last_name,email,birthday,friends,likes' }), {
    success: true,
  });
  assert.deepEqual(await subscribe({ object: 'user' }), { success: true });
  const { data } = (await world.get(`/${shop.id}/subscriptions?access_token=${appToken}`)).body;
  assert.ok(data.find(({ object }: { object: string }) => object === 'user').fields.length > 30);
});

test('a field that the object does not have is refused with the whole list of those it has', async (t) => {
  const { app, subscribe } = await scene(t);
  for (const object of ['permissions', 'user']) {
    const { message, code } = (await subscribe({ object, fields: 'email,nonsense' })).error;
    assert.equal(code, 100);
    assert.match(message, /^\(#100\) Param fields\[1\] must be one of \{[a-z_., ]+, [a-z_.]+\}$/);
    assert.match(message, /\bemail\b/);
  }
  assert.equal(app.got.length, 0);
});

test('RL-18: where private networks may be called, nothing that a server says is repeated', async (t) => {
  const { app, subscribe } = await scene(t, 'any');
  app.answer = (_got, response) => void response.end('metadata: key');
  assert.match((await subscribe({ object: 'user' })).error.message, /received="\.\.\."$/);
  app.answer = (_got, response) => void response.writeHead(403, 'Key Inside').end();
  assert.match((await subscribe({ object: 'user' })).error.message, /HTTP Status Code = 403$/);
});

test('test users who become friends are told of to an app that may see friends, once for each of the two', async (t) => {
  const { world, subscribe, notices } = await scene(t);
  await subscribe({ object: 'user', fields: 'friends,name' });
  const made = async (permissions: string) =>
    (await world.post(`/${shop.id}/accounts/test-users`, { installed: 'true', permissions, access_token: appToken }))
      .body as { id: string; access_token: string };
  const [one, two, shy] = [await made('user_friends'), await made('user_friends'), await made('email')];
  const ask = async (from: typeof one, to: typeof one) => {
    await world.post(`/me/friends/${to.id}`, { access_token: from.access_token });
    await settled(world);
  };
  await ask(one, two);
  assert.equal(notices().length, 0, 'asking alone is no friendship');
  await ask(two, one);
  await ask(one, two);
  await ask(shy, one);
  await ask(one, shy);
  const told = notices().flatMap(({ body }) =>
    JSON.parse(body).entry.flatMap((entry: { uid: string; changes: { field: string; value: unknown }[] }) =>
      entry.changes.map(({ field, value }) => ({ of: entry.uid, field, value })),
    ),
  );
  const friend = (of: string, id: string) => ({ of, field: 'friends', value: { verb: 'add', id } });
  const byText = (a: unknown, b: unknown) => JSON.stringify(a).localeCompare(JSON.stringify(b));
  assert.deepEqual(
    told.toSorted(byText),
    [friend(one.id, two.id), friend(two.id, one.id), friend(one.id, shy.id)].toSorted(byText),
  );
});
