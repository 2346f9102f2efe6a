// These queries are about alerts to the developers of an app. jobs/purge.ts deletes them 90 days after they were made.
import type { AlertKind } from '@hallpass/protocol';
import type { Query } from '../query.ts';
import type { AppAlertsTable } from './tables.ts';
import type { AppId } from '../ids.ts';

export interface AppAlert {
  id: string;
  appId: AppId;
  kind: AlertKind;
  /** The number of people of the app that are concerned. */
  people: number;
  /** The limit or version that it is about. */
  about: string | null;
  /** Epoch seconds. */
  createdAt: number;
}

const read = (row: AppAlertsTable): AppAlert => ({
  id: row.id,
  appId: row.app_id,
  kind: row.kind,
  people: row.people,
  about: row.about,
  createdAt: row.created_at,
});

export async function add(tx: Query, alert: AppAlert): Promise<void> {
  const { id, appId, kind, people, about, createdAt } = alert;
  await tx.insertInto('app_alerts').values({ id, app_id: appId, kind, people, about, created_at: createdAt }).execute();
}

/** Lists the alerts of an app, newest first. */
export async function ofApp(q: Query, appId: AppId): Promise<AppAlert[]> {
  const rows = await q
    .selectFrom('app_alerts')
    .selectAll()
    .where('app_id', '=', appId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(read);
}

/** Tells whether the app was alerted of the same since a moment. */
export async function wasAlerted(
  q: Query,
  { appId, kind, about }: Pick<AppAlert, 'appId' | 'kind' | 'about'>,
  since: number,
): Promise<boolean> {
  const row = await q
    .selectFrom('app_alerts')
    .select('id')
    .where('app_id', '=', appId)
    .where('kind', '=', kind)
    .where('about', about === null ? 'is' : '=', about)
    .where('created_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function byId(q: Query, id: string): Promise<AppAlert | undefined> {
  const row = await q.selectFrom('app_alerts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}
