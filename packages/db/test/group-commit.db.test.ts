// These tests are about group commit on SQLite: what is asked for in one turn of the event loop shares one transaction
// and one sync, and still every change stands or falls alone.
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, afterEach, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { migrate, openSqlite, StorageUnavailable } from '@hallpass/db';
import type { Database, SqliteOptions } from '@hallpass/db';
import { sql } from 'kysely';
import { filePlace, memoryPlace, openTables } from './databases.ts';
import type { Place } from './databases.ts';
import { PATIENCE } from '../src/change.ts';
import { both, sides, tables } from './tables.ts';
import type { Tables } from './tables.ts';
import { TestWall } from './test-wall.ts';

for (const makePlace of [filePlace, memoryPlace]) {
  describe(`A group of changes (${makePlace.name})`, () => {
    let place: Place | undefined;
    let database: Database<Tables> | undefined;
    const points: string[] = [];
    const commits = (): number => points.filter((point) => point === 'db.before-commit').length;

    const open = async (): Promise<Database<Tables>> => {
      place = makePlace();
      database = await openTables(place, { crashPoint: (name) => void points.push(name) });
      points.length = 0;
      return database;
    };
    afterEach(async () => {
      await database?.close();
      await place?.remove();
    });

    it('of one turn is one commit', async () => {
      const db = await open();
      const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => both(db, String(at))));
      assert.equal(answers.length, 100);
      assert.equal(commits(), 1);
      assert.equal((await sides(db)).whole.length, 100);
    });

    it('is as many commits as turns', async () => {
      const db = await open();
      for (let at = 0; at < 5; at++) await both(db, String(at));
      assert.equal(commits(), 5);
    });

    it('loses only the change that throws', async () => {
      const db = await open();
      const changes = Array.from({ length: 9 }, (_, at) =>
        db.act(async ({ tx }) => {
          await tx
            .insertInto('left')
            .values({ id: String(at), note: null })
            .execute();
          if (at % 3 === 1) throw new Error(`not ${at}`);
          await tx
            .insertInto('right')
            .values({ id: String(at), note: null })
            .execute();
        }),
      );
      const outcomes = await Promise.allSettled(changes);
      assert.deepEqual(
        outcomes.map(({ status }) => status === 'fulfilled'),
        [true, false, true, true, false, true, true, false, true],
      );
      assert.equal(commits(), 1);
      assert.deepEqual(await sides(db), { whole: ['0', '2', '3', '5', '6', '8'], half: [] });
    });

    it('answers nobody before it is stored, not even who was refused', async () => {
      const db = await open();
      const refused = db.act(async () => {
        throw new Error('no');
      });
      await assert.rejects(Promise.all([refused.finally(() => points.push('answered')), both(db, 'a')]), /^Error: no$/);
      assert.ok(points.indexOf('answered') > points.indexOf('db.after-commit'));
    });

    it('is lost as a whole, and says so, when it cannot be stored', async () => {
      const db = await open();
      await db.act(({ tx }) =>
        sql`create table child (id text references "left" (id) deferrable initially deferred)`.execute(tx),
      );
      const changes = [
        both(db, 'a'),
        db.act(({ tx }) => sql`insert into child values ('nobody')`.execute(tx)),
        both(db, 'b'),
      ];
      for (const outcome of await Promise.allSettled(changes))
        assert.ok(outcome.status === 'rejected' && outcome.reason instanceof StorageUnavailable);
      assert.deepEqual(await sides(db), { whole: [], half: [] });
      assert.equal(await both(db, 'c'), 'c');
    });

    it('RL-03: of a full disk is "not now", reads go on, and so do writes when there is space again', async () => {
      const db = await open();
      const limit = (pages: number): Promise<unknown> =>
        db.act(({ tx }) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(tx));
      await both(db, 'before');
      await limit(1);
      const big = db.act(async ({ tx }) => {
        await tx
          .insertInto('left')
          .values({ id: 'big', note: 'x'.repeat(100_000) })
          .execute();
      });
      await assert.rejects(big, { name: 'StorageUnavailable', message: 'The disk of the database is full.' });
      assert.deepEqual(await sides(db), { whole: ['before'], half: [] });
      await limit(1_000_000);
      assert.equal(await both(db, 'after'), 'after');
    });

    it('finishes before the database closes, and nothing is taken afterwards', async () => {
      const db = await open();
      const last = both(db, 'last');
      await db.close();
      assert.equal(await last, 'last');
      await assert.rejects(both(db, 'too late'), StorageUnavailable);
      await assert.rejects(sides(db), StorageUnavailable);
    });
  });
}

describe('A file that another program has locked', () => {
  const place = filePlace();
  const wall = new TestWall();
  const options = { ...(place.options() as SqliteOptions), wall };
  after(() => place.remove());

  it('RL-05: makes changes wait while reads and the event loop go on, then says "not now"', async () => {
    const db = await openSqlite<Tables>(options);
    await migrate(db, tables, wall);
    await both(db, 'before');
    const other = new DatabaseSync(options.file);
    other.exec('begin immediate');
    let answered = false;
    const change = both(db, 'locked').finally(() => {
      answered = true;
    });
    change.catch(() => {});
    await turn();
    await turn();
    assert.equal(answered, false);
    assert.deepEqual((await sides(db)).whole, ['before']);
    for (let waited = 0; waited < PATIENCE; waited += 20) {
      assert.equal(answered, false);
      wall.advance(20);
      await turn();
    }
    await assert.rejects(change, { name: 'StorageUnavailable', message: 'The database is locked by another program.' });

    const patient = both(db, 'patient');
    await turn();
    other.exec('rollback');
    wall.advance(20);
    assert.equal(await patient, 'patient');
    other.close();
    await db.close();
  });
});
