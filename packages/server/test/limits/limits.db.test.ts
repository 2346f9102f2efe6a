// All nodes share what was used of limits, and it outlives a restart, on both databases.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { flushUsage } from '../../src/jobs/flush-usage.ts';
import { purge } from '../../src/jobs/purge.ts';
import * as store from '../../src/store/installation/usage.ts';
import { databases } from '../databases.ts';
import { cast, testWorld, type TestWorld } from '../world.ts';
import { AppId } from '../../src/store/ids.ts';

const { ana, ben, shop } = cast;
const settings = { rateLimits: true, usersAtLeast: 1, callsPerUser: 10 };
const calls = async (world: TestWorld, token: string): Promise<number> =>
  JSON.parse(String((await world.get(`/me?access_token=${token}`)).headers['x-app-usage'])).call_count;

for (const [name, open] of databases())
  describe(`usage on ${name}`, () => {
    test('counts, days and outcomes are added up by whoever stores them', async (t) => {
      const world = await testWorld({ database: await open() });
      t.after(() => world.close());
      const { db } = world.server.installation;
      const slot = world.clock.now();
      const row = { subject: 'app:1', slot, calls: 3, cpu: 10, time: 4, ends: slot + 3600 };
      const day = {
        app_id: AppId.of('1'),
        day: 20_000,
        calls: 5,
        errors: 1,
        limited: 0,
        marketing_calls: 2,
        marketing_errors: 1,
      };
      for (let i = 0; i < 2; i++)
        await db.act(async ({ tx }) => {
          await store.addCounts(tx, [row, { ...row, slot: slot + 300 }]);
          const before = await store.addDay(tx, day);
          assert.equal(before, i === 0 ? '' : 'x1');
          await store.setPeople(tx, AppId.of('1'), 20_000, 'x1', 1);
          await store.addOutcomes(tx, AppId.of('1'), i === 0 ? '0'.repeat(7) : '111', 8);
        });
      const stored = await store.counts(db.read, ['app:1', 'app:2'], slot);
      assert.deepEqual(
        stored.map((one) => [one.calls, one.cpu, one.time]),
        [
          [6, 20, 8],
          [6, 20, 8],
        ],
      );
      assert.deepEqual(await store.counts(db.read, ['app:1'], slot + 3600), []);
      const [only] = await store.days(db.read, AppId.of('1'), 0);
      assert.deepEqual([only?.calls, only?.errors, only?.marketing_calls, only?.people], [10, 2, 4, 'x1']);
      assert.equal(await store.outcomes(db.read, AppId.of('1')), '00000111');
      assert.equal(await store.rank(db.read, AppId.of('1'), 0), 1);
      assert.equal(await store.rank(db.read, AppId.of('2'), 0), 2);
    });

    test('what counts no more is deleted', async (t) => {
      const world = await testWorld({ database: await open(), settings });
      t.after(() => world.close());
      const { installation } = world.server;
      const token = await world.login(shop.id, ana.id, { longLived: true });
      await world.get(`/me?access_token=${token}`);
      await flushUsage(installation);
      const left = async () => [
        (await installation.db.read.selectFrom('usage_counts').selectAll().execute()).length,
        (await installation.db.read.selectFrom('usage_days').selectAll().execute()).length,
      ];
      assert.deepEqual(await left(), [1, 1], 'of a person who is far from the limit nothing is stored');
      await world.clock.advance(7200);
      await purge(installation);
      assert.deepEqual(await left(), [0, 1]);
      const began = Math.floor(world.clock.now() / 86_400) - 91;
      const old = {
        app_id: shop.id,
        day: began,
        calls: 1,
        errors: 0,
        limited: 0,
        marketing_calls: 0,
        marketing_errors: 0,
      };
      await installation.db.act(({ tx }) => store.addDay(tx, old));
      assert.deepEqual(await left(), [0, 2]);
      await purge(installation);
      assert.deepEqual(await left(), [0, 1]);
    });
  });

describe('several nodes on PostgreSQL', () => {
  const postgres = Object.fromEntries(databases()).PostgreSQL as typeof databases extends () => [string, infer Open][]
    ? Open
    : never;

  test('share their totals and their users, and a node that starts anew goes on where they are', async (t) => {
    const database = await postgres();
    const rootKey = new Uint8Array(32).fill(7);
    const node = async () => {
      const world = await testWorld({ database, rootKey, settings });
      t.after(() => world.close());
      return world;
    };
    const one = await node();
    const two = await node();
    const token = await one.login(shop.id, ana.id);
    for (let i = 0; i < 4; i++) assert.equal((await one.get(`/me?access_token=${token}`)).status, 200);
    await calls(two, token);
    for (const world of [one, two]) await world.flush();
    assert.equal(await calls(two, token), 60, 'four of the other node, one and one of its own');
    assert.equal(await calls(await node(), token), 60, 'what is stored, and this one');
    const other = await two.login(shop.id, ben.id);
    assert.equal(await calls(two, other), 35, 'two people have twenty calls');
    await two.flush();
    for (let i = 0; i < 2; i++) await one.get(`/me?access_token=${token}`);
    await one.flush();
    assert.equal(await calls(one, token), 50, 'also on the node that has not seen the second one');
  });
});
