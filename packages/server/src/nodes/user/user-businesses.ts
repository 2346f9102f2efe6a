// The businesses a person is in, what they know the person as and assigned to them, and making one. Sources: the
// businesses, business_users and assigned_pages edges of the user.
import { all, permission, self, token } from '@hallpass/protocol';
import { createBusiness } from '../../businesses/businesses.ts';
import { assigned, assignedPageFields } from '../shared/assigned.ts';
import { nameGiven, settingParams, settingsGiven } from '../shared/business-settings.ts';
import type { Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge, type PageRequest } from '../../graph/language/schema.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as pages from '../../store/pages/pages.ts';
import type { Member } from '../../store/businesses/businesses.ts';
import type { Page } from '../../store/pages/pages.ts';
import type { Person } from '../../store/people/people.ts';

const oneself = all(token('user'), self, permission('business_management'));

const list = {
  of: 'business',
  run: async ({ q }: Context, person: Person, _args: unknown, page: PageRequest) =>
    paginate(await businesses.ofPerson(q, person.id), (one) => one.id, page),
};

/** A system user is in the business that it belongs to. */
export const systemUserBusinesses: Edge<Person>[] = [
  listEdge('businesses', {
    doc: 'The business that the system user belongs to.',
    needs: all(token('system_user'), self, permission('business_management')),
    ...list,
  }),
];

export const userBusinesses: Edge<Person>[] = [
  listEdge('businesses', { doc: 'The businesses the person is in.', needs: oneself, ...list }),
  listEdge('business_users', {
    doc: 'The person as each of their businesses knows them.',
    needs: oneself,
    of: 'business_user',
    async run({ q }, person: Person, _args, page) {
      const part = paginate(await businesses.ofPerson(q, person.id), (one) => one.id, page);
      const members = await Promise.all(part.rows.map(({ id }) => businesses.member(q, id, person.id)));
      return { ...part, rows: members.filter((one) => one !== undefined), position: (one: Member) => one.businessId };
    },
  }),
  listEdge('assigned_pages', {
    doc: 'The Pages that businesses assigned to the person.',
    needs: oneself,
    of: 'page',
    itemFields: assignedPageFields,
    async run({ installation, q }, person: Person, _args, page) {
      const held = (await pages.rolesOfPerson(q, person.id)).filter(({ throughBusiness }) => throughBusiness);
      const part = paginate(held, ({ pageId }) => pageId, page);
      const found = await Promise.all(part.rows.map(async ({ pageId }) => installation.facts.page(pageId)));
      const rows = found.filter((one) => one !== null).map((one) => assigned(one, person.id, null));
      return { ...part, rows, position: (one: Page) => one.id };
    },
  }),
  edge('POST', 'businesses', {
    doc: 'Makes a business, with the person as its administrator.',
    needs: oneself,
    params: { name: param.text('The name.', { required: true }), ...settingParams },
    async run({ installation }, person: Person, args) {
      // A business of a test user belongs to the world of its app (threats PR-08).
      const wanted = {
        name: nameGiven(args.name),
        settings: settingsGiven(args),
        personId: person.id,
        testOf: person.testUserOf,
      };
      return { id: await createBusiness(installation, wanted) };
    },
  }),
];
