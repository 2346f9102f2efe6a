// These are the shapes that travel: bodies of answers and signed payloads, with the names of the reference pages. Types
// only.
import type { AppRole, Task } from '../permissions/tasks.ts';

/** The body of every refused Graph call. */
export interface ErrorBody {
  error: {
    message: string;
    type: string;
    /** Absent where the batch itself is refused. */
    code?: number;
    error_subcode?: number;
    is_transient?: boolean;
    error_user_title?: string;
    error_user_msg?: string;
    error_data?: Record<string, string>;
    fbtrace_id: string;
  };
}

/** Answer of oauth/access_token. */
export interface TokenAnswer {
  access_token: string;
  token_type: 'bearer';
  /** Seconds; absent when the token has no end. */
  expires_in?: number;
  /** Epoch seconds, 0 = never; only fb_extend_sso_token gives it. */
  expires_at?: number;
  /** Epoch seconds, 0 = never; only fb_exchange_nonce gives it, as the iOS SDK reads it. */
  expires?: number;
  /** Epoch seconds. */
  data_access_expiration_time?: number;
  graph_domain?: string;
  id_token?: string;
  machine_id?: string;
}

/** Answer of oauth/client_code. */
export interface ClientCodeAnswer {
  code: string;
}

/** A permission with the objects it was granted for; without `target_ids` it holds for all. */
export interface GranularScope {
  scope: string;
  target_ids?: readonly string[];
}

/** `data` in an answer of debug_token. */
export interface DebugTokenData {
  app_id?: string;
  type?: 'USER' | 'PAGE' | 'APP' | 'SYSTEM_USER';
  application?: string;
  /** Epoch seconds; 0 = never. */
  data_access_expires_at?: number;
  error?: DebugTokenError;
  /** Epoch seconds; 0 = never. */
  expires_at?: number;
  /** Our addition: epoch seconds of the event that ended the token. */
  invalidated_at?: number;
  is_valid: boolean;
  /** Epoch seconds; long-lived tokens only. */
  issued_at?: number;
  metadata?: { sso?: string; auth_type?: string; auth_nonce?: string };
  /** The Page that the token acts as. */
  profile_id?: string;
  scopes: string[];
  granular_scopes?: GranularScope[];
  /** App-scoped. */
  user_id?: string;
}

/** The reason why an inspected token is not valid. */
export interface DebugTokenError {
  code: number;
  message: string;
  subcode?: number;
}

export interface DebugTokenAnswer {
  data: DebugTokenData;
}

/** `paging` of an edge; no `next` on the last page. */
export interface Paging {
  cursors?: { before: string; after: string };
  next?: string;
  previous?: string;
}

/** One page of an edge. */
export interface EdgePage<Item> {
  data: Item[];
  paging?: Paging;
  summary?: { total_count?: number };
}

/** Item of /{user}/permissions. */
export interface PermissionEntry {
  permission: string;
  status: PermissionStatus;
}

export type PermissionStatus = 'granted' | 'declined' | 'expired';

/** Item of /{app}/permissions: whether the app may ask for it from anybody. */
export interface AppPermissionEntry {
  permission: string;
  status: 'live' | 'unapproved';
}

/** Item of /{user}/accounts. */
export interface AccountEntry {
  access_token?: string;
  category?: string;
  category_list?: { id: string; name: string }[];
  name: string;
  id: string;
  tasks: Task[];
}

/** Item of /{app}/roles. */
export interface RoleEntry {
  app_id: string;
  user: string;
  role: AppRole;
}

/** Answer of POST /{app}/accounts/test-users. */
export interface TestUserAnswer {
  id: string;
  access_token?: string;
  login_url: string;
  email: string;
  password: string;
}

/** Item of a batch answer; null where the item was left out. */
export type BatchItemAnswer = { code: number; headers?: { name: string; value: string }[]; body: string | null } | null;

/** A signed_request carries these fields besides its algorithm; other keys depend on where it is sent. */
export interface SignedRequestFields {
  /** Epoch seconds. */
  issued_at: number;
  /** App-scoped. */
  user_id?: string;
  code?: string;
  oauth_token?: string;
  /** Epoch seconds; 0 = never. */
  expires?: number;
  [key: string]: unknown;
}

export interface SignedRequestPayload extends SignedRequestFields {
  algorithm: 'HMAC-SHA256';
}

/** Something with an id that people know by its name. */
export interface NamedObject {
  id: string;
  name: string;
}

/** Answer of would_end: the counts of what an act of the dashboard would end. It is ours. */
export interface WouldEndAnswer {
  /** Pairs of a person and an app: each is every user token that the app holds for the person. */
  user_tokens: number;
  /** One for each app, Page and person or system user. */
  page_tokens: number;
  system_user_tokens: number;
  /** Apps whose app tokens end. */
  app_tokens: number;
  sessions: number;
  /** Invitations and requests that nobody has answered. */
  waiting: number;
  /** Ad accounts on which somebody loses the tasks that were given. */
  ad_accounts: number;
  /** The number of people who are affected, where whole apps end. */
  people: number;
  apps: NamedObject[];
  pages: NamedObject[];
}
