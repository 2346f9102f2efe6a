// The businesses a person is in, and making one. Source: the businesses edge of the user.
import { all, permission, refuse, self, token } from '@hallpass/protocol';
import { createBusiness } from '../accounts/businesses.ts';
import { nameGiven, settingParams, settingsGiven } from '../graph/business-settings.ts';
import { cut } from '../graph/cursors.ts';
import { param } from '../graph/params.ts';
import { type Edge, edge, listEdge } from '../graph/schema.ts';
import * as businesses from '../store/businesses.ts';
import type { Person } from '../store/people.ts';

const oneself = all(token('user'), self, permission('business_management'));

export const userBusinesses: Edge<Person>[] = [
  listEdge('businesses', {
    doc: 'The businesses the person is in.',
    needs: oneself,
    of: 'business',
    run: async ({ q }, person: Person, _args, page) => cut(await businesses.ofPerson(q, person.id), (one) => one.id, page),
  }),
  edge('POST', 'businesses', {
    doc: 'Makes a business, with the person as its administrator.',
    needs: oneself,
    params: { name: param.text('The name.', { required: true }), ...settingParams },
    async run({ installation }, person: Person, args) {
      // A test user stays away from what real people own (threats PR-08).
      if (person.testUserOf !== null) throw refuse('permission.denied');
      return { id: await createBusiness(installation, { name: nameGiven(args.name), settings: settingsGiven(args), personId: person.id }) };
    },
  }),
];
