// The parts of a vault for tests: a database with its tables, keys, a clock that stands until it is moved, and a Graph.
import { randomBytes } from 'node:crypto';
import { type Database, migrate, openDatabase, type DatabaseOptions } from '@hallpass/db';
import { Secret } from '@hallpass/protocol';
import { type Log, nodeWorld } from '@hallpass/world';
import { Keyring } from '../src/keys/keyring.ts';
import { keyFromText } from '../src/keys/local-key.ts';
import type { TokenKindName } from '../src/kinds.ts';
import type { VaultParts } from '../src/parts.ts';
import { defaultSettings } from '../src/settings.ts';
import { putApp } from '../src/store/apps.ts';
import { connectionById, type ConnectionRow, insertConnection } from '../src/store/connections.ts';
import { migrations } from '../src/store/migrations/index.ts';
import { appSecretPlace, tokenPlace } from '../src/store/places.ts';
import type { VaultSchema } from '../src/store/schema.ts';
import { type Sweeper, Sweeper as RealSweeper, type SweeperOptions } from '../src/sweep/sweep.ts';
import { DocumentedGraph } from './documented-graph.ts';

export const START = 1_800_000_000;
export const tenant = 'acme';
const { wall: realWall } = nodeWorld();

export interface TestVault {
  parts: VaultParts;
  graph: DocumentedGraph;
  /** The moment of the protocol's clock. */
  time: { now: number };
  lines: string[];
  sweeper(options?: Partial<SweeperOptions>): Sweeper;
  /** Adds a connection with this token. */
  hold(token: string | null, more?: Partial<ConnectionRow> & { kind?: TokenKindName }): Promise<ConnectionRow>;
  row(id: string): Promise<ConnectionRow>;
  /** The token that is stored. */
  stored(id: string): Promise<string | undefined>;
  /** The events of a connection, in order: kind and facts. */
  events(id?: string): Promise<{ kind: string; at: number; facts: Record<string, unknown> }[]>;
  close(): Promise<void>;
}

export interface TestVaultOptions {
  database?: DatabaseOptions;
  time?: { now: number };
  graph?: DocumentedGraph;
  masterKey?: string;
  wall?: VaultParts['world']['wall'];
}

let made = 0;

export async function testVault(options: TestVaultOptions = {}): Promise<TestVault> {
  const time = options.time ?? { now: START };
  const graph = options.graph ?? new DocumentedGraph(() => time.now);
  const lines: string[] = [];
  const log: Log = (level, message, facts) => void lines.push(JSON.stringify([level, message, facts]));
  const clock = { now: () => time.now, every: () => ({ cancel() {} }), at: () => ({ cancel() {} }) };
  const world = { ...nodeWorld(), clock, log, ...(options.wall && { wall: options.wall }) };
  const db: Database<VaultSchema> = await openDatabase<VaultSchema>(
    options.database ?? { kind: 'sqlite', file: ':memory:', wall: realWall },
  );
  await migrate(db, migrations, realWall);
  const text = new Secret(options.masterKey ?? randomBytes(32).toString('base64url'));
  const keys = await Keyring.open({ db, world, source: keyFromText(text, { random: world.random, label: 'the test' }) });
  const parts: VaultParts = { db, keys, world, settings: defaultSettings, fetch: graph.fetch };
  const { id, secret } = graph.app;
  const app = { tenant, app_id: id, secret_version: 1 };
  const sealed = await keys.seal(secret, appSecretPlace(app));
  await db.act(({ tx }) =>
    putApp(tx, {
      ...app,
      service: 'facebook',
      graph_base: 'https://graph.example.com',
      dialog_base: 'https://www.example.com/dialog/oauth',
      version: 'v25.0',
      secret: sealed,
      changed_at: START,
    }),
  );
  const row = async (one: string): Promise<ConnectionRow> => {
    const found = await connectionById(db.read, { tenant, id: one });
    if (found === undefined) throw new Error(`There is no connection ${one}.`);
    return found;
  };
  return {
    parts,
    graph,
    time,
    lines,
    row,
    sweeper: (more) => new RealSweeper(parts, { worker: `w${++made}`, lanes: 1, ...more }),
    async hold(token, more = {}) {
      const one = more.id ?? `c${String(++made).padStart(4, '0')}`;
      const known = token === null ? undefined : graph.tokens.get(token);
      const key = { tenant, id: one, token_version: 1 };
      const held = token === null ? null : await keys.seal(token, tokenPlace(key));
      const type = known?.type ?? 'USER';
      await db.act(({ tx }) =>
        insertConnection(tx, {
          ...key,
          name: one,
          app_id: id,
          state: 'healthy',
          kind: type === 'PAGE' ? 'page_long' : 'user_long',
          subject_id: (type === 'PAGE' ? known?.profile_id : known?.user_id) ?? null,
          subject_type: type === 'PAGE' ? 'page' : 'user',
          token: held,
          fingerprint: token === null ? null : keys.hash('token', token),
          granted_scopes: JSON.stringify(known?.scopes ?? []),
          issued_at: known?.issued_at ?? null,
          expires_at: known?.expires_at || null,
          data_access_until: known?.data_access_expires_at || null,
          checked_at: time.now,
          due_at: time.now,
          created_at: time.now,
          ...more,
        }),
      );
      return row(one);
    },
    async stored(one) {
      const found = await row(one);
      return found.token === null ? undefined : keys.open(found.token, tokenPlace(found));
    },
    async events(one) {
      let query = db.read.selectFrom('events').selectAll().orderBy('id');
      if (one !== undefined) query = query.where('connection_id', '=', one);
      const rows = await query.execute();
      return rows.map(({ kind, at, facts }) => ({ kind, at, facts: JSON.parse(facts) as Record<string, unknown> }));
    },
    async close() {
      keys.close();
      await db.close();
    },
  };
}
