// These tests are about the user node: who sees what of whom.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cast, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

const shop = cast.shop.id;
const appToken = `${cast.shop.id}|${cast.shop.secret}`;

test('a person reads name and app-scoped id by default', async () => {
  const token = await t.login(shop, cast.ana.id);
  const { status, body } = await t.get(`/me?access_token=${token}`);
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ['name', 'id']);
  assert.equal(body.name, 'Ana Maria Lopes');
  assert.match(body.id, /^1\d{16}$/);
});

test('two apps know one person by different ids, and neither knows the platform id', async () => {
  const here = await t.get(`/me?access_token=${await t.login(shop, cast.ana.id)}`);
  const there = await t.get(`/me?access_token=${await t.login(cast.rival.id, cast.ana.id)}`);
  assert.notEqual(here.body.id, there.body.id);
  assert.notEqual(here.body.id, cast.ana.id);
});

test('the parts of a name, the picture and the e-mail address are answered as asked', async () => {
  const token = await t.login(shop, cast.ana.id, {
    permissions: ['email', 'user_birthday', 'user_gender', 'user_age_range'],
  });
  const { body } = await t.get(
    `/me?fields=first_name,middle_name,last_name,short_name,name_format,email,birthday,gender,picture.type(large)&access_token=${token}`,
  );
  assert.equal(body.first_name, 'Ana');
  assert.equal(body.middle_name, 'Maria');
  assert.equal(body.last_name, 'Lopes');
  assert.equal(body.short_name, 'Ana');
  assert.equal(body.email, 'ana@example.com');
  assert.equal(body.birthday, '02/29/1988');
  assert.equal(body.gender, 'female');
  assert.equal(body.picture.data.height, 200);
  assert.ok(body.picture.data.url.startsWith('http://localhost:4000/'));
  assert.ok(!body.picture.data.url.includes('access_token'));
  assert.equal(Object.keys(body).at(-1), 'id');
});

test('a field whose permission was not granted is left out and named in a debug warning', async () => {
  const token = await t.login(shop, cast.ana.id);
  const { status, body } = await t.get(`/me?fields=name,email,birthday&debug=all&access_token=${token}`);
  assert.equal(status, 200);
  assert.equal(body.email, undefined);
  assert.equal(body.birthday, undefined);
  assert.ok(body.__debug__.messages.some((one: { message: string }) => one.message.includes('email')));
});

test('fields of earlier years are passed over or refused from a version on, unknown ones are an error', async () => {
  const token = await t.login(shop, cast.ana.id);
  const old = await t.get(`/me?fields=id,locale,timezone,verified&access_token=${token}`);
  assert.deepEqual(Object.keys(old.body), ['id']);
  const ask = (version: string, field: string) => t.get(`/${version}/me?fields=id,${field}&access_token=${token}`);
  for (const [version, field, words] of [
    ['v25.0', 'bio', '(#12) bio field is deprecated for versions v2.8 and higher'],
    ['v2.8', 'bio', '(#12) bio field is deprecated for versions v2.8 and higher'],
    ['v2.0', 'username', '(#12) username field is deprecated for versions v2.0 and higher'],
  ] as const) {
    const { status, body } = await ask(version, field);
    assert.deepEqual([status, body.error.code, body.error.message], [400, 12, words]);
  }
  assert.deepEqual(Object.keys((await ask('v2.7', 'bio')).body), ['id']);
  const unknown = await t.get(`/me?fields=shoe_size&access_token=${token}`);
  assert.equal(unknown.status, 400);
  assert.equal(unknown.body.error.message, '(#100) Tried accessing nonexisting field (shoe_size) on node type (User)');
});

test('there is always a picture: as JSON with redirect=false, else a redirect to it', async () => {
  const token = await t.login(shop, cast.ana.id);
  const json = await t.get(`/me/picture?redirect=false&width=320&access_token=${token}`);
  assert.deepEqual(Object.keys(json.body.data).sort(), ['height', 'is_silhouette', 'url', 'width']);
  assert.equal(json.body.data.width, 320);
  const led = await t.get(`/me/picture?access_token=${token}`);
  assert.equal(led.status, 302);
  assert.match(String(led.headers.location), /^http:\/\/localhost:4000\/platform\/picture\//);
});

test('the app itself sees id and name of its people, by the id it knows', async () => {
  const token = await t.login(shop, cast.ana.id, { permissions: ['email'] });
  const { id } = (await t.get(`/me?access_token=${token}`)).body;
  const { status, body } = await t.get(
    `/${id}?fields=id,name,email,first_name&access_token=${encodeURIComponent(appToken)}`,
  );
  assert.equal(status, 200);
  assert.deepEqual(body, { id, name: 'Ana Maria Lopes' });
});

test('a person who is not of the app, an id of another app and no id at all answer alike', async () => {
  const rival = await t.login(cast.rival.id, cast.ana.id);
  const foreign = (await t.get(`/me?access_token=${rival}`)).body.id as string;
  const token = await t.login(shop, cast.ben.id);
  const plain = (reply: { body: { error: { message: string } } }, id: string) =>
    reply.body.error.message.replace(id, '?');
  const nothing = await t.get(`/123456789012345?access_token=${token}`);
  for (const id of [foreign, cast.ana.id]) {
    const reply = await t.get(`/${id}?access_token=${token}`);
    assert.equal(reply.body.error.error_subcode, 33);
    assert.equal(plain(reply, id), plain(nothing, '123456789012345'));
  }
});

test('friends who both let the app see their friends are listed, with the number of all friends', async () => {
  const ana = await t.login(shop, cast.ana.id, { permissions: ['user_friends'] });
  await t.login(shop, cast.ben.id, { permissions: [] });
  const before = await t.get(`/me/friends?summary=total_count&access_token=${ana}`);
  assert.deepEqual(before.body.data, []);
  assert.equal(before.body.summary.total_count, 1);
  const ben = await t.login(shop, cast.ben.id, { permissions: ['user_friends'] });
  const { id } = (await t.get(`/me?access_token=${ben}`)).body;
  const { body } = await t.get(`/me/friends?access_token=${ana}`);
  assert.deepEqual(body.data, [{ name: 'Ben Okafor', id }]);
  const friend = await t.get(`/${id}?fields=name,email&access_token=${ana}`);
  assert.deepEqual(friend.body, { name: 'Ben Okafor', id });
  const refused = await t.get(`/${id}/accounts?access_token=${ana}`);
  assert.notEqual(refused.status, 200);
});

test('a session-info token names the person and tells nothing else', async () => {
  const token = await t.login(shop, cast.ana.id, {
    permissions: ['email', 'pages_show_list', 'user_friends'],
    longLived: true,
  });
  const { body: given } = await t.get(
    `/oauth/access_token?grant_type=fb_attenuate_token&client_id=${shop}&fb_exchange_token=${token}`,
  );
  const weak = given.access_token as string;
  assert.match(weak, /^XAA/);
  const me = await t.get(`/me?fields=id,name,email,picture,accounts,permissions&access_token=${weak}`);
  assert.deepEqual(Object.keys(me.body), ['id']);
  for (const edge of ['accounts', 'permissions', 'friends'])
    assert.equal((await t.get(`/me/${edge}?access_token=${weak}`)).status, 403, edge);
});
