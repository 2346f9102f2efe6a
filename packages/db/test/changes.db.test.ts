// A change makes the same promises on every database: whole or not at all, seen only when durable, dead when it has
// ended.
import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { compiled, StorageUnavailable } from '@hallpass/db';
import type { Database } from '@hallpass/db';
import { sql } from 'kysely';
import { onEach } from './databases.ts';
import { LONGEST_CHANGE } from '../src/change.ts';
import { both, sides } from './tables.ts';
import { TestWall } from './test-wall.ts';
import type { Tables } from './tables.ts';

onEach('A change', (_place, open) => {
  let database: Database<Tables>;
  const wall = new TestWall();
  before(async () => {
    database = await open({ wall });
  });

  it('is there after it was answered', async () => {
    assert.equal(await both(database, 'answered'), 'answered');
    assert.ok((await sides(database)).whole.includes('answered'));
  });

  it('is gone wholly when it throws, and its error comes through', async () => {
    const change = database.act(async ({ tx }) => {
      await tx.insertInto('left').values({ id: 'thrown', note: null }).execute();
      throw new RangeError('changed my mind');
    });
    await assert.rejects(change, { name: 'RangeError', message: 'changed my mind' });
    assert.deepEqual((await sides(database)).half, []);
  });

  it('sees what it has written, and nobody else does before it is stored', async () => {
    const atTheMiddle = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const change = database.act(async ({ tx }) => {
      await tx.insertInto('left').values({ id: 'dirty', note: null }).execute();
      const own = await tx.selectFrom('left').select('id').where('id', '=', 'dirty').execute();
      atTheMiddle.resolve();
      await goOn.promise;
      await tx.insertInto('right').values({ id: 'dirty', note: null }).execute();
      return own.length;
    });
    await atTheMiddle.promise;
    const look = sides(database);
    setImmediate(goOn.resolve);
    assert.deepEqual((await look).half, []);
    assert.equal(await change, 1);
    assert.ok((await sides(database)).whole.includes('dirty'));
  });

  it('is taken back when a statement failed, also when the error was caught', async () => {
    await both(database, 'twice');
    const change = database.act(async ({ tx }) => {
      await tx.insertInto('left').values({ id: 'beside', note: null }).execute();
      await tx
        .insertInto('left')
        .values({ id: 'twice', note: null })
        .execute()
        .catch(() => {});
    });
    await assert.rejects(change, /UNIQUE|unique/);
    assert.deepEqual((await sides(database)).half, []);
  });

  it('cannot be written to any more once it has ended', async () => {
    const tx = await database.act(async (act) => act.tx);
    await assert.rejects(tx.insertInto('left').values({ id: 'late', note: null }).execute(), /has ended/);
    assert.ok(!(await sides(database)).half.includes('late'));
  });

  it('cannot read past its own transaction, nor begin another change', async () => {
    await assert.rejects(
      database.act(async () => sides(database)),
      /inside a change/,
    );
    await assert.rejects(
      database.act(async () => both(database, 'inner')),
      /inside a change/,
    );
  });

  it('runs its later tasks after it is stored and before it is answered', async () => {
    const order: string[] = [];
    const change = database.act(async ({ after }) => {
      after(() => order.push('first task'));
      after(() => order.push('second task'));
      order.push('change');
    });
    await change.then(() => order.push('answer'));
    assert.deepEqual(order, ['change', 'first task', 'second task', 'answer']);
  });

  it('runs no later task when it was taken back', async () => {
    let ran = false;
    const change = database.act(async ({ after }) => {
      after(() => {
        ran = true;
      });
      throw new Error('no');
    });
    await assert.rejects(change, /^Error: no$/);
    assert.equal(ran, false);
  });

  it('is taken back when it waits for something that never comes, and others go on', async () => {
    const waiting = Promise.withResolvers<void>();
    const stuck = database.act(async ({ tx }) => {
      await tx.insertInto('left').values({ id: 'stuck', note: null }).execute();
      waiting.resolve();
      return new Promise(() => {});
    });
    await waiting.promise;
    wall.advance(LONGEST_CHANGE);
    await assert.rejects(stuck, StorageUnavailable);
    assert.equal(await both(database, 'after the stuck one'), 'after the stuck one');
    assert.deepEqual((await sides(database)).half, []);
  });

  it('may ask several things at once', async () => {
    const counts = await database.act(({ tx }) =>
      Promise.all(
        ['a', 'b', 'c'].map((id) =>
          tx.selectFrom('left').select(sql<number>`count(*)`.as('n')).where('id', '=', id).executeTakeFirstOrThrow(),
        ),
      ),
    );
    assert.deepEqual(counts, [{ n: 0 }, { n: 0 }, { n: 0 }]);
  });

  it('refuses values that one database would store and the other not', async () => {
    for (const note of [undefined, true]) {
      const change = database.act(({ tx }) =>
        tx
          .updateTable('left')
          .set({ note: sql<string>`${note}` })
          .execute(),
      );
      await assert.rejects(change, { name: 'TypeError' });
    }
  });

  it('is the only way to write', async () => {
    await assert.rejects(database.read.insertInto('left').values({ id: 'past', note: null }).execute(), /only reads/);
    await assert.rejects(
      database.read.transaction().execute(async () => {}),
      /database\.act/,
    );
  });
});

onEach('Numbers and text', (_place, open) => {
  it('mean the same everywhere: counts and sums are numbers, text is in the order of its bytes', async () => {
    const database = await open();
    await database.act(({ tx }) =>
      tx
        .insertInto('left')
        .values(['b', 'B', 'a', 'ä', '10', '9'].map((id) => ({ id, note: null })))
        .execute(),
    );
    const ids = await database.read.selectFrom('left').select('id').orderBy('id').execute();
    assert.deepEqual(
      ids.map(({ id }) => id),
      ['10', '9', 'B', 'a', 'b', 'ä'],
    );
    const sums = await database.read
      .selectFrom('left')
      .select(({ fn }) => [fn.countAll<number>().as('count'), sql<number>`sum(length(id))`.as('sum')])
      .execute();
    assert.deepEqual(sums, [{ count: 6, sum: 7 }]);
  });

  it('keep a number that was once given from being given again', async () => {
    const database = await open();
    const add = (): Promise<number> =>
      database.act(
        async ({ tx }) =>
          (await tx.insertInto('feed').values({ key: 'k' }).returning('seq').executeTakeFirstOrThrow()).seq ?? 0,
      );
    const given = [await add(), await add(), await add()];
    await database.act(({ tx }) => tx.deleteFrom('feed').execute());
    assert.ok((await add()) > Math.max(...given));
  });
});

onEach('A compiled question', (_place, open) => {
  it('answers like the same question built anew, in and outside a change', async () => {
    const database = await open();
    const byId = compiled(database, (db, given: { id: string }) =>
      db.selectFrom('left').selectAll().where('id', '=', given.id).where('note', 'is not', null),
    );
    const add = compiled(database, (db, given: { id: string; note: string | null }) =>
      db.insertInto('left').values({ id: given.id, note: given.note }),
    );
    const written = await database.act(async ({ tx }) => {
      const count = await add.run({ id: '1', note: 'one' }, tx);
      return { count, inside: await byId.first({ id: '1' }, tx) };
    });
    assert.deepEqual(written, { count: 1, inside: { id: '1', note: 'one' } });
    assert.deepEqual(await byId.all({ id: '1' }), [{ id: '1', note: 'one' }]);
    assert.equal(await byId.first({ id: '2' }), undefined);
  });

  it('goes on when the tables have changed under it', async () => {
    const database = await open();
    const all = compiled(database, (db, given: { id: string }) =>
      db.selectFrom('right').selectAll().where('id', '=', given.id),
    );
    await both(database, 'x');
    assert.deepEqual(Object.keys((await all.first({ id: 'x' })) ?? {}), ['id', 'note']);
    await database.act(({ tx }) => sql`alter table "right" add column more text`.execute(tx));
    assert.deepEqual(Object.keys((await all.first({ id: 'x' })) ?? {}), ['id', 'note', 'more']);
    await database.act(({ tx }) => sql`alter table "right" rename column more to less`.execute(tx));
    const inside = await database.act(({ tx }) => all.first({ id: 'x' }, tx));
    assert.deepEqual(Object.keys(inside ?? {}), ['id', 'note', 'less']);
  });
});
