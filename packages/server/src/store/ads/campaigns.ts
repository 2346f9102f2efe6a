// These queries are about campaigns of ad accounts and when each of them ran. Rows are kept: a deleted campaign can
// still be read, and what it spent stays spent.
import { readJson, shape } from '@hallpass/protocol';
import type { CampaignRunsTable, CampaignsTable } from './tables.ts';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AdAccountId } from '../ids.ts';

export interface CampaignSettings {
  specialAdCategories: string[];
  /** Budgets are in hundredths of the currency of the account; at most one of the two is set. */
  dailyBudget?: number;
  lifetimeBudget?: number;
  /** True when its ad sets share up to a fifth of their budgets; undefined where it was never said. */
  sharesBudget?: boolean;
}

export interface Campaign {
  id: string;
  accountId: AdAccountId;
  name: string;
  objective: string;
  status: CampaignsTable['status'];
  settings: CampaignSettings;
  createdAt: number;
  updatedAt: number;
}

/** A stretch of time in which a campaign was active. */
export interface CampaignRun {
  campaignId: string;
  startedAt: number;
  /** null while it goes on. */
  endedAt: number | null;
  /** The amount that it could spend in a day, in hundredths of the currency. */
  daily: number;
  /** The budget of its whole life; null without such a bound. */
  lifetime: number | null;
}

const settingsShape = shape.object<CampaignSettings>({
  specialAdCategories: shape.listOf(shape.text),
  dailyBudget: shape.optional(shape.number),
  lifetimeBudget: shape.optional(shape.number),
  sharesBudget: shape.optional(shape.boolean),
});

const read = (row: CampaignsTable): Campaign => ({
  id: row.id,
  accountId: row.account_id,
  name: row.name,
  objective: row.objective,
  status: row.status,
  settings: readJson(settingsShape, row.settings),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const readRun = (row: CampaignRunsTable): CampaignRun => ({
  campaignId: row.campaign_id,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  daily: row.daily,
  lifetime: row.lifetime,
});

export async function byId(q: Query, id: string): Promise<Campaign | undefined> {
  const row = await q.selectFrom('campaigns').selectAll().where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** Reads the campaign and keeps others from changing it until this change has ended. */
export async function holdForChange(tx: Query, id: string): Promise<Campaign | undefined> {
  const row = await tx
    .updateTable('campaigns')
    .set((e) => ({ name: e.ref('name') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row && read(row);
}

export async function insert(tx: ChangeTransaction, campaign: Campaign): Promise<void> {
  await insertInto(tx, 'campaigns', (rows) =>
    rows.values({
      id: campaign.id,
      account_id: campaign.accountId,
      name: campaign.name,
      objective: campaign.objective,
      status: campaign.status,
      settings: JSON.stringify(campaign.settings),
      created_at: campaign.createdAt,
      updated_at: campaign.updatedAt,
    }),
  );
}

/** Writes what can change. */
export async function update(
  q: Query,
  { id, name, status, settings, updatedAt }: Omit<Campaign, 'accountId' | 'objective' | 'createdAt'>,
): Promise<void> {
  await q
    .updateTable('campaigns')
    .set({ name, status, settings: JSON.stringify(settings), updated_at: updatedAt })
    .where('id', '=', id)
    .execute();
}

export async function count(q: Query, accountId: AdAccountId): Promise<number> {
  const row = await q
    .selectFrom('campaigns')
    .select((e) => e.fn.countAll().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Newest first. `after` and `before` are ids of campaigns. */
export async function ofAccount(
  q: Query,
  accountId: AdAccountId,
  of: {
    statuses: readonly Campaign['status'][];
    after?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<Campaign[]> {
  if (of.statuses.length === 0) return [];
  const backwards = of.before !== undefined;
  let query = q
    .selectFrom('campaigns')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', 'in', [...of.statuses])
    .limit(of.limit);
  const at = of.after ?? of.before;
  if (at !== undefined) {
    const from = await byId(q, at);
    if (from?.accountId !== accountId) return [];
    const side = backwards ? '>' : '<';
    query = query.where((e) => e(e.refTuple('created_at', 'id'), side, e.tuple(from.createdAt, from.id)));
  }
  const direction = backwards ? 'asc' : 'desc';
  const rows = await query.orderBy('created_at', direction).orderBy('id', direction).execute();
  return (backwards ? rows.reverse() : rows).map(read);
}

/** All of an account, deleted ones too, oldest first. */
export async function allOfAccount(q: Query, accountId: AdAccountId): Promise<Campaign[]> {
  const rows = await q
    .selectFrom('campaigns')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(read);
}

/** Lists the runs of an account or of one campaign, oldest first. */
export async function runs(q: Query, of: { accountId: AdAccountId } | { campaignId: string }): Promise<CampaignRun[]> {
  const all = q.selectFrom('campaign_runs').selectAll().orderBy('started_at');
  const query =
    'accountId' in of ? all.where('account_id', '=', of.accountId) : all.where('campaign_id', '=', of.campaignId);
  return (await query.execute()).map(readRun);
}

/** Begins a run; one that began in this very second is begun anew. */
export async function beginRun(
  q: Query,
  run: Omit<CampaignRun, 'endedAt'> & { accountId: AdAccountId },
): Promise<void> {
  const values = { ended_at: null, daily: run.daily, lifetime: run.lifetime };
  await q
    .insertInto('campaign_runs')
    .values({ campaign_id: run.campaignId, account_id: run.accountId, started_at: run.startedAt, ...values })
    .onConflict((c) => c.columns(['campaign_id', 'started_at']).doUpdateSet(values))
    .execute();
}

export async function endRun(q: Query, campaignId: string, at: number): Promise<void> {
  await q
    .updateTable('campaign_runs')
    .set({ ended_at: at })
    .where('campaign_id', '=', campaignId)
    .where('ended_at', 'is', null)
    .execute();
}
