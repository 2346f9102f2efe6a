// The audit trail is whole while many write to it at once, and one of an earlier version goes on where it ends (ST-06).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keyedHashText } from '../../src/hash.ts';
import { change } from '../../src/liveness/change.ts';
import { verifyAudit } from '../../src/liveness/audit-trail.ts';
import { resetAppSecret } from '../../src/apps/app-admin.ts';
import { lineRow, link } from '../../src/store/audit/lines.ts';
import { databases } from '../databases.ts';
import { nodeAt, openNodes } from '../nodes.ts';
import { cast } from '../world.ts';

const operator = { kind: 'operator' } as const;
const reset = (node: { server: { installation: Parameters<typeof resetAppSecret>[0] } }) =>
  resetAppSecret(node.server.installation, { appId: cast.shop.id, by: operator });

for (const [name, openDatabase] of databases())
  describe(`on ${name}`, () => {
    test('ST-06: the trail is whole at every moment while two nodes write to it at once', async (t) => {
      const nodes = await openNodes(t, openDatabase, 2);
      const { installation } = nodes[0].server;
      const before = (await verifyAudit(installation)).rows;
      let running = 60;
      const acts = Array.from({ length: running }, async (_, n) => {
        const target = { name: 'app.created', outcome: 'ok', actorKind: 'operator', targetId: String(n) } as const;
        await change(nodeAt(nodes, n).server.installation, async ({ event }) => event(target)).finally(() => running--);
      });
      while (running > 0) {
        const { brokenAt, brokenSeal, cut } = await verifyAudit(installation);
        assert.deepEqual([brokenAt, brokenSeal, cut], [undefined, undefined, false]);
        await new Promise((next) => setImmediate(next));
      }
      await Promise.all(acts);
      const verdict = await verifyAudit(installation);
      assert.deepEqual([verdict.rows - before, verdict.brokenAt, verdict.cut], [60, undefined, false]);
      const lanes = await installation.db.read.selectFrom('audit_lanes').select('lane').execute();
      assert.ok(installation.db.kind === 'sqlite' || lanes.length > nodes.length, `${lanes.length} lanes`);
    });

    test('ST-06: a lane that is taken out with its end, or whose lines were given to another, shows', async (t) => {
      const [node] = await openNodes(t, openDatabase, 1);
      const { installation } = node.server;
      await reset(node);
      const verdictAfter = async (meddle: Parameters<typeof installation.db.act>[0]) => {
        const enough = new Error('enough');
        let seen: unknown;
        await assert.rejects(
          installation.db.act(async (act) => {
            await meddle(act);
            const { brokenAt, cut } = await verifyAudit({ ...installation, db: { ...installation.db, read: act.tx } });
            seen = brokenAt !== undefined || cut;
            throw enough;
          }),
          enough,
        );
        return seen;
      };
      assert.equal(await verdictAfter(async () => {}), false);
      assert.equal(
        await verdictAfter(async ({ tx }) => {
          await tx.deleteFrom('events').execute();
          await tx.deleteFrom('audit_lanes').execute();
        }),
        true,
      );
      for (const column of [{ lane: 99 }, { node: 'another' }])
        assert.equal(await verdictAfter(({ tx }) => tx.updateTable('events').set(column).execute()), true);
    });

    test('ST-06: lines of before there were lanes are still checked, and new ones follow', async (t) => {
      const [node] = await openNodes(t, openDatabase, 1);
      const { installation } = node.server;
      const { audit: key } = installation.keys;
      let chain = '';
      await installation.db.act(async ({ tx }) => {
        for (const targetId of ['1', '2', '3']) {
          const row = {
            ...lineRow({ name: 'app.created', outcome: 'ok', targetId }, 1, { node: 'old', lane: 0 }),
            lane: null,
          };
          chain = link(key, chain, row);
          await tx
            .insertInto('events')
            .values({ ...row, chain })
            .execute();
        }
        const value = `${chain}.${keyedHashText(key, `end|${chain}`)}`;
        await tx.insertInto('meta').values({ key: 'audit_end', value }).execute();
      });
      await reset(node);
      const { brokenAt, cut } = await verifyAudit(installation);
      assert.deepEqual([brokenAt, cut], [undefined, false]);
      await installation.db.act(({ tx }) => tx.deleteFrom('events').where('chain', '=', chain).execute());
      assert.equal((await verifyAudit(installation)).cut, true);
      await installation.db.act(({ tx }) => tx.deleteFrom('events').where('target_id', '=', '1').execute());
      assert.notEqual((await verifyAudit(installation)).brokenAt, undefined);
    });
  });
