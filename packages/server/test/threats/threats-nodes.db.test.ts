// Revocation is bounded from one node to the next, whatever happens to the feed and to the database (promise P-1;
// RL-07, RL-08, RR-10, RR-11), and keys change on all nodes without refusing anybody (CR-06).
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { setPassword } from '../../src/people/new-password.ts';
import { change } from '../../src/liveness/change.ts';
import { fence } from '../../src/liveness/fence.ts';
import { FEED_KEPT } from '../../src/installation/freshness.ts';
import { rotateKeys, withdrawKey } from '../../src/liveness/keys/key-ring.ts';
import * as feed from '../../src/store/installation/feed.ts';
import { callback, codeOf, happens } from '../acts.ts';
import { databases, wall } from '../databases.ts';
import { hearAll, nodeAt, openNode, openNodes, type TestNode } from '../nodes.ts';
import { openGate } from '../../../db/test/tcp-gate.ts';
import { cast } from '../world.ts';

const { ana, shop } = cast;
const operator = { kind: 'operator' } as const;
const own = { client_id: shop.id, client_secret: shop.secret };

const me = (node: TestNode, token: string) => node.get(`/me?fields=id&access_token=${token}`);
const status = async (node: TestNode, token: string): Promise<number> => (await me(node, token)).status;
const endAll = (node: TestNode) => happens(node, 'logged_out_everywhere', { app: '0', user: ana.id });
const turn = () => new Promise((next) => setImmediate(next));
const logged = (node: TestNode, name: string): number => node.log.filter((line) => line.message === name).length;

/** A token that every node has found alive. */
async function known(nodes: readonly TestNode[]): Promise<string> {
  const [first] = nodes as [TestNode];
  const token = await first.login(shop.id, ana.id, { permissions: ['email'] });
  for (const node of nodes) node.server.installation.facts.cache.clear();
  await hearAll(nodes);
  for (const node of nodes) assert.equal(await status(node, token), 200);
  return token;
}

const open = Object.fromEntries(databases());
const postgres = open.PostgreSQL as () => Promise<{ kind: 'postgres'; url: string; schema: string; wall: typeof wall }>;
const twoNodes = (t: TestContext) => openNodes(t, postgres, 2) as Promise<[TestNode, TestNode]>;

test('P-1: a revocation holds at once where it was answered, and on the other nodes as soon as they are woken', async (t) => {
  const nodes = await openNodes(t, postgres, 3);
  // Nothing else tells them.
  for (const { feed } of nodes) feed.quiet = true;
  for (const { feed } of nodes) feed.stopWall();
  for (let round = 0; round < 30; round++) {
    const token = await known(nodes);
    const here = nodeAt(nodes, round);
    await endAll(here);
    assert.equal(await status(here, token), 400);
    for (const node of nodes) while ((await status(node, token)) === 200) await turn();
  }
});

test('RL-08: a node whose feed is cut believes itself for two seconds, then asks the database for each call', async (t) => {
  const [here, there] = await twoNodes(t);
  const token = await known([here, there]);
  there.feed.cut = true;
  await endAll(here);
  there.feed.ahead += 2001;
  assert.equal(await status(there, token), 400);
  const other = await here.login(shop.id, cast.ben.id);
  assert.equal(await status(there, other), 200, 'it goes on answering');
  there.feed.cut = false;
  await there.hear();
  assert.equal(await status(there, token), 400, 'what it had in memory is gone');
});

test('RL-08: a machine that was suspended does not trust its memory, though its own clock stood still', async (t) => {
  const [here, there] = await twoNodes(t);
  const token = await known([here, there]);
  there.feed.cut = true;
  await endAll(here);
  there.feed.slept = 60;
  assert.equal(await status(there, token), 400);
});

test('RL-08: without feed and database a node answers code 2, says that it is stale, and recovers', async (t) => {
  const database = await postgres();
  const here = await openNode(database);
  t.after(() => here.close());
  const gate = await openGate(database.url);
  t.after(() => gate.close());
  const there = await openNode({ ...database, url: gate.url });
  t.after(() => there.close());
  const token = await known([here, there]);
  for (const how of ['refused', 'silent'] as const) {
    if (how === 'refused') gate.shut();
    else gate.silent = true;
    there.feed.ahead += 2001;
    const { status: answered, body, headers } = await me(there, token);
    assert.deepEqual([answered, body.error.code, body.error.is_transient], [503, 2, true], how);
    assert.ok(Number(headers['retry-after']) > 0);
    await there.hear();
    gate.open();
    while ((await status(there, token)) !== 200) await turn();
    await there.hear();
  }
  assert.deepEqual([logged(there, 'feed.stale'), logged(there, 'feed.recovered')], [2, 2]);
});

test('RL-08: news that comes late, twice or out of order has no effect beyond its own', async (t) => {
  const [here, there] = await twoNodes(t);
  const token = await known([here, there]);
  there.feed.cut = true;
  await endAll(here);
  const later = await here.login(shop.id, ana.id);
  for (let i = 0; i < 30; i++) await happens(here, 'logged_out', { app: '0', session: String(i) });
  there.feed.cut = false;
  await Promise.all([there.hear(), there.hear(), there.hear()]);
  const rows = await here.server.installation.db.read
    .selectFrom('feed')
    .select(['keys', 'at'])
    .orderBy('seq', 'desc')
    .execute();
  await change(here.server.installation, async ({ tx }) => void (await tx.insertInto('feed').values(rows).execute()));
  await there.hear();
  assert.equal(await status(there, token), 400);
  assert.equal(await status(there, later), 200);
});

test('RL-08: a node that missed rows that were cleared away forgets everything', async (t) => {
  const [here, there] = await twoNodes(t);
  const token = await known([here, there]);
  await happens(here, 'logged_out', { app: '0', session: '1' });
  await there.hear();
  there.feed.cut = true;
  await endAll(here);
  await happens(here, 'logged_out', { app: '0', session: '2' });
  const gone = await change(here.server.installation, ({ tx }) => feed.purge(tx, wall.now() + 10, 1000));
  assert.ok(gone > 0);
  assert.equal(
    (await here.server.installation.db.read.selectFrom('feed').selectAll().execute()).length,
    1,
    'the newest row stays',
  );
  there.feed.slept = FEED_KEPT;
  there.feed.cut = false;
  await there.hear();
  there.feed.slept = 0;
  assert.equal(await status(there, token), 400);
  assert.equal(logged(there, 'store.regressed'), 0);
});

test('RL-07, ST-05: a node whose database has lost what it saw accepts and changes nothing until the operator has fenced it', async (t) => {
  const [here, there] = await twoNodes(t);
  const token = await known([here, there]);
  await endAll(here);
  await there.hear();
  // A fail-over to a replica that missed the last changes.
  const before = await here.server.installation.db.read
    .selectFrom('feed')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  await here.server.installation.db.act(async ({ tx }) => {
    await tx.deleteFrom('feed').where('seq', '=', before.seq).execute();
    await tx.deleteFrom('epochs').execute();
    await tx.deleteFrom('invalidations').execute();
  });
  for (const node of [here, there]) node.server.installation.facts.cache.clear();
  await there.hear();
  const calls = [
    me(there, token),
    there.get('/login'),
    there.post('/oauth/access_token', { ...own, grant_type: 'client_credentials' }),
    there.get('/_/ready'),
  ];
  for (const { status: answered } of await Promise.all(calls)) assert.equal(answered, 503);
  assert.equal((await there.get('/_/health')).status, 200);
  assert.equal(logged(there, 'store.regressed'), 1);
  await hearAll([here]);
  await fence(here.server.installation, operator);
  await there.hear();
  assert.equal(logged(there, 'store.recovered'), 1);
  const refused = await me(there, token);
  assert.deepEqual([refused.status, refused.body.error.code, refused.body.error.error_subcode], [400, 190, 467]);
  assert.equal(await status(there, await here.login(shop.id, cast.ben.id)), 200);
});

test('CR-06, P-9: a key is rotated under load on two nodes and nobody is refused; both seal with it', async (t) => {
  const [here, there] = await twoNodes(t);
  const nodes = [here, there];
  const token = await known(nodes);
  const keyOf = (text: string) => Buffer.from(text.slice(3, 9), 'base64').readUInt16BE(1);
  let running = true;
  let answered = 0;
  const refused: string[] = [];
  /** The nodes that have sealed with the new key. */
  const sealing = new Set<number>();
  const work = async (n: number): Promise<void> => {
    for (; running; await turn()) {
      // Made on one node, used on the other.
      const made = await nodeAt(nodes, n).post('/oauth/access_token', {
        ...own,
        grant_type: 'fb_exchange_token',
        fb_exchange_token: token,
      });
      const app = await nodeAt(nodes, n).post('/oauth/access_token', { ...own, grant_type: 'client_credentials' });
      const replies = [made, app];
      if (made.status === 200) replies.push(await me(nodeAt(nodes, n + 1), made.body.access_token));
      if (app.status === 200)
        replies.push(
          await nodeAt(nodes, n + 1).get(
            `/${shop.id}?fields=id&access_token=${encodeURIComponent(app.body.access_token)}`,
          ),
        );
      for (const reply of replies) if (reply.status !== 200) refused.push(reply.text);
      answered += replies.length;
      if (made.status === 200 && keyOf(made.body.access_token) === 2) sealing.add(n % 2);
    }
  };
  const workers = [work(0), work(1), work(2), work(3)];
  await rotateKeys(here.server.installation, operator);
  while (sealing.size < nodes.length || answered < 100) await turn();
  running = false;
  await Promise.all(workers);
  assert.deepEqual(refused, []);
  await withdrawKey(there.server.installation, 1, operator);
  assert.equal((await me(there, token)).body.error.code, 190);
  await here.hear();
  assert.equal(await status(here, token), 400);
});

test('CR-06: two rotations at the same moment leave one active key', async (t) => {
  const nodes = await twoNodes(t);
  await Promise.all(nodes.map((node) => rotateKeys(node.server.installation, operator)));
  const keys = await nodes[0].server.installation.db.read
    .selectFrom('signing_keys')
    .selectAll()
    .orderBy('id')
    .execute();
  assert.deepEqual(keys.map(({ status: is }) => is).sort(), ['accepted', 'accepted', 'active']);
  for (const node of nodes) assert.equal(await status(node, await known(nodes)), 200);
});

for (const [name, openDatabase] of databases())
  describe(`on ${name}`, () => {
    test('RR-11: of two hundred readers none gets through that begins after the answer, or elsewhere after the news, and no memory brings the token back', async (t) => {
      const nodes = await openNodes(t, openDatabase, 2, { settings: { cacheEntries: 1000 } });
      const token = await known(nodes);
      /** The nodes that must refuse the token by now. */
      const told = new Set<TestNode>();
      let running = true;
      let late = 0;
      let reads = 0;
      const reader = async (n: number): Promise<void> => {
        while (running) {
          const node = nodeAt(nodes, n);
          const mustRefuse = told.has(node);
          const accepted = (await status(node, token)) === 200;
          reads++;
          if (accepted && mustRefuse) late++;
          await turn();
        }
      };
      const readers = Array.from({ length: 200 }, (_, n) => reader(n));
      while (reads < 600) await turn();
      await change(nodes[0].server.installation, (making) =>
        setPassword(nodes[0].server.installation, making, ana.id, 'x', operator),
      );
      for (const node of nodes) {
        if (node !== nodes[0]) await node.hear();
        told.add(node);
      }
      const before = reads;
      // At first as it is; then memory is dropped again and again, and filled by those who read.
      for (let dropped = before + 400; reads < before + 1500; await turn()) {
        if (reads < dropped + 100) continue;
        for (const { server } of nodes) server.installation.facts.cache.clear();
        dropped = reads;
      }
      running = false;
      await Promise.all(readers);
      assert.equal(late, 0);
      for (const node of nodes) {
        await node.clock.advance(300);
        assert.equal(await status(node, token), 400);
      }
    });

    test('RR-10: what was ended stays ended when every node is started anew', async (t) => {
      const directory = mkdtempSync(join(tmpdir(), 'hallpass-restart-'));
      t.after(() => rmSync(directory, { recursive: true, force: true }));
      const options = await openDatabase();
      const database = options.kind === 'sqlite' ? { ...options, file: join(directory, 'test.db') } : options;
      const first = await openNode(database);
      const ended = await known([first]);
      const removed = await first.login(cast.rival.id, ana.id);
      const code = await codeOf(first);
      const used = await first.post('/oauth/access_token', { ...own, redirect_uri: callback, code });
      assert.equal(used.status, 200);
      assert.equal((await first.delete(`/me/permissions?access_token=${removed}`)).text, 'true');
      const generated = (await first.post('/oauth/access_token', { ...own, grant_type: 'client_credentials' })).body
        .access_token as string;
      await first.post('/oauth/revoke', { ...own, revoke_token: ended, access_token: generated });
      const alive = await first.login(shop.id, ana.id);
      await first.close();
      const second = await openNode(database);
      t.after(() => second.close());
      assert.equal((await me(second, ended)).body.error.error_subcode, 466);
      assert.equal((await me(second, removed)).body.error.error_subcode, 458);
      assert.equal(
        (await second.post('/oauth/access_token', { ...own, redirect_uri: callback, code })).body.error.error_subcode,
        36_009,
      );
      for (const token of [alive, used.body.access_token as string]) assert.equal(await status(second, token), 200);
      assert.equal(
        (await second.get(`/${shop.id}?fields=id&access_token=${encodeURIComponent(generated)}`)).status,
        200,
      );
    });
  });
