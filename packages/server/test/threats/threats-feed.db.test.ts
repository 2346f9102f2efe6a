// The feed between nodes on PostgreSQL has no order and no lock: what is committed late is not missed, and what stays
// open holds nobody's freshness back (promise P-1; RL-08).
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { change } from '../../src/liveness/change.ts';
import { LOOK_EVERY } from '../../src/installation/freshness.ts';
import * as feed from '../../src/store/installation/feed.ts';
import { happens } from '../acts.ts';
import { databases, wall } from '../databases.ts';
import { hearAll, openNodes, type TestNode } from '../nodes.ts';
import { othersAtWork } from '../others.ts';
import { cast } from '../world.ts';

const { ana, ben, shop } = cast;
const open = Object.fromEntries(databases()).PostgreSQL as Parameters<typeof openNodes>[1];
const twoNodes = (t: TestContext) => openNodes(t, open, 2) as Promise<[TestNode, TestNode]>;
const me = (node: TestNode, token: string) => node.get(`/me?fields=id&access_token=${token}`);

/** Begins a change of the node and holds it open, after it has its transaction and its row of the feed. */
async function heldOpen(node: TestNode, keys: readonly string[]): Promise<{ commit(): Promise<void> }> {
  const written = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const ended = node.server.installation.db.act(async ({ tx }) => {
    await feed.append(tx, keys, wall.now());
    written.resolve();
    await released.promise;
  });
  await written.promise;
  return {
    async commit() {
      released.resolve();
      await ended;
    },
  };
}

/** Lists the keys that a node forgets while `during` runs. */
async function forgotten(node: TestNode, during: () => Promise<void>): Promise<string[]> {
  const { cache } = node.server.installation.facts;
  const { forget } = cache;
  const keys: string[] = [];
  cache.forget = (key) => {
    keys.push(key);
    forget.call(cache, key);
  };
  await during();
  cache.forget = forget;
  return keys;
}

test('P-1, RL-08: a change that began before others and is committed after them is not missed', async (t) => {
  const [here, there] = await twoNodes(t);
  const late = await heldOpen(here, ['late']);
  for (let i = 0; i < 20; i++) await happens(here, 'logged_out', { app: '0', session: String(i) });
  const keys = await forgotten(there, async () => {
    await there.hear();
    for (let i = 20; i < 40; i++) await happens(here, 'logged_out', { app: '0', session: String(i) });
    await there.hear();
    await late.commit();
    await there.hear();
  });
  assert.equal(keys.filter((key) => key === 'late').length, 1);
  assert.equal(keys.indexOf('late'), keys.length - 1);
});

test('P-1: a transaction that stays open for long holds nobody back, and nothing is read twice for it', async (t) => {
  const [here, there] = await twoNodes(t);
  const token = await here.login(shop.id, ana.id, { permissions: ['email'] });
  assert.equal((await me(there, token)).status, 200);
  const slow = await heldOpen(here, ['slow']);
  there.feed.stopWall();
  const keys = await forgotten(there, async () => {
    await happens(here, 'logged_out_everywhere', { app: '0', user: ana.id });
    await there.hear();
    assert.equal((await me(there, token)).status, 400);
    assert.ok(there.server.installation.freshness.proven());
    for (let i = 0; i < 5; i++) await there.hear();
  });
  assert.equal(keys.length, new Set(keys).size, String(keys));
  await slow.commit();
});

test('P-1, RL-08: beside transactions of others that are open for ten seconds a node hears of everything, and at last of what they commit', async (t) => {
  const database = await open();
  const [here, there] = (await openNodes(t, async () => database, 2)) as [TestNode, TestNode];
  const token = await here.login(shop.id, ana.id, { permissions: ['email'] });
  assert.equal((await me(there, token)).status, 200);
  const commitOthers = await othersAtWork(database);
  there.feed.stopWall();
  const keys = await forgotten(there, async () => {
    for (let second = 1; second <= 10; second++) {
      there.feed.ahead += 1000;
      await happens(here, 'logged_out', { app: '0', session: String(second) });
      await there.hear();
      assert.ok(there.server.installation.freshness.proven(), `after ${second} seconds`);
    }
    await happens(here, 'logged_out_everywhere', { app: '0', user: ana.id });
    await there.hear();
    assert.equal((await me(there, token)).status, 400);
    await commitOthers();
    await there.hear();
  });
  assert.equal(keys.length, new Set(keys).size, `nothing is read twice: ${String(keys)}`);
  assert.equal(keys.at(-1), 'hangs');
});

test('P-1: a change that is taken back, and one whose transaction was open at a look, leave nothing behind', async (t) => {
  const [here, there] = await twoNodes(t);
  const enough = new Error('enough');
  const keys = await forgotten(there, async () => {
    await assert.rejects(
      here.server.installation.db.act(async ({ tx }) => {
        await feed.append(tx, ['taken back'], wall.now());
        await there.hear();
        throw enough;
      }),
      enough,
    );
    await there.hear();
  });
  assert.deepEqual(keys, []);
});

test('P-1: a bell that never rings delays news until the next look, a quarter of a second later, and no longer', async (t) => {
  assert.equal(LOOK_EVERY, 250);
  const [here, there] = await twoNodes(t);
  there.feed.quiet = true;
  there.feed.stopWall();
  const token = await here.login(shop.id, ben.id, { permissions: ['email'] });
  assert.equal((await me(there, token)).status, 200);
  here.server.installation.db.tell = () => {};
  await happens(here, 'logged_out_everywhere', { app: '0', user: ben.id });
  there.feed.poll();
  while ((await me(there, token)).status === 200) await new Promise((next) => setImmediate(next));
});

test('RL-08: a node that missed more changes than it would read one by one forgets everything', async (t) => {
  const [here, there] = await twoNodes(t);
  const token = await here.login(shop.id, ana.id, { permissions: ['email'] });
  await hearAll([here, there]);
  assert.equal((await me(there, token)).status, 200);
  there.feed.cut = true;
  await happens(here, 'logged_out_everywhere', { app: '0', user: ana.id });
  await change(here.server.installation, async ({ tx }) => {
    const rows = Array.from({ length: 10_001 }, (_, i) => ({ keys: JSON.stringify([`other:${i}`]), at: wall.now() }));
    for (let from = 0; from < rows.length; from += 5000)
      await tx
        .insertInto('feed')
        .values(rows.slice(from, from + 5000))
        .execute();
  });
  const keys = await forgotten(there, () => there.hear());
  assert.deepEqual(keys, [], 'no row was read');
  assert.equal(there.server.installation.facts.cache.size, 0);
  there.feed.cut = false;
  assert.equal((await me(there, token)).status, 400);
});

test('RL-07: a row of the feed that was put in the place of one that a node has read is noticed', async (t) => {
  const [here, there] = await twoNodes(t);
  await happens(here, 'logged_out', { app: '0', session: '1' });
  await there.hear();
  await here.server.installation.db.act(async ({ tx }) => {
    await tx
      .updateTable('feed')
      .set({ keys: JSON.stringify(['another']) })
      .execute();
  });
  await there.hear();
  assert.equal(there.server.installation.freshness.lost(), true);
});
