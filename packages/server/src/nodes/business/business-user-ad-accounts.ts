// This edge lists the ad accounts that a business assigned to one of its people. Source: the assigned_ad_accounts edge
// of the business user.
import { assigned, assignedAdAccountFields } from '../shared/assigned.ts';
import { inBusiness } from '../shared/business-requirements.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { type Edge, listEdge } from '../../graph/language/schema.ts';
import * as adAccounts from '../../store/ads/ad-accounts.ts';
import type { Member } from '../../store/businesses/businesses.ts';

export const businessUserAdAccounts: Edge<Member>[] = [
  listEdge('assigned_ad_accounts', {
    doc: 'The ad accounts that the business assigned to the person.',
    needs: inBusiness,
    of: 'ad_account',
    itemFields: assignedAdAccountFields,
    async run({ installation, q }, row: Member, _args, at) {
      const part = paginate(
        await adAccounts.rolesOfPerson(q, row.personId, row.businessId),
        (one) => one.accountId,
        at,
      );
      const found = await Promise.all(part.rows.map(async ({ accountId }) => installation.facts.adAccount(accountId)));
      const rows = found.filter((one) => one !== null).map((one) => assigned(one, row.personId, row.businessId));
      return { ...part, rows, position: (one: adAccounts.AdAccount) => one.id };
    },
  }),
];
