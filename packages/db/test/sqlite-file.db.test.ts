// These tests are about the file of a SQLite database: one process, this machine's disk, nobody else's eyes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { openSqlite, StorageUnavailable, StorageRefused } from '@hallpass/db';
import type { Database, SqliteOptions } from '@hallpass/db';
import { sql } from 'kysely';
import { faultOf, SqliteConnection } from '../src/sqlite/sqlite-connection.ts';
import { wall } from './tables.ts';
import type { Tables } from './tables.ts';

const directory = mkdtempSync(join(tmpdir(), 'hallpass-db-file-'));
let opened: Database<Tables> | undefined;
const open = async (file: string, extra: Partial<SqliteOptions> = {}): Promise<Database<Tables>> => {
  opened = await openSqlite<Tables>({ file: join(directory, file), wall, ...extra });
  return opened;
};
const mode = (file: string): string => (statSync(join(directory, file)).mode & 0o777).toString(8);

describe('The file of a SQLite database', () => {
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it('is readable by its owner only, with its log and its lock', async () => {
    const db = await open('private.db');
    await db.act(({ tx }) => sql`create table t (id text)`.execute(tx));
    assert.deepEqual(['private.db', 'private.db-wal', 'private.db-shm', 'private.db.lock'].map(mode), [
      '600',
      '600',
      '600',
      '600',
    ]);
  });

  it('ST-03: is refused when others may read it, with the command that closes it', async () => {
    await (await open('loose.db')).close();
    chmodSync(join(directory, 'loose.db'), 0o644);
    await assert.rejects(open('loose.db'), {
      name: 'StorageRefused',
      message: /loose\.db is open to others \(mode 0644\): run `chmod 0600 .*loose\.db`/,
    });
  });

  it('RL-05: is refused to a second process, by whatever name, until the first has closed it', async () => {
    const first = await open('one.db');
    symlinkSync(join(directory, 'one.db'), join(directory, 'other-name.db'));
    for (const name of ['one.db', 'other-name.db']) {
      const program = `import { openSqlite } from '@hallpass/db';
        await openSqlite({ file: ${JSON.stringify(join(directory, name))}, wall: {} }).then(() => console.log('opened'), (error) => console.log(error.name + ': ' + error.message));`;
      const { stdout } = spawnSync(process.execPath, ['--conditions=source', '--input-type=module', '-e', program], {
        cwd: import.meta.dirname,
        encoding: 'utf8',
      });
      assert.match(stdout, /^StorageRefused: The database file .*one\.db is in use by another process/);
    }
    await assert.rejects(openSqlite({ file: join(directory, 'one.db'), wall }), StorageRefused);
    await first.close();
    assert.equal((await open('one.db')).kind, 'sqlite');
  });

  it('RL-05: is refused on a network file system', async () => {
    for (const [type, name] of [
      [0x6969, 'NFS'],
      [0xff534d42, 'CIFS'],
      [-11317950, 'CIFS'],
      [0xfe534d42, 'SMB'],
      [0x517b, 'SMB'],
    ] as const) {
      await assert.rejects(open('network.db', { fileSystemType: () => type }), {
        name: 'StorageRefused',
        message: new RegExp(`network file system \\(${name}\\)`),
      });
    }
  });

  it('is refused in a directory that is not there', async () => {
    await assert.rejects(open('nowhere/x.db'), {
      name: 'StorageRefused',
      message: /nowhere of the database file does not exist/,
    });
  });

  it('is "not now" when it is not a database at all', async () => {
    mkdirSync(join(directory, 'folder.db'), { mode: 0o700 });
    await assert.rejects(open('folder.db'), StorageUnavailable);
  });

  it('RL-02: runs with every commit synced, in a write-ahead log, with foreign keys', async () => {
    const db = await open('settings.db');
    const pragma = (name: string): Promise<unknown> =>
      db.act(async ({ tx }) => Object.values((await sql`pragma ${sql.raw(name)}`.execute(tx)).rows[0] ?? {})[0]);
    assert.deepEqual(
      [await pragma('synchronous'), await pragma('journal_mode'), await pragma('foreign_keys')],
      [2, 'wal', 1],
    );
  });

  it('ST-04: lets no statement reach other files, extensions or its own structure', async () => {
    const db = await open('defended.db');
    const run = (text: string): Promise<unknown> => db.act(({ tx }) => sql.raw(text).execute(tx));
    await run('create table t (id text)');
    await assert.rejects(run(`select load_extension('x')`), /not authorized|no such function/);
    await assert.rejects(run(`update sqlite_master set sql = 'x'`), /may not be modified/);
    const connection = new SqliteConnection(':memory:', { readOnly: false, timeout: 0, onFatal: () => {} });
    assert.throws(() => connection.ask(`attach '${join(directory, 'x.db')}' as x`, []), /too many attached databases/);
    connection.close();
  });

  it('RL-04: an error while syncing is fatal, one while writing is not', () => {
    const error = (errcode: number): unknown => Object.assign(new Error('disk'), { code: 'ERR_SQLITE_ERROR', errcode });
    assert.deepEqual(
      [1034, 1290, 778, 13, 5].map((code) => faultOf(error(code))?.fatal),
      [true, true, false, false, false],
    );
    assert.equal(faultOf(error(2067)), undefined);
  });
});
