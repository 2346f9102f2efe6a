// A vault for tests of sweeps, with a Graph that knows the documented calls alone, and connections that are put into it as
// other acts leave them.
import type { TokenKindName } from '@hallpass/vault';
import type { VaultParts } from '../../src/parts.ts';
import { memoryPlace, type Place } from '../../../db/test/databases.ts';
import { putApp } from '../../src/store/apps/apps.ts';
import { connectionById, type ConnectionRow, insertConnection } from '../../src/store/connections.ts';
import { appSecretPlace, tokenPlace } from '../../src/store/keys/places.ts';
import { Sweeper, type SweeperOptions } from '../../src/sweep/sweep.ts';
import { DAY, DocumentedGraph, type KnownToken } from '../documented-graph.ts';
import { openVault, testWorld } from '../vaults.ts';

import { START } from '../../../server/test/test-clock.ts';

export { START };
export const tenant = 'acme';

type TestWorld = ReturnType<typeof testWorld>;

interface HeldOptions extends Partial<ConnectionRow> {
  kind?: TokenKindName;
}

export interface SweptVault {
  parts: VaultParts;
  graph: DocumentedGraph;
  world: TestWorld;
  now(): number;
  /** Moves the protocol's clock forward to this moment; real time stands still. */
  moveTo(moment: number): Promise<void>;
  sweeper(options?: Partial<SweeperOptions>): Sweeper;
  /** Adds a connection with this token. */
  hold(token: string | null, more?: HeldOptions): Promise<ConnectionRow>;
  row(id: string): Promise<ConnectionRow>;
  /** The token that is stored. */
  stored(id: string): Promise<string | undefined>;
  /** The events of a connection, or of all, in order. */
  events(id?: string): Promise<{ kind: string; at: number; facts: Record<string, unknown> }[]>;
  close(): Promise<void>;
}

interface SweptVaultOptions {
  place?: Place;
  world?: TestWorld;
  graph?: DocumentedGraph;
}

let made = 0;

export async function sweptVault(options: SweptVaultOptions = {}): Promise<SweptVault> {
  const { place = memoryPlace(), world = testWorld() } = options;
  const graph = options.graph ?? new DocumentedGraph(() => world.clock.now());
  const { vault } = await openVault(place, { world, fetch: graph.fetch });
  const { parts } = vault;
  const { db, keys } = parts;
  await addApp(parts, graph);
  const row = async (id: string): Promise<ConnectionRow> => {
    const found = await connectionById(db.read, { tenant, id });
    if (found === undefined) throw new Error(`There is no connection ${id}.`);
    return found;
  };
  return {
    parts,
    graph,
    world,
    row,
    now: () => world.clock.now(),
    moveTo: (moment) => world.clock.advance(Math.max(0, moment - world.clock.now())),
    sweeper: (more) => new Sweeper(parts, { worker: `w${++made}`, lanes: 1, ...more }),
    async hold(token, more = {}) {
      const id = more.id ?? `c${String(++made).padStart(6, '0')}`;
      const made_at = world.clock.now();
      const known = token === null ? undefined : graph.tokens.get(token);
      const key = { tenant, id, token_version: 1 };
      const sealed = token === null ? null : await keys.seal(token, tokenPlace(key));
      const isPage = known?.type === 'PAGE';
      await db.act(({ tx }) =>
        insertConnection(tx, {
          ...key,
          name: id,
          app_id: graph.app.id,
          state: 'healthy',
          kind: isPage ? 'page_long' : 'user_long',
          subject_id: (isPage ? known.profile_id : known?.user_id) ?? null,
          subject_type: isPage ? 'page' : 'user',
          token: sealed,
          fingerprint: token === null ? null : keys.hash('token', token),
          granted_scopes: JSON.stringify(known?.scopes ?? []),
          issued_at: known?.issued_at ?? null,
          expires_at: known?.expires_at || null,
          data_access_until: known?.data_access_expires_at || null,
          checked_at: made_at,
          due_at: made_at,
          created_at: made_at,
          ...more,
        }),
      );
      return row(id);
    },
    async stored(id) {
      const found = await row(id);
      return found.token === null ? undefined : keys.open(found.token, tokenPlace(found));
    },
    async events(id) {
      let query = db.read.selectFrom('events').selectAll().orderBy('id');
      if (id !== undefined) query = query.where('connection_id', '=', id);
      const rows = await query.execute();
      return rows.map(({ kind, at, facts }) => ({ kind, at, facts: JSON.parse(facts) as Record<string, unknown> }));
    },
    close: () => vault.close(),
  };
}

/** The app of the Graph, as its holder set it. */
async function addApp({ db, keys, world }: VaultParts, graph: DocumentedGraph): Promise<void> {
  const app = { tenant, app_id: graph.app.id, secret_version: 1 };
  const secret = await keys.seal(graph.app.secret, appSecretPlace(app));
  await db.act(({ tx }) =>
    putApp(tx, {
      ...app,
      service: 'facebook',
      graph_base: 'https://graph.example.com',
      dialog_base: 'https://www.example.com/dialog/oauth',
      version: 'v25.0',
      secret,
      changed_at: world.clock.now(),
    }),
  );
}

/** A long-lived token of a person, issued at the beginning. */
export const person = (id: string, more: Partial<KnownToken> = {}): KnownToken => ({
  type: 'USER',
  user_id: id,
  issued_at: START,
  expires_at: START + 60 * DAY,
  data_access_expires_at: START + 90 * DAY,
  ...more,
});

/** Sweeps day after day, five times a day, up to the given one. */
export async function live(
  vault: SweptVault,
  until: number,
  act?: (day: number) => void | Promise<void>,
): Promise<void> {
  const sweeper = vault.sweeper();
  const first = Math.ceil((vault.now() - START) / DAY);
  for (let day = first; day <= until; day++) {
    await vault.moveTo(START + day * DAY);
    await act?.(day);
    for (const minutes of [0, 10, 20, 480, 960]) {
      await vault.moveTo(START + day * DAY + minutes * 60);
      await sweeper.sweep();
    }
  }
}

/** The kinds of the events of a connection, or of all, in order. */
export const kinds = async (vault: SweptVault, id?: string): Promise<string[]> =>
  (await vault.events(id)).map(({ kind }) => kind);
