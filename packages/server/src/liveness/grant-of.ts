// What stands behind a token: what a person granted the app, or what a system user's token was made for. Each token of a
// system user has permissions of its own, so that a later one with more cannot widen an earlier one (threats I-6).
import type { Grant } from '../store/grants.ts';
import type { Person } from '../store/people.ts';
import type { TokenRecord } from '../tokens/record.ts';
import type { Installation } from './installation.ts';

/** @param person the token's subject */
export function grantOf({ facts }: Installation, record: TokenRecord, person: Person | null): Grant | null | Promise<Grant | null> {
  if (person === null || person.systemUserOf === null) return facts.grant(record.app, record.user);
  return record.login === undefined ? null : facts.systemUserGrant(record.login);
}
