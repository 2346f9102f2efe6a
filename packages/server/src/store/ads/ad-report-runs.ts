// These queries are about reports about advertisements that are made in the background: what was asked, and since when.
// Rows go after thirty days (jobs/purge.ts).
import { readJson, shape } from '@hallpass/protocol';
import type { AdReportRunsTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AdAccountId, AppId } from '../ids.ts';

export interface AdReportRun {
  id: string;
  /** The app that asked; no other may know of it. */
  appId: AppId;
  accountId: AdAccountId;
  /** Undefined where the report is about the whole account. */
  campaignId: string | undefined;
  /** The parameters as they were sent. */
  wanted: Record<string, unknown>;
  createdAt: number;
}

const read = (row: AdReportRunsTable): AdReportRun => ({
  id: row.id,
  appId: row.app_id,
  accountId: row.account_id,
  campaignId: row.campaign_id ?? undefined,
  wanted: readJson(shape.anyObject, row.wanted),
  createdAt: row.created_at,
});

export async function byId(q: Query, id: string): Promise<AdReportRun | undefined> {
  const row = await q.selectFrom('ad_report_runs').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

export async function insert(tx: ChangeTransaction, run: AdReportRun): Promise<void> {
  await insertInto(tx, 'ad_report_runs', (rows) =>
    rows.values({
      id: run.id,
      app_id: run.appId,
      account_id: run.accountId,
      campaign_id: run.campaignId ?? null,
      wanted: JSON.stringify(run.wanted),
      created_at: run.createdAt,
    }),
  );
}
