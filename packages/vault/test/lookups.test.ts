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
import { childrenOf, connectionOfSubject, connectionOfToken } from '../src/store/connections.ts';
import { wakeChildren } from '../src/store/due-connections.ts';
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

const lookups: Readonly<Record<string, (q: Kysely<VaultSchema>) => Promise<unknown>>> = {
  subject: (q) => connectionOfSubject(q, 'acme', { app_id: '17', subject_type: 'page', subject_id: '5' }),
  fingerprint: (q) => connectionOfToken(q, 'acme', 'f'),
  parent: (q) => childrenOf(q, { tenant: 'acme', id: 'c1' }),
  'parent of those that are woken': (q) => wakeChildren(q, { tenant: 'acme', id: 'c1' }, 5),
};

for (const [by, lookup] of Object.entries(lookups))
  test(`a connection is found by its ${by} without going through all of its tenant`, async (t) => {
    const { vault } = await openVault(memoryPlace());
    t.after(() => vault.close());
    const [statement] = await statementsOf(lookup);
    assert.ok(statement);
    const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(
      statement.sql.replaceAll('?', "'1'"),
    )}`.execute(vault.parts.db.read);
    const plan = rows.map(({ detail }) => detail).join('; ');
    assert.match(plan, new RegExp(`USING INDEX connections_by_${by.split(' ')[0]} \\(tenant=\\? AND `), plan);
  });
