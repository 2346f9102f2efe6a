// The ad accounts of a person or a system user. Sources: the adaccounts edge of the user, assigned_ad_accounts of the system user.
import { all, any, self } from '@hallpass/protocol';
import { adAccountsOf, mayReadAds } from '../graph/ads.ts';
import { inBusiness } from '../graph/businesses.ts';
import type { Context } from '../graph/context.ts';
import { cut } from '../graph/cursors.ts';
import { type Edge, listEdge, type PageRequest } from '../graph/schema.ts';
import type { AdAccount } from '../store/ad-accounts.ts';
import type { Person } from '../store/people.ts';

const list = {
  of: 'ad_account',
  run: async (context: Context, person: Person, _args: unknown, at: PageRequest) =>
    cut(await adAccountsOf(context, person.id), (account: AdAccount) => account.id, at),
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
