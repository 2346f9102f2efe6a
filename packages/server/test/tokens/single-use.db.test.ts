// These tests are about things that work once, on both databases, and on PostgreSQL presented to two nodes at the same
// moment.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callback, codeOf, happens } from '../acts.ts';
import { databases } from '../databases.ts';
import { cast, type Reply, testWorld, type TestWorld } from '../world.ts';

const { shop, ana } = cast;
const own = { client_id: shop.id, client_secret: shop.secret };
const PARALLEL = 50;
const ROUNDS = 10;

for (const [name, open] of databases())
  describe(`one use on ${name}`, () => {
    const withNodes = async (work: (nodes: TestWorld[]) => Promise<void>) => {
      const database = await open();
      const rootKey = new Uint8Array(32).fill(7);
      const first = await testWorld({ database, rootKey });
      const nodes = [first, ...(database.kind === 'postgres' ? [await testWorld({ database, rootKey })] : [])];
      await first.login(shop.id, ana.id, { permissions: ['email'] });
      for (const node of nodes) await node.server.installation.freshness.catchUp();
      try {
        await work(nodes);
      } finally {
        for (const node of nodes) await node.close();
      }
    };
    const at = (nodes: TestWorld[], i: number) => nodes[i % nodes.length] as TestWorld;
    const judge = (replies: Reply[]) => {
      assert.equal(replies.filter(({ status }) => status === 200).length, 1);
      for (const { status, body } of replies)
        if (status !== 200)
          assert.deepEqual(
            [status, body.error.code, body.error.error_subcode, body.error.message],
            [400, 100, 36_009, 'This authorization code has been used.'],
          );
    };

    test(`RR-01: of ${PARALLEL} redemptions of one code, spread over the nodes, one wins in each round`, () =>
      withNodes(async (nodes) => {
        for (let round = 0; round < ROUNDS; round++) {
          const code = await codeOf(at(nodes, round));
          judge(
            await Promise.all(
              Array.from({ length: PARALLEL }, (_, i) =>
                at(nodes, i).post('/oauth/access_token', { ...own, redirect_uri: callback, code }),
              ),
            ),
          );
        }
      }));

    test('RR-04: of many redemptions of one client code one wins', () =>
      withNodes(async (nodes) => {
        const token = await at(nodes, 0).login(shop.id, ana.id);
        for (const node of nodes) await node.server.installation.freshness.catchUp();
        const { body } = await at(nodes, 0).get(
          `/oauth/client_code?${new URLSearchParams({ ...own, redirect_uri: callback, access_token: token })}`,
        );
        const redeem = (i: number) =>
          at(nodes, i).post('/oauth/access_token', { client_id: shop.id, redirect_uri: callback, code: body.code });
        judge(await Promise.all(Array.from({ length: PARALLEL }, (_, i) => redeem(i))));
      }));

    test('DL-11: failed tries are counted over the nodes, and the tenth burns the code', () =>
      withNodes(async (nodes) => {
        const verifier = 'v'.repeat(50);
        const code = await codeOf(at(nodes, 0), { challenge: { value: verifier, method: 'plain' } });
        const redeem = (i: number, code_verifier: string) =>
          at(nodes, i).post('/oauth/access_token', { ...own, redirect_uri: callback, code, code_verifier });
        for (let i = 0; i < 10; i++) assert.equal((await redeem(i, 'w'.repeat(50))).body.error.error_subcode, 36_008);
        assert.equal((await redeem(10, verifier)).body.error.error_subcode, 36_009);
      }));

    test('RR-03: whatever a racing exchange or redemption gave is dead once the password change was acknowledged', () =>
      withNodes(async (nodes) => {
        for (let round = 0; round < ROUNDS; round++) {
          const node = at(nodes, 0);
          const short = await node.login(shop.id, ana.id);
          const code = await codeOf(node);
          const exchange = { ...own, grant_type: 'fb_exchange_token', fb_exchange_token: short };
          const [redeemed, exchanged] = await Promise.all([
            node.post('/oauth/access_token', { ...own, redirect_uri: callback, code }),
            node.post('/oauth/access_token', exchange),
            happens(node, 'password_changed', { app: '0', user: ana.id }),
          ]);
          for (const { status, body } of [redeemed, exchanged]) {
            const after = status === 200 ? await node.get(`/me?access_token=${body.access_token}`) : { body };
            assert.deepEqual([after.body.error.code, after.body.error.error_subcode], [190, 460]);
          }
        }
      }));
  });
