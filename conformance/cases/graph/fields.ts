// These cases read the Graph: fields, nesting, paging, where the token goes; by the guides.
import assert from 'node:assert/strict';
import { apps, pages, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { longToken, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const fields = citing('fields');
const pagesNow = citing('machine-written reference');
const permissions = citing('permissions');
const { shop } = apps;

/** A Page with posts, and a token of it. */
async function bakery(world: ConformanceWorld): Promise<string> {
  return pageToken(world, await longToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
}

export const cases: Case[] = [
  fields.documented(
    'Graph calls name fields: fields=id,name,picture.',
    'The answer has these fields, and always the id.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      assert.deepEqual(
        Object.keys(succeeded(await world.get('/me', { fields: 'id,name,picture', access_token: token })).body),
        ['id', 'name', 'picture'],
      );
      assert.deepEqual(
        Object.keys(succeeded(await world.get('/me', { fields: 'first_name', access_token: token })).body),
        ['first_name', 'id'],
      );
    },
  ),
  fields.documented('Without fields a default set comes back.', 'A person: name and id.', async (world) => {
    assert.deepEqual(
      Object.keys((await world.get('/me', { access_token: await userToken(world, 'ana', shop) })).body),
      ['name', 'id'],
    );
  }),
  fields.documented(
    'Field expansion nests: fields=id,name,accounts{name,tasks}.',
    'An edge inside braces is a list with its own fields.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { body } = succeeded(await world.get('/me', { fields: 'name,accounts{name,tasks}', access_token: token }));
      assert.equal(body.accounts.data.length, 2);
      for (const item of body.accounts.data as object[]) assert.deepEqual(Object.keys(item), ['name', 'tasks', 'id']);
    },
  ),
  fields.documented(
    '… with modifiers: accounts.limit(1){name}.',
    'The inner list has one item, and its own paging.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { accounts } = succeeded(
        await world.get('/me', { fields: 'accounts.limit(1){name}', access_token: token }),
      ).body;
      assert.equal(accounts.data.length, 1);
      const next = succeeded(await world.send({ path: accounts.paging.next.slice(world.url.length) })).body;
      assert.equal(next.data.length, 1);
      assert.notEqual(next.data[0].id, accounts.data[0].id);
    },
  ),
  fields.documented('Levels nest further.', 'Three levels: me{accounts{posts{message}}}.', async (world) => {
    const token = await userToken(world, 'ana', shop, { scope: pageScope });
    const { body } = succeeded(
      await world.get('/me', { fields: 'accounts{name,posts.limit(2){message}}', access_token: token }),
    );
    const page = (body.accounts.data as { id: string; posts?: { data: { message: string }[] } }[]).find(
      ({ id }) => id === pages.bakery.id,
    );
    assert.deepEqual(
      page?.posts?.data.map(({ message }) => message),
      ['We are open.', 'We were closed.'],
    );
  }),
  fields.documented(
    'Paging: cursors before and after, next and previous as full addresses.',
    'next leads through all posts and back again; the last part has none.',
    async (world) => {
      const token = await bakery(world);
      const first = succeeded(await world.get('/me/posts', { limit: 2, access_token: token })).body;
      assert.deepEqual(
        (first.data as { message: string }[]).map(({ message }) => message),
        ['We are open.', 'We were closed.'],
      );
      assert.ok(first.paging.next.startsWith(`${world.url}/v25.0/`), first.paging.next);
      const next = new URL(first.paging.next);
      assert.deepEqual(
        [next.searchParams.get('limit'), next.searchParams.get('access_token'), next.searchParams.get('after')],
        ['2', token, first.paging.cursors.after],
      );
      const second = succeeded(await world.send({ path: next.pathname + next.search })).body;
      assert.deepEqual(
        (second.data as { message: string }[]).map(({ message }) => message),
        ['New oven!'],
      );
      assert.equal(second.paging.next, undefined);
      const back = succeeded(await world.send({ path: second.paging.previous.slice(world.url.length) })).body;
      assert.deepEqual(back.data, first.data);
    },
  ),
  fields.documented(
    'A field that does not exist is an error.',
    'Error 100 names the field and the type.',
    async (world) => {
      refused(
        await world.get('/me', { fields: 'id,shoe_size', access_token: await userToken(world, 'ana', shop) }),
        100,
        undefined,
        '(#100) Tried accessing nonexisting field (shoe_size) on node type (User)',
      );
    },
  ),
  ...pagesNow.each(
    [
      ['Authorization: Bearer {token}', (token: string) => ({ authorization: `Bearer ${token}` })],
      ['Authorization: bearer {token}', (token: string) => ({ authorization: `bearer ${token}` })],
      ['Authorization: OAuth {token}', (token: string) => ({ authorization: `OAuth ${token}` })],
    ] as const,
    ([form, headers]) =>
      pagesNow.documented(
        'The token may be sent as Authorization: Bearer.',
        `${form} is understood.`,
        async (world) => {
          assert.equal(
            succeeded(await world.get('/me', {}, headers(await userToken(world, 'ana', shop)))).body.name,
            people.ana.name,
          );
        },
      ),
  ),
  pagesNow.documented('limit: 25 by default, 100 at most.', 'A greater limit counts as 100.', async (world) => {
    const { body } = succeeded(await world.get('/me/posts', { limit: 5000, access_token: await bakery(world) }));
    assert.equal(body.data.length, 3);
    assert.equal(body.paging.next, undefined);
  }),
  pagesNow.documented(
    'The reference names ids by me for the subject of the token.',
    'me and the id are the same object, for a person and for a Page.',
    async (world) => {
      const user = await userToken(world, 'ana', shop, { scope: pageScope });
      for (const access_token of [user, await pageToken(world, user, 'bakery')]) {
        const me = succeeded(await world.get('/me', { access_token })).body as { id: string };
        assert.deepEqual(succeeded(await world.get(`/${me.id}`, { access_token })).body, me);
      }
    },
  ),
  permissions.documented(
    'Revoking answers a bare true.',
    'DELETE /me/permissions/{permission}: the body is `true`, as JSON.',
    async (world) => {
      const reply = await world.delete('/me/permissions/email', {
        access_token: await userToken(world, 'ana', shop, { scope: 'email' }),
      });
      assert.equal(reply.text, 'true');
      assert.match(String(reply.headers['content-type']), /^application\/json/);
    },
  ),
];
