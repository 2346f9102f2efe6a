// People, developers and operators act through these functions, for tests that begin after it: a finished dialog, a
// changed setting, an event that ends tokens, and a digest of everything that is stored.
import type { AnchorIds, InvalidationName } from '@hallpass/protocol';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type NewCode, issueCode } from '../src/codes/codes.ts';
import { change } from '../src/liveness/change.ts';
import { newId } from '../src/installation/mint.ts';
import * as apps from '../src/store/apps/apps.ts';
import type { Schema } from '../src/store/schema.ts';
import { cast, type TestWorld } from './world.ts';
import { AppId, PageId, PersonId } from '../src/store/ids.ts';

export const callback = 'https://app.example/cb';
export const nativeCallback = `fb${cast.phone.id}://authorize`;

/** The code of a dialog that `person` finished for `app`; the grant must be there already (`world.login`). */
export function codeOf(t: TestWorld, given: Partial<NewCode> = {}): Promise<string> {
  const { installation } = t.server;
  return change(installation, (made) =>
    issueCode(installation, made, {
      app: cast.shop.id,
      user: cast.ana.id,
      session: undefined,
      login: newId(installation),
      redirectUri: callback,
      form: 'web',
      ...given,
    }),
  );
}

/** Changes settings of an app, as its dashboard does. */
export async function settings(t: TestWorld, appId: AppId, wanted: Partial<apps.AppSettings>): Promise<void> {
  await appRow(t, appId, (app) => ({ settings: { ...app.settings, ...wanted } }));
}

/** Changes the row of an app: its status, its type. */
export async function appRow(
  t: TestWorld,
  appId: AppId,
  wanted: (app: apps.App) => Parameters<typeof apps.update>[2],
): Promise<void> {
  const { installation } = t.server;
  const app = (await installation.facts.app(appId)) as apps.App;
  await change(installation, ({ tx }) => apps.update(tx, appId, wanted(app)));
}

/** Records an event that ends tokens. */
export function happens(t: TestWorld, name: InvalidationName, { app, user, page, ...ids }: AnchorIds): Promise<void> {
  const about = {
    ...ids,
    app: AppId.parse(app) ?? AppId.none,
    ...(user === undefined ? {} : { user: PersonId.of(user) }),
    ...(page === undefined ? {} : { page: PageId.of(page) }),
  };
  return change(t.server.installation, ({ record }) => record(name, about, { kind: 'operator' }));
}

// A call may change these even when it is refused: counters of failed tries and of calls, the audit trail, the feed.
const beside: ReadonlySet<string> = new Set([
  'attempts',
  'audit_lanes',
  'audit_seals',
  'events',
  'feed',
  'usage_counts',
  'usage_days',
  'usage_kinds',
  'usage_recent',
]);

/** Equal before and after a call that changed nothing: of every table there is. */
export async function digest(t: TestWorld): Promise<string> {
  const { kind, read } = t.server.installation.db;
  const named =
    kind === 'sqlite'
      ? sql<{
          name: string;
        }>`select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name`
      : sql<{
          name: string;
        }>`select tablename as name from pg_tables where schemaname = current_schema() order by tablename`;
  const hash = createHash('sha256');
  for (const { name: table } of (await named.execute(read)).rows) {
    if (beside.has(table)) continue;
    const rows = (
      await read
        .selectFrom(table as keyof Schema)
        .selectAll()
        .execute()
    ).filter((row) => !('key' in row && row.key === 'audit_seal_end'));
    hash.update(JSON.stringify([table, rows.map((row) => JSON.stringify(row)).sort()]));
  }
  return hash.digest('hex');
}
