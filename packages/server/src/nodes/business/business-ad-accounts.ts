// These edges are about the ad accounts of a business. Sources: the owned_ad_accounts, client_ad_accounts, adaccount
// and ad_accounts edges of the business.
import { all, any, dashboard, graphError, where, on, anyOr, adAccountTask } from '@hallpass/protocol';
import { claimAdAccount, createAdAccount, removeAdHolder } from '../../businesses/ad-accounts.ts';
import { mayManageAds } from '../shared/ad-requirements.ts';
import { actOn, inBusiness, runsBusiness } from '../shared/business-requirements.ts';
import { nameGiven } from '../shared/business-settings.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge, type PageRequest } from '../../graph/language/schema.ts';
import { newId } from '../../installation/mint.ts';
import type { AdAccount } from '../../store/ads/ad-accounts.ts';
import * as adAccounts from '../../store/ads/ad-accounts.ts';
import type { Business } from '../../store/businesses/businesses.ts';
import { AdAccountId, type BusinessId } from '../../store/ids.ts';

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

async function listed(
  { installation, q }: Context,
  businessId: BusinessId,
  relation: adAccounts.Holder['relation'] | undefined,
  search: string | undefined,
  at: PageRequest,
) {
  const ids = await adAccounts.ofBusiness(q, businessId, relation);
  const found = (await Promise.all(ids.map(async (id) => installation.facts.adAccount(id)))).filter(
    (one) => one !== null,
  );
  const wanted = search?.toLowerCase();
  const rows = found.filter(
    ({ id, name }) => wanted === undefined || id === wanted || name.toLowerCase().includes(wanted),
  );
  return paginate(rows, (one: AdAccount) => one.id, at);
}

/** Reads whom advertisements are for: the id of a Page or an app, or a word for none. */
function partyGiven(text: string, name: string): string {
  if (text !== 'NONE' && text !== 'UNFOUND' && !/^[1-9]\d{0,18}$/.test(text))
    throw graphError('param.must_be', { name, what: 'the id of a Page or app, NONE or UNFOUND' });
  return text;
}

const search_query = param.text('Only accounts whose name has this in it.', { max: 200 });
const adaccount_id = param.adAccount('The ad account, with act_ or without.', { required: true });

export const businessAdAccounts: Edge<Business>[] = [
  listEdge('owned_ad_accounts', {
    doc: 'The ad accounts that belong to the business.',
    needs: inBusiness,
    of: 'ad_account',
    params: {
      search_query,
      include_shared_ad_accounts: param.bool('Also those of others on which the business works.'),
    },
    run: (context, row: Business, args, at) =>
      listed(context, row.id, args.include_shared_ad_accounts === true ? undefined : 'owner', args.search_query, at),
  }),
  edge('POST', 'owned_ad_accounts', {
    doc: 'Claims an ad account for the business.',
    needs: all(
      runsBusiness,
      where('ad_account_known', 'adaccount_id'),
      on('ad_account', 'adaccount_id', anyOr('permission.ad_account_admin', adAccountTask('MANAGE'))),
    ),
    params: { adaccount_id },
    async run(context, row: Business, args) {
      await changeIn(context, (change) => claimAdAccount(change, actOn(context, row.id), args.adaccount_id));
      return { access_status: 'CONFIRMED' };
    },
  }),
  listEdge('client_ad_accounts', {
    doc: 'The ad accounts of others on which the business works.',
    needs: inBusiness,
    of: 'ad_account',
    params: { search_query },
    run: (context, row: Business, args, at) => listed(context, row.id, 'agency', args.search_query, at),
  }),
  edge('POST', 'adaccount', {
    doc: 'Makes an ad account that belongs to the business.',
    // In the dashboard no app makes it: the administrator does.
    needs: all(runsBusiness, mayManageAds, any(where('marketing_access'), dashboard)),
    params: {
      name: param.text('The name.', { required: true }),
      currency: param.text('ISO 4217, such as EUR.', { required: true }),
      timezone_id: param.int('The number of its time zone.', { required: true, min: 0, max: 1000 }),
      end_advertiser: param.text('Whom the advertisements are for: the id of a Page or app, NONE or UNFOUND.', {
        required: true,
      }),
      media_agency: param.text('The agency, likewise.', { required: true }),
      partner: param.text('The partner, likewise.', { required: true }),
    },
    async run(context, row: Business, args) {
      const { installation, now } = context;
      if (!currencies.has(args.currency))
        throw graphError('param.must_be', { name: 'currency', what: 'a currency such as EUR' });
      const [endAdvertiser, mediaAgency, partner] = (['end_advertiser', 'media_agency', 'partner'] as const).map(
        (name) => partyGiven(args[name], name),
      );
      const id = newId(installation, AdAccountId);
      const settings = {
        currency: args.currency,
        timezoneId: args.timezone_id,
        status: 1,
        disableReason: 0,
        endAdvertiser,
        mediaAgency,
        partner,
      };
      const account: AdAccount = {
        id,
        name: nameGiven(args.name),
        ownerPerson: null,
        settings: settings as AdAccount['settings'],
        createdAt: now,
      };
      await changeIn(context, (change) => createAdAccount(change, actOn(context, row.id), account));
      return {
        id: `act_${id}`,
        account_id: id,
        business_id: row.id,
        end_advertiser_id: endAdvertiser,
        media_agency_id: mediaAgency,
        partner_id: partner,
      };
    },
  }),
  edge('DELETE', 'ad_accounts', {
    doc: 'Gives up an ad account, owned or of others: tasks the business had assigned on it end. One that it created itself stays.',
    needs: runsBusiness,
    params: { adaccount_id },
    async run(context, row: Business, args) {
      if (!(await changeIn(context, (change) => removeAdHolder(change, actOn(context, row.id), args.adaccount_id))))
        throw graphError('param.invalid', { name: 'adaccount_id' });
      return { success: true };
    },
  }),
];
