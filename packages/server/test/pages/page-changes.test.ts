// A Page token changes these things of its Page: what the Page says about itself, and its posts. And who may not.
import assert from 'node:assert/strict';
import { after, beforeEach, suite, test } from 'node:test';
import { givePageRole } from '../../src/pages/page-roles.ts';
import { change } from '../../src/liveness/change.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
let person: string;
let token: string;

const { bakery, shop } = cast;
const permissions = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'pages_manage_metadata'];

async function pageToken(of: string): Promise<string> {
  return (await t.get(`/${bakery.id}?fields=access_token&access_token=${of}`)).body.access_token as string;
}

beforeEach(async () => {
  await t?.close();
  t = await testWorld();
  const role = { pageId: bakery.id, personId: cast.cleo.id, by: { kind: 'operator' as const }, now: t.clock.now() };
  await change(t.server.installation, (act) => givePageRole(act, { ...role, tasks: ['MANAGE', 'CREATE_CONTENT'] }));
  person = await t.login(shop.id, cast.cleo.id, { permissions });
  token = await pageToken(person);
});
after(() => t.close());

const read = async (fields: string) => (await t.get(`/${bakery.id}?fields=${fields}&access_token=${token}`)).body;
const set = (params: Record<string, string>, by = token) => t.post(`/${bakery.id}`, { ...params, access_token: by });

suite('what a Page says about itself', () => {
  test('each text is written and read again; what is not sent stays as it was', async () => {
    const texts = {
      about: 'Bread.',
      bio: 'Bakers',
      description: 'Bread\nand cake.',
      general_info: 'Closed on Mondays.',
      company_overview: 'Three ovens.',
      mission: 'More bread.',
      impressum: 'Cleo, Town',
      website: 'https://bakery.example/',
      phone: '+1 555 0100',
    };
    for (const [name, text] of Object.entries(texts))
      assert.deepEqual((await set({ [name]: text })).body, { success: true }, name);
    assert.deepEqual(await read(Object.keys(texts).join()), { ...texts, id: bakery.id });
  });

  test('an empty value takes one away', async () => {
    await set({ about: 'Bread.', emails: 'a@bakery.example,b@bakery.example' });
    assert.deepEqual((await read('about,emails')).emails, ['a@bakery.example', 'b@bakery.example']);
    await set({ about: '', emails: '' });
    assert.deepEqual(await read('about,emails'), { id: bakery.id });
  });

  test('a Page that is hidden is there for those with a role, and comes back', async () => {
    assert.equal((await set({ is_published: 'false' })).status, 200);
    assert.deepEqual(await read('is_published'), { is_published: false, id: bakery.id });
    const byApp = async () =>
      (await t.get(`/${bakery.id}?access_token=${shop.id}|${shop.secret}`)).body.error.error_subcode as
        | number
        | undefined;
    assert.equal(await byApp(), 33, 'as if there were none');
    assert.equal((await set({ is_published: 'true' })).status, 200);
    assert.equal((await read('is_published')).is_published, true);
    assert.notEqual(await byApp(), 33);
  });

  for (const [name, value] of [
    ['about', 'x'.repeat(256)],
    ['about', 'a\u0000b'],
    ['website', 'javascript:alert(1)'],
    ['emails', 'nobody'],
    ['is_published', 'perhaps'],
  ] as const)
    test(`${name}=${JSON.stringify(value.slice(0, 20))} is refused and changes nothing`, async () => {
      await set({ about: 'Bread.', website: 'https://bakery.example/' });
      const reply = await set({ [name]: value });
      assert.equal(reply.body.error?.code, 100, reply.text);
      assert.deepEqual(await read('about,website,emails,is_published'), {
        about: 'Bread.',
        website: 'https://bakery.example/',
        is_published: true,
        id: bakery.id,
      });
    });

  test('a call that names nothing that can be changed says what can be', async () => {
    const reply = await set({ cover: '1' });
    assert.match(reply.body.error.message, /^\(#100\) The parameter about or .* is required$/);
  });

  test('PR-01: the token of a person, of another Page and of the app are refused', async () => {
    assert.deepEqual((await set({ about: 'no' }, person)).body.error.code, 210);
    assert.deepEqual(
      (await set({ about: 'no' }, `${shop.id}|${shop.secret}`)).body.error.message,
      '(#210) A page access token is required to request this resource.',
    );
    assert.equal((await read('about')).about, 'Bread.');
  });

  test('without pages_manage_metadata in force now the call says which permission it needs', async () => {
    await t.delete(`/me/permissions/pages_manage_metadata?access_token=${person}`);
    assert.equal(
      (await set({ about: 'no' })).body.error.message,
      '(#200) Requires pages_manage_metadata permission to manage the object',
    );
  });
});

suite('posts', () => {
  const publish = async (params: Record<string, string>) =>
    (await t.post(`/${bakery.id}/feed`, { ...params, access_token: token })).body.id as string;
  const edit = (id: string, params: Record<string, string>, by = token) =>
    t.post(`/${id}`, { ...params, access_token: by });
  const fields = async (id: string, names: string) =>
    (await t.get(`/${id}?fields=${names}&access_token=${token}`)).body;

  test('a post is changed: the text and when it was changed, not when it was published', async () => {
    const id = await publish({ message: 'one' });
    const { created_time } = await fields(id, 'created_time');
    await t.clock.advance(60);
    assert.deepEqual((await edit(id, { message: 'two' })).body, { success: true });
    const after_ = await fields(id, 'message,created_time,updated_time');
    assert.equal(after_.message, 'two');
    assert.equal(after_.created_time, created_time);
    assert.notEqual(after_.updated_time, created_time);
  });

  test('what another app made, or none, is not changed', async () => {
    const seeded = (await t.get(`/${bakery.id}/feed?access_token=${token}`)).body.data as { id: string }[];
    const other = await t.login(cast.rival.id, cast.cleo.id, { permissions });
    const id = await publish({ message: 'ours' });
    for (const [target, by] of [[id, await pageToken(other)], ...seeded.map((post) => [post.id, token])] as [
      string,
      string,
    ][]) {
      const reply = await edit(target, { message: 'theirs' }, by);
      assert.equal(reply.body.error.code, 200, reply.text);
      assert.match(reply.body.error.message, /^\(#200\) App cannot edit non-app posts$/);
    }
    assert.equal((await fields(id, 'message')).message, 'ours');
  });

  test('a draft is published, once, with the time it was published at', async () => {
    const id = await publish({ message: 'later', published: 'false' });
    await t.clock.advance(60);
    assert.equal((await edit(id, { is_published: 'true' })).status, 200);
    const { is_published, created_time } = await fields(id, 'is_published,created_time');
    assert.deepEqual([is_published, Date.parse(created_time) / 1000], [true, t.clock.now()]);
    assert.equal((await edit(id, { is_published: 'false' })).body.error.code, 100);
  });

  test('the time of a scheduled post is moved, within the bounds', async () => {
    const at = t.clock.now() + 3600;
    const id = await publish({ message: 'tomorrow', published: 'false', scheduled_publish_time: String(at) });
    assert.equal((await edit(id, { scheduled_publish_time: String(at + 60) })).status, 200);
    assert.equal((await fields(id, 'scheduled_publish_time')).scheduled_publish_time, at + 60);
    assert.equal((await edit(id, { scheduled_publish_time: String(t.clock.now() + 60) })).body.error.code, 100);
    await t.clock.advance(3700);
    assert.equal(
      (await edit(id, { scheduled_publish_time: String(t.clock.now() + 3600) })).body.error.code,
      100,
      'it is out',
    );
  });

  test('a hidden post is not listed unless hidden ones are asked for', async () => {
    const id = await publish({ message: 'quiet' });
    await edit(id, { is_hidden: 'true' });
    const listed = async (more: string) =>
      ((await t.get(`/${bakery.id}/feed?access_token=${token}${more}`)).body.data as { id: string }[]).some(
        (post) => post.id === id,
      );
    assert.deepEqual([await listed(''), await listed('&include_hidden=true')], [false, true]);
    assert.equal((await fields(id, 'is_hidden')).is_hidden, true);
  });

  test('a text cannot be emptied where there is no link, and nothing sent is no change', async () => {
    const id = await publish({ message: 'one' });
    assert.equal((await edit(id, { message: '' })).body.error.code, 100);
    assert.equal((await edit(id, {})).body.error.code, 100);
    const link = await publish({ message: 'one', link: 'https://bakery.example/' });
    assert.equal((await edit(link, { message: '' })).status, 200);
  });

  test('a post that was deleted is not there for a change', async () => {
    const id = await publish({ message: 'one' });
    await t.delete(`/${id}?access_token=${token}`);
    assert.equal((await edit(id, { message: 'two' })).body.error.error_subcode, 33);
  });
});
