// Dead is dead everywhere within the bound: every event and every state that refuses tokens, with a second node that
// hears of it and a third that is paused, with calls that began before, in and after the commit, and beside transactions of
// others that stay open for more than ten seconds. The history of all calls is looked at in the end.
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { test } from 'node:test';
import { databases } from '../databases.ts';
import { openNode } from '../nodes.ts';
import { othersAtWork } from '../others.ts';
import { events, states } from '../tokens/death-cases.ts';
import { call, scene, type TokenName, tokenNames } from '../tokens/death-scene.ts';
import type { TestWorld } from '../world.ts';

const open = Object.fromEntries(databases()).PostgreSQL as Parameters<typeof openNode>[0] extends infer D
  ? () => Promise<D>
  : never;

/** A node that cannot prove what it knows asks the database: after so many milliseconds of silence. */
const PROOF = 2001;

/** A change of ours is cut short long before this many milliseconds; a transaction of others is not. */
const LONG_OPEN = 10_000;

interface Look {
  node: string;
  token: TokenName;
  /** Places in the course of the test. */
  began: number;
  ended: number;
  alive: boolean;
}

/** A token that was dead for a call on a node is dead for every call there that begins later. */
function neverAgain(history: readonly Look[], node: string, token: TokenName): boolean {
  const looks = history.filter((look) => look.node === node && look.token === token);
  const died = Math.min(...looks.filter(({ alive }) => !alive).map(({ ended }) => ended));
  return looks.every(({ alive, began }) => !alive || began <= died);
}

for (const [name, one] of Object.entries({ ...events, ...states }))
  test(`I-4, P-1: ${name} holds on the node that answered at once, on another when it has heard, on a paused one within two seconds`, async (t) => {
    const database = await open();
    let atCommit = (): void => {};
    const stage = await scene(
      {
        rootKey: new Uint8Array(32).fill(7),
        database: { ...database, crashPoint: (point: string) => point !== 'db.in-change' && atCommit() },
      },
      t,
    );
    const [there, paused] = [await openNode(database), await openNode(database)];
    t.after(() => Promise.all([there.close(), paused.close()]));
    const history: Look[] = [];
    let moments = 0;
    const moment = (): number => (moments += 1);
    const pending: Promise<void>[] = [];
    const look = (node: string, world: TestWorld): void => {
      for (const token of tokenNames) {
        const began = moment();
        pending.push(
          call(world, token, stage.tokens[token]).then(({ status }) => {
            history.push({ node, token, began, ended: moment(), alive: status === 200 });
          }),
        );
      }
    };
    const lookBoth = (): void => {
      look('here', stage.world);
      look('there', there);
    };
    for (const [node, world] of [
      ['here', stage.world],
      ['there', there],
      ['paused', paused],
    ] as const)
      look(node, world);
    await Promise.all(pending);
    assert.ok(
      history.every(({ alive }) => alive),
      'every node has found every token alive',
    );
    paused.feed.cut = true;
    // Transactions that stay open beside all this hold nobody back.
    const commitOthers = await othersAtWork(database);
    there.feed.stopWall();
    there.feed.ahead += LONG_OPEN;
    await there.hear();
    assert.ok(there.server.installation.freshness.proven(), 'the node follows the feed past open transactions');
    const outside = AsyncLocalStorage.snapshot();
    atCommit = () => outside(lookBoth);
    const acted = one.act(stage);
    lookBoth();
    await acted;
    const answered = moment();
    atCommit = () => {};
    lookBoth();
    await there.hear();
    const heard = moment();
    lookBoth();
    paused.feed.ahead += PROOF;
    const silent = moment();
    look('paused', paused);
    await Promise.all(pending);
    const since = { here: answered, there: heard, paused: silent } as const;
    for (const [node, from] of Object.entries(since))
      for (const token of tokenNames) {
        const later = history.filter((one) => one.node === node && one.token === token && one.began >= from);
        assert.ok(later.length > 0);
        const dies = one.kills.includes(token);
        for (const { alive } of later) assert.equal(alive, !dies, `${token} on ${node} after ${name}`);
        if (dies) assert.ok(neverAgain(history, node, token), `${token} lives again on ${node}`);
        else
          assert.ok(
            history.every((look) => look.token !== token || look.alive),
            `${token} has nothing to do with it`,
          );
      }
    if (one.end) {
      await one.end(stage);
      await there.hear();
      for (const token of tokenNames)
        for (const world of [stage.world, there])
          assert.equal((await call(world, token, stage.tokens[token])).status, 200, `${token} when it is over`);
    }
    await commitOthers();
  });
