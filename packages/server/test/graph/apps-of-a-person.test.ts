// Somebody may work on very many apps: their list is read part by part, and each part reads no other apps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { desk } from '../dashboard.ts';
import { cast, testWorld } from '../world.ts';

test('the apps of a person come part by part, each once, in the order of their ids and with the roles', async () => {
  const t = await testWorld();
  try {
    const page = await desk(t, cast.ana);
    const made = new Set<string>();
    for (let number = 0; number < 7; number++)
      made.add((await page.post('/me/apps', { name: `App number ${number}` })).body.id);
    const [archived = ''] = made;
    assert.equal((await page.post(`/${archived}/archive`, { archived: 'true' })).status, 200);
    made.delete(archived);

    const seen: { id: string; my_roles: string[] }[] = [];
    const sizes: number[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const { body } = await page.get(`/me/apps?limit=4&summary=total_count${after === '' ? '' : `&after=${after}`}`);
      assert.equal(body.summary.total_count, made.size);
      sizes.push(body.data.length);
      seen.push(...body.data);
      after = body.paging.next === undefined ? undefined : body.paging.cursors.after;
    }
    assert.deepEqual(sizes, [4, 2]);
    assert.deepEqual(
      seen.map(({ id }) => id),
      [...made].sort(),
    );
    assert.ok(seen.every(({ my_roles: roles }) => roles.join() === 'administrators'));
    assert.deepEqual(
      (await page.get('/me/apps?archived=true')).body.data.map(({ id }: { id: string }) => id),
      [archived],
    );
  } finally {
    await t.close();
  }
});
