// RL-01 for the storage itself: a process killed at any point of a change leaves every answered change, no half one,
// and a database that opens at once.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openDatabase } from '@hallpass/db';
import { sql } from 'kysely';
import { filePlace, openTables, postgresPlace } from './databases.ts';
import type { Place } from './databases.ts';
import { sides, wall } from './tables.ts';
import type { Tables } from './tables.ts';

const ROUNDS = 20;
/** The first turn of a child comes by each point six times at most: it is always answered. */
const FIRST = 6;
const CHILD = join(import.meta.dirname, 'crash-child.ts');
const compiled = mkdtempSync(join(tmpdir(), 'hallpass-compiled-'));
after(() => rmSync(compiled, { recursive: true, force: true }));

/** Runs a child until it kills itself; answers the ids it was told are stored. */
async function crash(place: Place, point: string, time: number, prefix: string): Promise<string[]> {
  const { wall: _, ...options } = place.options();
  const given = JSON.stringify({ options, point, time, prefix });
  const child = spawn(process.execPath, ['--conditions=source', CHILD, given], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL');
  return said.split('\n').filter((line) => line !== '');
}

// Each database waits for its own children most of the time, so both go side by side.
describe('RL-01', { concurrency: true }, () => {
  for (const [name, makePlace] of Object.entries({ 'SQLite in a file': filePlace, PostgreSQL: postgresPlace })) {
    describe(`RL-01: a process killed on ${name}`, { concurrency: false }, () => {
      const place = makePlace();
      const answered = new Set<string>();
      before(async () => (await openTables(place)).close());
      after(() => place.remove());

      for (const point of ['db.in-change', 'db.before-commit', 'db.after-commit']) {
        it(`at ${point} leaves every answered change and no half one, ${ROUNDS} times`, async () => {
          for (let round = 1; round <= ROUNDS; round++) {
            for (const id of await crash(place, point, FIRST + round, `${point}-${round}`)) answered.add(id);
            const database = await openDatabase<Tables>({ ...place.options(), wall });
            const { whole, half } = await sides(database);
            const missing = [...answered].filter((id) => !whole.includes(id));
            const check =
              place.kind === 'sqlite'
                ? (await sql<{ integrity_check: string }>`pragma integrity_check`.execute(database.read)).rows[0]
                    ?.integrity_check
                : 'ok';
            await database.close();
            assert.deepEqual({ half, missing, check }, { half: [], missing: [], check: 'ok' }, `round ${round}`);
          }
          assert.ok(answered.size > 0);
        });
      }
    });
  }
});
