// An ad account, `act_{number}`; the number alone is not its id. Nobody without a task on it may know of it. Source: the ad
// account reference.
import { all, permission } from '@hallpass/protocol';
import { adAccountTasks } from '../liveness/ad-access.ts';
import { spentBy } from '../accounts/ad-figures.ts';
import { adAccountTasksOn } from '../graph/authorise.ts';
import { onAdAccount, readsAdAccount } from '../graph/ads.ts';
import { personInShort } from '../graph/businesses.ts';
import type { Context } from '../graph/context.ts';
import { isoMoment } from '../graph/moment.ts';
import { type Field, fieldsOf, node } from '../graph/schema.ts';
import type { AdAccount, Holder } from '../store/ad-accounts.ts';
import * as businesses from '../store/businesses.ts';
import * as campaigns from '../store/campaigns.ts';

const field = fieldsOf<AdAccount>();

/** A task on it, by whatever way. */
async function mayKnow(context: Context, account: AdAccount): Promise<boolean> {
  return (await adAccountTasksOn(context, account.id)).size > 0;
}

const ownerOf = async ({ installation }: Context, account: AdAccount): Promise<Holder | undefined> =>
  (await installation.facts.adAccountHolders(account.id)).find((one) => one.relation === 'owner');

const forEach =
  <Value>(find: (context: Context, account: AdAccount) => Promise<Value>): NonNullable<Field<AdAccount>['load']> =>
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
/** Of the business behind the account: a token that reads the account alone is refused, and callers ask again without the field (airbytehq/airbyte). */
const ofBusiness = { needs: all(readsAdAccount, permission('business_management')), otherwise: 'refuse' } as const;

export const adAccount = node<AdAccount>({
  name: 'ad_account',
  type: 'AdAccount',
  doc: 'An ad account: where campaigns are run and paid for.',
  needs,
  countsTo: (row) => ({ useCase: 'ads_management', id: row.id }),
  target: (_context, row) => onAdAccount(row.id),
  async find(context, id) {
    const account = id.startsWith('act_') ? await context.installation.facts.adAccount(id.slice(4)) : null;
    return account && (await mayKnow(context, account)) ? account : undefined;
  },
  fields: {
    account_id: field.id('The number.', { show: 'default', from: (a) => a.id }),
    id: field.text('act_ and the number.', { show: 'always', from: (a) => `act_${a.id}` }),
    name: field.text('The name.', { from: (a) => a.name }),
    account_status: field.number('1 active, 2 disabled, 3 unsettled, 7 and 8 pending, 9 in grace period, 100 and 101 closed.', {
      from: (a) => a.settings.status,
    }),
    disable_reason: field.number('Why it is disabled; 0 where it is not.', { needs, from: (a) => a.settings.disableReason }),
    currency: field.text('ISO 4217; budgets and amounts are in its hundredths.', { from: (a) => a.settings.currency }),
    timezone_id: field.number('The number of its time zone.', { from: (a) => a.settings.timezoneId }),
    timezone_name: field.text('The time zone in which days begin: here it is always UTC.', { from: () => 'Etc/UTC' }),
    timezone_offset_hours_utc: field.number('Hours ahead of UTC.', { from: () => 0 }),
    created_time: field.moment('When it was made.', { needs, from: (a) => isoMoment(a.createdAt) }),
    owner: field.id('The business that owns it, or the person.', {
      ...ofBusiness,
      load: forEach(async (context, a) => (await ownerOf(context, a))?.businessId ?? (await personInShort(context, a.ownerPerson))?.id),
    }),
    owner_business: field.object('Business', 'The business that owns it.', { ...ofBusiness, load: owningBusiness }),
    business: field.object('Business', 'The business that owns it.', { ...ofBusiness, load: owningBusiness }),
    user_tasks: field.list('string', 'What the person or system user behind the token may do with it.', {
      load: forEach(async ({ installation, viewer }, a) =>
        viewer.person ? [...(await adAccountTasks(installation, a.id, viewer.person.id))] : undefined,
      ),
    }),
    amount_spent: field.id('Everything it has spent, in hundredths of the currency.', { needs, load: forEach(spent) }),
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
  },
  edges: [],
});
