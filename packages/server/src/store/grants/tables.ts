// These tables hold what people allowed apps.
import type { AppId, PersonId } from '../ids.ts';

export interface GrantsTable {
  app_id: AppId;
  person_id: PersonId;
  /**
   * JSON: permission → { status: 'granted' | 'declined' | 'expired', targets?: string[] } ; no targets = every object.
   */
  permissions: string;
  data_access_until: number;
  /** The version of the Graph in which the person last let the app in; null where no version was part of it. */
  login_version: string | null;
  created_at: number;
  updated_at: number;
}

/** Limited grants are what Limited Login was given: the same columns, and no token goes by it. */
type LimitedGrantsTable = GrantsTable;

export interface GrantTables {
  grants: GrantsTable;
  limited_grants: LimitedGrantsTable;
}
