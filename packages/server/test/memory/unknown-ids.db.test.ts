// One look at the database tells what an id is of, and what is nobody's is remembered until somebody has it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { databases } from '../databases.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, bakery, shop } = cast;
const unknown = '7999999999999999';

/**
 * Lists the looks for what an id is of, while `during` runs. News of the log-in may come from the database at any moment
 * and make a node read other facts again.
 */
async function looksForIds(t: TestWorld, during: () => Promise<unknown>): Promise<string[]> {
  const { cache } = t.server.installation.facts;
  const { fact } = cache;
  const keys: string[] = [];
  cache.fact = (key, load) =>
    fact.call(cache, key, () => {
      if (key.startsWith('tablesOf:')) keys.push(key);
      return load();
    });
  await during();
  cache.fact = fact;
  return keys;
}

for (const [name, open] of databases())
  describe(`on ${name}`, () => {
    test('an id that is of nothing, and one that comes to be of something, are told apart at once', async (context) => {
      const t = await testWorld({ database: await open() });
      context.after(() => t.close());
      const token = await t.login(shop.id, ana.id, {
        permissions: ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'],
      });
      for (const id of [unknown, `${unknown}_1`, `act_${unknown}`, '4', '0_0']) {
        const answer = await t.get(`/${id}?access_token=${token}`);
        assert.ok(answer.status >= 400 && answer.status < 500, `${id}: ${answer.status}`);
      }
      const ask = () => t.get(`/${unknown}1?access_token=${token}`);
      assert.deepEqual(await looksForIds(t, ask), [`tablesOf:${unknown}1`], 'one look');
      assert.deepEqual(await looksForIds(t, ask), [], 'and none at the next time');
      const { data } = (await t.get(`/me/accounts?access_token=${token}`)).body;
      const page = (data as { id: string; access_token: string }[]).find(({ id }) => id === bakery.id);
      const next = async () =>
        (await t.post(`/${bakery.id}/feed`, { message: 'Fresh', access_token: page?.access_token ?? '' })).body.id;
      const first = await next();
      assert.equal((await t.get(`/${first}?access_token=${page?.access_token}`)).body.message, 'Fresh');
      await t.delete(`/${first}?access_token=${page?.access_token}`);
      assert.equal((await t.get(`/${first}?access_token=${page?.access_token}`)).status, 400);
    });
  });
