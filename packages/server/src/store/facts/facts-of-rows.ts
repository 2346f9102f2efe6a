// This table says which facts are read from the rows of which table. Writes of these tables go through `fact-writes.ts`,
// which looks here what every written row changes; so nobody who writes has to think of it.
import type { Kysely, Selectable } from 'kysely';
import { AppId, PageId, PersonId } from '../ids.ts';
import type { Schema } from '../schema.ts';
import { type FactKey, factKey } from './fact-key.ts';

/** Names the facts that may be others after a row was written or deleted. `q` asks in the transaction of the write. */
export type FactsOfRow<T extends keyof Schema> = (
  row: Selectable<Schema[T]>,
  q: Kysely<Schema>,
) => readonly FactKey[] | Promise<readonly FactKey[]>;

const table = {
  apps: ({ id }) => [factKey.app(id), factKey.tablesOf(id)],
  app_roles: ({ app_id, person_id }) => [factKey.appRoles(app_id, person_id)],
  app_people: ({ app_id, person_id, scoped_id }) => [
    factKey.scopedId(app_id, person_id),
    factKey.personBehind(app_id, scoped_id),
    factKey.tablesOf(scoped_id),
  ],
  people: ({ id }) => [factKey.person(id)],
  second_factors: ({ person_id }) => [factKey.secondFactor(person_id)],
  grants: ({ app_id, person_id }) => [factKey.grant(app_id, person_id)],
  // Read for each id_token; the same queries serve both tables of grants.
  limited_grants: () => [],
  pages: ({ id }) => [factKey.page(id), factKey.tablesOf(id)],
  page_roles: ({ page_id, person_id }) => [factKey.pageRole(page_id, person_id), factKey.pagesOf(person_id)],
  businesses: ({ id }) => [factKey.twoFactorRule(id), factKey.worldOfBusiness(id), factKey.tablesOf(id)],
  business_people: async ({ id, business_id, person_id, kind }, q) => {
    const own = [factKey.tablesOf(id), factKey.businessRole(business_id, person_id)];
    if (kind !== 'system_user') return own;
    // Administrators among system users have every Page of the business.
    const pages = await q
      .selectFrom('business_pages')
      .select('page_id')
      .where('business_id', '=', business_id)
      .execute();
    return [...own, factKey.pagesOf(person_id), ...pages.map(({ page_id }) => factKey.pageRole(page_id, person_id))];
  },
  business_pages: async ({ business_id, page_id }, q) => {
    const users = await q
      .selectFrom('business_people')
      .select('person_id')
      .where('business_id', '=', business_id)
      .where('kind', '=', 'system_user')
      .execute();
    return [
      factKey.ownerOfPage(page_id),
      ...users.flatMap(({ person_id }) => [factKey.pageRole(page_id, person_id), factKey.pagesOf(person_id)]),
    ];
  },
  business_apps: ({ app_id }) => [factKey.businessOfApp(app_id)],
  system_user_tokens: ({ id }) => [factKey.systemUserGrant(id)],
  integrations: ({ person_id }) => [factKey.integration(person_id)],
  ad_accounts: ({ id }) => [factKey.adAccount(id), factKey.tablesOf(id)],
  ad_account_businesses: ({ account_id }) => [factKey.adAccountHolders(account_id)],
  ad_account_roles: ({ account_id, person_id }) => [factKey.adAccountRoles(account_id, person_id)],
  epochs: ({ scope }) => [factKey.epoch(scope), ...factsWithEpoch(scope)],
  signing_keys: () => [factKey.keys()],
  oidc_keys: () => [factKey.oidcKeys(), factKey.oidcCertificates()],
} satisfies { [T in keyof Schema]?: FactsOfRow<T> };

/** A table with rows that facts are read from. */
export type FactTable = keyof typeof table;

export const isFactTable = (name: InsertedTable): name is FactTable => name in table;

const tablesOfItsId = ({ id }: { id: string }): readonly FactKey[] => [factKey.tablesOf(id)];

/**
 * It is only remembered of these tables that an id stands in none of them, which a new row changes. Rows that change or
 * go are looked at, and missed, whenever something is asked about them.
 */
const newRows = {
  posts: tablesOfItsId,
  comments: tablesOfItsId,
  photos: tablesOfItsId,
  campaigns: tablesOfItsId,
  ad_report_runs: tablesOfItsId,
  business_invitations: tablesOfItsId,
  app_invitations: tablesOfItsId,
  access_requests: tablesOfItsId,
} satisfies { [T in keyof Schema]?: FactsOfRow<T> };

/** A table into which rows are inserted by `fact-writes.ts` alone. */
export type InsertedTable = FactTable | keyof typeof newRows;

/** For each of these tables, what a written row changes. */
export const factsOfRows: { readonly [T in InsertedTable]: FactsOfRow<T> } = { ...table, ...newRows };

/** Facts that hold the epoch of what they are about, so that nothing is made of an old one and a new epoch. */
function factsWithEpoch(scope: string): FactKey[] {
  const [anchor, first = '', second = ''] = scope.split(':');
  if (anchor === 'app_secret') return [factKey.app(AppId.of(first))];
  if (anchor === 'page_role') return [factKey.pageRole(PageId.of(first), PersonId.of(second))];
  return [];
}
