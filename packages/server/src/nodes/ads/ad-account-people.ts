// These edges say who may do what with an ad account. Sources: the assigned_users and agencies edges of the ad account.
import { all, any, businessRole, given, graphError, on, where } from '@hallpass/protocol';
import { giveAdAccountRole, putAdAgency, removeAdHolder, takeAdAccountRole } from '../../businesses/ad-accounts.ts';
import { knownAs } from '../../people/scoped-id.ts';
import { adAccountTasksGiven, managesAdAccount, mayManageAdPeople } from '../shared/ad-requirements.ts';
import { actOn, idInBusiness, runsBusiness } from '../shared/business-requirements.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import type { KnownViewer } from '../../graph/authentication/viewer.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import type { Change } from '../../liveness/change.ts';
import { unchangedParam, unchangedSince } from '../shared/unchanged.ts';
import { param } from '../../graph/language/params.ts';
import { personMeant } from '../shared/person-meant.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import { type AdAccount, OWN } from '../../store/ads/ad-accounts.ts';
import * as adAccounts from '../../store/ads/ad-accounts.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import { BusinessId } from '../../store/ids.ts';

/**
 * On behalf of the business that is named and has the ad account: by its administrators, or by somebody in it who manages
 * the account. Who manages the account for another business has no say about the people of this one. Without a business
 * only where none owns the account.
 */
const managesPeople = all(
  mayManageAdPeople,
  given(
    'business',
    all(
      any(on('business', 'business', runsBusiness), managesAdAccount),
      where('has_ad_account', 'business'),
      on('business', 'business', businessRole('ADMIN', 'EMPLOYEE')),
    ),
    all(where('owned_by_nobody', 'business'), managesAdAccount),
  ),
);

/** The tasks that a business has given somebody; while this change lasts, nobody else gives or takes any. */
async function tasksNow(
  { tx }: Change,
  { accountId, personId, businessId }: Pick<adAccounts.AdAccountRole, 'accountId' | 'personId' | 'businessId'>,
): Promise<readonly string[]> {
  await adAccounts.holdForChange(tx, accountId);
  const held = await adAccounts.rolesOf(tx, accountId, personId);
  return held.find((role) => role.businessId === businessId)?.tasks ?? [];
}

async function members(context: Context<KnownViewer>, account: AdAccount, businessId: BusinessId) {
  const { installation, viewer, q } = context;
  const business = businessId === OWN ? undefined : await businesses.byId(q, businessId);
  const found = await Promise.all(
    (await adAccounts.rolesOn(q, account.id, businessId)).map(async ({ personId, tasks }) => {
      const person = await installation.facts.person(personId);
      if (!person || person.state === 'deleted') return undefined;
      return {
        id: business
          ? await idInBusiness(context, business.id, person)
          : await knownAs(installation, viewer.app.id, personId),
        name: person.name,
        tasks,
        ...(business && {
          business: { id: business.id, name: business.name },
          user_type: person.systemUserOf === null ? ('BUSINESS_USER' as const) : ('SYSTEM_USER' as const),
        }),
      };
    }),
  );
  return found.filter((one) => one !== undefined);
}

const business = param.idOf(BusinessId, 'The business on whose behalf; needed where a business owns the ad account.');
const user = param.id('The person or system user, by the id this app knows or the one in the business.', {
  required: true,
});
const agency = param.idOf(BusinessId, 'The business.', { required: true });

export const adAccountPeople: Edge<AdAccount>[] = [
  listEdge('assigned_users', {
    doc: 'People and system users to whom the business gave tasks on the ad account.',
    needs: managesPeople,
    params: { business },
    run: async (context, account: AdAccount, args, at) =>
      paginate(await members(context, account, args.business ?? OWN), (one) => one.id, at),
  }),
  edge('POST', 'assigned_users', {
    doc: 'Gives a person tasks on the ad account, replacing those the business had given. A business gives them to its own people and system users.',
    needs: managesPeople,
    params: { user, tasks: param.list('The tasks.', { required: true }), business, unchanged: unchangedParam },
    async run(context, account: AdAccount, args) {
      const demand = unchangedSince(args.unchanged);
      const businessId = args.business ?? OWN;
      const tasks = adAccountTasksGiven(args.tasks, 'tasks');
      const role = {
        accountId: account.id,
        personId: await personMeant(context, 'user', args.user),
        businessId,
        tasks,
      };
      await changeIn(context, async (change) => {
        if (args.unchanged !== undefined) demand({ tasks: await tasksNow(change, role) });
        await giveAdAccountRole(change, { ...role, ...actOn(context, businessId) });
      });
      return { success: true };
    },
  }),
  edge('DELETE', 'assigned_users', {
    doc: 'Takes back the tasks that the business had given, from the next call on.',
    needs: managesPeople,
    params: { user, business, unchanged: unchangedParam },
    async run(context, account: AdAccount, args) {
      const demand = unchangedSince(args.unchanged);
      const businessId = args.business ?? OWN;
      const role = { accountId: account.id, personId: await personMeant(context, 'user', args.user), businessId };
      const done = await changeIn(context, async (change) => {
        if (args.unchanged !== undefined) demand({ tasks: await tasksNow(change, role) });
        return takeAdAccountRole(change, { ...role, by: actOn(context, businessId).by });
      });
      if (!done) throw graphError('param.invalid', { name: 'user' });
      return { success: true };
    },
  }),
  listEdge('agencies', {
    doc: 'The businesses that work on the ad account for its owner.',
    needs: managesAdAccount,
    async run({ installation, q }, account: AdAccount, _args, at) {
      const rows = (await installation.facts.adAccountHolders(account.id)).filter((one) => one.relation === 'agency');
      const named = await Promise.all(
        rows.map(async ({ businessId, tasks }) => ({
          id: businessId,
          name: (await businesses.byId(q, businessId))?.name ?? '',
          permitted_tasks: tasks,
        })),
      );
      return paginate(named, (row) => row.id, at);
    },
  }),
  edge('POST', 'agencies', {
    doc: 'Lets a business work on the ad account with these tasks, replacing those it had.',
    needs: managesAdAccount,
    params: { business: agency, permitted_tasks: param.list('The tasks.', { required: true }) },
    async run(context, account: AdAccount, args) {
      const tasks = adAccountTasksGiven(args.permitted_tasks, 'permitted_tasks');
      await changeIn(context, (change) => putAdAgency(change, actOn(context, args.business), account.id, tasks));
      return { success: true };
    },
  }),
  edge('DELETE', 'agencies', {
    doc: 'Ends the work of a business on the ad account, with every task it had given.',
    needs: managesAdAccount,
    params: { business: agency },
    async run(context, account: AdAccount, args) {
      const holders = await context.installation.facts.adAccountHolders(account.id);
      if (holders.find((one) => one.businessId === args.business)?.relation !== 'agency')
        throw graphError('param.invalid', { name: 'business' });
      await changeIn(context, (change) => removeAdHolder(change, actOn(context, args.business), account.id));
      return { success: true };
    },
  }),
];
