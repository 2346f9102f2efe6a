// These tests are about token mix-ups by id: ids of another app, of another kind, and unknown ones.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { digest } from '../../acts.ts';
import { type Reply, type TestWorld, testWorld } from '../../world.ts';
import { ana, bakery, ben, cleo, error, form, replyOf, rival, shop } from './threats-tm-scene.ts';

describe('TM-12: ids of another app, of another kind, and unknown ones', () => {
  let t: TestWorld;
  let user: string;
  let strange: string[];
  const unknown = '17171717171717171';
  before(async () => {
    t = await testWorld();
    user = await t.login(shop.id, ana.id, {
      permissions: ['user_friends', 'pages_show_list', 'pages_manage_metadata'],
    });
    const idAt = async (app: string, person: string) =>
      (await t.get(`/me?fields=id&access_token=${await t.login(app, person, { permissions: ['user_friends'] })}`)).body
        .id as string;
    strange = [
      await idAt(rival.id, ana.id),
      await idAt(rival.id, cleo.id),
      // Known to this app, and no friend of Ana.
      await idAt(shop.id, cleo.id),
      // The platform's own numbers.
      ana.id,
      ben.id,
      `${bakery.id}_1`,
      `act_${bakery.id}`,
      // Forms that no id has (threats IV-12).
      '0',
      '-1',
      '007',
      '9223372036854775808',
      '18446744073709551616',
      '9'.repeat(150),
      '1e3',
      '1001.0',
      '１００１',
    ];
  });
  after(() => t.close());

  /** The answer without what names the id and the request. */
  const shape = (reply: Reply, id: string) =>
    reply.text.replace(`with ID '${id}'`, 'with ID').replace(/"fbtrace_id":"[^"]*"/, '');

  test('in the path they answer byte for byte like an unknown id, for every verb and edge, and nothing changes', async () => {
    const state = await digest(t);
    const paths = (id: string) => [id, `${id}/permissions`, `${id}/accounts`, `${id}/friends`];
    for (const token of [user, `${shop.id}|${shop.secret}`])
      for (const method of ['GET', 'POST', 'DELETE'] as const)
        for (const [i, path] of paths('ID').entries()) {
          const ask = (id: string) =>
            replyOf(
              t.send({ method, path: `/${paths(encodeURIComponent(id))[i]}`, query: form({ access_token: token }) }),
            );
          const expected = await ask(unknown);
          assert.deepEqual(error(expected), [400, 100, 33], `${method} ${path}`);
          for (const id of strange) {
            // An app reads and serves its own people by the ids it knows.
            if (token !== user && id === strange[2]) continue;
            const reply = await ask(id);
            assert.equal(shape(reply, id), shape(expected, unknown), `${method} ${path} ${id}`);
            assert.deepEqual(
              [reply.status, Object.keys(reply.headers)],
              [expected.status, Object.keys(expected.headers)],
            );
          }
        }
    assert.equal(await digest(t), state);
  });

  test('the picture of a number is led to whether anything has it or not, and what is no number has none', async () => {
    const state = await digest(t);
    for (const token of [user, `${shop.id}|${shop.secret}`, '']) {
      const ask = (id: string) => t.get(`/${encodeURIComponent(id)}/picture${token && `?access_token=${token}`}`);
      const led = await ask(unknown);
      assert.equal(led.status, 302, led.text);
      const addressOf = ({ headers }: Reply, id: string) => String(headers.location).replace(id, 'ID');
      const numbers = strange.slice(0, 5);
      for (const id of strange) {
        const reply = await ask(id);
        if (numbers.includes(id))
          assert.deepEqual(
            [reply.status, reply.text, Object.keys(reply.headers), addressOf(reply, id)],
            [302, led.text, Object.keys(led.headers), addressOf(led, unknown)],
            id,
          );
        else {
          const nobody = id.startsWith('act_') ? [403, 200, undefined] : [400, 104, undefined];
          assert.deepEqual(error(reply), token ? [400, 100, 33] : nobody, `${id} ${reply.text}`);
        }
      }
    }
    assert.equal(await digest(t), state);
  });

  test('in ids=, in a batch and as a parameter likewise', async () => {
    const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token as string;
    const asks: ((id: string) => Promise<Reply>)[] = [
      (id) => t.get(`/?${form({ ids: `me,${id}`, access_token: user })}`),
      async (id) => {
        const { body, ...rest } = await t.post('/', {
          access_token: user,
          batch: JSON.stringify([{ relative_url: encodeURIComponent(id) }]),
        });
        return { ...rest, status: body[0].code, text: body[0].body, body: JSON.parse(body[0].body) };
      },
      (id) => t.post(`/${bakery.id}/assigned_users`, { access_token: page, user: id, tasks: 'ANALYZE' }),
      (id) => t.delete(`/${bakery.id}/assigned_users?${form({ access_token: page, user: id })}`),
      (id) => t.delete(`/${shop.id}/accounts?${form({ access_token: `${shop.id}|${shop.secret}`, uid: id })}`),
      (id) =>
        t.post(`/${shop.id}/accounts`, {
          access_token: `${shop.id}|${shop.secret}`,
          uid: id,
          owner_access_token: `${rival.id}|${rival.secret}`,
        }),
    ];
    const state = await digest(t);
    for (const [i, ask] of asks.entries()) {
      const expected = await ask(unknown);
      assert.deepEqual([expected.status, expected.body.error.code], [400, 100], String(i));
      for (const id of strange) {
        // Cleo is known to this app, so a Page may be shared with her.
        if ((i === 2 || i === 3) && id === strange[2]) continue;
        const reply = await ask(id);
        assert.equal(shape(reply, id), shape(expected, unknown), `${i} ${id}`);
      }
    }
    assert.equal(await digest(t), state);
  });

  test('as the friend of a test user too', async () => {
    const made = (await t.post(`/${shop.id}/accounts`, { access_token: `${shop.id}|${shop.secret}` })).body;
    const ask = (id: string) => t.post(`/me/friends/${encodeURIComponent(id)}`, { access_token: made.access_token });
    const expected = await ask(unknown);
    assert.deepEqual(error(expected), [400, 100, 33]);
    for (const id of strange) assert.equal(shape(await ask(id), id), shape(expected, unknown), id);
  });

  test('an id with a NUL, a line end or broken UTF-8 in it is no id', async () => {
    const id = (await t.get(`/me?fields=id&access_token=${user}`)).body.id as string;
    for (const tail of ['%00', '%0a', '%0d%0a', '%00x', '%ff', '%c3%28', '%7f'])
      for (const path of [`/${id}${tail}`, `/${id}${tail}/permissions`, `/${bakery.id}${tail}/feed`])
        assert.deepEqual(error(await t.get(`${path}?access_token=${user}`)), [400, 100, 33], path);
    for (const path of ['/me%00', '/%00me', `/%00${id}`, `/${id}/permissions%00`])
      assert.deepEqual(error(await t.get(`${path}?access_token=${user}`)), [400, 2500, undefined], path);
  });
});
