// These tables are about people: who they are, how they prove it, where they are logged in, and by which number each
// app knows them.
import type { Generated } from 'kysely';
import type { AppId, BusinessId, PersonId, ScopedId } from '../ids.ts';

export interface PeopleTable {
  id: PersonId;
  name: string;
  first_name: string;
  middle_name: string | null;
  last_name: string;
  /** Lower case, NFC; unique. Null for people without one. */
  email: string | null;
  /** PHC string; null where no password was set. */
  password: string | null;
  /** At a `checkpoint` the person goes on with the password; what the operator `locked` the operator alone unlocks. */
  state: 'active' | 'checkpoint' | 'locked' | 'unconfirmed' | 'deleted';
  /** The app whose test user this is. */
  test_user_of: AppId | null;
  /** The business whose system user this is: nobody logs in as it. */
  system_user_of: Generated<BusinessId | null>;
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
  person_id: PersonId;
  created_at: number;
  seen_at: number;
  /** Last time the password was asked and right. */
  proven_at: number;
  user_agent: string;
  ip_prefix: string;
  ended_at: number | null;
}

interface SecondFactorsTable {
  person_id: PersonId;
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
  person_id: PersonId;
  used_at: number | null;
}

interface FriendshipsTable {
  person_id: PersonId;
  friend_id: PersonId;
  /** 'asked' until the other side asks too. */
  state: 'asked' | 'friends';
  created_at: number;
}

interface AppPeopleTable {
  app_id: AppId;
  person_id: PersonId;
  /** The id this app knows the person by. Unique within the app. */
  scoped_id: ScopedId;
}

export interface PeopleTables {
  people: PeopleTable;
  web_sessions: WebSessionsTable;
  second_factors: SecondFactorsTable;
  recovery_codes: RecoveryCodesTable;
  friendships: FriendshipsTable;
  app_people: AppPeopleTable;
}
