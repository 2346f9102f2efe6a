// This edge lists the ad accounts of a person or a system user. Sources: the adaccounts edge of the user,
// assigned_ad_accounts of the system user.
import { all, any, self } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import { adAccountsOf, mayReadAds } from '../shared/ad-requirements.ts';
import { assigned, assignedAdAccountFields } from '../shared/assigned.ts';
import { inBusiness } from '../shared/business-requirements.ts';
import type { Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { type Columns, filterParam, fitting, inOrder, readFilters, sortParam } from '../shared/filtering.ts';
import { type Edge, listEdge, type PageRequest } from '../../graph/language/schema.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import type { Person } from '../../store/people/people.ts';

const columns: Columns<AdAccount> = {
  id: { is: 'text', of: (account) => `act_${account.id}` },
  account_id: { is: 'text', of: (account) => account.id },
  name: { is: 'text', of: (account) => account.name },
  account_status: { is: 'number', of: (account) => account.settings.status },
  currency: { is: 'text', of: (account) => account.settings.currency },
  created_time: { is: 'moment', of: (account) => account.createdAt },
};

const list = {
  of: 'ad_account',
  itemFields: assignedAdAccountFields,
  params: { filtering: filterParam, sort: sortParam(Object.keys(columns)) },
  async run(
    context: Context,
    person: Person,
    { filtering, sort }: { filtering: ParamValue | undefined; sort: string[] | undefined },
    at: PageRequest,
  ) {
    const accounts = fitting(
      await adAccountsOf(context, person.id),
      readFilters(filtering, Object.keys(columns)),
      columns,
    );
    const part = paginate(inOrder(accounts, sort, columns), (account: AdAccount) => account.id, at);
    return { ...part, rows: part.rows.map((account) => assigned(account, person.id, person.systemUserOf)) };
  },
};

const adaccounts = listEdge('adaccounts', {
  doc: 'The ad accounts on which it has a task: those of its own, those assigned, and for an administrator all of the business.',
  needs: all(mayReadAds, self),
  ...list,
});

export const userAdAccounts: Edge<Person>[] = [
  adaccounts,
  listEdge('assigned_ad_accounts', { doc: 'The same list.', needs: all(mayReadAds, self), ...list }),
];

export const systemUserAdAccounts: Edge<Person>[] = [
  adaccounts,
  listEdge('assigned_ad_accounts', {
    doc: 'The ad accounts it has: those assigned to it, and for an administrator all of the business.',
    needs: any(inBusiness, all(mayReadAds, self)),
    ...list,
  }),
];
