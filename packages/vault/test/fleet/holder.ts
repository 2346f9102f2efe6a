// The owner of a vault puts tokens into it, and puts a new one in the place of an old one, as connecting and connecting
// again do.
import { StorageUnavailable } from '@hallpass/db';
import { type DebugTokenData, pause } from '@hallpass/protocol';
import { sql } from 'kysely';
import { recordEvent } from '../../src/events/record-event.ts';
import type { TokenKindName } from '../../src/kinds.ts';
import type { VaultParts } from '../../src/parts.ts';
import { putApp } from '../../src/store/apps/apps.ts';
import { connectionById, type ConnectionRow, insertConnections, replaceToken } from '../../src/store/connections.ts';
import { wakeChildren } from '../../src/store/due-connections.ts';
import { appSecretPlace, tokenPlace } from '../../src/store/keys/places.ts';

const tenant = 'fleet';

const TRIES = 30;

/** On a machine that is busy a database may be away for a moment: its owner asks again. */
export async function patiently<T>({ world }: Pick<VaultParts, 'world'>, act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof StorageUnavailable) || tries === TRIES) throw error;
    }
    await pause(world.wall, 200);
  }
}

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world' | 'forget'>;

/** Sets an app with this secret. */
export async function setApp({ db, keys, world }: Parts, base: string, id: string, secret: string): Promise<void> {
  const app = { tenant, app_id: id, secret_version: 1 };
  const sealed = await keys.seal(secret, appSecretPlace(app));
  await db.act(({ tx }) =>
    putApp(tx, {
      ...app,
      service: 'facebook',
      graph_base: base,
      dialog_base: `${base}/dialog/oauth`,
      version: 'v25.0',
      secret: sealed,
      changed_at: world.clock.now(),
    }),
  );
}

interface NewHolding {
  id: string;
  app: string;
  token: string;
  kind: TokenKindName;
  data: DebugTokenData;
  parent?: string;
}

const datesOf = (data: DebugTokenData) => ({
  issued_at: data.issued_at ?? null,
  expires_at: data.expires_at || null,
  data_access_until: data.data_access_expires_at || null,
  granted_scopes: JSON.stringify(data.scopes.toSorted()),
  granular: data.granular_scopes === undefined ? null : JSON.stringify(data.granular_scopes),
});

export const hold = (parts: Parts, holding: NewHolding): Promise<void> => holdMany(parts, [holding]);

/** Puts tokens into the vault in one change. */
export async function holdMany(parts: Parts, holdings: readonly NewHolding[]): Promise<void> {
  const { db, keys, world } = parts;
  const now = world.clock.now();
  const types = { USER: 'user', PAGE: 'page', SYSTEM_USER: 'system_user', APP: 'app' } as const;
  const rows = await Promise.all(
    holdings.map(async ({ id, app, token, kind, data, parent }) => {
      const key = { tenant, id, token_version: 1 };
      return {
        ...key,
        name: id,
        app_id: app,
        kind,
        state: 'healthy' as const,
        reason: 'It works.',
        subject_type: data.type === undefined ? null : types[data.type],
        subject_id: (data.type === 'PAGE' ? data.profile_id : data.user_id) ?? null,
        parent_id: parent ?? null,
        token: await keys.seal(token, tokenPlace(key)),
        fingerprint: keys.hash('token', token),
        ...datesOf(data),
        checked_at: now,
        due_at: now,
        created_at: now,
      };
    }),
  );
  await patiently(parts, () => db.act(({ tx }) => insertConnections(tx, rows)));
}

/** Has the database count its rows. PostgreSQL does it by itself, within a minute of so many new ones. */
export async function analyzeConnections({ db }: Pick<Parts, 'db'>): Promise<void> {
  for (const table of ['connections', 'looks']) await db.act(({ tx }) => sql`analyze ${sql.table(table)}`.execute(tx));
}

export async function rowOf(parts: Pick<Parts, 'db' | 'world'>, id: string): Promise<ConnectionRow> {
  const row = await patiently(parts, () => connectionById(parts.db.read, { tenant, id }));
  if (row === undefined) throw new Error(`There is no connection ${id}.`);
  return row;
}

/** The token that is stored. */
export async function storedToken(parts: Parts, id: string): Promise<string> {
  const row = await rowOf(parts, id);
  return parts.keys.open(row.token ?? '', tokenPlace(row));
}

/** Puts a new token in the place of the old one, as the person's new log-in does. */
export async function connectAgain(parts: Parts, id: string, token: string, data: DebugTokenData): Promise<void> {
  const { db, keys, world, forget } = parts;
  const now = world.clock.now();
  const row = await rowOf(parts, id);
  const sealed = await keys.seal(token, tokenPlace({ ...row, token_version: row.token_version + 1 }));
  const write: Parameters<typeof db.act<boolean>>[0] = async ({ tx, after }) => {
    const next = {
      token: sealed,
      fingerprint: keys.hash('token', token),
      ...datesOf(data),
      state: 'healthy' as const,
      reason: null,
      code: null,
      subcode: null,
      advice: null,
      failures: 0,
      extend_tried_at: null,
      checked_at: now,
      due_at: now,
    };
    if (!(await replaceToken(tx, row, row.token_version, next))) return false;
    await recordEvent({ tx }, { tenant, connectionId: id, kind: 'reconnected', at: now });
    await wakeChildren(tx, row, now);
    after(() => forget(row));
    return true;
  };
  const done = await patiently(parts, () => db.act(write));
  if (!done) await connectAgain(parts, id, token, data);
}
