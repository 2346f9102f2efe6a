// These edges are about a person who makes apps: the apps worked on, making one, invitations, and the queue of those
// who review for the platform. Ours: the real dashboard has it without a call.
import { all, dashboard, graphError, self, where } from '@hallpass/protocol';
import { createApp } from '../../apps/create-app.ts';
import { emailOf, nameOf } from '../../people/people.ts';
import { reviewsAccess } from '../shared/access-reviews.ts';
import { personActor } from '../shared/actor.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import * as accessRequests from '../../store/apps/access-requests.ts';
import * as appInvitations from '../../store/apps/app-invitations.ts';
import * as apps from '../../store/apps/apps.ts';
import type { Person } from '../../store/people/people.ts';

const oneself = all(dashboard, self);
/** A queue of more is worked off from its oldest end. */
const LONGEST_QUEUE = 1000;

export const userApps: Edge<Person>[] = [
  listEdge('apps', {
    doc: 'The apps on which the person has a role.',
    source: 'ours',
    needs: oneself,
    of: 'app',
    shows: ['id', 'name', 'mode', 'my_roles'],
    params: { archived: param.bool('Those in the archive, in place of those in use.') },
    async run({ installation, q }, person: Person, { archived = false }, page) {
      const ids = await apps.appsInState(q, person.id, archived ? 'archived' : 'active');
      const part = paginate(ids, (id) => id, page);
      // Of hundreds of apps only those that are answered are read.
      const found = await Promise.all(part.rows.map(async (id) => installation.facts.app(id)));
      return { ...part, rows: found.filter((app) => app !== null), position: (app: apps.App) => app.id };
    },
  }),
  edge('POST', 'apps', {
    doc: 'Makes an app: in development mode, with the person as its administrator.',
    source: 'ours',
    needs: all(oneself, where('no_test_user')),
    refuses: ['app.too_many'],
    params: {
      name: param.text('The name of the app.', { required: true }),
      contact_email: param.text('How people reach its developers; by default the address of the person.', { max: 254 }),
      category: param.text('The category of the app.', { max: 100 }),
      type: param.text('native is for programs that people carry home.', { oneOf: ['web', 'native'] }),
    },
    async run(context, person: Person, { name, contact_email, category, type }) {
      const named = nameOf(name);
      if (named.name === undefined) throw graphError('param.invalid', { name: 'name' });
      const email = contact_email === undefined ? (person.email ?? undefined) : emailOf(contact_email);
      if (contact_email !== undefined && email === undefined)
        throw graphError('param.invalid', { name: 'contact_email' });
      const kind = category === undefined ? undefined : nameOf(category).name;
      if (category !== undefined && kind === undefined) throw graphError('param.invalid', { name: 'category' });
      const id = await createApp(context.installation, {
        name: named.name,
        type: type === 'native' ? 'native' : 'web',
        settings: {
          ...(email === undefined ? {} : { contactEmail: email }),
          ...(kind === undefined ? {} : { category: kind }),
        },
        administrator: person.id,
        by: personActor(context),
      });
      return { id };
    },
  }),
  listEdge('app_invitations', {
    doc: 'Invitations to a role on an app that wait for an answer of the person.',
    source: 'ours',
    needs: oneself,
    of: 'app_invitation',
    async run({ q, installation }, person: Person, _args, page) {
      const rows: appInvitations.Invitation[] = [];
      for (const one of await appInvitations.ofPerson(q, person.id, person.email))
        if ((await installation.facts.app(one.appId))?.status === 'active') rows.push(one);
      return paginate(rows, (one) => one.id, page);
    },
  }),
  listEdge('access_reviews', {
    doc: 'Requests for advanced access that wait for a decision, oldest first.',
    source: 'ours',
    needs: all(reviewsAccess, self),
    of: 'access_request',
    run: async ({ q }, _person: Person, _args, page) =>
      paginate(await accessRequests.pending(q, LONGEST_QUEUE), (one) => one.id, page),
  }),
];
