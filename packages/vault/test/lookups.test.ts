// A single connection is found by an index, however many connections its tenant has: an import looks for each of its rows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  type QueryResult,
  sql,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { memoryPlace } from '../../db/test/databases.ts';
import { adoptionsOf } from '../src/store/adoptions.ts';
import { childrenOf, connectionOfSubject, connectionOfToken } from '../src/store/connections.ts';
import { claimDue, wakeChildren } from '../src/store/due-connections.ts';
import type { VaultSchema } from '../src/store/schema.ts';
import { openVault } from './vaults.ts';

/** A query builder that keeps the statements which it is asked to run, and runs none. */
function statementsOf(work: (q: Kysely<VaultSchema>) => Promise<unknown>): Promise<CompiledQuery[]> {
  const asked: CompiledQuery[] = [];
  class KeepingDriver extends DummyDriver {
    override acquireConnection() {
      return Promise.resolve({
        executeQuery: <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
          asked.push(query);
          return Promise.resolve({ rows: [] });
        },
        async *streamQuery() {},
      });
    }
  }
  const q = new Kysely<VaultSchema>({
    dialect: {
      createDriver: () => new KeepingDriver(),
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  });
  return work(q).then(() => asked);
}

/** A claim of due connections; the app that is left alone keeps the statement from being prepared. */
const claim = (endBefore?: number) => ({
  ...{ owner: 'w', wall: 1, lease: 1, now: 1, most: 1, sealed: [], endBefore },
  paused: [{ tenant: 'acme', app_id: '17' }],
});

/** Each lookup has a name and the index that answers it, with the column that it's searched by behind the tenant, or first. */
const lookups: readonly [what: string, index: string, work: (q: Kysely<VaultSchema>) => Promise<unknown>][] = [
  [
    'a connection by its subject',
    'connections_by_subject (tenant=? AND ',
    (q) => connectionOfSubject(q, 'acme', { app_id: '17', subject_type: 'page', subject_id: '5' }),
  ],
  ['a connection by its token', 'connections_by_fingerprint (tenant=? AND ', (q) => connectionOfToken(q, 'acme', 'f')],
  [
    'the children of a connection',
    'connections_by_parent (tenant=? AND ',
    (q) => childrenOf(q, { tenant: 'acme', id: 'c1' }),
  ],
  ['children to wake', 'connections_by_parent (tenant=? AND ', (q) => wakeChildren(q, { tenant: 'acme', id: 'c1' }, 5)],
  ['connections that are due', 'looks_by_due (due_at<?', (q) => claimDue(q, 'sqlite', claim())],
  ['due connections that end soon', 'connections_by_end (expires_at<?', (q) => claimDue(q, 'sqlite', claim(9))],
  ['rows that were taken over', 'adoptions_by_connection (tenant=? AND ', (q) => adoptionsOf(q, 'acme', ['c1', 'c2'])],
];

for (const [what, index, lookup] of lookups)
  test(`${what}: found without going through all rows of the tenant`, async (t) => {
    const { vault } = await openVault(memoryPlace());
    t.after(() => vault.close());
    const [statement] = await statementsOf(lookup);
    assert.ok(statement);
    const question = sql.raw(statement.sql.replaceAll('?', "'1'"));
    const { rows } = await sql<{ detail: string }>`explain query plan ${question}`.execute(vault.parts.db.read);
    const plan = rows.map(({ detail }) => detail).join('; ');
    assert.ok(plan.includes(`INDEX ${index}`), plan);
    assert.doesNotMatch(plan, /SCAN \w+(;|$)|TEMP B-TREE/, plan);
  });
