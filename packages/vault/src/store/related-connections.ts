// Connections by what they have in common with another: the app, the person behind the token, the Page, the owner.
import type { Kysely } from 'kysely';
import type { ConnectionRow } from './connections.ts';
import { wholeConnections } from './looks.ts';
import type { VaultSchema } from './schema.ts';

export interface Relation {
  app_id?: string;
  /** Of any app but this one. */
  not_app_id?: string;
  /** The person, or system user, behind the token. */
  person_id?: string;
  /** The Page that the token acts as. */
  page_id?: string;
  owner_email?: string;
  /** Page tokens of which it isn't known who is behind them. */
  unknown_person?: true;
}

/** Connections of a tenant that agree with all of a relation, at most so many, by name. */
export function relatedConnections(
  q: Kysely<VaultSchema>,
  tenant: string,
  relation: Relation,
  most: number,
): Promise<ConnectionRow[]> {
  const { app_id, not_app_id, person_id, page_id, owner_email, unknown_person } = relation;
  let query = wholeConnections(q).where('connections.tenant', '=', tenant);
  if (app_id !== undefined) query = query.where('app_id', '=', app_id);
  if (not_app_id !== undefined) query = query.where('app_id', '!=', not_app_id);
  if (page_id !== undefined) query = query.where('subject_type', '=', 'page').where('subject_id', '=', page_id);
  if (owner_email !== undefined) query = query.where('owner_email', '=', owner_email);
  if (unknown_person) query = query.where('subject_type', '=', 'page').where('person_id', 'is', null);
  if (person_id !== undefined)
    query = query.where((e) =>
      e.or([
        e('person_id', '=', person_id),
        // A row that nobody has looked at since this column is there names its person as its subject.
        e.and([e('subject_type', 'in', ['user', 'system_user']), e('subject_id', '=', person_id)]),
      ]),
    );
  return query.orderBy('name').orderBy('connections.id').limit(most).execute();
}
