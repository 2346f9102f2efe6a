// This node is a person in a business, by the id of the membership. Source: the business user reference.
import { all, any, businessRole, businessRoles, graphError, keysOf, permission, self, token } from '@hallpass/protocol';
import { removeBusinessUser, setBusinessRole, setTitle } from '../../businesses/businesses.ts';
import { assigned, assignedPageFields } from '../shared/assigned.ts';
import { nameGiven } from '../shared/business-settings.ts';
import { actOn, inBusiness, runsBusiness } from '../shared/business-requirements.ts';
import { speaksForPerson } from '../../graph/authentication/viewer.ts';
import { changeIn } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { unchangedParam, unchangedSince } from '../shared/unchanged.ts';
import { param } from '../../graph/language/params.ts';
import { edge, fieldsOf, listEdge, node } from '../../graph/language/schema.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as pages from '../../store/pages/pages.ts';
import type { Page } from '../../store/pages/pages.ts';
import { MemberId } from '../../store/ids.ts';

type Member = businesses.Member;

const field = fieldsOf<Member>();

export const businessUser = node<Member>({
  name: 'business_user',
  type: 'BusinessUser',
  doc: 'A person in a business.',
  needs: inBusiness,
  target: ({ viewer }, row) => ({
    self: viewer.kind === 'user' && viewer.person.id === row.personId,
    ownApp: false,
    businessId: row.businessId,
  }),
  tables: ['business_people'],
  async find({ installation, viewer, q }, id) {
    if (!speaksForPerson(viewer)) return undefined;
    const memberId = MemberId.parse(id);
    const row = memberId && (await businesses.memberById(q, memberId));
    if (row?.kind !== 'person' || (await installation.facts.businessRole(row.businessId, viewer.person.id)) === null)
      return undefined;
    return row;
  },
  fields: {
    name: field.text('The name of the person.', {
      show: 'default',
      load: ({ installation }, rows) =>
        Promise.all(rows.map(async (row) => (await installation.facts.person(row.personId))?.name)),
    }),
    id: field.id('The id of the person in this business.', { show: 'always', from: (row) => row.id }),
    first_name: field.text('The first name.', {
      load: ({ installation }, rows) =>
        Promise.all(rows.map(async (row) => (await installation.facts.person(row.personId))?.firstName)),
    }),
    last_name: field.text('The last name.', {
      load: ({ installation }, rows) =>
        Promise.all(rows.map(async (row) => (await installation.facts.person(row.personId))?.lastName)),
    }),
    title: field.text('The title of the person in the business.', { from: (row) => row.title ?? undefined }),
    tasks: field.list('string', 'Words that came with the invitation; nothing is allowed by them.', {
      from: (row) => row.tasks,
    }),
    marked_for_removal: field.bool('A removed person leaves at once, so nobody is ever marked.', {
      from: () => false,
    }),
    role: field.text('ADMIN or EMPLOYEE.', { show: 'default', from: (row) => row.role }),
    business: field.object('Business', 'The business.', {
      show: 'default',
      load: ({ q }, rows) =>
        Promise.all(
          rows.map(async (row) => {
            const found = await businesses.byId(q, row.businessId);
            return found && { id: found.id, name: found.name };
          }),
        ),
    }),
    two_fac_status: field.text('Whether the person has turned on two-factor authentication: enabled or disabled.', {
      load: ({ installation }, rows) =>
        Promise.all(
          rows.map(async (row) => ((await installation.facts.secondFactor(row.personId)) ? 'enabled' : 'disabled')),
        ),
    }),
    email: field.text('The e-mail address, for administrators of the business.', {
      needs: runsBusiness,
      load: ({ installation }, rows) =>
        Promise.all(rows.map(async (row) => (await installation.facts.person(row.personId))?.email ?? undefined)),
    }),
  },
  edges: [
    edge('POST', '', {
      doc: 'Gives the person another role or title in the business.',
      needs: runsBusiness,
      refuses: ['business.last_administrator'],
      params: {
        role: param.text('The role.', { oneOf: keysOf(businessRoles) }),
        title: param.text('The title of the person.', { max: 100 }),
        unchanged: unchangedParam,
      },
      async run(context, row: Member, { role, title, unchanged }) {
        const demand = unchangedSince(unchanged);
        if (role === undefined && title === undefined) throw graphError('param.required', { name: 'role' });
        const act = actOn(context, row.businessId);
        const stored = title === undefined ? undefined : nameGiven(title, 'title');
        await changeIn(context, async (change) => {
          await businesses.holdForChange(change.tx, row.businessId);
          const now = await businesses.memberById(change.tx, row.id);
          if (now) demand({ role: now.role, title: now.title });
          if (role !== undefined) await setBusinessRole(change, act, row.id, role);
          if (stored !== undefined) await setTitle(change, act, row.id, stored);
        });
        return { success: true };
      },
    }),
    edge('DELETE', '', {
      doc: 'Removes the person from the business, with all its assignments: Page tokens that came from it stop working permanently.',
      needs: all(token('user', 'system_user'), permission('business_management'), any(self, businessRole('ADMIN'))),
      refuses: ['business.last_administrator'],
      async run(context, row: Member) {
        await changeIn(context, (change) => removeBusinessUser(change, actOn(context, row.businessId), row.id));
        return { success: true };
      },
    }),
    listEdge('assigned_pages', {
      doc: 'The Pages that the business assigned to the person.',
      needs: inBusiness,
      of: 'page',
      itemFields: assignedPageFields,
      async run({ installation, q }, row: Member, _args, page) {
        const part = paginate(
          await pages.assignedBy(q, row.businessId, { personId: row.personId }),
          (one) => one.pageId,
          page,
        );
        const found = await Promise.all(part.rows.map(async ({ pageId }) => installation.facts.page(pageId)));
        const rows = found.filter((one) => one !== null).map((one) => assigned(one, row.personId, row.businessId));
        return { ...part, rows, position: (one: Page) => one.id };
      },
    }),
  ],
});
