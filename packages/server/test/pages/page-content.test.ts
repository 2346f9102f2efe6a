// These tests are about comments and photos by the token of a Page: what it publishes, answers and hides, and which
// permission and task each call needs at the moment it is made.
import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { givePageRole } from '../../src/pages/page-roles.ts';
import { change } from '../../src/liveness/change.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, bakery, shop } = cast;
const permissions = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_read_user_content',
  'pages_manage_posts',
  'pages_manage_engagement',
];
const PICTURE = 'https://bakery.example/bread.jpg';

let t: TestWorld;
let person: string;
let token: string;

const pageToken = async (of: string): Promise<string> =>
  (await t.get(`/${bakery.id}?fields=access_token&access_token=${of}`)).body.access_token as string;

beforeEach(async () => {
  await t?.close();
  t = await testWorld();
  person = await t.login(shop.id, ana.id, { permissions });
  token = await pageToken(person);
});
after(() => t.close());

const post = (path: string, params: Record<string, string>, by = token) =>
  t.post(`/${path}`, { ...params, access_token: by });
const read = async (path: string, by = token) =>
  (await t.get(`/${path}${path.includes('?') ? '&' : '?'}access_token=${by}`)).body;
const published = async (): Promise<string> => (await post(`${bakery.id}/feed`, { message: 'Fresh bread' })).body.id;
const commented = async (on: string, message = 'Come early'): Promise<string> =>
  (await post(`${on}/comments`, { message })).body.id;

/** The role of Ana on the Page with these tasks only. */
const only = (tasks: Parameters<typeof givePageRole>[1]['tasks']) =>
  change(t.server.installation, (making) =>
    givePageRole(making, {
      pageId: bakery.id,
      personId: ana.id,
      tasks,
      by: { kind: 'operator' },
      now: t.clock.now(),
    }),
  );

suite('comments', () => {
  test('a Page comments on its post, and the comments are read oldest first, part by part', async () => {
    const on = await published();
    const ids = [await commented(on, 'one'), await commented(on, 'two'), await commented(on, 'three')];
    const list = await read(`${on}/comments`);
    assert.deepEqual(
      list.data.map(({ id, message }: { id: string; message: string }) => [id, message]),
      [
        [ids[0], 'one'],
        [ids[1], 'two'],
        [ids[2], 'three'],
      ],
    );
    assert.deepEqual(list.data[0].from, { name: bakery.name, id: bakery.id });
    const first = await read(`${on}/comments?limit=2&fields=message`);
    const rest = await read(`${on}/comments?limit=2&fields=message&after=${first.paging.cursors.after}`);
    assert.deepEqual(
      rest.data.map(({ message }: { message: string }) => message),
      ['three'],
    );
    const back = await read(`${on}/comments?limit=2&fields=message&before=${rest.paging.cursors.before}`);
    assert.deepEqual(back.data, first.data);
  });

  test('a comment is changed, hidden, shown again and deleted', async () => {
    const id = await commented(await published());
    assert.deepEqual((await post(id, { message: 'Come at six' })).body, { success: true });
    assert.deepEqual((await post(id, { is_hidden: 'true' })).body, { success: true });
    assert.deepEqual(await read(`${id}?fields=message,is_hidden`), { message: 'Come at six', is_hidden: true, id });
    assert.deepEqual((await post(id, { is_hidden: 'false' })).body, { success: true });
    assert.equal((await read(`${id}?fields=is_hidden`)).is_hidden, false);
    assert.deepEqual((await t.delete(`/${id}?access_token=${token}`)).body, { success: true });
    assert.equal((await read(id)).error.error_subcode, 33);
  });

  test('comments go with their post, and with the Page', async () => {
    const on = await published();
    const id = await commented(on);
    assert.equal((await t.delete(`/${on}?access_token=${token}`)).status, 200);
    assert.equal((await read(id)).error.error_subcode, 33);
    const { db } = t.server.installation;
    assert.deepEqual(await db.read.selectFrom('comments').select('id').execute(), []);
    assert.equal((await post(`${on}/comments`, { message: 'late' })).body.error.error_subcode, 33);
  });

  for (const [what, message] of [
    ['no text', undefined],
    ['an empty text', ''],
    ['spaces alone', '   '],
    ['a NUL', 'a\u0000b'],
    ['a text longer than 8,000 characters', 'x'.repeat(8001)],
  ] as const)
    test(`${what} is no comment`, async () => {
      const on = await published();
      const id = await commented(on);
      for (const path of [`${on}/comments`, id]) {
        const { body } = await post(path, message === undefined ? {} : { message });
        assert.equal(body.error.code, 100, path);
      }
      assert.equal((await read(`${on}/comments`)).data.length, 1);
    });

  test('PR-01: the token of a person, of another Page and of the app neither comment nor hide', async () => {
    const on = await published();
    const id = await commented(on);
    for (const other of [person, `${shop.id}|${shop.secret}`])
      for (const [path, params] of [
        [`${on}/comments`, { message: 'no' }],
        [id, { is_hidden: 'true' }],
      ] as const)
        assert.equal((await post(path, params, other)).body.error.code, 210);
    assert.equal((await read(`${id}?fields=is_hidden`)).is_hidden, false);
  });

  test('PR-01: commenting and hiding need pages_manage_engagement and the task MODERATE, at the moment of the call', async () => {
    const on = await published();
    const id = await commented(on);
    const refused = async (by = token): Promise<number[]> => [
      (await post(`${on}/comments`, { message: 'no' }, by)).body.error?.code,
      (await post(id, { is_hidden: 'true' }, by)).body.error?.code,
      (await t.delete(`/${id}?access_token=${by}`)).body.error?.code,
    ];
    await only(['CREATE_CONTENT', 'ANALYZE']);
    assert.deepEqual(await refused(), [200, 200, 200]);
    await only(['MODERATE', 'CREATE_CONTENT']);
    await t.delete(`/me/permissions/pages_manage_engagement?access_token=${person}`);
    assert.deepEqual(await refused(), [200, 200, 200]);
    assert.equal((await read(`${id}?fields=is_hidden`)).is_hidden, false);
  });

  test('a hidden comment is there for those who work on the Page alone', async () => {
    const id = await commented(await published());
    const { cleo } = cast;
    const stranger = await t.login(shop.id, cleo.id, { permissions });
    const subcode = async (): Promise<number | undefined> => (await read(id, stranger)).error.error_subcode;
    assert.notEqual(await subcode(), 33);
    await post(id, { is_hidden: 'true' });
    assert.equal(await subcode(), 33);
    assert.equal((await read(id, person)).id, id);
  });
});

suite('photos', () => {
  test('a photo is published in a post of its own, whose text is the caption', async () => {
    const { body } = await post(`${bakery.id}/photos`, { url: PICTURE, caption: 'Bread' });
    assert.deepEqual(Object.keys(body), ['id', 'post_id']);
    assert.deepEqual(await read(`${body.id}?fields=name,page_story_id,from`), {
      name: 'Bread',
      page_story_id: body.post_id,
      from: { name: bakery.name, id: bakery.id },
      id: body.id,
    });
    assert.equal((await read(`${bakery.id}/feed`)).data[0].id, body.post_id);
    assert.equal((await read(body.post_id)).message, 'Bread');
    assert.equal((await t.delete(`/${body.id}?access_token=${token}`)).status, 200);
    for (const id of [body.id, body.post_id]) assert.equal((await read(id)).error.error_subcode, 33);
  });

  test('published=false makes a photo that no post shows', async () => {
    const before = (await read(`${bakery.id}/feed`)).data;
    const { body } = await post(`${bakery.id}/photos`, { url: PICTURE, published: 'false' });
    assert.deepEqual(Object.keys(body), ['id']);
    assert.deepEqual((await read(`${bakery.id}/feed`)).data, before);
    const { cleo } = cast;
    const stranger = await t.login(shop.id, cleo.id, { permissions });
    assert.equal((await read(body.id, stranger)).error.error_subcode, 33, 'those who do not work on the Page see none');
  });

  test('two photos with the same words are two posts, and words alone after a photo are no repetition of it', async () => {
    for (const url of [PICTURE, PICTURE])
      assert.equal((await post(`${bakery.id}/photos`, { url, caption: 'Bread' })).status, 200);
    assert.equal((await post(`${bakery.id}/feed`, { message: 'Bread' })).status, 200);
    assert.equal((await post(`${bakery.id}/feed`, { message: 'Bread' })).body.error.code, 506);
  });

  for (const url of [undefined, '', 'javascript:alert(1)', 'file:///etc/passwd', 'bread.jpg'])
    test(`${JSON.stringify(url)} is no picture, and nothing is published`, async () => {
      const before = (await read(`${bakery.id}/feed`)).data;
      const { body } = await post(`${bakery.id}/photos`, { caption: 'Bread', ...(url === undefined ? {} : { url }) });
      assert.equal(body.error.code, 100);
      assert.deepEqual((await read(`${bakery.id}/feed`)).data, before);
    });

  test('PR-01: the token of a person and one without pages_manage_posts in force publish none', async () => {
    const params = { url: PICTURE };
    assert.equal((await post(`${bakery.id}/photos`, params, person)).body.error.code, 200);
    await t.delete(`/me/permissions/pages_manage_posts?access_token=${person}`);
    assert.equal((await post(`${bakery.id}/photos`, params)).body.error.code, 200);
  });
});
