// This node is a system user: an account of a business for its servers, as one app knows it. Sources: the guides on
// system users, the system user reference.
import { all, any, self, token } from '@hallpass/protocol';
import { allValues } from '../../installation/maybe.ts';
import { knownAs } from '../../people/scoped-id.ts';
import { assigned, assignedPageFields } from '../shared/assigned.ts';
import { inBusiness, personInShort } from '../shared/business-requirements.ts';
import { speaksForPerson } from '../../graph/authentication/viewer.ts';
import type { Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { isoMoment } from '../shared/moment.ts';
import { param } from '../../graph/language/params.ts';
import { hasMarketingAccess, isAppOfBusiness } from './app-of-business.ts';
import { personBehindId } from '../shared/person-meant.ts';
import { fieldsOf, listEdge, node } from '../../graph/language/schema.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Page } from '../../store/pages/pages.ts';
import type { Person } from '../../store/people/people.ts';

const field = fieldsOf<Person>();

const memberOf = async ({ q }: Context, { id, systemUserOf }: Person) =>
  systemUserOf === null ? undefined : businesses.member(q, systemUserOf, id);

const itselfOr = (others: typeof inBusiness) => any(all(token('system_user'), self), others);

export const systemUser = node<Person>({
  name: 'system_user',
  type: 'SystemUser',
  doc: 'A system user of a business.',
  needs: itselfOr(inBusiness),
  target: ({ viewer }, row) => ({
    self: viewer.kind === 'system_user' && viewer.person.id === row.id,
    ownApp: false,
    businessId: row.systemUserOf ?? undefined,
  }),
  conditions: { app_of_business: isAppOfBusiness, named_marketing_access: hasMarketingAccess },
  tables: ['app_people', 'business_people'],
  async find(context, id) {
    const { installation, viewer } = context;
    if (!speaksForPerson(viewer)) return undefined;
    const personId = await personBehindId(context, id);
    const person = personId === null ? null : await installation.facts.person(personId);
    if (!person || person.systemUserOf === null) return undefined;
    return (await installation.facts.businessRole(person.systemUserOf, viewer.person.id)) === null ? undefined : person;
  },
  fields: {
    name: field.text('The name.', { show: 'default', from: (p) => p.name }),
    id: field.id(
      'The id by which this app knows it; another app knows another, and the settings of the business show a third.',
      {
        show: 'always',
        load: ({ installation, viewer }, rows) =>
          allValues(rows.map((p) => knownAs(installation, viewer.app.id, p.id))),
      },
    ),
    role: field.text('ADMIN: has everything of the business. EMPLOYEE: has what was assigned.', {
      load: (context, rows) => Promise.all(rows.map(async (p) => (await memberOf(context, p))?.role)),
    }),
    created_by: field.object('User', 'Who made it.', {
      load: (context, rows) =>
        Promise.all(rows.map(async (p) => personInShort(context, (await memberOf(context, p))?.createdBy ?? null))),
    }),
    client_business_id: field.id(
      'The business that connected the app, where this is the system user of an integration.',
      {
        load: ({ installation }, rows) =>
          Promise.all(rows.map(async (p) => (await installation.facts.integration(p.id))?.businessId)),
      },
    ),
    created_time: field.moment('When it was made.', { from: (p) => isoMoment(p.createdAt) }),
  },
  edges: [
    listEdge('assigned_pages', {
      doc: 'The Pages it has: those assigned to it, and for an administrator all of the business.',
      needs: itselfOr(inBusiness),
      of: 'page',
      itemFields: assignedPageFields,
      params: { pages: param.list('Only these.') },
      async run({ installation }, person: Person, { pages }, page) {
        const wanted = pages && new Set(pages);
        const held = (await installation.facts.pagesOf(person.id)).filter(
          ({ pageId }) => wanted === undefined || wanted.has(pageId),
        );
        const part = paginate(held, (one) => one.pageId, page);
        const rows = await Promise.all(part.rows.map(async ({ pageId }) => installation.facts.page(pageId)));
        const found = rows.filter((row) => row !== null).map((row) => assigned(row, person.id, person.systemUserOf));
        return { ...part, rows: found, position: (row: Page) => row.id };
      },
    }),
    listEdge('permissions', {
      doc: 'The rights of the token that makes the call.',
      needs: all(token('system_user'), self),
      async run({ viewer }, _person: Person, _args, page) {
        const rows = [...viewer.inForce.names].map((name) => ({ permission: name, status: 'granted' }));
        return paginate(rows, (row) => row.permission, page);
      },
    }),
  ],
});
