// These tests are about PostgreSQL restarted, away, silent or busy (RL-06): "not now" within two seconds, nothing
// hangs, nothing is done twice, and the pool finds its way back by itself.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it, type TestContext } from 'node:test';
import { migrate, openPostgres, StorageUnavailable } from '@hallpass/db';
import type { Database } from '@hallpass/db';
import { sql } from 'kysely';
import { PATIENCE } from '../src/change.ts';
import { postgresPlace } from './databases.ts';
import { both, sides, tables, wall } from './tables.ts';
import type { Tables } from './tables.ts';
import { openGate } from './tcp-gate.ts';
import type { Gate } from './tcp-gate.ts';

/** Lets everything happen that waits for nobody. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
}

describe('PostgreSQL away', () => {
  const place = postgresPlace();
  let gate: Gate;
  let database: Database<Tables>;
  /** Not through the gate: what is really stored. */
  let witness: Database<Tables>;

  const open = async (poolSize: number): Promise<void> => {
    gate = await openGate(place.url);
    database = await openPostgres<Tables>({ url: gate.url, schema: place.schema, poolSize, wall });
  };
  const refused = (task: Promise<unknown>): Promise<void> => assert.rejects(task, StorageUnavailable);
  /** Says of tasks that nobody answers that they wait for two seconds and then say "not now", by a clock of the test. */
  const refusedAfterTwoSeconds = async (t: TestContext, ask: () => readonly Promise<unknown>[]): Promise<void> => {
    const clearReal = globalThis.clearTimeout;
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const clearMocked = globalThis.clearTimeout;
    // The pool holds timers from before. One that could not be cleared would keep the process for a minute.
    globalThis.clearTimeout = (timer) => {
      clearMocked(timer);
      clearReal(timer);
    };
    try {
      let over = 0;
      const tasks = ask();
      const ends = tasks.map((task) => refused(task).finally(() => (over += 1)));
      await turns();
      t.mock.timers.tick(PATIENCE - 1);
      await turns();
      assert.equal(over, 0);
      t.mock.timers.tick(1);
      await Promise.all(ends);
    } finally {
      t.mock.timers.reset();
    }
  };
  /** Time for the news of a cut to arrive. */
  const idle = (): Promise<unknown> => witness.read.selectNoFrom(sql`pg_sleep(0)`.as('s')).execute();

  before(async () => {
    witness = await openPostgres<Tables>({ url: place.url, schema: place.schema, wall });
    await migrate(witness, tables, wall);
  });
  beforeEach(() => open(3));
  afterEach(async () => {
    gate.silent = false;
    await gate.close();
    await database.close();
  });
  after(async () => {
    await witness.close();
    await place.remove();
  });

  it('RL-06: cut in the middle of changes is "not now" for them and over for the next', async () => {
    const changes = ['cut-1', 'cut-2', 'cut-3'].map((id) =>
      database.act(async ({ tx }) => {
        await tx.insertInto('left').values({ id, note: null }).execute();
        gate.cut();
        await tx.insertInto('right').values({ id, note: null }).execute();
      }),
    );
    await Promise.all(changes.map(refused));
    assert.equal(await both(database, 'after the cut'), 'after the cut');
    assert.deepEqual((await sides(witness)).half, []);
  });

  it('RL-06: cut while nobody asks is not noticed by the next', async () => {
    await both(database, 'before the quiet cut');
    gate.cut();
    await idle();
    await idle();
    assert.equal(await both(database, 'after the quiet cut'), 'after the quiet cut');
  });

  it('RL-06: ended by its operator is "not now", then back', async () => {
    const change = database.act(async ({ tx }) => {
      const { pid } = await tx.selectNoFrom(sql<number>`pg_backend_pid()`.as('pid')).executeTakeFirstOrThrow();
      await witness.read.selectNoFrom(sql`pg_terminate_backend(${pid})`.as('done')).execute();
      await tx.insertInto('left').values({ id: 'ended', note: null }).execute();
    });
    await refused(change);
    assert.equal(await both(database, 'after the end'), 'after the end');
  });

  it('RL-06: down is "not now" at once, and back as soon as it is up', async () => {
    gate.shut();
    await refused(both(database, 'down'));
    await refused(sides(database));
    gate.refusing = false;
    assert.equal(await both(database, 'up'), 'up');
  });

  it('RL-06: silent is "not now" after two seconds, for changes and reads, new connections and old', async (t) => {
    await Promise.all([both(database, 'one'), both(database, 'two')]);
    gate.silent = true;
    await refusedAfterTwoSeconds(t, () => [both(database, 'silent-1'), sides(database), both(database, 'silent-2')]);
    gate.silent = false;
    assert.equal(await both(database, 'heard again'), 'heard again');
    assert.deepEqual((await sides(witness)).half, []);
  });

  it('RL-06: with all connections taken is "not now" after two seconds', async (t) => {
    const goOn = Promise.withResolvers<void>();
    const taken = ['1', '2', '3'].map(() => Promise.withResolvers<void>());
    const holding = taken.map(({ resolve }) =>
      database.act(() => {
        resolve();
        return goOn.promise;
      }),
    );
    await Promise.all(taken.map(({ promise }) => promise));
    await refusedAfterTwoSeconds(t, () => [both(database, 'one too many')]);
    goOn.resolve();
    await Promise.all(holding);
    assert.equal(await both(database, 'free again'), 'free again');
  });

  it('RL-06: lost while storing is "not now", and the change is neither lost without a word nor done twice', async () => {
    gate.cutAfter = 'commit';
    let runs = 0;
    const change = database.act(async ({ tx }) => {
      runs += 1;
      await tx.insertInto('feed').values({ key: 'unknown' }).execute();
    });
    await assert.rejects(change, { name: 'StorageUnavailable', message: /may or may not be stored/ });
    gate.cutAfter = undefined;
    assert.equal(runs, 1);
    const found = await database.read.selectFrom('feed').selectAll().where('key', '=', 'unknown').execute();
    assert.ok(found.length <= 1);
  });

  it('RL-15: a question that takes too long is ended, and its connection stays usable', async () => {
    await refused(database.read.selectNoFrom(sql`pg_sleep(10)`.as('s')).execute());
    await refused(database.act(({ tx }) => tx.selectNoFrom(sql`pg_sleep(10)`.as('s')).execute()));
    assert.equal(await both(database, 'after the slow ones'), 'after the slow ones');
  });

  it('keeps hints coming after its connection was cut', async () => {
    let heard = Promise.withResolvers<void>();
    await database.listen('news', () => heard.resolve());
    await heard.promise;
    for (const round of ['first', 'after the cut']) {
      heard = Promise.withResolvers<void>();
      await witness.act(async (act) => witness.tell(act, 'news'));
      await heard.promise;
      if (round === 'first') {
        heard = Promise.withResolvers<void>();
        gate.cut();
        // Woken once when it is connected again: something may have been missed.
        await heard.promise;
      }
    }
  });
});
