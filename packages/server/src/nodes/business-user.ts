// A person in a business, by the id of the membership. Source: the business user reference.
import { all, any, businessRole, type BusinessRole, businessRoles, permission, self, token } from '@hallpass/protocol';
import { removeBusinessUser, setBusinessRole } from '../accounts/businesses.ts';
import { actOn, inBusiness, runsBusiness } from '../graph/businesses.ts';
import { changeIn } from '../graph/context.ts';
import { cut } from '../graph/cursors.ts';
import { param } from '../graph/params.ts';
import { edge, fieldsOf, listEdge, node } from '../graph/schema.ts';
import * as businesses from '../store/businesses.ts';
import * as pages from '../store/pages.ts';
import type { Page } from '../store/pages.ts';

type Member = businesses.Member;

const field = fieldsOf<Member>();

export const businessUser = node<Member>({
  name: 'business_user',
  type: 'BusinessUser',
  doc: 'A person in a business.',
  needs: inBusiness,
  target: ({ viewer }, row) => ({ self: viewer.person?.id === row.personId && viewer.kind === 'user', ownApp: false, businessId: row.businessId }),
  async find({ installation, viewer, q }, id) {
    if (!viewer.person || (viewer.kind !== 'user' && viewer.kind !== 'system_user')) return undefined;
    const row = await businesses.memberById(q, id);
    if (row?.kind !== 'person' || (await installation.facts.businessRole(row.businessId, viewer.person.id)) === null) return undefined;
    return row;
  },
  fields: {
    name: field.text('The name of the person.', {
      show: 'default',
      load: ({ installation }, rows) => Promise.all(rows.map(async (row) => (await installation.facts.person(row.personId))?.name)),
    }),
    id: field.id('The id of the person in this business.', { show: 'always', from: (row) => row.id }),
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
    two_fac_status: field.text('Whether the person has a second factor: enabled or disabled.', {
      load: ({ installation }, rows) =>
        Promise.all(rows.map(async (row) => ((await installation.facts.secondFactor(row.personId)) ? 'enabled' : 'disabled'))),
    }),
    email: field.text('The e-mail address, for administrators of the business.', {
      needs: runsBusiness,
      load: ({ installation }, rows) => Promise.all(rows.map(async (row) => (await installation.facts.person(row.personId))?.email ?? undefined)),
    }),
  },
  edges: [
    edge('POST', '', {
      doc: 'Gives the person another role in the business.',
      needs: runsBusiness,
      params: { role: param.text('The role.', { required: true, oneOf: Object.keys(businessRoles) }) },
      async run(context, row: Member, { role }) {
        await changeIn(context, (change) => setBusinessRole(change, actOn(context, row.businessId), row.id, role as BusinessRole));
        return { success: true };
      },
    }),
    edge('DELETE', '', {
      doc: 'Takes the person out of the business, with all that it had assigned: Page tokens made by it stop working for good.',
      needs: all(token('user', 'system_user'), permission('business_management'), any(self, businessRole('ADMIN'))),
      guards: ['the last administrator stays'],
      async run(context, row: Member) {
        await changeIn(context, (change) => removeBusinessUser(change, actOn(context, row.businessId), row.id));
        return { success: true };
      },
    }),
    listEdge('assigned_pages', {
      doc: 'The Pages that the business assigned to the person.',
      needs: inBusiness,
      of: 'page',
      async run({ installation, q }, row: Member, _args, page) {
        const part = cut(await pages.assignedBy(q, row.businessId, { personId: row.personId }), (one) => one.pageId, page);
        const found = await Promise.all(part.rows.map(async ({ pageId }) => installation.facts.page(pageId)));
        return { ...part, rows: found.filter((one) => one !== null), position: (one: Page) => one.id };
      },
    }),
  ],
});
