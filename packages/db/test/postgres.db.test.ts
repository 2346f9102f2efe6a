// These tests are about PostgreSQL with several nodes: changes in each other's way, order, hints, and servers that are
// refused.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { migrate, openPostgres, StorageUnavailable, StorageRefused } from '@hallpass/db';
import type { WriteTransaction, Database } from '@hallpass/db';
import { sql } from 'kysely';
import { postgresPlace } from './databases.ts';
import { both, sides, tables, wall } from './tables.ts';
import type { Tables } from './tables.ts';

describe('PostgreSQL with several nodes', () => {
  const place = postgresPlace();
  let one: Database<Tables>;
  let other: Database<Tables>;
  const open = (url = place.url): Promise<Database<Tables>> =>
    openPostgres<Tables>({ url, schema: place.schema, wall });

  before(async () => {
    [one, other] = await Promise.all([open(), open()]);
    await migrate(one, tables, wall);
  });
  after(async () => {
    await Promise.all([one.close(), other.close()]);
    await place.remove();
  });

  it('tries a change again that met another in a dead-lock, and both are stored', async () => {
    await Promise.all([both(one, 'a'), both(one, 'b')]);
    let runs = 0;
    let holding = 0;
    const meeting = Promise.withResolvers<void>();
    const cross = (database: Database<Tables>, first: string, second: string): Promise<void> =>
      database.act(async ({ tx }) => {
        runs += 1;
        const note = (id: string): Promise<unknown> =>
          tx.updateTable('left').set({ note: first }).where('id', '=', id).execute();
        await note(first);
        holding += 1;
        if (holding === 2) meeting.resolve();
        await meeting.promise;
        await note(second);
      });
    await Promise.all([cross(one, 'a', 'b'), cross(other, 'b', 'a')]);
    assert.equal(runs, 3);
    const notes = await one.read.selectFrom('left').select('note').where('id', 'in', ['a', 'b']).execute();
    assert.equal(new Set(notes.map(({ note }) => note)).size, 1);
  });

  it('tries a conflict five times at most, then says "not now", whatever the change makes of it', async () => {
    let runs = 0;
    const conflict = one.act(async ({ tx }) => {
      runs += 1;
      await sql`do $$ begin raise exception 'conflict' using errcode = '40001'; end $$`.execute(tx).catch(() => {
        throw new Error('the change’s own words');
      });
    });
    await assert.rejects(conflict, StorageUnavailable);
    assert.equal(runs, 5);
  });

  it('shows rows in the order of their numbers when the changes were put in order', async () => {
    const seen: number[] = [];
    const look = async (): Promise<void> => {
      const rows = await other.read
        .selectFrom('feed')
        .select('seq')
        .where('seq', '>', seen.at(-1) ?? 0)
        .orderBy('seq')
        .execute();
      seen.push(...rows.map(({ seq }) => seq ?? 0));
    };
    let open = 40;
    const changes = Array.from({ length: open }, async (_, at) => {
      const database = at % 2 === 0 ? one : other;
      await database.act(async (act) => {
        if (at % 3 === 0) await act.tx.selectFrom('left').selectAll().execute();
        await database.inOrder(act, 'feed');
        await act.tx
          .insertInto('feed')
          .values({ key: String(at) })
          .execute();
      });
      open -= 1;
    });
    while (open > 0) await look();
    await Promise.all(changes);
    await look();
    // A reader who follows by the last number seen has missed nothing.
    assert.equal(seen.length, 40);
  });

  it('reads after inOrder what the one before has stored', async () => {
    await both(one, 'counter');
    const add = (database: Database<Tables>) =>
      database.act(async (act: WriteTransaction<Tables>) => {
        await database.inOrder(act, 'left:counter');
        const row = await act.tx
          .selectFrom('left')
          .select('note')
          .where('id', '=', 'counter')
          .executeTakeFirstOrThrow();
        await act.tx
          .updateTable('left')
          .set({ note: String(Number(row.note) + 1) })
          .where('id', '=', 'counter')
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, (_, at) => add(at % 2 === 0 ? one : other)));
    const { note } = await one.read
      .selectFrom('left')
      .select('note')
      .where('id', '=', 'counter')
      .executeTakeFirstOrThrow();
    assert.equal(note, '20');
  });

  it('tells other nodes when a change is stored, and only then', async () => {
    let calls = 0;
    let heard = Promise.withResolvers<void>();
    await other.listen('news', () => {
      calls += 1;
      heard.resolve();
    });
    await heard.promise;
    heard = Promise.withResolvers<void>();
    const before = calls;
    const refused = one.act(async (act) => {
      one.tell(act, 'news');
      throw new Error('no');
    });
    await assert.rejects(refused, /^Error: no$/);
    await one.act(async (act) => one.tell(act, 'news'));
    await heard.promise;
    assert.equal(calls, before + 1);
  });

  it('takes a change back wholly when its last check fails', async () => {
    await one.act(({ tx }) =>
      sql`create table child (id text references "left" (id) deferrable initially deferred)`.execute(tx),
    );
    const change = one.act(async ({ tx }) => {
      await tx.insertInto('right').values({ id: 'unchecked', note: null }).execute();
      await sql`insert into child values ('nobody')`.execute(tx);
    });
    await assert.rejects(change, { code: '23503' });
    assert.ok(!(await sides(one)).half.includes('unchecked'));
  });

  it('RL-02: refuses a server that may lose stored changes', async () => {
    for (const weak of ['off', 'local', 'remote_write']) {
      const url = new URL(place.url);
      url.searchParams.set('options', `-c synchronous_commit=${weak} -c search_path=${place.schema}`);
      await assert.rejects(open(url.href), {
        name: 'StorageRefused',
        message: new RegExp(`synchronous_commit = ${weak}`),
      });
    }
  });

  it('refuses an address that leads to another schema', async () => {
    const url = new URL(place.url);
    url.searchParams.set('options', '-c search_path=public');
    await assert.rejects(open(url.href), StorageRefused);
  });

  it('says "not now", without the password, when the server cannot be reached or will not let us in', async () => {
    const wrong = new URL(place.url);
    wrong.password = 'canary-password';
    const nowhere = new URL(place.url);
    nowhere.port = '1';
    for (const url of [wrong.href, nowhere.href]) {
      const error = await open(url).catch((caught: unknown) => caught);
      assert.ok(error instanceof StorageUnavailable);
      assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /canary-password/);
    }
  });

  it('refuses an address that cannot be read, without showing it', async () => {
    const error = await open('postgres://me:canary-password@host:port/name').catch((caught: unknown) => caught);
    assert.ok(error instanceof StorageRefused);
    assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /canary-password/);
  });
});
