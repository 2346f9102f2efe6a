// These tables are about businesses: who works in them, what belongs to them, and which apps act for them.
import type { BusinessRole } from '@hallpass/protocol';
import type { Generated } from 'kysely';
import type { AppId, BusinessId, MemberId, PageId, PersonId } from '../ids.ts';

export interface BusinessesTable {
  id: BusinessId;
  name: string;
  /** JSON, see store/businesses/businesses.ts BusinessSettings. */
  settings: string;
  created_by: PersonId | null;
  /** App in whose test world it was made; null for real ones. */
  test_of: Generated<AppId | null>;
  created_at: number;
  updated_at: number;
}

export interface BusinessPeopleTable {
  id: MemberId;
  business_id: BusinessId;
  person_id: PersonId;
  /** `integration`: the system user of an app that the business connected. */
  kind: 'person' | 'system_user' | 'integration';
  role: BusinessRole;
  created_by: PersonId | null;
  created_at: number;
  /** The title of the person there. */
  title: Generated<string | null>;
  /** JSON list, as it was sent; null without. */
  tasks: Generated<string | null>;
}

export interface BusinessInvitationsTable {
  id: string;
  business_id: BusinessId;
  /** Lower case, NFC. */
  email: string;
  role: BusinessRole;
  /** JSON list. */
  tasks: string;
  user_type: string;
  state: 'pending' | 'accepted' | 'declined' | 'cancelled';
  created_by: PersonId | null;
  /**
   * The person who settled the role that it offers, and answers for it; and the app by whose token, null in the
   * dashboard.
   */
  offered_by: PersonId | null;
  offered_through: AppId | null;
  created_at: number;
  expires_at: number;
}

export interface BusinessPagesTable {
  page_id: PageId;
  business_id: BusinessId;
  /** One owner at most. */
  relation: 'owner' | 'agency';
  /** JSON list of the tasks that may be passed on. */
  tasks: string;
  created_at: number;
}

interface BusinessClientAppsTable {
  business_id: BusinessId;
  app_id: AppId;
  created_at: number;
}

interface BusinessAppsTable {
  app_id: AppId;
  business_id: BusinessId;
  created_at: number;
}

interface SystemUserAppsTable {
  person_id: PersonId;
  app_id: AppId;
  created_by: PersonId | null;
  created_at: number;
}

export interface SystemUserTokensTable {
  /** The log-in inside the token. */
  id: string;
  person_id: PersonId;
  app_id: AppId;
  fingerprint: string;
  /** JSON, as in grants. */
  permissions: string;
  issued_by: PersonId | null;
  issued_at: number;
  /** 0 = never. */
  expires_at: number;
  ended_at: number | null;
}

export interface IntegrationsTable {
  /** The system user that the app acts as. */
  person_id: PersonId;
  app_id: AppId;
  /** The business that connected the app, and whose assets these are. */
  business_id: BusinessId;
  configuration_id: string;
  /** JSON, as in grants: what every token of the integration is narrowed to. */
  permissions: string;
  /** JSON: kind of asset → ids that were chosen. */
  assets: string;
  connected_by: PersonId;
  created_at: number;
  updated_at: number;
  removed_at: number | null;
}

export interface BusinessTables {
  businesses: BusinessesTable;
  business_people: BusinessPeopleTable;
  business_invitations: BusinessInvitationsTable;
  business_pages: BusinessPagesTable;
  business_client_apps: BusinessClientAppsTable;
  business_apps: BusinessAppsTable;
  system_user_apps: SystemUserAppsTable;
  system_user_tokens: SystemUserTokensTable;
  integrations: IntegrationsTable;
}
