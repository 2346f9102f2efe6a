// Strangers leave only a bounded number of rows in the database, on both databases (DL-20, TB-09).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databases } from '../databases.ts';
import { knockEverywhere, MOST_BYTES, mostRows, worldOfStrangers } from './strangers-run.ts';

/** Enough for every door to be knocked at ten times. `npm run bench -- --strangers` sends a hundred thousand. */
const REQUESTS = 4000;

for (const [database, open] of databases())
  test(`DL-20, TB-09: strangers at every door leave no more than a bounded number of rows, on ${database}`, async (t) => {
    const world = await worldOfStrangers({ database: await open() });
    t.after(() => world.close());
    const { doors, statuses, rows, bytes } = await knockEverywhere(world, REQUESTS);
    assert.ok(doors > 200 && doors * 10 <= REQUESTS, `${doors} doors`);
    const failed = [...statuses.keys()].filter((status) => status >= 500 && status !== 503);
    assert.deepEqual(failed, [], JSON.stringify([...statuses]));
    for (const [table, more] of rows) assert.ok(more <= (mostRows[table] ?? 0), `${table}: ${more} rows more`);
    assert.ok(bytes < MOST_BYTES, `${bytes} bytes more`);
  });
