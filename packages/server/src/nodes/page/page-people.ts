// These edges say who may do what on a Page. Sources: the roles and assigned_users edges of the page reference; page
// settings need the task MANAGE.
import { all, given, graphError, on, task, token } from '@hallpass/protocol';
import { assignPage, unassignPage } from '../../businesses/business-assets.ts';
import { givePageRole, takePageRole } from '../../pages/page-roles.ts';
import { knownAs } from '../../people/scoped-id.ts';
import { actOn, idInBusiness, runsBusiness } from '../shared/business-requirements.ts';
import { personActor } from '../shared/actor.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import type { KnownViewer } from '../../graph/authentication/viewer.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { pageTasksGiven } from '../shared/page-tasks-given.ts';
import type { Change } from '../../liveness/change.ts';
import { unchangedParam, unchangedSince } from '../shared/unchanged.ts';
import { param } from '../../graph/language/params.ts';
import { personBehindId, personMeant } from '../shared/person-meant.ts';
import { managesPage } from '../shared/requirements.ts';
import { type Edge, edge, listEdge, type PageRequest } from '../../graph/language/schema.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as pages from '../../store/pages/pages.ts';
import { BusinessId, type PageId, type PersonId } from '../../store/ids.ts';

/** By an administrator of the business on whose behalf it is done; without one, by whoever manages the Page. */
const manages = given('business', on('business', 'business', runsBusiness), managesPage);

/** The tasks of a person, as the list shows them; while this change lasts, nobody else gives or takes any. */
async function tasksNow(
  { tx }: Change,
  pageId: PageId,
  personId: PersonId,
  businessId: BusinessId | undefined,
): Promise<readonly string[]> {
  await pages.holdForChange(tx, pageId);
  const held = (await pages.rolesOfPage(tx, pageId)).find((role) => role.personId === personId);
  return held && (businessId === undefined || held.businessId === businessId) ? held.tasks : [];
}

interface Member {
  id: string;
  name: string;
  tasks: string[];
  /** The business that assigned them, if one did. */
  business?: { id: string; name: string } | undefined;
  user_type?: 'BUSINESS_USER' | 'SYSTEM_USER';
}

interface Only {
  /** Assigned by this business. */
  onlyOf?: BusinessId | undefined;
  /** This person. */
  onlyPerson?: PersonId | undefined;
}

async function members(
  context: Context<KnownViewer>,
  page: pages.Page,
  { onlyOf, onlyPerson }: Only,
): Promise<Member[]> {
  const { installation, viewer, q } = context;
  const rows: Member[] = [];
  for (const { personId, tasks, businessId } of await pages.rolesOfPage(q, page.id)) {
    if ((onlyOf !== undefined && businessId !== onlyOf) || (onlyPerson !== undefined && personId !== onlyPerson))
      continue;
    const person = await installation.facts.person(personId);
    if (!person || person.state === 'deleted') continue;
    const id =
      onlyOf === undefined
        ? await knownAs(installation, viewer.app.id, personId)
        : await idInBusiness(context, onlyOf, person);
    const member: Member = { id, name: person.name, tasks };
    const by = businessId === null ? undefined : await businesses.byId(q, businessId);
    if (by) {
      member.business = { id: by.id, name: by.name };
      member.user_type = person.systemUserOf === null ? 'BUSINESS_USER' : 'SYSTEM_USER';
    }
    rows.push(member);
  }
  return rows;
}

const listed = async (context: Context<KnownViewer>, page: pages.Page, only: Only, at: PageRequest) =>
  paginate(await members(context, page, only), (member) => member.id, at);

const user = param.id('The person or system user, by the id this app knows or the one in the business.', {
  required: true,
});
const business = param.idOf(BusinessId, 'The business on whose behalf.');

export const pagePeople: Edge<pages.Page>[] = [
  listEdge('roles', {
    doc: 'People with a role on the Page, and their tasks.',
    needs: all(token('page', 'user', 'system_user'), task('MANAGE')),
    params: {
      uid: param.id('Only this person.'),
      include_deactivated: param.bool('Accepted, but has no effect here.'),
    },
    async run(context, page: pages.Page, { uid }, at) {
      if (uid === undefined) return listed(context, page, {}, at);
      const onlyPerson = await personBehindId(context, uid);
      return onlyPerson === null
        ? paginate<Member>([], (member) => member.id, at)
        : listed(context, page, { onlyPerson }, at);
    },
  }),
  listEdge('assigned_users', {
    doc: 'People with a role on the Page, and their tasks; with `business`, by the ids that its business_users and system_users list.',
    needs: manages,
    params: { business },
    async run(context, page: pages.Page, args, at) {
      return listed(context, page, { onlyOf: args.business }, at);
    },
  }),
  edge('POST', 'assigned_users', {
    doc: 'Gives a person tasks on the Page, replacing those they had. A business gives them to its people and system users.',
    needs: manages,
    refuses: ['business.role_elsewhere'],
    params: {
      user,
      tasks: param.list('The tasks.', { required: true }),
      business,
      unchanged: unchangedParam,
    },
    async run(context, page: pages.Page, { user, tasks, business: businessId, unchanged }) {
      const demand = unchangedSince(unchanged);
      const named = pageTasksGiven(tasks, 'tasks');
      const personId = await personMeant(context, 'user', user);
      const role = { pageId: page.id, personId, tasks: named };
      await changeIn(context, async (change) => {
        if (unchanged !== undefined) demand({ tasks: await tasksNow(change, page.id, personId, businessId) });
        await (businessId === undefined
          ? givePageRole(change, { ...role, by: personActor(context), now: context.now })
          : assignPage(change, actOn(context, businessId), role));
      });
      return { success: true };
    },
  }),
  edge('DELETE', 'assigned_users', {
    doc: 'Takes the role of a person away: Page tokens that came from it stop working permanently.',
    needs: manages,
    params: { user, business, unchanged: unchangedParam },
    async run(context, page: pages.Page, { user, business: businessId, unchanged }) {
      const demand = unchangedSince(unchanged);
      const personId = await personMeant(context, 'user', user);
      const done = await changeIn(context, async (change) => {
        if (unchanged !== undefined) demand({ tasks: await tasksNow(change, page.id, personId, businessId) });
        return businessId === undefined
          ? takePageRole(change, { pageId: page.id, personId, by: personActor(context) })
          : unassignPage(change, actOn(context, businessId), page.id, personId);
      });
      if (!done) throw graphError('param.invalid', { name: 'user' });
      return { success: true };
    },
  }),
];
