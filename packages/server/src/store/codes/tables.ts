// These tables are about what is used once or answered once: codes, log-ins in progress, devices that wait, and
// counters of guesses.
import type { Generated } from 'kysely';
import type { AppId, PersonId } from '../ids.ts';

export interface SingleUseTable {
  /** Keyed hash of the presented value. */
  hash: string;
  kind:
    | 'code'
    | 'client_code'
    | 'auth_nonce'
    | 'status_ticket'
    | 'login_link'
    | 'password_reset'
    | 'second_factor'
    | 'exchange_nonce'
    | 'dpop_proof';
  app_id: AppId | null;
  /** The person who gave it, or whom it is about. */
  person_id: PersonId | null;
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
  app_id: AppId;
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
  app_id: AppId;
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

/** Counters of failed tries, for the limits on guessing. */
interface AttemptsTable {
  key: string;
  count: number;
  since: number;
  /** 1 where the key names a network: of those the oldest go when there are many. */
  of_network: Generated<number>;
}

export interface CodeTables {
  single_use: SingleUseTable;
  interactions: InteractionsTable;
  device_codes: DeviceCodesTable;
  attempts: AttemptsTable;
}
