// These tables are about apps: what they are, who works on them, what they asked for, and what they are told of.
import type { AlertKind } from '@hallpass/protocol';
import type { NoticeKind } from '../outbox/tables.ts';
import type { AppId, PageId, PersonId } from '../ids.ts';

export interface AppsTable {
  id: AppId;
  name: string;
  mode: 'live' | 'development';
  type: 'web' | 'native';
  /** `disabled` by the operator, `archived` by its administrators: both refuse everything of it while they hold. */
  status: 'active' | 'disabled' | 'archived' | 'deleted';
  /** Sealed. */
  secret: string;
  /** Sealed. */
  client_token: string;
  /** JSON, see store/apps/apps.ts AppSettings. */
  settings: string;
  created_at: number;
}

interface AppRolesTable {
  app_id: AppId;
  person_id: PersonId;
  role: string;
  created_at: number;
}

export interface AppInvitationsTable {
  id: string;
  app_id: AppId;
  /** The person who is invited: an e-mail address, whether or not it is anybody's, or a person. One of the two. */
  email: string | null;
  person_id: PersonId | null;
  role: string;
  invited_by: PersonId | null;
  created_at: number;
}

export interface AccessRequestsTable {
  id: string;
  app_id: AppId;
  permission: string;
  use_case: string;
  state: 'pending' | 'approved' | 'rejected' | 'withdrawn';
  requested_by: PersonId | null;
  created_at: number;
  decided_by: PersonId | null;
  decided_at: number | null;
  reason: string | null;
}

/** Alerts to the developers of an app. */
export interface AppAlertsTable {
  id: string;
  app_id: AppId;
  kind: AlertKind;
  /** The number of people of the app that are concerned. */
  people: number;
  /** The limit or version that it is about; null where it is about people. */
  about: string | null;
  created_at: number;
}

export interface WebhookSubscriptionsTable {
  app_id: AppId;
  object: NoticeKind;
  callback_url: string;
  /** JSON list of names and versions. */
  fields: string;
  include_values: number;
  created_at: number;
  updated_at: number;
}

interface PageSubscriptionsTable {
  page_id: PageId;
  app_id: AppId;
  /** JSON list. */
  fields: string;
  created_at: number;
}

export interface LoginConfigurationsTable {
  id: string;
  app_id: AppId;
  name: string;
  login_variation: 'general';
  token_type: 'user' | 'system_user';
  token_expiration: 'never' | '60_days';
  /** JSON list of the kinds of asset that are chosen in the dialog. */
  assets: string;
  /** JSON list. */
  permissions: string;
  created_at: number;
  updated_at: number;
}

export interface AppTables {
  apps: AppsTable;
  app_roles: AppRolesTable;
  app_invitations: AppInvitationsTable;
  access_requests: AccessRequestsTable;
  app_alerts: AppAlertsTable;
  webhook_subscriptions: WebhookSubscriptionsTable;
  page_subscriptions: PageSubscriptionsTable;
  login_configurations: LoginConfigurationsTable;
}
