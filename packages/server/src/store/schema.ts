// The tables, as the code sees them. Ids are text, moments are bigint seconds (numbers here), yes/no is 0 or 1,
// records are JSON text, secrets are sealed text. Each noun's own file says who deletes its rows and when.
import type { AlertKind, BusinessRole } from '@hallpass/protocol';
import type { Generated } from 'kysely';

export interface PeopleTable {
  id: string;
  name: string;
  first_name: string;
  middle_name: string | null;
  last_name: string;
  /** Lower case, NFC; unique. Null for people without one. */
  email: string | null;
  /** PHC string; null where no password was set. */
  password: string | null;
  state: 'active' | 'checkpoint' | 'unconfirmed' | 'deleted';
  /** The app whose test user this is. */
  test_user_of: string | null;
  /** The business whose system user this is: nobody logs in as it. */
  system_user_of: Generated<string | null>;
  /** JSON: birthday, gender, locale, link, hometown, location, picture … */
  profile: string;
  /** 1 for the platform's own administrators. */
  administrator: number;
  /** 1 for who decides about advanced access. */
  reviewer: Generated<number>;
  created_at: number;
}

export interface WebSessionsTable {
  /** Keyed hash of the cookie value. */
  hash: string;
  /** Short public id: names the session in lists, tokens and epochs. */
  id: string;
  person_id: string;
  created_at: number;
  seen_at: number;
  /** Last time the password was asked and right. */
  proven_at: number;
  user_agent: string;
  ip_prefix: string;
  ended_at: number | null;
}

interface SecondFactorsTable {
  person_id: string;
  /** Sealed; base32, as an authenticator takes it. */
  secret: string;
  /** The newest step of 30 seconds whose code was used: none of it or before counts again. */
  last_step: number;
  created_at: number;
  /** Since when it is on offer, waiting for a code that confirms it; null once it is on. */
  offered_at: number | null;
}

interface RecoveryCodesTable {
  /** Keyed hash of person and code. */
  hash: string;
  person_id: string;
  used_at: number | null;
}

export interface AppsTable {
  id: string;
  name: string;
  mode: 'live' | 'development';
  type: 'web' | 'native';
  status: 'active' | 'disabled' | 'deleted';
  /** Sealed. */
  secret: string;
  /** Sealed. */
  client_token: string;
  /** JSON, see store/apps/apps.ts AppSettings. */
  settings: string;
  created_at: number;
}

interface AppRolesTable {
  app_id: string;
  person_id: string;
  role: string;
  created_at: number;
}

export interface AppInvitationsTable {
  id: string;
  app_id: string;
  /** Who is invited: an e-mail address, whether or not it is anybody's, or a person. One of the two. */
  email: string | null;
  person_id: string | null;
  role: string;
  invited_by: string | null;
  created_at: number;
}

export interface AccessRequestsTable {
  id: string;
  app_id: string;
  permission: string;
  use_case: string;
  state: 'pending' | 'approved' | 'rejected' | 'withdrawn';
  requested_by: string | null;
  created_at: number;
  decided_by: string | null;
  decided_at: number | null;
  reason: string | null;
}

interface AppPeopleTable {
  app_id: string;
  person_id: string;
  /** The id this app knows the person by. Unique within the app. */
  scoped_id: string;
}

export interface GrantsTable {
  app_id: string;
  person_id: string;
  /**
   * JSON: permission → { status: 'granted' | 'declined' | 'expired', targets?: string[] } ; no targets = every object.
   */
  permissions: string;
  data_access_until: number;
  created_at: number;
  updated_at: number;
}

/** What Limited Login was given: the same columns, and no token goes by it. */
type LimitedGrantsTable = GrantsTable;

export interface PagesTable {
  id: string;
  name: string;
  category: string;
  /** JSON list of { id, name }. */
  categories: string;
  /** JSON: about, link, username, website, phone, fan_count … */
  profile: string;
  published: number;
  /** App in whose test world it was made; null for real ones. */
  test_of: Generated<string | null>;
  created_at: number;
}

interface PageRolesTable {
  page_id: string;
  person_id: string;
  /** JSON list of tasks. */
  tasks: string;
  /** The business that assigned them; null for a role of the person's own. */
  business_id: Generated<string | null>;
  created_at: number;
}

export interface PostsTable {
  /** `{page-id}_{number}` */
  id: string;
  page_id: string;
  message: string | null;
  link: string | null;
  published: number;
  publish_at: number | null;
  author_id: string | null;
  app_id: string | null;
  hidden: Generated<number>;
  created_at: number;
  /** Null where it was never changed. */
  updated_at: number | null;
}

export interface CommentsTable {
  /** `{number of the post}_{number}` */
  id: string;
  post_id: string;
  page_id: string;
  message: string;
  hidden: number;
  app_id: string | null;
  created_at: number;
}

export interface PhotosTable {
  id: string;
  page_id: string;
  /** Where the picture is; it is never fetched. */
  url: string;
  caption: string | null;
  /** The post that shows it; null where it was not published. */
  post_id: string | null;
  app_id: string | null;
  created_at: number;
}

export interface PageMetricsTable {
  page_id: string;
  metric: string;
  period: string;
  end_time: number;
  value: number;
}

interface FriendshipsTable {
  person_id: string;
  friend_id: string;
  /** 'asked' until the other side asks too. */
  state: 'asked' | 'friends';
  created_at: number;
}

export interface SingleUseTable {
  /** Keyed hash of the presented value. */
  hash: string;
  kind:
    | 'code'
    | 'client_code'
    | 'auth_nonce'
    | 'login_link'
    | 'administrator_link'
    | 'second_factor'
    | 'exchange_nonce'
    | 'dpop_proof';
  app_id: string | null;
  /** Who gave it, or whom it is about. */
  person_id: string | null;
  /** JSON, by kind. */
  payload: string;
  expires_at: number;
  used_at: number | null;
  /** Failed tries against it (PKCE). */
  tries: number;
}

export interface InteractionsTable {
  /** Keyed hash of the id in the form. */
  hash: string;
  /** Keyed hash of the browser cookie it began in. */
  browser: string;
  app_id: string;
  /** JSON: the dialog request as parsed, never changed after it is stored. */
  request: string;
  /** JSON: what has been shown and answered so far. */
  progress: string;
  expires_at: number;
  finished_at: number | null;
}

/** A device that waits for a person to log in to it elsewhere. */
export interface DeviceCodesTable {
  /** Keyed hash of the code that the device polls with. */
  hash: string;
  /** Keyed hash of the code that the person types. */
  user_code: string;
  app_id: string;
  /** Network prefix of the device. */
  ip_prefix: string;
  /** JSON: what was asked, by which device; never changed after it is stored. */
  request: string;
  state: 'waiting' | 'approved' | 'denied' | 'taken';
  /**
   * By which credential the app asked for the code (liveness/waiting/credential-mark.ts); null in rows of before there
   * was the column.
   */
  made_with: string | null;
  /** The web session that typed the code first: nobody else can decide. */
  session_id: string | null;
  /** JSON: the record of the token to be made, once approved. */
  record: string | null;
  polled_at: number | null;
  created_at: number;
  expires_at: number;
}

interface EpochsTable {
  scope: string;
  epoch: number;
}

export interface InvalidationsTable {
  seq: Generated<number>;
  scope: string;
  epoch: number;
  name: string;
  at: number;
  by_kind: string;
  by_id: string | null;
}

/** What other nodes must forget, in commit order. Purged after an hour. */
interface FeedTable {
  seq: Generated<number>;
  key: string;
  at: number;
}

export interface EventsTable {
  seq: Generated<number>;
  at: number;
  name: string;
  outcome: string;
  reason: string | null;
  node: string;
  request_id: string | null;
  app_id: string | null;
  actor_kind: string | null;
  actor_id: string | null;
  target_id: string | null;
  ip_prefix: string | null;
  token_fp: string | null;
  /** Hash over the row before and this row: `audit verify` finds edits and gaps. */
  chain: string;
}

/** Counters of failed tries, for the limits on guessing. */
interface AttemptsTable {
  key: string;
  count: number;
  since: number;
  /** 1 where the key names a network: of those the oldest go when there are many. */
  of_network: Generated<number>;
}

/** What was used of a limit in one slot of time. */
export interface UsageCountsTable {
  /** App, person in an app, Page, ad account … as usage/usage.ts names them. */
  subject: string;
  /** When the slot began. */
  slot: number;
  calls: number;
  /** Microseconds. */
  cpu: number;
  /** Milliseconds. */
  time: number;
  /** From then on it counts no more. */
  ends: number;
}

/** How an app was used on one day. */
export interface UsageDaysTable {
  app_id: string;
  /** The moment it began. */
  day: number;
  calls: number;
  errors: number;
  limited: number;
  marketing_calls: number;
  marketing_errors: number;
  /** How many people the sketch stands for. */
  active: number;
  /** A sketch of the people, see usage/sketch.ts. */
  people: string;
}

/** How the newest advertising calls of an app ended. */
interface UsageRecentTable {
  app_id: string;
  /** One character for each call, the newest last: 1 for an error, 0 for none. */
  outcomes: string;
}

/** Alerts to the developers of an app. */
interface AppAlertsTable {
  id: string;
  app_id: string;
  kind: AlertKind;
  /** How many people of the app are concerned. */
  people: number;
  created_at: number;
}

export interface SigningKeysTable {
  /** 1 … 65535, in the token. */
  id: number;
  /** `fenced` and `withdrawn`: open tokens only to say that they are dead. */
  status: 'active' | 'accepted' | 'fenced' | 'withdrawn';
  /** Sealed under the root key. */
  secret: string;
  created_at: number;
  changed_at: number;
}

interface OidcKeysTable {
  kid: string;
  /** Sealed private JWK. */
  private_jwk: string;
  /** JSON. */
  public_jwk: string;
  created_at: number;
  retired_at: number | null;
}

interface MetaTable {
  key: string;
  value: string;
}

export interface BusinessesTable {
  id: string;
  name: string;
  /** JSON, see store/businesses/businesses.ts BusinessSettings. */
  settings: string;
  created_by: string | null;
  /** App in whose test world it was made; null for real ones. */
  test_of: Generated<string | null>;
  created_at: number;
  updated_at: number;
}

export interface BusinessPeopleTable {
  id: string;
  business_id: string;
  person_id: string;
  /** `integration`: the system user of an app that the business connected. */
  kind: 'person' | 'system_user' | 'integration';
  role: BusinessRole;
  created_by: string | null;
  created_at: number;
  /** What the person is called there. */
  title: Generated<string | null>;
  /** JSON list, as it was sent; null without. */
  tasks: Generated<string | null>;
}

export interface BusinessInvitationsTable {
  id: string;
  business_id: string;
  /** Lower case, NFC. */
  email: string;
  role: BusinessRole;
  /** JSON list. */
  tasks: string;
  user_type: string;
  state: 'pending' | 'accepted' | 'declined' | 'cancelled';
  created_by: string | null;
  /** Who settled the role that it offers, and answers for it; and the app by whose token, null in the dashboard. */
  offered_by: string | null;
  offered_through: string | null;
  created_at: number;
  expires_at: number;
}

export interface PageRequestsTable {
  id: string;
  business_id: string;
  page_id: string;
  owner_id: string;
  /** JSON list. */
  tasks: string;
  state: 'pending' | 'accepted' | 'declined' | 'cancelled';
  created_by: string | null;
  /** The app by whose token it was made; null in the dashboard. */
  made_through: string | null;
  created_at: number;
}

export interface BusinessPagesTable {
  page_id: string;
  business_id: string;
  /** One owner at most. */
  relation: 'owner' | 'agency';
  /** JSON list of the tasks that may be passed on. */
  tasks: string;
  created_at: number;
}

interface BusinessClientAppsTable {
  business_id: string;
  app_id: string;
  created_at: number;
}

interface BusinessAppsTable {
  app_id: string;
  business_id: string;
  created_at: number;
}

export interface AdAccountsTable {
  /** Without `act_`. */
  id: string;
  name: string;
  /** The person who had it before any business, or who has it still. */
  owner_person: string | null;
  /** JSON, see store/ads/ad-accounts.ts AdAccountSettings. */
  settings: string;
  created_at: number;
}

export interface AdAccountBusinessesTable {
  account_id: string;
  business_id: string;
  /** One owner at most. */
  relation: 'owner' | 'agency';
  /** JSON list of the tasks that may be passed on. */
  tasks: string;
  created_at: number;
}

export interface AdAccountRolesTable {
  account_id: string;
  person_id: string;
  /** The business that assigned it; empty for a role of the person's own. */
  business_id: string;
  /** JSON list. */
  tasks: string;
  created_at: number;
}

export interface CampaignsTable {
  id: string;
  account_id: string;
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
  account_id: string;
  started_at: number;
  ended_at: number | null;
  /** What it may spend in a day, in hundredths of the currency. */
  daily: number;
  /** And in all its life; null without such a bound. */
  lifetime: number | null;
}

export interface AdReportRunsTable {
  id: string;
  app_id: string;
  account_id: string;
  campaign_id: string | null;
  /** JSON, the parameters as they were sent. */
  wanted: string;
  created_at: number;
}

interface SystemUserAppsTable {
  person_id: string;
  app_id: string;
  created_by: string | null;
  created_at: number;
}

export interface SystemUserTokensTable {
  /** The log-in inside the token. */
  id: string;
  person_id: string;
  app_id: string;
  fingerprint: string;
  /** JSON, as in grants. */
  permissions: string;
  issued_by: string | null;
  issued_at: number;
  /** 0 = never. */
  expires_at: number;
  ended_at: number | null;
}

/** What apps can subscribe to. */
export type NoticeKind = 'page' | 'permissions' | 'user';

export interface OutboxTable {
  id: string;
  app_id: string;
  /** Signed calls, notices about an object, or a mail to somebody who runs the app. */
  kind: 'deauthorize' | 'data_deletion' | 'alert_mail' | NoticeKind;
  /** Counts up within the app and kind. */
  place: number;
  /** Who is shown what became of it, or whom a mail goes to. */
  person_id: string | null;
  /** JSON: what is told. It holds no token and no secret. */
  payload: string;
  state: 'waiting' | 'sent' | 'failed';
  /** JSON list: when, status, milliseconds, what went wrong. */
  tries: string;
  /** JSON: what the app answered to a request to delete data. */
  answer: string | null;
  created_at: number;
  due_at: number;
  ended_at: number | null;
  /** The node that sends it now, and until when (real time) nobody else does. */
  lease_owner: string | null;
  lease_until: number | null;
}

export interface WebhookSubscriptionsTable {
  app_id: string;
  object: NoticeKind;
  callback_url: string;
  /** JSON list of names and versions. */
  fields: string;
  include_values: number;
  created_at: number;
  updated_at: number;
}

interface PageSubscriptionsTable {
  page_id: string;
  app_id: string;
  /** JSON list. */
  fields: string;
  created_at: number;
}

export interface LoginConfigurationsTable {
  id: string;
  app_id: string;
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

export interface IntegrationsTable {
  /** The system user that the app acts as. */
  person_id: string;
  app_id: string;
  /** The business that connected the app, and whose assets these are. */
  business_id: string;
  configuration_id: string;
  /** JSON, as in grants: what every token of the integration is narrowed to. */
  permissions: string;
  /** JSON: kind of asset → ids that were chosen. */
  assets: string;
  connected_by: string;
  created_at: number;
  updated_at: number;
  removed_at: number | null;
}

export interface Schema {
  people: PeopleTable;
  web_sessions: WebSessionsTable;
  second_factors: SecondFactorsTable;
  recovery_codes: RecoveryCodesTable;
  apps: AppsTable;
  app_roles: AppRolesTable;
  app_people: AppPeopleTable;
  app_invitations: AppInvitationsTable;
  access_requests: AccessRequestsTable;
  grants: GrantsTable;
  limited_grants: LimitedGrantsTable;
  pages: PagesTable;
  page_roles: PageRolesTable;
  businesses: BusinessesTable;
  business_people: BusinessPeopleTable;
  business_invitations: BusinessInvitationsTable;
  business_pages: BusinessPagesTable;
  business_apps: BusinessAppsTable;
  business_client_apps: BusinessClientAppsTable;
  ad_accounts: AdAccountsTable;
  ad_account_businesses: AdAccountBusinessesTable;
  ad_account_roles: AdAccountRolesTable;
  campaigns: CampaignsTable;
  campaign_runs: CampaignRunsTable;
  ad_report_runs: AdReportRunsTable;
  system_user_apps: SystemUserAppsTable;
  system_user_tokens: SystemUserTokensTable;
  webhook_subscriptions: WebhookSubscriptionsTable;
  page_subscriptions: PageSubscriptionsTable;
  page_requests: PageRequestsTable;
  outbox: OutboxTable;
  posts: PostsTable;
  comments: CommentsTable;
  photos: PhotosTable;
  page_metrics: PageMetricsTable;
  friendships: FriendshipsTable;
  single_use: SingleUseTable;
  interactions: InteractionsTable;
  device_codes: DeviceCodesTable;
  epochs: EpochsTable;
  invalidations: InvalidationsTable;
  feed: FeedTable;
  events: EventsTable;
  attempts: AttemptsTable;
  usage_counts: UsageCountsTable;
  usage_days: UsageDaysTable;
  usage_recent: UsageRecentTable;
  app_alerts: AppAlertsTable;
  signing_keys: SigningKeysTable;
  oidc_keys: OidcKeysTable;
  meta: MetaTable;
  login_configurations: LoginConfigurationsTable;
  integrations: IntegrationsTable;
}
