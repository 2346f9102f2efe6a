// The businesses a person is in, and making one. Source: the businesses edge of the user.
import { all, permission, self, token } from '@hallpass/protocol';
import { createBusiness } from '../../businesses/businesses.ts';
import { nameGiven, settingParams, settingsGiven } from '../shared/business-settings.ts';
import type { Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge, type PageRequest } from '../../graph/language/schema.ts';
import * as businesses from '../../store/businesses/businesses.ts';
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
