// The ad accounts of a person or a system user. Sources: the adaccounts edge of the user, assigned_ad_accounts of the system user.
import { all, any, self } from '@hallpass/protocol';
import { adAccountsOf, mayReadAds } from '../graph/ads.ts';
import { assigned, assignedAdAccountFields } from '../graph/assigned.ts';
import { inBusiness } from '../graph/businesses.ts';
import type { Context } from '../graph/context.ts';
import { cut } from '../graph/cursors.ts';
import { type Columns, filterParam, fitting, inOrder, readFilters, sortParam } from '../graph/filtering.ts';
import type { ParamValue } from '../http/call.ts';
import { type Edge, listEdge, type PageRequest } from '../graph/schema.ts';
import type { AdAccount } from '../store/ad-accounts.ts';
import type { Person } from '../store/people.ts';

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
    const accounts = fitting(await adAccountsOf(context, person.id), readFilters(filtering, Object.keys(columns)), columns);
    const part = cut(inOrder(accounts, sort, columns), (account: AdAccount) => account.id, at);
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
