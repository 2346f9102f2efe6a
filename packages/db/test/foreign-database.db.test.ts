// The database of another program is read as it is at one moment, and cannot be written by that way.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import {
  type ForeignDatabase,
  openForeignPostgres,
  openForeignSqlite,
  quotedTable,
  StorageRefused,
  StorageUnavailable,
} from '@hallpass/db';
import { scratchPostgres } from './scratch-postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'hallpass-foreign-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const ROWS = 1203;

async function readAll(database: ForeignDatabase, sql: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const row of database.rows(sql)) rows.push(row);
  return rows;
}

test('a SQLite file is read row by row and stays as it is', async () => {
  const file = join(folder, 'other.db');
  const other = new DatabaseSync(file);
  other.exec('create table "Odd ""Name" (id integer, "Mixed" text)');
  const insert = other.prepare('insert into "Odd ""Name" values (?, ?)');
  other.exec('begin');
  for (let id = 0; id < ROWS; id++) insert.run(id, `row ${id}`);
  other.exec('commit');
  const before = readFileSync(file);
  const database = openForeignSqlite(file);
  const [table] = await database.tables(['nothing', 'Odd "Name']);
  assert.deepEqual(table, { schema: undefined, name: 'Odd "Name', columns: ['id', 'Mixed'] });
  const query = `select * from ${quotedTable(table ?? assert.fail())} order by id`;
  const rows = await readAll(database, query);
  assert.deepEqual([rows.length, rows.at(-1)], [ROWS, { id: ROWS - 1, Mixed: `row ${ROWS - 1}` }]);
  await assert.rejects(readAll(database, 'delete from "Odd ""Name"'), StorageUnavailable);
  await database.close();
  other.close();
  assert.deepEqual(readFileSync(file), before);
});

test('a file that is no database, and one that is not there, are told', async () => {
  assert.throws(() => openForeignSqlite(join(folder, 'nothing.db')), StorageRefused);
  writeFileSync(join(folder, 'text.db'), 'SQLite format 3\0 and then something else'.repeat(40));
  const database = openForeignSqlite(join(folder, 'text.db'));
  await assert.rejects(database.tables(['x']), StorageUnavailable);
  await database.close();
});

test('a PostgreSQL is read in one moment, with UTC moments and JSON, and refuses to be written', async () => {
  const { url, run, all, remove } = await scratchPostgres();
  try {
    await run('create table "Mixed" (id bigint primary key, at timestamp, data jsonb)');
    await run(`insert into "Mixed" select n, '2026-12-01 10:00:00.5', '{"a":1}' from generate_series(1, ${ROWS}) as n`);
    const database = await openForeignPostgres(url);
    const [table] = await database.tables(['Mixed']);
    assert.deepEqual(table?.columns, ['id', 'at', 'data']);
    await run(`insert into "Mixed" values (0, null, null)`);
    const rows = await readAll(database, `select * from ${quotedTable(table)} order by id`);
    assert.equal(rows.length, ROWS, 'a row that came later is not seen');
    assert.deepEqual([rows[0]?.['at'], rows[0]?.['data']], ['2026-12-01 10:00:00.5', { a: 1 }]);
    await assert.rejects(readAll(database, `delete from ${quotedTable(table)} returning id`));
    await database.close();
    assert.equal((await all('"Mixed"')).length, ROWS + 1);
  } finally {
    await remove();
  }
  await assert.rejects(openForeignPostgres('postgres://nobody@127.0.0.1:1/none'), StorageUnavailable);
  await assert.rejects(openForeignPostgres('not an address'), StorageRefused);
});
