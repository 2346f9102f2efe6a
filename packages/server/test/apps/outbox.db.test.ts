// These tests are about the outbox with several nodes, on both databases: nothing is sent twice, what a node left
// behind is sent by another.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { DatabaseOptions } from '@hallpass/db';
import { settings } from '../acts.ts';
import { databases } from '../databases.ts';
import { type Receiver, receiver, settled } from './receiver.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, shop } = cast;
const people = [ana, ben, cast.cleo];
const rootKey = new Uint8Array(32).fill(7);

/** Nodes of one installation, each of which sends; on SQLite it is one. */
async function open(
  t: TestContext,
  database: DatabaseOptions,
  count: number,
): Promise<{ nodes: [TestWorld, ...TestWorld[]]; app: Receiver }> {
  const app = await receiver();
  const nodes: TestWorld[] = [];
  t.after(async () => {
    for (const node of nodes) await node.close();
    await app.close();
  });
  for (let n = 0; n < (database.kind === 'sqlite' ? 1 : count); n++)
    nodes.push(
      await testWorld({
        database,
        rootKey,
        settings: { callbackReceivers: 'local' },
        world: { outbound: app.outbound },
      }),
    );
  await settings(nodes[0] as TestWorld, shop.id, { deauthCallbackUrl: `${app.url}/gone` });
  for (const node of nodes) node.server.installation.facts.cache.clear();
  return { nodes: nodes as [TestWorld, ...TestWorld[]], app };
}

const rowsOf = (world: TestWorld) => world.server.installation.db.read.selectFrom('outbox').selectAll().execute();

for (const [name, database] of databases())
  describe(`the outbox on ${name}`, () => {
    test('each call is sent once, however many nodes send', async (t) => {
      const { nodes, app } = await open(t, await database(), 3);
      const [first] = nodes;
      let removals = 0;
      for (let round = 0; round < 4; round++)
        for (const [n, person] of people.entries()) {
          const token = await first.login(shop.id, person.id);
          const node = nodes[n % nodes.length] as TestWorld;
          for (const one of nodes) one.server.installation.facts.cache.clear();
          assert.equal((await node.delete(`/me/permissions?access_token=${token}`)).text, 'true');
          for (const one of nodes) one.server.installation.queued.ring();
          removals++;
        }
      await settled(first);
      assert.equal(app.got.length, removals);
      assert.equal(
        new Set(app.got.map(({ body }) => body)).size,
        people.length,
        'one for each person of each round, of one second',
      );
      assert.ok((await rowsOf(first)).every((row) => row.state === 'sent' && row.lease_owner === null));
    });

    test('what a node that is gone was sending is sent by another when its lease is over', async (t) => {
      const { nodes, app } = await open(t, await database(), 2);
      const [first] = nodes;
      const other = nodes.at(-1) as TestWorld;
      app.answer = (_got, response) => void response.writeHead(500).end();
      await first.delete(`/me/permissions?access_token=${await first.login(shop.id, ana.id)}`);
      await settled(first);
      app.answer = (_got, response) => void response.end();
      const { db, world } = other.server.installation;
      const lease = (until: number) =>
        db.act(({ tx }) =>
          tx
            .updateTable('outbox')
            .set({ lease_owner: 'gone', lease_until: until, due_at: first.clock.now() })
            .execute(),
        );
      await lease(world.wall.now() + 3600);
      other.server.installation.queued.ring();
      assert.equal(app.got.length, 1, 'while the lease holds, nobody else sends it');
      await lease(world.wall.now() - 1);
      other.server.installation.queued.ring();
      await settled(other);
      assert.equal(app.got.length, 2);
      assert.deepEqual(
        (await rowsOf(first)).map(({ state }) => state),
        ['sent'],
      );
    });

    test('a change that is taken back tells nobody', async (t) => {
      const { nodes, app } = await open(t, await database(), 1);
      const [world] = nodes;
      const { change } = await import('../../src/entries/testing.ts');
      const { removeApp } = await import('../../src/consent/remove-app.ts');
      await world.login(shop.id, ana.id);
      const attempt = change(world.server.installation, async (making) => {
        await removeApp(making, { appId: shop.id, personId: ana.id, by: { kind: 'operator' }, now: world.clock.now() });
        throw new Error('taken back');
      });
      await assert.rejects(attempt, /taken back/);
      assert.deepEqual([app.got.length, await rowsOf(world)], [0, []]);
    });
  });
