// These tests are about migrations: each one once, whole or not at all, by one node, never backwards.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { migrate, openDatabase } from '@hallpass/db';
import type { Database, Migration } from '@hallpass/db';
import { sql } from 'kysely';
import { openTables, places, postgresPlace } from './databases.ts';
import type { Place } from './databases.ts';
import { tables, wall } from './tables.ts';
import type { Tables } from './tables.ts';

const more = (name: string, column: string): Migration => ({
  name,
  up: async (db) => void (await sql`alter table "left" add column ${sql.ref(column)} text`.execute(db)),
});
const second = more('0002-colour', 'colour');

async function onFresh(
  makePlace: () => Place,
  test: (database: Database<Tables>, place: Place) => Promise<void>,
): Promise<void> {
  const place = makePlace();
  const database = await openTables(place);
  try {
    await test(database, place);
  } finally {
    await database.close();
    await place.remove();
  }
}

for (const [name, makePlace] of Object.entries(places)) {
  describe(`Migrations (${name})`, () => {
    it('are applied once, in order, and noted with their time', () =>
      onFresh(makePlace, async (database) => {
        assert.deepEqual(
          await migrate(database, [...tables, second, more('0003-shape', 'shape')], { now: () => 1_700_000_000 }),
          ['0002-colour', '0003-shape'],
        );
        assert.deepEqual(await migrate(database, [...tables, second, more('0003-shape', 'shape')], wall), []);
        const { rows } = await sql<{ name: string; at: number }>`select name, at from migrations order by name`.execute(
          database.read,
        );
        assert.deepEqual(
          rows.map((row) => row.name),
          ['0001-tables', '0002-colour', '0003-shape'],
        );
        assert.equal(rows[1]?.at, 1_700_000_000);
      }));

    it('that fail leave nothing of themselves', () =>
      onFresh(makePlace, async (database) => {
        const failing: Migration = {
          name: '0002-fails',
          async up(db, columns) {
            await columns.table(db, 'half').addColumn('id', columns.id).execute();
            throw new Error('half way');
          },
        };
        await assert.rejects(migrate(database, [...tables, failing], wall), /half way/);
        await assert.rejects(sql`select * from half`.execute(database.read), /half/);
        assert.deepEqual(await migrate(database, tables, wall), []);
      }));

    it('of a newer version are refused, and so are holes and bad names', () =>
      onFresh(makePlace, async (database) => {
        await migrate(database, [...tables, second], wall);
        const newer = /newer version \(it has the migration 0002-colour, which this version does not know\)/;
        await assert.rejects(migrate(database, tables, wall), { name: 'StorageRefused', message: newer });
        const hole = [more('0000-before', 'x'), ...tables, second];
        await assert.rejects(migrate(database, hole, wall), {
          name: 'StorageRefused',
          message: /0000-before is missing/,
        });
        await assert.rejects(migrate(database, [...tables, more('0001-again', 'x')], wall), {
          name: 'TypeError',
          message: /out of order/,
        });
        await assert.rejects(migrate(database, [more('first', 'x')], wall), TypeError);
      }));

    it('make columns that take only what they are for', () =>
      onFresh(makePlace, async (database) => {
        const add = (text: string): Promise<unknown> => database.act(({ tx }) => sql.raw(text).execute(tx));
        await assert.rejects(
          add(`update "left" set id = null`).then(() => add(`insert into "left" (id) values (null)`)),
        );
        await assert.rejects(add(`insert into feed (key) values (null)`));
        await migrate(
          database,
          [
            ...tables,
            { name: '0002-number', up: (db, { whole, table }) => table(db, 'number').addColumn('n', whole).execute() },
          ],
          wall,
        );
        await assert.rejects(add(`insert into number (n) values ('seven')`));
        await add('insert into number (n) values (7)');
        assert.deepEqual((await sql`select n from number`.execute(database.read)).rows, [{ n: 7 }]);
      }));
  });
}

describe('Migrations of several nodes', () => {
  it('RL-11: are applied once when they start together', () =>
    onFresh(postgresPlace, async (_database, place) => {
      const nodes = await Promise.all([1, 2, 3].map(() => openDatabase<Tables>(place.options())));
      const applied = await Promise.all(nodes.map((node) => migrate(node, [...tables, second], wall)));
      assert.deepEqual(applied.flat(), ['0002-colour']);
      for (const node of nodes) await node.close();
    }));

  it('may take longer than a question may', () =>
    onFresh(postgresPlace, async (database) => {
      const slow: Migration = {
        name: '0002-slow',
        up: async (db) => void (await sql`select pg_sleep(2.5)`.execute(db)),
      };
      assert.deepEqual(await migrate(database, [...tables, slow], wall), ['0002-slow']);
    }));
});
