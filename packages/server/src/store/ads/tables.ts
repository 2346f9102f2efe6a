// These tables are about advertising: ad accounts, who may use them, campaigns and their reports.
import type { AdAccountId, AppId, BusinessId, PersonId } from '../ids.ts';

export interface AdAccountsTable {
  /** Without `act_`. */
  id: AdAccountId;
  name: string;
  /** The person who had it before any business, or who has it still. */
  owner_person: PersonId | null;
  /** JSON, see store/ads/ad-accounts.ts AdAccountSettings. */
  settings: string;
  created_at: number;
}

export interface AdAccountBusinessesTable {
  account_id: AdAccountId;
  business_id: BusinessId;
  /** One owner at most. */
  relation: 'owner' | 'agency';
  /** JSON list of the tasks that may be passed on. */
  tasks: string;
  created_at: number;
}

export interface AdAccountRolesTable {
  account_id: AdAccountId;
  person_id: PersonId;
  /** The business that assigned it; empty for a role of the person's own. */
  business_id: BusinessId;
  /** JSON list. */
  tasks: string;
  created_at: number;
}

export interface CampaignsTable {
  id: string;
  account_id: AdAccountId;
  name: string;
  objective: string;
  status: 'ACTIVE' | 'PAUSED' | 'ARCHIVED' | 'DELETED';
  /** JSON, see store/ads/campaigns.ts CampaignSettings. */
  settings: string;
  created_at: number;
  updated_at: number;
}

export interface CampaignRunsTable {
  campaign_id: string;
  account_id: AdAccountId;
  started_at: number;
  ended_at: number | null;
  /** The amount that it may spend in a day, in hundredths of the currency. */
  daily: number;
  /** And in all its life; null without such a bound. */
  lifetime: number | null;
}

export interface AdReportRunsTable {
  id: string;
  app_id: AppId;
  account_id: AdAccountId;
  campaign_id: string | null;
  /** JSON, the parameters as they were sent. */
  wanted: string;
  created_at: number;
}

export interface AdTables {
  ad_accounts: AdAccountsTable;
  ad_account_businesses: AdAccountBusinessesTable;
  ad_account_roles: AdAccountRolesTable;
  campaigns: CampaignsTable;
  campaign_runs: CampaignRunsTable;
  ad_report_runs: AdReportRunsTable;
}
