// Rows that nothing can need any more go by themselves, on both databases.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DAY } from '@hallpass/protocol';
import { purge } from '../../src/jobs/purge.ts';
import { change } from '../../src/liveness/change.ts';
import { databases } from '../databases.ts';
import { codeFor, rows } from '../dialog-journey.ts';
import { cast, testWorld } from '../world.ts';

const { ana } = cast;

for (const [name, open] of databases())
  describe(`old rows on ${name}`, () => {
    test('ST-07: what served its time is deleted, what may still be needed stays', async (t) => {
      const w = await testWorld({ database: await open() });
      t.after(() => w.close());
      const { installation } = w.server;
      await codeFor(w, ana);
      const now = w.clock.now();
      await change(installation, async ({ tx }) => {
        const tries = Array.from({ length: 1500 }, (_, i) => ({ key: `try-${i}`, count: 1, since: now - 3 * DAY }));
        await tx.insertInto('attempts').values(tries.slice(0, 750)).execute();
        await tx.insertInto('attempts').values(tries.slice(750)).execute();
        await tx.insertInto('attempts').values({ key: 'fresh', count: 1, since: now }).execute();
      });
      assert.equal(await purge(installation), 1500);
      const left = await installation.db.read
        .selectFrom('attempts')
        .select('key')
        .where('key', 'in', ['fresh', 'try-0'])
        .execute();
      assert.deepEqual(left, [{ key: 'fresh' }]);
      assert.deepEqual([await rows(w, 'single_use'), await rows(w, 'interactions')], [1, 1]);
      assert.equal(await purge(installation), 0);
    });
  });
