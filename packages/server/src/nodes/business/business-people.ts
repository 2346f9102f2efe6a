// These edges are about the people of a business and its system users. Sources: the business_users and system_users
// edges of the business.
import {
  all,
  any,
  anyone,
  businessRoles,
  dashboard,
  given,
  graphError,
  keysOf,
  type MarketingTier,
  marketingTiers,
  where,
} from '@hallpass/protocol';
import { invitationKey, invite } from '../../businesses/business-invitations.ts';
import { emailOf } from '../../people/people.ts';
import { knownAs } from '../../people/scoped-id.ts';
import { createSystemUser, renameSystemUser } from '../../businesses/system-users.ts';
import { nameGiven } from '../shared/business-settings.ts';
import { actOn, inBusiness, runsBusiness } from '../shared/business-requirements.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { unchangedParam, unchangedSince } from '../shared/unchanged.ts';
import { param } from '../../graph/language/params.ts';
import { personMeant } from '../shared/person-meant.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import { addressesFor, invitationPath } from '../../hosts.ts';
import * as invitations from '../../store/businesses/business-invitations.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as people from '../../store/people/people.ts';
import type { BusinessId, PersonId } from '../../store/ids.ts';

type Business = businesses.Business;

const roles = keysOf(businessRoles);

/** The system user of a business that an app means by an id. @throws GraphError param.invalid */
async function systemUserMeant(context: Context, businessId: BusinessId, id: string): Promise<PersonId> {
  const person = await context.installation.facts.person(await personMeant(context, 'system_user_id', id));
  if (person?.systemUserOf !== businessId) throw graphError('param.invalid', { name: 'system_user_id' });
  return person.id;
}

const tiers = keysOf(marketingTiers);

/** The widest access to the Marketing API among the apps that the business owns. */
export async function bestTier({ installation, q }: Context, businessId: BusinessId): Promise<MarketingTier> {
  let best = 0;
  for (const id of await businesses.appsOf(q, businessId)) {
    const app = await installation.facts.app(id);
    if (app?.status === 'active') best = Math.max(best, tiers.indexOf(app.settings.marketingTier));
  }
  return tiers[best] ?? 'none';
}

export const businessPeople: Edge<Business>[] = [
  listEdge('business_users', {
    doc: 'The people of the business.',
    needs: inBusiness,
    of: 'business_user',
    async run({ q }, row: Business, _args, page) {
      return paginate(await businesses.members(q, row.id, 'person'), (member) => member.id, page);
    },
  }),
  edge('POST', 'business_users', {
    doc: 'Invites a person by e-mail address: the person who has an account with it, now or later, accepts by `invite_link`. Replaces an earlier invitation to the same address.',
    needs: runsBusiness,
    params: {
      email: param.text('The e-mail address.', { required: true }),
      role: param.text('The role of the person.', { oneOf: roles }),
      tasks: param.list('Words of your own; nothing is allowed by them.'),
      invited_user_type: param.text('Kept and shown.', { oneOf: ['FB', 'MWA'] }),
    },
    async run(context, row: Business, { email, role, tasks, invited_user_type }) {
      const { installation, call } = context;
      const stored = emailOf(email);
      if (stored === undefined) throw graphError('param.invalid', { name: 'email' });
      if ((tasks ?? []).length > 20 || tasks?.some((word) => !/^[A-Z_]{1,40}$/.test(word)))
        throw graphError('param.invalid', { name: 'tasks' });
      const wanted = {
        email: stored,
        role: role ?? 'EMPLOYEE',
        tasks: tasks ?? [],
        userType: invited_user_type ?? 'FB',
      };
      const made = await changeIn(context, (change) => invite(installation, change, actOn(context, row.id), wanted));
      const { www } = addressesFor(call.base, installation.settings);
      return {
        id: made.id,
        invite_link: `${www}${invitationPath}?id=${made.id}&key=${invitationKey(installation, made)}`,
      };
    },
  }),
  listEdge('pending_users', {
    doc: 'Open invitations.',
    needs: runsBusiness,
    of: 'business_role_request',
    params: { email: param.text('Only to this address.') },
    async run({ q }, row: Business, { email }, page) {
      const found = await invitations.pendingOf(q, row.id, email === undefined ? undefined : (emailOf(email) ?? ''));
      return paginate(found, (one) => one.id, page);
    },
  }),
  listEdge('system_users', {
    doc: 'The system users of the business.',
    needs: inBusiness,
    of: 'system_user',
    shows: ['id', 'name', 'role'],
    async run({ q }, row: Business, _args, page) {
      const part = paginate(await businesses.members(q, row.id, 'system_user'), (member) => member.id, page);
      const found = new Map(
        (
          await people.byIds(
            q,
            part.rows.map((member) => member.personId),
          )
        ).map((person) => [person.id, person]),
      );
      const memberOf = new Map(part.rows.map((member) => [member.personId, member.id]));
      return {
        ...part,
        rows: part.rows.flatMap((member) => found.get(member.personId) ?? []),
        position: (person: people.Person) => memberOf.get(person.id) ?? '',
      };
    },
  }),
  edge('POST', 'system_users', {
    doc: 'Makes a system user; with system_user_id, gives one another name. System users are never deleted.',
    needs: all(
      runsBusiness,
      given(
        'system_user_id',
        anyone,
        any(all(where('business_owns_app'), where('marketing_access')), all(dashboard, where('owns_marketing_app'))),
      ),
    ),
    refuses: ['business.system_users'],
    params: {
      name: param.text('The name.', { required: true }),
      role: param.text('What it is to be.', { oneOf: roles }),
      system_user_id: param.id('The one to be renamed, by the id this app knows.'),
      unchanged: unchangedParam,
    },
    async run(context, row: Business, args) {
      const { installation, viewer } = context;
      const app = viewer.app;
      const { by } = actOn(context, row.id);
      const name = nameGiven(args.name);
      if (args.system_user_id !== undefined) {
        const personId = await systemUserMeant(context, row.id, args.system_user_id);
        const demand = unchangedSince(args.unchanged);
        await changeIn(context, (change) =>
          renameSystemUser(change, personId, name, by, (now) => demand({ name: now.name })),
        );
        return { id: await knownAs(installation, app.id, personId) };
      }
      const role = args.role ?? 'EMPLOYEE';
      return {
        id: await createSystemUser(installation, {
          businessId: row.id,
          name,
          role,
          appId: app.id,
          tier: viewer.dashboard ? await bestTier(context, row.id) : app.settings.marketingTier,
          by,
        }),
      };
    },
  }),
];
