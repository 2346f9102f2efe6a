// This node is an ad account, `act_{number}`; the number alone is not its id. Nobody without a task on it may know of
// it. Source: the ad account reference.
import { adAccountTask, all, anyOr, DAY, permission, graphError } from '@hallpass/protocol';
import { adAccountTasks } from '../../liveness/ad-access.ts';
import { spentBy } from '../../ads/ad-figures.ts';
import { adAccountTasksOn } from '../../graph/authorisation/judge.ts';
import { onAdAccount, readsAdAccount } from '../shared/ad-requirements.ts';
import { personInShort } from '../shared/business-requirements.ts';
import { LEAST_BUDGET } from './campaign-input.ts';
import type { Context } from '../../graph/language/context.ts';
import type { KnownViewer } from '../../graph/authentication/viewer.ts';
import { isoMoment } from '../shared/moment.ts';
import { type Field, fieldsOf, node } from '../../graph/language/schema.ts';
import type { AdAccount, Holder } from '../../store/ads/ad-accounts.ts';
import { withoutValue } from '../shared/without-value.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as campaigns from '../../store/ads/campaigns.ts';
import { AdAccountId } from '../../store/ids.ts';

const field = fieldsOf<AdAccount>();

/** A task on it, by whatever way. */
async function mayKnow(context: Context, account: AdAccount): Promise<boolean> {
  return (await adAccountTasksOn(context, account.id)).size > 0;
}

const ownerOf = async ({ installation }: Context, account: AdAccount): Promise<Holder | undefined> =>
  (await installation.facts.adAccountHolders(account.id)).find((one) => one.relation === 'owner');

const forEach =
  <Value>(
    find: (context: Context<KnownViewer>, account: AdAccount) => Promise<Value>,
  ): NonNullable<Field<AdAccount>['load']> =>
  (context, rows) =>
    Promise.all(rows.map((account) => find(context, account)));

const owningBusiness = forEach(async (context, account) => {
  const owner = await ownerOf(context, account);
  const found = owner && (await businesses.byId(context.q, owner.businessId));
  return found && { id: found.id, name: found.name };
});

async function spent({ q, now }: Context, account: AdAccount): Promise<string> {
  const runsOf = Map.groupBy(await campaigns.runs(q, { accountId: account.id }), (run) => run.campaignId);
  return String([...runsOf].reduce((sum, [id, runs]) => sum + spentBy({ id }, runs, now), 0));
}

const needs = readsAdAccount;

/**
 * Fields about the business behind the account refuse a token that reads the account alone, and callers ask again
 * without the field (airbytehq/airbyte).
 */
const ofBusiness = { needs: all(readsAdAccount, permission('business_management')), otherwise: 'refuse' } as const;

/** Its way of payment is told to those who manage it (daroczig/fbRads#137). */
const byManager = { needs: anyOr('permission.funding', adAccountTask('MANAGE')), otherwise: 'refuse' } as const;

/** Real fields of ad accounts that nothing here sets. */
// biome-ignore format: a list of words
const unset = [
  'account_controls', 'ad_account_promotable_objects', 'agency_client_declaration', 'all_capabilities', 'attribution_spec', 'business_city',
  'business_country_code', 'business_name', 'business_state', 'business_street', 'business_street2', 'business_zip', 'custom_audience_info',
  'default_dsa_beneficiary', 'default_dsa_payor', 'end_advertiser_name', 'existing_customers', 'extended_credit_invoice_group', 'failed_delivery_checks',
  'fb_entity', 'funding_id', 'has_migrated_permissions', 'io_number', 'is_ba_skip_delayed_eligible', 'line_numbers', 'liable_address',
  'media_agency_name', 'min_campaign_group_spend_cap', 'offsite_pixels_tos_accepted', 'rf_spec', 'sold_to_address', 'tax_id', 'tax_id_status',
  'tax_id_type', 'tos_accepted', 'user_access_expire_time', 'user_role', 'user_tos_accepted', 'users',
];

export const adAccount = node<AdAccount>({
  name: 'ad_account',
  type: 'AdAccount',
  doc: 'An ad account: where campaigns are run and paid for.',
  needs,
  countsTo: (row) => ({ useCase: 'ads_management', id: row.id }),
  target: (_context, row) => onAdAccount(row.id),
  tables: ['ad_accounts'],
  async find(context, id) {
    const accountId = id.startsWith('act_') ? AdAccountId.parse(id.slice(4)) : undefined;
    const account = accountId && (await context.installation.facts.adAccount(accountId));
    return account && (await mayKnow(context, account)) ? account : undefined;
  },
  fields: [
    {
      account_id: field.id('The number.', { show: 'default', from: (a) => a.id }),
      id: field.text('act_ and the number.', { show: 'always', from: (a) => `act_${a.id}` }),
      name: field.text('The name.', { from: (a) => a.name }),
      account_status: field.number(
        '1 active, 2 disabled, 3 unsettled, 7 and 8 pending, 9 in grace period, 100 and 101 closed.',
        {
          from: (a) => a.settings.status,
        },
      ),
      disable_reason: field.number('Why it is disabled; 0 where it is not.', {
        needs,
        from: (a) => a.settings.disableReason,
      }),
      currency: field.text('ISO 4217; budgets and amounts are in its hundredths.', {
        from: (a) => a.settings.currency,
      }),
      timezone_id: field.number('The number of its time zone.', { from: (a) => a.settings.timezoneId }),
      timezone_name: field.text('The time zone in which days begin: here it is always UTC.', { from: () => 'Etc/UTC' }),
      timezone_offset_hours_utc: field.number('Hours ahead of UTC.', { from: () => 0 }),
      created_time: field.moment('When it was made.', { needs, from: (a) => isoMoment(a.createdAt) }),
      owner: field.id('The business that owns it, or the person.', {
        ...ofBusiness,
        load: forEach(
          async (context, a) =>
            (await ownerOf(context, a))?.businessId ?? (await personInShort(context, a.ownerPerson))?.id,
        ),
      }),
      owner_business: field.object('Business', 'The business that owns it.', { ...ofBusiness, load: owningBusiness }),
      business: field.object('Business', 'The business that owns it.', { ...ofBusiness, load: owningBusiness }),
      user_tasks: field.list('string', 'What the person or system user behind the token may do with it.', {
        load: forEach(async ({ installation, viewer }, a) =>
          viewer.person ? [...(await adAccountTasks(installation, a.id, viewer.person.id))] : undefined,
        ),
      }),
      amount_spent: field.id('Everything it has spent, in hundredths of the currency.', {
        needs,
        load: forEach(spent),
      }),
      balance: field.id('What is owed; nothing is billed here.', { needs, from: () => '0' }),
      spend_cap: field.id('The most it may spend; 0 for no bound.', { needs, from: () => '0' }),
      capabilities: field.list('string', 'Features it may use; there are none here.', { needs, from: () => [] }),
      end_advertiser: field.text('Whom the advertisements are for: the id of a Page or app, NONE or UNFOUND.', {
        needs,
        from: (a) => a.settings.endAdvertiser,
      }),
      media_agency: field.text('The agency, likewise.', { needs, from: (a) => a.settings.mediaAgency }),
      partner: field.text('The partner, likewise.', { needs, from: (a) => a.settings.partner }),
      is_personal: field.number('1 where no business owns it.', {
        needs,
        load: forEach(async (context, a) => ((await ownerOf(context, a)) ? 0 : 1)),
      }),
      age: field.number('How many days ago it was made.', {
        needs,
        from: (a, { now }) => Number(((now - a.createdAt) / DAY).toFixed(6)),
      }),
      min_daily_budget: field.number('The least that a daily budget can be, in hundredths of the currency.', {
        needs,
        from: () => LEAST_BUDGET,
      }),
      funding_source: field.id('How it is paid for; nothing is billed here.', { ...byManager, from: () => undefined }),
      funding_source_details: field.object('FundingSourceDetails', 'Refused, as the real service does for most apps.', {
        from() {
          throw graphError('object.unsupported', { method: 'get' });
        },
      }),
    },
    Object.fromEntries(
      [
        'can_create_brand_lift_study',
        'has_advertiser_opted_in_odax',
        'has_page_authorized_adaccount',
        'is_attribution_spec_system_default',
        'is_direct_deals_enabled',
        'is_in_3ds_authorization_enabled_market',
        'is_notifications_enabled',
        'is_prepay_account',
        'is_tax_id_required',
        'enable_in_market_lift_study',
      ].map((name) => [name, field.bool('Never so here.', { needs, from: () => false })]),
    ),
    {},
    withoutValue<AdAccount>(unset, 'Nothing of this is set here.'),
  ],
  conditions: {
    owned_by_nobody: async (context, row) => (await ownerOf(context, row)) === undefined,
    has_ad_account: async ({ installation }, row, business) =>
      (await installation.facts.adAccountHolders(row.id)).some((one) => one.businessId === business),
  },
  edges: [],
});
