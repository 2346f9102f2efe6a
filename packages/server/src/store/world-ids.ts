// These queries list everything that a world consists of, for an export of the whole: a platform has no use for them.
import type { AdAccountId, BusinessId, PageId, PersonId } from './ids.ts';
import type { PageMetricsTable } from './pages/tables.ts';
import type { Query } from './query.ts';

/** Ids in their order. */
interface WorldIds {
  /** Neither deleted people nor system users. */
  people: PersonId[];
  pages: PageId[];
  businesses: BusinessId[];
  adAccounts: AdAccountId[];
}

export async function worldIds(q: Query): Promise<WorldIds> {
  const people = await q
    .selectFrom('people')
    .select('id')
    .where('state', '!=', 'deleted')
    .where('system_user_of', 'is', null)
    .orderBy('id')
    .execute();
  const pages = await q.selectFrom('pages').select('id').orderBy('id').execute();
  const businesses = await q.selectFrom('businesses').select('id').orderBy('id').execute();
  const adAccounts = await q.selectFrom('ad_accounts').select('id').orderBy('id').execute();
  return {
    people: people.map(({ id }) => id),
    pages: pages.map(({ id }) => id),
    businesses: businesses.map(({ id }) => id),
    adAccounts: adAccounts.map(({ id }) => id),
  };
}

/** Every figure of a Page, the oldest of each metric and period first. */
export async function metricsOfPage(q: Query, pageId: PageId): Promise<PageMetricsTable[]> {
  return q
    .selectFrom('page_metrics')
    .selectAll()
    .where('page_id', '=', pageId)
    .orderBy('metric')
    .orderBy('period')
    .orderBy('end_time')
    .execute();
}
